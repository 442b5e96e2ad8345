//! Outcomes per second, stacked from ok up by reason, under the capacity.

use super::data::Column;
use super::group::{GROUPS, Group};
use super::mark::{Anchor, At, Kind, Picture, Word, crisp};
use super::number::whole;
use super::scale::linear_ticks;
use super::texture;
use super::theme::Role;
use super::view::{Place, Scene};
use crate::lang::texts;

texts! {
    mod say {
        fn unit { en: "answers per second", de: "Antworten pro Sekunde", fr: "réponses par seconde" }
        fn capacity(rate: Rate) { en: "capacity {rate}", de: "Kapazität {rate}", fr: "capacité {rate}" }
    }
}

pub(super) fn draw(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let end = scene.scales.outcomes;
    let lang = scene.lang();
    scene.title(place, place.row.label(lang), &[say::unit(lang)], picture);
    for (n, value) in (0_u32..).zip(linear_ticks(end)) {
        scene.tick(place, n, place.y(value / end), whole(lang, value), picture);
    }
    let tops: Vec<Vec<At>> = (0..GROUPS.len()).map(|n| top(scene, place, n)).collect();
    let ground: Vec<At> = tops[0].iter().map(|&(x, _)| (x, place.bottom)).collect();
    for (n, group) in GROUPS.into_iter().enumerate() {
        area(group, if n == 0 { &ground } else { &tops[n - 1] }, &tops[n], picture);
    }
    picture.line(tops[0].clone(), Role::OkLine, 2.0);
    capacity(scene, place, picture);
    notes(scene, place, picture);
    ends(scene, place, picture);
}

/// The upper edge of the areas from below up to group `n`.
fn top(scene: &Scene<'_>, place: &Place, n: usize) -> Vec<At> {
    let height = |column: &Column| Some(place.y(stacked(column, n) / scene.scales.outcomes));
    scene.paths(height).into_iter().next().unwrap_or_default()
}

/// Requests a second in the areas from below up to group `n`.
fn stacked(column: &Column, n: usize) -> f64 {
    column.rates[..=n].iter().sum()
}

/// The area between two edges, its texture, and a gap in the colour of the page above it.
fn area(group: Group, below: &[At], above: &[At], picture: &mut Picture) {
    for (from, to) in stretches(below, above) {
        let corners = above[from..=to].iter().chain(below[from..=to].iter().rev()).copied().collect();
        picture.area(corners, group.area());
        match group {
            Group::Late => texture::dots(&below[from..=to], &above[from..=to], picture),
            Group::SessionLost => texture::diagonals(&below[from..=to], &above[from..=to], picture),
            _ => {}
        }
        // A band thinner than the gap would drown in it.
        let thick = below[from..=to].iter().zip(&above[from..=to]).any(|(low, high)| low.1 - high.1 > 2.0);
        if group != Group::Ok && thick {
            picture.line(below[from..=to].to_vec(), Role::Page, 1.0);
        }
    }
}

/// The stretches in which there is something between two edges, as first and last place.
fn stretches(below: &[At], above: &[At]) -> Vec<(usize, usize)> {
    let thick: Vec<bool> = below.iter().zip(above).map(|(low, high)| low.1 - high.1 > 0.05).collect();
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for place in (0..thick.len()).filter(|&place| thick[place]) {
        let (from, to) = (place.saturating_sub(1), (place + 1).min(thick.len() - 1));
        match stretches.last_mut() {
            Some(last) if last.1 >= from => last.1 = to,
            _ => stretches.push((from, to)),
        }
    }
    stretches
}

/// The dashed line of what the ready replicas can serve, in steps.
fn capacity(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let end = scene.scales.outcomes;
    let visible = |column: &Column| column.capacity.filter(|capacity| *capacity <= end && *capacity > 0.0);
    let flat = scene.paths(|column| visible(column).map(|capacity| crisp(place.y(capacity / end))));
    for path in &flat {
        let mut steps: Vec<At> = Vec::with_capacity(path.len());
        for &(x, y) in path {
            if let Some(&(_, before)) = steps.last().filter(|&&(_, before)| before != y) {
                steps.push((x, before));
            }
            steps.push((x, y));
        }
        picture.dashed(steps, Role::Ink, 1.4, Some((5.0, 3.0)));
    }
    let first = scene.columns.iter().find_map(visible);
    if let (Some(capacity), Some(&(x, y))) = (first, flat.first().and_then(|path| path.first())) {
        let text = say::capacity(scene.lang(), capacity);
        let at = (x.max(scene.plot.left) + 8.0, y - 9.0);
        let word = Word::new((place.row, Kind::Note, 0), at, text, Role::Ink2).sized(11.5).haloed();
        if word.reach().1 < scene.now_x() {
            picture.words.push(word);
        }
    }
}

/// Names and totals of what has been and is over.
fn notes(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    if let Some(word) = picture.words.iter().rfind(|word| word.key == (place.row, Kind::Note, 0)) {
        taken.push((word.reach().0, word.reach().1, word.y));
    }
    for (n, group) in GROUPS.into_iter().enumerate().skip(1) {
        let total: u64 = super::group::by_group(&scene.reading.totals)[n];
        // The first of equal ones: where it began.
        let passed = scene.columns.partition_point(|column| column.at_s <= scene.reading.at_s + 1e-9);
        let peak = scene.columns[..passed].iter().rev().max_by(|a, b| a.rates[n].total_cmp(&b.rates[n]));
        let (Some(peak), true) = (peak, total > 0 && scene.reading.rates[n] == 0.0) else { continue };
        let lang = scene.lang();
        let name = group.called(&scene.reading.totals).say(lang);
        let (x, y) = (scene.plot.x(peak.at_s), place.y(stacked(peak, n) / scene.scales.outcomes));
        let text = format!("{name}: {}", lang.whole(total));
        let word = Word::new((place.row, Kind::Note, n as u32), (x, y), text, group.text()).haloed();
        if let Some(word) = free_place(scene, place, &word, &taken) {
            picture.line(vec![(x, word.y + 7.0), (x, y)], group.area(), 1.5);
            taken.push((word.reach().0, word.reach().1, word.y));
            picture.words.push(word);
        }
    }
}

/// Two totals in one line are so many px apart at least, or they would read as one.
const ASIDE: f64 = 12.0;

/// Puts words left or right of their place, in the highest free line of the plot.
fn free_place(scene: &Scene<'_>, place: &Place, word: &Word, taken: &[(f64, f64, f64)]) -> Option<Word> {
    let x = word.x;
    let lines = ((place.bottom - place.top) / 14.0).max(1.0) as u32;
    let sides = [(Anchor::Start, x + 5.0), (Anchor::End, x - 5.0)];
    let spots =
        (0..lines).flat_map(|line| sides.map(|(anchor, x)| (place.top + 14.0 * f64::from(line), anchor, x)));
    for (y, anchor, x) in spots {
        let mut moved = word.clone().anchored(anchor);
        (moved.x, moved.y) = (x, y);
        let (left, right) = moved.reach();
        let fits = left >= scene.plot.left && right <= scene.now_x() - 4.0;
        let clear = |&(from, to, at): &(f64, f64, f64)| {
            right + ASIDE < from || left > to + ASIDE || (at - y).abs() >= 14.0
        };
        if fits && taken.iter().all(clear) {
            return Some(moved);
        }
    }
    None
}

fn ends(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let (mut labels, mut below) = (Vec::new(), 0.0);
    for (n, group) in GROUPS.into_iter().enumerate() {
        let value = scene.reading.rates[n];
        if value > 0.0 || (group == Group::Ok && !scene.columns.is_empty()) {
            let name = group.called(&scene.reading.recent).say(scene.lang());
            let word = Word::new((place.row, Kind::End, n as u32), (0.0, 0.0), name, group.text());
            let middle = place.y((below + value / 2.0) / scene.scales.outcomes);
            // Areas without thickness keep the order of the stack.
            labels.push((
                middle - n as f64 * 1e-3,
                word.and(format!(" {}", scene.lang().rate(value)), group.text(), true),
            ));
        }
        below += value;
    }
    scene.ends(place, labels, picture);
}

#[cfg(test)]
mod tests {
    use super::super::mark::Mark;
    use super::*;

    #[test]
    fn stretches_reach_to_their_neighbours() {
        let line = |ys: [f64; 6]| ys.iter().enumerate().map(|(x, y)| (x as f64, *y)).collect::<Vec<_>>();
        let (below, above) = (line([9.0; 6]), line([9.0, 9.0, 5.0, 9.0, 9.0, 9.0]));
        assert_eq!(stretches(&below, &above), [(1, 3)]);
        assert_eq!(stretches(&below, &line([9.0, 5.0, 9.0, 9.0, 5.0, 5.0])), [(0, 2), (3, 5)]);
        assert!(stretches(&[], &[]).is_empty());
    }

    #[test]
    fn areas_carry_their_texture() {
        let mut picture = Picture::default();
        let line = |y| vec![(0.0, y), (40.0, y)];
        area(Group::Late, &line(40.0), &line(10.0), &mut picture);
        assert!(picture.marks.iter().any(|mark| matches!(mark, Mark::Dots { .. })));
    }
}
