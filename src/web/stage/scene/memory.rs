//! What the memory of a replica is made of.

use crate::lang::{Lang, Text, texts};
use crate::observe::MemoryParts;
use crate::units::order::sort_by_key;

texts! {
    mod say {
        fn part(name: Text, n: Whole) { en: "{name} {n}", de: "{name} {n}", fr: "{name} {n}" }
    }
}

/// A part below half a MiB is not worth a word.
const LEAST: u64 = 1 << 19;

/// So many parts are told: the most.
const TOLD: usize = 3;

/// The parts, each with its name.
fn parts(memory: &MemoryParts) -> [(Text, u64); 6] {
    [
        (Text::new("process", "Prozess", "processus"), memory.base),
        (Text::new("sessions", "Sitzungen", "sessions"), memory.sessions),
        (Text::new("requests", "Anfragen", "requêtes"), memory.requests),
        (Text::new("bodies", "Inhalte", "corps"), memory.bodies),
        (Text::new("connections", "Verbindungen", "connexions"), memory.connections),
        (Text::new("leaked", "Leck", "fuite"), memory.leaked),
    ]
}

/// Each part's share of the limit, in the order of [`parts`]; nothing without a limit, or where there is but one part.
pub(super) fn shares(memory: &MemoryParts, limit: Option<u64>) -> Vec<f64> {
    let Some(limit) = limit.filter(|&limit| limit > 0) else { return Vec::new() };
    let parts: Vec<u64> =
        parts(memory).into_iter().map(|(_, bytes)| bytes).filter(|bytes| *bytes > 0).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.into_iter().map(|bytes| bytes as f64 / limit as f64).collect()
}

/// The largest parts in words, the most first; nothing while there is but one.
pub(super) fn in_words(lang: Lang, memory: &MemoryParts) -> Option<String> {
    const MIB: f64 = 1024.0 * 1024.0;
    let mut parts: Vec<(Text, u64)> =
        parts(memory).into_iter().filter(|(_, bytes)| *bytes >= LEAST).collect();
    if parts.len() < 2 {
        return None;
    }
    sort_by_key(&mut parts, |(_, bytes)| std::cmp::Reverse(*bytes));
    let words = parts
        .iter()
        .take(TOLD)
        .map(|(name, bytes)| say::part(lang, name.say(lang), libm::round(*bytes as f64 / MIB) as u64));
    Some(words.collect::<Vec<_>>().join(", ") + " MiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 64 MiB for the process, 34 sessions of 2 MiB, 8 MiB for requests, and 100 KiB that nobody needs to hear of.
    #[test]
    fn memory_is_told_by_part() {
        let mib = 1 << 20;
        let memory = MemoryParts {
            base: 64 * mib,
            sessions: 68 * mib,
            requests: 8 * mib,
            connections: 100 << 10,
            ..MemoryParts::default()
        };
        let said = in_words(Lang::En, &memory);
        assert_eq!(said.as_deref(), Some("sessions 68, process 64, requests 8 MiB"));
        assert_eq!(in_words(Lang::En, &MemoryParts { base: 64 * mib, ..MemoryParts::default() }), None);
        let shares = shares(&memory, Some(256 * mib));
        assert_eq!(shares.len(), 4, "the bar has every part");
        let whole = memory.total() as f64 / (256 * mib) as f64;
        assert!((shares.iter().sum::<f64>() - whole).abs() < 1e-12 && shares[0] == 0.25);
        assert!(self::shares(&memory, None).is_empty());
    }
}
