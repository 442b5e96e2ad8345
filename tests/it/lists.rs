//! Lists of algorithms come from the catalogue: nobody writes one by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use doorbuster::algorithm::{CATALOG, catalog, find};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The README's table is what `list algorithms` prints. `BLESS=1 cargo test lists` writes it.
#[cfg(feature = "cli")]
#[test]
fn the_readme_lists_the_catalogue() {
    let (begin, end) = ("<!-- algorithms: BLESS=1 cargo test lists -->\n", "<!-- end of algorithms -->");
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_doorbuster"))
        .args(["list", "algorithms", "--format", "markdown"])
        .output()
        .unwrap();
    let table = String::from_utf8(command.stdout).unwrap();
    assert_eq!(table.lines().count(), CATALOG.len() + 2, "{table}");
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let fresh = format!("{before}{begin}{table}{end}{after}");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written == fresh, "README.md is behind the catalogue: BLESS=1 cargo test lists");
}

/// Names of the catalogue that stand together in a text, as words of their own: the most within so many lines.
fn most_together(text: &str, lines: usize) -> usize {
    let part = |c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c));
    let of_line = |line: &str| -> Vec<&'static str> {
        line.split(part)
            .filter_map(|word| CATALOG.iter().find(|spec| spec.name == word))
            .map(|spec| spec.name)
            .collect()
    };
    let found: Vec<Vec<&str>> = text.lines().map(of_line).collect();
    let together = found.windows(lines.min(found.len()).max(1));
    together.map(|window| window.iter().flatten().collect::<BTreeSet<_>>().len()).max().unwrap_or(0)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let skipped = ["target", "node_modules", "real-input", "oracles", "golden", "dist", "it"];
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() && !name.starts_with('.') && !skipped.contains(&name.as_str()) {
            walk(&entry, found);
        } else if entry
            .extension()
            .is_some_and(|end| ["rs", "md", "toml", "html", "js", "mjs", "json"].iter().any(|e| end == *e))
        {
            found.push(entry);
        }
    }
}

/// Within twelve lines nobody names more than a few algorithms, but the catalogue and what is made from it.
#[test]
fn no_list_is_written_by_hand() {
    const MOST: usize = 9;
    let list: Vec<&str> = CATALOG.iter().take(MOST + 1).map(|spec| spec.name).collect();
    assert_eq!(most_together(&list.join("\n"), 12), MOST + 1, "a list that is one is found");
    let mut files = Vec::new();
    walk(&root(), &mut files);
    assert!(files.len() > 100);
    for file in files.iter().filter(|file| !file.ends_with("src/algorithm/catalog.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let generated = text
            .split("<!-- end of algorithms -->")
            .map(|part| part.split("<!-- algorithms").next().unwrap());
        let most = generated.map(|part| most_together(part, 12)).max().unwrap_or(0);
        assert!(most <= MOST, "{} names {most} algorithms together: take them from CATALOG", file.display());
    }
}

#[test]
fn other_names_lead_to_one_of_the_catalogue() {
    for (alias, name) in catalog::ALIASES {
        assert_eq!(find(alias).unwrap().name, *name);
        assert!(CATALOG.iter().all(|spec| spec.name != *alias), "{alias} is a name of its own");
    }
}
