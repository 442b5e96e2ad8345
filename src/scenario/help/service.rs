//! Help on services and their replicas.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new(
        "Its name; replicas are called name-1, name-2 …",
        "Name des Dienstes; seine Repliken heißen name-1, name-2 …",
        "Nom du service ; ses répliques s’appellent nom-1, nom-2 …",
    ),
    Text::new(
        "How many replicas run at the start.",
        "So viele Repliken laufen am Anfang.",
        "Combien de répliques tournent au départ.",
    ),
    Text::new(
        "CPU quota of one replica in cores.",
        "CPU-Anteil je Replik, in Kernen.",
        "Quota de CPU par réplique, en cœurs.",
    ),
    Text::new("How the quota is kept.", "Wie der Anteil eingehalten wird.", "Comment le quota est tenu."),
    Text::new(
        "Memory limit of one replica; without it, memory never runs out.",
        "Speichergrenze je Replik; ohne Angabe geht der Speicher nie aus.",
        "Limite de mémoire par réplique ; sans indication, la mémoire ne manque jamais.",
    ),
    Text::new(
        "What the memory is used for.",
        "Wofür der Speicher gebraucht wird.",
        "À quoi sert la mémoire.",
    ),
    Text::new("How the server waits.", "Wie der Server wartet.", "Comment le serveur attend."),
    Text::new(
        "Worker processes; workers × threads requests are in service at once.",
        "Worker-Prozesse; workers × threads Anfragen werden zugleich bedient.",
        "Processus workers ; workers × threads requêtes sont servies à la fois.",
    ),
    Text::new("Threads of a worker.", "Threads eines Workers.", "Threads d’un worker."),
    Text::new(
        "What the kernel kills when the memory limit is reached.",
        "Was der Kernel beendet, wenn die Speichergrenze erreicht ist.",
        "Ce que le noyau tue quand la limite de mémoire est atteinte.",
    ),
    Text::new(
        "Longest that a request may take with workers of one thread: then its worker is killed, as \
         gunicorn does with sync workers. Workers with threads are spared.",
        "So lange darf eine Anfrage bei Workern mit einem Thread höchstens dauern: Dann wird ihr Worker \
         beendet, wie bei gunicorn mit sync-Workern. Worker mit Threads bleiben verschont.",
        "Durée maximale d’une requête avec des workers à un thread : ensuite son worker est tué, comme \
         le fait gunicorn avec ses workers sync. Les workers à threads sont épargnés.",
    ),
    Text::new(
        "Time until a killed worker is replaced.",
        "Zeit, bis ein beendeter Worker ersetzt ist.",
        "Temps avant qu’un worker tué soit remplacé.",
    ),
    Text::new(
        "Connections that wait in the kernel until a worker accepts them; one more than this fits.",
        "Verbindungen, die im Kernel warten, bis ein Worker sie annimmt; eine mehr als diese Zahl passt \
         hinein.",
        "Connexions qui attendent dans le noyau qu’un worker les accepte ; il y tient une de plus que ce \
         nombre.",
    ),
    Text::new(
        "Most connections open at once, waiting or in service; without it, no limit.",
        "So viele Verbindungen sind höchstens zugleich offen, wartend oder in Arbeit; ohne Angabe keine \
         Grenze.",
        "Nombre maximal de connexions ouvertes à la fois, en attente ou en service ; sans indication, \
         aucune limite.",
    ),
    Text::new(
        "File descriptors of one replica (ulimit -n): one for each connection that a worker has taken or \
         that is kept open; without it, no limit. Further connections wait in the backlog (accept fails \
         with EMFILE).",
        "Dateideskriptoren einer Replik (ulimit -n): einer je Verbindung, die ein Worker angenommen hat \
         oder die offen bleibt; ohne Angabe keine Grenze. Weitere Verbindungen warten im Backlog (accept \
         scheitert mit EMFILE).",
        "Descripteurs de fichiers d’une réplique (ulimit -n) : un par connexion qu’un worker a prise ou \
         qui reste ouverte ; sans indication, aucune limite. Les autres connexions attendent dans le \
         backlog (accept échoue avec EMFILE).",
    ),
    Text::new(
        "Requests inside one replica, waiting or in service, above which it sheds load: it answers \
         further ones with 503 at once (a fixed limit of requests in flight); without it, never.",
        "Anfragen in einer Replik, wartend oder in Arbeit, über denen sie Last abwirft: Weitere \
         beantwortet sie sofort mit 503 (eine feste Grenze); ohne Angabe nie.",
        "Requêtes dans une réplique, en attente ou en service, au-delà desquelles elle se déleste : elle \
         répond aux suivantes par 503 aussitôt (une limite fixe) ; sans indication, jamais.",
    ),
    Text::new(
        "Time from start to readiness.",
        "Zeit vom Start bis zur Bereitschaft.",
        "Temps du démarrage à l’état prêt.",
    ),
    Text::new(
        "How many times as long everything takes just after a start (cold caches); 1 is not at all.",
        "Wievielmal so lange alles kurz nach einem Start dauert (kalte Caches); 1 heißt gar nicht länger.",
        "Combien de fois plus de temps tout prend juste après un démarrage (caches froids) ; 1 : pas plus.",
    ),
    Text::new(
        "Time in which what is above 1 of that falls to 1/e of itself.",
        "Zeit, in der das, was davon über 1 liegt, auf 1/e fällt.",
        "Temps en lequel ce qui dépasse 1 tombe à 1/e.",
    ),
    Text::new(
        "The check that the container makes of itself (Docker's HEALTHCHECK); without it, none.",
        "Die Prüfung, mit der der Container sich selbst prüft (HEALTHCHECK von Docker); ohne Angabe keine.",
        "Le contrôle que le conteneur fait de lui-même (HEALTHCHECK de Docker) ; sans indication, aucun.",
    ),
    Text::new(
        "Whether replicas are known to be ready when they listen; otherwise they count, and balancers \
         that learn of changes list them, as soon as the process runs.",
        "Ob man weiß, dass Repliken erst bereit sind, wenn sie lauschen; sonst zählen sie, und \
         Lastverteiler, die von Änderungen erfahren, führen sie, sobald der Prozess läuft.",
        "Si l’on sait que les répliques ne sont prêtes que quand elles écoutent ; sinon elles comptent, \
         et les répartiteurs qui apprennent les changements les inscrivent, dès que le processus tourne.",
    ),
    Text::new(
        "How a new version takes the place of the old one.",
        "Wie eine neue Version die alte ersetzt.",
        "Comment une nouvelle version remplace l’ancienne.",
    ),
    Text::new(
        "What adds and removes replicas by itself; without it, nobody does.",
        "Was von selbst Repliken hinzufügt und entfernt; ohne Angabe tut das niemand.",
        "Ce qui ajoute et retire des répliques de lui-même ; sans indication, personne.",
    ),
    Text::new(
        "When a replica that died is started again.",
        "Wann eine gestorbene Replik neu gestartet wird.",
        "Quand une réplique morte est redémarrée.",
    ),
    Text::new(
        "Pause before the first restart; it doubles with each further one and is forgotten after a run \
         of 10 s.",
        "Pause vor dem ersten Neustart; sie verdoppelt sich mit jedem weiteren und ist nach 10 s \
         Laufzeit vergessen.",
        "Pause avant le premier redémarrage ; elle double à chaque suivant et s’oublie après 10 s de \
         marche.",
    ),
    Text::new(
        "Longest pause before a restart.",
        "Längste Pause vor einem Neustart.",
        "Plus longue pause avant un redémarrage.",
    ),
    Text::new(
        "Most restarts in a row with on-failure; a run of 10 s begins a new row. Without it, no limit.",
        "So viele Neustarts in Folge bei on-failure höchstens; 10 s Laufzeit beginnen eine neue Folge. \
         Ohne Angabe keine Grenze.",
        "Nombre maximal de redémarrages d’affilée avec on-failure ; 10 s de marche commencent une \
         nouvelle suite. Sans indication, aucune limite.",
    ),
    Text::new(
        "How long a replica that is stopped may take to finish what it has.",
        "Wie lange eine angehaltene Replik brauchen darf, um zu beenden, was sie hat.",
        "Combien de temps une réplique qu’on arrête peut prendre pour finir ce qu’elle a.",
    ),
    Text::new(
        "What a replica makes of being stopped.",
        "Was eine Replik tut, wenn sie angehalten wird.",
        "Ce que fait une réplique qu’on arrête.",
    ),
    Text::new(
        "Ports published on the host: \"8080:80\", \"8000-8002:80\", \"80\".",
        "Auf dem Host veröffentlichte Ports: \"8080:80\", \"8000-8002:80\", \"80\".",
        "Ports publiés sur l’hôte : \"8080:80\", \"8000-8002:80\", \"80\".",
    ),
    Text::new(
        "Who binds the published ports.",
        "Wer die veröffentlichten Ports bindet.",
        "Qui lie les ports publiés.",
    ),
    Text::new(
        "Where session state is kept.",
        "Wo der Zustand der Sitzungen liegt.",
        "Où l’état des sessions est gardé.",
    ),
    Text::new(
        "The dependency that keeps them (sessions = \"store\").",
        "Die Abhängigkeit, die sie aufhebt (sessions = \"store\").",
        "La dépendance qui les garde (sessions = \"store\").",
    ),
    Text::new(
        "Share of traffic against other replicas, for algorithms with weights.",
        "Anteil am Verkehr gegenüber anderen Repliken, für Algorithmen mit Gewichten.",
        "Part du trafic par rapport aux autres répliques, pour les algorithmes à poids.",
    ),
    Text::new(
        "A balancer of its own in front of it: what is not written is as in `[balancer]`. Without one, \
         the service is one more upstream of the edge's balancer.",
        "Ein eigener Lastverteiler davor: Was nicht dasteht, ist wie in `[balancer]`. Ohne ihn ist der \
         Dienst ein weiterer Upstream des Lastverteilers am Rand.",
        "Un répartiteur propre devant lui : ce qui n’est pas écrit est comme dans `[balancer]`. Sans \
         lui, le service est un upstream de plus du répartiteur d’entrée.",
    ),
    Text::new(
        "What single replicas have otherwise.",
        "Was bei einzelnen Repliken anders ist.",
        "Ce que certaines répliques ont de différent.",
    ),
    Text::new("The process itself.", "Der Prozess selbst.", "Le processus lui-même."),
    Text::new("Each open connection.", "Jede offene Verbindung.", "Chaque connexion ouverte."),
    Text::new("Each request in service.", "Jede Anfrage in Arbeit.", "Chaque requête en service."),
    Text::new(
        "Each session kept in memory.",
        "Jede Sitzung im Speicher.",
        "Chaque session gardée en mémoire.",
    ),
    Text::new(
        "Share of the limit from which on memory slows the replica (garbage collection, swapping); 1 is \
         never.",
        "Anteil der Grenze, ab dem der Speicher die Replik bremst (Garbage Collection, Auslagern); 1 \
         heißt nie.",
        "Part de la limite à partir de laquelle la mémoire ralentit la réplique (ramasse-miettes, swap) \
         ; 1 : jamais.",
    ),
    Text::new(
        "How many times as long everything takes when memory is at its limit.",
        "Wievielmal so lange alles dauert, wenn der Speicher an seiner Grenze ist.",
        "Combien de fois plus de temps tout prend quand la mémoire est à sa limite.",
    ),
    Text::new("Which replica, from 1.", "Welche Replik, ab 1.", "Quelle réplique, à partir de 1."),
    Text::new("Its own name.", "Ihr eigener Name.", "Son propre nom."),
    Text::new("Its own CPU quota.", "Ihr eigener CPU-Anteil.", "Son propre quota de CPU."),
    Text::new("Its own memory limit.", "Ihre eigene Speichergrenze.", "Sa propre limite de mémoire."),
    Text::new("Its own weight.", "Ihr eigenes Gewicht.", "Son propre poids."),
    Text::new(
        "Asked only when no replica that is no backup can be asked.",
        "Wird nur gefragt, wenn keine andere gefragt werden kann, die kein Ersatz ist.",
        "Sollicitée seulement si aucune réplique qui n’est pas de secours ne peut l’être.",
    ),
    Text::new(
        "What the balancer sends to it.",
        "Was der Lastverteiler ihr schickt.",
        "Ce que le répartiteur lui envoie.",
    ),
    Text::new(
        "Its own published ports.",
        "Ihre eigenen veröffentlichten Ports.",
        "Ses propres ports publiés.",
    ),
    Text::new(
        "A thread has one request from its start to its end, also while that waits.",
        "Ein Thread hat eine Anfrage von Anfang bis Ende, auch während sie wartet.",
        "Un thread a une requête du début à la fin, même pendant qu’elle attend.",
    ),
    Text::new(
        "Each worker is a loop that works on one request at a time; what waits does not hold it.",
        "Jeder Worker ist eine Schleife, die an einer Anfrage zugleich arbeitet; was wartet, hält sie \
         nicht auf.",
        "Chaque worker est une boucle qui traite une requête à la fois ; ce qui attend ne la retient pas.",
    ),
    Text::new(
        "At every instant: the requests in service share the quota.",
        "In jedem Augenblick: Die Anfragen in Arbeit teilen sich den Anteil.",
        "À chaque instant : les requêtes en service se partagent le quota.",
    ),
    Text::new(
        "In periods of 100 ms, as the kernel does: at full speed until the quota is used up, then \
         nothing to the end of the period.",
        "In Perioden von 100 ms, wie der Kernel: mit vollem Tempo, bis der Anteil verbraucht ist, dann \
         nichts bis zum Ende der Periode.",
        "Par périodes de 100 ms, comme le noyau : à pleine vitesse jusqu’à épuisement du quota, puis \
         rien jusqu’à la fin de la période.",
    ),
    Text::new(
        "The first process of the container, and with it everything (exit code 137).",
        "Den ersten Prozess des Containers und damit alles (Exit-Code 137).",
        "Le premier processus du conteneur, et tout avec lui (code de sortie 137).",
    ),
    Text::new(
        "The largest worker process, which its master replaces; the container only when no worker has \
         anything to give.",
        "Den größten Worker-Prozess, den der Master ersetzt; den Container nur, wenn kein Worker etwas \
         zu geben hat.",
        "Le plus gros processus worker, que le maître remplace ; le conteneur seulement si aucun worker \
         n’a rien à donner.",
    ),
    Text::new(
        "It takes nothing new, finishes what it has, and goes; after the grace it is killed.",
        "Sie nimmt nichts Neues, beendet, was sie hat, und geht; nach der Frist wird sie beendet.",
        "Elle ne prend rien de nouveau, finit ce qu’elle a, et part ; après le délai, elle est tuée.",
    ),
    Text::new(
        "It ends at once, with everything in it.",
        "Sie endet sofort, mit allem darin.",
        "Elle finit aussitôt, avec tout ce qui est dedans.",
    ),
    Text::new(
        "It goes on as if nothing had happened, until it is killed after the grace (a shell as first \
         process).",
        "Sie macht weiter, als wäre nichts geschehen, bis sie nach der Frist beendet wird (eine \
         Shell als erster Prozess).",
        "Elle continue comme si de rien n’était, jusqu’à être tuée après le délai (un shell comme \
         premier processus).",
    ),
    Text::new("Whenever it ends.", "Immer, wenn sie endet.", "Chaque fois qu’elle finit."),
    Text::new(
        "Whenever it ends, unless somebody stopped it.",
        "Immer, wenn sie endet, außer jemand hat sie angehalten.",
        "Chaque fois qu’elle finit, sauf si quelqu’un l’a arrêtée.",
    ),
    Text::new(
        "When it ended with an error.",
        "Wenn sie mit einem Fehler endete.",
        "Quand elle a fini sur une erreur.",
    ),
    Text::new("Never.", "Nie.", "Jamais."),
    Text::new(
        "Docker, before it starts the container; connections in TIME_WAIT are no obstacle (SO_REUSEADDR).",
        "Docker, bevor es den Container startet; Verbindungen in TIME_WAIT stören nicht (SO_REUSEADDR).",
        "Docker, avant de démarrer le conteneur ; les connexions en TIME_WAIT ne gênent pas \
         (SO_REUSEADDR).",
    ),
    Text::new(
        "The program itself, without SO_REUSEADDR: it can't while old connections are in TIME_WAIT, and \
         ends with an error.",
        "Das Programm selbst, ohne SO_REUSEADDR: Es kann nicht, solange alte Verbindungen in TIME_WAIT \
         sind, und endet mit einem Fehler.",
        "Le programme lui-même, sans SO_REUSEADDR : il ne peut pas tant que d’anciennes connexions sont \
         en TIME_WAIT, et finit sur une erreur.",
    ),
    Text::new(
        "In the memory of the replica where the user logged in: lost with it, unknown to the others.",
        "Im Speicher der Replik, bei der sich der Nutzer angemeldet hat: mit ihr verloren, den anderen \
         unbekannt.",
        "Dans la mémoire de la réplique où l’utilisateur s’est connecté : perdu avec elle, inconnu des \
         autres.",
    ),
    Text::new(
        "In a store that all replicas ask: each request asks it first, and nothing is lost with a replica.",
        "In einem gemeinsamen Speicher: Jede Anfrage fragt ihn zuerst, und mit einer Replik geht nichts \
         verloren.",
        "Dans un stockage que toutes les répliques consultent : chaque requête le consulte d’abord, et rien \
         n’est perdu avec une réplique.",
    ),
    Text::new(
        "Nowhere in the replica: the service is stateless.",
        "Nirgends in der Replik: Der Dienst ist zustandslos.",
        "Nulle part dans la réplique : le service est sans état.",
    ),
];
