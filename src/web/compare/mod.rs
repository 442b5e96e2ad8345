//! Two to four lanes with the same arrivals: what differs, whether it is real, and the runs themselves.

mod edit;
mod forest;
mod lanes;
mod look;
mod mind;
mod rule;
mod said;
mod trials;

use std::rc::Rc;

use yew::prelude::*;

pub use self::lanes::Lanes;
pub use self::look::{chart_looks, looks};

use self::trials::use_trials;
use crate::lang::{Lang, texts};
use crate::web::browser;
use crate::web::chart::{AxisRef, Overlay};
use crate::web::hooks::use_media;
use crate::web::inside::Inside;
use crate::web::panels::{
    Events, Header, Notices, PHONE, Scrubber, Sheet, Transport, use_palette, use_stillness,
};
use crate::web::shell::{Props, Shell};

texts! {
    mod say {
        fn to_lanes { en: "To the lanes", de: "Zu den Bahnen", fr: "Aller aux voies" }
        fn runs_each(n: Whole) {
            en: "{n} {n:run|runs} each",
            de: "je {n} {n:Lauf|Läufe}",
            fr: "{n} {n:essai|essais} chacun",
        }
        fn done(done: Whole, wanted: Whole) {
            en: "{done} of {wanted} done",
            de: "{done} von {wanted} fertig",
            fr: "{done} sur {wanted} faits",
        }
        fn seeds(from: Text, to: Text) {
            en: "seeds {from} to {to}",
            de: "Startwerte {from} bis {to}",
            fr: "graines {from} à {to}",
        }
        fn how_many {
            en: "How many runs under each setting",
            de: "Wie viele Läufe je Einstellung",
            fr: "Combien d’essais par réglage",
        }
        fn one_of_many {
            en: "The run shown is one of many: the one with this seed. The table is of all of them.",
            de: "Der gezeigte Lauf ist einer von vielen: der mit diesem Startwert. Die Tabelle gilt für alle.",
            fr: "L’essai montré en est un parmi d’autres : celui de cette graine. Le tableau porte sur tous.",
        }
        fn by_hand {
            en: "What you do while it runs happens in every lane, but not in the runs of the table.",
            de: "Was von Hand geschieht, geschieht in jeder Bahn, aber nicht in den Läufen der Tabelle.",
            fr: "Ce qui est fait à la main arrive dans chaque voie, mais pas dans les essais du tableau.",
        }
    }
}

/// The most runs under each setting.
const RUNS: [u32; 4] = [10, 20, 60, 200];

/// The comparison.
#[component]
pub fn Compare(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let wanted = use_state_eq(|| RUNS[1]);
    let rival = use_state_eq(|| 1_usize);
    let trials = use_trials(shell, *wanted);
    let looks = use_memo(shell.state.racers.clone(), |racers| looks(racers));
    let axis = use_memo((), |()| AxisRef::default());
    let axis = (*axis).clone();
    let (theme, reduced_motion) = (use_palette(shell), use_stillness(shell));
    let phone = use_media(PHONE);
    let said = said::said(lang, &trials.comparison, &shell.state.racers);
    html! {
        <div class={classes!("lab", "comparing", phone.then_some("phone"))}>
            <a class="sr btn" href="#lanes">{ say::to_lanes(lang) }</a>
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
                    <Lanes shell={shell.clone()} looks={Rc::clone(&looks)} />
                    <div class="compare-side">
                        <div class="compare-bar">
                            { runs(lang, &wanted, &trials) }
                            <edit::Edit shell={shell.clone()} />
                        </div>
                        <forest::Forest comparison={trials.comparison.clone()} looks={Rc::clone(&looks)}
                            rival={(*rival).min(looks.len().saturating_sub(1))}
                            on_rival={let rival = rival.setter(); Callback::from(move |n| rival.set(n))} />
                    </div>
                </div>
                if !phone {
                    <Transport shell={shell.clone()} />
                    <Scrubber shell={shell.clone()} axis={axis.clone()} />
                }
                <Overlay lives={shell.control.lanes.clone()} looks={chart_looks(&looks)}
                    tick={shell.control.tick} {theme} axis={axis.clone()} {reduced_motion} />
                <mind::Mind shell={shell.clone()} looks={Rc::clone(&looks)} />
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
fn runs(lang: Lang, wanted: &UseStateHandle<u32>, trials: &trials::Trials) -> Html {
    let option = |n: &u32| {
        let selected = *n == **wanted;
        html! { <option value={n.to_string()} {selected}>{ say::runs_each(lang, u64::from(*n)) }</option> }
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
        say::done(lang, u64::from(trials.done), u64::from(trials.wanted))
    } else {
        let last = trials.seed + u64::from(trials.wanted.max(1)) - 1;
        say::seeds(lang, &trials.seed.to_string(), &last.to_string())
    };
    html! {
        <div class="row compare-runs">
            <label class="pick">
                <span class="sr">{ say::how_many(lang) }</span>
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
            { say::one_of_many(shell.lang()) }
            if by_hand {
                { " " }{ say::by_hand(shell.lang()) }
            }
        </p>
    }
}
