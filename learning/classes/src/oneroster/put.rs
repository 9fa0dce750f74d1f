//! A roster, or a part of a large one, becomes people, classes and enrolments: all of it, or nothing. What is here
//! already is found again, so a part that is brought twice changes nothing.

use super::roster::{Org, Refused, Roster, User};
use crate::bulk::{self, Enrolling};
use crate::person::{Enrolment, Held, Link, NewClass, NewPerson};
use crate::store::{self, people::sort_key};
use base::{Day, Id, Lang, Moment, Names, Result, Role};
use db::{Tx, args};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whose rows may be brought: one school's, or every school's of a country.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub(crate) country: String,
    pub(crate) school: Option<Id>,
    pub(crate) lang: Lang,
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) people_new: i64,
    pub(crate) people_changed: i64,
    pub(crate) classes_new: i64,
    pub(crate) enrolments_new: i64,
    pub(crate) enrolments_ended: i64,
    pub(crate) guardians_new: i64,
}

impl Counts {
    /// What came of two parts.
    pub(crate) const fn plus(&self, other: &Self) -> Self {
        Self {
            people_new: self.people_new + other.people_new,
            people_changed: self.people_changed + other.people_changed,
            classes_new: self.classes_new + other.classes_new,
            enrolments_new: self.enrolments_new + other.enrolments_new,
            enrolments_ended: self.enrolments_ended + other.enrolments_ended,
            guardians_new: self.guardians_new + other.guardians_new,
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Finds the schools of a roster; one that is not in the register, or not the actor's, is told with why.
///
/// # Errors
/// A fault of the database.
pub(crate) fn resolve(
    tx: &mut Tx,
    scope: &Scope,
    orgs: &BTreeMap<String, Org>,
) -> Result<(HashMap<String, Id>, Vec<Refused>)> {
    let (mut found, mut refused) = (HashMap::new(), Vec::new());
    for (id, org) in orgs.iter().filter(|(_, org)| org.kind == "school") {
        let school = match places::school_by_code(tx, &scope.country, &org.identifier)? {
            Some(school) => Some(school.id()),
            None => match Id::parse(id) {
                Some(known) => places::school(tx, known).ok().map(|s| s.id()),
                None => None,
            },
        };
        let (key, said) = match school {
            Some(school) if scope.school.is_none_or(|own| own == school) => {
                found.insert(id.clone(), school);
                continue;
            }
            Some(_) => ("roster-org-not-yours", &org.name),
            None => ("roster-org-not-known", &org.identifier),
        };
        refused.push(Refused::at(("orgs.csv", org.row), "identifier", key, said));
    }
    Ok((found, refused))
}

/// What an id of another register is kept as: two schools may use the same.
fn kept(scope: &Scope, id: &str) -> String {
    match scope.school {
        Some(school) => format!("{school}/{id}"),
        None => id.to_owned(),
    }
}

/// The rows already here, by the other register's id.
fn known(
    tx: &mut Tx,
    scope: &Scope,
    ids: &BTreeSet<&str>,
    of_people: bool,
) -> Result<HashMap<String, Id>> {
    let sql = if of_people {
        "SELECT id FROM school_person WHERE country = $1 AND sourced_id = $2"
    } else {
        "SELECT id FROM school_class WHERE country = $1 AND sourced_id = $2"
    };
    let mut found = HashMap::new();
    for id in ids {
        let row = tx.row(sql, &args![scope.country.as_str(), kept(scope, id)])?;
        let by_sourced = row.map(|row| row.read().id()).transpose()?;
        // Our own export names people and classes by their own ids.
        let own = match (by_sourced, Id::parse(id)) {
            (Some(id), _) => Some(id),
            (None, Some(own)) => is_here(tx, scope, own, of_people)?.then_some(own),
            (None, None) => None,
        };
        if let Some(own) = own {
            found.insert((*id).to_owned(), own);
        }
    }
    Ok(found)
}

/// Whether an id of ours is of this school, or of this country where the whole country is brought.
fn is_here(tx: &mut Tx, scope: &Scope, id: Id, of_people: bool) -> Result<bool> {
    let row = match (of_people, scope.school) {
        (true, Some(school)) => tx.row(
            "SELECT id FROM school_role WHERE person_id = $1 AND school_id = $2 LIMIT 1",
            &args![id, school],
        )?,
        (true, None) => tx.row(
            "SELECT id FROM school_person WHERE id = $1 AND country = $2",
            &args![id, scope.country.as_str()],
        )?,
        (false, Some(school)) => tx.row(
            "SELECT id FROM school_class WHERE id = $1 AND school_id = $2",
            &args![id, school],
        )?,
        (false, None) => tx.row(
            "SELECT id FROM school_class WHERE id = $1 AND country = $2",
            &args![id, scope.country.as_str()],
        )?,
    };
    Ok(row.is_some())
}

/// Brings a roster without refusals. Brought again, it changes nothing.
///
/// # Errors
/// A fault of the database; nothing is changed then.
pub(crate) fn put(
    tx: &mut Tx,
    scope: &Scope,
    roster: &Roster,
    schools: &HashMap<String, Id>,
    (import, by, now): (Id, Id, Moment),
) -> Result<Counts> {
    let mut counts = Counts::default();
    let today = now.day();
    let ids: BTreeSet<&str> = roster.users.iter().map(|u| u.id.as_str()).collect();
    let mut people = known(tx, scope, &ids, true)?;
    let before: BTreeSet<Id> = people.values().copied().collect();
    put_people(tx, scope, roster, &mut people, now, &mut counts)?;
    put_roles(tx, scope, roster, (&people, &before), schools, (by, now))?;
    let classes = put_classes(tx, scope, roster, schools, now, &mut counts)?;
    put_enrolments(
        tx,
        roster,
        (&people, &before, &classes),
        (by, now),
        &mut counts,
    )?;
    put_guardians(tx, roster, &people, schools, (by, now), &mut counts)?;
    let gone = roster
        .users
        .iter()
        .filter(|u| u.gone)
        .filter_map(|u| people.get(&u.id));
    for person in gone.filter(|id| before.contains(id)) {
        for held in store::people::roles(tx, *person)? {
            if held.to_on.is_none() && schools.values().any(|s| *s == held.school) {
                store::people::end_role(
                    tx,
                    held.id,
                    today.max(held.from_on),
                    "OneRoster",
                    Some(by),
                    now,
                )?;
            }
        }
    }
    let about = serde_json::to_value(&counts).map_err(base::Error::fault)?;
    ledger::tell(
        tx,
        (now, Some(by)),
        "roster.brought",
        ("roster_import", import),
        about,
    )?;
    Ok(counts)
}

fn put_people(
    tx: &mut Tx,
    scope: &Scope,
    roster: &Roster,
    people: &mut HashMap<String, Id>,
    now: Moment,
    counts: &mut Counts,
) -> Result<()> {
    let mut new = Vec::new();
    for user in &roster.users {
        match people.get(&user.id) {
            Some(id) => counts.people_changed += i64::from(changed(tx, *id, user)?),
            None if user.gone => {}
            None => {
                let id = Id::new(now);
                people.insert(user.id.clone(), id);
                new.push((id, new_person(tx, scope, user)?));
            }
        }
    }
    counts.people_new = count(new.len());
    bulk::people(tx, &scope.country, &new, now)
}

fn new_person(tx: &mut Tx, scope: &Scope, user: &User) -> Result<NewPerson> {
    let name = crate::rules::user_name(&user.user_name).ok();
    // A name taken by somebody else is left out: the person's code signs them in.
    let taken = match &name {
        Some(name) => store::people::by_user_name(tx, name)?.is_some(),
        None => false,
    };
    Ok(NewPerson {
        country: scope.country.clone(),
        given: if user.given.is_empty() {
            user.family.clone()
        } else {
            user.given.clone()
        },
        family: if user.given.is_empty() {
            String::new()
        } else {
            user.family.clone()
        },
        birth_year: user.birth_year,
        sex: user.sex.clone(),
        lang: scope.lang,
        needs: Vec::new(),
        user_name: name.filter(|_| !taken),
        sourced_id: Some(kept(scope, &user.id)),
        sample: false,
    })
}

fn changed(tx: &mut Tx, id: Id, user: &User) -> Result<bool> {
    let was = store::people::person(tx, id)?;
    let mut now = was.clone();
    if !user.given.is_empty() {
        now.given.clone_from(&user.given);
        now.family.clone_from(&user.family);
    }
    now.birth_year = user.birth_year.or(was.birth_year);
    now.sex = user.sex.clone().or_else(|| was.sex.clone());
    if now == was {
        return Ok(false);
    }
    store::people::change_person(tx, &now, was.version)?;
    Ok(true)
}

fn put_roles(
    tx: &mut Tx,
    scope: &Scope,
    roster: &Roster,
    (people, before): (&HashMap<String, Id>, &BTreeSet<Id>),
    schools: &HashMap<String, Id>,
    (by, now): (Id, Moment),
) -> Result<()> {
    let keys: HashMap<&str, String> = roster
        .users
        .iter()
        .map(|u| {
            (
                u.id.as_str(),
                sort_key(
                    if u.given.is_empty() {
                        &u.family
                    } else {
                        &u.given
                    },
                    if u.given.is_empty() { "" } else { &u.family },
                ),
            )
        })
        .collect();
    let mut given = BTreeSet::new();
    let mut new = Vec::new();
    for role in &roster.roles {
        let (Some(person), Some(school)) = (people.get(&role.user), schools.get(&role.org)) else {
            continue;
        };
        // A head is named by the country's learning officer, never by a head's own file.
        if role.role == Role::SchoolHead && scope.school.is_some() {
            continue;
        }
        if !given.insert((*person, *school, role.role)) {
            continue;
        }
        let here = before.contains(person) && {
            let held = store::people::roles(tx, *person)?;
            held.iter()
                .any(|h| h.school == *school && h.role == role.role && h.to_on.is_none())
        };
        if here {
            continue;
        }
        let from_on = role.from.unwrap_or_else(|| now.day());
        let held = Held {
            id: Id::new(now),
            person: *person,
            school: *school,
            country: scope.country.clone(),
            role: role.role,
            from_on,
            to_on: role.to.filter(|to| *to >= from_on),
            reason: None,
        };
        new.push((
            held,
            keys.get(role.user.as_str()).cloned().unwrap_or_default(),
        ));
    }
    bulk::roles(tx, &new, Some(by), now)
}

/// Classes by the other register's id: their own id and days, and whether they are new.
type Classes = HashMap<String, (Id, (Day, Day), bool)>;

fn put_classes(
    tx: &mut Tx,
    scope: &Scope,
    roster: &Roster,
    schools: &HashMap<String, Id>,
    now: Moment,
    counts: &mut Counts,
) -> Result<Classes> {
    let ids: BTreeSet<&str> = roster.classes.iter().map(|c| c.id.as_str()).collect();
    let held = known(tx, scope, &ids, false)?;
    let (mut new, mut all) = (Vec::new(), HashMap::new());
    for class in &roster.classes {
        let Some(school) = schools.get(&class.school) else {
            continue;
        };
        if let Some(id) = held.get(&class.id) {
            all.insert(class.id.clone(), (*id, class.days, false));
            continue;
        }
        let id = Id::new(now);
        all.insert(class.id.clone(), (id, class.days, true));
        let class = NewClass {
            school: *school,
            country: scope.country.clone(),
            names: Names::one(scope.lang.code(), &class.title),
            grade: class.grade,
            subjects: class.subjects.clone(),
            session: class.session.clone(),
            days: class.days,
            shows_names: false,
            sourced_id: Some(kept(scope, &class.id)),
        };
        new.push((id, class));
    }
    counts.classes_new = count(new.len());
    bulk::classes(tx, &new, now)?;
    Ok(all)
}

fn put_enrolments(
    tx: &mut Tx,
    roster: &Roster,
    (people, before, classes): (&HashMap<String, Id>, &BTreeSet<Id>, &Classes),
    (by, now): (Id, Moment),
    counts: &mut Counts,
) -> Result<()> {
    let users: HashMap<&str, &User> = roster.users.iter().map(|u| (u.id.as_str(), u)).collect();
    let mut rows: Vec<(Enrolling, bool)> = Vec::new();
    let mut seen = BTreeSet::new();
    for e in &roster.enrolments {
        let (Some(person), Some((class, days, fresh)), Some(user)) = (
            people.get(&e.user),
            classes.get(&e.class),
            users.get(e.user.as_str()),
        ) else {
            continue;
        };
        let from_on = e.from.unwrap_or(days.0).clamp(days.0, days.1);
        let to_on = e.to.filter(|to| *to < days.1 && *to >= from_on);
        let held = if *fresh || !before.contains(person) {
            None
        } else {
            let all = store::classes::enrolments(tx, *person)?;
            all.into_iter().find(|h| {
                h.class == *class && h.role == e.role && (h.to_on.is_none() || h.from_on == from_on)
            })
        };
        if let Some(held) = held {
            let over = if e.gone { Some(now.day()) } else { to_on };
            if let (None, Some(last)) = (held.to_on, over) {
                store::classes::end_enrolment(
                    tx,
                    held.id,
                    last.max(held.from_on),
                    "OneRoster",
                    Some(by),
                    now,
                )?;
                counts.enrolments_ended += 1;
            }
            continue;
        }
        if e.gone || !seen.insert((*class, *person, e.role, from_on)) {
            continue;
        }
        let enrolment = Enrolment {
            id: Id::new(now),
            class: *class,
            person: *person,
            role: e.role,
            number: 0,
            from_on,
            to_on,
            reason: None,
        };
        let key = if user.given.is_empty() {
            sort_key(&user.family, "")
        } else {
            sort_key(&user.given, &user.family)
        };
        rows.push((
            Enrolling {
                enrolment,
                key,
                sourced: Some(e.id.clone()),
            },
            *fresh,
        ));
    }
    // Numbers follow the names within each class.
    rows.sort_by(|(a, _), (b, _)| (a.enrolment.class, &a.key).cmp(&(b.enrolment.class, &b.key)));
    let mut next: HashMap<Id, i64> = HashMap::new();
    for (row, fresh) in &mut rows {
        if row.enrolment.role != Role::Learner {
            continue;
        }
        let class = row.enrolment.class;
        let number = match next.get(&class) {
            Some(number) => *number,
            None if *fresh => 1,
            None => store::classes::next_number(tx, class)?,
        };
        row.enrolment.number = number;
        next.insert(class, number + 1);
    }
    counts.enrolments_new = count(rows.len());
    let rows: Vec<Enrolling> = rows.into_iter().map(|(row, _)| row).collect();
    bulk::enrolments(tx, &rows, Some(by), now)
}

/// Ties of guardians wait for the school to verify them, whatever the file says.
fn put_guardians(
    tx: &mut Tx,
    roster: &Roster,
    people: &HashMap<String, Id>,
    schools: &HashMap<String, Id>,
    (by, now): (Id, Moment),
    counts: &mut Counts,
) -> Result<()> {
    let mut learns: HashMap<&str, Id> = HashMap::new();
    let mut guards: BTreeSet<&str> = BTreeSet::new();
    for role in &roster.roles {
        match (role.role, schools.get(&role.org)) {
            (Role::Learner, Some(school)) => {
                learns.insert(role.user.as_str(), *school);
            }
            (Role::Guardian, Some(_)) => {
                guards.insert(role.user.as_str());
            }
            _ => {}
        }
    }
    for user in &roster.users {
        let (Some(school), Some(learner)) = (learns.get(user.id.as_str()), people.get(&user.id))
        else {
            continue;
        };
        for agent in user.agents.iter().filter(|a| guards.contains(a.as_str())) {
            let Some(guardian) = people.get(agent).filter(|g| *g != learner) else {
                continue;
            };
            let held = store::people::links_of_guardian(tx, *guardian)?;
            if held.iter().any(|l| l.learner == *learner) {
                continue;
            }
            counts.guardians_new += 1;
            store::people::add_link(
                tx,
                &Link {
                    id: Id::new(now),
                    guardian: *guardian,
                    learner: *learner,
                    school: *school,
                    relation: "guardian".to_owned(),
                    asked_by: Some(by),
                    asked_at: now,
                    verified_by: None,
                    verified_at: None,
                    basis: None,
                    may_see: false,
                    ended_at: None,
                    reason: None,
                },
            )?;
        }
    }
    Ok(())
}
