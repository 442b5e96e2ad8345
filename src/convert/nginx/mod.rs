//! nginx configurations: what they say about balancing.
//!
//! Read are upstreams (method, servers with their parameters, zone, keepalive, a sticky cookie), servers and
//! locations (what is passed on, what nginx answers itself, added headers), timeouts, retries and worker
//! limits. Other directives that nginx knows are named in one note. A mistake is an error in nginx's own
//! words where they are known.

mod amount;
mod arguments;
mod config;
mod lex;
mod names;
mod server;
mod tree;
mod upstream;

use std::collections::BTreeSet;
use std::sync::Arc;

use names::Context;
use tree::Directive;

use super::{At, Finding, Findings, Place, SourceFile, limits};

use crate::lang::phrases;
pub use config::{
    Action, HeaderLine, Location, Method, NginxConfig, ProxySettings, ProxyTarget, Upstream, UpstreamServer,
    VirtualServer, Workers,
};

phrases! {
    mod say {
        fn add_block(block: Text) {
            en: "add `{block}`",
            de: "`{block}` hinzufügen",
            fr: "ajouter `{block}`",
        }
        fn too_long(a: Text, b: Text) {
            en: "the file has {a} bytes; at most {b} are read",
            de: "die Datei hat {a} Bytes; höchstens {b} werden gelesen",
            fr: "le fichier a {a} octets ; {b} au plus sont lus",
        }
        fn give_own {
            en: "give the deployment's own configuration",
            de: "die eigene Konfiguration des Projekts geben",
            fr: "donner la configuration propre au projet",
        }
        fn no_place(a: Text) {
            en: "left out, because the model has no place for it: {a}",
            de: "weggelassen, da das Modell keinen Platz dafür hat: {a}",
            fr: "laissé de côté, faute de place dans le modèle : {a}",
        }
        fn other_name {
            en: "give it another name, or join the two",
            de: "einen anderen Namen geben, oder die beiden zusammenlegen",
            fr: "lui donner un autre nom, ou réunir les deux",
        }
    }
}

/// Findings, and names of directives that were left out.
struct Reading<'a> {
    findings: &'a mut Findings,
    left_out: Vec<String>,
}

/// Reads a configuration: a whole file, or a part that the stock file includes in `http` (`conf.d/*.conf`).
/// Nothing when its form is broken; a finding says where.
pub fn load(source: &SourceFile, findings: &mut Findings) -> Option<NginxConfig> {
    let file: Arc<str> = Arc::from(source.name.as_str());
    let place = Place::new(&file, 1);
    if source.text.len() > limits::FILE_BYTES {
        let text = say::too_long(&source.text.len(), &limits::FILE_BYTES);
        findings.push(Finding::error(&place, text).remedy(say::give_own()));
        return None;
    }
    let directives = match tree::parse(&file, &source.text) {
        Ok(directives) => directives,
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    let whole = directives.iter().any(|d| MAIN_ONLY.contains(&d.name.as_str()));
    let mut config = NginxConfig {
        place: place.clone(),
        workers: None,
        connections: None,
        files: None,
        whole,
        upstreams: Vec::new(),
        servers: Vec::new(),
    };
    let mut reading = Reading { findings, left_out: Vec::new() };
    if whole {
        main(&directives, &mut config, &mut reading);
    } else {
        http(&directives, &mut config, &mut reading);
    }
    if !reading.left_out.is_empty() {
        let text = say::no_place(&reading.left_out.join(", "));
        findings.push(Finding::note(&place, text));
    }
    duplicates(&config, findings);
    Some(config)
}

/// Directives that only a whole file has.
const MAIN_ONLY: &[&str] = &[
    "events",
    "http",
    "stream",
    "worker_processes",
    "user",
    "pid",
    "load_module",
    "worker_rlimit_nofile",
    "daemon",
];

fn main(directives: &[Directive], config: &mut NginxConfig, reading: &mut Reading<'_>) {
    for directive in directives.iter() {
        if !reading.takes(directive, Context::Main) {
            continue;
        }
        match directive.name.as_str() {
            "worker_rlimit_nofile" => config.files = arguments::number(directive, 0, reading.findings),
            "worker_processes" => config.workers = workers(directive, reading.findings),
            "events" => {
                for inner in arguments::block(directive, reading.findings).unwrap_or_default() {
                    if reading.takes(inner, Context::Events) && inner.name == "worker_connections" {
                        config.connections = arguments::number(inner, 0, reading.findings);
                    }
                }
            }
            "http" => {
                let block = arguments::block(directive, reading.findings).unwrap_or_default();
                http(block, config, reading);
            }
            _ => {}
        }
    }
    if !directives.iter().any(|directive| directive.name == "events") {
        let text = "no \"events\" section in configuration";
        reading.findings.push(Finding::error(&config.place, text).remedy(say::add_block(&"events {}")));
    }
}

fn workers(directive: &Directive, findings: &mut Findings) -> Option<At<Workers>> {
    arguments::count(directive, 1..=1, findings)?;
    if directive.argument(0) == Some("auto") {
        return Some(At::new(Workers::Auto, &directive.place));
    }
    arguments::number(directive, 0, findings).map(|at| at.map(|n| Workers::Count(n.max(1))))
}

fn http(directives: &[Directive], config: &mut NginxConfig, reading: &mut Reading<'_>) {
    let known: Vec<&Directive> = directives.iter().filter(|d| reading.takes(d, Context::Http)).collect();
    let mut settings = ProxySettings::default();
    for directive in &known {
        server::proxy_setting(directive, &mut settings, reading.findings);
    }
    server::header_lines(&known, &mut settings);
    for directive in known {
        match directive.name.as_str() {
            "upstream" => config.upstreams.extend(upstream::read(directive, reading.findings)),
            "server" => config.servers.extend(server::read(directive, settings.clone(), reading)),
            _ => {}
        }
    }
}

fn duplicates(config: &NginxConfig, findings: &mut Findings) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for upstream in &config.upstreams {
        if !seen.insert(&upstream.name.value) {
            let text = format!("duplicate upstream \"{}\"", super::finding::shorten(&upstream.name));
            findings.push(Finding::error(&upstream.name.place, text).remedy(say::other_name()));
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
