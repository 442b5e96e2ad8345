//! What all clients together may do beyond their requests: each request pays a part of it in advance.

/// Budgets are kept in millionths, in whole numbers: ten times a tenth is one.
const TOKEN: u64 = 1_000_000;

/// What is left of a budget.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine) struct Budget(u64);

impl Budget {
    /// So many at the start.
    pub(super) const fn full(reserve: u32) -> Self {
        Self(reserve as u64 * TOKEN)
    }

    /// A request pays its share; more than the reserve is not kept.
    pub(super) fn pay_in(&mut self, share: f64, reserve: u32) {
        self.0 = (self.0 + (share * TOKEN as f64) as u64).min(Self::full(reserve).0);
    }

    /// Takes one, if there is one.
    pub(super) const fn pay(&mut self) -> bool {
        let enough = self.0 >= TOKEN;
        self.0 -= if enough { TOKEN } else { 0 };
        enough
    }
}
