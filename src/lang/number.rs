//! Numbers as the readers of each language write them: three significant digits for measures, whole counts
//! exact.
//!
//! | language | decimal | thousands | per cent |
//! |---|---|---|---|
//! | English | `1.5` | `1,240` | `93 %` |
//! | German | `1,5` | `1.240` | `93 %`, not broken |
//! | French | `1,5` | `1 240`, narrow and not broken | `93 %`, narrow and not broken |

use super::{Lang, texts};

texts! {
    mod say {
        fn and(first: Text, last: Text) { en: "{first} and {last}", de: "{first} und {last}", fr: "{first} et {last}" }
        fn more(first: Text, n: Whole) {
            en: "{first} and {n} more", de: "{first} und {n} weitere", fr: "{first} et {n} de plus",
        }
    }
}

impl Lang {
    /// Whether words that go with this number are in the singular: of 1, in French of all below 2.
    #[must_use]
    pub fn is_one(self, x: f64) -> bool {
        match self {
            Self::En | Self::De => x == 1.0,
            Self::Fr => x.abs() < 2.0,
        }
    }

    /// The sign before the fraction.
    #[must_use]
    pub const fn decimal(self) -> char {
        match self {
            Self::En => '.',
            Self::De | Self::Fr => ',',
        }
    }

    /// The sign between thousands.
    #[must_use]
    pub const fn thousands(self) -> char {
        match self {
            Self::En => ',',
            Self::De => '.',
            Self::Fr => '\u{202f}',
        }
    }

    const fn percent_sign(self) -> &'static str {
        match self {
            Self::En => " %",
            Self::De => "\u{a0}%",
            Self::Fr => "\u{202f}%",
        }
    }

    /// A number in plain digits (`-12300.5`) as this language writes it.
    #[must_use]
    pub fn digits(self, plain: &str) -> String {
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |plain| ("-", plain));
        let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(w, f)| (w, Some(f)));
        let mut out = sign.to_owned();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(self.thousands());
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(self.decimal());
            out.push_str(fraction);
        }
        out
    }

    /// A text with plain numbers, as `2.4 s`, with this language's decimal sign.
    #[must_use]
    pub fn point(self, plain: &str) -> String {
        if self.decimal() == '.' { plain.to_owned() } else { plain.replace('.', ",") }
    }

    /// The number that somebody typed: separators of thousands and words around it are no harm.
    #[must_use]
    pub fn read(self, text: &str) -> Option<f64> {
        let start = text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-');
        let stop = start.find(|c: char| c.is_alphabetic() || c == '%' || c == '/').unwrap_or(start.len());
        let kept = start[..stop].chars().filter(|c| c.is_ascii_digit() || *c == '-' || *c == self.decimal());
        let plain: String = kept.map(|c| if c == self.decimal() { '.' } else { c }).collect();
        plain.parse().ok().filter(|x: &f64| x.is_finite())
    }

    /// A whole number with separators: `1,240`.
    #[must_use]
    pub fn whole(self, n: u64) -> String {
        self.digits(&n.to_string())
    }

    /// Three significant digits without trailing zeros: `0.0123`, `1.5`, `82.4`, `12,300`.
    #[must_use]
    pub fn three(self, x: f64) -> String {
        if x.is_finite() { self.digits(&three(x)) } else { "—".into() }
    }

    /// A time given in milliseconds, in the unit that fits: `850 µs`, `82.4 ms`, `1.23 s`.
    #[must_use]
    pub fn millis(self, ms: f64) -> String {
        match ms {
            ms if !ms.is_finite() => "—".into(),
            ms if ms >= 999.5 => format!("{} s", self.three(ms / 1e3)),
            ms if ms >= 0.9995 || ms <= 0.0 => format!("{} ms", self.three(ms)),
            ms => format!("{} µs", self.three(ms * 1e3)),
        }
    }

    /// A moment: `16.0 s`.
    #[must_use]
    pub fn moment(self, seconds: f64) -> String {
        self.point(&format!("{seconds:.1} s"))
    }

    /// A share of a whole: `93 %`, `0.03 %`; never 0 % or 100 % unless it is.
    #[must_use]
    pub fn share(self, x: f64) -> String {
        if !x.is_finite() {
            return "—".into();
        }
        let percent = x * 100.0;
        let mut digits = if percent < 0.995 { two(percent) } else { three(percent) };
        if digits == "100" && x < 1.0 {
            let mut places = 1;
            while places < 9 && format!("{percent:.places$}").starts_with("100") {
                places += 1;
            }
            digits = format!("{percent:.places$}");
        }
        self.digits(&digits) + self.percent_sign()
    }

    /// A share in whole per cent, which does not flicker: `93 %`.
    #[must_use]
    pub fn percent(self, share: f64) -> String {
        if share.is_finite() {
            self.digits(&format!("{:.0}", share * 100.0)) + self.percent_sign()
        } else {
            "—".into()
        }
    }

    /// A rate: `558/s`.
    #[must_use]
    pub fn rate(self, per_second: f64) -> String {
        self.three(per_second) + "/s"
    }

    /// Bytes in the unit that fits: `212 MiB`.
    #[must_use]
    pub fn bytes(self, n: f64) -> String {
        let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
        let fits = units.iter().find(|&&(_, shift)| n >= (1_u64 << shift) as f64);
        let (unit, shift) = fits.copied().unwrap_or(("B", 0));
        format!("{} {unit}", self.three(n / (1_u64 << shift) as f64))
    }

    /// A list in words: `app-1, app-2 and app-3`; more than `most` are counted.
    #[must_use]
    pub fn list(self, names: &[String], most: usize) -> String {
        match names {
            [] => String::new(),
            [only] => only.clone(),
            _ if names.len() > most => {
                say::more(self, &names[..most].join(", "), (names.len() - most) as u64)
            }
            [first @ .., last] => say::and(self, &first.join(", "), last),
        }
    }
}

/// Three significant digits of a finite number, plain.
fn three(x: f64) -> String {
    let size = x.abs();
    if size >= 99.95 {
        let sign = if x < 0.0 { "-" } else { "" };
        let mut step = 1.0;
        while size / step >= 999.5 {
            step *= 10.0;
        }
        return format!("{sign}{}", ((size / step + 0.5) as u64).saturating_mul(step as u64));
    }
    let mut places = if size >= 9.995 { 1 } else { 2 };
    let mut bound = 0.9995;
    while size < bound && size > 0.0 && places < 12 {
        places += 1;
        bound /= 10.0;
    }
    short(&format!("{x:.places$}"))
}

/// Two significant digits of something below 1, plain.
fn two(x: f64) -> String {
    let mut places = 2;
    let mut bound = 0.0995;
    while x < bound && x > 0.0 && places < 12 {
        places += 1;
        bound /= 10.0;
    }
    short(&format!("{x:.places$}"))
}

/// Without trailing zeros.
fn short(text: &str) -> String {
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_numbers() {
        let all = |write: fn(Lang) -> String| Lang::ALL.map(write);
        assert_eq!(all(|l| l.three(12_345.0)), ["12,300", "12.300", "12\u{202f}300"]);
        assert_eq!(all(|l| l.millis(82.44)), ["82.4 ms", "82,4 ms", "82,4 ms"]);
        assert_eq!(all(|l| l.moment(16.0)), ["16.0 s", "16,0 s", "16,0 s"]);
        assert_eq!(all(|l| l.share(0.999_97)), ["99.997 %", "99,997\u{a0}%", "99,997\u{202f}%"]);
        assert_eq!(all(|l| l.percent(101.0)), ["10,100 %", "10.100\u{a0}%", "10\u{202f}100\u{202f}%"]);
        assert_eq!(all(|l| l.whole(1_234_567)), ["1,234,567", "1.234.567", "1\u{202f}234\u{202f}567"]);
        assert_eq!(all(|l| l.bytes(1_610_612.736)), ["1.54 MiB", "1,54 MiB", "1,54 MiB"]);
        assert_eq!(all(|l| l.digits("-1234.5")), ["-1,234.5", "-1.234,5", "-1\u{202f}234,5"]);
        let names = ["a", "b", "c"].map(String::from);
        assert_eq!(Lang::De.list(&names, 3), "a, b und c");
        assert_eq!(Lang::Fr.list(&names, 2), "a, b et 1 de plus");
    }

    #[test]
    fn what_is_written_can_be_read() {
        for lang in Lang::ALL {
            for x in [0.0, 8.5, 82.4, 1_200.0, 1_230_000.0, -2.5] {
                assert_eq!(lang.read(&lang.three(x)), Some(x), "{lang:?} {x}");
            }
        }
        assert_eq!(Lang::En.read("1,200 requests/s"), Some(1_200.0));
        assert_eq!([Lang::De.read("1.200,5 Anfragen/s"), Lang::De.read("viele")], [Some(1_200.5), None]);
    }
}
