//! What Docker says when a host port is taken, word for word (Docker Engine 28).

/// Why a host port could not be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Another container holds it.
    Container,
    /// Other containers hold every port of the range that was asked for.
    Range,
    /// A program that is no container holds it.
    Program,
}

/// The daemon's message for the container `endpoint` on `address`:`port`.
#[must_use]
pub fn bind_error(endpoint: &str, address: &str, port: u16, udp: bool, taken: Taken) -> String {
    let address = match address {
        "" => "0.0.0.0".to_owned(),
        v6 if v6.contains(':') => format!("[{v6}]"),
        v4 => v4.to_owned(),
    };
    let protocol = if udp { "udp" } else { "tcp" };
    let reason = match taken {
        // Docker writes IPv6 without brackets here.
        Taken::Container => {
            let bare = address.trim_matches(['[', ']']);
            format!("Bind for {bare}:{port} failed: port is already allocated")
        }
        Taken::Range => "all ports are allocated".to_owned(),
        Taken::Program => {
            format!("failed to bind host port {address}:{port}/{protocol}: address already in use")
        }
    };
    format!(
        "Error response from daemon: failed to set up container networking: driver failed programming \
         external connectivity on endpoint {endpoint} ({}): {reason}",
        endpoint_id(endpoint)
    )
}

/// What a program says that binds its port itself and can't have it, in nginx's words.
#[must_use]
pub fn program_error(address: &str, port: u16) -> String {
    let address = match address {
        "" => "0.0.0.0".to_owned(),
        v6 if v6.contains(':') => format!("[{v6}]"),
        v4 => v4.to_owned(),
    };
    format!("bind() to {address}:{port} failed (98: Address already in use)")
}

/// 64 hexadecimal digits that always belong to this name; Docker draws them at random. FNV-1a, four times
/// with different beginnings: the import of Compose files makes the same ones.
#[must_use]
pub fn endpoint_id(name: &str) -> String {
    let hash = |salt: u64| {
        name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15), |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    (1..=4).map(|salt| format!("{:016x}", hash(salt))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_for_word() {
        let id = endpoint_id("shop-app-2");
        assert!(
            id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit()) && id != endpoint_id("shop-app-3")
        );
        let start = format!(
            "Error response from daemon: failed to set up container networking: driver failed programming \
             external connectivity on endpoint shop-app-2 ({id}): "
        );
        for (taken, end) in [
            (Taken::Container, "Bind for 0.0.0.0:8080 failed: port is already allocated"),
            (Taken::Range, "all ports are allocated"),
            (Taken::Program, "failed to bind host port 0.0.0.0:8080/tcp: address already in use"),
        ] {
            assert_eq!(bind_error("shop-app-2", "", 8080, false, taken), format!("{start}{end}"));
        }
    }
}
