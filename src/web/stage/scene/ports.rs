//! The port strip of each host: who holds which port, and who was refused.

use crate::observe::PortView;
use crate::units::order::sort_by_key;

/// The most ports that the strip of the only host shows.
const STRIP: usize = 7;
/// The most ports that all strips together show, where there are several hosts.
const STRIPS: usize = 8;

/// Who has a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Nobody.
    Free,
    /// The replica of this name.
    Replica(String),
    /// Another program on the host.
    Other,
}

/// A port of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortBox {
    /// The host, from 1.
    pub host: u32,
    /// The port.
    pub port: u16,
    /// Who has it.
    pub holder: Holder,
    /// Names of the replicas that were refused it.
    pub refused: Vec<String>,
}

/// The ports that somebody asked for, in order. On an only host the free ones beside them have room too; of several
/// hosts each has the ports that somebody asked for on any of them, be they free there.
#[must_use]
pub fn strip(asked: &[PortView], hosts: u32) -> Vec<PortBox> {
    if hosts > 1 {
        return strips(asked, hosts);
    }
    let mut shown: Vec<PortBox> = asked.iter().take(STRIP).map(taken).collect();
    let mut reach = 1;
    while shown.len() < STRIP.min(asked.len() + 4) && reach <= 2 && !asked.is_empty() {
        for view in asked {
            for port in [view.port.checked_sub(reach), view.port.checked_add(reach)].into_iter().flatten() {
                if port > 0 && shown.len() < STRIP && shown.iter().all(|known| known.port != port) {
                    shown.push(free(1, port));
                }
            }
        }
        reach += 1;
    }
    sort_by_key(&mut shown, |port| port.port);
    shown
}

/// The same ports of each host, as many hosts as there is room for.
fn strips(asked: &[PortView], hosts: u32) -> Vec<PortBox> {
    let mut ports: Vec<u16> = asked.iter().map(|view| view.port).collect();
    ports.sort_unstable();
    ports.dedup();
    ports.truncate(STRIPS);
    let of = |host: u32, port: u16| {
        let view = asked.iter().find(|view| (view.host, view.port) == (host, port));
        view.map_or_else(|| free(host, port), taken)
    };
    let all = (1..=hosts).flat_map(|host| ports.iter().map(move |&port| (host, port)));
    let room = STRIPS / ports.len().max(1) * ports.len();
    all.take(room).map(|(host, port)| of(host, port)).collect()
}

const fn free(host: u32, port: u16) -> PortBox {
    PortBox { host, port, holder: Holder::Free, refused: Vec::new() }
}

fn taken(view: &PortView) -> PortBox {
    let other = if view.taken { Holder::Other } else { Holder::Free };
    let holder = view.holder.clone().map_or(other, Holder::Replica);
    PortBox { host: view.host, port: view.port, holder, refused: view.refused.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(port: u16) -> PortView {
        PortView {
            host: 1,
            port,
            holder: Some("app-2".to_owned()),
            taken: true,
            refused: vec!["app-1".to_owned()],
        }
    }

    #[test]
    fn one_asked_port_has_two_free_ones_on_each_side() {
        let strip = strip(&[asked(8080)], 1);
        let ports: Vec<u16> = strip.iter().map(|port| port.port).collect();
        assert_eq!(ports, [8078, 8079, 8080, 8081, 8082]);
        assert_eq!(strip[2].holder, Holder::Replica("app-2".to_owned()));
        assert_eq!(strip[1].holder, Holder::Free);
    }

    /// Two ports on six hosts: four of them have room. On the second host port 81 is free.
    #[test]
    fn every_host_has_its_own_ports() {
        let of = |host, port| PortView { host, ..asked(port) };
        let strips = strip(&[of(1, 80), of(1, 81), of(2, 80), of(3, 80)], 6);
        assert_eq!(strips.len(), 8);
        let second: Vec<_> =
            strips.iter().filter(|view| view.host == 2).map(|view| (view.port, &view.holder)).collect();
        assert_eq!(second, [(80, &Holder::Replica("app-2".to_owned())), (81, &Holder::Free)]);
        let many: Vec<_> = (1..=9).map(|port| of(1, port)).collect();
        assert_eq!(strip(&many, 2).iter().map(|view| view.host).collect::<Vec<_>>(), [1; 8]);
    }

    /// The one who had it is gone: somebody was refused it and it is free now. Another program is somebody.
    #[test]
    fn a_port_that_nobody_holds_is_free() {
        let view = |taken| PortView { holder: None, taken, ..asked(8080) };
        assert_eq!(strip(&[view(false)], 2)[0].holder, Holder::Free);
        assert_eq!(strip(&[view(true)], 2)[0].holder, Holder::Other);
    }

    #[test]
    fn a_strip_stays_short_and_inside_the_range_of_ports() {
        let many: Vec<_> = (8000..8100).map(asked).collect();
        assert_eq!(strip(&many, 1).len(), 7);
        assert!(strip(&[], 1).is_empty());
        assert_eq!(strip(&[asked(1)], 1).iter().map(|p| p.port).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(strip(&[asked(u16::MAX)], 1).last().map(|p| p.port), Some(u16::MAX));
    }
}
