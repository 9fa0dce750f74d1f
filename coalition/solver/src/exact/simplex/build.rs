//! The programme itself: rows, columns and their boxes, and rows dropped again.

use super::{AT_LOWER, Simplex};

impl Simplex {
    /// A row without entries yet: slack from `least` to `most`.
    pub(in crate::exact) fn add_row(&mut self, rhs: f64, least: f64, most: f64) -> usize {
        let row = self.rows.len();
        let slack = self.cols.len() as u32;
        self.rows.push(vec![(slack, 1.0)]);
        self.rhs.push(rhs);
        self.slack.push(slack);
        self.cols.push(vec![(row as u32, 1.0)]);
        self.cost.push(0.0);
        self.moved.push(0.0);
        self.nudge.push(0.0);
        self.lower.push(least);
        self.upper.push(most);
        self.place.push(row as i32);
        self.reduced.push(0.0);
        self.basis.push(slack);
        self.basic.push(0.0);
        self.weight.push(1.0);
        row
    }

    /// A variable from 0 to `most`; its rows must be there already.
    pub(in crate::exact) fn add_col(
        &mut self,
        cost: f64,
        most: f64,
        entries: &[(u32, f64)],
    ) -> usize {
        let col = self.cols.len();
        for &(row, value) in entries {
            self.rows[row as usize].push((col as u32, value));
        }
        self.cols.push(entries.to_vec());
        self.cost.push(cost);
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let chance = (self.seed >> 40) as f64 / (1u64 << 24) as f64;
        let nudge = 1e-7 * (0.5 + chance) * (cost.abs() + self.scale);
        self.moved.push(cost + nudge);
        self.nudge.push(nudge);
        self.lower.push(0.0);
        self.upper.push(most);
        self.place.push(AT_LOWER);
        self.reduced.push(0.0);
        col
    }

    /// Bounds each open slack by what its row can leave at most, so that every variable has a box.
    pub(in crate::exact) fn close_rows(&mut self, from: usize) {
        for row in from..self.rows.len() {
            let slack = self.slack[row] as usize;
            if !self.upper[slack].is_finite() {
                self.upper[slack] = self.most_left(row, (&self.lower, &self.upper));
            }
        }
    }

    /// What a row can leave with its variables in some boxes, and a little more.
    pub(in crate::exact) fn most_left(&self, row: usize, (low, high): (&[f64], &[f64])) -> f64 {
        let others = self.rows[row].iter().filter(|e| e.0 != self.slack[row]);
        let least: f64 = others
            .map(|&(col, value)| (value * low[col as usize]).min(value * high[col as usize]))
            .sum();
        (self.rhs[row] - least).max(0.0) + 1.0
    }

    /// The usual size of a cost; set before columns are added.
    pub(in crate::exact) fn set_scale(&mut self, scale: f64) {
        self.scale = scale;
    }

    /// Takes another cost and starts over from the slacks.
    pub(in crate::exact) fn aim(&mut self, cost: &[(u32, f64)]) {
        self.cost.fill(0.0);
        for &(col, own) in cost {
            self.cost[col as usize] = own;
        }
        for (col, moved) in self.moved.iter_mut().enumerate() {
            let mix = (col as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
            self.nudge[col] = 1e-9 * (0.5 + mix as f64 / (1u64 << 24) as f64);
            *moved = self.cost[col] + self.nudge[col];
        }
        self.restart();
    }

    /// The row that lets a use carry more, and the entry of what it carries there.
    pub(in crate::exact) fn bind_of(&self, used: u32, more: u32) -> Option<(u32, f64)> {
        let is_bound = |row| {
            let uses = &self.cols[used as usize];
            uses.iter().any(|u| u.0 == row && u.1 < 0.0)
        };
        let mut entries = self.cols[more as usize].iter();
        entries.find(|e| e.1 > 0.0 && is_bound(e.0)).copied()
    }

    /// Changes one entry that is there already.
    pub(in crate::exact) fn set_entry(&mut self, row: u32, col: u32, value: f64) {
        let own = self.cols[col as usize].iter_mut().find(|e| e.0 == row);
        own.into_iter().for_each(|e| e.1 = value);
        let own = self.rows[row as usize].iter_mut().find(|e| e.0 == col);
        own.into_iter().for_each(|e| e.1 = value);
    }

    /// Drops rows whose slack is basic and that `is_dropped` names; their slacks go last in and are renumbered.
    pub(in crate::exact) fn drop_rows(&mut self, is_dropped: &[bool]) -> Vec<u32> {
        let mut new_row = vec![u32::MAX; self.rows.len()];
        let mut kept = 0;
        for (row, dropped) in is_dropped.iter().enumerate() {
            if !dropped {
                new_row[row] = kept;
                kept += 1;
            }
        }
        let mut new_col = vec![u32::MAX; self.cols.len()];
        let mut next = 0;
        let mut is_gone = vec![false; self.cols.len()];
        for (row, &slack) in self.slack.iter().enumerate() {
            is_gone[slack as usize] = is_dropped[row];
        }
        for (col, gone) in is_gone.iter().enumerate() {
            if !gone {
                new_col[col] = next;
                next += 1;
            }
        }
        let keep_col = |k: usize| !is_gone[k];
        fn sift<T: Clone>(list: &mut Vec<T>, keeps: impl Fn(usize) -> bool) {
            let mut at = 0;
            list.retain(|_| {
                at += 1;
                keeps(at - 1)
            });
        }
        sift(&mut self.cols, keep_col);
        for list in [
            &mut self.cost,
            &mut self.moved,
            &mut self.nudge,
            &mut self.lower,
            &mut self.upper,
            &mut self.reduced,
        ] {
            sift(list, keep_col);
        }
        sift(&mut self.place, keep_col);
        for col in &mut self.cols {
            col.retain(|e| new_row[e.0 as usize] != u32::MAX);
            col.iter_mut().for_each(|e| e.0 = new_row[e.0 as usize]);
        }
        let keep_row = |k: usize| !is_dropped[k];
        sift(&mut self.rows, keep_row);
        sift(&mut self.rhs, keep_row);
        sift(&mut self.slack, keep_row);
        for row in &mut self.rows {
            row.iter_mut().for_each(|e| e.0 = new_col[e.0 as usize]);
        }
        self.slack
            .iter_mut()
            .for_each(|s| *s = new_col[*s as usize]);
        self.touched.clear();
        self.alpha.clear();
        self.mark.clear();
        let basis = std::mem::take(&mut self.basis);
        let weight = std::mem::take(&mut self.weight);
        for (var, weight) in basis.into_iter().zip(weight) {
            if !is_gone[var as usize] {
                let var = new_col[var as usize];
                self.place[var as usize] = self.basis.len() as i32;
                self.basis.push(var);
                self.weight.push(weight);
            }
        }
        new_col
    }
}
