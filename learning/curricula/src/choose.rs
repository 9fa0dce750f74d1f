//! What forms of later rooms may choose from.

use crate::framework::{Competency, GRADE_MAX, SUBJECTS};
use crate::store;
use base::{Id, Result};
use db::Tx;
use lang::Words;
use web::{Ask, Choice};

/// The name of a grade.
pub fn grade_label(words: &Words, grade: i64) -> String {
    words.say_with("grade-label", &[("n", grade.into())])
}

/// The name of grades from one to another.
pub fn grades_label(words: &Words, from: i64, to: i64) -> String {
    if from == to {
        return grade_label(words, from);
    }
    if from > 0 {
        return words.say_with("grade-span", &[("from", from.into()), ("to", to.into())]);
    }
    let (from, to) = (grade_label(words, from), grade_label(words, to));
    words.say_with("grade-range", &[("from", from.into()), ("to", to.into())])
}

/// The code and the statement of an entry, in the reader's language.
pub fn competency_label(words: &Words, competency: &Competency) -> String {
    let statement = words.name(&competency.statement);
    if competency.code.is_empty() {
        statement.to_owned()
    } else {
        format!("{} {statement}", competency.code)
    }
}

/// Every subject.
///
/// # Errors
/// None.
pub fn subjects(_: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let choice = |code: &&str| Choice {
        code: (*code).to_owned(),
        label: ask.words.code("subject", code),
    };
    Ok(SUBJECTS.iter().map(choice).collect())
}

/// Every grade.
///
/// # Errors
/// None.
pub fn grades(_: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let choice = |grade: i64| Choice {
        code: grade.to_string(),
        label: grade_label(&ask.words, grade),
    };
    Ok((0..=GRADE_MAX).map(choice).collect())
}

/// The country a form is about: chosen in the query, else the asker's own.
pub fn country(ask: &Ask) -> String {
    if let Some(country) = ask.query.get("country").filter(|code| !code.is_empty()) {
        return country.clone();
    }
    let held = ask.actor.iter().flat_map(|actor| &actor.appointments);
    held.filter_map(|held| held.country.clone())
        .next()
        .unwrap_or_default()
}

/// The frameworks in force in the asker's country.
///
/// # Errors
/// A fault of the database.
pub fn frameworks(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let all = store::adopted(tx, &country(ask))?;
    let choice = |f: &crate::Framework| Choice {
        code: f.id.to_string(),
        label: ask.words.name(&f.names).to_owned(),
    };
    Ok(all.iter().map(choice).collect())
}

/// Entries a form offers at most.
const MOST: i64 = 600;

/// The entries in force in the asker's country; of one subject (`school_subject`), grade (`grade`) or
/// framework (`framework`) where the query says so.
///
/// # Errors
/// A fault of the database.
pub fn competencies(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let get = |name: &str| ask.query.get(name).map(String::as_str);
    let subject = get("school_subject").filter(|code| !code.is_empty());
    let grade = get("grade").and_then(|text| text.parse().ok());
    let framework = get("framework").and_then(Id::parse);
    let mut all = store::in_force(tx, (&country(ask), subject, grade), MOST)?;
    all.retain(|one| framework.is_none_or(|id| one.framework == id));
    all.retain(|one| !one.code.is_empty());
    let choice = |one: &Competency| Choice {
        code: one.id.to_string(),
        label: competency_label(&ask.words, one),
    };
    Ok(all.iter().map(choice).collect())
}
