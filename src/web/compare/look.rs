//! How lanes look: the colour and mark of their algorithm's family, where these differ.

use std::rc::Rc;

use crate::charts::overlay::Shape;
use crate::charts::theme::Role;
use crate::scenario::OperationKind;
use crate::web::chart::LaneLook;
use crate::web::icons::family;
use crate::web::state::Racer;

/// How a lane looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// What it is called.
    pub name: String,
    /// Wire name of its algorithm.
    pub algorithm: String,
    /// The class of its colour.
    pub family: &'static str,
}

/// Families in the order in which they are given out where algorithms do not tell lanes apart.
const FAMILIES: [&str; 4] = ["round-robin", "least-connections", "peak-ewma", "hashing"];

/// Every lane's look: no two are the same.
#[must_use]
pub fn looks(racers: &[Racer]) -> Vec<Look> {
    let own: Vec<&'static str> = racers.iter().map(|racer| family(rule(racer))).collect();
    let apart =
        own.iter().enumerate().all(|(n, one)| !own[..n].iter().any(|other| shape(other) == shape(one)));
    let look = |(n, racer): (usize, &Racer)| Look {
        name: racer.name.clone(),
        algorithm: rule(racer).to_owned(),
        family: if apart { own[n] } else { FAMILIES[n % FAMILIES.len()] },
    };
    racers.iter().enumerate().map(look).collect()
}

/// The rule of a lane: the last that it changes to, as a future does.
fn rule(racer: &Racer) -> &str {
    let scenario = &racer.scenario;
    let changed = scenario.operation.iter().rfind(|operation| operation.kind == OperationKind::Algorithm);
    changed.map_or(&scenario.balancer.algorithm, |operation| &operation.algorithm)
}

/// The mark of a family, as in `icons::family_mark`.
fn shape(family: &str) -> Shape {
    match family {
        "least-connections" | "power-of-d" => Shape::Square,
        "peak-ewma" | "other" => Shape::Diamond,
        "hashing" => Shape::Triangle,
        _ => Shape::Circle,
    }
}

/// The same for charts.
#[must_use]
pub fn chart_looks(looks: &[Look]) -> Rc<Vec<LaneLook>> {
    let role = |family| match family {
        "round-robin" => Role::RoundRobin,
        "weighted" => Role::Weighted,
        "least-connections" => Role::LeastConnections,
        "power-of-d" => Role::PowerOfD,
        "peak-ewma" => Role::PeakEwma,
        "hashing" => Role::Hashing,
        _ => Role::Ink,
    };
    let look = |look: &Look| LaneLook {
        name: look.name.clone(),
        role: role(look.family),
        shape: shape(look.family),
    };
    Rc::new(looks.iter().map(look).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Change, Scenario, TimedChange};
    use crate::units::SimTime;

    #[test]
    fn no_two_lanes_look_the_same() {
        let racer = |algorithm: &str| {
            let mut scenario = Scenario::default();
            scenario.balancer.algorithm = algorithm.into();
            Racer { name: algorithm.into(), scenario: Rc::new(scenario) }
        };
        let families = |names: &[&str]| {
            let racers: Vec<_> = names.iter().map(|name| racer(name)).collect();
            looks(&racers).into_iter().map(|look| look.family).collect::<Vec<_>>()
        };
        assert_eq!(families(&["round_robin", "peak_ewma"]), ["round-robin", "peak-ewma"]);
        assert_eq!(families(&["random", "random"]), ["round-robin", "least-connections"]);
        // A future with another rule wears that one's colour.
        let mut future = (*racer("least_connections").scenario).clone();
        let change = Change::Algorithm { name: "peak_ewma".into(), params: Vec::new() };
        future.plan(&TimedChange { at: SimTime(5), change });
        let future = Racer { name: String::new(), scenario: Rc::new(future) };
        let looks: Vec<_> =
            looks(&[racer("least_connections"), future]).into_iter().map(|look| look.family).collect();
        assert_eq!(looks, ["least-connections", "peak-ewma"]);
        // Both would wear a square.
        assert_eq!(families(&["least_connections", "power_of_d"]), ["round-robin", "least-connections"]);
    }
}
