//! Media queries.

use gloo_events::EventListener;
use yew::prelude::*;

use crate::web::browser;

/// Whether a media query holds; renders anew when that changes.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_state_eq(|| browser::media(query));
    {
        let setter = holds.setter();
        use_effect_with(query, move |query| {
            let query = *query;
            let list = browser::window().and_then(|w| w.match_media(query).ok().flatten());
            setter.set(browser::media(query));
            let listener = list
                .map(|list| EventListener::new(&list, "change", move |_| setter.set(browser::media(query))));
            move || drop(listener)
        });
    }
    *holds
}
