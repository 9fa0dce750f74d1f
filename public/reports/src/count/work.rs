//! Deployments: how many, how they stand, and how many people they plan to reach.

use super::{Places, Sheet, claims};
use crate::interval::{Counts, EVERYBODY, Record, fold};
use crate::snapshot::{Figure, Scope, Thing, ThingKind};
use base::{Day, Id, Result};
use db::Tx;
use deployments::{Deployment, Standing};
use std::collections::{BTreeMap, HashMap};

/// What claims need to know of the deployments they are about.
#[derive(Default)]
pub(crate) struct Deployed {
    pub(crate) flagship: HashMap<Id, String>,
}

/// Planned reach of one scope: what is known, and of how many it is not.
#[derive(Default)]
struct Planned {
    known: Vec<(usize, Record)>,
    unknown: i64,
    as_of: Option<Day>,
}

pub(crate) fn count(
    tx: &mut Tx,
    today: Day,
    places: &mut Places,
    sheet: &mut Sheet,
) -> Result<Deployed> {
    let mut deployed = Deployed::default();
    let mut planned: BTreeMap<Scope, Planned> = BTreeMap::new();
    let mut spots: Vec<(String, String)> = Vec::new();
    let everything = deployments::Scope::Everything;
    deployments::each(tx, &everything, today, &mut |one| {
        if let Some(flagship) = &one.flagship {
            deployed.flagship.insert(one.id, flagship.clone());
        }
        sheet.things.push(thing(&one));
        let about = scopes(&one);
        for scope in &about {
            let standing = one.standing.code();
            sheet.add(scope.clone(), "deployments", standing, 1, "deployments");
            if one.standing != Standing::Cancelled {
                sheet.add(scope.clone(), "deployments", "", 1, "deployments");
            }
        }
        if one.standing == Standing::Cancelled {
            return Ok(());
        }
        let record = record(&one, spots.len());
        // Several places are told of together: only the country holds them all for sure.
        let place = match one.places.as_slice() {
            [only] => only.clone(),
            _ => one.country.clone(),
        };
        for scope in about {
            let planned = planned.entry(scope).or_default();
            planned.as_of = planned.as_of.max(Some(one.planned_at.day()));
            match record {
                Some(record) => planned.known.push((spots.len(), record)),
                None => planned.unknown += 1,
            }
        }
        spots.push((one.country, place));
        Ok(())
    })?;
    let mut numbers = Vec::with_capacity(spots.len());
    for (country, place) in &spots {
        numbers.push(places.number(tx, country, place)?);
    }
    let tree = places.peopled(tx, "youth")?;
    for (scope, planned) in planned {
        let at = |(spot, record): (usize, Record)| Record {
            place: numbers.get(spot).copied().unwrap_or_default(),
            ..record
        };
        let total = fold(Counts::Distinct, planned.known.into_iter().map(at), &tree);
        let mut marks = claims::marks(&total);
        if planned.unknown > 0 {
            marks.push("reach_unknown".to_owned());
        }
        let known = |end: i64| (total.records > 0).then_some(end);
        sheet.put(Figure {
            scope,
            code: "people_planned".to_owned(),
            level: "committed".to_owned(),
            unit: "people".to_owned(),
            low: known(total.low),
            high: total.high.filter(|_| planned.unknown == 0),
            sum: known(total.sum),
            records: total.records,
            as_of: planned.as_of,
            rule: "planned".to_owned(),
            marks,
        });
    }
    Ok(deployed)
}

/// Everything a deployment counts for.
fn scopes(one: &Deployment) -> Vec<Scope> {
    let mut scopes = vec![
        Scope::Coalition,
        Scope::Country(one.country.clone()),
        Scope::Member(one.member),
    ];
    scopes.extend(one.flagship.clone().map(Scope::Flagship));
    scopes.extend(one.missions.iter().cloned().map(Scope::Mission));
    scopes
}

/// A deployment as it stands.
fn thing(one: &Deployment) -> Thing {
    Thing {
        kind: ThingKind::Deployment,
        id: one.id,
        class: String::new(),
        code: one.code.clone(),
        title: one.title.clone(),
        path: one.path(),
        country: one.country.clone(),
        member: one.member,
        standing: one.standing.code().to_owned(),
        amount: one.reach_planned,
        flagship: one.flagship.clone().unwrap_or_default(),
        missions: one.missions.clone(),
    }
}

/// The reach a deployment plans, as one told figure of an activity of its own.
fn record(one: &Deployment, nth: usize) -> Option<Record> {
    let reach = one.reach_planned?;
    let (from, to) = one.days();
    let bits = one.id.0.as_u128();
    Some(Record {
        print: bits,
        #[expect(clippy::cast_possible_truncation, reason = "the last half is random")]
        activity: bits as u64,
        nth: u32::try_from(nth).unwrap_or(u32::MAX),
        place: 0,
        group: EVERYBODY,
        contested: false,
        about: false,
        from: claims::number(from),
        to: claims::number(to),
        low: reach,
        high: reach,
    })
}
