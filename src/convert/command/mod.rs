//! A container's command line: which application server it starts, and what its flags say.
//!
//! Known are gunicorn, uvicorn, hypercorn, waitress, uWSGI, Puma, the development servers of Flask and
//! Django, Celery's worker and Node.js. Anything else is [`Kind::Unknown`]: its concurrency is an assumption
//! that the caller states.

mod flags;
mod unwrap;

use crate::convert::{At, Finding, Findings, Place};
use crate::units::SimDuration;

use crate::lang::phrases;
pub use unwrap::CommandLine;

phrases! {
    mod say {
        fn open_args {
            en: "GUNICORN_CMD_ARGS has an open quote",
            de: "GUNICORN_CMD_ARGS hat ein offenes Anführungszeichen",
            fr: "GUNICORN_CMD_ARGS a un guillemet ouvert",
        }
        fn close_quote {
            en: "close the quote",
            de: "das Anführungszeichen schließen",
            fr: "fermer le guillemet",
        }
    }
}

/// A program whose flags are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// gunicorn: workers × threads behind one listen socket.
    Gunicorn,
    /// uvicorn: an event loop per worker.
    Uvicorn,
    /// Hypercorn: an event loop per worker.
    Hypercorn,
    /// waitress: one process with a pool of threads.
    Waitress,
    /// uWSGI: processes × threads.
    Uwsgi,
    /// Puma: workers × threads.
    Puma,
    /// Flask's development server: a thread per request, without limit.
    FlaskDev,
    /// Django's development server: a thread per request, without limit.
    DjangoDev,
    /// A Celery worker: serves no requests, takes jobs from a broker.
    Celery,
    /// Node.js: one event loop.
    Node,
    /// Something else.
    Unknown,
}

impl Kind {
    /// The name that messages use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gunicorn => "gunicorn",
            Self::Uvicorn => "uvicorn",
            Self::Hypercorn => "hypercorn",
            Self::Waitress => "waitress",
            Self::Uwsgi => "uWSGI",
            Self::Puma => "Puma",
            Self::FlaskDev => "Flask's development server",
            Self::DjangoDev => "Django's development server",
            Self::Celery => "Celery",
            Self::Node => "Node.js",
            Self::Unknown => "unknown",
        }
    }
}

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listen {
    /// The address: `0.0.0.0`, `127.0.0.1`, …
    pub host: String,
    /// The port; nothing for a Unix socket.
    pub port: Option<u16>,
}

impl Listen {
    /// Whether only the container itself can connect.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.starts_with("127.") || self.host == "::1"
    }
}

/// What a command line says about the server that it starts. A field is nothing when it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppServer {
    /// Which program.
    pub kind: Kind,
    /// Worker processes.
    pub workers: Option<At<u32>>,
    /// Threads per worker; for Puma the most.
    pub threads: Option<At<u32>>,
    /// gunicorn's worker class or Celery's pool.
    pub class: Option<At<String>>,
    /// A worker that works longer on one request is killed.
    pub timeout: Option<At<SimDuration>>,
    /// How long a stopping worker may finish what it has begun.
    pub graceful_timeout: Option<At<SimDuration>>,
    /// How long an idle connection is kept.
    pub keep_alive: Option<At<SimDuration>>,
    /// Places in the listen backlog.
    pub backlog: Option<At<u32>>,
    /// Connections that one worker holds at a time.
    pub connections: Option<At<u32>>,
    /// Requests after which a worker is replaced.
    pub max_requests: Option<At<u32>>,
    /// Where it listens, when the command or the program's default says so.
    pub listens: Option<At<Listen>>,
}

/// How many requests a replica works on at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concurrency {
    /// Processes.
    pub workers: u32,
    /// Threads of each; nothing when there is no limit.
    pub threads: Option<u32>,
    /// Whether a worker is an event loop, which waits for many requests at once but computes one.
    pub event_loop: bool,
}

impl AppServer {
    /// A server of which nothing else is known.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self {
            kind,
            workers: None,
            threads: None,
            class: None,
            timeout: None,
            graceful_timeout: None,
            keep_alive: None,
            backlog: None,
            connections: None,
            max_requests: None,
            listens: None,
        }
    }

    /// Workers × threads with the program's defaults for what the command leaves out.
    ///
    /// Nothing for a program that is not known, and for Celery without `--concurrency`, which takes the
    /// number of the host's CPUs.
    #[must_use]
    pub fn concurrency(&self) -> Option<Concurrency> {
        let workers = self.workers.as_ref().map(|at| at.value);
        let threads = self.threads.as_ref().map(|at| at.value);
        let class = self.class.as_ref().map_or("", |at| at.value.as_str());
        let event_loop = ["gevent", "eventlet", "tornado", "uvicorn"].iter().any(|name| class.contains(name));
        let of = |workers, threads| Some(Concurrency { workers, threads: Some(threads), event_loop: false });
        let looping = |workers| Some(Concurrency { workers, threads: Some(1), event_loop: true });
        match self.kind {
            Kind::Gunicorn if event_loop => looping(workers.unwrap_or(1)),
            Kind::Gunicorn => of(workers.unwrap_or(1), threads.unwrap_or(1)),
            Kind::Uwsgi => of(workers.unwrap_or(1), threads.unwrap_or(1)),
            Kind::Uvicorn | Kind::Hypercorn | Kind::Node => looping(workers.unwrap_or(1)),
            Kind::Waitress => of(1, threads.unwrap_or(4)),
            Kind::Puma => of(workers.unwrap_or(0).max(1), threads.unwrap_or(5)),
            Kind::FlaskDev | Kind::DjangoDev => {
                Some(Concurrency { workers: 1, threads: None, event_loop: false })
            }
            Kind::Celery => workers.and_then(|workers| of(workers, 1)),
            Kind::Unknown => None,
        }
    }

    /// Places in the listen backlog: as written, or the program's default. The kernel's `somaxconn` of 4096
    /// is the most.
    #[must_use]
    pub fn backlog_places(&self) -> Option<u32> {
        let default = match self.kind {
            Kind::Gunicorn | Kind::Uvicorn => 2048,
            Kind::Hypercorn | Kind::Uwsgi => 100,
            Kind::Waitress | Kind::Puma => 1024,
            Kind::FlaskDev => 128,
            Kind::DjangoDev => 10,
            Kind::Node => 511,
            Kind::Celery | Kind::Unknown => return None,
        };
        Some(self.backlog.as_ref().map_or(default, |at| at.value).min(4096))
    }
}

/// What the environment of a container says: names and values.
pub type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Reads a command line, the environment variables that the program takes into account included.
pub fn read(
    words: &[String],
    environment: &Environment<'_>,
    place: &Place,
    findings: &mut Findings,
) -> AppServer {
    let line = unwrap::unwrap(words, environment, place, findings);
    let mut server = AppServer::new(line.kind);
    match server.kind {
        Kind::Gunicorn => {
            if let Some(text) = environment("WEB_CONCURRENCY") {
                flags::apply(&mut server, &["--workers".to_owned(), text], place, findings);
            }
            let arguments = environment("GUNICORN_CMD_ARGS").unwrap_or_default();
            match shell_words::split(&arguments) {
                Ok(words) => flags::apply(&mut server, &words, place, findings),
                Err(_) => findings.push(Finding::error(place, say::open_args()).remedy(say::close_quote())),
            }
        }
        Kind::Uvicorn | Kind::Puma => {
            if let Some(text) = environment("WEB_CONCURRENCY") {
                flags::apply(&mut server, &["--workers".to_owned(), text], place, findings);
            }
        }
        _ => {}
    }
    flags::apply(&mut server, &line.arguments, place, findings);
    default_listen(&mut server, environment, place);
    server
}

/// Where a program listens when its command does not say.
fn default_listen(server: &mut AppServer, environment: &Environment<'_>, place: &Place) {
    let (host, port) = match server.kind {
        Kind::Gunicorn => match environment("PORT").and_then(|port| port.parse().ok()) {
            Some(port) => ("0.0.0.0", port),
            None => ("127.0.0.1", 8000),
        },
        Kind::Uvicorn | Kind::Hypercorn | Kind::DjangoDev => ("127.0.0.1", 8000),
        Kind::FlaskDev => ("127.0.0.1", 5000),
        Kind::Waitress => ("0.0.0.0", 8080),
        Kind::Puma => ("0.0.0.0", 9292),
        Kind::Uwsgi | Kind::Celery | Kind::Node | Kind::Unknown => return,
    };
    match &mut server.listens {
        None => server.listens = Some(At::new(Listen { host: host.to_owned(), port: Some(port) }, place)),
        // Half of it was written: `--host` without `--port`, or the other way round.
        Some(listen) => {
            if listen.value.host.is_empty() {
                host.clone_into(&mut listen.value.host);
            }
            if listen.value.port.is_none() && !listen.value.host.starts_with("unix:") {
                listen.value.port = Some(port);
            }
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
