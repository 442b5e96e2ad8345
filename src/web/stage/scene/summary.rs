//! The picture in words, for those who don't see it.

use super::{Condition, Scene, words};

/// One sentence each for the flow, for what is refused, and for who waits.
pub fn sentence(scene: &Scene) -> String {
    let mut text = vec![flow(scene)];
    if let Some(refusal) = scene.balancer.as_ref().and_then(|balancer| balancer.refusing) {
        let (rate, why) = (words::rate(refusal.rate), refusal.outcome.label());
        text.push(format!("{rate} a second are turned away: {why}."));
    }
    let dropped: f64 = scene.cards.iter().filter_map(|card| card.refusing).map(|refusal| refusal.rate).sum();
    if dropped > 0.0 {
        text.push(format!("Replicas refuse {} a second.", words::rate(dropped)));
    }
    let who = if scene.clients.waiting == 1 { "client waits" } else { "clients wait" };
    text.push(format!("{} {who} for an answer.", words::count(scene.clients.waiting)));
    text.join(" ")
}

fn flow(scene: &Scene) -> String {
    let rate = words::rate(scene.clients.rate);
    let states = states(scene);
    let replicas = states.iter().map(|(_, n)| n).sum::<usize>() as u64;
    let replicas =
        if replicas == 0 { "no replica".to_owned() } else { words::plural(replicas, "replica", "replicas") };
    let parts: Vec<String> = states.iter().map(|(state, n)| format!("{n} {}", state.word())).collect();
    let states = if parts.is_empty() { String::new() } else { format!(": {}", words::list(&parts)) };
    let through = if scene.balancer.is_some() { "reach the balancer" } else { "reach the host's ports" };
    format!("{rate} requests a second {through}, with {replicas} behind{states}.")
}

/// How many replicas are in which state, the worst first; those that are not shown count too.
pub fn states(scene: &Scene) -> Vec<(Condition, usize)> {
    let mut states: Vec<(Condition, usize)> = Vec::new();
    let hidden = scene.more.iter().flat_map(|more| more.states.iter().copied());
    for (state, n) in scene.cards.iter().map(|card| (card.condition, 1)).chain(hidden) {
        match states.iter_mut().find(|(known, _)| *known == state) {
            Some((_, known)) => *known += n,
            None => states.push((state, n)),
        }
    }
    states.sort_by_key(|&(state, _)| std::cmp::Reverse(state));
    states
}
