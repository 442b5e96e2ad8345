//! nginx's methods, as 1.22 was recorded and 1.31 was read.

pub(super) mod round_robin;
mod smooth;
