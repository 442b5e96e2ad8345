//! `feedback_weights`: weights follow what replicas report of their CPU.

use std::collections::VecDeque;

use crate::algorithm::candidates::{explained, route};
use crate::algorithm::edf::Edf;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, ParamSpec, PoolView, Report,
    RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::{SimDuration, SimTime};

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "feedback_weights",
    label: "Feedback weights",
    rule: Text::new(
        "All replicas are asked for their CPU utilisation again and again; who is busier than the mean \
         gets a smaller weight, who is less busy a larger one; by these weights the earliest \
         deadline is next.",
        "Alle Repliken werden immer wieder nach ihrer CPU-Auslastung gefragt; wer mehr zu tun hat als \
         das Mittel, bekommt ein kleineres Gewicht, wer weniger, ein größeres; nach diesen \
         Gewichten ist die früheste Frist dran.",
        "Toutes les répliques sont interrogées sans cesse sur leur CPU ; une réplique plus occupée \
         que la moyenne reçoit un poids plus petit, une moins occupée un plus grand ; selon ces poids, \
         l’échéance la plus proche passe.",
    ),
    formula: "f_i ← f_i (1 + g (ū − u_i) / ū), from 1/2 to 2 times a step and 1/20 to 20 in all; min d_i, then \
              d_i += 1 / (w_i f_i)",
    complexity: "O(log n)",
    knowledge: Knowledge::Reported,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[
        ParamSpec {
            name: "period",
            doc: Text::new(
                "Time between two reports of a replica.",
                "Zeit zwischen zwei Meldungen einer Replik.",
                "Temps entre deux rapports d’une réplique.",
            ),
            unit: "s",
            min: 0.01,
            max: 3600.0,
            default: 1.0,
            whole: false,
        },
        ParamSpec {
            name: "gain",
            doc: Text::new(
                "How strongly weights follow: 0 not at all, 1 all the way at once.",
                "Wie stark die Gewichte folgen: 0 gar nicht, 1 sofort ganz.",
                "Combien les poids suivent : 0 pas du tout, 1 entièrement et tout de suite.",
            ),
            unit: "",
            min: 0.0,
            max: 2.0,
            default: 0.3,
            whole: false,
        },
    ],
    fails_when: "Load changes faster than reports come: it corrects what is over. A replica that fails fast is idle, and \
                 gets more and more.",
    source: "Dropbox Robinhood, 2023, in its proportional part; the numbers are this simulator's",
    evidence: Evidence::Definition,
    build: |params| {
        Box::new(FeedbackWeights {
            period: SimDuration::from_secs_f64(params.get("period")),
            gain: params.get("gain"),
            due: SimTime::ZERO,
            states: Vec::new(),
            young: Young::default(),
            wanted: Vec::new(),
            edf: Edf::default(),
        })
    },
};

/// What is known of a replica.
#[derive(Debug, Clone, Copy)]
struct State {
    factor: f64,
    /// Share of the CPU that it used between its last two reports, and when the last one came.
    used: Option<(f64, SimTime)>,
    /// Which of the reports in [`Young`] that is.
    place: u64,
    last: Option<Report>,
}

const FRESH: State = State { factor: 1.0, used: None, place: 0, last: None };

/// Utilisation in whole parts of this size: their sum is exact, so that what was added can be taken away again.
const PART: f64 = (1_u64 << 60) as f64;

/// The utilisations that count: those whose report is not too old.
#[derive(Debug, Clone, Default)]
struct Young {
    /// Their sum in 2⁻⁶⁰, and how many they are.
    sum: u128,
    count: u32,
    /// Reports in order of time: when, of whom, and the utilisation. The last of each replica counts.
    line: VecDeque<(SimTime, u32, f64)>,
    /// How many have left the line, so that each has a number.
    gone: u64,
}

impl Young {
    const fn parts(used: f64) -> u128 {
        (used * PART) as u128
    }

    /// A report has come; its number.
    fn add(&mut self, at: SimTime, member: u32, used: f64) -> u64 {
        self.line.push_back((at, member, used));
        self.sum += Self::parts(used);
        self.count += 1;
        self.gone + self.line.len() as u64 - 1
    }

    fn take_away(&mut self, used: f64) {
        self.sum -= Self::parts(used);
        self.count -= 1;
    }

    fn mean(&self) -> f64 {
        self.sum as f64 / PART / f64::from(self.count.max(1))
    }
}

#[derive(Debug, Clone)]
struct FeedbackWeights {
    period: SimDuration,
    gain: f64,
    due: SimTime,
    states: Vec<State>,
    young: Young,
    wanted: Vec<u32>,
    edf: Edf,
}

impl FeedbackWeights {
    fn factor(&self, member: u32) -> f64 {
        self.states.get(member as usize).map_or(1.0, |state| state.factor)
    }

    /// Notes the utilisation of a member; the mean of those whose last report is not older than three periods.
    fn mean_with(&mut self, now: SimTime, member: u32, used: f64) -> f64 {
        let oldest = self.period.0.saturating_mul(3);
        let young = |at: SimTime| now.since(at).0 <= oldest;
        while let Some(&(_, member, used)) = self.young.line.front().filter(|first| !young(first.0)) {
            // Where a later report of the same replica has come, that one counts in its place.
            if self.states[member as usize].place == self.young.gone {
                self.young.take_away(used);
            }
            self.young.line.pop_front();
            self.young.gone += 1;
        }
        let place = self.young.add(now, member, used);
        let state = &mut self.states[member as usize];
        state.place = place;
        if let Some((before, _)) = state.used.replace((used, now)).filter(|(_, at)| young(*at)) {
            self.young.take_away(before);
        }
        self.young.mean()
    }
}

impl Algorithm for FeedbackWeights {
    fn decide(&mut self, now: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        if now >= self.due {
            self.due = now + self.period;
            self.wanted.clear();
            self.wanted.extend(pool.usable.iter().rev());
        }
        self.edf.update(pool.layout, pool.members, pool, |_| {});
        let states = &self.states;
        let factor = |member: u32| states.get(member as usize).map_or(1.0, |state| state.factor);
        route(self.edf.next(pool, |member| 1.0 / factor(member)))
    }

    fn asks_for_reports(&self) -> bool {
        true
    }

    fn wants_report(&mut self) -> Option<u32> {
        self.wanted.pop()
    }

    fn learn(&mut self, now: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        let Feedback::Reported { member, report } = *feedback else { return true };
        self.states.resize(pool.weight.len().max(self.states.len()), FRESH);
        let state = &mut self.states[member as usize];
        let Some(last) = state.last.replace(report) else { return true };
        let could = report.cpu_capacity.0.saturating_sub(last.cpu_capacity.0);
        // A replica that was started anew counts from 0 again.
        if could == 0 || report.cpu_time < last.cpu_time {
            return true;
        }
        let used = (report.cpu_time.0 - last.cpu_time.0) as f64 / could as f64;
        let mean = self.mean_with(now, member, used);
        if mean <= 0.0 {
            return true;
        }
        let step = (1.0 + self.gain * (mean - used) / mean).clamp(0.5, 2.0);
        let state = &mut self.states[member as usize];
        state.factor = (state.factor * step).clamp(0.05, 20.0);
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let told = self.edf.explain(pool);
        let due = |member: u32| told.scores.iter().find(|score| score.member == member);
        explained(pool, rule::deadline_later(), |member| {
            let (weight, factor) = (pool.weight_of(member), self.factor(member));
            let used = self.states.get(member as usize).and_then(|state| state.used);
            let used =
                used.map_or_else(score::no_report, |(used, _)| format!("CPU {:.0} %", used * 100.0).into());
            let value = due(member).map_or(f64::INFINITY, |score| score.value);
            (value, score::due_used(&format!("{value:.3}"), &weight, &format!("{factor:.2}"), used))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    fn fresh() -> FeedbackWeights {
        FeedbackWeights {
            period: SimDuration::from_secs(1),
            gain: 0.3,
            due: SimTime::ZERO,
            states: Vec::new(),
            young: Young::default(),
            wanted: Vec::new(),
            edf: Edf::default(),
        }
    }

    /// Reports of five replicas at random times, half of them soon, some at the same instant or after many periods: the
    /// mean is that of all last reports of at most 3 s ago, as it is when all are looked at.
    #[test]
    fn the_mean_is_that_of_young_reports() {
        let mut stream = Stream::new(5, Purpose::Faults, 0);
        let (mut algorithm, mut now) = (fresh(), SimTime::ZERO);
        algorithm.states.resize(5, FRESH);
        let mut silent = 0;
        for _ in 0..20_000 {
            let pause = [0, 300_000_000, 900_000_000, 4_000_000_000][stream.below(4) as usize];
            now += SimDuration(pause);
            let (member, used) = (stream.below(5), stream.unit());
            let mean = algorithm.mean_with(now, member, used);
            let known = algorithm.states.iter().filter_map(|state| state.used);
            let young: Vec<f64> =
                known.filter(|(_, at)| now.since(*at).0 <= 3_000_000_000).map(|(used, _)| used).collect();
            let exact = young.iter().sum::<f64>() / young.len() as f64;
            assert!((mean - exact).abs() < 1e-12, "{mean} {exact}");
            silent += 5 - young.len();
        }
        assert!(silent > 10_000, "{silent}");
    }

    /// Two replicas report 90 % and 30 % once: ū is 90 % when the first report counts alone, so nothing moves, then
    /// 60 %: f_1 = 1 + 0.3 · (0.6 − 0.3) / 0.6 = 1.15. In the next round, 90 %: f_0 = 1 − 0.3 · 0.3 / 0.6 = 0.85.
    #[test]
    fn weights_follow_reports() {
        let (members, load, weight) = ([0, 1], [0; 2], [1; 2]);
        let pool = PoolView::plain(&members, &load, &weight);
        let mut algorithm = fresh();
        let mut tell = |second: u64, member: u32, percent: u64| {
            let (cpu_time, cpu_capacity) =
                (SimDuration(second * percent * 10_000_000), SimDuration::from_secs(second));
            let report = Report { cpu_time, cpu_capacity, ..Report::default() };
            let reported = Feedback::Reported { member, report };
            algorithm.learn(SimTime(second * 1_000_000_000), &reported, &pool);
            algorithm.factor(member)
        };
        assert_eq!([tell(1, 0, 90), tell(1, 1, 30)], [1.0, 1.0]);
        assert_eq!(tell(2, 0, 90), 1.0);
        assert!((tell(2, 1, 30) - 1.15).abs() < 1e-9);
        assert!((tell(3, 0, 90) - 0.85).abs() < 1e-9);
        // 0.85 to 1.15 of the turns: 85 and 115 of 200, give or take one.
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let mut pick = || algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool, &mut stream);
        let first = (0..200).filter(|_| pick() == Decision::Route(0)).count();
        assert!((84..=86).contains(&first), "{first}");
    }
}
