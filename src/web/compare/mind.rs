//! What to mind before trusting the numbers of the lanes: the cautions of each, said once.

use std::rc::Rc;

use yew::prelude::*;

use super::look::Look;
use crate::lang::{Lang, texts};
use crate::report::Warning;
use crate::web::icons::family_mark;
use crate::web::panels::mind::{section, use_cautions, words};
use crate::web::shell::Shell;

texts! {
    mod say {
        fn every_lane { en: "Every lane: ", de: "Jede Bahn: ", fr: "Chaque voie : " }
        fn lane(name: Text) { en: "{name}: ", de: "{name}: ", fr: "{name} : " }
    }
}

/// Properties of [`Mind`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// How the lanes look.
    pub looks: Rc<Vec<Look>>,
}

/// The cautions of all lanes; nothing where there are none.
#[component]
pub fn Mind(props: &Props) -> Html {
    let (shell, lang) = (&props.shell, props.shell.lang());
    let found = use_cautions(shell, || {
        let over = shell.state.finished;
        joined(shell.control.lanes.iter().map(|live| live.get().warnings(over)).collect())
    });
    section(lang, &found, |(warning, lanes): &(Warning, Vec<usize>)| {
        let all = lanes.len() == props.looks.len();
        let look = |n: &usize| props.looks.get(*n).map(|look| name(lang, look));
        html! {
            <li class="sub">
                if all { <b>{ say::every_lane(lang) }</b> } else { { for lanes.iter().filter_map(look) } }
                { words(lang, warning) }
            </li>
        }
    })
}

fn name(lang: Lang, look: &Look) -> Html {
    html! { <>{ family_mark(look.family) }{ " " }<b>{ say::lane(lang, &look.name) }</b></> }
}

/// What is said of several lanes in the same words is said once, with these lanes. That one run is no proof is left
/// out: the table beside it is of many.
fn joined(lanes: Vec<Vec<Warning>>) -> Vec<(Warning, Vec<usize>)> {
    let mut found: Vec<(Warning, Vec<usize>)> = Vec::new();
    for (lane, warnings) in lanes.into_iter().enumerate() {
        for warning in warnings.into_iter().filter(|warning| warning.kind != "one_seed") {
            match found.iter_mut().find(|(known, _)| *known == warning) {
                Some((_, of)) => of.push(lane),
                None => found.push((warning, vec![lane])),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Said;
    use crate::report::one_seed;

    #[test]
    fn the_same_caution_of_two_lanes_is_said_once() {
        let warning = |kind, text: &str| Warning {
            kind,
            text: Said::plain(text),
            remedy: Said::plain("mend it"),
            advice: Said::plain("mend it"),
            set: None,
        };
        let lanes = vec![
            vec![warning("ports", "no port"), one_seed()],
            vec![warning("overloaded", "90 of 80"), warning("ports", "no port")],
            vec![warning("overloaded", "91 of 80")],
        ];
        let said: Vec<(String, Vec<usize>)> =
            joined(lanes).into_iter().map(|(warning, of)| (warning.text.to_string(), of)).collect();
        let expected = [("no port", vec![0, 1]), ("90 of 80", vec![1]), ("91 of 80", vec![2])];
        assert_eq!(said, expected.map(|(text, of)| (text.to_owned(), of)));
    }
}
