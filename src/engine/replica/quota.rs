//! The kernel's CPU quota (CFS bandwidth control): so much CPU time in each period of 100 ms, for all threads of
//! the container together. Used up, every thread stands still to the end of the period; what was left over is
//! gone with it.
//!
//! Nothing has to happen at the ends of periods: how far the threads come in a span of time, and how long they
//! take for so much running, are sums over whole periods.

use crate::units::{SimDuration, SimTime};

/// The length of a period in nanoseconds: Docker's `cpu-period` default.
const PERIOD: f64 = 1e8;

/// What is left in which period. Times in nanoseconds, CPU time in nanoseconds of one core.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quota {
    /// CPU time in each period.
    each: f64,
    /// CPU time left in the period that ends at `end`.
    left: f64,
    end: SimTime,
}

impl Quota {
    pub(super) const fn new(cores: f64) -> Self {
        let each = cores * PERIOD;
        Self { each, left: each, end: SimTime(PERIOD as u64) }
    }

    /// The container starts: so do its periods.
    pub(super) fn begin(&mut self, now: SimTime) {
        (self.left, self.end) = (self.each, now + SimDuration(PERIOD as u64));
    }

    /// Another quota: this period has it already.
    pub(super) fn set(&mut self, cores: f64) {
        self.each = cores * PERIOD;
        self.left = self.each;
    }

    /// How long threads on `busy` cores run before they have used `left`, at most `span`.
    fn running(left: f64, busy: f64, span: f64) -> f64 {
        if busy > 0.0 { (left / busy).min(span) } else { span }
    }

    /// For how long threads on `busy` cores ran from `since` to `now`, and what is left then.
    pub(super) fn run(&self, since: SimTime, now: SimTime, busy: f64) -> (f64, Self) {
        if now < self.end {
            let ran = Self::running(self.left, busy, now.since(since).0 as f64);
            return (ran, Self { left: (self.left - ran * busy).max(0.0), ..*self });
        }
        let first = Self::running(self.left, busy, self.end.since(since).0 as f64);
        let beyond = now.since(self.end).0;
        let (whole, rest) = (beyond / PERIOD as u64, beyond % PERIOD as u64);
        let last = Self::running(self.each, busy, rest as f64);
        let ran = first + whole as f64 * Self::running(self.each, busy, PERIOD) + last;
        let end = self.end + SimDuration((whole + 1) * PERIOD as u64);
        (ran, Self { each: self.each, left: (self.each - last * busy).max(0.0), end })
    }

    /// How long it takes from `since` on until threads on `busy` cores have run for `run`.
    pub(super) fn takes(&self, since: SimTime, run: f64, busy: f64) -> f64 {
        // A period may have ended since: the quota is always brought up to date first, so at most just now.
        let rest = self.end.since(since).0 as f64;
        let first = Self::running(self.left, busy, rest);
        if run <= first {
            return run;
        }
        let (left, each) = (run - first, Self::running(self.each, busy, PERIOD));
        let whole = libm::ceil(left / each) - 1.0;
        rest + whole * PERIOD + (left - whole * each)
    }

    /// Whether the quota of this period is used up.
    pub(super) fn is_used_up(&self) -> bool {
        self.left < 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: f64 = 1e6;

    fn takes(cores: f64, work_ms: f64, threads: f64) -> f64 {
        Quota::new(cores).takes(SimTime::ZERO, work_ms * MS / threads, threads) / MS
    }

    /// Half a core is 50 ms in each 100: 60 ms of work are 50, a pause to 100, and 10 more. Two threads use the
    /// 50 ms in 25. Two cores are no limit for two threads.
    #[test]
    fn work_takes_as_long_as_the_kernel_lets_it() {
        let one = [(10.0, 10.0), (50.0, 50.0), (60.0, 110.0), (100.0, 150.0), (200.0, 350.0)];
        for (work, time) in one {
            assert_eq!(takes(0.5, work, 1.0), time, "{work} ms");
        }
        let two = [(10.0, 5.0), (50.0, 25.0), (60.0, 105.0), (100.0, 125.0), (200.0, 325.0)];
        for (work, time) in two {
            assert_eq!(takes(0.5, work, 2.0), time, "{work} ms on two threads");
        }
        assert_eq!((takes(2.0, 600.0, 2.0), takes(1.5, 30.0, 1.0)), (300.0, 30.0));
    }

    /// What is not used in a period is gone: idle for 10 periods, then 60 ms of work from 1,030 ms on takes
    /// 50 ms to 1,080, stands still to 1,100 and needs 10 more.
    #[test]
    fn nothing_is_carried_over() {
        let at = |ms: u64| SimTime(ms * 1_000_000);
        let (ran, idle) = Quota::new(0.5).run(SimTime::ZERO, at(1_030), 0.0);
        assert_eq!(ran, 1_030.0 * MS);
        assert_eq!(idle.takes(at(1_030), 60.0 * MS, 1.0), 80.0 * MS);
        let (ran, after) = idle.run(at(1_030), at(1_090), 1.0);
        assert_eq!((ran, after.is_used_up()), (50.0 * MS, true));
        assert_eq!(after.run(at(1_090), at(1_110), 1.0).0, 10.0 * MS);
    }
}
