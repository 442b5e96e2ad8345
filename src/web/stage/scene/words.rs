//! Numbers as the stage writes them: "558", "93 %", "238 of 256 MiB".

use crate::lang::{Lang, texts};

texts! {
    mod say {
        fn of(used: Text, limit: Text) {
            en: "{used} of {limit}",
            de: "{used} von {limit}",
            fr: "{used} sur {limit}",
        }
        fn cores(used: Text, quota: Three) {
            en: "{used} of {quota} {quota:core|cores}",
            de: "{used} von {quota} {quota:Kern|Kernen}",
            fr: "{used} sur {quota} {quota:cœur|cœurs}",
        }
    }
}

/// A rate per second as a whole number; a rate above 0 is never written as 0.
#[must_use]
pub fn rate(lang: Lang, per_second: f64) -> String {
    lang.whole(whole(per_second))
}

/// A rate rounded to whole requests; at least 1 when it is above 0.
#[must_use]
pub fn whole(per_second: f64) -> u64 {
    if per_second > 0.0 { (per_second.round() as u64).max(1) } else { 0 }
}

/// A length of time with the unit that suits it: "100 ms", "10 s", "2.4 s".
#[must_use]
pub fn length(lang: Lang, s: f64) -> String {
    let ms = (s * 1000.0).round();
    if ms < 1000.0 {
        format!("{ms:.0} ms")
    } else if (ms / 100.0) % 10.0 < 0.5 {
        format!("{s:.0} s")
    } else {
        lang.moment(s)
    }
}

/// Cores used of a quota: "0.36 of 1 core", "1.40 of 2.5 cores".
#[must_use]
pub fn cores(lang: Lang, used: f64, quota: f64) -> String {
    say::cores(lang, &lang.point(&format!("{used:.2}")), quota)
}

/// Used, of a limit: "22 of 192".
#[must_use]
pub fn of(lang: Lang, used: &str, limit: &str) -> String {
    say::of(lang, used, limit)
}

/// Bytes used, of a limit where there is one: "238 of 256 MiB", "1.20 of 2 GiB", "71 MiB".
#[must_use]
pub fn bytes(lang: Lang, used: u64, limit: Option<u64>) -> String {
    const MIB: f64 = 1024.0 * 1024.0;
    let (scale, unit) =
        if limit.unwrap_or(used) as f64 >= 1024.0 * MIB { (1024.0 * MIB, "GiB") } else { (MIB, "MiB") };
    let value = used as f64 / scale;
    let value = lang.digits(&if unit == "GiB" { format!("{value:.2}") } else { format!("{value:.0}") });
    match limit {
        Some(limit) => format!("{} {unit}", say::of(lang, &value, &trim(lang, limit as f64 / scale))),
        None => format!("{value} {unit}"),
    }
}

/// At most two decimals, and none that are 0.
fn trim(lang: Lang, value: f64) -> String {
    let text = format!("{value:.2}");
    lang.digits(text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Lang = Lang::En;

    #[test]
    fn numbers_read_as_the_design_says() {
        assert_eq!([rate(EN, 0.0), rate(EN, 0.2), rate(EN, 558.4)], ["0", "1", "558"]);
        assert_eq!([length(EN, 0.1), length(EN, 10.0), length(EN, 2.4)], ["100 ms", "10 s", "2.4 s"]);
        assert_eq!(cores(EN, 0.36, 1.0), "0.36 of 1 core");
        assert_eq!(cores(EN, 1.4, 2.5), "1.40 of 2.5 cores");
        assert_eq!(cores(Lang::De, 1.4, 2.5), "1,40 von 2,5 Kernen");
        assert_eq!(bytes(EN, 238 << 20, Some(256 << 20)), "238 of 256 MiB");
        assert_eq!(bytes(EN, 71 << 20, None), "71 MiB");
        assert_eq!(bytes(EN, 1 << 30, Some(2 << 30)), "1.00 of 2 GiB");
        assert_eq!(bytes(Lang::Fr, 1 << 30, Some(3 << 29)), "1,00 sur 1,5 GiB");
    }
}
