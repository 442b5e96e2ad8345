//! The host's port strip: who holds which port, and who was refused.

use crate::observe::PortView;
use crate::units::order::sort_by_key;

/// The most ports that a strip shows.
const STRIP: usize = 7;

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

/// A host port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortBox {
    /// The port.
    pub port: u16,
    /// Who has it.
    pub holder: Holder,
    /// Names of the replicas that were refused it.
    pub refused: Vec<String>,
}

/// The ports that somebody asked for and, where there is room, the free ones beside them, in order.
#[must_use]
pub fn strip(asked: &[PortView]) -> Vec<PortBox> {
    let mut shown: Vec<PortBox> = asked.iter().take(STRIP).map(taken).collect();
    let mut reach = 1;
    while shown.len() < STRIP.min(asked.len() + 4) && reach <= 2 && !asked.is_empty() {
        for view in asked {
            for port in [view.port.checked_sub(reach), view.port.checked_add(reach)].into_iter().flatten() {
                if port > 0 && shown.len() < STRIP && shown.iter().all(|known| known.port != port) {
                    shown.push(PortBox { port, holder: Holder::Free, refused: Vec::new() });
                }
            }
        }
        reach += 1;
    }
    sort_by_key(&mut shown, |port| port.port);
    shown
}

fn taken(view: &PortView) -> PortBox {
    let holder = view.holder.clone().map_or(Holder::Other, Holder::Replica);
    PortBox { port: view.port, holder, refused: view.refused.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(port: u16) -> PortView {
        PortView { port, holder: Some("app-2".to_owned()), refused: vec!["app-1".to_owned()] }
    }

    #[test]
    fn one_asked_port_has_two_free_ones_on_each_side() {
        let strip = strip(&[asked(8080)]);
        let ports: Vec<u16> = strip.iter().map(|port| port.port).collect();
        assert_eq!(ports, [8078, 8079, 8080, 8081, 8082]);
        assert_eq!(strip[2].holder, Holder::Replica("app-2".to_owned()));
        assert_eq!(strip[1].holder, Holder::Free);
    }

    #[test]
    fn a_strip_stays_short_and_inside_the_range_of_ports() {
        let many: Vec<_> = (8000..8100).map(asked).collect();
        assert_eq!(strip(&many).len(), 7);
        assert!(strip(&[]).is_empty());
        assert_eq!(strip(&[asked(1)]).iter().map(|p| p.port).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(strip(&[asked(u16::MAX)]).last().map(|p| p.port), Some(u16::MAX));
    }
}
