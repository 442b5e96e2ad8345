//! The canvas that marks are drawn on: sharp at any pixel ratio, finer than px, and without text.
//!
//! A backend of our own, because those that there are take the canvas's own px for the page's, and measure
//! fonts by asking the page, which forces a layout. Words are text of the page.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Units per CSS px: backends count in whole units, so that places and widths are kept to a tenth of a px.
pub(super) const UNIT: f64 = 10.0;

/// A plotters backend on a canvas.
pub(super) struct Sheet {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    stroke: Option<BackendColor>,
    fill: Option<BackendColor>,
}

/// The canvas did not take what was drawn.
#[derive(Debug)]
pub(super) struct SheetError;

impl std::fmt::Display for SheetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the canvas did not take what was drawn")
    }
}

impl std::error::Error for SheetError {}

type Drawn = Result<(), DrawingErrorKind<SheetError>>;

/// An empty sheet of this size in CSS px, or nothing when the canvas can't be drawn on. The canvas itself
/// gets `ratio` times as many px; its context is scaled, so that who draws need not know.
pub(super) fn sheet(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
    ratio: f64,
) -> Option<DrawingArea<Sheet, Shift>> {
    let own = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    // Setting the size, even to what it is, empties the canvas and costs.
    if (canvas.width(), canvas.height()) != own {
        canvas.set_width(own.0);
        canvas.set_height(own.1);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_transform(ratio / UNIT, 0.0, 0.0, ratio / UNIT, 0.0, 0.0).ok()?;
    context.clear_rect(0.0, 0.0, (width + 1.0) * UNIT, (height + 1.0) * UNIT);
    context.set_line_join("round");
    let size = ((width * UNIT).ceil() as u32, (height * UNIT).ceil() as u32);
    Some(Sheet { context, size, stroke: None, fill: None }.into_drawing_area())
}

/// A colour as CSS writes it.
fn css(colour: BackendColor) -> String {
    let (r, g, b) = colour.rgb;
    format!("rgba({r},{g},{b},{:.3})", colour.alpha)
}

fn same(a: Option<BackendColor>, b: BackendColor) -> bool {
    a.is_some_and(|a| a.rgb == b.rgb && a.alpha == b.alpha)
}

impl Sheet {
    /// Strokes what was traced; a style that stays is not set again.
    fn stroke<S: BackendStyle>(&mut self, style: &S) {
        let colour = style.color();
        if !same(self.stroke, colour) {
            self.context.set_stroke_style_str(&css(colour));
            self.stroke = Some(colour);
        }
        self.context.set_line_width(f64::from(style.stroke_width()));
        self.context.stroke();
    }

    /// Fills what was traced.
    fn fill<S: BackendStyle>(&mut self, style: &S) {
        let colour = style.color();
        if !same(self.fill, colour) {
            self.context.set_fill_style_str(&css(colour));
            self.fill = Some(colour);
        }
        self.context.fill();
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (n, (x, y)) in path.into_iter().enumerate() {
            let (x, y) = (f64::from(x), f64::from(y));
            if n == 0 {
                self.context.move_to(x, y);
            } else {
                self.context.line_to(x, y);
            }
        }
    }
}

impl DrawingBackend for Sheet {
    type ErrorType = SheetError;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.fill_polygon([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], &colour)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.trace(path);
        self.stroke(style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, r: u32, style: &S, fill: bool) -> Drawn {
        self.context.begin_path();
        let circle = self.context.arc(f64::from(x), f64::from(y), f64::from(r), 0.0, std::f64::consts::TAU);
        circle.map_err(|_| DrawingErrorKind::DrawingError(SheetError))?;
        if fill {
            self.fill(style);
        } else {
            self.stroke(style);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.trace(path);
        self.context.close_path();
        self.fill(style);
        Ok(())
    }
}
