//! Choices of products that were observed or computed from their rules, for those of which there are no recordings here
//! or besides them. The balancer is the engine's own.

use doorbuster::algorithm::product;
use doorbuster::algorithm::{ClientAddress, Decision, KeySource, MemberSettings, RequestView, find};
use doorbuster::engine::pool::{Attempt, End, Pool, Rules};
use doorbuster::rng::{Purpose, Stream};
use doorbuster::units::{SimDuration, SimTime};

fn pool(name: &str, params: &[(&str, f64)], weights: &[u32]) -> Pool {
    let spec = find(name).unwrap();
    let given: Vec<(String, f64)> = params.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    let algorithm = (spec.build)(&spec.params(&given).unwrap());
    let mut pool =
        Pool::new(name, algorithm, Rules::of(product::of(name)), Stream::new(7, Purpose::Algorithm, 0));
    for (place, weight) in weights.iter().enumerate() {
        let address = format!("127.0.0.1:{}", 19_001 + place);
        let member = pool.add(*weight, MemberSettings { address, ..MemberSettings::DEFAULT });
        pool.set_listed(SimTime::ZERO, member, true);
    }
    pool
}

fn pick(pool: &mut Pool, request: &RequestView<'_>) -> u32 {
    match pool.arrive(SimTime(1_000_000_000), request) {
        Decision::Route(member) => member,
        other => panic!("{}: {other:?}", pool.name()),
    }
}

/// Requests one after the other, each over before the next: a letter for each.
fn sequence(name: &str, weights: &[u32], count: usize) -> String {
    let mut pool = pool(name, &[], weights);
    let mut letter = || {
        let (now, member) = (SimTime(1_000_000_000), pick(&mut pool, &RequestView::default()));
        pool.taken(now, member);
        let response_time = SimDuration::from_millis(1);
        pool.finished(
            now,
            &Attempt { member, response_time, end: End::Ok, attempts: 1, named: false, repeatable: true },
        );
        char::from(b'a' + member as u8)
    };
    (0..count).map(|_| letter()).collect()
}

/// Computed from the rules of IPVS and Caddy's weighted_round_robin; observed of HAProxy 2.6.12 and nginx 1.22.1.
#[test]
fn turns() {
    for (name, weights, expected) in [
        ("ipvs.wrr", &[5, 1, 1][..], "aaaaabc"),
        ("ipvs.wrr", &[3, 2, 1], "aababc"),
        ("ipvs.rr", &[3, 2, 1], "abcabc"),
        // One after the other everything ends before the next: the first of equals, always.
        ("ipvs.lc", &[1, 1, 1], "aaaaaa"),
        ("ipvs.wlc", &[1, 2, 3], "aaaaaa"),
        ("ipvs.sed", &[1, 2, 3], "cccccc"),
        ("caddy.weighted_round_robin", &[5, 1, 1], "aaaabca"),
        ("caddy.round_robin", &[1, 1, 1], "bcabca"),
        ("haproxy.roundrobin", &[5, 1, 1], "aaabaac"),
        ("haproxy.roundrobin", &[2, 1], "aab"),
        ("haproxy.static-rr", &[3, 2, 1], "aababc"),
        ("haproxy.leastconn", &[5, 1, 1], "abcabc"),
        ("nginx.round_robin", &[5, 1, 1], "aabacaa"),
        ("nginx.least_conn", &[3, 2, 1], "abacba"),
        ("round_robin", &[3, 2, 1], "abacba"),
    ] {
        assert_eq!(sequence(name, weights, expected.len()), expected, "{name} {weights:?}");
    }
}

/// Observed of nginx 1.22.1 with 127.0.0.1:19001 to 19003 and HAProxy 2.6.12 with three servers.
#[test]
fn keys() {
    let addresses = ["127.0.0.1", "127.0.0.200", "127.0.1.1", "127.1.0.1", "127.17.0.1", "127.168.1.10"];
    let by_address = |name: &str, addresses: &[&str]| -> String {
        let mut pool = pool(name, &[], &[1; 3]);
        let from = |text: &&str| ClientAddress::Known(text.parse().unwrap());
        let view = |text: &&str| RequestView { address: from(text), ..RequestView::default() };
        addresses.iter().map(|text| char::from(b'a' + pick(&mut pool, &view(text)) as u8)).collect()
    };
    assert_eq!(by_address("nginx.ip_hash", &addresses), "ccabaa");
    assert_eq!(by_address("haproxy.source", &["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.1.4"]), "caba");
    let keys = ["/", "/a", "/b", "/c", "user1", "user2"];
    for (name, expected) in [("nginx.hash", "cbcbab"), ("nginx.hash_consistent", "baabcb")] {
        let mut pool = pool(name, &[], &[1; 3]);
        let view = |uri| RequestView { uri, hashed: KeySource::Uri, ..RequestView::default() };
        let picks: String =
            keys.iter().map(|uri| char::from(b'a' + pick(&mut pool, &view(uri)) as u8)).collect();
        assert_eq!(picks, expected, "{name}");
    }
}

/// How many of 40,000 requests, none of which ends, go to the first member while it has one more than the others.
fn share_of_the_busier(name: &str, params: &[(&str, f64)], members: usize) -> f64 {
    let mut pool = pool(name, params, &vec![1; members]);
    pool.taken(SimTime(1_000_000_000), 0);
    let count = 40_000;
    let first = (0..count).filter(|_| pick(&mut pool, &RequestView::default()) == 0).count();
    first as f64 / f64::from(count)
}

/// Two hosts, N = 2 draws with replacement: both draws fall on the busier one with 1/4 (Envoy's own documentation says
/// so). Distinct draws never do. Traefik moves on when it draws one twice. Five standard deviations are 0.011.
#[test]
fn shares_of_a_busier_one() {
    for (name, params, members, share) in [
        ("envoy.least_request", &[][..], 2, 0.25),
        ("envoy.least_request", &[("full_scan", 1.0)], 2, 0.0),
        ("power_of_d", &[], 2, 0.0),
        ("power_of_d", &[("replacement", 1.0)], 2, 0.25),
        ("traefik.p2c", &[], 2, 0.0),
        ("nginx.random_two", &[], 2, 0.0),
        ("envoy.random", &[], 4, 0.25),
        ("kube.proxy", &[], 4, 0.25),
        ("aws.weighted_random", &[], 5, 0.2),
    ] {
        let got = share_of_the_busier(name, params, members);
        assert!((got - share).abs() < 0.011, "{name} {params:?}: {got} instead of {share}");
    }
}

/// A server of which Traefik's leasttime knows no time has one of 0, and gets everything until its first answer.
#[test]
fn a_new_server_of_leasttime_gets_everything() {
    let mut pool = pool("traefik.leasttime", &[], &[1, 1]);
    let now = SimTime(1_000_000_000);
    pool.taken(now, 0);
    let ms = |response_time| Attempt {
        member: 0,
        response_time,
        end: End::Ok,
        attempts: 1,
        named: false,
        repeatable: true,
    };
    pool.finished(now, &ms(SimDuration::from_millis(1)));
    for _ in 0..50 {
        assert_eq!(pick(&mut pool, &RequestView::default()), 1);
        pool.taken(now, 1);
    }
    pool.finished(now, &Attempt { member: 1, ..ms(SimDuration::from_millis(900)) });
    assert_eq!(pick(&mut pool, &RequestView::default()), 0);
}

/// A cookie goes over any algorithm, by the rules of its product: home while that can be asked, else where the
/// algorithm says.
#[test]
fn a_cookie_goes_over_any_of_them() {
    for spec in doorbuster::algorithm::CATALOG {
        let mut pool = pool(spec.name, &[], &[1; 4]);
        pool.set_sticky(true);
        let at_home = |home| RequestView { home: Some(home), ..RequestView::default() };
        for home in [2, 0, 3] {
            assert_eq!(pick(&mut pool, &at_home(home)), home, "{}", spec.name);
            pool.taken(SimTime(1_000_000_000), home);
        }
        pool.set_listed(SimTime(1_000_000_000), 3, false);
        assert_ne!(pick(&mut pool, &at_home(3)), 3, "{}", spec.name);
    }
}
