//! What came of the demo, as one object.

use super::cast::{Cast, country};
use base::Result;
use serde_json::{Value, json};
use web::Site;

/// Counts, the round's figures and the ledger's state.
///
/// # Errors
/// A fault of the database.
pub fn of(site: &Site, _: &Cast) -> Result<Value> {
    let now = site.clock.now();
    site.db.read_now(move |tx| {
        let today = now.day();
        // The story's main round is its first; the second matches what is still open.
        let mut outcome = match allocation::rounds_done(tx)?.last() {
            Some(round) => allocation::outcome(tx, round.id)?,
            None => json!({}),
        };
        let mut schools = serde_json::Map::new();
        for country in [country(), "KE"] {
            let tallies = places::tallies(tx, country)?;
            let count: i64 = tallies.iter().map(|tally| tally.schools).sum();
            schools.insert(country.to_owned(), json!(count));
        }
        outcome["schools"] = schools.get(country()).cloned().unwrap_or_default();
        outcome["registers"] = Value::Object(schools);
        outcome["needs"] = json!(needs::count_needs(tx)?);
        outcome["need_lines"] = json!(needs::count_lines(tx)?);
        outcome["offers"] = json!(offers::count_available(tx, today)?);
        outcome["agreements"] = json!(agreements::count_in_force(tx, today)?);
        outcome["deployments"] = json!(deployments::count(tx, &deployments::Scope::Everything)?);
        let (mut received, mut claims) = (0, 0);
        deliveries::each_received(tx, &deliveries::Scope::Everything, &mut |one| {
            received += one.good;
            Ok(())
        })?;
        evidence::each_claim(tx, &evidence::ClaimScope::Everything, None, &mut |_| {
            claims += 1;
            Ok(())
        })?;
        outcome["received"] = json!(received);
        outcome["claims"] = json!(claims);
        outcome["snapshot"] = json!(reports::snapshot_newest(tx)?.map(|one| one.id));
        outcome["members"] = json!(members::count_on(tx, today)?);
        outcome["ledger"] = match ledger::verify(tx)? {
            ledger::Verdict::Whole(verified) => {
                json!({ "facts": verified.facts, "head": verified.head, "verified": true })
            }
            broken => json!({ "verified": false, "broken": format!("{broken:?}") }),
        };
        Ok(outcome)
    })
}
