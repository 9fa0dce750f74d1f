//! Organisations join, are verified by one person and admitted by another, and their standing is
//! known for every day.

mod house;

use base::{Id, Role};
use house::{APPLICATION, CRITERIA, House, but, finding, migrations};
use people::testing::{all_is_well, morning, schema};
use web::testing::query;

#[tokio::test]
async fn an_organisation_applies_and_another_person_admits_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.apply(&[]).await;
        let seen = h.amina.get(&path).await.expect(200);
        assert!(seen.says("Books & Bytes") && seen.says("Applied"));
        assert!(h.amina.get("/applications").await.says("Books & Bytes"));
        h.nobody.get(&path).await.expect(303);
        h.bakari.get(&path).await.expect(200);
        assert!(
            !h.nobody.get("/members").await.says("Books"),
            "an application is not public"
        );
        assert!(
            h.omar
                .get("/inbox")
                .await
                .says("Application of Books & Bytes: take it up")
        );

        h.omar.act(&format!("{path}/review"), &[]).await;
        h.omar
            .act(
                &format!("{path}/clarification"),
                &[("question", "Where are the boxes?")],
            )
            .await;
        assert!(
            h.amina
                .get("/inbox")
                .await
                .says("the secretariat asks you something")
        );
        let early = h
            .omar
            .post(
                &format!("{path}/verification"),
                &query(&finding("integrity", "met")),
            )
            .await;
        assert!(
            early
                .expect(422)
                .says("This cannot be done now. State: Question to the applicant")
        );
        h.olga
            .post(&format!("{path}/answer"), "answer=In+Nairobi")
            .await
            .expect(403);
        h.amina
            .act(&format!("{path}/answer"), &[("answer", "In Nairobi.")])
            .await;
        for criterion in CRITERIA {
            h.omar
                .act(&format!("{path}/verification"), &finding(criterion, "met"))
                .await;
        }
        let seen = h.omar.get(&path).await;
        assert!(
            seen.says("Where are the boxes?")
                && seen.says("In Nairobi.")
                && seen.says("Looked up & found.")
        );
        assert!(
            !h.amina.get(&path).await.says("Looked up & found."),
            "notes are the secretariat's"
        );
        assert!(
            h.sofia
                .get("/inbox")
                .await
                .says("verified, waits for your decision")
        );
        h.sofia
            .act(&format!("{path}/admission"), &[("note", "Welcome.")])
            .await;

        let member = h.organisation_path().await;
        let public = h.nobody.get(&member).await.expect(200);
        for words in [
            "Livres et octets",
            "GB-CHC-202918",
            "Encrypted, kept in Kenya.",
            "from 1 December 2026",
        ] {
            assert!(public.says(words), "{words}");
        }
        assert!(!public.says("Njoroge"), "nobody is named in public");
        let amina = h.accounts[0];
        let organisation = Id::parse(member.rsplit('/').next().unwrap()).unwrap();
        let (contact, officer) = h
            .site
            .db
            .read(move |tx| {
                let today = morning(house::TODAY).day();
                let role = |tx: &mut db::Tx, role| {
                    people::appointed(tx, role, Some(organisation), None, today)
                };
                Ok((
                    role(tx, Role::MemberFocalPoint)?,
                    role(tx, Role::MemberOfficer)?,
                ))
            })
            .await
            .unwrap();
        assert_eq!((contact, officer), (vec![amina], vec![h.accounts[1]]));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_decides_on_what_they_had_a_hand_in() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.apply(&[]).await;
        h.omar.act(&format!("{path}/review"), &[]).await;
        let admission = format!("{path}/admission");
        let open = h.sofia.post(&admission, "").await.expect(422);
        for words in [
            "Legal existence",
            "Able to deliver",
            "Integrity",
            "Safeguarding of children",
            "Protection of learner data",
        ] {
            assert!(open.says(words), "every open criterion is named: {words}");
        }
        for criterion in &CRITERIA[1..] {
            h.omar
                .act(&format!("{path}/verification"), &finding(criterion, "met"))
                .await;
        }
        // Pat holds both roles and verifies one criterion, which Omar verifies once more.
        h.pat
            .act(
                &format!("{path}/verification"),
                &finding(CRITERIA[0], "not_met"),
            )
            .await;
        let unmet = h.sofia.post(&admission, "").await.expect(422);
        assert!(unmet.says("Not met: Legal existence"));
        h.omar
            .act(
                &format!("{path}/verification"),
                &finding(CRITERIA[0], "met"),
            )
            .await;
        let own = h.pat.post(&admission, "").await.expect(422);
        assert!(own.says("This step needs another person"));
        let own = h
            .pat
            .post(
                &format!("{path}/refusal"),
                "rule=criteria_not_met&reason=No",
            )
            .await
            .expect(422);
        assert!(own.says("This step needs another person"));
        h.omar.post(&admission, "").await.expect(403);
        h.amina.post(&admission, "").await.expect(403);
        h.samir.act(&admission, &[]).await;
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_tie_neither_verifies_nor_admits() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.apply(&[]).await;
        let membership = Id::parse(path.rsplit('/').next().unwrap()).unwrap();
        let read = h
            .site
            .db
            .read(move |tx| members::membership(tx, membership))
            .await
            .unwrap();
        // Olga and Samir declare that they advise the applicant.
        let organisation = read.organisation.to_string();
        for browser in [&mut h.olga, &mut h.samir] {
            let pairs = [
                ("organisation", organisation.as_str()),
                ("kind", "adviser"),
                ("from_on", "2026-01-01"),
            ];
            browser.act("/account/affiliations/new", &pairs).await;
        }
        let refused = h.olga.post(&format!("{path}/review"), "").await.expect(422);
        assert!(refused.says("You have a tie to this organisation"));
        h.verify(&path).await;
        let refused = h
            .olga
            .post(
                &format!("{path}/verification"),
                &query(&finding("integrity", "not_met")),
            )
            .await;
        assert!(
            refused
                .expect(422)
                .says("You have a tie to this organisation")
        );
        for (end, pairs) in [
            ("admission", ""),
            ("refusal", "rule=criteria_not_met&reason=No"),
        ] {
            let refused = h
                .samir
                .post(&format!("{path}/{end}"), pairs)
                .await
                .expect(422);
            assert!(refused.says("You have a tie to this organisation"));
        }
        h.sofia.act(&format!("{path}/admission"), &[]).await;
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn an_incomplete_application_comes_back_with_every_reason() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let all = h.amina.post("/members/new", "").await.expect(422);
        assert!(all.says("Tick this box to go on.") && all.says("Choose an answer."));
        let two = but(
            APPLICATION,
            &[
                ("obligations", "work_together"),
                ("website", "javascript:alert(1)"),
                ("officer_name", ""),
                ("second_identifier", "5"),
            ],
        );
        let refused = h
            .nobody
            .post("/members/new", &query(&two))
            .await
            .expect(422);
        for words in [
            "A member accepts all three obligations",
            "Write the whole address of the website",
            "Nobody joins without a person who can be reached",
            "Books &amp; Bytes",
        ] {
            assert!(
                refused.text.contains(words) || refused.says(words),
                "{words}"
            );
        }
        let api = serde_json::json!({ "name": { "en": "X" }, "kind": "nonsense" });
        let problem = h.nobody.api_post("/members", &api).await.expect(422).json();
        assert!(problem.to_string().contains("kind"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_visitor_applies_with_a_contact_who_is_invited_by_an_officer() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let pairs = but(
            APPLICATION,
            &[
                ("contact_name", "Chao Mwangi"),
                ("contact_email", "chao@books.example.org"),
                ("officer_name", ""),
                ("officer_email", ""),
            ],
        );
        let sent = h.nobody.act("/members/new", &pairs).await;
        assert!(sent.location.ends_with("/received"));
        let page = h.nobody.get(&sent.location).await.expect(200);
        assert!(
            page.says("Your application has arrived")
                && !page.says("Chao")
                && !page.text.contains("/invitation/")
        );
        let path = sent.location.trim_end_matches("/received").to_owned();
        assert!(h.omar.get(&path).await.says("Chao Mwangi"));
        let again = h
            .nobody
            .post("/members/new", &query(&pairs))
            .await
            .expect(422);
        assert!(
            again.says("This organisation is a member already, or its application is under way")
        );
        let shown = h
            .omar
            .act(&format!("{path}/invitation"), &[("who", "contact")])
            .await;
        assert!(
            h.omar
                .get(&shown.location)
                .await
                .text
                .contains("/invitation/")
        );
        let none = h
            .omar
            .post(&format!("{path}/invitation"), "who=officer")
            .await
            .expect(422);
        assert!(none.says("names no authorised officer"));
        h.amina.get(&path).await.expect(404);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn declined_with_a_reason_and_the_published_rule_it_may_apply_again() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.apply(&[]).await;
        h.omar.act(&format!("{path}/review"), &[]).await;
        let refusal = format!("{path}/refusal");
        let without = h.sofia.post(&refusal, "").await.expect(422);
        assert!(without.says("Fill in this field.") && without.says("Choose an answer."));
        // A rule for requests is no rule for memberships.
        h.sofia
            .post(&refusal, "rule=not_from_authority&reason=No")
            .await
            .expect(422);
        h.sofia
            .act(
                &refusal,
                &[
                    ("rule", "criteria_not_met"),
                    ("reason", "The register does not know you."),
                ],
            )
            .await;
        let told = h.amina.get(&path).await;
        assert!(told.says("Declined") && told.says("The register does not know you."));
        assert!(!h.nobody.get("/members").await.says("Books"));
        h.sofia
            .post(&format!("{path}/admission"), "")
            .await
            .expect(422);
        let again = h.apply(&[]).await;
        assert_ne!(again, path);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn standing_has_a_history_and_the_count_is_a_query_at_a_day() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let member = h.member().await;
        h.days(10).await;
        h.sofia
            .post(&format!("{member}/suspension"), "")
            .await
            .expect(422);
        h.omar
            .post(&format!("{member}/suspension"), "reason=x")
            .await
            .expect(403);
        h.sofia
            .act(
                &format!("{member}/suspension"),
                &[("reason", "No answer for a year.")],
            )
            .await;
        let page = h.nobody.get(&member).await;
        assert!(page.says("No answer for a year.") && page.says("This member is suspended"));
        let organisation = Id::parse(member.rsplit('/').next().unwrap()).unwrap();
        let today = h.clock.now().day();
        let (now, before, none) = h
            .site
            .db
            .read(move |tx| {
                let standing = members::require_in_standing(tx, organisation, today);
                let keys = standing.unwrap_err().keys().join(" ");
                let before = members::require_in_standing(tx, organisation, today.plus(-1)).is_ok();
                let none = members::standing(tx, organisation, today.plus(-11))?;
                Ok((keys, before, none))
            })
            .await
            .unwrap();
        assert_eq!(
            (now.as_str(), before, none),
            ("members-not-in-standing", true, None)
        );
        h.days(10).await;
        h.samir
            .act(
                &format!("{member}/reinstatement"),
                &[("reason", "They answered.")],
            )
            .await;
        for (on, members, suspended) in [
            ("2026-11-30", 0, 0),
            ("2026-12-01", 1, 0),
            ("2026-12-11", 0, 1),
            ("2026-12-21", 1, 0),
        ] {
            let count = h
                .nobody
                .api(&format!("/members/count?on={on}"))
                .await
                .expect(200)
                .json();
            assert_eq!(
                (
                    count["members"].as_i64(),
                    count["members_suspended"].as_i64()
                ),
                (Some(members), Some(suspended)),
                "{on}"
            );
        }
        h.nobody
            .get("/members/count?on=yesterday")
            .await
            .expect(422);
        assert!(
            h.nobody
                .get("/members/count")
                .await
                .says("Members in standing at the end of each month")
        );
        h.amina
            .post(&format!("{member}/withdrawal"), "reason=x")
            .await
            .expect(403);
        h.bakari
            .act(
                &format!("{member}/withdrawal"),
                &[("reason", "Our work is done.")],
            )
            .await;
        assert!(!h.nobody.get("/members").await.says("Books"));
        assert!(
            h.nobody
                .get("/members?state=withdrawn")
                .await
                .says("Books & Bytes")
        );
        assert!(h.nobody.get(&member).await.says("Our work is done."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn removal_takes_two_approvers() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let member = h.member().await;
        let proposal = format!("{member}/removal-proposal");
        let removal = format!("{member}/removal");
        h.sofia.post(&proposal, "reason=x").await.expect(422);
        h.sofia
            .act(
                &format!("{member}/suspension"),
                &[("reason", "Harm was done.")],
            )
            .await;
        assert!(
            h.samir
                .post(&removal, "reason=x")
                .await
                .expect(422)
                .says("needs two approvers")
        );
        h.sofia
            .act(&proposal, &[("reason", "Harm was done twice.")])
            .await;
        assert!(
            h.sofia
                .post(&removal, "reason=x")
                .await
                .expect(422)
                .says("This step needs another person")
        );
        assert!(h.samir.get("/inbox").await.says("a proposed removal waits"));
        assert!(h.samir.get(&removal).await.says("Harm was done twice."));
        h.samir
            .act(&removal, &[("reason", "I looked myself.")])
            .await;
        let page = h.nobody.get(&member).await;
        assert!(page.says("Removed") && page.says("I looked myself."));
        h.bakari
            .post(&format!("{member}/withdrawal"), "reason=x")
            .await
            .expect(403);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn the_directory_is_searched_filtered_and_downloaded_in_every_language() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let member = h.member().await;
        for (query, found) in [
            ("", true),
            ("?q=livres", true),
            ("?q=nobody", false),
            ("?country=KE", true),
            ("?country=FR", false),
            ("?kind=civil_society", true),
            ("?kind=un", false),
            ("?objective=resilience", true),
            ("?objective=return", false),
            ("?state=admitted", true),
            ("?state=suspended", false),
        ] {
            let page = h.nobody.get(&format!("/members{query}")).await.expect(200);
            assert_eq!(page.says("Books & Bytes"), found, "{query}");
        }
        let csv = h.nobody.get("/members.csv").await.expect(200);
        assert!(csv.text.contains("Books & Bytes"));
        assert!(
            h.nobody
                .get("/members.xlsx")
                .await
                .expect(200)
                .bytes
                .starts_with(b"PK")
        );
        for (lang, words) in [("fr", "Livres et octets"), ("ar", "كتب وبايتات")] {
            let mut reader = h.nobody.clone().in_lang(lang);
            for path in [
                "/members",
                member.as_str(),
                "/members/count",
                "/members/new",
            ] {
                let page = reader.get(path).await.expect(200);
                assert!(
                    path.ends_with("new") || path.ends_with("count") || page.says(words),
                    "{lang} {path}"
                );
            }
        }
        all_is_well(&h.site).await;
    })
    .await;
}

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(members::WORDS);
}

#[test]
fn migrations_stand_on_their_samples() {
    db::testing::each_engine_with_samples(&schema(&house::rooms()), |db| {
        let breaches = db
            .read_now(|tx| (members::room().checks[0].run)(tx))
            .unwrap();
        assert_eq!(breaches, Vec::<String>::new());
    });
}
