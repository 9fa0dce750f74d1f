//! Every SQL statement of this room.

use crate::offer::{Capability, Held, Kind, Load, Offer, OpenOffer, Places, Spoken, Stage, Terms};
use crate::period::Period;
use base::{Day, Error, Id, Moment, Names, Refusal, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// Offers and pledges.
    OFFER = "offer" key 1 {
        id: Id, organisation_id: Id, code: Text, title: Text, title_key: Text, search_key: Text,
        service_class: Text, kind: Text, capacity: Int, lot_min: Int, lot_step: Int, lot_max: Int,
        places: Text, languages: Text, levels: Text, modality: Text, tier: Int, window_from: Text,
        window_to: Text, setup_days: Int, free_until: Text, conditions: Text, condition_bits: Int,
        licence: Text, accessibility: Text, evidence_level: Text, principles: Text,
        unit_cost_cents: Int, fixed_cost_cents: Int, in_person: Text, stage: Text, pledge: Bool,
        minute: Text, assured_on: Text, made_by: Id, made_at: Int, registered_by: Id,
        registered_at: Int, checked_by: Id, checked_at: Int, check_note: Text, available_by: Id,
        available_at: Int, reason: Text, withdrawn_on: Text, notice_until: Text, version: Int,
    }
);
db::table!(
    /// What there is of an offer in a period, and what is held of it.
    OFFER_CAPACITY = "offer_capacity" key 2 {
        offer_id: Id, period: Int, capacity: Int, reserved: Int, committed: Int,
    }
);
db::table!(
    /// Parts of offers held for proposals.
    OFFER_HOLD = "offer_hold" key 1 {
        holder_id: Id, offer_id: Id, period: Int, country: Text, reserved: Int, committed: Int,
    }
);
db::table!(
    /// Standing readiness.
    CAPABILITY = "capability" key 1 {
        id: Id, organisation_id: Id, service_class: Text, people: Text, equipment: Text,
        funding: Text, note: Text, assured_on: Text, ended_on: Text, version: Int,
    }
);

/// The ledgered tables of this room.
pub(crate) static TABLES: [&db::Table; 4] = [&OFFER, &OFFER_CAPACITY, &OFFER_HOLD, &CAPABILITY];

fn barred(codes: &[String]) -> String {
    if codes.is_empty() {
        String::new()
    } else {
        format!("|{}|", codes.join("|"))
    }
}
fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}
fn places_text(places: &Places) -> String {
    match places {
        Places::World => "|*|".to_owned(),
        Places::Listed(codes) => barred(codes),
    }
}
fn read_places(text: &str) -> Places {
    if text == "|*|" {
        Places::World
    } else {
        Places::Listed(unbarred(text))
    }
}
fn spoken_text(spoken: &Spoken) -> String {
    match spoken {
        Spoken::Any => "|*|".to_owned(),
        Spoken::Listed(codes) => barred(codes),
    }
}
fn read_spoken(text: &str) -> Spoken {
    if text == "|*|" {
        Spoken::Any
    } else {
        Spoken::Listed(unbarred(text))
    }
}
fn title_key(names: &Names) -> String {
    base::fold(names.get(base::Lang::En))
}
fn search_key(terms: &Terms) -> String {
    let names: Vec<&str> = terms.title.0.values().map(String::as_str).collect();
    base::fold(&format!(
        "{} {}",
        names.join(" "),
        terms.code.as_deref().unwrap_or("")
    ))
}

fn values(o: &Offer) -> Vec<Val> {
    let t = &o.terms;
    let pledge = o.stage == Stage::Draft && o.pledge_minute.is_some();
    vec![
        o.id.into(),
        o.organisation.into(),
        t.code.clone().into(),
        (&t.title).into(),
        title_key(&t.title).into(),
        search_key(t).into(),
        (&t.service_class).into(),
        t.kind.code().into(),
        t.capacity.into(),
        t.lot_min.into(),
        t.lot_step.into(),
        t.lot_max.into(),
        places_text(&t.places).into(),
        spoken_text(&t.languages).into(),
        barred(&t.levels).into(),
        (&t.modality).into(),
        t.tier.into(),
        t.window_from.into(),
        t.window_to.into(),
        t.setup_days.into(),
        t.free_until.into(),
        barred(&t.conditions).into(),
        o.condition_bits.into(),
        t.licence.clone().into(),
        t.accessibility.clone().into(),
        (&t.evidence_level).into(),
        serde_json::to_string(&t.principles)
            .unwrap_or_default()
            .into(),
        t.unit_cost_cents.into(),
        t.fixed_cost_cents.into(),
        if t.replaces_in_person {
            "replaces"
        } else {
            "supplements"
        }
        .into(),
        o.stage.code().into(),
        pledge.into(),
        o.pledge_minute.clone().into(),
        o.assured_on.into(),
        o.made_by.into(),
        o.made_at.into(),
        o.registered_by.into(),
        o.registered_at.into(),
        o.checked_by.into(),
        o.checked_at.into(),
        o.check_note.clone().into(),
        o.available_by.into(),
        o.available_at.into(),
        o.reason.clone().into(),
        o.withdrawn_on.into(),
        o.notice_until.into(),
        o.version.into(),
    ]
}

macro_rules! offer_columns {
    ($rest:expr) => {
        concat!(
            "SELECT o.id, o.organisation_id, o.code, o.title, o.service_class, o.kind, o.capacity, \
             o.lot_min, o.lot_step, o.lot_max, o.places, o.languages, o.levels, o.modality, o.tier, \
             o.window_from, o.window_to, o.setup_days, o.free_until, o.conditions, o.licence, \
             o.accessibility, o.evidence_level, o.principles, o.unit_cost_cents, o.fixed_cost_cents, \
             o.in_person, o.condition_bits, o.stage, o.minute, o.assured_on, o.made_by, o.made_at, \
             o.registered_by, o.registered_at, o.checked_by, o.checked_at, o.check_note, \
             o.available_by, o.available_at, o.reason, o.withdrawn_on, o.notice_until, o.version \
             FROM offer o ",
            $rest
        )
    };
}

fn strange(what: &str, code: &str) -> Error {
    Error::fault(format!("no {what} is called {code}"))
}

fn read_terms(r: &mut db::Reader<'_>) -> Result<Terms> {
    let kind = |code: String| Kind::parse(&code).ok_or_else(|| strange("kind", &code));
    Ok(Terms {
        code: r.opt_text()?,
        title: r.names()?,
        service_class: r.text()?,
        kind: kind(r.text()?)?,
        capacity: r.int()?,
        lot_min: r.int()?,
        lot_step: r.int()?,
        lot_max: r.opt_int()?,
        places: read_places(&r.text()?),
        languages: read_spoken(&r.text()?),
        levels: unbarred(&r.text()?),
        modality: r.text()?,
        tier: u8::try_from(r.int()?).map_err(Error::fault)?,
        window_from: r.day()?,
        window_to: r.day()?,
        setup_days: r.int()?,
        free_until: r.day()?,
        conditions: unbarred(&r.text()?),
        licence: r.opt_text()?,
        accessibility: r.opt_text()?,
        evidence_level: r.text()?,
        principles: serde_json::from_str::<BTreeMap<String, String>>(&r.text()?)
            .map_err(Error::fault)?,
        unit_cost_cents: r.int()?,
        fixed_cost_cents: r.int()?,
        replaces_in_person: r.text()? == "replaces",
    })
}

fn read(row: &Row) -> Result<Offer> {
    let mut r = row.read();
    let stage = |code: String| Stage::parse(&code).ok_or_else(|| strange("stage", &code));
    Ok(Offer {
        id: r.id()?,
        organisation: r.id()?,
        terms: read_terms(&mut r)?,
        condition_bits: u32::try_from(r.int()?).map_err(Error::fault)?,
        stage: stage(r.text()?)?,
        pledge_minute: r.opt_text()?,
        assured_on: r.day()?,
        made_by: r.opt_id()?,
        made_at: r.moment()?,
        registered_by: r.opt_id()?,
        registered_at: r.opt_moment()?,
        checked_by: r.opt_id()?,
        checked_at: r.opt_moment()?,
        check_note: r.opt_text()?,
        available_by: r.opt_id()?,
        available_at: r.opt_moment()?,
        reason: r.opt_text()?,
        withdrawn_on: r.opt_day()?,
        notice_until: r.opt_day()?,
        version: r.int()?,
    })
}

fn read_all(rows: &[Row]) -> Result<Vec<Offer>> {
    rows.iter().map(read).collect()
}

fn taken<T>(done: Result<T>) -> Result<T> {
    db::on_unique(
        done,
        "offer.organisation_id,code",
        Refusal::about("code", "offers-code-taken"),
    )
}

/// Inserts an offer; refused when the member has one with the same number.
pub(crate) fn add(tx: &mut Tx, offer: &Offer) -> Result<()> {
    let done = tx.add(&OFFER, values(offer));
    taken(done)
}

/// Saves an offer over the version its editor has seen.
pub(crate) fn change(tx: &mut Tx, offer: &mut Offer, seen: i64) -> Result<()> {
    let done = tx.change(&OFFER, values(offer), seen);
    offer.version = taken(done)?;
    Ok(())
}

/// An offer.
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Offer> {
    read(&tx.one(offer_columns!("WHERE o.id = $1"), &args![id])?)
}

/// Every offer of a member, oldest first.
pub(crate) fn of(tx: &mut Tx, organisation: Id) -> Result<Vec<Offer>> {
    let sql = offer_columns!("WHERE o.organisation_id = $1 ORDER BY o.id");
    read_all(&tx.rows(sql, &args![organisation])?)
}

/// The numbers a member has given its offers.
pub(crate) fn has_code(tx: &mut Tx, organisation: Id, code: &str) -> Result<bool> {
    let sql = "SELECT id FROM offer WHERE organisation_id = $1 AND code = $2";
    Ok(tx.row(sql, &args![organisation, code])?.is_some())
}

/// Offers in a stage, longest waiting first.
pub(crate) fn in_stage(tx: &mut Tx, stage: Stage) -> Result<Vec<Offer>> {
    let sql =
        offer_columns!("WHERE o.stage = $1 ORDER BY o.registered_at NULLS FIRST, o.id LIMIT 200");
    read_all(&tx.rows(sql, &args![stage.code()])?)
}

// Lists.

/// What a list of offers is asked for.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) after: (&'a str, Option<Id>),
    pub(crate) q: Option<&'a str>,
    pub(crate) service_class: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    pub(crate) language: Option<&'a str>,
    pub(crate) kind: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    pub(crate) organisation: Option<Id>,
    /// Only what two people let through.
    pub(crate) public: bool,
    /// Leaves out what is over, unless a state is asked for.
    pub(crate) running: bool,
    pub(crate) limit: i64,
}

/// A line of a list of offers.
pub(crate) struct Listed {
    pub(crate) offer: Offer,
    pub(crate) title_key: String,
    pub(crate) state: String,
    pub(crate) free: Option<i64>,
    pub(crate) organisation: Names,
    pub(crate) sample: bool,
}

/// A page of offers by title. The state is worked out as the rule does it.
pub(crate) fn page(tx: &mut Tx, wanted: &Wanted, today: Day) -> Result<Vec<Listed>> {
    let stale_before = today.plus(-crate::rules::ASSURED_DAYS);
    let rows = tx.rows(
        "SELECT s.id, s.title_key, s.state, s.free, s.names, s.sample FROM ( \
           SELECT o.id, o.title_key, o.search_key, o.service_class, o.places, o.languages, o.kind, \
             o.organisation_id, o.available_by, g.names, g.sample, l.free, \
             CASE WHEN o.stage = 'withdrawn' THEN 'withdrawn' \
               WHEN o.pledge THEN 'pledge' \
               WHEN o.stage <> 'available' THEN o.stage \
               WHEN o.window_to < $1 OR o.free_until < $1 THEN 'expired' \
               WHEN COALESCE(l.free, 0) = 0 AND COALESCE(l.reserved, 0) = 0 THEN 'exhausted' \
               WHEN o.assured_on < $2 THEN 'stale' \
               WHEN COALESCE(l.free, 0) = 0 THEN 'fully_reserved' \
               WHEN l.reserved + l.committed > 0 THEN 'partly_reserved' \
               ELSE 'available' END AS state \
           FROM offer o JOIN organisation g ON g.id = o.organisation_id \
           LEFT JOIN (SELECT offer_id, CAST(SUM(capacity - reserved - committed) AS BIGINT) AS free, \
               CAST(SUM(reserved) AS BIGINT) AS reserved, CAST(SUM(committed) AS BIGINT) AS committed \
             FROM offer_capacity WHERE period = 0 OR period >= $3 GROUP BY offer_id) l ON l.offer_id = o.id \
         ) s \
         WHERE (s.title_key > $4 OR (s.title_key = $4 AND s.id > $5)) \
         AND (CAST($6 AS TEXT) IS NULL OR s.search_key LIKE '%' || CAST($6 AS TEXT) || '%') \
         AND (CAST($7 AS TEXT) IS NULL OR s.service_class = CAST($7 AS TEXT)) \
         AND (CAST($8 AS TEXT) IS NULL OR s.places = '|*|' OR s.places LIKE '%|' || CAST($8 AS TEXT) || '%') \
         AND (CAST($9 AS TEXT) IS NULL OR s.languages = '|*|' OR s.languages LIKE '%|' || CAST($9 AS TEXT) || '|%') \
         AND (CAST($10 AS TEXT) IS NULL OR s.kind = CAST($10 AS TEXT)) \
         AND (CAST($11 AS TEXT) IS NULL OR s.state = CAST($11 AS TEXT)) \
         AND (CAST($12 AS UUID) IS NULL OR s.organisation_id = CAST($12 AS UUID)) \
         AND (NOT CAST($13 AS BOOLEAN) OR (s.available_by IS NOT NULL AND \
           s.state NOT IN ('draft', 'pledge', 'registered', 'checked'))) \
         AND (NOT CAST($14 AS BOOLEAN) OR s.state NOT IN ('withdrawn', 'expired')) \
         ORDER BY s.title_key, s.id LIMIT $15",
        &args![
            today,
            stale_before,
            Period::of(today).0,
            wanted.after.0,
            wanted.after.1.unwrap_or(Id(base::Uuid::nil())),
            wanted.q,
            wanted.service_class,
            wanted.country,
            wanted.language,
            wanted.kind,
            wanted.state,
            wanted.organisation,
            wanted.public,
            wanted.running && wanted.state.is_none(),
            wanted.limit
        ],
    )?;
    let mut listed = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut r = row.read();
        let id = r.id()?;
        listed.push(Listed {
            title_key: r.text()?,
            state: r.text()?,
            free: r.opt_int()?,
            organisation: r.names()?,
            sample: r.bool()?,
            offer: find(tx, id)?,
        });
    }
    Ok(listed)
}

/// How many offers two people let through and that are not over; pledges and drafts never count.
pub(crate) fn count_available(tx: &mut Tx, today: Day) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM offer WHERE stage = 'available' AND NOT pledge \
               AND window_to >= $1 AND free_until >= $1";
    tx.one(sql, &args![today])?.read().int()
}

// Capacity.

fn load_values(offer: Id, load: &Load) -> Vec<Val> {
    let row = args![
        offer,
        load.period.0,
        load.capacity,
        load.reserved,
        load.committed
    ];
    row.to_vec()
}

fn read_load(row: &Row) -> Result<Load> {
    let mut r = row.read();
    Ok(Load {
        period: Period(r.int()?),
        capacity: r.int()?,
        reserved: r.int()?,
        committed: r.int()?,
    })
}

/// The loads of an offer, by period.
pub(crate) fn loads(tx: &mut Tx, offer: Id) -> Result<Vec<Load>> {
    let sql = "SELECT period, capacity, reserved, committed FROM offer_capacity \
               WHERE offer_id = $1 ORDER BY period";
    tx.rows(sql, &args![offer])?.iter().map(read_load).collect()
}

/// Saves a load; the database itself refuses to hold more than there is.
pub(crate) fn put_load(tx: &mut Tx, offer: Id, load: &Load) -> Result<()> {
    let done = tx.put(&OFFER_CAPACITY, load_values(offer, load));
    let refusal = |key| {
        Refusal::about("quantity", key)
            .with("wanted", 0_i64)
            .with("left", 0_i64)
    };
    let done = db::on_check(done, "offer_capacity_holds", refusal("offers-capacity"));
    db::on_check(
        done,
        "offer_capacity_not_negative",
        refusal("offers-more-than-held"),
    )
}

/// Replaces the loads of an offer of which nothing is held.
pub(crate) fn set_loads(tx: &mut Tx, offer: Id, loads: &[Load]) -> Result<()> {
    for old in self::loads(tx, offer)? {
        if !loads.iter().any(|load| load.period == old.period) {
            tx.remove(&OFFER_CAPACITY, &args![offer, old.period.0])?;
        }
    }
    loads.iter().try_for_each(|load| put_load(tx, offer, load))
}

// Holds.

fn hold_values(h: &Held) -> Vec<Val> {
    let row = args![
        h.holder,
        h.offer,
        h.period.0,
        &h.country,
        h.reserved,
        h.committed
    ];
    row.to_vec()
}

/// Begins a hold; refused when the holder has one.
pub(crate) fn add_hold(tx: &mut Tx, held: &Held) -> Result<()> {
    let done = tx.add(&OFFER_HOLD, hold_values(held));
    db::on_unique(
        done,
        "offer_hold.holder_id",
        Refusal::whole("offers-already-held"),
    )
}

/// Saves a hold.
pub(crate) fn put_hold(tx: &mut Tx, held: &Held) -> Result<()> {
    let done = tx.put(&OFFER_HOLD, hold_values(held));
    let refusal = Refusal::about("quantity", "offers-more-than-held")
        .with("wanted", 0_i64)
        .with("left", 0_i64);
    db::on_check(done, "offer_hold_not_negative", refusal)
}

/// A hold.
pub(crate) fn hold(tx: &mut Tx, holder: Id) -> Result<Option<Held>> {
    let sql = "SELECT holder_id, offer_id, period, country, reserved, committed FROM offer_hold WHERE holder_id = $1";
    let row = tx.row(sql, &args![holder])?;
    row.map(|row| {
        let mut r = row.read();
        Ok(Held {
            holder: r.id()?,
            offer: r.id()?,
            period: Period(r.int()?),
            country: r.text()?,
            reserved: r.int()?,
            committed: r.int()?,
        })
    })
    .transpose()
}

/// Whether others hold reserved and committed parts of an offer in a country.
pub(crate) fn others_hold(tx: &mut Tx, offer: Id, country: &str, but: Id) -> Result<(bool, bool)> {
    let reserved = "SELECT holder_id FROM offer_hold WHERE offer_id = $1 AND country = $2 \
                    AND holder_id <> $3 AND reserved > 0 LIMIT 1";
    let committed = "SELECT holder_id FROM offer_hold WHERE offer_id = $1 AND country = $2 \
                     AND holder_id <> $3 AND committed > 0 LIMIT 1";
    let given = args![offer, country, but];
    Ok((
        tx.row(reserved, &given)?.is_some(),
        tx.row(committed, &given)?.is_some(),
    ))
}

/// The countries an offer was opened in.
fn opened(tx: &mut Tx, offer: Id) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT country FROM offer_hold WHERE offer_id = $1 AND reserved + committed > 0 ORDER BY country";
    tx.rows(sql, &args![offer])?
        .iter()
        .map(|row| row.read().text())
        .collect()
}

/// Every offer a matching round may use, by id, whoever its member is.
pub(crate) fn open(tx: &mut Tx, today: Day) -> Result<Vec<OpenOffer>> {
    let stale_before = today.plus(-crate::rules::ASSURED_DAYS);
    let sql = offer_columns!(
        "WHERE o.stage = 'available' AND o.assured_on >= $1 AND o.window_to >= $2 AND o.free_until >= $2 ORDER BY o.id"
    );
    let offers = read_all(&tx.rows(sql, &args![stale_before, today])?)?;
    let mut found = Vec::with_capacity(offers.len());
    for offer in offers {
        let loads = loads(tx, offer.id)?;
        let mut one = opened_out(offer, &loads);
        if one.kind == Kind::Inexhaustible {
            one.opened = opened(tx, one.id)?;
        }
        found.push(one);
    }
    Ok(found)
}

fn opened_out(o: Offer, loads: &[Load]) -> OpenOffer {
    let t = o.terms;
    let endless = t.kind == Kind::Inexhaustible;
    let by_period = |pick: fn(&Load) -> i64| match t.kind {
        Kind::Inexhaustible => Vec::new(),
        Kind::Stock | Kind::Rate => loads.iter().map(|load| (load.period, pick(load))).collect(),
    };
    OpenOffer {
        id: o.id,
        organisation: o.organisation,
        organisation_name: Names::default(),
        home: None,
        sample: false,
        capacity: by_period(Load::free),
        total: by_period(|load| load.capacity),
        countries_free: loads.first().filter(|_| endless).map_or(0, Load::free),
        opened: Vec::new(),
        title: t.title,
        code: t.code,
        service_class: t.service_class,
        kind: t.kind,
        lot_min: t.lot_min,
        lot_step: t.lot_step,
        lot_max: t.lot_max,
        places: t.places,
        languages: t.languages,
        levels: t.levels,
        modality: t.modality,
        tier: t.tier,
        window_from: t.window_from,
        window_to: t.window_to,
        setup_days: t.setup_days,
        free_until: t.free_until,
        unit_cost_cents: t.unit_cost_cents,
        fixed_cost_cents: t.fixed_cost_cents,
        conditions: t.conditions,
        condition_bits: o.condition_bits,
        evidence_level: t.evidence_level,
        assured_on: o.assured_on,
        version: o.version,
    }
}

// Capabilities.

fn capability_values(c: &Capability) -> Vec<Val> {
    vec![
        c.id.into(),
        c.organisation.into(),
        (&c.service_class).into(),
        (&c.people).into(),
        (&c.equipment).into(),
        (&c.funding).into(),
        c.note.clone().into(),
        c.assured_on.into(),
        c.ended_on.into(),
        c.version.into(),
    ]
}

macro_rules! capability_columns {
    ($rest:expr) => {
        concat!(
            "SELECT id, organisation_id, service_class, people, equipment, funding, note, assured_on, \
             ended_on, version FROM capability ",
            $rest
        )
    };
}

fn read_capability(row: &Row) -> Result<Capability> {
    let mut r = row.read();
    Ok(Capability {
        id: r.id()?,
        organisation: r.id()?,
        service_class: r.text()?,
        people: r.text()?,
        equipment: r.text()?,
        funding: r.text()?,
        note: r.opt_text()?,
        assured_on: r.day()?,
        ended_on: r.opt_day()?,
        version: r.int()?,
    })
}

pub(crate) fn add_capability(tx: &mut Tx, capability: &Capability) -> Result<()> {
    tx.add(&CAPABILITY, capability_values(capability))
}
pub(crate) fn change_capability(tx: &mut Tx, capability: &Capability, seen: i64) -> Result<()> {
    tx.change(&CAPABILITY, capability_values(capability), seen)?;
    Ok(())
}
pub(crate) fn capability(tx: &mut Tx, id: Id) -> Result<Capability> {
    read_capability(&tx.one(capability_columns!("WHERE id = $1"), &args![id])?)
}

/// A page of capabilities in force, by id: of one service class, of one member.
pub(crate) fn capabilities(
    tx: &mut Tx,
    after: Id,
    service_class: Option<&str>,
    organisation: Option<Id>,
    limit: i64,
) -> Result<Vec<Capability>> {
    let sql = capability_columns!(
        "WHERE ended_on IS NULL AND id > $1 \
         AND (CAST($2 AS TEXT) IS NULL OR service_class = CAST($2 AS TEXT)) \
         AND (CAST($3 AS UUID) IS NULL OR organisation_id = CAST($3 AS UUID)) ORDER BY id LIMIT $4"
    );
    tx.rows(sql, &args![after, service_class, organisation, limit])?
        .iter()
        .map(read_capability)
        .collect()
}

// Imports.

/// A file of offers that was tried.
pub(crate) struct Import {
    pub(crate) id: Id,
    pub(crate) organisation: Id,
    pub(crate) file_name: String,
    pub(crate) file_hash: String,
    pub(crate) rows: i64,
    pub(crate) refused: serde_json::Value,
    pub(crate) notes: serde_json::Value,
    pub(crate) accepted: bool,
    pub(crate) made_by: Id,
    pub(crate) made_at: Moment,
}

pub(crate) fn add_import(tx: &mut Tx, i: &Import) -> Result<()> {
    tx.exec(
        "INSERT INTO offer_import (id, organisation_id, file_name, file_hash, row_count, refused, notes, \
         state, made_by, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 'tried', $8, $9, 1)",
        &args![
            i.id,
            i.organisation,
            &i.file_name,
            &i.file_hash,
            i.rows,
            &i.refused,
            &i.notes,
            i.made_by,
            i.made_at
        ],
    )?;
    Ok(())
}

pub(crate) fn import(tx: &mut Tx, id: Id) -> Result<Import> {
    let row = tx.one(
        "SELECT id, organisation_id, file_name, file_hash, row_count, refused, notes, state, made_by, made_at \
         FROM offer_import WHERE id = $1",
        &args![id],
    )?;
    let mut r = row.read();
    Ok(Import {
        id: r.id()?,
        organisation: r.id()?,
        file_name: r.text()?,
        file_hash: r.text()?,
        rows: r.int()?,
        refused: r.json()?,
        notes: r.json()?,
        accepted: r.text()? == "accepted",
        made_by: r.id()?,
        made_at: r.moment()?,
    })
}

/// Marks a tried import as accepted, once.
pub(crate) fn accept_import(tx: &mut Tx, id: Id) -> Result<()> {
    let sql = "UPDATE offer_import SET state = 'accepted', version = version + 1 WHERE id = $1 AND state = 'tried'";
    if tx.exec(sql, &args![id])? == 0 {
        return Err(Refusal::whole("offers-import-accepted").into());
    }
    Ok(())
}

// Checks.

/// Offers whose loads say another sum than what is held of them.
pub(crate) fn out_of_balance(tx: &mut Tx) -> Result<Vec<Id>> {
    let sql = "SELECT c.offer_id FROM offer_capacity c JOIN offer o ON o.id = c.offer_id \
               LEFT JOIN (SELECT offer_id, period, CAST(SUM(reserved) AS BIGINT) AS reserved, \
                 CAST(SUM(committed) AS BIGINT) AS committed FROM offer_hold GROUP BY offer_id, period) h \
               ON h.offer_id = c.offer_id AND h.period = c.period \
               WHERE o.kind <> 'inexhaustible' AND (c.reserved <> COALESCE(h.reserved, 0) \
               OR c.committed <> COALESCE(h.committed, 0)) ORDER BY c.offer_id LIMIT 100";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}

/// Inexhaustible offers whose load counts other countries than the holds say.
pub(crate) fn out_of_countries(tx: &mut Tx) -> Result<Vec<Id>> {
    let sql = "SELECT c.offer_id FROM offer_capacity c JOIN offer o ON o.id = c.offer_id \
               WHERE o.kind = 'inexhaustible' AND c.reserved + c.committed <> \
               (SELECT COUNT(DISTINCT h.country) FROM offer_hold h WHERE h.offer_id = c.offer_id \
               AND h.reserved + h.committed > 0) ORDER BY c.offer_id LIMIT 100";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}
