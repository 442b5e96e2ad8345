//! The requests of a client before and after one of its requests, found by running the past again.

use std::collections::VecDeque;

use super::story::Past;
use super::timeline::{Fork, Timeline};
use crate::engine::Explain;
use crate::observe::{Observation, Probe};
use crate::units::SimTime;

/// The requests of the same client next to one, each with when it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// The last before it.
    pub before: Option<(u64, SimTime)>,
    /// The first after it, up to now.
    pub after: Option<(u64, SimTime)>,
}

/// Events that are handled before it is looked who was heard.
const CHUNK: u64 = 500;
/// Chunks that a search may take, forth and back together: half a second of real time or so.
const PATIENCE: u32 = 1_000;
/// Requests whose time is known: those that were asked last.
const KNOWN: usize = 50_000;

/// Hears when requests are asked.
#[derive(Default)]
struct Asked(VecDeque<(u64, SimTime)>);

impl Probe for Asked {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if let Observation::Offered { request, .. } = *seen {
            if self.0.len() >= KNOWN {
                self.0.pop_front();
            }
            self.0.push_back((request, now));
        }
    }
}

impl Asked {
    fn of(&self, request: u64) -> Option<SimTime> {
        let place = self.0.binary_search_by_key(&request, |(number, _)| *number).ok()?;
        self.0.get(place).map(|(_, at)| *at)
    }
}

/// Looks for the neighbours of a request.
struct Search {
    request: u64,
    client: u64,
    found: Neighbours,
    patience: u32,
}

impl Search {
    /// Goes through a stretch of the past; true when it has got to `until`.
    fn look(&mut self, mut past: Past<'_>, until: SimTime, done: fn(&Neighbours) -> bool) -> bool {
        let mut asked = Asked::default();
        past.engine.explain(Explain::Client(self.client));
        loop {
            let more = past.run(until, CHUNK, &mut asked);
            for one in past.engine.explained() {
                // What a service asks another for this client is no request of the client: nobody heard it asked.
                let Some(at) = asked.of(one.request) else { continue };
                let found = &mut self.found;
                if one.request < self.request && found.before.is_none_or(|(known, _)| known < one.request) {
                    found.before = Some((one.request, at));
                }
                if one.request > self.request && found.after.is_none_or(|(known, _)| known > one.request) {
                    found.after = Some((one.request, at));
                }
            }
            past.engine.explain(Explain::Client(self.client));
            self.patience = self.patience.saturating_sub(1);
            if !more || self.patience == 0 || done(&self.found) {
                return !more;
            }
        }
    }
}

impl Timeline {
    /// The requests of the same client before and after one that was asked at `asked`; none where its client was
    /// never told apart, or when the search takes too long.
    pub(super) fn neighbours(&self, request: u64, asked: SimTime, client: Option<u64>) -> Neighbours {
        // Who asks once only has the number of the request.
        let Some(client) = client.filter(|&client| client != request) else { return Neighbours::default() };
        let mut search = Search { request, client, found: Neighbours::default(), patience: PATIENCE };
        let mut earlier: Vec<&Fork> = self.forks_before(asked).collect();
        let first = earlier.pop();
        search.look(Past::of(self, first), self.now(), |found| found.after.is_some());
        // Back from one clone of the past to the one before it, as long as nothing is found.
        let mut until = first.map(|fork| fork.engine.now());
        while let (None, Some(stop), Some(fork)) = (search.found.before, until, earlier.pop()) {
            if search.patience == 0 {
                break;
            }
            search.look(Past::of(self, Some(fork)), stop, |_| false);
            until = Some(fork.engine.now());
        }
        search.found
    }
}
