//! `ports` and `expose` of a service.

use std::collections::BTreeMap;

use super::allowed;
use super::keys;
use super::ports::{Binding, Port, Protocol, port, range, short};
use super::reader::Reader;
use crate::convert::finding::shorten;
use crate::convert::yaml::{Map, Node, Value};
use crate::convert::{At, Finding, limits};
use crate::lang::phrases;

phrases! {
    mod say {
        fn write_pair {
            en: "write `\"HOST:CONTAINER\"` with ports from 1 to 65535, such as \"8080:80\"",
            de: "`\"HOST:CONTAINER\"` mit Ports von 1 bis 65535 schreiben, etwa \"8080:80\"",
            fr: "écrire `\"HOST:CONTAINER\"` avec des ports de 1 à 65535, par exemple \"8080:80\"",
        }
        fn unquoted(path: Text, text: Text) {
            en: "{path}.ports: {text} is not quoted: with a last part below 60, YAML 1.1 readers would \
                 see a number to base 60",
            de: "{path}.ports: {text} steht ohne Anführungszeichen: Wäre der letzte Teil kleiner als \
                 60, sähen Leser von YAML 1.1 eine Zahl zur Basis 60",
            fr: "{path}.ports : {text} est sans guillemets : avec une fin inférieure à 60, les lecteurs \
                 de YAML 1.1 verraient un nombre en base 60",
        }
        fn too_many_ports(a: Text, b: Text) {
            en: "{a}.ports: more than {b} ports; the rest is left out",
            de: "{a}.ports: mehr als {b} Ports; der Rest ist weggelassen",
            fr: "{a}.ports : plus de {b} ports ; le reste est laissé de côté",
        }
        fn fewer_ports {
            en: "publish fewer ports",
            de: "weniger Ports veröffentlichen",
            fr: "publier moins de ports",
        }
        fn quote(text: Text) {
            en: "quote it: `\"{text}\"`",
            de: "in Anführungszeichen setzen: `\"{text}\"`",
            fr: "mettre entre guillemets : `\"{text}\"`",
        }
        fn sexagesimal(a: Text, text: Text, number: Text) {
            en: "{a}.ports: YAML 1.1 readers take an unquoted {text} for {number}, a number to base 60",
            de: "{a}.ports: Leser von YAML 1.1 nehmen ein {text} ohne Anführungszeichen für {number}, \
                 eine Zahl zur Basis 60",
            fr: "{a}.ports : les lecteurs de YAML 1.1 prennent {text} sans guillemets pour {number}, un \
                 nombre en base 60",
        }
        fn wrong_expose(a: Text, b: Text) {
            en: "{a}.expose is \"{b}\"; allowed: a port or a range",
            de: "{a}.expose ist \"{b}\"; erlaubt: ein Port oder ein Bereich",
            fr: "{a}.expose est \"{b}\" ; permis : un port ou une plage",
        }
        fn write_expose {
            en: "write `expose: [\"8000\"]`",
            de: "`expose: [\"8000\"]` schreiben",
            fr: "écrire `expose: [\"8000\"]`",
        }
    }
}

/// Every binding once; entries of all files, in order.
pub fn read(r: &mut Reader<'_>) -> Vec<Port> {
    let Some(node) = r.map.get("ports") else { return Vec::new() };
    if !matches!(node.value, Value::List(_) | Value::Null) {
        r.wrong("ports", node, allowed::LIST, "ports: [\"8080:80\"]");
    }
    let mut list: Vec<Port> = Vec::new();
    let mut known: BTreeMap<Binding, usize> = BTreeMap::new();
    let mut written = 0;
    for item in node.items() {
        for port in entry(r, item) {
            written += 1;
            match known.get(&port.binding()).and_then(|&at| list.get_mut(at)) {
                Some(old) => *old = port,
                None => {
                    known.insert(port.binding(), list.len());
                    list.push(port);
                }
            }
        }
        if written > limits::PORTS {
            let text = say::too_many_ports(&r.path, &limits::PORTS);
            r.findings.push(Finding::error(&item.place, text).remedy(say::fewer_ports()));
            break;
        }
    }
    list
}

fn entry(r: &mut Reader<'_>, item: &Node) -> Vec<Port> {
    match &item.value {
        Value::Scalar { text, plain } => {
            if *plain {
                unquoted(r, item, text);
            }
            short(text, &item.place).unwrap_or_else(|problem| {
                let text = format!("{}.ports: {}: {}", r.path, shorten(text), shorten(&problem));
                let remedy = say::write_pair();
                r.findings.push(Finding::error(&item.place, text).remedy(remedy));
                Vec::new()
            })
        }
        Value::Map(map) => long(r, item, map).into_iter().collect(),
        Value::Null | Value::List(_) => {
            r.wrong("ports", item, allowed::BINDING, "- \"8080:80\"");
            Vec::new()
        }
    }
}

/// YAML 1.1 reads `22:22` as a number to base 60.
fn unquoted(r: &mut Reader<'_>, item: &Node, text: &str) {
    let Some((hours, minutes)) = text.split_once(':') else { return };
    let (Some(high), Some(low)) = (port(hours), port(minutes)) else { return };
    let remedy = say::quote(&text);
    let finding = if low < 60 && minutes.len() <= 2 {
        let number = u32::from(high) * 60 + u32::from(low);
        let text = say::sexagesimal(&r.path, &text, &number);
        Finding::warning(&item.place, text)
    } else {
        let text = say::unquoted(&r.path, &text);
        Finding::note(&item.place, text)
    };
    r.findings.push(finding.remedy(remedy));
}

fn long(r: &mut Reader<'_>, item: &Node, map: &Map) -> Option<Port> {
    let mut one = Reader { map, path: format!("{}.ports", r.path), findings: r.findings };
    keys::check(&one.path, map, &[keys::PORT], one.findings);
    let Some(target) = one.value("target", allowed::PORT, "target: 80", port) else {
        if !map.contains("target") {
            one.wrong("target", item, allowed::PORT, "{target: 80, published: \"8080\"}");
        }
        return None;
    };
    let published = one.value("published", allowed::PORTS, "published: \"8080\"", |text| match text {
        "" | "0" => Some(None),
        _ => range(text).map(Some),
    });
    let protocol = one.value("protocol", allowed::PROTOCOL, "protocol: tcp", Protocol::parse);
    Some(Port {
        host_ip: one.text("host_ip").map(|at| at.value).filter(|ip| !ip.is_empty()),
        published: published.and_then(|at| at.value),
        target: target.value,
        protocol: protocol.map_or(Protocol::Tcp, |at| at.value),
        place: item.place.clone(),
    })
}

/// Ports that are only named; a range gives each of them.
pub fn exposed(r: &mut Reader<'_>) -> Vec<At<u16>> {
    let mut list = Vec::new();
    for at in r.texts("expose", false) {
        let text = at.value.split('/').next().unwrap_or_default();
        match range(text).filter(|range| range.len() as usize <= limits::PORTS) {
            Some(range) => list.extend((range.first..=range.last).map(|port| At::new(port, &at.place))),
            None => {
                let text = say::wrong_expose(&r.path, &shorten(&at.value));
                r.findings.push(Finding::error(&at.place, text).remedy(say::write_expose()));
            }
        }
        list.truncate(limits::PORTS);
    }
    list
}
