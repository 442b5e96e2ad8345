//! What the page shows at this moment: buffers that the driver fills, and who paints from them.
//!
//! The only mutable thing that components share. Three rates of change: every frame the driver fills [`Live`]
//! and calls the painters, which touch the page outside the virtual DOM; about 10 times a second charts are
//! drawn; about 4 times a second `tick` goes up and components render anew.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

use crate::algorithm::Explanation;
use crate::charts::event::{EventLine, event_lines, planned_lines};
use crate::charts::theory::{Expected, expected};
use crate::lang::{Lang, Said};
use crate::observe::{EventLog, Recorder, Snapshot};
use crate::report::{Facts, Narrator, Warning, one_seed, warnings};
use crate::scenario::{Model, TimedChange};
use crate::units::order::sort_by;
use crate::units::{SimDuration, SimTime};
use crate::web::driver::{Latest, Story};

/// What the page shows at this moment.
#[derive(Debug, Clone)]
pub struct Live {
    /// The world now.
    pub world: Snapshot,
    /// The run so far as windows, for charts.
    pub recorder: Recorder,
    /// Notable events so far.
    pub log: EventLog,
    /// Changes made so far.
    pub changes: Vec<TimedChange>,
    /// The run's digest so far.
    pub digest: u64,
    /// Simulated seconds per real second that the machine reaches; less than asked when it can't keep up.
    pub speed_reached: f64,
    /// The latest time that this run has been at since its last change by hand: later than now after going
    /// back.
    pub reached: SimTime,
    /// The latest requests and attempts.
    pub latest: Latest,
    /// The life of the request that was asked for.
    pub story: Option<Rc<Story>>,
    /// Frames of jumps in time so far: what was seen before such a frame is no past of what is seen now.
    pub jumps: u64,
    /// Whether time is slower than asked since something broke.
    pub slowed: bool,
    /// Whether somebody looks into the balancer, and every candidate's score then.
    pub looked_into: bool,
    /// How the balancer would choose now.
    pub why: Option<Explanation>,
    /// The checked scenario of the run.
    pub model: Option<Rc<Model>>,
    /// How long the scenario runs.
    pub duration: SimDuration,
    /// How long a client waits, for the ages of dots.
    pub client_timeout: Option<SimDuration>,
    /// Mean CPU work of a request in seconds, for the sizes of dots.
    pub mean_demand: f64,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            world: Snapshot::default(),
            recorder: Recorder::new(SimDuration::from_millis(200)),
            log: EventLog::default(),
            changes: Vec::new(),
            digest: 0,
            speed_reached: 1.0,
            reached: SimTime::ZERO,
            latest: Latest::default(),
            story: None,
            jumps: 0,
            slowed: false,
            looked_into: false,
            why: None,
            model: None,
            duration: SimDuration::from_secs(60),
            client_timeout: None,
            mean_demand: 0.02,
        }
    }
}

impl Live {
    /// What theory expects of the world as it is now, or why no formula applies; nothing before there is a run.
    #[must_use]
    pub fn theory(&self) -> Option<Result<Expected, Said>> {
        self.model.as_ref().map(|model| expected(model, &self.world))
    }

    /// What to mind about the numbers on screen; at the end of a run more is known of them.
    #[must_use]
    pub fn warnings(&self, over: bool) -> Vec<Warning> {
        let Some(model) = &self.model else { return Vec::new() };
        let facts = Facts::of_run(model, &self.world, &self.recorder, self.latest.response());
        let facts = Facts { over, dropped: self.log.dropped(), ..facts };
        warnings(&facts, model).into_iter().chain(over.then(one_seed)).collect()
    }

    /// What happened and what the traffic was planned to do, as lines through the charts, in order of time.
    #[must_use]
    pub fn event_lines(&self, lang: Lang) -> Vec<EventLine> {
        let Some(model) = &self.model else { return Vec::new() };
        let (names, changes) = (&self.recorder.series.names, &self.changes);
        let narrator = Narrator { lang, names, changes, model };
        let mut lines = event_lines(&narrator, &self.log);
        lines.extend(planned_lines(&narrator));
        sort_by(&mut lines, |a, b| a.at_s.total_cmp(&b.at_s));
        lines
    }
}

/// Called every frame with what is shown now, and the real time since the last frame in seconds.
pub type Painter = Box<dyn FnMut(&Live, f64)>;

/// A shared handle on [`Live`] and its painters; equal when it is the same one.
#[derive(Clone, Default)]
pub struct LiveRef {
    live: Rc<RefCell<Live>>,
    painters: Rc<RefCell<Vec<(u32, Painter)>>>,
    next: Rc<std::cell::Cell<u32>>,
}

impl PartialEq for LiveRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.live, &other.live)
    }
}

impl LiveRef {
    /// Reads.
    #[must_use]
    pub fn get(&self) -> Ref<'_, Live> {
        self.live.borrow()
    }

    /// Writes; for the driver alone.
    #[must_use]
    pub fn fill(&self) -> RefMut<'_, Live> {
        self.live.borrow_mut()
    }

    /// Registers a painter; dropping what is returned ends it.
    #[must_use]
    pub fn paint(&self, painter: Painter) -> Painting {
        let token = self.next.get();
        self.next.set(token.wrapping_add(1));
        self.painters.borrow_mut().push((token, painter));
        Painting { painters: Rc::clone(&self.painters), token }
    }

    /// Calls every painter; for the driver alone. A painter may not register or drop painters.
    pub fn repaint(&self, elapsed: f64) {
        let live = self.live.borrow();
        for (_, painter) in self.painters.borrow_mut().iter_mut() {
            painter(&live, elapsed);
        }
    }
}

/// A registered painter; dropping it ends the painting.
pub struct Painting {
    painters: Rc<RefCell<Vec<(u32, Painter)>>>,
    token: u32,
}

impl Drop for Painting {
    fn drop(&mut self) {
        self.painters.borrow_mut().retain(|(token, _)| *token != self.token);
    }
}
