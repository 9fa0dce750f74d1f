//! The words stand in three languages, and the migrations on their samples.

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(needs::WORDS);
}

#[test]
fn the_migrations_stand_on_their_samples() {
    let rooms = [
        people::MIGRATIONS,
        ledger::MIGRATIONS,
        places::MIGRATIONS,
        catalogue::MIGRATIONS,
        needs::MIGRATIONS,
    ];
    let migrations = rooms.concat();
    db::testing::each_engine_with_samples(&migrations, |db| {
        let counted = db.read_now(|tx| Ok((needs::count_needs(tx)?, needs::count_lines(tx)?)));
        assert_eq!(counted.unwrap(), (1, 1));
    });
}
