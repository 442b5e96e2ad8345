//! The way from the lab to the page that says how far it can be trusted.

use yew::prelude::*;

use crate::lang::texts;
use crate::web::hooks::use_lang;

texts! {
    mod say {
        fn trust {
            en: "How far the lab can be trusted: theory, published results, real products",
            de: "Wie weit dem Labor zu trauen ist: Theorie, veröffentlichte Ergebnisse, echte Produkte",
            fr: "Jusqu’où croire le laboratoire : théorie, résultats publiés, vrais produits",
        }
    }
}

/// A link to `validation.html`, which lies beside the page.
#[component]
pub fn Trust() -> Html {
    let lang = use_lang();
    html! {
        <p><a href="validation.html" target="_blank" rel="noopener">{ say::trust(lang) }</a></p>
    }
}
