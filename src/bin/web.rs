//! The page: mounts the app.
use yew::prelude::*;

#[component]
fn Hello() -> Html {
    html! { <main><h1>{ "Doorbuster" }</h1></main> }
}

fn main() {
    console_error_panic_hook::set_once();
    yew::Renderer::<Hello>::new().render();
}
