//! Events: small copies of ids. Bodies are in arenas, and an event never outlives its body.

/// What happens next to whom.
// With a whole word for the kind, an event is copied in two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Event {
    /// An open source has its next arrival.
    Arrival { source: u32 },
    /// The number of users of a closed source changes.
    Users { source: u32 },
    /// A source turns from calm to burst or back.
    Turn { source: u32 },
    /// A user has thought and asks.
    Ask { visit: u32 },
    /// A replica forgets an idle session.
    Forget { visit: u32 },
    /// A request reaches the balancer.
    AtBalancer { request: u32 },
    /// A connection attempt reaches a replica.
    AtReplica { request: u32 },
    /// The next request of a replica is done.
    Done { replica: u32 },
    /// An answer, or the news of a failure, reaches the balancer.
    Answer { request: u32 },
    /// An answer reaches its client.
    AtClient { request: u32 },
    /// A client has paused and asks again.
    AskAgain { request: u32 },
    /// A client gives up.
    GiveUp { request: u32 },
    /// A request has waited in the balancer's queue for too long.
    QueueTimeout { request: u32 },
    /// A dropped connection attempt is sent again, or the connect timeout is over.
    Reconnect { request: u32 },
    /// A replica took too long to answer.
    ReadTimeout { request: u32 },
    /// A member that was left out may be tried again.
    Readmit { member: u32, front: u16, instance: u16 },
    /// A front checks a member, or looks at a check.
    Probe { member: u32, front: u16 },
    /// A front resolves its name anew.
    Resolve { front: u32 },
    /// The instances of a front see the load anew.
    Look { front: u32 },
    /// The pause before another attempt is over.
    TryAgain { request: u32 },
    /// A replica has started up.
    StartedUp { replica: u32 },
    /// A replica's back-off is over.
    Restart { replica: u32 },
    /// A draining replica's grace is over.
    GraceOver { replica: u32 },
    /// A request has held its worker for too long.
    WorkerTimeout { request: u32 },
    /// A killed worker has been replaced.
    WorkerBooted { replica: u32 },
    /// A replica that leaks memory has lost some more.
    Leak { replica: u32 },
    /// A container checks its health.
    Check { replica: u32 },
    /// A replica's caches are a little warmer.
    Warmer { replica: u32 },
    /// An autoscaler's window ends.
    Measure { scaler: u32 },
    /// An autoscaler decides.
    Decide { scaler: u32 },
    /// The rollout of a new version may go on.
    RollOut { service: u32 },
    /// The replicas on a host have more memory than it has.
    HostShortOfMemory { host: u32 },
    /// A container has asked for more memory than its limit.
    ShortOfMemory { replica: u32 },
    /// A kept connection has been idle for too long.
    IdleOver { connection: u32 },
    /// A client that has no answer yet asks a second time.
    Hedge { request: u32 },
    /// What a partition has held up is sent again.
    SentAgain { request: u32 },
    /// A balancer's question reaches a replica.
    AskedForReport { asked: u32 },
    /// A replica's report reaches the balancer.
    Reported { asked: u32 },
    /// A step of a request is over that was not on the CPU.
    StepOver { request: u32 },
    /// The next call of a dependency is done.
    CallDone { dependency: u32 },
    /// Who made a call hears how it ended.
    CallOver { call: u32 },
    /// Who made a call has waited for long enough.
    CallTimeout { call: u32 },
    /// A call has waited for a connection for long enough.
    PoolTimeout { call: u32 },
    /// Messages go from a broker to its workers.
    Deliver { dependency: u32 },
    /// A balancer has done its own work on a request.
    Handled { request: u32 },
    /// An instance of a balancer takes those who wait in its listen backlog: front and instance, 16 bits each.
    Admit { desk: u32 },
    /// A client whose connection the balancer's full backlog dropped tries again.
    Knock { request: u32 },
    /// A client has sent all of its request to the balancer.
    Sent { request: u32 },
    /// Who waits in a front may find somebody free.
    ServeQueues { all: u32 },
}

impl Event {
    /// For the digest: which event, and whom.
    #[inline]
    pub(super) const fn code(self) -> u64 {
        let (kind, id): (u64, u32) = match self {
            Self::Arrival { source } => (1, source),
            Self::Users { source } => (2, source),
            Self::Ask { visit } => (3, visit),
            Self::Forget { visit } => (4, visit),
            Self::AtBalancer { request } => (5, request),
            Self::AtReplica { request } => (6, request),
            Self::Done { replica } => (7, replica),
            Self::Answer { request } => (8, request),
            Self::AtClient { request } => (9, request),
            Self::GiveUp { request } => (10, request),
            Self::QueueTimeout { request } => (11, request),
            Self::Reconnect { request } => (12, request),
            Self::ReadTimeout { request } => (13, request),
            Self::Readmit { member, instance, .. } => {
                return (14 << 32) | ((instance as u64) << 40) | member as u64;
            }
            Self::TryAgain { request } => (18, request),
            Self::Probe { member, .. } => (100, member),
            Self::Resolve { front } => (101, front),
            Self::Look { front } => (102, front),
            Self::StartedUp { replica } => (15, replica),
            Self::Restart { replica } => (16, replica),
            Self::GraceOver { replica } => (17, replica),
            Self::AskAgain { request } => (30, request),
            Self::Turn { source } => (31, source),
            Self::WorkerTimeout { request } => (65, request),
            Self::WorkerBooted { replica } => (66, replica),
            Self::Leak { replica } => (64, replica),
            Self::Check { replica } => (110, replica),
            Self::Warmer { replica } => (111, replica),
            Self::ShortOfMemory { replica } => (112, replica),
            Self::IdleOver { connection } => (70, connection),
            Self::Hedge { request } => (72, request),
            Self::SentAgain { request } => (71, request),
            Self::AskedForReport { asked } => (50, asked),
            Self::Reported { asked } => (51, asked),
            Self::StepOver { request } => (80, request),
            Self::CallDone { dependency } => (81, dependency),
            Self::CallOver { call } => (82, call),
            Self::CallTimeout { call } => (83, call),
            Self::PoolTimeout { call } => (84, call),
            Self::ServeQueues { all } => (85, all),
            Self::Deliver { dependency } => (86, dependency),
            Self::Handled { request } => (120, request),
            Self::Admit { desk } => (121, desk),
            Self::Knock { request } => (122, request),
            Self::Sent { request } => (87, request),
            Self::Measure { scaler } => (113, scaler),
            Self::Decide { scaler } => (114, scaler),
            Self::RollOut { service } => (115, service),
            Self::HostShortOfMemory { host } => (116, host),
        };
        (kind << 32) | id as u64
    }
}

/// A running hash of everything that happened, in order.
///
/// Multiply and rotate (as in FxHash), 64 bits: it detects differences between runs; it is no protection
/// against somebody who makes one on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest(pub(super) u64);

impl Digest {
    #[inline]
    pub(super) fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
