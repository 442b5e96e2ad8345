//! How an attempt or a request ended: a closed set, and the ledger in which they add up.

use serde::{Deserialize, Serialize};

use crate::algorithm::product::{Product, Trouble};
use crate::lang::{Lang, Text};
use crate::units::order::sort_by_key;

macro_rules! outcomes {
    ($(
        $variant:ident, $name:literal, $status:literal, $en:literal, $de:literal, $fr:literal,
        $doc:literal, $doc_de:literal, $doc_fr:literal;
    )*) => {
        /// How an attempt or a request ended.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Outcome {
            $(#[doc = $doc] $variant,)*
        }

        /// Every outcome, in the order of the enumeration.
        pub const OUTCOMES: &[Outcome] = &[$(Outcome::$variant),*];

        impl Outcome {
            /// Wire name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Name, in English.
            #[must_use]
            pub const fn label(self) -> &'static str {
                self.text().say(Lang::En)
            }

            /// Name on screens.
            #[must_use]
            pub const fn text(self) -> Text {
                match self { $(Self::$variant => Text::new($en, $de, $fr),)* }
            }

            /// The usual status for it; 0 when the client gets no answer at all. What a product sends, says
            /// [`Outcome::status_behind`].
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }

            /// What it means, in one sentence in English.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                self.means().say(Lang::En)
            }

            /// What it means, in one sentence.
            #[must_use]
            pub const fn means(self) -> Text {
                match self { $(Self::$variant => Text::new($doc, $doc_de, $doc_fr),)* }
            }
        }
    };
}

outcomes! {
    Ok, "ok", 200, "ok", "ok", "ok",
        "Answered in time, and the user's basket is there.",
        "Rechtzeitig beantwortet, und der Korb des Nutzers ist da.",
        "Réponse à temps, et le panier de l’utilisateur est là.";
    ErrorResponse, "error_response", 500, "error answer", "Fehlerantwort", "réponse d’erreur",
        "The replica answered with an error.",
        "Die Replik antwortete mit einem Fehler.",
        "La réplique a répondu par une erreur.";
    ConnectionRefused, "connection_refused", 502, "refused", "abgewiesen", "refusée",
        "Nothing listens there.",
        "Dort hört niemand zu.",
        "Rien n’y écoute.";
    BacklogOverflow, "backlog_overflow", 504, "backlog full", "Backlog voll", "backlog plein",
        "The listen backlog was full for as long as the balancer tried to connect.",
        "Das Backlog war voll, solange der Lastverteiler die Verbindung versuchte.",
        "Le backlog est resté plein tant que le répartiteur tentait la connexion.";
    ConnectTimeout, "connect_timeout", 504, "connect timed out", "Verbindung zu langsam", "connexion trop lente",
        "No connection within the connect timeout.",
        "Keine Verbindung innerhalb der Frist dafür.",
        "Pas de connexion dans le délai prévu.";
    NoFreePort, "no_free_port", 502, "no free port", "kein freier Port", "aucun port libre",
        "No outgoing port was free.",
        "Kein ausgehender Port war frei.",
        "Aucun port sortant n’était libre.";
    NoFreeConnection, "no_free_connection", 502, "no free connection", "keine freie Verbindung", "aucune connexion libre",
        "The replica had no connection left.",
        "Die Replik hatte keine Verbindung mehr frei.",
        "La réplique n’avait plus de connexion libre.";
    QueueFull, "queue_full", 503, "queue full", "Schlange voll", "file pleine",
        "Every replica was at its limit and the balancer's queue was full.",
        "Jede Replik war an ihrer Grenze und die Schlange des Lastverteilers voll.",
        "Toutes les répliques étaient à leur limite et la file du répartiteur pleine.";
    QueueTimeout, "queue_timeout", 503, "waited too long", "zu lange gewartet", "attente trop longue",
        "Waited in the balancer's queue for too long.",
        "Wartete zu lange in der Schlange des Lastverteilers.",
        "A attendu trop longtemps dans la file du répartiteur.";
    NoHealthyReplica, "no_healthy_replica", 502, "no healthy replica", "keine gesunde Replik", "aucune réplique saine",
        "The balancer knew no replica that it could ask.",
        "Der Lastverteiler kannte keine Replik, die er fragen konnte.",
        "Le répartiteur ne connaissait aucune réplique à qui demander.";
    ReadTimeout, "read_timeout", 504, "answer timed out", "Antwort zu spät", "réponse trop tardive",
        "The replica did not answer within the read timeout.",
        "Die Replik antwortete nicht innerhalb der Frist dafür.",
        "La réplique n’a pas répondu dans le délai prévu.";
    ClientGaveUp, "client_gave_up", 499, "client gave up", "Client gab auf", "client parti",
        "The client left before the answer came.",
        "Der Client ging, bevor die Antwort kam.",
        "Le client est parti avant la réponse.";
    OutOfMemory, "out_of_memory", 502, "out of memory", "Speicher voll", "mémoire pleine",
        "The replica was killed for its memory while it had the request.",
        "Die Replik wurde wegen ihres Speichers beendet, während sie die Anfrage hatte.",
        "La réplique a été tuée pour sa mémoire alors qu’elle avait la requête.";
    ReplicaCrashed, "replica_crashed", 502, "replica crashed", "Replik abgestürzt", "réplique plantée",
        "The replica died while it had the request.",
        "Die Replik starb, während sie die Anfrage hatte.",
        "La réplique est morte alors qu’elle avait la requête.";
    WorkerKilled, "worker_killed", 500, "worker killed", "Worker beendet", "worker tué",
        "The worker was killed while it had the request.",
        "Der Worker wurde beendet, während er die Anfrage hatte.",
        "Le worker a été tué alors qu’il avait la requête.";
    Shed, "shed", 503, "shed", "abgeworfen", "délestée",
        "Turned away on purpose, to protect the rest.",
        "Mit Absicht abgewiesen, um den Rest zu schützen.",
        "Refusée exprès, pour protéger le reste.";
    DependencyFailed, "dependency_failed", 500, "dependency failed", "Abhängigkeit gestört", "dépendance en échec",
        "Something that the replica needs failed.",
        "Etwas, was die Replik braucht, ging schief.",
        "Quelque chose dont la réplique a besoin a échoué.";
    SessionLost, "session_lost", 200, "session lost", "Sitzung verloren", "session perdue",
        "Answered, but by a replica that does not know the user: logged out, basket gone.",
        "Beantwortet, aber von einer Replik, die den Nutzer nicht kennt: abgemeldet, Korb weg.",
        "Réponse d’une réplique qui ne connaît pas l’utilisateur : déconnecté, panier perdu.";
    LostUpdate, "lost_update", 200, "update lost", "Änderung verloren", "écriture perdue",
        "Answered, but another write took the place of this one.",
        "Beantwortet, aber eine andere Änderung nahm den Platz dieser ein.",
        "Réponse donnée, mais une autre écriture a pris la place de celle-ci.";
}

impl Outcome {
    /// What is wrong when it is the balancer that answers; nothing when the answer is a replica's, or there is none.
    #[must_use]
    pub const fn trouble(self) -> Option<Trouble> {
        Some(match self {
            Self::ConnectionRefused | Self::NoFreePort | Self::NoFreeConnection => Trouble::Refused,
            Self::BacklogOverflow | Self::ConnectTimeout => Trouble::ConnectTimeout,
            Self::ReadTimeout => Trouble::ReadTimeout,
            Self::OutOfMemory | Self::ReplicaCrashed => Trouble::Closed,
            Self::NoHealthyReplica => Trouble::Nobody,
            Self::QueueFull => Trouble::Full,
            Self::QueueTimeout => Trouble::Waited,
            _ => return None,
        })
    }

    /// The status that the client sees behind this product; 0 when it gets no answer at all.
    #[must_use]
    pub const fn status_behind(self, product: &Product) -> u16 {
        match self.trouble() {
            Some(trouble) => product.status(trouble),
            None => self.status(),
        }
    }
}

/// How many outcomes there are.
pub const OUTCOME_COUNT: usize = OUTCOMES.len();

/// Everything that was offered, by where it is now: offered = Σ ended by outcome + in flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    offered: u64,
    ended: [u64; OUTCOME_COUNT],
}

impl Ledger {
    /// A request was offered.
    #[inline]
    pub fn offer(&mut self) {
        self.offered += 1;
    }

    /// A request ended.
    #[inline]
    pub fn end(&mut self, outcome: Outcome) {
        self.ended[outcome as usize] += 1;
    }

    /// Requests offered.
    #[must_use]
    pub const fn offered(&self) -> u64 {
        self.offered
    }

    /// Requests that ended this way.
    #[inline]
    #[must_use]
    pub const fn count(&self, outcome: Outcome) -> u64 {
        self.ended[outcome as usize]
    }

    /// Requests that ended in any way but [`Outcome::Ok`].
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.ended.iter().sum::<u64>() - self.count(Outcome::Ok)
    }

    /// Requests that have not ended.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.offered - self.ended.iter().sum::<u64>()
    }

    /// The failures that occurred, by outcome, most frequent first.
    #[must_use]
    pub fn failures(&self) -> Vec<(Outcome, u64)> {
        let failures = OUTCOMES[1..].iter().map(|&outcome| (outcome, self.count(outcome)));
        let mut failures: Vec<_> = failures.filter(|&(_, n)| n > 0).collect();
        sort_by_key(&mut failures, |&(outcome, n)| (std::cmp::Reverse(n), outcome));
        failures
    }

    /// What has been added since `earlier`, outcome by outcome.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let mut ended = self.ended;
        ended.iter_mut().zip(earlier.ended).for_each(|(now, before)| *now -= before);
        Self { offered: self.offered - earlier.offered, ended }
    }
}
