//! One set of icons, drawn on a grid of 16 by 16. An icon never stands alone: a word or a label goes with it.

use yew::prelude::*;

/// What an icon is drawn with: lines 1.5 wide, filled shapes, and dashed lines; each as SVG path data.
struct Shape {
    line: &'static str,
    fill: &'static str,
    dash: &'static str,
}

const RING: &str = "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z";

macro_rules! icons {
    ($($name:ident, $doc:literal, $line:expr, $fill:expr, $dash:expr;)*) => {
        /// An icon.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon {
            $(#[doc = $doc] $name,)*
        }

        /// Every icon.
        pub const ICONS: &[Icon] = &[$(Icon::$name),*];

        impl Icon {
            const fn shape(self) -> Shape {
                match self { $(Self::$name => Shape { line: $line, fill: $fill, dash: $dash },)* }
            }
        }
    };
}

macro_rules! ring {
    ($inside:literal) => {
        concat!("M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z", $inside)
    };
}

icons! {
    Ok, "Fine: ring with tick.", ring!("M5.2 8.3l2 2 3.7-4.2"), "", "";
    Busy, "Busy: half-filled ring.", RING, "M8 1.75a6.25 6.25 0 0 1 0 12.5z", "";
    Overloaded, "Overloaded, warning: triangle with !.", "",
        "M8 1.3c.5 0 1 .3 1.2.7l5.5 10.5c.5.9-.2 2-1.2 2h-11c-1 0-1.7-1.1-1.2-2L6.8 2c.2-.4.7-.7 1.2-.7z\
         M7.1 5.5l.2 4.3h1.4l.2-4.3zM8 10.9a.95.95 0 1 0 0 1.9.95.95 0 0 0 0-1.9z", "";
    Down, "Down: square with ×.", "M3.5 2.2h9a1.3 1.3 0 0 1 1.3 1.3v9a1.3 1.3 0 0 1-1.3 1.3h-9\
        a1.3 1.3 0 0 1-1.3-1.3v-9\
        a1.3 1.3 0 0 1 1.3-1.3zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8", "", "";
    BackingOff, "Backing off: clock turning back.", "M2.5 5.4a6.2 6.2 0 1 1-.7 3.3M2.2 2.2v3.4h3.4M8 4.7V8\
        l2.3 1.5", "", "";
    Starting, "Starting: dashed ring, arrow up.", "M8 11.2V5.2M5.6 7.4L8 5l2.4 2.4", "", RING;
    Draining, "Draining: ring, arrow down.", ring!("M8 4.8v6M5.6 8.6L8 11l2.4-2.4"), "", "";
    Idle, "Idle, not used: ring with dash.", ring!("M5.2 8h5.6"), "", "";
    NoEntry, "Not started, refused: no-entry sign.", "",
        "M8 1.4a6.6 6.6 0 1 0 0 13.2A6.6 6.6 0 0 0 8 1.4zM4.4 7h7.2v2H4.4z", "";
    Basket, "A basket.", "M1.8 6.4h12.4M2.9 6.4l1.2 7h7.8l1.2-7M5 6.2L8 2l3 4.2", "", "";
    BasketLost, "A lost basket.", "M1.8 6.4h12.4M2.9 6.4l1.2 7h7.8l1.2-7M5 6.2L8 2l3 4.2M2.4 15\
        L14.2 1.4", "", "";
    QueueFull, "A full queue.", "M2 5.6v8.2h12V5.6",
        "M5.2 9.4a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6zM8 9.4a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z\
         M10.8 9.4a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6zM6.6 6.3a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z\
         M9.4 6.3a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6zM8 2.8\
        a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z", "";
    Hourglass, "Waited too long: hourglass.", "M3.6 1.8h8.8M3.6 14.2h8.8M4.8 1.8v2.3c0 1.9 3.2 2.5 3.2 3.9\
        s-3.2 2-3.2 3.9v2.3\
        M11.2 1.8v2.3c0 1.9-3.2 2.5-3.2 3.9s3.2 2 3.2 3.9v2.3", "", "";
    Chip, "Memory: chip with pins.", "M5.7 1.4v2.4M8 1.4v2.4M10.3 1.4v2.4M5.7 12.2v2.4M8 12.2v2.4M10.3 12.2\
        v2.4\
        M1.4 5.7h2.4M1.4 8h2.4M1.4 10.3h2.4M12.2 5.7h2.4M12.2 8h2.4M12.2 10.3h2.4", "M4 4h8v8H4zM6 6v1.6h1.6\
        V6z", "";
    Lightning, "A burst of load: lightning.", "", "M9.4 1L2.9 9.2h4.2L6 15l7-8.7H8.4z", "";
    Person, "A client.", "",
        "M8 2.1a2.9 2.9 0 1 1 0 5.8 2.9 2.9 0 0 1 0-5.8zM2.3 14.2c0-3.2 2.3-5 5.7-5s5.7 1.8 5.7 5z", "";
    Port, "A port: plug.", "M5.6 1.6v3.6M10.4 1.6v3.6M3.6 5.2h8.8v2.5a4.4 4.4 0 0 1-8.8 0zM8 12.1\
        v2.5", "", "";
    Play, "Play.", "", "M4 2.1l9.6 5.9L4 13.9z", "";
    Pause, "Pause.", "", "M3.9 2.4h2.9v11.2H3.9zM9.2 2.4h2.9v11.2H9.2z", "";
    StepBack, "To the event before.", "", "M2.9 2.9h1.9v10.2H2.9zM13.1 2.9v10.2L5.6 8z", "";
    StepOn, "To the next event.", "", "M11.2 2.9h1.9v10.2h-1.9zM2.9 2.9v10.2L10.4 8z", "";
    StartAgain, "Start again.", "M3.4 5.1a5.5 5.5 0 1 1-.8 3.6M3 2v3.4h3.4", "", "";
    Share, "Share.", "M5.2 6.4H3.1v7.8h9.8V6.4h-2.1M8 10.2V1.8M5.2 4.4L8 1.6l2.8 2.8", "", "";
    Embed, "Embed.", "M5.6 4L1.8 8l3.8 4M10.4 4l3.8 4-3.8 4", "", "";
    Contrast, "Light and dark.", RING, "M8 1.75a6.25 6.25 0 0 1 0 12.5z", "";
    Globe, "A language: globe.", ring!("M1.9 8h12.2M8 1.75c-4.4 3.6-4.4 8.9 0 12.5c4.4-3.6 4.4-8.9 0-12.5"), "", "";
    Help, "Help.", ring!("M6.1 6.3c.1-1.1.9-1.8 2-1.8s1.9.7 1.9 1.7c0 1.4-2 1.5-2 2.9"),
        "M8 10.5a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8z", "";
    Info, "More about it.", ring!("M8 7.4v4"), "M8 4.2a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8z", "";
    ChevronDown, "Opens below.", "M3.8 6L8 10.2 12.2 6", "", "";
    ChevronUp, "Closes upwards.", "M3.8 10L8 5.8l4.2 4.2", "", "";
    ChevronRight, "Onward.", "M6 3.8L10.2 8 6 12.2", "", "";
    ChevronLeft, "Back.", "M10 3.8L5.8 8l4.2 4.2", "", "";
    List, "Events: a list.", "M5.8 3.8h8.4M5.8 8h8.4M5.8 12.2h8.4",
        "M1.8 2.9h1.8v1.8H1.8zM1.8 7.1h1.8v1.8H1.8zM1.8 11.3h1.8v1.8H1.8z", "";
    Open, "Open files: a folder.", "M2 12.8V3.4h4.2l1.6 1.8H14v7.6z", "", "";
    Save, "Save a file.", "M2.4 10.4v3.4h11.2v-3.4M8 2v8M5 7.2l3 3 3-3", "", "";
    Die, "A seed: a die.", "M3.6 2.2h8.8a1.4 1.4 0 0 1 1.4 1.4v8.8a1.4 1.4 0 0 1-1.4 1.4H3.6\
        a1.4 1.4 0 0 1-1.4-1.4V3.6\
        a1.4 1.4 0 0 1 1.4-1.4z", "M5.3 4.2a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2zM8 6.9\
        a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z\
        M10.7 9.6a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z", "";
    Database, "A database.", "M8 1.8c3.2 0 5.4.9 5.4 2.1S11.2 6 8 6 2.6 5.1 2.6 3.9 4.8 1.8 8 1.8z\
        M2.6 3.9v8.2c0 1.2 2.2 2.1 5.4 2.1s5.4-.9 5.4-2.1V3.9M2.6 8c0 1.2 2.2 2.1 5.4 2.1\
        s5.4-.9 5.4-2.1", "", "";
    Key, "A session store: a key.", "M5.2 7.8a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM7.4 8.7L13.9 2.2M11.3 4.8l2 2\
        M9.5 6.6l1.4 1.4", "", "";
    Lock, "Locked: padlock.", "M3.4 7.2h9.2v6.6H3.4zM5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7", "", "";
    Close, "Close.", "M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8", "", "";
    Plus, "More.", "M8 3v10M3 8h10", "", "";
    Minus, "Less.", "M3 8h10", "", "";
    Copy, "Copy.", "M5.6 5.6h8v8h-8zM10.4 5.4v-3h-8v8h3", "", "";
    Tick, "Done.", "M3 8.6l3.4 3.4L13 4.6", "", "";
    Menu, "A menu.", "M2.4 4.2h11.2M2.4 8h11.2M2.4 11.8h11.2", "", "";
    Sliders, "Controls.", "M2 4.6h4.4M9.8 4.6H14M2 11.4h2.4M7.8 11.4H14\
        M8.1 2.9a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4zM6.1 9.7\
        a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4z", "", "";
}

/// Draws an icon in the colour and at the height of the text around it.
pub fn icon(which: Icon) -> Html {
    let Shape { line, fill, dash } = which.shape();
    let path = |d: &'static str, class: &'static str| match d {
        "" => html! {},
        d => html! { <path {d} {class} /> },
    };
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            { path(fill, "i-fill") }{ path(line, "i-line") }{ path(dash, "i-dash") }
        </svg>
    }
}

/// The family of an algorithm, for its colour and mark everywhere: also the class of swatches and the middle
/// of the names of colour tokens (`--mark-round-robin`).
#[must_use]
pub fn family(algorithm: &str) -> &'static str {
    let is = |name: &str, parts: &[&str]| parts.iter().any(|part| name.contains(part));
    match algorithm {
        name if is(name, &["least_conn", "leastconn", "least_request"]) => "least-connections",
        name if is(name, &["power_of_d", "random_two", "random_choose"]) => "power-of-d",
        name if is(name, &["ewma"]) => "peak-ewma",
        name if is(name, &["hash", "maglev", "rendezvous"]) => "hashing",
        name if is(name, &["weighted", "static-rr"]) => "weighted",
        name if is(name, &["round_robin", "roundrobin"]) => "round-robin",
        _ => "other",
    }
}

/// The mark of an algorithm: circle, square, diamond, triangle or dash, in its colour.
pub fn mark(algorithm: &str) -> Html {
    family_mark(family(algorithm))
}

/// The mark of a family of algorithms.
pub fn family_mark(family: &'static str) -> Html {
    let d = match family {
        "least-connections" | "power-of-d" => "M2 2h12v12H2z",
        "peak-ewma" => "M8 .8L15.2 8 8 15.2.8 8z",
        "hashing" => "M8 1.6L15 14.4H1z",
        "other" => "M1.5 6.5h13v3h-13z",
        _ => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z",
    };
    let class = classes!("icon", "mark", family);
    html! { <svg {class} viewBox="0 0 16 16" aria-hidden="true"><path {d} /></svg> }
}

/// The sign of the product: one door in, three ways out.
pub fn logo() -> Html {
    html! {
        <svg class="logo-sign" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="M6 12h5M11 12c4 0 3-6 7-6M11 12h7M11 12c4 0 3 6 7 6" class="i-line" />
            <path d="M2 8.5h6v7H2z" class="i-fill" />
            <path class="i-fill" d="M19.5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM19.5 16.5\
        a2 2 0 1 1 0 4 2 2 0 0 1 0-4z" />
            <path class="logo-door" d="M19.5 3.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4z" />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every icon draws something, within its grid where a number is given absolutely.
    #[test]
    fn every_icon_draws_something() {
        for &icon in ICONS {
            let Shape { line, fill, dash } = icon.shape();
            let all = [line, fill, dash].concat();
            assert!(all.starts_with('M') && all.len() > 5, "{icon:?}");
        }
    }

    #[test]
    fn algorithms_have_families() {
        let of = |name| family(name);
        assert_eq!(of("round_robin"), "round-robin");
        assert_eq!(of("smooth_weighted_round_robin"), "weighted");
        assert_eq!(of("peak_ewma"), "peak-ewma");
        assert_eq!(of("consistent_hash"), "hashing");
        assert_eq!(of("random"), "other");
        // A product's rule wears the colour of the rule that it is.
        assert_eq!([of("nginx.round_robin"), of("haproxy.leastconn")], ["round-robin", "least-connections"]);
        assert_eq!(of("nginx.random_two"), "power-of-d");
    }
}
