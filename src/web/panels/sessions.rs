//! Where sessions are kept, and whether they go back there.

use std::rc::Rc;

use yew::prelude::*;

use crate::dist::Distribution;
use crate::lang::{Lang, texts};
use crate::scenario::{Dependency, DependencyKind, Scenario, SessionState, Sticky, link};
use crate::units::SimDuration;
use crate::web::shell::Props;
use crate::web::state::{Action, Choice};

texts! {
    mod say {
        fn title { en: "Sessions kept in", de: "Wo Sitzungen liegen", fr: "Sessions gardées dans" }
        fn replica { en: "replica", de: "Replik", fr: "réplique" }
        fn sticky { en: "replica, sticky", de: "Replik, haftend", fr: "réplique, affinité" }
        fn store { en: "store", de: "Speicher", fr: "stockage" }
        fn anew {
            en: "To the store and back, the run starts anew.",
            de: "In den Speicher und zurück beginnt der Lauf neu.",
            fr: "Vers le stockage ou retour, l’essai recommence.",
        }
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

/// Where sessions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the memory of a replica, and requests go anywhere.
    Replica,
    /// There, and requests go back to it.
    Sticky,
    /// In a store that all replicas ask.
    Store,
}

const PLACES: [Place; 3] = [Place::Replica, Place::Sticky, Place::Store];

impl Place {
    fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Replica => say::replica(lang),
            Self::Sticky => say::sticky(lang),
            Self::Store => say::store(lang),
        }
    }

    /// The scenario that keeps its sessions there.
    fn take(self, scenario: &Scenario) -> Scenario {
        let mut taken = scenario.clone();
        taken.balancer.sticky = if self == Self::Sticky { Sticky::Cookie } else { Sticky::None };
        let Some(service) = taken.service.get_mut(link::balanced(scenario)) else { return taken };
        if self == Self::Store {
            let store = store_of(scenario);
            (service.sessions, service.store) = (SessionState::Store, Some(store.name.clone()));
            if scenario.dependency.iter().all(|known| known.name != store.name) {
                taken.dependency.push(store);
            }
            return taken;
        }
        // The store stays, not asked by anybody: somebody may go back to it.
        (service.sessions, service.store) = (SessionState::Memory, None);
        taken
    }
}

/// A store that answers about as soon as Redis in the same network does.
fn made(name: &str) -> Dependency {
    let time = Distribution::Exponential(SimDuration::from_millis(1));
    Dependency { name: name.to_owned(), kind: DependencyKind::Store, time, ..Dependency::default() }
}

/// The store that a scenario has, or one under a name that nobody has.
fn store_of(scenario: &Scenario) -> Dependency {
    let known = scenario.dependency.iter().find(|known| known.kind == DependencyKind::Store);
    let taken = |name: &str| {
        scenario.service.iter().any(|service| service.name == name)
            || scenario.dependency.iter().any(|dependency| dependency.name == name)
    };
    let free = ["sessions", "session-store"].into_iter().find(|name| !taken(name));
    known.cloned().unwrap_or_else(|| made(free.unwrap_or("store-of-sessions")))
}

/// One of three, with its consequence below.
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
    let movable = has_sessions && kept != Some(SessionState::None);
    let says = match (has_sessions, kept, store, sticky) {
        (false, ..) => say::not_used(lang).into(),
        (_, Some(SessionState::None), ..) => say::no_state(lang).into(),
        (_, _, Some(store), _) => say::in_store(lang, store),
        (_, _, None, true) => say::leads_back(lang).into(),
        (_, _, None, false) => say::anywhere(lang).into(),
    };
    let now = match (store, sticky) {
        (Some(_), _) => Place::Store,
        (None, true) => Place::Sticky,
        (None, false) => Place::Replica,
    };
    let option = |place: Place| {
        let shell = shell.clone();
        let onclick = Callback::from(move |_: MouseEvent| match (now, place) {
            _ if now == place => {}
            (Place::Store, _) | (_, Place::Store) => {
                // With what was chosen by hand since.
                shell.act(Action::Take(Rc::new(place.take(&shell.state.scenario))));
            }
            _ => shell.choose(Choice::Sticky(place == Place::Sticky)),
        });
        html! {
            <button role="radio" aria-checked={(place == now).to_string()} {onclick}>{ place.word(lang) }</button>
        }
    };
    let places = PLACES.into_iter().filter(|place| movable || *place == now || *place != Place::Store);
    html! {
        <div class="field">
            <h2 class="label" id="sessions-label">{ say::title(lang) }</h2>
            <div class="seg" role="radiogroup" aria-labelledby="sessions-label"
                aria-describedby="sessions-says">
                { for places.map(option) }
            </div>
            <p class="sub" id="sessions-says">{ says }if movable { { " " }{ say::anew(lang) } }</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::observe::Snapshot;
    use crate::scenario::preset;
    use crate::units::SimTime;

    fn lost(scenario: &Scenario) -> u64 {
        let model = scenario.validate().unwrap_or_else(|invalid| panic!("{invalid}"));
        let mut engine = Engine::new(&model, 1);
        let _ = engine.run_until(SimTime(30_000_000_000), u64::MAX, &mut ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        world.sessions_lost
    }

    /// app-2 dies at 20 s: its baskets are lost, without a cookie most are before; none in a store. And back again.
    #[test]
    fn a_store_loses_no_basket() {
        let of = |name: &str| Scenario::from_toml_str(preset::find(name).unwrap().text).unwrap();
        let sticky = of("sticky-cart");
        let stored = Place::Store.take(&sticky);
        let [anywhere, back] = [Place::Replica, Place::Sticky].map(|place| lost(&place.take(&sticky)));
        assert!(lost(&stored) == 0 && back > 10 && anywhere > back, "{anywhere} {back}");
        let again = Place::Sticky.take(&stored);
        assert_eq!((&again.service, &again.balancer), (&sticky.service, &sticky.balancer));
        // A store that is there already is taken, and stays.
        let shared = of("shared-cart");
        let there = Place::Replica.take(&shared);
        assert!(there.dependency == shared.dependency && there.validate().is_ok());
        assert_eq!(Place::Store.take(&there), shared);
    }
}
