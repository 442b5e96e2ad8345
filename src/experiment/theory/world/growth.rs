//! What grows with time, and what grows with failures.

use super::super::params::Params;
use super::{World, duration, nanos};

/// Sessions at one rate until they are as many as that makes, then at another. A session is a login and, an exponential
/// time later, one request that ends it.
pub(super) fn sessions(params: &Params<'_>) -> Result<World, String> {
    let (before, after) = (params.number("rate_before")?, params.number("rate_after")?);
    let (life, t) = (params.positive("session_mean_s")?, params.number("t")?);
    let base = before.max(after);
    if base <= 0.0 {
        return Err("params.rate_before and params.rate_after are both 0".into());
    }
    // After 16 mean lives all but e⁻¹⁶ of the steady state is there.
    let settled = 16.0 * life;
    let text = format!(
        "[[traffic.source]]\nrate = {base}\nsession = {{ requests = 2, spread = 'constant', think = 'exponential {}', \
         expiry = 'never' }}\nprofile = [{{ for = '{}', times = {} }}, {{ for = '{}', times = {} }}]\n\
         [[traffic.class]]\ndemand = '0 s'\n[[service]]\nthreads = 1000000\n[run]\n{}",
        nanos(life),
        nanos(settled),
        before / base,
        nanos(t + 1.0),
        after / base,
        duration(settled + t)
    );
    Ok(World { text, warmup: 0.0, drain: 0.0, unit: 1.0, first: Some(16), note: String::new() })
}

/// More arrivals than one worker serves, from an empty start.
pub(super) fn overload(params: &Params<'_>) -> Result<World, String> {
    let (rate, speed) = (params.positive("arrival_rate")?, params.positive("service_rate")?);
    let t = params.positive("t")?;
    let text = format!(
        "[[traffic.source]]\nrate = {rate}\n[[traffic.class]]\ndemand = 'exponential {}'\n\
         [balancer]\nread_timeout = 'never'\n[[service]]\nbacklog = 10000000\nsessions = 'none'\n[run]\n{}",
        nanos(1.0 / speed),
        duration(t)
    );
    Ok(World {
        text,
        warmup: 0.0,
        drain: 0.0,
        unit: 1.0,
        first: None,
        note: "the fluid limit: off by its own noise".into(),
    })
}

/// Answers that are errors with a probability, and clients who ask again at once.
pub(super) fn retries(params: &Params<'_>) -> Result<World, String> {
    let share = params.number("failure_probability")?;
    if share > 1.0 {
        return Err(format!("params.failure_probability is {share}; must be at most 1"));
    }
    let tries = params.number("max_retries")? + 1.0;
    let text = format!(
        "[traffic]\nretry = {{ tries = {tries}, on = ['server_error'] }}\n[[traffic.source]]\nrate = 1000\n\
         [[traffic.class]]\ndemand = '1 us'\n[balancer]\ntries = 1\nmax_fails = 0\n\
         [[service]]\nname = 'app'\nbacklog = 10000000\nsessions = 'none'\n\
         [[fault]]\nkind = 'errors'\nreplica = 'app-1'\nshare = {share}\n[run]\n{}",
        duration(10.0)
    );
    Ok(World { text, warmup: 0.0, drain: 0.0, unit: 1.0, first: None, note: String::new() })
}
