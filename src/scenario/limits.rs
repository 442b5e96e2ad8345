//! What one instance of a balancer can hold and do.

use super::field::{choice, record};
use super::problem::{Path, Problems};
use super::say::{given, parts};
use super::{Balancer, BalancerModel};
use crate::dist::Distribution;
use crate::units::SimDuration;

record! {
    /// What one instance of a balancer can hold and do. Without this table a balancer has no limits of its own.
    pub struct Limits {
        /// Connection slots of one instance; without it, no limit. nginx (worker_connections) takes one for the client
        /// and one for the replica, and closes clients for whom there is none; elsewhere (HAProxy maxconn) only clients
        /// take one, and further ones wait in the listen backlog.
        pub connections: Option<u32> = None, in Some(1)..=Some(10_000_000);
        /// File descriptors of one instance (ulimit -n): one for each client and one for each attempt; without it, no
        /// limit. Clients wait in the listen backlog until one is free.
        pub files: Option<u32> = None, in Some(1)..=Some(10_000_000);
        /// Connections that wait for one instance to take them, at most this plus one (nginx on Linux: 511).
        pub backlog: u32 = 511, in 0..=10_000_000;
        /// CPU time that one request takes in the balancer, both ways together.
        pub work: Distribution = Distribution::Constant(SimDuration::ZERO);
        /// Requests that one instance works on at once: its threads, each on a core of its own.
        pub cores: u32 = 1, in 1..=1_024;
    }
}

impl Limits {
    /// What no field alone can know.
    pub(super) fn check(&self, at: &Path<'_>, problems: &mut Problems) {
        // One slot for the client alone would be no slot for any replica.
        if self.files == Some(1) {
            let text = parts::files();
            problems.add(at.key("files"), None, text);
        }
    }
}

record! {
    /// A path that a balancer answers itself: no replica sees the request.
    pub struct OwnPath {
        /// How the paths begin.
        pub path: String = "/static/".into();
        /// With what.
        pub kind: OwnKind = OwnKind::Files;
    }
}

choice! {
    /// What a balancer answers itself.
    pub enum OwnKind {
        Files = "files": "Files from its disk (nginx root, alias).",
        Text = "text": "A fixed answer (nginx return 200).",
        Status = "status": "A page with its counters: active, accepts, handled, requests, reading, writing, waiting (nginx stub_status).",
    }
}

record! {
    /// A header that a balancer adds.
    pub struct Header {
        /// Its name.
        pub name: String = "X-Served-By".into();
        /// Its value; $hostname, $upstream_addr, $request_id and $status stand for what nginx means by them.
        pub value: String = "$hostname".into();
        /// To what.
        pub to: HeaderTo = HeaderTo::Answer;
        /// Also to answers that are errors (nginx always); otherwise to those of 200, 201, 204, 206, 301 to 304, 307
        /// and 308 alone.
        pub always: bool = false;
    }
}

choice! {
    /// To what a header is added.
    pub enum HeaderTo {
        Answer = "answer": "To the answer that the client gets (add_header).",
        Replica = "replica": "To the request that a replica gets (proxy_set_header).",
    }
}

/// The most paths of its own and headers of one balancer.
const LIST: usize = 100;

/// What is wrong with its own paths and its headers.
pub(super) fn check_own(b: &Balancer, at: &Path<'_>, problems: &mut Problems) {
    for (key, count) in [("own", b.own.len()), ("header", b.header.len())] {
        if count > LIST {
            problems.add(at.key(key), None, given::entries(&count, &LIST));
        }
    }
    for (i, own) in b.own.iter().enumerate().filter(|(_, own)| !own.path.starts_with('/')) {
        let text = parts::slash(&own.path);
        problems.add(at.key("own").index(i).key("path"), None, text);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    for (i, header) in b.header.iter().enumerate() {
        if header.name.is_empty() || !header.name.chars().all(plain) {
            let text = parts::header(&header.name);
            problems.add(at.key("header").index(i).key("name"), None, text);
        }
        if header.value.contains(['\n', '\r']) {
            problems.add(at.key("header").index(i).key("value"), None, parts::one_line());
        }
    }
}

impl BalancerModel {
    /// What it answers this path with itself: by the longest of its own paths that it begins with, as nginx chooses.
    pub(super) fn own_path(&self, path: &str) -> Option<OwnKind> {
        let fits = self.settings.own.iter().filter(|own| path.starts_with(&own.path));
        fits.max_by_key(|own| own.path.len()).map(|own| own.kind)
    }
}
