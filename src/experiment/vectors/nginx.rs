//! nginx: what its configurations say.

use super::Refusal;
use super::file::Vector;
use super::product::{Setup, plain};
use crate::algorithm::product::{Again, Trouble};
use crate::engine::pool::Rules;
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
            ["proxy_next_upstream", ref when @ ..] => next_upstream(when, &mut setup.rules),
            ["proxy_next_upstream_tries", tries] => {
                setup.rules.tries = tries.parse().map_err(|_| format!("tries: {tries}"))?;
            }
            ["proxy_read_timeout", time] => {
                setup.read_timeout = Unit::parse(time).map_err(|error| error.to_string())?;
            }
            [] => {}
            _ => return Err(format!("not supported yet: {directive}")),
        }
    }
    Ok(setup)
}

/// What is tried again.
fn next_upstream(when: &[&str], rules: &mut Rules) {
    use Trouble::{Closed, ConnectTimeout, ReadTimeout, Refused};
    rules.next_troubles.clear();
    for &word in when {
        match word {
            "error" => rules.next_troubles.extend([Refused, Closed]),
            "timeout" => rules.next_troubles.extend([ConnectTimeout, ReadTimeout]),
            "off" => rules.again = Again::Never,
            _ => rules
                .next_statuses
                .extend(word.strip_prefix("http_").and_then(|status| status.parse::<u16>().ok())),
        }
    }
}
