//! Proposals, their lines and what was given up of them.

use crate::proposal::{Answer, Drop, Line, Mark, Proposal};
use crate::store::{barred, unbarred};
use base::{Id, Moment, Result};
use db::{Reader, Row, Tx, Val, args};

db::table!(
    /// Proposals with both sides' answers.
    PROPOSAL = "proposal" key 1 {
        id: Id, round_id: Id, matched_by: Id, offer_id: Id, need_id: Id, member_id: Id, country: Text,
        service_class: Text, areas: Text, lines: Int, quantity: Int, given: Int, quantity_now: Int,
        given_now: Int, learners: Int, lot_min: Int, lot_step: Int, rival: Bool, score: Real, ground: Real,
        priority: Real, resources: Real, local_offer_id: Id, local_lines: Int, created_at: Int,
        member_accepted: Bool, member_by: Id, member_at: Int, member_reason: Text,
        authority_accepted: Bool, authority_by: Id, authority_at: Int, authority_reason: Text,
        shortlisted_by: Id, shortlisted_at: Int, shortlisted_reason: Text,
        locked_by: Id, locked_at: Int, locked_reason: Text,
        superseded_at: Int, released_at: Int, version: Int,
    }
);
db::table!(
    /// Units for one need line in one period.
    PROPOSAL_LINE = "proposal_line" key 3 {
        proposal_id: Id, line_id: Id, period: Int, rank: Int, quantity: Int, given: Int,
    }
);
db::table!(
    /// Units given up, and by whose decision.
    PROPOSAL_DROP = "proposal_drop" key 4 {
        proposal_id: Id, line_id: Id, period: Int, cause: Text, quantity: Int, given: Int, at: Int,
    }
);
db::table!(
    /// Why each line is in its proposal; follows from the round's files, so it is not ledgered.
    PROPOSAL_REASON = "proposal_reason" key 3 {
        proposal_id: Id, line_id: Id, period: Int, area: Text, label: Text, learners: Int, price: Real,
        value: Real, ground: Real, priority: Real, resources: Real, coverage_before: Real,
        coverage_after: Real, runner_offer_id: Id, runner_difference: Real,
    }
);

fn answer(a: &Answer) -> [Val; 4] {
    args![a.accepted, a.by, a.at, a.reason.clone()]
}
fn mark(m: Option<&Mark>) -> [Val; 3] {
    args![
        m.map(|m| m.by),
        m.map(|m| m.at),
        m.map(|m| m.reason.clone())
    ]
}

fn values(p: &Proposal) -> Vec<Val> {
    let mut out = args![
        p.id,
        p.round,
        p.matched_by,
        p.offer,
        p.need,
        p.member,
        &p.country,
        &p.service_class,
        barred(&p.areas),
        p.lines,
        p.quantity,
        p.given,
        p.quantity_now,
        p.given_now,
        p.learners,
        p.lot_min,
        p.lot_step,
        p.rival,
        p.score,
        p.ground,
        p.priority,
        p.resources,
        p.local_offer,
        p.local_lines,
        p.created_at
    ]
    .to_vec();
    out.extend(answer(&p.of_member));
    out.extend(answer(&p.of_authority));
    out.extend(mark(p.shortlisted.as_ref()));
    out.extend(mark(p.locked.as_ref()));
    out.extend(args![p.superseded_at, p.released_at, p.version]);
    out
}

fn read_answer(r: &mut Reader<'_>) -> Result<Answer> {
    Ok(Answer {
        accepted: r.opt_bool()?,
        by: r.opt_id()?,
        at: r.opt_moment()?,
        reason: r.opt_text()?,
    })
}

fn read_mark(r: &mut Reader<'_>) -> Result<Option<Mark>> {
    let (by, at, reason) = (r.opt_id()?, r.opt_moment()?, r.opt_text()?);
    Ok(by.zip(at).map(|(by, at)| Mark {
        by,
        at,
        reason: reason.unwrap_or_default(),
    }))
}

fn read(row: &Row) -> Result<Proposal> {
    let mut r = row.read();
    Ok(Proposal {
        id: r.id()?,
        round: r.id()?,
        matched_by: r.id()?,
        offer: r.id()?,
        need: r.id()?,
        member: r.id()?,
        country: r.text()?,
        service_class: r.text()?,
        areas: unbarred(r.str()?),
        lines: r.int()?,
        quantity: r.int()?,
        given: r.int()?,
        quantity_now: r.int()?,
        given_now: r.int()?,
        learners: r.int()?,
        lot_min: r.int()?,
        lot_step: r.int()?,
        rival: r.bool()?,
        score: r.real()?,
        ground: r.real()?,
        priority: r.real()?,
        resources: r.real()?,
        local_offer: r.opt_id()?,
        local_lines: r.int()?,
        created_at: r.moment()?,
        of_member: read_answer(&mut r)?,
        of_authority: read_answer(&mut r)?,
        shortlisted: read_mark(&mut r)?,
        locked: read_mark(&mut r)?,
        superseded_at: r.opt_moment()?,
        released_at: r.opt_moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, proposal: &Proposal) -> Result<()> {
    tx.add(&PROPOSAL, values(proposal))
}
pub(crate) fn change(tx: &mut Tx, proposal: &Proposal, expected: i64) -> Result<i64> {
    tx.change(&PROPOSAL, values(proposal), expected)
}

/// A proposal, held until the transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Proposal> {
    tx.one(
        "SELECT id FROM proposal WHERE id = $1 FOR UPDATE",
        &args![id],
    )?;
    find(tx, id)
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.round_id, p.matched_by, p.offer_id, p.need_id, p.member_id, p.country, \
             p.service_class, p.areas, p.lines, p.quantity, p.given, p.quantity_now, p.given_now, p.learners, \
             p.lot_min, p.lot_step, p.rival, p.score, p.ground, p.priority, p.resources, p.local_offer_id, \
             p.local_lines, p.created_at, p.member_accepted, p.member_by, p.member_at, p.member_reason, \
             p.authority_accepted, p.authority_by, p.authority_at, p.authority_reason, p.shortlisted_by, \
             p.shortlisted_at, p.shortlisted_reason, p.locked_by, p.locked_at, p.locked_reason, \
             p.superseded_at, p.released_at, p.version FROM proposal p ",
            $rest
        )
    };
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Proposal> {
    read(&tx.one(select!("WHERE p.id = $1"), &args![id])?)
}

pub(crate) fn exists(tx: &mut Tx, id: Id) -> Result<bool> {
    Ok(tx
        .row("SELECT 1 FROM proposal WHERE id = $1", &args![id])?
        .is_some())
}

/// The proposals of a round, best first.
pub(crate) fn of_round(tx: &mut Tx, round: Id) -> Result<Vec<Proposal>> {
    let sql = select!("WHERE p.round_id = $1 ORDER BY p.score DESC, p.id");
    tx.rows(sql, &args![round])?.iter().map(read).collect()
}
pub(crate) fn of_need(tx: &mut Tx, need: Id, limit: i64) -> Result<Vec<Proposal>> {
    let sql =
        select!("WHERE p.need_id = $1 ORDER BY p.created_at DESC, p.score DESC, p.id LIMIT $2");
    tx.rows(sql, &args![need, limit])?
        .iter()
        .map(read)
        .collect()
}
pub(crate) fn of_offer(tx: &mut Tx, offer: Id, limit: i64) -> Result<Vec<Proposal>> {
    let sql =
        select!("WHERE p.offer_id = $1 ORDER BY p.created_at DESC, p.score DESC, p.id LIMIT $2");
    tx.rows(sql, &args![offer, limit])?
        .iter()
        .map(read)
        .collect()
}
pub(crate) fn of_member(tx: &mut Tx, member: Id, limit: i64) -> Result<Vec<Proposal>> {
    let sql =
        select!("WHERE p.member_id = $1 ORDER BY p.created_at DESC, p.score DESC, p.id LIMIT $2");
    tx.rows(sql, &args![member, limit])?
        .iter()
        .map(read)
        .collect()
}

/// Proposals whose units are still bound: agreed, or neither ended nor freed.
pub(crate) fn standing(tx: &mut Tx, country: Option<&str>) -> Result<Vec<Proposal>> {
    let sql = select!(
        "WHERE p.superseded_at IS NULL AND p.released_at IS NULL AND p.quantity_now > 0 \
         AND (p.member_accepted IS NULL OR p.member_accepted) \
         AND (p.authority_accepted IS NULL OR p.authority_accepted) \
         AND (CAST($1 AS TEXT) IS NULL OR p.country = CAST($1 AS TEXT)) ORDER BY p.id"
    );
    tx.rows(sql, &args![country])?.iter().map(read).collect()
}

/// Proposals nobody answered in time, whose units are still bound.
pub(crate) fn lapsed(tx: &mut Tx, before: Moment, limit: i64) -> Result<Vec<Id>> {
    let sql = "SELECT id FROM proposal WHERE created_at <= $1 AND superseded_at IS NULL \
        AND released_at IS NULL AND (member_accepted IS NULL OR member_accepted) \
        AND (authority_accepted IS NULL OR authority_accepted) \
        AND NOT (member_accepted IS NOT NULL AND authority_accepted IS NOT NULL) ORDER BY id LIMIT $2";
    tx.rows(sql, &args![before, limit])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}

/// Which proposals are asked for; what is none does not narrow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub round: Option<Id>,
    /// The reader sees all; otherwise those of the organisations and countries.
    pub all: bool,
    pub members: Vec<Id>,
    pub countries: Vec<String>,
    pub service_class: Option<String>,
    pub member: Option<Id>,
    pub state: Option<String>,
    pub now: i64,
    /// Score and id of the last one seen.
    pub after: Option<(f64, Id)>,
    pub limit: i64,
}

/// Proposals by score, best first. The state is worked out here as `rules::state_on` does.
pub(crate) fn list(tx: &mut Tx, w: &Wanted) -> Result<Vec<Proposal>> {
    let sql = select!(
        "WHERE (CAST($1 AS UUID) IS NULL OR p.round_id = CAST($1 AS UUID)) \
         AND ($2 OR p.member_id IN ($3, $4, $5) OR p.country IN ($6, $7, $8)) \
         AND (CAST($9 AS TEXT) IS NULL OR p.service_class = CAST($9 AS TEXT)) \
         AND (CAST($10 AS UUID) IS NULL OR p.member_id = CAST($10 AS UUID)) \
         AND (CAST($11 AS TEXT) IS NULL OR CAST($11 AS TEXT) = CASE \
             WHEN p.superseded_at IS NOT NULL THEN 'superseded' \
             WHEN NOT COALESCE(p.member_accepted, TRUE) THEN 'declined_by_member' \
             WHEN NOT COALESCE(p.authority_accepted, TRUE) THEN 'declined_by_authority' \
             WHEN COALESCE(p.member_accepted, FALSE) AND COALESCE(p.authority_accepted, FALSE) THEN 'agreed' \
             WHEN p.released_at IS NOT NULL OR p.created_at <= $12 THEN 'lapsed' \
             WHEN COALESCE(p.member_accepted, FALSE) THEN 'accepted_by_member' \
             WHEN COALESCE(p.authority_accepted, FALSE) THEN 'accepted_by_authority' \
             WHEN p.shortlisted_by IS NOT NULL THEN 'shortlisted' ELSE 'proposed' END) \
         AND (CAST($13 AS DOUBLE PRECISION) IS NULL OR p.score < CAST($13 AS DOUBLE PRECISION) \
             OR (p.score = CAST($13 AS DOUBLE PRECISION) AND p.id > CAST($14 AS UUID))) \
         ORDER BY p.score DESC, p.id LIMIT $15"
    );
    let nobody = Id::named("nobody", "nobody");
    let member = |at: usize| w.members.get(at).copied().unwrap_or(nobody);
    let country = |at: usize| w.countries.get(at).cloned().unwrap_or_default();
    let (score, id) = (w.after.map(|a| a.0), w.after.map(|a| a.1));
    let fortnight = w
        .now
        .saturating_sub(crate::proposal::ANSWER_DAYS.saturating_mul(86_400_000_000));
    let args = args![
        w.round,
        w.all,
        member(0),
        member(1),
        member(2),
        country(0),
        country(1),
        country(2),
        w.service_class.clone(),
        w.member,
        w.state.clone(),
        fortnight,
        score,
        id,
        w.limit
    ];
    tx.rows(sql, &args)?.iter().map(read).collect()
}

pub(crate) fn add_lines(tx: &mut Tx, proposal: Id, lines: &[Line]) -> Result<()> {
    let row = |l: &Line| args![proposal, l.line, l.period, l.rank, l.quantity, l.given].to_vec();
    tx.add_many(&PROPOSAL_LINE, lines.iter().map(row).collect())
}

pub(crate) fn has_line(tx: &mut Tx, proposal: Id, rank: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM proposal_line WHERE proposal_id = $1 AND rank = $2";
    Ok(tx.row(sql, &args![proposal, rank])?.is_some())
}

pub(crate) fn add_drops(
    tx: &mut Tx,
    proposal: Id,
    cause: &str,
    drops: &[Drop],
    at: Moment,
) -> Result<()> {
    let row = |d: &Drop| args![proposal, d.line, d.period, cause, d.quantity, d.given, at].to_vec();
    tx.add_many(&PROPOSAL_DROP, drops.iter().map(row).collect())
}

/// The lines of a proposal with what still stands of them, by rank.
pub(crate) fn lines(tx: &mut Tx, proposal: Id) -> Result<Vec<Line>> {
    let sql = "SELECT l.line_id, l.period, l.rank, COALESCE(r.area, ''), \
        l.quantity - COALESCE((SELECT CAST(SUM(d.quantity) AS BIGINT) FROM proposal_drop d \
            WHERE d.proposal_id = l.proposal_id AND d.line_id = l.line_id AND d.period = l.period), 0), \
        l.given - COALESCE((SELECT CAST(SUM(d.given) AS BIGINT) FROM proposal_drop d \
            WHERE d.proposal_id = l.proposal_id AND d.line_id = l.line_id AND d.period = l.period), 0) \
        FROM proposal_line l LEFT JOIN proposal_reason r ON r.proposal_id = l.proposal_id \
        AND r.line_id = l.line_id AND r.period = l.period WHERE l.proposal_id = $1 ORDER BY l.rank";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Line {
            line: r.id()?,
            period: r.int()?,
            rank: r.int()?,
            area: r.text()?,
            quantity: r.int()?,
            given: r.int()?,
        })
    };
    let rows = tx.rows(sql, &args![proposal])?;
    rows.iter().map(read).collect()
}

/// Units of lines in open or agreed proposals, for the check that they agree with the ledger.
pub(crate) fn counted(tx: &mut Tx) -> Result<Vec<(Id, i64)>> {
    let sql = "SELECT l.line_id, CAST(SUM(l.quantity - COALESCE((SELECT CAST(SUM(d.quantity) AS BIGINT) \
        FROM proposal_drop d WHERE d.proposal_id = l.proposal_id AND d.line_id = l.line_id \
        AND d.period = l.period), 0)) AS BIGINT) FROM proposal_line l JOIN proposal p ON p.id = l.proposal_id \
        WHERE p.superseded_at IS NULL AND p.released_at IS NULL AND COALESCE(p.member_accepted, TRUE) \
        AND COALESCE(p.authority_accepted, TRUE) AND NOT (COALESCE(p.member_accepted, FALSE) \
        AND COALESCE(p.authority_accepted, FALSE)) GROUP BY l.line_id ORDER BY l.line_id";
    pairs(tx, sql, &[])
}

/// Units the ledger holds as proposed, by line.
pub(crate) fn proposed_in_ledger(tx: &mut Tx) -> Result<Vec<(Id, i64)>> {
    let sql = "SELECT line_id, proposed FROM balance WHERE proposed > 0 ORDER BY line_id";
    pairs(tx, sql, &[])
}

/// A line as it is shown, with its reasons.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub line: Id,
    pub period: i64,
    pub rank: i64,
    pub area: String,
    pub label: String,
    pub learners: i64,
    pub quantity: i64,
    pub given: i64,
    pub price: f64,
    pub value: f64,
    pub ground: f64,
    pub priority: f64,
    pub resources: f64,
    pub before: f64,
    pub after: f64,
    pub runner_up: Option<(Id, f64)>,
}

/// Lines after a rank.
pub(crate) fn shown(tx: &mut Tx, proposal: Id, after: i64, limit: i64) -> Result<Vec<Shown>> {
    let sql = "SELECT l.line_id, l.period, l.rank, r.area, r.label, r.learners, \
        l.quantity - COALESCE((SELECT CAST(SUM(d.quantity) AS BIGINT) FROM proposal_drop d \
            WHERE d.proposal_id = l.proposal_id AND d.line_id = l.line_id AND d.period = l.period), 0), \
        l.given - COALESCE((SELECT CAST(SUM(d.given) AS BIGINT) FROM proposal_drop d \
            WHERE d.proposal_id = l.proposal_id AND d.line_id = l.line_id AND d.period = l.period), 0), \
        r.price, r.value, r.ground, r.priority, r.resources, r.coverage_before, r.coverage_after, \
        r.runner_offer_id, r.runner_difference FROM proposal_line l JOIN proposal_reason r \
        ON r.proposal_id = l.proposal_id AND r.line_id = l.line_id AND r.period = l.period \
        WHERE l.proposal_id = $1 AND l.rank > $2 ORDER BY l.rank LIMIT $3";
    let rows = tx.rows(sql, &args![proposal, after, limit])?;
    rows.iter().map(read_shown).collect()
}

fn read_shown(row: &Row) -> Result<Shown> {
    let mut r = row.read();
    Ok(Shown {
        line: r.id()?,
        period: r.int()?,
        rank: r.int()?,
        area: r.text()?,
        label: r.text()?,
        learners: r.int()?,
        quantity: r.int()?,
        given: r.int()?,
        price: r.real()?,
        value: r.real()?,
        ground: r.real()?,
        priority: r.real()?,
        resources: r.real()?,
        before: r.real()?,
        after: r.real()?,
        runner_up: r.opt_id()?.zip(r.opt_real()?),
    })
}

/// Units of the lines of a proposal that are in no proposal yet, from one rank to another.
pub(crate) fn uncovered(
    tx: &mut Tx,
    proposal: Id,
    from: i64,
    until: i64,
) -> Result<Vec<(Id, i64)>> {
    let sql = "SELECT DISTINCT l.line_id, b.uncovered FROM proposal_line l JOIN balance b \
        ON b.line_id = l.line_id WHERE l.proposal_id = $1 AND l.rank >= $2 AND l.rank <= $3 ORDER BY l.line_id";
    pairs(tx, sql, &args![proposal, from, until])
}

/// Units of the lines of a proposal that are committed or further, whoever committed them.
pub(crate) fn on_the_way(tx: &mut Tx, proposal: Id) -> Result<Vec<(Id, i64)>> {
    let sql = "SELECT DISTINCT l.line_id, b.committed + b.in_transit + b.delivered + b.confirmed \
        FROM proposal_line l JOIN balance b ON b.line_id = l.line_id WHERE l.proposal_id = $1 ORDER BY l.line_id";
    pairs(tx, sql, &args![proposal])
}

fn pairs(tx: &mut Tx, sql: &'static str, args: &[Val]) -> Result<Vec<(Id, i64)>> {
    let rows = tx.rows(sql, args)?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, r.int()?))
        })
        .collect()
}
