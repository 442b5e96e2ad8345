//! Scenario fields that the page can edit: each starts the run again with the same seed.

use crate::lang::{Said, Text, phrases};
use crate::scenario::node::{Node, Value};
use crate::scenario::{Field, Path, Problems, Scenario, link};

phrases! {
    mod say {
        fn not_understood { en: "is not understood", de: "ist nicht verständlich", fr: "n’est pas compris" }
    }
}

/// A field of the scenario that the page can edit as text.
#[derive(Debug, Clone, Copy)]
pub struct Knob {
    /// Name on screen.
    pub label: Text,
    /// What may be written, as an example.
    pub example: &'static str,
    /// What it is, in one sentence.
    pub about: Text,
    get: fn(&Scenario) -> String,
    set: fn(&mut Scenario, &str) -> Result<(), Said>,
}

impl PartialEq for Knob {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
    }
}

macro_rules! service {
    ($label:expr, $example:literal, $about:expr, $field:ident, $read:ident) => {
        Knob {
            label: $label,
            example: $example,
            about: $about,
            get: |s| s.service.get(link::balanced(s)).map_or_else(String::new, |found| show(&found.$field)),
            set: |s, text| {
                let place = link::balanced(s);
                if let Some(found) = s.service.get_mut(place) {
                    found.$field = $read(text)?;
                }
                Ok(())
            },
        }
    };
}

macro_rules! field {
    ($label:expr, $example:literal, $about:expr, $($field:ident).+, $read:ident) => {
        Knob {
            label: $label,
            example: $example,
            about: $about,
            get: |s| show(&s.$($field).+),
            set: |s, text| {
                s.$($field).+ = $read(text)?;
                Ok(())
            },
        }
    };
}

/// Every such field, in the order on screen.
pub static KNOBS: &[Knob] = &[
    service!(
        Text::new("CPU per replica", "CPU je Replik", "CPU par réplique"),
        "0.5",
        Text::new(
            "A quota in cores; 0.5 is half a core.",
            "Ein Anteil in Kernen; 0.5 ist ein halber Kern.",
            "Un quota en cœurs ; 0.5 est un demi-cœur."
        ),
        cpus,
        read
    ),
    service!(
        Text::new("Memory per replica", "Speicher je Replik", "Mémoire par réplique"),
        "256 MiB",
        Text::new(
            "At this limit the kernel kills the replica.",
            "An dieser Grenze beendet der Kernel die Replik.",
            "À cette limite, le noyau tue la réplique."
        ),
        memory,
        read_limit
    ),
    service!(
        Text::new("Connections per replica", "Verbindungen je Replik", "Connexions par réplique"),
        "192",
        Text::new("One more is refused.", "Eine mehr wird abgewiesen.", "Une de plus est refusée."),
        connections,
        read_limit
    ),
    service!(
        Text::new("Workers", "Worker", "Workers"),
        "4",
        Text::new(
            "Processes that serve at once; each has its threads.",
            "Prozesse, die zugleich bedienen; jeder hat seine Threads.",
            "Processus qui servent à la fois ; chacun a ses threads."
        ),
        workers,
        read
    ),
    service!(
        Text::new("Threads per worker", "Threads je Worker", "Threads par worker"),
        "2",
        Text::new(
            "Requests that one worker serves at once.",
            "Anfragen, die ein Worker zugleich bedient.",
            "Requêtes qu’un worker sert à la fois."
        ),
        threads,
        read
    ),
    service!(
        Text::new("Start-up time", "Startzeit", "Temps de démarrage"),
        "6 s",
        Text::new(
            "From start to the first answer.",
            "Vom Start bis zur ersten Antwort.",
            "Du démarrage à la première réponse."
        ),
        start_up,
        read
    ),
    field!(
        Text::new("Balancer’s queue", "Schlange des Lastverteilers", "File du répartiteur"),
        "200",
        Text::new(
            "Places for requests while all replicas are full.",
            "Plätze für Anfragen, solange alle Repliken voll sind.",
            "Places pour les requêtes quand toutes les répliques sont pleines."
        ),
        balancer.queue,
        read
    ),
    field!(
        Text::new("In flight per replica", "Unterwegs je Replik", "En cours par réplique"),
        "64",
        Text::new(
            "The balancer sends a replica no more.",
            "Mehr schickt der Lastverteiler einer Replik nicht.",
            "Le répartiteur n’en envoie pas plus à une réplique."
        ),
        balancer.max_connections,
        read_limit
    ),
    field!(
        Text::new("Tries", "Versuche", "Tentatives"),
        "2",
        Text::new(
            "Replicas that one request may be tried on; 0 is all.",
            "Repliken, an denen eine Anfrage versucht wird; 0 heißt alle.",
            "Répliques où une requête peut être tentée ; 0 : toutes."
        ),
        balancer.tries,
        read
    ),
    field!(
        Text::new("Clients wait", "Clients warten", "Les clients attendent"),
        "2.4 s",
        Text::new(
            "After this a client gives up and leaves.",
            "Danach gibt ein Client auf und geht.",
            "Après cela, un client renonce et part."
        ),
        traffic.timeout,
        read_limit
    ),
    field!(
        Text::new("Length of the run", "Länge des Laufs", "Durée de l’essai"),
        "60 s",
        Text::new("In simulated time.", "In simulierter Zeit.", "En temps simulé."),
        run.duration,
        read
    ),
];

impl Knob {
    /// The value as text; empty where there is no limit.
    #[must_use]
    pub fn value(&self, scenario: &Scenario) -> String {
        (self.get)(scenario)
    }

    /// The scenario with another value; empty text takes a limit away where that is possible.
    ///
    /// # Errors
    /// In words, when the text is not understood or the scenario would not validate.
    pub fn edit(&self, scenario: &Scenario, text: &str) -> Result<Scenario, Said> {
        let mut edited = scenario.clone();
        (self.set)(&mut edited, text)?;
        Scenario::check(&edited.write()).map(|(checked, _)| checked).map_err(|invalid| invalid.said())
    }
}

fn show(field: &impl Field) -> String {
    match field.write().value {
        Value::Text(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn read<T: Field>(text: &str) -> Result<T, Said> {
    let text = text.trim();
    let value = match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Number(number),
        _ => Value::Text(text.to_owned()),
    };
    let mut problems = Problems::default();
    let read = T::read(&Node::from(value), &Path::Root, &mut problems);
    match (read, problems.0.first()) {
        (Some(value), None) => Ok(value),
        (_, problem) => Err(problem.map_or_else(say::not_understood, |p| p.text.clone())),
    }
}

/// Empty text is no limit.
fn read_limit<T: Field>(text: &str) -> Result<Option<T>, Said> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) }
}
