//! `feedback_weights`: weights follow what replicas report of their CPU.

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
        "Toutes les répliques sont interrogées sans cesse sur leur CPU ; la plus occupée que la moyenne \
         reçoit un poids plus petit, la moins occupée un plus grand ; selon ces poids, \
         l’échéance la plus proche passe.",
    ),
    formula: "f_i ← f_i (1 + g (ū − u_i) / ū), from 1/2 to 2 times a step and 1/20 to 20 in all; min d_i, then \
              d_i += 1 / (w_i f_i)",
    complexity: "O(log n), and O(n) for each report",
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
    last: Option<Report>,
}

const FRESH: State = State { factor: 1.0, used: None, last: None };

#[derive(Debug, Clone)]
struct FeedbackWeights {
    period: SimDuration,
    gain: f64,
    due: SimTime,
    states: Vec<State>,
    wanted: Vec<u32>,
    edf: Edf,
}

impl FeedbackWeights {
    fn factor(&self, member: u32) -> f64 {
        self.states.get(member as usize).map_or(1.0, |state| state.factor)
    }

    /// The mean utilisation of those whose last report is not older than three periods.
    fn mean(&self, now: SimTime) -> Option<f64> {
        let young = self.states.iter().filter_map(|state| state.used);
        let young = young.filter(|(_, at)| now.since(*at).0 <= self.period.0.saturating_mul(3));
        let (sum, count) = young.fold((0.0, 0), |(sum, count), (used, _)| (sum + used, count + 1));
        (count > 0).then(|| sum / f64::from(count))
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
        state.used = Some((used, now));
        let Some(mean) = self.mean(now).filter(|&mean| mean > 0.0) else { return true };
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

    /// Two replicas report 90 % and 30 % once: ū is 90 % when the first report counts alone, so nothing moves, then
    /// 60 %: f_1 = 1 + 0.3 · (0.6 − 0.3) / 0.6 = 1.15. In the next round, 90 %: f_0 = 1 − 0.3 · 0.3 / 0.6 = 0.85.
    #[test]
    fn weights_follow_reports() {
        let (members, load, weight) = ([0, 1], [0; 2], [1; 2]);
        let pool = PoolView::plain(&members, &load, &weight);
        let mut algorithm = FeedbackWeights {
            period: SimDuration::from_secs(1),
            gain: 0.3,
            due: SimTime::ZERO,
            states: Vec::new(),
            wanted: Vec::new(),
            edf: Edf::default(),
        };
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
