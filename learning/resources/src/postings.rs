//! Who has a word and what it weighs there, packed into two or three bytes each: pure.

/// Numbers of resources in order, each with a weight of at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Postings {
    bytes: Box<[u8]>,
    count: usize,
    /// There were more than are kept.
    pub(crate) cut: bool,
}

impl Postings {
    /// Of pairs in any order; of one number the greatest weight counts.
    pub(crate) fn of(mut pairs: Vec<(u32, u32)>, cut: bool) -> Self {
        pairs.sort_unstable_by_key(|(number, weight)| (*number, std::cmp::Reverse(*weight)));
        pairs.dedup_by_key(|(number, _)| *number);
        let mut bytes = Vec::with_capacity(pairs.len() * 2);
        let mut last = 0;
        for (number, weight) in &pairs {
            push(&mut bytes, number - last);
            push(&mut bytes, *weight);
            last = *number;
        }
        Self {
            bytes: bytes.into(),
            count: pairs.len(),
            cut,
        }
    }
    /// With other weights for some numbers; one of nothing takes the number away.
    pub(crate) fn with(&self, changed: &[(u32, u32)]) -> Self {
        let mut other: Vec<u32> = changed.iter().map(|(number, _)| *number).collect();
        other.sort_unstable();
        let mut pairs: Vec<(u32, u32)> = self
            .iter()
            .filter(|(number, _)| other.binary_search(number).is_err())
            .collect();
        pairs.extend(changed.iter().filter(|(_, weight)| *weight > 0));
        Self::of(pairs, self.cut)
    }
    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.count
    }
    /// The bytes it takes.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }
    /// Every number with its weight, in order.
    pub(crate) fn iter(&self) -> Iter<'_> {
        Iter {
            bytes: self.bytes.iter(),
            last: 0,
        }
    }
    /// Leaves of `found`, which stands in order, what is here as well, and adds so many times what it
    /// weighs.
    pub(crate) fn narrow(&self, found: &mut Vec<(u32, i64)>, times: i64) {
        let mut own = self.iter();
        let mut next = own.next();
        found.retain_mut(|(number, score)| {
            while let Some((here, weight)) = next {
                if here >= *number {
                    *score += times * i64::from(weight);
                    return here == *number;
                }
                next = own.next();
            }
            false
        });
    }
}

/// Seven bits a byte, the lowest first.
fn push(bytes: &mut Vec<u8>, mut number: u32) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(low & 0x7f);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// Reads a list from its beginning.
pub(crate) struct Iter<'a> {
    bytes: std::slice::Iter<'a, u8>,
    last: u32,
}

impl Iter<'_> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        let mut shift = 0;
        loop {
            let byte = u32::from(*self.bytes.next()?);
            number |= (byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

impl Iterator for Iter<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<Self::Item> {
        self.last += self.number()?;
        let weight = self.number()?;
        Some((self.last, weight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn pairs() -> impl Strategy<Value = BTreeMap<u32, u32>> {
        prop::collection::btree_map(0_u32..5_000_000, 1_u32..100_000, 0..80)
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out(kept in pairs()) {
            let list = Postings::of(kept.clone().into_iter().rev().collect(), false);
            prop_assert_eq!(list.len(), kept.len());
            prop_assert_eq!(list.iter().collect::<BTreeMap<_, _>>(), kept);
        }

        #[test]
        fn the_greatest_weight_of_one_counts(number in 0_u32..9, weights in prop::collection::vec(1_u32..400, 1..9)) {
            let most = weights.iter().copied().max();
            let list = Postings::of(weights.iter().map(|weight| (number, *weight)).collect(), false);
            prop_assert_eq!(list.iter().next().map(|(_, weight)| weight), most);
            prop_assert_eq!(list.len(), 1);
        }

        #[test]
        fn changes_are_as_if_it_were_made_anew(kept in pairs(), other in pairs(), gone in pairs()) {
            let mut whole = kept.clone();
            whole.extend(other.clone());
            let mut changed: Vec<(u32, u32)> = other.into_iter().collect();
            for number in gone.keys().chain(kept.keys().take(3)) {
                whole.remove(number);
                changed.retain(|(own, _)| own != number);
                changed.push((*number, 0));
            }
            let list = Postings::of(kept.into_iter().collect(), false).with(&changed);
            prop_assert_eq!(list, Postings::of(whole.into_iter().collect(), false));
        }

        #[test]
        fn what_both_have_is_left(kept in pairs(), other in pairs()) {
            let mut found: Vec<(u32, i64)> =
                kept.iter().map(|(number, weight)| (*number, i64::from(*weight))).collect();
            // Some that both have.
            let mut other = other;
            other.extend(kept.keys().step_by(2).map(|number| (*number, 7)));
            Postings::of(other.clone().into_iter().collect(), false).narrow(&mut found, 1);
            let wanted: Vec<(u32, i64)> = kept
                .iter()
                .filter_map(|(number, weight)| {
                    let more = other.get(number)?;
                    Some((*number, i64::from(*weight) + i64::from(*more)))
                })
                .collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
