//! The rule of an algorithm in a few words, as it stands above a lane's balancer.

use crate::lang::Text;
use crate::web::icons::family;

/// How the rule of this name picks; nothing where its family has no few words.
pub fn in_brief(algorithm: &str) -> Option<Text> {
    Some(match family(algorithm) {
        _ if algorithm.contains("weighted_random") => {
            Text::new("drawn, by weight", "gelost, nach Gewicht", "tirée, selon le poids")
        }
        "round-robin" => Text::new("each in turn, blind", "reihum, blind", "à tour de rôle, à l’aveugle"),
        "weighted" => Text::new("in turn, by weight", "reihum, nach Gewicht", "à tour de rôle, par poids"),
        "least-connections" => Text::new("fewest in flight", "die wenigsten unterwegs", "le moins en cours"),
        "power-of-d" => Text::new(
            "the better of a few drawn",
            "die bessere von gelosten",
            "la meilleure de quelques tirées",
        ),
        "peak-ewma" => {
            Text::new("the fastest of late", "die zuletzt schnellste", "la plus rapide ces temps-ci")
        }
        "hashing" => {
            Text::new("by key, always the same", "je Schlüssel dieselbe", "par clé, toujours la même")
        }
        _ if matches!(algorithm, "random" | "caddy.random") => {
            Text::new("drawn, blind", "gelost, blind", "tirée à l’aveugle")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::CATALOG;
    use crate::lang::Lang;

    /// What is said in brief is no other rule: a blind one knows nothing of replicas.
    #[test]
    fn blind_rules_know_nothing() {
        let blind = |name: &str| in_brief(name).is_some_and(|text| text.say(Lang::En).contains("blind"));
        let blind: Vec<&str> = CATALOG.iter().map(|spec| spec.name).filter(|name| blind(name)).collect();
        assert!(blind.contains(&"round_robin") && blind.contains(&"random"), "{blind:?}");
        for name in ["least_connections", "peak_ewma", "power_of_d"] {
            assert!(in_brief(name).is_some() && !blind.contains(&name), "{name}");
        }
        assert!(in_brief("shared_queue").is_none());
    }
}
