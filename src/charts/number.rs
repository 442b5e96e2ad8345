//! Numbers as charts say them: those of the report, and two that change while they are read.

pub use crate::report::number::{millis, moment, rate, three};

/// A value of an axis or a count: `1,234`. What is not finite is a dash.
#[must_use]
pub fn whole(value: f64) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    let sign = if value <= -0.5 { "-" } else { "" };
    format!("{sign}{}", crate::report::number::whole((value.abs() + 0.5) as u64))
}

/// A share without a fraction, which would flicker: `93 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.0} %", share * 100.0) } else { "—".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        assert_eq!([whole(-1_234_567.0), whole(999.6), whole(f64::NAN)], ["-1,234,567", "1,000", "—"]);
        assert_eq!([percent(0.934), percent(1.0), percent(f64::INFINITY)], ["93 %", "100 %", "—"]);
    }
}
