//! Controls without a meaning of their own.

mod log_range;
mod typed;

pub use log_range::{LogRange, LogScale};
pub use typed::Typed;

use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};

/// The text of the field that an event comes from.
#[must_use]
pub fn text_of(event: &Event) -> String {
    let target = event.target();
    let input = target.as_ref().and_then(|t| t.dyn_ref::<HtmlInputElement>()).map(HtmlInputElement::value);
    let select =
        || target.as_ref().and_then(|t| t.dyn_ref::<HtmlSelectElement>()).map(HtmlSelectElement::value);
    input.or_else(select).unwrap_or_default()
}
