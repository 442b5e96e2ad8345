//! Processor sharing: the requests in service share a replica's CPU equally.
//!
//! With n requests on c cores each is served at rate min(1, c / n), since a request is one thread. One clock
//! counts the service that a request present all the time has attained; a request that enters when the clock
//! shows v with work w leaves when it shows v + w. So one event is enough for the whole replica, and entering or
//! leaving costs O(log n).
//!
//! As a *fluid*, c is the quota, at every instant. Under the kernel's quota (`quota`), c is what the host has,
//! until the quota of the period is used up: then nobody is served to its end. Either way work may take more CPU
//! time than it should: `pace` is work done per CPU time, 1 when all is well and 0 when the replica hangs.
//!
//! Units: work and clock in nanoseconds of one reference core. The clock is a float; only +, −, ×, ÷ are used,
//! which give the same bits everywhere, and it starts again at 0 whenever the replica is idle.

use super::super::heap::{Heap, key, rank_of, slot_of};
use super::quota::Quota;
use crate::units::{SimDuration, SimTime};

/// In this order in memory; see [`super::Replica`].
#[derive(Debug, Clone)]
#[repr(C)]
pub(in super::super) struct Sharing {
    clock: f64,
    since: SimTime,
    /// CPU time used, in nanoseconds.
    used: f64,
    entered: u64,
    /// Most cores in use at an instant.
    limit: f64,
    pace: f64,
    /// Share of the CPU time that it gets; the rest is another's.
    got: f64,
    /// How fast one in service gets on; with so many in service all of it is in use; whether nobody gets on.
    rate: f64,
    full: u32,
    stands: bool,
    quota: Option<Box<Quota>>,
    /// Keys: the clock's value at departure, then the order of entry, then the slot.
    jobs: Heap,
    /// The quota, and what `limit` is while the host has cores for everybody.
    cores: f64,
    most: f64,
    /// Time in which requests in service were throttled, in nanoseconds.
    throttled: f64,
}

impl Sharing {
    /// `cores` is the quota; `host` the cores that the host has. `in_periods` is the kernel's way, else a fluid.
    pub(in super::super) fn new(cores: f64, host: f64, in_periods: bool) -> Self {
        let mut new = Self {
            cores,
            limit: if in_periods { host } else { cores.min(host) },
            most: if in_periods { host } else { cores.min(host) },
            pace: 1.0,
            got: 1.0,
            quota: in_periods.then(|| Box::new(Quota::new(cores))),
            full: 0,
            rate: 1.0,
            stands: false,
            clock: 0.0,
            since: SimTime::ZERO,
            used: 0.0,
            throttled: 0.0,
            entered: 0,
            jobs: Heap::new(),
        };
        new.work_out();
        new
    }

    /// Works out anew what follows from quota, limit and pace: with how many in service the quota is in use, or all
    /// that the host has for it; how fast they get on.
    fn work_out(&mut self) {
        (self.rate, self.stands) = (self.pace * self.got, self.pace <= 0.0 || self.limit <= 0.0);
        let cores = self.cores.min(self.limit);
        self.full = if self.pace > 0.0 { libm::ceil(cores) as u32 } else { u32::MAX };
    }

    #[inline]
    pub(in super::super) fn len(&self) -> u32 {
        self.jobs.len() as u32
    }

    /// Whether the whole quota is in use, or all that the host has for it.
    #[inline]
    pub(in super::super) fn saturated(&self) -> bool {
        self.len() >= self.full
    }

    /// From now on, the host has at most so many cores for it; whether that changes anything.
    pub(in super::super) fn set_level(&mut self, now: SimTime, level: f64) -> bool {
        let limit = self.most.min(level);
        if limit == self.limit {
            return false;
        }
        self.advance(now);
        self.limit = limit;
        self.work_out();
        true
    }

    /// From now on it has another quota; the kernel fills it up at once.
    pub(in super::super) fn set_cores(&mut self, now: SimTime, cores: f64, host: f64) {
        self.advance(now);
        let in_periods = self.quota.is_some();
        self.cores = cores;
        self.most = if in_periods { host } else { cores.min(host) };
        self.limit = self.most;
        self.work_out();
        if let Some(quota) = &mut self.quota {
            quota.set(cores);
        }
    }

    /// For how long the requests in service ran from `since` to `now`, in nanoseconds.
    #[inline]
    fn ran(&self, now: SimTime) -> f64 {
        match &self.quota {
            None => now.since(self.since).nanos(),
            Some(quota) => quota.run(self.since, now, self.busy()).0,
        }
    }

    /// Cores in use while nobody is throttled.
    #[inline]
    fn busy(&self) -> f64 {
        f64::from(self.len()).min(self.limit) * self.got
    }

    /// How far the clock has come by `now`, and the CPU time used.
    #[inline]
    fn at(&self, now: SimTime) -> (f64, f64) {
        let ran = self.ran(now);
        let n = f64::from(self.len());
        let served = ran * self.got;
        if n > self.limit {
            (self.clock + served * self.limit / n * self.pace, self.used + served * self.limit)
        } else {
            (self.clock + served * self.pace, self.used + served * n)
        }
    }

    #[inline]
    fn advance(&mut self, now: SimTime) {
        if self.quota.is_some() {
            self.use_quota(now);
        } else if self.jobs.len() > 0 {
            (self.clock, self.used) = self.at(now);
        } else {
            self.clock = 0.0;
        }
        self.since = now;
    }

    fn use_quota(&mut self, now: SimTime) {
        let Some(quota) = &self.quota else { return };
        let (ran, left) = quota.run(self.since, now, self.busy());
        if self.jobs.len() > 0 {
            (self.clock, self.used) = self.at(now);
            self.throttled += (now.since(self.since).0 as f64 - ran).max(0.0);
        } else {
            self.clock = 0.0;
        }
        if let Some(quota) = &mut self.quota {
            **quota = left;
        }
    }

    /// The replica starts: its periods begin.
    pub(in super::super) fn begin(&mut self, now: SimTime) {
        self.advance(now);
        if let Some(quota) = &mut self.quota {
            quota.begin(now);
        }
    }

    /// From now on, so much work is done per CPU time, and it gets this share of the CPU time.
    pub(in super::super) fn set_pace(&mut self, now: SimTime, pace: f64, got: f64) {
        self.advance(now);
        (self.pace, self.got) = (pace, got);
        self.work_out();
    }

    /// A request enters with `work` on a free `slot`.
    #[inline(always)]
    pub(in super::super) fn enter(&mut self, now: SimTime, slot: u32, work: SimDuration) {
        self.advance(now);
        self.add(slot, work);
    }

    /// The same at the instant of [`Self::done`].
    #[inline(always)]
    pub(super) fn enter_after(&mut self, slot: u32, work: SimDuration) {
        if self.jobs.len() == 0 {
            self.clock = 0.0;
        }
        self.add(slot, work);
    }

    #[inline(always)]
    fn add(&mut self, slot: u32, work: SimDuration) {
        self.entered += 1;
        let leaves = self.clock + work.nanos();
        self.jobs.push(key(leaves.to_bits(), self.entered, slot));
    }

    /// A request is taken out before it is done.
    #[inline]
    pub(in super::super) fn take_out(&mut self, now: SimTime, slot: u32) {
        self.advance(now);
        self.jobs.remove(slot);
    }

    /// When the next request is done, if nothing else happens until then.
    #[inline(always)]
    pub(in super::super) fn next_done(&self) -> Option<SimTime> {
        if self.jobs.len() == 0 {
            return None;
        }
        let first = self.jobs.first();
        let left = f64::from_bits(rank_of(first)) - self.clock;
        // As a comparison, since a maximum of floats is a function that is called in WebAssembly.
        let left = if left > 0.0 { left } else { 0.0 };
        let n = f64::from(self.len());
        if self.stands {
            return None;
        }
        let run = if n > self.limit { left * n / self.limit } else { left };
        // Most often there is nothing to divide by, and everything waits for a division.
        let run = if self.rate == 1.0 { run } else { run / self.rate };
        let real = match &self.quota {
            None => run,
            Some(quota) => quota.takes(self.since, run, self.busy()),
        };
        Some(self.since + SimDuration::from_nanos(real + 0.5))
    }

    /// The request that is done now, by [`Self::next_done`]; its slot.
    #[inline(always)]
    pub(in super::super) fn done(&mut self, now: SimTime) -> Option<u32> {
        if self.jobs.len() == 0 {
            return None;
        }
        let first = self.jobs.first();
        self.advance(now);
        // Times are whole nanoseconds: put the clock where this request leaves, so that rounding never adds up.
        self.clock = f64::from_bits(rank_of(first));
        self.jobs.remove_first();
        Some(slot_of(first))
    }

    /// Work left by slot, in no order that means anything.
    pub(in super::super) fn left(&self, now: SimTime) -> impl Iterator<Item = (u32, SimDuration)> + '_ {
        let (clock, _) = self.at(now);
        let left = move |key: u128| (f64::from_bits(rank_of(key)) - clock).max(0.0);
        self.jobs.keys().map(move |key| (slot_of(key), SimDuration(left(key) as u64)))
    }

    /// CPU time used by `now`.
    #[inline]
    pub(in super::super) fn used(&self, now: SimTime) -> SimDuration {
        SimDuration(self.at(now).1 as u64)
    }

    /// Time throttled by `now`, and whether it is now; nothing for a fluid.
    pub(in super::super) fn throttled(&self, now: SimTime) -> Option<(SimDuration, bool)> {
        let (ran, left) = self.quota.as_ref()?.run(self.since, now, self.busy());
        if self.jobs.len() == 0 {
            return Some((SimDuration(self.throttled as u64), false));
        }
        let idle = (now.since(self.since).0 as f64 - ran).max(0.0);
        Some((SimDuration((self.throttled + idle) as u64), left.is_used_up()))
    }

    /// Everything inside is gone.
    pub(in super::super) fn clear(&mut self, now: SimTime) {
        self.advance(now);
        self.jobs.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> SimDuration {
        SimDuration::from_millis(n)
    }

    /// One core. A (30 ms) alone for 10 ms, then with B (10 ms): each at half speed, so B leaves at
    /// 10 + 2 × 10 = 30 ms; A has 30 − 10 − 10 = 10 ms left and leaves at 40 ms. CPU used: 40 ms.
    #[test]
    fn two_share_one_core() {
        let mut cpu = Sharing::new(1.0, f64::INFINITY, false);
        cpu.enter(SimTime::ZERO, 0, ms(30));
        assert_eq!(cpu.next_done(), Some(SimTime::ZERO + ms(30)));
        cpu.enter(SimTime::ZERO + ms(10), 1, ms(10));
        assert_eq!(cpu.next_done(), Some(SimTime::ZERO + ms(30)));
        assert_eq!(cpu.done(SimTime::ZERO + ms(30)), Some(1));
        assert_eq!(cpu.next_done(), Some(SimTime::ZERO + ms(40)));
        assert_eq!(cpu.done(SimTime::ZERO + ms(40)), Some(0));
        assert_eq!(cpu.used(SimTime::ZERO + ms(50)), ms(40));
    }

    /// Three of 10 ms on one core all leave at 30 ms exactly, in the order in which they came; on 2 cores at
    /// 10 × 3 / 2 = 15 ms; alone on half a core one takes 20 ms.
    #[test]
    fn equal_jobs_leave_together() {
        for (cores, count, end) in [(1.0, 3, 30), (2.0, 3, 15), (0.5, 1, 20), (4.0, 3, 10)] {
            let mut cpu = Sharing::new(cores, f64::INFINITY, false);
            (0..count).for_each(|slot| cpu.enter(SimTime::ZERO, slot, ms(10)));
            for slot in 0..count {
                assert_eq!(cpu.next_done(), Some(SimTime::ZERO + ms(end)), "{cores}");
                assert_eq!(cpu.done(SimTime::ZERO + ms(end)), Some(slot));
            }
            assert_eq!(cpu.next_done(), None);
        }
    }
}
