//! What the profile of the traffic does, in words, so that a planned spike is in the log like one made by
//! hand.

use super::Line;
use super::acts::{made, told};
use super::change::growth;
use crate::lang::Lang;
use crate::scenario::{Model, PieceModel, SourceKind, SourceModel};

/// More pieces than this are a curve, not a list of events.
const MOST: usize = 40;

/// One line for each change of level.
pub(super) fn lines(lang: Lang, model: &Model) -> Vec<Line> {
    let named = model.sources().len() > 1;
    let of = |source| pieces(lang, source, named, model);
    model.sources().iter().flat_map(of).collect()
}

fn pieces(lang: Lang, source: &SourceModel, named: bool, model: &Model) -> Vec<Line> {
    if source.profile.len() > MOST {
        return Vec::new();
    }
    let mut level = 1.0;
    let mut lines = Vec::new();
    for piece in &source.profile {
        let changes = piece.to != level && piece.start.as_secs() < model.duration().as_secs();
        if changes {
            lines.push(line(lang, source, named, level, piece));
        }
        level = piece.to;
    }
    lines
}

fn line(lang: Lang, source: &SourceModel, named: bool, before: f64, piece: &PieceModel) -> Line {
    let subject = if named { told::traffic_of(lang, &source.name) } else { told::traffic(lang).to_owned() };
    let verb = growth(lang, before, piece.to).unwrap_or_default();
    let unit = match (source.kind, &source.session) {
        (SourceKind::Users, _) => told::users(lang),
        (SourceKind::Trace, _) => told::recorded(lang),
        (_, Some(_)) => told::sessions(lang),
        _ => told::requests(lang),
    };
    let [from, to] = [before, piece.to].map(|level| level * source.base);
    let ramp = piece.from != piece.to;
    let verb = if ramp { told::by(lang, &verb, piece.end.as_secs()) } else { verb };
    Line {
        at: piece.start,
        kind: "traffic",
        icon: "traffic",
        replica: None,
        short: made::traffic(lang, piece.to),
        text: told::changes(lang, &subject, &verb, from, to, unit),
        quote: None,
        key: true,
        group: "traffic",
        lost: (0, 0),
    }
}
