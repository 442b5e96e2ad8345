//! What limits and settings are at this moment: those of the model, and what was changed since.

use crate::observe::ReplicaView;
use crate::scenario::{Change, Mode, Model, ReplicaModel, TimedChange, Tunable, reshare};

/// The last value that a change gave to one of these names.
pub fn tuned(changes: &[TimedChange], names: &[&str], what: Tunable) -> Option<f64> {
    changes.iter().rev().find_map(|timed| match &timed.change {
        Change::Tune { of, what: which, amount } if *which == what && names.contains(&of.as_str()) => {
            Some(*amount)
        }
        _ => None,
    })
}

/// What a replica was made with.
fn made<'m>(model: &'m Model, view: &ReplicaView) -> Option<&'m ReplicaModel> {
    let service = model.services().iter().find(|service| service.name == view.service)?;
    let number = (1..=1_000).find(|&number| service.replica_name(number) == view.name)?;
    Some(service.replica(number))
}

/// The value of a replica now, in the unit of the change; nothing where there is no limit.
pub fn of_replica(model: &Model, changes: &[TimedChange], view: &ReplicaView, what: Tunable) -> Option<f64> {
    let own = tuned(changes, &[&view.name, &view.service], what);
    let value = match what {
        Tunable::Cpus => Some(view.cores),
        Tunable::Memory => view.memory_limit.map(|bytes| bytes as f64),
        Tunable::Connections => view.connections_limit.map(f64::from),
        Tunable::Workers => own.or_else(|| made(model, view).map(|made| f64::from(made.workers))),
        Tunable::MaxConnections => own.or_else(|| {
            let front = model.services().iter().find(|service| service.name == view.service)?.front?;
            let most = model.fronts().get(usize::from(front))?.max_connections;
            (most < u32::MAX).then(|| f64::from(most))
        }),
        Tunable::Share | Tunable::Check | Tunable::Drain => own,
    };
    value.filter(|value| *value > 0.0)
}

/// The weight of a replica.
pub fn weight(model: &Model, changes: &[TimedChange], view: &ReplicaView) -> u32 {
    let changed = changes.iter().rev().find_map(|timed| match &timed.change {
        Change::Weight { replica, weight } if *replica == view.name => Some(*weight),
        _ => None,
    });
    changed.or_else(|| made(model, view).map(|made| made.weight)).unwrap_or(1)
}

/// What the balancer sends to a replica.
pub fn mode(model: &Model, changes: &[TimedChange], view: &ReplicaView) -> Mode {
    let changed = changes.iter().rev().find_map(|timed| match &timed.change {
        Change::Mode { replica, mode } if *replica == view.name => Some(*mode),
        _ => None,
    });
    changed.or_else(|| made(model, view).map(|made| made.mode)).unwrap_or_default()
}

/// Seconds between two checks of a service's balancer; 0 without checks.
pub fn check(model: &Model, changes: &[TimedChange], service: &str) -> f64 {
    tuned(changes, &[service, ""], Tunable::Check).unwrap_or_else(|| {
        let of = |service: &&crate::scenario::ServiceModel| service.front;
        let front = model.services().iter().find(|known| known.name == service).as_ref().and_then(of);
        let front = front.and_then(|front| model.fronts().get(usize::from(front)));
        front.and_then(|front| front.settings.check.as_ref()).map_or(0.0, |check| check.interval.as_secs())
    })
}

/// Every class of requests with its share.
pub fn shares(model: &Model, changes: &[TimedChange]) -> Vec<(String, f64)> {
    let mut shares = model.shares();
    for timed in changes {
        if let Change::Tune { of, what: Tunable::Share, amount } = &timed.change
            && let Some(chosen) = model.classes().iter().position(|class| class.name == *of)
        {
            reshare(&mut shares, chosen, *amount);
        }
    }
    model.classes().iter().map(|class| class.name.clone()).zip(shares).collect()
}

/// Whether a zone is lost.
pub fn is_lost(changes: &[TimedChange], zone: u32) -> bool {
    let last = changes.iter().rev().find_map(|timed| match timed.change {
        Change::LoseZone { zone: which } if which == zone => Some(true),
        Change::RestoreZone { zone: which } if which == zone => Some(false),
        _ => None,
    });
    last.unwrap_or(false)
}

/// At most three decimals, and none that are 0.
pub fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::units::SimTime;

    fn tune(of: &str, what: Tunable, amount: f64) -> TimedChange {
        TimedChange { at: SimTime(1), change: Change::Tune { of: of.into(), what, amount } }
    }

    fn model() -> Model {
        let text = "[[traffic.source]]\nrate = '1/s'\n[[traffic.class]]\nname = 'a'\nshare = 3\n[[traffic.class]]\nname = 'b'\n\
                    [balancer]\nmax_connections = 9\ncheck = { interval = '3 s' }\n[[service]]\nreplicas = 2\n\
                    workers = 4\n[[service.replica]]\nnumber = 2\nweight = 5";
        Scenario::from_toml_str(text).unwrap().validate().unwrap()
    }

    #[test]
    fn what_was_changed_last_holds() {
        let model = model();
        let view =
            |name: &str| ReplicaView { name: name.into(), service: "app".into(), ..ReplicaView::default() };
        let two = view("app-2");
        let before = |what| of_replica(&model, &[], &two, what);
        assert_eq!((before(Tunable::Workers), before(Tunable::MaxConnections)), (Some(4.0), Some(9.0)));
        assert_eq!((weight(&model, &[], &two), weight(&model, &[], &view("app-1"))), (5, 1));
        let changes = [
            tune("app", Tunable::Workers, 2.0),
            tune("app-1", Tunable::Workers, 7.0),
            tune("app", Tunable::MaxConnections, 0.0),
        ];
        assert_eq!(of_replica(&model, &changes, &two, Tunable::Workers), Some(2.0));
        assert_eq!(of_replica(&model, &changes, &view("app-1"), Tunable::Workers), Some(7.0));
        assert_eq!(of_replica(&model, &changes, &two, Tunable::MaxConnections), None);
        assert_eq!(
            (check(&model, &[], "app"), check(&model, &[tune("", Tunable::Check, 0.0)], "app")),
            (3.0, 0.0)
        );
        let zone = |change| [TimedChange { at: SimTime(1), change }];
        assert!(is_lost(&zone(Change::LoseZone { zone: 1 }), 1) && !is_lost(&[], 1));
    }

    #[test]
    fn shares_follow_the_changes() {
        let shares = shares(&model(), &[tune("b", Tunable::Share, 0.5)]);
        assert_eq!(shares, [("a".to_owned(), 0.5), ("b".to_owned(), 0.5)]);
        assert_eq!([number(0.5), number(64.0), number(1.0 / 3.0)], ["0.5", "64", "0.333"]);
    }
}
