//! A row of SVG elements of one kind, made when first needed and then only changed.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

const SVG: &str = "http://www.w3.org/2000/svg";

/// What a layer is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A band.
    Band,
    /// A dot.
    Dot,
    /// A rate.
    Label,
    /// A no-entry sign.
    Sign,
    /// A falling ring with its wake.
    Ring,
}

/// The elements of one kind.
pub struct Layer {
    document: Document,
    group: Element,
    piece: Piece,
    made: Vec<Element>,
    shown: usize,
}

impl Layer {
    /// An empty layer on top of what `svg` holds.
    #[must_use]
    pub fn new(svg: &Element, piece: Piece) -> Option<Self> {
        let document = svg.owner_document()?;
        let group = document.create_element_ns(Some(SVG), "g").ok()?;
        svg.append_child(&group).ok()?;
        Some(Self { document, group, piece, made: Vec::new(), shown: 0 })
    }

    /// Sets attributes of the element at `place`, and shows it.
    pub fn set(&mut self, place: usize, attributes: &[(&str, &str)]) {
        while self.made.len() <= place {
            let Some(next) = self.make() else { return };
            self.made.push(next);
        }
        let element = &self.made[place];
        for (name, value) in attributes {
            // An element of the page that refuses an attribute is drawn without it.
            let _ = element.set_attribute(name, value);
        }
        if place >= self.shown {
            let _ = element.remove_attribute("display");
            self.shown = place + 1;
        }
    }

    /// Writes the text of the element at `place`.
    pub fn write(&self, place: usize, text: &str) {
        if let Some(element) = self.made.get(place)
            && element.text_content().as_deref() != Some(text)
        {
            element.set_text_content(Some(text));
        }
    }

    /// Hides every element from `count` on.
    pub fn keep(&mut self, count: usize) {
        for element in self.made.iter().take(self.shown).skip(count) {
            let _ = element.set_attribute("display", "none");
        }
        self.shown = self.shown.min(count);
    }

    fn make(&self) -> Option<Element> {
        let new = |tag: &str, attributes: &[(&str, &str)]| {
            let element = self.document.create_element_ns(Some(SVG), tag).ok()?;
            attributes.iter().for_each(|(name, value)| drop(element.set_attribute(name, value)));
            Some(element)
        };
        let element = match self.piece {
            Piece::Band => new("path", &[]),
            Piece::Dot => new("circle", &[]),
            Piece::Label => new("text", &[("class", "rate"), ("text-anchor", "middle")]),
            Piece::Sign => {
                let sign = new("g", &[("class", "sign")])?;
                let disc = new("circle", &[("cx", "8"), ("cy", "8"), ("r", "8")])?;
                let bar = new("path", &[("d", "M4 8h8")])?;
                sign.append_child(&disc).ok()?;
                sign.append_child(&bar).ok()?;
                Some(sign)
            }
            Piece::Ring => {
                let ring = new("g", &[("class", "fall")])?;
                let wake = new("path", &[("class", "wake"), ("d", "M-3 0L0 -15L3 0z")])?;
                let circle = new("circle", &[("r", "4.2")])?;
                ring.append_child(&wake).ok()?;
                ring.append_child(&circle).ok()?;
                Some(ring)
            }
        }?;
        self.group.append_child(&element).ok()?;
        Some(element)
    }
}

/// A node of the page as an element, if it is one.
#[must_use]
pub fn element(node: web_sys::Node) -> Option<Element> {
    node.dyn_into().ok()
}
