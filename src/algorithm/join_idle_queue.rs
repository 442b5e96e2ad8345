//! `join_idle_queue`: idle replicas put themselves into a line.

use crate::algorithm::words::{rule, score};
use crate::lang::Text;
use std::collections::VecDeque;

use crate::algorithm::candidates::{any, explained, route};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "join_idle_queue",
    label: "Join idle queue",
    rule: Text::new(
        "The replica that has been idle longest, as far as this balancer knows; without one, any, or the \
         least loaded of some draws.",
        "Die Replik, die am längsten untätig ist, soweit dieser Lastverteiler weiß; ohne eine solche \
         irgendeine, oder die am wenigsten belastete einiger gezogener.",
        "La réplique inactive depuis le plus longtemps, pour ce que sait ce répartiteur ; sinon \
         n’importe laquelle, ou la moins chargée de quelques tirages.",
    ),
    formula: "first of the line of those with n_i = 0; else min n_i of d draws with replacement",
    complexity: "O(1)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[ParamSpec {
        name: "fallback_draws",
        doc: Text::new(
            "Draws when nobody is idle; 1 is the paper's.",
            "Züge, wenn niemand frei ist; im Aufsatz ist es 1.",
            "Tirages quand aucune n’est inactive ; l’article en fait 1.",
        ),
        unit: "",
        min: 1.0,
        max: 64.0,
        default: 1.0,
        whole: true,
    }],
    fails_when: "Load is high: hardly anybody is idle, and what is left is chance.",
    source: "Lu et al., Join-Idle-Queue, 2011",
    evidence: Evidence::Definition,
    build: |params| {
        Box::new(JoinIdleQueue {
            line: VecDeque::new(),
            queued: Vec::new(),
            draws: params.get("fallback_draws") as u32,
        })
    },
};

#[derive(Debug, Clone)]
struct JoinIdleQueue {
    line: VecDeque<u32>,
    queued: Vec<bool>,
    draws: u32,
}

impl Algorithm for JoinIdleQueue {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        if self.queued.len() < pool.weight.len() {
            self.register(pool);
        }
        for _ in 0..self.line.len() {
            let Some(member) = self.line.pop_front() else { break };
            let idle = pool.load(member) == 0;
            if idle && pool.is_eligible(member) && pool.weight_of(member) > 0 {
                self.queued[member as usize] = false;
                return Decision::Route(member);
            }
            if idle {
                self.line.push_back(member);
            } else {
                self.queued[member as usize] = false;
            }
        }
        let mut best = any(pool, rng);
        for _ in 1..self.draws {
            best = match (best, any(pool, rng)) {
                (Some(first), Some(other)) if pool.load(other) < pool.load(first) => Some(other),
                _ => best,
            };
        }
        route(best)
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        match *feedback {
            Feedback::Completed { member, .. } if pool.load(member) == 0 => self.join(member, pool),
            Feedback::PoolChanged => self.register(pool),
            _ => {}
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::first_of_line(), |member| {
            let place = self.line.iter().position(|&idle| idle == member && pool.load(member) == 0);
            match place {
                Some(place) => (place as f64, score::idle_place(&(place + 1))),
                None => (f64::INFINITY, score::in_flight(&pool.load(member))),
            }
        })
    }
}

impl JoinIdleQueue {
    fn join(&mut self, member: u32, pool: &PoolView<'_>) {
        if self.queued.len() < pool.weight.len() {
            self.queued.resize(pool.weight.len(), false);
        }
        if !std::mem::replace(&mut self.queued[member as usize], true) {
            self.line.push_back(member);
        }
    }

    /// Who is idle and not in the line yet.
    fn register(&mut self, pool: &PoolView<'_>) {
        self.queued.resize(pool.weight.len().max(self.queued.len()), false);
        pool.members
            .iter()
            .filter(|&&member| pool.load(member) == 0)
            .for_each(|&member| self.join(member, pool));
    }
}
