//! Numbers as charts say them, in the language of the reader.

use crate::lang::Lang;

/// A value of an axis or a count: `1,234`. What is not finite is a dash.
#[must_use]
pub fn whole(lang: Lang, value: f64) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    let sign = if value <= -0.5 { "-" } else { "" };
    format!("{sign}{}", lang.whole((value.abs() + 0.5) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        let english = |value| whole(Lang::En, value);
        assert_eq!([english(-1_234_567.0), english(999.6), english(f64::NAN)], ["-1,234,567", "1,000", "—"]);
        assert_eq!(whole(Lang::De, 1_234.0), "1.234");
    }
}
