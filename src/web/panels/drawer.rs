//! Something that is closed until it is asked for, and costs nothing while it is closed.

use yew::prelude::*;

use crate::web::icons::{Icon, icon};

/// Properties of [`Drawer`].
#[derive(Properties, PartialEq)]
pub struct DrawerProps {
    /// Before its title.
    pub icon: Icon,
    /// What is in it.
    pub title: AttrValue,
    /// What is in it, as components: only when it is open do they render.
    pub children: Children,
}

/// A title that opens what is below it.
#[component]
pub fn Drawer(props: &DrawerProps) -> Html {
    let open = use_state_eq(|| false);
    let toggled = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            let details: Option<web_sys::HtmlElement> = event.target_dyn_into();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    html! {
        <details class="field drawer" ontoggle={toggled}>
            <summary>{ icon(props.icon) }<span>{ &props.title }</span></summary>
            if *open { <div class="stack">{ for props.children.iter() }</div> }
        </details>
    }
}
