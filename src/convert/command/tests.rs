use std::sync::Arc;

use super::*;

fn run(command: &str, environment: &[(&str, &str)]) -> (AppServer, Vec<String>) {
    let words = shell_words::split(command).unwrap();
    let lookup = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
    let mut findings = Findings::default();
    let server = read(&words, &lookup, &Place::new(&Arc::from("f"), 1), &mut findings);
    (server, findings.as_slice().iter().map(ToString::to_string).collect())
}

fn slots(command: &str, environment: &[(&str, &str)]) -> (u32, Option<u32>) {
    let concurrency = run(command, environment).0.concurrency().unwrap();
    (concurrency.workers, concurrency.threads)
}

#[test]
fn gunicorn_flags_in_every_spelling() {
    for flags in ["-w4 --threads=2", "-w 4 --threads 2", "--workers=4 --threads 2", "--workers 4 --threads=2"]
    {
        assert_eq!(slots(&format!("gunicorn {flags} -b 0.0.0.0:8000 app:app"), &[]), (4, Some(2)), "{flags}");
    }
    let (server, findings) =
        run("gunicorn -t 5 --backlog 64 -k gthread --worker-connections 10 --keep-alive 3 a:b", &[]);
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(server.timeout.as_deref(), Some(&SimDuration::from_secs(5)));
    assert_eq!(server.backlog_places(), Some(64));
    assert_eq!(server.connections.as_deref(), Some(&10));
    assert_eq!(server.listens.unwrap().port, Some(8000));
}

#[test]
fn the_command_line_beats_the_arguments_variable_beats_web_concurrency() {
    let both = [("WEB_CONCURRENCY", "3"), ("GUNICORN_CMD_ARGS", "--workers 5 --threads 4")];
    assert_eq!(slots("gunicorn a:b", &both[..1]), (3, Some(1)));
    assert_eq!(slots("gunicorn a:b", &both), (5, Some(4)));
    assert_eq!(slots("gunicorn -w 2 a:b", &both), (2, Some(4)));
}

#[test]
fn a_shell_in_the_container_puts_values_in() {
    let command =
        "sh -c \"gunicorn -w ${GUNICORN_WORKERS:-1} --threads ${GUNICORN_THREADS:-1} -b 0.0.0.0:5000 a:b\"";
    let escaped = command.replace('$', "\\$");
    assert_eq!(slots(&escaped, &[]), (1, Some(1)));
    assert_eq!(slots(&escaped, &[("GUNICORN_WORKERS", "2"), ("GUNICORN_THREADS", "2")]), (2, Some(2)));
    let (_, findings) = run(&escaped, &[]);
    assert!(findings[0].contains("SIGTERM"), "{findings:?}");
}

#[test]
fn wrappers_and_other_programs() {
    for (command, kind, workers, threads) in [
        ("sh -c 'python manage.py migrate && exec gunicorn -w 3 a:b'", Kind::Gunicorn, 3, Some(1)),
        ("python -m gunicorn -w 2 a:b", Kind::Gunicorn, 2, Some(1)),
        ("env A=1 uvicorn a:b --workers 2 --host 0.0.0.0 --port 80", Kind::Uvicorn, 2, Some(1)),
        ("flask run --host=0.0.0.0", Kind::FlaskDev, 1, None),
        ("python manage.py runserver 0.0.0.0:8000", Kind::DjangoDev, 1, None),
        ("celery -A tasks worker --concurrency 1", Kind::Celery, 1, Some(1)),
        ("node server.js", Kind::Node, 1, Some(1)),
        ("waitress-serve --port=80 a:b", Kind::Waitress, 1, Some(4)),
        ("bundle exec puma -w 2 -t 0:16", Kind::Puma, 2, Some(16)),
        ("gunicorn -k uvicorn.workers.UvicornWorker -w 2 --threads 8 a:b", Kind::Gunicorn, 2, Some(1)),
    ] {
        let (server, findings) = run(command, &[]);
        assert_eq!(server.kind, kind, "{command}");
        assert_eq!(slots(command, &[]), (workers, threads), "{command} {findings:?}");
    }
    assert_eq!(run("./serve --workers 4", &[]).0.kind, Kind::Unknown);
    assert_eq!(run("", &[]).0.kind, Kind::Unknown);
}

#[test]
fn where_it_listens() {
    for (command, host, port) in [
        ("gunicorn a:b", "127.0.0.1", Some(8000)),
        ("gunicorn -b :5000 a:b", "0.0.0.0", Some(5000)),
        ("gunicorn --bind=[::]:5000 a:b", "::", Some(5000)),
        ("gunicorn -b unix:/run/app.sock a:b", "unix:/run/app.sock", None),
        ("uvicorn a:b --host 0.0.0.0", "0.0.0.0", Some(8000)),
        ("flask run -p 80", "127.0.0.1", Some(80)),
        ("flask run", "127.0.0.1", Some(5000)),
        ("python manage.py runserver 8000", "127.0.0.1", Some(8000)),
    ] {
        let listen = run(command, &[]).0.listens.unwrap().value;
        assert_eq!((listen.host.as_str(), listen.port), (host, port), "{command}");
    }
}

#[test]
fn broken_commands_say_what_and_what_to_do() {
    for (command, expected) in [
        ("gunicorn -w four a:b", "gunicorn: -w is \"four\"; allowed: a whole number; write a number"),
        ("gunicorn -w 0 a:b", "gunicorn: -w is \"0\""),
        ("gunicorn a:b --workers", "gunicorn: --workers has no value; write `--workers VALUE`"),
        ("gunicorn -w '${N}' a:b", "no shell runs here, so the program gets `${N}` as it stands"),
        ("sh -c 'gunicorn -w ${N a:b'", "the shell can't read"),
        ("sh -c \"gunicorn -w 2 'a:b\"", "an open quote in"),
        ("sh -c 'exec gunicorn -w $(nproc) a:b'", "runs a command whose result is not known"),
        ("sh -c 'exec gunicorn $N a:b'", "finds no value for N"),
    ] {
        let (_, findings) = run(command, &[]);
        assert!(findings.iter().any(|finding| finding.contains(expected)), "{command}: {findings:?}");
    }
}
