//! The page.

pub mod icons;
pub mod live;
pub mod stage;
