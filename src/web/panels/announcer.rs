//! The one place that speaks to screen readers by itself: at most one message in two seconds, on change only.

use yew::prelude::*;

use crate::lang::texts;
use crate::units::SimTime;
use crate::web::browser;
use crate::web::shell::Props;

texts! {
    mod say {
        fn more(n: Whole, text: Text) {
            en: "{n} more {n:event|events}. {text}",
            de: "{n} {n:weiteres Ereignis|weitere Ereignisse}. {text}",
            fr: "{n} {n:autre événement|autres événements}. {text}",
        }
    }
}

/// Real seconds between two messages.
const EVERY: f64 = 2.0;

/// What has been said.
#[derive(Default)]
struct Said {
    /// How much of the log it was, and until when.
    entries: usize,
    until: SimTime,
    /// When it was said, in real seconds, and what.
    at: Option<f64>,
    text: String,
}

/// A polite live region.
#[component]
pub fn Announcer(props: &Props) -> Html {
    let shell = &props.shell;
    let said = use_mut_ref(Said::default);
    let mut said = said.borrow_mut();
    let (entries, time) = {
        let live = shell.control.live.get();
        (live.log.entries().len(), live.world.now)
    };
    // After going back what comes is said again.
    (said.entries, said.until) = (said.entries.min(entries), said.until.min(time));
    let now = browser::seconds();
    if said.at.is_none_or(|at| now - at >= EVERY) && (said.entries, said.until) != (entries, time) {
        let (new, latest) = shell.news(said.entries, said.until);
        (said.entries, said.until) = (entries, time);
        // The latest is what matters; how much went before it is said as a number.
        if let Some(text) = latest {
            let text = if new > 1 { say::more(shell.lang(), new as u64 - 1, &text) } else { text };
            (said.at, said.text) = (Some(now), text);
        }
    }
    html! { <p class="sr" role="status" aria-live="polite">{ said.text.clone() }</p> }
}
