//! What could not be taken as it stood: what was given, what is used instead.

use yew::prelude::*;

use crate::lang::texts;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::Action;

texts! {
    mod say {
        fn close { en: "Put this notice away", de: "Diesen Hinweis schließen", fr: "Fermer cet avis" }
    }
}

/// The notices, each to be put away.
#[component]
pub fn Notices(props: &Props) -> Html {
    let shell = &props.shell;
    let notices = shell.state.notices.iter().enumerate().map(|(place, notice)| {
        html! {
            <div class="notice" key={format!("{notice}")}>
                { icon(Icon::Overloaded) }
                <p><b>{ &notice.given }</b>{ ": " }{ notice.used.say(shell.lang()) }</p>
                <button class="btn plain only small push" aria-label={say::close(shell.lang())}
                    onclick={shell.on(Action::Dismiss(place))}>{ icon(Icon::Close) }</button>
            </div>
        }
    });
    html! { <div class="notices" role="status">{ for notices }</div> }
}
