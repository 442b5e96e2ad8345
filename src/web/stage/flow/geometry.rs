//! Where ways run between the boxes of the stage, in px from its corner.

use crate::web::stage::scene::{Edge, EdgeKind, Node};

/// A box on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    fn right(self) -> f64 {
        self.x + self.w
    }

    /// Bottom edge.
    #[must_use]
    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    fn middle(self) -> f64 {
        self.y + self.h / 2.0
    }
}

/// A way: a cubic Bézier curve that leaves and arrives level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    start: (f64, f64),
    end: (f64, f64),
}

impl Curve {
    /// The place after a share `t` (0 to 1) of the way.
    #[must_use]
    pub fn at(&self, t: f64) -> (f64, f64) {
        let bend = (self.start.0 + self.end.0) / 2.0;
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            let u = 1.0 - t;
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        (mix(self.start.0, bend, bend, self.end.0), mix(self.start.1, self.start.1, self.end.1, self.end.1))
    }

    /// As SVG path data.
    #[must_use]
    pub fn path(&self) -> String {
        let ((x0, y0), (x1, y1)) = (self.start, self.end);
        let bend = (x0 + x1) / 2.0;
        format!("M{x0:.1} {y0:.1}C{bend:.1} {y0:.1} {bend:.1} {y1:.1} {x1:.1} {y1:.1}")
    }

    /// Its length in px, roughly: that of its chord.
    #[must_use]
    pub fn length(&self) -> f64 {
        libm::hypot(self.end.0 - self.start.0, self.end.1 - self.start.1)
    }

    /// Its first point.
    #[must_use]
    pub const fn start(&self) -> (f64, f64) {
        self.start
    }

    /// Where its rate is written (the middle of the text's base line): above a level way; at the end of a
    /// bent one, on the side that the bend leaves free.
    #[must_use]
    pub fn label(&self, width: f64) -> (f64, f64) {
        let ((x0, y0), (x1, y1)) = (self.start, self.end);
        let (above, below) = (-width / 2.0 - 6.0, width / 2.0 + 14.0);
        if (y0 - y1).abs() < 4.0 {
            return ((x0 + x1) / 2.0, y1 + above);
        }
        (x1 - (x1 - x0).signum() * 26.0, y1 + if y0 > y1 { above } else { below })
    }
}

/// How far before a port the sign of a refusal stands.
const SIGN: (f64, f64) = (34.0, 19.0);

/// The way of an edge between two boxes, `place` being which one of how many that leave the same box; nothing
/// when the boxes lie below one another, as on a narrow screen.
#[must_use]
pub fn connect(edge: &Edge, from: Rect, to: Rect, place: (usize, usize)) -> Option<Curve> {
    let rightward = to.x >= from.right() - 2.0;
    if !rightward && to.right() > from.x + 2.0 {
        return None;
    }
    // On a narrow screen what is called stands below, perhaps to the left.
    if !rightward && to.y >= from.bottom() - 2.0 && edge.from == Node::Pool {
        return None;
    }
    let (mut x0, x1) = if rightward { (from.right(), to.x) } else { (from.x, to.right()) };
    let inside =
        |y: f64, of: Rect| y.clamp(of.y + 8.0_f64.min(of.h / 2.0), of.bottom() - 8.0_f64.min(of.h / 2.0));
    let (y0, y1) = match (edge.from, edge.to) {
        (Node::Clients, _) => {
            let y = to.middle();
            (y, y)
        }
        (_, Node::Pool) => (from.middle(), inside(from.middle(), to)),
        (_, Node::Dependency(_) | Node::Service(_)) => (inside(to.middle(), from), to.middle()),
        (Node::Port(..), _) if edge.kind == EdgeKind::Blocked => {
            x0 += if rightward { SIGN.0 } else { -SIGN.0 };
            let side = if to.middle() < from.middle() { -1.0 } else { 1.0 };
            (from.middle() + side * SIGN.1, to.middle())
        }
        (Node::Port(..), _) => {
            let y = inside(from.middle(), to);
            (from.middle(), y)
        }
        _ => {
            let off_centre = place.0 as f64 - (place.1 as f64 - 1.0) / 2.0;
            let y = if place.1 == 1 { inside(from.middle(), to) } else { to.middle() };
            (inside(from.middle() + off_centre * (from.h * 0.22).min(34.0), from), y)
        }
    };
    Some(Curve { start: (x0, y0), end: (x1, y1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Rect = Rect { x: 0.0, y: 100.0, w: 100.0, h: 100.0 };
    const RIGHT: Rect = Rect { x: 200.0, y: 0.0, w: 100.0, h: 60.0 };

    fn edge(from: Node, to: Node, kind: EdgeKind) -> Edge {
        Edge { from, to, rate: 1.0, width: 3.0, kind, labelled: true }
    }

    #[test]
    fn a_curve_begins_and_ends_at_the_boxes() {
        let edge = edge(Node::Balancer, Node::Replica(0), EdgeKind::Flow);
        let curve = connect(&edge, LEFT, RIGHT, (0, 3)).unwrap();
        assert_eq!((curve.at(0.0), curve.at(1.0)), ((100.0, 128.0), (200.0, 30.0)));
        assert_eq!(curve.at(0.5).0, 150.0);
        assert!(curve.path().starts_with("M100.0 128.0C150.0 128.0"));
        assert!(curve.label(10.0).1 < 30.0, "the bend comes from below: the label is above");
    }

    #[test]
    fn mirrored_boxes_give_a_mirrored_curve() {
        let edge = edge(Node::Balancer, Node::Replica(0), EdgeKind::Flow);
        let curve = connect(&edge, RIGHT, LEFT, (0, 1)).unwrap();
        assert_eq!((curve.at(0.0).0, curve.at(1.0).0), (200.0, 100.0));
        assert_eq!(curve.label(0.0).0, 126.0);
    }

    #[test]
    fn boxes_below_one_another_are_not_connected() {
        let edge = edge(Node::Balancer, Node::Replica(0), EdgeKind::Flow);
        let below = Rect { x: 10.0, y: 300.0, w: 300.0, h: 60.0 };
        assert_eq!(connect(&edge, LEFT, below, (0, 1)), None);
    }

    /// A service that stands lower at the right is reached; one that stands below, at the left, is not.
    #[test]
    fn what_is_called_is_reached_at_the_right() {
        let call = edge(Node::Pool, Node::Service(1), EdgeKind::Call);
        let lower = Rect { x: 240.0, y: 320.0, w: 100.0, h: 60.0 };
        let curve = connect(&call, LEFT, lower, (0, 1)).unwrap();
        assert_eq!((curve.at(0.0), curve.at(1.0)), ((100.0, 192.0), (240.0, 350.0)));
        let right = Rect { x: 500.0, ..LEFT };
        assert_eq!(connect(&call, right, Rect { x: 10.0, ..lower }, (0, 1)), None);
    }

    #[test]
    fn a_refused_bind_ends_before_the_port() {
        let edge = edge(Node::Port(1, 8080), Node::Replica(0), EdgeKind::Blocked);
        let curve = connect(&edge, LEFT, RIGHT, (0, 1)).unwrap();
        assert_eq!(curve.start(), (134.0, 131.0));
    }

    #[test]
    fn clients_and_pools_are_reached_on_the_level() {
        let to_balancer = edge(Node::Clients, Node::Balancer, EdgeKind::Flow);
        let curve = connect(&to_balancer, LEFT, RIGHT, (0, 1)).unwrap();
        assert_eq!((curve.at(0.0).1, curve.at(1.0).1, curve.length()), (30.0, 30.0, 100.0));
        let to_pool = edge(Node::Balancer, Node::Pool, EdgeKind::Flow);
        let tall = Rect { h: 400.0, ..RIGHT };
        let curve = connect(&to_pool, LEFT, tall, (0, 1)).unwrap();
        assert_eq!((curve.at(0.0).1, curve.at(1.0).1), (150.0, 150.0));
    }
}
