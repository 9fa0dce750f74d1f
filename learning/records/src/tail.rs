//! The tail by heart: what the rows are found by that the index does not know yet. It is learnt from
//! the rows once and then row by row as they come.

use crate::statement::{Key, unpacked};
use crate::store::Fold;
use base::{Id, Result};
use db::{Tx, args};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Databases whose tails are known at a time.
const DATABASES: usize = 8;

#[derive(Default)]
struct Tail {
    /// Everything after this place is known …
    from: i64,
    /// … up to this one.
    to: i64,
    /// The places by the key's number, its lowest bit set where the statement itself is about it.
    places: HashMap<i64, Vec<i64>>,
    /// The newest place of some time ago, and when that was.
    seen: Option<(i64, Instant)>,
}

/// How old a row must be to be known by heart: younger ones may stand in a transaction that is yet
/// taken back, or have one before them that comes later.
const YOUNG: Duration = Duration::from_secs(2);
/// The same as places count.
const SETTLED: i64 = 2_000_000 << 10;

impl Tail {
    fn after(place: i64) -> Self {
        Self {
            from: place,
            to: place,
            places: HashMap::new(),
            seen: None,
        }
    }

    /// The place up to which nothing changes any more: old enough by the places after it, or by this machine's time.
    fn settled(&mut self, newest: i64) -> i64 {
        let (place, since) = *self.seen.get_or_insert_with(|| (newest, Instant::now()));
        let old = newest - SETTLED;
        if since.elapsed() < YOUNG {
            return old;
        }
        if newest > place {
            self.seen = Some((newest, Instant::now()));
        }
        place.max(old)
    }

    /// Learns the rows up to a place.
    fn learn(&mut self, tx: &mut Tx, last: i64) -> Result<()> {
        if last <= self.to {
            return Ok(());
        }
        let (mut to, places) = (self.to, &mut self.places);
        tx.each(
            "SELECT seq, keys FROM record WHERE seq > $1 AND seq <= $2 ORDER BY seq",
            &args![self.to, last],
            &mut |row| {
                let mut read = row.read();
                to = read.int()?;
                for held in unpacked(&read.bytes()?) {
                    let number = held.key.number() | i64::from(held.near);
                    places.entry(number).or_default().push(to);
                }
                Ok(())
            },
        )?;
        self.to = to;
        Ok(())
    }

    /// Lets go of what the index knows by now.
    fn prune(&mut self, upto: i64) {
        self.from = upto;
        self.to = self.to.max(upto);
        self.places.retain(|_, places| {
            places.retain(|place| *place > upto);
            !places.is_empty()
        });
    }

    fn has(&self, key: Key, near: bool, place: i64) -> bool {
        let among = |number: i64| {
            let places = self.places.get(&number);
            places.is_some_and(|places| places.binary_search(&place).is_ok())
        };
        among(key.number() | 1) || (!near && among(key.number()))
    }

    fn of(&self, key: Key, near: bool, (after, before): (i64, i64)) -> Vec<i64> {
        let within = |number: i64| {
            let places = self.places.get(&number).map_or(&[][..], Vec::as_slice);
            let start = places.partition_point(|place| *place <= after);
            let end = places.partition_point(|place| *place < before);
            places.get(start..end).unwrap_or_default()
        };
        let mut all = within(key.number() | 1).to_vec();
        if !near {
            let far = within(key.number());
            if !far.is_empty() {
                all.extend_from_slice(far);
                all.sort_unstable();
            }
        }
        all
    }
}

static TAILS: Mutex<Option<HashMap<Id, Arc<Mutex<Tail>>>>> = Mutex::new(None);

fn known(fold: Fold) -> Arc<Mutex<Tail>> {
    let mut tails = TAILS.lock().unwrap_or_else(PoisonError::into_inner);
    let tails = tails.get_or_insert_with(HashMap::new);
    if tails.len() >= DATABASES && !tails.contains_key(&fold.id) {
        tails.clear();
    }
    let fresh = || Arc::new(Mutex::new(Tail::after(fold.upto)));
    tails.entry(fold.id).or_insert_with(fresh).clone()
}

/// The places between both bounds, in their order, where every key is held.
pub(crate) fn places(
    tx: &mut Tx,
    fold: Fold,
    keys: &[(Key, bool)],
    bounds: (i64, i64),
) -> Result<Vec<i64>> {
    let newest = tx.one("SELECT MAX(seq) FROM record", &[])?;
    let newest = newest.read().opt_int()?.unwrap_or(0);
    let tail = known(fold);
    let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
    if fold.upto < tail.from {
        // An older reading than the one that pruned: it learns for itself.
        let mut own = Tail::after(fold.upto);
        own.learn(tx, newest)?;
        return Ok(chosen(&own, keys, bounds));
    }
    // What the index has learnt meanwhile is not read again: after an import that would be all of it.
    if fold.upto > tail.from {
        tail.prune(fold.upto);
    }
    // One writer keeps rows in their order: what is read without writing is all there.
    let settled = if fold.several || !tx.only_reads() {
        tail.settled(newest)
    } else {
        newest
    };
    tail.learn(tx, settled)?;
    let mut young = Tail::after(tail.to);
    young.learn(tx, newest)?;
    let mut places = chosen(&tail, keys, bounds);
    places.extend(chosen(&young, keys, bounds));
    Ok(places)
}

fn chosen(tail: &Tail, keys: &[(Key, bool)], bounds: (i64, i64)) -> Vec<i64> {
    let Some(((first, near), others)) = keys.split_first() else {
        return Vec::new();
    };
    let mut places = tail.of(*first, *near, bounds);
    places.retain(|place| {
        others
            .iter()
            .all(|(key, near)| tail.has(*key, *near, *place))
    });
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_settle_by_what_comes_after_them_and_by_time() {
        let mut tail = Tail::after(0);
        let newest = 10 * SETTLED;
        assert_eq!(tail.settled(newest), newest - SETTLED);
        assert_eq!(
            tail.settled(newest),
            newest - SETTLED,
            "nothing came, and no time has passed"
        );
        tail.seen = Instant::now()
            .checked_sub(YOUNG)
            .map(|since| (newest, since));
        assert_eq!(tail.settled(newest + 1), newest);
        assert_eq!(
            tail.settled(newest + 2),
            newest + 2 - SETTLED,
            "what came since is young"
        );
    }
}
