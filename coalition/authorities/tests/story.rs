//! Honduras is accredited, delegates, lets its accreditation lapse and renews it; some try shortcuts.

mod house;

use base::{Error, Role};
use house::{actor, migrations, ministry, person, site};
use people::testing::shown;
use web::Site;
use web::testing::{Browser, Got, query};

const PDF: &[u8] = b"%PDF-1.7 Dear Secretariat";

fn letter<'a>(
    country: Option<&'a str>,
    ministry: &'a str,
    days: (&'a str, &'a str),
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("organisation", ministry),
        ("letter_on", "2026-11-20"),
        ("valid_from", days.0),
        ("valid_to", days.1),
        ("focal_point_name", "Fatima Reyes"),
        ("focal_point_email", "fatima@example.org"),
        ("signatory_name", "Simon Paz"),
        ("signatory_email", "simon@example.org"),
        ("language", "en"),
    ];
    fields.extend(country.map(|code| ("country", code)));
    fields
}

const CALL: &[(&str, &str)] = &[
    ("channel", "switchboard"),
    ("channel_source", "Government directory, page 12"),
    ("called_on", "2026-11-21"),
    ("spoke_to", "Head of the minister's office"),
    ("confirmed", "letter"),
    ("confirmed", "persons"),
    ("confirmed", "validity"),
];

async fn nominate(officer: &mut Browser, ministry: &str, country: &str) -> Got {
    let fields = letter(Some(country), ministry, ("2026-11-21", "2027-11-20"));
    officer
        .upload(
            "/authorities/new",
            &fields,
            "letter",
            "Letter of Fatima.pdf",
            PDF,
        )
        .await
}

/// Honduras, verified by Aida on Omar's record; the path of the accreditation.
async fn honduras(site: &Site, omar: &mut Browser, aida: &mut Browser) -> String {
    let ministry = ministry(site, "Ministry of Education", "HN")
        .await
        .to_string();
    let path = nominate(omar, &ministry, "HN").await.expect(303).location;
    aida.act(&format!("{path}/verification"), CALL).await;
    path
}

#[test]
fn the_schema_holds_its_sample_rows() {
    let all = [people::MIGRATIONS, authorities::MIGRATIONS].concat();
    db::testing::each_engine_with_samples(&all, |db| {
        let count = db.read_now(|tx| tx.one("SELECT COUNT(*) FROM delegation", &[])?.read().int());
        assert_eq!(count.unwrap(), 1);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_gives_roles_only_after_another_person_called_back() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db).await;
        let mut omar = person(&site, "Omar", &[Role::SecretariatOfficer]).await;
        let mut aida = person(&site, "Aida", &[Role::SecretariatApprover]).await;
        let both = &[Role::SecretariatOfficer, Role::SecretariatApprover];
        let mut bo = person(&site, "Bo", both).await;
        let ministry_id = ministry(&site, "Ministry of Education", "HN")
            .await
            .to_string();
        let fields = letter(Some("HN"), &ministry_id, ("2026-11-21", "2027-11-20"));
        let strange = omar
            .upload(
                "/authorities/new",
                &fields,
                "letter",
                "letter.pdf",
                b"<script>",
            )
            .await;
        assert!(strange.expect(422).says("whatever its name says"));
        let path = nominate(&mut omar, &ministry_id, "HN")
            .await
            .expect(303)
            .location;
        assert!(
            nominate(&mut bo, &ministry_id, "HN")
                .await
                .expect(422)
                .says("waits for a call back already")
        );

        let mut anybody = Browser::new(&site);
        anybody.get(&path).await.expect(404);
        assert!(
            !anybody
                .get("/authorities")
                .await
                .says("Ministry of Education")
        );
        assert!(
            aida.get("/inbox")
                .await
                .says("Honduras: a letter waits for your call back")
        );
        assert!(!omar.get("/inbox").await.says("a letter waits"));
        omar.post(&format!("{path}/verification"), &query(CALL))
            .await
            .expect(403);
        let partly = query(&CALL[..6]);
        let refused = aida
            .post(&format!("{path}/verification"), &partly)
            .await
            .expect(422);
        assert!(refused.says("confirmed all three"));
        let attempt = [
            ("channel", "embassy"),
            ("channel_source", "Diplomatic list"),
            ("called_on", "2026-11-21"),
            ("outcome", "not_reached"),
        ];
        aida.act(&format!("{path}/call-back"), &attempt).await;
        let before = actor(&site, "fatima@example.org").await;
        assert!(
            before.appointments.is_empty(),
            "no role before the call back"
        );

        let links = aida.act(&format!("{path}/verification"), CALL).await;
        let page = aida.get(&links.location).await.expect(200);
        assert!(page.says("Fatima Reyes") && page.says("Simon Paz"));
        let mut fatima = Browser::new(&site);
        let welcome = fatima
            .get(&shown(&page.text, "/invitation/"))
            .await
            .expect(200);
        assert!(welcome.says("National authority focal point"));

        let public = anybody.get(&path).await.expect(200);
        assert!(public.says("Active") && public.says("Ministry of Education"));
        for secret in ["Fatima", "Simon", "example.org", "Omar", "Aida"] {
            assert!(
                !public.text.contains(secret),
                "{secret} stands on a public page"
            );
            assert!(!anybody.get("/authorities").await.text.contains(secret));
            assert!(!anybody.api(&path).await.text.contains(secret));
        }
        anybody.get(&format!("{path}/letter")).await.expect(303);
        assert_eq!(omar.get(&format!("{path}/letter")).await.bytes, PDF);
        let inside = aida.get(&path).await;
        assert!(inside.says("Nobody reached") && inside.says("Government directory, page 12"));

        // Planted: one person with both roles records a letter and verifies it.
        let kenya = ministry(&site, "Ministry of Education of Kenya", "KE")
            .await
            .to_string();
        let own = nominate(&mut bo, &kenya, "KE").await.expect(303).location;
        let refused = bo
            .post(&format!("{own}/verification"), &query(CALL))
            .await
            .expect(422);
        assert!(refused.says("another person"));
        bo.post(&format!("{own}/decline"), "reason=No")
            .await
            .expect(422);
        aida.act(
            &format!("{own}/decline"),
            &[("reason", "The letter could not be confirmed")],
        )
        .await;
        let today = site.clock.now().day();
        let none = site
            .db
            .read(move |tx| authorities::active(tx, "KE", today))
            .await
            .unwrap();
        assert_eq!(none, None);
        for lang in ["fr", "ar"] {
            let mut other = aida.clone().in_lang(lang);
            for page in ["/authorities", &path, &own, "/inbox"] {
                other.get(page).await.expect(200);
            }
            let mut officer = omar.clone().in_lang(lang);
            officer.get("/authorities/new").await.expect(200);
            officer.get(&format!("{path}/renewal")).await.expect(200);
        }
        let facts = site.db.read(ledger::verify).await;
        assert!(facts.is_ok(), "{facts:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegate_reaches_as_far_as_was_handed_on() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db).await;
        let mut omar = person(&site, "Omar", &[Role::SecretariatOfficer]).await;
        let mut aida = person(&site, "Aida", &[Role::SecretariatApprover]).await;
        // Fatima has an account for demonstrations, so that the story need not choose passwords.
        let mut fatima = person(&site, "Fatima", &[]).await;
        let mut dina = person(&site, "Dina", &[]).await;
        let path = honduras(&site, &mut omar, &mut aida).await;
        let areas = site
            .db
            .read(|tx| places::departments(tx, "HN"))
            .await
            .unwrap();
        let (here, there) = (areas[0].code.clone(), areas[1].code.clone());
        let delegations = format!("{path}/delegations/new");
        let scope = |email: &'static str, until: &'static str| {
            vec![
                ("name".to_owned(), "Dina".to_owned()),
                ("email".to_owned(), email.to_owned()),
                ("language".to_owned(), "en".to_owned()),
                ("places".to_owned(), here.clone()),
                ("to_on".to_owned(), until.to_owned()),
            ]
        };
        let pairs = |all: &[(String, String)]| {
            let all: Vec<(&str, &str)> =
                all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            query(&all)
        };
        let late = fatima
            .post(
                &delegations,
                &pairs(&scope("dina@example.org", "2027-11-21")),
            )
            .await;
        assert!(late.expect(422).says("a delegation cannot last longer"));
        fatima
            .post(
                &delegations,
                &pairs(&scope("fatima@example.org", "2027-01-31")),
            )
            .await
            .expect(422);
        let mut whole = scope("dina@example.org", "2027-01-31");
        whole[3].1 = "HN".to_owned();
        fatima.post(&delegations, &pairs(&whole)).await.expect(422);
        omar.post(
            &delegations,
            &pairs(&scope("dina@example.org", "2027-01-31")),
        )
        .await
        .expect(403);
        fatima
            .post(
                &delegations,
                &pairs(&scope("dina@example.org", "2027-01-31")),
            )
            .await
            .expect(303);

        let today = site.clock.now().day();
        let asked = |who: base::Actor, place: String| {
            site.db.read(move |tx| {
                authorities::require_places(tx, &who, "HN", std::slice::from_ref(&place), today)
            })
        };
        let delegate = actor(&site, "dina@example.org").await;
        let authority = actor(&site, "fatima@example.org").await;
        assert!(asked(delegate.clone(), here.clone()).await.is_ok());
        let outside = asked(delegate.clone(), there.clone()).await.unwrap_err();
        assert_eq!(outside.keys(), ["authority-outside-scope"]);
        assert!(asked(authority.clone(), there.clone()).await.is_ok());
        assert!(asked(authority, "KE".to_owned()).await.is_err());
        // A delegate hands nothing on.
        dina.post(
            &delegations,
            &pairs(&scope("eva@example.org", "2027-01-31")),
        )
        .await
        .expect(403);

        let record = fatima.get(&path).await.expect(200);
        let revocation = shown(&record.text, "href=\"/delegations/").replace("href=\"", "");
        dina.post(&revocation, "reason=Mine").await.expect(403);
        fatima.post(&revocation, "").await.expect(422);
        fatima
            .act(
                &revocation,
                &[("reason", "Dina has moved to another office")],
            )
            .await;
        let after = actor(&site, "dina@example.org").await;
        assert!(matches!(
            asked(after, here.clone()).await,
            Err(Error::Forbidden(_))
        ));
        dina.get("/authorities").await.expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accreditation_lapses_and_a_new_letter_takes_its_place() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let site = site(db).await;
        let mut omar = person(&site, "Omar", &[Role::SecretariatOfficer]).await;
        let mut aida = person(&site, "Aida", &[Role::SecretariatApprover]).await;
        person(&site, "Fatima", &[]).await;
        let path = honduras(&site, &mut omar, &mut aida).await;
        let old = actor(&site, "fatima@example.org").await;
        assert!(!omar.get("/inbox").await.says("the accreditation ends"));
        let ministry_id = {
            let today = site.clock.now().day();
            let found = site
                .db
                .read(move |tx| authorities::active(tx, "HN", today))
                .await
                .unwrap();
            found.unwrap().organisation.to_string()
        };
        // Ten days before the end; sessions have ended long ago.
        site.clock.advance_seconds(354 * 86_400);
        let mut omar = person(&site, "Otto", &[Role::SecretariatOfficer]).await;
        let mut aida = person(&site, "Ada", &[Role::SecretariatApprover]).await;
        assert!(
            omar.get("/inbox")
                .await
                .says("Honduras: the accreditation ends on 20 November 2027")
        );
        let mut fields = letter(None, &ministry_id, ("2027-11-21", "2029-11-20"));
        fields[1].1 = "2027-11-01";
        let renewal = format!("{path}/renewal");
        let new = omar
            .upload(&renewal, &fields, "letter", "letter.pdf", PDF)
            .await
            .expect(303)
            .location;
        assert!(!omar.get("/inbox").await.says("the accreditation ends"));
        let mut call = CALL.to_vec();
        call[2].1 = "2027-11-10";
        aida.act(&format!("{new}/verification"), &call).await;
        let today = site.clock.now().day();
        let now = site
            .db
            .read(move |tx| authorities::active(tx, "HN", today))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (now.valid_from, now.valid_to.to_string().as_str()),
            (today, "2029-11-20"),
            "no day without"
        );
        assert!(Browser::new(&site).get(&path).await.says("Replaced"));
        let renewed = actor(&site, "fatima@example.org").await;
        assert_eq!(renewed.appointments.len(), 1, "one role, not two");
        let allowed = {
            let who = renewed.clone();
            site.db
                .read(move |tx| authorities::require_active(tx, &who, "HN", today))
                .await
        };
        assert!(allowed.is_ok());

        // Two years on, nothing was renewed.
        site.clock.advance_seconds(800 * 86_400);
        let today = site.clock.now().day();
        let stale = site
            .db
            .read(move |tx| authorities::require_active(tx, &old, "HN", today))
            .await;
        assert_eq!(stale.unwrap_err().keys(), ["authority-lapsed"]);
        let gone = actor(&site, "fatima@example.org").await;
        assert!(
            gone.appointments.is_empty(),
            "the roles have ended with the accreditation"
        );
        assert!(
            Browser::new(&site)
                .get("/authorities?state=lapsed")
                .await
                .says("Ministry of Education")
        );
        assert!(
            !Browser::new(&site)
                .get("/authorities?state=active")
                .await
                .says("Ministry of Education")
        );
    })
    .await;
}
