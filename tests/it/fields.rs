//! Every field that a scenario may have, as the browser tests know them: the editor must have a control for each.
//! When fields are added, record them anew with `BLESS=1 cargo test fields`.

use std::fs;
use std::path::Path;

use doorbuster::scenario::{Field as _, Scenario, Schema};

/// Paths of the fields that hold a value; `[]` stands behind a list of tables.
fn leaves(schema: &Schema, at: &str, into: &mut Vec<String>) {
    match schema {
        Schema::Table { fields } => {
            for field in fields {
                let dot = if at.is_empty() { "" } else { "." };
                leaves(&field.schema, &format!("{at}{dot}{}", field.name), into);
            }
        }
        Schema::List { entry } if matches!(**entry, Schema::Table { .. }) => {
            leaves(entry, &format!("{at}[]"), into);
        }
        _ => into.push(at.to_owned()),
    }
}

#[test]
fn the_browser_tests_know_every_field() {
    let mut fields = Vec::new();
    leaves(&Scenario::schema(), "", &mut fields);
    let now = serde_json::to_string_pretty(&fields).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/fields.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(known == now, "fields were added or taken away: BLESS=1 cargo test fields");
}
