//! The language of the page.

use yew::prelude::*;

use crate::lang::Lang;

/// The language of the page, for components that are given no more than they show.
#[hook]
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}
