//! What was checked, as pages: Markdown for the repository, HTML for the site.

use std::fmt::Write as _;

use super::Validation;
use super::parts::{MET, Part, lead, parts};
use crate::report::export;

/// The page in Markdown.
pub(super) fn markdown(validation: &Validation, seed: u64) -> String {
    let mut out = format!("# Validation\n\n{}\n\n| part | met | of |\n|---|--:|--:|\n", lead(seed));
    let parts = parts(validation);
    for Part { title, met: (met, of), .. } in &parts {
        let _ = writeln!(out, "| [{title}](#{}) | {met} | {of} |", anchor(title));
    }
    for part in &parts {
        let Part { title, text, .. } = part;
        let _ = write!(out, "\n## {title}\n\n{text}\n\n|");
        part.heads.iter().for_each(|(head, _)| out += &format!(" {head} |"));
        out += "\n|";
        part.heads.iter().for_each(|(_, number)| out += if *number { "--:|" } else { "---|" });
        out.push('\n');
        for row in &part.rows {
            let last = row.len() - 1;
            let shown = row.iter().enumerate().map(|(i, text)| {
                let text = text.replace('|', "\\|").replace('\n', " ");
                if i == last && !is_good(&text) { format!("**{text}**") } else { text }
            });
            let _ = writeln!(out, "| {} |", shown.collect::<Vec<_>>().join(" | "));
        }
        part.notes.iter().for_each(|note| out += &format!("\n{note}\n"));
    }
    out
}

/// What needs no emphasis.
fn is_good(verdict: &str) -> bool {
    [MET, "known miss"].contains(&verdict)
}

fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

/// The page in HTML: one file that needs nothing else.
pub(super) fn html(validation: &Validation, seed: u64) -> String {
    let parts = parts(validation);
    let lead = lead(seed).replace('`', "");
    let mut body =
        format!("<p>{}</p>\n<p><a href=\"./index.html\">To the lab</a></p>\n", export::escape(&lead));
    let sum = |part: &Part| {
        let (Part { title, .. }, (met, of)) = (part, part.met);
        format!("<li><a href=\"#{}\">{title}</a>: {met} of {of} met</li>\n", anchor(title))
    };
    body += &format!("<ul>\n{}</ul>\n", parts.iter().map(sum).collect::<String>());
    for part in &parts {
        let Part { title, text, .. } = part;
        let _ = write!(body, "<h2 id=\"{}\">{title}</h2>\n<p>{}</p>\n", anchor(title), export::escape(text));
        let heads: Vec<String> = part.heads.iter().map(|(head, _)| (*head).to_owned()).collect();
        let caption = format!("{title}: {} of {} met", part.met.0, part.met.1);
        body += &export::html_prose_table(&caption, &heads, &part.rows);
        part.notes
            .iter()
            .for_each(|note| body += &format!("<p class=\"note\">{}</p>\n", export::escape(note)));
    }
    export::page("Doorbuster: how far it can be trusted", &body)
}
