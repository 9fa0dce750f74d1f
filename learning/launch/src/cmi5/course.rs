//! The nouns: courses as they are opened here, registrations, sessions.

use super::rules::{Mode, Part, Reached, Standing};
use base::{Error, Id, Moment, Result};
use files::Files;
use formats::cmi5::{Course as Structure, MoveOn, Node as Piece};
use formats::item::Text;
use std::fs::File;
use std::io::BufReader;

/// A course as it was when it was first opened here: a later package is another course.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub resource: Id,
    /// What stands in the addresses of its files; nobody guesses it.
    pub content: String,
    pub hash: String,
    /// Its files lie here; otherwise every unit is at an address of its own.
    pub packaged: bool,
    /// In the order of the course, parents before children; the first is the course itself.
    pub nodes: Vec<Node>,
}

/// A part of a course.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub position: i64,
    pub parent: Option<i64>,
    /// `course`, `block` or `unit`.
    pub kind: &'static str,
    /// Which unit it is, counted from 0.
    pub number: Option<i64>,
    /// The id its publisher gave it.
    pub publisher: String,
    pub titles: Text,
    pub url: String,
    pub parameters: Option<String>,
    pub entitlement: Option<String>,
    pub move_on: MoveOn,
    pub mastery: Option<f64>,
    pub own_window: bool,
}

impl Node {
    /// The address of the activity as this site names it.
    pub(crate) fn activity(&self, resource: Id) -> String {
        let id = || Id::named("cmi5", &format!("{resource} {}", self.publisher));
        match self.kind {
            "course" => records::activity("courses", resource),
            "block" => records::activity("blocks", id()),
            _ => records::activity("units", id()),
        }
    }
    fn above(
        position: i64,
        parent: Option<i64>,
        kind: &'static str,
        id: &str,
        titles: &Text,
    ) -> Self {
        Self {
            position,
            parent,
            kind,
            number: None,
            publisher: id.trim().to_owned(),
            titles: titles.clone(),
            url: String::new(),
            parameters: None,
            entitlement: None,
            move_on: MoveOn::NotApplicable,
            mastery: None,
            own_window: false,
        }
    }
}

/// The parts of a course structure in its order.
pub(crate) fn nodes(course: &Structure) -> Vec<Node> {
    fn walk(pieces: &[Piece], parent: i64, units: &mut i64, out: &mut Vec<Node>) {
        for piece in pieces {
            let position = i64::try_from(out.len()).unwrap_or(i64::MAX);
            match piece {
                Piece::Block(block) => {
                    let title = &block.title;
                    out.push(Node::above(
                        position,
                        Some(parent),
                        "block",
                        &block.id,
                        title,
                    ));
                    walk(&block.children, position, units, out);
                }
                Piece::Unit(unit) => {
                    out.push(Node {
                        number: Some(*units),
                        url: unit.url.trim().to_owned(),
                        parameters: unit
                            .launch_parameters
                            .as_deref()
                            .map(|t| t.trim().to_owned()),
                        entitlement: unit.entitlement_key.as_deref().map(|t| t.trim().to_owned()),
                        move_on: unit.move_on,
                        mastery: unit.mastery_score,
                        own_window: unit.own_window,
                        ..Node::above(position, Some(parent), "unit", &unit.id, &unit.title)
                    });
                    *units += 1;
                }
            }
        }
    }
    let mut out = vec![Node::above(0, None, "course", &course.id, &course.title)];
    walk(&course.children, 0, &mut 0, &mut out);
    out
}

impl Course {
    /// A unit by its number.
    pub(crate) fn unit(&self, number: i64) -> Result<&Node> {
        let mut units = self.nodes.iter();
        units
            .find(|node| node.number == Some(number))
            .ok_or(Error::Missing)
    }
    /// A part by its position.
    pub(crate) fn node(&self, position: i64) -> Result<&Node> {
        let at = usize::try_from(position).unwrap_or(usize::MAX);
        self.nodes.get(at).ok_or(Error::Missing)
    }
    /// The parts as the rules see them.
    pub(crate) fn parts(&self, marks: &Marks) -> Vec<Part> {
        let part = |node: &Node| Part {
            parent: node.parent.and_then(|parent| usize::try_from(parent).ok()),
            unit: node.number.is_some(),
            satisfied: marks.of(node.position).satisfied_at.is_some(),
        };
        self.nodes.iter().map(part).collect()
    }
}

/// The structure of a kept package or bare structure, which was looked through when it came.
pub(crate) fn structure(files: &Files, hash: &str) -> Result<(Structure, bool)> {
    let (file, _): (File, u64) = files.open_kept(hash)?;
    let mut start = [0; 2];
    {
        use std::io::{Read, Seek, SeekFrom};
        let mut file = &file;
        let read = file.read(&mut start).map_err(Error::fault)?;
        file.seek(SeekFrom::Start(0)).map_err(Error::fault)?;
        if read < 2 {
            return Err(Error::Missing);
        }
    }
    if &start != b"PK" {
        let text = text(&files.read(hash)?);
        return Ok((formats::cmi5::course(&text, None)?, false));
    }
    let mut package = formats::Package::over(BufReader::new(file))?;
    let text = text(&package.read("cmi5.xml")?);
    let has = |name: &str| package.has(name);
    Ok((formats::cmi5::course(&text, Some(&has))?, true))
}

fn text(bytes: &[u8]) -> String {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes.get(2..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = units
            .map(|two| {
                pair([
                    two.first().copied().unwrap_or(0),
                    two.get(1).copied().unwrap_or(0),
                ])
            })
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Who learns: the account of an agent, and the person when it is one of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whose {
    pub learner: Option<Id>,
    pub home: String,
    pub name: String,
}

/// Somebody's way through a course.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub id: Id,
    pub resource: Id,
    pub whose: Whose,
    pub made_at: Moment,
    pub satisfied_at: Option<Moment>,
}

/// What is known of a part of a course in a registration.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Mark {
    pub completed_at: Option<Moment>,
    pub passed_at: Option<Moment>,
    pub failed_at: Option<Moment>,
    pub score: Option<f64>,
    pub waived_at: Option<Moment>,
    pub waived_by: Option<Id>,
    pub reason: Option<String>,
    pub satisfied_at: Option<Moment>,
}

impl Mark {
    pub(crate) const fn reached(&self) -> Reached {
        Reached {
            completed: self.completed_at.is_some(),
            passed: self.passed_at.is_some(),
            waived: self.waived_at.is_some(),
        }
    }
    /// The code of where a unit stands, for words.
    pub(crate) const fn code(&self, live: bool) -> &'static str {
        if self.waived_at.is_some() {
            "waived"
        } else if self.satisfied_at.is_some() {
            "satisfied"
        } else if self.passed_at.is_some() {
            "passed"
        } else if self.completed_at.is_some() {
            "completed"
        } else if self.failed_at.is_some() {
            "failed"
        } else if live {
            "open"
        } else {
            "untouched"
        }
    }
}

/// The marks of a registration, by position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks(pub std::collections::BTreeMap<i64, Mark>);

impl Marks {
    pub(crate) fn of(&self, position: i64) -> Mark {
        self.0.get(&position).cloned().unwrap_or_default()
    }
}

/// One opening of a unit, until it ends.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub id: Id,
    pub registration: Id,
    pub position: i64,
    pub mode: Mode,
    pub token: Option<Vec<u8>>,
    pub launched_at: Moment,
    pub ends_at: Moment,
    pub data_at: Option<Moment>,
    pub preferences_at: Option<Moment>,
    pub initialized_at: Option<Moment>,
    pub judged: bool,
    pub heard_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    pub closing: Option<String>,
}

impl Session {
    /// Where it stands, with what the registration remembers of its unit.
    pub(crate) const fn standing(&self, mark: &Mark) -> Standing {
        Standing {
            mode: self.mode,
            knows: self.data_at.is_some() && self.preferences_at.is_some(),
            initialized: self.initialized_at.is_some(),
            closed: self.closed_at.is_some(),
            completed: mark.completed_at.is_some(),
            passed: mark.passed_at.is_some(),
            judged: self.judged,
        }
    }
}
