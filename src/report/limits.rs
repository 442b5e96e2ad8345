//! What a balancer itself held and did.

use serde::Serialize;

use super::record::Used;
use crate::observe::DoorView;

/// What a balancer itself held and did.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct LimitsReport {
    /// Connections of clients with a request in progress, all instances together.
    pub clients: Used,
    /// File descriptors that there are, all instances together.
    pub files_limit: Option<u32>,
    /// Requests that wait to be taken.
    pub waiting: Used,
    /// Share of its CPU time that was used, 0 to 1.
    pub cpu_utilisation: f64,
    /// Connections closed at once for want of a slot.
    pub closed: u64,
    /// Requests for whose attempt there was no slot.
    pub refused: u64,
    /// Connection attempts that found its listen backlog full.
    pub dropped: u64,
}

/// nginx's counters (stub_status), at the end of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct StatusPage {
    /// Connections of clients, with a request in progress or without.
    pub active: u32,
    /// Connections accepted so far.
    pub accepts: u64,
    /// Those of them that were not closed for want of a slot.
    pub handled: u64,
    /// Requests so far.
    pub requests: u64,
    /// Connections whose request is being read: none, since requests come whole.
    pub reading: u32,
    /// Connections with a request in progress.
    pub writing: u32,
    /// Connections that are kept open without a request.
    pub waiting: u32,
}

impl From<&DoorView> for StatusPage {
    fn from(door: &DoorView) -> Self {
        Self {
            active: door.clients + door.idle,
            accepts: door.accepted,
            handled: door.accepted - door.closed,
            requests: door.requests,
            reading: 0,
            writing: door.clients,
            waiting: door.idle,
        }
    }
}
