//! Rows of a database: locks, and updates that are lost without them.
//!
//! A write reads its row when it begins and writes it back when it ends. With a lock, others wait until then. Without
//! one, a write that finds at its end that another has written since it read has lost: of the two changes only one
//! counts. With writes to one row at a rate λ (Poisson), each of them w long, a share λw/(1 + λw) is lost: after each
//! write that counts, the next one that counts is the first to begin, 1/λ later on average.

use std::collections::{BTreeMap, VecDeque};

use super::super::Engine;

/// Rows that somebody is at; the others have nothing to be remembered.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows(BTreeMap<u32, Row>);

#[derive(Debug, Clone, Default)]
struct Row {
    /// Whether a write has it locked, and who waits for it.
    locked: bool,
    waiting: VecDeque<u32>,
    /// Writes that count, and those in progress without a lock.
    version: u64,
    writers: u32,
}

impl Rows {
    /// Locks a row; whether it was free. Else the call waits for it.
    pub(super) fn lock(&mut self, key: u32, call: u32) -> bool {
        let row = self.0.entry(key).or_default();
        if row.locked {
            row.waiting.push_back(call);
        }
        !std::mem::replace(&mut row.locked, true)
    }

    /// Gives a lock to the next that waits for it, which is returned.
    fn unlock(&mut self, key: u32) -> Option<u32> {
        let row = self.0.get_mut(&key)?;
        row.version += 1;
        let next = row.waiting.pop_front();
        row.locked = next.is_some();
        self.forget(key);
        next
    }

    /// A write without a lock begins: the version that it finds.
    pub(super) fn read(&mut self, key: u32) -> u64 {
        let row = self.0.entry(key).or_default();
        row.writers += 1;
        row.version
    }

    /// A write without a lock ends that found `version`: whether it is lost.
    fn commit(&mut self, key: u32, version: u64) -> bool {
        let Some(row) = self.0.get_mut(&key) else { return false };
        let lost = row.version != version;
        row.version += u64::from(!lost);
        row.writers -= 1;
        self.forget(key);
        lost
    }

    fn forget(&mut self, key: u32) {
        if self.0.get(&key).is_some_and(|row| !row.locked && row.writers == 0) {
            self.0.remove(&key);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Engine {
    /// What a call that is done leaves in its row; whether its update is lost.
    pub(super) fn write_back(&mut self, call: u32) -> bool {
        let (key, version, write) =
            (self.calls[call].drawn.key, self.calls[call].version, self.calls[call].model.write);
        let now = self.now;
        let rows = &mut self.dependency(call).rows;
        match write {
            Some(true) => {
                if let Some(next) = rows.unlock(key) {
                    self.dependency(call).waiting.down(now);
                    self.take_turn(next);
                }
                false
            }
            Some(false) => rows.commit(key, version),
            None => false,
        }
    }
}
