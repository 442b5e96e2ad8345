//! What opens over the page.

mod embed;
mod help;
mod modal;
mod share;
mod trust;

use yew::prelude::*;

use crate::lang::texts;
use crate::web::shell::Props;
use crate::web::state::Dialog;
use crate::web::story;
use modal::Modal;

texts! {
    mod say {
        fn share { en: "Share this run", de: "Diesen Lauf teilen", fr: "Partager cet essai" }
        fn embed {
            en: "A figure for your page",
            de: "Eine Abbildung für eine Seite",
            fr: "Une figure pour une page",
        }
        fn help { en: "Keys and signs", de: "Tasten und Zeichen", fr: "Touches et signes" }
    }
}

/// The dialog that is open, if any.
#[component]
pub fn Dialogs(props: &Props) -> Html {
    let shell = props.shell.clone();
    let inner = shell.clone();
    let lang = shell.lang();
    let (title, inside) = match shell.state.dialog {
        Some(Dialog::Share) => (say::share(lang), html! { <share::Share shell={inner} /> }),
        Some(Dialog::Embed) => (say::embed(lang), html! { <embed::Embed shell={inner} /> }),
        Some(Dialog::Help) => (say::help(lang), html! { <help::Help /> }),
        Some(Dialog::Story) => {
            let title = story::title(lang, shell.control.live.get().story.as_deref());
            return html! { <Modal {title} {shell} wide=true><story::StoryView shell={inner} /></Modal> };
        }
        None => return html! {},
    };
    html! { <Modal {title} {shell}>{ inside }</Modal> }
}
