//! A value drawn with its limit: a bar that ends in a tick.

use yew::prelude::*;

use super::scene::{Gauge, Level};

const fn level(level: Level) -> &'static str {
    match level {
        Level::Plain => "gauge plain",
        Level::Fine => "gauge fine",
        Level::Near => "gauge near",
        Level::Full => "gauge full",
    }
}

/// The class of its colour, and whether it has no limit.
fn class(gauge: &Gauge) -> Classes {
    classes!(level(gauge.level), gauge.share.is_none().then_some("free"))
}

/// Name, bar and value.
pub fn gauge(gauge: &Gauge) -> Html {
    html! {
        <div class={class(gauge)}>
            <span class="g-name">{ gauge.name }</span>
            { bar(gauge, 5) }
            <span class="g-text">{ &gauge.text }</span>
            <span class="g-short">{ &gauge.short }</span>
        </div>
    }
}

/// Only the bar, `thick` px.
pub fn thin(gauge: &Gauge, thick: u32) -> Html {
    html! { <span class={class(gauge)}>{ bar(gauge, thick) }</span> }
}

fn bar(gauge: &Gauge, thick: u32) -> Html {
    let height = thick + 7;
    let (y, rx) = ("3.5", if thick > 3 { "2.5" } else { "1.5" });
    let foot = (f64::from(height) - 0.5).to_string();
    let share = gauge.share.unwrap_or(0.0) * 100.0;
    html! {
        <svg class="g-bar" height={height.to_string()} aria-hidden="true">
            <rect class="track" width="100%" {y} height={thick.to_string()} {rx} />
            if gauge.parts.is_empty() {
                <rect class="value" width={format!("{share:.1}%")} {y} height={thick.to_string()} {rx} />
            } else {
                { for parts(gauge, y, thick) }
            }
            if gauge.share.is_some() {
                <line class="limit" x1="100%" x2="100%" y1="0.5" y2={foot} />
            }
        </svg>
    }
}

/// The parts behind one another, each second one paler, so that they can be told apart.
fn parts<'a>(gauge: &'a Gauge, y: &'static str, thick: u32) -> impl Iterator<Item = Html> + 'a {
    let mut from = 0.0;
    gauge.parts.iter().enumerate().map(move |(place, share)| {
        let x = format!("{:.1}%", from * 100.0);
        from += share;
        let class = classes!("value", (place % 2 == 1).then_some("pale"));
        html! {
            <rect {class} {x} {y} width={format!("{:.1}%", share * 100.0)} height={thick.to_string()} />
        }
    })
}
