//! The house rules that a program can check. Each is a function from a source to complaints, tried here on a source
//! that breaks it and on one that does not.

use std::path::{Path, PathBuf};

use doorbuster::algorithm::CATALOG;
use doorbuster::scenario::preset::PRESETS;

/// Module and layer: a module sees only lower ones.
const LAYERS: &[(&str, u32)] = &[
    ("units", 0),
    ("rng", 0),
    ("dist", 0),
    ("lang", 0),
    ("algorithm", 1),
    ("theory", 1),
    ("scenario", 2),
    ("observe", 2),
    ("report", 3),
    ("engine", 3),
    ("convert", 3),
    ("charts", 4),
    ("experiment", 4),
    ("cli", 5),
    ("web", 5),
    ("bin", 6),
];
/// Who sees whom within a layer.
const SIDEWAYS: &[(&str, &str)] = &[("dist", "units"), ("dist", "rng"), ("dist", "lang"), ("units", "lang")];
/// Modules that see even less than their layer would allow.
const ONLY: &[(&str, &[&str])] =
    &[("theory", &["units", "dist"]), ("algorithm", &["lang", "units", "rng", "dist"])];

/// Functions of floats whose last bits differ between targets.
const FLOAT: &[&str] = &[
    "acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "exp", "exp2", "exp_m1", "hypot", "ln", "ln_1p",
    "log", "log10", "log2", "mul_add", "powf", "powi", "sin", "sin_cos", "sinh", "sqrt", "tan", "tanh",
];

/// From a source to what is wrong with it.
type Rule = fn(&Source) -> Vec<String>;

/// One file of the project.
struct Source {
    /// From the root, with `/`.
    path: String,
    text: String,
    /// The text without comments, strings and characters; line breaks stay.
    code: String,
    /// The code without what only tests see.
    shipped: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let code = code(text);
        let shipped = if path.ends_with("tests.rs") || path.contains("/tests/") {
            String::new()
        } else {
            without_tests(&code)
        };
        Self { path: path.to_owned(), text: text.to_owned(), code, shipped }
    }

    /// The module of the library that it is part of.
    fn module(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("src/")?;
        Some(rest.split(['/', '.']).next().unwrap_or(rest)).filter(|name| *name != "lib")
    }

    fn layer(&self) -> Option<u32> {
        self.module().and_then(layer)
    }

    /// A complaint for each line of `code` in which `found` finds something.
    fn complain(&self, code: &str, found: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let complain =
            |(n, line): (usize, &str)| found(line).map(|what| format!("{}:{}: {what}", self.path, n + 1));
        code.lines().enumerate().filter_map(complain).collect()
    }
}

fn layer(module: &str) -> Option<u32> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

/// Blanks comments and what stands in quotes.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = quoted(rest, out.chars().next_back());
        if length > 0 {
            out.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        } else {
            out.push(c);
        }
        rest = &rest[length.max(c.len_utf8())..];
    }
    out
}

/// The length of the comment, string or character that `rest` begins with; 0 when it begins with code.
fn quoted(rest: &str, before: Option<char>) -> usize {
    let end =
        |start: usize, mark: &str| rest[start..].find(mark).map_or(rest.len(), |at| start + at + mark.len());
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return end(2, "*/");
    }
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !in_word);
    if let Some(hashes) = raw.map(|raw| raw.chars().take_while(|&c| c == '#').count()) {
        let quote = rest.find(['"', '#']).unwrap_or(0) + hashes;
        if rest[quote..].starts_with('"') && quote <= 2 + hashes {
            return end(quote + 1, &format!("\"{}", "#".repeat(hashes)));
        }
    }
    match rest.as_bytes()[0] {
        b'"' => string(rest),
        b'\'' => character(rest),
        _ => 0,
    }
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

/// A character, not a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, c))) => {
            rest[at + c.len_utf8()..].find('\'').map_or(0, |end| at + c.len_utf8() + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// Where the block ends that begins at the first `{` from `start` on; nothing when a `;` comes before it.
fn block_end(code: &str, start: usize) -> Option<usize> {
    let (mut depth, mut inner) = (0_i32, 0_i32);
    for (at, c) in code[start..].char_indices() {
        match c {
            '(' | '[' => inner += 1,
            ')' | ']' => inner -= 1,
            ';' if depth == 0 && inner == 0 => return None,
            '{' => depth += 1,
            '}' if depth == 1 => return Some(start + at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Blanks items under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let end = block_end(&out, start + 12).unwrap_or(start + 12);
        let blank: String = out[start..end].chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// Modules that a source names by `crate::` (or, from a program, `doorbuster::`).
fn imports(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for root in ["crate::", "doorbuster::"] {
        for (at, _) in source.shipped.match_indices(root) {
            let line = source.shipped[..at].matches('\n').count() + 1;
            let rest = &source.shipped[at + root.len()..];
            let group =
                if rest.starts_with('{') { &rest[1..block_end(rest, 0).unwrap_or(1) - 1] } else { rest };
            let mut depth = 0_i32;
            let names = if rest.starts_with('{') { usize::MAX } else { 1 };
            let parts = group.split(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                c == ',' && depth == 0
            });
            let word = |part: &str| {
                let part = part.trim_start();
                part[..part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len())].to_owned()
            };
            found.extend(parts.take(names).map(|part| (line, word(part))));
        }
    }
    found
}

fn layers(source: &Source) -> Vec<String> {
    let Some(me) = source.module() else { return Vec::new() };
    let Some(mine) = layer(me) else { return vec![format!("{}: {me} is in no layer", source.path)] };
    let allowed = |name: &str| {
        let only = ONLY.iter().find(|(module, _)| *module == me).is_none_or(|(_, only)| only.contains(&name));
        let lower = layer(name).is_none_or(|theirs| theirs < mine || SIDEWAYS.contains(&(me, name)));
        name == me || layer(name).is_none() || (only && lower)
    };
    let bad = imports(source).into_iter().filter(|(_, name)| !allowed(name));
    bad.map(|(line, name)| format!("{}:{line}: {me} may not see {name}", source.path)).collect()
}

fn lengths(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let mut found = Vec::new();
    for (n, (line, code)) in source.text.lines().zip(source.code.lines()).enumerate() {
        // rustfmt breaks code; prose may stand out a little, and texts in quotes where they can't be broken.
        let most = match (code.trim_end().len(), line.trim_end().len()) {
            _ if line.trim_start().starts_with("//") => 120,
            (code, all) if code == all && all > 0 && !line.contains('"') => 110,
            _ if source.module().is_some() => 150,
            _ => usize::MAX,
        };
        let width = line.chars().count();
        if width > most {
            found.push(format!("{}:{}: {width} characters; at most {most}", source.path, n + 1));
        }
    }
    if lines > 500 {
        found.push(format!("{}: {lines} lines; at most 500", source.path));
    }
    for (at, _) in source.code.match_indices("fn ") {
        let word = source.code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let Some(end) = block_end(&source.code, at).filter(|_| !word) else { continue };
        let length = source.code[at..end].matches('\n').count() + 1;
        if length > 60 {
            let line = source.code[..at].matches('\n').count() + 1;
            found.push(format!("{}:{line}: a function of {length} lines; at most 60", source.path));
        }
    }
    found
}

/// Whether `word` stands in `line` as a word of its own.
fn has(line: &str, word: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (line[..at].chars().next_back(), line[at + word.len()..].chars().next());
        !inside(before) && (!inside(after) || word.ends_with(['!', '(']))
    })
}

fn leftovers(source: &Source) -> Vec<String> {
    let marks = [concat!("FIX", "ME"), concat!("TO", "DO"), concat!("XX", "X"), concat!("HA", "CK")];
    let mark = |line: &str| marks.iter().find(|mark| has(line, mark)).map(|mark| (*mark).to_owned());
    let mut found = source.complain(&source.text, mark);
    let macros = ["todo!", "unimplemented!", "dbg!", "unreachable!"];
    found.extend(source.complain(&source.code, |line| {
        macros.iter().find(|name| has(line, name)).map(|name| (*name).to_owned())
    }));
    found
}

/// What ends a program instead of telling what is wrong.
fn surprises(source: &Source) -> Vec<String> {
    if source.module().is_none() {
        return Vec::new();
    }
    let calls = [".unwrap()", ".expect(", "panic!", ".unwrap_err()"];
    source.complain(&source.shipped, |line| {
        calls.iter().find(|call| line.contains(*call)).map(|call| format!("{call} outside tests"))
    })
}

/// What would make a run depend on the machine.
fn chance(source: &Source) -> Vec<String> {
    let Some(layer) = source.layer() else { return Vec::new() };
    let mut found = Vec::new();
    if layer <= 3 {
        found.extend(source.complain(&source.shipped, |line| {
            let call =
                |name: &&&str| line.contains(&format!(".{name}(")) || line.contains(&format!("f64::{name}"));
            FLOAT.iter().find(call).map(|name| format!("{name} of the standard library; take libm's"))
        }));
        let maps = ["HashMap", "HashSet"];
        found.extend(source.complain(&source.shipped, |line| {
            maps.iter().find(|name| has(line, name)).map(|name| format!("{name}: its order is not one"))
        }));
    }
    if layer < 5 {
        let clocks = ["Instant", "SystemTime"];
        found.extend(source.complain(&source.shipped, |line| {
            clocks.iter().find(|name| has(line, name)).map(|name| format!("{name}: no clock here"))
        }));
    }
    let driver = source.path.starts_with("src/web/driver");
    found.extend(source.complain(&source.code, |line| {
        (!driver && has(line, "target_arch")).then(|| "target_arch outside the driver".into())
    }));
    found
}

fn places(source: &Source) -> Vec<String> {
    let here = env!("CARGO_MANIFEST_DIR");
    let names =
        [here, concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Us", "ers/"), concat!("/tm", "p/")];
    source.complain(&source.text, |line| {
        names.iter().find(|name| line.contains(*name)).map(|name| format!("a place on some machine: {name}"))
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    let skipped = ["target", "node_modules", "real-input", "oracles", "dist-web"];
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && !skipped.contains(&name.as_str()) {
                walk(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = std::fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source::new(&path, &text));
        }
    }
}

fn sources(endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root(), endings, &mut found);
    assert!(found.len() > 20, "the project was not found");
    let only_tests: Vec<String> = found.iter().flat_map(test_modules).collect();
    for source in found.iter_mut().filter(|source| only_tests.contains(&source.path)) {
        source.shipped.clear();
    }
    found
}

/// Files that a source declares by `#[cfg(test)] mod name;`.
fn test_modules(source: &Source) -> Vec<String> {
    let folder = match source.path.rsplit_once('/') {
        Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
        _ => source.path.trim_end_matches(".rs").to_owned(),
    };
    let under = source.code.split("#[cfg(test)]").skip(1);
    let names = under.filter_map(|item| item.trim_start().strip_prefix("mod ")?.split_once(';'));
    let plain = names.filter(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    plain.map(|(name, _)| format!("{folder}/{name}.rs")).collect()
}

fn hold(rule: Rule, endings: &[&str]) {
    let complaints: Vec<String> = sources(endings).iter().flat_map(rule).collect();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn modules_see_only_lower_layers() {
    hold(layers, &[".rs"]);
}

#[test]
fn files_functions_and_lines_are_short() {
    hold(lengths, &[".rs"]);
}

#[test]
fn nothing_is_left_over() {
    hold(leftovers, &[".rs"]);
}

#[test]
fn nothing_ends_by_surprise() {
    hold(surprises, &[".rs"]);
}

#[test]
fn nothing_depends_on_the_machine() {
    hold(chance, &[".rs"]);
}

#[test]
fn no_machine_is_named() {
    hold(places, &[".rs", ".toml", ".md", ".css", ".html", ".mjs", ".yml", ".json"]);
}

/// A file that defines an algorithm is in the catalogue under its own name, and nothing else is.
#[test]
fn every_algorithm_is_in_the_catalogue() {
    let mut files = Vec::new();
    walk(&root().join("src/algorithm"), &[".rs"], &mut files);
    let defines =
        |file: &&Source| file.shipped.contains("impl Algorithm for") || file.shipped.contains("static SPEC:");
    // The file of `nginx.least_conn` is nginx/least_conn.rs; that of `haproxy.static-rr` is haproxy/static_rr.rs.
    let name = |path: &str| path.trim_end_matches(".rs").replace('/', ".").replace('-', "_");
    let stem = |file: &Source| name(file.path.strip_prefix("src/algorithm/").unwrap_or(&file.path));
    let mut on_disk: Vec<String> = files.iter().filter(defines).map(stem).collect();
    let mut listed: Vec<String> = CATALOG.iter().map(|spec| name(spec.name)).collect();
    // What HAProxy's four hash methods share, those with Maglev's table, and those that draw with equal chances.
    on_disk.retain(|name| !["haproxy.keyed", "table", "uniform"].contains(&name.as_str()));
    on_disk.sort();
    listed.sort();
    assert_eq!(on_disk, listed, "files in src/algorithm against the catalogue");
}

#[test]
fn every_preset_is_in_the_list() {
    let mut files = Vec::new();
    walk(&root().join("scenarios"), &[".toml"], &mut files);
    let stem = |file: &Source| Path::new(&file.path).file_stem().unwrap().to_string_lossy().into_owned();
    let mut on_disk: Vec<String> = files.iter().map(stem).collect();
    on_disk.sort();
    let mut listed: Vec<String> = PRESETS.iter().map(|preset| preset.name.to_owned()).collect();
    listed.sort();
    assert_eq!(on_disk, listed, "files in scenarios against the list");
}

/// Every rule finds what breaks it.
#[test]
fn rules_can_be_broken() {
    let long = format!("fn f() {{\n{}}}\n", "    g();\n".repeat(70));
    let broken: &[(Rule, &str, &str)] = &[
        (layers, "src/algorithm/x.rs", "use crate::engine::Engine;"),
        (layers, "src/observe/x.rs", "use crate::{units::SimTime, scenario::Model};"),
        (layers, "src/engine/x.rs", "fn f() -> crate::report::Report { g() }"),
        (layers, "src/theory/x.rs", "use crate::rng::Stream;"),
        (layers, "src/nowhere/x.rs", ""),
        (lengths, "src/engine/x.rs", &long),
        (lengths, "src/engine/x.rs", &"\n".repeat(501)),
        (lengths, "src/engine/x.rs", &"é".repeat(111)),
        (lengths, "src/engine/x.rs", &format!("// {}", "e".repeat(118))),
        (lengths, "src/engine/x.rs", &format!("f(\"{}\");", "e".repeat(146))),
        (leftovers, "src/cli/x.rs", concat!("// FIX", "ME: later")),
        (leftovers, "tests/it/x.rs", "fn f() { todo!() }"),
        (leftovers, "tests/it/x.rs", "fn f() { dbg!(1); }"),
        (surprises, "src/cli/x.rs", "fn f() { g().unwrap(); }"),
        (surprises, "src/cli/x.rs", "fn f() { g().expect(\"it is there\"); }"),
        (surprises, "src/web/x.rs", "#[cfg(test)]\nmod tests { }\nfn f() { panic!() }"),
        (chance, "src/dist/x.rs", "fn f(x: f64) -> f64 { x.ln() }"),
        (chance, "src/theory/x.rs", "fn f(x: f64) -> f64 { f64::powi(x, 2) }"),
        (chance, "src/report/x.rs", "use std::collections::HashMap;"),
        (chance, "src/experiment/x.rs", "use std::time::Instant;"),
        (chance, "src/web/lab/x.rs", "#[cfg(target_arch = \"wasm32\")]"),
        (places, "README.md", concat!("see /ro", "ot/notes")),
    ];
    for (rule, path, text) in broken {
        assert_eq!(rule(&Source::new(path, text)).len(), 1, "{path}: {text:.80}");
    }
}

#[test]
fn rules_can_be_kept() {
    let fine: &[(Rule, &str, &str)] = &[
        (
            layers,
            "src/engine/x.rs",
            "use super::y;\nuse crate::{algorithm, observe::{Probe, Level}, units::SimTime};",
        ),
        (layers, "src/dist/x.rs", "use crate::rng::Stream; // not crate::engine"),
        (layers, "src/bin/x.rs", "fn main() { doorbuster::cli::main() }"),
        (lengths, "src/engine/x.rs", &"é".repeat(110)),
        (lengths, "src/engine/x.rs", &format!("// {}", "e".repeat(117))),
        (lengths, "tests/it/x.rs", &format!("f(\"{}\");", "e".repeat(246))),
        (lengths, "src/engine/x.rs", "trait T { fn f(&self, x: [u8; 3]); }\n\n\n"),
        (leftovers, "src/cli/x.rs", "fn todo() { let text = \"dbg!\"; }"),
        (
            surprises,
            "src/cli/x.rs",
            "fn f() { g('\"').h(\"a \\\" .unwrap()\"); }\n#[cfg(test)]\nmod tests { fn f() { g().unwrap() } }",
        ),
        (surprises, "src/engine/tests.rs", "fn f() { g().unwrap() }"),
        (
            surprises,
            "src/cli/x.rs",
            "// .unwrap()\nfn f<'a>(x: &'a str) { x.unwrap_or(r#\"panic!\"#) } /* panic! */",
        ),
        (chance, "src/dist/x.rs", "fn f(x: f64) -> f64 { libm::log(x) }"),
        (chance, "src/charts/x.rs", "fn f(x: f64) -> f64 { x.ln() }"),
        (chance, "src/cli/x.rs", "use std::time::Instant;"),
    ];
    for (rule, path, text) in fine {
        assert_eq!(rule(&Source::new(path, text)), Vec::<String>::new(), "{text}");
    }
}
