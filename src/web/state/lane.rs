//! Lanes of a comparison: the same arrivals, with one thing or another set differently.
//!
//! In an address: `compare=round_robin,least_connections`, `compare=,balancer.queue=200;replicas=5`. A comma
//! parts lanes, a semicolon the settings of one; within brackets and quotes both are plain text.

use std::rc::Rc;

use super::wrong;
use crate::algorithm;
use crate::lang::{Lang, Said, texts};
use crate::observe::{Event, LogEntry};
use crate::report::Narrator;
use crate::scenario::link;
use crate::scenario::{Change, Field as _, Scenario, TimedChange, nearest};
use crate::web::driver::MOST_LANES as MOST;

texts! {
    mod say {
        fn replicas(n: Whole) {
            en: "{n} {n:replica|replicas}",
            de: "{n} {n:Replik|Repliken}",
            fr: "{n} {n:réplique|répliques}",
        }
        fn unchanged { en: "unchanged", de: "unverändert", fr: "inchangé" }
        fn a_change { en: "a change", de: "eine Änderung", fr: "un changement" }
        fn at(what: Text, at: Moment) { en: "{what} at {at}", de: "{what} bei {at}", fr: "{what} à {at}" }
    }
}

/// One thing that a lane sets.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// The selection rule with its parameters.
    Algorithm(&'static str, Vec<(String, f64)>),
    /// How many replicas the balanced service has.
    Replicas(u32),
    /// A field of the scenario by its path, and its value as text.
    Field(String, String),
    /// A change that this lane makes at a moment, besides those of all.
    Change(TimedChange),
}

/// A lane: what it sets. One without settings is the scenario as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane(pub Vec<Setting>);

/// A lane that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Racer {
    /// What it is called.
    pub name: String,
    /// Its scenario.
    pub scenario: Rc<Scenario>,
}

impl Setting {
    /// Reads a setting as an address has it.
    ///
    /// # Errors
    /// In words, what is allowed.
    pub fn parse(text: &str) -> Result<Self, Said> {
        let text = text.trim();
        if text.starts_with('{') {
            return serde_json::from_str(text).map(Self::Change).map_err(|_| wrong::no_change());
        }
        let named = text.split(':').next().unwrap_or(text);
        if let Some(spec) = algorithm::find(named) {
            let list = text.split(':').skip(1);
            let pair = |entry: &str| {
                let (name, value) = entry.split_once('=')?;
                Some((name.trim().to_owned(), value.trim().parse::<f64>().ok()?))
            };
            let params: Option<Vec<_>> = list.map(pair).collect();
            let params = params.ok_or_else(wrong::params)?;
            return match spec.params(&params) {
                Ok(_) => Ok(Self::Algorithm(spec.name, params)),
                Err(errors) => Err(Said::list(errors.iter().map(|error| error.said()), "; ")),
            };
        }
        match text.split_once('=') {
            Some((path, value)) if path.trim() == "replicas" => match value.trim().parse() {
                Ok(replicas) => Ok(Self::Replicas(replicas)),
                Err(_) => Err(wrong::replicas()),
            },
            Some((path, value)) if path.trim() == "algorithm" => Self::parse(value),
            Some((path, value)) => Ok(Self::Field(path.trim().into(), value.trim().into())),
            None => {
                let known = algorithm::CATALOG.iter().map(|spec| spec.name);
                Err(nearest(text, known).map_or_else(wrong::unknown, |near| wrong::unknown_near(&near)))
            }
        }
    }

    fn word(&self) -> String {
        match self {
            Self::Algorithm(name, params) => {
                let params = params.iter().map(|(name, value)| format!(":{name}={value}"));
                format!("{name}{}", params.collect::<String>())
            }
            Self::Replicas(replicas) => format!("replicas={replicas}"),
            Self::Field(path, value) => format!("{path}={value}"),
            Self::Change(timed) => serde_json::to_string(timed).unwrap_or_default(),
        }
    }

    /// On screens: `least_connections`, `5 replicas`, `queue 200`.
    fn label(&self, lang: Lang, scenario: &Scenario) -> String {
        match self {
            Self::Algorithm(..) => self.word(),
            Self::Replicas(replicas) => say::replicas(lang, u64::from(*replicas)),
            Self::Field(path, value) => {
                let last = path.rsplit('.').next().unwrap_or(path).replace('_', " ");
                format!("{last} {}", value.trim_matches('"'))
            }
            Self::Change(timed) => {
                let Ok(model) = scenario.validate() else { return say::a_change(lang).into() };
                let changes = std::slice::from_ref(timed);
                let entry = LogEntry { at: timed.at, replica: None, event: Event::Changed { index: 0 } };
                let short = Narrator { lang, names: &[], changes, model: &model }.line(&entry).short;
                say::at(lang, &short, timed.at.as_secs())
            }
        }
    }

    fn apply(&self, scenario: &mut Scenario) -> Result<(), Said> {
        match self {
            Self::Algorithm(name, params) => {
                (*name).clone_into(&mut scenario.balancer.algorithm);
                scenario.balancer.params.0.clone_from(params);
            }
            Self::Replicas(replicas) => {
                let place = link::balanced(scenario);
                if let Some(service) = scenario.service.get_mut(place) {
                    service.replicas = *replicas;
                }
            }
            Self::Field(path, value) => {
                let mut node = scenario.write();
                node.set(path, value)?;
                let (read, problems) = Scenario::from_node(&node);
                if let Some(problem) = problems.first() {
                    return Err(problem.said());
                }
                *scenario = read;
            }
            Self::Change(timed) => scenario.plan(timed),
        }
        Ok(())
    }
}

impl Lane {
    /// Reads a lane as an address has it; nothing in it is the scenario as it is.
    ///
    /// # Errors
    /// In words, what is allowed.
    pub fn parse(text: &str) -> Result<Self, Said> {
        let parts = parts(text, ';').into_iter().filter(|part| !part.trim().is_empty());
        parts.map(|part| Setting::parse(&part)).collect::<Result<_, _>>().map(Self)
    }

    /// As an address has it.
    #[must_use]
    pub fn word(&self) -> String {
        self.0.iter().map(Setting::word).collect::<Vec<_>>().join(";")
    }

    /// What it is called.
    #[must_use]
    pub fn label(&self, lang: Lang, scenario: &Scenario) -> String {
        match self.0.as_slice() {
            [] => scenario.balancer.algorithm.clone(),
            settings => {
                settings.iter().map(|setting| setting.label(lang, scenario)).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// The lane's scenario.
    ///
    /// # Errors
    /// In words, when it would not validate.
    pub fn scenario(&self, base: &Scenario) -> Result<Scenario, Said> {
        let mut scenario = base.clone();
        self.0.iter().try_for_each(|setting| setting.apply(&mut scenario))?;
        scenario.validate().map(|_| scenario).map_err(|invalid| invalid.said())
    }
}

/// Reads the lanes of an address; what can't be read is told to `bad`. A lane alone runs beside the scenario
/// as it is.
#[must_use]
pub fn lanes(text: &str, mut bad: impl FnMut(&str, Said)) -> Vec<Lane> {
    let mut lanes = Vec::new();
    for part in parts(text, ',') {
        match Lane::parse(&part) {
            Ok(lane) if lanes.contains(&lane) => {}
            Ok(lane) if lanes.len() < MOST => lanes.push(lane),
            Ok(_) => bad(&part, wrong::room(&MOST)),
            Err(why) => bad(&part, wrong::left_out(why)),
        }
    }
    if lanes.len() == 1 && lanes[0] != Lane::default() {
        lanes.insert(0, Lane::default());
    }
    if lanes.len() < 2 { Vec::new() } else { lanes }
}

/// That a lane is left out, and why.
pub(super) fn left_out(why: Said) -> Said {
    wrong::left_out(why)
}

/// The lanes as racers; a lane that would not validate is left out and told to `bad`.
#[must_use]
pub fn racers(lang: Lang, base: &Scenario, lanes: &[Lane], mut bad: impl FnMut(String, Said)) -> Vec<Racer> {
    let mut racers = Vec::new();
    // Where no lane chooses a rule, the rule does not tell them apart.
    let mut settings = lanes.iter().flat_map(|lane| &lane.0);
    let rules = settings.any(|setting| match setting {
        Setting::Algorithm(..) => true,
        Setting::Change(timed) => matches!(timed.change, Change::Algorithm { .. }),
        _ => false,
    });
    for lane in lanes {
        let plain = lane.0.is_empty() && !rules;
        let name = if plain { say::unchanged(lang).to_owned() } else { lane.label(lang, base) };
        match lane.scenario(base) {
            Ok(scenario) => racers.push(Racer { name, scenario: Rc::new(scenario) }),
            Err(why) => bad(name, why),
        }
    }
    racers
}

/// Splits at `sign`, but not within brackets and quotes.
fn parts(text: &str, sign: char) -> Vec<String> {
    let (mut parts, mut deep, mut quoted) = (vec![String::new()], 0_u32, false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => deep += 1,
            '}' | ']' if !quoted => deep = deep.saturating_sub(1),
            _ => {}
        }
        if letter == sign && deep == 0 && !quoted {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimTime;

    fn base() -> Scenario {
        link::open("scenario=algorithms", "").scenario
    }

    #[test]
    fn lanes_survive_their_address() {
        let change = TimedChange { at: SimTime(5), change: Change::Crash { replica: "app-1".into() } };
        let text = format!(
            "round_robin,power_of_d:d=3;replicas=5,balancer.queue=20,{}",
            serde_json::to_string(&change).unwrap()
        );
        let read = lanes(&text, |part, why| panic!("{part}: {why}"));
        assert_eq!(read.len(), 4);
        assert_eq!(read[3].0, [Setting::Change(change)]);
        let words: Vec<_> = read.iter().map(Lane::word).collect();
        assert_eq!(words.join(","), text);
        let names: Vec<_> = read.iter().map(|lane| lane.label(Lang::En, &base())).collect();
        assert_eq!(names[..3], ["round_robin", "power_of_d:d=3, 5 replicas", "queue 20"]);
    }

    #[test]
    fn a_lane_alone_runs_beside_the_scenario_as_it_is() {
        let read = lanes("least_connections", |_, _| panic!());
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].label(Lang::En, &base()), base().balancer.algorithm);
        assert!(lanes("", |_, _| panic!()).is_empty());
    }

    /// Beside another rule the scenario goes by its own; beside 5 replicas it is unchanged.
    #[test]
    fn lanes_are_called_by_what_differs() {
        let names = |text: &str| {
            let racers = racers(Lang::En, &base(), &lanes(text, |_, _| panic!()), |_, _| panic!());
            racers.into_iter().map(|racer| racer.name).collect::<Vec<_>>()
        };
        assert_eq!(names(",peak_ewma"), ["round_robin", "peak_ewma"]);
        assert_eq!(names(",replicas=5"), ["unchanged", "5 replicas"]);
        let change = Change::Algorithm { name: "peak_ewma".into(), params: Vec::new() };
        let change = serde_json::to_string(&TimedChange { at: SimTime(5), change }).unwrap();
        assert_eq!(names(&format!(",{change}"))[0], "round_robin");
    }

    #[test]
    fn every_setting_is_made() {
        let lane = Lane::parse("power_of_d:d=3;replicas=5;balancer.queue=20").unwrap();
        let made = lane.scenario(&base()).unwrap();
        assert_eq!(made.balancer.algorithm, "power_of_d");
        assert_eq!(made.balancer.params.0, [("d".to_owned(), 3.0)]);
        assert_eq!((made.service[0].replicas, made.balancer.queue), (5, 20));
        assert_eq!(made.traffic, base().traffic, "what it does not set stays");
    }

    #[test]
    fn what_can_not_be_is_said() {
        let mut told = Vec::new();
        let read =
            lanes("round_robbin,a,b,random,,x=1,round_robin,balancer.queue=1,replicas=2", |part, why| {
                told.push(format!("{part}: {why}"));
            });
        assert_eq!(read.len(), MOST);
        assert!(told[0].contains("did you mean round_robin?"), "{told:?}");
        assert!(told.iter().any(|text| text.contains("room for 4")), "{told:?}");
        let mut bad = Vec::new();
        let racers = racers(Lang::En, &base(), &read, |name, why| bad.push(format!("{name}: {why}")));
        assert_eq!((racers.len(), bad.len()), (MOST - 1, 1), "there is no field x: {bad:?}");
    }
}
