//! The pictures in the pages of `sweep` and `compare`: measures with their intervals, in both palettes, each with a
//! sentence that says what it shows.

use super::{Failure, Result};
use crate::charts::swept::{self, Bar, Grid, Line, Lines, Rows};
use crate::charts::theme::Theme;
use crate::experiment::Comparison;
use crate::experiment::sweep::{PointReport, Sweep};
use crate::report::Estimate;
use crate::report::export::{Figure, html_figure};
use crate::report::measure::{self, Kind, Measure};

/// What is drawn, as far as there is anything of it.
const DRAWN: [&str; 4] = ["p99", "mean", "failed_share", "goodput"];
/// The most pictures of one measure, where more than two fields vary.
const PICTURES: usize = 12;

/// What bars are, where they are intervals.
const INTERVALS: &str = "bars are 95 % intervals";

type Estimates = [(&'static str, Estimate)];

fn value(estimates: &Estimates, name: &str) -> Option<Estimate> {
    estimates.iter().find(|(known, _)| *known == name).map(|(_, estimate)| *estimate)
}

/// The measures with anything to be seen in these estimates.
fn drawn<'a>(all: impl Iterator<Item = &'a Estimates> + Clone) -> impl Iterator<Item = &'static Measure> {
    let there =
        move |name: &&str| all.clone().any(|estimates| value(estimates, name).is_some_and(|e| e.mean != 0.0));
    DRAWN.into_iter().filter(there).filter_map(measure::find)
}

/// A picture in both palettes, as part of a page.
fn figure(
    draw: impl Fn(Theme) -> std::result::Result<String, crate::charts::SvgError>,
    words: String,
) -> Result<String> {
    let drawn = |theme| draw(theme).map_err(|error| Failure::new(format!("--report: {error}")));
    Ok(html_figure(&Figure { light: drawn(Theme::Light)?, dark: drawn(Theme::Dark)?, words }))
}

/// Least and most, each with its place: `p99 is between 4.1 ± 0.2 ms (random) and 9 ± 1 ms (ipvs.lc).`
fn sentence(measure: &Measure, named: &[(String, Estimate)], key: &str) -> String {
    let shown = |(name, e): &(String, Estimate)| {
        format!("{} ({name})", measure.kind.show_with(e.mean, e.half_width.unwrap_or(0.0)))
    };
    let by_mean = |a: &&(String, Estimate), b: &&(String, Estimate)| a.1.mean.total_cmp(&b.1.mean);
    match (named.iter().min_by(by_mean), named.iter().max_by(by_mean)) {
        (Some(least), Some(most)) if least.0 != most.0 => {
            format!("{} is between {} and {}; {}.", measure.label, shown(least), shown(most), key)
        }
        (Some(only), _) => format!("{} is {}.", measure.label, shown(only)),
        _ => format!("{}: nothing was measured.", measure.label),
    }
}

/// A row for each algorithm.
pub(super) fn of_comparison(comparison: &Comparison) -> Result<String> {
    let arms = &comparison.algorithms;
    let mut out = String::new();
    for measure in drawn(arms.iter().map(|arm| arm.estimates.as_slice())) {
        let value = |i: usize| value(&arms[i].estimates, measure.name);
        let named = (0..arms.len()).map(|i| (arms[i].algorithm.clone(), value(i)));
        out += &of_rows(measure, named.collect())?;
    }
    Ok(out)
}

fn of_rows(measure: &Measure, named: Vec<(String, Option<Estimate>)>) -> Result<String> {
    let known: Vec<(String, Estimate)> =
        named.iter().filter_map(|(name, e)| Some((name.clone(), (*e)?))).collect();
    let words = sentence(measure, &known, INTERVALS);
    let bars = named.into_iter().map(|(name, value)| Bar { name, value }).collect();
    let data = Rows { measure: measure.label.into(), kind: measure.kind, bars };
    figure(|theme| swept::rows(&data, theme, &words), words.clone())
}

/// Over one field a line for each algorithm, over two a table of bars; further fields make further pictures.
pub(super) fn of_sweep(sweep: &Sweep) -> Result<String> {
    let mut out = String::new();
    for measure in drawn(sweep.points.iter().map(|point| point.estimates.as_slice())) {
        out += &of_measure(sweep, measure)?;
    }
    Ok(out)
}

/// Which axis is which.
struct Axes {
    /// The one whose values are lines.
    algorithm: Option<usize>,
    /// The last two of the others: from row to row where there are two, from left to right.
    down: Option<usize>,
    across: Option<usize>,
    /// All further ones: a picture for each combination.
    rest: Vec<usize>,
}

impl Axes {
    fn of(sweep: &Sweep) -> Self {
        let named = |i: &usize| matches!(sweep.axes[*i].path.as_str(), "algorithm" | "balancer.algorithm");
        let mut others: Vec<usize> = (0..sweep.axes.len()).filter(|i| !named(i)).collect();
        let across = others.pop();
        let algorithm = (0..sweep.axes.len()).find(named);
        // With one field besides the algorithm, algorithms are lines; with more, pictures.
        let down = others.pop();
        let mut rest = others;
        let algorithm = if down.is_some() {
            rest.extend(algorithm);
            None
        } else {
            algorithm
        };
        Self { algorithm, down, across, rest }
    }
}

fn of_measure(sweep: &Sweep, measure: &'static Measure) -> Result<String> {
    let axes = Axes::of(sweep);
    let Some(across) = axes.across else {
        let named = |point: &PointReport| (point.values.join(", "), value(&point.estimates, measure.name));
        return of_rows(measure, sweep.points.iter().map(named).collect());
    };
    let mut facets: Vec<Vec<String>> = Vec::new();
    for point in &sweep.points {
        let facet: Vec<String> = axes.rest.iter().map(|&i| point.values[i].clone()).collect();
        if !facets.contains(&facet) {
            facets.push(facet);
        }
    }
    let mut out = String::new();
    for facet in facets.iter().take(PICTURES) {
        let here =
            |point: &&PointReport| axes.rest.iter().zip(facet).all(|(&i, value)| &point.values[i] == value);
        let points: Vec<&PointReport> = sweep.points.iter().filter(here).collect();
        let at = |with: &[(usize, &String)]| {
            let found = points.iter().find(|point| with.iter().all(|(i, value)| &point.values[*i] == *value));
            found.and_then(|point| value(&point.estimates, measure.name))
        };
        let known =
            points.iter().filter_map(|p| Some((p.values.join(", "), value(&p.estimates, measure.name)?)));
        let key = if axes.down.is_some() { "the higher and the warmer a bar, the more" } else { INTERVALS };
        let words = sentence(measure, &known.collect::<Vec<_>>(), key);
        let label = if facet.is_empty() {
            measure.label.to_owned()
        } else {
            format!("{} with {}", measure.label, facet.join(", "))
        };
        out += &match axes.down {
            Some(down) => {
                let data = table(sweep, (down, across), (label, measure.kind), at);
                figure(|theme| swept::grid(&data, theme, &words), words.clone())?
            }
            None => {
                let data = curves(sweep, (axes.algorithm, across), (label, measure.kind), at);
                figure(|theme| swept::lines(&data, theme, &words), words.clone())?
            }
        };
    }
    Ok(out)
}

fn table(
    sweep: &Sweep,
    (down, across): (usize, usize),
    (measure, kind): (String, Kind),
    at: impl Fn(&[(usize, &String)]) -> Option<Estimate>,
) -> Grid {
    let axis = |i: usize| (sweep.axes[i].path.clone(), sweep.axes[i].values.clone());
    let row = |y: &String| sweep.axes[across].values.iter().map(|x| at(&[(down, y), (across, x)])).collect();
    let cells = sweep.axes[down].values.iter().map(row).collect();
    Grid { measure, kind, down: axis(down), across: axis(across), cells }
}

fn curves(
    sweep: &Sweep,
    (algorithm, across): (Option<usize>, usize),
    (measure, kind): (String, Kind),
    at: impl Fn(&[(usize, &String)]) -> Option<Estimate>,
) -> Lines {
    let values = &sweep.axes[across].values;
    let line = |which: Option<(usize, &String)>| Line {
        name: which.map_or_else(String::new, |(_, name)| name.clone()),
        values: values.iter().map(|x| at(&[which.unwrap_or((across, x)), (across, x)])).collect(),
    };
    let lines = match algorithm {
        Some(i) => sweep.axes[i].values.iter().map(|name| line(Some((i, name)))).collect(),
        None => vec![line(None)],
    };
    Lines { measure, kind, over: sweep.axes[across].path.clone(), values: values.clone(), lines }
}
