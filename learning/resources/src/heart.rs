//! What searches of one database know by heart: every resource in brief, and who has the words that
//! many have. Filled by whoever searches first, bounded, and let go when nobody searches for a while.

use crate::light::{Library, last_turn};
use crate::postings::Postings;
use crate::search::{FORMS, Term};
use base::{Id, Result};
use db::{Row, Tx, Val, args};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes the lists of words may take together.
const LISTS_MAX: usize = 2_000_000;
/// A word that fewer have is read when it is asked for.
const COMMON: usize = 48;
/// Rows of one form, or of all beginnings of a word, that are looked at; the heaviest of a form are.
const READ: i64 = 200_000;
/// So many rows are read while one resource is asked.
pub(crate) const ASKED: usize = 16;
/// Words remembered for having been asked of one resource after the other.
const ASKED_LATELY: usize = 64;
/// Counting goes no further.
const COUNTED: i64 = 2_001;
/// When nobody has searched for so long, all is forgotten.
const UNUSED: Duration = Duration::from_secs(600);
const LOOK: Duration = Duration::from_secs(60);

/// What is remembered beside one database.
#[derive(Default)]
pub(crate) struct Heart(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    library: Arc<Library>,
    lists: HashMap<String, List>,
    /// Common words that were wanted once, the latest last: what is wanted again is worth a list.
    asked: VecDeque<String>,
    /// Bytes of all lists.
    bytes: usize,
    /// Counts the uses of lists.
    uses: u64,
    used: Option<Instant>,
    /// How often all was forgotten: resources are numbered anew then.
    epoch: u64,
    watched: bool,
}

/// Who has a word, as it stood at a turn.
struct List {
    postings: Arc<Postings>,
    turn: i64,
    used: u64,
}

/// What a list takes beside its postings.
fn weighs(key: &str, postings: &Postings) -> usize {
    key.len() + postings.size() + 160
}

impl Kept {
    fn forget(&mut self) {
        *self = Self {
            watched: self.watched,
            epoch: self.epoch + 1,
            ..Self::default()
        };
    }
    fn drop_list(&mut self, key: &str) {
        if let Some(gone) = self.lists.remove(key) {
            self.bytes = self.bytes.saturating_sub(weighs(key, &gone.postings));
        }
    }
    fn keep(&mut self, key: &str, postings: Arc<Postings>, turn: i64) {
        self.drop_list(key);
        let more = weighs(key, &postings);
        if postings.len() < COMMON || more > LISTS_MAX {
            return;
        }
        while self.bytes + more > LISTS_MAX {
            let oldest = self.lists.iter().min_by_key(|(_, list)| list.used);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else {
                break;
            };
            self.drop_list(&key);
        }
        self.uses += 1;
        self.bytes += more;
        let used = self.uses;
        self.lists.insert(
            key.to_owned(),
            List {
                postings,
                turn,
                used,
            },
        );
    }
    /// Lets go of everything when it was not used since.
    fn rest(&mut self, now: Instant) -> bool {
        let idle = self
            .used
            .is_none_or(|used| now.duration_since(used) >= UNUSED);
        if idle {
            self.forget();
        }
        idle
    }
}

impl Heart {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks now and then whether anybody still searches; ends when there is nothing left to forget.
fn watch(heart: &Arc<Heart>) {
    let weak = Arc::downgrade(heart);
    let look = move || {
        loop {
            std::thread::sleep(LOOK);
            let Some(heart) = weak.upgrade() else {
                return;
            };
            let mut kept = heart.kept();
            if kept.rest(Instant::now()) {
                kept.watched = false;
                return;
            }
        }
    };
    let watcher = std::thread::Builder::new().name("by-heart".to_owned());
    heart.kept().watched = watcher.stack_size(64 * 1024).spawn(look).is_ok();
}

/// What a search knows of its database.
pub(crate) struct Known {
    heart: Arc<Heart>,
    pub(crate) library: Arc<Library>,
    /// Up to this turn all know the resources by the same numbers.
    to: i64,
    epoch: u64,
    /// What is read in this transaction may be remembered: it is committed, and as new as `library`.
    keeps: bool,
}

/// Brings what is known up to what this transaction sees.
pub(crate) fn known(tx: &mut Tx) -> Result<Known> {
    let last = last_turn(tx)?;
    let heart: Arc<Heart> = tx.beside();
    let mut kept = heart.kept();
    kept.used = Some(Instant::now());
    let epoch = kept.epoch;
    if last > kept.library.to {
        if !tx.only_reads() {
            // Its own changes may yet be taken back.
            let mut own = (*kept.library).clone();
            drop(kept);
            let to = own.to;
            own.learn(tx, last)?;
            let library = Arc::new(own);
            return Ok(Known {
                heart,
                library,
                to,
                epoch,
                keeps: false,
            });
        }
        Arc::make_mut(&mut kept.library).learn(tx, last)?;
    }
    let library = Arc::clone(&kept.library);
    let unwatched = !kept.watched;
    kept.watched = true;
    drop(kept);
    if unwatched {
        watch(&heart);
    }
    Ok(Known {
        heart,
        to: library.to,
        epoch,
        keeps: last == library.to,
        library,
    })
}

/// Every resource with one form of a word, the heaviest first.
const FORM: &str = "SELECT resource_id, weight FROM resource_word WHERE token = $1 \
     ORDER BY weight DESC, resource_id LIMIT $2";
/// Every resource with a word that begins so.
const BEGUN: &str = "SELECT resource_id, weight FROM resource_word WHERE token >= $1 AND token < $2 \
     ORDER BY token, weight DESC, resource_id LIMIT $3";
/// What one resource has of a word.
const OF_ONE: &str = "SELECT MAX(w.weight) FROM (SELECT weight FROM resource_word \
     WHERE resource_id = $9 AND token IN ($1, $2, $3, $4, $5, $6) UNION ALL \
     SELECT weight FROM resource_word WHERE resource_id = $9 AND token >= $7 AND token < $8) AS w";
/// How many have one of the forms, counted no further than matters.
const COUNT: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM resource_word \
     WHERE token IN ($1, $2, $3, $4, $5, $6) UNION ALL SELECT 1 FROM resource_word \
     WHERE token >= $7 AND token < $8 LIMIT $9) AS w";

/// A word's forms and range, as the statements take them.
fn values(term: &Term) -> Vec<Val> {
    let first = term.any.first().map_or("", String::as_str);
    let forms = (0..FORMS).map(|at| term.any.get(at).map_or(first, String::as_str));
    let mut values: Vec<Val> = forms.map(Val::from).collect();
    values.extend(range(term).map(Val::from));
    values
}

/// From where to where the beginnings of a word stand; nothing when it is whole.
fn range(term: &Term) -> [String; 2] {
    match &term.prefix {
        Some(prefix) => [prefix.clone(), format!("{prefix}\u{10ffff}")],
        None => [String::new(), String::new()],
    }
}

/// The word under which a list is kept.
fn key(term: &Term) -> String {
    let mut key = term.any.join(" ");
    if let Some(prefix) = &term.prefix {
        key.push_str(" *");
        key.push_str(prefix);
    }
    key
}

/// How many resources may have a word, no further than matters; rather too many than too few.
pub(crate) fn common(tx: &mut Tx, term: &Term) -> Result<usize> {
    let mut values = values(term);
    values.push(COUNTED.into());
    let count = tx.one(COUNT, &values)?.read().int()?;
    let count = usize::try_from(count).unwrap_or(0);
    Ok(if count < 2_001 { count } else { count * 2 })
}

/// What some resources have of a word.
pub(crate) fn weights(tx: &mut Tx, term: &Term, ids: &[Id]) -> Result<Vec<u32>> {
    let mut values = values(term);
    values.push(Val::Null);
    let mut weights = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(last) = values.last_mut() {
            *last = id.into();
        }
        let weight = tx.one(OF_ONE, &values)?.read().opt_int()?;
        weights.push(u32::try_from(weight.unwrap_or(0)).unwrap_or(u32::MAX));
    }
    Ok(weights)
}

impl Known {
    /// Who has a word, when that is known by heart.
    pub(crate) fn by_heart(&self, tx: &mut Tx, term: &Term) -> Result<Option<Arc<Postings>>> {
        let key = key(term);
        let (postings, turn) = {
            let mut kept = self.heart.kept();
            kept.uses += 1;
            let (uses, epoch) = (kept.uses, kept.epoch);
            let list = kept.lists.get_mut(&key);
            let Some(list) = list.filter(|list| list.turn <= self.to && epoch == self.epoch) else {
                return Ok(None);
            };
            list.used = uses;
            (Arc::clone(&list.postings), list.turn)
        };
        let Some(changed) = self.library.changed_since(turn) else {
            return Ok(None);
        };
        if changed.is_empty() {
            return Ok(Some(postings));
        }
        if changed.len() * ASKED > postings.len().max(COMMON) {
            return Ok(None);
        }
        let ids: Vec<Id> = changed
            .iter()
            .filter_map(|place| self.library.at(*place).map(|one| one.id))
            .collect();
        let weights = weights(tx, term, &ids)?;
        let changed: Vec<(u32, u32)> = changed.into_iter().zip(weights).collect();
        let postings = Arc::new(postings.with(&changed));
        self.keep(&key, &postings);
        Ok(Some(postings))
    }

    /// Reads who has a word, and remembers it when many do.
    pub(crate) fn read(&self, tx: &mut Tx, term: &Term) -> Result<Arc<Postings>> {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut cut = false;
        let mut take = |tx: &mut Tx, sql: &'static str, args: &[Val]| -> Result<()> {
            let mut rows = 0;
            tx.each(sql, args, &mut |row| {
                rows += 1;
                let (id, weight) = pair(&row)?;
                // What came after what this search knows is left to those who will know it.
                pairs.extend(self.library.place(id).map(|place| (place, weight)));
                Ok(())
            })?;
            cut |= rows >= READ;
            Ok(())
        };
        for form in &term.any {
            take(tx, FORM, &args![form, READ])?;
        }
        if term.prefix.is_some() {
            let [from, to] = range(term);
            take(tx, BEGUN, &args![from, to, READ])?;
        }
        let postings = Arc::new(Postings::of(pairs, cut));
        self.keep(&key(term), &postings);
        Ok(postings)
    }

    /// Whether a word was wanted lately and no list was made; now it counts as wanted.
    pub(crate) fn is_wanted_again(&self, term: &Term) -> bool {
        let key = key(term);
        let mut kept = self.heart.kept();
        let again = kept.asked.contains(&key);
        if !again {
            if kept.asked.len() >= ASKED_LATELY {
                kept.asked.pop_front();
            }
            kept.asked.push_back(key);
        }
        self.keeps && again
    }

    fn keep(&self, key: &str, postings: &Arc<Postings>) {
        if self.keeps {
            let mut kept = self.heart.kept();
            let newer = kept.lists.get(key).is_some_and(|list| list.turn > self.to);
            if !newer && kept.epoch == self.epoch {
                kept.keep(key, Arc::clone(postings), self.to);
            }
        }
    }
}

fn pair(row: &Row) -> Result<(Id, u32)> {
    let mut r = row.read();
    let (id, weight) = (r.id()?, r.int()?);
    Ok((id, u32::try_from(weight.max(1)).unwrap_or(u32::MAX)))
}

/// What searches have in memory beside a database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    pub resources: usize,
    pub words: usize,
    /// About so many bytes for all of it.
    pub bytes: usize,
}

/// What searches of this database have in memory now.
pub fn remembered(tx: &Tx) -> Remembered {
    let heart: Arc<Heart> = tx.beside();
    let kept = heart.kept();
    Remembered {
        resources: kept.library.all().len(),
        words: kept.lists.len(),
        bytes: kept.library.size() + kept.bytes,
    }
}

/// Forgets what searches of this database have in memory; the next one learns it again.
pub fn let_go(tx: &Tx) {
    let heart: Arc<Heart> = tx.beside();
    heart.kept().forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(count: u32) -> Arc<Postings> {
        Arc::new(Postings::of(
            (0..count).map(|n| (n * 40, 300)).collect(),
            false,
        ))
    }

    #[test]
    fn lists_take_no_more_than_they_may_and_the_unused_go_first() {
        let mut kept = Kept::default();
        kept.keep("rare", list(3), 1);
        assert_eq!((kept.lists.len(), kept.bytes), (0, 0));
        for n in 0..400 {
            if let Some(first) = kept.lists.get_mut("word 0") {
                first.used = u64::MAX;
            }
            kept.keep(&format!("word {n}"), list(10_000), 1);
            assert!(kept.bytes <= LISTS_MAX);
        }
        assert!(kept.lists.contains_key("word 0") && kept.lists.contains_key("word 399"));
        assert!(!kept.lists.contains_key("word 1"));
        let sum: usize = kept
            .lists
            .iter()
            .map(|(key, list)| weighs(key, &list.postings))
            .sum();
        assert_eq!(sum, kept.bytes);
        // The same word again takes the place of the former.
        let before = kept.bytes;
        kept.keep("word 399", list(10_000), 2);
        assert_eq!((kept.bytes, kept.lists["word 399"].turn), (before, 2));
    }

    #[test]
    fn what_nobody_uses_is_forgotten() {
        let mut kept = Kept::default();
        let now = Instant::now();
        kept.keep("word", list(1_000), 1);
        kept.used = Some(now);
        assert!(!kept.rest(now + UNUSED / 2) && kept.lists.len() == 1);
        assert!(kept.rest(now + UNUSED));
        assert!(kept.lists.is_empty() && kept.bytes == 0 && kept.library.to == 0);
    }
}
