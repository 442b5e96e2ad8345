//! Break a replica in every way that the model knows, and heal it; reload the balancer.

use yew::prelude::*;

use super::drawer::Drawer;
use crate::lang::{Lang, Text, texts};
use crate::observe::ReplicaState;
use crate::scenario::{Change, FaultKind};
use crate::web::controls::{Typed, text_of};
use crate::web::icons::{Icon, icon};
use crate::web::rows;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

texts! {
    mod say {
        fn open {
            en: "Break it: faults, reload",
            de: "Kaputt machen: Störungen, Neuladen",
            fr: "Casser : pannes, rechargement",
        }
        fn which_replica { en: "Which replica", de: "Welche Replik", fr: "Quelle réplique" }
        fn which_fault { en: "Which fault", de: "Welche Störung", fr: "Quelle panne" }
        fn how_much(unit: Text) { en: "How much, {unit}", de: "Wie viel, {unit}", fr: "Combien, {unit}" }
        fn break_it(name: Text) { en: "Break {name}", de: "{name} stören", fr: "Casser {name}" }
        fn heal(name: Text) { en: "Heal {name}", de: "{name} heilen", fr: "Réparer {name}" }
        fn start(name: Text) { en: "Start {name}", de: "{name} starten", fr: "Démarrer {name}" }
        fn reload {
            en: "Reload the balancer",
            de: "Lastverteiler neu laden",
            fr: "Recharger le répartiteur",
        }
        fn slow_down {
            en: "Slow down for a moment when something breaks",
            de: "Kurz verlangsamen, wenn etwas kaputtgeht",
            fr: "Ralentir un instant quand quelque chose casse",
        }
    }
}

/// How much of a fault a press makes, its unit, and what one step of that unit is for the change.
const fn amount(fault: FaultKind) -> Option<(f64, Text, f64)> {
    let (usual, unit, step) = match fault {
        FaultKind::Slow => (4.0, Text::new("times as long", "mal so lang", "fois plus long"), 1.0),
        FaultKind::Errors => (50.0, Text::new("% of answers", "% der Antworten", "% des réponses"), 0.01),
        FaultKind::Neighbour => (50.0, Text::new("% of its CPU", "% ihrer CPU", "% de son CPU"), 0.01),
        FaultKind::Leak => {
            (16.0, Text::new("MiB a second", "MiB pro Sekunde", "MiB par seconde"), 1_048_576.0)
        }
        FaultKind::LeakRequests => {
            (256.0, Text::new("KiB a request", "KiB pro Anfrage", "KiB par requête"), 1_024.0)
        }
        _ => return None,
    };
    Some((usual, unit, step))
}

/// What a fault is called, and what it does.
const fn words(fault: FaultKind) -> (Text, Text) {
    match fault {
        FaultKind::Crash => (
            Text::new("crash", "Absturz", "plantage"),
            Text::new("It dies at once.", "Sie stirbt sofort.", "Elle meurt aussitôt."),
        ),
        FaultKind::Freeze => (
            Text::new("freeze", "hängt", "gel"),
            Text::new(
                "It accepts connections and never answers.",
                "Sie nimmt Verbindungen an und antwortet nie.",
                "Elle accepte les connexions et ne répond jamais.",
            ),
        ),
        FaultKind::Slow => (
            Text::new("slow", "langsam", "lenteur"),
            Text::new(
                "All that it does takes longer.",
                "Alles, was sie tut, dauert länger.",
                "Tout ce qu’elle fait prend plus de temps.",
            ),
        ),
        FaultKind::Errors => (
            Text::new("errors", "Fehler", "erreurs"),
            Text::new(
                "It answers a share of its requests with an error.",
                "Sie beantwortet einen Teil ihrer Anfragen mit einem Fehler.",
                "Elle répond à une part de ses requêtes par une erreur.",
            ),
        ),
        FaultKind::FailFast => (
            Text::new("fail fast", "sofort Fehler", "échec immédiat"),
            Text::new(
                "It answers every request with an error at once, and so draws more of them.",
                "Sie beantwortet jede Anfrage sofort mit einem Fehler und zieht so noch mehr an.",
                "Elle répond aussitôt à tout par une erreur, et attire ainsi plus de requêtes.",
            ),
        ),
        FaultKind::Leak => (
            Text::new("leak", "Speicherleck", "fuite mémoire"),
            Text::new(
                "It loses memory, so much a second.",
                "Sie verliert Speicher, so viel pro Sekunde.",
                "Elle perd de la mémoire, tant par seconde.",
            ),
        ),
        other => words_of_others(other),
    }
}

const fn words_of_others(fault: FaultKind) -> (Text, Text) {
    match fault {
        FaultKind::LeakRequests => (
            Text::new("leak by requests", "Leck je Anfrage", "fuite par requête"),
            Text::new(
                "It loses memory, so much a request.",
                "Sie verliert Speicher, so viel pro Anfrage.",
                "Elle perd de la mémoire, tant par requête.",
            ),
        ),
        FaultKind::Neighbour => (
            Text::new("neighbour", "Nachbar", "voisin"),
            Text::new(
                "Another program takes a share of its CPU time.",
                "Ein anderes Programm nimmt ihr CPU-Zeit weg.",
                "Un autre programme prend une part de son temps CPU.",
            ),
        ),
        FaultKind::Partition => (
            Text::new("partition", "abgeschnitten", "partition"),
            Text::new(
                "Nothing gets through between the balancer and it.",
                "Zwischen Lastverteiler und ihr kommt nichts durch.",
                "Rien ne passe entre le répartiteur et elle.",
            ),
        ),
        FaultKind::Gone => (
            Text::new("gone", "weg", "disparu"),
            Text::new("Nobody answers.", "Niemand antwortet.", "Personne ne répond."),
        ),
        FaultKind::Flush => (
            Text::new("flush", "geleert", "vidé"),
            Text::new("It loses its keys.", "Er verliert seine Schlüssel.", "Il perd ses clés."),
        ),
        _ => (
            Text::new("zone lost", "Zone weg", "zone perdue"),
            Text::new(
                "Everything in a zone is gone.",
                "Alles in einer Zone ist weg.",
                "Tout ce qui est dans une zone est perdu.",
            ),
        ),
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
    let lang = shell.lang();
    let chosen = use_state_eq(|| None::<String>);
    let fault = use_state_eq(|| FaultKind::Freeze);
    let much = use_state_eq(|| None::<f64>);
    let live = shell.control.live.get();
    let there = live.world.replicas.iter().filter(|replica| replica.state != ReplicaState::Removed);
    let names: Vec<String> = there.map(|replica| replica.name.clone()).collect();
    let replica = chosen.as_ref().filter(|name| names.contains(name)).or(names.first()).cloned();
    let Some(replica) = replica else { return html! {} };
    html! {
        <Drawer icon={Icon::Lightning} title={say::open(lang)}>
            { who(lang, &names, &replica, &chosen) }
            { what(lang, &fault, &much) }
            { buttons(shell, &replica, *fault, *much) }
            { slow_down(shell) }
        </Drawer>
    }
}

pub(super) fn who(
    lang: Lang,
    names: &[String],
    replica: &str,
    chosen: &UseStateHandle<Option<String>>,
) -> Html {
    let chosen = chosen.setter();
    let on_name = Callback::from(move |name: String| chosen.set(Some(name.trim().to_owned())));
    rows::pick(lang, say::which_replica(lang), names, replica, None, on_name)
}

fn what(lang: Lang, fault: &UseStateHandle<FaultKind>, much: &UseStateHandle<Option<f64>>) -> Html {
    let option = |kind: &FaultKind| {
        let word = words(*kind).0.say(lang);
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
    let on_text = {
        let much = much.setter();
        Callback::from(move |text: String| much.set(lang.read(&text)))
    };
    html! {
        <>
            <label class="pick">
                <span class="sr">{ say::which_fault(lang) }</span>
                <select class="select" {onchange}>{ for of_replicas().map(option) }</select>
                { icon(Icon::ChevronDown) }
            </label>
            <p class="sub">{ words(**fault).1.say(lang) }</p>
            if let Some((usual, unit, _)) = amount(**fault) {
                <label class="row param">
                    <Typed class="input" label={say::how_much(lang, unit.say(lang))} number=true
                        value={lang.three((**much).unwrap_or(usual))} {on_text} />
                    <span class="sub">{ unit.say(lang) }</span>
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
    let (name, lang) = (replica.to_owned(), shell.lang());
    let change = match fault {
        FaultKind::Crash => Change::Crash { replica: name.clone() },
        fault => Change::Break { replica: name.clone(), fault, amount },
    };
    let start = Change::Start { replica: name.clone() };
    let heal = Change::Heal { replica: name.clone(), fault: None };
    html! {
        <div class="row fault-buttons">
            <button class="btn" onclick={apply(change)}>{ say::break_it(lang, &name) }</button>
            <button class="btn" onclick={apply(heal)}>{ say::heal(lang, &name) }</button>
            <button class="btn" onclick={apply(start)}>{ say::start(lang, &name) }</button>
            <button class="btn" onclick={apply(Change::Reload)}>{ say::reload(lang) }</button>
        </div>
    }
}

fn slow_down(shell: &Shell) -> Html {
    let on = shell.state.auto_slow;
    html! {
        <label class="row check">
            <input type="checkbox" checked={on} onchange={shell.on(Action::AutoSlow(!on))} />
            <span>{ say::slow_down(shell.lang()) }</span>
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
