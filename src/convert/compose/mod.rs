//! tmp
mod amount;
mod extends;
mod interpolate;
mod keys;
mod merge;
pub mod ports;
