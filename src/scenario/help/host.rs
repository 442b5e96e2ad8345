//! Help on a scenario as a whole, hosts, runs and networks.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new(
        "CPU cores of each; without it, as many as are asked for.",
        "CPU-Kerne von jedem; ohne Angabe so viele, wie verlangt werden.",
        "Cœurs de chacun ; sans indication, autant qu’il en est demandé.",
    ),
    Text::new(
        "Memory of each; without it, it never runs out.",
        "Speicher von jedem; ohne Angabe geht er nie aus.",
        "Mémoire de chacun ; sans indication, elle ne manque jamais.",
    ),
    Text::new(
        "Zones that can be lost one by one.",
        "Zonen, die einzeln ausfallen können.",
        "Zones qui peuvent être perdues une à une.",
    ),
    Text::new(
        "Hosts in each zone; replicas are spread over all of them.",
        "Hosts in jeder Zone; die Repliken verteilen sich auf alle.",
        "Hôtes dans chaque zone ; les répliques sont réparties sur tous.",
    ),
    Text::new(
        "Host ports that other programs hold already.",
        "Ports des Hosts, die andere Programme schon halten.",
        "Ports de l’hôte que d’autres programmes tiennent déjà.",
    ),
    Text::new("Simulated time.", "Länge des Laufs in simulierter Zeit.", "Durée de l’essai en temps simulé."),
    Text::new(
        "Time at the start that measures leave out.",
        "Zeit am Anfang, die bei den Messwerten nicht zählt.",
        "Temps du début que les mesures laissent de côté.",
    ),
    Text::new(
        "Seed of all random streams.",
        "Startwert aller Zufallszahlen.",
        "Graine de tous les nombres aléatoires.",
    ),
    Text::new(
        "Whether replicas start with the run and take their start-up time; otherwise they are up when it \
         begins.",
        "Ob Repliken mit dem Lauf starten und ihre Startzeit brauchen; sonst sind sie bei Beginn schon da.",
        "Si les répliques démarrent avec l’essai et prennent leur temps de démarrage ; sinon elles sont \
         déjà là au début.",
    ),
    Text::new(
        "Width of a window in the series.",
        "Breite eines Fensters in den Zeitreihen.",
        "Largeur d’une fenêtre dans les séries.",
    ),
    Text::new("Version of the format; 1.", "Version des Formats; 1.", "Version du format ; 1."),
    Text::new(
        "Short name; with Compose's naming it is also the project: `name-app-1`.",
        "Kurzer Name, für Dateien und Links; wie bei Compose auch der des Projekts: `name-app-1`.",
        "Nom court, pour les fichiers et les liens ; avec les noms de Compose, c’est aussi le projet : \
         `nom-app-1`.",
    ),
    Text::new(
        "Name on screens.",
        "So heißt das Szenario auf dem Bildschirm.",
        "Le nom du scénario à l’écran.",
    ),
    Text::new("What a learner can see in it.", "Was man daran sehen kann.", "Ce qu’on peut y voir."),
    Text::new(
        "Who asks, how often, for what.",
        "Wer fragt, wie oft, wonach.",
        "Qui demande, combien de fois, quoi.",
    ),
    Text::new(
        "What runs, in how many replicas, with which limits.",
        "Was läuft, in wie vielen Repliken, mit welchen Grenzen.",
        "Ce qui tourne, en combien de répliques, avec quelles limites.",
    ),
    Text::new(
        "What picks a replica for each attempt.",
        "Was für jeden Versuch eine Replik wählt.",
        "Ce qui choisit une réplique pour chaque tentative.",
    ),
    Text::new(
        "Connections as TCP makes them; without it, they cost nothing.",
        "Verbindungen, wie TCP sie macht; ohne Angabe kosten sie nichts.",
        "Les connexions telles que TCP les fait ; sans indication, elles ne coûtent rien.",
    ),
    Text::new(
        "What the services call: databases, caches, stores of sessions.",
        "Was die Dienste aufrufen: Datenbanken, Caches, Speicher für Sitzungen.",
        "Ce que les services appellent : bases de données, caches, stockages de sessions.",
    ),
    Text::new(
        "The machine that the replicas share.",
        "Die Maschine, die sich die Repliken teilen.",
        "La machine que partagent les répliques.",
    ),
    Text::new("What things cost.", "Was die Dinge kosten.", "Ce que les choses coûtent."),
    Text::new("What breaks, and when.", "Was kaputtgeht, und wann.", "Ce qui casse, et quand."),
    Text::new(
        "What people or tools do, and when.",
        "Was Menschen oder Werkzeuge tun, und wann.",
        "Ce que font les gens ou les outils, et quand.",
    ),
    Text::new(
        "How long, with which seed.",
        "Wie lange, mit welchem Startwert.",
        "Combien de temps, avec quelle graine.",
    ),
    Text::new(
        "Whether a new connection takes a round trip before the request is sent.",
        "Ob eine neue Verbindung einen Hin- und Rückweg braucht, bevor die Anfrage gesendet wird.",
        "Si une nouvelle connexion prend un aller-retour avant que la requête soit envoyée.",
    ),
    Text::new(
        "Outgoing ports of one source address to one replica (Linux: 32768 to 60999).",
        "Ausgehende Ports einer Quelladresse zu einer Replik (Linux: 32768 bis 60999).",
        "Ports sortants d’une adresse source vers une réplique (Linux : 32768 à 60999).",
    ),
    Text::new(
        "How long a port stays taken after a connection that the balancer closed first (TIME_WAIT).",
        "Wie lange ein Port nach einer Verbindung belegt bleibt, die der Lastverteiler zuerst \
         geschlossen hat (TIME_WAIT).",
        "Combien de temps un port reste pris après une connexion que le répartiteur a fermée le premier \
         (TIME_WAIT).",
    ),
    Text::new(
        "Source addresses of the balancer, all instances together; each has ports of its own.",
        "Quelladressen des Lastverteilers, alle Instanzen zusammen; jede hat eigene Ports.",
        "Adresses source du répartiteur, toutes instances ensemble ; chacune a ses propres ports.",
    ),
    Text::new(
        "Who closes a connection that is not kept, after the answer.",
        "Wer eine Verbindung, die nicht offen bleibt, nach der Antwort schließt.",
        "Qui ferme, après la réponse, une connexion qui n’est pas gardée.",
    ),
    Text::new(
        "Connections between balancer and replicas that wait for further requests; without it, one for \
         each.",
        "Verbindungen zwischen Lastverteiler und Repliken, die auf weitere Anfragen warten; ohne Angabe \
         eine je Anfrage.",
        "Connexions entre répartiteur et répliques qui attendent d’autres requêtes ; sans indication, \
         une par requête.",
    ),
    Text::new(
        "Connections of users and sessions to the balancer that wait for further requests; without it, \
         one for each.",
        "Verbindungen von Nutzern und Sitzungen zum Lastverteiler, die auf weitere Anfragen warten; ohne \
         Angabe eine je Anfrage.",
        "Connexions des utilisateurs et sessions au répartiteur qui attendent d’autres requêtes ; sans \
         indication, une par requête.",
    ),
    Text::new(
        "Share of connection attempts that get lost on the way; the sender tries again on Linux's \
         schedule.",
        "Anteil der Verbindungsversuche, die unterwegs verloren gehen; der Absender versucht es nach dem \
         Zeitplan von Linux wieder.",
        "Part des tentatives de connexion perdues en route ; l’émetteur réessaie selon le calendrier de \
         Linux.",
    ),
    Text::new(
        "When a lost or dropped connection attempt is sent again.",
        "Wann ein verlorener oder verworfener Verbindungsversuch wiederholt wird.",
        "Quand une tentative de connexion perdue ou jetée est renvoyée.",
    ),
    Text::new(
        "Most idle connections of one instance, to all replicas together; the longest idle is closed for \
         a new one.",
        "So viele ruhende Verbindungen hat eine Instanz höchstens, zu allen Repliken zusammen; für eine \
         neue wird die am längsten ruhende geschlossen.",
        "Nombre maximal de connexions au repos d’une instance, vers toutes les répliques ; la plus \
         longtemps au repos est fermée pour une nouvelle.",
    ),
    Text::new(
        "Longest time without a request.",
        "Längste Zeit ohne Anfrage.",
        "Plus long temps sans requête.",
    ),
    Text::new(
        "Most requests of one connection.",
        "So viele Anfragen gehen höchstens über eine Verbindung.",
        "Nombre maximal de requêtes d’une connexion.",
    ),
    Text::new(
        "Longest time without a request for the replica, which then closes first (gunicorn: 2 s).",
        "Längste Zeit ohne Anfrage für die Replik, die dann zuerst schließt (gunicorn: 2 s).",
        "Plus long temps sans requête pour la réplique, qui ferme alors la première (gunicorn : 2 s).",
    ),
    Text::new(
        "The balancer; its port stays taken.",
        "Der Lastverteiler; sein Port bleibt belegt.",
        "Le répartiteur ; son port reste pris.",
    ),
    Text::new(
        "The replica (gunicorn sync, or HTTP/1.0); the balancer's port is free at once.",
        "Die Replik (gunicorn sync oder HTTP/1.0); der Port des Lastverteilers ist sofort frei.",
        "La réplique (gunicorn sync, ou HTTP/1.0) ; le port du répartiteur est libre aussitôt.",
    ),
    Text::new(
        "After 1, 2, 3, 4, 5, 7, 11, 19, 35 and 67 s, for 131 s (Linux from 6.5 on).",
        "Nach 1, 2, 3, 4, 5, 7, 11, 19, 35 und 67 s, 131 s lang (Linux ab 6.5).",
        "Après 1, 2, 3, 4, 5, 7, 11, 19, 35 et 67 s, pendant 131 s (Linux à partir de 6.5).",
    ),
    Text::new(
        "After 1, 3, 7, 15, 31 and 63 s, for 127 s (Linux before 6.5).",
        "Nach 1, 3, 7, 15, 31 und 63 s, 127 s lang (Linux vor 6.5).",
        "Après 1, 3, 7, 15, 31 et 63 s, pendant 127 s (Linux avant 6.5).",
    ),
];
