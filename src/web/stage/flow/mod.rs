//! Bands, travelling dots and falling rings: two layers of SVG, one behind the boxes and one before them,
//! painted outside the virtual DOM. A fixed set of elements is made once; then only attributes change.

mod geometry;
mod layer;
mod travel;

use std::collections::BTreeMap;

use web_sys::Element;

use self::geometry::{Curve, Rect, connect};
use self::layer::{Layer, Piece};
use self::travel::{DOTS, RINGS, Traffic};
use super::scene::{Edge, EdgeKind, Node, Scene, Watch, look, words};
use crate::lang::Lang;
use crate::units::SimTime;
use crate::web::live::Live;

/// How far rings fall at most, in px.
const DROP: f64 = 78.0;
/// How far they fall from a replica, whose neighbour is near.
const SHORT_DROP: f64 = 26.0;
/// Up to this width of the stage, in px, boxes lie below one another and nothing can fall from the balancer.
const NARROW: f64 = 640.0;
/// More than this many seconds in one frame are not travelled.
const JUMP: f64 = 60.0;

/// An edge that has a place on the stage.
struct Way {
    edge: Edge,
    curve: Curve,
}

/// The moving part of the stage.
pub struct Flow {
    root: Element,
    bands: Layer,
    labels: Layer,
    signs: Layer,
    dots: Layer,
    rings: Layer,
    boxes: BTreeMap<Node, Rect>,
    size: (f64, f64),
    ways: Vec<Way>,
    services: Vec<String>,
    traffic: Traffic,
    still: bool,
    lang: Lang,
    now: Option<SimTime>,
    jumps: u64,
}

impl Flow {
    /// Makes the layers inside `root`, which holds `svg.flow` and `svg.falls`; nothing when it does not.
    #[must_use]
    pub fn new(root: Element) -> Option<Self> {
        let back = root.query_selector("svg.flow").ok().flatten()?;
        let front = root.query_selector("svg.falls").ok().flatten()?;
        Some(Self {
            bands: Layer::new(&back, Piece::Band)?,
            dots: Layer::new(&back, Piece::Dot)?,
            // Before the boxes: where the way is short, they must not hide a number.
            labels: Layer::new(&front, Piece::Label)?,
            signs: Layer::new(&back, Piece::Sign)?,
            rings: Layer::new(&front, Piece::Ring)?,
            root,
            boxes: BTreeMap::new(),
            size: (0.0, 0.0),
            ways: Vec::new(),
            services: Vec::new(),
            traffic: Traffic::default(),
            still: true,
            lang: Lang::default(),
            now: None,
            jumps: 0,
        })
    }

    /// Measures the boxes and draws the bands of `scene`. `still`: nothing travels or falls.
    pub fn arrange(&mut self, scene: &Scene, still: bool) {
        self.measure();
        self.still = still || scene.crowded;
        self.lang = scene.lang;
        self.services.clone_from(&scene.services);
        self.ways = ways(&scene.edges, &self.boxes);
        self.draw_bands();
        if self.still {
            self.traffic.clear();
            self.draw_moving();
        }
    }

    /// Measures and draws again, as after a change of size.
    pub fn arrange_again(&mut self) {
        self.measure();
        let edges: Vec<Edge> = self.ways.iter().map(|way| way.edge.clone()).collect();
        self.ways = ways(&edges, &self.boxes);
        self.draw_bands();
    }

    /// Moves on by `elapsed` real seconds, unless simulated time stands still.
    pub fn step(&mut self, live: &Live, watch: &Watch, elapsed: f64) {
        let now = live.world.now;
        let before = self.now.replace(now);
        let jumped = std::mem::replace(&mut self.jumps, live.jumps) != live.jumps;
        if self.still || (before == Some(now) && !jumped) {
            return;
        }
        if jumped || before.is_none_or(|before| before > now || now.since(before).as_secs() > JUMP) {
            self.traffic.clear();
        }
        // Of a call that several make it is not known whose it is.
        let flowing = self.ways.iter().filter(|way| matches!(way.edge.kind, EdgeKind::Flow | EdgeKind::Call));
        let lengths: Vec<_> = flowing.map(|way| ((way.edge.from, way.edge.to), way.curve.length())).collect();
        let looked = travel::Looked { world: &live.world, services: &self.services };
        self.traffic.step(looked, &look(live, watch), &lengths, elapsed.min(0.1));
        self.draw_moving();
    }

    fn measure(&mut self) {
        self.boxes.clear();
        let stage = self.root.get_bounding_client_rect();
        self.size = (stage.width(), stage.height());
        let Ok(nodes) = self.root.query_selector_all("[data-node]") else { return };
        for place in 0..nodes.length() {
            let Some(element) = nodes.get(place).and_then(layer::element) else { continue };
            let Some(node) = element.get_attribute("data-node").and_then(|name| parse(&name)) else {
                continue;
            };
            let at = element.get_bounding_client_rect();
            let (x, y) = (at.x() - stage.x(), at.y() - stage.y());
            self.boxes.insert(node, Rect { x, y, w: at.width(), h: at.height() });
        }
    }

    fn draw_bands(&mut self) {
        let (mut labels, mut signs) = (0, 0);
        for (place, Way { edge, curve }) in self.ways.iter().enumerate() {
            let class = match (edge.kind, edge.width > 0.0) {
                (EdgeKind::Blocked, _) => "band blocked",
                (_, true) => "band",
                (_, false) => "band quiet",
            };
            let width = if edge.width > 0.0 { edge.width } else { 1.5 };
            self.bands.set(
                place,
                &[("class", class), ("d", &curve.path()), ("stroke-width", &format!("{width:.1}"))],
            );
            if edge.labelled && edge.rate > 0.0 {
                let (x, y) = curve.label(edge.width);
                let text = format!("{}/s", words::rate(self.lang, edge.rate));
                self.labels.set(labels, &[("x", &format!("{x:.1}")), ("y", &format!("{y:.1}"))]);
                self.labels.write(labels, &text);
                labels += 1;
            }
            if edge.kind == EdgeKind::Blocked {
                let (x, y) = curve.start();
                self.signs.set(signs, &[("transform", &format!("translate({:.1} {:.1})", x - 8.0, y - 8.0))]);
                signs += 1;
            }
        }
        self.bands.keep(self.ways.len());
        self.labels.keep(labels);
        self.signs.keep(signs);
    }

    fn draw_moving(&mut self) {
        let mut drawn = 0;
        for dot in &self.traffic.dots {
            let Some(way) = self.ways.iter().find(|way| (way.edge.from, way.edge.to) == dot.way) else {
                continue;
            };
            let (x, y) = way.curve.at(dot.gone);
            let (x, y, r) = (format!("{x:.1}"), format!("{y:.1}"), format!("{:.1}", dot.r));
            self.dots.set(
                drawn,
                &[("cx", &x), ("cy", &y), ("r", &r), ("class", AGES[usize::from(dot.age.min(4))])],
            );
            drawn += 1;
        }
        self.dots.keep(drawn.min(DOTS));
        let clients = self.boxes.get(&Node::Clients);
        let mirrored = clients.is_some_and(|clients| clients.x > self.size.0 / 2.0);
        let mut drawn = 0;
        for ring in &self.traffic.rings {
            let Some(at) = self.boxes.get(&ring.from) else { continue };
            if ring.from == Node::Balancer && self.size.0 <= NARROW {
                continue;
            }
            let drop = match ring.from {
                Node::Balancer => DROP.min(self.size.1 - at.bottom() - 14.0).max(12.0),
                _ => SHORT_DROP,
            };
            // Across the first part of the bottom edge: the rate and the reason stand beside it.
            let reach = if ring.from == Node::Balancer { 0.38 } else { 0.9 };
            let along = 14.0 + ring.place * (at.w * reach - 14.0).max(0.0);
            let x = if mirrored { at.x + at.w - along } else { at.x + along };
            let y = at.bottom() + 8.0 + drop * ring.gone * ring.gone;
            let fade = 1.0 - ring.gone * ring.gone * ring.gone;
            let (move_to, fade) = (format!("translate({x:.1} {y:.1})"), format!("{fade:.2}"));
            self.rings.set(drawn, &[("transform", &move_to), ("opacity", &fade)]);
            drawn += 1;
        }
        self.rings.keep(drawn.min(RINGS));
    }
}

const AGES: [&str; 5] = ["dot a0", "dot a1", "dot a2", "dot a3", "dot a4"];

fn ways(edges: &[Edge], boxes: &BTreeMap<Node, Rect>) -> Vec<Way> {
    let alike = |edge: &Edge| edges.iter().filter(|other| other.from == edge.from).count();
    let mut ways: Vec<Way> = Vec::with_capacity(edges.len());
    for (place, edge) in edges.iter().enumerate() {
        let before = edges[..place].iter().filter(|other| other.from == edge.from).count();
        let ends = boxes.get(&edge.from).zip(boxes.get(&edge.to));
        let curve = ends.and_then(|(from, to)| connect(edge, *from, *to, (before, alike(edge))));
        ways.extend(curve.map(|curve| Way { edge: edge.clone(), curve }));
    }
    ways
}

/// The name of a node in the page.
#[must_use]
pub fn name(node: Node) -> String {
    match node {
        Node::Clients => "clients".to_owned(),
        Node::Balancer => "balancer".to_owned(),
        Node::Pool => "pool".to_owned(),
        Node::Service(place) => format!("service-{place}"),
        Node::Dependency(place) => format!("dependency-{place}"),
        Node::Port(host, port) => format!("port-{host}:{port}"),
        Node::Replica(id) => format!("replica-{id}"),
    }
}

fn parse(name: &str) -> Option<Node> {
    match name {
        "clients" => Some(Node::Clients),
        "balancer" => Some(Node::Balancer),
        "pool" => Some(Node::Pool),
        _ => {
            let (kind, number) = name.split_once('-')?;
            match kind {
                "port" => {
                    let (host, port) = number.split_once(':')?;
                    Some(Node::Port(host.parse().ok()?, port.parse().ok()?))
                }
                "replica" => number.parse().ok().map(Node::Replica),
                "service" => number.parse().ok().map(Node::Service),
                "dependency" => number.parse().ok().map(Node::Dependency),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_nodes_are_read_back() {
        for node in [
            Node::Clients,
            Node::Balancer,
            Node::Pool,
            Node::Port(2, 8080),
            Node::Replica(12),
            Node::Service(3),
            Node::Dependency(1),
        ] {
            assert_eq!(parse(&name(node)), Some(node));
        }
        assert_eq!([parse("other-1"), parse("replica-x"), parse("")], [None; 3]);
    }
}
