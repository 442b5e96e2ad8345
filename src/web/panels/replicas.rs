//! How many replicas, and what they do.

use yew::prelude::*;

use crate::lang::texts;
use crate::observe::ReplicaState;
use crate::scenario::link;
use crate::web::icons::{Icon, icon};
use crate::web::measure::Fleet;
use crate::web::shell::{Props, Shell};
use crate::web::state::Choice;

texts! {
    mod say {
        fn replicas { en: "Replicas", de: "Repliken", fr: "Répliques" }
        fn less { en: "One replica less", de: "Eine Replik weniger", fr: "Une réplique de moins" }
        fn more { en: "One replica more", de: "Eine Replik mehr", fr: "Une réplique de plus" }
        fn none_left {
            en: "None is left to take away.",
            de: "Es ist keine mehr da.",
            fr: "Il n’en reste aucune à retirer.",
        }
        fn no_place {
            en: "More has no place in the picture.",
            de: "Mehr passt nicht ins Bild.",
            fr: "Il n’y a pas la place d’en montrer plus.",
        }
    }
}

/// The most replicas that the stepper goes to.
const MOST: u32 = 12;

/// A stepper and a sentence.
#[component]
pub fn Replicas(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let service = service_name(shell);
    let (count, sentence) = {
        let live = shell.control.live.get();
        let mine = || live.world.replicas.iter().filter(|r| r.service == service);
        let going = |r: &&_| {
            let replica: &crate::observe::ReplicaView = r;
            !matches!(replica.state, ReplicaState::Draining | ReplicaState::Removed)
        };
        (mine().filter(going).count() as u32, Fleet::of(mine()).sentence(lang))
    };
    let step = |to: u32, label: &'static str, which: Icon, end: bool| {
        let shell = shell.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if !end {
                shell.choose(Choice::Replicas(to));
            }
        });
        html! {
            <button aria-label={label} aria-disabled={end.then_some("true")} {onclick}>
                { icon(which) }
            </button>
        }
    };
    let end = match count {
        0 => say::none_left(lang),
        n if n >= MOST => say::no_place(lang),
        _ => "",
    };
    html! {
        <div class="field">
            <div class="row">
                <h2 class="label">{ say::replicas(lang) }</h2>
                <div class="stepper push" role="group" aria-label={say::replicas(lang)}>
                    { step(count.saturating_sub(1), say::less(lang), Icon::Minus, count == 0) }
                    <output>{ count }</output>
                    { step(count + 1, say::more(lang), Icon::Plus, count >= MOST) }
                </div>
            </div>
            <p class="sub">{ sentence }{ " " }{ end }</p>
        </div>
    }
}

fn service_name(shell: &Shell) -> String {
    let scenario = &shell.state.started;
    scenario.service.get(link::balanced(scenario)).map_or_else(String::new, |service| service.name.clone())
}
