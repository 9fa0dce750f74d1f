//! What a room declares: its pages, its acts, its tables. The web makes the rest of it.

use crate::ask::{Ask, Call};
use crate::form::{Entered, Form};
use crate::site::Site;
use base::{Actor, Error, Lang, Result, Role};
use db::{Migration, Table, Tx};
use std::collections::BTreeMap;
pub use ui::{Action as ActLink, Line};
use ui::{Cell, Column, Html};

/// Reads what waits for an actor.
pub type Inbox = fn(&mut Tx, &Ask, &Actor) -> Result<Vec<Waiting>>;
/// Reads the choices of a filter.
pub type Listed = fn(&mut Tx, &Ask) -> Result<Vec<crate::form::Choice>>;

/// One room of the house.
#[derive(Default)]
pub struct Room {
    pub name: &'static str,
    pub migrations: &'static [Migration],
    pub words: &'static [(Lang, &'static str)],
    /// The tables whose rows stand in facts.
    pub tables: &'static [&'static Table],
    pub views: Vec<View>,
    pub acts: Vec<Act>,
    /// What waits for the actor.
    pub inbox: Option<Inbox>,
    /// What must hold at any time, for the `check` command.
    pub checks: Vec<Check>,
    /// What this room shows on the pages of earlier rooms.
    pub slots: Vec<Slot>,
    pub jobs: Vec<jobs::Kind>,
    pub menu: Vec<MenuItem>,
    /// What is spoken with programs in a protocol of its own.
    pub wires: Vec<Wire>,
    /// Takes a person out of this room when an earlier one erases them.
    pub forgets: Option<Forget>,
}

/// Takes a person out of what a room keeps; answers how many rows told of them.
pub type Forget = fn(&mut Tx, base::Id, base::Moment) -> Result<u64>;

/// An address where programs speak a protocol of their own: any method, its own headers and errors.
#[derive(Clone, Copy)]
pub struct Wire {
    /// As the router writes it; `{*rest}` takes everything below.
    pub path: &'static str,
    /// The largest body taken, in bytes.
    pub largest: usize,
    /// Answers the request whose body was read whole.
    pub serve: fn(Site, axum::http::Request<bytes::Bytes>) -> Speaking,
}

/// An answer on its way.
pub type Speaking =
    std::pin::Pin<Box<dyn Future<Output = axum::http::Response<axum::body::Body>> + Send>>;

/// Who may see or do something. What the person may do with the very thing is the act's to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Who {
    #[default]
    Anyone,
    /// Whoever has not signed in: for what leads there.
    Stranger,
    SignedIn,
    Any(&'static [Role]),
}

impl Who {
    /// Whether the actor is one of them.
    ///
    /// # Errors
    /// Sign in first, or forbidden with the key that says who may.
    pub fn admits(self, actor: Option<&Actor>) -> Result<()> {
        match (self, actor) {
            (Self::Anyone, _) | (Self::Stranger, None) | (Self::SignedIn, Some(_)) => Ok(()),
            (Self::Stranger, Some(_)) => Err(Error::Forbidden("")),
            (Self::SignedIn | Self::Any(_), None) => Err(Error::SignIn),
            (Self::Any(roles), Some(actor)) if actor.is_any(roles) => Ok(()),
            (Self::Any(roles), Some(_)) => Err(Error::Forbidden(
                roles.first().map_or("", |role| role.code()),
            )),
        }
    }
}

/// Something to see: HTML at `path`, JSON at `/api` + `path`, files at `path.csv` and `path.xlsx`.
#[derive(Clone, Copy)]
pub struct View {
    pub path: &'static str,
    pub who: Who,
    pub shape: Shape,
    pub run: fn(&mut Tx, &Ask) -> Result<Answer>,
}

/// What a view answers.
#[derive(Clone, Copy)]
pub enum Shape {
    List(&'static [Column], &'static [Filter]),
    Record(&'static [Column]),
    /// HTML only, not part of the API.
    Page,
    /// Bytes of another kind: a letter, a map.
    File,
}

/// A filter of a list: a query parameter with the codes of a vocabulary or free text.
#[derive(Clone, Copy)]
pub struct Filter {
    pub name: &'static str,
    pub vocabulary: &'static str,
    /// Empty means any text.
    pub codes: &'static [&'static str],
    /// Codes read from the database with their labels, instead of `codes`.
    pub listed: Option<Listed>,
}

impl Filter {
    /// A filter by the codes of a vocabulary.
    pub const fn codes(
        name: &'static str,
        vocabulary: &'static str,
        codes: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            vocabulary,
            codes,
            listed: None,
        }
    }
    /// A filter by a day.
    pub const fn day(name: &'static str) -> Self {
        Self::codes(name, Self::DAY, &[])
    }
    /// Whether it is a day that is asked for.
    pub(crate) fn is_day(&self) -> bool {
        self.vocabulary == Self::DAY
    }
    const DAY: &'static str = "day";
    /// A filter by codes from the database.
    pub const fn listed(name: &'static str, list: Listed) -> Self {
        Self {
            name,
            vocabulary: "",
            codes: &[],
            listed: Some(list),
        }
    }
}

/// What a view found.
pub enum Answer {
    List(Listing),
    Record(Show),
    Page(Page),
    File(Download),
    /// Bytes the site keeps already, sent as they are read.
    Kept(Kept),
    /// Look elsewhere.
    See(String),
}

/// One page of a list.
#[derive(Default)]
pub struct Listing {
    pub title: String,
    /// Shown above the rows, below the title.
    pub before: Html,
    pub rows: Vec<Line>,
    /// There is more after the last row.
    pub more: bool,
    /// How many there are in all, when that is cheap to know.
    pub total: Option<i64>,
    /// What is said where there is nothing and nothing was looked for; empty: the usual words.
    pub none: String,
    /// Acts offered, by path; the label is the act's button.
    pub actions: Vec<ActLink>,
    pub after: Html,
}

/// One thing with everything known of it.
#[derive(Default)]
pub struct Show {
    pub title: String,
    /// Shown between the title and the facts.
    pub before: Html,
    pub cells: Vec<Cell>,
    /// Shown below the facts.
    pub sections: Html,
    pub actions: Vec<ActLink>,
    /// The slot later rooms fill on this page, and the id of the thing.
    pub slot: Option<(&'static str, String)>,
}

/// A page of its own making.
#[derive(Default)]
pub struct Page {
    pub title: String,
    pub body: Html,
    /// The snapshot every number of the page comes from.
    pub snapshot: Option<String>,
    /// Seconds after which the page asks for itself again, for work in progress.
    pub refresh_seconds: Option<u32>,
}

/// Bytes to keep or show.
pub struct Download {
    pub name: String,
    pub mime: String,
    pub bytes: Vec<u8>,
}

/// A kept file, by what it contains.
pub struct Kept {
    /// SHA-256 of the bytes, under which the site keeps them.
    pub hash: String,
    pub name: String,
    pub mime: String,
    /// These bytes are what this address will always answer.
    pub fixed: bool,
}

/// Something to do: a form at `GET path`, done by `POST path`, or by `POST /api` + `path` as JSON.
#[derive(Clone, Copy)]
pub struct Act {
    /// The words of the act: `{name}-title`, `{name}-button`, `{name}-intro`, `{name}-{field}`.
    pub name: &'static str,
    pub path: &'static str,
    pub who: Who,
    pub form: fn() -> Form,
    /// What the form shows before anything is entered, and whether the act makes sense now.
    pub prefill: Option<fn(&mut Tx, &Ask) -> Result<Prefill>>,
    /// Slow work outside the transaction: hashing, reading a file.
    pub prepare: Option<fn(&Site, &mut Call) -> Result<()>>,
    pub run: fn(&mut Tx, &Call) -> Result<Done>,
}

impl Act {
    /// An act that shows and prepares nothing before it is done.
    pub const fn new(
        name: &'static str,
        path: &'static str,
        who: Who,
        form: fn() -> Form,
        run: fn(&mut Tx, &Call) -> Result<Done>,
    ) -> Self {
        Self {
            name,
            path,
            who,
            form,
            prefill: None,
            prepare: None,
            run,
        }
    }
    /// The same with something to see before it is done.
    #[must_use]
    pub const fn shown(mut self, prefill: fn(&mut Tx, &Ask) -> Result<Prefill>) -> Self {
        self.prefill = Some(prefill);
        self
    }
    /// The same with slow work done before its transaction.
    #[must_use]
    pub const fn prepared(mut self, prepare: fn(&Site, &mut Call) -> Result<()>) -> Self {
        self.prepare = Some(prepare);
        self
    }
}

/// What a form shows before anything is entered.
#[derive(Default)]
pub struct Prefill {
    pub entered: Entered,
    /// What the person should see while deciding.
    pub beside: Html,
}

/// What came of an act.
#[derive(Debug, Default)]
pub struct Done {
    /// Where the person goes on.
    pub see: String,
    /// What the API answers.
    pub body: serde_json::Value,
    /// A new session to hand to the browser; an empty text ends the session.
    pub session: Option<String>,
    /// Key of the words shown on the next page.
    pub notice: Option<&'static str>,
}

impl Done {
    /// Goes on at `path`.
    pub fn see(path: impl Into<String>) -> Self {
        Self {
            see: path.into(),
            ..Self::default()
        }
    }
    /// With what the API answers.
    #[must_use]
    pub fn with(mut self, body: serde_json::Value) -> Self {
        self.body = body;
        self
    }
    /// With words on the next page.
    #[must_use]
    pub const fn notice(mut self, key: &'static str) -> Self {
        self.notice = Some(key);
        self
    }
}

/// Something that waits for the actor.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub href: String,
    pub text: String,
    /// Since when, for the order.
    pub since: base::Moment,
    /// The day it should be done by, where there is one.
    pub due: Option<base::Day>,
}

/// Something that must hold at any time.
#[derive(Clone, Copy)]
pub struct Check {
    pub name: &'static str,
    /// Every breach in plain words; none when it holds.
    pub run: fn(&mut Tx) -> Result<Vec<String>>,
}

/// What a room shows on an earlier room's page.
#[derive(Clone, Copy)]
pub struct Slot {
    /// The slot's name, declared by the earlier room.
    pub at: &'static str,
    pub fill: fn(&mut Tx, &Ask, &str) -> Result<Html>,
}

/// An entry of the site's navigation.
#[derive(Clone, Copy, Default)]
pub struct MenuItem {
    pub href: &'static str,
    /// The words' key.
    pub key: &'static str,
    pub who: Who,
    pub group: MenuGroup,
    /// Smaller stands earlier in its group.
    pub order: u8,
}

/// Where an entry stands: few groups, so that a stranger sees the whole site at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum MenuGroup {
    /// Beside the groups, always in sight.
    Top,
    /// What only people with a task see.
    Work,
    /// Who asks, who offers, what was agreed and what goes where.
    #[default]
    Coalition,
    /// What came of it, and how surely that is known.
    Results,
    /// What a country teaches, and with what.
    Learning,
    /// What to take away, and what everything is counted against.
    Data,
}

impl MenuGroup {
    /// The key of its words; none for entries that stand beside the groups.
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Top => None,
            Self::Work => Some("menu-work"),
            Self::Coalition => Some("menu-coalition"),
            Self::Results => Some("menu-results"),
            Self::Learning => Some("menu-learning"),
            Self::Data => Some("menu-data"),
        }
    }
}

/// The values of an act by hand, for commands and stories that call acts without the web.
pub fn entered(pairs: &[(&str, &str)]) -> Entered {
    pairs
        .iter()
        .fold(Entered::default(), |entered, (name, text)| {
            entered.with(name, *text)
        })
}

/// The parameters of a path by hand.
pub fn params(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
