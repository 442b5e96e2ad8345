//! Power of d choices: draw d distinct replicas at random, take the one with the fewest requests in flight.

use super::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Score, Spec,
};
use crate::algorithm::words::{rule, score};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Power of d choices' definition.
pub static SPEC: Spec = Spec {
    name: "power_of_d",
    label: "Power of d choices",
    rule: Text::new(
        "Draw d different replicas at random; of these, the one with the fewest requests in flight, the \
         first drawn among equals.",
        "d verschiedene Repliken zufällig ziehen; davon die mit den wenigsten Anfragen unterwegs, bei \
         Gleichstand die zuerst gezogene.",
        "Tirer au hasard d répliques différentes ; parmi elles, celle qui a le moins de requêtes en \
         cours, la première tirée à égalité.",
    ),
    formula: "min n_i over d draws, without replacement unless asked for",
    complexity: "O(d)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[
        ParamSpec {
            name: "d",
            doc: Text::new(
                "How many replicas are drawn.",
                "So viele Repliken werden gezogen.",
                "Combien de répliques sont tirées.",
            ),
            unit: "",
            min: 1.0,
            max: 64.0,
            default: 2.0,
            whole: true,
        },
        ParamSpec {
            name: "replacement",
            doc: Text::new(
                "1: the same replica may be drawn again; 0: all draws differ.",
                "1: Dieselbe Replik kann wieder gezogen werden; 0: alle Züge sind verschieden.",
                "1 : la même réplique peut être tirée de nouveau ; 0 : tous les tirages diffèrent.",
            ),
            unit: "",
            min: 0.0,
            max: 1.0,
            default: 0.0,
            whole: true,
        },
    ],
    fails_when: "Few replicas: a full look at all of them costs no more and chooses better.",
    source: "Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001",
    evidence: Evidence::Definition,
    build: |params| {
        Box::new(PowerOfD {
            draws: params.get("d") as usize,
            replacement: params.get("replacement") > 0.0,
            drawn: Vec::new(),
            ordered: Vec::new(),
        })
    },
};

#[derive(Debug, Clone)]
struct PowerOfD {
    draws: usize,
    replacement: bool,
    drawn: Vec<u32>,
    /// The same, ascending.
    ordered: Vec<u32>,
}

impl PowerOfD {
    /// Places of d distinct candidates among n, in the order drawn: each is uniform over the places left.
    fn draw(&mut self, n: u32, rng: &mut Stream) -> &[u32] {
        self.drawn.clear();
        if self.replacement {
            self.drawn.extend((0..self.draws.min(n as usize * self.draws)).map(|_| rng.below(n)));
            return &self.drawn;
        }
        self.ordered.clear();
        for taken in 0..n.min(self.draws as u32) {
            let mut place = rng.below(n - taken);
            // The place counts only what is left: step over what lies at or below it, in ascending order.
            let mut below = 0;
            while self.ordered.get(below).is_some_and(|&used| used <= place) {
                (place, below) = (place + 1, below + 1);
            }
            // Nothing steps over the last.
            if taken + 1 < self.draws as u32 {
                self.ordered.insert(below, place);
            }
            self.drawn.push(place);
        }
        &self.drawn
    }

    /// The same where it is two of at least two.
    #[inline(always)]
    fn two(&self, n: u32, rng: &mut Stream) -> Option<[u32; 2]> {
        if self.draws != 2 || n < 2 || self.replacement {
            return None;
        }
        let (first, second) = (rng.below(n), rng.below(n - 1));
        Some([first, second + u32::from(second >= first)])
    }
}

impl Algorithm for PowerOfD {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        let n = pool.eligible.len() as u32;
        let two = self.two(n, rng);
        if let Some([a, b]) = two.map(|two| two.map(|place| pool.eligible[place as usize]))
            && pool.weight_of(a) > 0
            && pool.weight_of(b) > 0
        {
            return Decision::Route(if pool.load(b) < pool.load(a) { b } else { a });
        }
        let mut best: Option<u32> = None;
        let drawn = match &two {
            Some(two) => &two[..],
            None => self.draw(n, rng),
        };
        for &place in drawn {
            let member = pool.eligible[place as usize];
            let load = |m: u32| pool.in_flight[m as usize];
            if pool.weight[member as usize] > 0 && best.is_none_or(|b| load(member) < load(b)) {
                best = Some(member);
            }
        }
        // Every draw had weight 0: take the lightest of all that may be chosen.
        best.or_else(|| {
            let open = pool.eligible.iter().copied().filter(|&m| pool.weight[m as usize] > 0);
            open.min_by_key(|&m| pool.in_flight[m as usize])
        })
        .map_or(Decision::Reject, Decision::Route)
    }

    fn is_blind(&self) -> bool {
        true
    }

    fn among_equals(&mut self, loads: &[u32], _: u32, rng: &mut Stream) -> Option<u32> {
        let lighter = |a: u32, b: u32| if loads[b as usize] < loads[a as usize] { b } else { a };
        let n = loads.len() as u32;
        match self.two(n, rng) {
            Some([a, b]) => Some(lighter(a, b)),
            None => self.draw(n, rng).iter().copied().reduce(lighter),
        }
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let n = pool.in_flight[member as usize];
            Score { member, value: f64::from(n), filled: score::in_flight(&n) }
        };
        Explanation {
            scores: pool.eligible.iter().map(score).collect(),
            because: rule::some_drawn(&self.draws),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    /// 60,000 draws of 3 out of 6 in order: each of the 6 places is equally likely at each position.
    /// Chi-square with 5 degrees of freedom, 20.5 is passed in all but 0.1 % of seeds.
    #[test]
    fn draws_are_distinct_and_uniform() {
        let mut algorithm = PowerOfD { draws: 3, replacement: false, drawn: Vec::new(), ordered: Vec::new() };
        let mut stream = Stream::new(42, Purpose::Algorithm, 0);
        let mut counts = [[0_f64; 6]; 3];
        for _ in 0..60_000 {
            algorithm.draw(6, &mut stream);
            let d = &algorithm.drawn;
            assert!(d[0] != d[1] && d[1] != d[2] && d[0] != d[2]);
            for (position, &place) in d.iter().enumerate() {
                counts[position][place as usize] += 1.0;
            }
        }
        for row in counts {
            let chi: f64 = row.iter().map(|c| (c - 1e4) * (c - 1e4) / 1e4).sum();
            assert!(chi < 20.5, "{chi}");
        }
    }

    #[test]
    fn two_are_drawn_as_by_the_general_way() {
        let mut algorithm = PowerOfD { draws: 2, replacement: false, drawn: Vec::new(), ordered: Vec::new() };
        let mut stream = Stream::new(7, Purpose::Algorithm, 0);
        for n in (2..40).cycle().take(2_000) {
            let mut copy = stream.clone();
            let two = algorithm.two(n, &mut copy).unwrap();
            assert_eq!(two, algorithm.draw(n, &mut stream));
            assert_eq!(copy, stream);
        }
    }

    #[test]
    fn more_draws_than_members_is_a_full_scan() {
        let mut algorithm = (SPEC.build)(&SPEC.params(&[("d".into(), 64.0)]).unwrap());
        let pool = PoolView::plain(&[0, 2, 3], &[0, 0, 4, 1], &[0, 1, 1, 1]);
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let pick = algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool, &mut stream);
        assert_eq!(pick, Decision::Route(3));
        assert!(SPEC.params(&[("d".into(), 2.5)]).is_err() && SPEC.params(&[("k".into(), 1.0)]).is_err());
    }
}
