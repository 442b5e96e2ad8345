//! Who asks whom, as the scenario says it: the services that clients reach, and in columns behind them what
//! those call: other services, dependencies, brokers, and the workers that take their work from a broker.

use std::collections::BTreeMap;

use crate::scenario::{Model, StepModel};

/// The most columns behind the services that clients reach; what lies deeper shares the last one.
pub const COLUMNS: usize = 3;

/// A place behind the services that clients reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Every service that clients reach.
    Front,
    /// A service, by its place in the scenario.
    Service(u32),
    /// A dependency, by its place in the scenario.
    Dependency(u32),
}

/// Who asks whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// Every service, with whether clients reach it.
    services: Vec<(String, bool)>,
    /// Services that only take work from a broker.
    workers: Vec<String>,
    /// What is behind, by how many calls lie between clients and it.
    pub columns: Vec<Vec<Place>>,
    /// From whom to whom, each pair once.
    pub ways: Vec<(Place, Place)>,
}

impl Graph {
    /// The graph of a checked scenario.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let asked = asked_by_clients(model);
        let place = |service: usize| {
            if asked[service] { Place::Front } else { Place::Service(service as u32) }
        };
        let mut ways = Ways::default();
        for class in model.classes().iter().filter(|class| class.own.is_none()) {
            let from = place(class.service.index());
            for step in &class.steps {
                let StepModel::Call(call) = step else { continue };
                match call.child {
                    Some(child) => ways.add(from, place(model.classes()[child.index()].service.index())),
                    None => ways.add(from, Place::Dependency(call.to.index() as u32)),
                }
            }
        }
        let mut workers = Vec::new();
        for (n, dependency) in (0..).zip(model.dependencies()).filter(|(_, known)| !known.is_service) {
            let here = Place::Dependency(n);
            if let Some(cache) = &dependency.cache {
                ways.add(here, Place::Dependency(cache.behind.index() as u32));
            }
            if let Some(broker) = &dependency.broker {
                let service = broker.service.index();
                ways.add(here, place(service));
                if !asked[service] {
                    workers.push(model.services()[service].name.clone());
                }
            }
        }
        // What nobody calls stands beside what is called.
        for (n, _) in (0..).zip(model.dependencies()).filter(|(_, known)| !known.is_service) {
            if !ways.0.iter().any(|(_, to)| *to == Place::Dependency(n)) {
                ways.add(Place::Front, Place::Dependency(n));
            }
        }
        let names = model.services().iter().map(|service| service.name.clone());
        Self { services: names.zip(asked).collect(), workers, columns: ways.columns(), ways: ways.0 }
    }

    /// Whether clients reach the service of this name. A service that nobody knows is one of theirs.
    #[must_use]
    pub fn is_front(&self, service: &str) -> bool {
        self.services.iter().find(|(name, _)| name == service).is_none_or(|(_, asked)| *asked)
    }

    /// Whether the service of this name only takes work from a broker.
    #[must_use]
    pub fn is_worker(&self, service: &str) -> bool {
        self.workers.iter().any(|name| name == service)
    }

    /// The name of a service by its place in the scenario.
    #[must_use]
    pub fn name(&self, service: u32) -> &str {
        self.services.get(service as usize).map_or("", |(name, _)| name)
    }

    /// The names of all services, by their place in the scenario.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.services.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The place of a service in the scenario; behind all of them when it is none of theirs.
    #[must_use]
    pub fn order(&self, service: &str) -> usize {
        self.services.iter().position(|(name, _)| name == service).unwrap_or(self.services.len())
    }

    /// How many services clients reach.
    #[must_use]
    pub fn fronts(&self) -> usize {
        self.services.iter().filter(|(_, asked)| *asked).count()
    }

    /// Whether there are services that clients don't reach.
    #[must_use]
    pub fn has_inner(&self) -> bool {
        self.services.iter().any(|(_, asked)| !asked)
    }
}

/// Whether clients send requests of a class of each service: those with a share, and those that no other service
/// calls and no broker hands out.
fn asked_by_clients(model: &Model) -> Vec<bool> {
    let (classes, services) = (model.classes(), model.services());
    let mut called = vec![false; services.len()];
    let calls = classes.iter().flat_map(|class| &class.steps).filter_map(|step| match step {
        StepModel::Call(call) => call.child,
        _ => None,
    });
    calls.for_each(|child| called[classes[child.index()].service.index()] = true);
    let brokers = model.dependencies().iter().filter_map(|known| known.broker.as_ref());
    brokers.for_each(|broker| called[broker.service.index()] = true);
    let mut asked: Vec<bool> = called.iter().map(|called| !called).collect();
    for (class, share) in classes.iter().zip(model.shares()) {
        asked[class.service.index()] |= share > 1e-12;
    }
    // Nobody is left where services call each other in a circle that clients reach by a trace alone.
    if !asked.contains(&true)
        && let Some(first) = asked.first_mut()
    {
        *first = true;
    }
    asked
}

#[derive(Default)]
struct Ways(Vec<(Place, Place)>);

impl Ways {
    fn add(&mut self, from: Place, to: Place) {
        if from != to && to != Place::Front && !self.0.contains(&(from, to)) {
            self.0.push((from, to));
        }
    }

    /// Each place in the column behind the furthest of those that ask it.
    fn columns(&self) -> Vec<Vec<Place>> {
        let mut depth: BTreeMap<Place, usize> = BTreeMap::from([(Place::Front, 0)]);
        // Each round moves at least one place on, and none beyond the last column.
        for _ in 0..=self.0.len() * COLUMNS {
            let mut moved = false;
            for &(from, to) in &self.0 {
                let Some(&of_caller) = depth.get(&from) else { continue };
                let wanted = (of_caller + 1).min(COLUMNS);
                let known = depth.entry(to).or_insert(0);
                if *known < wanted {
                    (*known, moved) = (wanted, true);
                }
            }
            if !moved {
                break;
            }
        }
        let mut columns: Vec<Vec<Place>> = Vec::new();
        for &(_, to) in &self.0 {
            let Some(column) = depth.get(&to).and_then(|depth| depth.checked_sub(1)) else { continue };
            if columns.len() <= column {
                columns.resize(column + 1, Vec::new());
            }
            if !columns[column].contains(&to) {
                columns[column].push(to);
            }
        }
        columns.retain(|column| !column.is_empty());
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, preset};

    fn graph(name: &str) -> Graph {
        let scenario = Scenario::from_toml_str(preset::find(name).unwrap().text).unwrap();
        Graph::of(&scenario.validate().unwrap())
    }

    /// app-1 and app-2 send mails to rabbitmq, and worker takes them from there.
    #[test]
    fn workers_stand_behind_their_broker() {
        let graph = graph("celery");
        assert_eq!(graph.columns, [vec![Place::Dependency(0)], vec![Place::Service(1)]]);
        assert_eq!(
            graph.ways,
            [(Place::Front, Place::Dependency(0)), (Place::Dependency(0), Place::Service(1))]
        );
        assert!(graph.is_front("app") && !graph.is_front("worker") && graph.is_worker("worker"));
        assert_eq!((graph.fronts(), graph.name(1), graph.order("worker")), (1, "worker", 1));
    }

    /// edge calls sso, orders and notifications; orders calls payments and writes to its database.
    #[test]
    fn services_stand_behind_those_who_call_them() {
        let graph = graph("shop");
        let names = |column: &Vec<Place>| {
            let name = |place: &Place| match place {
                Place::Service(n) => graph.name(*n).to_owned(),
                other => format!("{other:?}"),
            };
            column.iter().map(name).collect::<Vec<_>>()
        };
        let columns: Vec<_> = graph.columns.iter().map(names).collect();
        assert_eq!(columns, [vec!["sso", "orders", "notifications"], vec!["payments", "Dependency(0)"]]);
        assert!(graph.has_inner() && graph.is_front("edge") && !graph.is_worker("payments"));
    }

    /// A circle of calls ends in the last column, and is drawn once.
    #[test]
    fn a_circle_comes_to_an_end() {
        let mut ways = Ways::default();
        ways.add(Place::Front, Place::Service(1));
        ways.add(Place::Service(1), Place::Service(2));
        ways.add(Place::Service(2), Place::Service(1));
        let columns = ways.columns();
        assert_eq!(columns.iter().map(Vec::len).sum::<usize>(), 2);
        assert!(columns.len() <= COLUMNS);
    }

    /// One service of its own: nothing stands behind it.
    #[test]
    fn a_service_alone_has_nothing_behind_it() {
        let graph = graph("black-friday");
        assert!(graph.columns.is_empty() && graph.ways.is_empty() && !graph.has_inner());
    }
}
