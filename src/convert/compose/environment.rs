//! Environment variables, as a list of `NAME=value` or as a map.

use std::collections::BTreeMap;

use super::project::Variable;
use super::reader::Reader;
use crate::convert::Finding;
use crate::convert::yaml::Value;

/// Every variable once; the last one of a name wins.
pub fn read(r: &mut Reader<'_>) -> Vec<Variable> {
    if let Some(node) = r.map.get("env_file") {
        let text = "`env_file` is not read: its variables are unknown here";
        let remedy = "put what sets workers, threads or ports into `environment`";
        r.findings.push(Finding::note(&node.place, text).remedy(remedy));
    }
    let Some(node) = r.map.get("environment") else { return Vec::new() };
    let all: Vec<Variable> = match &node.value {
        Value::Map(map) => map
            .iter()
            .map(|(key, value)| Variable {
                name: key.value.clone(),
                value: value.as_text().map(str::to_owned),
                place: key.place.clone(),
            })
            .collect(),
        _ => r
            .texts("environment", false)
            .into_iter()
            .map(|at| match at.value.split_once('=') {
                Some((name, value)) => {
                    Variable { name: name.to_owned(), value: Some(value.to_owned()), place: at.place }
                }
                None => Variable { name: at.value, value: None, place: at.place },
            })
            .collect(),
    };
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut list: Vec<Variable> = Vec::new();
    for variable in all {
        match last.get(&variable.name).and_then(|&at| list.get_mut(at)) {
            Some(old) => *old = variable,
            None => {
                last.insert(variable.name.clone(), list.len());
                list.push(variable);
            }
        }
    }
    list
}
