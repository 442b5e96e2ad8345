//! The event queue: earliest first, equal times in the order in which they were scheduled, any event
//! cancellable at once, so that no dead timer is ever kept.
//!
//! Delays that are always the same (time-outs, constant network delays) go through a *lane*: a list in order
//! of scheduling, which is also the order of time. Only the head of a lane is in the heap, so that the heap
//! stays as small as the number of replicas and sources however many requests are in flight.
//!
//! The first event that comes again and again, the next arrival of the first source, is not in the heap but *beside*
//! it: every other event of a run is one of those, and taking it and setting it anew are a comparison and a store.
//! What is scheduled before all that is in the heap (a short way, something that follows at once) waits *ahead* of it:
//! it would rise from the last place to the first, and everything would sink when it has happened.

use super::heap::{Heap, NOBODY, SLOT_LIMIT, key, rank_of, slot_of};
use crate::units::{SimDuration, SimTime};

const NONE: u32 = u32::MAX;
/// In place of a lane: an event that comes again and again, which is scheduled, and which is not.
const SET: u32 = u32::MAX - 1;
const IDLE: u32 = u32::MAX - 2;
/// The node of the event beside the heap, if there is one: that which [`EventQueue::own`] made first of all.
const BESIDE: u32 = 0;

/// A handle on a scheduled event. It is spent when the event happens or is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EventKey {
    slot: u32,
    generation: u32,
}

impl EventKey {
    /// A handle on nothing.
    pub(super) const NONE: Self = Self { slot: NONE, generation: 0 };
}

/// An event that comes again and again, at most once at a time: its node stays its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recurring(u32);

/// Followed in `after` by the next free one, when it is free.
#[derive(Debug, Clone, Copy)]
struct Node<E> {
    key: u128,
    event: E,
    generation: u32,
    lane: u32,
    before: u32,
    after: u32,
}

#[derive(Debug, Clone, Copy)]
struct Lane {
    delay: SimDuration,
    head: u32,
    tail: u32,
}

#[derive(Debug, Clone)]
pub(super) struct EventQueue<E> {
    /// The key of the event that is not in the heap, or [`NOBODY`].
    beside: u128,
    /// The key of the event ahead of the heap, where [`Top`] says that there is one; it is earlier than those in it.
    ahead: u128,
    heap: Heap,
    nodes: Vec<Node<E>>,
    /// The first free node, and how many are in use.
    free: u32,
    used: u32,
    lanes: Vec<Lane>,
    sequence: u64,
    top: Top,
}

/// What is at the top of the heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Top {
    /// Its first entry has been popped and waits to be replaced by what is scheduled next. It is earlier than all
    /// others, and nothing that is in the heap has its slot: the others move and go as if it were there.
    Open,
    /// Its first entry.
    Whole,
    /// An event ahead of it.
    Ahead,
}

impl Top {
    /// The same when what is there has been popped.
    #[inline(always)]
    const fn without_first(self) -> Self {
        match self {
            Self::Ahead => Self::Whole,
            Self::Whole | Self::Open => Self::Open,
        }
    }
}

/// The most events that may be scheduled at once, with room for those of one step.
pub(super) const PENDING_LIMIT: usize = SLOT_LIMIT as usize - 1_000_000;

impl<E: Copy> EventQueue<E> {
    pub(super) const fn new() -> Self {
        Self {
            beside: NOBODY,
            ahead: NOBODY,
            heap: Heap::new(),
            nodes: Vec::new(),
            free: NONE,
            used: 0,
            lanes: Vec::new(),
            sequence: 0,
            top: Top::Whole,
        }
    }

    /// Events that are scheduled.
    pub(super) fn len(&self) -> usize {
        self.used as usize + usize::from(self.beside < NOBODY)
    }

    #[inline(always)]
    fn node(&mut self, at: SimTime, event: E, lane: u32, before: u32) -> (EventKey, u128) {
        self.sequence += 1;
        self.used += 1;
        let slot = self.free;
        let Some(node) = self.nodes.get_mut(slot as usize) else {
            return self.another_node(at, event, lane, before);
        };
        self.free = node.after;
        let key = key(at.0, self.sequence, slot);
        let generation = node.generation;
        *node = Node { key, event, generation, lane, before, after: NONE };
        (EventKey { slot, generation }, key)
    }

    /// None is free.
    #[cold]
    fn another_node(&mut self, at: SimTime, event: E, lane: u32, before: u32) -> (EventKey, u128) {
        let slot = self.nodes.len() as u32;
        let key = key(at.0, self.sequence, slot);
        self.heap.know(slot);
        self.nodes.push(Node { key, event, generation: 0, lane, before, after: NONE });
        (EventKey { slot, generation: 0 }, key)
    }

    /// Schedules `event` at a time.
    #[inline(always)]
    pub(super) fn schedule(&mut self, at: SimTime, event: E) -> EventKey {
        let (handle, key) = self.node(at, event, NONE, NONE);
        self.insert(key);
        handle
    }

    /// Schedules `event` after a delay that many others have too. `now` must never be earlier than at the call
    /// before.
    #[inline]
    pub(super) fn schedule_after(&mut self, now: SimTime, delay: SimDuration, event: E) -> EventKey {
        let lane = self.lane(delay);
        let tail = self.lanes[lane as usize].tail;
        let (handle, key) = self.node(now + delay, event, lane, tail);
        self.lanes[lane as usize].tail = handle.slot;
        if tail == NONE {
            self.lanes[lane as usize].head = handle.slot;
            self.insert(key);
        } else {
            self.nodes[tail as usize].after = handle.slot;
        }
        handle
    }

    #[inline]
    fn lane(&mut self, delay: SimDuration) -> u32 {
        let known = self.lanes.iter().position(|lane| lane.delay == delay);
        known.unwrap_or_else(|| {
            self.lanes.push(Lane { delay, head: NONE, tail: NONE });
            self.lanes.len() - 1
        }) as u32
    }

    #[inline(always)]
    fn insert(&mut self, key: u128) {
        if self.top == Top::Open {
            self.top = Top::Whole;
            self.heap.replace_first(key);
        } else {
            self.insert_another(key);
        }
    }

    /// The same where nothing is to be replaced. One that is earlier than all in the heap is ahead, or of two such the
    /// earlier is; in an empty heap it is the first without a walk.
    fn insert_another(&mut self, key: u128) {
        if key >= self.heap.first() {
            self.heap.push(key);
        } else if self.top == Top::Ahead {
            self.heap.push(key.max(self.ahead));
            self.ahead = key.min(self.ahead);
        } else if self.heap.len() == 0 {
            self.heap.push(key);
        } else {
            (self.top, self.ahead) = (Top::Ahead, key);
        }
    }

    #[inline]
    fn is_ahead(&self, slot: u32) -> bool {
        self.top == Top::Ahead && slot_of(self.ahead) == slot
    }

    /// Takes out an entry.
    #[inline]
    fn remove(&mut self, slot: u32) {
        if self.is_ahead(slot) {
            self.top = Top::Whole;
        } else {
            self.heap.remove(slot);
        }
    }

    /// Gives an entry another key.
    #[inline(always)]
    fn change(&mut self, key: u128) {
        if self.top == Top::Ahead {
            self.change_behind(key);
        } else {
            self.heap.change(key);
        }
    }

    /// The same for what is ahead, or may be ahead of that from now on.
    #[inline(never)]
    fn change_behind(&mut self, key: u128) {
        if key < self.ahead || self.is_ahead(slot_of(key)) {
            self.remove(slot_of(key));
            self.insert_another(key);
        } else {
            self.heap.change(key);
        }
    }

    /// The first of all but the one beside, where something was to be replaced or is ahead.
    #[inline(never)]
    fn first_there(&mut self) -> u128 {
        if self.top == Top::Ahead {
            return self.ahead;
        }
        self.top = Top::Whole;
        self.heap.remove_first();
        self.heap.first()
    }

    /// The first of all but the one beside; from now on, nothing is to be replaced.
    #[inline(always)]
    fn first(&mut self) -> u128 {
        if self.top == Top::Whole { self.heap.first() } else { self.first_there() }
    }

    /// Makes room for an event that comes again and again; it is not scheduled yet.
    pub(super) fn own(&mut self, event: E) -> Recurring {
        let slot = self.nodes.len() as u32;
        let key = key(0, 0, slot);
        self.heap.know(slot);
        self.nodes.push(Node { key, event, generation: 0, lane: IDLE, before: NONE, after: NONE });
        Recurring(slot)
    }

    /// Schedules it, or moves it to another time, where it comes after what is scheduled there already.
    #[inline(always)]
    pub(super) fn set(&mut self, Recurring(slot): Recurring, at: SimTime) {
        self.sequence += 1;
        let key = key(at.0, self.sequence, slot);
        if slot == BESIDE {
            self.beside = key;
        } else if std::mem::replace(&mut self.nodes[slot as usize].lane, SET) == SET {
            self.change(key);
        } else {
            self.used += 1;
            self.insert(key);
        }
    }

    /// Takes it back, if it is scheduled.
    pub(super) fn unset(&mut self, Recurring(slot): Recurring) {
        if slot == BESIDE {
            self.beside = NOBODY;
        } else if std::mem::replace(&mut self.nodes[slot as usize].lane, IDLE) == SET {
            self.remove(slot);
            self.used -= 1;
        }
    }

    /// Takes back an event; whether it was still to come.
    #[inline]
    pub(super) fn cancel(&mut self, handle: EventKey) -> bool {
        handle.slot != NONE && self.take_back(handle)
    }

    fn take_back(&mut self, handle: EventKey) -> bool {
        match self.nodes.get(handle.slot as usize) {
            Some(node) if node.generation == handle.generation => {}
            _ => return false,
        }
        let Node { lane, before, after, .. } = self.nodes[handle.slot as usize];
        if lane == NONE {
            self.remove(handle.slot);
        } else {
            self.unlink(handle.slot, lane, before, after);
        }
        self.release(handle.slot);
        true
    }

    fn unlink(&mut self, slot: u32, lane: u32, before: u32, after: u32) {
        let lane = &mut self.lanes[lane as usize];
        match after {
            NONE => lane.tail = before,
            next => self.nodes[next as usize].before = before,
        }
        match before {
            NONE => {
                lane.head = after;
                self.remove(slot);
                if after != NONE {
                    self.insert(self.nodes[after as usize].key);
                }
            }
            previous => self.nodes[previous as usize].after = after,
        }
    }

    #[inline]
    fn release(&mut self, slot: u32) {
        let node = &mut self.nodes[slot as usize];
        node.generation = node.generation.wrapping_add(1);
        node.after = self.free;
        self.free = slot;
        self.used -= 1;
    }

    /// When the next event happens.
    #[inline]
    pub(super) fn next_time(&mut self) -> Option<SimTime> {
        let first = self.beside.min(self.first());
        (first < NOBODY).then_some(SimTime(rank_of(first)))
    }

    /// Takes the next event, when it is due by `until`.
    #[inline(always)]
    pub(super) fn pop_until(&mut self, until: SimTime) -> Option<(SimTime, E)> {
        let key = self.first();
        if self.beside < key {
            return self.pop_beside(until);
        }
        if rank_of(key) > until.0 || key == NOBODY {
            return None;
        }
        self.top = self.top.without_first();
        Some((SimTime(rank_of(key)), self.take(slot_of(key))))
    }

    #[inline(always)]
    fn pop_beside(&mut self, until: SimTime) -> Option<(SimTime, E)> {
        let at = SimTime(rank_of(self.beside));
        if at > until {
            return None;
        }
        self.beside = NOBODY;
        self.nodes.first().map(|node| (at, node.event))
    }

    /// The event of an entry that has been taken out. The next of its lane, if there is one, is put in.
    #[inline(always)]
    fn take(&mut self, slot: u32) -> E {
        let node = &mut self.nodes[slot as usize];
        let Node { event, lane, after, .. } = *node;
        self.used -= 1;
        if lane == SET {
            node.lane = IDLE;
            return event;
        }
        node.generation = node.generation.wrapping_add(1);
        node.after = self.free;
        self.free = slot;
        if lane != NONE {
            self.advance(lane, after);
        }
        event
    }

    /// The first event of a lane has been popped: the one after it is the first now.
    fn advance(&mut self, lane: u32, after: u32) {
        let lane = &mut self.lanes[lane as usize];
        lane.head = after;
        if after == NONE {
            lane.tail = NONE;
        } else {
            let next = &mut self.nodes[after as usize];
            next.before = NONE;
            let key = next.key;
            self.insert(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Stream};

    const AGAIN: u64 = 1 << 32;

    /// A million timers that are taken back, of one delay and of many, with a hundred of each alive at a time: what is
    /// kept is never more than those, in the count, in the heap, and in the nodes that there are.
    #[test]
    fn dead_timers_never_pile_up() {
        let mut stream = Stream::new(3, Purpose::Faults, 0);
        let mut queue = EventQueue::new();
        let mut alive = std::collections::VecDeque::new();
        for number in 0..500_000_u64 {
            let now = SimTime(number);
            alive.push_back(queue.schedule_after(now, SimDuration(1_000_000), number));
            alive.push_back(
                queue.schedule(SimTime(number + 1_000_000 + u64::from(stream.below(9_999))), number),
            );
            if alive.len() > 200 {
                // Old and new ones, at the head of the lane and in the midst of it.
                for place in [stream.below(200) as usize, 0] {
                    assert!(alive.remove(place).is_some_and(|handle| queue.cancel(handle)));
                }
            }
            assert!(queue.len() == alive.len() && queue.len() <= 200, "{}", queue.len());
            assert!(queue.nodes.len() <= 202, "{}", queue.nodes.len());
            assert!(number % 1_000 > 0 || queue.heap.keys().count() <= 200);
        }
        assert_eq!(queue.next_time().map(|first| first > SimTime(1_000_000)), Some(true));
    }

    /// Random schedules, lanes, recurring events, cancels and pops against a sorted list that does it the plain way.
    #[test]
    fn agrees_with_a_sorted_list() {
        let mut stream = Stream::new(7, Purpose::Faults, 0);
        let mut queue = EventQueue::new();
        let mut plain: Vec<(u64, u64, EventKey)> = Vec::new();
        // Those that come again and again have numbers of their own; kept is when, and when that was said.
        let recurring = [0, 1, 2].map(|n| queue.own(AGAIN + n));
        let mut set: [Option<(u64, u64)>; 3] = [None; 3];
        let mut now = 0;
        for number in 0..200_000_u64 {
            match stream.below(8) {
                0 | 1 => {
                    let at = now + u64::from(stream.below(50));
                    plain.push((at, number, queue.schedule(SimTime(at), number)));
                }
                2 => {
                    let delay = u64::from(stream.below(3)) * 17;
                    let handle = queue.schedule_after(SimTime(now), SimDuration(delay), number);
                    plain.push((now + delay, number, handle));
                }
                4 if !plain.is_empty() => {
                    let (_, _, handle) = plain.swap_remove(stream.below(plain.len() as u32) as usize);
                    assert!(queue.cancel(handle) && !queue.cancel(handle));
                }
                6 => {
                    let (one, at) = (stream.below(3) as usize, now + u64::from(stream.below(50)));
                    queue.set(recurring[one], SimTime(at));
                    set[one] = Some((at, number));
                }
                7 if stream.below(4) == 0 => {
                    let one = stream.below(3) as usize;
                    queue.unset(recurring[one]);
                    set[one] = None;
                }
                _ => {
                    let first = plain.iter().enumerate().min_by_key(|(_, e)| (e.0, e.1)).map(|(i, _)| i);
                    let again = (0..3).filter_map(|n| set[n].map(|order| (order, n))).min();
                    let rank = first.map(|i| (plain[i].0, plain[i].1));
                    let expected = match again {
                        Some((order, n)) if rank.is_none_or(|rank| order < rank) => {
                            set[n] = None;
                            Some((SimTime(order.0), AGAIN + n as u64))
                        }
                        _ => first.map(|i| plain.swap_remove(i)).map(|(at, number, _)| (SimTime(at), number)),
                    };
                    assert_eq!(queue.next_time(), expected.map(|e| e.0));
                    assert_eq!(queue.pop_until(SimTime::NEVER), expected);
                    now = expected.map_or(now, |e| e.0.0);
                }
            }
            assert_eq!(queue.len(), plain.len() + set.iter().flatten().count());
        }
    }
}
