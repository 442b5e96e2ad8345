//! Forms made from the schema: whatever a scenario may hold has its field here, with its meaning, what may be
//! written, and what is wrong with it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use gloo_render::request_animation_frame;
use web_sys::Element;
use yew::prelude::*;

use super::{bare, shown, words};
use crate::algorithm::{self, CATALOG, Spec};
use crate::lang::{Lang, Said, texts};
use crate::scenario::node::{Node, Value};
use crate::scenario::{Field as _, FieldSchema, Problem, Scenario, Schema};
use crate::web::controls::{Typed, text_of};
use crate::web::icons::{Icon, icon};
use crate::web::shell::Shell;
use crate::web::state::{Action, Checked, Depth, draft, in_place};

texts! {
    mod say {
        fn basic { en: "Basic", de: "Einfach", fr: "Simple" }
        fn more { en: "More", de: "Mehr", fr: "Plus" }
        fn everything { en: "Everything", de: "Alles", fr: "Tout" }
        fn no_toml {
            en: "The text is no TOML; its forms come back when it is.",
            de: "Der Text ist kein TOML; die Felder kommen wieder, wenn er es ist.",
            fr: "Le texte n’est pas du TOML ; les champs reviennent quand il l’est.",
        }
        fn forms { en: "As forms", de: "Als Felder", fr: "En champs" }
        fn how_much { en: "How much is shown", de: "Wie viel zu sehen ist", fr: "Combien est montré" }
        fn this_change { en: "this change", de: "diese Änderung", fr: "ce changement" }
        fn anew {
            en: "the text is written anew, without its comments; Undo brings them back",
            de: "der Text wird neu geschrieben, ohne Kommentare; Rückgängig bringt sie wieder",
            fr: "le texte est réécrit, sans ses commentaires ; Annuler les ramène",
        }
        fn wrong { en: "a problem inside", de: "ein Problem darin", fr: "un problème à l’intérieur" }
        fn this_field { en: "this field", de: "dieses Feld", fr: "ce champ" }
        fn take_away(name: Text) { en: "Take away {name}", de: "{name} wegnehmen", fr: "Retirer {name}" }
        fn add(name: Text) { en: "Add {name}", de: "{name} hinzufügen", fr: "Ajouter {name}" }
        fn numbers(example: Text) {
            en: "names with numbers, as {example}",
            de: "Namen mit Zahlen, wie {example}",
            fr: "des noms avec des nombres, comme {example}",
        }
        fn yes { en: "yes", de: "ja", fr: "oui" }
        fn no { en: "no", de: "nein", fr: "non" }
        fn default(value: Text) {
            en: "{value} (default)",
            de: "{value} (Vorgabe)",
            fr: "{value} (par défaut)",
        }
    }
}

/// Properties of [`Forms`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// What the text comes to.
    pub checked: Checked,
}

/// What a field needs to be shown and changed.
struct Form<'a> {
    lang: Lang,
    shell: &'a Shell,
    root: &'a Rc<Node>,
    text: &'a Rc<str>,
    problems: &'a [Problem],
    depth: Depth,
    /// Sections that are not as they are at first: opened or closed by hand.
    turned: &'a Rc<RefCell<BTreeSet<String>>>,
    /// Shows them anew.
    anew: &'a UseForceUpdateHandle,
}

/// Of a longer list no entry is open at first.
const OPEN: usize = 4;

/// How many of so many parts of the form there are by now: one more at every frame, so that the page is not held up. At
/// another depth it begins anew.
#[hook]
fn use_growing(depth: Depth, parts: usize) -> usize {
    let grown = use_state_eq(|| (depth, 1));
    let now = if grown.0 == depth { grown.1 } else { 1 };
    let set = grown.setter();
    use_effect_with((depth, now), move |&(depth, now)| {
        let frame = (now < parts).then(|| request_animation_frame(move |_| set.set((depth, now + 1))));
        move || drop(frame)
    });
    now
}

/// The forms, and how much they show.
#[component]
pub fn Forms(props: &Props) -> Html {
    let shell = &props.shell;
    let schema = use_memo((), |()| Scenario::schema());
    let (turned, anew) = (use_mut_ref(BTreeSet::new), use_force_update());
    let (lang, depth) = (shell.lang(), shell.state.draft.depth);
    let fields: &[FieldSchema] = if let Schema::Table { fields } = &*schema { fields } else { &[] };
    let parts = use_growing(depth, fields.len());
    let level = |(which, word): (Depth, &'static str)| {
        html! {
            <button type="button" aria-pressed={(which == depth).to_string()}
                onclick={shell.on(Action::Depth(which))}>{ word }</button>
        }
    };
    let levels = [
        (Depth::Basic, say::basic(lang)),
        (Depth::More, say::more(lang)),
        (Depth::Everything, say::everything(lang)),
    ];
    let inside = match &props.checked.node {
        None => {
            html! { <p class="sub">{ say::no_toml(lang) }</p> }
        }
        Some(root) => {
            let form = Form {
                lang,
                shell,
                root,
                text: &shell.state.draft.text.as_str().into(),
                problems: &props.checked.problems,
                depth,
                turned: &turned,
                anew: &anew,
            };
            form.fields(&fields[..parts.min(fields.len())], Some(root), "")
        }
    };
    html! {
        <section class="editor-forms" aria-label={say::forms(lang)}>
            <div class="seg" role="group" aria-label={say::how_much(lang)}>{ for levels.map(level) }</div>
            { inside }
        </section>
    }
}

impl Form<'_> {
    /// A callback that changes the tree and with it the text.
    fn change<E: 'static>(&self, how: impl Fn(&mut Node, E) -> Result<(), Said> + 'static) -> Callback<E> {
        let (state, root, lang) = (self.shell.state.dispatcher(), Rc::clone(self.root), self.lang);
        let text = Rc::clone(self.text);
        Callback::from(move |event: E| {
            let mut changed = (*root).clone();
            match how(&mut changed, event) {
                Ok(()) => {
                    let kept = in_place::edited(&text, &changed);
                    if kept.is_none() && in_place::has_comments(&text) {
                        let why = say::anew(lang).into();
                        state.dispatch(Action::Notice(say::this_change(lang).into(), why));
                    }
                    state.dispatch(Action::Write(kept.unwrap_or_else(|| changed.to_toml())));
                }
                Err(why) => state.dispatch(Action::Notice(say::this_field(lang).into(), why.say(lang))),
            }
        })
    }

    fn table(&self, schema: &Schema, node: Option<&Node>, path: &str) -> Html {
        let Schema::Table { fields } = schema else { return html! {} };
        self.fields(fields, node, path)
    }

    fn fields(&self, fields: &[FieldSchema], node: Option<&Node>, path: &str) -> Html {
        html! { <div class="form-table">{ for fields.iter().map(|field| self.field(field, node, path)) }</div> }
    }

    fn field(&self, field: &FieldSchema, node: Option<&Node>, path: &str) -> Html {
        let here = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        let value = node.and_then(|node| node.get(field.name));
        match &field.schema {
            Schema::Table { .. } => self.section(field, value, &here),
            Schema::List { entry } if matches!(**entry, Schema::Table { .. }) => {
                self.list(field, entry, value, &here)
            }
            _ if !shown(self.depth, &here) => html! {},
            _ => self.scalar(field, value, &here),
        }
    }

    /// A table within a table; folded where everything is shown, flat where little is.
    fn section(&self, field: &FieldSchema, value: Option<&Node>, path: &str) -> Html {
        if self.depth != Depth::Everything {
            return self.table(&field.schema, value, path);
        }
        let summary = html! {
            <>
                <b>{ words::of_field(self.lang, &bare(path)) }</b>
                <span class="sub">{ field.doc.say(self.lang) }</span>
            </>
        };
        self.folded(path, value.is_some(), summary, || self.table(&field.schema, value, path))
    }

    /// What opens and closes. Its inside is made only while it is open: a scenario of many services has thousands of
    /// fields.
    fn folded(&self, path: &str, at_first: bool, summary: Html, inside: impl Fn() -> Html) -> Html {
        let open = self.turned.borrow().contains(path) != at_first;
        let ontoggle = {
            let (turned, anew, path) = (Rc::clone(self.turned), self.anew.clone(), path.to_owned());
            Callback::from(move |event: Event| {
                let details = event.target_dyn_into::<Element>();
                let now = details.is_some_and(|details| details.has_attribute("open"));
                let mut turned = turned.borrow_mut();
                let changed =
                    if now == at_first { turned.remove(&path) } else { turned.insert(path.clone()) };
                if changed {
                    anew.force_update();
                }
            })
        };
        let wrong = self.problems.iter().any(|problem| {
            let rest = problem.path.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        });
        html! {
            <details class="form-section" {open} {ontoggle} key={path.to_owned()}>
                <summary>
                    { summary }
                    if wrong && !open { <span class="form-wrong">{ icon(Icon::Overloaded) }{ say::wrong(self.lang) }</span> }
                </summary>
                if open { { inside() } }
            </details>
        }
    }

    fn list(&self, field: &FieldSchema, entry: &Schema, value: Option<&Node>, path: &str) -> Html {
        let entries: &[Node] = match value.map(|node| &node.value) {
            Some(Value::List(list)) => list,
            _ => &[],
        };
        let all = self.depth == Depth::Everything;
        let called = words::of_field(self.lang, &bare(path));
        let one = |(n, node): (usize, &Node)| {
            let here = format!("{path}[{n}]");
            let name = match node.get("name").or_else(|| node.get("kind")).map(|node| &node.value) {
                Some(Value::Text(name)) => name.clone(),
                _ => (n + 1).to_string(),
            };
            let take_away = {
                let here = here.clone();
                self.change(move |root, _: MouseEvent| {
                    draft::remove(root, &here);
                    Ok(())
                })
            };
            let label = say::take_away(self.lang, &format!("{called} {name}"));
            let inside = || self.table(entry, Some(node), &here);
            if !all {
                return html! { <div class="form-entry" key={here.clone()}>{ inside() }</div> };
            }
            let whole = || {
                html! {
                    <>
                        { inside() }
                        <button type="button" class="btn small" onclick={take_away.clone()}>
                            { icon(Icon::Close) }{ &label }
                        </button>
                    </>
                }
            };
            let summary = html! { <b>{ format!("{called} {name}") }</b> };
            self.folded(&here, entries.len() <= OPEN, summary, whole)
        };
        let add = {
            let path = path.to_owned();
            self.change(move |root, _: MouseEvent| draft::add(root, &path))
        };
        html! {
            <div class="form-list" key={path.to_owned()}>
                if all { <p class="sub"><b>{ &called }</b>{ colon(self.lang) }{ field.doc.say(self.lang) }</p> }
                { for entries.iter().enumerate().map(one) }
                if all {
                    <button type="button" class="btn small" onclick={add}>
                        { icon(Icon::Plus) }{ say::add(self.lang, &called) }
                    </button>
                }
            </div>
        }
    }

    fn scalar(&self, field: &FieldSchema, value: Option<&Node>, path: &str) -> Html {
        let id = format!("field-{path}");
        let about = format!("about-{path}");
        let name = words::of_field(self.lang, &bare(path));
        let doc = field.doc.say(self.lang);
        let written = value.map(text_of_node).unwrap_or_default();
        let default = field.default.as_ref().map(json_text).unwrap_or_default();
        let set = {
            let path = path.to_owned();
            self.change(move |root, text: String| draft::set(root, &path, &text))
        };
        let allowed = match &field.schema {
            Schema::Scalar { allowed, .. } => allowed.say(self.lang).to_owned(),
            Schema::Numbers => say::numbers(self.lang, "{ d = 2 }"),
            _ => String::new(),
        };
        let control = match &field.schema {
            Schema::Choice { options } => {
                let options: Vec<_> = options.iter().map(|(word, doc)| (*word, doc.say(self.lang))).collect();
                self.choice(&options, &written, &default, (&id, &about), set)
            }
            Schema::Scalar { r#type: "boolean", .. } => {
                let options = [("true", say::yes(self.lang)), ("false", say::no(self.lang))];
                self.choice(&options, &written, &default, (&id, &about), set)
            }
            _ if path == "balancer.algorithm" => {
                let options: Vec<_> =
                    CATALOG.iter().map(|spec| (spec.name, spec.rule.say(self.lang))).collect();
                self.choice(&options, &written, &default, (&id, &about), set)
            }
            _ => html! {
                <Typed class="input" id={id.clone()} label={format!("{path}: {doc}")} value={written}
                    example={default} described_by={about.clone()} on_text={set} />
            },
        };
        let wrong = self.problems.iter().filter(|problem| problem.path == path);
        html! {
            <div class="form-field" key={path.to_owned()}>
                <label for={id.clone()}>{ name }</label>
                { control }
                <p class="sub" id={about}>{ doc }{ " " }
                    if !allowed.is_empty() { <i>{ allowed }</i> }</p>
                { for wrong.map(|problem| html! {
                    <p class="form-wrong">{ icon(Icon::Overloaded) }{ problem.text.say(self.lang) }</p>
                }) }
                if path == "balancer.algorithm" { { self.parameters(value) } }
            </div>
        }
    }

    fn choice(
        &self,
        options: &[(&'static str, &'static str)],
        written: &str,
        default: &str,
        (id, about): (&str, &str),
        set: Callback<String>,
    ) -> Html {
        let option = |(word, meaning): &(&'static str, &'static str)| {
            html! { <option value={*word} selected={*word == written} title={*meaning}>{ *word }</option> }
        };
        let onchange = Callback::from(move |event: Event| set.emit(text_of(&event)));
        html! {
            <span class="pick">
                <select class="select" id={id.to_owned()} aria-describedby={about.to_owned()} {onchange}>
                    <option value="" selected={written.is_empty()}>{ say::default(self.lang, default) }</option>
                    { for options.iter().map(option) }
                </select>
                { icon(Icon::ChevronDown) }
            </span>
        }
    }

    /// The parameters of the algorithm that is written, as its `SPEC` has them.
    fn parameters(&self, algorithm: Option<&Node>) -> Html {
        let name = algorithm.map(text_of_node).unwrap_or_else(|| "round_robin".into());
        let Some(spec) = algorithm::find(&name) else { return html! {} };
        let given = self.root.get("balancer").and_then(|balancer| balancer.get("params"));
        let one = |param: &'static algorithm::ParamSpec| {
            let path = format!("balancer.params.{}", param.name);
            let value = given.and_then(|given| given.get(param.name)).map(text_of_node).unwrap_or_default();
            let set = {
                let path = path.clone();
                self.change(move |root, text: String| draft::set(root, &path, &text))
            };
            html! {
                <div class="form-field" key={path.clone()}>
                    <label for={path.clone()}>{ param.name }</label>
                    <Typed class="input" id={path.clone()} label={param.name} {value} number=true
                        example={param.default.to_string()} on_text={set} />
                    <p class="sub">{ param.doc.say(self.lang) }{ " " }<i>{ param.unit }</i></p>
                </div>
            }
        };
        let Spec { rule, params, .. } = spec;
        html! { <><p class="sub">{ rule.say(self.lang) }</p>{ for params.iter().map(one) }</> }
    }
}

/// What parts a name from what it means.
const fn colon(lang: Lang) -> &'static str {
    if matches!(lang, Lang::Fr) { "\u{202f}: " } else { ": " }
}

/// A plain value as it is written.
fn text_of_node(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(on) => on.to_string(),
        _ => node.to_json().to_string(),
    }
}

fn json_text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}
