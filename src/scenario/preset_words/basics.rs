//! Presets about load, choices and what runs out.

use super::Words;
use crate::lang::Text;

/// Their words.
pub(super) static WORDS: &[Words] = &[
    Words {
        name: "black-friday",
        title: Text::new("Black Friday", "Black Friday", "Black Friday"),
        teaches: Text::new(
            "A shop with three replicas is calm. At 10 s a hundred and one times as many people come, \
             and each server runs out of three things in turn: CPU, then memory for all \
             the sessions, then connections.",
            "Ein Shop mit drei Repliken ist ruhig. Bei 10 s kommen hundertundeinmal so viele Leute, und \
             jedem Server gehen nacheinander drei Dinge aus: CPU, dann Speicher für all \
             die Sitzungen, dann Verbindungen.",
            "Une boutique à trois répliques est calme. À 10 s viennent cent une fois plus de gens, et \
             chaque serveur manque de trois choses tour à tour : de CPU, puis de mémoire \
             pour toutes les sessions, puis de connexions.",
        ),
    },
    Words {
        name: "port-conflict",
        title: Text::new("Three replicas, one port", "Drei Repliken, ein Port", "Trois répliques, un port"),
        teaches: Text::new(
            "Each replica publishes port 8080 of the host, which has it once. One replica starts, the \
             next is refused, and Compose stops there: one replica carries everything.",
            "Jede Replik veröffentlicht Port 8080 des Hosts, der ihn einmal hat. Eine Replik startet, \
             die nächste wird abgewiesen, und Compose hört da auf: Eine Replik trägt \
             alles.",
            "Chaque réplique publie le port 8080 de l’hôte, qui ne l’a qu’une fois. Une réplique \
             démarre, la suivante est refusée, et Compose s’arrête là : une réplique \
             porte tout.",
        ),
    },
    Words {
        name: "sticky-cart",
        title: Text::new("Where is my basket?", "Wo ist mein Warenkorb?", "Où est mon panier ?"),
        teaches: Text::new(
            "Baskets are in the memory of the replica where the user logged in. A cookie leads back to \
             it, until at 20 s app-2 dies and takes its baskets along. Without the \
             cookie nobody keeps a basket for long.",
            "Warenkörbe liegen im Speicher der Replik, bei der sich der Nutzer angemeldet hat. Ein Cookie \
             führt zu ihr zurück, bis bei 20 s app-2 stirbt und ihre Körbe mitnimmt. \
             Ohne das Cookie behält niemand lange einen Korb.",
            "Les paniers sont dans la mémoire de la réplique où l’utilisateur s’est connecté. Un cookie \
             y ramène, jusqu’à ce qu’à 20 s app-2 meure et emporte ses paniers. Sans le \
             cookie, personne ne garde longtemps son panier.",
        ),
    },
    Words {
        name: "algorithms",
        title: Text::new(
            "Same arrivals, other choices",
            "Gleiche Ankünfte, andere Wahl",
            "Mêmes arrivées, autres choix",
        ),
        teaches: Text::new(
            "Ten equal replicas at 80 % of what they can do. The arrivals are the same under every \
             algorithm; how long people wait is not: random is worst, taking turns is \
             better, two choices better still, fewest connections best.",
            "Zehn gleiche Repliken bei 80 % dessen, was sie können. Die Ankünfte sind unter jedem \
             Algorithmus gleich, die Wartezeiten nicht: Zufall ist am schlechtesten, \
             reihum ist besser, zwei zur Auswahl noch besser, die wenigsten Verbindungen \
             am besten.",
            "Dix répliques égales à 80 % de ce qu’elles peuvent. Les arrivées sont les mêmes avec chaque \
             algorithme, pas l’attente : le hasard est le pire, à tour de rôle est \
             mieux, deux au choix mieux encore, le moins de connexions le mieux.",
        ),
    },
    Words {
        name: "growth",
        title: Text::new("From 5 users to 500", "Von 5 Nutzern zu 500", "De 5 utilisateurs à 500"),
        teaches: Text::new(
            "A young service grows from 5 users to 10, 50 and 500 in four steps. Two replicas hardly \
             notice the first three; at 500 each user waits for all the others.",
            "Ein junger Dienst wächst in vier Schritten von 5 Nutzern auf 10, 50 und 500. Zwei Repliken \
             merken die ersten drei kaum; bei 500 wartet jeder auf alle anderen.",
            "Un jeune service passe de 5 utilisateurs à 10, 50 et 500 en quatre étapes. Deux répliques \
             remarquent à peine les trois premières ; à 500, chacun attend tous les \
             autres.",
        ),
    },
    Words {
        name: "retry-storm",
        title: Text::new(
            "Retries that outlive the rush",
            "Wiederholungen, die den Ansturm überleben",
            "Des relances qui survivent à la ruée",
        ),
        teaches: Text::new(
            "40 visitors a second, and for five seconds twice as many. Whoever waits 3 s asks again, at \
             once, up to three times. The rush ends after five seconds, and the retries \
             that it left behind keep the service down for good. Give the clients a \
             back-off with jitter (first pause up to 30 s) or a budget of 10 %, and it \
             recovers.",
            "40 Besucher pro Sekunde, und fünf Sekunden lang doppelt so viele. Wer 3 s wartet, fragt \
             wieder, sofort, bis zu dreimal. Der Ansturm endet nach fünf Sekunden, und \
             die Wiederholungen, die er hinterlässt, halten den Dienst für immer am Boden. \
             Mit einem Back-off mit Jitter (erste Pause bis 30 s) oder einem Budget von \
             10 % erholt er sich.",
            "40 visiteurs par seconde, et deux fois plus pendant cinq secondes. Qui attend 3 s \
             redemande, aussitôt, jusqu’à trois fois. La ruée finit après cinq secondes, \
             et les relances qu’elle laisse tiennent le service à terre pour de bon. \
             Avec un back-off à gigue (première pause jusqu’à 30 s) ou un budget de 10 \
             %, il se rétablit.",
        ),
    },
    Words {
        name: "open-or-closed",
        title: Text::new(
            "Open or closed: who waits for whom",
            "Offen oder geschlossen: wer auf wen wartet",
            "Ouvert ou fermé : qui attend qui",
        ),
        teaches: Text::new(
            "One server at 80 % load; one request in a thousand takes a hundred times as long. Visitors \
             who come when they come (open) queue behind it, and the slowest 1 % wait \
             for tens of milliseconds. Measured by one client that waits for each answer \
             before it asks again (closed, as ab and wrk do), the same load looks eighty \
             times better: while the server is slow, that client does not ask. This is \
             coordinated omission. Set the source to users = 1 with think = \
             \"exponential 0.0275 ms\" and compare.",
            "Ein Server bei 80 % Last; eine Anfrage von tausend dauert hundertmal so lang. Besucher, die \
             kommen, wann sie kommen (offen), reihen sich dahinter ein, und die \
             langsamsten 1 % warten einige zehn Millisekunden. Gemessen mit einem Client, \
             der jede Antwort abwartet, bevor er wieder fragt (geschlossen, wie ab und \
             wrk), sieht dieselbe Last achtzigmal besser aus: Während der Server langsam \
             ist, fragt dieser Client nicht. Das ist Coordinated Omission. Die Quelle \
             auf users = 1 mit think = \"exponential 0.0275 ms\" setzen und vergleichen.",
            "Un serveur à 80 % de charge ; une requête sur mille prend cent fois plus de temps. Les \
             visiteurs qui viennent quand ils viennent (ouvert) s’alignent derrière \
             elle, et le 1 % le plus lent attend des dizaines de millisecondes. Mesurée \
             par un client qui attend chaque réponse avant de redemander (fermé, comme \
             ab et wrk), la même charge semble quatre-vingts fois meilleure : quand le \
             serveur est lent, ce client ne demande rien. C’est l’omission coordonnée. \
             Mettre la source à users = 1 avec think = \"exponential 0.0275 ms\" et \
             comparer.",
        ),
    },
    Words {
        name: "sinkhole",
        title: Text::new(
            "The replica that fails fastest",
            "Die Replik, die am schnellsten scheitert",
            "La réplique qui échoue le plus vite",
        ),
        teaches: Text::new(
            "At 10 s one of three replicas begins to answer every request with an error, at once. It \
             never has anything in flight, so least connections takes it for the idlest \
             and sends it nearly everything; round robin sends it a third.",
            "Bei 10 s beginnt eine von drei Repliken, jede Anfrage sofort mit einem Fehler zu \
             beantworten. Sie hat nie etwas unterwegs, also hält least connections sie \
             für die am wenigsten beschäftigte und schickt ihr fast alles; round robin schickt ihr ein \
             Drittel.",
            "À 10 s une réplique sur trois se met à répondre aussitôt à tout par une erreur. Elle n’a \
             jamais rien en cours, donc least connections la croit la plus libre et lui \
             envoie presque tout ; round robin lui en envoie un tiers.",
        ),
    },
    Words {
        name: "scale-exercise",
        title: Text::new("1, 3, 5, 2, 1", "1, 3, 5, 2, 1", "1, 3, 5, 2, 1"),
        teaches: Text::new(
            "A service is scaled from 1 replica to 3, 5, 2 and 1 again while people use it. Those with \
             the highest numbers go first; each takes nothing new and finishes what it \
             has, so no request is lost. Set on_stop to at_once and some are.",
            "Ein Dienst wird von 1 Replik auf 3, 5, 2 und wieder 1 skaliert, während Leute ihn nutzen. \
             Die mit den höchsten Nummern gehen zuerst; jede nimmt nichts Neues und \
             beendet, was sie hat, also geht keine Anfrage verloren. Mit on_stop = \
             at_once gehen einige verloren.",
            "Un service passe de 1 réplique à 3, 5, 2 puis 1 pendant que des gens l’utilisent. Celles \
             aux plus grands numéros partent d’abord ; chacune ne prend plus rien et \
             finit ce qu’elle a, donc aucune requête n’est perdue. Avec on_stop = \
             at_once, certaines le sont.",
        ),
    },
    Words {
        name: "memory",
        title: Text::new("A spiral of memory", "Eine Speicherspirale", "Une spirale de mémoire"),
        teaches: Text::new(
            "Each request takes memory while it is in service, and a replica that is short of memory \
             gets slower, so more requests are in service. A rush of 6 s is enough: \
             every replica is killed for its memory, comes back with cold caches, is \
             slow, fills up and is killed again, long after the rush. With connections = \
             16 what is too much is turned away, nobody dies, and all is well when the \
             rush is over.",
            "Jede Anfrage nimmt Speicher, solange sie in Arbeit ist, und eine Replik, der Speicher \
             fehlt, wird langsamer, also sind mehr Anfragen in Arbeit. Ein Ansturm von 6 \
             s genügt: Jede Replik wird wegen ihres Speichers beendet, kommt mit kalten \
             Caches zurück, ist langsam, füllt sich und wird wieder beendet, lange nach \
             dem Ansturm. Mit connections = 16 wird das Zuviel abgewiesen, niemand \
             stirbt, und nach dem Ansturm ist alles gut.",
            "Chaque requête prend de la mémoire tant qu’elle est en service, et une réplique à court de \
             mémoire ralentit, donc plus de requêtes sont en service. Une ruée de 6 s \
             suffit : chaque réplique est tuée pour sa mémoire, revient avec des caches \
             froids, est lente, se remplit et est tuée encore, longtemps après la ruée. \
             Avec connections = 16, le trop-plein est refusé, personne ne meurt, et tout \
             va bien après la ruée.",
        ),
    },
    Words {
        name: "port-exhaustion",
        title: Text::new("No free port", "Kein freier Port", "Aucun port libre"),
        teaches: Text::new(
            "A balancer opens a connection for each of 600 requests a second and closes it first: its \
             port then rests for a minute (TIME_WAIT). All 28,232 ports to the one \
             server are taken after 47 s. The server is idle, yet every request fails, \
             until the ports of the first minute come free: the failures come in waves, \
             and in the long run 21.6 % of all requests fail. Up to 470 a second it \
             would never happen. Three ways out: keep connections \
             ([network.keep_alive]), a second source address (addresses = 2), or a \
             second server.",
            "Ein Lastverteiler öffnet für jede von 600 Anfragen pro Sekunde eine Verbindung und schließt \
             sie zuerst: Ihr Port ruht dann eine Minute (TIME_WAIT). Alle 28.232 Ports \
             zum einen Server sind nach 47 s vergeben. Der Server ist untätig, doch jede \
             Anfrage scheitert, bis die Ports der ersten Minute frei werden: Die Fehler \
             kommen in Wellen, und auf die Dauer scheitern 21,6 % aller Anfragen. Bis \
             470 pro Sekunde geschähe es nie. Drei Auswege: Verbindungen behalten \
             ([network.keep_alive]), eine zweite Absenderadresse (addresses = 2) oder \
             ein zweiter Server.",
            "Un répartiteur ouvre une connexion pour chacune de 600 requêtes par seconde et la ferme le \
             premier : son port se repose alors une minute (TIME_WAIT). Les 28 232 ports \
             vers l’unique serveur sont pris après 47 s. Le serveur est inactif, mais \
             chaque requête échoue, jusqu’à ce que les ports de la première minute se \
             libèrent : les échecs viennent par vagues, et à la longue 21,6 % des \
             requêtes échouent. Jusqu’à 470 par seconde cela n’arriverait jamais. Trois \
             issues : garder les connexions ([network.keep_alive]), une deuxième adresse \
             source (addresses = 2), ou un deuxième serveur.",
        ),
    },
    Words {
        name: "pool",
        title: Text::new("The pool is empty", "Der Pool ist leer", "Le pool est vide"),
        teaches: Text::new(
            "Each replica keeps 20 connections to its database. From 8 s to 13 s every query takes 15 \
             times as long: all connections are in use, requests wait for one until they \
             give up, and most fail, while the CPU has next to nothing to do. More CPU \
             or more replicas would not help: what ran out is somewhere else.",
            "Jede Replik hält 20 Verbindungen zu ihrer Datenbank. Von 8 s bis 13 s dauert jede Abfrage \
             15-mal so lang: Alle Verbindungen sind in Gebrauch, Anfragen warten auf \
             eine, bis sie aufgeben, und die meisten scheitern, während die CPU fast \
             nichts zu tun hat. Mehr CPU oder mehr Repliken würden nicht helfen: Was \
             ausging, ist anderswo.",
            "Chaque réplique garde 20 connexions à sa base de données. De 8 s à 13 s chaque requête y \
             prend 15 fois plus de temps : toutes les connexions sont prises, les \
             requêtes en attendent une jusqu’à renoncer, et la plupart échouent, alors \
             que le CPU n’a presque rien à faire. Plus de CPU ou de répliques \
             n’aideraient pas : ce qui manque est ailleurs.",
        ),
    },
    Words {
        name: "database-bound",
        title: Text::new(
            "More replicas, less work",
            "Mehr Repliken, weniger Arbeit",
            "Plus de répliques, moins de travail",
        ),
        teaches: Text::new(
            "A second replica helps, since one is short of CPU. From there on the database is what \
             everybody waits for: four replicas do no more than two, eight do less, \
             since their queries get in each other's way, and sixteen want more \
             connections than the database has.",
            "Eine zweite Replik hilft, denn einer fehlt CPU. Von da an warten alle auf die Datenbank: \
             Vier Repliken schaffen nicht mehr als zwei, acht weniger, weil ihre \
             Abfragen sich im Weg sind, und sechzehn wollen mehr Verbindungen, als die \
             Datenbank hat.",
            "Une deuxième réplique aide, car une seule manque de CPU. Ensuite tous attendent la base de \
             données : quatre répliques ne font pas plus que deux, huit font moins, car \
             leurs requêtes se gênent, et seize veulent plus de connexions que la base \
             n’en a.",
        ),
    },
    Words {
        name: "stampede",
        title: Text::new(
            "Everybody at once to the database",
            "Alle zugleich zur Datenbank",
            "Tous à la fois vers la base",
        ),
        teaches: Text::new(
            "A cache keeps 100 keys for 5 s, all fetched at the same time, as after a deployment. When \
             they expire, every request goes to the database until the first answer is \
             back, and the slower the database gets, the more of them fetch the same key \
             again: every 5 s a tooth of the saw. Let chance shorten the time that keys \
             are kept (dependency.0.cache.jitter), or let one request at a time fetch a \
             key (single_flight).",
            "Ein Cache hält 100 Schlüssel für 5 s, alle zur selben Zeit geholt, wie nach einem \
             Deployment. Laufen sie ab, geht jede Anfrage zur Datenbank, bis die erste \
             Antwort da ist, und je langsamer die Datenbank wird, desto mehr holen \
             denselben Schlüssel noch einmal: alle 5 s ein Zahn der Säge. Den Zufall die \
             Zeit verkürzen lassen, die Schlüssel gehalten werden \
             (dependency.0.cache.jitter), oder nur eine Anfrage einen Schlüssel holen \
             lassen (single_flight).",
            "Un cache garde 100 clés pendant 5 s, toutes cherchées au même moment, comme après un \
             déploiement. Quand elles expirent, chaque requête va à la base jusqu’à la \
             première réponse, et plus la base ralentit, plus de requêtes cherchent \
             encore la même clé : toutes les 5 s une dent de scie. Laisser le hasard \
             raccourcir la durée des clés (dependency.0.cache.jitter), ou laisser une \
             seule requête chercher une clé (single_flight).",
        ),
    },
    Words {
        name: "lost-update",
        title: Text::new(
            "Two buyers, one item less",
            "Zwei Käufer, ein Stück weniger",
            "Deux acheteurs, un article de moins",
        ),
        teaches: Text::new(
            "Ten times a second somebody buys the product of the day: the stock is read, and written \
             back 50 ms later, one less. Who reads while another is at it takes the \
             other's purchase back: λw/(1 + λw) = 10/s × 50 ms / 1.5 = a third of the \
             updates are lost, and every answer says that all went well. With lock = \
             true none is lost, and buyers wait for each other.",
            "Zehnmal pro Sekunde kauft jemand das Produkt des Tages: Der Bestand wird gelesen und 50 ms \
             später um eins kleiner zurückgeschrieben. Wer liest, während ein anderer \
             dabei ist, macht dessen Kauf rückgängig: λw/(1 + λw) = 10/s × 50 ms / 1,5 = \
             ein Drittel der Änderungen geht verloren, und jede Antwort sagt, alles sei \
             gut. Mit lock = true geht keine verloren, und Käufer warten aufeinander.",
            "Dix fois par seconde, quelqu’un achète le produit du jour : le stock est lu, et réécrit 50 \
             ms plus tard, moins un. Qui lit pendant qu’un autre le fait annule l’achat \
             de l’autre : λw/(1 + λw) = 10/s × 50 ms / 1,5 = un tiers des écritures est \
             perdu, et chaque réponse dit que tout va bien. Avec lock = true aucune \
             n’est perdue, et les acheteurs s’attendent.",
        ),
    },
    Words {
        name: "first-server",
        title: Text::new(
            "One server and the knee",
            "Ein Server und der Knick in der Kurve",
            "Un serveur et le coude de la courbe",
        ),
        teaches: Text::new(
            "One server, requests of 5 ms on average, and more and more of them: 100 a second for a \
             minute, 160 for a minute, then 190. Its load is 0.5, 0.8 and 0.95, and the \
             mean response time 5 ms / (1 - load): 10, 25 and 100 ms. Not quite twice \
             the traffic takes ten times as long: that is the knee. No fault is needed \
             for it, only chance.",
            "Ein Server, Anfragen von im Mittel 5 ms, und immer mehr davon: eine Minute lang 100 pro \
             Sekunde, eine Minute lang 160, dann 190. Seine Last ist 0,5, 0,8 und 0,95, \
             die mittlere Antwortzeit 5 ms / (1 - Last): 10, 25 und 100 ms. Nicht ganz \
             doppelter Verkehr dauert zehnmal so lang: Das ist der Knick. Dafür braucht \
             es keinen Fehler, nur Zufall.",
            "Un serveur, des requêtes de 5 ms en moyenne, et de plus en plus : 100 par seconde pendant \
             une minute, 160 pendant une minute, puis 190. Sa charge est 0,5, 0,8 et \
             0,95, et le temps de réponse moyen 5 ms / (1 - charge) : 10, 25 et 100 ms. \
             Pas tout à fait deux fois plus de trafic prend dix fois plus de temps : \
             c’est le coude. Il n’y faut aucune panne, le hasard suffit.",
        ),
    },
    Words {
        name: "rr-vs-size",
        title: Text::new(
            "Taking turns with large and small",
            "Reihum mit Groß und Klein",
            "Chacun son tour, grandes et petites",
        ),
        teaches: Text::new(
            "Three servers take turns. One request in ten takes 200 ms, the others 30 ms, and the load \
             is 0.8: each server gets as many requests as the others, not as much work, \
             so small ones queue behind a large one while another server is idle. \
             Compare it with least_connections: the same arrivals, the same servers, and \
             the slowest 1 % wait far less.",
            "Drei Server wechseln sich ab. Eine Anfrage von zehn dauert 200 ms, die anderen 30 ms, und \
             die Last ist 0,8: Jeder Server bekommt gleich viele Anfragen, aber nicht \
             gleich viel Arbeit, also warten kleine hinter einer großen, während ein \
             anderer Server nichts tut. Mit least_connections vergleichen: dieselben \
             Ankünfte, dieselben Server, und die langsamsten 1 % warten weit weniger.",
            "Trois serveurs se relaient. Une requête sur dix prend 200 ms, les autres 30 ms, et la \
             charge est 0,8 : chaque serveur reçoit autant de requêtes que les autres, \
             mais pas autant de travail, donc des petites attendent derrière une grande \
             pendant qu’un autre serveur ne fait rien. Comparer avec least_connections : \
             les mêmes arrivées, les mêmes serveurs, et le 1 % le plus lent attend bien \
             moins.",
        ),
    },
];
