//! How teachers took part.

use super::told;
use crate::deployment::{Involvement, Stage};
use crate::rules::{self, Side};
use crate::store::{self, steps};
use base::{Actor, Day, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::json;

/// What is told of teachers in a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// A code of the catalogue's teacher stages.
    pub stage: String,
    pub involved: bool,
    pub teachers: Option<i64>,
    pub on: Day,
    /// What they did, or why nobody was asked; public.
    pub words: String,
}

/// Tells how teachers took part in a stage, or why they did not. Nothing is taken back: a later
/// record stands beside the earlier ones.
///
/// # Errors
/// Forbidden, or refused with what is wrong.
pub fn involve(tx: &mut Tx, id: Id, t: &Told, actor: &Actor, now: Moment) -> Result<Id> {
    let d = store::hold(tx, id, now.day())?;
    rules::require(
        actor,
        &[Side::Member, Side::Authority],
        d.member,
        &d.country,
    )?;
    if matches!(d.stage, Stage::Closed | Stage::Cancelled) {
        let mut refusal = Refusal::whole("deployments-not-possible");
        refusal
            .args
            .push(("state", rules::standing_word(d.standing)));
        return Err(refusal.into());
    }
    catalogue::term(tx, "teacher_stages", &t.stage)?;
    rules::happened("on", t.on, None, now.day())?;
    rules::involved(t.involved, t.teachers, &t.words)?;
    let told_now = Involvement {
        id: Id::new(now),
        deployment: id,
        stage: t.stage.clone(),
        involved: t.involved,
        teachers: t.teachers,
        on: t.on,
        words: t.words.trim().to_owned(),
        account: actor.account,
        at: now,
    };
    steps::add_involvement(tx, &told_now)?;
    let about = json!({ "stage": t.stage, "involved": t.involved, "teachers": t.teachers });
    let by = (actor.account, now);
    told(
        tx,
        by,
        "deployment.teachers_told",
        ("deployment", id),
        about,
    )?;
    Ok(told_now.id)
}
