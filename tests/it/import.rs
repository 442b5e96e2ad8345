//! Deployments as people bring them, read as they stand.

mod any_input;
mod edge;
mod languages;

use crate::support::{Endings, run};
use doorbuster::convert::{Finding, ImportOptions, Imported, Severity, SourceFile, Way, import};
use doorbuster::engine::Engine;
use doorbuster::observe::{Outcome, ReplicaState, ReplicaView, Snapshot};
use doorbuster::scenario::{DependencyKind, Restart, Scenario};
use doorbuster::units::{Bytes, Cores, Rate, SimDuration};

fn file(path: &str) -> SourceFile {
    let full = format!("{}/tests/real-input/{path}", env!("CARGO_MANIFEST_DIR"));
    SourceFile::new(path, std::fs::read_to_string(full).expect("a file of the repository"))
}

fn options(scale: &[(&str, u32)], service: Option<&str>) -> ImportOptions {
    ImportOptions {
        scale: scale.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect(),
        service: service.map(str::to_owned),
        ..ImportOptions::default()
    }
}

fn read(files: &[&str], nginx: &str, options: &ImportOptions) -> Imported {
    let files: Vec<SourceFile> = files.iter().map(|path| file(path)).collect();
    let imported = import(&files, Some(&file(nginx)), options).expect("a deployment that can be read");
    sound(&imported.scenario);
    imported
}

/// It validates, and its TOML says the same.
fn sound(scenario: &Scenario) {
    if let Err(invalid) = scenario.validate() {
        panic!("{invalid}");
    }
    let again = Scenario::from_toml_str(&scenario.to_toml()).expect("its own TOML");
    assert_eq!(&again, scenario);
}

fn has(imported: &Imported, severity: Severity, line: &str, text: &str) -> bool {
    imported.findings.iter().any(|finding| {
        finding.severity == severity
            && format!("{}:{}", finding.file, finding.line) == line
            && finding.text.to_string().contains(text)
    })
}

fn errors(imported: &Imported) -> Vec<&Finding> {
    imported.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// Runs an imported scenario as it stands: its replicas at the end, requests that ended well, and others.
fn play(scenario: &Scenario) -> (Vec<ReplicaView>, u64, u64) {
    let model = scenario.validate().unwrap();
    let (engine, seen): (Engine, Endings) = run(&model, 7, Endings::default());
    let mut snapshot = Snapshot::default();
    engine.snapshot(&mut snapshot);
    let ended = seen.0.len() as u64;
    assert_eq!(snapshot.ledger.count(Outcome::Ok) + snapshot.ledger.failed(), ended, "every ending was told");
    let ok = seen.0.iter().filter(|ending| ending.1 == Outcome::Ok).count() as u64;
    (snapshot.replicas, ok, ended - ok)
}

/// The shares of the requests that the replicas answered.
fn shares(replicas: &[ReplicaView]) -> Vec<(String, f64)> {
    let all: u64 = replicas.iter().map(|replica| replica.answered).sum();
    replicas.iter().map(|replica| (replica.name.clone(), replica.answered as f64 / all as f64)).collect()
}

#[test]
fn imported_deployments_run_as_their_findings_say() {
    let compose = &["black-friday/docker-compose.yml"];
    let api = read(compose, "black-friday/nginx.conf", &options(&[("api", 3)], Some("api")));
    let (replicas, ok, failed) = play(&api.scenario);
    let ready: Vec<&str> =
        replicas.iter().filter(|r| r.state == ReplicaState::Ready).map(|r| r.name.as_str()).collect();
    assert_eq!(ready.len(), 1, "one replica has the port: {ready:?}");
    assert!(replicas.iter().any(|replica| replica.refused_port == Some(8080)));
    // 20 requests a second for 60 s, a load of 0.4: all are answered.
    assert!((1000..1400).contains(&ok) && failed == 0, "{ok} {failed}");

    let app = read(compose, "black-friday/nginx.conf", &options(&[("app", 3)], None));
    let (replicas, ok, failed) = play(&app.scenario);
    assert!((3300..3900).contains(&ok) && failed == 0, "60 requests a second for 60 s: {ok} {failed}");
    for (name, share) in shares(&replicas) {
        assert!((share - 1.0 / 3.0).abs() < 0.01, "{name} has {share}");
    }

    let shop = read(&["ecommerce/docker-compose.yml"], "ecommerce/nginx/nginx.conf", &options(&[], None));
    let (replicas, _, failed) = play(&shop.scenario);
    let names: Vec<&str> = replicas.iter().map(|replica| replica.name.as_str()).collect();
    assert_eq!((names, failed), (vec!["server", "server2", "server3"], 0));
    assert!(replicas.iter().all(|r| r.memory_limit == Some(100 << 20) && r.state == ReplicaState::Ready));

    let base = read(&FLASK[..1], FLASK_NGINX, &options(&[("app", 3)], None));
    let (replicas, ok, _) = play(&base.scenario);
    assert!(ok > 1000);
    assert_eq!(replicas.iter().filter(|r| r.state == ReplicaState::Ready).count(), 1, "the rest has no port");

    let celery = read(&["flask-celery/docker-compose.yml"], "flask-celery/nginx.conf", &options(&[], None));
    let (replicas, ok, failed) = play(&celery.scenario);
    assert_eq!((replicas.len(), replicas[0].concurrency, failed), (2, 1, 0));
    assert!(ok > 1000);
    // Half of the requests hand a job of 20 ms to the worker, which answers none itself.
    let worker = &replicas[1];
    assert_eq!((worker.service.as_str(), worker.concurrency), ("celery-worker", 1));
    assert!((ok / 3..2 * ok / 3).contains(&worker.answered), "{} jobs of {ok} requests", worker.answered);
}

/// A copy has one core and a request needs 20 ms of it, so one answers 50 a second and three 150. Of 147 a second, a
/// load of 0.98, three answer nearly all, and one is at its limit: a third.
#[test]
fn three_copies_answer_three_times_as_many() {
    let three = read(&["ecommerce/docker-compose.yml"], "ecommerce/nginx/nginx.conf", &options(&[], None));
    let mut three = three.scenario;
    let rate = three.traffic.source[0].rate.get();
    three.traffic.source[0].rate = Rate::constant(147.0);
    three.service[0].memory = None;
    let mut one = three.clone();
    one.service[0].replicas = 1;
    one.service[0].replica.truncate(1);
    let (many, few) = (play(&three).1 as f64, play(&one).1 as f64);
    assert!(rate < 147.0 && (many / few - 3.0).abs() < 0.25, "{many} against {few}, at first {rate}/s");
}

#[test]
fn black_friday_api_conflicts_on_its_host_port() {
    let imported = read(
        &["black-friday/docker-compose.yml"],
        "black-friday/nginx.conf",
        &options(&[("api", 3)], Some("api")),
    );
    let [conflict] = imported.conflicts.as_slice() else { panic!("one conflict: {:?}", imported.conflicts) };
    assert_eq!((conflict.running, conflict.wanted), (1, 3));
    assert_eq!(
        (conflict.container.as_str(), conflict.holder.as_str()),
        ("black-friday-api-2", "black-friday-api-1")
    );
    let (head, rest) = conflict.message.split_once('(').unwrap();
    assert_eq!(
        head,
        "Error response from daemon: failed to set up container networking: driver failed programming \
         external \
         connectivity on endpoint black-friday-api-2 "
    );
    let (identity, tail) = rest.split_once(')').unwrap();
    assert_eq!(identity.len(), 64);
    assert_eq!(tail, ": Bind for 0.0.0.0:8080 failed: port is already allocated");
    assert!(has(&imported, Severity::Error, "black-friday/docker-compose.yml:6", &conflict.message));
    assert!(has(
        &imported,
        Severity::Note,
        "black-friday/docker-compose.yml:6",
        "Docker Engine 28 and later"
    ));

    assert_eq!(imported.way, Way::Port(8080));
    let scenario = &imported.scenario;
    assert_eq!((scenario.name.as_str(), scenario.traffic.port), ("black-friday", Some(8080)));
    let [api] = scenario.service.as_slice() else { panic!("one service") };
    assert_eq!((api.name.as_str(), api.replicas, api.restart), ("api", 3, Restart::No));
    assert_eq!(api.ports.iter().map(ToString::to_string).collect::<Vec<_>>(), ["8080:80"]);
}

#[test]
fn black_friday_app_scales_behind_nginx() {
    let imported =
        read(&["black-friday/docker-compose.yml"], "black-friday/nginx.conf", &options(&[("app", 3)], None));
    assert_eq!(imported.way, Way::Balancer);
    assert!(errors(&imported).is_empty() && imported.conflicts.is_empty(), "{:?}", imported.findings);
    assert_eq!(imported.running.get("app"), Some(&3));
    let scenario = &imported.scenario;
    assert_eq!(scenario.traffic.port, None);
    assert_eq!((scenario.service[0].name.as_str(), scenario.service[0].replicas), ("app", 3));
    assert!(scenario.service[0].ports.is_empty());
    assert_eq!((scenario.balancer.algorithm.as_str(), scenario.balancer.discovery), ("round_robin", false));
    assert!(has(&imported, Severity::Note, "black-friday/nginx.conf:4", "nginx resolves app once"));
    assert!(has(&imported, Severity::Note, "black-friday/docker-compose.yml:6", "only one replica can run"));
    assert!(has(
        &imported,
        Severity::Note,
        "black-friday/docker-compose.yml:9",
        "no CPU and no memory limit"
    ));
    assert!(has(&imported, Severity::Note, "black-friday/nginx.conf:3", "traffic is not in the files"));
    let start = "app: how long it takes to start is not in the files: 0 s is assumed";
    assert!(has(&imported, Severity::Note, "black-friday/docker-compose.yml:9", start));
}

const FLASK: [&str; 2] =
    ["flask-nginx-redis/docker-compose.yml", "flask-nginx-redis/docker-compose.scale.yml"];
const FLASK_NGINX: &str = "flask-nginx-redis/nginx/default.conf";

#[test]
fn flask_base_file_alone_conflicts_and_runs_one_slow_worker() {
    let imported = read(&FLASK[..1], FLASK_NGINX, &options(&[("app", 3)], None));
    assert!(
        imported.conflicts[0].message.ends_with("Bind for 0.0.0.0:5000 failed: port is already allocated")
    );
    let app = &imported.scenario.service[0];
    // `$${GUNICORN_WORKERS:-1}` is the container's shell's to fill, and nothing sets it here.
    assert_eq!((app.workers, app.threads, app.cpus, app.memory), (1, 1, Cores::constant(1.0), None));
    assert_eq!(app.restart, Restart::UnlessStopped);
    assert!(has(
        &imported,
        Severity::Note,
        "flask-nginx-redis/docker-compose.yml:1",
        "`version` is obsolete"
    ));
    // At scale 1 nothing conflicts.
    assert!(errors(&read(&FLASK[..1], FLASK_NGINX, &options(&[], None))).is_empty());
}

#[test]
fn flask_override_sets_limits_and_workers_but_removes_no_port() {
    let imported = read(&FLASK, FLASK_NGINX, &options(&[("app", 3)], None));
    let finding =
        imported.findings.iter().find(|finding| finding.text.to_string().starts_with("`ports: []`")).unwrap();
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(
        finding.to_string(),
        "flask-nginx-redis/docker-compose.scale.yml:3: warning: `ports: []` removes nothing: Compose \
         appends lists and \
         merges maps, so app keeps `5000:5000` from flask-nginx-redis/docker-compose.yml:7; write \
         `ports: !reset []` \
         to remove it, or `!override` and the new value to replace it"
    );
    assert_eq!(imported.conflicts.len(), 1, "so the pair as written conflicts too");
    let app = &imported.scenario.service[0];
    assert_eq!((app.cpus, app.memory), (Cores::constant(0.5), Some(Bytes::mib(256))));
    assert_eq!((app.workers, app.threads, app.backlog, app.replicas), (2, 2, 2048, 3));
    let balancer = &imported.scenario.balancer;
    assert_eq!(balancer.algorithm, "least_connections");
    assert_eq!((balancer.max_fails, balancer.fail_timeout), (3, SimDuration::from_secs(30)));
    assert!(has(&imported, Severity::Note, "flask-nginx-redis/nginx/default.conf:16", "status page"));
}

#[test]
fn flask_with_the_port_really_removed_scales_to_five() {
    let mut scale = file(FLASK[1]);
    scale.text = scale.text.replace("ports: []", "ports: !reset []");
    let imported =
        import(&[file(FLASK[0]), scale], Some(&file(FLASK_NGINX)), &options(&[("app", 5)], None)).unwrap();
    assert!(imported.conflicts.is_empty() && errors(&imported).is_empty(), "{:?}", imported.findings);
    assert_eq!(imported.running.get("app"), Some(&5));
    assert!(imported.scenario.service[0].ports.is_empty());
}

#[test]
fn flask_celery_is_one_worker_behind_port_8080() {
    let imported = read(&["flask-celery/docker-compose.yml"], "flask-celery/nginx.conf", &options(&[], None));
    assert!(errors(&imported).is_empty(), "{:?}", imported.findings);
    let app = &imported.scenario.service[0];
    assert_eq!(
        (app.name.as_str(), app.replicas, app.workers, app.threads),
        ("flask-server-instance", 1, 1, 1)
    );
    let paths: Vec<&str> = imported.scenario.traffic.class.iter().map(|class| class.path.as_str()).collect();
    assert_eq!(paths, ["/api/", "/", "/api/", "/api/"], "the last two: handed over, and the job");
    assert_eq!(imported.scenario.balancer.read_timeout, SimDuration::from_secs(60));
    let [broker] = &imported.scenario.dependency[..] else { panic!("{:?}", imported.scenario.dependency) };
    assert_eq!((broker.name.as_str(), broker.kind), ("redis", DependencyKind::Broker));
    assert_eq!((broker.broker.service.as_str(), broker.broker.prefetch), ("celery-worker", 4));
    let worker = &imported.scenario.service[1];
    assert_eq!((worker.name.as_str(), worker.workers, worker.threads), ("celery-worker", 1, 1));
    assert!(has(
        &imported,
        Severity::Note,
        "flask-celery/docker-compose.yml:9",
        "Celery works on 1 job at a time"
    ));
    assert!(has(
        &imported,
        Severity::Note,
        "flask-celery/docker-compose.yml:11",
        "redis: keeps the messages"
    ));
    assert!(
        !imported
            .findings
            .iter()
            .any(|finding| finding.text.to_string().contains("left out: it is not behind"))
    );
    let scaled = options(&[("flask-server-instance", 4)], None);
    let scaled = read(&["flask-celery/docker-compose.yml"], "flask-celery/nginx.conf", &scaled);
    assert_eq!((scaled.scenario.service[0].replicas, scaled.conflicts.len()), (4, 0));
}

#[test]
fn ecommerce_is_one_pool_of_three_named_copies() {
    let imported = read(&["ecommerce/docker-compose.yml"], "ecommerce/nginx/nginx.conf", &options(&[], None));
    assert!(errors(&imported).is_empty(), "{:?}", imported.findings);
    let pool = &imported.scenario.service[0];
    assert_eq!((pool.name.as_str(), pool.replicas), ("backend", 3));
    assert_eq!(
        (pool.cpus, pool.memory, pool.restart),
        (Cores::constant(1.0), Some(Bytes::mib(100)), Restart::Always)
    );
    let names: Vec<String> = (1..=3).map(|n| pool.replica_name(n)).collect();
    assert_eq!(names, ["server", "server2", "server3"]);
    let ports: Vec<usize> = pool.replica.iter().map(|own| own.ports.as_ref().map_or(0, Vec::len)).collect();
    assert_eq!(ports, [0, 1, 0], "only server2 publishes");
    assert!(has(
        &imported,
        Severity::Note,
        "ecommerce/docker-compose.yml:43",
        "clients of that port go past the balancer"
    ));
    assert!(has(
        &imported,
        Severity::Note,
        "ecommerce/docker-compose.yml:43",
        "server2 publishes `8000:8000` on the host"
    ));
    assert!(has(&imported, Severity::Note, "ecommerce/nginx/nginx.conf:8", "files that nginx serves itself"));
    // The anchored copy without a port scales, the one that publishes does not.
    let scale = |name| {
        let options = options(&[(name, 2)], None);
        read(&["ecommerce/docker-compose.yml"], "ecommerce/nginx/nginx.conf", &options)
    };
    let free = scale("server3");
    assert_eq!((free.conflicts.len(), free.scenario.service[0].replicas), (0, 4));
    assert_eq!(free.scenario.service[0].replica_name(4), "server3-2");
    let taken = scale("server2");
    assert!(taken.conflicts[0].message.ends_with("Bind for 0.0.0.0:8000 failed: port is already allocated"));
}

/// A project of nginx and `app`, to be broken.
fn small(app: &str, proxy: &str, nginx: &str, options: &ImportOptions) -> Result<Imported, Vec<Finding>> {
    let compose = format!(
        "services:\n  app:\n    image: x\n{app}  nginx:\n    image: nginx\n    ports: ['80:80']\n    \
         depends_on: [app]\n{proxy}"
    );
    import(&[SourceFile::new("c.yml", compose)], Some(&SourceFile::new("n.conf", nginx)), options)
}

const PASS: &str = "upstream u { server app:80; } server { listen 80; location / { proxy_pass http://u; } }";

/// An nginx file: [`PASS`] with one text replaced, or another.
enum Nginx {
    With(&'static str, &'static str),
    Text(&'static str),
}

const MOUNT: &str = "    volumes: ['./n.conf:/etc/nginx/conf.d/default.conf']\n";

/// Lines of `app`, lines of nginx's service, nginx's file, and what must be said.
const MISFITS: &[(&str, &str, Nginx, &str)] = &[
    (
        "",
        MOUNT,
        Nginx::With("app:80", "ap:80"),
        "error: no service ap: nginx ends at its start with: host not found in upstream \"ap:80\"; \
             did you mean `app`?",
    ),
    (
        "    command: gunicorn -b 0.0.0.0:5000 a:b\n",
        MOUNT,
        Nginx::With("", ""),
        "nginx connects to app:80, but app listens on 5000: every request gets 502; write `server \
             app:5000;`",
    ),
    (
        "    expose: ['8000']\n",
        MOUNT,
        Nginx::With("", ""),
        "warning: nginx connects to app:80, but app names only port 8000",
    ),
    (
        "    networks: [a]\n",
        MOUNT,
        Nginx::With("", ""),
        "nginx and app share no network: host not found in upstream \"app\"",
    ),
    (
        "",
        "    volumes: ['./n.conf:/etc/nginx/nginx.conf']\n",
        Nginx::With("", ""),
        "\"upstream\" directive is not allowed here in /etc/nginx/nginx.conf",
    ),
    (
        "",
        MOUNT,
        Nginx::Text(
            "events {} http { upstream u { server app:80; } server { location / { proxy_pass http://u; } } }",
        ),
        "\"events\" directive is not allowed here in /etc/nginx/conf.d/default.conf",
    ),
    ("", "", Nginx::With("", ""), "nginx does not mount n.conf: it runs with the image's own configuration"),
    (
        "",
        MOUNT,
        Nginx::With("listen 80", "listen 8080"),
        "`80:80` leads to port 80, but nginx listens on 8080",
    ),
    (
        "",
        MOUNT,
        Nginx::Text("server { location / { root /x; } }"),
        "nothing is passed on: there is no `proxy_pass`",
    ),
    (
        "",
        MOUNT,
        Nginx::With("upstream u", "upstream spare { server app:80; } upstream u"),
        "upstream spare is used by no `proxy_pass`",
    ),
    (
        "",
        MOUNT,
        Nginx::With("server app", "ip_hash; server app"),
        "`ip_hash` is not among the algorithms here",
    ),
    (
        "    container_name: one\n    scale: 2\n",
        MOUNT,
        Nginx::With("", ""),
        "Docker requires each container to have a unique name",
    ),
];

#[test]
fn what_does_not_fit_between_nginx_and_compose() {
    for (app, proxy, nginx, expected) in MISFITS {
        let nginx = match nginx {
            Nginx::With(from, to) => PASS.replace(from, to),
            Nginx::Text(text) => (*text).to_owned(),
        };
        let imported = small(app, proxy, &nginx, &ImportOptions::default()).unwrap();
        let shown: Vec<String> = imported.findings.iter().map(ToString::to_string).collect();
        let known_algorithm =
            expected.contains("ip_hash") && doorbuster::algorithm::find("ip_hash").is_some();
        assert!(known_algorithm || shown.iter().any(|text| text.contains(expected)), "{nginx}: {shown:#?}");
    }
    let wide =
        small("    cpus: 4\n    command: gunicorn -w 2 -b :80 a:b\n", "", PASS, &ImportOptions::default());
    assert!(
        wide.unwrap()
            .findings
            .iter()
            .any(|f| f.text.to_string().contains("the rest stays idle") && f.line == 4)
    );
    let waits = "services: {app: {image: x}, nginx: {image: nginx}}";
    let files = [SourceFile::new("c.yml", waits)];
    let imported = import(&files, Some(&SourceFile::new("n.conf", PASS)), &ImportOptions::default()).unwrap();
    assert!(
        imported
            .findings
            .iter()
            .any(|finding| finding.text.to_string().starts_with("nginx does not wait for app"))
    );
}

#[test]
fn names_that_do_not_exist() {
    let failed = small("", "", PASS, &options(&[], Some("ap"))).unwrap_err();
    assert_eq!(
        failed.last().unwrap().to_string(),
        "c.yml:1: error: no such service: ap; did you mean `app`?"
    );
    let imported = small("", "", PASS, &options(&[("ap", 2)], None)).unwrap();
    assert!(errors(&imported)[0].text.to_string().contains("no such service: ap"));
    let imported = small("", "", PASS, &options(&[("app", 4_000_000_000)], None)).unwrap();
    assert!(errors(&imported)[0].text.to_string().contains("at most 10000"));
}

#[test]
fn without_nginx_a_published_service_is_its_own_way_in() {
    let compose =
        SourceFile::new("shop/c.yml", "services: {db: {image: y}, web: {image: x, ports: ['8080-8081:80']}}");
    let imported = import(std::slice::from_ref(&compose), None, &options(&[("web", 2)], None)).unwrap();
    sound(&imported.scenario);
    assert_eq!((imported.way, imported.conflicts.len()), (Way::Port(8080), 0), "a range has a port for each");
    let hidden = import(&[compose], None, &options(&[], Some("db"))).unwrap();
    sound(&hidden.scenario);
    assert_eq!(hidden.way, Way::None);
    assert!(hidden.findings.iter().any(|finding| finding.text.to_string().contains("it publishes no port")));
}
