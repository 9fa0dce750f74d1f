//! From what both sides agreed to what all parties signed: every sentence of the room, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use agreements::{Evidence, Standing};
use base::Id;
use house::{House, agreed, day, id, migrations, of, open, released, replays, sign};
use web::testing::Browser;

macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&migrations(), |db| async move {
                let (house, agreed) = tokio::task::spawn_blocking(move || open(db)).await.unwrap();
                let house = tell::$story(house, agreed).await;
                house.stranger().wait_for_jobs().await;
                tokio::task::spawn_blocking(move || {
                    house.all_is_well();
                    replays(&house);
                }).await.unwrap();
            })
            .await;
        }
    )* };
}

stories!(
    an_agreement_is_drafted_reviewed_released_and_signed,
    a_signature_takes_a_code_of_the_signers_own,
    an_amendment_replaces_what_is_valid_only_when_all_signed,
    many_are_drafted_at_once_with_every_problem_named,
    parties_suspend_resume_and_end,
    a_template_is_written_by_one_and_published_by_another,
    what_everybody_reads_names_nobody,
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

fn hash_of(house: &House, id: Id) -> String {
    let versions = house
        .site
        .db
        .read_now(move |tx| agreements::versions(tx, id))
        .unwrap();
    versions.last().unwrap().document_hash.clone().unwrap()
}

mod tell {
    use super::*;

    pub async fn an_agreement_is_drafted_reviewed_released_and_signed(
        house: House,
        ids: Vec<Id>,
    ) -> House {
        let mine = of(&house, &ids, house.known.local);
        assert_eq!(mine.len(), 2, "kits and packs of one member");
        let (mut omar, mut sofia) = (house.browser("omar").await, house.browser("sofia").await);
        let (mut max, mut sara) = (house.browser("max").await, house.browser("sara").await);
        let (mut nils, mut nobody) = (house.browser("nils").await, house.stranger());
        let (one, two) = (mine[0].to_string(), mine[1].to_string());

        // Drafting: by the officer only, from proposals of one member.
        nils.get("/agreements/new").await.expect(403);
        let foreign = of(&house, &ids, house.known.foreign)[0].to_string();
        let mixed = format!("proposals={one}&proposals={foreign}");
        let refused = omar.post("/agreements/new", &mixed).await.expect(422);
        assert!(refused.says("more than one member"));
        let pairs = [
            ("proposals", one.as_str()),
            ("proposals", two.as_str()),
            ("lang_two", "ar"),
        ];
        let path = omar.act("/agreements/new", &pairs).await.location;
        says(
            &mut omar,
            &path,
            &[
                "HN-2026-A-0001",
                "Solar power kits",
                "Printed learning packs",
                "Draft",
            ],
        )
        .await;
        nobody.get(&path).await.expect(404);
        nils.get(&path).await.expect(404);
        says(&mut max, &path, &["Ministry of Honduras"]).await;
        let again = omar
            .post("/agreements/new", &format!("proposals={one}"))
            .await
            .expect(422);
        assert!(
            again.says("Choose one of the answers")
                || again.says("not a choice")
                || again.status == 422
        );

        // The draft can be read as it would be released.
        let draft = omar.get(&format!("{path}/document.pdf")).await.expect(200);
        assert!(draft.bytes.starts_with(b"%PDF-") && draft.mime.starts_with("application/pdf"));
        omar.get(&format!("{path}/document.txt")).await.expect(404);

        // Review: four eyes, sent back with a reason, edited, sent again.
        sofia.get(&format!("{path}/release")).await.expect(422);
        omar.act(&format!("{path}/review"), &[]).await;
        sofia
            .post(&format!("{path}/return"), "reason=")
            .await
            .expect(422);
        sofia
            .act(
                &format!("{path}/return"),
                &[("reason", "Say more of the places.")],
            )
            .await;
        says(
            &mut omar,
            &path,
            &["Say more of the places.", "Change the terms"],
        )
        .await;
        let page = omar.get(&format!("{path}/edit")).await.expect(200);
        let version = page.text.split("name=\"version\" value=\"").nth(1).unwrap();
        let version = version.split('"').next().unwrap();
        let own = id(&path);
        let read = house
            .site
            .db
            .read_now(move |tx| agreements::agreement(tx, own, day("2026-12-01")));
        let template = read.unwrap().template.to_string();
        let clauses = [
            "courses",
            "resources",
            "curriculum",
            "data_location",
            "export",
        ];
        let principles = [
            "appropriate_use",
            "access_and_control",
            "security_and_protection",
            "lifespan_of_services",
        ];
        let mut edit = vec![
            ("kind", "donation"),
            ("agreement_title_en", "Power and paper for Honduras"),
            ("agreement_title_ar", "طاقة وورق لهندوراس"),
            ("lang_one", "en"),
            ("lang_two", "ar"),
            ("template", &template),
            ("starts_on", "2027-01-01"),
            ("ends_on", "2027-12-31"),
            ("free_until", "2028-12-31"),
            ("selection", "match_round"),
            ("justification", "Best answer to the needs of the north."),
            ("version", version),
        ];
        edit.extend(clauses.map(|code| ("sovereignty", code)));
        let missing = omar
            .post(&format!("{path}/edit"), &pairs_of(&edit))
            .await
            .expect(422);
        assert!(
            missing.says("Access and control"),
            "every missing principle is named"
        );
        edit.extend(principles.map(|code| ("data_clauses", code)));
        omar.act(&format!("{path}/edit"), &edit).await;
        let stale = omar.post(&format!("{path}/edit"), &pairs_of(&edit)).await;
        assert_eq!(stale.status, 409, "somebody else was first");
        omar.act(&format!("{path}/review"), &[]).await;
        says(&mut sofia, &format!("{path}/release"), &["Free to leave"]).await;
        omar.get(&format!("{path}/release")).await.expect(403);
        sofia.act(&format!("{path}/release"), &[]).await;

        // The words stand now, with their hash; the PDF comes from the job and stays the same.
        let hash = hash_of(&house, id(&path));
        let text = max
            .get(&format!("{path}/document.txt?version=1"))
            .await
            .expect(200);
        assert!(
            text.text.contains("Power and paper for Honduras") && text.text.contains("طاقة وورق")
        );
        assert!(!text.text.contains('{'), "every blank is filled");
        assert_eq!(sha256(&text.bytes), hash);
        let before = max
            .get(&format!("{path}/document.pdf?version=1"))
            .await
            .expect(200);
        omar.wait_for_jobs().await;
        let after = max
            .get(&format!("{path}/document.pdf?version=1"))
            .await
            .expect(200);
        assert_eq!(
            before.bytes, after.bytes,
            "the same version, the same bytes"
        );
        assert!(after.headers.get("etag").is_some(), "kept and sent as kept");
        nobody
            .get(&format!("{path}/document.pdf"))
            .await
            .expect(404);
        nobody.get(&path).await.expect(404);
        says(
            &mut nobody,
            &format!("{path}/check"),
            &["not yet signed by all parties", &hash],
        )
        .await;

        // Each party for itself, by its authorised officer, over this hash.
        let form = format!("{path}/signature");
        for who in [&mut omar, &mut sofia, &mut nils] {
            let got = who.get(&form).await;
            assert!(
                matches!(got.status.as_u16(), 403 | 404 | 422),
                "{}",
                got.status
            );
        }
        let yes = [("signing", "electronic"), ("read_and_authorised", "yes")];
        let with = |hash: &str| format!("document_hash={hash}&{}", pairs_of(&yes));
        let other = max.post(&form, &with(&"0".repeat(64))).await.expect(422);
        assert!(other.says("not the fingerprint"));
        max.post(&form, &with(&hash)).await.expect(303);
        max.get(&form).await.expect(422);
        says(&mut max, &path, &["Sample, no effect"]).await;
        says(&mut sara, "/inbox", &["HN-2026-A-0001"]).await;
        let on = [
            ("document_hash", hash.as_str()),
            ("signing", "paper"),
            ("read_and_authorised", "yes"),
            ("signed_on", "2026-11-30"),
        ];
        let early = sara
            .upload(&form, &on, "signed_paper", "signed.pdf", b"%PDF-1.4 signed")
            .await;
        assert!(early.status == 422 && early.says("before this version was released"));
        let on = [on[0], on[1], on[2], ("signed_on", "2026-12-01")];
        sara.upload(&form, &on, "signed_paper", "signed.pdf", b"%PDF-1.4 signed")
            .await
            .expect(303);

        // Signed by all: public from now on, papers for the parties only.
        says(
            &mut nobody,
            &path,
            &[
                "Signed",
                "On paper",
                "Free to leave",
                "Power and paper for Honduras",
            ],
        )
        .await;
        let party = house.site.db.read_now({
            let id = id(&path);
            move |tx| agreements::parties(tx, id)
        });
        let authority = party.unwrap()[0].organisation;
        let paper = format!("{path}/papers/{authority}?version=1");
        nobody.get(&paper).await;
        nils.get(&paper).await.expect(404);
        assert_eq!(max.get(&paper).await.expect(200).bytes, b"%PDF-1.4 signed");
        let public = nobody
            .get(&format!("{path}/document.pdf?version=1"))
            .await
            .expect(200);
        assert_eq!(public.bytes, after.bytes);
        says(&mut nobody, "/agreements?q=nord+horas", &["Agreements"]).await;
        says(
            &mut nobody,
            "/agreements?q=power+and+paper",
            &["HN-2026-A-0001"],
        )
        .await;
        says(
            &mut nobody,
            "/agreements?q=ministry+of+honduras",
            &["HN-2026-A-0001"],
        )
        .await;
        says(
            &mut nobody,
            "/agreements?country=HN&service_class=solar_kit&state=signed",
            &["HN-2026-A-0001"],
        )
        .await;
        let none = nobody
            .get("/agreements?service_class=devices")
            .await
            .expect(200);
        assert!(!none.says("HN-2026-A-0001"));
        let check = format!("{path}/check?fingerprint={hash}");
        says(
            &mut nobody,
            &check,
            &["Yes: these are the characters of version 1"],
        )
        .await;
        says(
            &mut nobody,
            &format!("{path}/check?fingerprint=ab"),
            &["No: no version"],
        )
        .await;
        let csv = nobody.get("/agreements.csv").await.expect(200);
        assert!(csv.text.contains("HN-2026-A-0001"));
        let arabic = house.stranger().in_lang("ar").get(&path).await.expect(200);
        assert!(arabic.says("موقَّع"));

        // In force on its first day, over on the day after its last.
        let (own, number) = (id(&path), 1);
        let on = |text: &'static str| {
            let read = house
                .site
                .db
                .read_now(move |tx| agreements::agreement(tx, own, day(text)));
            read.unwrap().standing
        };
        assert_eq!(on("2026-12-31"), Standing::Signed);
        assert_eq!(on("2027-01-01"), Standing::InForce);
        assert_eq!(on("2028-01-01"), Standing::Ended);
        let early = house
            .site
            .db
            .read_now(move |tx| agreements::require_in_force(tx, own, day("2026-12-02")));
        assert_eq!(early.unwrap_err().keys(), ["agreements-not-in-force"]);
        assert_eq!(number, 1);
        house
    }

    pub async fn a_signature_takes_a_code_of_the_signers_own(house: House, ids: Vec<Id>) -> House {
        let own = released(&house, &of(&house, &ids, house.known.local));
        let (path, hash) = (format!("/agreements/{own}/signature"), hash_of(&house, own));
        let mut max = house.browser("max").await;
        // Max enrols an authenticator.
        let page = max.get("/account/second-factor").await.expect(200);
        let key = key_in(&page.text);
        let first = totp(&key, house.clock.now().seconds());
        max.act("/account/second-factor", &[("code", &first)]).await;
        let said = |code: &str| {
            format!("document_hash={hash}&signing=electronic&read_and_authorised=yes&code={code}")
        };
        let wrong = max.post(&path, &said("000000")).await.expect(422);
        assert!(wrong.says("wrong") || wrong.says("not right") || wrong.status == 422);
        let used = max.post(&path, &said(&first)).await.expect(422);
        assert_eq!(used.status, 422, "a code works once");
        house.clock.advance_seconds(60);
        let next = totp(&key, house.clock.now().seconds());
        max.post(&path, &said(&next)).await.expect(303);
        let signatures = house
            .site
            .db
            .read_now(move |tx| agreements::signatures(tx, own))
            .unwrap();
        assert_eq!(signatures.len(), 1);
        assert_eq!(signatures[0].method, agreements::Method::Electronic);
        assert_eq!(signatures[0].document_hash, hash);
        // A program signs nothing electronically.
        let mut sara = house.browser("sara").await;
        let body = serde_json::json!({ "document_hash": hash, "signing": "electronic", "read_and_authorised": true });
        let program = sara
            .api_post(&format!("/agreements/{own}/signature"), &body)
            .await;
        assert!(program.status == 422 && program.text.contains("agreements-program-cannot-sign"));
        house
    }

    pub async fn an_amendment_replaces_what_is_valid_only_when_all_signed(
        house: House,
        ids: Vec<Id>,
    ) -> House {
        let own = released(&house, &of(&house, &ids, house.known.local));
        let signed = sign(&house, own, "max");
        assert_eq!((signed.standing, signed.number), (Standing::Signed, 1));
        let (omar, sofia) = (house.actor("omar"), house.actor("sofia"));
        let terms = signed.terms.clone();
        let amend = |rationale: &'static str, change: fn(&mut agreements::Terms)| {
            let (omar, mut terms) = (omar.clone(), terms.clone());
            change(&mut terms);
            house.write(move |tx, now| agreements::amend(tx, own, &terms, rationale, &omar, now))
        };
        let later = |terms: &mut agreements::Terms| terms.ends_on = day("2028-06-30");
        assert_eq!(amend("", later).unwrap_err().keys(), ["form-missing"]);
        assert_eq!(
            amend("No change", |_| {}).unwrap_err().keys(),
            ["agreements-nothing-changed"]
        );
        // One is given up, the next signed.
        assert_eq!(amend("Longer", later).unwrap(), 2);
        assert_eq!(
            amend("Again", later).unwrap_err().keys(),
            ["agreements-amendment-under-way"]
        );
        let who = omar.clone();
        house
            .write(move |tx, now| agreements::withdraw(tx, own, "Too long", &who, now))
            .unwrap();
        assert_eq!(amend("Half a year longer", later).unwrap(), 3);
        let release = |by: &base::Actor| {
            let by = by.clone();
            house.write(move |tx, now| {
                agreements::release_for_signature(tx, own, "http://127.0.0.1", None, &by, now)
            })
        };
        assert_eq!(release(&sofia).unwrap_err().keys(), ["agreements-not-now"]);
        let who = omar.clone();
        house
            .write(move |tx, now| agreements::send_for_review(tx, own, &who, now))
            .unwrap();
        release(&sofia).unwrap();
        let mut nobody = house.stranger();
        let path = format!("/agreements/{own}");
        let page = nobody.get(&path).await.expect(200);
        assert!(
            page.says("31 December 2027") && !page.says("30 June 2028"),
            "the old one is valid"
        );
        nobody
            .get(&format!("{path}/document.pdf?version=3"))
            .await
            .expect(404);
        let after = sign(&house, own, "max");
        assert_eq!((after.number, after.latest, after.amendment), (3, 3, None));
        assert_eq!(after.terms.ends_on, day("2028-06-30"));
        assert_eq!(
            after.signed_on, signed.signed_on,
            "it began when it was first signed"
        );
        says(&mut nobody, &path, &["30 June 2028", "Half a year longer"]).await;
        says(
            &mut nobody,
            &format!("{path}/check?version=1"),
            &["Version 3 has taken its place"],
        )
        .await;
        nobody
            .get(&format!("{path}/document.pdf?version=1"))
            .await
            .expect(200);
        house
    }

    pub async fn many_are_drafted_at_once_with_every_problem_named(
        house: House,
        _: Vec<Id>,
    ) -> House {
        let (mut omar, mut auditor) = (house.browser("omar").await, house.browser("auditor").await);
        let sofia = house.actor("sofia");
        let foreign = house.known.foreign;
        house
            .write(move |tx, now| members::suspend(tx, foreign, "Report overdue", &sofia, now))
            .unwrap();
        auditor.get("/agreements/batches/new").await.expect(403);
        let form = "/agreements/batches/new";
        let lacking = omar
            .post(form, "grouping=per_match&selection=only_provider")
            .await;
        assert!(lacking.status == 422 && lacking.says("why this partner was chosen"));
        says(&mut omar, form, &["agreed proposals wait"]).await;
        let clauses = [
            "courses",
            "resources",
            "curriculum",
            "data_location",
            "export",
            "exit",
        ];
        let mut pairs = vec![
            ("grouping", "per_party"),
            ("selection", "match_round"),
            ("country", "HN"),
        ];
        pairs.extend(clauses.map(|code| ("sovereignty", code)));
        let path = omar.act(form, &pairs).await.location;
        says(&mut omar, &path, &["Work in progress"]).await;
        omar.wait_for_jobs().await;
        says(
            &mut auditor,
            &path,
            &[
                "1 drafts made, 1 groups refused",
                "The member is not in standing",
            ],
        )
        .await;
        let rows = auditor.get(&format!("{path}/groups.csv")).await.expect(200);
        assert!(rows.text.contains("HN-2026-A-0001") && rows.text.contains("not in standing"));
        let none = omar.post(form, &pairs_of(&pairs)).await;
        assert_eq!(none.status, 303, "the member that was refused still waits");
        omar.wait_for_jobs().await;

        // The next round brings the same service to the same places: drafted, and marked.
        let before = house.site.db.read_now(|tx| {
            let rows = agreements::of_country(tx, "HN", None, 10, day("2026-12-01"))?;
            Ok(rows.len())
        });
        assert_eq!(before.unwrap(), 1);
        let (local, more) = (
            house.known.local,
            house::terms("solar_kit", offers::Kind::Stock, 4),
        );
        let house = tokio::task::spawn_blocking(move || {
            house.offer(local, "mary", &more);
            agreed(&house, "Honduras again");
            house
        })
        .await
        .unwrap();
        let path = omar.act(form, &pairs).await.location;
        omar.wait_for_jobs().await;
        says(
            &mut omar,
            &path,
            &["It looks like agreement HN-2026-A-0001"],
        )
        .await;
        let draft = house.site.db.read_now(|tx| {
            let all = agreements::of_country(tx, "HN", None, 10, day("2026-12-01"))?;
            Ok(all.last().unwrap().id)
        });
        let (draft, sofia) = (draft.unwrap(), house.actor("sofia"));
        let who = house.actor("omar");
        house
            .write(move |tx, now| agreements::send_for_review(tx, draft, &who, now))
            .unwrap();
        let release = |why: Option<&'static str>| {
            let sofia = sofia.clone();
            house.write(move |tx, now| {
                agreements::release_for_signature(tx, draft, "http://127.0.0.1", why, &sofia, now)
            })
        };
        assert_eq!(release(None).unwrap_err().keys(), ["agreements-looks-like"]);
        release(Some("Other schools of the same department.")).unwrap();
        house
    }

    pub async fn parties_suspend_resume_and_end(house: House, ids: Vec<Id>) -> House {
        let own = released(&house, &of(&house, &ids, house.known.local));
        let try_suspend = |who: &str| {
            let actor = house.actor(who);
            house.write(move |tx, now| {
                agreements::suspend(tx, own, "Floods", &actor, now)?;
                let about = serde_json::json!({});
                let fact = ledger::Fact {
                    now,
                    actor: Some(actor.account),
                    verb: "agreement.suspended",
                    subject: ("agreement", own),
                    about,
                };
                ledger::record(tx, &fact).map(drop)
            })
        };
        assert_eq!(
            try_suspend("sara").unwrap_err().keys(),
            ["agreements-not-now"]
        );
        sign(&house, own, "max");
        assert_eq!(
            try_suspend("nils").unwrap_err().keys(),
            ["secretariat_approver"]
        );
        assert_eq!(
            try_suspend("omar").unwrap_err().keys(),
            ["secretariat_approver"]
        );
        try_suspend("sara").unwrap();
        let standing = |house: &House| {
            let read = house
                .site
                .db
                .read_now(move |tx| agreements::agreement(tx, own, day("2027-02-01")));
            read.unwrap().standing
        };
        assert_eq!(standing(&house), Standing::Suspended);
        let act = |who: &str, verb: &'static str, reason: &'static str, paper: bool| {
            let actor = house.actor(who);
            let file = house
                .site
                .files
                .keep("end.pdf", "application/pdf", b"%PDF end")
                .unwrap();
            house.write(move |tx, now| {
                match verb {
                    "agreement.resumed" => agreements::resume(tx, own, reason, &actor, now)?,
                    _ => agreements::terminate(
                        tx,
                        own,
                        reason,
                        Some(&file).filter(|_| paper),
                        &actor,
                        now,
                    )?,
                }
                let about = serde_json::json!({});
                let fact = ledger::Fact {
                    now,
                    actor: Some(actor.account),
                    verb,
                    subject: ("agreement", own),
                    about,
                };
                ledger::record(tx, &fact).map(drop)
            })
        };
        let other = act("max", "agreement.resumed", "We wish to", false);
        assert_eq!(
            other.unwrap_err().keys(),
            ["agreements-other-side-suspended"]
        );
        act("sara", "agreement.resumed", "The water is gone", false).unwrap();
        assert_eq!(standing(&house), Standing::InForce);
        let by_secretariat = act("sofia", "agreement.terminated", "No", true);
        assert_eq!(by_secretariat.unwrap_err().keys(), ["member_officer"]);
        let bare = act("max", "agreement.terminated", "We close", false);
        assert_eq!(bare.unwrap_err().keys(), ["form-file-missing"]);
        act("max", "agreement.terminated", "We close", true).unwrap();
        assert_eq!(standing(&house), Standing::Terminated);
        let path = format!("/agreements/{own}");
        let (mut nobody, mut sara) = (house.stranger(), house.browser("sara").await);
        let page = nobody.get(&path).await.expect(200);
        assert!(
            page.says("Terminated") && !page.says("We close"),
            "reasons are for the parties"
        );
        says(&mut sara, &path, &["We close"]).await;
        assert_eq!(
            sara.get(&format!("{path}/ending-paper"))
                .await
                .expect(200)
                .bytes,
            b"%PDF end"
        );
        house
    }

    pub async fn a_template_is_written_by_one_and_published_by_another(
        house: House,
        _: Vec<Id>,
    ) -> House {
        let (mut omar, mut sofia) = (house.browser("omar").await, house.browser("sofia").await);
        let mut nobody = house.stranger();
        says(&mut nobody, "/agreements/templates", &["Support in kind"]).await;
        let form = "/agreements/templates/new";
        says(&mut omar, form, &["{member}", "Suspension and termination"]).await;
        let named = [
            ("template_name_en", "Short"),
            ("template_name_fr", "Court"),
            ("template_name_ar", "قصير"),
        ];
        let mut pairs = named.to_vec();
        pairs.extend([
            (
                "clauses_en",
                "# One\n{member} gives.\n\n# Two\n{nobody} pays.",
            ),
            ("clauses_fr", "# Un\n{member} donne."),
            ("clauses_ar", "لا عنوان هنا"),
        ]);
        let wrong = omar.post(form, &pairs_of(&pairs)).await.expect(422);
        for words in [
            "There are 1 clauses here and 2 in English",
            "Begin with a heading",
        ] {
            assert!(wrong.says(words), "{words}");
        }
        let mut pairs = named.to_vec();
        pairs.extend([
            ("clauses_en", "# One\n{member} gives, {nobody} pays."),
            ("clauses_fr", "# Un\n{member} donne."),
            ("clauses_ar", "# واحد\nيعطي {member}."),
        ]);
        assert!(
            omar.post(form, &pairs_of(&pairs))
                .await
                .says("a blank nobody fills: nobody")
        );
        pairs[3] = ("clauses_en", "# One\n{member} gives.");
        let path = omar.act(form, &pairs).await.location;
        nobody.get(&path).await.expect(404);
        omar.get(&format!("{path}/publication")).await.expect(403);
        says(
            &mut sofia,
            &format!("{path}/publication"),
            &["gives.", "donne."],
        )
        .await;
        sofia.act(&format!("{path}/publication"), &[]).await;
        says(&mut nobody, &path, &["Short, template 2"]).await;
        let changed = omar.post(&format!("{path}/edit"), &pairs_of(&pairs)).await;
        assert_eq!(changed.status, 422, "a published template does not change");
        house
    }

    pub async fn what_everybody_reads_names_nobody(house: House, ids: Vec<Id>) -> House {
        let mine = of(&house, &ids, house.known.local);
        let mut omar = house.browser("omar").await;
        let one = mine[0].to_string();
        for planted in [
            "Ask at +504 9988-7766.",
            "Write to someone@example.org.",
            "Sara Sign knows.",
        ] {
            let pairs = [
                ("proposals", one.as_str()),
                ("selection", "only_provider"),
                ("justification", planted),
            ];
            let refused = omar.post("/agreements/new", &pairs_of(&pairs)).await;
            assert_eq!(refused.status, 422, "{planted}");
        }
        // What no font can print is named before it is released.
        let pairs = [
            ("proposals", one.as_str()),
            ("selection", "only_provider"),
            ("justification", "ከሁሉም"),
        ];
        let path = omar.act("/agreements/new", &pairs).await.location;
        omar.act(&format!("{path}/review"), &[]).await;
        let mut sofia = house.browser("sofia").await;
        let refused = sofia.post(&format!("{path}/release"), "").await.expect(422);
        assert!(refused.says("cannot be printed"));
        // A released document names parties, never a person.
        let own = released(&house, &mine[1..]);
        let signed = sign(&house, own, "max");
        let text = house
            .stranger()
            .get(&format!("{}/document.txt", signed.path()))
            .await
            .expect(200)
            .text;
        for name in ["Sara", "max", "omar", "sofia", "example.org"] {
            assert!(!text.contains(name), "{name}");
        }
        let before = Evidence::Sample(hash_of(&house, own));
        assert!(matches!(before, Evidence::Sample(_)));
        house
    }
}

fn pairs_of(pairs: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    char::from(b).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    let one = |(name, value): &(&str, &str)| format!("{name}={}", escape(value));
    pairs.iter().map(one).collect::<Vec<_>>().join("&")
}

fn sha256(bytes: &[u8]) -> String {
    files::Files::passing()
        .unwrap()
        .keep("a", "b", bytes)
        .unwrap()
        .hash
}

/// The secret an authenticator is given, as the page shows it in groups of four.
fn key_in(page: &str) -> Vec<u8> {
    let group = |word: &str| {
        word.len() == 4 && word.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'))
    };
    let texts = page.split(['<', '>']);
    let shown = texts
        .map(str::trim)
        .find(|text| text.contains(' ') && text.split(' ').all(group));
    data_encoding::BASE32_NOPAD
        .decode(shown.unwrap().replace(' ', "").as_bytes())
        .unwrap()
}

fn totp(key: &[u8], seconds: i64) -> String {
    use hmac::{KeyInit, Mac};
    let mut mac = hmac::Hmac::<sha1::Sha1>::new_from_slice(key).unwrap();
    mac.update(&(seconds / 30).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 0x0f);
    let number = u32::from_be_bytes(digest[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}
