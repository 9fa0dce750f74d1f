//! A school with invented people, for a demonstration: the same every time.

mod names;

use crate::bulk::{self, Enrolling};
use crate::door::sign_in_link;
use crate::person::{Enrolment, Held, Hour, Link, Mark, NewClass, NewPerson};
use crate::store::{self, people::sort_key};
use base::{Day, Id, Lang, Moment, Names, Result, Role};
use db::Tx;
use names::{Pool, pool};
use serde_json::json;

/// What a demonstration needs to know of its school.
#[derive(Clone, Debug)]
pub struct Seeded {
    pub school: Id,
    pub head: Id,
    pub teachers: Vec<Id>,
    /// The first is of grade 4.
    pub classes: Vec<Id>,
    /// The learners of each class, by their number.
    pub learners: Vec<Vec<Id>>,
    /// The first is the verified guardian of the first learner of the first class.
    pub guardians: Vec<Id>,
    /// A path that signs in, for `school_head`, `teacher`, `learner`, `guardian`.
    pub links: Vec<(&'static str, String)>,
}

/// Numbers that always come in the same order.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }
    fn pick(&mut self, from: &'static [&'static str]) -> &'static str {
        from.get(self.next(from.len())).copied().unwrap_or("")
    }
}

/// Class sizes, grades and what they are called.
const CLASSES: [(i64, usize, &str, &str, &str); 3] = [
    (4, 36, "4 East", "4 Est", "4 الشرق"),
    (3, 34, "3 East", "3 Est", "3 الشرق"),
    (5, 31, "5 East", "5 Est", "5 الشرق"),
];
/// A day at the school: when each hour begins, and what it is about.
const DAY: [(i64, i64, [&str; 5]); 5] = [
    (
        480,
        40,
        [
            "mathematics",
            "language",
            "mathematics",
            "language",
            "mathematics",
        ],
    ),
    (
        520,
        40,
        [
            "language",
            "mathematics",
            "science",
            "mathematics",
            "language",
        ],
    ),
    (
        580,
        40,
        [
            "science",
            "social_studies",
            "language",
            "science",
            "social_studies",
        ],
    ),
    (
        620,
        40,
        ["life_skills", "arts", "social_studies", "religion", "arts"],
    ),
    (
        680,
        40,
        [
            "physical_education",
            "science",
            "life_skills",
            "physical_education",
            "life_skills",
        ],
    ),
];

struct Making<'a> {
    school: &'a places::School,
    lang: Lang,
    today: Day,
    days: (Day, Day),
    now: Moment,
}

impl Making<'_> {
    fn id(&self, kind: &str, number: usize) -> Id {
        Id::named(
            "school demonstration",
            &format!("{} {kind} {number}", self.school.id()),
        )
    }
    fn held(&self, person: Id, role: Role, number: usize) -> Held {
        Held {
            id: self.id(role.code(), 10_000 + number),
            person,
            school: self.school.id(),
            country: self.school.country.clone(),
            role,
            from_on: self.days.0,
            to_on: None,
            reason: None,
        }
    }
    fn person(&self, given: &str, family: &str, girl: bool) -> NewPerson {
        NewPerson {
            country: self.school.country.clone(),
            given: given.to_owned(),
            family: family.to_owned(),
            sex: Some(if girl { "female" } else { "male" }.to_owned()),
            lang: self.lang,
            sample: true,
            ..NewPerson::default()
        }
    }
}

/// Fills a real school with invented people: a head, four teachers, three classes, guardians, a
/// timetable and two weeks of registers. The same school always gets the same people.
///
/// # Errors
/// Missing when there is no such school; refused when it was filled before.
pub fn seed_demo(tx: &mut Tx, school: Id, now: Moment) -> Result<Seeded> {
    let school = places::school(tx, school)?;
    let today = now.day();
    let (names, lang) = pool(&school.country);
    let year = today.parts().0;
    let days = (
        Day::new(year, 1, 5).unwrap_or(today),
        Day::new(year, 12, 18).unwrap_or(today).max(today.plus(60)),
    );
    let m = Making {
        school: &school,
        lang,
        today,
        days,
        now,
    };
    let mut dice = Dice(
        school
            .code
            .bytes()
            .fold(17, |sum, b| sum * 31 % 1_000_003 + u64::from(b)),
    );

    let staff = staff(tx, &m, names, &mut dice)?;
    let classes: Vec<Id> = (0..CLASSES.len()).map(|n| m.id("class", n)).collect();
    let new: Vec<(Id, NewClass)> = CLASSES
        .iter()
        .zip(&classes)
        .map(|((grade, _, en, fr, ar), id)| {
            let class = NewClass {
                school: school.id(),
                country: school.country.clone(),
                names: Names::three(en, fr, ar),
                grade: *grade,
                subjects: Vec::new(),
                session: year.to_string(),
                days,
                shows_names: *grade == 3,
                sourced_id: None,
            };
            (*id, class)
        })
        .collect();
    bulk::classes(tx, &new, now)?;
    let learners = learners(tx, &m, names, &mut dice, &classes)?;
    teach(tx, &m, &staff, &classes)?;
    let guardians = guardians(
        tx,
        &m,
        names,
        &mut dice,
        &learners,
        (staff.first().copied(), staff.get(1).copied()),
    )?;
    registers(tx, &m, &mut dice, &classes, &learners, &staff)?;
    let about = json!({ "people": staff.len() + guardians.len() + learners.iter().map(Vec::len).sum::<usize>() });
    ledger::tell(
        tx,
        (now, None),
        "school.filled",
        ("school", school.id()),
        about,
    )?;

    let head = staff.first().copied().unwrap_or(school.id());
    let teachers: Vec<Id> = staff.iter().skip(1).copied().collect();
    let first = |list: &[Id]| list.first().copied().unwrap_or(head);
    let whose = [
        (Role::SchoolHead.code(), head),
        (Role::Teacher.code(), first(&teachers)),
        (
            Role::Learner.code(),
            first(learners.first().map_or(&[][..], Vec::as_slice)),
        ),
        (Role::Guardian.code(), first(&guardians)),
    ];
    let mut links = Vec::new();
    for (role, person) in whose {
        links.push((role, sign_in_link(tx, person, now)?));
    }
    Ok(Seeded {
        school: school.id(),
        head,
        teachers,
        classes,
        learners,
        guardians,
        links,
    })
}

/// The head and four teachers.
fn staff(tx: &mut Tx, m: &Making<'_>, names: &Pool, dice: &mut Dice) -> Result<Vec<Id>> {
    let mut people = Vec::new();
    let mut roles = Vec::new();
    for number in 0..5 {
        let girl = number % 2 == 0;
        let given = dice.pick(if girl { names.girls } else { names.boys });
        let family = dice.pick(names.families);
        let id = m.id("staff", number);
        let role = if number == 0 {
            Role::SchoolHead
        } else {
            Role::Teacher
        };
        let mut person = m.person(given, family, girl);
        person.birth_year =
            Some(i64::from(m.today.parts().0) - 28 - 5 * i64::try_from(number).unwrap_or(0));
        roles.push((m.held(id, role, number), sort_key(given, family)));
        people.push((id, person));
    }
    bulk::people(tx, &m.school.country, &people, m.now)?;
    bulk::roles(tx, &roles, None, m.now)?;
    Ok(people.into_iter().map(|(id, _)| id).collect())
}

fn learners(
    tx: &mut Tx,
    m: &Making<'_>,
    names: &Pool,
    dice: &mut Dice,
    classes: &[Id],
) -> Result<Vec<Vec<Id>>> {
    let mut all = Vec::new();
    let mut number = 0;
    for ((grade, size, ..), class) in CLASSES.iter().zip(classes) {
        let mut people = Vec::new();
        while people.len() < *size {
            let girl = dice.next(2) == 0;
            let (given, family) = (
                dice.pick(if girl { names.girls } else { names.boys }),
                dice.pick(names.families),
            );
            if people
                .iter()
                .any(|(_, p): &(Id, NewPerson)| p.given == given && p.family == family)
            {
                continue;
            }
            number += 1;
            let mut person = m.person(given, family, girl);
            let late = i64::try_from(dice.next(3)).unwrap_or(0);
            person.birth_year = Some(i64::from(m.today.parts().0) - 6 - grade - late);
            if dice.next(12) == 0 {
                person.needs = vec![
                    ["vision", "hearing", "learning"]
                        .get(dice.next(3))
                        .copied()
                        .unwrap_or("vision")
                        .to_owned(),
                ];
            }
            people.push((m.id("learner", number), person));
        }
        people.sort_by_key(|(_, p)| sort_key(&p.given, &p.family));
        bulk::people(tx, &m.school.country, &people, m.now)?;
        let (mut roles, mut enrolled) = (Vec::new(), Vec::new());
        for ((id, person), on_list) in people.iter().zip(1_i64..) {
            let key = sort_key(&person.given, &person.family);
            let known = all.len() * 100 + usize::try_from(on_list).unwrap_or(0);
            roles.push((m.held(*id, Role::Learner, known), key.clone()));
            let enrolment = Enrolment {
                id: m.id("enrolment", known),
                class: *class,
                person: *id,
                role: Role::Learner,
                number: on_list,
                from_on: m.days.0,
                to_on: None,
                reason: None,
            };
            enrolled.push(Enrolling {
                enrolment,
                key,
                sourced: None,
            });
        }
        bulk::roles(tx, &roles, None, m.now)?;
        bulk::enrolments(tx, &enrolled, None, m.now)?;
        all.push(people.into_iter().map(|(id, _)| id).collect());
    }
    Ok(all)
}

/// Each class has a teacher, and the fourth teacher has all of them for some hours.
fn teach(tx: &mut Tx, m: &Making<'_>, staff: &[Id], classes: &[Id]) -> Result<()> {
    let (mut enrolled, mut hours) = (Vec::new(), Vec::new());
    let extra = staff.get(4).copied();
    for (place, class) in classes.iter().enumerate() {
        let own = staff.get(place + 1).copied();
        for (which, teacher) in [own, extra].into_iter().flatten().enumerate() {
            let person = store::people::person(tx, teacher)?;
            let enrolment = Enrolment {
                id: m.id("teaching", place * 10 + which),
                class: *class,
                person: teacher,
                role: Role::Teacher,
                number: 0,
                from_on: m.days.0,
                to_on: None,
                reason: None,
            };
            enrolled.push(Enrolling {
                enrolment,
                key: sort_key(&person.given, &person.family),
                sourced: None,
            });
        }
        for (row, (begins, minutes, subjects)) in DAY.iter().enumerate() {
            for (day, subject) in subjects.iter().enumerate() {
                // The fourth teacher gives physical education and arts, to one class at a time.
                let special = matches!(*subject, "arts" | "physical_education") && place == day % 3;
                hours.push(Hour {
                    id: m.id("hour", place * 100 + row * 10 + day),
                    class: *class,
                    weekday: i64::try_from(day).unwrap_or(0) + 1,
                    begins: *begins,
                    minutes: *minutes,
                    subject: (*subject).to_owned(),
                    teacher: if special { extra } else { own },
                    place: None,
                });
            }
        }
    }
    bulk::enrolments(tx, &enrolled, None, m.now)?;
    store::classes::add_hours(tx, &hours)
}

/// Ten guardians: entered by the head, verified by a teacher.
fn guardians(
    tx: &mut Tx,
    m: &Making<'_>,
    names: &Pool,
    dice: &mut Dice,
    learners: &[Vec<Id>],
    (asked, verified): (Option<Id>, Option<Id>),
) -> Result<Vec<Id>> {
    let (mut people, mut roles, mut links) = (Vec::new(), Vec::new(), Vec::new());
    let first = learners.first().map_or(&[][..], Vec::as_slice);
    for (number, learner) in first.iter().take(10).enumerate() {
        let child = store::people::person(tx, *learner)?;
        let woman = number % 3 != 2;
        let given = dice.pick(if woman { names.girls } else { names.boys });
        let id = m.id("guardian person", number);
        roles.push((
            m.held(id, Role::Guardian, number),
            sort_key(given, &child.family),
        ));
        people.push((id, m.person(given, &child.family, woman)));
        links.push(Link {
            id: m.id("tie", number),
            guardian: id,
            learner: *learner,
            school: m.school.id(),
            relation: if woman { "mother" } else { "father" }.to_owned(),
            asked_by: asked,
            asked_at: m.now,
            verified_by: verified,
            verified_at: Some(m.now),
            basis: Some("known_in_person".to_owned()),
            may_see: true,
            ended_at: None,
            reason: None,
        });
    }
    bulk::people(tx, &m.school.country, &people, m.now)?;
    bulk::roles(tx, &roles, None, m.now)?;
    for link in &links {
        store::people::add_link(tx, link)?;
    }
    Ok(people.into_iter().map(|(id, _)| id).collect())
}

/// The last ten school days: almost everybody was there.
fn registers(
    tx: &mut Tx,
    m: &Making<'_>,
    dice: &mut Dice,
    classes: &[Id],
    learners: &[Vec<Id>],
    staff: &[Id],
) -> Result<()> {
    let past = (1..=20).map(|back| m.today.plus(-back));
    let days: Vec<Day> = past.filter(|day| day.weekday() <= 5).take(10).collect();
    for (place, (class, people)) in classes.iter().zip(learners).enumerate() {
        let teacher = staff.get(place + 1).copied().unwrap_or(m.school.id());
        for (which, day) in days.iter().rev().enumerate() {
            let id = m.id("register", place * 100 + which);
            let at = Moment::start_of(*day).plus_seconds(8 * 3_600 + 600);
            store::attendance::add_register(tx, id, *class, *day, teacher, at)?;
            let marks: Vec<Mark> = people
                .iter()
                .enumerate()
                .map(|(n, person)| {
                    let (code, reason) = match dice.next(40) {
                        0 => ("absent", None),
                        1 => ("excused", Some("ill".to_owned())),
                        2 => ("late", None),
                        3 if n % 7 == 0 => ("left_early", None),
                        _ => ("present", None),
                    };
                    Mark {
                        id: m.id("mark", (place * 100 + which) * 100 + n),
                        person: *person,
                        day: *day,
                        code: code.to_owned(),
                        reason,
                        marked_by: teacher,
                        marked_at: at,
                        corrects: None,
                        current: true,
                    }
                })
                .collect();
            store::attendance::add_marks(tx, id, &marks)?;
        }
    }
    Ok(())
}
