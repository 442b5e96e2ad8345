//! Why this replica: every candidate with its score, who was left out, and what the balancer knew.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::algorithm::{self, Decision, Explanation};
use crate::lang::{Lang, texts};
use crate::observe::{ReplicaState, ReplicaView};
use crate::units::order::sort_by_key;
use crate::web::driver::{Before, Story};
use crate::web::hooks::use_lang;
use crate::web::icons::mark;
use crate::web::rows;

texts! {
    mod say {
        fn why { en: "Why this replica", de: "Warum diese Replik", fr: "Pourquoi cette réplique" }
        fn why_none { en: "Why no replica?", de: "Warum keine Replik?", fr: "Pourquoi aucune réplique ?" }
        fn not_handed {
            en: "The balancer has not handed it to any replica.",
            de: "Der Lastverteiler hat sie keiner Replik gegeben.",
            fr: "Le répartiteur ne l’a confiée à aucune réplique.",
        }
        fn attempt(n: Whole, at: Millis) {
            en: "Attempt {n}, {at}",
            de: "Versuch {n}, {at}",
            fr: "Tentative {n}, {at}",
        }
        fn why_name(name: Text) { en: "Why {name}?", de: "Warum {name}?", fr: "Pourquoi {name} ?" }
        fn no_balancer {
            en: "There is no balancer: whoever holds the host port gets every request.",
            de: "Es gibt keinen Lastverteiler: Wer den Host-Port hält, bekommt jede Anfrage.",
            fr: "Il n’y a pas de répartiteur : qui tient le port de l’hôte reçoit tout.",
        }
        fn attempts { en: "Attempts", de: "Versuche", fr: "Tentatives" }
        fn chosen { en: "(chosen)", de: "(gewählt)", fr: "(choisie)" }
        fn replica { en: "replica", de: "Replik", fr: "réplique" }
        fn in_flight { en: "in flight", de: "unterwegs", fr: "en cours" }
        fn score { en: "score", de: "Wert", fr: "score" }
        fn not_asked { en: "not asked", de: "nicht gefragt", fr: "pas sollicitée" }
        fn limit {
            en: "at its limit, tried already, or left out after failures",
            de: "an der Grenze, schon versucht oder nach Fehlern ausgelassen",
            fr: "à sa limite, déjà tentée, ou écartée après des échecs",
        }
        fn state(state: Text) {
            en: "{state}: not asked",
            de: "{state}: nicht gefragt",
            fr: "{state} : pas sollicitée",
        }
        fn knows(what: Text) { en: "It knows {what}.", de: "Er kennt {what}.", fr: "Il connaît {what}." }
        fn memory(used: Bytes, limit: Bytes) {
            en: ", memory at {used} of {limit}",
            de: ", Speicher bei {used} von {limit}",
            fr: ", mémoire à {used} sur {limit}",
        }
        fn had(name: Text, running: Whole, waiting: Whole, memory: Text, cores: Text) {
            en: "{name} had {running} in service, {waiting} waiting{memory}; {cores}.",
            de: "{name} hatte {running} in Arbeit, {waiting} wartend{memory}; {cores}.",
            fr: "{name} en avait {running} en service, {waiting} en attente{memory} ; {cores}.",
        }
        fn others {
            en: "What others would have picked here",
            de: "Was andere hier gewählt hätten",
            fr: "Ce que d’autres auraient choisi ici",
        }
        fn as_if {
            en: "Each as if it took over at this moment: its turns begin anew, and it has measured nothing yet.",
            de: "Jeder, als übernähme er in diesem Moment: Seine Runde beginnt neu, gemessen hat er noch nichts.",
            fr: "Chacun comme s’il prenait le relais à l’instant : son tour recommence, il n’a encore rien mesuré.",
        }
        fn keeps { en: "keeps it waiting", de: "lässt sie warten", fr: "la fait attendre" }
        fn rejects { en: "turns it away", de: "weist sie ab", fr: "la refuse" }
        fn knew { en: "What it knew", de: "Was er wusste", fr: "Ce qu’il savait" }
    }
}

/// Properties of [`Why`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The story.
    pub story: Rc<Story>,
    /// Names of replicas by index.
    pub names: Vec<(u32, String)>,
}

/// One tab for each attempt.
#[component]
pub fn Why(props: &Props) -> Html {
    let lang = use_lang();
    let chosen = use_state_eq(|| 0_usize);
    let story = &props.story;
    let Some(attempt) = story.attempts.get((*chosen).min(story.attempts.len().saturating_sub(1))) else {
        return html! {
            <aside class="story-why" aria-label={say::why(lang)}>
                <h2 class="label">{ say::why_none(lang) }</h2>
                <p class="sub">{ say::not_handed(lang) }</p>
            </aside>
        };
    };
    let name =
        props.names.iter().find(|(id, _)| *id == attempt.replica).map_or("", |(_, name)| name.as_str());
    let tab = |(n, attempt): (usize, &crate::web::driver::Attempt)| {
        let chosen_now = n == *chosen;
        let setter = chosen.setter();
        let onclick = Callback::from(move |_: MouseEvent| setter.set(n));
        let at = attempt.at.since(story.asked).as_millis();
        html! {
            <button type="button" aria-pressed={chosen_now.to_string()} {onclick}>
                { say::attempt(lang, n as u64 + 1, at) }
            </button>
        }
    };
    let Some(algorithm) = &attempt.before.algorithm else {
        return html! {
            <aside class="story-why" aria-label={say::why(lang)}>
                <h2 class="label">{ say::why_name(lang, name) }</h2>
                <p class="sub">{ say::no_balancer(lang) }</p>
            </aside>
        };
    };
    html! {
        <aside class="story-why" aria-label={say::why(lang)}>
            <h2 class="lead">{ say::why_name(lang, name) }</h2>
            if story.attempts.len() > 1 {
                <div class="seg" role="group" aria-label={say::attempts(lang)}>
                    { for story.attempts.iter().enumerate().map(tab) }
                </div>
            }
            <Candidates algorithm={algorithm.clone()} why={attempt.before.why.clone()}
                replicas={attempt.before.replicas.clone()} chosen={Some(attempt.replica)} />
            { unseen(lang, &attempt.before.replicas, attempt.replica, algorithm) }
            { others(lang, &attempt.before, &props.names) }
        </aside>
    }
}

/// Properties of [`Candidates`].
#[derive(Properties, PartialEq)]
pub struct CandidatesProps {
    /// Wire name of the algorithm.
    pub algorithm: String,
    /// Its scores.
    pub why: Explanation,
    /// The replicas at that moment.
    pub replicas: Vec<ReplicaView>,
    /// Who was chosen.
    #[prop_or_default]
    pub chosen: Option<u32>,
    /// How many replicas there were, where not all are here.
    #[prop_or_default]
    pub all: Option<usize>,
}

/// Every replica with its score, or why it was not asked.
#[component]
pub fn Candidates(props: &CandidatesProps) -> Html {
    let lang = use_lang();
    let spec = algorithm::find(&props.algorithm);
    let (shown, count) = listed(&props.replicas, &props.why, props.chosen);
    let row = |replica: &ReplicaView| {
        let score = props.why.scores.iter().find(|score| score.member == replica.id);
        let chosen = props.chosen == Some(replica.id);
        let shown = match score {
            Some(score) => html! { <code>{ lang.point(&score.filled.say(lang)) }</code> },
            None => html! { <span class="sub">{ left_out(lang, replica) }</span> },
        };
        html! {
            <tr class={classes!(chosen.then_some("chosen"), score.is_none().then_some("out"))} key={replica.id}>
                <th scope="row">{ &replica.name }if chosen { <span class="sr">{ " " }{ say::chosen(lang) }</span> }</th>
                <td>{ lang.whole(u64::from(replica.in_flight)) }</td>
                <td>{ shown }</td>
            </tr>
        }
    };
    html! {
        <div class="candidates">
            <p>{ mark(&props.algorithm) }{ " " }<b>{ &props.algorithm }</b></p>
            <p class="sub">{ props.why.because.say(lang) }</p>
            <table>
                <thead><tr>
                    <th scope="col">{ say::replica(lang) }</th><th scope="col">{ say::in_flight(lang) }</th>
                    <th scope="col">{ say::score(lang) }</th>
                </tr></thead>
                <tbody>{ for shown.into_iter().map(row) }</tbody>
            </table>
            { rows::rest(lang, props.all.unwrap_or(count)) }
            { line(lang, props) }
            if let Some(spec) = spec {
                <p class="sub">{ spec.rule.say(lang) }{ " " }{ say::knows(lang, spec.knowledge.text().say(lang)) }</p>
            }
        </div>
    }
}

/// Of the candidates, who are of one service, those that are listed: of many the chosen one first, and then those with
/// the least scores. And how many there are.
pub fn listed<'a>(
    replicas: &'a [ReplicaView],
    why: &Explanation,
    chosen: Option<u32>,
) -> (Vec<&'a ReplicaView>, usize) {
    let known = chosen.or_else(|| why.scores.first().map(|score| score.member));
    let service = replicas.iter().find(|replica| known == Some(replica.id)).map(|replica| &replica.service);
    let is_candidate = |replica: &&ReplicaView| service.is_none_or(|service| *service == replica.service);
    let candidates: Vec<&ReplicaView> = replicas.iter().filter(is_candidate).collect();
    let scores: BTreeMap<u32, i64> =
        why.scores.iter().map(|score| (score.member, (score.value * 1e6) as i64)).collect();
    let of = |id: u32| scores.get(&id).copied().unwrap_or(i64::MAX);
    let first = rows::first_of(&candidates, |replica| (chosen != Some(replica.id), of(replica.id)));
    (first.into_iter().copied().collect(), candidates.len())
}

/// The scores on a line, where they are numbers that can be told apart.
fn line(lang: Lang, props: &CandidatesProps) -> Html {
    let finite: Vec<_> = props.why.scores.iter().filter(|score| score.value.is_finite()).collect();
    let low = finite.iter().map(|score| score.value).fold(f64::INFINITY, f64::min);
    let high = finite.iter().map(|score| score.value).fold(f64::NEG_INFINITY, f64::max);
    if finite.len() < 2 || finite.len() > 12 || high <= low {
        return html! {};
    }
    let at = |value: f64| 20.0 + 260.0 * (value - low) / (high - low);
    let dot = |score: &&algorithm::Score| {
        let chosen = props.chosen == Some(score.member);
        html! {
            <circle class={chosen.then_some("chosen")} cx={format!("{:.1}", at(score.value))} cy="26"
                r={if chosen { "6" } else { "4.5" }} />
        }
    };
    let end = |value: f64| {
        html! { <text x={format!("{:.1}", at(value))} y="46">{ lang.three(value) }</text> }
    };
    html! {
        <svg class="score-line" viewBox="0 0 300 50" aria-hidden="true">
            <path d="M4 26H296" />
            { for finite.iter().map(dot) }
            { for named(props, &finite, at) }
            { end(low) }{ end(high) }
        </svg>
    }
}

/// Px that a name on the line takes at most.
const NAME: f64 = 62.0;

/// The names over the dots, those of the chosen first, as far as there is room between them.
fn named(props: &CandidatesProps, scores: &[&algorithm::Score], at: impl Fn(f64) -> f64) -> Vec<Html> {
    let mut order: Vec<_> = scores.to_vec();
    sort_by_key(&mut order, |score| props.chosen != Some(score.member));
    let mut taken: Vec<f64> = Vec::new();
    let mut names = Vec::new();
    for score in order {
        let x = at(score.value);
        let name = props.replicas.iter().find(|replica| replica.id == score.member).map(|one| &one.name);
        let Some(name) = name.filter(|_| taken.iter().all(|other| (other - x).abs() >= NAME)) else {
            continue;
        };
        taken.push(x);
        let class = (props.chosen == Some(score.member)).then_some("chosen");
        names.push(html! { <text {class} x={format!("{x:.1}")} y="12">{ name }</text> });
    }
    names
}

fn left_out(lang: Lang, replica: &ReplicaView) -> String {
    match replica.state {
        ReplicaState::Ready if replica.eligible => say::not_asked(lang).into(),
        ReplicaState::Ready => say::limit(lang).into(),
        state => say::state(lang, state.text().say(lang)),
    }
}

/// What other rules would have decided.
fn others(lang: Lang, before: &Before, names: &[(u32, String)]) -> Html {
    if before.others.is_empty() {
        return html! {};
    }
    let one = |&(rule, decision): &(&'static str, Decision)| {
        let picked = match decision {
            Decision::Route(id) => names.iter().find(|(known, _)| *known == id).map_or("", |(_, name)| name),
            Decision::Hold | Decision::Wait(_) => say::keeps(lang),
            Decision::Reject => say::rejects(lang),
        };
        html! { <li>{ mark(rule) }<span>{ rule }</span><b>{ picked }</b></li> }
    };
    html! {
        <div class="aside">
            <h3 class="label">{ say::others(lang) }</h3>
            <ul class="story-others">{ for before.others.iter().map(one) }</ul>
            <p class="sub">{ say::as_if(lang) }</p>
        </div>
    }
}

/// What the balancer could not see of the replica that it chose.
fn unseen(lang: Lang, replicas: &[ReplicaView], chosen: u32, algorithm: &str) -> Html {
    let Some(replica) = replicas.iter().find(|replica| replica.id == chosen) else { return html! {} };
    let knows = algorithm::find(algorithm).map_or("", |spec| spec.knowledge.text().say(lang));
    let memory =
        replica.memory_limit.map(|limit| say::memory(lang, replica.memory.total() as f64, limit as f64));
    let had = say::had(
        lang,
        &replica.name,
        u64::from(replica.running),
        u64::from(replica.waiting),
        &memory.unwrap_or_default(),
        &super::cores(lang, replica.cores),
    );
    let text = format!("{} {had}", say::knows(lang, knows));
    html! { <div class="aside"><h3 class="label">{ say::knew(lang) }</h3><p class="sub">{ text }</p></div> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Said;

    /// Two of one service and one of another: only those behind the balancer that chose can be candidates.
    #[test]
    fn those_of_other_services_are_no_candidates() {
        let view =
            |id: u32, service: &str| ReplicaView { id, service: service.into(), ..ReplicaView::default() };
        let all = [view(0, "app"), view(1, "worker"), view(2, "app")];
        let scores = [2, 0].map(|member| algorithm::Score { member, value: 1.0, filled: Said::plain("1") });
        let scored = Explanation { scores: scores.to_vec(), because: Said::plain("") };
        let unasked = Explanation { scores: Vec::new(), because: Said::plain("") };
        let ids = |why: &Explanation, chosen| {
            let (shown, count) = listed(&all, why, chosen);
            (shown.iter().map(|replica| replica.id).collect::<Vec<_>>(), count)
        };
        assert_eq!(ids(&scored, None), (vec![0, 2], 2));
        assert_eq!(ids(&unasked, Some(1)), (vec![1], 1));
        assert_eq!(ids(&unasked, None), (vec![0, 1, 2], 3));
    }
}
