//! `server` and `location` blocks.

use super::Reading;
use super::amount;
use super::arguments;
use super::config::{Action, HeaderLine, Location, ProxySettings, ProxyTarget, VirtualServer};
use super::names::{self, Context, Verdict};
use super::tree::Directive;
use crate::convert::finding::shorten;
use crate::convert::{At, Finding, Findings};
use crate::lang::phrases;

phrases! {
    mod say {
        fn modifiers {
            en: "allowed: = ~ ~* ^~ or none",
            de: "erlaubt: = ~ ~* ^~ oder keiner",
            fr: "permis : = ~ ~* ^~ ou aucun",
        }
        fn write_listen {
            en: "write `listen 80;`",
            de: "`listen 80;` schreiben",
            fr: "écrire `listen 80;`",
        }
        fn write_pass_to(a: Text) {
            en: "write `proxy_pass http://{a};`",
            de: "`proxy_pass http://{a};` schreiben",
            fr: "écrire `proxy_pass http://{a};`",
        }
        fn write_pass {
            en: "write `proxy_pass http://NAME:PORT;`",
            de: "`proxy_pass http://NAME:PORT;` schreiben",
            fr: "écrire `proxy_pass http://NAME:PORT;`",
        }
        fn allowed(a: Text) {
            en: "allowed: {a}",
            de: "erlaubt: {a}",
            fr: "permis : {a}",
        }
    }
}

/// Reads a `server`; `settings` are those of the blocks around it.
pub fn read(
    directive: &Directive,
    mut settings: ProxySettings,
    reading: &mut Reading<'_>,
) -> Option<VirtualServer> {
    let block = arguments::block(directive, reading.findings)?;
    let mut server =
        VirtualServer { listens: Vec::new(), locations: Vec::new(), place: directive.place.clone() };
    let known: Vec<&Directive> = block.iter().filter(|inner| reading.takes(inner, Context::Server)).collect();
    for inner in &known {
        proxy_setting(inner, &mut settings, reading.findings);
        if inner.name == "listen" {
            server.listens.extend(listen(inner, reading.findings));
        }
    }
    header_lines(&known, &mut settings);
    if server.listens.is_empty() {
        server.listens.push(At::new(80, &directive.place));
    }
    for inner in known.into_iter().filter(|inner| inner.name == "location") {
        location(inner, &settings, &mut server.locations, reading);
    }
    Some(server)
}

/// `80`, `*:80`, `[::]:80`, `127.0.0.1:8080`, with options behind it.
fn listen(directive: &Directive, findings: &mut Findings) -> Option<At<u16>> {
    arguments::count(directive, 1..=16, findings)?;
    let written = directive.argument(0)?;
    let port = match written.parse::<u16>() {
        Ok(port) => Some(port),
        Err(_) if written.bytes().all(|b| b.is_ascii_digit()) => None,
        Err(_) => amount::address(written).ok().map(|(_, port)| port.unwrap_or(80)),
    };
    match port.filter(|&port| port > 0) {
        Some(port) => Some(At::new(port, &directive.place)),
        None => {
            let text = format!("invalid port in \"{}\" of the \"listen\" directive", shorten(written));
            findings.push(Finding::error(&directive.place, text).remedy(say::write_listen()));
            None
        }
    }
}

fn location(
    directive: &Directive,
    outer: &ProxySettings,
    all: &mut Vec<Location>,
    reading: &mut Reading<'_>,
) {
    if arguments::count(directive, 1..=2, reading.findings).is_none() {
        return;
    }
    let Some(block) = arguments::block(directive, reading.findings) else { return };
    let (modifier, path) = match directive.arguments.as_slice() {
        [modifier, path] => (modifier.clone(), path.clone()),
        [path] => (String::new(), path.clone()),
        _ => return,
    };
    if !matches!(modifier.as_str(), "" | "=" | "~" | "~*" | "^~") {
        let text = format!("invalid location modifier \"{}\"", shorten(&modifier));
        reading.findings.push(Finding::error(&directive.place, text).remedy(say::modifiers()));
    }
    let mut settings = outer.clone();
    let mut action = Action::Other;
    let known: Vec<&Directive> =
        block.iter().filter(|inner| reading.takes(inner, Context::Location)).collect();
    for inner in &known {
        proxy_setting(inner, &mut settings, reading.findings);
        match inner.name.as_str() {
            "proxy_pass" => {
                if let Some(target) = target(inner, reading.findings) {
                    action = Action::Proxy(target);
                }
            }
            "stub_status" => action = Action::Status,
            "root" | "alias" if action == Action::Other => {
                action = Action::Static(inner.argument(0).unwrap_or_default().to_owned());
            }
            "return" if action == Action::Other => {
                action = inner
                    .argument(0)
                    .and_then(|code| code.parse().ok())
                    .map_or(Action::Other, Action::Return);
            }
            _ => {}
        }
    }
    header_lines(&known, &mut settings);
    let place = directive.place.clone();
    all.push(Location { path, modifier, action, proxy: settings.clone(), place });
    for inner in known.into_iter().filter(|inner| inner.name == "location") {
        location(inner, &settings, all, reading);
    }
}

/// `http://HOST[:PORT][/path]`
fn target(directive: &Directive, findings: &mut Findings) -> Option<ProxyTarget> {
    arguments::count(directive, 1..=1, findings)?;
    let url = directive.argument(0)?;
    let variable = url.contains('$');
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    let Some(rest) = rest.or_else(|| variable.then_some(url)) else {
        let remedy = say::write_pass_to(&shorten(url));
        findings.push(Finding::error(&directive.place, "invalid URL prefix").remedy(remedy));
        return None;
    };
    let host = if rest.starts_with("unix:") { rest } else { rest.split('/').next().unwrap_or(rest) };
    let place = directive.place.clone();
    if variable {
        return Some(ProxyTarget { host: host.to_owned(), port: None, variable, place });
    }
    match amount::address(host) {
        Ok((host, port)) => Some(ProxyTarget { host, port, variable, place }),
        Err(problem) => {
            let text = format!("{problem} in \"{}\" of the \"proxy_pass\" directive", shorten(url));
            findings.push(Finding::error(&place, text).remedy(say::write_pass()));
            None
        }
    }
}

/// Sets `proxy_…` timeouts and retries.
pub fn proxy_setting(directive: &Directive, settings: &mut ProxySettings, findings: &mut Findings) {
    match directive.name.as_str() {
        "proxy_connect_timeout" => settings.connect_timeout = arguments::time(directive, findings),
        "proxy_read_timeout" => settings.read_timeout = arguments::time(directive, findings),
        "proxy_request_buffering" => settings.buffering = arguments::flag(directive, findings),
        "proxy_send_timeout" => settings.send_timeout = arguments::time(directive, findings),
        "proxy_next_upstream_timeout" => settings.next_timeout = arguments::time(directive, findings),
        "proxy_next_upstream_tries" => settings.tries = arguments::number(directive, 0, findings),
        "proxy_next_upstream" => {
            for word in &directive.arguments {
                if !CONDITIONS.contains(&word.as_str()) {
                    let text = format!("invalid value \"{}\" in \"proxy_next_upstream\"", shorten(word));
                    let allowed = say::allowed(&CONDITIONS.join(" "));
                    findings.push(Finding::error(&directive.place, text).remedy(allowed));
                }
            }
            settings.next_upstream = Some(At::new(directive.arguments.clone(), &directive.place));
        }
        _ => {}
    }
}

/// Headers that a block adds: where it adds any of a kind, those of the blocks around it are not.
pub fn header_lines(known: &[&Directive], settings: &mut ProxySettings) {
    let lines = |name: &str| -> Vec<HeaderLine> {
        let of = known.iter().filter(|inner| inner.name == name);
        of.filter_map(|inner| {
            Some(HeaderLine {
                name: inner.argument(0)?.to_owned(),
                value: inner.argument(1)?.to_owned(),
                always: inner.argument(2) == Some("always"),
                place: inner.place.clone(),
            })
        })
        .collect()
    };
    for (name, list) in [("add_header", &mut settings.add), ("proxy_set_header", &mut settings.set)] {
        let own = lines(name);
        if !own.is_empty() {
            *list = own;
        }
    }
}

/// What `proxy_next_upstream` may name.
const CONDITIONS: &[&str] = &[
    "error",
    "timeout",
    "invalid_header",
    "http_500",
    "http_502",
    "http_503",
    "http_504",
    "http_403",
    "http_404",
    "http_429",
    "non_idempotent",
    "updating",
    "off",
];

impl Reading<'_> {
    /// Whether a directive is read here; one that is known and left out is remembered.
    pub fn takes(&mut self, directive: &Directive, context: Context) -> bool {
        match names::check(directive, context, self.findings) {
            Verdict::Read => true,
            Verdict::LeftOut => {
                if !self.left_out.contains(&directive.name) {
                    self.left_out.push(directive.name.clone());
                }
                false
            }
            Verdict::Reported => false,
        }
    }
}
