//! Numbers as the page writes them: "558/s", "16.0 s", "93 %", "238 of 256 MiB".

/// A whole number with a comma between thousands.
#[must_use]
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A rate per second as a whole number; a rate above 0 is never written as 0.
#[must_use]
pub fn rate(per_second: f64) -> String {
    count(whole(per_second))
}

/// A rate rounded to whole requests; at least 1 when it is above 0.
#[must_use]
pub fn whole(per_second: f64) -> u64 {
    if per_second > 0.0 { (per_second.round() as u64).max(1) } else { 0 }
}

/// A time or a length of time in seconds with one decimal: "16.0 s".
#[must_use]
pub fn seconds(s: f64) -> String {
    format!("{:.1} s", s.max(0.0))
}

/// A length of time with the unit that suits it: "100 ms", "10 s", "2.4 s".
#[must_use]
pub fn length(s: f64) -> String {
    let ms = (s * 1000.0).round();
    if ms < 1000.0 {
        format!("{ms:.0} ms")
    } else if (ms / 100.0) % 10.0 < 0.5 {
        format!("{s:.0} s")
    } else {
        format!("{s:.1} s")
    }
}

/// Cores used of a quota: "0.36 of 1 core", "1.40 of 2.5 cores".
#[must_use]
pub fn cores(used: f64, quota: f64) -> String {
    let unit = if quota == 1.0 { "core" } else { "cores" };
    format!("{used:.2} of {} {unit}", trim(quota))
}

/// Bytes used, of a limit where there is one: "238 of 256 MiB", "1.20 of 2 GiB", "71 MiB".
#[must_use]
pub fn bytes(used: u64, limit: Option<u64>) -> String {
    const MIB: f64 = 1024.0 * 1024.0;
    let (scale, unit) =
        if limit.unwrap_or(used) as f64 >= 1024.0 * MIB { (1024.0 * MIB, "GiB") } else { (MIB, "MiB") };
    let value = used as f64 / scale;
    let value = if unit == "GiB" { format!("{value:.2}") } else { format!("{value:.0}") };
    match limit {
        Some(limit) => format!("{value} of {} {unit}", trim(limit as f64 / scale)),
        None => format!("{value} {unit}"),
    }
}

/// "1 request", "192 requests".
#[must_use]
pub fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// At most two decimals, and none that are 0.
fn trim(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_the_design_says() {
        assert_eq!(count(11_441), "11,441");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(count(391), "391");
        assert_eq!([rate(0.0), rate(0.2), rate(558.4)], ["0", "1", "558"]);
        assert_eq!(seconds(16.04), "16.0 s");
        assert_eq!([length(0.1), length(10.0), length(2.4)], ["100 ms", "10 s", "2.4 s"]);
        assert_eq!(cores(0.36, 1.0), "0.36 of 1 core");
        assert_eq!(cores(1.4, 2.5), "1.40 of 2.5 cores");
        assert_eq!(bytes(238 << 20, Some(256 << 20)), "238 of 256 MiB");
        assert_eq!(bytes(71 << 20, None), "71 MiB");
        assert_eq!(bytes(1 << 30, Some(2 << 30)), "1.00 of 2 GiB");
    }

    #[test]
    fn lists_and_plurals() {
        let words = ["a", "b", "c"].map(str::to_owned);
        assert_eq!([list(&words[..1]), list(&words[..2]), list(&words)], ["a", "a and b", "a, b and c"]);
        assert_eq!(
            [plural(1, "basket", "baskets"), plural(0, "basket", "baskets")],
            ["1 basket", "0 baskets"]
        );
    }
}
