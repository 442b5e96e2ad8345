//! Operate the world while it runs, as its operator would: each act is a recorded change at this moment.

mod now;
mod one;
mod say;
mod service;
mod world;

use yew::prelude::*;

use super::drawer::Drawer;
use super::events::undo;
use crate::lang::Lang;
use crate::scenario::{Change, Tunable};
use crate::web::controls::Typed;
use crate::web::icons::Icon;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

/// One replica, a whole service, the mix, zones and dependencies.
#[component]
pub fn Operate(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    html! {
        <Drawer icon={Icon::List} title={say::title(lang)}>
            <one::OneReplica shell={shell.clone()} />
            <service::WholeService shell={shell.clone()} />
            <world::Mix shell={shell.clone()} />
            <world::Around shell={shell.clone()} />
            <p class="sub">{ say::at_once(lang) }</p>
            { undo(shell) }
        </Drawer>
    }
}

/// What a press does: makes a change now.
fn apply<E: 'static>(shell: &Shell, change: Change) -> Callback<E> {
    let shell = shell.clone();
    Callback::from(move |_| shell.apply(change.clone()))
}

/// The number that somebody typed, with the language's comma or with a point.
fn typed_number(lang: Lang, text: &str) -> Option<f64> {
    text.trim().parse().ok().or_else(|| lang.read(text))
}

/// A value that can be typed: what it is called, how it is shown, and what one of its units is for the change.
struct Value {
    what: Tunable,
    name: fn(Lang) -> &'static str,
    unit: fn(Lang) -> &'static str,
    step: f64,
    shown: Option<f64>,
}

impl Value {
    /// The values of replicas that can be typed, without what they are now.
    const OF_REPLICAS: [Self; 5] = [
        Self { what: Tunable::Cpus, name: say::cpus, unit: say::cores, step: 1.0, shown: None },
        Self { what: Tunable::Memory, name: say::memory, unit: |_| "MiB", step: 1_048_576.0, shown: None },
        Self {
            what: Tunable::Connections,
            name: say::connections,
            unit: say::at_most,
            step: 1.0,
            shown: None,
        },
        Self { what: Tunable::Workers, name: say::workers, unit: say::processes, step: 1.0, shown: None },
        Self {
            what: Tunable::MaxConnections,
            name: say::in_flight,
            unit: say::at_most,
            step: 1.0,
            shown: None,
        },
    ];

    /// What a typed text is as the change's amount; no text is no limit.
    fn amount(&self, lang: Lang, text: &str) -> Option<f64> {
        let text = text.trim();
        if text.is_empty() && self.what != Tunable::Cpus && self.what != Tunable::Workers {
            return Some(0.0);
        }
        typed_number(lang, text).map(|typed| typed * self.step)
    }

    /// The field with which it is set for `of`.
    fn field(&self, shell: &Shell, of: &str) -> Html {
        let lang = shell.lang();
        let value =
            self.shown.map_or_else(String::new, |amount| lang.point(&now::number(amount / self.step)));
        let (name, unit) = ((self.name)(lang), (self.unit)(lang));
        let on_text = {
            let (shell, of, before) = (shell.clone(), of.to_owned(), value.clone());
            let typed = Self { ..*self };
            Callback::from(move |text: String| {
                if text.trim() == before {
                    return;
                }
                match typed.amount(lang, &text) {
                    Some(amount) => shell.apply(Change::Tune { of: of.clone(), what: typed.what, amount }),
                    None => {
                        shell.act(Action::Notice(format!("{name} {text}"), say::no_number(lang).into()));
                    }
                }
            })
        };
        html! {
            <label class="row param">
                <span>{ name }</span>
                <Typed class="input push" label={format!("{}, {unit}", say::of(lang, name, of))} number=true
                    example={say::no_limit(lang)} {value} {on_text} />
                <span class="sub unit">{ unit }</span>
            </label>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_values_become_amounts() {
        let [cpus, memory, connections, ..] = Value::OF_REPLICAS;
        let of = |value: &Value, text| value.amount(Lang::En, text);
        assert_eq!((of(&cpus, "0.5"), of(&cpus, "")), (Some(0.5), None));
        assert_eq!((of(&memory, " 64 "), of(&memory, "")), (Some(67_108_864.0), Some(0.0)));
        assert_eq!((of(&connections, "many"), of(&connections, "7")), (None, Some(7.0)));
        assert_eq!([cpus.amount(Lang::De, "0,5"), cpus.amount(Lang::De, "0.5")], [Some(0.5); 2]);
    }
}
