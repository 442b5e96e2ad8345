//! Presets about clients, services and operations.

use super::Words;
use crate::lang::Text;

/// Their words.
pub(super) static WORDS: &[Words] = &[
    Words {
        name: "port-bind",
        title: Text::new("Address already in use", "Adresse schon in Gebrauch", "Adresse déjà utilisée"),
        teaches: Text::new(
            "A port can be bound once, and an address is not always what it seems. web listens on port \
             8080 of every address, so admin can't have 127.0.0.1:8080, whoever comes \
             first; metrics has a port of its own. At 10 s web dies with connections \
             open. They stay in TIME_WAIT for a minute, and since web binds its port \
             without SO_REUSEADDR, every restart fails until 71 s: address already in \
             use, although nobody uses it. Set binds = \"docker\" for web and it is back \
             at once.",
            "Ein Port kann einmal gebunden werden, und eine Adresse ist nicht immer, was sie scheint. \
             web hört auf Port 8080 jeder Adresse, also kann admin 127.0.0.1:8080 nicht \
             haben, wer auch zuerst kommt; metrics hat einen eigenen Port. Bei 10 s \
             stirbt web mit offenen Verbindungen. Sie bleiben eine Minute in TIME_WAIT, \
             und da web seinen Port ohne SO_REUSEADDR bindet, scheitert jeder Neustart \
             bis 71 s: address already in use, obwohl niemand sie nutzt. Mit binds = \
             \"docker\" für web ist es sofort zurück.",
            "Un port ne se lie qu’une fois, et une adresse n’est pas toujours ce qu’elle semble. web \
             écoute sur le port 8080 de chaque adresse, donc admin ne peut avoir \
             127.0.0.1:8080, qui que vienne d’abord ; metrics a son propre port. À 10 s \
             web meurt avec des connexions ouvertes. Elles restent une minute en \
             TIME_WAIT, et comme web lie son port sans SO_REUSEADDR, chaque relance \
             échoue jusqu’à 71 s : address already in use, bien que personne ne \
             l’utilise. Avec binds = \"docker\" pour web, il revient aussitôt.",
        ),
    },
    Words {
        name: "nat-hotspot",
        title: Text::new(
            "Everybody behind one address",
            "Alle hinter einer Adresse",
            "Tous derrière une adresse",
        ),
        teaches: Text::new(
            "nginx's ip_hash sends each address to a replica of its own. 60 % of the clients sit behind \
             one NAT, and have one address: all of them go to the same replica, with a \
             third of the others. It gets three quarters of the traffic and is \
             overloaded, while the other two are nearly idle. With round_robin, or a \
             cookie instead of the address, the three are far from busy.",
            "ip_hash von nginx schickt jede Adresse zu einer eigenen Replik. 60 % der Clients sitzen \
             hinter einem NAT und haben eine Adresse: Sie alle gehen zur selben Replik, \
             mit einem Drittel der anderen. Sie bekommt drei Viertel des Verkehrs und \
             ist überlastet, während die anderen beiden fast nichts tun. Mit \
             round_robin, oder einem Cookie statt der Adresse, haben alle drei noch viel \
             Luft.",
            "ip_hash de nginx envoie chaque adresse à une réplique. 60 % des clients sont derrière un \
             NAT et ont une seule adresse : tous vont à la même réplique, avec un tiers \
             des autres. Elle reçoit les trois quarts du trafic et est surchargée, les \
             deux autres ne font presque rien. Avec round_robin, ou un cookie au lieu de \
             l’adresse, les trois sont loin d’être occupées.",
        ),
    },
    Words {
        name: "hedging",
        title: Text::new("Ask twice", "Zweimal fragen", "Demander deux fois"),
        teaches: Text::new(
            "One of 25 replicas is forty times as slow as the others. Requests go round, so 4 % of them \
             land there, and p99 is their time. Clients that have no answer after 40 ms \
             ask a second time, and take the answer that comes first: p99 falls from \
             hundreds of milliseconds to some fifty, for 4 % more requests. Without \
             [traffic.hedge] the slow replica is in every p99.",
            "Eine von 25 Repliken ist vierzigmal so langsam wie die anderen. Anfragen gehen reihum, also \
             landen 4 % dort, und p99 ist ihre Zeit. Clients, die nach 40 ms keine \
             Antwort haben, fragen ein zweites Mal und nehmen die Antwort, die zuerst \
             kommt: p99 fällt von Hunderten Millisekunden auf etwa fünfzig, für 4 % mehr \
             Anfragen. Ohne [traffic.hedge] steckt die langsame Replik in jedem p99.",
            "Une réplique sur 25 est quarante fois plus lente que les autres. Les requêtes tournent, \
             donc 4 % y tombent, et p99 est leur temps. Les clients sans réponse après \
             40 ms demandent une deuxième fois et prennent la première réponse : p99 \
             tombe de centaines de millisecondes à une cinquantaine, pour 4 % de \
             requêtes en plus. Sans [traffic.hedge], la réplique lente est dans chaque \
             p99.",
        ),
    },
    Words {
        name: "websockets",
        title: Text::new(
            "The third replica stays empty",
            "Die dritte Replik bleibt leer",
            "La troisième réplique reste vide",
        ),
        teaches: Text::new(
            "200 users hold a connection open for ten minutes each, as with websockets. At 60 s a third \
             replica is added, and stays empty: a balancer chooses when a connection is \
             made, and nobody makes a new one. Least connections sends all 40 users who \
             come at 180 s to the third, but what is there stays where it is until it \
             ends.",
            "200 Nutzer halten je zehn Minuten eine Verbindung offen, wie bei Websockets. Bei 60 s kommt \
             eine dritte Replik dazu und bleibt leer: Ein Lastverteiler wählt, wenn eine \
             Verbindung entsteht, und niemand öffnet eine neue. Least connections \
             schickt alle 40 Nutzer, die bei 180 s kommen, zur dritten, aber was da ist, \
             bleibt, wo es ist, bis es endet.",
            "200 utilisateurs tiennent chacun une connexion ouverte dix minutes, comme avec les \
             websockets. À 60 s une troisième réplique arrive, et reste vide : un \
             répartiteur choisit quand une connexion se fait, et personne n’en ouvre une \
             nouvelle. Least connections envoie à la troisième les 40 utilisateurs qui \
             viennent à 180 s, mais ce qui est en place y reste jusqu’à sa fin.",
        ),
    },
    Words {
        name: "shop",
        title: Text::new("One shop, five services", "Ein Shop, fünf Dienste", "Une boutique, cinq services"),
        teaches: Text::new(
            "The page of an order asks sso who is there, then orders and notifications together, and \
             orders ask payments. At 20 s more than twice as many customers come: \
             payments, which need the most work, fall behind, and everybody waits for \
             them. At 40 s payments alone get three more replicas, and all is well \
             again; the other services never had too much to do.",
            "Die Seite einer Bestellung fragt sso, wer da ist, dann orders und notifications zugleich, \
             und orders fragt payments. Bei 20 s kommen mehr als doppelt so viele \
             Kunden: payments, das am meisten Arbeit braucht, fällt zurück, und alle \
             warten darauf. Bei 40 s bekommt payments allein drei Repliken mehr, und \
             alles ist wieder gut; die anderen Dienste hatten nie zu viel zu tun.",
            "La page d’une commande demande à sso qui est là, puis à orders et notifications ensemble, \
             et orders demande à payments. À 20 s viennent plus de deux fois plus de \
             clients : payments, qui demande le plus de travail, prend du retard, et \
             tous l’attendent. À 40 s payments seul reçoit trois répliques de plus, et \
             tout va de nouveau bien ; les autres services n’ont jamais eu trop à faire.",
        ),
    },
    Words {
        name: "shared-cart",
        title: Text::new("A basket for all", "Ein Warenkorb für alle", "Un panier pour tous"),
        teaches: Text::new(
            "The baskets of sticky-cart in a store that all replicas ask. No cookie is needed, and when \
             app-2 dies at 20 s nobody loses a basket; each request pays for it with a \
             question to the store. From 40 s to 45 s the store is gone, and so is the \
             shop.",
            "Die Warenkörbe von sticky-cart in einem Speicher, den alle Repliken fragen. Es braucht kein \
             Cookie, und wenn bei 20 s app-2 stirbt, verliert niemand einen Korb; jede \
             Anfrage bezahlt dafür mit einer Frage an den Speicher. Von 40 s bis 45 s \
             ist der Speicher weg, und der Shop auch.",
            "Les paniers de sticky-cart dans un stockage que toutes les répliques interrogent. Aucun \
             cookie n’est nécessaire, et quand app-2 meurt à 20 s, personne ne perd son \
             panier ; chaque requête le paie d’une question au stockage. De 40 s à 45 s \
             le stockage a disparu, et la boutique aussi.",
        ),
    },
    Words {
        name: "stale-names",
        title: Text::new(
            "Scaled to 5, and nobody notices",
            "Auf 5 skaliert, und niemand merkt es",
            "Passé à 5, et personne ne le remarque",
        ),
        teaches: Text::new(
            "nginx has resolved the service's name once, when it started. At 20 s the service is scaled \
             from 1 replica to 5, and all requests go on to the first, which is \
             overloaded. At 40 s nginx is reloaded: now it knows all five. Set \
             resolve_every and no reload is needed.",
            "nginx hat den Namen des Dienstes einmal aufgelöst, beim Start. Bei 20 s wird der Dienst von \
             1 Replik auf 5 skaliert, und alle Anfragen gehen weiter zur ersten, die \
             überlastet ist. Bei 40 s wird nginx neu geladen: Nun kennt es alle fünf. \
             Mit resolve_every ist kein Neuladen nötig.",
            "nginx a résolu le nom du service une seule fois, à son démarrage. À 20 s le service passe \
             de 1 réplique à 5, et toutes les requêtes continuent vers la première, qui \
             est surchargée. À 40 s nginx est rechargé : il connaît alors les cinq. Avec \
             resolve_every, aucun rechargement n’est nécessaire.",
        ),
    },
    Words {
        name: "slow-start",
        title: Text::new(
            "A cold replica, gently",
            "Eine kalte Replik, sachte",
            "Une réplique froide, en douceur",
        ),
        teaches: Text::new(
            "At 20 s a fourth replica comes, and its caches are cold: at first everything takes five \
             times as long there. With slow_start it gets its share of the traffic \
             little by little, and nobody notices. Without, it gets a quarter at once: \
             more than it can do, and its clients wait in vain.",
            "Bei 20 s kommt eine vierte Replik mit kalten Caches: Anfangs dauert dort alles fünfmal so \
             lang. Mit slow_start bekommt sie ihren Anteil des Verkehrs nach und nach, \
             und niemand merkt es. Ohne bekommt sie sofort ein Viertel: mehr, als sie \
             kann, und ihre Clients warten vergeblich.",
            "À 20 s arrive une quatrième réplique, aux caches froids : au début tout y prend cinq fois \
             plus de temps. Avec slow_start elle reçoit sa part du trafic peu à peu, et \
             personne ne le remarque. Sans, elle en reçoit un quart d’un coup : plus \
             qu’elle ne peut, et ses clients attendent en vain.",
        ),
    },
    Words {
        name: "herd",
        title: Text::new("Old news", "Alte Nachrichten", "Vieilles nouvelles"),
        teaches: Text::new(
            "Twenty balancers see how busy each replica is, but only once a second. Until they look \
             again, all of them send everything to the replica that was least busy then: \
             a herd that tramples one after the other. With news that old, \
             least_connections is worse than chance, which beats nothing when the news \
             is fresh; two random choices bear it best.",
            "Zwanzig Lastverteiler sehen, wie beschäftigt jede Replik ist, aber nur einmal pro Sekunde. \
             Bis sie wieder hinsehen, schicken alle alles an die Replik, die da am \
             wenigsten zu tun hatte: eine Herde, die eine nach der anderen \
             niedertrampelt. Mit so alten Nachrichten ist least_connections schlechter \
             als der Zufall, der bei frischen nichts schlägt; zwei zufällige zur Wahl \
             vertragen es am besten.",
            "Vingt répartiteurs voient la charge de chaque réplique, mais une fois par seconde \
             seulement. D’ici là, tous envoient tout à celle qui était la moins occupée \
             : un troupeau qui les piétine l’une après l’autre. Avec des nouvelles si \
             vieilles, least_connections est pire que le hasard, que tout bat quand \
             elles sont fraîches ; deux choix au hasard le supportent le mieux.",
        ),
    },
    Words {
        name: "sticky-cascade",
        title: Text::new("One heavy tenant", "Ein gewichtiger Mandant", "Un locataire pesant"),
        teaches: Text::new(
            "A third of the traffic comes from one address, and the balancer sends each address back to \
             the replica that it was on. That one is overloaded, its readiness check has \
             to wait for a worker, fails, and the balancer takes it off: the tenant \
             moves on to the next, which is overloaded too. Replica after replica falls, \
             though together they could do the work. A check that needs no worker (kind \
             = \"connect\"), or no stickiness, ends it.",
            "Ein Drittel des Verkehrs kommt von einer Adresse, und der Lastverteiler schickt jede \
             Adresse zu der Replik zurück, auf der sie war. Diese ist überlastet, ihre \
             Bereitschaftsprüfung muss auf einen Worker warten, scheitert, und der \
             Lastverteiler nimmt sie heraus: Der Mandant zieht zur nächsten, die auch \
             überlastet ist. Replik um Replik fällt, obwohl sie zusammen die Arbeit \
             schaffen könnten. Eine Prüfung, die keinen Worker braucht (kind = \
             \"connect\"), oder der Verzicht auf das Haften beendet es.",
            "Un tiers du trafic vient d’une adresse, et le répartiteur renvoie chaque adresse à la \
             réplique où elle était. Celle-ci est surchargée, son contrôle doit attendre \
             un worker, échoue, et le répartiteur la retire : le locataire passe à la \
             suivante, surchargée à son tour. Les répliques tombent l’une après l’autre, \
             alors qu’ensemble elles pourraient faire le travail. Un contrôle sans \
             worker (kind = \"connect\"), ou pas d’affinité de session, y met fin.",
        ),
    },
    Words {
        name: "deploy",
        title: Text::new(
            "A new version, while people use it",
            "Eine neue Version im laufenden Betrieb",
            "Une nouvelle version en plein usage",
        ),
        teaches: Text::new(
            "At 10 s a new version takes the place of the old one, replica by replica: one more is \
             started, and when it is ready an old one takes nothing new, finishes what \
             it has, and goes. No request is lost. Set on_stop to at_once and what is in \
             progress is lost with each old replica; set readiness to false and requests \
             meet new ones that do not listen yet.",
            "Bei 10 s löst eine neue Version die alte ab, Replik für Replik: Eine mehr wird gestartet, \
             und wenn sie bereit ist, nimmt eine alte nichts Neues, beendet, was sie \
             hat, und geht. Keine Anfrage geht verloren. Mit on_stop = at_once geht \
             verloren, was in jeder alten Replik in Arbeit ist; mit readiness = false \
             treffen Anfragen auf neue, die noch nicht zuhören.",
            "À 10 s une nouvelle version remplace l’ancienne, réplique par réplique : une de plus \
             démarre, et quand elle est prête, une ancienne ne prend plus rien, finit ce \
             qu’elle a et part. Aucune requête n’est perdue. Avec on_stop = at_once, ce \
             qui est en cours est perdu avec chaque ancienne ; avec readiness = false, \
             des requêtes tombent sur des nouvelles qui n’écoutent pas encore.",
        ),
    },
    Words {
        name: "zones",
        title: Text::new(
            "One of two zones is lost",
            "Eine von zwei Zonen ist verloren",
            "Une zone sur deux est perdue",
        ),
        teaches: Text::new(
            "Four replicas in two zones are at 60 % of their CPU. At 20 s one zone is lost: the other \
             would need 120 % of what it has, its queues grow, people leave before their \
             answer, and soon hardly anybody gets one. Whoever wants to live through the \
             loss of one of two zones may use each only by half. At 60 s the zone is \
             back.",
            "Vier Repliken in zwei Zonen sind bei 60 % ihrer CPU. Bei 20 s geht eine Zone verloren: Die \
             andere bräuchte 120 % dessen, was sie hat, ihre Schlangen wachsen, Leute \
             gehen vor ihrer Antwort, und bald bekommt kaum jemand eine. Wer den Verlust \
             einer von zwei Zonen überleben will, darf jede nur zur Hälfte nutzen. Bei \
             60 s ist die Zone zurück.",
            "Quatre répliques dans deux zones sont à 60 % de leur CPU. À 20 s une zone est perdue : \
             l’autre aurait besoin de 120 % de ce qu’elle a, ses files grandissent, les \
             gens partent avant leur réponse, et bientôt presque personne n’en a. Qui \
             veut survivre à la perte d’une zone sur deux ne peut utiliser chacune qu’à \
             moitié. À 60 s la zone est de retour.",
        ),
    },
    Words {
        name: "hosts",
        title: Text::new("Two hosts, one port each", "Zwei Hosts, je ein Port", "Deux hôtes, un port chacun"),
        teaches: Text::new(
            "Every host has port 8080 once. web has a replica on each of two hosts, and both publish it. \
             admin wants it too and comes to host 1, where web-1 has it: it is refused, although \
             port 8081 is free. Clients go to the first host that has somebody at the port, so \
             web-1 works and web-2 waits. At 20 s host 1 is lost with all that web-1 had begun, \
             and web-2 takes over; at 40 s host 1 is back, and at 44 s web-1.",
            "Jeder Host hat Port 8080 einmal. web hat auf jedem von zwei Hosts eine Replik, und beide \
             veröffentlichen ihn. admin will ihn auch und kommt auf Host 1, wo web-1 ihn hat: Sie \
             wird abgewiesen, obwohl Port 8081 frei ist. Clients gehen zum ersten Host, auf dem \
             jemand am Port ist, also arbeitet web-1, und web-2 wartet. Bei 20 s geht Host 1 \
             verloren, mit allem, was web-1 begonnen hat, und web-2 übernimmt; bei 40 s ist Host 1 \
             zurück, bei 44 s web-1.",
            "Chaque hôte a le port 8080 une fois. web a une réplique sur chacun des deux hôtes, et les \
             deux le publient. admin le veut aussi et arrive sur l’hôte 1, où web-1 l’a : elle est \
             refusée, bien que le port 8081 soit libre. Les clients vont au premier hôte où \
             quelqu’un tient le port : web-1 travaille et web-2 attend. À 20 s l’hôte 1 est perdu \
             avec tout ce que web-1 avait commencé, et web-2 prend le relais ; à 40 s l’hôte 1 est \
             de retour, et à 44 s web-1.",
        ),
    },
    Words {
        name: "black-friday-autoscaled",
        title: Text::new(
            "Black Friday with an autoscaler",
            "Black Friday mit Autoscaler",
            "Black Friday avec autoscaler",
        ),
        teaches: Text::new(
            "Three replicas are at 60 % of their CPU. From 2 min on, four times as many people come \
             within a minute, and at 5 min six times as many for 20 s. The autoscaler \
             sees values that are 30 s old and never more than 100 % of a CPU, and a new \
             replica takes a minute: requests are lost long before there are enough, and \
             the last ones come when the rush is over, to be paid for five minutes more. \
             With replicas = 12 and min = 12 nothing is lost, and they mostly wait.",
            "Drei Repliken sind bei 60 % ihrer CPU. Ab 2 min kommen binnen einer Minute viermal so viele \
             Leute, und bei 5 min für 20 s sechsmal so viele. Der Autoscaler sieht \
             Werte, die 30 s alt sind und nie über 100 % einer CPU, und eine neue Replik \
             braucht eine Minute: Anfragen gehen verloren, lange bevor es genug sind, \
             und die letzten kommen, wenn der Ansturm vorbei ist, bezahlt für weitere \
             fünf Minuten. Mit replicas = 12 und min = 12 geht nichts verloren, und sie \
             warten meist.",
            "Trois répliques sont à 60 % de leur CPU. À partir de 2 min, quatre fois plus de gens \
             viennent en une minute, et à 5 min six fois plus pendant 20 s. L’autoscaler \
             voit des valeurs vieilles de 30 s et jamais plus de 100 % d’un CPU, et une \
             nouvelle réplique prend une minute : des requêtes sont perdues bien avant \
             qu’il y en ait assez, et les dernières arrivent quand la ruée est finie, à \
             payer cinq minutes de plus. Avec replicas = 12 et min = 12 rien n’est \
             perdu, et elles attendent surtout.",
        ),
    },
    Words {
        name: "vertical-or-horizontal",
        title: Text::new(
            "One large or four small, for the same money",
            "Eine große oder vier kleine, fürs selbe Geld",
            "Une grande ou quatre petites, au même prix",
        ),
        teaches: Text::new(
            "Four replicas of one core cost as much as one of four (replicas = 1, cpus = 4). The large \
             one answers sooner, since no core is idle while another has a queue. But at \
             40 s app-1 dies, and takes 5 s to come back: that is a quarter of the small \
             ones, and all of the large one.",
            "Vier Repliken mit einem Kern kosten so viel wie eine mit vier (replicas = 1, cpus = 4). Die \
             große antwortet früher, denn kein Kern ist untätig, während ein anderer \
             eine Schlange hat. Aber bei 40 s stirbt app-1 und braucht 5 s, um \
             zurückzukommen: ein Viertel der kleinen und die ganze große.",
            "Quatre répliques d’un cœur coûtent autant qu’une de quatre (replicas = 1, cpus = 4). La \
             grande répond plus tôt, car aucun cœur n’est inactif quand un autre a une \
             file. Mais à 40 s app-1 meurt, et met 5 s à revenir : c’est un quart des \
             petites, et toute la grande.",
        ),
    },
    Words {
        name: "celery",
        title: Text::new(
            "Three ways to send a mail",
            "Drei Wege, eine Mail zu schicken",
            "Trois façons d’envoyer un courriel",
        ),
        teaches: Text::new(
            "One service, three kinds of request that each send a mail of 120 ms. \"blocking\" works on \
             it itself: it needs the CPU for all that time, and everybody behind it \
             waits. \"waiting\" waits for a mail server: it holds a thread, not the CPU. \
             \"background\" hands it to a worker and answers at once, which is quick for \
             the client, and the mail waits in the queue. One worker does 8 a second and \
             12 come: the queue grows for half a minute. At 30 s there are three \
             workers, and the queue drains three times as fast.",
            "Ein Dienst, drei Arten von Anfragen, die je eine Mail von 120 ms schicken. \"blocking\" \
             arbeitet selbst daran: Es braucht die CPU die ganze Zeit, und alle dahinter \
             warten. \"waiting\" wartet auf einen Mailserver: Es hält einen Thread, \
             nicht die CPU. \"background\" gibt sie einem Worker und antwortet sofort, \
             schnell für den Client, und die Mail wartet in der Schlange. Ein Worker \
             schafft 8 pro Sekunde, und 12 kommen: Die Schlange wächst eine halbe Minute \
             lang. Bei 30 s sind es drei Worker, und die Schlange leert sich dreimal so \
             schnell.",
            "Un service, trois sortes de requêtes qui envoient chacune un courriel de 120 ms. « blocking \
             » y travaille elle-même : il lui faut le CPU tout ce temps, et tous \
             attendent derrière. « waiting » attend un serveur de courrier : elle tient \
             un thread, pas le CPU. « background » le confie à un worker et répond \
             aussitôt, vite pour le client, et le courriel attend dans la file. Un \
             worker en fait 8 par seconde et il en vient 12 : la file grandit une \
             demi-minute. À 30 s il y a trois workers, et la file se vide trois fois \
             plus vite.",
        ),
    },
    Words {
        name: "metastable",
        title: Text::new(
            "A database that never comes back",
            "Eine Datenbank, die nie zurückkommt",
            "Une base de données qui ne revient jamais",
        ),
        teaches: Text::new(
            "For ten seconds the database is twenty times slower, then it is well again. The service is \
             not: everybody asks a second time after a second without an answer, so 280 \
             requests a second are 560 queries, and above 300 a second the database is \
             ten times slower, so that nobody has an answer within a second, and \
             everybody asks a second time. The trigger is long over, and the load keeps \
             itself up: a metastable failure. At 140 requests a second the same is over \
             at once. Ways out: fewer requests for a while, or a budget for asking again \
             (traffic.retry.budget = 0.05).",
            "Zehn Sekunden lang ist die Datenbank zwanzigmal langsamer, dann ist sie wieder wohlauf. Der \
             Dienst ist es nicht: Nach einer Sekunde ohne Antwort fragt jeder ein \
             zweites Mal, also werden aus 280 Anfragen pro Sekunde 560 Abfragen, und \
             über 300 pro Sekunde ist die Datenbank zehnmal langsamer, sodass niemand \
             binnen einer Sekunde eine Antwort hat und jeder ein zweites Mal fragt. Der \
             Auslöser ist längst vorbei, und die Last hält sich selbst: ein metastabiler \
             Ausfall. Bei 140 Anfragen pro Sekunde ist dasselbe sofort vorbei. Auswege: \
             eine Weile weniger Anfragen, oder ein Budget für das Nachfragen \
             (traffic.retry.budget = 0.05).",
            "Pendant dix secondes la base de données est vingt fois plus lente, puis elle va de nouveau \
             bien. Le service, non : chacun redemande après une seconde sans réponse, \
             donc 280 requêtes par seconde en font 560 à la base, et au-delà de 300 par \
             seconde elle est dix fois plus lente, si bien que personne n’a de réponse \
             en une seconde, et chacun redemande. La cause est finie depuis longtemps, \
             et la charge s’entretient : une panne métastable. À 140 requêtes par \
             seconde, la même chose cesse aussitôt. Issues : moins de requêtes un \
             moment, ou un budget pour redemander (traffic.retry.budget = 0.05).",
        ),
    },
    Words {
        name: "goodput",
        title: Text::new(
            "Busy with what nobody wants any more",
            "Beschäftigt mit dem, was niemand mehr will",
            "Occupé par ce que plus personne ne veut",
        ),
        teaches: Text::new(
            "Two services, alike but for one line. From 8 to 16 s everything takes three times as long, \
             and clients leave after 1 s. The plain one queues without end: long after \
             it is fast again it answers as many a second as ever, but always too late, \
             so its throughput is high and its goodput zero. The guarded one answers 503 \
             at once to what comes while 90 are inside: it stays useful, and is well as \
             soon as the cause is gone.",
            "Zwei Dienste, gleich bis auf eine Zeile. Von 8 bis 16 s dauert alles dreimal so lang, und \
             Clients gehen nach 1 s. Der schlichte reiht endlos ein: Lange nachdem er \
             wieder schnell ist, beantwortet er so viele pro Sekunde wie je, aber immer \
             zu spät, also ist sein Durchsatz hoch und sein Goodput null. Der geschützte \
             antwortet sofort mit 503, wenn 90 drin sind: Er bleibt nützlich und ist \
             wohlauf, sobald die Ursache weg ist.",
            "Deux services, pareils à une ligne près. De 8 à 16 s tout prend trois fois plus de temps, \
             et les clients partent après 1 s. Le simple met en file sans fin : \
             longtemps après être redevenu rapide, il répond à autant de requêtes par \
             seconde que jamais, mais toujours trop tard, donc son débit est haut et son \
             goodput nul. Le protégé répond aussitôt 503 à ce qui vient quand 90 sont \
             dedans : il reste utile, et va bien dès que la cause a disparu.",
        ),
    },
];
