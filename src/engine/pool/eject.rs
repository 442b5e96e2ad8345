//! Members that fail several times in a row are ejected, as Envoy does; and when too few are left, all are asked.

use super::{Attempt, End, Pool};
use crate::units::{SimDuration, SimTime};

/// Envoy's outlier detection by consecutive errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlier {
    /// Errors in a row that eject: failures without an answer, and answers from 500 on.
    pub errors: u32,
    /// Members come back, and their record betters, only at multiples of this.
    pub interval: SimDuration,
    /// Length of the first ejection; the n-th takes n times as long.
    pub base: SimDuration,
    /// Longest ejection.
    pub longest: SimDuration,
    /// Most members that may be ejected, in percent of the listed.
    pub most_percent: u32,
    /// Whether one may be whatever that says (older releases).
    pub always_one: bool,
}

/// What a member's record is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Record {
    pub errors: u32,
    /// How often it was ejected, less one for each interval that it has been well since.
    times: u64,
    /// Until when it is ejected.
    pub until: Option<SimTime>,
    /// When the last ejection was over.
    back: SimTime,
}

impl Pool {
    /// Notes how an attempt ended; whether that ejects its member.
    pub(super) fn judge(&mut self, now: SimTime, attempt: &Attempt) -> bool {
        let Some(rule) = self.rules.outlier else { return false };
        let record = &mut self.members[attempt.member as usize].record;
        match attempt.end {
            End::Gone => return false,
            End::Trouble(_) | End::Status(500..) => record.errors += 1,
            End::Ok | End::Status(_) => record.errors = 0,
        }
        if record.errors < rule.errors || record.until.is_some() || !self.may_eject(&rule) {
            return false;
        }
        let record = &mut self.members[attempt.member as usize].record;
        let interval = rule.interval.0.max(1);
        let well = now.0 / interval - record.back.0 / interval;
        record.times = record.times.saturating_sub(well) + 1;
        record.errors = 0;
        let length = rule.base.0.saturating_mul(record.times).min(rule.longest.0);
        let end = now.0.saturating_add(length).div_ceil(interval).saturating_mul(interval);
        record.until = Some(SimTime(end));
        true
    }

    /// Whether one more may be ejected.
    fn may_eject(&self, rule: &Outlier) -> bool {
        let known = self.tiers.iter().map(|tier| tier.members.len() as u64).sum::<u64>();
        let ejected = self.members.iter().filter(|m| m.listed && m.record.until.is_some()).count() as u64;
        100 * (ejected + 1) <= u64::from(rule.most_percent) * known || (rule.always_one && ejected == 0)
    }

    /// The time of an ejection may be over.
    pub(super) fn pardon(&mut self, member: u32, now: SimTime) {
        let record = &mut self.members[member as usize].record;
        if record.until.is_some_and(|until| until <= now) {
            (record.until, record.back) = (None, now);
        }
    }

    /// Whether so few of the listed members are well that all are asked, well or not.
    #[must_use]
    pub const fn panics(&self) -> bool {
        self.panics
    }

    /// Whether it has begun or ceased to panic since this was asked last.
    #[inline]
    pub const fn panic_changed(&mut self) -> bool {
        std::mem::replace(&mut self.panic_news, false)
    }

    /// How many members are well, and how many it knows that are not configured to be down.
    #[must_use]
    pub const fn well(&self) -> (u32, u32) {
        (self.healthy, self.there)
    }

    /// Looks whether it panics now; all members are then looked at anew.
    pub(super) fn check_panic(&mut self, now: SimTime) {
        if self.rules.panic <= 0.0 {
            return;
        }
        let panics = f64::from(self.healthy) < self.rules.panic * f64::from(self.there);
        if std::mem::replace(&mut self.panics, panics) != panics {
            self.panic_news = !self.panic_news;
            (0..self.members.len() as u32).for_each(|member| self.renew(member, now));
        }
    }
}
