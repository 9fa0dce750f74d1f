//! Asking for many drafts at once.

use crate::agreement::KINDS;
use crate::batch::{Batch, Common, Grouping};
use crate::{BATCH_JOB, rules, store};
use base::{Actor, Id, Moment, Refusal, Refusals, Result, Role};
use db::Tx;
use serde_json::{Value, json};

pub(crate) fn told(
    tx: &mut Tx,
    batch: &Batch,
    verb: &'static str,
    actor: Option<Id>,
    about: Value,
    now: Moment,
) -> Result<()> {
    let subject = ("agreement_batch", batch.id);
    ledger::record(
        tx,
        &ledger::Fact {
            now,
            actor,
            verb,
            subject,
            about,
        },
    )
    .map(drop)
}

/// Puts the drafting of every agreed proposal of a round or country, or of all, into the queue.
///
/// # Errors
/// Forbidden for all but the secretariat's officer; refused when there is nothing to draft from.
pub fn create_batch(
    tx: &mut Tx,
    (country, round): (Option<&str>, Option<Id>),
    grouping: Grouping,
    terms: &Common,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    actor.require(Role::SecretariatOfficer)?;
    let mut no = Refusals::default();
    if let (Some(from), Some(to)) = (terms.starts_on, terms.ends_on) {
        no.unless(from <= to, "ends_on", "agreements-ends-before-it-starts");
    }
    let over = terms.ends_on.is_some_and(|to| to <= now.day());
    no.unless(!over, "ends_on", "agreements-over-already");
    let known = terms
        .kind
        .as_deref()
        .is_none_or(|kind| KINDS.contains(&kind));
    no.unless(known, "kind", "form-choose");
    let automatic = terms.selection == rules::MATCH_ROUND;
    let justified = automatic || !terms.justification.trim().is_empty();
    no.unless(
        justified,
        "justification",
        "agreements-justification-missing",
    );
    let waiting = store::agreements::agreed_without(tx, round, country)?;
    no.unless(!waiting.is_empty(), "", "agreements-nothing-agreed");
    if store::templates::current(tx)?.is_none() {
        no.push(Refusal::whole("agreements-no-template"));
    }
    no.or(())?;
    let batch = Batch {
        id: Id::new(now),
        country: country.map(str::to_owned),
        round,
        grouping,
        terms: terms.clone(),
        made_by: actor.account,
        made_at: now,
        finished_at: None,
        proposals: i64::try_from(waiting.len()).unwrap_or(i64::MAX),
        drafted: 0,
        refused: 0,
        suspected: 0,
        version: 1,
    };
    store::batches::add(tx, &batch)?;
    let payload = json!({ "batch": batch.id });
    let see = format!("/agreements/batches/{}", batch.id);
    jobs::enqueue(tx, BATCH_JOB, &payload, Some(actor.account), &see, now)?;
    let about = json!({ "country": country, "round": round, "proposals": batch.proposals });
    told(
        tx,
        &batch,
        "agreement_batch.asked",
        Some(actor.account),
        about,
        now,
    )?;
    Ok(batch.id)
}

/// All controls with the country: what a batch says unless somebody says otherwise.
///
/// # Errors
/// A fault of the database.
pub fn common(tx: &mut Tx) -> Result<Common> {
    let clauses = catalogue::terms(tx, "sovereignty_clauses")?;
    Ok(Common {
        kind: None,
        langs: None,
        selection: rules::MATCH_ROUND.to_owned(),
        justification: String::new(),
        starts_on: None,
        ends_on: None,
        sovereignty: clauses.into_iter().map(|term| (term.code, true)).collect(),
    })
}
