//! The column of controls, the ledger, and what to try. What is used less often stands below the ledger: where every
//! request went is seen without scrolling.

use yew::prelude::*;

use super::algorithm::Algorithm;
use super::faults::Faults;
use super::fork::Fork;
use super::ledger::Ledger;
use super::mind::Mind;
use super::more::More;
use super::operate::Operate;
use super::ports::Ports;
use super::replicas::Replicas;
use super::sessions::Sessions;
use super::theory::Theory;
use super::traffic::{Traffic, black_friday};
use crate::lang::{Lang, texts};
use crate::scenario::preset;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::Locked;

texts! {
    mod say {
        fn controls { en: "Controls", de: "Regler", fr: "Réglages" }
        fn task { en: "Task", de: "Aufgabe", fr: "Exercice" }
        fn try_it { en: "Try", de: "Probieren", fr: "Essayer" }
        fn locked {
            en: "Locked by the address of this page.",
            de: "Von der Adresse dieser Seite festgelegt.",
            fr: "Fixé par l’adresse de cette page.",
        }
    }
}

/// The column of controls.
#[component]
pub fn Side(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let teaches = preset::teaches(lang, &shell.state.started).to_owned();
    let traffic = html! { <><Traffic shell={shell.clone()} />{ black_friday(shell) }</> };
    let locked = |control: Locked, inside: Html| {
        if shell.state.view.locked.contains(&control) { lock(lang, inside) } else { inside }
    };
    html! {
        <aside class="side" id="controls" tabindex="-1" aria-label={say::controls(lang)}>
            <div class="controls">
                { locked(Locked::Rate, traffic) }
                <hr class="rule" />
                { locked(Locked::Algorithm, html! { <Algorithm shell={shell.clone()} /> }) }
                { locked(Locked::Replicas, html! { <Replicas shell={shell.clone()} /> }) }
                { locked(Locked::Sessions, html! { <Sessions shell={shell.clone()} /> }) }
                <Ports shell={shell.clone()} />
                <hr class="rule" />
            </div>
            <Ledger shell={shell.clone()} />
            <div class="controls further">
                <Faults shell={shell.clone()} />
                <Operate shell={shell.clone()} />
                <Fork shell={shell.clone()} />
                <More shell={shell.clone()} />
            </div>
            <Mind shell={shell.clone()} />
            <Theory shell={shell.clone()} />
            if let Some(task) = &shell.state.view.task {
                <div class="aside try"><h2 class="label">{ say::task(lang) }</h2><p class="sub">{ task }</p></div>
            }
            if !teaches.is_empty() {
                <div class="aside try"><h2 class="label">{ say::try_it(lang) }</h2><p class="sub">{ teaches }</p></div>
            }
        </aside>
    }
}

/// A control that is shown and can't be changed, and why.
fn lock(lang: Lang, inside: Html) -> Html {
    html! {
        <div class="locked">
            <div class="locked-part" inert=true>{ inside }</div>
            <p class="sub">{ icon(Icon::Lock) }{ " " }{ say::locked(lang) }</p>
        </div>
    }
}
