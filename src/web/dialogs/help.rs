//! Keys, and the signs of the picture.

use yew::prelude::*;

use super::trust::Trust;
use crate::lang::{Text, texts};
use crate::web::hooks::use_lang;
use crate::web::icons::{Icon, icon};

texts! {
    mod say {
        fn requests_mean {
            en: "A dot is a request. Its size is the work left, its colour its age; the oldest wear a ring. A ring \
                 that falls was refused.",
            de: "Ein Punkt ist eine Anfrage. Seine Größe ist die Arbeit, die bleibt, seine Farbe das Alter; die \
                 ältesten tragen einen Ring. Ein Ring, der fällt, wurde abgewiesen.",
            fr: "Un point est une requête. Sa taille est le travail qui reste, sa couleur son âge ; les plus vieilles \
                 portent un anneau. Un anneau qui tombe a été refusé.",
        }
        fn keys { en: "Keys", de: "Tasten", fr: "Touches" }
        fn they_work {
            en: "They work while the focus is in the page and not in a field.",
            de: "Sie wirken, solange der Fokus in der Seite und nicht in einem Feld ist.",
            fr: "Elles agissent quand le focus est dans la page et hors d’un champ.",
        }
        fn requests { en: "Requests", de: "Anfragen", fr: "Requêtes" }
        fn replicas { en: "Replicas", de: "Repliken", fr: "Répliques" }
    }
}

/// Every key and what it does.
const KEYS: [(Text, Text); 11] = [
    (
        Text::new("Space", "Leertaste", "Espace"),
        Text::new("run and pause", "Start und Pause", "lecture et pause"),
    ),
    (same("."), Text::new("on by one event", "ein Ereignis weiter", "un événement en avant")),
    (same(","), Text::new("back by one event", "ein Ereignis zurück", "un événement en arrière")),
    (
        Text::new("Shift + .", "Umschalt + .", "Maj + ."),
        Text::new("on by 100 ms", "100 ms weiter", "avancer de 100 ms"),
    ),
    (same("["), Text::new("slower", "langsamer", "moins vite")),
    (same("]"), Text::new("faster", "schneller", "plus vite")),
    (same("R"), Text::new("start again", "neu starten", "recommencer")),
    (
        same("B"),
        Text::new("Black Friday, on and off", "Black Friday, an und aus", "Black Friday, oui ou non"),
    ),
    (
        same("1 … 9"),
        Text::new(
            "crash a replica; start it when it is down",
            "eine Replik abstürzen lassen; starten, wenn sie aus ist",
            "faire planter une réplique ; la relancer si elle est en panne",
        ),
    ),
    (same("E"), Text::new("the event log", "das Ereignisprotokoll", "le journal des événements")),
    (same("?"), Text::new("this page", "diese Seite", "cette page")),
];

/// A key that is called the same everywhere.
const fn same(key: &'static str) -> Text {
    Text::new(key, key, key)
}

/// Every sign and what it means.
const SIGNS: [(Icon, Text, Text); 8] = [
    (Icon::Ok, Text::new("ok", "ok", "ok"), Text::new("it has room", "sie hat Platz", "elle a de la place")),
    (
        Icon::Busy,
        Text::new("busy", "beschäftigt", "occupée"),
        Text::new(
            "its CPU is used by 70 % or more",
            "die CPU ist zu 70 % oder mehr genutzt",
            "son CPU est utilisé à 70 % ou plus",
        ),
    ),
    (
        Icon::Overloaded,
        Text::new("overloaded", "überlastet", "surchargée"),
        Text::new(
            "something was refused, or its backlog is full",
            "etwas wurde abgewiesen, oder das Backlog ist voll",
            "quelque chose a été refusé, ou son backlog est plein",
        ),
    ),
    (
        Icon::Starting,
        Text::new("starting", "startet", "démarre"),
        Text::new(
            "it gets no traffic yet",
            "sie bekommt noch keinen Verkehr",
            "elle ne reçoit pas encore de trafic",
        ),
    ),
    (
        Icon::Draining,
        Text::new("draining", "läuft leer", "se vide"),
        Text::new("it finishes what it has", "sie beendet, was sie hat", "elle finit ce qu’elle a"),
    ),
    (
        Icon::BackingOff,
        Text::new("backing off", "wartet", "en attente"),
        Text::new(
            "it died and waits for its next start",
            "sie starb und wartet auf den nächsten Start",
            "elle est morte et attend sa relance",
        ),
    ),
    (
        Icon::Down,
        Text::new("down", "ausgefallen", "en panne"),
        Text::new("nobody starts it again", "niemand startet sie wieder", "personne ne la relance"),
    ),
    (
        Icon::Idle,
        Text::new("idle, not used", "untätig, unbenutzt", "inactive, inutilisée"),
        Text::new("nothing happens there", "dort geschieht nichts", "il ne s’y passe rien"),
    ),
];

/// The dialog's content.
#[component]
pub fn Help() -> Html {
    let lang = use_lang();
    html! {
        <div class="help-columns">
            <section>
                <h3>{ say::keys(lang) }</h3>
                <dl class="keys">
                    { for KEYS.iter().map(|(key, does)| html! {
                        <><dt><kbd>{ key.say(lang) }</kbd></dt><dd>{ does.say(lang) }</dd></>
                    }) }
                </dl>
                <p class="sub">{ say::they_work(lang) }</p>
            </section>
            <section>
                <h3>{ say::requests(lang) }</h3>
                <p>{ say::requests_mean(lang) }</p>
                <h3>{ say::replicas(lang) }</h3>
                <dl class="signs">
                    { for SIGNS.iter().map(|(sign, word, means)| html! {
                        <><dt>{ icon(*sign) }{ word.say(lang) }</dt><dd>{ means.say(lang) }</dd></>
                    }) }
                </dl>
                <Trust />
            </section>
        </div>
    }
}
