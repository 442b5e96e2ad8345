//! Closed forms: what queueing theory says a world must do, to hold the engine against.
//!
//! | function | system | source |
//! |---|---|---|
//! | [`single::mm1_sojourn`] and its quantile | M/M/1, first come first served | Kleinrock 1975, ch. 3 |
//! | [`single::mg1_sojourn`] | M/G/1, first come first served | Pollaczek 1930, Khinchine 1932 |
//! | [`single::sharing_sojourn`] | M/G/1, processor sharing | Kleinrock 1976, 4.4 |
//! | [`single::mm1k_loss`], [`single::mm1k_sojourn`] | M/M/1 with room for K | Kleinrock 1975, 3.6 |
//! | [`many::erlang_b`] | M/G/c without a queue | Erlang 1917; Sevastyanov 1957 |
//! | [`many::erlang_c`], [`many::mmc_sojourn`] | M/M/c with one queue | Erlang 1917 |
//! | [`routing::round_robin_sojourn`] | N replicas in turn, Erlang-N/M/1 | Kleinrock 1975, 6.4 |
//! | [`routing::power_of_d_sojourn`] | d choices among infinitely many | Mitzenmacher 2001 |
//! | [`routing::weighted_random_sojourn`] | replicas of any speed, chosen by weight | Kingman 1993, ch. 2 |
//! | [`single::tandem_sojourn`] | stages one after the other | Burke 1956; Jackson 1957 |
//! | [`impatience::mm1_timeout`] | M/M/1, leaves after a fixed wait | Barrer 1957 |
//! | [`impatience::mmc_abandonment`] | M/M/c with exponential patience | Palm 1957 |
//! | [`growth::sessions`] | sessions after a step of the rate | Eick, Massey and Whitt 1993 |
//! | [`growth::backlog`] | overload from an empty start, fluid | Newell 1971, ch. 2 |
//! | [`growth::retries`] | independent failures, a bounded number of tries | geometric series |
//! | [`closed::random_routing`] | N users, replicas drawn at random | Reiser and Lavenberg 1980 |
//! | [`closed::Loop`] | N users who think, c workers | Kleinrock 1976, 2.11 |
//!
//! Rates are per second, times are seconds, shares and probabilities are in [0, 1]. Every function gives nothing
//! outside its domain: where the load is as much as the capacity there is no steady state.
//!
//! Nothing here is used by the engine, nor the other way round: a mistake in one can't hide in the other.

pub mod closed;
pub mod growth;
pub mod impatience;
pub mod many;
pub mod routing;
pub mod single;

/// Offered work over capacity, λ·s / c, when that is a share below 1.
fn load(rate: f64, service: f64, workers: f64) -> Option<f64> {
    let load = rate * service / workers;
    (rate >= 0.0 && service > 0.0 && (0.0..1.0).contains(&load)).then_some(load)
}
