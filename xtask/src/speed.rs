//! `cargo xtask speed`: our engine and another program, or itself in WebAssembly, on the same five jobs by turns.
//!
//! Both are called as `PROGRAM JOB REQUESTS SEED`, JOB from 1 to 5 as in `examples/speed.rs`, and print a line of JSON
//! with `sim_s`, the seconds of the simulation itself. By turns, so that what else the machine does hits both alike;
//! what is told is the median over the rounds of the ratio within each.

use std::process::Command;

use crate::run::{Result, cargo, command, output, run, say, target};
use crate::{browser, post_build, tools};

const REQUESTS: &str = "1000000";

/// A target that Node runs without a browser around it, and that has a clock.
const WASI: &str = "wasm32-wasip1";

/// Runs the file of WebAssembly that is named first with the arguments after it.
const RUN_WASI: &str = "const { WASI } = require('node:wasi'); const [file, ...args] = process.argv.slice(1); \
     const wasi = new WASI({ version: 'preview1', args: ['speed', ...args] }); \
     WebAssembly.instantiate(require('node:fs').readFileSync(file), wasi.getImportObject()) \
     .then(({ instance }) => wasi.start(instance));";

/// `--rounds N` of the command line, 5 without it.
pub fn rounds(options: &[&str]) -> Result<u32> {
    match options {
        [] => Ok(5),
        ["--rounds", n] => match n.parse() {
            Ok(n) if n > 0 => Ok(n),
            _ => Err(format!("--rounds {n}: allowed are whole numbers from 1")),
        },
        _ => Err(format!("no such option: {:?}; allowed is --rounds N", options.join(" "))),
    }
}

/// Compares with the program at `path`.
pub fn against(path: &str, rounds: u32) -> Result {
    run(&mut cargo("build --quiet --release --no-default-features --example speed"))?;
    let ours = target().join("release").join("examples").join("speed");
    by_turns(rounds, &[], || Ok(command(&ours)), || Ok(command(path)))
}

/// Compares the engine in WebAssembly, made as for the page and run by Node, with itself natively. Both run the
/// job once before, because a browser first compiles quickly and then, while that runs, well; a page goes on for
/// minutes.
pub fn in_wasm(rounds: u32) -> Result {
    tools::compiler_target(WASI)?;
    run(&mut cargo("build --quiet --release --no-default-features --example speed"))?;
    run(cargo("build --quiet --profile wasm-release --no-default-features --example speed")
        .args(["--target", WASI]))?;
    let native = target().join("release").join("examples").join("speed");
    let made = target().join(WASI).join("wasm-release").join("examples").join("speed.wasm");
    let module = made.with_file_name("speed-as-in-the-page.wasm");
    std::fs::copy(&made, &module).map_err(|error| format!("{}: {error}", module.display()))?;
    post_build::shrink(&module)?;
    let node = || {
        let mut node = command(browser::node()?);
        node.args(["--no-warnings", "-e", RUN_WASI]).arg(&module);
        Ok(node)
    };
    by_turns(rounds, &[REQUESTS], node, || Ok(command(&native)))
}

/// The first program's nanoseconds for a request, and how many times the second's that is. Both get `further`
/// arguments.
fn by_turns(
    rounds: u32,
    further: &[&str],
    first: impl Fn() -> Result<Command>,
    second: impl Fn() -> Result<Command>,
) -> Result {
    let mut ratios: Vec<Vec<(f64, f64)>> = vec![Vec::new(); 5];
    for round in 0..rounds {
        for (job, ratios) in (1..=5).zip(&mut ratios) {
            let (job, seed) = (job.to_string(), (42 + round).to_string());
            let arguments = [job.as_str(), REQUESTS, &seed];
            let mine = measured(first()?.args(arguments).args(further))?;
            let theirs = measured(second()?.args(arguments).args(further))?;
            ratios.push((mine, mine / theirs));
        }
    }
    say(&format!("{rounds} rounds by turns, {REQUESTS} requests each; medians"));
    println!("    job  ns/request  ratio");
    for (job, pairs) in (1..).zip(&ratios) {
        let mine = median(pairs.iter().map(|pair| pair.0).collect()) / 1e6 * 1e9;
        println!("    W{job}   {mine:>10.1}  {:>5.2}", median(pairs.iter().map(|pair| pair.1).collect()));
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The seconds that a run of a program says it took.
fn measured(program: &mut Command) -> Result<f64> {
    let said = output(program).ok_or_else(|| format!("{program:?} failed; please try it by hand"))?;
    seconds(&said)
}

/// `sim_s` of a line of JSON.
fn seconds(text: &str) -> Result<f64> {
    let rest = text.split_once("\"sim_s\":").map(|(_, rest)| rest.trim_start());
    let number = rest.map(|rest| rest.split([',', '}']).next().unwrap_or_default().trim());
    let found = number.and_then(|number| number.parse().ok());
    found.ok_or_else(|| format!("no \"sim_s\" in {:?}", text.lines().next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::{median, rounds, seconds};

    #[test]
    fn options() {
        assert_eq!(rounds(&[]), Ok(5));
        assert_eq!(rounds(&["--rounds", "2"]), Ok(2));
        assert!(rounds(&["--rounds", "0"]).is_err() && rounds(&["--round", "2"]).is_err());
    }

    #[test]
    fn lines_and_medians() {
        assert_eq!(seconds("{\"w\":1, \"sim_s\": 0.25, \"mean\":5}"), Ok(0.25));
        assert!(seconds("{}").is_err());
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
    }
}
