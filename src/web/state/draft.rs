//! A scenario that is being written: its text, what is wrong with it, and the way back.

use std::rc::Rc;

use crate::lang::Said;
use crate::scenario::node::{Node, Value};
use crate::scenario::{Problem, Scenario};

/// Steps that can be taken back.
const STEPS: usize = 200;

/// How much of a scenario the forms show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// Four controls.
    #[default]
    Basic,
    /// What most people change.
    More,
    /// Every field.
    Everything,
}

/// A scenario that is being written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// How much of it the forms show.
    pub depth: Depth,
    past: Vec<String>,
    future: Vec<String>,
}

/// What a text comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Its tree, where it is TOML at all.
    pub node: Option<Rc<Node>>,
    /// The scenario, where there is no problem.
    pub scenario: Option<Rc<Scenario>>,
    /// Every problem, each with its line where that is known.
    pub problems: Vec<Problem>,
}

impl Draft {
    /// Another text; the one before can come back.
    pub fn write(&mut self, text: String) {
        if text != self.text {
            self.past.push(std::mem::replace(&mut self.text, text));
            if self.past.len() > STEPS {
                self.past.remove(0);
            }
            self.future.clear();
        }
    }

    /// The text before; false when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.text, before));
        true
    }

    /// The text that was taken back; false when there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.text, after));
        true
    }

    /// Whether there is a way back, and one forth again.
    #[must_use]
    pub fn ways(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }

    /// Reads the text.
    #[must_use]
    pub fn check(&self) -> Checked {
        let node = match Node::from_toml(&self.text) {
            Ok(node) => node,
            Err(why) => {
                let why = why.to_string();
                let line = why.split("line ").nth(1).and_then(|rest| {
                    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
                });
                let text = Said::plain(why.lines().next_back().unwrap_or(&why));
                let problem = Problem { path: "scenario".into(), line, text, remedy: None };
                return Checked { node: None, scenario: None, problems: vec![problem] };
            }
        };
        match Scenario::check(&node) {
            Ok((scenario, _)) => {
                Checked { node: Some(Rc::new(node)), scenario: Some(Rc::new(scenario)), problems: Vec::new() }
            }
            Err(invalid) => {
                let mut problems = invalid.0;
                for problem in &mut problems {
                    problem.line = problem.line.or_else(|| line_of(&node, &problem.path));
                }
                Checked { node: Some(Rc::new(node)), scenario: None, problems }
            }
        }
    }
}

/// The parts of a path: `service[0].cpus` is `service`, `0`, `cpus`.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty())
}

/// The line of the deepest place on a path that has one.
#[must_use]
pub fn line_of(node: &Node, path: &str) -> Option<u32> {
    let (mut place, mut line) = (node, None);
    for part in parts(path) {
        let next = match &place.value {
            Value::Table(_) => place.get(part),
            Value::List(list) => part.parse().ok().and_then(|place: usize| list.get(place)),
            _ => None,
        };
        let Some(next) = next else { break };
        (place, line) = (next, next.line.or(line));
    }
    line
}

/// The place of a path, to change.
fn place_mut<'n>(node: &'n mut Node, path: &str) -> Option<&'n mut Node> {
    parts(path).try_fold(node, |place, part| match &mut place.value {
        Value::Table(table) => table.iter_mut().find(|(key, _)| key == part).map(|(_, node)| node),
        Value::List(list) => list.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Sets a scalar; empty text takes it away, so that its default holds.
///
/// # Errors
/// When the path leads nowhere.
pub fn set(node: &mut Node, path: &str, text: &str) -> Result<(), Said> {
    if text.trim().is_empty() {
        remove(node, path);
        return Ok(());
    }
    // Text that is no number, truth value, list or table is taken as text.
    let plain = matches!(text.trim(), "true" | "false") || text.trim().starts_with(['{', '[']);
    let number = text.trim().parse::<f64>().is_ok_and(f64::is_finite);
    let text = if plain || number { text.trim().to_owned() } else { quoted(text) };
    node.set(path, &text)
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}

/// Takes a field or an entry away.
pub fn remove(node: &mut Node, path: &str) {
    let (parent, last) = match path.rfind(['.', '[']) {
        Some(place) => (&path[..place], path[place + 1..].trim_end_matches(']')),
        None => ("", path),
    };
    match place_mut(node, parent).map(|place| &mut place.value) {
        Some(Value::Table(table)) => table.retain(|(key, _)| key != last),
        Some(Value::List(list)) => {
            if let Some(place) = last.parse::<usize>().ok().filter(|place| *place < list.len()) {
                list.remove(place);
            }
        }
        _ => {}
    }
}

/// Adds an empty entry to a list, which is made where it is not there.
///
/// # Errors
/// When the path leads nowhere.
pub fn add(node: &mut Node, path: &str) -> Result<(), Said> {
    if let Some(Value::List(list)) = place_mut(node, path).map(|place| &mut place.value) {
        list.push(Value::Table(Vec::new()).into());
        return Ok(());
    }
    node.set(path, "[{}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let text =
            "name = \"x\"\n[[traffic.source]]\nrate = \"40/s\"\n[[service]]\nname = \"app\"\ncpus = 0.5\n";
        Draft { text: text.into(), ..Draft::default() }
    }

    #[test]
    fn there_and_back_again() {
        let mut draft = draft();
        let first = draft.text.clone();
        draft.write("a = 1".into());
        draft.write("a = 1".into());
        draft.write("a = 2".into());
        assert!(draft.undo() && draft.undo() && !draft.undo());
        assert_eq!((draft.text.as_str(), draft.ways()), (first.as_str(), (false, true)));
        assert!(draft.redo() && draft.text == "a = 1");
        draft.write("a = 3".into());
        assert_eq!(draft.ways(), (true, false), "a new text ends the way forth");
        for n in 0..2 * STEPS {
            draft.write(n.to_string());
        }
        assert_eq!(draft.past.len(), STEPS);
    }

    #[test]
    fn problems_know_their_lines() {
        let mut draft = draft();
        assert!(draft.check().problems.is_empty() && draft.check().scenario.is_some());
        draft.write(draft.text.replace("0.5", "-1"));
        let checked = draft.check();
        assert_eq!((checked.problems[0].line, checked.scenario), (Some(6), None));
        draft.write("name = \"x\"\n[[service\n".into());
        let checked = draft.check();
        assert_eq!((checked.problems.len(), checked.problems[0].line, checked.node), (1, Some(2), None));
        draft.write("[[service]]\nnam = \"app\"\n".into());
        assert!(draft.check().problems.iter().any(|problem| problem.line == Some(2)), "{:?}", draft.check());
    }

    #[test]
    fn fields_are_set_and_taken_away() {
        let mut node = (*draft().check().node.unwrap()).clone();
        set(&mut node, "service[0].cpus", "2").unwrap();
        set(&mut node, "service[0].memory", "256 MiB").unwrap();
        set(&mut node, "balancer.queue", "200").unwrap();
        set(&mut node, "title", "A \"b\"").unwrap();
        let (scenario, problems) = Scenario::from_node(&node);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!((scenario.balancer.queue, scenario.title.as_str()), (200, "A \"b\""));
        set(&mut node, "service[0].cpus", " ").unwrap();
        assert!(!node.to_toml().contains("cpus"));
        add(&mut node, "fault").unwrap();
        add(&mut node, "fault").unwrap();
        add(&mut node, "service").unwrap();
        set(&mut node, "service[1].name", "db").unwrap();
        set(&mut node, "fault[1].replica", "app-1").unwrap();
        remove(&mut node, "fault[0]");
        let (scenario, _) = Scenario::from_node(&node);
        assert_eq!((scenario.fault.len(), scenario.fault[0].replica.as_str()), (1, "app-1"));
        assert_eq!((scenario.service.len(), scenario.service[1].name.as_str()), (2, "db"));
        assert!(set(&mut node, "service[9].name", "x").is_err());
    }
}
