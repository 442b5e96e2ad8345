//! What queueing theory says of the world as it is set now, where the assumptions of a formula hold.
//!
//! Known are the mean response time and, by Little's law, the mean number inside each replica, in the long run with
//! everything as it is now. Where a formula does not apply, the reason is said in words.

mod words;

use words::say;

use crate::dist::Distribution;
use crate::lang::Said;
use crate::observe::{Faults, ReplicaState, ReplicaView, Snapshot};
use crate::scenario::{CpuModel, Model, SourceKind, Way};
use crate::theory::{many, routing, single};

/// What theory expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The queue that the world is: `M/M/1` for each replica, say.
    pub system: Said,
    /// Mean response time in seconds, delays of the network included.
    pub response_s: f64,
    /// Mean number of requests inside each replica.
    pub inside: f64,
}

impl Expected {
    /// In a sentence.
    #[must_use]
    pub fn sentence(&self) -> Said {
        say::expects(self.system.clone(), self.response_s * 1e3, self.inside)
    }
}

/// The sentence for a world of which theory knows nothing, with the reason that [`expected`] gave.
#[must_use]
pub fn not_here(why: &Said) -> Said {
    say::not_here(why.clone())
}

/// Numbers inside are this many times below a limit, or the limit is felt.
const ROOM: f64 = 8.0;
/// Clients wait this many times as long as a request takes, or some leave.
const PATIENCE: f64 = 8.0;

/// What theory expects of the world as it is now.
///
/// # Errors
/// Why no formula applies, as the end of the sentence of [`not_here`].
pub fn expected(model: &Model, world: &Snapshot) -> Result<Expected, Said> {
    clients(model)?;
    let demand = work(model)?;
    let (first, count) = replicas(model, world)?;
    let rate = world.asked_rate / f64::from(count);
    if rate <= 0.0 {
        return Err(say::nobody());
    }
    let server = Server::of(first, &demand)?;
    let load = rate * demand.mean / server.speed();
    if load >= 1.0 {
        return Err(say::overload(load, u64::from(count)));
    }
    let algorithm = world.balancer.as_ref().map_or("", |balancer| balancer.algorithm.as_str());
    let instances = world.balancer.as_ref().map_or(1, |balancer| balancer.instances.len().max(1));
    let (system, sojourn) = server.sojourn(rate, &demand, (algorithm, instances), count)?;
    let inside = rate * sojourn;
    roomy(model, first, inside)?;
    let way = if model.way() == Way::Balancer { model.balancer().delay.mean() } else { 0.0 };
    let response_s = sojourn + 2.0 * (model.client_delay.mean() + way);
    patient(model, response_s)?;
    Ok(Expected { system, response_s, inside })
}

/// Independent clients at a rate who ask once.
fn clients(model: &Model) -> Result<(), Said> {
    if model.network().is_some() {
        return Err(say::connections());
    }
    for source in model.sources() {
        let not_by_chance = match source.kind {
            SourceKind::Poisson => None,
            SourceKind::Even => Some(say::even()),
            SourceKind::Bursty => Some(say::bursty()),
            SourceKind::Trace => Some(say::recorded()),
            SourceKind::Users => Some(say::users()),
        };
        if let Some(why) = not_by_chance {
            return Err(why);
        }
        if source.session.is_some() {
            return Err(say::sessions());
        }
    }
    Ok(())
}

/// The work of a request.
struct Demand {
    mean: f64,
    scv: f64,
    exponential: bool,
}

fn work(model: &Model) -> Result<Demand, Said> {
    let classes = model.classes();
    if classes.iter().any(|class| !class.steps.is_empty()) || !model.dependencies().is_empty() {
        return Err(say::more_than_cpu());
    }
    match classes {
        [only] => Ok(Demand {
            mean: only.demand.mean(),
            scv: only.demand.scv(),
            exponential: matches!(only.demand, Distribution::Exponential(_)),
        }),
        _ => Ok(Demand { mean: model.mean_demand(), scv: f64::INFINITY, exponential: false }),
    }
}

/// One replica for all, and how many there are: they must be equal, ready and well.
fn replicas<'w>(model: &Model, world: &'w Snapshot) -> Result<(&'w ReplicaView, u32), Said> {
    if model.services().len() != 1 {
        return Err(say::services());
    }
    let there = |replica: &&ReplicaView| replica.state != ReplicaState::Removed;
    let all: Vec<&ReplicaView> = world.replicas.iter().filter(there).collect();
    let Some(first) = all.first() else { return Err(say::no_replica()) };
    for replica in &all {
        let name = &replica.name;
        if replica.state != ReplicaState::Ready {
            return Err(say::state(name, replica.state.text()));
        }
        if replica.faults != Faults::default() {
            return Err(say::fault(name));
        }
        if replica.cold > 1.001 {
            return Err(say::cold(name));
        }
        if replica.left_out {
            return Err(say::left_out(name));
        }
        if replica.cores != first.cores || replica.concurrency != first.concurrency {
            return Err(say::unequal(&first.name, name));
        }
    }
    let plain = &model.services()[0].plain;
    if plain.cpu_model == CpuModel::Cfs {
        return Err(say::periods());
    }
    let host = model.host();
    let quotas: f64 = all.iter().map(|replica| replica.cores).sum();
    if host.cores.is_some_and(|cores| quotas > cores.get()) {
        return Err(say::host());
    }
    Ok((first, all.len() as u32))
}

/// How a replica serves.
enum Server {
    /// One request at a time, at this speed.
    Single(f64),
    /// All at once on this many whole cores, or on a part of one at that speed.
    Shared { cores: u32, speed: f64 },
    /// So many at once; only the mean of exponential work is known.
    Bounded { cores: u32, speed: f64 },
}

impl Server {
    fn of(replica: &ReplicaView, demand: &Demand) -> Result<Self, Said> {
        let (cores, most) = (replica.cores, replica.concurrency);
        // A request is one thread: it uses one core at most.
        let speed = cores.min(1.0);
        if most == 1 {
            return Ok(Self::Single(speed));
        }
        let whole = cores.max(1.0);
        if whole != libm::floor(whole) {
            return Err(say::cores(cores));
        }
        let used = (whole as u32).min(most);
        if demand.exponential {
            return Ok(Self::Bounded { cores: used, speed });
        }
        Ok(Self::Shared { cores: used, speed })
    }

    /// Work done a second at most.
    fn speed(&self) -> f64 {
        match *self {
            Self::Single(speed) => speed,
            Self::Shared { cores, speed } | Self::Bounded { cores, speed } => f64::from(cores) * speed,
        }
    }

    /// The kind of queue and its mean sojourn time.
    fn sojourn(
        &self,
        rate: f64,
        demand: &Demand,
        (algorithm, instances): (&str, usize),
        count: u32,
    ) -> Result<(Said, f64), Said> {
        let none = say::not_steady;
        if count > 1 && algorithm != "random" {
            return self.routed(rate, demand, (algorithm, instances), count);
        }
        match *self {
            Self::Single(speed) if demand.exponential => {
                Ok((Said::plain("M/M/1"), single::mm1_sojourn(rate, demand.mean / speed).ok_or_else(none)?))
            }
            Self::Single(speed) => {
                let service = demand.mean / speed;
                if !demand.scv.is_finite() {
                    return Err(say::no_bound());
                }
                // Pollaczek and Khinchine: only the mean and its spread matter.
                let spread =
                    Distribution::Lognormal(crate::units::SimDuration::from_secs_f64(service), demand.scv);
                Ok((Said::plain("M/G/1"), single::mg1_sojourn(rate, &spread).ok_or_else(none)?))
            }
            Self::Shared { cores: 1, speed } => {
                Ok((say::sharing(&1), single::sharing_sojourn(rate, demand.mean / speed).ok_or_else(none)?))
            }
            Self::Bounded { cores: 1, speed } => {
                Ok((Said::plain("M/M/1"), single::mm1_sojourn(rate, demand.mean / speed).ok_or_else(none)?))
            }
            Self::Shared { cores, .. } => {
                Ok((say::sharing(&cores), many::mmc_sojourn(rate, demand.mean, cores).ok_or_else(none)?))
            }
            Self::Bounded { cores, .. } => Ok((
                Said::plain(format!("M/M/{cores}")),
                many::mmc_sojourn(rate, demand.mean, cores).ok_or_else(none)?,
            )),
        }
    }

    /// Several replicas that are not drawn at random.
    fn routed(
        &self,
        rate: f64,
        demand: &Demand,
        (algorithm, instances): (&str, usize),
        count: u32,
    ) -> Result<(Said, f64), Said> {
        let single = matches!(self, Self::Single(_) | Self::Bounded { cores: 1, .. });
        let service = demand.mean / self.speed();
        let none = say::not_steady;
        match algorithm {
            "round_robin" if demand.exponential && single && instances == 1 => Ok((
                Said::plain(format!("E{count}/M/1")),
                routing::round_robin_sojourn(rate, service, count).ok_or_else(none)?,
            )),
            "shared_queue" if demand.exponential && matches!(self, Self::Single(_)) && instances == 1 => {
                Ok((
                    say::together(&count),
                    many::mmc_sojourn(rate * f64::from(count), service, count).ok_or_else(none)?,
                ))
            }
            "round_robin" => Err(say::in_turn()),
            "" => Err(say::host_port()),
            other => Err(say::no_formula(&other)),
        }
    }
}

/// Limits must be far away.
fn roomy(model: &Model, replica: &ReplicaView, inside: f64) -> Result<(), Said> {
    let felt = |limit: u32| f64::from(limit) < ROOM * (inside + 1.0);
    if replica.connections_limit.is_some_and(felt) {
        return Err(say::connection_limit());
    }
    if model.way() == Way::Balancer && felt(model.balancer().max_connections) {
        return Err(say::holds_back());
    }
    let exponential =
        matches!(model.classes(), [only] if matches!(only.demand, Distribution::Exponential(_)));
    if !exponential && replica.concurrency > 1 && felt(replica.concurrency) {
        return Err(say::served(u64::from(replica.concurrency)));
    }
    if felt(replica.backlog.saturating_add(replica.concurrency)) {
        return Err(say::backlog());
    }
    if model.services()[0].plain.ram.pressure_from < 1.0 {
        return Err(say::memory());
    }
    Ok(())
}

/// Clients must not leave, and not ask twice.
fn patient(model: &Model, response_s: f64) -> Result<(), Said> {
    if let Some(timeout) = model.client_timeout().map(|timeout| timeout.as_secs())
        && timeout < PATIENCE * response_s
    {
        return Err(say::impatient(timeout * 1e3));
    }
    if model.hedge().is_some() {
        return Err(say::hedges());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::scenario::Scenario;
    use crate::units::SimTime;

    fn of(text: &str) -> Result<Expected, Said> {
        let model = Scenario::from_toml_str(text).unwrap().validate().unwrap();
        let mut engine = Engine::new(&model, 1);
        engine.run_until(SimTime(1), u64::MAX, &mut ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        expected(&model, &world)
    }

    fn world(rate: &str, demand: &str, algorithm: &str, service: &str) -> String {
        format!(
            "[[traffic.source]]\nrate = '{rate}'\n[[traffic.class]]\ndemand = '{demand}'\n\
             [balancer]\nalgorithm = '{algorithm}'\n[[service]]\nbacklog = 100000\n{service}"
        )
    }

    fn near(text: &str, system: &str, ms: f64) {
        let found = of(text).unwrap();
        assert_eq!(found.system.to_string(), system);
        assert!((found.response_s * 1e3 / ms - 1.0).abs() < 1e-3, "{found:?} instead of {ms} ms");
    }

    /// Work of 20 ms at half of the speed: 20 / (1 − 0.5) = 40 ms, whoever waits for whom. Constant work, one after the
    /// other: 20 + 0.5 · 20 / (2 · 0.5) = 30 ms; shared by all: 40 ms. Two replicas at random: each the same at half
    /// the rate. In turn they do better than 40 ms: σ = (1 / (2 − σ))² is 0.381966, so 20 / 0.618034 = 32.361 ms.
    #[test]
    fn what_holds_is_known() {
        near(&world("25/s", "exponential 20 ms", "random", "threads = 1"), "M/M/1", 40.0);
        near(&world("25/s", "exponential 20 ms", "random", "threads = 64"), "M/M/1", 40.0);
        near(&world("25/s", "20 ms", "random", "threads = 1"), "M/G/1", 30.0);
        near(&world("25/s", "20 ms", "random", "threads = 64"), "M/G/1 processor-sharing", 40.0);
        near(
            &world("25/s", "20 ms", "random", "threads = 64\ncpus = 2\n"),
            "M/G/2 processor-sharing",
            21.333,
        );
        near(&world("50/s", "exponential 20 ms", "random", "threads = 1\nreplicas = 2"), "M/M/1", 40.0);
        let turns = world("50/s", "exponential 20 ms", "round_robin", "threads = 1\nreplicas = 2");
        near(&turns, "E2/M/1", 32.361);
        near(&world("12.5/s", "exponential 20 ms", "random", "threads = 1\ncpus = 0.5"), "M/M/1", 80.0);
    }

    #[test]
    fn what_does_not_hold_is_said() {
        let says = |text: &str, wanted: &str| {
            let why = of(text).unwrap_err().to_string();
            assert!(why.contains(wanted), "{why}");
        };
        let plain = world("25/s", "exponential 20 ms", "random", "threads = 1");
        says(&plain.replace("25/s", "75/s"), "150 %");
        says(&plain.replace("'25/s'", "'25/s'\nkind = 'even'"), "by chance");
        says(&world("25/s", "exponential 20 ms", "least_connections", "replicas = 2"), "least_connections");
        says(
            &plain.replace("[[traffic.class]]", "[traffic]\ntimeout = '100 ms'\n[[traffic.class]]"),
            "give up",
        );
        says(&plain.replace("backlog = 100000", "backlog = 3"), "backlog");
        says(&plain.replace("[[service]]", "[[service]]\nconnections = 5"), "connection limit");
        says(&plain.replace("[[service]]", "[[service]]\ncpu_model = 'cfs'"), "periods");
    }
}
