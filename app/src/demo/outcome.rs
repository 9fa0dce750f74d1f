//! What came of the demo, as one object.

use super::cast::Cast;
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
        let mut outcome = match allocation::latest_round(tx)? {
            Some(round) => allocation::outcome(tx, round)?,
            None => json!({}),
        };
        outcome["schools"] = json!(places::count_schools(tx)?);
        outcome["needs"] = json!(needs::count_needs(tx)?);
        outcome["need_lines"] = json!(needs::count_lines(tx)?);
        outcome["offers"] = json!(offers::count_available(tx, today)?);
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
