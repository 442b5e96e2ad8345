//! From a scenario's name, path or text to a checked model, with every problem and where it stands.

use std::io::Read as _;
use std::path::Path;

use super::args::{ChangeArgs, ScenarioArgs};
use super::output::say;
use super::{Complaint, Failure, Result};
use crate::scenario::RECORDING_LIMIT;
use crate::scenario::node::{TEXT_LIMIT, Value};
use crate::scenario::preset::{self, PRESETS};
use crate::scenario::{Field as _, Invalid, Model, Node, Problem, Run, Scenario, link, nearest};
use crate::units::{SimDuration, Unit as _};

/// A scenario, ready to run.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    /// As it was written, with what the command line set.
    pub scenario: Scenario,
    /// Checked.
    pub model: Model,
}

/// A scenario as it was written, before any check.
#[derive(Debug, Clone)]
pub(super) struct Written {
    /// What the user calls it: a path, or the name of a preset.
    pub origin: String,
    /// The preset that it comes from.
    pub preset: Option<&'static str>,
    /// Its tree.
    pub node: Node,
}

/// Reads, changes and checks a scenario.
pub(super) fn load(args: &ScenarioArgs, algorithm: Option<&str>) -> Result<Loaded> {
    load_written(read(&args.scenario)?, &args.changes, algorithm)
}

/// Changes and checks a scenario that has been read.
pub(super) fn load_written(
    mut written: Written,
    changes: &ChangeArgs,
    algorithm: Option<&str>,
) -> Result<Loaded> {
    change(&mut written.node, changes, algorithm)?;
    accept(&written)
}

/// Checks a scenario; every problem is a message.
pub(super) fn accept(written: &Written) -> Result<Loaded> {
    check(written).map_err(|problems| complaints(written, &problems))
}

/// Checks a scenario.
pub(super) fn check(written: &Written) -> std::result::Result<Loaded, Vec<Problem>> {
    Scenario::check(&written.node)
        .map(|(scenario, model)| Loaded { scenario, model })
        .map_err(|Invalid(problems)| located(&written.node, problems))
}

/// Reads a scenario as it was written.
pub(super) fn read(name: &str) -> Result<Written> {
    if let Some((query, fragment)) = permalink(name) {
        return Ok(follow(query, fragment));
    }
    let found = preset::find(name);
    let (origin, text) = if name == "-" {
        let mut text = String::new();
        let limit = TEXT_LIMIT as u64 + 1;
        let read = std::io::stdin().lock().take(limit).read_to_string(&mut text);
        read.map_err(|error| Failure::new(format!("standard input: {error}")))?;
        ("standard input".to_owned(), text)
    } else if let Some(preset) = found {
        (name.to_owned(), preset.text.to_owned())
    } else {
        (name.to_owned(), read_file(name)?)
    };
    let json = name.ends_with(".json") || text.trim_start().starts_with('{');
    let node = if json { Node::from_json(&text) } else { Node::from_toml(&text) };
    let mut node = node.map_err(|message| Failure::new(unreadable(&origin, &message.to_string())))?;
    read_recordings(&mut node, Path::new(&origin))?;
    Ok(Written { origin, preset: found.map(|preset| preset.name), node })
}

/// Query and fragment of an address: one with a scheme, or a tail that holds a scenario.
fn permalink(name: &str) -> Option<(&str, &str)> {
    let is_link = name.starts_with("http://")
        || name.starts_with("https://")
        || name.starts_with(['?', '#'])
        || name.contains("?scenario=")
        || name.contains("#s=v1.");
    let (rest, fragment) = name.split_once('#').unwrap_or((name, ""));
    is_link.then(|| (rest.split_once('?').map_or("", |(_, query)| query), fragment))
}

/// The scenario of an address. What it says wrongly is told, and the nearest good thing used, as on the page.
fn follow(query: &str, fragment: &str) -> Written {
    let opened = link::open(query, fragment);
    opened.notices.iter().for_each(|notice| say(&format!("notice: {notice}.")));
    Written { origin: "the link".into(), preset: opened.preset, node: opened.scenario.write() }
}

/// Puts the text of recordings in the place of the names of their files, which stand next to the scenario.
fn read_recordings(node: &mut Node, origin: &Path) -> Result<()> {
    let sources = node.entry("traffic").and_then(|traffic| traffic.entry("source"));
    let Some(Value::List(sources)) = sources.map(|node| &mut node.value) else { return Ok(()) };
    for source in sources {
        let Value::Table(fields) = &mut source.value else { continue };
        let has_text = fields.iter().any(|(key, _)| key == "trace");
        for (key, field) in fields.iter_mut().filter(|(key, _)| key == "file" && !has_text) {
            let Value::Text(name) = &field.value else { continue };
            let path = origin.parent().unwrap_or(Path::new("")).join(name);
            let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
            if size > RECORDING_LIMIT as u64 {
                let text = format!("{}: is larger than {RECORDING_LIMIT} bytes", path.display());
                return Err(Failure::new(text));
            }
            let text = std::fs::read_to_string(&path)
                .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
            (*key, field.value) = ("trace".to_owned(), Value::Text(text));
        }
    }
    Ok(())
}

/// A message of the TOML or JSON reader, with the line that it names put behind the file.
fn unreadable(origin: &str, message: &str) -> String {
    let line = message.split("line ").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit));
    match line.map(Iterator::collect::<String>).filter(|line| !line.is_empty()) {
        Some(line) => format!("{origin}:{line}: {message}"),
        None => format!("{origin}: {message}"),
    }
}

fn read_file(name: &str) -> Result<String> {
    let looks_like_path = name.contains(['/', '\\', '.']);
    let size = std::fs::metadata(name).map(|meta| meta.len());
    if size.as_ref().is_ok_and(|&size| size > TEXT_LIMIT as u64) {
        return Err(Failure::new(format!("{name}: is larger than {TEXT_LIMIT} bytes; no scenario is")));
    }
    std::fs::read_to_string(name).map_err(|error| {
        if error.kind() != std::io::ErrorKind::NotFound || looks_like_path {
            return Failure::new(format!("{name}: {error}"));
        }
        let names = PRESETS.iter().map(|preset| preset.name);
        let hint = nearest(name, names.clone()).map_or_else(
            || format!("presets: {}; or give a file", names.collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean \"{near}\"?"),
        );
        Failure::hint(format!("\"{name}\" is neither a preset nor a file"), hint)
    })
}

/// Makes the changes of the command line.
pub(super) fn change(node: &mut Node, args: &ChangeArgs, algorithm: Option<&str>) -> Result<()> {
    let mut bad = Vec::new();
    for (path, value) in settings(args, algorithm)? {
        if let Err(text) = node.set(&path, &value) {
            bad.push(Complaint { text: text.into(), hint: None });
        }
    }
    if let Some(replicas) = args.replicas {
        match balanced(node).map(|place| format!("service[{place}].replicas")) {
            Some(path) => {
                node.set(&path, &replicas.to_string()).map_err(|why| Failure::new(why.to_string()))?;
            }
            None => {
                bad.push(Complaint { text: "--replicas: the scenario has no service".into(), hint: None });
            }
        }
    }
    widen_windows(node);
    if bad.is_empty() { Ok(()) } else { Err(Failure::Bad(bad)) }
}

/// More windows than this are of no use to a reader unless asked for.
const WINDOWS: u64 = 20_000;

/// A long run gets windows that are wide enough, unless the scenario says how wide they are.
fn widen_windows(node: &mut Node) {
    let Some(run) = node.get("run").filter(|run| run.get("window").is_none()) else { return };
    let Some(Value::Text(text)) = run.get("duration").map(|duration| &duration.value) else { return };
    let (plain, duration) = (Run::default().window, SimDuration::parse(text).unwrap_or_default());
    let needed = duration.0.div_ceil(WINDOWS);
    if needed > plain.0 {
        let whole_seconds = SimDuration::from_secs(needed.div_ceil(1_000_000_000));
        // The path leads through a table that is there.
        let _ = node.set("run.window", &quoted(&whole_seconds.to_string()));
    }
}

/// What the command line sets: paths and values.
fn settings(args: &ChangeArgs, algorithm: Option<&str>) -> Result<Vec<(String, String)>> {
    let mut settings: Vec<(String, String)> = Vec::new();
    let mut set = |path: &str, value: String| settings.push((path.to_owned(), value));
    if let Some(text) = algorithm {
        let (name, params) = algorithm_choice(text)?;
        let params: Vec<String> = params.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        set("balancer.algorithm", quoted(&name));
        set("balancer.params", format!("{{ {} }}", params.join(", ")));
    }
    if let Some(seed) = args.seed {
        set("run.seed", seed.to_string());
    }
    if let Some(duration) = &args.duration {
        set("run.duration", quoted(duration));
    }
    for entry in &args.set {
        let Some((path, value)) = entry.split_once('=') else {
            let hint = "write --set path=value, for example --set balancer.queue=200";
            return Err(Failure::hint(format!("--set {entry}: has no ="), hint));
        };
        set(path.trim(), value.trim().to_owned());
    }
    Ok(settings)
}

/// The place of the service behind the balancer.
fn balanced(node: &Node) -> Option<usize> {
    let Value::List(services) = &node.get("service")?.value else { return None };
    let named = node.get("balancer").and_then(|balancer| balancer.get("service")).map(|name| &name.value);
    let same = |service: &Node| named.is_some() && service.get("name").map(|name| &name.value) == named;
    services.iter().position(same).or(if services.is_empty() { None } else { Some(0) })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `name`, or `name:param=value,param=value`.
pub(super) fn algorithm_choice(text: &str) -> Result<(String, Vec<(String, f64)>)> {
    let (name, list) = text.split_once(':').unwrap_or((text, ""));
    let mut params = Vec::new();
    for entry in list.split(',').filter(|entry| !entry.is_empty()) {
        let param = entry.split_once('=').and_then(|(key, value)| {
            Some((key.trim().to_owned(), value.trim().parse::<f64>().ok().filter(|x| x.is_finite())?))
        });
        params.push(param.ok_or_else(|| {
            let text = format!("--algorithm {text}: \"{entry}\" is no parameter with a number");
            Failure::hint(text, "write for example --algorithm power_of_d:d=3")
        })?);
    }
    Ok((name.to_owned(), params))
}

/// Gives problems the line of what they are about, or of the nearest thing around it that was written, and
/// puts them in the order of the file.
fn located(root: &Node, problems: Vec<Problem>) -> Vec<Problem> {
    let locate = |mut problem: Problem| {
        problem.line = problem.line.or_else(|| line_of(root, &problem.path));
        problem
    };
    let mut located: Vec<Problem> = problems.into_iter().map(locate).collect();
    located.sort_by_key(|problem| problem.line.unwrap_or(u32::MAX));
    located
}

fn line_of(root: &Node, path: &str) -> Option<u32> {
    let mut node = root;
    let mut line = None;
    for part in path.split(['.', '[']).map(|part| part.trim_end_matches(']')) {
        let next = match &node.value {
            Value::List(list) => part.parse::<usize>().ok().and_then(|place| list.get(place)),
            _ => node.get(part),
        };
        let Some(next) = next else { break };
        node = next;
        line = node.line;
    }
    line
}

/// Problems as messages: file, line, path, what was given, what is allowed.
fn complaints(written: &Written, problems: &[Problem]) -> Failure {
    let complaint = |problem: &Problem| Complaint {
        text: at(&written.origin, problem),
        hint: problem.remedy.clone().map(String::from),
    };
    Failure::Bad(problems.iter().map(complaint).collect())
}

/// `file.toml:12: service[0].cpus is "-2"; must be …`
pub(super) fn at(origin: &str, problem: &Problem) -> String {
    let line = problem.line.map_or_else(String::new, |line| format!("{line}:"));
    // A problem's text goes on from its path: "is …", "has …".
    format!("{origin}:{line} {} {}", problem.path, problem.text)
}
