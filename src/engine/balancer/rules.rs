//! From the settings of a front to the rules of its instances.

use super::super::pool::{Outlier, Rules, Stick};
use crate::algorithm::product::{Again, Trouble};
use crate::scenario::{BalancerModel, NextOn, Sticky};
use crate::units::SimDuration;

/// Milliseconds between two attempts on whoever is chosen: Caddy's `lb_try_interval`, and the first pause of Envoy.
const TRY_INTERVAL: u32 = 250;
const BACK_OFF: u32 = 25;

pub(super) fn of(model: &BalancerModel) -> Rules {
    let b = &model.settings;
    let plain = Rules::of(model.product);
    let ejection = b.ejection.as_ref().map(|rule| Outlier {
        errors: rule.errors,
        interval: rule.interval,
        base: rule.base,
        longest: rule.longest,
        most_percent: rule.most_percent,
        always_one: rule.always_one,
    });
    let mut rules = Rules {
        again: again(model),
        tries: model.tries,
        queue: model.queue,
        sticky: model.sticky != Sticky::None,
        stick: match model.sticky {
            Sticky::None | Sticky::Cookie => Stick::Cookie,
            Sticky::Address => Stick::Address,
            Sticky::Learned => Stick::Learned,
            Sticky::Hash => Stick::Hash,
        },
        stick_size: b.sticky_size,
        stick_expiry: b.sticky_expiry,
        slow_start: b.slow_start,
        outlier: ejection,
        panic: model.panic,
        redispatch: b.redispatch,
        ..plain
    };
    if let Some(on) = &b.next_on {
        rules.next_troubles = on.iter().flat_map(|&next| troubles(next)).copied().collect();
        rules.next_statuses =
            if on.contains(&NextOn::Http5xx) { vec![500, 502, 503, 504] } else { Vec::new() };
        rules.non_idempotent = on.contains(&NextOn::NonIdempotent);
    }
    rules
}

const fn troubles(next: NextOn) -> &'static [Trouble] {
    use Trouble::{Closed, ConnectTimeout, ReadTimeout, Refused};
    match next {
        NextOn::Connect => &[Refused, ConnectTimeout],
        NextOn::Error => &[Refused, Closed],
        NextOn::Timeout => &[ConnectTimeout, ReadTimeout],
        NextOn::Http5xx | NextOn::NonIdempotent => &[],
    }
}

/// How often and where a request is tried again.
fn again(model: &BalancerModel) -> Again {
    let b = &model.settings;
    let millis = |time: SimDuration| u32::try_from(time.0 / 1_000_000).unwrap_or(u32::MAX);
    match (model.product.again, b.retries, b.retry_for) {
        (Again::Same { pause_ms, .. }, Some(retries), _) => Again::Same { retries, pause_ms },
        (Again::Never, _, Some(time)) => Again::Within { duration_ms: millis(time), pause_ms: TRY_INTERVAL },
        (Again::Never, Some(retries @ 1..), None) => {
            Again::Within { duration_ms: retries * BACK_OFF, pause_ms: BACK_OFF }
        }
        (again, ..) => again,
    }
}
