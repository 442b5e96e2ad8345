//! Help on what a balancer can hold, its own paths and headers, and whom its instances know.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new(
        "Connection slots of one instance; without it, no limit. nginx (worker_connections) takes one \
         for the client and one for the replica, and closes clients for whom there is none; elsewhere \
         (HAProxy maxconn) only clients take one, and further ones wait in the listen backlog.",
        "Plätze für Verbindungen einer Instanz; ohne Angabe keine Grenze. nginx (worker_connections) \
         nimmt einen für den Client und einen für die Replik und schließt Clients, für die keiner da \
         ist; anderswo (HAProxy maxconn) nehmen nur Clients einen, und weitere warten im Backlog.",
        "Places de connexion d’une instance ; sans indication, aucune limite. nginx (worker_connections) \
         en prend une pour le client et une pour la réplique, et ferme les clients pour qui il n’y en a \
         pas ; ailleurs (HAProxy maxconn) seuls les clients en prennent une, et les suivants attendent \
         dans le backlog.",
    ),
    Text::new(
        "File descriptors of one instance (ulimit -n): one for each client and one for each attempt; \
         without it, no limit. Clients wait in the listen backlog until one is free.",
        "Dateideskriptoren einer Instanz (ulimit -n): einer je Client und einer je Versuch; ohne Angabe \
         keine Grenze. Clients warten im Backlog, bis einer frei ist.",
        "Descripteurs de fichiers d’une instance (ulimit -n) : un par client et un par tentative ; sans \
         indication, aucune limite. Les clients attendent dans le backlog qu’il s’en libère un.",
    ),
    Text::new(
        "Connections that wait for one instance to take them, at most this plus one (nginx on Linux: 511).",
        "Verbindungen, die darauf warten, dass eine Instanz sie annimmt, höchstens eine mehr als diese \
         Zahl (nginx unter Linux: 511).",
        "Connexions qui attendent qu’une instance les prenne, au plus une de plus que ce nombre (nginx \
         sous Linux : 511).",
    ),
    Text::new(
        "CPU time that one request takes in the balancer, both ways together.",
        "CPU-Zeit, die eine Anfrage im Lastverteiler braucht, hin und zurück zusammen.",
        "Temps CPU que prend une requête dans le répartiteur, aller et retour ensemble.",
    ),
    Text::new(
        "Requests that one instance works on at once: its threads, each on a core of its own.",
        "Anfragen, an denen eine Instanz zugleich arbeitet: ihre Threads, jeder auf einem eigenen Kern.",
        "Requêtes qu’une instance traite à la fois : ses threads, chacun sur son propre cœur.",
    ),
    Text::new("How the paths begin.", "Womit die Pfade beginnen.", "Par quoi commencent les chemins."),
    Text::new("With what.", "Womit.", "Avec quoi."),
    Text::new(
        "Files from its disk (nginx root, alias).",
        "Dateien von seiner Platte (nginx root, alias).",
        "Des fichiers de son disque (nginx root, alias).",
    ),
    Text::new(
        "A fixed answer (nginx return 200).",
        "Eine feste Antwort (nginx return 200).",
        "Une réponse fixe (nginx return 200).",
    ),
    Text::new(
        "A page with its counters: active, accepts, handled, requests, reading, writing, waiting (nginx \
         stub_status).",
        "Eine Seite mit seinen Zählern: active, accepts, handled, requests, reading, writing, waiting \
         (nginx stub_status).",
        "Une page avec ses compteurs : active, accepts, handled, requests, reading, writing, waiting \
         (nginx stub_status).",
    ),
    Text::new("Its name.", "Der Name.", "Le nom."),
    Text::new(
        "Its value; $hostname, $upstream_addr, $request_id and $status stand for what nginx means by them.",
        "Sein Wert; $hostname, $upstream_addr, $request_id und $status stehen für das, was nginx damit \
         meint.",
        "Sa valeur ; $hostname, $upstream_addr, $request_id et $status y ont le sens que leur donne nginx.",
    ),
    Text::new("To what.", "Wozu.", "À quoi."),
    Text::new(
        "Also to answers that are errors (nginx always); otherwise to those of 200, 201, 204, 206, 301 \
         to 304, 307 and 308 alone.",
        "Auch bei Antworten, die Fehler sind (nginx always); sonst nur bei 200, 201, 204, 206, 301 bis \
         304, 307 und 308.",
        "Aussi aux réponses d’erreur (nginx always) ; sinon seulement à celles en 200, 201, 204, 206, \
         301 à 304, 307 et 308.",
    ),
    Text::new(
        "To the answer that the client gets (add_header).",
        "Zur Antwort, die der Client bekommt (add_header).",
        "À la réponse que reçoit le client (add_header).",
    ),
    Text::new(
        "To the request that a replica gets (proxy_set_header).",
        "Zur Anfrage, die eine Replik bekommt (proxy_set_header).",
        "À la requête que reçoit une réplique (proxy_set_header).",
    ),
    Text::new(
        "Replicas that each instance knows; all, where there are no more.",
        "Repliken, die jede Instanz kennt; alle, wo es nicht mehr gibt.",
        "Répliques que connaît chaque instance ; toutes, s’il n’y en a pas plus.",
    ),
    Text::new("Which ones.", "Welche.", "Lesquelles."),
    Text::new(
        "Each instance draws its own: some replicas are known by many, others by few.",
        "Jede Instanz zieht ihre eigenen: Manche Repliken kennen viele, andere wenige.",
        "Chaque instance tire les siennes : certaines répliques sont connues de beaucoup, d’autres de peu.",
    ),
    Text::new(
        "As many as there are whole subsets deal out a shuffled list, the next ones another (Google SRE, \
         ch. 20).",
        "So viele Instanzen, wie es ganze Teilmengen gibt, teilen eine gemischte Liste unter sich auf, \
         die nächsten eine andere (Google SRE, Kap. 20).",
        "Autant d’instances qu’il y a de sous-ensembles entiers se partagent une liste mélangée, les \
         suivantes une autre (Google SRE, ch. 20).",
    ),
];
