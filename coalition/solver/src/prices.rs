//! Prices: the multipliers that prove how good any plan can be, and tell what one more unit would bring.

use std::collections::BTreeMap;

/// The certificate. Missing entries are 0; any such prices prove an upper bound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prices {
    /// Points per unit, by (offer, period); period -1 for a stock.
    pub offers: BTreeMap<(u32, i32), f64>,
    /// Points per unit of share, by position in `Meta::floors`.
    pub floors: BTreeMap<u32, f64>,
    /// Points per unit, by (country, category).
    pub caps: BTreeMap<(u32, u32), f64>,
    /// Own multipliers of lines with several partners: coverage, quantity, partner.
    pub lines: BTreeMap<u32, [f64; 3]>,
    /// Points granted to each digital need, sorted by need.
    pub needs: Vec<(u32, f64)>,
}
