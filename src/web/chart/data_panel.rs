//! "Show data": the numbers behind the charts as a table.

use web_sys::{Event, HtmlElement};
use yew::prelude::*;

use crate::charts::Row;
use crate::charts::table::{Table, table};
use crate::web::live::LiveRef;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub live: LiveRef,
    pub tick: u64,
    pub rows: Vec<Row>,
}

/// The most windows in the table.
const WINDOWS: usize = 50;

#[component]
pub(super) fn DataPanel(props: &Props) -> Html {
    let open = use_state(|| false);
    let chosen = use_state(|| props.rows.first().copied().unwrap_or(Row::Response));
    let toggled = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let details: Option<HtmlElement> = event.target_dyn_into();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    html! {
        <details class="chart-data" ontoggle={toggled}>
            <summary>{ "Show data" }</summary>
            if *open {
                <div class="chart-data-choice" role="group" aria-label="Which chart">
                    { for props.rows.iter().map(|&row| choice(row, &chosen)) }
                </div>
                { shown(&current(&props.live, *chosen), *chosen) }
            }
        </details>
    }
}

fn current(live: &LiveRef, row: Row) -> Table {
    let live = live.get();
    table(row, &live.recorder.series, live.world.now.as_secs(), WINDOWS)
}

fn choice(row: Row, chosen: &UseStateHandle<Row>) -> Html {
    let pressed = if row == **chosen { "true" } else { "false" };
    let chosen = chosen.clone();
    let onclick = Callback::from(move |_: MouseEvent| chosen.set(row));
    html! { <button type="button" aria-pressed={pressed} {onclick}>{ row.label() }</button> }
}

fn shown(table: &Table, row: Row) -> Html {
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
            <div class="chart-data-table" tabindex="0" role="region" aria-label={row.label()}>
                <table>
                    <thead><tr>{ for table.headings.iter().map(heading) }</tr></thead>
                    <tbody>{ for table.rows.iter().rev().map(line) }</tbody>
                </table>
            </div>
        </>
    }
}
