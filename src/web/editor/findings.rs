//! What there is to say about the files of a deployment: what can't work, what surprises, what was assumed.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::convert::{Finding, Severity, limits};
use crate::lang::{Lang, capital, sentence, texts};
use crate::web::controls::Typed;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Deployment};

texts! {
    mod say {
        fn title(files: Text) { en: "What {files} say", de: "Was {files} sagen", fr: "Ce que disent {files}" }
        fn title_one(file: Text) { en: "What {file} says", de: "Was {file} sagt", fr: "Ce que dit {file}" }
        fn close { en: "Put the findings away", de: "Die Befunde schließen", fr: "Fermer les constats" }
        fn no_world {
            en: "No scenario could be made of these files; the text below is as it was.",
            de: "Aus diesen Dateien wurde kein Szenario; der Text unten ist, wie er war.",
            fr: "Aucun scénario n’a pu en être tiré ; le texte ci-dessous est inchangé.",
        }
        fn world {
            en: "The scenario below is made of them: change what you know better, then run it.",
            de: "Das Szenario unten ist daraus gemacht: ändern, was man besser weiß, dann starten.",
            fr: "Le scénario ci-dessous en est tiré : changer ce que l’on sait mieux, puis lancer.",
        }
        fn service { en: "Service", de: "Dienst", fr: "Service" }
        fn scale { en: "Replicas", de: "Repliken", fr: "Répliques" }
        fn as_written { en: "as written", de: "wie geschrieben", fr: "comme écrit" }
        fn scale_wrong {
            en: "a whole number of replicas is needed, at most 10,000",
            de: "nötig ist eine ganze Zahl von Repliken, höchstens 10.000",
            fr: "il faut un nombre entier de répliques, au plus 10 000",
        }
        fn by_itself { en: "as the files suggest", de: "wie die Dateien nahelegen", fr: "selon les fichiers" }
        fn error { en: "error", de: "Fehler", fr: "erreur" }
        fn warning { en: "warning", de: "Warnung", fr: "avertissement" }
        fn note { en: "note", de: "Hinweis", fr: "note" }
        fn notes(n: Whole) {
            en: "{n} {n:note|notes}: what was assumed or left out",
            de: "{n} {n:Hinweis|Hinweise}: was angenommen oder weggelassen wurde",
            fr: "{n} {n:note|notes} : ce qui a été supposé ou laissé de côté",
        }
        fn clean {
            en: "No errors and no warnings.",
            de: "Keine Fehler und keine Warnungen.",
            fr: "Ni erreur ni avertissement.",
        }
    }
}

/// The findings, when a deployment is open.
#[component]
pub fn Findings(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let Some(deployment) = &shell.state.deployment else { return html! {} };
    let names: Vec<String> = deployment.files.iter().map(|file| file.name.clone()).collect();
    let title = match names.as_slice() {
        [one] => say::title_one(lang, one),
        _ => say::title(lang, &lang.list(&names, 4)),
    };
    let (told, notes): (Vec<&Finding>, Vec<&Finding>) =
        deployment.findings.iter().partition(|finding| finding.severity != Severity::Note);
    html! {
        <section class="findings" aria-labelledby="findings-title">
            <div class="row">
                <h2 class="label" id="findings-title" tabindex="-1">{ title }</h2>
                <button type="button" class="btn plain only small push" aria-label={say::close(lang)}
                    onclick={shell.on(Action::Forget)}>{ icon(Icon::Close) }</button>
            </div>
            <p class="sub" role="status">{ if deployment.made { say::world(lang) } else { say::no_world(lang) } }</p>
            { service(shell, deployment) }
            if told.is_empty() && deployment.made {
                <p class="finding">{ icon(Icon::Ok) }{ say::clean(lang) }</p>
            }
            <ul>{ for told.iter().map(|finding| item(lang, finding)) }</ul>
            if !notes.is_empty() {
                <details open={told.is_empty()}>
                    <summary>{ say::notes(lang, notes.len() as u64) }</summary>
                    <ul>{ for notes.iter().map(|finding| item(lang, finding)) }</ul>
                </details>
            }
        </section>
    }
}

/// Which service is looked at, where there is a choice.
fn service(shell: &Shell, deployment: &Deployment) -> Html {
    if deployment.services.is_empty() && deployment.service.is_none() && deployment.scale.is_none() {
        return html! {};
    }
    let lang = shell.lang();
    let now = deployment.service.as_deref();
    let onchange = {
        let state = shell.state.dispatcher();
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            state.dispatch(Action::LookAt(chosen.filter(|name| !name.is_empty()), None));
        })
    };
    let on_scale = {
        let (state, service) = (shell.state.dispatcher(), deployment.service.clone());
        Callback::from(move |text: String| {
            let count = text.trim().parse::<u32>().ok().filter(|count| *count <= limits::REPLICAS);
            if count.is_none() && !text.trim().is_empty() {
                state.dispatch(Action::Notice(text, say::scale_wrong(lang).into()));
            } else {
                state.dispatch(Action::LookAt(service.clone(), count));
            }
        })
    };
    let scale = deployment.scale.map(|count| count.to_string()).unwrap_or_default();
    let option = |name: &String| {
        html! { <option value={name.clone()} selected={now == Some(name.as_str())}>{ name }</option> }
    };
    html! {
        <div class="row finding-service">
            <label for="finding-service">{ say::service(lang) }</label>
            <span class="pick">
                <select class="select" id="finding-service" {onchange}>
                    <option value="" selected={now.is_none()}>{ say::by_itself(lang) }</option>
                    { for deployment.services.iter().map(option) }
                </select>
                { icon(Icon::ChevronDown) }
            </span>
            <span class="row">
                <label for="finding-scale">{ say::scale(lang) }</label>
                <Typed class="input" id="finding-scale" label={say::scale(lang)} value={scale} number=true
                    example={say::as_written(lang)} on_text={on_scale} />
            </span>
        </div>
    }
}

fn item(lang: Lang, finding: &Finding) -> Html {
    let (which, class, word) = match finding.severity {
        Severity::Error => (Icon::Down, "error", say::error(lang)),
        Severity::Warning => (Icon::Overloaded, "warning", say::warning(lang)),
        Severity::Note => (Icon::Info, "note", say::note(lang)),
    };
    html! {
        <li class={classes!("finding", class)}>
            { icon(which) }
            <span>
                <b>{ word }</b>{ " " }<code>{ format!("{}:{}", finding.file, finding.line) }</code>{ " " }
                { sentence(&finding.text.say(lang)) }
                if let Some(remedy) = &finding.remedy {
                    <span class="sub">{ " " }{ capital(&sentence(&remedy.say(lang))) }</span>
                }
            </span>
        </li>
    }
}
