//! The page.

pub mod live;
