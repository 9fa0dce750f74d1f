//! A sparse factorisation of a simplex basis: solves with it and its transpose, and exchanges one column at a time.

/// Entries below this are taken as nothing.
const TINY: f64 = 1e-13;
/// A pivot may be this much smaller than the largest entry of its column.
const THRESHOLD: f64 = 0.1;
/// Columns looked at for each pivot of the core.
const CANDIDATES: usize = 6;

/// Lists of entries, one after the other.
#[derive(Debug, Clone, Default)]
struct Lists {
    start: Vec<u32>,
    at: Vec<u32>,
    value: Vec<f64>,
}

impl Lists {
    fn clear(&mut self) {
        self.start.clear();
        self.start.push(0);
        self.at.clear();
        self.value.clear();
    }

    fn close(&mut self) {
        self.start.push(self.at.len() as u32);
    }

    fn push(&mut self, at: u32, value: f64) {
        self.at.push(at);
        self.value.push(value);
    }

    #[inline]
    fn of(&self, list: usize) -> impl DoubleEndedIterator<Item = (usize, f64)> + '_ {
        let span = self.start[list] as usize..self.start[list + 1] as usize;
        self.at[span.clone()]
            .iter()
            .map(|&at| at as usize)
            .zip(self.value[span].iter().copied())
    }

    fn len(&self) -> usize {
        self.at.len()
    }
}

/// B = L·U with the pivots in order, and the exchanges since.
#[derive(Debug, Clone, Default)]
pub(super) struct Factor {
    size: usize,
    pivot_row: Vec<u32>,
    pivot_col: Vec<u32>,
    pivot: Vec<f64>,
    lower_row: Vec<u32>,
    lower: Lists,
    /// Rows and columns of U without the pivots, in the order of the pivots.
    upper_rows: Lists,
    upper_cols: Lists,
    /// Exchanges: place, pivot and the other entries.
    swap_at: Vec<u32>,
    swap_pivot: Vec<f64>,
    swaps: Lists,
    work: Vec<f64>,
}

impl Factor {
    /// Factorises the matrix whose columns `column(place)` lists; the error names rows and places left without pivot.
    pub(super) fn build<'c>(
        &mut self,
        core: &mut Core,
        size: usize,
        column: impl Fn(usize) -> &'c [(u32, f64)],
    ) -> Result<(), Vec<(usize, usize)>> {
        self.size = size;
        for list in [
            &mut self.lower,
            &mut self.upper_rows,
            &mut self.upper_cols,
            &mut self.swaps,
        ] {
            list.clear();
        }
        for list in [
            &mut self.pivot_row,
            &mut self.pivot_col,
            &mut self.lower_row,
            &mut self.swap_at,
        ] {
            list.clear();
        }
        self.pivot.clear();
        self.swap_pivot.clear();
        self.work.clear();
        self.work.resize(size, 0.0);
        core.load(size, column);
        core.singletons(self);
        core.eliminate(self);
        self.fill_columns();
        if self.pivot.len() == size {
            return Ok(());
        }
        let free = |used: &[u32]| {
            let mut is_used = vec![false; size];
            used.iter().for_each(|&k| is_used[k as usize] = true);
            (0..size).filter(move |&k| !is_used[k]).collect::<Vec<_>>()
        };
        let (rows, cols) = (free(&self.pivot_row), free(&self.pivot_col));
        Err(rows.into_iter().zip(cols).collect())
    }

    fn fill_columns(&mut self) {
        let count = self.pivot.len();
        let mut step_of = vec![u32::MAX; self.size];
        for (k, &col) in self.pivot_col.iter().enumerate() {
            step_of[col as usize] = k as u32;
        }
        let mut start = vec![0u32; count + 1];
        for &col in &self.upper_rows.at {
            if let Some(place) = start.get_mut(step_of[col as usize].wrapping_add(1) as usize) {
                *place += 1;
            }
        }
        for k in 0..count {
            start[k + 1] += start[k];
        }
        let total = self.upper_rows.len();
        let (mut at, mut value) = (vec![0; total], vec![0.0; total]);
        let mut next = start.clone();
        for k in 0..count {
            for (col, v) in self.upper_rows.of(k) {
                let step = step_of[col] as usize;
                if step < count {
                    let place = next[step] as usize;
                    at[place] = self.pivot_row[k];
                    value[place] = v;
                    next[step] += 1;
                }
            }
        }
        self.upper_cols = Lists { start, at, value };
    }

    pub(super) fn exchanges(&self) -> usize {
        self.swap_at.len()
    }

    /// Whether exchanges have made solving dearer than a new start.
    pub(super) fn is_worn(&self) -> bool {
        self.swap_at.len() >= 100
            || self.swaps.len() > 3 * (self.upper_rows.len() + self.lower.len()) + 4 * self.size
    }

    /// Solves B·x = v; `v` goes in by rows and comes out by places.
    pub(super) fn forward(&mut self, v: &mut [f64]) {
        for (k, &row) in self.lower_row.iter().enumerate() {
            let t = v[row as usize];
            if t != 0.0 {
                for (at, l) in self.lower.of(k) {
                    v[at] -= l * t;
                }
            }
        }
        let x = &mut self.work;
        for k in (0..self.pivot.len()).rev() {
            let row = self.pivot_row[k] as usize;
            let t = v[row];
            let place = self.pivot_col[k] as usize;
            if t.abs() < TINY {
                x[place] = 0.0;
                continue;
            }
            let t = t / self.pivot[k];
            x[place] = t;
            for (at, u) in self.upper_cols.of(k) {
                v[at] -= u * t;
            }
        }
        v.copy_from_slice(x);
        for (k, &place) in self.swap_at.iter().enumerate() {
            let place = place as usize;
            if v[place] == 0.0 {
                continue;
            }
            let t = v[place] / self.swap_pivot[k];
            v[place] = t;
            for (at, e) in self.swaps.of(k) {
                v[at] -= e * t;
            }
        }
    }

    /// Solves Bᵀ·y = v; `v` goes in by places and comes out by rows.
    pub(super) fn backward(&mut self, v: &mut [f64]) {
        for k in (0..self.swap_at.len()).rev() {
            let place = self.swap_at[k] as usize;
            let sum: f64 = self.swaps.of(k).map(|(at, e)| e * v[at]).sum();
            v[place] = (v[place] - sum) / self.swap_pivot[k];
        }
        let y = &mut self.work;
        for k in 0..self.pivot.len() {
            let t = v[self.pivot_col[k] as usize];
            let row = self.pivot_row[k] as usize;
            if t.abs() < TINY {
                y[row] = 0.0;
                continue;
            }
            let t = t / self.pivot[k];
            y[row] = t;
            for (at, u) in self.upper_rows.of(k) {
                v[at] -= u * t;
            }
        }
        for (k, &row) in self.lower_row.iter().enumerate().rev() {
            let sum: f64 = self.lower.of(k).map(|(at, l)| l * y[at]).sum();
            y[row as usize] -= sum;
        }
        v.copy_from_slice(y);
    }

    /// Replaces the column at `place`; `column` is the new one solved forward.
    pub(super) fn exchange(&mut self, place: usize, column: &[f64]) {
        self.swap_at.push(place as u32);
        self.swap_pivot.push(column[place]);
        for (at, &value) in column.iter().enumerate() {
            if at != place && value.abs() > TINY {
                self.swaps.push(at as u32, value);
            }
        }
        self.swaps.close();
    }
}

/// The part of the matrix without pivots yet; kept between builds for its memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Core {
    rows: Vec<Vec<(u32, f64)>>,
    cols: Vec<Vec<u32>>,
    row_done: Vec<bool>,
    col_done: Vec<bool>,
    row_count: Vec<u32>,
    col_count: Vec<u32>,
    ready: Vec<(bool, u32)>,
}

impl Core {
    fn load<'c>(&mut self, size: usize, column: impl Fn(usize) -> &'c [(u32, f64)]) {
        self.rows.iter_mut().for_each(Vec::clear);
        self.cols.iter_mut().for_each(Vec::clear);
        self.rows.resize_with(size, Vec::new);
        self.cols.resize_with(size, Vec::new);
        for (place, rows) in self.cols.iter_mut().enumerate() {
            for &(row, value) in column(place) {
                self.rows[row as usize].push((place as u32, value));
                rows.push(row);
            }
        }
        let counts = [
            (&mut self.row_count, &mut self.row_done),
            (&mut self.col_count, &mut self.col_done),
        ];
        for (count, done) in counts {
            count.clear();
            done.clear();
            done.resize(size, false);
        }
        self.row_count
            .extend(self.rows.iter().map(|r| r.len() as u32));
        self.col_count
            .extend(self.cols.iter().map(|c| c.len() as u32));
    }

    fn value(&self, row: usize, col: u32) -> f64 {
        self.rows[row]
            .iter()
            .find(|e| e.0 == col)
            .map_or(0.0, |e| e.1)
    }

    /// Pivots on columns and rows with one entry left: nothing fills in.
    fn singletons(&mut self, out: &mut Factor) {
        let size = self.rows.len();
        let mut ready = std::mem::take(&mut self.ready);
        ready.clear();
        ready.extend(
            (0..size)
                .rev()
                .filter(|&c| self.col_count[c] == 1)
                .map(|c| (true, c as u32)),
        );
        ready.extend(
            (0..size)
                .rev()
                .filter(|&r| self.row_count[r] == 1)
                .map(|r| (false, r as u32)),
        );
        while let Some((is_column, at)) = ready.pop() {
            let at = at as usize;
            let (row, col) = if is_column {
                if self.col_done[at] || self.col_count[at] != 1 {
                    continue;
                }
                match self.cols[at].iter().find(|r| !self.row_done[**r as usize]) {
                    Some(&row) => (row as usize, at),
                    None => continue,
                }
            } else {
                if self.row_done[at] || self.row_count[at] != 1 {
                    continue;
                }
                match self.rows[at].iter().find(|e| !self.col_done[e.0 as usize]) {
                    Some(&(col, _)) => (at, col as usize),
                    None => continue,
                }
            };
            let pivot = self.value(row, col as u32);
            if pivot.abs() < 1e-9 {
                continue;
            }
            self.pivot(row, col, pivot, out);
            for &(other, _) in &self.rows[row] {
                let other = other as usize;
                if !self.col_done[other] {
                    self.col_count[other] -= 1;
                    if self.col_count[other] == 1 {
                        ready.push((true, other as u32));
                    }
                }
            }
            for k in 0..self.cols[col].len() {
                let other = self.cols[col][k] as usize;
                if !self.row_done[other] {
                    self.row_count[other] -= 1;
                    if self.row_count[other] == 1 {
                        ready.push((false, other as u32));
                    }
                }
            }
        }
        self.ready = ready;
    }

    /// Records a pivot and its row of U; the column of L for rows still to come.
    fn pivot(&mut self, row: usize, col: usize, pivot: f64, out: &mut Factor) {
        self.row_done[row] = true;
        self.col_done[col] = true;
        out.pivot_row.push(row as u32);
        out.pivot_col.push(col as u32);
        out.pivot.push(pivot);
        for &(other, value) in &self.rows[row] {
            if !self.col_done[other as usize] {
                out.upper_rows.push(other, value);
            }
        }
        out.upper_rows.close();
        let before = out.lower.len();
        for &other in &self.cols[col] {
            if !self.row_done[other as usize] {
                let value = self.value(other as usize, col as u32);
                if value != 0.0 {
                    out.lower.push(other, value / pivot);
                }
            }
        }
        if out.lower.len() > before {
            out.lower.close();
            out.lower_row.push(row as u32);
        }
    }

    /// Eliminates what is left, sparsest pivots first.
    fn eliminate(&mut self, out: &mut Factor) {
        let size = self.rows.len();
        let mut left: Vec<u32> = (0..size as u32)
            .filter(|&c| !self.col_done[c as usize])
            .collect();
        for row in (0..size).filter(|&r| !self.row_done[r]) {
            let done = &self.col_done;
            self.rows[row].retain(|e| !done[e.0 as usize]);
        }
        for &col in &left {
            let done = &self.row_done;
            self.cols[col as usize].retain(|&r| !done[r as usize]);
        }
        let mut place = vec![u32::MAX; size];
        while !left.is_empty() {
            let Some((row, col, pivot)) = self.choose(&left) else {
                return;
            };
            self.pivot(row, col, pivot, out);
            left.retain(|&c| c as usize != col);
            let base = std::mem::take(&mut self.rows[row]);
            for &(other, _) in &base {
                self.cols[other as usize].retain(|&r| r as usize != row);
            }
            let targets = std::mem::take(&mut self.cols[col]);
            for &target in targets.iter().filter(|&&t| t as usize != row) {
                self.subtract(target as usize, col as u32, pivot, &base, &mut place);
            }
        }
    }

    fn subtract(
        &mut self,
        target: usize,
        col: u32,
        pivot: f64,
        base: &[(u32, f64)],
        place: &mut [u32],
    ) {
        let mut own = std::mem::take(&mut self.rows[target]);
        let Some(at) = own.iter().position(|e| e.0 == col) else {
            self.rows[target] = own;
            return;
        };
        let share = own.swap_remove(at).1 / pivot;
        for (k, e) in own.iter().enumerate() {
            place[e.0 as usize] = k as u32;
        }
        for &(other, value) in base.iter().filter(|e| e.0 != col) {
            match place[other as usize] {
                u32::MAX => {
                    own.push((other, -share * value));
                    self.cols[other as usize].push(target as u32);
                }
                k => own[k as usize].1 -= share * value,
            }
        }
        for e in &own {
            place[e.0 as usize] = u32::MAX;
        }
        let cols = &mut self.cols;
        own.retain(|e| {
            let keeps = e.1.abs() > TINY;
            if !keeps {
                cols[e.0 as usize].retain(|&r| r as usize != target);
            }
            keeps
        });
        self.rows[target] = own;
    }

    fn choose(&self, left: &[u32]) -> Option<(usize, usize, f64)> {
        let mut few: Vec<(usize, u32)> = Vec::with_capacity(CANDIDATES + 1);
        for &col in left {
            let count = self.cols[col as usize].len();
            if count > 0 && (few.len() < CANDIDATES || count < few[few.len() - 1].0) {
                let at = few.partition_point(|f| f.0 <= count);
                few.insert(at, (count, col));
                few.truncate(CANDIDATES);
            }
        }
        let mut best: Option<(usize, usize, usize, f64)> = None;
        for &(count, col) in &few {
            let own: Vec<(usize, f64)> = self.cols[col as usize]
                .iter()
                .map(|&r| (r as usize, self.value(r as usize, col)))
                .collect();
            let most = own.iter().map(|e| e.1.abs()).fold(0.0, f64::max);
            if most < 1e-9 {
                continue;
            }
            for &(row, value) in own.iter().filter(|e| e.1.abs() >= THRESHOLD * most) {
                let cost = (count - 1) * (self.rows[row].len() - 1);
                if best.is_none_or(|b| cost < b.0) {
                    best = Some((cost, row, col as usize, value));
                }
            }
        }
        best.map(|(_, row, col, value)| (row, col, value))
    }
}
