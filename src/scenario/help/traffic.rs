//! Help on clients: patience, retries, hedging.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new(
        "Where requests come from; sources add up.",
        "Woher Anfragen kommen; mehrere Quellen addieren sich.",
        "D’où viennent les requêtes ; les sources s’additionnent.",
    ),
    Text::new(
        "Kinds of request with their shares; one plain kind when none is given.",
        "Arten von Anfragen mit ihren Anteilen; ohne Angabe eine einfache.",
        "Genres de requêtes avec leurs parts ; sans indication, un seul genre simple.",
    ),
    Text::new(
        "One-way delay between client and balancer.",
        "Laufzeit in einer Richtung zwischen Client und Lastverteiler.",
        "Délai dans un sens entre client et répartiteur.",
    ),
    Text::new(
        "How long a client waits for its answer before it gives up; without it, for ever.",
        "Wie lange ein Client auf seine Antwort wartet, bevor er aufgibt; ohne Angabe ewig.",
        "Combien de temps un client attend sa réponse avant de renoncer ; sans indication, sans fin.",
    ),
    Text::new(
        "What becomes of work whose client has given up.",
        "Was aus Arbeit wird, deren Client aufgegeben hat.",
        "Ce que devient le travail d’un client qui a renoncé.",
    ),
    Text::new(
        "When and how clients ask again after a failure; without it, never.",
        "Wann und wie Clients nach einem Fehler wieder fragen; ohne Angabe nie.",
        "Quand et comment les clients redemandent après un échec ; sans indication, jamais.",
    ),
    Text::new(
        "When clients ask a second time while they wait for the first answer; without it, never.",
        "Wann Clients ein zweites Mal fragen, während sie auf die erste Antwort warten; ohne Angabe nie.",
        "Quand les clients demandent une seconde fois en attendant la première réponse ; sans \
         indication, jamais.",
    ),
    Text::new(
        "The addresses that clients come from; without it, each client has its own.",
        "Die Adressen, von denen Clients kommen; ohne Angabe hat jeder seine eigene.",
        "Les adresses d’où viennent les clients ; sans indication, chacun a la sienne.",
    ),
    Text::new(
        "Clients go straight to this port of the host, past the balancer.",
        "Clients gehen direkt zu diesem Port des Hosts, am Lastverteiler vorbei.",
        "Les clients vont droit à ce port de l’hôte, sans passer par le répartiteur.",
    ),
    Text::new(
        "The replica finishes what it has begun, for nobody.",
        "Die Replik beendet, was sie begonnen hat, für niemanden.",
        "La réplique finit ce qu’elle a commencé, pour personne.",
    ),
    Text::new(
        "The replica drops the request at once.",
        "Die Replik lässt die Anfrage sofort fallen.",
        "La réplique abandonne la requête aussitôt.",
    ),
    Text::new(
        "Most times that a request is asked, the first among them.",
        "So oft wird eine Anfrage höchstens gestellt, das erste Mal mitgezählt.",
        "Nombre maximal de fois qu’une requête est posée, la première comprise.",
    ),
    Text::new(
        "After which failures, as the client sees them.",
        "Nach welchen Fehlern, wie der Client sie sieht.",
        "Après quels échecs, tels que le client les voit.",
    ),
    Text::new(
        "How the pause grows from try to try.",
        "Wie die Pause von Versuch zu Versuch wächst.",
        "Comment la pause croît d’une tentative à l’autre.",
    ),
    Text::new(
        "The first pause; 0 s is to ask again at once.",
        "Die erste Pause; 0 s heißt sofort wieder fragen.",
        "La première pause ; 0 s : redemander aussitôt.",
    ),
    Text::new("The longest pause.", "Die längste Pause.", "La plus longue pause."),
    Text::new(
        "How chance spreads the pauses.",
        "Wie der Zufall die Pausen streut.",
        "Comment le hasard étale les pauses.",
    ),
    Text::new(
        "Further tries for each request, all clients together: 0.1 is at most one more for ten requests.",
        "Weitere Versuche je Anfrage, alle Clients zusammen: 0,1 ist höchstens einer mehr auf zehn \
         Anfragen.",
        "Tentatives de plus par requête, tous clients ensemble : 0,1 fait au plus un de plus pour dix \
         requêtes.",
    ),
    Text::new(
        "Tries that the budget holds at the start, and at most.",
        "Versuche, die das Budget am Anfang und höchstens enthält.",
        "Tentatives que le budget contient au départ, et au plus.",
    ),
    Text::new(
        "After which time without an answer.",
        "Nach welcher Zeit ohne Antwort.",
        "Après quel temps sans réponse.",
    ),
    Text::new(
        "Whether the other attempt is stopped when the answer is there, its work too; else it goes on \
         for nobody.",
        "Ob der andere Versuch samt seiner Arbeit abgebrochen wird, wenn die Antwort da ist; sonst läuft \
         er für niemanden weiter.",
        "Si l’autre tentative est arrêtée quand la réponse est là, son travail aussi ; sinon elle \
         continue pour personne.",
    ),
    Text::new(
        "Second attempts for each request that could have one, all clients together: 0.05 is at most one \
         for twenty requests; without it, no limit.",
        "Zweite Versuche je Anfrage, die einen haben könnte, alle Clients zusammen: 0,05 ist höchstens \
         einer auf zwanzig Anfragen; ohne Angabe keine Grenze.",
        "Secondes tentatives par requête qui pourrait en avoir une, tous clients ensemble : 0,05 fait au \
         plus une pour vingt requêtes ; sans indication, aucune limite.",
    ),
    Text::new(
        "Second attempts that the budget holds at the start, and at most.",
        "Zweite Versuche, die das Budget am Anfang und höchstens enthält.",
        "Secondes tentatives que le budget contient au départ, et au plus.",
    ),
    Text::new(
        "An answer with a status of 500 or more.",
        "Eine Antwort mit einem Status ab 500.",
        "Une réponse avec un statut de 500 ou plus.",
    ),
    Text::new(
        "No answer within the client's own timeout.",
        "Keine Antwort, solange der Client Geduld hat.",
        "Pas de réponse dans le délai du client.",
    ),
    Text::new(
        "Refused, never connected, or cut off (clients without a balancer).",
        "Abgewiesen, nie verbunden oder abgebrochen (Clients ohne Lastverteiler).",
        "Refusée, jamais connectée, ou coupée (clients sans répartiteur).",
    ),
    Text::new("Always the same.", "Immer gleich.", "Toujours la même."),
    Text::new("Twice as long each time.", "Jedes Mal doppelt so lang.", "Deux fois plus longue chaque fois."),
    Text::new("Not at all: p.", "Gar nicht: p.", "Pas du tout : p."),
    Text::new(
        "Half is fixed: p/2 to p.",
        "Die Hälfte steht fest: p/2 bis p.",
        "La moitié est fixe : p/2 à p.",
    ),
    Text::new("Anything: 0 to p.", "Alles: 0 bis p.", "Tout : 0 à p."),
    Text::new(
        "From the first pause to three times the one before, whatever the back-off.",
        "Von der ersten Pause bis zum Dreifachen der vorigen, wie auch immer sie wächst.",
        "De la première pause à trois fois la précédente, quelle que soit la croissance.",
    ),
];
