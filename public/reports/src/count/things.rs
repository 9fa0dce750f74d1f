//! What is counted one by one: members, authorities, needs, answers, units.

use super::Sheet;
use crate::snapshot::{Figure, Scope, Thing, ThingKind};
use base::{Day, Id, Moment, Names, Result};
use db::Tx;
use ledger::Bucket;
use needs::sums::{Learners, Units};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Counts them all; answers what pages show beside the numbers.
pub(crate) fn count(tx: &mut Tx, today: Day, sheet: &mut Sheet) -> Result<Value> {
    let all = || Scope::Coalition;
    let members = members::count_on(tx, today)?;
    sheet.add(all(), "members", "", members, "members");
    let authorities = authorities::actives(tx, today)?;
    let authorities = i64::try_from(authorities.len()).unwrap_or(i64::MAX);
    sheet.add(all(), "authorities", "", authorities, "authorities");
    let offers = offers::count_available(tx, today)?;
    sheet.add(all(), "offers", "", offers, "offers");
    sheet.add(all(), "calls", "", 0, "calls");
    for (country, calls) in allocation::open_calls(tx, today)? {
        sheet.both(country, "calls", calls);
    }
    in_need(tx, sheet)?;
    agreed(tx, today, sheet)?;
    received(tx, sheet)?;
    answers(tx, sheet)?;
    units_of_members(tx, sheet)?;
    round(tx)
}

impl Sheet {
    /// A count of one country and of all.
    fn both(&mut self, country: String, code: &str, amount: i64) {
        self.add(Scope::Coalition, code, "", amount, code);
        self.add(Scope::Country(country), code, "", amount, code);
    }
    /// Units of a service class, where they are.
    fn units(&mut self, scope: &Scope, class: &str, bucket: Bucket, amount: i64, lines: i64) {
        let code = format!("units_{class}");
        let named = (code.as_str(), bucket.code(), "units");
        self.add_in(scope.clone(), named, (amount, lines), "units");
    }
}

/// Agreements that were signed once, however they stand.
fn agreed(tx: &mut Tx, today: Day, sheet: &mut Sheet) -> Result<()> {
    sheet.add(Scope::Coalition, "agreements", "", 0, "agreements");
    agreements::each_public(tx, today, &mut |one| {
        let standing = one.standing.code();
        for scope in [
            Scope::Coalition,
            Scope::Country(one.country.clone()),
            Scope::Member(one.member),
        ] {
            for level in ["", standing] {
                sheet.add(scope.clone(), "agreements", level, 1, "agreements");
            }
        }
        sheet.things.push(Thing {
            kind: ThingKind::Agreement,
            id: one.id,
            class: String::new(),
            code: one.code.clone(),
            title: Names::default(),
            path: one.path(),
            country: one.country.clone(),
            member: one.member,
            standing: standing.to_owned(),
            amount: None,
            flagship: String::new(),
            missions: Vec::new(),
        });
        Ok(())
    })
}

/// What receivers checked in as good, and at how many schools.
fn received(tx: &mut Tx, sheet: &mut Sheet) -> Result<()> {
    let mut schools: BTreeSet<(Scope, String)> = BTreeSet::new();
    let mut consignments: BTreeMap<Id, Consignment> = BTreeMap::new();
    deliveries::each_received(tx, &deliveries::Scope::Everything, &mut |one| {
        let code = format!("received_{}", one.service_class);
        for scope in [
            Scope::Coalition,
            Scope::Country(one.country.clone()),
            Scope::Member(one.member),
        ] {
            let named = (code.as_str(), "confirmed", "units");
            sheet.add_in(scope.clone(), named, (one.good, 1), "received");
            if let (Some(school), true) = (&one.school, one.good > 0) {
                schools.insert((scope, format!("{} {school}", one.country)));
            }
        }
        if one.good > 0 {
            let of = consignments
                .entry(one.consignment)
                .or_insert_with(|| Consignment {
                    code: one.code,
                    country: one.country,
                    member: one.member,
                    good: BTreeMap::new(),
                    schools: BTreeSet::new(),
                });
            *of.good.entry(one.service_class).or_default() += one.good;
            of.schools.extend(one.school);
        }
        Ok(())
    })?;
    for (id, of) in consignments {
        of.put(id, &mut sheet.things);
    }
    for (scope, _) in schools {
        let named = ("schools_received", "confirmed", "schools");
        sheet.add_in(scope, named, (1, 1), "schools_received");
    }
    Ok(())
}

/// What was checked in as good of one consignment.
struct Consignment {
    code: String,
    country: String,
    member: Id,
    /// Units by service class.
    good: BTreeMap<String, i64>,
    schools: BTreeSet<String>,
}

impl Consignment {
    /// The things it is behind figures: once for its schools, once for each service class.
    fn put(self, id: Id, things: &mut Vec<Thing>) {
        let thing = |kind, class: &str, amount| Thing {
            kind,
            id,
            class: class.to_owned(),
            code: self.code.clone(),
            title: Names::default(),
            path: format!("/consignments/{id}"),
            country: self.country.clone(),
            member: self.member,
            standing: String::new(),
            amount: Some(amount),
            flagship: String::new(),
            missions: Vec::new(),
        };
        if !self.schools.is_empty() {
            let schools = i64::try_from(self.schools.len()).unwrap_or(i64::MAX);
            things.push(thing(ThingKind::Consignment, "", schools));
        }
        for (class, good) in &self.good {
            things.push(thing(ThingKind::Received, class, *good));
        }
    }
}

fn in_need(tx: &mut Tx, sheet: &mut Sheet) -> Result<()> {
    sheet.add(Scope::Coalition, "countries", "", 0, "countries");
    for code in ["needs", "need_lines"] {
        sheet.add(Scope::Coalition, code, "", 0, code);
    }
    for (country, needs) in needs::sums::countries(tx)? {
        sheet.add(Scope::Coalition, "countries", "", 1, "countries");
        sheet.both(country, "needs", needs);
    }
    for of in needs::sums::units(tx)? {
        sheet.both(of.country.clone(), "need_lines", of.lines);
        for scope in [Scope::Coalition, Scope::Country(of.country.clone())] {
            put_units(sheet, &scope, &of);
        }
    }
    let by_country = concerned(&needs::sums::learners(tx)?);
    let mut everywhere = Concerned::default();
    for (country, here) in by_country {
        everywhere.at_least += here.at_least;
        everywhere.places += here.places;
        everywhere.unknown += here.unknown;
        here.put(Scope::Country(country), sheet);
    }
    everywhere.put(Scope::Coalition, sheet);
    Ok(())
}

fn put_units(sheet: &mut Sheet, scope: &Scope, of: &Units) {
    let code = format!("units_{}", of.service_class);
    let whole = (of.quantity, of.lines);
    sheet.add_in(scope.clone(), (&code, "", "units"), whole, "units");
    for (bucket, amount) in Bucket::ALL.into_iter().zip(of.buckets) {
        sheet.units(scope, &of.service_class, bucket, amount, of.lines);
    }
}

/// Learners concerned: certainly so many, and so many places of which nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Concerned {
    at_least: i64,
    places: i64,
    unknown: i64,
}

impl Concerned {
    fn put(self, scope: Scope, sheet: &mut Sheet) {
        let unknown = "places_unknown";
        sheet.add(scope.clone(), unknown, "", self.unknown, unknown);
        let known = Some(self.at_least).filter(|_| self.places > self.unknown);
        sheet.put(Figure {
            scope,
            code: "learners".to_owned(),
            level: String::new(),
            unit: "people".to_owned(),
            low: known,
            high: None,
            sum: known,
            records: self.places,
            as_of: None,
            rule: "learners".to_owned(),
            marks: vec!["open_ended".to_owned()],
        });
    }
}

/// The learners of each country that are concerned at least. A school counts once however many
/// lines name it; lines for a whole area may mean the learners of its schools again, so the larger
/// of the two counts.
fn concerned(rows: &[Learners]) -> BTreeMap<String, Concerned> {
    let mut areas: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut out: BTreeMap<String, Concerned> = BTreeMap::new();
    for row in rows {
        let certain = if row.of_schools { row.sum } else { row.most };
        let area = areas.entry((&row.country, &row.area)).or_default();
        *area = certain.max(*area);
        let country = out.entry(row.country.clone()).or_default();
        country.places += row.places;
        country.unknown += row.unknown;
    }
    for (country, concerned) in &mut out {
        let own = areas.iter().filter(|((of, _), _)| of == country);
        let (whole, parts): (Vec<_>, Vec<_>) =
            own.partition(|((_, area), _)| *area == country || area.is_empty());
        let parts: i64 = parts.iter().map(|(_, learners)| **learners).sum();
        let whole = whole.iter().map(|(_, learners)| **learners).max();
        concerned.at_least = parts.max(whole.unwrap_or(0));
    }
    out
}

/// Requests and how long each waited for its answer.
fn answers(tx: &mut Tx, sheet: &mut Sheet) -> Result<()> {
    let mut clocks: BTreeMap<Scope, Vec<(Moment, Option<Moment>)>> = BTreeMap::new();
    clocks.entry(Scope::Coalition).or_default();
    for (country, received, answered) in needs::sums::answers(tx)? {
        for scope in [Scope::Coalition, Scope::Country(country)] {
            clocks.entry(scope).or_default().push((received, answered));
        }
    }
    for (scope, clock) in clocks {
        let mut took: Vec<i64> = clock
            .iter()
            .filter_map(|(from, to)| to.map(|to| to.micros() - from.micros()))
            .collect();
        took.sort_unstable();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (received, answered) = (count(clock.len()), count(took.len()));
        sheet.add(scope.clone(), "requests", "", received, "requests");
        let code = "requests_answered";
        sheet.add(scope.clone(), code, "", answered, code);
        if let Some(hours) = half_of(&took) {
            let named = ("answer_hours", "", "hours");
            sheet.add_in(scope, named, (hours, answered), "answer_hours");
        }
    }
    Ok(())
}

/// The hours that half of the answers took at most; a started hour counts, so that none is shown
/// faster than it was.
fn half_of(took: &[i64]) -> Option<i64> {
    const HOUR: i64 = 3_600_000_000;
    let middle = took.get(took.len().saturating_sub(1) / 2)?;
    Some((middle.max(&1) + HOUR - 1) / HOUR)
}

/// What members promised and what became of it, by the offers the units came from.
fn units_of_members(tx: &mut Tx, sheet: &mut Sheet) -> Result<()> {
    for member in members::in_standing(tx)? {
        let scope = Scope::Member(member);
        let mut needs = BTreeSet::new();
        for offer in offers::offers_of(tx, member)? {
            let here = ledger::of_offer(tx, offer.id)?;
            for (bucket, amount) in here {
                sheet.units(&scope, &offer.terms.service_class, bucket, amount, 1);
                needs.insert(offer.id);
            }
        }
        let used = i64::try_from(needs.len()).unwrap_or(i64::MAX);
        sheet.add(scope, "offers_used", "", used, "offers_used");
    }
    Ok(())
}

/// The latest round, which never changes.
fn round(tx: &mut Tx) -> Result<Value> {
    let Some(id) = allocation::latest_round(tx)? else {
        return Ok(json!({}));
    };
    let round = allocation::round(tx, id)?;
    let priority = round.outcome.pointer("/counterfactual/priority");
    Ok(json!({ "round": {
        "id": id,
        "number": round.number,
        "day": round.finished_at.map(Moment::day),
        "value": round.objective,
        "bound": round.upper_bound,
        "gap": round.gap,
        "with": priority.and_then(|shares| shares.get("with")),
        "without": priority.and_then(|shares| shares.get("without")),
    } }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(country: &str, area: &str, of_schools: bool, sum: i64, most: i64) -> Learners {
        Learners {
            country: country.to_owned(),
            area: area.to_owned(),
            of_schools,
            sum,
            most,
            places: 3,
            unknown: 1,
        }
    }

    #[test]
    fn a_school_counts_once_and_an_area_is_not_added_to_its_schools() {
        let rows = [
            row("HN", "HN01", true, 300, 200),
            row("HN", "HN01", false, 250, 250),
            row("HN", "HN02", false, 500, 400),
            row("KE", "KE01", true, 10, 10),
        ];
        let all = concerned(&rows);
        assert_eq!(
            (all["HN"].at_least, all["HN"].places, all["HN"].unknown),
            (700, 9, 3)
        );
        assert_eq!(all["KE"].at_least, 10);
    }

    #[test]
    fn a_line_for_the_country_covers_its_areas() {
        let rows = [
            row("HN", "HN01", true, 300, 200),
            row("HN", "HN", false, 900, 900),
        ];
        assert_eq!(concerned(&rows)["HN"].at_least, 900);
    }

    #[test]
    fn half_of_the_answers_took_at_most_so_long() {
        let hour = 3_600_000_000;
        assert_eq!(half_of(&[]), None);
        assert_eq!(half_of(&[hour, 2 * hour + 1, 5 * hour]), Some(3));
        assert_eq!(
            half_of(&[hour, 5 * hour]),
            Some(1),
            "the lower of two middles"
        );
        assert_eq!(half_of(&[1]), Some(1), "a started hour counts");
    }
}
