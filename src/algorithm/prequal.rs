//! `prequal`: probes say how loaded and how fast replicas are; hot ones are avoided, of the others the fastest wins.

use crate::algorithm::words::{rule, score};
use crate::lang::Text;
use std::collections::VecDeque;

use crate::algorithm::candidates::{any, route};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, ParamSpec, PoolView, RequestView, Score,
    Spec,
};
use crate::rng::Stream;
use crate::units::{SimDuration, SimTime};

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "prequal",
    label: "Prequal",
    rule: Text::new(
        "Each request sends probes to a few replicas, of whose answers the latest are kept: one with \
         more requests inside than most is hot; of the cold ones the fastest wins, and if \
         all are hot the one with the fewest inside.",
        "Jede Anfrage schickt Proben an einige Repliken, deren letzte Antworten aufgehoben werden: Wer \
         mehr Anfragen in sich hat als die meisten, ist heiß; von den kalten gewinnt die \
         schnellste, sind alle heiß, die mit den wenigsten.",
        "Chaque requête envoie des sondes à quelques répliques, dont les dernières réponses sont gardées \
         : celle qui contient plus de requêtes que la plupart est chaude ; parmi les \
         froides, la plus rapide gagne, et si toutes sont chaudes, la moins remplie.",
    ),
    formula: "hot: RIF_i > the q-quantile of the last 64 RIFs; min latency of the cold, else min RIF; a use adds 1 to \
              RIF_i; fewer than 2 answers: any",
    complexity: "O(1)",
    knowledge: Knowledge::Reported,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[
        ParamSpec {
            name: "probes",
            doc: Text::new(
                "Probes that each request sends.",
                "Proben, die jede Anfrage sendet.",
                "Sondes que chaque requête envoie.",
            ),
            unit: "",
            min: 0.0,
            max: 16.0,
            default: 3.0,
            whole: true,
        },
        ParamSpec {
            name: "quantile",
            doc: Text::new(
                "Share of replicas that are not hot: 2 to the power of −1/4.",
                "Anteil der Repliken, die nicht heiß sind: 2 hoch −1/4.",
                "Part des répliques qui ne sont pas chaudes : 2 à la puissance −1/4.",
            ),
            unit: "",
            min: 0.0,
            max: 1.0,
            default: 0.84,
            whole: false,
        },
        ParamSpec {
            name: "kept",
            doc: Text::new(
                "Answers that are kept, each of another replica.",
                "Antworten, die aufgehoben werden, jede von einer anderen Replik.",
                "Réponses gardées, chacune d’une réplique différente.",
            ),
            unit: "",
            min: 2.0,
            max: 64.0,
            default: 16.0,
            whole: true,
        },
        ParamSpec {
            name: "age",
            doc: Text::new(
                "How long an answer is good for.",
                "So lange gilt eine Antwort.",
                "Combien de temps une réponse reste valable.",
            ),
            unit: "s",
            min: 0.001,
            max: 60.0,
            default: 1.0,
            whole: false,
        },
    ],
    fails_when: "Few requests: answers are too old by the next one. Each probe costs a message, and all balancers see \
                 the same idle replica.",
    source: "Wydrowski et al., Load is not what you should balance: Introducing Prequal, 2024; details from working \
             knowledge of the paper",
    evidence: Evidence::Unchecked,
    build: |params| {
        Box::new(Prequal {
            probes: params.get("probes") as u32,
            quantile: params.get("quantile"),
            most: params.get("kept") as usize,
            age: SimDuration::from_secs_f64(params.get("age")),
            kept: VecDeque::new(),
            recent: Recent::default(),
            wanted: Vec::new(),
            removes_oldest: true,
        })
    },
};

/// RIFs of the last reports, of which the quantile is taken.
const RECENT: usize = 64;
/// Answers that are removed with each request, and how many uses more than needed are allowed (δ of the paper).
const REMOVED: f64 = 1.0;
const SLACK: f64 = 1.0;

/// A probe's answer.
#[derive(Debug, Clone, Copy)]
struct Answer {
    member: u32,
    inside: u32,
    latency: SimDuration,
    at: SimTime,
    uses: u32,
}

/// The last values, in the order in which they came and sorted.
#[derive(Debug, Clone, Default)]
struct Recent {
    order: VecDeque<u32>,
    sorted: Vec<u32>,
}

impl Recent {
    fn add(&mut self, value: u32) {
        if self.order.len() == RECENT
            && let Some(oldest) = self.order.pop_front()
            && let Ok(place) = self.sorted.binary_search(&oldest)
        {
            self.sorted.remove(place);
        }
        self.order.push_back(value);
        let place = self.sorted.partition_point(|&other| other < value);
        self.sorted.insert(place, value);
    }

    /// The smallest value that at least this share of all do not exceed.
    fn quantile(&self, share: f64) -> u32 {
        let rank = libm::ceil(share * self.sorted.len() as f64) as usize;
        self.sorted.get(rank.max(1) - 1).copied().unwrap_or(0)
    }
}

#[derive(Debug, Clone)]
struct Prequal {
    probes: u32,
    quantile: f64,
    most: usize,
    age: SimDuration,
    /// The oldest first.
    kept: VecDeque<Answer>,
    recent: Recent,
    /// Whom to ask now.
    wanted: Vec<u32>,
    removes_oldest: bool,
}

impl Prequal {
    /// How often an answer may be used: as often as is needed for enough of them to be there. With no more replicas
    /// than are kept, only its age limits it.
    fn most_uses(&self, members: usize) -> u32 {
        let news = (1.0 - self.most as f64 / members.max(1) as f64) * f64::from(self.probes) - REMOVED;
        if news <= 0.0 { u32::MAX } else { ((1.0 + SLACK) / news).max(1.0) as u32 }
    }

    /// Whether a beats b: cold before hot, the faster of the cold, the one with fewer inside of the hot.
    fn beats(&self, a: &Answer, b: &Answer) -> bool {
        let limit = self.recent.quantile(self.quantile);
        match (a.inside > limit, b.inside > limit) {
            (false, true) => true,
            (true, false) => false,
            (false, false) => (a.latency, a.inside) < (b.latency, b.inside),
            (true, true) => (a.inside, a.latency) < (b.inside, b.latency),
        }
    }

    fn best(&self, pool: &PoolView<'_>) -> Option<usize> {
        let open = |answer: &&Answer| pool.is_eligible(answer.member) && pool.weight_of(answer.member) > 0;
        if self.kept.iter().filter(open).count() < 2 {
            return None;
        }
        let places = (0..self.kept.len()).filter(|&place| open(&&self.kept[place]));
        places.reduce(|best, next| if self.beats(&self.kept[next], &self.kept[best]) { next } else { best })
    }

    /// One answer is given up with each request: the oldest and the worst in turn.
    fn remove_one(&mut self) {
        // With fewer than this, chance would decide.
        if self.kept.len() <= 2 {
            return;
        }
        if self.removes_oldest {
            self.kept.pop_front();
        } else {
            let worst = (0..self.kept.len()).reduce(|worst, next| {
                if self.beats(&self.kept[worst], &self.kept[next]) { next } else { worst }
            });
            worst.and_then(|place| self.kept.remove(place));
        }
        self.removes_oldest = !self.removes_oldest;
    }
}

impl Algorithm for Prequal {
    fn decide(
        &mut self,
        now: SimTime,
        _: &RequestView<'_>,
        pool: &PoolView<'_>,
        rng: &mut Stream,
    ) -> Decision {
        let age = self.age;
        self.kept.retain(|answer| now.since(answer.at) <= age);
        let decision = match self.best(pool) {
            Some(place) => {
                let most = self.most_uses(pool.usable.len());
                let answer = &mut self.kept[place];
                let member = answer.member;
                answer.inside += 1;
                answer.uses += 1;
                if answer.uses >= most {
                    self.kept.remove(place);
                }
                Decision::Route(member)
            }
            None => route(any(pool, rng)),
        };
        self.remove_one();
        self.wanted.clear();
        let n = pool.usable.len() as u32;
        // Drawn with replacement; the same one twice is asked once.
        for _ in 0..if n > 0 { self.probes } else { 0 } {
            let member = pool.usable[rng.below(n) as usize];
            if !self.wanted.contains(&member) {
                self.wanted.push(member);
            }
        }
        decision
    }

    fn asks_for_reports(&self) -> bool {
        true
    }

    fn wants_report(&mut self) -> Option<u32> {
        self.wanted.pop()
    }

    fn learn(&mut self, now: SimTime, feedback: &Feedback, _: &PoolView<'_>) -> bool {
        let Feedback::Reported { member, report } = *feedback else { return true };
        self.recent.add(report.inside);
        self.kept.retain(|answer| answer.member != member);
        if self.kept.len() == self.most {
            self.kept.pop_front();
        }
        let latency = report.latency.unwrap_or(SimDuration::ZERO);
        self.kept.push_back(Answer { member, inside: report.inside, latency, at: now, uses: 0 });
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let limit = self.recent.quantile(self.quantile);
        let score = |&member: &u32| match self.kept.iter().find(|answer| answer.member == member) {
            None => Score { member, value: f64::INFINITY, filled: score::no_answer() },
            Some(&Answer { inside, latency, .. }) => {
                let ms = latency.as_millis();
                let hot = inside > limit;
                let value = if hot { 1e9 + f64::from(inside) } else { ms };
                let words = if hot { score::hot } else { score::cold };
                Score { member, value, filled: words(&inside, &limit, &format!("{ms:.2}")) }
            }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::cold() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::Report;
    use crate::rng::Purpose;

    fn report(inside: u32, ms: u64) -> Report {
        Report { inside, latency: Some(SimDuration::from_millis(ms)), ..Report::default() }
    }

    fn prequal(quantile: f64) -> Box<dyn Algorithm> {
        (SPEC.build)(&SPEC.params(&[("quantile".into(), quantile), ("probes".into(), 0.0)]).unwrap())
    }

    /// RIFs 1, 2, 9 with a quantile of 0.6: the second of three, 2, is the limit. Cold are 0 (30 ms) and 1 (20 ms): 1
    /// wins, and has 3 inside then: hot. So 0 wins next, though 2 is the fastest of all.
    #[test]
    fn the_fastest_of_the_cold() {
        let (members, load, weight) = ([0, 1, 2], [0; 3], [1; 3]);
        let pool = PoolView::plain(&members, &load, &weight);
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let mut algorithm = prequal(0.6);
        let now = SimTime(1_000_000);
        for (member, report) in [(2, report(9, 1)), (0, report(1, 30)), (1, report(2, 20))] {
            algorithm.learn(now, &Feedback::Reported { member, report }, &pool);
        }
        // The oldest answer goes with the first request: that of 2. Two are always left.
        let mut pick = |now| algorithm.decide(now, &RequestView::default(), &pool, &mut stream);
        assert_eq!([pick(now), pick(now)], [1, 0].map(Decision::Route));
    }

    /// All have more inside than the 0-quantile but the least: 5 and 7 are hot, 4 is not there to be chosen.
    #[test]
    fn the_emptiest_of_the_hot() {
        let (load, weight) = ([0; 3], [1; 3]);
        let all = PoolView::plain(&[0, 1, 2], &load, &weight);
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let mut algorithm = prequal(0.0);
        for (member, report) in [(0, report(4, 9)), (1, report(7, 1)), (2, report(5, 2))] {
            algorithm.learn(SimTime(1), &Feedback::Reported { member, report }, &all);
        }
        let some = PoolView { eligible: [1, 2][..].into(), ..all };
        let pick = algorithm.decide(SimTime(2), &RequestView::default(), &some, &mut stream);
        assert_eq!(pick, Decision::Route(2));
    }

    /// (1 + 1) / ((1 − 16/100) · 3 − 1) = 2 / 1.52 = 1.3, so once; with 16 replicas or fewer there is no such limit.
    #[test]
    fn answers_are_used_as_often_as_needed() {
        let prequal = Prequal {
            probes: 3,
            quantile: 0.84,
            most: 16,
            age: SimDuration::from_secs(1),
            kept: VecDeque::new(),
            recent: Recent::default(),
            wanted: Vec::new(),
            removes_oldest: true,
        };
        assert_eq!((prequal.most_uses(100), prequal.most_uses(29), prequal.most_uses(16)), (1, 5, u32::MAX));
    }
}
