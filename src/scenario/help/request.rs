//! Help on sessions, classes of requests and their steps.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new("What happens.", "Was geschieht.", "Ce qui se passe."),
    Text::new(
        "CPU work on one reference core (cpu; the class's demand when not given), how long (wait), or \
         how long it takes there (call, write, enqueue; as the dependency says when not given).",
        "CPU-Arbeit auf einem Referenzkern (cpu; ohne Angabe der Bedarf der Klasse), wie lange (wait), \
         oder wie lange es dort dauert (call, write, enqueue; ohne Angabe, wie die Abhängigkeit sagt).",
        "Travail CPU sur un cœur de référence (cpu ; sans indication, la demande de la classe), combien \
         de temps (wait), ou combien de temps cela prend là-bas (call, write, enqueue ; sans indication, \
         comme le dit la dépendance).",
    ),
    Text::new(
        "Which dependency (call, write), which service (call) or which broker (enqueue).",
        "Welche Abhängigkeit (call, write), welcher Dienst (call) oder welcher Broker (enqueue).",
        "Quelle dépendance (call, write), quel service (call) ou quel broker (enqueue).",
    ),
    Text::new(
        "Which class of request it is there (call of a service), or of which class the job is (enqueue); \
         the first of that service when not given.",
        "Welche Klasse von Anfrage es dort ist (call eines Dienstes), oder von welcher Klasse die \
         Aufgabe ist (enqueue); ohne Angabe die erste dieses Dienstes.",
        "Quelle classe de requête c’est là-bas (call d’un service), ou de quelle classe est la tâche \
         (enqueue) ; sans indication, la première de ce service.",
    ),
    Text::new(
        "Begins together with the step before, which is a call, write or enqueue too; the request goes \
         on when all are over.",
        "Beginnt zugleich mit dem Schritt davor, der auch call, write oder enqueue ist; die Anfrage geht \
         weiter, wenn alle fertig sind.",
        "Commence avec l’étape précédente, qui est aussi un call, write ou enqueue ; la requête continue \
         quand toutes sont finies.",
    ),
    Text::new(
        "How long the answer of a call or write is waited for; without it, for ever.",
        "Wie lange auf die Antwort eines call oder write gewartet wird; ohne Angabe ewig.",
        "Combien de temps la réponse d’un call ou write est attendue ; sans indication, sans fin.",
    ),
    Text::new(
        "Most attempts, each at once after the failure of the one before.",
        "So viele Versuche höchstens, jeder sofort nach dem Scheitern des vorigen.",
        "Nombre maximal de tentatives, chacune aussitôt après l’échec de la précédente.",
    ),
    Text::new(
        "Whether the request goes on without it when it fails; else it ends with an error.",
        "Ob die Anfrage ohne ihn weitergeht, wenn er scheitert; sonst endet sie mit einem Fehler.",
        "Si la requête continue sans elle quand elle échoue ; sinon elle finit en erreur.",
    ),
    Text::new(
        "Whether the write locks its row, and others wait for it; without, one of two at a time is lost.",
        "Ob das Schreiben seine Zeile sperrt und andere darauf warten; ohne Sperre geht von zweien \
         zugleich eines verloren.",
        "Si l’écriture verrouille sa ligne, et que les autres l’attendent ; sans verrou, l’une de deux \
         simultanées est perdue.",
    ),
    Text::new(
        "Work on the replica's CPU.",
        "Arbeit auf der CPU der Replik.",
        "Du travail sur le CPU de la réplique.",
    ),
    Text::new(
        "Nothing for a time. It holds its worker, but not an event loop.",
        "Eine Zeit lang nichts. Das hält einen Worker auf, aber keine Ereignisschleife.",
        "Rien pendant un temps. Cela retient un worker, mais pas une boucle d’événements.",
    ),
    Text::new(
        "A dependency or a service is called, and its answer waited for like in a wait.",
        "Eine Abhängigkeit oder ein Dienst wird aufgerufen und auf die Antwort gewartet wie bei `wait`.",
        "Une dépendance ou un service est appelé, et sa réponse attendue comme dans un `wait`.",
    ),
    Text::new(
        "A row of a database is read, changed and written back.",
        "Eine Zeile einer Datenbank wird gelesen, geändert und zurückgeschrieben.",
        "Une ligne d’une base de données est lue, modifiée et réécrite.",
    ),
    Text::new(
        "A job for a background worker is sent to a broker, which confirms that it has it.",
        "Eine Aufgabe für einen Worker im Hintergrund geht an einen Broker, der den Empfang bestätigt.",
        "Une tâche pour un worker d’arrière-plan est envoyée à un broker, qui confirme l’avoir reçue.",
    ),
    Text::new(
        "Mean number of requests, login and logout among them.",
        "Mittlere Zahl der Anfragen, An- und Abmeldung mitgezählt.",
        "Nombre moyen de requêtes, connexion et déconnexion comprises.",
    ),
    Text::new(
        "How the number varies between sessions.",
        "Wie die Zahl von Sitzung zu Sitzung schwankt.",
        "Comment le nombre varie d’une session à l’autre.",
    ),
    Text::new(
        "Think time between an answer and the next request.",
        "Denkzeit zwischen einer Antwort und der nächsten Anfrage.",
        "Temps de réflexion entre une réponse et la requête suivante.",
    ),
    Text::new(
        "Memory by which each further request makes the session larger: the basket.",
        "Speicher, um den jede weitere Anfrage die Sitzung vergrößert: der Korb.",
        "Mémoire dont chaque requête de plus agrandit la session : le panier.",
    ),
    Text::new(
        "A replica forgets a session that has been idle for this long.",
        "Eine Replik vergisst eine Sitzung, die so lange ruht.",
        "Une réplique oublie une session restée au repos si longtemps.",
    ),
    Text::new("How it ends.", "Wie sie endet.", "Comment elle finit."),
    Text::new(
        "Of which class the login is, the first request; drawn by the shares when not given.",
        "Von welcher Klasse die Anmeldung ist, die erste Anfrage; ohne Angabe nach den Anteilen gezogen.",
        "De quelle classe est la connexion, première requête ; sans indication, tirée selon les parts.",
    ),
    Text::new(
        "Of which class the logout is, the last request; drawn by the shares when not given.",
        "Von welcher Klasse die Abmeldung ist, die letzte Anfrage; ohne Angabe nach den Anteilen gezogen.",
        "De quelle classe est la déconnexion, dernière requête ; sans indication, tirée selon les parts.",
    ),
    Text::new(
        "With the answer to the last request: whoever keeps the session forgets it.",
        "Mit der Antwort auf die letzte Anfrage: Wer die Sitzung hält, vergisst sie.",
        "Avec la réponse à la dernière requête : qui garde la session l’oublie.",
    ),
    Text::new(
        "The user leaves without a word: it is kept until it has been idle for its expiry.",
        "Der Nutzer geht ohne ein Wort: Sie bleibt, bis sie so lange geruht hat, dass sie abläuft.",
        "L’utilisateur part sans un mot : elle est gardée jusqu’à son expiration au repos.",
    ),
    Text::new(
        "After each request the session ends with the same probability.",
        "Nach jeder Anfrage endet die Sitzung mit derselben Wahrscheinlichkeit.",
        "Après chaque requête, la session finit avec la même probabilité.",
    ),
    Text::new("Always the same number.", "Immer dieselbe Zahl.", "Toujours le même nombre."),
    Text::new("Its path.", "Ihr Pfad.", "Son chemin."),
    Text::new("Its method.", "Ihre Methode.", "Sa méthode."),
    Text::new(
        "Whether it may be done twice without harm; as its method says when not given: POST and PATCH \
         may not.",
        "Ob sie ohne Schaden zweimal ausgeführt werden darf; ohne Angabe, wie ihre Methode sagt: POST \
         und PATCH nicht.",
        "Si elle peut être faite deux fois sans dommage ; sans indication, comme le dit sa méthode : pas \
         POST ni PATCH.",
    ),
    Text::new(
        "Whether it needs the user's session. One that does not (a static or public page) is no login, \
         and is answered also when the session is gone.",
        "Ob sie die Sitzung des Nutzers braucht. Eine ohne (eine statische oder öffentliche Seite) ist \
         keine Anmeldung und wird auch beantwortet, wenn die Sitzung weg ist.",
        "Si elle a besoin de la session de l’utilisateur. Sinon (page statique ou publique), elle n’est \
         pas une connexion, et reçoit une réponse même si la session a disparu.",
    ),
    Text::new(
        "Its share among the classes, by weight.",
        "Ihr Anteil unter den Klassen, nach Gewicht.",
        "Sa part parmi les classes, selon le poids.",
    ),
    Text::new(
        "CPU work on one reference core.",
        "CPU-Zeit auf einem Referenzkern.",
        "Temps CPU sur un cœur de référence.",
    ),
    Text::new(
        "Memory while a replica works on it, on top of what every request takes.",
        "Speicher, solange eine Replik an ihr arbeitet, zusätzlich zu dem, was jede Anfrage braucht.",
        "Mémoire pendant qu’une réplique la traite, en plus de ce que prend toute requête.",
    ),
    Text::new(
        "Size of its body, which a replica holds in memory from the connection to the end.",
        "Größe ihres Inhalts, den eine Replik von der Verbindung bis zum Ende im Speicher hält.",
        "Taille de son corps, qu’une réplique garde en mémoire de la connexion à la fin.",
    ),
    Text::new(
        "The service that answers; the balancer's own when not named.",
        "Der Dienst, der antwortet; ohne Angabe der des Lastverteilers.",
        "Le service qui répond ; sans indication, celui du répartiteur.",
    ),
    Text::new(
        "What is done for it, step by step; without any, its demand is worked off.",
        "Was für sie getan wird, Schritt für Schritt; ohne Angabe wird ihr Bedarf abgearbeitet.",
        "Ce qui est fait pour elle, étape par étape ; sans indication, sa demande est traitée.",
    ),
    Text::new(
        "A page or a file is asked for.",
        "Eine Seite oder Datei wird verlangt.",
        "On demande une page ou un fichier.",
    ),
    Text::new("The same without its content.", "Dasselbe ohne den Inhalt.", "La même chose sans le contenu."),
    Text::new(
        "Something is sent that the server works on: twice is not once.",
        "Etwas wird gesendet, das der Server bearbeitet: zweimal ist nicht einmal.",
        "On envoie quelque chose que le serveur traite : deux fois n’est pas une fois.",
    ),
    Text::new(
        "Something is put in its place: twice is once.",
        "Etwas wird an seinen Platz gelegt: zweimal ist einmal.",
        "On met quelque chose à sa place : deux fois vaut une fois.",
    ),
    Text::new(
        "Something is changed in part: twice need not be once.",
        "Etwas wird zum Teil geändert: zweimal muss nicht einmal sein.",
        "On modifie quelque chose en partie : deux fois ne vaut pas forcément une fois.",
    ),
    Text::new(
        "Something is removed: twice is once.",
        "Etwas wird entfernt: zweimal ist einmal.",
        "On retire quelque chose : deux fois vaut une fois.",
    ),
    Text::new(
        "What may be asked is asked.",
        "Gefragt wird, was man fragen darf.",
        "On demande ce qui peut être demandé.",
    ),
    Text::new(
        "How long a client takes to send it: its body where it has one, else its head. 0 s is at once.",
        "Wie lange ein Client braucht, um sie zu senden: ihren Inhalt, wo sie einen hat, sonst ihren \
         Kopf. 0 s heißt sofort.",
        "Combien de temps un client met à l’envoyer : son corps si elle en a un, sinon son en-tête. 0 s \
         : aussitôt.",
    ),
    Text::new(
        "Share of its clients who take that long; the others send it at once.",
        "Anteil ihrer Clients, die so lange brauchen; die anderen senden sofort.",
        "Part de ses clients qui mettent ce temps ; les autres l’envoient aussitôt.",
    ),
];
