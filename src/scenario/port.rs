//! Port bindings as Compose writes them: `[address:][host[-host]:]container[-container][/protocol]`.

use super::say::{given, whole};
use crate::lang::Text;
use std::fmt;

use super::field::{Field, Schema};
use super::node::{Node, Value};
use super::problem::{Path, Problems};

/// An inclusive range of ports; a single port is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortRange {
    /// First port.
    pub first: u16,
    /// Last port, at least the first.
    pub last: u16,
}

/// One published port. Every replica of a service asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortBinding {
    /// Address of the host; empty for all addresses.
    pub address: String,
    /// Host port or range; nothing lets Docker choose a free one.
    pub host: Option<PortRange>,
    /// Port inside the container.
    pub container: PortRange,
    /// Whether it is UDP.
    pub udp: bool,
}

const ALLOWED: Text = Text::new(
    "a port binding such as \"8080:80\", \"8000-8002:80\", \"127.0.0.1:8080:80\" or \"80\" (1 to 65535)",
    "eine Portbindung wie \"8080:80\", \"8000-8002:80\", \"127.0.0.1:8080:80\" oder \"80\" (1 bis 65535)",
    "une liaison de port comme \"8080:80\", \"8000-8002:80\", \"127.0.0.1:8080:80\" ou \"80\" (1 à 65535)",
);

impl PortRange {
    /// A single port.
    #[must_use]
    pub const fn one(port: u16) -> Self {
        Self { first: port, last: port }
    }

    /// How many ports it has.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.last as u32 - self.first as u32 + 1
    }

    /// Never: a range has at least one port.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        false
    }

    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let port = |text: &str| text.parse::<u16>().ok().filter(|&port| port > 0);
        let range = Self { first: port(first)?, last: port(last)? };
        (range.first <= range.last).then_some(range)
    }
}

impl PortBinding {
    /// Reads one; nothing when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (text, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
        let udp = match protocol {
            "tcp" => false,
            "udp" => true,
            _ => return None,
        };
        let (rest, container) = text.rsplit_once(':').map_or((None, text), |(rest, c)| (Some(rest), c));
        let container = PortRange::parse(container)?;
        let (address, host) = match rest {
            None => (String::new(), None),
            Some(rest) => {
                let (address, host) = rest.rsplit_once(':').unwrap_or(("", rest));
                let host = if host.is_empty() { None } else { Some(PortRange::parse(host)?) };
                (address.trim_start_matches('[').trim_end_matches(']').to_owned(), host)
            }
        };
        // A range of container ports is bound one to one; one container port may have a range to choose from.
        let fits = container.len() == 1 || host.is_none_or(|host| host.len() == container.len());
        let is_address = address.is_empty() || address.parse::<std::net::IpAddr>().is_ok();
        (fits && is_address).then_some(Self { address, host, container, udp })
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

impl fmt::Display for PortBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.address.as_str(), self.host) {
            ("", None) => {}
            ("", Some(host)) => write!(f, "{host}:")?,
            (address, host) => {
                if address.contains(':') {
                    write!(f, "[{address}]:")?;
                } else {
                    write!(f, "{address}:")?;
                }
                if let Some(host) = host {
                    write!(f, "{host}")?;
                }
                f.write_str(":")?;
            }
        }
        write!(f, "{}{}", self.container, if self.udp { "/udp" } else { "" })
    }
}

impl Field for PortBinding {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let (given, binding) = match &node.value {
            Value::Text(text) => (format!("\"{text}\"").into(), Self::parse(text)),
            Value::Number(n) => (n.to_string().into(), Self::parse(&n.to_string())),
            _ => (whole::no_text(), None),
        };
        if binding.is_none() {
            problems.add(at, node.line, given::is_not(given, ALLOWED.into()));
        }
        binding
    }

    fn write(&self) -> Node {
        Value::Text(self.to_string()).into()
    }

    fn schema() -> Schema {
        Schema::Scalar { r#type: "port", allowed: ALLOWED }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_round_trips() {
        for text in [
            "8080:80",
            "80",
            "8000-8002:80",
            "127.0.0.1:8080:80",
            "[::1]:8080:80",
            "53:53/udp",
            "9000-9002:8000-8002",
            "127.0.0.1::80",
        ] {
            assert_eq!(PortBinding::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["", "0:80", "80:99999", "8002-8000:80", "8000-8001:80-83", "80/sctp", "a:b", "localhost:80:80"]
        {
            assert_eq!(PortBinding::parse(text), None, "{text}");
        }
    }
}
