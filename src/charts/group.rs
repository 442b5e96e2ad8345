//! Outcomes in groups that a reader can tell apart at a glance.

use super::theme::Role;
use crate::lang::Text;
use crate::observe::{OUTCOMES, Outcome};

/// A group of outcomes, in the order in which areas are stacked from below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Answered, and the basket is there.
    Ok,
    /// Answered, but what the user had is gone.
    SessionLost,
    /// Died with the replica that had it, or failed inside.
    Died,
    /// Nobody waited for the answer any longer.
    Late,
    /// Turned away before any work was done.
    Refused,
}

/// Every group, from below.
pub const GROUPS: [Group; 5] = [Group::Ok, Group::SessionLost, Group::Died, Group::Late, Group::Refused];

impl Group {
    /// The group of an outcome.
    #[must_use]
    pub const fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Ok => Self::Ok,
            Outcome::SessionLost | Outcome::LostUpdate => Self::SessionLost,
            Outcome::OutOfMemory
            | Outcome::ReplicaCrashed
            | Outcome::WorkerKilled
            | Outcome::ErrorResponse
            | Outcome::DependencyFailed => Self::Died,
            Outcome::ConnectTimeout
            | Outcome::QueueTimeout
            | Outcome::ReadTimeout
            | Outcome::ClientGaveUp => Self::Late,
            Outcome::ConnectionRefused
            | Outcome::BacklogOverflow
            | Outcome::NoFreePort
            | Outcome::NoFreeConnection
            | Outcome::QueueFull
            | Outcome::NoHealthyReplica
            | Outcome::Shed => Self::Refused,
        }
    }

    /// The name for outcomes of more than one kind.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Ok => Text::new("ok", "ok", "ok"),
            Self::SessionLost => Text::new("session lost", "Sitzung verloren", "session perdue"),
            Self::Died => Text::new("failed inside", "innen gescheitert", "échec interne"),
            Self::Late => Text::new("too late", "zu spät", "trop tard"),
            Self::Refused => Text::new("turned away", "abgewiesen", "refusées"),
        }
    }

    /// The colour of its area.
    #[must_use]
    pub const fn area(self) -> Role {
        match self {
            Self::Ok => Role::OkArea,
            Self::SessionLost => Role::SessionArea,
            Self::Died => Role::DiedArea,
            Self::Late => Role::LateArea,
            Self::Refused => Role::RefusedArea,
        }
    }

    /// The colour of its label.
    #[must_use]
    pub const fn text(self) -> Role {
        match self {
            Self::Ok => Role::OkText,
            Self::SessionLost => Role::SessionText,
            Self::Died => Role::DiedArea,
            Self::Late => Role::LateText,
            Self::Refused => Role::RefusedText,
        }
    }

    /// What to call a group that holds these counts: the one outcome that makes up at least 95 % of it, or
    /// the group's own name. Counts are by place in [`OUTCOMES`].
    #[must_use]
    pub fn called(self, counts: &[u64]) -> Text {
        let mine = || OUTCOMES.iter().zip(counts).filter(|&(&outcome, _)| Self::of(outcome) == self);
        let total: u64 = mine().map(|(_, n)| n).sum();
        let most = mine().max_by_key(|&(_, n)| n);
        match most {
            Some((outcome, &n)) if n > 0 && n as f64 >= 0.95 * total as f64 => outcome.text(),
            _ => self.name(),
        }
    }
}

/// Sums of counts by group; counts are by place in [`OUTCOMES`].
#[must_use]
pub fn by_group<N: Copy + Into<u64>>(counts: &[N]) -> [u64; GROUPS.len()] {
    let mut sums = [0; GROUPS.len()];
    for (&outcome, &n) in OUTCOMES.iter().zip(counts) {
        sums[Group::of(outcome) as usize] += n.into();
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn groups_add_up_and_are_named() {
        let mut counts = vec![0_u64; OUTCOMES.len()];
        counts[Outcome::Ok as usize] = 5;
        counts[Outcome::QueueFull as usize] = 96;
        counts[Outcome::Shed as usize] = 4;
        assert_eq!(by_group(&counts), [5, 0, 0, 0, 100]);
        assert_eq!(Group::Refused.called(&counts).say(Lang::En), "queue full");
        counts[Outcome::Shed as usize] = 40;
        assert_eq!(Group::Refused.called(&counts).say(Lang::En), "turned away");
        assert_eq!(Group::Late.called(&counts).say(Lang::En), "too late");
    }
}
