//! How the balancer would choose now.

use yew::prelude::*;

use super::NONE;
use crate::web::shell::Shell;
use crate::web::story::Candidates;

/// Every candidate's score for a request that came now.
pub fn choice(shell: &Shell) -> Html {
    let live = shell.control.live.get();
    let (Some(balancer), Some(why)) = (&live.world.balancer, &live.why) else {
        return html! { <p class="sub">{ NONE }</p> };
    };
    html! {
        <>
            <p class="sub">{ "If a request of an unknown client came now:" }</p>
            <Candidates algorithm={balancer.algorithm.clone()} why={why.clone()}
                replicas={live.world.replicas.clone()} />
        </>
    }
}
