//! The words of everything that is wrong with a scenario or can't be done to a world.

mod changing;

pub(super) use changing::changes;
