//! Names that resolve to several addresses.

pub(super) mod docker;
