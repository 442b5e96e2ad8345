//! Looking inside: the latest requests, each replica's log, a table of what they use, the balancer's counters,
//! and how it would choose now.

mod choice;
mod logs;
mod requests;
mod stats;

use yew::prelude::*;

use crate::lang::texts;
use crate::web::driver::Command;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Inside as Tab};

texts! {
    mod say {
        fn none {
            en: "There is no balancer: clients go straight to a port of the host.",
            de: "Es gibt keinen Lastverteiler: Clients gehen direkt zu einem Port des Hosts.",
            fr: "Il n’y a pas de répartiteur : les clients vont droit à un port de l’hôte.",
        }
        fn inside { en: "Inside", de: "Innen", fr: "Intérieur" }
        fn tabs { en: "What to look at", de: "Was zu sehen ist", fr: "Que regarder" }
        fn close { en: "Close what is inside", de: "Innenansicht schließen", fr: "Fermer l’intérieur" }
    }
}

/// The drawer, when it is open.
#[component]
pub fn Inside(props: &Props) -> Html {
    let shell = &props.shell;
    let tab = shell.state.inside;
    {
        let send = shell.control.send.clone();
        use_effect_with((tab, shell.state.run), move |(tab, _)| {
            send.emit(Command::Look(*tab == Some(Tab::Choice)));
        });
    }
    let Some(tab) = tab else { return html! {} };
    let lang = shell.lang();
    let tabs = Tab::ALL.iter().map(|&each| {
        html! {
            <button type="button" role="tab" id={format!("tab-{}", each.word())} aria-controls="inside-panel"
                aria-selected={(each == tab).to_string()} tabindex={if each == tab { "0" } else { "-1" }}
                onclick={shell.on(Action::Inside(Some(each)))}>{ each.title(lang) }</button>
        }
    });
    html! {
        <aside class="inside panel" aria-label={say::inside(lang)}>
            <div class="row events-head">
                <div class="seg" role="tablist" aria-label={say::tabs(lang)} onkeydown={arrows(shell, tab)}>
                    { for tabs }
                </div>
                <button class="btn plain only small push" aria-label={say::close(lang)}
                    onclick={shell.on(Action::Inside(None))}>{ icon(Icon::Close) }</button>
            </div>
            <div class="inside-body" role="tabpanel" id="inside-panel" tabindex="0"
                aria-labelledby={format!("tab-{}", tab.word())}>
                { match tab {
                    Tab::Requests => html! { <requests::Requests shell={shell.clone()} /> },
                    Tab::Logs => html! { <logs::Logs shell={shell.clone()} /> },
                    Tab::Stats => stats::stats(shell),
                    Tab::Status => stats::status(shell),
                    Tab::Choice => choice::choice(shell),
                } }
            </div>
        </aside>
    }
}

/// Arrow keys go from tab to tab, and take the focus along.
fn arrows(shell: &Shell, tab: Tab) -> Callback<KeyboardEvent> {
    let shell = shell.clone();
    Callback::from(move |event: KeyboardEvent| {
        let count = Tab::ALL.len();
        let here = Tab::ALL.iter().position(|each| *each == tab).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (here + 1) % count,
            "ArrowLeft" => (here + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        shell.act(Action::Inside(Some(Tab::ALL[next])));
        crate::web::browser::focus(&format!("tab-{}", Tab::ALL[next].word()));
    })
}
