//! `cargo xtask speed --against PROGRAM`: our engine and another program on the same five jobs, by turns.
//!
//! Both are called as `PROGRAM JOB REQUESTS SEED`, JOB from 1 to 5 as in `examples/speed.rs`, and print a line of JSON
//! with `sim_s`, the seconds of the simulation itself. By turns, so that what else the machine does hits both alike;
//! what is told is the median over the rounds of the ratio within each.

use crate::run::{Result, capture, cargo, command, run, say, target};

const REQUESTS: &str = "1000000";

/// Compares with the program at `path`.
pub fn against(path: &str, rounds: u32) -> Result {
    run(&mut cargo("build --quiet --release --no-default-features --example speed"))?;
    let ours = target().join("release").join("examples").join("speed");
    let mut ratios: Vec<Vec<(f64, f64)>> = vec![Vec::new(); 5];
    for round in 0..rounds {
        for (job, ratios) in (1..=5).zip(&mut ratios) {
            let (job, seed) = (job.to_string(), (42 + round).to_string());
            let arguments = [job.as_str(), REQUESTS, &seed];
            let mine = seconds(&capture(command(&ours).args(arguments))?)?;
            let theirs = seconds(&capture(command(path).args(arguments))?)?;
            ratios.push((mine, mine / theirs));
        }
    }
    say(&format!("{rounds} rounds by turns, {REQUESTS} requests each; medians"));
    println!("    job  ns/request  ratio to it");
    for (job, pairs) in (1..).zip(&ratios) {
        let mine = median(pairs.iter().map(|pair| pair.0).collect()) / 1e6 * 1e9;
        println!("    W{job}   {mine:>10.1}  {:>10.2}", median(pairs.iter().map(|pair| pair.1).collect()));
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
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
    use super::{median, seconds};

    #[test]
    fn lines_and_medians() {
        assert_eq!(seconds("{\"w\":1, \"sim_s\": 0.25, \"mean\":5}"), Ok(0.25));
        assert!(seconds("{}").is_err());
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
    }
}
