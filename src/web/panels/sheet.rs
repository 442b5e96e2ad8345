//! The bottom sheet of narrow screens: what one needs at hand; it opens to all controls.

use yew::prelude::*;

use super::scrubber::Scrubber;
use super::side::Side;
use super::traffic::black_friday;
use super::transport::{PlayButton, Transport};
use crate::report::number::{moment, three};
use crate::web::chart::AxisRef;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Shell;
use crate::web::state::Action;

/// Below this width there is a sheet instead of a column.
pub const PHONE: &str = "(max-width: 759.9px)";

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
    let open = shell.state.sheet;
    let asked = shell.asked();
    let speed = shell.state.speed.label();
    // Lanes are changed on the page itself.
    let comparing = !shell.state.racers.is_empty();
    let replicas = shell.control.live.get().world.replicas.len();
    html! {
        <section class={classes!("sheet", open.then_some("open"))} aria-label="Controls">
            <div class="sheet-grip" aria-hidden="true"></div>
            <div class="sheet-row">
                <PlayButton shell={shell.clone()} />
                <output class="time clock">{ moment(shell.now().as_secs()) }</output>
                <Scrubber shell={shell.clone()} axis={props.axis.clone()} aligned=false />
                <button class="btn sheet-speed" aria-label={format!("Speed {speed}: faster")}
                    onclick={shell.on(faster(shell))}>{ &speed }</button>
            </div>
            if !open && !comparing { { black_friday(shell) } }
            <div class="sheet-row sheet-values">
                <span><b>{ three(asked.now) }</b>{ " " }{ asked.unit() }</span>
                <span><b>{ replicas }</b>{ if replicas == 1 { " replica" } else { " replicas" } }</span>
                <button class="link sheet-open" aria-expanded={open.to_string()}
                    onclick={shell.on(Action::Sheet)}>
                    { if open { "Fewer controls" } else { "All controls" } }
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

/// One button goes round: the next stop, and from the fastest back to the slowest but one.
fn faster(shell: &Shell) -> Action {
    use crate::web::driver::Speed;
    match shell.state.speed {
        Speed::Max => Action::Speed(Speed::Times(0.25)),
        _ => Action::Faster,
    }
}
