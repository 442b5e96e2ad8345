//! Help on where requests come from.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new("How arrivals come about.", "Wie Anfragen ankommen.", "Comment les requêtes arrivent."),
    Text::new(
        "Base rate of arrivals (open sources): of requests, or of sessions where there are sessions.",
        "Basisrate der Ankünfte (offene Quellen): von Anfragen, oder von Sitzungen, wo es Sitzungen gibt.",
        "Débit de base des arrivées (sources ouvertes) : de requêtes, ou de sessions s’il y en a.",
    ),
    Text::new(
        "Base number of users (closed sources).",
        "Basiszahl der Nutzer, die je auf ihre Antwort warten (geschlossene Quellen).",
        "Nombre de base d’utilisateurs, qui attendent chacun leur réponse (sources fermées).",
    ),
    Text::new(
        "Time between a user's answer and its next request (closed sources).",
        "Zeit eines Nutzers zwischen Antwort und nächster Anfrage (geschlossene Quellen).",
        "Temps d’un utilisateur entre la réponse et la requête suivante (sources fermées).",
    ),
    Text::new("Bursts (bursty sources).", "Schübe (stoßweise Quellen).", "Rafales (sources à rafales)."),
    Text::new(
        "The recording (trace): lines of time,demand,class,client, of which only the time is needed.",
        "Die Aufzeichnung (trace): Zeilen aus time,demand,class,client, von denen nur die Zeit nötig ist.",
        "L’enregistrement (trace) : des lignes time,demand,class,client, dont seul le temps est \
         nécessaire.",
    ),
    Text::new(
        "A file next to the scenario that the command line reads the recording from.",
        "Eine Datei neben dem Szenario, aus der die Kommandozeile die Aufzeichnung liest.",
        "Un fichier à côté du scénario, où la ligne de commande lit l’enregistrement.",
    ),
    Text::new(
        "Pieces that follow each other and scale the base; the last level stays.",
        "Stücke, die aufeinander folgen und die Basis vervielfachen; die letzte Höhe bleibt.",
        "Des morceaux qui se suivent et multiplient la base ; le dernier niveau reste.",
    ),
    Text::new(
        "Each arrival, or each round of a user, is a session of several requests.",
        "Jede Ankunft, oder jede Runde eines Nutzers, ist eine Sitzung aus mehreren Anfragen.",
        "Chaque arrivée, ou chaque tour d’un utilisateur, est une session de plusieurs requêtes.",
    ),
    Text::new(
        "Independent clients at a rate: exponential gaps.",
        "Unabhängige Clients mit einer Rate: exponentielle Abstände.",
        "Des clients indépendants à un débit : intervalles exponentiels.",
    ),
    Text::new(
        "Evenly spaced at a rate.",
        "In gleichen Abständen mit einer Rate.",
        "À intervalles réguliers, à un débit.",
    ),
    Text::new(
        "Independent clients at a rate that is multiplied during bursts (MMPP-2).",
        "Unabhängige Clients mit einer Rate, die in Schüben vervielfacht ist (MMPP-2).",
        "Des clients indépendants à un débit multiplié pendant les rafales (MMPP-2).",
    ),
    Text::new(
        "A recording of when each request came; rates and factors change its speed.",
        "Eine Aufzeichnung, wann jede Anfrage kam; Raten und Faktoren ändern ihr Tempo.",
        "Un enregistrement du moment de chaque requête ; débits et facteurs changent sa vitesse.",
    ),
    Text::new(
        "A number of users who each wait for the answer, think, and ask again.",
        "Eine Zahl von Nutzern, die je auf die Antwort warten, nachdenken und wieder fragen.",
        "Un nombre d’utilisateurs qui attendent chacun la réponse, réfléchissent, et redemandent.",
    ),
    Text::new("Its shape.", "Seine Form.", "Sa forme."),
    Text::new(
        "How long it lasts (constant, ramp, wave).",
        "Wie lange es dauert (constant, ramp, wave).",
        "Combien de temps il dure (constant, ramp, wave).",
    ),
    Text::new(
        "The level: of the whole piece (constant), at its end (ramp), at its top (spike, wave).",
        "Die Höhe: des ganzen Stücks (constant), an seinem Ende (ramp), auf dem Gipfel (spike, wave).",
        "Le niveau : de tout le morceau (constant), à sa fin (ramp), à son sommet (spike, wave).",
    ),
    Text::new(
        "Time from one low to the next (wave); 0 s is the whole piece.",
        "Zeit von einem Tief zum nächsten (wave); 0 s ist das ganze Stück.",
        "Temps d’un creux au suivant (wave) ; 0 s : tout le morceau.",
    ),
    Text::new("Time to the top (spike).", "Zeit bis zum Gipfel (spike).", "Temps jusqu’au sommet (spike)."),
    Text::new("Time at the top (spike).", "Zeit auf dem Gipfel (spike).", "Temps au sommet (spike)."),
    Text::new(
        "Time back to the level before (spike).",
        "Zeit zurück zur Höhe davor (spike).",
        "Temps de retour au niveau d’avant (spike).",
    ),
    Text::new(
        "One level for a time; a step when the level differs from the one before.",
        "Eine Höhe für eine Zeit; eine Stufe, wenn sie von der vorigen abweicht.",
        "Un niveau pendant un temps ; une marche s’il diffère du précédent.",
    ),
    Text::new(
        "From the level before, in a straight line, to a new one.",
        "Von der vorigen Höhe geradlinig zu einer neuen.",
        "Du niveau d’avant, en ligne droite, à un nouveau.",
    ),
    Text::new(
        "Up in a straight line, hold, and back to the level before.",
        "Geradlinig hinauf, halten und zurück zur Höhe davor.",
        "Montée en ligne droite, palier, et retour au niveau d’avant.",
    ),
    Text::new(
        "Up and down like a sine, from the level before to the top and back in each period: day and night.",
        "Auf und ab wie ein Sinus, in jeder Periode von der vorigen Höhe zum Gipfel und zurück: Tag und \
         Nacht.",
        "Haut et bas comme un sinus, du niveau d’avant au sommet et retour à chaque période : jour et \
         nuit.",
    ),
    Text::new(
        "By what the rate is multiplied in a burst.",
        "Womit die Rate in einem Schub vervielfacht wird.",
        "Par quoi le débit est multiplié dans une rafale.",
    ),
    Text::new("Mean length of a burst.", "Mittlere Länge eines Schubs.", "Durée moyenne d’une rafale."),
    Text::new(
        "Mean time between bursts.",
        "Mittlere Zeit zwischen Schüben.",
        "Temps moyen entre les rafales.",
    ),
    Text::new(
        "Addresses of single clients, all equally likely.",
        "Adressen einzelner Clients, alle gleich wahrscheinlich.",
        "Adresses de clients isolés, toutes aussi probables.",
    ),
    Text::new(
        "Share of the clients who are behind a NAT, and share an address with many others.",
        "Anteil der Clients hinter einem NAT, die sich eine Adresse mit vielen anderen teilen.",
        "Part des clients derrière un NAT, qui partagent une adresse avec beaucoup d’autres.",
    ),
    Text::new(
        "Addresses of NATs, all equally likely.",
        "Adressen der NATs, alle gleich wahrscheinlich.",
        "Adresses des NAT, toutes aussi probables.",
    ),
];
