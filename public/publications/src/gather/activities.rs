//! Deployments as IATI reads them.

use super::{Known, SLICE, in_emergency, last_fact, level};
use crate::iati::{Activity, Actual, Outcome, Paper, Party, Period, Spot};
use base::{Arg, Day, Id, Lang, Names, Result};
use db::Tx;
use deployments::{Deployment, Scope, Standing};
use std::collections::BTreeMap;

/// Siblings named; those of an agreement with more are found by the agreement's own identifier.
const SIBLINGS: usize = 20;

/// Every public deployment as an activity, in the order of their ids; a slice in memory at a time.
///
/// # Errors
/// A fault of the database, or what `see` answers.
pub(crate) fn each(
    tx: &mut Tx,
    known: &mut Known,
    see: &mut dyn FnMut(&Activity) -> Result<()>,
) -> Result<()> {
    let today = known.today;
    let mut ids: Vec<(Id, Id)> = Vec::new();
    let mut by_agreement: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    deployments::each(tx, &Scope::Everything, today, &mut |d: Deployment| {
        ids.push((d.id, d.agreement));
        by_agreement.entry(d.agreement).or_default().push(d.id);
        Ok(())
    })?;
    for slice in ids.chunks(SLICE) {
        let wanted: Vec<Id> = slice.iter().map(|(id, _)| *id).collect();
        for d in deployments::heads(tx, &wanted, today)? {
            let agreement = agreements::agreement(tx, d.agreement, today)?;
            if !agreement.is_public() {
                continue;
            }
            let all = by_agreement
                .get(&d.agreement)
                .map_or(&[][..], Vec::as_slice);
            let few = all.len() <= SIBLINGS;
            let others = all.iter().copied().filter(|id| few && *id != d.id);
            let others: Vec<Id> = others.collect();
            let siblings = deployments::heads(tx, &others, today)?;
            let activity = activity(
                tx,
                known,
                &d,
                &agreement,
                siblings.into_iter().map(|s| s.code),
            )?;
            see(&activity)?;
        }
    }
    Ok(())
}

fn activity(
    tx: &mut Tx,
    known: &mut Known,
    d: &Deployment,
    agreement: &agreements::Agreement,
    siblings: impl Iterator<Item = String>,
) -> Result<Activity> {
    let (sector, target) = known.purpose(&d.service_class, &d.levels);
    let needs = deployments::needs_of(tx, d.id)?;
    let heads = needs::heads(tx, &needs, known.today)?;
    let mut spots = Vec::with_capacity(d.places.len());
    for code in &d.places {
        let name = known.place_name(tx, code)?;
        spots.push(Spot {
            code: code.clone(),
            name,
        });
    }
    let codes: Vec<&str> = heads.iter().map(|need| need.code.as_str()).collect();
    Ok(Activity {
        code: d.code.clone(),
        updated: last_fact(tx, "deployment", d.id)?,
        humanitarian: in_emergency(tx, &needs)?,
        title: known.open_names(tx, &d.title, &d.service_class)?,
        description: describe(known, d, &codes.join(", "), &agreement.code),
        parties: parties(tx, known, d, agreement.authority)?,
        agreement: agreement.code.clone(),
        status: status(d.standing),
        dates: dates(d),
        country: d.country.clone(),
        spots,
        sector,
        target,
        papers: vec![
            paper(
                known,
                agreement.path(),
                "A09",
                "publications-paper-agreement",
                agreement.signed_on,
            ),
            paper(
                known,
                d.path(),
                "A12",
                "publications-paper-deployment",
                None,
            ),
        ],
        siblings: siblings.collect(),
        outcomes: outcomes(tx, known, d)?,
    })
}

/// What it is, from codes and numbers alone.
fn describe(known: &Known, d: &Deployment, needs: &str, agreement: &str) -> Names {
    let class = known.class(&d.service_class);
    let said = |lang: Lang| {
        let args = [
            ("class", Arg::from(class.get(lang))),
            ("units", Arg::Number(d.units)),
            ("lines", Arg::Number(d.lines)),
            ("needs", Arg::from(needs)),
            ("agreement", Arg::from(agreement)),
        ];
        let words = known.library.words(lang);
        words.say_with("publications-activity", &args)
    };
    let [en, fr, ar] = Lang::ALL.map(said);
    Names::three(&en, &fr, &ar)
}

/// The four dates IATI knows; an actual date is never in the future.
fn dates(d: &Deployment) -> [Option<Day>; 4] {
    [
        Some(d.planned_from),
        d.actual_from,
        Some(d.planned_to),
        d.actual_to,
    ]
}

const fn status(standing: Standing) -> &'static str {
    match standing {
        Standing::Planned | Standing::Blocked | Standing::Cleared => "1",
        Standing::Active => "2",
        Standing::CompletionClaimed | Standing::Confirmed => "3",
        Standing::Closed => "4",
        Standing::Cancelled => "5",
        Standing::Paused | Standing::Suspended => "6",
    }
}

fn paper(
    known: &Known,
    url: String,
    category: &'static str,
    title: &str,
    dated: Option<Day>,
) -> Paper {
    Paper {
        url,
        format: "text/html",
        category,
        title: known.library.names(title, &[]),
        dated,
    }
}

fn parties(tx: &mut Tx, known: &mut Known, d: &Deployment, authority: Id) -> Result<Vec<Party>> {
    let mut roles: BTreeMap<Id, Vec<&'static str>> = BTreeMap::new();
    roles.entry(d.member).or_default().extend(["1", "3"]);
    roles.entry(authority).or_default().push("2");
    let implementing = if d.implementers.is_empty() {
        std::slice::from_ref(&d.member)
    } else {
        &d.implementers
    };
    for organisation in implementing {
        roles.entry(*organisation).or_default().push("4");
    }
    let mut parties = Vec::with_capacity(roles.len());
    for (id, roles) in roles {
        let organisation = known.organisation(tx, id)?;
        parties.push(Party {
            reference: reference(organisation),
            kind: kind(&organisation.kind).to_owned(),
            names: organisation.names.clone(),
            roles,
        });
    }
    Ok(parties)
}

/// Registration agency and number; empty when it has none.
fn reference(organisation: &people::Organisation) -> String {
    let first = organisation.identifiers.first();
    first.map_or_else(String::new, |(scheme, number)| format!("{scheme}-{number}"))
}

/// IATI's code of a kind of organisation.
fn kind(ours: &str) -> &'static str {
    match ours {
        "government" => "10",
        "local_government" => "11",
        "multilateral" => "40",
        "international_ngo" => "21",
        "national_ngo" => "22",
        "foundation" => "60",
        "private_sector" => "70",
        "academic" => "80",
        "partnership" => "30",
        _ => "90",
    }
}

/// What was given, in units; what came of it, claim by claim and never added up here.
fn outcomes(tx: &mut Tx, known: &Known, d: &Deployment) -> Result<Vec<Outcome>> {
    let tally = deliveries::tally(tx, d.id)?;
    let (from, to) = d.days();
    let unit = known.unit(&d.service_class);
    let class = known.class(&d.service_class);
    let exact = |level, units| Actual {
        level,
        low: Some(units),
        high: Some(units),
        dimensions: Vec::new(),
    };
    let given = Outcome {
        kind: "1",
        adds: true,
        title: Names::one("en", &format!("{} ({unit})", class.get(Lang::En))),
        code: d.service_class.clone(),
        baseline: None,
        periods: vec![Period {
            from: from.min(to),
            to,
            target: Some(d.units),
            actuals: vec![
                exact("delivered", tally.arrived.max(tally.good)),
                exact("confirmed", tally.good),
            ],
        }],
        papers: Vec::new(),
    };
    let mut outcomes = vec![given];
    let mut by_indicator: BTreeMap<String, BTreeMap<(Day, Day), Vec<Actual>>> = BTreeMap::new();
    for claim in evidence::figures_of(tx, d.id)? {
        if !claim.counts() {
            continue;
        }
        let periods = by_indicator.entry(claim.indicator.clone()).or_default();
        periods
            .entry((claim.from, claim.to))
            .or_default()
            .push(Actual {
                level: level(&claim),
                low: claim.low,
                high: claim.high,
                dimensions: vec![
                    ("place", claim.place.clone()),
                    ("group", claim.group.clone()),
                ],
            });
    }
    for (code, periods) in by_indicator {
        let Some(indicator) = known.indicators.get(&code) else {
            continue;
        };
        let period = |((from, to), actuals)| Period {
            from,
            to,
            target: None,
            actuals,
        };
        outcomes.push(Outcome {
            kind: match indicator.result {
                evidence::Outcome::Output => "1",
                evidence::Outcome::Outcome => "2",
            },
            adds: !indicator.unit.is_distinct(),
            title: indicator.names.clone(),
            code,
            baseline: None,
            periods: periods.into_iter().map(period).collect(),
            papers: Vec::new(),
        });
    }
    Ok(outcomes)
}
