//! A little world around a balancer: an open trace of arrivals, servers that serve one after the other, and
//! constant ways between them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::Refusal;
use super::bench::{Ask, Bench, Step};
use super::file::Vector;
use super::product::Setup;
use super::queueing::Trace;
use crate::algorithm::product::Trouble;
use crate::engine::pool::End;
use crate::units::{SimDuration, SimTime};

/// A server is down, in seconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crash {
    pub from: f64,
    pub to: f64,
    pub server: u32,
}

/// What part of the way from client to server lies before the balancer, and of the way back behind it.
pub(super) const BEFORE: f64 = 0.6;
pub(super) const BEHIND: f64 = 0.5;

/// What a run gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// Who answered.
    pub picks: Vec<Option<u32>>,
    /// Response times in milliseconds.
    times: Vec<f64>,
    /// Requests that were put to more than one server.
    pub retried: BTreeMap<u32, Vec<u32>>,
}

impl Run {
    pub(super) fn mean(&self) -> f64 {
        self.times.iter().sum::<f64>() / self.times.len() as f64
    }
}

/// What happens next, in the order of times and then of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    /// A server goes down or comes back.
    Down(u32, bool),
    /// The balancer hears that an attempt is over: its number, and whether it is answered.
    Ends(u32, u32, bool),
    /// A request comes to the balancer.
    Comes(u32),
    /// An attempt comes to its server.
    Enters(u32, u32),
}

pub(super) struct World<'a> {
    trace: &'a Trace,
    bench: Bench,
    next: BinaryHeap<Reverse<(SimTime, Happens)>>,
    /// When each server has served all that it has, and whether it is down.
    free: Vec<SimTime>,
    down: Vec<bool>,
    /// By request: attempts with their servers, the last one still to come.
    attempts: Vec<Vec<u32>>,
    run: Run,
}

fn ms(milliseconds: f64) -> SimDuration {
    SimDuration::from_secs_f64(milliseconds / 1e3)
}

impl<'a> World<'a> {
    /// Runs the trace. Whole seconds of the balancer's clock begin `phase` milliseconds before the trace does.
    pub(super) fn run(
        vector: &Vector,
        setup: &Setup,
        trace: &'a Trace,
        seed: u64,
        phase: f64,
    ) -> Result<Run, Refusal> {
        let (places, n) = (vector.places() as usize, trace.send.len());
        let mut world = Self {
            trace,
            bench: setup.bench(vector, seed)?,
            next: BinaryHeap::new(),
            free: vec![SimTime::ZERO; places],
            down: vec![false; places],
            attempts: vec![Vec::new(); n],
            run: Run { picks: vec![None; n], ..Run::default() },
        };
        let start = SimTime::ZERO + ms(phase);
        for (id, &send) in trace.send.iter().enumerate() {
            world.at(start + ms(send + BEFORE * trace.to_server), Happens::Comes(id as u32));
        }
        for crash in trace.crashes.iter().filter(|crash| (crash.server as usize) < places) {
            world.at(start + ms(crash.from * 1e3), Happens::Down(crash.server, true));
            world.at(start + ms(crash.to * 1e3), Happens::Down(crash.server, false));
        }
        while let Some(Reverse((now, happens))) = world.next.pop() {
            world.handle(now, happens, start)?;
        }
        let retried = world.attempts.into_iter().enumerate().filter(|(_, tried)| tried.len() > 1);
        world.run.retried = retried.map(|(id, tried)| (id as u32, tried)).collect();
        Ok(world.run)
    }

    fn at(&mut self, time: SimTime, happens: Happens) {
        self.next.push(Reverse((time, happens)));
    }

    fn handle(&mut self, now: SimTime, happens: Happens, start: SimTime) -> Result<(), Refusal> {
        match happens {
            Happens::Down(server, down) => self.set_down(now, server, down),
            Happens::Comes(id) => {
                let step = self.bench.arrive(now, id, Ask::any());
                self.follow(now, id, step, start)?;
            }
            Happens::Enters(id, attempt) => self.enter(now, id, attempt),
            Happens::Ends(id, attempt, ok) => {
                // An attempt that was cut off is over already.
                if self.attempts[id as usize].len() != attempt as usize {
                    return Ok(());
                }
                let end = if ok { End::Ok } else { End::Trouble(Trouble::Refused) };
                let step = self.bench.end(now, id, end);
                self.follow(now, id, step, start)?;
                for (id, member) in self.bench.hand_over(now) {
                    self.follow(now, id, Step::Sent(member), start)?;
                }
            }
        }
        Ok(())
    }

    fn follow(&mut self, now: SimTime, id: u32, step: Step, start: SimTime) -> Result<(), Refusal> {
        let place = id as usize;
        match step {
            Step::Sent(member) => {
                self.attempts[place].push(member);
                let attempt = self.attempts[place].len() as u32;
                let way = ms((1.0 - BEFORE) * self.trace.to_server);
                self.at(now + way, Happens::Enters(id, attempt));
            }
            Step::Waits => {}
            Step::Over(End::Ok) => {
                self.run.picks[place] = self.attempts[place].last().copied();
                let done = now.since(start).as_millis() + BEHIND * self.trace.back;
                self.run.times.push(done - self.trace.send[place]);
            }
            step => return Err(format!("not supported yet: {step:?} in a queueing run")),
        }
        Ok(())
    }

    fn enter(&mut self, now: SimTime, id: u32, attempt: u32) {
        let server = self.attempts[id as usize][attempt as usize - 1] as usize;
        if self.down[server] {
            self.at(now, Happens::Ends(id, attempt, false));
            return;
        }
        let work = ms(self.trace.demand[id as usize] * self.trace.slow[server]);
        let done = self.free[server].max(now) + work;
        self.free[server] = done;
        self.at(done + ms((1.0 - BEHIND) * self.trace.back), Happens::Ends(id, attempt, true));
    }

    /// A server that goes down cuts off what it has.
    fn set_down(&mut self, now: SimTime, server: u32, down: bool) {
        self.down[server as usize] = down;
        self.free[server as usize] = now;
        if !down {
            return;
        }
        let cut = |happens: &Happens| match happens {
            Happens::Ends(id, attempt, true) => {
                self.attempts[*id as usize].get(*attempt as usize - 1) == Some(&server)
            }
            _ => false,
        };
        let (lost, kept): (Vec<_>, Vec<_>) =
            self.next.drain().partition(|Reverse((_, happens))| cut(happens));
        self.next = kept.into();
        for Reverse((_, happens)) in lost {
            if let Happens::Ends(id, attempt, _) = happens {
                self.at(now, Happens::Ends(id, attempt, false));
            }
        }
    }
}
