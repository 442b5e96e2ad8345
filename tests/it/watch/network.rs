//! Laws of ports and connections.

use doorbuster::observe::{ReplicaState, Snapshot};
use doorbuster::scenario::Way;

use super::Watch;
use crate::dependency::law;

impl Watch {
    /// No more ports are taken than there are, every attempt has a connection or found no port, and an idle connection
    /// is one that its replica holds open.
    pub(super) fn network(&self, world: &Snapshot) -> Result<(), String> {
        let held: u32 = world.replicas.iter().map(|view| view.idle).sum();
        let Some(network) = &world.network else { return law(held == 0, "an idle connection of nobody") };
        let taken = network.ports_open + network.ports_waiting;
        law(
            taken <= network.ports_peak && network.ports_peak <= network.ports_limit,
            "more ports than there are",
        )?;
        let attempts = network.opened + network.reused + network.ports_refused;
        law(
            self.model.way() != Way::Balancer || attempts == world.attempts,
            "attempts = connections + refused",
        )?;
        law(network.idle <= held, "idle connections that no replica holds open")?;
        let keep = self.model.network().and_then(|network| network.keep_alive.as_ref());
        let most = keep.map_or(0, |keep| {
            keep.connections * self.model.fronts().iter().map(|front| front.instances).sum::<u32>()
        });
        law(network.idle <= most, "more idle connections than are kept")
    }

    /// Whoever runs holds every fixed port that it publishes, and who does not run holds none.
    pub(super) fn ports(&self, world: &Snapshot) -> Result<(), String> {
        use ReplicaState::{Draining, Ready, Starting};
        for port in &world.ports {
            let Some(holder) = &port.holder else { continue };
            let view = world.replicas.iter().find(|view| view.name == *holder);
            let runs = view.is_some_and(|view| matches!(view.state, Starting | Ready | Draining));
            law(runs, &format!("port {} is held by {holder}, which does not run", port.port))?;
        }
        for view in &world.replicas {
            let service = self.model.services().iter().find(|service| service.name == view.service);
            let number = view.name.rsplit_once('-').and_then(|(_, number)| number.parse().ok());
            let Some((service, number)) = service.zip(number) else { continue };
            let held = world.ports.iter().filter(|port| port.holder.as_ref() == Some(&view.name)).count();
            let runs = matches!(view.state, Starting | Ready | Draining);
            let wanted = if runs { service.replica(number).ports.len() } else { 0 };
            law(held == wanted, &format!("{} holds {held} ports instead of {wanted}", view.name))?;
        }
        Ok(())
    }
}
