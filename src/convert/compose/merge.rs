//! Several files become one by Compose's rules.
//!
//! | what | rule |
//! |---|---|
//! | maps | key by key |
//! | single values | the later file wins |
//! | lists | appended; so an empty list removes nothing |
//! | `command`, `entrypoint`, `healthcheck.test` | replaced |
//! | `environment`, `labels`, `sysctls`, `build.args` … | lists and maps alike, by key |
//! | `depends_on`, `networks` of a service | lists and maps alike, by name |
//! | `dns`, `env_file`, `tmpfs` … | one text or a list, appended |
//! | `logging` | merged when the driver is the same, else replaced |
//! | `!reset` | the key is removed |
//! | `!override` | the value replaces |
//!
//! Lists whose entries have an identity (ports, volumes, environment …) lose doubles when they are read.

use crate::convert::yaml::{Map, MergeTag, Node, Value};
use crate::convert::{At, Finding, Findings};
use crate::lang::{Lang, phrases};

phrases! {
    mod say {
        fn same_form {
            en: "use the same form in both files, or `!override`",
            de: "in beiden Dateien dieselbe Form benutzen, oder `!override`",
            fr: "employer la même forme dans les deux fichiers, ou `!override`",
        }
        fn removes_nothing(a: Text, owner: Text, what: Text, b: Text) {
            en: "`{a}` removes nothing: Compose appends lists and merges maps, so {owner} keeps {what} \
                 from {b}",
            de: "`{a}` entfernt nichts: Compose hängt Listen an und führt Zuordnungen zusammen, also \
                 behält {owner} {what} aus {b}",
            fr: "`{a}` ne retire rien : Compose ajoute aux listes et fusionne les tables, donc {owner} \
                 garde {what} de {b}",
        }
        fn write_reset(name: Text, list: Text) {
            en: "write `{name}: !reset {list}` to remove it, or `!override` and the new value to \
                 replace it",
            de: "`{name}: !reset {list}` schreiben, um es zu entfernen, oder `!override` und den neuen \
                 Wert, um es zu ersetzen",
            fr: "écrire `{name}: !reset {list}` pour le retirer, ou `!override` et la nouvelle valeur \
                 pour le remplacer",
        }
    }
}

/// Puts `over` on top of `base`; both are whole files.
pub fn merge(base: Node, over: Node, findings: &mut Findings) -> Node {
    at_path(base, over, &mut Vec::new(), findings)
}

/// Puts one service on top of another, as `extends` does.
pub fn merge_service(base: Node, over: Node, findings: &mut Findings) -> Node {
    at_path(base, over, &mut vec!["services".to_owned(), "*".to_owned()], findings)
}

/// Removes what is tagged `!reset`, which has nothing to reset here.
pub fn strip_resets(mut node: Node) -> Node {
    if let Value::Map(map) = node.value {
        let mut kept = Map::default();
        for (key, value) in map.into_entries() {
            if value.tag != Some(MergeTag::Reset) {
                kept.set(key, strip_resets(value));
            }
        }
        node.value = Value::Map(kept);
    }
    node
}

/// How two values at one path come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Plain,
    Replace,
    ByKey,
    ByName,
    OneOrMany,
    Logging,
}

fn rule(path: &[String]) -> Rule {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["services", _, "command" | "entrypoint"] | ["services", _, "healthcheck", "test"] => Rule::Replace,
        ["services", _, "environment" | "labels" | "annotations" | "sysctls" | "extra_hosts"]
        | ["services", _, "build", "args" | "labels" | "additional_contexts" | "extra_hosts"]
        | ["services", _, "deploy", "labels"]
        | ["networks" | "volumes", _, "labels"] => Rule::ByKey,
        ["services", _, "depends_on" | "networks"] => Rule::ByName,
        ["services", _, "dns" | "dns_opt" | "dns_search" | "env_file" | "tmpfs"] => Rule::OneOrMany,
        ["services", _, "logging"] => Rule::Logging,
        _ => Rule::Plain,
    }
}

fn at_path(base: Node, over: Node, path: &mut Vec<String>, findings: &mut Findings) -> Node {
    empties_nothing(&base, &over, path, findings);
    match rule(path) {
        Rule::Replace => over,
        Rule::ByKey => {
            let base = without(as_pairs(base), &resets(&over));
            lists(base, as_pairs(strip_resets(over)))
        }
        Rule::ByName => plain(as_names(base), as_names(over), path, findings),
        Rule::OneOrMany => lists(as_list(base), as_list(over)),
        Rule::Logging
            if driver(&base) != driver(&over) && driver(&base).is_some() && driver(&over).is_some() =>
        {
            over
        }
        Rule::Logging | Rule::Plain => plain(base, over, path, findings),
    }
}

fn plain(base: Node, over: Node, path: &mut Vec<String>, findings: &mut Findings) -> Node {
    if matches!(over.value, Value::Null) && !matches!(base.value, Value::Scalar { .. }) {
        return base;
    }
    match (base.value, over.value) {
        (Value::Map(mut below), Value::Map(above)) => {
            for (key, node) in above.into_entries() {
                one_key(&mut below, key, node, path, findings);
            }
            Node { place: base.place, value: Value::Map(below), tag: None }
        }
        (Value::List(mut items), Value::List(more)) => {
            items.extend(more);
            Node { place: over.place, value: Value::List(items), tag: None }
        }
        (below @ (Value::Map(_) | Value::List(_)), above) => {
            let name = path.join(".");
            let (was, is) = (Node::new(&base.place, below), Node::new(&over.place, above));
            let text = format!(
                "cannot override {name}: it is {} at {} and {} here",
                was.kind().say(Lang::En),
                was.place,
                is.kind().say(Lang::En)
            );
            findings.push(Finding::error(&over.place, text).remedy(say::same_form()));
            was
        }
        (Value::Null | Value::Scalar { .. }, value) => Node { place: over.place, value, tag: None },
    }
}

fn one_key(below: &mut Map, key: At<String>, node: Node, path: &mut Vec<String>, findings: &mut Findings) {
    if node.tag == Some(MergeTag::Reset) {
        below.remove(&key.value);
        return;
    }
    let old = if node.tag == Some(MergeTag::Override) { None } else { below.get_mut(&key.value) };
    let Some(old) = old else {
        below.set(key, strip_resets(node));
        return;
    };
    path.push(key.value.clone());
    let base = std::mem::replace(old, Node::new(&key.place, Value::Null));
    *old = at_path(base, node, path, findings);
    path.pop();
}

/// The trap of every scaling override: an empty list looks like a removal and is none.
fn empties_nothing(base: &Node, over: &Node, path: &[String], findings: &mut Findings) {
    let is_empty = match &over.value {
        Value::List(items) => items.is_empty(),
        Value::Map(map) => map.is_empty(),
        Value::Null => true,
        Value::Scalar { .. } => false,
    };
    let kept = match &base.value {
        Value::List(items) => items.len(),
        Value::Map(map) => map.iter().count(),
        _ => 0,
    };
    let [.., owner, name] = path else { return };
    if !is_empty || kept == 0 || over.tag.is_some() || path.len() < 3 || rule(path) == Rule::Replace {
        return;
    }
    let (written, list) = match over.value {
        Value::Map(_) => ("{}", "{}"),
        Value::Null => ("", "[]"),
        _ => ("[]", "[]"),
    };
    let written = format!("{name}: {written}");
    let what = shown(base);
    let text = say::removes_nothing(
        &written.trim_end(),
        &owner,
        &what,
        &base.items().first().map_or(&base.place, |item| &item.place),
    );
    let remedy = say::write_reset(&name, &list);
    findings.push(Finding::warning(&over.place, text).remedy(remedy));
}

/// What an earlier file gave, in a few words.
fn shown(base: &Node) -> String {
    let texts: Vec<String> =
        base.items().iter().filter_map(Node::as_text).take(3).map(|t| format!("`{t}`")).collect();
    match &base.value {
        Value::List(items) if items.len() == texts.len() => texts.join(", "),
        Value::List(items) => format!("its {} entries", items.len()),
        _ => "its entries".to_owned(),
    }
}

fn driver(node: &Node) -> Option<&str> {
    node.as_map()?.get("driver")?.as_text()
}

/// The keys of a map that are tagged `!reset`.
fn resets(over: &Node) -> Vec<String> {
    let entries = over.as_map().into_iter().flat_map(Map::iter);
    entries.filter(|(_, node)| node.tag == Some(MergeTag::Reset)).map(|(key, _)| key.value.clone()).collect()
}

/// A list of `KEY=value` without some of its keys.
fn without(mut node: Node, keys: &[String]) -> Node {
    if let Value::List(items) = &mut node.value
        && !keys.is_empty()
    {
        let key_of =
            |item: &Node| item.as_text().map(|text| text.split('=').next().unwrap_or(text).to_owned());
        items.retain(|item| key_of(item).is_none_or(|key| !keys.contains(&key)));
    }
    node
}

fn lists(base: Node, over: Node) -> Node {
    match (base.value, over.value) {
        (Value::List(mut items), Value::List(more)) => {
            items.extend(more);
            Node { place: base.place, value: Value::List(items), tag: None }
        }
        (_, value) => Node { place: over.place, value, tag: None },
    }
}

/// `KEY: value` maps as lists of `KEY=value`.
fn as_pairs(node: Node) -> Node {
    let Value::Map(map) = node.value else { return node };
    let pair = |(key, value): (At<String>, Node)| {
        let text = match &value.value {
            Value::Scalar { text, .. } => format!("{}={text}", key.value),
            _ => key.value,
        };
        Node::text(&value.place, text)
    };
    Node {
        place: node.place,
        value: Value::List(map.into_entries().into_iter().map(pair).collect()),
        tag: None,
    }
}

/// Lists of names as maps from names to nothing.
fn as_names(node: Node) -> Node {
    let Value::List(items) = node.value else { return node };
    let mut map = Map::default();
    for item in items {
        if let Some(name) = item.as_text() {
            map.set(At::new(name.to_owned(), &item.place), Node::new(&item.place, Value::Null));
        }
    }
    Node { place: node.place, value: Value::Map(map), tag: None }
}

fn as_list(node: Node) -> Node {
    match node.value {
        Value::Scalar { .. } => Node { place: node.place.clone(), value: Value::List(vec![node]), tag: None },
        _ => node,
    }
}
