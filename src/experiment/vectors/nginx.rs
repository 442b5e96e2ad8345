//! nginx: what its configurations say.

use super::Refusal;
use super::file::Vector;
use super::product::{Setup, plain};
use crate::units::Unit;

pub(super) fn setup(vector: &Vector) -> Result<Setup, Refusal> {
    let name = match vector.policy.as_str() {
        "weighted_round_robin" => "round_robin",
        "random_two_least_conn" => "random_two",
        policy => policy,
    };
    let mut setup = plain(format!("nginx.{name}"));
    let location: String = vector.find("location")?.unwrap_or_default();
    for directive in location.split(';') {
        let words: Vec<&str> = directive.split_whitespace().collect();
        match *words {
            ["proxy_next_upstream", ref when @ ..] => {
                let statuses = when.iter().filter_map(|word| word.strip_prefix("http_")?.parse().ok());
                setup.rules.next_statuses = statuses.collect();
            }
            ["proxy_next_upstream_tries", tries] => {
                setup.rules.tries = tries.parse().map_err(|_| format!("tries: {tries}"))?;
            }
            ["proxy_read_timeout", time] => {
                setup.read_timeout = Unit::parse(time).map_err(|error| error.to_string())?
            }
            [] => {}
            _ => return Err(format!("not supported yet: {directive}")),
        }
    }
    Ok(setup)
}
