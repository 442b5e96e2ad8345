//! YAML as a small tree in which every value knows its file and line.
//!
//! Anchors, aliases and merge keys are resolved here, within the limits on depth and number of nodes.
//! Scalars stay text: what a text means depends on the key that it belongs to.

mod load;
mod node;

pub use load::load;
pub use node::{Map, MergeTag, Node, Value};
