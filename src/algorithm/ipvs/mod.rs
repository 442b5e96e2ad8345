//! The schedulers of Linux IPVS. A scan takes the first of equals.

pub(super) mod lc;
pub(super) mod nq;
pub(super) mod rr;
pub(super) mod sed;
pub(super) mod wlc;
pub(super) mod wrr;

use super::PoolView;

/// Whether a would be less loaded for its weight with one more: (n_a + 1) · w_b < (n_b + 1) · w_a.
fn sooner(pool: &PoolView<'_>, a: u32, b: u32) -> bool {
    let side = |n: u32, w: u32| (u64::from(pool.load(n)) + 1) * u64::from(pool.weight_of(w));
    side(a, b) < side(b, a)
}

#[cfg(test)]
mod tests {
    use super::super::{Decision, RequestView};
    use super::*;
    use crate::rng::{Purpose, Stream};
    use crate::units::SimTime;

    /// Worked out by hand with weights 1, 2 and 3; the first of equals.
    #[test]
    fn choices() {
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        for (spec, cases) in [
            (&lc::SPEC, [([0, 0, 0], 0), ([1, 1, 0], 2), ([2, 1, 1], 1)]),
            (&nq::SPEC, [([0, 0, 0], 0), ([1, 0, 0], 1), ([1, 1, 1], 2)]),
            (&sed::SPEC, [([0, 0, 0], 2), ([0, 0, 1], 1), ([0, 1, 2], 0)]),
            (&wlc::SPEC, [([0, 0, 0], 0), ([1, 1, 1], 2), ([1, 2, 3], 0)]),
        ] {
            for (load, expected) in cases {
                let pool = PoolView::plain(&[0, 1, 2], &load, &[1, 2, 3]);
                let mut algorithm = (spec.build)(&spec.params(&[]).unwrap());
                let decision = algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool, &mut stream);
                assert_eq!(decision, Decision::Route(expected), "{} {load:?}", spec.name);
            }
        }
    }
}
