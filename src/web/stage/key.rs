//! What the dots mean.

use yew::prelude::*;

use super::scene::{Scene, words};

/// The key; with filled bars for trays there are no dots to explain.
pub fn key(scene: &Scene, bars: bool) -> Html {
    let refuses = scene.balancer.as_ref().is_some_and(|balancer| balancer.refusing.is_some())
        || scene.cards.iter().any(|card| card.refusing.is_some());
    let unit = if scene.unit == 1 { "request" } else { "requests" };
    let age = scene.timeout.map_or("age 0 → 10 s".to_owned(), |s| format!("age 0 → {}", words::length(s)));
    html! {
        <div class="key" role="note" aria-label="Key">
            if bars {
                <p>{ "band: requests a second" }</p>
                <p>{ "bar: how full a tray is" }</p>
            } else {
                <p>{ format!("1 dot = {} {unit}", words::count(scene.unit)) }</p>
                <p>{ sizes() }{ "work left" }</p>
                <p>{ ages() }{ age }</p>
                if refuses { <p>{ falling() }{ "refused, falls" }</p> }
            }
        </div>
    }
}

fn sizes() -> Html {
    html! {
        <svg width="38" height="14" aria-hidden="true">
            <circle class="plain" cx="4" cy="7" r="2.2" />
            <circle class="plain" cx="15" cy="7" r="4" />
            <circle class="plain" cx="30" cy="7" r="6.5" />
        </svg>
    }
}

fn ages() -> Html {
    let dot = |step: u32| {
        let x = (5 + 12 * step).to_string();
        html! { <circle class={format!("dot a{step}")} cx={x} cy="7" r="4.5" /> }
    };
    html! {
        <svg width="62" height="14" aria-hidden="true">
            { for (0..5).map(dot) }
            <circle class="halo a4" cx="53" cy="7" r="6.4" />
        </svg>
    }
}

fn falling() -> Html {
    html! {
        <svg width="12" height="14" aria-hidden="true"><circle class="refused" cx="6" cy="7" r="4.2" /></svg>
    }
}
