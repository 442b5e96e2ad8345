//! Files of cases.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A world with a known answer.
#[derive(Debug, Clone, PartialEq)]
pub struct TheoryCase {
    /// Its name.
    pub name: String,
    /// Which scenario it is written as.
    pub kind: String,
    /// Numbers and names that the kind asks for; times in one unit, rates per that unit.
    pub params: Map<String, Value>,
    /// What is known: quantity and value.
    pub exact: BTreeMap<String, f64>,
    /// The system in words.
    pub system: String,
    /// Where that comes from.
    pub source: String,
}

/// Reads a list of cases, or an object with such a list under `cases`.
///
/// # Errors
/// When the text is no JSON, or one of its entries is no case.
pub fn cases(text: &str) -> Result<Vec<TheoryCase>, String> {
    let json: Value = serde_json::from_str(text).map_err(|error| format!("is no JSON: {error}"))?;
    let list = json.get("cases").unwrap_or(&json);
    let Value::Array(list) = list else { return Err("is no list of cases".into()) };
    if list.is_empty() {
        return Err("has no case".into());
    }
    list.iter()
        .enumerate()
        .map(|(i, entry)| case(entry).map_err(|text| format!("case {i}: {text}")))
        .collect()
}

fn case(entry: &Value) -> Result<TheoryCase, String> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let table = |key: &str| entry.get(key).and_then(Value::as_object).cloned();
    let number = |(name, value): (String, Value)| {
        let finite = value.as_f64().filter(|value| value.is_finite());
        finite.map(|value| (name.clone(), value)).ok_or_else(|| format!("exact.{name} is {value}, no number"))
    };
    let exact = table("exact").ok_or("has no \"exact\"")?;
    if exact.is_empty() {
        return Err("\"exact\" is empty".into());
    }
    Ok(TheoryCase {
        name: text("name").ok_or("has no \"name\"")?,
        kind: text("kind").ok_or("has no \"kind\"")?,
        params: table("params").unwrap_or_default(),
        exact: exact.into_iter().map(number).collect::<Result<_, _>>()?,
        system: text("system").unwrap_or_default(),
        source: text("source").unwrap_or_default(),
    })
}
