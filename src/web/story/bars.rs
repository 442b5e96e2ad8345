//! The life of a request as bars: one row for the client, the balancer and each replica that had it.

use crate::lang::Lang;
use crate::observe::Outcome;
use crate::units::SimTime;
use crate::web::driver::Story;

/// What a bar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// On the network.
    Network,
    /// It waits.
    Waits,
    /// It is worked on.
    Works,
    /// Its client pauses before it asks again.
    Pause,
}

/// A bar, in milliseconds since the request was asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Where it begins and ends.
    pub from: f64,
    /// Its end.
    pub to: f64,
    /// What it shows.
    pub what: What,
}

/// A row of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Whose row it is.
    pub name: String,
    /// Its bars, in order.
    pub bars: Vec<Bar>,
    /// Where something ended badly, and how.
    pub failed: Vec<(f64, Outcome)>,
}

/// The rows, and how long the axis is in milliseconds.
#[must_use]
pub fn lanes(lang: Lang, story: &Story, name: impl Fn(u32) -> String) -> (Vec<Lane>, f64) {
    let ms = |at: SimTime| at.since(story.asked).as_millis();
    let last = story.end.map_or(story.until, |(at, _)| at);
    let ends = story.attempts.iter().map(|attempt| attempt.ended.map_or(story.until, |(at, _)| at));
    let whole = ends.chain([last]).map(ms).fold(0.0, f64::max);
    let empty = |name: String| Lane { name, bars: Vec::new(), failed: Vec::new() };
    let mut client = empty(super::say::client(lang).into());
    let mut balancer = empty(super::say::balancer(lang).into());
    let mut replicas: Vec<(u32, Lane)> = Vec::new();
    let mut since = story.asked;
    // From the client to the balancer, and there until it is handed over.
    let come_in = |client: &mut Lane, balancer: &mut Lane, from: SimTime, to: SimTime| {
        let came = story.came(from, to).unwrap_or(from);
        put(client, ms(from), ms(came), What::Network);
        put(balancer, ms(came), ms(to), What::Waits);
    };
    for attempt in &story.attempts {
        let paused = story.pauses.iter().find(|(at, _)| *at >= since && *at <= attempt.at);
        if let Some((at, pause)) = paused {
            put(&mut client, ms(*at), ms(*at + *pause), What::Pause);
            since = *at + *pause;
        }
        come_in(&mut client, &mut balancer, since, attempt.at);
        let place = replicas.iter().position(|(id, _)| *id == attempt.replica).unwrap_or_else(|| {
            replicas.push((attempt.replica, empty(name(attempt.replica))));
            replicas.len() - 1
        });
        let lane = &mut replicas[place].1;
        let end = attempt.ended.map_or(story.until, |(at, _)| at);
        let arrived = attempt.arrived.unwrap_or(end);
        let started = attempt.started.unwrap_or(end);
        put(lane, ms(attempt.at), ms(arrived), What::Network);
        put(lane, ms(arrived), ms(started), What::Waits);
        put(lane, ms(started), ms(end), What::Works);
        if let Some((at, outcome)) = attempt.ended.filter(|(_, outcome)| *outcome != Outcome::Ok) {
            lane.failed.push((ms(at), outcome));
        }
        since = end;
    }
    match story.end {
        Some((at, outcome)) if story.attempts.is_empty() => {
            come_in(&mut client, &mut balancer, since, at);
            balancer.failed.push((ms(at), outcome));
        }
        Some((at, _)) => put(&mut client, ms(since), ms(at), What::Network),
        None if story.queued => come_in(&mut client, &mut balancer, since, story.until),
        None => {}
    }
    let lanes = [client, balancer].into_iter().chain(replicas.into_iter().map(|(_, lane)| lane)).collect();
    (lanes, whole.max(1e-3))
}

fn put(lane: &mut Lane, from: f64, to: f64, what: What) {
    if to > from {
        lane.bars.push(Bar { from, to, what });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::driver::{Attempt, Before};

    fn at(ms: u64) -> SimTime {
        SimTime(ms * 1_000_000)
    }

    fn attempt(replica: u32, times: [u64; 4], outcome: Outcome) -> Attempt {
        let why = crate::algorithm::Explanation { scores: Vec::new(), because: crate::lang::Said::plain("") };
        Attempt {
            replica,
            at: at(times[0]),
            arrived: Some(at(times[1])),
            started: Some(at(times[2])),
            ended: Some((at(times[3]), outcome)),
            before: Before { algorithm: None, why, replicas: Vec::new(), others: Vec::new() },
        }
    }

    /// Asked at 100, at the balancer at 103; app-0 has it from 105 to 150 and dies, app-1 from 150 to 190, the client
    /// has it at 195.
    #[test]
    fn every_millisecond_has_a_bar() {
        let attempts = vec![
            attempt(0, [105, 105, 120, 150], Outcome::ReplicaCrashed),
            attempt(1, [150, 152, 160, 190], Outcome::Ok),
        ];
        let story = Story {
            request: 1,
            class: None,
            asked: at(100),
            until: at(300),
            looked_at: vec![at(103), at(105), at(150)],
            attempts,
            pauses: Vec::new(),
            end: Some((at(195), Outcome::Ok)),
            status: 200,
            queued: false,
            neighbours: crate::web::driver::Neighbours::default(),
        };
        let (lanes, whole) = lanes(Lang::En, &story, |id| format!("app-{id}"));
        assert_eq!(whole, 95.0);
        let names: Vec<_> = lanes.iter().map(|lane| lane.name.as_str()).collect();
        assert_eq!(names, ["client", "balancer", "app-0", "app-1"]);
        let mut bars: Vec<Bar> = lanes.iter().flat_map(|lane| lane.bars.clone()).collect();
        bars.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut end = 0.0;
        for bar in &bars {
            assert_eq!(bar.from, end, "no gap and no overlap: {bars:?}");
            end = bar.to;
        }
        assert_eq!(end, 95.0);
        assert_eq!(lanes[2].failed, [(50.0, Outcome::ReplicaCrashed)]);
        let worked: f64 =
            bars.iter().filter(|bar| bar.what == What::Works).map(|bar| bar.to - bar.from).sum();
        assert_eq!(worked, 30.0 + 30.0);
        let shown =
            |lane: &Lane| lane.bars.iter().map(|bar| (bar.from, bar.to, bar.what)).collect::<Vec<_>>();
        assert_eq!(shown(&lanes[0]), [(0.0, 3.0, What::Network), (90.0, 95.0, What::Network)]);
        assert_eq!(shown(&lanes[1]), [(3.0, 5.0, What::Waits)]);
    }
}
