//! Which replicas each of several balancers knows, where none knows all: large fleets whose clients balance themselves.

use super::Balancer;
use super::field::{choice, record};
use super::problem::{Path, Problems};
use super::say::parts;

record! {
    /// Each instance of a balancer knows only some of the replicas (subsetting), so that connections don't grow with
    /// both.
    pub struct Subset {
        /// Replicas that each instance knows; all, where there are no more.
        pub size: u32 = 20, in 1..=10_000;
        /// Which ones.
        pub kind: SubsetKind = SubsetKind::Deterministic;
    }
}

choice! {
    /// Which replicas an instance knows.
    pub enum SubsetKind {
        Random = "random": "Each instance draws its own: some replicas are known by many, others by few.",
        Deterministic = "deterministic": "As many as there are whole subsets deal out a shuffled list, the next ones another (Google SRE, ch. 20).",
    }
}

impl Subset {
    /// Adds what is wrong with it.
    pub(super) fn check(b: &Balancer, at: &Path<'_>, problems: &mut Problems) {
        if b.subset.is_some() && (b.shared || b.instances == 1) {
            let text = parts::subset();
            problems.advise(at.key("subset"), text, parts::more_instances());
        }
    }
}
