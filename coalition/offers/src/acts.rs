//! The verbs: load, decide, save, record a fact; each in the transaction it is given. Holding parts
//! of offers records no fact of its own: the caller tells of the proposal it is done for.

use crate::offer::{Capability, Held, Hold, Kind, Load, Offer, Places, Spoken, Stage, Terms};
use crate::period::Period;
use crate::{published, rules, store};
use base::{Actor, Day, Error, Id, Moment, Names, Refusal, Refusals, Result, Role};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;

fn told_of(
    tx: &mut Tx,
    actor: &Actor,
    now: Moment,
    verb: &'static str,
    offer: &Offer,
) -> Result<()> {
    let about =
        json!({ "organisation": offer.organisation, "service_class": offer.terms.service_class });
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        verb,
        ("offer", offer.id),
        about,
    )
}

/// Reads an offer nobody else may hold or change until the transaction ends.
fn held(tx: &mut Tx, id: Id) -> Result<Offer> {
    tx.lock("offers")?;
    store::find(tx, id)
}

fn blank(organisation: Id, terms: Terms, bits: u32, by: Option<Id>, now: Moment) -> Offer {
    Offer {
        id: Id::new(now),
        organisation,
        terms,
        condition_bits: bits,
        stage: Stage::Draft,
        pledge_minute: None,
        assured_on: now.day(),
        made_by: by,
        made_at: now,
        registered_by: None,
        registered_at: None,
        checked_by: None,
        checked_at: None,
        check_note: None,
        available_by: None,
        available_at: None,
        reason: None,
        withdrawn_on: None,
        notice_until: None,
        version: 1,
    }
}

fn may_write(tx: &mut Tx, organisation: Id, actor: &Actor, today: Day) -> Result<()> {
    rules::may_write(actor, organisation)?;
    members::require_in_standing(tx, organisation, today)
}

/// Adds a draft.
///
/// # Errors
/// Refused with everything that is wrong; refused unless the member is in standing.
pub fn add_draft(
    tx: &mut Tx,
    organisation: Id,
    terms: &Terms,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    may_write(tx, organisation, actor, now.day())?;
    let known = published::read(tx, terms)?;
    rules::may_register(terms, &known, now.day())?;
    let bits = rules::bits(&terms.conditions, &known);
    let offer = blank(organisation, terms.clone(), bits, Some(actor.account), now);
    store::add(tx, &offer)?;
    told_of(tx, actor, now, "offers.drafted", &offer)?;
    Ok(offer.id)
}

/// Adds an offer and registers it at once.
///
/// # Errors
/// As [`add_draft`].
pub fn register(
    tx: &mut Tx,
    organisation: Id,
    terms: &Terms,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let id = add_draft(tx, organisation, terms, actor, now)?;
    submit(tx, id, actor, now)?;
    Ok(id)
}

/// What was announced in a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Announced {
    pub organisation: Id,
    pub title: Names,
    pub service_class: String,
    pub quantity: i64,
    pub places: Places,
    pub window_from: Day,
    pub window_to: Day,
    /// Where it is written: the minute of the meeting.
    pub minute: String,
}

/// Keeps an announcement from a meeting as a pledge: a draft that is never counted. What was not
/// said takes the service class's plain values until the member completes it.
///
/// # Errors
/// Refused without its source, or with anything that is wrong; only the secretariat and the member's
/// focal point keep pledges.
pub fn pledge(tx: &mut Tx, said: &Announced, actor: &Actor, now: Moment) -> Result<Id> {
    if !actor.is(Role::SecretariatOfficer) {
        rules::may_write(actor, said.organisation)?;
    }
    members::require_in_standing(tx, said.organisation, now.day())?;
    let minute = rules::reason("minute", &said.minute)?;
    let known = published::catalogued(tx)?;
    let Some(class) = known.classes.get(&said.service_class) else {
        return Err(Refusal::about("service_class", "offers-class-unknown")
            .with("code", said.service_class.as_str())
            .into());
    };
    let terms = Terms {
        code: None,
        title: said.title.clone(),
        service_class: said.service_class.clone(),
        kind: class.kind,
        capacity: said.quantity,
        lot_min: 1,
        lot_step: 1,
        lot_max: None,
        places: said.places.clone(),
        languages: Spoken::Any,
        levels: known.levels.clone(),
        modality: class.modality.clone(),
        tier: class.tier,
        window_from: said.window_from,
        window_to: said.window_to,
        setup_days: 0,
        free_until: said.window_to,
        conditions: Vec::new(),
        licence: None,
        accessibility: None,
        evidence_level: known.evidence.first().cloned().unwrap_or_default(),
        principles: BTreeMap::new(),
        unit_cost_cents: 0,
        fixed_cost_cents: 0,
        replaces_in_person: false,
    };
    let known = published::read(tx, &terms)?;
    rules::may_register(&terms, &known, now.day())?;
    let mut offer = blank(said.organisation, terms, 0, Some(actor.account), now);
    offer.pledge_minute = Some(minute);
    store::add(tx, &offer)?;
    told_of(tx, actor, now, "offers.pledged", &offer)?;
    Ok(offer.id)
}

/// Changes an offer over the version its editor has seen. A pledge completed by its member becomes
/// a draft of its own; a checked or available offer has to be looked at again.
///
/// # Errors
/// Conflict with both versions when somebody else was first; refused as [`add_draft`].
pub fn edit(
    tx: &mut Tx,
    id: Id,
    terms: &Terms,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut offer = held(tx, id)?;
    rules::may_see(&offer, Some(actor))?;
    may_write(tx, offer.organisation, actor, now.day())?;
    let loads = store::loads(tx, id)?;
    let taken = loads.iter().any(|load| load.reserved + load.committed > 0);
    let stage = rules::edited(&offer, taken)?;
    let known = published::read(tx, terms)?;
    rules::may_register(terms, &known, now.day())?;
    offer.condition_bits = rules::bits(&terms.conditions, &known);
    offer.terms = terms.clone();
    offer.pledge_minute = None;
    offer.assured_on = now.day();
    if offer.stage != stage {
        store::set_loads(tx, id, &[])?;
        (offer.checked_by, offer.checked_at, offer.check_note) = (None, None, None);
        (offer.available_by, offer.available_at) = (None, None);
    }
    if stage == Stage::Registered {
        (offer.registered_by, offer.registered_at) = (Some(actor.account), Some(now));
    }
    offer.stage = stage;
    store::change(tx, &mut offer, seen)?;
    told_of(tx, actor, now, "offers.changed", &offer)
}

/// Registers a draft: from now on the secretariat looks at it.
///
/// # Errors
/// Refused for a pledge, in another stage, or unless the member is in standing.
pub fn submit(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut offer = held(tx, id)?;
    rules::may_see(&offer, Some(actor))?;
    may_write(tx, offer.organisation, actor, now.day())?;
    offer.stage = rules::submit(&offer)?;
    let known = published::read(tx, &offer.terms)?;
    rules::may_register(&offer.terms, &known, now.day())?;
    (offer.registered_by, offer.registered_at) = (Some(actor.account), Some(now));
    (offer.assured_on, offer.reason) = (now.day(), None);
    let seen = offer.version;
    store::change(tx, &mut offer, seen)?;
    told_of(tx, actor, now, "offers.registered", &offer)
}

fn may_judge(tx: &mut Tx, offer: &Offer, actor: &Actor, role: Role, today: Day) -> Result<()> {
    actor.require(role)?;
    let tied = people::is_affiliated(tx, actor.account, offer.organisation, today)?;
    rules::no_conflict(tied)
}

/// An officer has checked an offer, and notes how.
///
/// # Errors
/// Refused without a note, in another stage, with a tie to the member; four eyes.
pub fn check(tx: &mut Tx, id: Id, note: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut offer = held(tx, id)?;
    may_judge(tx, &offer, actor, Role::SecretariatOfficer, now.day())?;
    let second = rules::check(&offer, actor)?;
    offer.check_note = Some(rules::reason("note", note)?);
    offer.stage = Stage::Checked;
    (offer.checked_by, offer.checked_at) = (Some(second.account()), Some(now));
    let seen = offer.version;
    store::change(tx, &mut offer, seen)?;
    told_of(tx, actor, now, "offers.checked", &offer)
}

/// An approver who did not check it makes an offer available; now there is a capacity to hold.
///
/// # Errors
/// Refused in another stage, unless the member is in standing, with a tie to it; four eyes.
pub fn approve(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut offer = held(tx, id)?;
    may_judge(tx, &offer, actor, Role::SecretariatApprover, now.day())?;
    let second = rules::approve(&offer, actor)?;
    members::require_in_standing(tx, offer.organisation, now.day())?;
    offer.stage = Stage::Available;
    (offer.available_by, offer.available_at) = (Some(second.account()), Some(now));
    let seen = offer.version;
    store::change(tx, &mut offer, seen)?;
    store::set_loads(tx, id, &rules::loads(&offer.terms))?;
    told_of(tx, actor, now, "offers.available", &offer)
}

/// Sends an offer back to the member, with the reason.
///
/// # Errors
/// Refused without a reason, in another stage, or with a tie to the member.
pub fn send_back(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut offer = held(tx, id)?;
    let role = if offer.stage == Stage::Checked {
        Role::SecretariatApprover
    } else {
        Role::SecretariatOfficer
    };
    may_judge(tx, &offer, actor, role, now.day())?;
    offer.stage = rules::send_back(&offer)?;
    offer.reason = Some(rules::reason("reason", reason)?);
    (offer.registered_by, offer.registered_at) = (None, None);
    (offer.checked_by, offer.checked_at, offer.check_note) = (None, None, None);
    let seen = offer.version;
    store::change(tx, &mut offer, seen)?;
    told_of(tx, actor, now, "offers.returned", &offer)
}

/// The member's focal point says again that an offer stands.
///
/// # Errors
/// Refused when the offer is over, in another stage, or unless the member is in standing.
pub fn assure(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut offer = held(tx, id)?;
    rules::may_see(&offer, Some(actor))?;
    may_write(tx, offer.organisation, actor, now.day())?;
    rules::assure(&offer, now.day())?;
    offer.assured_on = now.day();
    let seen = offer.version;
    store::change(tx, &mut offer, seen)?;
    told_of(tx, actor, now, "offers.assured", &offer)
}

/// The member's authorised officer withdraws what nobody holds; what is held stays until it is
/// released or the notice is over.
///
/// # Errors
/// Refused without a reason or when it already is withdrawn; forbidden for everybody else.
pub fn withdraw(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut offer = held(tx, id)?;
    rules::may_see(&offer, Some(actor))?;
    if !actor.is_for(Role::MemberOfficer, offer.organisation) {
        return Err(Error::Forbidden(Role::MemberOfficer.code()));
    }
    let reason = rules::reason("reason", reason)?;
    offer.stage = rules::withdraw(&offer)?;
    let left = rules::withdrawn(&store::loads(tx, id)?);
    let held = left.iter().any(|load| load.capacity > 0);
    offer.notice_until = held.then(|| now.day().plus(rules::WITHDRAWAL_NOTICE_DAYS));
    (offer.reason, offer.withdrawn_on) = (Some(reason), Some(now.day()));
    let seen = offer.version;
    store::change(tx, &mut offer, seen)?;
    left.iter()
        .try_for_each(|load| store::put_load(tx, id, load))?;
    told_of(tx, actor, now, "offers.withdrawn", &offer)
}

// ---- capabilities

/// What a member says of its readiness for a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    pub service_class: String,
    pub people: String,
    pub equipment: String,
    pub funding: String,
    pub note: Option<String>,
}

/// Keeps a standing capability.
///
/// # Errors
/// Refused with everything that is wrong, or unless the member is in standing.
pub fn add_capability(
    tx: &mut Tx,
    organisation: Id,
    said: &Readiness,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    may_write(tx, organisation, actor, now.day())?;
    let mut no = Refusals::default();
    let class = catalogue::is_used(tx, "service_classes", &said.service_class)?;
    no.unless(class, "service_class", "form-choose");
    for (field, code) in [
        ("people", &said.people),
        ("equipment", &said.equipment),
        ("funding", &said.funding),
    ] {
        no.unless(
            crate::READINESS.contains(&code.as_str()),
            field,
            "form-choose",
        );
    }
    no.or(())?;
    let capability = Capability {
        id: Id::new(now),
        organisation,
        service_class: said.service_class.clone(),
        people: said.people.clone(),
        equipment: said.equipment.clone(),
        funding: said.funding.clone(),
        note: said.note.clone(),
        assured_on: now.day(),
        ended_on: None,
        version: 1,
    };
    store::add_capability(tx, &capability)?;
    let about = json!({ "organisation": organisation, "service_class": said.service_class });
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        "offers.capability_added",
        ("capability", capability.id),
        about,
    )?;
    Ok(capability.id)
}

/// Says again that a capability stands, or ends it.
///
/// # Errors
/// Missing once it has ended; forbidden for everybody but the member's focal point.
pub fn assure_capability(
    tx: &mut Tx,
    id: Id,
    ends: bool,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let mut capability = store::capability(tx, id)?;
    rules::may_write(actor, capability.organisation)?;
    if capability.ended_on.is_some() {
        return Err(Error::Missing);
    }
    let verb = if ends {
        capability.ended_on = Some(now.day());
        "offers.capability_ended"
    } else {
        capability.assured_on = now.day();
        "offers.capability_assured"
    };
    store::change_capability(tx, &capability, capability.version)?;
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        verb,
        ("capability", id),
        json!({}),
    )?;
    Ok(capability.organisation)
}

// ---- holding parts of offers, for proposals

fn load_of(tx: &mut Tx, offer: &Offer, period: Period) -> Result<Option<Load>> {
    Ok(store::loads(tx, offer.id)?
        .into_iter()
        .find(|load| load.period == period))
}

/// Holds a part of an offer for a proposal. Refused, never clipped.
///
/// # Errors
/// Refused when the offer is not open, the lot does not fit or there is not enough left.
pub fn reserve(tx: &mut Tx, hold: &Hold, today: Day) -> Result<()> {
    let offer = held(tx, hold.offer)?;
    members::require_in_standing(tx, offer.organisation, today)?;
    let period = match offer.terms.kind {
        Kind::Rate => hold.period.unwrap_or(Period(-1)),
        Kind::Stock | Kind::Inexhaustible => Period::WHOLE,
    };
    let loads = store::loads(tx, offer.id)?;
    let state = rules::state_on(&offer, &loads, today);
    let mut load = loads.into_iter().find(|load| load.period == period);
    let endless = offer.terms.kind == Kind::Inexhaustible;
    let (reserved, committed) = if endless {
        store::others_hold(tx, offer.id, &hold.country, hold.holder)?
    } else {
        (false, false)
    };
    rules::may_hold(&offer, state, hold, load.as_ref(), reserved || committed)?;
    store::add_hold(
        tx,
        &Held {
            holder: hold.holder,
            offer: hold.offer,
            period,
            country: hold.country.clone(),
            reserved: hold.quantity,
            committed: 0,
        },
    )?;
    let Some(load) = load.as_mut() else {
        return Err(Error::Missing);
    };
    let grown = match (endless, reserved || committed) {
        (true, true) => return Ok(()),
        (true, false) => 1,
        (false, _) => hold.quantity,
    };
    load.reserved += grown;
    store::put_load(tx, offer.id, load)
}

/// A move of a hold's quantity.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    Commit,
    Release,
    GiveBack,
}

fn shift(tx: &mut Tx, holder: Id, quantity: i64, how: Shift) -> Result<()> {
    tx.lock("offers")?;
    let was = store::hold(tx, holder)?.ok_or(Error::Missing)?;
    let mut now = was.clone();
    match how {
        Shift::Commit => {
            now.reserved -= quantity;
            now.committed += quantity;
        }
        Shift::Release => now.reserved -= quantity,
        Shift::GiveBack => now.committed -= quantity,
    }
    let left = if how == Shift::GiveBack {
        was.committed
    } else {
        was.reserved
    };
    if quantity < 1 || quantity > left {
        let refusal = Refusal::about("quantity", "offers-more-than-held").with("wanted", quantity);
        return Err(refusal.with("left", left).into());
    }
    store::put_hold(tx, &now)?;
    let offer = store::find(tx, was.offer)?;
    let Some(mut load) = load_of(tx, &offer, was.period)? else {
        return Err(Error::Missing);
    };
    let (reserved, committed) = if offer.terms.kind == Kind::Inexhaustible {
        let others = store::others_hold(tx, was.offer, &was.country, holder)?;
        let (before, after) = (counts(&was, others), counts(&now, others));
        (after.0 - before.0, after.1 - before.1)
    } else {
        (now.reserved - was.reserved, now.committed - was.committed)
    };
    load.reserved += reserved;
    load.committed += committed;
    if offer.stage == Stage::Withdrawn {
        // What comes back of a withdrawn offer is nobody's to hold again.
        load.capacity = load.reserved + load.committed;
    }
    store::put_load(tx, was.offer, &load)
}

/// Whether a country counts as reserved or committed: committed as soon as one line of it is.
fn counts(held: &Held, (others_reserved, others_committed): (bool, bool)) -> (i64, i64) {
    if held.committed > 0 || others_committed {
        (0, 1)
    } else if held.reserved > 0 || others_reserved {
        (1, 0)
    } else {
        (0, 0)
    }
}

/// Turns reserved units of a hold into committed ones; the rest stays reserved.
///
/// # Errors
/// Missing without a hold; refused when it is more than is reserved.
pub fn commit(tx: &mut Tx, holder: Id, quantity: i64) -> Result<()> {
    shift(tx, holder, quantity, Shift::Commit)
}

/// Gives reserved units of a hold back to the offer.
///
/// # Errors
/// As [`commit`].
pub fn release(tx: &mut Tx, holder: Id, quantity: i64) -> Result<()> {
    shift(tx, holder, quantity, Shift::Release)
}

/// Gives committed units of a hold back to the offer.
///
/// # Errors
/// As [`commit`].
pub fn give_back(tx: &mut Tx, holder: Id, quantity: i64) -> Result<()> {
    shift(tx, holder, quantity, Shift::GiveBack)
}

/// Adds a draft an operator brings in by file, for the member to register.
pub(crate) fn add_from_file(
    tx: &mut Tx,
    organisation: Id,
    terms: &Terms,
    by: Option<Id>,
    now: Moment,
) -> Result<Id> {
    let known = published::read(tx, terms)?;
    let bits = rules::bits(&terms.conditions, &known);
    let offer = blank(organisation, terms.clone(), bits, by, now);
    store::add(tx, &offer)?;
    let about = json!({ "organisation": organisation, "service_class": terms.service_class });
    ledger::tell(tx, (now, by), "offers.imported", ("offer", offer.id), about)?;
    Ok(offer.id)
}
