//! Clients that take their time to send a request, and who waits for them.

use super::{BalancerModel, Class};
use crate::algorithm::product::Reads;
use crate::dist::Distribution;

impl Class {
    /// How long its clients take to send it, and the share of them who do; nothing when all send at once.
    pub(super) fn sending(&self) -> Option<(Distribution, f64)> {
        (self.send_time.mean() > 0.0 && self.slow_share > 0.0).then_some((self.send_time, self.slow_share))
    }
}

impl BalancerModel {
    /// Whether it waits for the end of a request before it chooses a replica. Whoever speaks HTTP reads the head; a
    /// request that comes slowly and has no body is slow in its head.
    #[must_use]
    pub fn waits_for_end(&self, body: bool) -> bool {
        match (self.settings.buffers, self.product.reads) {
            (Some(buffers), _) => buffers || !body,
            (None, Reads::Whole) => true,
            (None, Reads::Head) => !body,
            (None, Reads::Nothing) => false,
        }
    }
}
