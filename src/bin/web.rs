//! The page: mounts the app.

use doorbuster::web::{app::App, browser};

fn main() {
    console_error_panic_hook::set_once();
    let place = browser::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
    match place {
        Some(place) => {
            place.set_inner_html("");
            yew::Renderer::<App>::with_root(place).render();
        }
        None => {
            yew::Renderer::<App>::new().render();
        }
    }
}
