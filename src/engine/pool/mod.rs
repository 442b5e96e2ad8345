//! One instance of a balancer, on its own: who may be chosen, who is, who waits, who is tried again.
//!
//! A [`Pool`] knows no events and no clock: time is passed in. What it leaves to its owner is to carry requests
//! and to come back in time: [`Pool::back_at`] says when a member that is left out may be asked again, and
//! [`Pool::next_waiting`] who is to be handed over after anything has changed. The engine runs on it, and
//! recordings of real balancers are replayed on it.
//!
//! Life of a request: [`Pool::arrive`] (or [`Pool::choose`] for a further try) → `Route(member)` →
//! [`Pool::taken`] → [`Pool::finished`], whose [`Verdict`] says whether there is another try. `Hold` and
//! `Wait(member)` → [`Pool::wait`] → [`Pool::next_waiting`] or [`Pool::leave`].

mod again;
mod change;
mod eject;
mod health;
mod line;
mod member;
mod rules;
mod sticky;
#[cfg(test)]
mod tests;
mod tier;
mod waiting;
mod warm;
mod why;

pub use eject::Outlier;
pub use health::{Health, warming};
pub use rules::{Attempt, End, Retry, Rules, Verdict};
pub use sticky::Stick;
pub use why::Why;

use crate::algorithm::product::Passive;
use crate::algorithm::{Algorithm, Decision, Feedback, MemberSettings, PoolView, Report, RequestView};
use crate::rng::Stream;
use crate::units::SimTime;

use member::Member;
use sticky::Table;
use tier::Tier;
use waiting::Lines;

/// One instance of a balancer.
#[derive(Debug, Clone)]
pub struct Pool {
    name: String,
    algorithm: Box<dyn Algorithm>,
    /// Whether the algorithm asks for reports.
    asks: bool,
    /// Whether it listens to what becomes of its decisions, as far as it has said.
    learns: bool,
    /// Whether the algorithm does not look at requests.
    blind: bool,
    stream: Stream,
    rules: Rules,
    members: Vec<Member>,
    settings: Vec<MemberSettings>,
    weight: Vec<u32>,
    in_flight: Vec<u32>,
    /// Those that are no backups, and the backups.
    tiers: [Tier; 2],
    /// How many members it knows that are not configured to be down, and how many of them are well.
    there: u32,
    healthy: u32,
    /// More than one member is listed, or failures count anyway.
    counts_failures: bool,
    /// Whether load or answers can change who may be chosen: a member has a limit, or has ever failed, or is judged.
    watched: bool,
    layout: u64,
    version: u64,
    /// The weight that all members have, 0 when they don't or it is 0, and the layout when that was looked at.
    equal: (u32, u64),
    /// When the next member that is left out may be asked again.
    due: SimTime,
    lines: Lines,
    turned_away: u64,
    left_out: u64,
    /// Of those who go back to their member.
    table: Table,
    /// Requests in flight as an earlier look at all balancers showed them; empty when it counts for itself.
    seen: Vec<u32>,
    panics: bool,
    /// Whether that has changed since somebody asked.
    panic_news: bool,
    was_full: bool,
    /// Members that may have a place for somebody who waits.
    freed: Vec<u32>,
    /// Candidates of a further try, kept for its memory.
    untried: Vec<u32>,
}

/// Who is to be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// This request goes to this member, and has left its line.
    To {
        /// The number that [`Pool::wait`] was given.
        id: u32,
        /// Who takes it.
        member: u32,
    },
    /// [`Pool::choose`] is to be asked for this request; when it is routed, [`Pool::leave`] its line.
    Ask {
        /// The number that [`Pool::wait`] was given.
        id: u32,
    },
}

/// There is no place to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPlace {
    /// Whether that is news: the line was half empty since the last time.
    pub news: bool,
}

impl Pool {
    /// An instance without members.
    #[must_use]
    pub fn new(name: &str, algorithm: Box<dyn Algorithm>, rules: Rules, stream: Stream) -> Self {
        Self {
            name: name.to_owned(),
            asks: algorithm.asks_for_reports(),
            learns: true,
            blind: algorithm.is_blind(),
            algorithm,
            stream,
            members: Vec::new(),
            settings: Vec::new(),
            weight: Vec::new(),
            in_flight: Vec::new(),
            tiers: [Tier::default(), Tier::default()],
            there: 0,
            healthy: 0,
            counts_failures: false,
            watched: rules.outlier.is_some(),
            layout: 1,
            version: 1,
            equal: (0, 0),
            due: SimTime::NEVER,
            lines: Lines::new(),
            turned_away: 0,
            left_out: 0,
            table: Table::default(),
            seen: Vec::new(),
            panics: false,
            panic_news: false,
            was_full: false,
            freed: Vec::new(),
            untried: Vec::new(),
            rules,
        }
    }

    /// Makes room for a member, which is not listed yet; its number.
    pub fn add(&mut self, weight: u32, mut settings: MemberSettings) -> u32 {
        let number = self.members.len() as u32;
        if settings.id == 0 {
            settings.id = number + 1;
        }
        self.watched |= settings.max_connections < u32::MAX;
        self.members.push(Member::new(weight));
        self.settings.push(settings);
        self.weight.push(if self.rules.slow_start.is_some() { weight * warm::PARTS } else { weight });
        if !self.seen.is_empty() {
            self.seen.push(0);
        }
        self.in_flight.push(0);
        number
    }

    #[inline]
    fn tell(&mut self, now: SimTime, feedback: &Feedback) {
        if self.learns {
            self.tell_learner(now, feedback);
        }
    }

    fn tell_learner(&mut self, now: SimTime, feedback: &Feedback) {
        // What is told concerns all: the first tier, and a backup's own when it is about one.
        let backup = match feedback {
            Feedback::Dispatched { member }
            | Feedback::Completed { member, .. }
            | Feedback::Reported { member, .. } => self.settings[*member as usize].backup,
            Feedback::PoolChanged => false,
        };
        let Self {
            algorithm,
            tiers,
            in_flight,
            seen,
            weight,
            settings,
            counts_failures,
            layout,
            version,
            ..
        } = self;
        let tier = &tiers[usize::from(backup)];
        let view = PoolView {
            eligible: tier.eligible.members(),
            usable: &tier.usable,
            members: &tier.members,
            in_flight: loads(seen, in_flight),
            weight,
            settings,
            counts_failures: *counts_failures,
            layout: of_tier(*layout, usize::from(backup)),
            version: of_tier(*version, usize::from(backup)),
        };
        self.learns = algorithm.learn(now, feedback, &view);
    }

    /// A member whose report the algorithm wants; to be asked after each decision until there is none.
    #[inline]
    pub fn wants_report(&mut self) -> Option<u32> {
        if self.asks { self.algorithm.wants_report() } else { None }
    }

    /// A report that was asked for has come.
    pub fn reported(&mut self, now: SimTime, member: u32, report: Report) {
        self.tell(now, &Feedback::Reported { member, report });
    }

    /// Which tier a request is in: the backups when no other can be chosen, or one of them was tried.
    #[inline]
    fn tier_of(&self, request: &RequestView<'_>) -> usize {
        if self.tiers[1].members.is_empty() { 0 } else { self.tier_with_backups(request) }
    }

    fn tier_with_backups(&self, request: &RequestView<'_>) -> usize {
        let skips = self.rules.product.skips_tried;
        let moved_on = request.tried.iter().any(|&member| self.settings[member as usize].backup);
        usize::from(moved_on || !self.needs_no_backup(|member| !skips || !request.tried.contains(&member)))
    }

    /// Whether one of those that are no backups, and that `may`, can be chosen: with a weight of 0 nobody is. nginx
    /// asks backups also when all others are at their limit; elsewhere requests then wait for one of those (HAProxy:
    /// `srv_act`).
    fn needs_no_backup(&self, may: impl Fn(u32) -> bool) -> bool {
        let tier = &self.tiers[0];
        let chosen = |&member: &u32| self.weight[member as usize] > 0 && may(member);
        if self.rules.product.passive == Passive::LastFailure {
            tier.eligible.members().iter().any(chosen)
        } else {
            tier.usable.iter().any(chosen)
        }
    }

    /// Where a request that has just come goes: nobody overtakes those who wait for anybody.
    #[inline(always)]
    pub fn arrive(&mut self, now: SimTime, request: &RequestView<'_>) -> Decision {
        if self.lines.shared_len() > 0 {
            return Decision::Hold;
        }
        self.choose(now, request)
    }

    /// Where a request goes, at its first try or a further one.
    #[inline(always)]
    pub fn choose(&mut self, now: SimTime, request: &RequestView<'_>) -> Decision {
        self.advance(now);
        if self.rules.sticky
            && let Some(decision) = self.home(now, request)
        {
            if let Decision::Route(member) = decision {
                self.remember(now, request, member);
            }
            return decision;
        }
        let (algorithm, stream, view) = self.before(request);
        let decision = if asks(algorithm, &view) {
            algorithm.decide(now, request, &view, stream)
        } else {
            Decision::Reject
        };
        if let (Decision::Route(_), false) = (decision, self.rules.sticky) {
            return decision;
        }
        self.conclude(now, request, decision)
    }

    /// [`Self::arrive`] where [`Self::is_blind`]: most often all may be chosen and weigh the same, and there is only
    /// the algorithm to be asked.
    #[inline(always)]
    pub(in crate::engine) fn arrive_blind(&mut self, now: SimTime) -> Decision {
        if self.equal.1 != self.layout {
            self.look_whether_equal();
        }
        let (weight, everybody) = (self.equal.0, self.tiers[0].eligible.members().len() == self.weight.len());
        if weight == 0 || !everybody || self.lines.shared_len() > 0 || self.is_due(now) {
            return self.arrive_among_all(now);
        }
        let chosen =
            self.algorithm.among_equals(loads(&self.seen, &self.in_flight), weight, &mut self.stream);
        chosen.map_or_else(|| self.arrive_among_all(now), Decision::Route)
    }

    #[inline(never)]
    fn arrive_among_all(&mut self, now: SimTime) -> Decision {
        self.arrive(now, &RequestView::default())
    }

    #[cold]
    fn look_whether_equal(&mut self) {
        let first = self.weight.first().copied().unwrap_or(0);
        let all = self.weight.iter().all(|&weight| weight == first);
        self.equal = (if all { first } else { 0 }, self.layout);
    }

    /// What becomes of a decision that may not be the last word.
    fn conclude(&mut self, now: SimTime, request: &RequestView<'_>, decision: Decision) -> Decision {
        // Where each try is on another member, nobody waits for one that was tried.
        let tried = |member| self.rules.product.skips_tried && request.tried.contains(&member);
        let over = matches!(decision, Decision::Wait(member) if tried(member));
        let decision = if over { Decision::Reject } else { decision };
        // Nobody is free, but somebody is well: that is a queue, if there is one.
        let full = decision == Decision::Reject && request.tried.is_empty() && self.is_full();
        if let Decision::Route(member) = decision {
            self.remember(now, request, member);
        }
        if full { Decision::Hold } else { decision }
    }

    /// Whether nobody is left for a request, however long it waits: it has tried all who are well and may take it.
    #[must_use]
    pub fn has_tried_all(&self, request: &RequestView<'_>) -> bool {
        if request.tried.is_empty() || !self.rules.product.skips_tried {
            return false;
        }
        let usable = &self.tiers[self.tier_of(request)].usable;
        !usable.is_empty() && usable.iter().all(|member| request.tried.contains(member))
    }

    /// The algorithm, its stream, and what it sees when it is asked for a request.
    #[inline(always)]
    fn before(&mut self, request: &RequestView<'_>) -> (&mut dyn Algorithm, &mut Stream, PoolView<'_>) {
        let place = self.tier_of(request);
        let again = !request.tried.is_empty() && self.rules.product.skips_tried;
        if again {
            let left =
                self.tiers[place].eligible.members().iter().filter(|member| !request.tried.contains(member));
            self.untried.clear();
            self.untried.extend(left);
        }
        self.view_of(place, again)
    }

    /// The same for a request in a tier; `again` where only those can be chosen whom it has not tried.
    #[inline(always)]
    fn view_of(&mut self, place: usize, again: bool) -> (&mut dyn Algorithm, &mut Stream, PoolView<'_>) {
        let Self { algorithm, tiers, in_flight, seen, weight, settings, untried, stream, .. } = self;
        let tier = &tiers[place];
        let view = PoolView {
            eligible: if again { untried[..].into() } else { tier.eligible.members() },
            usable: &tier.usable,
            members: &tier.members,
            in_flight: loads(seen, in_flight),
            weight,
            settings,
            counts_failures: self.counts_failures,
            layout: of_tier(self.layout, place),
            version: of_tier(self.version, place),
        };
        (&mut **algorithm, stream, view)
    }

    /// Whether somebody could be chosen if it had less in flight.
    fn is_full(&self) -> bool {
        self.tiers.iter().any(|tier| tier.usable.len() > tier.eligible.len())
    }

    /// A member gets a request.
    #[inline(always)]
    pub fn taken(&mut self, now: SimTime, member: u32) {
        self.in_flight[member as usize] += 1;
        if self.watched {
            self.watch_taken(now, member);
        }
        if self.learns {
            self.tell_learner(now, &Feedback::Dispatched { member });
        }
    }

    /// What follows from that for who may be chosen.
    fn watch_taken(&mut self, now: SimTime, member: u32) {
        let place = member as usize;
        let (state, settings) = (&mut self.members[place], &self.settings[place]);
        let mut tries = false;
        let failing = state.fails > 0 && self.rules.product.passive == Passive::LastFailure;
        if failing && state.is_trial(settings, now) {
            // nginx: this request is the one that tries; nobody else does until it is back.
            state.checked_at = member::second(now);
            tries = true;
        }
        if tries || self.in_flight[place] >= settings.max_connections {
            self.refresh(member, now);
        }
    }

    /// An attempt is over; whether there is to be another.
    #[inline(always)]
    pub fn finished(&mut self, now: SimTime, attempt: &Attempt) -> Verdict {
        let calm = self.is_calm(attempt.member);
        self.in_flight[attempt.member as usize] -= 1;
        // An answer that is no error changes nothing where nobody learns or waits.
        if attempt.end == End::Ok && calm && !self.learns && self.lines.len() == 0 {
            return Verdict::OVER;
        }
        self.follow(now, attempt)
    }

    /// Whether an answer that is no error changes nothing about a member: it has no failures that are taken back, is
    /// not left out, and may be asked as before, since it was below its limit already.
    #[inline(always)]
    fn is_calm(&self, member: u32) -> bool {
        !self.watched || {
            let (state, settings) = (&self.members[member as usize], &self.settings[member as usize]);
            let well = state.fails == 0 && state.record.errors == 0 && state.back == SimTime::NEVER;
            well && self.in_flight[member as usize] < settings.max_connections
        }
    }

    /// An attempt is over, with an answer that is no error: whether that is all, and there is nobody to be handed over.
    /// If not, nothing has been done.
    #[inline(always)]
    pub(in crate::engine) fn finished_well(&mut self, now: SimTime, member: u32) -> bool {
        let all = !self.learns && !self.panic_news && self.is_quiet(now) && self.is_calm(member);
        if all {
            self.in_flight[member as usize] -= 1;
        }
        all
    }

    /// Whether it chooses without looking at the request.
    #[inline]
    pub(in crate::engine) const fn is_blind(&self) -> bool {
        self.blind && !self.rules.sticky
    }

    /// What follows from the end of an attempt.
    fn follow(&mut self, now: SimTime, attempt: &Attempt) -> Verdict {
        let Attempt { member, response_time, end, .. } = *attempt;
        let retry = self.retry(attempt);
        let failed = match end {
            End::Trouble(_) => true,
            End::Status(status) => retry.is_some() && status != 403 && status != 404,
            End::Ok | End::Gone => false,
        };
        let left_out = (failed || self.watched) && self.watch_finished(now, attempt, failed);
        self.offer_place(member);
        let ok = !failed && end != End::Gone;
        let error = matches!(end, End::Trouble(_) | End::Status(500..));
        self.tell(now, &Feedback::Completed { member, response_time, ok, failed, error });
        self.left_out += u64::from(left_out);
        Verdict { retry, left_out }
    }

    /// What follows for who may be chosen; whether the member is left out from now on.
    fn watch_finished(&mut self, now: SimTime, attempt: &Attempt, failed: bool) -> bool {
        let Attempt { member, end, .. } = *attempt;
        let place = member as usize;
        let was_out = self.members[place].back != SimTime::NEVER;
        if failed && self.counts_failures {
            self.watched = true;
            self.members[place].fail(&self.settings[place], self.rules.product.passive, now);
        } else if !failed && end != End::Gone && self.counts_failures {
            self.members[place].succeed();
        }
        let ejected = self.rules.outlier.is_some() && self.judge(now, attempt);
        // Nothing else can have changed who may be chosen.
        if failed || was_out || ejected || self.in_flight[place] + 1 >= self.settings[place].max_connections {
            self.refresh(member, now);
        }
        (!was_out && self.members[place].back != SimTime::NEVER) || ejected
    }
}

/// Whether there is anything that an algorithm could decide.
#[inline(always)]
fn asks(algorithm: &dyn Algorithm, view: &PoolView<'_>) -> bool {
    !view.eligible.is_empty() || (algorithm.decides_when_full() && !view.usable.is_empty())
}

/// What the algorithm sees of the requests in flight.
#[inline]
fn loads<'a>(seen: &'a [u32], in_flight: &'a [u32]) -> &'a [u32] {
    if seen.is_empty() { in_flight } else { seen }
}

/// Versions of what the algorithm sees: the backups are not the others, whatever else is the same.
const fn of_tier(version: u64, tier: usize) -> u64 {
    version * 2 + tier as u64
}
