//! Variables in a file's values. Compose puts them in before files are merged, and never into keys.

use std::collections::BTreeMap;

use crate::convert::finding::shorten;
use crate::convert::variables::{Dialect, ExpandError, expand};
use crate::convert::yaml::{Node, Value};
use crate::convert::{Finding, Findings, Place, limits};
use crate::lang::phrases;

phrases! {
    mod say {
        fn default(with: Text, own: Text) {
            en: "give it a value, or a default: `{with}`; for a variable of the container write `{own}`",
            de: "einen Wert geben, oder einen Vorgabewert: `{with}`; für eine Variable des Containers \
                 `{own}` schreiben",
            fr: "lui donner une valeur, ou une valeur par défaut : `{with}` ; pour une variable du \
                 conteneur, écrire `{own}`",
        }
        fn dollar(plain: Text, with: Text) {
            en: "write $$ for a dollar sign; a variable is $NAME or {plain} or {with}",
            de: "$$ für ein Dollarzeichen schreiben; eine Variable ist $NAME oder {plain} oder {with}",
            fr: "écrire $$ pour un dollar ; une variable est $NAME, {plain} ou {with}",
        }
        fn give_value {
            en: "give it a value",
            de: "einen Wert geben",
            fr: "lui donner une valeur",
        }
        fn grows(path: Text, a: Text) {
            en: "{path} grows to more than {a} characters, or nests too deep",
            de: "{path} wächst auf mehr als {a} Zeichen, oder ist zu tief verschachtelt",
            fr: "{path} dépasse {a} caractères, ou s’imbrique trop",
        }
        fn shorter {
            en: "use shorter values",
            de: "kürzere Werte benutzen",
            fr: "employer des valeurs plus courtes",
        }
    }
}

/// Replaces every variable in the values of `node`.
pub fn interpolate(node: &mut Node, variables: &BTreeMap<String, String>, findings: &mut Findings) {
    Walk { variables, findings, path: Vec::new(), expanded: 0 }.node(node);
}

struct Walk<'a> {
    variables: &'a BTreeMap<String, String>,
    findings: &'a mut Findings,
    path: Vec<String>,
    expanded: usize,
}

impl Walk<'_> {
    fn node(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::Null => {}
            Value::Scalar { text, .. } => {
                if text.contains('$') {
                    self.text(text, &node.place);
                }
            }
            Value::List(items) => {
                for (i, item) in items.iter_mut().enumerate() {
                    self.path.push(format!("[{i}]"));
                    self.node(item);
                    self.path.pop();
                }
            }
            Value::Map(map) => {
                for (key, value) in map.iter_mut() {
                    self.path.push(shorten(key));
                    self.node(value);
                    self.path.pop();
                }
            }
        }
    }

    fn text(&mut self, text: &mut String, place: &Place) {
        let lookup = |name: &str| self.variables.get(name).cloned();
        let result = if self.expanded > limits::EXPANDED_CHARS {
            Err(ExpandError::TooLarge)
        } else {
            expand(text, Dialect::Compose, &lookup)
        };
        match result {
            Ok(expanded) => {
                for name in expanded.missing {
                    self.findings.push(unset(place, &name));
                }
                self.expanded += expanded.text.len();
                *text = expanded.text;
            }
            Err(error) => self.findings.push(refused(place, &self.path.join("."), text, &error)),
        }
    }
}

fn unset(place: &Place, name: &str) -> Finding {
    let name = shorten(name);
    let text = format!("The \"{name}\" variable is not set. Defaulting to a blank string.");
    Finding::warning(place, text.trim_end_matches('.').to_owned())
        .remedy(say::default(&format!("${{{name}:-value}}"), &format!("$${name}")))
}

fn refused(place: &Place, path: &str, given: &str, error: &ExpandError) -> Finding {
    let given = shorten(given);
    match error {
        ExpandError::Invalid => {
            Finding::error(place, format!("invalid interpolation format for {path}: \"{given}\""))
                .remedy(say::dollar(&"${NAME}", &"${NAME:-default}"))
        }
        ExpandError::Required { name, message } => {
            let text = format!(
                "{path}: required variable {} is missing a value: {}",
                shorten(name),
                shorten(message)
            );
            Finding::error(place, text).remedy(say::give_value())
        }
        ExpandError::TooLarge => {
            let text = say::grows(&path, &limits::VALUE_CHARS);
            Finding::error(place, text).remedy(say::shorter())
        }
    }
}
