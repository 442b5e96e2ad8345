//! Traffic: a slider over decades, a typed value, and the Black Friday button.

use yew::prelude::*;

use crate::report::number::{moment, three};
use crate::web::browser;
use crate::web::controls::{LogRange, LogScale, Typed};
use crate::web::icons::{Icon, icon};
use crate::web::measure::black_friday_since;
use crate::web::shell::{Props, Shell};

/// Real seconds between two changes while the slider is dragged.
const DRAG_EVERY: f64 = 0.25;

/// Slider and value alone.
#[component]
pub fn Traffic(props: &Props) -> Html {
    let shell = &props.shell;
    let asked = shell.asked();
    let last = use_mut_ref(|| f64::NEG_INFINITY);
    let on_value = {
        let shell = shell.clone();
        Callback::from(move |(value, let_go): (f64, bool)| {
            let now = browser::seconds();
            if let_go || now - *last.borrow() > DRAG_EVERY {
                last.replace(now);
                shell.apply(shell.asked().change_to(value));
            }
        })
    };
    let on_text = {
        let shell = shell.clone();
        Callback::from(move |text: String| match number(&text) {
            Some(value) => shell.apply(shell.asked().change_to(value)),
            None => shell.act(crate::web::state::Action::Notice(
                format!("traffic {text}"),
                "a number from 0 to 100,000 is needed".into(),
            )),
        })
    };
    let ticks =
        [1.0, 10.0, 100.0, 1_000.0, 10_000.0].map(|value| (value, AttrValue::from(three(value)))).to_vec();
    html! {
        <div class="field traffic">
            <div class="row">
                <h2 class="label">{ "Traffic" }</h2>
                <span class="push row value-with-unit">
                    <Typed class="typed-value" label={format!("Traffic in {}", asked.unit())} number=true
                        value={three(asked.now)} {on_text} />
                    <span class="sub">{ asked.unit() }</span>
                </span>
            </div>
            <LogRange label="Traffic" scale={LogScale { from: 1.0, to: 10_000.0 }} value={asked.now}
                base={Some(asked.base)} words={format!("{} {}", three(asked.now), asked.unit())} {on_value} {ticks} />
        </div>
    }
}

/// A number as people type it: separators and a unit are no harm.
fn number(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().ok().filter(|value| (0.0..=100_000.0).contains(value))
}

/// The Black Friday button with its line below.
pub fn black_friday(shell: &Shell) -> Html {
    let asked = shell.asked();
    let on = asked.is_black_friday();
    let onclick = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| shell.black_friday())
    };
    let base = format!("{} {}", three(asked.base), if asked.users { "users" } else { "/s" });
    let base = base.replace(" /s", "/s");
    let says = if on {
        let since = black_friday_since(&shell.control.live.get(), asked.base);
        let times = three(asked.now / asked.base);
        let base = format!("{times} times the base of {base}.");
        since.map_or_else(|| format!("On: {base}"), |since| format!("On since {}: {base}", moment(since)))
    } else {
        format!("101 times the base of {base}.")
    };
    html! {
        <div class="field friday">
            <button class="btn main wide" aria-pressed={on.to_string()} {onclick} title={if on { "End Black Friday (B)" } else { "Begin Black Friday (B)" }}>
                { icon(Icon::Lightning) }{ "Black Friday +10,000 %" }
            </button>
            <p class="sub">{ says }</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn typed_numbers() {
        assert_eq!(super::number("1,200 requests/s"), Some(1_200.0));
        assert_eq!(super::number("8.5"), Some(8.5));
        assert_eq!(super::number("many"), None);
        assert_eq!(super::number("200000"), None);
    }
}
