//! A balancer on a bench: requests are put to it and taken from it one by one, as the engine does.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use crate::algorithm::product::Trouble;
use crate::algorithm::{Decision, KeySource, RequestView};
use crate::engine::pool::{Attempt, End, Pool, Retry, Verdict, Waiting};
use crate::units::{SimDuration, SimTime};

/// What a request carries.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub address: IpAddr,
    pub text: String,
    /// The member that its cookie names.
    pub home: Option<u32>,
}

impl Ask {
    /// A request of which nothing matters.
    pub(super) fn any() -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), text: String::new(), home: None }
    }

    /// A request with a key: a client's address, or what is hashed.
    pub(super) fn keyed(key: &str) -> Self {
        let address = key.parse().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        Self { address, text: key.to_owned(), home: None }
    }
}

/// A request in the balancer.
#[derive(Debug, Clone)]
struct Flight {
    ask: Ask,
    member: u32,
    sent: SimTime,
    attempts: u32,
    tried: Vec<u32>,
    memo: u64,
    ticket: u32,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is with this member.
    Sent(u32),
    /// It waits in the balancer.
    Waits,
    /// It is tried again on the same member after this.
    Pause(SimDuration),
    /// The client has its answer.
    Over(End),
}

#[derive(Debug, Clone)]
pub(super) struct Bench {
    pub pool: Pool,
    hashed: KeySource,
    flights: BTreeMap<u32, Flight>,
}

impl Bench {
    pub(super) const fn new(pool: Pool, hashed: KeySource) -> Self {
        Self { pool, hashed, flights: BTreeMap::new() }
    }

    fn ask(&mut self, id: u32, choose: impl FnOnce(&mut Pool, &RequestView<'_>) -> Decision) -> Decision {
        let Some(flight) = self.flights.get_mut(&id) else { return Decision::Reject };
        let view = RequestView {
            client: u64::from(id),
            address: flight.ask.address.into(),
            uri: &flight.ask.text,
            user: Some(&flight.ask.text),
            hashed: self.hashed,
            attempt: flight.attempts + 1,
            tried: &flight.tried,
            home: flight.ask.home,
            memo: flight.memo.into(),
        };
        let decision = choose(&mut self.pool, &view);
        flight.memo = view.memo.get();
        decision
    }

    /// A request comes.
    pub(super) fn arrive(&mut self, now: SimTime, id: u32, ask: Ask) -> Step {
        let flight = Flight { ask, member: 0, sent: now, attempts: 0, tried: Vec::new(), memo: 0, ticket: 0 };
        self.flights.insert(id, flight);
        let decision = self.ask(id, |pool, view| pool.arrive(now, view));
        self.carry_out(now, id, decision)
    }

    fn carry_out(&mut self, now: SimTime, id: u32, decision: Decision) -> Step {
        let line = match decision {
            Decision::Route(member) => return self.send(now, id, member),
            Decision::Reject => {
                self.flights.remove(&id);
                return Step::Over(End::Trouble(Trouble::Nobody));
            }
            Decision::Hold => None,
            Decision::Wait(member) => Some(member),
        };
        match (self.pool.wait(id, line), self.flights.get_mut(&id)) {
            (Ok(ticket), Some(flight)) => {
                flight.ticket = ticket;
                Step::Waits
            }
            _ => {
                self.flights.remove(&id);
                Step::Over(End::Trouble(Trouble::Full))
            }
        }
    }

    fn send(&mut self, now: SimTime, id: u32, member: u32) -> Step {
        if let Some(flight) = self.flights.get_mut(&id) {
            flight.member = member;
            flight.sent = now;
            flight.attempts += 1;
        }
        self.pool.taken(now, member);
        Step::Sent(member)
    }

    /// The attempt of a request is over; what becomes of the request.
    pub(super) fn end(&mut self, now: SimTime, id: u32, end: End) -> Step {
        let Some(flight) = self.flights.get_mut(&id) else { return Step::Over(end) };
        let Flight { member, sent, attempts, .. } = *flight;
        let named = flight.ask.home == Some(member);
        let attempt =
            Attempt { member, response_time: now.since(sent), end, attempts, named, repeatable: true };
        let Verdict { retry, .. } = self.pool.finished(now, &attempt);
        match retry {
            Some(Retry::Same(pause)) => Step::Pause(pause),
            Some(Retry::Chosen(pause)) => {
                flight.tried.push(member);
                if pause == SimDuration::ZERO { self.again(now, id) } else { Step::Pause(pause) }
            }
            None => {
                self.flights.remove(&id);
                Step::Over(end)
            }
        }
    }

    /// Another attempt, after its pause.
    pub(super) fn again(&mut self, now: SimTime, id: u32) -> Step {
        let same = self.flights.get(&id).filter(|flight| !flight.tried.contains(&flight.member));
        let decision = match same.map(|flight| flight.member) {
            Some(member) if self.pool.is_eligible(member) => Decision::Route(member),
            _ => self.ask(id, |pool, view| pool.choose(now, view)),
        };
        self.carry_out(now, id, decision)
    }

    /// The request went elsewhere than was chosen for it.
    pub(super) fn correct(&mut self, now: SimTime, id: u32, chosen: Step, member: u32) {
        if matches!(chosen, Step::Sent(_)) {
            self.end(now, id, End::Gone);
        }
        let ask = Ask::any();
        let flight = Flight { ask, member, sent: now, attempts: 0, tried: Vec::new(), memo: 0, ticket: 0 };
        self.flights.insert(id, flight);
        self.send(now, id, member);
    }

    /// Hand-overs of waiting requests that are due now.
    pub(super) fn hand_over(&mut self, now: SimTime) -> Vec<(u32, u32)> {
        let mut done = Vec::new();
        while let Some(waiting) = self.pool.next_waiting(now) {
            let (id, member) = match waiting {
                Waiting::To { id, member } => (id, member),
                Waiting::Ask { id } => match self.ask(id, |pool, view| pool.choose(now, view)) {
                    Decision::Route(member) => {
                        self.leave_line(id);
                        (id, member)
                    }
                    _ => return done,
                },
            };
            self.send(now, id, member);
            done.push((id, member));
        }
        done
    }

    /// Takes a request out of its line.
    pub(super) fn leave_line(&mut self, id: u32) {
        if let Some(flight) = self.flights.get(&id) {
            self.pool.leave(flight.ticket);
        }
    }

    /// Carries out a command of an operator; false when it isn't known.
    pub(super) fn command(&mut self, now: SimTime, text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        let server = |name: &str| -> Option<u32> { name.rsplit('s').next()?.parse().ok() };
        match *words {
            ["set", "server", name, "weight", weight] => match (server(name), weight.parse()) {
                (Some(member), Ok(weight)) => self.pool.set_weight(now, member, weight),
                _ => return false,
            },
            [what @ ("enable" | "disable"), "server", name] => match server(name) {
                Some(member) => self.pool.set_well(now, member, what == "enable"),
                None => return false,
            },
            _ => return false,
        }
        true
    }
}
