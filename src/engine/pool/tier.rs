//! Members that are asked together: those that are no backups, or the backups.

use crate::algorithm::MemberSet;

/// Three sets, each part of the one before, ascending.
#[derive(Debug, Clone, Default)]
pub(super) struct Tier {
    /// All that are known.
    pub members: Vec<u32>,
    /// Those that are well, whatever their load.
    pub usable: Vec<u32>,
    /// Those that may be chosen.
    pub eligible: MemberSet,
}

/// Puts a member into an ascending list or takes it out; whether that changed the list.
pub(super) fn set(list: &mut Vec<u32>, member: u32, inside: bool) -> bool {
    match (list.binary_search(&member), inside) {
        (Err(place), true) => list.insert(place, member),
        (Ok(place), false) => {
            list.remove(place);
        }
        _ => return false,
    }
    true
}
