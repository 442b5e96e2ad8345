//! The canvas that marks are drawn on: sharp at any pixel ratio, and finer than px.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Units per CSS px: the backend counts in whole units, so places and widths are kept to a tenth of a px.
pub(super) const UNIT: f64 = 10.0;

/// An empty sheet of this size in CSS px, or nothing when the canvas can't be drawn on. The canvas itself gets
/// `ratio` times as many px; its context is scaled, so that who draws need not know.
pub(super) fn sheet(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
    ratio: f64,
) -> Option<DrawingArea<CanvasBackend, Shift>> {
    let own = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    // Setting the size, even to what it is, empties the canvas and costs.
    if (canvas.width(), canvas.height()) != own {
        canvas.set_width(own.0);
        canvas.set_height(own.1);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_transform(ratio / UNIT, 0.0, 0.0, ratio / UNIT, 0.0, 0.0).ok()?;
    context.clear_rect(0.0, 0.0, width * UNIT + UNIT, height * UNIT + UNIT);
    context.set_line_join("round");
    Some(CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area())
}
