//! The snippet that puts this run into another page.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::share::CopyField;
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
    let snippet = address::link(&shell.state, &view, &shell.control.made(), None).map(|link| {
        let title = shell.state.started.heading().replace('"', "&quot;");
        let link = link.replace('&', "&amp;");
        format!(
            "<iframe src=\"{}{link}\" title=\"{title}, a figure by Doorbuster\" width=\"700\" height=\"520\" \
             style=\"width:100%;border:0\" loading=\"lazy\" sandbox=\"allow-scripts allow-popups\"></iframe>",
            figure_page(&browser::base_address()),
        )
    });
    let check = |state: &UseStateHandle<bool>, label: &'static str| {
        let toggle = state.clone();
        let onchange = Callback::from(move |event: Event| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            toggle.set(input.is_some_and(|input| input.checked()));
        });
        html! { <label class="row check"><input type="checkbox" checked={**state} {onchange} />{ label }</label> }
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
                <p class="notice error">{ "This run has too many changes for a link. Start again and share a shorter one." }</p>
            }
        </div>
    }
}

/// The page of figures beside the page of the lab.
fn figure_page(base: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/embed.html")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_figure_is_beside_the_lab() {
        for base in ["https://x.org/lab/", "https://x.org/lab/index.html"] {
            assert_eq!(super::figure_page(base), "https://x.org/lab/embed.html");
        }
    }
}
