//! What the tables answer is what every pair compared with every other finds, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that goes wrong ends here")]

use base::{Day, Id, Moment, Names};
use db::{Migration, Tx, args};
use deployments::meet::{Part, kept, meet, tops};
use deployments::{Candidate, find_overlaps};

fn migrations() -> Vec<Migration> {
    [
        ledger::MIGRATIONS,
        people::MIGRATIONS,
        places::MIGRATIONS,
        catalogue::MIGRATIONS,
        authorities::MIGRATIONS,
        members::MIGRATIONS,
        needs::MIGRATIONS,
        offers::MIGRATIONS,
        allocation::MIGRATIONS,
        agreements::MIGRATIONS,
        deployments::MIGRATIONS,
    ]
    .concat()
}

/// A number below another one, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all.get(self.below(all.len())).unwrap().clone()
    }
}

const CLASSES: [&str; 2] = ["devices", "content"];
const GROUPS: [Option<&str>; 3] = [None, Some("girls"), Some("rural")];

fn first() -> Day {
    Day::new(2027, 1, 1).unwrap()
}

/// Deployments of a country by chance; some reach nobody knows how many.
fn parts(tx: &mut Tx, country: &str, chance: &mut Chance) -> base::Result<Vec<Part>> {
    let tree = places::gazetteer(tx, country)?;
    let all: Vec<String> = places::within(tx, country)?
        .into_iter()
        .map(|place| place.code)
        .collect();
    let one = |_| {
        let chosen: Vec<String> = (0..=chance.below(3)).map(|_| chance.of(&all)).collect();
        let from = first().plus(i64::try_from(chance.below(300)).unwrap());
        Part {
            service_class: chance.of(&CLASSES).to_owned(),
            places: tops(&chosen, &tree),
            group: chance.of(&GROUPS).map(str::to_owned),
            from,
            to: from.plus(i64::try_from(chance.below(60)).unwrap()),
            reach: [None, Some(100)].get(chance.below(2)).copied().flatten(),
        }
    };
    Ok((0..120).map(one).collect())
}

fn number(at: usize) -> Id {
    Id::named("deployment", &format!("{at:04}"))
}

fn fill(tx: &mut Tx, country: &str, parts: &[Part]) -> base::Result<()> {
    let now = Moment::start_of(first());
    let new = people::NewOrganisation {
        names: Names::one("en", "Somebody (sample)"),
        kind: "civil_society".to_owned(),
        sample: true,
        ..people::NewOrganisation::default()
    };
    let one = people::add_organisation(tx, &new, None, now)?;
    let other = people::add_organisation(tx, &new, None, now)?;
    let agreement = Id::named("agreement", country);
    tx.exec(
        "INSERT INTO agreement (id, code, country, year, serial, authority_id, member_id, title, search_key, kind, \
         service_classes, starts_on, ends_on, free_until, stage, number, latest, signed_on, sample, made_at, version) \
         VALUES ($1, $2, $2, 2026, 1, $3, $4, '{}', '', 'mou', '', '2027-01-01', '2028-12-31', '2028-12-31', \
         'for_signature', 1, 1, '2026-11-22', TRUE, 0, 1)",
        &args![agreement, country, one, other],
    )?;
    let tree = places::gazetteer(tx, country)?;
    let (mut heads, mut spots) = (Vec::new(), Vec::new());
    for (at, p) in parts.iter().enumerate() {
        let serial = i64::try_from(at).unwrap();
        heads.push(
            args![
                number(at),
                country,
                2026_i64,
                serial,
                format!("{country}-2026-D-{serial:04}"),
                agreement,
                other,
                &p.service_class,
                Names::one("en", "Sample"),
                "sample",
                format!("|{}|", p.places.join("|")),
                p.group.clone(),
                "|1|",
                None::<String>,
                "",
                "supplements",
                None::<String>,
                p.from,
                p.to,
                None::<Day>,
                None::<Day>,
                p.reach,
                1_i64,
                1_i64,
                "schools",
                "x",
                "x",
                p.to,
                "planned",
                one,
                now,
                None::<Id>,
                None::<Id>,
                1_i64
            ]
            .to_vec(),
        );
        for (place, chosen) in kept(&p.places, &tree) {
            spots.push(args![number(at), place, chosen, &p.service_class, p.from, p.to].to_vec());
        }
    }
    deployments::bench::fill(tx, &heads, &spots)?;
    tx.take_changes();
    Ok(())
}

#[test]
fn the_tables_miss_nothing_and_invent_nothing() {
    db::testing::each_engine(&migrations(), |db| {
        db.write_now(|tx| {
            let now = Moment::start_of(first());
            places::seed(tx, now)?;
            tx.take_changes();
            // Lebanon's parents are explicit; nobody there says what is needed, so that only the
            // dimensions decide.
            for country in ["LB", "KE"] {
                tx.exec("DELETE FROM deployment_place", &[])?;
                tx.exec("DELETE FROM deployment", &[])?;
                let mut chance = Chance(7);
                let parts = parts(tx, country, &mut chance)?;
                fill(tx, country, &parts)?;
                let tree = places::gazetteer(tx, country)?;
                let mut pairs = 0;
                for (at, asked) in parts.iter().enumerate() {
                    let candidate = Candidate {
                        id: Some(number(at)),
                        country: country.to_owned(),
                        service_class: asked.service_class.clone(),
                        places: asked.places.clone(),
                        group: asked.group.clone(),
                        from: asked.from,
                        to: asked.to,
                        reach: asked.reach,
                    };
                    let found: Vec<_> = find_overlaps(tx, &candidate)?
                        .into_iter()
                        .map(|one| (one.other, one.dimensions))
                        .collect();
                    let mut brute: Vec<_> = parts
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| *other != at)
                        .filter_map(|(other, part)| {
                            Some((number(other), meet(asked, part, &tree)?))
                        })
                        .collect();
                    brute.sort_by_key(|(id, _)| *id);
                    pairs += found.len();
                    assert_eq!(found, brute, "{country} {asked:?}");
                }
                assert!(pairs > 40, "{pairs} pairs in {country}");
            }
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn the_sample_rows_of_the_schema_stand() {
    db::testing::each_engine_with_samples(&migrations(), |db| {
        assert_eq!(db.check_references().unwrap(), Vec::<String>::new());
        let found = db
            .read_now(|tx| {
                let mut codes = Vec::new();
                let today = Day::new(2026, 11, 22).unwrap();
                deployments::each(tx, &deployments::Scope::Everything, today, &mut |d| {
                    codes.push((d.code.clone(), d.standing.code()));
                    Ok(())
                })?;
                Ok(codes)
            })
            .unwrap();
        let expected = [
            ("QA-2026-D-0001", "active"),
            ("QA-2026-D-0002", "cancelled"),
        ];
        assert_eq!(
            found,
            expected.map(|(code, state)| (code.to_owned(), state))
        );
    });
}
