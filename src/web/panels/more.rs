//! Further controls: limits and the length of the run. Each starts the run again with the same seed.

use yew::prelude::*;

use crate::lang::{Lang, texts};
use crate::web::controls::Typed;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, KNOBS, Knob};

texts! {
    mod say {
        fn more {
            en: "More: limits, queue, patience",
            de: "Mehr: Grenzen, Schlange, Geduld",
            fr: "Plus : limites, file, patience",
        }
        fn again {
            en: "A change here starts the run again with the same seed.",
            de: "Eine Änderung hier startet den Lauf neu, mit demselben Startwert.",
            fr: "Un changement ici relance l’essai avec la même graine.",
        }
        fn no_limit { en: "no limit", de: "ohne Grenze", fr: "sans limite" }
    }
}

/// A button that opens the further controls below it.
#[component]
pub fn More(props: &Props) -> Html {
    let shell = &props.shell;
    let open = shell.state.more;
    html! {
        <div class="field more-controls">
            <button class="btn wide more-button" aria-expanded={open.to_string()} aria-controls="more"
                onclick={shell.on(Action::More)}>
                <span>{ say::more(shell.lang()) }</span>
                { icon(if open { Icon::ChevronDown } else { Icon::ChevronRight }) }
            </button>
            <div id="more" class="stack" hidden={!open}>
                if open {
                    <p class="sub">{ say::again(shell.lang()) }</p>
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
    let lang = shell.lang();
    let label = knob.label.say(lang);
    let about = format!("about-{}", knob.label.say(Lang::En).replace(' ', "-"));
    html! {
        <div class="knob">
            <span class="knob-label">{ label }</span>
            <Typed class="input" {label} {value} example={say::no_limit(lang)}
                described_by={about.clone()} {on_text} />
            <p class="sub" id={about}>{ knob.about.say(lang) }</p>
        </div>
    }
}
