//! A curriculum and a term to show: mathematics for grades 3 to 5, written for this product in
//! English, French and Arabic (CC BY 4.0).

use crate::acts::{self, Draft};
use crate::entries;
use crate::rules::Entry;
use crate::scheme::Week;
use crate::scheme_acts::{self, Plan};
use base::{Error, Id, Lang, Moment, Names, Result};
use db::Tx;
use std::collections::BTreeMap;

const ENTRIES: &str = include_str!("../data/mathematics.psv");
const TERM: &str = include_str!("../data/mathematics-term.psv");
/// The week of the term in which the day of the seeding lies.
const WEEK_NOW: i64 = 7;

/// What was made.
#[derive(Clone, Copy, Debug)]
pub struct Seeded {
    pub framework: Id,
    pub scheme: Id,
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('|').map(str::trim).collect())
}

fn cell<'a>(row: &[&'a str], at: usize) -> Result<&'a str> {
    let cell = row.get(at).copied();
    cell.ok_or_else(|| Error::fault("a row of the curriculum shown is too short"))
}

fn whole(row: &[&str], at: usize) -> Result<i64> {
    cell(row, at)?.parse().map_err(Error::fault)
}

/// The curriculum in force, and the term's scheme of work of grade 4 around today: the organisation
/// is the ministry, the officer writes, the signatory adopts.
///
/// # Errors
/// Forbidden unless both hold their roles in the country.
pub fn seed_demo(
    tx: &mut Tx,
    country: &str,
    organisation: Id,
    officer: Id,
    signatory: Id,
    now: Moment,
) -> Result<Seeded> {
    let officer = people::actor(tx, officer, now.day())?;
    let signatory = people::actor(tx, signatory, now.day())?;
    let ministry = people::organisation(tx, organisation)?;
    let draft = Draft {
        country: country.to_owned(),
        names: Names::three(
            "Mathematics, grades 3 to 5",
            "Mathématiques, de la 3e à la 5e année",
            "الرياضيات، الصفوف 3 إلى 5",
        ),
        subject: "mathematics".to_owned(),
        langs: ["en", "fr", "ar"].map(str::to_owned).to_vec(),
        creator: ministry.names.get(Lang::En).to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        description: "What learners of grades 3 to 5 come to know and to do in mathematics. Written to show how a curriculum is kept; no country’s official text.".to_owned(),
        ..Draft::default()
    };
    let framework = acts::begin(tx, &draft, &officer, now)?;
    let mut known: BTreeMap<&str, Id> = BTreeMap::new();
    for row in rows(ENTRIES) {
        let code = cell(&row, 0)?;
        let parent = cell(&row, 1)?;
        let entry = Entry {
            code: code.to_owned(),
            statement: Names::three(cell(&row, 5)?, cell(&row, 6)?, cell(&row, 7)?),
            kind: cell(&row, 2)?.to_owned(),
            grade_from: whole(&row, 3)?,
            grade_to: whole(&row, 4)?,
            parent: known.get(parent).copied(),
            sequence: None,
            notes: String::new(),
        };
        let id = entries::add_entry(tx, framework, &entry, &officer, now)?;
        known.insert(code, id);
    }
    for (first, next) in (1..8).map(|n| (format!("M4.F.{n}"), format!("M4.F.{}", n + 1))) {
        if let (Some(first), Some(next)) = (known.get(first.as_str()), known.get(next.as_str())) {
            entries::link(tx, *first, *next, "precedes", &officer, now)?;
        }
    }
    acts::propose(tx, framework, &officer, now)?;
    acts::adopt(tx, framework, &signatory, now)?;
    let scheme = seed_term(tx, framework, &known, (&officer, &signatory), now)?;
    Ok(Seeded { framework, scheme })
}

fn seed_term(
    tx: &mut Tx,
    framework: Id,
    known: &BTreeMap<&str, Id>,
    (officer, signatory): (&base::Actor, &base::Actor),
    now: Moment,
) -> Result<Id> {
    let today = now.day();
    let starts_on = today.monday().plus(-7 * (WEEK_NOW - 1));
    let (year, month, _) = starts_on.parts();
    let term = (i64::from(month) - 1) / 4 + 1;
    let plan = Plan {
        framework,
        grade: 4,
        term: format!("{year}-{term}"),
        starts_on,
        weeks: 12,
    };
    let scheme = scheme_acts::begin(tx, &plan, officer, now)?;
    for row in rows(TERM) {
        let codes = cell(&row, 1)?.split(' ');
        let week = Week {
            number: whole(&row, 0)?,
            title: Names::three(cell(&row, 2)?, cell(&row, 3)?, cell(&row, 4)?),
            competencies: codes.filter_map(|code| known.get(code).copied()).collect(),
            note: String::new(),
            adapted: false,
        };
        let seen = crate::scheme(tx, scheme)?.version;
        scheme_acts::put_week(tx, scheme, &week, seen, officer, now)?;
    }
    scheme_acts::propose(tx, scheme, officer, now)?;
    scheme_acts::adopt(tx, scheme, signatory, now)?;
    Ok(scheme)
}
