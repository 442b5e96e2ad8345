//! The parameters of a case, each of them used.

use std::cell::RefCell;

use serde_json::{Map, Value};

/// Parameters by name. What a kind does not ask for is an error: the world would be another one.
pub(super) struct Params<'a> {
    values: &'a Map<String, Value>,
    used: RefCell<Vec<&'static str>>,
}

impl<'a> Params<'a> {
    pub fn new(values: &'a Map<String, Value>) -> Self {
        Self { values, used: RefCell::default() }
    }

    fn get(&self, name: &'static str) -> Option<&'a Value> {
        self.used.borrow_mut().push(name);
        self.values.get(name)
    }

    /// A finite number of at least 0.
    pub fn number(&self, name: &'static str) -> Result<f64, String> {
        self.maybe(name)?.ok_or_else(|| format!("params.{name} is missing"))
    }

    /// As [`Self::number`], where it is given.
    pub fn maybe(&self, name: &'static str) -> Result<Option<f64>, String> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let number = value.as_f64().filter(|x| x.is_finite() && *x >= 0.0);
        number.map(Some).ok_or_else(|| format!("params.{name} is {value}; must be a number of at least 0"))
    }

    /// A number above 0.
    pub fn positive(&self, name: &'static str) -> Result<f64, String> {
        Some(self.number(name)?).filter(|x| *x > 0.0).ok_or_else(|| format!("params.{name} must be above 0"))
    }

    /// A number above 0 that is 1 where it is not given.
    pub fn positive_or_one(&self, name: &'static str) -> Result<f64, String> {
        let value = self.maybe(name)?.unwrap_or(1.0);
        Some(value).filter(|x| *x > 0.0).ok_or_else(|| format!("params.{name} must be above 0"))
    }

    /// A whole number of at least 1.
    pub fn whole(&self, name: &'static str) -> Result<u32, String> {
        let value = self.number(name)?;
        let whole = value as u32;
        let fits = f64::from(whole) == value && whole > 0;
        if fits {
            Ok(whole)
        } else {
            Err(format!("params.{name} is {value}; must be a whole number of at least 1"))
        }
    }

    /// A list of numbers above 0.
    pub fn list(&self, name: &'static str) -> Result<Vec<f64>, String> {
        let value = self.get(name).ok_or_else(|| format!("params.{name} is missing"))?;
        let list = value.as_array().filter(|list| !list.is_empty());
        let number = |entry: &Value| entry.as_f64().filter(|x| x.is_finite() && *x > 0.0);
        let numbers = list.and_then(|list| list.iter().map(number).collect());
        numbers.ok_or_else(|| format!("params.{name} is {value}; must be a list of numbers above 0"))
    }

    /// A text.
    pub fn text(&self, name: &'static str) -> Option<&'a str> {
        self.get(name).and_then(Value::as_str)
    }

    /// Pairs of numbers above 0.
    pub fn pairs(&self, name: &'static str) -> Result<Vec<(f64, f64)>, String> {
        let value = self.get(name).ok_or_else(|| format!("params.{name} is missing"))?;
        let number = |entry: &Value| entry.as_f64().filter(|x| x.is_finite() && *x > 0.0);
        let pair = |entry: &Value| Some((number(entry.get(0)?)?, number(entry.get(1)?)?));
        let pairs = value.as_array().and_then(|list| list.iter().map(pair).collect::<Option<Vec<_>>>());
        pairs
            .filter(|pairs| !pairs.is_empty())
            .ok_or_else(|| format!("params.{name} is {value}; must be a list of pairs of numbers above 0"))
    }

    /// Refuses parameters that nobody asked for.
    pub fn all_used(&self) -> Result<(), String> {
        let used = self.used.borrow();
        match self.values.keys().find(|name| !used.contains(&name.as_str())) {
            Some(name) => Err(format!("params.{name} is not known for this kind")),
            None => Ok(()),
        }
    }
}
