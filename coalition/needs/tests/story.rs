//! From the authority's letter to a need everybody sees, told through HTTP on both databases.

#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, LINE, REQUEST, but, rooms};

macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test]
        async fn $story() {
            let migrations = web::site::migrations(&rooms());
            db::testing::each_engine_async(&migrations, |db| async move {
                let mut house = House::open(db).await;
                tell::$story(&mut house).await;
                house.nobody.wait_for_jobs().await;
                people::testing::all_is_well(&house.site).await;
            })
            .await;
        }
    )* };
}

stories!(
    a_request_goes_its_way,
    nobody_learns_of_a_need_before_it_is_validated,
    four_eyes_are_four,
    the_secretariat_asks_back_and_the_authority_answers,
    a_declined_request_has_a_reason_and_stops_the_clock,
    an_authority_withdraws,
    what_is_missing_is_said_at_once,
    lines_are_added_changed_and_removed_while_it_is_a_draft,
    two_editors_see_both_versions,
    a_need_lapses_and_is_reopened_with_new_facts,
    a_need_is_closed_or_withdrawn_with_a_reason,
    the_clock_is_public_and_says_nothing_else,
    everybody_finds_what_waits,
    pages_stand_in_arabic_too,
    the_api_does_the_same,
);

mod tell {
    use super::*;
    use serde_json::json;

    pub async fn a_request_goes_its_way(house: &mut House) {
        let request = house.request(&[]).await;
        let page = house.ana.get(&request).await.expect(200);
        assert!(page.says("HN-2026-R-001") && page.says("Draft"));
        assert!(page.text.contains(
            "Pedimos conexión &amp; «tabletas» para &lt;nuestras&gt; escuelas del norte."
        ));
        house.line(&request, &[]).await;
        house.assessed(&request).await;
        house.edit(&request).await;
        house
            .sofia
            .act(&format!("{request}/validation"), &[("valid_days", "60")])
            .await;
        let page = house.ana.get(&request).await.expect(200);
        assert!(page.says("Validated"));
        let need = format!("/needs/{}", house.needs_of(&request).await[0]);
        let page = house.nobody.get(&need).await.expect(200);
        assert!(page.says("HN-2026-N-001") && page.says("Open"));
        let own = "Pedimos conexión &amp; «tabletas» para &lt;nuestras&gt; escuelas del norte.";
        assert!(!page.text.contains(own), "own words may name people");
        assert!(house.sofia.get(&need).await.text.contains(own));
        assert!(page.says("Schools of the north need help after the storm."));
        let record = house.nobody.api(&need).await.expect(200).json();
        assert_eq!(record["quantity"], json!(120));
        assert_eq!(record["uncovered"], json!(120));
        assert_eq!(record["learners"], json!(110));
        assert_eq!(record["valid_until"], json!("2027-01-30"));
        assert_eq!(record["state"], json!("open"));
        let letter = house
            .omar
            .get(&format!("{request}/letter"))
            .await
            .expect(200);
        assert_eq!(letter.bytes, b"%PDF-1.4 carta");
        house.nobody.get(&format!("{need}/lines")).await.expect(200);
        let csv = house
            .nobody
            .get(&format!("{need}/lines.csv"))
            .await
            .expect(200);
        assert!(csv.text.contains("HN0101") && csv.text.contains("120"));
        house
            .nobody
            .get(&format!("{need}/lines.xlsx"))
            .await
            .expect(200);
    }

    pub async fn nobody_learns_of_a_need_before_it_is_validated(house: &mut House) {
        let request = house.request(&[("subject", "Secreto zafiro")]).await;
        house.line(&request, &[]).await;
        let need = format!("/needs/{}", house.needs_of(&request).await[0]);
        let line = house
            .site
            .db
            .read(|tx| tx.one("SELECT id FROM need_line", &[])?.read().id())
            .await
            .unwrap();
        let line = format!("/need-lines/{line}");
        for step in ["", "submission", "receipt", "assessment", "edit"] {
            match step {
                "" => {}
                "submission" => drop(house.ana.act(&format!("{request}/submission"), &[]).await),
                "edit" => house.edit(&request).await,
                step => drop(house.omar.act(&format!("{request}/{step}"), &[]).await),
            }
            for browser in [&mut house.malik, &mut house.nobody, &mut house.wanjiru] {
                for path in [need.as_str(), &format!("{need}/lines"), &line] {
                    browser.get(path).await.expect(404);
                    browser.api(path).await.expect(404);
                }
                let list = browser.get("/needs").await.expect(200);
                assert!(
                    !list.says("HN-2026-N") && !list.says("Help for the north"),
                    "{step}"
                );
                assert_eq!(
                    browser.api("/needs?q=north").await.expect(200).json()["items"],
                    json!([])
                );
                let clock = browser.get("/answer-times").await.expect(200);
                assert!(!clock.says("zafiro") && !clock.says("Pedimos"));
            }
            let seen = house.malik.get(&request).await.status.as_u16();
            assert_eq!(seen, 403, "members know no request");
            house.wanjiru.get(&request).await.expect(404);
            house
                .wanjiru
                .get(&format!("{request}/letter"))
                .await
                .expect(404);
            let queue = house.omar.get("/requests").await.expect(200);
            assert_eq!(
                queue.says("zafiro"),
                !step.is_empty(),
                "a draft is its author's: {step}"
            );
        }
        house.sofia.act(&format!("{request}/validation"), &[]).await;
        assert!(
            house
                .malik
                .get("/needs")
                .await
                .expect(200)
                .says("HN-2026-N-001")
        );
        house.malik.get(&need).await.expect(200);
        house.malik.get(&line).await.expect(200);
    }

    pub async fn four_eyes_are_four(house: &mut House) {
        let request = house.request(&[]).await;
        house.line(&request, &[]).await;
        house.ana.act(&format!("{request}/submission"), &[]).await;
        house.pat.act(&format!("{request}/receipt"), &[]).await;
        house.omar.act(&format!("{request}/assessment"), &[]).await;
        house.edit(&request).await;
        // Whoever received it cannot validate or decline it, though she is an approver.
        house
            .pat
            .post(&format!("{request}/validation"), "")
            .await
            .expect(422);
        house
            .pat
            .post(&format!("{request}/decline"), "reason=no")
            .await
            .expect(422);
        // An officer is no approver, an approver no officer, and neither is an authority.
        house
            .omar
            .post(&format!("{request}/validation"), "")
            .await
            .expect(403);
        house
            .sofia
            .post(&format!("{request}/return"), "reason=x")
            .await
            .expect(403);
        house
            .sofia
            .post(&format!("{request}/answer"), "answer=x")
            .await
            .expect(403);
        house
            .wanjiru
            .post(&format!("{request}/withdrawal"), "reason=x")
            .await
            .expect(404);
        house
            .auditor
            .post(&format!("{request}/validation"), "")
            .await
            .expect(403);
        house.auditor.get(&request).await.expect(200);
        house.sofia.act(&format!("{request}/validation"), &[]).await;
    }

    pub async fn the_secretariat_asks_back_and_the_authority_answers(house: &mut House) {
        let request = house.request(&[]).await;
        house.line(&request, &[]).await;
        house.assessed(&request).await;
        house
            .omar
            .post(&format!("{request}/return"), "")
            .await
            .expect(422);
        house
            .omar
            .act(
                &format!("{request}/return"),
                &[("reason", "Which schools?")],
            )
            .await;
        assert!(
            house
                .ana
                .get("/inbox")
                .await
                .expect(200)
                .says("Answer the secretariat about HN-2026-R-001")
        );
        assert!(
            house
                .ana
                .get(&request)
                .await
                .expect(200)
                .says("Which schools?")
        );
        house
            .line(&request, &[("place_code", "HN0102"), ("quantity", "30")])
            .await;
        house
            .ana
            .act(
                &format!("{request}/answer"),
                &[("answer", "Two more in Tela.")],
            )
            .await;
        let page = house.omar.get(&request).await.expect(200);
        assert!(page.says("Two more in Tela.") && page.says("Under assessment"));
        house.edit(&request).await;
        house.sofia.act(&format!("{request}/validation"), &[]).await;
        let need = format!("/needs/{}", house.needs_of(&request).await[0]);
        let seen = house.nobody.get(&need).await.expect(200);
        assert!(
            seen.says("150") && !seen.says("Which schools?"),
            "the talk before is theirs"
        );
    }

    pub async fn a_declined_request_has_a_reason_and_stops_the_clock(house: &mut House) {
        let request = house.request(&[]).await;
        house.line(&request, &[]).await;
        house.assessed(&request).await;
        house
            .sofia
            .post(&format!("{request}/decline"), "")
            .await
            .expect(422);
        house.days(3).await;
        house
            .sofia
            .act(
                &format!("{request}/decline"),
                &[("reason", "Covered by another plan.")],
            )
            .await;
        let page = house.ana.get(&request).await.expect(200);
        assert!(page.says("Declined") && page.says("Covered by another plan."));
        house.days(5).await;
        let clock = house.nobody.api("/answer-times").await.expect(200).json();
        assert_eq!(clock["items"][0]["answer_hours"], json!(72));
        assert_eq!(
            house.nobody.api("/needs").await.expect(200).json()["items"],
            json!([])
        );
        house
            .ana
            .post(&format!("{request}/withdrawal"), "reason=x")
            .await
            .expect(422);
    }

    pub async fn an_authority_withdraws(house: &mut House) {
        let request = house.request(&[]).await;
        house.line(&request, &[]).await;
        house.ana.act(&format!("{request}/submission"), &[]).await;
        house
            .ana
            .post(&format!("{request}/withdrawal"), "")
            .await
            .expect(422);
        house
            .ana
            .act(
                &format!("{request}/withdrawal"),
                &[("reason", "The plan changed.")],
            )
            .await;
        house
            .omar
            .post(&format!("{request}/receipt"), "")
            .await
            .expect(422);
        assert!(
            house
                .ana
                .get(&request)
                .await
                .expect(200)
                .says("The plan changed.")
        );
    }

    pub async fn what_is_missing_is_said_at_once(house: &mut House) {
        let bare = house.ana.act("/requests/new", REQUEST).await.location;
        let no = house
            .ana
            .post(&format!("{bare}/submission"), "")
            .await
            .expect(422);
        assert!(no.says("Attach the formal letter") && no.says("Add at least one need line."));
        let request = house.request(&[]).await;
        house
            .line(&request, &[("service_class", "devices"), ("partners", "1")])
            .await;
        let no = house
            .ana
            .post(&format!("{request}/submission"), "")
            .await
            .expect(422);
        assert!(no.says("Devices or connections need somebody who learns to use them"));
        let why = [("pairing_reason", "Teachers were trained last year.")];
        house.ana.act(&format!("{request}/submission"), &why).await;
        // A wrong form keeps what was entered and says everything that is wrong.
        let wrong = but(
            REQUEST,
            &[
                ("cause", ""),
                ("glide", "storm"),
                ("required_by", "2020-01-01"),
            ],
        );
        let no = house
            .ana
            .post("/requests/new", &web::testing::query(&wrong))
            .await
            .expect(422);
        assert!(no.says("Choose the cause of the emergency."));
        assert!(
            no.says("A GLIDE number looks like")
                && no.says("Choose a day that is not in the past.")
        );
        assert!(no.text.contains("Tormenta Sara"));
        let virus = house
            .ana
            .upload("/requests/new", REQUEST, "letter", "letter.exe", b"MZ")
            .await
            .expect(422);
        assert!(virus.says("Attach the letter as PDF"));
        // Nobody speaks for another country.
        let other = but(REQUEST, &[("country", "KE")]);
        house
            .ana
            .post("/requests/new", &web::testing::query(&other))
            .await
            .expect(422);
        house.malik.get("/requests/new").await.expect(403);
    }

    pub async fn lines_are_added_changed_and_removed_while_it_is_a_draft(house: &mut House) {
        let request = house.request(&[]).await;
        let new = format!("{request}/lines/new");
        for (name, value, words) in [
            ("quantity", "-5", "Write a number from 1"),
            ("quantity", "many", "is not a number"),
            ("place_code", "KE047", "There is no place with the code"),
            ("place_code", "HN9999", "There is no place with the code"),
            ("school_code", "0000", "has no school with the code"),
            ("service_class", "gold", "is not one of the answers"),
            ("window_to", "2027-01-01", "must not be before"),
            ("learners_source", "", "Say where the count comes from."),
            ("girls", "1001", "from 0 to 1,000"),
            ("lang2", "es", "Choose another second language"),
        ] {
            let no = house
                .ana
                .post(&new, &web::testing::query(&but(LINE, &[(name, value)])))
                .await
                .expect(422);
            assert!(
                no.says(words),
                "{name}={value}: {}",
                web::testing::plain(&no.text)
            );
        }
        house.line(&request, &[]).await;
        house
            .line(
                &request,
                &[("quantity", "7"), ("girls", ""), ("learners", "")],
            )
            .await;
        let list = house
            .ana
            .api(&format!("{request}/lines"))
            .await
            .expect(200)
            .json();
        assert_eq!(list["items"].as_array().unwrap().len(), 2);
        let line = house.site.db.read(|tx| {
            tx.one("SELECT id FROM need_line WHERE quantity = 7", &[])?
                .read()
                .id()
        });
        let line = format!("/need-lines/{}", line.await.unwrap());
        let record = house.ana.api(&line).await.expect(200).json();
        assert_eq!(
            (&record["girls"], &record["learners"]),
            (&json!(null), &json!(null)),
            "unknown stays unknown"
        );
        assert_eq!(record["rural"], json!(1.0));
        let change = but(
            LINE,
            &[("service_class", ""), ("quantity", "9"), ("version", "1")],
        );
        house.ana.act(&format!("{line}/edit"), &change).await;
        assert_eq!(
            house.ana.api(&line).await.expect(200).json()["quantity"],
            json!(9)
        );
        house.ana.act(&format!("{line}/removal"), &[]).await;
        house.ana.get(&line).await.expect(404);
        house.ana.act(&format!("{request}/submission"), &[]).await;
        house
            .ana
            .post(&new, &web::testing::query(LINE))
            .await
            .expect(422);
    }

    pub async fn two_editors_see_both_versions(house: &mut House) {
        let request = house.request(&[]).await;
        house.line(&request, &[]).await;
        house.assessed(&request).await;
        let need = house.needs_of(&request).await.remove(0);
        let path = format!("/needs/{need}/edit");
        let pairs = |text: &'static str| {
            [
                ("title_en", "Help"),
                ("clean_text", text),
                ("clean_lang", "en"),
                ("objective", "continuity"),
                ("phase", "response"),
                ("version", "1"),
            ]
        };
        house.omar.act(&path, &pairs("Omar's text")).await;
        let both = house
            .pat
            .post(&path, &web::testing::query(&pairs("Pat's text")))
            .await
            .expect(409);
        assert!(both.says("Omar's text") && both.says("Pat's text"));
    }

    pub async fn a_need_lapses_and_is_reopened_with_new_facts(house: &mut House) {
        let (_, need) = house.validated().await;
        house.days(75).await;
        assert!(
            !house.nobody.api(&need).await.expect(200).json()["stale"]
                .as_bool()
                .unwrap()
        );
        house.days(1).await;
        let record = house.nobody.api(&need).await.expect(200).json();
        assert_eq!(
            (&record["stale"], &record["state"]),
            (&json!(true), &json!("open"))
        );
        assert!(
            house
                .ana
                .get("/inbox")
                .await
                .expect(200)
                .says("Reconfirm HN-2026-N-001")
        );
        house.days(15).await;
        let record = house.nobody.api(&need).await.expect(200).json();
        assert_eq!(
            (&record["stale"], &record["state"]),
            (&json!(false), &json!("lapsed"))
        );
        let today = house.clock.now().day();
        let open = move |tx: &mut db::Tx| needs::open_lines(tx, &needs::Scope::Everything, today);
        assert_eq!(house.site.db.read(open).await.unwrap(), []);
        let until = today.plus(60).to_string();
        let again = format!("{need}/reconfirmation");
        let no = house
            .ana
            .post(&again, &format!("valid_until={until}"))
            .await
            .expect(422);
        assert!(no.says("write the new facts that reopen it"));
        house
            .omar
            .post(&again, &format!("valid_until={until}&facts=x"))
            .await
            .expect(403);
        house
            .ana
            .act(
                &again,
                &[("valid_until", &until), ("facts", "The river rose again.")],
            )
            .await;
        let record = house.nobody.api(&need).await.expect(200).json();
        assert_eq!(
            (&record["state"], &record["valid_until"]),
            (&json!("open"), &json!(until))
        );
        assert!(
            house
                .nobody
                .get(&need)
                .await
                .expect(200)
                .says("The river rose again.")
        );
        let open = house.site.db.read(open).await.unwrap();
        assert_eq!(
            (open.len(), open[0].quantity, open[0].uncovered),
            (1, 120, 120)
        );
        assert_eq!(open[0].shares.points(), [480, 1000, 0, 0, 0, 0]);
        assert!(open[0].has_priority());
    }

    pub async fn a_need_is_closed_or_withdrawn_with_a_reason(house: &mut House) {
        let (_, need) = house.validated().await;
        house
            .omar
            .post(&format!("{need}/closure"), "reason=x")
            .await
            .expect(403);
        house
            .ana
            .post(&format!("{need}/closure"), "")
            .await
            .expect(422);
        let id = base::Id::parse(need.rsplit('/').next().unwrap()).unwrap();
        let now = house.clock.now();
        let promise = move |tx: &mut db::Tx| {
            let line = needs::open_lines(tx, &needs::Scope::Need(id), now.day())?
                .remove(0)
                .id;
            for (from, to) in [
                (ledger::Bucket::Uncovered, ledger::Bucket::Proposed),
                (ledger::Bucket::Proposed, ledger::Bucket::Committed),
            ] {
                let movement = ledger::Movement {
                    line,
                    offer: None,
                    quantity: 20,
                    from,
                    to,
                    at: now,
                };
                ledger::shift(tx, &movement)?;
            }
            let fact = ledger::Fact {
                now,
                actor: None,
                verb: "test.promised",
                subject: ("need", id),
                about: json!({}),
            };
            ledger::record(tx, &fact).map(drop)
        };
        house.site.db.write(promise).await.unwrap();
        let record = house.nobody.api(&need).await.expect(200).json();
        assert_eq!(
            (&record["state"], &record["uncovered"]),
            (&json!("partly_matched"), &json!(100))
        );
        let filtered = house
            .nobody
            .api("/needs?state=partly_matched")
            .await
            .expect(200)
            .json();
        assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
        let none = house
            .nobody
            .api("/needs?state=open")
            .await
            .expect(200)
            .json();
        assert_eq!(none["items"], json!([]));
        let no = house
            .ana
            .post(&format!("{need}/withdrawal"), "reason=x")
            .await
            .expect(422);
        assert!(no.says("Somebody has already promised part of this need."));
        house
            .sofia
            .act(
                &format!("{need}/closure"),
                &[("reason", "The rest came from the budget.")],
            )
            .await;
        let page = house.nobody.get(&need).await.expect(200);
        assert!(page.says("Closed, met in part") && page.says("The rest came from the budget."));
        house
            .ana
            .post(&format!("{need}/closure"), "reason=again")
            .await
            .expect(422);
        house.replays().await;
    }

    pub async fn the_clock_is_public_and_says_nothing_else(house: &mut House) {
        let request = house.request(&[("subject", "Asunto zafiro")]).await;
        house.line(&request, &[]).await;
        house.ana.act(&format!("{request}/submission"), &[]).await;
        assert_eq!(
            house.nobody.api("/answer-times").await.expect(200).json()["items"],
            json!([])
        );
        house.omar.act(&format!("{request}/receipt"), &[]).await;
        house.days(2).await;
        let clock = house.nobody.api("/answer-times").await.expect(200).json();
        let row = &clock["items"][0];
        assert_eq!(row["code"], json!("HN-2026-R-001"));
        assert_eq!(
            (&row["answer_hours"], &row["clock"]),
            (&json!(48), &json!("running"))
        );
        let page = house.nobody.get("/answer-times").await.expect(200);
        assert!(page.says("Clock running") && !page.says("zafiro"));
        house.nobody.get("/answer-times.csv").await.expect(200);
    }

    pub async fn everybody_finds_what_waits(house: &mut House) {
        let request = house.request(&[]).await;
        assert!(
            house
                .ana
                .get("/inbox")
                .await
                .expect(200)
                .says("Finish and submit HN-2026-R-001")
        );
        house.line(&request, &[]).await;
        house.ana.act(&format!("{request}/submission"), &[]).await;
        assert!(
            house
                .omar
                .get("/inbox")
                .await
                .expect(200)
                .says("Receive HN-2026-R-001")
        );
        house.omar.act(&format!("{request}/receipt"), &[]).await;
        assert!(
            house
                .omar
                .get("/inbox")
                .await
                .expect(200)
                .says("Assess HN-2026-R-001")
        );
        house.omar.act(&format!("{request}/assessment"), &[]).await;
        assert!(
            house
                .sofia
                .get("/inbox")
                .await
                .expect(200)
                .says("Validate or decline HN-2026-R-001")
        );
        let no = house
            .sofia
            .post(&format!("{request}/validation"), "")
            .await
            .expect(422);
        assert!(no.says("Need HN-2026-N-001 has no complete edit yet"));
        assert!(!house.malik.get("/inbox").await.expect(200).says("HN-2026"));
    }

    pub async fn pages_stand_in_arabic_too(house: &mut House) {
        let (request, need) = house.validated().await;
        for lang in ["fr", "ar"] {
            let mut ana = house.ana.clone().in_lang(lang);
            for path in [
                "/needs",
                "/requests",
                "/answer-times",
                "/derivation-rules",
                "/requests/new",
                need.as_str(),
                request.as_str(),
                &format!("{need}/lines"),
                &format!("{need}/reconfirmation"),
                &format!("{need}/closure"),
            ] {
                ana.get(path).await.expect(200);
            }
        }
    }

    pub async fn the_api_does_the_same(house: &mut House) {
        let (_, need) = house.validated().await;
        let list = house
            .nobody
            .api("/needs?country=HN&service_class=print_packs&department=HN01")
            .await;
        assert_eq!(
            list.expect(200).json()["items"][0]["code"]["text"],
            json!("HN-2026-N-001")
        );
        for empty in [
            "country=KE",
            "service_class=devices",
            "department=HN08",
            "q=nothing",
        ] {
            let list = house
                .nobody
                .api(&format!("/needs?{empty}"))
                .await
                .expect(200)
                .json();
            assert_eq!(list["items"], json!([]), "{empty}");
        }
        let problem = house
            .nobody
            .api_post(&format!("{need}/closure"), &json!({"reason": "x"}))
            .await;
        assert_eq!(problem.status.as_u16(), 401);
    }
}
