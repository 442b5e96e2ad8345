//! Help on dependencies and brokers.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new(
        "The service whose replicas take the messages; they have no balancer.",
        "Der Dienst, dessen Repliken die Nachrichten holen; sie haben keinen Lastverteiler.",
        "Le service dont les répliques prennent les messages ; elles n’ont pas de répartiteur.",
    ),
    Text::new(
        "Messages that a replica is sent before it has acknowledged earlier ones, for each of its places \
         in service (Celery's prefetch multiplier); 0 is no limit.",
        "Nachrichten, die eine Replik bekommt, bevor sie frühere bestätigt hat, je Platz, an dem sie \
         arbeitet (Celerys prefetch multiplier); 0 ist keine Grenze.",
        "Messages envoyés à une réplique avant qu’elle ait acquitté les précédents, pour chacune de ses \
         places de service (le prefetch multiplier de Celery) ; 0 : aucune limite.",
    ),
    Text::new(
        "When a worker acknowledges a message.",
        "Wann ein Worker eine Nachricht bestätigt.",
        "Quand un worker acquitte un message.",
    ),
    Text::new(
        "Whether a message is delivered again whose worker process was killed while the replica lived \
         on; only with late acknowledgement (Celery's task_reject_on_worker_lost).",
        "Ob eine Nachricht erneut zugestellt wird, deren Worker-Prozess beendet wurde, während die \
         Replik weiterlebte; nur bei später Bestätigung (Celerys task_reject_on_worker_lost).",
        "Si un message est livré de nouveau quand son worker a été tué et que la réplique vit encore ; \
         seulement avec un acquittement tardif (task_reject_on_worker_lost de Celery).",
    ),
    Text::new(
        "Most times that a message is delivered again; then it is a dead letter.",
        "So oft wird eine Nachricht höchstens erneut zugestellt; dann ist sie unzustellbar.",
        "Nombre maximal de nouvelles livraisons d’un message ; ensuite il est mis au rebut.",
    ),
    Text::new(
        "Most messages that wait in the queue.",
        "So viele Nachrichten warten höchstens in der Schlange.",
        "Nombre maximal de messages qui attendent dans la file.",
    ),
    Text::new("What becomes of one more.", "Was aus einer weiteren wird.", "Ce que devient un de plus."),
    Text::new(
        "Whether messages outlive an outage of the broker.",
        "Ob Nachrichten einen Ausfall des Brokers überstehen.",
        "Si les messages survivent à une panne du broker.",
    ),
    Text::new(
        "When it begins: what a replica was at when it died is lost.",
        "Wenn er beginnt: Woran eine Replik bei ihrem Tod war, ist verloren.",
        "Quand il commence : ce que faisait une réplique à sa mort est perdu.",
    ),
    Text::new(
        "When it is done: what a replica was at when it died is delivered again.",
        "Wenn er fertig ist: Woran eine Replik bei ihrem Tod war, wird erneut zugestellt.",
        "Quand il a fini : ce que faisait une réplique à sa mort est livré de nouveau.",
    ),
    Text::new(
        "It is refused: the step that sends it fails.",
        "Sie wird abgewiesen: Der Schritt, der sie sendet, scheitert.",
        "Il est refusé : l’étape qui l’envoie échoue.",
    ),
    Text::new(
        "The oldest message in the queue is dropped for it.",
        "Die älteste Nachricht der Schlange fällt dafür weg.",
        "Le plus vieux message de la file est jeté à sa place.",
    ),
    Text::new(
        "Its name, by which steps call it.",
        "Ihr Name, unter dem Schritte sie aufrufen.",
        "Son nom, par lequel les étapes l’appellent.",
    ),
    Text::new("What it is.", "Was sie ist.", "Ce qu’elle est."),
    Text::new(
        "How long one call takes when it has a core to itself.",
        "Wie lange ein Aufruf dauert, der einen Kern für sich hat.",
        "Combien de temps prend un appel qui a un cœur pour lui.",
    ),
    Text::new(
        "Cores that the calls in progress share; without it, each is as fast as if it were alone.",
        "Kerne, die sich die laufenden Aufrufe teilen; ohne Angabe ist jeder so schnell, als wäre er \
         allein.",
        "Cœurs que se partagent les appels en cours ; sans indication, chacun va aussi vite que s’il \
         était seul.",
    ),
    Text::new(
        "Most calls in progress; others wait for their turn with their connection. Without it, no limit.",
        "So viele Aufrufe laufen höchstens; andere warten mit ihrer Verbindung, bis sie dran sind. Ohne \
         Angabe keine Grenze.",
        "Nombre maximal d’appels en cours ; les autres attendent leur tour avec leur connexion. Sans \
         indication, aucune limite.",
    ),
    Text::new(
        "Most connections open at once, from all replicas; without it, no limit.",
        "So viele Verbindungen sind höchstens zugleich offen, von allen Repliken zusammen; ohne Angabe \
         keine Grenze.",
        "Nombre maximal de connexions ouvertes à la fois, de toutes les répliques ; sans indication, \
         aucune limite.",
    ),
    Text::new(
        "By how much each call in progress beyond the cores (beyond the first, without cores) slows all \
         of them: 0.1 is by a tenth of the plain time.",
        "Um wie viel jeder laufende Aufruf über die Kerne hinaus (ohne cores: über den ersten hinaus) \
         alle bremst: 0,1 ist ein Zehntel der einfachen Zeit.",
        "De combien chaque appel en cours au-delà des cœurs (au-delà du premier, sans cores) les \
         ralentit tous : 0,1 est un dixième du temps simple.",
    ),
    Text::new(
        "Calls a second above which it is overloaded, counted over the last second; without it, never.",
        "Aufrufe pro Sekunde, über denen sie überlastet ist, gezählt über die letzte Sekunde; ohne \
         Angabe nie.",
        "Appels par seconde au-delà desquels elle est surchargée, comptés sur la dernière seconde ; sans \
         indication, jamais.",
    ),
    Text::new(
        "How many times as long everything takes while it is overloaded.",
        "Wievielmal so lange alles dauert, solange sie überlastet ist.",
        "Combien de fois plus de temps tout prend tant qu’elle est surchargée.",
    ),
    Text::new(
        "Connections that each replica keeps; without it, every call opens one and closes it.",
        "Verbindungen, die jede Replik offen hält; ohne Angabe öffnet und schließt jeder Aufruf eine.",
        "Connexions que garde chaque réplique ; sans indication, chaque appel en ouvre une et la ferme.",
    ),
    Text::new(
        "Rows that writes go to (database).",
        "Zeilen, in die geschrieben wird (database).",
        "Lignes où vont les écritures (database).",
    ),
    Text::new("What it keeps (cache).", "Was er aufhebt (cache).", "Ce qu’il garde (cache)."),
    Text::new(
        "How workers get its messages (broker); a call of it takes a message.",
        "Wie Worker an seine Nachrichten kommen (broker); ein Aufruf nimmt eine Nachricht an.",
        "Comment les workers reçoivent ses messages (broker) ; un appel prend un message.",
    ),
    Text::new(
        "Answers calls and takes writes to rows.",
        "Beantwortet Aufrufe und nimmt Schreiben in Zeilen an.",
        "Répond aux appels et prend les écritures de lignes.",
    ),
    Text::new(
        "Answers what it has, and asks the dependency behind it for the rest.",
        "Beantwortet, was er hat, und fragt für den Rest die Abhängigkeit dahinter.",
        "Répond avec ce qu’il a, et demande le reste à la dépendance derrière lui.",
    ),
    Text::new(
        "Keeps session state for all replicas.",
        "Hält den Zustand der Sitzungen für alle Repliken.",
        "Garde l’état des sessions pour toutes les répliques.",
    ),
    Text::new(
        "Keeps messages until workers have done what they ask for.",
        "Hält Nachrichten, bis Worker getan haben, was darin verlangt ist.",
        "Garde les messages jusqu’à ce que des workers aient fait ce qu’ils demandent.",
    ),
    Text::new("How many at most.", "So viele höchstens.", "Combien au plus."),
    Text::new(
        "Calls that may wait for one.",
        "Aufrufe, die auf eine warten dürfen.",
        "Appels qui peuvent en attendre une.",
    ),
    Text::new(
        "How long a call waits for one at most.",
        "Wie lange ein Aufruf höchstens auf eine wartet.",
        "Combien de temps un appel en attend une au plus.",
    ),
    Text::new("How many.", "Wie viele.", "Combien."),
    Text::new(
        "0 is all alike; 1 is the popularity of pages and products.",
        "0: alle gleich; 1: die Beliebtheit von Seiten und Produkten.",
        "0 : toutes pareilles ; 1 : la popularité des pages et des produits.",
    ),
    Text::new(
        "The dependency that is asked for what it does not have.",
        "Die Abhängigkeit, die nach dem gefragt wird, was er nicht hat.",
        "La dépendance à qui il demande ce qu’il n’a pas.",
    ),
    Text::new(
        "Share of the calls that find what they want; without it, keys are followed one by one.",
        "Anteil der Aufrufe, die finden, was sie suchen; ohne Angabe werden Schlüssel einzeln verfolgt.",
        "Part des appels qui trouvent ce qu’ils cherchent ; sans indication, les clés sont suivies une à \
         une.",
    ),
    Text::new("The keys.", "Die Schlüssel.", "Les clés."),
    Text::new(
        "How long a key is kept after it was fetched.",
        "Wie lange ein Schlüssel nach dem Holen aufgehoben wird.",
        "Combien de temps une clé est gardée après avoir été cherchée.",
    ),
    Text::new(
        "Share of the ttl by which chance shortens it, so that keys do not expire together.",
        "Anteil der ttl, um den der Zufall sie kürzt, damit Schlüssel nicht zugleich ablaufen.",
        "Part du ttl dont le hasard le raccourcit, pour que les clés n’expirent pas ensemble.",
    ),
    Text::new(
        "Whether only one call at a time fetches a key, while the others wait for it.",
        "Ob immer nur ein Aufruf einen Schlüssel holt, während die anderen auf ihn warten.",
        "Si un seul appel à la fois va chercher une clé, pendant que les autres l’attendent.",
    ),
    Text::new(
        "Whether it has every key at the start, all fetched just then.",
        "Ob er am Start jeden Schlüssel hat, alle gerade geholt.",
        "S’il a toutes les clés au départ, toutes cherchées à l’instant.",
    ),
];
