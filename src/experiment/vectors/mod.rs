//! Recordings of real load balancers, replayed on the balancer that the engine runs on.
//!
//! A recording is a JSON object with a `kind`, a `system` (the product), a `policy`, its `servers` and
//! `config`, what was asked, and what was observed; `tests/oracles/README.md` has the fields. [`validate`]
//! replays any number of them: row by row where the real program was deterministic, by a chi-square test with a
//! stated false-alarm rate where it drew at random, and within stated margins where a queue was measured in real
//! time. What can't be replayed yet fails with a note that says so.

mod ahead;
mod bench;
mod caddy;
mod distribution;
mod file;
mod haproxy;
mod nginx;
mod picks;
mod product;
mod queueing;
mod sha256;
mod timeline;
mod world;

use serde::Serialize;

use super::parallel;
use file::Vector;

/// What came of one recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VectorResult {
    /// The recording's name.
    pub name: String,
    /// Product and version.
    pub product: String,
    /// What was recorded.
    pub kind: String,
    /// What was compared: picks, attempts, statuses, or cells of a distribution.
    pub rows: u64,
    /// How many of them were equal.
    pub matched: u64,
    /// Whether the recording is met.
    pub passed: bool,
    /// The first difference, the test used, or why it could not be replayed.
    pub note: String,
    /// Why it is known not to be met; nothing for one that must be.
    pub known_miss: Option<&'static str>,
}

/// Recordings that ship and are known not to be met, each with the reason.
pub const KNOWN_MISSES: [(&str, &str); 1] = [(
    "haproxy_urlparam_map_wt6_3",
    "the hash function wt6 is described nowhere but in HAProxy's own code, which is not ours to copy",
)];

impl VectorResult {
    /// Whether it is as it should be: met, or not met and known for that. One that is known for it and is met is not,
    /// so that the list stays true.
    #[must_use]
    pub const fn as_expected(&self) -> bool {
        self.passed != self.known_miss.is_some()
    }
}

/// Rows that were compared, and the first that differed.
#[derive(Debug, Clone, Default)]
struct Score {
    rows: u64,
    matched: u64,
    note: String,
    /// What stands for "every row equal", where that is not what is asked.
    passed: Option<bool>,
}

impl Score {
    /// Compares one row.
    fn row<T: PartialEq + std::fmt::Debug>(&mut self, place: impl std::fmt::Display, expected: &T, got: &T) {
        self.rows += 1;
        if expected == got {
            self.matched += 1;
        } else if self.note.is_empty() {
            self.note = format!("{place}: recorded {expected:?}, got {got:?}");
        }
    }

    fn passes(&self) -> bool {
        self.passed.unwrap_or(self.rows > 0 && self.rows == self.matched)
    }
}

/// Why a recording can't be replayed, in words.
type Refusal = String;

/// Replays recordings: pairs of a name (of the file, used when the text has none) and the text.
#[must_use]
pub fn validate(files: &[(String, String)]) -> Vec<VectorResult> {
    validate_with(files, 1, &|| ())
}

/// As [`validate`], on several threads; the result does not depend on their number. `progress` hears each recording
/// that is done.
#[must_use]
pub fn validate_with(
    files: &[(String, String)],
    threads: usize,
    progress: &(dyn Fn() + Sync),
) -> Vec<VectorResult> {
    let work = |place: usize| {
        let (name, text) = &files[place];
        let result = replay(name, text);
        progress();
        result
    };
    parallel::map(threads, files.len(), work)
}

/// Replays one recording.
fn replay(file: &str, text: &str) -> VectorResult {
    let (name, product, kind, score) = match Vector::parse(text) {
        Ok(vector) => {
            let score = run(&vector);
            let product = format!("{} {}", vector.system, vector.version).trim_end().to_owned();
            (vector.name, product, vector.kind, score)
        }
        Err(note) => (file.to_owned(), String::new(), String::new(), Err(note)),
    };
    let passed = score.as_ref().is_ok_and(Score::passes);
    let Score { rows, matched, note, .. } = score.unwrap_or_else(|note| Score { note, ..Score::default() });
    let known_miss = KNOWN_MISSES.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason);
    VectorResult { name, product, kind, rows, matched, passed, note, known_miss }
}

fn run(vector: &Vector) -> Result<Score, Refusal> {
    match vector.kind.as_str() {
        "sequence" => picks::sequence(vector),
        "scripted" if caddy::draws_lots(vector) => caddy::scripted(vector),
        "scripted" => picks::scripted(vector),
        "scripted_queue" => picks::scripted_queue(vector),
        "multiworker" => picks::multiworker(vector),
        "keys" => picks::keys(vector),
        // Its generator starts from a constant: it draws the same each time.
        "distribution" if vector.system == "haproxy" => haproxy::replay(vector),
        "distribution" => distribution::replay(vector),
        "timeline" => timeline::replay(vector),
        "queueing" => queueing::replay(vector),
        kind => match vector.system.as_str() {
            "haproxy" => haproxy::replay(vector),
            "caddy" => caddy::replay(vector),
            _ => Err(format!("not supported yet: kind {kind}")),
        },
    }
}
