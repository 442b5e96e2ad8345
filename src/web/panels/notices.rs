//! What could not be taken as it stood: what was given, what is used instead.

use yew::prelude::*;

use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::Action;

/// The notices, each to be put away.
#[component]
pub fn Notices(props: &Props) -> Html {
    let shell = &props.shell;
    let notices = shell.state.notices.iter().enumerate().map(|(place, notice)| {
        html! {
            <div class="notice" key={format!("{notice}")}>
                { icon(Icon::Overloaded) }
                <p><b>{ &notice.given }</b>{ ": " }{ &notice.used }</p>
                <button class="btn plain only small push" aria-label="Put this notice away"
                    onclick={shell.on(Action::Dismiss(place))}>{ icon(Icon::Close) }</button>
            </div>
        }
    });
    html! { <div class="notices" role="status">{ for notices }</div> }
}
