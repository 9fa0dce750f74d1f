//! A house with this room and everything upstream, a deployment at work, and the people of its stories.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

use base::{Actor, Clock, Day, Id, Moment, Names, Role};
use db::{Db, Migration, Tx, args};
use people::testing as house;
use std::collections::BTreeMap;
use web::testing::Browser;
use web::{Room, Site};

/// The day the stories begin: in the last quarter, when the third one's report is due.
pub const TODAY: &str = "2026-10-12";

pub struct House {
    pub site: Site,
    pub clock: Clock,
    pub known: Known,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub accounts: BTreeMap<&'static str, Id>,
    pub member: Id,
    pub other: Id,
    pub ministry: Id,
    /// At work in Olancho since February.
    pub deployment: Id,
    /// Of the other member, in the whole country since August.
    pub second: Id,
}

pub fn rooms() -> Vec<Room> {
    house::rooms(vec![
        places::room(),
        catalogue::room(),
        authorities::room(),
        members::room(),
        needs::room(),
        offers::room(),
        allocation::room(),
        agreements::room(),
        deployments::room(),
        evidence::room(),
    ])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The id at the end of a path.
pub fn id(path: &str) -> Id {
    Id::parse(path.rsplit('/').next().unwrap()).unwrap()
}

/// Everybody, with roles, organisation and country.
const PEOPLE: [(&str, &[Role], &str); 11] = [
    ("Mary Moraa", &[Role::MemberFocalPoint], "member"),
    ("Max Mejia", &[Role::MemberOfficer], "member"),
    ("Nora Nunez", &[Role::MemberFocalPoint], "other"),
    ("Ana Aguilar", &[Role::AuthorityFocalPoint], "ministry"),
    ("Omar Osei", &[Role::SecretariatOfficer], ""),
    ("Olga Ortiz", &[Role::SecretariatOfficer], ""),
    ("Sofia Silva", &[Role::SecretariatApprover], ""),
    ("Selma Sow", &[Role::SecretariatApprover], ""),
    ("Vera Vargas", &[Role::IndependentVerifier], ""),
    ("Vito Valle", &[Role::IndependentVerifier], ""),
    ("Aud Itor", &[Role::Auditor], ""),
];

impl House {
    pub fn open(db: Db) -> Self {
        let clock = Clock::at(house::morning(TODAY));
        let now = clock.now();
        let known = db.write_now(move |tx| settle(tx, now)).unwrap();
        let site = house::site(db, clock.clone(), rooms());
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
        let made = self.site.db.write(move |tx| {
            let key = people::add_key(tx, account, "story", now)?;
            Ok((people::sign_in_link(tx, account, now)?, key))
        });
        let (link, key) = made.await.unwrap();
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

    pub fn read<T: Send + 'static>(
        &self,
        read: impl Fn(&mut Tx) -> base::Result<T> + Send + 'static,
    ) -> T {
        self.site.db.read_now(read).unwrap()
    }

    /// A report of the third quarter with two figures, handed in.
    pub fn reported(&self) -> (Id, Vec<Id>) {
        let (report, figures) = self.drafted();
        let mary = self.actor("mary");
        self.write(move |tx, now| evidence::submit_report(tx, report, &mary, now))
            .unwrap();
        (report, figures)
    }

    /// The same, not handed in yet.
    pub fn drafted(&self) -> (Id, Vec<Id>) {
        let (mary, deployment) = (self.actor("mary"), self.known.deployment);
        self.write(move |tx, now| {
            let from = day("2026-07-01");
            let report =
                evidence::draft_report(tx, deployment, from, Some("Four schools."), &mary, now)?;
            let mut figures = Vec::new();
            for (indicator, value) in [("learners_reached", 400), ("teachers_trained", 12)] {
                figures.push(evidence::add_figure(
                    tx,
                    report,
                    &figure(indicator, value),
                    &mary,
                    now,
                )?);
            }
            Ok((report, figures))
        })
        .unwrap()
    }

    /// The same, accepted.
    pub fn accepted(&self) -> (Id, Vec<Id>) {
        let (report, figures) = self.reported();
        let omar = self.actor("omar");
        self.write(move |tx, now| evidence::accept_report(tx, report, &omar, now))
            .unwrap();
        (report, figures)
    }

    pub fn claim(&self, id: Id) -> evidence::Claim {
        self.read(move |tx| evidence::claim(tx, id))
    }

    /// What must hold at any time in this room; and every word said was there.
    pub async fn all_is_well(&self) {
        let breaches = self.site.db.read(|tx| {
            let mut breaches = Vec::new();
            for check in evidence::room().checks {
                breaches.extend((check.run)(tx)?);
            }
            Ok(breaches)
        });
        assert_eq!(breaches.await.unwrap(), Vec::<String>::new());
        assert_eq!(self.site.library.missing(), Vec::<String>::new());
    }

    /// The facts alone tell every row of this room.
    pub fn replays(&self) {
        let scratch = Db::scratch(&migrations()).unwrap();
        let own: Vec<&str> = evidence::room()
            .tables
            .iter()
            .map(|table| table.name)
            .collect();
        let all = web::site::tables(&rooms());
        for compared in ledger::replay(&self.site.db, &scratch, &all).unwrap() {
            let same = compared.is_same() || !own.contains(&compared.table);
            assert!(same, "{} differs", compared.table);
        }
    }
}

/// A figure of Olancho in the third quarter.
pub fn figure(indicator: &str, value: i64) -> evidence::NewFigure {
    evidence::NewFigure {
        indicator: indicator.to_owned(),
        place: "HN15".to_owned(),
        group: evidence::EVERYBODY.to_owned(),
        from: day("2026-07-01"),
        to: day("2026-09-30"),
        comparator: evidence::Comparator::Equal,
        value: Some(value),
        low: None,
        high: None,
        method: "attendance".to_owned(),
        source: "Attendance lists of four schools".to_owned(),
        as_of: day("2026-09-30"),
    }
}

fn settle(tx: &mut Tx, now: Moment) -> base::Result<Known> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    assert!(evidence::seed(tx, now)? && !evidence::seed(tx, now)?);
    let member = house::organisation(
        tx,
        "Red Nacional (sample)",
        "civil_society",
        Some("HN"),
        now,
    )?;
    let other = house::organisation(
        tx,
        "Open Lessons (sample)",
        "civil_society",
        Some("FR"),
        now,
    )?;
    let ministry = house::organisation(tx, "Ministry of Honduras", "government", Some("HN"), now)?;
    let mut accounts = BTreeMap::new();
    for (name, roles, of) in PEOPLE {
        let account = house::account(tx, name, now)?;
        let place = match of {
            "member" => (Some(member), None),
            "other" => (Some(other), None),
            "ministry" => (Some(ministry), Some("HN")),
            _ => (None, None),
        };
        house::appoint(tx, account, roles, place, now)?;
        accounts.insert(first(name), account);
    }
    tx.exec(
        "INSERT INTO accreditation (id, country, organisation_id, letter_hash, letter_mime, letter_size, \
         letter_on, valid_from, valid_to, state, nominated_by, nominated_at, verified_by, verified_at, version) \
         VALUES ($1, 'HN', $2, 'aa', 'application/pdf', 1, $3, $3, $4, 'verified', $5, $6, $7, $6, 2)",
        &args![Id::new(now), ministry, now.day(), now.day().plus(900), Id::named("account", "before"), now, accounts["ana"]],
    )?;
    // One of the verifiers works for the member.
    let tie = people::NewAppointment {
        account: accounts["vito"],
        role: Role::MemberFocalPoint,
        organisation: Some(member),
        country: None,
        places: Vec::new(),
        from_on: now.day(),
        to_on: None,
        basis: "membership",
    };
    people::appoint(tx, &tie, None, now)?;
    let agreed = agreement(tx, ministry, member, 1, now)?;
    let more = agreement(tx, ministry, other, 2, now)?;
    let deployment = at_work(tx, (agreed, member), ("|HN15|", "2026-02-10"), 1, now)?;
    let second = at_work(tx, (more, other), ("|HN|", "2026-08-01"), 2, now)?;
    Ok(Known {
        accounts,
        member,
        other,
        ministry,
        deployment,
        second,
    })
}

/// «mary» for «Mary Moraa».
fn first(name: &'static str) -> &'static str {
    let known = [
        "mary", "max", "nora", "ana", "omar", "olga", "sofia", "selma", "vera", "vito", "aud",
    ];
    let lower = name.to_lowercase();
    known
        .into_iter()
        .find(|known| lower.starts_with(*known))
        .unwrap()
}

/// An agreement as the room upstream keeps one in force.
fn agreement(tx: &mut Tx, ministry: Id, member: Id, serial: i64, now: Moment) -> base::Result<Id> {
    let id = Id::new(now);
    tx.exec(
        "INSERT INTO agreement (id, code, country, year, serial, authority_id, member_id, title, search_key, kind, \
         service_classes, starts_on, ends_on, free_until, stage, number, latest, signed_on, sample, made_at, version) \
         VALUES ($1, $2, 'HN', 2026, $3, $4, $5, '{}', '', 'service', '', '2026-01-01', '2027-12-31', '2027-12-31', \
         'for_signature', 1, 1, '2026-01-01', TRUE, $6, 1)",
        &args![id, format!("HN-2026-A-{serial:04}"), serial, ministry, member, now],
    )?;
    let template = Id::named("template", "any");
    let terms = format!(
        "{{\"kind\":\"service\",\"title\":{{\"en\":\"Training\"}},\"langs\":[\"en\",\"fr\"],\"template\":\"{template}\",\
         \"selection\":\"match_round\",\"justification\":\"Round 1\",\"free_until\":\"2027-12-31\",\"starts_on\":\"2026-01-01\",\
         \"ends_on\":\"2027-12-31\",\"sovereignty\":{{}},\"data_clauses\":[],\"special\":{{}}}}"
    );
    tx.exec(
        "INSERT INTO agreement_version (agreement_id, number, terms, made_by, made_at, document_hash, signed_on, version) \
         VALUES ($1, 1, $2, $3, $4, '00', '2026-01-01', 1)",
        &args![id, terms, Id::named("account", "before"), now],
    )?;
    Ok(id)
}

/// A deployment as the room upstream keeps one that is at work.
fn at_work(
    tx: &mut Tx,
    (agreement, member): (Id, Id),
    (places, from): (&str, &str),
    number: i64,
    now: Moment,
) -> base::Result<Id> {
    let id = Id::new(now);
    tx.exec(
        "INSERT INTO deployment (id, country, year, number, code, agreement_id, member_id, service_class, title, \
         search_key, places, learner_group, levels, flagship, missions, in_person, planned_from, planned_to, \
         actual_from, reach_planned, units, lines, assets_to, maintenance, financing_after, free_until, stage, \
         planned_by, planned_at, version) VALUES ($1, 'HN', 2026, $2, $3, $4, $5, 'teacher_training', $6, $11, $7, NULL, \
         '|1|', NULL, '', 'supplements', $8, '2027-06-30', $8, 500, 5, 1, 'schools', 'M', 'F', '2027-12-31', \
         'active', $9, $10, 1)",
        &args![
            id, number, format!("HN-2026-D-{number:04}"), agreement, member,
            &Names::one("en", &format!("Training {number}")), places, from, Id::named("account", "before"), now,
            base::fold(&format!("HN-2026-D-{number:04} Training {number}"))
        ],
    )?;
    Ok(id)
}
