//! A run as text: what happened first, then the numbers, then how to trust them.

use super::chart::chart;
use super::table::Table;
use super::term::{BOLD, DIM, GREEN, RED, RESET, YELLOW, wrap};
use crate::algorithm::product::{self, Product};
use crate::lang::Lang;
use crate::observe::Outcome;
use crate::report::number::{bytes, count, millis, moment, rate, share, three, whole};
use crate::report::{
    ClassReport, DependencyReport, Line, ReplicaReport, Report, Times, Warning, export, narrate, summary,
};

/// Lines of the event log that are shown.
const EVENTS: usize = 24;

/// The report as text of at most `width` columns where words allow it.
pub(super) fn report(report: &Report, title: &str, lines: &[Line], width: usize) -> String {
    let mut parts = vec![heading(report, title, width), words(report, width)];
    parts.push(requests(report, width));
    parts.push(times(report));
    parts.push(classes(&report.classes, width));
    parts.push(replicas(&report.replicas, width));
    parts.push(dependencies(&report.dependencies, width));
    parts.push(brokers(&report.dependencies, width));
    parts.push(chart(&report.series, width));
    parts.push(events(lines, width));
    parts.push(warnings(&report.warnings, width));
    parts.push(format!("{DIM}seed {} · digest {}{RESET}\n", report.seed, report.digest));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn heading(report: &Report, title: &str, width: usize) -> String {
    let mut replicas = count(report.replicas.len() as u64, "replica");
    match report.background().count() as u64 {
        0 => {}
        n => replicas += &format!(", {} of them for background work", whole(n)),
    }
    let algorithm = if report.balancers.is_empty() { "no balancer" } else { &report.algorithm };
    let warmup = match report.warmup_s {
        0.0 => String::new(),
        s => format!(", measured from {} on", moment(s)),
    };
    let length = moment(report.duration_s).replace(".0 s", " s");
    let line = format!("{BOLD}{title}{RESET}{DIM} · {algorithm} · {replicas} · {length}{warmup}{RESET}");
    wrap(&line, 0, width, 2) + "\n"
}

fn words(report: &Report, width: usize) -> String {
    let sentences = summary(report);
    let colour = if report.requests.failed.total() == 0 { GREEN } else { RED };
    let mut out = String::new();
    for (i, sentence) in sentences.iter().enumerate() {
        let line = wrap(sentence, 0, width, 0);
        let space = if sentences.len() > 1 { "\n" } else { "" };
        out += &if i == 0 { format!("{BOLD}{colour}{line}{RESET}\n{space}") } else { format!("{line}\n") };
    }
    out
}

/// The ledger: offered = ok + failures + in flight.
fn requests(report: &Report, width: usize) -> String {
    let requests = &report.requests;
    let product = product::named(report.balancers.first().map_or("", |balancer| balancer.product));
    let mut rows = vec![("ok".to_owned(), requests.succeeded, GREEN)];
    rows.extend(requests.failed.occurred().into_iter().map(|(outcome, n)| (name(outcome, product), n, RED)));
    rows.push(("in flight at the end".to_owned(), requests.in_flight, ""));
    let room = width.saturating_sub(46).min(40);
    let bar = |n: u64, colour: &str| {
        let eighths = (n as f64 / requests.offered.max(1) as f64 * room as f64 * 8.0 + 0.5) as usize;
        let blocks = "█".repeat(eighths / 8);
        let rest = ['\0', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8];
        let rest = if rest == '\0' { String::new() } else { rest.to_string() };
        format!("{colour}{blocks}{rest}{RESET}")
    };
    let of = |n: u64| share(n as f64 / requests.offered.max(1) as f64);
    let mut table = Table::new(&["Requests", "count", "share", ""]).left(3);
    for (name, n, colour) in rows {
        table.row(vec![name, whole(n), of(n), bar(n, colour)]);
    }
    let sum = format!("{DIM}= all of the above{RESET}");
    table.row(vec!["offered".into(), whole(requests.offered), String::new(), sum]);
    table.show(width)
}

/// Its label with the status that clients get behind this product.
fn name(outcome: Outcome, product: &Product) -> String {
    match outcome.status_behind(product) {
        0 => outcome.label().to_owned(),
        status => format!("{} ({status})", outcome.label()),
    }
}

fn times(report: &Report) -> String {
    let mut table = Table::new(&["Times", "mean", "p50", "p90", "p95", "p99", "p99.9", "max"]);
    let rows = [
        ("response (ok)", &report.response_time_ms),
        ("at the replica", &report.sojourn_ms),
        ("waiting there", &report.waiting_ms),
    ];
    for (name, times) in rows.into_iter().filter(|(_, times)| times.count > 0) {
        table.row([name.to_owned()].into_iter().chain(cells(times)).collect());
    }
    if report.response_time_ms.count + report.sojourn_ms.count == 0 {
        return String::new();
    }
    let through = format!(
        "{DIM}{} ok, {} answered by replicas, {} in flight on average{RESET}\n",
        rate(report.goodput_per_s),
        rate(report.throughput_per_s),
        three(report.in_flight_mean),
    );
    let again = match report.amplification().filter(|_| report.retries > 0) {
        Some(times) => format!(
            "{DIM}clients asked {} times again: {} times for each request{RESET}\n",
            whole(report.retries),
            three(times)
        ),
        None => String::new(),
    };
    table.show(usize::MAX) + &through + &again
}

fn cells(times: &Times) -> impl Iterator<Item = String> {
    [times.mean, times.p50, times.p90, times.p95, times.p99, times.p999, times.max]
        .into_iter()
        .map(|value| value.map_or_else(|| "—".into(), millis))
}

fn classes(classes: &[ClassReport], width: usize) -> String {
    if classes.is_empty() {
        return String::new();
    }
    let mut heads = export::CLASS_HEADS;
    heads[0] = "Classes";
    let mut table = Table::new(&heads).left(1).left(7);
    export::class_rows(classes).into_iter().take(ROWS).for_each(|row| table.row(row));
    table.show(width)
}

/// Rows of the table of replicas; the rest are counted.
const ROWS: usize = 24;

fn replicas(replicas: &[ReplicaReport], width: usize) -> String {
    if replicas.is_empty() {
        return String::new();
    }
    let sheds = replicas.iter().any(|r| r.sheds > 0);
    let mut heads = vec!["Replicas", "state", "attempts", "share", "CPU", "memory", "conns", "restarts"];
    heads.extend(sheds.then_some("shed"));
    let mut table = Table::new(&heads).left(1);
    for r in replicas.iter().take(ROWS) {
        let memory = bytes(r.memory.peak_bytes as f64);
        let connections = whole(r.connections.peak);
        let mut row = vec![
            r.name.clone(),
            r.state.replace('_', " "),
            whole(r.requests),
            share(r.share),
            share(r.cpu.utilisation),
            short_of(memory, r.memory.limit_bytes.map(|limit| bytes(limit as f64))),
            of(connections, r.connections.limit),
            whole(u64::from(r.restarts)),
        ];
        row.extend(sheds.then(|| whole(r.sheds)));
        table.row(row);
    }
    let more = match replicas.len().saturating_sub(ROWS) {
        0 => String::new(),
        n => format!("{DIM}and {} (all with --format json){RESET}\n", count(n as u64, "more replica")),
    };
    let note = format!("{DIM}memory and conns (connections): the peak and its limit{RESET}\n");
    table.show(width) + &more + &note
}

/// `80/100` where there is a limit.
fn of(value: String, limit: Option<u32>) -> String {
    match limit {
        Some(limit) => format!("{value}/{}", whole(u64::from(limit))),
        None => value,
    }
}

fn dependencies(dependencies: &[DependencyReport], width: usize) -> String {
    if dependencies.is_empty() {
        return String::new();
    }
    let mut table =
        Table::new(&["Dependencies", "kind", "calls", "failed", "conns", "in use", "waiting", "hits"]);
    table = table.left(1);
    for d in dependencies.iter().take(ROWS) {
        let failed: u64 = d.failed.0.iter().map(|(_, n)| n).sum();
        table.row(vec![
            d.name.clone(),
            d.kind.to_owned(),
            whole(d.requests),
            whole(failed),
            of(whole(d.connections.peak), d.connections.limit),
            of(whole(d.in_use.peak), d.in_use.limit),
            three(d.waiting_mean),
            d.hit_ratio.map_or_else(String::new, share),
        ]);
    }
    let note =
        "conns and in use: the peak and its limit; waiting: for a connection, a row or a turn, on average";
    let updates: u64 = dependencies.iter().map(|d| d.lost_updates).sum();
    let lost = if updates == 0 { String::new() } else { format!("{}\n", count(updates, "update") + " lost") };
    table.show(width) + &lost + &format!("{DIM}{}{RESET}\n", wrap(note, 0, width, 0))
}

fn brokers(dependencies: &[DependencyReport], width: usize) -> String {
    let brokers = dependencies.iter().filter_map(|d| Some((&d.name, d.broker.as_ref()?)));
    let heads =
        ["Brokers", "workers", "published", "done", "queue", "drained", "p50", "p99", "again", "lost"];
    let mut table = Table::new(&heads).left(1);
    let mut none = true;
    for (name, b) in brokers.take(ROWS) {
        none = false;
        let time = |time: Option<f64>| time.map_or_else(|| "—".into(), millis);
        table.row(vec![
            name.clone(),
            b.service.clone(),
            whole(b.published),
            whole(b.done),
            of(whole(b.queue.peak), b.queue.limit),
            rate(b.drained_per_s),
            time(b.age_ms.p50),
            time(b.age_ms.p99),
            whole(b.returned),
            whole(b.lost + b.dead + b.dropped + b.failed),
        ]);
    }
    if none {
        return String::new();
    }
    let note = "queue: the peak and its limit; p50 and p99: from published to done; again: delivered again; lost: \
        failed, lost, dropped or dead";
    table.show(width) + &format!("{DIM}{}{RESET}\n", wrap(note, 0, width, 0))
}

/// `212/256 MiB` where both have the same unit.
fn short_of(value: String, limit: Option<String>) -> String {
    let Some(limit) = limit else { return value };
    match (value.split_once(' '), limit.split_once(' ')) {
        (Some((number, a)), Some((_, b))) if a == b => format!("{number}/{limit}"),
        _ => format!("{value}/{limit}"),
    }
}

fn events(lines: &[Line], width: usize) -> String {
    let told = narrate::thin(Lang::En, lines, EVENTS);
    if told.is_empty() {
        return String::new();
    }
    let hidden = if told.len() < lines.len() {
        format!(" {DIM}· the key ones of {}; all with --format json{RESET}", whole(lines.len() as u64))
    } else {
        String::new()
    };
    let mut out = format!("{BOLD}Events{RESET}{hidden}\n");
    for line in &told {
        let time = format!("{:>8}", moment(line.at.as_secs()));
        out += &format!("{DIM}{time}{RESET}  {}\n", wrap(&line.text, 10, width, 10));
        if let Some(quote) = &line.quote {
            out += &format!("{:10}{DIM}{quote}{RESET}\n", "");
        }
    }
    out
}

/// What to mind, each with what to do.
pub(super) fn warnings(warnings: &[Warning], width: usize) -> String {
    let mut out = String::new();
    for warning in warnings {
        let text = format!("{YELLOW}mind:{RESET} {} {}.", warning.text, warning.remedy);
        out += &(wrap(&text, 0, width, 6) + "\n");
    }
    out
}
