//! A house with every room, an accredited authority and the people who file and validate.

use base::{Clock, Day, Id, Moment, Names, Role};
use db::{Db, Tx, args};
use serde_json::Value;
use web::testing::Browser;
use web::{Room, Site};

/// The day the stories begin.
pub const TODAY: &str = "2026-12-01";

/// A site and everybody signed in.
pub struct House {
    pub site: Site,
    /// Focal point of Honduras.
    ana: Browser,
    /// Officer of the secretariat.
    omar: Browser,
    /// Approver of the secretariat.
    sofia: Browser,
}

pub fn rooms() -> Vec<Room> {
    vec![
        web::own::room(),
        ledger::room(),
        people::room(),
        places::room(),
        catalogue::room(),
        authorities::room(),
        members::room(),
        needs::room(),
        offers::room(),
        allocation::room(),
        agreements::room(),
        deployments::room(),
        deliveries::room(),
        evidence::room(),
        reports::room(),
        publications::room(),
        portal::room(),
    ]
}

impl House {
    pub async fn open(db: Db) -> Self {
        let clock = Clock::at(Moment::start_of(Day::parse(TODAY).unwrap()).plus_seconds(36_000));
        let now = clock.now();
        let links = db.write(move |tx| settle(tx, now)).await.unwrap();
        let site = web::testing::site(db, clock, rooms(), people::DOOR);
        let mut signed = Vec::new();
        for link in &links {
            let mut browser = Browser::new(&site);
            browser.act(link, &[]).await;
            signed.push(browser);
        }
        let [ana, omar, sofia] = <[Browser; 3]>::try_from(signed).ok().unwrap();
        Self {
            site,
            ana,
            omar,
            sofia,
        }
    }

    /// Counts everything anew, as the server does every minute.
    pub async fn count(&self) -> reports::Snapshot {
        let bench = jobs::Bench {
            db: self.site.db.clone(),
            files: self.site.files.clone(),
            clock: self.site.clock.clone(),
            stopping: std::sync::Arc::default(),
        };
        tokio::task::spawn_blocking(move || reports::take_now(&bench))
            .await
            .unwrap()
            .unwrap()
    }

    /// Ana drafts a request with its letter; answers its path.
    pub async fn request(&mut self) -> String {
        let pairs = [
            ("country", "HN"),
            ("subject", "Escuelas tras la tormenta"),
            ("context", "emergency"),
            ("context_name", "Tormenta Sara"),
            ("cause", "storm"),
            ("own_words", "Pedimos ayuda para las escuelas del norte."),
            ("own_lang", "es"),
            ("urgency", "soon"),
            ("required_by", "2027-06-30"),
        ];
        let made = self
            .ana
            .upload(
                "/requests/new",
                &pairs,
                "letter",
                "carta.pdf",
                b"%PDF-1.4 carta",
            )
            .await;
        made.expect(303).location
    }

    /// Ana adds a line: 120 print packs for 110 learners, or what is said otherwise.
    pub async fn line(&mut self, request: &str, other: &[(&str, &str)]) {
        let plain = [
            ("service_class", "print_packs"),
            ("quantity", "120"),
            ("place_code", "HN0101"),
            ("audience", "learners"),
            ("learners", "110"),
            ("learners_method", "register_count"),
            ("learners_source", "Registro 2026"),
            ("girls", "480"),
            ("rural", "1000"),
            ("severity", "4"),
            ("severity_method", "Visita de campo"),
            ("urgency", "urgent"),
            ("tier", "0"),
            ("lang1", "es"),
            ("window_from", "2027-01-10"),
            ("window_to", "2027-12-31"),
            ("partners", "2"),
            ("required_by", "2027-06-30"),
        ];
        let mut pairs: Vec<(&str, &str)> = plain
            .into_iter()
            .filter(|(name, _)| !other.iter().any(|(n, _)| n == name))
            .collect();
        pairs.extend(other.iter().filter(|(_, value)| !value.is_empty()));
        self.ana.act(&format!("{request}/lines/new"), &pairs).await;
    }

    /// Submitted, received, assessed, edited.
    pub async fn submit(&mut self, request: &str) {
        let why = [("pairing_reason", "Teachers were trained last year.")];
        self.ana.act(&format!("{request}/submission"), &why).await;
        self.omar.act(&format!("{request}/receipt"), &[]).await;
        self.omar.act(&format!("{request}/assessment"), &[]).await;
        let id = Id::parse(request.rsplit('/').next().unwrap()).unwrap();
        let read = move |tx: &mut Tx| {
            let rows = tx.rows(
                "SELECT id FROM need WHERE request_id = $1 ORDER BY number, id",
                &args![id],
            )?;
            rows.iter()
                .map(|row| row.read().id())
                .collect::<base::Result<Vec<Id>>>()
        };
        for need in self.site.db.read(read).await.unwrap() {
            let pairs = [
                ("title_en", "Help for the north"),
                (
                    "clean_text",
                    "Schools of the north need help after the storm.",
                ),
                ("clean_lang", "en"),
                ("objective", "continuity"),
                ("phase", "response"),
                ("version", "1"),
            ];
            self.omar.act(&format!("/needs/{need}/edit"), &pairs).await;
        }
    }

    /// Sofia validates.
    pub async fn validate(&mut self, request: &str) {
        self.sofia.act(&format!("{request}/validation"), &[]).await;
    }

    /// A matching round that is done, as `allocation` keeps it, with its fact.
    pub async fn round(&mut self, number: i64, outcome: &Value) {
        let (outcome, now) = (outcome.clone(), self.site.clock.now());
        let write = move |tx: &mut Tx| {
            let (policy, round, by) = (
                Id::named("policy", "1"),
                Id::new(now),
                Id::named("account", "omar"),
            );
            tx.exec(
                "INSERT INTO allocation_policy (id, number, note, parameters, created_by, created_at, version) \
                 VALUES ($1, 1, '', '{}', $2, $3, 1) ON CONFLICT (id) DO NOTHING",
                &args![policy, by, now],
            )?;
            tx.exec(
                "INSERT INTO matching_round (id, number, title, policy_id, first_period, periods, state, \
                 created_by, created_at, finished_at, files, objective, upper_bound, gap, outcome, version) \
                 VALUES ($1, $2, 'Winter', $3, 8108, 4, 'done', $4, $5, $5, '{}', 1234, 1235, 0.00080972, $6, 1)",
                &args![round, number, policy, by, now, &outcome],
            )?;
            let subject = ("round", round);
            ledger::record(
                tx,
                &ledger::Fact {
                    now,
                    actor: Some(by),
                    verb: "allocation.round_finished",
                    subject,
                    about: Value::Null,
                },
            )
        };
        self.site.db.write(write).await.unwrap();
    }
}

/// Countries, catalogue, an authority, three people; answers their sign-in links.
fn settle(tx: &mut Tx, now: Moment) -> base::Result<Vec<String>> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    let mut links = Vec::new();
    for (name, role, country) in [
        ("ana", Role::AuthorityFocalPoint, Some("HN")),
        ("omar", Role::SecretariatOfficer, None),
        ("sofia", Role::SecretariatApprover, None),
    ] {
        let account = people::NewAccount {
            email: format!("{name}@example.org"),
            name: name.to_owned(),
            sample: true,
            ..people::NewAccount::default()
        };
        let account = people::add_account(tx, &account, now)?;
        let organisation = country
            .map(|country| authority(tx, country, account, now))
            .transpose()?;
        let appointment = people::NewAppointment {
            account,
            role,
            organisation,
            country: country.map(str::to_owned),
            places: Vec::new(),
            from_on: now.day(),
            to_on: None,
            basis: if country.is_some() {
                "accreditation"
            } else {
                "secretariat"
            },
        };
        people::appoint(tx, &appointment, None, now)?;
        links.push(people::sign_in_link(tx, account, now)?);
    }
    Ok(links)
}

/// An accredited authority, for a year.
fn authority(tx: &mut Tx, country: &str, account: Id, now: Moment) -> base::Result<Id> {
    let new = people::NewOrganisation {
        names: Names::one("en", "Ministry of Education"),
        kind: "government".to_owned(),
        country: Some(country.to_owned()),
        sample: true,
        ..people::NewOrganisation::default()
    };
    let ministry = people::add_organisation(tx, &new, None, now)?;
    tx.exec(
        "INSERT INTO accreditation (id, country, organisation_id, letter_hash, letter_mime, letter_size, \
         letter_on, valid_from, valid_to, state, nominated_by, nominated_at, verified_by, verified_at, version) \
         VALUES ($1, $2, $3, 'aa', 'application/pdf', 1, $4, $4, $5, 'verified', $6, $7, $8, $7, 2)",
        &args![
            Id::new(now),
            country,
            ministry,
            now.day(),
            now.day().plus(365),
            Id::named("account", "before"),
            now,
            account
        ],
    )?;
    Ok(ministry)
}
