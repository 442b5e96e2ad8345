//! Why this replica: every candidate with its score, who was left out, and what the balancer knew.

use std::rc::Rc;

use yew::prelude::*;

use crate::algorithm::{self, Explanation};
use crate::observe::{ReplicaState, ReplicaView};
use crate::report::number::{bytes, millis, whole};
use crate::web::driver::Story;
use crate::web::icons::mark;

/// Properties of [`Why`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The story.
    pub story: Rc<Story>,
    /// Names of replicas by index.
    pub names: Vec<(u32, String)>,
}

/// One tab for each attempt.
#[component]
pub fn Why(props: &Props) -> Html {
    let chosen = use_state_eq(|| 0_usize);
    let story = &props.story;
    let Some(attempt) = story.attempts.get((*chosen).min(story.attempts.len().saturating_sub(1))) else {
        return html! {
            <aside class="story-why" aria-label="Why this replica">
                <h2 class="label">{ "Why no replica?" }</h2>
                <p class="sub">{ "The balancer has not handed it to any replica." }</p>
            </aside>
        };
    };
    let name =
        props.names.iter().find(|(id, _)| *id == attempt.replica).map_or("", |(_, name)| name.as_str());
    let tab = |(n, attempt): (usize, &crate::web::driver::Attempt)| {
        let chosen_now = n == *chosen;
        let setter = chosen.setter();
        let onclick = Callback::from(move |_: MouseEvent| setter.set(n));
        let at = millis(attempt.at.since(story.asked).as_millis());
        html! {
            <button type="button" aria-pressed={chosen_now.to_string()} {onclick}>
                { format!("Attempt {}, {at}", n + 1) }
            </button>
        }
    };
    let Some(algorithm) = &attempt.before.algorithm else {
        return html! {
            <aside class="story-why" aria-label="Why this replica">
                <h2 class="label">{ format!("Why {name}?") }</h2>
                <p class="sub">{ "There is no balancer: whoever holds the host port gets every request." }</p>
            </aside>
        };
    };
    html! {
        <aside class="story-why" aria-label="Why this replica">
            <h2 class="lead">{ format!("Why {name}?") }</h2>
            if story.attempts.len() > 1 {
                <div class="seg" role="group" aria-label="Attempts">
                    { for story.attempts.iter().enumerate().map(tab) }
                </div>
            }
            <Candidates algorithm={algorithm.clone()} why={attempt.before.why.clone()}
                replicas={attempt.before.replicas.clone()} chosen={Some(attempt.replica)} />
            { unseen(&attempt.before.replicas, attempt.replica, algorithm) }
        </aside>
    }
}

/// Properties of [`Candidates`].
#[derive(Properties, PartialEq)]
pub struct CandidatesProps {
    /// Wire name of the algorithm.
    pub algorithm: String,
    /// Its scores.
    pub why: Explanation,
    /// The replicas at that moment.
    pub replicas: Vec<ReplicaView>,
    /// Who was chosen.
    #[prop_or_default]
    pub chosen: Option<u32>,
}

/// Every replica with its score, or why it was not asked.
#[component]
pub fn Candidates(props: &CandidatesProps) -> Html {
    let spec = algorithm::find(&props.algorithm);
    let row = |replica: &ReplicaView| {
        let score = props.why.scores.iter().find(|score| score.member == replica.id);
        let chosen = props.chosen == Some(replica.id);
        let shown = match score {
            Some(score) => html! { <code>{ &score.filled }</code> },
            None => html! { <span class="sub">{ left_out(replica) }</span> },
        };
        html! {
            <tr class={classes!(chosen.then_some("chosen"), score.is_none().then_some("out"))} key={replica.id}>
                <th scope="row">{ &replica.name }if chosen { <span class="sr">{ " (chosen)" }</span> }</th>
                <td>{ whole(u64::from(replica.in_flight)) }</td>
                <td>{ shown }</td>
            </tr>
        }
    };
    html! {
        <div class="candidates">
            <p>{ mark(&props.algorithm) }{ " " }<b>{ &props.algorithm }</b></p>
            <p class="sub">{ &props.why.because }</p>
            <table>
                <thead><tr>
                    <th scope="col">{ "replica" }</th><th scope="col">{ "in flight" }</th>
                    <th scope="col">{ "score" }</th>
                </tr></thead>
                <tbody>{ for props.replicas.iter().map(row) }</tbody>
            </table>
            { line(props) }
            if let Some(spec) = spec {
                <p class="sub">{ format!("{} It knows {}.", spec.rule, spec.knowledge.label()) }</p>
            }
        </div>
    }
}

/// The scores on a line, where they are numbers that can be told apart.
fn line(props: &CandidatesProps) -> Html {
    let finite: Vec<_> = props.why.scores.iter().filter(|score| score.value.is_finite()).collect();
    let low = finite.iter().map(|score| score.value).fold(f64::INFINITY, f64::min);
    let high = finite.iter().map(|score| score.value).fold(f64::NEG_INFINITY, f64::max);
    if finite.len() < 2 || finite.len() > 12 || high <= low {
        return html! {};
    }
    let dot = |score: &&algorithm::Score| {
        let x = 10.0 + 280.0 * (score.value - low) / (high - low);
        let chosen = props.chosen == Some(score.member);
        html! {
            <circle class={chosen.then_some("chosen")} cx={format!("{x:.1}")} cy="10"
                r={if chosen { "6" } else { "4.5" }} />
        }
    };
    html! {
        <svg class="score-line" viewBox="0 0 300 20" aria-hidden="true">
            <path d="M4 10H296" />
            { for finite.iter().map(dot) }
        </svg>
    }
}

fn left_out(replica: &ReplicaView) -> String {
    match replica.state {
        ReplicaState::Ready if replica.eligible => "not asked".into(),
        ReplicaState::Ready => "at its limit, tried already, or left out after failures".into(),
        state => format!("{}: not asked", state.name().replace('_', " ")),
    }
}

/// What the balancer could not see of the replica that it chose.
fn unseen(replicas: &[ReplicaView], chosen: u32, algorithm: &str) -> Html {
    let Some(replica) = replicas.iter().find(|replica| replica.id == chosen) else { return html! {} };
    let knows = algorithm::find(algorithm).map_or("", |spec| spec.knowledge.label());
    let memory = replica.memory_limit.map(|limit| {
        format!(", memory at {} of {}", bytes(replica.memory.total() as f64), bytes(limit as f64))
    });
    let text = format!(
        "It knows {knows}. {} had {} in service, {} waiting{}; {}.",
        replica.name,
        whole(u64::from(replica.running)),
        whole(u64::from(replica.waiting)),
        memory.unwrap_or_default(),
        super::cores(replica.cores),
    );
    html! { <div class="aside"><h3 class="label">{ "What it knew" }</h3><p class="sub">{ text }</p></div> }
}
