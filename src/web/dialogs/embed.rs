//! The snippet that puts this run into another page.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::share::{CopyField, too_long};
use crate::web::address;
use crate::web::browser;
use crate::web::controls::text_of;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::{ChartKind, Controls, View};

/// The dialog's content.
#[component]
pub fn Embed(props: &Props) -> Html {
    let shell = &props.shell;
    let autoplay = use_state_eq(|| true);
    let slider = use_state_eq(|| true);
    let chart = use_state_eq(|| ChartKind::Outcomes);
    let view = View {
        embed: true,
        autoplay: autoplay.then_some(true),
        controls: if *slider { Controls::Basic } else { Controls::None },
        charts: vec![*chart],
        ..shell.state.view.clone()
    };
    let link = address::link(&shell.state, &view, &shell.control.made(), None);
    let title = shell.state.started.heading();
    let snippet = link.map(|link| snippet(&figure_page(&browser::base_address()), &link, title));
    let check = |state: &UseStateHandle<bool>, label: &'static str| {
        let toggle = state.clone();
        let onchange = Callback::from(move |event: Event| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            toggle.set(input.is_some_and(|input| input.checked()));
        });
        html! {
            <label class="row check"><input type="checkbox" checked={**state} {onchange} />{ label }</label>
        }
    };
    let onchart = {
        let chart = chart.setter();
        Callback::from(move |event: Event| {
            let word = text_of(&event);
            if let Some(kind) = ChartKind::ALL.iter().find(|kind| kind.word() == word) {
                chart.set(*kind);
            }
        })
    };
    html! {
        <div class="stack">
            <p>{ "One figure: scene, one chart, a caption. It runs only while it is on screen." }</p>
            { check(&autoplay, "Runs by itself") }
            { check(&slider, "With a slider for the traffic") }
            <label class="row"><span>{ "Chart" }</span>
                <span class="pick">
                    <select class="select embed-chart" onchange={onchart}>
                        { for ChartKind::ALL.iter().map(|kind| html! {
                            <option value={kind.word()} selected={*kind == *chart}>{ kind.title() }</option>
                        }) }
                    </select>
                    { icon(Icon::ChevronDown) }
                </span>
            </label>
            if let Some(snippet) = snippet {
                <CopyField label="HTML to copy" text={snippet} tall=true />
            } else {
                { too_long() }
            }
        </div>
    }
}

/// The HTML of the frame.
fn snippet(page: &str, link: &str, title: &str) -> String {
    let (link, title) = (link.replace('&', "&amp;"), title.replace('&', "&amp;").replace('"', "&quot;"));
    format!(
        "<iframe src=\"{page}{link}\" title=\"{title}, a figure by Doorbuster\" width=\"700\" height=\"560\" \
         style=\"width:100%;border:0\" loading=\"lazy\" sandbox=\"allow-scripts allow-popups\"></iframe>"
    )
}

/// The page of figures beside the page of the lab.
fn figure_page(base: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/embed.html")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_snippet_is_well_formed() {
        let html = super::snippet("https://x.org/embed.html", "?a=1&b=2", "\"A\" & B");
        assert!(html.contains("src=\"https://x.org/embed.html?a=1&amp;b=2\""));
        assert!(html.contains("title=\"&quot;A&quot; &amp; B, a figure by Doorbuster\""));
    }

    #[test]
    fn the_figure_is_beside_the_lab() {
        for base in ["https://x.org/lab/", "https://x.org/lab/index.html"] {
            assert_eq!(super::figure_page(base), "https://x.org/lab/embed.html");
        }
    }
}
