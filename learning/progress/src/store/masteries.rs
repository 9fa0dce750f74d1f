//! What is mastered, by which rule, and teachers' own words.

use super::MASTERY_RULE;
use crate::mastery::{Finding, Judgement, Mastery, Rule, Standing};
use crate::steps::Steps;
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, args};

fn read(row: &Row) -> Result<Mastery> {
    let mut r = row.read();
    let (learner, competency) = (r.id()?, r.id()?);
    let standing = r.text()?;
    let rule = r.text()?;
    Ok(Mastery {
        learner,
        competency,
        finding: Finding {
            standing: Standing::parse(&standing)
                .ok_or_else(|| Error::fault(format!("no standing is called {standing}")))?,
            rule: Rule::parse(&rule)
                .ok_or_else(|| Error::fault(format!("no rule is written {rule}")))?,
            counted: r.int()?,
            right: r.int()?,
            wrong_in_a_row: r.int()?,
            last_at: Some(r.moment()?),
            judgement: r.opt_id()?,
        },
    })
}

/// What a learner has begun or mastered.
pub(crate) fn masteries(tx: &mut Tx, learner: Id) -> Result<Vec<Mastery>> {
    let rows = tx.rows(
        "SELECT learner_id, competency_id, standing, rule, counted, right_count, wrong_in_a_row, \
         last_at, judgement_id FROM mastery WHERE learner_id = $1 ORDER BY competency_id",
        &args![learner],
    )?;
    rows.iter().map(read).collect()
}

/// What these learners have begun or mastered, by learner.
pub(crate) fn masteries_of(tx: &mut Tx, learners: &[Id]) -> Result<Vec<Mastery>> {
    let mut all = Vec::new();
    for learner in learners {
        all.extend(masteries(tx, *learner)?);
    }
    Ok(all)
}

/// Keeps a finding that was made from the tries in a country, and what the next try is judged by; nothing
/// begun leaves no row.
pub(crate) fn put_mastery(
    tx: &mut Tx,
    m: &Mastery,
    (country, steps): (&str, Option<&Steps>),
    now: Moment,
) -> Result<()> {
    let f = &m.finding;
    if f.standing == Standing::None {
        tx.exec(
            "DELETE FROM mastery WHERE learner_id = $1 AND competency_id = $2",
            &args![m.learner, m.competency],
        )?;
        return Ok(());
    }
    tx.exec(
        "INSERT INTO mastery (learner_id, competency_id, standing, rule, counted, right_count, \
         wrong_in_a_row, last_at, judgement_id, country, steps) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (learner_id, competency_id) DO UPDATE SET standing = excluded.standing, \
         rule = excluded.rule, counted = excluded.counted, right_count = excluded.right_count, \
         wrong_in_a_row = excluded.wrong_in_a_row, last_at = excluded.last_at, \
         judgement_id = excluded.judgement_id, country = excluded.country, steps = excluded.steps",
        &args![
            m.learner,
            m.competency,
            f.standing.code(),
            f.rule.line(),
            f.counted,
            f.right,
            f.wrong_in_a_row,
            f.last_at.unwrap_or(now),
            f.judgement,
            country,
            steps.map(Steps::bytes)
        ],
    )?;
    Ok(())
}

/// A finding the next try can be judged by, if the country's rule is still the one it was made with.
pub(crate) fn stepped(
    tx: &mut Tx,
    learner: Id,
    competency: Id,
) -> Result<Option<(Finding, Steps)>> {
    let row = tx.row(
        "SELECT standing, rule, counted, right_count, wrong_in_a_row, last_at, steps, \
         (SELECT r.kind || ' ' || r.m || ' ' || r.n FROM mastery_rule r WHERE r.country = mastery.country \
         AND (r.competency_id = $2 OR r.competency_id IS NULL) \
         ORDER BY CASE WHEN r.competency_id IS NULL THEN 1 ELSE 0 END LIMIT 1) \
         FROM mastery WHERE learner_id = $1 AND competency_id = $2 AND steps IS NOT NULL FOR UPDATE",
        &args![learner, competency],
    )?;
    let Some(row) = row else {
        return Ok(None);
    };
    let mut r = row.read();
    let (standing, rule) = (Standing::parse(r.str()?), Rule::parse(r.str()?));
    let (counted, right, wrong_in_a_row) = (r.int()?, r.int()?, r.int()?);
    let last_at = Some(r.moment()?);
    let steps = Steps::parse(&r.bytes()?);
    let now = r.opt_text()?;
    let now = now.map_or(Some(Rule::USUAL), |line| Rule::parse(&line));
    let (Some(standing), Some(rule), Some(steps)) = (standing, rule.filter(|_| rule == now), steps)
    else {
        return Ok(None);
    };
    let finding = Finding {
        standing,
        rule,
        counted,
        right,
        wrong_in_a_row,
        last_at,
        judgement: None,
    };
    Ok(Some((finding, steps)))
}

/// Keeps a finding that is one try further.
pub(crate) fn step_mastery(tx: &mut Tx, m: &Mastery, steps: &Steps) -> Result<()> {
    let f = &m.finding;
    tx.exec(
        "UPDATE mastery SET standing = $3, counted = $4, right_count = $5, wrong_in_a_row = $6, \
         last_at = $7, steps = $8 WHERE learner_id = $1 AND competency_id = $2",
        &args![
            m.learner,
            m.competency,
            f.standing.code(),
            f.counted,
            f.right,
            f.wrong_in_a_row,
            f.last_at,
            steps.bytes()
        ],
    )?;
    Ok(())
}

/// The rule that holds for a competency in a country: its own, else the country's, else the usual.
pub(crate) fn rule_for(tx: &mut Tx, country: &str, competency: Id) -> Result<Rule> {
    let row = tx.row(
        "SELECT kind, m, n FROM mastery_rule \
         WHERE country = $1 AND (competency_id = $2 OR competency_id IS NULL) \
         ORDER BY CASE WHEN competency_id IS NULL THEN 1 ELSE 0 END LIMIT 1",
        &args![country, competency],
    )?;
    Ok(match row {
        Some(row) => {
            let mut r = row.read();
            Rule::of(&r.text()?, r.int()?, r.int()?).unwrap_or(Rule::USUAL)
        }
        None => Rule::USUAL,
    })
}

/// A country's rule as kept: id, rule, version.
pub(crate) fn rule_row(
    tx: &mut Tx,
    country: &str,
    competency: Option<Id>,
) -> Result<Option<(Id, Rule, i64)>> {
    let row = tx.row(
        "SELECT id, kind, m, n, version FROM mastery_rule WHERE country = $1 \
         AND ((CAST($2 AS UUID) IS NULL AND competency_id IS NULL) OR competency_id = CAST($2 AS UUID))",
        &args![country, competency],
    )?;
    row.map(|row| {
        let mut r = row.read();
        let id = r.id()?;
        let rule = Rule::of(&r.text()?, r.int()?, r.int()?).unwrap_or(Rule::USUAL);
        Ok((id, rule, r.int()?))
    })
    .transpose()
}

/// A rule as kept: id, country, competency (none for all), rule.
pub(crate) type RuleRow = (Id, String, Option<Id>, Rule);

/// Every country's rules, by country.
pub(crate) fn all_rules(tx: &mut Tx) -> Result<Vec<RuleRow>> {
    let rows = tx.rows(
        "SELECT id, country, competency_id, kind, m, n FROM mastery_rule ORDER BY country, id LIMIT 2000",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            let (id, country, competency) = (r.id()?, r.text()?, r.opt_id()?);
            let rule = Rule::of(&r.text()?, r.int()?, r.int()?).unwrap_or(Rule::USUAL);
            Ok((id, country, competency, rule))
        })
        .collect()
}

/// Keeps a country's rule.
pub(crate) fn put_rule(
    tx: &mut Tx,
    country: &str,
    competency: Option<Id>,
    rule: Rule,
    seen: i64,
    now: Moment,
) -> Result<Id> {
    let (m, n) = rule.numbers();
    match rule_row(tx, country, competency)? {
        Some((id, _, _)) => {
            tx.change(
                &MASTERY_RULE,
                args![id, country, competency, rule.kind(), m, n, seen].to_vec(),
                seen,
            )?;
            Ok(id)
        }
        None => {
            let id = Id::new(now);
            tx.add(
                &MASTERY_RULE,
                args![id, country, competency, rule.kind(), m, n, 1_i64].to_vec(),
            )?;
            Ok(id)
        }
    }
}

/// The teacher's word about a learner and a competency that is in force.
pub(crate) fn word(tx: &mut Tx, learner: Id, competency: Id) -> Result<Option<Judgement>> {
    let row = tx.row(
        "SELECT id, mastered, reason, made_by, made_at FROM judgement \
         WHERE learner_id = $1 AND competency_id = $2 AND withdrawn_at IS NULL \
         ORDER BY made_at DESC, id DESC LIMIT 1",
        &args![learner, competency],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok(Judgement {
            id: r.id()?,
            learner,
            competency,
            mastered: r.bool()?,
            reason: r.text()?,
            by: r.id()?,
            at: r.moment()?,
        })
    })
    .transpose()
}

/// Keeps a teacher's word; earlier words about the same are no longer in force.
pub(crate) fn add_word(tx: &mut Tx, j: &Judgement) -> Result<()> {
    withdraw_words(tx, j.learner, j.competency, j.at)?;
    tx.exec(
        "INSERT INTO judgement (id, learner_id, competency_id, mastered, reason, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &args![
            j.id,
            j.learner,
            j.competency,
            j.mastered,
            &j.reason,
            j.by,
            j.at
        ],
    )?;
    Ok(())
}

/// Takes teachers' words about a learner and a competency back.
pub(crate) fn withdraw_words(tx: &mut Tx, learner: Id, competency: Id, now: Moment) -> Result<u64> {
    tx.exec(
        "UPDATE judgement SET withdrawn_at = $3 \
         WHERE learner_id = $1 AND competency_id = $2 AND withdrawn_at IS NULL",
        &args![learner, competency, now],
    )
}

/// What the teacher writes to a learner's term.
pub(crate) fn term_comment(
    tx: &mut Tx,
    class: Id,
    learner: Id,
    term: &str,
) -> Result<Option<(String, i64)>> {
    let row = tx.row(
        "SELECT comment, version FROM term_comment \
         WHERE class_id = $1 AND learner_id = $2 AND term = $3",
        &args![class, learner, term],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok((r.text()?, r.int()?))
    })
    .transpose()
}

/// Keeps what the teacher writes to a learner's term.
pub(crate) fn put_term_comment(
    tx: &mut Tx,
    (class, learner, term): (Id, Id, &str),
    comment: &str,
    by: Id,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO term_comment (class_id, learner_id, term, comment, made_by, made_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, 1) \
         ON CONFLICT (class_id, learner_id, term) DO UPDATE SET comment = excluded.comment, \
         made_by = excluded.made_by, made_at = excluded.made_at, version = term_comment.version + 1",
        &args![class, learner, term, comment, by, now],
    )?;
    Ok(())
}
