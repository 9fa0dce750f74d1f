//! The ledger's promises, on both databases; random histories on SQLite.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails")]

use base::{Id, Moment};
use db::testing::{each_engine, each_engine_with_samples};
use db::{Db, Migration, Tx, args};
use ledger::{Bucket, Fact, Filter, MIGRATIONS, Movement, Verdict};
use proptest::prelude::*;
use serde_json::json;

const NEED: Migration = Migration {
    name: "20261122_need",
    sql: "CREATE TABLE account (id UUID PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE need (id UUID PRIMARY KEY, title TEXT NOT NULL, share DOUBLE PRECISION, urgent BOOLEAN NOT NULL,
        account_id UUID REFERENCES account (id), version BIGINT NOT NULL);",
    sample: "",
};

db::table!(NEEDS = "need" key 1 {
    id: Id, title: Text, share: Real, urgent: Bool, account_id: Id, version: Int,
});

fn migrations() -> Vec<Migration> {
    [MIGRATIONS, &[NEED]].concat()
}

fn id(name: &str) -> Id {
    Id::named("test", name)
}

fn at(second: i64) -> Moment {
    Moment::from_micros(1_800_000_000_000_000).plus_seconds(second)
}

fn tell(tx: &mut Tx<'_>, verb: &str, subject: Id, second: i64) -> base::Result<i64> {
    let about = json!({"why": "é", "a": [1, null]});
    let actor = Some(id("amal"));
    ledger::record(
        tx,
        &Fact {
            now: at(second),
            actor,
            verb,
            subject: ("need", subject),
            about,
        },
    )
}

/// Needs that are added, edited and removed, and lines whose units move.
fn live(db: &Db) {
    db.write_now(|tx| {
        tx.exec(
            "INSERT INTO account (id, name) VALUES ($1, $2)",
            &args![id("amal"), "Amal"],
        )
        .map(drop)
    })
    .unwrap();
    for n in 0..5_i64 {
        db.write_now(move |tx| {
            let need = id(&format!("need{n}"));
            let share = f64::from(i32::try_from(n).unwrap()) / 7.0;
            tx.add(
                &NEEDS,
                args![
                    need,
                    format!("Desks “{n}”\n"),
                    share,
                    n % 2 == 0,
                    id("amal"),
                    1
                ]
                .to_vec(),
            )?;
            ledger::open_line(tx, need, 100 + n, at(n))?;
            tell(tx, "need.filed", need, n).map(drop)
        })
        .unwrap();
    }
    db.write_now(|tx| {
        let need = id("need1");
        tx.change(
            &NEEDS,
            args![need, "Benches", None::<f64>, true, None::<Id>, 0].to_vec(),
            1,
        )?;
        tell(tx, "need.edited", need, 10)?;
        tx.remove(&NEEDS, &args![id("need0")])?;
        tell(tx, "need.withdrawn", id("need0"), 11)?;
        let go = |from, to, quantity| Movement {
            line: need,
            offer: Some(id("offer")),
            quantity,
            from,
            to,
            at: at(12),
        };
        ledger::shift(tx, &go(Bucket::Uncovered, Bucket::Proposed, 60))?;
        ledger::shift_many(
            tx,
            &[
                go(Bucket::Proposed, Bucket::Committed, 50),
                go(Bucket::Proposed, Bucket::Uncovered, 10),
                go(Bucket::Committed, Bucket::Delivered, 20),
            ],
        )?;
        tell(tx, "need.matched", need, 13).map(drop)
    })
    .unwrap();
}

fn whole(db: &Db) -> (i64, String) {
    match db.read_now(ledger::verify).unwrap() {
        Verdict::Whole(verified) => (verified.facts, verified.head),
        Verdict::Broken { seq, why } => panic!("fact {seq}: {why}"),
    }
}

#[test]
fn a_chain_is_whole_and_tells_its_history() {
    each_engine(&migrations(), |db| {
        assert_eq!(whole(&db), (0, ledger::NO_FACT.to_owned()));
        live(&db);
        let (facts, head) = whole(&db);
        assert_eq!(facts, 8);
        assert_eq!(db.read_now(ledger::head).unwrap(), (8, head.clone()));
        let history = db
            .read_now(|tx| ledger::history(tx, "need", id("need1")))
            .unwrap();
        let verbs: Vec<&str> = history.iter().map(|fact| fact.verb.as_str()).collect();
        assert_eq!(verbs, ["need.filed", "need.edited", "need.matched"]);
        assert_eq!(history[2].hash, head);
        assert_eq!(history[0].actor, Some(id("amal")));
        assert_eq!(history[0].about, json!({"why": "é", "a": [1, null]}));
        assert_eq!(
            db.read_now(|tx| ledger::history(tx, "offer", id("need1")))
                .unwrap(),
            []
        );
        let rows = db.read_now(|tx| ledger::rows_of(tx, 7)).unwrap();
        assert_eq!(
            rows,
            json!([{"columns": ["id"], "gone": true, "rows": [[id("need0").to_string()]], "table": "need"}])
        );
    });
}

#[test]
fn the_auditor_reads_page_by_page() {
    each_engine(&migrations(), |db| {
        live(&db);
        let page = |filter: Filter, after: Option<i64>| {
            let found = db
                .read_now(move |tx| ledger::facts(tx, &filter, after, 3))
                .unwrap();
            found.iter().map(|fact| fact.seq).collect::<Vec<_>>()
        };
        let all = Filter::default();
        assert_eq!(page(all.clone(), None), [8, 7, 6]);
        assert_eq!(page(all.clone(), Some(6)), [5, 4, 3]);
        assert_eq!(page(all.clone(), Some(3)), [2, 1]);
        let filed = Filter {
            verb: Some("need.filed".to_owned()),
            ..all.clone()
        };
        assert_eq!(page(filed, None), [5, 4, 3]);
        let between = Filter {
            from: Some(at(1)),
            until: Some(at(3)),
            actor: Some(id("amal")),
            ..all.clone()
        };
        assert_eq!(page(between, None), [3, 2]);
        let one = Filter {
            subject: Some(id("need1")),
            subject_kind: Some("need".to_owned()),
            ..all.clone()
        };
        assert_eq!(page(one, None), [8, 6, 2]);
        assert_eq!(
            page(
                Filter {
                    actor: Some(id("bilal")),
                    ..all
                },
                None
            ),
            [0_i64; 0]
        );
    });
}

#[test]
fn replaying_all_facts_rebuilds_the_same_state_and_hash() {
    each_engine(&migrations(), |db| {
        live(&db);
        let into = Db::scratch(&migrations()).unwrap();
        let compared = ledger::replay(&db, &into, &[&NEEDS]).unwrap();
        let names: Vec<&str> = compared.iter().map(|c| c.table).collect();
        assert_eq!(
            names,
            ["need", "movement", "balance", "fact", "ledger_head"]
        );
        assert!(
            compared.iter().all(ledger::Compared::is_same),
            "{compared:?}"
        );
        assert_eq!(compared[0].kept.rows, 4);
        assert_eq!(whole(&into), whole(&db));
        assert!(
            ledger::replay(&db, &into, &[&NEEDS]).is_err(),
            "a second time"
        );
        // What is changed beside the ledger is seen.
        db.write_now(|tx| {
            tx.exec(
                "UPDATE need SET title = 'x' WHERE id = $1",
                &args![id("need1")],
            )
        })
        .unwrap();
        let again = ledger::replay(&db, &Db::scratch(&migrations()).unwrap(), &[&NEEDS]).unwrap();
        let same: Vec<bool> = again.iter().map(ledger::Compared::is_same).collect();
        assert_eq!(same, [false, true, true, true, true]);
    });
}

#[test]
fn tampering_with_any_part_of_any_fact_is_found() {
    each_engine(&migrations(), |db| {
        live(&db);
        let tampers: [(&'static str, &'static str); 9] = [
            (
                "UPDATE fact SET at = at + 1 WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET actor_id = NULL WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET verb = verb || ' ' WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET subject_kind = 'x' WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET subject_id = actor_id WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET about = '{}' WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET images = '[ ]' WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET hash = prev WHERE seq = $1",
                "its contents were changed",
            ),
            (
                "UPDATE fact SET prev = hash WHERE seq = $1",
                "it does not follow the one before",
            ),
        ];
        for seq in 1..=8_i64 {
            for (sql, why) in tampers {
                let found = db.write_now(move |tx| {
                    let mut found = None;
                    let undone = tx.attempt(|tx| {
                        assert_eq!(tx.exec(sql, &args![seq])?, 1);
                        found = Some(ledger::verify(tx)?);
                        Err::<(), _>(base::Error::Missing)
                    });
                    assert!(undone.is_err());
                    Ok(found)
                });
                assert_eq!(found.unwrap(), Some(Verdict::Broken { seq, why }), "{sql}");
            }
        }
        let cut = |sql: &'static str| {
            db.write_now(move |tx| {
                let mut found = None;
                let undone = tx.attempt(|tx| {
                    tx.exec(sql, &[])?;
                    found = Some(ledger::verify(tx)?);
                    Err::<(), _>(base::Error::Missing)
                });
                assert!(undone.is_err());
                Ok(found)
            })
            .unwrap()
        };
        assert_eq!(
            cut("DELETE FROM fact WHERE seq = 4"),
            Some(Verdict::Broken {
                seq: 4,
                why: "a fact is missing"
            })
        );
        assert_eq!(
            cut("DELETE FROM fact WHERE seq = 8"),
            Some(Verdict::Broken {
                seq: 8,
                why: "the chain ends too early"
            })
        );
        assert!(db.read_now(ledger::verify).unwrap().is_whole());
    });
}

#[test]
fn too_much_is_refused_and_says_how_much_there_is() {
    each_engine(&migrations(), |db| {
        live(&db);
        let go = |from, to, quantity| {
            let movement = Movement {
                line: id("need1"),
                offer: None,
                quantity,
                from,
                to,
                at: at(20),
            };
            db.write_now(move |tx| {
                ledger::shift(tx, &movement)?;
                tell(tx, "need.moved", id("need1"), 20)
            })
        };
        let before = db
            .read_now(|tx| ledger::balance(tx, id("need1")))
            .unwrap()
            .unwrap();
        assert_eq!(before.quantity, 101);
        let held: Vec<i64> = before.buckets().map(|(_, amount)| amount).collect();
        assert_eq!(held, [51, 0, 30, 0, 20, 0, 0, 0]);
        let refused = go(Bucket::Uncovered, Bucket::Proposed, 52).unwrap_err();
        assert_eq!(refused.keys(), ["quantity-over-balance"]);
        let base::Error::Refused(why) = refused else {
            panic!()
        };
        assert_eq!(
            why.0[0].args[..2],
            [
                ("asked", base::Arg::Number(52)),
                ("held", base::Arg::Number(51))
            ]
        );
        assert_eq!(
            go(Bucket::Uncovered, Bucket::Committed, 1)
                .unwrap_err()
                .keys(),
            ["movement-not-possible"]
        );
        assert_eq!(
            go(Bucket::Uncovered, Bucket::Proposed, 0)
                .unwrap_err()
                .keys(),
            ["quantity-not-positive"]
        );
        assert_eq!(
            db.read_now(|tx| ledger::balance(tx, id("need1"))).unwrap(),
            Some(before)
        );
        go(Bucket::Uncovered, Bucket::Proposed, 51).unwrap();
        let beside = db
            .write_now(|tx| tx.exec("UPDATE balance SET lost = lost + 1", &[]))
            .unwrap_err();
        assert_eq!(
            db::violated(&beside),
            Some(db::Constraint::Check("balance_conserved".to_owned()))
        );
        let below = db.write_now(|tx| {
            tx.exec(
                "UPDATE balance SET lost = lost - 1, uncovered = uncovered + 1",
                &[],
            )
        });
        assert_eq!(
            db::violated(&below.unwrap_err()),
            Some(db::Constraint::Check("balance_lost".to_owned()))
        );
        let offer = db.read_now(|tx| ledger::of_offer(tx, id("offer"))).unwrap();
        assert_eq!(
            offer.into_iter().collect::<Vec<_>>(),
            [(Bucket::Committed, 30), (Bucket::Delivered, 20)]
        );
        let moved = db
            .read_now(|tx| ledger::history_of_line(tx, id("need1")))
            .unwrap();
        assert_eq!(
            moved.iter().map(|m| m.quantity).sum::<i64>(),
            60 + 50 + 10 + 20 + 51
        );
    });
}

#[test]
fn a_line_grows_and_shrinks_by_what_is_uncovered() {
    each_engine(&migrations(), |db| {
        live(&db);
        let resize = |quantity: i64| {
            db.write_now(move |tx| {
                ledger::resize_line(tx, id("need1"), quantity, at(30))?;
                tx.forget_changes();
                Ok(ledger::balance(tx, id("need1"))?
                    .map(|b| (b.quantity, b.get(Bucket::Uncovered))))
            })
        };
        assert_eq!(resize(120).unwrap(), Some((120, 70)));
        assert_eq!(resize(120).unwrap(), Some((120, 70)));
        assert_eq!(resize(50).unwrap(), Some((50, 0)));
        assert_eq!(resize(49).unwrap_err().keys(), ["quantity-over-balance"]);
        assert_eq!(db.read_now(ledger::unbalanced).unwrap(), []);
        let beside = "UPDATE balance SET uncovered = uncovered + 1, quantity = quantity + 1 WHERE line_id = $1";
        db.write_now(move |tx| tx.exec(beside, &args![id("need2")]))
            .unwrap();
        assert_eq!(db.read_now(ledger::unbalanced).unwrap(), [id("need2")]);
    });
}

#[test]
fn thousands_of_lines_open_and_move_in_one_act() {
    each_engine(&migrations(), |db| {
        let lines: Vec<(Id, i64)> = (0..5_000)
            .map(|n| (id(&format!("line{n}")), 1 + n % 50))
            .collect();
        let opened = lines.clone();
        db.write_now(move |tx| {
            ledger::open_lines(tx, &opened, at(0))?;
            tell(tx, "need.filed", id("need"), 0)
        })
        .unwrap();
        let moved = lines.clone();
        db.write_now(move |tx| {
            let go = |&(line, quantity): &(Id, i64)| Movement {
                line,
                offer: Some(id("offer")),
                quantity,
                from: Bucket::Uncovered,
                to: Bucket::Proposed,
                at: at(1),
            };
            ledger::shift_many(tx, &moved.iter().map(go).collect::<Vec<_>>())?;
            tell(tx, "round.proposed", id("round"), 1)
        })
        .unwrap();
        let some: Vec<Id> = lines.iter().map(|(line, _)| *line).take(100).collect();
        let balances = db
            .read_now(move |tx| ledger::balances_of(tx, &some))
            .unwrap();
        assert!(
            balances
                .values()
                .all(|b| b.get(Bucket::Proposed) == b.quantity && b.is_conserved())
        );
        assert_eq!(balances.len(), 100);
        assert_eq!(db.read_now(ledger::unbalanced).unwrap(), []);
        let into = Db::scratch(&migrations()).unwrap();
        let compared = ledger::replay(&db, &into, &[&NEEDS]).unwrap();
        assert!(
            compared.iter().all(ledger::Compared::is_same),
            "{compared:?}"
        );
    });
}

#[test]
fn many_writers_make_one_chain() {
    each_engine(&migrations(), |db| {
        std::thread::scope(|scope| {
            for n in 0..4 {
                let db = db.clone();
                scope.spawn(move || {
                    for m in 0..25 {
                        let done = db.write_now(move |tx| {
                            let need = id(&format!("need{n}-{m}"));
                            let row = args![need, "x", 0.5, true, None::<Id>, 1];
                            tx.add(&NEEDS, row.to_vec())?;
                            let seq = tell(tx, "need.filed", need, m)?;
                            if m % 5 == 4 {
                                Err(base::Error::Missing)
                            } else {
                                Ok(seq)
                            }
                        });
                        assert_eq!(done.is_ok(), m % 5 != 4);
                    }
                });
            }
        });
        assert_eq!(whole(&db).0, 80);
    });
}

#[test]
fn the_schema_grows_over_rows_that_are_there() {
    each_engine_with_samples(&migrations(), |db| {
        assert_eq!(db.read_now(ledger::head).unwrap(), (1, "ab".to_owned()));
    });
}

#[test]
fn the_ledger_moves_between_databases_unchanged() {
    let schema = db::testing::Schema::create();
    let (lite, server) = (
        Db::open("sqlite::memory:", &migrations()).unwrap(),
        Db::open(&schema.url(), &migrations()).unwrap(),
    );
    live(&lite);
    db::move_data(&lite, &server).unwrap();
    assert_eq!(whole(&lite), whole(&server));
    server
        .write_now(|tx| tell(tx, "need.read", id("need1"), 40))
        .unwrap();
    assert_eq!(whole(&server).0, 9);
}

#[derive(Clone, Debug)]
enum Step {
    Open(u8, i64),
    Shift(u8, u8, i64, usize, usize),
    Resize(u8, i64),
    Edit(u8, String, Option<f64>),
    Remove(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => (0..6_u8, -2..200_i64).prop_map(|(line, n)| Step::Open(line, n)),
        8 => (0..6_u8, 0..3_u8, -1..120_i64, 0..8_usize, 0..8_usize)
            .prop_map(|(line, offer, n, from, to)| Step::Shift(line, offer, n, from, to)),
        1 => (0..6_u8, -1..200_i64).prop_map(|(line, n)| Step::Resize(line, n)),
        2 => (0..6_u8, "[^\0]{0,8}", proptest::option::of(-1e300..1e300_f64))
            .prop_map(|(need, title, share)| Step::Edit(need, title, share)),
        1 => (0..6_u8).prop_map(Step::Remove),
    ]
}

fn line(n: u8) -> Id {
    id(&format!("line{n}"))
}

fn take(db: &Db, step: Step, second: i64) -> base::Result<()> {
    db.write_now(move |tx| {
        let subject = match step.clone() {
            Step::Open(n, quantity) => {
                ledger::open_line(tx, line(n), quantity, at(second))?;
                n
            }
            Step::Resize(n, quantity) => {
                ledger::resize_line(tx, line(n), quantity, at(second))?;
                n
            }
            Step::Shift(n, offer, quantity, from, to) => {
                let (from, to) = (Bucket::ALL[from], Bucket::ALL[to]);
                let offer = Some(id(&format!("offer{offer}")));
                ledger::shift(
                    tx,
                    &Movement {
                        line: line(n),
                        offer,
                        quantity,
                        from,
                        to,
                        at: at(second),
                    },
                )?;
                n
            }
            Step::Edit(n, title, share) => {
                tx.put(
                    &NEEDS,
                    args![line(n), title, share, share.is_some(), None::<Id>, 1].to_vec(),
                )?;
                n
            }
            Step::Remove(n) => {
                tx.remove(&NEEDS, &args![line(n)])?;
                n
            }
        };
        tell(tx, "need.touched", line(subject), second).map(drop)
    })
}

/// Σ buckets = quantity after every step; overdrafts are refused; the replay agrees.
fn holds(db: &Db, steps: Vec<Step>) {
    let mut done = 0;
    for (second, step) in steps.into_iter().enumerate() {
        let before = db
            .read_now(|tx| ledger::balances_of(tx, &[0, 1, 2, 3, 4, 5].map(line)))
            .unwrap();
        let took = take(db, step.clone(), i64::try_from(second).unwrap());
        let after = db
            .read_now(|tx| ledger::balances_of(tx, &[0, 1, 2, 3, 4, 5].map(line)))
            .unwrap();
        assert!(after.values().all(ledger::Balance::is_conserved));
        if took.is_ok() {
            done += 1;
        } else {
            assert_eq!(before, after, "what was refused changed nothing");
        }
        if let Step::Shift(n, _, quantity, from, to) = step {
            let held = before
                .get(&line(n))
                .map_or(-1, |b| b.get(Bucket::ALL[from]));
            let may =
                quantity > 0 && held >= quantity && Bucket::ALL[from].may_move(Bucket::ALL[to]);
            assert_eq!(took.is_ok(), may);
        }
    }
    assert_eq!(whole(db).0, done);
    assert_eq!(db.read_now(ledger::unbalanced).unwrap(), []);
    let into = Db::scratch(&migrations()).unwrap();
    let compared = ledger::replay(db, &into, &[&NEEDS]).unwrap();
    assert!(
        compared.iter().all(ledger::Compared::is_same),
        "{compared:?}"
    );
    assert_eq!(whole(&into), whole(db));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_conserves_and_replays(steps in proptest::collection::vec(step(), 1..80)) {
        let db = Db::scratch(&migrations()).unwrap();
        holds(&db, steps);
    }

    #[test]
    fn any_bit_turned_in_any_fact_is_found(
        steps in proptest::collection::vec(step(), 5..20), which in 0.0..1.0_f64, place in 0.0..1.0_f64,
    ) {
        let db = Db::scratch(&migrations()).unwrap();
        db.write_now(|tx| {
            ledger::open_line(tx, line(0), 50, at(0))?;
            tell(tx, "need.filed", line(0), 0).map(drop)
        }).unwrap();
        for (second, step) in steps.into_iter().enumerate() {
            drop(take(&db, step, i64::try_from(second).unwrap()));
        }
        let (facts, _) = whole(&db);
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a place in a short list")]
        let seq = 1 + (which * facts as f64) as i64;
        let images = db.read_now(move |tx| tx.one("SELECT images FROM fact WHERE seq = $1", &args![seq])?.read().text()).unwrap();
        let mut chars: Vec<char> = images.chars().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let at = (place * chars.len() as f64) as usize;
        chars[at] = if chars[at] == 'x' { 'y' } else { 'x' };
        let changed: String = chars.into_iter().collect();
        db.write_now(move |tx| tx.exec("UPDATE fact SET images = $2 WHERE seq = $1", &args![seq, &changed])).unwrap();
        let found = db.read_now(ledger::verify).unwrap();
        prop_assert_eq!(found, Verdict::Broken { seq, why: "its contents were changed" });
    }
}

#[test]
fn a_short_history_holds_on_both_databases() {
    let steps = || {
        let mut steps = vec![
            Step::Open(0, 100),
            Step::Open(1, 7),
            Step::Edit(0, "é".to_owned(), Some(0.1)),
        ];
        for (from, to) in [
            (0, 1),
            (1, 2),
            (2, 3),
            (3, 4),
            (4, 5),
            (5, 6),
            (6, 0),
            (0, 2),
            (1, 0),
        ] {
            steps.push(Step::Shift(0, 1, 40, from, to));
            steps.push(Step::Shift(1, 1, 8, from, to));
        }
        steps.extend([Step::Remove(0), Step::Resize(1, 3), Step::Resize(0, 0)]);
        steps
    };
    each_engine(&migrations(), |db| holds(&db, steps()));
}
