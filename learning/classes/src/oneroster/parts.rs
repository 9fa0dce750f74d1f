//! A large roster in parts: whole schools, so that the database is held for one part at a time.

use super::roster::Roster;
use base::{Id, Role};
use std::collections::{BTreeSet, HashMap};

/// People after which a part is full.
const FULL: usize = 1_000;

/// The parts of a roster, by the places of their rows in it: a part is only made when it is brought.
pub(crate) struct Parts<'a> {
    roster: &'a Roster,
    parts: Vec<Rows>,
}

/// The rows of a part.
#[derive(Default)]
struct Rows {
    users: BTreeSet<usize>,
    roles: Vec<usize>,
    classes: Vec<usize>,
    enrolments: Vec<usize>,
}

/// The rows at these places.
fn at<'p, T: Clone>(rows: &[T], places: impl IntoIterator<Item = &'p usize>) -> Vec<T> {
    let found = places.into_iter().filter_map(|at| rows.get(*at));
    found.cloned().collect()
}

impl Parts<'_> {
    pub(crate) const fn len(&self) -> usize {
        self.parts.len()
    }
    /// Each part as a roster of its own, whose schools are known.
    pub(crate) fn each(&self) -> impl Iterator<Item = Roster> {
        self.parts.iter().map(|rows| Roster {
            users: at(&self.roster.users, &rows.users),
            roles: at(&self.roster.roles, &rows.roles),
            classes: at(&self.roster.classes, &rows.classes),
            enrolments: at(&self.roster.enrolments, &rows.enrolments),
            ..Roster::default()
        })
    }
}

/// The parts of a roster, always the same for the same roster. A school is never cut; what belongs to no school comes last.
/// Each part brings the guardians of its learners with it, wherever else they are named.
pub(crate) fn parts<'a>(roster: &'a Roster, schools: &HashMap<String, Id>) -> Parts<'a> {
    let place: HashMap<&str, usize> = roster
        .users
        .iter()
        .enumerate()
        .map(|(at, user)| (user.id.as_str(), at))
        .collect();
    let mut here: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    let school_of: HashMap<&str, &str> = roster
        .classes
        .iter()
        .map(|class| (class.id.as_str(), class.school.as_str()))
        .collect();
    let roles = roster
        .roles
        .iter()
        .map(|role| (role.org.as_str(), role.user.as_str()));
    let enrolled = roster.enrolments.iter().filter_map(|one| {
        let school = school_of.get(one.class.as_str())?;
        Some((*school, one.user.as_str()))
    });
    for (school, user) in roles.chain(enrolled) {
        if let Some(at) = place.get(user) {
            here.entry(school).or_default().insert(*at);
        }
    }
    let mut names: Vec<&str> = schools.keys().map(String::as_str).collect();
    names.sort_unstable();
    let mut part_of: HashMap<&str, usize> = HashMap::new();
    let mut parts: Vec<Rows> = Vec::new();
    for name in names {
        let users = here.remove(name).unwrap_or_default();
        match parts.last_mut() {
            Some(last) if last.users.len() + users.len() <= FULL => last.users.extend(users),
            _ => parts.push(Rows {
                users,
                ..Rows::default()
            }),
        }
        part_of.insert(name, parts.len() - 1);
    }
    fill(roster, &place, &part_of, &mut parts);
    Parts { roster, parts }
}

/// Gives every part what belongs to its schools and people.
fn fill(
    roster: &Roster,
    place: &HashMap<&str, usize>,
    part_of: &HashMap<&str, usize>,
    parts: &mut Vec<Rows>,
) {
    let mut guarded: HashMap<usize, Vec<usize>> = HashMap::new();
    for (n, part) in parts.iter_mut().enumerate() {
        let agents: BTreeSet<usize> = part
            .users
            .iter()
            .filter_map(|user| roster.users.get(*user))
            .flat_map(|user| &user.agents)
            .filter_map(|agent| place.get(agent.as_str()).copied())
            .collect();
        for agent in &agents {
            guarded.entry(*agent).or_default().push(n);
        }
        part.users.extend(agents);
    }
    let mut placed = vec![false; roster.users.len()];
    for user in parts.iter().flat_map(|part| &part.users) {
        if let Some(placed) = placed.get_mut(*user) {
            *placed = true;
        }
    }
    let rest: BTreeSet<usize> = (0..placed.len())
        .filter(|user| placed.get(*user) == Some(&false))
        .collect();
    if !rest.is_empty() {
        parts.push(Rows {
            users: rest,
            ..Rows::default()
        });
    }
    for (n, role) in roster.roles.iter().enumerate() {
        let own = part_of.get(role.org.as_str()).copied();
        let user = place.get(role.user.as_str());
        let with = user
            .filter(|_| role.role == Role::Guardian)
            .and_then(|user| guarded.get(user));
        let with = with.into_iter().flatten().copied();
        let all: BTreeSet<usize> = own.into_iter().chain(with).collect();
        for part in all {
            if let Some(part) = parts.get_mut(part) {
                part.roles.push(n);
            }
        }
    }
    let mut of_class: HashMap<&str, usize> = HashMap::new();
    for (n, class) in roster.classes.iter().enumerate() {
        if let Some(part) = part_of.get(class.school.as_str()) {
            of_class.insert(class.id.as_str(), *part);
            if let Some(part) = parts.get_mut(*part) {
                part.classes.push(n);
            }
        }
    }
    for (n, one) in roster.enrolments.iter().enumerate() {
        let part = of_class.get(one.class.as_str());
        if let Some(part) = part.and_then(|part| parts.get_mut(*part)) {
            part.enrolments.push(n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::roster::{Enrolled, Given, Group, User};
    use super::*;
    use base::Day;

    fn user(id: &str, agents: &[&str]) -> User {
        User {
            id: id.to_owned(),
            row: 1,
            gone: false,
            given: id.to_owned(),
            family: String::new(),
            user_name: String::new(),
            agents: agents.iter().map(|a| (*a).to_owned()).collect(),
            birth_year: None,
            sex: None,
        }
    }
    fn role(user: &str, role: Role, org: &str) -> Given {
        Given {
            user: user.to_owned(),
            role,
            org: org.to_owned(),
            from: None,
            to: None,
        }
    }

    /// So many schools of 400 learners and one class; every learner's guardian is named at the first school.
    fn roster(schools: usize) -> (Roster, HashMap<String, Id>) {
        let mut roster = Roster::default();
        let day = Day::parse("2026-01-05").unwrap();
        for s in 0..schools {
            let school = format!("s{s}");
            roster.classes.push(Group {
                id: format!("c{s}"),
                title: "4".to_owned(),
                grade: 4,
                subjects: Vec::new(),
                school: school.clone(),
                session: "2026".to_owned(),
                days: (day, day),
            });
            for n in 0..400 {
                let (id, guardian) = (format!("u{s}-{n}"), format!("g{s}-{n}"));
                roster.users.push(user(&id, &[&guardian]));
                roster.users.push(user(&guardian, &[]));
                roster.roles.push(role(&id, Role::Learner, &school));
                roster.roles.push(role(&guardian, Role::Guardian, "s0"));
                roster.enrolments.push(Enrolled {
                    id: format!("e{id}"),
                    class: format!("c{s}"),
                    user: id,
                    role: Role::Learner,
                    gone: false,
                    from: None,
                    to: None,
                });
            }
        }
        roster.users.push(user("alone", &[]));
        let known = (0..schools).map(|s| (format!("s{s}"), Id::named("school", &s.to_string())));
        (roster, known.collect())
    }

    #[test]
    fn parts_are_whole_schools_with_the_guardians_of_their_learners() {
        let (whole, schools) = roster(5);
        let parts: Vec<Roster> = parts(&whole, &schools).each().collect();
        assert!(parts.len() > 2, "{}", parts.len());
        let sum = |of: fn(&Roster) -> usize| parts.iter().map(of).sum::<usize>();
        assert_eq!(sum(|part| part.classes.len()), whole.classes.len());
        assert_eq!(sum(|part| part.enrolments.len()), whole.enrolments.len());
        let ids = |part: &Roster| -> BTreeSet<String> {
            part.users.iter().map(|user| user.id.clone()).collect()
        };
        let all: BTreeSet<String> = parts.iter().flat_map(ids).collect();
        assert_eq!(all.len(), whole.users.len());
        for part in &parts {
            let known = ids(part);
            for one in &part.enrolments {
                assert!(known.contains(&one.user));
                let guardian = one.user.replace('u', "g");
                assert!(known.contains(&guardian));
                assert!(part.roles.iter().any(|role| role.user == guardian));
            }
        }
        assert_eq!(parts.last().unwrap().users.len(), 1);
        assert!(
            super::parts(&Roster::default(), &schools)
                .each()
                .all(|one| one.users.is_empty())
        );
    }

    #[test]
    fn a_small_roster_is_one_part() {
        let (mut whole, schools) = roster(1);
        whole.users.pop();
        let parts: Vec<Roster> = parts(&whole, &schools).each().collect();
        assert_eq!((parts.len(), parts[0].users.len()), (1, 800));
    }
}
