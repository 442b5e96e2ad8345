//! What opens over the page.

mod embed;
mod help;
mod modal;
mod share;

use yew::prelude::*;

use crate::web::shell::Props;
use crate::web::state::Dialog;
use modal::Modal;

/// The dialog that is open, if any.
#[component]
pub fn Dialogs(props: &Props) -> Html {
    let shell = &props.shell;
    match shell.state.dialog {
        Some(Dialog::Share) => {
            html! { <Modal title="Share this run" shell={shell.clone()}><share::Share shell={shell.clone()} /></Modal> }
        }
        Some(Dialog::Embed) => {
            html! { <Modal title="A figure for your page" shell={shell.clone()}><embed::Embed shell={shell.clone()} /></Modal> }
        }
        Some(Dialog::Help) => {
            html! { <Modal title="Keys and signs" shell={shell.clone()}><help::Help /></Modal> }
        }
        None => html! {},
    }
}
