//! Words over the canvas, as text of the page: kept from one drawing to the next, touched only where they
//! change.

use std::collections::BTreeMap;

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use crate::charts::Row;
use crate::charts::mark::{Anchor, Kind, Word};

/// The words that stand in a layer of the page.
pub(super) struct Lettering {
    layer: HtmlElement,
    standing: BTreeMap<(Row, u8, u32), (HtmlElement, Word)>,
}

const fn order(kind: Kind) -> u8 {
    match kind {
        Kind::Title => 0,
        Kind::Tick => 1,
        Kind::End => 2,
        Kind::Note => 3,
        Kind::Event => 4,
    }
}

impl Lettering {
    /// An empty layer.
    pub fn new(layer: HtmlElement) -> Self {
        Self { layer, standing: BTreeMap::new() }
    }

    /// Sets these words. Unless `anew`, values at line ends keep their text and only move: a number that
    /// changes at every drawing can't be read.
    pub fn set(&mut self, words: Vec<Word>, anew: bool, larger: f64) -> Option<()> {
        let document = self.layer.owner_document()?;
        let mut gone = std::mem::take(&mut self.standing);
        for mut word in words {
            let key = (word.key.0, order(word.key.1), word.key.2);
            match gone.remove(&key) {
                Some((element, before)) => {
                    if !anew && word.key.1 == Kind::End {
                        word.spans.clone_from(&before.spans);
                    }
                    self.change(&document, &element, &before, &word)?;
                    self.standing.insert(key, (element, word));
                }
                None => {
                    let element = self.create(&document, &word, larger)?;
                    self.standing.insert(key, (element, word));
                }
            }
        }
        gone.into_values().for_each(|(element, _)| element.remove());
        Some(())
    }

    /// Takes all words away, so that the next ones are made anew.
    pub fn clear(&mut self) {
        std::mem::take(&mut self.standing).into_values().for_each(|(element, _)| element.remove());
    }

    fn create(&self, document: &Document, word: &Word, larger: f64) -> Option<HtmlElement> {
        let element: HtmlElement = document.create_element("span").ok()?.dyn_into().ok()?;
        element.set_class_name(if word.halo { "chart-word halo" } else { "chart-word" });
        element.style().set_property("font-size", &format!("{}px", word.size + larger)).ok()?;
        place(&element, word)?;
        fill(document, &element, word)?;
        self.layer.append_child(&element).ok()?;
        Some(element)
    }

    fn change(&self, document: &Document, element: &HtmlElement, before: &Word, word: &Word) -> Option<()> {
        if (before.x, before.y, before.anchor) != (word.x, word.y, word.anchor) {
            place(element, word)?;
        }
        if before.spans != word.spans {
            fill(document, element, word)?;
        }
        Some(())
    }
}

/// Moves words to their place without a layout: only their transform changes.
fn place(element: &HtmlElement, word: &Word) -> Option<()> {
    let back = match word.anchor {
        Anchor::Start => "0",
        Anchor::Middle => "-50%",
        Anchor::End => "-100%",
    };
    let (x, y) = (word.x.round(), word.y.round());
    let transform = format!("translate({x}px, {y}px) translate({back}, -50%)");
    element.style().set_property("transform", &transform).ok()
}

/// Writes the text, stretch by stretch; a stretch of the same style keeps its element.
fn fill(document: &Document, element: &HtmlElement, word: &Word) -> Option<()> {
    while element.child_element_count() as usize > word.spans.len() {
        element.last_element_child()?.remove();
    }
    for (n, span) in (0_u32..).zip(&word.spans) {
        let child: HtmlElement = match element.children().item(n) {
            Some(child) => child.dyn_into().ok()?,
            None => {
                let child = document.create_element("span").ok()?;
                element.append_child(&child).ok()?;
                child.dyn_into().ok()?
            }
        };
        child.set_text_content(Some(&span.text));
        child.style().set_property("color", &format!("var({})", span.role.property())).ok()?;
        child.style().set_property("font-weight", if span.strong { "600" } else { "inherit" }).ok()?;
    }
    Some(())
}
