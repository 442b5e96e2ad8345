//! The discrete-event engine.

use crate::observe::{Probe, Snapshot};
use crate::scenario::{Change, Model, TimedChange};
use crate::units::SimTime;

/// A run in progress. Cloning forks it: both go on from the same state with the same draws to come.
#[derive(Debug, Clone)]
pub struct Engine {
    now: SimTime,
}

/// How far a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// The asked time.
    Reached,
    /// The budget of events was used up first; call again.
    OutOfBudget,
}

/// A change that this world can't make, and why, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeError(pub String);

impl Engine {
    /// A world at time zero. Its replicas are about to start.
    #[must_use]
    pub fn new(_model: &Model, _seed: u64) -> Self {
        Self { now: SimTime::ZERO }
    }

    /// Simulated time.
    #[must_use]
    pub const fn now(&self) -> SimTime {
        self.now
    }

    /// Handles the next event; its time, or nothing when nothing will ever happen again.
    pub fn step(&mut self, _probe: &mut impl Probe) -> Option<SimTime> {
        None
    }

    /// Handles events up to and including `until`, at most `budget` of them. When it reaches the time, that is
    /// the time of the world; planned changes at that time have been made.
    pub fn run_until(&mut self, until: SimTime, _budget: u64, _probe: &mut impl Probe) -> Pace {
        self.now = until;
        Pace::Reached
    }

    /// Makes a change now, after everything else of this nanosecond, and records it.
    ///
    /// # Errors
    /// When the change names what does not exist or asks for what is not allowed; nothing is changed then.
    pub fn apply(&mut self, _change: Change, _probe: &mut impl Probe) -> Result<(), ChangeError> {
        Ok(())
    }

    /// Every change so far, planned and made by hand, in order.
    #[must_use]
    pub fn changes(&self) -> &[TimedChange] {
        &[]
    }

    /// The names of all replicas that ever were, by index.
    #[must_use]
    pub fn replica_names(&self) -> Vec<String> {
        Vec::new()
    }

    /// Fills `into` with the world as it is, reusing its buffers.
    pub fn snapshot(&self, into: &mut Snapshot) {
        into.now = self.now;
    }

    /// A hash of the full order of events so far: equal runs have equal digests, on every target.
    #[must_use]
    pub const fn digest(&self) -> u64 {
        0
    }
}
