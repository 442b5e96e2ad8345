//! Whether a failed attempt is followed by another.

use super::{Attempt, End, Pool, Retry};
use crate::algorithm::product::{Again, Trouble};
use crate::units::SimDuration;

impl Pool {
    /// Whether there is another attempt after this one.
    #[inline]
    pub(super) fn retry(&self, attempt: &Attempt) -> Option<Retry> {
        if matches!(attempt.end, End::Ok | End::Gone) { None } else { self.retry_failed(attempt) }
    }

    #[cold]
    fn retry_failed(&self, attempt: &Attempt) -> Option<Retry> {
        let Attempt { end, attempts, named, repeatable, .. } = *attempt;
        let listed = match end {
            End::Trouble(trouble) => self.rules.next_troubles.contains(&trouble),
            End::Status(status) => self.rules.next_statuses.contains(&status),
            End::Ok | End::Gone => false,
        };
        // A connection that was never made has sent nothing.
        let was_sent = !matches!(end, End::Trouble(Trouble::Refused | Trouble::ConnectTimeout));
        let (most, retry) = match self.rules.again {
            _ if !listed || (was_sent && !repeatable && !self.rules.non_idempotent) => return None,
            Again::Never => return None,
            Again::Next => {
                let there = self.tiers.iter().flat_map(|tier| &tier.members);
                let open = there.filter(|&&member| !self.settings[member as usize].down).count() as u32;
                let tries = self.rules.tries;
                (if tries == 0 { open } else { open.min(tries) }, Retry::Chosen(SimDuration::ZERO))
            }
            Again::Within { duration_ms, pause_ms } => {
                let pause = Retry::Chosen(SimDuration::from_millis(u64::from(pause_ms)));
                (duration_ms / pause_ms.max(1) + 1, pause)
            }
            Again::Same { retries, pause_ms } => {
                let others = self.tiers.iter().any(|tier| tier.usable.len() > 1);
                let bound = named || self.algorithm.binds();
                let moves = self.rules.redispatch && others && (!bound || attempts == retries);
                let pause = SimDuration::from_millis(u64::from(pause_ms));
                (retries + 1, if moves { Retry::Chosen(SimDuration::ZERO) } else { Retry::Same(pause) })
            }
        };
        (attempts < most).then_some(retry)
    }
}
