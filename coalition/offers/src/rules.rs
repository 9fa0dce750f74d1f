//! The decisions about offers. Pure: no clock, no database, no web.

use crate::offer::{Hold, Kind, Load, Offer, Places, Spoken, Stage, State, Terms};
use crate::period::{PERIODS_MAX, Period};
use base::{Actor, Arg, Day, Error, Id, Refusal, Refusals, Result, Role, Second};
use catalogue::ServiceKind;
use std::collections::BTreeMap;

/// After so many days without word from the member an offer is stale.
pub const ASSURED_DAYS: i64 = 90;
/// So many days before «free» ends the member is reminded.
pub const FREE_NOTICE_DAYS: i64 = 30;
/// What is reserved of a withdrawn offer is still given for so many days.
pub const WITHDRAWAL_NOTICE_DAYS: i64 = 30;
/// Units one offer may hold.
pub const UNITS_MAX: i64 = 1_000_000_000;
/// Characters of a reason, note or answer.
pub const WORDS_MAX: usize = 4_000;
/// Countries an inexhaustible offer without a list of places may be opened in.
pub const COUNTRIES_MAX: i64 = 250;

/// What an offer is held against: the codes of the catalogue and the gazetteer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Each service class with its kind.
    pub classes: BTreeMap<String, Class>,
    pub levels: Vec<String>,
    pub modalities: Vec<String>,
    /// Each condition with its mask.
    pub conditions: BTreeMap<String, u32>,
    pub licences: Vec<String>,
    pub evidence: Vec<String>,
    pub languages: Vec<String>,
    /// Countries and first-level areas.
    pub places: Vec<String>,
}

/// What a service class says about its offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub kind: Kind,
    pub language_bearing: bool,
    pub modality: String,
    pub tier: u8,
}

/// The kind of offers a service of this kind has.
pub const fn kind_of(kind: ServiceKind) -> Kind {
    match kind {
        ServiceKind::Stock => Kind::Stock,
        ServiceKind::Rate => Kind::Rate,
        ServiceKind::Digital => Kind::Inexhaustible,
    }
}

/// Codes in a text, as people write them: between bars, commas, semicolons or blanks.
pub fn codes(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | ';' | '،'));
    let mut found: Vec<String> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !found.iter().any(|known| known == part) {
            found.push(part.to_owned());
        }
    }
    found
}

/// The places in a text; `*` is the world.
pub fn places(text: &str) -> Places {
    let codes = codes(text);
    if codes.iter().any(|code| code == "*") {
        Places::World
    } else {
        Places::Listed(codes)
    }
}

/// The languages in a text; `*` is every language.
pub fn languages(text: &str) -> Spoken {
    let codes = codes(text);
    if codes.iter().any(|code| code == "*") {
        Spoken::Any
    } else {
        Spoken::Listed(codes)
    }
}

/// The country a place code lies in, which is how every first-level code begins.
pub fn country_of(code: &str) -> &str {
    code.get(..2).unwrap_or(code)
}

/// The countries of a list of places, each once.
pub fn countries(places: &Places) -> Vec<String> {
    let Places::Listed(codes) = places else {
        return Vec::new();
    };
    let mut found: Vec<String> = codes
        .iter()
        .map(|code| country_of(code).to_owned())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn unknown(no: &mut Refusals, field: &str, key: &str, given: &[String], known: &[String]) {
    for code in given.iter().filter(|code| !known.contains(code)) {
        no.push(Refusal::about(field, key).with("code", code.as_str()));
    }
}

/// Whether an offer is complete and right; every reason when it is not.
///
/// # Errors
/// Refused with a reason for each thing that is missing, unknown or impossible.
pub fn may_register(terms: &Terms, published: &Published, today: Day) -> Result<()> {
    let mut no = Refusals::default();
    let t = terms;
    no.unless(!t.title.is_empty(), "title", "offers-title-missing");
    codes_are_known(&mut no, t, published);
    quantities(&mut no, t);
    days(&mut no, t, today);
    no.unless(t.unit_cost_cents >= 0, "unit_cost", "offers-cost-negative");
    no.unless(
        t.fixed_cost_cents >= 0,
        "fixed_cost",
        "offers-cost-negative",
    );
    no.or(())
}

fn codes_are_known(no: &mut Refusals, t: &Terms, published: &Published) {
    match published.classes.get(&t.service_class) {
        None => no.push(
            Refusal::about("service_class", "offers-class-unknown")
                .with("code", t.service_class.as_str()),
        ),
        Some(class) => {
            if class.kind != t.kind {
                let wanted = Arg::Word(format!("offer-kind-{}", class.kind.code()));
                no.push(Refusal::about("kind", "offers-kind-of-class").with("kind", wanted));
            }
            let named = matches!(&t.languages, Spoken::Listed(list) if !list.is_empty());
            no.unless(
                named || t.languages == Spoken::Any,
                "languages",
                "offers-languages-missing",
            );
        }
    }
    if let Places::Listed(list) = &t.places {
        no.unless(!list.is_empty(), "places", "offers-places-missing");
        unknown(
            no,
            "places",
            "offers-place-unknown",
            list,
            &published.places,
        );
    }
    if let Spoken::Listed(list) = &t.languages {
        unknown(
            no,
            "languages",
            "offers-language-unknown",
            list,
            &published.languages,
        );
    }
    no.unless(!t.levels.is_empty(), "levels", "offers-levels-missing");
    unknown(
        no,
        "levels",
        "offers-level-unknown",
        &t.levels,
        &published.levels,
    );
    let modality = std::slice::from_ref(&t.modality);
    unknown(
        no,
        "modality",
        "offers-modality-unknown",
        modality,
        &published.modalities,
    );
    let conditions: Vec<String> = published.conditions.keys().cloned().collect();
    unknown(
        no,
        "conditions",
        "offers-condition-unknown",
        &t.conditions,
        &conditions,
    );
    let licence: Vec<String> = t.licence.iter().cloned().collect();
    unknown(
        no,
        "licence",
        "offers-licence-unknown",
        &licence,
        &published.licences,
    );
    let evidence = std::slice::from_ref(&t.evidence_level);
    unknown(
        no,
        "evidence_level",
        "offers-evidence-unknown",
        evidence,
        &published.evidence,
    );
    no.unless(t.tier <= 3, "tier", "offers-tier-unknown");
}

fn quantities(no: &mut Refusals, t: &Terms) {
    no.unless(
        (1..=UNITS_MAX).contains(&t.capacity),
        "quantity",
        "offers-quantity-missing",
    );
    no.unless(t.lot_min >= 1, "lot_min", "offers-lot-not-positive");
    no.unless(t.lot_step >= 1, "lot_step", "offers-lot-not-positive");
    let most = t.lot_max.unwrap_or(i64::MAX);
    if t.kind == Kind::Inexhaustible {
        return;
    }
    no.unless(t.lot_min <= most, "lot_max", "offers-lots-reversed");
    if t.lot_min >= 1 && t.lot_step >= 1 {
        let least = smallest_lot(t);
        no.unless(least <= most, "lot_step", "offers-no-lot-fits");
        no.unless(least <= t.capacity, "quantity", "offers-less-than-a-lot");
    }
}

/// The smallest quantity that is a whole number of steps and no less than the least lot.
pub fn smallest_lot(t: &Terms) -> i64 {
    let step = t.lot_step.max(1);
    (t.lot_min.max(1) - 1)
        .div_euclid(step)
        .saturating_add(1)
        .saturating_mul(step)
}

fn days(no: &mut Refusals, t: &Terms, today: Day) {
    no.unless(
        t.window_from <= t.window_to,
        "window_to",
        "offers-window-reversed",
    );
    no.unless(t.window_to >= today, "window_to", "offers-window-over");
    no.unless(t.free_until >= today, "free_until", "offers-free-over");
    no.unless(
        t.free_until >= t.window_from,
        "free_until",
        "offers-free-before-window",
    );
    let quarters = Period::of(t.window_to).0 - Period::of(t.window_from).0;
    no.unless(
        quarters < i64::try_from(PERIODS_MAX).unwrap_or(0),
        "window_to",
        "offers-window-too-long",
    );
    let ready = t.window_from.plus(t.setup_days.max(0));
    let fits = t.setup_days >= 0 && (ready <= t.window_to || t.window_from > t.window_to);
    no.unless(fits, "setup_days", "offers-setup-too-long");
}

/// The bits of conditions.
pub fn bits(conditions: &[String], published: &Published) -> u32 {
    conditions
        .iter()
        .filter_map(|code| published.conditions.get(code))
        .fold(0, |all, bit| all | bit)
}

/// The loads an offer begins with when it becomes available.
pub fn loads(t: &Terms) -> Vec<Load> {
    let load = |period| Load {
        period,
        capacity: t.capacity,
        reserved: 0,
        committed: 0,
    };
    match t.kind {
        Kind::Stock | Kind::Inexhaustible => vec![load(Period::WHOLE)],
        Kind::Rate => crate::period::periods(t.window_from, t.window_to)
            .into_iter()
            .map(load)
            .collect(),
    }
}

/// Where an offer stands on a day.
pub fn state_on(offer: &Offer, loads: &[Load], today: Day) -> State {
    match offer.stage {
        Stage::Withdrawn => return State::Withdrawn,
        Stage::Draft if offer.pledge_minute.is_some() => return State::Pledge,
        Stage::Draft => return State::Draft,
        Stage::Registered => return State::Registered,
        Stage::Checked => return State::Checked,
        Stage::Available => {}
    }
    let now = Period::of(today);
    let running = loads
        .iter()
        .filter(|load| load.period == Period::WHOLE || load.period >= now);
    let (mut free, mut reserved, mut committed) = (0_i64, 0_i64, 0_i64);
    for load in running {
        free += load.free();
        reserved += load.reserved;
        committed += load.committed;
    }
    if today > offer.terms.window_to || today > offer.terms.free_until {
        State::Expired
    } else if free == 0 && reserved == 0 {
        State::Exhausted
    } else if is_stale(offer.assured_on, today) {
        State::Stale
    } else if free == 0 {
        State::FullyReserved
    } else if reserved + committed > 0 {
        State::PartlyReserved
    } else {
        State::Available
    }
}

/// Whether nobody has said for too long that it stands.
pub fn is_stale(assured_on: Day, today: Day) -> bool {
    assured_on.days_until(today) > ASSURED_DAYS
}

/// Whether a matching round may use an offer in this state.
pub const fn is_open(state: State) -> bool {
    matches!(
        state,
        State::Available | State::PartlyReserved | State::FullyReserved | State::Exhausted
    )
}

/// Whether a part may be held: every reason when it may not. Nothing is ever clipped.
///
/// # Errors
/// Refused with the rule and its numbers.
pub fn may_hold(
    offer: &Offer,
    state: State,
    hold: &Hold,
    load: Option<&Load>,
    opened: bool,
) -> Result<()> {
    let mut no = Refusals::default();
    let t = &offer.terms;
    if !is_open(state) {
        let word = Arg::Word(format!("offer-state-{}", state.code()));
        no.push(Refusal::whole("offers-not-open").with("state", word));
    }
    if hold.quantity < 1 {
        no.push(Refusal::about("quantity", "offers-quantity-missing"));
    } else if t.kind != Kind::Inexhaustible {
        let fits = hold.quantity % t.lot_step.max(1) == 0
            && hold.quantity >= t.lot_min
            && t.lot_max.is_none_or(|most| hold.quantity <= most);
        if !fits {
            let refusal = Refusal::about("quantity", "offers-lot").with("quantity", hold.quantity);
            no.push(refusal.with("step", t.lot_step).with("least", t.lot_min));
        }
    }
    match load {
        None => no.push(Refusal::about("period", "offers-period")),
        Some(load) => {
            let wanted = match (t.kind, opened) {
                (Kind::Inexhaustible, true) => 0,
                (Kind::Inexhaustible, false) => 1,
                (Kind::Stock | Kind::Rate, _) => hold.quantity,
            };
            if wanted > load.free() {
                let refusal = Refusal::about("quantity", "offers-capacity").with("wanted", wanted);
                no.push(refusal.with("left", load.free()));
            }
        }
    }
    no.or(())
}

fn stage_is(offer: &Offer, stages: &[Stage]) -> Result<()> {
    if stages.contains(&offer.stage) {
        return Ok(());
    }
    let word = Arg::Word(format!("offer-state-{}", offer.stage.code()));
    Err(Refusal::whole("offers-not-in-this-state")
        .with("state", word)
        .into())
}

/// Lets a member's focal point change an offer of which nothing is held; a checked or available one
/// has to be looked at again.
///
/// # Errors
/// Refused when it is withdrawn or something is held.
pub fn edited(offer: &Offer, held: bool) -> Result<Stage> {
    stage_is(
        offer,
        &[
            Stage::Draft,
            Stage::Registered,
            Stage::Checked,
            Stage::Available,
        ],
    )?;
    if held {
        return Err(Refusal::whole("offers-held").into());
    }
    Ok(if offer.stage == Stage::Draft {
        Stage::Draft
    } else {
        Stage::Registered
    })
}

/// A draft becomes an offer; a pledge does not.
///
/// # Errors
/// Refused for a pledge or in another stage.
pub fn submit(offer: &Offer) -> Result<Stage> {
    stage_is(offer, &[Stage::Draft])?;
    if offer.pledge_minute.is_some() {
        return Err(Refusal::whole("offers-pledge-is-no-offer").into());
    }
    Ok(Stage::Registered)
}

/// An officer who did not register it checks an offer.
///
/// # Errors
/// Refused in another stage, or for whoever registered it.
pub fn check(offer: &Offer, actor: &Actor) -> Result<Second> {
    stage_is(offer, &[Stage::Registered])?;
    Second::after(&makers(offer), actor)
}

/// An approver who neither registered nor checked it makes an offer available.
///
/// # Errors
/// Refused in another stage, or for whoever had a hand in it.
pub fn approve(offer: &Offer, actor: &Actor) -> Result<Second> {
    stage_is(offer, &[Stage::Checked])?;
    let mut first = makers(offer);
    first.extend(offer.checked_by);
    Second::after(&first, actor)
}

fn makers(offer: &Offer) -> Vec<Id> {
    offer
        .made_by
        .into_iter()
        .chain(offer.registered_by)
        .collect()
}

/// Sends an offer back to the member.
///
/// # Errors
/// Refused in another stage.
pub fn send_back(offer: &Offer) -> Result<Stage> {
    stage_is(offer, &[Stage::Registered, Stage::Checked])?;
    Ok(Stage::Draft)
}

/// Says again that an offer stands.
///
/// # Errors
/// Refused in another stage, or when the offer is over.
pub fn assure(offer: &Offer, today: Day) -> Result<()> {
    stage_is(
        offer,
        &[Stage::Registered, Stage::Checked, Stage::Available],
    )?;
    let mut no = Refusals::default();
    no.unless(today <= offer.terms.window_to, "", "offers-window-over");
    no.unless(today <= offer.terms.free_until, "", "offers-free-over");
    no.or(())
}

/// What is left of the loads when the member withdraws what nobody holds.
pub fn withdrawn(loads: &[Load]) -> Vec<Load> {
    loads
        .iter()
        .map(|load| Load {
            capacity: load.reserved + load.committed,
            ..*load
        })
        .collect()
}

/// Withdraws an offer that is not yet withdrawn.
///
/// # Errors
/// Refused when it already is.
pub fn withdraw(offer: &Offer) -> Result<Stage> {
    stage_is(
        offer,
        &[
            Stage::Draft,
            Stage::Registered,
            Stage::Checked,
            Stage::Available,
        ],
    )?;
    Ok(Stage::Withdrawn)
}

/// A reason in words; nothing ends without one.
///
/// # Errors
/// Refused when it is empty.
pub fn reason(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::about(field, "offers-reason-missing").into());
    }
    Ok(text.chars().take(WORDS_MAX).collect())
}

/// Whether the public may see an offer: two people let it through.
pub const fn is_public(offer: &Offer) -> bool {
    matches!(offer.stage, Stage::Available)
        || (matches!(offer.stage, Stage::Withdrawn) && offer.available_by.is_some())
}

/// Whether somebody may see an offer: the public ones everybody, the others the member and the
/// secretariat.
///
/// # Errors
/// Missing for everybody else.
pub fn may_see(offer: &Offer, actor: Option<&Actor>) -> Result<()> {
    let own = actor.is_some_and(|a| a.reads_all() || speaks_for(a, offer.organisation));
    if own || is_public(offer) {
        Ok(())
    } else {
        Err(Error::Missing)
    }
}

/// Whether the actor works for the member.
pub fn speaks_for(actor: &Actor, organisation: Id) -> bool {
    let roles = [Role::MemberFocalPoint, Role::MemberOfficer];
    roles.iter().any(|role| actor.is_for(*role, organisation))
}

/// Only the member's focal point writes its offers.
///
/// # Errors
/// Forbidden for everybody else.
pub fn may_write(actor: &Actor, organisation: Id) -> Result<()> {
    if actor.is_for(Role::MemberFocalPoint, organisation) {
        Ok(())
    } else {
        Err(Error::Forbidden(Role::MemberFocalPoint.code()))
    }
}

/// Refuses somebody with a tie to the member they would judge.
///
/// # Errors
/// Refused when there is a tie.
pub fn no_conflict(affiliated: bool) -> Result<()> {
    if affiliated {
        Err(Refusal::whole("offers-conflict-of-interest").into())
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
