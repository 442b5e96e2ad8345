//! Who calls whom: services that call services, through the classes that they do for each other.

use super::problem::{Path, Problems};
use super::say::{parts, traffic, whole};
use super::step_model::{CallModel, DependencyModel, StepModel};
use super::{ClassModel, DependencyKind, Scenario, SessionState, Step, StepKind};
use crate::dist::{Distribution, Zipf};
use crate::lang::Said;
use crate::units::{ClassId, DependencyId, SimDuration};

/// The longest chain of calls.
const DEPTH: usize = 20;

impl Scenario {
    /// Services that steps call, by their place, in the order of the scenario.
    fn called(&self) -> Vec<usize> {
        let steps = || self.traffic.class.iter().flat_map(|class| &class.steps);
        let calls = |name: &str| steps().any(|step| step.kind == StepKind::Call && step.to == name);
        let is_dependency = |name: &str| self.dependency.iter().any(|dependency| dependency.name == name);
        let called = self.service.iter().enumerate();
        called.filter(|(_, s)| calls(&s.name) && !is_dependency(&s.name)).map(|(place, _)| place).collect()
    }

    /// Those services as dependencies of the others: their calls are counted like other calls.
    pub(super) fn called_services(&self) -> impl Iterator<Item = DependencyModel> + '_ {
        self.called().into_iter().map(|place| DependencyModel {
            name: self.service[place].name.clone(),
            kind: DependencyKind::Database,
            is_service: true,
            time: Distribution::Constant(SimDuration::ZERO),
            cores: f64::INFINITY,
            concurrency: u32::MAX,
            connections: None,
            contention: 0.0,
            calm: None,
            overload: 1.0,
            pool: None,
            rows: Zipf::new(1, 0.0),
            cache: None,
            broker: None,
        })
    }

    /// The service that a step calls, as a dependency, and the class that it is there; nothing when it calls none.
    pub(super) fn callee(
        &self,
        step: &Step,
        at: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<(DependencyId, ClassId)> {
        let called = self.called();
        let order = called.iter().position(|&place| self.service[place].name == step.to)?;
        if self.traffic.port.is_some() {
            let text = traffic::nobody_finds();
            problems.add(at.key("to"), None, text);
        }
        let edge = self.balancer.service.as_deref().or_else(|| Some(self.service.first()?.name.as_str()));
        let fits = |place: &usize| {
            let class = &self.traffic.class[*place];
            class.service.as_deref().or(edge) == Some(&step.to)
                && step.class.as_ref().is_none_or(|name| *name == class.name)
        };
        if let Some(broker) = self.broker_of(&step.to) {
            let text = traffic::employed(&step.to, &broker.name);
            problems.advise(at.key("to"), text, traffic::enqueue());
        }
        let class = (0..self.traffic.class.len()).find(fits);
        if class.is_none() {
            let what = step.class.as_ref().map_or_else(|| Said::plain(""), |name| traffic::named(name));
            let text = traffic::not_callable(&step.to, what);
            problems.advise(at.key("to"), text, traffic::add_callable());
        }
        Some((DependencyId::at(self.dependency.len() + order), ClassId::at(class.unwrap_or(0))))
    }

    /// Services whose sessions are in a store ask it first, for every request.
    pub(super) fn ask_stores(&self, classes: &mut [ClassModel], problems: &mut Problems) {
        let list = Path::Root;
        let list = list.key("service");
        for (place, service) in self.service.iter().enumerate() {
            let at = list.index(place);
            match (service.sessions, &service.store) {
                (SessionState::Store, store) => {
                    let name = store.as_deref().unwrap_or("");
                    let to = self.dependency_id(name, &at.key("store"), problems);
                    let kind = self.dependency.get(to.index()).map(|dependency| dependency.kind);
                    if kind.is_some_and(|kind| kind != DependencyKind::Store) {
                        problems.add(at.key("store"), None, parts::no_store(&name));
                    }
                    let of_service =
                        |class: &&mut ClassModel| class.session && class.service.index() == place;
                    classes.iter_mut().filter(of_service).for_each(|class| class.ask_first(to));
                }
                (_, Some(_)) => {
                    problems.advise(at.key("store"), parts::not_used(), parts::set_store());
                }
                _ => {}
            }
        }
    }

    /// Calls of services form no circle, in which requests would never end.
    pub(super) fn check_graph(classes: &[ClassModel], problems: &mut Problems) {
        let mut level: Vec<usize> = (0..classes.len()).collect();
        for _ in 0..DEPTH {
            let children = level.iter().flat_map(|&class| classes[class].children());
            let mut next: Vec<usize> = children.collect();
            next.sort_unstable();
            next.dedup();
            level = next;
        }
        if let Some(&class) = level.first() {
            let text = whole::circle(&DEPTH, &classes[class].name);
            problems.add("traffic.class", None, text);
        }
    }
}

impl ClassModel {
    fn ask_first(&mut self, to: DependencyId) {
        if self.steps.is_empty() {
            self.steps.push(StepModel::Cpu(None));
        }
        let call = CallModel {
            to,
            child: None,
            job: None,
            time: None,
            write: None,
            together: false,
            timeout: None,
            tries: 1,
            optional: false,
        };
        self.steps.insert(0, StepModel::Call(call));
    }

    /// What comes slowly is received before anything is done for it.
    pub(super) fn receive_first(&mut self) {
        if self.sending.is_none() {
            return;
        }
        match self.steps.first_mut() {
            None => self.steps.push(StepModel::Cpu(None)),
            Some(StepModel::Call(call)) => call.together = false,
            Some(_) => {}
        }
        self.steps.insert(0, StepModel::Receive);
    }

    fn children(&self) -> impl Iterator<Item = usize> + '_ {
        self.steps.iter().filter_map(|step| match step {
            StepModel::Call(call) => call.child.or(call.job).map(ClassId::index),
            _ => None,
        })
    }
}
