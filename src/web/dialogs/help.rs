//! Keys, and the signs of the picture.

use yew::prelude::*;

use crate::web::icons::{Icon, icon};

/// What dots and rings mean.
const REQUESTS: &str = "A dot is a request. Its size is the work left, its colour its age; the oldest wear a \
                        ring. A ring that falls was refused.";

/// Every key and what it does.
const KEYS: [(&str, &str); 11] = [
    ("Space", "run and pause"),
    (".", "on by one event"),
    (",", "back by one event"),
    ("Shift + .", "on by 100 ms"),
    ("[", "slower"),
    ("]", "faster"),
    ("R", "start again"),
    ("B", "Black Friday, on and off"),
    ("1 … 9", "crash a replica; start it when it is down"),
    ("E", "the event log"),
    ("?", "this page"),
];

/// Every sign and what it means.
const SIGNS: [(Icon, &str, &str); 8] = [
    (Icon::Ok, "ok", "it has room"),
    (Icon::Busy, "busy", "its CPU is used by 70 % or more"),
    (Icon::Overloaded, "overloaded", "something was refused, or its backlog is full"),
    (Icon::Starting, "starting", "it gets no traffic yet"),
    (Icon::Draining, "draining", "it finishes what it has"),
    (Icon::BackingOff, "backing off", "it died and waits for its next start"),
    (Icon::Down, "down", "nobody starts it again"),
    (Icon::Idle, "idle, not used", "nothing happens there"),
];

/// The dialog's content.
#[component]
pub fn Help() -> Html {
    html! {
        <div class="help-columns">
            <section>
                <h3>{ "Keys" }</h3>
                <dl class="keys">
                    { for KEYS.iter().map(|(key, does)| html! {
                        <><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></>
                    }) }
                </dl>
                <p class="sub">{ "They work while the focus is in the page and not in a field." }</p>
            </section>
            <section>
                <h3>{ "Requests" }</h3>
                <p>{ REQUESTS }</p>
                <h3>{ "Replicas" }</h3>
                <dl class="signs">
                    { for SIGNS.iter().map(|(sign, word, means)| html! {
                        <><dt>{ icon(*sign) }{ *word }</dt><dd>{ *means }</dd></>
                    }) }
                </dl>
            </section>
        </div>
    }
}
