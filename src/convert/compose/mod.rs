//! Compose files: several of them become one typed project by Compose's own rules.
//!
//! The order is Compose's: each file is read, its variables are put in, its `extends` resolved, and only
//! then is it merged on top of the files before it. What the later file says wins, lists are appended.

mod allowed;
mod amount;
mod check;
mod environment;
mod extends;
mod health;
mod interpolate;
mod keys;
mod merge;
mod port_list;
mod ports;
mod project;
mod reader;
mod resources;
mod service;
mod start;

use std::collections::BTreeMap;
use std::sync::Arc;

use extends::Layer;
use reader::Reader;

use super::finding::shorten;
use super::yaml::{self, Map, Node, Value};
use super::{Finding, Findings, Place, SourceFile, limits};

use crate::lang::{Lang, phrases};
pub(super) use check::{can_not_scale, scale};
pub use check::{conflict, engine_versions};
pub use ports::{Port, Protocol};
pub use project::{ComposeProject, Condition, Dependency, Healthcheck, Mount, Restart, Service, Variable};
pub use start::{PortConflict, Start, in_order, start};

phrases! {
    mod say {
        fn no_file {
            en: "no compose file was given",
            de: "keine Compose-Datei wurde gegeben",
            fr: "aucun fichier Compose n’a été donné",
        }
        fn give_one {
            en: "give at least one file",
            de: "mindestens eine Datei geben",
            fr: "donner au moins un fichier",
        }
        fn too_many_files(a: Text, b: Text) {
            en: "{a} files; at most {b} are read",
            de: "{a} Dateien; höchstens {b} werden gelesen",
            fr: "{a} fichiers ; {b} au plus sont lus",
        }
        fn one_project {
            en: "give the files of one project",
            de: "die Dateien eines Projekts geben",
            fr: "donner les fichiers d’un seul projet",
        }
        fn too_many_values(a: Text) {
            en: "the files together hold more than {a} values",
            de: "die Dateien enthalten zusammen mehr als {a} Werte",
            fr: "les fichiers contiennent ensemble plus de {a} valeurs",
        }
        fn add_services {
            en: "add `services:`",
            de: "`services:` hinzufügen",
            fr: "ajouter `services:`",
        }
        fn begin_services {
            en: "begin with `services:`",
            de: "mit `services:` beginnen",
            fr: "commencer par `services:`",
        }
        fn services_no_map(a: Word) {
            en: "services is {a}; allowed: a map from names to services",
            de: "services ist {a}; erlaubt: eine Zuordnung von Namen zu Diensten",
            fr: "services est {a} ; permis : une table des noms aux services",
        }
        fn write_services {
            en: "write `services:`, then an indented `name:`",
            de: "`services:` schreiben, dann eingerückt `name:`",
            fr: "écrire `services:`, puis `name:` en retrait",
        }
        fn remove_line {
            en: "remove the line",
            de: "die Zeile wegnehmen",
            fr: "retirer la ligne",
        }
        fn no_include {
            en: "`include` is not followed: the files that it names were not read",
            de: "`include` wird nicht verfolgt: Die Dateien, die es nennt, wurden nicht gelesen",
            fr: "`include` n’est pas suivi : les fichiers qu’il nomme n’ont pas été lus",
        }
        fn give_those {
            en: "give those files too",
            de: "auch diese Dateien geben",
            fr: "donner aussi ces fichiers",
        }
        fn no_service {
            en: "no service is defined",
            de: "kein Dienst ist definiert",
            fr: "aucun service n’est défini",
        }
        fn add_one_service {
            en: "add `services:` with at least one",
            de: "`services:` mit mindestens einem hinzufügen",
            fr: "ajouter `services:` avec au moins un service",
        }
        fn too_many_services(count: Text, a: Text) {
            en: "{count} services; at most {a} are read",
            de: "{count} Dienste; höchstens {a} werden gelesen",
            fr: "{count} services ; {a} au plus sont lus",
        }
        fn split {
            en: "split the project",
            de: "das Projekt aufteilen",
            fr: "diviser le projet",
        }
        fn name_letters {
            en: "name a service with letters, digits, dots, dashes and underscores",
            de: "einen Dienst mit Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen benennen",
            fr: "nommer un service avec lettres, chiffres, points, tirets et soulignés",
        }
        fn no_map(path: Text, a: Word) {
            en: "{path} is {a}; allowed: a map",
            de: "{path} ist {a}; erlaubt: eine Zuordnung",
            fr: "{path} est {a} ; permis : une table",
        }
        fn give_image {
            en: "give it at least `image:` or `build:`",
            de: "mindestens `image:` oder `build:` geben",
            fr: "donner au moins `image:` ou `build:`",
        }
        fn name_small(a: Text) {
            en: "name is \"{a}\"; allowed: small letters, digits, dashes and underscores",
            de: "name ist \"{a}\"; erlaubt: kleine Buchstaben, Ziffern, Binde- und Unterstriche",
            fr: "name est \"{a}\" ; permis : minuscules, chiffres, tirets et soulignés",
        }
        fn write_name {
            en: "write for example `name: shop`",
            de: "zum Beispiel `name: shop` schreiben",
            fr: "écrire par exemple `name: shop`",
        }
    }
}

/// What stands outside the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// The project's name, as `--project-name` gives it; it beats the files' `name`.
    pub project: Option<String>,
    /// The folder that the files come from: the project's name when nothing else names it. Without it, the
    /// folder in the first file's name.
    pub folder: Option<String>,
    /// Variables for `${NAME}`, as from `.env` or the shell.
    pub variables: BTreeMap<String, String>,
}

/// Reads and merges `files`; nothing when one of them can't be read at all. Findings tell the rest.
pub fn load(files: &[SourceFile], options: &LoadOptions, findings: &mut Findings) -> Option<ComposeProject> {
    let place = Place::new(&Arc::from(files.first().map_or("compose.yml", |file| file.name.as_str())), 1);
    if let Some(finding) = too_much(files, &place) {
        findings.push(finding);
        return None;
    }
    let root = merged(files, options, findings)?;
    let Value::Map(map) = &root.value else { return None };
    top_level(map, findings);
    let name = project_name(map, files, options, findings);
    let services = services(map, &place, findings)?;
    let names = |key: &str| {
        let names = map.get(key).and_then(Node::as_map);
        names.map(|map| map.iter().map(|(key, _)| key.value.clone()).collect()).unwrap_or_default()
    };
    let project =
        ComposeProject { name, place, services, networks: names("networks"), volumes: names("volumes") };
    check::project(&project, findings);
    Some(project)
}

fn too_much(files: &[SourceFile], place: &Place) -> Option<Finding> {
    if files.is_empty() {
        return Some(Finding::error(place, say::no_file()).remedy(say::give_one()));
    }
    if files.len() > limits::FILES {
        let text = say::too_many_files(&files.len(), &limits::FILES);
        return Some(Finding::error(place, text).remedy(say::one_project()));
    }
    None
}

/// All files as one tree.
fn merged(files: &[SourceFile], options: &LoadOptions, findings: &mut Findings) -> Option<Node> {
    let mut layers = Vec::new();
    let mut weight = 0;
    for file in files {
        for mut root in yaml::load(file, findings)? {
            weight += root.weight();
            if weight > limits::NODES {
                let text = say::too_many_values(&limits::NODES);
                findings.push(Finding::error(&root.place, text).remedy(say::one_project()));
                return None;
            }
            interpolate::interpolate(&mut root, &options.variables, findings);
            if !is_usable(&root, findings) {
                return None;
            }
            layers.push(Layer { name: file.name.clone(), root });
        }
    }
    for at in 0..layers.len() {
        extends::resolve(&mut layers, at, findings);
    }
    let together =
        layers.into_iter().map(|layer| layer.root).reduce(|base, over| merge::merge(base, over, findings));
    if together.is_none() {
        let file: Arc<str> = Arc::from(files.first().map_or("compose.yml", |file| file.name.as_str()));
        findings
            .push(Finding::error(&Place::new(&file, 1), "empty compose file").remedy(say::add_services()));
    }
    together.map(merge::strip_resets)
}

/// The file and its `services` must be maps.
fn is_usable(root: &Node, findings: &mut Findings) -> bool {
    let Some(map) = root.as_map() else {
        let text =
            format!("the file holds {}; top-level object must be a mapping", root.kind().say(Lang::En));
        findings.push(Finding::error(&root.place, text).remedy(say::begin_services()));
        return false;
    };
    match map.get("services") {
        Some(node) if node.as_map().is_none() && !matches!(node.value, Value::Null) => {
            let text = say::services_no_map(node.kind());
            findings.push(Finding::error(&node.place, text).remedy(say::write_services()));
            false
        }
        _ => true,
    }
}

fn top_level(map: &Map, findings: &mut Findings) {
    keys::check("", map, &[keys::TOP], findings);
    if let Some(place) = map.place_of("version") {
        let text = "the attribute `version` is obsolete, it will be ignored";
        findings.push(Finding::note(place, text).remedy(say::remove_line()));
    }
    if let Some(place) = map.place_of("include") {
        let text = say::no_include();
        findings.push(Finding::warning(place, text).remedy(say::give_those()));
    }
}

fn services(map: &Map, place: &Place, findings: &mut Findings) -> Option<Vec<Service>> {
    let services = map.get("services").and_then(Node::as_map).filter(|map| !map.is_empty());
    let Some(services) = services else {
        findings.push(Finding::error(place, say::no_service()).remedy(say::add_one_service()));
        return None;
    };
    let count = services.iter().count();
    if count > limits::SERVICES {
        let text = say::too_many_services(&count, &limits::SERVICES);
        findings.push(Finding::error(place, text).remedy(say::split()));
        return None;
    }
    let mut list = Vec::new();
    for (name, node) in services.iter() {
        let path = format!("services.{}", shorten(name));
        if !is_name(name) {
            let text = format!("services additional properties '{}' not allowed", shorten(name));
            let remedy = say::name_letters();
            findings.push(Finding::error(&name.place, text).remedy(remedy));
            continue;
        }
        match node.as_map() {
            Some(map) => list.push(service::read(name, Reader { map, path, findings })),
            None => {
                let text = say::no_map(&path, node.kind());
                findings.push(Finding::error(&node.place, text).remedy(say::give_image()));
            }
        }
    }
    Some(list)
}

fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    !name.is_empty() && name.len() <= 255 && name.chars().all(allowed)
}

/// `--project-name`, else the files' `name`, else the folder; small letters, digits, dashes, underscores.
fn project_name(map: &Map, files: &[SourceFile], options: &LoadOptions, findings: &mut Findings) -> String {
    let written = map.get("name").and_then(|node| node.as_text().map(|text| (text, &node.place)));
    if let (None, Some((text, place))) = (&options.project, written) {
        if normal_name(text) == text {
            return text.to_owned();
        }
        let text = say::name_small(&shorten(text));
        findings.push(Finding::error(place, text).remedy(say::write_name()));
    }
    let path = files.first().map_or("", |file| file.name.as_str());
    let parent = path.rsplit(['/', '\\']).nth(1).unwrap_or_default();
    let given = options.project.as_deref().or(options.folder.as_deref()).unwrap_or(parent);
    let name = normal_name(given);
    if name.is_empty() { "project".to_owned() } else { name }
}

fn normal_name(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| c.to_ascii_lowercase())
        .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
        .take(200)
        .collect();
    kept.trim_start_matches(['_', '-']).to_owned()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
