use yew::Reducible as _;

use super::*;
use crate::scenario::Sticky;
use crate::scenario::link::open;

fn state(query: &str) -> Rc<AppState> {
    Rc::new(AppState::open(open(query, "")))
}

fn after(state: &Rc<AppState>, actions: impl IntoIterator<Item = Action>) -> Rc<AppState> {
    actions.into_iter().fold(Rc::clone(state), |state, action| state.reduce(action))
}

#[test]
fn the_lab_plays_and_a_figure_waits() {
    assert!(state("").playing);
    assert!(!state("embed").playing);
    assert!(state("embed&autoplay").playing);
    assert!(!state("autoplay=0").playing && !state("t=12").playing);
}

#[test]
fn nothing_new_is_the_same_state() {
    let state = state("");
    assert!(Rc::ptr_eq(&state, &Rc::clone(&state).reduce(Action::Close)));
}

#[test]
fn choices_are_for_the_next_start_only() {
    let before = state("");
    let chosen = after(
        &before,
        [
            Action::Choose(Choice::Algorithm("random", vec![])),
            Action::Choose(Choice::Replicas(5)),
            Action::Choose(Choice::Sticky(true)),
        ],
    );
    assert_eq!((chosen.run, &chosen.started), (before.run, &before.started));
    let again = after(&chosen, [Action::Again]);
    assert_eq!(again.run, before.run + 1);
    assert_eq!(again.started.balancer.algorithm, "random");
    assert_eq!((again.started.service[0].replicas, again.started.balancer.sticky), (5, Sticky::Cookie));
}

#[test]
fn playing_a_run_that_is_over_starts_it_again() {
    let over = after(&state(""), [Action::Finished]);
    assert!(!over.playing && over.finished);
    let again = after(&over, [Action::TogglePlay]);
    assert!(again.playing && !again.finished && again.run == over.run + 1);
}

#[test]
fn every_knob_shows_what_it_was_given() {
    for knob in KNOBS {
        let edited = after(&state(""), [Action::Edit(knob, knob.example.into())]);
        assert_eq!(edited.notices.len(), 0, "{}", knob.example);
        assert_eq!(knob.value(&edited.scenario), knob.example, "{}", knob.example);
        assert_eq!(edited.run, 1, "an edit starts a new run");
    }
}

#[test]
fn a_bad_value_is_a_notice_and_changes_nothing() {
    let before = state("");
    let after = after(&before, [Action::Edit(&KNOBS[1], "12 parrots".into())]);
    assert_eq!((after.run, &after.scenario, after.notices.len()), (0, &before.scenario, 1));
    assert_eq!(after.reduce(Action::Dismiss(0)).notices.len(), 0);
}

#[test]
fn a_limit_can_be_taken_away() {
    let knob = KNOBS.iter().find(|knob| knob.label.to_string() == "Memory per replica").unwrap();
    let edited = after(&state(""), [Action::Edit(knob, String::new())]);
    assert_eq!(edited.scenario.service[0].memory, None);
}

#[test]
fn view_keys_round_trip() {
    let query = "speed=0.5&t=12.3&compare=,least_connections,replicas%3D5&theme=dark&motion=reduced&\
                 controls=none&charts=share,queue&autoplay&lock=rate,seed&task=Find%20it&caption=A%20b";
    let state = state(query);
    assert_eq!(state.notices.len(), 0);
    assert_eq!(state.view.query(state.speed, state.view.at), query);
}

#[test]
fn wrong_view_keys_are_named() {
    for (query, used) in [
        ("speed=50", "from 0.1 to 10 or max is allowed; 10 is used"),
        ("speed=NaN", "is no speed"),
        ("theme=pink", "auto is used; there are auto, light, dark, projector"),
        ("t=soon", "is no time"),
        ("charts=latency,pie", "no such chart: pie"),
        ("algoritm=random", "did you mean algorithm?"),
        ("zzz", "there is no such key, left out"),
        ("lock=rate,door", "no such control: door; there are rate, algorithm"),
        ("lang=tlh", "there are en, de, fr"),
    ] {
        let notices = &state(query).notices;
        assert!(notices.len() == 1 && notices[0].used.to_string().contains(used), "{query}: {notices:?}");
    }
}

#[test]
fn lanes_run_beside_each_other_and_a_bad_one_is_left_out() {
    let state = state("scenario=algorithms&compare=random,least_connections,service[7].cpus=1&t=3");
    let names: Vec<_> = state.racers.iter().map(|racer| racer.name.as_str()).collect();
    assert_eq!(names, ["random", "least_connections"]);
    assert_eq!(state.notices.len(), 1, "{:?}", state.notices);
    assert_eq!((state.running().len(), state.resume), (2, state.view.at));
    let back = after(&state, [Action::Compare(Rc::clone(&state.started), Vec::new(), SimTime(7))]);
    assert!(back.racers.is_empty() && back.run == state.run + 1);
    assert_eq!((back.running().len(), back.resume), (1, Some(SimTime(7))), "the time is kept");
    assert_eq!(after(&back, [Action::Again]).resume, None, "again is from the start");
}

#[test]
fn a_scenario_is_written_and_then_run() {
    let open = after(&state("scenario=algorithms"), [Action::Editor(true)]);
    assert!(open.writing && open.run == 0);
    assert_eq!(open.draft.check().scenario.as_deref(), Some(&*open.scenario));
    let text = open.draft.text.replace("400/s", "120/s");
    let written = after(&open, [Action::Write(text)]);
    let scenario = written.draft.check().scenario.unwrap();
    let runs = after(&written, [Action::Take(Rc::clone(&scenario))]);
    assert_eq!((runs.writing, runs.run, &runs.started), (false, 1, &scenario));
    // What was written stays when the editor is opened again, with its way back.
    let again = after(&runs, [Action::Editor(true), Action::Undo]);
    assert_eq!(again.draft.text, open.draft.text);
    assert_eq!(after(&again, [Action::Redo]).draft.text, written.draft.text);
}
