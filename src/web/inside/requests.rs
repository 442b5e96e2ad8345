//! The latest requests: a press tells the life of one.

use yew::prelude::*;

use crate::lang::texts;
use crate::observe::{Dot, OUTCOMES, Outcome};
use crate::units::SimTime;
use crate::units::order::sort_by_key;
use crate::web::controls::text_of;
use crate::web::icons::{Icon, icon};
use crate::web::live::Live;
use crate::web::panels::look;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

texts! {
    mod say {
        fn which { en: "Which requests", de: "Welche Anfragen", fr: "Quelles requêtes" }
        fn latest { en: "the latest that ended", de: "die zuletzt beendeten", fr: "les dernières finies" }
        fn still(n: Whole) {
            en: "still in flight ({n})",
            de: "noch unterwegs ({n})",
            fr: "encore en cours ({n})",
        }
        fn none { en: "There is none yet.", de: "Es gibt noch keine.", fr: "Il n’y en a pas encore." }
        fn flight { en: "in flight", de: "unterwegs", fr: "en cours" }
        fn attempts(n: Whole) {
            en: ", {n} {n:attempt|attempts}",
            de: ", {n} {n:Versuch|Versuche}",
            fr: ", {n} {n:tentative|tentatives}",
        }
        fn request(n: Whole) { en: "Request {n}", de: "Anfrage {n}", fr: "Requête {n}" }
    }
}

/// In flight ones that are listed.
const MOST: usize = 40;

/// A line of the list.
struct Line {
    request: u64,
    asked: SimTime,
    outcome: Option<Outcome>,
    took_ms: f64,
    attempts: Option<u32>,
}

/// The list, with a choice of how they ended.
#[component]
pub fn Requests(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let wanted = shell.state.listed.clone();
    let live = shell.control.live.get();
    let onchange = {
        let shell = shell.clone();
        Callback::from(move |event: Event| shell.act(Action::List(text_of(&event))))
    };
    let ledger = live.world.ledger;
    let option = |outcome: &Outcome| {
        let n = ledger.count(*outcome);
        (n > 0).then(|| {
            let text = format!("{} ({})", outcome.text().say(lang), lang.whole(n));
            html! { <option value={outcome.name()} selected={wanted == outcome.name()}>{ text }</option> }
        })
    };
    let lines = lines(&live, &wanted);
    html! {
        <>
            <label class="pick requests-pick">
                <span class="sr">{ say::which(lang) }</span>
                <select class="select" {onchange}>
                    <option value="" selected={wanted.is_empty()}>{ say::latest(lang) }</option>
                    <option value={IN_FLIGHT} selected={wanted == IN_FLIGHT}>
                        { say::still(lang, ledger.in_flight()) }
                    </option>
                    { for OUTCOMES.iter().filter_map(option) }
                </select>
                { icon(Icon::ChevronDown) }
            </label>
            if lines.is_empty() { <p class="sub">{ say::none(lang) }</p> }
            <ol class="events-list requests">{ for lines.iter().map(|line| entry(shell, line)) }</ol>
        </>
    }
}

/// The word for those that have not ended.
const IN_FLIGHT: &str = "in_flight";

fn lines(live: &Live, wanted: &str) -> Vec<Line> {
    if wanted == IN_FLIGHT {
        return in_flight(live);
    }
    let outcome = OUTCOMES.iter().find(|outcome| outcome.name() == wanted).copied();
    let line = |ended: crate::web::driver::Ended| Line {
        request: ended.request,
        asked: ended.asked,
        outcome: Some(ended.outcome),
        took_ms: ended.took.as_millis(),
        attempts: Some(ended.attempts),
    };
    live.latest.ended(outcome).into_iter().map(line).collect()
}

/// Those that are somewhere in the picture, the oldest first.
fn in_flight(live: &Live) -> Vec<Line> {
    let world = &live.world;
    let queue = world.balancer.iter().flat_map(|balancer| &balancer.waiting);
    let inside = world.replicas.iter().flat_map(|r| r.running_dots.iter().chain(&r.waiting_dots));
    let mut dots: Vec<&Dot> =
        world.arriving.iter().chain(queue).chain(inside).filter(|dot| !dot.unwanted).collect();
    sort_by_key(&mut dots, |dot| dot.request);
    dots.dedup_by_key(|dot| dot.request);
    let line = |dot: &&Dot| Line {
        request: dot.request,
        asked: dot.born,
        outcome: None,
        took_ms: world.now.since(dot.born).as_millis(),
        attempts: None,
    };
    dots.iter().take(MOST).map(line).collect()
}

fn entry(shell: &Shell, line: &Line) -> Html {
    let lang = shell.lang();
    let (which, class, word) = match line.outcome {
        Some(outcome) => (look(outcome).0, look(outcome).1, outcome.text().say(lang)),
        None => (Icon::Idle, "flight", say::flight(lang)),
    };
    let onclick = {
        let (shell, request, asked) = (shell.clone(), line.request, line.asked);
        Callback::from(move |_: MouseEvent| shell.tell(request, asked))
    };
    let attempts = match line.attempts {
        Some(n) if n > 1 => say::attempts(lang, u64::from(n)),
        _ => String::new(),
    };
    html! {
        <li key={line.request.to_string()}>
            <button class={classes!("event", "request", class)} {onclick}>
                <span class="event-at">{ lang.moment(line.asked.as_secs()) }</span>
                { icon(which) }
                <span><b>{ say::request(lang, line.request) }</b>
                    { format!(" {word}, {}{attempts}", lang.millis(line.took_ms)) }</span>
            </button>
        </li>
    }
}
