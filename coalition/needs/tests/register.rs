//! A school register becomes need lines: dry run, confirmation, slices, all at once or not at all.

#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, but, rooms};
use serde_json::{Value, json};

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
                house.replays().await;
            })
            .await;
        }
    )* };
}

stories!(
    a_register_becomes_lines,
    a_broken_file_is_refused_with_its_reasons,
    an_import_that_stops_halfway_is_nobodys_and_goes_on,
    an_import_is_discarded,
);

/// Five schools: one whole, one dark, one nobody knows much of, one alike, one refused.
const REGISTER: &str = "\
school_code,name,department,municipality,longitude,latitude,learners_girls,learners_boys,learners,teachers,year,water,internet,electricity,computers
010100001,Escuela Morazán,Atlántida,La Ceiba,-86.79,15.77,80,71,151,6,2011,1,0,1,0
010100002,Escuela Lempira,Atlántida,La Ceiba,-86.70,15.70,20,20,40,2,2011,0,0,0,0
010100003,Escuela Cabañas,Atlántida,Tela,-87.45,15.77,,,,,2011,,,,
010100004,Escuela Lempira,Atlántida,La Ceiba,-86.7001,15.7001,21,20,41,2,2011,0,0,0,0
010100005,Escuela Rota,Atlántida,La Ceiba,-86.70,15.70,-5,20,15,2,2011,0,0,0,0
";

const UPLOAD: &[(&str, &str)] = &[
    ("rule_set", "school_basics"),
    ("urgency", "soon"),
    ("required_by", "2027-06-30"),
    ("window_from", "2027-01-01"),
    ("window_to", "2027-12-31"),
];

async fn uploaded(house: &mut House, request: &str) -> String {
    let path = format!("{request}/register");
    let done = house
        .ana
        .upload(
            &path,
            UPLOAD,
            "register",
            "registro.csv",
            REGISTER.as_bytes(),
        )
        .await;
    done.expect(303).location
}

async fn lines(house: &House) -> i64 {
    let count = |tx: &mut db::Tx<'_>| tx.one("SELECT COUNT(*) FROM need_line", &[])?.read().int();
    house.site.db.read(count).await.unwrap()
}

/// Quantity and learners of each need by service class, as the public sees them.
async fn published(house: &mut House) -> Vec<(String, i64, i64)> {
    let list = house.nobody.api("/needs").await.expect(200).json();
    let item = |item: &Value| {
        (
            item["service_class"].as_str().unwrap().to_owned(),
            item["quantity"].as_i64().unwrap(),
            item["learners"].as_i64().unwrap(),
        )
    };
    let mut all: Vec<_> = list["items"].as_array().unwrap().iter().map(item).collect();
    all.sort();
    all
}

mod tell {
    use super::*;

    pub async fn a_register_becomes_lines(house: &mut House) {
        let request = house.request(&[]).await;
        let import = uploaded(house, &request).await;
        let page = house.ana.get(&import).await.expect(200);
        assert!(page.says("This is a dry run: nothing has been written."));
        assert!(page.says("Same name, near each other") && page.says("Escuela Lempira"));
        assert!(page.says("is known to have no internet and is known to have electricity"));
        let record = house.ana.api(&import).await.expect(200).json();
        let figures = [
            "rows_read",
            "rows_refused",
            "schools",
            "lines",
            "lines_written",
        ];
        assert_eq!(
            figures.map(|name| record[name].clone()),
            [5, 1, 4, 10, 0].map(Value::from)
        );
        let refused = house
            .ana
            .api(&format!("{import}/refused"))
            .await
            .expect(200)
            .json();
        assert_eq!(refused["items"][0]["row"], json!(6));
        assert_eq!(lines(house).await, 0);
        house.malik.get(&import).await.expect(403);
        house.wanjiru.get(&import).await.expect(404);
        let no = house
            .ana
            .post(&format!("{request}/submission"), "")
            .await
            .expect(422);
        assert!(no.says("confirm it, wait for it, or discard it first"));
        let see = house
            .ana
            .act(&format!("{import}/confirmation"), &[])
            .await
            .location;
        assert!(
            house
                .ana
                .get(&see)
                .await
                .expect(200)
                .says("The import is running")
        );
        house.nobody.wait_for_jobs().await;
        assert_eq!(house.ana.get(&see).await.expect(303).location, import);
        let record = house.ana.api(&import).await.expect(200).json();
        assert_eq!(
            (&record["state"], &record["lines_written"]),
            (&json!("imported"), &json!(10))
        );
        house
            .ana
            .post(&format!("{import}/confirmation"), "")
            .await
            .expect(422);
        house.assessed(&request).await;
        house.edit(&request).await;
        house.sofia.act(&format!("{request}/validation"), &[]).await;
        let wanted = [
            ("Digital content", 232, 232),
            ("Printed learning packs", 90, 81),
            ("School connections", 2, 151),
            ("Solar power kits", 2, 81),
            ("Tablets and laptops", 20, 151),
            ("Teacher training", 2, 151),
        ];
        let wanted =
            wanted.map(|(class, quantity, learners)| (class.to_owned(), quantity, learners));
        assert_eq!(published(house).await, wanted);
        everything_matching_needs(house).await;
    }

    /// The lines of the whole school form a package; shares, tier and severity are what is known.
    async fn everything_matching_needs(house: &mut House) {
        let today = house.clock.now().day();
        let read = move |tx: &mut db::Tx<'_>| {
            needs::open_lines(tx, &needs::Scope::Country("HN".to_owned()), today)
        };
        let open = house.site.db.read(read).await.unwrap();
        assert_eq!(open.len(), 10);
        let of = |school: &str| {
            open.iter()
                .filter(|l| l.school.as_deref() == Some(school))
                .collect::<Vec<_>>()
        };
        let whole = of("010100001");
        let packed: Vec<&str> = whole
            .iter()
            .filter(|l| l.package.is_some())
            .map(|l| l.service_class.as_str())
            .collect();
        assert_eq!(packed.len(), 3, "{packed:?}");
        assert!(
            whole
                .iter()
                .all(|l| l.shares.girls == Some(529) && l.tier == Some(0) && l.severity == 3)
        );
        assert!(
            whole
                .iter()
                .all(|l| l.conditions == 1 && l.area == "HN01" && l.place == "HN0101")
        );
        assert!(
            of("010100002")
                .iter()
                .all(|l| l.package.is_none() && l.severity == 5 && l.conditions == 0)
        );
        assert!(
            of("010100003").is_empty(),
            "what is unknown derives nothing"
        );
        assert!(
            open.iter()
                .all(|l| l.lang1 == "es" && l.shares.disability.is_none())
        );
        assert!(
            open.iter()
                .all(|l| l.shares.ldc == Some(0) && l.shares.poor.is_some())
        );
    }

    pub async fn a_broken_file_is_refused_with_its_reasons(house: &mut House) {
        let request = house.request(&[]).await;
        let path = format!("{request}/register");
        let twice = REGISTER.replacen("school_code,name", "name,name", 1);
        let nameless = REGISTER.replacen("school_code,name", "x,y", 1);
        let files: [(&str, &[u8]); 5] = [
            ("registro.xlsx", b"PK\x03\x04 this is no spreadsheet"),
            ("registro.csv", b""),
            ("registro.csv", twice.as_bytes()),
            ("registro.csv", nameless.as_bytes()),
            ("registro.csv", b"\x00\x01\x02\xff\xfe\x00name"),
        ];
        for (name, bytes) in files {
            let no = house
                .ana
                .upload(&path, UPLOAD, "register", name, bytes)
                .await;
            assert_eq!(
                no.status.as_u16(),
                422,
                "{name} {:?}",
                String::from_utf8_lossy(bytes)
            );
        }
        let past = but(UPLOAD, &[("window_to", "2026-12-31")]);
        let no = house
            .ana
            .upload(
                &path,
                &past,
                "register",
                "registro.csv",
                REGISTER.as_bytes(),
            )
            .await
            .expect(422);
        assert!(no.says("must not be before"));
        house
            .ana
            .post(&path, &web::testing::query(UPLOAD))
            .await
            .expect(422);
        house.malik.get(&path).await.expect(403);
        assert_eq!(lines(house).await, 0);
        // A register that says nothing derives nothing.
        let silent = "school_code,name\n1,Escuela\n";
        let import = house
            .ana
            .upload(&path, UPLOAD, "register", "registro.csv", silent.as_bytes())
            .await;
        let import = import.expect(303).location;
        let no = house
            .ana
            .post(&format!("{import}/confirmation"), "")
            .await
            .expect(422);
        assert!(no.says("The rules derive no line from this register."));
        house.ana.act(&format!("{import}/discard"), &[]).await;
    }

    pub async fn an_import_that_stops_halfway_is_nobodys_and_goes_on(house: &mut House) {
        let request = house.request(&[]).await;
        let import = uploaded(house, &request).await;
        house.ana.act(&format!("{import}/confirmation"), &[]).await;
        let (bench, id) = (
            house.site.bench(),
            base::Id::parse(import.rsplit('/').next().unwrap()).unwrap(),
        );
        // The power goes after the slice was written and before the import was done.
        let stop = tokio::task::spawn_blocking(move || {
            needs::run_import(&bench, id, &mut |done, total| {
                if done == total {
                    Err(base::Error::Later(1))
                } else {
                    Ok(())
                }
            })
        });
        assert!(stop.await.unwrap().is_err());
        assert_eq!(lines(house).await, 10);
        let line = house
            .site
            .db
            .read(|tx| tx.one("SELECT id FROM need_line", &[])?.read().id())
            .await
            .unwrap();
        house
            .ana
            .get(&format!("/need-lines/{line}"))
            .await
            .expect(404);
        assert!(
            house
                .ana
                .get(&request)
                .await
                .expect(200)
                .says("There are no need lines yet.")
        );
        for need in house.needs_of(&request).await {
            let list = house
                .ana
                .api(&format!("/needs/{need}/lines"))
                .await
                .expect(200)
                .json();
            assert_eq!(list["items"], json!([]));
        }
        house
            .ana
            .post(&format!("{request}/submission"), "")
            .await
            .expect(422);
        let no = house
            .ana
            .post(&format!("{import}/discard"), "")
            .await
            .expect(422);
        assert!(no.says("This cannot be done while the import is: Running."));
        // The job goes on where it was: nothing stands twice.
        house.nobody.wait_for_jobs().await;
        assert_eq!(lines(house).await, 10);
        house
            .ana
            .get(&format!("/need-lines/{line}"))
            .await
            .expect(200);
        house.ana.act(&format!("{request}/submission"), &[]).await;
    }

    pub async fn an_import_is_discarded(house: &mut House) {
        let request = house.request(&[]).await;
        let import = uploaded(house, &request).await;
        house
            .ana
            .act(&format!("{import}/confirmation"), &[("first_only", "yes")])
            .await;
        house.nobody.wait_for_jobs().await;
        let record = house.ana.api(&import).await.expect(200).json();
        assert_eq!(
            record["lines"],
            json!(7),
            "the school that looks like another was left out"
        );
        house.ana.act(&format!("{import}/discard"), &[]).await;
        assert!(
            house
                .ana
                .get(&request)
                .await
                .expect(200)
                .says("There are no need lines yet.")
        );
        house.nobody.wait_for_jobs().await;
        assert_eq!(lines(house).await, 0);
        assert_eq!(house.needs_of(&request).await, Vec::<String>::new());
        house
            .ana
            .post(&format!("{import}/discard"), "")
            .await
            .expect(422);
        house.line(&request, &[("school_code", "010100001")]).await;
        house.ana.act(&format!("{request}/submission"), &[]).await;
    }
}
