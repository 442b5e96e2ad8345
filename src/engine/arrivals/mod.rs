//! Sources: when the next request, session or user comes.
//!
//! An open source with rate λ(t) has its next arrival when the integral of λ has grown by a gap: 1 when evenly
//! spaced, a draw of the exponential distribution with mean 1 when Poisson. Since the gap is drawn first and
//! turned into a time by the profile, a change of rate moves arrivals but never the draws.

mod burst;

use super::arena::NONE;
use super::event::Event;
use super::network::Link;
use super::queue::{EventKey, EventQueue, Recurring};
use super::request::Visit;
use super::{Engine, Probe};
use crate::dist::standard_exponential;
use crate::rng::{Purpose, Stream, split_mix};
use crate::scenario::{SourceKind, SourceModel, Spread};
use crate::units::{SimDuration, SimTime};

#[derive(Debug, Clone)]
pub(super) struct Source {
    stream: Stream,
    /// What is left of the gap to the next arrival, at `since`.
    gap: f64,
    since: SimTime,
    /// Its next arrival, or the next change of its number of users.
    next: Recurring,
    /// Bursts: whether there is one, when that changes, and the draws for it.
    bursting: bool,
    turn: EventKey,
    turns: Stream,
    /// The next line of a recording.
    row: usize,
    /// Users who are there (closed sources), and how many of them are to leave.
    pub(super) users: u32,
    leaving: u32,
}

impl Source {
    /// See [`Engine::pace`].
    #[inline]
    fn pace(&self, model: &SourceModel, factor: f64) -> f64 {
        let burst = model.burst.as_ref().filter(|_| self.bursting);
        model.base * burst.map_or(1.0, |burst| burst.times.get()) * factor
    }

    /// Schedules the next arrival, if there is to be one.
    #[inline(always)]
    fn schedule(&self, model: &SourceModel, factor: f64, queue: &mut EventQueue<Event>) {
        let at = next_time(model, self.pace(model, factor), self.since, self.gap);
        if at < SimTime::NEVER {
            queue.set(self.next, at);
        }
    }

    #[inline(always)]
    fn draw_gap(&mut self, model: &SourceModel, now: SimTime) {
        self.gap = match model.kind {
            SourceKind::Poisson | SourceKind::Bursty => standard_exponential(&mut self.stream),
            _ => self.gap_undrawn(model),
        };
        self.since = now;
    }

    /// A gap that is not left to chance.
    #[inline(never)]
    fn gap_undrawn(&self, model: &SourceModel) -> f64 {
        if model.kind != SourceKind::Trace {
            return 1.0;
        }
        model.recorded.get(self.row).map_or(f64::INFINITY, |row| {
            let before = self.row.checked_sub(1).map_or(SimTime::ZERO, |before| model.recorded[before].at);
            row.at.since(before).as_secs()
        })
    }
}

/// The stretch of the profile that `at` lies in: its slope, level at `at`, and end.
fn stretch(model: &SourceModel, at: SimTime) -> (f64, f64, SimTime) {
    match model.profile.get(model.profile.partition_point(|piece| piece.end <= at)) {
        Some(p) => {
            let slope = (p.to - p.from) / p.end.since(p.start).as_secs();
            (slope, p.from + slope * at.since(p.start).as_secs(), p.end)
        }
        None => (0.0, model.profile.last().map_or(1.0, |p| p.to), SimTime::NEVER),
    }
}

/// Seconds until `level·t + slope·t²/2` reaches `area`; negative or not a number when it never does.
fn reach(area: f64, level: f64, slope: f64) -> f64 {
    if slope == 0.0 {
        return if level > 0.0 { area / level } else { f64::NAN };
    }
    let root = level * level + 2.0 * slope * area;
    // The form that does not lose digits when the slope is small.
    if root < 0.0 { f64::NAN } else { 2.0 * area / (level + libm::sqrt(root)) }
}

/// When the integral of scale × level, from `from` on, has grown by `gap`.
#[inline]
fn next_time(model: &SourceModel, scale: f64, from: SimTime, gap: f64) -> SimTime {
    if !model.profile.is_empty() {
        return in_profile(model, from, gap / scale);
    }
    // Without a profile the level is 1 for ever; after all that was recorded the gap has no end.
    if scale > 0.0 { from + SimDuration::from_secs_f64(gap / scale) } else { SimTime::NEVER }
}

fn in_profile(model: &SourceModel, from: SimTime, gap: f64) -> SimTime {
    if !gap.is_finite() {
        return SimTime::NEVER;
    }
    let (mut at, mut gap) = (from, gap);
    loop {
        let (slope, level, end) = stretch(model, at);
        let seconds = reach(gap, level, slope);
        let length = end.since(at).as_secs();
        if seconds >= 0.0 && (seconds <= length || end == SimTime::NEVER) {
            return at + SimDuration::from_secs_f64(seconds);
        }
        if end == SimTime::NEVER {
            return SimTime::NEVER;
        }
        gap -= level * length + slope * length * length / 2.0;
        gap = gap.max(0.0);
        at = end;
    }
}

/// By how much the integral of scale × level grows between two times.
fn area(model: &SourceModel, scale: f64, from: SimTime, to: SimTime) -> f64 {
    let (mut at, mut sum) = (from, 0.0);
    while at < to {
        let (slope, level, end) = stretch(model, at);
        let length = end.min(to).since(at).as_secs();
        sum += level * length + slope * length * length / 2.0;
        at = end.min(to);
    }
    sum * scale
}

impl Engine {
    pub(super) fn start_sources(&mut self) {
        for index in 0..self.model.sources.len() as u32 {
            let stream = Stream::new(self.seed, Purpose::Arrivals, index);
            let closed = self.model.sources[index as usize].kind == SourceKind::Users;
            let next = if closed { Event::Users { source: index } } else { Event::Arrival { source: index } };
            self.sources.push(Source {
                stream,
                gap: 0.0,
                since: SimTime::ZERO,
                next: self.queue.own(next),
                bursting: false,
                turn: EventKey::NONE,
                turns: Stream::new(self.seed, Purpose::Bursts, index),
                row: 0,
                users: 0,
                leaving: 0,
            });
            if closed {
                self.queue.set(self.sources[index as usize].next, SimTime::ZERO);
            } else {
                self.draw_gap(index);
                self.schedule_arrival(index);
                self.schedule_turn(index);
            }
        }
    }

    /// By what the level of the profile is multiplied: base, burst, and the factor set by hand.
    fn pace(&self, index: u32, factor: f64) -> f64 {
        self.sources[index as usize].pace(&self.model.sources[index as usize], factor)
    }

    #[inline(always)]
    fn draw_gap(&mut self, index: u32) {
        self.sources[index as usize].draw_gap(&self.model.sources[index as usize], self.now);
    }

    #[inline(always)]
    fn schedule_arrival(&mut self, index: u32) {
        let Self { model, sources, queue, factor, .. } = self;
        sources[index as usize].schedule(&model.sources[index as usize], *factor, queue);
    }

    pub(super) fn arrival<const PLAIN: bool>(&mut self, source: u32, probe: &mut impl Probe) {
        let Self { model, sources, queue, factor, now, .. } = self;
        let (model, state) = (&model.sources[source as usize], &mut sources[source as usize]);
        let row = state.row;
        state.row += 1;
        state.draw_gap(model, *now);
        state.schedule(model, *factor, queue);
        if model.session.is_none() && model.recorded.is_empty() {
            self.offer::<PLAIN>(NONE, None, probe);
        } else {
            self.arrival_with_more::<PLAIN>(source, row, probe);
        }
    }

    /// Somebody comes who asks more than once, or of whom more is known than the time: the `row` of a recording.
    #[inline(never)]
    fn arrival_with_more<const PLAIN: bool>(&mut self, source: u32, row: usize, probe: &mut impl Probe) {
        let model = &self.model.sources[source as usize];
        let recorded = model.recorded.get(row).copied();
        if model.session.is_some() {
            let visit = self.new_visit(source);
            if let Some(client) = recorded.and_then(|row| row.client) {
                self.visits[visit].client = client;
            }
            self.ask::<PLAIN>(visit, probe);
        } else {
            self.offer::<PLAIN>(NONE, recorded.as_ref(), probe);
        }
    }

    /// Somebody who asks more than once begins.
    pub(super) fn new_visit(&mut self, source: u32) -> u32 {
        let number = self.visit_count;
        self.visit_count += 1;
        // Two words of seed: the run's, and which visit of the run it is.
        let mut stream = Stream::new(self.seed ^ split_mix(number), Purpose::Sessions, source);
        let client = stream.bits();
        let mut visit = Visit {
            source,
            number,
            asked: 0,
            stream,
            client,
            left: 1,
            active: true,
            logged_in: false,
            lost: false,
            home: None,
            basket: 0,
            cookies: super::balancer::Cookies::default(),
            link: Link::default(),
            expiry: EventKey::NONE,
            free: false,
        };
        visit.left = session_length(&self.model.sources[source as usize], &mut visit.stream);
        self.visits.insert(visit)
    }

    /// The rate or the number of users asked for has changed: move the next arrival.
    pub(super) fn reschedule_sources(&mut self, before: f64) {
        for index in 0..self.sources.len() as u32 {
            if self.model.sources[index as usize].kind == SourceKind::Users {
                let source = &mut self.sources[index as usize];
                self.queue.set(source.next, self.now);
            } else {
                self.move_arrival(index, self.pace(index, before));
                if before == 0.0 || self.factor == 0.0 {
                    self.schedule_turn(index);
                }
            }
        }
    }

    /// What the level is multiplied by has changed from `before`: what is left of the gap takes another time.
    fn move_arrival(&mut self, index: u32, before: f64) {
        let source = &mut self.sources[index as usize];
        let grown = area(&self.model.sources[index as usize], before, source.since, self.now);
        source.gap = (source.gap - grown).max(0.0);
        source.since = self.now;
        self.queue.unset(source.next);
        self.schedule_arrival(index);
    }

    /// Brings a closed source to the number of users that its profile asks for now.
    pub(super) fn users_change(&mut self, index: u32, probe: &mut impl Probe) {
        let model = &self.model.sources[index as usize];
        let scale = model.base * self.factor;
        let (slope, level, end) = stretch(model, self.now);
        // A ramp moves in steps of one user: half a user early, so that rounding is to the nearest.
        let wanted = (scale * level + 0.5).min(1e6) as u32;
        let step = if slope == 0.0 { f64::INFINITY } else { 1.0 / (scale * slope.max(-slope)) };
        let next = (self.now + SimDuration::from_secs_f64(step.max(1e-6))).min(end);
        let think = model.think;
        let source = &mut self.sources[index as usize];
        if next < SimTime::NEVER {
            self.queue.set(source.next, next);
        }
        let staying = source.users - source.leaving;
        if wanted < staying {
            source.leaving += staying - wanted;
            return;
        }
        let returning = source.leaving.min(wanted - staying);
        source.leaving -= returning;
        for _ in 0..wanted - staying - returning {
            self.sources[index as usize].users += 1;
            let visit = self.new_visit(index);
            // Users don't all come at the same instant: each has thought first.
            let first = think.sample(&mut self.visits[visit].stream);
            if self.is_at_once((first, false), Event::Ask { visit }) {
                self.ask::<false>(visit, probe);
            }
        }
    }

    /// Whether a user who could ask again is one too many; it then leaves.
    pub(super) fn leaves(&mut self, source: u32) -> bool {
        let source = &mut self.sources[source as usize];
        let leaves = source.leaving > 0;
        if leaves {
            source.leaving -= 1;
            source.users -= 1;
        }
        leaves
    }

    /// What open sources ask for now, in requests a second.
    pub(super) fn asked_rate(&self) -> f64 {
        let rate = |(index, source): (usize, &SourceModel)| {
            let requests = source.session.as_ref().map_or(1.0, |session| f64::from(session.requests));
            let of_one = if source.kind == SourceKind::Trace {
                let is_over = self.sources[index].row >= source.recorded.len();
                if is_over { 0.0 } else { source.recorded_rate() }
            } else {
                1.0
            };
            of_one * self.pace(index as u32, self.factor) * source.level(self.now) * requests
        };
        let open =
            self.model.sources.iter().enumerate().filter(|(_, source)| source.kind != SourceKind::Users);
        open.map(rate).sum()
    }
}

/// How many requests the next session has: 1 without sessions.
pub(super) fn session_length(model: &SourceModel, stream: &mut Stream) -> u32 {
    let Some(session) = &model.session else { return 1 };
    match session.spread {
        Spread::Constant => session.requests,
        Spread::Geometric if session.requests <= 1 => 1,
        // 1 + geometric with mean m − 1, by inversion: ⌊ln u / ln(1 − 1/m)⌋.
        Spread::Geometric => {
            let stop = 1.0 / f64::from(session.requests);
            let more = libm::log(1.0 - stream.unit()) / libm::log1p(-stop);
            1 + more.min(1e9) as u32
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn source(profile: &str) -> SourceModel {
        let text = format!("[[traffic.source]]\nrate = \"10/s\"\n{profile}\n[[service]]\n");
        Scenario::from_toml_str(&text).unwrap().validate().unwrap().sources()[0].clone()
    }

    /// 10/s for 2 s is 20; the ramp from ×1 to ×3 over 2 s adds 10 × 2 × 2 = 40; then 30/s.
    /// 20 + 10·t + 10·t²/2 = 35 at t = −1 + √(1 + 2·15/10)= 1: so 35 are reached at 3 s, 60 at 4 s, 75 at 4.5 s.
    #[test]
    fn times_follow_the_integral_of_the_profile() {
        let model = source(
            "[[traffic.source.profile]]\nfor = \"2 s\"\n[[traffic.source.profile]]\nkind = \"ramp\"\nfor = \"2 s\"\ntimes = 3",
        );
        for (gap, seconds) in [(20.0, 2.0), (35.0, 3.0), (60.0, 4.0), (75.0, 4.5)] {
            let at = next_time(&model, 10.0, SimTime::ZERO, gap);
            assert!((at.as_secs() - seconds).abs() < 1e-8, "{gap}: {at}");
            assert!((area(&model, 10.0, SimTime::ZERO, at) - gap).abs() < 1e-6);
        }
    }

    /// Up to ×101 in 1 s, 5 s there, back in 1 s: 10 × (51 + 505 + 51) = 6,070 between 0 and 7 s.
    #[test]
    fn a_spike_and_silence() {
        let model = source(
            "[[traffic.source.profile]]\nkind = \"spike\"\nrise = \"1 s\"\nhold = \"5 s\"\ndecay = \"1 s\"\ntimes = \"+10000 %\"\n\
             [[traffic.source.profile]]\nkind = \"ramp\"\nfor = \"2 s\"\ntimes = 0",
        );
        assert!((area(&model, 10.0, SimTime::ZERO, SimTime(7_000_000_000)) - 6_070.0).abs() < 1e-6);
        // The ramp down to 0 adds 10 × 2 / 2 = 10; after that nothing ever comes.
        assert!(next_time(&model, 10.0, SimTime::ZERO, 6_079.9).as_secs() < 9.0);
        assert_eq!(next_time(&model, 10.0, SimTime::ZERO, 6_080.1), SimTime::NEVER);
        assert_eq!(next_time(&model, 0.0, SimTime::ZERO, 1.0), SimTime::NEVER);
    }
}
