use super::*;
use crate::units::SimDuration;

fn read(text: &str) -> (Option<NginxConfig>, Vec<String>) {
    let mut findings = Findings::default();
    let config = load(&SourceFile::new("n.conf", text), &mut findings);
    (config, findings.as_slice().iter().map(ToString::to_string).collect())
}

#[test]
fn upstreams_with_all_parameters() {
    let text = "upstream a {\n  least_conn;\n  zone a 64k;\n  keepalive 16;\n  server one:5000 weight=3 \
     max_conns=9 max_fails=3 fail_timeout=30s;\n  server two backup down;\n}\n";
    let (config, findings) = read(text);
    assert!(findings.is_empty(), "{findings:?}");
    let config = config.unwrap();
    let upstream = config.upstream("a").unwrap();
    assert_eq!((upstream.method.value.clone(), upstream.method.place.line), (Method::LeastConn, 2));
    assert_eq!(upstream.zone.as_deref().map(String::as_str), Some("a"));
    let [one, two] = upstream.servers.as_slice() else { panic!("two servers") };
    assert_eq!(
        (one.host.as_str(), one.port, one.weight, one.max_conns, one.max_fails),
        ("one", 5000, 3, 9, 3)
    );
    assert_eq!((one.fail_timeout, one.place.line), (SimDuration::from_secs(30), 5));
    assert_eq!((two.port, two.max_fails, two.backup, two.down), (80, 1, true, true));
    assert!(!config.whole);
}

#[test]
fn locations_inherit_timeouts() {
    let text = "worker_processes auto; events { worker_connections 1024; } http { proxy_read_timeout 5; \
     upstream u { server a:1; }\n\
        server { listen 8080; proxy_connect_timeout 2s;\n location / { proxy_pass http://u/x; }\n\
        location = /s { stub_status; }\n location /f/ { alias /srv/; }\n location /slow { \
        proxy_read_timeout 1m; proxy_pass http://u; add_header X y; } } }";
    let (config, findings) = read(text);
    assert!(findings.is_empty(), "{findings:?}");
    let config = config.unwrap();
    assert_eq!(config.workers.as_deref(), Some(&Workers::Auto));
    assert_eq!(config.connections.as_deref(), Some(&1024));
    let server = &config.servers[0];
    assert_eq!(server.listens[0].value, 8080);
    let [root, status, files, slow] = server.locations.as_slice() else { panic!("four locations") };
    assert_eq!(root.proxy.read_timeout.as_deref(), Some(&SimDuration::from_secs(5)));
    assert_eq!(root.proxy.connect_timeout.as_deref(), Some(&SimDuration::from_secs(2)));
    assert_eq!((status.action.clone(), status.modifier.as_str()), (Action::Status, "="));
    assert_eq!(files.action, Action::Static("/srv/".into()));
    assert_eq!(slow.proxy.read_timeout.as_deref(), Some(&SimDuration::from_secs(60)));
    assert_eq!(slow.proxy.add[0].name, "X");
    assert_eq!(config.proxies().count(), 2);
}

#[test]
fn broken_files_say_what_nginx_says() {
    for (text, expected) in [
        ("upstream a {\n server app:80\n}", "n.conf:2: error: unexpected \"}\"; end `server` with `;`"),
        (
            "upstream a {\n server app:80;\n",
            "n.conf:2: error: unexpected end of file, expecting \"}\"; close the block `upstream` of line 1",
        ),
        ("upstream a { server app:80; } }", "n.conf:1: error: unexpected \"}\"; remove it"),
        ("upstream a { server app:80", "n.conf:1: error: unexpected end of file, expecting \";\" or \"}\""),
        (";", "n.conf:1: error: unexpected \";\""),
        ("upstream a { }", "n.conf:1: error: no servers are inside upstream; add"),
        ("upstream a { server app:99999; server b; }", "invalid port in upstream \"app:99999\"; write"),
        ("upstream a { server app:80 wieght=3; }", "invalid parameter \"wieght=3\"; allowed: weight=N"),
        (
            "upstream a { server app:80\n server b; }",
            "invalid parameter \"server\"; a `;` is missing before `server`",
        ),
        ("upstream a { server b weight=0; }", "invalid parameter \"weight=0\""),
        ("upstream a { ip_hash; server b; server c backup; }", "does not support parameter \"backup\""),
        ("upstream a { least_conn; random; server b; }", "warning: load balancing method redefined"),
        ("upstream a { server b; } upstream a { server c; }", "duplicate upstream \"a\""),
        (
            "upstream a { least_con; server b; }",
            "unknown directive \"least_con\"; did you mean `least_conn`?",
        ),
        ("least_conn;", "\"least_conn\" directive is not allowed here; it belongs into `upstream`"),
        ("http { upstream a { server b; } }", "no \"events\" section in configuration; add `events {}`"),
        (
            "server { location / { proxy_pass app:80; } }",
            "invalid URL prefix; write `proxy_pass http://app:80;`",
        ),
        (
            "server { location / { proxy_pass http://a\n proxy_read_timeout 3s; } }",
            "invalid number of arguments in \"proxy_pass\" directive; a `;` is missing before \
             `proxy_read_timeout`",
        ),
        (
            "server { location / { proxy_read_timeout soon; } }",
            "\"proxy_read_timeout\" directive invalid value: \"soon\"; write a time",
        ),
        ("server { listen 99999; }", "invalid port in \"99999\" of the \"listen\" directive"),
        (
            "server { location / { proxy_next_upstream errors; } }",
            "invalid value \"errors\" in \"proxy_next_upstream\"; allowed: error",
        ),
        ("upstream;", "invalid number of arguments in \"upstream\""),
        ("upstream a;", "directive \"upstream\" has no opening \"{\""),
        ("server { content_by_lua_block x; }", "note: unknown directive \"content_by_lua_block\": left out"),
        ("a \"b", "never closed; close it with \""),
    ] {
        let (_, findings) = read(text);
        assert!(findings.iter().any(|finding| finding.contains(expected)), "{text}: {findings:?}");
    }
    let deep = "a { ".repeat(100_000);
    assert!(read(&deep).1[0].contains("64 blocks"));
    assert!(read(&"#".repeat(limits::FILE_BYTES + 1)).1[0].contains("bytes"));
}

#[test]
fn known_directives_without_a_place_in_the_model_make_one_note() {
    let (_, findings) =
        read("server { server_name a; gzip on; location / { proxy_set_header Host $host; } }");
    assert_eq!(
        findings,
        ["n.conf:1: note: left out, because the model has no place for it: server_name, gzip"]
    );
}
