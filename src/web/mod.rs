//! The page.

pub mod icons;
pub mod live;
