//! What every algorithm of the catalogue promises, whichever it is.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

use doorbuster::algorithm::{
    Algorithm, CATALOG, Decision, Feedback, KeySource, Knowledge, MemberSettings, PoolView, Report,
    RequestView, Spec, find,
};
use doorbuster::lang::Lang;
use doorbuster::rng::{Purpose, Stream};
use doorbuster::units::{SimDuration, SimTime};

#[path = "../../examples/custom_algorithm.rs"]
mod custom_algorithm;

/// A balancer's view of its members, changed at will, with some requests in flight.
#[derive(Clone)]
struct Pool {
    members: Vec<u32>,
    settings: Vec<MemberSettings>,
    eligible: Vec<u32>,
    in_flight: Vec<u32>,
    weight: Vec<u32>,
}

impl Pool {
    fn idle(weight: &[u32]) -> Self {
        Self {
            members: (0..weight.len() as u32).collect(),
            settings: (0..weight.len()).map(settings).collect(),
            eligible: (0..weight.len() as u32).collect(),
            in_flight: vec![0; weight.len()],
            weight: weight.to_vec(),
        }
    }

    fn view(&self) -> PoolView<'_> {
        let plain = PoolView::plain(&self.eligible, &self.in_flight, &self.weight);
        PoolView { members: &self.members, settings: &self.settings, ..plain }
    }
}

/// Each member has an address of its own.
fn settings(place: usize) -> MemberSettings {
    MemberSettings { id: place as u32 + 1, address: format!("10.0.0.{place}:80"), ..MemberSettings::DEFAULT }
}

/// A request of one of many clients, from anywhere, for one of many pages.
fn client(number: u64) -> RequestView<'static> {
    static PAGES: LazyLock<Vec<String>> =
        LazyLock::new(|| (0..4096).map(|page| format!("/{page}")).collect());
    let address = IpAddr::V4(Ipv4Addr::from_bits(number as u32)).into();
    let uri = &PAGES[(number >> 8) as usize % PAGES.len()];
    RequestView { client: number, address, uri, hashed: KeySource::User, ..RequestView::default() }
}

/// Products whose rule is that the first of the list gets everything while it is idle.
const FIRST: &[&str] = &["caddy.first", "ipvs.lc", "ipvs.wlc", "ipvs.sed", "ipvs.nq"];

/// An algorithm with its stream, and the world around it: clients who come from many addresses, answers that come
/// after a while.
struct Balancer {
    spec: &'static Spec,
    algorithm: Box<dyn Algorithm>,
    stream: Stream,
    chance: Stream,
    now: SimTime,
    busy: Vec<u32>,
    /// Whether it has said that it listens; who says no is never told again.
    listens: Option<bool>,
}

impl Balancer {
    fn new(spec: &'static Spec, seed: u64) -> Self {
        Self {
            spec,
            algorithm: (spec.build)(&spec.params(&[]).unwrap()),
            stream: Stream::new(seed, Purpose::Algorithm, 0),
            chance: Stream::new(seed, Purpose::Faults, 0),
            now: SimTime::ZERO,
            busy: Vec::new(),
            listens: None,
        }
    }

    fn tell(&mut self, feedback: Feedback, pool: &Pool) {
        let listens = self.algorithm.learn(self.now, &feedback, &pool.view());
        assert_eq!(
            *self.listens.get_or_insert(listens),
            listens,
            "{} is deaf to {feedback:?}",
            self.spec.name
        );
    }

    fn decide(&mut self, pool: &Pool) -> Decision {
        self.now += SimDuration(1_000_000);
        let request = client(self.chance.bits());
        self.algorithm.decide(self.now, &request, &pool.view(), &mut self.stream)
    }

    /// A request comes; whoever gets it holds it for a while.
    fn serve(&mut self, pool: &mut Pool) -> Option<u32> {
        while self.busy.len() > 2 * pool.weight.len() || self.chance.below(3) == 0 {
            let Some(last) = self.busy.len().checked_sub(1) else { break };
            let member = self.busy.swap_remove(self.chance.below(last as u32 + 1) as usize);
            pool.in_flight[member as usize] -= 1;
            let (response_time, ok) = (SimDuration::from_millis(20), self.chance.below(10) > 0);
            self.tell(Feedback::Completed { member, response_time, ok, failed: !ok, error: !ok }, pool);
        }
        let Decision::Route(member) = self.decide(pool) else { return None };
        assert!(pool.eligible.contains(&member), "{} chose {member} of {:?}", self.spec.name, pool.eligible);
        pool.in_flight[member as usize] += 1;
        self.busy.push(member);
        self.tell(Feedback::Dispatched { member }, pool);
        Some(member)
    }
}

/// Every algorithm, with its balancer.
fn each(mut check: impl FnMut(&'static Spec, Balancer)) {
    for spec in CATALOG {
        check(spec, Balancer::new(spec, 42));
    }
}

#[test]
fn its_definition_is_complete() {
    for (place, spec) in CATALOG.iter().enumerate() {
        let name = spec.name;
        // A product's name, a dot, and the name that the product has for it.
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.".contains(c);
        assert!(name.chars().all(fits) && name.starts_with(char::is_alphabetic), "{name} is no name");
        assert!(name.matches('.').count() <= 1, "{name} has more than one dot");
        assert!(CATALOG[..place].iter().all(|other| other.name != name), "{name} is there twice");
        assert!(
            CATALOG[..place].iter().all(|other| other.label != spec.label),
            "{} is there twice",
            spec.label
        );
        assert!(std::ptr::eq(find(name).unwrap(), *spec));
        let rule = Lang::ALL.map(|lang| spec.rule.say(lang));
        let texts = [spec.label, rule[0], spec.formula, spec.complexity, spec.fails_when, spec.source];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{name} leaves something out");
        let sentences = rule.into_iter().chain([spec.fails_when]).collect::<Vec<_>>();
        assert!(sentences.iter().all(|text| text.ends_with('.')), "{name}: no sentence");
        assert!(rule[0] != rule[1] && rule[1] != rule[2], "{name} is not translated");
        assert!(spec.complexity.starts_with("O("), "{name}: {}", spec.complexity);
        assert!(
            spec.source.chars().any(|c| c.is_ascii_digit()),
            "{name}: no year and no version in its source"
        );
    }
    assert!(find("no such algorithm").is_none());
}

#[test]
fn its_parameters_have_ranges_that_hold() {
    for spec in CATALOG {
        let given = |name: &str, value: f64| spec.params(&[(name.to_owned(), value)]);
        assert!(given("no_such_parameter", 1.0).is_err(), "{}", spec.name);
        for param in spec.params {
            let text = format!("{}.{}", spec.name, param.name);
            assert!(param.min < param.max, "{text}");
            for good in [param.min, param.default, param.max] {
                assert_eq!(given(param.name, good).unwrap().get(param.name), good, "{text}");
                let pool = Pool::idle(&[1, 1, 1]);
                let mut algorithm = (spec.build)(&given(param.name, good).unwrap());
                let mut stream = Stream::new(1, Purpose::Algorithm, 0);
                let pick =
                    algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool.view(), &mut stream);
                assert!(matches!(pick, Decision::Route(0..3)), "{text} = {good}: {pick:?}");
            }
            for bad in [param.min - 1.0, param.max + 1.0, f64::NAN, f64::INFINITY] {
                let error = given(param.name, bad).unwrap_err();
                assert!(error[0].to_string().contains(param.name), "{text}: {}", error[0]);
            }
            assert!(!param.whole || given(param.name, param.min + 0.5).is_err(), "{text} is a whole number");
            assert_eq!(spec.params(&[]).unwrap().get(param.name), param.default, "{text}");
        }
    }
}

/// 20,000 requests while members come, go, crash and reach their limits.
#[test]
fn it_chooses_only_who_may_be_chosen() {
    each(|spec, mut balancer| {
        let mut pool = Pool::idle(&[1, 2, 3]);
        let mut chance = Stream::new(7, Purpose::Faults, 1);
        for _ in 0..20_000 {
            if chance.below(20) == 0 {
                if chance.below(4) == 0 && pool.weight.len() < 40 {
                    pool.members.push(pool.weight.len() as u32);
                    pool.settings.push(settings(pool.weight.len()));
                    pool.weight.push(chance.below(4));
                    pool.in_flight.push(0);
                }
                let n = pool.weight.len() as u32;
                pool.eligible = (0..n).filter(|_| chance.below(3) > 0).collect();
                // Who is not eligible may be at its limit, or gone for good.
                pool.members = if chance.below(3) == 0 { pool.eligible.clone() } else { (0..n).collect() };
                balancer.tell(Feedback::PoolChanged, &pool);
            }
            // An empty pool is the balancer's own business.
            if pool.eligible.is_empty() {
                continue;
            }
            let possible = pool.eligible.iter().any(|&member| pool.weight[member as usize] > 0);
            match balancer.serve(&mut pool) {
                Some(member) => assert!(pool.weight[member as usize] > 0, "{}: weight 0", spec.name),
                // A bound may let requests wait for a free one.
                None if spec.knowledge == Knowledge::Oracle => {}
                None => assert!(!possible, "{} turns away though {:?} are free", spec.name, pool.eligible),
            }
        }
    });
}

/// Where all may be chosen and weigh the same, one that does not look at requests chooses without a view of the pool as
/// it does with one, whatever its parameters are, and is left the same.
#[test]
fn it_chooses_among_equals_as_among_any() {
    let mut blind = 0;
    for spec in CATALOG {
        let bounds =
            spec.params.iter().flat_map(|p| [p.min, p.max].map(|value| vec![(p.name.to_owned(), value)]));
        for given in bounds.chain([Vec::new()]) {
            let mut short = (spec.build)(&spec.params(&given).unwrap());
            if !short.is_blind() {
                continue;
            }
            blind += 1;
            let (mut long, mut chance) = (short.clone(), Stream::new(7, Purpose::Faults, 1));
            let [mut one, mut other] = [42, 42].map(|seed| Stream::new(seed, Purpose::Algorithm, 0));
            for turn in 0..3_000 {
                let mut pool = Pool::idle(&vec![1 + turn / 1_000; 1 + turn as usize / 100 % 7]);
                pool.in_flight.fill_with(|| chance.below(3));
                let weight = pool.weight[0];
                let (mine, theirs) = (
                    short.among_equals(&pool.in_flight, weight, &mut one),
                    long.decide(SimTime::ZERO, &RequestView::default(), &pool.view(), &mut other),
                );
                assert_eq!(mine.map(Decision::Route), Some(theirs), "{} {given:?}, turn {turn}", spec.name);
            }
            assert_eq!(one.bits(), other.bits(), "{} {given:?}", spec.name);
        }
    }
    assert!(blind >= 4, "{blind}");
}

/// Who listens is changed by something it hears, and who does not by nothing. Every fifth answer is an error; replicas
/// report that they are the busier the higher their number.
#[test]
fn it_listens_if_and_only_if_it_learns() {
    each(|spec, mut balancer| {
        let mut pool = Pool::idle(&[1, 2, 3]);
        let mut learned = false;
        for turn in 1..40 {
            let Decision::Route(member) = balancer.decide(&pool) else { continue };
            let before = format!("{:?}", balancer.algorithm);
            pool.in_flight[member as usize] = 1;
            balancer.tell(Feedback::Dispatched { member }, &pool);
            pool.in_flight[member as usize] = 0;
            let (ok, response_time) = (turn % 5 > 0, SimDuration::from_millis(u64::from(turn)));
            balancer.tell(Feedback::Completed { member, response_time, ok, failed: !ok, error: !ok }, &pool);
            let (member, used) = (turn % 3, turn % 3 + 1);
            let [cpu_time, cpu_capacity] =
                [used, 4].map(|cores| SimDuration::from_millis(u64::from(turn * cores)));
            let report = Report { inside: member, latency: None, cpu_time, cpu_capacity };
            balancer.tell(Feedback::Reported { member, report }, &pool);
            balancer.tell(Feedback::PoolChanged, &pool);
            learned |= format!("{:?}", balancer.algorithm) != before;
        }
        assert_eq!(balancer.listens, Some(learned), "{}", spec.name);
    });
}

#[test]
fn equal_streams_give_equal_choices_and_a_copy_goes_on_alike() {
    for spec in CATALOG {
        let (mut one, mut other) = (Balancer::new(spec, 42), Balancer::new(spec, 42));
        let (mut pool, mut pools) = (Pool::idle(&[1, 1, 2, 5]), Pool::idle(&[1, 1, 2, 5]));
        for _ in 0..500 {
            assert_eq!(one.serve(&mut pool), other.serve(&mut pools), "{}", spec.name);
        }
        let mut copy = Balancer {
            spec,
            algorithm: one.algorithm.clone(),
            stream: one.stream.clone(),
            chance: one.chance.clone(),
            now: one.now,
            busy: one.busy.clone(),
            listens: one.listens,
        };
        let mut copied = pool.clone();
        for _ in 0..500 {
            assert_eq!(one.serve(&mut pool), copy.serve(&mut copied), "{}", spec.name);
        }
    }
}

#[test]
fn it_explains_every_candidate_and_changes_nothing_by_that() {
    for spec in CATALOG {
        let (mut quiet, mut asked) = (Balancer::new(spec, 42), Balancer::new(spec, 42));
        let (mut pool, mut pools) = (Pool::idle(&[1, 0, 2, 5]), Pool::idle(&[1, 0, 2, 5]));
        for round in 0..200 {
            let eligible: Vec<u32> = (0..4).filter(|member| round % 5 != *member).collect();
            (pool.eligible, pools.eligible) = (eligible.clone(), eligible.clone());
            let request = client(round.into());
            let why = asked.algorithm.explain(&request, &pools.view());
            let members: Vec<u32> = why.scores.iter().map(|score| score.member).collect();
            let candidates: Vec<u32> = members.into_iter().filter(|m| eligible.contains(m)).collect();
            assert_eq!(candidates, eligible, "{}: every eligible member, in order", spec.name);
            assert!(why.because.to_string().ends_with('.'), "{}: {}", spec.name, why.because);
            let told =
                why.scores.iter().all(|score| !score.filled.to_string().is_empty() && !score.value.is_nan());
            assert!(told, "{}: {:?}", spec.name, why.scores);
            assert_eq!(quiet.serve(&mut pool), asked.serve(&mut pools), "{}", spec.name);
        }
        let nobody = PoolView::plain(&[], &[], &[]);
        assert!(asked.algorithm.explain(&RequestView::default(), &nobody).scores.is_empty());
    }
}

/// All idle, all equal, every request from another address: over 20,000 requests each of 10 gets its 2,000 give or
/// take, which chance alone passes by 250 (6 standard deviations) in fewer than 1 in 10⁷ runs. Where shares are
/// not even, each gets at least half of that.
#[test]
fn nobody_starves() {
    each(|spec, mut balancer| {
        // One fills a member before the next, the other looks at the path alone, which is the same here.
        if ["haproxy.first", "haproxy.uri"].contains(&spec.name) {
            return;
        }
        let pool = Pool::idle(&[1; 10]);
        let mut got = [0_u32; 10];
        for _ in 0..20_000 {
            let Decision::Route(member) = balancer.decide(&pool) else { panic!("{}", spec.name) };
            got[member as usize] += 1;
        }
        if FIRST.contains(&spec.name) {
            assert_eq!(got[0], 20_000, "{}: {got:?}", spec.name);
            return;
        }
        let fair = |&n: &u32| n >= 1_000 && (!spec.even || n.abs_diff(2_000) <= 250);
        assert!(got.iter().all(fair), "{}: {got:?}", spec.name);
    });
}

/// Shares follow the weights where weights count: 1, 2 and 3 of 6, here of 12,000 requests to idle members.
#[test]
fn weights_are_shares_and_have_no_scale() {
    for spec in CATALOG.iter().filter(|spec| spec.weighted && spec.even) {
        let pick = |weight: &[u32]| {
            let (pool, mut balancer) = (Pool::idle(weight), Balancer::new(spec, 42));
            (0..12_000).map(|_| balancer.decide(&pool)).collect::<Vec<_>>()
        };
        let picks = pick(&[1, 2, 3]);
        for (member, share) in [(0, 2_000), (1, 4_000), (2, 6_000)] {
            let got = picks.iter().filter(|&&pick| pick == Decision::Route(member)).count();
            // Five standard deviations of a draw are at most 274.
            assert!(got.abs_diff(share) <= 274, "{}: {got} instead of {share}", spec.name);
        }
        // A remainder by the sum of the weights has a scale.
        if spec.keyed {
            continue;
        }
        assert!(pick(&[2, 4, 6]) == picks, "{}: twice the weights, other choices", spec.name);
        assert!(pick(&[40, 80, 120]) == picks, "{}: forty times the weights, other choices", spec.name);
    }
}

/// Members differ in nothing but their place: who chooses by load alone chooses the same one, wherever it stands.
#[test]
fn places_don_t_matter_where_loads_differ() {
    // Caddy draws lots among loaded ones, too.
    let fixed = |spec: &&&Spec| {
        !spec.keyed && spec.name != "caddy.random_choose" && (!spec.random || !spec.params.is_empty())
    };
    for spec in CATALOG.iter().filter(|spec| spec.knowledge == Knowledge::LocalCounts).filter(fixed) {
        // All draws that there are, so that chance has no say.
        let most: Vec<(String, f64)> = spec.params.iter().map(|p| (p.name.to_owned(), p.max)).collect();
        for shift in 0..5 {
            let mut pool = Pool::idle(&[1; 5]);
            pool.in_flight = vec![7, 3, 9, 4, 8];
            pool.in_flight.rotate_right(shift);
            let mut algorithm = (spec.build)(&spec.params(&most).unwrap());
            let mut stream = Stream::new(3, Purpose::Algorithm, 0);
            let pick = algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool.view(), &mut stream);
            assert_eq!(pick, Decision::Route((1 + shift as u32) % 5), "{}", spec.name);
        }
    }
}

/// The same request goes to the same member for as long as nothing changes, and another member's leaving and coming
/// back changes nothing for good.
#[test]
fn a_key_stays_where_it_is() {
    for spec in CATALOG.iter().filter(|spec| spec.keyed) {
        let mut balancer = Balancer::new(spec, 42);
        // With a table instead of a ring, most keys move; that is recorded.
        if spec.params.iter().any(|param| param.name == "consistent") {
            balancer.algorithm = (spec.build)(&spec.params(&[("consistent".into(), 1.0)]).unwrap());
        }
        let mut pool = Pool::idle(&[1, 2, 1, 3]);
        let mut pick = |pool: &Pool, number: u64| {
            balancer.algorithm.decide(balancer.now, &client(number << 8), &pool.view(), &mut balancer.stream)
        };
        let before: Vec<Decision> = (0..300).map(|number| pick(&pool, number)).collect();
        pool.eligible = vec![0, 2, 3];
        let moved = (0..300).filter(|&number| {
            let was = before[number as usize];
            was != Decision::Route(1) && pick(&pool, number) != was
        });
        let most = match spec.name {
            // The paper: a few of a hundred move without need.
            "maglev" | "envoy.maglev" => 12,
            // The ring has as many points as before, for those that are left: they have more of them.
            "envoy.ring_hash" => 60,
            _ => 0,
        };
        let moved = moved.count();
        assert!(moved <= most, "{}: {moved} moved", spec.name);
        pool.eligible = vec![0, 1, 2, 3];
        assert_eq!((0..300).map(|number| pick(&pool, number)).collect::<Vec<_>>(), before, "{}", spec.name);
    }
}

/// An algorithm from outside the crate in a comparison: most requests that least connections loses to the replica that
/// fails fast are saved.
#[test]
fn ones_own_algorithm_can_be_compared() {
    let found = custom_algorithm::comparison(3).unwrap();
    let failed = |arm: usize| {
        let (_, estimate) =
            found.algorithms[arm].estimates.iter().find(|(name, _)| *name == "failed_share").unwrap();
        estimate.mean
    };
    assert_eq!(found.algorithms[1].algorithm, "shy");
    assert!(failed(0) > 0.2 && failed(1) < 0.05, "{} against {}", failed(0), failed(1));
}
