//! The nouns: people of schools, their roles, classes, enrolments, guardians, groups, hours, marks.

use base::{Day, Id, Lang, Moment, Names, Role};
use lang::Words;

/// Somebody a school knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: Id,
    /// The same at every school: eight characters, the last of which checks the others.
    pub code: String,
    pub country: String,
    pub given: String,
    pub family: String,
    pub birth_year: Option<i64>,
    /// `female` or `male`; none when the school does not say.
    pub sex: Option<String>,
    pub lang: Lang,
    /// What the person needs to take part: codes of [`NEEDS`].
    pub needs: Vec<String>,
    /// What an adult signs in with, beside the code.
    pub user_name: Option<String>,
    /// Whether a password was chosen.
    pub has_password: bool,
    /// How often the card was made anew: the pictures and codes on it follow from this.
    pub card_serial: i64,
    /// When the first sign-in was prepared; none when no card was made yet.
    pub card_at: Option<Moment>,
    /// The id another register gave.
    pub sourced_id: Option<String>,
    pub sample: bool,
    pub closed_at: Option<Moment>,
    pub version: i64,
}

impl Person {
    /// The name as it is read out.
    pub fn name(&self) -> String {
        if self.family.is_empty() {
            return self.given.clone();
        }
        format!("{} {}", self.given, self.family)
    }
    /// The name as it stands in a list that strangers in the room may see.
    pub fn short_name(&self) -> String {
        match self.family.chars().next() {
            Some(letter) => format!("{} {letter}.", self.given),
            None => self.given.clone(),
        }
    }
}

/// What a person may need to take part; the Washington Group's short set, and learning.
pub const NEEDS: &[&str] = &[
    "vision",
    "hearing",
    "mobility",
    "cognition",
    "self_care",
    "speech",
    "learning",
];

/// Somebody to be added.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    pub country: String,
    pub given: String,
    pub family: String,
    pub birth_year: Option<i64>,
    pub sex: Option<String>,
    pub lang: Lang,
    pub needs: Vec<String>,
    pub user_name: Option<String>,
    pub sourced_id: Option<String>,
    /// Made for a demonstration: sign-in links work again and again.
    pub sample: bool,
}

/// A role somebody holds or held at a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: Id,
    pub person: Id,
    pub school: Id,
    pub country: String,
    pub role: Role,
    pub from_on: Day,
    pub to_on: Option<Day>,
    pub reason: Option<String>,
}

impl Held {
    /// Whether it holds on that day.
    pub fn is_on(&self, day: Day) -> bool {
        self.from_on <= day && self.to_on.is_none_or(|last| day <= last)
    }
}

/// A class of a school in one school year or term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub id: Id,
    pub school: Id,
    pub country: String,
    pub names: Names,
    pub grade: i64,
    /// Codes of `curricula::SUBJECTS`; empty means every subject.
    pub subjects: Vec<String>,
    /// What the school calls the year or term, such as `2026`.
    pub session: String,
    /// First and last day.
    pub days: (Day, Day),
    /// What children sign in with, such as `BKT-42`.
    pub code: String,
    /// Whether the sign-in page lists given names; otherwise children enter their number.
    pub shows_names: bool,
    pub sourced_id: Option<String>,
    pub version: i64,
}

/// A class to be added.
#[derive(Clone, Debug)]
pub struct NewClass {
    pub school: Id,
    pub country: String,
    pub names: Names,
    pub grade: i64,
    pub subjects: Vec<String>,
    pub session: String,
    pub days: (Day, Day),
    pub shows_names: bool,
    pub sourced_id: Option<String>,
}

/// A person's time in a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    pub id: Id,
    pub class: Id,
    pub person: Id,
    /// `Learner` or `Teacher`.
    pub role: Role,
    /// The number on the class list; 0 for teachers.
    pub number: i64,
    pub from_on: Day,
    pub to_on: Option<Day>,
    pub reason: Option<String>,
}

impl Enrolment {
    /// Whether it holds on that day.
    pub fn is_on(&self, day: Day) -> bool {
        self.from_on <= day && self.to_on.is_none_or(|last| day <= last)
    }
}

/// Somebody on a class list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub number: i64,
    pub enrolment: Id,
    pub from_on: Day,
    pub to_on: Option<Day>,
    pub person: Person,
}

/// A guardian's tie to a learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: Id,
    pub guardian: Id,
    pub learner: Id,
    pub school: Id,
    /// A code of [`RELATIONS`].
    pub relation: String,
    pub asked_by: Option<Id>,
    pub asked_at: Moment,
    pub verified_by: Option<Id>,
    pub verified_at: Option<Moment>,
    /// What the school saw: a code of [`BASES`].
    pub basis: Option<String>,
    pub may_see: bool,
    pub ended_at: Option<Moment>,
    pub reason: Option<String>,
}

impl Link {
    /// Whether the guardian may see the learner's work.
    pub const fn lets_see(&self) -> bool {
        self.verified_at.is_some() && self.may_see && self.ended_at.is_none()
    }
}

/// How a guardian is related.
pub const RELATIONS: &[&str] = &[
    "mother",
    "father",
    "grandparent",
    "sibling",
    "relative",
    "guardian",
];
/// What a school verifies a guardian by.
pub const BASES: &[&str] = &[
    "known_in_person",
    "birth_certificate",
    "identity_card",
    "court_order",
    "community_leader",
];

/// A group within a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: Id,
    pub class: Id,
    pub name: String,
    /// `free`, or `level` for a group by level rather than grade.
    pub kind: String,
    /// The level's code where the group is one of a level.
    pub level: Option<String>,
    pub version: i64,
}

/// An hour of the timetable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    pub id: Id,
    pub class: Id,
    /// 1 is Monday.
    pub weekday: i64,
    /// Minutes after midnight.
    pub begins: i64,
    pub minutes: i64,
    pub subject: String,
    pub teacher: Option<Id>,
    pub place: Option<String>,
}

/// The codes of a register, after the CEDS attendance codes.
pub const MARKS: &[&str] = &[
    "present",
    "late",
    "left_early",
    "partly",
    "excused",
    "absent",
];

/// What a register says of a learner on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub id: Id,
    pub person: Id,
    pub day: Day,
    pub code: String,
    pub reason: Option<String>,
    pub marked_by: Id,
    pub marked_at: Moment,
    /// The mark this one corrects.
    pub corrects: Option<Id>,
    /// Whether no later mark corrects it.
    pub current: bool,
}

/// A day, or a lesson of it, that a learner missed or was only partly at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    pub day: Day,
    /// When the lesson begins, in minutes of the day, and its subject; none of a whole day.
    pub lesson: Option<(i64, String)>,
    /// A code of [`MARKS`], never `present`.
    pub code: String,
}

/// The lesson of a mark, as it is named: when it begins, and its subject.
pub(crate) fn lesson_label(words: &Words, (begins, subject): &(i64, String)) -> String {
    let subject = words.code("subject", subject);
    format!("{} {subject}", crate::rules::clock_text(*begins))
}

impl Missed {
    /// The lesson that was missed, as it is named; none of a whole day.
    pub fn lesson_label(&self, words: &Words) -> Option<String> {
        self.lesson
            .as_ref()
            .map(|lesson| lesson_label(words, lesson))
    }
}
