//! Brokers and background workers, by hand.

use doorbuster::engine::Engine;
use doorbuster::lang::Lang;
use doorbuster::observe::{
    BrokerView, CallFailure, DependencyView, Event, EventLog, LogEntry, MessageNews, Observation, Outcome,
    Probe, Snapshot,
};
use doorbuster::report::Narrator;
use doorbuster::scenario::{Scenario, preset};
use doorbuster::units::SimTime;

use crate::dependency::law;
use crate::support::{Endings, model, run};

/// Every message is somewhere, and the queue keeps its limit.
pub fn keeps_the_laws(view: &DependencyView) -> Result<(), String> {
    let Some(broker) = &view.broker else { return Ok(()) };
    let BrokerView { published, done, failed, lost, dead, dropped, with_workers, queue, .. } = broker;
    let ended = done + failed + lost + dead + dropped;
    law(*published == ended + with_workers + queue.value(), "messages: published = ended + workers + queue")?;
    // What is delivered again finds its place whatever the limit says.
    law(broker.returned > 0 || queue.peak() <= u64::from(broker.limit), "the queue is longer than its limit")
}

/// How a message left a worker or the queue, which worker, and when in milliseconds.
type End = (MessageNews, Option<u32>, f64);

/// When messages end.
#[derive(Default, Clone)]
struct Ends(Vec<End>);

impl Probe for Ends {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if let Observation::Message { news, replica, .. } = *seen
            && news != MessageNews::Published
            && news != MessageNews::Delivered
        {
            self.0.push((news, replica.map(|id| id.0), now.0 as f64 / 1e6));
        }
    }
}

/// Six requests at 100 ms that each send a job of 100 ms; publishing takes 10 ms. `workers` of one place each.
fn six(workers: u32, broker: &str, rest: &str) -> String {
    let source = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '150 ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n";
    format!(
        "{}[[traffic.class]]\nsteps = [{{ kind = 'enqueue', to = 'queue' }}]\n\
        [[traffic.class]]\nname = 'job'\nshare = 0\nservice = 'worker'\ndemand = '100 ms'\n\
        [[service]]\nthreads = 10\n[[service]]\nname = 'worker'\nreplicas = {workers}\n\
        restart_delay = '50 ms'\n{rest}\n\
        [[dependency]]\nname = 'queue'\nkind = 'broker'\ntime = '10 ms'\n\
        [dependency.broker]\nservice = 'worker'\n{broker}\n[run]\nduration = '3 s'\n",
        source.repeat(6)
    )
}

fn story(text: &str) -> (Vec<End>, Vec<(Outcome, f64)>, Snapshot) {
    let (engine, (ends, endings)) = run(&model(text), 1, (Ends::default(), Endings::default()));
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    let endings = endings.0.into_iter().map(|(_, outcome, us, _)| (outcome, us as f64 / 1e3)).collect();
    (ends.0, endings, world)
}

fn times(ends: &[End], of: MessageNews) -> Vec<f64> {
    ends.iter().filter(|(news, _, _)| *news == of).map(|(_, _, at)| *at).collect()
}

fn broker(world: &Snapshot) -> &BrokerView {
    world.dependencies[0].broker.as_ref().unwrap()
}

/// Six jobs of 100 ms in the queue at 110 ms. Clients have their answers then. One worker does one after the other: 210
/// to 710. Two compete: two at 210, 310, 410. Three: 210 and 310.
#[test]
fn workers_compete() {
    let done = |workers: u32| {
        let (ends, endings, world) = story(&six(workers, "prefetch = 1", ""));
        assert_eq!(endings, [(Outcome::Ok, 110.0); 6]);
        assert_eq!((broker(&world).done, broker(&world).published, broker(&world).returned), (6, 6, 0));
        times(&ends, MessageNews::Done)
    };
    assert_eq!(done(1), [210.0, 310.0, 410.0, 510.0, 610.0, 710.0]);
    assert_eq!(done(2), [210.0, 210.0, 310.0, 310.0, 410.0, 410.0]);
    assert_eq!(done(3), [210.0, 210.0, 210.0, 310.0, 310.0, 310.0]);
}

/// What is prefetched can't be done by another. The second worker starts at 150 ms. With prefetch 4 and early
/// acknowledgement the first has five by then (one begun, four more), and one is left for the second: the first is done
/// at 210 to 610, the second with its own at 250. With prefetch 1 the first has two, and four are in the queue: first
/// 210, 310, 410; second 250, 350, 450.
#[test]
fn a_high_prefetch_starves_others() {
    let done = |prefetch: u32| {
        let late = "[[service.replica]]\nnumber = 2\n";
        let text = six(2, &format!("prefetch = {prefetch}"), late);
        let text = text + "[[fault]]\nat = '0 ms'\nreplica = 'worker-2'\n";
        // Killed at 0 ms, the second is back after 150 ms.
        times(&story(&text.replace("'50 ms'", "'150 ms'")).0, MessageNews::Done)
    };
    assert_eq!(done(4), [210.0, 250.0, 310.0, 410.0, 510.0, 610.0]);
    assert_eq!(done(1), [210.0, 250.0, 310.0, 350.0, 410.0, 450.0]);
}

/// The only worker dies at 250 ms: it is at the second job since 210 and has prefetched one more. It is back at 300.
/// Acknowledged early, the second is lost, and the third goes back and is done first: 400, 500, 600, 700. Acknowledged
/// late (of prefetch 2: the one in work and one more), both go back: 400 to 800.
#[test]
fn a_worker_dies() {
    let fault = "[[fault]]\nat = '250 ms'\nreplica = 'worker-1'\n";
    let (ends, _, world) = story(&(six(1, "prefetch = 1", "") + fault));
    assert_eq!(times(&ends, MessageNews::Done), [210.0, 400.0, 500.0, 600.0, 700.0]);
    assert_eq!(
        (times(&ends, MessageNews::Lost), times(&ends, MessageNews::Returned)),
        (vec![250.0], vec![250.0])
    );
    assert_eq!((broker(&world).lost, broker(&world).returned), (1, 1));
    let late = "prefetch = 2\nacknowledge = 'late'";
    let (ends, _, world) = story(&(six(1, late, "") + fault));
    assert_eq!(times(&ends, MessageNews::Done), [210.0, 400.0, 500.0, 600.0, 700.0, 800.0]);
    assert_eq!((broker(&world).lost, broker(&world).returned), (0, 2));
}

/// A job that always kills its worker, since it takes too much memory: with late acknowledgement it is delivered three
/// times (twice again), then it is a dead letter, and the next one kills.
#[test]
fn a_poisonous_message() {
    let rest = "memory = '64M'\nram.request = '10M'\n";
    let late = "prefetch = 1\nacknowledge = 'late'\nredeliveries = 2";
    let (ends, _, world) = story(&six(1, late, rest));
    // Killed at 110, 160 and (the pause doubles) 260.
    assert_eq!(times(&ends, MessageNews::Returned)[..2], [110.0, 160.0]);
    assert_eq!(times(&ends, MessageNews::Dead)[0], 260.0);
    assert!(world.replicas[1].oom_kills >= 4 && broker(&world).done == 0);
}

/// A worker that is stopped gives back what it has not begun: nothing is lost, no client waits. Two workers with
/// prefetch 2 at 110 ms: each at one, two in advance. The second is stopped at 150 ms: its two go to the queue, the
/// first of the queue. It is done at 210 and gone; the first does 210, then 310, 410, 510, 610.
#[test]
fn a_worker_is_stopped() {
    let operation = "[[operation]]\nat = '150 ms'\nkind = 'scale'\nservice = 'worker'\nreplicas = 1\n";
    let (ends, _, world) = story(&(six(2, "prefetch = 2", "") + operation));
    assert_eq!(times(&ends, MessageNews::Done), [210.0, 210.0, 310.0, 410.0, 510.0, 610.0]);
    assert_eq!((broker(&world).lost, broker(&world).returned, broker(&world).workers), (0, 2, 1));
}

/// A queue of three: of six that come at once three are refused, and their clients get an error at 110 ms; or the
/// oldest are dropped and nobody hears of it.
#[test]
fn a_full_queue() {
    let (ends, endings, world) = story(&six(0, "limit = 3", ""));
    let failed = endings.iter().filter(|end| **end == (Outcome::DependencyFailed, 110.0)).count();
    assert_eq!((failed, endings.len(), ends.len()), (3, 6, 0));
    let refused = world.dependencies[0].failed[CallFailure::QueueFull as usize].1;
    assert_eq!((refused, broker(&world).published, broker(&world).queue.value()), (3, 3, 3));
    let (ends, endings, world) = story(&six(0, "limit = 3\nfull = 'drop_head'", ""));
    assert!(endings.iter().all(|end| *end == (Outcome::Ok, 110.0)));
    assert_eq!(times(&ends, MessageNews::Dropped), [110.0; 3]);
    assert_eq!((broker(&world).published, broker(&world).queue.value()), (6, 3));
}

/// The broker is gone from 150 ms to 400 ms. Acknowledged late, the job in work goes on to 210 but is delivered again:
/// done twice, counted once, and all six are done from 500 to 1,000. Acknowledged early it is done at 210, the rest
/// from 500 to 900. A broker that keeps nothing loses what was not acknowledged: five, or all
/// six.
#[test]
fn a_broker_goes() {
    let gone = "[[fault]]\nat = '150 ms'\nkind = 'gone'\ndependency = 'queue'\nfor = '250 ms'\n";
    let done = |broker: &str| {
        let (ends, _, world) = story(&(six(1, broker, "") + gone));
        let view = world.dependencies[0].broker.clone().unwrap();
        (times(&ends, MessageNews::Done), view.doubled, view.lost)
    };
    let (late, early) = ("prefetch = 1\nacknowledge = 'late'", "prefetch = 1");
    assert_eq!(done(late), (vec![500.0, 600.0, 700.0, 800.0, 900.0, 1_000.0], 1, 0));
    assert_eq!(done(early), (vec![210.0, 500.0, 600.0, 700.0, 800.0, 900.0], 0, 0));
    assert_eq!(done(&format!("{early}\ndurable = false")), (vec![210.0], 0, 5));
    assert_eq!(done(&format!("{late}\ndurable = false")), (vec![], 1, 6));
}

/// The death of a worker is told with what became of its messages.
#[test]
fn it_is_told() {
    let text = six(1, "prefetch = 2", "") + "[[fault]]\nat = '250 ms'\nreplica = 'worker-1'\n";
    let model = model(&text);
    let (engine, log) = run(&model, 1, EventLog::default());
    let names = engine.replica_names();
    let narrator =
        Narrator { names: &names, changes: engine.changes(), model: &model, lang: Lang::default() };
    let back = |event: &Event| matches!(event, Event::MessagesBack { .. });
    let entry = log.entries().iter().find(|entry| back(&entry.event)).unwrap();
    assert_eq!(
        narrator.line(entry).text,
        "worker-1 went with 2 messages unacknowledged; they are delivered again. 1 message is lost: acknowledged, but \
         not done."
    );
}

/// What does not fit is said, with its place.
#[test]
fn brokers_are_checked() {
    let text = "[[service]]\n[[service]]\nname = 'worker'\n[[traffic.class]]\nsteps = [{ kind = 'enqueue', to = 'db' }, \
        { kind = 'call', to = 'queue' }, { kind = 'call', to = 'worker' }, { kind = 'enqueue', to = 'queue', class = 'x' }]\n\
        [[traffic.class]]\nname = 'job'\nservice = 'worker'\nsteps = [{ kind = 'enqueue', to = 'queue' }]\n\
        [[dependency]]\nbroker.service = 'app'\n[[dependency]]\nname = 'queue'\nkind = 'broker'\nbroker.service = 'worker'\n\
        [[dependency]]\nname = 'other'\nkind = 'broker'\nbroker.service = 'app'\n\
        [[dependency]]\nname = 'third'\nkind = 'broker'\n";
    let problems = Scenario::from_toml_str(text).unwrap().validate().unwrap_err().to_string();
    for part in [
        "class[0].steps[0].to: is \"db\"; messages go to a broker",
        "class[0].steps[1].to: is \"queue\", a broker",
        "class[0].steps[2].to: \"worker\" takes its work from the broker \"queue\"",
        "class[0].steps[3].class: \"worker\" has no class \"x\"",
        "class[1].share: is more than 0",
        "dependency[0].broker: is for a broker only",
        "dependency[2].broker.service: \"app\" is the service behind the balancer",
        "dependency[3].broker.service: is missing",
        "call each other in a circle",
    ] {
        assert!(problems.contains(part), "{part}\n{problems}");
    }
}

/// The preset: mails are sent in the background, so clients don't wait for them, but one worker is too few. From 30 s
/// on three work, and the queue is shorter every second by what three do more than what comes: 3 × 8/s − 12/s.
#[test]
fn celery() {
    for seed in [42, 1, 2, 3] {
        let scenario = Scenario::from_toml_str(preset::find("celery").unwrap().text).unwrap();
        // Workers that wait for a mail server do not want for CPU, however much waits for them.
        let (_, log) = run(&scenario.validate().unwrap(), seed, EventLog::default());
        let of_worker = |entry: &LogEntry| entry.replica.is_some_and(|id| id.0 >= 2);
        let full = |entry: &&LogEntry| of_worker(entry) && matches!(entry.event, Event::Exhausted { .. });
        assert_eq!(log.entries().iter().find(full), None, "seed {seed}");
        let mut engine = Engine::new(&scenario.validate().unwrap(), seed);
        let mut at = |second: u64| {
            engine.run_until(SimTime(second * 1_000_000_000), u64::MAX, &mut ());
            let mut world = Snapshot::default();
            engine.snapshot(&mut world);
            let broker = broker(&world).clone();
            (broker.queue.value(), broker.done, world)
        };
        let (ten, done_ten, _) = at(10);
        let (thirty, done_thirty, _) = at(30);
        let (later, done_later, _) = at(34);
        assert!(thirty > ten + 30, "seed {seed}: the queue grows: {ten}, {thirty}");
        let (one, three) = ((done_thirty - done_ten) as f64 / 20.0, (done_later - done_thirty) as f64 / 4.0);
        assert!((2.7..3.3).contains(&(three / one)), "seed {seed}: {one}/s by one, {three}/s by three");
        assert!(later < thirty, "seed {seed}: {thirty}, {later}");
        let (last, _, world) = at(60);
        assert!(last < 20, "seed {seed}: {last}");
        assert_eq!(world.ledger.failed(), 0, "seed {seed}");
    }
}

/// Two replicas take turns behind the balancer. The workers, which have none, do not count when it is asked how fair it
/// is, and shares are those of one service.
#[test]
fn workers_are_compared_with_workers() {
    let model = model(preset::find("celery").unwrap().text);
    let report = doorbuster::experiment::run(&model, 1);
    let fair = report.fairness_jain.unwrap();
    assert!(fair > 0.999, "round robin gives each the same: {fair}");
    let share = |service: &str| {
        let of = report.replicas.iter().filter(|replica| replica.service == service);
        of.map(|replica| replica.share).sum::<f64>()
    };
    let services: Vec<&str> = report.replicas.iter().map(|replica| replica.service.as_str()).collect();
    assert!(services.iter().all(|service| (share(service) - 1.0).abs() < 1e-9), "{services:?}");
    let background: Vec<&str> = report.background().map(|replica| replica.service.as_str()).collect();
    assert_eq!(background, ["worker"; 3], "all that were scaled to, and none of the other service");
}
