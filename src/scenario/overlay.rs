//! Settings of one's own over settings of all.

use std::marker::PhantomData;

use super::field::{Field, Schema};
use super::node::{Node, Value};
use super::problem::{Path, Problems};

/// A table of which only some fields are written: the others are those of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay<T> {
    written: Node,
    of: PhantomData<T>,
}

impl<T> Default for Overlay<T> {
    fn default() -> Self {
        Self { written: Node::table(), of: PhantomData }
    }
}

impl<T: Field> Overlay<T> {
    /// One that has these fields of its own: those that are not at their default.
    #[must_use]
    pub fn of(own: &T) -> Self {
        Self { written: own.write(), of: PhantomData }
    }

    /// Whether this key is written.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.written.get(key).is_some()
    }

    /// The settings of `base` with those that are written here in their place. A `replaces` names a field that, when
    /// it is written, takes another one of the base away: an algorithm its parameters.
    #[must_use]
    pub fn over(&self, base: &T, replaces: (&str, &str)) -> Option<T> {
        let mut node = base.write();
        if self.has(replaces.0)
            && let Value::Table(table) = &mut node.value
        {
            table.retain(|(key, _)| key != replaces.1);
        }
        lay(&mut node, &self.written);
        // What is wrong with it was said when it was read.
        T::read(&node, &Path::Root, &mut Problems::default())
    }
}

/// Lays what is written over what is there, table by table.
fn lay(base: &mut Node, written: &Node) {
    match (&mut base.value, &written.value) {
        (Value::Table(there), Value::Table(written)) => {
            for (key, node) in written {
                match there.iter_mut().find(|(known, _)| known == key) {
                    Some((_, place)) => lay(place, node),
                    None => there.push((key.clone(), node.clone())),
                }
            }
        }
        _ => base.clone_from(written),
    }
}

/// The same without the lines: where something stands does not make it another.
fn without_lines(node: &Node) -> Node {
    let value = match &node.value {
        Value::List(list) => Value::List(list.iter().map(without_lines).collect()),
        Value::Table(table) => {
            Value::Table(table.iter().map(|(key, node)| (key.clone(), without_lines(node))).collect())
        }
        plain => plain.clone(),
    };
    value.into()
}

impl<T: Field> Field for Overlay<T> {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        T::read(node, at, problems)?;
        Some(Self { written: without_lines(node), of: PhantomData })
    }

    fn write(&self) -> Node {
        self.written.clone()
    }

    fn schema() -> Schema {
        T::schema()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Balancer;

    #[test]
    fn what_is_written_wins_and_the_rest_is_the_base_s() {
        let base = Balancer { queue: 10, tries: 2, algorithm: "random".into(), ..Balancer::default() };
        let node = Node::from_toml("queue = 0\nalgorithm = 'least_connections'").unwrap();
        let mut problems = Problems::default();
        let own = Overlay::<Balancer>::read(&node, &Path::Root, &mut problems).unwrap();
        let all = own.over(&base, ("algorithm", "params")).unwrap();
        assert_eq!((all.queue, all.tries, all.algorithm.as_str()), (0, 2, "least_connections"));
        assert!(problems.0.is_empty() && own.has("queue") && !own.has("tries"));
    }
}
