//! A house with this room and everything upstream, and the people who walk through its stories.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

use base::{Clock, Day, Id, Moment, Role};
use db::{Db, Tx, args};
pub use people::testing::but;
use people::testing::{account, appoint, days_pass, morning, organisation, signed_in};
use web::testing::Browser;
use web::{Room, Site};

/// The day the stories begin.
pub const TODAY: &str = "2026-12-01";

/// A site with its clock, and everybody signed in.
pub struct House {
    pub site: Site,
    pub clock: Clock,
    /// Focal point of Honduras.
    pub ana: Browser,
    /// Focal point of Kenya.
    pub wanjiru: Browser,
    /// Officer of the secretariat.
    pub omar: Browser,
    /// Approver of the secretariat.
    pub sofia: Browser,
    /// Officer and approver at once, to try what four eyes forbid.
    pub pat: Browser,
    /// A member's focal point.
    pub malik: Browser,
    pub auditor: Browser,
    pub nobody: Browser,
    pub ana_account: Id,
    links: Vec<String>,
}

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![
        places::room(),
        catalogue::room(),
        authorities::room(),
        needs::room(),
    ])
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

impl House {
    pub async fn open(db: Db) -> Self {
        let now = morning(TODAY);
        let clock = Clock::at(now);
        let (ana_account, links) = db.write(move |tx| settle(tx, now)).await.unwrap();
        let site = people::testing::site(db, clock.clone(), rooms());
        let [ana, wanjiru, omar, sofia, pat, malik, auditor] = signed_in(&site, &links).await;
        let nobody = Browser::new(&site);
        Self {
            site,
            clock,
            ana,
            wanjiru,
            omar,
            sofia,
            pat,
            malik,
            auditor,
            nobody,
            ana_account,
            links,
        }
    }

    /// Lets days pass; everybody signs in again.
    pub async fn days(&mut self, days: i64) {
        let mut all = [
            &mut self.ana,
            &mut self.wanjiru,
            &mut self.omar,
            &mut self.sofia,
            &mut self.pat,
            &mut self.malik,
            &mut self.auditor,
        ];
        days_pass(&self.clock, days, &mut all, &self.links).await;
    }

    /// The facts alone tell every row of this room and every balance.
    pub async fn replays(&self) {
        let db = self.site.db.clone();
        let work = move || {
            let scratch = Db::scratch(&web::site::migrations(&rooms())).unwrap();
            ledger::replay(&db, &scratch, &web::site::tables(&rooms())).unwrap()
        };
        for compared in tokio::task::spawn_blocking(work).await.unwrap() {
            // The accreditations of these stories were written by hand, without a fact.
            if compared.table == "accreditation" {
                continue;
            }
            assert!(
                compared.is_same(),
                "{} is not what the facts tell",
                compared.table
            );
        }
    }
}

/// Countries, catalogue, two authorities, seven people; answers their sign-in links.
fn settle(tx: &mut Tx, now: Moment) -> base::Result<(Id, Vec<String>)> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    let mut links = Vec::new();
    let mut accounts = Vec::new();
    let people: [(&str, &[Role], Option<&str>); 7] = [
        ("ana", &[Role::AuthorityFocalPoint], Some("HN")),
        ("wanjiru", &[Role::AuthorityFocalPoint], Some("KE")),
        ("omar", &[Role::SecretariatOfficer], None),
        ("sofia", &[Role::SecretariatApprover], None),
        (
            "pat",
            &[Role::SecretariatOfficer, Role::SecretariatApprover],
            None,
        ),
        ("malik", &[Role::MemberFocalPoint], None),
        ("auditor", &[Role::Auditor], None),
    ];
    for (name, roles, country) in people {
        let account = account(tx, name, now)?;
        let organisation = match (country, roles) {
            (Some(country), _) => Some(authority(tx, country, account, now)?),
            (None, [Role::MemberFocalPoint]) => {
                Some(organisation(tx, "Sample Help", "civil_society", None, now)?)
            }
            (None, _) => None,
        };
        appoint(tx, account, roles, (organisation, country), now)?;
        links.push(people::sign_in_link(tx, account, now)?);
        accounts.push(account);
    }
    Ok((accounts[0], links))
}

/// An accredited authority, for a year.
fn authority(tx: &mut Tx, country: &str, account: Id, now: Moment) -> base::Result<Id> {
    let ministry = organisation(
        tx,
        &format!("Ministry of {country}"),
        "government",
        Some(country),
        now,
    )?;
    let id = Id::new(now);
    tx.exec(
        "INSERT INTO accreditation (id, country, organisation_id, letter_hash, letter_mime, letter_size, \
         letter_on, valid_from, valid_to, state, nominated_by, nominated_at, verified_by, verified_at, version) \
         VALUES ($1, $2, $3, 'aa', 'application/pdf', 1, $4, $4, $5, 'verified', $6, $7, $8, $7, 2)",
        &args![
            id,
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

/// What a request's form holds, without the letter.
pub const REQUEST: &[(&str, &str)] = &[
    ("country", "HN"),
    ("subject", "Escuelas tras la tormenta"),
    ("context", "emergency"),
    ("context_name", "Tormenta Sara"),
    ("cause", "storm"),
    (
        "own_words",
        "Pedimos conexión & «tabletas» para <nuestras> escuelas del norte.",
    ),
    ("own_lang", "es"),
    ("urgency", "soon"),
    ("required_by", "2027-06-30"),
];

/// What a line's form holds.
pub const LINE: &[(&str, &str)] = &[
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
    ("conditions", "has_road_access"),
    ("window_from", "2027-01-10"),
    ("window_to", "2027-12-31"),
    ("partners", "2"),
    ("required_by", "2027-06-30"),
];

impl House {
    /// Ana drafts a request with its letter; answers its path.
    pub async fn request(&mut self, other: &[(&str, &str)]) -> String {
        let pairs = but(REQUEST, other);
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
    /// Ana adds a line.
    pub async fn line(&mut self, request: &str, other: &[(&str, &str)]) {
        self.ana
            .act(&format!("{request}/lines/new"), &but(LINE, other))
            .await;
    }
    /// Submitted, received, assessed.
    pub async fn assessed(&mut self, request: &str) {
        self.ana.act(&format!("{request}/submission"), &[]).await;
        self.omar.act(&format!("{request}/receipt"), &[]).await;
        self.omar.act(&format!("{request}/assessment"), &[]).await;
    }
    /// The ids of a request's needs, in the order of their numbers.
    pub async fn needs_of(&self, request: &str) -> Vec<String> {
        let id = Id::parse(request.rsplit('/').next().unwrap()).unwrap();
        let read = move |tx: &mut Tx| {
            let rows = tx.rows(
                "SELECT id FROM need WHERE request_id = $1 ORDER BY number, id",
                &args![id],
            )?;
            rows.iter()
                .map(|row| Ok(row.read().id()?.to_string()))
                .collect::<base::Result<Vec<_>>>()
        };
        self.site.db.read(read).await.unwrap()
    }
    /// Omar edits every need of a request.
    pub async fn edit(&mut self, request: &str) {
        for need in self.needs_of(request).await {
            let path = format!("/needs/{need}/edit");
            let pairs = [
                ("title_en", "Help for the north"),
                ("title_fr", "Aide pour le nord"),
                (
                    "clean_text",
                    "Schools of the north need help after the storm.",
                ),
                ("clean_lang", "en"),
                ("objective", "continuity"),
                ("phase", "response"),
                ("version", "1"),
            ];
            self.omar.act(&path, &pairs).await;
        }
    }
    /// A validated request with one line; answers the request's path and the need's.
    pub async fn validated(&mut self) -> (String, String) {
        let request = self.request(&[]).await;
        self.line(&request, &[]).await;
        self.assessed(&request).await;
        self.edit(&request).await;
        self.sofia.act(&format!("{request}/validation"), &[]).await;
        let need = self.needs_of(&request).await.remove(0);
        (request, format!("/needs/{need}"))
    }
}
