//! Numbers as people read them, in English: three significant digits for measures, whole counts exact. Views
//! that speak other languages take [`Lang`]'s own.

use crate::lang::Lang;

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

/// A list in words: `app-1, app-2 and app-3`; more than `most` are counted.
#[must_use]
pub fn list(names: &[String], most: usize) -> String {
    Lang::En.list(names, most)
}

macro_rules! english {
    ($($(#[$about:meta])* $name:ident: $kind:ty;)*) => {
        $($(#[$about])*
        #[must_use]
        pub fn $name(x: $kind) -> String {
            Lang::En.$name(x)
        })*
    };
}

english! {
    /// A whole number with separators: `1,240`.
    whole: u64;
    /// Three significant digits without trailing zeros: `0.0123`, `1.5`, `82.4`, `12,300`.
    three: f64;
    /// A time given in milliseconds, in the unit that fits: `850 µs`, `82.4 ms`, `1.23 s`.
    millis: f64;
    /// A moment: `16.0 s`.
    moment: f64;
    /// A share of a whole: `93 %`, `0.03 %`; never 0 % or 100 % unless it is.
    share: f64;
    /// A rate: `558/s`.
    rate: f64;
    /// Bytes in the unit that fits: `212 MiB`.
    bytes: f64;
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
