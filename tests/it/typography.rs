//! French as it is set: narrow no-break spaces before `;`, `:`, `!`, `?` and within « ».

use std::path::Path;

/// The places of a source where a plain space stands in quotes before such a sign, or within « ».
fn plain_spaces(text: &str) -> Vec<String> {
    let wrong = |line: &str| {
        let signs: Vec<char> = line.chars().collect();
        let mut quoted = false;
        (0..signs.len()).any(|i| {
            let at = |step: usize| signs.get(i + step).copied().unwrap_or('"');
            quoted ^= signs[i] == '"' && (i == 0 || signs[i - 1] != '\\');
            let word = signs[i].is_alphanumeric() || "}’”»%)".contains(signs[i]);
            let sign = match at(2) {
                ';' | '?' | '»' => true,
                '!' => at(3) != '=' && at(3) != '.',
                ':' => " \"\\".contains(at(3)),
                _ => false,
            };
            quoted && (word && at(1) == ' ' && sign || signs[i] == '«' && at(1) == ' ')
        })
    };
    let code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(code).filter(|line| wrong(line)).map(str::to_owned).collect()
}

fn walk(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // Importers quote the files of others.
            if !path.ends_with("convert") {
                walk(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.extend(plain_spaces(&std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn french_signs_stand_off_by_narrow_spaces() {
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.retain(|line| !line.contains("has no <"));
    assert_eq!(found, [""; 0]);
}

#[test]
fn plain_spaces_are_seen() {
    for wrong in
        ["fr: \"Pourquoi ?\"", "\"{name} : {why}\"", "fr: \"le nom « {name}\u{202f}»\"", "\"non ; oui\""]
    {
        assert_eq!(plain_spaces(wrong).len(), 1, "{wrong}");
    }
    for fine in ["if a ? b", "a: \"x\" ; b", "\"Pourquoi\u{202f}?\"", "\"a: !reset []\"", "// \"non ; oui\""]
    {
        assert_eq!(plain_spaces(fine).len(), 0, "{fine}");
    }
}
