//! What a page of a package is told when it opens.

use super::h5p;
use super::kept::{self, Told};
use super::outline::{Outline, outline};
use super::player::Player;
use super::report::{PASSING, length};
use super::store::{self, Work};
use super::token::Pass;
use super::wire::REPORT;
use base::{Moment, Result};
use db::Tx;
use files::Files;
use resources::Rendition;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::Site;

/// What is held of the learner's work with a unit.
#[derive(Debug, Default)]
pub(super) struct Held {
    work: Option<Work>,
    values: BTreeMap<String, String>,
    /// Where the package has an order of its own and this unit is open.
    way: Option<Told>,
    /// What plays it, where it is an H5P file.
    player: Option<Player>,
}

impl Held {
    /// What plays it.
    pub(super) const fn player(&self) -> Option<&Player> {
        self.player.as_ref()
    }
}

/// Reads what is held for a page.
pub(super) fn held(tx: &mut Tx, files: &Files, pass: &Pass, form: &Rendition) -> Result<Held> {
    let outline = outline(files, form)?;
    let player = if outline.plays() {
        store::player(tx)?
    } else {
        None
    };
    let Some(person) = pass.person else {
        return Ok(Held {
            player,
            ..Held::default()
        });
    };
    let work = store::of_unit(tx, person, form.id, i64::from(pass.unit))?;
    let values = match &work {
        Some(work) => store::values(tx, work.id)?,
        None => BTreeMap::new(),
    };
    let way = match &outline.course {
        Some(course) => kept::told(tx, course, (person, form.id), pass.unit)?,
        None => None,
    };
    Ok(Held {
        work,
        values,
        way,
        player,
    })
}

/// What a page of the package is told: its version, the facts of this opening, the values kept.
pub(super) fn given(
    site: &Site,
    pass: &Pass,
    outline: &Outline,
    held: Held,
    base: &str,
    now: Moment,
) -> Value {
    let version = outline.version();
    let unit = usize::try_from(pass.unit).unwrap_or(usize::MAX);
    let Some(unit_of) = outline.units.get(unit).filter(|unit| unit.talks) else {
        return json!({ "version": "" });
    };
    let recorded = pass.person.is_some();
    let Held {
        work,
        mut values,
        way,
        player,
    } = held;
    if let Some(player) = player {
        let goes_on = work.as_ref().is_some_and(Work::goes_on);
        let state = values.get("cmi.suspend_data").filter(|_| goes_on);
        let at = (now.micros(), recorded);
        return h5p::given(base, &player, at, state.map(String::as_str));
    }
    let way = match (&outline.course, way) {
        (Some(_), None) if recorded => return json!({ "version": "" }),
        (_, way) => way,
    };
    for element in PASSING {
        values.remove(element);
    }
    let since = way.as_ref().map_or(0, |way| way.opened_at);
    let entry = match &work {
        Some(work) if way.is_some() => {
            // Opened at its turn, and nothing said since.
            let new = way
                .as_ref()
                .is_some_and(|way| way.opened_at == work.session);
            let resumed = way.as_ref().is_some_and(|way| way.resumed);
            if new && !resumed {
                "ab-initio"
            } else {
                "resume"
            }
        }
        None => "ab-initio",
        Some(work) if work.goes_on() => "resume",
        Some(_) if version == "2004" => {
            // What ended by itself begins anew.
            values.clear();
            "ab-initio"
        }
        Some(_) => "",
    };
    let learner = pass.person.map_or_else(
        || "looking".to_owned(),
        |person| {
            // The same for this package every time, and for no other.
            let mut hasher = blake3::Hasher::new_keyed(&site.settings.secret);
            hasher
                .update(b"package learner\0")
                .update(person.0.as_bytes());
            hasher.update(pass.form.0.as_bytes());
            format!("L{}", &hasher.finalize().to_hex()[..20])
        },
    );
    let beside = |n: Option<usize>| {
        let there = n
            .and_then(|n| outline.units.get(n))
            .is_some_and(|u| u.start.is_some());
        if there { "true" } else { "false" }
    };
    let mastery = unit_of.mastery.map(|mastery| {
        if version == "1.2" {
            format!("{}", (mastery * 100.0).round())
        } else {
            format!("{mastery}")
        }
    });
    let mut out = json!({
        "version": version,
        "to": format!("{base}{REPORT}"),
        "session": now.micros().max(since),
        "data": values,
        "facts": {
            "learner": learner,
            "name": "Learner",
            "credit": if recorded { "credit" } else { "no-credit" },
            "mode": if recorded { "normal" } else { "browse" },
            "entry": entry,
            "total": length(version, work.map_or(0, |work| work.total())),
            "launch": unit_of.data,
            "mastery": mastery,
            "longest": unit_of.longest,
            "limit": unit_of.limit_action,
            "threshold": unit_of.threshold.map(|least| least.to_string()),
            "next": beside(unit.checked_add(1)),
            "before": beside(unit.checked_sub(1)),
        },
    });
    if let (Some(way), Some(course)) = (way, &outline.course) {
        way.tell(course, &mut out);
    }
    out
}
