//! Sources and clients as written, checked and brought into the form that the engine runs.

use super::model::{PieceModel, SourceModel};
use super::problem::Problems;
use super::say::{self, given, traffic};
use super::validate::unknown;
use super::{BackOff, Burst, Class, Jitter, Piece, PieceKind, Recorded, Retry, Scenario, Source, SourceKind};
use crate::units::{ClassId, SimDuration, SimTime};

impl Scenario {
    pub(super) fn retry(&self, problems: &mut Problems) -> Option<Retry> {
        let retry = self.traffic.retry.clone()?;
        let grows = retry.back_off == BackOff::Exponential || retry.jitter == Jitter::Decorrelated;
        if grows && retry.delay.0 == 0 {
            let text = traffic::no_growth();
            problems.advise("traffic.retry.delay", text, traffic::set_delay());
        }
        if retry.max_delay < retry.delay {
            let text = given::at_least_as(&retry.max_delay, &"delay", &retry.delay);
            problems.add("traffic.retry.max_delay", None, text);
        }
        if let Some(budget) = retry.budget.filter(|budget| !(0.0..=1_000.0).contains(budget)) {
            problems.add("traffic.retry.budget", None, given::range(&budget, &0, &1000));
        }
        Some(retry)
    }
}

impl Source {
    pub(super) fn model(
        &self,
        path: &str,
        index: usize,
        classes: &[Class],
        problems: &mut Problems,
    ) -> SourceModel {
        let base = match self.kind {
            SourceKind::Users => f64::from(self.users),
            // The recording itself, at its own speed.
            SourceKind::Trace => 1.0,
            _ => self.rate.get(),
        };
        if base == 0.0 {
            let missing = if self.kind == SourceKind::Users { "users" } else { "rate" };
            problems.add(format!("{path}.{missing}"), None, traffic::asks_nothing());
        }
        let burst = self.bursts(path, problems);
        let highest = base * burst.as_ref().map_or(1.0, |burst| burst.times.get().max(1.0));
        if highest > 1e7 {
            problems.add(format!("{path}.rate"), None, traffic::too_fast(&highest));
        }
        SourceModel {
            name: if self.name.is_empty() { format!("source-{}", index + 1) } else { self.name.clone() },
            kind: self.kind,
            base,
            think: self.think,
            profile: self.pieces(path, problems),
            burst,
            recorded: self.recorded(path, classes, problems).into(),
            session: self.session.clone(),
            login: self.class_of("login", path, classes, problems),
            logout: self.class_of("logout", path, classes, problems),
        }
    }

    /// The class that a session's login or logout names.
    fn class_of(
        &self,
        which: &str,
        path: &str,
        classes: &[Class],
        problems: &mut Problems,
    ) -> Option<ClassId> {
        let session = self.session.as_ref()?;
        let name = if which == "login" { session.login.as_deref() } else { session.logout.as_deref() }?;
        let place = classes.iter().position(|class| class.name == name);
        if place.is_none() {
            let text = unknown(say::CLASS, name, classes.iter().map(|class| class.name.as_str()));
            problems.add(format!("{path}.session.{which}"), None, text);
        }
        if place.is_some_and(|place| !classes[place].session) {
            let text = traffic::no_session(&name);
            problems.advise(format!("{path}.session.{which}"), text, traffic::with_session());
        }
        place.map(ClassId::at)
    }

    fn bursts(&self, path: &str, problems: &mut Problems) -> Option<Burst> {
        if self.kind != SourceKind::Bursty {
            if self.burst.is_some() {
                let text = traffic::not_bursty(&self.kind.word());
                problems.advise(format!("{path}.burst"), text, traffic::set_kind(&"bursty"));
            }
            return None;
        }
        let burst = self.burst.clone().unwrap_or_default();
        if burst.length.min(burst.calm) < SimDuration::from_millis(1) {
            problems.add(format!("{path}.burst"), None, traffic::bursts());
        }
        Some(burst)
    }

    fn recorded(&self, path: &str, classes: &[Class], problems: &mut Problems) -> Vec<Recorded> {
        let (at, is_trace) = (format!("{path}.trace"), self.kind == SourceKind::Trace);
        if !self.file.is_empty() && self.trace.0.is_empty() {
            let text = traffic::not_read(&self.file);
            problems.advise(format!("{path}.file"), text, traffic::into_trace());
            return Vec::new();
        }
        if !is_trace {
            if !self.trace.0.is_empty() {
                let text = traffic::not_trace(&self.kind.word());
                problems.advise(at, text, traffic::set_kind(&"trace"));
            }
            return Vec::new();
        }
        let names: Vec<&str> = classes.iter().map(|class| class.name.as_str()).collect();
        let rows = self.trace.rows(&names).unwrap_or_else(|text| {
            problems.add(&at, None, text);
            Vec::new()
        });
        if self.session.is_some() && rows.iter().any(|row| row.demand.is_some() || row.class.is_some()) {
            problems.add(at, None, traffic::trace_in_session());
        }
        rows
    }

    fn pieces(&self, path: &str, problems: &mut Problems) -> Vec<PieceModel> {
        let mut pieces = Vec::new();
        let mut level = 1.0;
        let mut now = SimTime::ZERO;
        for (i, piece) in self.profile.iter().enumerate() {
            if piece.kind == PieceKind::Wave && piece.lines() > MOST_LINES {
                let text = traffic::periods();
                problems.add(format!("{path}.profile[{i}].period"), None, text);
                continue;
            }
            for (length, to) in piece.stretches(level) {
                let end = now + length;
                if end > now {
                    let from = if piece.kind == PieceKind::Constant { to } else { level };
                    pieces.push(PieceModel { start: now, end, from, to });
                }
                (now, level) = (end, to);
            }
            if piece.length().0 == 0 {
                let spike = piece.kind == PieceKind::Spike;
                let text = if spike { traffic::no_spike() } else { traffic::no_length() };
                problems.add(format!("{path}.profile[{i}]"), None, text);
            }
        }
        pieces
    }
}

/// Straight lines for each period of a wave. They are off by at most 0.11 % of its height.
const LINES: u64 = 48;
const MOST_LINES: u64 = 1_000 * LINES;

impl Piece {
    /// How many straight lines a wave takes, at most.
    fn lines(&self) -> u64 {
        self.r#for.0.div_ceil(self.line())
    }

    fn line(&self) -> u64 {
        let period = if self.period.0 == 0 { self.r#for } else { self.period };
        (period.0 / LINES).max(1)
    }

    /// A wave from `low` up to `top` and down again, in straight lines between points of it.
    fn wave(&self, low: f64, top: f64) -> Vec<(SimDuration, f64)> {
        let (line, whole) = (self.line(), self.r#for.0);
        let period = (line * LINES) as f64;
        let point = |i: u64| {
            let (from, to) = ((i * line).min(whole), ((i + 1) * line).min(whole));
            let angle = 2.0 * std::f64::consts::PI * to as f64 / period;
            (SimDuration(to - from), low + (top - low) * (1.0 - libm::cos(angle)) / 2.0)
        };
        (0..self.lines().min(MOST_LINES)).map(point).collect()
    }

    fn length(&self) -> SimDuration {
        match self.kind {
            PieceKind::Spike => self.rise + self.hold + self.decay,
            _ => self.r#for,
        }
    }

    /// Lengths and levels at their ends, coming from `level`.
    fn stretches(&self, level: f64) -> Vec<(SimDuration, f64)> {
        let times = self.times.get();
        match self.kind {
            PieceKind::Constant | PieceKind::Ramp => vec![(self.r#for, times)],
            PieceKind::Wave => self.wave(level, times),
            PieceKind::Spike => vec![(self.rise, times), (self.hold, times), (self.decay, level)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Model, Piece};
    use crate::units::Factor;

    fn model(source: &str) -> Result<Model, crate::scenario::Invalid> {
        let text =
            format!("[[traffic.source]]\nrate = '10/s'\n{source}\n[[service]]\n[run]\nduration = '2 s'");
        Scenario::from_toml_str(&text).and_then(|scenario| scenario.validate())
    }

    /// From 1 up to 5 and back in 1 s, twice: 1, 3, 5, 3, 1 at the quarters; 3 on average, so 2 s bring 60 requests.
    #[test]
    fn a_wave_by_hand() {
        let wave = model("profile = [{ kind = 'wave', for = '2 s', period = '1 s', times = 5 }]").unwrap();
        let level = |ms: u64| wave.sources()[0].level(SimTime(ms * 1_000_000));
        for (ms, expected) in
            [(0, 1.0), (250, 3.0), (500, 5.0), (750, 3.0), (1_000, 1.0), (1_500, 5.0), (9_000, 1.0)]
        {
            assert!((level(ms) - expected).abs() < 1e-4, "{ms} ms: {}", level(ms));
        }
        assert!((wave.expected_requests() - 60.0).abs() < 1e-3);
        let year = Piece {
            kind: PieceKind::Wave,
            r#for: SimDuration::from_secs(86_400 * 365),
            period: SimDuration::from_secs(86_400),
            times: Factor::constant(2.0),
            ..Piece::default()
        };
        assert!(year.lines() <= MOST_LINES);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (source, wrong) in [
            ("kind = 'trace'", "traffic.source[0].trace: has no arrivals"),
            ("trace = '1'", "traffic.source[0].trace: is for traces, and this source is poisson"),
            ("kind = 'trace'\nfile = 'a.csv'", "traffic.source[0].file: \"a.csv\" was not read"),
            ("kind = 'trace'\ntrace = '1,1'\nsession = {}", "traffic.source[0].trace: has demands"),
            ("burst = {}", "traffic.source[0].burst: is for bursty sources"),
            ("kind = 'bursty'\nburst = { calm = '0 s' }", "traffic.source[0].burst: length and calm"),
            (
                "profile = [{ kind = 'wave', for = '2 s', period = '1 us' }]",
                "traffic.source[0].profile[0].period: has too",
            ),
        ] {
            let problems = model(source).unwrap_err().to_string();
            assert!(problems.contains(wrong), "{source}: {problems}");
        }
        let retry = "[[traffic.source]]\nrate = 1\n[[service]]\n[traffic.retry]\nback_off = 'exponential'\nbudget = -1";
        let problems = Scenario::from_toml_str(retry).unwrap().validate().unwrap_err().to_string();
        assert!(
            problems.contains("traffic.retry.delay") && problems.contains("traffic.retry.budget"),
            "{problems}"
        );
    }
}
