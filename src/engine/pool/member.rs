//! What a balancer knows of one member, and when that keeps it from being asked.

use std::collections::VecDeque;

use super::eject::Record;
use super::warm::PARTS;
use crate::algorithm::MemberSettings;
use crate::algorithm::product::Passive;
use crate::units::SimTime;

const SECOND: u64 = 1_000_000_000;

/// nginx's clock.
pub(super) const fn second(at: SimTime) -> u64 {
    at.0 / SECOND
}

/// What the balancer knows of one member besides its settings, weight and load.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// The balancer knows it.
    pub listed: bool,
    /// Health checks, if any, say that it is well.
    pub well: bool,
    pub fails: u32,
    /// Whole seconds of the last failure, and of the last failure or try after it (nginx: accessed, checked).
    pub failed_at: u64,
    pub checked_at: u64,
    /// Failures that still count, for a window that moves.
    pub recent: VecDeque<SimTime>,
    /// When it may be asked again, if it is left out now.
    pub back: SimTime,
    /// Its record, and whether it is ejected.
    pub record: Record,
    /// Listed, not down, checks passed, not left out, not ejected.
    pub healthy: bool,
    /// The balancer knows it, and it is not configured to be down.
    pub there: bool,
    /// It may be asked, whatever its load: healthy, or the balancer panics.
    pub usable: bool,
    /// And it has fewer in flight than its limit.
    pub open: bool,
    /// Its weight as configured or set, since when it warms up, and how many sixteenths count.
    pub weight: u32,
    pub warming: Option<SimTime>,
    pub parts: u32,
}

impl Member {
    pub(super) fn new(weight: u32) -> Self {
        Self {
            listed: false,
            well: true,
            fails: 0,
            failed_at: 0,
            checked_at: 0,
            recent: VecDeque::new(),
            back: SimTime::NEVER,
            record: Record::default(),
            healthy: false,
            there: false,
            usable: false,
            open: false,
            weight,
            warming: None,
            parts: PARTS,
        }
    }

    /// Until when it is left out for its failures; nothing when it isn't.
    pub(super) fn left_out_until(
        &self,
        settings: &MemberSettings,
        passive: Passive,
        now: SimTime,
    ) -> Option<SimTime> {
        let limit = settings.max_fails;
        if limit == 0 {
            return None;
        }
        let until = match passive {
            Passive::Off => return None,
            Passive::LastFailure if self.fails < limit => return None,
            Passive::LastFailure => SimTime((self.checked_at + whole(settings) + 1).saturating_mul(SECOND)),
            Passive::Window => {
                let place = self.recent.len().checked_sub(limit as usize)?;
                *self.recent.get(place)? + settings.fail_timeout
            }
        };
        (now < until).then_some(until)
    }

    /// Whether a pick now is the first after the time of its last failure, so that its success counts.
    pub(super) const fn is_trial(&self, settings: &MemberSettings, now: SimTime) -> bool {
        second(now) > self.checked_at + whole(settings)
    }

    pub(super) fn fail(&mut self, settings: &MemberSettings, passive: Passive, now: SimTime) {
        self.fails = self.fails.saturating_add(1);
        (self.failed_at, self.checked_at) = (second(now), second(now));
        if passive == Passive::Window {
            self.recent.push_back(now);
            while self.recent.len() > settings.max_fails as usize {
                self.recent.pop_front();
            }
        }
    }

    /// As a balancer that has just been started knows it.
    pub(super) fn forget(&mut self) {
        (self.fails, self.failed_at, self.checked_at, self.back) = (0, 0, 0, SimTime::NEVER);
        self.recent.clear();
        self.record = Record::default();
    }

    /// nginx: only a success of a pick after the time of the last failure takes the failures back.
    pub(super) const fn succeed(&mut self) {
        if self.failed_at < self.checked_at {
            self.fails = 0;
        }
    }
}

/// nginx counts in whole seconds.
const fn whole(settings: &MemberSettings) -> u64 {
    settings.fail_timeout.0.div_ceil(SECOND)
}
