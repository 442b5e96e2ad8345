//! Exponential: density e^(−x/m)/m. Sampled by a ziggurat of 256 layers (Marsaglia and Tsang 2000), about
//! one draw of 64 bits a sample.

use std::sync::LazyLock;

use crate::rng::Stream;

const LAYERS: usize = 256;
/// Where the tail begins, and the area of each layer, for 256 layers (Marsaglia and Tsang 2000, table).
const TAIL: f64 = 7.697_117_470_131_05;
const AREA: f64 = 3.949_659_822_581_572e-3;

struct Table {
    x: [f64; LAYERS + 1],
    density: [f64; LAYERS + 1],
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut x = [0.0; LAYERS + 1];
    x[0] = AREA / libm::exp(-TAIL);
    x[1] = TAIL;
    for i in 2..LAYERS {
        x[i] = -libm::log(libm::exp(-x[i - 1]) + AREA / x[i - 1]);
    }
    Table { x, density: x.map(|x| libm::exp(-x)) }
});

/// A draw with mean 1.
#[inline]
pub(super) fn standard(stream: &mut Stream) -> f64 {
    let table = &*TABLE;
    loop {
        let bits = stream.bits();
        let layer = (bits & 0xff) as usize;
        let x = (bits >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0) * table.x[layer];
        if x < table.x[layer + 1] {
            return x;
        }
        if let Some(x) = outside(layer, x, table, stream) {
            return x;
        }
    }
}

/// The rare cases: the tail, which is exponential itself, and the edge of a layer.
#[cold]
fn outside(layer: usize, x: f64, table: &Table, stream: &mut Stream) -> Option<f64> {
    if layer == 0 {
        return Some(TAIL - libm::log(1.0 - stream.unit()));
    }
    let (low, high) = (table.density[layer], table.density[layer + 1]);
    (low + (high - low) * stream.unit() < libm::exp(-x)).then_some(x)
}

pub(super) fn cdf(x: f64, mean: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { -libm::expm1(-x / mean) }
}
