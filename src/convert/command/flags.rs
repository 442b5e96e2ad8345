//! Flags of the programs: `-w4`, `-w 4`, `--workers 4` and `--workers=4` are the same.

use super::{AppServer, Kind, Listen};
use crate::convert::finding::shorten;
use crate::convert::{At, Finding, Findings, Place};
use crate::units::SimDuration;

/// What a flag sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Workers,
    Threads,
    Class,
    Timeout,
    Graceful,
    KeepAlive,
    Backlog,
    Connections,
    MaxRequests,
    Bind,
    Host,
    Port,
}

type Flags = &'static [(&'static str, Field)];

use crate::lang::phrases;
use Field::{
    Backlog, Bind, Class, Connections, Graceful, Host, KeepAlive, MaxRequests, Port, Threads, Timeout,
    Workers,
};

phrases! {
    mod say {
        fn flag_no_value(a: Text, name: Text) {
            en: "{a}: {name} has no value",
            de: "{a}: {name} hat keinen Wert",
            fr: "{a} : {name} n’a pas de valeur",
        }
        fn write_value(name: Text) {
            en: "write `{name} VALUE` or remove it",
            de: "`{name} WERT` schreiben oder wegnehmen",
            fr: "écrire `{name} VALEUR` ou le retirer",
        }
        fn no_number(a: Text, flag: Text, b: Text) {
            en: "{a}: {flag} is \"{b}\"; allowed: a whole number",
            de: "{a}: {flag} ist \"{b}\"; erlaubt: eine ganze Zahl",
            fr: "{a} : {flag} est \"{b}\" ; permis : un nombre entier",
        }
        fn write_number(flag: Text) {
            en: "write a number behind {flag}, such as `{flag} 4`",
            de: "eine Zahl nach {flag} schreiben, etwa `{flag} 4`",
            fr: "écrire un nombre après {flag}, par exemple `{flag} 4`",
        }
    }
}

const GUNICORN: Flags = &[
    ("-w", Workers),
    ("--workers", Workers),
    ("--threads", Threads),
    ("-k", Class),
    ("--worker-class", Class),
    ("-t", Timeout),
    ("--timeout", Timeout),
    ("--graceful-timeout", Graceful),
    ("--keep-alive", KeepAlive),
    ("--backlog", Backlog),
    ("--worker-connections", Connections),
    ("--max-requests", MaxRequests),
    ("-b", Bind),
    ("--bind", Bind),
];
const UVICORN: Flags = &[
    ("--workers", Workers),
    ("--backlog", Backlog),
    ("--limit-concurrency", Connections),
    ("--host", Host),
    ("--port", Port),
    ("--limit-max-requests", MaxRequests),
    ("--timeout-keep-alive", KeepAlive),
    ("--timeout-graceful-shutdown", Graceful),
];
const HYPERCORN: Flags = &[
    ("-w", Workers),
    ("--workers", Workers),
    ("--backlog", Backlog),
    ("-b", Bind),
    ("--bind", Bind),
    ("-k", Class),
    ("--worker-class", Class),
    ("--keep-alive", KeepAlive),
    ("--graceful-timeout", Graceful),
];
const WAITRESS: Flags = &[
    ("--threads", Threads),
    ("--port", Port),
    ("--host", Host),
    ("--listen", Bind),
    ("--backlog", Backlog),
    ("--connection-limit", Connections),
];
const UWSGI: Flags = &[
    ("-p", Workers),
    ("--processes", Workers),
    ("--workers", Workers),
    ("--threads", Threads),
    ("--listen", Backlog),
    ("-l", Backlog),
    ("--http", Bind),
    ("--http-socket", Bind),
    ("--harakiri", Timeout),
    ("--max-requests", MaxRequests),
];
const PUMA: Flags = &[
    ("-w", Workers),
    ("--workers", Workers),
    ("-t", Threads),
    ("--threads", Threads),
    ("-p", Port),
    ("--port", Port),
    ("-b", Bind),
    ("--bind", Bind),
];
const FLASKDEV: Flags = &[("-h", Host), ("--host", Host), ("-p", Port), ("--port", Port)];
const CELERY: Flags = &[("-c", Workers), ("--concurrency", Workers), ("-P", Class), ("--pool", Class)];

/// The flags of a program that matter here; each takes a value.
const fn flags(kind: Kind) -> Flags {
    match kind {
        Kind::Gunicorn => GUNICORN,
        Kind::Uvicorn => UVICORN,
        Kind::Hypercorn => HYPERCORN,
        Kind::Waitress => WAITRESS,
        Kind::Uwsgi => UWSGI,
        Kind::Puma => PUMA,
        Kind::FlaskDev => FLASKDEV,
        Kind::Celery => CELERY,
        Kind::DjangoDev | Kind::Node | Kind::Unknown => &[],
    }
}

/// Sets what `words` say; a later flag wins.
pub fn apply(server: &mut AppServer, words: &[String], place: &Place, findings: &mut Findings) {
    if server.kind == Kind::DjangoDev {
        // `runserver [address:]port` has no flag for it.
        if let Some(bind) =
            words.iter().find(|word| word.ends_with(|c: char| c.is_ascii_digit()) && !word.starts_with('-'))
        {
            set(server, Bind, "runserver", bind, place, findings);
        }
        return;
    }
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let Some((name, field, glued)) = flags(server.kind).iter().find_map(|&flag| matches(word, flag))
        else {
            continue;
        };
        match glued.or_else(|| rest.next().map(String::as_str)) {
            Some(value) => set(server, field, name, value, place, findings),
            None => {
                let text = say::flag_no_value(&server.kind.name(), &name);
                findings.push(Finding::error(place, text).remedy(say::write_value(&name)));
            }
        }
    }
}

/// Whether `word` is the flag, and the value that is glued to it.
fn matches<'w>(
    word: &'w str,
    (name, field): (&'static str, Field),
) -> Option<(&'static str, Field, Option<&'w str>)> {
    let tail = word.strip_prefix(name)?;
    if tail.is_empty() {
        return Some((name, field, None));
    }
    if name.starts_with("--") {
        return tail.strip_prefix('=').map(|value| (name, field, Some(value)));
    }
    Some((name, field, Some(tail)))
}

fn set(
    server: &mut AppServer,
    field: Field,
    flag: &str,
    value: &str,
    place: &Place,
    findings: &mut Findings,
) {
    let count = || value.parse::<u32>().ok().filter(|&n| n <= 1_000_000);
    let seconds = || value.parse::<u64>().ok().filter(|&n| n <= 1_000_000_000).map(SimDuration::from_secs);
    let mut understood = true;
    let mut number = |slot: &mut Option<At<u32>>, number: Option<u32>| match number {
        Some(n) => *slot = Some(At::new(n, place)),
        None => understood = false,
    };
    match field {
        Workers => {
            number(&mut server.workers, count().filter(|&n| n > 0 || server.kind == Kind::Puma));
        }
        // Puma's `-t 0:16` gives least and most.
        Threads => {
            let most = value.rsplit(':').next().and_then(|text| text.parse().ok());
            number(&mut server.threads, most.filter(|n| (1..=1_000_000).contains(n)));
        }
        Backlog => number(&mut server.backlog, count().filter(|&n| n > 0)),
        Connections => number(&mut server.connections, count()),
        MaxRequests => number(&mut server.max_requests, count()),
        Timeout => understood = time(&mut server.timeout, seconds(), place),
        Graceful => understood = time(&mut server.graceful_timeout, seconds(), place),
        KeepAlive => understood = time(&mut server.keep_alive, seconds(), place),
        Class => server.class = Some(At::new(value.to_owned(), place)),
        Bind => server.listens = Some(At::new(bind(value), place)),
        Host | Port => understood = half_of_bind(server, field, value, place),
    }
    if !understood {
        let text = say::no_number(&server.kind.name(), &flag, &shorten(value));
        findings.push(Finding::error(place, text).remedy(say::write_number(&flag)));
    }
}

fn time(slot: &mut Option<At<SimDuration>>, value: Option<SimDuration>, place: &Place) -> bool {
    let understood = value.is_some();
    if let Some(value) = value {
        *slot = Some(At::new(value, place));
    }
    understood
}

/// `0.0.0.0:8000`, `:8000`, `8000`, `tcp://0.0.0.0:8000`, `[::]:8000`, `unix:/run/app.sock`.
fn bind(value: &str) -> Listen {
    if value.starts_with("unix:") {
        return Listen { host: value.to_owned(), port: None };
    }
    let bare = value.split_once("://").map_or(value, |(_, rest)| rest);
    if let Ok(port) = bare.parse() {
        return Listen { host: "127.0.0.1".to_owned(), port: Some(port) };
    }
    let (host, port) = match bare.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, port.parse().ok()),
        _ => (bare, None),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    Listen { host: if host.is_empty() { "0.0.0.0".to_owned() } else { host.to_owned() }, port }
}

fn half_of_bind(server: &mut AppServer, field: Field, value: &str, place: &Place) -> bool {
    let port = value.parse().ok();
    if field == Port && port.is_none() {
        return false;
    }
    let listen =
        server.listens.get_or_insert_with(|| At::new(Listen { host: String::new(), port: None }, place));
    if field == Host {
        value.clone_into(&mut listen.value.host);
    } else {
        listen.value.port = port;
    }
    true
}
