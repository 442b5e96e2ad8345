//! Where bodies live: slots that are used again, and lists threaded through them.

/// A list that is no member of any list, and the end of one.
pub(super) const NONE: u32 = u32::MAX;

/// Bodies by slot. Events hold slots, never references.
#[derive(Debug, Clone)]
pub(super) struct Arena<T> {
    bodies: Vec<T>,
    free: Vec<u32>,
}

impl<T> Arena<T> {
    pub(super) const fn new() -> Self {
        Self { bodies: Vec::new(), free: Vec::new() }
    }

    #[inline(always)]
    pub(super) fn insert(&mut self, body: T) -> u32 {
        match self.free.pop() {
            Some(slot) => {
                self.bodies[slot as usize] = body;
                slot
            }
            None => self.insert_further(body),
        }
    }

    /// None is free. Small arenas grow by as much again; large ones by an eighth, so that a million bodies do not hold
    /// the memory of two (an allocator moves blocks of that size by their pages, without copying).
    fn insert_further(&mut self, body: T) -> u32 {
        let len = self.bodies.len();
        if len == self.bodies.capacity() && len >= 4_096 {
            self.bodies.reserve_exact(len / 8);
        }
        self.bodies.push(body);
        len as u32
    }

    /// The same for a body that is made where it is to be.
    #[inline(always)]
    pub(super) fn insert_with(&mut self, make: impl Fn() -> T) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.bodies[slot as usize] = make();
            return slot;
        }
        self.insert(make())
    }

    /// The released body whose slot is used next, if there is one: what it has of memory may go over to the next.
    pub(super) fn last_released(&mut self) -> Option<&mut T> {
        self.free.last().map(|&slot| &mut self.bodies[slot as usize])
    }

    #[inline(always)]
    pub(super) fn release(&mut self, slot: u32) {
        self.free.push(slot);
    }

    /// Bodies in use.
    pub(super) fn len(&self) -> usize {
        self.bodies.len() - self.free.len()
    }

    /// Every body with its slot; those of free slots too, which their own mark must tell.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.bodies.iter().enumerate().map(|(slot, body)| (slot as u32, body))
    }

    pub(super) fn slots(&self) -> std::ops::Range<u32> {
        0..self.bodies.len() as u32
    }
}

impl<T> std::ops::Index<u32> for Arena<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, slot: u32) -> &T {
        &self.bodies[slot as usize]
    }
}

impl<T> std::ops::IndexMut<u32> for Arena<T> {
    #[inline(always)]
    fn index_mut(&mut self, slot: u32) -> &mut T {
        &mut self.bodies[slot as usize]
    }
}

/// The neighbours of a body in the list that it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links {
    before: u32,
    after: u32,
}

impl Links {
    pub(super) const NONE: Self = Self { before: NONE, after: NONE };
}

/// A body that can be in one list.
pub(super) trait Linked {
    fn links(&mut self) -> &mut Links;
    fn after(&self) -> u32;
}

/// First in, first out, with removal from the middle in O(1).
#[derive(Debug, Clone, Copy)]
pub(super) struct Fifo {
    head: u32,
    tail: u32,
    length: u32,
}

impl Links {
    #[inline]
    pub(super) const fn after(self) -> u32 {
        self.after
    }
}

impl Fifo {
    pub(super) const fn new() -> Self {
        Self { head: NONE, tail: NONE, length: 0 }
    }

    #[inline]
    pub(super) const fn len(&self) -> u32 {
        self.length
    }

    #[inline]
    pub(super) const fn head(&self) -> Option<u32> {
        if self.head == NONE { None } else { Some(self.head) }
    }

    #[inline(always)]
    pub(super) fn push<T: Linked>(&mut self, arena: &mut Arena<T>, slot: u32) {
        *arena[slot].links() = Links { before: self.tail, after: NONE };
        match self.tail {
            NONE => self.head = slot,
            tail => arena[tail].links().after = slot,
        }
        self.tail = slot;
        self.length += 1;
    }

    #[inline]
    pub(super) fn remove<T: Linked>(&mut self, arena: &mut Arena<T>, slot: u32) {
        let Links { before, after } = *arena[slot].links();
        match before {
            NONE => self.head = after,
            before => arena[before].links().after = after,
        }
        match after {
            NONE => self.tail = before,
            after => arena[after].links().before = before,
        }
        self.length -= 1;
    }

    #[inline(always)]
    pub(super) fn pop<T: Linked>(&mut self, arena: &mut Arena<T>) -> Option<u32> {
        let head = self.head()?;
        self.head = arena[head].after();
        match self.head {
            NONE => self.tail = NONE,
            next => arena[next].links().before = NONE,
        }
        self.length -= 1;
        Some(head)
    }

    /// From the oldest on.
    pub(super) fn iter<'a, T: Linked>(&self, arena: &'a Arena<T>) -> impl Iterator<Item = u32> + 'a {
        std::iter::successors(self.head(), |&slot| Some(arena[slot].after()).filter(|&next| next != NONE))
    }
}
