//! The snippet that puts this run into another page.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::share::{CopyField, too_long};
use crate::lang::{Lang, texts};
use crate::web::address;
use crate::web::browser;
use crate::web::controls::text_of;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::{ChartKind, Controls, View};

texts! {
    mod say {
        fn about {
            en: "One figure: scene, one chart, a caption. It runs only while it is on screen.",
            de: "Eine Abbildung: Szene, ein Diagramm, eine Unterschrift. Sie läuft nur, solange sie zu sehen \
                 ist.",
            fr: "Une figure : la scène, un graphique, une légende. Elle ne tourne que tant qu’elle est à \
                 l’écran.",
        }
        fn by_itself { en: "Runs by itself", de: "Läuft von selbst", fr: "Démarre seule" }
        fn slider {
            en: "With a slider for the traffic",
            de: "Mit einem Regler für den Verkehr",
            fr: "Avec un curseur pour le trafic",
        }
        fn chart { en: "Chart", de: "Diagramm", fr: "Graphique" }
        fn html { en: "HTML to copy", de: "HTML zum Kopieren", fr: "HTML à copier" }
        fn figure(title: Text) {
            en: "{title}, a figure by Doorbuster",
            de: "{title}, eine Abbildung von Doorbuster",
            fr: "{title}, une figure de Doorbuster",
        }
    }
}

/// The dialog's content.
#[component]
pub fn Embed(props: &Props) -> Html {
    let (shell, lang) = (&props.shell, props.shell.lang());
    let autoplay = use_state_eq(|| true);
    let slider = use_state_eq(|| true);
    let chart = use_state_eq(|| ChartKind::Outcomes);
    let view = View {
        embed: true,
        lang: Some(lang),
        autoplay: autoplay.then_some(true),
        controls: if *slider { Controls::Basic } else { Controls::None },
        charts: vec![*chart],
        ..shell.state.view.clone()
    };
    let link = address::link(&shell.state, &view, &shell.control.made(), None);
    let title = shell.heading();
    let snippet = link.map(|link| snippet(lang, &figure_page(&browser::base_address()), &link, title));
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
            <p>{ say::about(lang) }</p>
            { check(&autoplay, say::by_itself(lang)) }
            { check(&slider, say::slider(lang)) }
            <label class="row"><span>{ say::chart(lang) }</span>
                <span class="pick">
                    <select class="select embed-chart" onchange={onchart}>
                        { for ChartKind::ALL.iter().map(|kind| html! {
                            <option value={kind.word()} selected={*kind == *chart}>
                                { kind.title(lang) }
                            </option>
                        }) }
                    </select>
                    { icon(Icon::ChevronDown) }
                </span>
            </label>
            if let Some(snippet) = snippet {
                <CopyField label={say::html(lang)} text={snippet} tall=true />
            } else {
                { too_long(lang) }
            }
        </div>
    }
}

/// The HTML of the frame. Its height is what a figure of a few replicas needs: beside each other scene and chart take
/// up to 510 px, on a narrow screen, where they stand below each other, up to 910; a page that listens may fit it
/// exactly.
fn snippet(lang: Lang, page: &str, link: &str, title: &str) -> String {
    let title = say::figure(lang, title);
    let (link, title) = (link.replace('&', "&amp;"), title.replace('&', "&amp;").replace('"', "&quot;"));
    format!(
        "<iframe src=\"{page}{link}\" title=\"{title}\" width=\"700\" height=\"520\" \
         style=\"width:100%;height:max(520px,calc(1160px - 62vw));border:0\" loading=\"lazy\" sandbox=\"allow-scripts allow-popups\"></iframe>"
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
        let html = super::snippet(crate::lang::Lang::En, "https://x.org/embed.html", "?a=1&b=2", "\"A\" & B");
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
