//! The page: mounts the app in place of the start view.
use yew::prelude::*;

#[component]
fn Hello() -> Html {
    html! { <main><h1>{ "Doorbuster" }</h1></main> }
}

fn main() {
    console_error_panic_hook::set_once();
    let host =
        web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id("app"));
    match host {
        Some(host) => yew::Renderer::<Hello>::with_root(host).render(),
        None => yew::Renderer::<Hello>::new().render(),
    };
}
