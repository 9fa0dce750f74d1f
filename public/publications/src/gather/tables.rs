//! The rows of every table, one by one.

mod results;

use super::{Known, SLICE, declared};
use crate::table::{Rows, Table, day, text, whole, yes};
use base::{Day, Error, Id, Lang, Names, Result};
use db::{Tx, args};
use deployments::{Deployment, Scope};
use sheets::Cell;
use std::collections::BTreeMap;
use std::io::Write;

/// Where the site is, and which codes stand for what it has shown so far.
pub(crate) struct Gathering<'k> {
    pub(crate) known: &'k mut Known,
    pub(crate) site: &'k str,
    /// Codes of published deployments.
    codes: BTreeMap<Id, String>,
}

impl<'k> Gathering<'k> {
    pub(crate) fn new(known: &'k mut Known, site: &'k str) -> Self {
        Self {
            known,
            site,
            codes: BTreeMap::new(),
        }
    }

    /// Writes the rows of a table.
    pub(crate) fn fill<W: Write>(
        &mut self,
        tx: &mut Tx,
        table: &Table,
        rows: &mut Rows<W>,
    ) -> Result<()> {
        match (table.tagged, table.name) {
            (true, "needs") => self.needs_by_area(tx, rows),
            (true, "3w") => self.who_does_what_where(tx, rows),
            (true, _) => self.claims(tx, rows, true),
            (_, "services") => self.services(rows),
            (_, "indicators") => self.indicators(rows),
            (_, "needs") => self.needs(tx, rows),
            (_, "agreements") => self.agreements(tx, rows),
            (_, "deployments") => self.deployments(tx, rows),
            (_, "deliveries") => self.deliveries(tx, rows),
            (_, "results") => self.claims(tx, rows, false),
            (_, "figures") => self.figures(tx, rows),
            (_, "corrections") => self.corrections(tx, rows),
            (_, "statements") => self.statements(tx, rows),
            (_, other) => Err(Error::fault(format!("nobody fills the table {other}"))),
        }
    }

    fn url(&self, path: &str) -> Cell {
        text(format!("{}{path}", self.site))
    }

    /// Published needs, one slice of heads after the other.
    fn each_need(
        &mut self,
        tx: &mut Tx,
        see: &mut dyn FnMut(&mut Self, &mut Tx, &needs::NeedHead) -> Result<()>,
    ) -> Result<()> {
        let sql = "SELECT id FROM need WHERE published_at IS NOT NULL ORDER BY id";
        let mut ids: Vec<Id> = Vec::new();
        for row in tx.rows(sql, &[])? {
            ids.push(row.read().id()?);
        }
        for slice in ids.chunks(SLICE) {
            for head in needs::heads(tx, slice, self.known.today)? {
                see(self, tx, &head)?;
            }
        }
        Ok(())
    }

    fn needs_by_area<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        self.each_need(tx, &mut |this, tx, head| {
            let (sector, _) = this.known.purpose(&head.service_class, &[]);
            for area in areas(tx, head.id)? {
                let adm1 = if area.code == head.country {
                    ""
                } else {
                    &area.code
                };
                let name = match adm1 {
                    "" => String::new(),
                    code => this.known.place_name(tx, code)?,
                };
                rows.add(&[
                    text(format!("{}/{}", head.code, area.code)),
                    day(this.known.today),
                    text(&head.code),
                    text(this.known.iso3(&head.country)),
                    text(adm1),
                    text(name),
                    text(sector),
                    text(&head.service_class),
                    text(this.known.class(&head.service_class).get(Lang::En)),
                    whole(area.units),
                    text(this.known.unit(&head.service_class)),
                    whole(area.at_least),
                    whole(area.at_most),
                    day(head.valid_until),
                    text(head.standing.code()),
                ])?;
            }
            Ok(())
        })
    }

    fn needs<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        self.each_need(tx, &mut |this, tx, head| {
            let served = needs::served(tx, head.id)?;
            let sql = "SELECT COUNT(*) FROM need_line WHERE need_id = $1";
            let lines = tx.one(sql, &args![head.id])?.read().int()?;
            let buckets = [
                served.uncovered,
                served.proposed,
                served.committed,
                served.in_transit,
                served.delivered,
                served.confirmed,
                served.returned,
                served.lost,
            ];
            let mut cells = vec![
                text(&head.code),
                text(this.known.iso3(&head.country)),
                text(this.known.organisation_name(tx, head.organisation)?),
                text(&head.service_class),
                whole(lines),
                whole(buckets.iter().sum::<i64>()),
            ];
            cells.extend(buckets.into_iter().map(Cell::Whole));
            cells.extend([
                day(head.valid_until),
                text(head.standing.code()),
                this.url(&format!("/needs/{}", head.id)),
            ]);
            rows.add(&cells)
        })
    }

    fn services<W: Write>(&mut self, rows: &mut Rows<W>) -> Result<()> {
        for (code, class) in &self.known.classes {
            let mut cells = vec![text(code)];
            cells.extend(three(&class.names));
            cells.push(text(self.known.unit(code)));
            rows.add(&cells)?;
        }
        Ok(())
    }

    fn indicators<W: Write>(&mut self, rows: &mut Rows<W>) -> Result<()> {
        for (code, indicator) in &self.known.indicators {
            let mut cells = vec![text(code)];
            cells.extend(three(&indicator.names));
            cells.extend([
                text(indicator.unit.code()),
                text(&indicator.population),
                text(indicator.definition.get(Lang::En)),
                text(indicator.means_of_verification.get(Lang::En)),
            ]);
            rows.add(&cells)?;
        }
        Ok(())
    }

    fn agreements<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        let ids = super::processes::public(tx, self.known)?;
        for id in ids {
            let a = agreements::agreement(tx, id, self.known.today)?;
            rows.add(&[
                text(&a.code),
                text(self.known.iso3(&a.country)),
                text(self.known.organisation_name(tx, a.authority)?),
                text(self.known.organisation_name(tx, a.member)?),
                text(&a.kind),
                text(&a.selection),
                whole(a.number),
                day(a.signed_on),
                day(a.starts_on),
                day(a.ends_on),
                day(a.free_until),
                text(a.lacking().join(" ")),
                text(a.standing.code()),
                yes(a.sample),
                self.url(&a.path()),
            ])?;
        }
        Ok(())
    }

    /// Deployments under agreements everybody may see, a slice in memory at a time.
    fn each_deployment(
        &mut self,
        tx: &mut Tx,
        see: &mut dyn FnMut(&mut Self, &mut Tx, &Deployment, &agreements::Agreement) -> Result<()>,
    ) -> Result<()> {
        let mut ids = Vec::new();
        deployments::each(tx, &Scope::Everything, self.known.today, &mut |d| {
            ids.push(d.id);
            Ok(())
        })?;
        for slice in ids.chunks(SLICE) {
            for d in deployments::heads(tx, slice, self.known.today)? {
                let agreement = agreements::agreement(tx, d.agreement, self.known.today)?;
                if agreement.is_public() {
                    self.codes.insert(d.id, d.code.clone());
                    see(self, tx, &d, &agreement)?;
                }
            }
        }
        Ok(())
    }

    fn deployments<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        self.each_deployment(tx, &mut |this, tx, d, agreement| {
            rows.add(&[
                text(&d.code),
                text(&agreement.code),
                text(this.known.iso3(&d.country)),
                text(this.known.organisation_name(tx, d.member)?),
                text(&d.service_class),
                text(d.places.join(" ")),
                text(d.group.as_deref().unwrap_or_default()),
                text(d.levels.join(" ")),
                text(d.flagship.as_deref().unwrap_or_default()),
                text(d.missions.join(" ")),
                text(d.in_person.code()),
                day(d.planned_from),
                day(d.planned_to),
                day(d.actual_from),
                day(d.actual_to),
                whole(d.reach_planned),
                whole(d.units),
                whole(d.lines),
                text(d.standing.code()),
                this.url(&d.path()),
            ])
        })
    }

    fn who_does_what_where<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        self.each_deployment(tx, &mut |this, tx, d, agreement| {
            let (sector, _) = this.known.purpose(&d.service_class, &d.levels);
            let title = this.known.open_names(tx, &d.title, &d.service_class)?;
            let provider = this.known.organisation_name(tx, d.member)?;
            let authority = this.known.organisation_name(tx, agreement.authority)?;
            let mut doing = Vec::new();
            for id in &d.implementers {
                doing.push(this.known.organisation_name(tx, *id)?);
            }
            let doing = if doing.is_empty() {
                provider.clone()
            } else {
                doing.join("; ")
            };
            let (from, to) = d.days();
            let (at_least, at_most) = results::reached(&evidence::figures_of(tx, d.id)?);
            for place in &d.places {
                let adm1 = this.known.area(tx, place)?;
                let name = if adm1.is_empty() {
                    String::new()
                } else {
                    this.known.place_name(tx, &adm1)?
                };
                rows.add(&[
                    text(format!("{}/{place}", d.code)),
                    day(this.known.today),
                    text(&d.code),
                    text(title.get(Lang::En)),
                    text(&agreement.code),
                    text(&provider),
                    text(&doing),
                    text(&authority),
                    text(this.known.iso3(&d.country)),
                    text(adm1),
                    text(name),
                    text(place),
                    text(sector),
                    text(&d.service_class),
                    day(from),
                    day(to),
                    whole(d.reach_planned),
                    whole(at_least),
                    whole(at_most),
                    text(d.standing.code()),
                ])?;
            }
            Ok(())
        })
    }

    fn deliveries<W: Write>(&mut self, tx: &mut Tx, rows: &mut Rows<W>) -> Result<()> {
        type Sums = (String, String, [i64; 5], Day);
        let mut sums: BTreeMap<(Id, String), Sums> = BTreeMap::new();
        deliveries::each_received(tx, &deliveries::Scope::Everything, &mut |one| {
            let key = (one.deployment, one.department.clone());
            let entry = sums.entry(key).or_insert_with(|| {
                (
                    one.country.clone(),
                    one.service_class.clone(),
                    [0; 5],
                    one.on,
                )
            });
            let more = [1, one.good, one.damaged, one.short, one.surplus];
            entry
                .2
                .iter_mut()
                .zip(more)
                .for_each(|(sum, more)| *sum += more);
            entry.3 = entry.3.max(one.on);
            Ok(())
        })?;
        for ((deployment, area), (country, class, counts, last)) in sums {
            let Some(code) = self.codes.get(&deployment) else {
                continue;
            };
            let area = if area == country { String::new() } else { area };
            let mut cells = vec![
                text(code),
                text(self.known.iso3(&country)),
                text(area),
                text(&class),
                text(self.known.unit(&class)),
            ];
            cells.extend(counts.into_iter().map(Cell::Whole));
            cells.push(day(last));
            rows.add(&cells)?;
        }
        Ok(())
    }
}

fn three(names: &Names) -> [Cell; 3] {
    let of = |lang: &str| text(names.0.get(lang).cloned().unwrap_or_default());
    [text(names.get(Lang::En)), of("fr"), of("ar")]
}

/// A need's part in an area.
struct Area {
    code: String,
    units: i64,
    at_least: i64,
    at_most: Option<i64>,
}

/// The parts of a need by first-level area. Learners of different schools add up; a line for a whole
/// area may speak of the same children, so it raises the lower bound only when it is larger.
fn areas(tx: &mut Tx, need: Id) -> Result<Vec<Area>> {
    let sql = "SELECT department, school_code IS NOT NULL, CAST(SUM(quantity) AS BIGINT), \
        CAST(COALESCE(SUM(learners), 0) AS BIGINT), CAST(COALESCE(MAX(learners), 0) AS BIGINT), \
        COUNT(*) - COUNT(learners) FROM need_line WHERE need_id = $1 \
        GROUP BY department, school_code IS NOT NULL ORDER BY department, school_code IS NOT NULL";
    let mut areas: Vec<Area> = Vec::new();
    for row in tx.rows(sql, &args![need])? {
        let mut r = row.read();
        let (code, of_schools, units) = (r.text()?, r.bool()?, r.int()?);
        let (sum, most, unknown) = (r.int()?, r.int()?, r.int()?);
        let at_least = if of_schools { sum } else { most };
        let at_most = (unknown == 0).then_some(sum);
        match areas.last_mut().filter(|area| area.code == code) {
            Some(area) => {
                area.units += units;
                area.at_least = area.at_least.max(at_least);
                area.at_most = area.at_most.zip(at_most).map(|(a, b)| a + b);
            }
            None => areas.push(Area {
                code,
                units,
                at_least,
                at_most,
            }),
        }
    }
    Ok(areas)
}

/// The declared tables of a format.
pub(crate) fn of(format: crate::Format) -> &'static [&'static Table] {
    match format {
        crate::Format::Hxl => &declared::HXL,
        _ => &declared::PLAIN,
    }
}
