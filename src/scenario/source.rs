//! Sources and clients as written, checked and brought into the form that the engine runs.

use super::model::{PieceModel, SourceModel};
use super::problem::Problems;
use super::{BackOff, Jitter, Piece, PieceKind, Retry, Scenario, Source, SourceKind};
use crate::units::{SimDuration, SimTime};

impl Scenario {
    pub(super) fn retry(&self, problems: &mut Problems) -> Option<Retry> {
        let retry = self.traffic.retry.clone()?;
        let grows = retry.back_off == BackOff::Exponential || retry.jitter == Jitter::Decorrelated;
        if grows && retry.delay.0 == 0 {
            let text = "is 0 s, and what grows from nothing stays nothing";
            problems.advise("traffic.retry.delay", text, "Set the first pause, such as delay = \"100 ms\"");
        }
        if retry.max_delay < retry.delay {
            let text = format!("is {}; must be at least delay, {}", retry.max_delay, retry.delay);
            problems.add("traffic.retry.max_delay", None, text);
        }
        if let Some(budget) = retry.budget.filter(|budget| !(0.0..=1_000.0).contains(budget)) {
            problems.add("traffic.retry.budget", None, format!("is {budget}; must be from 0 to 1000"));
        }
        Some(retry)
    }
}

impl Source {
    pub(super) fn model(&self, path: &str, index: usize, problems: &mut Problems) -> SourceModel {
        let base = match self.kind {
            SourceKind::Users => f64::from(self.users),
            _ => self.rate.get(),
        };
        if base == 0.0 {
            let missing = if self.kind == SourceKind::Users { "users" } else { "rate" };
            problems.add(
                format!("{path}.{missing}"),
                None,
                "is missing or 0; this source would never ask for anything",
            );
        }
        if base > 1e7 {
            problems.add(
                format!("{path}.rate"),
                None,
                format!("is {base}/s; at most 10,000,000/s are allowed"),
            );
        }
        SourceModel {
            name: if self.name.is_empty() { format!("source-{}", index + 1) } else { self.name.clone() },
            kind: self.kind,
            base,
            think: self.think,
            profile: self.pieces(path, problems),
            session: self.session.clone(),
        }
    }

    fn pieces(&self, path: &str, problems: &mut Problems) -> Vec<PieceModel> {
        let mut pieces = Vec::new();
        let mut level = 1.0;
        let mut now = SimTime::ZERO;
        for (i, piece) in self.profile.iter().enumerate() {
            for (length, to) in piece.stretches(level) {
                let end = now + length;
                if end > now {
                    let from = if piece.kind == PieceKind::Constant { to } else { level };
                    pieces.push(PieceModel { start: now, end, from, to });
                }
                (now, level) = (end, to);
            }
            if piece.length().0 == 0 {
                let field = if piece.kind == PieceKind::Spike { "rise, hold and decay" } else { "for" };
                problems.add(format!("{path}.profile[{i}]"), None, format!("has no length; set {field}"));
            }
        }
        pieces
    }
}

impl Piece {
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
            PieceKind::Spike => vec![(self.rise, times), (self.hold, times), (self.decay, level)],
        }
    }
}
