//! Statements of our own: what a learner answered, on whatever channel.

use crate::brief;
use crate::statement::{Held, Key, Statement, stamp, tidied};
use base::{Error, Id, Moment, Result};
use db::Tx;
use serde_json::{Value, json};

/// The home page of agents whose country has set none.
pub const HOME: &str = "https://learning.invalid";
/// The verb of an answer.
pub const ANSWERED: &str = "http://adlnet.gov/expapi/verbs/answered";
/// The extension that says on which channel something was answered.
pub(crate) const MODE: &str = "https://w3id.org/harambee/xapi/extensions/mode";
pub(crate) const ENTERED: &str = "https://w3id.org/harambee/xapi/extensions/entered-by";

/// On which channel something was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Web,
    Print,
    Sms,
    Ussd,
    Oral,
    Paper,
}

impl Mode {
    /// Every channel.
    pub const ALL: [Self; 6] = [
        Self::Web,
        Self::Print,
        Self::Sms,
        Self::Ussd,
        Self::Oral,
        Self::Paper,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Print => "print",
            Self::Sms => "sms",
            Self::Ussd => "ussd",
            Self::Oral => "oral",
            Self::Paper => "paper",
        }
    }
    /// The channel of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// What a learner answered to an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The answer's own id: the same id twice is the same answer.
    pub id: Id,
    pub learner: Id,
    pub item: Id,
    pub lesson: Option<Id>,
    pub competency: Option<Id>,
    pub assignment: Option<Id>,
    pub mode: Mode,
    /// As `cmi.interaction` writes it: `b`, `a[,]c`, `3[:]4`.
    pub response: String,
    /// From 0 to 1.
    pub score: Option<f64>,
    pub success: Option<bool>,
    pub seconds: Option<i64>,
    pub at: Moment,
    /// Who entered it, when not the learner.
    pub entered_by: Option<Id>,
    /// The answer this one corrects.
    pub corrects: Option<Id>,
}

/// Whether something was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    New,
    Already,
}

/// The opaque agent of a person.
pub fn agent(home: &str, person: Id) -> Value {
    json!({ "account": { "homePage": home, "name": person.to_string() } })
}

/// The key a person's statements are found by.
pub fn agent_key(home: &str, person: Id) -> Key {
    Key::agent(&format!("account {home} {person}"))
}

#[cfg(test)]
pub(crate) fn agent_key_text(home: &str, name: &str) -> Key {
    Key::agent(&format!("account {home} {name}"))
}

/// The address of something of ours as an activity.
pub fn activity(kind: &str, id: Id) -> String {
    let mut out = String::with_capacity(80);
    write_activity(&mut out, kind, id);
    out
}

pub(crate) fn write_activity(out: &mut String, kind: &str, id: Id) {
    for part in [HOME, "/", kind, "/"] {
        out.push_str(part);
    }
    let mut letters = [0; 36];
    out.push_str(id.0.as_hyphenated().encode_lower(&mut letters));
}

impl Statement {
    /// A statement of what a person did with something that was opened here: `said` tells the verb, the
    /// object and what came of it; the opaque agent and the authority are put in.
    ///
    /// # Errors
    /// A fault that names everything that is wrong with it.
    pub fn told(tx: &mut Tx, id: Id, person: Id, mut said: Value, at: Moment) -> Result<Self> {
        let home = crate::store::home(tx)?;
        let authority = json!({ "account": { "homePage": home, "name": "harambee" } });
        said["id"] = id.to_string().into();
        said["actor"] = agent(&home, person);
        said["timestamp"] = stamp(at, 3).into();
        let sender = crate::read::Sender {
            version: crate::check::Version::Two,
            authority: &authority,
            now: at,
        };
        crate::read::statement(said, &sender).map_err(|wrong| Error::fault(wrong.join("; ")))
    }
}

impl Answered {
    /// The answer as a statement, its text in brief.
    pub fn statement(&self, home: &str) -> Statement {
        let item = activity("items", self.item);
        let mut keys = vec![
            Held {
                key: Key::verb(ANSWERED),
                near: true,
            },
            Held {
                key: agent_key(home, self.learner),
                near: true,
            },
            Held {
                key: Key::activity(&item),
                near: true,
            },
        ];
        let mut far = |kind: &str, id: Option<Id>| {
            keys.extend(id.map(|id| Held {
                key: Key::activity(&activity(kind, id)),
                near: false,
            }));
        };
        far("lessons", self.lesson);
        far("assignments", self.assignment);
        far("competencies", self.competency);
        let (raw, digest) = brief::written(self, home);
        Statement {
            id: self.id,
            raw,
            keys: tidied(keys),
            digest,
            target: None,
            voids: false,
            definitions: Vec::new(),
            names: Vec::new(),
        }
    }
}
