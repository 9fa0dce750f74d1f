//! The decisions: pure.

use crate::framework::{Competency, Framework, GRADE_MAX, KINDS, SUBJECTS, Standing};
use crate::scheme::Scheme;
use base::{Actor, Day, Error, Id, Names, Refusal, Refusals, Result, Role, Second};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a statement.
pub(crate) const STATEMENT_MAX: usize = 2_000;
/// Entries of one framework.
pub(crate) const ENTRIES_MAX: usize = 20_000;
/// Entries below one another.
pub(crate) const DEPTH_MAX: usize = 20;

// ---- who may

/// Who writes a country's frameworks and schemes.
pub(crate) fn may_draft(actor: &Actor, country: &str) -> Result<()> {
    if actor.is_in(Role::LearningOfficer, country) {
        return Ok(());
    }
    Err(Error::Forbidden(Role::LearningOfficer.code()))
}

/// Who puts them in force, and takes them back.
pub(crate) fn may_adopt(actor: &Actor, country: &str) -> Result<()> {
    if actor.is_in(Role::AuthoritySignatory, country) {
        return Ok(());
    }
    Err(Error::Forbidden(Role::AuthoritySignatory.code()))
}

/// Who changes what a school does of the national scheme.
pub(crate) fn may_adapt(actor: &Actor, school: Id) -> Result<()> {
    if actor.is_for(Role::SchoolHead, school) {
        return Ok(());
    }
    Err(Error::Forbidden(Role::SchoolHead.code()))
}

const INSIDE: [Role; 4] = [
    Role::LearningOfficer,
    Role::AuthoritySignatory,
    Role::AuthorityFocalPoint,
    Role::ResourceReviewer,
];

/// The countries whose drafts somebody sees, between bars; a star for all of them.
pub(crate) fn drafts_of(actor: Option<&Actor>) -> String {
    let Some(actor) = actor else {
        return String::new();
    };
    if actor.is(Role::Auditor) {
        return "*".to_owned();
    }
    let held = actor.appointments.iter();
    let held = held.filter(|held| INSIDE.contains(&held.role));
    let mut countries = String::from("|");
    for one in held {
        match &one.country {
            None => return "*".to_owned(),
            Some(country) => {
                countries.push_str(country);
                countries.push('|');
            }
        }
    }
    countries
}

fn sees_drafts(actor: Option<&Actor>, country: &str) -> bool {
    let seen = drafts_of(actor);
    seen == "*" || seen.contains(&format!("|{country}|"))
}

/// Drafts are for the authority's own people; everything else is open.
pub(crate) fn may_see(framework: &Framework, actor: Option<&Actor>) -> Result<()> {
    if framework.is_public() || sees_drafts(actor, &framework.country) {
        Ok(())
    } else {
        Err(Error::Missing)
    }
}

const AT_SCHOOL: [Role; 4] = [
    Role::SchoolHead,
    Role::Teacher,
    Role::Learner,
    Role::Guardian,
];

/// A school's own scheme is for its people and the authority's.
pub(crate) fn may_see_scheme(scheme: &Scheme, actor: Option<&Actor>) -> Result<()> {
    let own = scheme.school.is_some_and(|school| {
        actor.is_some_and(|actor| actor.schools(&AT_SCHOOL).contains(&school))
    });
    if scheme.is_public() || own || sees_drafts(actor, &scheme.country) {
        Ok(())
    } else {
        Err(Error::Missing)
    }
}

/// The schools whose own schemes somebody sees.
pub(crate) fn schools_of(actor: Option<&Actor>) -> Vec<Id> {
    let mut schools = actor.map_or_else(Vec::new, |actor| actor.schools(&AT_SCHOOL));
    schools.sort_unstable();
    schools.dedup();
    schools
}

// ---- what may happen when

/// Only a draft is written in: what was adopted is never changed.
pub(crate) fn is_draft(standing: Standing) -> Result<()> {
    match standing {
        Standing::Draft => Ok(()),
        _ => Err(Refusal::whole("curricula-never-changed").into()),
    }
}

/// Whether a draft can be laid before the signatory; every reason when it cannot.
pub(crate) fn may_propose(framework: &Framework, entries: &[Competency]) -> Result<()> {
    is_draft(framework.standing)?;
    let mut refusals = Refusals::default();
    let learned = |one: &&Competency| one.kind == "competency" || one.kind == "outcome";
    refusals.unless(
        entries.iter().any(|one| learned(&one)),
        "",
        "curricula-nothing-learned",
    );
    for one in entries.iter().filter(learned) {
        if one.code.is_empty() {
            let statement = one.statement.get(base::Lang::En).to_owned();
            let refusal = Refusal::whole("curricula-without-code");
            refusals.push(refusal.with("statement", short(&statement)));
        }
        for lang in &framework.langs {
            if one.statement.0.get(lang).is_none_or(|text| text.is_empty()) {
                let refusal = Refusal::whole("curricula-language-missing");
                let refusal = refusal.with("code", one.code.as_str());
                refusals.push(refusal.with("lang", lang.as_str()));
            }
        }
        if refusals.0.len() > 50 {
            break;
        }
    }
    refusals.or(())
}

/// Whether somebody may put a draft in force: laid before them, and written by others.
pub(crate) fn may_put_in_force(
    (standing, proposed): (Standing, bool),
    drafters: &[Id],
    actor: &Actor,
) -> Result<Second> {
    is_draft(standing)?;
    if !proposed {
        return Err(Refusal::whole("curricula-not-proposed").into());
    }
    Second::after(drafters, actor)
}

/// Whether something in force, or once in force, can be taken back.
pub(crate) fn may_withdraw(standing: Standing) -> Result<()> {
    match standing {
        Standing::Adopted | Standing::Superseded => Ok(()),
        Standing::Draft => Err(Refusal::whole("curricula-still-a-draft").into()),
        Standing::Withdrawn => Err(Refusal::whole("curricula-withdrawn-already").into()),
    }
}

pub(crate) fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(60).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

// ---- what an entry must be

/// What is asked of an entry.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub code: String,
    pub statement: Names,
    pub kind: String,
    pub grade_from: i64,
    pub grade_to: i64,
    pub parent: Option<Id>,
    /// Its place among its siblings; none for the last.
    pub sequence: Option<i64>,
    pub notes: String,
}

/// Whether an entry can stand where it is put; every reason when it cannot.
pub(crate) fn entry_fits(
    entry: &Entry,
    framework: Id,
    parent: Option<&Competency>,
    own: Option<Id>,
    above: &[Id],
) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(!entry.statement.is_empty(), "statement", "form-missing");
    let known = KINDS.contains(&entry.kind.as_str());
    refusals.unless(known, "entry_kind", "form-choose");
    let grades = (0..=GRADE_MAX).contains(&entry.grade_from)
        && (entry.grade_from..=GRADE_MAX).contains(&entry.grade_to);
    refusals.unless(grades, "grade_to", "curricula-grades-turned");
    if let Some(parent) = parent {
        refusals.unless(
            parent.framework == framework,
            "below",
            "curricula-parent-elsewhere",
        );
        refusals.unless(above.len() + 2 <= DEPTH_MAX, "below", "curricula-too-deep");
        let loops = own.is_some_and(|own| parent.id == own || above.contains(&own));
        refusals.unless(!loops, "below", "curricula-parent-below");
    }
    refusals.or(())
}

pub(crate) fn is_subject(code: &str) -> bool {
    SUBJECTS.contains(&code)
}

// ---- trees

/// Entries in the order of their tree, each with its depth; siblings by their place. What hangs on
/// nothing that is there stands at the top.
pub(crate) fn tree(all: Vec<Competency>) -> Vec<(usize, Competency)> {
    let known: BTreeSet<Id> = all.iter().map(|one| one.id).collect();
    let mut below: BTreeMap<Option<Id>, Vec<Competency>> = BTreeMap::new();
    for one in all {
        let parent = one.parent.filter(|parent| known.contains(parent));
        below.entry(parent).or_default().push(one);
    }
    for siblings in below.values_mut() {
        siblings.sort_by_key(|one| std::cmp::Reverse((one.sequence, one.id)));
    }
    let mut found = Vec::with_capacity(known.len());
    let mut waiting: Vec<(usize, Competency)> = Vec::new();
    let tops = below.remove(&None).unwrap_or_default();
    waiting.extend(tops.into_iter().map(|one| (0, one)));
    while let Some((depth, one)) = waiting.pop() {
        let siblings = below.remove(&Some(one.id)).unwrap_or_default();
        waiting.extend(siblings.into_iter().map(|below| (depth + 1, below)));
        found.push((depth, one));
    }
    found
}

/// What lies on a circle, or between two, when things point at things.
pub(crate) fn on_circles(arrows: &[(Id, Id)]) -> BTreeSet<Id> {
    let turned: Vec<(Id, Id)> = arrows.iter().map(|(from, to)| (*to, *from)).collect();
    let left = after_the_free(arrows);
    let back = after_the_free(&turned);
    left.intersection(&back).copied().collect()
}

/// What is left when everything nothing points at is taken away, again and again.
fn after_the_free(arrows: &[(Id, Id)]) -> BTreeSet<Id> {
    let mut pointed: BTreeMap<Id, usize> = BTreeMap::new();
    let mut points: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (from, to) in arrows {
        pointed.entry(*from).or_default();
        *pointed.entry(*to).or_default() += 1;
        points.entry(*from).or_default().push(*to);
    }
    let free = pointed.iter().filter(|(_, count)| **count == 0);
    let mut free: Vec<Id> = free.map(|(id, _)| *id).collect();
    while let Some(id) = free.pop() {
        pointed.remove(&id);
        for to in points.remove(&id).unwrap_or_default() {
            if let Some(count) = pointed.get_mut(&to) {
                *count -= 1;
                if *count == 0 {
                    free.push(to);
                }
            }
        }
    }
    pointed.into_keys().collect()
}

// ---- from one edition to the next

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Same,
    Changed,
    New,
    Gone,
}

impl Fate {
    /// Every fate, as codes.
    pub const CODES: &'static [&'static str] = &["same", "changed", "new", "gone"];
    /// The code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// One line of a crosswalk: the entry of the edition before, that of this one, and what it became.
pub type Crossing = (Option<Competency>, Option<Competency>, Fate);

fn says_the_same(old: &Competency, new: &Competency) -> bool {
    old.code == new.code
        && old.statement == new.statement
        && old.subject == new.subject
        && old.kind == new.kind
        && (old.grade_from, old.grade_to) == (new.grade_from, new.grade_to)
}

/// How an edition follows the one before: its entries in their order, then what is gone.
pub(crate) fn crosswalk(before: Vec<Competency>, now: Vec<Competency>) -> Vec<Crossing> {
    let order: Vec<Id> = tree(before.clone()).iter().map(|(_, one)| one.id).collect();
    let mut old: BTreeMap<Id, Competency> = before.into_iter().map(|one| (one.id, one)).collect();
    let mut lines = Vec::with_capacity(now.len());
    for (_, new) in tree(now) {
        let from = new.based_on.and_then(|id| old.remove(&id));
        let fate = match &from {
            None => Fate::New,
            Some(was) if says_the_same(was, &new) => Fate::Same,
            Some(_) => Fate::Changed,
        };
        lines.push((from, Some(new), fate));
    }
    let gone = order.iter().filter_map(|id| old.remove(id));
    lines.extend(gone.map(|one| (Some(one), None, Fate::Gone)));
    lines
}

// ---- schemes

/// The week a day lies in, counted from 1.
pub(crate) fn week_of(starts_on: Day, weeks: i64, day: Day) -> Option<i64> {
    let days = starts_on.days_until(day);
    let number = days.div_euclid(7) + 1;
    (days >= 0 && number <= weeks).then_some(number)
}

/// Whether a term is written as year and number: `2027-1`.
pub(crate) fn is_term(text: &str) -> bool {
    let Some((year, term)) = text.split_once('-') else {
        return false;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    year.len() == 4 && (1..=2).contains(&term.len()) && digits(year) && digits(term)
}

/// The competencies of a week are of the scheme's framework and for its grade.
pub(crate) fn aims_fit(scheme: &Scheme, asked: &[Id], found: &[Competency]) -> Result<()> {
    let mut refusals = Refusals::default();
    let known = asked.iter().all(|id| found.iter().any(|one| one.id == *id));
    refusals.unless(known, "competencies", "form-choose");
    for one in found {
        let code = || one.code.as_str();
        if one.framework != scheme.framework {
            let refusal = Refusal::about("competencies", "curricula-aim-elsewhere");
            refusals.push(refusal.with("code", code()));
        } else if !(one.grade_from..=one.grade_to).contains(&scheme.grade) {
            let refusal = Refusal::about("competencies", "curricula-aim-other-grade");
            refusals.push(refusal.with("code", code()));
        }
    }
    refusals.or(())
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
