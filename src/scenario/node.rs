//! The tree of a scenario as it was written: TOML and JSON read into one shape, with line numbers where
//! the text has them.

use super::say::whole;
use crate::lang::Said;
use crate::units::order::sort_by_key;
use std::fmt::Write as _;

use toml::de::{DeTable, DeValue};

/// A value and the line that it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its line, from 1.
    pub line: Option<u32>,
}

/// What can be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true`, `false`.
    Bool(bool),
    /// A number; whole numbers up to 2⁵³ are exact.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A table; the keys are in the order in which they were written.
    Table(Vec<(String, Node)>),
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { value, line: None }
    }
}

/// The longest scenario text that is read.
pub const TEXT_LIMIT: usize = 4 << 20;

impl Node {
    /// An empty table.
    #[must_use]
    pub const fn table() -> Self {
        Self { value: Value::Table(Vec::new()), line: None }
    }

    /// Reads TOML.
    ///
    /// # Errors
    /// The message of the TOML reader, with line and column.
    pub fn from_toml(text: &str) -> Result<Self, Said> {
        check_size(text)?;
        let table = DeTable::parse(text).map_err(|e| Said::plain(e.to_string().trim_end()))?;
        Ok(Self { value: from_table(table.get_ref(), text), line: Some(1) })
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// The message of the JSON reader, with line and column.
    pub fn from_json(text: &str) -> Result<Self, Said> {
        check_size(text)?;
        serde_json::from_str::<serde_json::Value>(text)
            .map(|value| from_json(&value))
            .map_err(|e| Said::plain(e.to_string()))
    }

    /// The same tree as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Bool(b) => Json::Bool(*b),
            Value::Number(n) if *n == (*n as i64) as f64 => Json::from(*n as i64),
            Value::Number(n) => Json::from(*n),
            Value::Text(text) => Json::String(text.clone()),
            Value::List(list) => Json::Array(list.iter().map(Self::to_json).collect()),
            Value::Table(table) => {
                Json::Object(table.iter().map(|(k, v)| (k.clone(), v.to_json())).collect())
            }
        }
    }

    /// The tree as TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        write_table(&mut out, "", self);
        out
    }

    /// The entry `key` of a table.
    #[must_use]
    pub fn entry(&mut self, key: &str) -> Option<&mut Self> {
        match &mut self.value {
            Value::Table(table) => table.iter_mut().find(|(k, _)| k == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The entry of a table, to read.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(table) => table.iter().find(|(k, _)| k == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Sets the value at `path` (`service[0].replicas`, or `service.app.replicas` by name), making tables on
    /// the way. The text is read as TOML where it is TOML, else taken as it stands.
    ///
    /// # Errors
    /// When the path leads through something that is no table, or past the end of a list.
    pub fn set(&mut self, path: &str, text: &str) -> Result<(), Said> {
        let value = toml_value(text).unwrap_or_else(|| Value::Text(text.to_owned()).into());
        let mut node = self;
        for part in path.split(['.', '[']).map(|part| part.trim_end_matches(']')) {
            node = node.child(part).map_err(|why| whole::set(&path, why))?;
        }
        *node = value;
        Ok(())
    }

    fn child(&mut self, part: &str) -> Result<&mut Self, Said> {
        match &mut self.value {
            Value::Table(table) => {
                let place = table.iter().position(|(key, _)| key == part).unwrap_or_else(|| {
                    table.push((part.to_owned(), Self::table()));
                    table.len() - 1
                });
                Ok(&mut table[place].1)
            }
            Value::List(list) => {
                let length = list.len();
                let named =
                    |node: &Self| matches!(node.get("name"), Some(n) if n.value == Value::Text(part.into()));
                let place = part.parse().ok().or_else(|| list.iter().position(named));
                place
                    .and_then(|place: usize| list.get_mut(place))
                    .ok_or_else(|| whole::no_entry(&part, &length))
            }
            _ => Err(whole::inside_plain(&part)),
        }
    }
}

fn check_size(text: &str) -> Result<(), Said> {
    let size = text.len();
    if size > TEXT_LIMIT { Err(whole::too_large(&size, &TEXT_LIMIT)) } else { Ok(()) }
}

fn toml_value(text: &str) -> Option<Node> {
    let document = format!("v = {text}");
    let table = Node::from_toml(&document).ok()?;
    let Value::Table(mut entries) = table.value else { return None };
    (entries.len() == 1)
        .then(|| {
            entries.pop().map(|(_, mut node)| {
                node.line = None;
                node
            })
        })
        .flatten()
}

fn from_table(table: &DeTable<'_>, text: &str) -> Value {
    let mut entries: Vec<_> = table.iter().collect();
    sort_by_key(&mut entries, |(key, _)| key.span().start);
    Value::Table(
        entries
            .into_iter()
            .map(|(key, value)| {
                let line = line_at(text, key.span().start);
                (
                    key.get_ref().to_string(),
                    Node { value: from_value(value.get_ref(), text), line: Some(line) },
                )
            })
            .collect(),
    )
}

fn from_value(value: &DeValue<'_>, text: &str) -> Value {
    match value {
        DeValue::Boolean(b) => Value::Bool(*b),
        DeValue::Integer(n) => i64::from_str_radix(&n.as_str().replace('_', ""), n.radix())
            .map_or_else(|_| Value::Text(n.as_str().to_owned()), |n| Value::Number(n as f64)),
        DeValue::Float(n) => n
            .as_str()
            .replace('_', "")
            .parse()
            .map_or_else(|_| Value::Text(n.as_str().to_owned()), Value::Number),
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Datetime(d) => Value::Text(d.to_string()),
        DeValue::Array(list) => Value::List(
            list.iter()
                .map(|item| Node {
                    line: Some(line_at(text, item.span().start)),
                    value: from_value(item.get_ref(), text),
                })
                .collect(),
        ),
        DeValue::Table(table) => from_table(table, text),
    }
}

fn line_at(text: &str, offset: usize) -> u32 {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|&&b| b == b'\n').count() as u32
}

fn from_json(value: &serde_json::Value) -> Node {
    use serde_json::Value as Json;
    Node::from(match value {
        Json::Null => Value::Text(String::new()),
        Json::Bool(b) => Value::Bool(*b),
        Json::Number(n) => Value::Number(n.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(list) => Value::List(list.iter().map(from_json).collect()),
        Json::Object(table) => Value::Table(table.iter().map(|(k, v)| (k.clone(), from_json(v))).collect()),
    })
}

/// Plain values first, then tables under their headings, then lists of tables: the order that TOML wants.
fn write_table(out: &mut String, heading: &str, node: &Node) {
    let Value::Table(entries) = &node.value else { return };
    let is_tables = |node: &Node| {
        matches!(&node.value, Value::List(list) if !list.is_empty()
            && list.iter().all(|item| matches!(item.value, Value::Table(_))))
    };
    let join = |key: &str| if heading.is_empty() { key.to_owned() } else { format!("{heading}.{key}") };
    for (key, node) in entries.iter().filter(|(_, n)| !matches!(n.value, Value::Table(_)) && !is_tables(n)) {
        let _ = writeln!(out, "{key} = {}", inline(&node.value));
    }
    for (key, node) in entries.iter().filter(|(_, n)| matches!(n.value, Value::Table(_))) {
        let heading = join(key);
        let _ = writeln!(out, "\n[{heading}]");
        write_table(out, &heading, node);
    }
    for (key, node) in entries.iter().filter(|(_, n)| is_tables(n)) {
        if let Value::List(list) = &node.value {
            for item in list {
                let heading = join(key);
                let _ = writeln!(out, "\n[[{heading}]]");
                write_table(out, &heading, item);
            }
        }
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        Value::Text(text) => toml::Value::String(text.clone()).to_string(),
        Value::List(list) => {
            format!("[{}]", list.iter().map(|n| inline(&n.value)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => {
            let entries: Vec<_> = table.iter().map(|(k, n)| format!("{k} = {}", inline(&n.value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}
