//! Set-up and everything after it: `cargo xtask serve`, `test` and `dist`, and their parts.
//!
//! It says what it does before it does it, installs only what is missing, and never replaces a tool that is
//! there.

mod base64;
mod browser;
mod check;
mod digests;
mod dist;
mod post_build;
mod run;
mod serve;
mod speed;
mod system;
mod test;
mod tools;
mod trunk;
mod web;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <COMMAND>

The three that matter:
  serve [--release] [--port N] [--open]   build the lab, serve it on this machine, build again on every change
  test                                    every check and test, in order, up to the first that fails
  dist [--no-pictures]                    the site for any static host in dist/, sizes, README's pictures

Their parts:
  setup         install what serve, test and dist need
  lint          format, clippy, documentation
  speed --against PROGRAM [--rounds N]   our engine and another program by turns on five jobs, for ratios
  speed --wasm [--rounds N]              the engine in WebAssembly under Node and natively by turns, for ratios
  validate      theory and published results, every case
  validation    docs/validation.md and the site's page: theory, published results and recordings, from runs of some minutes
  test-native   tests of the crate, with and without its features
  test-wasm     the same bits natively and in WebAssembly
  build         dist/ without sizes and pictures
  test-web      tests of the site in dist/ in a browser
  soak          the site in dist/ for ten minutes at full speed, with its memory bounded
  frames        frame times, blocking tasks, start, input to picture and sizes of dist/, on a calm machine
  pictures      the README's pictures, from dist/
  post-build    what trunk runs after a build

Tools of another version are left alone: what is installed goes to a folder of its own in your cache folder,
or to DOORBUSTER_TOOLS. CHROMIUM=path names the browser for the tests.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["serve", options @ ..] => serve::serve(options),
        ["test"] => test::everything(),
        ["dist"] => dist::dist(true),
        ["dist", "--no-pictures"] => dist::dist(false),
        ["setup"] => setup(),
        ["lint"] => test::some(&test::LINT),
        ["validation"] => check::validation(),
        ["speed", "--against", path, rounds @ ..] => {
            speed::rounds(rounds).and_then(|rounds| speed::against(path, rounds))
        }
        ["speed", "--wasm", rounds @ ..] => speed::rounds(rounds).and_then(speed::in_wasm),
        ["validate"] => test::some(&test::VALIDATION),
        ["test-native"] => test::some(&test::NATIVE),
        ["test-wasm"] => test::some(&test::WASM),
        ["build"] => test::some(&test::BUILD),
        ["test-web"] => test::some(&test::WEB),
        ["soak"] => web::soak(),
        ["frames"] => web::frames(),
        ["pictures"] => web::pictures(),
        ["post-build"] => post_build::post_build(),
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("no such command: {:?}\n\n{HELP}", words.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            if !problem.is_empty() {
                eprintln!("error: {problem}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Installs everything that `serve`, `test` and `dist` need.
fn setup() -> run::Result {
    trunk::setup()?;
    system::optional("wasm-opt", "binaryen", "makes the WebAssembly smaller");
    system::optional("brotli", "brotli", "shows the size of the download");
    web::setup()?;
    run::say("everything is there");
    Ok(())
}
