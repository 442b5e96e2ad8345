//! The recordings' fields.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What every recording has, and the rest as it is.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Vector {
    #[serde(default)]
    pub format: String,
    pub name: String,
    pub kind: String,
    pub system: String,
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub policy: String,
    pub servers: Vec<Server>,
    /// The upstream or backend as the program was given it.
    #[serde(default)]
    pub config: Value,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

/// A server, in the order of the configuration.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Server {
    /// Its number in picks; numbers can have gaps.
    pub index: u32,
    pub address: String,
    #[serde(default = "one")]
    pub weight: u32,
    /// Most connections, by any product's name for it.
    #[serde(default, alias = "maxconn", alias = "max_requests")]
    pub max_conns: Option<u32>,
    pub max_fails: Option<u32>,
    pub fail_timeout_s: Option<f64>,
    #[serde(default)]
    pub backup: bool,
    #[serde(default, alias = "disabled")]
    pub down: bool,
    /// What its cookie says (HAProxy).
    pub cookie: Option<String>,
}

const fn one() -> u32 {
    1
}

impl Vector {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let vector: Self = serde_json::from_str(text).map_err(|error| format!("is no recording: {error}"))?;
        if vector.format != "lb-oracle-v1" {
            return Err(format!("has format {:?}, not \"lb-oracle-v1\"", vector.format));
        }
        if vector.servers.is_empty() || vector.servers.iter().any(|server| server.index >= 10_000) {
            return Err("has no servers, or one with a number of 10,000 or more".into());
        }
        Ok(vector)
    }

    /// How many numbers servers can have: one more than the largest.
    pub(super) fn places(&self) -> u32 {
        self.servers.iter().map(|server| server.index + 1).max().unwrap_or(0)
    }

    /// A field of this kind of recording.
    pub(super) fn get<T: DeserializeOwned>(&self, field: &str) -> Result<T, String> {
        let value = self.rest.get(field).ok_or_else(|| format!("has no field {field}"))?;
        T::deserialize(value).map_err(|error| format!("{field}: {error}"))
    }

    /// A field that may be missing or null.
    pub(super) fn find<T: DeserializeOwned>(&self, field: &str) -> Result<Option<T>, String> {
        self.rest.get(field).map_or(Ok(None), |value| {
            Option::<T>::deserialize(value).map_err(|error| format!("{field}: {error}"))
        })
    }

    /// The configuration as text.
    pub(super) fn config_text(&self) -> String {
        self.config.as_str().map_or_else(|| self.config.to_string(), str::to_owned)
    }
}
