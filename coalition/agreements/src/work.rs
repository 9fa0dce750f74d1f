//! Work outside of requests: many drafts at once, and PDFs of what was released.

use crate::acts::drafting;
use crate::agreement::{Terms, Version};
use crate::batch::{Batch, BatchRow, Common, Grouping};
use crate::desk::Desk;
use crate::{acts, store};
use base::{Actor, Arg, Error, Id, Moment, Refusal, Result};
use db::Tx;
use files::{Files, Upload};
use jobs::{Bench, Job};
use serde_json::{Value, json};

/// The kinds of jobs: drafting a batch, setting what was released.
pub(crate) const BATCH_JOB: &str = "agreements-batch";
pub(crate) const PDF_JOB: &str = "agreements-pdf";

/// Drafts in one transaction.
const SLICE: usize = 100;

type Tell<'t> = &'t mut dyn FnMut(i64, i64) -> Result<()>;

// ---- batches

/// Proposals of one agreement.
pub(crate) type Group = Vec<Id>;

/// Puts agreed proposals together; they come ordered by country and member.
pub(crate) fn grouped(tx: &mut Tx, batch: &Batch) -> Result<Vec<Group>> {
    let ids = store::agreements::agreed_without(tx, batch.round, batch.country.as_deref())?;
    let mut groups: Vec<Group> = Vec::new();
    let mut last: Option<(String, Id)> = None;
    for id in ids {
        let proposal = allocation::proposal(tx, id)?;
        let key = (proposal.country, proposal.member);
        match groups.last_mut() {
            Some(group) if batch.grouping == Grouping::PerParty && last.as_ref() == Some(&key) => {
                group.push(id);
            }
            _ => groups.push(vec![id]),
        }
        last = Some(key);
    }
    Ok(groups)
}

/// Drafts a batch; answers its report. Safe to repeat: what has its row is done.
///
/// # Errors
/// Missing when there is no such batch; a fault of the database.
pub fn run_batch(bench: &Bench, id: Id) -> Result<Value> {
    run(bench, id, &mut |_, _| Ok(()))
}

pub(crate) fn batch_job(bench: &Bench, job: &Job) -> Result<Value> {
    let id = job
        .payload
        .get("batch")
        .and_then(Value::as_str)
        .and_then(Id::parse);
    let id = id.ok_or(Error::Missing)?;
    run(bench, id, &mut |done, total| {
        bench.progress(job, done, total)
    })
}

fn run(bench: &Bench, id: Id, tell: Tell) -> Result<Value> {
    let batch = bench.db.read_now(move |tx| store::batches::find(tx, id))?;
    if batch.finished_at.is_none() {
        draft_all(bench, &batch, tell)?;
    }
    bench.db.read_now(move |tx| report(tx, id))
}

/// Drafts group by group. Proposals that got their draft are out of what is still agreed without an
/// agreement, so that interrupted work goes on; those refused keep their rows and are passed over.
fn draft_all(bench: &Bench, batch: &Batch, tell: Tell) -> Result<()> {
    let (id, now) = (batch.id, bench.clock.now());
    let wanted = batch.clone();
    let (groups, seen) = bench.db.read_now(move |tx| {
        let seen = store::batches::refused_proposals(tx, id)?;
        Ok((grouped(tx, &wanted)?, seen))
    })?;
    let left: Vec<Group> = groups
        .into_iter()
        .filter(|g| !g.iter().any(|p| seen.contains(p)))
        .collect();
    let total = i64::try_from(left.len()).unwrap_or(i64::MAX);
    let mut done = 0_i64;
    for slice in left.chunks(SLICE) {
        let (batch, slice) = (batch.clone(), slice.to_vec());
        done += i64::try_from(slice.len()).unwrap_or(0);
        bench
            .db
            .write_now(move |tx| draft_slice(tx, &batch, &slice, now))?;
        tell(done, total)?;
    }
    bench.db.write_now(move |tx| finish(tx, id, now))
}

fn draft_slice(tx: &mut Tx, batch: &Batch, groups: &[Group], now: Moment) -> Result<()> {
    let actor = people::actor(tx, batch.made_by, now.day())?;
    let mut desk = Desk::open(tx)?;
    let mut rows = Vec::with_capacity(groups.len());
    let first = store::batches::rows_done(tx, batch.id)? + 1;
    for (place, group) in (first..).zip(groups) {
        rows.push(draft_one(
            tx,
            &mut desk,
            batch,
            (place, group),
            &actor,
            now,
        )?);
    }
    store::batches::add_rows(tx, &rows)
}

fn draft_one(
    tx: &mut Tx,
    desk: &mut Desk,
    batch: &Batch,
    (place, group): (i64, &Group),
    actor: &Actor,
    now: Moment,
) -> Result<BatchRow> {
    let matched = desk.all_matched(tx, group, None, now)?;
    let first = matched.first().ok_or(Error::Missing)?;
    let mut row = BatchRow {
        batch: batch.id,
        place,
        country: first.country.clone(),
        member: first.member,
        proposals: group.clone(),
        agreement: None,
        problems: json!([]),
    };
    let terms = with(&batch.terms, desk.proposed(tx, &matched, now.day())?);
    let weighed = desk.weigh(tx, matched, &terms, None, now.day())?;
    let mut no = weighed.problems.clone();
    if desk.tied(tx, actor, weighed.member, now.day())? {
        no.push(Refusal::whole("agreements-conflict-of-interest"));
    }
    row.problems = if no.0.is_empty() {
        let made = drafting::write(tx, desk, &weighed, &terms, Some(batch.id), (actor, now))?;
        row.agreement = Some(made.id);
        reasons(&weighed.remarks)
    } else {
        reasons(&no.0)
    };
    Ok(row)
}

/// What the whole batch has in common over what follows from the proposals.
fn with(common: &Common, own: Terms) -> Terms {
    let justification = match common.justification.trim() {
        "" => own.justification,
        said => said.to_owned(),
    };
    Terms {
        kind: common.kind.clone().unwrap_or(own.kind),
        langs: common.langs.unwrap_or(own.langs),
        selection: common.selection.clone(),
        justification,
        starts_on: common.starts_on.unwrap_or(own.starts_on),
        ends_on: common.ends_on.unwrap_or(own.ends_on),
        sovereignty: common.sovereignty.clone(),
        ..own
    }
}

fn finish(tx: &mut Tx, id: Id, now: Moment) -> Result<()> {
    let mut batch = store::batches::find(tx, id)?;
    let tally = store::batches::tally(tx, id)?;
    (batch.proposals, batch.drafted) = (tally.proposals, tally.drafted);
    (batch.refused, batch.suspected) = (tally.refused, tally.suspected);
    batch.finished_at = Some(now);
    store::batches::change(tx, &mut batch)?;
    let about =
        json!({ "drafted": batch.drafted, "refused": batch.refused, "suspected": batch.suspected });
    acts::batches::told(tx, &batch, "agreement_batch.finished", None, about, now)
}

/// What came of a batch.
///
/// # Errors
/// Missing when there is no such batch.
pub fn report(tx: &mut Tx, id: Id) -> Result<Value> {
    let batch = store::batches::find(tx, id)?;
    Ok(json!({
        "batch": id, "finished": batch.finished_at.is_some(), "proposals": batch.proposals,
        "drafted": batch.drafted, "refused": batch.refused, "suspected": batch.suspected,
    }))
}

/// Reasons as they are kept in a report.
fn reasons(all: &[Refusal]) -> Value {
    let arg = |arg: &Arg| match arg {
        Arg::Number(number) => json!(number),
        Arg::Text(text) => json!(text),
        Arg::Word(word) => json!({ "word": word }),
    };
    let one = |r: &Refusal| {
        let args = r
            .args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), arg(value)));
        json!({ "key": r.key, "field": r.field, "args": Value::Object(args.collect()) })
    };
    Value::Array(all.iter().map(one).collect())
}

/// Reasons of a report, to be put into words.
pub(crate) fn read_reasons(kept: &Value) -> Vec<Refusal> {
    const NAMES: [&str; 9] = [
        "offer", "code", "from", "to", "day", "clause", "lang", "name", "part",
    ];
    let one = |kept: &Value| {
        let text = |name: &str| kept.get(name).and_then(Value::as_str);
        let mut refusal = Refusal::about(text("field")?, text("key")?);
        for name in NAMES {
            let arg = match kept.get("args").and_then(|args| args.get(name)) {
                Some(Value::Number(number)) => Arg::Number(number.as_i64().unwrap_or(0)),
                Some(Value::String(text)) => Arg::Text(text.clone()),
                Some(other) => Arg::Word(other.get("word")?.as_str()?.to_owned()),
                None => continue,
            };
            refusal.args.push((name, arg));
        }
        Some(refusal)
    };
    kept.as_array()
        .into_iter()
        .flatten()
        .filter_map(one)
        .collect()
}

// ---- PDFs

/// Versions whose PDF is set between two looks at the clock of the queue.
const PDFS_AT_ONCE: i64 = 20;

pub(crate) fn pdf_job(bench: &Bench, job: &Job) -> Result<Value> {
    let mut total = 0;
    set_all(bench, &mut |done| {
        total = done;
        bench.progress(job, done, done)
    })?;
    Ok(json!({ "set": total }))
}

/// Sets the PDF of every released version that has none yet; answers how many.
///
/// # Errors
/// A fault of the database, the disk or the typesetter.
pub fn set_pdfs(bench: &Bench) -> Result<i64> {
    let mut total = 0;
    set_all(bench, &mut |done| {
        total = done;
        Ok(())
    })?;
    Ok(total)
}

fn set_all(bench: &Bench, tell: &mut dyn FnMut(i64) -> Result<()>) -> Result<()> {
    let mut done = 0;
    loop {
        let found = bench.db.read_now(|tx| {
            let found = store::versions::unset(tx, PDFS_AT_ONCE)?;
            let found = found.into_iter();
            found
                .map(|(id, number)| store::versions::find(tx, id, number))
                .collect::<Result<Vec<_>>>()
        })?;
        if found.is_empty() {
            return Ok(());
        }
        let mut kept: Vec<(Id, i64, Upload)> = Vec::with_capacity(found.len());
        for version in &found {
            kept.push((
                version.agreement,
                version.number,
                keep(&bench.files, version)?,
            ));
        }
        done += i64::try_from(kept.len()).unwrap_or(0);
        bench.db.write_now(move |tx| {
            kept.iter()
                .try_for_each(|(id, number, file)| store::versions::put_pdf(tx, *id, *number, file))
        })?;
        tell(done)?;
    }
}

fn keep(files: &Files, version: &Version) -> Result<Upload> {
    let document = released(version)?;
    let bytes = press::pdf(&document)?;
    files.keep(&name(&document.code, version.number), press::MIME, &bytes)
}

/// What the file of a version is called.
pub(crate) fn name(code: &str, number: i64) -> String {
    format!("{code}-v{number}.pdf")
}

/// The document of a version as it was released.
///
/// # Errors
/// Missing when it was not.
pub(crate) fn released(version: &Version) -> Result<press::Document> {
    let text = version.document.as_deref().ok_or(Error::Missing)?;
    serde_json::from_str(text).map_err(Error::fault)
}
