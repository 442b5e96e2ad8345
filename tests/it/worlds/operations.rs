//! What keeps replicas running, and what is done to them: health checks, cold caches, ways to stop and to run out of
//! memory, schedules.

use doorbuster::scenario::{HealthCheck, OnStop, OnUnhealthy, OomKill, Scenario};
use doorbuster::units::Factor;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{millis, ms};

/// What is added to a scenario.
#[derive(Clone, Debug)]
pub struct Extras {
    healthcheck: Option<HealthCheck>,
    on_stop: OnStop,
    oom: OomKill,
    cold: (f64, u64),
    steps: Vec<u32>,
}

fn healthcheck() -> impl Strategy<Value = HealthCheck> {
    let times = (millis(&[500, 1_000]), millis(&[100, 300]), millis(&[0, 1_000]), millis(&[100, 200]));
    (times, 1_u32..4, select(OnUnhealthy::ALL)).prop_map(
        |((interval, timeout, start_period, start_interval), retries, on_unhealthy)| HealthCheck {
            interval,
            timeout,
            retries,
            start_period,
            start_interval,
            on_unhealthy,
        },
    )
}

/// Often nothing, so that plain worlds stay many.
pub fn extras() -> impl Strategy<Value = Extras> {
    let cold = (select(&[1.0, 1.0, 1.0, 3.0][..]), select(&[20_u64, 500][..]));
    let stop = select(vec![OnStop::Drain, OnStop::Drain, OnStop::AtOnce, OnStop::Ignore]);
    let steps = prop_oneof![3 => Just(vec![]), 1 => proptest::collection::vec(0_u32..6, 1..4)];
    let oom = select(vec![OomKill::Container, OomKill::Container, OomKill::Worker]);
    (option::weighted(0.25, healthcheck()), stop, oom, cold, steps).prop_map(
        |(healthcheck, on_stop, oom, cold, steps)| Extras { healthcheck, on_stop, oom, cold, steps },
    )
}

impl Extras {
    pub fn add_to(self, mut scenario: Scenario) -> Scenario {
        let app = &mut scenario.service[0];
        app.healthcheck = self.healthcheck;
        (app.on_stop, app.oom) = (self.on_stop, self.oom);
        (app.cold, app.cold_for) = (Factor::constant(self.cold.0), ms(self.cold.1));
        for operation in &mut scenario.operation {
            (operation.steps, operation.every) = (self.steps.clone(), ms(300));
        }
        scenario
    }
}
