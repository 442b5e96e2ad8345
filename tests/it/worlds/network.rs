//! Connections, ports and loss in random worlds.

use doorbuster::scenario::{
    Binds, ClientKeepAlive, FirstClose, Hedge, KeepAlive, Network, Restart, Scenario, SynRetries,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::millis;

/// What is added to a scenario.
#[derive(Debug, Clone)]
pub struct Features {
    network: Option<Network>,
    binds: Binds,
    address: &'static str,
    hedge: Option<Hedge>,
}

impl Features {
    pub fn add(self, mut scenario: Scenario) -> Scenario {
        scenario.traffic.hedge = self.hedge;
        let service = &mut scenario.service[0];
        service.binds = self.binds;
        // Whoever can never have its port must not try for ever.
        if self.binds == Binds::Program && service.restart != Restart::No {
            (service.restart, service.restart_attempts) = (Restart::OnFailure, Some(4));
        }
        service.ports.iter_mut().for_each(|port| port.address = self.address.into());
        Scenario { network: self.network, ..scenario }
    }
}

fn keep_alive() -> impl Strategy<Value = KeepAlive> {
    let replica_idle = option::weighted(0.3, millis(&[50, 2_000]));
    (0_u32..5, millis(&[10, 100, 1_000]), 1_u32..5, replica_idle).prop_map(
        |(connections, idle, requests, replica_idle)| KeepAlive { connections, idle, requests, replica_idle },
    )
}

fn network() -> impl Strategy<Value = Network> {
    let ports = (select(&[1_u32, 2, 5, 28_232][..]), millis(&[0, 50, 500]), 1_u32..4);
    let ends = (select(FirstClose::ALL), any::<bool>(), select(SynRetries::ALL));
    let clients = (millis(&[10, 100]), 1_u32..4);
    let keeps = (option::of(keep_alive()), option::of(clients), select(&[0.0, 0.0, 0.0, 0.0, 0.1, 0.9][..]));
    (ports, ends, keeps).prop_map(|((ports, time_wait, addresses), ends, (keep_alive, clients, loss))| {
        Network {
            handshake: ends.1,
            ports,
            time_wait,
            addresses,
            first_close: ends.0,
            keep_alive,
            client_keep_alive: clients.map(|(idle, requests)| ClientKeepAlive { idle, requests }),
            loss,
            syn_retries: ends.2,
        }
    })
}

pub fn features() -> impl Strategy<Value = Features> {
    let address = select(&["", "", "", "0.0.0.0", "127.0.0.1", "::"][..]);
    let binds = select(&[Binds::Docker, Binds::Docker, Binds::Docker, Binds::Program][..]);
    let budget = (select(&[None, None, Some(0.0), Some(0.2)][..]), 1_u32..4);
    let hedge = (millis(&[0, 5, 50]), any::<bool>(), budget)
        .prop_map(|(after, cancel, (budget, reserve))| Hedge { after, cancel, budget, reserve });
    let hedge = option::weighted(0.2, hedge);
    (option::weighted(0.3, network()), binds, address, hedge)
        .prop_map(|(network, binds, address, hedge)| Features { network, binds, address, hedge })
}
