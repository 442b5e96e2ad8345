//! The event log: what happened, in plain words, newest first. A press on a line goes to that moment.

use yew::prelude::*;

use super::outcome::by_name;
use crate::report::narrate::thin;
use crate::report::number::{moment, three};
use crate::web::driver::Command;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::Action;

/// The most lines shown; what happens again and again is said once with its count.
const MOST: usize = 200;

/// The event log, when it is open.
#[component]
pub fn Events(props: &Props) -> Html {
    let shell = &props.shell;
    if !shell.state.events {
        return html! {};
    }
    let lines = thin(&shell.lines(), MOST);
    let goes = |at: crate::units::SimTime| {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| {
            shell.act(Action::Play(false));
            shell.send(Command::Seek(at));
        })
    };
    let line = |line: &crate::report::Line| {
        html! {
            <li>
                <button class="event" onclick={goes(line.at)} title={format!("Go to {}", moment(line.at.as_secs()))}>
                    <span class="event-at">{ moment(line.at.as_secs()) }</span>
                    { icon(by_name(line.icon)) }
                    <span>{ &line.text }
                        if let Some(quote) = &line.quote { <code class="event-quote">{ quote }</code> }
                    </span>
                </button>
            </li>
        }
    };
    let dropped = shell.control.live.get().log.dropped();
    html! {
        <aside class="events panel" aria-label="Events">
            <div class="row events-head">
                <h2 class="label">{ "Events" }</h2>
                <button class="btn plain only small push" aria-label="Close the events"
                    onclick={shell.on(Action::Events)}>{ icon(Icon::Close) }</button>
            </div>
            if lines.is_empty() { <p class="sub">{ "Nothing has happened yet." }</p> }
            <ol class="events-list">{ for lines.iter().rev().map(line) }</ol>
            if dropped > 0 {
                <p class="sub">{ format!("{} later events found no place in the log.", three(dropped as f64)) }</p>
            }
        </aside>
    }
}
