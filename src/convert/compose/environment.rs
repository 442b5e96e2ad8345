//! Environment variables, as a list of `NAME=value` or as a map.

use std::collections::BTreeMap;

use super::project::Variable;
use super::reader::Reader;
use crate::convert::Finding;
use crate::convert::yaml::Value;
use crate::lang::phrases;

phrases! {
    mod say {
        fn no_env_file {
            en: "`env_file` is not read: its variables are unknown here",
            de: "`env_file` wird nicht gelesen: Seine Variablen sind hier unbekannt",
            fr: "`env_file` n’est pas lu : ses variables sont inconnues ici",
        }
        fn put_environment {
            en: "put what sets workers, threads or ports into `environment`",
            de: "was Worker, Threads oder Ports setzt, in `environment` schreiben",
            fr: "mettre dans `environment` ce qui règle workers, threads ou ports",
        }
    }
}

/// Every variable once; the last one of a name wins.
pub fn read(r: &mut Reader<'_>) -> Vec<Variable> {
    if let Some(node) = r.map.get("env_file") {
        let text = say::no_env_file();
        let remedy = say::put_environment();
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
