//! The address of a run: the scenario that it began with, the changes made by hand, and how it is shown.

use crate::scenario::{TimedChange, link};
use crate::units::SimTime;
use crate::web::state::{AppState, View};

/// Query and fragment, with their signs. Nothing when the scenario and its changes are too long for a link.
#[must_use]
pub fn link(state: &AppState, view: &View, made: &[TimedChange], at: Option<SimTime>) -> Option<String> {
    let mut scenario = (*state.started).clone();
    made.iter().for_each(|timed| scenario.plan(timed));
    let (mut query, fragment) = link::address(&scenario, state.preset)?;
    let shown = view.query(state.speed, at);
    if !query.is_empty() && !shown.is_empty() {
        query.push('&');
    }
    query.push_str(&shown);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    Some(format!("{query}{fragment}"))
}

/// The state that an address asks for. `figure` is whether the page is the one for figures.
#[must_use]
pub fn open(query: &str, fragment: &str, figure: bool) -> AppState {
    let query = if figure { format!("{}&embed", query.trim_start_matches('?')) } else { query.to_owned() };
    AppState::open(link::open(&query, fragment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Change;

    #[test]
    fn a_run_survives_its_address() {
        let state = open("?scenario=black-friday&replicas=4&seed=9&speed=2&theme=dark", "", false);
        let made = [TimedChange { at: SimTime(3_000_000_001), change: Change::Rate { times: 101.0 } }];
        let address = link(&state, &state.view, &made, Some(SimTime(5_000_000_000))).unwrap();
        let (query, fragment) = address.split_once('#').unwrap();
        let again = open(query, fragment, false);
        assert_eq!(again.notices.len(), 0);
        let mut planned = (*state.started).clone();
        planned.plan(&made[0]);
        assert_eq!(*again.started, planned);
        assert_eq!((again.speed, again.view.theme), (state.speed, state.view.theme));
        assert_eq!(again.view.at, Some(SimTime(5_000_000_000)));
    }

    #[test]
    fn the_page_of_figures_shows_a_figure() {
        assert!(open("", "", true).view.embed);
        assert!(!open("", "", false).view.embed);
    }
}
