//! The site: what every handler may reach.

use crate::room::{Act, MenuItem, Room, Slot, View};
use base::{Actor, Clock, Error, Lang, Moment, Result};
use db::{Db, Migration, Table, Tx};
use files::Files;
use lang::Library;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The site; cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

/// What the site is made of.
pub struct Inner {
    pub db: Db,
    pub library: Library,
    pub clock: Clock,
    pub files: Files,
    pub settings: Settings,
    pub rooms: Vec<Room>,
    /// Who stands behind a cookie or key.
    pub door: Door,
    /// Set when the server is stopping.
    pub stopping: Arc<AtomicBool>,
    pub meters: crate::meters::Meters,
    /// Sessions noted to be in use.
    pub awake: crate::awake::Awake,
    /// Pages that every stranger sees alike.
    pub(crate) shelf: crate::shelf::Shelf,
}

impl Deref for Site {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// What an operator decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name shown on every page.
    pub name: String,
    /// How the world reaches the site, without a slash at the end; cookies are `Secure` under https.
    pub url: String,
    /// The key that signs form tokens and kept uploads; 32 bytes.
    pub secret: [u8; 32],
    /// The language of a visitor who asks for none.
    pub lang: Lang,
    /// A proxy in front says in `X-Forwarded-For` where requests come from.
    pub behind_proxy: bool,
    /// Shown on every page above the title: a demo says that it is one.
    pub notice_key: Option<&'static str>,
}

/// How a request says who sends it.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    pub session: Option<String>,
    /// A machine key, from `Authorization: Bearer`.
    pub key: Option<String>,
    /// Whether the request would change something: a key may be for reading only.
    pub writes: bool,
    /// The path asked for, without `/api`: a key may be for some paths only.
    pub path: String,
    /// Where the request comes from: the peer's address, for throttling only, never stored in a fact.
    pub address: String,
    /// What the browser calls itself, for the list of a person's own sessions.
    pub agent: String,
}

/// Finds who stands behind the credentials; none when nobody does.
pub type Authenticate = fn(&mut Tx, &Credentials, Moment) -> Result<Option<Actor>>;

/// Remembers that a session is in use, so that it ends only when it is idle.
pub type Touch = fn(&mut Tx, &Credentials, Moment) -> Result<()>;

/// The name of somebody with an account that stands in a text, as it is written there.
pub type Named = fn(&mut Tx, &str) -> Result<Option<String>>;

/// What the room of accounts gives the site.
#[derive(Clone, Copy)]
pub struct Door {
    pub authenticate: Authenticate,
    pub touch: Touch,
    pub named: Named,
}

impl Site {
    /// A site from its rooms.
    ///
    /// # Errors
    /// A fault when the words of a room cannot be read or two rooms claim one path.
    pub fn new(
        db: Db,
        files: Files,
        clock: Clock,
        settings: Settings,
        rooms: Vec<Room>,
        door: Door,
    ) -> Result<Self> {
        let library = library(&rooms)?;
        paths_are_unique(&rooms)?;
        Ok(Self(Arc::new(Inner {
            db,
            library,
            clock,
            files,
            settings,
            rooms,
            door,
            stopping: Arc::new(AtomicBool::new(false)),
            meters: crate::meters::Meters::default(),
            awake: crate::awake::Awake::default(),
            shelf: crate::shelf::Shelf::default(),
        })))
    }

    /// Every act of every room.
    pub fn acts(&self) -> impl Iterator<Item = &Act> {
        self.rooms.iter().flat_map(|room| &room.acts)
    }
    /// The act of that name.
    pub fn act(&self, name: &str) -> Option<&Act> {
        self.acts().find(|act| act.name == name)
    }
    /// Every view of every room.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        self.rooms.iter().flat_map(|room| &room.views)
    }
    /// The slots filled at a place, in the order of the rooms.
    pub fn slots(&self, at: &'static str) -> impl Iterator<Item = &Slot> {
        self.rooms
            .iter()
            .flat_map(|room| &room.slots)
            .filter(move |slot| slot.at == at)
    }
    /// The menu, group by group, in order.
    pub fn menu(&self) -> Vec<&MenuItem> {
        let mut items: Vec<&MenuItem> = self.rooms.iter().flat_map(|room| &room.menu).collect();
        items.sort_by_key(|item| (item.group, item.order));
        items
    }
    /// Takes a person out of every room that forgets.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn forget(&self, tx: &mut Tx, person: base::Id, now: Moment) -> Result<u64> {
        let mut rows = 0;
        for forget in self.rooms.iter().filter_map(|room| room.forgets) {
            rows += forget(tx, person, now)?;
        }
        Ok(rows)
    }
    /// Every kind of job.
    pub fn job_kinds(&self) -> Vec<jobs::Kind> {
        self.rooms
            .iter()
            .flat_map(|room| room.jobs.iter().copied())
            .collect()
    }
    /// Every ledgered table, upstream first.
    pub fn tables(&self) -> Vec<&'static Table> {
        tables(&self.rooms)
    }
    /// What a job may reach.
    pub fn bench(&self) -> jobs::Bench {
        jobs::Bench {
            db: self.db.clone(),
            files: self.files.clone(),
            clock: self.clock.clone(),
            stopping: self.stopping.clone(),
        }
    }
}

/// The migrations of the framework and of the rooms, upstream first.
pub fn migrations(rooms: &[Room]) -> Vec<Migration> {
    let own = jobs::MIGRATIONS.iter().chain(crate::MIGRATIONS);
    own.chain(rooms.iter().flat_map(|room| room.migrations))
        .cloned()
        .collect()
}

/// The ledgered tables of the rooms, upstream first.
pub fn tables(rooms: &[Room]) -> Vec<&'static Table> {
    rooms
        .iter()
        .flat_map(|room| room.tables.iter().copied())
        .collect()
}

/// The words of the framework and of the rooms.
///
/// # Errors
/// A fault naming every problem of the translation files.
pub fn library(rooms: &[Room]) -> Result<Library> {
    let mut sources = vec![ui::WORDS, sheets::WORDS, jobs::WORDS, crate::WORDS];
    sources.extend(
        rooms
            .iter()
            .map(|room| room.words)
            .filter(|words| !words.is_empty()),
    );
    Ok(Library::load(&sources)?)
}

fn paths_are_unique(rooms: &[Room]) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    let views = rooms
        .iter()
        .flat_map(|room| room.views.iter().map(|view| view.path));
    let acts = rooms
        .iter()
        .flat_map(|room| room.acts.iter().map(|act| act.path));
    let wires = rooms
        .iter()
        .flat_map(|room| room.wires.iter().map(|wire| wire.path));
    for path in views.chain(acts).chain(wires) {
        if !seen.insert(path) {
            return Err(Error::fault(format!("two rooms answer {path}")));
        }
    }
    Ok(())
}
