//! Limits and settings that can be changed while the world runs.

use super::OnStop;
use super::field::choice;
use super::model::ReplicaModel;
use super::say::changes;
use crate::lang::Said;

choice! {
    /// What is set to another value while the world runs.
    pub enum Tunable {
        Cpus = "cpus": "The CPU quota in cores.",
        Memory = "memory": "The memory limit in bytes; 0 is none.",
        Connections = "connections": "Most open connections; 0 is no limit.",
        Workers = "workers": "Worker processes.",
        MaxConnections = "max_connections": "Most requests that the balancer has in flight on a replica; 0 is no limit.",
        Share = "share": "The share of a class in the requests, from 0 to 1; the others keep their proportions.",
        Check = "check": "Seconds between two health checks of the balancer; 0 is no checks.",
        Drain = "drain": "Whether a replica that is stopped finishes what it has (1) or drops it (0).",
    }
}

/// Whose value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A replica's, or that of all replicas of a service, those to come included.
    Replicas,
    /// A service's balancer's; without a name, every balancer's.
    Balancer,
    /// A class of requests.
    Class,
}

impl Tunable {
    /// Whose value it is.
    #[must_use]
    pub const fn owner(self) -> Owner {
        match self {
            Self::Share => Owner::Class,
            Self::Check => Owner::Balancer,
            _ => Owner::Replicas,
        }
    }

    /// Whether the value is possible.
    ///
    /// # Errors
    /// What is allowed, in words.
    pub fn check(self, amount: f64) -> Result<(), Said> {
        let whole = amount >= 0.0 && amount == libm::floor(amount);
        let (good, allowed): (bool, fn() -> Said) = match self {
            Self::Cpus => ((0.01..=4096.0).contains(&amount), changes::cores),
            Self::Memory => {
                let good = amount == 0.0 || (1_048_576.0..=1e15).contains(&amount);
                (good && whole, changes::memory)
            }
            Self::Connections | Self::MaxConnections => (whole && amount <= 1e7, changes::limit),
            Self::Workers => (whole && (1.0..=10_000.0).contains(&amount), changes::workers),
            Self::Share => ((0.0..=1.0).contains(&amount), changes::part),
            Self::Check => (amount == 0.0 || (0.01..=86_400.0).contains(&amount), changes::check),
            Self::Drain => (amount == 0.0 || amount == 1.0, changes::drain),
        };
        if good { Ok(()) } else { Err(allowed()) }
    }
}

/// A limit, where 0 stands for none.
pub(crate) fn limit(amount: f64) -> Option<u32> {
    (amount > 0.0).then_some(amount as u32)
}

/// Gives one class its share, and the others what is left in the proportions that they have.
pub fn reshare(shares: &mut [f64], chosen: usize, share: f64) {
    let Some(own) = shares.get(chosen) else { return };
    let others = 1.0 - own;
    let scale = if others > 0.0 { (1.0 - share) / others } else { 0.0 };
    shares.iter_mut().for_each(|other| *other *= scale);
    shares[chosen] = share;
}

impl ReplicaModel {
    /// The value is another from now on; what is not a replica's changes nothing.
    pub(crate) fn tune(&mut self, what: Tunable, amount: f64) {
        match what {
            Tunable::Cpus => self.cores = amount,
            Tunable::Memory => self.memory = (amount > 0.0).then_some(amount as u64),
            Tunable::Connections => self.connections = limit(amount),
            Tunable::Workers => {
                let threads = (self.concurrency / self.workers.max(1)).max(1);
                self.workers = (amount as u32).max(1);
                self.concurrency = self.workers.saturating_mul(threads);
            }
            Tunable::Drain => self.on_stop = if amount > 0.0 { OnStop::Drain } else { OnStop::AtOnce },
            Tunable::MaxConnections | Tunable::Share | Tunable::Check => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_possible_is_told_from_what_is_not() {
        use Tunable::{Check, Connections, Cpus, Drain, Memory, Share, Workers};
        let good = [(Cpus, 0.5), (Memory, 0.0), (Memory, 2e8), (Connections, 0.0), (Workers, 3.0)];
        let bad = [(Cpus, 0.0), (Memory, 5.0), (Connections, 0.5), (Workers, 0.0), (Drain, 0.5)];
        let more = [(Share, 1.1), (Share, f64::NAN), (Check, 0.001), (Check, -1.0), (Cpus, f64::INFINITY)];
        assert!(
            good.iter().chain(&[(Share, 1.0), (Check, 0.0), (Drain, 1.0)]).all(|(w, x)| w.check(*x).is_ok())
        );
        for (what, amount) in bad.iter().chain(&more) {
            assert!(what.check(*amount).is_err(), "{what:?} {amount}");
        }
    }
}
