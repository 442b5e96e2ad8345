//! What to mind before trusting the numbers on screen, each with the next thing to do.

use std::rc::Rc;

use yew::prelude::*;

use crate::lang::{Lang, texts};
use crate::report::Warning;
use crate::scenario::{Field as _, Scenario};
use crate::web::browser;
use crate::web::editor::{bare, of_field};
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, draft};

texts! {
    mod say {
        fn title {
            en: "Before you trust the numbers",
            de: "Bevor man den Zahlen traut",
            fr: "Avant de se fier aux chiffres",
        }
        fn again(field: Text, value: Text) {
            en: "Run again: {field} {value}",
            de: "Neu starten: {field} {value}",
            fr: "Relancer : {field} {value}",
        }
    }
}

/// Real seconds between two looks while the run goes on: what is said there stays long enough to be read.
const EVERY: f64 = 2.0;

/// What was found, and when it was looked at.
struct Looked<T> {
    at: f64,
    of: Option<(u32, bool)>,
    found: Rc<Vec<T>>,
}

/// What `find` finds: looked for anew with every run, at its end, and at most every two seconds.
#[hook]
pub fn use_cautions<T: 'static>(shell: &Shell, find: impl FnOnce() -> Vec<T>) -> Rc<Vec<T>> {
    let looked = use_mut_ref(|| Looked { at: 0.0, of: None, found: Rc::default() });
    let mut looked = looked.borrow_mut();
    let (now, of) = (browser::seconds(), Some((shell.state.run, shell.state.finished)));
    if looked.of != of || now - looked.at >= EVERY {
        *looked = Looked { at: now, of, found: Rc::new(find()) };
    }
    Rc::clone(&looked.found)
}

/// The cautions; nothing where there are none.
#[component]
pub fn Mind(props: &Props) -> Html {
    let shell = &props.shell;
    let found = use_cautions(shell, || shell.control.live.get().warnings(shell.state.finished));
    section(shell.lang(), &found, |warning| item(shell, warning))
}

/// The cautions under their title; nothing where there are none.
pub fn section<T>(lang: Lang, found: &[T], item: impl Fn(&T) -> Html) -> Html {
    if found.is_empty() {
        return html! {};
    }
    html! {
        <section class="aside mind" aria-labelledby="mind-title">
            <h2 class="label" id="mind-title">{ say::title(lang) }</h2>
            <ul>{ for found.iter().map(item) }</ul>
        </section>
    }
}

/// A caution in words, with what to do about it.
pub fn words(lang: Lang, warning: &Warning) -> Html {
    html! { <>{ warning.text.say(lang) }{ " " }<b>{ warning.advice.say(lang) }{ "." }</b></> }
}

fn item(shell: &Shell, warning: &Warning) -> Html {
    let lang = shell.lang();
    html! {
        <li key={warning.kind}>
            <p class="sub">{ words(lang, warning) }</p>
            { for warning.set.as_ref().map(|(path, value)| button(shell, path, value)) }
        </li>
    }
}

/// Does what a caution advises: the run begins again with another value.
fn button(shell: &Shell, path: &str, value: &str) -> Html {
    let label = label(shell.lang(), path, value);
    let onclick = {
        let (shell, path, value) = (shell.clone(), path.to_owned(), value.to_owned());
        Callback::from(move |_: MouseEvent| match with(&shell.state.scenario, &path, &value) {
            Ok(scenario) => shell.act(Action::Take(Rc::new(scenario))),
            Err(why) => shell.act(Action::Notice(format!("{path} = {value}"), why.say(shell.lang()))),
        })
    };
    html! {
        <button type="button" class="btn small" {onclick}>{ icon(Icon::StartAgain) }{ label }</button>
    }
}

fn label(lang: Lang, path: &str, value: &str) -> String {
    say::again(lang, &of_field(lang, &bare(path)), &lang.point(value))
}

/// The scenario with another value in one place.
fn with(scenario: &Scenario, path: &str, value: &str) -> Result<Scenario, crate::lang::Said> {
    let mut node = scenario.write();
    draft::set(&mut node, path, value)?;
    Scenario::check(&node).map(|(scenario, _)| scenario).map_err(|invalid| invalid.said())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{link, preset};

    #[test]
    fn what_is_advised_can_be_done() {
        let scenario = link::read_preset(preset::find("algorithms").unwrap());
        assert_eq!(with(&scenario, "service[0].replicas", "12").unwrap().service[0].replicas, 12);
        assert_eq!(with(&scenario, "run.duration", "90 s").unwrap().run.duration.as_secs(), 90.0);
        assert!(with(&scenario, "run.duration", "-1 s").is_err());
        assert_eq!(label(Lang::En, "service[0].replicas", "12"), "Run again: replicas 12");
        assert_eq!(label(Lang::De, "run.warmup", "9 s"), "Neu starten: Vorlauf 9 s");
    }
}
