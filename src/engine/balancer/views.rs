//! What a front reads at intervals: its name's addresses, and the load as all see it.

use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::{Engine, Probe};

impl Engine {
    /// The intervals begin with the run.
    pub(in crate::engine) fn begin_intervals(&mut self) {
        for front in 0..self.fronts.len() as u16 {
            let settings = &self.model.front(front).settings;
            let (resolve, look) = (settings.resolve_every, settings.stale);
            let body = &mut self.fronts[usize::from(front)];
            if let Some(every) = resolve {
                body.resolves =
                    self.queue.schedule(self.now + every, Event::Resolve { front: u32::from(front) });
            }
            if let Some(every) = look {
                body.looks = self.queue.schedule(self.now + every, Event::Look { front: u32::from(front) });
                let idle = vec![0; body.members.len()];
                let now = self.now;
                body.instances.iter_mut().for_each(|instance| instance.pool.show(now, &idle));
            }
        }
    }

    /// A front resolves the name of its service anew.
    pub(in crate::engine) fn resolve(&mut self, front: u16, probe: &mut impl Probe) {
        let Some(every) = self.model.front(front).settings.resolve_every else { return };
        let next = self.queue.schedule(self.now + every, Event::Resolve { front: u32::from(front) });
        self.fronts[usize::from(front)].resolves = next;
        self.read_list(front, probe);
    }

    /// The instances of a front see how many requests are in flight on each member, of all of them.
    pub(in crate::engine) fn look_around(&mut self, front: u16, probe: &mut impl Probe) {
        let Some(every) = self.model.front(front).settings.stale else { return };
        let now = self.now;
        let next = self.queue.schedule(now + every, Event::Look { front: u32::from(front) });
        let body = &mut self.fronts[usize::from(front)];
        body.looks = next;
        let replicas = &self.replicas;
        let seen: Vec<u32> = body.members.iter().map(|&id| replicas[id as usize].in_flight).collect();
        body.instances.iter_mut().for_each(|instance| instance.pool.show(now, &seen));
        self.serve_front(front, probe);
    }

    /// Events of fronts that come again and again: checks, resolutions, looks.
    pub(in crate::engine) fn standing_of_fronts(&self) -> usize {
        let set = |key: EventKey| usize::from(key != EventKey::NONE);
        let of = |front: &super::Front| {
            let checks: usize = front.checks.iter().map(|checks| set(checks.next)).sum();
            checks + set(front.resolves) + set(front.looks)
        };
        self.fronts.iter().map(of).sum()
    }
}
