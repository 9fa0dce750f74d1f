//! Level checks: who can do what, and who learns with whom until the next check.

use super::told;
use crate::level::Ladder;
use crate::store;
use base::{Actor, Day, Id, Moment, Refusal, Refusals, Result};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;

/// Holds a check with a class.
///
/// # Errors
/// Forbidden for who does not teach the class; refused for a day to come.
pub fn hold_check(
    tx: &mut Tx,
    class: Id,
    ladder: Ladder,
    held_on: Day,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    classes::require_teaches(tx, actor, class, now.day())?;
    if held_on > now.day() {
        return Err(Refusal::about("held_on", "progress-held-when").into());
    }
    let made = store::add_check(tx, (class, ladder, held_on), actor.account, now)?;
    let about = json!({ "class": class, "ladder": ladder.code(), "round": made.round });
    told(
        tx,
        (now, actor),
        "progress.check_held",
        ("level_check", made.id),
        about,
    )?;
    Ok(made.id)
}

/// Keeps what each child can do, and sorts the children into groups by it; `name` says how a group
/// of a place (0 to 2) is called.
///
/// # Errors
/// Refused with everybody who is not of the class; forbidden for who does not teach it.
pub fn set_levels(
    tx: &mut Tx,
    check: Id,
    levels: &[(Id, i64)],
    name: &dyn Fn(usize) -> String,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let check = store::check(tx, check)?;
    classes::require_teaches(tx, actor, check.class, now.day())?;
    let listed = classes::learners(tx, check.class, now.day())?;
    let mut refusals = Refusals::default();
    for (learner, level) in levels {
        refusals.unless(
            listed.iter().any(|one| one.id == *learner),
            "levels",
            "progress-not-of-the-class",
        );
        refusals.unless(
            (0..Ladder::RUNGS).contains(level),
            "levels",
            "progress-level-unknown",
        );
    }
    refusals.or(())?;
    for (learner, level) in levels {
        store::put_level(tx, check.id, *learner, *level, (actor.account, now))?;
    }
    let mut together: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
    for (learner, level) in store::levels(tx, check.id)? {
        if listed.iter().any(|one| one.id == learner) {
            together
                .entry(Ladder::group(level))
                .or_default()
                .push(learner);
        }
    }
    let known = classes::groups(tx, check.class)?;
    for place in 0..3_usize {
        let code = format!("{}-{place}", check.ladder.code());
        let members = together.remove(&place).unwrap_or_default();
        let old = known
            .iter()
            .find(|g| g.level.as_deref() == Some(code.as_str()));
        let group = match old {
            Some(group) => {
                classes::set_members(tx, group.id, &members, Some(actor.account), now)?;
                group.id
            }
            None if members.is_empty() => continue,
            None => {
                let named = name(place);
                let new = (named.as_str(), Some(code.as_str()));
                classes::add_group(tx, check.class, new, &members, Some(actor.account), now)?
            }
        };
        for learner in &members {
            store::put_level_group(tx, check.id, *learner, group)?;
        }
    }
    let about = json!({ "class": check.class, "learners": levels.len() });
    told(
        tx,
        (now, actor),
        "progress.levels_set",
        ("level_check", check.id),
        about,
    )
}
