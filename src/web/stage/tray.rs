//! A tray of requests: dots, or a bar where dots would be too many.

use yew::prelude::*;

use super::scene::{Mark, Tray};

/// Draws a tray of `width` by `height` px with `rows` rows of dots; as a filled bar when `bar`.
pub fn tray(tray: &Tray, size: (u32, u32), rows: usize, bar: bool) -> Html {
    let (width, height) = size;
    if bar {
        let share = if tray.room == 0 { f64::from(u8::from(tray.held > 0)) } else { tray.share() };
        return html! {
            <svg class="tray-bar" height="8" aria-hidden="true">
                <rect class="track" width="100%" height="8" rx="3" />
                <rect class="filled" width={format!("{:.1}%", share * 100.0)} height="8" rx="3" />
            </svg>
        };
    }
    let marks = tray.lay_out(f64::from(width), f64::from(height), rows);
    html! {
        <svg class="dots" viewBox={format!("0 0 {width} {height}")} height={height.to_string()}
            preserveAspectRatio="xMaxYMid meet" aria-hidden="true">
            // The oldest is drawn last, on top of those behind it.
            { for marks.iter().rev().map(dot) }
        </svg>
    }
}

fn dot(mark: &Mark) -> Html {
    const AGES: [&str; 5] = ["dot a0", "dot a1", "dot a2", "dot a3", "dot a4"];
    let class = if mark.unwanted { "dot unwanted" } else { AGES[usize::from(mark.age.min(4))] };
    let (cx, cy) = (format!("{:.1}", mark.x), format!("{:.1}", mark.y));
    // The oldest fifth also wears a ring: age is never colour alone.
    let ring = (mark.age >= 4 && !mark.unwanted).then(|| {
        let r = format!("{:.1}", mark.r + 1.9);
        html! { <circle class="halo a4" cx={cx.clone()} cy={cy.clone()} {r} /> }
    });
    html! {
        <>
            { ring }
            <circle {class} data-request={mark.request.to_string()} data-born={mark.born.0.to_string()}
                cx={cx.clone()} cy={cy.clone()} r={format!("{:.1}", mark.r)} />
        </>
    }
}

/// Draws things that are all alike, in a tray of `width` by `height` px: a queue of messages.
pub fn alike(tray: &Tray, size: (u32, u32), rows: usize) -> Html {
    let (width, height) = size;
    let one = |mark: &Mark| {
        let [cx, cy, r] = [mark.x, mark.y, mark.r].map(|value| format!("{value:.1}"));
        html! { <circle class="message" {cx} {cy} {r} /> }
    };
    html! {
        <svg class="dots" viewBox={format!("0 0 {width} {height}")} height={height.to_string()}
            preserveAspectRatio="xMaxYMid meet" aria-hidden="true">
            { for tray.lay_out(f64::from(width), f64::from(height), rows).iter().map(one) }
        </svg>
    }
}
