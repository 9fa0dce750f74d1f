//! A model of some of the blocks, close together in memory: rough prices are sought among few that stand for all.

use super::{Lock, Model};

impl<'i> Model<'i> {
    /// Whether a block stands only for itself in a sample: lines of several partners have multipliers of their own,
    /// and locks are deducted from capacities once.
    pub(crate) fn is_singular(&self, block: usize) -> bool {
        self.lines[self.block(block)]
            .iter()
            .any(|line| line.is_multi() || line.is_locked())
    }

    /// Every `every`-th block, and all that stand only for themselves. Rows, floors, caps and lines of several
    /// partners are those of the whole, in the same order, so that the same prices serve both.
    pub(crate) fn sample(&self, every: usize) -> Model<'i> {
        let mut out = Model {
            instance: self.instance,
            rows: self.rows.clone(),
            row_first: self.row_first.clone(),
            lines: Vec::new(),
            edge_start: vec![0],
            edges: Vec::new(),
            block_start: vec![0],
            block_of: Vec::new(),
            locks: Vec::new(),
            accepted: Vec::new(),
            floors: self.floors.clone(),
            cap_room: self.cap_room.clone(),
            curve: self.curve.clone(),
            share: self.share,
            levels: self.levels.clone(),
            multis: Vec::new(),
            fits: self.fits.clone(),
            fit_stride: self.fit_stride,
            stability: self.stability,
        };
        for block in (0..self.blocks()).filter(|&b| b % every == every / 2 || self.is_singular(b)) {
            for at in self.block(block) {
                self.copy_line(at, &mut out);
            }
            let own = out.block_start.len() as u32 - 1;
            out.block_of.resize(out.lines.len(), own);
            out.block_start.push(out.lines.len() as u32);
        }
        out
    }

    fn copy_line(&self, at: usize, out: &mut Model) {
        let (line, place) = (&self.lines[at], out.lines.len() as u32);
        if line.is_multi() {
            out.multis.push(place);
        }
        if let Some(lock) = line.is_locked().then(|| self.lock_of(at)).flatten() {
            let edge = lock.edge - self.edge_start[at] + out.edges.len() as u32;
            out.locks.push(Lock {
                line: place,
                edge,
                qty: lock.qty,
            });
        }
        if line.is_accepted() {
            let first = self.accepted.partition_point(|&(l, _)| l < at as u32);
            let own = self.accepted[first..].iter();
            out.accepted.extend(
                own.take_while(|pair| pair.0 == at as u32)
                    .map(|pair| (place, pair.1)),
            );
        }
        out.lines.push(line.clone());
        out.edges.extend_from_slice(&self.edges[self.edges_of(at)]);
        out.edge_start.push(out.edges.len() as u32);
    }
}
