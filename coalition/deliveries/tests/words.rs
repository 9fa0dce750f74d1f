//! The same words in every language, and sample rows that hold together.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong ends here"
)]

mod house;

#[test]
fn the_words_are_there_in_every_language() {
    lang::testing::same_keys(deliveries::WORDS);
}

#[test]
fn the_sample_rows_hold_together() {
    db::testing::each_engine_with_samples(&house::migrations(), |db| {
        assert_eq!(db.check_references().unwrap(), Vec::<String>::new());
        let breaches = db.read_now(|tx| {
            let room = deliveries::room();
            let mut breaches = Vec::new();
            for check in &room.checks {
                breaches.extend((check.run)(tx)?);
            }
            Ok(breaches)
        });
        assert_eq!(breaches.unwrap(), Vec::<String>::new());
        let deployment = base::Id::parse("01935000-0000-7000-8000-000000001001").unwrap();
        let tally = db
            .read_now(move |tx| deliveries::tally(tx, deployment))
            .unwrap();
        assert_eq!(
            (tally.good, tally.short, tally.open_discrepancies),
            (1, 1, 2)
        );
    });
}
