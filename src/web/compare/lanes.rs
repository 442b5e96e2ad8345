//! The lanes as a picture: one stream of arrivals, and a balancer with its replicas for each lane.

use std::rc::Rc;

use yew::prelude::*;

use super::look::Look;
use crate::observe::{ReplicaState, ReplicaView};
use crate::report::number::{count, share, three, whole};
use crate::web::icons::family_mark;
use crate::web::live::{Live, LiveRef};
use crate::web::shell::Shell;
use crate::web::stage::{scene, tray};

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
    let lives = &props.shell.control.lanes;
    let lane = |(live, look): (&LiveRef, &Look)| lane(&live.get(), look);
    html! {
        <section class="lanes" aria-label="The lanes now">
            { for lives.first().map(|live| arrivals(&live.get())) }
            <ol class="lane-list">{ for lives.iter().zip(props.looks.iter()).map(lane) }</ol>
        </section>
    }
}

/// What comes, the same for all lanes: a bar for each window of the last seconds.
fn arrivals(live: &Live) -> Html {
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
            <h2 class="label">{ format!("The same {}", count(live.world.ledger.offered(), "arrival")) }</h2>
            <p class="sub">{ "same times, same work, every lane" }</p>
            <svg viewBox="0 0 200 30" preserveAspectRatio="none" aria-hidden="true">
                { for last.iter().enumerate().map(bar) }
            </svg>
            <p class="sub row">
                <span>{ format!("{} s ago", three(SHOWN)) }</span><span class="push">{ "now" }</span>
            </p>
        </div>
    }
}

fn lane(live: &Live, look: &Look) -> Html {
    let mut replicas: Vec<&ReplicaView> = live.world.replicas.iter().collect();
    let all = replicas.len();
    if all > ROWS {
        replicas.sort_by_key(|replica| std::cmp::Reverse(replica.running + replica.waiting));
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
                    { format!("{} waiting or served", whole(alive)) }
                    if failed > 0 { <br /><b class="lane-failed">{ format!("{} failed", whole(failed)) }</b> }
                </p>
            </div>
            <ul class="lane-replicas">
                { for replicas.iter().map(|replica| row(replica, attempts, &shown)) }
                if all > ROWS { <li class="sub">{ format!("the fullest {ROWS} of {all}") }</li> }
            </ul>
        </li>
    }
}

fn cores(n: f64) -> String {
    format!("{} {}", three(n), if n > 1.0 { "cores" } else { "core" })
}

fn row(replica: &ReplicaView, attempts: u64, look: &scene::Look) -> Html {
    let held = u64::from(replica.running) + u64::from(replica.waiting);
    let mut dots = replica.running_dots.clone();
    dots.extend_from_slice(&replica.waiting_dots);
    let given = if attempts > 0 { replica.attempts as f64 / attempts as f64 } else { 0.0 };
    let down = !matches!(replica.state, ReplicaState::Ready | ReplicaState::Draining);
    html! {
        <li class={classes!("lane-replica", down.then_some("down"))} key={replica.id}>
            <div class="lane-card">
                <p><b>{ &replica.name }</b><span class="sub">{ cores(replica.cores) }</span></p>
                if down {
                    <span class="sub">{ replica.state.name().replace('_', " ") }</span>
                } else {
                    { tray::tray(&scene::Tray::new(held, 0, &dots, look), (150, 20), 1, false) }
                }
            </div>
            <p class="lane-numbers"><b>{ whole(held) }</b>{ " inside" }<br />
                { format!("{} of traffic", share(given)) }</p>
        </li>
    }
}
