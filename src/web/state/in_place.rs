//! A form changes one place of a scenario's text and leaves the rest as it was written: comments, order, spaces.
//!
//! What differs between two trees is found, a few ways to write just that are tried, and one is taken only when the
//! text that comes out of it reads as the wanted tree.

use crate::scenario::node::{Node, Value};

/// One difference between two trees.
#[derive(Debug, Clone, PartialEq)]
enum Change {
    /// A value is another.
    Set(String, Node),
    /// A key is new in a table.
    New(String, Node),
    /// A key is gone.
    Gone(String),
    /// A list has a further entry, an empty table.
    Entry(String),
    /// Something else.
    Other,
}

/// The text that reads as `wanted` and differs from `text` in one place alone; nothing where that can't be done.
#[must_use]
pub fn edited(text: &str, wanted: &Node) -> Option<String> {
    let before = Node::from_toml(text).ok()?;
    let mut changes = Vec::new();
    compare(&before, wanted, "", &mut changes);
    let [change] = changes.as_slice() else { return changes.is_empty().then(|| text.to_owned()) };
    let goal = wanted.to_json();
    ways(text, &before, change)
        .into_iter()
        .find(|text| Node::from_toml(text).is_ok_and(|node| node.to_json() == goal))
}

/// Whether there are comments that would be lost if the text were written anew.
#[must_use]
pub fn has_comments(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with('#') || line.contains(" # "))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn compare(before: &Node, after: &Node, path: &str, changes: &mut Vec<Change>) {
    match (&before.value, &after.value) {
        (Value::Table(old), Value::Table(new)) => {
            let find = |table: &[(String, Node)], key: &str| {
                table.iter().find(|(known, _)| known == key).map(|(_, node)| node.clone())
            };
            for (key, node) in old {
                match find(new, key) {
                    Some(other) => compare(node, &other, &join(path, key), changes),
                    None => changes.push(Change::Gone(join(path, key))),
                }
            }
            let fresh = new.iter().filter(|(key, _)| find(old, key).is_none());
            changes.extend(fresh.map(|(key, node)| fresh_change(join(path, key), node)));
        }
        (Value::List(old), Value::List(new)) if old.len() == new.len() => {
            for (n, (old, new)) in old.iter().zip(new).enumerate() {
                compare(old, new, &format!("{path}[{n}]"), changes);
            }
        }
        (Value::List(old), Value::List(new)) => {
            let empty = new.last().is_some_and(|node| node.value == Value::Table(Vec::new()));
            let more = new.len() == old.len() + 1
                && empty
                && old.iter().zip(new).all(|(old, new)| old.to_json() == new.to_json());
            changes.push(if more { Change::Entry(path.to_owned()) } else { Change::Other });
        }
        (old, new) if old == new => {}
        _ => changes.push(Change::Set(path.to_owned(), after.clone())),
    }
}

/// A new key: a table with one value in it is that value at a longer path.
fn fresh_change(path: String, node: &Node) -> Change {
    match &node.value {
        Value::Table(table) => match table.as_slice() {
            [(key, only)] => fresh_change(join(&path, key), only),
            _ => Change::New(path, node.clone()),
        },
        Value::List(list) if matches!(list.as_slice(), [one] if one.value == Value::Table(Vec::new())) => {
            Change::Entry(path)
        }
        _ => Change::New(path, node.clone()),
    }
}

/// Texts that may be what is wanted, the best first.
fn ways(text: &str, before: &Node, change: &Change) -> Vec<String> {
    match change {
        Change::Set(path, node) => {
            let Some((line, value)) = super::draft::line_of(before, path).zip(written(node)) else {
                return Vec::new();
            };
            let key = path.rsplit('.').next().unwrap_or(path);
            let replaced = [replaced(text, line, "", &value), replaced(text, line, key, &value)];
            replaced.into_iter().flatten().collect()
        }
        Change::Gone(path) => {
            let line = super::draft::line_of(before, path);
            line.map(|line| without(text, line)).into_iter().collect()
        }
        Change::New(path, node) => {
            written(node).map_or_else(Vec::new, |value| added(text, before, path, &value))
        }
        Change::Entry(path) => vec![format!("{}\n\n[[{path}]]\n", text.trim_end())],
        Change::Other => Vec::new(),
    }
}

/// A value as TOML writes it.
fn written(node: &Node) -> Option<String> {
    if matches!(&node.value, Value::Table(_)) {
        return None;
    }
    let line = Node::from(Value::Table(vec![("k".to_owned(), node.clone())])).to_toml();
    let value = line.trim_end().strip_prefix("k = ")?;
    (!value.contains('\n')).then(|| value.to_owned())
}

/// The text with another value behind `key =` on a line; without a key, behind the first `=`.
fn replaced(text: &str, line: u32, key: &str, value: &str) -> Option<String> {
    let place = (line as usize).checked_sub(1)?;
    let old = text.lines().nth(place)?;
    let from = if key.is_empty() {
        0
    } else {
        old.find(&format!("{key} =")).or_else(|| old.find(&format!("{key}=")))?
    };
    let equals = from + old[from..].find('=')? + 1;
    let start = equals + old[equals..].len() - old[equals..].trim_start().len();
    let rest = &old[start + value_length(&old[start..])..];
    let new = format!("{} {value}{rest}", old[..equals].trim_end());
    Some(with_line(text, place, Some(&new)))
}

/// How long a plain value is that a text begins with.
fn value_length(text: &str) -> usize {
    let quote = text.chars().next().filter(|sign| matches!(sign, '"' | '\''));
    if let Some(quote) = quote {
        let mut escaped = false;
        for (place, sign) in text.char_indices().skip(1) {
            if sign == quote && !escaped {
                return place + 1;
            }
            escaped = sign == '\\' && quote == '"' && !escaped;
        }
    }
    let close = if text.starts_with('[') { text.find(']').map(|place| place + 1) } else { None };
    let end = close.unwrap_or_else(|| text.find(['#', ',', '}']).unwrap_or(text.len()));
    text[..end].trim_end().len()
}

fn without(text: &str, line: u32) -> String {
    with_line(text, line.saturating_sub(1) as usize, None)
}

fn with_line(text: &str, place: usize, new: Option<&str>) -> String {
    let lines = text.lines().enumerate();
    let kept = lines.filter_map(|(n, line)| if n == place { new } else { Some(line) });
    kept.map(|line| format!("{line}\n")).collect()
}

/// The text with a key more: below the last value of the deepest table on its way that is written out, or with a
/// header of its own at the end.
fn added(text: &str, before: &Node, path: &str, value: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let cuts: Vec<usize> = path.match_indices('.').map(|(place, _)| place).rev().collect();
    for cut in cuts.iter().copied().map(Some).chain([None]) {
        let (table, rest) = cut.map_or(("", path), |cut| (&path[..cut], &path[cut + 1..]));
        // A table that is not there gets a header of its own instead of a long key at the top.
        let top = table.is_empty() && rest.contains('.');
        if let Some(line) = last_value(before, table).filter(|_| !top) {
            let below: Vec<&str> = text.lines().take(line as usize).collect();
            let above: Vec<&str> = text.lines().skip(line as usize).collect();
            let indent: String = below
                .last()
                .map_or_else(String::new, |line| line.chars().take_while(|c| *c == ' ').collect());
            let key = format!("{indent}{rest} = {value}");
            let all = below.into_iter().chain([key.as_str()]).chain(above);
            texts.push(all.map(|line| format!("{line}\n")).collect());
        }
    }
    if let Some(cut) = cuts.first() {
        let (table, key) = (&path[..*cut], &path[cut + 1..]);
        texts.push(format!("{}\n\n[{table}]\n{key} = {value}\n", text.trim_end()));
    } else {
        texts.push(format!("{path} = {value}\n{text}"));
    }
    texts
}

/// The line of the last plain value that stands directly in a table.
fn last_value(root: &Node, path: &str) -> Option<u32> {
    let mut place = root;
    for part in path.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty())
    {
        place = match &place.value {
            Value::Table(_) => place.get(part)?,
            Value::List(list) => list.get(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    let Value::Table(table) = &place.value else { return None };
    let plain = |node: &&Node| !matches!(node.value, Value::Table(_) | Value::List(_));
    table.iter().map(|(_, node)| node).filter(plain).filter_map(|node| node.line).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::state::draft;

    const TEXT: &str = "# Why this scenario
name = \"x\" # its name

[[traffic.source]]
rate = \"40/s\"   # calm

# the replicas
[[service]]
name = 'app' # as in Compose
cpus = 0.5
ram = { base = \"64 MiB\", request = \"1 MiB\" } # guess
";

    fn after(path: &str, value: &str) -> String {
        let mut node = Node::from_toml(TEXT).unwrap();
        draft::set(&mut node, path, value).unwrap();
        edited(TEXT, &node).unwrap()
    }

    #[test]
    fn one_value_changes_and_all_else_stays() {
        assert_eq!(after("traffic.source[0].rate", "90/s"), TEXT.replace("\"40/s\"   #", "\"90/s\"   #"));
        assert_eq!(after("service[0].cpus", "2"), TEXT.replace("cpus = 0.5", "cpus = 2"));
        assert_eq!(after("service[0].name", "web"), TEXT.replace("'app'", "\"web\""));
        assert_eq!(after("service[0].ram.request", "2 MiB"), TEXT.replace("\"1 MiB\"", "\"2 MiB\""));
        assert_eq!(after("service[0].cpus", ""), TEXT.replace("cpus = 0.5\n", ""));
        assert_eq!(after("service[0].cpus", "0.5"), TEXT, "nothing to do");
    }

    #[test]
    fn new_values_stand_where_they_belong() {
        let queue = after("balancer.queue", "20");
        assert_eq!(queue, format!("{TEXT}\n[balancer]\nqueue = 20\n"));
        let replicas = after("service[0].replicas", "3");
        assert_eq!(replicas, TEXT.replace("cpus = 0.5\n", "cpus = 0.5\nreplicas = 3\n"));
        assert_eq!(after("title", "A"), TEXT.replace("# its name\n", "# its name\ntitle = \"A\"\n"));
        assert_eq!(after("run.seed", "7"), format!("{TEXT}\n[run]\nseed = 7\n"));
        let mut node = Node::from_toml(TEXT).unwrap();
        draft::add(&mut node, "fault").unwrap();
        assert_eq!(edited(TEXT, &node).unwrap(), format!("{TEXT}\n[[fault]]\n"));
        draft::add(&mut node, "service").unwrap();
        assert_eq!(edited(TEXT, &node), None, "two changes at once are none of ours");
        assert!(has_comments(TEXT) && !has_comments("a = \"#1\"\n"));
    }
}
