//! The life of one request: what its client saw, bars along time, every step in words, and why the balancer
//! chose whom it chose.

mod bars;
mod why;
mod words;

use std::rc::Rc;

use yew::prelude::*;

use self::bars::{Bar, Lane, What, lanes};
use crate::report::number::{millis, moment, three, whole};
use crate::rng::split_mix;
use crate::web::driver::{Command, Story};
use crate::web::icons::{Icon, icon};
use crate::web::panels::look;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

pub use why::Candidates;

/// The story that was asked for.
#[component]
pub fn StoryView(props: &Props) -> Html {
    let shell = &props.shell;
    let Some(story) = shell.control.live.get().story.clone() else {
        return html! { <p class="sub">{ "This request is not known." }</p> };
    };
    let name = {
        let live = shell.control.live.get();
        // The series knows those that are gone too, but nobody before its first window is over.
        let now = live.world.replicas.iter().map(|view| (view.id, view.name.clone()));
        let now: std::collections::BTreeMap<u32, String> = now.collect();
        let once = live.recorder.series.names.clone();
        move |id: u32| {
            let known = now.get(&id).or(once.get(id as usize)).filter(|name| !name.is_empty());
            known.cloned().unwrap_or_else(|| format!("replica {id}"))
        }
    };
    let line = request_line(shell, &story);
    let chip = story.end.map(|(_, outcome)| {
        let (which, class) = look(outcome);
        html! { <span class={classes!("story-chip", class)}>{ icon(which) }{ outcome.label() }</span> }
    });
    let hint = story.end.and_then(|(_, outcome)| words::remedy(outcome));
    html! {
        <div class="story">
            <div class="story-life">
                <p class="sub">
                    { for chip }
                    { format!("{line}, sent at {}, ", moment(story.asked.as_secs())) }
                    { format!("{}, seed {}", shell.state.started.heading(), shell.state.started.run.seed) }
                </p>
                <p class="lead">
                    { for words::summary(&story, &name).iter().map(|part| {
                        if part.1 { html! { <b>{ &part.0 }</b> } } else { html! { { &part.0 } } }
                    }) }
                </p>
                { waterfall(&story, &name) }
                <ol class="story-steps">
                    { for words::steps(&story, &line, &name).iter().map(step) }
                </ol>
                if let Some(hint) = hint {
                    <div class="aside"><h3 class="label">{ "What would have saved it" }</h3>
                        <p class="sub">{ hint }</p></div>
                }
                { headers(shell, &story) }
                { back(shell, &story) }
            </div>
            <why::Why story={Rc::clone(&story)} names={story_names(&story, &name)} />
        </div>
    }
}

/// Names of the replicas that the story speaks of, by index.
fn story_names(story: &Story, name: &impl Fn(u32) -> String) -> Vec<(u32, String)> {
    let own = story.attempts.iter().map(|attempt| attempt.replica);
    let seen =
        story.attempts.iter().flat_map(|attempt| attempt.before.replicas.iter().map(|replica| replica.id));
    let mut ids: Vec<u32> = own.chain(seen).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| (id, name(id))).collect()
}

/// Its path, as its class has it.
fn request_line(shell: &Shell, story: &Story) -> String {
    let classes = shell.model.0.as_ref().map(|model| model.classes().to_vec()).unwrap_or_default();
    let class = story.class.and_then(|class| classes.get(class.index()).cloned());
    class.map_or_else(|| "a request".into(), |class| format!("GET {}", class.path))
}

/// Bars along one axis, in hundredths of its width.
fn waterfall(story: &Story, name: &dyn Fn(u32) -> String) -> Html {
    let (rows, whole_ms) = lanes(story, name);
    let percent = |ms: f64| format!("{:.3}%", 100.0 * ms / whole_ms);
    let bar = |bar: &Bar| {
        let (class, word) = match bar.what {
            What::Network => ("network", "on the network"),
            What::Waits => ("waits", "waits"),
            What::Works => ("works", "works"),
            What::Pause => ("pause", "pauses"),
        };
        let share = (bar.to - bar.from) / whole_ms;
        let text = format!("{word} {}", millis(bar.to - bar.from));
        let style = format!("left:{};width:{}", percent(bar.from), percent(bar.to - bar.from));
        html! {
            <span class={classes!("story-bar", class)} {style} title={text.clone()}>
                if share > 0.2 { <span>{ &text }</span> } else { <span class="sr">{ &text }</span> }
            </span>
        }
    };
    let failed = |(at, outcome): &(f64, crate::observe::Outcome)| {
        html! {
            <span class="story-failed" style={format!("left:{}", percent(*at))}>
                { icon(Icon::Down) }<span>{ outcome.label() }</span>
            </span>
        }
    };
    let row = |lane: &Lane| {
        html! {
            <li class="story-row">
                <b>{ &lane.name }</b>
                <div>{ for lane.bars.iter().map(bar) }{ for lane.failed.iter().map(failed) }</div>
            </li>
        }
    };
    let tick = |share: f64| {
        html! { <i style={format!("left:{:.1}%", 100.0 * share)}>{ millis(share * whole_ms) }</i> }
    };
    html! {
        <>
            <ul class="story-rows" aria-label="Where the time went">{ for rows.iter().map(row) }</ul>
            <p class="story-axis" aria-hidden="true">{ for [0.0, 0.5, 1.0].map(tick) }</p>
            <p class="story-key sub" aria-hidden="true">
                <span><i class="story-bar works"></i>{ "works" }</span>
                <span><i class="story-bar waits"></i>{ "waits" }</span>
                <span><i class="story-bar network"></i>{ "on the network" }</span>
                <span><i class="story-bar pause"></i>{ "the client pauses" }</span>
            </p>
        </>
    }
}

fn step(step: &words::Step) -> Html {
    html! {
        <li>
            <span class="story-at">{ millis(step.at_ms) }</span>{ icon(step.icon) }<span>{ &step.text }</span>
        </li>
    }
}

const ADDED: &str =
    "The last three come from add_header lines with $hostname, $upstream_addr and $request_id.";
const NOT_ADDED: &str =
    "Its add_header lines are left out: without “always” nginx adds them to good answers only.";

/// What an nginx with the three usual `add_header` lines sends back.
fn headers(shell: &Shell, story: &Story) -> Html {
    let Some((_, outcome)) = story.end.filter(|_| story.status != 0) else { return html! {} };
    if shell.control.live.get().world.balancer.is_none() || outcome == crate::observe::Outcome::ClientGaveUp {
        return html! {};
    }
    let address = |id: u32| {
        let before = story.attempts.iter().flat_map(|attempt| &attempt.before.replicas);
        before.into_iter().find(|replica| replica.id == id).map(|replica| format!("{}:80", replica.address))
    };
    let upstream: Vec<String> =
        story.attempts.iter().filter_map(|attempt| address(attempt.replica)).collect();
    let seed = shell.state.started.run.seed;
    let id = format!("{:016x}{:016x}", split_mix(seed ^ story.request), split_mix(story.request));
    // nginx adds headers to these answers only, unless it is told `always`.
    let added = matches!(story.status, 200 | 201 | 204 | 206 | 301 | 302 | 303 | 304 | 307 | 308);
    html! {
        <details class="story-headers">
            <summary>{ "The answer’s headers, as nginx sends them" }</summary>
            <pre tabindex="0"><code>
                { format!("HTTP/1.1 {}\nServer: nginx\n", words::status(story.status)) }
                if added {
                    { format!("X-Served-By: balancer\nX-Upstream-Server: {}\n", upstream.join(", ")) }
                    { format!("X-Request-ID: {id}\n") }
                }
            </code></pre>
            <p class="sub">
                { if added { ADDED } else { NOT_ADDED } }
            </p>
        </details>
    }
}

/// Back to when it was sent, to change one thing.
fn back(shell: &Shell, story: &Story) -> Html {
    let asked = story.asked;
    let onclick = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| {
            shell.act(Action::Close);
            shell.send(Command::Seek(asked));
        })
    };
    let at = moment(asked.as_secs());
    let words = format!("Go back to {at} and change one thing");
    html! { <button class="btn main wide" {onclick}>{ words }</button> }
}

/// How the story is called.
#[must_use]
pub fn title(story: Option<&Story>) -> String {
    story.map_or_else(|| "A request".into(), |story| format!("Request {}", whole(story.request)))
}

/// A number of CPU cores.
pub(super) fn cores(n: f64) -> String {
    format!("{} {}", three(n), if n > 1.0 { "cores" } else { "core" })
}
