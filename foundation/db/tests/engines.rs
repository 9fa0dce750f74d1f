//! Every promise of the seam, on both databases.

#![expect(clippy::unwrap_used, reason = "a test that fails")]

use base::{Clock, Day, Error, Id, Lang, Moment, Names, Refusal};
use db::testing::{each_engine, each_engine_async, each_engine_with_samples};
use db::{Db, Engine, Migration, Val, args};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const PEOPLE: Migration = Migration {
    name: "20261121_people",
    sql: "CREATE TABLE person (
        id UUID PRIMARY KEY,
        code TEXT NOT NULL,
        country TEXT NOT NULL,
        age BIGINT CONSTRAINT person_age CHECK (age >= 0), -- years; never 'BIGINT'
        share DOUBLE PRECISION,
        present BOOLEAN NOT NULL DEFAULT FALSE,
        photo BYTEA,
        friend_id UUID REFERENCES person (id),
        version BIGINT NOT NULL DEFAULT 1,
        UNIQUE (country, code)
    );
    CREATE INDEX person_by_code ON person (code, id);",
    sample: "INSERT INTO person (id, code, country, present) \
        SELECT id, 'a', 'HN', TRUE FROM (SELECT CAST(NULL AS UUID) AS id) AS x WHERE id IS NOT NULL;",
};
const NOTES: Migration = Migration {
    name: "20261122_notes",
    sql: "CREATE TABLE note (id BIGINT PRIMARY KEY, body TEXT NOT NULL, person_id UUID REFERENCES person (id));
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        INSERT INTO setting (name, value) VALUES ('title', 'made by the migration');
        ALTER TABLE person ADD COLUMN remark TEXT NOT NULL DEFAULT '';",
    sample: "INSERT INTO note (id, body) VALUES (1, 'one; two');",
};
const ALL: &[Migration] = &[PEOPLE, NOTES];

db::table!(PERSON = "person" key 1 {
    id: Id, code: Text, country: Text, age: Int, share: Real, present: Bool, photo: Bytes,
    friend_id: Id, version: Int, remark: Text,
});

fn id(name: &str) -> Id {
    Id::named("person", name)
}

fn person(name: &str, age: i64) -> Vec<Val> {
    args![
        id(name),
        name,
        "HN",
        age,
        0.5,
        true,
        vec![1_u8, 0, 255],
        None::<Id>,
        1,
        ""
    ]
    .to_vec()
}

fn count(db: &Db) -> i64 {
    let count = |tx: &mut db::Tx| tx.one("SELECT COUNT(*) FROM person", &[])?.read().int();
    db.read_now(count).unwrap()
}

/// Adds without a fact, as only tests do.
fn add(db: &Db, values: Vec<Val>) -> base::Result<()> {
    db.write_now(move |tx| {
        tx.add(&PERSON, values.clone())?;
        tx.forget_changes();
        Ok(())
    })
}

#[test]
fn every_type_comes_back_as_it_went() {
    each_engine(ALL, |db| {
        let day = Day::parse("2027-03-09").unwrap();
        let now = Moment::from_micros(1_764_000_000_123_456);
        let names = Names::three("School", "École", "مدرسة");
        db.write_now(move |tx| {
            tx.add(&PERSON, person("amal", 41))?;
            let nothing = args![
                id("none"),
                "",
                "HN",
                None::<i64>,
                None::<f64>,
                false,
                None::<Vec<u8>>,
                id("amal"),
                1,
                ""
            ];
            tx.add(&PERSON, nothing.to_vec())?;
            tx.forget_changes();
            Ok(())
        })
        .unwrap();
        let sql = "SELECT id, code, age, share, present, photo, friend_id, age, share, photo FROM person ORDER BY code DESC, id";
        let rows = db.read_now(move |tx| tx.rows(sql, &[])).unwrap();
        let mut first = rows[0].read();
        assert_eq!(first.id().unwrap(), id("amal"));
        assert_eq!(first.text().unwrap(), "amal");
        assert_eq!(first.int().unwrap(), 41);
        assert_eq!(first.real().unwrap().to_bits(), 0.5_f64.to_bits());
        assert!(first.bool().unwrap());
        assert_eq!(first.bytes().unwrap(), [1, 0, 255]);
        assert_eq!(first.opt_id().unwrap(), None);
        let mut second = rows[1].read();
        second.skip().skip().skip().skip();
        assert!(!second.bool().unwrap());
        assert_eq!(second.opt_bytes().unwrap(), None);
        assert_eq!(second.id().unwrap(), id("amal"));
        assert_eq!(second.opt_int().unwrap(), None);
        assert_eq!(second.opt_real().unwrap(), None);

        let sql = "SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), \
            CAST($5 AS UUID), CAST($6 AS BOOLEAN), CAST($7 AS BYTEA), CAST($8 AS DOUBLE PRECISION)";
        let asked = args![day, now, Lang::Ar, &names, id("x"), true, vec![7_u8], 1.25].to_vec();
        let row = db.read_now(move |tx| tx.one(sql, &asked)).unwrap();
        let mut read = row.read();
        assert_eq!(read.day().unwrap(), day);
        assert_eq!(read.moment().unwrap(), now);
        assert_eq!(read.lang().unwrap(), Lang::Ar);
        assert_eq!(
            read.names().unwrap(),
            Names::three("School", "École", "مدرسة")
        );
        assert_eq!(read.id().unwrap(), id("x"));
        assert!(read.bool().unwrap());
        assert_eq!(read.bytes().unwrap(), [7]);
        assert_eq!(read.real().unwrap().to_bits(), 1.25_f64.to_bits());
        assert!(read.int().is_err(), "there is no ninth column");
    });
}

#[test]
fn arguments_count_by_their_number_not_by_their_place() {
    each_engine(ALL, |db| {
        let sql = "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)";
        let row = db
            .read_now(move |tx| tx.one(sql, &args!["one", "two"]))
            .unwrap();
        assert_eq!(row.values(), args!["two", "one", "two"]);
    });
}

#[test]
fn what_one_database_cannot_keep_neither_takes() {
    each_engine(ALL, |db| {
        let error = add(&db, person("a\0b", 1)).unwrap_err();
        assert_eq!(error.keys(), ["text-unreadable"]);
        let mut endless = person("x", 1);
        endless[4] = Val::Real(f64::NAN);
        assert!(matches!(add(&db, endless), Err(Error::Fault(_))));
        let mut wrong = person("x", 1);
        wrong[3] = Val::from("41");
        let error = add(&db, wrong).unwrap_err().to_string();
        assert_eq!(error, "fault: person.age cannot hold text");
        assert_eq!(count(&db), 0);
    });
}

#[test]
fn a_constraint_is_told_alike() {
    each_engine(ALL, |db| {
        add(&db, person("amal", 1)).unwrap();
        let taken = || Refusal::about("code", "taken");
        let mut twin = person("amal", 1);
        twin[0] = Val::Id(id("twin"));
        let refused = db::on_unique(add(&db, twin.clone()), "person.country,code", taken());
        assert_eq!(refused.unwrap_err().keys(), ["taken"]);
        let mut same = person("bilal", 1);
        same[0] = Val::Id(id("amal"));
        let again = add(&db, same).unwrap_err();
        assert_eq!(
            db::violated(&again),
            Some(db::Constraint::Unique("person.id".to_owned()))
        );
        let minus = db::on_check(add(&db, person("b", -1)), "person_age", taken());
        assert_eq!(minus.unwrap_err().keys(), ["taken"]);
        let mut friendless = person("c", 1);
        friendless[7] = Val::Id(id("nobody"));
        assert_eq!(
            db::on_reference(add(&db, friendless), taken())
                .unwrap_err()
                .keys(),
            ["taken"]
        );
        let mut nameless = person("d", 1);
        nameless[1] = Val::Null;
        let error = add(&db, nameless).unwrap_err();
        assert_eq!(
            db::violated(&error),
            Some(db::Constraint::NotNull("person.code".to_owned()))
        );
        let other = db::on_unique(add(&db, twin), "person.code", taken()).unwrap_err();
        assert!(
            matches!(other, Error::Fault(_)),
            "another constraint is no refusal"
        );
        assert_eq!(count(&db), 1);
    });
}

#[test]
fn the_second_editor_sees_what_the_first_saved() {
    each_engine(ALL, |db| {
        add(&db, person("amal", 41)).unwrap();
        let edit = |age: i64, seen: i64| {
            db.write_now(move |tx| {
                let version = tx.change(&PERSON, person("amal", age), seen)?;
                let changes = tx.take_changes();
                assert_eq!(changes.len(), 1);
                assert_eq!(changes[0].key(), args![id("amal")]);
                assert_eq!(changes[0].values[8], Val::Int(version));
                Ok(version)
            })
        };
        assert_eq!(edit(42, 1).unwrap(), 2);
        let Err(Error::Conflict(conflict)) = edit(43, 1) else {
            panic!("no conflict")
        };
        assert_eq!(conflict.version, 2);
        assert!(
            conflict
                .saved
                .contains(&("age".to_owned(), "42".to_owned()))
        );
        assert!(
            conflict
                .saved
                .contains(&("present".to_owned(), "true".to_owned()))
        );
        let gone = db.write_now(|tx| tx.change(&PERSON, person("nobody", 1), 1));
        assert!(matches!(gone, Err(Error::Missing)));
    });
}

#[test]
fn no_change_without_a_fact() {
    each_engine(ALL, |db| {
        let silent = db.write_now(|tx| tx.add(&PERSON, person("amal", 41)));
        assert_eq!(
            silent.unwrap_err().to_string(),
            "fault: a change without a fact: person"
        );
        assert_eq!(count(&db), 0);
        db.write_now(|tx| {
            tx.put(&PERSON, person("amal", 41))?;
            tx.put(&PERSON, person("amal", 42))?;
            tx.remove(&PERSON, &args![id("amal")])?;
            let changes = tx.take_changes();
            let told: Vec<bool> = changes.iter().map(|change| change.gone).collect();
            assert_eq!(told, [false, false, true]);
            assert!(matches!(
                tx.remove(&PERSON, &args![id("amal")]),
                Err(Error::Missing)
            ));
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn many_rows_go_in_few_statements() {
    each_engine(ALL, |db| {
        db.write_now(|tx| {
            let rows = (0..5000).map(|n| person(&format!("p{n:05}"), n)).collect();
            tx.add_many(&PERSON, rows)?;
            assert_eq!(tx.take_changes().len(), 5000);
            let older = (0..2000)
                .map(|n| args![id(&format!("p{n:05}"))].to_vec())
                .collect::<Vec<_>>();
            let touched = tx.exec_many(
                "UPDATE person SET age = age + 1 WHERE id = $1 AND age < 1500",
                &older,
            )?;
            assert_eq!(touched.iter().sum::<u64>(), 1500);
            assert_eq!((touched[1499], touched[1500]), (1, 0));
            Ok(())
        })
        .unwrap();
        let sums = db.read_now(|tx| {
            let mut sum = 0;
            tx.each("SELECT age FROM person", &[], &mut |row| {
                sum += row.read().int()?;
                Ok(())
            })?;
            let sql = "SELECT CAST(SUM(age) AS BIGINT) FROM person WHERE present = $1";
            Ok((sum, tx.one(sql, &args![true])?.read().int()?))
        });
        assert_eq!(sums.unwrap(), (4999 * 2500 + 1500, 4999 * 2500 + 1500));
    });
}

#[test]
fn a_taker_may_stop_early_and_the_transaction_goes_on() {
    each_engine(ALL, |db| {
        db.write_now(|tx| {
            tx.add_many(
                &PERSON,
                (0..3000).map(|n| person(&format!("p{n}"), n)).collect(),
            )?;
            tx.forget_changes();
            let mut seen = 0;
            let stopped = tx.each("SELECT id FROM person", &[], &mut |_| {
                seen += 1;
                if seen == 10 {
                    Err(Error::Missing)
                } else {
                    Ok(())
                }
            });
            assert!(matches!(stopped, Err(Error::Missing)));
            assert_eq!(
                tx.one("SELECT COUNT(*) FROM person", &[])?.read().int()?,
                3000
            );
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn a_failed_statement_ends_the_transaction_unless_fenced_off() {
    each_engine(ALL, |db| {
        add(&db, person("amal", 41)).unwrap();
        let passed_over = db.write_now(|tx| {
            assert!(tx.add(&PERSON, person("amal", 41)).is_err());
            tx.forget_changes();
            Ok(())
        });
        assert!(passed_over.is_err());
        db.write_now(|tx| {
            tx.add(&PERSON, person("bilal", 1))?;
            let failed = tx.attempt(|tx| {
                tx.add(&PERSON, person("chidi", 1))?;
                tx.add(&PERSON, person("amal", 1))
            });
            assert!(failed.is_err());
            let refused = tx.attempt(|tx| {
                tx.add(&PERSON, person("dina", 1))?;
                Err::<(), _>(Refusal::whole("no").into())
            });
            assert_eq!(refused.unwrap_err().keys(), ["no"]);
            tx.attempt(|tx| tx.add(&PERSON, person("efe", 1)))?;
            assert_eq!(tx.take_changes().len(), 2);
            Ok(())
        })
        .unwrap();
        assert_eq!(count(&db), 3);
    });
}

#[test]
fn pages_follow_one_another_by_key_alike() {
    each_engine(ALL, |db| {
        let names = [
            "Zoë",
            "zoe",
            "Ángel",
            "angel",
            "Émile",
            "b",
            "B",
            "_",
            "مدرسة",
            "10",
            "9",
        ];
        for name in names {
            add(&db, person(name, 1)).unwrap();
        }
        let mut all = Vec::new();
        let mut after = (String::new(), id("nobody"));
        loop {
            let from = after.clone();
            let sql =
                "SELECT code, id FROM person WHERE (code, id) > ($1, $2) ORDER BY code, id LIMIT 3";
            let page = db
                .read_now(move |tx| tx.rows(sql, &args![&from.0, from.1]))
                .unwrap();
            for row in &page {
                let mut read = row.read();
                after = (read.text().unwrap(), read.id().unwrap());
                all.push(after.0.clone());
            }
            if page.len() < 3 {
                break;
            }
        }
        let mut sorted = names.map(str::to_owned).to_vec();
        sorted.sort();
        assert_eq!(all, sorted, "sorted by bytes");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn one_failed_act_never_spoils_its_neighbours() {
    each_engine_async(ALL, async |db| {
        let mut running = Vec::new();
        for n in 0..300_i64 {
            let db = db.clone();
            running.push(tokio::spawn(async move {
                db.write(move |tx| {
                    tx.add(&PERSON, person(&format!("p{n}"), n))?;
                    tx.forget_changes();
                    match n % 5 {
                        1 => Err(Refusal::whole("no").into()),
                        2 => panic!("a planted panic"),
                        3 => {
                            let mut same = person("another", n);
                            same[0] = Val::Id(id(&format!("p{n}")));
                            tx.add(&PERSON, same)
                        }
                        4 => tx.put(&PERSON, person(&format!("p{n}"), n)),
                        _ => Ok(()),
                    }
                })
                .await
            }));
        }
        for (n, task) in running.into_iter().enumerate() {
            let done = task.await.unwrap();
            let told = done.as_ref().map_err(ToString::to_string);
            match n % 5 {
                0 => assert_eq!(told, Ok(&())),
                1 => assert_eq!(done.unwrap_err().keys(), ["no"]),
                2 => assert_eq!(
                    told,
                    Err("fault: panic in a job: a planted panic".to_owned())
                ),
                3 => assert_eq!(told, Err("fault: constraint unique person.id".to_owned())),
                _ => assert_eq!(
                    told,
                    Err("fault: a change without a fact: person".to_owned())
                ),
            }
        }
        assert_eq!(
            db.read(|tx| tx.one("SELECT COUNT(*) FROM person", &[])?.read().int())
                .await
                .unwrap(),
            60
        );
        let stats = db.stats();
        assert_eq!((stats.writes, stats.queued), (300, 0));
        if db.engine() == Engine::Sqlite {
            assert!(stats.groups < 300, "{stats:?}");
        }
    })
    .await;
}

#[test]
fn a_key_checked_at_the_end_fails_its_own_act_only() {
    const LATE: Migration = Migration {
        name: "20261123_late",
        sql: "CREATE TABLE late (id BIGINT PRIMARY KEY, \
            other_id BIGINT REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED);",
        sample: "",
    };
    each_engine(&[LATE], |db| {
        let started = Arc::new(AtomicU32::new(0));
        std::thread::scope(|scope| {
            // Holds the writer until the others wait in one group.
            let (first, begun) = (db.clone(), Arc::clone(&started));
            scope.spawn(move || {
                first.write_now(move |_| {
                    begun.store(1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(100));
                    Ok(())
                })
            });
            while started.load(Ordering::SeqCst) == 0 {
                std::thread::yield_now();
            }
            for n in 0..10_i64 {
                let db = db.clone();
                scope.spawn(move || {
                    let to = if n == 5 { 99 } else { n };
                    let done = db.write_now(move |tx| {
                        tx.exec(
                            "INSERT INTO late (id, other_id) VALUES ($1, $2)",
                            &args![n, to],
                        )
                    });
                    assert_eq!(done.is_ok(), n != 5);
                });
            }
        });
        let left = db.read_now(|tx| tx.one("SELECT COUNT(*) FROM late", &[])?.read().int());
        assert_eq!(left.unwrap(), 9);
    });
}

#[test]
fn a_reading_sees_one_moment_and_writes_nothing() {
    each_engine(ALL, |db| {
        add(&db, person("amal", 41)).unwrap();
        let other = db.clone();
        let seen = db.read_now(move |tx| {
            let before = tx.one("SELECT COUNT(*) FROM person", &[])?.read().int()?;
            add(&other, person(&format!("late{}", count(&other)), 1))?;
            Ok((
                before,
                tx.one("SELECT COUNT(*) FROM person", &[])?.read().int()?,
            ))
        });
        assert_eq!(seen.unwrap(), (1, 1));
        assert_eq!(count(&db), 2);
        assert!(
            db.read_now(|tx| tx.exec("DELETE FROM person", &[]))
                .is_err()
        );
        assert_eq!(count(&db), 2);
    });
}

#[test]
fn writers_that_lock_first_count_right() {
    each_engine(ALL, |db| {
        add(&db, person("amal", 0)).unwrap();
        add(&db, person("bilal", 0)).unwrap();
        std::thread::scope(|scope| {
            for n in 0..4 {
                let db = db.clone();
                scope.spawn(move || {
                    for _ in 0..25 {
                        db.write_now(move |tx| {
                            let age = if n % 2 == 0 {
                                tx.lock("ages")?;
                                let sql = "SELECT age FROM person WHERE id = $1";
                                tx.one(sql, &args![id("amal")])?.read().int()?
                            } else {
                                let sql = "SELECT age FROM person WHERE id = $1 FOR UPDATE";
                                tx.one(sql, &args![id("bilal")])?.read().int()?
                            };
                            let who = id(if n % 2 == 0 { "amal" } else { "bilal" });
                            std::thread::yield_now();
                            tx.exec(
                                "UPDATE person SET age = $2 WHERE id = $1",
                                &args![who, age + 1],
                            )
                        })
                        .unwrap();
                    }
                });
            }
        });
        let ages = db
            .read_now(|tx| tx.rows("SELECT age FROM person ORDER BY code, id", &[]))
            .unwrap();
        assert_eq!(
            ages.iter()
                .map(|r| r.read().int().unwrap())
                .collect::<Vec<_>>(),
            [50, 50]
        );
    });
}

#[test]
fn a_deadlock_is_run_again() {
    each_engine(ALL, |db| {
        add(&db, person("amal", 0)).unwrap();
        add(&db, person("bilal", 0)).unwrap();
        std::thread::scope(|scope| {
            for turn in [["amal", "bilal"], ["bilal", "amal"]] {
                let db = db.clone();
                scope.spawn(move || {
                    db.write_now(move |tx| {
                        for name in turn {
                            let sql = "UPDATE person SET age = age + 1 WHERE id = $1";
                            tx.exec(sql, &args![id(name)])?;
                            std::thread::sleep(std::time::Duration::from_millis(100));
                        }
                        Ok(())
                    })
                    .unwrap();
                });
            }
        });
        let ages = db
            .read_now(|tx| tx.rows("SELECT age FROM person ORDER BY code, id", &[]))
            .unwrap();
        assert_eq!(
            ages.iter()
                .map(|r| r.read().int().unwrap())
                .collect::<Vec<_>>(),
            [2, 2]
        );
        assert_eq!(db.stats().retries > 0, db.engine() == Engine::Postgres);
    });
}

#[test]
fn a_lost_connection_is_made_again() {
    each_engine(ALL, |db| {
        if db.engine() == Engine::Postgres {
            let end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
                WHERE pid <> pg_backend_pid() AND query LIKE '%lost_connection_marker%'";
            for _ in 0..20 {
                db.read_now(|tx| tx.rows("SELECT 'lost_connection_marker'", &[]))
                    .unwrap();
            }
            let schema = "SELECT CAST(current_schema() AS TEXT)";
            assert!(
                db.read_now(|tx| tx.one(schema, &[])?.read().text())
                    .unwrap()
                    .starts_with("test_")
            );
            db.write_now(move |tx| tx.rows(end, &[])).unwrap();
        }
        for n in 0..20 {
            add(&db, person(&format!("p{n}"), n)).unwrap();
        }
        assert_eq!(count(&db), 20);
    });
}

#[test]
fn a_connection_lost_within_an_act_runs_the_act_again() {
    each_engine(ALL, |db| {
        let mut tries = 0;
        let postgres = db.engine() == Engine::Postgres;
        let ran = db.write_now(move |tx| {
            tries += 1;
            tx.add(&PERSON, person("amal", 1))?;
            tx.forget_changes();
            if tries == 1 && postgres {
                tx.rows("SELECT pg_terminate_backend(pg_backend_pid())", &[])?;
            }
            Ok(tries)
        });
        assert_eq!(ran.unwrap(), if postgres { 2 } else { 1 });
        assert_eq!(count(&db), 1);
    });
}

#[test]
fn a_plan_that_no_longer_fits_is_made_anew() {
    each_engine(ALL, |db| {
        let all = "SELECT * FROM setting ORDER BY name";
        for width in 2..4 {
            for _ in 0..8 {
                let rows = db.read_now(move |tx| tx.rows(all, &[])).unwrap();
                assert_eq!(rows[0].values().len(), width);
            }
            if width == 2 {
                let more = "ALTER TABLE setting ADD COLUMN more TEXT";
                db.write_now(move |tx| tx.exec(more, &[])).unwrap();
            }
        }
    });
}

#[test]
fn what_the_databases_see_differently_is_made_alike() {
    each_engine(ALL, |db| {
        add(&db, person("Amal", 1)).unwrap();
        let found = |sql: &'static str| {
            db.read_now(move |tx| tx.one(sql, &[])?.read().int())
                .unwrap()
        };
        assert_eq!(found("SELECT COUNT(*) FROM person WHERE code LIKE 'a%'"), 0);
        assert_eq!(found("SELECT COUNT(*) FROM person WHERE code LIKE 'A%'"), 1);
        assert_eq!(found("SELECT COUNT(*) FROM person WHERE present"), 1);
        let quoted = db.read_now(|tx| tx.rows("SELECT \"nothing\" FROM person", &[]));
        assert!(quoted.is_err(), "a misspelt column is no text");
        let claimed = "SELECT COUNT(*) FROM (SELECT id FROM person ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) AS x";
        assert_eq!(
            db.write_now(move |tx| tx.one(claimed, &[])?.read().int())
                .unwrap(),
            1
        );
    });
}

#[test]
fn a_statement_is_judged_without_being_run() {
    each_engine(ALL, |db| {
        let judge = |sql: &str| db::testing::prepares(&db, sql).map_err(|e| e.to_string());
        judge("DELETE FROM person WHERE id = $1").unwrap();
        judge("SELECT code FROM person WHERE CAST($1 AS UUID) IS NULL FOR UPDATE").unwrap();
        assert!(judge("SELECT nothing FROM person").is_err());
        let untyped = judge("SELECT code FROM person WHERE $1 IS NULL");
        assert_eq!(untyped.is_err(), db.engine() == Engine::Postgres);
    });
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (file, copy) = (db::testing::File::new(), db::testing::File::new());
    let db = Db::open(&file.url(), ALL).unwrap();
    add(&db, person("amal", 1)).unwrap();
    db.backup(copy.path(), ALL).unwrap();
    let wal = format!("{}-wal", file.path().display());
    for path in [file.path(), copy.path(), Path::new(&wal)] {
        assert_eq!(
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn a_write_inside_a_write_is_told_not_waited_for() {
    let db = Db::open("sqlite::memory:", ALL).unwrap();
    let inner = db.clone();
    let told = db.write_now(move |_| Ok(add(&inner, person("amal", 1)).is_err()));
    assert!(told.unwrap());
}

#[test]
fn too_many_waiting_are_asked_to_come_later() {
    let db = Db::open("sqlite::memory:", ALL).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let told = runtime.block_on(async {
        let stuck = db.write(|_| {
            std::thread::sleep(std::time::Duration::from_millis(300));
            Ok(())
        });
        let mut jobs: Vec<std::pin::Pin<Box<dyn Future<Output = base::Result<()>>>>> =
            vec![Box::pin(stuck)];
        for _ in 0..6000 {
            jobs.push(Box::pin(db.write(|_| Ok(()))));
        }
        let mut later = 0;
        for job in futures_util::future::join_all(jobs).await {
            match job {
                Err(Error::Later(1)) => later += 1,
                other => other.unwrap(),
            }
        }
        later
    });
    assert!(told > 1000, "{told}");
    assert_eq!(db.stats().refused, told);
}

#[test]
fn migrations_run_once_and_over_rows_that_are_there() {
    each_engine_with_samples(ALL, |db| {
        let found = db.read_now(|tx| {
            tx.one("SELECT body FROM note ORDER BY id", &[])?
                .read()
                .text()
        });
        assert_eq!(found.unwrap(), "one; two");
        let applied = db.read_now(|tx| tx.one("SELECT COUNT(*) FROM migration", &[])?.read().int());
        assert_eq!(applied.unwrap(), 2);
        assert!(!db.is_fresh());
        let tables = db.tables().unwrap();
        assert_eq!(
            tables.keys().collect::<Vec<_>>(),
            ["note", "person", "setting"]
        );
        assert_eq!(tables["note"], ["body", "id", "person_id"]);
        assert_eq!(db.check_references().unwrap(), Vec::<String>::new());
    });
}

#[test]
fn a_changed_or_unknown_migration_stops_the_start() {
    let schema = db::testing::Schema::create();
    let file = db::testing::File::new();
    for url in [file.url(), schema.url()] {
        drop(Db::open(&url, ALL).unwrap());
        let edited = Migration {
            sql: "CREATE TABLE other (id BIGINT PRIMARY KEY)",
            ..NOTES
        };
        let error = Db::open(&url, &[PEOPLE, edited]).unwrap_err().to_string();
        assert!(error.contains("20261122_notes was changed"), "{error}");
        let error = Db::open(&url, &[PEOPLE]).unwrap_err().to_string();
        assert!(error.contains("newer than this program"), "{error}");
        let broken = Migration {
            name: "20261124_broken",
            sql: "CREATE TABLE half (id BIGINT); BOOM",
            sample: "",
        };
        let error = Db::open(&url, &[PEOPLE, NOTES, broken])
            .unwrap_err()
            .to_string();
        assert!(error.contains("migration 20261124_broken"), "{error}");
        let db = Db::open(&url, ALL).unwrap();
        assert!(
            !db.tables().unwrap().contains_key("half"),
            "nothing half done"
        );
    }
}

#[test]
fn many_processes_may_start_at_once() {
    let schema = db::testing::Schema::create();
    let file = db::testing::File::new();
    for url in [file.url(), schema.url()] {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| Db::open(&url, ALL).unwrap());
            }
        });
    }
}

#[test]
fn data_move_both_ways_and_back_unchanged() {
    let schema = db::testing::Schema::create();
    let other = db::testing::Schema::create();
    let lite = || Db::open("sqlite::memory:", ALL).unwrap();
    let (first, second) = (lite(), Db::open(&schema.url(), ALL).unwrap());
    let (third, fourth) = (Db::open(&other.url(), ALL).unwrap(), lite());
    first
        .write_now(|tx| {
            tx.add_many(
                &PERSON,
                (0..2500).map(|n| person(&format!("é{n}"), n)).collect(),
            )?;
            tx.forget_changes();
            // Friends in a ring: no order of rows satisfies the foreign key one by one.
            let befriend =
                "UPDATE person SET friend_id = $2, photo = NULL, share = $3 WHERE id = $1";
            let pairs = (0..2500).map(|n| {
                let (one, next) = (id(&format!("é{n}")), id(&format!("é{}", (n + 1) % 2500)));
                args![one, next, f64::from(n) / 7.0].to_vec()
            });
            tx.exec_many(befriend, &pairs.collect::<Vec<_>>())?;
            tx.exec(
                "INSERT INTO note (id, body) VALUES ($1, $2)",
                &args![1, "x"],
            )?;
            tx.exec("UPDATE setting SET value = $1", &args!["edited"])
        })
        .unwrap();
    let there = db::move_data(&first, &second).unwrap();
    assert_eq!(
        there
            .iter()
            .map(|m| (m.table.as_str(), m.digest.rows))
            .collect::<Vec<_>>(),
        [("note", 1), ("person", 2500), ("setting", 1)]
    );
    assert_eq!(db::move_data(&second, &third).unwrap(), there);
    assert_eq!(db::move_data(&third, &fourth).unwrap(), there);
    assert_eq!(fourth.check_references().unwrap(), Vec::<String>::new());
    let setting = fourth.read_now(|tx| tx.one("SELECT value FROM setting", &[])?.read().text());
    assert_eq!(setting.unwrap(), "edited");
    let orphan =
        |tx: &mut db::Tx| tx.exec("UPDATE person SET friend_id = $1", &args![id("nobody")]);
    assert!(
        second.write_now(orphan).is_err(),
        "foreign keys are immediate again"
    );
    second.close();
    let full = Db::open(&schema.url(), ALL).unwrap();
    let error = db::move_data(&first, &full).unwrap_err().to_string();
    assert!(error.contains("is not empty"), "{error}");
}

#[test]
fn a_backup_brings_everything_back() {
    each_engine(ALL, |db| {
        for n in 0..50 {
            add(&db, person(&format!("p{n}"), n)).unwrap();
        }
        let file = db::testing::File::new();
        db.backup(file.path(), ALL).unwrap();
        let beside = format!("{}-wal", file.path().display());
        assert!(!Path::new(&beside).exists(), "a backup is one file");
        assert!(
            db.backup(file.path(), ALL).is_err(),
            "never over another backup"
        );
        add(&db, person("late", 1)).unwrap();
        let schema = db::testing::Schema::create();
        for url in ["sqlite::memory:".to_owned(), schema.url()] {
            let back = Db::open(&url, ALL).unwrap();
            let moved = db::restore(file.path(), &back, ALL).unwrap();
            assert_eq!(moved[1].digest.rows, 50);
            assert_eq!(count(&back), 50);
        }
        assert!(
            db::restore(file.path(), &db, ALL).is_err(),
            "never into a full database"
        );
    });
}

#[test]
fn an_older_backup_is_brought_up_to_date() {
    let old = Db::open("sqlite::memory:", &[PEOPLE]).unwrap();
    old.write_now(|tx| {
        let sql = "INSERT INTO person (id, code, country) VALUES ($1, 'a', 'HN')";
        tx.exec(sql, &args![id("a")])
    })
    .unwrap();
    let file = db::testing::File::new();
    old.backup(file.path(), &[PEOPLE]).unwrap();
    let before = std::fs::read(file.path()).unwrap();
    let new = Db::open("sqlite::memory:", ALL).unwrap();
    db::restore(file.path(), &new, ALL).unwrap();
    assert_eq!(count(&new), 1);
    assert_eq!(
        std::fs::read(file.path()).unwrap(),
        before,
        "the backup stays as it was"
    );
}

#[test]
fn what_was_answered_is_there_after_reopening() {
    let file = db::testing::File::new();
    for n in 0..3 {
        let db = Db::open(&file.url(), ALL).unwrap();
        add(&db, person(&format!("p{n}"), n)).unwrap();
        assert_eq!(db.is_fresh(), n == 0);
    }
    let db = Db::open(&file.url(), ALL).unwrap();
    assert_eq!(count(&db), 3);
    db.close();
    assert!(matches!(add(&db, person("x", 1)), Err(Error::Fault(_))));
    assert!(Clock::Machine.now() > Moment::from_micros(0));
}

#[test]
fn what_is_kept_beside_a_database_is_its_own() {
    #[derive(Default)]
    struct Seen(AtomicU32);
    each_engine(ALL, |db| {
        let other = Db::open("sqlite::memory:", ALL).unwrap();
        let count = |db: &Db, writes: bool| {
            let look = |tx: &mut db::Tx| {
                let seen = tx.beside::<Seen>();
                Ok((seen.0.fetch_add(1, Ordering::SeqCst), tx.only_reads()))
            };
            let got = if writes {
                db.write_now(look)
            } else {
                db.read_now(look)
            };
            let (count, reads) = got.unwrap();
            assert_eq!(reads, !writes);
            count
        };
        assert_eq!(
            [count(&db, false), count(&db, true), count(&db, false)],
            [0, 1, 2]
        );
        assert_eq!(count(&other, false), 0);
        assert_eq!(count(&db.clone(), true), 3);
        other.close();
    });
}
