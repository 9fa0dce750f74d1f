//! What reviewers said, as it is kept.

use super::REVIEW;
use base::{Error, Id, Moment, Result};
use db::{Tx, args};
use std::collections::BTreeMap;

/// What a reviewer said.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Review {
    pub resource: Id,
    pub edition: i64,
    pub reviewer: Id,
    pub decision: String,
    pub marks: BTreeMap<String, String>,
    pub words: String,
    pub at: Moment,
}

/// Keeps a review.
pub(crate) fn add_review(tx: &mut Tx, review: &Review) -> Result<Id> {
    let id = Id::new(review.at);
    let marks = serde_json::to_string(&review.marks).map_err(Error::fault)?;
    let row = args![
        id,
        review.resource,
        review.edition,
        review.reviewer,
        &review.decision,
        marks,
        &review.words,
        review.at
    ];
    tx.add(&REVIEW, row.to_vec())?;
    Ok(id)
}

/// What reviewers said of a resource, newest first.
pub(crate) fn reviews(tx: &mut Tx, resource: Id) -> Result<Vec<Review>> {
    let rows = tx.rows(
        "SELECT resource_id, edition, reviewer, decision, marks, words, reviewed_at \
         FROM resource_review WHERE resource_id = $1 ORDER BY id DESC LIMIT 50",
        &args![resource],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Review {
                resource: r.id()?,
                edition: r.int()?,
                reviewer: r.id()?,
                decision: r.text()?,
                marks: serde_json::from_str(r.str()?).map_err(Error::fault)?,
                words: r.text()?,
                at: r.moment()?,
            })
        })
        .collect()
}
