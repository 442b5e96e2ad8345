//! How much CPU work one request of a client makes in each service.

use super::model::Model;
use super::step_model::StepModel;

/// Calls lie within calls at most this deep; a circle of calls ends here.
const DEPTH: usize = 32;

impl Model {
    /// Mean CPU work of one request of a client in each service, in seconds on one reference core, with that of
    /// every service that it calls: W(s) = Σ over classes c of s of V(c) × mean work of c, where V(c), how often
    /// c is asked for, is its share plus Σ V(caller) × calls. Jobs that a broker hands out are not part of a
    /// request; calls that fail, or are not made after one that failed, count as if they were made.
    #[must_use]
    pub fn work_by_service(&self) -> Vec<f64> {
        let shares = self.shares();
        let mut visits = shares.clone();
        for _ in 0..DEPTH {
            let mut next = shares.clone();
            for (class, times) in self.classes.iter().zip(&visits) {
                for step in &class.steps {
                    if let StepModel::Call(call) = step
                        && let Some(child) = call.child
                    {
                        next[child.index()] += times;
                    }
                }
            }
            let settled = next == visits;
            visits = next;
            if settled {
                break;
            }
        }
        let mut works = vec![0.0; self.services.len()];
        for (class, times) in self.classes.iter().zip(visits) {
            works[class.service.index()] += times * class.mean_work();
        }
        works
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Scenario, preset};

    fn works(name: &str) -> Vec<f64> {
        let scenario = Scenario::from_toml_str(preset::find(name).unwrap().text).unwrap();
        scenario.validate().unwrap().work_by_service()
    }

    /// Each order makes 2 ms at edge, 3 at sso, 5 at orders, 15 at payments and 1 at notifications.
    #[test]
    fn an_order_makes_work_in_every_service() {
        let works = works("shop");
        for (work, ms) in works.iter().zip([2.0, 3.0, 5.0, 15.0, 1.0]) {
            assert!((work * 1e3 - ms).abs() < 1e-9, "{works:?}");
        }
    }

    /// Of 12 requests one works 120 ms, the others 2 ms: (120 + 2 + 10 × 2) / 12 ms. Mails are no part of it.
    #[test]
    fn jobs_are_no_part_of_a_request() {
        let works = works("celery");
        assert!((works[0] * 1e3 - 142.0 / 12.0).abs() < 1e-9 && works[1] == 0.0, "{works:?}");
    }
}
