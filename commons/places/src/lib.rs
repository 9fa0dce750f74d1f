//! What all rooms say about the world: countries with sourced facts, the gazetteer with explicit
//! parents, languages, outlines for maps, and the school register.

mod acts;
mod columns;
mod country;
mod density;
mod levels;
mod outline;
mod pages;
mod place;
mod rules;
mod school;
mod seed;
mod store;

pub mod choose;
pub mod register;
pub mod shipped;
pub mod work;

pub use acts::{Brought, Put, SLICE, put_places, put_schools, tally_schools};
pub use columns::wanted;
pub use country::{Country, CountryFact, Language, Spoken};
pub use levels::isced;
pub use outline::{bounds, outline, outlined, project, world};
pub use place::{Found, Gazetteer, Place, plain};
pub use school::{SERVICES, School, Tally};
pub use seed::seed;

use base::{Error, Id, Lang, Result, Role};
use db::{Migration, Tx};
use web::{Act, Check, MenuGroup, MenuItem, Room, Shape, View, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261121_places",
    sql: include_str!("../migrations/20261121_places.sql"),
    sample: include_str!("../migrations/20261121_places.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// Who keeps a country's register.
const KEEPERS: Who = Who::Any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory]);

/// The room.
pub fn room() -> Room {
    Room {
        name: "places",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: views(),
        acts: vec![
            Act {
                name: "school-import",
                path: "/schools/import",
                who: KEEPERS,
                form: pages::imports::import_form,
                prefill: Some(pages::imports::import_prefill),
                prepare: None,
                run: pages::imports::import,
            },
            Act {
                name: "school-import-acceptance",
                path: "/schools/imports/{id}/acceptance",
                who: KEEPERS,
                form: pages::imports::acceptance_form,
                prefill: Some(pages::imports::acceptance_prefill),
                prepare: None,
                run: pages::imports::acceptance,
            },
        ],
        checks: vec![Check {
            name: "places-register-counted",
            run: work::uncounted,
        }],
        jobs: vec![
            jobs::Kind {
                name: work::READ,
                run: work::read_job,
            },
            jobs::Kind {
                name: work::PUT,
                run: work::put_job,
            },
        ],
        menu: vec![
            MenuItem {
                href: "/countries",
                key: "countries-title",
                who: Who::Anyone,
                group: MenuGroup::Data,
                order: 60,
            },
            MenuItem {
                href: "/schools",
                key: "schools-title",
                who: Who::Anyone,
                group: MenuGroup::Data,
                order: 61,
            },
        ],
        ..Room::default()
    }
}

fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/countries",
            Who::Anyone,
            Shape::List(
                pages::countries::COUNTRY_COLUMNS,
                pages::countries::COUNTRY_FILTERS,
            ),
            pages::countries::countries,
        ),
        seen(
            "/countries/{code}",
            Who::Anyone,
            Shape::Record(pages::countries::COUNTRY_RECORD),
            pages::countries::country,
        ),
        seen(
            "/countries/{code}/facts",
            Who::Anyone,
            Shape::List(pages::countries::FACT_COLUMNS, &[]),
            pages::countries::facts,
        ),
        seen(
            "/countries/{code}/places",
            Who::Anyone,
            Shape::List(pages::countries::PLACE_COLUMNS, &[]),
            pages::countries::places,
        ),
        seen(
            "/places/{code}",
            Who::Anyone,
            Shape::Record(pages::countries::PLACE_RECORD),
            pages::countries::place,
        ),
        seen(
            "/schools",
            Who::Anyone,
            Shape::List(
                pages::schools::SCHOOL_COLUMNS,
                pages::schools::SCHOOL_FILTERS,
            ),
            pages::schools::schools,
        ),
        seen(
            "/schools/{id}",
            Who::Anyone,
            Shape::Record(pages::schools::SCHOOL_RECORD),
            pages::schools::school,
        ),
        seen(
            "/schools/imports/{id}",
            Who::SignedIn,
            Shape::Page,
            pages::imports::import_page,
        ),
        seen(
            "/schools/imports/{id}/refused",
            Who::SignedIn,
            Shape::List(pages::imports::REFUSED_COLUMNS, &[]),
            pages::imports::refused,
        ),
        seen(
            "/schools/imports/{id}/duplicates",
            Who::SignedIn,
            Shape::List(pages::imports::ALIKE_COLUMNS, &[]),
            pages::imports::alike,
        ),
    ]
}

// ---- the door: what later rooms ask

/// A country by ISO 3166-1 alpha-2.
///
/// # Errors
/// Missing when there is none.
pub fn country(tx: &mut Tx, code: &str) -> Result<Country> {
    store::country(tx, code)?.ok_or(Error::Missing)
}

/// Every country, in the order of their English names.
///
/// # Errors
/// A fault of the database.
pub fn countries(tx: &mut Tx) -> Result<Vec<Country>> {
    store::countries(tx)
}

/// What is known of a country; an indicator that is not there is unknown.
///
/// # Errors
/// A fault of the database.
pub fn facts(tx: &mut Tx, country: &str) -> Result<Vec<CountryFact>> {
    store::facts(tx, country)
}

/// One figure about a country, when it is known.
///
/// # Errors
/// A fault of the database.
pub fn fact(tx: &mut Tx, country: &str, indicator: &str) -> Result<Option<CountryFact>> {
    store::fact(tx, country, indicator)
}

/// A country's name in a language; its code when there is no such country.
///
/// # Errors
/// A fault of the database.
pub fn country_name(tx: &mut Tx, code: &str, lang: Lang) -> Result<String> {
    let names = store::country_names(tx, code)?;
    Ok(names.map_or_else(|| code.to_owned(), |names| names.get(lang).to_owned()))
}

/// A place by its code.
///
/// # Errors
/// Missing when there is none.
pub fn place(tx: &mut Tx, code: &str) -> Result<Place> {
    store::place(tx, code)?.ok_or(Error::Missing)
}

/// A place's name, in the language for a country; its code when there is no such place.
///
/// # Errors
/// A fault of the database.
pub fn place_name(tx: &mut Tx, code: &str, lang: Lang) -> Result<String> {
    if let Some(names) = store::country_names(tx, code)? {
        return Ok(names.get(lang).to_owned());
    }
    Ok(store::place_name(tx, code)?.unwrap_or_else(|| code.to_owned()))
}

/// The places around a place, nearest first, the country last.
///
/// # Errors
/// A fault of the database.
pub fn ancestors(tx: &mut Tx, code: &str) -> Result<Vec<Place>> {
    store::ancestors(tx, code)
}

/// The place and everything below it, by level.
///
/// # Errors
/// A fault of the database.
pub fn within(tx: &mut Tx, code: &str) -> Result<Vec<Place>> {
    store::within(tx, code)
}

/// Whether a place lies in another, or is it.
///
/// # Errors
/// A fault of the database.
pub fn is_within(tx: &mut Tx, code: &str, ancestor: &str) -> Result<bool> {
    Ok(code == ancestor
        || store::ancestors(tx, code)?
            .iter()
            .any(|place| place.code == ancestor))
}

/// The places right below a place.
///
/// # Errors
/// A fault of the database.
pub fn children(tx: &mut Tx, code: &str) -> Result<Vec<Place>> {
    store::children(tx, code)
}

/// The first-level areas of a country.
///
/// # Errors
/// A fault of the database.
pub fn departments(tx: &mut Tx, country: &str) -> Result<Vec<Place>> {
    store::places_at(tx, country, 1)
}

/// The whole gazetteer of a country, for many questions at once.
///
/// # Errors
/// Missing when there is no such country.
pub fn gazetteer(tx: &mut Tx, country: &str) -> Result<Gazetteer> {
    let places = store::places_of(tx, country)?;
    if places.is_empty() {
        return Err(Error::Missing);
    }
    Gazetteer::new(places).map_err(|refusals| Error::fault(Error::Refused(refusals)))
}

/// The languages of a country, most spoken first, those of unknown share last.
///
/// # Errors
/// A fault of the database.
pub fn languages_of(tx: &mut Tx, country: &str) -> Result<Vec<Spoken>> {
    store::spoken(tx, country)
}

/// A language's name; its code when it has none.
///
/// # Errors
/// A fault of the database.
pub fn language_name(tx: &mut Tx, code: &str, lang: Lang) -> Result<String> {
    let language = store::language(tx, code)?;
    let name = language.map(|language| language.names.get(lang).to_owned());
    Ok(name
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| code.to_owned()))
}

/// A school by its identifier.
///
/// # Errors
/// Missing when there is none.
pub fn school(tx: &mut Tx, id: Id) -> Result<School> {
    store::school(tx, id)?.ok_or(Error::Missing)
}

/// A school by its code in the country's register, when it is there.
///
/// # Errors
/// A fault of the database.
pub fn school_by_code(tx: &mut Tx, country: &str, code: &str) -> Result<Option<School>> {
    store::school(tx, School::id_of(country, code))
}

/// Those of the codes that stand in the country's register.
///
/// # Errors
/// A fault of the database.
pub fn schools_by_code(tx: &mut Tx, country: &str, codes: &[&str]) -> Result<Vec<School>> {
    let mut out = Vec::with_capacity(codes.len());
    for code in codes {
        out.extend(school_by_code(tx, country, code)?);
    }
    Ok(out)
}

/// Every school of a country, or of one of its first-level areas, in the order of their codes.
///
/// # Errors
/// A fault of the database, or whatever `take` answers.
pub fn each_school(
    tx: &mut Tx,
    country: &str,
    department: Option<&str>,
    take: &mut dyn FnMut(School) -> Result<()>,
) -> Result<()> {
    store::each_school(tx, country, department, take)
}

/// What a country's register adds up to, by first-level area; empty when there is no register.
///
/// # Errors
/// A fault of the database.
pub fn tallies(tx: &mut Tx, country: &str) -> Result<Vec<Tally>> {
    store::tallies(tx, country)
}

/// Schools in all registers.
///
/// # Errors
/// A fault of the database.
pub fn count_schools(tx: &mut Tx) -> Result<i64> {
    Ok(store::all_tallies(tx)?
        .iter()
        .map(|tally| tally.schools)
        .sum())
}
