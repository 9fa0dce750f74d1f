//! Lines with several partners: a use and a number of further lots for each delivery.

use super::{Form, Meaning, NO_ROW, gcd, power};

impl Form<'_, '_, '_, '_> {
    /// Whether another period of the same offer does the same or better, with capacity nobody else can need.
    fn is_beaten(&self, at: usize, edge: usize, among: &[usize]) -> bool {
        let model = self.model;
        let own = &model.rows[model.row_of(edge)];
        let fit = |e: usize| model.fit(&model.lines[at], model.edges[e]);
        let all = model.lines[at].qty / own.step * own.step;
        among.iter().any(|&other| {
            let row = &model.rows[model.row_of(other)];
            other != edge
                && row.offer == own.offer
                && self.resource[model.row_of(other)] == NO_ROW
                && self.room(at, other).is_some_and(|(_, hi, _)| hi >= all)
                && (fit(other), std::cmp::Reverse(other)) > (fit(edge), std::cmp::Reverse(edge))
        })
    }

    pub(super) fn several(&mut self, at: usize) {
        let model = self.model;
        let line = &model.lines[at];
        if model.edges_of(at).is_empty() {
            return;
        }
        let partners = f64::from(line.partners);
        let edges: Vec<usize> = model
            .edges_of(at)
            .filter(|&e| self.room(at, e).is_some())
            .collect();
        let edges: Vec<usize> = edges
            .iter()
            .copied()
            .filter(|&e| !self.is_beaten(at, e, &edges))
            .collect();
        if edges.is_empty() {
            return;
        }
        let lot = edges
            .iter()
            .map(|&e| model.rows[model.row_of(e)].step)
            .fold(0, gcd)
            .max(1);
        let size = power(f64::from(line.qty / lot)) / f64::from(lot);
        let count = self.row(partners, 0.0, f64::INFINITY, 1.0);
        let total = self.row(
            f64::from(line.qty / lot * lot) * size,
            0.0,
            f64::INFINITY,
            size * f64::from(lot),
        );
        self.rest(total);
        let cover = self.row(0.0, 0.0, f64::INFINITY, 0.0);
        let overlap = self.row(1.0, 0.0, f64::INFINITY, 1.0);
        let mut before = 0.0;
        for m in 0..model.curve.count {
            let width = model.curve.ends[m] - before;
            before = model.curve.ends[m];
            self.col(
                Meaning::Part,
                0.0,
                line.value * model.curve.slopes[m],
                width,
                &[(cover, 1.0)],
            );
        }
        let points = model.instance.meta.points_per_overlap;
        self.col(
            Meaning::Part,
            1.0,
            -points,
            partners - 1.0,
            &[(overlap, -1.0)],
        );
        for e in edges {
            let Some((lo, hi, step)) = self.room(at, e) else {
                continue;
            };
            let row = &model.rows[model.row_of(e)];
            let per = model.fit(line, model.edges[e]) / f64::from(line.qty);
            let cost = model.unit_cost(line, row);
            let more = (hi - lo) / step;
            let bind =
                (more > 0).then(|| self.row(0.0, 0.0, f64::INFINITY, power(f64::from(more))));
            let mut entries = vec![
                (count, 1.0),
                (total, f64::from(lo) * size),
                (cover, -per * f64::from(lo)),
                (overlap, 1.0),
            ];
            self.shared(at, e, f64::from(lo), &mut entries);
            let scale = power(f64::from(more));
            entries.extend(bind.map(|row| (row, -f64::from(more) * scale)));
            let gain = -cost * f64::from(lo) - model.fixed_cost(at, row);
            let (line_at, edge) = (at as u32, e as u32);
            let used = self.col(
                Meaning::Use {
                    line: line_at,
                    edge,
                },
                1.0,
                gain,
                1.0,
                &entries,
            );
            self.points[e].push(used);
            let Some(bind) = bind else { continue };
            let unit = f64::from(step);
            let mut entries = vec![(total, unit * size), (cover, -per * unit), (bind, scale)];
            self.shared(at, e, unit, &mut entries);
            let col = self.col(
                Meaning::More {
                    line: line_at,
                    edge,
                },
                1.0,
                -cost * unit,
                f64::from(more),
                &entries,
            );
            self.points[e].push(col);
        }
    }
}
