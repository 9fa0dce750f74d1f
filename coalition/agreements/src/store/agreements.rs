//! Agreements, their parties and schedules.

use super::{barred, parsed, unbarred};
use crate::agreement::{Agreement, Party, Scheduled, Side, Stage, Version};
use crate::rules;
use base::{Day, Error, Id, Refusal, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// Agreements.
    AGREEMENT = "agreement" key 1 {
        id: Id, code: Text, country: Text, year: Int, serial: Int, authority_id: Id, member_id: Id,
        title: Text, search_key: Text, kind: Text, service_classes: Text, starts_on: Text,
        ends_on: Text, free_until: Text, stage: Text, number: Int, latest: Int, amendment: Text, signed_on: Text,
        reason: Text, ended_on: Text, ended_by: Id, ended_side: Text, ended_paper: Text, batch_id: Id, sample: Bool,
        made_at: Int, version: Int,
    }
);
db::table!(
    /// Who is bound.
    PARTY = "agreement_party" key 2 {
        agreement_id: Id, place: Int, organisation_id: Id, role: Text,
    }
);
db::table!(
    /// The proposals an agreement makes binding.
    SCHEDULE = "agreement_schedule" key 1 {
        id: Id, agreement_id: Id, place: Int, proposal_id: Id, offer_id: Id, need_id: Id,
        service_class: Text, quantity: Int, given: Int, places: Text, from_on: Text, to_on: Text,
        holds: Bool,
    }
);

fn values(a: &Agreement, search_key: &str) -> Vec<Val> {
    args![
        a.id,
        &a.code,
        &a.country,
        a.year,
        a.serial,
        a.authority,
        a.member,
        &a.terms.title,
        search_key,
        &a.terms.kind,
        barred(&a.service_classes),
        a.terms.starts_on,
        a.terms.ends_on,
        a.terms.free_until,
        a.stage.code(),
        a.number,
        a.latest,
        a.amendment.map(Stage::code),
        a.signed_on,
        a.reason.clone(),
        a.ended_on,
        a.ended_by,
        a.ended_side.map(Side::code),
        a.ended_paper.clone(),
        a.batch,
        a.sample,
        a.made_at,
        a.version
    ]
    .to_vec()
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.code, a.country, a.year, a.serial, a.authority_id, a.member_id, v.terms, \
             a.service_classes, a.stage, a.number, a.latest, a.amendment, a.signed_on, a.reason, a.ended_on, \
             a.ended_by, a.ended_side, a.ended_paper, a.batch_id, a.sample, a.made_at, a.version \
             FROM agreement a JOIN agreement_version v ON v.agreement_id = a.id AND v.number = a.number ",
            $rest
        )
    };
}

fn stage(code: &str) -> Result<Stage> {
    Stage::parse(code).ok_or_else(|| Error::fault(format!("no stage {code}")))
}

fn read(row: &Row, today: Day) -> Result<Agreement> {
    let mut r = row.read();
    let mut agreement = Agreement {
        id: r.id()?,
        code: r.text()?,
        country: r.text()?,
        year: r.int()?,
        serial: r.int()?,
        authority: r.id()?,
        member: r.id()?,
        terms: parsed(r.str()?)?,
        service_classes: unbarred(r.str()?),
        stage: stage(r.str()?)?,
        number: r.int()?,
        latest: r.int()?,
        amendment: r.opt_text()?.as_deref().map(stage).transpose()?,
        signed_on: r.opt_day()?,
        standing: crate::Standing::Draft,
        reason: r.opt_text()?,
        ended_on: r.opt_day()?,
        ended_by: r.opt_id()?,
        ended_side: r.opt_text()?.as_deref().and_then(Side::parse),
        ended_paper: r.opt_text()?,
        batch: r.opt_id()?,
        sample: r.bool()?,
        made_at: r.moment()?,
        version: r.int()?,
    };
    agreement.standing = rules::standing(&agreement, today);
    Ok(agreement)
}

/// Writes a new agreement with what it may be found by.
pub(crate) fn add(tx: &mut Tx, agreement: &Agreement, search_key: &str) -> Result<()> {
    tx.add(&AGREEMENT, values(agreement, search_key))
}

/// Saves an agreement over the version that was read.
pub(crate) fn change(tx: &mut Tx, agreement: &mut Agreement) -> Result<()> {
    let sql = "SELECT search_key FROM agreement WHERE id = $1";
    let key = tx.one(sql, &args![agreement.id])?.read().text()?;
    change_found_by(tx, agreement, &key)
}

/// Saves an agreement that is found by other words than before.
pub(crate) fn change_found_by(tx: &mut Tx, a: &mut Agreement, search_key: &str) -> Result<()> {
    a.version = tx.change(&AGREEMENT, values(a, search_key), a.version)?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx, id: Id, today: Day) -> Result<Agreement> {
    read(&tx.one(select!("WHERE a.id = $1"), &args![id])?, today)
}

/// An agreement nobody else may change until the transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id, today: Day) -> Result<Agreement> {
    tx.one(
        "SELECT id FROM agreement WHERE id = $1 FOR UPDATE",
        &args![id],
    )?;
    find(tx, id, today)
}

/// The next free number of a country's agreements in a year; the numbers are the caller's until
/// the transaction ends.
pub(crate) fn next_serial(tx: &mut Tx, country: &str, year: i64) -> Result<i64> {
    tx.lock(&format!("agreement number {country}"))?;
    let sql = "SELECT CAST(COALESCE(MAX(serial), 0) AS BIGINT) FROM agreement WHERE country = $1 AND year = $2";
    Ok(tx.one(sql, &args![country, year])?.read().int()? + 1)
}

/// Which agreements are asked for; what is none does not narrow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// The reader sees all; otherwise what is public and those of the organisations and countries.
    pub all: bool,
    pub members: Vec<Id>,
    pub countries: Vec<String>,
    pub q: Option<String>,
    pub country: Option<String>,
    pub member: Option<Id>,
    pub service_class: Option<String>,
    pub kind: Option<String>,
    pub state: Option<String>,
    pub batch: Option<Id>,
    pub before: Option<Id>,
    pub limit: i64,
}

/// Agreements, the newest first. The standing is worked out here as `rules::standing` does.
pub(crate) fn list(tx: &mut Tx, w: &Wanted, today: Day) -> Result<Vec<Agreement>> {
    let sql = select!(
        "WHERE a.id IN (SELECT id FROM agreement \
         WHERE ($1 OR signed_on IS NOT NULL OR member_id IN ($2, $3, $4) OR country IN ($5, $6, $7)) \
         AND (CAST($8 AS UUID) IS NULL OR id < CAST($8 AS UUID)) \
         AND (CAST($9 AS TEXT) IS NULL OR country = CAST($9 AS TEXT)) \
         AND (CAST($10 AS UUID) IS NULL OR member_id = CAST($10 AS UUID)) \
         AND (CAST($11 AS TEXT) IS NULL OR kind = CAST($11 AS TEXT)) \
         AND (CAST($12 AS UUID) IS NULL OR batch_id = CAST($12 AS UUID)) \
         AND (CAST($13 AS TEXT) IS NULL OR service_classes LIKE '%|' || CAST($13 AS TEXT) || '|%') \
         AND (CAST($14 AS TEXT) IS NULL OR CAST($14 AS TEXT) = CASE \
             WHEN stage IN ('suspended', 'terminated', 'withdrawn') OR signed_on IS NULL THEN stage \
             WHEN ends_on < $15 THEN 'ended' WHEN starts_on > $15 OR signed_on > $15 THEN 'signed' ELSE 'in_force' END) \
         AND (CAST($16 AS TEXT) IS NULL OR search_key LIKE '%' || CAST($16 AS TEXT) || '%') \
         ORDER BY id DESC LIMIT $17) ORDER BY a.id DESC"
    );
    let nobody = Id::named("nobody", "nobody");
    let member = |at: usize| w.members.get(at).copied().unwrap_or(nobody);
    let country = |at: usize| w.countries.get(at).cloned().unwrap_or_default();
    let args = args![
        w.all,
        member(0),
        member(1),
        member(2),
        country(0),
        country(1),
        country(2),
        w.before,
        w.country.clone(),
        w.member,
        w.kind.clone(),
        w.batch,
        w.service_class.clone(),
        w.state.clone(),
        today,
        w.q.clone(),
        w.limit
    ];
    tx.rows(sql, &args)?
        .iter()
        .map(|row| read(row, today))
        .collect()
}

/// Those that were signed once, the oldest first, as they are read.
pub(crate) fn each_signed(
    tx: &mut Tx,
    today: Day,
    told: &mut dyn FnMut(&Agreement) -> Result<()>,
) -> Result<()> {
    let sql = select!("WHERE a.signed_on IS NOT NULL ORDER BY a.id");
    tx.each(sql, &[], &mut |row| told(&read(&row, today)?))
}

/// Agreements of a party in preparation or in force, oldest first, after one of them.
pub(crate) fn of_member(
    tx: &mut Tx,
    member: Id,
    after: Option<Id>,
    limit: i64,
    today: Day,
) -> Result<Vec<Agreement>> {
    let sql = select!(
        "WHERE a.member_id = $1 AND (CAST($2 AS UUID) IS NULL OR a.id > CAST($2 AS UUID)) ORDER BY a.id LIMIT $3"
    );
    let rows = tx.rows(sql, &args![member, after, limit])?;
    rows.iter().map(|row| read(row, today)).collect()
}
pub(crate) fn of_country(
    tx: &mut Tx,
    country: &str,
    after: Option<Id>,
    limit: i64,
    today: Day,
) -> Result<Vec<Agreement>> {
    let sql = select!(
        "WHERE a.country = $1 AND (CAST($2 AS UUID) IS NULL OR a.id > CAST($2 AS UUID)) ORDER BY a.id LIMIT $3"
    );
    let rows = tx.rows(sql, &args![country, after, limit])?;
    rows.iter().map(|row| read(row, today)).collect()
}

/// Agreements with a version in preparation, the oldest first, each with that version.
pub(crate) fn in_preparation(
    tx: &mut Tx,
    limit: i64,
    today: Day,
) -> Result<Vec<(Agreement, Version)>> {
    let sql = select!(
        "WHERE a.id IN (SELECT id FROM agreement WHERE signed_on IS NULL \
           AND stage IN ('draft', 'under_review', 'for_signature') \
         UNION SELECT id FROM agreement WHERE amendment IS NOT NULL ORDER BY id LIMIT $1) ORDER BY a.id"
    );
    let mut out = Vec::new();
    for row in tx.rows(sql, &args![limit])? {
        let agreement = read(&row, today)?;
        if let Some((number, _)) = agreement.open() {
            let version = super::versions::find(tx, agreement.id, number)?;
            out.push((agreement, version));
        }
    }
    Ok(out)
}

/// Agreements that serve a need, the newest first.
pub(crate) fn of_need(tx: &mut Tx, need: Id, limit: i64, today: Day) -> Result<Vec<Agreement>> {
    let sql = select!(
        "WHERE a.id IN (SELECT agreement_id FROM agreement_schedule WHERE need_id = $1 AND holds) \
         ORDER BY a.id DESC LIMIT $2"
    );
    let rows = tx.rows(sql, &args![need, limit])?;
    rows.iter().map(|row| read(row, today)).collect()
}

/// How many agreements a day finds in force.
pub(crate) fn count_in_force(tx: &mut Tx, today: Day) -> Result<i64> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM agreement WHERE signed_on <= $1 AND starts_on <= $1 \
        AND ends_on >= $1 AND stage = 'for_signature'";
    tx.one(sql, &args![today])?.read().int()
}

/// The version that is valid, or the first while nobody has signed.
pub(crate) fn number(tx: &mut Tx, id: Id) -> Result<i64> {
    let sql = "SELECT number FROM agreement WHERE id = $1";
    tx.one(sql, &args![id])?.read().int()
}

// ---- parties

pub(crate) fn add_parties(tx: &mut Tx, agreement: Id, parties: &[(Id, &str)]) -> Result<()> {
    let rows = (1_i64..).zip(parties);
    let rows = rows.map(|(place, (organisation, role))| {
        args![agreement, place, *organisation, *role].to_vec()
    });
    tx.add_many(&PARTY, rows.collect())
}

/// The parties with their signatures under a version.
pub(crate) fn parties(tx: &mut Tx, agreement: Id, number: i64) -> Result<Vec<Party>> {
    let sql = "SELECT p.organisation_id, p.role, s.signed_at FROM agreement_party p \
        LEFT JOIN agreement_signature s ON s.agreement_id = p.agreement_id AND s.number = $2 \
          AND s.organisation_id = p.organisation_id \
        WHERE p.agreement_id = $1 ORDER BY p.place, p.organisation_id";
    let rows = tx.rows(sql, &args![agreement, number])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Party {
                organisation: r.id()?,
                role: r.text()?,
                signed_at: r.opt_moment()?,
            })
        })
        .collect()
}

// ---- the schedule

fn scheduled(s: &Scheduled, place: i64) -> Vec<Val> {
    args![
        s.id,
        s.agreement,
        place,
        s.proposal,
        s.offer,
        s.need,
        &s.service_class,
        s.quantity,
        s.given,
        barred(&s.places),
        s.from,
        s.to,
        s.holds
    ]
    .to_vec()
}

/// Writes the schedule.
///
/// # Errors
/// Refused when another agreement already holds one of the proposals.
pub(crate) fn add_schedule(tx: &mut Tx, schedule: &[Scheduled]) -> Result<()> {
    let rows = (1_i64..).zip(schedule);
    let rows = rows.map(|(place, one)| scheduled(one, place)).collect();
    let taken = Refusal::about("proposals", "agreements-proposal-taken-now");
    db::on_unique(
        tx.add_many(&SCHEDULE, rows),
        "agreement_schedule.proposal_id",
        taken,
    )
}

pub(crate) fn schedule(tx: &mut Tx, agreement: Id) -> Result<Vec<Scheduled>> {
    let sql = "SELECT id, agreement_id, proposal_id, offer_id, need_id, service_class, quantity, given, \
        places, from_on, to_on, holds FROM agreement_schedule WHERE agreement_id = $1 ORDER BY place, id";
    tx.rows(sql, &args![agreement])?
        .iter()
        .map(read_scheduled)
        .collect()
}

fn read_scheduled(row: &Row) -> Result<Scheduled> {
    let mut r = row.read();
    Ok(Scheduled {
        id: r.id()?,
        agreement: r.id()?,
        proposal: r.id()?,
        offer: r.id()?,
        need: r.id()?,
        service_class: r.text()?,
        quantity: r.int()?,
        given: r.int()?,
        places: unbarred(r.str()?),
        from: r.day()?,
        to: r.day()?,
        holds: r.bool()?,
    })
}

/// Sets the days of a schedule, or lets its proposals go.
pub(crate) fn put_schedule(tx: &mut Tx, schedule: &[Scheduled]) -> Result<()> {
    for (place, one) in (1_i64..).zip(schedule) {
        tx.put(&SCHEDULE, scheduled(one, place))?;
    }
    Ok(())
}

/// The agreement that holds a proposal, with its code.
pub(crate) fn holder_of(tx: &mut Tx, proposal: Id) -> Result<Option<(Id, String)>> {
    let sql = "SELECT a.id, a.code FROM agreement_schedule s JOIN agreement a ON a.id = s.agreement_id \
        WHERE s.proposal_id = $1 AND s.holds";
    let row = tx.row(sql, &args![proposal])?;
    row.map(|row| {
        let mut r = row.read();
        Ok((r.id()?, r.text()?))
    })
    .transpose()
}

/// Agreements of the same parties that stand and bring one of these services in these days, as far
/// as somebody would look at them: what a new one may repeat.
pub(crate) fn alike(
    tx: &mut Tx,
    (authority, member): (Id, Id),
    but: Option<Id>,
    service_classes: &[String],
    (from, to): (Day, Day),
) -> Result<Vec<(Id, String, Scheduled)>> {
    let sql = "SELECT a.code, s.id, s.agreement_id, s.proposal_id, s.offer_id, s.need_id, s.service_class, \
        s.quantity, s.given, s.places, s.from_on, s.to_on, s.holds \
        FROM agreement a JOIN agreement_schedule s ON s.agreement_id = a.id \
        WHERE a.member_id = $1 AND a.authority_id = $2 AND a.stage NOT IN ('terminated', 'withdrawn') \
        AND (CAST($3 AS UUID) IS NULL OR a.id <> CAST($3 AS UUID)) \
        AND s.from_on <= $5 AND s.to_on >= $4 AND CAST($6 AS TEXT) LIKE '%|' || s.service_class || '|%' \
        ORDER BY a.id, s.place, s.id LIMIT $7";
    let classes = barred(service_classes);
    let args = args![member, authority, but, from, to, classes, ALIKE_MAX];
    let rows = tx.rows(sql, &args)?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            let code = r.text()?;
            let scheduled = Scheduled {
                id: r.id()?,
                agreement: r.id()?,
                proposal: r.id()?,
                offer: r.id()?,
                need: r.id()?,
                service_class: r.text()?,
                quantity: r.int()?,
                given: r.int()?,
                places: unbarred(r.str()?),
                from: r.day()?,
                to: r.day()?,
                holds: r.bool()?,
            };
            Ok((scheduled.agreement, code, scheduled))
        })
        .collect()
}

/// Parts of other agreements a draft is held against at most.
const ALIKE_MAX: i64 = 200;

// ---- what others have: agreed proposals

/// Proposals both sides accepted and no agreement holds yet, of a round or country, by member.
pub(crate) fn agreed_without(
    tx: &mut Tx,
    round: Option<Id>,
    country: Option<&str>,
) -> Result<Vec<Id>> {
    let sql = "SELECT p.id FROM proposal p WHERE p.member_accepted AND p.authority_accepted \
        AND p.superseded_at IS NULL AND p.quantity_now > 0 \
        AND (CAST($1 AS UUID) IS NULL OR p.round_id = CAST($1 AS UUID)) \
        AND (CAST($2 AS TEXT) IS NULL OR p.country = CAST($2 AS TEXT)) \
        AND NOT EXISTS (SELECT 1 FROM agreement_schedule s WHERE s.proposal_id = p.id AND s.holds) \
        ORDER BY p.country, p.member_id, p.id";
    tx.rows(sql, &args![round, country])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}
