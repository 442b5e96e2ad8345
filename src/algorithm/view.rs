//! What an algorithm may see: the members of a pool as one balancer instance knows them, and the request.

use std::cell::Cell;
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};

use super::Members;
use crate::rng::split_mix;
use crate::units::SimDuration;

/// What a member is configured with, besides its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberSettings {
    /// Place in the configuration, from 1; HAProxy's server id.
    pub id: u32,
    /// Host and port as the configuration names them.
    pub address: String,
    /// Most requests in flight on it; `u32::MAX` for no limit (nginx `max_conns`, HAProxy `maxconn`).
    pub max_connections: u32,
    /// Failures after which it is left out; 0 never leaves it out.
    pub max_fails: u32,
    /// Both the time within which failures count and the time for which it is left out.
    pub fail_timeout: SimDuration,
    /// Asked only when no member that is no backup can be asked.
    pub backup: bool,
    /// Configured, but never asked.
    pub down: bool,
    /// Gets nothing new: only those who go back to it.
    pub drain: bool,
}

impl MemberSettings {
    /// What a member has when nothing is said: nginx's defaults.
    pub const DEFAULT: Self = Self {
        id: 0,
        address: String::new(),
        max_connections: u32::MAX,
        max_fails: 1,
        fail_timeout: SimDuration::from_secs(10),
        backup: false,
        down: false,
        drain: false,
    };
}

impl Default for MemberSettings {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What one balancer instance knows of its members. Members keep their number for the whole run.
///
/// A balancer with backups shows either those that are none or, when none of them is left, the backups.
/// `eligible` ⊆ `usable` ⊆ `members`, each ascending.
#[derive(Debug, Clone, Copy)]
pub struct PoolView<'a> {
    /// Members that may be chosen now; empty only for an algorithm that says it decides when all are full.
    pub eligible: Members<'a>,
    /// Members that are well, whatever their load: the eligible, those at their limit, those tried before.
    pub usable: &'a [u32],
    /// All members as configured, also those that are down or left out.
    pub members: &'a [u32],
    /// Requests in flight by member: handed over and not finished, as this instance sees it.
    pub in_flight: &'a [u32],
    /// Weight by member as it is now; 0 gets nothing.
    pub weight: &'a [u32],
    /// Settings by member.
    pub settings: &'a [MemberSettings],
    /// Whether failures count: nginx does not count them for a member that is alone.
    pub counts_failures: bool,
    /// Changes whenever `members`, `weight` or `settings` do; tables made from them are then stale. 0 says nothing:
    /// make them anew each time.
    pub layout: u64,
    /// The same for tables that are made from `usable` too.
    pub version: u64,
}

impl<'a> PoolView<'a> {
    /// A view of members that are all alike: every eligible member is all there is. For tests and benches.
    #[must_use]
    pub const fn plain(eligible: &'a [u32], in_flight: &'a [u32], weight: &'a [u32]) -> Self {
        Self {
            eligible: Members::List(eligible),
            usable: eligible,
            members: eligible,
            in_flight,
            weight,
            settings: &[],
            counts_failures: true,
            layout: 0,
            version: 0,
        }
    }

    /// The settings of a member; the defaults when it has none.
    #[must_use]
    pub fn settings(&self, member: u32) -> &'a MemberSettings {
        const DEFAULT: &MemberSettings = &MemberSettings::DEFAULT;
        self.settings.get(member as usize).unwrap_or(DEFAULT)
    }

    /// Whether a member may be chosen now. O(1), but O(log n) where a request must not go where it has been.
    #[inline]
    #[must_use]
    pub fn is_eligible(&self, member: u32) -> bool {
        self.eligible.len() == self.weight.len() || self.eligible.contains(member)
    }

    /// Requests in flight on a member.
    #[inline]
    #[must_use]
    pub fn load(&self, member: u32) -> u32 {
        self.in_flight[member as usize]
    }

    /// Weight of a member.
    #[inline]
    #[must_use]
    pub fn weight_of(&self, member: u32) -> u32 {
        self.weight[member as usize]
    }

    /// Whether a's load for its weight is below b's, without division: n_a · w_b < n_b · w_a.
    #[inline]
    #[must_use]
    pub fn is_lighter(&self, a: u32, b: u32) -> bool {
        let side = |n: u32, w: u32| u64::from(self.load(n)) * u64::from(self.weight_of(w));
        side(a, b) < side(b, a)
    }
}

/// Which part of a request a hash algorithm with a configurable key looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeySource {
    /// The client's address as text (nginx `$remote_addr`).
    Address,
    /// Path and query (nginx `$request_uri`).
    #[default]
    Uri,
    /// What tells users apart: a cookie, a header or a parameter.
    User,
}

/// Where a client comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAddress {
    /// From here.
    Known(IpAddr),
    /// From the address that follows from this number: any of IPv4 but those that begin with 0, 127 or 224 and more.
    Of(u64),
}

impl ClientAddress {
    /// The address itself, worked out when somebody looks at it.
    #[must_use]
    pub const fn ip(self) -> IpAddr {
        match self {
            Self::Known(address) => address,
            Self::Of(number) => {
                let [first, b, c, d, ..] = split_mix(number).to_le_bytes();
                let first = 1 + first % 222;
                IpAddr::V4(Ipv4Addr::new(if first == 127 { 223 } else { first }, b, c, d))
            }
        }
    }
}

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        Self::Known(address)
    }
}

/// What the algorithm may know of the request.
#[derive(Debug, Clone)]
pub struct RequestView<'a> {
    /// A number that tells clients apart.
    pub client: u64,
    /// The client's address.
    pub address: ClientAddress,
    /// Path and query.
    pub uri: &'a str,
    /// The cookie, header or parameter that tells users apart; without one, the number of the client.
    pub user: Option<&'a str>,
    /// Which of these a configurable hash looks at.
    pub hashed: KeySource,
    /// Which try of the request this is, from 1.
    pub attempt: u32,
    /// Members tried before, in order.
    pub tried: &'a [u32],
    /// The member that the client's cookie names.
    pub home: Option<u32>,
    /// A note of the algorithm's own on this request: 0 at the first try, kept from try to try.
    pub memo: Cell<u64>,
}

impl Default for RequestView<'_> {
    fn default() -> Self {
        Self {
            client: 0,
            address: ClientAddress::Known(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            uri: "/",
            user: None,
            hashed: KeySource::default(),
            attempt: 1,
            tried: &[],
            home: None,
            memo: Cell::new(0),
        }
    }
}

impl RequestView<'_> {
    /// Calls `use_it` with the bytes that a configurable hash looks at.
    pub fn with_key<T>(&self, use_it: impl FnOnce(&[u8]) -> T) -> T {
        match (self.hashed, self.user) {
            (KeySource::Uri, _) => use_it(self.uri.as_bytes()),
            (KeySource::User, Some(user)) => use_it(user.as_bytes()),
            (KeySource::User, None) => use_it(Text::of(format_args!("{}", self.client)).bytes()),
            (KeySource::Address, _) => self.with_address(use_it),
        }
    }

    /// Calls `use_it` with the client's address as text.
    pub fn with_address<T>(&self, use_it: impl FnOnce(&[u8]) -> T) -> T {
        use_it(Text::of(format_args!("{}", self.address.ip())).bytes())
    }
}

/// Short text without an allocation: an address or a number.
#[derive(Debug)]
pub(super) struct Text {
    bytes: [u8; 64],
    length: usize,
}

impl Text {
    pub(super) fn of(text: std::fmt::Arguments<'_>) -> Self {
        let mut made = Self { bytes: [0; 64], length: 0 };
        // Addresses and numbers always fit; what doesn't is cut off.
        let _ = made.write_fmt(text);
        made
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl std::fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let rest = &mut self.bytes[self.length..];
        let fits = text.len().min(rest.len());
        rest[..fits].copy_from_slice(&text.as_bytes()[..fits]);
        self.length += fits;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_what_was_asked_for() {
        let address = ClientAddress::Known("2001:db8:8769:5b6a:95f4:716:d7e5:3ab5".parse().unwrap());
        let view = RequestView { client: 17, address, uri: "/a?b=1", ..RequestView::default() };
        let key = |hashed| {
            RequestView { hashed, ..view.clone() }.with_key(|key| String::from_utf8(key.into()).unwrap())
        };
        assert_eq!(key(KeySource::Uri), "/a?b=1");
        assert_eq!(key(KeySource::User), "17");
        assert_eq!(key(KeySource::Address), "2001:db8:8769:5b6a:95f4:716:d7e5:3ab5");
    }
}
