//! Share of limit per replica: small multiples on one scale, whose upper edge is the limit.

use super::data::ReplicaFacts;
use super::mark::{Anchor, At, Kind, Mark, Picture, Word};
use super::texture::hatch;
use super::theme::Role;
use super::view::{Place, Scene};
use crate::lang::{Lang, texts};
use crate::observe::{DownCause, ReplicaPoint, ReplicaState, find_replica};
use crate::units::order::{sort_by, sort_by_key};

texts! {
    mod say {
        fn more(n: Whole) { en: "and {n} more", de: "und {n} weitere", fr: "et {n} de plus" }
        fn grey { en: "grey: CPU", de: "grau: CPU", fr: "gris : CPU" }
        fn line { en: "line: memory", de: "Linie: Speicher", fr: "trait : mémoire" }
        fn edge { en: "top: limit", de: "oben: Grenze", fr: "haut : limite" }
        fn not_there { en: "not there yet", de: "noch nicht da", fr: "pas encore là" }
        fn memory { en: "memory", de: "Speicher", fr: "mémoire" }
        fn restarts_in { en: "restarts in", de: "Neustart in", fr: "relance dans" }
        fn ready_in { en: "ready in", de: "bereit in", fr: "prête dans" }
        fn out_of_memory { en: "down: out of memory", de: "aus: Speicher voll", fr: "en panne : mémoire" }
    }
}

/// The least height of a lane with its gap, in px.
const PITCH: f64 = 18.0;

pub(super) fn draw(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let room = (((place.bottom - place.top) / PITCH) as usize).max(1);
    let shown = shown(scene, room);
    let more = scene.lanes.len() - shown.len();
    let lang = scene.lang();
    let more = (more > 0).then(|| say::more(lang, more as u64));
    let units = [say::grey(lang), say::line(lang), say::edge(lang)].into_iter().chain(more.as_deref());
    scene.title(place, place.row.label(lang), &units.collect::<Vec<_>>(), picture);
    let pitch = ((place.bottom - place.top + 7.0) / shown.len().max(1) as f64).min(48.0);
    for (n, &(id, name)) in (0_u32..).zip(&shown) {
        let top = place.top + f64::from(n) * pitch;
        let gap = if pitch < 26.0 { 4.0 } else { 7.0 };
        let lane = Lane { id, n, place: Place { row: place.row, top, bottom: top + pitch - gap } };
        lane.name(scene, name, picture);
        lane.draw(scene, picture);
        lane.label(scene, pitch, picture);
    }
}

/// The replicas that find a place, in order of their index: those in trouble first, then the fullest.
fn shown<'a>(scene: &Scene<'a>, room: usize) -> Vec<(u32, &'a str)> {
    let mut lanes = scene.lanes.clone();
    if lanes.len() > room {
        let interest = |id: u32| {
            find_replica(&scene.reading.replicas, id).map_or(-1.0, |replica| match replica.state {
                ReplicaState::Ready => replica.cpu.max(replica.memory),
                ReplicaState::Removed => -1.0,
                _ => 2.0,
            })
        };
        // Once for each: there may be ten thousand of them, ten times a second.
        let mut ranked: Vec<(f32, (u32, &str))> =
            lanes.iter().map(|&lane| (interest(lane.0), lane)).collect();
        sort_by(&mut ranked, |(a, one), (b, other)| b.total_cmp(a).then(one.0.cmp(&other.0)));
        lanes = ranked.into_iter().take(room).map(|(_, lane)| lane).collect();
        sort_by_key(&mut lanes, |lane| lane.0);
    }
    lanes
}

/// Whether there is nothing to measure because the replica is not running.
const fn is_down(state: ReplicaState) -> bool {
    matches!(state, ReplicaState::BackingOff | ReplicaState::Down | ReplicaState::NotStarted)
}

struct Lane {
    id: u32,
    n: u32,
    place: Place,
}

impl Lane {
    fn key(&self, kind: Kind, n: u32) -> (super::Row, Kind, u32) {
        (self.place.row, kind, self.n * 8 + n)
    }

    fn name(&self, scene: &Scene<'_>, name: &str, picture: &mut Picture) {
        let longest = if scene.view.is_narrow() { 8 } else { 9 };
        let middle = f64::midpoint(self.place.top, self.place.bottom);
        let at = (scene.plot.left - 7.0, middle);
        let word = Word::new(self.key(Kind::Tick, 0), at, shortened(name, longest), Role::Ink2);
        picture.words.push(word.anchored(Anchor::End));
    }

    fn draw(&self, scene: &Scene<'_>, picture: &mut Picture) {
        let Some((from, to)) = self.life(scene) else { return };
        let facts = scene.view.facts.replica(self.id);
        let running =
            |replica: &ReplicaPoint| !is_down(replica.state) && replica.state != ReplicaState::Created;
        let cpu = |replica: &ReplicaPoint| running(replica).then(|| self.place.y(f64::from(replica.cpu)));
        for path in scene.replica_paths(self.id, cpu) {
            picture.area(on_ground(path, self.place.bottom), Role::Shade2);
        }
        for (from, to) in self.downs(scene) {
            hatch((from, self.place.top), (to, self.place.bottom), Role::Hatch, picture);
        }
        picture.hairline(from, to, self.place.bottom, Role::Line);
        picture.hairline(from, to, self.place.top, Role::Edge);
        let memory =
            |replica: &ReplicaPoint| running(replica).then(|| self.place.y(f64::from(replica.memory)));
        if facts.memory_limited {
            let paths = scene.replica_paths(self.id, memory);
            paths.into_iter().for_each(|path| picture.line(path, Role::Ink, 1.8));
        }
        if from > scene.plot.left + 3.0 {
            picture.line(vec![(from, self.place.top), (from, self.place.bottom)], Role::Starting, 1.5);
            let at = (from - 8.0, f64::midpoint(self.place.top, self.place.bottom));
            let word = Word::new(self.key(Kind::Note, 0), at, say::not_there(scene.lang()), Role::Ink3);
            let word = word.anchored(Anchor::End).sized(11.5);
            if word.reach().0 > scene.plot.left {
                picture.words.push(word);
            }
        }
        for (x, _) in self.downs(scene).into_iter().filter(|(x, _)| *x > from) {
            badge((x, self.place.top + 4.0), picture);
        }
    }

    /// From where to where there is this replica.
    fn life(&self, scene: &Scene<'_>) -> Option<(f64, f64)> {
        let there = |column: &super::data::Column| find_replica(&column.replicas, self.id).is_some();
        let first = scene.columns.iter().position(there)?;
        let last = scene.columns.iter().rposition(there)?;
        let from = if first == 0 { scene.plot.left } else { scene.plot.x(scene.columns[first - 1].at_s) };
        let to =
            scene.columns.get(last + 1).map_or(scene.now_x(), |_| scene.plot.x(scene.columns[last].at_s));
        Some((from, to))
    }

    /// The stretches in which it is down.
    fn downs(&self, scene: &Scene<'_>) -> Vec<(f64, f64)> {
        let mut stretches: Vec<(f64, f64)> = Vec::new();
        let mut open = false;
        let mut x = scene.plot.left;
        for column in scene.columns {
            let down = find_replica(&column.replicas, self.id).is_some_and(|replica| is_down(replica.state));
            let to = scene.plot.x(column.at_s);
            match (open, down, stretches.last_mut()) {
                (true, true, Some(last)) => last.1 = to,
                (_, true, _) => stretches.push((x, to)),
                _ => {}
            }
            (open, x) = (down, to);
        }
        if let (true, Some(last)) = (open, stretches.last_mut()) {
            last.1 = scene.now_x();
        }
        stretches
    }

    fn label(&self, scene: &Scene<'_>, pitch: f64, picture: &mut Picture) {
        let Some(replica) = find_replica(&scene.reading.replicas, self.id) else { return };
        let facts = scene.view.facts.replica(self.id);
        let (lang, live) = (scene.lang(), scene.view.cursor_s.is_none());
        let left =
            facts.until_s.filter(|_| live).map(|until| until - scene.view.now_s).filter(|left| *left >= 0.0);
        let (x, y) = (scene.now_x() + 10.0, f64::midpoint(self.place.top, self.place.bottom));
        let mut say = |n: u32, dy: f64, text: &str, value: String, role| {
            let word = Word::new(self.key(Kind::End, n), (x, y + dy), text, role);
            picture.words.push(if value.is_empty() {
                word
            } else {
                word.and(format!(" {value}"), role, true)
            });
        };
        match state_words(lang, replica.state, facts, left) {
            Some((text, value, role)) => say(0, 0.0, text, value, role),
            None => {
                let (cpu, memory) = (f64::from(replica.cpu), f64::from(replica.memory));
                let stacked = pitch >= 29.0 && facts.memory_limited;
                let wide = facts.memory_limited && scene.plot.right() - x >= 152.0;
                let tall = if stacked { 7.5 } else { 0.0 };
                if wide && !stacked {
                    let word = Word::new(self.key(Kind::End, 2), (x, y), "CPU ", Role::Ink2);
                    let word = word.and(lang.percent(cpu), Role::Ink2, true);
                    let word = word.and(format!("  {} ", say::memory(lang)), Role::Ink, false);
                    picture.words.push(word.and(lang.percent(memory), Role::Ink, true));
                    return;
                }
                // Where only one has room: that which is nearer to its limit.
                if stacked || cpu >= memory {
                    say(0, -tall, "CPU", lang.percent(cpu), Role::Ink2);
                }
                if stacked || cpu < memory {
                    say(1, tall, say::memory(lang), lang.percent(memory), Role::Ink);
                }
            }
        }
    }
}

/// What is said of a replica that does not simply serve.
fn state_words(
    lang: Lang,
    state: ReplicaState,
    facts: ReplicaFacts,
    left: Option<f64>,
) -> Option<(&'static str, String, Role)> {
    let value = left.map(|left| lang.moment(left)).unwrap_or_default();
    let none = String::new;
    let word = state.text().say(lang);
    Some(match (state, left) {
        (ReplicaState::Ready, _) => return None,
        (ReplicaState::BackingOff, Some(_)) => (say::restarts_in(lang), value, Role::Down),
        (ReplicaState::BackingOff, None) => (word, none(), Role::Down),
        (ReplicaState::Starting, Some(_)) => (say::ready_in(lang), value, Role::Starting),
        (ReplicaState::Starting, None) => (word, none(), Role::Starting),
        (ReplicaState::Down, _) if facts.died == Some(DownCause::OutOfMemory) => {
            (say::out_of_memory(lang), none(), Role::Down)
        }
        (ReplicaState::Down, _) => (word, none(), Role::Down),
        (ReplicaState::NotStarted, _) => (word, none(), Role::Down),
        (ReplicaState::Draining, _) => (word, none(), Role::Draining),
        (ReplicaState::Created, _) => (word, none(), Role::Ink3),
        (ReplicaState::Removed, _) => (word, none(), Role::Ink3),
    })
}

/// A path closed along the ground.
fn on_ground(mut path: Vec<At>, ground: f64) -> Vec<At> {
    if let (Some(&(from, _)), Some(&(to, _))) = (path.first(), path.last()) {
        path.extend([(to, ground), (from, ground)]);
    }
    path
}

/// A square with a cross: here it died.
fn badge((x, y): At, picture: &mut Picture) {
    let square = |r: f64| vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)];
    picture.marks.push(Mark::Area { path: square(5.5), role: Role::Page });
    picture.marks.push(Mark::Area { path: square(4.5), role: Role::Down });
    picture.line(vec![(x - 2.0, y - 2.0), (x + 2.0, y + 2.0)], Role::Page, 1.4);
    picture.line(vec![(x - 2.0, y + 2.0), (x + 2.0, y - 2.0)], Role::Page, 1.4);
}

/// A name of at most `longest` characters: of a longer one the beginning, by which it is known, and the end, where its
/// number stands.
pub(super) fn shortened(name: &str, longest: usize) -> String {
    let length = name.chars().count();
    if length <= longest {
        return name.to_owned();
    }
    let tail = (longest - 1) / 2;
    let head: String = name.chars().take(longest - 1 - tail).collect();
    let tail: String = name.chars().skip(length - tail).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_their_number() {
        assert_eq!(shortened("app-2", 9), "app-2");
        assert_eq!(shortened("orders-service-12", 9), "orde…e-12");
        assert_eq!(shortened("payments-1", 9), "paym…ts-1");
        assert_eq!(shortened("payments-1", 8), "paym…s-1");
    }
}
