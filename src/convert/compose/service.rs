//! One service, from its map.

use std::collections::BTreeMap;

use super::allowed;
use super::environment;
use super::health;
use super::keys;
use super::port_list;
use super::project::{Condition, Dependency, Mount, Restart, Service};
use super::reader::Reader;
use super::resources;
use crate::convert::command;
use crate::convert::finding::shorten;
use crate::convert::yaml::{Node, Value};
use crate::convert::{At, Finding};
use crate::lang::phrases;

phrases! {
    mod say {
        fn no_place(a: Text, b: Text) {
            en: "{a}: left out, because the model has no place for it: {b}",
            de: "{a}: weggelassen, da das Modell keinen Platz dafür hat: {b}",
            fr: "{a} : laissé de côté, faute de place dans le modèle : {b}",
        }
        fn boolean_no(a: Text) {
            en: "{a}.restart: an unquoted `no` is the boolean false to YAML 1.1 readers",
            de: "{a}.restart: Ein `no` ohne Anführungszeichen ist für Leser von YAML 1.1 der \
                 Wahrheitswert false",
            fr: "{a}.restart : un `no` sans guillemets est le booléen false pour les lecteurs de YAML 1.1",
        }
        fn write_no {
            en: "write `restart: \"no\"`",
            de: "`restart: \"no\"` schreiben",
            fr: "écrire `restart: \"no\"`",
        }
    }
}

/// Reads a service; findings tell what could not be read.
pub fn read(name: &At<String>, mut reader: Reader<'_>) -> Service {
    let r = &mut reader;
    keys::check(&r.path, r.map, &[keys::USED, keys::LEFT_OUT], r.findings);
    left_out(name, r);
    let environment = environment::read(r);
    let command = words(r);
    let server = command.as_ref().map(|words| {
        let values: BTreeMap<&str, &str> =
            environment.iter().filter_map(|v| Some((v.name.as_str(), v.value.as_deref()?))).collect();
        let lookup = |name: &str| values.get(name).map(|&value| value.to_owned());
        command::read(words, &lookup, &words.place, r.findings)
    });
    let resources = resources::read(r);
    let network_mode = r.text("network_mode");
    Service {
        name: name.clone(),
        image: r.text("image"),
        builds: r.map.contains("build"),
        command,
        server,
        environment,
        ports: port_list::read(r),
        expose: port_list::exposed(r),
        replicas: resources.replicas,
        files: resources.files,
        cpus: resources.cpus,
        memory: resources.memory,
        reserved_memory: resources.reserved_memory,
        restart: restart(r),
        healthcheck: health::read(r),
        depends_on: dependencies(r),
        container_name: r.text("container_name"),
        stop_grace: r.duration("stop_grace_period"),
        volumes: mounts(r),
        networks: names(r, "networks"),
        host_network: network_mode.filter(|mode| mode.value == "host").map(|mode| mode.place),
        profiles: r.texts("profiles", false).into_iter().map(|at| at.value).collect(),
    }
}

/// One note that names what the model has no place for.
fn left_out(name: &At<String>, r: &mut Reader<'_>) {
    let known: Vec<&str> =
        r.map.iter().map(|(key, _)| key.value.as_str()).filter(|k| keys::LEFT_OUT.contains(k)).collect();
    if !known.is_empty() {
        let text = say::no_place(&shorten(name), &known.join(", "));
        r.findings.push(Finding::note(&name.place, text));
    }
}

/// `entrypoint` and `command`, split into words as Compose does: by quotes, without a shell.
fn words(r: &mut Reader<'_>) -> Option<At<Vec<String>>> {
    let mut all: Vec<String> = Vec::new();
    let mut place = None;
    for key in ["entrypoint", "command"] {
        let Some(node) = r.map.get(key).filter(|node| !matches!(node.value, Value::Null)) else { continue };
        place = Some(node.place.clone());
        match &node.value {
            Value::Scalar { text, .. } => match shell_words::split(text) {
                Ok(words) => all.extend(words),
                Err(_) => {
                    r.wrong(key, node, allowed::COMMAND, &format!("{key}: [\"program\", \"argument\"]"));
                }
            },
            _ => all.extend(r.texts(key, true).into_iter().map(|at| at.value)),
        }
    }
    place.map(|place| At::new(all, &place))
}

fn restart(r: &mut Reader<'_>) -> Option<At<Restart>> {
    if let Some(node) = r.map.get("restart")
        && let Value::Scalar { text, plain: true } = &node.value
        && text == "no"
    {
        let text = say::boolean_no(&r.path);
        r.findings.push(Finding::note(&node.place, text).remedy(say::write_no()));
    }
    let written = r.value("restart", allowed::RESTART, "restart: unless-stopped", policy);
    let Some(mut deploy) = r.below("deploy") else { return written };
    let Some(mut below) = deploy.below("restart_policy") else { return written };
    keys::check(&below.path, below.map, &[keys::RESTART_POLICY], below.findings);
    let attempts = below.count("max_attempts", u32::MAX).map(|at| at.value);
    let condition =
        below.value("condition", allowed::RESTART_CONDITION, "condition: on-failure", |text| match text {
            "none" => Some(Restart::No),
            "on-failure" => Some(Restart::OnFailure(attempts)),
            "any" => Some(Restart::Always),
            _ => None,
        });
    condition.or(written)
}

fn policy(text: &str) -> Option<Restart> {
    match text {
        "no" | "false" => Some(Restart::No),
        "always" => Some(Restart::Always),
        "unless-stopped" => Some(Restart::UnlessStopped),
        "on-failure" => Some(Restart::OnFailure(None)),
        _ => text.strip_prefix("on-failure:")?.parse().ok().map(|n| Restart::OnFailure(Some(n))),
    }
}

fn dependencies(r: &mut Reader<'_>) -> Vec<Dependency> {
    let Some(Node { value: Value::Map(map), .. }) = r.map.get("depends_on") else {
        let list = r.texts("depends_on", false).into_iter();
        return list
            .map(|service| Dependency { service, condition: Condition::Started, required: true })
            .collect();
    };
    let mut list = Vec::new();
    for (name, _) in map.iter() {
        let mut all = Reader { map, path: format!("{}.depends_on", r.path), findings: r.findings };
        let (mut condition, mut required) = (Condition::Started, true);
        if let Some(mut one) = all.below(name) {
            keys::check(&one.path, one.map, &[keys::DEPENDENCY], one.findings);
            required = one.flag("required").is_none_or(|at| at.value);
            let read =
                one.value("condition", allowed::CONDITION, "condition: service_healthy", |text| match text {
                    "service_started" => Some(Condition::Started),
                    "service_healthy" => Some(Condition::Healthy),
                    "service_completed_successfully" => Some(Condition::Completed),
                    _ => None,
                });
            condition = read.map_or(condition, |at| at.value);
        }
        list.push(Dependency { service: name.clone(), condition, required });
    }
    list
}

/// `[a, b]` or `{a: …, b: …}`.
fn names(r: &mut Reader<'_>, key: &str) -> Vec<At<String>> {
    match r.map.get(key).and_then(Node::as_map) {
        Some(map) => map.iter().map(|(name, _)| name.clone()).collect(),
        None => r.texts(key, false),
    }
}

/// `source:target:mode` and the long form; the last one for a target wins.
fn mounts(r: &mut Reader<'_>) -> Vec<Mount> {
    let Some(node) = r.map.get("volumes") else { return Vec::new() };
    if !matches!(node.value, Value::List(_) | Value::Null) {
        r.wrong("volumes", node, allowed::LIST, "volumes: [\"./data:/data\"]");
    }
    let mut by_target: BTreeMap<String, usize> = BTreeMap::new();
    let mut list: Vec<Mount> = Vec::new();
    for item in node.items() {
        let text_of =
            |key: &str| item.as_map().and_then(|map| map.get(key)).and_then(Node::as_text).map(str::to_owned);
        let read = match item.as_text() {
            Some(text) => Some(short_mount(text)),
            None => text_of("target").map(|target| (text_of("source"), target)),
        };
        let Some((source, target)) = read else {
            r.wrong("volumes", item, allowed::MOUNT, "- ./data:/data");
            continue;
        };
        let mount = Mount { source, target: target.clone(), place: item.place.clone() };
        match by_target.get(&target).and_then(|&at| list.get_mut(at)) {
            Some(old) => *old = mount,
            None => {
                by_target.insert(target, list.len());
                list.push(mount);
            }
        }
    }
    list
}

/// A drive letter (`C:\data:/data`) belongs to the source.
fn short_mount(text: &str) -> (Option<String>, String) {
    let drive = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && text.get(1..3) == Some(":\\");
    let skip = if drive { 2 } else { 0 };
    match text[skip..].split_once(':') {
        None => (None, text.to_owned()),
        Some((source, rest)) => {
            let target = rest.split(':').next().unwrap_or(rest);
            (Some(text[..skip + source.len()].to_owned()), target.to_owned())
        }
    }
}
