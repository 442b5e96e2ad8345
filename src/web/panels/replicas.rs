//! How many replicas, and what they do.

use yew::prelude::*;

use crate::observe::ReplicaState;
use crate::scenario::link;
use crate::web::icons::{Icon, icon};
use crate::web::measure::Fleet;
use crate::web::shell::{Props, Shell};
use crate::web::state::Choice;

/// The most replicas that the stepper goes to.
const MOST: u32 = 12;

/// A stepper and a sentence.
#[component]
pub fn Replicas(props: &Props) -> Html {
    let shell = &props.shell;
    let service = service_name(shell);
    let (count, sentence) = {
        let live = shell.control.live.get();
        let mine = live.world.replicas.iter().filter(|r| r.service == service);
        let going = |r: &&_| {
            let replica: &crate::observe::ReplicaView = r;
            !matches!(replica.state, ReplicaState::Draining | ReplicaState::Removed)
        };
        (mine.filter(going).count() as u32, Fleet::of(&live.world.replicas).sentence())
    };
    let step = |to: u32, label: &'static str, which: Icon, end: bool| {
        let shell = shell.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if !end {
                shell.choose(Choice::Replicas(to));
            }
        });
        html! {
            <button aria-label={label} aria-disabled={end.then_some("true")} {onclick}>{ icon(which) }</button>
        }
    };
    let end = match count {
        0 => " None is left to take away.",
        n if n >= MOST => " More has no place in the picture.",
        _ => "",
    };
    html! {
        <div class="field">
            <div class="row">
                <h2 class="label">{ "Replicas" }</h2>
                <div class="stepper push" role="group" aria-label="Replicas">
                    { step(count.saturating_sub(1), "One replica less", Icon::Minus, count == 0) }
                    <output>{ count }</output>
                    { step(count + 1, "One replica more", Icon::Plus, count >= MOST) }
                </div>
            </div>
            <p class="sub">{ sentence }{ end }</p>
        </div>
    }
}

fn service_name(shell: &Shell) -> String {
    let scenario = &shell.state.started;
    scenario.service.get(link::balanced(scenario)).map_or_else(String::new, |service| service.name.clone())
}
