//! Agreements: drafted from what both sides accepted, reviewed by other eyes, set in the parties'
//! languages, signed by each party for itself, and found again among many.
//!
//! Owns templates, agreements with their schedules, versions and signatures, and batches. What
//! follows from signatures and dates is never stored; no proposal stands in two agreements.

mod acts;
mod agreement;
mod batch;
mod desk;
mod document;
mod pages;
mod rules;
mod store;
mod template;
mod work;

pub use acts::batches::{common, create_batch};
pub use acts::drafting::{
    amend, draft, edit, proposed_terms, release_for_signature, send_back, send_for_review,
};
pub use acts::ending::{resume, suspend, terminate, withdraw};
pub use acts::signing::sign;
pub use acts::templates::seed;
pub use agreement::{
    Agreement, Evidence, KINDS, Method, Party, Scheduled, Side, Signature, Stage, Standing, Terms,
    Version,
};
pub use batch::{Batch, BatchRow, Common, Grouping};
pub use template::{Clause, Template};
pub use work::{report, run_batch, set_pdfs};

use work::{BATCH_JOB, PDF_JOB};

use base::{Day, Id, Lang, Result};
use db::{Migration, Tx};
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261123_agreements",
    sql: include_str!("../migrations/20261123_agreements.sql"),
    sample: include_str!("../migrations/20261123_agreements.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "agreements",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: pages::acts(),
        inbox: Some(pages::inbox),
        checks: vec![Check {
            name: "agreements-signed-as-released",
            run: unlike_released,
        }],
        slots: vec![
            Slot {
                at: "member-page",
                fill: pages::of_member,
            },
            Slot {
                at: "need-page",
                fill: pages::of_need,
            },
            Slot {
                at: "proposal-page",
                fill: pages::of_proposal,
            },
        ],
        menu: vec![MenuItem {
            href: "/agreements",
            key: "agreements-title",
            who: Who::Anyone,
            group: MenuGroup::Coalition,
            order: 50,
        }],
        jobs: vec![
            jobs::Kind {
                name: BATCH_JOB,
                run: work::batch_job,
            },
            jobs::Kind {
                name: PDF_JOB,
                run: work::pdf_job,
            },
        ],
        ..Room::default()
    }
}

/// What was signed is what was released: every released document still has its hash, and every
/// signature stands under that hash.
fn unlike_released(tx: &mut Tx) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for (id, number) in store::versions::released(tx)? {
        let version = store::versions::find(tx, id, number)?;
        if Some(work::released(&version)?.hash()) != version.document_hash {
            wrong.push(format!(
                "agreement {id}, version {number}: another text than its hash says"
            ));
        }
    }
    for (id, number) in store::versions::signed_otherwise(tx)? {
        wrong.push(format!(
            "agreement {id}, version {number}: signed under another hash"
        ));
    }
    Ok(wrong)
}

// ---- the door: what later rooms ask

/// An agreement as it stands on a day.
///
/// # Errors
/// Missing when there is none.
pub fn agreement(tx: &mut Tx, id: Id, today: Day) -> Result<Agreement> {
    store::agreements::find(tx, id, today)
}

/// What an agreement brings, one entry for each proposal.
///
/// # Errors
/// A fault of the database.
pub fn schedule(tx: &mut Tx, id: Id) -> Result<Vec<Scheduled>> {
    store::agreements::schedule(tx, id)
}

/// An agreement that is in force.
///
/// # Errors
/// Missing; refused with `agreements-not-in-force`.
pub fn require_in_force(tx: &mut Tx, id: Id, today: Day) -> Result<Agreement> {
    let agreement = store::agreements::find(tx, id, today)?;
    rules::in_force(&agreement)?;
    Ok(agreement)
}

/// The agreement that holds a proposal.
///
/// # Errors
/// A fault of the database.
pub fn of_proposal(tx: &mut Tx, proposal: Id) -> Result<Option<Id>> {
    Ok(store::agreements::holder_of(tx, proposal)?.map(|(id, _)| id))
}

/// A member's agreements, the oldest first, after one of them.
///
/// # Errors
/// A fault of the database.
pub fn of_member(
    tx: &mut Tx,
    member: Id,
    after: Option<Id>,
    limit: i64,
    today: Day,
) -> Result<Vec<Agreement>> {
    store::agreements::of_member(tx, member, after, limit, today)
}

/// A country's agreements, the oldest first, after one of them.
///
/// # Errors
/// A fault of the database.
pub fn of_country(
    tx: &mut Tx,
    country: &str,
    after: Option<Id>,
    limit: i64,
    today: Day,
) -> Result<Vec<Agreement>> {
    store::agreements::of_country(tx, country, after, limit, today)
}

/// The parties, with what each has said to the valid version.
///
/// # Errors
/// Missing when there is no such agreement.
pub fn parties(tx: &mut Tx, id: Id) -> Result<Vec<Party>> {
    let number = store::agreements::number(tx, id)?;
    store::agreements::parties(tx, id, number)
}

/// Every version, the oldest first.
///
/// # Errors
/// A fault of the database.
pub fn versions(tx: &mut Tx, id: Id) -> Result<Vec<Version>> {
    store::versions::all(tx, id)
}

/// Every signature under every version.
///
/// # Errors
/// A fault of the database.
pub fn signatures(tx: &mut Tx, id: Id) -> Result<Vec<Signature>> {
    store::versions::signatures(tx, id)
}

/// Every agreement that was signed once, the oldest first, one after the other.
///
/// # Errors
/// A fault of the database, or what the caller answers.
pub fn each_public(
    tx: &mut Tx,
    today: Day,
    told: &mut dyn FnMut(&Agreement) -> Result<()>,
) -> Result<()> {
    store::agreements::each_signed(tx, today, told)
}

/// How many agreements are in force.
///
/// # Errors
/// A fault of the database.
pub fn count_in_force(tx: &mut Tx, today: Day) -> Result<i64> {
    store::agreements::count_in_force(tx, today)
}

#[cfg(test)]
mod tests {
    use base::Lang;

    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }

    #[test]
    fn documents_have_their_words() {
        for lang in Lang::ALL {
            let words = super::document::words(lang);
            assert!(words.has("agreement-doc-title") && words.has("month-1"));
        }
    }
}
