//! Times, addresses and numbers as nginx reads them.

use crate::units::SimDuration;

/// `30s`, `1m30s`, `500ms`, `2h`, `1d`, `1w`, `1M`, `1y`; a bare number is seconds.
pub fn time(text: &str) -> Option<SimDuration> {
    let mut rest = text;
    let mut millis: u64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: u64 = rest[..end].parse().ok()?;
        let tail = &rest[end..];
        let unit_end = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let scale: u64 = match tail[..unit_end].trim() {
            "" | "s" => 1_000,
            "ms" => 1,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            "w" => 604_800_000,
            "M" => 2_592_000_000,
            "y" => 31_536_000_000,
            _ => return None,
        };
        millis = millis.checked_add(number.checked_mul(scale)?)?;
        rest = &tail[unit_end..];
    }
    (millis < 1 << 40).then(|| SimDuration::from_millis(millis))
}

/// Host and port of `HOST[:PORT]`, `[IPv6][:PORT]` or `unix:PATH`; the error is nginx's.
pub fn address(text: &str) -> Result<(String, Option<u16>), &'static str> {
    if text.starts_with("unix:") {
        return Ok((text.to_owned(), None));
    }
    let (host, port) = match text.rfind(']') {
        Some(end) => (&text[..=end], text[end + 1..].strip_prefix(':')),
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    if host.is_empty() {
        return Err("no host");
    }
    match port {
        None => Ok((host.to_owned(), None)),
        Some(port) => match port.parse::<u16>() {
            Ok(number) if number > 0 && port.bytes().all(|b| b.is_ascii_digit()) => {
                Ok((host.to_owned(), Some(number)))
            }
            _ => Err("invalid port"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (text, millis) in
            [("30s", 30_000), ("30", 30_000), ("1m30s", 90_000), ("500ms", 500), ("1d", 86_400_000)]
        {
            assert_eq!(time(text), Some(SimDuration::from_millis(millis)), "{text}");
        }
        for text in ["", "s", "1x", "-1", "1.5s", "99999999999999999999", "999999y"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(address("app:5000"), Ok(("app".into(), Some(5000))));
        assert_eq!(address("app"), Ok(("app".into(), None)));
        assert_eq!(address("[::1]:80"), Ok(("[::1]".into(), Some(80))));
        assert_eq!(address("unix:/run/a.sock"), Ok(("unix:/run/a.sock".into(), None)));
        for text in ["app:99999", "app:http", "app:0", "app:+80", "app:"] {
            assert_eq!(address(text), Err("invalid port"), "{text}");
        }
        assert_eq!(address(":80"), Err("no host"));
    }
}
