//! The scenario editor: presets as cards, every field in forms made from the schema, and the same as text with
//! problems marked in place. A change by one shows in the other.

mod cards;
mod form;
mod text;
mod words;

use std::rc::Rc;

use web_sys::{File, FileReader, HtmlInputElement};
use yew::prelude::*;

use crate::lang::texts;
use crate::scenario::Scenario;
use crate::web::browser;
use crate::web::icons::{Icon, icon};
use crate::web::panels::{Header, Notices};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Checked, Depth};

texts! {
    mod say {
        fn to_text { en: "To the text", de: "Zum Text", fr: "Aller au texte" }
        fn scenario { en: "Scenario", de: "Szenario", fr: "Scénario" }
        fn no_save {
            en: "this browser does not let the page save a file",
            de: "dieser Browser lässt die Seite keine Datei sichern",
            fr: "ce navigateur ne laisse pas la page enregistrer un fichier",
        }
        fn save { en: "Save", de: "Sichern", fr: "Enregistrer" }
        fn can_run { en: "It can run.", de: "Es kann laufen.", fr: "Il peut tourner." }
        fn problems(n: Whole) {
            en: "{n} {n:problem|problems}.",
            de: "{n} {n:Problem|Probleme}.",
            fr: "{n} {n:problème|problèmes}.",
        }
        fn tools { en: "The scenario", de: "Das Szenario", fr: "Le scénario" }
        fn run { en: "Run it", de: "Starten", fr: "Lancer" }
        fn undo { en: "Undo", de: "Rückgängig", fr: "Annuler" }
        fn redo { en: "Redo", de: "Wieder", fr: "Rétablir" }
        fn load { en: "Load", de: "Laden", fr: "Charger" }
        fn too_large {
            en: "is larger than 256 KiB; no scenario is",
            de: "ist größer als 256 KiB; kein Szenario ist das",
            fr: "dépasse 256 KiB ; aucun scénario n’est si grand",
        }
        fn unreadable { en: "can’t be read", de: "ist nicht lesbar", fr: "est illisible" }
    }
}

/// The editor.
#[component]
pub fn Editor(props: &Props) -> Html {
    let shell = &props.shell;
    let (lang, draft) = (shell.lang(), &shell.state.draft);
    let checked = use_memo(draft.text.clone(), |_| draft.check());
    html! {
        <div class="lab editing">
            <a class="sr btn" href="#scenario-text">{ say::to_text(lang) }</a>
            <Header shell={shell.clone()} />
            <Notices shell={shell.clone()} />
            <main class="editor">
                <h1 class="display">{ say::scenario(lang) }</h1>
                <cards::Cards shell={shell.clone()} />
                { tools(shell, &checked) }
                <div class="editor-parts">
                    <form::Forms shell={shell.clone()} checked={(*checked).clone()} />
                    <text::Text shell={shell.clone()} problems={checked.problems.clone()} />
                </div>
            </main>
        </div>
    }
}

/// Run, undo, redo, load and save.
fn tools(shell: &Shell, checked: &Checked) -> Html {
    let lang = shell.lang();
    let (back, forth) = shell.state.draft.ways();
    let run = {
        let (shell, scenario) = (shell.clone(), checked.scenario.clone());
        Callback::from(move |_: MouseEvent| match &scenario {
            Some(scenario) => shell.act(Action::Take(Rc::clone(scenario))),
            None => browser::focus("problems"),
        })
    };
    let save = {
        let (shell, name) = (shell.clone(), checked.scenario.as_ref().map(|s| s.name.clone()));
        Callback::from(move |_: MouseEvent| {
            let name = format!("{}.toml", name.as_deref().unwrap_or("scenario"));
            if browser::save(&name, "application/toml", &shell.state.draft.text).is_none() {
                shell.act(Action::Notice(say::save(lang).into(), say::no_save(lang).into()));
            }
        })
    };
    let count = checked.problems.len();
    let says = match count {
        0 => say::can_run(lang).to_owned(),
        n => say::problems(lang, n as u64),
    };
    html! {
        <div class="row editor-tools" role="group" aria-label={say::tools(lang)}>
            <button class="btn main" aria-disabled={(count > 0).then_some("true")} onclick={run}>
                { icon(Icon::Play) }{ say::run(lang) }
            </button>
            <span class="sub" role="status">{ says }</span>
            <button class="btn push" aria-disabled={(!back).then_some("true")} onclick={shell.on(Action::Undo)}>
                { icon(Icon::BackingOff) }{ say::undo(lang) }
            </button>
            <button class="btn" aria-disabled={(!forth).then_some("true")} onclick={shell.on(Action::Redo)}>
                { icon(Icon::StartAgain) }{ say::redo(lang) }
            </button>
            <label class="btn file">
                { icon(Icon::Embed) }{ say::load(lang) }
                <input type="file" accept=".toml,.json,text/plain,application/json" onchange={load(shell)} />
            </label>
            <button class="btn" onclick={save}>{ icon(Icon::Save) }{ say::save(lang) }</button>
        </div>
    }
}

/// The longest file that is read, in bytes.
const FILE_LIMIT: f64 = 262_144.0;

/// Reads a file of TOML, or of JSON with the same keys.
fn load(shell: &Shell) -> Callback<Event> {
    let shell = shell.clone();
    Callback::from(move |event: Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let file: Option<File> = input.as_ref().and_then(|input| input.files()?.get(0));
        let Some(file) = file else { return };
        let refuse = |why: &str| shell.act(Action::Notice(file.name(), why.into()));
        if file.size() > FILE_LIMIT {
            refuse(say::too_large(shell.lang()));
            return;
        }
        let unreadable = say::unreadable(shell.lang());
        let Ok(reader) = FileReader::new() else { return };
        let (shell, done) = (shell.clone(), reader.clone());
        let loaded = gloo_events::EventListener::once(&reader, "load", move |_| {
            if let Some(text) = done.result().ok().and_then(|result| result.as_string()) {
                shell.act(Action::Write(as_toml(text)));
            }
        });
        loaded.forget();
        if reader.read_as_text(&file).is_err() {
            refuse(unreadable);
        }
        // The same file can be loaded again.
        if let Some(input) = input {
            input.set_value("");
        }
    })
}

/// JSON becomes TOML; what is neither stays as it is, with its problems.
fn as_toml(text: String) -> String {
    if !text.trim_start().starts_with('{') {
        return text;
    }
    Scenario::from_json_str(&text).map_or(text, |scenario| scenario.to_toml())
}

/// A path without places: `service.cpus` of `service[0].cpus`.
fn bare(path: &str) -> String {
    path.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect()
}

/// Which fields are shown at a depth.
#[must_use]
pub fn shown(depth: Depth, path: &str) -> bool {
    let bare = bare(path);
    match depth {
        Depth::Basic => BASIC.contains(&bare.as_str()),
        Depth::More => BASIC.contains(&bare.as_str()) || MORE.contains(&bare.as_str()),
        Depth::Everything => true,
    }
}

/// The four that everything else can wait for.
const BASIC: [&str; 4] =
    ["traffic.source.rate", "traffic.source.users", "service.replicas", "balancer.algorithm"];

/// What most people change.
const MORE: [&str; 21] = [
    "name",
    "title",
    "traffic.source.kind",
    "traffic.source.think",
    "traffic.timeout",
    "traffic.class.name",
    "traffic.class.path",
    "traffic.class.share",
    "traffic.class.demand",
    "service.name",
    "service.cpus",
    "service.memory",
    "service.connections",
    "service.workers",
    "service.threads",
    "service.start_up",
    "balancer.queue",
    "balancer.max_connections",
    "balancer.tries",
    "run.duration",
    "run.seed",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Field as _, Schema};

    /// Every path of the schema, without the numbers of entries.
    fn paths(schema: &Schema, at: &str, into: &mut Vec<String>) {
        match schema {
            Schema::Table { fields } => {
                for field in fields {
                    let at =
                        if at.is_empty() { field.name.to_owned() } else { format!("{at}.{}", field.name) };
                    paths(&field.schema, &at, into);
                }
            }
            Schema::List { entry } => paths(entry, at, into),
            _ => into.push(at.to_owned()),
        }
    }

    #[test]
    fn what_is_shown_is_there() {
        let mut all = Vec::new();
        paths(&Scenario::schema(), "", &mut all);
        for path in BASIC.iter().chain(&MORE) {
            assert!(all.iter().any(|known| known == path), "there is no field {path}");
        }
        assert!(all.len() > 100 && all.iter().all(|path| shown(Depth::Everything, path)));
        assert!(shown(Depth::Basic, "service[3].replicas") && !shown(Depth::Basic, "service[3].cpus"));
        assert!(shown(Depth::More, "traffic.source[0].rate") && !shown(Depth::More, "host.cores"));
    }

    #[test]
    fn json_becomes_toml() {
        let toml = as_toml("{\"name\": \"x\", \"service\": [{\"replicas\": 2}]}".into());
        assert!(toml.contains("replicas = 2"), "{toml}");
        assert_eq!(as_toml("{ no json".into()), "{ no json");
        assert_eq!(as_toml("name = 1".into()), "name = 1");
    }
}
