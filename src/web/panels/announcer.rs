//! The one place that speaks to screen readers by itself: at most one message in two seconds, on change only.

use yew::prelude::*;

use crate::lang::texts;
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

/// A polite live region.
#[component]
pub fn Announcer(props: &Props) -> Html {
    let shell = &props.shell;
    let said = use_mut_ref(|| (0_usize, f64::NEG_INFINITY, String::new()));
    let lines = shell.lines();
    let mut said = said.borrow_mut();
    let now = browser::seconds();
    let key: Vec<_> = lines.iter().filter(|line| line.key).collect();
    if key.len() < said.0 {
        said.0 = key.len();
    }
    if key.len() > said.0 && now - said.1 >= EVERY {
        let new = &key[said.0..];
        // The latest is what matters; how much went before it is said as a number.
        let text = new.last().map_or_else(String::new, |line| line.text.clone());
        let text = match new.len() {
            0 | 1 => text,
            n => say::more(shell.lang(), n as u64 - 1, &text),
        };
        *said = (key.len(), now, text);
    }
    html! { <p class="sr" role="status" aria-live="polite">{ said.2.clone() }</p> }
}
