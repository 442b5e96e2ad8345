//! The bottom sheet of narrow screens: what one needs at hand; it opens to all controls.

use yew::prelude::*;

use super::scrubber::Scrubber;
use super::side::Side;
use super::traffic::black_friday;
use super::transport::{PlayButton, Transport};
use crate::lang::texts;
use crate::web::chart::AxisRef;
use crate::web::graph::Graph;
use crate::web::icons::{Icon, icon};
use crate::web::live::Live;
use crate::web::shell::Shell;
use crate::web::state::Action;

/// Below this width there is a sheet instead of a column.
pub const PHONE: &str = "(max-width: 759.9px)";
texts! {
    mod say {
        fn controls { en: "Controls", de: "Regler", fr: "Réglages" }
        fn faster(speed: Text) {
            en: "Speed {speed}: faster",
            de: "Tempo {speed}: schneller",
            fr: "Vitesse {speed} : plus vite",
        }
        fn replicas(n: Whole) {
            en: "{n:replica|replicas}",
            de: "{n:Replik|Repliken}",
            fr: "{n:réplique|répliques}",
        }
        fn fewer { en: "Fewer controls", de: "Weniger Regler", fr: "Moins de réglages" }
        fn all { en: "All controls", de: "Alle Regler", fr: "Tous les réglages" }
    }
}

/// Properties of [`Sheet`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// How time maps to the charts.
    pub axis: AxisRef,
}

/// The bottom sheet.
#[component]
pub fn Sheet(props: &Props) -> Html {
    let shell = &props.shell;
    let (lang, open) = (shell.lang(), shell.state.sheet);
    let asked = shell.asked();
    let speed = shell.state.speed.label_in(lang);
    // Lanes are changed on the page itself.
    let comparing = !shell.state.racers.is_empty();
    let replicas = behind_the_balancer(&shell.control.live.get());
    html! {
        <section class={classes!("sheet", open.then_some("open"))} aria-label={say::controls(lang)}>
            <div class="sheet-grip" aria-hidden="true"></div>
            <div class="sheet-row">
                <PlayButton shell={shell.clone()} />
                <output class="time clock">{ lang.moment(shell.now().as_secs()) }</output>
                <Scrubber shell={shell.clone()} axis={props.axis.clone()} aligned=false />
                <button class="btn sheet-speed" aria-label={say::faster(lang, &speed)}
                    onclick={shell.on(faster(shell))}>{ &speed }</button>
            </div>
            if !open && !comparing { { black_friday(shell) } }
            <div class="sheet-row sheet-values">
                <span><b>{ lang.three(asked.now) }</b>{ " " }{ asked.unit(lang) }</span>
                <span><b>{ replicas }</b>{ " " }{ say::replicas(lang, replicas as u64) }</span>
                <button class="link sheet-open" aria-expanded={open.to_string()}
                    onclick={shell.on(Action::Sheet)}>
                    { if open { say::fewer(lang) } else { say::all(lang) } }
                    { icon(if open { Icon::ChevronDown } else { Icon::ChevronUp }) }
                </button>
            </div>
            if open {
                <div class="sheet-all">
                    <Transport shell={shell.clone()} />
                    if comparing { { black_friday(shell) } } else { <Side shell={shell.clone()} /> }
                </div>
            }
        </section>
    }
}

/// The replicas that clients reach: a worker that takes from a queue is none of them.
fn behind_the_balancer(live: &Live) -> usize {
    let graph = live.model.as_deref().map(Graph::of).unwrap_or_default();
    live.world.replicas.iter().filter(|replica| graph.is_front(&replica.service)).count()
}

/// One button goes round: the next stop, and from the fastest back to the slowest but one.
fn faster(shell: &Shell) -> Action {
    use crate::web::driver::Speed;
    match shell.state.speed {
        Speed::Max => Action::Speed(Speed::Times(0.25)),
        _ => Action::Faster,
    }
}
