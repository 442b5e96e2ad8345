//! The link to this run: scenario, seed, and every change made by hand.

use yew::prelude::*;

use crate::web::address;
use crate::web::browser;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::View;

/// Properties of [`CopyField`].
#[derive(Properties, PartialEq)]
pub struct CopyProps {
    /// What it is.
    pub label: AttrValue,
    /// What is copied.
    pub text: AttrValue,
    /// Whether it has several lines.
    #[prop_or_default]
    pub tall: bool,
}

/// Text to copy, with its button.
#[component]
pub fn CopyField(props: &CopyProps) -> Html {
    let copied = use_state_eq(|| None::<bool>);
    {
        let copied = copied.setter();
        use_effect_with(props.text.clone(), move |_| copied.set(None));
    }
    let onclick = {
        let (copied, text) = (copied.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| copied.set(Some(browser::copy(&text))))
    };
    let says = match *copied {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Select and copy by hand",
    };
    html! {
        <div class="copy-field">
            if props.tall {
                <textarea class="input code" readonly=true rows="5" aria-label={props.label.clone()}
                    value={props.text.clone()} />
            } else {
                <input class="input code" readonly=true aria-label={props.label.clone()} value={props.text.clone()} />
            }
            <button class="btn main" {onclick}>
                { icon(if *copied == Some(true) { Icon::Tick } else { Icon::Copy }) }<span role="status">{ says }</span>
            </button>
        </div>
    }
}

/// The dialog's content.
#[component]
pub fn Share(props: &Props) -> Html {
    let shell = &props.shell;
    let with_time = use_state_eq(|| false);
    let made = shell.control.made();
    let at = with_time.then(|| shell.now());
    let base = browser::base_address();
    let view = View { embed: false, caption: None, ..shell.state.view.clone() };
    let link = address::link(&shell.state, &view, &made, at).map(|link| format!("{base}{link}"));
    let toggle = {
        let with_time = with_time.clone();
        Callback::from(move |_: Event| with_time.set(!*with_time))
    };
    let changes = match made.len() {
        0 => "Whoever opens it sees the same run, event for event.".to_owned(),
        1 => "Whoever opens it sees the same run, event for event, with your change.".to_owned(),
        n => format!("Whoever opens it sees the same run, event for event, with your {n} changes."),
    };
    html! {
        <div class="stack">
            <p>{ changes }</p>
            if let Some(link) = link {
                <CopyField label="Link to this run" text={link} />
            } else {
                <p class="notice error">{ "This run has too many changes for a link. Start again and share a shorter one." }</p>
            }
            <label class="row check">
                <input type="checkbox" checked={*with_time} onchange={toggle} />
                { format!("Open it at {}", crate::report::number::moment(shell.now().as_secs())) }
            </label>
        </div>
    }
}
