//! What is not as it should be although nothing is down: said calmly, before what it does to requests.

use crate::lang::{Lang, texts};
use crate::observe::{DependencyView, ReplicaState, ReplicaView};
use crate::web::live::Live;

texts! {
    mod say {
        fn cut_off(names: Text, n: Whole) {
            en: "{names} {n:is|are} cut off.",
            de: "{names} {n:ist|sind} abgeschnitten.",
            fr: "{names} {n:est isolée|sont isolées}.",
        }
        fn frozen(names: Text, n: Whole) {
            en: "{names} {n:is|are} frozen.",
            de: "{names} {n:ist|sind} eingefroren.",
            fr: "{names} {n:est figée|sont figées}.",
        }
        fn fails(names: Text, n: Whole) {
            en: "{names} {n:answers|answer} with errors.",
            de: "{names} {n:antwortet|antworten} mit Fehlern.",
            fr: "{names} {n:répond|répondent} par des erreurs.",
        }
        fn gone(names: Text, n: Whole) {
            en: "{names} {n:does|do} not answer.",
            de: "{names} {n:antwortet|antworten} nicht.",
            fr: "{names} ne {n:répond|répondent} pas.",
        }
        fn slow(names: Text, n: Whole) {
            en: "{names} {n:is|are} slow.",
            de: "{names} {n:ist|sind} langsam.",
            fr: "{names} {n:est lente|sont lentes}.",
        }
        fn slow_one(names: Text, n: Whole) {
            en: "{names} {n:is|are} slow.",
            de: "{names} {n:ist|sind} langsam.",
            fr: "{names} {n:est ralenti|sont ralentis}.",
        }
        fn left_out(names: Text, n: Whole) {
            en: "{names} {n:is|are} left out by the balancer.",
            de: "{names} {n:wird|werden} vom Lastverteiler ausgelassen.",
            fr: "{names} {n:est écartée|sont écartées} par le répartiteur.",
        }
        fn drains(names: Text, n: Whole) {
            en: "{names} {n:drains|drain}.",
            de: "{names} {n:läuft|laufen} leer.",
            fr: "{names} {n:se vide|se vident}.",
        }
    }
}

/// From here on it may be an effect of what goes wrong.
const EFFECT: u8 = 6;

/// A sentence of some names and how many they are.
type Said = fn(Lang, &str, u64) -> String;

/// How a replica is not as it should be, worst first. `balanced`: a balancer chooses.
fn of_replica(view: &ReplicaView, balanced: bool) -> Option<(u8, Said)> {
    let faults = &view.faults;
    match view.state {
        ReplicaState::Draining => Some((7, say::drains)),
        ReplicaState::Ready if faults.partition => Some((0, say::cut_off)),
        ReplicaState::Ready if faults.frozen => Some((1, say::frozen)),
        ReplicaState::Ready if faults.fail_fast || faults.errors > 0.0 => Some((3, say::fails)),
        ReplicaState::Ready if faults.slow > 1.0 => Some((4, say::slow)),
        ReplicaState::Ready if balanced && view.left_out => Some((6, say::left_out)),
        _ => None,
    }
}

fn of_dependency(view: &DependencyView) -> Option<(u8, Said)> {
    match (view.gone, view.slow > 1.0) {
        (true, _) => Some((2, say::gone)),
        (_, true) => Some((5, say::slow_one)),
        _ => None,
    }
}

/// Whether a replica runs and yet answers nobody.
pub(super) const fn is_silent(view: &ReplicaView) -> bool {
    matches!(view.state, ReplicaState::Ready) && (view.faults.partition || view.faults.frozen)
}

/// The worst of what is not as it should be, with the names of all that have it; nothing when all is.
/// `failing`: of what may come of failures itself nothing is said.
pub(super) fn sentence(lang: Lang, live: &Live, failing: bool) -> Option<String> {
    let balanced = live.world.balancer.is_some();
    let replicas = live.world.replicas.iter().map(|view| (of_replica(view, balanced), &view.name));
    let dependencies = live.world.dependencies.iter().map(|view| (of_dependency(view), &view.name));
    let odd: Vec<_> = replicas.chain(dependencies).filter_map(|(how, name)| Some((how?, name))).collect();
    let (worst, said) = odd.iter().map(|(how, _)| *how).min_by_key(|(worst, _)| *worst)?;
    if failing && worst >= EFFECT {
        return None;
    }
    let of = odd.iter().filter(|((how, _), _)| *how == worst);
    let names: Vec<String> = of.map(|(_, name)| (*name).clone()).collect();
    Some(said(lang, &lang.list(&names, 3), names.len() as u64))
}
