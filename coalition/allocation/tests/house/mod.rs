//! A house with this room and everything upstream, and the people who walk through its stories.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

use base::{Actor, Clock, Day, Id, Lang, Moment, Names, Role};
use db::{Db, Migration, Tx, args};
use members::{Application, Contact, Finding};
use offers::{Kind, Places, Spoken, Terms};
use std::collections::BTreeMap;
use web::testing::Browser;
use web::{Entered, Room, Site, hand};

/// The day the stories begin.
pub const TODAY: &str = "2026-12-01";

const NOTHING: &[(Lang, &str)] = &[(Lang::En, ""), (Lang::Fr, ""), (Lang::Ar, "")];

/// A site with its clock and everybody in it.
pub struct House {
    pub site: Site,
    pub clock: Clock,
    pub known: Known,
}

/// Who is who.
#[derive(Clone, Debug)]
pub struct Known {
    pub accounts: BTreeMap<&'static str, Id>,
    /// A member of Honduras and one of France.
    pub local: Id,
    pub foreign: Id,
}

pub fn rooms() -> Vec<Room> {
    let ledger = Room {
        name: "ledger",
        migrations: ledger::MIGRATIONS,
        tables: ledger::TABLES,
        words: NOTHING,
        ..Room::default()
    };
    let own = Room {
        words: NOTHING,
        ..web::own::room()
    };
    vec![
        own,
        ledger,
        people::room(),
        places::room(),
        catalogue::room(),
        authorities::room(),
        members::room(),
        needs::room(),
        offers::room(),
        allocation::room(),
    ]
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn start() -> Moment {
    Moment::start_of(day(TODAY)).plus_seconds(36_000)
}

/// The id at the end of a path.
pub fn id(path: &str) -> Id {
    Id::parse(path.rsplit('/').next().unwrap()).unwrap()
}

impl House {
    pub fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let known = db.write_now(|tx| settle(tx, start())).unwrap();
        let site = web::testing::site(db, clock.clone(), rooms(), people::DOOR);
        Self { site, clock, known }
    }

    pub fn actor(&self, who: &str) -> Actor {
        let (account, today) = (self.known.accounts[who], self.clock.now().day());
        self.site
            .db
            .read_now(move |tx| people::actor(tx, account, today))
            .unwrap()
    }

    pub async fn browser(&self, who: &str) -> Browser {
        let (account, now) = (self.known.accounts[who], self.clock.now());
        let link = self
            .site
            .db
            .write(move |tx| people::sign_in_link(tx, account, now))
            .await
            .unwrap();
        let key = self
            .site
            .db
            .write(move |tx| people::add_key(tx, account, "story", now))
            .await
            .unwrap();
        let mut browser = self.stranger();
        browser.key = Some(key);
        browser.act(&link, &[]).await;
        browser
    }

    pub fn stranger(&self) -> Browser {
        Browser::new(&self.site)
    }

    pub fn write<T: Send + 'static>(
        &self,
        act: impl Fn(&mut Tx, Moment) -> base::Result<T> + Send + 'static,
    ) -> base::Result<T> {
        let now = self.clock.now();
        self.site.db.write_now(move |tx| act(tx, now))
    }

    #[expect(clippy::panic, reason = "a story that goes wrong ends here")]
    pub fn by_hand(
        &self,
        who: &str,
        name: &str,
        params: &[(&str, &str)],
        entered: Entered,
    ) -> web::Done {
        let actor = self.actor(who);
        hand::act(&self.site, Some(&actor), name, params, entered)
            .unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// An offer of a member that two people of the secretariat let through.
    pub fn offer(&self, member: Id, focal: &str, terms: &Terms) -> Id {
        let (mary, omar, sofia) = (self.actor(focal), self.actor("omar"), self.actor("sofia"));
        let terms = terms.clone();
        self.write(move |tx, now| {
            let id = offers::register(tx, member, &terms, &mary, now)?;
            offers::check(tx, id, "Seen", &omar, now)?;
            offers::approve(tx, id, &sofia, now)?;
            Ok(id)
        })
        .unwrap()
    }

    /// Honduras files its request from a register, and it is validated; answers the needs by service.
    pub fn request(&self, register: &[u8]) -> BTreeMap<String, Id> {
        let kept = self
            .site
            .files
            .keep("letter.pdf", "application/pdf", b"%PDF-1.4 sample")
            .unwrap();
        let mut entered = web::room::entered(&[
            ("country", "HN"),
            ("subject", "Escuelas"),
            ("context", "plan"),
            ("context_name", "Plan nacional"),
            ("own_words", "Pedimos apoyo."),
            ("own_lang", "es"),
            ("urgency", "urgent"),
            ("required_by", "2027-09-30"),
        ]);
        entered.files.insert("letter".to_owned(), kept);
        let request = id(&self.by_hand("ana", "request-new", &[], entered).see);
        let options = needs::ImportOptions {
            rule_set: "school_basics".to_owned(),
            conditions: Vec::new(),
            urgency: 1,
            required_by: day("2027-09-30"),
            window_from: day("2027-01-01"),
            window_to: day("2027-12-31"),
            first_only: false,
        };
        let (bench, ana) = (self.site.bench(), self.actor("ana"));
        needs::import_file(
            &bench,
            &ana,
            request,
            ("registro.csv", register),
            &options,
            false,
        )
        .unwrap();
        let text = request.to_string();
        let params = [("id", text.as_str())];
        let pairing = web::room::entered(&[("pairing_reason", "Later.")]);
        self.by_hand("ana", "request-submission", &params, pairing);
        self.by_hand("omar", "request-receipt", &params, Entered::default());
        self.by_hand("omar", "request-assessment", &params, Entered::default());
        let needs = self
            .site
            .db
            .read_now(move |tx| needs::needs_of_request(tx, request))
            .unwrap();
        let mut out = BTreeMap::new();
        for (need, class, version) in needs {
            let version = version.to_string();
            let entered = web::room::entered(&[
                ("title_en", &class),
                ("clean_text", "Clear words."),
                ("clean_lang", "en"),
                ("objective", "continuity"),
                ("flagship", "connectivity"),
                ("phase", "resilience"),
                ("version", &version),
            ]);
            self.by_hand("omar", "need-edit", &[("id", &need.to_string())], entered);
            out.insert(class, need);
        }
        let valid = web::room::entered(&[("valid_days", "180")]);
        self.by_hand("sofia", "request-validation", &params, valid);
        out
    }

    /// A round of Honduras, made and worked out.
    pub fn round(&self, title: &str) -> (Id, serde_json::Value) {
        let id = self.new_round(title);
        let outcome = allocation::run_round(&self.site.bench(), id).unwrap();
        (id, outcome)
    }

    pub fn new_round(&self, title: &str) -> Id {
        let omar = self.actor("omar");
        let new = allocation::NewRound {
            title: title.to_owned(),
            country: Some("HN".to_owned()),
            policy: None,
            from: day("2027-01-01"),
            periods: 4,
        };
        self.write(move |tx, now| allocation::create_round(tx, &new, &omar, now))
            .unwrap()
    }

    pub fn proposals(&self, round: Id) -> Vec<allocation::Proposal> {
        self.site
            .db
            .read_now(move |tx| allocation::proposals_of(tx, round))
            .unwrap()
    }

    /// Everything checked that must hold at any time.
    pub fn all_is_well(&self) {
        let site = self.site.clone();
        let breaches = self.site.db.read_now(move |tx| {
            let mut breaches = Vec::new();
            for check in site.rooms.iter().flat_map(|room| &room.checks) {
                breaches.extend((check.run)(tx)?);
            }
            breaches.extend(ledger::unbalanced(tx)?.iter().map(ToString::to_string));
            Ok(breaches)
        });
        assert_eq!(breaches.unwrap(), Vec::<String>::new());
        assert_eq!(self.site.library.missing(), Vec::<String>::new());
    }

    /// The facts alone tell every row.
    pub fn replays(&self) {
        let scratch = Db::scratch(&migrations()).unwrap();
        for compared in
            ledger::replay(&self.site.db, &scratch, &web::site::tables(&rooms())).unwrap()
        {
            // The accreditation of these stories was written by hand, without a fact.
            assert!(
                compared.table == "accreditation" || compared.is_same(),
                "{} differs",
                compared.table
            );
        }
    }
}

fn account(
    tx: &mut Tx,
    name: &str,
    roles: &[Role],
    country: Option<(&str, Id)>,
    now: Moment,
) -> base::Result<Id> {
    let new = people::NewAccount {
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        sample: true,
        ..people::NewAccount::default()
    };
    let account = people::add_account(tx, &new, now)?;
    for role in roles {
        let appointment = people::NewAppointment {
            account,
            role: *role,
            organisation: country.map(|(_, organisation)| organisation),
            country: country.map(|(code, _)| code.to_owned()),
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
    }
    Ok(account)
}

/// Countries, catalogue, policy, an authority, two members and nine people.
fn settle(tx: &mut Tx, now: Moment) -> base::Result<Known> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    assert!(allocation::seed(tx, now)? && !allocation::seed(tx, now)?);
    let ministry = people::NewOrganisation {
        names: Names::one("en", "Ministry of Honduras"),
        kind: "government".to_owned(),
        country: Some("HN".to_owned()),
        sample: true,
        ..people::NewOrganisation::default()
    };
    let ministry = people::add_organisation(tx, &ministry, None, now)?;
    let mut accounts = BTreeMap::new();
    let both: &[Role] = &[Role::SecretariatOfficer, Role::SecretariatApprover];
    for (name, roles) in [
        ("omar", &both[..1]),
        ("olga", &both[..1]),
        ("sofia", &both[1..]),
        ("auditor", &[Role::Auditor][..]),
        ("mary", &[]),
        ("max", &[]),
        ("nora", &[]),
        ("nils", &[]),
    ] {
        accounts.insert(name, account(tx, name, roles, None, now)?);
    }
    let focal = [Role::AuthorityFocalPoint];
    let ana = account(tx, "ana", &focal, Some(("HN", ministry)), now)?;
    accounts.insert("ana", ana);
    accredit(tx, ministry, ana, now)?;
    let omar = people::actor(tx, accounts["omar"], now.day())?;
    let sofia = people::actor(tx, accounts["sofia"], now.day())?;
    let hands = (&omar, &sofia);
    let local = join(
        tx,
        ("Red Nacional (sample)", "HN"),
        (accounts["mary"], "max"),
        hands,
        now,
    )?;
    let foreign = join(
        tx,
        ("Open Lessons (sample)", "FR"),
        (accounts["nora"], "nils"),
        hands,
        now,
    )?;
    Ok(Known {
        accounts,
        local,
        foreign,
    })
}

fn accredit(tx: &mut Tx, ministry: Id, account: Id, now: Moment) -> base::Result<()> {
    tx.exec(
        "INSERT INTO accreditation (id, country, organisation_id, letter_hash, letter_mime, letter_size, \
         letter_on, valid_from, valid_to, state, nominated_by, nominated_at, verified_by, verified_at, version) \
         VALUES ($1, 'HN', $2, 'aa', 'application/pdf', 1, $3, $3, $4, 'verified', $5, $6, $7, $6, 2)",
        &args![Id::new(now), ministry, now.day(), now.day().plus(365), Id::named("account", "before"), now, account],
    )?;
    Ok(())
}

/// Brings an organisation in, through every step by the person who may.
fn join(
    tx: &mut Tx,
    (name, country): (&str, &str),
    (contact, officer): (Id, &str),
    (omar, sofia): (&Actor, &Actor),
    now: Moment,
) -> base::Result<Id> {
    let principles = [
        "appropriate_use",
        "access_and_control",
        "security_and_protection",
        "lifespan_of_services",
    ];
    let application = Application {
        names: Names::one("en", name),
        kind: "civil_society".to_owned(),
        country: Some(country.to_owned()),
        website: None,
        identifiers: vec![(
            "XI-SAMPLE".to_owned(),
            Id::named("number", name).to_string(),
        )],
        strengths: Names::one("en", "Many things"),
        objectives: vec!["continuity".to_owned()],
        obligations: ["support_objectives", "answer_requests", "work_together"]
            .map(str::to_owned)
            .to_vec(),
        do_no_harm: true,
        principles: principles
            .map(|code| (code.to_owned(), format!("We keep to {code}.")))
            .into(),
        contact: Contact::Account(contact),
        officer: Some(members::Person {
            name: officer.to_owned(),
            email: format!("{officer}@example.org"),
        }),
        sample: true,
        lang: Lang::En,
    };
    let id = members::apply(tx, &application, None, now)?;
    members::start_review(tx, id, omar, now)?;
    for criterion in [
        "legal_existence",
        "able_to_deliver",
        "integrity",
        "child_safeguarding",
        "data_protection",
    ] {
        let finding = Finding {
            criterion: criterion.to_owned(),
            met: true,
            note: "Seen".to_owned(),
            evidence: "Register".to_owned(),
        };
        members::verify(tx, id, &finding, omar, now)?;
    }
    members::admit(tx, id, "", sofia, now)?;
    Ok(members::membership(tx, id)?.organisation)
}

/// A whole offer of stock.
pub fn terms(service_class: &str, kind: Kind, capacity: i64) -> Terms {
    Terms {
        code: None,
        title: Names::one("en", &format!("{service_class} for schools")),
        service_class: service_class.to_owned(),
        kind,
        capacity,
        lot_min: 1,
        lot_step: 1,
        lot_max: None,
        places: Places::Listed(vec!["HN".to_owned()]),
        languages: Spoken::Any,
        levels: vec!["1".to_owned()],
        modality: "low-tech".to_owned(),
        tier: 0,
        window_from: day("2027-01-01"),
        window_to: day("2027-12-31"),
        setup_days: 0,
        free_until: day("2028-12-31"),
        conditions: Vec::new(),
        licence: None,
        accessibility: None,
        evidence_level: "untested".to_owned(),
        principles: BTreeMap::new(),
        unit_cost_cents: 100,
        fixed_cost_cents: 0,
        replaces_in_person: false,
    }
}

/// Schools of three departments as a register says them.
pub fn register(schools: usize) -> String {
    let mut out = String::from(
        "school_code,name,department,municipality,longitude,latitude,learners_girls,learners_boys,learners,\
         teachers,year,water,internet,electricity,computers\n",
    );
    let areas = [
        ("Atlántida", "La Ceiba", -86.79, 15.70),
        ("Cortés", "San Pedro Sula", -88.03, 15.50),
        ("Olancho", "Juticalpa", -86.22, 14.66),
    ];
    for n in 0..schools {
        let (department, municipality, lon, lat) = areas[n % 3];
        let girls = 30 + (n * 7) % 90;
        let boys = 25 + (n * 11) % 80;
        let (power, known) = (n % 4 != 0, n % 9 != 5);
        let learners = if known {
            format!("{girls},{boys},{}", girls + boys)
        } else {
            ",,".to_owned()
        };
        out.push_str(&format!(
            "{:09},Escuela {n:03},{department},{municipality},{:.4},{:.4},{learners},{},2011,1,0,{},0\n",
            10_100_000 + n,
            lon + (n as f64) * 0.003,
            lat + (n as f64) * 0.002,
            2 + n % 6,
            i32::from(power)
        ));
    }
    out
}
