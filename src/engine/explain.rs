//! Decisions of the balancer, explained as they are made.

use serde::Serialize;

use super::Engine;
use super::pool::{Pool, Why};
use crate::algorithm::{Decision, RequestView};
use crate::units::SimTime;

/// Which decisions are to be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explain {
    /// The next so many.
    Next(u32),
    /// All of the request of this number, from 0 in the order in which requests came: one for each try.
    Request(u64),
    /// All of the client of this number: see [`Explained::client`]. What is not read and forgotten adds up.
    Client(u64),
}

/// A decision that was explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explained {
    /// When it was made.
    pub at_s: f64,
    /// The same to the nanosecond.
    #[serde(skip)]
    pub at: SimTime,
    /// Number of the request.
    pub request: u64,
    /// A number that tells its client apart; behind one address, all have the same.
    #[serde(skip)]
    pub client: u64,
    /// Which try of it this is, from 1.
    pub attempt: u32,
    /// The service before which it was decided.
    pub service: String,
    /// Which instance of its balancer decided, from 0.
    pub balancer: u32,
    /// Its algorithm.
    pub algorithm: String,
    /// What it decided, and why; members are replicas by their number.
    #[serde(flatten)]
    pub why: Why,
}

/// What is wanted, and what has come of it.
#[derive(Debug, Clone)]
pub(super) struct Explaining {
    what: Explain,
    done: Vec<Explained>,
}

impl Explaining {
    fn wants(&self, request: u64, client: u64) -> bool {
        match self.what {
            Explain::Next(count) => self.done.len() < count as usize,
            Explain::Request(number) => number == request,
            Explain::Client(number) => number == client,
        }
    }
}

impl Engine {
    /// Explains decisions from now on; those before are forgotten. The run is the same with and without.
    ///
    /// To explain a decision in the past, fork the run before it, explain, and let the fork go on.
    pub fn explain(&mut self, what: Explain) {
        self.explaining = Some(Box::new(Explaining { what, done: Vec::new() }));
        self.check_plain();
    }

    /// Decisions that were explained, in the order in which they were made. At most [`Explain::Next`]'s number, or
    /// one for each try of the request.
    #[must_use]
    pub fn explained(&self) -> &[Explained] {
        self.explaining.as_ref().map_or(&[], |explaining| &explaining.done)
    }

    /// Why the first instance of the edge's own front would choose as it would now, for a request of an unknown client;
    /// members are replicas by their number.
    #[must_use]
    pub fn why(&self) -> Option<Why> {
        let front = self.fronts.first()?;
        let pool = &front.instances.first()?.pool;
        let now = self.now;
        let why = pool.why(now, &RequestView::default(), |pool, request| pool.arrive(now, request));
        Some(why.with_members(|member| front.members[member as usize]))
    }

    /// What is to be told of a decision that an instance of a front is about to make.
    #[inline]
    pub(super) fn explanation_of(
        &self,
        number: u64,
        (front, instance): (u16, u16),
        view: &RequestView<'_>,
        ask: impl FnOnce(&mut Pool, &RequestView<'_>) -> Decision,
    ) -> Option<Box<Explained>> {
        let wanted = self.explaining.as_ref().is_some_and(|explaining| explaining.wants(number, view.client));
        wanted.then(|| {
            let body = &self.fronts[usize::from(front)];
            let pool = &body.instances[usize::from(instance)].pool;
            Box::new(Explained {
                at_s: self.now.since(SimTime::ZERO).as_secs(),
                at: self.now,
                request: number,
                client: view.client,
                attempt: view.attempt,
                service: self.model.services[body.service as usize].name.clone(),
                balancer: u32::from(instance),
                algorithm: pool.name().to_owned(),
                why: pool.why(self.now, view, ask).with_members(|member| body.members[member as usize]),
            })
        })
    }

    /// Keeps it.
    pub(super) fn keep_explanation(&mut self, told: Explained) {
        if let Some(explaining) = &mut self.explaining {
            explaining.done.push(told);
        }
    }
}
