//! Published ports: `[IP:][HOST[-HOST]:]CONTAINER[-CONTAINER][/protocol]`, and the long form.

use std::fmt;

use crate::convert::{Place, limits};
use crate::scenario::PortRange;

/// One container port and how it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The host address; without one, every address (`0.0.0.0` and `[::]`).
    pub host_ip: Option<String>,
    /// The host port, or a range from which each replica takes a free one; without one, Docker picks a free
    /// ephemeral port.
    pub published: Option<PortRange>,
    /// The port inside the container.
    pub target: u16,
    /// TCP, UDP or SCTP.
    pub protocol: Protocol,
    /// Where it was written.
    pub place: Place,
}

/// A transport protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// From its name in any case; nothing for other names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "tcp" => Some(Self::Tcp),
            "udp" => Some(Self::Udp),
            "sctp" => Some(Self::Sctp),
            _ => None,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
        })
    }
}

/// What makes an entry the same to Compose, so that the later one replaces the earlier: address, first and
/// last published port, port of the container, protocol.
pub type Binding = (String, Option<(u16, u16)>, u16, Protocol);

impl Port {
    /// What identifies it.
    pub fn binding(&self) -> Binding {
        let ip = self.host_ip.clone().unwrap_or_else(|| "0.0.0.0".to_owned());
        (ip, self.published.map(|range| (range.first, range.last)), self.target, self.protocol)
    }
}

impl fmt::Display for Port {
    /// The short form: `127.0.0.1:8080:80`, `5000`, `53:53/udp`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host_ip {
            Some(ip) if ip.contains(':') => write!(f, "[{ip}]:")?,
            Some(ip) => write!(f, "{ip}:")?,
            None => {}
        }
        match self.published {
            Some(range) => write!(f, "{range}:")?,
            None if self.host_ip.is_some() => f.write_str(":")?,
            None => {}
        }
        write!(f, "{}", self.target)?;
        if self.protocol == Protocol::Tcp { Ok(()) } else { write!(f, "/{}", self.protocol) }
    }
}

/// A port number from 1 to 65535.
pub fn port(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|&port: &u16| port > 0)
}

/// A port or a range: `8000`, `8000-8002`.
pub fn range(text: &str) -> Option<PortRange> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range = PortRange { first: port(first)?, last: port(last)? };
    (range.first <= range.last).then_some(range)
}

/// Reads the short form. A container range gives a port each.
///
/// # Errors
/// What is wrong with it, in Docker's words where they are known.
pub fn short(text: &str, place: &Place) -> Result<Vec<Port>, String> {
    let (address, protocol) = match text.split_once('/') {
        Some((address, name)) => (address, Protocol::parse(name).ok_or(format!("invalid proto: {name}"))?),
        None => (text, Protocol::Tcp),
    };
    let (front, container) = address.rsplit_once(':').map_or((None, address), |(f, c)| (Some(f), c));
    if container.is_empty() {
        return Err(format!("no port specified: {text}<empty>"));
    }
    let (host_ip, host) = match front.map(|front| front.rsplit_once(':').map_or(("", front), |pair| pair)) {
        None => (None, None),
        Some((ip, host)) => (address_of(ip)?, Some(host).filter(|host| !matches!(*host, "" | "0"))),
    };
    let targets = range(container).ok_or(format!("invalid containerPort: {container}"))?;
    let published = match host {
        None => None,
        Some(host) => Some(range(host).ok_or(format!("invalid hostPort: {host}"))?),
    };
    pair_up(host_ip.as_deref(), published, targets, protocol, place)
}

/// A host address: IPv4, or IPv6 with or without brackets; nothing for an empty text.
fn address_of(text: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    match bare.parse::<std::net::IpAddr>() {
        Ok(_) => Ok(Some(bare.to_owned())),
        Err(_) => Err(format!("invalid IP address: {text}")),
    }
}

/// One container port keeps the whole host range; several are paired with as many host ports.
fn pair_up(
    host_ip: Option<&str>,
    published: Option<PortRange>,
    targets: PortRange,
    protocol: Protocol,
    place: &Place,
) -> Result<Vec<Port>, String> {
    let entry = |published, target| Port {
        host_ip: host_ip.map(str::to_owned),
        published,
        target,
        protocol,
        place: place.clone(),
    };
    if targets.len() == 1 {
        return Ok(vec![entry(published, targets.first)]);
    }
    if let Some(host) = published.filter(|host| host.len() != targets.len()) {
        return Err(format!("invalid ranges specified for container and host Ports: {targets} and {host}"));
    }
    if targets.len() as usize > limits::PORTS {
        return Err(format!("{} ports in one entry; at most {} are read", targets.len(), limits::PORTS));
    }
    let pairs = (0..).zip(targets.first..=targets.last);
    Ok(pairs.map(|(i, target)| entry(published.map(|host| PortRange::one(host.first + i)), target)).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let place = Place::new(&Arc::from("f"), 1);
        short(text, &place).map(|ports| ports.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn short_forms() {
        for (text, ports) in [
            ("8080:80", vec!["8080:80"]),
            ("80", vec!["80"]),
            ("127.0.0.1:8080:80", vec!["127.0.0.1:8080:80"]),
            ("127.0.0.1::80", vec!["127.0.0.1::80"]),
            ("[::1]:8080:80", vec!["[::1]:8080:80"]),
            ("::1:8080:80", vec!["[::1]:8080:80"]),
            ("0:80", vec!["80"]),
            ("53:53/udp", vec!["53:53/udp"]),
            ("8000-8002:80", vec!["8000-8002:80"]),
            ("8000-8001:90-91", vec!["8000:90", "8001:91"]),
            ("3000-3001", vec!["3000", "3001"]),
        ] {
            assert_eq!(read(text), Ok(ports.into_iter().map(str::to_owned).collect()), "{text}");
        }
    }

    #[test]
    fn broken_ports_say_what() {
        for (text, message) in [
            ("8080:", "no port specified: 8080:<empty>"),
            ("8080:http", "invalid containerPort: http"),
            ("web:80", "invalid hostPort: web"),
            ("8080:80/icmp", "invalid proto: icmp"),
            ("8000-8002:80-81", "invalid ranges specified for container and host Ports: 80-81 and 8000-8002"),
            ("300.1.1.1:80:80", "invalid IP address: 300.1.1.1"),
            ("70000:80", "invalid hostPort: 70000"),
            ("9000-8000:80", "invalid hostPort: 9000-8000"),
            ("1-65535", "65535 ports in one entry; at most 1024 are read"),
        ] {
            assert_eq!(read(text).unwrap_err(), message, "{text}");
        }
    }
}
