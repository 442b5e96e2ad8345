//! Where sessions are kept, and whether they go back there.

use yew::prelude::*;

use crate::lang::texts;
use crate::scenario::{SessionState, link};
use crate::web::shell::Props;
use crate::web::state::Choice;

texts! {
    mod say {
        fn title { en: "Sessions kept in", de: "Sitzungen liegen in der", fr: "Sessions gardées dans" }
        fn replica { en: "replica", de: "Replik", fr: "réplique" }
        fn sticky { en: "replica, sticky", de: "Replik, haftend", fr: "réplique, affinité" }
        fn title_store { en: "Sessions kept in", de: "Sitzungen liegen im", fr: "Sessions gardées dans" }
        fn store { en: "store", de: "Speicher", fr: "stockage" }
        fn store_sticky { en: "store, sticky", de: "Speicher, haftend", fr: "stockage, affinité" }
        fn in_store(name: Text) {
            en: "In {name}, which every replica asks: no basket dies with a replica, and none is found while \
                 {name} is gone.",
            de: "In {name}, wo jede Replik nachfragt: Mit einer Replik stirbt kein Korb, und ohne {name} findet \
                 sich keiner.",
            fr: "Dans {name}, que chaque réplique interroge : aucun panier ne meurt avec une réplique, et aucun \
                 ne se trouve sans {name}.",
        }
        fn not_used {
            en: "Not used: requests of this scenario belong to no session.",
            de: "Nicht benutzt: Anfragen dieses Szenarios gehören zu keiner Sitzung.",
            fr: "Inutilisé : les requêtes de ce scénario ne sont d’aucune session.",
        }
        fn no_state {
            en: "Not used: the service keeps no state.",
            de: "Nicht benutzt: Der Dienst behält keinen Zustand.",
            fr: "Inutilisé : le service ne garde aucun état.",
        }
        fn leads_back {
            en: "In the replica’s memory; a cookie leads back to it. When it dies, its baskets die too.",
            de: "Im Speicher der Replik; ein Cookie führt zu ihr zurück. Stirbt sie, sind auch ihre Körbe \
                 verloren.",
            fr: "Dans la mémoire de la réplique ; un cookie y ramène. Si elle meurt, ses paniers aussi.",
        }
        fn anywhere {
            en: "In the replica’s memory; the next request may go to another, which knows no basket.",
            de: "Im Speicher der Replik; die nächste Anfrage geht vielleicht zu einer, die den Korb nicht \
                 kennt.",
            fr: "Dans la mémoire de la réplique ; la requête suivante peut aller à une autre, qui ignore le \
                 panier.",
        }
    }
}

/// One of two, with its consequence below.
#[component]
pub fn Sessions(props: &Props) -> Html {
    let shell = &props.shell;
    let scenario = &shell.state.started;
    let has_sessions = scenario.traffic.source.iter().any(|source| source.session.is_some());
    let service = scenario.service.get(link::balanced(scenario));
    let kept = service.map(|service| service.sessions);
    let store =
        service.filter(|_| kept == Some(SessionState::Store)).and_then(|service| service.store.as_deref());
    let Some(sticky) = shell.control.live.get().world.balancer.as_ref().map(|b| b.sticky) else {
        return html! {};
    };
    let lang = shell.lang();
    let says = match (has_sessions, kept, store, sticky) {
        (false, ..) => say::not_used(lang).into(),
        (_, Some(SessionState::None), ..) => say::no_state(lang).into(),
        (_, _, Some(store), _) => say::in_store(lang, store),
        (_, _, None, true) => say::leads_back(lang).into(),
        (_, _, None, false) => say::anywhere(lang).into(),
    };
    let (title, plain, back) = match store {
        Some(_) => (say::title_store(lang), say::store(lang), say::store_sticky(lang)),
        None => (say::title(lang), say::replica(lang), say::sticky(lang)),
    };
    let option = |on: bool, word: &'static str| {
        let shell = shell.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if on != sticky {
                shell.choose(Choice::Sticky(on));
            }
        });
        html! { <button role="radio" aria-checked={(on == sticky).to_string()} {onclick}>{ word }</button> }
    };
    html! {
        <div class="field">
            <h2 class="label" id="sessions-label">{ title }</h2>
            <div class="seg" role="radiogroup" aria-labelledby="sessions-label"
                aria-describedby="sessions-says">
                { option(false, plain) }{ option(true, back) }
            </div>
            <p class="sub" id="sessions-says">{ says }</p>
        </div>
    }
}
