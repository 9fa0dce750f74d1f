//! The learning record store: what learners did, as statements that are only ever added to.
//!
//! Owns every table that begins with `record`. Other programs speak xAPI with it, 2.0 and 1.0.3.

mod acts;
mod around;
mod brief;
mod check;
mod documents;
mod erase;
mod export;
mod find;
mod format;
mod guest;
mod keys;
mod own;
mod pages;
mod parts;
mod read;
mod rules;
mod said;
mod shapes;
mod signature;
mod statement;
mod statements;
mod store;
mod store_about;
mod store_attachments;
mod store_documents;
mod store_rules;
mod tail;
mod voids;
mod wire;

pub use find::{Search, find};
pub use guest::{
    Asked, Denied, Guests, begin_profile, change_profile, composed, home, put_state, welcome,
};
pub use keys::{ApiKey, NewKey, Scope, add_key};
pub use own::{ANSWERED, Answered, HOME, Kept, Mode, activity, agent, agent_key};
pub use statement::{Kept as Line, Key, Statement};
pub use store_rules::Consent;
pub use voids::when_voided;

use base::{Error, Id, Lang, Moment, Refusal, Result};
use db::{Migration, Tx};
use store::Found;

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261122_records",
        sql: include_str!("../migrations/20261122_records.sql"),
        sample: include_str!("../migrations/20261122_records.data.sql"),
    },
    Migration {
        name: "20261122_record_signatures",
        sql: include_str!("../migrations/20261122_record_signatures.sql"),
        sample: include_str!("../migrations/20261122_record_signatures.data.sql"),
    },
];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room.
pub fn room() -> web::Room {
    web::Room {
        name: "records",
        migrations: MIGRATIONS,
        words: WORDS,
        views: pages::views(),
        acts: acts::all(),
        slots: pages::slots(),
        menu: vec![web::MenuItem {
            href: "/records",
            key: "records-title",
            who: web::Who::Any(&[base::Role::LearningOfficer]),
            group: web::MenuGroup::Work,
            order: 75,
        }],
        wires: wire::wires().into_iter().chain([export::wire()]).collect(),
        ..web::Room::default()
    }
}

// ---- the door: what later rooms ask

/// Keeps statements; one that is kept already and says the same is passed over.
///
/// # Errors
/// Refused when one of them has the id of another that says something else.
pub fn append(tx: &mut Tx, statements: &[Statement], now: Moment) -> Result<Vec<Id>> {
    let found = store::known(tx, statements)?;
    if found.contains(&Found::Other) {
        return Err(Refusal::whole("records-id-taken").into());
    }
    let new = statements.iter().zip(&found);
    let new: Vec<&Statement> = new
        .filter(|(_, found)| **found == Found::New)
        .map(|(statement, _)| statement)
        .collect();
    store::add(tx, &new, now)?;
    store::learn(tx, &new, true)?;
    Ok(statements.iter().map(|statement| statement.id).collect())
}

/// Keeps an answer, once however often it is sent.
///
/// # Errors
/// Refused when another answer has its id.
pub fn append_answer(tx: &mut Tx, answered: &Answered, now: Moment) -> Result<Kept> {
    let ground = store::ground(tx)?;
    let statement = answered.statement(&ground.home);
    if store::add_new(tx, &ground, &statement, now)? {
        return Ok(Kept::New);
    }
    match store::known(tx, &[statement])?.as_slice() {
        [Found::Same] => Ok(Kept::Already),
        _ => Err(Refusal::whole("records-id-taken").into()),
    }
}

/// Keeps many answers, each once; says of each whether it was new.
///
/// # Errors
/// Refused when another answer has the id of one of them.
pub fn append_answers(tx: &mut Tx, answered: &[Answered], now: Moment) -> Result<Vec<Kept>> {
    let home = store::home(tx)?;
    let statements: Vec<Statement> = answered.iter().map(|a| a.statement(&home)).collect();
    let found = store::known(tx, &statements)?;
    if found.contains(&Found::Other) {
        return Err(Refusal::whole("records-id-taken").into());
    }
    let new = statements.iter().zip(&found);
    let new: Vec<&Statement> = new
        .filter(|(_, found)| **found == Found::New)
        .map(|(statement, _)| statement)
        .collect();
    store::add(tx, &new, now)?;
    Ok(found
        .iter()
        .map(|found| match found {
            Found::New => Kept::New,
            _ => Kept::Already,
        })
        .collect())
}

/// A statement.
///
/// # Errors
/// Missing when there is none.
pub fn statement(tx: &mut Tx, id: Id) -> Result<Line> {
    store::find(tx, id)?.ok_or(Error::Missing)
}

/// What a learner did, newest first, before a place; 0 begins at the newest.
///
/// # Errors
/// A fault of the database.
pub fn of_learner(tx: &mut Tx, learner: Id, before: i64, limit: i64) -> Result<Vec<Line>> {
    let home = store::home(tx)?;
    let search = Search {
        keys: vec![(agent_key(&home, learner), true)],
        after: 0,
        before: if before == 0 { i64::MAX } else { before },
        ascending: false,
        limit,
    };
    find(tx, &search)
}

/// Whose statements an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    Learner(Id),
    /// These learners: a class, a school.
    Learners(&'a [Id]),
    Everything,
}

/// Hands over statements as JSON text one by one, in the order of arrival, never all in memory.
///
/// # Errors
/// Whatever the taker answers.
pub fn each_of(
    tx: &mut Tx,
    whose: Whose<'_>,
    take: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<()> {
    match whose {
        Whose::Everything => {
            let mut text = String::new();
            store::each(tx, &mut |line| {
                text.clear();
                line.write(&mut text);
                take(&text)
            })
        }
        Whose::Learner(learner) => each_of_learner(tx, learner, take),
        Whose::Learners(learners) => learners
            .iter()
            .try_for_each(|learner| each_of_learner(tx, *learner, take)),
    }
}

fn each_of_learner(
    tx: &mut Tx,
    learner: Id,
    take: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<()> {
    let home = store::home(tx)?;
    let mut search = Search {
        keys: vec![(agent_key(&home, learner), true)],
        after: 0,
        before: i64::MAX,
        ascending: true,
        limit: 500,
    };
    loop {
        let lines = find(tx, &search)?;
        for line in &lines {
            take(&line.text())?;
        }
        match lines.last() {
            Some(last) if lines.len() == 500 => search.after = last.seq,
            _ => return Ok(()),
        }
    }
}

/// Takes a learner out of everything kept: the statements stay, as figures without a person.
/// Answers how many there were; records the fact.
///
/// # Errors
/// Refused without a reason.
pub fn erase(tx: &mut Tx, learner: Id, reason: &str, by: Option<Id>, now: Moment) -> Result<i64> {
    acts::person_out(tx, learner, reason, by, now)
}

/// What was agreed to for a learner, by purpose: `research`, `other_programs`.
///
/// # Errors
/// A fault of the database.
pub fn consents(tx: &mut Tx, learner: Id) -> Result<Vec<Consent>> {
    store_rules::consents(tx, learner)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }
}
