//! The tree.

use std::collections::BTreeMap;

use crate::convert::{At, Place};
use crate::lang::Text;

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it was written; behind an alias, where the anchor stands.
    pub place: Place,
    /// What it is.
    pub value: Value,
    /// Compose's `!reset` or `!override`.
    pub tag: Option<MergeTag>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Value {
    /// `~`, `null` or nothing.
    Null,
    /// A text; `plain` when it was written without quotes.
    Scalar { text: String, plain: bool },
    /// A list.
    List(Vec<Node>),
    /// A map in the order of writing.
    Map(Map),
}

/// What Compose does with a value when files are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeTag {
    /// `!reset`: the key is removed.
    Reset,
    /// `!override`: the value replaces instead of merging.
    Override,
}

/// A map with text keys: order kept, look-up logarithmic.
#[derive(Debug, Clone, Default)]
pub struct Map {
    entries: Vec<(At<String>, Node)>,
    index: BTreeMap<String, usize>,
}

impl Node {
    /// An untagged node.
    pub fn new(place: &Place, value: Value) -> Self {
        Self { place: place.clone(), value, tag: None }
    }

    /// A text node.
    pub fn text(place: &Place, text: impl Into<String>) -> Self {
        Self::new(place, Value::Scalar { text: text.into(), plain: false })
    }

    /// The text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list's items; none for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// How much room it takes: its nodes, and one more for every 64 bytes of text.
    pub fn weight(&self) -> usize {
        1 + match &self.value {
            Value::Null => 0,
            Value::Scalar { text, .. } => text.len() / 64,
            Value::List(items) => items.iter().map(Self::weight).sum(),
            Value::Map(map) => map.iter().map(|(_, node)| node.weight()).sum(),
        }
    }

    /// What a person would call it: "a list", "a map", …
    pub const fn kind(&self) -> Text {
        match self.value {
            Value::Null => Text::new("nothing", "nichts", "rien"),
            Value::Scalar { .. } => Text::new("a single value", "ein einzelner Wert", "une seule valeur"),
            Value::List(_) => Text::new("a list", "eine Liste", "une liste"),
            Value::Map(_) => Text::new("a map", "eine Zuordnung", "une table"),
        }
    }
}

impl Map {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.index.get(key).and_then(|&i| self.entries.get(i)).map(|(_, node)| node)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let i = *self.index.get(key)?;
        self.entries.get_mut(i).map(|(_, node)| node)
    }

    /// The place of a key.
    pub fn place_of(&self, key: &str) -> Option<&Place> {
        self.index.get(key).and_then(|&i| self.entries.get(i)).map(|(name, _)| &name.place)
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &str) -> bool {
        self.index.contains_key(key)
    }

    /// Adds a key, or replaces its value and place.
    pub fn set(&mut self, key: At<String>, node: Node) {
        if let Some(entry) = self.index.get(&key.value).and_then(|&i| self.entries.get_mut(i)) {
            *entry = (key, node);
        } else {
            self.index.insert(key.value.clone(), self.entries.len());
            self.entries.push((key, node));
        }
    }

    /// Removes a key.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let at = self.index.remove(key)?;
        let (_, node) = self.entries.remove(at);
        self.index.values_mut().filter(|i| **i > at).for_each(|i| *i -= 1);
        Some(node)
    }

    /// Keys and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&At<String>, &Node)> {
        self.entries.iter().map(|(key, node)| (key, node))
    }

    /// Keys and values in order, to change the values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&At<String>, &mut Node)> {
        self.entries.iter_mut().map(|(key, node)| (&*key, node))
    }

    /// Keys and values themselves.
    pub fn into_entries(self) -> Vec<(At<String>, Node)> {
        self.entries
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
