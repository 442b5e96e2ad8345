//! What an import finds is said in the reader's language; what the real programs write stays as they write it.

use super::{ImportOptions, Severity, small};
use doorbuster::lang::Lang;

const NGINX: &str = "events {} http { upstream u { server app:80; } \
    server { listen 80; location / { proxy_pass http://u; } } }";

#[test]
fn findings_are_said_in_every_language() {
    let imported = small("    env_file: .env\n", "", NGINX, &ImportOptions::default()).unwrap();
    assert!(imported.findings.len() > 5, "{:?}", imported.findings);
    for lang in [Lang::De, Lang::Fr] {
        for finding in &imported.findings {
            assert_ne!(finding.text.say(lang), finding.text.say(Lang::En), "{lang:?}");
            let (own, english) = (&finding.remedy, finding.to_string());
            let said = own.as_ref().map(|remedy| remedy.say(lang));
            assert!(said.is_none_or(|said| !english.ends_with(&said)), "{lang:?} {english}");
        }
    }
}

/// nginx's own words are the same for everybody: whoever looks for them finds them.
#[test]
fn words_of_the_programs_stay() {
    let nginx = NGINX.replace("listen 80;", "listen;");
    let read = small("", "", &nginx, &ImportOptions::default());
    let findings = read.map_or_else(|findings| findings, |imported| imported.findings);
    let wrong = findings.iter().find(|finding| finding.severity == Severity::Error).unwrap();
    let words = "invalid number of arguments in \"listen\" directive";
    assert_eq!([Lang::En, Lang::De, Lang::Fr].map(|lang| wrong.text.say(lang)), [words; 3]);
    assert_ne!(wrong.remedy.as_ref().unwrap().say(Lang::De), wrong.remedy.as_ref().unwrap().to_string());
}
