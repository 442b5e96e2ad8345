//! Whatever is given: no panic, an answer at once, and a reason for every refusal.

use doorbuster::convert::{ImportOptions, Severity, SourceFile, import};
use proptest::prelude::*;

use super::{FLASK_NGINX, PASS, errors, file};

/// Pieces of Compose files, glued together in any order and indentation.
fn yamlish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "services:",
        "app:",
        "nginx:",
        "image: x",
        "ports:",
        "- '80:80'",
        "- 22:22",
        "ports: []",
        "!reset",
        "!override",
        "&a",
        "*a",
        "<<: *a",
        "<<:",
        "{",
        "}",
        "[",
        "]",
        ",",
        "- ",
        "? ",
        ": ",
        "|",
        ">",
        "\"",
        "'",
        "#",
        "deploy:",
        "resources:",
        "limits:",
        "cpus: 0.5",
        "memory: 1e9",
        "scale: 3",
        "command: sh -c \"gunicorn -w ${A:-2}\"",
        "environment:",
        "- A=$B",
        "extends: app",
        "healthcheck:",
        "test: [CMD]",
        "depends_on: [app]",
        "null",
        "~",
        "---",
        "container_name: é",
        "%TAG ! x",
        "\t",
        "${",
        "$$",
        "volumes: ['a:b:c']",
        "restart: no",
        "x-y: &b {a: *b}",
    ]);
    let line = (0usize..6, prop::collection::vec(piece, 0..4))
        .prop_map(|(n, parts)| "  ".repeat(n) + &parts.join(" "));
    prop::collection::vec(line, 0..25).prop_map(|lines| lines.join("\n"))
}

/// Pieces of nginx files.
fn nginxish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "upstream",
        "u",
        "{",
        "}",
        ";",
        "server",
        "app:80",
        "app:99999",
        "least_conn;",
        "weight=3",
        "location",
        "/",
        "= ",
        "proxy_pass",
        "http://u",
        "http://$x",
        "\"",
        "'",
        "\\",
        "#",
        "\n",
        "${",
        "$",
        "events",
        "http",
        "listen 80;",
        "~",
        "proxy_read_timeout 9;",
        "unix:",
        "[::1]:80",
        "return 200;",
        "zone u 1k;",
        "keepalive 4;",
        "random two;",
        "é",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|parts| parts.join(" "))
}

fn any_outcome(compose: &[SourceFile], nginx: Option<&SourceFile>, scale: u32) {
    let options = ImportOptions { scale: vec![("app".to_owned(), scale)], ..ImportOptions::default() };
    match import(compose, nginx, &options) {
        Ok(imported) => {
            let refused =
                errors(&imported).iter().any(|finding| finding.text.to_string().contains("does not hold"));
            assert!(refused || imported.scenario.validate().is_ok());
        }
        Err(findings) => {
            let error =
                findings.iter().find(|finding| finding.severity == Severity::Error).expect("a reason");
            assert!(error.remedy.is_some() && !error.text.to_string().is_empty(), "{error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), nginx in ".{0,200}") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        any_outcome(&[SourceFile::new("c.yml", text.clone())], Some(&SourceFile::new("n", text)), 2);
        let plain = SourceFile::new("c.yml", "services: {app: {image: x}}");
        any_outcome(&[plain], Some(&SourceFile::new("n", nginx)), 2);
    }

    #[test]
    fn no_glued_pieces_make_it_panic(
        base in yamlish(), over in yamlish(), nginx in nginxish(), scale in 0u32..5
    ) {
        let whole = format!("services:\n  app:\n    image: x\n{over}");
        any_outcome(&[SourceFile::new("a/c.yml", base.clone())], None, scale);
        let both = [SourceFile::new("c.yml", whole), SourceFile::new("d.yml", base)];
        any_outcome(&both, Some(&SourceFile::new("n", nginx)), scale);
    }

    #[test]
    fn no_change_of_one_place_makes_it_panic(at in 0usize..1000, with in "\\PC{0,4}", cut in 0usize..40) {
        for path in ["flask-nginx-redis/docker-compose.yml", "ecommerce/docker-compose.yml"] {
            let mut source = file(path);
            let chars: Vec<char> = source.text.chars().collect();
            let at = at.min(chars.len());
            let end = (at + cut).min(chars.len());
            let (head, tail) = (chars[..at].iter(), chars[end..].iter());
            source.text = head.copied().chain(with.chars()).chain(tail.copied()).collect();
            any_outcome(&[source], Some(&file(FLASK_NGINX)), 3);
        }
    }
}

/// As many lines as fit into the largest file.
fn filled(head: &str, lines: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    for i in 0..lines {
        let next = line(i);
        if text.len() + next.len() + 2 > 1 << 20 {
            break;
        }
        text += &next;
    }
    text
}

/// Each made of one thing many times; what is not bounded would take minutes here.
#[test]
fn the_largest_compose_files_are_read_at_once() {
    let app = "services:\n  app:\n    image: x\n";
    let list = |key: &str| format!("{app}    {key}:\n");
    let all = usize::MAX;
    for text in [
        filled("services:\n", 1000, |i| {
            format!("  s{i}: {{image: x, ports: ['1-65535:80'], scale: 9999}}\n")
        }),
        filled("services:\n", 1000, |i| format!("  s{i}: {{image: x, depends_on: [s{}, t{i}]}}\n", i + 1)),
        filled("services:\n", all, |i| format!("  s{i}: {{image: x, imagee: x}}\n")),
        filled(app, all, |i| format!("    k{i}: 1\n")),
        filled(&list("ports"), all, |i| {
            format!("      - '127.0.{}.{}:1-65535:80'\n", i / 250 % 250, i % 250)
        }),
        filled(&list("ports"), all, |_| "      - '1-1000:1-1000'\n".to_owned()),
        filled(&list("volumes"), all, |i| format!("      - 'v{i}:/t{i}'\n")),
        filled(&list("environment"), all, |i| format!("      - 'K{i}=${{X{i}}}'\n")),
        filled(&list("depends_on"), all, |i| format!("      - s{i}\n")),
        filled(&format!("{app}    command: sh -c \""), all, |i| format!("$${{A{i}:-b}} ")),
        filled("x: &x [a, b, c]\ny:\n", all, |_| " - *x\n".to_owned()),
        filled("x: &x {a: 1}\ny:\n  <<: [", all, |_| "*x,".to_owned()),
    ] {
        any_outcome(&[SourceFile::new("c.yml", text)], Some(&SourceFile::new("n", PASS)), 3);
    }
}

#[test]
fn the_largest_nginx_files_are_read_at_once() {
    let all = usize::MAX;
    for text in [
        filled("upstream u {", all, |i| format!("server s{i};")) + "}",
        filled("upstream u {", all, |_| "server app;".to_owned()) + "}",
        filled("", all, |i| format!("upstream u{i} {{ server app; }}")),
        filled("", all, |i| format!("serverr{i};")),
        filled("server {", all, |i| format!("location /{i} {{ proxy_pass http://app; }}")) + "}",
        filled("server {", all, |i| format!("location /{i} {{ proxy_pass http://q{i}; }}")) + "}",
        filled("server {", all, |_| "location / {".to_owned()),
        filled("server {", all, |_| "a ".to_owned()),
    ] {
        let compose = SourceFile::new("c.yml", "services: {app: {image: x}, nginx: {image: nginx}}");
        any_outcome(&[compose], Some(&SourceFile::new("n", text)), 3);
    }
}
