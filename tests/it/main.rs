//! One integration binary, one file per kind of test.
