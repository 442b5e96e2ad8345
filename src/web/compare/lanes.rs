//! The lanes as a picture: one stream of arrivals, and a balancer with its replicas for each lane.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::edit::take_away;
use super::look::Look;
use super::rule;
use crate::lang::{Lang, texts};
use crate::observe::{ReplicaState, ReplicaView};
use crate::units::order::sort_by_key;
use crate::units::{SimDuration, SimTime};
use crate::web::browser;
use crate::web::icons::family_mark;
use crate::web::live::{Live, LiveRef};
use crate::web::shell::Shell;
use crate::web::stage::scene::{self, Condition, Watch};
use crate::web::stage::{chip, tray};

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
            de: "{part} Anteil",
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
    /// Whether no lane can be taken away.
    #[prop_or_default]
    pub fixed: bool,
}

/// Seconds of arrivals that are shown.
const SHOWN: f64 = 4.0;
/// The most arrivals that are shown one by one; of more the strip shows how many there were in each window.
const SINGLE: usize = 120;
/// Replicas of a lane that have a row, by the number of lanes; the fullest come first where there are more.
const fn rows(lanes: usize) -> usize {
    if lanes < 3 { 4 } else { 3 }
}

/// The picture.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let (lang, lives) = (props.shell.lang(), &props.shell.control.lanes);
    let watches = use_watches(lives);
    let watches = &watches.borrow().1;
    let lane = |(n, (live, look)): (usize, (&LiveRef, &Look))| {
        let away = if props.fixed {
            html! {}
        } else {
            take_away(&props.shell, n, &look.name)
        };
        lane(lang, &live.get(), (look, &watches[n]), (rows(lives.len()), away))
    };
    html! {
        <section class="lanes" aria-label={say::lanes(lang)}>
            { for lives.first().map(|live| arrivals(lang, &live.get())) }
            { ways(&vec![ARRIVALS; lives.len()]) }
            <ol class="lane-list">{ for lives.iter().zip(props.looks.iter()).enumerate().map(lane) }</ol>
        </section>
    }
}

/// What has been seen of each lane, so that states stay for a moment and nothing strobes.
#[hook]
fn use_watches(lives: &[LiveRef]) -> Rc<RefCell<(f64, Vec<Watch>)>> {
    let all =
        use_memo(lives.len(), |&lanes| RefCell::new((browser::seconds(), vec![Watch::default(); lanes])));
    let mut seen = all.borrow_mut();
    let (last, watches) = &mut *seen;
    let now = browser::seconds();
    let elapsed = now - std::mem::replace(last, now);
    for (watch, live) in watches.iter_mut().zip(lives) {
        let live = live.get();
        watch.jump(live.jumps);
        watch.see(&live.world, &live.recorder.series, elapsed);
    }
    drop(seen);
    all
}

/// Width of the band of arrivals, in px.
const ARRIVALS: f64 = 11.0;

/// Bands of these widths in px from the middle of what stands at the left to rows of equal height at the right; dotted
/// where nothing flows.
fn ways(widths: &[f64]) -> Html {
    let way = |(n, &width): (usize, &f64)| {
        let y = (n as f64 + 0.5) * 100.0 / widths.len() as f64;
        let class = if width > 0.0 { "band" } else { "band quiet" };
        let stroke = format!("{:.1}", if width > 0.0 { width } else { 1.5 });
        html! { <path {class} d={format!("M0 50C50 50 50 {y:.1} 100 {y:.1}")} stroke-width={stroke} /> }
    };
    html! {
        <svg class="lane-ways" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            { for widths.iter().enumerate().map(way) }
        </svg>
    }
}

/// Width of the strip of arrivals, in its own units.
const STRIP: f64 = 200.0;

/// What comes, the same for all lanes: a stroke for each request of the last seconds, or where they are many a bar for
/// each window.
fn arrivals(lang: Lang, live: &Live) -> Html {
    let now = live.world.now.as_secs();
    let from = SimTime::ZERO + SimDuration::from_secs_f64((now - SHOWN).max(0.0));
    let single = live.latest.asked_since(from, SINGLE);
    let bars = single.map_or_else(|| windows(live), |times| strokes(&times, now));
    html! {
        <div class="lane-arrivals">
            <h2 class="label">{ say::same(lang, live.world.ledger.offered()) }</h2>
            <p class="sub">{ say::same_work(lang) }</p>
            <svg viewBox={format!("0 0 {STRIP} 30")} preserveAspectRatio="none" aria-hidden="true">{ bars }</svg>
            <p class="sub row">
                <span>{ say::ago(lang, SHOWN) }</span><span class="push">{ say::now(lang) }</span>
            </p>
        </div>
    }
}

/// A stroke for each arrival.
fn strokes(times: &[SimTime], now: f64) -> Html {
    let stroke = |at: &SimTime| {
        let x =
            format!("{:.1}", (STRIP - (now - at.as_secs()) * STRIP / SHOWN - 1.0).clamp(0.0, STRIP - 1.0));
        html! { <rect class="arrival" {x} y="5" width="1.2" height="20" /> }
    };
    times.iter().map(stroke).collect()
}

/// A bar for each window: how many came in it.
fn windows(live: &Live) -> Html {
    let series = &live.recorder.series;
    let windows = if series.window_s > 0.0 { (SHOWN / series.window_s) as usize } else { 20 }.clamp(1, 80);
    let last = &series.points[series.points.len().saturating_sub(windows)..];
    let most = last.iter().map(|point| point.offered).max().unwrap_or(0).max(1);
    let bar = |(n, point): (usize, &crate::observe::Point)| {
        let height = 26.0 * f64::from(point.offered) / f64::from(most);
        let x = STRIP - (last.len() - n) as f64 * STRIP / windows as f64;
        let (y, width) = (15.0 - height / 2.0, (STRIP / windows as f64 - 1.5).max(0.7));
        let [x, y, width, height] = [x, y, width, height].map(|v| format!("{v:.1}"));
        html! { <rect {x} {y} {width} {height} /> }
    };
    last.iter().enumerate().map(bar).collect()
}

fn lane(lang: Lang, live: &Live, (look, watch): (&Look, &Watch), (rows, away): (usize, Html)) -> Html {
    let mut replicas: Vec<&ReplicaView> = live.world.replicas.iter().collect();
    let all = replicas.len();
    if all > rows {
        sort_by_key(&mut replicas, |replica| std::cmp::Reverse(replica.running + replica.waiting));
        replicas.truncate(rows);
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
    let most = replicas.iter().map(|replica| replica.attempts).max().unwrap_or(0) as f64;
    let width = |replica: &&ReplicaView| {
        if is_down(replica) { 0.0 } else { scene::band(replica.attempts as f64, most) * NARROWER }
    };
    let widths: Vec<f64> = replicas.iter().map(width).collect();
    html! {
        <li class={classes!("lane", look.family)}>
            <div class="lane-balancer">
                if let Some(rule) = rule::in_brief(&look.algorithm) {
                    <p class="sub lane-rule">{ rule.say(lang) }</p>
                }
                <h3>{ family_mark(look.family) }{ " " }{ &look.name }</h3>
                { away }
                <p class="sub">
                    { say::alive(lang, alive) }
                    if failed > 0 { <br /><b class="lane-failed">{ say::failed(lang, failed) }</b> }
                    if all > rows {
                        <span class="lane-fullest"><br />{ say::fullest(lang, rows as u64, all as u64) }</span>
                    }
                </p>
            </div>
            { ways(&widths) }
            <ul class="lane-replicas">
                { for replicas.iter().map(|replica| row(lang, replica, attempts, (&shown, watch))) }
            </ul>
        </li>
    }
}

/// Bands to replicas are this much narrower than those of the stage.
const NARROWER: f64 = 0.5;

fn is_down(replica: &ReplicaView) -> bool {
    !matches!(replica.state, ReplicaState::Ready | ReplicaState::Draining)
}

fn row(lang: Lang, replica: &ReplicaView, attempts: u64, (look, watch): (&scene::Look, &Watch)) -> Html {
    let held = u64::from(replica.running) + u64::from(replica.waiting);
    let mut dots = replica.running_dots.clone();
    dots.extend_from_slice(&replica.waiting_dots);
    let given = if attempts > 0 { replica.attempts as f64 / attempts as f64 } else { 0.0 };
    let down = is_down(replica);
    let condition = Condition::of(replica.state, &watch.pace(replica.id, replica.cores));
    let strained = matches!(condition, Condition::Busy | Condition::Overloaded);
    html! {
        <li class={classes!("lane-replica", down.then_some("down"), strained.then(|| condition.class()))} key={replica.id}>
            <div class="lane-card">
                <p><b>{ &replica.name }</b><span class="sub">{ say::cores(lang, replica.cores) }</span></p>
                if down {
                    <span class="sub">{ replica.state.text().say(lang) }</span>
                } else {
                    { tray::tray(&scene::Tray::new(held, 0, &dots, look), (150, 20), 1, false) }
                    if strained { { chip(lang, condition) } }
                }
            </div>
            <p class="lane-numbers"><b>{ lang.whole(held) }</b>{ " " }{ say::inside(lang) }<br />
                <span>{ say::of_traffic(lang, given) }</span></p>
        </li>
    }
}
