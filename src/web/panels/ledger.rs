//! Where every request went: an equation, row by row.

use yew::prelude::*;

use super::outcome::look;
use crate::observe::Outcome;
use crate::report::number::whole;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::{Action, Inside};

/// What the digest is.
const DIGEST: &str =
    "A hash of every event so far: equal runs have equal digests, here and on the command line.";

/// The ledger, and the run's digest below it.
#[component]
pub fn Ledger(props: &Props) -> Html {
    let shell = &props.shell;
    let (ledger, digest) = {
        let live = shell.control.live.get();
        (live.world.ledger, live.digest)
    };
    let mut rows: Vec<(Icon, &str, &str, u64, &str)> = [(Outcome::Ok, ledger.count(Outcome::Ok))]
        .into_iter()
        .chain(ledger.failures())
        .map(|(outcome, n)| {
            let (which, class) = look(outcome);
            (which, class, outcome.label(), n, outcome.name())
        })
        .collect();
    rows.push((Icon::Idle, "flight", "still in flight", ledger.in_flight(), "in_flight"));
    let most = rows.iter().map(|row| row.3).max().unwrap_or(0).max(1) as f64;
    let row = |(which, class, label, n, name): &(Icon, &'static str, &'static str, u64, &'static str)| {
        let width = *n as f64 / most;
        let onclick = {
            let (shell, name) = (shell.clone(), *name);
            Callback::from(move |_: MouseEvent| {
                shell.act(Action::List(name.into()));
                shell.act(Action::Inside(Some(Inside::Requests)));
            })
        };
        html! {
            <tr class={classes!("ledger-row", *class)} key={*label}>
                <th scope="row">
                    <button class="ledger-open" {onclick} title="Show such requests">
                        { icon(*which) }{ *label }
                    </button>
                </th>
                <td class="ledger-bar" aria-hidden="true">
                    if *n > 0 { <i style={format!("--share:{width:.4}")}></i> }
                </td>
                <td class="n">{ whole(*n) }</td>
            </tr>
        }
    };
    let title = format!("Where {} requests went", whole(ledger.offered()));
    html! {
        <section class="ledger" aria-labelledby="ledger-title">
            <h2 class="label" id="ledger-title">{ title }</h2>
            <table>{ for rows.iter().map(row) }</table>
            <p class="sub">{ "Nothing is missing: the rows add up." }</p>
            <p class="sub digest" title={DIGEST}>
                { "digest " }<code>{ format!("{digest:016x}") }</code>
                { format!(", seed {}", shell.state.started.run.seed) }
            </p>
        </section>
    }
}
