//! The host's ports: for each address, each can be held once.
//!
//! A container's ports are bound by Docker, as its port allocator does: no address stands for 0.0.0.0 and [::]
//! together, and a wildcard conflicts with any address of its family, in either order. A single fixed port that is
//! taken is a conflict. A range, or the ephemeral range 32768 to 60999 for an open choice (`"80"`), is searched from
//! the port after the last one given out of it. Docker does not know the ports of other programs: it finds them taken
//! only when it binds, and then goes on to the next port of a range, ten times at most.
//!
//! A program that binds its ports itself without `SO_REUSEADDR` can't have one that still has connections in
//! TIME_WAIT; Docker sets that option.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::scenario::{Binds, PortBinding, PortRange};
use crate::units::SimTime;

const EPHEMERAL: PortRange = PortRange { first: 32_768, last: 60_999 };
/// How often Docker tries another port of a range when the kernel refuses one.
const ATTEMPTS: usize = 10;
const ANY4: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
const ANY6: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

/// An address of one port that is held, or that rests after its holder has gone.
#[derive(Debug, Clone)]
struct Held {
    address: IpAddr,
    /// Nobody: a program that is no container.
    replica: Option<u32>,
    /// Whether the replica's program has bound it itself.
    program: bool,
    /// Until when it rests; nobody holds it then.
    rests: Option<SimTime>,
}

/// Who holds which port of the host.
#[derive(Debug, Clone)]
pub(super) struct HostPorts {
    held: BTreeMap<u16, Vec<Held>>,
    /// The last port given out of a range, by the range.
    last: BTreeMap<(u16, u16), u16>,
    /// Replicas that were refused, by port.
    refused: BTreeMap<u16, Vec<u32>>,
    /// Whether any port rests.
    resting: bool,
}

/// A port that could not be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) port: u16,
    /// The address on which it is held.
    pub(super) address: IpAddr,
    /// Whether a container holds it, as far as Docker knows.
    pub(super) docker: bool,
    /// Whether every port of a range is taken.
    pub(super) range: bool,
    /// Whether only connections in TIME_WAIT are in the way.
    pub(super) rests: bool,
}

/// The addresses that a binding asks for: none is both families; a program's [::] takes IPv4 too.
fn addresses(binding: &PortBinding, by: Binds) -> Vec<IpAddr> {
    match binding.address.parse() {
        Err(_) => vec![ANY4, ANY6],
        Ok(ANY6) if by == Binds::Program => vec![ANY4, ANY6],
        Ok(address) => vec![address],
    }
}

/// Whether two listeners on one port exclude each other.
fn clash(a: IpAddr, b: IpAddr) -> bool {
    a.is_ipv4() == b.is_ipv4() && (a == b || a.is_unspecified() || b.is_unspecified())
}

impl HostPorts {
    pub(super) fn new(taken: &[u16]) -> Self {
        let other = |address| Held { address, replica: None, program: true, rests: None };
        let held = taken.iter().map(|&port| (port, vec![other(ANY4), other(ANY6)])).collect();
        Self { held, last: BTreeMap::new(), refused: BTreeMap::new(), resting: false }
    }

    /// The replica that holds `port` where clients from elsewhere get: not on a loopback address alone.
    pub(super) fn holder(&self, port: u16) -> Option<u32> {
        let held = self.held.get(&port)?.iter().filter(|held| held.rests.is_none());
        held.filter(|held| !held.address.is_loopback()).find_map(|held| held.replica)
    }

    /// Binds everything that a replica publishes, or nothing.
    pub(super) fn bind(
        &mut self,
        now: SimTime,
        replica: u32,
        bindings: &[PortBinding],
        by: Binds,
    ) -> Result<(), Conflict> {
        if std::mem::take(&mut self.resting) {
            for held in self.held.values_mut() {
                held.retain(|held| held.rests.is_none_or(|until| until > now));
                self.resting |= held.iter().any(|held| held.rests.is_some());
            }
        }
        let bound = bindings
            .iter()
            .filter(|binding| !binding.udp)
            .try_for_each(|binding| self.bind_one(replica, binding, by));
        if let Err(conflict) = bound {
            self.release(replica, None);
            self.refused.entry(conflict.port).or_default().push(replica);
        }
        bound
    }

    fn bind_one(&mut self, replica: u32, binding: &PortBinding, by: Binds) -> Result<(), Conflict> {
        let addresses = addresses(binding, by);
        // Several container ports are mapped one to one: all of them must be free.
        if binding.container.len() > 1 {
            let host = binding.host.unwrap_or(binding.container);
            return (host.first..=host.last).try_for_each(|port| self.take(replica, port, &addresses, by));
        }
        let range = binding.host.unwrap_or(EPHEMERAL);
        if range.len() == 1 {
            return self.take(replica, range.first, &addresses, by);
        }
        let mut refusal = None;
        for _ in 0..ATTEMPTS {
            let Some(port) = self.next_free(range, &addresses) else { break };
            self.last.insert((range.first, range.last), port);
            match self.take(replica, port, &addresses, by) {
                Ok(()) => return Ok(()),
                Err(conflict) => refusal = Some(conflict),
            }
        }
        let address = addresses[0];
        let all = Conflict { port: range.first, address, docker: true, range: true, rests: false };
        Err(refusal.unwrap_or(all))
    }

    /// The next port of a range that no container holds.
    fn next_free(&self, range: PortRange, addresses: &[IpAddr]) -> Option<u16> {
        let last = self.last.get(&(range.first, range.last));
        let start = last.map_or(range.first, |&last| if last >= range.last { range.first } else { last + 1 });
        (start..=range.last)
            .chain(range.first..start)
            .find(|&port| self.conflict(port, addresses).is_none_or(|held| held.program))
    }

    /// What is in the way of a listener: a container before any program, as Docker looks at its own list first.
    fn conflict(&self, port: u16, addresses: &[IpAddr]) -> Option<&Held> {
        let clashes = |held: &&Held| addresses.iter().any(|&address| clash(held.address, address));
        self.held.get(&port)?.iter().filter(clashes).min_by_key(|held| (held.program, held.rests))
    }

    fn take(&mut self, replica: u32, port: u16, addresses: &[IpAddr], by: Binds) -> Result<(), Conflict> {
        let program = by == Binds::Program;
        let in_the_way =
            self.conflict(port, addresses).filter(|held| program || held.rests.is_none()).cloned();
        if let Some(Held { address, replica, program: theirs, rests }) = in_the_way {
            let docker = replica.is_some() && !theirs && !program;
            return Err(Conflict { port, address, docker, range: false, rests: rests.is_some() });
        }
        let own = |&address| Held { address, replica: Some(replica), program, rests: None };
        self.held.entry(port).or_default().extend(addresses.iter().map(own));
        Ok(())
    }

    /// Frees everything that a replica holds; what its program has bound itself rests for a while, when it still had
    /// connections.
    pub(super) fn release(&mut self, replica: u32, rests: Option<SimTime>) {
        self.resting |= rests.is_some();
        for held in self.held.values_mut() {
            for own in held.iter_mut().filter(|held| held.replica == Some(replica) && held.program) {
                own.rests = rests;
                own.replica = if rests.is_some() { None } else { own.replica };
            }
            held.retain(|held| held.replica != Some(replica));
        }
        self.held.retain(|_, held| !held.is_empty());
        self.refused.values_mut().for_each(|refused| refused.retain(|&r| r != replica));
    }

    /// Whether somebody holds a port now.
    pub(super) fn is_held(&self, port: u16) -> bool {
        self.held.get(&port).is_some_and(|held| held.iter().any(|held| held.rests.is_none()))
    }

    /// Every port that somebody holds or was refused: port, holder, refused. A port that several hold on addresses of
    /// their own comes once for each.
    pub(super) fn view(&self) -> impl Iterator<Item = (u16, Option<u32>, &[u32])> {
        let mut ports: Vec<(u16, Option<u32>)> = Vec::new();
        for (&port, held) in &self.held {
            ports.extend(held.iter().filter(|held| held.rests.is_none()).map(|held| (port, held.replica)));
        }
        for &port in self.refused.keys() {
            if !ports.iter().any(|&(other, _)| other == port) {
                ports.push((port, None));
            }
        }
        ports.sort_unstable();
        ports.dedup();
        ports
            .into_iter()
            .map(|(port, holder)| (port, holder, self.refused.get(&port).map_or(&[][..], Vec::as_slice)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(ports: &mut HostPorts, replica: u32, text: &str) -> Result<(), Conflict> {
        ports.bind(SimTime::ZERO, replica, &[PortBinding::parse(text).unwrap()], Binds::Docker)
    }

    /// Address, whether a container holds it, and whether a whole range is taken.
    fn refused(ports: &mut HostPorts, text: &str) -> Option<(String, bool, bool)> {
        bind(ports, 9, text).err().map(|c| (c.address.to_string(), c.docker, c.range))
    }

    #[test]
    fn a_port_is_held_once() {
        let mut ports = HostPorts::new(&[5432]);
        assert_eq!(bind(&mut ports, 0, "8080:80"), Ok(()));
        assert_eq!(refused(&mut ports, "8080:80"), Some(("0.0.0.0".into(), true, false)));
        assert_eq!(refused(&mut ports, "5432:5432"), Some(("0.0.0.0".into(), false, false)));
        assert_eq!(ports.holder(8080), Some(0));
        ports.release(0, None);
        assert_eq!(bind(&mut ports, 1, "8080:80"), Ok(()));
    }

    #[test]
    fn a_range_gives_each_its_own_until_none_is_left() {
        let mut ports = HostPorts::new(&[]);
        for replica in 0..3 {
            assert_eq!(bind(&mut ports, replica, "8000-8002:80"), Ok(()));
        }
        assert_eq!([8000, 8001, 8002].map(|port| ports.holder(port)), [Some(0), Some(1), Some(2)]);
        assert_eq!(refused(&mut ports, "8000-8002:80"), Some(("0.0.0.0".into(), true, true)));
        // A range of container ports is three mappings: a second replica conflicts at once.
        let mut ports = HostPorts::new(&[]);
        assert_eq!(bind(&mut ports, 0, "8000-8002:9000-9002"), Ok(()));
        assert!(bind(&mut ports, 1, "8000-8002:9000-9002").is_err());
    }

    /// Whoever is first: a wildcard excludes any address of its family, and Docker names the address that is held.
    /// Two addresses exclude nobody, and IPv4 not IPv6.
    #[test]
    fn a_wildcard_against_an_address() {
        for (first, second, held) in [
            ("8080:80", "127.0.0.1:8080:80", Some("0.0.0.0")),
            ("127.0.0.1:8080:80", "8080:80", Some("127.0.0.1")),
            ("0.0.0.0:8080:80", "10.0.0.1:8080:80", Some("0.0.0.0")),
            ("127.0.0.1:8080:80", "10.0.0.1:8080:80", None),
            ("0.0.0.0:8080:80", "[::]:8080:80", None),
            ("8080:80", "[::]:8080:80", Some("::")),
            ("[::1]:8080:80", "[::]:8080:80", Some("::1")),
            ("[::1]:8080:80", "0.0.0.0:8080:80", None),
        ] {
            let mut ports = HostPorts::new(&[]);
            assert_eq!(bind(&mut ports, 0, first), Ok(()));
            let told = refused(&mut ports, second).map(|(address, ..)| address);
            assert_eq!(told.as_deref(), held, "{first} then {second}");
        }
    }

    /// Docker does not know what other programs hold: it goes on to the next port, ten times at most.
    #[test]
    fn ports_of_programs_are_skipped() {
        let mut ports = HostPorts::new(&[32_768, 32_769, 8_000, 8_001]);
        assert_eq!(bind(&mut ports, 0, "80"), Ok(()));
        assert_eq!(ports.holder(32_770), Some(0));
        assert_eq!(bind(&mut ports, 1, "8000-8002:80"), Ok(()));
        assert_eq!(ports.holder(8_002), Some(1));
        let taken: Vec<u16> = (9_000..9_011).collect();
        let mut ports = HostPorts::new(&taken);
        assert_eq!(refused(&mut ports, "9000-9020:80"), Some(("0.0.0.0".into(), false, false)));
        // The next attempt goes on behind the ten.
        assert_eq!(bind(&mut ports, 1, "9000-9020:80"), Ok(()));
        assert_eq!(ports.holder(9_011), Some(1));
    }

    /// All 28,232 of them.
    #[test]
    fn ephemeral_ports_run_out() {
        let mut ports = HostPorts::new(&[]);
        assert!((0..28_232).all(|replica| bind(&mut ports, replica, "80").is_ok()));
        assert_eq!(refused(&mut ports, "80"), Some(("0.0.0.0".into(), true, true)));
        ports.release(5, None);
        assert_eq!(bind(&mut ports, 1, "80"), Ok(()));
    }

    /// A program without `SO_REUSEADDR` has to wait until 60; Docker has not. Loopback is not reached from elsewhere.
    #[test]
    fn a_port_rests() {
        let binding = [PortBinding::parse("127.0.0.1:8080:80").unwrap()];
        let mut ports = HostPorts::new(&[]);
        let program = |ports: &mut HostPorts, at| ports.bind(SimTime(at), 0, &binding, Binds::Program);
        assert_eq!(program(&mut ports, 0), Ok(()));
        assert_eq!(ports.holder(8080), None);
        ports.release(0, Some(SimTime(60)));
        assert!(program(&mut ports, 59).is_err_and(|conflict| conflict.rests && !conflict.docker));
        let docker = ports.clone().bind(SimTime(59), 0, &binding, Binds::Docker);
        assert_eq!((docker, program(&mut ports, 60)), (Ok(()), Ok(())));
    }
}
