//! The words of the fields that the basic forms and those with more show. English ones are the schema's own; so are
//! those of every further field, marked as English.

use crate::lang::Lang;

/// Name and meaning of a field in German and French.
struct Words {
    path: &'static str,
    german: (&'static str, &'static str),
    french: (&'static str, &'static str),
}

const fn words(
    path: &'static str,
    german: (&'static str, &'static str),
    french: (&'static str, &'static str),
) -> Words {
    Words { path, german, french }
}

/// Name and meaning of the field at this path without places (`service.cpus`); nothing where the schema's words are
/// those to show.
#[must_use]
pub fn of_field(lang: Lang, path: &str) -> Option<(&'static str, &'static str)> {
    let words = WORDS.iter().find(|words| words.path == path)?;
    match lang {
        Lang::En => None,
        Lang::De => Some(words.german),
        Lang::Fr => Some(words.french),
    }
}

/// Every field of the basic forms and of those with more.
const WORDS: &[Words] = &[
    words(
        "traffic.source.rate",
        ("Rate", "Ankünfte pro Sekunde einer offenen Quelle."),
        ("débit", "Arrivées par seconde d’une source ouverte."),
    ),
    words(
        "traffic.source.users",
        ("Nutzer", "So viele Nutzer, die je auf ihre Antwort warten."),
        ("utilisateurs", "Autant d’utilisateurs, qui attendent chacun leur réponse."),
    ),
    words(
        "service.replicas",
        ("Repliken", "So viele Kopien des Dienstes laufen."),
        ("répliques", "Autant de copies du service tournent."),
    ),
    words(
        "balancer.algorithm",
        ("Algorithmus", "Die Regel, nach der eine Replik gewählt wird."),
        ("algorithme", "La règle qui choisit une réplique."),
    ),
    words(
        "name",
        ("Name", "Kurzer Name, für Dateien und Links."),
        ("nom", "Nom court, pour les fichiers et les liens."),
    ),
    words(
        "title",
        ("Titel", "So heißt das Szenario auf dem Bildschirm."),
        ("titre", "Le nom du scénario à l’écran."),
    ),
    words(
        "traffic.source.kind",
        ("Art", "Wie Anfragen ankommen."),
        ("genre", "Comment les requêtes arrivent."),
    ),
    words(
        "traffic.source.think",
        ("Denkzeit", "Zeit eines Nutzers zwischen Antwort und nächster Anfrage."),
        ("réflexion", "Temps d’un utilisateur entre la réponse et la requête suivante."),
    ),
    words(
        "traffic.timeout",
        ("Geduld", "Danach gibt ein Client auf und geht."),
        ("patience", "Après cela un client renonce et part."),
    ),
    words(
        "traffic.class.name",
        ("Name", "Name dieser Art von Anfrage."),
        ("nom", "Nom de ce genre de requête."),
    ),
    words(
        "traffic.class.path",
        ("Pfad", "Pfad, wie er in Logs steht."),
        ("chemin", "Chemin, tel qu’il figure dans les journaux."),
    ),
    words(
        "traffic.class.share",
        ("Anteil", "Anteil an allen Anfragen."),
        ("part", "Part de toutes les requêtes."),
    ),
    words(
        "traffic.class.demand",
        ("Bedarf", "CPU-Zeit auf einem Referenzkern."),
        ("demande", "Temps CPU sur un cœur de référence."),
    ),
    words(
        "service.name",
        ("Name", "Name des Dienstes; seine Repliken heißen danach."),
        ("nom", "Nom du service ; ses répliques en tirent le leur."),
    ),
    words(
        "service.cpus",
        ("CPU", "CPU-Anteil je Replik, in Kernen."),
        ("CPU", "Quota de CPU par réplique, en cœurs."),
    ),
    words(
        "service.memory",
        ("Speicher", "An dieser Grenze beendet der Kernel die Replik."),
        ("mémoire", "À cette limite, le noyau tue la réplique."),
    ),
    words(
        "service.connections",
        ("Verbindungen", "Offene Verbindungen je Replik; eine mehr wird abgewiesen."),
        ("connexions", "Connexions ouvertes par réplique ; une de plus est refusée."),
    ),
    words(
        "service.workers",
        ("Worker", "Prozesse, die zugleich bedienen."),
        ("workers", "Processus qui servent à la fois."),
    ),
    words(
        "service.threads",
        ("Threads", "Anfragen, die ein Worker zugleich bedient."),
        ("threads", "Requêtes qu’un worker sert à la fois."),
    ),
    words(
        "service.start_up",
        ("Startzeit", "Vom Start bis zur ersten Antwort."),
        ("démarrage", "Du démarrage à la première réponse."),
    ),
    words(
        "balancer.queue",
        ("Schlange", "Plätze für Anfragen, solange alle Repliken voll sind."),
        ("file", "Places pour les requêtes quand toutes les répliques sont pleines."),
    ),
    words(
        "balancer.max_connections",
        ("Höchstens unterwegs", "Mehr schickt der Lastverteiler einer Replik nicht."),
        ("en cours au plus", "Le répartiteur n’en envoie pas plus à une réplique."),
    ),
    words(
        "balancer.tries",
        ("Versuche", "Repliken, an denen eine Anfrage versucht wird; 0 heißt alle."),
        ("essais", "Répliques où une requête peut être tentée ; 0 : toutes."),
    ),
    words(
        "run.duration",
        ("Dauer", "Länge des Laufs in simulierter Zeit."),
        ("durée", "Durée de l’essai en temps simulé."),
    ),
    words(
        "run.seed",
        ("Startwert", "Startwert der Zufallszahlen."),
        ("graine", "Graine des nombres aléatoires."),
    ),
];
