//! Single keys: only while the focus is inside the page and not where text is typed.

use gloo_events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::web::browser;

/// What a key that is pressed finds under the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Under {
    /// Text is typed there: no key is ours.
    Text,
    /// Space and Enter press it.
    Pressable,
    /// Nothing that wants keys.
    Nothing,
}

fn under(event: &KeyboardEvent) -> Under {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return Under::Nothing;
    };
    match element.tag_name().to_ascii_lowercase().as_str() {
        "textarea" | "select" => Under::Text,
        "input" => {
            let kind = element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_);
            match kind.as_deref() {
                Some("range") => Under::Nothing,
                Some("checkbox" | "radio" | "button") => Under::Pressable,
                _ => Under::Text,
            }
        }
        "button" | "a" | "summary" => Under::Pressable,
        _ if element.get_attribute("role").as_deref() == Some("button") => Under::Pressable,
        _ => Under::Nothing,
    }
}

/// Calls `on_key` for single keys without Ctrl, Alt or Meta; it says whether the key was used.
#[hook]
pub fn use_keys(on_key: Callback<String, bool>) {
    let latest = use_mut_ref(|| on_key.clone());
    latest.replace(on_key);
    use_effect_with((), move |()| {
        let document = browser::window().and_then(|window| window.document());
        let options = gloo_events::EventListenerOptions::enable_prevent_default();
        let listener = document.map(|document| {
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
                    return;
                }
                let key = event.key();
                let ours = match under(event) {
                    Under::Text => false,
                    Under::Pressable => key != " " && key != "Enter",
                    Under::Nothing => true,
                };
                let on_key = latest.borrow().clone();
                if ours && on_key.emit(key) {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}
