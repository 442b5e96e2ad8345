//! Which lanes there are: another one by its algorithm or by any setting, one fewer, or back to the lab.

use yew::prelude::*;

use crate::algorithm::{CATALOG, Spec};
use crate::lang::texts;
use crate::web::controls::{Typed, text_of};
use crate::web::driver::MOST_LANES;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Lane, Setting};

texts! {
    mod say {
        fn take_away(name: Text) {
            en: "Take away the lane {name}",
            de: "Bahn {name} wegnehmen",
            fr: "Retirer la voie {name}",
        }
        fn lanes { en: "Lanes", de: "Bahnen", fr: "Voies" }
        fn lane(text: Text) { en: "lane {text}", de: "Bahn {text}", fr: "voie {text}" }
        fn another {
            en: "Add a lane with another algorithm",
            de: "Eine Bahn mit anderem Algorithmus",
            fr: "Ajouter une voie avec un autre algorithme",
        }
        fn add { en: "+ Add an algorithm", de: "+ Algorithmus", fr: "+ Algorithme" }
        fn setting {
            en: "Add a lane with another setting: path=value",
            de: "Eine Bahn mit anderer Einstellung: Pfad=Wert",
            fr: "Ajouter une voie avec un autre réglage : chemin=valeur",
        }
        fn example { en: "or a setting: replicas=5", de: "oder: replicas=5", fr: "ou : replicas=5" }
    }
}

/// Fields for another lane, where there is room for one.
#[component]
pub fn Edit(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let lanes = &shell.state.view.compare;
    html! {
        <section class="lane-edit" id="lanes" tabindex="-1" aria-label={say::lanes(lang)}>
            if lanes.len() < MOST_LANES { { another(shell, lanes) } }
        </section>
    }
}

/// The sign at a lane that takes it away.
pub fn take_away(shell: &Shell, place: usize, name: &str) -> Html {
    let label = say::take_away(shell.lang(), name);
    let onclick = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| shell.compare(without(&shell.state.view.compare, place)))
    };
    html! {
        <button type="button" class="btn plain only small lane-away" aria-label={label.clone()} title={label}
            {onclick}>
            { icon(Icon::Close) }
        </button>
    }
}

fn without(lanes: &[Lane], place: usize) -> Vec<Lane> {
    lanes.iter().enumerate().filter(|(n, _)| *n != place).map(|(_, lane)| lane.clone()).collect()
}

fn another(shell: &Shell, lanes: &[Lane]) -> Html {
    let lang = shell.lang();
    let add = {
        let (shell, lanes) = (shell.clone(), lanes.to_vec());
        move |lane: Lane| {
            if !lanes.contains(&lane) {
                let mut more = lanes.clone();
                more.push(lane);
                shell.compare(more);
            }
        }
    };
    let onchange = {
        let add = add.clone();
        Callback::from(move |event: Event| {
            if let Some(spec) = crate::algorithm::find(&text_of(&event)) {
                add(Lane(vec![Setting::Algorithm(spec.name, Vec::new())]));
            }
        })
    };
    let on_text = {
        let shell = shell.clone();
        Callback::from(move |text: String| {
            let made = Lane::parse(&text).and_then(|lane| lane.scenario(&shell.state.started).map(|_| lane));
            match made {
                Ok(lane) if lane.0.is_empty() => {}
                Ok(lane) => add(lane),
                Err(why) => shell.act(Action::Notice(say::lane(shell.lang(), &text), why.say(shell.lang()))),
            }
        })
    };
    let option = |spec: &&'static Spec| html! { <option value={spec.name}>{ spec.name }</option> };
    html! {
        <div class="lane-more">
            <label class="pick">
                <span class="sr">{ say::another(lang) }</span>
                <select class="select" {onchange}>
                    <option value="" selected=true>{ say::add(lang) }</option>
                    { for CATALOG.iter().map(option) }
                </select>
                { icon(Icon::ChevronDown) }
            </label>
            <Typed class="input" label={say::setting(lang)}
                example={say::example(lang)} value="" {on_text} />
        </div>
    }
}
