//! Where sessions are kept, and whether they go back there.

use yew::prelude::*;

use crate::scenario::{SessionState, link};
use crate::web::shell::Props;
use crate::web::state::Choice;

/// One of two, with its consequence below.
#[component]
pub fn Sessions(props: &Props) -> Html {
    let shell = &props.shell;
    let scenario = &shell.state.started;
    let has_sessions = scenario.traffic.source.iter().any(|source| source.session.is_some());
    let kept = scenario.service.get(link::balanced(scenario)).map(|service| service.sessions);
    let Some(sticky) = shell.control.live.get().world.balancer.as_ref().map(|b| b.sticky) else {
        return html! {};
    };
    let says = match (has_sessions, kept, sticky) {
        (false, ..) => "Not used: requests of this scenario belong to no session.",
        (_, Some(SessionState::None), _) => "Not used: the service keeps no state.",
        (_, _, true) => {
            "In the replica’s memory; a cookie leads back to it. When it dies, its baskets die too."
        }
        (_, _, false) => {
            "In the replica’s memory; the next request may go to another, which knows no basket."
        }
    };
    let option = |on: bool, word: &'static str| {
        let shell = shell.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if on != sticky {
                shell.choose(Choice::Sticky(on));
            }
        });
        html! { <button role="radio" aria-checked={(on == sticky).to_string()} {onclick}>{ word }</button> }
    };
    html! {
        <div class="field">
            <h2 class="label" id="sessions-label">{ "Sessions kept in" }</h2>
            <div class="seg" role="radiogroup" aria-labelledby="sessions-label" aria-describedby="sessions-says">
                { option(false, "replica") }{ option(true, "replica, sticky") }
            </div>
            <p class="sub" id="sessions-says">{ says }</p>
        </div>
    }
}
