//! The life of a request in words: one sentence, then step by step.

use crate::lang::{Lang, Text, stretches, texts};
use crate::observe::{Outcome, ReplicaView};
use crate::units::SimTime;
use crate::units::order::sort_by;
use crate::web::driver::{Attempt, Story};
use crate::web::icons::Icon;

texts! {
    mod say {
        fn no_answer { en: "no answer", de: "keine Antwort", fr: "aucune réponse" }
        fn in_queue {
            en: "it waits in the balancer’s queue",
            de: "sie wartet in der Schlange des Lastverteilers",
            fr: "elle attend dans la file du répartiteur",
        }
        fn worked_on(name: Text) {
            en: "{name} works on it",
            de: "{name} arbeitet daran",
            fr: "{name} y travaille",
        }
        fn waits_at(name: Text) {
            en: "it waits at {name}",
            de: "sie wartet bei {name}",
            fr: "elle attend chez {name}",
        }
        fn way_to(name: Text) {
            en: "it is on its way to {name}",
            de: "sie ist auf dem Weg zu {name}",
            fr: "elle est en route vers {name}",
        }
        fn on_way { en: "it is on its way", de: "sie ist auf dem Weg", fr: "elle est en route" }
        fn so_far(span: Millis, place: Text) {
            en: "The client has waited *{span}* so far: {place}.",
            de: "Der Client wartet seit *{span}*: {place}.",
            fr: "Le client attend depuis *{span}* : {place}.",
        }
        fn tries(who: Text, n: Whole) {
            en: "{who}, on attempt {n}",
            de: "{who}, beim Versuch {n}",
            fr: "{who}, à la tentative {n}",
        }
        fn got(status: Text, took: Millis) {
            en: "The client got *{status} after {took}*.",
            de: "Der Client bekam *{status} nach {took}*.",
            fr: "Le client a reçu *{status} en {took}*.",
        }
        fn got_from(status: Text, took: Millis, who: Text) {
            en: "The client got *{status} after {took}* from {who}.",
            de: "Der Client bekam *{status} nach {took}* von {who}.",
            fr: "Le client a reçu *{status} en {took}* de {who}.",
        }
        fn gave_up(took: Millis) {
            en: "The client *gave up after {took}* and left without an answer.",
            de: "Der Client *gab nach {took} auf* und ging ohne Antwort.",
            fr: "Le client *a renoncé après {took}* et est parti sans réponse.",
        }
        fn lost(took: Millis) {
            en: "The client got an answer after *{took}*, yet this counts as a failure: *the session was \
                 gone*, and with it the basket.",
            de: "Der Client bekam nach *{took}* eine Antwort, doch das zählt als Fehler: *Die Sitzung war \
                 weg* und mit ihr der Korb.",
            fr: "Le client a eu une réponse en *{took}*, mais cela compte comme un échec : *la session avait \
                 disparu*, et le panier avec elle.",
        }
        fn failed(status: Text, took: Millis, why: Text) {
            en: "The client got *{status} after {took}*: {why}",
            de: "Der Client bekam *{status} nach {took}*: {why}",
            fr: "Le client a reçu *{status} en {took}* : {why}",
        }
        fn sends(line: Text) {
            en: "The client sends {line}.",
            de: "Der Client sendet {line}.",
            fr: "Le client envoie {line}.",
        }
        fn picks(name: Text) {
            en: "The balancer picks {name}.",
            de: "Der Lastverteiler wählt {name}.",
            fr: "Le répartiteur choisit {name}.",
        }
        fn picks_after(name: Text, waited: Millis) {
            en: "The balancer picks {name} after {waited} on the way and in its queue.",
            de: "Der Lastverteiler wählt {name} nach {waited} auf dem Weg und in seiner Schlange.",
            fr: "Le répartiteur choisit {name} après {waited} en route et dans sa file.",
        }
        fn picks_queued(name: Text, waited: Millis) {
            en: "The balancer picks {name} after {waited} in its queue.",
            de: "Der Lastverteiler wählt {name} nach {waited} in seiner Schlange.",
            fr: "Le répartiteur choisit {name} après {waited} dans sa file.",
        }
        fn tries_again(name: Text) {
            en: "The balancer tries again: {name}.",
            de: "Der Lastverteiler versucht es wieder: {name}.",
            fr: "Le répartiteur essaie encore : {name}.",
        }
        fn asks_again(pause: Millis) {
            en: "This try has failed. The client asks again after {pause}.",
            de: "Dieser Versuch ist gescheitert. Der Client fragt nach {pause} wieder.",
            fr: "Cette tentative a échoué. Le client redemande après {pause}.",
        }
        fn reaches {
            en: "The answer reaches the client.",
            de: "Die Antwort erreicht den Client.",
            fr: "La réponse arrive au client.",
        }
        fn leaves { en: "The client leaves.", de: "Der Client geht.", fr: "Le client part." }
        fn gets(status: Text, outcome: Text) {
            en: "The client gets {status}: {outcome}.",
            de: "Der Client bekommt {status}: {outcome}.",
            fr: "Le client reçoit {status} : {outcome}.",
        }
        fn waits(waited: Millis) {
            en: "The request waits {waited}.",
            de: "Die Anfrage wartet {waited}.",
            fr: "La requête attend {waited}.",
        }
        fn one_core { en: "one core", de: "einen Kern", fr: "un cœur" }
        fn cores(n: Three) { en: "{n} cores", de: "{n} Kerne", fr: "{n} cœurs" }
        fn part_core(n: Three) { en: "{n} of a core", de: "{n} eines Kerns", fr: "{n} d’un cœur" }
        fn alone(cores: Text) {
            en: "It has {cores} for itself.",
            de: "Sie hat {cores} für sich.",
            fr: "Elle a {cores} pour elle.",
        }
        fn share(n: Whole, cores: Text) {
            en: "About {n} requests share {cores}.",
            de: "Etwa {n} Anfragen teilen sich {cores}.",
            fr: "Environ {n} requêtes se partagent {cores}.",
        }
        fn takes(name: Text) {
            en: "A worker of {name} takes it.",
            de: "Ein Worker von {name} nimmt sie.",
            fr: "Un worker de {name} la prend.",
        }
        fn worked(name: Text, worked: Millis) {
            en: "{name} has worked on it for {worked} and answers.",
            de: "{name} hat {worked} daran gearbeitet und antwortet.",
            fr: "{name} y a travaillé {worked} et répond.",
        }
        fn answers(name: Text) { en: "{name} answers.", de: "{name} antwortet.", fr: "{name} répond." }
        fn nobody_waits(name: Text) {
            en: "Nobody waits for {name} any more.",
            de: "Niemand wartet mehr auf {name}.",
            fr: "Personne n’attend plus {name}.",
        }
        fn why(name: Text, why: Text) { en: "{name}: {why}", de: "{name}: {why}", fr: "{name} : {why}" }
        fn busy_one(name: Text) {
            en: "{name} has its only worker busy",
            de: "Der einzige Worker von {name} ist beschäftigt",
            fr: "Le seul worker de {name} est occupé",
        }
        fn busy_all(name: Text, n: Whole) {
            en: "{name} has all {n} workers busy",
            de: "Alle {n} Worker von {name} sind beschäftigt",
            fr: "Les {n} workers de {name} sont occupés",
        }
        fn and_backlog(busy: Text, n: Whole) {
            en: "{busy} and {n} in its backlog.",
            de: "{busy}, und {n} warten im Backlog.",
            fr: "{busy}, et {n} attendent dans son backlog.",
        }
    }
}

/// A stretch of text, and whether it is a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part(pub String, pub bool);

/// Something that happened to the request.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Milliseconds since it was asked.
    pub at_ms: f64,
    /// Its icon.
    pub icon: Icon,
    /// In words.
    pub text: String,
}

/// `200 OK`, `503`, or nothing at all.
#[must_use]
pub fn status(lang: Lang, status: u16) -> String {
    match status {
        0 => say::no_answer(lang).into(),
        200 => "200 OK".into(),
        code => code.to_string(),
    }
}

/// What its client saw, and what it comes to.
#[must_use]
pub fn summary(lang: Lang, story: &Story, name: &dyn Fn(u32) -> String) -> Vec<Part> {
    stretches(&sentence(lang, story, name)).into_iter().map(|(text, fact)| Part(text, fact)).collect()
}

/// Facts stand between `*`.
fn sentence(lang: Lang, story: &Story, name: &dyn Fn(u32) -> String) -> String {
    let Some((at, outcome)) = story.end else {
        let place = match story.attempts.last() {
            _ if story.queued => say::in_queue(lang).to_owned(),
            Some(attempt) if attempt.ended.is_none() => {
                let name = name(attempt.replica);
                match (attempt.arrived, attempt.started) {
                    (_, Some(_)) => say::worked_on(lang, &name),
                    (Some(_), None) => say::waits_at(lang, &name),
                    (None, None) => say::way_to(lang, &name),
                }
            }
            _ => say::on_way(lang).to_owned(),
        };
        return say::so_far(lang, story.until.since(story.asked).as_millis(), &place);
    };
    let (took, status) = (at.since(story.asked).as_millis(), status(lang, story.status));
    match outcome {
        Outcome::Ok => match story.attempts.last().map(|attempt| name(attempt.replica)) {
            None => say::got(lang, &status, took),
            Some(who) => {
                let tries = story.attempts.len() as u64;
                let who = if tries > 1 { say::tries(lang, &who, tries) } else { who };
                say::got_from(lang, &status, took, &who)
            }
        },
        Outcome::ClientGaveUp => say::gave_up(lang, took),
        Outcome::SessionLost => say::lost(lang, took),
        other => say::failed(lang, &status, took, &lower_first(lang, other.means().say(lang))),
    }
}

fn lower_first(lang: Lang, text: &str) -> String {
    // German nouns keep their capital.
    if lang == Lang::De {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Step by step.
#[must_use]
pub fn steps(lang: Lang, story: &Story, line: &str, name: &dyn Fn(u32) -> String) -> Vec<Step> {
    let ms = |at: SimTime| at.since(story.asked).as_millis();
    let mut steps = vec![Step { at_ms: 0.0, icon: Icon::Person, text: say::sends(lang, line) }];
    let mut since = story.asked;
    for (n, attempt) in story.attempts.iter().enumerate() {
        let waited = attempt.at.since(since);
        let who = name(attempt.replica);
        let queued = story.came(since, attempt.at).map(|came| attempt.at.since(came));
        let text = match (n, queued) {
            (0, None) if waited.0 > 0 => say::picks_after(lang, &who, waited.as_millis()),
            (0, Some(queued)) if queued.0 > 0 => say::picks_queued(lang, &who, queued.as_millis()),
            (0, _) => say::picks(lang, &who),
            _ => say::tries_again(lang, &who),
        };
        let icon = if n == 0 { Icon::ChevronRight } else { Icon::BackingOff };
        steps.push(Step { at_ms: ms(attempt.at), icon, text });
        steps.extend(at_the_replica(lang, attempt, &who, &ms));
        since = attempt.ended.map_or(since, |(at, _)| at);
    }
    for (at, pause) in &story.pauses {
        let text = say::asks_again(lang, pause.as_millis());
        steps.push(Step { at_ms: ms(*at), icon: Icon::StartAgain, text });
    }
    if let Some((at, outcome)) = story.end {
        let icon = if outcome == Outcome::Ok { Icon::Tick } else { Icon::NoEntry };
        let text = match outcome {
            Outcome::Ok => say::reaches(lang).to_owned(),
            Outcome::ClientGaveUp => say::leaves(lang).to_owned(),
            other => say::gets(lang, &status(lang, story.status), other.text().say(lang)),
        };
        steps.push(Step { at_ms: ms(at), icon, text });
    }
    sort_by(&mut steps, |a, b| a.at_ms.total_cmp(&b.at_ms));
    steps
}

fn at_the_replica(lang: Lang, attempt: &Attempt, name: &str, ms: &dyn Fn(SimTime) -> f64) -> Vec<Step> {
    let mut steps = Vec::new();
    let before = attempt.before.replicas.iter().find(|replica| replica.id == attempt.replica);
    let waited = attempt.arrived.zip(attempt.started).map(|(arrived, started)| started.since(arrived));
    if let (Some(arrived), Some(waited)) = (attempt.arrived, waited.filter(|waited| waited.0 > 0)) {
        let busy = before.map_or_else(String::new, |replica| busy(lang, replica, name));
        let text = format!("{busy} {}", say::waits(lang, waited.as_millis()));
        steps.push(Step { at_ms: ms(arrived), icon: Icon::QueueFull, text: text.trim_start().to_owned() });
    }
    if let Some(started) = attempt.started {
        let sharing = before.map_or_else(String::new, |replica| {
            let sharing = (u64::from(replica.running) + 1).min(u64::from(replica.concurrency).max(1));
            let cores = match replica.cores {
                1.0 => say::one_core(lang).to_owned(),
                cores if cores > 1.0 => say::cores(lang, cores),
                part => say::part_core(lang, part),
            };
            match sharing {
                1 => format!(" {}", say::alone(lang, &cores)),
                n => format!(" {}", say::share(lang, n, &cores)),
            }
        });
        let text = format!("{}{sharing}", say::takes(lang, name));
        steps.push(Step { at_ms: ms(started), icon: Icon::Busy, text });
    }
    if let Some((at, outcome)) = attempt.ended {
        let (icon, text) = match (outcome, attempt.started) {
            (Outcome::Ok, Some(started)) => {
                (Icon::Ok, say::worked(lang, name, at.since(started).as_millis()))
            }
            (Outcome::Ok, None) => (Icon::Ok, say::answers(lang, name)),
            (Outcome::ClientGaveUp, _) => (Icon::Hourglass, say::nobody_waits(lang, name)),
            (other, _) => {
                (Icon::Overloaded, say::why(lang, name, &lower_first(lang, other.means().say(lang))))
            }
        };
        steps.push(Step { at_ms: ms(at), icon, text });
    }
    steps
}

fn busy(lang: Lang, replica: &ReplicaView, name: &str) -> String {
    let busy = match replica.concurrency {
        1 => say::busy_one(lang, name),
        n => say::busy_all(lang, name, u64::from(n)),
    };
    match replica.waiting {
        0 => busy + ".",
        n => say::and_backlog(lang, &busy, u64::from(n)),
    }
}

/// What keeps such a request from failing; nothing where it did not fail.
#[must_use]
pub const fn remedy(outcome: Outcome) -> Option<Text> {
    Some(match outcome {
        Outcome::Ok => return None,
        Outcome::QueueFull => Text::new(
            "More replicas, or less work for each request. A longer queue only makes more of them wait longer.",
            "Mehr Repliken oder weniger Arbeit je Anfrage. Eine längere Schlange lässt nur mehr von ihnen länger warten.",
            "Plus de répliques, ou moins de travail par requête. Une file plus longue ne fait qu’attendre plus de monde.",
        ),
        Outcome::QueueTimeout | Outcome::ClientGaveUp | Outcome::ReadTimeout => Text::new(
            "It came too late: more capacity, or fewer requests accepted at once, so that those who are in are \
             answered in time.",
            "Sie kam zu spät: mehr Kapazität, oder weniger zugleich annehmen, damit beantwortet wird, wer drin ist.",
            "Trop tard : plus de capacité, ou moins de requêtes acceptées à la fois, pour servir à temps les présentes.",
        ),
        Outcome::BacklogOverflow => Text::new(
            "More workers or replicas; a longer backlog only hides the wait.",
            "Mehr Worker oder Repliken; ein längeres Backlog versteckt das Warten nur.",
            "Plus de workers ou de répliques ; un backlog plus long ne fait que cacher l’attente.",
        ),
        Outcome::NoFreeConnection => Text::new(
            "A higher limit on connections, or a limit in the balancer below it, so that it sends nobody in \
             vain.",
            "Eine höhere Grenze für Verbindungen, oder eine niedrigere im Lastverteiler, damit er niemanden vergeblich \
             schickt.",
            "Une limite de connexions plus haute, ou une plus basse dans le répartiteur, pour n’envoyer personne en \
             vain.",
        ),
        Outcome::OutOfMemory => Text::new(
            "A limit on connections or requests that keeps memory below its limit, or more memory.",
            "Eine Grenze für Verbindungen oder Anfragen, die den Speicher unter seiner Grenze hält, oder mehr Speicher.",
            "Une limite de connexions ou de requêtes qui garde la mémoire sous sa limite, ou plus de mémoire.",
        ),
        Outcome::ReplicaCrashed | Outcome::WorkerKilled | Outcome::ConnectionRefused => Text::new(
            "Another attempt on another replica, where the request may be repeated.",
            "Ein weiterer Versuch bei einer anderen Replik, wo die Anfrage wiederholt werden darf.",
            "Une autre tentative sur une autre réplique, là où la requête peut être répétée.",
        ),
        Outcome::SessionLost => Text::new(
            "Sessions in a store that outlives the replica. A sticky cookie does not help when the replica is \
             gone.",
            "Sitzungen in einem Speicher, der die Replik überlebt. Ein haftendes Cookie hilft nicht, wenn die Replik \
             weg ist.",
            "Des sessions dans un stockage qui survit à la réplique. Un cookie d’affinité n’aide pas si elle a disparu.",
        ),
        Outcome::NoHealthyReplica => Text::new(
            "A replica that is left out for a shorter time, or more replicas.",
            "Repliken kürzer auslassen, oder mehr Repliken.",
            "Écarter les répliques moins longtemps, ou plus de répliques.",
        ),
        _ => Text::new(
            "See which limit was met first: the scene names it.",
            "Sehen, welche Grenze zuerst erreicht war: Die Szene nennt sie.",
            "Voir quelle limite a été atteinte d’abord : la scène la nomme.",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimDuration;

    fn story(end: Option<(u64, Outcome)>) -> Story {
        Story {
            request: 7,
            class: None,
            asked: SimTime(0),
            until: SimTime(5_000_000),
            looked_at: Vec::new(),
            attempts: Vec::new(),
            pauses: vec![(SimTime(1_000_000), SimDuration::from_millis(2))],
            end: end.map(|(ms, outcome)| (SimTime(ms * 1_000_000), outcome)),
            status: end.map_or(0, |(_, outcome)| outcome.status()),
            queued: true,
            neighbours: crate::web::driver::Neighbours::default(),
        }
    }

    fn said(story: &Story) -> String {
        summary(Lang::En, story, &|id| format!("app-{id}")).into_iter().map(|part| part.0).collect()
    }

    #[test]
    fn every_ending_has_its_sentence() {
        assert_eq!(
            said(&story(None)),
            "The client has waited 5 ms so far: it waits in the balancer’s queue."
        );
        assert_eq!(said(&story(Some((4, Outcome::Ok)))), "The client got 200 OK after 4 ms.");
        let gave_up = said(&story(Some((4, Outcome::ClientGaveUp))));
        assert_eq!(gave_up, "The client gave up after 4 ms and left without an answer.");
        for &outcome in crate::observe::OUTCOMES {
            let said = said(&story(Some((4, outcome))));
            assert!(said.starts_with("The client g") && said.ends_with('.'), "{said}");
            assert_eq!(remedy(outcome).is_none(), outcome == Outcome::Ok, "{outcome:?}");
        }
    }

    #[test]
    fn steps_are_in_order_of_time() {
        let steps = steps(Lang::En, &story(Some((4, Outcome::QueueFull))), "GET /", &|_| String::new());
        let times: Vec<f64> = steps.iter().map(|step| step.at_ms).collect();
        assert_eq!(times, [0.0, 1.0, 4.0]);
        assert!(steps[1].text.contains("asks again after 2 ms") && steps[2].text.contains("503"));
    }
}
