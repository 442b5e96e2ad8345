//! Permalinks: a scenario in an address, and back.
//!
//! ```text
//! ?scenario=black-friday&algorithm=least_connections&replicas=4&rate=8&seed=7#s=v1.<…>
//!  preset        +  what most people change, readable          whole scenario, when it differs further
//! ```
//!
//! Reading never fails. What is unknown or out of range becomes a [`Notice`] and the nearest good state.
//! The fragment holds the whole scenario as TOML, deflated, in base64url: a link keeps its meaning when a
//! preset changes later. What the query says is laid over it.

mod codec;

use std::fmt;

pub use codec::{percent_decode, percent_encode};

use super::problem::nearest;
use super::say::links;
use super::{Invalid, Problem, Scenario, Source, SourceKind, preset};
use crate::algorithm;
use crate::lang::Said;
use crate::units::{Rate, Unit as _};

/// Longest text after `s=` that is read or written, in characters.
pub const PACKED_LIMIT: usize = 24_000;
/// Longest scenario text that a fragment may unpack to, in bytes.
pub const TEXT_LIMIT: usize = 256 << 10;
/// The preset of an address that names none.
pub const DEFAULT_PRESET: &str = "black-friday";

/// Something in an address that could not be taken as it stands, and what is used instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What was given.
    pub given: String,
    /// What is used instead, as a sentence.
    pub used: Said,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.given, self.used)
    }
}

/// What an address says.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The scenario to run; it validates.
    pub scenario: Scenario,
    /// The preset that it comes from.
    pub preset: Option<&'static str>,
    /// What could not be taken as it stands.
    pub notices: Vec<Notice>,
    /// Keys that are not the scenario's, for the view, in order.
    pub rest: Vec<(String, String)>,
}

/// Reads a query (with or without `?`) and a fragment (with or without `#`).
#[must_use]
pub fn open(query: &str, fragment: &str) -> Opened {
    let mut notices = Vec::new();
    let pairs = pairs(query);
    let packed = self::pairs(fragment.trim_start_matches('#'))
        .into_iter()
        .find_map(|(key, value)| (key == "s").then_some(value));
    let named = value(&pairs, "scenario");
    let unpacked = packed.and_then(|text| match unpack(&text) {
        Ok(scenario) => Some(scenario),
        Err(why) => {
            let used = links::no_fragment(why);
            notices.push(Notice { given: format!("#s={}", shorten(&text)), used });
            None
        }
    });
    let known = named.and_then(preset::find);
    if let (Some(name), None) = (named, known) {
        let instead = nearest(name, preset::PRESETS.iter().map(|p| p.name)).unwrap_or(DEFAULT_PRESET);
        let used = match unpacked {
            Some(_) => links::no_scenario_but_link(),
            None => links::no_scenario(&instead),
        };
        notices.push(Notice { given: format!("scenario={}", shorten(name)), used });
    }
    let instead = || named.and_then(|name| nearest(name, preset::PRESETS.iter().map(|p| p.name)));
    let (mut scenario, preset) = match (unpacked, known) {
        (Some(scenario), known) => (scenario, known.map(|p| p.name)),
        (None, Some(known)) => (read_preset(known), Some(known.name)),
        (None, None) => {
            let known = preset::find(instead().unwrap_or(DEFAULT_PRESET)).unwrap_or(&preset::PRESETS[0]);
            (read_preset(known), Some(known.name))
        }
    };
    let mut rest = Vec::new();
    for (key, value) in pairs.into_iter().filter(|(key, _)| key != "scenario") {
        match SETTERS.iter().find(|(name, _)| *name == key) {
            Some((_, set)) => lay_over(&mut scenario, &key, &value, *set, &mut notices),
            None => rest.push((key, value)),
        }
    }
    Opened { scenario, preset, notices, rest }
}

/// Query and fragment of the scenario, without `?` and `#`; the fragment is empty when preset and query say
/// all. Nothing when even the packed scenario is longer than [`PACKED_LIMIT`].
#[must_use]
pub fn address(scenario: &Scenario, preset: Option<&str>) -> Option<(String, String)> {
    let mut query: Vec<(&str, String)> =
        preset.map(|name| ("scenario", name.to_owned())).into_iter().collect();
    let base = preset.and_then(preset::find).map(read_preset);
    for (key, read) in READERS {
        let (now, before) = (read(scenario), base.as_ref().map(read));
        if let Some(now) = now
            && before.is_some_and(|before| before.as_ref() != Some(&now))
        {
            query.push((key, now));
        }
    }
    let query = query.iter().map(|(k, v)| format!("{k}={}", percent_encode(v))).collect::<Vec<_>>().join("&");
    let opened = open(&query, "");
    if preset.is_some() && opened.scenario == *scenario && opened.notices.is_empty() {
        return Some((query, String::new()));
    }
    let packed = pack(scenario);
    let fragment = format!("s={packed}");
    // A number that is rounded on its way through the query stands in the fragment alone.
    let exact = open(&query, &fragment).scenario == *scenario;
    let named = || preset.map_or_else(String::new, |name| format!("scenario={}", percent_encode(name)));
    (packed.len() <= PACKED_LIMIT).then(|| (if exact { query } else { named() }, fragment))
}

/// The whole scenario as `v1.<base64url of deflated TOML>`.
#[must_use]
pub fn pack(scenario: &Scenario) -> String {
    let bytes = miniz_oxide::deflate::compress_to_vec(scenario.to_toml().as_bytes(), 9);
    format!("v1.{}", codec::base64_encode(&bytes))
}

/// Reads what [`pack`] wrote.
///
/// # Errors
/// In words, when the text is cut, damaged, too long, of a later version, or its scenario does not validate.
pub fn unpack(text: &str) -> Result<Scenario, Said> {
    if text.len() > PACKED_LIMIT {
        return Err(links::too_long(&text.len(), &PACKED_LIMIT));
    }
    let Some(body) = text.strip_prefix("v1.") else {
        return Err(links::version());
    };
    let damaged = links::damaged;
    let bytes = codec::base64_decode(body).ok_or_else(damaged)?;
    let text =
        miniz_oxide::inflate::decompress_to_vec_with_limit(&bytes, TEXT_LIMIT).map_err(|_| damaged())?;
    let text = String::from_utf8(text).map_err(|_| damaged())?;
    let scenario = Scenario::from_toml_str(&text).map_err(|invalid| first(&invalid))?;
    scenario.validate().map_err(|invalid| first(&invalid))?;
    Ok(scenario)
}

/// A preset as a scenario. Tests hold that every preset reads; what could not be read is at its default.
#[must_use]
pub fn read_preset(preset: &preset::Preset) -> Scenario {
    super::Node::from_toml(preset.text).map(|node| Scenario::from_node(&node).0).unwrap_or_default()
}

type Setter = fn(&mut Scenario, &str) -> Result<Option<Said>, Said>;
type Reader = fn(&Scenario) -> Option<String>;

/// Sets a field from text. Gives what is used instead when the value is not quite allowed.
static SETTERS: [(&str, Setter); 4] =
    [("algorithm", set_algorithm), ("replicas", set_replicas), ("rate", set_rate), ("seed", set_seed)];
static READERS: [(&str, Reader); 4] = [
    ("algorithm", |s| Some(s.balancer.algorithm.clone())),
    ("replicas", |s| Some(s.service.get(balanced(s))?.replicas.to_string())),
    ("rate", |s| open_rate(s).map(|rate| rate.to_string())),
    ("seed", |s| Some(s.run.seed.to_string())),
];

fn lay_over(scenario: &mut Scenario, key: &str, value: &str, set: Setter, notices: &mut Vec<Notice>) {
    let given = || format!("{key}={}", shorten(value));
    let before = scenario.clone();
    match set(scenario, value) {
        Ok(None) => {}
        Ok(Some(used)) => notices.push(Notice { given: given(), used }),
        Err(used) => notices.push(Notice { given: given(), used }),
    }
    if *scenario != before
        && let Err(invalid) = scenario.validate()
    {
        *scenario = before;
        notices.push(Notice { given: given(), used: links::left_out(first(&invalid)) });
    }
}

fn set_algorithm(scenario: &mut Scenario, text: &str) -> Result<Option<Said>, Said> {
    let known = algorithm::CATALOG.iter().map(|spec| spec.name);
    let (name, used) = match algorithm::find(text) {
        Some(spec) => (spec.name, None),
        None => match nearest(text, known) {
            Some(name) => (name, Some(links::no_algorithm(&name))),
            None => {
                let kept = &scenario.balancer.algorithm;
                return Err(links::no_algorithm(kept));
            }
        },
    };
    if scenario.balancer.algorithm != name {
        name.clone_into(&mut scenario.balancer.algorithm);
        scenario.balancer.params = super::NumberTable::default();
    }
    Ok(used)
}

/// The most replicas that a link may ask for; more would be no picture.
const REPLICAS_LIMIT: u32 = 1_000;

fn set_replicas(scenario: &mut Scenario, text: &str) -> Result<Option<Said>, Said> {
    let place = balanced(scenario);
    let Some(service) = scenario.service.get_mut(place) else { return Ok(None) };
    let Ok(given) = text.trim().parse::<f64>() else {
        return Err(links::no_whole(&service.replicas));
    };
    let whole = given as u32; // saturates, and is 0 for what is no number
    service.replicas = whole.min(REPLICAS_LIMIT);
    Ok((f64::from(service.replicas) != given).then(|| links::whole(&REPLICAS_LIMIT, &service.replicas)))
}

fn set_rate(scenario: &mut Scenario, text: &str) -> Result<Option<Said>, Said> {
    let Some(before) = open_rate(scenario) else {
        return Err(links::no_rate());
    };
    let plain = text.trim().parse().ok().and_then(Rate::new);
    let Some(rate) = plain.or_else(|| Rate::parse(text).ok()) else {
        return Err(links::bad_rate(&before));
    };
    let wanted = rate.get().min(RATE_LIMIT);
    for source in scenario.traffic.source.iter_mut().filter(|s| s.kind != SourceKind::Users) {
        let share = if before > 0.0 { source.rate.get() / before } else { 1.0 / requests_of(source) };
        source.rate = Rate::new(share * wanted).unwrap_or_default();
    }
    Ok((wanted < rate.get()).then(|| links::large_rate(&RATE_LIMIT)))
}

/// The largest base rate of a link.
const RATE_LIMIT: f64 = 100_000.0;

fn set_seed(scenario: &mut Scenario, text: &str) -> Result<Option<Said>, Said> {
    match text.trim().parse::<u64>() {
        Ok(seed) if seed < 1 << 53 => {
            scenario.run.seed = seed;
            Ok(None)
        }
        _ => Err(links::seed(&scenario.run.seed)),
    }
}

/// The place of the service behind the balancer.
#[must_use]
pub fn balanced(scenario: &Scenario) -> usize {
    let named = scenario.balancer.service.as_ref();
    named.and_then(|name| scenario.service.iter().position(|s| s.name == *name)).unwrap_or(0)
}

/// Base requests per second of all open sources together, as pages show it: an arrival that is a session
/// counts as many times as it has requests. Nothing when every source is closed.
#[must_use]
pub fn open_rate(scenario: &Scenario) -> Option<f64> {
    let mut open = scenario.traffic.source.iter().filter(|s| s.kind != SourceKind::Users).peekable();
    open.peek()?;
    Some(open.map(|s| s.rate.get() * requests_of(s)).sum())
}

/// Mean requests of one arrival.
#[must_use]
pub fn requests_of(source: &Source) -> f64 {
    source.session.as_ref().map_or(1.0, |session| f64::from(session.requests))
}

/// The first of its problems.
fn first(invalid: &Invalid) -> Said {
    invalid.0.first().map_or_else(|| Said::plain(""), Problem::said)
}

/// At most 40 characters of what was given, for messages.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn value<'p>(pairs: &'p [(String, String)], key: &str) -> Option<&'p str> {
    pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
}

/// The pairs of a query, decoded; a key without `=` has an empty value.
#[must_use]
pub fn pairs(query: &str) -> Vec<(String, String)> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(key, value)| (percent_decode(key), percent_decode(value)))
        .collect()
}

#[cfg(test)]
mod tests;
