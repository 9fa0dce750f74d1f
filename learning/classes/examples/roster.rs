//! What a roster of many learners costs: `cargo run -p classes --example roster -- 100000 [postgres://…|file [350]]`.
//!
//! Prints the processor's time per learner for reading, for taking over and for taking over again,
//! the time of pages of a school's lists, of its registers, and of finding out who stands behind a
//! cookie. The last number is how many learners a school has.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that goes wrong ends here"
)]

use base::{Actor, Appointment, Clock, Id, Lang, Moment, Role};
use gauge::cpu_seconds;
use std::io::{Cursor, Write};
use std::ops::Range;
use std::time::Instant;
use zip::write::SimpleFileOptions;

const PER_CLASS: usize = 35;
/// Learners of one roster at the most.
const LARGEST: usize = 100_000;
/// Learners of a school, unless said otherwise.
const PER_SCHOOL: usize = 350;

fn main() {
    let mut args = std::env::args().skip(1);
    let learners: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let file = db::testing::File::new();
    let url = args.next().filter(|word| word != "file");
    let url = url.unwrap_or_else(|| file.url());
    let per_school: usize = args
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(PER_SCHOOL);
    let rooms = classes::testing::rooms(Vec::new());
    let database = db::Db::open(&url, &web::site::migrations(&rooms)).unwrap();
    let now = Moment::from_micros(1_795_000_000_000_000);
    let schools = learners.div_ceil(per_school);
    database
        .write_now(move |tx| {
            places::seed(tx, now)?;
            for n in 0..schools {
                classes::testing::school(tx, "KE", &format!("B-{n}"), now)?;
            }
            Ok(())
        })
        .unwrap();
    let site = classes::testing::site(database, Clock::at(now), rooms);
    let by = Id::named("account", "officer");
    let bench = site.bench();
    let mut spent = 0.0;
    let mut from = 0;
    while from < learners {
        // A country is brought region by region, whole schools at a time.
        let until = learners.min(from + LARGEST / per_school * per_school);
        let zip = roster(from..until, per_school);
        let (count, size) = (until - from, zip.len() / 1000);
        println!("roster of {count} learners: {size} kB zipped");
        for round in ["first", "again"].iter().take(1 + usize::from(from == 0)) {
            let (cpu, wall) = (cpu_seconds(), Instant::now());
            let done = classes::import_oneroster(&bench, ("KE", None), Lang::En, &zip, by).unwrap();
            let cpu = cpu_seconds() - cpu;
            spent += cpu;
            println!(
                "{round}: {:.3} ms CPU each, {:.1} s in all; {}",
                cpu * 1_000.0 / count as f64,
                wall.elapsed().as_secs_f64(),
                done["counts"]
            );
        }
        from = until;
    }
    println!(
        "{learners} learners: {spent:.1} s CPU, {:.0} MB at the most",
        gauge::peak_mb()
    );
    pages(&site, now);
}

fn pages(site: &web::Site, now: Moment) {
    let school = places::School::id_of("KE", "B-0");
    let head = Actor {
        account: Id::named("account", "head"),
        name: "Head".to_owned(),
        lang: Lang::En,
        appointments: vec![Appointment {
            role: Role::SchoolHead,
            organisation: Some(school),
            country: Some("KE".to_owned()),
            places: Vec::new(),
        }],
    };
    let id = school.to_string();
    let middle = site
        .db
        .read_now(|tx| {
            let sql = "SELECT sort_key, id FROM school_role WHERE sort_key > 'family 5' ORDER BY sort_key, id LIMIT 1";
            let row = tx.one(sql, &[])?;
            let mut r = row.read();
            let key = r.text()?;
            Ok(format!("{}~{key}", r.id()?))
        })
        .unwrap();
    registers(site, school, now);
    let people = "/teach/schools/{id}/people";
    type Query<'a> = &'a [(&'a str, &'a str)];
    let lists: [(&str, &str, Query); 5] = [
        ("people, first page", people, &[]),
        (
            "people, a page from the middle",
            people,
            &[("after", &middle)],
        ),
        (
            "people, the beginning of a name",
            people,
            &[("q", "family 77")],
        ),
        ("classes", "/teach/schools/{id}/classes", &[]),
        (
            "registers of the school",
            "/teach/schools/{id}/marks",
            &[("mark", "absent")],
        ),
    ];
    for (what, path, query) in lists {
        let times = 200;
        let cpu = cpu_seconds();
        for _ in 0..times {
            let _ = web::hand::see(site, Some(&head), path, &[("id", &id)], query).unwrap();
        }
        println!(
            "{what}: {:.3} ms CPU",
            (cpu_seconds() - cpu) * 1_000.0 / f64::from(times)
        );
    }
    let person = site
        .db
        .read_now(move |tx| {
            let class = classes::classes_of_school(tx, school, now.day(), 1)?;
            Ok(classes::learners(tx, class[0].id, now.day())?[0].id)
        })
        .unwrap();
    let link = site
        .db
        .write_now(move |tx| classes::sign_in_link(tx, person, now))
        .unwrap();
    let token = link.rsplit('/').next().unwrap();
    let done = web::hand::act(
        site,
        None,
        "school-link",
        &[("token", token)],
        web::Entered::default(),
    )
    .unwrap();
    let credentials = web::Credentials {
        session: done.session,
        ..web::Credentials::default()
    };
    let cpu = cpu_seconds();
    for _ in 0..2_000 {
        let credentials = credentials.clone();
        let found = site
            .db
            .read_now(move |tx| classes::authenticate(tx, &credentials, now))
            .unwrap();
        assert!(found.is_some());
    }
    println!(
        "who stands behind a cookie: {:.3} ms CPU",
        (cpu_seconds() - cpu) * 1_000.0 / 2_000.0
    );
}

/// Twenty days of registers of a school's first ten classes: one learner in nine absent.
fn registers(site: &web::Site, school: Id, now: Moment) {
    site.db
        .write_now(move |tx| {
            for class in classes::classes_of_school(tx, school, now.day(), 10)? {
                let listed = classes::learners(tx, class.id, now.day())?;
                for back in 1..=20 {
                    let day = now.day().plus(-back);
                    let register = Id::named("register", &format!("{} {day}", class.id));
                    tx.exec(
                        "INSERT INTO school_register (id, class_id, on_day, taken_by, taken_at, version) \
                         VALUES ($1, $2, $3, $4, $5, 1)",
                        &db::args![register, class.id, day, school, now],
                    )?;
                    let rows: Vec<Vec<db::Val>> = listed
                        .iter()
                        .enumerate()
                        .map(|(n, one)| {
                            let code = if (n as i64 + back) % 9 == 0 { "absent" } else { "present" };
                            let id = Id::named("mark", &format!("{register} {n}"));
                            db::args![id, register, one.id, code, school, now, true].to_vec()
                        })
                        .collect();
                    tx.exec_many(
                        "INSERT INTO school_mark (id, register_id, person_id, code, marked_by, marked_at, current) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        &rows,
                    )?;
                }
            }
            Ok(())
        })
        .unwrap();
}

fn roster(learners: Range<usize>, per_school: usize) -> Vec<u8> {
    let of = |size: usize| learners.start / size..learners.end.div_ceil(size);
    let (schools, classes) = (of(per_school), of(PER_CLASS));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut file = |name: &str, text: String| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let mut manifest =
        String::from("propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n");
    for name in [
        "orgs",
        "academicSessions",
        "classes",
        "users",
        "roles",
        "enrollments",
    ] {
        manifest.push_str(&format!("file.{name},bulk\n"));
    }
    file("manifest.csv", manifest);
    let rows = |head: &str, all: Range<usize>, row: &dyn Fn(usize) -> String| {
        let mut text = format!("{head}\n");
        for n in all {
            text.push_str(&row(n));
            text.push('\n');
        }
        text
    };
    file(
        "orgs.csv",
        rows("sourcedId,name,type,identifier", schools, &|n| {
            format!("s{n},School {n},school,B-{n}")
        }),
    );
    file(
        "academicSessions.csv",
        rows("sourcedId,title,type,startDate,endDate", 0..1, &|_| {
            "y,2026,schoolYear,2026-01-05,2026-12-18".to_owned()
        }),
    );
    file(
        "classes.csv",
        rows(
            "sourcedId,title,grades,schoolSourcedId,termSourcedIds",
            classes,
            &|n| {
                format!(
                    "c{n},Class {n},{:02},s{},y",
                    n % 9 + 1,
                    n * PER_CLASS / per_school
                )
            },
        ),
    );
    file(
        "users.csv",
        rows(
            "sourcedId,enabledUser,username,givenName,familyName",
            learners.clone(),
            &|n| format!("u{n},true,,Given{},Family{}", n % 977, n % 1_009),
        ),
    );
    file(
        "roles.csv",
        rows(
            "sourcedId,userSourcedId,roleType,role,orgSourcedId",
            learners.clone(),
            &|n| format!("r{n},u{n},primary,student,s{}", n / per_school),
        ),
    );
    file(
        "enrollments.csv",
        rows(
            "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role",
            learners.clone(),
            &|n| format!("e{n},c{},s{},u{n},student", n / PER_CLASS, n / per_school),
        ),
    );
    zip.finish().unwrap().into_inner()
}
