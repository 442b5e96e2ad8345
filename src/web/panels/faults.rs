//! Break a replica in every way that the model knows, and heal it; reload the balancer.

use yew::prelude::*;

use super::drawer::Drawer;
use crate::scenario::{Change, FaultKind};
use crate::web::controls::{Typed, text_of};
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

/// How much of a fault a press makes, its unit, and what one step of that unit is for the change.
const fn amount(fault: FaultKind) -> Option<(f64, &'static str, f64)> {
    match fault {
        FaultKind::Slow => Some((4.0, "times as long", 1.0)),
        FaultKind::Errors => Some((50.0, "% of answers", 0.01)),
        FaultKind::Neighbour => Some((50.0, "% of its CPU", 0.01)),
        FaultKind::Leak => Some((16.0, "MiB a second", 1_048_576.0)),
        FaultKind::LeakRequests => Some((256.0, "KiB a request", 1_024.0)),
        _ => None,
    }
}

/// The faults that a replica can have; the others are those of dependencies and zones.
fn of_replicas() -> impl Iterator<Item = &'static FaultKind> {
    let others = [FaultKind::Gone, FaultKind::Flush, FaultKind::ZoneLost];
    FaultKind::ALL.iter().filter(move |kind| !others.contains(kind))
}

/// Who breaks, how, and how much.
#[component]
pub fn Faults(props: &Props) -> Html {
    let shell = &props.shell;
    let chosen = use_state_eq(|| None::<String>);
    let fault = use_state_eq(|| FaultKind::Freeze);
    let much = use_state_eq(|| None::<f64>);
    let names: Vec<String> =
        shell.control.live.get().world.replicas.iter().map(|replica| replica.name.clone()).collect();
    let replica = chosen.as_ref().filter(|name| names.contains(name)).or(names.first()).cloned();
    let Some(replica) = replica else { return html! {} };
    html! {
        <Drawer icon={Icon::Lightning} title="Break it: faults, reload">
            { who(&names, &replica, &chosen) }
            { what(&fault, &much) }
            { buttons(shell, &replica, *fault, *much) }
            { slow_down(shell) }
        </Drawer>
    }
}

pub(super) fn who(names: &[String], replica: &str, chosen: &UseStateHandle<Option<String>>) -> Html {
    let option = |name: &String| {
        html! { <option value={name.clone()} selected={name == replica}>{ name }</option> }
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| chosen.set(Some(text_of(&event))))
    };
    html! {
        <label class="pick">
            <span class="sr">{ "Which replica" }</span>
            <select class="select" {onchange}>{ for names.iter().map(option) }</select>
            { icon(Icon::ChevronDown) }
        </label>
    }
}

fn what(fault: &UseStateHandle<FaultKind>, much: &UseStateHandle<Option<f64>>) -> Html {
    let option = |kind: &FaultKind| {
        let word = kind.word().replace('_', " ");
        html! { <option value={kind.word()} selected={*kind == **fault}>{ word }</option> }
    };
    let onchange = {
        let (fault, much) = (fault.setter(), much.setter());
        Callback::from(move |event: Event| {
            let word = text_of(&event);
            if let Some(kind) = of_replicas().find(|kind| kind.word() == word) {
                fault.set(*kind);
                much.set(None);
            }
        })
    };
    let meaning = FaultKind::OPTIONS.iter().find(|(word, _)| *word == fault.word()).map(|(_, doc)| *doc);
    let on_text = {
        let much = much.setter();
        Callback::from(move |text: String| much.set(text.trim().parse().ok()))
    };
    html! {
        <>
            <label class="pick">
                <span class="sr">{ "Which fault" }</span>
                <select class="select" {onchange}>{ for of_replicas().map(option) }</select>
                { icon(Icon::ChevronDown) }
            </label>
            <p class="sub">{ meaning.unwrap_or_default() }</p>
            if let Some((usual, unit, _)) = amount(**fault) {
                <label class="row param">
                    <Typed class="input" label={format!("How much, {unit}")} number=true
                        value={(**much).unwrap_or(usual).to_string()} {on_text} />
                    <span class="sub">{ unit }</span>
                </label>
            }
        </>
    }
}

fn buttons(shell: &Shell, replica: &str, fault: FaultKind, much: Option<f64>) -> Html {
    let apply = |change: Change| {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| shell.apply(change.clone()))
    };
    let amount = amount(fault).map_or(0.0, |(usual, _, step)| much.unwrap_or(usual) * step);
    let name = replica.to_owned();
    let change = match fault {
        FaultKind::Crash => Change::Crash { replica: name.clone() },
        fault => Change::Break { replica: name.clone(), fault, amount },
    };
    let start = Change::Start { replica: name.clone() };
    let heal = Change::Heal { replica: name.clone(), fault: None };
    html! {
        <div class="row fault-buttons">
            <button class="btn" onclick={apply(change)}>{ format!("Break {name}") }</button>
            <button class="btn" onclick={apply(heal)}>{ format!("Heal {name}") }</button>
            <button class="btn" onclick={apply(start)}>{ format!("Start {name}") }</button>
            <button class="btn" onclick={apply(Change::Reload)}>{ "Reload the balancer" }</button>
        </div>
    }
}

fn slow_down(shell: &Shell) -> Html {
    let on = shell.state.auto_slow;
    html! {
        <label class="row check">
            <input type="checkbox" checked={on} onchange={shell.on(Action::AutoSlow(!on))} />
            <span>{ "Slow down for a moment when something breaks" }</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::driver::{Command, Driver};
    use crate::web::live::LiveRef;

    /// Every fault that can be chosen is one that a running world takes.
    #[test]
    fn every_fault_can_be_made_and_healed() {
        let scenario = crate::scenario::link::open("scenario=black-friday", "").scenario;
        let live = LiveRef::default();
        let mut driver = Driver::new(&[scenario.into()], std::slice::from_ref(&live)).unwrap();
        for &fault in of_replicas().filter(|fault| **fault != FaultKind::Crash) {
            let amount = amount(fault).map_or(0.0, |(usual, _, step)| usual * step);
            let replica = "app-1".to_owned();
            let made =
                driver.command(Command::Apply(Change::Break { replica: replica.clone(), fault, amount }));
            assert_eq!(made, Ok(()), "{fault:?}");
            assert_eq!(driver.command(Command::Apply(Change::Heal { replica, fault: None })), Ok(()));
        }
    }
}
