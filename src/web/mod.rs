//! The page.

pub mod chart;
pub mod icons;
pub mod live;
pub mod stage;
