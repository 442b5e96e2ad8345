//! Steps: what a request does at its replica besides one piece of CPU work.
//!
//! ```text
//! worker ─> cpu ─> wait ─> … ─> answer        a worker is held from the first step to the answer
//! loop ─> cpu ─┐    ┌─> loop ─> …             an event loop is left while the request waits
//!              └wait┘
//! ```
//!
//! A request whose class has steps has a [`Progress`] while a replica is at it, in a table of its own: others pay
//! nothing for it. What it draws comes from a stream of its own, by its number, so that a further attempt has the
//! same work, under any algorithm.
//!
//! A step that is over at once is told of by an event of the same nanosecond: nobody finishes within somebody
//! else's start, and the stack stays flat.

use super::arena::NONE;
use super::dependency::{Call, Caller, Drawn};
use super::event::Event;
use super::queue::EventKey;
use super::request::{Origin, Phase, Request};
use super::{Engine, Probe};
use crate::observe::CallFailure;
use crate::rng::{Purpose, Stream, split_mix};
use crate::scenario::{CallModel, StepModel};
use crate::units::{SimDuration, SimTime};

/// Where a request is among its steps.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    /// The step that is going on, by its place.
    step: u32,
    /// When it is over, where that is known.
    timer: EventKey,
    /// Since when it wants the event loop back.
    pub(super) ready: Option<SimTime>,
    /// Calls whose answers it waits for.
    calls: Vec<u32>,
    /// A call has failed that it needs.
    failed: bool,
    /// A write of it is lost.
    lost: bool,
    stream: Stream,
}

impl Engine {
    /// A worker has the request, which begins its first step.
    pub(super) fn first_step(&mut self, request: u32, probe: &mut impl Probe) {
        let number = self.requests[request].number;
        // A request between services goes on with what its caller has drawn for it.
        let of = match self.requests[request].origin {
            Origin::Call(call) => self.calls[call].drawn.unit.to_bits(),
            Origin::Job(message) if message != NONE => self.messages[message].unit.to_bits(),
            Origin::Client | Origin::Job(_) => number,
        };
        let stream = Stream::new(self.seed ^ split_mix(of), Purpose::Steps, 0);
        let received = self.receives(request) && self.to_come(request) == SimDuration::ZERO;
        let progress = Progress {
            step: u32::from(received),
            timer: EventKey::NONE,
            ready: None,
            calls: self
                .progress
                .last_released()
                .map_or_else(Vec::new, |last| std::mem::take(&mut last.calls)),
            failed: false,
            lost: false,
            stream,
        };
        self.requests[request].progress = self.progress.insert(progress);
        self.begin_step(request, probe);
    }

    /// The request goes through its steps no further.
    pub(super) fn end_steps(&mut self, request: u32, probe: &mut impl Probe) {
        let progress = std::mem::replace(&mut self.requests[request].progress, NONE);
        if progress != NONE {
            let body = &mut self.progress[progress];
            self.queue.cancel(body.timer);
            if !body.calls.is_empty() {
                let mut calls = std::mem::take(&mut body.calls);
                calls.drain(..).for_each(|call| self.abandon_call(call, probe));
                self.progress[progress].calls = calls;
            }
            self.progress.release(progress);
        }
    }

    /// Whether a request is of those that may come slowly.
    fn receives(&self, request: u32) -> bool {
        let class = usize::from(self.requests[request].class);
        self.model.classes[class].steps.first() == Some(&StepModel::Receive)
    }

    /// Whether a request waits for its own rest.
    pub(super) fn is_receiving(&self, request: u32) -> bool {
        self.requests[request].progress != NONE && self.step_of(request) == Some(&StepModel::Receive)
    }

    fn step_of(&self, request: u32) -> Option<&StepModel> {
        let body = &self.requests[request];
        let steps = &self.model.classes[usize::from(body.class)].steps;
        steps.get(self.progress[body.progress].step as usize)
    }

    /// The step after the one that is going on; all those that began together are one.
    fn next_step(&self, request: u32) -> u32 {
        let body = &self.requests[request];
        let progress = &self.progress[body.progress];
        if progress.failed {
            return u32::MAX;
        }
        // After the last step an event loop has one more turn, for the answer.
        let next = progress.step + 1;
        let after =
            self.model.classes[usize::from(body.class)].steps.get(next as usize..).unwrap_or_default();
        let together = |step: &&StepModel| matches!(step, StepModel::Call(call) if call.together);
        next + after.iter().take_while(together).count() as u32
    }

    /// Whether the request failed in its steps, and whether a write of it is lost.
    #[inline]
    pub(super) fn came_through(&self, request: u32) -> (bool, bool) {
        match self.requests[request].progress {
            NONE => (false, false),
            progress => (self.progress[progress].failed, self.progress[progress].lost),
        }
    }

    /// Begins the step that is due. It has a worker, and the replica's next event must be scheduled anew.
    pub(super) fn begin_step(&mut self, request: u32, probe: &mut impl Probe) {
        let (now, progress) = (self.now, self.requests[request].progress);
        let own = self.requests[request].demand;
        match self.step_of(request) {
            Some(&StepModel::Cpu(time)) => {
                let work = time.map_or(own, |time| time.sample(&mut self.progress[progress].stream));
                self.run_on_cpu(request, work);
            }
            Some(&StepModel::Wait(time)) => {
                let end = now + time.sample(&mut self.progress[progress].stream);
                self.let_worker_go(request);
                self.progress[progress].timer = self.queue.schedule(end, Event::StepOver { request });
            }
            Some(StepModel::Call(_)) => self.begin_calls(request, probe),
            Some(StepModel::Receive) => {
                let end = now + self.to_come(request);
                self.let_worker_go(request);
                self.progress[progress].timer = self.queue.schedule(end, Event::StepOver { request });
                self.watch_senders(request, probe);
            }
            // An event loop writes the answer when it is its turn.
            None => self.run_on_cpu(request, SimDuration::ZERO),
        }
    }

    /// Calls everybody who is called together in this step.
    fn begin_calls(&mut self, request: u32, probe: &mut impl Probe) {
        let (first, next) = (self.progress_of(request).step, self.next_step(request));
        self.let_worker_go(request);
        let Request { replica, class, .. } = self.requests[request];
        let life = self.replicas[replica as usize].rest.life;
        for step in first..next {
            let model = self.model.classes[usize::from(class)].steps.get(step as usize);
            let Some(StepModel::Call(model)) = model.copied() else { continue };
            let drawn = self.draw(request, &model);
            let call = Call::new(Caller::Request(request), model, drawn, replica, life);
            let call = self.make_call(call, probe);
            self.progress_of(request).calls.push(call);
        }
    }

    fn progress_of(&mut self, request: u32) -> &mut Progress {
        &mut self.progress[self.requests[request].progress]
    }

    /// Everything that a call leaves to chance.
    fn draw(&mut self, request: u32, call: &CallModel) -> Drawn {
        let dependencies = &self.model.dependencies;
        let model = &dependencies[call.to.index()];
        let stream = &mut self.progress[self.requests[request].progress].stream;
        let time = call.child.map_or(&model.time, |class| &self.model.classes[class.index()].demand);
        let work = call.time.as_ref().unwrap_or(time).sample(stream);
        let key = match (&model.cache, call.write) {
            (Some(cache), _) if cache.hit_ratio.is_none() => cache.keys.sample(stream),
            (None, Some(_)) => model.rows.sample(stream),
            _ => 0,
        };
        let behind = model.cache.as_ref().map(|cache| &dependencies[cache.behind.index()].time);
        let job = call.job.map(|class| &self.model.classes[class.index()].demand);
        let behind = behind.or(job);
        let unit = if behind.is_some() || call.child.is_some() { stream.unit() } else { 0.0 };
        let behind = behind.map_or(SimDuration::ZERO, |time| time.sample(stream));
        Drawn { work, key, unit, behind }
    }

    /// A call of a request is over.
    pub(super) fn call_over(
        &mut self,
        request: u32,
        call: u32,
        result: Result<bool, (CallFailure, &Call)>,
        probe: &mut impl Probe,
    ) {
        let progress = self.progress_of(request);
        progress.calls.retain(|&other| other != call);
        match result {
            Ok(lost) => progress.lost |= lost,
            Err((_, body)) if body.tries < body.model.tries => {
                let mut again = Call::new(body.caller, body.model, body.drawn, body.replica, body.life);
                again.tries = body.tries + 1;
                let again = self.make_call(again, probe);
                self.progress_of(request).calls.push(again);
                return;
            }
            Err((_, body)) => progress.failed |= !body.model.optional,
        }
        if self.progress_of(request).calls.is_empty() {
            self.step_over(request, probe);
        }
    }

    /// The CPU has done its part of a step. The worker is still held.
    pub(super) fn cpu_step_over(&mut self, request: u32, probe: &mut impl Probe) {
        let id = self.requests[request].replica;
        let progress = self.requests[request].progress;
        self.progress[progress].step = self.next_step(request);
        if self.step_of(request).is_none() {
            self.all_steps_over(request, probe);
            return;
        }
        self.begin_step(request, probe);
        if self.requests[request].phase == Phase::Parked {
            self.next_waiting(id, probe);
        }
        self.watch_cpu(id, probe);
        self.schedule_done(id);
    }

    fn all_steps_over(&mut self, request: u32, probe: &mut impl Probe) {
        self.served(request, probe);
    }

    /// A step is over that was not on the CPU.
    pub(super) fn step_over(&mut self, request: u32, probe: &mut impl Probe) {
        let progress = self.requests[request].progress;
        self.progress[progress].timer = EventKey::NONE;
        self.progress[progress].step = self.next_step(request);
        let id = self.requests[request].replica;
        if self.requests[request].phase == Phase::Parked {
            self.want_worker(request);
            self.next_waiting(id, probe);
        } else if self.step_of(request).is_none() {
            self.all_steps_over(request, probe);
            return;
        } else {
            self.begin_step(request, probe);
        }
        self.watch_cpu(id, probe);
        self.schedule_done(id);
    }
}
