//! `aws.weighted_random`: drawn at random, with smaller weights for targets whose answers are anomalous.

use crate::algorithm::candidates::{any, explained, open, route};
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::{SimDuration, SimTime};

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "aws.weighted_random",
    label: "AWS ALB weighted random",
    rule: Text::new(
        "Any healthy target; with anomaly mitigation, one that gives errors more often than its peers \
         gets a smaller and smaller share, and its whole share back by and by.",
        "Irgendein gesundes Ziel; mit Anomalie-Abwehr bekommt eines, das öfter Fehler liefert als die \
         anderen, immer weniger, und nach und nach wieder seinen ganzen Anteil.",
        "N’importe quelle cible saine ; avec l’atténuation d’anomalies, celle qui fait plus d’erreurs \
         que les autres reçoit de moins en moins, puis peu à peu toute sa part.",
    ),
    formula: "P(i) = f_i / Σ f; every 10 s of traffic f_i is halved (to 1/16 at least) where the errors of i are twice \
              those of its peers and 5 % more, else it grows by 1/8",
    complexity: "O(1) while nobody is anomalous, else O(n)",
    knowledge: Knowledge::LocalAnswers,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[ParamSpec {
        name: "mitigation",
        doc: Text::new(
            "1: anomalous targets get less; it needs three targets or more. 0: all are alike.",
            "1: Auffällige Ziele bekommen weniger; das braucht mindestens drei Ziele. 0: Alle sind gleich.",
            "1 : les cibles anormales reçoivent moins ; il faut au moins trois cibles. 0 : toutes se valent.",
        ),
        unit: "",
        min: 0.0,
        max: 1.0,
        default: 0.0,
        whole: true,
    }],
    fails_when: "Load differs: chance alone puts long queues on some. A target that is slow, but answers, is no anomaly.",
    source: "AWS Application Load Balancer, documentation of 2026, weighted_random; AWS does not publish when a target \
             is anomalous and by how much its weight is lowered: the numbers are this simulator's",
    evidence: Evidence::Documented,
    build: |params| {
        Box::new(WeightedRandom { mitigates: params.get("mitigation") > 0.0, ..WeightedRandom::default() })
    },
};

/// Errors are compared this often.
const PERIOD: SimDuration = SimDuration::from_secs(10);
/// A whole share, in sixteenths; the smallest; and by how much it grows back.
const WHOLE: u32 = 16;
const SMALLEST: u32 = 1;
const GROWTH: u32 = 2;
/// Mitigation needs so many targets.
const FEWEST: usize = 3;

/// Answers of a target in this period, and its share in sixteenths.
#[derive(Debug, Clone, Copy)]
struct Target {
    answers: u32,
    errors: u32,
    factor: u32,
}

#[derive(Debug, Clone, Default)]
struct WeightedRandom {
    mitigates: bool,
    until: SimTime,
    targets: Vec<Target>,
    /// Targets whose share is not whole.
    lowered: u32,
}

impl WeightedRandom {
    fn factor(&self, member: u32) -> u32 {
        self.targets.get(member as usize).map_or(WHOLE, |target| target.factor)
    }

    /// Compares each with its peers, and begins a new period.
    fn judge(&mut self, pool: &PoolView<'_>) {
        let seen = pool.usable.iter().filter_map(|&member| self.targets.get(member as usize));
        let (answers, errors) =
            seen.fold((0, 0), |(a, e), t| (a + u64::from(t.answers), e + u64::from(t.errors)));
        let judged = pool.usable.len() >= FEWEST;
        for target in &mut self.targets {
            let (mine, wrong) = (u64::from(target.answers), u64::from(target.errors));
            let share = |errors: u64, answers: u64| errors as f64 / answers.max(1) as f64;
            let peers = share(errors.saturating_sub(wrong), answers.saturating_sub(mine));
            target.factor = if judged && share(wrong, mine) > 2.0 * peers + 0.05 {
                (target.factor / 2).max(SMALLEST)
            } else {
                (target.factor + GROWTH).min(WHOLE)
            };
            (target.answers, target.errors) = (0, 0);
        }
        self.lowered = self.targets.iter().filter(|target| target.factor < WHOLE).count() as u32;
    }
}

impl Algorithm for WeightedRandom {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        if self.lowered == 0 {
            return route(any(pool, rng));
        }
        let total: u32 = open(pool).map(|member| self.factor(member)).sum();
        if total == 0 {
            return Decision::Reject;
        }
        let mut draw = rng.below(total);
        route(open(pool).find(|&member| {
            let hit = draw < self.factor(member);
            draw = draw.wrapping_sub(self.factor(member));
            hit
        }))
    }

    fn learn(&mut self, now: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        if !self.mitigates {
            return false;
        }
        let Feedback::Completed { member, error, .. } = *feedback else { return true };
        let known = pool.weight.len().max(self.targets.len());
        self.targets.resize(known, Target { answers: 0, errors: 0, factor: WHOLE });
        let target = &mut self.targets[member as usize];
        target.answers += 1;
        target.errors += u32::from(error);
        if now >= self.until {
            if self.until > SimTime::ZERO {
                self.judge(pool);
            }
            self.until = now + PERIOD;
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let total: u32 = open(pool).map(|member| self.factor(member)).sum();
        explained(pool, rule::drawn(), |member| {
            let factor = self.factor(member);
            let value = f64::from(factor) / f64::from(total.max(1));
            (value, format!("{factor} / {total} = {value:.3}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of 100 answers each, member 2 has 40 errors, its peers 1 of 200: more than 2 · 0.005 + 0.05, so it gets
    /// 8, and when it goes on like that 4, 2, 1 and stays there. Then it is well and grows by 2 each time.
    #[test]
    fn shares_fall_by_halves_and_grow_by_eighths() {
        let (members, load, weight) = ([0, 1, 2], [0; 3], [1; 3]);
        let pool = PoolView::plain(&members, &load, &weight);
        let mut algorithm = WeightedRandom { mitigates: true, ..WeightedRandom::default() };
        let mut period = |number: u64, errors: u32| {
            let now = SimTime(number * 10_000_000_000 + 1);
            for n in 0..300_u32 {
                let (member, error) = (n % 3, (n % 3 == 2 && n / 3 < errors) || n == 0);
                let time = SimDuration::from_millis(5);
                let done =
                    Feedback::Completed { member, response_time: time, ok: !error, failed: false, error };
                algorithm.learn(now, &done, &pool);
            }
            algorithm.factor(2)
        };
        // The first answer of a period closes the one before.
        let factors: Vec<u32> = (0..6).map(|number| period(number, 40)).collect();
        assert_eq!(factors, [16, 8, 4, 2, 1, 1]);
        let factors: Vec<u32> = (6..16).map(|number| period(number, 0)).collect();
        assert_eq!(factors, [1, 3, 5, 7, 9, 11, 13, 15, 16, 16]);
        assert_eq!((algorithm.factor(0), algorithm.lowered), (16, 0));
    }
}
