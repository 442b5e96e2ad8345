//! The column of controls, the ledger, and what to try.

use yew::prelude::*;

use super::algorithm::Algorithm;
use super::ledger::Ledger;
use super::more::More;
use super::replicas::Replicas;
use super::sessions::Sessions;
use super::traffic::{Traffic, black_friday};
use crate::web::shell::Props;

/// The column of controls.
#[component]
pub fn Side(props: &Props) -> Html {
    let shell = &props.shell;
    let teaches = shell.state.started.teaches.clone();
    html! {
        <aside class="side" id="controls" tabindex="-1" aria-label="Controls">
            <div class="controls">
                <Traffic shell={shell.clone()} />
                { black_friday(shell) }
                <hr class="rule" />
                <Algorithm shell={shell.clone()} />
                <Replicas shell={shell.clone()} />
                <Sessions shell={shell.clone()} />
                <More shell={shell.clone()} />
                <hr class="rule" />
            </div>
            <Ledger shell={shell.clone()} />
            if !teaches.is_empty() {
                <div class="aside try"><h2 class="label">{ "Try" }</h2><p class="sub">{ teaches }</p></div>
            }
        </aside>
    }
}
