//! Sessions: where their state is kept, how long, and who loses it.
//!
//! A login starts a session on the replica that serves it. A replica that keeps state in memory knows the sessions
//! that began there, until they end, expire, or the replica dies.

use super::event::Event;
use super::queue::EventKey;
use super::request::Home;
use super::{Engine, Probe};
use crate::observe::{Observation, Outcome};
use crate::scenario::{SessionEnd, SessionState};

impl Engine {
    /// The session is over: its replica forgets it, unless it was lost and its replica does not know that.
    pub(super) fn end_session(&mut self, visit: u32, probe: &mut impl Probe) {
        let body = &mut self.visits[visit];
        let (was_in, lost) = (body.logged_in, body.lost);
        body.logged_in = false;
        body.cookies = super::balancer::Cookies::default();
        if was_in && !lost {
            self.sessions.ended += 1;
            probe.observe(self.now, &Observation::SessionEnded);
        }
        self.visits[visit].lost = false;
        if !lost && !self.is_left(visit) {
            self.free_home(visit);
        } else if self.visits[visit].home.is_some() {
            // The state stays where it is until it expires, and needs a body of its own for that.
            let mut ghost = self.visits[visit].clone();
            ghost.active = false;
            self.queue.cancel(ghost.expiry);
            let ghost = self.visits.insert(ghost);
            let body = &mut self.visits[visit];
            (body.home, body.expiry, body.basket) = (None, EventKey::NONE, 0);
            self.keep(ghost);
        }
    }

    /// The class of a login or logout, where the scenario names it.
    pub(super) fn class_in_session(&self, visit: u32) -> Option<u16> {
        let body = &self.visits[visit];
        let model = &self.model.sources[body.source as usize];
        let class = if body.logged_in { model.logout.filter(|_| body.left <= 1) } else { model.login };
        class.filter(|_| model.session.is_some()).map(|class| class.0 as u16)
    }

    /// Whether the user leaves without a word, and the session is kept.
    fn is_left(&self, visit: u32) -> bool {
        let session = self.model.sources[self.visits[visit].source as usize].session.as_ref();
        session.is_some_and(|session| session.end == SessionEnd::Expiry)
    }

    pub(super) fn end_visit(&mut self, visit: u32) {
        self.free_home(visit);
        self.visits[visit].free = true;
        self.visits[visit].active = false;
        self.visits.release(visit);
    }

    /// The replica that keeps the session forgets it.
    fn free_home(&mut self, visit: u32) {
        let body = &mut self.visits[visit];
        let expiry = std::mem::replace(&mut body.expiry, EventKey::NONE);
        let (home, basket) = (body.home.take(), std::mem::take(&mut body.basket));
        self.queue.cancel(expiry);
        if let Some(Home { replica, life }) = home
            && self.replicas[replica as usize].rest.life == life
        {
            self.forget_session_at(replica, basket);
        }
    }

    /// A session has been idle for so long that its replica forgets it.
    pub(super) fn forget(&mut self, visit: u32) {
        self.visits[visit].expiry = EventKey::NONE;
        self.free_home(visit);
        let body = &mut self.visits[visit];
        if !body.active {
            body.free = true;
            self.visits.release(visit);
        } else if body.logged_in && !std::mem::replace(&mut body.lost, true) {
            self.sessions.lost += 1;
        }
    }

    /// Starts the time after which the replica forgets the session anew.
    fn keep(&mut self, visit: u32) {
        let body = &self.visits[visit];
        let expiry = self.model.sources[body.source as usize].session.as_ref().map(|session| session.expiry);
        self.queue.cancel(body.expiry);
        if let Some(expiry) = expiry {
            self.visits[visit].expiry = self.queue.schedule_after(self.now, expiry, Event::Forget { visit });
        }
    }

    /// What a replica makes of a request of a visit that it has just served: a login starts the session there; a
    /// later request finds its session, or does not.
    pub(super) fn session_check(&mut self, visit: u32, replica: u32, probe: &mut impl Probe) -> Outcome {
        let body = &self.visits[visit];
        if !body.active || self.model.sources[body.source as usize].session.is_none() {
            return Outcome::Ok;
        }
        let kept = self.model.services[self.replicas[replica as usize].rest.service as usize].sessions;
        let life = self.replicas[replica as usize].rest.life;
        let here = Some(Home { replica, life });
        if !body.logged_in {
            self.log_in(visit, here.filter(|_| kept == SessionState::Memory), probe);
            return Outcome::Ok;
        }
        if kept != SessionState::Memory {
            return Outcome::Ok;
        }
        if body.home == here {
            self.keep(visit);
            self.grow_basket(visit, replica, probe);
            return Outcome::Ok;
        }
        if !std::mem::replace(&mut self.visits[visit].lost, true) {
            self.sessions.lost += 1;
        }
        probe.observe(self.now, &Observation::SessionLost);
        Outcome::SessionLost
    }

    /// What the user has put into the basket needs memory where the session is kept.
    fn grow_basket(&mut self, visit: u32, replica: u32, probe: &mut impl Probe) {
        let body = &mut self.visits[visit];
        let session = self.model.sources[body.source as usize].session.as_ref();
        let more = session.map_or(0, |session| session.basket.0);
        if more > 0 {
            body.basket += more;
            self.grow_session_at(replica, more, probe);
        }
    }

    fn log_in(&mut self, visit: u32, home: Option<Home>, probe: &mut impl Probe) {
        let body = &mut self.visits[visit];
        body.logged_in = true;
        body.lost = false;
        body.home = home;
        self.sessions.started += 1;
        let replica = home.map(|home| crate::units::ReplicaId(home.replica));
        probe.observe(self.now, &Observation::SessionStarted { replica });
        if let Some(home) = home {
            self.keep(visit);
            self.keep_session_at(home.replica, probe);
        }
    }

    /// A replica has died: the sessions in its memory are gone.
    pub(super) fn lose_sessions(&mut self, replica: u32) {
        for visit in self.visits.slots() {
            let body = &mut self.visits[visit];
            if body.free || body.home.is_none_or(|home| home.replica != replica) {
                continue;
            }
            (body.home, body.basket) = (None, 0);
            let expiry = std::mem::replace(&mut body.expiry, EventKey::NONE);
            self.queue.cancel(expiry);
            let body = &mut self.visits[visit];
            if !body.active {
                body.free = true;
                self.visits.release(visit);
            } else if body.logged_in && !std::mem::replace(&mut body.lost, true) {
                self.sessions.lost += 1;
            }
        }
    }
}
