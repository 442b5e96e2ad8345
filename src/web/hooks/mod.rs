//! What components share of the browser's events.

mod keys;
mod lang;
mod media;
mod size;
mod visible;

pub use keys::use_keys;
pub use lang::use_lang;
pub use media::use_media;
pub use size::use_height;
pub use visible::{use_height_told, use_visible};
