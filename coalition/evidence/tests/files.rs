//! Partners' spreadsheets as they really are: whatever is hidden, out of its time or received before
//! is asked, and nothing slips in.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

mod house;

use base::Id;
use evidence::Claim;
use house::{House, day, id, migrations};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value;
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
    a_plain_file_is_imported_without_questions,
    nothing_hidden_slips_in,
    a_row_received_in_twelve_other_files_is_held,
    what_cannot_be_read_is_asked_and_said,
    answers_change_until_the_import_and_no_is_for_the_rest,
    names_and_numbers_of_the_file_stay_with_the_parties,
);

const HEAD: [&str; 6] = [
    "Department",
    "From",
    "To",
    "Learners girls",
    "Learners boys",
    "Source",
];

fn head(sheet: &mut Worksheet, names: &[&str]) {
    for (name, column) in names.iter().zip(0_u16..) {
        sheet.write(0, column, *name).unwrap();
    }
}

/// A row of the usual columns.
fn row(sheet: &mut Worksheet, at: u32, place: &str, days: (&str, &str), (girls, boys): (u32, u32)) {
    sheet.write(at, 0, place).unwrap();
    sheet.write(at, 1, days.0).unwrap();
    sheet.write(at, 2, days.1).unwrap();
    sheet.write(at, 3, girls).unwrap();
    sheet.write(at, 4, boys).unwrap();
    sheet.write(at, 5, "Attendance lists").unwrap();
}

const Q3: (&str, &str) = ("2026-07-01", "2026-09-30");

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

/// One sheet of the usual columns.
fn one(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    book(|book| {
        let sheet = book.add_worksheet().set_name("Data").unwrap();
        head(sheet, &HEAD);
        fill(sheet);
    })
}

async fn drafted(
    house: &House,
    who: &str,
    deployment: Id,
    from: &'static str,
) -> (Browser, String) {
    let mut browser = house.browser(who).await;
    let path = format!("/deployments/{deployment}/reports/new");
    let report = browser.act(&path, &[("period", from)]).await.location;
    (browser, report)
}

async fn upload(browser: &mut Browser, report: &str, bytes: &[u8]) -> String {
    browser
        .upload(
            &format!("{report}/files/new"),
            &[],
            "sheet",
            "partner.xlsx",
            bytes,
        )
        .await
        .expect(303)
        .location
}

async fn questions(browser: &mut Browser, file: &str) -> Vec<Value> {
    let page = browser
        .api(&format!("{file}/questions?limit=1000"))
        .await
        .expect(200)
        .json();
    page["items"].as_array().unwrap().clone()
}

fn why(question: &Value) -> &str {
    question["asked_why"].as_str().unwrap()
}

/// The figures of a report: value, place, group.
fn figures(house: &House, report: &str) -> Vec<(i64, String, String)> {
    let report = id(report);
    let all: Vec<Claim> = house.read(move |tx| {
        let mut all = Vec::new();
        let deployment = evidence::report(tx, report)?.deployment;
        all.extend(
            evidence::figures_of(tx, deployment)?
                .into_iter()
                .filter(|c| c.report == Some(report)),
        );
        Ok(all)
    });
    let mut said: Vec<_> = all
        .into_iter()
        .map(|c| (c.low.or(c.high).unwrap(), c.place, c.group))
        .collect();
    said.sort_unstable();
    said
}

/// Hands the report in, so that its figures can be seen.
async fn handed_in(
    house: &House,
    browser: &mut Browser,
    report: &str,
) -> Vec<(i64, String, String)> {
    browser.act(&format!("{report}/submission"), &[]).await;
    figures(house, report)
}

fn girls(n: i64, place: &str) -> (i64, String, String) {
    (n, place.to_owned(), "girls".to_owned())
}

fn boys(n: i64, place: &str) -> (i64, String, String) {
    (n, place.to_owned(), "boys".to_owned())
}

mod tell {
    use super::*;

    pub async fn a_plain_file_is_imported_without_questions(house: &House) {
        let (mut mary, report) = drafted(house, "mary", house.known.deployment, "2026-07-01").await;
        // A title above, heads merged over two rows, and a second sheet with another shape.
        let bytes = book(|book| {
            let sheet = book.add_worksheet().set_name("Aprendices").unwrap();
            sheet.write(0, 0, "Informe trimestral").unwrap();
            sheet.write(2, 0, "Departamento").unwrap();
            sheet.write(2, 1, "Municipio").unwrap();
            sheet.write(2, 2, "Periodo").unwrap();
            sheet
                .merge_range(2, 3, 2, 4, "Estudiantes", &Format::new())
                .unwrap();
            sheet.write(3, 3, "niñas").unwrap();
            sheet.write(3, 4, "niños").unwrap();
            sheet.write(4, 0, "Olancho").unwrap();
            sheet.write(4, 1, "Juticalpa").unwrap();
            sheet.write(4, 2, "Q3 2026").unwrap();
            sheet.write(4, 3, 41).unwrap();
            sheet.write(4, 4, "over 30").unwrap();
            let sheet = book.add_worksheet().set_name("Teachers").unwrap();
            head(sheet, &["Indicator", "Place", "Month", "Value", "Method"]);
            for (column, text) in ["Teachers trained", "HN15", "August 2026"]
                .iter()
                .enumerate()
            {
                sheet
                    .write(1, u16::try_from(column).unwrap(), *text)
                    .unwrap();
            }
            sheet.write(1, 3, 12).unwrap();
            sheet.write(1, 4, "Attendance lists").unwrap();
            let cover = book.add_worksheet().set_name("Notes").unwrap();
            cover.write(0, 0, "Prepared in October").unwrap();
        });
        let file = upload(&mut mary, &report, &bytes).await;
        assert_eq!(questions(&mut mary, &file).await, Vec::<Value>::new());
        let page = mary.get(&file).await.expect(200);
        assert!(
            page.says("The figures can be imported"),
            "{}",
            web::testing::plain(&page.text)
        );
        // Nothing is imported before a person says so.
        assert_eq!(
            mary.post(&format!("{report}/submission"), "").await.status,
            422
        );
        mary.act(&format!("{file}/import"), &[]).await;
        let found = handed_in(house, &mut mary, &report).await;
        let municipality = found.iter().find(|(n, ..)| *n == 41).unwrap().1.clone();
        assert!(
            municipality.starts_with("HN15") && municipality.len() == 6,
            "{municipality}"
        );
        assert_eq!(
            found,
            [
                (12, "HN15".into(), "all".into()),
                boys(30, &municipality),
                girls(41, &municipality)
            ]
        );
        let claims = house.read(|tx| {
            let mut all = Vec::new();
            evidence::each_claim(tx, &evidence::ClaimScope::Everything, None, &mut |claim| {
                all.push(claim);
                Ok(())
            })?;
            Ok(all)
        });
        let of = |n: i64| claims.iter().find(|c| c.low == Some(n)).unwrap();
        assert_eq!(
            (of(30).comparator, of(30).high),
            (evidence::Comparator::AtLeast, None)
        );
        assert_eq!(
            (of(12).from, of(12).to, of(12).method.as_str()),
            (day("2026-08-01"), day("2026-08-31"), "attendance")
        );
        assert_eq!(of(41).file.map(|(_, row)| row), Some(5));
        for lang in ["en", "fr", "ar"] {
            let mut mary = house.browser("mary").await.in_lang(lang);
            for page in ["", "/questions", "/original"] {
                mary.get(&format!("{file}{page}")).await.expect(200);
            }
        }
    }

    pub async fn nothing_hidden_slips_in(house: &House) {
        let (mut mary, report) = drafted(house, "mary", house.known.deployment, "2026-07-01").await;
        let bytes = book(|book| {
            let sheet = book.add_worksheet().set_name("Data").unwrap();
            head(
                sheet,
                &[
                    "Department",
                    "From",
                    "To",
                    "Learners girls",
                    "Learners boys",
                    "Source",
                    "Teachers trained",
                ],
            );
            row(sheet, 1, "Olancho", Q3, (10, 11));
            row(sheet, 2, "Yoro", Q3, (20, 21));
            row(sheet, 3, "Colón", ("2022-01-01", "2022-12-31"), (30, 31));
            row(sheet, 4, "Cortés", ("2026-06-15", "2026-07-15"), (40, 41));
            row(sheet, 5, "Olancho", Q3, (10, 11));
            row(sheet, 6, "Total", Q3, (110, 115));
            for (at, teachers) in [(1, 1), (2, 2), (3, 3), (4, 4), (5, 1)] {
                sheet.write(at, 6, teachers).unwrap();
            }
            sheet.set_row_hidden(2).unwrap().set_row_hidden(3).unwrap();
            sheet.set_column_hidden(6).unwrap();
            let secret = book.add_worksheet().set_name("Old").unwrap();
            head(secret, &HEAD);
            row(secret, 1, "Gracias a Dios", Q3, (90, 91));
            secret.set_hidden(true);
        });
        let file = upload(&mut mary, &report, &bytes).await;
        let asked = questions(&mut mary, &file).await;
        let said: Vec<String> = asked
            .iter()
            .map(|q| format!("{}: {}", q["asked_of"].as_str().unwrap(), why(q)))
            .collect();
        let has = |start: &str, words: &[&str]| {
            let found = said
                .iter()
                .find(|one| one.starts_with(start))
                .unwrap_or_else(|| panic!("{start} in {said:#?}"));
            for word in words {
                assert!(found.contains(word), "{word}: {found}");
            }
        };
        has(
            "Sheet «Data», column G",
            &["«Teachers trained» is hidden", "5 figures"],
        );
        has("Sheet «Old»", &["the whole sheet is hidden"]);
        has("Sheet «Data», row 3", &["hidden"]);
        has("Sheet «Data», row 4", &["hidden", "dated 2022"]);
        has("Sheet «Data», row 5", &["outside the report’s period"]);
        has("Sheet «Data», row 6", &["the same as row 2"]);
        has("Sheet «Data», row 7", &["line of totals"]);
        assert_eq!(said.len(), 7, "{said:#?}");
        let page = mary.get(&file).await.expect(200);
        assert!(
            page.says("1 row: hidden, dated 2022, outside the report’s period"),
            "{}",
            web::testing::plain(&page.text)
        );
        // While one question is open nothing is imported.
        let early = mary.post(&format!("{file}/import"), "").await;
        assert!(
            early.status == 422 && early.says("7 questions are still open"),
            "{}",
            early.text
        );
        mary.act(&format!("{file}/rest"), &[]).await;
        mary.act(&format!("{file}/import"), &[]).await;
        assert_eq!(mary.post(&format!("{file}/import"), "").await.status, 422);
        assert_eq!(
            handed_in(house, &mut mary, &report).await,
            [girls(10, "HN15"), boys(11, "HN15")]
        );
    }

    pub async fn a_row_received_in_twelve_other_files_is_held(house: &House) {
        // The template that went round: one hidden row of 2022, which everybody sends along.
        let template = |n: u32| {
            one(|sheet| {
                row(sheet, 1, "Olancho", Q3, (100 + n, 200 + n));
                row(sheet, 2, "Yoro", ("2022-01-01", "2022-12-31"), (777, 888));
                sheet.set_row_hidden(2).unwrap();
            })
        };
        let (mary, nora) = (house.actor("mary"), house.actor("nora"));
        let (mine, theirs) = (house.known.deployment, house.known.second);
        // Twelve files of two partners, on twelve days.
        let reports = house.write(move |tx, now| {
            let a = evidence::draft_report(tx, mine, day("2026-07-01"), Some("A"), &mary, now)?;
            Ok((
                a,
                evidence::draft_report(tx, theirs, day("2026-07-01"), Some("B"), &nora, now)?,
            ))
        });
        let (a, b) = reports.unwrap();
        for n in 0..12_u32 {
            let bytes = template(n);
            let (report, actor) = if n % 2 == 0 {
                (a, house.actor("mary"))
            } else {
                (b, house.actor("nora"))
            };
            let upload = files::Upload {
                hash: format!("{n:064}"),
                name: format!("{n}.xlsx"),
                mime: String::new(),
                size: 1,
            };
            house
                .write(move |tx, now| {
                    let file = evidence::receive_file(tx, report, &upload, &bytes, &actor, now)?;
                    evidence::leave_out_the_rest(tx, file, &actor, now)?;
                    evidence::import_report_file(tx, file, &actor, now)
                })
                .unwrap();
            house.clock.advance_seconds(3_600);
        }
        let mut mary = house.browser("mary").await;
        let report = format!("/reports/{a}");
        // Thirteenth: another order of columns, and the rows stand elsewhere; they are known all the same.
        let bytes = book(|book| {
            let sheet = book.add_worksheet().set_name("Hoja 1").unwrap();
            head(
                sheet,
                &[
                    "Source",
                    "Learners boys",
                    "Learners girls",
                    "To",
                    "From",
                    "Remarks",
                    "Department",
                ],
            );
            for (at, place, days, (girls, boys)) in [
                (1, "Olancho", Q3, (300, 400)),
                (5, "Yoro", ("2022-01-01", "2022-12-31"), (777, 888)),
            ] {
                sheet.write(at, 0, "attendance LISTS").unwrap();
                sheet.write(at, 1, boys).unwrap();
                sheet.write(at, 2, girls).unwrap();
                sheet.write(at, 3, days.1).unwrap();
                sheet.write(at, 4, days.0).unwrap();
                sheet.write(at, 5, "x").unwrap();
                sheet.write(at, 6, place).unwrap();
            }
            sheet.set_row_hidden(5).unwrap();
        });
        let file = upload(&mut mary, &report, &bytes).await;
        let asked = questions(&mut mary, &file).await;
        assert_eq!(asked.len(), 1, "{asked:#?}");
        let page = mary.get(&file).await.expect(200);
        let plain = web::testing::plain(&page.text);
        assert!(plain.contains("1 row: hidden, dated 2022, outside the report’s period, already received in 12 other files"), "{plain}");
        mary.act(
            &format!("{file}/answers"),
            &[("questions", "0"), ("answer", "no")],
        )
        .await;
        mary.act(&format!("{file}/import"), &[]).await;
        let figures = handed_in(house, &mut mary, &report).await;
        assert_eq!(figures.len(), 6 * 2 + 2);
        assert!(
            figures.iter().all(|(n, ..)| *n != 777 && *n != 888),
            "{figures:?}"
        );
        // The same file again: its good row is known now too.
        mary.act(
            &format!("/deployments/{mine}/reports/new"),
            &[("period", "2026-04-01")],
        )
        .await;
        let rows = mary.api("/reports").await.json();
        let drafted = rows["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["report_state"] != "submitted")
            .unwrap();
        let second = format!("/reports/{}", drafted["id"].as_str().unwrap());
        let again = upload(&mut mary, &second, &bytes).await;
        let asked = questions(&mut mary, &again).await;
        assert_eq!(asked.len(), 2);
        assert!(
            why(&asked[0]).contains("already received in 1 other file")
                && why(&asked[0]).contains("outside"),
            "{asked:#?}"
        );
        assert!(why(&asked[1]).contains("already received in 13 other files"));
    }

    pub async fn what_cannot_be_read_is_asked_and_said(house: &House) {
        let (mut mary, report) = drafted(house, "mary", house.known.deployment, "2026-07-01").await;
        let none = mary
            .upload(
                &format!("{report}/files/new"),
                &[],
                "sheet",
                "letter.pdf",
                b"%PDF-1.7 nothing",
            )
            .await;
        assert_eq!(none.status, 422, "{}", none.text);
        let empty = one(|_| ());
        let none = mary
            .upload(
                &format!("{report}/files/new"),
                &[],
                "sheet",
                "empty.xlsx",
                &empty,
            )
            .await;
        assert!(
            none.status == 422 && none.says("No figures were found"),
            "{}",
            none.text
        );
        let bytes = book(|book| {
            let sheet = book.add_worksheet().set_name("Data").unwrap();
            head(
                sheet,
                &["Department", "Period", "Sex", "Indicator", "Value", "Phone"],
            );
            for (at, cells) in [
                (1_u32, ["Olancho", "Q3 2026", "F", "Learners reached", "25"]),
                (
                    2,
                    ["Olanchito y más", "Q3 2026", "F", "Learners reached", "26"],
                ),
                (3, ["Olancho", "soon", "F", "Learners reached", "27"]),
                (4, ["Olancho", "", "M", "Learners reached", "28"]),
                (
                    5,
                    ["Olancho", "Q3 2026", "aliens", "Learners reached", "29"],
                ),
                (6, ["Olancho", "Q3 2026", "F", "Happiness", "30"]),
                (7, ["Olancho", "Q3 2026", "F", "Learners reached", "many"]),
                (8, ["", "Q3 2026", "F", "Learners reached", "31"]),
                (9, ["Olancho", "Q3 2026", "F", "Learners reached", ""]),
            ] {
                for (column, text) in cells.iter().enumerate() {
                    sheet
                        .write(at, u16::try_from(column).unwrap(), *text)
                        .unwrap();
                }
            }
            let broken = book.add_worksheet().set_name("Broken").unwrap();
            head(broken, &["Department", "Learners girls", "Learners girls"]);
            broken.write(1, 0, "Olancho").unwrap();
        });
        let file = upload(&mut mary, &report, &bytes).await;
        let asked = questions(&mut mary, &file).await;
        let said: Vec<&str> = asked.iter().map(why).collect();
        for words in [
            "cannot be read",
            "«Olanchito y más» in column A is no place",
            "«soon» in column B is no date",
            "no date",
            "«aliens» in column C is no group",
            "«Happiness» in column D is no indicator",
            "«many» in column E is no figure",
            "column A names no place",
        ] {
            assert!(
                said.iter().any(|one| one.contains(words)),
                "{words} in {said:#?}"
            );
        }
        assert_eq!(asked.len(), 8, "{said:#?}");
        let page = mary.get(&file).await;
        assert!(
            page.says("Phone (F)"),
            "{}",
            web::testing::plain(&page.text)
        );
        // A sheet that is needed and cannot be read ends it.
        mary.act(&format!("{file}/rest"), &[]).await;
        let needed = mary.post(&format!("{file}/import"), "").await;
        assert!(
            needed.status == 422 && needed.says("«Broken» is needed"),
            "{}",
            needed.text
        );
        // Yes to everything still imports only what can be read, and what has no date as the period's.
        let all: Vec<String> = (0..8).map(|n| format!("questions={n}")).collect();
        let yes = mary
            .post(
                &format!("{file}/answers"),
                &format!("{}&answer=yes", all.join("&")),
            )
            .await;
        assert_eq!(yes.status, 303);
        mary.act(&format!("{file}/import"), &[]).await;
        let found = handed_in(house, &mut mary, &report).await;
        assert_eq!(
            found,
            [girls(25, "HN15"), girls(27, "HN15"), boys(28, "HN15")]
        );
    }

    pub async fn answers_change_until_the_import_and_no_is_for_the_rest(house: &House) {
        let (mut mary, report) = drafted(house, "mary", house.known.deployment, "2026-07-01").await;
        let bytes = one(|sheet| {
            for at in 1..=30_u32 {
                row(sheet, at, "Olancho", Q3, (1_000 + at, 2_000 + at));
                if at > 10 {
                    sheet.set_row_hidden(at).unwrap();
                }
            }
        });
        let file = upload(&mut mary, &report, &bytes).await;
        let page = mary.get(&format!("{file}/answers")).await.expect(200);
        assert!(
            page.says("Together: 20 rows: hidden"),
            "{}",
            web::testing::plain(&page.text)
        );
        mary.act(
            &format!("{file}/answers"),
            &[("questions", "3"), ("answer", "yes")],
        )
        .await;
        assert_eq!(
            mary.post(&format!("{file}/answers"), "questions=99&answer=yes")
                .await
                .status,
            422
        );
        mary.act(
            &format!("{file}/answers"),
            &[("questions", "4"), ("answer", "yes")],
        )
        .await;
        mary.act(
            &format!("{file}/answers"),
            &[("questions", "4"), ("answer", "no")],
        )
        .await;
        // Together answers what nobody has answered one by one.
        mary.act(
            &format!("{file}/answers"),
            &[("questions", "all:hidden"), ("answer", "no")],
        )
        .await;
        let answered = questions(&mut mary, &file).await;
        let yes: Vec<i64> = answered
            .iter()
            .filter(|q| q["answered"] == "yes")
            .map(|q| q["question_number"].as_i64().unwrap())
            .collect();
        assert_eq!(yes, [4]);
        // Nobody else answers: not the secretariat, not another member.
        assert_eq!(
            house
                .browser("omar")
                .await
                .post(&format!("{file}/answers"), "questions=1&answer=yes")
                .await
                .status,
            403
        );
        house.browser("nora").await.get(&file).await.expect(404);
        mary.act(&format!("{file}/import"), &[]).await;
        assert_eq!(
            mary.post(&format!("{file}/answers"), "questions=1&answer=yes")
                .await
                .status,
            422
        );
        assert_eq!(mary.post(&format!("{file}/discard"), "").await.status, 422);
        let found = handed_in(house, &mut mary, &report).await;
        assert_eq!(found.len(), 22);
        assert!(found.contains(&girls(1_014, "HN15")) && !found.contains(&girls(1_015, "HN15")));
        // Discarded, a file leaves its prints.
        let (mut nora, other) = drafted(house, "nora", house.known.second, "2026-07-01").await;
        let file = upload(&mut nora, &other, &bytes).await;
        let asked = questions(&mut nora, &file).await;
        assert!(
            asked.len() == 30
                && asked
                    .iter()
                    .all(|q| why(q).contains("already received in 1 other file"))
        );
        nora.act(&format!("{file}/discard"), &[]).await;
        let again = upload(&mut nora, &other, &bytes).await;
        let asked = questions(&mut nora, &again).await;
        assert!(
            asked
                .iter()
                .all(|q| why(q).contains("already received in 1 other file")),
            "{asked:#?}"
        );
    }

    pub async fn names_and_numbers_of_the_file_stay_with_the_parties(house: &House) {
        let (mut mary, report) = drafted(house, "mary", house.known.deployment, "2026-07-01").await;
        let bytes = one(|sheet| {
            row(sheet, 1, "Olancho", Q3, (5, 6));
            sheet
                .write(1, 5, "Ask Juana Pérez, +504 9876 5432, juana@example.org")
                .unwrap();
        });
        let file = upload(&mut mary, &report, &bytes).await;
        mary.act(&format!("{file}/import"), &[]).await;
        assert_eq!(
            handed_in(house, &mut mary, &report).await,
            [girls(5, "HN15"), boys(6, "HN15")]
        );
        let mut nobody = house.stranger();
        let claims = nobody.api("/claims").await.json();
        let claim = claims["items"][0]["id"].as_str().unwrap().to_owned();
        for page in [
            "/claims".to_owned(),
            format!("/claims/{claim}"),
            format!("/api/claims/{claim}"),
            "/claims.csv".to_owned(),
        ] {
            let text = nobody.get(&page).await.expect(200).text;
            for secret in ["Juana", "9876 5432", "98765432", "juana@", "partner.xlsx"] {
                assert!(!text.contains(secret), "{page} tells {secret}");
            }
        }
        nobody.get(&file).await.expect(303);
        // Facts carry none of it either.
        let facts = house.read(|tx| {
            let mut out = String::new();
            let all = ledger::facts(tx, &ledger::Filter::default(), None, 1_000)?;
            for fact in all {
                out.push_str(&fact.about.to_string());
                out.push_str(&ledger::rows_of(tx, fact.seq)?.to_string());
            }
            Ok(out)
        });
        assert!(!facts.contains("Juana") && !facts.contains("9876 5432"));
    }
}
