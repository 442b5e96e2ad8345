//! Caches: hits, misses, what is fetched from behind them, and by how many at once.

use std::collections::BTreeMap;

use super::super::{Engine, Probe};
use super::{Call, Caller, Drawn, Place};
use crate::observe::{CallFailure, DependencyNews, Level};
use crate::rng::Stream;
use crate::scenario::{CacheModel, CallModel};
use crate::units::{SimDuration, SimTime};

/// Fetches of one key at once from which on they are a stampede.
const STAMPEDE: u32 = 10;

/// What a cache holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    /// Until when each key is kept.
    until: Vec<SimTime>,
    /// Keys that are being fetched, and by how many calls.
    fetches: BTreeMap<u32, u32>,
    /// Calls that wait for another's fetch, by key.
    flights: BTreeMap<u32, Vec<u32>>,
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) fetching: Level,
}

impl Kept {
    pub(super) fn new(model: &CacheModel, stream: &mut Stream) -> Self {
        let mut kept = Self::default();
        if model.warm && model.hit_ratio.is_none() {
            let until = |_| SimTime::ZERO + lifetime(model, stream);
            kept.until = (0..model.count).map(until).collect();
        }
        kept
    }

    /// The hottest keys are gone; 0 is all of them.
    pub(super) fn flush(&mut self, keys: u32) {
        let all = self.until.len();
        let gone = if keys == 0 { all } else { all.min(keys as usize) };
        self.until[..gone].fill(SimTime::ZERO);
    }

    fn has(&self, now: SimTime, key: u32) -> bool {
        self.until.get(key as usize).is_some_and(|&until| now < until)
    }

    fn fill(&mut self, key: u32, until: SimTime) {
        let place = key as usize;
        if self.until.len() <= place {
            self.until.resize(place + 1, SimTime::ZERO);
        }
        self.until[place] = until;
    }
}

fn lifetime(model: &CacheModel, stream: &mut Stream) -> SimDuration {
    if model.jitter == 0.0 {
        return model.ttl;
    }
    SimDuration((model.ttl.0 as f64 * (1.0 - model.jitter * stream.unit()) + 0.5) as u64)
}

impl Engine {
    fn kept(&mut self, call: u32) -> &mut Kept {
        let d = self.calls[call].at();
        self.dependencies[d].kept.get_or_insert_default()
    }

    /// The cache answers: it has what the call wants, or it has not.
    pub(super) fn look_up(&mut self, call: u32, probe: &mut impl Probe) {
        let (now, d) = (self.now, self.calls[call].at());
        let Drawn { key, unit, .. } = self.calls[call].drawn;
        let ratio = self.model.dependencies[d].cache.as_ref().and_then(|cache| cache.hit_ratio);
        let kept = self.kept(call);
        let hit = ratio.map_or_else(|| kept.has(now, key), |ratio| unit < ratio);
        if hit {
            kept.hits += 1;
            self.settle(call, Ok(false), probe);
        } else if self.calls[call].caller == Caller::Nobody {
            self.kept(call).misses += 1;
            self.free_call(call);
        } else {
            self.fetch(call, probe);
        }
    }

    /// The call has not found its key: it fetches it from behind the cache, or waits for another that does.
    pub(super) fn fetch(&mut self, call: u32, probe: &mut impl Probe) {
        let (d, key) = (self.calls[call].at(), self.calls[call].drawn.key);
        let model = self.model.dependencies[d].cache.as_ref();
        let single = model.is_some_and(|cache| cache.single_flight && cache.hit_ratio.is_none());
        let kept = self.kept(call);
        kept.misses += 1;
        if single && kept.fetches.contains_key(&key) {
            kept.flights.entry(key).or_default().push(call);
            self.calls[call].place = Place::Flight;
            return;
        }
        self.fetch_now(call, probe);
    }

    fn fetch_now(&mut self, call: u32, probe: &mut impl Probe) {
        let (now, d) = (self.now, self.calls[call].at());
        let Some(cache) = &self.model.dependencies[d].cache else { return };
        let (behind, keyed) = (cache.behind, cache.hit_ratio.is_none());
        let key = self.calls[call].drawn.key;
        let kept = self.kept(call);
        kept.fetching.up(now);
        let fetches = kept.fetches.entry(key).or_insert(0);
        *fetches += 1;
        if keyed && *fetches == STAMPEDE {
            self.tell_dependency(d, DependencyNews::Stampede, probe);
        }
        let Call { model, drawn, replica, life, .. } = self.calls[call];
        let model = CallModel { to: behind, child: None, write: None, timeout: None, tries: 1, ..model };
        let drawn = Drawn { work: drawn.behind, ..drawn };
        let fetch = self.make_call(Call::new(Caller::Cache(call), model, drawn, replica, life), probe);
        self.calls[call].place = Place::Behind(fetch);
    }

    /// What was fetched is there, or could not be had.
    pub(super) fn fetched(&mut self, call: u32, result: Result<bool, CallFailure>, probe: &mut impl Probe) {
        let (now, d, key) = (self.now, self.calls[call].at(), self.calls[call].drawn.key);
        self.end_fetch(call);
        let model = self.model.clone();
        let cache = model.dependencies[d].cache.as_ref().filter(|cache| cache.hit_ratio.is_none());
        let dependency = &mut self.dependencies[d];
        if let Some(cache) = cache.filter(|_| result.is_ok() && !dependency.gone) {
            let until = now + lifetime(cache, &mut dependency.stream);
            self.kept(call).fill(key, until);
        }
        let waiting = self.kept(call).flights.remove(&key).unwrap_or_default();
        let result = result.map_err(|_| CallFailure::Behind);
        waiting.into_iter().for_each(|other| self.tell_soon(other, result));
        self.settle(call, result, probe);
    }

    fn end_fetch(&mut self, call: u32) {
        let (now, key) = (self.now, self.calls[call].drawn.key);
        let kept = self.kept(call);
        kept.fetching.down(now);
        if let Some(fetches) = kept.fetches.get_mut(&key) {
            *fetches -= 1;
            if *fetches == 0 {
                kept.fetches.remove(&key);
            }
        }
    }

    /// A call that waits for another's fetch waits no longer.
    pub(super) fn leave_flight(&mut self, call: u32) {
        let key = self.calls[call].drawn.key;
        if let Some(waiting) = self.kept(call).flights.get_mut(&key) {
            waiting.retain(|&other| other != call);
        }
    }

    /// The call fetches its key no more: the next that waits for it does.
    pub(super) fn pass_flight_on(&mut self, call: u32, probe: &mut impl Probe) {
        self.end_fetch(call);
        let key = self.calls[call].drawn.key;
        let Some(waiting) = self.kept(call).flights.get_mut(&key).filter(|waiting| !waiting.is_empty())
        else {
            return;
        };
        let next = waiting.remove(0);
        self.fetch_now(next, probe);
    }
}
