//! Limits and replicas, under both of their names.

use super::allowed;
use super::amount;
use super::keys;
use super::reader::Reader;
use crate::convert::yaml::Value;
use crate::convert::{At, Finding, limits};
use crate::lang::phrases;
use crate::units::{Bytes, Cores};

phrases! {
    mod say {
        fn no_reserved_cpus {
            en: "`reservations.cpus` does nothing here: only Swarm plans by it",
            de: "`reservations.cpus` bewirkt hier nichts: Nur Swarm plant danach",
            fr: "`reservations.cpus` est sans effet ici : seul Swarm en tient compte",
        }
        fn one_of_two(a: Text) {
            en: "remove one of the two; the other stands at {a}",
            de: "eines von beiden wegnehmen; das andere steht bei {a}",
            fr: "retirer l’un des deux ; l’autre est à {a}",
        }
        fn few_cpus(a: Text, b: Text) {
            en: "{a}: {b} CPUs; allowed: 0.01 or more: Docker refuses to create the container",
            de: "{a}: {b} CPUs; erlaubt: ab 0.01: Docker weigert sich, den Container anzulegen",
            fr: "{a} : {b} CPU ; permis : au moins 0.01 : Docker refuse de créer le conteneur",
        }
        fn least_cpus {
            en: "write at least `0.01`",
            de: "mindestens `0.01` schreiben",
            fr: "écrire au moins `0.01`",
        }
        fn least_memory {
            en: "write at least `6M`; a bare number is bytes",
            de: "mindestens `6M` schreiben; eine Zahl ohne Einheit sind Bytes",
            fr: "écrire au moins `6M` ; un nombre seul compte des octets",
        }
        fn over_reserved(a: Text, b: Text, c: Text) {
            en: "{a}: a reservation of {b} is more than the limit of {c}",
            de: "{a}: Eine Reservierung von {b} ist mehr als die Grenze von {c}",
            fr: "{a} : une réservation de {b} dépasse la limite de {c}",
        }
        fn reserve_less {
            en: "reserve no more than the limit",
            de: "nicht mehr als die Grenze reservieren",
            fr: "ne pas réserver plus que la limite",
        }
    }
}

/// What a service may use, and how many of it there are.
#[derive(Debug, Default)]
pub struct Resources {
    /// CPU limit.
    pub cpus: Option<At<Cores>>,
    /// Memory limit.
    pub memory: Option<At<Bytes>>,
    /// Memory reservation.
    pub reserved_memory: Option<At<Bytes>>,
    /// Number of replicas.
    pub replicas: Option<At<u32>>,
    /// File descriptors (`ulimits.nofile`, the soft one).
    pub files: Option<At<u32>>,
}

/// Docker's least memory limit.
const LEAST_MEMORY: Bytes = Bytes::mib(6);

/// Reads `cpus`, `mem_limit`, `scale` and their namesakes under `deploy`.
pub fn read(r: &mut Reader<'_>) -> Resources {
    let mut found = Resources {
        cpus: cpus(r, "cpus").or_else(|| quota(r)),
        memory: memory(r, "mem_limit"),
        reserved_memory: memory(r, "mem_reservation"),
        replicas: r.count("scale", limits::REPLICAS),
        files: files(r),
    };
    if let Some(mut deploy) = r.below("deploy") {
        below_deploy(&mut deploy, &mut found);
    }
    check(r, &found);
    found.cpus = found.cpus.filter(|at| at.get() > 0.0);
    found.memory = found.memory.filter(|at| at.0 > 0);
    found
}

fn below_deploy(deploy: &mut Reader<'_>, found: &mut Resources) {
    keys::check(&deploy.path, deploy.map, &[keys::DEPLOY], deploy.findings);
    let replicas = deploy.count("replicas", limits::REPLICAS);
    found.replicas = one_of(deploy, found.replicas.take(), replicas, "scale", "deploy.replicas");
    let Some(mut resources) = deploy.below("resources") else { return };
    keys::check(&resources.path, resources.map, &[keys::RESOURCES], resources.findings);
    if let Some(mut limits) = resources.below("limits") {
        keys::check(&limits.path, limits.map, &[keys::RESOURCE], limits.findings);
        let (cores, bytes) = (cpus(&mut limits, "cpus"), memory(&mut limits, "memory"));
        found.cpus = one_of(&mut limits, found.cpus.take(), cores, "cpus", "deploy.resources.limits.cpus");
        let names = ("mem_limit", "deploy.resources.limits.memory");
        found.memory = one_of(&mut limits, found.memory.take(), bytes, names.0, names.1);
    }
    if let Some(mut reserved) = resources.below("reservations") {
        keys::check(&reserved.path, reserved.map, &[keys::RESOURCE], reserved.findings);
        if let Some(at) = cpus(&mut reserved, "cpus") {
            let text = say::no_reserved_cpus();
            reserved.findings.push(Finding::note(&at.place, text));
        }
        let bytes = memory(&mut reserved, "memory");
        let names = ("mem_reservation", "deploy.resources.reservations.memory");
        found.reserved_memory = one_of(&mut reserved, found.reserved_memory.take(), bytes, names.0, names.1);
    }
}

/// `nofile: 1024`, or `nofile: {soft: 1024, hard: 4096}`, of which programs get the soft one.
fn files(r: &mut Reader<'_>) -> Option<At<u32>> {
    let mut ulimits = r.below("ulimits")?;
    let is_map = ulimits.map.get("nofile").is_some_and(|node| matches!(node.value, Value::Map(_)));
    if is_map {
        return ulimits.below("nofile")?.count("soft", u32::MAX);
    }
    ulimits.count("nofile", u32::MAX)
}

/// The value of two keys that mean the same and must agree.
fn one_of<T: PartialEq>(
    r: &mut Reader<'_>,
    first: Option<At<T>>,
    second: Option<At<T>>,
    first_key: &str,
    second_key: &str,
) -> Option<At<T>> {
    if let (Some(a), Some(b)) = (&first, &second)
        && a.value != b.value
    {
        let text = format!("can't set distinct values on '{first_key}' and '{second_key}'");
        r.findings.push(Finding::error(&b.place, text).remedy(say::one_of_two(&a.place)));
    }
    second.or(first)
}

fn cpus(r: &mut Reader<'_>, key: &str) -> Option<At<Cores>> {
    r.value(key, allowed::CPUS, &format!("{key}: \"0.5\""), amount::cpus)
}

fn memory(r: &mut Reader<'_>, key: &str) -> Option<At<Bytes>> {
    r.value(key, allowed::SIZE, &format!("{key}: 256M"), amount::memory)
}

/// `cpu_quota` microseconds in every `cpu_period`, 100 ms when not written.
fn quota(r: &mut Reader<'_>) -> Option<At<Cores>> {
    let micros = |key: &str, r: &mut Reader<'_>| {
        r.value(key, allowed::MICROSECONDS, &format!("{key}: 50000"), |text| {
            text.parse::<u32>().ok().filter(|&n| n > 0)
        })
    };
    let quota = micros("cpu_quota", r)?;
    let period = micros("cpu_period", r).map_or(100_000, |at| at.value);
    Cores::new(f64::from(quota.value) / f64::from(period)).map(|cores| At::new(cores, &quota.place))
}

/// What Docker refuses when the container is created.
fn check(r: &mut Reader<'_>, found: &Resources) {
    if let Some(at) = found.cpus.as_ref().filter(|at| at.get() > 0.0 && at.get() < 0.01) {
        let text = say::few_cpus(&r.path, &at.get());
        r.findings.push(Finding::error(&at.place, text).remedy(say::least_cpus()));
    }
    if let Some(at) = found.memory.as_ref().filter(|at| at.0 > 0 && at.value < LEAST_MEMORY) {
        let text = format!("{}: {}; Docker answers: Minimum memory limit allowed is 6MB", r.path, at.value);
        r.findings.push(Finding::error(&at.place, text).remedy(say::least_memory()));
    }
    if let (Some(limit), Some(reserved)) = (&found.memory, &found.reserved_memory)
        && reserved.value > limit.value
        && limit.value.0 > 0
    {
        let text = say::over_reserved(&r.path, &reserved.value, &limit.value);
        r.findings.push(Finding::error(&reserved.place, text).remedy(say::reserve_less()));
    }
}
