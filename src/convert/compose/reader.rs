//! Reading values of a service, with findings for what can't be read.

use crate::convert::finding::shared;
use crate::convert::finding::shorten;
use crate::convert::yaml::{Map, Node, Value};
use crate::convert::{At, Finding, Findings};
use crate::lang::Said;
use crate::units::SimDuration;

use super::{allowed, amount};

/// A service's map, its path for messages, and where findings go.
pub struct Reader<'a> {
    /// The map that is read.
    pub map: &'a Map,
    /// Its path: `services.app`.
    pub path: String,
    /// Where findings go.
    pub findings: &'a mut Findings,
}

impl Reader<'_> {
    /// Says what was given for `key`, what is allowed and what to write.
    pub fn wrong(&mut self, key: &str, node: &Node, allowed: impl Into<Said>, example: &str) {
        let quoted = |text: &str| Said::plain(format!("\"{}\"", shorten(text)));
        let given = node.as_text().map_or_else(|| node.kind().into(), quoted);
        let text = allowed::wrong(&format!("{}.{key}", self.path), given, allowed.into());
        self.findings.push(Finding::error(&node.place, text).remedy(shared::write(&example)));
    }

    /// A value read by `read`; an error when it gives nothing. `null` counts as not written.
    pub fn value<T>(
        &mut self,
        key: &str,
        allowed: impl Into<Said>,
        example: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<At<T>> {
        let node = self.map.get(key).filter(|node| !matches!(node.value, Value::Null))?;
        match node.as_text().and_then(read) {
            Some(value) => Some(At::new(value, &node.place)),
            None => {
                self.wrong(key, node, allowed, example);
                None
            }
        }
    }

    /// A text.
    pub fn text(&mut self, key: &str) -> Option<At<String>> {
        self.value(key, allowed::TEXT, &format!("{key}: text"), |text| Some(text.to_owned()))
    }

    /// A time.
    pub fn duration(&mut self, key: &str) -> Option<At<SimDuration>> {
        self.value(key, allowed::TIME, &format!("{key}: 1m30s"), amount::duration)
    }

    /// A whole number.
    pub fn count(&mut self, key: &str, most: u32) -> Option<At<u32>> {
        self.value(key, allowed::whole(most), &format!("{key}: 3"), |text| {
            text.trim().parse().ok().filter(|&n| n <= most)
        })
    }

    /// `true` or `false`; false when not written.
    pub fn flag(&mut self, key: &str) -> Option<At<bool>> {
        self.value(key, allowed::FLAG, &format!("{key}: true"), |text| match text {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        })
    }

    /// The texts of a list; one text alone counts as a list of one where `alone` says so.
    pub fn texts(&mut self, key: &str, alone: bool) -> Vec<At<String>> {
        let Some(node) = self.map.get(key) else { return Vec::new() };
        match &node.value {
            Value::Null => Vec::new(),
            Value::Scalar { text, .. } if alone => vec![At::new(text.clone(), &node.place)],
            Value::List(items) => items.iter().filter_map(|item| self.item(key, item)).collect(),
            Value::Scalar { .. } | Value::Map(_) => {
                self.wrong(key, node, allowed::LIST, &format!("{key}: [a, b]"));
                Vec::new()
            }
        }
    }

    fn item(&mut self, key: &str, item: &Node) -> Option<At<String>> {
        let text = item.as_text().map(|text| At::new(text.to_owned(), &item.place));
        if text.is_none() {
            self.wrong(key, item, allowed::TEXTS, &format!("{key}: [a, b]"));
        }
        text
    }

    /// A map below `key`, as a reader of its own.
    pub fn below<'b>(&'b mut self, key: &str) -> Option<Reader<'b>> {
        let node = self.map.get(key).filter(|node| !matches!(node.value, Value::Null))?;
        let Some(map) = node.as_map() else {
            self.wrong(key, node, allowed::MAP, &format!("{key}: {{…}}"));
            return None;
        };
        Some(Reader { map, path: format!("{}.{key}", self.path), findings: self.findings })
    }
}
