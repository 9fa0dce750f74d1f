//! Every SQL statement of this room.

use crate::membership::{Finding, Found, Membership, Message, State, Step};
use base::{Day, Error, Id, Names, Refusal, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// Memberships, one row from application to end.
    MEMBERSHIP = "membership" key 1 {
        id: Id, organisation_id: Id, state: Text, strengths: Text, objectives: Text,
        obligations: Text, obligations_on: Text, do_no_harm_on: Text, principles: Text,
        contact_id: Id, officer_id: Id, lang: Text, applied_by: Id, applied_at: Int,
        reviewed_by: Id, admitted_on: Text, admitted_by: Id, ended_on: Text, removal_by: Id,
        removal_reason: Text, version: Int,
    }
);
db::table!(
    /// The stretches of each membership.
    MEMBERSHIP_STEP = "membership_step" key 1 {
        id: Id, membership_id: Id, organisation_id: Id, number: Int, state: Text, from_on: Text,
        until_on: Text, at: Int, by_id: Id, reason: Text, rule: Text,
    }
);
db::table!(
    /// What verification found.
    MEMBERSHIP_FINDING = "membership_finding" key 1 {
        id: Id, membership_id: Id, number: Int, criterion: Text, met: Bool, note: Text, evidence: Text,
        by_id: Id, at: Int,
    }
);
db::table!(
    /// Questions to applicants and their answers.
    MEMBERSHIP_MESSAGE = "membership_message" key 1 {
        id: Id, membership_id: Id, number: Int, question: Bool, words: Text, by_id: Id, at: Int,
    }
);

/// The ledgered tables of this room.
pub(crate) static TABLES: [&db::Table; 4] = [
    &MEMBERSHIP,
    &MEMBERSHIP_STEP,
    &MEMBERSHIP_FINDING,
    &MEMBERSHIP_MESSAGE,
];

/// Codes as they are kept: each between bars, so that one can be looked for.
fn barred(codes: &[String]) -> String {
    format!("|{}|", codes.join("|"))
}
fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

fn values(m: &Membership) -> Vec<Val> {
    let principles = serde_json::to_string(&m.principles).unwrap_or_default();
    vec![
        m.id.into(),
        m.organisation.into(),
        m.state.code().into(),
        (&m.strengths).into(),
        barred(&m.objectives).into(),
        barred(&m.obligations).into(),
        m.obligations_on.into(),
        m.do_no_harm_on.into(),
        principles.into(),
        m.contact.into(),
        m.officer.into(),
        m.lang.into(),
        m.applied_by.into(),
        m.applied_at.into(),
        m.reviewed_by.into(),
        m.admitted_on.into(),
        m.admitted_by.into(),
        m.ended_on.into(),
        m.removal_by.into(),
        m.removal_reason.clone().into(),
        m.version.into(),
    ]
}

macro_rules! membership_columns {
    ($rest:expr) => {
        concat!(
            "SELECT m.id, m.organisation_id, m.state, m.strengths, m.objectives, m.obligations, \
             m.obligations_on, m.do_no_harm_on, m.principles, m.contact_id, m.officer_id, m.lang, \
             m.applied_by, m.applied_at, m.reviewed_by, m.admitted_on, m.admitted_by, m.ended_on, \
             m.removal_by, m.removal_reason, m.version FROM membership m ",
            $rest
        )
    };
}

fn state(code: &str) -> Result<State> {
    State::parse(code).ok_or_else(|| Error::fault(format!("no state is called {code}")))
}

fn read(row: &Row) -> Result<Membership> {
    let mut r = row.read();
    Ok(Membership {
        id: r.id()?,
        organisation: r.id()?,
        state: state(&r.text()?)?,
        strengths: r.names()?,
        objectives: unbarred(&r.text()?),
        obligations: unbarred(&r.text()?),
        obligations_on: r.day()?,
        do_no_harm_on: r.day()?,
        principles: serde_json::from_str::<BTreeMap<String, String>>(&r.text()?)
            .map_err(Error::fault)?,
        contact: r.id()?,
        officer: r.opt_id()?,
        lang: r.lang()?,
        applied_by: r.opt_id()?,
        applied_at: r.moment()?,
        reviewed_by: r.opt_id()?,
        admitted_on: r.opt_day()?,
        admitted_by: r.opt_id()?,
        ended_on: r.opt_day()?,
        removal_by: r.opt_id()?,
        removal_reason: r.opt_text()?,
        version: r.int()?,
    })
}

fn read_all(rows: &[Row]) -> Result<Vec<Membership>> {
    rows.iter().map(read).collect()
}

/// Inserts a membership; refused when the organisation has one that runs.
pub(crate) fn add(tx: &mut Tx, m: &Membership) -> Result<()> {
    let done = tx.add(&MEMBERSHIP, values(m));
    let refusal = Refusal::whole("members-already-running");
    db::on_unique(done, "membership.organisation_id", refusal)
}

/// Saves a membership over the version that was read.
pub(crate) fn change(tx: &mut Tx, m: &mut Membership) -> Result<()> {
    m.version = tx.change(&MEMBERSHIP, values(m), m.version)?;
    Ok(())
}

/// A membership, held against changes by others until the transaction ends.
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Membership> {
    read(&tx.one(membership_columns!("WHERE m.id = $1"), &args![id])?)
}

/// The latest membership of an organisation, the running one first.
pub(crate) fn latest(tx: &mut Tx, organisation: Id) -> Result<Option<Membership>> {
    let sql = membership_columns!(
        "WHERE m.organisation_id = $1 ORDER BY CASE WHEN m.state IN ('declined', 'removed', 'withdrawn') THEN 1 ELSE 0 END, \
         m.applied_at DESC, m.id DESC LIMIT 1"
    );
    tx.row(sql, &args![organisation])?
        .as_ref()
        .map(read)
        .transpose()
}

/// The latest membership of an organisation that was ever admitted.
pub(crate) fn latest_admitted(tx: &mut Tx, organisation: Id) -> Result<Option<Membership>> {
    let sql = membership_columns!(
        "WHERE m.organisation_id = $1 AND m.admitted_on IS NOT NULL ORDER BY CASE WHEN m.state IN ('declined', 'removed', 'withdrawn') THEN 1 ELSE 0 END, \
         m.applied_at DESC, m.id DESC LIMIT 1"
    );
    tx.row(sql, &args![organisation])?
        .as_ref()
        .map(read)
        .transpose()
}

/// What the directory is asked for.
pub(crate) struct Wanted<'a> {
    pub(crate) after: (&'a str, Id),
    pub(crate) q: Option<&'a str>,
    pub(crate) kind: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    pub(crate) objective: Option<&'a str>,
    /// None means admitted and suspended.
    pub(crate) state: Option<&'a str>,
    pub(crate) limit: i64,
}

/// One organisation of the directory.
pub(crate) struct Listed {
    pub(crate) membership: Membership,
    pub(crate) name_key: String,
    pub(crate) names: Names,
    pub(crate) kind: String,
    pub(crate) country: Option<String>,
    pub(crate) sample: bool,
}

/// A page of the directory by name: each organisation once, with its latest admitted membership.
pub(crate) fn directory(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Listed>> {
    let rows = tx.rows(
        "SELECT m.id, o.name_key, o.names, o.kind, o.country, o.sample \
         FROM membership m JOIN organisation o ON o.id = m.organisation_id \
         WHERE m.admitted_on IS NOT NULL \
         AND (o.name_key > $1 OR (o.name_key = $1 AND o.id > $2)) \
         AND (CAST($3 AS TEXT) IS NULL OR o.search_key LIKE '%' || CAST($3 AS TEXT) || '%') \
         AND (CAST($4 AS TEXT) IS NULL OR o.kind = CAST($4 AS TEXT)) \
         AND (CAST($5 AS TEXT) IS NULL OR o.country = CAST($5 AS TEXT)) \
         AND (CAST($6 AS TEXT) IS NULL OR m.objectives LIKE '%|' || CAST($6 AS TEXT) || '|%') \
         AND (m.state = CAST($7 AS TEXT) OR (CAST($7 AS TEXT) IS NULL AND m.state IN ('admitted', 'suspended'))) \
         AND NOT EXISTS (SELECT 1 FROM membership n WHERE n.organisation_id = m.organisation_id \
           AND n.admitted_on IS NOT NULL AND (n.applied_at, n.id) > (m.applied_at, m.id)) \
         ORDER BY o.name_key, o.id LIMIT $8",
        &args![
            wanted.after.0,
            wanted.after.1,
            wanted.q,
            wanted.kind,
            wanted.country,
            wanted.objective,
            wanted.state,
            wanted.limit
        ],
    )?;
    let mut listed = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut r = row.read();
        let id = r.id()?;
        listed.push(Listed {
            name_key: r.text()?,
            names: r.names()?,
            kind: r.text()?,
            country: r.opt_text()?,
            sample: r.bool()?,
            membership: find(tx, id)?,
        });
    }
    Ok(listed)
}

/// A page of applications, latest first: everybody's, or those of one person and their organisations.
pub(crate) fn applications(
    tx: &mut Tx,
    after: (i64, Id),
    wanted: (Option<&str>, Option<&str>, Option<Id>),
    limit: i64,
) -> Result<Vec<Membership>> {
    let (q, state, person) = wanted;
    let rows = tx.rows(
        membership_columns!(
            "JOIN organisation o ON o.id = m.organisation_id \
             WHERE (m.applied_at < $1 OR (m.applied_at = $1 AND m.id < $2)) \
             AND (CAST($3 AS TEXT) IS NULL OR o.search_key LIKE '%' || CAST($3 AS TEXT) || '%') \
             AND (CAST($4 AS TEXT) IS NULL OR m.state = CAST($4 AS TEXT)) \
             AND (CAST($5 AS UUID) IS NULL OR m.contact_id = CAST($5 AS UUID) \
               OR m.officer_id = CAST($5 AS UUID) OR m.applied_by = CAST($5 AS UUID)) \
             ORDER BY m.applied_at DESC, m.id DESC LIMIT $6"
        ),
        &args![after.0, after.1, q, state, person, limit],
    )?;
    read_all(&rows)
}

/// Memberships in a state, longest waiting first: what waits for somebody.
pub(crate) fn in_state(tx: &mut Tx, state: State) -> Result<Vec<Membership>> {
    let sql = membership_columns!("WHERE m.state = $1 ORDER BY m.applied_at, m.id LIMIT 200");
    read_all(&tx.rows(sql, &args![state.code()])?)
}

/// The applications of a person that wait for an answer.
pub(crate) fn asked(tx: &mut Tx, account: Id) -> Result<Vec<Membership>> {
    let sql = membership_columns!(
        "WHERE (m.contact_id = $1 OR m.officer_id = $1 OR m.applied_by = $1) AND m.state = 'clarification' \
         ORDER BY m.applied_at, m.id LIMIT 50"
    );
    read_all(&tx.rows(sql, &args![account])?)
}

/// The organisations in standing today, by id.
pub(crate) fn in_standing(tx: &mut Tx) -> Result<Vec<Id>> {
    let sql =
        "SELECT organisation_id FROM membership WHERE state = 'admitted' ORDER BY organisation_id";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}

/// A member organisation by the folded name it is sorted by.
pub(crate) fn by_name_key(tx: &mut Tx, key: &str) -> Result<Option<Id>> {
    let row = tx.row(
        "SELECT o.id FROM organisation o JOIN membership m ON m.organisation_id = o.id \
         WHERE o.name_key = $1 AND m.state IN ('admitted', 'suspended') ORDER BY o.id LIMIT 1",
        &args![key],
    )?;
    row.map(|row| row.read().id()).transpose()
}

// Steps.

fn step_values(s: &Step) -> Vec<Val> {
    vec![
        s.id.into(),
        s.membership.into(),
        s.organisation.into(),
        s.number.into(),
        s.state.code().into(),
        s.from_on.into(),
        s.until_on.into(),
        s.at.into(),
        s.by.into(),
        s.reason.clone().into(),
        s.rule.clone().into(),
    ]
}

macro_rules! step_columns {
    ($rest:expr) => {
        concat!(
            "SELECT id, membership_id, organisation_id, number, state, from_on, until_on, at, by_id, reason, rule \
             FROM membership_step ",
            $rest
        )
    };
}

fn read_step(row: &Row) -> Result<Step> {
    let mut r = row.read();
    Ok(Step {
        id: r.id()?,
        membership: r.id()?,
        organisation: r.id()?,
        number: r.int()?,
        state: state(&r.text()?)?,
        from_on: r.day()?,
        until_on: r.opt_day()?,
        at: r.moment()?,
        by: r.opt_id()?,
        reason: r.opt_text()?,
        rule: r.opt_text()?,
    })
}

/// Ends the running stretch of a membership and begins the next.
pub(crate) fn step(tx: &mut Tx, next: &Step) -> Result<()> {
    let before = steps(tx, next.membership)?;
    for running in before.iter().filter(|step| step.until_on.is_none()) {
        let ended = Step {
            until_on: Some(next.from_on),
            ..running.clone()
        };
        tx.put(&MEMBERSHIP_STEP, step_values(&ended))?;
    }
    let number = before.last().map_or(1, |last| last.number + 1);
    tx.add(
        &MEMBERSHIP_STEP,
        step_values(&Step {
            number,
            ..next.clone()
        }),
    )
}

/// The steps of a membership, oldest first.
pub(crate) fn steps(tx: &mut Tx, membership: Id) -> Result<Vec<Step>> {
    let sql = step_columns!("WHERE membership_id = $1 ORDER BY number");
    tx.rows(sql, &args![membership])?
        .iter()
        .map(read_step)
        .collect()
}

/// The public steps of an organisation, oldest first.
pub(crate) fn public_steps(tx: &mut Tx, organisation: Id) -> Result<Vec<Step>> {
    let sql = step_columns!(
        "WHERE organisation_id = $1 AND state IN ('admitted', 'suspended', 'removed', 'withdrawn') ORDER BY at, number, id"
    );
    tx.rows(sql, &args![organisation])?
        .iter()
        .map(read_step)
        .collect()
}

/// The public state an organisation was in at the end of a day.
pub(crate) fn state_on(tx: &mut Tx, organisation: Id, day: Day) -> Result<Option<State>> {
    let row = tx.row(
        "SELECT state FROM membership_step WHERE organisation_id = $1 \
         AND state IN ('admitted', 'suspended', 'removed', 'withdrawn') \
         AND from_on <= $2 AND (until_on IS NULL OR until_on > $2) ORDER BY at DESC, number DESC, id LIMIT 1",
        &args![organisation, day],
    )?;
    row.map(|row| state(&row.read().text()?)).transpose()
}

/// How many memberships were in a state at the end of a day.
pub(crate) fn count_on(tx: &mut Tx, state: State, day: Day) -> Result<i64> {
    let row = tx.one(
        "SELECT COUNT(*) FROM membership_step WHERE state = $1 \
         AND from_on <= $2 AND (until_on IS NULL OR until_on > $2)",
        &args![state.code(), day],
    )?;
    row.read().int()
}

/// The day the first member was admitted.
pub(crate) fn first_admission(tx: &mut Tx) -> Result<Option<Day>> {
    let sql = "SELECT MIN(from_on) FROM membership_step WHERE state = 'admitted'";
    tx.one(sql, &[])?.read().opt_day()
}

// Findings and messages.

/// The next number within a membership: what happened in one moment keeps its order.
fn next(tx: &mut Tx, sql: &'static str, membership: Id) -> Result<i64> {
    tx.one(sql, &args![membership])?.read().int()
}

/// Records a finding.
pub(crate) fn add_finding(tx: &mut Tx, membership: Id, found: &Found) -> Result<()> {
    let number = next(
        tx,
        "SELECT COALESCE(MAX(number), 0) + 1 FROM membership_finding WHERE membership_id = $1",
        membership,
    )?;
    tx.add(
        &MEMBERSHIP_FINDING,
        vec![
            found.id.into(),
            membership.into(),
            number.into(),
            (&found.finding.criterion).into(),
            found.finding.met.into(),
            (&found.finding.note).into(),
            (&found.finding.evidence).into(),
            found.by.into(),
            found.at.into(),
        ],
    )
}

/// Every finding on a membership, oldest first.
pub(crate) fn findings(tx: &mut Tx, membership: Id) -> Result<Vec<Found>> {
    let sql = "SELECT id, criterion, met, note, evidence, by_id, at FROM membership_finding \
               WHERE membership_id = $1 ORDER BY number";
    let one = |row: &Row| {
        let mut r = row.read();
        Ok(Found {
            id: r.id()?,
            finding: Finding {
                criterion: r.text()?,
                met: r.bool()?,
                note: r.text()?,
                evidence: r.text()?,
            },
            by: r.id()?,
            at: r.moment()?,
        })
    };
    tx.rows(sql, &args![membership])?.iter().map(one).collect()
}

/// Records a question or an answer.
pub(crate) fn add_message(tx: &mut Tx, m: &Message) -> Result<()> {
    let number = next(
        tx,
        "SELECT COALESCE(MAX(number), 0) + 1 FROM membership_message WHERE membership_id = $1",
        m.membership,
    )?;
    let row = args![m.id, m.membership, number, m.question, &m.text, m.by, m.at];
    tx.add(&MEMBERSHIP_MESSAGE, row.to_vec())
}

/// The questions and answers of a membership, oldest first.
pub(crate) fn messages(tx: &mut Tx, membership: Id) -> Result<Vec<Message>> {
    let sql = "SELECT id, membership_id, question, words, by_id, at FROM membership_message \
               WHERE membership_id = $1 ORDER BY number";
    let one = |row: &Row| {
        let mut r = row.read();
        Ok(Message {
            id: r.id()?,
            membership: r.id()?,
            question: r.bool()?,
            text: r.text()?,
            by: r.id()?,
            at: r.moment()?,
        })
    };
    tx.rows(sql, &args![membership])?.iter().map(one).collect()
}

/// Memberships whose last step says another state than they do.
pub(crate) fn out_of_step(tx: &mut Tx) -> Result<Vec<Id>> {
    let sql = "SELECT m.id FROM membership m WHERE NOT EXISTS (SELECT 1 FROM membership_step s \
               WHERE s.membership_id = m.id AND s.until_on IS NULL AND s.state = m.state) ORDER BY m.id LIMIT 100";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}
