//! Reading and writing the fields of a scenario, every problem at once.
//!
//! `record!` defines a table and `choice!` a word out of a list; each definition is the one place for a
//! field's name, type, unit, range, default and meaning. The reader, the writer and the schema that editors
//! and forms are made from all come from it.

use std::fmt;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::node::{Node, Value};
use super::problem::{Path, Problems, nearest};
use super::say::{self, given};
use crate::dist::Distribution;
use crate::lang::{Said, Text};
use crate::units::{Bytes, Cores, Factor, Rate, SimDuration, Unit};

/// What may stand in a place, for editors and forms.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Schema {
    /// A scalar: what may be written, in words.
    Scalar {
        /// `text`, `number`, `boolean` or a quantity's name.
        r#type: &'static str,
        /// What may be written.
        allowed: Text,
    },
    /// One word out of these, each with its meaning.
    Choice {
        /// The words.
        options: Vec<(&'static str, Text)>,
    },
    /// A list of entries of one kind.
    List {
        /// What an entry is.
        entry: Box<Schema>,
    },
    /// A table.
    Table {
        /// Its fields.
        fields: Vec<FieldSchema>,
    },
    /// Names that the user gives, each with a number.
    Numbers,
}

/// One field of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldSchema {
    /// Its key.
    pub name: &'static str,
    /// What it means.
    pub doc: Text,
    /// What it is when it isn't written; nothing for tables and lists.
    pub default: Option<serde_json::Value>,
    /// What may stand there.
    pub schema: Schema,
}

/// Something that a scenario can hold.
pub trait Field: Sized {
    /// Reads it from `node`, adding every problem; nothing when there is no sensible value.
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self>;
    /// Writes it.
    fn write(&self) -> Node;
    /// What may be written.
    fn schema() -> Schema;
}

fn wrong_kind(node: &Node, at: &Path<'_>, problems: &mut Problems, allowed: impl Into<Said>) {
    let given = match &node.value {
        Value::Bool(b) => b.to_string().into(),
        Value::Number(n) => n.to_string().into(),
        Value::Text(text) => format!("\"{}\"", text.chars().take(60).collect::<String>()).into(),
        Value::List(_) => say::LIST.into(),
        Value::Table(_) => say::TABLE.into(),
    };
    problems.add(at, node.line, given::is_not(given, allowed.into()));
}

/// Adds that a value is out of its range.
pub(super) fn out_of_range<T: fmt::Debug>(
    (at, line): (Path<'_>, Option<u32>),
    problems: &mut Problems,
    value: &T,
    range: &RangeInclusive<T>,
) {
    let [value, from, to] = [value, range.start(), range.end()].map(|value| format!("{value:?}"));
    problems.add(at, line, given::range(&value, &from, &to));
}

macro_rules! unit_field {
    ($($type:ty => $name:literal),* $(,)?) => {$(
        impl Field for $type {
            fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
                let value = match &node.value {
                    Value::Text(text) => Self::parse(text).ok(),
                    Value::Number(number) => Self::from_number(*number),
                    _ => None,
                };
                if value.is_none() {
                    wrong_kind(node, at, problems, Self::ALLOWED);
                }
                value
            }

            fn write(&self) -> Node {
                Value::Text(self.to_string()).into()
            }

            fn schema() -> Schema {
                Schema::Scalar { r#type: $name, allowed: Self::ALLOWED }
            }
        }
    )*};
}
unit_field!(SimDuration => "time", Rate => "rate", Factor => "factor", Cores => "cores", Bytes => "bytes",
    Distribution => "distribution");

impl Field for String {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text.len() <= 10_000 => Some(text.clone()),
            Value::Text(_) => {
                problems.add(at, node.line, given::too_long(&"10,000"));
                None
            }
            _ => {
                wrong_kind(node, at, problems, say::QUOTED);
                None
            }
        }
    }

    fn write(&self) -> Node {
        Value::Text(self.clone()).into()
    }

    fn schema() -> Schema {
        Schema::Scalar { r#type: "text", allowed: say::TEXT }
    }
}

impl Field for bool {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        wrong_kind(node, at, problems, say::TRUTH);
        None
    }

    fn write(&self) -> Node {
        Value::Bool(*self).into()
    }

    fn schema() -> Schema {
        Schema::Scalar { r#type: "boolean", allowed: say::TRUTH }
    }
}

impl Field for f64 {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Number(n) if n.is_finite() => Some(*n),
            _ => {
                wrong_kind(node, at, problems, say::NUMBER);
                None
            }
        }
    }

    fn write(&self) -> Node {
        Value::Number(*self).into()
    }

    fn schema() -> Schema {
        Schema::Scalar { r#type: "number", allowed: say::NUMBER }
    }
}

macro_rules! whole_field {
    ($($type:ty),*) => {$(
        impl Field for $type {
            fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
                let number = match &node.value {
                    Value::Number(n) => Some(*n),
                    Value::Text(text) => text.replace(['_', ','], "").parse().ok(),
                    _ => None,
                };
                let fits = |n: &f64| (0.0..=<$type>::MAX as f64).contains(n) && *n == (*n as u64) as f64;
                let whole = number.filter(fits);
                if whole.is_none() {
                    wrong_kind(node, at, problems, say::WHOLE);
                }
                whole.map(|n| n as $type)
            }

            fn write(&self) -> Node {
                Value::Number(*self as f64).into()
            }

            fn schema() -> Schema {
                Schema::Scalar { r#type: "whole", allowed: say::WHOLE }
            }
        }
    )*};
}
whole_field!(u16, u32, u64);

impl<T: Field> Field for Option<T> {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        T::read(node, at, problems).map(Some)
    }

    /// Never asked for when there is nothing: records leave out what is at its default.
    fn write(&self) -> Node {
        self.as_ref().map_or_else(Node::table, Field::write)
    }

    fn schema() -> Schema {
        T::schema()
    }
}

/// The most entries that a list may have.
pub const LIST_LIMIT: usize = 10_000;

impl<T: Field> Field for Vec<T> {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let Value::List(list) = &node.value else {
            wrong_kind(node, at, problems, say::LIST);
            return None;
        };
        if list.len() > LIST_LIMIT {
            problems.add(at, node.line, given::entries(&list.len(), &LIST_LIMIT));
            return None;
        }
        Some(list.iter().enumerate().filter_map(|(i, item)| T::read(item, &at.index(i), problems)).collect())
    }

    fn write(&self) -> Node {
        Value::List(self.iter().map(Field::write).collect()).into()
    }

    fn schema() -> Schema {
        Schema::List { entry: Box::new(T::schema()) }
    }
}

/// Names with numbers: the parameters of an algorithm.
pub type Numbers = Vec<(String, f64)>;

/// A table of names and numbers, as a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NumberTable(pub Numbers);

impl Field for NumberTable {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            wrong_kind(node, at, problems, say::NUMBERS);
            return None;
        };
        let read =
            |(key, node): &(String, Node)| Some((key.clone(), f64::read(node, &at.key(key), problems)?));
        Some(Self(table.iter().filter_map(read).collect()))
    }

    fn write(&self) -> Node {
        Value::Table(self.0.iter().map(|(k, v)| (k.clone(), Value::Number(*v).into())).collect()).into()
    }

    fn schema() -> Schema {
        Schema::Numbers
    }
}

/// The entries of the table `node`, with a problem for each key that is not `known`.
pub(super) fn entries<'n>(
    node: &'n Node,
    at: &Path<'_>,
    problems: &mut Problems,
    known: &[&str],
) -> Option<&'n [(String, Node)]> {
    let Value::Table(table) = &node.value else {
        wrong_kind(node, at, problems, say::TABLE);
        return None;
    };
    for (key, entry) in table {
        if !known.contains(&key.as_str()) {
            let text = nearest(key, known.iter().copied())
                .map_or_else(|| given::no_key(&known.join(", ")), |name| given::no_key_near(&name));
            problems.add(at.key(key), entry.line, text);
        }
    }
    Some(table)
}

/// Reads a word out of `options`.
pub(super) fn word(node: &Node, at: &Path<'_>, problems: &mut Problems, options: &[&str]) -> Option<usize> {
    let given = match &node.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let place = given.and_then(|given| options.iter().position(|option| *option == given));
    if place.is_none() {
        let near = given.and_then(|given| nearest(given, options.iter().copied()));
        let options = options.join(", ");
        let allowed =
            near.map_or_else(|| given::one_of(&options), |near| given::one_of_near(&options, &near));
        wrong_kind(node, at, problems, allowed);
    }
    place
}

/// Adds a field with its name and meaning, as it is written when it isn't given. One function for all fields of all
/// tables: made where it is needed, this was a tenth of a megabyte of the page.
#[inline(never)]
pub(super) fn describe(
    fields: &mut Vec<FieldSchema>,
    (name, doc): (&'static str, Text),
    written: &Node,
    schema: Schema,
) {
    let default = Some(written.to_json()).filter(|json| !json.is_object() && !json.is_array());
    fields.push(FieldSchema { name, doc, default, schema });
}

/// Defines a table: a struct with a default for every field, its reader, writer and schema.
///
/// `field: Type = default, in range` also checks the range.
macro_rules! record {
    ($(#[doc = $about:literal])* pub struct $name:ident {
        $($(#[doc = $doc:literal])* pub $field:ident : $type:ty = $default:expr $(, in $range:expr)?;)*
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $crate::scenario::field::Field for $name {
            fn read(
                node: &$crate::scenario::node::Node,
                at: &$crate::scenario::problem::Path<'_>,
                problems: &mut $crate::scenario::problem::Problems,
            ) -> Option<Self> {
                let known = [$(stringify!($field).trim_start_matches("r#")),*];
                $crate::scenario::field::entries(node, at, problems, &known)?;
                let mut record = Self::default();
                $(
                    let key = stringify!($field).trim_start_matches("r#");
                    if let Some(entry) = node.get(key) {
                        let at = at.key(key);
                        let value = <$type as $crate::scenario::field::Field>::read(entry, &at, problems);
                        if let Some(value) = value {
                            $(
                                let range = $range;
                                if !range.contains(&value) {
                                    $crate::scenario::field::out_of_range(
                                        (at, entry.line), problems, &value, &range);
                                }
                            )?
                            record.$field = value;
                        }
                    }
                )*
                Some(record)
            }

            fn write(&self) -> $crate::scenario::node::Node {
                let default = Self::default();
                let mut table = Vec::new();
                $(
                    if self.$field != default.$field {
                        let key = stringify!($field).trim_start_matches("r#").to_owned();
                        table.push((key, <$type as $crate::scenario::field::Field>::write(&self.$field)));
                    }
                )*
                $crate::scenario::node::Value::Table(table).into()
            }

            fn schema() -> $crate::scenario::field::Schema {
                use $crate::scenario::field::{Field, Schema, describe};
                let default = Self::default();
                let mut fields = Vec::new();
                $(
                    let name = stringify!($field).trim_start_matches("r#");
                    let doc = const { $crate::scenario::help::of(&[$($doc),*]) };
                    let written = <$type as Field>::write(&default.$field);
                    describe(&mut fields, (name, doc), &written, <$type as Field>::schema());
                )*
                Schema::Table { fields }
            }
        }
    };
}

/// Defines a word out of a list. The first is the default.
macro_rules! choice {
    ($(#[doc = $about:literal])* pub enum $name:ident {
        $first:ident = $first_word:literal : $first_doc:literal
        $(, $variant:ident = $word:literal : $doc:literal)* $(,)?
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            #[doc = $first_doc]
            #[default]
            $first,
            $(#[doc = $doc] $variant,)*
        }

        impl $name {
            /// Every option: its word and its meaning.
            pub const OPTIONS: &'static [(&'static str, $crate::lang::Text)] = &[
                ($first_word, $crate::scenario::help::of(&[$first_doc]))
                $(, ($word, $crate::scenario::help::of(&[$doc])))*
            ];

            /// Every value, in the order of [`Self::OPTIONS`].
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The word of this value.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl $crate::scenario::field::Field for $name {
            fn read(
                node: &$crate::scenario::node::Node,
                at: &$crate::scenario::problem::Path<'_>,
                problems: &mut $crate::scenario::problem::Problems,
            ) -> Option<Self> {
                let words: Vec<&str> = Self::OPTIONS.iter().map(|option| option.0).collect();
                $crate::scenario::field::word(node, at, problems, &words).map(|place| Self::ALL[place])
            }

            fn write(&self) -> $crate::scenario::node::Node {
                $crate::scenario::node::Value::Text(self.word().to_owned()).into()
            }

            fn schema() -> $crate::scenario::field::Schema {
                $crate::scenario::field::Schema::Choice { options: Self::OPTIONS.to_vec() }
            }
        }
    };
}

pub(super) use {choice, record};
