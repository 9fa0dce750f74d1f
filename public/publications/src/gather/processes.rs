//! Agreements as OCDS reads them: one process for each need an agreement serves.

use super::Known;
use crate::ocds::{
    Amendment, Award, Contract, Document, Involved, Item, Milestone, Planning, Process,
};
use agreements::{Agreement, Scheduled};
use base::{Arg, Day, Id, Lang, Moment, Result};
use db::{Tx, args};
use deployments::{Deployment, Scope, Standing};
use std::collections::BTreeMap;

/// Agreements everybody may see, by id.
///
/// # Errors
/// A fault of the database.
pub(crate) fn public(tx: &mut Tx, known: &Known) -> Result<Vec<Id>> {
    let mut ids = Vec::new();
    agreements::each_public(tx, known.today, &mut |agreement| {
        ids.push(agreement.id);
        Ok(())
    })?;
    Ok(ids)
}

/// The processes of an agreement.
///
/// # Errors
/// A fault of the database.
pub(crate) fn of(tx: &mut Tx, known: &mut Known, id: Id, prefix: &str) -> Result<Vec<Process>> {
    let agreement = agreements::agreement(tx, id, known.today)?;
    let versions = agreements::versions(tx, id)?;
    let mut signed = versions
        .iter()
        .filter_map(|v| Some((v.number, v.signed_on?)));
    let Some((_, first)) = signed.next() else {
        return Ok(Vec::new());
    };
    let amendments: Vec<Amendment> = signed
        .map(|(number, day)| amendment(known, number, day))
        .collect();
    let mut by_need: BTreeMap<Id, Vec<Scheduled>> = BTreeMap::new();
    for scheduled in agreements::schedule(tx, id)? {
        by_need.entry(scheduled.need).or_default().push(scheduled);
    }
    let mut active = Vec::new();
    deployments::each(tx, &Scope::Agreement(id), known.today, &mut |d| {
        active.push(d);
        Ok(())
    })?;
    let mut serving = Vec::with_capacity(active.len());
    for d in active {
        serving.push((deployments::needs_of(tx, d.id)?, d));
    }
    let involved = involved(tx, known, &agreement)?;
    let mut processes = Vec::with_capacity(by_need.len());
    for (need, scheduled) in by_need {
        let of_need: Vec<&Deployment> = serving
            .iter()
            .filter(|(needs, _)| needs.contains(&need))
            .map(|(_, d)| d)
            .collect();
        let items: Vec<Item> = scheduled.iter().map(|one| item(known, one)).collect();
        let planning = planning(tx, known, need, &items)?;
        // A need is validated before it is agreed, and agreed before it is signed.
        let signed = Moment::start_of_utc(first);
        let agreed = agreement.made_at.min(signed);
        processes.push(Process {
            ocid: format!("{prefix}-{}", opaque("process", &format!("{id} {need}"))),
            buyer: party(agreement.authority),
            involved: involved.clone(),
            planning: Some(Planning {
                dated: planning.dated.min(agreed),
                ..planning
            }),
            award: Some(Award {
                id: opaque("award", &format!("{id} {need}")),
                dated: agreed,
                cancelled: false,
                description: selection(tx, &agreement)?,
                suppliers: vec![party(agreement.member)],
                items: items.clone(),
            }),
            contract: Some(Contract {
                id: opaque("contract", &format!("{id} {need}")),
                title: items
                    .first()
                    .map(|item| item.names.clone())
                    .unwrap_or_default(),
                signed,
                from: agreement.starts_on,
                to: agreement.ends_on,
                items,
                documents: vec![page(
                    "agreement",
                    "contractSigned",
                    &agreement.code,
                    agreement.path(),
                    Some(signed),
                )],
                amendments: amendments.clone(),
                terminated: agreement
                    .ended_on
                    .filter(|_| agreement.stage == agreements::Stage::Terminated)
                    .map(Moment::start_of),
                milestones: of_need.iter().map(|d| milestone(d)).collect(),
                proofs: of_need
                    .iter()
                    .filter(|d| d.actual_from.is_some())
                    .map(|d| page(&d.code, "physicalProgressReport", &d.code, d.path(), None))
                    .collect(),
                happened: of_need.iter().map(|d| d.planned_at).max(),
            }),
        });
    }
    Ok(processes)
}

/// An identifier that says nothing of what it stands for.
fn opaque(space: &str, name: &str) -> String {
    Id::named(space, name).0.simple().to_string()
}

fn party(organisation: Id) -> String {
    opaque("party", &organisation.to_string())
}

fn involved(tx: &mut Tx, known: &mut Known, agreement: &Agreement) -> Result<Vec<Involved>> {
    let mut all = Vec::with_capacity(2);
    for (id, role) in [
        (agreement.authority, "buyer"),
        (agreement.member, "supplier"),
    ] {
        let organisation = known.organisation(tx, id)?;
        all.push(Involved {
            id: party(id),
            names: organisation.names.clone(),
            identifier: organisation.identifiers.first().cloned(),
            country: organisation.country.clone(),
            roles: vec![role],
        });
    }
    Ok(all)
}

fn item(known: &Known, one: &Scheduled) -> Item {
    Item {
        id: opaque("item", &one.id.to_string()),
        service_class: one.service_class.clone(),
        names: known.class(&one.service_class),
        quantity: one.quantity,
        unit: known.unit(&one.service_class),
    }
}

fn planning(tx: &mut Tx, known: &Known, need: Id, items: &[Item]) -> Result<Planning> {
    let head = needs::head(tx, need, known.today)?;
    let sql = "SELECT published_at FROM need WHERE id = $1";
    let published = tx.one(sql, &args![need])?.read().opt_moment()?;
    let units: i64 = items.iter().map(|item| item.quantity).sum();
    let class = known.class(&head.service_class);
    Ok(Planning {
        dated: published.unwrap_or(Moment::from_micros(0)),
        rationale: known.library.words(Lang::En).say_with(
            "publications-need-served",
            &[
                ("need", Arg::from(head.code.as_str())),
                ("class", Arg::from(class.get(Lang::En))),
                ("units", Arg::from(units.to_string())),
                ("unit", Arg::from(known.unit(&head.service_class))),
            ],
        ),
        documents: vec![page(
            "need",
            "needsAssessment",
            &head.code,
            format!("/needs/{need}"),
            published,
        )],
    })
}

fn amendment(known: &Known, number: i64, signed: Day) -> Amendment {
    let args = [("number", Arg::from(number.to_string()))];
    let words = known.library.words(Lang::En);
    Amendment {
        number,
        signed: Moment::start_of_utc(signed),
        description: words.say_with("publications-amendment", &args),
    }
}

/// How the member was chosen, in the catalogue's words.
fn selection(tx: &mut Tx, agreement: &Agreement) -> Result<String> {
    let reason = catalogue::label(tx, "selection_reasons", &agreement.selection, Lang::En)?;
    Ok(format!(
        "Selection: {reason}. Support in kind, without a price."
    ))
}

fn page(
    id: &str,
    kind: &'static str,
    title: &str,
    path: String,
    published: Option<Moment>,
) -> Document {
    Document {
        id: id.to_owned(),
        kind,
        title: title.to_owned(),
        path,
        format: "text/html",
        published,
    }
}

fn milestone(d: &Deployment) -> Milestone {
    let (status, met) = match d.standing {
        Standing::Confirmed | Standing::Closed => ("met", d.actual_to),
        Standing::CompletionClaimed => ("partiallyMet", None),
        Standing::Cancelled => ("notMet", None),
        _ => ("scheduled", None),
    };
    Milestone {
        id: d.code.clone(),
        title: format!("{} units", d.units),
        status,
        due: Some(d.planned_to),
        met,
    }
}
