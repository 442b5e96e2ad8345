//! The selection rule: its name, its rule in one line, what it may know, its parameters.

use yew::prelude::*;

use crate::algorithm::spec::{ParamSpec, Spec};
use crate::algorithm::{self, CATALOG};
use crate::lang::texts;
use crate::web::controls::{Typed, text_of};
use crate::web::icons::{Icon, family, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Choice};

texts! {
    mod say {
        fn algorithm { en: "Algorithm", de: "Algorithmus", fr: "Algorithme" }
        fn not_used {
            en: "Not used: clients go straight to a port of the host.",
            de: "Nicht benutzt: Clients gehen direkt zu einem Port des Hosts.",
            fr: "Inutilisé : les clients vont droit à un port de l’hôte.",
        }
        fn knows(what: Text) { en: "It knows {what}.", de: "Er kennt {what}.", fr: "Il connaît {what}." }
    }
}

/// The selection rule.
#[component]
pub fn Algorithm(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let Some(name) = shell.control.live.get().world.balancer.as_ref().map(|b| b.algorithm.clone()) else {
        return html! {
            <div class="field"><h2 class="label">{ say::algorithm(lang) }</h2>
                <p class="sub">{ say::not_used(lang) }</p></div>
        };
    };
    let onchange = {
        let shell = shell.clone();
        Callback::from(move |event: Event| {
            if let Some(spec) = algorithm::find(&text_of(&event)) {
                shell.choose(Choice::Algorithm(spec.name, Vec::new()));
            }
        })
    };
    let option = |spec: &&'static Spec| {
        html! { <option value={spec.name} selected={spec.name == name}>{ spec.name }</option> }
    };
    let spec = algorithm::find(&name);
    html! {
        <div class="field">
            <label class="label" for="algorithm"><h2 class="label">{ say::algorithm(lang) }</h2></label>
            <div class="pick">
                <i class={classes!("swatch", family(&name))}></i>
                <select class="select" id="algorithm" aria-describedby="algorithm-rule" {onchange}>
                    { for CATALOG.iter().map(option) }
                </select>
                { icon(Icon::ChevronDown) }
            </div>
            if let Some(spec) = spec {
                <p class="sub" id="algorithm-rule">
                    { spec.rule.say(lang) }{ " " }{ say::knows(lang, spec.knowledge.text().say(lang)) }
                </p>
                { for spec.params.iter().map(|param| parameter(shell, spec, param)) }
            }
        </div>
    }
}

fn parameter(shell: &Shell, spec: &'static Spec, param: &'static ParamSpec) -> Html {
    let given = shell.state.scenario.balancer.params.0.clone();
    let given: Vec<_> =
        given.into_iter().filter(|(name, _)| spec.params.iter().any(|p| p.name == name)).collect();
    let value = given.iter().find(|(name, _)| name == param.name).map_or(param.default, |(_, value)| *value);
    let on_text = {
        let (shell, lang) = (shell.clone(), shell.lang());
        Callback::from(move |text: String| {
            let mut params = given.clone();
            params.retain(|(name, _)| name != param.name);
            params.push((param.name.to_owned(), lang.read(&text).unwrap_or(f64::NAN)));
            match spec.params(&params) {
                Ok(_) => shell.choose(Choice::Algorithm(spec.name, params)),
                Err(errors) => {
                    let why: Vec<_> = errors.iter().map(|error| error.said().say(lang)).collect();
                    shell.act(Action::Notice(format!("{} {text}", param.name), why.join("; ")));
                }
            }
        })
    };
    html! {
        <label class="row param">
            <span><b>{ param.name }</b>{ ": " }{ param.doc.say(shell.lang()) }</span>
            <Typed class="input push" label={format!("{} {}", param.name, param.unit)} number=true
                value={shell.lang().three(value)} {on_text} />
            if !param.unit.is_empty() { <span class="sub">{ param.unit }</span> }
        </label>
    }
}
