//! Subsetting: each instance of a front lists only some of the replicas.
//!
//! Subsets are drawn over the numbers of the members that were ever listed. One that is gone leaves its place empty;
//! when more come than were thought of, all subsets are drawn anew over all of them, as clients do that read a longer
//! list.

use super::super::Engine;
use crate::rng::{Purpose, Stream};
use crate::scenario::{BalancerModel, Subset, SubsetKind};

/// The subsets of a front's instances.
#[derive(Debug, Clone)]
pub(super) struct Subsets {
    rule: Subset,
    seed: u64,
    place: u32,
    /// Members that subsets are drawn of.
    backends: u32,
    /// By instance: its members, ascending.
    of: Vec<Vec<u32>>,
    /// By member: how many instances know it.
    known: Vec<u32>,
    /// By member: whether the front lists it.
    listed: Vec<bool>,
}

impl Subsets {
    /// Those of a front with so many replicas at the start; nothing where every instance knows all.
    pub(super) fn new(model: &BalancerModel, replicas: u32, (seed, place): (u64, u32)) -> Option<Box<Self>> {
        let rule = model.settings.subset.clone()?;
        let of = vec![Vec::new(); model.instances as usize];
        let mut subsets = Self { rule, seed, place, backends: 0, of, known: Vec::new(), listed: Vec::new() };
        subsets.draw(replicas);
        Some(Box::new(subsets))
    }

    fn stream(&self, number: u32) -> Stream {
        Stream::new(self.seed, Purpose::Subsets, (self.place << 16) | number)
    }

    fn draw(&mut self, backends: u32) {
        self.backends = backends;
        let size = self.rule.size.min(backends).max(1);
        // Whole subsets in a shuffled list: so many instances share it, and no two of them a member.
        let whole = match self.rule.kind {
            SubsetKind::Random => 1,
            SubsetKind::Deterministic => (backends / size).max(1),
        };
        self.known = vec![0; backends as usize];
        for instance in 0..self.of.len() as u32 {
            let from = (instance % whole * size) as usize;
            let list = shuffled(backends, &mut self.stream(instance / whole));
            let mut subset: Vec<u32> = list.into_iter().skip(from).take(size as usize).collect();
            subset.sort_unstable();
            subset.iter().for_each(|&member| self.known[member as usize] += 1);
            self.of[instance as usize] = subset;
        }
    }

    /// Whether an instance knows a member.
    pub(super) fn has(&self, instance: usize, member: u32) -> bool {
        self.of[instance].binary_search(&member).is_ok()
    }

    /// How many instances know a member.
    pub(super) fn known_by(&self, member: u32) -> u32 {
        self.known.get(member as usize).copied().unwrap_or(0)
    }
}

/// 0 to n − 1 in random order (Fisher and Yates).
fn shuffled(n: u32, stream: &mut Stream) -> Vec<u32> {
    let mut list: Vec<u32> = (0..n).collect();
    for i in (1..list.len()).rev() {
        list.swap(i, stream.below(i as u32 + 1) as usize);
    }
    list
}

impl Engine {
    /// Lists a member, or takes it off, at every instance that knows it. When it is beyond those that subsets were
    /// drawn of, they are drawn anew.
    pub(super) fn list_in_subsets(&mut self, front: u16, member: u32, listed: bool) {
        let now = self.now;
        let body = &mut self.fronts[usize::from(front)];
        let Some(subsets) = &mut body.subsets else { return };
        if subsets.listed.len() <= member as usize {
            subsets.listed.resize(member as usize + 1, false);
        }
        subsets.listed[member as usize] = listed;
        let grown = listed && member >= subsets.backends;
        if grown {
            subsets.draw(member + 1);
        }
        let first = if grown { 0 } else { member };
        for (number, instance) in body.instances.iter_mut().enumerate() {
            for member in first..=member {
                let known = subsets.listed[member as usize] && subsets.has(number, member);
                if !grown || instance.pool.is_listed(member) != known {
                    instance.pool.set_listed(now, member, known);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn subsets(text: &str, replicas: u32) -> Subsets {
        let text =
            format!("[balancer]\nsubset = {text}\ninstances = 30\n[[service]]\nreplicas = {replicas}\n");
        let model = Scenario::from_toml_str(&text).unwrap().validate().unwrap();
        *Subsets::new(&model.fronts[0], replicas, (7, 0)).unwrap()
    }

    /// 30 instances of 4 out of 12 replicas: 3 instances a round share no replica and have all 12 between them; in ten
    /// rounds each replica is known by ten.
    #[test]
    fn rounds_deal_out_all() {
        let dealt = subsets("{ size = 4 }", 12);
        for round in dealt.of.chunks(3) {
            let mut all: Vec<u32> = round.concat();
            all.sort_unstable();
            assert_eq!(all, (0..12).collect::<Vec<u32>>());
        }
        assert!((0..12).all(|member| dealt.known_by(member) == 10));
        assert!(
            dealt.of.chunks(3).any(|round| round[0] != dealt.of[0]),
            "each round has an order of its own"
        );
    }

    /// Drawn at random, some are known by more and some by fewer than ten, 120 in all. More than there are is all.
    #[test]
    fn chance_is_uneven() {
        let drawn = subsets("{ size = 4, kind = 'random' }", 12);
        let known: Vec<u32> = (0..12).map(|member| drawn.known_by(member)).collect();
        assert_eq!(known.iter().sum::<u32>(), 120);
        assert!(known.iter().any(|&n| n > 10) && known.iter().any(|&n| n < 10), "{known:?}");
        assert!(subsets("{ size = 40 }", 12).of.iter().all(|subset| subset.len() == 12));
    }

    /// 10 of 4: two whole subsets a round, and two replicas that nobody of that round knows.
    #[test]
    fn what_is_left_over_waits_for_another_round() {
        let dealt = subsets("{ size = 4 }", 10);
        assert!(dealt.of.iter().all(|subset| subset.len() == 4));
        for round in dealt.of.chunks(2) {
            assert!(round[0].iter().all(|member| !round[1].contains(member)));
        }
    }
}
