//! Every SQL statement of this room.

pub(crate) mod coverage;
pub(crate) mod lines;
pub(crate) mod overlaps;
pub(crate) mod steps;

use crate::deployment::{Deployment, InPerson, Scope, Stage, Standing};
use crate::rules;
use base::{Day, Id, Result, fold};
use db::{Row, Tx, Val, args};

db::table!(
    /// Deployments.
    DEPLOYMENT = "deployment" key 1 {
        id: Id, country: Text, year: Int, number: Int, code: Text, agreement_id: Id, member_id: Id,
        service_class: Text, title: Text, search_key: Text, places: Text, learner_group: Text,
        levels: Text, flagship: Text, missions: Text, in_person: Text, replaces_reason: Text,
        planned_from: Text, planned_to: Text, actual_from: Text, actual_to: Text, reach_planned: Int,
        units: Int, lines: Int, assets_to: Text, maintenance: Text, financing_after: Text,
        free_until: Text, stage: Text, planned_by: Id, planned_at: Int, claimed_by: Id,
        confirmed_by: Id, version: Int,
    }
);
db::table!(
    /// The organisations that do it.
    ORGANISATION = "deployment_organisation" key 2 { deployment_id: Id, organisation_id: Id }
);

/// The ledgered tables of this room, upstream first.
pub(crate) static TABLES: [&db::Table; 9] = [
    &DEPLOYMENT,
    &ORGANISATION,
    &lines::LINE,
    &lines::NEED,
    &overlaps::PLACE,
    &steps::INVOLVEMENT,
    &steps::STEP,
    &overlaps::OVERLAP,
    &overlaps::OVERLAP_STEP,
];

/// Codes as they are kept: each between bars, so that one can be looked for.
pub(crate) fn barred(codes: &[String]) -> String {
    if codes.is_empty() {
        String::new()
    } else {
        format!("|{}|", codes.join("|"))
    }
}
pub(crate) fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A folded text as LIKE looks for it anywhere.
pub(crate) fn like(q: &str) -> String {
    format!("%{}%", q.replace(['%', '_', '\\'], ""))
}

/// Its agreement is suspended.
macro_rules! suspended {
    () => {
        "a.stage = 'suspended'"
    };
}

/// How a deployment stands on the day $1.
macro_rules! standing {
    () => {
        concat!(
            "CASE WHEN d.stage IN ('planned', 'active', 'paused', 'completion_claimed') AND ",
            suspended!(),
            " THEN 'suspended' WHEN d.stage <> 'planned' THEN d.stage \
             WHEN EXISTS (SELECT 1 FROM overlap o WHERE o.deployment_id = d.id AND o.resolution IS NULL) \
             OR EXISTS (SELECT 1 FROM overlap o WHERE o.other_id = d.id AND o.resolution IS NULL) THEN 'blocked' \
             WHEN EXISTS (SELECT 1 FROM deployment_need dn JOIN need n ON n.id = dn.need_id \
               WHERE dn.deployment_id = d.id AND (n.ended IS NOT NULL OR (n.valid_until < $1 AND EXISTS \
                 (SELECT 1 FROM need_line l JOIN balance b ON b.line_id = l.id \
                  WHERE l.need_id = n.id AND b.uncovered + b.proposed > 0)))) THEN 'planned' \
             WHEN (SELECT COUNT(DISTINCT t.stage) FROM teacher_involvement t \
               WHERE t.deployment_id = d.id AND t.stage IN ('design', 'testing')) < 2 THEN 'planned' \
             WHEN a.stage <> 'for_signature' OR a.signed_on IS NULL OR a.starts_on > $1 OR a.ends_on < $1 THEN 'planned' \
             ELSE 'cleared' END"
        )
    };
}

macro_rules! deployments {
    ($rest:expr) => {
        concat!(
            "SELECT d.id, d.code, d.country, d.agreement_id, d.member_id, d.service_class, d.title, d.places, \
             d.learner_group, d.levels, d.flagship, d.missions, d.in_person, d.replaces_reason, \
             d.planned_from, d.planned_to, d.actual_from, d.actual_to, d.reach_planned, d.units, d.lines, \
             d.assets_to, d.maintenance, d.financing_after, d.free_until, d.stage, d.planned_by, \
             d.planned_at, d.claimed_by, d.confirmed_by, d.version, ",
            standing!(),
            " FROM deployment d JOIN agreement a ON a.id = d.agreement_id ",
            $rest
        )
    };
}

fn values(d: &Deployment, (year, number): (i64, i64)) -> Vec<Val> {
    let names: Vec<String> = d.title.0.values().map(|name| fold(name)).collect();
    args![
        d.id,
        &d.country,
        year,
        number,
        &d.code,
        d.agreement,
        d.member,
        &d.service_class,
        &d.title,
        format!("{} {}", fold(&d.code), names.join(" ")),
        barred(&d.places),
        d.group.clone(),
        barred(&d.levels),
        d.flagship.clone(),
        barred(&d.missions),
        d.in_person.code(),
        d.replaces_reason.clone(),
        d.planned_from,
        d.planned_to,
        d.actual_from,
        d.actual_to,
        d.reach_planned,
        d.units,
        d.lines,
        &d.assets_to,
        &d.maintenance,
        &d.financing_after,
        d.free_until,
        d.stage.code(),
        d.planned_by,
        d.planned_at,
        d.claimed_by,
        d.confirmed_by,
        d.version
    ]
    .to_vec()
}

fn read(row: &Row, today: Day) -> Result<Deployment> {
    let mut r = row.read();
    let mut d = Deployment {
        id: r.id()?,
        code: r.text()?,
        country: r.text()?,
        agreement: r.id()?,
        member: r.id()?,
        implementers: Vec::new(),
        service_class: r.text()?,
        title: r.names()?,
        places: unbarred(r.str()?),
        group: r.opt_text()?,
        levels: unbarred(r.str()?),
        flagship: r.opt_text()?,
        missions: unbarred(r.str()?),
        in_person: InPerson::parse(r.str()?),
        replaces_reason: r.opt_text()?,
        planned_from: r.day()?,
        planned_to: r.day()?,
        actual_from: r.opt_day()?,
        actual_to: r.opt_day()?,
        reach_planned: r.opt_int()?,
        units: r.int()?,
        lines: r.int()?,
        assets_to: r.text()?,
        maintenance: r.text()?,
        financing_after: r.text()?,
        free_until: r.day()?,
        stage: Stage::parse(r.str()?).unwrap_or(Stage::Planned),
        planned_by: r.id()?,
        planned_at: r.moment()?,
        claimed_by: r.opt_id()?,
        confirmed_by: r.opt_id()?,
        version: r.int()?,
        standing: Standing::parse(r.str()?).unwrap_or(Standing::Planned),
        overdue: false,
    };
    d.overdue = rules::overdue(&d, today);
    Ok(d)
}

/// Year and number of a code such as `HN-2026-D-0001`.
fn numbers(code: &str) -> (i64, i64) {
    let mut parts = code.split('-').filter_map(|part| part.parse().ok());
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

pub(crate) fn add(tx: &mut Tx, d: &Deployment) -> Result<()> {
    tx.add(&DEPLOYMENT, values(d, numbers(&d.code)))?;
    set_implementers(tx, d.id, &[], &d.implementers)
}
/// Saves a deployment over the version it was read in, and moves its version on.
pub(crate) fn change(tx: &mut Tx, d: &mut Deployment) -> Result<()> {
    d.version = tx.change(&DEPLOYMENT, values(d, numbers(&d.code)), d.version)?;
    Ok(())
}
pub(crate) fn set_implementers(tx: &mut Tx, id: Id, old: &[Id], new: &[Id]) -> Result<()> {
    for gone in old.iter().filter(|one| !new.contains(one)) {
        tx.remove(&ORGANISATION, &args![id, *gone])?;
    }
    let fresh = new.iter().filter(|one| !old.contains(one));
    tx.add_many(
        &ORGANISATION,
        fresh.map(|one| args![id, *one].to_vec()).collect(),
    )
}
pub(crate) fn implementers(tx: &mut Tx, id: Id) -> Result<Vec<Id>> {
    let sql = "SELECT organisation_id FROM deployment_organisation WHERE deployment_id = $1 ORDER BY organisation_id";
    tx.rows(sql, &args![id])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}
pub(crate) fn next_number(tx: &mut Tx, country: &str, year: i64) -> Result<i64> {
    tx.lock("deployment-number")?;
    let sql =
        "SELECT COALESCE(MAX(number), 0) + 1 FROM deployment WHERE country = $1 AND year = $2";
    tx.one(sql, &args![country, year])?.read().int()
}

pub(crate) fn find(tx: &mut Tx, id: Id, today: Day) -> Result<Deployment> {
    let row = tx.one(deployments!("WHERE d.id = $2"), &args![today, id])?;
    let mut found = read(&row, today)?;
    found.implementers = implementers(tx, id)?;
    Ok(found)
}
/// Reads a deployment nobody else changes until the transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id, today: Day) -> Result<Deployment> {
    tx.one(
        "SELECT id FROM deployment WHERE id = $1 FOR UPDATE",
        &args![id],
    )?;
    find(tx, id, today)
}
/// A deployment without its implementing organisations.
pub(crate) fn head(tx: &mut Tx, id: Id, today: Day) -> Result<Deployment> {
    read(
        &tx.one(deployments!("WHERE d.id = $2"), &args![today, id])?,
        today,
    )
}

pub(crate) fn each(
    tx: &mut Tx,
    scope: &Scope,
    today: Day,
    seen: &mut dyn FnMut(Deployment) -> Result<()>,
) -> Result<()> {
    let (sql, args) = match scope {
        Scope::Everything => (deployments!("ORDER BY d.id"), args![today].to_vec()),
        Scope::Country(code) => (
            deployments!("WHERE d.country = $2 ORDER BY d.id"),
            args![today, code].to_vec(),
        ),
        Scope::Member(id) => (
            deployments!("WHERE d.member_id = $2 ORDER BY d.id"),
            args![today, *id].to_vec(),
        ),
        Scope::Agreement(id) => (
            deployments!("WHERE d.agreement_id = $2 ORDER BY d.id"),
            args![today, *id].to_vec(),
        ),
    };
    // One pass beside the other: the organisations come in the same order.
    let mut by = std::collections::BTreeMap::<Id, Vec<Id>>::new();
    let own = "SELECT o.deployment_id, o.organisation_id FROM deployment_organisation o \
               JOIN deployment d ON d.id = o.deployment_id \
               WHERE (CAST($1 AS TEXT) IS NULL OR d.country = CAST($1 AS TEXT)) \
               AND (CAST($2 AS UUID) IS NULL OR d.member_id = CAST($2 AS UUID)) \
               AND (CAST($3 AS UUID) IS NULL OR d.agreement_id = CAST($3 AS UUID)) \
               ORDER BY o.deployment_id, o.organisation_id";
    let (country, member, agreement) = match scope {
        Scope::Everything => (None, None, None),
        Scope::Country(code) => (Some(code.as_str()), None, None),
        Scope::Member(id) => (None, Some(*id), None),
        Scope::Agreement(id) => (None, None, Some(*id)),
    };
    tx.each(own, &args![country, member, agreement], &mut |row| {
        let mut r = row.read();
        by.entry(r.id()?).or_default().push(r.id()?);
        Ok(())
    })?;
    tx.each(sql, &args, &mut |row| {
        let mut found = read(&row, today)?;
        found.implementers = by.remove(&found.id).unwrap_or_default();
        seen(found)
    })
}

/// Which deployments a list asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub country: Option<String>,
    pub member: Option<Id>,
    pub agreement: Option<Id>,
    pub service_class: Option<String>,
    pub standing: Option<String>,
    pub q: Option<String>,
    pub before: Option<Id>,
    pub limit: i64,
}

/// Deployments, the newest first.
pub(crate) fn list(tx: &mut Tx, w: &Wanted, today: Day) -> Result<Vec<Deployment>> {
    let sql = deployments!(concat!(
        "WHERE (CAST($2 AS TEXT) IS NULL OR d.country = CAST($2 AS TEXT)) \
         AND (CAST($3 AS UUID) IS NULL OR d.member_id = CAST($3 AS UUID)) \
         AND (CAST($4 AS UUID) IS NULL OR d.agreement_id = CAST($4 AS UUID)) \
         AND (CAST($5 AS TEXT) IS NULL OR d.service_class = CAST($5 AS TEXT)) \
         AND (CAST($6 AS TEXT) IS NULL OR ((CAST($7 AS TEXT) IS NULL OR d.stage = CAST($7 AS TEXT)) \
           AND CAST($6 AS TEXT) = ",
        standing!(),
        ")) AND (CAST($8 AS TEXT) IS NULL OR d.search_key LIKE CAST($8 AS TEXT) ESCAPE '\\') \
         AND (CAST($9 AS UUID) IS NULL OR d.id < CAST($9 AS UUID)) ORDER BY d.id DESC LIMIT $10"
    ));
    let stage = w
        .standing
        .as_deref()
        .and_then(rules::stage_of)
        .map(Stage::code);
    let args = args![
        today,
        w.country.clone(),
        w.member,
        w.agreement,
        w.service_class.clone(),
        w.standing.clone(),
        stage,
        w.q.as_deref().map(like),
        w.before,
        w.limit
    ];
    tx.rows(sql, &args)?
        .iter()
        .map(|row| read(row, today))
        .collect()
}

pub(crate) fn count(tx: &mut Tx, scope: &Scope) -> Result<i64> {
    let one = |tx: &mut Tx, sql: &'static str, args: &[Val]| tx.one(sql, args)?.read().int();
    match scope {
        Scope::Everything => one(
            tx,
            "SELECT COUNT(*) FROM deployment WHERE stage <> 'cancelled'",
            &[],
        ),
        Scope::Country(code) => one(
            tx,
            "SELECT COUNT(*) FROM deployment WHERE country = $1 AND stage <> 'cancelled'",
            &args![code],
        ),
        Scope::Member(id) => one(
            tx,
            "SELECT COUNT(*) FROM deployment WHERE member_id = $1 AND stage <> 'cancelled'",
            &args![*id],
        ),
        Scope::Agreement(id) => one(
            tx,
            "SELECT COUNT(*) FROM deployment WHERE agreement_id = $1 AND stage <> 'cancelled'",
            &args![*id],
        ),
    }
}

/// The members that have deployments.
pub(crate) fn members(tx: &mut Tx) -> Result<Vec<Id>> {
    let sql = "SELECT DISTINCT member_id FROM deployment ORDER BY member_id";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}

/// Deployments of a member that should have ended, the longest overdue first.
pub(crate) fn overdue(tx: &mut Tx, member: Option<Id>, today: Day) -> Result<Vec<Deployment>> {
    let Some(member) = member else {
        return Ok(Vec::new());
    };
    let sql = deployments!(
        "WHERE d.member_id = $2 AND d.stage IN ('active', 'paused') AND d.planned_to < $1 \
         ORDER BY d.planned_to, d.id LIMIT 100"
    );
    tx.rows(sql, &args![today, member])?
        .iter()
        .map(|row| read(row, today))
        .collect()
}

/// Deployments of an agreement that have not ended.
pub(crate) fn open_of_agreement(tx: &mut Tx, agreement: Id) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM deployment WHERE agreement_id = $1 \
               AND stage IN ('planned', 'active', 'paused', 'completion_claimed')";
    tx.one(sql, &args![agreement])?.read().int()
}

/// Organisations of a country that may carry something out there.
pub(crate) fn organisations_in(tx: &mut Tx, country: &str) -> Result<Vec<Id>> {
    let sql = "SELECT id FROM organisation WHERE country = $1 AND merged_into IS NULL ORDER BY name_key, id LIMIT 200";
    tx.rows(sql, &args![country])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}

/// Deployments whose lines are not what they say, in plain words.
pub(crate) fn out_of_step(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "SELECT d.id FROM deployment d LEFT JOIN (SELECT deployment_id, CAST(SUM(units) AS BIGINT) AS units, \
               COUNT(DISTINCT line_id) AS lines FROM deployment_line GROUP BY deployment_id) l \
               ON l.deployment_id = d.id WHERE COALESCE(l.units, 0) <> d.units OR COALESCE(l.lines, 0) <> d.lines \
               ORDER BY d.id LIMIT 100";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| {
            let id = row.read().id()?;
            Ok(format!(
                "deployment {id}: its lines add up to other units than it says"
            ))
        })
        .collect()
}
