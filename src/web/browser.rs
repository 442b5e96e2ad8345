//! What the page asks of the browser. Nothing here throws: a sandboxed frame has no storage, and its history
//! may refuse.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement, Window};

/// The window.
#[must_use]
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// Real seconds since the page was opened.
#[must_use]
pub fn seconds() -> f64 {
    window().and_then(|w| w.performance()).map_or(0.0, |p| p.now() / 1e3)
}

/// Path, query and fragment of the page's address.
#[must_use]
pub fn location() -> (String, String, String) {
    let part = |read: fn(&web_sys::Location) -> Result<String, JsValue>| {
        window().and_then(|w| read(&w.location()).ok()).unwrap_or_default()
    };
    (part(web_sys::Location::pathname), part(web_sys::Location::search), part(web_sys::Location::hash))
}

/// The whole address of the page, as it is now.
#[must_use]
pub fn address_now() -> String {
    window().and_then(|w| w.location().href().ok()).unwrap_or_default()
}

/// The page's address without query and fragment.
#[must_use]
pub fn base_address() -> String {
    address_now().split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// Writes query and fragment into the address, where the browser lets us.
pub fn replace_address(address: &str) {
    if let Some(history) = window().and_then(|w| w.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// A word kept between visits; nothing where there is no storage.
#[must_use]
pub fn remembered(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a word between visits, where there is storage.
pub fn remember(key: &str, word: &str) {
    if let Some(storage) = window().and_then(|w| w.local_storage().ok().flatten()) {
        let _ = storage.set_item(key, word);
    }
}

/// Tags of the languages that the user reads, the one liked best first.
#[must_use]
pub fn languages() -> Vec<String> {
    let list = window().map(|w| w.navigator().languages()).unwrap_or_default();
    list.iter().filter_map(|tag| tag.as_string()).collect()
}

/// Gives the document its title.
pub fn title(text: &str) {
    if let Some(document) = window().and_then(|w| w.document()) {
        document.set_title(text);
    }
}

/// Whether a media query holds.
#[must_use]
pub fn media(query: &str) -> bool {
    window().and_then(|w| w.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

/// The root element of the document.
#[must_use]
pub fn root() -> Option<Element> {
    window()?.document()?.document_element()
}

/// Sets or takes away an attribute of the root element, for style sheets.
pub fn mark_root(attribute: &str, word: Option<&str>) {
    if let Some(root) = root() {
        let _ = match word {
            Some(word) => root.set_attribute(attribute, word),
            None => root.remove_attribute(attribute),
        };
    }
}

/// Gives the focus to the element of this identifier.
pub fn focus(id: &str) {
    let element = window().and_then(|w| w.document()?.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Copies text; false when the browser does not offer it here.
pub fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    // Outside secure contexts there is no clipboard, whatever the type says.
    let navigator = window.navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| !c.is_undefined());
    if has {
        let _ = navigator.clipboard().write_text(text);
    }
    has
}

/// Offers text as a file.
pub fn save(name: &str, kind: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    save_blob(name, &blob)
}

/// Draws an SVG of this size in px, at twice its resolution, and offers it as a PNG. What can't be drawn is not
/// offered.
pub fn save_png(name: &str, svg: &str, (width, height): (f64, f64)) -> Option<()> {
    let image = web_sys::HtmlImageElement::new().ok()?;
    let (name, drawn) = (name.to_owned(), image.clone());
    let loaded = gloo_events::EventListener::once(&image, "load", move |_| {
        let _ = offer_png(name, &drawn, (2.0 * width, 2.0 * height));
    });
    loaded.forget();
    let text = js_sys::encode_uri_component(svg).as_string()?;
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
    Some(())
}

fn offer_png(name: String, image: &web_sys::HtmlImageElement, (width, height): (f64, f64)) -> Option<()> {
    let canvas: web_sys::HtmlCanvasElement =
        window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height).ok()?;
    let done = wasm_bindgen::closure::Closure::once_into_js(move |blob: web_sys::Blob| {
        let _ = save_blob(&name, &blob);
    });
    canvas.to_blob(done.unchecked_ref()).ok()
}

fn save_blob(name: &str, blob: &web_sys::Blob) -> Option<()> {
    let url = web_sys::Url::create_object_url_with_blob(blob).ok()?;
    let link = window()?.document()?.create_element("a").ok()?;
    let link: web_sys::HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url).ok()
}

/// Tells the page around this frame how high it wants to be, in CSS pixels.
pub fn tell_height(height: f64) {
    let Some(window) = window() else { return };
    let Some(parent) = window.parent().ok().flatten().filter(|parent| *parent != window) else { return };
    let message = js_sys::Object::new();
    for (key, value) in
        [("source", JsValue::from("doorbuster")), ("type", "resize".into()), ("height", height.into())]
    {
        let _ = js_sys::Reflect::set(&message, &key.into(), &value);
    }
    let _ = parent.post_message(&message, "*");
}
