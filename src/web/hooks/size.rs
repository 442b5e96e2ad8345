//! The size of an element.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The height that an element has in CSS px, rounded down; renders anew when it changes.
#[hook]
pub fn use_height(node: &NodeRef) -> Option<f64> {
    let height = use_state_eq(|| None::<f64>);
    {
        let (setter, node) = (height.setter(), node.clone());
        use_effect_with(node, move |node| {
            let element = node.cast::<Element>();
            let measured = element.clone();
            let on_change = Closure::<dyn FnMut(JsValue)>::new(move |_: JsValue| {
                if let Some(element) = &measured {
                    setter.set(Some(element.get_bounding_client_rect().height().floor()));
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
    *height
}
