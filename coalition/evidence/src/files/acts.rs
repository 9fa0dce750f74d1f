//! The verbs of partners' files: receive, answer, import, discard.

use super::reading::{self, Frame, Reading};
use super::{FileRow, FileState, Mark, ReportFile, heads::Known, questions, store};
use crate::claims::{self, Claim, rules};
use crate::reports::Report;
use crate::reports::acts::{open_report, touch};
use base::{Actor, Day, Id, Moment, Refusal, Result};
use db::Tx;
use deployments::Deployment;
use files::Upload;
use serde_json::json;
use std::collections::BTreeSet;

/// What the files of a report are read against.
pub(crate) fn frame(
    tx: &mut Tx,
    report: &Report,
    deployment: &Deployment,
    today: Day,
) -> Result<Frame> {
    let groups = catalogue::terms(tx, "groups")?;
    let named = groups
        .into_iter()
        .map(|term| (term.code.clone(), term.names.0.values().cloned().collect()));
    let place = match deployment.places.as_slice() {
        [one] => one.clone(),
        _ => report.country.clone(),
    };
    Ok(Frame {
        known: Known::new(&crate::indicators(tx)?, &named.collect::<Vec<_>>()),
        gazetteer: places::gazetteer(tx, &report.country)?,
        country: report.country.clone(),
        place,
        // Nothing can have happened after today.
        period: (report.period.from, report.period.to.min(today)),
    })
}

/// Receives a partner's spreadsheet: keeps every row's print for ever, asks about whatever is
/// doubtful, imports nothing.
///
/// # Errors
/// Refused with every reason why the file cannot be read; unless the actor speaks for the report's
/// member and the report may still be changed.
pub fn receive_file(
    tx: &mut Tx,
    report: Id,
    upload: &Upload,
    bytes: &[u8],
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let (found, deployment) = open_report(tx, report, actor, now)?;
    let frame = frame(tx, &found, &deployment, now.day())?;
    let read = reading::read(&upload.name, bytes, &frame)?;
    keep(tx, report, upload, read, actor, now)
}

/// Keeps what was read, with the questions it raises.
pub(crate) fn keep(
    tx: &mut Tx,
    report: Id,
    upload: &Upload,
    mut read: Reading,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let (report, deployment) = open_report(tx, report, actor, now)?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let id = Id::new(now);
    let mut file = ReportFile {
        id,
        report: report.id,
        upload: upload.clone(),
        state: FileState::Read,
        rows_read: count(read.rows.len()),
        figures: count(read.rows.iter().map(|row| row.figures.len()).sum()),
        questions: 0,
        imported: None,
        account: actor.account,
        received_at: now,
        version: 1,
        notes: read.notes,
    };
    if file.figures == 0 && read.wholes.is_empty() && read.rows.is_empty() {
        return Err(Refusal::about("sheet", "evidence-file-without-figures").into());
    }
    // Two files with the same rows, received at once, must see each other.
    tx.lock("report-files")?;
    store::add(tx, &file, &read.rows)?;
    for (position, (files, first, last)) in store::received(tx, id)? {
        let row = usize::try_from(position)
            .ok()
            .and_then(|at| read.rows.get_mut(at));
        if let Some(row) = row {
            row.marks.push(Mark::Received { files, first, last });
        }
    }
    let made = claims_of(&report, &deployment, &read.rows, &file)?;
    for (at, print) in made {
        let known = claims::store::printed(tx, &print)?;
        if let Some(row) = read.rows.get_mut(at)
            && known > 0
            && !row
                .marks
                .iter()
                .any(|mark| matches!(mark, Mark::Received { .. } | Mark::Stands { .. }))
        {
            row.marks.push(Mark::Stands { claims: known });
        }
    }
    let asked = questions::all(&read.wholes, &read.rows);
    store::add_questions(tx, id, &asked)?;
    file.questions = count(asked.len());
    file.version = store::save(tx, &file)?;
    let about = json!({ "file": id.to_string(), "hash": file.upload.hash, "rows": file.rows_read, "questions": file.questions });
    touch(tx, &report, "report.file-received", about, actor, now)?;
    Ok(id)
}

/// The print each figure of a file would have as a claim, by the place of its row.
fn claims_of(
    report: &Report,
    deployment: &Deployment,
    rows: &[FileRow],
    file: &ReportFile,
) -> Result<Vec<(usize, String)>> {
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for figure in &row.figures {
            let claim = claim(report, row, figure, file, crate::Unit::Items);
            out.push((at, print(&claim, figure, deployment)));
        }
    }
    Ok(out)
}

/// The print of a figure from a file: with the source in the file's own words.
fn print(claim: &Claim, figure: &super::FileFigure, deployment: &Deployment) -> String {
    let told = Claim {
        source: figure.source.clone(),
        ..claim.clone()
    };
    rules::print(&told, Some(&deployment.service_class))
}

fn claim(
    report: &Report,
    row: &FileRow,
    figure: &super::FileFigure,
    file: &ReportFile,
    unit: crate::Unit,
) -> Claim {
    Claim {
        id: Id::new(file.received_at),
        indicator: figure.indicator.clone(),
        unit,
        level: None,
        comparator: figure.figure.comparator,
        low: figure.figure.low,
        high: figure.figure.high,
        place: figure.place.clone(),
        country: report.country.clone(),
        group: figure.group.clone(),
        from: figure.from,
        to: figure.to,
        method: figure.method.clone(),
        // The file's own words may name somebody: everybody reads only where it came from.
        source: format!("XLSX {} #{}", file.received_at.day(), row.number),
        as_of: figure.to.min(file.received_at.day()),
        organisation: report.member,
        deployment: Some(report.deployment),
        report: Some(report.id),
        file: Some((file.id, row.number)),
        standing: crate::Standing::Stands,
        supersedes: None,
        print: String::new(),
        reported_by: Some(file.account),
        accepted_by: None,
        confirmed_by: None,
        verified_by: None,
        batch: None,
        submitted_at: None,
        version: 1,
    }
}

/// A file somebody who speaks for its report decides on now.
fn waiting(
    tx: &mut Tx,
    id: Id,
    actor: &Actor,
    now: Moment,
) -> Result<(ReportFile, Report, Deployment)> {
    let file = store::hold(tx, id)?;
    let (report, deployment) = open_report(tx, file.report, actor, now)?;
    if file.state != FileState::Read {
        let word = base::Arg::Word(format!("file_state_{}", file.state.code()));
        return Err(Refusal::whole("evidence-file-not-now")
            .with("state", word)
            .into());
    }
    Ok((file, report, deployment))
}

/// Answers questions of a file with yes or no; an answer may be given again until the import.
///
/// # Errors
/// Refused when a question is not of the file; unless the actor speaks for the report's member.
pub fn answer(
    tx: &mut Tx,
    id: Id,
    positions: &[i64],
    yes: bool,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let (file, report, _) = waiting(tx, id, actor, now)?;
    let known: BTreeSet<i64> = store::questions(tx, id)?
        .iter()
        .map(|q| q.position)
        .collect();
    if positions.is_empty() || !positions.iter().all(|position| known.contains(position)) {
        return Err(Refusal::about("questions", "form-choose").into());
    }
    store::answer(tx, id, positions, yes, (actor.account, now))?;
    let about = json!({ "file": file.id.to_string(), "questions": positions.len(), "yes": yes });
    touch(tx, &report, "report.file-answered", about, actor, now).map(drop)
}

/// Answers every question of a file that has no answer yet with no.
///
/// # Errors
/// As [`answer`]; refused when none is open.
pub fn leave_out_the_rest(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let open = store::questions(tx, id)?;
    let open: Vec<i64> = open
        .iter()
        .filter(|q| q.answer.is_none())
        .map(|q| q.position)
        .collect();
    answer(tx, id, &open, false, actor, now)
}

/// Imports what the answers let in as figures of the report; answers how many.
///
/// # Errors
/// Refused while a question is open; unless the actor speaks for the report's member.
pub fn import_report_file(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<usize> {
    let (mut file, report, deployment) = waiting(tx, id, actor, now)?;
    let (rows, asked) = (store::rows(tx, id)?, store::questions(tx, id)?);
    let wanted = questions::let_in(&rows, &asked)?;
    let units: std::collections::BTreeMap<String, crate::Unit> = crate::indicators(tx)?
        .into_iter()
        .map(|one| (one.code, one.unit))
        .collect();
    let mut made = Vec::with_capacity(wanted.len());
    for (row, figure) in wanted {
        let unknown = || Refusal::whole("evidence-indicator-unknown");
        let unit = *units.get(&figure.indicator).ok_or_else(unknown)?;
        let mut one = claim(&report, row, figure, &file, unit);
        one.print = print(&one, figure, &deployment);
        one.reported_by = Some(actor.account);
        made.push(one);
    }
    file.state = FileState::Imported;
    file.imported = Some(i64::try_from(made.len()).unwrap_or(i64::MAX));
    store::save(tx, &file)?;
    let about = |n: usize| json!({ "file": id.to_string(), "figures": n });
    if made.is_empty() {
        touch(tx, &report, "report.file-imported", about(0), actor, now)?;
    }
    for slice in made.chunks(claims::store::SLICE) {
        claims::store::add(tx, slice)?;
        touch(
            tx,
            &report,
            "report.file-imported",
            about(slice.len()),
            actor,
            now,
        )?;
    }
    Ok(made.len())
}

/// Discards a file; the prints of its rows stay.
///
/// # Errors
/// Refused once it was imported; unless the actor speaks for the report's member.
pub fn discard_file(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Id> {
    let (mut file, report, _) = waiting(tx, id, actor, now)?;
    file.state = FileState::Discarded;
    store::save(tx, &file)?;
    touch(
        tx,
        &report,
        "report.file-discarded",
        json!({ "file": id.to_string() }),
        actor,
        now,
    )?;
    Ok(report.id)
}
