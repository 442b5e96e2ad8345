//! How replicas ask for a port of the host: one fixed port, one of a range, any free one, or none.

use std::rc::Rc;

use yew::prelude::*;

use crate::lang::{Lang, texts};
use crate::scenario::{PortBinding, Scenario, preset};
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

texts! {
    mod say {
        fn title {
            en: "How they ask for a port",
            de: "Wie sie um einen Port bitten",
            fr: "Comment elles demandent un port",
        }
        fn fixed(n: Whole) {
            en: "One fixed port: 1 of {n} runs, the others are refused.",
            de: "Ein fester Port: 1 von {n} läuft, die anderen werden abgewiesen.",
            fr: "Un port fixe : 1 sur {n} tourne, les autres sont refusées.",
        }
        fn range {
            en: "A port each. One replica more finds none free.",
            de: "Jede einen Port. Eine Replik mehr fände keinen freien.",
            fr: "Un port chacune. Une réplique de plus n’en trouve pas.",
        }
        fn any(port: Text) {
            en: "Any free port each; nobody is at {port}, where clients go.",
            de: "Jede irgendeinen freien; an {port}, wohin Clients gehen, ist niemand.",
            fr: "Un port libre chacune ; personne à {port}, où vont les clients.",
        }
        fn none(n: Whole, port: Text) {
            en: "No host port: all {n} run, and a balancer alone takes {port}.",
            de: "Kein Host-Port: Alle {n} laufen, nur ein Lastverteiler nimmt {port}.",
            fr: "Aucun port de l’hôte : les {n} tournent, seul un répartiteur prend {port}.",
        }
        fn anew {
            en: "Each starts the run anew. Running out of ports for outgoing connections is another matter: see \
                 the scenario “No free port”.",
            de: "Jede Wahl beginnt den Lauf neu. Dass Ports für ausgehende Verbindungen ausgehen, ist etwas anderes: \
                 siehe das Szenario „Kein freier Port“.",
            fr: "Chaque choix relance l’essai. Manquer de ports pour les connexions sortantes est autre chose : voir \
                 le scénario « Aucun port libre ».",
        }
    }
}

/// A way to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One port for all.
    Fixed,
    /// As many ports as replicas.
    Range,
    /// Whichever is free.
    Any,
    /// None: a balancer reaches them.
    None,
}

const WAYS: [Way; 4] = [Way::Fixed, Way::Range, Way::Any, Way::None];

impl Way {
    /// How this scenario asks.
    fn of(scenario: &Scenario) -> Self {
        let asked = scenario.service.first().and_then(|service| service.ports.first());
        match asked.map(|binding| binding.host.map(|host| host.len())) {
            _ if scenario.traffic.port.is_none() => Self::None,
            None => Self::None,
            Some(None) => Self::Any,
            Some(Some(1)) => Self::Fixed,
            Some(Some(_)) => Self::Range,
        }
    }

    /// The ports as Compose has them, for so many replicas that want this port of the host.
    fn ports(self, port: u16, replicas: u32) -> String {
        let last = u32::from(port) + replicas.saturating_sub(1);
        match self {
            Self::Fixed => format!("{port}:{INSIDE}"),
            Self::Range => format!("{port}-{}:{INSIDE}", last.min(u32::from(u16::MAX))),
            Self::Any | Self::None => INSIDE.to_string(),
        }
    }

    /// The scenario that asks so.
    fn take(self, scenario: &Scenario, port: u16) -> Scenario {
        let mut scenario = scenario.clone();
        scenario.traffic.port = (self != Self::None).then_some(port);
        if let Some(service) = scenario.service.first_mut() {
            let asked = PortBinding::parse(&self.ports(port, service.replicas));
            service.ports = asked.filter(|_| self != Self::None).into_iter().collect();
        }
        scenario
    }
}

/// The port that a container listens on.
const INSIDE: u16 = 80;

/// The port of the host that the clients of this run go to, or would as its preset has it, had nobody put a balancer
/// there; nothing where ports of the host are not what the scenario is about.
fn port(started: &Scenario, of_preset: Option<u16>) -> Option<u16> {
    started.traffic.port.or(of_preset).filter(|_| started.service.len() == 1)
}

fn of_preset(name: &str) -> Option<Scenario> {
    Scenario::from_toml_str(preset::find(name)?.text).ok()
}

/// One of four, each with its consequence.
#[component]
pub fn Ports(props: &Props) -> Html {
    let shell = &props.shell;
    let (lang, started) = (shell.lang(), &shell.state.started);
    // Read once: the page is drawn several times a second.
    let of_preset = use_memo(shell.state.preset, |name| name.and_then(of_preset)?.traffic.port);
    let Some(port) = port(started, *of_preset) else { return html! {} };
    let replicas = started.service.first().map_or(1, |service| service.replicas);
    let now = Way::of(started);
    html! {
        <fieldset class="field ports">
            <legend class="label">{ icon(Icon::Port) }{ " " }{ say::title(lang) }</legend>
            { for WAYS.iter().map(|way| option(shell, *way, (port, replicas), *way == now)) }
            <p class="sub">{ say::anew(lang) }</p>
        </fieldset>
    }
}

fn option(shell: &Shell, way: Way, (port, replicas): (u16, u32), chosen: bool) -> Html {
    let onchange = {
        let shell = shell.clone();
        Callback::from(move |_: Event| {
            shell.act(Action::Take(Rc::new(way.take(&shell.state.started, port))));
        })
    };
    let key = if way == Way::None { "expose" } else { "ports" };
    html! {
        <label class={classes!("ports-way", chosen.then_some("chosen"))}>
            <input type="radio" name="ports" checked={chosen} {onchange} />
            <code>{ format!("{key}: \"{}\"", way.ports(port, replicas)) }</code>
            <span class="sub">{ consequence(shell.lang(), way, port, replicas) }</span>
        </label>
    }
}

fn consequence(lang: Lang, way: Way, port: u16, replicas: u32) -> String {
    let (port, replicas) = (port.to_string(), u64::from(replicas));
    match way {
        Way::Fixed => say::fixed(lang, replicas),
        Way::Range => say::range(lang).to_owned(),
        Way::Any => say::any(lang, &port),
        Way::None => say::none(lang, replicas, &port),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::observe::{ReplicaState, Snapshot};
    use crate::units::SimTime;

    /// What each way says comes true: of three replicas one runs, or all do.
    #[test]
    fn what_is_said_comes_true() {
        let scenario = of_preset("port-conflict").unwrap();
        assert_eq!(Way::of(&scenario), Way::Fixed);
        for (way, ready) in WAYS.into_iter().zip([1, 3, 3, 3]) {
            let asked = way.take(&scenario, 8080);
            assert_eq!(Way::of(&asked), way);
            let model = asked.validate().unwrap_or_else(|invalid| panic!("{way:?}: {invalid}"));
            let mut engine = Engine::new(&model, 1);
            let _ = engine.run_until(SimTime(5_000_000_000), u64::MAX, &mut ());
            let mut world = Snapshot::default();
            engine.snapshot(&mut world);
            let there = world.replicas.iter().filter(|replica| replica.state == ReplicaState::Ready).count();
            assert_eq!(there, ready, "{way:?}");
            assert_eq!(world.balancer.is_some(), way == Way::None);
            let held = world.ports.iter().any(|view| view.port == 8080 && view.holder.is_some());
            assert_eq!(held, matches!(way, Way::Fixed | Way::Range), "{way:?}");
        }
    }
}
