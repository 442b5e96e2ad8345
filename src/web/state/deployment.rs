//! Files that a user opens: a scenario, or a deployment's own files, and what there is to say about them.

use std::cmp::Reverse;

use crate::convert::compose::LoadOptions;
use crate::convert::{self, Finding, ImportOptions, SourceFile, variables_of};
use crate::lang::{Said, phrases};
use crate::scenario::Scenario;
use crate::units::order::sort_by_key;

phrases! {
    mod say {
        fn too_large {
            en: "is larger than 256 KiB; no scenario is",
            de: "ist größer als 256 KiB; kein Szenario ist das",
            fr: "dépasse 256 KiB ; aucun scénario n’est si grand",
        }
        fn unknown {
            en: "is neither a scenario nor a Compose, nginx or .env file; it is left out",
            de: "ist weder ein Szenario noch eine Compose-, nginx- oder .env-Datei; sie bleibt weg",
            fr: "n’est ni un scénario ni un fichier Compose, nginx ou .env ; il est laissé de côté",
        }
        fn haproxy {
            en: "is HAProxy’s: its files are not read yet; left out",
            de: "ist von HAProxy: Dessen Dateien werden noch nicht gelesen; sie bleibt weg",
            fr: "vient de HAProxy : ses fichiers ne sont pas encore lus ; laissé de côté",
        }
        fn second_nginx(taken: Text) {
            en: "is a second nginx file; {taken} is read, this one is left out",
            de: "ist eine zweite nginx-Datei; gelesen wird {taken}, diese bleibt weg",
            fr: "est un second fichier nginx ; {taken} est lu, celui-ci est laissé de côté",
        }
        fn no_compose {
            en: "tells how requests are passed on, not what runs: open its Compose file as well",
            de: "sagt, wie Anfragen weitergehen, nicht, was läuft: Bitte auch die Compose-Datei öffnen",
            fr: "dit comment passent les requêtes, non ce qui tourne : ouvrir aussi son fichier Compose",
        }
        fn second_scenario {
            en: "is a second scenario; it is left out",
            de: "ist ein zweites Szenario; es bleibt weg",
            fr: "est un second scénario ; il est laissé de côté",
        }
    }
}

/// The longest scenario that is read, in bytes.
const SCENARIO_LIMIT: usize = 262_144;

/// A deployment that was opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Deployment {
    /// Its files: Compose files in the order in which they are merged, and the others.
    pub files: Vec<SourceFile>,
    /// The service to look at; nothing for the one that the files suggest.
    pub service: Option<String>,
    /// In how many replicas it is started; nothing for as many as the files say.
    pub scale: Option<u32>,
    /// The service that requests come to.
    pub front: Option<String>,
    /// The services there are.
    pub services: Vec<String>,
    /// What there is to say, errors first.
    pub findings: Vec<Finding>,
    /// Whether a scenario came of it.
    pub made: bool,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scenario,
    Compose,
    Nginx,
    Variables,
    Haproxy,
    Unknown,
}

/// What came of files.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// A scenario as text.
    pub(super) text: Option<String>,
    /// The deployment that there is now.
    pub(super) deployment: Option<Deployment>,
    /// What was left out, and why.
    pub(super) notices: Vec<(String, Said)>,
}

/// What a file is, by its name or, where that says nothing, by what stands in it.
fn kind(file: &SourceFile) -> Kind {
    let name = file.base_name().to_ascii_lowercase();
    let ends = |end: &[&str]| end.iter().any(|end| name.ends_with(end));
    let line = |of: &[&str]| {
        file.text.lines().map(str::trim_start).any(|line| of.iter().any(|start| line.starts_with(start)))
    };
    let in_json = |key: &str| file.text.contains(&format!("\"{key}\""));
    let block = ["upstream ", "server {", "server{", "location ", "http {", "http{"];
    if ends(&[".env"]) {
        Kind::Variables
    } else if ends(&[".toml"]) {
        Kind::Scenario
    } else if ends(&[".json"]) {
        if in_json("services") { Kind::Compose } else { Kind::Scenario }
    } else if ends(&[".yml", ".yaml"]) || line(&["services:"]) {
        Kind::Compose
    } else if ends(&[".cfg"]) && line(&["frontend ", "backend ", "listen "]) {
        Kind::Haproxy
    } else if ends(&[".conf"]) || line(&block) {
        Kind::Nginx
    } else if crate::scenario::node::Node::from_toml(&file.text).is_ok()
        || file.text.trim_start().starts_with('{')
    {
        Kind::Scenario
    } else {
        Kind::Unknown
    }
}

/// What comes of files that are opened together; Compose files begin a deployment, other files join the one there is.
pub(super) fn open(files: Vec<SourceFile>, now: Option<&Deployment>) -> Opened {
    let mut opened = Opened::default();
    let mut deployed: Vec<SourceFile> = Vec::new();
    for file in files {
        match kind(&file) {
            Kind::Scenario if opened.text.is_some() => {
                opened.notices.push((file.name, say::second_scenario()));
            }
            Kind::Scenario if file.text.len() > SCENARIO_LIMIT => {
                opened.notices.push((file.name, say::too_large()));
            }
            Kind::Scenario => opened.text = Some(as_toml(file.text)),
            Kind::Haproxy => opened.notices.push((file.name, say::haproxy())),
            Kind::Unknown => opened.notices.push((file.name, say::unknown())),
            Kind::Compose | Kind::Nginx | Kind::Variables => deployed.push(file),
        }
    }
    if deployed.is_empty() {
        return opened;
    }
    if !deployed.iter().any(|file| kind(file) == Kind::Compose) {
        let new = |known: &&SourceFile| deployed.iter().all(|file| file.base_name() != known.base_name());
        let known = now.map(|now| now.files.iter().filter(new).cloned().collect::<Vec<_>>());
        deployed.extend(known.unwrap_or_default());
    }
    // A Compose file of the usual name comes before those that add to it, as Compose has it.
    let usual = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
    sort_by_key(&mut deployed, |file| !usual.contains(&file.base_name()));
    read(&mut opened, Deployment { files: deployed, ..Deployment::default() });
    opened
}

/// The same deployment, looked at from another service or in another number of replicas.
pub(super) fn look_at(now: &Deployment, service: Option<String>, scale: Option<u32>) -> Opened {
    let mut opened = Opened::default();
    // As many replicas of another service say little.
    let scale = scale.filter(|_| service == now.service);
    read(&mut opened, Deployment { service, scale, findings: Vec::new(), ..now.clone() });
    opened
}

/// Reads a deployment's files.
fn read(opened: &mut Opened, asked: Deployment) {
    let files = &asked.files;
    let of = |wanted: Kind| files.iter().filter(move |file| kind(file) == wanted);
    let compose: Vec<SourceFile> = of(Kind::Compose).cloned().collect();
    // Of several, the one that passes requests on.
    let passes = |file: &&SourceFile| file.text.contains("proxy_pass") || file.text.contains("upstream");
    let nginx = of(Kind::Nginx).find(passes).or_else(|| of(Kind::Nginx).next());
    for other in of(Kind::Nginx).filter(|file| Some(*file) != nginx) {
        let taken = nginx.map_or("", |file| file.name.as_str());
        opened.notices.push((other.name.clone(), say::second_nginx(&taken)));
    }
    if compose.is_empty() {
        opened.notices.extend(files.iter().map(|file| (file.name.clone(), say::no_compose())));
        opened.deployment = Some(asked);
        return;
    }
    let variables = of(Kind::Variables).flat_map(|file| variables_of(&file.text)).collect();
    let load = LoadOptions { variables, ..LoadOptions::default() };
    let scaled = asked.service.as_ref().or(asked.front.as_ref()).zip(asked.scale);
    let scale = scaled.map(|(name, count)| (name.clone(), count)).into_iter().collect();
    let options = ImportOptions { service: asked.service.clone(), scale, load };
    let mut read = match convert::import(&compose, nginx, &options) {
        Ok(imported) => {
            opened.text = Some(imported.scenario.to_toml());
            let services: Vec<String> = imported.running.into_keys().collect();
            let front = imported.scenario.service.first().map(|service| service.name.clone());
            let front = front.filter(|front| services.contains(front));
            Deployment { services, front, findings: imported.findings, made: true, ..asked.clone() }
        }
        Err(findings) => Deployment { findings, made: false, ..asked.clone() },
    };
    sort_by_key(&mut read.findings, |finding| finding.severity);
    // In the order in which they are merged.
    sort_by_key(&mut read.files, |file| Reverse(kind(file) == Kind::Compose));
    opened.deployment = Some(read);
}

/// JSON becomes TOML; what is neither stays as it is, with its problems.
fn as_toml(text: String) -> String {
    if !text.trim_start().starts_with('{') {
        return text;
    }
    Scenario::from_json_str(&text).map_or(text, |scenario| scenario.to_toml())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::Severity;

    const COMPOSE: &str = "services:\n  app:\n    image: shop\n    deploy:\n      replicas: ${COPIES:-2}\n  \
                           proxy:\n    image: nginx\n    ports: [\"80:80\"]\n  mail:\n    image: mail\n    \
                           ports: [\"25:25\"]\n";
    const NGINX: &str = "upstream shop { least_conn; server app:80; }\nserver { listen 80;\n  location / { \
                         proxy_pass http://shop; } }\n";

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile::new(name, text)
    }

    #[test]
    fn json_becomes_toml() {
        let toml = as_toml("{\"name\": \"x\", \"service\": [{\"replicas\": 2}]}".into());
        assert!(toml.contains("replicas = 2"), "{toml}");
        assert_eq!(as_toml("{ no json".into()), "{ no json");
        assert_eq!(as_toml("name = 1".into()), "name = 1");
    }

    #[test]
    fn files_are_known_by_name_or_by_what_stands_in_them() {
        for (name, text, is) in [
            ("docker-compose.yml", "", Kind::Compose),
            ("stack", COMPOSE, Kind::Compose),
            ("compose.json", "{\"services\": {}}", Kind::Compose),
            ("s.json", "{\"name\": \"x\"}", Kind::Scenario),
            ("default.conf", "", Kind::Nginx),
            ("site", NGINX, Kind::Nginx),
            (".env", "A=1", Kind::Variables),
            ("haproxy.cfg", "defaults\nbackend app\n", Kind::Haproxy),
            ("notes.txt", "name = \"x\"\n", Kind::Scenario),
            ("Dockerfile", "FROM python\nRUN pip install x\n", Kind::Unknown),
        ] {
            assert_eq!(kind(&file(name, text)), is, "{name}");
        }
    }

    /// The Compose file brings two replicas, nginx its rule, and the variable a third; a new nginx file takes the
    /// place of the old one.
    #[test]
    fn a_deployment_grows_by_its_files() {
        let opened = open(vec![file("nginx.conf", NGINX), file("docker-compose.yml", COMPOSE)], None);
        let text = opened.text.unwrap();
        assert!(text.contains("replicas = 2") && text.contains("least_connections"), "{text}");
        let first = opened.deployment.unwrap();
        assert!(first.made && first.services.contains(&"mail".to_owned()), "{first:?}");
        assert!(first.findings.windows(2).all(|two| two[0].severity <= two[1].severity));
        let more = open(vec![file(".env", "COPIES=3\n")], Some(&first));
        assert!(more.text.unwrap().contains("replicas = 3"));
        let robin = NGINX.replace("least_conn; ", "");
        let more = open(vec![file("nginx.conf", &robin)], Some(&first)).text.unwrap();
        assert!(!more.contains("least_connections") && more.contains("replicas = 2"), "{more}");
        let mail = look_at(&first, Some("mail".into()), None);
        assert!(mail.text.unwrap().contains("name = \"mail\""));
        assert_eq!(mail.deployment.unwrap().service.as_deref(), Some("mail"));
        let five = look_at(&first, None, Some(5));
        assert!(five.text.unwrap().contains("replicas = 5"));
        // Two replicas of what publishes one port: the second finds it taken.
        let mail = look_at(&first, Some("mail".into()), None).deployment.unwrap();
        let two = look_at(&mail, mail.service.clone(), Some(2)).deployment.unwrap();
        assert!(
            two.findings[0].severity == Severity::Error && two.findings[0].text.to_string().contains("8025")
                || two
                    .findings
                    .iter()
                    .any(|finding| finding.text.to_string().contains("port is already allocated")),
            "{two:?}"
        );
    }

    #[test]
    fn what_is_left_out_is_said() {
        let opened = open(vec![file("nginx.conf", NGINX)], None);
        assert!(opened.text.is_none() && opened.notices.len() == 1);
        let files =
            vec![file("nginx.conf", "events {}"), file("default.conf", NGINX), file("c.yml", COMPOSE)];
        let opened = open(files, None);
        assert_eq!(opened.notices.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["nginx.conf"]);
        assert!(opened.text.unwrap().contains("least_connections"));
        let files = vec![file("a.toml", "name = 1"), file("b.toml", ""), file("x.cfg", "listen a\n")];
        assert_eq!(open(files, None).notices.len(), 2);
        let bad = open(vec![file("c.yml", "services: [1")], None).deployment.unwrap();
        assert!(!bad.made && bad.findings[0].severity == Severity::Error, "{bad:?}");
        let long = open(vec![file("l.toml", &"#".repeat(SCENARIO_LIMIT + 1))], None);
        assert!(long.text.is_none() && long.notices.len() == 1);
    }
}
