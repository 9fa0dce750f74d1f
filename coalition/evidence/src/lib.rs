//! Evidence: reports, claims and who contests them, visits of a third party, lessons, and what was
//! said in public.
//!
//! A figure is a claim: it has a level, somebody who stands for it, and a history. Nothing that was
//! once before others is deleted or overwritten: a correction is a new claim.

mod claims;
mod files;
mod inbox;
mod indicators;
mod lessons;
mod reports;
mod room;
mod statements;
mod tell;
mod visits;

pub use claims::acts::{add_claims, contest, correct, print_of, retract, uphold};
pub use claims::door::{claim, corrections, each_claim, figures_of};
pub use claims::{
    Claim, ClaimScope, ClaimStep, Comparator, Correction, EVERYBODY, Figure, Level, METHODS,
    Standing,
};
pub use files::acts::{
    answer as answer_questions, discard_file, import_report_file, leave_out_the_rest, receive_file,
};
pub use files::{FileState, ReportFile};
pub use indicators::{Indicator, Outcome, Unit, indicator, indicators};
pub use lessons::acts::{add_lesson, publish_lesson, remove_lesson};
pub use lessons::store::Wanted as WantedLessons;
pub use lessons::{LESSON_KINDS, Lesson};
pub use reports::acts::{
    accept_report, confirm_figures, draft_report, edit_report, send_back, submit_report,
};
pub use reports::due::reports_due;
pub use reports::figures::{add_figure, remove_figure};
pub use reports::{
    Due, NewFigure, Period, Report, ReportStep, Standing as ReportStanding, State as ReportState,
};
pub use room::room;
pub use statements::{Commitment, Files as PublicRecord, Named, Statement, import_public_record};
pub use visits::acts::{
    accept_visit, approve_visit, cancel_visit, find_claim, plan_visit, refuse_visit, report_visit,
    return_visit,
};
pub use visits::{Finding, NewVisit, Visit, VisitState};

use base::{Actor, Error, Id, Lang, Moment, Refusal, Result, Role};
use db::{Migration, Tx};
use deployments::Deployment;

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261122_evidence",
    sql: include_str!("../migrations/20261122_evidence.sql"),
    sample: include_str!("../migrations/20261122_evidence.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The tables whose rows stand in facts, upstream first.
static TABLES: &[&db::Table] = &[
    &reports::store::REPORT,
    &reports::store::REPORT_STEP,
    &claims::store::CLAIM,
    &claims::store::CLAIM_STEP,
    &lessons::store::LESSON,
    &files::store::REPORT_FILE,
    &visits::store::VISIT,
    &visits::store::VISIT_STEP,
    &visits::store::VISIT_FINDING,
    &statements::store::SOURCE,
    &statements::store::STATEMENT,
    &statements::store::COMMITMENT,
    &statements::store::MEMBER,
];

// ---- what several parts of the room share

/// Who writes reports.
const WRITERS: [Role; 2] = [Role::MemberFocalPoint, Role::MemberOfficer];

/// Whether the actor writes the reports of a deployment: for its member or one who carries it out.
fn is_writer(actor: &Actor, deployment: &Deployment) -> bool {
    let mut parties = deployment.implementers.iter().chain([&deployment.member]);
    parties.any(|party| WRITERS.iter().any(|role| actor.is_for(*role, *party)))
}

/// The actor writes the reports of a deployment.
///
/// # Errors
/// Missing for those who may not know of them; forbidden for the others.
fn require_writer(actor: &Actor, deployment: &Deployment) -> Result<()> {
    if is_writer(actor, deployment) {
        Ok(())
    } else if is_party(actor, deployment) {
        Err(Error::Forbidden(Role::MemberFocalPoint.code()))
    } else {
        Err(Error::Missing)
    }
}

/// Whether the actor may read what only the parties read: the writers, the country's authority, the
/// secretariat and the auditor.
fn is_party(actor: &Actor, deployment: &Deployment) -> bool {
    let mut parties = deployment.implementers.iter().chain([&deployment.member]);
    actor.reads_all()
        || actor.authority_countries().contains(&deployment.country)
        || parties.any(|party| actor.organisations().contains(party))
}

/// A reason, as it must be given.
///
/// # Errors
/// Refused when it is empty.
fn reason(words: &str) -> Result<String> {
    match words.trim() {
        "" => Err(Refusal::about("reason", "form-missing").into()),
        reason => Ok(reason.to_owned()),
    }
}

// ---- the rest of the door

/// Takes in the public record that ships, when there is none yet; answers whether it did.
///
/// # Errors
/// A fault of the database.
pub fn seed(tx: &mut Tx, now: Moment) -> Result<bool> {
    statements::acts::seed(tx, now)
}

/// What was said in public, word by word, in the record's order.
///
/// # Errors
/// A fault of the database.
pub fn statements(tx: &mut Tx) -> Result<Vec<Statement>> {
    statements::store::statements(tx)
}

/// What members promised in public.
///
/// # Errors
/// A fault of the database.
pub fn commitments(tx: &mut Tx) -> Result<Vec<Commitment>> {
    statements::store::commitments(tx)
}

/// Names in the public record; not the members of the coalition.
///
/// # Errors
/// A fault of the database.
pub fn members_named(tx: &mut Tx) -> Result<Vec<Named>> {
    statements::store::members(tx)
}

/// Published lessons, the newest first.
///
/// # Errors
/// A fault of the database.
pub fn lessons_public(tx: &mut Tx, wanted: &WantedLessons) -> Result<Vec<Lesson>> {
    lessons::store::published(tx, wanted)
}

/// Lessons of accepted reports that nobody has published yet, the oldest first.
///
/// # Errors
/// A fault of the database.
pub fn lessons_waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Lesson>> {
    lessons::store::waiting(tx, limit)
}

/// A report, for those who know its number.
///
/// # Errors
/// Missing when there is none.
pub fn report(tx: &mut Tx, id: Id) -> Result<Report> {
    reports::store::find(tx, id)
}

/// A partner's spreadsheet, for those who know its number.
///
/// # Errors
/// Missing when there is none.
pub fn report_file(tx: &mut Tx, id: Id) -> Result<ReportFile> {
    files::store::find(tx, id)
}

/// What a file asks about and nobody has answered: sheet, column or row, reasons, the row's words.
///
/// # Errors
/// A fault of the database.
pub fn asked(tx: &mut Tx, file: Id) -> Result<Vec<serde_json::Value>> {
    let questions = files::store::questions(tx, file)?;
    let open = questions.iter().filter(|asked| asked.answer.is_none());
    Ok(open.map(files::Question::summary).collect())
}

/// The reports of a deployment, by period.
///
/// # Errors
/// A fault of the database.
pub fn reports_of(tx: &mut Tx, deployment: Id) -> Result<Vec<Report>> {
    reports::store::of_deployment(tx, deployment)
}
