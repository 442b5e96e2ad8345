//! The link to this run: scenario, seed, and every change made by hand.

use yew::prelude::*;

use crate::lang::{Lang, texts};
use crate::web::address;
use crate::web::browser;
use crate::web::hooks::use_lang;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Props;
use crate::web::state::View;

texts! {
    mod say {
        fn copy { en: "Copy", de: "Kopieren", fr: "Copier" }
        fn copied { en: "Copied", de: "Kopiert", fr: "Copié" }
        fn by_hand {
            en: "Select and copy by hand",
            de: "Markieren und von Hand kopieren",
            fr: "Sélectionner et copier à la main",
        }
        fn too_long {
            en: "This run has too many changes for a link. Start again and share a shorter one.",
            de: "Dieser Lauf hat zu viele Änderungen für einen Link. Neu starten und einen kürzeren teilen.",
            fr: "Cet essai a trop de changements pour un lien. Recommencer et partager un essai plus court.",
        }
        fn same {
            en: "Whoever opens it sees the same run, event for event.",
            de: "Wer ihn öffnet, sieht denselben Lauf, Ereignis für Ereignis.",
            fr: "Qui l’ouvre voit le même essai, événement par événement.",
        }
        fn changes(n: Whole) {
            en: "Whoever opens it sees the same run, event for event, with your {n} {n:change|changes}.",
            de: "Wer ihn öffnet, sieht denselben Lauf, Ereignis für Ereignis, mit {n} \
                 {n:Änderung|Änderungen} von Hand.",
            fr: "Qui l’ouvre voit le même essai, événement par événement, avec {n} {n:changement \
                 fait|changements faits} à la main.",
        }
        fn link { en: "Link to this run", de: "Link zu diesem Lauf", fr: "Lien vers cet essai" }
        fn open_at(at: Moment) { en: "Open it at {at}", de: "Bei {at} öffnen", fr: "L’ouvrir à {at}" }
    }
}

/// Properties of [`CopyField`].
#[derive(Properties, PartialEq)]
pub struct CopyProps {
    /// What it is.
    pub label: AttrValue,
    /// What is copied.
    pub text: AttrValue,
    /// Whether it has several lines.
    #[prop_or_default]
    pub tall: bool,
}

/// Text to copy, with its button.
#[component]
pub fn CopyField(props: &CopyProps) -> Html {
    let lang = use_lang();
    let copied = use_state_eq(|| None::<bool>);
    {
        let copied = copied.setter();
        use_effect_with(props.text.clone(), move |_| copied.set(None));
    }
    let onclick = {
        let (copied, text) = (copied.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| copied.set(Some(browser::copy(&text))))
    };
    let says = match *copied {
        None => say::copy(lang),
        Some(true) => say::copied(lang),
        Some(false) => say::by_hand(lang),
    };
    html! {
        <div class="copy-field">
            if props.tall {
                <textarea class="input code" readonly=true rows="5" aria-label={props.label.clone()}
                    value={props.text.clone()} />
            } else {
                <input class="input code" readonly=true aria-label={props.label.clone()}
                    value={props.text.clone()} />
            }
            <button class="btn main" {onclick}>
                { icon(if *copied == Some(true) { Icon::Tick } else { Icon::Copy }) }
                <span role="status">{ says }</span>
            </button>
        </div>
    }
}

/// Said when no link can hold the run.
pub(super) fn too_long(lang: Lang) -> Html {
    html! { <p class="notice error">{ say::too_long(lang) }</p> }
}

/// The dialog's content.
#[component]
pub fn Share(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let with_time = use_state_eq(|| false);
    let made = shell.control.made();
    let at = with_time.then(|| shell.now());
    let base = browser::base_address();
    let view = View { embed: false, caption: None, ..shell.state.view.clone() };
    let link = address::link(&shell.state, &view, &made, at).map(|link| format!("{base}{link}"));
    let toggle = {
        let with_time = with_time.clone();
        Callback::from(move |_: Event| with_time.set(!*with_time))
    };
    let changes = match made.len() {
        0 => say::same(lang).to_owned(),
        n => say::changes(lang, n as u64),
    };
    html! {
        <div class="stack">
            <p>{ changes }</p>
            if let Some(link) = link {
                <CopyField label={say::link(lang)} text={link} />
            } else {
                { too_long(lang) }
            }
            <label class="row check">
                <input type="checkbox" checked={*with_time} onchange={toggle} />
                { say::open_at(lang, shell.now().as_secs()) }
            </label>
        </div>
    }
}
