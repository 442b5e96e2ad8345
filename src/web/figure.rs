//! One figure of another page: scene, play, at most one slider, one chart, a caption; of a comparison all lanes.

use std::rc::Rc;

use yew::prelude::*;

use crate::charts::Row;
use crate::lang::{sentence, texts};
use crate::scenario::preset;
use crate::web::address;
use crate::web::chart::{AxisRef, Charts, Overlay};
use crate::web::compare::{Lanes, chart_looks, looks};
use crate::web::hooks::{use_height_told, use_visible};
use crate::web::panels::{Notices, PlayButton, SceneView, Traffic, rows, use_palette, use_stillness};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Controls, View};

texts! {
    mod say {
        fn open { en: "Open in the lab", de: "Im Labor öffnen", fr: "Ouvrir dans le labo" }
    }
}

/// Charts of a comparison.
const LANE_CHARTS: usize = 2;

/// The figure.
#[component]
pub fn Figure(props: &Props) -> Html {
    let shell = &props.shell;
    let node = use_node_ref();
    let seen = {
        let control = shell.control.clone();
        use_callback((), move |seen: bool, ()| control.set_visible(seen))
    };
    use_visible(&node, seen);
    use_height_told(&node);
    let axis = use_memo((), |()| AxisRef::default());
    let (theme, reduced_motion) = (use_palette(shell), use_stillness(shell));
    let chart = match shell.state.view.charts.as_slice() {
        [] => vec![Row::Outcomes],
        _ => rows(shell),
    };
    let looks = use_memo(shell.state.racers.clone(), |racers| looks(racers));
    let parts = if looks.is_empty() {
        html! {
            <>
                <div class="figure-scene"><SceneView shell={shell.clone()} /></div>
                <div class="figure-chart">
                    <Charts live={shell.control.live.clone()} tick={shell.control.tick} {theme}
                        axis={(*axis).clone()} rows={chart} {reduced_motion} />
                </div>
            </>
        }
    } else {
        html! {
            <>
                <div class="figure-scene"><Lanes shell={shell.clone()} looks={Rc::clone(&looks)} fixed=true /></div>
                <div class="figure-chart">
                    <Overlay lives={shell.control.lanes.clone()} looks={chart_looks(&looks)}
                        tick={shell.control.tick} {theme} axis={(*axis).clone()} {reduced_motion}
                        most={LANE_CHARTS} />
                </div>
            </>
        }
    };
    html! {
        <main class="figure" ref={node}>
            <Notices shell={shell.clone()} />
            <div class="figure-parts">
                { parts }
                <div class="figure-controls">
                    <PlayButton shell={shell.clone()} />
                    <output class="time clock">{ shell.lang().moment(shell.now().as_secs()) }</output>
                    if shell.state.view.controls != Controls::None { <Traffic shell={shell.clone()} /> }
                </div>
            </div>
            { caption(shell) }
        </main>
    }
}

fn caption(shell: &Shell) -> Html {
    let scenario = &shell.state.started;
    let given = shell.state.view.caption.clone();
    let view = View { embed: false, caption: None, autoplay: None, ..shell.state.view.clone() };
    let link = address::link(&shell.state, &view, &shell.control.made(), None);
    let href = format!("./{}", link.unwrap_or_default());
    html! {
        <p class="figure-caption">
            <b>{ sentence(shell.heading()) }</b>{ " " }
            { given.unwrap_or_else(|| preset::teaches(shell.lang(), scenario).to_owned()) }{ " " }
            <a {href} target="_blank" rel="noopener">{ say::open(shell.lang()) }</a>
        </p>
    }
}
