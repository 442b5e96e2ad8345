//! Scenario fields that the page can edit: each starts the run again with the same seed.

use crate::scenario::node::{Node, Value};
use crate::scenario::{Field, Path, Problems, Scenario, link};

/// A field of the scenario that the page can edit as text.
#[derive(Debug, Clone, Copy)]
pub struct Knob {
    /// Name on screen.
    pub label: &'static str,
    /// What may be written, as an example.
    pub example: &'static str,
    /// What it is, in one sentence.
    pub about: &'static str,
    get: fn(&Scenario) -> String,
    set: fn(&mut Scenario, &str) -> Result<(), String>,
}

impl PartialEq for Knob {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
    }
}

macro_rules! service {
    ($label:literal, $example:literal, $about:literal, $field:ident, $read:ident) => {
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
    ($label:literal, $example:literal, $about:literal, $($field:ident).+, $read:ident) => {
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
    service!("CPU per replica", "0.5", "A quota in cores; 0.5 is half a core.", cpus, read),
    service!(
        "Memory per replica",
        "256 MiB",
        "At this limit the kernel kills the replica.",
        memory,
        read_limit
    ),
    service!("Connections per replica", "192", "One more is refused.", connections, read_limit),
    service!("Workers", "4", "Processes that serve at once; each has its threads.", workers, read),
    service!("Threads per worker", "2", "Requests that one worker serves at once.", threads, read),
    service!("Start-up time", "6 s", "From start to the first answer.", start_up, read),
    field!(
        "Balancer’s queue",
        "200",
        "Places for requests while all replicas are full.",
        balancer.queue,
        read
    ),
    field!(
        "In flight per replica",
        "64",
        "The balancer sends a replica no more.",
        balancer.max_connections,
        read_limit
    ),
    field!("Tries", "2", "Replicas that one request may be tried on; 0 is all.", balancer.tries, read),
    field!("Clients wait", "2.4 s", "After this a client gives up and leaves.", traffic.timeout, read_limit),
    field!("Length of the run", "60 s", "In simulated time.", run.duration, read),
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
    pub fn edit(&self, scenario: &Scenario, text: &str) -> Result<Scenario, String> {
        let mut edited = scenario.clone();
        (self.set)(&mut edited, text)?;
        Scenario::check(&edited.write()).map(|(checked, _)| checked).map_err(|invalid| invalid.to_string())
    }
}

fn show(field: &impl Field) -> String {
    match field.write().value {
        Value::Text(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn read<T: Field>(text: &str) -> Result<T, String> {
    let text = text.trim();
    let value = match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Number(number),
        _ => Value::Text(text.to_owned()),
    };
    let mut problems = Problems::default();
    let read = T::read(&Node::from(value), &Path::Root, &mut problems);
    match (read, problems.0.first()) {
        (Some(value), None) => Ok(value),
        (_, problem) => Err(problem.map_or_else(|| "is not understood".into(), |p| p.text.clone())),
    }
}

/// Empty text is no limit.
fn read_limit<T: Field>(text: &str) -> Result<Option<T>, String> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) }
}
