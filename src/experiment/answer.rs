//! What the client of one request got.

use serde::Serialize;

use crate::engine::Engine;
use crate::observe::{Observation, Probe, Snapshot};
use crate::report::headers::{self, Facts, Filled};
use crate::scenario::{HeaderTo, Model};
use crate::units::SimTime;

/// What the client of one request got, with the headers that the balancer added on both ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Number of the request.
    pub request: u64,
    /// Wire name of how it ended.
    pub outcome: &'static str,
    /// The status; 0 when it got none.
    pub status: u16,
    /// Milliseconds from asking to the answer.
    pub response_time_ms: f64,
    /// Names of the replicas of its attempts, in order.
    pub replicas: Vec<String>,
    /// Headers added to the answer.
    pub headers: Vec<Filled>,
    /// Headers added to what the last replica got.
    pub to_replica: Vec<Filled>,
}

/// Hears of one request.
struct Ear {
    request: u64,
    front: u16,
    fronts: Vec<u16>,
    replicas: Vec<u32>,
    end: Option<(&'static str, u16, f64)>,
}

impl Probe for Ear {
    fn observe(&mut self, _: SimTime, seen: &Observation) {
        match *seen {
            Observation::Offered { request, class } if request == self.request => {
                self.front = self.fronts.get(class.index()).copied().unwrap_or(0);
            }
            Observation::Dispatched { request, replica, .. } if request == self.request => {
                self.replicas.push(replica.0);
            }
            Observation::Ended { request, outcome, status, response_time, .. } if request == self.request => {
                self.end = Some((outcome.name(), status, response_time.as_millis()));
            }
            _ => {}
        }
    }
}

/// Runs the model until the request of this number has its answer; nothing when it never gets one within the run.
#[must_use]
pub fn answer(model: &Model, seed: u64, request: u64) -> Option<Answer> {
    let fronts = model.classes().iter().map(|class| class.front).collect();
    let mut ear = Ear { request, front: 0, fronts, replicas: Vec::new(), end: None };
    let mut engine = Engine::new(model, seed);
    let end = SimTime(model.duration().0);
    while ear.end.is_none() && engine.now() <= end && engine.step(&mut ear).is_some() {}
    let (outcome, status, response_time_ms) = ear.end?;
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    let of = |id: &u32| world.replicas.iter().find(|replica| replica.id == *id);
    let address = |id: &u32| of(id).map(|replica| format!("{}:80", replica.address));
    let upstream: Vec<String> = ear.replicas.iter().filter_map(address).collect();
    let names = engine.replica_names();
    let facts = Facts { seed, request, status, upstream };
    let front = model.front(ear.front);
    // Who got no answer got no headers.
    let answered = if status == 0 { Vec::new() } else { headers::added(front, HeaderTo::Answer, &facts) };
    let asked = headers::added(front, HeaderTo::Replica, &facts);
    let asked = if ear.replicas.is_empty() { Vec::new() } else { asked };
    let replicas = ear.replicas.iter().filter_map(|&id| names.get(id as usize).cloned()).collect();
    Some(Answer {
        request,
        outcome,
        status,
        response_time_ms,
        replicas,
        headers: answered,
        to_replica: asked,
    })
}
