//! Lines in the order they stand in, and the eligible deliveries of each.

use super::{Line, PACKED, Row};
use crate::eligibility::{language, line_top, reach};
use crate::instance::{Instance, Kind, Languages};

/// Rival lines sorted by country, category and block; also a finder from need to line.
pub(super) fn lines(instance: &Instance) -> (Vec<Line>, Vec<u32>, impl Fn(u32) -> Option<u32>) {
    let meta = &instance.meta;
    let packages = instance
        .needs
        .iter()
        .map(|n| n.block + 1)
        .max()
        .unwrap_or(0) as usize;
    let mut size = vec![0u32; packages];
    let mut leader = vec![u32::MAX; packages];
    for (id, need) in instance
        .needs
        .iter()
        .enumerate()
        .filter(|(_, n)| n.block >= 0)
    {
        let block = need.block as usize;
        size[block] += 1;
        leader[block] = leader[block].min(id as u32);
    }
    let is_packed = |id: u32| {
        let block = instance.needs[id as usize].block;
        block >= 0 && size[block as usize] >= 2
    };
    let head = |id: u32| {
        if is_packed(id) {
            leader[instance.needs[id as usize].block as usize]
        } else {
            id
        }
    };
    // Blocks that could use the same offers stand together, by what a unit is worth: so every n-th of them speaks for
    // all, and a look at one finds in reach of the processor what the one before needed.
    let place = |id: u32| {
        let head = head(id);
        let first = &instance.needs[head as usize];
        let lines = match first.block {
            own if own >= 0 => size[own as usize].min(255),
            _ => 1,
        };
        let spoken = if meta.categories[usize::from(first.category)].has_language {
            first.lang1
        } else {
            0
        };
        let worth = (meta.value(first) / f64::from(first.qty.max(1))) as f32;
        let by = (u64::from(first.country) << 40)
            | (u64::from(first.category) << 32)
            | (u64::from(lines) << 24)
            | (u64::from(spoken & 0xffff) << 8)
            | (u64::from(first.tier & 15) << 4);
        let window = (u64::from(first.t_from & 255) << 8) | u64::from(first.t_to & 255);
        (by, (window << 32) | u64::from(worth.to_bits()), head, id)
    };
    let mut order: Vec<_> = (0..instance.needs.len() as u32)
        .filter(|&id| meta.kind(usize::from(instance.needs[id as usize].category)) != Kind::Digital)
        .map(place)
        .collect();
    order.sort_unstable();
    let order: Vec<u32> = order.into_iter().map(|own| own.3).collect();
    let mut lines = Vec::with_capacity(order.len());
    let mut block_start = Vec::new();
    let mut before = u32::MAX;
    for &id in &order {
        let need = &instance.needs[id as usize];
        if head(id) != before {
            before = head(id);
            block_start.push(lines.len() as u32);
        }
        lines.push(Line {
            value: meta.value(need),
            need: id,
            qty: need.qty,
            groups: need.groups,
            country: need.country,
            from: need.t_from,
            partners: need.partners,
            remote: need.remote,
            category: need.category,
            urgency: need.urgency,
            flags: if is_packed(id) { PACKED } else { 0 },
        });
    }
    block_start.push(lines.len() as u32);
    let finder = finder(instance, &order);
    (lines, block_start, finder)
}

/// Finds the line of a need that an earlier match names.
fn finder(instance: &Instance, order: &[u32]) -> impl Fn(u32) -> Option<u32> + use<> {
    let mut wanted: Vec<u32> = instance.prior.iter().map(|p| p.need).collect();
    wanted.sort_unstable();
    let found: Vec<(u32, u32)> = {
        let hit = order
            .iter()
            .enumerate()
            .filter(|(_, id)| wanted.binary_search(id).is_ok());
        let mut found: Vec<(u32, u32)> = hit.map(|(line, &id)| (id, line as u32)).collect();
        found.sort_unstable();
        found
    };
    move |need: u32| {
        let place = found.binary_search_by_key(&need, |pair| pair.0).ok()?;
        Some(found[place].1)
    }
}

/// What a country must know of an offer, close together.
#[derive(Clone, Copy)]
struct Entry {
    offer: u32,
    /// First and last of its areas; the same for the whole country.
    areas: (u32, u32),
    conditions: u32,
    tier: u32,
    /// First and last period of its deliveries.
    begin: u32,
    last: u32,
    row: u32,
    lots: (u32, u32, u32),
    is_rate: bool,
}

/// Finds the eligible deliveries of a line among the offers of its category and country.
pub(super) struct Finder<'m> {
    instance: &'m Instance,
    start: Vec<u32>,
    entries: Vec<Entry>,
    areas: Vec<u32>,
    /// One bit per language for each offer whose languages matter.
    spoken: Vec<Option<Vec<u64>>>,
}

impl<'m> Finder<'m> {
    pub(super) fn new(instance: &'m Instance, rows: &[Row], row_first: &[u32]) -> Self {
        let meta = &instance.meta;
        let kinds = meta.categories.len();
        let mut lists: Vec<Vec<Entry>> = vec![Vec::new(); kinds * meta.countries.len()];
        let mut areas = vec![0];
        for (id, offer) in instance.offers.iter().enumerate() {
            // An offer without a period to deliver in has no row.
            let first = row_first[id] as usize;
            let Some(row) = rows.get(first).filter(|row| row.offer as usize == id) else {
                continue;
            };
            for (country, limited) in reach(offer, meta.countries.len()) {
                let first = areas.len() as u32;
                let span = limited.map_or((0, 0), |list| {
                    areas.extend(list);
                    (first, areas.len() as u32)
                });
                lists[country as usize * kinds + offer.category as usize].push(Entry {
                    offer: id as u32,
                    areas: span,
                    conditions: offer.conditions,
                    tier: offer.tier_required,
                    begin: offer.t_from + offer.setup,
                    last: offer.t_to,
                    row: row_first[id],
                    lots: (row.lo, row.step, row.top),
                    is_rate: row.period >= 0,
                });
            }
        }
        let mut start = vec![0];
        let mut entries = Vec::new();
        for list in lists {
            entries.extend(list);
            start.push(entries.len() as u32);
        }
        let spoken = instance.offers.iter().map(|offer| match &offer.languages {
            Languages::Listed(list) if meta.categories[offer.category as usize].has_language => {
                let mut bits =
                    vec![0u64; list.iter().max().map_or(0, |&most| most as usize / 64 + 1)];
                list.iter()
                    .for_each(|&l| bits[l as usize / 64] |= 1 << (l % 64));
                Some(bits)
            }
            _ => None,
        });
        Finder {
            instance,
            start,
            entries,
            areas,
            spoken: spoken.collect(),
        }
    }

    fn language(&self, offer: usize, lang1: u32, lang2: i32) -> Option<bool> {
        let Some(bits) = &self.spoken[offer] else {
            return Some(false);
        };
        let has = |l: u32| {
            bits.get(l as usize / 64)
                .is_some_and(|word| word >> (l % 64) & 1 == 1)
        };
        if has(lang1) {
            return Some(false);
        }
        let second =
            u32::try_from(lang2).is_ok_and(has) && self.instance.meta.second_language_fit > 0.0;
        debug_assert_eq!(
            second,
            language(&self.instance.offers[offer], lang1, lang2).is_some()
                && self.instance.meta.second_language_fit > 0.0
        );
        second.then_some(true)
    }

    pub(super) fn each(&self, line: &Line, mut found: impl FnMut(u32)) {
        let need = &self.instance.needs[line.need as usize];
        let key = usize::from(line.country) * self.instance.meta.categories.len()
            + usize::from(line.category);
        for entry in &self.entries[self.start[key] as usize..self.start[key + 1] as usize] {
            if u32::from(need.tier) < entry.tier || entry.conditions & !need.have != 0 {
                continue;
            }
            let first = u32::from(need.t_from).max(entry.begin);
            let last = u32::from(need.t_to).min(entry.last);
            let (from, to) = entry.areas;
            if first > last
                || (to > from
                    && self.areas[from as usize..to as usize]
                        .binary_search(&need.area)
                        .is_err())
            {
                continue;
            }
            let Some(second) = self.language(entry.offer as usize, need.lang1, need.lang2) else {
                continue;
            };
            let (lo, step, top) = entry.lots;
            if line_top(line.qty, !line.is_multi(), step, top) < lo {
                continue;
            }
            let (a, b) = if entry.is_rate {
                (
                    entry.row + first - entry.begin,
                    entry.row + last - entry.begin,
                )
            } else {
                (entry.row, entry.row)
            };
            (a..=b).for_each(|row| found(row << 1 | u32::from(second)));
        }
    }
}
