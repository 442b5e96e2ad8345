//! An algorithm of your own, compared with one of the catalogue: `cargo run --release --example custom_algorithm`
//!
//! Least connections sends nearly everything to a replica that answers at once with an error: it never has anything in
//! flight. `Shy` is least connections that turns away from a replica for a second after each error.

use doorbuster::algorithm::{Algorithm, Decision, Explanation, Feedback, PoolView, RequestView, Score};
use doorbuster::experiment::{Arm, Comparison, Plan, compare};
use doorbuster::lang::Said;
use doorbuster::rng::Stream;
use doorbuster::scenario::{Invalid, Scenario, preset};
use doorbuster::units::{SimDuration, SimTime};

/// For how long a replica is avoided after an error.
const SHY: SimDuration = SimDuration::from_secs(1);

/// Least connections among those without a recent error; among all when there is no such replica.
#[derive(Debug, Clone, Default)]
pub struct Shy {
    /// By member: until when it is avoided.
    until: Vec<SimTime>,
}

impl Shy {
    /// What is compared: avoided or not, then requests in flight.
    fn score(&self, now: SimTime, member: u32, pool: &PoolView<'_>) -> (bool, u32) {
        let avoided = self.until.get(member as usize).is_some_and(|&until| now < until);
        (avoided, pool.load(member))
    }
}

impl Algorithm for Shy {
    fn decide(
        &mut self,
        now: SimTime,
        _: &RequestView<'_>,
        pool: &PoolView<'_>,
        rng: &mut Stream,
    ) -> Decision {
        let open = pool.eligible.iter().copied().filter(|&member| pool.weight_of(member) > 0);
        let Some(best) = open.clone().map(|member| self.score(now, member, pool)).min() else {
            return Decision::Reject;
        };
        // Equals draw lots: chance comes from the stream alone, so that a run can be repeated.
        let tied: Vec<u32> = open.filter(|&member| self.score(now, member, pool) == best).collect();
        Decision::Route(tied[rng.below(tied.len() as u32) as usize])
    }

    fn learn(&mut self, now: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        if let Feedback::Completed { member, error: true, .. } = *feedback {
            self.until.resize(pool.weight.len().max(self.until.len()), SimTime::ZERO);
            self.until[member as usize] = now + SHY;
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let n = pool.load(member);
            let until = self.until.get(member as usize).copied().unwrap_or(SimTime::ZERO);
            let filled =
                format!("{n} in flight, avoided until {:.3} s", until.since(SimTime::ZERO).as_secs());
            Score { member, value: f64::from(n), filled: filled.into() }
        };
        Explanation {
            scores: pool.eligible.iter().map(score).collect(),
            because: Said::plain(
                "The fewest in flight wins among those that are not avoided; equals draw lots.",
            ),
        }
    }
}

/// Both on the same arrivals of the scenario in which a replica fails fast.
pub fn comparison(replications: u32) -> Result<Comparison, Invalid> {
    let text = preset::find("sinkhole").map_or("", |preset| preset.text);
    let model = Scenario::from_toml_str(text)?.validate()?;
    let arms = [
        Arm { name: "least_connections".into(), model: model.clone() },
        Arm::own(&model, "shy", Box::new(Shy::default())),
    ];
    let plan = Plan { seed: model.seed(), replications, jobs: doorbuster::experiment::jobs() };
    Ok(compare(&arms, &plan, &|| ()))
}

// Compiled into the tests too, which call what is above.
#[allow(dead_code)]
fn main() -> Result<(), Invalid> {
    let found = comparison(10)?;
    println!("{}\n", found.headline);
    for difference in &found.differences {
        println!("{}", difference.text);
    }
    Ok(())
}
