//! Presets as cards: what comes, over time, and who is there to take it.

use gloo_render::request_animation_frame;
use yew::prelude::*;

use crate::lang::texts;
use crate::scenario::{Change, Scenario, TimedChange, link, preset};
use crate::units::SimTime;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

texts! {
    mod say {
        fn presets { en: "Presets", de: "Vorlagen", fr: "Modèles" }
    }
}

/// The cards.
#[component]
pub fn Cards(props: &Props) -> Html {
    let cards = use_mut_ref(Vec::<Card>::new);
    let shown = use_state_eq(|| AT_ONCE);
    {
        let mut cards = cards.borrow_mut();
        let done = cards.len();
        cards.extend(preset::PRESETS.iter().take(*shown).skip(done).map(Card::of));
    }
    let more = shown.setter();
    use_effect_with(*shown, move |&now| {
        let next = move |_| more.set(now + AT_ONCE);
        let frame = (now < preset::PRESETS.len()).then(|| request_animation_frame(next));
        move || drop(frame)
    });
    html! {
        <section aria-label={say::presets(props.shell.lang())}>
            <ul class="preset-cards">
                { for cards.borrow().iter().map(|card| card.show(&props.shell)) }
            </ul>
        </section>
    }
}

/// Presets that are read in one frame: reading all of them would hold the page up.
const AT_ONCE: usize = 3;

/// A preset with its picture, which is drawn once.
struct Card {
    name: &'static str,
    scenario: Scenario,
    picture: Html,
}

impl Card {
    fn of(preset: &'static preset::Preset) -> Self {
        let scenario = link::read_preset(preset);
        let replicas = scenario.service.iter().map(|service| service.replicas).sum();
        Self { name: preset.name, picture: picture(&scenario, replicas), scenario }
    }

    fn show(&self, shell: &Shell) -> Html {
        let (name, scenario) = (self.name, &self.scenario);
        let onclick = {
            let shell = shell.clone();
            // In its own words, with its comments.
            Callback::from(move |_: MouseEvent| {
                if let Some(preset) = preset::find(name) {
                    shell.act(Action::Forget);
                    shell.act(Action::Write(preset.text.to_owned()));
                }
            })
        };
        let teaches = preset::teaches(shell.lang(), scenario);
        let first = first_sentence(teaches).to_owned();
        html! {
            <li key={name}>
                <button type="button" class="preset-card" {onclick}>
                    { self.picture.clone() }
                    <b>{ preset::heading(shell.lang(), scenario) }</b>
                    <span class="sub">{ first }</span>
                </button>
            </li>
        }
    }
}

/// The first sentence: up to a full stop that no digit follows.
fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end]).trim()
}

/// Moments of the run that the picture samples.
const SAMPLES: u32 = 40;
/// Replicas that have a box.
const BOXES: u32 = 8;

/// The traffic as an area over the run, and a box for each replica.
fn picture(scenario: &Scenario, replicas: u32) -> Html {
    let levels = levels(scenario);
    let most = levels.iter().copied().fold(1e-9, f64::max);
    let point = |(n, level): (usize, &f64)| {
        // A root keeps a base visible beside a spike of a hundred times as much.
        let y = 46.0 - 40.0 * libm::sqrt(level / most);
        format!("L{:.1} {y:.1}", 2.0 + 116.0 * n as f64 / f64::from(SAMPLES))
    };
    let line: String = levels.iter().enumerate().map(point).collect();
    let d = format!("M2 46{line}L118 46Z");
    let shown = replicas.min(BOXES);
    let replica = |n: u32| {
        let step = 44.0 / f64::from(shown.max(1));
        let (y, height) = (3.0 + step * f64::from(n), (step - 2.0).clamp(2.0, 12.0));
        html! { <rect x="136" y={format!("{y:.1}")} width="40" height={format!("{height:.1}")} rx="2" /> }
    };
    html! {
        <svg class="preset-picture" viewBox="0 0 180 50" aria-hidden="true">
            <path {d} /><path class="way" d="M122 25H132" />{ for (0..shown).map(replica) }
        </svg>
    }
}

/// What the sources ask over the run.
fn levels(scenario: &Scenario) -> Vec<f64> {
    let Ok(model) = scenario.validate() else { return Vec::new() };
    let step = model.duration().0 / u64::from(SAMPLES);
    let factor = |at: SimTime| {
        let rate = |timed: &TimedChange| match timed.change {
            Change::Rate { times } if timed.at <= at => Some(times),
            _ => None,
        };
        model.plan().iter().filter_map(rate).next_back().unwrap_or(1.0)
    };
    let asked = |at: SimTime| {
        factor(at) * model.sources().iter().map(|source| source.base * source.level(at)).sum::<f64>()
    };
    (0..=u64::from(SAMPLES)).map(|n| asked(SimTime(n * step))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_show_the_spike() {
        let levels = levels(&link::read_preset(preset::find("black-friday").unwrap()));
        assert_eq!(levels.len(), SAMPLES as usize + 1);
        let most = levels.iter().copied().fold(0.0, f64::max);
        assert!(most > 50.0 * levels[0].max(1e-9), "{levels:?}");
        assert_eq!(first_sentence("A load of 0.8 each. More."), "A load of 0.8 each.");
        for preset in preset::PRESETS {
            assert!(!super::levels(&link::read_preset(preset)).is_empty(), "{}", preset.name);
        }
    }
}
