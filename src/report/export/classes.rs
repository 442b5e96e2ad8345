//! Rows for the classes of request, the same in every table.

use crate::report::ClassReport;
use crate::report::number::{millis, rate, share, whole};

/// What the columns of [`class_rows`] are.
pub const CLASS_HEADS: [&str; 8] = ["class", "path", "offered", "ok/s", "failed", "p50", "p99", "failures"];
/// Ways of failing that are named.
const FAILURES: usize = 3;

/// One row for each class: what was asked, how much of it ended ok and how fast, and how the rest failed.
#[must_use]
pub fn class_rows(classes: &[ClassReport]) -> Vec<Vec<String>> {
    let row = |class: &ClassReport| {
        let time = |time: Option<f64>| time.map_or_else(|| "—".into(), millis);
        let failed = &class.requests.failed;
        let occurred = failed.occurred().into_iter().take(FAILURES);
        let how: Vec<String> =
            occurred.map(|(outcome, n)| format!("{} {}", whole(n), outcome.label())).collect();
        vec![
            class.name.clone(),
            class.path.clone(),
            whole(class.requests.offered),
            rate(class.goodput_per_s),
            share(failed.total() as f64 / class.requests.offered.max(1) as f64),
            time(class.response_time_ms.p50),
            time(class.response_time_ms.p99),
            how.join(", "),
        ]
    };
    classes.iter().map(row).collect()
}
