//! The column of controls, the ledger, and what to try.

use yew::prelude::*;

use super::algorithm::Algorithm;
use super::faults::Faults;
use super::fork::Fork;
use super::ledger::Ledger;
use super::more::More;
use super::operate::Operate;
use super::replicas::Replicas;
use super::sessions::Sessions;
use super::theory::Theory;
use super::traffic::{Traffic, black_friday};
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::Locked;

/// The column of controls.
#[component]
pub fn Side(props: &Props) -> Html {
    let shell = &props.shell;
    let teaches = shell.state.started.teaches.clone();
    let traffic = html! { <><Traffic shell={shell.clone()} />{ black_friday(shell) }</> };
    let locked = |control: Locked, inside: Html| {
        if shell.state.view.locked.contains(&control) { lock(inside) } else { inside }
    };
    html! {
        <aside class="side" id="controls" tabindex="-1" aria-label="Controls">
            <div class="controls">
                { locked(Locked::Rate, traffic) }
                <hr class="rule" />
                { locked(Locked::Algorithm, html! { <Algorithm shell={shell.clone()} /> }) }
                { locked(Locked::Replicas, html! { <Replicas shell={shell.clone()} /> }) }
                { locked(Locked::Sessions, html! { <Sessions shell={shell.clone()} /> }) }
                <Faults shell={shell.clone()} />
                <Operate shell={shell.clone()} />
                <Fork shell={shell.clone()} />
                <More shell={shell.clone()} />
                <hr class="rule" />
            </div>
            <Ledger shell={shell.clone()} />
            <Theory shell={shell.clone()} />
            if let Some(task) = &shell.state.view.task {
                <div class="aside try"><h2 class="label">{ "Task" }</h2><p class="sub">{ task }</p></div>
            }
            if !teaches.is_empty() {
                <div class="aside try"><h2 class="label">{ "Try" }</h2><p class="sub">{ teaches }</p></div>
            }
        </aside>
    }
}

/// A control that is shown and can't be changed, and why.
fn lock(inside: Html) -> Html {
    html! {
        <div class="locked">
            <div class="locked-part" inert=true>{ inside }</div>
            <p class="sub">{ icon(Icon::Lock) }{ " Locked by the address of this page." }</p>
        </div>
    }
}
