//! A slider over decades, with a hollow mark at the base.

use yew::prelude::*;

use super::text_of;

/// Steps of a slider; fine enough that arrow keys make steps of about 1 %.
const STEPS: f64 = 1_000.0;

/// From a value to a place on the slider and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogScale {
    /// Smallest value, above 0.
    pub from: f64,
    /// Largest value.
    pub to: f64,
}

impl LogScale {
    /// The place of `value`, from 0 to 1; values outside are at the ends.
    #[must_use]
    pub fn place(self, value: f64) -> f64 {
        let value = value.clamp(self.from, self.to);
        libm::log(value / self.from) / libm::log(self.to / self.from)
    }

    /// The value at a place, rounded to three significant digits.
    #[must_use]
    pub fn value(self, place: f64) -> f64 {
        let exact = self.from * libm::pow(self.to / self.from, place.clamp(0.0, 1.0));
        let unit = libm::pow(10.0, libm::floor(libm::log10(exact)) - 2.0);
        (libm::round(exact / unit) * unit).clamp(self.from, self.to)
    }
}

/// Properties of [`LogRange`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What it is, for screen readers.
    pub label: AttrValue,
    /// Its scale.
    pub scale: LogScale,
    /// The value.
    pub value: f64,
    /// Where the hollow mark is.
    #[prop_or_default]
    pub base: Option<f64>,
    /// The value in words with its unit.
    pub words: AttrValue,
    /// Takes a value: while it is dragged (false), and when it is let go (true).
    pub on_value: Callback<(f64, bool)>,
    /// Values with a tick, and their labels.
    #[prop_or_default]
    pub ticks: Vec<(f64, AttrValue)>,
}

/// A slider over decades.
#[component]
pub fn LogRange(props: &Props) -> Html {
    let dragged = use_state_eq(|| None::<f64>);
    let scale = props.scale;
    let value = dragged.unwrap_or(props.value);
    let place = scale.place(value);
    let base = props.base.map_or(0.0, |base| scale.place(base));
    let read = move |text: &str| scale.value(text.parse::<f64>().unwrap_or(0.0) / STEPS);
    let oninput = {
        let (dragged, on_value) = (dragged.setter(), props.on_value.clone());
        Callback::from(move |event: InputEvent| {
            let value = read(&text_of(&event));
            dragged.set(Some(value));
            on_value.emit((value, false));
        })
    };
    let onchange = {
        let (dragged, on_value) = (dragged.setter(), props.on_value.clone());
        Callback::from(move |event: Event| {
            dragged.set(None);
            on_value.emit((read(&text_of(&event)), true));
        })
    };
    let style = format!(
        "--at:{place:.4};--low:{:.4};--high:{:.4};--base:{base:.4}",
        place.min(base),
        place.max(base)
    );
    let tick = |(value, label): &(f64, AttrValue)| {
        html! { <span style={format!("--at:{:.4}", scale.place(*value))}>{ label }</span> }
    };
    html! {
        <div class="log-range" {style}>
            <div class="log-track" aria-hidden="true">
                <i class="log-fill"></i>
                if props.base.is_some() { <i class="log-base"></i> }
            </div>
            <input type="range" class="range" min="0" max={STEPS.to_string()} step="1"
                value={(place * STEPS).round().to_string()} aria-label={props.label.clone()}
                aria-valuetext={props.words.clone()} {oninput} {onchange} />
            if !props.ticks.is_empty() {
                <div class="log-ticks tick" aria-hidden="true">{ for props.ticks.iter().map(tick) }</div>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_values_agree() {
        let scale = LogScale { from: 1.0, to: 10_000.0 };
        for (value, place) in [(1.0, 0.0), (10.0, 0.25), (100.0, 0.5), (10_000.0, 1.0)] {
            assert!((scale.place(value) - place).abs() < 1e-12);
            assert!((scale.value(place) - value).abs() < 1e-9, "{value}");
        }
        assert_eq!((scale.place(0.0), scale.place(1e9)), (0.0, 1.0));
        assert!((scale.value(scale.place(808.0)) - 808.0).abs() < 1e-6);
    }
}
