//! Messages of brokers: what becomes of them, and how a broker looks at an instant.

use serde::{Deserialize, Serialize};

use super::Level;

/// Something that happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageNews {
    /// The broker has it.
    Published,
    /// A worker got it.
    Delivered,
    /// A worker has done what it asks for.
    Done,
    /// A worker has tried and failed; nobody tries again.
    Failed,
    /// The worker died that had acknowledged it, or the broker that did not keep it.
    Lost,
    /// It goes back to the queue, and is delivered again.
    Returned,
    /// It was delivered again too often.
    Dead,
    /// It was dropped for a newer one.
    Dropped,
}

impl MessageNews {
    /// Whether the broker no longer has the message.
    #[must_use]
    pub const fn is_end(self) -> bool {
        !matches!(self, Self::Published | Self::Delivered | Self::Returned)
    }
}

/// A broker in a picture: published = done + failed + lost + dead + dropped + in the queue + with workers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrokerView {
    /// The service whose replicas take the messages.
    pub service: String,
    /// Messages in the queue, over time.
    pub queue: Level,
    /// Most messages in the queue.
    pub limit: u32,
    /// Messages that workers have, begun or not.
    pub with_workers: u64,
    /// Replicas that take messages now.
    pub workers: u32,
    /// Messages ever published.
    pub published: u64,
    /// Messages that were done.
    pub done: u64,
    /// Messages whose job failed.
    pub failed: u64,
    /// Messages that were lost with a worker or with the broker.
    pub lost: u64,
    /// Messages that were delivered again too often.
    pub dead: u64,
    /// Messages that were dropped for newer ones.
    pub dropped: u64,
    /// Times that a message went back to the queue.
    pub returned: u64,
    /// Jobs that go on, or went on, although their message was delivered again: they are done twice.
    pub doubled: u64,
}
