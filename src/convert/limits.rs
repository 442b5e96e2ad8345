//! How large an input may be. Each limit is checked before the work that it bounds.

/// Bytes in one file.
pub const FILE_BYTES: usize = 1 << 20;
/// Files in one import.
pub const FILES: usize = 64;
/// Maps, lists or blocks inside each other.
pub const DEPTH: usize = 64;
/// Values in all files together, after aliases and `extends` are written out; a long text counts once for
/// every 64 bytes. A file of nested aliases ("billion laughs") ends here.
pub const NODES: usize = 200_000;
/// Characters in one value after its variables are put in.
pub const VALUE_CHARS: usize = 1 << 16;
/// Characters that all variables together may bring into one file.
pub const EXPANDED_CHARS: usize = 4 << 20;
/// Findings kept; the rest are counted.
pub const FINDINGS: usize = 500;
/// Ports of one service.
pub const PORTS: usize = 1024;
/// Replicas of one service.
pub const REPLICAS: u32 = 10_000;
/// Services of one project.
pub const SERVICES: usize = 1_000;
/// Host ports that are looked at while the start of a project is worked out.
pub const PORTS_LOOKED_AT: usize = 2_000_000;
