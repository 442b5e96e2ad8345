//! A dialog of the browser's own: it holds the focus, closes on Escape, and gives the focus back.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::lang::texts;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Shell;
use crate::web::state::Action;

texts! {
    mod say {
        fn close { en: "Close", de: "Schließen", fr: "Fermer" }
    }
}

/// Properties of [`Modal`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Its heading.
    pub title: AttrValue,
    /// What every panel needs.
    pub shell: Shell,
    /// Whether it needs much room.
    #[prop_or_default]
    pub wide: bool,
    /// What is in it.
    pub children: Html,
}

/// A dialog.
#[component]
pub fn Modal(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let close = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let onclose = props.shell.on::<Event>(Action::Close);
    html! {
        <dialog ref={node} {onclose} class={props.wide.then_some("wide")} aria-labelledby="dialog-title">
            <div class="row dialog-head">
                <h2 id="dialog-title">{ props.title.clone() }</h2>
                <button class="btn plain only push" aria-label={say::close(props.shell.lang())} onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}
