//! The library: a licence for everything, two people for the nation's, a school's own at once.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, TEXT, migrations, review, school};
use people::testing::{all_is_well, but};
use resources::Standing;
use web::testing::query;

#[tokio::test]
async fn a_resource_is_added_offered_and_let_through_by_another_person() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.text(&[]).await;
        h.nobody.get(&path).await.expect(404);
        h.tina.get(&path).await.expect(404);
        let draft = h.olga.get(&path).await.expect(200);
        assert!(draft.says("A draft. Only who works on the library sees it."));
        assert!(draft.says("A mango is cut into two equal parts."));
        assert!(!draft.text.contains("<script>alert"));
        h.rita
            .post(&format!("{path}/review"), &query(&review(&[])))
            .await
            .expect(422);
        h.olga.act(&format!("{path}/proposal"), &[]).await;
        assert!(h.rita.get("/inbox").await.says("To review: Halves"));
        h.olga.post(&format!("{path}/review"), "").await.expect(403);
        let poor = query(&review(&[("rubric_rights", "poor")]));
        let refused = h
            .rita
            .post(&format!("{path}/review"), &poor)
            .await
            .expect(422);
        assert!(refused.says("What is poor here keeps it out of the library"));
        let back = [("resource_decision", "returned"), ("review_words", "")];
        let refused = h
            .rita
            .post(&format!("{path}/review"), &query(&review(&back)))
            .await;
        assert!(refused.expect(422).says("Say what should be changed."));
        let back = [
            ("resource_decision", "returned"),
            ("review_words", "Add a picture."),
        ];
        h.rita.act(&format!("{path}/review"), &review(&back)).await;
        let came = h.olga.get(&path).await;
        assert!(came.says("A reviewer sent it back:") && came.says("Add a picture."));
        assert!(
            h.olga
                .get("/inbox")
                .await
                .says("Came back with reasons: Halves")
        );
        h.nobody.get(&path).await.expect(404);
        h.olga.act(&format!("{path}/proposal"), &[]).await;
        h.rita.act(&format!("{path}/review"), &review(&[])).await;
        let public = h.nobody.get(&path).await.expect(200);
        for words in [
            "Halves & <quarters>",
            "CC BY 4.0",
            "Writers of the ministry",
            "KE-R-000001",
        ] {
            assert!(public.says(words), "{words}");
        }
        // Who reviewed it, and the reviewer's words, are not for everybody.
        assert!(!public.says("Rono") && !public.says("short enough"));
        assert!(h.nobody.get("/resources").await.says("Halves"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_reviews_what_they_put_in() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.both.act("/resources/new", TEXT).await.location;
        h.both.act(&format!("{path}/proposal"), &[]).await;
        let refused = h
            .both
            .post(&format!("{path}/review"), &query(&review(&[])))
            .await;
        assert!(refused.expect(422).says("This step needs another person"));
        h.rita.act(&format!("{path}/review"), &review(&[])).await;
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn without_a_licence_nothing_is_kept_and_every_reason_is_named() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let none = but(TEXT, &[("resource_licence", "")]);
        let refused = h.olga.post("/resources/new", &query(&none)).await;
        // Away from its field, a reason says which one it is about.
        assert!(refused.expect(422).says("Licence: Choose an answer."));
        let wrong = but(
            TEXT,
            &[
                ("resource_licence", "permission"),
                ("names_en", ""),
                ("resource_text", "no title here"),
                ("resource_credit", ""),
                ("other_languages", "zz-nowhere"),
                ("competency_codes", "M9.9.9"),
                ("grade_from", "5"),
                ("based_on", "KE-R-000999"),
            ],
        );
        let refused = h
            .olga
            .post("/resources/new", &query(&wrong))
            .await
            .expect(422);
        for words in [
            "It needs a title.",
            "This licence asks that the authors are named.",
            "Say what the owner’s letter allows.",
            "Say who gave the permission, and when.",
            "No language has the code “zz-nowhere”.",
            "No curriculum in force has the code “M9.9.9”.",
            "The last grade comes before the first.",
            "No resource has that code.",
            "does not let it be shown",
        ] {
            assert!(refused.says(words), "{words}");
        }
        assert!(refused.text.contains("<details class=\"field\" open>"));
        let closed = but(TEXT, &[("resource_licence", "all-rights-reserved")]);
        h.olga
            .post("/resources/new", &query(&closed))
            .await
            .expect(422);
        let nothing = but(TEXT, &[("resource_text", "")]);
        let refused = h
            .olga
            .post("/resources/new", &query(&nothing))
            .await
            .expect(422);
        assert!(refused.says("Choose a file, or write a text."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_letter_allows_what_it_names_and_the_pages_keep_to_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h
            .approved(&[
                ("resource_licence", "permission"),
                ("permits", "show"),
                ("permission", "Letter 17 of the publisher, May 2026"),
            ])
            .await;
        let page = h.nobody.get(&path).await.expect(200);
        assert!(page.says("A mango is cut") && !page.says("Print the text"));
        // The original may not be passed on, so it is neither named nor sent.
        assert!(!page.text.contains("/download/"));
        let print = h.nobody.get(&format!("{path}/print")).await.expect(200);
        assert!(print.says("does not let it be printed") && !print.says("A mango"));
        let code = "KE-R-000001";
        let built = but(
            TEXT,
            &[("based_on", code), ("resource_text", "Another text")],
        );
        let refused = h
            .olga
            .post("/resources/new", &query(&built))
            .await
            .expect(422);
        assert!(refused.says("does not let it be changed"));
        let free = h.approved(&[("resource_text", "A third text")]).await;
        let page = h.nobody.get(&free).await;
        assert!(page.says("Print the text") && page.text.contains("/download/"));
        h.nobody.get(&format!("{free}/print")).await.expect(200);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_built_on_a_shared_work_is_shared_alike() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        h.approved(&[("resource_licence", "CC-BY-NC-SA-4.0")]).await;
        let other = |licence| {
            but(
                TEXT,
                &[
                    ("based_on", "KE-R-000001"),
                    ("resource_text", "Nusu na robo"),
                    ("resource_licence", licence),
                ],
            )
        };
        let refused = h
            .olga
            .post("/resources/new", &query(&other("CC-BY-4.0")))
            .await;
        let refused = refused.expect(422);
        assert!(refused.says("it must have the same") && refused.says("must stay not for profit"));
        let path = h
            .olga
            .act("/resources/new", &other("CC-BY-NC-SA-3.0"))
            .await
            .location;
        assert!(h.olga.get(&path).await.says("Halves"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_teachers_own_material_is_used_at_her_school_at_once_and_nowhere_else() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let form = h.tina.get("/resources/new").await.expect(200);
        assert!(form.says("Hill School, for our own lessons") && !form.says("The library of"));
        // What is rarely needed stands folded.
        let folded = "<details class=\"field\"><summary>More that can be said";
        assert!(form.text.contains(folded));
        // An empty shelf says what may stand on it; what was looked for in vain says so.
        let shelf = h.tina.get("/resources/school").await.expect(200);
        assert!(shelf.says("can be added without internet") && !shelf.says("Nothing here yet"));
        let vain = h.tina.get("/resources?q=xyzzy").await.expect(200);
        assert!(vain.says("Nothing matches.") && !vain.says("The library holds nothing"));
        let mine = school("0001").to_string();
        let own = but(
            TEXT,
            &[
                ("resource_owner", &mine),
                ("resource_licence", "school-own"),
                ("resource_credit", "Hill School"),
                ("names_en", "Our market day"),
                ("resource_text", "We sold bananas."),
            ],
        );
        let path = h.tina.act("/resources/new", &own).await.location;
        h.tina.get(&path).await.expect(200);
        assert!(h.leo.get(&path).await.expect(200).says("We sold bananas."));
        h.tom.get(&path).await.expect(404);
        h.nobody.get(&path).await.expect(404);
        h.olga.get(&path).await.expect(404);
        assert!(h.leo.get("/resources/school").await.says("Our market day"));
        assert!(
            h.leo
                .get("/resources?q=bananas")
                .await
                .says("Our market day")
        );
        assert!(
            !h.tom
                .get("/resources?q=bananas")
                .await
                .says("Our market day")
        );
        assert!(
            !h.nobody
                .get("/resources?q=bananas")
                .await
                .says("Our market day")
        );
        let theirs = but(&own, &[("resource_owner", &mine)]);
        h.tom
            .post("/resources/new", &query(&theirs))
            .await
            .expect(422);
        let refused = h
            .tina
            .post(&format!("{path}/proposal"), "")
            .await
            .expect(422);
        assert!(refused.says("First give it a licence"));
        let edited = but(
            &own,
            &[
                ("resource_licence", "CC-BY-4.0"),
                ("resource_owner", ""),
                ("resource_text", ""),
                ("version", "1"),
            ],
        );
        h.tina.act(&format!("{path}/edit"), &edited).await;
        h.tina
            .post(&format!("{path}/edit"), &query(&edited))
            .await
            .expect(409);
        h.tina.act(&format!("{path}/proposal"), &[]).await;
        assert!(
            h.leo
                .get(&path)
                .await
                .expect(200)
                .says("It waits for a reviewer.")
        );
        h.rita.act(&format!("{path}/review"), &review(&[])).await;
        h.tom.get(&path).await.expect(200);
        assert!(
            h.nobody
                .get("/resources?q=bananas")
                .await
                .says("Our market day")
        );
        // What is the nation's now is the ministry's to withdraw.
        h.tina
            .post(&format!("{path}/withdrawal"), "reason=x")
            .await
            .expect(403);
        h.olga
            .act(
                &format!("{path}/withdrawal"),
                &[("reason", "A price was wrong.")],
            )
            .await;
        assert!(h.nobody.get(&path).await.says("A price was wrong."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_withdrawn_is_said_to_be_and_leaves_every_list() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.approved(&[]).await;
        h.olga.act(&format!("{path}/recommendation"), &[]).await;
        assert!(
            h.nobody
                .get(&path)
                .await
                .says("On the list of recommended material.")
        );
        h.olga
            .post(&format!("{path}/recommendation"), "")
            .await
            .expect(422);
        h.olga
            .post(&format!("{path}/withdrawal"), "")
            .await
            .expect(422);
        h.olga
            .act(
                &format!("{path}/withdrawal"),
                &[("reason", "The second half is wrong.")],
            )
            .await;
        let page = h.nobody.get(&path).await.expect(200);
        assert!(page.says("Withdrawn. Do not use it any longer."));
        assert!(page.says("The second half is wrong.") && !page.says("A mango"));
        assert!(!h.nobody.get("/resources").await.says("Halves"));
        let told = h
            .site
            .db
            .read(|tx| resources::withdrawals(tx, base::Moment::from_micros(0)))
            .await
            .unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].2, "The second half is wrong.");
        h.olga.act(&format!("{path}/restoration"), &[]).await;
        h.nobody.get(&path).await.expect(404);
        h.olga.act(&format!("{path}/proposal"), &[]).await;
        h.rita.act(&format!("{path}/review"), &review(&[])).await;
        let again = but(
            TEXT,
            &[
                ("resource_owner", ""),
                ("resource_text", ""),
                ("resource_licence", "CC-BY-SA-4.0"),
            ],
        );
        let id = base::Id::parse(path.rsplit('/').next().unwrap()).unwrap();
        let seen = h
            .site
            .db
            .read(move |tx| resources::resource(tx, id))
            .await
            .unwrap();
        let version = seen.version.to_string();
        let again = but(&again, &[("version", &version)]);
        h.olga.act(&format!("{path}/edit"), &again).await;
        let seen = h
            .site
            .db
            .read(move |tx| resources::resource(tx, id))
            .await
            .unwrap();
        assert_eq!(seen.standing, Standing::Proposed);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn published_tables_and_pages_are_there_in_three_languages() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        h.stories().await;
        for lang in ["en", "fr", "ar"] {
            let mut reader = h.nobody.clone().in_lang(lang);
            for path in [
                "/resources",
                "/resources/rubric",
                "/resources/licences",
                "/resources?q=a",
            ] {
                reader.get(path).await.expect(200);
            }
            let mut olga = h.olga.clone().in_lang(lang);
            for path in ["/resources/new", "/resources/desk", "/resources/mine"] {
                olga.get(path).await.expect(200);
            }
        }
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_table_is_tried_first_and_kept_whole_or_not_at_all() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let archive = formats::pack(&[
            ("texts/one.txt".to_owned(), b"One goat goes home.".to_vec()),
            (
                "texts/two.txt".to_owned(),
                "Mbuzi wawili.".as_bytes().to_vec(),
            ),
        ])
        .unwrap();
        let head = "file,title,language,subject,grade_from,grade_to,licence,credit\n";
        let wrong = format!(
            "{head}one.txt,One goat,en,language,1,2,CC BY 4.0,Ann\n\
             none.txt,,zz,magic,1,2,copyright,Ann\n"
        );
        let bench = h.site.bench();
        let officer = h.officer;
        let (files, zip) = (bench.clone(), archive.clone());
        let work = move || {
            resources::import_table(
                &files,
                ("t.csv", wrong.as_bytes()),
                Some(&zip),
                "KE",
                (officer, false),
            )
        };
        let report = tokio::task::spawn_blocking(work).await.unwrap().unwrap();
        assert_eq!(report["kept"], 0);
        let said = report.to_string();
        for key in [
            "resource-import-file-missing",
            "resource-title-missing",
            "resource-language-strange",
            "resource-import-value-strange",
            "resource-licence-missing",
        ] {
            assert!(said.contains(key), "{key} in {said}");
        }
        assert_eq!(report["refused"][0]["row"], 3);
        let right = format!(
            "{head}one.txt,One goat,en,language,1,2,CC BY 4.0,Ann\n\
             two.txt,Mbuzi wawili,sw,language,1,2,CC-BY-NC,Ann\n"
        );
        let table = house::as_json(right.as_bytes(), "books.csv");
        let zip = house::as_json(&archive, "books.zip");
        let body = serde_json::json!({
            "resource_owner": "KE", "resource_sheet": table, "resource_archive": zip,
        });
        h.olga.key = Some(house::key(&h.site, officer).await);
        let made = h
            .olga
            .api_post("/resources/imports", &body)
            .await
            .expect(200)
            .json();
        let path = made["see"].as_str().unwrap().to_owned();
        let page = h.olga.get(&path).await.expect(200);
        assert!(page.says("Every row is right.") && page.says("books.csv: 2 rows."));
        h.rita.get(&path).await.expect(403);
        h.olga.act(&format!("{path}/acceptance"), &[]).await;
        h.olga
            .post(&format!("{path}/acceptance"), "")
            .await
            .expect(422);
        let desk = h.rita.get("/resources/desk").await;
        assert!(desk.says("One goat") && desk.says("Mbuzi wawili"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn the_desk_shows_the_librarys_drafts_however_many_schools_keep_theirs() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        for _ in 0..3 {
            let own = [
                ("resource_owner", hill.as_str()),
                ("resource_licence", "school-own"),
                ("names_en", "Only for Hill"),
            ];
            h.tina.act("/resources/new", &but(TEXT, &own)).await;
        }
        // The library may have the very file a school keeps to itself.
        h.text(&[]).await;
        let drafts = "/resources/desk?resource_state=draft&limit=2";
        let page = h.olga.get(drafts).await.expect(200);
        assert!(page.says("Halves & <quarters>") && page.says("Draft: 1"));
        assert!(!page.says("Only for Hill"));
        // Nothing chosen, everything is shown.
        let all = h.olga.get("/resources/desk").await.expect(200);
        assert!(all.says("Halves & <quarters>") && !all.says("Only for Hill"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[test]
fn the_words_are_the_same_in_every_language() {
    lang::testing::same_keys(resources::WORDS);
}

#[test]
fn the_samples_fit_the_schema() {
    let schema = people::testing::schema(&house::rooms());
    db::testing::each_engine_with_samples(&schema, |_| {});
}
