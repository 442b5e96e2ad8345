//! What a class of request does at its replica, step by step.

use super::Scenario;
use super::dependency::DependencyKind;
use super::field::{choice, record};
use super::problem::{Path, Problems};
use super::say::{given, traffic};
use super::step_model::{CallModel, StepModel};
use crate::dist::Distribution;
use crate::units::SimDuration;

/// The most steps that a class may have.
pub const STEP_LIMIT: usize = 100;

record! {
    /// One step of a class. Steps follow each other; all of them are one request.
    pub struct Step {
        /// What happens.
        pub kind: StepKind = StepKind::Cpu;
        /// CPU work on one reference core (cpu; the class's demand when not given), how long (wait), or
        /// how long it takes there (call, write, enqueue; as the dependency says when not given).
        pub time: Option<Distribution> = None;
        /// Which dependency (call, write), which service (call) or which broker (enqueue).
        pub to: String = String::new();
        /// Which class of request it is there (call of a service), or of which class the job is (enqueue); the first
        /// of that service when not given.
        pub class: Option<String> = None;
        /// Begins together with the step before, which is a call, write or enqueue too; the request goes on when all
        /// are over.
        pub together: bool = false;
        /// How long the answer of a call or write is waited for; without it, for ever.
        pub timeout: Option<SimDuration> = None;
        /// Most attempts, each at once after the failure of the one before.
        pub tries: u32 = 1, in 1..=100;
        /// Whether the request goes on without it when it fails; else it ends with an error.
        pub optional: bool = false;
        /// Whether the write locks its row, and others wait for it; without, one of two at a time is lost.
        pub lock: bool = true;
    }
}

choice! {
    /// What happens in a step.
    pub enum StepKind {
        Cpu = "cpu": "Work on the replica's CPU.",
        Wait = "wait": "Nothing for a time. It holds its worker, but not an event loop.",
        Call = "call": "A dependency or a service is called, and its answer waited for like in a wait.",
        Write = "write": "A row of a database is read, changed and written back.",
        Enqueue = "enqueue": "A job for a background worker is sent to a broker, which confirms that it has it.",
    }
}

impl Scenario {
    /// What the engine does for each step, every problem found.
    pub(super) fn steps(&self, steps: &[Step], at: &Path<'_>, problems: &mut Problems) -> Vec<StepModel> {
        if steps.len() > STEP_LIMIT {
            let text = traffic::steps(&steps.len(), &STEP_LIMIT);
            problems.add(at, None, text);
            return Vec::new();
        }
        let is_call = |step: Option<&Step>| step.is_some_and(|step| step.kind.is_call());
        let model = |(i, step): (usize, &Step)| {
            let at = at.index(i);
            if step.together && !(is_call(Some(step)) && i > 0 && is_call(steps.get(i - 1))) {
                problems.add(at.key("together"), None, traffic::together());
            }
            step.model(self, &at, problems)
        };
        steps.iter().enumerate().map(model).collect()
    }
}

impl StepKind {
    const fn is_call(self) -> bool {
        matches!(self, Self::Call | Self::Write | Self::Enqueue)
    }
}

impl Step {
    fn call(&self, scenario: &Scenario, at: &Path<'_>, problems: &mut Problems) -> CallModel {
        let sends = self.kind == StepKind::Enqueue;
        let job = sends.then(|| scenario.job(self, at, problems));
        let callee = if self.kind == StepKind::Call { scenario.callee(self, at, problems) } else { None };
        let known = callee.map(|(to, _)| to).or(job.map(|(to, _)| to));
        let to = known.unwrap_or_else(|| scenario.dependency_id(&self.to, &at.key("to"), problems));
        if self.class.is_some() && callee.is_none() && !sends {
            problems.add(at.key("class"), None, traffic::not_called());
        }
        let kind = scenario.dependency.get(to.index()).map(|dependency| dependency.kind);
        let writes = self.kind == StepKind::Write;
        if writes && kind.is_some_and(|kind| kind != DependencyKind::Database) {
            problems.add(at.key("to"), None, traffic::no_rows(&self.to));
        }
        if kind == Some(DependencyKind::Broker) && self.kind == StepKind::Call {
            let text = traffic::calls_broker(&self.to);
            problems.advise(at.key("to"), text, traffic::set_kind(&"enqueue"));
        }
        if self.timeout.is_some_and(|timeout| timeout.0 == 0) {
            problems.add(at.key("timeout"), None, given::zero_or_none());
        }
        CallModel {
            to,
            child: callee.map(|(_, class)| class),
            job: job.and_then(|(_, class)| class),
            time: self.time,
            write: writes.then_some(self.lock),
            together: self.together,
            timeout: self.timeout,
            tries: self.tries,
            optional: self.optional,
        }
    }

    fn model(&self, scenario: &Scenario, at: &Path<'_>, problems: &mut Problems) -> StepModel {
        match self.kind {
            StepKind::Cpu => StepModel::Cpu(self.time),
            StepKind::Call | StepKind::Write | StepKind::Enqueue => {
                StepModel::Call(self.call(scenario, at, problems))
            }
            StepKind::Wait => {
                if self.time.is_none() {
                    problems.advise(at.key("time"), given::missing(), traffic::say_how_long());
                }
                StepModel::Wait(self.time.unwrap_or(Distribution::Constant(SimDuration::ZERO)))
            }
        }
    }
}
