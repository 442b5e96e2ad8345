//! The colours of styles/tokens.css can be told apart and read: contrast as WCAG 2.2 defines it.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../../styles/tokens.css");
const LIGHT: &str = "[data-theme=\"light\"],";
const DARK: &str = "\n[data-theme=\"dark\"]";
const DARK_BY_SYSTEM: &str = "[data-theme=\"auto\"]";

type Palette = BTreeMap<String, [f64; 3]>;

/// The colours of the block that follows `selector`.
fn palette(selector: &str) -> Palette {
    let (_, from) = TOKENS.split_once(selector).unwrap();
    let (_, from) = from.split_once('{').unwrap();
    let (block, _) = from.split_once('}').unwrap();
    let colour = |hex: &str| {
        let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        [part(0), part(2), part(4)]
    };
    let entries = block.split(';').filter_map(|entry| entry.split_once(": #"));
    entries.map(|(name, hex)| (name.rsplit("--").next().unwrap().to_owned(), colour(hex.trim()))).collect()
}

/// Relative luminance: 0.2126 R + 0.7152 G + 0.0722 B of the linear channels.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) };
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// (lighter + 0.05) / (darker + 0.05).
fn contrast(palette: &Palette, one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(palette[one]), luminance(palette[other]));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Every pair reaches `least` in both themes; all that don't are named.
fn all_reach(least: f64, pairs: &[(&str, &str)]) {
    let themes = [("light", palette(LIGHT)), ("dark", palette(DARK))];
    let short: Vec<String> = themes
        .iter()
        .flat_map(|(theme, colours)| {
            pairs.iter().map(move |pair| (theme, contrast(colours, pair.0, pair.1), pair))
        })
        .filter(|(_, reached, _)| *reached < least)
        .map(|(theme, reached, (one, other))| format!("{theme}: {one} on {other} {reached:.2}"))
        .collect();
    assert!(short.is_empty(), "below {least}: {short:?}");
}

/// Black on white has 21; #767676 on white has 4.54, the usual example of just enough.
#[test]
fn contrast_is_the_one_of_wcag() {
    let grey = [f64::from(0x76) / 255.0; 3];
    let colours = [("black", [0.0; 3]), ("white", [1.0; 3]), ("grey", grey)];
    let colours: Palette = colours.into_iter().map(|(name, colour)| (name.to_owned(), colour)).collect();
    assert!((contrast(&colours, "white", "black") - 21.0).abs() < 1e-9);
    assert!((contrast(&colours, "grey", "white") - 4.54).abs() < 0.005);
}

#[test]
fn text_can_be_read() {
    for ground in ["page", "surface", "sunken"] {
        all_reach(4.5, &["ink", "ink-2", "ink-3", "accent"].map(|ink| (ink, ground)));
    }
    for ground in ["page", "surface"] {
        let outcomes = ["text-ok", "text-queue", "text-timeout", "text-session", "text-memory"];
        all_reach(4.5, &outcomes.map(|word| (word, ground)));
        let names = ["round-robin", "weighted", "least-connections", "peak-ewma", "power-of-d", "hashing"];
        let names = names.map(|family| format!("name-{family}"));
        all_reach(4.5, &names.each_ref().map(|name| (name.as_str(), ground)));
    }
    all_reach(4.5, &[("on-accent", "accent"), ("accent", "accent-soft"), ("page", "ink")]);
}

#[test]
fn states_can_be_read_on_their_chips_and_on_the_stage() {
    for state in ["ok", "busy", "overloaded", "down", "starting", "draining", "idle"] {
        all_reach(4.5, &[(state, format!("{state}-ground").as_str()), (state, "surface")]);
    }
}

#[test]
fn graphics_can_be_seen() {
    for ground in ["page", "surface"] {
        let marks = ["edge", "area-ok-line", "area-queue", "area-timeout", "area-session", "area-memory"];
        all_reach(3.0, &marks.map(|mark| (mark, ground)));
        all_reach(3.0, &["age-0", "age-1", "age-2", "age-3", "age-4"].map(|age| (age, ground)));
        let lines = ["mark-round-robin", "mark-weighted", "mark-least-connections"];
        all_reach(3.0, &lines.map(|name| (name, ground)));
        all_reach(3.0, &["mark-peak-ewma", "mark-power-of-d", "mark-hashing"].map(|name| (name, ground)));
    }
    all_reach(3.0, &["age-0", "age-1", "age-2", "age-3", "age-4"].map(|age| (age, "sunken")));
}

/// "ok" differs from failures by lightness too, not by hue alone.
#[test]
fn the_area_of_ok_differs_by_lightness() {
    all_reach(2.5, &[("area-ok", "area-queue"), ("area-ok", "area-memory")]);
}

/// Dark is written twice: once for the system's choice, once for the page's.
#[test]
fn both_dark_themes_are_the_same() {
    assert!(palette(DARK).len() > 40);
    assert_eq!(palette(DARK_BY_SYSTEM), palette(DARK));
}
