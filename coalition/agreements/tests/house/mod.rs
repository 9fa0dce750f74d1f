//! The house of allocation's stories with this room in it, and proposals both sides agreed to.
#![allow(dead_code, unused_imports, reason = "each story uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::duplicate_mod,
    reason = "a story that goes wrong ends here"
)]

#[path = "../../../allocation/tests/house/mod.rs"]
mod upstream;

pub use upstream::{House, day, id, register, terms};

use allocation::Part;
use base::{Id, Role};
use db::{Db, Migration};
use offers::Kind;
use web::{Room, Site};

pub fn rooms() -> Vec<Room> {
    let mut rooms = upstream::rooms();
    rooms.push(agreements::room());
    rooms
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

/// A house with offers, needs, a round, and everything it proposed agreed by both sides.
pub fn open(db: Db) -> (House, Vec<Id>) {
    let mut house = House::open(db);
    house.site = web::testing::with_rooms(&house.site, rooms(), people::DOOR);
    let ministry = house
        .site
        .db
        .read_now(|tx| authorities::active(tx, "HN", day("2026-12-01")));
    let ministry = ministry.unwrap().unwrap().organisation;
    let sara = house.write(move |tx, now| {
        assert!(agreements::seed(tx, now)? && !agreements::seed(tx, now)?);
        let sara = people::testing::account(tx, "Sara Sign", now)?;
        let place = (Some(ministry), Some("HN"));
        people::testing::appoint(tx, sara, &[Role::AuthoritySignatory], place, now)?;
        Ok(sara)
    });
    house.known.accounts.insert("sara", sara.unwrap());
    let (local, foreign) = (house.known.local, house.known.foreign);
    house.offer(local, "mary", &terms("solar_kit", Kind::Stock, 6));
    house.offer(local, "mary", &terms("print_packs", Kind::Stock, 100_000));
    house.offer(foreign, "nora", &terms("devices", Kind::Stock, 150));
    house.request(register(40).as_bytes());
    let agreed = agreed(&house, "Honduras 2027");
    (house, agreed)
}

/// A round, and everything it proposed agreed by both sides; by member, then service.
pub fn agreed(house: &House, title: &str) -> Vec<Id> {
    let (round, _) = house.round(title);
    let mut found = house.proposals(round);
    found.sort_by_key(|p| (p.member, p.service_class.clone()));
    let (ana, max, nils) = (house.actor("ana"), house.actor("max"), house.actor("nils"));
    let local = house.known.local;
    for p in &found {
        let (id, ana) = (p.id, ana.clone());
        let officer = if p.member == local {
            max.clone()
        } else {
            nils.clone()
        };
        let agree = move |tx: &mut db::Tx, now| {
            allocation::accept_for_member(tx, id, &Part::default(), &officer, now)?;
            allocation::accept_for_authority(tx, id, &Part::default(), &ana, now)
        };
        assert_eq!(house.write(agree).unwrap(), allocation::State::Agreed);
    }
    found.iter().map(|p| p.id).collect()
}

/// The proposals of one member.
pub fn of(house: &House, ids: &[Id], member: Id) -> Vec<Id> {
    let ids = ids.to_vec();
    let found = house.site.db.read_now(move |tx| {
        ids.iter()
            .map(|id| allocation::proposal(tx, *id))
            .collect::<base::Result<Vec<_>>>()
    });
    found
        .unwrap()
        .into_iter()
        .filter(|p| p.member == member)
        .map(|p| p.id)
        .collect()
}

/// Drafted from these proposals, reviewed and released, by people who may.
pub fn released(house: &House, ids: &[Id]) -> Id {
    let (omar, sofia, ids) = (house.actor("omar"), house.actor("sofia"), ids.to_vec());
    house
        .write(move |tx, now| {
            let terms = agreements::proposed_terms(tx, &ids, now)?;
            let id = agreements::draft(tx, &ids, &terms, &omar, now)?;
            agreements::send_for_review(tx, id, &omar, now)?;
            agreements::release_for_signature(tx, id, "http://127.0.0.1", None, &sofia, now)?;
            Ok(id)
        })
        .unwrap()
}

/// Signed by both parties as samples sign.
pub fn sign(house: &House, id: Id, member_officer: &str) -> agreements::Agreement {
    let (sara, officer) = (house.actor("sara"), house.actor(member_officer));
    house
        .write(move |tx, now| {
            let a = agreements::agreement(tx, id, now.day())?;
            let number = a.open().unwrap().0;
            let version = agreements::versions(tx, id)?
                .into_iter()
                .find(|v| v.number == number);
            let hash = version.unwrap().document_hash.unwrap();
            let signs = agreements::Evidence::Sample(hash);
            agreements::sign(tx, id, a.authority, &signs, &sara, now)?;
            agreements::sign(tx, id, a.member, &signs, &officer, now)?;
            agreements::agreement(tx, id, now.day())
        })
        .unwrap()
}

/// The facts alone tell every row of every room.
pub fn replays(house: &House) {
    let scratch = Db::scratch(&migrations()).unwrap();
    let tables = web::site::tables(&rooms());
    for compared in ledger::replay(&house.site.db, &scratch, &tables).unwrap() {
        // The accreditation of these stories was written by hand, without a fact.
        let same = compared.table == "accreditation" || compared.is_same();
        assert!(same, "{} differs", compared.table);
    }
}
