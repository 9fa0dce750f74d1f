//! What people did with a deployment, and how teachers took part.

use crate::deployment::{Involvement, Step};
use base::{Id, Moment, Result};
use db::{Tx, args};

db::table!(
    /// What people did, and why.
    STEP = "deployment_step" key 1 {
        id: Id, deployment_id: Id, step: Text, words: Text, account_id: Id, at: Int,
    }
);
db::table!(
    /// How teachers took part.
    INVOLVEMENT = "teacher_involvement" key 1 {
        id: Id, deployment_id: Id, stage: Text, involved: Bool, teachers: Int, on_day: Text,
        words: Text, account_id: Id, at: Int,
    }
);

pub(crate) fn add(
    tx: &mut Tx,
    deployment: Id,
    (step, words): (&str, Option<&str>),
    account: Id,
    at: Moment,
) -> Result<()> {
    tx.add(
        &STEP,
        args![Id::new(at), deployment, step, words, account, at].to_vec(),
    )
}
pub(crate) fn of(tx: &mut Tx, deployment: Id) -> Result<Vec<Step>> {
    let sql = "SELECT step, words, account_id, at FROM deployment_step WHERE deployment_id = $1 ORDER BY at, id";
    tx.rows(sql, &args![deployment])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Step {
                step: r.text()?,
                words: r.opt_text()?,
                account: r.id()?,
                at: r.moment()?,
            })
        })
        .collect()
}

pub(crate) fn add_involvement(tx: &mut Tx, i: &Involvement) -> Result<()> {
    let values = args![
        i.id,
        i.deployment,
        &i.stage,
        i.involved,
        i.teachers,
        i.on,
        &i.words,
        i.account,
        i.at
    ];
    tx.add(&INVOLVEMENT, values.to_vec())
}
pub(crate) fn involvements(tx: &mut Tx, deployment: Id) -> Result<Vec<Involvement>> {
    let sql = "SELECT id, deployment_id, stage, involved, teachers, on_day, words, account_id, at \
               FROM teacher_involvement WHERE deployment_id = $1 ORDER BY at, id";
    tx.rows(sql, &args![deployment])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Involvement {
                id: r.id()?,
                deployment: r.id()?,
                stage: r.text()?,
                involved: r.bool()?,
                teachers: r.opt_int()?,
                on: r.day()?,
                words: r.text()?,
                account: r.id()?,
                at: r.moment()?,
            })
        })
        .collect()
}
/// The stages of teacher involvement that were told.
pub(crate) fn stages(tx: &mut Tx, deployment: Id) -> Result<Vec<String>> {
    let sql =
        "SELECT DISTINCT stage FROM teacher_involvement WHERE deployment_id = $1 ORDER BY stage";
    tx.rows(sql, &args![deployment])?
        .iter()
        .map(|row| row.read().text())
        .collect()
}
