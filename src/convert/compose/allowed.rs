//! What may stand where something else was written: the words after "allowed:". What Compose itself writes stays.

use crate::lang::{Said, Text, phrases};

phrases! {
    mod say {
        fn whole(most: Text) {
            en: "a whole number from 0 to {most}",
            de: "eine ganze Zahl von 0 bis {most}",
            fr: "un nombre entier de 0 à {most}",
        }
        fn wrong(path: Text, given: Said, allowed: Said) {
            en: "{path} is {given}; allowed: {allowed}",
            de: "{path} ist {given}; erlaubt: {allowed}",
            fr: "{path} est {given} ; permis : {allowed}",
        }
    }
}

/// That this was given at `path`, and what may stand there.
pub fn wrong(path: &str, given: Said, allowed: Said) -> Said {
    say::wrong(&path, given, allowed)
}

/// A whole number up to `most`.
pub fn whole(most: u32) -> Said {
    say::whole(&most)
}

/// A list.
pub const LIST: Text = Text::new("a list", "eine Liste", "une liste");
/// A list of texts.
pub const TEXTS: Text = Text::new("a list of texts", "eine Liste von Texten", "une liste de textes");
/// A map.
pub const MAP: Text = Text::new("a map", "eine Zuordnung", "une table");
/// One text.
pub const TEXT: Text = Text::new("one text", "ein einzelner Text", "un seul texte");
/// Yes or no.
pub const FLAG: Text = Text::new("true or false", "true oder false", "true ou false");
/// A time.
pub const TIME: Text = Text::new(
    "a time with its unit (us ms s m h d w)",
    "eine Zeit mit ihrer Einheit (us ms s m h d w)",
    "une durée avec son unité (us ms s m h d w)",
);
/// Microseconds.
pub const MICROSECONDS: Text = Text::new("microseconds", "Mikrosekunden", "des microsecondes");
/// A number of CPUs.
pub const CPUS: Text = Text::new(
    "a number of CPUs, 0.01 or more, or 0 for no limit",
    "eine Anzahl CPUs, mindestens 0.01, oder 0 für keine Grenze",
    "un nombre de CPU, 0.01 ou plus, ou 0 pour aucune limite",
);
/// A size of memory.
pub const SIZE: Text = Text::new(
    "a size in bytes or with k, m, g (1024-based), such as 256M",
    "eine Größe in Bytes oder mit k, m, g (zur Basis 1024), etwa 256M",
    "une taille en octets ou avec k, m, g (base 1024), comme 256M",
);
/// A port.
pub const PORT: Text =
    Text::new("a port from 1 to 65535", "ein Port von 1 bis 65535", "un port de 1 à 65535");
/// A port or several.
pub const PORTS: Text = Text::new(
    "a port from 1 to 65535 or a range",
    "ein Port von 1 bis 65535 oder ein Bereich",
    "un port de 1 à 65535 ou une plage",
);
/// A port of the host and one of the container.
pub const BINDING: Text = Text::new(
    "HOST:CONTAINER or {target, published}",
    "HOST:CONTAINER oder {target, published}",
    "HOST:CONTAINER ou {target, published}",
);
/// What runs over a port.
pub const PROTOCOL: Text = Text::new("tcp, udp or sctp", "tcp, udp oder sctp", "tcp, udp ou sctp");
/// What is mounted where.
pub const MOUNT: Text = Text::new(
    "SOURCE:TARGET or {type, source, target}",
    "SOURCE:TARGET oder {type, source, target}",
    "SOURCE:TARGET ou {type, source, target}",
);
/// A program with its arguments.
pub const COMMAND: Text = Text::new(
    "words with every quote closed",
    "Wörter, jedes Anführungszeichen geschlossen",
    "des mots, chaque guillemet fermé",
);
/// The command of a health check.
pub const TEST: Text = Text::new(
    "a text, or a list that begins with CMD, CMD-SHELL or NONE",
    "ein Text oder eine Liste, die mit CMD, CMD-SHELL oder NONE beginnt",
    "un texte, ou une liste qui commence par CMD, CMD-SHELL ou NONE",
);
/// When a container is started again.
pub const RESTART: Text = Text::new(
    "\"no\", always, unless-stopped, on-failure or on-failure:N",
    "\"no\", always, unless-stopped, on-failure oder on-failure:N",
    "\"no\", always, unless-stopped, on-failure ou on-failure:N",
);
/// The same below `deploy`.
pub const RESTART_CONDITION: Text =
    Text::new("none, on-failure or any", "none, on-failure oder any", "none, on-failure ou any");
/// What is waited for before a service starts.
pub const CONDITION: Text = Text::new(
    "service_started, service_healthy or service_completed_successfully",
    "service_started, service_healthy oder service_completed_successfully",
    "service_started, service_healthy ou service_completed_successfully",
);
