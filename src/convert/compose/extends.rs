//! `extends`: a service that begins as a copy of another, from the same file or from one that was given too.

use super::merge::merge_service;
use crate::convert::finding::shared;
use crate::convert::finding::shorten;
use crate::convert::yaml::{Map, Node, Value};
use crate::convert::{At, Finding, Findings, Place, SourceFile, limits};
use crate::lang::phrases;

phrases! {
    mod say {
        fn grow(a: Text) {
            en: "the services grow to more than {a} values when `extends` is written out",
            de: "die Dienste wachsen auf mehr als {a} Werte, wenn `extends` ausgeschrieben wird",
            fr: "les services dépassent {a} valeurs une fois `extends` développé",
        }
        fn extend_fewer {
            en: "extend fewer or smaller services",
            de: "weniger oder kleinere Dienste erweitern",
            fr: "étendre moins de services, ou de plus petits",
        }
        fn one_extends {
            en: "remove one of the `extends`",
            de: "eines der `extends` wegnehmen",
            fr: "retirer un des `extends`",
        }
        fn service_of_file {
            en: "name a service of that file",
            de: "einen Dienst dieser Datei nennen",
            fr: "nommer un service de ce fichier",
        }
        fn extends_none {
            en: "`extends` names no service",
            de: "`extends` nennt keinen Dienst",
            fr: "`extends` ne nomme aucun service",
        }
        fn extends_file(a: Text) {
            en: "`extends` names the file {a}, which was not given",
            de: "`extends` nennt die Datei {a}, die nicht gegeben wurde",
            fr: "`extends` nomme le fichier {a}, qui n’a pas été donné",
        }
        fn give_that {
            en: "give that file too",
            de: "auch diese Datei geben",
            fr: "donner aussi ce fichier",
        }
    }
}

/// A file after its variables were put in.
pub struct Layer {
    /// The name that the caller gave.
    pub name: String,
    /// The whole file.
    pub root: Node,
}

/// Resolves every `extends` of the layer `at`.
pub fn resolve(layers: &mut [Layer], at: usize, findings: &mut Findings) {
    let names: Vec<String> = services(&layers[at].root)
        .map(|map| map.iter().map(|(key, _)| key.value.clone()).collect())
        .unwrap_or_default();
    let mut weight = 0;
    for name in names {
        let resolved = service(layers, at, &name, &mut Vec::new(), findings);
        weight += resolved.as_ref().map_or(0, Node::weight);
        if let Some(node) = resolved.as_ref().filter(|_| weight > limits::NODES) {
            let text = say::grow(&limits::NODES);
            findings.push(Finding::error(&node.place, text).remedy(say::extend_fewer()));
            return;
        }
        let Value::Map(root) = &mut layers[at].root.value else { return };
        let Some(Value::Map(map)) = root.get_mut("services").map(|node| &mut node.value) else { return };
        if let (Some(node), Some(slot)) = (resolved, map.get_mut(&name)) {
            *slot = node;
        }
    }
}

fn services(root: &Node) -> Option<&Map> {
    root.as_map()?.get("services")?.as_map()
}

/// The service with what it extends below it; nothing when there is nothing to resolve.
fn service(
    layers: &[Layer],
    at: usize,
    name: &str,
    seen: &mut Vec<(usize, String)>,
    findings: &mut Findings,
) -> Option<Node> {
    let mut node = services(&layers[at].root)?.get(name)?.clone();
    let extends = match &mut node.value {
        Value::Map(map) => map.remove("extends"),
        _ => None,
    };
    let Some(extends) = extends else { return Some(node) };
    if seen.len() > 32 || seen.contains(&(at, name.to_owned())) {
        let text = format!("Circular reference: {} extends itself", shorten(name));
        findings.push(Finding::error(&extends.place, text).remedy(say::one_extends()));
        return Some(node);
    }
    seen.push((at, name.to_owned()));
    let base = target(&extends, findings).and_then(|(file, base)| {
        let from = which(layers, at, file.as_deref(), &extends.place, findings)?;
        let found = service(layers, from, &base.value, seen, findings);
        if found.is_none() {
            let text = format!("cannot extend service \"{}\": service not found", shorten(&base));
            findings.push(Finding::error(&base.place, text).remedy(say::service_of_file()));
        }
        found
    });
    seen.pop();
    Some(match base {
        Some(base) => merge_service(base, node, findings),
        None => node,
    })
}

/// The file and service that an `extends` names.
fn target(extends: &Node, findings: &mut Findings) -> Option<(Option<String>, At<String>)> {
    if let Some(name) = extends.as_text() {
        return Some((None, At::new(name.to_owned(), &extends.place)));
    }
    let map = extends.as_map();
    let service = map
        .and_then(|map| map.get("service"))
        .and_then(|node| node.as_text().map(|text| At::new(text.to_owned(), &node.place)));
    if service.is_none() {
        findings.push(
            Finding::error(&extends.place, say::extends_none())
                .remedy(shared::write(&"extends: {service: name}")),
        );
    }
    let file = map.and_then(|map| map.get("file")).and_then(Node::as_text).map(str::to_owned);
    service.map(|service| (file, service))
}

fn which(
    layers: &[Layer],
    at: usize,
    file: Option<&str>,
    place: &Place,
    findings: &mut Findings,
) -> Option<usize> {
    let Some(file) = file else { return Some(at) };
    let base_name = |name: &str| SourceFile::new(name, "").base_name().to_owned();
    let found = layers.iter().position(|layer| base_name(&layer.name) == base_name(file));
    if found.is_none() {
        let text = say::extends_file(&shorten(file));
        findings.push(Finding::error(place, text).remedy(say::give_that()));
    }
    found
}
