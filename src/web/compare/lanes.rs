//! The lanes as a picture: one stream of arrivals, and a balancer with its replicas for each lane.

use std::rc::Rc;

use yew::prelude::*;

use super::look::Look;
use crate::lang::{Lang, texts};
use crate::observe::{ReplicaState, ReplicaView};
use crate::units::order::sort_by_key;
use crate::web::icons::family_mark;
use crate::web::live::{Live, LiveRef};
use crate::web::shell::Shell;
use crate::web::stage::{scene, tray};

texts! {
    mod say {
        fn lanes { en: "The lanes now", de: "Die Bahnen jetzt", fr: "Les voies à présent" }
        fn same(n: Whole) {
            en: "The same {n} {n:arrival|arrivals}",
            de: "{n:Dieselbe|Dieselben} {n} {n:Ankunft|Ankünfte}",
            fr: "Les mêmes {n} {n:arrivée|arrivées}",
        }
        fn same_work {
            en: "same times, same work, every lane",
            de: "gleiche Zeiten, gleiche Arbeit, jede Bahn",
            fr: "mêmes instants, même travail, chaque voie",
        }
        fn ago(s: Three) { en: "{s} s ago", de: "vor {s} s", fr: "il y a {s} s" }
        fn now { en: "now", de: "jetzt", fr: "maintenant" }
        fn alive(n: Whole) {
            en: "{n} waiting or served",
            de: "{n} wartend oder in Arbeit",
            fr: "{n} en attente ou servies",
        }
        fn failed(n: Whole) { en: "{n} failed", de: "{n} gescheitert", fr: "{n} {n:échouée|échouées}" }
        fn fullest(n: Whole, all: Whole) {
            en: "the fullest {n} of {all}",
            de: "die vollsten {n} von {all}",
            fr: "les {n} plus pleines sur {all}",
        }
        fn cores(n: Three) { en: "{n} {n:core|cores}", de: "{n} {n:Kern|Kerne}", fr: "{n} {n:cœur|cœurs}" }
        fn inside { en: "inside", de: "darin", fr: "dedans" }
        fn of_traffic(part: Share) {
            en: "{part} of traffic",
            de: "{part} des Verkehrs",
            fr: "{part} du trafic",
        }
    }
}

/// Properties of [`Lanes`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// How the lanes look.
    pub looks: Rc<Vec<Look>>,
}

/// Seconds of arrivals that are shown.
const SHOWN: f64 = 4.0;
/// Replicas of a lane that have a row; the fullest come first where there are more.
const ROWS: usize = 5;

/// The picture.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let (lang, lives) = (props.shell.lang(), &props.shell.control.lanes);
    let lane = |(live, look): (&LiveRef, &Look)| lane(lang, &live.get(), look);
    html! {
        <section class="lanes" aria-label={say::lanes(lang)}>
            { for lives.first().map(|live| arrivals(lang, &live.get())) }
            <ol class="lane-list">{ for lives.iter().zip(props.looks.iter()).map(lane) }</ol>
        </section>
    }
}

/// What comes, the same for all lanes: a bar for each window of the last seconds.
fn arrivals(lang: Lang, live: &Live) -> Html {
    let series = &live.recorder.series;
    let windows = if series.window_s > 0.0 { (SHOWN / series.window_s) as usize } else { 20 }.clamp(1, 80);
    let last = &series.points[series.points.len().saturating_sub(windows)..];
    let most = last.iter().map(|point| point.offered).max().unwrap_or(0).max(1);
    let bar = |(n, point): (usize, &crate::observe::Point)| {
        let height = 26.0 * f64::from(point.offered) / f64::from(most);
        let x = 200.0 - (last.len() - n) as f64 * 200.0 / windows as f64;
        let (y, width) = (15.0 - height / 2.0, (200.0 / windows as f64 - 1.5).max(0.7));
        let [x, y, width, height] = [x, y, width, height].map(|v| format!("{v:.1}"));
        html! { <rect {x} {y} {width} {height} /> }
    };
    html! {
        <div class="lane-arrivals">
            <h2 class="label">{ say::same(lang, live.world.ledger.offered()) }</h2>
            <p class="sub">{ say::same_work(lang) }</p>
            <svg viewBox="0 0 200 30" preserveAspectRatio="none" aria-hidden="true">
                { for last.iter().enumerate().map(bar) }
            </svg>
            <p class="sub row">
                <span>{ say::ago(lang, SHOWN) }</span><span class="push">{ say::now(lang) }</span>
            </p>
        </div>
    }
}

fn lane(lang: Lang, live: &Live, look: &Look) -> Html {
    let mut replicas: Vec<&ReplicaView> = live.world.replicas.iter().collect();
    let all = replicas.len();
    if all > ROWS {
        sort_by_key(&mut replicas, |replica| std::cmp::Reverse(replica.running + replica.waiting));
        replicas.truncate(ROWS);
    }
    let attempts: u64 = live.world.replicas.iter().map(|replica| replica.attempts).sum();
    let failed: u64 = live.world.ledger.failures().into_iter().map(|(_, n)| n).sum();
    let alive = live.world.ledger.in_flight();
    let shown = scene::Look {
        now: live.world.now,
        unit: scene::unit(alive, 1),
        timeout: live.client_timeout,
        mean_work: live.mean_demand,
    };
    html! {
        <li class={classes!("lane", look.family)}>
            <div class="lane-balancer">
                <h3>{ family_mark(look.family) }{ " " }{ &look.name }</h3>
                <p class="sub">
                    { say::alive(lang, alive) }
                    if failed > 0 { <br /><b class="lane-failed">{ say::failed(lang, failed) }</b> }
                </p>
            </div>
            <ul class="lane-replicas">
                { for replicas.iter().map(|replica| row(lang, replica, attempts, &shown)) }
                if all > ROWS { <li class="sub">{ say::fullest(lang, ROWS as u64, all as u64) }</li> }
            </ul>
        </li>
    }
}

fn row(lang: Lang, replica: &ReplicaView, attempts: u64, look: &scene::Look) -> Html {
    let held = u64::from(replica.running) + u64::from(replica.waiting);
    let mut dots = replica.running_dots.clone();
    dots.extend_from_slice(&replica.waiting_dots);
    let given = if attempts > 0 { replica.attempts as f64 / attempts as f64 } else { 0.0 };
    let down = !matches!(replica.state, ReplicaState::Ready | ReplicaState::Draining);
    html! {
        <li class={classes!("lane-replica", down.then_some("down"))} key={replica.id}>
            <div class="lane-card">
                <p><b>{ &replica.name }</b><span class="sub">{ say::cores(lang, replica.cores) }</span></p>
                if down {
                    <span class="sub">{ replica.state.text().say(lang) }</span>
                } else {
                    { tray::tray(&scene::Tray::new(held, 0, &dots, look), (150, 20), 1, false) }
                }
            </div>
            <p class="lane-numbers"><b>{ lang.whole(held) }</b>{ " " }{ say::inside(lang) }<br />
                { say::of_traffic(lang, given) }</p>
        </li>
    }
}
