//! What else is true of a replica now: what is wrong with it, and what it has been through.

use crate::lang::{Lang, texts};
use crate::observe::{ReplicaState, ReplicaView};
use crate::web::icons::Icon;

texts! {
    mod say {
        fn cut_off { en: "cut off", de: "abgeschnitten", fr: "isolée" }
        fn left_out {
            en: "left out", de: "ausgelassen", fr: "écartée",
        }
        fn baskets(n: Whole) {
            en: "{n} {n:basket|baskets}",
            de: "{n} {n:Korb|Körbe}",
            fr: "{n} {n:panier|paniers}",
        }
        fn frozen { en: "frozen", de: "eingefroren", fr: "figée" }
        fn slow(times: Three) { en: "{times}× slower", de: "{times}× langsamer", fr: "{times}× plus lente" }
        fn errors(part: Share) { en: "{part} errors", de: "{part} Fehler", fr: "{part} d’erreurs" }
        fn fails { en: "fails fast", de: "scheitert sofort", fr: "échoue aussitôt" }
        fn leaks { en: "leaks memory", de: "Speicherleck", fr: "fuite mémoire" }
        fn neighbour(part: Share) {
            en: "a neighbour takes {part}",
            de: "ein Nachbar nimmt {part}",
            fr: "un voisin prend {part}",
        }
        fn throttled { en: "throttled", de: "gedrosselt", fr: "bridée" }
        fn cold(times: Three) { en: "cold: {times}×", de: "kalt: {times}×", fr: "à froid : {times}×" }
        fn restarts(n: Whole) {
            en: "{n} {n:restart|restarts}",
            de: "{n} {n:Neustart|Neustarts}",
            fr: "{n} {n:relance|relances}",
        }
    }
}

/// What else is true of a replica, with its icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The icon.
    pub icon: Icon,
    /// The words.
    pub text: String,
    /// Whether something is wrong.
    pub wrong: bool,
}

/// From this many times as long a replica counts as cold.
const COLD: f64 = 1.05;

/// What is wrong first, then what it keeps and what it has been through. `balanced`: a balancer chooses.
pub(super) fn tags(lang: Lang, view: &ReplicaView, balanced: bool) -> Vec<Tag> {
    let faults = &view.faults;
    let wrong = |on: bool, icon, text: String| on.then_some(Tag { icon, text, wrong: true });
    let plain = |on: bool, icon, text: String| on.then_some(Tag { icon, text, wrong: false });
    let alive = view.state.is_alive();
    let left_out = balanced && view.state == ReplicaState::Ready && view.left_out;
    let all = [
        wrong(faults.partition, Icon::NoEntry, say::cut_off(lang).into()),
        wrong(alive && faults.frozen, Icon::Pause, say::frozen(lang).into()),
        wrong(faults.fail_fast, Icon::Overloaded, say::fails(lang).into()),
        wrong(faults.slow > 1.0, Icon::Hourglass, say::slow(lang, faults.slow)),
        wrong(faults.errors > 0.0, Icon::Overloaded, say::errors(lang, faults.errors)),
        wrong(faults.taken > 0.0, Icon::Person, say::neighbour(lang, faults.taken)),
        wrong(faults.leak > 0 || faults.leak_requests > 0, Icon::Chip, say::leaks(lang).into()),
        wrong(left_out, Icon::NoEntry, say::left_out(lang).into()),
        wrong(alive && view.throttled_now, Icon::Pause, say::throttled(lang).into()),
        plain(alive && view.cold > COLD, Icon::Starting, say::cold(lang, view.cold)),
        plain(alive && view.sessions > 0, Icon::Basket, say::baskets(lang, view.sessions.into())),
        plain(alive && view.restarts > 0, Icon::StartAgain, say::restarts(lang, view.restarts.into())),
    ];
    all.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::Faults;

    #[test]
    fn what_is_wrong_comes_first() {
        let faults = Faults { slow: 4.0, taken: 0.5, ..Faults::default() };
        let view = ReplicaView {
            state: ReplicaState::Ready,
            restarts: 2,
            sessions: 12,
            left_out: true,
            cold: 1.0,
            faults,
            ..ReplicaView::default()
        };
        let texts: Vec<String> = tags(Lang::En, &view, true).into_iter().map(|tag| tag.text).collect();
        assert_eq!(texts, ["4× slower", "a neighbour takes 50 %", "left out", "12 baskets", "2 restarts"]);
        assert!(tags(Lang::En, &view, false).iter().all(|tag| tag.text != "left out"));
        let dead = ReplicaView { state: ReplicaState::Down, ..view };
        assert!(
            tags(Lang::En, &dead, true).iter().all(|tag| tag.wrong),
            "its restarts are no news while it is down"
        );
        assert_eq!(tags(Lang::De, &ReplicaView { cold: 1.0, ..ReplicaView::default() }, true), []);
    }
}
