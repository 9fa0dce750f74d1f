//! What a round found out about lines, offers and gaps: follows from its files, so not ledgered.

use crate::explain::{Fared, Gap, Moved};
use crate::snapshot::{Line, Snapshot, Supply};
use base::{Error, Id, Names, Result, fold};
use db::{Row, Tx, Val, args};
use serde_json::Value;
use std::collections::BTreeMap;

db::table!(
    /// How each line fared.
    ROUND_LINE = "round_line" key 2 {
        round_id: Id, position: Int, line_id: Id, need_id: Id, country: Text, area: Text, label: Text,
        label_key: Text, service_class: Text, open_units: Int, proposed: Int, learners: Int, priority: Bool,
        coverage: Real, code: Text, reasons: Text,
    }
);
db::table!(
    /// The offers of the snapshot, for their names.
    ROUND_OFFER = "round_offer" key 2 {
        round_id: Id, offer_id: Id, member_id: Id, title: Text, member: Text,
    }
);
db::table!(
    /// What more would bring.
    ROUND_GAP = "round_gap" key 2 {
        round_id: Id, rank: Int, service_class: Text, country: Text, area: Text, language: Text, period: Int,
        lines: Int, open_units: Int, learners: Int, learners_of: Text, first_unit: Real, tenth: Real,
        half: Real, whole: Real,
    }
);
db::table!(
    /// The accepted matches it did not keep as they were.
    ROUND_MOVED = "round_moved" key 2 {
        round_id: Id, position: Int, proposal_id: Id, line_id: Id, need_id: Id, country: Text, area: Text,
        label: Text, label_key: Text, service_class: Text, offer_id: Id, period: Int, quantity: Int, now: Text, code: Text,
        reasons: Text,
    }
);

/// Forgets what an interrupted run had stored.
pub(crate) fn clear(tx: &mut Tx, round: Id) -> Result<()> {
    tx.exec("DELETE FROM round_line WHERE round_id = $1", &args![round])?;
    tx.exec("DELETE FROM round_offer WHERE round_id = $1", &args![round])?;
    tx.exec("DELETE FROM round_gap WHERE round_id = $1", &args![round])?;
    tx.exec("DELETE FROM round_moved WHERE round_id = $1", &args![round])?;
    Ok(())
}

pub(crate) fn fill_lines(tx: &mut Tx, round: Id, lines: &[Line], fared: &[Fared]) -> Result<()> {
    let row = |f: &Fared| -> Option<Vec<Val>> {
        let line = lines.get(f.at)?;
        let position = i64::try_from(f.at).ok()?;
        let code = f.reasons.first().map(|(code, _)| code.clone());
        let reasons = serde_json::to_string(&f.reasons).ok()?;
        Some(
            args![
                round,
                position,
                line.id,
                line.need,
                &line.country,
                &line.area,
                &line.label,
                fold(&line.label),
                &line.service_class,
                f.open,
                f.proposed,
                f.learners,
                line.priority,
                f.coverage,
                code,
                reasons
            ]
            .to_vec(),
        )
    };
    tx.fill(
        &ROUND_LINE,
        &fared.iter().filter_map(row).collect::<Vec<_>>(),
    )
}

pub(crate) fn fill_offers(tx: &mut Tx, round: Id, supplies: &[Supply]) -> Result<()> {
    let row = |s: &Supply| args![round, s.id, s.member, &s.title, &s.member_names].to_vec();
    tx.fill(&ROUND_OFFER, &supplies.iter().map(row).collect::<Vec<_>>())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "units and learners of a coalition"
)]
pub(crate) fn fill_gaps(tx: &mut Tx, round: Id, gaps: &[Gap]) -> Result<()> {
    let row = |(rank, g): (i64, &Gap)| {
        let of: Vec<i64> = g.learners_of.iter().map(|n| n.round() as i64).collect();
        args![
            round,
            rank,
            &g.service_class,
            &g.country,
            &g.area,
            g.language.clone(),
            g.period,
            g.lines,
            g.open_units.ceil() as i64,
            g.learners.round() as i64,
            serde_json::json!(of).to_string(),
            g.first_unit,
            g.at_most[0],
            g.at_most[1],
            g.at_most[2]
        ]
        .to_vec()
    };
    tx.fill(&ROUND_GAP, &(1..).zip(gaps).map(row).collect::<Vec<_>>())
}

pub(crate) fn fill_moved(
    tx: &mut Tx,
    round: Id,
    snapshot: &Snapshot,
    moved: &[Moved],
) -> Result<()> {
    let lines: BTreeMap<Id, &Line> = snapshot.lines.iter().map(|line| (line.id, line)).collect();
    let row = |(position, one): (i64, &Moved)| -> Option<Vec<Val>> {
        let before = snapshot.earlier.get(one.at)?;
        let line = lines.get(&before.line)?;
        let (code, _) = one.reasons.first()?;
        Some(
            args![
                round,
                position,
                before.proposal,
                line.id,
                line.need,
                &line.country,
                &line.area,
                &line.label,
                fold(&line.label),
                &line.service_class,
                before.offer,
                before.period,
                before.quantity,
                serde_json::to_string(&one.now).ok()?,
                code,
                serde_json::to_string(&one.reasons).ok()?
            ]
            .to_vec(),
        )
    };
    tx.fill(
        &ROUND_MOVED,
        &(0..).zip(moved).filter_map(row).collect::<Vec<_>>(),
    )
}

/// An accepted match that moved, as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredMove {
    pub position: i64,
    pub proposal: Id,
    pub need: Id,
    pub area: String,
    pub label: String,
    pub service_class: String,
    pub offer: Id,
    pub period: i64,
    pub quantity: i64,
    pub now: Vec<Id>,
    pub reasons: Vec<(String, Value)>,
}

/// The accepted matches a round moved, or those of a proposal that any later round moved.
pub(crate) fn moved(tx: &mut Tx, w: &Wanted, proposal: Option<Id>) -> Result<Vec<StoredMove>> {
    let sql = "SELECT position, proposal_id, need_id, area, label, service_class, offer_id, period, quantity, \
        now, reasons FROM round_moved WHERE (CAST($1 AS UUID) IS NULL OR round_id = CAST($1 AS UUID)) \
        AND (CAST($2 AS UUID) IS NULL OR proposal_id = CAST($2 AS UUID)) \
        AND (CAST($3 AS TEXT) IS NULL OR code = CAST($3 AS TEXT)) \
        AND ($4 OR country IN ($5, $6, $7)) AND position > $8 \
        AND (CAST($10 AS TEXT) IS NULL OR label_key LIKE CAST($10 AS TEXT) ESCAPE '\\') \
        ORDER BY round_id, position LIMIT $9";
    let country = |at: usize| w.countries.get(at).cloned().unwrap_or_default();
    let args = args![
        w.round,
        proposal,
        w.code.clone(),
        w.countries.is_empty(),
        country(0),
        country(1),
        country(2),
        w.after,
        w.limit,
        w.like()
    ];
    let rows = tx.rows(sql, &args)?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(StoredMove {
                position: r.int()?,
                proposal: r.id()?,
                need: r.id()?,
                area: r.text()?,
                label: r.text()?,
                service_class: r.text()?,
                offer: r.id()?,
                period: r.int()?,
                quantity: r.int()?,
                now: serde_json::from_str(r.str()?).map_err(Error::fault)?,
                reasons: serde_json::from_str(r.str()?).map_err(Error::fault)?,
            })
        })
        .collect()
}

/// Names of the offers and members of a round.
pub(crate) type OfferNames = BTreeMap<Id, (Names, Names)>;

pub(crate) fn offers(tx: &mut Tx, round: Id) -> Result<OfferNames> {
    let sql =
        "SELECT offer_id, title, member FROM round_offer WHERE round_id = $1 ORDER BY offer_id";
    let rows = tx.rows(sql, &args![round])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, (r.names()?, r.names()?)))
        })
        .collect()
}

/// The members whose offers a round proposed.
pub(crate) fn members(tx: &mut Tx, round: Option<Id>) -> Result<BTreeMap<Id, Names>> {
    let sql = "SELECT DISTINCT o.member_id, o.member FROM round_offer o JOIN proposal p \
        ON p.round_id = o.round_id AND p.offer_id = o.offer_id \
        WHERE CAST($1 AS UUID) IS NULL OR o.round_id = CAST($1 AS UUID) ORDER BY o.member_id";
    let rows = tx.rows(sql, &args![round])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, r.names()?))
        })
        .collect()
}

/// A line that was not, or not wholly, served.
#[derive(Clone, Debug)]
pub(crate) struct Unserved {
    pub position: i64,
    pub line: Id,
    pub need: Id,
    pub area: String,
    pub label: String,
    pub service_class: String,
    pub open: i64,
    pub proposed: i64,
    pub learners: i64,
    pub priority: bool,
    pub reasons: Vec<(String, Value)>,
}

/// Which lines are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub round: Option<Id>,
    pub need: Option<Id>,
    pub code: Option<String>,
    pub service_class: Option<String>,
    /// Only of these countries; empty means all.
    pub countries: Vec<String>,
    pub area: Option<String>,
    pub q: Option<String>,
    pub after: i64,
    pub limit: i64,
}

impl Wanted {
    /// What is searched for, as a pattern of folded labels.
    fn like(&self) -> Option<String> {
        let plain = |q: &String| format!("%{}%", q.replace(['%', '_', '\\'], ""));
        self.q.as_ref().map(plain)
    }
}

pub(crate) fn unserved(tx: &mut Tx, w: &Wanted) -> Result<Vec<Unserved>> {
    let sql = "SELECT position, line_id, need_id, area, label, service_class, open_units, proposed, \
        learners, priority, reasons FROM round_line WHERE round_id = $1 AND code IS NOT NULL \
        AND (CAST($2 AS UUID) IS NULL OR need_id = CAST($2 AS UUID)) \
        AND (CAST($3 AS TEXT) IS NULL OR code = CAST($3 AS TEXT)) \
        AND (CAST($4 AS TEXT) IS NULL OR service_class = CAST($4 AS TEXT)) \
        AND ($5 OR country IN ($6, $7, $8)) \
        AND (CAST($9 AS TEXT) IS NULL OR area = CAST($9 AS TEXT)) \
        AND (CAST($10 AS TEXT) IS NULL OR label_key LIKE CAST($10 AS TEXT) ESCAPE '\\') \
        AND position > $11 ORDER BY position LIMIT $12";
    let country = |at: usize| w.countries.get(at).cloned().unwrap_or_default();
    let args = args![
        w.round,
        w.need,
        w.code.clone(),
        w.service_class.clone(),
        w.countries.is_empty(),
        country(0),
        country(1),
        country(2),
        w.area.clone(),
        w.like(),
        w.after,
        w.limit
    ];
    tx.rows(sql, &args)?.iter().map(read_unserved).collect()
}

fn read_unserved(row: &Row) -> Result<Unserved> {
    let mut r = row.read();
    Ok(Unserved {
        position: r.int()?,
        line: r.id()?,
        need: r.id()?,
        area: r.text()?,
        label: r.text()?,
        service_class: r.text()?,
        open: r.int()?,
        proposed: r.int()?,
        learners: r.int()?,
        priority: r.bool()?,
        reasons: serde_json::from_str(r.str()?).map_err(Error::fault)?,
    })
}

/// A reason with its lines and learners.
pub(crate) type Counted = (Option<String>, i64, i64);

/// Reasons of a need's lines in a round; none for those wholly served.
pub(crate) fn reasons_of_need(tx: &mut Tx, round: Id, need: Id) -> Result<Vec<Counted>> {
    let sql = "SELECT code, COUNT(*), CAST(SUM(learners) AS BIGINT) \
        FROM round_line WHERE round_id = $1 AND need_id = $2 GROUP BY code ORDER BY COUNT(*) DESC, code NULLS FIRST";
    let rows = tx.rows(sql, &args![round, need])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.opt_text()?, r.int()?, r.int()?))
        })
        .collect()
}

/// Where the units of a round's lines are now, by service class, in the order of the buckets.
pub(crate) fn buckets(tx: &mut Tx, round: Id) -> Result<BTreeMap<String, [i64; 8]>> {
    let sql = "SELECT l.service_class, CAST(SUM(b.uncovered) AS BIGINT), CAST(SUM(b.proposed) AS BIGINT), \
        CAST(SUM(b.committed) AS BIGINT), CAST(SUM(b.in_transit) AS BIGINT), CAST(SUM(b.delivered) AS BIGINT), \
        CAST(SUM(b.confirmed) AS BIGINT), CAST(SUM(b.returned) AS BIGINT), CAST(SUM(b.lost) AS BIGINT) \
        FROM round_line l JOIN balance b ON b.line_id = l.line_id WHERE l.round_id = $1 \
        GROUP BY l.service_class ORDER BY l.service_class";
    let rows = tx.rows(sql, &args![round])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            let class = r.text()?;
            let mut all = [0; 8];
            for bucket in &mut all {
                *bucket = r.int()?;
            }
            Ok((class, all))
        })
        .collect()
}

/// A gap as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredGap {
    pub rank: i64,
    pub service_class: String,
    pub country: String,
    pub area: String,
    pub language: Option<String>,
    pub period: i64,
    pub lines: i64,
    pub open_units: i64,
    pub learners: i64,
    pub learners_of: Vec<i64>,
    pub first_unit: f64,
    pub tenth: f64,
    pub half: f64,
    pub whole: f64,
}

/// Gaps after a rank, the most useful first.
pub(crate) fn gaps(
    tx: &mut Tx,
    round: Id,
    class: Option<&str>,
    after: i64,
    limit: i64,
) -> Result<Vec<StoredGap>> {
    let sql = "SELECT rank, service_class, country, area, language, period, lines, open_units, learners, \
        learners_of, first_unit, tenth, half, whole FROM round_gap WHERE round_id = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR service_class = CAST($2 AS TEXT)) AND rank > $3 ORDER BY rank LIMIT $4";
    let rows = tx.rows(sql, &args![round, class, after, limit])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(StoredGap {
                rank: r.int()?,
                service_class: r.text()?,
                country: r.text()?,
                area: r.text()?,
                language: r.opt_text()?,
                period: r.int()?,
                lines: r.int()?,
                open_units: r.int()?,
                learners: r.int()?,
                learners_of: serde_json::from_str(r.str()?).map_err(Error::fault)?,
                first_unit: r.real()?,
                tenth: r.real()?,
                half: r.real()?,
                whole: r.real()?,
            })
        })
        .collect()
}
