//! The scenario editor: presets as cards, every field in forms made from the schema, and the same as text with
//! problems marked in place. A change by one shows in the other.

mod cards;
mod findings;
mod form;
mod text;
mod words;

pub use words::of_field;

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::lang::texts;
use crate::web::browser;
use crate::web::files;
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
        fn open { en: "Open files", de: "Dateien öffnen", fr: "Ouvrir des fichiers" }
        fn what_opens {
            en: "Opens a scenario, or a deployment: docker-compose.yml, nginx.conf and .env together, or dropped on \
                 the page. They stay in this browser.",
            de: "Öffnet ein Szenario oder ein Deployment: docker-compose.yml, nginx.conf und .env zusammen, auch auf \
                 die Seite gezogen. Sie bleiben in diesem Browser.",
            fr: "Ouvre un scénario, ou un déploiement : docker-compose.yml, nginx.conf et .env ensemble, ou déposés \
                 sur la page. Ils restent dans ce navigateur.",
        }
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
                <p class="sub" id="what-opens">{ say::what_opens(lang) }</p>
                <findings::Findings shell={shell.clone()} />
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
                { icon(Icon::Open) }{ say::open(lang) }
                <input type="file" multiple=true aria-describedby="what-opens" onchange={open(shell)} />
            </label>
            <button class="btn" onclick={save}>{ icon(Icon::Save) }{ say::save(lang) }</button>
        </div>
    }
}

/// Opens files: a scenario, or a deployment's own.
fn open(shell: &Shell) -> Callback<Event> {
    let shell = shell.clone();
    Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(list) = input.files() {
            files::read(&shell, &list);
        }
        // The same file can be opened again.
        input.set_value("");
    })
}

/// A path without places: `service.cpus` of `service[0].cpus`.
#[must_use]
pub fn bare(path: &str) -> String {
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
    use crate::scenario::{Field as _, Scenario, Schema};

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
}
