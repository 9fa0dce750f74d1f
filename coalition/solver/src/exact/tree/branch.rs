//! Where to branch: all ways at a point, and the one that loses most on both sides.

use super::super::simplex::FEASIBLE;
use super::*;

impl Tree<'_, '_, '_, '_> {
    pub(super) fn learn(&mut self, key: Key, is_up: bool, rate: f64) {
        let loss = self.losses.entry(key).or_default();
        loss.sum[usize::from(is_up)] += rate;
        loss.count[usize::from(is_up)] += 1;
    }

    /// All ways to branch at the present point.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let form = &self.form;
        let mut out = Vec::new();
        for &at in &form.lines {
            if form.choice[at] != u32::MAX {
                self.choose_edges(at, &mut out);
                self.choose_amounts(at, true, &mut out);
            }
        }
        for (col, &unit) in form.unit.iter().enumerate() {
            if unit <= 0.0 || matches!(form.meaning[col], Meaning::Slack | Meaning::Point { .. }) {
                continue;
            }
            if form.lp.place[col] < 0 {
                continue;
            }
            let x = form.lp.value(col) / unit;
            let low = x.floor();
            let (below, above) = (x - low, low + 1.0 - x);
            // What rows leave is only as exact as the programme is feasible.
            let near = match form.meaning[col] {
                Meaning::Rest => WHOLE.max(100.0 * FEASIBLE / unit),
                _ => WHOLE,
            };
            if below.min(above) > near {
                let change = |lower, upper| {
                    vec![Change {
                        col: col as u32,
                        lower,
                        upper,
                    }]
                };
                out.push(Choice {
                    key: Key::Column(col as u32),
                    below,
                    above,
                    down: change(f64::NEG_INFINITY, low * unit),
                    up: change((low + 1.0) * unit, f64::INFINITY),
                });
            }
        }
        if out.is_empty() {
            for &at in &form.lines {
                self.choose_amounts(at, false, &mut out);
            }
        }
        out
    }

    fn choose_edges(&self, at: usize, out: &mut Vec<Choice>) {
        let form = &self.form;
        let edges = form.model.edges_of(at);
        let used = |e: usize| -> f64 {
            form.points[e]
                .iter()
                .map(|&c| form.lp.value(c as usize))
                .sum()
        };
        for e in edges.clone() {
            let y = used(e);
            if !(WHOLE..=1.0 - WHOLE).contains(&y) {
                continue;
            }
            let none = |e: usize| form.points[e].iter().map(|&col| Change::shut(col));
            let mut up: Vec<Change> = edges.clone().filter(|&o| o != e).flat_map(none).collect();
            up.push(Change::shut(form.lp.slack[form.choice[at] as usize]));
            out.push(Choice {
                key: Key::Edge(e as u32),
                below: y,
                above: 1.0 - y,
                down: none(e).collect(),
                up,
            });
        }
    }

    /// The variables of an edge's quantities: (variable, line, lots).
    fn quantities(&self, edge: usize) -> impl Iterator<Item = (u32, usize, f64)> {
        let form = &self.form;
        let step = f64::from(form.model.rows[form.model.row_of(edge)].step);
        form.points[edge].iter().filter_map(move |&col| {
            let Meaning::Point { line, qty, .. } = form.meaning[col as usize] else {
                return None;
            };
            Some((col, line as usize, f64::from(qty) / step))
        })
    }

    /// Lots an edge carries where it is used, rounded down, when they are no whole number.
    fn broken(&self, edge: usize) -> Option<f64> {
        let (mut used, mut lots) = (0.0, 0.0);
        for (col, _, own) in self.quantities(edge) {
            let x = self.form.lp.value(col as usize);
            used += x;
            lots += x * own;
        }
        let low = (lots / used).floor();
        let away = (lots / used - low).min(low + 1.0 - lots / used);
        (used > WHOLE && away > 1e-5).then_some(low)
    }

    /// Quantities between two lots: of edges that have a variable for each quantity, or of the others.
    fn choose_amounts(&self, at: usize, is_complete: bool, out: &mut Vec<Choice>) {
        for e in self.form.model.edges_of(at) {
            let Some((first, ..)) = self.quantities(e).next() else {
                continue;
            };
            if (self.form.unit[first as usize] > 0.0) != is_complete {
                continue;
            }
            let Some(low) = self.broken(e) else { continue };
            let (mut below, mut above) = (0.0, 0.0);
            for (col, _, lots) in self.quantities(e) {
                let x = self.form.lp.value(col as usize);
                let side = if lots > low { &mut below } else { &mut above };
                *side += x;
            }
            out.push(self.amount(e, low, below, above));
        }
    }

    fn amount(&self, edge: usize, low: f64, below: f64, above: f64) -> Choice {
        let shut = |is_far: &dyn Fn(f64) -> bool| -> Vec<Change> {
            let far = self.quantities(edge).filter(|q| is_far(q.2));
            far.map(|q| Change::shut(q.0)).collect()
        };
        Choice {
            key: Key::Amount(edge as u32),
            below,
            above,
            down: shut(&|lots| lots > low + 0.5),
            up: shut(&|lots| lots < low + 0.5),
        }
    }

    /// The quantities next to where an edge is branched on need variables of their own.
    fn complete(&mut self, choice: Choice) -> Choice {
        let Key::Amount(edge) = choice.key else {
            return choice;
        };
        let e = edge as usize;
        let (Some(low), Some((_, line, _))) = (self.broken(e), self.quantities(e).next()) else {
            return choice;
        };
        let step = self.form.model.rows[self.form.model.row_of(e)].step;
        for lots in [low, low + 1.0] {
            if self.quantities(e).all(|q| q.2 != lots) {
                self.form.point_between(line, e, lots as u32 * step);
                self.take_in(self.form.lp.cols.len() - 1);
            }
        }
        self.amount(e, low, choice.below, choice.above)
    }

    fn mean(&self) -> [f64; 2] {
        let mut sum = [0.0; 2];
        let mut count = [0.0; 2];
        for loss in self.losses.values() {
            for way in 0..2 {
                if loss.count[way] > 0 {
                    sum[way] += loss.sum[way] / f64::from(loss.count[way]);
                    count[way] += 1.0;
                }
            }
        }
        [0, 1].map(|way| {
            if count[way] > 0.0 {
                sum[way] / count[way]
            } else {
                1.0
            }
        })
    }

    /// The choice that loses most on both ways; tries the less known ones for a few steps. None: nothing is left here.
    pub(super) fn pick(&mut self, choices: Vec<Choice>) -> Option<Choice> {
        let mean = self.mean();
        let mut ranked: Vec<(f64, bool, Choice)> = choices
            .into_iter()
            .map(|choice| {
                let loss = self.losses.get(&choice.key).copied().unwrap_or_default();
                let rate = |way: usize| {
                    if loss.count[way] > 0 {
                        loss.sum[way] / f64::from(loss.count[way])
                    } else {
                        mean[way]
                    }
                };
                let is_known = loss.count[0].min(loss.count[1]) >= RELIABLE;
                (
                    score(rate(0) * choice.below, rate(1) * choice.above),
                    is_known,
                    choice,
                )
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.key.cmp(&b.2.key)));
        let (mut best, mut idle, mut tried) = (None::<(f64, usize)>, 0, 0);
        let mut saved = None;
        let limit = self.limit();
        // Trials count moved costs; so must what they are measured from.
        let here = self.form.lp.objective();
        for (at, (estimate, is_known, choice)) in ranked.iter().enumerate() {
            let mut worth = *estimate;
            if !is_known && (tried >= TRIALS_MAX || idle >= TRIALS_IDLE_MAX) {
                continue;
            }
            if !is_known {
                tried += 1;
                let saved = saved.get_or_insert_with(|| self.form.lp.save());
                let mut lost = [0.0; 2];
                let mut closed = [false; 2];
                for (way, changes) in [&choice.down, &choice.up].into_iter().enumerate() {
                    let (found, ends) = self.form.lp.trial(
                        changes.iter().map(|c| (c.col, c.lower, c.upper)),
                        limit,
                        saved,
                    );
                    lost[way] = (found.min(limit) - here).max(0.0);
                    closed[way] = ends;
                }
                let (key, below, above) = (choice.key, choice.below, choice.above);
                self.learn(key, false, lost[0] / below.max(1e-6));
                self.learn(key, true, lost[1] / above.max(1e-6));
                worth = score(lost[0], lost[1]);
                if closed[0] || closed[1] {
                    best = Some((worth, at));
                    break;
                }
            }
            if best.is_none_or(|b| worth > b.0) {
                best = Some((worth, at));
                idle = 0;
            } else {
                idle += 1;
            }
        }
        let (_, at) = best?;
        let choice = ranked.swap_remove(at).2;
        Some(self.complete(choice))
    }
}

fn score(down: f64, up: f64) -> f64 {
    down.max(1e-6) * up.max(1e-6)
}
