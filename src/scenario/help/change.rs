//! Help on faults, operations and values that can be tuned.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new("When.", "Wann.", "Quand."),
    Text::new("What.", "Was.", "Quoi."),
    Text::new("Which replica, by name.", "Welche Replik, mit Namen.", "Quelle réplique, par son nom."),
    Text::new(
        "Which dependency, by name (slow, gone, flush).",
        "Welche Abhängigkeit, mit Namen (slow, gone, flush).",
        "Quelle dépendance, par son nom (slow, gone, flush).",
    ),
    Text::new(
        "How many of the hottest keys (flush); 0 is all.",
        "Wie viele der meistgefragten Schlüssel (flush); 0 sind alle.",
        "Combien des clés les plus demandées (flush) ; 0 : toutes.",
    ),
    Text::new(
        "Which zone (zone_lost), from 1.",
        "Welche Zone (zone_lost), ab 1.",
        "Quelle zone (zone_lost), à partir de 1.",
    ),
    Text::new(
        "For how long; without it, to the end (a crash is over with the restart).",
        "Wie lange; ohne Angabe bis zum Ende (ein Absturz ist mit dem Neustart vorbei).",
        "Pendant combien de temps ; sans indication, jusqu’à la fin (un plantage finit au redémarrage).",
    ),
    Text::new(
        "How many times as long everything takes (slow).",
        "Wievielmal so lange alles dauert (slow).",
        "Combien de fois plus de temps tout prend (slow).",
    ),
    Text::new(
        "Share of the answers that are errors (errors), or of the CPU time that is taken (neighbour).",
        "Anteil der Antworten, die Fehler sind (errors), oder der CPU-Zeit, die weggenommen wird \
         (neighbour).",
        "Part des réponses qui sont des erreurs (errors), ou du temps CPU qui est pris (neighbour).",
    ),
    Text::new(
        "Memory lost a second (leak) or with each request (leak_requests).",
        "Speicher, der je Sekunde (leak) oder mit jeder Anfrage (leak_requests) verloren geht.",
        "Mémoire perdue par seconde (leak) ou à chaque requête (leak_requests).",
    ),
    Text::new(
        "The replica's process dies; everything in it is lost.",
        "Der Prozess der Replik stirbt; alles darin ist verloren.",
        "Le processus de la réplique meurt ; tout ce qui était dedans est perdu.",
    ),
    Text::new(
        "The replica accepts connections and never answers, until it is healed or dies.",
        "Die Replik nimmt Verbindungen an und antwortet nie, bis sie geheilt wird oder stirbt.",
        "La réplique accepte des connexions et ne répond jamais, jusqu’à sa guérison ou sa mort.",
    ),
    Text::new(
        "Everything takes so many times as long.",
        "Alles dauert so viele Male so lange.",
        "Tout prend tant de fois plus de temps.",
    ),
    Text::new(
        "This share of its answers are errors.",
        "Dieser Anteil ihrer Antworten sind Fehler.",
        "Cette part de ses réponses sont des erreurs.",
    ),
    Text::new(
        "It answers every request with an error at once.",
        "Sie beantwortet jede Anfrage sofort mit einem Fehler.",
        "Elle répond à chaque requête par une erreur, aussitôt.",
    ),
    Text::new(
        "It loses so much memory a second.",
        "Sie verliert so viel Speicher je Sekunde.",
        "Elle perd tant de mémoire par seconde.",
    ),
    Text::new(
        "It loses so much memory with each request.",
        "Sie verliert so viel Speicher mit jeder Anfrage.",
        "Elle perd tant de mémoire à chaque requête.",
    ),
    Text::new(
        "Another program takes this share of its CPU time.",
        "Ein anderes Programm nimmt diesen Anteil ihrer CPU-Zeit.",
        "Un autre programme prend cette part de son temps CPU.",
    ),
    Text::new(
        "Nothing gets through between the balancer and it: no connection, no answer.",
        "Zwischen dem Lastverteiler und ihr kommt nichts durch: keine Verbindung, keine Antwort.",
        "Rien ne passe entre le répartiteur et elle : ni connexion, ni réponse.",
    ),
    Text::new(
        "A dependency: nobody is there, its connections break, and a cache is empty.",
        "Eine Abhängigkeit: Niemand ist da, ihre Verbindungen brechen ab, und ein Cache ist leer.",
        "Une dépendance : personne n’est là, ses connexions se coupent, et un cache est vide.",
    ),
    Text::new(
        "A cache loses its keys, or the hottest of them.",
        "Ein Cache verliert seine Schlüssel oder die meistgefragten davon.",
        "Un cache perd ses clés, ou les plus demandées d’entre elles.",
    ),
    Text::new(
        "All hosts of a zone are gone, with every replica on them.",
        "Alle Hosts einer Zone sind weg, mit jeder Replik darauf.",
        "Tous les hôtes d’une zone ont disparu, avec chaque réplique qui s’y trouve.",
    ),
    Text::new("The service (scale, deploy).", "Der Dienst (scale, deploy).", "Le service (scale, deploy)."),
    Text::new("How many replicas (scale).", "Wie viele Repliken (scale).", "Combien de répliques (scale)."),
    Text::new(
        "Further numbers of replicas, one after the other (scale): `replicas` at `at`, these after \
         `every` each.",
        "Weitere Zahlen von Repliken nacheinander (scale): `replicas` zur Zeit `at`, diese nach je \
         `every`.",
        "D’autres nombres de répliques, l’un après l’autre (scale) : `replicas` à `at`, ceux-ci tous les \
         `every`.",
    ),
    Text::new("Time between those.", "Zeit dazwischen.", "Temps entre ceux-ci."),
    Text::new(
        "Multiple of the profile (rate).",
        "Vielfaches des Profils (rate).",
        "Multiple du profil (rate).",
    ),
    Text::new(
        "Wire name (algorithm).",
        "Name des Algorithmus (algorithm).",
        "Nom de l’algorithme (algorithm).",
    ),
    Text::new("Parameters (algorithm).", "Parameter (algorithm).", "Paramètres (algorithm)."),
    Text::new(
        "Weight of a replica (weight).",
        "Gewicht einer Replik (weight).",
        "Poids d’une réplique (weight).",
    ),
    Text::new(
        "What the balancer sends to a replica (mode).",
        "Was der Lastverteiler einer Replik schickt (mode).",
        "Ce que le répartiteur envoie à une réplique (mode).",
    ),
    Text::new(
        "Whether sessions go back to their replica (sticky).",
        "Ob Sitzungen zu ihrer Replik zurückkehren (sticky).",
        "Si les sessions reviennent à leur réplique (sticky).",
    ),
    Text::new(
        "Which replica, by name (weight, mode, start, crash, break, heal).",
        "Welche Replik, mit Namen (weight, mode, start, crash, break, heal).",
        "Quelle réplique, par son nom (weight, mode, start, crash, break, heal).",
    ),
    Text::new(
        "Which dependency, by name (break, heal).",
        "Welche Abhängigkeit, mit Namen (break, heal).",
        "Quelle dépendance, par son nom (break, heal).",
    ),
    Text::new(
        "Which fault (break, heal; heal without one ends all).",
        "Welche Störung (break, heal; heal ohne Angabe beendet alle).",
        "Quelle panne (break, heal ; heal sans indication les termine toutes).",
    ),
    Text::new(
        "Which zone (break and heal of zone_lost), from 1.",
        "Welche Zone (break und heal von zone_lost), ab 1.",
        "Quelle zone (break et heal de zone_lost), à partir de 1.",
    ),
    Text::new(
        "Whose value (tune): a replica, a service, a class of requests, or nothing for every balancer.",
        "Wessen Wert (tune): eine Replik, ein Dienst, eine Klasse von Anfragen, oder nichts für jeden \
         Lastverteiler.",
        "La valeur de qui (tune) : une réplique, un service, une classe de requêtes, ou rien pour tous \
         les répartiteurs.",
    ),
    Text::new("Which value (tune).", "Welcher Wert (tune).", "Quelle valeur (tune)."),
    Text::new(
        "How much of it (break): times as long, a share from 0 to 1, bytes. The value (tune).",
        "Wie viel davon (break): das Vielfache der Dauer, ein Anteil von 0 bis 1, Bytes. Der Wert (tune).",
        "Combien (break) : multiple de la durée, part de 0 à 1, octets. La valeur (tune).",
    ),
    Text::new(
        "A service is brought to a number of replicas.",
        "Ein Dienst wird auf eine Zahl von Repliken gebracht.",
        "Un service est amené à un nombre de répliques.",
    ),
    Text::new(
        "Every source is scaled to a multiple of its profile.",
        "Jede Quelle bekommt ein Vielfaches ihres Profils.",
        "Chaque source passe à un multiple de son profil.",
    ),
    Text::new(
        "The balancer gets another selection rule.",
        "Der Lastverteiler wählt nach einer anderen Regel.",
        "Le répartiteur reçoit une autre règle de choix.",
    ),
    Text::new(
        "Stickiness is switched on or off.",
        "Die Bindung der Sitzungen wird an- oder abgeschaltet.",
        "L’affinité des sessions est activée ou désactivée.",
    ),
    Text::new(
        "A new version of a service takes the place of the old one, replica by replica.",
        "Eine neue Version eines Dienstes ersetzt die alte, Replik für Replik.",
        "Une nouvelle version d’un service remplace l’ancienne, réplique par réplique.",
    ),
    Text::new(
        "The balancer reads its list of replicas anew.",
        "Der Lastverteiler liest seine Liste der Repliken neu.",
        "Le répartiteur relit sa liste de répliques.",
    ),
    Text::new(
        "A replica gets another weight.",
        "Eine Replik bekommt ein anderes Gewicht.",
        "Une réplique reçoit un autre poids.",
    ),
    Text::new(
        "The balancer is told what it sends to a replica: what comes, nothing new, nothing.",
        "Dem Lastverteiler wird gesagt, was er einer Replik schickt: was kommt, nichts Neues, nichts.",
        "On dit au répartiteur ce qu’il envoie à une réplique : ce qui vient, rien de nouveau, rien.",
    ),
    Text::new(
        "A replica that is down is started at once.",
        "Eine Replik, die nicht läuft, wird sofort gestartet.",
        "Une réplique arrêtée est démarrée aussitôt.",
    ),
    Text::new(
        "A replica is stopped, finishes what it has, and is started again at once.",
        "Eine Replik wird angehalten, beendet, was sie hat, und wird sofort neu gestartet.",
        "Une réplique est arrêtée, finit ce qu’elle a, et redémarre aussitôt.",
    ),
    Text::new(
        "A limit or a setting becomes another: a quota, a share of the mix, health checks.",
        "Eine Grenze oder Einstellung ändert sich: ein CPU-Anteil, ein Anteil der Mischung, Prüfungen.",
        "Une limite ou un réglage change : un quota, une part du mélange, les contrôles de santé.",
    ),
    Text::new("A replica is killed.", "Eine Replik wird beendet.", "Une réplique est tuée."),
    Text::new(
        "A replica gets a fault.",
        "Eine Replik bekommt eine Störung.",
        "Une réplique reçoit une panne.",
    ),
    Text::new("A replica's fault ends.", "Die Störung einer Replik endet.", "La panne d’une réplique finit."),
    Text::new("The CPU quota in cores.", "Der CPU-Anteil in Kernen.", "Le quota de CPU en cœurs."),
    Text::new(
        "The memory limit in bytes; 0 is none.",
        "Die Speichergrenze in Bytes; 0 ist keine.",
        "La limite de mémoire en octets ; 0 : aucune.",
    ),
    Text::new(
        "Most open connections; 0 is no limit.",
        "So viele offene Verbindungen höchstens; 0 ist keine Grenze.",
        "Nombre maximal de connexions ouvertes ; 0 : aucune limite.",
    ),
    Text::new("Worker processes.", "Worker-Prozesse.", "Processus workers."),
    Text::new(
        "Most requests that the balancer has in flight on a replica; 0 is no limit.",
        "So viele Anfragen schickt der Lastverteiler einer Replik höchstens zugleich; 0 ist keine Grenze.",
        "Nombre maximal de requêtes que le répartiteur a en cours sur une réplique ; 0 : aucune limite.",
    ),
    Text::new(
        "The share of a class in the requests, from 0 to 1; the others keep their proportions.",
        "Der Anteil einer Klasse an den Anfragen, von 0 bis 1; die anderen behalten ihr Verhältnis.",
        "La part d’une classe dans les requêtes, de 0 à 1 ; les autres gardent leurs proportions.",
    ),
    Text::new(
        "Seconds between two health checks of the balancer; 0 is no checks.",
        "Sekunden zwischen zwei Prüfungen des Lastverteilers; 0 heißt keine Prüfungen.",
        "Secondes entre deux contrôles de santé du répartiteur ; 0 : aucun contrôle.",
    ),
    Text::new(
        "Whether a replica that is stopped finishes what it has (1) or drops it (0).",
        "Ob eine Replik, die angehalten wird, beendet, was sie hat (1), oder es fallen lässt (0).",
        "Si une réplique qu’on arrête finit ce qu’elle a (1) ou l’abandonne (0).",
    ),
];
