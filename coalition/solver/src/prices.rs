//! Prices: the multipliers that prove how good any plan can be, and tell what one more unit would bring.

use crate::instance::{Instance, Kind};
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

impl Prices {
    /// Points the certified bound rises by for one more unit of a row: its own price, and what the caps, which are shares
    /// of all there is, let go with it. Where a cap binds as the row does, only the two together mean something.
    pub fn unit(&self, instance: &Instance, offer: u32, period: i32) -> f64 {
        let own = self.offers.get(&(offer, period)).copied().unwrap_or(0.0);
        let Some(given) = instance.offers.get(offer as usize) else {
            return 0.0;
        };
        if instance.meta.kind(given.category as usize) == Kind::Digital {
            return 0.0;
        }
        let caps = self.caps.iter().filter(|(key, _)| key.1 == given.category);
        own + instance.meta.country_cap * caps.map(|(_, kappa)| kappa).sum::<f64>()
    }
}
