//! The host and the run.

use super::field::record;
use crate::units::{Bytes, Cores, SimDuration};

record! {
    /// The machines that the replicas share, all alike.
    pub struct Host {
        /// CPU cores of each; without it, as many as are asked for.
        pub cores: Option<Cores> = None;
        /// Memory of each; without it, it never runs out.
        pub memory: Option<Bytes> = None;
        /// Zones that can be lost one by one.
        pub zones: u32 = 1, in 1..=100;
        /// Hosts in each zone; replicas are spread over all of them.
        pub count: u32 = 1, in 1..=100;
        /// Host ports that other programs hold already.
        pub ports_taken: Vec<u16> = Vec::new();
    }
}

impl Host {
    /// How many machines there are.
    #[must_use]
    pub const fn machines(&self) -> u32 {
        self.zones * self.count
    }
}

record! {
    /// How a run is made.
    pub struct Run {
        /// Simulated time.
        pub duration: SimDuration = SimDuration::from_secs(60);
        /// Time at the start that measures leave out.
        pub warmup: SimDuration = SimDuration::ZERO;
        /// Seed of all random streams.
        pub seed: u64 = 42, in 0..=9_007_199_254_740_991;
        /// Whether replicas start with the run and take their start-up time; otherwise they are up when it begins.
        pub cold: bool = false;
        /// Width of a window in the series.
        pub window: SimDuration = SimDuration::from_millis(200);
    }
}
