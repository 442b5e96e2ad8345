//! Two to four lanes with the same arrivals: what differs, whether it is real, and the runs themselves.

mod edit;
mod forest;
mod lanes;
mod look;
mod said;
mod trials;

use std::rc::Rc;

use yew::prelude::*;

use self::trials::use_trials;
use crate::web::browser;
use crate::web::chart::{AxisRef, Overlay};
use crate::web::hooks::use_media;
use crate::web::inside::Inside;
use crate::web::panels::{
    Events, Header, Notices, PHONE, Scrubber, Sheet, Transport, use_palette, use_stillness,
};
use crate::web::shell::{Props, Shell};

/// The most runs under each setting.
const RUNS: [u32; 4] = [10, 20, 60, 200];

/// The comparison.
#[component]
pub fn Compare(props: &Props) -> Html {
    let shell = &props.shell;
    let wanted = use_state_eq(|| RUNS[1]);
    let rival = use_state_eq(|| 1_usize);
    let trials = use_trials(shell, *wanted);
    let looks = use_memo(shell.state.racers.clone(), |racers| look::looks(racers));
    let axis = use_memo((), |()| AxisRef::default());
    let axis = (*axis).clone();
    let (theme, reduced_motion) = (use_palette(shell), use_stillness(shell));
    let phone = use_media(PHONE);
    let said = said::said(&trials.comparison, &shell.state.racers);
    html! {
        <div class={classes!("lab", "comparing", phone.then_some("phone"))}>
            <a class="sr btn" href="#lanes">{ "To the lanes" }</a>
            <Header shell={shell.clone()} />
            <Notices shell={shell.clone()} />
            <main class="compare">
                <div class="compare-said">
                    <h1 class="display">{ &said.title }</h1>
                    <p class="compare-proof">
                        { for said.proof.iter().map(|part| part.html()) }
                    </p>
                </div>
                <div class="compare-top">
                    <lanes::Lanes shell={shell.clone()} looks={Rc::clone(&looks)} />
                    <div class="compare-side">
                        { runs(&wanted, &trials) }
                        <forest::Forest comparison={trials.comparison.clone()} looks={Rc::clone(&looks)}
                            rival={(*rival).min(looks.len().saturating_sub(1))}
                            on_rival={let rival = rival.setter(); Callback::from(move |n| rival.set(n))} />
                        <edit::Edit shell={shell.clone()} looks={Rc::clone(&looks)} />
                    </div>
                </div>
                if !phone {
                    <Transport shell={shell.clone()} />
                    <Scrubber shell={shell.clone()} axis={axis.clone()} />
                }
                <Overlay lives={shell.control.lanes.clone()} looks={look::chart_looks(&looks)}
                    tick={shell.control.tick} {theme} axis={axis.clone()} {reduced_motion} />
                { note(shell) }
            </main>
            <Events shell={shell.clone()} />
            <Inside shell={shell.clone()} />
            <p class="paper sub">{ browser::address_now() }</p>
            if phone { <Sheet shell={shell.clone()} {axis} /> }
        </div>
    }
}

/// How many runs there are to be, and how many there are.
fn runs(wanted: &UseStateHandle<u32>, trials: &trials::Trials) -> Html {
    let option = |n: &u32| {
        let selected = *n == **wanted;
        html! { <option value={n.to_string()} {selected}>{ format!("{n} runs each") }</option> }
    };
    let onchange = {
        let wanted = wanted.setter();
        Callback::from(move |event: Event| {
            if let Ok(n) = crate::web::controls::text_of(&event).parse() {
                wanted.set(n);
            }
        })
    };
    let state = if trials.done < trials.wanted {
        format!("{} of {} runs done, in the background", trials.done, trials.wanted)
    } else {
        format!("seeds {} to {}", trials.seed, trials.seed + u64::from(trials.wanted.max(1)) - 1)
    };
    html! {
        <div class="row compare-runs">
            <label class="pick">
                <span class="sr">{ "How many runs under each setting" }</span>
                <select class="select" {onchange}>{ for RUNS.iter().map(option) }</select>
                { crate::web::icons::icon(crate::web::icons::Icon::ChevronDown) }
            </label>
            <span class="sub">{ state }</span>
        </div>
    }
}

/// What is to be known of these runs.
fn note(shell: &Shell) -> Html {
    let by_hand = !shell.control.made().is_empty();
    html! {
        <p class="sub compare-note">
            { "The run shown is one of many: the one with this seed. The table is of all of them." }
            if by_hand {
                { " What you do while it runs happens in every lane, but not in the runs of the table." }
            }
        </p>
    }
}
