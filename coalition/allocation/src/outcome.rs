//! What came of a round, as one JSON value: for the demo's line, the API and reports.

use crate::round::State;
use crate::store;
use base::{Id, Result};
use db::Tx;
use ledger::Bucket;
use serde_json::{Map, Value, json};

/// The outcome of a round; quantities are where the units are now.
///
/// # Errors
/// Missing when there is no such round.
pub fn outcome(tx: &mut Tx, id: Id) -> Result<Value> {
    let round = store::rounds::find(tx, id)?;
    if round.state != State::Done {
        return Ok(
            json!({ "round": id, "number": round.number, "state": round.state.code(), "outcome": round.outcome }),
        );
    }
    let policy = store::policies::find(tx, round.policy)?;
    let mut quantity = Map::new();
    for (class, units) in store::results::buckets(tx, id)? {
        let own: Map<String, Value> = Bucket::ALL
            .iter()
            .zip(units)
            .map(|(bucket, n)| (bucket.code().to_owned(), n.into()))
            .collect();
        quantity.insert(class, Value::Object(own));
    }
    let list = |name: &str| {
        round
            .outcome
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let unserved: Map<String, Value> = list("reasons")
        .iter()
        .filter_map(|r| Some((r.get("code")?.as_str()?.to_owned(), r.get("lines")?.clone())))
        .collect();
    let proposals = store::proposals::of_round(tx, id)?;
    let all = round.outcome.get("all").cloned().unwrap_or_default();
    Ok(json!({
        "round": id,
        "number": round.number,
        "state": round.state.code(),
        "policy": policy.number,
        "snapshot": round.snapshot_hash,
        "result": round.result_hash,
        "proposals": proposals.len(),
        "proposal_lines": proposals.iter().map(|p| p.lines).sum::<i64>(),
        "lines": all.get("lines"),
        "served_lines": all.get("served"),
        "quantity": quantity,
        "objective": round.objective,
        "upper_bound": round.upper_bound,
        "gap": round.gap,
        "counterfactual": round.outcome.get("counterfactual"),
        "unserved": unserved,
        "gap_analysis": top_gaps(tx, id)?,
    }))
}

fn top_gaps(tx: &mut Tx, id: Id) -> Result<Vec<Value>> {
    let gaps = store::results::gaps(tx, id, None, 0, 10)?;
    let one = |g: &store::results::StoredGap| {
        json!({
            "rank": g.rank,
            "service_class": g.service_class,
            "country": g.country,
            "area": g.area,
            "language": g.language,
            "period": offers::Period(g.period).to_string(),
            "open_units": g.open_units,
            "learners": g.learners,
            "learners_of": crate::policy::GROUPS.iter().map(|group| (*group).to_owned())
                .zip(g.learners_of.iter().map(|n| Value::from(*n))).collect::<Map<_, _>>(),
            "one_more_unit": rounded(g.first_unit),
            "a_tenth": rounded(g.tenth),
            "all": rounded(g.whole),
        })
    };
    Ok(gaps.iter().map(one).collect())
}

fn rounded(learners: f64) -> f64 {
    (learners * 10.0).round() / 10.0
}
