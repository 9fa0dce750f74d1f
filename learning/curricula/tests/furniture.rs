//! What every room keeps: words in three languages, migrations with rows, a history that tells all.

mod house;

use base::{Id, Result};
use db::{Db, Tx};
use house::{House, migrations};

#[test]
fn the_words_are_the_same_in_every_language() {
    lang::testing::same_keys(curricula::WORDS);
}

#[test]
fn every_row_of_before_is_read_after() {
    let migrations = people::testing::schema(&house::rooms());
    db::testing::each_engine_with_samples(&migrations, |db| {
        db.read_now(|tx| {
            let id = |n: u32| Id::parse(&format!("01935000-0000-7000-8000-{n:012}")).unwrap();
            assert_eq!(curricula::framework(tx, id(1401))?.country, "KE");
            assert_eq!(curricula::of_framework(tx, id(1401))?.len(), 1);
            let scheme = curricula::scheme(tx, id(1431))?;
            let weeks = curricula::weeks(tx, &scheme)?;
            assert_eq!((weeks.len(), weeks[0].competencies.len()), (12, 1));
            Ok(())
        })
        .unwrap();
    });
}

/// Everything done, told again from the facts alone, leaves the same rows.
#[tokio::test]
async fn the_facts_tell_everything() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let path = format!("/curricula/{}", seeded.framework);
        let next = h
            .wanjiru
            .act(&format!("{path}/editions/new"), &[])
            .await
            .location;
        h.wanjiru.act(&format!("{next}/removal"), &[]).await;
        let next = h
            .wanjiru
            .act(&format!("{path}/editions/new"), &[])
            .await
            .location;
        h.wanjiru.act(&format!("{next}/proposal"), &[]).await;
        h.simon.act(&format!("{next}/adoption"), &[]).await;
        let scheme = format!("/schemes/{}", seeded.scheme);
        let school = house::school().to_string();
        let adapt = format!("{scheme}/adaptations/new");
        let own = h
            .hawa
            .act(&adapt, &[("own_school", &school)])
            .await
            .location;
        let week = [("week_title_en", "Own week"), ("version", "1")];
        h.hawa.act(&format!("{own}/weeks/3"), &week).await;
        h.hawa.act(&format!("{own}/weeks/3/restoration"), &[]).await;
        let site = h.site.clone();
        let same = tokio::task::spawn_blocking(move || replays(&site.db))
            .await
            .unwrap();
        same.unwrap();
    })
    .await;
}

fn replays(db: &Db) -> Result<()> {
    let scratch = Db::scratch(&migrations())?;
    let tables = web::site::tables(&house::rooms());
    for compared in ledger::replay(db, &scratch, &tables)? {
        let ours = curricula::room().tables;
        let ours = ours.iter().any(|table| table.name == compared.table);
        assert!(!ours || compared.is_same(), "{}", compared.table);
    }
    let broken = db.read_now(|tx: &mut Tx| {
        let checks = curricula::room().checks;
        let mut found = Vec::new();
        for check in &checks {
            found.extend((check.run)(tx)?);
        }
        Ok(found)
    })?;
    assert_eq!(broken, Vec::<String>::new());
    Ok(())
}
