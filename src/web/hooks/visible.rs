//! Whether an element is on screen, and how high it is.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, ResizeObserver};
use yew::prelude::*;

use crate::web::browser;

/// Calls `seen` when the element comes on screen (true) or leaves it. A figure that is not seen does not run.
#[hook]
pub fn use_visible(node: &NodeRef, seen: Callback<bool>) {
    let node = node.clone();
    use_effect_with(node, move |node| {
        let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let last = entries.iter().last().map(JsCast::unchecked_into::<IntersectionObserverEntry>);
            if let Some(entry) = last {
                seen.emit(entry.is_intersecting());
            }
        });
        let observer = IntersectionObserver::new(on_change.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, node.cast::<Element>()) {
            observer.observe(&element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(on_change);
        }
    });
}

/// Tells the page around the frame the height of the element whenever it changes.
#[hook]
pub fn use_height_told(node: &NodeRef) {
    let node = node.clone();
    use_effect_with(node, move |node| {
        let element = node.cast::<Element>();
        let measured = element.clone();
        let on_change = Closure::<dyn FnMut(JsValue)>::new(move |_: JsValue| {
            if let Some(element) = &measured {
                browser::tell_height(element.get_bounding_client_rect().height().ceil());
            }
        });
        let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &element) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(on_change);
        }
    });
}
