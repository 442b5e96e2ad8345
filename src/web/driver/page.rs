//! The driver in a page: one loop of animation frames, owned by one hook.
//!
//! Every frame the engine runs and painters paint; about four times a second the page renders anew.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_render::{AnimationFrame, request_animation_frame};
use yew::prelude::*;

use super::{Command, Driver, Intent, MOST_LANES};
use crate::lang::Said;
use crate::scenario::{Scenario, TimedChange};
use crate::units::SimTime;
use crate::web::browser;
use crate::web::live::LiveRef;

/// Real seconds between two renderings.
const TICK: f64 = 0.25;
/// Real seconds between two renderings while somebody drags or steps.
const QUICK_TICK: f64 = 0.1;

/// A handle on the run, for components; it differs whenever there is something new to render.
#[derive(Clone, PartialEq)]
pub struct Control {
    /// What is shown now; of several lanes the first.
    pub live: LiveRef,
    /// Every lane that runs, the first included.
    pub lanes: Vec<LiveRef>,
    /// Goes up when components are to render anew.
    pub tick: u64,
    /// Sends a command.
    pub send: Callback<Command>,
    engine: Rc<Shared>,
}

impl Control {
    /// Changes made by hand up to now.
    #[must_use]
    pub fn made(&self) -> Vec<TimedChange> {
        self.engine.driver.borrow().as_ref().map_or_else(Vec::new, Driver::made)
    }

    /// The latest time that has been computed.
    #[must_use]
    pub fn furthest(&self) -> SimTime {
        self.engine.driver.borrow().as_ref().map_or(SimTime::ZERO, Driver::furthest)
    }

    /// The share of a jump that is done.
    #[must_use]
    pub fn computing(&self) -> Option<f64> {
        self.engine.driver.borrow().as_ref().and_then(Driver::computing)
    }

    /// Whether the figure is to be run: it is on screen.
    pub fn set_visible(&self, visible: bool) {
        self.engine.visible.set(visible);
    }
}

/// What a driver tells the state.
#[derive(Clone, PartialEq)]
pub struct Tell {
    /// The run came to its end (true), or went back from it.
    pub finished: Callback<bool>,
    /// The world could not do something, and why.
    pub refused: Callback<Said>,
}

struct Shared {
    driver: RefCell<Option<Driver>>,
    lives: Vec<LiveRef>,
    /// How many of them are run.
    running: Cell<usize>,
    intent: Cell<Intent>,
    visible: Cell<bool>,
    finished: Cell<bool>,
    /// When the last frame was, and when the last rendering.
    last: Cell<Option<f64>>,
    rendered: Cell<f64>,
    /// Somebody waits for a rendering.
    hurry: Cell<bool>,
    frame: RefCell<Option<AnimationFrame>>,
    render: RefCell<Callback<()>>,
    tell: RefCell<Option<Tell>>,
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Shared {
    fn new() -> Self {
        Self {
            driver: RefCell::default(),
            lives: (0..MOST_LANES).map(|_| LiveRef::default()).collect(),
            running: Cell::new(1),
            intent: Cell::new(Intent { playing: false, speed: super::Speed::default(), auto_slow: true }),
            visible: Cell::new(true),
            finished: Cell::new(false),
            last: Cell::new(None),
            rendered: Cell::new(f64::NEG_INFINITY),
            hurry: Cell::new(false),
            frame: RefCell::default(),
            render: RefCell::default(),
            tell: RefCell::default(),
        }
    }

    fn begin(&self, scenarios: &[Rc<Scenario>], at: Option<SimTime>) {
        let made = Driver::new(scenarios, &self.lives);
        let driver = match made {
            Ok(mut driver) => {
                let jumped = at.map_or(Ok(()), |at| driver.command(Command::Seek(at)));
                self.refused(jumped.err());
                Some(driver)
            }
            Err(why) => {
                self.refused(Some(why));
                None
            }
        };
        if driver.is_some() {
            self.running.set(scenarios.len().clamp(1, self.lives.len()));
            self.driver.replace(driver);
        }
        self.finished.set(false);
        self.hurry.set(true);
    }

    fn refused(&self, why: Option<Said>) {
        let tell = self.tell.borrow().clone();
        if let (Some(why), Some(tell)) = (why, tell) {
            tell.refused.emit(why);
        }
    }

    fn command(&self, command: Command) {
        let done = self.driver.borrow_mut().as_mut().map(|driver| driver.command(command));
        self.hurry.set(true);
        self.refused(done.and_then(Result::err));
    }

    fn on_frame(&self) {
        let now = browser::seconds();
        if !self.visible.get() {
            self.last.set(None);
            return;
        }
        let elapsed = self.last.replace(Some(now)).map_or(0.0, |last| now - last);
        let finished = self.driver.borrow_mut().as_mut().is_some_and(|driver| {
            driver.frame(self.intent.get(), elapsed, browser::seconds);
            driver.finished()
        });
        self.lives.iter().take(self.running.get()).for_each(|live| live.repaint(elapsed));
        let wait = if self.hurry.get() { QUICK_TICK } else { TICK };
        if now - self.rendered.get() >= wait {
            self.rendered.set(now);
            self.hurry.set(self.driver.borrow().as_ref().is_some_and(|driver| driver.computing().is_some()));
            let render = self.render.borrow().clone();
            render.emit(());
        }
        if self.finished.replace(finished) != finished
            && let Some(tell) = self.tell.borrow().clone()
        {
            self.hurry.set(true);
            tell.finished.emit(finished);
        }
    }
}

fn schedule(shared: &Rc<Shared>) {
    let next = Rc::clone(shared);
    let frame = request_animation_frame(move |_| {
        next.on_frame();
        schedule(&next);
    });
    shared.frame.replace(Some(frame));
}

/// Runs `scenarios` beside each other, anew whenever `run` changes and then up to `at`, and obeys `intent`.
#[hook]
pub fn use_driver(
    scenarios: &[Rc<Scenario>],
    run: u32,
    at: Option<SimTime>,
    intent: Intent,
    tell: Tell,
) -> Control {
    let shared = use_memo((), |()| Shared::new());
    let tick = use_state(|| 0_u64);
    let count = use_mut_ref(|| 0_u64);
    shared.intent.set(intent);
    shared.tell.replace(Some(tell));
    {
        let (tick, count) = (tick.setter(), Rc::clone(&count));
        shared.render.replace(Callback::from(move |()| {
            *count.borrow_mut() += 1;
            tick.set(*count.borrow());
        }));
    }
    {
        let (shared, scenarios) = (Rc::clone(&shared), scenarios.to_vec());
        use_memo(run, move |_| shared.begin(&scenarios, at));
    }
    {
        let shared = Rc::clone(&shared);
        use_effect_with((), move |()| {
            schedule(&shared);
            move || {
                shared.frame.replace(None);
            }
        });
    }
    let send = {
        let shared = Rc::clone(&shared);
        use_callback((), move |command, ()| shared.command(command))
    };
    let lanes: Vec<LiveRef> = shared.lives.iter().take(shared.running.get()).cloned().collect();
    Control { live: shared.lives[0].clone(), lanes, tick: *tick, send, engine: shared }
}
