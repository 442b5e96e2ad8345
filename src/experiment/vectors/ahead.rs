//! One step ahead: given all that was recorded before, whom does the balancer choose next?
//!
//! The recording can't tell the order of events that are close to each other, and with it not the exact state of
//! the balancer. So several balancers are kept that all explain what was seen so far; a pick is predicted when
//! one of them makes it.

use super::Refusal;
use super::bench::{Ask, Bench, Step};
use super::file::Vector;
use super::product::Setup;
use super::queueing::Trace;
use crate::engine::pool::End;
use crate::units::{SimDuration, SimTime};

/// Events this close to each other, in milliseconds, may have come in either order.
pub(super) const CLOSE: f64 = 1.0;
/// Of so many close completions, every part may have come before the arrival; of more, only of the first ones.
const MOST: usize = 4;
/// So many balancers are kept at once.
const KEPT: usize = 24;

/// A balancer that explains what was seen, and the requests whose completion it has not seen.
#[derive(Debug, Clone)]
struct Candidate {
    bench: Bench,
    open: Vec<usize>,
}

/// How many picks are predicted.
pub(super) fn predict(vector: &Vector, setup: &Setup, trace: &Trace) -> Result<u64, Refusal> {
    let mut order: Vec<usize> = (0..trace.send.len()).filter(|&id| trace.pick[id].is_some()).collect();
    order.sort_by(|&a, &b| trace.send[a].total_cmp(&trace.send[b]));
    let mut kept = vec![Candidate { bench: setup.bench(vector, 1)?, open: Vec::new() }];
    let mut matched = 0;
    for id in order {
        let step = Arrival { trace, id, now: trace.send[id] + trace.to_server / 2.0 };
        let mut fits: Vec<Candidate> = Vec::new();
        let mut others: Vec<Candidate> = Vec::new();
        for candidate in kept {
            step.follow(candidate, &mut fits, &mut others);
        }
        matched += u64::from(!fits.is_empty());
        kept = if fits.is_empty() { others } else { fits };
        thin_out(&mut kept);
    }
    Ok(matched)
}

/// One of each kind, and not too many of them; the likeliest come first.
fn thin_out(kept: &mut Vec<Candidate>) {
    let mut known: Vec<String> = Vec::new();
    kept.retain(|candidate| {
        let mark = format!("{:?} {:?}", candidate.open, candidate.bench.pool.algorithm());
        let new = known.len() < KEPT && !known.contains(&mark);
        if new {
            known.push(mark);
        }
        new
    });
}

fn at(milliseconds: f64) -> SimTime {
    SimTime::ZERO + SimDuration::from_secs_f64(milliseconds / 1e3)
}

/// A request that comes to the balancer at `now`, in milliseconds.
struct Arrival<'a> {
    trace: &'a Trace,
    id: usize,
    now: f64,
}

impl Arrival<'_> {
    /// When the balancer hears that a request is over, about.
    fn over(&self, id: usize) -> f64 {
        self.trace.finish[id].map_or(f64::INFINITY, |finish| finish + self.trace.back / 2.0)
    }

    /// All that can come of a candidate: those that choose whom the recording shows, and those that don't.
    fn follow(&self, mut from: Candidate, fits: &mut Vec<Candidate>, others: &mut Vec<Candidate>) {
        let Candidate { bench, open } = &mut from;
        open.sort_by(|&a, &b| self.over(a).total_cmp(&self.over(b)));
        let sure = open.partition_point(|&id| self.over(id) <= self.now - CLOSE);
        for id in open.drain(..sure) {
            bench.end(at(self.over(id)), id as u32, End::Ok);
        }
        let close = open.partition_point(|&id| self.over(id) <= self.now + CLOSE);
        let nominal = open.partition_point(|&id| self.over(id) <= self.now);
        let parts = (0..1_usize << close.min(MOST)).map(|bits| {
            (0..close).filter(|&place| place < MOST && bits >> place & 1 == 1).collect::<Vec<usize>>()
        });
        for seen in std::iter::once((0..nominal).collect()).chain(parts) {
            self.choose(&from, &seen, fits, others);
        }
    }

    /// The candidate after the completions at these places, and the arrival.
    fn choose(
        &self,
        from: &Candidate,
        seen: &[usize],
        fits: &mut Vec<Candidate>,
        others: &mut Vec<Candidate>,
    ) {
        let Candidate { mut bench, mut open } = from.clone();
        for &place in seen.iter().rev() {
            bench.end(at(self.now), open.remove(place) as u32, End::Ok);
        }
        open.push(self.id);
        let id = self.id as u32;
        let before = bench.clone();
        let step = bench.arrive(at(self.now), id, Ask::any());
        match (step, self.trace.pick[self.id]) {
            (Step::Sent(member), Some(pick)) if member == pick => fits.push(Candidate { bench, open }),
            (step, Some(pick)) if fits.is_empty() => {
                // The turn was taken, or it wasn't.
                let mut untouched = before;
                bench.correct(at(self.now), id, step, pick);
                untouched.correct(at(self.now), id, Step::Waits, pick);
                others.push(Candidate { bench, open: open.clone() });
                others.push(Candidate { bench: untouched, open });
            }
            _ => {}
        }
    }
}
