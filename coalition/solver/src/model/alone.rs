//! Packages that no plan can bring to their first level: their lines stand alone, so that parts that share nothing else fall
//! apart.

use super::{ALONE, Model, block_of};

impl Model<'_> {
    /// Makes each line of a hopeless package a block of its own; what its value lacks for the package it goes on lacking.
    pub(crate) fn part_hopeless(&mut self) {
        let mut start = Vec::with_capacity(self.block_start.len());
        for block in 0..self.blocks() {
            let lines = self.block(block);
            if lines.len() > 1 && self.is_hopeless(block) {
                for at in lines {
                    self.lines[at].flags |= ALONE;
                    start.push(at as u32);
                }
            } else {
                start.push(lines.start as u32);
            }
        }
        start.push(self.lines.len() as u32);
        self.block_of = block_of(&start, self.lines.len());
        self.block_start = start;
    }

    fn is_hopeless(&self, block: usize) -> bool {
        let Some(&(theta, _)) = self.levels.first() else {
            return true;
        };
        self.block(block).any(|at| {
            let line = &self.lines[at];
            let covered = |edge: u32, qty: u32| {
                self.fit(line, edge) * f64::from(qty.min(line.qty)) / f64::from(line.qty)
            };
            let most = if line.is_locked() {
                let locks = self.locks.iter().filter(|l| l.line as usize == at);
                locks
                    .map(|l| covered(self.edges[l.edge as usize], l.qty))
                    .sum()
            } else {
                let edges = self.edges[self.edges_of(at)].iter();
                edges.fold(0.0f64, |most, &edge| {
                    let row = &self.rows[(edge >> 1) as usize];
                    most.max(covered(edge, self.top(line, row)))
                })
            };
            most < theta - 1e-6
        })
    }
}
