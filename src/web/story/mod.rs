//! The life of one request: what its client saw, bars along time, every step in words, and why the balancer
//! chose whom it chose.

mod bars;
mod why;
mod words;

use std::rc::Rc;

use yew::prelude::*;

use self::bars::{Bar, Lane, What, lanes};
use crate::lang::{Lang, texts};
use crate::report::headers::{self, Facts, Filled};
use crate::scenario::{BalancerModel, ClassModel, HeaderTo};
use crate::units::SimTime;
use crate::web::driver::{Command, Neighbours, Story};
use crate::web::icons::{Icon, icon};
use crate::web::panels::look;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

pub use why::{Candidates, listed};

texts! {
    mod say {
        fn unknown {
            en: "This request is not known.",
            de: "Diese Anfrage ist nicht bekannt.",
            fr: "Cette requête est inconnue.",
        }
        fn replica(n: Text) { en: "replica {n}", de: "Replik {n}", fr: "réplique {n}" }
        fn sent(line: Text, at: Moment, scenario: Text, seed: Text) {
            en: "{line}, sent at {at}, {scenario}, seed {seed}",
            de: "{line}, gesendet bei {at}, {scenario}, Startwert {seed}",
            fr: "{line}, envoyée à {at}, {scenario}, graine {seed}",
        }
        fn saved {
            en: "What would have saved it",
            de: "Was sie gerettet hätte",
            fr: "Ce qui l’aurait sauvée",
        }
        fn a_request { en: "a request", de: "eine Anfrage", fr: "une requête" }
        fn network { en: "on the network", de: "im Netz", fr: "sur le réseau" }
        fn waits { en: "waits", de: "wartet", fr: "attend" }
        fn works { en: "works", de: "arbeitet", fr: "travaille" }
        fn pauses { en: "pauses", de: "pausiert", fr: "pause" }
        fn client_pauses { en: "the client pauses", de: "der Client pausiert", fr: "le client patiente" }
        fn time_went { en: "Where the time went", de: "Wohin die Zeit ging", fr: "Où le temps est passé" }
        fn added {
            en: "The balancer adds what [[balancer.header]] of the scenario says (add_header).",
            de: "Der Lastverteiler fügt hinzu, was [[balancer.header]] im Szenario sagt (add_header).",
            fr: "Le répartiteur ajoute ce que dit [[balancer.header]] du scénario (add_header).",
        }
        fn none_added {
            en: "The scenario adds none: [[balancer.header]] would (X-Served-By, X-Upstream-Server, X-Request-ID).",
            de: "Das Szenario fügt keine hinzu: [[balancer.header]] täte es (X-Served-By, X-Upstream-Server, \
                 X-Request-ID).",
            fr: "Le scénario n’en ajoute pas : [[balancer.header]] le ferait (X-Served-By, X-Upstream-Server, \
                 X-Request-ID).",
        }
        fn not_added {
            en: "Its add_header lines are left out: without “always” nginx adds them to good answers only.",
            de: "Die add_header-Zeilen fehlen: Ohne „always“ setzt nginx sie nur an gute Antworten.",
            fr: "Ses lignes add_header manquent : sans « always », nginx ne les ajoute qu’aux bonnes réponses.",
        }
        fn headers {
            en: "The answer’s headers",
            de: "Die Kopfzeilen der Antwort",
            fr: "Les en-têtes de la réponse",
        }
        fn go_back(at: Moment) {
            en: "Go back to {at} and change one thing",
            de: "Zu {at} zurück und eine Sache ändern",
            fr: "Revenir à {at} et changer une chose",
        }
        fn clients_last {
            en: "This client’s last",
            de: "Die vorige dieses Clients",
            fr: "La précédente de ce client",
        }
        fn clients_next {
            en: "This client’s next",
            de: "Die nächste dieses Clients",
            fr: "La suivante de ce client",
        }
        fn title { en: "A request", de: "Eine Anfrage", fr: "Une requête" }
        fn title_of(n: Whole) { en: "Request {n}", de: "Anfrage {n}", fr: "Requête {n}" }
        fn cores(n: Three) { en: "{n} {n:core|cores}", de: "{n} {n:Kern|Kerne}", fr: "{n} {n:cœur|cœurs}" }
        fn client { en: "client", de: "Client", fr: "client" }
        fn balancer { en: "balancer", de: "Lastverteiler", fr: "répartiteur" }
    }
}

/// The story that was asked for.
#[component]
pub fn StoryView(props: &Props) -> Html {
    let shell = &props.shell;
    let Some(story) = shell.control.live.get().story.clone() else {
        return html! { <p class="sub">{ say::unknown(shell.lang()) }</p> };
    };
    let lang = shell.lang();
    let name = {
        let live = shell.control.live.get();
        // The series knows those that are gone too, but nobody before its first window is over.
        let now = live.world.replicas.iter().map(|view| (view.id, view.name.clone()));
        let now: std::collections::BTreeMap<u32, String> = now.collect();
        let once = live.recorder.series.names.clone();
        move |id: u32| {
            let known = now.get(&id).or(once.get(id as usize)).filter(|name| !name.is_empty());
            known.cloned().unwrap_or_else(|| say::replica(lang, &id.to_string()))
        }
    };
    let line = request_line(shell, &story);
    let chip = story.end.map(|(_, outcome)| {
        let (which, class) = look(outcome);
        html! { <span class={classes!("story-chip", class)}>{ icon(which) }{ outcome.text().say(lang) }</span> }
    });
    let (heading, seed) = (shell.heading(), shell.state.started.run.seed.to_string());
    let hint = story.end.and_then(|(_, outcome)| words::remedy(outcome).map(|text| text.say(lang)));
    html! {
        <div class="story">
            <div class="story-life">
                <div class="story-head">
                    <p class="sub">
                        { for chip }
                        { say::sent(lang, &line, story.asked.as_secs(), heading, &seed) }
                    </p>
                    { neighbours(shell, &story) }
                </div>
                <p class="lead">
                    { for words::summary(lang, &story, &name).iter().map(|part| {
                        if part.1 { html! { <b>{ &part.0 }</b> } } else { html! { { &part.0 } } }
                    }) }
                </p>
                { waterfall(lang, &story, &name) }
                <ol class="story-steps">
                    { for words::steps(lang, &story, &line, &name).iter().map(|step| one_step(lang, step)) }
                </ol>
                if let Some(hint) = hint {
                    <div class="aside"><h3 class="label">{ say::saved(lang) }</h3>
                        <p class="sub">{ hint }</p></div>
                }
                { headers(shell, &story) }
                { back(shell, &story) }
            </div>
            <why::Why story={Rc::clone(&story)} names={story_names(&story, &name)} />
        </div>
    }
}

/// To the requests of the same client before and after this one; nothing for a client that asks once.
fn neighbours(shell: &Shell, story: &Story) -> Html {
    let lang = shell.lang();
    let Neighbours { before, after } = story.neighbours;
    if before.is_none() && after.is_none() {
        return html! {};
    }
    let button = |to: Option<(u64, SimTime)>, word: &'static str, which: Icon| {
        let shell = shell.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some((request, asked)) = to {
                shell.tell(request, asked);
            }
        });
        html! {
            <button type="button" class="btn" aria-disabled={to.is_none().then_some("true")} {onclick}>
                { icon(which) }<span>{ word }</span>
            </button>
        }
    };
    html! {
        <div class="row story-neighbours">
            { button(before, say::clients_last(lang), Icon::StepBack) }
            { button(after, say::clients_next(lang), Icon::StepOn) }
        </div>
    }
}

/// Names of the replicas that the story speaks of, by index.
fn story_names(story: &Story, name: &impl Fn(u32) -> String) -> Vec<(u32, String)> {
    let own = story.attempts.iter().map(|attempt| attempt.replica);
    let seen =
        story.attempts.iter().flat_map(|attempt| attempt.before.replicas.iter().map(|replica| replica.id));
    let mut ids: Vec<u32> = own.chain(seen).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| (id, name(id))).collect()
}

/// Its method and path, as its class has them.
fn request_line(shell: &Shell, story: &Story) -> String {
    let classes = shell.model.0.as_ref().map(|model| model.classes().to_vec()).unwrap_or_default();
    let class = story.class.and_then(|class| classes.get(class.index()).cloned());
    let line = |class: ClassModel| format!("{} {}", class.method.word(), class.path);
    class.map_or_else(|| say::a_request(shell.lang()).into(), line)
}

/// Bars along one axis, in hundredths of its width.
fn waterfall(lang: Lang, story: &Story, name: &dyn Fn(u32) -> String) -> Html {
    let (rows, whole_ms) = lanes(lang, story, name);
    let percent = |ms: f64| format!("{:.3}%", 100.0 * ms / whole_ms);
    let bar = |bar: &Bar| {
        let (class, word) = match bar.what {
            What::Network => ("network", say::network(lang)),
            What::Waits => ("waits", say::waits(lang)),
            What::Works => ("works", say::works(lang)),
            What::Pause => ("pause", say::pauses(lang)),
        };
        let share = (bar.to - bar.from) / whole_ms;
        let long = lang.millis(bar.to - bar.from);
        let text = format!("{word} {long}");
        let style = format!("left:{};width:{}", percent(bar.from), percent(bar.to - bar.from));
        html! {
            <span class={classes!("story-bar", class)} {style} title={text.clone()}>
                if share > 0.2 { <span class="story-word"><i>{ word }</i>{ " " }<i>{ &long }</i></span> } else { <span class="sr">{ &text }</span> }
            </span>
        }
    };
    let failed = |(at, outcome): &(f64, crate::observe::Outcome)| {
        html! {
            <span class="story-failed" style={format!("left:{}", percent(*at))}>
                { icon(Icon::Down) }<span>{ outcome.text().say(lang) }</span>
            </span>
        }
    };
    let row = |lane: &Lane| {
        html! {
            <li class="story-row">
                <b>{ &lane.name }</b>
                <div>{ for lane.bars.iter().map(bar) }{ for lane.failed.iter().map(failed) }</div>
            </li>
        }
    };
    let tick = |share: f64| {
        html! { <i style={format!("left:{:.1}%", 100.0 * share)}>{ lang.millis(share * whole_ms) }</i> }
    };
    html! {
        <>
            <ul class="story-rows" aria-label={say::time_went(lang)}>{ for rows.iter().map(row) }</ul>
            <p class="story-axis" aria-hidden="true">{ for [0.0, 0.5, 1.0].map(tick) }</p>
            <p class="story-key sub" aria-hidden="true">
                <span><i class="story-bar works"></i>{ say::works(lang) }</span>
                <span><i class="story-bar waits"></i>{ say::waits(lang) }</span>
                <span><i class="story-bar network"></i>{ say::network(lang) }</span>
                <span><i class="story-bar pause"></i>{ say::client_pauses(lang) }</span>
            </p>
        </>
    }
}

fn one_step(lang: Lang, step: &words::Step) -> Html {
    html! {
        <li>
            <span class="story-at">{ lang.millis(step.at_ms) }</span>{ icon(step.icon) }<span>{ &step.text }</span>
        </li>
    }
}

/// What the balancer sends back: what its product always does, and the headers that the scenario adds.
fn headers(shell: &Shell, story: &Story) -> Html {
    let Some((_, outcome)) = story.end.filter(|_| story.status != 0) else { return html! {} };
    let Some(model) = shell.model.0.as_ref() else { return html! {} };
    if shell.control.live.get().world.balancer.is_none() || outcome == crate::observe::Outcome::ClientGaveUp {
        return html! {};
    }
    let class = story.class.and_then(|class| model.classes().get(class.index()));
    let front = model.front(class.map_or(0, |class| class.front));
    let text = answer_head(front, story, shell.state.started.run.seed);
    let mine = front.settings.header.iter().filter(|header| header.to == HeaderTo::Answer);
    let (all, added) = (mine.count(), headers::is_usual(story.status));
    html! {
        <details class="story-headers">
            <summary>{ say::headers(shell.lang()) }</summary>
            <pre tabindex="0"><code>{ text }</code></pre>
            <p class="sub">
                { match (all, added) {
                    (0, _) => say::none_added(shell.lang()),
                    (_, true) => say::added(shell.lang()),
                    (_, false) => say::not_added(shell.lang()),
                } }
            </p>
        </details>
    }
}

/// Status line and headers of an answer.
fn answer_head(front: &BalancerModel, story: &Story, seed: u64) -> String {
    let address = |id: u32| {
        let before = story.attempts.iter().flat_map(|attempt| &attempt.before.replicas);
        before.into_iter().find(|replica| replica.id == id).map(|replica| format!("{}:80", replica.address))
    };
    let upstream = story.attempts.iter().filter_map(|attempt| address(attempt.replica)).collect();
    let facts = Facts { seed, request: story.request, status: story.status, upstream };
    let mut text = format!("HTTP/1.1 {}\n", words::status(Lang::En, story.status));
    // The others add none of their own.
    match front.product.name {
        "nginx" => text += "Server: nginx\n",
        "caddy" => text += "Server: Caddy\n",
        "envoy" => text += "server: envoy\n",
        _ => {}
    }
    for Filled { name, value } in headers::added(front, HeaderTo::Answer, &facts) {
        text += &format!("{name}: {value}\n");
    }
    text
}

/// Back to when it was sent, to change one thing.
fn back(shell: &Shell, story: &Story) -> Html {
    let asked = story.asked;
    let onclick = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| {
            shell.act(Action::Close);
            shell.send(Command::Seek(asked));
        })
    };
    let words = say::go_back(shell.lang(), asked.as_secs());
    html! { <button class="btn main wide" {onclick}>{ words }</button> }
}

/// How the story is called.
#[must_use]
pub fn title(lang: Lang, story: Option<&Story>) -> String {
    story.map_or_else(|| say::title(lang).into(), |story| say::title_of(lang, story.request))
}

/// A number of CPU cores.
pub(super) fn cores(lang: Lang, n: f64) -> String {
    say::cores(lang, n)
}
