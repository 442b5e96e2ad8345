//! One integration binary, one file per kind of test.

mod story;
mod support;
