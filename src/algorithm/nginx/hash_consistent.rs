//! `nginx.hash_consistent`: a ring of points (ketama).

use super::memo::{Memo, TRIES};
use super::smooth::Smooth;
use crate::algorithm::crc32::{Crc32, crc32};
use crate::algorithm::places::Places;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// The ring's definition.
pub static SPEC: Spec = Spec {
    name: "nginx.hash_consistent",
    label: "nginx hash consistent",
    rule: Text::new(
        "Each replica has points on a ring; the first point at or after the key's hash decides, and the \
         next ones when its replica can't be asked.",
        "Jede Replik hat Punkte auf einem Ring; der erste Punkt ab dem Hash des Schlüssels entscheidet, \
         und die nächsten, wenn seine Replik nicht gefragt werden kann.",
        "Chaque réplique a des points sur un anneau ; le premier point à partir du hachage de la clé \
         décide, et les suivants quand sa réplique ne peut être sollicitée.",
    ),
    formula: "160 w points: p_k = crc32(host, 0, port, p_(k−1)); first p ≥ crc32(key), around; after 20 misses \
              nginx.round_robin",
    complexity: "O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "Few replicas: their shares of the ring differ by a third. A key that everybody has sends all to one.",
    source: "nginx 1.22.1 and 1.31, hash consistent",
    evidence: Evidence::Recorded,
    build: |_| Box::new(HashConsistent::default()),
};

const POINTS: u32 = 160;

/// The points of one name, which several members can have.
#[derive(Debug, Clone, Default)]
struct Ring {
    layout: u64,
    /// Hash and number of the name, ascending by hash, each hash once.
    points: Vec<(u32, u32)>,
    places: Places,
    /// Members by name.
    names: Vec<Vec<u32>>,
}

/// Host and port of an address as it is written; without a port, nothing.
fn split(address: &str) -> (&str, &str) {
    match address.rsplit_once(':') {
        _ if address.starts_with("unix:") => (&address[5..], ""),
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port),
        _ => (address, ""),
    }
}

impl Ring {
    fn update(&mut self, pool: &PoolView<'_>) {
        if pool.layout != 0 && pool.layout == self.layout {
            return;
        }
        self.layout = pool.layout;
        self.points.clear();
        self.names.clear();
        let mut known: Vec<(&str, u32)> = Vec::with_capacity(pool.members.len());
        for &member in pool.members {
            let address = pool.settings(member).address.as_str();
            known.push((address, member));
            self.add(address, known.len() as u32 - 1, pool.weight_of(member));
        }
        self.points.sort_unstable();
        self.points.dedup_by_key(|point| point.0);
        self.places.learn(32, self.points.iter().map(|point| u64::from(point.0)));
        self.group(&known);
    }

    fn add(&mut self, address: &str, number: u32, weight: u32) {
        let (host, port) = split(address);
        let base = Crc32::new().with(host.as_bytes()).with(&[0]).with(port.as_bytes());
        let mut point = 0_u32;
        for _ in 0..weight.saturating_mul(POINTS) {
            point = base.with(&point.to_le_bytes()).value();
            self.points.push((point, number));
        }
    }

    /// Members of the same name share its points.
    fn group(&mut self, known: &[(&str, u32)]) {
        let mut order: Vec<usize> = (0..known.len()).collect();
        order.sort_unstable_by_key(|&place| (known[place].0, place));
        let mut of_place = vec![0; known.len()];
        let mut last = None;
        for place in order {
            let (address, member) = known[place];
            if last != Some(address) {
                self.names.push(Vec::new());
                last = Some(address);
            }
            of_place[place] = self.names.len() as u32 - 1;
            if let Some(name) = self.names.last_mut() {
                name.push(member);
            }
        }
        self.points.iter_mut().for_each(|point| point.1 = of_place[point.1 as usize]);
    }

    /// The place of the first point at or after a hash; the number of points when there is none.
    fn first_at(&self, hash: u32) -> u32 {
        let point = |place: usize| u64::from(self.points[place].0);
        self.places.first_from(hash.into(), self.points.len(), point) as u32
    }

    fn members_at(&self, place: u32) -> &[u32] {
        let (_, name) = self.points[place as usize % self.points.len()];
        &self.names[name as usize]
    }
}

#[derive(Debug, Clone, Default)]
struct HashConsistent {
    ring: Ring,
    smooth: Smooth,
    open: Vec<u32>,
}

impl HashConsistent {
    fn pick(&mut self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Option<u32> {
        self.ring.update(pool);
        if self.ring.points.is_empty() || pool.members.len() < 2 {
            return None;
        }
        let mut memo = Memo::load(&request.memo, || self.ring.first_at(request.with_key(crc32)));
        while memo.tries <= TRIES {
            self.open.clear();
            let there = self.ring.members_at(memo.at).iter();
            self.open.extend(there.filter(|&&member| pool.is_eligible(member)));
            let member = self.smooth.next(self.open[..].into(), pool);
            if member.is_none() {
                memo.at = memo.at.wrapping_add(1);
                memo.gives_up();
            }
            memo.store(&request.memo);
            if member.is_some() {
                return member;
            }
        }
        None
    }
}

impl Algorithm for HashConsistent {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        let hashed = self.pick(request, pool);
        hashed.or_else(|| self.smooth.next(pool.eligible, pool)).map_or(Decision::Reject, Decision::Route)
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        self.smooth.learn(feedback, pool);
        true
    }

    /// The distance from the key to each member's nearest point ahead.
    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let mut ring = self.ring.clone();
        ring.update(pool);
        let key = request.with_key(crc32);
        let start = ring.first_at(key);
        let ahead = |member: u32| {
            (0..ring.points.len() as u32)
                .map(|step| start + step)
                .find(|&at| ring.members_at(at).contains(&member))
        };
        let score = |&member: &u32| {
            let point = ahead(member).map(|at| ring.points[at as usize % ring.points.len()].0);
            let value = point.map_or(f64::INFINITY, |point| f64::from(point.wrapping_sub(key)));
            let ahead = |point| score::ahead(&format!("{point:#010x}"), &format!("{value:.0}"));
            let filled = point.map_or_else(score::no_point, ahead);
            Score { member, value, filled }
        };
        Explanation {
            scores: pool.members.iter().map(score).collect(),
            because: rule::key_at_asked(&format!("{key:#010x}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart_as_written() {
        assert_eq!(split("10.0.0.1:8080"), ("10.0.0.1", "8080"));
        assert_eq!(split("app"), ("app", ""));
        assert_eq!(split("[::1]:80"), ("[::1]", "80"));
        assert_eq!(split("unix:/run/app.sock"), ("/run/app.sock", ""));
    }
}
