//! A ministry writes a curriculum, another person adopts it, a new edition follows it, and a school
//! writes weeks of its own over the country's.

#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::{Day, Id};
use curricula::{Fate, Standing};
use house::{DRAFT, House, migrations};
use people::testing::{all_is_well, but};
use web::testing::query;

fn id(path: &str) -> Id {
    Id::parse(path.rsplit('/').next().unwrap()).unwrap()
}

fn entry<'a>(code: &'a str, below: &'a str, kind: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("code", code),
        ("statement_en", "Watches <living> things"),
        ("statement_fr", "Observer les êtres vivants"),
        ("entry_kind", kind),
        ("grade_from", "1"),
        ("grade_to", "2"),
        ("below", below),
    ]
}

/// Wanjiru writes a curriculum of three entries; answers its path and theirs.
async fn written(h: &mut House) -> (String, Vec<String>) {
    let path = h.wanjiru.act("/curricula/new", DRAFT).await.location;
    let new = format!("{path}/competencies/new");
    let strand = h.wanjiru.act(&new, &entry("S", "", "strand")).await.made();
    let first = entry("S1.1", &strand, "competency");
    let first = h.wanjiru.act(&new, &first).await.made();
    let second = entry("S1.2", &strand, "competency");
    let second = h.wanjiru.act(&new, &second).await.made();
    (path, vec![strand, first, second])
}

#[tokio::test]
async fn a_curriculum_is_written_by_one_and_adopted_by_another() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        assert!(
            h.nobody
                .get("/curricula")
                .await
                .says("No curriculum has been published here yet.")
        );
        let (path, entries) = written(&mut h).await;
        h.nobody.get(&path).await.expect(404);
        h.lina.get(&path).await.expect(404);
        h.simon.get(&path).await.expect(200);
        assert!(!h.nobody.get("/curricula").await.says("grade 1 & 2"));

        let adoption = format!("{path}/adoption");
        let early = h.simon.post(&adoption, "").await.expect(422);
        assert!(early.says("has not been laid before the signatory"));
        h.wanjiru.act(&format!("{path}/proposal"), &[]).await;
        assert!(
            h.simon
                .get("/inbox")
                .await
                .says("Curriculum to adopt: Science")
        );
        h.simon
            .post(&format!("{path}/return"), "")
            .await
            .expect(422);
        h.simon
            .act(
                &format!("{path}/return"),
                &[("reason", "Say more of water.")],
            )
            .await;
        assert!(h.wanjiru.get("/inbox").await.says("Curriculum sent back"));
        assert!(h.wanjiru.get(&path).await.says("Say more of water."));

        // Whoever had a hand in it does not adopt it.
        let edit = but(DRAFT, &[("country", ""), ("version", "6")]);
        let version = h.both.api(&path).await.json()["version"].to_string();
        let edit = but(&edit, &[("version", version.as_str())]);
        h.both.act(&format!("{path}/edit"), &edit).await;
        h.both.act(&format!("{path}/proposal"), &[]).await;
        let own = h.both.post(&adoption, "").await.expect(422);
        assert!(own.says("This step needs another person"));
        h.wanjiru.post(&adoption, "").await.expect(403);
        h.lina.post(&adoption, "").await.expect(403);
        h.nobody.post(&adoption, "").await.expect(303);
        h.simon.act(&adoption, &[]).await;

        let page = h.nobody.get(&path).await.expect(200);
        for words in [
            "grade 1 & 2",
            "S1.1",
            "Adopted",
            "Kenya",
            "16 February 2027",
        ] {
            assert!(page.says(words), "{words}");
        }
        assert!(!page.says("Otieno"));
        assert!(
            h.nobody
                .get("/curricula?q=science")
                .await
                .says("grade 1 & 2")
        );
        let mut french = h.nobody.clone().in_lang("fr");
        assert!(french.get(&path).await.says("Observer les êtres vivants"));
        let mut arabic = h.nobody.clone().in_lang("ar");
        arabic.get(&path).await.expect(200);
        arabic.get("/curricula").await.expect(200);

        // And from now on nothing of it changes.
        let late = h
            .wanjiru
            .post(&format!("/competencies/{}/removal", entries[1]), "")
            .await;
        assert!(late.expect(422).says("What was adopted is never changed."));
        let again = format!("{path}/competencies/new");
        let refused = h
            .wanjiru
            .post(&again, &query(&entry("S1.3", "", "competency")))
            .await;
        refused.expect(422);
        h.wanjiru
            .post(&format!("{path}/removal"), "")
            .await
            .expect(422);
        let one = h
            .nobody
            .get(&format!("/competencies/{}", entries[1]))
            .await
            .expect(200);
        assert!(
            one.text.contains("Watches &lt;living&gt; things")
                && one.says("Observer les êtres vivants")
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn everything_wrong_comes_back_at_once() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let wrong = but(
            DRAFT,
            &[
                ("written_in", "english"),
                ("creator", ""),
                ("country", "LB"),
            ],
        );
        let refused = h
            .wanjiru
            .post("/curricula/new", &query(&wrong))
            .await
            .expect(422);
        assert!(refused.says("Fill in this field."));
        let wrong = but(DRAFT, &[("official_source", "ftp://x y")]);
        let refused = h
            .wanjiru
            .post("/curricula/new", &query(&wrong))
            .await
            .expect(422);
        assert!(refused.says("This is no web address."));
        h.hawa.get("/curricula/new").await.expect(403);

        let (path, entries) = written(&mut h).await;
        let edit = |below: &str| {
            let mut pairs: Vec<(String, String)> = entry("S", below, "strand")
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect();
            pairs.push(("version".to_owned(), "1".to_owned()));
            pairs
        };
        let under_itself = edit(&entries[1]);
        let pairs: Vec<(&str, &str)> = under_itself
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let strand = format!("/competencies/{}/edit", entries[0]);
        let refused = h.wanjiru.post(&strand, &query(&pairs)).await.expect(422);
        assert!(refused.says("It would stand below itself."));
        let new = format!("{path}/competencies/new");
        let taken = h
            .wanjiru
            .post(&new, &query(&entry("S1.1", "", "competency")))
            .await;
        assert!(
            taken
                .expect(422)
                .says("Another entry of this curriculum has this code.")
        );
        let held = h
            .wanjiru
            .post(&format!("/competencies/{}/removal", entries[0]), "")
            .await;
        assert!(held.expect(422).says("Others stand below it."));

        // A statement that lacks a language the curriculum promises.
        let mut one = entry("S1.3", entries[0].as_str(), "competency");
        one.retain(|(name, _)| *name != "statement_fr");
        h.wanjiru.act(&new, &one).await;
        let refused = h
            .wanjiru
            .post(&format!("{path}/proposal"), "")
            .await
            .expect(422);
        assert!(refused.says("S1.3 is not written in the language “fr”."));

        // Two people at once.
        let first = but(&entry("S1.2", &entries[0], "outcome"), &[("version", "1")]);
        h.wanjiru
            .act(&format!("/competencies/{}/edit", entries[2]), &first)
            .await;
        let second = h
            .both
            .post(
                &format!("/competencies/{}/edit", entries[2]),
                &query(&first),
            )
            .await;
        second.expect(409);

        h.wanjiru.act(&format!("{path}/removal"), &[]).await;
        h.wanjiru.get(&path).await.expect(404);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_new_edition_lies_beside_the_old_one_and_says_what_changed() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let old = format!("/curricula/{}", seeded.framework);
        let next = h
            .wanjiru
            .act(&format!("{old}/editions/new"), &[])
            .await
            .location;
        let twice = h
            .wanjiru
            .post(&format!("{old}/editions/new"), "")
            .await
            .expect(422);
        assert!(twice.says("The next edition is begun already."));
        let page = h.wanjiru.get(&old).await.expect(200);
        assert!(page.says("Edition 2 is begun: it is a draft"));
        assert!(page.text.contains(&format!("href=\"{next}\"")));
        assert!(!page.text.contains("/editions/new"));
        let page = h.nobody.get(&old).await.expect(200);
        assert!(!page.says("Edition 2"));
        let framework = id(&next);
        let entries = h
            .with(move |tx| curricula::of_framework(tx, framework))
            .await;
        assert!(entries.len() >= 50);
        let find = |code: &str| entries.iter().find(|one| one.code == code).unwrap().clone();
        let changed = find("M4.F.1");
        let parent = changed.parent.unwrap().to_string();
        let pairs = [
            ("code", "M4.F.1"),
            ("statement_en", "Names, reads and writes a fraction."),
            ("statement_fr", "Nommer, lire et écrire une fraction."),
            ("statement_ar", "يسمّي الكسر ويقرأه ويكتبه."),
            ("entry_kind", "competency"),
            ("grade_from", "4"),
            ("grade_to", "4"),
            ("below", parent.as_str()),
            ("version", "1"),
        ];
        h.wanjiru
            .act(&format!("/competencies/{}/edit", changed.id), &pairs)
            .await;
        let gone = find("M5.D.2").id;
        h.wanjiru
            .act(&format!("/competencies/{gone}/removal"), &[])
            .await;
        let new = but(&pairs, &[("code", "M4.F.9"), ("version", "")]);
        h.wanjiru
            .act(&format!("{next}/competencies/new"), &new)
            .await;
        h.wanjiru.act(&format!("{next}/proposal"), &[]).await;
        h.simon.act(&format!("{next}/adoption"), &[]).await;

        let page = h.nobody.get(&old).await.expect(200);
        assert!(page.says("Superseded") && page.says("Edition 2 took its place"));
        let walk = h.nobody.get(&format!("{next}/crosswalk")).await.expect(200);
        assert!(walk.says("Changed: 1. New: 1. Gone: 1."), "{}", walk.text);
        let gone = h.nobody.get(&format!("{next}/crosswalk?fate=gone")).await;
        assert!(gone.says("M5.D.2") && !gone.says("M4.F.9"));
        h.nobody
            .get(&format!("{next}/crosswalk.csv"))
            .await
            .expect(200);
        let lines = h.with(move |tx| curricula::crosswalk(tx, framework)).await;
        let same = lines
            .iter()
            .filter(|(_, _, fate)| *fate == Fate::Same)
            .count();
        assert_eq!(same, entries.len() - 2);
        let in_force = h
            .with(|tx| curricula::find_competency(tx, "KE", "M4.F.1"))
            .await;
        assert_eq!(in_force.unwrap().framework, framework);
        let one = h
            .nobody
            .get(&format!("/competencies/{}", changed.id))
            .await
            .expect(200);
        assert!(one.says("Replaces") && one.says("Comes before"));

        // Withdrawal needs a reason that everybody reads.
        let withdrawal = format!("{next}/withdrawal");
        h.simon.post(&withdrawal, "").await.expect(422);
        h.wanjiru.post(&withdrawal, "reason=x").await.expect(403);
        h.simon
            .act(&withdrawal, &[("reason", "Printed with errors.")])
            .await;
        assert!(h.nobody.get(&next).await.says("Printed with errors."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_term_is_planned_week_by_week_and_a_school_writes_its_own_weeks() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let path = format!("/schemes/{}", seeded.scheme);
        let page = h.nobody.get(&path).await.expect(200);
        for words in [
            "Mathematics, Grade 4, term 2027-1",
            "This week",
            "M4.F.3",
            "Fractions",
        ] {
            assert!(page.says(words), "{words}");
        }
        let today = Day::parse(house::TODAY).unwrap();
        let national = h
            .with(move |tx| {
                curricula::scheme_for(tx, "KE", Some(house::school()), "mathematics", 4, today)
            })
            .await
            .unwrap();
        assert_eq!(curricula::week_of(&national, today), Some(7));

        // The school's head writes another week 7.
        h.wanjiru
            .get(&format!("{path}/adaptations/new"))
            .await
            .expect(403);
        let school = house::school().to_string();
        let own = h
            .hawa
            .act(
                &format!("{path}/adaptations/new"),
                &[("own_school", &school)],
            )
            .await
            .location;
        let aims = curricula_ids(&h, seeded.framework, &["M4.F.1", "M5.F.1"]).await;
        let week = [
            ("week_title_en", "Fractions again, slowly"),
            ("competencies", aims[0].as_str()),
            ("week_note", "Use the sorghum <bags>."),
            ("version", "1"),
        ];
        h.hawa.act(&format!("{own}/weeks/7"), &week).await;
        let late = h.hawa.post(&format!("{own}/weeks/7"), &query(&week)).await;
        late.expect(409);
        let other_grade = but(&week, &[("competencies", &aims[1]), ("version", "2")]);
        h.hawa
            .post(&format!("{own}/weeks/7"), &query(&other_grade))
            .await
            .expect(422);
        h.hawa
            .post(&format!("{own}/weeks/13"), &query(&week))
            .await
            .expect(404);
        h.wanjiru
            .post(&format!("{own}/weeks/7"), &query(&week))
            .await
            .expect(403);
        h.hawa
            .post(&format!("{path}/weeks/7"), &query(&week))
            .await
            .expect(403);

        let page = h.hawa.get(&own).await.expect(200);
        assert!(page.says("Fractions again, slowly") && page.says("Changed by the school"));
        assert!(page.says("Baraka Primary School") && page.says("Numbers up to 10,000"));
        h.nobody.get(&own).await.expect(404);
        assert!(!h.nobody.get("/schemes").await.says("Baraka"));
        assert!(h.hawa.get("/schemes").await.says("Baraka"));
        let found = move |tx: &mut db::Tx| {
            curricula::scheme_for(tx, "KE", Some(house::school()), "mathematics", 4, today)
        };
        let theirs = h.with(found).await.unwrap();
        assert_eq!(theirs.id, id(&own));
        let weeks = h.with(move |tx| curricula::weeks(tx, &theirs)).await;
        assert_eq!(weeks.len(), 12);
        assert!(weeks[6].adapted && !weeks[5].adapted && !weeks[5].competencies.is_empty());
        let elsewhere = Some(Id::named("school", "other"));
        let others = move |tx: &mut db::Tx| {
            curricula::scheme_for(tx, "KE", elsewhere, "mathematics", 4, today)
        };
        assert_eq!(h.with(others).await.unwrap().id, seeded.scheme);

        // And takes it back again.
        h.hawa.act(&format!("{own}/weeks/7/restoration"), &[]).await;
        assert!(!h.hawa.get(&own).await.says("Fractions again, slowly"));
        h.hawa
            .act(
                &format!("{own}/withdrawal"),
                &[("reason", "We follow the country.")],
            )
            .await;
        assert_eq!(h.with(found).await.unwrap().id, seeded.scheme);

        // The next term begins as a copy, and takes the place of what it crosses.
        let copy = [("term", "2027-2"), ("first_day", "2027-03-01")];
        let next = h
            .wanjiru
            .act(&format!("{path}/copies/new"), &copy)
            .await
            .location;
        let wrong = [("term", "soon"), ("first_day", "2027-03-01")];
        let refused = h
            .wanjiru
            .post(&format!("{path}/copies/new"), &query(&wrong))
            .await;
        assert!(refused.expect(422).says("Write year and term"));
        h.wanjiru.act(&format!("{next}/proposal"), &[]).await;
        assert!(h.simon.get("/inbox").await.says("Scheme of work to adopt"));
        h.simon.act(&format!("{next}/adoption"), &[]).await;
        let old = h.with(move |tx| curricula::scheme(tx, seeded.scheme)).await;
        assert_eq!(old.standing, Standing::Superseded);
        let csv = h.nobody.get(&format!("{next}/weeks.csv")).await.expect(200);
        assert!(csv.text.contains("M4.F.5 M4.F.6 M4.F.7"));
        let mut arabic = h.nobody.clone().in_lang("ar");
        assert!(arabic.get(&next).await.expect(200).says("الكسور"));
        all_is_well(&h.site).await;
    })
    .await;
}

async fn curricula_ids(h: &House, framework: Id, codes: &[&str]) -> Vec<String> {
    let all = h
        .with(move |tx| curricula::of_framework(tx, framework))
        .await;
    let find = |code: &&str| all.iter().find(|one| one.code == **code).unwrap();
    codes.iter().map(|code| find(code).id.to_string()).collect()
}

#[tokio::test]
async fn a_draft_of_a_scheme_says_what_is_missing() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let framework = seeded.framework.to_string();
        let plan = [
            ("framework", framework.as_str()),
            ("grade", "3"),
            ("term", "2027-2"),
            ("first_day", "2027-05-03"),
            ("week_count", "2"),
        ];
        let path = h.wanjiru.act("/schemes/new", &plan).await.location;
        h.nobody.get(&path).await.expect(404);
        let aims = curricula_ids(&h, seeded.framework, &["M3.F.1", "M4.F.1"]).await;
        let week = [
            ("week_title_en", "Sharing"),
            ("competencies", aims[0].as_str()),
            ("version", "1"),
        ];
        h.wanjiru.act(&format!("{path}/weeks/2"), &week).await;
        let refused = h
            .wanjiru
            .post(&format!("{path}/proposal"), "")
            .await
            .expect(422);
        assert!(refused.says("Week 1 is not written."));
        let week = but(&week, &[("version", "2")]);
        h.wanjiru.act(&format!("{path}/weeks/1"), &week).await;
        h.wanjiru.act(&format!("{path}/proposal"), &[]).await;
        h.simon
            .act(&format!("{path}/return"), &[("reason", "Too short.")])
            .await;
        assert!(h.wanjiru.get(&path).await.says("Too short."));
        h.wanjiru.act(&format!("{path}/proposal"), &[]).await;
        h.both
            .post(&format!("{path}/adoption"), "")
            .await
            .expect(303);
        assert!(h.nobody.get("/schemes?grade=3").await.says("Grade 3"));
        let api = h.nobody.api("/schemes?grade=3").await.expect(200).json();
        assert_eq!(api["items"].as_array().map(Vec::len), Some(1));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn two_curricula_are_joined_entry_by_entry() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let (_, entries) = written(&mut h).await;
        let new = format!("/competencies/{}/links/new", entries[1]);
        let join = |other: &'static str| [("relation", "isRelatedTo"), ("other_entry", other)];
        h.wanjiru.act(&new, &join("M4.D.2")).await;
        let twice = h
            .wanjiru
            .post(&new, &query(&join("M4.D.2")))
            .await
            .expect(422);
        assert!(twice.says("They are related so already."));
        let nothing = h.wanjiru.post(&new, &query(&join("X.9"))).await.expect(422);
        assert!(nothing.says("Nothing has the code “X.9”."));
        let order = [("relation", "precedes"), ("other_entry", "S1.2")];
        h.wanjiru.act(&new, &order).await;
        let back = format!("/competencies/{}/links/new", entries[2]);
        let circle = [("relation", "precedes"), ("other_entry", "S1.1")];
        let refused = h.wanjiru.post(&back, &query(&circle)).await.expect(422);
        assert!(refused.says("Each would come before the other."));
        h.simon.get(&new).await.expect(403);
        h.lina.post(&new, &query(&join("M4.D.1"))).await.expect(404);

        // The other end shows it to those who may see the draft, and to nobody else.
        let ids = curricula_ids(&h, seeded.framework, &["M4.D.2"]).await;
        let page = format!("/competencies/{}", ids[0]);
        assert!(h.wanjiru.get(&page).await.says("Related to: S1.1"));
        assert!(!h.nobody.get(&page).await.says("S1.1"));
        assert!(
            h.nobody
                .get("/countries/KE")
                .await
                .says("Mathematics, grades 3 to 5")
        );
        // Within a curriculum in force nothing is joined any more.
        let inside = [("relation", "precedes"), ("other_entry", "M4.F.1")];
        let refused = h
            .wanjiru
            .post(&format!("{page}/links/new"), &query(&inside))
            .await;
        assert!(
            refused
                .expect(422)
                .says("What was adopted is never changed.")
        );
        all_is_well(&h.site).await;
    })
    .await;
}
