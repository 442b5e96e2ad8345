//! The report as plain data. Its JSON is a contract: keys are added, never renamed or dropped.

use serde::ser::{SerializeMap, Serializer};
use serde::{Serialize, ser::SerializeStruct};

use super::cost::Cost;
use super::limits::{LimitsReport, StatusPage};
use super::warning::Warning;
use crate::observe::{CallFailure, InstanceView, NetworkView, OUTCOMES, Outcome, Quantiles, Series};
use crate::units::order::sort_by_key;

/// Everything that a run came to.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Version of this program.
    pub version: &'static str,
    /// Seed of the run.
    pub seed: u64,
    /// The scenario as it was run, with the keys of a scenario file.
    pub scenario: serde_json::Value,
    /// Wire name of the algorithm at the start.
    pub algorithm: String,
    /// Simulated time.
    pub duration_s: f64,
    /// Time at the start that measures leave out.
    pub warmup_s: f64,
    /// Requests by how they ended: offered = succeeded + Σ failed + in flight.
    pub requests: Requests,
    /// Attempts made for those requests.
    pub attempts: u64,
    /// Times that clients asked for them again.
    pub retries: u64,
    /// Second attempts of clients that had no answer yet, of the whole run; nothing where they don't hedge.
    pub hedges: Option<Hedges>,
    /// Response times of requests that ended ok.
    pub response_time_ms: Times,
    /// Response times with those that users would have had who ask on schedule instead of after each answer; nothing
    /// where any source is open.
    pub corrected_ms: Option<Times>,
    /// Times at the replica, from arrival to departure, of attempts that it answered.
    pub sojourn_ms: Times,
    /// Times at the replica before service, of attempts that it answered.
    pub waiting_ms: Times,
    /// Requests that ended ok, per second of measured time.
    pub goodput_per_s: f64,
    /// Attempts that replicas answered, wanted or not, per second of measured time.
    pub throughput_per_s: f64,
    /// Requests that clients wait for, mean over time.
    pub in_flight_mean: f64,
    /// Requests inside replicas, mean over time.
    pub in_system_mean: f64,
    /// Sessions of the whole run.
    pub sessions: Sessions,
    /// Jain's fairness of the attempts of replicas that were ever ready, 1 when equal; with several balanced services
    /// the mean over them, weighted by attempts.
    pub fairness_jain: Option<f64>,
    /// Attempts of the replica that had most, divided by their mean over the replicas of its service, where that is
    /// most uneven; 1 when equal.
    pub max_over_mean: Option<f64>,
    /// What the run costs in all; nothing when nothing has a price.
    pub cost: Option<f64>,
    /// The same by part.
    pub cost_parts: Option<Cost>,
    /// Each class of request that clients ask for; none where there is only one.
    pub classes: Vec<ClassReport>,
    /// Each replica that ever was.
    pub replicas: Vec<ReplicaReport>,
    /// Each balancer; none when clients go straight to a host port.
    pub balancers: Vec<BalancerReport>,
    /// Connections between balancer and replicas, of the whole run; nothing when they cost nothing.
    pub network: Option<NetworkView>,
    /// Each dependency.
    pub dependencies: Vec<DependencyReport>,
    /// What happened, in words.
    pub events: Vec<EventReport>,
    /// What to know before trusting the numbers.
    pub warnings: Vec<Warning>,
    /// The run as windows.
    #[serde(serialize_with = "columns")]
    pub series: Series,
    /// Hash of the full order of events, 16 hexadecimal digits.
    pub digest: String,
}

/// Requests by how they ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Requests {
    /// Asked by clients.
    pub offered: u64,
    /// Ended ok.
    pub succeeded: u64,
    /// Not ended when the run did.
    pub in_flight: u64,
    /// Ended otherwise, by outcome.
    pub failed: Failures,
}

/// Failures by outcome, in the order of the outcomes; every outcome is there, most with 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Failures(pub Vec<(Outcome, u64)>);

impl Failures {
    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(_, n)| n).sum()
    }

    /// Those that occurred, most frequent first.
    #[must_use]
    pub fn occurred(&self) -> Vec<(Outcome, u64)> {
        let mut occurred: Vec<_> = self.0.iter().copied().filter(|&(_, n)| n > 0).collect();
        sort_by_key(&mut occurred, |&(outcome, n)| (std::cmp::Reverse(n), outcome));
        occurred
    }
}

impl Serialize for Failures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (outcome, n) in &self.0 {
            map.serialize_entry(outcome.name(), n)?;
        }
        map.end()
    }
}

/// A distribution of times in milliseconds; every number is nothing when there are none.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Times {
    /// How many.
    pub count: u64,
    /// Mean.
    pub mean: Option<f64>,
    /// Half are at most this.
    pub p50: Option<f64>,
    /// 90 % are at most this.
    pub p90: Option<f64>,
    /// 95 % are at most this.
    pub p95: Option<f64>,
    /// 99 % are at most this.
    pub p99: Option<f64>,
    /// 99.9 % are at most this.
    pub p999: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
}

impl From<&Quantiles> for Times {
    fn from(q: &Quantiles) -> Self {
        let count = q.count();
        if count == 0 {
            return Self::default();
        }
        let at = |share| Some(q.quantile(share).as_millis());
        Self {
            count,
            mean: Some(q.mean() * 1e3),
            p50: at(0.5),
            p90: at(0.9),
            p95: at(0.95),
            p99: at(0.99),
            p999: at(0.999),
            max: Some(q.max().as_millis()),
        }
    }
}

/// Requests of one class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassReport {
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// Its requests by how they ended.
    pub requests: Requests,
    /// Requests that ended ok, per second of measured time.
    pub goodput_per_s: f64,
    /// Response times of requests that ended ok.
    pub response_time_ms: Times,
}

/// Second attempts of clients that had no answer yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Hedges {
    /// Sent.
    pub sent: u64,
    /// Their answer came first.
    pub won: u64,
    /// Not sent, since their budget did not allow it.
    pub held_back: u64,
}

/// Sessions of the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sessions {
    /// Ever started.
    pub started: u64,
    /// Alive at the end.
    pub alive: u64,
    /// Found gone by their users.
    pub lost: u64,
}

/// One replica.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ReplicaReport {
    /// Its name.
    pub name: String,
    /// Its service.
    pub service: String,
    /// Wire name of its state at the end.
    pub state: &'static str,
    /// Attempts that it was given.
    pub requests: u64,
    /// Those among them that it turned away with 503 at once, since it had enough inside.
    pub sheds: u64,
    /// Their share of the attempts on its service, 0 to 1.
    pub share: f64,
    /// CPU.
    pub cpu: Cpu,
    /// Memory.
    pub memory: Memory,
    /// Open connections.
    pub connections: Connections,
    /// Places in service that were taken, mean over time.
    pub workers_busy_mean: f64,
    /// Starts after the first.
    pub restarts: u32,
    /// Times that it, or a worker of it, was killed for its memory.
    pub oom_kills: u32,
    /// Hours of measured time for which it is paid.
    pub hours: f64,
    /// Instances of its balancer that know it, where each knows some replicas only.
    pub known_by: Option<u32>,
}

/// CPU of one replica over the measured time.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Cpu {
    /// Cores used, mean.
    pub used_cores: f64,
    /// Cores that it may use.
    pub quota_cores: f64,
    /// Used of quota, 0 to 1.
    pub utilisation: f64,
    /// Share of time throttled; nothing while CPU is shared as a fluid, which never throttles.
    pub throttled_share: Option<f64>,
}

/// Memory of one replica.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Memory {
    /// Mean over the measured time.
    pub mean_bytes: f64,
    /// Largest of the whole run.
    pub peak_bytes: u64,
    /// Limit, where there is one.
    pub limit_bytes: Option<u64>,
}

/// Connections of one replica.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Connections {
    /// Mean over the measured time.
    pub mean: f64,
    /// Most of the whole run.
    pub peak: u64,
    /// Limit, where there is one.
    pub limit: Option<u32>,
}

/// One balancer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BalancerReport {
    /// The service behind it.
    pub service: String,
    /// Wire name of the algorithm at the end.
    pub algorithm: String,
    /// Whether sessions go back to their replica, at the end.
    pub sticky: bool,
    /// Requests in its queue, mean over the measured time.
    pub queue_mean: f64,
    /// Most requests in its queue.
    pub queue_peak: u64,
    /// Places in its queue.
    pub queue_limit: u32,
    /// Requests that found the queue full.
    pub turned_away: u64,
    /// Wire name of the product whose rules hold.
    pub product: &'static str,
    /// Requests that came to it, in the whole run.
    pub requests: u64,
    /// Requests in flight at the end, as it counts.
    pub in_flight: u64,
    /// Times that it left a replica out or ejected one.
    pub left_out: u64,
    /// Answers of the whole run by the status that the client sees.
    #[serde(serialize_with = "by_status")]
    pub statuses: Vec<(u16, u64)>,
    /// Its instances.
    pub instances: Vec<InstanceView>,
    /// What it can hold and do itself; nothing where that has no limits, or another front of the same program says it.
    pub limits: Option<LimitsReport>,
    /// Its status page, as nginx has it; nothing where it has no counters.
    pub status_page: Option<StatusPage>,
}

/// One dependency. Counts and peaks are of the whole run, means of the measured time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DependencyReport {
    /// Its name.
    pub name: String,
    /// Wire name of its kind.
    pub kind: &'static str,
    /// Calls made: answered, failed, abandoned by their callers, or open at the end.
    pub requests: u64,
    /// Calls that were answered.
    pub answered: u64,
    /// Calls that failed, by how.
    pub failed: CallFailures,
    /// Calls whose caller went away.
    pub abandoned: u64,
    /// Calls in progress.
    pub in_use: Used,
    /// Open connections.
    pub connections: Used,
    /// Calls that wait for a connection, for a row or for their turn, mean over time.
    pub waiting_mean: f64,
    /// Share of the lookups of a cache that found their key.
    pub hit_ratio: Option<f64>,
    /// Calls that fetch a key from behind the cache.
    pub fetching: Used,
    /// Writes that another took the place of.
    pub lost_updates: u64,
    /// Messages and workers, of a broker.
    pub broker: Option<BrokerReport>,
}

/// Messages of one broker. Counts are of the whole run but for what says otherwise:
/// published = done + failed + lost + dead + dropped + in the queue + with workers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BrokerReport {
    /// The service whose replicas take the messages.
    pub service: String,
    /// Messages in the queue: mean over the measured time, peak and limit of the whole run.
    pub queue: Used,
    /// Messages in the queue at the end.
    pub queued: u64,
    /// Messages that workers have at the end.
    pub with_workers: u64,
    /// Messages ever published.
    pub published: u64,
    /// Messages that were done.
    pub done: u64,
    /// Messages whose job failed.
    pub failed: u64,
    /// Messages that were lost with a worker or with the broker.
    pub lost: u64,
    /// Messages that were delivered again too often.
    pub dead: u64,
    /// Messages that were dropped for newer ones.
    pub dropped: u64,
    /// Times that a message went back to the queue.
    pub returned: u64,
    /// Jobs that went on although their message was delivered again.
    pub doubled: u64,
    /// Messages done per second of measured time.
    pub drained_per_s: f64,
    /// From publishing to done, of messages that were done in the measured time.
    pub age_ms: Times,
    /// Of that, from the last delivery on.
    pub inside_ms: Times,
}

/// Something that is used, of which there may be a limit.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Used {
    /// Mean over time.
    pub mean: f64,
    /// Most at once.
    pub peak: u64,
    /// Limit, where there is one.
    pub limit: Option<u32>,
}

/// Failed calls by how they failed; every way is there, most with 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallFailures(pub Vec<(CallFailure, u64)>);

impl Serialize for CallFailures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(failure, n)| (failure.name(), n)))
    }
}

/// Something that happened, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventReport {
    /// When, in seconds.
    pub at_s: f64,
    /// Wire name of its kind.
    pub kind: &'static str,
    /// The replica, where one is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replica: Option<String>,
    /// In words.
    pub text: String,
}

impl Report {
    /// Replicas that take their work from a broker and have no balancer.
    pub fn background(&self) -> impl Iterator<Item = &ReplicaReport> {
        let consumes = |replica: &&ReplicaReport| {
            let mut brokers = self.dependencies.iter().filter_map(|dependency| dependency.broker.as_ref());
            brokers.any(|broker| broker.service == replica.service)
                && self.balancers.iter().all(|balancer| balancer.service != replica.service)
        };
        self.replicas.iter().filter(consumes)
    }

    /// Times that clients asked, for each request offered: 1 when nobody asked again.
    #[must_use]
    pub fn amplification(&self) -> Option<f64> {
        let offered = self.requests.offered as f64;
        (offered > 0.0).then(|| 1.0 + self.retries as f64 / offered)
    }

    /// The name of the scenario that was run.
    #[must_use]
    pub fn scenario_name(&self) -> &str {
        self.scenario.get("name").and_then(serde_json::Value::as_str).unwrap_or("scenario")
    }

    /// Share of the requests that ended and did not succeed, 0 to 1; 0 when none ended.
    #[must_use]
    pub fn failed_share(&self) -> f64 {
        let failed = self.requests.failed.total();
        let ended = failed + self.requests.succeeded;
        if ended == 0 { 0.0 } else { failed as f64 / ended as f64 }
    }

    /// Measured time in seconds.
    #[must_use]
    pub fn measured_s(&self) -> f64 {
        self.duration_s - self.warmup_s
    }

    /// As JSON, indented.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Nothing in a report can fail to be written: no maps with keys other than text, no foreign types.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Counts by status.
fn by_status<S: Serializer>(counts: &[(u16, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().map(|(status, count)| (status.to_string(), count)))
}

/// Columns of numbers: one of time, then one for each measure and replica.
fn columns<S: Serializer>(series: &Series, serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = serializer.serialize_struct("Series", 2)?;
    out.serialize_field("window_s", &series.window_s)?;
    out.serialize_field("columns", &Columns(series))?;
    out.end()
}

struct Columns<'a>(&'a Series);

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for column in super::export::columns(self.0) {
            map.serialize_entry(&column.name, &column.values)?;
        }
        map.end()
    }
}

impl Requests {
    /// From the ledger of the requests that are measured.
    #[must_use]
    pub fn new(ledger: &crate::observe::Ledger) -> Self {
        let failures = OUTCOMES.iter().filter(|&&outcome| outcome != Outcome::Ok);
        Self {
            offered: ledger.offered(),
            succeeded: ledger.count(Outcome::Ok),
            in_flight: ledger.in_flight(),
            failed: Failures(failures.map(|&outcome| (outcome, ledger.count(outcome))).collect()),
        }
    }
}
