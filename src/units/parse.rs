//! Reading quantities as people write them: a number, then a unit.

use std::fmt;

use crate::lang::Text;

use super::{Bytes, Cores, Factor, Rate, SimDuration};

/// Why a text is no quantity: what was given and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The text as it was written.
    pub given: String,
    /// What would have been understood.
    pub allowed: Text,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "is \"{}\"; must be {}", self.given, self.allowed)
    }
}

impl std::error::Error for ParseError {}

/// A quantity that is written as text with a unit.
pub trait Unit: Sized {
    /// What may be written, for messages: "a time such as \"150 ms\"".
    const ALLOWED: Text;

    /// Reads a number without unit, where that is unambiguous.
    fn from_number(number: f64) -> Option<Self>;

    /// Reads `text`.
    ///
    /// # Errors
    /// When the number or its unit is not understood, or the value is out of range.
    fn parse(text: &str) -> Result<Self, ParseError> {
        Self::read(text.trim()).ok_or_else(|| ParseError { given: text.to_owned(), allowed: Self::ALLOWED })
    }

    /// Reads trimmed text.
    fn read(text: &str) -> Option<Self>;
}

/// Splits off the leading number; underscores and thin spaces between digits are allowed.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .char_indices()
        .find(|&(i, c)| !(c.is_ascii_digit() || c == '.' || c == '_' || (i == 0 && (c == '+' || c == '-'))))
        .map_or(text.len(), |(i, _)| i);
    let digits: String = text[..end].chars().filter(|&c| c != '_').collect();
    let value: f64 = digits.parse().ok()?;
    value.is_finite().then_some((value, text[end..].trim_start()))
}

impl Unit for SimDuration {
    const ALLOWED: Text = Text::new(
        "a time with its unit, such as \"150 ms\", \"2.4 s\" or \"1h30m\" (ns us ms s m h d), or \"never\"",
        "eine Zeit mit Einheit wie \"150 ms\", \"2.4 s\" oder \"1h30m\" (ns us ms s m h d), oder \"never\" (nie)",
        "une durée avec son unité, comme \"150 ms\", \"2.4 s\" ou \"1h30m\" (ns us ms s m h d), ou \"never\" (jamais)",
    );

    fn from_number(number: f64) -> Option<Self> {
        (number == 0.0).then_some(Self::ZERO)
    }

    fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        let mut total = 0.0;
        if rest == "never" {
            return Some(Self::FOREVER);
        }
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let (value, tail) = number(rest)?;
            let end = tail.find(|c: char| !c.is_alphabetic() && c != 'µ').unwrap_or(tail.len());
            let scale = match &tail[..end] {
                "ns" => 1.0,
                "us" | "µs" | "μs" => 1e3,
                "ms" => 1e6,
                "s" | "sec" => 1e9,
                "m" | "min" => 60e9,
                "h" => 3_600e9,
                "d" => 86_400e9,
                "" if value == 0.0 => 1.0,
                _ => return None,
            };
            if value < 0.0 {
                return None;
            }
            total += value * scale;
            rest = tail[end..].trim_start();
        }
        (total < 1.8e19).then_some(Self((total + 0.5) as u64))
    }
}

impl Unit for Rate {
    const ALLOWED: Text = Text::new(
        "a rate such as \"40/s\", \"600/min\" or \"0.5/h\", at least 0",
        "eine Rate wie \"40/s\", \"600/min\" oder \"0.5/h\", mindestens 0",
        "un débit comme \"40/s\", \"600/min\" ou \"0.5/h\", au moins 0",
    );

    fn from_number(number: f64) -> Option<Self> {
        Self::new(number)
    }

    fn read(text: &str) -> Option<Self> {
        let (value, unit) = number(text)?;
        let per = match unit.replace(' ', "").as_str() {
            "" | "/s" | "/sec" | "persecond" | "rps" | "Hz" => 1.0,
            "/ms" => 1e-3,
            "/m" | "/min" => 60.0,
            "/h" => 3_600.0,
            "/d" => 86_400.0,
            _ => return None,
        };
        Self::new(value / per)
    }
}

impl Unit for Factor {
    const ALLOWED: Text = Text::new(
        "a multiple such as \"x101\" or \"+10000 %\" (on top of the base) or \"80 %\" (of it)",
        "ein Vielfaches wie \"x101\" oder \"+10000 %\" (zur Basis hinzu) oder \"80 %\" (von ihr)",
        "un multiple comme \"x101\" ou \"+10000 %\" (en plus de la base) ou \"80 %\" (de celle-ci)",
    );

    fn from_number(number: f64) -> Option<Self> {
        Self::new(number)
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['x', '×']).trim_start();
        let (value, unit) = number(text)?;
        match unit {
            "" => Self::new(value),
            "%" if text.starts_with(['+', '-']) => Self::new(1.0 + value / 100.0),
            "%" => Self::new(value / 100.0),
            _ => None,
        }
    }
}

impl Unit for Cores {
    const ALLOWED: Text = Text::new(
        "a number of cores such as 0.5 or \"2\", or millicores such as \"500m\"",
        "eine Zahl von Kernen wie 0.5 oder \"2\", oder Millikerne wie \"500m\"",
        "un nombre de cœurs comme 0.5 ou \"2\", ou des millicœurs comme \"500m\"",
    );

    fn from_number(number: f64) -> Option<Self> {
        Self::new(number)
    }

    fn read(text: &str) -> Option<Self> {
        match number(text)? {
            (value, "" | "core" | "cores") => Self::new(value),
            (value, "m") => Self::new(value / 1000.0),
            _ => None,
        }
    }
}

impl Unit for Bytes {
    const ALLOWED: Text = Text::new(
        "a size such as \"256 MiB\", \"256M\" or \"1 GiB\" (multiples of 1024)",
        "eine Größe wie \"256 MiB\", \"256M\" oder \"1 GiB\" (Vielfache von 1024)",
        "une taille comme \"256 MiB\", \"256M\" ou \"1 GiB\" (multiples de 1024)",
    );

    fn from_number(number: f64) -> Option<Self> {
        ((0.0..1e18).contains(&number) && number == (number as u64) as f64).then_some(Self(number as u64))
    }

    fn read(text: &str) -> Option<Self> {
        let (value, unit) = number(text)?;
        let unit = unit.to_ascii_lowercase();
        let scale = match unit.trim_end_matches('b').trim_end_matches('i') {
            "" => 1.0,
            "k" => 1024.0,
            "m" => 1_048_576.0,
            "g" => 1_073_741_824.0,
            "t" => 1_099_511_627_776.0,
            _ => return None,
        };
        (value >= 0.0 && value * scale < 1e18).then_some(Self((value * scale + 0.5) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (text, nanos) in [
            ("150 ms", 150_000_000),
            ("2.4s", 2_400_000_000),
            ("1h30m", 5_400_000_000_000),
            ("0", 0),
            ("3 us", 3_000),
        ] {
            assert_eq!(SimDuration::parse(text), Ok(SimDuration(nanos)), "{text}");
        }
        for text in ["", "5", "-1 s", "1 parsec", "s", "1e400 s", "NaN s"] {
            assert!(SimDuration::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn factors_percent_and_multiples() {
        for (text, factor) in [("+10000 %", 101.0), ("x101", 101.0), ("80 %", 0.8), ("-50%", 0.5), ("2", 2.0)]
        {
            assert_eq!(Factor::parse(text).map(Factor::get), Ok(factor), "{text}");
        }
        assert!(Factor::parse("-200 %").is_err());
    }

    #[test]
    fn sizes_are_multiples_of_1024() {
        for (text, bytes) in
            [("256M", 256 << 20), ("256 MiB", 256 << 20), ("1gb", 1 << 30), ("512", 512), ("50kb", 51_200)]
        {
            assert_eq!(Bytes::parse(text), Ok(Bytes(bytes)), "{text}");
        }
        assert!(Bytes::parse("12 parrots").is_err());
        assert_eq!(Bytes::mib(256).to_string(), "256 MiB");
    }

    #[test]
    fn rates_and_cores() {
        assert_eq!(Rate::parse("600/min").map(Rate::get), Ok(10.0));
        assert!(Rate::parse("-1/s").is_err());
        assert_eq!(Cores::parse("500m").map(Cores::get), Ok(0.5));
    }
}
