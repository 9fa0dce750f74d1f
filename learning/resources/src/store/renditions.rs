//! The forms of resources, as they are kept.

use super::RENDITION;
use crate::resource::{NewRendition, Rendition};
use base::{Id, Moment, Result};
use db::{Row, Tx, args};

/// Keeps a form of a resource.
pub(crate) fn add_rendition(
    tx: &mut Tx,
    resource: Id,
    new: &NewRendition,
    now: Moment,
) -> Result<Id> {
    let id = Id::new(now);
    let row = args![
        id,
        resource,
        &new.channel,
        &new.name,
        &new.mime,
        new.bytes,
        &new.hash,
        new.lang.clone(),
        new.seconds
    ];
    tx.add(&RENDITION, row.to_vec())?;
    Ok(id)
}

/// Takes a form of a resource away.
pub(crate) fn remove_rendition(tx: &mut Tx, id: Id) -> Result<()> {
    tx.remove(&RENDITION, &args![id])
}

macro_rules! rendition_columns {
    ($rest:expr) => {
        concat!(
            "SELECT id, resource_id, channel, name, mime, bytes, hash, lang, seconds FROM rendition ",
            $rest
        )
    };
}

fn read_rendition(row: &Row) -> Result<Rendition> {
    let mut r = row.read();
    Ok(Rendition {
        id: r.id()?,
        resource: r.id()?,
        channel: r.text()?,
        name: r.text()?,
        mime: r.text()?,
        bytes: r.int()?,
        hash: r.text()?,
        lang: r.opt_text()?,
        seconds: r.opt_int()?,
    })
}

/// Every form of a resource.
pub(crate) fn renditions(tx: &mut Tx, resource: Id) -> Result<Vec<Rendition>> {
    let rows = tx.rows(
        rendition_columns!("WHERE resource_id = $1 ORDER BY channel, name, id"),
        &args![resource],
    )?;
    rows.iter().map(read_rendition).collect()
}

/// One form of a resource.
pub(crate) fn rendition(tx: &mut Tx, id: Id) -> Result<Rendition> {
    read_rendition(&tx.one(rendition_columns!("WHERE id = $1"), &args![id])?)
}
