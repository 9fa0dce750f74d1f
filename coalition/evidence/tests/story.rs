//! From a report that is due to a count that holds: every sentence of the room, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use base::Id;
use evidence::{ClaimScope, Level, Standing};
use house::{House, day, figure, id, migrations};
use serde_json::json;
use web::testing::Browser;

macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&migrations(), |db| async move {
                let house = tokio::task::spawn_blocking(move || House::open(db)).await.unwrap();
                tell::$story(&house).await;
                house.all_is_well().await;
                tokio::task::spawn_blocking(move || house.replays()).await.unwrap();
            })
            .await;
        }
    )* };
}

stories!(
    a_report_is_due_written_sent_back_and_accepted_by_another,
    what_was_refused_says_why,
    the_authority_confirms_and_anyone_contests,
    a_third_party_looks_for_itself,
    lessons_are_published_by_another_person,
    the_public_record_stands_side_by_side,
    the_past_is_told_as_it_was,
    nobody_reads_what_is_not_theirs,
);

async fn says(browser: &mut Browser, path: &str, words: &[&str]) {
    let page = browser.get(path).await.expect(200);
    for word in words {
        assert!(
            page.says(word),
            "{path} does not say «{word}»:\n{}",
            web::testing::plain(&page.text)
        );
    }
}

mod tell {
    use super::*;

    pub async fn a_report_is_due_written_sent_back_and_accepted_by_another(house: &House) {
        let mut mary = house.browser("mary").await;
        let (mut omar, mut olga) = (house.browser("omar").await, house.browser("olga").await);
        // The first quarter and the second are overdue, the third is due, the fourth is not.
        says(
            &mut mary,
            "/reports/due",
            &["overdue", "due", "HN-2026-D-0001"],
        )
        .await;
        let due = mary.api("/reports/due").await.expect(200).json();
        let states: Vec<&str> = due["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["report_state"].as_str().unwrap())
            .collect();
        assert_eq!(states, ["overdue", "overdue", "due"]);
        says(
            &mut mary,
            "/inbox",
            &["Overdue: the report on HN-2026-D-0001"],
        )
        .await;
        let new = format!("/deployments/{}/reports/new", house.known.deployment);
        let report = mary.act(&new, &[("period", "2026-07-01")]).await.location;
        let again = mary.post(&new, "period=2026-07-01").await;
        assert_eq!(again.status, 422);
        // An empty report cannot be handed in.
        assert_eq!(
            mary.post(&format!("{report}/submission"), "").await.status,
            422
        );
        let entered = [
            ("indicator", "learners_reached"),
            ("compared", "equal"),
            ("figure", "400"),
            ("place_of_figure", "HN15"),
            ("people_group", "girls"),
            ("from_on", "2026-07-01"),
            ("to_on", "2026-09-30"),
            ("counted_how", "attendance"),
            ("source_of_figure", "Attendance lists of four schools"),
            ("known_on", "2026-09-30"),
        ];
        mary.act(&format!("{report}/figures/new"), &entered).await;
        says(
            &mut mary,
            &report,
            &["Learners reached", "400", "Girls", "Olancho", "reported"],
        )
        .await;
        // Nobody else sees a draft: not the secretariat, not the public.
        omar.get(&report).await.expect(404);
        assert!(
            house.stranger().api("/claims").await.expect(200).json()["items"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        mary.act(&format!("{report}/submission"), &[]).await;
        let claims = house.stranger().api("/claims").await.json();
        assert_eq!(claims["items"][0]["known_level"], "reported");
        mary.get("/inbox").await.expect(200);
        // Back with a reason, and only with one.
        says(
            &mut omar,
            "/inbox",
            &["Accept or send back the report on HN-2026-D-0001"],
        )
        .await;
        assert_eq!(
            omar.post(&format!("{report}/return"), "reason=")
                .await
                .status,
            422
        );
        omar.act(
            &format!("{report}/return"),
            &[("reason", "Which four schools?")],
        )
        .await;
        says(
            &mut mary,
            &report,
            &["This report was sent back", "Which four schools?"],
        )
        .await;
        let claim = Id::parse(claims["items"][0]["id"].as_str().unwrap()).unwrap();
        let without = mary.post(&format!("/claims/{claim}/removal"), "").await;
        assert_eq!(without.status, 422);
        mary.act(
            &format!("/claims/{claim}/removal"),
            &[("reason", "One list was counted twice.")],
        )
        .await;
        says(
            &mut house.stranger(),
            &format!("/claims/{claim}"),
            &["taken back", "One list was counted twice."],
        )
        .await;
        let less = people::testing::but(&entered, &[("figure", "380")]);
        mary.act(&format!("{report}/figures/new"), &less).await;
        mary.act(&format!("{report}/submission"), &[]).await;
        olga.act(&format!("{report}/acceptance"), &[]).await;
        says(&mut mary, &report, &["accepted", "delivered", "380"]).await;
        assert_eq!(
            mary.post(&format!("{report}/submission"), "").await.status,
            422
        );
        let deployment = house.known.deployment;
        let figures = house.read(move |tx| evidence::figures_of(tx, deployment));
        let counting: Vec<(Option<i64>, Option<Level>)> = figures
            .iter()
            .filter(|c| c.counts())
            .map(|c| (c.low, c.level))
            .collect();
        assert_eq!(counting, [(Some(380), Some(Level::Delivered))]);
        for lang in ["en", "fr", "ar"] {
            let mut mary = house.browser("mary").await.in_lang(lang);
            for page in [
                report.clone(),
                format!("{report}/figures"),
                "/reports".into(),
                "/reports/due".into(),
                "/claims".into(),
                format!("/claims/{claim}"),
                "/indicators".into(),
                new.clone(),
                format!("/deployments/{deployment}"),
                "/catalogue/indicators/learners_reached".into(),
            ] {
                mary.get(&page).await.expect(200);
            }
        }
        for (words, count) in [
            ("olancho", 2),
            ("learners+reached", 2),
            ("red+nacional", 2),
            ("D-0001", 2),
            ("yoro", 0),
        ] {
            let found = mary
                .api(&format!("/claims?q={words}"))
                .await
                .expect(200)
                .json();
            assert_eq!(found["items"].as_array().unwrap().len(), count, "{words}");
        }
        for page in [
            "/reports?q=d-0001",
            "/reports/due?q=red",
            "/indicators?q=teachers",
        ] {
            let found = mary.api(page).await.expect(200).json();
            assert!(!found["items"].as_array().unwrap().is_empty(), "{page}");
        }
        for file in ["/claims.csv", "/claims.xlsx", "/indicators.csv"] {
            house.stranger().get(file).await.expect(200);
        }
    }

    pub async fn what_was_refused_says_why(house: &House) {
        let (report, _) = house.drafted();
        let mut mary = house.browser("mary").await;
        let path = format!("/reports/{report}");
        let wrong = "indicator=learners_reached&compared=at_least&figure=5&figure_low=9&figure_high=3&place_of_figure=HN15&\
                     people_group=all&from_on=2026-07-01&to_on=2026-09-30&counted_how=attendance&source_of_figure=Lists&known_on=2026-09-30";
        let got = mary.post(&format!("{path}/figures/new"), wrong).await;
        assert_eq!(got.status, 422);
        for word in [
            "not all of them",
            "below the lower one",
            "«exactly» or «about»",
        ] {
            assert!(got.says(word), "{word}: {}", web::testing::plain(&got.text));
        }
        let actor = house.actor("mary");
        let refused = |change: fn(&mut evidence::NewFigure)| {
            let (actor, mut new) = (actor.clone(), figure("learners_reached", 7));
            change(&mut new);
            let done =
                house.write(move |tx, now| evidence::add_figure(tx, report, &new, &actor, now));
            done.unwrap_err().keys().join(" ")
        };
        assert_eq!(
            refused(|f| f.from = day("2026-06-01")),
            "evidence-outside-period"
        );
        assert_eq!(
            refused(|f| f.to = day("2026-12-31")),
            "evidence-in-the-future evidence-outside-period"
        );
        assert_eq!(
            refused(|f| f.as_of = day("2026-05-01")),
            "evidence-as-of-before"
        );
        assert_eq!(
            refused(|f| f.place = "LB6".to_owned()),
            "evidence-place-elsewhere"
        );
        assert_eq!(
            refused(|f| f.group = "aliens".to_owned()),
            "evidence-group-unknown"
        );
        assert_eq!(
            refused(|f| f.value = Some(-3)),
            "evidence-figure-out-of-range"
        );
        assert_eq!(refused(|f| f.value = None), "evidence-no-figure");
        assert_eq!(refused(|f| f.value = Some(400)), "evidence-figure-twice");
        // Names and telephone numbers do not pass where everybody reads.
        for (text, says) in [
            ("Lists kept by Mary Moraa", "Mary Moraa"),
            ("Call +504 9999 1234", "9999"),
        ] {
            let form = format!(
                "indicator=learners_reached&compared=equal&figure=9&place_of_figure=HN15&people_group=all&from_on=2026-07-01&\
                 to_on=2026-09-30&counted_how=attendance&known_on=2026-09-30&source_of_figure={}",
                text.replace(' ', "+").replace("++", "+%2B")
            );
            let got = mary.post(&format!("{path}/figures/new"), &form).await;
            assert!(
                got.status == 422 && got.says(says),
                "{text}: {}",
                got.status
            );
        }
        // Two people at once.
        let version = mary.api(&path).await.json()["version"].as_i64().unwrap();
        let mut max = house.browser("max").await;
        max.act(
            &format!("{path}/edit"),
            &[
                ("narrative", "Five schools."),
                ("version", &version.to_string()),
            ],
        )
        .await;
        let late = mary
            .post(
                &format!("{path}/edit"),
                &format!("narrative=Six+schools.&version={version}"),
            )
            .await;
        assert!(
            late.status == 409 && late.says("Five schools."),
            "{}",
            late.status
        );
        // A report whose file waits is not handed in; see the files' own stories.
        let nora = house.actor("nora");
        let deployment = house.known.deployment;
        let no = house.write(move |tx, now| {
            evidence::draft_report(tx, deployment, day("2026-01-01"), None, &nora, now)
        });
        assert!(matches!(no, Err(base::Error::Missing)));
        let mary = house.actor("mary");
        let never = house.write(move |tx, now| {
            evidence::draft_report(tx, deployment, day("2025-10-01"), None, &mary, now)
        });
        assert_eq!(never.unwrap_err().keys(), ["evidence-period-not-owed"]);
    }

    pub async fn the_authority_confirms_and_anyone_contests(house: &House) {
        let (report, figures) = house.reported();
        // Who wrote it does not accept it, whatever other roles they hold; nor one with a tie.
        let mut mary = house.actor("mary");
        mary.appointments.extend(house.actor("omar").appointments);
        let refused = house.write(move |tx, now| evidence::accept_report(tx, report, &mary, now));
        assert_eq!(refused.unwrap_err().keys(), ["four-eyes"]);
        let max = house.actor("max");
        let mut tied = max.clone();
        tied.appointments.extend(house.actor("omar").appointments);
        let refused = house.write(move |tx, now| evidence::accept_report(tx, report, &tied, now));
        assert_eq!(refused.unwrap_err().keys(), ["evidence-affiliated"]);
        let mut ana = house.browser("ana").await;
        assert_eq!(
            ana.post(&format!("/reports/{report}/confirmation"), "")
                .await
                .status,
            422
        );
        let mut omar = house.browser("omar").await;
        omar.act(&format!("/reports/{report}/acceptance"), &[])
            .await;
        says(&mut ana, "/inbox", &["Confirm figures of HN-2026-D-0001"]).await;
        ana.act(
            &format!("/reports/{report}/confirmation"),
            &[("figures", &figures[0].to_string())],
        )
        .await;
        assert_eq!(house.claim(figures[0]).level, Some(Level::Confirmed));
        assert_eq!(house.claim(figures[1]).level, Some(Level::Delivered));
        // Anyone named contests; strangers sign in first.
        let path = format!("/claims/{}", figures[0]);
        house
            .stranger()
            .get(&format!("{path}/contest"))
            .await
            .expect(303);
        let mut nora = house.browser("nora").await;
        assert_eq!(
            nora.post(&format!("{path}/contest"), "reason=")
                .await
                .status,
            422
        );
        nora.act(
            &format!("{path}/contest"),
            &[("reason", "Two of the schools were closed.")],
        )
        .await;
        let mut nobody = house.stranger();
        says(
            &mut nobody,
            &path,
            &[
                "This figure is contested",
                "Two of the schools were closed.",
            ],
        )
        .await;
        assert!(!nobody.get(&path).await.text.contains("Nora"));
        assert_eq!(
            nora.post(&format!("{path}/contest"), "reason=Again")
                .await
                .status,
            422
        );
        let mut sofia = house.browser("sofia").await;
        says(&mut sofia, "/inbox", &["Contested: Learners reached: 400"]).await;
        // Whoever contested does not decide.
        let mut hand = house.actor("nora");
        hand.appointments.extend(house.actor("sofia").appointments);
        let claim = figures[0];
        let refused =
            house.write(move |tx, now| evidence::uphold(tx, claim, "It is right", &hand, now));
        assert_eq!(refused.unwrap_err().keys(), ["four-eyes"]);
        omar.get(&format!("{path}/correction")).await.expect(403);
        let same = sofia
            .post(
                &format!("{path}/correction"),
                "compared=equal&figure=400&reason=x",
            )
            .await;
        assert!(same.status == 422 && same.says("This is the figure as it stands"));
        let corrected = sofia
            .act(
                &format!("{path}/correction"),
                &[
                    ("compared", "at_least"),
                    ("figure", "310"),
                    ("reason", "Two schools were closed in August."),
                ],
            )
            .await
            .location;
        let (old, new) = (house.claim(figures[0]), house.claim(id(&corrected)));
        assert_eq!(
            (old.standing, new.standing, new.supersedes),
            (Standing::Corrected, Standing::Stands, Some(old.id))
        );
        assert_eq!(
            (new.level, new.low, new.high),
            (Some(Level::Delivered), Some(310), None)
        );
        assert!(old.print != new.print);
        says(
            &mut nobody,
            &path,
            &[
                "Another figure has taken the place",
                "Two schools were closed in August.",
            ],
        )
        .await;
        says(
            &mut nobody,
            &corrected,
            &["at least 310", "The earlier figure"],
        )
        .await;
        assert_eq!(
            sofia
                .post(&format!("{path}/retraction"), "reason=No")
                .await
                .status,
            422
        );
        let corrections = house.read(|tx| evidence::corrections(tx, None, 10));
        assert_eq!(corrections.len(), 1);
        assert_eq!(
            (corrections[0].old.low, corrections[0].new.unwrap().low),
            (Some(400), Some(310))
        );
        assert_eq!(corrections[0].reason, "Two schools were closed in August.");
        // Upheld, and taken back.
        house.clock.advance_seconds(60);
        let other = format!("/claims/{}", figures[1]);
        nora.act(&format!("{other}/contest"), &[("reason", "Too many.")])
            .await;
        let none = ana
            .post(
                &format!("/reports/{report}/confirmation"),
                &format!("figures={}", figures[1]),
            )
            .await;
        assert_eq!(none.status, 422);
        sofia
            .act(
                &format!("{other}/upholding"),
                &[("reason", "The lists were seen.")],
            )
            .await;
        assert_eq!(house.claim(figures[1]).standing, Standing::Stands);
        sofia
            .act(
                &format!("{other}/retraction"),
                &[("reason", "The lists were of another year.")],
            )
            .await;
        assert!(!house.claim(figures[1]).counts());
        let all = house.read(|tx| evidence::corrections(tx, None, 10));
        assert_eq!((all.len(), all[1].new), (2, None));
        let after =
            house.read(move |tx| evidence::corrections(tx, Some((all[0].at, all[0].id)), 10));
        assert_eq!(after.len(), 1);
    }

    pub async fn a_third_party_looks_for_itself(house: &House) {
        let (_, figures) = house.accepted();
        let (mut sofia, mut vera) = (house.browser("sofia").await, house.browser("vera").await);
        let new = format!("/deployments/{}/visits/new", house.known.deployment);
        let (vera_id, vito_id) = (
            house.known.accounts["vera"].to_string(),
            house.known.accounts["vito"].to_string(),
        );
        let (first, second) = (figures[0].to_string(), figures[1].to_string());
        let plan = |verifier| {
            [
                ("place_of_figure", "HN15"),
                ("visit_on", "2026-10-20"),
                ("figures", first.as_str()),
                ("figures", second.as_str()),
                ("visit_task", "Count the learners on the lists."),
                ("verifier", verifier),
            ]
        };
        let tied = sofia.post(&new, &query(&plan(&vito_id))).await;
        assert!(
            tied.status == 422 && tied.says("has a tie to a party"),
            "{}",
            tied.text
        );
        let omar = house.known.accounts["omar"].to_string();
        assert_eq!(sofia.post(&new, &query(&plan(&omar))).await.status, 422);
        vera.get(&new).await.expect(403);
        let visit = sofia.act(&new, &plan(&vera_id)).await.location;
        says(
            &mut vera,
            "/inbox",
            &["Take on or refuse a visit to Olancho"],
        )
        .await;
        house.browser("vito").await.get(&visit).await.expect(404);
        house.browser("mary").await.get(&visit).await.expect(403);
        assert_eq!(
            vera.post(&format!("{visit}/acceptance"), "").await.status,
            422
        );
        assert_eq!(
            vera.post(
                &format!("{visit}/report"),
                "visited_on=2026-10-12&visit_report=Seen"
            )
            .await
            .status,
            422
        );
        vera.act(&format!("{visit}/acceptance"), &[("no_tie", "yes")])
            .await;
        let open = vera
            .post(
                &format!("{visit}/report"),
                "visited_on=2026-10-12&visit_report=Seen",
            )
            .await;
        assert!(
            open.says("For 2 figures nothing was entered"),
            "{}",
            open.text
        );
        vera.act(
            &format!("{visit}/findings/new"),
            &[("claim", &first), ("finding", "as_claimed")],
        )
        .await;
        let without = vera
            .post(
                &format!("{visit}/findings/new"),
                &format!("claim={second}&finding=differs"),
            )
            .await;
        assert_eq!(without.status, 422);
        vera.act(
            &format!("{visit}/findings/new"),
            &[("claim", &second), ("finding", "differs"), ("seen", "9")],
        )
        .await;
        let tomorrow = vera
            .post(
                &format!("{visit}/report"),
                "visited_on=2026-10-13&visit_report=Seen",
            )
            .await;
        assert_eq!(tomorrow.status, 422);
        vera.act(
            &format!("{visit}/report"),
            &[
                ("visited_on", "2026-10-12"),
                ("visit_report", "Two lists seen."),
            ],
        )
        .await;
        sofia
            .act(&format!("{visit}/return"), &[("reason", "Which lists?")])
            .await;
        vera.act(
            &format!("{visit}/report"),
            &[
                ("visited_on", "2026-10-12"),
                ("visit_report", "The lists of both schools."),
            ],
        )
        .await;
        // Nothing is verified before another person has approved.
        assert_eq!(house.claim(figures[0]).level, Some(Level::Delivered));
        for lang in ["en", "fr", "ar"] {
            let mut sofia = house.browser("sofia").await.in_lang(lang);
            for page in [
                visit.clone(),
                "/visits".into(),
                new.clone(),
                format!("{visit}/approval"),
            ] {
                sofia.get(&page).await.expect(200);
            }
        }
        sofia.act(&format!("{visit}/approval"), &[]).await;
        let (seen, differs) = (house.claim(figures[0]), house.claim(figures[1]));
        assert_eq!(
            (seen.level, seen.standing),
            (Some(Level::Verified), Standing::Stands)
        );
        assert_eq!(
            (differs.level, differs.standing),
            (Some(Level::Delivered), Standing::Contested)
        );
        let mut nobody = house.stranger();
        says(
            &mut nobody,
            &format!("/claims/{first}"),
            &["Verified by a third party", "as claimed"],
        )
        .await;
        says(
            &mut nobody,
            &format!("/claims/{second}"),
            &["9 ≠ 12", "another figure was seen"],
        )
        .await;
        let page = nobody.get(&format!("/claims/{first}")).await.text;
        assert!(!page.contains("Vera") && !page.contains("The lists of both"));
        // A refusal has its reason and waits for the approver.
        house.clock.advance_seconds(60);
        let plan = people::testing::but(&plan(&vera_id), &[("figures", &second)]);
        let visit = sofia.act(&new, &plan).await;
        assert!(visit.location.contains("/visits/"));
        vera.act(
            &format!("{}/refusal", visit.location),
            &[("reason", "My brother teaches there.")],
        )
        .await;
        says(&mut sofia, "/inbox", &["Find another verifier for Olancho"]).await;
    }

    pub async fn lessons_are_published_by_another_person(house: &House) {
        let (report, _) = house.drafted();
        let (mut mary, mut omar) = (house.browser("mary").await, house.browser("omar").await);
        let path = format!("/reports/{report}/lessons/new");
        mary.act(
            &path,
            &[
                ("lesson_kind", "bad"),
                ("lesson_en", "Chargers must come before the tablets."),
            ],
        )
        .await;
        let named = mary
            .post(&path, "lesson_kind=good&lesson_en=Ask+Omar+Osei+first")
            .await;
        assert!(
            named.status == 422 && named.says("Omar Osei"),
            "{}",
            named.status
        );
        let actor = house.actor("mary");
        house
            .write(move |tx, now| evidence::submit_report(tx, report, &actor, now))
            .unwrap();
        let lesson = house.read(move |tx| Ok(evidence::report(tx, report)?.state));
        assert_eq!(lesson, evidence::ReportState::Submitted);
        omar.act(&format!("/reports/{report}/acceptance"), &[])
            .await;
        let inbox = omar.get("/inbox").await.expect(200);
        assert!(inbox.says("Publish a lesson: Chargers"), "{}", inbox.text);
        assert!(
            house.stranger().api("/lessons-learnt").await.json()["items"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        let act = people::testing::shown(&inbox.text, "/lessons-learnt/");
        omar.act(&act, &[]).await;
        assert_eq!(omar.post(&act, "").await.status, 422);
        says(
            &mut house.stranger(),
            "/lessons-learnt",
            &["Chargers must come before the tablets.", "What did not"],
        )
        .await;
        let good = house
            .stranger()
            .api("/lessons-learnt?lesson_kind=good")
            .await
            .json();
        assert!(good["items"].as_array().unwrap().is_empty());
        let told = house.read(|tx| {
            evidence::lessons_public(
                tx,
                &evidence::WantedLessons {
                    limit: 10,
                    ..Default::default()
                },
            )
        });
        assert_eq!(told.len(), 1);
    }

    pub async fn the_public_record_stands_side_by_side(house: &House) {
        let mut nobody = house.stranger();
        let page = nobody.get("/claims/public-record").await.expect(200);
        for words in [
            "175 institutional partners",
            "more than 220",
            "233 member organizations",
            "with 3 different figures",
            "up to 1,000",
            "1 Oct - 31 Dec 2021",
            "a broad network of of 233 Member organizations",
        ] {
            assert!(
                page.says(words),
                "{words}:\n{}",
                web::testing::plain(&page.text)
            );
        }
        let rows = nobody
            .api("/claims/public-record/rows")
            .await
            .expect(200)
            .json();
        assert_eq!(rows["items"].as_array().unwrap().len(), 27);
        nobody
            .get("/claims/public-record/rows.csv")
            .await
            .expect(200);
        nobody
            .get("/claims/public-record/commitments")
            .await
            .expect(200);
        for lang in ["fr", "ar"] {
            house
                .stranger()
                .in_lang(lang)
                .get("/claims/public-record")
                .await
                .expect(200);
        }
        nobody.get("/claims/public-record/import").await.expect(303);
        let mut omar = house.browser("omar").await;
        let import = "/claims/public-record/import";
        let head = "claim_id,topic,metric,value,unit,comparator,as_of,country,source_id,quote\n";
        let broken = omar
            .upload(
                import,
                &[],
                "claims",
                "claims.csv",
                format!("{head}C2,a\n").as_bytes(),
            )
            .await;
        assert!(
            broken.status == 422 && broken.says("Row 2 cannot be read"),
            "{}",
            broken.text
        );
        let more = format!(
            "{head}C002,coalition,members,200,partners,some,2022,,seed002,some 200 members\n"
        );
        omar.upload(import, &[], "claims", "claims.csv", more.as_bytes())
            .await
            .expect(303);
        says(
            &mut nobody,
            "/claims/public-record",
            &["some 200", "with 4 different figures"],
        )
        .await;
        // The same again leaves no fact.
        let before = house.read(ledger::head);
        omar.upload(import, &[], "claims", "claims.csv", more.as_bytes())
            .await
            .expect(303);
        assert_eq!(house.read(ledger::head), before);
        // None of it is a claim.
        assert!(
            nobody.api("/claims").await.json()["items"]
                .as_array()
                .unwrap()
                .is_empty()
        );
    }

    pub async fn the_past_is_told_as_it_was(house: &House) {
        let (report, figures) = house.reported();
        let seq = |house: &House| house.read(ledger::head).0;
        let reported = seq(house);
        let omar = house.actor("omar");
        house
            .write(move |tx, now| evidence::accept_report(tx, report, &omar, now))
            .unwrap();
        let accepted = seq(house);
        let (sofia, first) = (house.actor("sofia"), figures[0]);
        let less = evidence::Figure {
            comparator: evidence::Comparator::Equal,
            low: Some(310),
            high: Some(310),
        };
        house
            .write(move |tx, now| evidence::correct(tx, first, less, "Counted again", &sofia, now))
            .unwrap();
        let told = |until: Option<i64>| {
            house.read(move |tx| {
                let mut all = Vec::new();
                evidence::each_claim(
                    tx,
                    &ClaimScope::Country("HN".to_owned()),
                    until,
                    &mut |claim| {
                        all.push((
                            claim.low.unwrap(),
                            claim.level.map(Level::code),
                            claim.standing.code(),
                        ));
                        Ok(())
                    },
                )?;
                all.sort_unstable_by_key(|(low, ..)| std::cmp::Reverse(*low));
                Ok(all)
            })
        };
        assert_eq!(told(Some(reported - 1)), []);
        assert_eq!(
            told(Some(reported)),
            [(400, None, "stands"), (12, None, "stands")]
        );
        let delivered = Some("delivered");
        assert_eq!(
            told(Some(accepted)),
            [(400, delivered, "stands"), (12, delivered, "stands")]
        );
        let now = [
            (400, delivered, "corrected"),
            (310, delivered, "stands"),
            (12, delivered, "stands"),
        ];
        assert_eq!(told(None), now);
        assert_eq!(told(Some(seq(house))), now);
        // Every scope finds its own.
        let (member, deployment) = (house.known.member, house.known.deployment);
        for (scope, count) in [
            (ClaimScope::Everything, 3),
            (ClaimScope::Member(member), 3),
            (ClaimScope::Deployment(deployment), 3),
            (ClaimScope::Indicator("teachers_trained".to_owned()), 1),
            (ClaimScope::Mission("global_teacher_campus".to_owned()), 1),
            (ClaimScope::Country("KE".to_owned()), 0),
        ] {
            let found = house.read(move |tx| {
                let mut n = 0;
                evidence::each_claim(tx, &scope, None, &mut |_| {
                    n += 1;
                    Ok(())
                })?;
                Ok(n)
            });
            assert_eq!(found, count);
        }
        // Many at once, a slice a fact.
        let template = house.claim(figures[1]);
        house
            .write(move |tx, now| {
                let mut many: Vec<evidence::Claim> = (0..5_000)
                    .map(|n| evidence::Claim {
                        id: Id::named("claim", &n.to_string()),
                        low: Some(n),
                        high: Some(n),
                        report: None,
                        ..template.clone()
                    })
                    .collect();
                evidence::add_claims(tx, &mut many, None, now)
            })
            .unwrap();
        let count = told(None).len();
        assert_eq!((count, told(Some(accepted)).len()), (5_003, 2));
        let page = house
            .stranger()
            .api("/claims?limit=10")
            .await
            .expect(200)
            .json();
        assert_eq!(page["items"].as_array().unwrap().len(), 10);
        assert!(page["next"].is_string());
    }

    pub async fn nobody_reads_what_is_not_theirs(house: &House) {
        let (report, figures) = house.accepted();
        let path = format!("/reports/{report}");
        house.stranger().get(&path).await.expect(303);
        house.browser("nora").await.get(&path).await.expect(404);
        house.browser("vera").await.get(&path).await.expect(403);
        for who in ["mary", "max", "ana", "omar", "sofia", "aud"] {
            says(&mut house.browser(who).await, &path, &["Four schools."]).await;
        }
        assert!(
            house.browser("nora").await.api("/reports").await.json()["items"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        for who in ["mary", "ana", "aud"] {
            let rows = house.browser(who).await.api("/reports").await.json();
            assert_eq!(rows["items"].as_array().unwrap().len(), 1, "{who}");
        }
        let mut ana = house.browser("ana").await;
        assert_eq!(
            ana.post(&format!("{path}/acceptance"), "").await.status,
            403
        );
        let mut auditor = house.browser("aud").await;
        auditor.get(&format!("{path}/acceptance")).await.expect(403);
        // What is public of it names nobody and tells no narrative.
        let mut nobody = house.stranger();
        for page in [
            "/claims".to_owned(),
            format!("/claims/{}", figures[0]),
            format!("/deployments/{}", house.known.deployment),
            "/claims.csv".into(),
        ] {
            let text = nobody.get(&page).await.expect(200).text;
            for secret in ["Four schools.", "Mary", "Moraa", "Omar"] {
                assert!(!text.contains(secret), "{page} tells {secret}");
            }
        }
        let made = ana
            .api_post(&format!("{path}/confirmation"), &json!({}))
            .await;
        assert!(made.status.is_success(), "{}", made.text);
    }
}

fn query(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.replace(' ', "+");
    let parts: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    parts.join("&")
}
