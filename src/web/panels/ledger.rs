//! Where every request went: an equation, row by row.

use yew::prelude::*;

use super::outcome::look;
use crate::lang::texts;
use crate::observe::Outcome;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::{Action, Inside};

texts! {
    mod say {
        fn title(n: Whole) {
            en: "Where {n} {n:request|requests} went",
            de: "Wohin {n} {n:Anfrage ging|Anfragen gingen}",
            fr: "Où {n:est allée|sont allées} {n} {n:requête|requêtes}",
        }
        fn flight { en: "still in flight", de: "noch unterwegs", fr: "encore en cours" }
        fn show { en: "Show such requests", de: "Solche Anfragen zeigen", fr: "Voir ces requêtes" }
        fn adds_up {
            en: "Nothing is missing: the rows add up.",
            de: "Nichts fehlt: Die Zeilen gehen auf.",
            fr: "Rien ne manque : le compte est bon.",
        }
        fn digest { en: "digest", de: "Prüfsumme", fr: "empreinte" }
        fn seed(seed: Text) { en: ", seed {seed}", de: ", Startwert {seed}", fr: ", graine {seed}" }
        fn about_digest {
            en: "A hash of every event so far: equal runs have equal digests, here and on the command line.",
            de: "Eine Prüfsumme aller Ereignisse bisher: gleiche Läufe haben gleiche Summen, hier und auf \
                 der Kommandozeile.",
            fr: "Une empreinte de tous les événements : des essais égaux ont la même, ici et en ligne de \
                 commande.",
        }
    }
}

/// The ledger, and the run's digest below it.
#[component]
pub fn Ledger(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let (ledger, digest) = {
        let live = shell.control.live.get();
        (live.world.ledger, live.digest)
    };
    let mut rows: Vec<(Icon, &str, &str, u64, &str)> = [(Outcome::Ok, ledger.count(Outcome::Ok))]
        .into_iter()
        .chain(ledger.failures())
        .map(|(outcome, n)| {
            let (which, class) = look(outcome);
            (which, class, outcome.text().say(lang), n, outcome.name())
        })
        .collect();
    rows.push((Icon::Idle, "flight", say::flight(lang), ledger.in_flight(), "in_flight"));
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
                    <button class="ledger-open" {onclick} title={say::show(lang)}>
                        { icon(*which) }{ *label }
                    </button>
                </th>
                <td class="ledger-bar" aria-hidden="true">
                    if *n > 0 { <i style={format!("--share:{width:.4}")}></i> }
                </td>
                <td class="n">{ lang.whole(*n) }</td>
            </tr>
        }
    };
    let title = say::title(lang, ledger.offered());
    html! {
        <section class="ledger" aria-labelledby="ledger-title">
            <h2 class="label" id="ledger-title">{ title }</h2>
            <table>{ for rows.iter().map(row) }</table>
            <p class="sub">{ say::adds_up(lang) }</p>
            <p class="sub digest" title={say::about_digest(lang)}>
                { say::digest(lang) }{ " " }<code>{ format!("{digest:016x}") }</code>
                { say::seed(lang, &shell.state.started.run.seed.to_string()) }
            </p>
        </section>
    }
}
