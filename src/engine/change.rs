//! What is done to a running world: checked, made, recorded.

use std::fmt;

use super::words::cannot;
use super::{Engine, Probe};
use crate::algorithm;
use crate::lang::Said;
use crate::observe::{DownCause, Observation, ReplicaState};
use crate::scenario::{Change, FaultKind, TimedChange};

/// A change that this world can't make, and why, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeError(pub Said);

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for ChangeError {}

impl Engine {
    /// Makes a change now, after everything else of this nanosecond, and records it.
    ///
    /// # Errors
    /// When the change names what does not exist or asks for what is not allowed; nothing is changed then.
    pub fn apply(&mut self, change: Change, probe: &mut impl Probe) -> Result<(), ChangeError> {
        self.tell_birth(probe);
        while self.queue.next_time().is_some_and(|at| at <= self.now) || self.next_planned() <= self.now {
            self.step(probe);
        }
        self.make(change, probe)
    }

    /// Every change so far, planned and made by hand, in order.
    #[must_use]
    pub fn changes(&self) -> &[TimedChange] {
        &self.changes
    }

    /// Makes the next change of the plan. One that can't be made any more (a replica that is already gone) is
    /// passed over.
    pub(super) fn make_planned(&mut self, probe: &mut impl Probe) {
        let timed = self.model.plan.get(self.planned).cloned();
        self.planned += 1;
        if let Some(TimedChange { change, .. }) = timed {
            let _ = self.make(change, probe);
        }
    }

    fn make(&mut self, change: Change, probe: &mut impl Probe) -> Result<(), ChangeError> {
        let index = self.changes.len() as u32;
        self.check(&change)?;
        self.digest.mix(self.now.0);
        self.digest.mix(u64::from(index));
        self.changes.push(TimedChange { at: self.now, change: change.clone() });
        probe.observe(self.now, &Observation::Changed { index });
        match change {
            Change::Rate { times } => {
                let before = std::mem::replace(&mut self.factor, times);
                self.reschedule_sources(before);
            }
            Change::Scale { service, replicas } => self.scale(&service, replicas, probe),
            Change::Algorithm { name, params } => self.choose_algorithm(&name, &params, probe),
            Change::Sticky { on } => self.set_sticky(on),
            Change::Deploy { service } => {
                if let Some(place) = self.place_of(&service) {
                    self.deploy(place, probe);
                }
            }
            Change::LoseZone { zone } => self.lose_zone(zone - 1, probe),
            Change::RestoreZone { zone } => self.restore_zone(zone - 1, probe),
            Change::Reload => self.reload(probe),
            Change::Weight { replica, weight } => self.set_weight(&replica, weight),
            Change::Mode { replica, mode } => self.set_mode(&replica, mode),
            Change::Crash { replica } => {
                if let Some(id) = self.find(&replica) {
                    self.die(id, DownCause::Crash, probe);
                }
            }
            Change::Start { replica } => {
                if let Some(id) = self.find(&replica) {
                    self.start_now(id, probe);
                }
            }
            other => self.make_more(other, probe),
        }
        self.check_plain();
        self.serve_queues(probe);
        Ok(())
    }

    /// What is done to limits, and what breaks and heals.
    fn make_more(&mut self, change: Change, probe: &mut impl Probe) {
        match change {
            Change::Restart { replica } => {
                if let Some(id) = self.find(&replica) {
                    self.restart_by_hand(id, probe);
                }
            }
            Change::Tune { of, what, amount } => self.tune(&of, what, amount, probe),
            Change::Break { replica, fault, amount } => {
                if let Some(id) = self.find(&replica) {
                    self.break_replica(id, fault, amount);
                }
            }
            Change::BreakDependency { dependency, fault, amount } => {
                if let Some(d) = self.find_dependency(&dependency) {
                    self.break_dependency(d, fault, amount, probe);
                }
            }
            Change::HealDependency { dependency, fault } => {
                if let Some(d) = self.find_dependency(&dependency) {
                    self.heal_dependency(d, fault);
                }
            }
            Change::Heal { replica, fault } => {
                if let Some(id) = self.find(&replica) {
                    self.heal(id, fault);
                }
            }
            _ => {}
        }
    }

    fn choose_algorithm(&mut self, name: &str, params: &[(String, f64)], probe: &mut impl Probe) {
        if let Some(spec) = algorithm::find(name)
            && let Ok(params) = spec.params(params)
        {
            self.replace_algorithm(name, &*(spec.build)(&params));
            // The one before may have held requests back that the new one does not.
            self.serve_queues(probe);
        }
    }

    fn scale(&mut self, service: &str, replicas: u32, probe: &mut impl Probe) {
        if let Some(place) = self.place_of(service) {
            self.bring_to(place, replicas, probe);
        }
    }

    pub(super) fn place_of(&self, service: &str) -> Option<u32> {
        self.model.services.iter().position(|s| s.name == service).map(|place| place as u32)
    }

    /// Brings a service to a number of replicas.
    pub(super) fn bring_to(&mut self, service: u32, replicas: u32, probe: &mut impl Probe) {
        if self.redirect_rollout(service, replicas, probe) {
            return;
        }
        let there = self.of_service(service).len() as u32;
        if replicas > there {
            self.scale_up(service, replicas - there, probe);
        } else {
            self.scale_down(service, there - replicas, probe);
        }
    }

    /// The replica of this name that is there.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let there = |r: &super::Replica| r.rest.name == name && r.state != ReplicaState::Removed;
        self.replicas.iter().position(there).map(|place| place as u32)
    }

    fn find_dependency(&self, name: &str) -> Option<usize> {
        self.model.dependencies.iter().position(|dependency| dependency.name == name)
    }

    fn check_dependency(&self, name: &str, fault: Option<(FaultKind, f64)>) -> Result<(), Said> {
        let Some(d) = self.find_dependency(name) else {
            return Err(cannot::no_dependency(&name));
        };
        match fault {
            Some((FaultKind::Flush, _)) if !self.model.dependencies[d].has_keys() => {
                Err(cannot::no_keys(&name))
            }
            Some((fault, amount)) => {
                fault.check_dependency(amount).map_err(|allowed| cannot::amount(allowed, &amount))
            }
            None => Ok(()),
        }
    }

    fn check(&self, change: &Change) -> Result<(), ChangeError> {
        let fail = |why: Said| Err(ChangeError(why));
        match change {
            Change::Rate { times } if !(0.0..=1e6).contains(times) => fail(cannot::rate(times)),
            Change::Scale { service, replicas } => {
                if !self.model.services.iter().any(|s| s.name == *service) {
                    return fail(cannot::no_service(service));
                }
                let limit = crate::scenario::REPLICA_LIMIT;
                if *replicas > limit || self.has_had_enough() {
                    return fail(cannot::replicas(service, replicas, &limit));
                }
                Ok(())
            }
            Change::Algorithm { name, params } => check_algorithm(name, params).or_else(fail),
            Change::Deploy { service } => self.check_deploy(service),
            Change::LoseZone { zone } | Change::RestoreZone { zone }
                if !(1..=self.model.host.zones).contains(zone) =>
            {
                fail(cannot::no_zone(zone, &self.model.host.zones))
            }
            Change::Start { replica } if self.find(replica).is_some_and(|id| self.is_in_lost_zone(id)) => {
                fail(cannot::zone_lost(replica))
            }
            Change::Break { replica, .. }
            | Change::Heal { replica, .. }
            | Change::Weight { replica, .. }
            | Change::Mode { replica, .. }
                if self.find(replica).is_none() =>
            {
                fail(cannot::no_replica(replica))
            }
            Change::Break { replica, fault, amount } => {
                fault.check(*amount).or_else(|allowed| fail(cannot::amount(allowed, amount)))?;
                // Only a process that is there can hang.
                if *fault == FaultKind::Freeze { self.check_runs(replica, true) } else { Ok(()) }
            }
            Change::BreakDependency { dependency, fault, amount } => {
                self.check_dependency(dependency, Some((*fault, *amount))).or_else(fail)
            }
            Change::HealDependency { dependency, .. } => {
                self.check_dependency(dependency, None).or_else(fail)
            }
            Change::Restart { replica } => self.check_restart(replica).or_else(fail),
            Change::Tune { of, what, amount } => self.check_tune(of, *what, *amount).or_else(fail),
            Change::Crash { replica } => self.check_runs(replica, true),
            Change::Start { replica } => self.check_runs(replica, false),
            _ => Ok(()),
        }
    }

    /// Whether a new version of a service can be rolled out.
    fn check_deploy(&self, service: &str) -> Result<(), ChangeError> {
        if self.place_of(service).is_none() {
            return Err(ChangeError(cannot::no_service(&service)));
        }
        if self.has_had_enough() {
            return Err(ChangeError(cannot::enough(&service)));
        }
        Ok(())
    }

    /// Whether so many replicas have been created that there are to be no more.
    pub(super) fn has_had_enough(&self) -> bool {
        self.replicas.len() > crate::scenario::REPLICA_LIMIT as usize * 10
    }

    /// Whether there is a replica that runs, or does not.
    fn check_runs(&self, replica: &str, wanted: bool) -> Result<(), ChangeError> {
        use ReplicaState::{Draining, Ready, Starting};
        let state = self.find(replica).map(|id| self.replicas[id as usize].state);
        let runs = state.is_some_and(|state| matches!(state, Ready | Draining | Starting));
        match state {
            None => Err(ChangeError(cannot::no_replica(&replica))),
            Some(_) if runs == wanted => Ok(()),
            Some(_) if runs => Err(ChangeError(cannot::runs(&replica))),
            Some(state) => Err(ChangeError(cannot::does_not_run(&replica, state.text()))),
        }
    }
}

fn check_algorithm(name: &str, params: &[(String, f64)]) -> Result<(), Said> {
    let spec = algorithm::find(name).ok_or_else(|| cannot::no_algorithm(&name))?;
    let told = |errors: Vec<algorithm::ParamError>| Said::list(errors.iter().map(|error| error.said()), "; ");
    spec.params(params).map(|_| ()).map_err(told)
}
