//! What opens over the page.

mod embed;
mod help;
mod modal;
mod share;

use yew::prelude::*;

use crate::web::shell::Props;
use crate::web::state::Dialog;
use crate::web::story;
use modal::Modal;

/// The dialog that is open, if any.
#[component]
pub fn Dialogs(props: &Props) -> Html {
    let shell = props.shell.clone();
    let inner = shell.clone();
    let (title, inside) = match shell.state.dialog {
        Some(Dialog::Share) => ("Share this run", html! { <share::Share shell={inner} /> }),
        Some(Dialog::Embed) => ("A figure for your page", html! { <embed::Embed shell={inner} /> }),
        Some(Dialog::Help) => ("Keys and signs", html! { <help::Help /> }),
        Some(Dialog::Story) => {
            let title = story::title(shell.control.live.get().story.as_deref());
            return html! { <Modal {title} {shell} wide=true><story::StoryView shell={inner} /></Modal> };
        }
        None => return html! {},
    };
    html! { <Modal {title} {shell}>{ inside }</Modal> }
}
