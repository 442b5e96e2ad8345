//! The size of an element, told by the page when it changes: never asked for while drawing.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};

/// Width and height in CSS px, shared with who watches.
pub(super) type Size = Rc<Cell<(f64, f64)>>;

/// Watches the size of an element until it is dropped.
pub(super) struct Watching {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watching {
    /// Keeps `size` at the element's size, and calls `changed` with it at once and whenever it changes.
    pub fn new(element: &Element, size: &Size, changed: impl Fn((f64, f64)) + 'static) -> Option<Self> {
        let rect = element.get_bounding_client_rect();
        size.set((rect.width(), rect.height()));
        changed(size.get());
        let size = Rc::clone(size);
        let callback = Closure::new(move |entries: js_sys::Array| {
            let last: Option<ResizeObserverEntry> = entries.pop().dyn_into().ok();
            if let Some(rect) = last.map(|entry| entry.content_rect()) {
                size.set((rect.width(), rect.height()));
                changed(size.get());
            }
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
