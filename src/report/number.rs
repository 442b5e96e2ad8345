//! Numbers as people read them: three significant digits for measures, whole counts exact.

/// A whole number with separators: `1,240`.
#[must_use]
pub fn whole(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count of things: `1 request`, `1,240 requests`.
#[must_use]
pub fn count(n: u64, thing: &str) -> String {
    let plural = match (n, thing.strip_suffix('y')) {
        (1, _) => thing.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{thing}s"),
    };
    format!("{} {plural}", whole(n))
}

/// Three significant digits without trailing zeros: `0.0123`, `1.5`, `82.4`, `12,300`.
#[must_use]
pub fn three(x: f64) -> String {
    if !x.is_finite() {
        return "—".into();
    }
    let size = x.abs();
    if size >= 99.95 {
        let sign = if x < 0.0 { "-" } else { "" };
        let mut step = 1.0;
        while size / step >= 999.5 {
            step *= 10.0;
        }
        return format!("{sign}{}", whole(((size / step + 0.5) as u64).saturating_mul(step as u64)));
    }
    let mut places = if size >= 9.995 { 1 } else { 2 };
    let mut bound = 0.9995;
    while size < bound && size > 0.0 && places < 12 {
        places += 1;
        bound /= 10.0;
    }
    let text = format!("{x:.places$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// Two significant digits of something below 1.
fn two(x: f64) -> String {
    let mut places = 2;
    let mut bound = 0.0995;
    while x < bound && x > 0.0 && places < 12 {
        places += 1;
        bound /= 10.0;
    }
    format!("{x:.places$}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A time given in milliseconds, in the unit that fits: `850 µs`, `82.4 ms`, `1.23 s`.
#[must_use]
pub fn millis(ms: f64) -> String {
    match ms {
        ms if !ms.is_finite() => "—".into(),
        ms if ms >= 999.5 => format!("{} s", three(ms / 1e3)),
        ms if ms >= 0.9995 || ms <= 0.0 => format!("{} ms", three(ms)),
        ms => format!("{} µs", three(ms * 1e3)),
    }
}

/// A moment: `16.0 s`.
#[must_use]
pub fn moment(seconds: f64) -> String {
    format!("{seconds:.1} s")
}

/// A share of a whole: `93 %`, `0.03 %`; never 0 % or 100 % unless it is.
#[must_use]
pub fn share(x: f64) -> String {
    if !x.is_finite() {
        return "—".into();
    }
    let percent = x * 100.0;
    let digits = if percent < 0.995 { two(percent) } else { three(percent) };
    if digits != "100" || x >= 1.0 {
        return format!("{digits} %");
    }
    let mut places = 1;
    while places < 9 && format!("{percent:.places$}").starts_with("100") {
        places += 1;
    }
    format!("{percent:.places$} %")
}

/// A rate: `558/s`.
#[must_use]
pub fn rate(per_second: f64) -> String {
    format!("{}/s", three(per_second))
}

/// Bytes in the unit that fits: `212 MiB`.
#[must_use]
pub fn bytes(n: f64) -> String {
    let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let fits = units.iter().find(|&&(_, shift)| n >= (1_u64 << shift) as f64);
    fits.map_or_else(
        || format!("{} B", three(n)),
        |&(unit, shift)| format!("{} {unit}", three(n / (1_u64 << shift) as f64)),
    )
}

/// A list in words: `app-1, app-2 and app-3`; more than `most` are counted.
#[must_use]
pub fn list(names: &[String], most: usize) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        _ if names.len() > most => {
            format!("{} and {} more", names[..most].join(", "), names.len() - most)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_significant_digits() {
        for (x, text) in [
            (0.0, "0"),
            (0.001234, "0.00123"),
            (0.5, "0.5"),
            (1.005, "1"),
            (1.236, "1.24"),
            (82.44, "82.4"),
            (99.96, "100"),
            (558.4, "558"),
            (12_345.0, "12,300"),
            (999_999.0, "1,000,000"),
            (-2.5, "-2.5"),
        ] {
            assert_eq!(three(x), text);
        }
    }

    #[test]
    fn units_and_shares() {
        assert_eq!(
            [millis(0.85), millis(82.44), millis(1_234.0), millis(0.0), millis(999.9)],
            ["850 µs", "82.4 ms", "1.23 s", "0 ms", "1 s"]
        );
        assert_eq!(
            [share(0.93), share(0.999_97), share(1.0), share(0.0), share(0.000_3)],
            ["93 %", "99.997 %", "100 %", "0 %", "0.03 %"]
        );
        assert_eq!([share(0.008_84), share(0.000_116), share(0.009_94)], ["0.88 %", "0.012 %", "0.99 %"]);
        assert_eq!([millis(0.85)], ["850 µs"]);
        assert_eq!(
            [count(1, "reply"), count(1_240, "session"), count(2, "reply")],
            ["1 reply", "1,240 sessions", "2 replies"]
        );
        assert_eq!([bytes(512.0), bytes(222_298_112.0)], ["512 B", "212 MiB"]);
        let names = ["a", "b", "c"].map(String::from);
        assert_eq!([list(&names, 3), list(&names, 2)], ["a, b and c", "a, b and 1 more"]);
    }
}
