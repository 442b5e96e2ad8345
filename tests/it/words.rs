//! The page has no words of one language only: what it says stands in `texts!` or `Text::new`, where a language that
//! is left out does not compile, and is said differently in each.

use std::path::{Path, PathBuf};

/// What is no language: classes, commands, and what programs say themselves.
const ALLOWED: &[&str] = &[
    "MEM USAGE / LIMIT",
    "docker compose logs {}",
    "docker stats",
    "curl http://balancer/nginx_status",
    "Bind for 0.0.0.0:{port} failed: ",
    "port is already allocated",
    "failed to bind host port 0.0.0.0:{port}/tcp: ",
    "address already in use",
    "port taken",
    "port taken other",
    "band blocked",
    "band quiet",
    "dot unwanted",
    "gauge plain",
    "gauge fine",
    "gauge near",
    "gauge full",
    "person pale",
    "chart-word halo",
    "xMinYMin slice",
    "xMaxYMid meet",
    "the canvas did not take what was drawn",
    "aside unsure",
    // Theory speaks English, and says so.
    "Does not apply: {why}.",
];

/// Where everything that is read is drawn. The words of addresses and of the driver are for notices, in English.
const DRAWN: &[&str] = &["panels", "dialogs", "inside", "story", "compare", "editor", "stage", "chart"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs")
            && !["tests.rs", "editor/words.rs"].iter().any(|skipped| path.ends_with(skipped))
        {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut found = Vec::new();
    DRAWN.iter().for_each(|folder| files(&web.join(folder), &mut found));
    let read = |path: PathBuf| (path.display().to_string(), std::fs::read_to_string(&path).unwrap());
    found.into_iter().map(read).collect()
}

/// Literals of a source: where they begin, and what is in them.
fn literals(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut before = ' ';
    for (at, c) in code.char_indices() {
        match (&mut open, c) {
            (None, '"') if before != '\'' => open = Some((at, String::new())),
            (Some(_), '"') if before != '\\' => found.extend(open.take()),
            (Some((_, text)), c) => text.push(c),
            (None, _) => {}
        }
        before = if before == '\\' { ' ' } else { c };
    }
    found
}

/// The source without comments, tests, and what stands in every language.
fn of_one_language(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut code = String::new();
    let mut inside = false;
    for line in source.lines() {
        inside |= line.starts_with("texts! {");
        if !inside && !line.trim_start().starts_with("//") {
            code += line;
            code.push('\n');
        }
        inside &= line != "}";
    }
    while let Some(start) = code.find("Text::new(") {
        let end = code[start..].find(");").or(code[start..].find("),")).map_or(code.len(), |end| start + end);
        let mut depth = 0;
        let mut quoted = false;
        let close = code[start..].char_indices().find(|&(_, c)| {
            quoted ^= c == '"';
            depth += i32::from(c == '(' && !quoted) - i32::from(c == ')' && !quoted);
            depth == 0 && c == ')' && !quoted
        });
        let end = close.map_or(end, |(at, _)| start + at);
        code.replace_range(start..end, "");
    }
    code
}

/// Whether two words stand beside each other.
fn is_said(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let bare = |word: &str| word.trim_end_matches(['.', ',', ':', ';', '?', '!']).to_owned();
    let word = |word: &str| bare(word).len() > 1 && bare(word).chars().all(char::is_alphabetic);
    words.windows(2).any(|pair| word(pair[0]) && word(pair[1]))
}

#[test]
fn what_is_drawn_is_said_in_every_language() {
    let mut found = Vec::new();
    for (path, source) in sources() {
        let code = of_one_language(&source);
        for (at, text) in literals(&code) {
            let class = code[..at].ends_with("class=") || code[..at].ends_with("classes!(");
            let programs = ["Error response from daemon: ", "Active connections: "];
            let quoted =
                ALLOWED.contains(&text.as_str()) || programs.iter().any(|said| text.starts_with(said));
            if is_said(&text) && !class && !quoted {
                found.push(format!("{path}: {text}"));
            }
        }
    }
    assert!(found.is_empty(), "in one language only:\n{}", found.join("\n"));
    assert!(is_said("Nothing queues.") && !is_said("--left px") && !is_said("aria-label"));
}

/// Sentences that are the same in two languages were forgotten; single words and formulas may be.
#[test]
fn sentences_differ_between_languages() {
    let mut compared = 0;
    for (path, source) in sources() {
        for text in source.split("        fn ").skip(1).filter(|text| text.contains(" en: \"")) {
            let body = text.split("fn ").next().unwrap_or_default();
            let said: Vec<String> = literals(body).into_iter().map(|(_, text)| text).take(3).collect();
            let [en, de, fr] = said.as_slice() else { continue };
            let words = en.split(' ').filter(|word| word.len() > 1 && !word.contains('{')).count();
            compared += 1;
            assert!(words < 3 || (en != de && en != fr && de != fr), "{path}: {en}");
        }
    }
    assert!(compared > 300, "{compared} texts were found");
}
