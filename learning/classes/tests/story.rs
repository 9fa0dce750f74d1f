//! A school day: the head lists people, children come in with pictures, a teacher keeps the register,
//! a guardian is verified by another person, a roster comes and goes.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Day, Id, Moment, Role};
use classes::{PICTURE_CODES, Seeded};
use db::{Db, Migration};
use people::testing::{all_is_well, morning, person};
use web::Site;
use web::testing::Browser;

const TODAY: &str = "2026-11-19";

fn rooms() -> Vec<web::Room> {
    classes::testing::rooms(Vec::new())
}

fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

struct House {
    site: Site,
    clock: Clock,
    school: Id,
    other: Id,
    seeded: Seeded,
    head: Browser,
    teacher: Browser,
    officer: Browser,
    nobody: Browser,
}

fn today() -> Day {
    Day::parse(TODAY).unwrap()
}

fn start() -> Moment {
    morning(TODAY)
}

impl House {
    async fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let made = db.write(|tx| {
            let now = start();
            places::seed(tx, now)?;
            let school = classes::testing::school(tx, "KE", "T-1", now)?;
            let other = classes::testing::school(tx, "KE", "T-2", now)?;
            Ok((school, other, classes::seed_demo(tx, school, now)?))
        });
        let (school, other, seeded) = made.await.unwrap();
        let site = classes::testing::site(db, clock.clone(), rooms());
        let head = classes::testing::signed_in(&site, seeded.head).await;
        let teacher = classes::testing::signed_in(&site, seeded.teachers[0]).await;
        let officer = person(
            &site,
            "Lucy Officer",
            &[Role::LearningOfficer],
            (Some(ministry(&site).await), Some("KE")),
        )
        .await;
        let nobody = Browser::new(&site);
        Self {
            site,
            clock,
            school,
            other,
            seeded,
            head,
            teacher,
            officer,
            nobody,
        }
    }
    async fn read<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut db::Tx) -> base::Result<T> + Send + 'static,
    ) -> T {
        self.site.db.read(f).await.unwrap()
    }
    /// The class code of the first class.
    async fn code(&self) -> String {
        let class = self.seeded.classes[0];
        self.read(move |tx| Ok(classes::class(tx, class)?.code))
            .await
    }
}

async fn ministry(site: &Site) -> Id {
    let now = site.clock.now();
    let made = site.db.write(move |tx| {
        people::testing::organisation(tx, "Ministry", "government", Some("KE"), now)
    });
    made.await.unwrap()
}

/// A page without the marks that set inserted words apart.
fn unmarked(page: &str) -> String {
    page.replace(['\u{2068}', '\u{2069}'], "")
}

/// The pictures and the four digits on the card of the n-th of the list, as the page of cards says.
fn on_card(page: &str, number: usize) -> (Vec<String>, String) {
    let page = unmarked(page);
    let (_, rest) = page.split_once(&format!("No. {number}</text>")).unwrap();
    let (pictures, rest) = rest.split_once(">or ").unwrap();
    let digits: String = rest.chars().filter(char::is_ascii_digit).take(4).collect();
    let pictures = pictures
        .split("</text>")
        .filter_map(|part| part.rsplit_once('>'))
        .map(|(_, word)| word.to_lowercase())
        .take(3)
        .collect();
    (pictures, digits)
}

#[tokio::test(flavor = "multi_thread")]
async fn children_come_in_with_what_stands_on_their_card() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let code = h.code().await;
        let cards = h
            .teacher
            .get(&format!("/teach/classes/{class}/cards"))
            .await
            .expect(200);
        let (pictures, digits) = on_card(&cards.text, 1);
        assert_eq!(pictures.len(), 3, "{pictures:?}");

        // The code typed carelessly leads to the list; another leads nowhere.
        let typed = code.to_lowercase().replace('-', "+");
        let got = h
            .nobody
            .get(&format!("/learn/sign-in?class_code={typed}"))
            .await
            .expect(303);
        assert_eq!(got.location, format!("/learn/sign-in/{code}"));
        assert!(
            h.nobody
                .get("/learn/sign-in?class_code=XXX-00")
                .await
                .says("There is no class with this code")
        );
        let path = format!("/learn/sign-in/{code}");
        // The class shows numbers, not names.
        let first = h.seeded.learners[0][0];
        let name = h.read(move |tx| classes::person(tx, first)).await;
        assert!(!h.nobody.get(&path).await.says(&name.given));

        let wrong = [
            ("learner", "1"),
            ("picture_1", pictures[0].as_str()),
            ("picture_2", pictures[1].as_str()),
            (
                "picture_3",
                if pictures[2] == "sun" { "moon" } else { "sun" },
            ),
        ];
        let got = h
            .nobody
            .post(&path, &web::testing::query(&wrong))
            .await
            .expect(422);
        assert!(got.says("That is not what stands on the card"));
        let right = [
            ("learner", "1"),
            ("picture_1", pictures[0].as_str()),
            ("picture_2", pictures[1].as_str()),
            ("picture_3", pictures[2].as_str()),
        ];
        let got = h.nobody.act(&path, &right).await;
        assert_eq!(got.location, "/learn");
        assert!(h.nobody.get("/learn/account").await.says(&name.name()));
        h.nobody
            .get(&format!("/teach/classes/{class}"))
            .await
            .expect(403);

        // A shared phone forgets after half an hour.
        h.clock.advance_seconds(31 * 60);
        h.nobody.get("/learn/account").await.expect(303);
        let own = [
            ("learner", "1"),
            ("short_code", digits.as_str()),
            ("own_phone", "yes"),
        ];
        h.nobody.act(&path, &own).await;
        h.clock.advance_seconds(5 * 86_400);
        h.nobody.get("/learn/account").await.expect(200);
        h.nobody.act("/learn/sign-out", &[]).await;
        h.nobody.get("/learn/account").await.expect(303);

        // After many wrong tries one has to wait; a new card makes the old one worthless.
        let bad = [("learner", "2"), ("short_code", "0000")];
        for _ in 0..6 {
            h.nobody
                .post(&path, &web::testing::query(&bad))
                .await
                .expect(422);
        }
        h.nobody
            .post(&path, &web::testing::query(&bad))
            .await
            .expect(429);
        let mut teacher = classes::testing::signed_in(&h.site, h.seeded.teachers[0]).await;
        teacher
            .act(
                &format!("/teach/classes/{class}/cards/new"),
                &[("members", &first.to_string())],
            )
            .await;
        let old = [("learner", "1"), ("short_code", digits.as_str())];
        h.nobody
            .post(&path, &web::testing::query(&old))
            .await
            .expect(422);
        assert!(PICTURE_CODES.contains(&pictures[0].as_str()));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teacher_keeps_the_register_and_corrects_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let path = format!("/teach/classes/{class}/register");
        assert!(
            h.teacher
                .get("/teach")
                .await
                .expect(200)
                .says("Take the register")
        );
        h.teacher.get(&path).await.expect(200);
        let entered = [
            ("on_day", TODAY),
            ("absent", "3"),
            ("absent", "5"),
            ("excused", "5"),
            ("late", "٧"),
            ("version", "0"),
        ];
        h.teacher.act(&path, &entered).await;
        let marks = h
            .read(move |tx| classes::attendance(tx, class, (today(), today())))
            .await;
        let count = |code: &str| marks.iter().filter(|m| m.code == code).count();
        assert_eq!(
            [
                count("present"),
                count("absent"),
                count("excused"),
                count("late")
            ],
            [33, 1, 1, 1]
        );
        assert!(h.teacher.get("/teach").await.says("Register taken"));

        // A second one conflicts; a correction needs a reason and keeps what it corrects.
        h.teacher
            .post(&path, &web::testing::query(&entered))
            .await
            .expect(409);
        let corrected = [
            ("on_day", TODAY),
            ("late", "3 7"),
            ("excused", "5"),
            ("version", "1"),
        ];
        let got = h
            .teacher
            .post(&path, &web::testing::query(&corrected))
            .await
            .expect(422);
        assert!(got.says("Say why you correct the register."));
        let mut with_reason = corrected.to_vec();
        with_reason.push(("reason", "She came at nine"));
        h.teacher.act(&path, &with_reason).await;
        let page = h
            .teacher
            .get(&format!("/teach/classes/{class}/registers"))
            .await
            .expect(200);
        assert!(page.says("She came at nine"));
        let marks = h
            .read(move |tx| classes::attendance(tx, class, (today(), today())))
            .await;
        assert_eq!(marks.len(), 36);
        assert_eq!(marks.iter().filter(|m| m.code == "absent").count(), 0);

        for (pairs, words) in [
            (
                vec![("on_day", "2026-11-20"), ("version", "0")],
                "a day to come",
            ),
            (
                vec![("on_day", "2025-11-20"), ("version", "0")],
                "outside the class",
            ),
            (
                vec![
                    ("on_day", "2026-11-18"),
                    ("late", "99"),
                    ("version", "1"),
                    ("reason", "x"),
                ],
                "99 is not on the list",
            ),
            (
                vec![
                    ("on_day", "2026-11-18"),
                    ("late", "3"),
                    ("left_early", "3"),
                    ("version", "1"),
                    ("reason", "x"),
                ],
                "stands in two places",
            ),
        ] {
            let got = h
                .teacher
                .post(&path, &web::testing::query(&pairs))
                .await
                .expect(422);
            assert!(
                got.says(words),
                "{words}: {}",
                web::testing::plain(&got.text)
            );
        }
        h.teacher
            .get(&format!("/teach/classes/{class}/sheet"))
            .await
            .expect(200);
        // Another teacher's class is closed to her.
        let others = h.seeded.classes[1];
        h.teacher
            .get(&format!("/teach/classes/{others}/register"))
            .await
            .expect(403);
        h.teacher
            .get(&format!("/teach/schools/{}/people", h.school))
            .await
            .expect(403);
        h.nobody.get("/teach").await.expect(303);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_listed_enrolled_moved_and_verified() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let school = format!("/teach/schools/{}", h.school);
        assert!(h.head.get(&school).await.expect(200).says("101"));
        h.head
            .get(&format!("/teach/schools/{}", h.other))
            .await
            .expect(403);
        h.officer
            .get(&format!("/teach/schools/{}", h.other))
            .await
            .expect(200);

        // Only the officer names a head.
        let head = [
            ("school_role", "school_head"),
            ("given", "Ruth"),
            ("family", "Ndegwa"),
            ("language", "en"),
            ("from_on", TODAY),
            ("user_name", "ruth.ndegwa"),
        ];
        h.head
            .post(&format!("{school}/people/new"), &web::testing::query(&head))
            .await
            .expect(422);
        let other = format!("/teach/schools/{}/people/new", h.other);
        let ruth = h.officer.act(&other, &head).await.location;
        h.head.get(&ruth).await.expect(403);

        // She chooses her password with the card, once.
        h.officer.act(&format!("{ruth}/card/new"), &[]).await;
        let card = h.officer.get(&format!("{ruth}/card")).await.expect(200);
        let (_, start) = card.text.split_once("<strong><code>").unwrap();
        let start = start.split('<').next().unwrap().to_owned();
        let mut chosen = vec![
            ("user_name", "ruth.ndegwa"),
            ("start_code", start.as_str()),
            ("new_password", "12345"),
            ("new_password_again", "12345"),
        ];
        h.nobody
            .post("/learn/first", &web::testing::query(&chosen))
            .await
            .expect(422);
        chosen[2].1 = "seven green goats";
        chosen[3].1 = "seven green goats";
        assert_eq!(
            h.nobody.act("/learn/first", &chosen).await.location,
            "/teach"
        );
        h.nobody
            .post("/learn/first", &web::testing::query(&chosen))
            .await
            .expect(422);
        let password = [
            ("user_name", "Ruth.Ndegwa"),
            ("password", "seven green goats"),
        ];
        assert_eq!(
            h.nobody.act("/learn/adult", &password).await.location,
            "/teach"
        );
        let wrong = [
            ("user_name", "ruth.ndegwa"),
            ("password", "seven green boats"),
        ];
        assert!(
            h.nobody
                .post("/learn/adult", &web::testing::query(&wrong))
                .await
                .expect(422)
                .says("do not go together")
        );

        // A new learner, in a class from today.
        let (first, second) = (
            h.seeded.classes[0].to_string(),
            h.seeded.classes[1].to_string(),
        );
        let learner = [
            ("school_role", "learner"),
            ("given", "Zuri <b>"),
            ("family", "Adongo"),
            ("language", "en"),
            ("birth_year", "2016"),
            ("needs", "vision"),
            ("class", first.as_str()),
            ("from_on", TODAY),
        ];
        let zuri = h
            .head
            .act(&format!("{school}/people/new"), &learner)
            .await
            .location;
        let page = h.head.get(&zuri).await.expect(200);
        assert!(!page.text.contains("Zuri <b>"), "{}", page.text);
        assert!(page.text.contains("Adongo"));
        assert!(
            h.teacher
                .get(&format!("/teach/classes/{first}"))
                .await
                .says("37 learners")
        );
        let id = Id::parse(zuri.rsplit('/').next().unwrap()).unwrap();
        let enrolment = h
            .read(move |tx| Ok(classes::enrolments(tx, id)?[0].clone()))
            .await;
        assert_eq!(enrolment.number, 37);
        let late = [
            ("class", second.as_str()),
            ("last_on", "2026-11-18"),
            ("reason", "Better company"),
        ];
        let at = format!("/teach/enrolments/{}/move", enrolment.id);
        h.head
            .post(&at, &web::testing::query(&late))
            .await
            .expect(422);
        let on = [
            ("class", second.as_str()),
            ("last_on", TODAY),
            ("reason", "Better company"),
        ];
        h.head.act(&at, &on).await;
        let history = h.read(move |tx| classes::enrolments(tx, id)).await;
        assert_eq!(history.len(), 2);
        h.head
            .post(&at, &web::testing::query(&on))
            .await
            .expect(422);

        // A guardian: entered by a teacher, verified by the head, not by the same.
        let child = format!("/teach/people/{}", h.seeded.learners[0][20]);
        let tie = [
            ("given", "Esther"),
            ("family", "Wanjiru"),
            ("relation", "grandparent"),
        ];
        h.teacher.act(&format!("{child}/guardians/new"), &tie).await;
        h.teacher
            .get(&format!("/teach/people/{}", h.seeded.learners[1][0]))
            .await
            .expect(403);
        let ward = h.seeded.learners[0][20];
        let link = h
            .read(move |tx| Ok(classes::guardians_of(tx, ward)?[0].clone()))
            .await;
        assert!(h.head.get("/inbox").await.says("guardian’s link waits"));
        assert!(
            h.head
                .get(&format!("{school}/guardians"))
                .await
                .says("Esther Wanjiru")
        );
        let verify = format!("/teach/guardians/{}/verification", link.id);
        let seen = [("seen_by", "identity_card"), ("may_see", "yes")];
        let own = h
            .teacher
            .post(&verify, &web::testing::query(&seen))
            .await
            .expect(422);
        assert!(own.says("another person"));
        let guardian = link.guardian;
        assert!(
            h.read(move |tx| classes::wards(tx, guardian))
                .await
                .is_empty()
        );
        h.head.act(&verify, &seen).await;
        assert_eq!(h.read(move |tx| classes::wards(tx, guardian)).await, [ward]);
        let may = move |tx: &mut db::Tx| {
            let actor = classes::actor(tx, guardian, today())?;
            let other = classes::require_may_see(tx, &actor, id, today()).is_err();
            classes::require_may_see(tx, &actor, ward, today())?;
            Ok(other)
        };
        assert!(h.read(may).await);
        h.head
            .act(
                &format!("/teach/guardians/{}/end", link.id),
                &[("reason", "Moved away")],
            )
            .await;
        assert!(
            h.read(move |tx| classes::wards(tx, guardian))
                .await
                .is_empty()
        );

        // Lists go page by page; a name finds.
        let page = h
            .head
            .get(&format!("{school}/people?school_role=learner"))
            .await
            .expect(200);
        assert!(page.text.contains("after="));
        let csv = h
            .head
            .get(&format!("{school}/people.csv?school_role=learner"))
            .await
            .expect(200);
        assert_eq!(csv.text.lines().count(), 103, "{}", csv.text);
        assert!(
            h.head
                .get(&format!("{school}/people?q=adongo"))
                .await
                .says("Zuri")
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_and_hours_are_the_teachers() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let (one, two) = (
            h.seeded.learners[0][0].to_string(),
            h.seeded.learners[0][1].to_string(),
        );
        let stranger = h.seeded.learners[1][0].to_string();
        let new = format!("/teach/classes/{class}/groups/new");
        h.teacher
            .post(
                &new,
                &web::testing::query(&[("group_name", "Blue"), ("members", &stranger)]),
            )
            .await
            .expect(422);
        h.teacher
            .act(
                &new,
                &[("group_name", "Blue"), ("members", &one), ("members", &two)],
            )
            .await;
        let group = h
            .read(move |tx| Ok(classes::groups(tx, class)?[0].clone()))
            .await;
        let edit = format!("/teach/groups/{}/edit", group.id);
        h.teacher
            .act(
                &edit,
                &[("group_name", "Green"), ("members", &two), ("version", "1")],
            )
            .await;
        h.teacher
            .post(
                &edit,
                &web::testing::query(&[("group_name", "Red"), ("members", &one), ("version", "1")]),
            )
            .await
            .expect(409);
        let members = h.read(move |tx| classes::members(tx, group.id)).await;
        assert_eq!(members, [h.seeded.learners[0][1]]);
        assert!(
            h.teacher
                .get(&format!("/teach/classes/{class}/groups"))
                .await
                .says("Green")
        );

        let hours = format!("/teach/classes/{class}/timetable");
        assert!(h.teacher.get(&hours).await.expect(200).says("Mathematics"));
        let clash = [
            ("weekdays", "1"),
            ("begins_at", "08:20"),
            ("minutes", "40"),
            ("school_subject", "arts"),
        ];
        let got = h
            .teacher
            .post(&format!("{hours}/new"), &web::testing::query(&clash))
            .await
            .expect(422);
        assert!(
            got.says("has an hour on Monday at 08:00"),
            "{}",
            web::testing::plain(&got.text)
        );
        let free = [
            ("weekdays", "1"),
            ("weekdays", "2"),
            ("begins_at", "14:00"),
            ("minutes", "40"),
            ("school_subject", "arts"),
        ];
        h.teacher.act(&format!("{hours}/new"), &free).await;
        let all = h.read(move |tx| classes::hours(tx, class)).await;
        assert_eq!(all.len(), 27);
        h.teacher
            .act(&format!("/teach/hours/{}/end", all[0].id), &[])
            .await;
        let code = h.code().await;
        h.teacher
            .act(&format!("/teach/classes/{class}/code"), &[])
            .await;
        assert_ne!(code, h.code().await);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_goes_out_and_comes_back_whole() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let zip = h
            .head
            .get(&format!("/teach/schools/{}/oneroster", h.school))
            .await
            .expect(200);
        let school = h.school.to_string();
        let pairs = [("scope", school.as_str()), ("language", "en")];

        // Our own roster again changes nothing.
        let got = h
            .head
            .upload(
                "/teach/imports/new",
                &pairs,
                "roster",
                "own.zip",
                &zip.bytes,
            )
            .await
            .expect(303);
        h.head.wait_for_jobs().await;
        let page = h.head.get(&got.location).await.expect(200);
        assert!(
            page.says("Every row can be taken over."),
            "{}",
            web::testing::plain(&page.text)
        );
        h.head
            .act(&format!("{}/acceptance", got.location), &[])
            .await;
        h.head.wait_for_jobs().await;
        let page = h.head.get(&got.location).await.expect(200);
        for words in [
            "New people0",
            "New classes0",
            "New enrolments0",
            "Enrolments ended0",
        ] {
            assert!(
                page.says(words),
                "{words}: {}",
                web::testing::plain(&page.text)
            );
        }

        // Of another school it is refused whole, every row named; the officer brings it there.
        let ruth = h.other.to_string();
        let got = h
            .officer
            .upload(
                &format!("/teach/imports/new?scope={ruth}"),
                &[("scope", ruth.as_str()), ("language", "en")],
                "roster",
                "own.zip",
                &zip.bytes,
            )
            .await
            .expect(303);
        h.officer.wait_for_jobs().await;
        assert!(
            h.officer
                .get(&got.location)
                .await
                .says("School T-1 is not your school.")
        );
        h.teacher.get(&got.location).await.expect(403);
        let got = h
            .head
            .upload(
                "/teach/imports/new",
                &pairs,
                "roster",
                "broken.zip",
                b"not a zip",
            )
            .await
            .expect(303);
        h.head.wait_for_jobs().await;
        assert!(h.head.get(&got.location).await.says("not a zip file"));
        all_is_well(&h.site).await;
    })
    .await;
}
