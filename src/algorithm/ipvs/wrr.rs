//! `ipvs.wrr`: rounds with a falling threshold.

use crate::algorithm::candidates::{Watch, common_divisor, explained, route};
use crate::algorithm::words::{rule, score};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "ipvs.wrr",
    label: "IPVS wrr",
    rule: Text::new(
        "Rounds over the list with a threshold that falls from the largest weight by the common divisor; \
         in each, whose weight reaches it.",
        "Runden über die Liste mit einer Schwelle, die vom größten Gewicht um den gemeinsamen Teiler \
         fällt; in jeder, wessen Gewicht sie erreicht.",
        "Des tours de liste avec un seuil qui descend du plus grand poids par le diviseur commun ; à \
         chacun, ceux dont le poids l’atteint.",
    ),
    formula: "for t = max w, max w − g, …, g (g = gcd of the weights): all i with w_i ≥ t",
    complexity: "O(1) with equal weights, O(n) at most for a change of round",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Weights are large: a heavy server gets a burst at the start of each cycle. One decision is a \
          connection, not a request.",
    source: "Linux 6.18, net/netfilter/ipvs, wrr",
    evidence: Evidence::Source,
    build: |_| Box::new(Wrr::default()),
};

#[derive(Debug, Clone, Default)]
struct Wrr {
    watch: Watch,
    divisor: u32,
    most: u32,
    threshold: u32,
    place: usize,
}

impl Algorithm for Wrr {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        route(self.next(pool))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let threshold = self.threshold;
        explained(pool, rule::next_in_list(&(self.place + 1), &threshold), |member| {
            let weight = pool.weight_of(member);
            (f64::from(weight), score::against(&weight, &threshold))
        })
    }
}

impl Wrr {
    fn next(&mut self, pool: &PoolView<'_>) -> Option<u32> {
        let weights = || pool.members.iter().map(|&member| pool.weight_of(member));
        if self.watch.is_new(pool.layout, pool.members, pool) {
            self.divisor = common_divisor(weights());
            self.most = weights().max().unwrap_or(0);
            self.threshold = self.most;
            self.place = 0;
        }
        // No heavier one can be asked: rounds in which nobody could be chosen are left out.
        let mut known = None;
        loop {
            while let Some(&member) = pool.members.get(self.place) {
                self.place += 1;
                let weight = pool.weight_of(member);
                if weight > 0 && weight >= self.threshold && pool.is_eligible(member) {
                    return Some(member);
                }
            }
            self.place = 0;
            let heaviest = match known {
                Some(heaviest) => heaviest,
                None => {
                    pool.eligible.iter().map(|&member| pool.weight_of(member)).max().filter(|&w| w > 0)?
                }
            };
            known = Some(heaviest);
            self.threshold = match self.threshold.saturating_sub(self.divisor) {
                0 => self.most,
                lower => lower,
            };
            if self.threshold > heaviest {
                self.threshold = heaviest;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picks(weight: &[u32], n: usize) -> String {
        let members: Vec<u32> = (0..weight.len() as u32).collect();
        let load = vec![0; weight.len()];
        let pool = PoolView::plain(&members, &load, weight);
        let mut wrr = Wrr::default();
        (0..n).filter_map(|_| wrr.next(&pool)).map(|member| char::from(b'a' + member as u8)).collect()
    }

    /// Orders that follow from the rule as it was read in the source.
    #[test]
    fn orders() {
        assert_eq!(picks(&[5, 1, 1], 14), "aaaaabcaaaaabc");
        assert_eq!(picks(&[3, 2, 1], 6), "aababc");
        assert_eq!(picks(&[6, 4, 2], 6), "aababc");
        assert_eq!(picks(&[0], 3), "");
    }
}
