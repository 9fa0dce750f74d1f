//! Drafting, editing, reviewing, releasing and amending.

use super::{judged, told};
use crate::agreement::{Agreement, Scheduled, Stage, Standing, Terms, Version};
use crate::desk::{Desk, Weighed};
use crate::document::{self, Made};
use crate::{PDF_JOB, rules, store};
use base::{Actor, Conflict, Error, Id, Moment, Refusal, Refusals, Result, Role, fold};
use db::Tx;
use serde_json::json;

/// Terms that follow from agreed proposals alone, to be looked at and changed.
///
/// # Errors
/// Missing or refused when there is nothing to draft from.
pub fn proposed_terms(tx: &mut Tx, proposals: &[Id], now: Moment) -> Result<Terms> {
    let mut desk = Desk::open(tx)?;
    let matched = desk.all_matched(tx, proposals, None, now)?;
    desk.proposed(tx, &matched, now.day())
}

/// Drafts an agreement from agreed proposals of one member and one country.
///
/// # Errors
/// Refused with every problem; forbidden for all but the officer and the member's focal point.
pub fn draft(
    tx: &mut Tx,
    proposals: &[Id],
    terms: &Terms,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let mut desk = Desk::open(tx)?;
    let matched = desk.all_matched(tx, proposals, None, now)?;
    let weighed = desk.weigh(tx, matched, terms, None, now.day())?;
    rules::may_draft(weighed.member, actor)?;
    write(tx, &mut desk, &weighed, terms, None, (actor, now)).map(|a| a.id)
}

/// Writes a draft nothing speaks against.
///
/// # Errors
/// Refused with every problem.
pub(crate) fn write(
    tx: &mut Tx,
    desk: &mut Desk,
    weighed: &Weighed,
    terms: &Terms,
    batch: Option<Id>,
    (actor, now): (&Actor, Moment),
) -> Result<Agreement> {
    weighed.problems.clone().or(())?;
    let authority = weighed.authority.ok_or(Error::Missing)?;
    let year = i64::from(now.day().parts().0);
    let serial = store::agreements::next_serial(tx, &weighed.country, year)?;
    let sample = [authority, weighed.member]
        .iter()
        .try_fold(false, |any, id| {
            Ok::<_, Error>(any || desk.organisation(tx, *id)?.sample)
        })?;
    let mut service_classes: Vec<String> = weighed
        .matched
        .iter()
        .map(|m| m.service_class.clone())
        .collect();
    service_classes.sort();
    service_classes.dedup();
    let a = Agreement {
        id: Id::new(now),
        code: format!("{}-{year}-A-{serial:04}", weighed.country),
        country: weighed.country.clone(),
        year,
        serial,
        authority,
        member: weighed.member,
        terms: terms.clone(),
        service_classes,
        stage: Stage::Draft,
        number: 1,
        latest: 1,
        amendment: None,
        signed_on: None,
        standing: Standing::Draft,
        reason: None,
        ended_on: None,
        ended_by: None,
        ended_side: None,
        ended_paper: None,
        batch,
        sample,
        made_at: now,
        version: 1,
    };
    let key = search_key(tx, desk, &a)?;
    store::agreements::add(tx, &a, &key)?;
    store::agreements::add_parties(tx, a.id, &[(authority, "authority"), (a.member, "member")])?;
    store::agreements::add_schedule(tx, &scheduled(a.id, terms, weighed, now))?;
    store::versions::add(tx, &version(&a, 1, terms, None, actor, now))?;
    let about = json!({ "member": a.member, "proposals": weighed.matched.len(), "batch": batch });
    told(tx, &a, "agreement.drafted", about, actor, now)?;
    Ok(a)
}

fn version(
    a: &Agreement,
    number: i64,
    terms: &Terms,
    rationale: Option<String>,
    actor: &Actor,
    now: Moment,
) -> Version {
    Version {
        agreement: a.id,
        number,
        terms: terms.clone(),
        rationale,
        made_by: actor.account,
        made_at: now,
        sent_by: None,
        sent_at: None,
        not_duplicate: None,
        released_by: None,
        released_at: None,
        document: None,
        document_hash: None,
        returned: None,
        withdrawn_on: None,
        signed_on: None,
        pdf: None,
        version: 1,
    }
}

fn scheduled(agreement: Id, terms: &Terms, weighed: &Weighed, now: Moment) -> Vec<Scheduled> {
    let one = |m: &rules::Matched| {
        let (from, to) = rules::span(terms, m)?;
        Some(Scheduled {
            id: Id::new(now),
            agreement,
            proposal: m.proposal,
            offer: m.offer,
            need: m.need,
            service_class: m.service_class.clone(),
            quantity: m.quantity,
            given: m.given,
            places: m.places.clone(),
            from,
            to,
            holds: true,
        })
    };
    weighed.matched.iter().filter_map(one).collect()
}

/// What an agreement is found by: its code, title, parties, country and services in every language.
fn search_key(tx: &mut Tx, desk: &mut Desk, a: &Agreement) -> Result<String> {
    let mut words = vec![a.code.clone()];
    words.extend(a.terms.title.0.values().cloned());
    words.extend(desk.country(tx, &a.country)?.0.into_values());
    for party in [a.authority, a.member] {
        words.extend(desk.organisation(tx, party)?.names.0.values().cloned());
    }
    for (class, lang) in a
        .service_classes
        .iter()
        .flat_map(|c| base::Lang::ALL.map(|l| (c, l)))
    {
        words.push(desk.service(class, lang));
    }
    Ok(fold(&words.join(" ")).chars().take(1_000).collect())
}

/// The proposals of an agreement held against terms once more.
fn weighed_again(
    tx: &mut Tx,
    desk: &mut Desk,
    a: &Agreement,
    terms: &Terms,
    now: Moment,
) -> Result<Weighed> {
    let schedule = store::agreements::schedule(tx, a.id)?;
    let proposals: Vec<Id> = schedule.iter().map(|one| one.proposal).collect();
    let matched = desk.all_matched(tx, &proposals, Some(a.id), now)?;
    desk.weigh(tx, matched, terms, Some(a.id), now.day())
}

/// What the agreement's open version lacks, what should be seen, and what it looks like.
///
/// # Errors
/// Missing when no version is in preparation.
pub(crate) fn look(tx: &mut Tx, a: &Agreement, now: Moment) -> Result<Weighed> {
    let (number, _) = a.open().ok_or(Error::Missing)?;
    let terms = store::versions::find(tx, a.id, number)?.terms;
    let mut desk = Desk::open(tx)?;
    weighed_again(tx, &mut desk, a, &terms, now)
}

/// Changes the terms of a draft over the version its editor has seen.
///
/// # Errors
/// Conflict when somebody else was first; refused with every problem.
pub fn edit(
    tx: &mut Tx,
    id: Id,
    terms: &Terms,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    rules::may_draft(a.member, actor)?;
    let number = rules::drafted(&a)?;
    let mut version = store::versions::find(tx, id, number)?;
    if version.version != seen {
        let saved = vec![(
            "title".to_owned(),
            version.terms.title.get(actor.lang).to_owned(),
        )];
        return Err(Error::Conflict(Box::new(Conflict {
            version: version.version,
            saved,
        })));
    }
    let mut desk = Desk::open(tx)?;
    let weighed = weighed_again(tx, &mut desk, &a, terms, now)?;
    weighed.problems.clone().or(())?;
    version.terms = terms.clone();
    store::versions::change(tx, &mut version)?;
    if a.signed_on.is_none() {
        take_up(tx, &mut desk, &mut a, terms, &weighed)?;
    }
    told(
        tx,
        &a,
        "agreement.changed",
        json!({ "number": number }),
        actor,
        now,
    )
}

/// Makes terms the agreement's own: what it is found by and the days of its schedule.
fn take_up(
    tx: &mut Tx,
    desk: &mut Desk,
    a: &mut Agreement,
    terms: &Terms,
    weighed: &Weighed,
) -> Result<()> {
    a.terms = terms.clone();
    let key = search_key(tx, desk, a)?;
    store::agreements::change_found_by(tx, a, &key)?;
    let mut schedule = store::agreements::schedule(tx, a.id)?;
    for one in &mut schedule {
        let matched = weighed.matched.iter().find(|m| m.proposal == one.proposal);
        if let Some((from, to)) = matched.and_then(|m| rules::span(terms, m)) {
            (one.from, one.to) = (from, to);
        }
    }
    store::agreements::put_schedule(tx, &schedule)
}

/// The last party has signed an amendment: its terms are the agreement's.
pub(crate) fn amended(tx: &mut Tx, a: &mut Agreement, terms: &Terms, now: Moment) -> Result<()> {
    let mut desk = Desk::open(tx)?;
    let weighed = weighed_again(tx, &mut desk, a, terms, now)?;
    take_up(tx, &mut desk, a, terms, &weighed)
}

/// Moves the open version to another stage.
fn move_to(a: &mut Agreement, stage: Stage) {
    if a.signed_on.is_some() {
        a.amendment = Some(stage);
    } else {
        a.stage = stage;
    }
}

/// Sends a draft for review.
///
/// # Errors
/// Forbidden for all but the secretariat's officer; refused with every problem.
pub fn send_for_review(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    actor.require(Role::SecretariatOfficer)?;
    let mut a = store::agreements::hold(tx, id, now.day())?;
    let number = rules::drafted(&a)?;
    judged(tx, &a, actor, now)?;
    look(tx, &a, now)?.problems.or(())?;
    let mut version = store::versions::find(tx, id, number)?;
    (version.sent_by, version.sent_at) = (Some(actor.account), Some(now));
    version.returned = None;
    store::versions::change(tx, &mut version)?;
    move_to(&mut a, Stage::UnderReview);
    store::agreements::change(tx, &mut a)?;
    told(
        tx,
        &a,
        "agreement.sent_for_review",
        json!({ "number": number }),
        actor,
        now,
    )
}

/// Sends a version back to its drafter, with a reason.
///
/// # Errors
/// Forbidden for all but the approver; refused without a reason or when nobody reviews it.
pub fn send_back(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    actor.require(Role::SecretariatApprover)?;
    let mut a = store::agreements::hold(tx, id, now.day())?;
    let number = rules::reviewed(&a)?;
    judged(tx, &a, actor, now)?;
    let mut version = store::versions::find(tx, id, number)?;
    version.returned = Some(rules::reason("reason", reason)?);
    store::versions::change(tx, &mut version)?;
    move_to(&mut a, Stage::Draft);
    store::agreements::change(tx, &mut a)?;
    told(
        tx,
        &a,
        "agreement.sent_back",
        json!({ "number": number }),
        actor,
        now,
    )
}

/// The document of the open version as it would be released today.
///
/// # Errors
/// Missing when no version is in preparation.
pub(crate) fn preview(
    tx: &mut Tx,
    a: &Agreement,
    version: &Version,
    site: Option<&str>,
    now: Moment,
) -> Result<press::Document> {
    let mut desk = Desk::open(tx)?;
    let mut schedule = store::agreements::schedule(tx, a.id)?;
    if version.number != a.number {
        let weighed = weighed_again(tx, &mut desk, a, &version.terms, now)?;
        for (one, m) in schedule.iter_mut().zip(&weighed.matched) {
            if let Some((from, to)) = rules::span(&version.terms, m) {
                (one.from, one.to) = (from, to);
            }
        }
    }
    let made = Made {
        agreement: a,
        number: version.number,
        terms: &version.terms,
        schedule: &schedule,
        rationale: version.rationale.as_deref(),
        dated: now.day(),
        site,
    };
    document::build(tx, &mut desk, &made)
}

/// Releases a version for signature: from now on its words stand, with their hash. Its PDF is set by
/// a job.
///
/// # Errors
/// Four eyes; refused with every problem, with characters no font has, and without words about each
/// agreement it looks like.
pub fn release_for_signature(
    tx: &mut Tx,
    id: Id,
    site: &str,
    not_duplicate: Option<&str>,
    actor: &Actor,
    now: Moment,
) -> Result<String> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    let number = rules::reviewed(&a)?;
    let mut version = store::versions::find(tx, id, number)?;
    let second = rules::release(&version, actor)?;
    judged(tx, &a, actor, now)?;
    let weighed = look(tx, &a, now)?;
    let mut no = weighed.problems;
    let said = not_duplicate.map(str::trim).filter(|text| !text.is_empty());
    if said.is_none() && a.signed_on.is_none() {
        no.0.extend(weighed.duplicates.into_iter().map(|mut refusal| {
            "not_duplicate".clone_into(&mut refusal.field);
            refusal
        }));
    }
    no.or(())?;
    let document = preview(tx, &a, &version, Some(site), now)?;
    document::settable(&document)?;
    let hash = document.hash();
    version.not_duplicate = said.map(str::to_owned);
    (version.released_by, version.released_at) = (Some(second.account()), Some(now));
    version.document = Some(serde_json::to_string(&document).map_err(Error::fault)?);
    version.document_hash = Some(hash.clone());
    store::versions::change(tx, &mut version)?;
    move_to(&mut a, Stage::ForSignature);
    store::agreements::change(tx, &mut a)?;
    jobs::enqueue(tx, PDF_JOB, &json!({}), None, &a.path(), now)?;
    let about = json!({ "number": number, "hash": hash });
    told(tx, &a, "agreement.released", about, actor, now)?;
    Ok(hash)
}

/// Writes a new version of a signed agreement, which stays valid until all have signed the new one.
///
/// # Errors
/// Refused without a rationale, with every problem, or while another amendment is under way.
pub fn amend(
    tx: &mut Tx,
    id: Id,
    terms: &Terms,
    rationale: &str,
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    rules::may_draft(a.member, actor)?;
    rules::amend(&a)?;
    let rationale = rules::reason("rationale", rationale)?;
    let mut no = Refusals::default();
    if *terms == a.terms {
        no.push(Refusal::whole("agreements-nothing-changed"));
    }
    let mut desk = Desk::open(tx)?;
    no.0.extend(weighed_again(tx, &mut desk, &a, terms, now)?.problems.0);
    no.or(())?;
    a.latest += 1;
    a.amendment = Some(Stage::Draft);
    store::versions::add(
        tx,
        &version(&a, a.latest, terms, Some(rationale), actor, now),
    )?;
    store::agreements::change(tx, &mut a)?;
    told(
        tx,
        &a,
        "agreement.amended",
        json!({ "number": a.latest }),
        actor,
        now,
    )?;
    Ok(a.latest)
}
