//! Openings of courses: greedy, then closing, swapping and moving until nothing helps.

use super::Problem;
use crate::instance::Delivery;

/// Which sites are open, and whom each class then uses.
pub(super) struct Openings<'p, 'i> {
    problem: &'p Problem<'i>,
    is_open: Vec<bool>,
    used: Vec<usize>,
    /// Best open site of a class with its points, and the points of the next best.
    best: Vec<(f64, u32)>,
    second: Vec<f64>,
    /// Sites by country.
    by_country: Vec<Vec<u32>>,
    country_of: Vec<u32>,
    /// Countries where something changed since they were last looked at.
    is_fresh: Vec<bool>,
}

impl<'p, 'i> Openings<'p, 'i> {
    pub(super) fn new(problem: &'p Problem<'i>) -> Self {
        let classes = problem.classes.len();
        let mut by_country = vec![Vec::new(); problem.instance.meta.countries.len()];
        let country_of: Vec<u32> = (0..problem.sites.len() as u32)
            .map(|s| problem.country(s).unwrap_or(0))
            .collect();
        for (site, &country) in country_of.iter().enumerate() {
            by_country[country as usize].push(site as u32);
        }
        let mut own = Openings {
            problem,
            is_open: vec![false; problem.sites.len()],
            used: vec![0; problem.limit.len()],
            best: vec![(0.0, u32::MAX); classes],
            second: vec![0.0; classes],
            is_fresh: vec![true; by_country.len()],
            by_country,
            country_of,
        };
        for site in 0..problem.sites.len() {
            if problem.sites[site].is_forced {
                own.set(site, true);
            }
        }
        own
    }

    pub(super) fn value(&self) -> f64 {
        let earned: f64 = self.best.iter().map(|b| b.0).sum();
        let open = self
            .problem
            .sites
            .iter()
            .zip(&self.is_open)
            .filter(|(_, open)| **open);
        earned - open.map(|(site, _)| site.cost).sum::<f64>()
    }

    fn set(&mut self, site: usize, open: bool) {
        if self.is_open[site] == open {
            return;
        }
        self.is_open[site] = open;
        let problem = self.problem;
        let offer = problem.sites[site].offer as usize;
        self.is_fresh[self.country_of[site] as usize] = true;
        if open {
            self.used[offer] += 1;
        } else {
            // An offer at its limit may now be opened anywhere.
            if self.used[offer] == problem.limit[offer] {
                for &other in &problem.by_offer[offer] {
                    self.is_fresh[self.country_of[other as usize] as usize] = true;
                }
            }
            self.used[offer] -= 1;
        }
        for &(class, _) in &problem.sites[site].gains {
            let own = &problem.classes[class as usize];
            let mut ranked = own
                .choices
                .iter()
                .filter(|(s, _)| self.is_open[*s as usize]);
            self.best[class as usize] = ranked
                .next()
                .map_or((0.0, u32::MAX), |&(s, share)| (share * own.value, s));
            self.second[class as usize] =
                ranked.next().map_or(0.0, |&(_, share)| share * own.value);
        }
    }

    fn has_room(&self, site: usize) -> bool {
        let offer = self.problem.sites[site].offer as usize;
        self.used[offer] < self.problem.limit[offer]
    }

    /// Points won by opening a closed site.
    fn opening(&self, site: usize) -> f64 {
        let own = &self.problem.sites[site];
        own.gains
            .iter()
            .map(|&(class, gain)| (gain - self.best[class as usize].0).max(0.0))
            .sum::<f64>()
            - own.cost
    }

    /// Points won by closing an open site.
    fn closing(&self, site: usize) -> f64 {
        let own = &self.problem.sites[site];
        let lost = |&(class, _): &(u32, f64)| {
            let best = self.best[class as usize];
            if best.1 == site as u32 {
                best.0 - self.second[class as usize]
            } else {
                0.0
            }
        };
        own.cost - own.gains.iter().map(lost).sum::<f64>()
    }

    /// Points won by opening `new` and closing `old` of the same country.
    fn swap(&self, new: usize, old: usize) -> f64 {
        let problem = self.problem;
        let mut won = problem.sites[old].cost - problem.sites[new].cost;
        let mut fresh = problem.sites[new].gains.iter().peekable();
        // Both lists are sorted by class.
        for &(class, _) in &problem.sites[old].gains {
            while let Some(&&(other, gain)) = fresh.peek().filter(|g| g.0 < class) {
                won += (gain - self.best[other as usize].0).max(0.0);
                fresh.next();
            }
            let offered = fresh.next_if(|g| g.0 == class).map_or(0.0, |g| g.1);
            let best = self.best[class as usize];
            let kept = if best.1 == old as u32 {
                self.second[class as usize]
            } else {
                best.0
            };
            won += offered.max(kept) - best.0;
        }
        won + fresh
            .map(|&(class, gain)| (gain - self.best[class as usize].0).max(0.0))
            .sum::<f64>()
    }

    /// Opens what the prices say is worth opening, dearest first.
    pub(super) fn round(&mut self, openness: &[f64]) {
        let mut order: Vec<usize> = (0..openness.len())
            .filter(|&s| openness[s] > -1e-3 * self.problem.sites[s].cost)
            .collect();
        order.sort_by(|&a, &b| openness[b].total_cmp(&openness[a]).then(a.cmp(&b)));
        for site in order {
            if !self.is_open[site] && self.has_room(site) && self.opening(site) > 0.0 {
                self.set(site, true);
            }
        }
    }

    /// Opens greedily, then tries closing, swapping and moving until nothing helps.
    pub(super) fn improve(&mut self, go_on: &mut dyn FnMut() -> bool) {
        self.fill();
        for _ in 0..60 {
            if !go_on() {
                break;
            }
            let mut changed = false;
            for country in 0..self.by_country.len() {
                if std::mem::take(&mut self.is_fresh[country]) {
                    changed |= self.improve_country(country);
                }
            }
            changed |= self.move_offers();
            if !changed {
                break;
            }
        }
    }

    fn fill(&mut self) {
        let mut heap: std::collections::BinaryHeap<(u64, usize)> =
            std::collections::BinaryHeap::new();
        let key = |gain: f64| (gain.max(0.0) * 1e3) as u64;
        for site in (0..self.is_open.len()).filter(|&s| !self.is_open[s]) {
            heap.push((key(self.opening(site)), site));
        }
        while let Some((claimed, site)) = heap.pop() {
            if claimed == 0 || self.is_open[site] || !self.has_room(site) {
                continue;
            }
            let now = key(self.opening(site));
            if now == claimed {
                self.set(site, true);
            } else if now > 0 {
                heap.push((now, site));
            }
        }
    }

    fn improve_country(&mut self, country: usize) -> bool {
        let sites = self.by_country[country].clone();
        let mut changed = false;
        for &site in &sites {
            let site = site as usize;
            if self.is_open[site] {
                if !self.problem.sites[site].is_forced && self.closing(site) > 1e-7 {
                    self.set(site, false);
                    changed = true;
                }
            } else if self.has_room(site) {
                let opening = self.opening(site);
                if opening > 1e-7 {
                    self.set(site, true);
                    changed = true;
                    continue;
                }
                // Closing another saves at most its cost.
                let cost = |old: usize| self.problem.sites[old].cost;
                let open = sites
                    .iter()
                    .map(|&s| s as usize)
                    .filter(|&s| self.is_open[s] && !self.problem.sites[s].is_forced)
                    .filter(|&s| opening + cost(s) > 1e-7);
                let best = open
                    .map(|old| (self.swap(site, old), old))
                    .max_by(|a, b| a.0.total_cmp(&b.0));
                if let Some((won, old)) = best.filter(|b| b.0 > 1e-7) {
                    debug_assert!(won > 0.0);
                    self.set(old, false);
                    self.set(site, true);
                    changed = true;
                }
            }
        }
        changed
    }

    /// Moves openings of an offer at its limit from one country to another.
    fn move_offers(&mut self) -> bool {
        let mut changed = false;
        for offer in 0..self.used.len() {
            if self.used[offer] < self.problem.limit[offer] || self.used[offer] == 0 {
                continue;
            }
            let sites: Vec<usize> = self.problem.by_offer[offer]
                .iter()
                .map(|&s| s as usize)
                .collect();
            for &new in &sites {
                if self.is_open[new] {
                    continue;
                }
                let open = sites
                    .iter()
                    .copied()
                    .filter(|&s| self.is_open[s] && !self.problem.sites[s].is_forced);
                let best = open
                    .map(|old| (self.closing(old), old))
                    .max_by(|a, b| a.0.total_cmp(&b.0));
                if let Some((_, old)) = best {
                    changed |= self.try_move(new, old);
                }
            }
        }
        changed
    }

    /// Moves one opening and lets both countries settle; undone unless it helps.
    fn try_move(&mut self, new: usize, old: usize) -> bool {
        let (from, to) = (self.country_of[old] as usize, self.country_of[new] as usize);
        // Rough test first: the other country can win back at most what it lost.
        if self.opening(new) <= -0.5 * self.problem.sites[new].cost {
            return false;
        }
        let touched: Vec<u32> = self.by_country[from]
            .iter()
            .chain(&self.by_country[to])
            .copied()
            .collect();
        let before: Vec<bool> = touched.iter().map(|&s| self.is_open[s as usize]).collect();
        let worth = self.country_value(from) + self.country_value(to);
        self.set(old, false);
        self.set(new, true);
        for _ in 0..3 {
            if !(self.improve_country(from) | self.improve_country(to)) {
                break;
            }
        }
        if self.country_value(from) + self.country_value(to) > worth + 1e-7 {
            return true;
        }
        for close in [true, false] {
            for (&site, &open) in touched.iter().zip(&before) {
                if open != close {
                    self.set(site as usize, open);
                }
            }
        }
        false
    }

    fn country_value(&self, country: usize) -> f64 {
        let sites = self.by_country[country]
            .iter()
            .map(|&s| s as usize)
            .filter(|&s| self.is_open[s]);
        let mut value = 0.0;
        for site in sites {
            value -= self.problem.sites[site].cost;
            for &(class, _) in &self.problem.sites[site].gains {
                if self.best[class as usize].1 == site as u32 {
                    value += self.best[class as usize].0;
                }
            }
        }
        value
    }

    pub(super) fn deliveries(&self) -> Vec<Delivery> {
        let mut out = Vec::new();
        for (class, best) in self.problem.classes.iter().zip(&self.best) {
            let Some(site) = self.problem.sites.get(best.1 as usize) else {
                continue;
            };
            for &need in &class.needs {
                out.push(Delivery {
                    need,
                    offer: site.offer,
                    period: -1,
                    qty: self.problem.instance.needs[need as usize].qty,
                });
            }
        }
        out.sort_unstable();
        out
    }
}
