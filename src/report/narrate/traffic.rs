//! What the profile of the traffic does, in words, so that a planned spike is in the log like one made by
//! hand.

use super::Line;
use super::change::growth;
use crate::report::number::{moment, three};
use crate::scenario::{Model, PieceModel, SourceKind, SourceModel};

/// More pieces than this are a curve, not a list of events.
const MOST: usize = 40;

/// One line for each change of level.
pub(super) fn lines(model: &Model) -> Vec<Line> {
    let named = model.sources().len() > 1;
    let of = |source| pieces(source, named, model);
    model.sources().iter().flat_map(of).collect()
}

fn pieces(source: &SourceModel, named: bool, model: &Model) -> Vec<Line> {
    if source.profile.len() > MOST {
        return Vec::new();
    }
    let mut level = 1.0;
    let mut lines = Vec::new();
    for piece in &source.profile {
        let changes = piece.to != level && piece.start.as_secs() < model.duration().as_secs();
        if changes {
            lines.push(line(source, named, level, piece));
        }
        level = piece.to;
    }
    lines
}

fn line(source: &SourceModel, named: bool, before: f64, piece: &PieceModel) -> Line {
    let subject = if named { format!("Traffic of {}", source.name) } else { "Traffic".to_owned() };
    let verb = growth(before, piece.to).unwrap_or_default();
    let unit = match (source.kind, &source.session) {
        (SourceKind::Users, _) => "users",
        (SourceKind::Trace, _) => "times the recorded speed",
        (_, Some(_)) => "sessions a second",
        _ => "requests a second",
    };
    let [from, to] = [before, piece.to].map(|level| three(level * source.base));
    let ramp = piece.from != piece.to;
    let by = if ramp { format!(" by {}", moment(piece.end.as_secs())) } else { String::new() };
    Line {
        at: piece.start,
        kind: "traffic",
        icon: "traffic",
        replica: None,
        short: format!("traffic ×{}", three(piece.to)),
        text: format!("{subject} {verb}{by}: from {from} to {to} {unit}."),
        quote: None,
        key: true,
        group: "traffic",
        lost: (0, 0),
    }
}
