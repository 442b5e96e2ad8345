//! From the windows of a run to what charts draw: rates, columns no finer than the screen, values at an
//! instant.

use super::group::{GROUPS, by_group};
use super::theory::Expected;
use crate::lang::Lang;
use crate::observe::{
    DownCause, OUTCOMES, Point, ReplicaPoint, ReplicaState, Series, Snapshot, find_replica,
};
use crate::scenario::{Model, Way};

/// Rates are taken over this many seconds back.
const RATE_SPAN: f64 = 0.6;
/// Values that are read are taken over this many seconds back.
const READ_SPAN: f64 = 1.0;

/// What is known of a run besides its windows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The language of words and numbers.
    pub lang: Lang,
    /// How long a client waits, in seconds.
    pub client_timeout_s: Option<f64>,
    /// How long the scenario runs, in seconds.
    pub duration_s: Option<f64>,
    /// Every service with the mean CPU work that a request of a client makes there, in seconds on one reference
    /// core; the capacity is drawn when it is known.
    pub works: Vec<(String, f64)>,
    /// Places in the balancer's queue; nothing when it has no queue.
    pub queue_limit: Option<u32>,
    /// What theory expects in the long run with everything as it is now; nothing where no formula applies.
    pub theory: Option<Expected>,
    /// Each replica, by index in the engine.
    pub replicas: Vec<ReplicaFacts>,
}

/// What is known of a replica besides its windows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ReplicaFacts {
    /// CPU quota in cores.
    pub cores: Option<f64>,
    /// Its service, by its place in [`Facts::works`].
    pub service: usize,
    /// Whether its memory has a limit.
    pub memory_limited: bool,
    /// Most open connections.
    pub connections_limit: Option<u32>,
    /// When start-up or back-off ends, in seconds.
    pub until_s: Option<f64>,
    /// Why it went down last.
    pub died: Option<DownCause>,
}

impl ReplicaFacts {
    /// What a model says of the replica of this name; nothing of one that it does not know.
    fn of(model: &Model, name: &str) -> Self {
        let has = model.services().iter().enumerate().find_map(|(place, service)| {
            let own = service.special.iter().find(|(_, has)| has.name.as_deref() == Some(name));
            let number = || name.strip_prefix(&service.name)?.strip_prefix('-')?.parse().ok();
            let has =
                own.map(|(_, has)| &**has).or_else(|| number().map(|number| service.replica(number)))?;
            Some((place, has))
        });
        has.map_or_else(Self::default, |(service, has)| Self {
            cores: Some(has.cores),
            service,
            memory_limited: has.memory.is_some(),
            connections_limit: has.connections,
            ..Self::default()
        })
    }
}

impl Facts {
    /// What a model says, for a run that is over: `names` are those of the replicas, by index in the engine.
    #[must_use]
    pub fn of(model: &Model, names: &[String]) -> Self {
        Self {
            lang: Lang::En,
            client_timeout_s: model.client_timeout().map(|timeout| timeout.as_secs()),
            duration_s: Some(model.duration().as_secs()),
            works: works(model),
            theory: None,
            queue_limit: Some(model.balancer().queue)
                .filter(|_| model.way() == Way::Balancer)
                .filter(|n| *n > 0),
            replicas: names.iter().map(|name| ReplicaFacts::of(model, name)).collect(),
        }
    }

    /// Takes over from the model what a window may hold of replicas that are gone since: `names` are those of the
    /// replicas, by index in the engine.
    pub fn know(&mut self, model: &Model, names: &[String]) {
        if self.works.is_empty() {
            self.works = works(model);
        }
        self.replicas.resize(self.replicas.len().max(names.len()), ReplicaFacts::default());
        let unknown = self.replicas.iter_mut().zip(names).filter(|(facts, _)| facts.cores.is_none());
        unknown.for_each(|(facts, name)| *facts = ReplicaFacts::of(model, name));
    }

    /// Takes over what the world shows; keeps what it knew of replicas that are gone.
    pub fn learn(&mut self, world: &Snapshot) {
        let limit = world.balancer.as_ref().map(|balancer| balancer.queue_limit);
        self.queue_limit = limit.filter(|limit| *limit > 0);
        for view in &world.replicas {
            let place = view.id as usize;
            self.replicas.resize(self.replicas.len().max(place + 1), ReplicaFacts::default());
            self.replicas[place] = ReplicaFacts {
                cores: Some(view.cores),
                service: self.works.iter().position(|(name, _)| *name == view.service).unwrap_or_default(),
                memory_limited: view.memory_limit.is_some(),
                connections_limit: view.connections_limit,
                until_s: view.until.map(|until| until.as_secs()),
                died: view.died.map(|(cause, ..)| cause),
            };
        }
    }

    /// What is known of a replica.
    #[must_use]
    pub fn replica(&self, id: u32) -> ReplicaFacts {
        self.replicas.get(id as usize).copied().unwrap_or_default()
    }

    /// Requests a second that the replicas which are ready can serve: the least over services of Σ cores / work
    /// that a request makes there. Nothing when no work or one of the quotas is not known.
    #[must_use]
    pub fn capacity(&self, replicas: &[ReplicaPoint]) -> Option<f64> {
        let of = |place: usize, work: f64| {
            let ready = replicas.iter().filter(|replica| {
                replica.state == ReplicaState::Ready && self.replica(replica.id).service == place
            });
            ready.map(|replica| self.replica(replica.id).cores).sum::<Option<f64>>().map(|cores| cores / work)
        };
        let works = self.works.iter().enumerate().filter(|(_, (_, work))| *work > 0.0);
        let each = works.map(|(place, (_, work))| of(place, *work)).collect::<Option<Vec<f64>>>()?;
        each.into_iter().reduce(f64::min)
    }
}

/// Every service with the work that a request of a client makes there.
fn works(model: &Model) -> Vec<(String, f64)> {
    let names = model.services().iter().map(|service| service.name.clone());
    names.zip(model.work_by_service()).collect()
}

/// What the further rows show of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Extra {
    /// Requests offered a second, attempts begun, and attempts answered by replicas, over the last 0.6 s.
    pub offered: f64,
    /// Attempts begun a second.
    pub attempts: f64,
    /// Attempts that replicas answered, per second, wanted or not.
    pub answered: f64,
    /// Sessions alive at its end.
    pub sessions: f64,
    /// Sessions lost by its end.
    pub lost: f64,
    /// p90 of the last second in milliseconds.
    pub p90: Option<f64>,
}

impl Extra {
    fn of(points: &[Point], count: usize, window_s: f64) -> Self {
        let last = &points[points.len().saturating_sub(count)..];
        let span = (last.len() as f64 * window_s).max(1e-9);
        let per_second = |of: &dyn Fn(&Point) -> u64| last.iter().map(of).sum::<u64>() as f64 / span;
        let now = last.last();
        Self {
            offered: per_second(&|point| u64::from(point.offered)),
            attempts: per_second(&|point| u64::from(point.attempts)),
            answered: per_second(&|point| point.replicas.iter().map(|r| u64::from(r.answered)).sum()),
            sessions: now.map_or(0.0, |point| f64::from(point.sessions_alive)),
            lost: now.map_or(0.0, |point| f64::from(point.sessions_lost)),
            p90: now.and_then(|point| point.response_ms).map(|ms| f64::from(ms[1])),
        }
    }
}

/// One column of a chart: one window, or several where the screen has no room for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Where it ends, in seconds.
    pub at_s: f64,
    /// Ended requests a second by group, over the last 0.6 s or its own width if that is more.
    pub rates: [f64; GROUPS.len()],
    /// p50 and p99 of the last second in milliseconds: of several windows the mean p50 and the highest p99.
    pub response_ms: Option<(f64, f64)>,
    /// Requests in the balancer's queue; the most of several windows.
    pub queue: f64,
    /// Requests a second that the ready replicas can serve.
    pub capacity: Option<f64>,
    /// What the further rows show.
    pub extra: Extra,
    /// The replicas: of several windows the mean CPU, the most memory and connections, the last state.
    pub replicas: Vec<ReplicaPoint>,
}

/// The windows that have ended by `now`.
#[must_use]
pub fn until(series: &Series, now_s: f64) -> &[Point] {
    let count = series.points.partition_point(|point| point.at_s <= now_s + 1e-9);
    &series.points[..count]
}

/// How many whole windows make up `span` seconds; at least one.
fn windows(series: &Series, span: f64) -> usize {
    if series.window_s > 0.0 { ((span / series.window_s).round() as usize).max(1) } else { 1 }
}

/// Requests a second by group over the `count` windows that end with `points`; less where the run is younger.
fn rates(points: &[Point], count: usize, window_s: f64) -> [f64; GROUPS.len()] {
    let last = &points[points.len().saturating_sub(count)..];
    let mut sums = [0.0; GROUPS.len()];
    for point in last {
        sums.iter_mut().zip(by_group(&point.ended)).for_each(|(sum, n)| *sum += n as f64);
    }
    let span = last.len() as f64 * window_s;
    sums.map(|sum| if span > 0.0 { sum / span } else { 0.0 })
}

/// Columns up to `now`, at most `most` of them (at least one); several windows share one by powers of two, so
/// that columns stay what they are while a run goes on.
#[must_use]
pub fn columns(series: &Series, facts: &Facts, now_s: f64, most: usize) -> Vec<Column> {
    let points = until(series, now_s);
    let stride = points.len().div_ceil(most.max(1)).max(1).next_power_of_two();
    let span = windows(series, RATE_SPAN).max(stride);
    let mut end = 0;
    points
        .chunks(stride)
        .filter_map(|chunk| {
            end += chunk.len();
            let last = chunk.last()?;
            Some(Column {
                at_s: last.at_s,
                rates: rates(&points[..end], span, series.window_s),
                response_ms: response(chunk),
                queue: f64::from(chunk.iter().map(|point| point.queue).max()?),
                capacity: facts.capacity(&last.replicas),
                extra: Extra::of(&points[..end], span, series.window_s),
                replicas: last.replicas.iter().map(|replica| merged(replica, chunk)).collect(),
            })
        })
        .collect()
}

fn response(chunk: &[Point]) -> Option<(f64, f64)> {
    let known = || chunk.iter().filter_map(|point| point.response_ms);
    let n = known().count();
    let (p50, p99) = known().fold((0.0, 0.0), |(p50, p99), ms| (p50 + f64::from(ms[0]), ms[2].max(p99)));
    (n > 0).then(|| (p50 / n as f64, f64::from(p99)))
}

fn merged(last: &ReplicaPoint, chunk: &[Point]) -> ReplicaPoint {
    let mut merged = *last;
    let (mut cpu, mut n) = (0.0, 0_u16);
    for seen in chunk.iter().filter_map(|point| find_replica(&point.replicas, last.id)) {
        (cpu, n) = (cpu + seen.cpu, n.saturating_add(1));
        merged.memory = merged.memory.max(seen.memory);
        merged.connections = merged.connections.max(seen.connections);
    }
    if n > 1 {
        merged.cpu = cpu / f32::from(n);
    }
    merged
}

/// The replicas that there were by the last of these columns, in order of their index: each with its name.
#[must_use]
pub fn lanes<'a>(series: &'a Series, columns: &[Column]) -> Vec<(u32, &'a str)> {
    let of = |column: &Column| column.replicas.iter().map(|replica| replica.id).collect::<Vec<u32>>();
    let mut ids = columns.first().map_or_else(Vec::new, of);
    for two in columns.windows(2) {
        // Mostly they are those of the column before.
        let (before, after) = (&two[0].replicas, &two[1].replicas);
        if !before.iter().map(|replica| replica.id).eq(after.iter().map(|replica| replica.id)) {
            ids.extend(after.iter().map(|replica| replica.id));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| (id, series.names.get(id as usize).map_or("", String::as_str))).collect()
}

/// What all charts show at one instant: the numbers of the end labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Where its window ends, in seconds.
    pub at_s: f64,
    /// p50 and p99 of the last second in milliseconds.
    pub response_ms: Option<(f64, f64)>,
    /// Ended requests a second by group, over the last second.
    pub rates: [f64; GROUPS.len()],
    /// The same by outcome, as counts in the last second.
    pub recent: Vec<u64>,
    /// Ended requests by outcome, from the start.
    pub totals: Vec<u64>,
    /// Requests in the balancer's queue.
    pub queue: u32,
    /// The replicas.
    pub replicas: Vec<ReplicaPoint>,
}

/// The values at an instant: those of the last window that has ended by then, nothing before the first.
#[must_use]
pub fn reading(series: &Series, at_s: f64) -> Option<Reading> {
    let points = until(series, at_s);
    let last = points.last()?;
    let span = windows(series, READ_SPAN);
    Some(Reading {
        at_s: last.at_s,
        response_ms: last.response_ms.map(|ms| (f64::from(ms[0]), f64::from(ms[2]))),
        rates: rates(points, span, series.window_s),
        recent: sums(&points[points.len().saturating_sub(span)..]),
        totals: sums(points),
        queue: last.queue,
        replicas: last.replicas.clone(),
    })
}

fn sums(points: &[Point]) -> Vec<u64> {
    let mut sums = vec![0; OUTCOMES.len()];
    for point in points {
        sums.iter_mut().zip(point.ended).for_each(|(sum, n)| *sum += u64::from(n));
    }
    sums
}
