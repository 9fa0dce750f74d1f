//! The verbs of items.

use crate::acts::fresh_code;
use crate::lesson::{Body, ItemRow};
use crate::rules::{self, Keeper};
use crate::{lines, store};
use base::{Actor, Conflict, Error, Id, Moment, Refusal, Result};
use db::Tx;
use formats::item::Item;
use serde_json::json;

/// What an item is kept under.
#[derive(Clone, Debug)]
pub struct NewItem {
    pub keeper: Keeper,
    pub item: Item,
    pub subject: String,
    pub grade: i64,
    pub competency: Option<Id>,
    pub licence: String,
    pub credit: String,
    pub source: Option<String>,
}

/// Keeps an item; the caller records the fact.
pub(crate) fn keep_item(
    tx: &mut Tx,
    id: Id,
    (new, based_on, fixed): (&NewItem, Option<Id>, bool),
    by: Option<Id>,
    now: Moment,
) -> Result<ItemRow> {
    crate::shown::faults(&new.item).or(())?;
    let row = ItemRow {
        id,
        country: new.keeper.country.clone(),
        school: new.keeper.school,
        code: fresh_code(tx, 'Q', &new.keeper.country, id)?,
        item: new.item.clone(),
        subject: new.subject.clone(),
        grade: new.grade,
        competency: new.competency,
        licence: new.licence.clone(),
        credit: new.credit.clone(),
        source: new.source.clone(),
        based_on,
        fixed,
        withdrawn: false,
        reason: None,
        made_by: by,
        made_at: now,
        version: 1,
    };
    store::add_item(tx, &row)?;
    Ok(row)
}

/// Adds an item.
///
/// # Errors
/// Refused with everything that is wrong; forbidden to who does not write for its keeper.
pub fn add_item(tx: &mut Tx, new: &NewItem, actor: &Actor, now: Moment) -> Result<ItemRow> {
    rules::may_write(actor, &new.keeper)?;
    let row = keep_item(
        tx,
        Id::new(now),
        (new, None, false),
        Some(actor.account),
        now,
    )?;
    let about = json!({ "country": row.country, "school": row.school, "kind": row.item.interaction.code() });
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        "lessons.item-added",
        ("item", row.id),
        about,
    )?;
    Ok(row)
}

/// Adds many items of one file with one fact.
///
/// # Errors
/// As [`add_item`]; nothing is kept when one is refused.
pub fn add_items(tx: &mut Tx, all: &[NewItem], actor: &Actor, now: Moment) -> Result<Vec<ItemRow>> {
    let mut rows = Vec::with_capacity(all.len());
    for new in all {
        rules::may_write(actor, &new.keeper)?;
        rows.push(keep_item(
            tx,
            Id::new(now),
            (new, None, false),
            Some(actor.account),
            now,
        )?);
    }
    if let Some(first) = rows.first() {
        let about =
            json!({ "country": first.country, "school": first.school, "items": rows.len() });
        ledger::tell(
            tx,
            (now, Some(actor.account)),
            "lessons.items-imported",
            ("item", first.id),
            about,
        )?;
    }
    Ok(rows)
}

/// Says an item anew. One that a published lesson holds stays as it is: a new one takes its place in the drafts of its
/// keeper. Answers the item that now says it.
///
/// # Errors
/// As [`add_item`]; a conflict when somebody else changed it first.
pub fn edit_item(
    tx: &mut Tx,
    id: Id,
    item: &Item,
    expected: i64,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let mut row = store::item(tx, id)?;
    rules::may_write(actor, &Keeper::of_item(&row))?;
    if row.withdrawn {
        return Err(Refusal::whole("item-is-withdrawn").into());
    }
    if row.version != expected {
        return Err(Error::Conflict(Box::new(Conflict {
            version: row.version,
            saved: Vec::new(),
        })));
    }
    if row.item == *item {
        return Ok(id);
    }
    crate::shown::faults(item).or(())?;
    let by = (now, Some(actor.account));
    if !row.fixed {
        row.item = item.clone();
        store::change_item(tx, &row, expected)?;
        ledger::tell(tx, by, "lessons.item-edited", ("item", id), json!({}))?;
        return Ok(id);
    }
    let new = NewItem {
        keeper: Keeper::of_item(&row),
        item: item.clone(),
        subject: row.subject.clone(),
        grade: row.grade,
        competency: row.competency,
        licence: row.licence.clone(),
        credit: row.credit.clone(),
        source: row.source.clone(),
    };
    let next = keep_item(
        tx,
        Id::new(now),
        (&new, Some(id), false),
        Some(actor.account),
        now,
    )?;
    for (lesson, mut step) in store::drafts_holding(tx, id, row.school)? {
        step.body = Body::Item(next.id);
        store::put_step(tx, lesson, &step)?;
    }
    ledger::tell(
        tx,
        by,
        "lessons.item-replaced",
        ("item", next.id),
        json!({ "before": id }),
    )?;
    Ok(next.id)
}

/// Takes an item out of use; lessons that hold it say so.
///
/// # Errors
/// Forbidden to who does not write for its keeper.
pub fn withdraw_item(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut row = store::item(tx, id)?;
    rules::may_write(actor, &Keeper::of_item(&row))?;
    if row.withdrawn {
        return Err(Refusal::whole("item-is-withdrawn").into());
    }
    row.withdrawn = true;
    row.reason = Some(reason.to_owned());
    let version = row.version;
    store::change_item(tx, &row, version)?;
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        "lessons.item-withdrawn",
        ("item", id),
        json!({}),
    )
}

/// A draft of a language read into an item, for forms.
///
/// # Errors
/// Refused with everything that is wrong.
pub(crate) fn said(row: &ItemRow, draft: &lines::Draft) -> Result<Item> {
    let langs = row.item.langs();
    if langs == [draft.lang.as_str()] {
        let mut draft = draft.clone();
        row.item.interaction.code().clone_into(&mut draft.kind);
        return lines::read(&draft);
    }
    lines::translate(&row.item, draft)
}
