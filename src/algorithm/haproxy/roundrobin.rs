//! `haproxy.roundrobin`: turns by position, with weights that may change at any time.

use crate::algorithm::words::{rule, score};
use crate::lang::Text;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Basis, SCALE};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::rng::Stream;
use crate::units::SimTime;

/// Round robin's definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.roundrobin",
    label: "HAProxy round robin",
    rule: Text::new(
        "Each replica has a position for its next turn; who is due goes first, then who had no turn yet, \
         the heaviest first.",
        "Jede Replik hat einen Platz für ihren nächsten Zug; wer fällig ist, geht zuerst, dann wer noch \
         keinen Zug hatte, die schwerste voran.",
        "Chaque réplique a une position pour son prochain tour ; celle qui est due passe d’abord, puis \
         celles sans tour encore, la plus lourde en tête.",
    ),
    formula: "smallest p_i ≤ now, else no turn yet, else smallest p_i; then p_i += Σ w / w_i, now += 1; full ones are \
              passed over and keep their turn",
    complexity: "O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work.",
    source: "HAProxy 2.6.12, balance roundrobin",
    evidence: Evidence::Recorded,
    build: |_| Box::new(RoundRobin::default()),
};

/// A position: a whole number and a remainder in parts of the weight.
#[derive(Debug, Clone, Copy, Default)]
struct Position {
    whole: u64,
    rest: u64,
}

impl Position {
    const fn after(self, total: u64, weight: u64) -> Self {
        let rest = self.rest + total % weight;
        let carry = (rest >= weight) as u64;
        Self { whole: self.whole + total / weight + carry, rest: rest - carry * weight }
    }
}

/// Where a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// Not among those that are asked; it had no turn in this period.
    #[default]
    Unknown,
    /// Not among those that are asked, since the position given; it keeps its distance to it.
    Away(u64),
    /// It had no turn yet.
    Fresh,
    /// It has had turns, and has more in this period.
    Turns,
    /// Its next turn is in the next period.
    Later,
}

#[derive(Debug, Clone, Copy, Default)]
struct Server {
    place: Place,
    weight: u64,
    last: Position,
    next: Position,
    stamp: u64,
}

type FreshKey = (Reverse<u64>, u64, u32);
type TurnKey = (u64, i64, u64, u32);

impl Server {
    const fn fresh_key(&self, member: u32) -> FreshKey {
        (Reverse(self.weight), self.stamp, member)
    }

    /// Equal positions: the remainder less the weight decides, then who has waited for longer.
    const fn turn_key(&self, member: u32) -> TurnKey {
        (self.next.whole, self.next.rest as i64 - self.weight as i64, self.stamp, member)
    }
}

#[derive(Debug, Clone, Default)]
struct RoundRobin {
    basis: Basis,
    servers: Vec<Server>,
    total: u64,
    /// Where this period ends: the sum of the weights when it began, whatever they are now.
    period: u64,
    now: u64,
    stamps: u64,
    fresh: BTreeSet<FreshKey>,
    turns: BTreeSet<TurnKey>,
    /// Those that were due but full at this decision.
    passed: Vec<u32>,
}

impl RoundRobin {
    fn update(&mut self, pool: &PoolView<'_>) {
        if !self.basis.is_stale(pool) {
            return;
        }
        let known = self.servers.len().max(pool.weight.len());
        self.servers.resize(known, Server::default());
        let weight = |member: u32| u64::from(pool.weight_of(member)) * u64::from(SCALE);
        self.total = pool.usable.iter().map(|&member| weight(member)).sum();
        for member in 0..known as u32 {
            let open = pool.usable.binary_search(&member).is_ok();
            self.set_weight(member, if open { weight(member) } else { 0 });
        }
        if self.now == 0 {
            self.period = self.total;
        }
    }

    /// A server comes (back), goes, or has another weight.
    fn set_weight(&mut self, member: u32, weight: u64) {
        let server = self.servers[member as usize];
        if server.weight == weight {
            return;
        }
        self.take_out(member);
        let now = self.now;
        let server = &mut self.servers[member as usize];
        server.place = match (server.place, weight) {
            (Place::Fresh, 0) => Place::Unknown,
            (Place::Turns | Place::Later, 0) => Place::Away(now),
            (Place::Unknown, 1..) => Place::Fresh,
            (Place::Away(since), 1..) => {
                server.last.whole += now - since;
                server.next.whole += now - since;
                Place::Turns
            }
            (Place::Turns, _) => {
                server.next = server.last.after(self.total, weight);
                Place::Turns
            }
            (place, _) => place,
        };
        if server.weight == 0 {
            self.stamps += 1;
            server.stamp = self.stamps;
        }
        server.weight = weight;
        self.put_in(member);
    }

    fn take_out(&mut self, member: u32) {
        let server = &self.servers[member as usize];
        match server.place {
            Place::Fresh => self.fresh.remove(&server.fresh_key(member)),
            Place::Turns => self.turns.remove(&server.turn_key(member)),
            _ => false,
        };
    }

    fn put_in(&mut self, member: u32) {
        let server = &self.servers[member as usize];
        match server.place {
            Place::Fresh => self.fresh.insert(server.fresh_key(member)),
            Place::Turns => self.turns.insert(server.turn_key(member)),
            _ => false,
        };
    }

    /// Whose turn it is among those that can be asked; those that are due and can't are noted.
    fn find(&mut self, can: impl Fn(u32) -> bool) -> Option<u32> {
        self.passed.clear();
        for &(at, .., member) in &self.turns {
            if at > self.now {
                break;
            }
            if can(member) {
                return Some(member);
            }
            self.passed.push(member);
        }
        let fresh = self.fresh.iter().map(|key| key.2).find(|&member| can(member));
        fresh.or_else(|| self.turns.iter().map(|key| key.3).find(|&member| can(member)))
    }

    /// The same, beginning again when there is nobody left in this period.
    fn find_or_begin(&mut self, can: impl Fn(u32) -> bool) -> Option<u32> {
        let found = self.find(&can);
        if found.is_some() {
            return found;
        }
        if self.servers.iter().zip(0..).any(|(server, member)| server.place == Place::Later && can(member)) {
            self.begin();
        }
        self.find(can)
    }

    /// Everybody starts again.
    fn begin(&mut self) {
        self.now = 0;
        self.period = self.total;
        self.turns.clear();
        for (member, server) in self.servers.iter_mut().enumerate() {
            match server.place {
                Place::Turns | Place::Later => {
                    server.place = Place::Fresh;
                    self.fresh.insert(server.fresh_key(member as u32));
                }
                Place::Away(_) => server.place = Place::Unknown,
                Place::Unknown | Place::Fresh => {}
            }
        }
    }

    fn take_turn(&mut self, member: u32) {
        let early = self.servers[member as usize].place == Place::Turns
            && self.servers[member as usize].next.whole > self.now;
        // Who was full at its turn does not get it twice afterwards, unless nobody else was due either.
        for place in 0..if early { 0 } else { self.passed.len() } {
            self.move_up(self.passed[place]);
        }
        self.take_out(member);
        self.stamps += 1;
        let server = &mut self.servers[member as usize];
        server.last = match server.place {
            Place::Turns if early => Position { whole: self.now, rest: server.next.rest },
            Place::Turns => server.next,
            _ => Position { whole: self.now, rest: 0 },
        };
        server.next = server.last.after(self.total, server.weight);
        server.place = if server.next.whole < self.period { Place::Turns } else { Place::Later };
        server.stamp = self.stamps;
        self.put_in(member);
        self.now += 1;
    }

    fn move_up(&mut self, member: u32) {
        if self.servers[member as usize].next.whole < self.now {
            self.take_out(member);
            self.servers[member as usize].next = Position { whole: self.now, rest: 0 };
            self.put_in(member);
        }
    }
}

impl Algorithm for RoundRobin {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        self.update(pool);
        // Who has just failed this request gets it again only if nobody else can be had.
        let failed = request.tried.last().copied();
        let mut found = self.find_or_begin(|member| pool.is_eligible(member) && failed != Some(member));
        if found.is_none() {
            found = failed.and_then(|_| self.find_or_begin(|member| pool.is_eligible(member)));
        }
        let Some(member) = found else { return Decision::Reject };
        self.take_turn(member);
        Decision::Route(member)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let server = self.servers.get(member as usize).copied().unwrap_or_default();
            let Server { next, weight, .. } = server;
            let (value, filled) = match server.place {
                Place::Turns => {
                    let value = next.whole as f64 + next.rest as f64 / weight as f64;
                    (value, score::turn_at(&next.whole, &next.rest, &weight, &self.now))
                }
                Place::Later => (self.period as f64, score::turn_later()),
                _ => (self.now as f64, score::no_turn(&pool.weight_of(member))),
            };
            Score { member, value, filled }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::position() }
    }
}
