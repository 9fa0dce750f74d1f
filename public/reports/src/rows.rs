//! The rows a figure was counted from, as they stood when it was counted.

use crate::count::{Places, levels, told};
use crate::interval::{Fate, fates};
use crate::snapshot::{Figure, Scope, Snapshot, ThingKind};
use crate::store;
use crate::store::things::Wanted;
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
    let wanted = Wanted {
        kind: ThingKind::Deployment.code(),
        flagship,
        ..Wanted::default()
    };
    let all = store::things::list(tx, snapshot.ordinal, &wanted, "", i64::MAX)?;
    Ok(all.into_iter().map(|thing| thing.id).collect())
}

/// The things behind a figure, of the agreements, deployments and consignments counted one by one;
/// none when it was counted otherwise.
pub(crate) fn things(figure: &Figure) -> Option<Wanted<'_>> {
    let mut wanted = Wanted::default();
    match &figure.scope {
        Scope::Coalition => {}
        Scope::Country(code) => wanted.country = code,
        Scope::Member(id) => wanted.member = Some(*id),
        Scope::Mission(code) => wanted.mission = code,
        Scope::Flagship(code) => wanted.flagship = code,
    }
    let kind = match figure.code.as_str() {
        "agreements" => {
            wanted.standing = &figure.level;
            ThingKind::Agreement
        }
        "deployments" | "people_planned" => {
            match figure.level.as_str() {
                "" | "committed" => wanted.not_standing = "cancelled",
                level => wanted.standing = level,
            }
            ThingKind::Deployment
        }
        "schools_received" => ThingKind::Consignment,
        code => {
            wanted.class = code.strip_prefix("received_")?;
            ThingKind::Received
        }
    };
    wanted.kind = kind.code();
    Some(wanted)
}

/// The list where the rows of a figure stand that is not counted from claims.
pub(crate) fn elsewhere(figure: &Figure) -> Option<String> {
    let code = figure.code.as_str();
    let (list, class) = match code {
        "members" => ("/members", None),
        "authorities" => ("/authorities", None),
        "offers" => ("/offers", None),
        "calls" => ("/calls", None),
        "needs" | "need_lines" | "countries" | "learners" | "places_unknown" => ("/needs", None),
        "requests" | "requests_answered" | "answer_hours" => ("/answer-times", None),
        _ if code.starts_with("units_") => ("/needs", code.strip_prefix("units_")),
        _ if has_claims(figure) => ("/claims", None),
        _ => ("", None),
    };
    let path = match (&figure.scope, list) {
        // What is of one member stands on its page.
        (Scope::Member(id), _) => format!("/members/{id}"),
        (_, "") => return None,
        (Scope::Country(country), list) => ui::with_query(list, "country", Some(country)),
        _ => list.to_owned(),
    };
    let path = match class {
        Some(class) => ui::with_query(&path, "service_class", Some(class)),
        None => path,
    };
    Some(if list == "/claims" && path.starts_with("/claims") {
        ui::with_query(&path, "indicator", Some(code))
    } else {
        path
    })
}
