//! The rows a figure was counted from, as they stood when it was counted.

use crate::count::{Places, levels, told};
use crate::interval::{Fate, fates};
use crate::snapshot::{Figure, Scope, Snapshot};
use base::{Day, Id, Result};
use db::Tx;
use evidence::{Claim, ClaimScope};
use lang::Words;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// One row behind a figure that is not counted from claims: where it is shown, how it stands, what
/// it counts for.
pub(crate) struct Thing {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) member: Id,
    /// Key of the words for how it stands.
    pub(crate) standing: String,
    pub(crate) amount: Option<i64>,
}

/// Things shown one by one.
pub(crate) const THINGS_MAX: usize = 500;

/// The agreements, deployments or consignments behind a figure, as they stand now; none when its
/// rows stand in a list of another room. Also says whether there are more.
pub(crate) fn things(
    tx: &mut Tx,
    words: &Words,
    today: Day,
    figure: &Figure,
) -> Result<Option<(Vec<Thing>, bool)>> {
    let mut found = match figure.code.as_str() {
        "agreements" => agreed(tx, words, today, figure)?,
        "deployments" | "people_planned" => deployed(tx, words, today, figure)?,
        code if code == "schools_received" || code.starts_with("received_") => {
            received(tx, figure)?
        }
        _ => return Ok(None),
    };
    let more = found.len() > THINGS_MAX;
    found.truncate(THINGS_MAX);
    Ok(Some((found, more)))
}

fn is_of(figure: &Figure, country: &str, member: Id) -> bool {
    match &figure.scope {
        Scope::Country(code) => code == country,
        Scope::Member(id) => *id == member,
        _ => true,
    }
}

fn agreed(tx: &mut Tx, words: &Words, today: Day, figure: &Figure) -> Result<Vec<Thing>> {
    let mut found = Vec::new();
    agreements::each_public(tx, today, &mut |one| {
        let level = figure.level.is_empty() || figure.level == one.standing.code();
        if level && is_of(figure, &one.country, one.member) && found.len() <= THINGS_MAX {
            found.push(Thing {
                path: one.path(),
                name: one.code.clone(),
                country: one.country.clone(),
                member: one.member,
                standing: words.code("agreement-state", one.standing.code()),
                amount: None,
            });
        }
        Ok(())
    })?;
    Ok(found)
}

fn deployed(tx: &mut Tx, words: &Words, today: Day, figure: &Figure) -> Result<Vec<Thing>> {
    use deployments::{Scope as Of, Standing};
    let scope = match &figure.scope {
        Scope::Country(code) => Of::Country(code.clone()),
        Scope::Member(id) => Of::Member(*id),
        _ => Of::Everything,
    };
    let planned = figure.code == "people_planned";
    let mut found = Vec::new();
    deployments::each(tx, &scope, today, &mut |one| {
        let counted = match figure.level.as_str() {
            "" | "committed" => one.standing != Standing::Cancelled,
            level => level == one.standing.code(),
        };
        let served = match &figure.scope {
            Scope::Flagship(code) => one.flagship.as_deref() == Some(code),
            Scope::Mission(code) => one.missions.contains(code),
            _ => true,
        };
        if counted && served && found.len() <= THINGS_MAX {
            found.push(Thing {
                path: one.path(),
                name: format!("{} {}", one.code, words.name(&one.title)),
                country: one.country.clone(),
                member: one.member,
                standing: words.code("deployment-state", one.standing.code()),
                amount: one.reach_planned.filter(|_| planned),
            });
        }
        Ok(())
    })?;
    Ok(found)
}

/// Consignments with what of them was checked in as good, or at how many schools.
fn received(tx: &mut Tx, figure: &Figure) -> Result<Vec<Thing>> {
    let class = figure.code.strip_prefix("received_");
    let scope = match &figure.scope {
        Scope::Country(code) => deliveries::Scope::Country(code.clone()),
        Scope::Member(id) => deliveries::Scope::Member(*id),
        _ => deliveries::Scope::Everything,
    };
    let mut sums: BTreeMap<Id, (String, Id, i64, BTreeSet<String>)> = BTreeMap::new();
    deliveries::each_received(tx, &scope, &mut |one| {
        if class.is_none_or(|class| class == one.service_class) && one.good > 0 {
            let first = (one.country, one.member, 0, BTreeSet::new());
            let sum = sums.entry(one.consignment).or_insert(first);
            sum.2 += one.good;
            sum.3.extend(one.school);
        }
        Ok(())
    })?;
    let mut found = Vec::new();
    for (id, (country, member, good, schools)) in sums.into_iter().take(THINGS_MAX + 1) {
        let one = deliveries::consignment(tx, id)?;
        let schools = i64::try_from(schools.len()).unwrap_or(i64::MAX);
        found.push(Thing {
            path: one.path(),
            name: one.code,
            country,
            member,
            standing: String::new(),
            amount: Some(if class.is_some() { good } else { schools }),
        });
    }
    Ok(found)
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
