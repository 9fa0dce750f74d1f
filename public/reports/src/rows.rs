//! The rows a figure was counted from, as they stood when it was counted.

use crate::count::{Places, levels, told};
use crate::interval::{Fate, fates};
use crate::snapshot::{Figure, Scope, Snapshot};
use base::{Id, Result};
use db::Tx;
use evidence::{Claim, ClaimScope};
use std::collections::{BTreeSet, HashMap};

/// A claim behind a figure, and what became of it in the total.
pub(crate) struct Behind {
    pub(crate) claim: Claim,
    pub(crate) fate: Fate,
    /// The claim that was received before and says the same.
    pub(crate) same_as: Option<Id>,
}

/// More claims than these are not told one by one here.
pub(crate) const ROWS_MAX: i64 = 50_000;

/// Whether a figure is counted from claims.
pub(crate) fn has_claims(figure: &Figure) -> bool {
    matches!(figure.rule.as_str(), "distinct" | "additive")
}

/// The claims behind a figure, in the order they were received.
pub(crate) fn claims(tx: &mut Tx, snapshot: &Snapshot, figure: &Figure) -> Result<Vec<Behind>> {
    if !has_claims(figure) || figure.records > ROWS_MAX {
        return Ok(Vec::new());
    }
    let flown = match &figure.scope {
        Scope::Flagship(code) => Some(deployments_of(tx, code, snapshot)?),
        _ => None,
    };
    let (scope, wanted) = (claim_scope(figure), levels(&figure.level));
    let by_mission = matches!(figure.scope, Scope::Mission(_));
    let mut found: Vec<Claim> = Vec::new();
    evidence::each_claim(tx, &scope, Some(snapshot.seq), &mut |claim| {
        let of_unit = claim.unit.code() == figure.unit;
        let counted = by_mission && of_unit || claim.indicator == figure.code;
        let flagship = flown.as_ref().is_none_or(|all| {
            let of = |id| all.contains(&id);
            claim.deployment.is_some_and(of)
        });
        if counted && flagship && claim.standing.counts() && wanted.contains(&claim.level) {
            found.push(claim);
        }
        Ok(())
    })?;
    let mut places = Places::default();
    let mut groups: HashMap<String, u16> = HashMap::from([(evidence::EVERYBODY.to_owned(), 0)]);
    let mut records = Vec::with_capacity(found.len());
    for (nth, claim) in found.iter().enumerate() {
        let next = u16::try_from(groups.len()).unwrap_or(u16::MAX);
        let group = *groups.entry(claim.group.clone()).or_insert(next);
        let place = places.number(tx, &claim.country, &claim.place)?;
        records.push(told(claim, nth, place, group));
    }
    let fates = fates(&records, places.tree());
    let ids: Vec<Id> = found.iter().map(|claim| claim.id).collect();
    let rows = found.into_iter().zip(fates).map(|(claim, fate)| Behind {
        same_as: match fate {
            Fate::Repeated(nth) => ids.get(nth as usize).copied(),
            _ => None,
        },
        claim,
        fate,
    });
    Ok(rows.collect())
}

fn claim_scope(figure: &Figure) -> ClaimScope {
    match &figure.scope {
        Scope::Coalition | Scope::Flagship(_) => ClaimScope::Indicator(figure.code.clone()),
        Scope::Country(code) => ClaimScope::Country(code.clone()),
        Scope::Member(id) => ClaimScope::Member(*id),
        Scope::Mission(code) => ClaimScope::Mission(code.clone()),
    }
}

fn deployments_of(tx: &mut Tx, flagship: &str, snapshot: &Snapshot) -> Result<BTreeSet<Id>> {
    let mut all = BTreeSet::new();
    let everything = deployments::Scope::Everything;
    deployments::each(tx, &everything, snapshot.today, &mut |one| {
        if one.flagship.as_deref() == Some(flagship) {
            all.insert(one.id);
        }
        Ok(())
    })?;
    Ok(all)
}

/// The list where the rows of a figure stand that is not counted from claims.
pub(crate) fn elsewhere(figure: &Figure) -> Option<String> {
    let code = figure.code.as_str();
    let list = match code {
        "members" => "/members",
        "authorities" => "/authorities",
        "offers" | "offers_used" => "/offers",
        "calls" => "/calls",
        "needs" | "need_lines" | "countries" | "learners" | "places_unknown" => "/needs",
        "requests" | "requests_answered" | "answer_hours" => "/answer-times",
        "agreements" => "/agreements",
        "deployments" | "people_planned" => "/deployments",
        "schools_received" => "/deliveries",
        _ if code.starts_with("received_") => "/deliveries",
        _ if code.starts_with("units_") => "/needs",
        _ if has_claims(figure) => "/claims",
        _ => return None,
    };
    let mut query: Vec<(&str, String)> = Vec::new();
    match &figure.scope {
        Scope::Country(country) => query.push(("country", country.clone())),
        Scope::Member(id) if list == "/offers" => return Some(format!("/members/{id}")),
        Scope::Member(id) => query.push(("member", id.to_string())),
        Scope::Mission(mission) => query.push(("mission", mission.clone())),
        Scope::Flagship(flagship) => query.push(("flagship", flagship.clone())),
        Scope::Coalition => {}
    }
    if let Some(class) = code
        .strip_prefix("units_")
        .or(code.strip_prefix("received_"))
    {
        query.push(("service_class", class.to_owned()));
    }
    if list == "/claims" {
        query.push(("indicator", code.to_owned()));
    }
    if !figure.level.is_empty()
        && matches!(list, "/agreements" | "/deployments")
        && code != "people_planned"
    {
        query.push(("state", figure.level.clone()));
    }
    let path = query.iter().fold(list.to_owned(), |path, (name, value)| {
        ui::with_query(&path, name, Some(value))
    });
    Some(path)
}
