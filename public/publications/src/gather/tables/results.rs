//! What was counted, corrected and said: the tables of figures.

use super::Gathering;
use crate::gather::{SLICE, level};
use crate::table::{Rows, day, moment, text, whole};
use base::{Lang, Result};
use db::Tx;
use evidence::{Claim, ClaimScope};
use sheets::Cell;
use std::collections::BTreeMap;
use std::io::Write;

impl Gathering<'_> {
    /// Every claim that came before others, as a row of one of the two tables of results.
    pub(super) fn claims<W: Write>(
        &mut self,
        tx: &mut Tx,
        rows: &mut Rows<W>,
        tagged: bool,
    ) -> Result<()> {
        if self.codes.is_empty() {
            self.each_deployment(tx, &mut |_, _, _, _| Ok(()))?;
        }
        let mut ids = Vec::new();
        evidence::each_claim(tx, &ClaimScope::Everything, None, &mut |claim| {
            ids.push(claim.id);
            Ok(())
        })?;
        for id in ids {
            let claim = evidence::claim(tx, id)?;
            let cells = self.claim(tx, &claim, tagged)?;
            rows.add(&cells)?;
        }
        Ok(())
    }

    fn claim(&mut self, tx: &mut Tx, c: &Claim, tagged: bool) -> Result<Vec<Cell>> {
        let code = c.deployment.and_then(|id| self.codes.get(&id)).cloned();
        let deployment = text(code.unwrap_or_default());
        let organisation = text(self.known.organisation_name(tx, c.organisation)?);
        let source = text(self.known.open(tx, &c.source)?);
        let country = text(self.known.iso3(&c.country));
        let period = [day(c.from), day(c.to), day(c.as_of)];
        let figure = [whole(c.low), whole(c.high)];
        let mut cells = vec![text(c.id.to_string()), deployment];
        if tagged {
            let name = self.known.indicators.get(&c.indicator);
            let name = name
                .map_or(c.indicator.as_str(), |i| i.names.get(Lang::En))
                .to_owned();
            cells.extend([
                organisation,
                country,
                text(&c.place),
                text(&c.indicator),
                text(name),
            ]);
            cells.extend([
                text(c.unit.code()),
                text(&c.group),
                text(c.comparator.code()),
            ]);
            cells.extend(figure);
            cells.push(text(level(c)));
            cells.extend(period);
            cells.extend([
                text(&c.method),
                source,
                text(c.standing.code()),
                text(&c.print),
            ]);
        } else {
            cells.extend([text(&c.indicator), text(c.unit.code()), text(level(c))]);
            cells.push(text(c.comparator.code()));
            cells.extend(figure);
            cells.extend([country, text(&c.place), text(&c.group)]);
            cells.extend(period);
            cells.extend([
                text(&c.method),
                source,
                organisation,
                text(c.standing.code()),
            ]);
            let before = c.supersedes.map_or_else(String::new, |id| id.to_string());
            cells.extend([text(before), text(&c.print)]);
        }
        Ok(cells)
    }

    pub(super) fn figures<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        let Some(snapshot) = reports::snapshot_newest(tx)? else {
            return Ok(());
        };
        let mut scopes = vec![(reports::Scope::Coalition, String::new())];
        let sql =
            "SELECT DISTINCT country FROM need WHERE published_at IS NOT NULL ORDER BY country";
        for row in tx.rows(sql, &[])? {
            let code = row.read().text()?;
            scopes.push((reports::Scope::Country(code.clone()), code));
        }
        for (scope, country) in scopes {
            for figure in reports::figures(tx, snapshot.id, &scope)? {
                rows.add(&[
                    text(snapshot.id.to_string()),
                    text(scope.kind()),
                    text(self.known.iso3(&country)),
                    text(&figure.code),
                    text(&figure.level),
                    text(&figure.unit),
                    whole(figure.low),
                    whole(figure.high),
                    whole(figure.sum),
                    whole(figure.records),
                    day(figure.as_of),
                    text(&figure.rule),
                    text(figure.marks.join(" ")),
                    self.url(&figure.name().path(snapshot.id)),
                ])?;
            }
        }
        Ok(())
    }

    pub(super) fn corrections<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        let mut after = None;
        loop {
            let page = evidence::corrections(tx, after, CORRECTIONS)?;
            for c in &page {
                let by = c.by.map_or_else(String::new, |id| id.to_string());
                let reason = self.known.open(tx, &c.reason)?;
                // A reason that names somebody stays on the site's own page, for those who may read it.
                let reason = if reason.is_empty() {
                    "—".to_owned()
                } else {
                    reason
                };
                rows.add(&[
                    text(c.id.to_string()),
                    moment(c.at),
                    text(c.claim.to_string()),
                    text(by),
                    text(&c.indicator),
                    text(self.known.iso3(&c.country)),
                    text(&c.place),
                    whole(c.old.low),
                    whole(c.old.high),
                    whole(c.new.and_then(|new| new.low)),
                    whole(c.new.and_then(|new| new.high)),
                    text(reason),
                ])?;
            }
            match page.last() {
                Some(last) if page.len() >= SLICE => after = Some((last.at, last.id)),
                _ => return Ok(()),
            }
        }
    }

    /// The public record as it ships, without the quotes: those stand on the site beside the sources.
    pub(super) fn statements<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        for s in evidence::statements(tx)? {
            rows.add(&[
                text(&s.claim_id),
                text(&s.topic),
                text(&s.metric),
                text(&s.text),
                text(&s.unit),
                text(&s.comparator),
                text(&s.as_of),
                text(&s.country),
                text(&s.source_title),
                text(&s.url),
            ])?;
        }
        Ok(())
    }
}

/// Corrections read at a time.
const CORRECTIONS: i64 = SLICE as i64;

/// People a deployment reached: at least its largest single figure, at most the sum of its distinct
/// ones; unknown when nobody reported any.
pub(super) fn reached(claims: &[Claim]) -> (Option<i64>, Option<i64>) {
    let people = claims.iter().filter(|c| {
        c.counts()
            && c.unit == evidence::Unit::People
            && c.level.is_some_and(|l| l >= evidence::Level::Delivered)
    });
    let distinct: BTreeMap<&str, &Claim> = people.map(|c| (c.print.as_str(), c)).collect();
    let at_least = distinct.values().filter_map(|c| c.low).max();
    let at_most = distinct.values().map(|c| c.high).sum::<Option<i64>>();
    (at_least, at_most.filter(|_| !distinct.is_empty()))
}
