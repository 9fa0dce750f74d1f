//! The national library: what there is to teach and learn with, under which licence, and who
//! recommends it.
//!
//! Owns `resource`, `rendition`, `resource_review`, `resource_competency`, `resource_word` and
//! `resource_import`. No resource is kept without a licence, and what its licence does not let
//! people do is not done.

mod acts;
mod entries;
mod find;
mod forms;
mod heart;
mod import;
mod imports;
mod index;
mod licence;
mod light;
mod national;
mod pages;
mod pictures;
mod postings;
mod prefilled;
mod reading;
mod resource;
mod rules;
mod search;
mod sounds;
mod store;
mod storybook;
mod wire;

pub use find::{Found, Hit, Search, search};
pub use heart::{Remembered, let_go, remembered};
pub use import::{RowRefused, Tried, import_table, keep_table, try_table};
pub use index::FACETS;
pub use licence::{Duty, Licence, Use, gate, licence, licence_named, licences, same_terms};
pub use national::{open_to as national_licences, terms as licence_terms};
pub use pictures::picture_of;
pub use reading::{Given, read as read_file};
pub use resource::{
    ACCESSIBILITY, CHANNELS, New, NewRendition, Rendition, Resource, Standing, TextPage, may_see,
};
pub use sounds::{recorded, sound_address, sound_of};
pub use storybook::{
    Imported, Story, bring_stories, import_storybook, seed_demo, stories_below, stories_of, story,
};

use base::{Actor, Error, Id, Lang, Moment, Result};
use db::{Migration, Tx};
use files::Files;
use std::collections::BTreeMap;
use web::{Check, Room, Slot};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261122_resources",
        sql: include_str!("../migrations/20261122_resources.sql"),
        sample: include_str!("../migrations/20261122_resources.data.sql"),
    },
    Migration {
        name: "20261122_national_licences",
        sql: include_str!("../migrations/20261122_national_licences.sql"),
        sample: include_str!("../migrations/20261122_national_licences.data.sql"),
    },
    Migration {
        name: "20261122_resource_turns",
        sql: include_str!("../migrations/20261122_resource_turns.sql"),
        sample: include_str!("../migrations/20261122_resource_turns.data.sql"),
    },
];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
    formats::WORDS[0],
    formats::WORDS[1],
    formats::WORDS[2],
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "resources",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(pages::inbox),
        checks: vec![Check {
            name: "resources-found",
            run: in_step,
        }],
        slots: vec![Slot {
            at: "competency-page",
            fill: pages::of_competency,
        }],
        menu: pages::menu(),
        wires: wire::wires(),
        jobs: vec![jobs::Kind {
            name: sounds::JOB,
            run: sounds::work,
        }],
        ..Room::default()
    }
}

/// Everything in the library is found, and nothing else is.
fn in_step(tx: &mut Tx) -> Result<Vec<String>> {
    let wrong = index::out_of_step(tx)?;
    Ok(wrong
        .iter()
        .map(|id| format!("resource {id}: the search does not agree with where it stands"))
        .collect())
}

// ---- the door: what later rooms ask

/// A resource.
///
/// # Errors
/// Missing when there is none.
pub fn resource(tx: &mut Tx, id: Id) -> Result<Resource> {
    store::find(tx, id)
}

/// Several resources, by id; those that are not there are left out.
///
/// # Errors
/// A fault of the database.
pub fn resources(tx: &mut Tx, ids: &[Id]) -> Result<BTreeMap<Id, Resource>> {
    store::find_many(tx, ids)
}

/// Every form of a resource.
///
/// # Errors
/// A fault of the database.
pub fn renditions(tx: &mut Tx, resource: Id) -> Result<Vec<Rendition>> {
    store::renditions(tx, resource)
}

/// A form by its id.
///
/// # Errors
/// Missing when there is none.
pub fn rendition(tx: &mut Tx, id: Id) -> Result<Rendition> {
    store::rendition(tx, id)
}

/// The pages of a `text` rendition. Pictures and sounds in them are addressed as `asset:name`, other
/// pages as `page:3`.
///
/// # Errors
/// Missing when it is no text.
pub fn text_of(files: &Files, rendition: &Rendition) -> Result<Vec<TextPage>> {
    if rendition.channel != "text" {
        return Err(Error::Missing);
    }
    serde_json::from_slice(&files.read(&rendition.hash)?).map_err(Error::fault)
}

/// Keeps the pages of a text and answers the rendition they make.
///
/// # Errors
/// A fault when the disk refuses.
pub fn keep_text(files: &Files, lang: Option<&str>, pages: &[TextPage]) -> Result<NewRendition> {
    let bytes = serde_json::to_vec(pages).map_err(Error::fault)?;
    let kept = files.keep("text", "application/json", &bytes)?;
    Ok(NewRendition {
        channel: "text".to_owned(),
        name: "text".to_owned(),
        mime: kept.mime,
        bytes: i64::try_from(kept.size).unwrap_or(i64::MAX),
        hash: kept.hash,
        lang: lang.map(str::to_owned),
        seconds: None,
    })
}

/// Keeps a resource as a draft; the caller records the fact.
///
/// # Errors
/// A fault of the database.
pub fn add(tx: &mut Tx, new: &New, by: Option<Id>, now: Moment) -> Result<Id> {
    let mut new = new.clone();
    entries::terms(tx, &mut new, &mut rules::Known::default())?;
    Ok(store::add(tx, &new, Standing::Draft, by, now)?.id)
}

/// Adds what a file gave, as its owner would on the library's own page; a long recording is made light later.
///
/// # Errors
/// Forbidden to others; refused with every reason.
pub fn upload(tx: &mut Tx, new: New, given: Given, actor: &Actor, now: Moment) -> Result<Id> {
    entries::bring(tx, new, given, actor, now)
}

/// Keeps a form of a resource; the caller records the fact.
///
/// # Errors
/// A fault of the database.
pub fn add_rendition(tx: &mut Tx, resource: Id, new: &NewRendition, now: Moment) -> Result<Id> {
    store::add_rendition(tx, resource, new, now)
}

/// What was withdrawn since a moment: the resource, when, and why.
///
/// # Errors
/// A fault of the database.
pub fn withdrawals(tx: &mut Tx, since: Moment) -> Result<Vec<(Id, Moment, String)>> {
    store::withdrawals(tx, since)
}

/// The resource of a code such as `KE-R-000012`.
///
/// # Errors
/// A fault of the database.
pub fn resource_by_code(tx: &mut Tx, code: &str) -> Result<Option<Resource>> {
    store::find_by_code(tx, &code.trim().to_uppercase())
}

/// One page of a text as it is shown: links lead somewhere, heavy pictures and sounds say their size.
pub fn render_page(
    words: &lang::Words,
    resource: Id,
    forms: &[Rendition],
    page: &TextPage,
    pictures: bool,
) -> ui::Html {
    pages::render(words, resource, forms, page, pictures)
}

/// A resource's title in the reader's language, else in the work's own.
pub fn title<'a>(words: &lang::Words, resource: &'a Resource) -> &'a str {
    pages::title(words, resource)
}

/// Keeps what an import brings; with a reviewer, another person, as approved. The caller records the fact.
///
/// # Errors
/// Refused with every reason.
pub fn bring(tx: &mut Tx, new: &New, people: (Option<Id>, Option<Id>), now: Moment) -> Result<Id> {
    Ok(acts::bring(tx, new, people, now)?.id)
}
