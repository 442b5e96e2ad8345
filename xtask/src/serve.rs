//! `cargo xtask serve`: the lab on this machine.

use crate::run::{Result, root, run, say, target};
use crate::trunk;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

/// What `serve` was asked for.
struct Options {
    release: bool,
    open: bool,
    port: Option<u16>,
}

/// Where trunk looks for changes.
const WATCHED: [&str; 7] = ["src", "assets", "styles", "scenarios", "lessons", "index.html", "Cargo.toml"];

/// Without `--port`, the first free one from here.
const FIRST_PORT: u16 = 8080;

/// Builds the lab, serves it, and builds it again on every change, until it is interrupted.
pub fn serve(options: &[&str]) -> Result {
    let options = parse(options)?;
    let port = choose_port(options.port)?;
    let mut trunk = trunk::trunk()?;
    // Not into dist/, which is always the site as it is published.
    trunk
        .args(["serve", "--address", "127.0.0.1", "--port", &port.to_string(), "--dist"])
        .arg(target().join("serve"));
    for path in WATCHED.iter().filter(|path| root().join(path).exists()) {
        trunk.args(["--watch", path]);
    }
    if options.release {
        trunk.arg("--release");
    }
    if options.open {
        trunk.arg("--open");
    }
    say("building the lab (a minute or two the first time, seconds after a change)");
    thread::spawn(move || announce(port));
    run(&mut trunk)
}

fn parse(options: &[&str]) -> Result<Options> {
    let mut result = Options { release: false, open: false, port: None };
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        match *option {
            "--release" => result.release = true,
            "--open" => result.open = true,
            "--port" => {
                let value = rest.next().ok_or("--port needs a number")?;
                result.port = Some(value.parse().map_err(|_| format!("--port {value}: not a port number"))?);
            }
            other => {
                return Err(format!("serve has no option {other}; it has --release, --open and --port N"));
            }
        }
    }
    Ok(result)
}

/// The wished port, or the first free one.
fn choose_port(wish: Option<u16>) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    match wish {
        Some(port) if is_free(&port) => Ok(port),
        Some(port) => Err(format!("port {port} is in use; without --port, a free one is taken")),
        None => (FIRST_PORT..FIRST_PORT + 100)
            .find(is_free)
            .ok_or_else(|| "no free port; please give --port N".into()),
    }
}

/// Waits until trunk answers, which it does after the first build, and says where.
fn announce(port: u16) {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(3600) {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            say(&format!("the lab is at http://127.0.0.1:{port}/ (Ctrl-C ends it)"));
            return;
        }
        thread::sleep(Duration::from_millis(250));
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn options() {
        let options = parse(&["--port", "9000", "--release"]).unwrap();
        assert_eq!((options.port, options.release, options.open), (Some(9000), true, false));
        assert!(parse(&["--port"]).is_err());
        assert!(parse(&["--port", "many"]).is_err());
        assert!(parse(&["--relase"]).is_err());
    }
}
