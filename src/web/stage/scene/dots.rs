//! Requests as dots: how many stand for how many, how large, which colour, and where they lie in a tray.

use crate::observe::Dot;
use crate::units::{SimDuration, SimTime};

/// The most dots that a picture shows at once.
pub const BUDGET: u64 = 60;

/// Share of the budget that must be free before a dot stands for fewer requests again.
const SLACK: f64 = 0.3;

/// How many requests one dot stands for: the least of 1, 2, 5, 10, 20, 50 … that keeps `alive` requests
/// within the budget. It goes down from `before` only when 30 % of the budget stay free, so that it does not
/// flicker.
#[must_use]
pub fn unit(alive: u64, before: u64) -> u64 {
    let least = steps().find(|&unit| alive.div_ceil(unit) <= BUDGET).unwrap_or(u64::MAX);
    if least >= before {
        return least;
    }
    let room = (BUDGET as f64 * (1.0 - SLACK)) as u64;
    steps().find(|&unit| alive.div_ceil(unit) <= room).unwrap_or(before).min(before)
}

/// 1, 2, 5, 10, 20, 50 … up to 10¹⁸.
fn steps() -> impl Iterator<Item = u64> {
    (0..18_u32).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)))
}

/// Radius of a dot in px: 1.4 + 3.1·√(work left / mean work), held between 2.2 and 8.
#[must_use]
pub fn radius(work_left: SimDuration, mean_work_s: f64) -> f64 {
    let ratio = if mean_work_s > 0.0 { work_left.as_secs() / mean_work_s } else { 0.0 };
    (1.4 + 3.1 * libm::sqrt(ratio)).clamp(2.2, 8.0)
}

/// Age of a request in five steps, 0 to 4, against its client's time-out; against 10 s when there is none.
#[must_use]
pub fn age(born: SimTime, now: SimTime, timeout: Option<SimDuration>) -> u8 {
    let limit = timeout.unwrap_or(SimDuration::from_secs(10)).as_secs();
    let share = if limit > 0.0 { now.since(born).as_secs() / limit } else { 1.0 };
    (share * 5.0).clamp(0.0, 4.0) as u8
}

/// What turns a request into a dot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// When.
    pub now: SimTime,
    /// How many requests one dot stands for.
    pub unit: u64,
    /// How long a client waits.
    pub timeout: Option<SimDuration>,
    /// Mean CPU work of a request in seconds.
    pub mean_work: f64,
}

/// A dot in a tray, in px from the tray's corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Number of the request.
    pub request: u64,
    /// When its client asked.
    pub born: SimTime,
    /// Centre, from the left.
    pub x: f64,
    /// Centre, from the top.
    pub y: f64,
    /// Radius.
    pub r: f64,
    /// Step of its age, 0 to 4.
    pub age: u8,
    /// Nobody wants the answer: drawn hollow and grey.
    pub unwanted: bool,
}

/// A tray: how many requests are in it, how many fit, and which are shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tray {
    /// Requests in it.
    pub held: u64,
    /// Requests that fit; 0 when nothing is said.
    pub room: u64,
    /// Dots to draw, oldest first; x and y are still 0.
    pub marks: Vec<Mark>,
}

impl Tray {
    /// A tray of `held` requests, of which `dots` are known (oldest first).
    #[must_use]
    pub fn new(held: u64, room: u64, dots: &[Dot], look: &Look) -> Self {
        let wanted = (held.div_ceil(look.unit.max(1)) as usize).min(BUDGET as usize).min(dots.len().max(1));
        let marks = (0..wanted)
            .filter_map(|place| dots.get(place * dots.len() / wanted))
            .map(|dot| Mark {
                request: dot.request,
                born: dot.born,
                x: 0.0,
                y: 0.0,
                r: radius(dot.work_left, look.mean_work),
                age: age(dot.born, look.now, look.timeout),
                unwanted: dot.unwanted,
            })
            .collect();
        Self { held, room, marks }
    }

    /// A tray of `held` things of which nothing is known but their number: all alike, without age.
    #[must_use]
    pub fn alike(held: u64, room: u64, unit: u64) -> Self {
        let shown = held.div_ceil(unit.max(1)).min(BUDGET) as usize;
        let mark = Mark { request: 0, born: SimTime::ZERO, x: 0.0, y: 0.0, r: 3.2, age: 0, unwanted: false };
        Self { held, room, marks: vec![mark; shown] }
    }

    /// How full it is, 0 to 1; a tray without a limit is never full.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.room == 0 { 0.0 } else { (self.held as f64 / self.room as f64).min(1.0) }
    }

    /// The dots in `rows` rows of a box, the oldest at the right end of the first row. When they are many
    /// they move together, and all shrink by one factor, so that their sizes still compare.
    #[must_use]
    pub fn lay_out(&self, width: f64, height: f64, rows: usize) -> Vec<Mark> {
        const PITCH: f64 = 17.0;
        let rows = rows.max(1);
        let fits = ((width / PITCH) as usize).max(1);
        let per_row = fits.max(self.marks.len().div_ceil(rows));
        let pitch = PITCH.min(width / per_row as f64);
        let used = self.marks.len().div_ceil(per_row).max(1);
        let step = height / rows as f64;
        let top = (height - step * used as f64) / 2.0 + step / 2.0;
        let widest = self.marks.iter().fold(0.0, |widest: f64, mark| widest.max(mark.r));
        let most = (pitch.max(6.0) * 0.62).min(step / 2.0);
        let shrink = if widest > most { most / widest } else { 1.0 };
        let place = |(place, mark): (usize, &Mark)| Mark {
            x: width - pitch * ((place % per_row) as f64 + 0.5),
            y: top + step * (place / per_row) as f64,
            r: (mark.r * shrink).max(1.3),
            ..*mark
        };
        self.marks.iter().enumerate().map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 34 messages at 5 a dot are 7 dots; more than the budget are never drawn.
    #[test]
    fn messages_are_dots_too() {
        assert_eq!(Tray::alike(34, 0, 5).marks.len(), 7);
        assert_eq!((Tray::alike(0, 0, 1).marks.len(), Tray::alike(1_000_000, 0, 1).marks.len()), (0, 60));
    }

    fn dots(n: u64) -> Vec<Dot> {
        let dot = |request| Dot {
            request,
            born: SimTime(request * 1_000_000),
            work_left: SimDuration::from_millis(20),
            unwanted: false,
        };
        (0..n).map(dot).collect()
    }

    const LOOK: Look = Look { now: SimTime(0), unit: 1, timeout: None, mean_work: 0.02 };

    #[test]
    fn one_dot_stands_for_as_few_as_the_budget_allows() {
        assert_eq!(
            [0, 1, 60, 61, 120, 121, 391, 600, 601].map(|alive| unit(alive, 1)),
            [1, 1, 1, 2, 2, 5, 10, 10, 20]
        );
        assert_eq!(unit(u64::MAX / 100, 1) % 10, 0);
    }

    /// At 61 it goes up to 2; back to 1 only at 42 = 60 × 0.7.
    #[test]
    fn steps_down_need_slack() {
        assert_eq!(unit(61, 1), 2);
        assert_eq!([60, 43, 42].map(|alive| unit(alive, 2)), [2, 2, 1]);
        assert_eq!(unit(3, 1000), 1, "a large drop goes all the way");
        assert_eq!(unit(100, 1000), 5, "with slack at each step: 100 / 2 = 50 > 42");
    }

    /// √1 → 4.5; √4 → 7.6; 0 → 2.2 (held); √9 → 10.7, held at 8.
    #[test]
    fn radius_is_the_root_of_work() {
        let r = |ms| radius(SimDuration::from_millis(ms), 0.02);
        assert!((r(20) - 4.5).abs() < 1e-12 && (r(80) - 7.6).abs() < 1e-12);
        assert_eq!((r(0), r(180)), (2.2, 8.0));
        assert_eq!(radius(SimDuration::from_millis(20), 0.0), 2.2, "no mean known");
    }

    #[test]
    fn age_has_five_steps_up_to_the_time_out() {
        let age = |ms: u64| age(SimTime(0), SimTime(ms * 1_000_000), Some(SimDuration::from_secs(2)));
        assert_eq!([0, 399, 400, 1599, 1600, 2000, 9000].map(age), [0, 0, 1, 3, 4, 4, 4]);
    }

    #[test]
    fn a_tray_shows_one_dot_per_unit() {
        let tray = Tray::new(64, 64, &dots(64), &Look { unit: 10, ..LOOK });
        assert_eq!((tray.marks.len(), tray.share()), (7, 1.0));
        assert_eq!(Tray::new(0, 10, &[], &LOOK).marks.len(), 0);
        assert_eq!(Tray::new(5000, 0, &dots(128), &Look { unit: 100, ..LOOK }).marks.len(), 50);
        assert_eq!(Tray::new(7, 0, &[], &LOOK).marks.len(), 0, "nothing known of them");
    }

    #[test]
    fn the_oldest_lies_at_the_front_and_all_lie_inside() {
        for n in [1, 7, 21, 60] {
            let marks = Tray::new(n, 0, &dots(n), &LOOK).lay_out(124.0, 60.0, 3);
            assert!(marks.iter().all(|m| m.x >= 0.0 && m.x <= 124.0 && m.y > 0.0 && m.y < 60.0), "{n}");
            assert!(marks.iter().all(|m| m.x <= marks[0].x && m.y >= marks[0].y));
        }
    }
}
