use super::*;

fn read(text: &str) -> Result<Node, String> {
    let mut findings = Findings::default();
    let documents = load(&SourceFile::new("f.yml", text), &mut findings);
    match documents {
        Some(mut documents) if !documents.is_empty() => Ok(documents.remove(0)),
        _ => Err(findings.as_slice().first().map(ToString::to_string).unwrap_or_default()),
    }
}

fn text_at<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    path.iter().try_fold(node, |node, key| node.as_map()?.get(key))?.as_text()
}

#[test]
fn merge_keys_give_way_to_what_is_written() {
    let yaml = "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n";
    let node = read(yaml).unwrap();
    assert_eq!(text_at(&node, &["c", "x"]), Some("1"), "the first of the list wins");
    assert_eq!(text_at(&node, &["c", "y"]), Some("3"), "the map itself wins");
    assert_eq!(text_at(&node, &["c", "z"]), Some("2"));
}

#[test]
fn values_know_their_lines_even_behind_an_alias() {
    let node = read("x: &x\n  deep: 1\ny: *x\n").unwrap();
    let deep = node.as_map().unwrap().get("y").unwrap().as_map().unwrap().get("deep").unwrap();
    assert_eq!(deep.place.to_string(), "f.yml:2");
}

#[test]
fn tags_and_nulls() {
    let node = read("a: !reset []\nb: !override [1]\nc:\nd: ''\ne: !!str null\n").unwrap();
    let map = node.as_map().unwrap();
    assert_eq!(map.get("a").unwrap().tag, Some(MergeTag::Reset));
    assert_eq!(map.get("b").unwrap().tag, Some(MergeTag::Override));
    assert!(matches!(map.get("c").unwrap().value, Value::Null));
    assert_eq!(map.get("d").unwrap().as_text(), Some(""));
    assert_eq!(map.get("e").unwrap().as_text(), Some("null"));
}

#[test]
fn broken_files_say_where_and_what_to_do() {
    let table = [
        ("a: 1\na: 2\n", "f.yml:2: error: mapping key \"a\" already defined at line 1; keep one of the two"),
        ("a:\n\tb: 1\n", "f.yml:2: error: not YAML"),
        ("a: *nobody\n", "f.yml:1: error: not YAML"),
        ("a: &a [*a]\n", "f.yml:1: error: this alias stands inside the anchor that it names"),
        ("a: 1\nb:\n  <<: text\n", "f.yml:3: error: `<<` needs a map or a list of maps, not a single value"),
        ("a: &a {}\nb:\n  <<: *a\n  <<: *a\n", "f.yml:4: error: mapping key \"<<\" already defined at line"),
        ("? [1, 2]\n: 3\n", "f.yml:1: error: a key must be a text, not a list or a map"),
        ("a: 'open\n", "f.yml:"),
    ];
    for (yaml, expected) in table {
        let error = read(yaml).unwrap_err();
        assert!(error.starts_with(expected), "{yaml:?}: {error}");
        assert!(error.contains("; "), "no remedy: {error}");
    }
}

#[test]
fn bombs_are_refused_at_once() {
    let mut laughs = "a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol,lol]\n".to_owned();
    for level in 1..30 {
        let alias = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(","));
    }
    assert!(read(&laughs).unwrap_err().contains("aliases are written out"));

    // A chain of aliases, each one level deeper than the last, never opens many brackets at once.
    let chain: String = (1..200).map(|i| format!("a{i}: &a{i} [*a{}]\n", i - 1)).collect();
    assert!(read(&format!("a0: &a0 []\n{chain}")).unwrap_err().contains("inside each other"));

    for opening in ["[", "{a: ", "- ", "? ", "[{a: "] {
        let error = read(&opening.repeat(50_000)).unwrap_err();
        assert!(!error.is_empty(), "{opening}");
    }
    assert!(read(&"x".repeat(limits::FILE_BYTES + 1)).unwrap_err().contains("1048576"));
}
