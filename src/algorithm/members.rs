//! Sets of members that can be looked through, counted off and changed at little cost.

use std::ops::Index;
use std::slice;

/// Members, ascending.
#[derive(Debug, Clone, Copy)]
pub enum Members<'a> {
    /// All of them, one after the other.
    List(&'a [u32]),
    /// A set that members enter and leave.
    Set(&'a MemberSet),
}

impl<'a> Members<'a> {
    /// How many there are. O(1).
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Set(set) => set.len as usize,
        }
    }

    /// Whether there is nobody.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether a member is among them. O(log n) in a list, O(1) in a set.
    #[inline]
    #[must_use]
    pub fn contains(self, member: u32) -> bool {
        match self {
            Self::List(list) => list.binary_search(&member).is_ok(),
            Self::Set(set) => set.contains(member),
        }
    }

    /// The member of this place, from 0. O(1) in a list, O(log n) in a set.
    #[inline]
    #[must_use]
    pub fn get(self, place: usize) -> Option<&'a u32> {
        match self {
            Self::List(list) => list.get(place),
            Self::Set(set) => set.at(place),
        }
    }

    /// The first of them.
    #[must_use]
    pub fn first(self) -> Option<&'a u32> {
        self.iter().next()
    }

    /// One after the other, ascending.
    #[inline]
    pub fn iter(self) -> MembersIter<'a> {
        match self {
            Self::List(list) => MembersIter::List(list.iter()),
            Self::Set(set) => {
                MembersIter::Set { set, word: 0, bits: set.words.first().copied().unwrap_or(0) }
            }
        }
    }
}

impl Index<usize> for Members<'_> {
    type Output = u32;

    fn index(&self, place: usize) -> &u32 {
        match self {
            Self::List(list) => &list[place],
            Self::Set(set) => set.at(place).unwrap_or(&u32::MAX),
        }
    }
}

impl<'a> From<&'a [u32]> for Members<'a> {
    fn from(list: &'a [u32]) -> Self {
        Self::List(list)
    }
}

/// Members one after the other.
#[derive(Debug, Clone)]
pub enum MembersIter<'a> {
    /// Of a list.
    List(slice::Iter<'a, u32>),
    /// Of a set: the word that is looked through, and which of its bits are left.
    Set {
        /// The set.
        set: &'a MemberSet,
        /// Place of the word.
        word: usize,
        /// Its bits that have not been looked at.
        bits: u64,
    },
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = &'a u32;

    #[inline]
    fn next(&mut self) -> Option<&'a u32> {
        match self {
            Self::List(list) => list.next(),
            Self::Set { set, word, bits } => {
                while *bits == 0 {
                    *word += 1;
                    *bits = *set.words.get(*word)?;
                }
                let bit = bits.trailing_zeros() as usize;
                *bits &= *bits - 1;
                set.numbers.get(*word * 64 + bit)
            }
        }
    }

    /// Looks once what it goes through, not for each.
    #[inline]
    fn fold<B, F: FnMut(B, &'a u32) -> B>(self, start: B, mut each: F) -> B {
        if let Self::List(list) = self {
            return list.fold(start, each);
        }
        let mut folded = start;
        for member in self {
            folded = each(folded, member);
        }
        folded
    }
}

/// A set of members as bits, with a tree of counts (Fenwick 1994) by which the member of a place is found.
#[derive(Debug, Clone, Default)]
pub struct MemberSet {
    /// 0, 1, 2 … up to the largest member that ever was in it: what is lent when a member is asked for.
    numbers: Vec<u32>,
    words: Vec<u64>,
    /// At i (from 1) the members in the words from i − lowest bit of i to i − 1.
    counts: Vec<u32>,
    len: u32,
}

impl MemberSet {
    /// Puts a member in or takes it out; whether that changed anything. O(log n).
    pub fn set(&mut self, member: u32, inside: bool) -> bool {
        if self.contains(member) == inside {
            return false;
        }
        self.reach(member);
        let word = member as usize / 64;
        self.words[word] ^= 1 << (member % 64);
        self.len = if inside { self.len + 1 } else { self.len - 1 };
        let mut place = word + 1;
        while place < self.counts.len() {
            self.counts[place] = if inside { self.counts[place] + 1 } else { self.counts[place] - 1 };
            place += place & place.wrapping_neg();
        }
        true
    }

    /// Whether a member is in it. O(1).
    #[inline]
    #[must_use]
    pub fn contains(&self, member: u32) -> bool {
        self.words.get(member as usize / 64).is_some_and(|word| word >> (member % 64) & 1 == 1)
    }

    /// How many there are.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is nobody.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Those who are in it, as a list while nobody is missing.
    #[inline]
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        if self.len() == self.numbers.len() { Members::List(&self.numbers) } else { Members::Set(self) }
    }

    /// Makes room for a member.
    fn reach(&mut self, member: u32) {
        let known = self.numbers.len() as u32;
        self.numbers.extend(known..(member + 1).max(known));
        let words = self.numbers.len().div_ceil(64);
        if words == self.words.len() {
            return;
        }
        self.words.resize(words, 0);
        self.counts.clear();
        self.counts.push(0);
        self.counts.extend(self.words.iter().map(|word| word.count_ones()));
        for place in 1..self.counts.len() {
            let above = place + (place & place.wrapping_neg());
            if above < self.counts.len() {
                self.counts[above] += self.counts[place];
            }
        }
    }

    /// The member of a place. O(log n).
    fn at(&self, place: usize) -> Option<&u32> {
        if place >= self.len() {
            return None;
        }
        let mut left = place as u32;
        let (mut word, mut step) = (0, self.words.len().next_power_of_two());
        while step > 0 {
            if let Some(&count) = self.counts.get(word + step)
                && count <= left
            {
                left -= count;
                word += step;
            }
            step /= 2;
        }
        self.numbers.get(word * 64 + place_of_bit(*self.words.get(word)?, left))
    }
}

/// Where the bit is set that has so many set bits below it.
fn place_of_bit(mut bits: u64, mut below: u32) -> usize {
    let mut place = 0;
    for half in [32, 16, 8, 4, 2, 1] {
        let low = bits & ((1 << half) - 1);
        let count = low.count_ones();
        if below >= count {
            below -= count;
            bits >>= half;
            place += half;
        } else {
            bits = low;
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Stream};

    /// Against a sorted list that has the same done to it, 20,000 times.
    #[test]
    fn is_what_a_sorted_list_is() {
        let mut stream = Stream::new(42, Purpose::Faults, 9);
        let (mut set, mut list) = (MemberSet::default(), Vec::new());
        for round in 0..20_000_u32 {
            let member = stream.below(1 + (round / 10).min(700));
            let inside = stream.below(5) > 1;
            let changed = match list.binary_search(&member) {
                Err(place) if inside => {
                    list.insert(place, member);
                    true
                }
                Ok(place) if !inside => {
                    list.remove(place);
                    true
                }
                _ => false,
            };
            assert_eq!(set.set(member, inside), changed);
            assert_eq!((set.len(), set.is_empty()), (list.len(), list.is_empty()));
            if round % 50 == 0 {
                let members = set.members();
                assert!(members.iter().eq(&list), "{list:?}");
                assert!((0..=list.len()).all(|place| members.get(place) == list.get(place)), "{list:?}");
                assert!((0..800).all(|member| members.contains(member) == list.contains(&member)));
                assert_eq!(members.first(), list.first());
            }
        }
        assert!(matches!(set.members(), Members::Set(_)));
        (0..701).for_each(|member| _ = set.set(member, true));
        assert!(matches!(set.members(), Members::List(_)) && set.members()[700] == 700);
    }
}
