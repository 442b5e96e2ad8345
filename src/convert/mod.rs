//! Deployments as people write them, read into typed values with findings.
//!
//! | module | reads |
//! |---|---|
//! | [`compose`] | one or more Compose files, merged by Compose's rules |
//! | [`nginx`] | an nginx configuration: upstreams, locations, timeouts |
//! | [`import()`] | all of it, as a scenario |
//! | [`command`] | a container's command line: which application server, how many workers |
//!
//! Nothing here touches a file system: a caller gives each file as a [`SourceFile`]. Nothing panics on any
//! input, and the limits of [`limits`] hold before anything large is built. What is wrong, assumed or left
//! out becomes a [`Finding`] with its file and line.

pub mod command;
pub mod compose;
pub mod finding;
mod import;
pub mod limits;
pub mod nginx;
mod place;
mod variables;
mod yaml;

pub use finding::{Finding, Findings, Severity};
pub use import::{ImportOptions, Imported, Way, import};
pub use place::{At, Place};
pub use variables::variables_of;

/// A file as the caller read it. The library opens none by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The name that findings show: a path as the user wrote it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// A file from its name and text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The last part of the name, behind every slash.
    #[must_use]
    pub fn base_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}
