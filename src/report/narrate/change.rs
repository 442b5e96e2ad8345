//! Changes to the world, in words.

use super::acts::made;
use super::{Words, tuned};
use crate::lang::{Lang, Text};
use crate::scenario::{Change, FaultKind, Mode, TimedChange};

/// Whether a change belongs in a short list: a kill is told again by the death that follows.
pub(super) const fn is_key(change: &Change) -> bool {
    !matches!(change, Change::Crash { .. })
}

/// The change at `index` of the list; what a rate grew from is known from those before it.
pub(super) fn words(lang: Lang, changes: &[TimedChange], index: usize) -> Words {
    let Some(timed) = changes.get(index) else {
        return changed("change", "change", made::changed(lang), made::was_changed(lang));
    };
    match &timed.change {
        Change::Rate { times } => rate(lang, level_before(&changes[..index]), *times),
        Change::Scale { service, replicas } => {
            let text = made::is_scaled(lang, service, u64::from(*replicas));
            changed("scale", "scale", format!("{service} → {replicas}"), text)
        }
        Change::Algorithm { name, params } => algorithm_words(lang, name, params),
        Change::Deploy { service } => {
            changed("deploy", "deploy", made::deploy(lang, service), made::new_version(lang, service))
        }
        Change::LoseZone { zone } => {
            let zone = zone.to_string();
            changed("failure", "zone", made::zone_lost(lang, &zone), made::zone_is_lost(lang, &zone))
        }
        Change::RestoreZone { zone } => {
            let zone = zone.to_string();
            changed("ready", "zone", made::zone_back(lang, &zone), made::zone_is_back(lang, &zone))
        }
        Change::Sticky { on: true } => {
            changed("sticky", "sticky", made::sticky_on(lang), made::goes_back(lang))
        }
        Change::Sticky { on: false } => {
            changed("sticky", "sticky", made::sticky_off(lang), made::goes_anywhere(lang))
        }
        Change::Reload => changed("reload", "reload", made::reload(lang), made::reads_anew(lang)),
        Change::Weight { replica, weight } => {
            let (short, weight) = (made::weight(lang, replica, u64::from(*weight)), u64::from(*weight));
            changed("scale", "weight", short, made::has_weight(lang, replica, weight))
        }
        Change::Mode { replica, mode } => mode_words(lang, replica, *mode),
        Change::Crash { replica } => {
            changed("crashed", "kill", made::hit(lang, replica), made::is_killed(lang, replica))
        }
        Change::Start { replica } => {
            changed("starting", "start", made::started(lang, replica), made::started_by_hand(lang, replica))
        }
        Change::Restart { replica } => {
            changed("stopped", "restart", made::restart(lang, replica), made::is_to_restart(lang, replica))
        }
        Change::Tune { of, what, amount } => tuned::words(lang, of, *what, *amount),
        Change::Break { replica, fault, amount } => fault_words(lang, replica, broken(lang, *fault, *amount)),
        Change::BreakDependency { dependency, fault, amount } => {
            fault_words(lang, dependency, dependency_broken(lang, *fault, *amount))
        }
        Change::HealDependency { dependency, fault } => healed_words(lang, dependency, *fault),
        Change::Heal { replica, fault } => healed_words(lang, replica, *fault),
    }
}

fn changed(
    icon: &'static str,
    group: &'static str,
    short: impl Into<String>,
    text: impl Into<String>,
) -> Words {
    Words::new(["changed", icon, group], short, text)
}

fn fault_words(lang: Lang, name: &str, (short, text): (Text, String)) -> Words {
    changed("failure", "fault", format!("{name} {}", short.say(lang)), format!("{name} {text}."))
}

fn healed_words(lang: Lang, name: &str, fault: Option<FaultKind>) -> Words {
    let text = match fault {
        None => made::is_well(lang, name),
        Some(fault) => format!("{name} {}.", healed(fault).say(lang)),
    };
    changed("ready", "healed", made::healed(lang, name), text)
}

/// What a fault does, as a verb phrase: short, and in full.
fn broken(lang: Lang, fault: FaultKind, amount: f64) -> (Text, String) {
    let leaks = Text::new("leaks", "verliert Speicher", "fuit");
    let say = |text: Text| text.say(lang).to_owned();
    match fault {
        FaultKind::Crash => (
            Text::new("hit", "getroffen", "touchée"),
            say(Text::new("is killed", "wird beendet", "est tuée")),
        ),
        FaultKind::Freeze => {
            let text = Text::new(
                "hangs: it accepts connections and never answers",
                "hängt: nimmt Verbindungen an und antwortet nie",
                "se fige : accepte les connexions et ne répond jamais",
            );
            (Text::new("frozen", "hängt", "figée"), say(text))
        }
        FaultKind::Slow => (Text::new("slow", "langsam", "lente"), made::times_as_long(lang, amount)),
        FaultKind::Errors => (Text::new("errs", "mit Fehlern", "en erreur"), made::errs(lang, amount)),
        FaultKind::FailFast => {
            let text = Text::new(
                "answers every request with an error at once",
                "beantwortet jede Anfrage sofort mit einem Fehler",
                "répond aussitôt à chaque requête par une erreur",
            );
            (Text::new("fails fast", "sofort Fehler", "échoue vite"), say(text))
        }
        FaultKind::Leak => (leaks, made::leaks(lang, amount)),
        FaultKind::LeakRequests => (leaks, made::leaks_each(lang, amount)),
        FaultKind::Gone | FaultKind::Flush => dependency_broken(lang, fault, amount),
        FaultKind::ZoneLost => {
            let text =
                Text::new("is lost with its zone", "ist mit der Zone verloren", "est perdue avec sa zone");
            (Text::new("lost", "verloren", "perdue"), say(text))
        }
        FaultKind::Neighbour => {
            (Text::new("squeezed", "bedrängt", "à l’étroit"), made::squeezed(lang, amount))
        }
        FaultKind::Partition => {
            let text = Text::new(
                "is cut off: nothing gets through between the balancer and it",
                "ist abgeschnitten: nichts kommt zum Lastverteiler durch oder von ihm",
                "est coupée : rien ne passe entre le répartiteur et elle",
            );
            (Text::new("cut off", "abgeschnitten", "coupée"), say(text))
        }
    }
}

/// What a fault does to a dependency, as a verb phrase: short, and in full.
fn dependency_broken(lang: Lang, fault: FaultKind, amount: f64) -> (Text, String) {
    let flushed = Text::new("flushed", "geleert", "vidé");
    match fault {
        FaultKind::Gone => {
            let text = Text::new(
                "is gone: its connections break, and nobody answers",
                "ist weg: Die Verbindungen reißen ab, und niemand antwortet",
                "a disparu : ses connexions se rompent, et personne ne répond",
            );
            (Text::new("gone", "weg", "disparu"), text.say(lang).to_owned())
        }
        FaultKind::Flush if amount == 0.0 => {
            let text = Text::new("loses all its keys", "verliert alle Schlüssel", "perd toutes ses clés");
            (flushed, text.say(lang).to_owned())
        }
        FaultKind::Flush => (flushed, made::loses_keys(lang, amount)),
        fault => broken(lang, fault, amount),
    }
}

/// What it means that a fault is over, as a verb phrase.
const fn healed(fault: FaultKind) -> Text {
    match fault {
        FaultKind::Crash | FaultKind::ZoneLost => {
            Text::new("may run again", "darf wieder laufen", "peut tourner à nouveau")
        }
        FaultKind::Gone | FaultKind::Flush => {
            Text::new("is there again", "ist wieder da", "est de nouveau là")
        }
        FaultKind::Freeze => Text::new("answers again", "antwortet wieder", "répond à nouveau"),
        FaultKind::Slow => {
            Text::new("is as fast as before", "ist so schnell wie zuvor", "est aussi rapide qu’avant")
        }
        FaultKind::Errors | FaultKind::FailFast => Text::new(
            "no longer answers with errors",
            "antwortet nicht mehr mit Fehlern",
            "ne répond plus par des erreurs",
        ),
        FaultKind::Leak | FaultKind::LeakRequests => {
            Text::new("no longer leaks memory", "verliert keinen Speicher mehr", "ne perd plus de mémoire")
        }
        FaultKind::Neighbour => Text::new(
            "has its CPU time to itself again",
            "hat die CPU-Zeit wieder für sich",
            "a de nouveau tout son temps CPU",
        ),
        FaultKind::Partition => {
            Text::new("can be reached again", "ist wieder erreichbar", "est de nouveau joignable")
        }
    }
}

fn level_before(changes: &[TimedChange]) -> f64 {
    let rate = |timed: &TimedChange| match timed.change {
        Change::Rate { times } => Some(times),
        _ => None,
    };
    changes.iter().rev().find_map(rate).unwrap_or(1.0)
}

fn rate(lang: Lang, before: f64, now: f64) -> Words {
    let verb = growth(lang, before, now).unwrap_or_else(|| made::stays(lang).into());
    changed("traffic", "traffic", made::traffic(lang, now), made::traffic_does(lang, &verb))
}

/// How a level came from `before` to `now`, as a verb phrase; nothing when it did not change.
pub(super) fn growth(lang: Lang, before: f64, now: f64) -> Option<String> {
    if now == before {
        return None;
    }
    Some(match (before, now) {
        (_, 0.0) => made::stopped(lang).into(),
        (0.0, _) => made::began(lang).into(),
        _ if now >= 2.0 * before => made::grew_fold(lang, now / before),
        _ if now > before => made::grew_by(lang, now / before - 1.0),
        _ => made::fell(lang, now / before),
    })
}

fn algorithm_words(lang: Lang, name: &str, params: &[(String, f64)]) -> Words {
    let params: Vec<String> = params.iter().map(|(key, value)| format!("{key} {value}")).collect();
    let with = match params.as_slice() {
        [] => String::new(),
        params => format!(" {}", made::with(lang, &params.join(", "))),
    };
    changed("algorithm", "algorithm", name, made::now_uses(lang, name, &with))
}

fn mode_words(lang: Lang, replica: &str, mode: Mode) -> Words {
    let (short, text) = match mode {
        Mode::Ready => (
            Text::new("ready", "bereit", "prête"),
            Text::new("gets what comes again", "bekommt wieder, was kommt", "reçoit de nouveau ce qui vient"),
        ),
        Mode::Drain => (
            Text::new("drain", "läuft leer", "se vide"),
            Text::new(
                "gets nothing new; sessions that are on it go on",
                "bekommt nichts Neues; Sitzungen, die dort sind, gehen weiter",
                "ne reçoit rien de nouveau ; les sessions en place continuent",
            ),
        ),
        Mode::Down => (
            Text::new("down", "ausgeschaltet", "hors service"),
            Text::new("gets nothing any more", "bekommt nichts mehr", "ne reçoit plus rien"),
        ),
    };
    let [short, text] = [short, text].map(|text| format!("{replica} {}", text.say(lang)));
    changed("draining", "mode", short, text + ".")
}
