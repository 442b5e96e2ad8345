//! Numbers as people read them: three significant digits, a thin unit, commas in thousands.

/// Three significant digits: `0.123`, `7`, `12.3`, `1,230`. Zeros at the end of a fraction go.
#[must_use]
pub fn three(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let digits = match value.abs() {
        v if v >= 99.95 => 0,
        v if v >= 9.995 => 1,
        v if v >= 0.9995 => 2,
        v if v >= 0.000_5 => 3,
        _ => return "0".to_owned(),
    };
    if digits == 0 {
        return whole(three_digits(value));
    }
    let text = format!("{value:.digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A large number with everything after its third digit as zeros.
fn three_digits(value: f64) -> f64 {
    let mut unit = 1.0;
    while value.abs() / unit >= 999.5 && unit < 1e15 {
        unit *= 10.0;
    }
    (value / unit).round() * unit
}

/// A whole number with commas: `1,234,567`.
#[must_use]
pub fn whole(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let digits = format!("{:.0}", value.abs());
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    if value <= -0.5 {
        text.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A time given in milliseconds: `0.5 ms`, `21 ms`, `2.25 s`, `12.4 min`.
#[must_use]
pub fn milliseconds(ms: f64) -> String {
    match ms {
        ms if ms < 999.5 => format!("{} ms", three(ms)),
        ms if ms < 600_000.0 => format!("{} s", three(ms / 1e3)),
        ms => format!("{} min", three(ms / 6e4)),
    }
}

/// A point in time: `24.6 s`.
#[must_use]
pub fn clock(seconds: f64) -> String {
    format!("{seconds:.1} s")
}

/// A share: `93 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Something that happens so many times a second: `558/s`, `0.4/s`.
#[must_use]
pub fn rate(per_second: f64) -> String {
    format!("{}/s", three(per_second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_significant_digits() {
        for (value, text) in [
            (0.0, "0"),
            (0.1234, "0.123"),
            (7.0, "7"),
            (9.999, "10"),
            (12.34, "12.3"),
            (99.96, "100"),
            (558.4, "558"),
            (12_345.0, "12,300"),
            (999_600.0, "1,000,000"),
            (f64::INFINITY, "–"),
        ] {
            assert_eq!(three(value), text, "{value}");
        }
        assert_eq!(whole(-1_234_567.0), "−1,234,567");
        assert_eq!(milliseconds(2_249.6), "2.25 s");
        assert_eq!(milliseconds(999.7), "1 s");
        assert_eq!(milliseconds(0.5), "0.5 ms");
    }
}
