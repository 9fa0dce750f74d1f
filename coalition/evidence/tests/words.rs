//! The words are there in every language, and the schema takes its own sample rows on both engines.

#[test]
fn the_words_are_there_in_every_language() {
    lang::testing::same_keys(evidence::WORDS);
}

#[test]
fn the_schema_takes_its_sample_rows() {
    db::testing::each_engine_with_samples(evidence::MIGRATIONS, |db| {
        let claims = db.read_now(|tx| {
            let mut claims = Vec::new();
            evidence::each_claim(tx, &evidence::ClaimScope::Everything, None, &mut |claim| {
                claims.push(claim.counts());
                Ok(())
            })?;
            Ok(claims)
        });
        assert!(matches!(claims.as_deref(), Ok([true])), "{claims:?}");
    });
}
