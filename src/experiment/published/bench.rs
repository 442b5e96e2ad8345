//! How claims are run: a scenario, a number of seeds, and what each run is asked for.

use crate::experiment::{parallel, run};
use crate::report::{Estimate, Report};
use crate::scenario::{Model, Scenario, preset};

/// Seeds and threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bench {
    /// The first seed; the others follow it.
    pub seed: u64,
    /// Threads; the result does not depend on it.
    pub jobs: usize,
}

impl Bench {
    /// What `value` finds in each of `seeds` runs of a scenario.
    pub(super) fn each<T: Send>(
        &self,
        text: &str,
        seeds: u32,
        value: impl Fn(&Report) -> T + Sync,
    ) -> Result<Vec<T>, String> {
        let model = model(text)?;
        let one = |i: usize| value(&run(&model, self.seed.wrapping_add(i as u64)));
        Ok(parallel::map(self.jobs, seeds as usize, one))
    }

    /// The mean over `seeds` runs of a number, with its 95 % interval.
    pub(super) fn mean(
        &self,
        text: &str,
        seeds: u32,
        value: impl Fn(&Report) -> Option<f64> + Sync,
    ) -> Result<Estimate, String> {
        let values: Option<Vec<f64>> = self.each(text, seeds, value)?.into_iter().collect();
        values.and_then(|values| Estimate::of(&values)).ok_or_else(|| "nothing was measured".to_owned())
    }
}

fn model(text: &str) -> Result<Model, String> {
    let made = Scenario::from_toml_str(text).and_then(|scenario| scenario.validate());
    made.map_err(|invalid| format!("makes no scenario: {invalid}"))
}

/// The text of a preset.
pub(super) fn preset_text(name: &str) -> Result<&'static str, String> {
    preset::find(name).map(|preset| preset.text).ok_or_else(|| format!("there is no preset {name}"))
}

/// Half the width of an interval; 0 where one run can have none.
pub(super) fn half(estimate: &Estimate) -> f64 {
    estimate.half_width.unwrap_or(0.0)
}

/// Whether an estimate agrees with a published value that is known to within `doubt`: by one and a half times its 95 %
/// interval, some 99.5 %, so that other seeds rarely raise a false alarm.
pub(super) fn agrees(estimate: &Estimate, published: f64, doubt: f64) -> bool {
    (estimate.mean - published).abs() <= 1.5 * half(estimate) + doubt
}

/// `12.3 ± 0.4`, both to as many places.
pub(super) fn shown(estimate: &Estimate, places: usize) -> String {
    format!("{:.places$} ± {:.places$}", estimate.mean, half(estimate))
}
