//! What the replicas use, as `docker stats` shows it, and the balancer's counters, as nginx's status page has
//! them.

use yew::prelude::*;

use super::say::none;
use crate::lang::texts;
use crate::observe::{ReplicaState, ReplicaView, Snapshot};
use crate::report::number::{bytes, whole};
use crate::web::rows;
use crate::web::shell::Shell;

texts! {
    mod say {
        fn no_limit { en: "no limit", de: "ohne Grenze", fr: "sans limite" }
        fn one_core {
            en: "100 % is one whole core: half a core is full at 50 %.",
            de: "100 % ist ein ganzer Kern: Ein halber Kern ist bei 50 % voll.",
            fr: "100 % est un cœur entier : un demi-cœur est plein à 50 %.",
        }
        fn page { en: "Status page", de: "Statusseite", fr: "Page de statut" }
        fn about {
            en: "Every ask is a connection of its own here, without keep-alive, so none is Waiting; reading \
                 takes no time. Asks that are still on their way are not counted.",
            de: "Jede Anfrage ist hier eine eigene Verbindung, ohne Keep-alive, also wartet keine (Waiting); \
                 Lesen kostet keine Zeit. Anfragen auf dem Weg sind nicht gezählt.",
            fr: "Chaque demande est ici une connexion à elle, sans keep-alive, donc aucune n’attend \
                 (Waiting) ; lire ne prend aucun temps. Les demandes encore en route ne sont \
                 pas comptées.",
        }
    }
}

/// A row for each replica.
pub fn stats(shell: &Shell) -> Html {
    let lang = shell.lang();
    let live = shell.control.live.get();
    let last = live.recorder.series.points.last();
    // Of many, those that use the most.
    let point_of = |id: u32| last.and_then(|point| crate::observe::find_replica(&point.replicas, id));
    let used = |replica: &ReplicaView| point_of(replica.id).map_or(0, |point| (point.cpu * 1e6) as u32);
    let shown = rows::first_of(&live.world.replicas, |replica| std::cmp::Reverse(used(replica)));
    let row = |replica: &ReplicaView| {
        let point = point_of(replica.id);
        // Docker counts one core as 100 %.
        let cpu = point.map_or(0.0, |point| 100.0 * f64::from(point.cpu) * replica.cores);
        let used = replica.memory.total() as f64;
        let alive = !matches!(replica.state, ReplicaState::Created | ReplicaState::NotStarted);
        let memory = match replica.memory_limit {
            Some(limit) => format!("{} / {}", bytes(used), bytes(limit as f64)),
            None => format!("{} / {}", bytes(used), say::no_limit(lang)),
        };
        let share = replica
            .memory_limit
            .map_or_else(|| "--".into(), |limit| format!("{:.2}%", 100.0 * used / limit as f64));
        html! {
            <tr key={replica.id}>
                <th scope="row">{ &replica.name }</th>
                <td>{ if alive { format!("{cpu:.2}%") } else { "--".into() } }</td>
                <td>{ memory }</td><td>{ share }</td>
                <td>{ whole(u64::from(replica.connections)) }</td>
                <td>{ whole(u64::from(replica.restarts)) }</td>
                <td>{ replica.state.text().say(lang) }</td>
            </tr>
        }
    };
    html! {
        <>
            <p class="sub"><code>{ "docker stats" }</code></p>
            <div class="inside-table"><table class="mono">
                <thead><tr>
                    { for ["NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "CONNECTIONS", "RESTARTS", "STATE"]
                        .map(|head| html! { <th scope="col">{ head }</th> }) }
                </tr></thead>
                <tbody>{ for shown.into_iter().map(row) }</tbody>
            </table></div>
            { rows::rest(lang, live.world.replicas.len()) }
            <p class="sub">{ say::one_core(lang) }</p>
        </>
    }
}

/// Counters of the status page: accepted connections and requests, and what is open now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counters {
    /// Connections open now.
    pub active: u64,
    /// Connections accepted so far; nginx keeps none back, so as many are handled.
    pub accepts: u64,
    /// Requests so far.
    pub requests: u64,
    /// Answers being worked on or written.
    pub writing: u64,
}

impl Counters {
    /// Of a world: every ask is a connection of its own, as clients without keep-alive make them.
    #[must_use]
    pub fn of(world: &Snapshot) -> Self {
        let on_the_way = world.arriving.len() as u64;
        let asked = (world.ledger.offered() + world.retries).saturating_sub(on_the_way);
        let active = world.ledger.in_flight().saturating_sub(on_the_way);
        Self { active, accepts: asked, requests: asked, writing: active }
    }

    /// As nginx writes them.
    #[must_use]
    pub fn text(self) -> String {
        let Self { active, accepts, requests, writing } = self;
        format!(
            "Active connections: {active} \nserver accepts handled requests\n {accepts} {accepts} {requests} \n\
             Reading: 0 Writing: {writing} Waiting: 0 "
        )
    }
}

/// The status page.
pub fn status(shell: &Shell) -> Html {
    let live = shell.control.live.get();
    if live.world.balancer.is_none() {
        return html! { <p class="sub">{ none(shell.lang()) }</p> };
    }
    let text = Counters::of(&live.world).text();
    html! {
        <>
            <p class="sub"><code>{ "curl http://balancer/nginx_status" }</code></p>
            <pre class="log" tabindex="0" aria-label={say::page(shell.lang())}><code>{ text }</code></pre>
            <p class="sub">
                { say::about(shell.lang()) }
            </p>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seven asked, one of them twice, two answered: five in flight.
    #[test]
    fn counters_as_nginx_writes_them() {
        let mut world = Snapshot::default();
        (0..7).for_each(|_| world.ledger.offer());
        (0..2).for_each(|_| world.ledger.end(crate::observe::Outcome::Ok));
        world.retries = 1;
        let text = Counters::of(&world).text();
        let expected = "Active connections: 5 \nserver accepts handled requests\n 8 8 8 \n\
                        Reading: 0 Writing: 5 Waiting: 0 ";
        assert_eq!(text, expected);
    }
}
