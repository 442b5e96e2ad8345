//! The one place that speaks to screen readers by itself: at most one message in two seconds, on change only.

use yew::prelude::*;

use crate::web::browser;
use crate::web::shell::Props;

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
        let before = match new.len() {
            0 | 1 => String::new(),
            n => format!("{} more events. ", n - 1),
        };
        let text = new.last().map_or_else(String::new, |line| line.text.clone());
        *said = (key.len(), now, format!("{before}{text}"));
    }
    html! { <p class="sr" role="status" aria-live="polite">{ said.2.clone() }</p> }
}
