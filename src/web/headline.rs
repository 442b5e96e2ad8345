//! One sentence of what is going on: first the fact, then who answers how much, then what comes.

mod odd;

use crate::lang::{Lang, Text, stretches, texts};
use crate::observe::{Outcome, ReplicaState, ReplicaView};
use crate::web::graph::Graph;
use crate::web::live::Live;
use crate::web::measure::{Asked, Fleet, Recent, recent, seconds_until};

texts! {
    mod say {
        fn nothing(who: Text) {
            en: "*Nothing has happened yet.* {who}.",
            de: "*Noch ist nichts geschehen.* {who}.",
            fr: "*Rien ne s’est encore passé.* {who}.",
        }
        fn one_waits(asked: Text) {
            en: "One replica waits for {asked}",
            de: "Eine Replik wartet auf {asked}",
            fr: "Une réplique attend {asked}",
        }
        fn all_wait(n: Whole, asked: Text) {
            en: "{n} {n:replica waits|replicas wait} for {asked}",
            de: "{n} {n:Replik wartet|Repliken warten} auf {asked}",
            fr: "{n} {n:réplique attend|répliques attendent} {asked}",
        }
        fn users(n: Whole) {
            en: "{n} {n:user|users}",
            de: "{n} Nutzer",
            fr: "{n} {n:utilisateur|utilisateurs}",
        }
        fn requests(n: Three) {
            en: "{n} requests a second",
            de: "{n} {n:Anfrage|Anfragen} pro Sekunde",
            fr: "{n} {n:requête|requêtes} par seconde",
        }
        fn nobody { en: "No replica serves.", de: "Keine Replik bedient.", fr: "Aucune réplique ne sert." }
        fn left_out {
            en: "The balancer leaves out every replica.",
            de: "Der Lastverteiler lässt jede Replik aus.",
            fr: "Le répartiteur écarte toutes les répliques.",
        }
        fn no_start(names: Text) {
            en: "{names} could not start.",
            de: "Ohne Start: {names}.",
            fr: "Sans démarrage : {names}.",
        }
        fn last(name: Text) {
            en: "One replica is left: {name}.",
            de: "Eine Replik ist übrig: {name}.",
            fr: "Il reste une réplique : {name}.",
        }
        fn down(names: Text, n: Whole) {
            en: "{names} {n:is|are} down.",
            de: "{names} {n:ist|sind} ausgefallen.",
            fr: "{names} {n:est|sont} en panne.",
        }
        fn more {
            en: "More comes than is answered.",
            de: "Es kommt mehr, als beantwortet wird.",
            fr: "Il en vient plus qu’il n’en est servi.",
        }
        fn wait {
            en: "Requests wait for a worker.",
            de: "Anfragen warten auf einen Worker.",
            fr: "Des requêtes attendent un worker.",
        }
        fn quiet { en: "It is quiet.", de: "Es ist ruhig.", fr: "Tout est calme." }
        fn well { en: "All is well.", de: "Alles ist gut.", fr: "Tout va bien." }
        fn state(state: Text, answers: Text) {
            en: "*{state}* {answers}.",
            de: "*{state}* {answers}.",
            fr: "*{state}* {answers}.",
        }
        fn find_none(asks: Three) {
            en: "*{asks}* requests a second find no replica",
            de: "*{asks}* Anfragen pro Sekunde finden keine Replik",
            fr: "*{asks}* requêtes par seconde ne trouvent aucune réplique",
        }
        fn name_answers(name: Text, ok: Three, asks: Three) {
            en: "{name} answers *{ok}* of {asks} requests a second",
            de: "{name} beantwortet *{ok}* von {asks} Anfragen pro Sekunde",
            fr: "{name} répond à *{ok}* requêtes sur {asks} par seconde",
        }
        fn one_answers(ok: Three, asks: Three) {
            en: "One replica answers *{ok}* of {asks} requests a second",
            de: "Eine Replik beantwortet *{ok}* von {asks} Anfragen pro Sekunde",
            fr: "Une réplique répond à *{ok}* requêtes sur {asks} par seconde",
        }
        fn all_answer(n: Whole, ok: Three, asks: Three) {
            en: "{n} replicas answer *{ok}* of {asks} requests a second",
            de: "{n} Repliken beantworten *{ok}* von {asks} Anfragen pro Sekunde",
            fr: "{n} répliques répondent à *{ok}* requêtes sur {asks} par seconde",
        }
        fn at_limit(name: Text, part: Share) {
            en: "{name} is at its limit: {part} of its CPU.",
            de: "{name} ist an der Grenze: {part} der CPU.",
            fr: "{name} est à sa limite : {part} de son CPU.",
        }
        fn held(part: Share) {
            en: "Every worker is taken, at {part} of the CPU: they wait for others.",
            de: "Alle Worker sind belegt, bei {part} der CPU: Sie warten auf andere.",
            fr: "Tous les workers sont pris, à {part} du CPU : ils attendent d’autres.",
        }
        fn broker(n: Whole, queued: Whole, name: Text) {
            en: "{n} {n:worker|workers}; *{queued}* {queued:message waits|messages wait} at {name}.",
            de: "{n} Worker; *{queued}* {queued:Nachricht wartet|Nachrichten warten} bei {name}.",
            fr: "{n} {n:worker|workers} ; *{queued}* {queued:message attend|messages attendent} chez \
                 {name}.",
        }
        fn and(answers: Text, n: Three, end: Text) {
            en: "{answers} and *{n}* {end}",
            de: "{answers}, und *{n}* {end}",
            fr: "{answers}, et *{n}* {end}",
        }
        fn end_as(outcome: Text) {
            en: "end as “{outcome}”",
            de: "enden als „{outcome}“",
            fr: "finissent en « {outcome} »",
        }
        fn restarts(name: Text, left: Moment) {
            en: "{name} restarts in {left}.",
            de: "{name} startet in {left} neu.",
            fr: "{name} redémarre dans {left}.",
        }
        fn ready(name: Text, left: Moment) {
            en: "{name} is ready in {left}.",
            de: "{name} ist in {left} bereit.",
            fr: "{name} sera prête dans {left}.",
        }
    }
}

/// A stretch of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words.
    pub text: String,
    /// Whether it is a fact, shown stronger.
    pub fact: bool,
}

/// What is going on now.
#[must_use]
pub fn headline(lang: Lang, live: &Live, asked: &Asked) -> Vec<Part> {
    let sentence = sentence(lang, live, asked);
    stretches(&sentence).into_iter().map(|(text, fact)| Part { text, fact }).collect()
}

/// Facts stand between `*`.
fn sentence(lang: Lang, live: &Live, asked: &Asked) -> String {
    let graph = live.model.as_deref().map(Graph::of).unwrap_or_default();
    // Who is cut off or frozen runs, and answers nobody.
    let (silent, heard): (Vec<_>, Vec<_>) = live
        .world
        .replicas
        .iter()
        .filter(|replica| graph.is_front(&replica.service))
        .partition(|replica| odd::is_silent(replica));
    let (fleet, silent) = (Fleet::of(heard), silent.len());
    if live.recorder.series.points.is_empty() {
        return before_the_start(lang, live, asked);
    }
    let recent = recent(live);
    let held = held(lang, live, &graph);
    let state = match state_in_words(lang, live, (&fleet, silent, graph.fronts() > 1), &recent) {
        // What is answered late is not well.
        state if held.is_some() && state == say::well(lang) => say::wait(lang).to_owned(),
        state => state,
    };
    let mut said = say::state(lang, &state, &who_answers(lang, live, &fleet, &recent, &state));
    let more = at_limit(lang, live, &graph).into_iter().chain(held);
    for more in more.chain(brokers(lang, live)).chain(what_comes(lang, live)) {
        said.push(' ');
        said.push_str(&more);
    }
    said
}

/// From this share of its CPU a service that others call is at its limit.
const LIMIT: f64 = 0.95;

/// The service behind the first ones that has used the most of its CPU in the last second, when that is nearly
/// all: everybody waits for it.
fn at_limit(lang: Lang, live: &Live, graph: &Graph) -> Option<String> {
    let load = |name: &str| load(live, |replica| replica.service == name);
    let inner = graph.names().into_iter().filter(|name| !graph.is_front(name) && !graph.is_worker(name));
    let most = inner.map(|name| (load(&name), name)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (most.0 >= LIMIT).then(|| say::at_limit(lang, &most.1, most.0))
}

/// The share of their CPU that the ready ones of these replicas used in the last second.
fn load(live: &Live, of: impl Fn(&ReplicaView) -> bool) -> f64 {
    let series = &live.recorder.series;
    let windows = ((1.0 / series.window_s).round() as usize).max(1);
    let points = &series.points[series.points.len().saturating_sub(windows)..];
    let ready = |replica: &&ReplicaView| of(replica) && replica.state == ReplicaState::Ready;
    let ids: Vec<u32> = live.world.replicas.iter().filter(ready).map(|replica| replica.id).collect();
    let of_point = points.iter().flat_map(|point| &point.replicas);
    let loads = of_point.filter(|replica| ids.contains(&replica.id)).map(|replica| f64::from(replica.cpu));
    let (sum, n) = loads.fold((0.0, 0_u32), |(sum, n), load| (sum + load, n + 1));
    sum / f64::from(n.max(1))
}

/// Below this share of its CPU a replica whose workers are all taken is held up by others.
const IDLE: f64 = 0.5;

/// Said when requests wait at every replica behind the balancer for a worker, and hardly one of these works: slow
/// clients, or what they call, hold them.
fn held(lang: Lang, live: &Live, graph: &Graph) -> Option<String> {
    let front = |replica: &ReplicaView| graph.is_front(&replica.service);
    let mut ready =
        live.world.replicas.iter().filter(|r| front(r) && r.state == ReplicaState::Ready).peekable();
    let taken = |replica: &ReplicaView| replica.waiting > 0 && replica.running >= replica.concurrency;
    let all = ready.peek().is_some() && ready.all(taken);
    all.then(|| load(live, front)).filter(|&load| load < IDLE).map(|load| say::held(lang, load))
}

/// Who works on what brokers hand out, and how much waits there.
fn brokers(lang: Lang, live: &Live) -> Vec<String> {
    let views = live.world.dependencies.iter();
    let brokers = views.filter_map(|view| view.broker.as_ref().map(|broker| (&view.name, broker)));
    brokers
        .map(|(name, broker)| say::broker(lang, broker.workers.into(), broker.queue.value(), name))
        .collect()
}

/// The same as plain text.
#[must_use]
pub fn text(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

fn before_the_start(lang: Lang, live: &Live, asked: &Asked) -> String {
    let asked = match (asked.users, asked.base) {
        (true, users) => say::users(lang, users as u64),
        (false, base) => say::requests(lang, base),
    };
    let who = match live.world.replicas.len() {
        1 => say::one_waits(lang, &asked),
        n => say::all_wait(lang, n as u64, &asked),
    };
    say::nothing(lang, &who)
}

/// Share of failures from which a world is no longer calm.
const NOTABLE: f64 = 0.02;

/// `fleet`: the replicas that clients reach, how many more run and answer nobody, and whether they belong to several
/// services.
fn state_in_words(
    lang: Lang,
    live: &Live,
    (fleet, silent, several): (&Fleet, usize, bool),
    recent: &Recent,
) -> String {
    let of_all = Fleet::of(&live.world.replicas);
    let away = of_all.down + of_all.not_started;
    let gone = fleet.down + fleet.not_started;
    let all = fleet.serving.len() + silent + fleet.created + fleet.starting + gone + fleet.draining;
    let failing = recent.failed > NOTABLE * (recent.ok + recent.failed);
    let ready = || live.world.replicas.iter().filter(|replica| replica.state == ReplicaState::Ready);
    let odd = || odd::sentence(lang, live, failing);
    match fleet.serving.as_slice() {
        // All that run are cut off or frozen: that is said.
        [] if all > 0 => odd().filter(|_| silent == all).unwrap_or_else(|| say::nobody(lang).into()),
        _ if live.world.balancer.is_some() && ready().all(is_left_out) => say::left_out(lang).into(),
        _ if of_all.not_started > 0 && of_all.down == 0 => {
            say::no_start(lang, &names(lang, live, |state| state == ReplicaState::NotStarted))
        }
        // Another service does not stand in for the one that is gone.
        [only] if all > 1 && gone > 0 && !several => say::last(lang, only),
        _ if away > 0 => say::down(lang, &names(lang, live, is_away), away as u64),
        _ if let Some(odd) = odd() => odd,
        _ if failing => {
            recent.worst.map_or_else(String::new, |(outcome, _)| trouble(outcome).say(lang).to_owned())
        }
        _ if recent.offered > 1.15 * recent.ok && recent.offered - recent.ok > 2.0 => say::more(lang).into(),
        _ if recent.ok < 0.5 && recent.offered < 0.5 => say::quiet(lang).into(),
        _ => say::well(lang).into(),
    }
}

/// Whether the balancer may not choose it for another reason than that it is full.
fn is_left_out(replica: &ReplicaView) -> bool {
    replica.left_out
}

fn names(lang: Lang, live: &Live, which: fn(ReplicaState) -> bool) -> String {
    let chosen = live.world.replicas.iter().filter(|replica| which(replica.state));
    lang.list(&chosen.map(|replica| replica.name.clone()).collect::<Vec<_>>(), 3)
}

const fn is_away(state: ReplicaState) -> bool {
    matches!(state, ReplicaState::BackingOff | ReplicaState::Down | ReplicaState::NotStarted)
}

/// What most failures say about the world.
const fn trouble(outcome: Outcome) -> Text {
    match outcome {
        Outcome::QueueFull => Text::new(
            "The balancer’s queue is full.",
            "Die Schlange des Lastverteilers ist voll.",
            "La file du répartiteur est pleine.",
        ),
        Outcome::QueueTimeout => Text::new(
            "Requests wait too long in the balancer’s queue.",
            "Anfragen warten zu lange in der Schlange des Lastverteilers.",
            "Les requêtes attendent trop dans la file du répartiteur.",
        ),
        Outcome::ClientGaveUp => {
            Text::new("Clients give up waiting.", "Clients geben das Warten auf.", "Des clients renoncent.")
        }
        Outcome::ReadTimeout | Outcome::ConnectTimeout => Text::new(
            "Answers come too late.",
            "Antworten kommen zu spät.",
            "Les réponses arrivent trop tard.",
        ),
        Outcome::BacklogOverflow => {
            Text::new("The listen backlogs are full.", "Die Backlogs sind voll.", "Les backlogs sont pleins.")
        }
        Outcome::ConnectionRefused | Outcome::NoHealthyReplica => Text::new(
            "Requests find nobody.",
            "Anfragen finden niemanden.",
            "Les requêtes ne trouvent personne.",
        ),
        Outcome::NoFreeConnection => Text::new(
            "Replicas have no connection left.",
            "Repliken haben keine Verbindung mehr frei.",
            "Les répliques n’ont plus de connexion libre.",
        ),
        Outcome::OutOfMemory => {
            Text::new("Memory runs out.", "Der Speicher geht aus.", "La mémoire s’épuise.")
        }
        Outcome::SessionLost => Text::new(
            "Users find their baskets gone.",
            "Nutzern sind ihre Körbe abhandengekommen.",
            "Des utilisateurs ont perdu leur panier.",
        ),
        _ => Text::new("Requests fail.", "Anfragen scheitern.", "Des requêtes échouent."),
    }
}

fn who_answers(lang: Lang, live: &Live, fleet: &Fleet, recent: &Recent, said: &str) -> String {
    // Answers of a second may be to requests of the second before.
    let (ok, asks) = (recent.ok, recent.offered.max(recent.ok));
    let answers = match fleet.serving.as_slice() {
        [] => return say::find_none(lang, asks),
        [only] if live.world.replicas.len() > 1 => say::name_answers(lang, only, ok, asks),
        [_] => say::one_answers(lang, ok, asks),
        several => say::all_answer(lang, several.len() as u64, ok, asks),
    };
    let Some((outcome, worst)) = recent.worst else { return answers };
    // The reason is not said twice.
    let end = end_of(lang, outcome);
    let short = end.split(':').next().unwrap_or(&end).trim_end();
    let end = if said == trouble(outcome).say(lang) { short } else { end.as_str() };
    say::and(lang, &answers, worst, end)
}

/// How requests of this outcome end, after a number.
fn end_of(lang: Lang, outcome: Outcome) -> String {
    let text = match outcome {
        Outcome::QueueFull => Text::new(
            "are turned away: the balancer’s queue is full",
            "werden abgewiesen: die Schlange des Lastverteilers ist voll",
            "sont refusées : la file du répartiteur est pleine",
        ),
        Outcome::ClientGaveUp => {
            Text::new("leave before their answer", "gehen vor ihrer Antwort", "partent avant leur réponse")
        }
        Outcome::OutOfMemory => Text::new(
            "are lost with a replica that ran out of memory",
            "gehen mit einer Replik verloren, deren Speicher voll war",
            "sont perdues avec une réplique à court de mémoire",
        ),
        Outcome::ReplicaCrashed => Text::new(
            "are lost with a replica that crashed",
            "gehen mit einer abgestürzten Replik verloren",
            "sont perdues avec une réplique plantée",
        ),
        Outcome::SessionLost => Text::new(
            "come back without their basket",
            "kommen ohne ihren Korb zurück",
            "reviennent sans leur panier",
        ),
        Outcome::BacklogOverflow => {
            Text::new("find the listen backlog full", "finden das Backlog voll", "trouvent le backlog plein")
        }
        Outcome::ConnectionRefused => Text::new(
            "are refused: nothing listens",
            "werden abgewiesen: niemand hört zu",
            "sont refusées : rien n’écoute",
        ),
        Outcome::NoHealthyReplica => Text::new(
            "find no replica that may be asked",
            "finden keine Replik, die gefragt werden darf",
            "ne trouvent aucune réplique à solliciter",
        ),
        Outcome::NoFreeConnection => Text::new(
            "find no free connection",
            "finden keine freie Verbindung",
            "ne trouvent aucune connexion libre",
        ),
        other => return say::end_as(lang, other.text().say(lang)),
    };
    text.say(lang).to_owned()
}

/// The next thing that is certain to come, when it is near.
fn what_comes(lang: Lang, live: &Live) -> Option<String> {
    let now = live.world.now;
    let next = live.world.replicas.iter().filter_map(|replica| {
        let says: fn(Lang, &str, f64) -> String = match replica.state {
            ReplicaState::BackingOff => say::restarts,
            ReplicaState::Starting => say::ready,
            _ => return None,
        };
        replica.until.map(|until| (until, replica, says))
    });
    let (until, replica, says) = next.min_by_key(|(until, ..)| *until)?;
    Some(says(lang, &replica.name, seconds_until(now, until)))
}

#[cfg(test)]
mod tests;
