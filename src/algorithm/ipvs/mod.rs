//! The schedulers of Linux IPVS. A scan takes the first of equals.

pub(super) mod lc;
pub(super) mod nq;
pub(super) mod rr;
pub(super) mod sed;
pub(super) mod wlc;
pub(super) mod wrr;
