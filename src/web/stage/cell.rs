//! A replica as one cell of a strip, where replicas are many.

use yew::prelude::*;

use super::card::{button, select};
use super::scene::{Body, Card, Condition, Gauge, More, Tray};
use super::{Actions, gauge, tray};
use crate::lang::{Lang, texts};
use crate::web::icons::icon;

texts! {
    mod say {
        fn more(n: Whole) { en: "+ {n} more", de: "+ {n} weitere", fr: "+ {n} de plus" }
    }
}

/// Icon, name and state over three thin gauges; `dots`: with the requests inside, drawn as a bar where that is true.
pub fn cell(card: &Card, dots: Option<bool>, actions: &Actions) -> Html {
    let chosen = actions.selected.as_ref() == Some(&card.name);
    let class = classes!("cell", card.condition.class(), chosen.then_some("chosen"));
    html! {
        <li key={card.id} {class}>
            <article tabindex="0" aria-label={card.label()} onclick={select(card, actions)}>
                <span class="state">{ icon(card.condition.icon()) }</span>
                <span class="name">{ &card.name }</span>
                if let Some(bars) = dots { { inside(card, bars) } }
                <span class="word">{ card.condition.word().say(card.lang) }</span>
                { button(card, actions) }
                <span class="bars">{ for limited(card).map(|each| gauge::thin(each, 3)) }</span>
            </article>
        </li>
    }
}

/// The requests inside as dots, and how many.
fn inside(card: &Card, bars: bool) -> Html {
    let Body::Serving { running, waiting } = &card.body else { return html! { <span></span> } };
    let marks = running.marks.iter().chain(&waiting.marks).copied().collect();
    let all = Tray { held: running.held + waiting.held, room: running.room + waiting.room, marks };
    html! {
        <span class="inside-dots">{ tray::tray(&all, (120, 14), 1, bars) }<b>{ card.lang.whole(all.held) }</b></span>
    }
}

/// What a cell has a bar for: what has a limit.
pub fn limited(card: &Card) -> impl Iterator<Item = &Gauge> {
    card.gauges.iter().filter(|gauge| gauge.share.is_some())
}

/// The replicas that have no cell, by state.
pub fn more(lang: Lang, more: &More) -> Html {
    let state = |&(condition, n): &(Condition, usize)| {
        html! {
            <span class={classes!("of-state", condition.class())}>
                { icon(condition.icon()) }{ format!("{} {}", lang.whole(n as u64), condition.word().say(lang)) }
            </span>
        }
    };
    html! {
        <li class="cell more" key="more">
            <b>{ say::more(lang, more.replicas as u64) }</b>
            { for more.states.iter().map(state) }
        </li>
    }
}
