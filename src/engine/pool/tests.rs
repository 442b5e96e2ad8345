//! Tiny pools, worked out by hand. What real products do is compared with their recordings.

use super::*;
use crate::algorithm::find;
use crate::algorithm::product::{CADDY, HAPROXY, NGINX, Product, Trouble};
use crate::rng::Purpose;
use crate::units::SimDuration;

const MS: u64 = 1_000_000;

fn at(ms: u64) -> SimTime {
    SimTime(ms * MS)
}

/// Two members, or as many as there are settings, in turn.
fn pool(product: &'static Product, queue: u32, settings: &[MemberSettings]) -> Pool {
    let spec = find("round_robin").unwrap();
    let rules = Rules { queue, ..Rules::of(product) };
    let stream = Stream::new(1, Purpose::Algorithm, 0);
    let mut pool = Pool::new(spec.name, (spec.build)(&spec.params(&[]).unwrap()), rules, stream);
    for settings in settings {
        let member = pool.add(1, settings.clone());
        pool.set_listed(SimTime::ZERO, member, true);
    }
    pool
}

fn plain() -> MemberSettings {
    MemberSettings::DEFAULT
}

fn limited(most: u32) -> MemberSettings {
    MemberSettings { max_connections: most, ..plain() }
}

fn send(pool: &mut Pool, now: SimTime) -> Decision {
    let decision = pool.arrive(now, &RequestView::default());
    if let Decision::Route(member) = decision {
        pool.taken(now, member);
    }
    decision
}

fn over(pool: &mut Pool, now: SimTime, member: u32, end: End, attempts: u32) -> Verdict {
    pool.finished(
        now,
        &Attempt { member, response_time: SimDuration::ZERO, end, attempts, named: false, repeatable: true },
    )
}

const REFUSED: End = End::Trouble(Trouble::Refused);

/// A failure in second 0, fail_timeout 2 s: back when the clock shows more than 2, at 3 s. One request tries then;
/// the next one finds the member left out again until its success.
#[test]
fn nginx_leaves_out_in_whole_seconds_and_tries_with_one() {
    let settings = MemberSettings { fail_timeout: SimDuration::from_secs(2), ..plain() };
    let mut pool = pool(&NGINX, 0, &[settings.clone(), settings]);
    assert_eq!(send(&mut pool, at(900)), Decision::Route(0));
    let verdict = over(&mut pool, at(900), 0, REFUSED, 1);
    assert_eq!(verdict, Verdict { retry: Some(Retry::Chosen(SimDuration::ZERO)), left_out: true });
    assert_eq!((pool.back_at(0), pool.back_at(1)), (at(3_000), SimTime::NEVER));
    assert!((0..4).all(|_| send(&mut pool, at(2_999)) == Decision::Route(1)));
    assert!((0..2).any(|_| send(&mut pool, at(3_000)) == Decision::Route(0)));
    assert!((0..4).all(|_| send(&mut pool, at(3_100)) == Decision::Route(1)));
    over(&mut pool, at(3_200), 0, End::Ok, 1);
    assert!(pool.is_eligible(0) && pool.back_at(0) == SimTime::NEVER);
}

/// A member that is alone is neither left out nor asked again for the same request.
#[test]
fn nginx_does_not_count_the_failures_of_a_member_that_is_alone() {
    let mut pool = pool(&NGINX, 0, &[plain()]);
    for _ in 0..5 {
        assert_eq!(send(&mut pool, at(1)), Decision::Route(0));
        assert_eq!(over(&mut pool, at(1), 0, REFUSED, 1), Verdict { retry: None, left_out: false });
    }
}

/// The backup is asked while nobody else can be, and has a turn of its own.
#[test]
fn backups_are_asked_when_nobody_else_can_be() {
    let backup = MemberSettings { backup: true, ..plain() };
    let mut pool = pool(&NGINX, 0, &[limited(1), backup, limited(1)]);
    let picks: Vec<Decision> = (0..4).map(|_| send(&mut pool, at(1))).collect();
    assert_eq!(picks, [0, 2, 1, 1].map(Decision::Route));
    over(&mut pool, at(2), 2, End::Ok, 1);
    assert_eq!(send(&mut pool, at(2)), Decision::Route(2));
    // A request that has been put to a backup stays with the backups.
    over(&mut pool, at(3), 0, End::Ok, 1);
    let again = RequestView { tried: &[2, 1], attempt: 3, ..RequestView::default() };
    assert_eq!(pool.choose(at(3), &again), Decision::Reject);
}

/// An error that is not to be tried again is an answer; one that is counts as a failure, except on the last try.
#[test]
fn statuses_are_failures_where_they_are_tried_again() {
    let settings = MemberSettings { max_fails: 1, ..plain() };
    let mut pool = pool(&NGINX, 0, &[settings.clone(), settings]);
    send(&mut pool, at(1));
    assert_eq!(over(&mut pool, at(1), 0, End::Status(500), 1), Verdict { retry: None, left_out: false });
    pool.rules.next_statuses = vec![500, 404];
    pool.taken(at(2), 0);
    assert!(over(&mut pool, at(2), 0, End::Status(404), 1).retry.is_some() && pool.is_eligible(0));
    pool.taken(at(2), 0);
    assert_eq!(over(&mut pool, at(2), 0, End::Status(500), 2), Verdict { retry: None, left_out: false });
    pool.taken(at(2), 0);
    assert!(over(&mut pool, at(2), 0, End::Status(500), 1).left_out);
}

/// Two failures within 10 s leave out; each is forgotten 10 s after it happened.
#[test]
fn caddy_forgets_each_failure_in_its_own_time() {
    let settings = MemberSettings { max_fails: 2, ..plain() };
    let mut pool = pool(&CADDY, 0, &[settings.clone(), settings]);
    let fail = |pool: &mut Pool, ms| {
        pool.taken(at(ms), 0);
        over(pool, at(ms), 0, REFUSED, 1)
    };
    assert_eq!(fail(&mut pool, 1_000), Verdict { retry: None, left_out: false });
    assert!(fail(&mut pool, 5_500).left_out);
    assert_eq!(pool.back_at(0), at(11_000));
    pool.advance(at(11_000));
    assert!(pool.is_eligible(0));
    assert!(fail(&mut pool, 12_000).left_out && pool.back_at(0) == at(15_500));
}

/// Requests 7 and 8 wait for anybody, 9 for member 1. Whoever is freed takes the oldest that it may.
#[test]
fn haproxy_hands_over_to_the_member_that_became_free() {
    let mut pool = pool(&HAPROXY, 10, &[limited(1), limited(1)]);
    assert_eq!([send(&mut pool, at(1)), send(&mut pool, at(1))], [0, 1].map(Decision::Route));
    assert_eq!(send(&mut pool, at(1)), Decision::Hold);
    pool.wait(7, None).unwrap();
    pool.wait(9, Some(1)).unwrap();
    let ticket = pool.wait(8, None).unwrap();
    assert_eq!(pool.next_waiting(at(2)), None);
    over(&mut pool, at(3), 1, End::Ok, 1);
    assert_eq!(pool.next_waiting(at(3)), Some(Waiting::To { id: 7, member: 1 }));
    pool.taken(at(3), 1);
    over(&mut pool, at(4), 0, End::Ok, 1);
    assert_eq!(pool.waiting().collect::<Vec<_>>(), [8, 9]);
    pool.leave(ticket);
    assert_eq!(pool.next_waiting(at(4)), None);
    over(&mut pool, at(5), 1, End::Ok, 1);
    assert_eq!(pool.next_waiting(at(5)), Some(Waiting::To { id: 9, member: 1 }));
    assert_eq!((pool.next_waiting(at(5)), pool.waiting_len()), (None, 0));
}

/// Where the algorithm hands over, it is asked for the oldest; the line has its places and no more.
#[test]
fn others_ask_the_algorithm_for_the_oldest() {
    let mut pool = pool(&NGINX, 1, &[limited(1), limited(1)]);
    send(&mut pool, at(1));
    send(&mut pool, at(1));
    let ticket = pool.wait(7, None).unwrap();
    assert_eq!(pool.wait(8, None), Err(NoPlace { news: true }));
    assert_eq!(pool.wait(8, None), Err(NoPlace { news: false }));
    over(&mut pool, at(2), 0, End::Ok, 1);
    // Nobody overtakes, though there is a place.
    assert_eq!(send(&mut pool, at(2)), Decision::Hold);
    assert_eq!(pool.next_waiting(at(2)), Some(Waiting::Ask { id: 7 }));
    assert_eq!(pool.choose(at(2), &RequestView::default()), Decision::Route(0));
    pool.leave(ticket);
    assert_eq!((pool.next_waiting(at(2)), pool.turned_away()), (None, 2));
}

/// A cookie wins over the algorithm while its member can be asked; HAProxy's clients wait for a full one.
#[test]
fn a_cookie_sends_its_client_home() {
    for (product, full) in [(&NGINX, Decision::Route(0)), (&HAPROXY, Decision::Wait(1))] {
        let mut pool = pool(product, 10, &[plain(), limited(1)]);
        pool.set_sticky(true);
        let request = RequestView { home: Some(1), ..RequestView::default() };
        assert_eq!(pool.arrive(at(1), &request), Decision::Route(1));
        pool.taken(at(1), 1);
        assert_eq!(pool.arrive(at(1), &request), full);
    }
}
