//! A long list of lines made short: repeats are told once, with their count and what they cost.

use super::Line;
use super::acts::told;
use super::words::say;
use crate::lang::Lang;
use crate::units::order::sort_by_key;

/// How far lines are taken together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// What says the same of the same replica.
    Replica,
    /// What says the same of any replica; but what runs out is first told of each.
    FirstOfEach,
    /// What says the same of any replica.
    Kind,
}

/// The key lines, at most about `most` where that can be: lines that say the same are told once, and then
/// together with their number and everything that was lost in them; first of the same replica, then of all.
/// First failures are left out of a list that is still too long: the table of outcomes has them.
#[must_use]
pub fn thin(lang: Lang, lines: &[Line], most: usize) -> Vec<Line> {
    let mut key: Vec<&Line> = lines.iter().filter(|line| line.key).collect();
    if key.len() <= most {
        return key.into_iter().cloned().collect();
    }
    let mut told = gather(lang, &key, Grain::Replica);
    for grain in [Grain::FirstOfEach, Grain::Kind] {
        if told.len() > most {
            key.retain(|line| line.kind != "first_failure");
            told = gather(lang, &key, grain);
        }
    }
    told
}

/// Lines that say the same: those that are told, and all others together.
struct Group<'a> {
    told: Vec<&'a Line>,
    rest: Vec<&'a Line>,
}

fn gather(lang: Lang, lines: &[&Line], grain: Grain) -> Vec<Line> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for &line in lines {
        let same = |group: &&mut Group<'_>| {
            let first = group.told[0];
            (first.kind, first.group) == (line.kind, line.group)
                && (grain != Grain::Replica || first.replica == line.replica)
        };
        // A first failure or a change is told for itself: each says something of its own.
        let repeats = !matches!(line.kind, "first_failure" | "changed" | "traffic");
        match groups.iter_mut().find(same).filter(|_| repeats) {
            Some(group) if grain == Grain::FirstOfEach && group.is_news(line) => group.told.push(line),
            Some(group) => group.rest.push(line),
            None => groups.push(Group { told: vec![line], rest: Vec::new() }),
        }
    }
    let mut out: Vec<Line> = groups.iter().flat_map(|group| group.lines(lang, grain)).collect();
    sort_by_key(&mut out, |line| line.at);
    out
}

impl Group<'_> {
    /// Whether it is the first time that something runs out on this replica.
    fn is_news(&self, line: &Line) -> bool {
        line.kind == "exhausted" && self.told.iter().all(|told| told.replica != line.replica)
    }

    fn lines(&self, lang: Lang, grain: Grain) -> Vec<Line> {
        let mut lines: Vec<Line> = self.told.iter().map(|&line| line.clone()).collect();
        match self.rest.as_slice() {
            [] => {}
            [one] => lines.push((*one).clone()),
            rest => lines.push(together(lang, rest, grain == Grain::Replica)),
        }
        lines
    }
}

fn together(lang: Lang, rest: &[&Line], by_replica: bool) -> Line {
    let (first, last) = (rest[0], rest[rest.len() - 1]);
    let sum = |part: fn(&Line) -> u64| rest.iter().map(|line| part(line)).sum::<u64>();
    let (requests, sessions) = (sum(|line| line.lost.0), sum(|line| line.lost.1));
    let subject = if first.kind == "scaled" {
        told::autoscaler(lang).to_owned()
    } else if by_replica && first.replica.is_some() {
        first.short.clone()
    } else {
        let mut names: Vec<String> = rest.iter().filter_map(|line| line.replica.clone()).collect();
        names.sort();
        names.dedup();
        let what = first.replica.as_ref().and_then(|name| first.short.strip_prefix(name.as_str()));
        let what = what.map_or(first.short.as_str(), |what| what.trim_start_matches([':', ' ']));
        match names.len() {
            0 => what.to_owned(),
            1 => format!("{} {what}", names[0]),
            2..=4 => format!("{}: {what}", lang.list(&names, 4)),
            n => format!("{}: {what}", told::replicas(lang, n as u64)),
        }
    };
    let mut text = told::times_more(lang, &subject, rest.len() as u64);
    if last.at > first.at {
        text = told::until(lang, &text, last.at.as_secs());
    }
    if requests + sessions > 0 {
        text = told::lost(lang, &text, requests);
    }
    if sessions > 0 {
        text = say::and_sessions(lang, &text, sessions);
    }
    Line { text: text + ".", quote: None, lost: (requests, sessions), ..first.clone() }
}
