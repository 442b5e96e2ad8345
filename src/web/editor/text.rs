//! The scenario as text, with a mark at each line that has a problem.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::lang::texts;
use crate::scenario::Problem;
use crate::web::icons::{Icon, icon};
use crate::web::shell::Shell;
use crate::web::state::Action;

texts! {
    mod say {
        fn line(n: Text) { en: ", line {n}", de: ", Zeile {n}", fr: ", ligne {n}" }
        fn as_text { en: "As text", de: "Als Text", fr: "En texte" }
        fn toml { en: "The scenario as TOML", de: "Das Szenario als TOML", fr: "Le scénario en TOML" }
    }
}

/// Properties of [`Text`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Text, line numbers with marks, and the problems below.
#[component]
pub fn Text(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let area = use_node_ref();
    let text = shell.state.draft.text.clone();
    let lines = text.lines().count().max(1) + 1;
    let oninput = {
        let shell = shell.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                shell.act(Action::Write(area.value()));
            }
        })
    };
    let number = |line: u32| {
        let bad = props.problems.iter().any(|problem| problem.line == Some(line));
        html! { <li class={bad.then_some("bad")} key={line}>{ line }</li> }
    };
    let problem = |problem: &Problem| {
        let go = {
            let (area, line) = (area.clone(), problem.line);
            Callback::from(move |_: MouseEvent| select(&area, line))
        };
        let at = problem.line.map(|line| say::line(lang, &line.to_string()));
        html! {
            <li>
                { icon(Icon::Overloaded) }
                <button type="button" class="link" onclick={go}>
                    { &problem.path }{ for at }
                </button>
                <span>{ problem.text.say(lang) }</span>
                if let Some(remedy) = &problem.remedy { <span class="sub">{ remedy.say(lang) }</span> }
            </li>
        }
    };
    html! {
        <section class="editor-text" aria-label={say::as_text(lang)}>
            <div class="editor-area">
                <ol class="editor-lines" aria-hidden="true">{ for (1..=lines as u32).map(number) }</ol>
                <textarea id="scenario-text" ref={area.clone()} value={text} rows={lines.to_string()}
                    spellcheck="false" autocomplete="off" wrap="off" aria-label={say::toml(lang)}
                    aria-describedby="problems" aria-invalid={(!props.problems.is_empty()).to_string()}
                    {oninput} />
            </div>
            <ul class="problems" id="problems" tabindex="-1">{ for props.problems.iter().map(problem) }</ul>
        </section>
    }
}

/// Puts the cursor on a line.
fn select(area: &NodeRef, line: Option<u32>) {
    let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
    let _ = area.focus();
    let text = area.value();
    let place = line.unwrap_or(1).saturating_sub(1) as usize;
    // The page counts in UTF-16 units.
    let before: u32 = text.split_inclusive('\n').take(place).map(|l| l.encode_utf16().count() as u32).sum();
    let length = text.lines().nth(place).map_or(0, |l| l.encode_utf16().count() as u32);
    let _ = area.set_selection_range(before, before + length);
}
