use super::*;
use crate::convert::command::Kind;
use crate::units::{Bytes, SimDuration};

fn files(texts: &[&str]) -> Vec<SourceFile> {
    let name = |i: usize| if i == 0 { "shop/compose.yml".to_owned() } else { format!("shop/over{i}.yml") };
    texts.iter().enumerate().map(|(i, text)| SourceFile::new(name(i), *text)).collect()
}

fn read(texts: &[&str]) -> (Option<ComposeProject>, Vec<String>) {
    let mut findings = Findings::default();
    let options =
        LoadOptions { variables: [("TAG".to_owned(), "7".to_owned())].into(), ..LoadOptions::default() };
    let project = load(&files(texts), &options, &mut findings);
    (project, findings.as_slice().iter().map(ToString::to_string).collect())
}

/// The service `a` of the merged files.
fn a(texts: &[&str]) -> Service {
    let (project, findings) = read(texts);
    project.and_then(|project| project.service("a").cloned()).unwrap_or_else(|| panic!("{findings:?}"))
}

fn ports(service: &Service) -> Vec<String> {
    service.ports.iter().map(ToString::to_string).collect()
}

const BASE: &str = "services:\n  a:\n    image: x\n";

#[test]
fn lists_append_and_equal_bindings_count_once() {
    let base = format!("{BASE}    ports: ['80:80', '90:90']\n");
    let over =
        "services: {a: {ports: ['90:90', '127.0.0.1:90:90', '90:90/udp', {target: 80, published: 80}]}}";
    assert_eq!(ports(&a(&[&base, over])), ["80:80", "90:90", "127.0.0.1:90:90", "90:90/udp"]);
}

#[test]
fn an_empty_list_removes_nothing_and_says_so() {
    let base = format!("{BASE}    ports: ['80:80']\n");
    let (project, findings) = read(&[&base, "services:\n  a:\n    ports: []\n"]);
    assert_eq!(ports(project.unwrap().service("a").unwrap()), ["80:80"]);
    let expected = "shop/over1.yml:3: warning: `ports: []` removes nothing: Compose appends lists and merges \
        maps, so a keeps `80:80` from shop/compose.yml:4; write `ports: !reset []`";
    assert!(findings.iter().any(|finding| finding.starts_with(expected)), "{findings:?}");
}

#[test]
fn reset_and_override_do_what_the_empty_list_does_not() {
    let base = format!("{BASE}    ports: ['80:80']\n    environment: {{A: 1, B: 2}}\n");
    for over in [
        "services: {a: {ports: !reset []}}",
        "services: {a: {ports: !override []}}",
        "services: {a: {ports: !reset null}}",
    ] {
        let (project, findings) = read(&[&base, over]);
        assert!(project.unwrap().service("a").unwrap().ports.is_empty(), "{over}");
        assert!(findings.is_empty(), "{findings:?}");
    }
    assert_eq!(ports(&a(&[&base, "services: {a: {ports: !override ['81:80']}}"])), ["81:80"]);
    let environment = a(&[&base, "services: {a: {environment: {A: !reset null}}}"]).environment;
    assert_eq!(environment.iter().map(|v| v.name.as_str()).collect::<Vec<_>>(), ["B"]);
    // A reset in the first file has nothing to remove but itself.
    assert!(a(&["services: {a: {image: x, ports: !reset ['1:1']}}"]).ports.is_empty());
}

#[test]
fn maps_merge_scalars_override_commands_replace() {
    let base = format!(
        "{BASE}    command: [a, b]\n    environment: {{X: 1, Y: 2}}\n    depends_on: [b]\n    volumes: \
         ['./one:/data', './two:/two']\n  b: {{image: y}}\n"
    );
    let over = "services:\n  a:\n    image: z\n    command: c d\n    environment: [Y=3, Z=4, W]\n    \
     depends_on: {b: {condition: service_healthy}}\n    volumes: ['./other:/data']\n";
    let service = a(&[&base, over]);
    assert_eq!(service.image.as_ref().map(|at| (at.value.as_str(), at.place.line)), Some(("z", 3)));
    assert_eq!(service.command.as_deref().map(Vec::as_slice), Some(&["c".to_owned(), "d".to_owned()][..]));
    let names: Vec<_> = service.environment.iter().map(|v| (v.name.as_str(), v.value.as_deref())).collect();
    assert_eq!(names, [("X", Some("1")), ("Y", Some("3")), ("Z", Some("4")), ("W", None)]);
    let [dependency] = service.depends_on.as_slice() else { panic!("one dependency") };
    assert_eq!(dependency.condition, Condition::Healthy);
    let targets: Vec<_> = service.volumes.iter().map(|m| (m.source.as_deref(), m.target.as_str())).collect();
    assert_eq!(targets, [(Some("./other"), "/data"), (Some("./two"), "/two")]);
}

#[test]
fn extends_from_the_same_file_and_from_another() {
    let same =
        "services:\n  a: {extends: base, ports: ['1:1']}\n  base: {image: x, ports: ['2:2'], cpus: 0.5}\n";
    assert_eq!(ports(&a(&[same])), ["2:2", "1:1"]);
    let main = "services: {a: {extends: {file: over1.yml, service: base}}}";
    assert_eq!(a(&[main, "services: {base: {image: far}}"]).image.unwrap().value, "far");
    for (text, expected) in [
        ("services: {a: {image: x, extends: nobody}}", "cannot extend service \"nobody\": service not found"),
        ("services: {a: {image: x, extends: a}}", "Circular reference: a extends itself"),
        (
            "services: {a: {image: x, extends: {service: b, file: no.yml}}}",
            "names the file no.yml, which was not given",
        ),
        ("services: {a: {image: x, extends: {}}}", "`extends` names no service"),
    ] {
        let (_, findings) = read(&[text]);
        assert!(findings.iter().any(|finding| finding.contains(expected)), "{text}: {findings:?}");
    }
}

#[test]
fn limits_in_every_spelling() {
    for text in [
        "cpus: 0.5\n    mem_limit: 256m",
        "cpus: '0.5'\n    mem_limit: 268435456",
        "cpus: .5\n    mem_limit: 256 MiB",
        "cpu_quota: 50000\n    mem_limit: 262144kb",
        "cpu_period: 50000\n    cpu_quota: 25000\n    mem_limit: 0.25g",
        "deploy: {resources: {limits: {cpus: '0.5', memory: 256M}}}",
    ] {
        let service = a(&[&format!("{BASE}    {text}\n")]);
        assert_eq!(service.cpus.map(|at| at.get()), Some(0.5), "{text}");
        assert_eq!(service.memory.map(|at| at.value), Some(Bytes::mib(256)), "{text}");
    }
    let none = a(&[&format!("{BASE}    cpus: 0\n    mem_limit: 0\n")]);
    assert_eq!((none.cpus, none.memory), (None, None), "zero is no limit");
}

#[test]
fn restart_policies() {
    for (text, policy) in [
        ("restart: \"no\"", Restart::No),
        ("restart: no", Restart::No),
        ("restart: on-failure:3", Restart::OnFailure(Some(3))),
        ("deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}", Restart::OnFailure(Some(2))),
        ("restart: always\n    deploy: {restart_policy: {condition: none}}", Restart::No),
        ("restart: unless-stopped\n    deploy: {replicas: 2}", Restart::UnlessStopped),
        ("restart: unless-stopped", Restart::UnlessStopped),
    ] {
        assert_eq!(a(&[&format!("{BASE}    {text}\n")]).restart.map(|at| at.value), Some(policy), "{text}");
    }
}

#[test]
fn health_checks_with_dockers_defaults() {
    let check = a(&[&format!("{BASE}    healthcheck: {{test: [CMD, curl, x], interval: 10s}}\n")])
        .healthcheck
        .unwrap();
    assert_eq!(check.test.as_deref(), Some("curl x"));
    assert_eq!(
        (check.interval, check.timeout, check.retries),
        (SimDuration::from_secs(10), SimDuration::from_secs(30), 3)
    );
    for off in ["{test: [NONE]}", "{disable: true}"] {
        assert_eq!(a(&[&format!("{BASE}    healthcheck: {off}\n")]).healthcheck, None, "{off}");
    }
}

#[test]
fn variables_and_the_containers_own() {
    let service = a(&[
        "services:\n  a:\n    image: x:${TAG}\n    scale: ${N:-4}\n    command: sh -c \"exec gunicorn -w \
         $${W:-3} m:a\"\n    environment: {W: '${W:-2}'}\n",
    ]);
    assert_eq!(service.image_tag(), Some("7"));
    assert_eq!(service.replicas.as_deref(), Some(&4));
    let server = service.server.unwrap();
    assert_eq!((server.kind, server.workers.as_deref()), (Kind::Gunicorn, Some(&2)));
}

#[test]
fn the_projects_name() {
    let name = |options: LoadOptions, text: &str| {
        load(&files(&[text]), &options, &mut Findings::default()).unwrap().name
    };
    assert_eq!(name(LoadOptions::default(), BASE), "shop");
    let folder = LoadOptions { folder: Some("My Shop_2.0".into()), ..LoadOptions::default() };
    assert_eq!(name(folder.clone(), BASE), "myshop_20");
    assert_eq!(name(folder.clone(), &format!("name: named\n{BASE}")), "named");
    assert_eq!(
        name(LoadOptions { project: Some("given".into()), ..folder }, &format!("name: named\n{BASE}")),
        "given"
    );
}

#[test]
fn ports_conflict_when_they_overlap() {
    let run = |text: &str, n: u32| {
        let project = read(&[text]).0.unwrap();
        let started = start(&project, |service| if service.name.value == "a" { n } else { 1 });
        let first = started.conflicts.first().map(|c| (c.container.clone(), c.holder.clone()));
        (started.running.get("a").copied().unwrap(), first)
    };
    let with = |ports: &str| format!("{BASE}    ports: [{ports}]\n");
    let conflict = |container: &str, holder: &str| Some((container.to_owned(), holder.to_owned()));
    assert_eq!(run(&with("'80:80'"), 3), (1, conflict("shop-a-2", "shop-a-1")));
    assert_eq!(run(&with("'80'"), 3), (3, None));
    assert_eq!(run(&with("'8000-8002:80'"), 3), (3, None));
    assert_eq!(run(&with("'8000-8002:80'"), 4).0, 3);
    assert_eq!(run(&with("'8000-8002:90-92'"), 2).0, 1, "a range of container ports is a mapping each");
    assert_eq!(run(&with("'80:80', '81:81/udp'"), 1), (1, None));
    let two = |first: &str, second: &str| {
        format!(
            "services:\n  b: {{image: x, ports: ['{first}:80']}}\n  a: {{image: x, ports: ['{second}:80']}}\n"
        )
    };
    assert_eq!(run(&two("80", "80"), 1), (0, conflict("shop-a-1", "shop-b-1")));
    assert_eq!(run(&two("127.0.0.1:80", "80"), 1).0, 0, "every address contains this one");
    assert_eq!(run(&two("127.0.0.1:80", "127.0.0.2:80"), 1).0, 1);
}

#[test]
fn a_conflict_quotes_docker() {
    let message = |ports: &str, n: u32| {
        let project = read(&[&format!("{BASE}    ports: [{ports}]\n")]).0.unwrap();
        start(&project, |_| n).conflicts[0].message.clone()
    };
    let text = message("'80:80'", 2);
    assert!(
        text.contains("on endpoint shop-a-2 (")
            && text.ends_with("Bind for 0.0.0.0:80 failed: port is already allocated")
    );
    assert!(message("'[::1]:80:80'", 2).ends_with("Bind for ::1:80 failed: port is already allocated"));
    assert!(message("'80-81:80'", 3).ends_with("all ports are allocated"));
}

/// Broken files and what must be said; a text behind `+` belongs to the service `a`.
const BROKEN: &[(&str, &str)] = &[
    ("", "shop/compose.yml:1: error: empty compose file; add `services:`"),
    ("- a\n", "shop/compose.yml:1: error: the file holds a list; top-level object must be a mapping"),
    ("services: [a]\n", "error: services is a list; allowed: a map"),
    ("services: {}\n", "error: no service is defined"),
    ("services:\n  a: text\n", "shop/compose.yml:2: error: services.a is a single value; allowed: a map"),
    ("services: {a: {build: .}, 'b c': {image: x}}", "services additional properties 'b c' not allowed"),
    ("services: {a: {ports: ['1:1']}}", "service \"a\" has neither an image nor a build context specified"),
    (
        "servces: {}\n",
        "(root) additional properties 'servces' not allowed: Compose refuses the file; did you mean \
             `services`?",
    ),
    (
        "version: '3.8'\nservices: {a: {image: x}}",
        "shop/compose.yml:1: note: the attribute `version` is obsolete",
    ),
    ("name: My Shop\nservices: {a: {image: x}}", "name is \"My Shop\"; allowed: small letters"),
    (
        "+portz: []",
        "services.a additional properties 'portz' not allowed: Compose refuses the file; did you \
             mean `ports`?",
    ),
    ("+cpus: half", "shop/compose.yml:4: error: services.a.cpus is \"half\"; allowed: a number of CPUs"),
    ("+cpus: [1]", "services.a.cpus is a list; allowed"),
    ("+cpus: 0.001", "allowed: 0.01 or more"),
    ("+mem_limit: 12 parrots", "services.a.mem_limit is \"12 parrots\"; allowed: a size"),
    ("+mem_limit: 512", "Minimum memory limit allowed is 6MB; write at least `6M`"),
    ("+mem_limit: 10m\n    mem_reservation: 20m", "a reservation of 20 MiB is more than the limit of 10 MiB"),
    (
        "+cpus: 1\n    deploy: {resources: {limits: {cpus: 2}}}",
        "can't set distinct values on 'cpus' and 'deploy.resources.limits.cpus'",
    ),
    ("+scale: 2\n    deploy: {replicas: 3}", "can't set distinct values on 'scale' and 'deploy.replicas'"),
    ("+scale: -1", "services.a.scale is \"-1\"; allowed: a whole number"),
    (
        "+deploy: {replica: 3}",
        "services.a.deploy additional properties 'replica' not allowed: Compose refuses the file; \
             did you mean `replicas`?",
    ),
    ("+deploy: 3", "services.a.deploy is \"3\"; allowed: a map"),
    ("+restart: sometimes", "services.a.restart is \"sometimes\"; allowed: \"no\", always"),
    ("+restart: no", "an unquoted `no` is the boolean false to YAML 1.1 readers; write `restart: \"no\"`"),
    ("+ports: '80:80'", "services.a.ports is \"80:80\"; allowed: a list"),
    ("+ports: ['80:http']", "services.a.ports: 80:http: invalid containerPort: http; write"),
    ("+ports: [22:22]", "take an unquoted 22:22 for 1342, a number to base 60; quote it: `\"22:22\"`"),
    ("+ports: [80:80]", "80:80 is not quoted"),
    ("+ports: [{published: 80}]", "services.a.ports.target is a map; allowed: a port"),
    ("+ports: [[1]]", "services.a.ports is a list; allowed: HOST:CONTAINER"),
    ("+expose: [http]", "services.a.expose is \"http\"; allowed: a port"),
    (
        "+healthcheck: {test: [curl, x]}",
        "services.a.healthcheck.test is a list; allowed: a text, or a list that begins with CMD",
    ),
    (
        "+healthcheck: {interval: 30}",
        "services.a.healthcheck.interval is \"30\"; allowed: a time with its unit",
    ),
    ("+healthcheck: {intervall: 30s}", "did you mean `interval`?"),
    ("+command: \"a 'b\"", "services.a.command is \"a 'b\"; allowed: words with every quote closed"),
    ("+command: gunicorn m:a", "a: it listens on 127.0.0.1:8000, which only the container itself can reach"),
    ("+depends_on: [aa]", "service \"a\" depends on undefined service \"aa\"; did you mean `a`?"),
    ("+depends_on: {a: {condition: ready}}", "condition is \"ready\"; allowed: service_started"),
    ("+depends_on: [b]\n  b: {image: y, depends_on: [a]}", "dependency cycle detected"),
    ("+networks: [far]", "service \"a\" refers to undefined network far; add it"),
    ("+volumes: ['data:/data']", "service \"a\" refers to undefined volume data; add it"),
    ("+volumes: [{source: x}]", "services.a.volumes is a map; allowed: SOURCE:TARGET"),
    (
        "+container_name: c\n  b: {image: y, container_name: c}",
        "container name \"c\" is already in use by service \"a\"",
    ),
    ("+image2: ${NO?say}", "required variable NO is missing a value: say; give it a value"),
    ("+hostname: $5", "invalid interpolation format for services.a.hostname: \"$5\"; write $$"),
    (
        "+hostname: $NO",
        "warning: The \"NO\" variable is not set. Defaulting to a blank string; give it a value",
    ),
    ("+env_file: .env", "`env_file` is not read"),
];

#[test]
fn broken_files_say_where_what_and_what_to_do() {
    for (text, expected) in BROKEN {
        let text = text.strip_prefix('+').map_or((*text).to_owned(), |text| format!("{BASE}    {text}\n"));
        let (_, findings) = read(&[&text]);
        assert!(findings.iter().any(|finding| finding.contains(expected)), "{text}: {findings:#?}");
    }
    let base = format!("{BASE}    ports: ['80:80']\n");
    let (_, findings) = read(&[&base, "services: {a: {ports: {x: 1}}}"]);
    assert!(
        findings[0]
            .contains("cannot override services.a.ports: it is a list at shop/compose.yml:4 and a map here")
    );
}

#[test]
fn too_much_is_refused() {
    let many: Vec<&str> = vec![BASE; limits::FILES + 1];
    assert!(read(&many).1[0].contains("65 files; at most 64"));
    assert!(read(&[]).1[0].contains("no compose file was given"));
    // Small services that each extend a large one.
    let large: String = (0..2000).map(|i| format!("      V{i}: x\n")).collect();
    let small: String = (0..2000).map(|i| format!("  s{i}: {{extends: a}}\n")).collect();
    let text = format!("{BASE}    environment:\n{large}{small}");
    assert!(read(&[&text]).1.iter().any(|finding| finding.contains("when `extends` is written out")));
}
