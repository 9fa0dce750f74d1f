//! Things as they stood when they were counted: a row holds from the snapshot that first counted the
//! thing so until the one that found it otherwise.

use crate::snapshot::{Thing, ThingKind};
use base::{Error, Id, Result};
use db::{Row, Tx, args};
use std::collections::HashMap;

/// Until when a row holds that nothing has replaced.
const OPEN: i64 = i64::MAX;

macro_rules! thing_sql {
    ($rest:literal) => {
        concat!(
            "SELECT kind, thing_id, class, code, title, path, country, member_id, standing, amount, \
            flagship, missions FROM snapshot_thing ",
            $rest
        )
    };
}

fn thing_of(row: &Row) -> Result<Thing> {
    let mut r = row.read();
    let kind = r.text()?;
    Ok(Thing {
        kind: ThingKind::ALL
            .into_iter()
            .find(|one| one.code() == kind)
            .ok_or(Error::Missing)?,
        id: r.id()?,
        class: r.text()?,
        code: r.text()?,
        title: r.names()?,
        path: r.text()?,
        country: r.text()?,
        member: r.id()?,
        standing: r.text()?,
        amount: r.opt_int()?,
        flagship: r.text()?,
        missions: r.text()?.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Keeps what a snapshot counted: only what stands otherwise than in the one before is written.
pub(crate) fn keep(tx: &mut Tx, ordinal: i64, things: &[Thing]) -> Result<()> {
    let mut before: HashMap<(ThingKind, Id, String), Thing> = HashMap::new();
    tx.each(
        thing_sql!("WHERE until_ordinal = $1"),
        &args![OPEN],
        &mut |row| {
            let thing = thing_of(&row)?;
            before.insert((thing.kind, thing.id, thing.class.clone()), thing);
            Ok(())
        },
    )?;
    let (mut ended, mut begun) = (Vec::new(), Vec::new());
    for thing in things {
        let old = before.remove(&(thing.kind, thing.id, thing.class.clone()));
        if old.as_ref() == Some(thing) {
            continue;
        }
        ended.extend(old);
        let missions: String = thing
            .missions
            .iter()
            .map(|code| format!(" {code} "))
            .collect();
        begun.push(
            args![
                thing.kind.code(),
                thing.id,
                &thing.class,
                ordinal,
                OPEN,
                &thing.code,
                &thing.title,
                &thing.path,
                &thing.country,
                thing.member,
                &thing.standing,
                thing.amount,
                &thing.flagship,
                missions
            ]
            .to_vec(),
        );
    }
    ended.extend(before.into_values());
    let ended: Vec<_> = ended
        .iter()
        .map(|old| args![ordinal, old.kind.code(), old.id, &old.class, OPEN].to_vec())
        .collect();
    tx.exec_many(
        "UPDATE snapshot_thing SET until_ordinal = $1 \
        WHERE kind = $2 AND thing_id = $3 AND class = $4 AND until_ordinal = $5",
        &ended,
    )?;
    tx.exec_many(
        "INSERT INTO snapshot_thing (kind, thing_id, class, from_ordinal, until_ordinal, code, title, path, \
        country, member_id, standing, amount, flagship, missions) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &begun,
    )?;
    Ok(())
}

/// Which things of a snapshot are wanted; what is empty does not matter.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) kind: &'static str,
    pub(crate) country: &'a str,
    pub(crate) member: Option<Id>,
    pub(crate) standing: &'a str,
    pub(crate) not_standing: &'a str,
    pub(crate) class: &'a str,
    pub(crate) flagship: &'a str,
    pub(crate) mission: &'a str,
}

impl Wanted<'_> {
    fn args(&self, ordinal: i64, more: &[db::Val]) -> Vec<db::Val> {
        let mission = match self.mission {
            "" => String::new(),
            code => format!(" {code} "),
        };
        let mut all = args![
            ordinal,
            self.kind,
            self.country,
            self.member,
            self.standing,
            self.not_standing,
            self.class,
            self.flagship,
            mission
        ]
        .to_vec();
        all.extend_from_slice(more);
        all
    }
}

macro_rules! wanted {
    ($head:expr, $tail:literal) => {
        concat!(
            $head,
            "WHERE kind = $2 AND from_ordinal <= $1 AND until_ordinal > $1 \
            AND ($3 = '' OR country = $3) AND (CAST($4 AS UUID) IS NULL OR member_id = $4) \
            AND ($5 = '' OR standing = $5) AND ($6 = '' OR standing <> $6) \
            AND ($7 = '' OR class = $7) AND ($8 = '' OR flagship = $8) \
            AND ($9 = '' OR REPLACE(missions, $9, '') <> missions) ",
            $tail
        )
    };
}

/// The things of a snapshot by code, after one of them.
pub(crate) fn list(
    tx: &mut Tx,
    ordinal: i64,
    wanted: &Wanted,
    after: &str,
    limit: i64,
) -> Result<Vec<Thing>> {
    let sql = wanted!(thing_sql!(""), "AND code > $10 ORDER BY code LIMIT $11");
    let rows = tx.rows(sql, &wanted.args(ordinal, &args![after, limit]))?;
    rows.iter().map(thing_of).collect()
}

/// How many there are.
pub(crate) fn count(tx: &mut Tx, ordinal: i64, wanted: &Wanted) -> Result<i64> {
    let sql = wanted!("SELECT COUNT(*) FROM snapshot_thing ", "");
    tx.one(sql, &wanted.args(ordinal, &[]))?.read().int()
}

/// Forgets what held only in snapshots that are forgotten.
pub(crate) fn forget(tx: &mut Tx) -> Result<()> {
    let sql = "DELETE FROM snapshot_thing WHERE until_ordinal < $1 AND NOT EXISTS \
        (SELECT 1 FROM snapshot WHERE whole AND ordinal >= from_ordinal AND ordinal < until_ordinal)";
    tx.exec(sql, &args![OPEN])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Names;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// What one count finds: of each of five deployments how it stands and what it reaches.
    type Found = BTreeMap<u8, (bool, i64)>;

    fn things(found: &Found) -> Vec<Thing> {
        let thing = |(n, (active, reach)): (&u8, &(bool, i64))| Thing {
            kind: ThingKind::Deployment,
            id: Id::named("thing", &n.to_string()),
            class: String::new(),
            code: format!("D-{n}"),
            title: Names::one("en", "Radio lessons"),
            path: format!("/deployments/{n}"),
            country: if n % 2 == 0 { "HN" } else { "KE" }.to_owned(),
            member: Id::named("member", "one"),
            standing: if *active { "active" } else { "cancelled" }.to_owned(),
            amount: Some(*reach),
            flagship: String::new(),
            missions: vec!["radio".to_owned(), format!("m{n}")],
        };
        found.iter().map(thing).collect()
    }

    fn counts() -> impl Strategy<Value = Vec<Found>> {
        let one = prop::collection::btree_map(0..5_u8, (any::<bool>(), 0..3_i64), 0..5);
        prop::collection::vec(one, 1..7)
    }

    fn all() -> Wanted<'static> {
        Wanted {
            kind: "deployment",
            ..Wanted::default()
        }
    }

    fn keeps(tx: &mut Tx, counts: &[Found]) -> Result<()> {
        tx.exec("DELETE FROM snapshot_thing", &[])?;
        for (n, found) in (1..).zip(counts) {
            keep(tx, n, &things(found))?;
        }
        let some = Wanted {
            country: "HN",
            not_standing: "cancelled",
            mission: "m2",
            ..all()
        };
        for (n, found) in (1..).zip(counts) {
            let told = things(found);
            assert_eq!(list(tx, n, &all(), "", 100)?, told);
            let all_told = i64::try_from(told.len()).unwrap_or_default();
            assert_eq!(count(tx, n, &all())?, all_told);
            let wanted = |one: &Thing| one.code == "D-2" && one.standing == "active";
            let wanted: Vec<Thing> = told.into_iter().filter(wanted).collect();
            assert_eq!(list(tx, n, &some, "", 100)?, wanted);
        }
        Ok(())
    }

    #[test]
    fn every_count_keeps_its_rows_as_they_stood() {
        db::testing::each_engine(crate::MIGRATIONS, |db| {
            proptest!(ProptestConfig::with_cases(24), |(counts in counts())| {
                let kept = db.write_now(move |tx| keeps(tx, &counts));
                prop_assert!(kept.is_ok(), "{kept:?}");
            });
        });
    }
}
