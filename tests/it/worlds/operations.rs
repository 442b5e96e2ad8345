//! What keeps replicas running, and what is done to them: health checks, cold caches, ways to stop and to run out of
//! memory, schedules.

use doorbuster::scenario::{
    Autoscaler, Change, Deploy, Fault, FaultKind, HealthCheck, Host, OnStop, OnUnhealthy, OomKill, Operation,
    OperationKind, ScalerKind, Scenario, Signal,
};
use doorbuster::units::{Bytes, Cores, Factor, SimDuration, SimTime};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{millis, moment, ms};

/// What is added to a scenario.
#[derive(Clone, Debug)]
pub struct Extras {
    healthcheck: Option<HealthCheck>,
    on_stop: OnStop,
    oom: OomKill,
    cold: (f64, u64),
    steps: Vec<u32>,
    host: Host,
    autoscaler: Option<Autoscaler>,
    deploy: Deploy,
    readiness: bool,
    deploys: Vec<SimDuration>,
    lost: Option<(SimDuration, u32, Option<SimDuration>)>,
    /// A replica whose answers are errors from some time on.
    errors: Option<SimDuration>,
    /// Whether any of this is to be.
    on: bool,
}

fn host() -> impl Strategy<Value = Host> {
    let cores = option::weighted(0.3, select(&[4.0, 5.5][..]).prop_map(Cores::constant));
    let memory = option::weighted(0.4, (110_u64..250).prop_map(Bytes::mib));
    (cores, memory, select(&[1_u32, 1, 2, 3][..]), select(&[1_u32, 1, 2][..]))
        .prop_map(|(cores, memory, zones, count)| Host { cores, memory, zones, count, ..Host::default() })
}

fn autoscaler() -> impl Strategy<Value = Autoscaler> {
    let rule =
        (select(ScalerKind::ALL), select(Signal::ALL), select(&[0.05, 0.5, 5.0][..]), 1_u32..3, 3_u32..7);
    let times = (millis(&[200, 500]), millis(&[100, 200]), millis(&[0, 300]), millis(&[0, 500]));
    let speed = (millis(&[0, 700]), select(&[0.0, 1.0][..]), 0_u32..3, 1_u32..3, millis(&[0, 600]));
    (rule, times, speed).prop_map(
        |(
            (kind, signal, target, min, max),
            (every, window, lag, readiness),
            (stabilisation, share, add, row, rest),
        )| {
            let base = Autoscaler {
                kind,
                signal,
                target,
                min,
                max,
                every,
                window,
                lag,
                readiness,
                ..Autoscaler::default()
            };
            let speed =
                Autoscaler { stabilisation, up_share: share, up_replicas: add, up_period: every, ..base };
            Autoscaler { down_period: rest, out_after: row, in_after: row, cooldown: rest, ..speed }
        },
    )
}

/// What is done by hand.
pub fn live() -> impl Strategy<Value = Vec<(SimTime, Change)>> {
    let deploy = Change::Deploy { service: "app".into() };
    let zone = |zone| [Change::LoseZone { zone }, Change::RestoreZone { zone }];
    let changes: Vec<Change> = std::iter::once(deploy).chain(zone(1)).chain(zone(2)).collect();
    vec((moment().prop_map(|at| SimTime(at.0)), select(changes)), 0..3)
}

fn healthcheck() -> impl Strategy<Value = HealthCheck> {
    let times = (millis(&[100, 500]), millis(&[50, 100]), millis(&[0, 1_000]), millis(&[100, 200]));
    (times, 1_u32..3, select(OnUnhealthy::ALL)).prop_map(
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
    let steps = prop_oneof![3 => Just(vec![]), 1 => vec(0_u32..6, 1..4)];
    let oom = select(vec![OomKill::Container, OomKill::Container, OomKill::Worker]);
    let deploy = (0_u32..3, 1_u32..3, millis(&[0, 0, 100]), proptest::bool::weighted(0.8));
    let lost = option::weighted(0.3, (moment(), 1_u32..4, option::of(millis(&[300, 1_000]))));
    let switch = (option::weighted(0.2, moment()), proptest::bool::weighted(0.6));
    let done = (deploy, vec(moment(), 0..2), lost, option::weighted(0.3, autoscaler()), switch);
    (option::weighted(0.25, healthcheck()), stop, oom, cold, steps, host(), done).prop_map(
        |(
            healthcheck,
            on_stop,
            oom,
            cold,
            steps,
            host,
            (deploy, deploys, lost, autoscaler, (errors, on)),
        )| Extras {
            healthcheck,
            on_stop,
            oom,
            cold,
            steps,
            host,
            autoscaler,
            deploy: Deploy { max_surge: deploy.0, max_unavailable: deploy.1, min_ready: deploy.2 },
            readiness: deploy.3,
            deploys,
            lost,
            errors,
            on,
        },
    )
}

impl Extras {
    pub fn add_to(self, mut scenario: Scenario) -> Scenario {
        if !self.on {
            return scenario;
        }
        scenario.fault.extend(self.errors.map(|at| Fault {
            at,
            kind: FaultKind::Errors,
            replica: "app-1".into(),
            ..Fault::default()
        }));
        let app = &mut scenario.service[0];
        app.healthcheck = self.healthcheck;
        (app.on_stop, app.oom) = (self.on_stop, self.oom);
        (app.cold, app.cold_for) = (Factor::constant(self.cold.0), ms(self.cold.1));
        (app.autoscaler, app.deploy, app.readiness) = (self.autoscaler, self.deploy, self.readiness);
        let zones = self.host.zones;
        scenario.host = Host { ports_taken: scenario.host.ports_taken.clone(), ..self.host };
        let deploy =
            |at| Operation { at, kind: OperationKind::Deploy, service: "app".into(), ..Operation::default() };
        scenario.operation.extend(self.deploys.into_iter().map(deploy));
        let lost = self.lost.filter(|(_, zone, _)| *zone <= zones);
        scenario.fault.extend(lost.map(|(at, zone, length)| Fault {
            at,
            kind: FaultKind::ZoneLost,
            zone,
            r#for: length,
            ..Fault::default()
        }));
        for operation in &mut scenario.operation {
            (operation.steps, operation.every) = (self.steps.clone(), ms(300));
        }
        scenario
    }
}
