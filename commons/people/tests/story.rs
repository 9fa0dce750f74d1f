//! People come in, act within their roles, and go; somebody tries what they should not.

mod house;

use base::Role;
use house::{PASSWORD, account, code, migrations, secret_on, site, with_both, with_password};
use people::testing::shown;
use serde_json::json;
use web::testing::Browser;

#[test]
fn the_schema_holds_its_sample_rows() {
    db::testing::each_engine_with_samples(people::MIGRATIONS, |db| {
        let count = db.read_now(|tx| {
            tx.one("SELECT COUNT(*) FROM appointment", &[])?
                .read()
                .int()
        });
        assert_eq!(count.unwrap(), 1);
    });
}

async fn try_password(guesser: &mut Browser, email: &str, password: &str) -> (u16, String) {
    let pairs = web::testing::query(&[("email", email), ("password", password)]);
    let got = guesser.post("/sign-in", &pairs).await;
    let said = web::testing::plain(&got.text);
    let from = said.find("Please correct").unwrap_or(0);
    (
        got.status.as_u16(),
        said.get(from..from + 150).unwrap_or_default().to_owned(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guesser_is_slowed_down_and_learns_nothing() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        account(&site, "Amal", None).await;
        let mut guesser = Browser::new(&site);
        let (status, said) = try_password(&mut guesser, "amal@example.org", "wrong horse").await;
        assert_eq!(status, 422);
        let (unknown, words) =
            try_password(&mut guesser, "nobody@example.org", "wrong horse").await;
        assert_eq!(
            (unknown, words),
            (status, said),
            "an unknown account answers alike"
        );
        for _ in 0..4 {
            assert_eq!(
                try_password(&mut guesser, "amal@example.org", "wrong horse")
                    .await
                    .0,
                422
            );
        }
        assert_eq!(
            try_password(&mut guesser, "amal@example.org", PASSWORD)
                .await
                .0,
            429,
            "the right one waits too"
        );
        site.clock.advance_seconds(14);
        assert_eq!(
            try_password(&mut guesser, "amal@example.org", "wrong horse")
                .await
                .0,
            429
        );
        site.clock.advance_seconds(1);
        assert_eq!(
            try_password(&mut guesser, "AMAL@example.org", "wrong horse")
                .await
                .0,
            422
        );
        site.clock.advance_seconds(29);
        assert_eq!(
            try_password(&mut guesser, "amal@example.org", PASSWORD)
                .await
                .0,
            429,
            "the delay has doubled"
        );
        site.clock.advance_seconds(1);
        assert_eq!(
            try_password(&mut guesser, "amal@example.org", PASSWORD)
                .await
                .0,
            303
        );
        assert!(guesser.get("/account").await.says("Amal Osei"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_waits_for_the_second_factor_and_a_code_works_once() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        account(&site, "Root", Some(Role::Administrator)).await;
        let mut root = Browser::new(&site);
        let pairs = [("email", "root@example.org"), ("password", PASSWORD)];
        let got = root.act("/sign-in", &pairs).await;
        assert_eq!(got.location, "/account/second-factor");
        root.get("/people").await.expect(403);
        let secret = secret_on(&root.get("/account/second-factor").await.text);
        root.post("/account/second-factor", "code=000000")
            .await
            .expect(422);
        let first = code(&secret, &site);
        let codes = root
            .act("/account/second-factor", &[("code", &first)])
            .await;
        root.get(&codes.location).await.expect(200);
        let kept = root.api(&codes.location).await.expect(200).json();
        let people = root.get("/people").await.expect(200);
        assert!(people.says("Days and times here are those of UTC."));
        assert!(
            root.get("/account")
                .await
                .says("10 recovery codes are left")
        );

        let mut again = Browser::new(&site);
        assert_eq!(
            again.act("/sign-in", &pairs).await.location,
            "/sign-in/code"
        );
        again.get("/people").await.expect(403);
        let replayed = again
            .post("/sign-in/code", &format!("code={first}"))
            .await
            .expect(422);
        assert!(replayed.says("This code is not right, or it was used before"));
        site.clock.advance_seconds(30);
        again
            .act("/sign-in/code", &[("code", &code(&secret, &site))])
            .await;
        again.get("/people").await.expect(200);

        let recovery = kept["secret"].as_str().unwrap().lines().next().unwrap();
        let mut third = with_password(&site, "Root").await;
        third.act("/sign-in/code", &[("code", recovery)]).await;
        third.get("/people").await.expect(200);
        let mut fourth = with_password(&site, "Root").await;
        fourth
            .post("/sign-in/code", &format!("code={recovery}"))
            .await
            .expect(422);
        let other = again.get(&codes.location).await.expect(200);
        assert!(
            other.says("recovery codes"),
            "the same person reads it again within the time"
        );
        site.clock.advance_seconds(15 * 60);
        again.get(&codes.location).await.expect(404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_lets_one_person_in_once() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        account(&site, "Root", Some(Role::Administrator)).await;
        let (mut root, _) = with_both(&site, "Root").await;
        let fields = [
            ("email", "Omar@Example.org"),
            ("name", "Omar Diallo"),
            ("language", "fr"),
            ("role", "secretariat_officer"),
        ];
        let made = root.act("/people/new", &fields).await;
        let page = root.get(&made.location).await.expect(200);
        let path = shown(&page.text, "/invitation/");
        let mut stranger = Browser::new(&site);
        stranger.get(&made.location).await.expect(303);
        let mut omar = Browser::new(&site);
        let form = omar.get(&path).await.expect(200);
        assert!(form.says("omar@example.org") && form.says("Secretariat officer"));
        let choose = |password: &'static str, again: &'static str| {
            vec![
                ("name", "Omar Diallo"),
                ("language", "ar"),
                ("new_password", password),
                ("new_password_again", again),
            ]
        };
        let weak = web::testing::query(&choose("omar", "omar"));
        let refused = omar.post(&path, &weak).await.expect(422);
        assert!(refused.says("at least 12 characters") && refused.says("Leave your name"));
        omar.post(
            &path,
            &web::testing::query(&choose(PASSWORD, "nine wild mules")),
        )
        .await
        .expect(422);
        let welcome = omar.act(&path, &choose(PASSWORD, PASSWORD)).await;
        assert_eq!(welcome.location, "/account/second-factor");
        assert!(omar.get("/account").await.says("Omar Diallo"));
        let mut thief = Browser::new(&site);
        let used = thief.get(&path).await.expect(422);
        assert!(used.says("This invitation has been used"));
        thief
            .post(&path, &web::testing::query(&choose(PASSWORD, PASSWORD)))
            .await
            .expect(422);
        thief.get("/invitation/nothing").await.expect(404);
        let mut arabic = Browser::new(&site).in_lang("ar");
        arabic
            .act(
                "/sign-in",
                &[("email", "omar@example.org"), ("password", PASSWORD)],
            )
            .await;
        assert!(arabic.get("/account").await.says("حسابي"));
        assert!(
            arabic
                .get("/account/second-factor")
                .await
                .says("إعداد الخطوة الثانية")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_and_a_session_end_with_time() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        account(&site, "Root", Some(Role::Administrator)).await;
        let (mut root, _) = with_both(&site, "Root").await;
        let fields = [
            ("email", "eva@example.org"),
            ("name", "Eva"),
            ("language", "en"),
            ("role", "auditor"),
        ];
        let made = root.act("/people/new", &fields).await;
        let path = shown(&root.get(&made.location).await.text, "/invitation/");
        site.clock.advance_seconds(11 * 3_600);
        root.act("/account/language", &[("language", "fr")]).await;
        site.clock.advance_seconds(11 * 3_600);
        root.get("/people").await.expect(200);
        site.clock.advance_seconds(12 * 3_600);
        root.get("/people").await.expect(303);
        site.clock.advance_seconds(14 * 86_400);
        let late = Browser::new(&site).get(&path).await.expect(422);
        assert!(late.says("This link is too old"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_ends_a_session_they_do_not_know() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        account(&site, "Amal", None).await;
        account(&site, "Bilal", None).await;
        let mut here = with_password(&site, "Amal").await;
        let mut there = with_password(&site, "Amal").await;
        let mut other = with_password(&site, "Bilal").await;
        let all = here.api("/account/sessions").await.expect(200).json();
        let rows = all["items"]
            .as_array()
            .or_else(|| all["rows"].as_array())
            .unwrap_or_else(|| panic!("{all}"));
        assert_eq!(rows.len(), 2);
        let ids: Vec<String> = rows.iter().map(|row| row["end"].to_string()).collect();
        let mine = rows
            .iter()
            .position(|row| row["this_one"] == json!(true))
            .unwrap();
        let strange = ids.iter().enumerate().find(|(i, _)| *i != mine).unwrap().1;
        let path = shown(strange, "/account/sessions/");
        let path = path.trim_end_matches(['\\', '"', '}']);
        other.post(path, "").await.expect(404);
        there.get("/account").await.expect(200);
        here.act(path, &[]).await;
        there.get("/account").await.expect(303);
        here.get("/account").await.expect(200);
        let mut third = with_password(&site, "Amal").await;
        here.act("/account/sessions/end-others", &[]).await;
        third.get("/account").await.expect(303);
        here.act("/sign-out", &[]).await;
        here.get("/account").await.expect(303);
        other.get("/account").await.expect(200);
        let change = [
            ("password", PASSWORD),
            ("new_password", "seven slow camels"),
            ("new_password_again", "seven slow camels"),
        ];
        let mut elsewhere = with_password(&site, "Bilal").await;
        other.act("/account/password", &change).await;
        elsewhere.get("/account").await.expect(303);
        other.get("/account").await.expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_does_what_it_was_made_for_and_no_more() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        account(&site, "Omar", Some(Role::SecretariatOfficer)).await;
        let mut omar = with_password(&site, "Omar").await;
        let early = web::testing::query(&[("label", "register"), ("scope", "read")]);
        omar.post("/account/keys/new", &early).await.expect(422);
        let (mut omar, _) = with_both(&site, "Omar").await;
        let mut keys = Vec::new();
        for (scope, paths) in [
            ("read", ""),
            ("write", "/organisations"),
            ("write", "/people"),
        ] {
            let fields = [("label", "register"), ("scope", scope), ("paths", paths)];
            let made = omar.act("/account/keys/new", &fields).await;
            keys.push(shown(&omar.get(&made.location).await.text, "hk_"));
        }
        let program = |key: &str| {
            let mut program = Browser::new(&site);
            program.key = Some(key.to_owned());
            program
        };
        let new = json!({ "names": { "en": "Care for Schools" }, "kind": "national_ngo" });
        let mut reader = program(&keys[0]);
        reader.api("/people").await.expect(200);
        let refused = reader.api_post("/organisations", &new).await;
        assert_eq!(refused.status.as_u16(), 403, "{}", refused.text);
        let mut writer = program(&keys[1]);
        writer.api_post("/organisations", &new).await.expect(200);
        writer.api("/people").await.expect(403);
        let mut elsewhere = program(&keys[2]);
        elsewhere.api_post("/organisations", &new).await.expect(403);
        elsewhere.api("/account/keys").await.expect(403);
        program("hk_nothing").api("/people").await.expect(401);
        let list = omar.api("/account/keys").await.json().to_string();
        assert!(!list.contains(&keys[0]), "a key is never shown again");
        for path in list.split('"').filter(|part| part.ends_with("/revocation")) {
            omar.act(path, &[]).await;
        }
        reader.api("/people").await.expect(401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_appoints_themselves_or_lets_themselves_in_as_another() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        let root_id = account(&site, "Root", Some(Role::Administrator)).await;
        account(&site, "Ruth", Some(Role::Administrator)).await;
        let omar_id = account(&site, "Omar", Some(Role::SecretariatOfficer)).await;
        let (mut root, _) = with_both(&site, "Root").await;
        let (mut ruth, _) = with_both(&site, "Ruth").await;
        let (mut omar, _) = with_both(&site, "Omar").await;
        let own = format!("/people/{root_id}/appointments/new");
        let refused = root
            .post(&own, "role=secretariat_approver")
            .await
            .expect(422);
        assert!(refused.says("Nobody gives a role to themselves"));
        let to_omar = format!("/people/{omar_id}/appointments/new");
        omar.post(&to_omar, "role=secretariat_approver")
            .await
            .expect(422);
        omar.post(
            &format!("/people/{root_id}/appointments/new"),
            "role=auditor",
        )
        .await
        .expect(403);
        let link = format!("/people/{omar_id}/sign-in-link");
        let reset = format!("/people/{omar_id}/second-factor-reset");
        let made = root.act(&link, &[("reason", "Lost the password")]).await;
        let path = shown(&root.get(&made.location).await.text, "/sign-in/link/");
        let both = root
            .post(&reset, "reason=Lost+the+telephone")
            .await
            .expect(422);
        assert!(both.says("another person"));
        ruth.act(&reset, &[("reason", "Lost the telephone")]).await;
        let planted = ruth
            .post(&link, "reason=And+the+password")
            .await
            .expect(422);
        assert!(planted.says("another person"));
        let mut back = Browser::new(&site);
        assert!(back.get(&path).await.says("Omar Osei"));
        assert_eq!(
            back.act(&path, &[]).await.location,
            "/account/second-factor"
        );
        back.get("/people").await.expect(403);
        let change = [
            ("new_password", "seven slow camels"),
            ("new_password_again", "seven slow camels"),
        ];
        back.post("/account/password", &web::testing::query(&change))
            .await
            .expect(422);
        back.get(&path).await.expect(422);
        let mut thief = Browser::new(&site);
        thief.post(&path, "").await.expect(422);
        let secret = secret_on(&back.get("/account/second-factor").await.text);
        back.act("/account/second-factor", &[("code", &code(&secret, &site))])
            .await;
        back.get("/people").await.expect(200);
        root.act(&format!("/people/{omar_id}/closure"), &[("reason", "Left")])
            .await;
        back.get("/people").await.expect(303);
        assert!(root.get(&format!("/people/{omar_id}")).await.says("Left"));
        let checked = site.db.read(ledger::verify).await;
        assert!(checked.is_ok(), "{checked:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officers_keep_organisations_and_lose_no_edit() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db);
        let omar_id = account(&site, "Omar", Some(Role::SecretariatOfficer)).await;
        let (mut omar, _) = with_both(&site, "Omar").await;
        let fields = [
            ("names_en", "Care for Schools"),
            ("names_fr", "Soin des écoles"),
            ("kind", "national_ngo"),
            ("country", "hn"),
            ("identifiers", "GB-CHC 202918"),
            ("website", "https://example.org"),
        ];
        let care = omar.act("/organisations/new", &fields).await.made();
        let twin = web::testing::query(&fields);
        let refused = omar.post("/organisations/new", &twin).await.expect(422);
        assert!(refused.says("GB-CHC 202918 belongs to another organisation"));
        let path = format!("/organisations/{care}");
        let mut anybody = Browser::new(&site);
        let page = anybody.get(&path).await.expect(200);
        assert!(page.says("Care for Schools") && page.says("GB-CHC 202918"));
        assert!(
            anybody
                .get("/organisations?q=ecoles&kind=national_ngo&country=HN")
                .await
                .says("Care for Schools")
        );
        assert!(
            !anybody
                .get("/organisations?country=KE")
                .await
                .says("Care for Schools")
        );
        assert!(
            anybody
                .get("/organisations.csv")
                .await
                .text
                .contains("national_ngo")
        );
        anybody.get(&format!("{path}/edit")).await.expect(303);
        let edit = |name: &'static str, version: &'static str| {
            web::testing::query(&[
                ("names_en", name),
                ("kind", "national_ngo"),
                ("identifiers", "GB-CHC 202918"),
                ("version", version),
            ])
        };
        omar.post(&format!("{path}/edit"), &edit("Care for All Schools", "1"))
            .await
            .expect(303);
        let late = omar
            .post(&format!("{path}/edit"), &edit("Caring Schools", "1"))
            .await
            .expect(409);
        assert!(
            late.text.contains("Caring Schools"),
            "what was entered is kept"
        );
        let other = omar
            .act(
                "/organisations/new",
                &[("names_en", "Care"), ("kind", "other")],
            )
            .await
            .made();
        let merge = [
            ("into", care.as_str()),
            ("reason", "The same body under its short name"),
        ];
        omar.act(&format!("/organisations/{other}/merger"), &merge)
            .await;
        assert!(
            anybody
                .get(&format!("/organisations/{other}"))
                .await
                .says("Care for All Schools")
        );
        omar.get(&format!("/organisations/{other}/edit"))
            .await
            .expect(422);
        let tie = [
            ("organisation", care.as_str()),
            ("kind", "seconded"),
            ("from_on", "2026-01-01"),
        ];
        let mut free = Browser::new(&site);
        free.get("/account/affiliations").await.expect(303);
        omar.act("/account/affiliations/new", &tie).await;
        let id = base::Id::parse(&care).unwrap();
        let today = site.clock.now().day();
        let tied = site
            .db
            .read(move |tx| people::is_affiliated(tx, omar_id, id, today))
            .await
            .unwrap();
        assert!(tied);
        assert!(
            omar.get("/account/affiliations")
                .await
                .says("It has lent me")
        );
        for path in [
            "/people",
            "/account",
            "/account/sessions",
            "/account/keys",
            "/organisations",
        ] {
            let mut arabic = omar.clone().in_lang("ar");
            arabic.get(path).await.expect(200);
            let mut french = omar.clone().in_lang("fr");
            french.get(path).await.expect(200);
        }
    })
    .await;
}
