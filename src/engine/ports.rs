//! The host's ports: each can be held once.
//!
//! A single fixed host port that is taken is a conflict. A range is searched for a free port, from the one after
//! the last given out of it, as Docker does; an open choice (`"80"`) takes the next free port of the ephemeral
//! range, 32768 to 60999.

use std::collections::BTreeMap;

use crate::scenario::{PortBinding, PortRange};

const EPHEMERAL: PortRange = PortRange { first: 32_768, last: 60_999 };

#[derive(Debug, Clone, PartialEq, Eq)]
enum Holder {
    Replica(u32),
    OtherProgram,
}

/// Who holds which port of the host.
#[derive(Debug, Clone)]
pub(super) struct HostPorts {
    holders: BTreeMap<u16, Holder>,
    /// The last port given out of a range, by its first port.
    last: BTreeMap<u16, u16>,
    /// Replicas that were refused, by port.
    refused: BTreeMap<u16, Vec<u32>>,
}

/// A port that could not be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) port: u16,
    pub(super) docker: bool,
    pub(super) range: bool,
}

impl HostPorts {
    pub(super) fn new(taken: &[u16]) -> Self {
        let holders = taken.iter().map(|&port| (port, Holder::OtherProgram)).collect();
        Self { holders, last: BTreeMap::new(), refused: BTreeMap::new() }
    }

    /// The replica that holds `port`.
    pub(super) fn holder(&self, port: u16) -> Option<u32> {
        match self.holders.get(&port) {
            Some(Holder::Replica(replica)) => Some(*replica),
            _ => None,
        }
    }

    /// Binds everything that a replica publishes, or nothing.
    pub(super) fn bind(&mut self, replica: u32, bindings: &[PortBinding]) -> Result<(), Conflict> {
        let bound = bindings
            .iter()
            .filter(|binding| !binding.udp)
            .try_for_each(|binding| self.bind_one(replica, binding));
        if let Err(conflict) = bound {
            self.release(replica);
            self.refused.entry(conflict.port).or_default().push(replica);
        }
        bound
    }

    fn bind_one(&mut self, replica: u32, binding: &PortBinding) -> Result<(), Conflict> {
        // Several container ports are mapped one to one: all of them must be free.
        if binding.container.len() > 1 {
            let host = binding.host.unwrap_or(binding.container);
            return (host.first..=host.last).try_for_each(|port| self.take(replica, port, false));
        }
        let range = binding.host.unwrap_or(EPHEMERAL);
        if range.len() == 1 {
            return self.take(replica, range.first, false);
        }
        let start = self
            .last
            .get(&range.first)
            .map_or(range.first, |&last| if last >= range.last { range.first } else { last + 1 });
        let free =
            (start..=range.last).chain(range.first..start).find(|port| !self.holders.contains_key(port));
        match free {
            Some(port) => {
                self.last.insert(range.first, port);
                self.take(replica, port, true)
            }
            None => Err(Conflict { port: range.first, docker: true, range: true }),
        }
    }

    fn take(&mut self, replica: u32, port: u16, range: bool) -> Result<(), Conflict> {
        match self.holders.get(&port) {
            Some(holder) => Err(Conflict { port, docker: matches!(holder, Holder::Replica(_)), range }),
            None => {
                self.holders.insert(port, Holder::Replica(replica));
                Ok(())
            }
        }
    }

    /// Frees everything that a replica holds.
    pub(super) fn release(&mut self, replica: u32) {
        self.holders.retain(|_, holder| *holder != Holder::Replica(replica));
        self.refused.values_mut().for_each(|refused| refused.retain(|&r| r != replica));
    }

    /// Every port that somebody holds or was refused: port, holder, refused.
    pub(super) fn view(&self) -> impl Iterator<Item = (u16, Option<u32>, &[u32])> {
        let mut ports: Vec<u16> = self.holders.keys().chain(self.refused.keys()).copied().collect();
        ports.sort_unstable();
        ports.dedup();
        ports
            .into_iter()
            .map(|port| (port, self.holder(port), self.refused.get(&port).map_or(&[][..], Vec::as_slice)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bindings(text: &str) -> Vec<PortBinding> {
        vec![PortBinding::parse(text).unwrap()]
    }

    #[test]
    fn a_port_is_held_once() {
        let mut ports = HostPorts::new(&[5432]);
        assert_eq!(ports.bind(0, &bindings("8080:80")), Ok(()));
        assert_eq!(
            ports.bind(1, &bindings("8080:80")),
            Err(Conflict { port: 8080, docker: true, range: false })
        );
        assert_eq!(
            ports.bind(1, &bindings("5432:5432")),
            Err(Conflict { port: 5432, docker: false, range: false })
        );
        assert_eq!(ports.holder(8080), Some(0));
        ports.release(0);
        assert_eq!(ports.bind(1, &bindings("8080:80")), Ok(()));
    }

    #[test]
    fn a_range_gives_each_its_own_until_none_is_left() {
        let mut ports = HostPorts::new(&[]);
        for replica in 0..3 {
            assert_eq!(ports.bind(replica, &bindings("8000-8002:80")), Ok(()));
        }
        assert_eq!([8000, 8001, 8002].map(|port| ports.holder(port)), [Some(0), Some(1), Some(2)]);
        assert_eq!(
            ports.bind(3, &bindings("8000-8002:80")),
            Err(Conflict { port: 8000, docker: true, range: true })
        );
        // A range of container ports is three mappings: a second replica conflicts at once.
        let mut ports = HostPorts::new(&[]);
        assert_eq!(ports.bind(0, &bindings("8000-8002:9000-9002")), Ok(()));
        assert!(ports.bind(1, &bindings("8000-8002:9000-9002")).is_err());
    }
}
