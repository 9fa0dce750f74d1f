//! What is given to whom, and what came back.

use base::{Day, Id, Moment, Names};

/// A lesson given to a class, to groups of it or to single children.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    pub id: Id,
    pub school: Id,
    pub class: Id,
    /// The lesson; where there is a `resource`, that.
    pub lesson: Id,
    /// The course or package that is given instead of a lesson.
    pub resource: Option<Id>,
    /// The lesson's title on the day it was given.
    pub names: Names,
    pub subject: String,
    pub opens_on: Day,
    pub due_on: Day,
    pub minutes: i64,
    /// How many questions it asks.
    pub items: i64,
    pub made_by: Id,
    pub made_at: Moment,
    /// Taken back, with the reason.
    pub withdrawn: Option<(Moment, String)>,
    pub version: i64,
}

impl Assignment {
    /// A new id: as if made on the day it opens, at this time of day. What is answered on one day, by
    /// whatever classes, lies together in every index that begins with an assignment.
    pub(crate) fn new_id(opens_on: Day, now: Moment) -> Id {
        let time = now.micros() - Moment::start_of(now.day()).micros();
        Id::new(Moment::from_micros(
            Moment::start_of_utc(opens_on).micros() + time,
        ))
    }
    /// Whether learners see it on that day. What is late stays open: answers may come from a phone
    /// that was out of reach.
    pub fn is_open(&self, today: Day) -> bool {
        self.withdrawn.is_none() && self.opens_on <= today
    }
}

/// To whom an assignment is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Class(Id),
    Group(Id),
    Person(Id),
}

impl Target {
    /// The stable code of its kind.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Class(_) => "class",
            Self::Group(_) => "group",
            Self::Person(_) => "person",
        }
    }
    /// Whom it names.
    pub const fn id(self) -> Id {
        match self {
            Self::Class(id) | Self::Group(id) | Self::Person(id) => id,
        }
    }
    /// The target of a kind.
    pub fn of(kind: &str, id: Id) -> Option<Self> {
        match kind {
            "class" => Some(Self::Class(id)),
            "group" => Some(Self::Group(id)),
            "person" => Some(Self::Person(id)),
            _ => None,
        }
    }
}

/// A question of an assignment: its place, the item, what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub position: i64,
    pub item: Id,
    pub competency: Option<Id>,
}

/// What a teacher gives.
#[derive(Clone, Debug)]
pub struct Giving {
    pub class: Id,
    pub lesson: Id,
    pub to: Vec<Target>,
    pub opens_on: Day,
    pub due_on: Day,
}

/// One try at one question, by whatever way it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Also the id of its statement in the record store.
    pub id: Id,
    pub learner: Id,
    pub assignment: Id,
    pub class: Id,
    pub position: i64,
    pub item: Id,
    pub competency: Option<Id>,
    /// The learner's first, second … try at this question of this assignment.
    pub number: i64,
    pub mode: String,
    /// As the record store writes responses.
    pub response: String,
    /// From 0 to 1; none until a teacher has marked it.
    pub score: Option<f64>,
    /// What the teacher says to it.
    pub comment: Option<String>,
    pub seconds: Option<i64>,
    pub at: Moment,
    pub received_at: Moment,
    pub entered_by: Option<Id>,
    pub corrects: Option<Id>,
    pub replaced_by: Option<Id>,
}

impl Attempt {
    /// Whether a teacher must still look at it.
    pub const fn waits(&self) -> bool {
        self.score.is_none() && self.replaced_by.is_none()
    }
}

/// What became of a question, for one learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Open,
    Waits,
    Right,
    Partly,
    NotYet,
    /// A course or package: opened, and nothing came of it yet.
    Begun,
    /// A course or package: gone through and passed.
    Passed,
    /// Gone through, where nothing is judged.
    Done,
    NotPassed,
}

impl Outcome {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waits => "waits",
            Self::Right => "right",
            Self::Partly => "partly",
            Self::NotYet => "not_yet",
            Self::Begun => "begun",
            Self::Passed => "passed",
            Self::Done => "done",
            Self::NotPassed => "not_passed",
        }
    }
    /// Whether nothing more is to be done.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Open | Self::Begun | Self::NotPassed)
    }
    /// What a score says.
    pub fn of(score: Option<f64>) -> Self {
        match score {
            None => Self::Waits,
            Some(score) if score >= crate::rules::RIGHT => Self::Right,
            Some(score) if score > 0.0 => Self::Partly,
            Some(_) => Self::NotYet,
        }
    }
}
