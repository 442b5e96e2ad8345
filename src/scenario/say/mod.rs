//! The words of everything that is wrong with a scenario or can't be done to a world.

mod changing;
mod of_given;
#[cfg(feature = "link")]
mod of_links;
mod of_parts;
mod of_traffic;
mod of_whole;

pub(super) use changing::changes;
pub(super) use of_given::{
    ALGORITHM, CLASS, CLASS_OF_REQUESTS, DEPENDENCY, LINES, LIST, NUMBER, NUMBERS, PRODUCT, QUOTED, REPLICA,
    SERVICE, SERVICE_OR_REPLICA, TABLE, TEXT, TRUTH, WHOLE, given,
};
#[cfg(feature = "link")]
pub(super) use of_links::links;
pub(super) use of_parts::parts;
pub(super) use of_traffic::traffic;
pub(super) use of_whole::whole;
