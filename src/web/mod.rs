//! The page.

pub mod icons;
pub mod chart;
pub mod live;
