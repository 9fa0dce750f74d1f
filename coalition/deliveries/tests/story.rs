//! From a member's notice to what schools hold in their hands: every sentence of the room, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

mod house;

use base::Id;
use deliveries::{Checked, Standing};
use house::{House, good, migrations, refused, says};
use ledger::Bucket;
use people::testing::shown;

macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&migrations(), |db| async move {
                let house = tokio::task::spawn_blocking(move || House::open(db)).await.unwrap();
                let house = tell::$story(house).await;
                tokio::task::spawn_blocking(move || {
                    house.all_is_well();
                    house.replays();
                }).await.unwrap();
            })
            .await;
        }
    )* };
}

stories!(
    goods_go_from_notice_to_closing,
    what_is_wrong_stays_open_until_somebody_decides,
    a_school_checks_in_over_a_bad_line,
    an_authority_checks_in_by_table,
    a_service_is_given_and_an_access_opened,
    nobody_does_what_is_not_theirs,
);

mod tell {
    use super::*;

    pub async fn goods_go_from_notice_to_closing(house: House) -> House {
        let local = house.known.local;
        let deployment = house.deployed(local, "solar_kit");
        let (mut mary, mut ana) = (house.browser("mary").await, house.browser("ana").await);
        let mut nobody = house.stranger();
        says(
            &mut nobody,
            "/deliveries",
            &["No receiver has checked anything in yet"],
        )
        .await;
        says(&mut mary, "/deliveries", &["A member gives notice of one"]).await;
        let notice = format!("/deployments/{deployment}/consignments/new");
        says(
            &mut mary,
            &format!("/deployments/{deployment}"),
            &["Give notice of a consignment"],
        )
        .await;
        says(
            &mut mary,
            &notice,
            &["6 units of this deployment stand in no consignment yet"],
        )
        .await;
        refused(
            &mut mary,
            &notice,
            &[("to_place", "HN"), ("planned_on", "2020-01-01")],
            &["This day has passed"],
        )
        .await;
        let unknown = [
            ("to_place", "HN"),
            ("planned_on", "2027-02-01"),
            ("schools", "999\n010100000 many"),
        ];
        refused(
            &mut mary,
            &notice,
            &unknown,
            &["“010100000 many” cannot be read"],
        )
        .await;
        refused(
            &mut mary,
            &notice,
            &[unknown[0], unknown[1], ("schools", "999")],
            &["Nothing is left to send to “999” there"],
        )
        .await;
        let path = mary
            .act(
                &notice,
                &[unknown[0], unknown[1], ("note", "By lorry, call Maria")],
            )
            .await
            .location;
        refused(
            &mut mary,
            &notice,
            &[("to_place", "HN"), ("planned_on", "2027-02-01")],
            &[],
        )
        .await;
        let id = Id::parse(path.rsplit('/').next().unwrap()).unwrap();
        says(
            &mut mary,
            &path,
            &["Notice given", "By lorry", "HN-2027-C-0001"],
        )
        .await;
        nobody.get(&path).await.expect(404);
        says(
            &mut ana,
            "/inbox",
            &["Consignment HN-2027-C-0001 waits for an answer"],
        )
        .await;

        let hold = format!("{path}/hold");
        refused(&mut ana, &hold, &[("reason", " ")], &[]).await;
        ana.act(&hold, &[("reason", "The road is closed.")]).await;
        says(&mut mary, &path, &["On hold", "The road is closed."]).await;
        ana.act(&format!("{path}/acceptance"), &[]).await;
        let dispatch = format!("{path}/dispatch");
        refused(
            &mut mary,
            &dispatch,
            &[("dispatched_on", "2027-03-01")],
            &["This day has not come yet"],
        )
        .await;
        let wrong = mary
            .upload(
                &dispatch,
                &[("dispatched_on", "2027-01-20")],
                "paper",
                "list.html",
                b"<p>",
            )
            .await;
        assert!(wrong.status == 422 && wrong.says("Send a picture or a PDF"));
        mary.upload(
            &dispatch,
            &[("dispatched_on", "2027-01-20")],
            "paper",
            "list.pdf",
            b"%PDF-1.4",
        )
        .await
        .expect(303);
        says(&mut ana, &path, &["On its way", "list.pdf"]).await;
        assert_eq!(ana.get(&format!("{path}/paper")).await.bytes, b"%PDF-1.4");
        assert_eq!(house.units("solar_kit").get("in_transit"), Some(&6));
        refused(
            &mut mary,
            &dispatch,
            &[("dispatched_on", "2027-01-20")],
            &["in this state: On its way"],
        )
        .await;
        refused(
            &mut mary,
            &format!("{path}/withdrawal"),
            &[("reason", "No")],
            &["in this state"],
        )
        .await;

        refused(
            &mut mary,
            &format!("{path}/arrival"),
            &[("arrived_on", "2027-01-20"), ("places", "XX")],
            &["“XX” is no school"],
        )
        .await;
        mary.act(&format!("{path}/arrival"), &[("arrived_on", "2027-01-20")])
            .await;
        says(&mut mary, &path, &["Arrived, the member says"]).await;
        assert_eq!(house.units("solar_kit").get("delivered"), Some(&6));
        refused(
            &mut mary,
            &format!("{path}/arrival"),
            &[("arrived_on", "2027-01-20")],
            &["Nothing is left"],
        )
        .await;
        nobody.get(&path).await.expect(404);

        let check_in = format!("{path}/check-in");
        refused(
            &mut ana,
            &format!("{path}/closure"),
            &[],
            &["6 units are outstanding"],
        )
        .await;
        ana.upload(
            &check_in,
            &[("received_on", "2027-01-20")],
            "proof",
            "boxes.jpg",
            b"\xff\xd8\xff",
        )
        .await
        .expect(303);
        assert_eq!(house.consignment(id).standing(), Standing::Received);
        assert_eq!(house.units("solar_kit").get("confirmed"), Some(&6));
        refused(
            &mut ana,
            &check_in,
            &[("received_on", "2027-01-20")],
            &["checked in already"],
        )
        .await;
        ana.act(&format!("{path}/closure"), &[]).await;
        says(&mut mary, &path, &["Everything was received or decided"]).await;

        let page = says(&mut nobody, &path, &["HN-2027-C-0001", "Closed"]).await;
        assert!(!page.contains("lorry") && !page.contains("Escuela"));
        says(&mut nobody, "/deliveries", &["HN-2027-C-0001"]).await;
        let lines = nobody.get(&format!("{path}/lines")).await;
        assert_eq!(
            (
                lines.status.as_u16(),
                lines.location.starts_with("/sign-in")
            ),
            (303, true)
        );
        let csv = says(&mut mary, &format!("{path}/lines.csv"), &["Escuela"]).await;
        assert_eq!(csv.lines().count(), 8, "{csv}");
        let api = nobody.api(&format!("/consignments/{id}")).await.json();
        assert_eq!(api["confirmed_units"], 6);
        assert_eq!(api["state"], "closed");
        says(
            &mut nobody,
            &format!("/deployments/{deployment}"),
            &["Deliveries", "HN-2027-C-0001"],
        )
        .await;

        let tally = house.read(move |tx| deliveries::tally(tx, deployment));
        assert_eq!((tally.dispatched, tally.arrived, tally.good), (6, 6, 6));
        let by_place = house.read(move |tx| deliveries::tallies_by_place(tx, deployment));
        assert_eq!(by_place.iter().map(|(_, t)| t.good).sum::<i64>(), 6);
        let received = house.read(move |tx| {
            let mut all = Vec::new();
            deliveries::each_received(tx, &deliveries::Scope::Everything, &mut |one| {
                all.push(one);
                Ok(())
            })?;
            Ok(all)
        });
        assert_eq!(received.iter().map(|one| one.good).sum::<i64>(), 6);
        assert!(
            received
                .iter()
                .all(|one| !one.unit.is_empty() && one.school.is_some())
        );
        house
    }

    pub async fn what_is_wrong_stays_open_until_somebody_decides(house: House) -> House {
        let foreign = house.known.foreign;
        let deployment = house.deployed(foreign, "devices");
        let (mut ana, mut nora) = (house.browser("ana").await, house.browser("nora").await);
        let left = house.left(deployment);
        let (need_line, sent) = *left.iter().max_by_key(|(_, units)| *units).unwrap();
        assert!(sent >= 10, "{left:?}");
        let id = house.accepted(deployment, "nora", &[(need_line, sent)]);
        let line = house.read(move |tx| deliveries::lines(tx, id))[0].id;
        let path = format!("/consignment-lines/{line}");
        let before = house.balance(need_line);

        // The check-in comes before the member has recorded anything.
        let check_in = format!("{path}/check-in");
        let day = ("received_on", "2027-01-20");
        refused(&mut ana, &check_in, &[day], &["Say how many arrived"]).await;
        let much = (sent + 1).to_string();
        refused(
            &mut ana,
            &check_in,
            &[day, ("good", &much)],
            &["are outstanding"],
        )
        .await;
        let fine = (sent - 7).to_string();
        let found = [
            day,
            ("good", fine.as_str()),
            ("damaged", "3"),
            ("short", "4"),
            ("surplus", "2"),
            ("note", "Two boxes wet"),
        ];
        ana.act(&check_in, &found).await;
        let now = house.balance(need_line);
        assert_eq!(now[&Bucket::Confirmed], sent - 7);
        assert_eq!(
            now.get(&Bucket::Committed).copied().unwrap_or(0),
            before[&Bucket::Committed] - sent + 7
        );
        assert_eq!(house.consignment(id).standing(), Standing::DiscrepancyOpen);
        house.sent(id, "nora").unwrap();
        assert_eq!(house.balance(need_line)[&Bucket::InTransit], 7);
        says(
            &mut nora,
            &path,
            &[
                "Two boxes wet",
                "3 damaged",
                "4 missing",
                "2 too many",
                "By the authority",
            ],
        )
        .await;

        let open = says(
            &mut nora,
            "/deliveries/open",
            &["3 damaged", "4 missing", "2 too many"],
        )
        .await;
        assert_eq!(open.matches("/discrepancies/").count(), 3);
        says(&mut ana, "/inbox", &["3 discrepancies are open"]).await;
        let disputes = house.read(move |tx| deliveries::discrepancies(tx, line));
        let by = |wrong| disputes.iter().find(|d| d.wrong == wrong).unwrap().path();
        let (damaged, short, surplus) = (
            by(deliveries::Wrong::Damaged),
            by(deliveries::Wrong::Short),
            by(deliveries::Wrong::Surplus),
        );
        let decide = |path: &str| format!("{path}/resolution");
        let why = ("reason", "Seen by the district office");
        refused(
            &mut ana,
            &decide(&short),
            &[("resolution", "found"), ("units", "5"), why],
            &["Only 4 units are open"],
        )
        .await;
        refused(
            &mut ana,
            &decide(&short),
            &[("resolution", "kept"), ("units", "1"), why],
            &[],
        )
        .await;
        refused(
            &mut ana,
            &decide(&short),
            &[("resolution", "found"), ("units", "1")],
            &[],
        )
        .await;
        nora.post(&decide(&short), "resolution=found&units=1&reason=x")
            .await
            .expect(403);
        ana.act(
            &decide(&short),
            &[("resolution", "found"), ("units", "2"), why],
        )
        .await;
        ana.act(
            &decide(&short),
            &[("resolution", "lost"), ("units", "2"), why],
        )
        .await;
        ana.act(
            &decide(&damaged),
            &[("resolution", "replaced"), ("units", "1"), why],
        )
        .await;
        ana.act(
            &decide(&damaged),
            &[("resolution", "returned"), ("units", "2"), why],
        )
        .await;
        let now = house.balance(need_line);
        assert_eq!(
            (
                now[&Bucket::Confirmed],
                now[&Bucket::Lost],
                now[&Bucket::Returned]
            ),
            (sent - 4, 2, 2)
        );
        says(
            &mut nora,
            &short,
            &["Found, in use", "Lost", "Seen by the district office"],
        )
        .await;

        // Only a person's decision makes lost or returned units needed again.
        refused(
            &mut ana,
            &format!("{short}/need"),
            &[("units", "3"), why],
            &["Only 2 units are lost or gone back"],
        )
        .await;
        ana.act(&format!("{short}/need"), &[("units", "2"), why])
            .await;
        ana.act(&format!("{damaged}/need"), &[("units", "1"), why])
            .await;
        let now = house.balance(need_line);
        let was = before.get(&Bucket::Uncovered).copied().unwrap_or(0);
        assert_eq!(now[&Bucket::Uncovered], was + 3);
        refused(
            &mut ana,
            &format!("{surplus}/need"),
            &[("units", "1"), why],
            &["never was part of the need"],
        )
        .await;

        // Surplus is given to another open line, or kept.
        let other = house
            .units("devices")
            .get("uncovered")
            .copied()
            .unwrap_or(0);
        let taking = house.read(move |tx| {
            let lines = needs::open_lines(
                tx,
                &needs::Scope::Country("HN".to_owned()),
                house::day("2027-01-20"),
            )?;
            let fits = lines
                .into_iter()
                .find(|l| l.service_class == "devices" && l.uncovered > 0 && l.id != need_line);
            Ok(fits.map(|line| line.id))
        });
        refused(
            &mut ana,
            &decide(&surplus),
            &[("resolution", "given"), ("units", "1"), why],
            &[],
        )
        .await;
        refused(
            &mut ana,
            &decide(&surplus),
            &[
                ("resolution", "given"),
                ("units", "1"),
                ("to_line", "x"),
                why,
            ],
            &["There is no such need line"],
        )
        .await;
        let taking = taking.unwrap();
        let address = format!("http://127.0.0.1/need-lines/{taking}");
        ana.act(
            &decide(&surplus),
            &[
                ("resolution", "given"),
                ("units", "1"),
                ("to_line", &address),
                why,
            ],
        )
        .await;
        assert_eq!(house.units("devices")["uncovered"], other - 1);
        ana.act(
            &decide(&surplus),
            &[("resolution", "kept"), ("units", "1"), why],
        )
        .await;
        let known = house.consignment(id);
        assert_eq!(
            (known.standing(), known.counts.confirmed),
            (Standing::Received, sent - 4)
        );

        // Counted again: a unit that was confirmed is damaged after all.
        refused(
            &mut ana,
            &format!("{path}/recount"),
            &[("damaged", &much), ("reason", "x")],
            &["units are confirmed and not in dispute"],
        )
        .await;
        ana.act(
            &format!("{path}/recount"),
            &[("damaged", "1"), ("reason", "The screen went dark")],
        )
        .await;
        let late = house.read(move |tx| deliveries::discrepancies(tx, line));
        let late = late.iter().find(|d| d.late).unwrap();
        says(
            &mut nora,
            &late.path(),
            &["1 damaged, found later", "The screen went dark"],
        )
        .await;
        refused(
            &mut ana,
            &format!("/consignments/{id}/closure"),
            &[],
            &["One discrepancy is open"],
        )
        .await;
        ana.act(
            &decide(&late.path()),
            &[("resolution", "lost"), ("units", "1"), why],
        )
        .await;
        assert_eq!(house.balance(need_line)[&Bucket::Confirmed], sent - 5);
        assert_eq!(
            house.read(move |tx| deliveries::tally(tx, deployment)).good,
            sent - 5
        );
        ana.act(&format!("/consignments/{id}/closure"), &[]).await;
        house
    }

    pub async fn a_school_checks_in_over_a_bad_line(house: House) -> House {
        let foreign = house.known.foreign;
        let deployment = house.deployed(foreign, "devices");
        let (mut ana, mut nora) = (house.browser("ana").await, house.browser("nora").await);
        let left = house.left(deployment);
        let id = house.accepted(deployment, "nora", &left);
        house.sent(id, "nora").unwrap();
        let path = format!("/consignments/{id}");
        says(
            &mut ana,
            &format!("{path}/links"),
            &["No link opens at present"],
        )
        .await;
        refused(
            &mut ana,
            &format!("{path}/links/new"),
            &[("expires_on", "2030-01-01")],
            &["365 days ahead"],
        )
        .await;
        ana.act(
            &format!("{path}/links/new"),
            &[("expires_on", "2027-04-01")],
        )
        .await;
        refused(
            &mut ana,
            &format!("{path}/links/new"),
            &[("expires_on", "2027-04-01")],
            &["Every receiver is checked in or has a link"],
        )
        .await;
        let sheet = ana.get(&format!("{path}/links")).await.expect(200).text;
        let start = "http://127.0.0.1/receive/";
        assert_eq!(sheet.matches(start).count(), left.len());
        assert_eq!(sheet.matches("width=\"150\"").count(), left.len());
        nora.get(&format!("{path}/links")).await.expect(403);
        let address = shown(&sheet, start);
        let receive = address.trim_start_matches("http://127.0.0.1").to_owned();
        let lines = house.read(move |tx| deliveries::lines(tx, id));
        let line = lines.first().unwrap().clone();
        let (sent, need_line) = (line.units, line.line);
        let member_sees = nora
            .get(&format!("/consignment-lines/{}", line.id))
            .await
            .expect(200);
        assert!(!member_sees.text.contains("/receive/"));

        // The page: everything prefilled as good, in three languages, small.
        let mut school = house.stranger();
        let page = says(
            &mut school,
            &receive,
            &[&line.label, "What arrived?", "Open Lessons"],
        )
        .await;
        assert!(page.contains(&format!("value=\"{sent}\"")), "{page}");
        assert!(!page.contains("<script"));
        assert!(page.len() < 9_000, "{} bytes", page.len());
        says(
            &mut house.stranger().in_lang("ar"),
            &receive,
            &["ماذا وصل؟"],
        )
        .await;
        says(
            &mut house.stranger().in_lang("fr"),
            &receive,
            &["Qu’est-ce qui est arrivé ?"],
        )
        .await;

        // Nearly all today; the same answer sent again counts once.
        let some = (sent - 1).to_string();
        let wrong = school
            .upload(&receive, &[("good", &some)], "photo", "a.exe", b"MZ")
            .await;
        assert!(wrong.status == 422 && wrong.says("Send a picture or a PDF"));
        let photo = school
            .upload(&receive, &[("good", &some)], "photo", "IMG_1.HEIC", b"heic")
            .await;
        assert_eq!(photo.expect(303).location, format!("{receive}/thanks"));
        says(
            &mut school,
            &format!("{receive}/thanks"),
            &["Thank you", "Your photo was kept", "1 is outstanding"],
        )
        .await;
        let again = school
            .post(&receive, &format!("good={some}"))
            .await
            .expect(303);
        assert_eq!(again.location, format!("{receive}/thanks"));
        let much = (sent + 4).to_string();
        refused(
            &mut school,
            &receive,
            &[("good", &much)],
            &["are outstanding"],
        )
        .await;
        // The last one is missing, and there are two too many; said again on a fresh page, it counts once.
        let rest = [
            ("short", "1"),
            ("surplus", "2"),
            ("note", "Maria signed, +504 9999 1111"),
        ];
        school.act(&receive, &rest).await;
        school.act(&receive, &rest).await;
        says(&mut school, &receive, &["Nothing is outstanding"]).await;
        assert_eq!(house.balance(need_line)[&Bucket::Confirmed], sent - 1);
        let told = house.read(move |tx| deliveries::receipts(tx, line.id));
        assert_eq!(told.len(), 2);
        assert!(
            told.iter()
                .all(|one| one.by.is_none() && one.link.is_some())
        );
        let shown_on = told.iter().find(|one| one.proof.is_some()).unwrap();
        let proof = format!("/receipts/{}/proof", shown_on.id);
        assert_eq!(nora.get(&proof).await.expect(200).bytes, b"heic");
        school.get(&proof).await.expect(303);
        house.browser("mary").await.get(&proof).await.expect(404);
        // Nothing a receiver wrote is public.
        let mut nobody = house.stranger();
        for public in [path.as_str(), "/deliveries", "/deliveries.csv"] {
            let page = nobody.get(public).await.expect(200).text;
            assert!(
                !page.contains("Maria signed") && !page.contains("+504"),
                "{public}"
            );
        }

        // A link ends by decision, by its day, and with its consignment; a wrong one never opened.
        nobody.get("/receive/aaaaaaaaaaaaaaaa").await.expect(404);
        let other = &lines[1];
        let links = ana
            .get(&format!("/consignment-lines/{}", other.id))
            .await
            .expect(200)
            .text;
        let revoke = shown(&links, "/receipt-links/");
        let theirs = shown(&links, start);
        let theirs = theirs.trim_start_matches("http://127.0.0.1").to_owned();
        school.get(&theirs).await.expect(200);
        ana.act(&revoke, &[]).await;
        assert!(
            school
                .get(&theirs)
                .await
                .expect(422)
                .says("This link no longer opens")
        );
        ana.act(
            &format!("/consignment-lines/{}/links/new", other.id),
            &[("expires_on", "2027-01-25")],
        )
        .await;
        house.clock.advance_seconds(10 * 86_400);
        let links = house
            .browser("ana")
            .await
            .get(&format!("/consignment-lines/{}", other.id))
            .await
            .text;
        assert!(links.contains("Its time ended on"), "{links}");
        house
    }

    pub async fn an_authority_checks_in_by_table(house: House) -> House {
        let foreign = house.known.foreign;
        let deployment = house.deployed(foreign, "devices");
        let (mut ana, mut nora) = (house.browser("ana").await, house.browser("nora").await);
        let left = house.left(deployment);
        let id = house.accepted(deployment, "nora", &left);
        house.sent(id, "nora").unwrap();
        let path = format!("/consignments/{id}");
        let blank = ana
            .get(&format!("{path}/tables/blank"))
            .await
            .expect(200)
            .bytes;
        let blank = sheets::Sheet::read("a.xlsx", &blank, &sheets::Limits::default()).unwrap();
        assert_eq!(blank.len(), left.len());
        let lines = house.read(move |tx| deliveries::lines(tx, id));
        let code = |at: usize| lines[at].school.clone().unwrap();
        let table = format!("{path}/tables/new");
        let day = [("received_on", "2027-01-20")];
        let bad = format!(
            "school_code,good,damaged,short,surplus\n{},1,0,0,0\n{},999,0,0,0\n777,1,,,\n{},x,,,\n{},,,,\n",
            code(0),
            code(1),
            code(2),
            code(3)
        );
        nora.upload(&table, &day, "file", "found.csv", bad.as_bytes())
            .await
            .expect(403);
        let tried = ana
            .upload(&table, &day, "file", "found.csv", bad.as_bytes())
            .await
            .expect(303)
            .location;
        says(
            &mut ana,
            &tried,
            &[
                "3 things are wrong",
                "are outstanding",
                "“777” is not among the receivers",
                "5 rows read: 1 to check in",
                "1 without a number",
            ],
        )
        .await;
        refused(
            &mut ana,
            &format!("{tried}/acceptance"),
            &[],
            &["3 things are wrong"],
        )
        .await;
        assert_eq!(house.consignment(id).counts.checked, Checked::default());
        let rows: String = lines
            .iter()
            .map(|line| {
                format!(
                    "{},{},0,1,0\n",
                    line.school.as_deref().unwrap(),
                    line.units - 1
                )
            })
            .collect();
        let table_text = format!("Escuela,bueno,dañado,faltante,sobrante\n{rows}");
        let tried = ana
            .upload(&table, &day, "file", "found.csv", table_text.as_bytes())
            .await
            .expect(303)
            .location;
        says(&mut ana, &tried, &["Nothing is wrong with it"]).await;
        ana.act(&format!("{tried}/acceptance"), &[]).await;
        refused(&mut ana, &format!("{tried}/acceptance"), &[], &[]).await;
        let known = house.consignment(id);
        let all: i64 = left.iter().map(|(_, units)| units).sum();
        let receivers = i64::try_from(lines.len()).unwrap();
        assert_eq!(
            (known.counts.confirmed, known.counts.disputed),
            (all - receivers, receivers)
        );
        assert_eq!(known.counts.open_discrepancies, receivers);
        house
    }

    pub async fn a_service_is_given_and_an_access_opened(mut house: House) -> House {
        house = tokio::task::spawn_blocking(move || {
            house.also(&[("teacher_training", offers::Kind::Rate, 10)]);
            house
        })
        .await
        .unwrap();
        let local = house.known.local;
        let (mut mary, mut ana) = (house.browser("mary").await, house.browser("ana").await);

        let training = house.deployed(local, "teacher_training");
        let left = house.left(training);
        let (first, rest) = left.split_first().unwrap();
        let id = house.accepted(training, "mary", rest);
        let path = format!("/consignments/{id}");
        says(
            &mut mary,
            &path,
            &["Record that it has begun", "Service, given over time"],
        )
        .await;
        house.sent(id, "mary").unwrap();
        says(&mut mary, &path, &["Being given", "Record what was given"]).await;
        mary.act(&format!("{path}/arrival"), &[("arrived_on", "2027-01-20")])
            .await;
        says(&mut mary, &path, &["Given, the member says"]).await;
        assert_eq!(mary.api(&path).await.json()["state"], "given");
        ana.act(
            &format!("{path}/check-in"),
            &[("received_on", "2027-01-20")],
        )
        .await;

        // No school of the story has the connection an access needs: a consignment is made one by hand.
        let id = house.accepted(training, "mary", &[*first]);
        let opened = move |tx: &mut db::Tx, _| {
            let sql = "UPDATE consignment SET kind = 'access' WHERE id = $1";
            tx.exec(sql, &db::args![id])
        };
        house.write(opened).unwrap();
        let path = format!("/consignments/{id}");
        says(&mut mary, &path, &["Record that it was opened"]).await;
        house.sent(id, "mary").unwrap();
        says(&mut mary, &path, &["Opened"]).await;
        refused(
            &mut mary,
            &format!("{path}/arrival"),
            &[("arrived_on", "2027-01-20")],
            &["nothing travels"],
        )
        .await;
        let (line, units) = *first;
        assert_eq!(house.balance(line).get(&Bucket::Delivered), Some(&units));
        ana.act(
            &format!("{path}/check-in"),
            &[("received_on", "2027-01-20")],
        )
        .await;
        assert_eq!(house.balance(line).get(&Bucket::Confirmed), Some(&units));
        house
    }

    pub async fn nobody_does_what_is_not_theirs(house: House) -> House {
        let local = house.known.local;
        let deployment = house.deployed(local, "solar_kit");
        let left = house.left(deployment);
        let (mut nora, mut omar) = (house.browser("nora").await, house.browser("omar").await);
        let mut ana = house.browser("ana").await;
        let id = house.accepted(deployment, "mary", &left[..1]);
        let path = format!("/consignments/{id}");
        for hidden in [
            path.clone(),
            format!("{path}/lines"),
            format!("{path}/paper"),
        ] {
            nora.get(&hidden).await.expect(404);
        }
        omar.get(&path).await.expect(200);
        omar.get(&format!("{path}/dispatch")).await.expect(403);
        nora.get(&format!("{path}/dispatch")).await.expect(404);
        assert!(house.sent(id, "nora").is_err() && house.sent(id, "ana").is_err());
        let refusing = nora
            .post(
                &format!("/deployments/{deployment}/consignments/new"),
                "to_place=HN&planned_on=2027-02-01",
            )
            .await;
        assert_eq!(refusing.status, 403);
        // Who checks in has not sent, and who sent does not check in.
        let line = house.read(move |tx| deliveries::lines(tx, id))[0].id;
        house.checked_in(line, good(1)).unwrap();
        let both = house.known.accounts["ana"];
        let make_member = move |tx: &mut db::Tx, now: base::Moment| {
            people::testing::appoint(
                tx,
                both,
                &[base::Role::MemberFocalPoint],
                (Some(local), None),
                now,
            )
        };
        house.write(make_member).unwrap();
        let refusal = house.sent(id, "ana").unwrap_err();
        assert_eq!(refusal.keys(), ["four-eyes"]);
        house.sent(id, "mary").unwrap();
        // What was turned down or withdrawn goes back to what may be sent.
        let rest: Vec<(Id, i64)> = house.left(deployment);
        assert_eq!(rest.len(), left.len() - 1);
        let second = house.accepted(deployment, "mary", &rest);
        assert!(house.left(deployment).is_empty());
        let refusing = format!("/consignments/{second}/rejection");
        refused(&mut ana, &refusing, &[], &[]).await;
        ana.act(&refusing, &[("reason", "Schools are closed")])
            .await;
        assert_eq!(house.left(deployment), rest);
        let third = house.accepted(deployment, "mary", &rest);
        let mut mary = house.browser("mary").await;
        mary.act(
            &format!("/consignments/{third}/withdrawal"),
            &[("reason", "The lorry broke down")],
        )
        .await;
        says(
            &mut ana,
            &format!("/consignments/{third}"),
            &["Withdrawn", "The lorry broke down"],
        )
        .await;
        assert_eq!(house.left(deployment), rest);
        // A decision needs its discrepancy; a paused deployment sends nothing, but what arrives is checked in.
        let none = Id::named("discrepancy", "none");
        ana.get(&format!("/discrepancies/{none}/resolution"))
            .await
            .expect(404);
        let paused = house.accepted(deployment, "mary", &rest[..1]);
        let mary = house.actor("mary");
        let pause = move |tx: &mut db::Tx, now| {
            deployments::pause(tx, deployment, "The road is closed", &mary, now)
        };
        house.write(pause).unwrap();
        let refusal = house.sent(paused, "mary").unwrap_err();
        assert_eq!(refusal.keys(), ["deployments-not-active"]);
        let line = house.read(move |tx| deliveries::lines(tx, paused))[0].id;
        house.checked_in(line, good(rest[0].1)).unwrap();
        house
    }
}
