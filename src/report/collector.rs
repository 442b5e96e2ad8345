//! Gathers what a report needs: a probe that also looks at the world now and then.

mod parts;

use super::cost::{Cost, Paid};
use super::limits::{LimitsReport, StatusPage};
use super::narrate::Narrator;
use super::record::{
    BalancerReport, Connections, Cpu, EventReport, Hedges, Memory, ReplicaReport, Report, Requests, Sessions,
    Times, Used,
};
use super::warning;
use crate::lang::Lang;
use crate::observe::{
    BalancerView, DependencyView, DoorView, EventLog, INNER, Ledger, Level, Observation, Outcome, Probe,
    Quantiles, ReplicaState, ReplicaView, Series, Snapshot,
};
use crate::scenario::{Model, TimedChange};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// Hears what happens and is shown the world at the end of the warm-up, at the end of each window and at the
/// end of the run. A replica that was removed counts as it was when it was last seen, at most a window
/// before.
#[derive(Debug, Clone)]
pub struct Collector {
    warmup: SimTime,
    first: Option<u64>,
    ledger: Ledger,
    attempts: u64,
    retries: u64,
    answered: u64,
    response: Quantiles,
    sojourn: Quantiles,
    waiting: Quantiles,
    replicas: Vec<Seen>,
    /// By front.
    queues_before: Vec<Level>,
    doors_before: Vec<DoorView>,
    in_flight_before: Level,
    dependencies_before: Vec<DependencyView>,
    /// By class, where there are several: counts and response times.
    classes: Vec<(Ledger, Quantiles)>,
    /// By dependency, for those that are brokers: ages of messages that were done, and times at the worker.
    messages: Vec<(Quantiles, Quantiles)>,
}

/// What a replica held over time.
#[derive(Debug, Clone, Copy, Default)]
struct Levels {
    in_system: Level,
    running: Level,
    connections: Level,
    memory: Level,
}

/// What is known of a replica.
#[derive(Debug, Clone, Default)]
struct Seen {
    attempts: u64,
    sheds: u64,
    was_ready: bool,
    state: ReplicaState,
    at: SimTime,
    levels: Levels,
    levels_before: Levels,
    cpu: SimDuration,
    cpu_before: SimDuration,
    throttled: Option<SimDuration>,
    throttled_before: Option<SimDuration>,
    cores: f64,
    paid: Paid,
    report: Option<ReplicaReport>,
}

/// What a report is made of besides what the collector has.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    /// The checked scenario.
    pub model: &'a Model,
    /// Seed of the run.
    pub seed: u64,
    /// The world at the end.
    pub world: &'a Snapshot,
    /// The run as windows.
    pub series: &'a Series,
    /// Notable events.
    pub log: &'a EventLog,
    /// Names of replicas by index in the engine.
    pub names: &'a [String],
    /// Changes made, in order.
    pub changes: &'a [TimedChange],
    /// Hash of the order of events.
    pub digest: u64,
}

impl Collector {
    /// Measures from the end of the warm-up on.
    #[must_use]
    pub fn new(warmup: SimTime) -> Self {
        Self {
            warmup,
            first: None,
            ledger: Ledger::default(),
            attempts: 0,
            retries: 0,
            answered: 0,
            response: Quantiles::default(),
            sojourn: Quantiles::default(),
            waiting: Quantiles::default(),
            replicas: Vec::new(),
            queues_before: Vec::new(),
            doors_before: Vec::new(),
            in_flight_before: Level::default(),
            dependencies_before: Vec::new(),
            classes: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// Measures each class for itself too, where there are several.
    #[must_use]
    pub fn by_class(mut self, model: &Model) -> Self {
        let count = model.classes().len();
        if count > 1 {
            self.classes = vec![(Ledger::default(), Quantiles::with_digits(2)); count];
        }
        self
    }

    /// Looks at the world. Call it at the end of the warm-up exactly, and as often as is handy.
    pub fn look(&mut self, world: &Snapshot) {
        for view in &world.replicas {
            let warmup = self.warmup;
            let seen = self.seen(view.id as usize);
            seen.look(view, world.now);
            if world.now <= warmup {
                (seen.levels_before, seen.cpu_before) = (seen.levels, seen.cpu);
                seen.throttled_before = seen.throttled;
            }
        }
        if world.now <= self.warmup {
            self.queues_before.clear();
            self.queues_before.extend(world.fronts().map(|front| front.queue_level));
            self.doors_before.clear();
            self.doors_before.extend(world.fronts().map(|front| front.door.unwrap_or_default()));
            self.in_flight_before = world.in_flight;
            self.dependencies_before.clone_from(&world.dependencies);
        }
    }

    fn seen(&mut self, place: usize) -> &mut Seen {
        if self.replicas.len() <= place {
            self.replicas.resize_with(place + 1, Seen::default);
        }
        &mut self.replicas[place]
    }

    /// Requests are numbered in the order in which they are offered.
    fn measured(&self, request: u64) -> bool {
        self.first.is_some_and(|first| request >= first)
    }

    /// Response times so far of the requests that are measured and ended ok.
    #[must_use]
    pub const fn response(&self) -> &Quantiles {
        &self.response
    }

    /// Counts so far of the requests that are measured.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The report. Shows itself the world at the end first.
    #[must_use]
    pub fn report(mut self, ending: &Ending<'_>) -> Report {
        self.look(ending.world);
        let (model, world) = (ending.model, ending.world);
        let measured = world.now.since(self.warmup).as_secs();
        let per_second = |n: u64| if measured > 0.0 { n as f64 / measured } else { 0.0 };
        let narrator = Narrator { lang: Lang::En, names: ending.names, changes: ending.changes, model };
        let event = |line: super::Line| EventReport {
            at_s: line.at.as_secs(),
            kind: line.kind,
            text: line.full(),
            replica: line.replica,
        };
        let mut report = Report {
            version: env!("CARGO_PKG_VERSION"),
            seed: ending.seed,
            scenario: serde_json::json!({ "name": model.name() }),
            algorithm: model.algorithm().to_owned(),
            duration_s: world.now.as_secs(),
            warmup_s: self.warmup.as_secs(),
            requests: Requests::new(&self.ledger),
            attempts: self.attempts,
            retries: self.retries,
            hedges: model.hedge().map(|_| Hedges {
                sent: world.hedges.0,
                won: world.hedges.1,
                held_back: world.hedges_held_back,
            }),
            response_time_ms: Times::from(&self.response),
            corrected_ms: warning::corrected(&self.response, model),
            sojourn_ms: Times::from(&self.sojourn),
            waiting_ms: Times::from(&self.waiting),
            goodput_per_s: per_second(self.ledger.count(Outcome::Ok)),
            throughput_per_s: per_second(self.answered),
            in_flight_mean: world.in_flight.mean(&self.in_flight_before, self.warmup, world.now),
            in_system_mean: self.mean(|levels| &levels.in_system),
            sessions: Sessions {
                started: world.sessions_started,
                alive: world.sessions_alive,
                lost: world.sessions_lost,
            },
            fairness_jain: self.fairness(world),
            max_over_mean: self.max_over_mean(world),
            cost: None,
            cost_parts: None,
            classes: self.class_reports(model, per_second),
            replicas: self.replicas(world.now),
            balancers: self.balancers(world),
            network: world.network,
            dependencies: self.dependencies(world),
            events: narrator.lines(ending.log.entries()).into_iter().map(event).collect(),
            warnings: Vec::new(),
            series: ending.series.clone(),
            digest: format!("{:016x}", ending.digest),
        };
        report.cost_parts = Cost::of(&report, model.price());
        report.cost = report.cost_parts.map(|cost| cost.total);
        let facts = warning::Facts::of_report(&report, model, ending.log.dropped());
        report.warnings = warning::warnings(&facts, model);
        report
    }

    /// The sum over replicas of a level's mean.
    fn mean(&self, level: fn(&Levels) -> &Level) -> f64 {
        let mean = |seen: &Seen| level(&seen.levels).mean(level(&seen.levels_before), self.warmup, seen.at);
        self.replicas.iter().map(mean).sum()
    }

    /// The replicas that have been seen of a service.
    fn of_service<'a>(&'a self, service: &'a str) -> impl Iterator<Item = &'a Seen> {
        let is_of = move |seen: &&Seen| seen.report.as_ref().is_some_and(|report| report.service == service);
        self.replicas.iter().filter(is_of)
    }

    /// The most uneven service behind a balancer counts.
    fn max_over_mean(&self, world: &Snapshot) -> Option<f64> {
        let of_service = |front: &BalancerView| {
            let ready = self.of_service(&front.service).filter(|seen| seen.was_ready);
            let (mut count, mut sum, mut most) = (0.0, 0.0, 0.0_f64);
            for load in ready.map(|seen| seen.attempts as f64) {
                (count, sum, most) = (count + 1.0, sum + load, most.max(load));
            }
            (sum > 0.0).then(|| most * count / sum)
        };
        world.fronts().filter_map(of_service).max_by(f64::total_cmp)
    }

    /// Services are compared with none but themselves: the mean over those behind a balancer, weighted by attempts.
    fn fairness(&self, world: &Snapshot) -> Option<f64> {
        let of_service = |front: &BalancerView| {
            let ready = self.of_service(&front.service).filter(|seen| seen.was_ready);
            let ready: Vec<f64> = ready.map(|seen| seen.attempts as f64).collect();
            let (sum, squares) = (ready.iter().sum::<f64>(), ready.iter().map(|x| x * x).sum::<f64>());
            (squares > 0.0).then(|| (sum, sum * sum / (ready.len() as f64 * squares)))
        };
        let fair: Vec<(f64, f64)> = world.fronts().filter_map(of_service).collect();
        let all: f64 = fair.iter().map(|(attempts, _)| attempts).sum();
        (all > 0.0).then(|| fair.iter().map(|(attempts, fair)| attempts / all * fair).sum())
    }

    fn replicas(&self, now: SimTime) -> Vec<ReplicaReport> {
        let of_service = |seen: &Seen| {
            let service = seen.report.as_ref().map_or("", |report| &report.service);
            self.of_service(service).map(|other| other.attempts).sum()
        };
        self.replicas.iter().filter_map(|seen| seen.report(self.warmup, now, of_service(seen))).collect()
    }

    fn balancers(&self, world: &Snapshot) -> Vec<BalancerReport> {
        let report = |(i, b): (usize, &BalancerView)| {
            let before = self.queues_before.get(i).copied().unwrap_or_default();
            BalancerReport {
                service: b.service.clone(),
                algorithm: b.algorithm.clone(),
                sticky: b.sticky,
                queue_mean: b.queue_level.mean(&before, self.warmup, world.now),
                queue_peak: b.queue_level.peak(),
                queue_limit: b.queue_limit,
                turned_away: b.turned_away,
                product: b.product,
                requests: b.instances.iter().map(|one| one.requests).sum(),
                in_flight: b.instances.iter().map(|one| one.in_flight).sum(),
                left_out: b.instances.iter().map(|one| one.left_out).sum(),
                statuses: b.statuses.clone(),
                instances: b.instances.clone(),
                limits: b.door.as_ref().map(|door| self.limits(i, door, world.now)),
                status_page: b.door.as_ref().map(StatusPage::from),
            }
        };
        world.fronts().enumerate().map(report).collect()
    }

    /// What the balancer itself held and did.
    fn limits(&self, place: usize, door: &DoorView, now: SimTime) -> LimitsReport {
        let before = self.doors_before.get(place).copied().unwrap_or_default();
        let mean = |level: &Level, earlier: &Level| level.mean(earlier, self.warmup, now);
        let used = |level: &Level, earlier: &Level, limit| Used {
            mean: mean(level, earlier),
            peak: level.peak(),
            limit,
        };
        LimitsReport {
            clients: used(&door.clients_level, &before.clients_level, door.connections_limit),
            files_limit: door.files_limit,
            waiting: used(&door.waiting_level, &before.waiting_level, Some(door.backlog)),
            cpu_utilisation: mean(&door.busy_level, &before.busy_level) / f64::from(door.cores.max(1)),
            closed: door.closed,
            refused: door.refused,
            dropped: door.dropped,
        }
    }
}

impl Seen {
    fn look(&mut self, view: &ReplicaView, now: SimTime) {
        let levels = Levels {
            in_system: view.in_system_level,
            running: view.running_level,
            connections: view.connections_level,
            memory: view.memory_level,
        };
        (self.at, self.levels, self.cpu, self.cores) = (now, levels, view.cpu_used, view.cores);
        self.throttled = view.throttled;
        self.was_ready |= view.state.is_alive();
        self.state = view.state;
        let report = self.report.get_or_insert_with(ReplicaReport::default);
        report.name.clone_from(&view.name);
        report.service.clone_from(&view.service);
        (report.restarts, report.oom_kills) = (view.restarts, view.oom_kills);
        report.known_by = view.known_by;
        report.memory.limit_bytes = view.memory_limit;
        report.connections.limit = view.connections_limit;
    }

    fn report(&self, warmup: SimTime, now: SimTime, attempts: u64) -> Option<ReplicaReport> {
        let mean = |level: fn(&Levels) -> &Level| {
            level(&self.levels).mean(level(&self.levels_before), warmup, self.at)
        };
        let span = self.at.since(warmup).as_secs();
        let busy = SimDuration(self.cpu.0.saturating_sub(self.cpu_before.0)).as_secs();
        let used_cores = if span > 0.0 { busy / span } else { 0.0 };
        let before = self.throttled_before.unwrap_or_default();
        let throttled_share = self
            .throttled
            .filter(|_| span > 0.0)
            .map(|t| SimDuration(t.0.saturating_sub(before.0)).as_secs() / span);
        let plain = self.report.as_ref()?;
        Some(ReplicaReport {
            state: self.state.name(),
            requests: self.attempts,
            sheds: self.sheds,
            share: if attempts == 0 { 0.0 } else { self.attempts as f64 / attempts as f64 },
            cpu: Cpu {
                used_cores,
                quota_cores: self.cores,
                utilisation: if self.cores > 0.0 { used_cores / self.cores } else { 0.0 },
                throttled_share,
            },
            memory: Memory {
                mean_bytes: mean(|l| &l.memory),
                // What crossed the limit was asked for but never had: the kernel kills first.
                peak_bytes: self.levels.memory.peak().min(plain.memory.limit_bytes.unwrap_or(u64::MAX)),
                ..plain.memory
            },
            connections: Connections {
                mean: mean(|l| &l.connections),
                peak: self.levels.connections.peak(),
                ..plain.connections
            },
            workers_busy_mean: mean(|l| &l.running),
            hours: self.paid.hours(now, warmup),
            ..plain.clone()
        })
    }
}

/// Whether a replica gave an answer, be it a bad one.
const fn is_answer(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Ok | Outcome::ErrorResponse | Outcome::SessionLost | Outcome::LostUpdate)
}

impl Probe for Collector {
    #[inline]
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        match *seen {
            Observation::Offered { request, class } if now >= self.warmup => {
                self.first.get_or_insert(request);
                self.ledger.offer();
                if let Some((ledger, _)) = self.classes.get_mut(class.index()) {
                    ledger.offer();
                }
            }
            // Requests between services are nobody's but the replica's.
            Observation::Dispatched { request, replica, .. } if request >= INNER => {
                self.seen(replica.index()).attempts += u64::from(now >= self.warmup);
            }
            Observation::AttemptEnded { replica, outcome: Outcome::Shed, .. } => {
                self.seen(replica.index()).sheds += u64::from(now >= self.warmup);
            }
            Observation::AttemptEnded { request, .. } if request >= INNER => {}
            Observation::Dispatched { request, replica, .. } if self.measured(request) => {
                self.attempts += 1;
                self.seen(replica.index()).attempts += 1;
            }
            Observation::Retried { request, .. } if self.measured(request) => self.retries += 1,
            Observation::AttemptEnded { request, outcome, waiting, sojourn, .. }
                if is_answer(outcome) && self.measured(request) =>
            {
                self.answered += 1;
                self.waiting.record(waiting);
                self.sojourn.record(sojourn);
            }
            Observation::Ended { request, class, outcome, response_time, .. } if self.measured(request) => {
                self.ledger.end(outcome);
                if let Some((ledger, response)) = self.classes.get_mut(class.index()) {
                    ledger.end(outcome);
                    if outcome == Outcome::Ok {
                        response.record(response_time);
                    }
                }
                if outcome == Outcome::Ok {
                    self.response.record(response_time);
                }
            }
            Observation::Message { broker, news, replica, age, inside } if now >= self.warmup => {
                let place = [Some(broker.index()), replica.map(ReplicaId::index)];
                self.hear_message(news, place, [age, inside]);
            }
            Observation::State { replica, state } => {
                let warmup = self.warmup;
                let seen = self.seen(replica.index());
                seen.paid.hear(now, state, warmup);
                seen.was_ready |= state == ReplicaState::Ready;
                seen.state = state;
            }
            _ => {}
        }
    }
}
