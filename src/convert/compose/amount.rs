//! Amounts as Compose reads them.

use crate::units::{Bytes, Cores, SimDuration};

/// A number of CPUs: `0.5`, `"2"`, `.75`.
pub fn cpus(text: &str) -> Option<Cores> {
    decimal(text.trim()).and_then(Cores::new)
}

/// A size: digits, then `b k m g t p` with or without `b` or `ib`, in any case; multiples of 1024.
pub fn memory(text: &str) -> Option<Bytes> {
    let text = text.trim().to_ascii_lowercase();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let number = decimal(&text[..end])?;
    let unit = text[end..].strip_prefix(' ').unwrap_or(&text[end..]);
    let scale: f64 = match unit {
        "" | "b" => 1.0,
        "k" | "kb" | "ki" | "kib" => 1024.0,
        "m" | "mb" | "mi" | "mib" => 1_048_576.0,
        "g" | "gb" | "gi" | "gib" => 1_073_741_824.0,
        "t" | "tb" | "ti" | "tib" => 1_099_511_627_776.0,
        "p" | "pb" | "pi" | "pib" => 1_125_899_906_842_624.0,
        _ => return None,
    };
    let bytes = number * scale;
    (bytes < 9.2e18).then_some(Bytes(bytes as u64))
}

/// A time: numbers with units (`us ms s m h d w`) one after the other, or a bare 0.
pub fn duration(text: &str) -> Option<SimDuration> {
    let mut rest = text.trim();
    if rest == "0" {
        return Some(SimDuration::ZERO);
    }
    let mut seconds = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let number = decimal(&rest[..end])?;
        let tail = &rest[end..];
        let unit_end = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        seconds += number
            * match &tail[..unit_end] {
                "us" | "µs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3_600.0,
                "d" => 86_400.0,
                "w" => 604_800.0,
                _ => return None,
            };
        rest = &tail[unit_end..];
    }
    (seconds < 1e9).then(|| SimDuration::from_secs_f64(seconds))
}

/// Digits with at most one point; no sign, no exponent, no "inf".
fn decimal(text: &str) -> Option<f64> {
    let plain = text.len() <= 32 && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpus_in_every_spelling() {
        for (text, cores) in [("0.5", 0.5), ("2", 2.0), (".75", 0.75), ("0", 0.0)] {
            assert_eq!(cpus(text).map(Cores::get), Some(cores), "{text}");
        }
        for text in ["", "half", "-1", "500m", "1e9", "0,5", "NaN", "."] {
            assert_eq!(cpus(text), None, "{text}");
        }
    }

    #[test]
    fn memory_in_every_spelling() {
        for (text, bytes) in [
            ("256M", 256 << 20),
            ("256m", 256 << 20),
            ("256MB", 256 << 20),
            ("256 MiB", 256 << 20),
            ("1gb", 1 << 30),
            ("1.5g", 3 << 29),
            ("104857600", 100 << 20),
            ("512b", 512),
            ("64k", 64 << 10),
        ] {
            assert_eq!(memory(text), Some(Bytes(bytes)), "{text}");
        }
        for text in ["", "M", "256 parrots", "-1m", "1e3m", "99999999999999999999p", "1 000m", "1..5g"] {
            assert_eq!(memory(text), None, "{text}");
        }
    }

    #[test]
    fn durations() {
        for (text, millis) in [("10ms", 10), ("1m30s", 90_000), ("1.5s", 1500), ("0", 0), ("1h", 3_600_000)] {
            assert_eq!(duration(text), Some(SimDuration::from_millis(millis)), "{text}");
        }
        for text in ["", "30", "s", "-1s", "1 s", "1x", "99999w"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
