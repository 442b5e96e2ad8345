//! What is wrong with traffic: sources, recordings, clients, steps.

use crate::lang::phrases;

phrases! {
    pub(in crate::scenario) mod traffic {
        fn no_growth {
            en: "is 0 s, and what grows from nothing stays nothing",
            de: "ist 0 s, und was bei 0 beginnt, bleibt 0, auch vervielfacht",
            fr: "vaut 0 s, et zéro reste zéro, même multiplié",
        }
        fn set_delay {
            en: "Set the first pause, such as delay = \"100 ms\"",
            de: "Die erste Pause setzen, etwa delay = \"100 ms\"",
            fr: "Fixer la première pause, par exemple delay = \"100 ms\"",
        }
        fn asks_nothing {
            en: "is missing or 0; this source would never ask for anything",
            de: "fehlt oder ist 0; diese Quelle würde nie eine Anfrage stellen",
            fr: "manque ou vaut 0 ; cette source n’enverrait jamais de requête",
        }
        fn too_fast(rate: Text) {
            en: "is {rate}/s at most; at most 10,000,000/s are allowed",
            de: "erreicht {rate}/s; höchstens 10.000.000/s sind erlaubt",
            fr: "va jusqu’à {rate}/s ; 10 000 000/s au plus sont permis",
        }
        fn no_session(name: Text) {
            en: "is \"{name}\", a class that needs no session",
            de: "ist „{name}“, eine Klasse, die keine Sitzung braucht",
            fr: "est « {name} », une classe qui n’a pas besoin de session",
        }
        fn with_session {
            en: "Leave out its session = false",
            de: "Dort session = false weglassen",
            fr: "Retirer session = false de cette classe",
        }
        fn not_bursty(kind: Text) {
            en: "is for bursty sources, and this one is {kind}",
            de: "gilt für stoßweise Quellen, und diese ist {kind}",
            fr: "vaut pour les sources à rafales, et celle-ci est {kind}",
        }
        fn set_kind(kind: Text) {
            en: "Set kind = \"{kind}\"", de: "kind = \"{kind}\" setzen", fr: "Mettre kind = \"{kind}\"",
        }
        fn bursts {
            en: "length and calm must be at least 1 ms",
            de: "length und calm müssen mindestens 1 ms sein",
            fr: "length et calm doivent valoir au moins 1 ms",
        }
        fn not_read(file: Text) {
            en: "\"{file}\" was not read: only the command line reads files",
            de: "„{file}“ wurde nicht gelesen: Nur die Kommandozeile liest Dateien",
            fr: "« {file} » n’a pas été lu : seule la ligne de commande lit des fichiers",
        }
        fn into_trace {
            en: "Put the text of the file into trace",
            de: "Den Text der Datei nach trace setzen",
            fr: "Mettre le texte du fichier dans trace",
        }
        fn not_trace(kind: Text) {
            en: "is for traces, and this source is {kind}",
            de: "gilt für Aufzeichnungen, und diese Quelle ist {kind}",
            fr: "vaut pour les enregistrements, et cette source est {kind}",
        }
        fn trace_in_session {
            en: "has demands or classes, which a session draws for each of its requests",
            de: "hat Bedarf oder Klassen; eine Sitzung zieht sie aber selbst, für jede ihrer Anfragen",
            fr: "a des demandes ou des classes ; or une session les tire elle-même pour chacune de ses requêtes",
        }
        fn periods {
            en: "has too many periods; at most 1,000 are allowed",
            de: "hat zu viele Perioden; höchstens 1.000 sind erlaubt",
            fr: "a trop de périodes ; 1 000 au plus sont permises",
        }
        fn no_length {
            en: "has no length; set for", de: "hat keine Länge; for setzen", fr: "n’a pas de durée ; mettre for",
        }
        fn no_spike {
            en: "has no length; set rise, hold and decay",
            de: "hat keine Länge; rise, hold und decay setzen",
            fr: "n’a pas de durée ; mettre rise, hold et decay",
        }
        fn trace_text {
            en: "must be text in quotes: lines of time,demand,class,client",
            de: "muss Text in Anführungszeichen sein: Zeilen aus time,demand,class,client",
            fr: "doit être du texte entre guillemets : des lignes time,demand,class,client",
        }
        fn line(n: Text, why: Said) { en: "line {n}: {why}", de: "Zeile {n}: {why}", fr: "ligne {n} : {why}" }
        fn earlier {
            en: "is earlier than the line before",
            de: "ist früher als die Zeile davor",
            fr: "vient avant la ligne précédente",
        }
        fn arrivals(limit: Text) {
            en: "has more than {limit} arrivals",
            de: "hat mehr als {limit} Ankünfte",
            fr: "a plus de {limit} arrivées",
        }
        fn no_arrivals { en: "has no arrivals", de: "hat keine Ankünfte", fr: "n’a pas d’arrivées" }
        fn no_column(name: Text, known: Text) {
            en: "\"{name}\" is no column; known: {known}",
            de: "„{name}“ ist keine Spalte; bekannt: {known}",
            fr: "« {name} » n’est pas une colonne ; connues : {known}",
        }
        fn no_time_column {
            en: "has no column \"time\"", de: "hat keine Spalte „time“", fr: "n’a pas de colonne « time »",
        }
        fn no_class(name: Text, known: Text) {
            en: "\"{name}\" is no class; known: {known}",
            de: "„{name}“ ist keine Klasse; bekannt: {known}",
            fr: "« {name} » n’est pas une classe ; connues : {known}",
        }
        fn no_time(text: Text, allowed: Word) {
            en: "\"{text}\" is no time; write seconds, or {allowed}",
            de: "„{text}“ ist keine Zeit; erlaubt sind Sekunden oder {allowed}",
            fr: "« {text} » n’est pas une durée ; écrire des secondes, ou {allowed}",
        }
        fn named(name: Text) { en: " \"{name}\"", de: " „{name}“", fr: " « {name} »" }
        fn steps(n: Text, limit: Text) {
            en: "has {n} steps; at most {limit} are allowed",
            de: "hat {n} Schritte; höchstens {limit} sind erlaubt",
            fr: "a {n} étapes ; {limit} au plus sont permises",
        }
        fn together {
            en: "is for a call or write after another one",
            de: "gilt für einen Aufruf oder Schreibvorgang, der auf einen anderen folgt",
            fr: "vaut pour un appel ou une écriture qui en suit un autre",
        }
        fn not_called {
            en: "is for the call of a service and for enqueue only",
            de: "gilt nur für den Aufruf eines Dienstes und für enqueue",
            fr: "vaut seulement pour l’appel d’un service et pour enqueue",
        }
        fn no_rows(to: Text) {
            en: "is \"{to}\"; only a database has rows",
            de: "ist „{to}“; nur eine Datenbank hat Zeilen",
            fr: "est « {to} » ; seule une base de données a des lignes",
        }
        fn calls_broker(to: Text) {
            en: "is \"{to}\", a broker, which is sent messages",
            de: "ist „{to}“, ein Broker, dem man Nachrichten schickt",
            fr: "est « {to} », un broker, à qui l’on envoie des messages",
        }
        fn say_how_long {
            en: "Say how long it waits, such as \"100 ms\"",
            de: "Sagen, wie lange er wartet, etwa \"100 ms\"",
            fr: "Dire combien de temps il attend, par exemple \"100 ms\"",
        }
        fn not_to_broker(to: Text) {
            en: "is \"{to}\"; messages go to a broker (kind = \"broker\")",
            de: "ist „{to}“; Nachrichten gehen an einen Broker (kind = \"broker\")",
            fr: "est « {to} » ; les messages vont à un broker (kind = \"broker\")",
        }
        fn no_job(service: Text, class: Said) {
            en: "\"{service}\" has no class{class} that could be its job",
            de: "„{service}“ hat keine Klasse{class}, die seine Aufgabe sein könnte",
            fr: "« {service} » n’a pas de classe{class} qui puisse être sa tâche",
        }
        fn add_job(service: Text) {
            en: "Add [[traffic.class]] with service = \"{service}\" and share = 0",
            de: "[[traffic.class]] mit service = \"{service}\" und share = 0 hinzufügen",
            fr: "Ajouter [[traffic.class]] avec service = \"{service}\" et share = 0",
        }
        fn nobody_finds {
            en: "is a service, and without a balancer (traffic.port) nobody can find it",
            de: "ist ein Dienst, und ohne Lastverteiler (traffic.port) findet ihn niemand",
            fr: "est un service, et sans répartiteur (traffic.port) personne ne peut le trouver",
        }
        fn employed(service: Text, broker: Text) {
            en: "\"{service}\" takes its work from the broker \"{broker}\"",
            de: "„{service}“ holt seine Arbeit vom Broker „{broker}“",
            fr: "« {service} » reçoit son travail du broker « {broker} »",
        }
        fn enqueue {
            en: "Use kind = \"enqueue\" with that broker",
            de: "kind = \"enqueue\" mit diesem Broker benutzen",
            fr: "Utiliser kind = \"enqueue\" avec ce broker",
        }
        fn not_callable(service: Text, class: Said) {
            en: "\"{service}\" has no class{class} that could be called",
            de: "„{service}“ hat keine Klasse{class}, die man aufrufen könnte",
            fr: "« {service} » n’a pas de classe{class} qui puisse être appelée",
        }
        fn add_callable {
            en: "Add [[traffic.class]] with that service; share = 0 for inside only",
            de: "[[traffic.class]] mit diesem Dienst hinzufügen; share = 0, wenn ihn nur andere Dienste aufrufen",
            fr: "Ajouter [[traffic.class]] avec ce service ; share = 0 si seuls d’autres services l’appellent",
        }
    }
}
