//! Checking a directive's arguments, with nginx's own words for what is wrong.

use crate::convert::finding::shared;
use std::ops::RangeInclusive;

use super::amount;
use super::names;
use super::tree::Directive;
use crate::convert::finding::shorten;
use crate::convert::{At, Finding, Findings};
use crate::lang::phrases;
use crate::units::SimDuration;

phrases! {
    mod say {
        fn give(a: Text) {
            en: "give it {a}",
            de: "{a} angeben",
            fr: "en donner {a}",
        }
        fn give_some(a: Text, b: Text) {
            en: "give it {a} to {b}",
            de: "{a} bis {b} angeben",
            fr: "en donner de {a} à {b}",
        }
        fn write_number {
            en: "write a whole number",
            de: "eine ganze Zahl schreiben",
            fr: "écrire un nombre entier",
        }
        fn write_time {
            en: "write a time such as `60s`, `500ms` or `1m30s`",
            de: "eine Zeit schreiben, etwa `60s`, `500ms` oder `1m30s`",
            fr: "écrire une durée, par exemple `60s`, `500ms` ou `1m30s`",
        }
    }
}

/// Whether the number of arguments is right.
pub fn count(directive: &Directive, allowed: RangeInclusive<usize>, findings: &mut Findings) -> Option<()> {
    if allowed.contains(&directive.arguments.len()) {
        return Some(());
    }
    let text = format!("invalid number of arguments in \"{}\" directive", shorten(&directive.name));
    // An argument that is a directive's name: the `;` before it is missing.
    let swallowed = directive.arguments.iter().find(|argument| names::is_known(argument));
    let remedy = match swallowed {
        Some(next) => shared::missing_end(&next),
        None if allowed.start() == allowed.end() => say::give(&allowed.start()),
        None => say::give_some(&allowed.start(), &allowed.end()),
    };
    findings.push(Finding::error(&directive.place, text).remedy(remedy));
    None
}

/// The directive's block.
pub fn block<'d>(directive: &'d Directive, findings: &mut Findings) -> Option<&'d [Directive]> {
    if directive.block.is_none() {
        let name = shorten(&directive.name);
        let text = format!("directive \"{name}\" has no opening \"{{\"");
        findings
            .push(Finding::error(&directive.place, text).remedy(shared::write(&format!("{name} … {{ … }}"))));
    }
    directive.block.as_deref()
}

/// A whole number as the n-th argument.
pub fn number(directive: &Directive, n: usize, findings: &mut Findings) -> Option<At<u32>> {
    let written = directive.argument(n)?;
    let number = written.parse().ok();
    if number.is_none() {
        let text = format!("\"{}\" directive: invalid number \"{}\"", directive.name, shorten(written));
        findings.push(Finding::error(&directive.place, text).remedy(say::write_number()));
    }
    number.map(|number| At::new(number, &directive.place))
}

/// A time as the only argument.
pub fn time(directive: &Directive, findings: &mut Findings) -> Option<At<SimDuration>> {
    count(directive, 1..=1, findings)?;
    let written = directive.argument(0)?;
    let time = amount::time(written);
    if time.is_none() {
        let text = format!("\"{}\" directive invalid value: \"{}\"", directive.name, shorten(written));
        findings.push(Finding::error(&directive.place, text).remedy(say::write_time()));
    }
    time.map(|time| At::new(time, &directive.place))
}

/// `on` or `off`.
pub fn flag(directive: &Directive, findings: &mut Findings) -> Option<At<bool>> {
    let word = directive.argument(0).unwrap_or_default();
    match word {
        "on" | "off" => Some(At::new(word == "on", &directive.place)),
        _ => {
            let name = &directive.name;
            let text = format!(
                "invalid value \"{}\" in \"{name}\" directive, it must be \"on\" or \"off\"",
                shorten(word)
            );
            findings.push(Finding::error(&directive.place, text));
            None
        }
    }
}
