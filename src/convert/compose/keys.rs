//! The names that a Compose file may use, for "did you mean".

use crate::convert::finding::shared;
use crate::convert::finding::shorten;
use crate::convert::yaml::Map;
use crate::convert::{Finding, Findings};
use crate::lang::phrases;
use crate::scenario::nearest;

phrases! {
    mod say {
        fn unknown_key(owner: Text, shown: Text) {
            en: "{owner} additional properties '{shown}' not allowed: Compose refuses the file",
            de: "{owner} additional properties '{shown}' not allowed: Compose weist die Datei ab",
            fr: "{owner} additional properties '{shown}' not allowed : Compose refuse le fichier",
        }
        fn remove_key(shown: Text) {
            en: "remove `{shown}`, or name it `x-{shown}` to keep it as an extension",
            de: "`{shown}` wegnehmen, oder als Erweiterung `x-{shown}` nennen",
            fr: "retirer `{shown}`, ou le nommer `x-{shown}` pour le garder comme extension",
        }
    }
}

/// Keys of the file itself.
pub const TOP: &[&str] =
    &["version", "name", "include", "services", "networks", "volumes", "secrets", "configs", "models"];

/// Keys of a service that change the model.
pub const USED: &[&str] = &[
    "command",
    "container_name",
    "cpu_period",
    "cpu_quota",
    "cpus",
    "depends_on",
    "deploy",
    "entrypoint",
    "environment",
    "expose",
    "extends",
    "healthcheck",
    "image",
    "mem_limit",
    "mem_reservation",
    "network_mode",
    "networks",
    "ports",
    "profiles",
    "restart",
    "scale",
    "stop_grace_period",
    "ulimits",
    "volumes",
];

/// Keys of a service that Compose knows and the model leaves out.
pub const LEFT_OUT: &[&str] = &[
    "annotations",
    "attach",
    "blkio_config",
    "build",
    "cap_add",
    "cap_drop",
    "cgroup",
    "cgroup_parent",
    "configs",
    "cpu_count",
    "cpu_percent",
    "cpu_rt_period",
    "cpu_rt_runtime",
    "cpu_shares",
    "cpuset",
    "credential_spec",
    "develop",
    "device_cgroup_rules",
    "devices",
    "dns",
    "dns_opt",
    "dns_search",
    "domainname",
    "driver_opts",
    "env_file",
    "external_links",
    "extra_hosts",
    "gpus",
    "group_add",
    "hostname",
    "init",
    "ipc",
    "isolation",
    "label_file",
    "labels",
    "links",
    "logging",
    "mac_address",
    "mem_swappiness",
    "memswap_limit",
    "models",
    "oom_kill_disable",
    "oom_score_adj",
    "pid",
    "pids_limit",
    "platform",
    "post_start",
    "pre_stop",
    "privileged",
    "provider",
    "pull_policy",
    "read_only",
    "runtime",
    "secrets",
    "security_opt",
    "shm_size",
    "stdin_open",
    "stop_signal",
    "storage_opt",
    "sysctls",
    "tmpfs",
    "tty",
    "use_api_socket",
    "user",
    "userns_mode",
    "uts",
    "volumes_from",
    "working_dir",
];

/// Keys of `healthcheck`.
pub const HEALTH: &[&str] =
    &["test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"];

/// Keys of `deploy`.
pub const DEPLOY: &[&str] = &[
    "mode",
    "endpoint_mode",
    "replicas",
    "labels",
    "rollback_config",
    "update_config",
    "resources",
    "restart_policy",
    "placement",
];

/// Keys of `deploy.resources` and of the two maps in it.
pub const RESOURCES: &[&str] = &["limits", "reservations"];
/// Keys of `deploy.resources.limits` and `reservations`.
pub const RESOURCE: &[&str] = &["cpus", "memory", "pids", "generic_resources", "devices"];
/// Keys of `deploy.restart_policy`.
pub const RESTART_POLICY: &[&str] = &["condition", "delay", "max_attempts", "window"];
/// Keys of a port in long form.
pub const PORT: &[&str] = &["name", "mode", "host_ip", "target", "published", "protocol", "app_protocol"];
/// Keys of a dependency in long form.
pub const DEPENDENCY: &[&str] = &["condition", "required", "restart"];

/// An error for every key of `map` that is in none of `known` and no extension (`x-…`). Compose refuses
/// the whole file for one.
pub fn check(path: &str, map: &Map, known: &[&[&str]], findings: &mut Findings) {
    for (key, _) in map.iter() {
        let name = key.value.as_str();
        if name.starts_with("x-") || known.iter().any(|list| list.contains(&name)) {
            continue;
        }
        if findings.is_full() {
            return;
        }
        let shown = shorten(name);
        let owner = if path.is_empty() { "(root)" } else { path };
        let text = say::unknown_key(&owner, &shown);
        let all: Vec<&str> = known.iter().flat_map(|list| list.iter().copied()).collect();
        let remedy =
            nearest(&shown, all).map_or_else(|| say::remove_key(&shown), |near| shared::did_you_mean(&near));
        findings.push(Finding::error(&key.place, text).remedy(remedy));
    }
}
