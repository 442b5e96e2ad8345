//! Traffic: a slider over decades, a typed value, and the Black Friday button.

use yew::prelude::*;

use crate::lang::{Lang, texts};
use crate::web::browser;
use crate::web::controls::{LogRange, LogScale, Typed};
use crate::web::icons::{Icon, icon};
use crate::web::measure::black_friday_since;
use crate::web::shell::{Props, Shell};

texts! {
    mod say {
        fn traffic { en: "Traffic", de: "Verkehr", fr: "Trafic" }
        fn traffic_in(unit: Text) {
            en: "Traffic in {unit}",
            de: "Verkehr in {unit}",
            fr: "Trafic en {unit}",
        }
        fn given(text: Text) { en: "traffic {text}", de: "Verkehr {text}", fr: "trafic {text}" }
        fn needed {
            en: "a number from 0 to 100,000 is needed",
            de: "nötig ist eine Zahl von 0 bis 100.000",
            fr: "il faut un nombre de 0 à 100 000",
        }
        fn users(n: Three) {
            en: "{n} {n:user|users}",
            de: "{n} {n:Nutzer|Nutzern}",
            fr: "{n} {n:utilisateur|utilisateurs}",
        }
        fn times(times: Three, base: Text) {
            en: "{times} times the base of {base}.",
            de: "Das {times}-Fache der Basis von {base}.",
            fr: "{times} fois la base de {base}.",
        }
        fn on(rest: Text) { en: "On: {rest}", de: "An: {rest}", fr: "En cours : {rest}" }
        fn since(at: Moment, rest: Text) {
            en: "On since {at}: {rest}",
            de: "An seit {at}: {rest}",
            fr: "Depuis {at} : {rest}",
        }
        fn end {
            en: "End Black Friday (B)",
            de: "Black Friday beenden (B)",
            fr: "Finir le Black Friday (B)",
        }
        fn begin {
            en: "Begin Black Friday (B)",
            de: "Black Friday beginnen (B)",
            fr: "Lancer le Black Friday (B)",
        }
        fn friday(more: Percent) {
            en: "Black Friday +{more}",
            de: "Black Friday +{more}",
            fr: "Black Friday +{more}",
        }
    }
}

/// Real seconds between two changes while the slider is dragged.
const DRAG_EVERY: f64 = 0.25;

/// Slider and value alone.
#[component]
pub fn Traffic(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
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
        Callback::from(move |text: String| match number(lang, &text) {
            Some(value) => shell.apply(shell.asked().change_to(value)),
            None => shell
                .act(crate::web::state::Action::Notice(say::given(lang, &text), say::needed(lang).into())),
        })
    };
    let unit = asked.unit(lang);
    let words = format!("{} {unit}", lang.three(asked.now));
    let ticks = [1.0, 10.0, 100.0, 1_000.0, 10_000.0]
        .map(|value| (value, AttrValue::from(lang.three(value))))
        .to_vec();
    html! {
        <div class="field traffic">
            <div class="row">
                <h2 class="label">{ say::traffic(lang) }</h2>
                <span class="push row value-with-unit">
                    <Typed class="typed-value" label={say::traffic_in(lang, unit)} number=true
                        value={lang.three(asked.now)} {on_text} />
                    <span class="sub">{ unit }</span>
                </span>
            </div>
            <LogRange label={say::traffic(lang)} scale={LogScale { from: 1.0, to: 10_000.0 }}
                value={asked.now}
                base={Some(asked.base)} {words} {on_value} {ticks} />
        </div>
    }
}

/// A number as people type it: separators and a unit are no harm.
fn number(lang: Lang, text: &str) -> Option<f64> {
    lang.read(text).filter(|value| (0.0..=100_000.0).contains(value))
}

/// The Black Friday button with its line below.
pub fn black_friday(shell: &Shell) -> Html {
    let (lang, asked) = (shell.lang(), shell.asked());
    let on = asked.is_black_friday();
    let onclick = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| shell.black_friday())
    };
    let base = if asked.users { say::users(lang, asked.base) } else { lang.rate(asked.base) };
    let says = if on {
        let since = black_friday_since(&shell.control.live.get(), asked.base);
        let rest = say::times(lang, asked.now / asked.base, &base);
        since.map_or_else(|| say::on(lang, &rest), |since| say::since(lang, since, &rest))
    } else {
        say::times(lang, 101.0, &base)
    };
    let title = if on { say::end(lang) } else { say::begin(lang) };
    html! {
        <div class="field friday">
            <button class="btn main wide" aria-pressed={on.to_string()} {onclick} {title}>
                { icon(Icon::Lightning) }{ say::friday(lang, 100.0) }
            </button>
            <p class="sub">{ says }</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers() {
        let english = |text| number(Lang::En, text);
        assert_eq!(english("1,200 requests/s"), Some(1_200.0));
        assert_eq!(english("8.5"), Some(8.5));
        assert_eq!([english("many"), english("200000")], [None, None]);
        assert_eq!(number(Lang::De, "1.200,5"), Some(1_200.5));
    }
}
