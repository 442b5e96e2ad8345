//! The strip above the scene: what is going on, in a sentence.

use yew::prelude::*;

use crate::web::headline::headline;
use crate::web::shell::Props;

/// The strip above the scene.
#[component]
pub fn Narration(props: &Props) -> Html {
    let shell = &props.shell;
    let parts = headline(shell.lang(), &shell.control.live.get(), &shell.asked());
    html! {
        <p class="narration headline"><span>
            { for parts.into_iter().map(|part| {
                if part.fact { html! { <b>{ part.text }</b> } } else { html! { { part.text } } }
            }) }
        </span></p>
    }
}
