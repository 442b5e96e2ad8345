//! The parts of the page around scene and charts.

mod algorithm;
mod announcer;
mod drawer;
mod events;
mod faults;
mod fork;
mod graphs;
mod header;
mod ledger;
mod more;
mod narration;
mod notices;
mod operate;
mod outcome;
mod replicas;
mod scene;
mod scrubber;
mod sessions;
mod sheet;
mod side;
mod theory;
mod traffic;
mod transport;

pub use announcer::Announcer;
pub use events::Events;
pub use graphs::{Graphs, rows, use_palette, use_stillness};
pub use header::{Header, LANG_KEY, THEME_KEY};
pub use narration::Narration;
pub use notices::Notices;
pub use outcome::look;
pub use scene::SceneView;
pub use scrubber::Scrubber;
pub use sheet::{PHONE, Sheet};
pub use side::Side;
pub use traffic::Traffic;
pub use transport::{PlayButton, Transport};
