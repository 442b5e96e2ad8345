//! What the dots mean.

use yew::prelude::*;

use super::cell;
use super::scene::{Form, Scene, words};
use crate::lang::texts;

texts! {
    mod say {
        fn key { en: "Key", de: "Legende", fr: "Légende" }
        fn age(age: Text) { en: "age 0 → {age}", de: "Alter 0 → {age}", fr: "âge 0 → {age}" }
        fn band {
            en: "band: requests a second",
            de: "Band: Anfragen pro Sekunde",
            fr: "bande : requêtes par seconde",
        }
        fn bar {
            en: "bar: how full a tray is",
            de: "Balken: wie voll ein Fach ist",
            fr: "barre : remplissage d’un bac",
        }
        fn dot(n: Whole) {
            en: "1 dot = {n} {n:request|requests}",
            de: "1 Punkt = {n} {n:Anfrage|Anfragen}",
            fr: "1 point = {n} {n:requête|requêtes}",
        }
        fn work { en: "work left", de: "Arbeit übrig", fr: "travail restant" }
        fn bars(what: Text) { en: "bars: {what}", de: "Balken: {what}", fr: "barres : {what}" }
        fn falls { en: "refused, falls", de: "abgewiesen, fällt", fr: "refusée, tombe" }
    }
}

/// The key; with filled bars for trays there are no dots to explain.
pub fn key(scene: &Scene, bars: bool) -> Html {
    let refuses = scene.balancer.as_ref().is_some_and(|balancer| balancer.refusing.is_some())
        || scene.cards.iter().any(|card| card.refusing.is_some());
    let lang = scene.lang;
    let age = say::age(lang, &words::length(lang, scene.timeout.unwrap_or(10.0)));
    // The bars of cells have no names of their own.
    let of_cells = scene.cards.first().filter(|_| scene.form == Form::Dense).map(|card| {
        say::bars(lang, &cell::limited(card).map(|gauge| gauge.name).collect::<Vec<_>>().join(", "))
    });
    html! {
        <div class="key" role="note" aria-label={say::key(lang)}>
            if bars {
                <p>{ say::band(lang) }</p>
                <p>{ say::bar(lang) }</p>
            } else {
                <p>{ say::dot(lang, scene.unit) }</p>
                <p>{ sizes() }{ say::work(lang) }</p>
                <p>{ ages() }{ age }</p>
                if refuses { <p>{ falling() }{ say::falls(lang) }</p> }
            }
            if let Some(bars) = of_cells { <p>{ bars }</p> }
        </div>
    }
}

fn sizes() -> Html {
    html! {
        <svg width="38" height="14" aria-hidden="true">
            <circle class="plain" cx="4" cy="7" r="2.2" />
            <circle class="plain" cx="15" cy="7" r="4" />
            <circle class="plain" cx="30" cy="7" r="6.5" />
        </svg>
    }
}

fn ages() -> Html {
    let dot = |step: u32| {
        let x = (5 + 12 * step).to_string();
        html! { <circle class={format!("dot a{step}")} cx={x} cy="7" r="4.5" /> }
    };
    html! {
        <svg width="62" height="14" aria-hidden="true">
            { for (0..5).map(dot) }
            <circle class="halo a4" cx="53" cy="7" r="6.4" />
        </svg>
    }
}

fn falling() -> Html {
    html! {
        <svg width="12" height="14" aria-hidden="true"><circle class="refused" cx="6" cy="7" r="4.2" /></svg>
    }
}
