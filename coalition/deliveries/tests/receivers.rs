//! What receivers find, by hand, by link and by table, and what becomes of what is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

#[macro_use]
mod house;

use deliveries::{Checked, Standing};
use house::{House, refused, says};
use ledger::Bucket;
use people::testing::shown;

told_on_both!(
    what_is_wrong_stays_open_until_somebody_decides,
    a_school_checks_in_over_a_bad_line,
    an_authority_checks_in_by_table,
);

mod tell {
    use super::*;

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
        refused(
            &mut ana,
            &check_in,
            &[day, ("good", "0")],
            &["Say how many arrived"],
        )
        .await;
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
        let address = format!("http://localhost/need-lines/{taking}");
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
        let start = "http://localhost/receive/";
        assert_eq!(sheet.matches(start).count(), left.len());
        assert_eq!(sheet.matches("width=\"150\"").count(), left.len());
        nora.get(&format!("{path}/links")).await.expect(403);
        let address = shown(&sheet, start);
        let receive = address.trim_start_matches("http://localhost").to_owned();
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
            &["Qu’est-ce qui est arrivé\u{a0}?"],
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
            ("good", "0"),
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
        let theirs = theirs.trim_start_matches("http://localhost").to_owned();
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
}
