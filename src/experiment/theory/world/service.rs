//! Distributions of service times by the names that cases give them.

use super::super::params::Params;
use super::nanos;

/// Work of mean 1 s in the scenario.
pub(super) struct Work {
    /// Share of each class, and what its requests do.
    classes: Vec<(f64, String)>,
    /// Squared coefficient of variation; infinite ones count as 100 for the length of a run.
    pub scv: f64,
}

impl Work {
    /// Exponential.
    pub fn exponential() -> Self {
        Self::exponential_of(1.0)
    }

    /// Exponential with a mean other than 1 s.
    pub fn exponential_of(mean: f64) -> Self {
        Self::plain(&format!("exponential {}", nanos(mean)), 1.0)
    }

    fn plain(demand: &str, scv: f64) -> Self {
        Self { classes: vec![(1.0, format!("demand = '{demand}'"))], scv }
    }

    /// These steps instead of CPU work.
    pub fn steps(list: &str) -> Self {
        Self { classes: vec![(1.0, format!("steps = [{list}]"))], scv: 1.0 }
    }

    /// What `service` says, exponential where it says nothing.
    pub fn of(params: &Params<'_>) -> Result<Self, String> {
        let name = params.text("service").unwrap_or("exponential");
        // Only said besides, since the name says it already.
        let _ = params.maybe("service_scv")?;
        let one = nanos(1.0);
        let number = |prefix: &str| {
            name.strip_prefix(prefix)
                .and_then(|rest| rest.parse::<f64>().ok())
                .filter(|x| x.is_finite() && *x > 0.0)
        };
        if let Some(scv) = number("lognormal_cv").map(|cv| cv * cv) {
            return Ok(Self::plain(&format!("lognormal {one} scv {scv}"), scv));
        }
        if let Some(phases) = number("erlang_") {
            return Ok(Self::plain(&format!("erlang {one} k {phases}"), 1.0 / phases));
        }
        let shape = name.strip_prefix("pareto_shape_").and_then(|rest| rest.strip_suffix("_mean_1"));
        if let Some(shape) = shape.and_then(|shape| shape.parse::<f64>().ok()).filter(|shape| *shape > 1.0) {
            let scv = if shape > 2.0 { 1.0 / (shape * (shape - 2.0)) } else { 100.0 };
            return Ok(Self::plain(&format!("pareto {one} shape {shape}"), scv));
        }
        let ends = name.strip_prefix("uniform_").and_then(|rest| rest.split_once('_'));
        let ends = ends.and_then(|(low, high)| Some((low.parse::<f64>().ok()?, high.parse::<f64>().ok()?)));
        if let Some((low, high)) = ends.filter(|(low, high)| 0.0 <= *low && low < high) {
            let width = (high - low) / (high + low);
            return Ok(Self::plain(
                &format!("uniform {} to {}", nanos(low), nanos(high)),
                width * width / 3.0,
            ));
        }
        match name {
            "exponential" => Ok(Self::exponential()),
            "deterministic" => Ok(Self::plain(&one, 0.0)),
            _ if name.starts_with("hyperexp") => Self::phases(&params.pairs("phases")?),
            _ => Err(format!("service \"{name}\" is not known")),
        }
    }

    /// Exponential phases, each with a probability and a mean: as many classes of request.
    fn phases(phases: &[(f64, f64)]) -> Result<Self, String> {
        let sum: f64 = phases.iter().map(|(share, _)| share).sum();
        let mean: f64 = phases.iter().map(|(share, mean)| share * mean).sum();
        let square: f64 = phases.iter().map(|(share, mean)| 2.0 * share * mean * mean).sum();
        if (sum - 1.0).abs() > 1e-6 || (mean - 1.0).abs() > 1e-6 {
            return Err(format!(
                "params.phases have the probability {sum} and the mean {mean}; both must be 1"
            ));
        }
        let class = |&(share, mean): &(f64, f64)| (share, format!("demand = 'exponential {}'", nanos(mean)));
        Ok(Self { classes: phases.iter().map(class).collect(), scv: square - 1.0 })
    }

    /// The classes of a scenario.
    pub fn classes(&self) -> String {
        let class = |(i, (share, does)): (usize, &(f64, String))| {
            format!("[[traffic.class]]\nname = 'phase-{i}'\nshare = {share}\n{does}\n")
        };
        self.classes.iter().enumerate().map(class).collect()
    }
}
