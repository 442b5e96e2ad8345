//! What queueing theory expects of the world as it is set now, or why it knows nothing of it.

use yew::prelude::*;

use crate::charts::theory;
use crate::lang::texts;
use crate::web::shell::Props;

texts! {
    mod say {
        fn theory { en: "Theory", de: "Theorie", fr: "Théorie" }
    }
}

/// In a sentence: the queue that each replica is, with its long-run values; or the assumption that fails.
#[component]
pub fn Theory(props: &Props) -> Html {
    let (class, said) = match props.shell.control.live.get().theory() {
        None => return html! {},
        Some(Ok(expected)) => ("aside", expected.sentence()),
        Some(Err(why)) => ("aside unsure", theory::not_here(&why)),
    };
    let lang = props.shell.lang();
    html! {
        <div {class} id="theory"><h2 class="label">{ say::theory(lang) }</h2>
            <p class="sub">{ said.say(lang) }</p></div>
    }
}
