//! Each replica's log, as `docker compose logs` shows it.

use yew::prelude::*;

use crate::lang::texts;
use crate::observe::{MessageNews, Outcome};
use crate::report::number::millis;
use crate::scenario::ClassModel;
use crate::units::SimTime;
use crate::units::order::sort_by_key;
use crate::web::driver::{Job, Served};
use crate::web::rows;
use crate::web::shell::{Props, Shell};

texts! {
    mod say {
        fn whose { en: "Whose log", de: "Wessen Log", fr: "Quel journal" }
        fn all { en: "all replicas", de: "alle Repliken", fr: "toutes les répliques" }
        fn log { en: "Log", de: "Log", fr: "Journal" }
    }
}

/// Lines that are shown.
const LINES: usize = 200;

/// The log of one replica, or of all in order of time.
#[component]
pub fn Logs(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let wanted = use_state_eq(String::new);
    let names = shell.control.live.get().recorder.series.names.clone();
    let on_name = {
        let wanted = wanted.setter();
        Callback::from(move |name: String| wanted.set(name.trim().to_owned()))
    };
    let text = log(shell, &wanted).join("\n");
    html! {
        <>
            { rows::pick(lang, say::whose(lang), &names, &wanted, Some(say::all(lang)), on_name) }
            <p class="sub"><code>{ format!("docker compose logs {}", *wanted) }</code></p>
            <pre class="log" tabindex="0" aria-label={say::log(lang)}><code>{ text }</code></pre>
        </>
    }
}

/// The lines, the oldest first.
fn log(shell: &Shell, wanted: &str) -> Vec<String> {
    let lines = shell.lines();
    let live = shell.control.live.get();
    let names = &live.recorder.series.names;
    let widest = names.iter().map(String::len).max().unwrap_or(0);
    let paths: Vec<String> = shell
        .model
        .0
        .as_ref()
        .map(|model| model.classes().iter().map(request_line).collect())
        .unwrap_or_default();
    let queues: Vec<String> = live.world.dependencies.iter().map(|view| view.name.clone()).collect();
    let mut all: Vec<(SimTime, String)> = Vec::new();
    for (id, name) in (0_u32..).zip(names) {
        if !wanted.is_empty() && name != wanted {
            continue;
        }
        let prefix = format!("{name:widest$}  | ");
        all.extend(
            live.latest.served(id).map(|served| (served.at, prefix.clone() + &access(served, &paths))),
        );
        all.extend(live.latest.jobs(id).map(|job| (job.at, prefix.clone() + &task(job, &queues))));
    }
    for line in &lines {
        let own = line.replica.as_ref().filter(|name| wanted.is_empty() || *name == wanted);
        let written =
            own.map(|name| (line.at, format!("{name:widest$}  | {} {}", stamp(line.at), line.full())));
        all.extend(written);
    }
    sort_by_key(&mut all, |(at, _)| *at);
    let later = all.len().saturating_sub(LINES);
    all.into_iter().skip(later).map(|(_, line)| line).collect()
}

fn stamp(at: SimTime) -> String {
    format!("[{:>9.3} s]", at.as_secs())
}

fn request_line(class: &ClassModel) -> String {
    format!("{} {}", class.method.word(), class.path)
}

/// One attempt as an application server logs it.
fn access(served: &Served, paths: &[String]) -> String {
    let path = served.class.and_then(|class| paths.get(class.index())).map_or("GET /…", String::as_str);
    let end = match served.outcome {
        Outcome::Ok | Outcome::SessionLost => "200".to_owned(),
        Outcome::ErrorResponse => "500".to_owned(),
        other => format!("- ({})", other.label()),
    };
    format!(
        "{} request {} \"{path}\" {end} {}",
        stamp(served.at),
        served.request,
        millis(served.sojourn.as_millis())
    )
}

/// One message as a background worker logs it.
fn task(job: &Job, queues: &[String]) -> String {
    let queue = queues.get(job.broker.index()).map_or("?", String::as_str);
    let (inside, age) = (millis(job.inside.as_millis()), millis(job.age.as_millis()));
    let end = match job.news {
        MessageNews::Done => "succeeded",
        MessageNews::Failed => "failed",
        MessageNews::Returned => "returned",
        MessageNews::Dead => "dead",
        _ => "lost",
    };
    format!("{} task={queue} {end} inside={inside} age={age}", stamp(job.at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{DependencyId, SimDuration};

    /// Published 2.5 s ago, at the worker for 1 s.
    #[test]
    fn a_task_has_its_line() {
        let (age, inside) = (SimDuration::from_millis(2_500), SimDuration::from_secs(1));
        let at = SimTime(4_000_000_000);
        let job = Job { at, broker: DependencyId(0), news: MessageNews::Done, age, inside };
        let line = task(&job, &["rabbitmq".to_owned()]);
        assert_eq!(line, "[    4.000 s] task=rabbitmq succeeded inside=1 s age=2.5 s");
    }
}
