//! A broker: its queue, who works on what it handed out, and how fast the queue grows or drains.

use super::Gauge;
use super::card::Condition;
use super::watch::Watch;
use super::words;
use crate::lang::{Counted, texts};
use crate::observe::BrokerView;

texts! {
    mod say {
        fn queue { en: "queue", de: "Schlange", fr: "file" }
        fn in_work(n: Whole) { en: "{n} in work", de: "{n} in Arbeit", fr: "{n} en cours" }
        fn done(rate: Text) {
            en: "{rate}/s done",
            de: "{rate}/s erledigt",
            fr: "{rate}/s faits",
        }
        fn nobody { en: "nobody takes messages", de: "niemand holt Nachrichten", fr: "personne ne prélève" }
        fn full { en: "the queue is full", de: "die Schlange ist voll", fr: "la file est pleine" }
        fn grows(rate: Text) {
            en: "the queue grows by {rate}/s",
            de: "die Schlange wächst um {rate}/s",
            fr: "la file croît de {rate}/s",
        }
        fn empty_in(left: Text) {
            en: "empty in {left} at this rate",
            de: "so in {left} leer",
            fr: "vide dans {left} à ce rythme",
        }
        fn failed(n: Whole) { en: "{n} failed", de: "{n} gescheitert", fr: "{n} en échec" }
        fn lost(n: Whole) { en: "{n} lost", de: "{n} verloren", fr: "{n} perdus" }
        fn dead(n: Whole) { en: "{n} dead", de: "{n} tot", fr: "{n} morts" }
        fn dropped(n: Whole) { en: "{n} dropped", de: "{n} verworfen", fr: "{n} abandonnés" }
        fn doubled(n: Whole) { en: "{n} done twice", de: "{n} doppelt", fr: "{n} en double" }
    }
}

/// A queue that changes by less than this many messages a second stands still.
const STILL: f64 = 0.5;
/// A queue of fewer messages is none.
const FEW: u64 = 5;

/// A queue with more places is as good as unlimited, until a tenth of them is taken.
const FAR: u64 = 100_000;

/// What is shown of a broker.
pub(super) struct Shown {
    pub(super) queue: Gauge,
    pub(super) condition: Condition,
    pub(super) trouble: Option<String>,
    pub(super) lines: Vec<String>,
}

impl Shown {
    /// Of the broker at this place, which somebody may have made slow or taken away.
    pub(super) fn new(view: &BrokerView, place: u32, gone: bool, watch: &Watch) -> Self {
        let lang = watch.lang();
        let (queue, limit) = (view.queue.value(), u64::from(view.limit));
        let flow = watch.messages(place);
        let growth = flow.taken - flow.left;
        let length = lang.whole(queue);
        // A limit that is far away says nothing.
        let bounded = limit <= FAR || queue * 10 >= limit;
        let said = if bounded { words::of(lang, &length, &lang.whole(limit)) } else { length };
        let share = bounded.then_some(limit as f64);
        let full = queue >= limit;
        let grows = queue >= FEW && growth > STILL;
        let trouble = match (full, view.workers) {
            (true, _) => Some(say::full(lang).to_owned()),
            (_, 0) if queue > 0 => Some(say::nobody(lang).to_owned()),
            _ if grows => Some(say::grows(lang, &words::rate(lang, growth))),
            _ => None,
        };
        let condition = match (gone, full, trouble.is_some()) {
            (true, ..) => Condition::Down,
            (_, true, _) => Condition::Overloaded,
            (_, _, true) => Condition::Busy,
            _ => Condition::Ok,
        };
        let mut lines =
            vec![say::in_work(lang, view.with_workers), say::done(lang, &words::rate(lang, flow.done))];
        if queue >= FEW && growth < -STILL {
            let left = queue as f64 / -growth;
            lines.push(say::empty_in(lang, &words::length(lang, libm::round(left).max(1.0))));
        }
        let ends: [(u64, Counted); 5] = [
            (view.failed, say::failed),
            (view.lost, say::lost),
            (view.dead, say::dead),
            (view.dropped, say::dropped),
            (view.doubled, say::doubled),
        ];
        lines.extend(ends.into_iter().filter(|(n, _)| *n > 0).map(|(n, says)| says(lang, n)));
        let queue = Gauge::new(say::queue(lang), queue as f64, share, !gone, (said.clone(), said));
        Self { queue, condition, trouble, lines }
    }
}
