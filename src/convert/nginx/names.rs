//! Directives that nginx knows, and where they may stand.

use super::tree::Directive;
use crate::convert::finding::shorten;
use crate::convert::{Finding, Findings};
use crate::scenario::nearest;

/// Where a directive stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The file itself.
    Main,
    /// `events { … }`
    Events,
    /// `http { … }`, or a file that is included there.
    Http,
    /// `upstream { … }`
    Upstream,
    /// `server { … }`
    Server,
    /// `location { … }`
    Location,
}

use crate::convert::finding::shared;
use crate::lang::phrases;
use Context::{Events, Http, Location, Main, Server, Upstream};

phrases! {
    mod say {
        fn belongs(places: Text) {
            en: "it belongs into {places}",
            de: "sie gehört in {places}",
            fr: "sa place est dans {places}",
        }
        fn left_out(text: Text) {
            en: "{text}: left out",
            de: "{text}: weggelassen",
            fr: "{text} : laissé de côté",
        }
        fn needs_module {
            en: "nginx needs the module that brings it",
            de: "nginx braucht das Modul, das sie mitbringt",
            fr: "nginx a besoin du module qui l’apporte",
        }
    }
}

/// Directives that are read, and where nginx allows them.
const READ: &[(&str, &[Context])] = &[
    ("events", &[Main]),
    ("http", &[Main]),
    ("worker_processes", &[Main]),
    ("worker_connections", &[Events]),
    ("worker_rlimit_nofile", &[Main]),
    ("upstream", &[Http]),
    ("server", &[Http, Upstream]),
    ("location", &[Server, Location]),
    ("listen", &[Server]),
    ("least_conn", &[Upstream]),
    ("least_time", &[Upstream]),
    ("ip_hash", &[Upstream]),
    ("hash", &[Upstream]),
    ("random", &[Upstream]),
    ("sticky", &[Upstream]),
    ("zone", &[Upstream]),
    ("keepalive", &[Upstream]),
    ("keepalive_requests", &[Http, Server, Location, Upstream]),
    ("keepalive_timeout", &[Http, Server, Location, Upstream]),
    ("keepalive_time", &[Http, Server, Location, Upstream]),
    ("queue", &[Upstream]),
    ("resolver", &[Http, Server, Location, Upstream]),
    ("proxy_pass", &[Location]),
    ("stub_status", &[Server, Location]),
    ("alias", &[Location]),
    ("root", &[Http, Server, Location]),
    ("return", &[Server, Location]),
    ("add_header", &[Http, Server, Location]),
    ("proxy_set_header", &[Http, Server, Location]),
    ("proxy_connect_timeout", &[Http, Server, Location]),
    ("proxy_read_timeout", &[Http, Server, Location]),
    ("proxy_request_buffering", &[Http, Server, Location]),
    ("proxy_send_timeout", &[Http, Server, Location]),
    ("proxy_next_upstream", &[Http, Server, Location]),
    ("proxy_next_upstream_tries", &[Http, Server, Location]),
    ("proxy_next_upstream_timeout", &[Http, Server, Location]),
];

/// Directives that are known and left out, because the model has no place for them.
const LEFT_OUT: &[&str] = &[
    "absolute_redirect",
    "accept_mutex",
    "access_log",
    "aio",
    "allow",
    "auth_basic",
    "auth_basic_user_file",
    "auth_request",
    "autoindex",
    "break",
    "charset",
    "client_body_buffer_size",
    "client_body_timeout",
    "client_header_buffer_size",
    "client_header_timeout",
    "client_max_body_size",
    "daemon",
    "default_type",
    "deny",
    "env",
    "error_log",
    "error_page",
    "etag",
    "expires",
    "fastcgi_param",
    "fastcgi_pass",
    "geo",
    "grpc_pass",
    "gzip",
    "gzip_buffers",
    "gzip_comp_level",
    "gzip_disable",
    "gzip_http_version",
    "gzip_min_length",
    "gzip_proxied",
    "gzip_static",
    "gzip_types",
    "gzip_vary",
    "http2",
    "if",
    "if_modified_since",
    "include",
    "index",
    "internal",
    "large_client_header_buffers",
    "limit_conn",
    "limit_conn_zone",
    "limit_rate",
    "limit_req",
    "limit_req_status",
    "limit_req_zone",
    "load_module",
    "log_format",
    "log_not_found",
    "map",
    "master_process",
    "merge_slashes",
    "mirror",
    "multi_accept",
    "ntlm",
    "open_file_cache",
    "pcre_jit",
    "pid",
    "port_in_redirect",
    "proxy_bind",
    "proxy_buffer_size",
    "proxy_buffering",
    "proxy_buffers",
    "proxy_busy_buffers_size",
    "proxy_cache",
    "proxy_cache_bypass",
    "proxy_cache_key",
    "proxy_cache_path",
    "proxy_cache_use_stale",
    "proxy_cache_valid",
    "proxy_cookie_domain",
    "proxy_cookie_path",
    "proxy_headers_hash_max_size",
    "proxy_headers_hash_bucket_size",
    "proxy_hide_header",
    "proxy_http_version",
    "proxy_ignore_client_abort",
    "proxy_ignore_headers",
    "proxy_intercept_errors",
    "proxy_max_temp_file_size",
    "proxy_method",
    "proxy_no_cache",
    "proxy_pass_header",
    "proxy_pass_request_body",
    "proxy_pass_request_headers",
    "proxy_redirect",
    "proxy_set_body",
    "proxy_socket_keepalive",
    "proxy_ssl_name",
    "proxy_ssl_server_name",
    "proxy_ssl_verify",
    "proxy_temp_path",
    "real_ip_header",
    "reset_timedout_connection",
    "resolver_timeout",
    "rewrite",
    "satisfy",
    "send_timeout",
    "sendfile",
    "server_name",
    "server_name_in_redirect",
    "server_names_hash_bucket_size",
    "server_tokens",
    "set",
    "set_real_ip_from",
    "split_clients",
    "ssi",
    "ssl",
    "ssl_certificate",
    "ssl_certificate_key",
    "ssl_ciphers",
    "ssl_dhparam",
    "ssl_prefer_server_ciphers",
    "ssl_protocols",
    "ssl_session_cache",
    "ssl_session_tickets",
    "ssl_session_timeout",
    "stream",
    "sub_filter",
    "tcp_nodelay",
    "tcp_nopush",
    "try_files",
    "types",
    "types_hash_bucket_size",
    "types_hash_max_size",
    "underscores_in_headers",
    "use",
    "user",
    "uwsgi_param",
    "uwsgi_pass",
    "valid_referers",
    "variables_hash_max_size",
    "worker_cpu_affinity",
    "worker_shutdown_timeout",
];

/// Whether nginx knows a directive of this name.
pub fn is_known(name: &str) -> bool {
    READ.iter().any(|(known, _)| *known == name) || LEFT_OUT.contains(&name)
}

/// What becomes of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is read.
    Read,
    /// It is known, and left out.
    LeftOut,
    /// It was refused or is not known; a finding says so.
    Reported,
}

/// Whether a directive may stand here; findings tell what nginx would say.
pub fn check(directive: &Directive, context: Context, findings: &mut Findings) -> Verdict {
    let name = shorten(&directive.name);
    if let Some((_, allowed)) = READ.iter().find(|(known, _)| *known == directive.name) {
        if allowed.contains(&context) {
            return Verdict::Read;
        }
        let text = format!("\"{name}\" directive is not allowed here");
        let places: Vec<&str> = allowed.iter().map(|context| place_name(*context)).collect();
        findings.push(Finding::error(&directive.place, text).remedy(say::belongs(&places.join(" / "))));
        return Verdict::Reported;
    }
    if LEFT_OUT.contains(&directive.name.as_str()) {
        return Verdict::LeftOut;
    }
    if findings.is_full() {
        return Verdict::Reported;
    }
    let known = READ.iter().map(|(known, _)| *known).chain(LEFT_OUT.iter().copied());
    // A slip of the finger is close to a known name; a name that is far from all may be a module's.
    let near = nearest(&name, known).filter(|near| strsim::damerau_levenshtein(&name, near) <= 2);
    let text = format!("unknown directive \"{name}\"");
    findings.push(match near {
        Some(near) => Finding::error(&directive.place, text).remedy(shared::did_you_mean(&near)),
        None => Finding::note(&directive.place, say::left_out(&text)).remedy(say::needs_module()),
    });
    Verdict::Reported
}

const fn place_name(context: Context) -> &'static str {
    match context {
        Main => "`main`",
        Events => "`events`",
        Http => "`http`",
        Upstream => "`upstream`",
        Server => "`server`",
        Location => "`location`",
    }
}
