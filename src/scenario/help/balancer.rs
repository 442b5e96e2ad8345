//! Help on balancers.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new(
        "The selection rule.",
        "Die Regel, nach der eine Replik gewählt wird.",
        "La règle qui choisit une réplique.",
    ),
    Text::new(
        "Whose rules hold around the algorithm: nginx, haproxy or caddy; without it, those that the name \
         of the algorithm begins with, and nginx's for algorithms of no product.",
        "Wessen Regeln um den Algorithmus herum gelten: nginx, haproxy oder caddy; ohne Angabe die, mit \
         denen der Name des Algorithmus beginnt, und die von nginx bei Algorithmen ohne Produkt.",
        "Quelles règles valent autour de l’algorithme : nginx, haproxy ou caddy ; sans indication, \
         celles par quoi commence le nom de l’algorithme, et celles de nginx pour un algorithme sans \
         produit.",
    ),
    Text::new("Parameters of the algorithm.", "Parameter des Algorithmus.", "Paramètres de l’algorithme."),
    Text::new(
        "The service that requests go to whose class names none; the first one when not named.",
        "Der Dienst für Anfragen, deren Klasse keinen nennt; ohne Angabe der erste.",
        "Le service des requêtes dont la classe n’en nomme aucun ; sans indication, le premier.",
    ),
    Text::new(
        "Most requests in flight on one replica; without it, no limit (nginx max_conns, HAProxy maxconn).",
        "Mehr Anfragen schickt der Lastverteiler einer Replik nicht zugleich; ohne Angabe keine Grenze \
         (nginx max_conns, HAProxy maxconn).",
        "Nombre maximal de requêtes en cours sur une réplique ; sans indication, aucune limite (nginx \
         max_conns, HAProxy maxconn).",
    ),
    Text::new(
        "Requests that may wait in the balancer while every replica is at its limit.",
        "Plätze für Anfragen, die im Lastverteiler warten, solange jede Replik an ihrer Grenze ist.",
        "Places pour les requêtes qui attendent dans le répartiteur quand chaque réplique est à sa limite.",
    ),
    Text::new(
        "How long a request may wait there; by a distribution, each has a patience of its own.",
        "Wie lange eine Anfrage dort warten darf; bei einer Verteilung hat jede ihre eigene Geduld.",
        "Combien de temps une requête peut y attendre ; avec une loi de probabilité, chacune a sa propre \
         patience.",
    ),
    Text::new(
        "One-way delay between balancer and replica.",
        "Laufzeit in einer Richtung zwischen Lastverteiler und Replik.",
        "Délai dans un sens entre répartiteur et réplique.",
    ),
    Text::new(
        "How long a connection to a replica may take.",
        "Wie lange der Aufbau einer Verbindung zu einer Replik dauern darf.",
        "Combien de temps peut prendre une connexion à une réplique.",
    ),
    Text::new(
        "How long a replica may take to answer once connected.",
        "Wie lange eine verbundene Replik mit der Antwort brauchen darf.",
        "Combien de temps une réplique connectée peut mettre à répondre.",
    ),
    Text::new(
        "Most attempts for one request, each on another replica; 0 tries all.",
        "Repliken, an denen eine Anfrage höchstens versucht wird; 0 heißt alle.",
        "Nombre maximal de tentatives d’une requête, chacune sur une autre réplique ; 0 : toutes.",
    ),
    Text::new(
        "Failed attempts after which a replica is left out for a while; 0 never leaves one out. By the \
         rules of Caddy, whose passive checks are off by default, nobody is left out while this and \
         fail_timeout are at their defaults.",
        "Gescheiterte Versuche, nach denen eine Replik eine Weile ausgelassen wird; 0 lässt nie eine \
         aus. Nach den Regeln von Caddy, dessen passive Prüfungen von Haus aus abgeschaltet sind, wird \
         niemand ausgelassen, solange dies und fail_timeout auf ihren Vorgaben stehen.",
        "Tentatives ratées après lesquelles une réplique est écartée un moment ; 0 n’en écarte jamais. \
         Selon les règles de Caddy, dont les contrôles passifs sont désactivés par défaut, personne \
         n’est écarté tant que ce champ et fail_timeout gardent leurs valeurs par défaut.",
    ),
    Text::new(
        "Both the time within which failures count and the time a replica is left out.",
        "Die Zeit, in der Fehler zählen, und zugleich die Zeit, die eine Replik ausgelassen wird.",
        "À la fois le temps pendant lequel les échecs comptent et celui pendant lequel une réplique est \
         écartée.",
    ),
    Text::new(
        "Whether a session goes back to the replica that it was on.",
        "Ob eine Sitzung zu der Replik zurückkehrt, auf der sie war.",
        "Si une session revient à la réplique où elle était.",
    ),
    Text::new(
        "What a hash looks at, when the algorithm leaves that open.",
        "Was ein Hash betrachtet, wenn der Algorithmus das offen lässt.",
        "Ce qu’un hachage regarde, quand l’algorithme ne le dit pas.",
    ),
    Text::new(
        "How many workers or nodes it has; requests come to them at random, those of a user to one of \
         them.",
        "Wie viele Worker oder Knoten er hat; Anfragen kommen zufällig zu ihnen, die eines Nutzers immer \
         zum selben.",
        "Combien de workers ou de nœuds il a ; les requêtes leur arrivent au hasard, celles d’un \
         utilisateur toujours au même.",
    ),
    Text::new(
        "Whether they share what they know, as nginx workers do with `zone`; else each knows only its own.",
        "Ob sie teilen, was sie wissen, wie nginx-Worker mit `zone`; sonst weiß jede nur das Eigene.",
        "Si elles partagent ce qu’elles savent, comme les workers de nginx avec `zone` ; sinon chacune \
         ne connaît que le sien.",
    ),
    Text::new(
        "How many and which replicas each instance knows; without it, all.",
        "Wie viele und welche Repliken jede Instanz kennt; ohne Angabe alle.",
        "Combien de répliques chaque instance connaît, et lesquelles ; sans indication, toutes.",
    ),
    Text::new(
        "Time for which what an instance sees of the load stays as it was: all requests in flight on \
         each replica, looked at anew each time it is over. Without it, each instance counts its own, at \
         once.",
        "So lange bleibt stehen, was eine Instanz von der Last sieht: alle Anfragen unterwegs je Replik, \
         nach jedem Ablauf neu angesehen. Ohne Angabe zählt jede Instanz sofort ihre eigenen.",
        "Temps pendant lequel ce qu’une instance voit de la charge reste figé : toutes les requêtes en \
         cours sur chaque réplique, regardées à neuf à chaque échéance. Sans indication, chaque instance \
         compte aussitôt les siennes.",
    ),
    Text::new(
        "What one instance can hold and do itself; without it, that has no limit.",
        "Was eine Instanz selbst halten und leisten kann; ohne Angabe unbegrenzt.",
        "Ce qu’une instance peut elle-même tenir et faire ; sans indication, sans limite.",
    ),
    Text::new(
        "Paths that it answers itself, for classes whose path begins with one.",
        "Pfade, die er selbst beantwortet, für Klassen, deren Pfad mit einem davon beginnt.",
        "Chemins auxquels il répond lui-même, pour les classes dont le chemin commence par l’un d’eux.",
    ),
    Text::new(
        "Headers that it adds (nginx add_header and proxy_set_header).",
        "Header, die er hinzufügt (nginx add_header und proxy_set_header).",
        "En-têtes qu’il ajoute (nginx add_header et proxy_set_header).",
    ),
    Text::new(
        "Whether it learns of new and removed replicas at once; otherwise it keeps those of its start.",
        "Ob er von neuen und entfernten Repliken sofort erfährt; sonst behält er die vom Start.",
        "S’il apprend aussitôt les répliques ajoutées ou retirées ; sinon il garde celles de son \
         démarrage.",
    ),
    Text::new(
        "Without discovery: after how long a name is resolved anew; without it, at the start and on a \
         reload alone.",
        "Ohne discovery: nach welcher Zeit ein Name neu aufgelöst wird; ohne Angabe nur beim Start und \
         beim Neuladen.",
        "Sans discovery : au bout de combien de temps un nom est résolu de nouveau ; sans indication, \
         seulement au démarrage et au rechargement.",
    ),
    Text::new(
        "Time in which a replica that came back, or was added, grows to its weight; without it, at once.",
        "Zeit, in der eine zurückgekehrte oder neue Replik zu ihrem Gewicht wächst; ohne Angabe sofort.",
        "Temps en lequel une réplique revenue ou ajoutée atteint son poids ; sans indication, aussitôt.",
    ),
    Text::new(
        "Health checks that it makes itself.",
        "Prüfungen, die er selbst macht.",
        "Contrôles de santé qu’il fait lui-même.",
    ),
    Text::new(
        "Whether and when it ejects replicas that fail several times in a row.",
        "Ob und wann er Repliken ausschließt, die mehrmals hintereinander scheitern.",
        "S’il exclut, et quand, les répliques qui échouent plusieurs fois de suite.",
    ),
    Text::new(
        "Share of well replicas below which all are asked, well or not; without it, as the product has \
         it (Envoy 0.5; AWS when none is left; others never).",
        "Anteil gesunder Repliken, unter dem alle gefragt werden, gesund oder nicht; ohne Angabe wie \
         beim Produkt (Envoy 0,5; AWS, wenn keine übrig ist; andere nie).",
        "Part de répliques saines sous laquelle toutes sont sollicitées, saines ou non ; sans \
         indication, comme le produit (Envoy 0,5 ; AWS quand il n’en reste aucune ; les autres jamais).",
    ),
    Text::new(
        "After which failures a request is tried again; without it, as the product does.",
        "Nach welchen Fehlern eine Anfrage noch einmal versucht wird; ohne Angabe wie beim Produkt.",
        "Après quels échecs une requête est retentée ; sans indication, comme le produit.",
    ),
    Text::new(
        "Further attempts where the product has a number of them: HAProxy's retries (3), Envoy's and \
         Traefik's (0).",
        "Weitere Versuche bei Produkten, die eine Zahl davon haben: retries von HAProxy (3), von Envoy \
         und Traefik (0).",
        "Tentatives de plus là où le produit en a un nombre : retries de HAProxy (3), d’Envoy et de \
         Traefik (0).",
    ),
    Text::new(
        "How long further attempts go on (Caddy lb_try_duration); without it, none.",
        "Wie lange weitere Versuche weitergehen (Caddy lb_try_duration); ohne Angabe gibt es keine.",
        "Combien de temps durent les tentatives de plus (Caddy lb_try_duration) ; sans indication, aucune.",
    ),
    Text::new(
        "Whether a further attempt of HAProxy may go to another replica (option redispatch).",
        "Ob ein weiterer Versuch von HAProxy zu einer anderen Replik gehen darf (option redispatch).",
        "Si une tentative de plus de HAProxy peut aller à une autre réplique (option redispatch).",
    ),
    Text::new(
        "Most clients that a learned table remembers.",
        "So viele Clients merkt sich eine gelernte Tabelle höchstens.",
        "Nombre maximal de clients dont une table apprise se souvient.",
    ),
    Text::new(
        "Time without a request after which it forgets one.",
        "Zeit ohne Anfrage, nach der sie einen vergisst.",
        "Temps sans requête au bout duquel elle en oublie un.",
    ),
    Text::new(
        "Each request goes where the algorithm says.",
        "Jede Anfrage geht, wohin der Algorithmus sagt.",
        "Chaque requête va où l’algorithme le dit.",
    ),
    Text::new(
        "A cookie names the replica; while that is eligible, the session goes back to it.",
        "Ein Cookie nennt die Replik; solange die gefragt werden kann, kehrt die Sitzung zu ihr zurück.",
        "Un cookie désigne la réplique ; tant qu’elle peut être sollicitée, la session y revient.",
    ),
    Text::new(
        "A table of the clients' addresses (HAProxy stick on src, kube-proxy ClientIP).",
        "Eine Tabelle der Adressen der Clients (HAProxy stick on src, kube-proxy ClientIP).",
        "Une table des adresses des clients (HAProxy stick on src, kube-proxy ClientIP).",
    ),
    Text::new(
        "A table of clients (nginx sticky learn).",
        "Eine Tabelle der Clients (nginx sticky learn).",
        "Une table des clients (nginx sticky learn).",
    ),
    Text::new(
        "The hash of what hash_key says, modulo the number of listed replicas.",
        "Der Hash dessen, was hash_key sagt, modulo der Zahl der geführten Repliken.",
        "Le hachage de ce que dit hash_key, modulo le nombre de répliques inscrites.",
    ),
    Text::new("Path and query.", "Pfad und Query.", "Chemin et paramètres de requête."),
    Text::new("The client's address.", "Die Adresse des Clients.", "L’adresse du client."),
    Text::new(
        "A cookie or header that tells users apart.",
        "Ein Cookie oder Header, der Nutzer unterscheidet.",
        "Un cookie ou en-tête qui distingue les utilisateurs.",
    ),
    Text::new(
        "Whether it reads a request to its end before it chooses a replica (nginx \
         proxy_request_buffering, HAProxy option http-buffer-request); without it, as the product does: \
         nginx reads all of it, the others pass a body on as it comes. A client that sends slowly then \
         holds a worker of the replica, and not only the balancer.",
        "Ob er eine Anfrage bis zum Ende liest, bevor er eine Replik wählt (nginx \
         proxy_request_buffering, HAProxy option http-buffer-request); ohne Angabe wie das Produkt: \
         nginx liest alles, die anderen reichen einen Inhalt weiter, wie er kommt. Ein Client, der \
         langsam sendet, hält dann einen Worker der Replik und nicht nur den Lastverteiler.",
        "S’il lit une requête jusqu’au bout avant de choisir une réplique (nginx \
         proxy_request_buffering, HAProxy option http-buffer-request) ; sans indication, comme le \
         produit : nginx lit tout, les autres transmettent un corps comme il vient. Un client qui envoie \
         lentement tient alors un worker de la réplique, et pas seulement le répartiteur.",
    ),
];
