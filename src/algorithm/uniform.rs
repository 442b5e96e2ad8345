//! Any of those that may be chosen, each as likely: the rule of several products.

use super::candidates::{any, explained_as_equal, route};
use super::{Algorithm, Decision, Explanation, PoolView, RequestView};
use crate::lang::Said;
use crate::rng::Stream;
use crate::units::SimTime;

#[derive(Debug, Clone)]
pub(super) struct Uniform {
    /// How the product comes by it, in a sentence.
    pub because: fn() -> Said,
}

impl Algorithm for Uniform {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        route(any(pool, rng))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained_as_equal(pool, (self.because)())
    }
}
