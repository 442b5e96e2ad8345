//! Quantities with their units, and how people write them.
//!
//! | type | unit | written |
//! |---|---|---|
//! | [`SimTime`] | nanoseconds since the run began | `"24.6 s"` |
//! | [`SimDuration`] | nanoseconds | `"150 ms"`, `"1h30m"` |
//! | [`Rate`] | per second, at least 0 | `"40/s"`, `"600/min"` |
//! | [`Factor`] | a multiple of a base, at least 0 | `"+10000 %"`, `"x101"`, `"80 %"` |
//! | [`Cores`] | reference cores, at least 0 | `"0.5"`, `2` |
//! | [`Bytes`] | bytes, multiples of 1024 | `"256 MiB"`, `"256M"` |
//!
//! Time is an integer, so that adding never rounds and equal times are equal.

pub mod order;
mod parse;
mod quantity;
mod time;

pub use parse::{ParseError, Unit};
pub use quantity::{Bytes, Cores, Factor, Rate};
pub use time::{SimDuration, SimTime};

/// An index into one of the model's lists, 32 bits on every target.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// As a place in a slice.
            #[inline]
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// From a place in a slice. Lists are checked against limits far below 2³².
            #[inline]
            #[must_use]
            #[expect(clippy::cast_possible_truncation, reason = "every list has a limit far below 2^32")]
            pub const fn at(index: usize) -> Self {
                Self(index as u32)
            }
        }
    };
}

index! {
    /// One running copy of a service.
    ReplicaId
}
index! {
    /// A named set of replicas behind a balancer.
    ServiceId
}
index! {
    /// A source of traffic.
    SourceId
}
index! {
    /// Something that services depend on.
    DependencyId
}
index! {
    /// A kind of request.
    ClassId
}
