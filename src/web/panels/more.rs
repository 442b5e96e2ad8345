//! Further controls: limits and the length of the run. Each starts the run again with the same seed.

use yew::prelude::*;

use crate::web::controls::Typed;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, KNOBS, Knob};

/// A button that opens the further controls below it.
#[component]
pub fn More(props: &Props) -> Html {
    let shell = &props.shell;
    let open = shell.state.more;
    html! {
        <div class="field more-controls">
            <button class="btn wide more-button" aria-expanded={open.to_string()} aria-controls="more"
                onclick={shell.on(Action::More)}>
                <span>{ "More: limits, queue, patience" }</span>
                { icon(if open { Icon::ChevronDown } else { Icon::ChevronRight }) }
            </button>
            <div id="more" class="stack" hidden={!open}>
                if open {
                    <p class="sub">{ "A change here starts the run again with the same seed." }</p>
                    { for KNOBS.iter().map(|knob| field(shell, knob)) }
                }
            </div>
        </div>
    }
}

fn field(shell: &Shell, knob: &'static Knob) -> Html {
    let value = knob.value(&shell.state.scenario);
    let state = shell.state.dispatcher();
    let before = value.clone();
    let on_text = Callback::from(move |text: String| {
        if text != before {
            state.dispatch(Action::Edit(knob, text));
        }
    });
    let about = format!("about-{}", knob.label.replace(' ', "-"));
    html! {
        <div class="knob">
            <span class="knob-label">{ knob.label }</span>
            <Typed class="input" label={knob.label} {value} example="no limit" described_by={about.clone()} {on_text} />
            <p class="sub" id={about}>{ knob.about }</p>
        </div>
    }
}
