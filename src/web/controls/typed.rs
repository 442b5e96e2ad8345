//! A field whose text is taken on Enter or when the focus leaves it. While somebody types, what is shown
//! elsewhere does not overwrite it.

use yew::prelude::*;

use super::text_of;

/// Properties of [`Typed`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What it is, for screen readers.
    pub label: AttrValue,
    /// The value.
    pub value: AttrValue,
    /// Takes what was typed.
    pub on_text: Callback<String>,
    /// An example of what may be typed.
    #[prop_or_default]
    pub example: AttrValue,
    /// Classes.
    #[prop_or_default]
    pub class: Classes,
    /// Identifier, for a label.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Identifier of the text that explains it.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Whether a number is typed.
    #[prop_or_default]
    pub number: bool,
}

/// A field whose text is taken on Enter or when the focus leaves it.
#[component]
pub fn Typed(props: &Props) -> Html {
    let typing = use_state_eq(|| None::<String>);
    let shown = (*typing).clone().unwrap_or_else(|| props.value.to_string());
    let oninput = {
        let typing = typing.setter();
        Callback::from(move |event: InputEvent| typing.set(Some(text_of(&event))))
    };
    let onchange = {
        let (typing, on_text) = (typing.setter(), props.on_text.clone());
        Callback::from(move |event: Event| {
            on_text.emit(text_of(&event));
            typing.set(None);
        })
    };
    let onkeydown = {
        let typing = typing.setter();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                typing.set(None);
            }
        })
    };
    html! {
        <input type="text" class={classes!("typed", props.class.clone())} id={props.id.clone()} value={shown}
            aria-label={props.label.clone()} placeholder={props.example.clone()}
            aria-describedby={props.described_by.clone()} inputmode={if props.number { "decimal" } else { "text" }}
            autocomplete="off" spellcheck="false" {oninput} {onchange} {onkeydown} />
    }
}
