//! The time axis that charts and scrubber share.

use std::cell::Cell;
use std::rc::Rc;

use crate::charts::view::Plot;

/// A shared handle on the time axis: how time maps to the page, and which instant is read. The charts write
/// the mapping whenever they draw; whoever stands above them with the same left edge reads it. Equal when it
/// is the same one.
#[derive(Debug, Clone, Default)]
pub struct AxisRef(Rc<Axis>);

#[derive(Debug, Default)]
struct Axis {
    plot: Cell<Plot>,
    cursor: Cell<Option<f64>>,
}

impl PartialEq for AxisRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl AxisRef {
    /// How time maps to the page, in px from the charts' left edge.
    #[must_use]
    pub fn plot(&self) -> Plot {
        self.0.plot.get()
    }

    /// Says how time maps to the page; for the charts alone.
    pub(super) fn set_plot(&self, plot: Plot) {
        self.0.plot.set(plot);
    }

    /// The instant that is read, in seconds; nothing when the values of now are shown.
    #[must_use]
    pub fn cursor(&self) -> Option<f64> {
        self.0.cursor.get()
    }

    /// Reads this instant, or now again.
    pub fn set_cursor(&self, seconds: Option<f64>) {
        self.0.cursor.set(seconds);
    }
}
