//! What a search must know of each resource, by heart: learnt once, then what changed since.
//!
//! Every change of a resource takes the next turn. What changed in the last seconds is read again by
//! each search, because it may stand in a transaction that is yet taken back, or that others overtake.

use crate::licence::Use;
use crate::resource::Standing;
use crate::store::unbarred;
use base::{Id, Result};
use db::{Row, Tx, Val, args};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Libraries known at a time.
const LIBRARIES: usize = 4;
/// How old a change must be to be known by heart, in microseconds.
const SETTLED: i64 = 10_000_000;
/// After which time everything is learnt anew, whatever happened.
const FRESH: Duration = Duration::from_secs(900);

/// A code of a facet, as a number.
pub(crate) type Code = u32;

/// A resource as a search counts and filters it.
#[derive(Clone, Debug)]
pub(crate) struct Light {
    pub country: Code,
    pub langs: Box<[Code]>,
    pub subject: Code,
    pub grades: (u8, u8),
    pub kind: Code,
    pub licence: Code,
    pub competencies: Box<[Id]>,
    permits: Box<str>,
    pub recommended: bool,
    pub approved: bool,
    pub school: Option<Id>,
}

impl Light {
    /// Whether its licence lets people use it in this way.
    pub(crate) fn lets(&self, what: Use) -> bool {
        let letter: Vec<Use> = unbarred(&self.permits)
            .iter()
            .filter_map(|code| Use::parse(code))
            .collect();
        crate::licence::licence(&said(self.licence)).map_or_else(
            || letter.contains(&what),
            |known| known.with_letter(&letter).lets(what),
        )
    }
}

#[derive(Default)]
struct Codes {
    numbers: HashMap<Arc<str>, Code>,
    all: Vec<Arc<str>>,
}

static CODES: RwLock<Option<Codes>> = RwLock::new(None);

/// The number of a code that a resource has; they are few and stay.
fn code(text: &str) -> Code {
    let known = CODES.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(number) = known.as_ref().and_then(|codes| codes.numbers.get(text)) {
        return *number;
    }
    drop(known);
    let mut codes = CODES.write().unwrap_or_else(PoisonError::into_inner);
    let codes = codes.get_or_insert_with(Codes::default);
    if let Some(number) = codes.numbers.get(text) {
        return *number;
    }
    let number = Code::try_from(codes.all.len()).unwrap_or(Code::MAX);
    let text: Arc<str> = text.into();
    codes.all.push(text.clone());
    codes.numbers.insert(text, number);
    number
}

/// The number of a code that somebody asks for; one that no resource has is kept nowhere.
pub(crate) fn asked(text: &str) -> Code {
    let known = CODES.read().unwrap_or_else(PoisonError::into_inner);
    let number = known.as_ref().and_then(|codes| codes.numbers.get(text));
    number.copied().unwrap_or(Code::MAX)
}

/// The code of a number.
pub(crate) fn said(number: Code) -> Arc<str> {
    let codes = CODES.read().unwrap_or_else(PoisonError::into_inner);
    let at = usize::try_from(number).unwrap_or(usize::MAX);
    let text = codes.as_ref().and_then(|codes| codes.all.get(at));
    text.cloned().unwrap_or_else(|| "".into())
}

macro_rules! lights {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.country, r.langs, r.subject, r.grade_from, r.grade_to, r.kind, r.licence, \
             r.competencies, r.permits, r.recommended, r.standing, r.school_id",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<(Id, Light)> {
    let mut r = row.read();
    let id = r.id()?;
    let grade = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
    let light = Light {
        country: code(r.str()?),
        langs: unbarred(r.str()?).iter().map(|one| code(one)).collect(),
        subject: code(r.str()?),
        grades: (grade(r.int()?), grade(r.int()?)),
        kind: code(r.str()?),
        licence: code(r.str()?),
        competencies: unbarred(r.str()?)
            .iter()
            .filter_map(|id| Id::parse(id))
            .collect(),
        permits: r.str()?.into(),
        recommended: r.bool()?,
        approved: r.str()? == Standing::Approved.code(),
        school: r.opt_id()?,
    };
    Ok((id, light))
}

/// Notes that a resource was made or changed.
pub(crate) fn turn(tx: &mut Tx, resource: Id) -> Result<()> {
    let last = tx.one("SELECT MAX(turn) FROM resource_turn", &[])?;
    let last = last.read().opt_int()?.unwrap_or(0);
    tx.exec(
        "INSERT INTO resource_turn (resource_id, turn) VALUES ($1, $2) \
         ON CONFLICT (resource_id) DO UPDATE SET turn = excluded.turn",
        &args![resource, (last + 1).max(clock())],
    )?;
    Ok(())
}

fn clock() -> i64 {
    base::Clock::Machine.now().micros()
}

struct Library {
    lights: HashMap<Id, Arc<Light>>,
    /// Changes up to this turn are known.
    to: i64,
    since: Instant,
}

impl Library {
    fn learn(&mut self, tx: &mut Tx, last: i64) -> Result<()> {
        let (mut to, lights) = (self.to, &mut self.lights);
        tx.each(
            lights!(
                ", t.turn FROM resource_turn t JOIN resource r ON r.id = t.resource_id \
                 WHERE t.turn > $1 AND t.turn <= $2 ORDER BY t.turn, t.resource_id"
            ),
            &args![self.to, last],
            &mut |row| {
                let (id, light) = read(&row)?;
                if let Some(Val::Int(turn)) = row.values().last() {
                    to = *turn;
                }
                lights.insert(id, Arc::new(light));
                Ok(())
            },
        )?;
        self.to = to;
        Ok(())
    }
}

static KNOWN: Mutex<Option<HashMap<Id, Arc<Mutex<Library>>>>> = Mutex::new(None);

/// What was found of some resources.
pub(crate) struct Lights {
    library: Option<Arc<Mutex<Library>>>,
    young: HashMap<Id, Arc<Light>>,
}

/// Makes ready what is known; a library is told from another by its first resource.
pub(crate) fn known(tx: &mut Tx) -> Result<Lights> {
    let first = tx.row("SELECT id FROM resource ORDER BY id LIMIT 1", &[])?;
    let Some(first) = first else {
        return Ok(Lights {
            library: None,
            young: HashMap::new(),
        });
    };
    let first = first.read().id()?;
    let fresh = || Library {
        lights: HashMap::new(),
        to: 0,
        since: Instant::now(),
    };
    let library = {
        let mut all = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let all = all.get_or_insert_with(HashMap::new);
        if all.len() >= LIBRARIES && !all.contains_key(&first) {
            all.clear();
        }
        let new = || Arc::new(Mutex::new(fresh()));
        all.entry(first).or_insert_with(new).clone()
    };
    let settled = clock() - SETTLED;
    let mut young = fresh();
    {
        let mut held = library.lock().unwrap_or_else(PoisonError::into_inner);
        if held.since.elapsed() > FRESH {
            *held = fresh();
        }
        held.learn(tx, settled)?;
        young.to = held.to;
    }
    young.learn(tx, i64::MAX)?;
    Ok(Lights {
        library: Some(library),
        young: young.lights,
    })
}

impl Lights {
    /// Adds to each resource what is known of it; what is not there is left out.
    pub(crate) fn of(
        &self,
        tx: &mut Tx,
        found: &[(Id, i64)],
    ) -> Result<Vec<(Id, i64, Arc<Light>)>> {
        let mut out = Vec::with_capacity(found.len());
        let mut unknown = Vec::new();
        {
            let held = self.library.as_ref();
            let held = held.map(|one| one.lock().unwrap_or_else(PoisonError::into_inner));
            for (id, weight) in found {
                let light = self.young.get(id);
                let light = light.or_else(|| held.as_ref().and_then(|held| held.lights.get(id)));
                match light {
                    Some(light) => out.push((*id, *weight, light.clone())),
                    None => unknown.push((*id, *weight)),
                }
            }
        }
        for (id, weight) in unknown {
            let row = tx.row(lights!(" FROM resource r WHERE r.id = $1"), &args![id])?;
            if let Some(row) = row {
                out.push((id, weight, Arc::new(read(&row)?.1)));
            }
        }
        Ok(out)
    }
}
