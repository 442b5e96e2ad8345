//! "Show data": the numbers behind the charts as a table.

use web_sys::{Event, HtmlElement};
use yew::prelude::*;

use crate::charts::data::Facts;
use crate::charts::table::{Table, table};
use crate::charts::theme::Theme;
use crate::charts::{Row, some};
use crate::lang::{Lang, texts};
use crate::web::browser;
use crate::web::hooks::use_lang;
use crate::web::live::LiveRef;

texts! {
    mod say {
        fn show { en: "Show data", de: "Daten", fr: "Données" }
        fn which { en: "Which chart", de: "Welches Diagramm", fr: "Quel graphique" }
        fn files { en: "Save this chart", de: "Dieses Diagramm sichern", fr: "Enregistrer ce graphique" }
        fn save(kind: Text) { en: "Save {kind}", de: "{kind} sichern", fr: "Enregistrer {kind}" }
    }
}

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub live: LiveRef,
    pub tick: u64,
    pub rows: Vec<Row>,
    pub theme: Theme,
}

/// The most windows in the table.
const WINDOWS: usize = 50;

#[component]
pub(super) fn DataPanel(props: &Props) -> Html {
    let lang = use_lang();
    let open = use_state(|| false);
    let chosen = use_state(|| props.rows.first().copied().unwrap_or(Row::Response));
    let toggled = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let details: Option<HtmlElement> = event.target_dyn_into();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    let row_name = chosen.label(lang);
    html! {
        <details class="chart-data" ontoggle={toggled}>
            <summary>{ say::show(lang) }</summary>
            if *open {
                <div class="chart-data-choice" role="group" aria-label={say::which(lang)}>
                    { for props.rows.iter().map(|&row| choice(lang, row, &chosen)) }
                </div>
                <div class="row chart-files" role="group" aria-label={say::files(lang)}>
                    { save(lang, props, *chosen, "CSV", csv) }
                    { save(lang, props, *chosen, "SVG", picture) }
                    { save(lang, props, *chosen, "PNG", picture) }
                </div>
                { shown(&current(lang, &props.live, *chosen), row_name) }
            }
        </details>
    }
}

/// What makes the text of a file.
type Make = fn(Lang, &LiveRef, Row, Theme) -> String;

/// A button that offers a file of the chart.
fn save(lang: Lang, props: &Props, row: Row, kind: &'static str, make: Make) -> Html {
    let (live, theme) = (props.live.clone(), props.theme);
    let onclick = Callback::from(move |_: MouseEvent| {
        let name = format!("{}.{}", row.name(), kind.to_lowercase());
        let text = make(lang, &live, row, theme);
        let _ = match kind {
            "PNG" => browser::save_png(&name, &text, SIZE),
            "SVG" => browser::save(&name, "image/svg+xml", &text),
            _ => browser::save(&name, "text/csv", &text),
        };
    });
    html! { <button type="button" class="btn small" {onclick}>{ say::save(lang, kind) }</button> }
}

/// Width of a saved picture in px; its height is that of its row.
const SIZE: (f64, f64) = (1_000.0, 190.0);

/// All windows so far.
fn csv(_: Lang, live: &LiveRef, row: Row, _: Theme) -> String {
    let live = live.get();
    // Names of columns are the same for every reader.
    table(Lang::En, row, &live.recorder.series, live.world.now.as_secs(), usize::MAX).to_csv()
}

/// The chart up to now, as SVG.
fn picture(lang: Lang, live: &LiveRef, row: Row, theme: Theme) -> String {
    let live = live.get();
    let mut facts = Facts { lang, ..Facts::default() };
    if let Some(model) = &live.model {
        facts.know(model, &live.recorder.series.names);
    }
    facts.learn(&live.world);
    facts.client_timeout_s = live.client_timeout.map(|timeout| timeout.as_secs());
    some(&[row], &live.recorder.series, &facts, &live.event_lines(lang), theme, SIZE).unwrap_or_default()
}

fn current(lang: Lang, live: &LiveRef, row: Row) -> Table {
    let live = live.get();
    table(lang, row, &live.recorder.series, live.world.now.as_secs(), WINDOWS)
}

fn choice(lang: Lang, row: Row, chosen: &UseStateHandle<Row>) -> Html {
    let pressed = if row == **chosen { "true" } else { "false" };
    let chosen = chosen.clone();
    let onclick = Callback::from(move |_: MouseEvent| chosen.set(row));
    html! { <button type="button" aria-pressed={pressed} {onclick}>{ row.label(lang) }</button> }
}

fn shown(table: &Table, row: &'static str) -> Html {
    let heading = |heading: &crate::charts::table::Heading| {
        let unit =
            (!heading.unit.is_empty()).then(|| html! { <small>{ format!(" {}", heading.unit) }</small> });
        html! { <th scope="col">{ &heading.name }{ for unit }</th> }
    };
    // The latest first: it is what a reader looks for.
    let line =
        |cells: &Vec<String>| html! { <tr>{ for cells.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> };
    html! {
        <>
            <p class="chart-data-note">{ &table.note }</p>
            <div class="chart-data-table" tabindex="0" role="region" aria-label={row}>
                <table>
                    <thead><tr>{ for table.headings.iter().map(heading) }</tr></thead>
                    <tbody>{ for table.rows.iter().rev().map(line) }</tbody>
                </table>
            </div>
        </>
    }
}
