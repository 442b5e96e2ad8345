//! What changes about members: who is known, well, left out, how much of it there is.

use super::Pool;
use super::member::Member;
use super::tier::set;
use crate::algorithm::product::Passive;
use crate::algorithm::{Algorithm, Feedback, MemberSettings};
use crate::units::SimTime;

impl Pool {
    /// The balancer comes to know a member, or forgets it.
    pub fn set_listed(&mut self, now: SimTime, member: u32, listed: bool) {
        let new = listed && !std::mem::replace(&mut self.members[member as usize].listed, listed);
        self.members[member as usize].listed = listed;
        let tier = usize::from(self.settings[member as usize].backup);
        set(&mut self.tiers[tier].members, member, listed);
        self.members_changed(member, now);
        self.changed(now);
        if new {
            self.warm(member, now);
        }
    }

    /// Whether failures count depends on how many are listed.
    fn members_changed(&mut self, member: u32, now: SimTime) {
        let known = self.tiers.iter().map(|tier| tier.members.len()).sum::<usize>();
        let counts = self.rules.product.passive != Passive::LastFailure || known > 1;
        if std::mem::replace(&mut self.counts_failures, counts) == counts {
            self.renew(member, now);
        } else {
            (0..self.members.len() as u32).for_each(|member| self.renew(member, now));
        }
        self.check_panic(now);
    }

    /// Health checks find a member well, or not.
    pub fn set_well(&mut self, now: SimTime, member: u32, well: bool) {
        let back = well && !std::mem::replace(&mut self.members[member as usize].well, well);
        self.members[member as usize].well = well;
        self.refresh(member, now);
        if back {
            self.warm(member, now);
        }
        self.tell(now, &Feedback::PoolChanged);
    }

    /// Changes a member's settings.
    pub fn set_settings(&mut self, now: SimTime, member: u32, settings: MemberSettings) {
        let was_backup = std::mem::replace(&mut self.settings[member as usize], settings).backup;
        let MemberSettings { backup, max_connections, .. } = self.settings[member as usize];
        self.watched |= max_connections < u32::MAX;
        if was_backup != backup {
            let tier = &mut self.tiers[usize::from(was_backup)];
            let listed = set(&mut tier.members, member, false);
            set(&mut tier.usable, member, false);
            tier.eligible.set(member, false);
            set(&mut self.tiers[usize::from(backup)].members, member, listed);
        }
        self.refresh(member, now);
        self.changed(now);
    }

    /// What a member is configured with.
    #[must_use]
    pub fn settings(&self, member: u32) -> &MemberSettings {
        &self.settings[member as usize]
    }

    /// Begins anew, as a program that has just been started: no failure is known, nobody is left out.
    pub fn forget_failures(&mut self, now: SimTime) {
        self.members.iter_mut().for_each(Member::forget);
        (0..self.members.len() as u32).for_each(|member| self.renew(member, now));
        self.check_panic(now);
        self.tell(now, &Feedback::PoolChanged);
    }

    /// From now on the algorithm sees these requests in flight, by member, until it is shown others.
    pub fn show(&mut self, now: SimTime, in_flight: &[u32]) {
        self.seen.clear();
        self.seen.extend_from_slice(in_flight);
        self.version += 1;
        self.tell(now, &Feedback::PoolChanged);
    }

    /// Goes on with another algorithm.
    pub fn set_algorithm(&mut self, name: &str, algorithm: Box<dyn Algorithm>) {
        name.clone_into(&mut self.name);
        (self.asks, self.learns) = (algorithm.asks_for_reports(), true);
        self.blind = algorithm.is_blind();
        self.algorithm = algorithm;
        // Whom the one before made wait, this one may not.
        for member in 0..self.members.len() as u32 {
            self.offer_place(member);
        }
    }

    /// Whether a client that names a member goes there.
    pub const fn set_sticky(&mut self, sticky: bool) {
        self.rules.sticky = sticky;
    }

    pub(super) fn changed(&mut self, now: SimTime) {
        self.layout += 1;
        self.version += 1;
        self.tell(now, &Feedback::PoolChanged);
    }

    /// Brings the lists up to date for one member, and for all when that starts or ends a panic.
    pub(super) fn refresh(&mut self, member: u32, now: SimTime) {
        self.renew(member, now);
        self.check_panic(now);
    }

    pub(super) fn renew(&mut self, member: u32, now: SimTime) {
        let place = member as usize;
        let (state, settings) = (&mut self.members[place], &self.settings[place]);
        let out = if self.counts_failures {
            state.left_out_until(settings, self.rules.product.passive, now)
        } else {
            None
        };
        state.back = out.unwrap_or(SimTime::NEVER);
        let there = state.listed && !settings.down;
        let healthy = there && state.well && out.is_none() && state.record.until.is_none();
        self.there += u32::from(there);
        self.there -= u32::from(std::mem::replace(&mut state.there, there));
        self.healthy += u32::from(healthy);
        self.healthy -= u32::from(std::mem::replace(&mut state.healthy, healthy));
        state.usable = state.healthy || (self.panics && there);
        // One that drains gets nothing new; who goes back to it is not asked whom the algorithm would choose.
        let usable = state.usable && !settings.drain;
        let open = state.usable && self.in_flight[place] < settings.max_connections;
        let was_open = std::mem::replace(&mut state.open, open);
        self.due = self.due.min(self.wake_at(member));
        let tier = &mut self.tiers[usize::from(self.settings[place].backup)];
        self.version += u64::from(set(&mut tier.usable, member, usable));
        let chosen = tier.eligible.contains(member);
        tier.eligible.set(member, usable && open);
        // Also one that has drained and now takes new ones again.
        if open && !(was_open && chosen) {
            self.offer_place(member);
        }
        if was_open && !open && !self.tiers[1].members.is_empty() {
            self.offer_backups();
        }
    }

    /// Who waits may go to a backup now, if the last of the others has gone.
    pub(super) fn offer_backups(&mut self) {
        if self.lines.len() > 0 && !self.needs_no_backup(|_| true) {
            let backups: Vec<u32> = self.tiers[1].eligible.members().iter().copied().collect();
            backups.into_iter().for_each(|member| self.offer_place(member));
        }
    }

    /// Somebody who waits may go to this member.
    #[inline]
    pub(super) fn offer_place(&mut self, member: u32) {
        if self.lines.len() > 0 && !self.freed.contains(&member) {
            self.freed.push(member);
        }
    }

    /// Takes back those whose time of being left out is over.
    #[inline]
    pub fn advance(&mut self, now: SimTime) {
        if self.is_due(now) {
            self.take_back(now);
        }
    }

    /// Whether somebody's time of being left out is over.
    #[inline]
    pub(super) fn is_due(&self, now: SimTime) -> bool {
        now >= self.due
    }

    /// Whether nothing about any member is going to change by itself.
    #[inline]
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        self.due.0 == SimTime::NEVER.0
    }

    #[cold]
    fn take_back(&mut self, now: SimTime) {
        self.due = SimTime::NEVER;
        for member in 0..self.members.len() as u32 {
            if self.wake_at(member) <= now {
                self.pardon(member, now);
                self.weigh(member, now);
                self.refresh(member, now);
                self.tell(now, &Feedback::PoolChanged);
            }
            self.due = self.due.min(self.wake_at(member));
        }
    }

    /// When something about a member changes by itself: it is taken back, or its weight grows. The owner then calls
    /// [`Self::advance`].
    #[must_use]
    pub fn wake_at(&self, member: u32) -> SimTime {
        let state = &self.members[member as usize];
        let ejected = state.record.until.unwrap_or(SimTime::NEVER);
        state.back.min(ejected).min(self.warms_at(member))
    }

    /// When a member that is left out may be asked again; `NEVER` when it isn't left out.
    #[must_use]
    pub fn back_at(&self, member: u32) -> SimTime {
        self.members[member as usize].back
    }
}
