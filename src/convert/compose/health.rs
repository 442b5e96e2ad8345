//! Health checks.

use super::allowed;
use super::keys;
use super::project::Healthcheck;
use super::reader::Reader;
use crate::convert::yaml::{Node, Value};
use crate::convert::{At, Finding};
use crate::lang::phrases;
use crate::units::SimDuration;

phrases! {
    mod say {
        fn no_start_interval(a: Text) {
            en: "{a}.start_interval is left out: checks keep their interval",
            de: "{a}.start_interval ist weggelassen: Die Checks behalten ihren Abstand",
            fr: "{a}.start_interval est laissé de côté : les contrôles gardent leur intervalle",
        }
    }
}

/// The health check of a service; nothing when there is none or it is switched off.
pub fn read(r: &mut Reader<'_>) -> Option<At<Healthcheck>> {
    let place = r.map.get("healthcheck")?.place.clone();
    let mut below = r.below("healthcheck")?;
    keys::check(&below.path, below.map, &[keys::HEALTH], below.findings);
    let disabled = below.flag("disable").is_some_and(|at| at.value);
    let test = test(&mut below)?;
    let or = |at: Option<At<SimDuration>>, seconds| at.map_or(SimDuration::from_secs(seconds), |at| at.value);
    let check = Healthcheck {
        test,
        interval: or(below.duration("interval"), 30),
        timeout: or(below.duration("timeout"), 30),
        retries: below.count("retries", 1_000_000).map_or(3, |at| at.value).max(1),
        start_period: or(below.duration("start_period"), 0),
    };
    if let Some(node) = below.map.get("start_interval") {
        let text = say::no_start_interval(&below.path);
        below.findings.push(Finding::note(&node.place, text));
    }
    (!disabled).then(|| At::new(check, &place))
}

/// The command in a few words; `["NONE"]` switches the check off.
fn test(r: &mut Reader<'_>) -> Option<Option<String>> {
    let Some(node) = r.map.get("test") else { return Some(None) };
    match &node.value {
        Value::Scalar { text, .. } => Some(Some(text.clone())),
        Value::List(items) => match items.iter().map(|item| item.as_text()).collect::<Vec<_>>().as_slice() {
            [Some("NONE"), ..] => None,
            [Some("CMD" | "CMD-SHELL"), words @ ..] => {
                let words: Vec<&str> = words.iter().copied().flatten().collect();
                Some(Some(words.join(" ")))
            }
            _ => {
                wrong(r, node);
                None
            }
        },
        Value::Null => Some(None),
        Value::Map(_) => {
            wrong(r, node);
            None
        }
    }
}

fn wrong(r: &mut Reader<'_>, node: &Node) {
    r.wrong("test", node, allowed::TEST, "test: [\"CMD\", \"curl\", \"-f\", \"http://localhost\"]");
}
