//! What a search must know of each resource, in forty bytes: learnt once, then what changed since.
//!
//! Every change of a resource takes the next turn while nobody else can, so that changes are seen in
//! the order of their turns: whoever sees one sees all before it.

use crate::licence::Use;
use crate::resource::Standing;
use crate::store::unbarred;
use base::{Id, Result};
use db::{Row, Tx, args};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Changes remembered one by one, for the lists of words made before them.
const RECENT: usize = 1_024;
/// So many new resources are put in order one by one.
const FEW: usize = 32;

/// The number of a code that no resource has.
const NONE: u32 = u32::MAX;

/// Notes that a resource was made or changed. Until the transaction ends no other takes a turn.
pub(crate) fn turn(tx: &mut Tx, resource: Id) -> Result<()> {
    // The same word as numbers are given under: two locks could wait for each other.
    tx.lock("resource-number")?;
    let next = last_turn(tx)? + 1;
    tx.exec(
        "INSERT INTO resource_turn (resource_id, turn) VALUES ($1, $2) \
         ON CONFLICT (resource_id) DO UPDATE SET turn = excluded.turn",
        &args![resource, next],
    )?;
    Ok(())
}

/// The last turn that was taken.
pub(crate) fn last_turn(tx: &mut Tx) -> Result<i64> {
    let last = tx.one("SELECT MAX(turn) FROM resource_turn", &[])?;
    Ok(last.read().opt_int()?.unwrap_or(0))
}

/// Things that many resources share, each kept once and told by its number.
#[derive(Clone)]
pub(crate) struct Shared<K> {
    numbers: HashMap<K, u32>,
    all: Vec<K>,
}

impl<K> Default for Shared<K> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            all: Vec::new(),
        }
    }
}

impl<K: Clone + Eq + Hash> Shared<K> {
    fn number(&mut self, thing: K) -> u32 {
        if let Some(number) = self.numbers.get(&thing) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(NONE);
        self.all.push(thing.clone());
        self.numbers.insert(thing, number);
        number
    }
    fn find<Q: Eq + Hash + ?Sized>(&self, thing: &Q) -> u32
    where
        K: Borrow<Q>,
    {
        self.numbers.get(thing).copied().unwrap_or(NONE)
    }
    /// The things, each at its number.
    pub(crate) fn all(&self) -> &[K] {
        &self.all
    }
}

/// A resource as a search counts and filters it.
#[derive(Clone, Debug)]
pub(crate) struct Light {
    pub id: Id,
    /// Its number in its country.
    pub number: u32,
    /// Its languages, as one set.
    pub langs: u32,
    school: u32,
    pub country: u16,
    pub subject: u16,
    pub kind: u16,
    pub licence: u16,
    pub grades: (u8, u8),
    uses: u8,
    pub recommended: bool,
    approved: bool,
}

impl Light {
    /// Whether its licence lets people use it in this way.
    pub(crate) const fn lets(&self, what: Use) -> bool {
        self.uses & bit(what) != 0
    }
    /// Whether it is of the library, or of this school.
    pub(crate) const fn is_open_to(&self, school: Option<u32>) -> bool {
        self.approved
            || match school {
                Some(school) => self.school == school && school != NONE,
                None => false,
            }
    }
    /// What it weighs where nothing but facets is asked.
    pub(crate) fn rank(&self) -> i64 {
        rank(self.recommended, i64::from(self.number))
    }
}

/// The recommended before the others, the newer before the older.
pub(crate) fn rank(recommended: bool, number: i64) -> i64 {
    i64::from(recommended) * 1_000_000 + number.min(999_999)
}

const fn bit(what: Use) -> u8 {
    match what {
        Use::Show => 1,
        Use::Print => 2,
        Use::Change => 4,
        Use::PassOn => 8,
    }
}

/// The uses that a licence with these terms lets.
fn uses(licence: &str, permits: &str) -> u8 {
    let letter: Vec<Use> = unbarred(permits)
        .iter()
        .filter_map(|code| Use::parse(code))
        .collect();
    let known = crate::licence::licence(licence).map(|known| known.with_letter(&letter));
    let lets = |what| match &known {
        Some(known) => known.lets(what),
        None => letter.contains(&what),
    };
    let bits = Use::ALL.into_iter().filter(|what| lets(*what)).map(bit);
    bits.fold(0, |all, bit| all | bit)
}

/// Every resource as it stood at one turn. Copies are cheap: a few bytes for each resource.
#[derive(Clone, Default)]
pub(crate) struct Library {
    all: Vec<Light>,
    /// Places in `all`, in the order of the ids.
    order: Vec<u32>,
    pub(crate) codes: Shared<Arc<str>>,
    pub(crate) langs: Shared<Arc<[u32]>>,
    schools: Shared<Id>,
    /// What was changed at which turn, the latest last; all changes after `from`.
    recent: Vec<(i64, u32)>,
    from: i64,
    /// Changes up to this turn are known.
    pub(crate) to: i64,
}

const LEARN: &str = "SELECT r.id, r.number, r.country, r.langs, r.subject, r.grade_from, r.grade_to, \
     r.kind, r.licence, r.permits, r.recommended, r.standing, r.school_id, t.turn \
     FROM resource_turn t JOIN resource r ON r.id = t.resource_id \
     WHERE t.turn > $1 AND t.turn <= $2 ORDER BY t.turn, t.resource_id";

impl Library {
    /// Learns what changed up to a turn.
    pub(crate) fn learn(&mut self, tx: &mut Tx, to: i64) -> Result<()> {
        let first = self.all.is_empty();
        let mut read = Vec::new();
        let from = self.to;
        tx.each(LEARN, &args![from, to], &mut |row| {
            read.push(self.read(&row)?);
            Ok(())
        })?;
        let mut new = Vec::new();
        for (light, turn) in read {
            let known = self.place(light.id);
            let place = known.unwrap_or(u32::try_from(self.all.len()).unwrap_or(NONE));
            match self.all.get_mut(place as usize) {
                Some(own) => *own = light,
                None => {
                    new.push((light.id, place));
                    self.all.push(light);
                }
            }
            if !first {
                self.recent.push((turn, place));
            }
        }
        self.put_in_order(new);
        if first {
            self.from = to;
            self.all.shrink_to_fit();
        } else if let Some(gone) = self.recent.len().checked_sub(RECENT + 1) {
            self.from = self
                .recent
                .drain(..=gone)
                .next_back()
                .map_or(to, |(turn, _)| turn);
            self.recent.shrink_to(RECENT);
        }
        self.to = to;
        Ok(())
    }

    fn put_in_order(&mut self, new: Vec<(Id, u32)>) {
        if new.len() > FEW {
            self.order.extend(new.into_iter().map(|(_, place)| place));
            let all = &self.all;
            self.order
                .sort_unstable_by_key(|place| all.get(*place as usize).map(|one| one.id));
            return;
        }
        for (id, place) in new {
            let at = self.order.partition_point(|own| self.id(*own) < Some(id));
            self.order.insert(at, place);
        }
    }

    fn read(&mut self, row: &Row) -> Result<(Light, i64)> {
        let mut r = row.read();
        let (id, number) = (r.id()?, r.int()?);
        let codes = &mut self.codes;
        let mut code = |text: &str| {
            let number = match codes.find(text) {
                NONE => codes.number(text.into()),
                known => known,
            };
            u16::try_from(number).unwrap_or(u16::MAX)
        };
        let country = code(r.str()?);
        let langs: Arc<[u32]> = unbarred(r.str()?)
            .iter()
            .map(|one| u32::from(code(one)))
            .collect();
        let subject = code(r.str()?);
        let mut grade = || Ok::<u8, base::Error>(u8::try_from(r.int()?).unwrap_or(u8::MAX));
        let grades = (grade()?, grade()?);
        let kind = code(r.str()?);
        let named = r.str()?;
        let licence = code(named);
        let uses = uses(named, r.str()?);
        let recommended = r.bool()?;
        let approved = r.str()? == Standing::Approved.code();
        let school = r.opt_id()?;
        let light = Light {
            id,
            number: u32::try_from(number).unwrap_or(u32::MAX),
            langs: self.langs.number(langs),
            school: school.map_or(NONE, |school| self.schools.number(school)),
            country,
            subject,
            kind,
            licence,
            grades,
            uses,
            recommended,
            approved,
        };
        Ok((light, r.int()?))
    }

    fn id(&self, place: u32) -> Option<Id> {
        self.all.get(place as usize).map(|one| one.id)
    }
    /// Every resource, each at its place.
    pub(crate) fn all(&self) -> &[Light] {
        &self.all
    }
    /// The resource at a place.
    pub(crate) fn at(&self, place: u32) -> Option<&Light> {
        self.all.get(place as usize)
    }
    /// Where a resource stands.
    pub(crate) fn place(&self, id: Id) -> Option<u32> {
        let order = self
            .order
            .binary_search_by(|own| self.id(*own).cmp(&Some(id)));
        order.ok().and_then(|at| self.order.get(at)).copied()
    }
    /// What changed after a turn; nothing when that is too long ago to be told.
    pub(crate) fn changed_since(&self, turn: i64) -> Option<Vec<u32>> {
        if turn < self.from {
            return None;
        }
        let at = self.recent.partition_point(|(own, _)| *own <= turn);
        let mut places: Vec<u32> = self
            .recent
            .get(at..)?
            .iter()
            .map(|(_, place)| *place)
            .collect();
        places.sort_unstable();
        places.dedup();
        Some(places)
    }
    /// The number of a code that somebody asks for.
    pub(crate) fn code(&self, text: &str) -> u16 {
        u16::try_from(self.codes.find(text)).unwrap_or(u16::MAX)
    }
    /// The number of a school.
    pub(crate) fn school(&self, id: Id) -> u32 {
        self.schools.find(&id)
    }
    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        self.all.capacity() * size_of::<Light>()
            + self.order.capacity() * size_of::<u32>()
            + self.recent.capacity() * size_of::<(i64, u32)>()
            + (self.codes.all.len() + self.langs.all.len() + self.schools.all.len()) * 96
    }
}
