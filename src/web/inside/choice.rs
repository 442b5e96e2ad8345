//! How the balancer would choose now.

use yew::prelude::*;

use super::say::none;
use crate::lang::texts;
use crate::web::shell::Shell;
use crate::web::story::{Candidates, listed};

texts! {
    mod say {
        fn if_now {
            en: "If a request of an unknown client came now:",
            de: "Käme jetzt eine Anfrage eines unbekannten Clients:",
            fr: "Si une requête d’un client inconnu arrivait maintenant :",
        }
    }
}

/// Every candidate's score for a request that came now.
pub fn choice(shell: &Shell) -> Html {
    let live = shell.control.live.get();
    let (Some(balancer), Some(why)) = (&live.world.balancer, &live.why) else {
        return html! { <p class="sub">{ none(shell.lang()) }</p> };
    };
    let (replicas, count) = listed(&live.world.replicas, why, None);
    let replicas: Vec<_> = replicas.into_iter().cloned().collect();
    html! {
        <>
            <p class="sub">{ say::if_now(shell.lang()) }</p>
            <Candidates algorithm={balancer.algorithm.clone()} why={why.clone()}
                replicas={replicas} all={count} />
        </>
    }
}
