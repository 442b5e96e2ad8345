//! The picture in words, for those who don't see it.

use super::{Condition, Scene, words};
use crate::lang::texts;
use crate::units::order::sort_by_key;

texts! {
    mod say {
        fn turned_away(rate: Text, why: Text) {
            en: "{rate} a second are turned away: {why}.",
            de: "{rate} pro Sekunde werden abgewiesen: {why}.",
            fr: "{rate} par seconde sont refusées : {why}.",
        }
        fn refuse(rate: Text) {
            en: "Replicas refuse {rate} a second.",
            de: "Repliken weisen {rate} pro Sekunde ab.",
            fr: "Les répliques en refusent {rate} par seconde.",
        }
        fn wait(n: Whole) {
            en: "{n} {n:client waits|clients wait} for an answer.",
            de: "{n} {n:Client wartet|Clients warten} auf eine Antwort.",
            fr: "{n} {n:client attend|clients attendent} une réponse.",
        }
        fn none { en: "no replica", de: "keiner Replik", fr: "aucune réplique" }
        fn replicas(n: Whole) {
            en: "{n} {n:replica|replicas}",
            de: "{n} {n:Replik|Repliken}",
            fr: "{n} {n:réplique|répliques}",
        }
        fn reach_balancer(rate: Text, replicas: Text, states: Text) {
            en: "{rate} requests a second reach the balancer, with {replicas} behind{states}.",
            de: "{rate} Anfragen pro Sekunde erreichen den Lastverteiler, mit {replicas} dahinter{states}.",
            fr: "{rate} requêtes par seconde atteignent le répartiteur, avec {replicas} derrière{states}.",
        }
        fn reach_host(rate: Text, replicas: Text, states: Text) {
            en: "{rate} requests a second reach the host's ports, with {replicas} behind{states}.",
            de: "{rate} Anfragen pro Sekunde erreichen die Ports des Hosts, mit {replicas} dahinter{states}.",
            fr: "{rate} requêtes par seconde atteignent les ports de l’hôte, avec {replicas} derrière{states}.",
        }
        fn states(states: Text) { en: ": {states}", de: ": {states}", fr: " : {states}" }
    }
}

/// One sentence each for the flow, for what is refused, and for who waits.
pub fn sentence(scene: &Scene) -> String {
    let lang = scene.lang;
    let mut text = vec![flow(scene)];
    if let Some(refusal) = scene.balancer.as_ref().and_then(|balancer| balancer.refusing) {
        let (rate, why) = (words::rate(lang, refusal.rate), refusal.outcome.text().say(lang));
        text.push(say::turned_away(lang, &rate, why));
    }
    let dropped: f64 = scene.cards.iter().filter_map(|card| card.refusing).map(|refusal| refusal.rate).sum();
    if dropped > 0.0 {
        text.push(say::refuse(lang, &words::rate(lang, dropped)));
    }
    text.push(say::wait(lang, scene.clients.waiting));
    text.join(" ")
}

fn flow(scene: &Scene) -> String {
    let lang = scene.lang;
    let rate = words::rate(lang, scene.clients.rate);
    let states = states(scene);
    let replicas = states.iter().map(|(_, n)| n).sum::<usize>() as u64;
    let replicas = if replicas == 0 { say::none(lang).to_owned() } else { say::replicas(lang, replicas) };
    let parts: Vec<String> =
        states.iter().map(|(state, n)| format!("{n} {}", state.word().say(lang))).collect();
    let states =
        if parts.is_empty() { String::new() } else { say::states(lang, &lang.list(&parts, usize::MAX)) };
    let reach = if scene.balancer.is_some() { say::reach_balancer } else { say::reach_host };
    reach(lang, &rate, &replicas, &states)
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
    sort_by_key(&mut states, |&(state, _)| std::cmp::Reverse(state));
    states
}
