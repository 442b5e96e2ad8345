//! `doorbuster link`: the permalink of a scenario, and the snippet that puts it into a page.

use serde_json::json;

use super::args::{Format, LinkArgs};
use super::output::{deliver, formats};
use super::source::{load_written, read};
use super::term::{BOLD, RESET};
use super::{Done, Failure, Result};
use crate::scenario::link;

/// Prints link and snippet.
pub(super) fn link(args: &LinkArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json])?;
    let written = read(&args.scenario.scenario)?;
    let preset = written.preset;
    let loaded = load_written(written, &args.scenario.changes, args.algorithm.as_deref())?;
    let (query, fragment) = link::address(&loaded.scenario, preset).ok_or_else(|| {
        let hint = "share the file itself, and run it with doorbuster run FILE";
        Failure::hint("the scenario is too large for a link", hint)
    })?;
    let mark = |mark: &str, text: &str| if text.is_empty() { String::new() } else { format!("{mark}{text}") };
    let tail = mark("?", &query) + &mark("#", &fragment);
    let base = args.base.strip_suffix("index.html").unwrap_or(&args.base).trim_end_matches('/');
    let page = |name: &str| if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") };
    let address = format!("{}{tail}", page("index.html"));
    let quoted = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let embed = format!(
        "<iframe src=\"{}\" title=\"{}, a figure by Doorbuster\" width=\"700\" height=\"520\" \
         style=\"width:100%;border:0\" loading=\"lazy\" sandbox=\"allow-scripts allow-popups\"></iframe>",
        quoted(&format!("{}{tail}", page("embed.html"))),
        quoted(loaded.scenario.heading()),
    );
    let text = match args.output.format {
        Format::Json => {
            let whole = json!({"name": loaded.scenario.name, "link": address, "embed": embed});
            serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
        }
        _ => format!("{BOLD}Link{RESET}\n{address}\n\n{BOLD}For a course page{RESET}\n{embed}\n"),
    };
    deliver(&args.output, &text).map(|()| Done::Well)
}
