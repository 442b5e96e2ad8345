//! Long lists: as many rows as somebody reads, and how many there are besides. Ten thousand would hold the page up.

use yew::prelude::*;

use crate::lang::{Lang, texts};
use crate::web::controls::{Typed, text_of};
use crate::web::icons::{Icon, icon};

texts! {
    mod say {
        fn rest(n: Whole) {
            en: "{n} more {n:is|are} not listed.",
            de: "{n} weitere {n:ist|sind} nicht aufgeführt.",
            fr: "{n} de plus {n:n’est pas listée|ne sont pas listées}.",
        }
        fn one_of(n: Whole, first: Text, last: Text) {
            en: "One of {n}, {first} to {last}.",
            de: "Eine von {n}, {first} bis {last}.",
            fr: "Une parmi {n}, de {first} à {last}.",
        }
    }
}

/// The most rows of a table, and the most entries of a list to choose from.
pub const MOST: usize = 100;

/// The entries that come first in an order, as many as are listed, each in its old place among them.
pub fn first_of<T, K: Ord>(all: &[T], order: impl Fn(&T) -> K) -> Vec<&T> {
    let mut places: Vec<usize> = (0..all.len()).collect();
    if all.len() > MOST {
        places.sort_by_cached_key(|&place| (order(&all[place]), place));
        places.truncate(MOST);
        places.sort_unstable();
    }
    places.into_iter().map(|place| &all[place]).collect()
}

/// How many are not listed, where it is not all.
pub fn rest(lang: Lang, all: usize) -> Html {
    let more = all.saturating_sub(MOST);
    html! { if more > 0 { <p class="sub">{ say::rest(lang, more as u64) }</p> } }
}

/// A choice among names: a list, or where that would be too long a field for the name. `none` is what the choice of
/// nobody is called, where that is one.
pub fn pick(
    lang: Lang,
    label: &'static str,
    names: &[String],
    chosen: &str,
    none: Option<&'static str>,
    on_name: Callback<String>,
) -> Html {
    if let ([first, .., last], true) = (names, names.len() > MOST) {
        return html! {
            <label class="row param">
                <Typed class="input" {label} example={none.unwrap_or_default()} value={chosen.to_owned()}
                    on_text={on_name} />
                <span class="sub">{ say::one_of(lang, names.len() as u64, first, last) }</span>
            </label>
        };
    }
    let option = |name: &String| {
        html! { <option value={name.clone()} selected={name == chosen}>{ name }</option> }
    };
    let onchange = on_name.reform(|event: Event| text_of(&event));
    html! {
        <label class="pick">
            <span class="sr">{ label }</span>
            <select class="select" {onchange}>
                if let Some(none) = none { <option value="" selected={chosen.is_empty()}>{ none }</option> }
                { for names.iter().map(option) }
            </select>
            { icon(Icon::ChevronDown) }
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 250 the hundred largest, in their old order; of a hundred all.
    #[test]
    fn the_first_in_an_order_stay_in_their_places() {
        let all: Vec<u32> = (0..250).map(|n| n * 7 % 250).collect();
        let listed = first_of(&all, |n| std::cmp::Reverse(*n));
        assert_eq!((listed.len(), *listed.iter().copied().min().unwrap()), (MOST, 150));
        let places: Vec<usize> = listed.iter().map(|n| all.iter().position(|m| m == *n).unwrap()).collect();
        assert!(places.is_sorted());
        assert_eq!(first_of(&all[..MOST], |n| *n).len(), MOST);
    }
}
