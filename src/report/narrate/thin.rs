//! A long list of lines made short: repeats are told once, with their count and what they cost.

use super::Line;
use crate::report::number::{count, list, moment, whole};
use crate::units::SimTime;

/// The key lines, at most about `most`: of lines that say the same of the same replica, the first is kept and
/// the others become one line with their number and everything that was lost in them. When that is still too
/// long, lines that say the same of any replica are taken together too.
#[must_use]
pub fn thin(lines: &[Line], most: usize) -> Vec<Line> {
    let key: Vec<&Line> = lines.iter().filter(|line| line.key).collect();
    if key.len() <= most {
        return key.into_iter().cloned().collect();
    }
    let by_replica = gather(&key, true);
    if by_replica.len() <= most { by_replica } else { gather(&key, false) }
}

/// Lines that say the same: the first, and all others together.
struct Group<'a> {
    first: &'a Line,
    rest: Vec<&'a Line>,
}

fn gather(lines: &[&Line], by_replica: bool) -> Vec<Line> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for &line in lines {
        let same = |group: &&mut Group<'_>| {
            let first = group.first;
            (first.kind, first.group) == (line.kind, line.group)
                && (!by_replica || first.replica == line.replica)
        };
        // A first failure or a change is told for itself: each says something of its own.
        let repeats = !matches!(line.kind, "first_failure" | "changed" | "traffic");
        match groups.iter_mut().find(same).filter(|_| repeats) {
            Some(group) => group.rest.push(line),
            None => groups.push(Group { first: line, rest: Vec::new() }),
        }
    }
    let mut out: Vec<Line> = groups.iter().flat_map(|group| group.told(by_replica)).collect();
    out.sort_by_key(|line| line.at);
    out
}

impl Group<'_> {
    fn told(&self, by_replica: bool) -> Vec<Line> {
        match self.rest.as_slice() {
            [] => vec![self.first.clone()],
            [second] => vec![self.first.clone(), (*second).clone()],
            rest => vec![self.first.clone(), together(rest, by_replica)],
        }
    }
}

fn together(rest: &[&Line], by_replica: bool) -> Line {
    let (first, last) = (rest[0], rest[rest.len() - 1]);
    let sum = |part: fn(&Line) -> u64| rest.iter().map(|line| part(line)).sum::<u64>();
    let (requests, sessions) = (sum(|line| line.lost.0), sum(|line| line.lost.1));
    let subject = if by_replica && first.replica.is_some() {
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
            2..=4 => format!("{}: {what}", list(&names, 4)),
            n => format!("{}: {what}", count(n as u64, "replica")),
        }
    };
    let mut text = format!("{subject} {} times more", whole(rest.len() as u64));
    if last.at > first.at {
        text += &format!(", until {}", until(last.at));
    }
    if requests + sessions > 0 {
        text += &format!(": {} lost", count(requests, "request"));
    }
    if sessions > 0 {
        text += &format!(", {} lost", count(sessions, "session"));
    }
    Line { text: text + ".", quote: None, lost: (requests, sessions), ..first.clone() }
}

fn until(at: SimTime) -> String {
    moment(at.as_secs())
}
