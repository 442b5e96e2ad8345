//! The places in service of a replica: which request is on which, and which is free.
//!
//! A place that is free says which one became free before it, so that the one that is taken next, the last that became
//! free, is found without a list of its own. The first place is no part of a list either: a replica of one worker, of
//! which there may be ten thousand, has nothing of this anywhere else in memory.

/// What a place says that is free has this bit, and the place that became free before it, or [`LAST`].
const FREE: u32 = 1 << 31;
const LAST: u32 = FREE - 1;

#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The place that became free last, or [`LAST`].
    free: u32,
    /// What the first place says, and those after it that have ever been needed.
    first: u32,
    others: Vec<u32>,
}

impl Places {
    pub(super) const fn new() -> Self {
        Self { free: 0, first: FREE | LAST, others: Vec::new() }
    }

    /// Places that there are so far: the first, and what was needed beyond it.
    pub(super) fn len(&self) -> u32 {
        1 + self.others.len() as u32
    }

    #[inline(always)]
    fn says(&self, place: u32) -> u32 {
        if place == 0 { self.first } else { self.others[place as usize - 1] }
    }

    #[inline(always)]
    fn say(&mut self, place: u32, what: u32) {
        if place == 0 {
            self.first = what;
        } else {
            self.others[place as usize - 1] = what;
        }
    }

    /// A place for a request: the one that became free last, or a new one.
    #[inline(always)]
    pub(super) fn take(&mut self, request: u32) -> u32 {
        let place = self.free;
        if place == LAST {
            self.others.push(request);
            return self.others.len() as u32;
        }
        self.free = self.says(place) & !FREE;
        self.say(place, request);
        place
    }

    /// The request on a place that is taken makes room for another.
    #[inline(always)]
    pub(super) fn hand_over(&mut self, place: u32, request: u32) {
        self.say(place, request);
    }

    /// A place is free.
    #[inline(always)]
    pub(super) fn free(&mut self, place: u32) {
        self.say(place, FREE | self.free);
        self.free = place;
    }

    /// The request on a place that is taken.
    #[inline(always)]
    pub(super) fn at(&self, place: u32) -> u32 {
        self.says(place)
    }

    /// The requests on the places from `first` on, at most so many places, in this order.
    pub(super) fn on(&self, first: u32, count: u32) -> impl Iterator<Item = u32> + '_ {
        let all = std::iter::once(&self.first).chain(&self.others);
        let some = all.skip(first as usize).take(count as usize);
        some.copied().filter(|&says| says & FREE == 0)
    }

    /// All requests by place.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> + '_ {
        self.on(0, self.len())
    }

    /// So many places from `first` on, on which nobody is any more, are not to be taken until they are made free again.
    pub(super) fn withdraw(&mut self, first: u32, count: u32) {
        while self.len() < first + count {
            self.others.push(FREE);
            self.free(self.len() - 1);
        }
        let known = |place: u32| (place != LAST).then_some(place);
        let stack = std::iter::successors(known(self.free), |&place| known(self.says(place) & !FREE));
        let left: Vec<u32> = stack.filter(|place| !(first..first + count).contains(place)).collect();
        self.free = LAST;
        left.into_iter().rev().for_each(|place| self.free(place));
        (first..first + count).for_each(|place| self.say(place, FREE | LAST));
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three requests get places 0, 1 and 2. 1 and 0 become free in this order: the next is on 0, the one after it on
    /// 1, the next on a new one, 3.
    #[test]
    fn what_became_free_last_is_taken_first() {
        let mut places = Places::new();
        assert_eq!([10, 11, 12].map(|request| places.take(request)), [0, 1, 2]);
        places.free(1);
        places.free(0);
        assert_eq!(places.all().collect::<Vec<_>>(), [12]);
        assert_eq!([13, 14, 15].map(|request| places.take(request)), [0, 1, 3]);
        assert_eq!(places.all().collect::<Vec<_>>(), [13, 14, 12, 15]);
        places.hand_over(2, 16);
        assert_eq!((places.at(2), places.on(1, 2).collect()), (16, vec![14, 16]));
    }

    /// Workers of two threads. The second, with places 2 and 3, has one request, which is gone; then 2 and 3 are
    /// withdrawn, so the next requests are on 1, which is free, and on 4. When 3 and 2 are made free again, 2 is next.
    #[test]
    fn withdrawn_places_are_taken_when_they_are_free_again() {
        let mut places = Places::new();
        assert_eq!([10, 11, 12].map(|request| places.take(request)), [0, 1, 2]);
        places.free(1);
        places.free(2);
        places.withdraw(2, 2);
        assert_eq!([13, 14].map(|request| places.take(request)), [1, 4]);
        places.free(3);
        places.free(2);
        assert_eq!([15, 16, 17].map(|request| places.take(request)), [2, 3, 5]);
    }
}
