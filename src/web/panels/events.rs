//! The event log: what happened, in plain words, newest first. A press on a line goes to that moment.

use yew::prelude::*;

use super::outcome::by_name;
use crate::lang::texts;
use crate::report::narrate::thin;
use crate::web::driver::Command;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

texts! {
    mod say {
        fn events { en: "Events", de: "Ereignisse", fr: "Événements" }
        fn close { en: "Close the events", de: "Ereignisse schließen", fr: "Fermer les événements" }
        fn nothing {
            en: "Nothing has happened yet.",
            de: "Noch ist nichts geschehen.",
            fr: "Rien ne s’est encore passé.",
        }
        fn undo { en: "Undo the last change", de: "Letzte Änderung zurücknehmen", fr: "Annuler le dernier changement" }
        fn go_to(at: Text) { en: "Go to {at}", de: "Zu {at} gehen", fr: "Aller à {at}" }
        fn dropped(n: Whole) {
            en: "{n} later {n:event|events} found no place in the log.",
            de: "{n} {n:späteres Ereignis fand|spätere Ereignisse fanden} im Protokoll keinen Platz.",
            fr: "{n} {n:événement suivant n’a|événements suivants n’ont} pas trouvé place dans le journal.",
        }
    }
}

/// The most lines shown; what happens again and again is said once with its count.
const MOST: usize = 200;

/// The event log, when it is open.
#[component]
pub fn Events(props: &Props) -> Html {
    let shell = &props.shell;
    if !shell.state.events {
        return html! {};
    }
    let lang = shell.lang();
    let lines = thin(lang, &shell.lines(), MOST);
    let goes = |at: crate::units::SimTime| {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| {
            shell.act(Action::Play(false));
            shell.send(Command::Seek(at));
        })
    };
    let line = |line: &crate::report::Line| {
        let at = lang.moment(line.at.as_secs());
        html! {
            <li>
                <button class="event" onclick={goes(line.at)} title={say::go_to(lang, &at)}>
                    <span class="event-at">{ &at }</span>
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
        <aside class="events panel" aria-label={say::events(lang)}>
            <div class="row events-head">
                <h2 class="label">{ say::events(lang) }</h2>
                <button class="btn plain only small push" aria-label={say::close(lang)}
                    onclick={shell.on(Action::Events)}>{ icon(Icon::Close) }</button>
            </div>
            { undo(shell) }
            if lines.is_empty() { <p class="sub">{ say::nothing(lang) }</p> }
            <ol class="events-list">{ for lines.iter().rev().map(line) }</ol>
            if dropped > 0 {
                <p class="sub">{ say::dropped(lang, dropped) }</p>
            }
        </aside>
    }
}

/// Takes back the last change made by hand, where there is one.
pub(super) fn undo(shell: &Shell) -> Html {
    if shell.control.made().is_empty() {
        return html! {};
    }
    let onclick = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| shell.send(Command::Undo))
    };
    html! { <button class="btn small" {onclick}>{ icon(Icon::BackingOff) }{ say::undo(shell.lang()) }</button> }
}
