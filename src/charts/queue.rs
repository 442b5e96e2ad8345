//! The balancer's queue, thick, and the connections of each replica, thin.

use super::mark::{At, Kind, Picture, Word};
use super::number::whole;
use super::scale::linear_ticks;
use super::share::shortened;
use super::theme::Role;
use super::view::{Place, Scene};
use crate::lang::{Lang, texts};
use crate::observe::find_replica;
use crate::units::order::sort_by;

texts! {
    mod say {
        fn queue { en: "Queue", de: "Schlange", fr: "File" }
        fn and_connections { en: "and connections", de: "und Verbindungen", fr: "et connexions" }
        fn connections { en: "Connections", de: "Verbindungen", fr: "Connexions" }
        fn per_replica { en: "per replica", de: "je Replik", fr: "par réplique" }
        fn of(limit: Text) { en: "of {limit}", de: "von {limit}", fr: "sur {limit}" }
        fn queue_end { en: "queue", de: "Schlange", fr: "file" }
        fn to(least: Text, most: Text) {
            en: "{least} to {most}",
            de: "{least} bis {most}",
            fr: "{least} à {most}",
        }
    }
}

/// With more replicas than this a band holds their lines.
const LINES: usize = 4;

pub(super) fn draw(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let end = scene.scales.queue;
    let y = |value: f64| place.y(value / end);
    let lang = scene.lang();
    match scene.view.facts.queue_limit {
        Some(_) => scene.title(place, say::queue(lang), &[say::and_connections(lang)], picture),
        None => scene.title(place, say::connections(lang), &[say::per_replica(lang)], picture),
    }
    for (n, value) in (0_u32..).zip(linear_ticks(end)) {
        scene.tick(place, n, y(value), whole(lang, value), picture);
    }
    let mut labels = Vec::new();
    if scene.lanes.len() > LINES {
        band(scene, &y, picture);
        labels.extend(band_label(scene, place, &y));
    } else {
        for (n, &(id, name)) in (0_u32..).zip(&scene.lanes) {
            let dash = [None, Some((5.0, 3.0)), Some((1.5, 2.5)), Some((8.0, 3.0))][n as usize % LINES];
            for path in scene.replica_paths(id, |replica| Some(y(f64::from(replica.connections)))) {
                picture.dashed(path, Role::Ink2, 1.5, dash);
            }
            labels.extend(replica_label(scene, place, &y, (n, id, name)));
        }
    }
    if scene.view.facts.queue_limit.is_some() {
        scene.paths(|column| Some(y(column.queue))).into_iter().for_each(|p| picture.line(p, Role::Ink, 2.2));
        labels.push(queue_label(scene, place, &y));
    }
    if let Some(expected) = &scene.view.facts.theory
        && expected.inside <= end
    {
        let (at, word) =
            scene.theory(place, y(expected.inside), &scene.lang().three(expected.inside), picture);
        labels.push((at, u32::MAX - 1, word));
    }
    if !scene.columns.is_empty() {
        // As many as find a place; the queue comes first, then the fullest replicas.
        let room = ((place.bottom - place.top) / 15.0) as usize + 1;
        sort_by(&mut labels, |a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
        labels.truncate(room);
        scene.ends(place, labels.into_iter().map(|(y, _, word)| (y, word)).collect(), picture);
    }
}

type Label = (f64, u32, Word);

fn of(lang: Lang, word: Word, limit: Option<u32>, role: Role) -> Word {
    match limit {
        Some(limit) => {
            let limit = say::of(lang, &whole(lang, f64::from(limit)));
            word.and(format!(" {limit}"), role, false)
        }
        None => word,
    }
}

fn queue_label(scene: &Scene<'_>, place: &Place, y: &impl Fn(f64) -> f64) -> Label {
    let (lang, queue) = (scene.lang(), scene.reading.queue);
    let word = Word::new((place.row, Kind::End, 0), (0.0, 0.0), say::queue_end(lang), Role::Ink).and(
        format!(" {}", whole(lang, f64::from(queue))),
        Role::Ink,
        true,
    );
    (y(f64::from(queue)) - 0.01, u32::MAX, of(lang, word, scene.view.facts.queue_limit, Role::Ink))
}

fn replica_label(
    scene: &Scene<'_>,
    place: &Place,
    y: &impl Fn(f64) -> f64,
    (n, id, name): (u32, u32, &str),
) -> Option<Label> {
    let replica = find_replica(&scene.reading.replicas, id)?;
    let ever = |column: &super::data::Column| {
        find_replica(&column.replicas, id).is_some_and(|seen| seen.connections > 0)
    };
    scene.columns.iter().any(ever).then_some(())?;
    let word = Word::new((place.row, Kind::End, n + 1), (0.0, 0.0), shortened(name, 12), Role::Ink2).and(
        format!(" {}", whole(scene.lang(), f64::from(replica.connections))),
        Role::Ink2,
        true,
    );
    let word = of(scene.lang(), word, scene.view.facts.replica(id).connections_limit, Role::Ink2);
    Some((y(f64::from(replica.connections)), replica.connections, word))
}

/// Least and most connections of the replicas that there are.
fn range(replicas: &[crate::observe::ReplicaPoint]) -> Option<(f64, f64)> {
    let connections = || replicas.iter().map(|replica| replica.connections);
    Some((f64::from(connections().min()?), f64::from(connections().max()?)))
}

/// The area between the least and the most connections.
fn band(scene: &Scene<'_>, y: &impl Fn(f64) -> f64, picture: &mut Picture) {
    let low = scene.paths(|column| range(&column.replicas).map(|(least, _)| y(least)));
    let high = scene.paths(|column| range(&column.replicas).map(|(_, most)| y(most)));
    for (low, high) in low.iter().zip(&high) {
        let corners: Vec<At> = high.iter().chain(low.iter().rev()).copied().collect();
        picture.area(corners, Role::Shade2);
    }
    low.into_iter().chain(high).for_each(|path| picture.line(path, Role::Ink2, 1.0));
}

fn band_label(scene: &Scene<'_>, place: &Place, y: &impl Fn(f64) -> f64) -> Option<Label> {
    let (least, most) = range(&scene.reading.replicas)?;
    let lang = scene.lang();
    let word = Word::new((place.row, Kind::End, 1), (0.0, 0.0), say::per_replica(lang), Role::Ink2);
    let range = say::to(lang, &whole(lang, least), &whole(lang, most));
    let word = word.and(format!(" {range}"), Role::Ink2, true);
    Some((y(f64::midpoint(least, most)), 0, word))
}
