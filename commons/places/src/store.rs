//! Every SQL statement of this room.

use crate::country::{Country, CountryFact, Language, Spoken};
use crate::place::Place;
use crate::school::{School, Tally};
use base::{Error, Id, Names, Result, Uuid, fold};
use db::{Reader, Row, Tx, Val, args};

db::table!(
    /// Countries.
    COUNTRY = "country" key 1 { code: Text, iso3: Text, numeric_code: Text, names: Text,
        name_key: Text, region: Text, income_group: Text, ldc: Bool, landlocked: Bool, version: Int });
db::table!(
    /// Figures about countries.
    COUNTRY_FACT = "country_fact" key 2 { country: Text, indicator: Text, value: Real, year: Int, source: Text });
db::table!(
    /// Languages.
    LANGUAGE = "language" key 1 { code: Text, names: Text, name_key: Text });
db::table!(
    /// Languages as spoken in countries.
    COUNTRY_LANGUAGE = "country_language" key 2 { country: Text, language: Text, share: Real, official: Text });
db::table!(
    /// The gazetteer.
    PLACE = "place" key 1 { code: Text, country: Text, parent: Text, level: Int, kind: Text, name: Text,
        name_key: Text, aliases: Text, version: Int });
db::table!(
    /// The school register.
    SCHOOL = "school" key 1 { id: Id, country: Text, code: Text, code_key: Text, name: Text,
        name_key: Text, place: Text, department: Text, lon: Real, lat: Real, levels: Text,
        learners_girls: Int, learners_boys: Int, learners: Int, teachers_female: Int,
        teachers_male: Int, teachers: Int, year: Int, water: Bool, internet: Bool, electricity: Bool,
        computers: Bool, rural: Bool, rural_basis: Text, attributes: Text, version: Int });
db::table!(
    /// What the register adds up to in each first-level area.
    SCHOOL_TALLY = "school_tally" key 2 { country: Text, department: Text, schools: Int, learners: Int,
        learners_unknown: Int, teachers: Int, teachers_unknown: Int, water_yes: Int, water_no: Int,
        internet_yes: Int, internet_no: Int, electricity_yes: Int, electricity_no: Int,
        computers_yes: Int, computers_no: Int });

/// The tables whose rows stand in facts.
pub(crate) static TABLES: [&db::Table; 7] = [
    &COUNTRY,
    &COUNTRY_FACT,
    &LANGUAGE,
    &COUNTRY_LANGUAGE,
    &PLACE,
    &SCHOOL,
    &SCHOOL_TALLY,
];

// ---- countries

pub(crate) fn country_row(country: &Country) -> Vec<Val> {
    args![
        country.code.as_str(),
        country.iso3.as_deref(),
        country.numeric.as_deref(),
        &country.names,
        fold(country.name(base::Lang::En)),
        country.region.as_deref(),
        country.income_group.as_deref(),
        country.ldc,
        country.landlocked,
        country.version
    ]
    .into()
}

macro_rules! country_columns {
    ($tail:literal) => {
        concat!(
            "SELECT code, iso3, numeric_code, names, region, income_group, ldc, landlocked, version, \
             name_key FROM country ",
            $tail
        )
    };
}

fn read_country(row: &Row) -> Result<Country> {
    let mut r = row.read();
    Ok(Country {
        code: r.text()?,
        iso3: r.opt_text()?,
        numeric: r.opt_text()?,
        names: r.names()?,
        region: r.opt_text()?,
        income_group: r.opt_text()?,
        ldc: r.opt_bool()?,
        landlocked: r.opt_bool()?,
        version: r.int()?,
    })
}

pub(crate) fn any_country(tx: &mut Tx) -> Result<bool> {
    Ok(tx.row("SELECT code FROM country LIMIT 1", &[])?.is_some())
}

pub(crate) fn country(tx: &mut Tx, code: &str) -> Result<Option<Country>> {
    let row = tx.row(country_columns!("WHERE code = $1"), &args![code])?;
    row.as_ref().map(read_country).transpose()
}

pub(crate) fn countries(tx: &mut Tx) -> Result<Vec<Country>> {
    let rows = tx.rows(country_columns!("ORDER BY name_key, code"), &[])?;
    rows.iter().map(read_country).collect()
}

/// What a list of countries is asked for.
pub(crate) struct CountryQuery<'a> {
    pub(crate) after: [&'a str; 2],
    pub(crate) q: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    pub(crate) income_group: Option<&'a str>,
    pub(crate) limit: i64,
}

pub(crate) fn country_page(tx: &mut Tx, query: &CountryQuery<'_>) -> Result<Vec<Country>> {
    let [name, code] = query.after;
    let pattern = query.q.map(|q| format!("%{q}%"));
    let rows = tx.rows(
        country_columns!(
            "WHERE (name_key, code) > ($1, $2) \
             AND (CAST($3 AS TEXT) IS NULL OR name_key LIKE $3) \
             AND (CAST($4 AS TEXT) IS NULL OR region = $4) \
             AND (CAST($5 AS TEXT) IS NULL OR income_group = $5) \
             ORDER BY name_key, code LIMIT $6"
        ),
        &args![
            name,
            code,
            pattern,
            query.region,
            query.income_group,
            query.limit
        ],
    )?;
    rows.iter().map(read_country).collect()
}

pub(crate) fn countries_with_schools(tx: &mut Tx) -> Result<Vec<Country>> {
    let rows = tx.rows(
        country_columns!(
            "WHERE EXISTS (SELECT 1 FROM school_tally WHERE school_tally.country = country.code) \
             ORDER BY name_key, code"
        ),
        &[],
    )?;
    rows.iter().map(read_country).collect()
}

pub(crate) fn fact_row(fact: &CountryFact) -> Vec<Val> {
    args![
        fact.country.as_str(),
        fact.indicator.as_str(),
        fact.value,
        fact.year,
        fact.source.as_str()
    ]
    .into()
}

fn read_fact(row: &Row) -> Result<CountryFact> {
    let mut r = row.read();
    Ok(CountryFact {
        country: r.text()?,
        indicator: r.text()?,
        value: r.real()?,
        year: r.opt_int()?,
        source: r.text()?,
    })
}

pub(crate) fn facts(tx: &mut Tx, country: &str) -> Result<Vec<CountryFact>> {
    let rows = tx.rows(
        "SELECT country, indicator, value, year, source FROM country_fact WHERE country = $1 \
         ORDER BY indicator",
        &args![country],
    )?;
    rows.iter().map(read_fact).collect()
}

pub(crate) fn fact(tx: &mut Tx, country: &str, indicator: &str) -> Result<Option<CountryFact>> {
    let row = tx.row(
        "SELECT country, indicator, value, year, source FROM country_fact \
         WHERE country = $1 AND indicator = $2",
        &args![country, indicator],
    )?;
    row.as_ref().map(read_fact).transpose()
}

// ---- languages

pub(crate) fn language_row(language: &Language) -> Vec<Val> {
    let key = fold(language.names.get(base::Lang::En));
    args![language.code.as_str(), &language.names, key].into()
}

pub(crate) fn languages(tx: &mut Tx) -> Result<Vec<Language>> {
    let rows = tx.rows(
        "SELECT code, names FROM language ORDER BY name_key, code",
        &[],
    )?;
    rows.iter().map(read_language).collect()
}

pub(crate) fn language(tx: &mut Tx, code: &str) -> Result<Option<Language>> {
    let row = tx.row(
        "SELECT code, names FROM language WHERE code = $1",
        &args![code],
    )?;
    row.as_ref().map(read_language).transpose()
}

fn read_language(row: &Row) -> Result<Language> {
    let mut r = row.read();
    Ok(Language {
        code: r.text()?,
        names: r.names()?,
    })
}

pub(crate) fn spoken(tx: &mut Tx, country: &str) -> Result<Vec<Spoken>> {
    let rows = tx.rows(
        "SELECT s.country, s.language, l.names, s.share, s.official FROM country_language s \
         JOIN language l ON l.code = s.language WHERE s.country = $1 \
         ORDER BY CASE WHEN s.share IS NULL THEN 1 ELSE 0 END, s.share DESC, s.language",
        &args![country],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Spoken {
                country: r.text()?,
                language: r.text()?,
                names: r.names()?,
                share: r.opt_real()?,
                official: r.opt_text()?,
            })
        })
        .collect()
}

// ---- places

pub(crate) fn place_row(place: &Place) -> Vec<Val> {
    args![
        place.code.as_str(),
        place.country.as_str(),
        place.parent.as_deref(),
        place.level,
        place.kind.as_str(),
        place.name.as_str(),
        fold(&place.name),
        place.aliases.join("|"),
        place.version
    ]
    .into()
}

fn read_place(row: &Row) -> Result<Place> {
    let mut r = row.read();
    Ok(Place {
        code: r.text()?,
        country: r.text()?,
        parent: r.opt_text()?,
        level: r.int()?,
        kind: r.text()?,
        name: r.text()?,
        aliases: r
            .str()?
            .split('|')
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect(),
        version: r.int()?,
    })
}

fn read_places(rows: &[Row]) -> Result<Vec<Place>> {
    rows.iter().map(read_place).collect()
}

macro_rules! place_columns {
    ($tail:literal) => {
        concat!(
            "SELECT p.code, p.country, p.parent, p.level, p.kind, p.name, p.aliases, p.version ",
            $tail
        )
    };
}

pub(crate) fn place(tx: &mut Tx, code: &str) -> Result<Option<Place>> {
    let row = tx.row(
        place_columns!("FROM place p WHERE p.code = $1"),
        &args![code],
    )?;
    row.as_ref().map(read_place).transpose()
}

pub(crate) fn places_of(tx: &mut Tx, country: &str) -> Result<Vec<Place>> {
    let sql =
        place_columns!("FROM place p WHERE p.country = $1 ORDER BY p.level, p.name_key, p.code");
    read_places(&tx.rows(sql, &args![country])?)
}

pub(crate) fn places_at(tx: &mut Tx, country: &str, level: i64) -> Result<Vec<Place>> {
    let sql = place_columns!(
        "FROM place p WHERE p.country = $1 AND p.level = $2 ORDER BY p.name_key, p.code"
    );
    read_places(&tx.rows(sql, &args![country, level])?)
}

pub(crate) fn children(tx: &mut Tx, code: &str) -> Result<Vec<Place>> {
    let sql = place_columns!("FROM place p WHERE p.parent = $1 ORDER BY p.name_key, p.code");
    read_places(&tx.rows(sql, &args![code])?)
}

/// Nearest first.
pub(crate) fn ancestors(tx: &mut Tx, code: &str) -> Result<Vec<Place>> {
    let rows = tx.rows(
        "WITH RECURSIVE up AS (SELECT parent, 1 AS steps FROM place WHERE code = $1 \
         UNION ALL SELECT place.parent, up.steps + 1 FROM place JOIN up ON place.code = up.parent) \
         SELECT p.code, p.country, p.parent, p.level, p.kind, p.name, p.aliases, p.version \
         FROM place p JOIN up ON up.parent = p.code ORDER BY up.steps, p.code",
        &args![code],
    )?;
    read_places(&rows)
}

/// The place first, then what lies below it by level.
pub(crate) fn within(tx: &mut Tx, code: &str) -> Result<Vec<Place>> {
    let rows = tx.rows(
        "WITH RECURSIVE down AS (SELECT code FROM place WHERE code = $1 \
         UNION ALL SELECT place.code FROM place JOIN down ON place.parent = down.code) \
         SELECT p.code, p.country, p.parent, p.level, p.kind, p.name, p.aliases, p.version \
         FROM place p JOIN down ON down.code = p.code ORDER BY p.level, p.name_key, p.code",
        &args![code],
    )?;
    read_places(&rows)
}

pub(crate) fn place_page(
    tx: &mut Tx,
    country: &str,
    after: [&str; 2],
    q: Option<&str>,
    limit: i64,
) -> Result<Vec<Place>> {
    let [level, code] = after;
    let level: i64 = level.parse().unwrap_or(-1);
    let pattern = q.map(|q| format!("%{q}%"));
    let rows = tx.rows(
        place_columns!(
            "FROM place p WHERE p.country = $1 AND (p.level, p.code) > ($2, $3) \
             AND (CAST($4 AS TEXT) IS NULL OR p.name_key LIKE $4) ORDER BY p.level, p.code LIMIT $5"
        ),
        &args![country, level, code, pattern, limit],
    )?;
    read_places(&rows)
}

// ---- schools

pub(crate) fn school_row(school: &School) -> Vec<Val> {
    let levels = match school.levels.as_slice() {
        [] => String::new(),
        levels => format!("|{}|", levels.join("|")),
    };
    args![
        school.id(),
        school.country.as_str(),
        school.code.as_str(),
        fold(&school.code),
        school.name.as_str(),
        fold(&school.name),
        school.place.as_str(),
        school.department.as_deref(),
        school.lon,
        school.lat,
        levels,
        school.learners_girls,
        school.learners_boys,
        school.learners,
        school.teachers_female,
        school.teachers_male,
        school.teachers,
        school.year,
        school.water,
        school.internet,
        school.electricity,
        school.computers,
        school.rural,
        school.rural_basis.as_deref(),
        serde_json::Value::Object(school.attributes.clone()).to_string(),
        school.version
    ]
    .into()
}

macro_rules! school_columns {
    ($tail:expr) => {
        concat!(
            "SELECT country, code, name, place, department, lon, lat, levels, learners_girls, \
             learners_boys, learners, teachers_female, teachers_male, teachers, year, water, internet, \
             electricity, computers, rural, rural_basis, attributes, version FROM school ",
            $tail
        )
    };
}

fn read_school(row: &Row) -> Result<School> {
    let mut r = row.read();
    Ok(School {
        country: r.text()?,
        code: r.text()?,
        name: r.text()?,
        place: r.text()?,
        department: r.opt_text()?,
        lon: r.opt_real()?,
        lat: r.opt_real()?,
        levels: r
            .str()?
            .split('|')
            .filter(|level| !level.is_empty())
            .map(str::to_owned)
            .collect(),
        learners_girls: r.opt_int()?,
        learners_boys: r.opt_int()?,
        learners: r.opt_int()?,
        teachers_female: r.opt_int()?,
        teachers_male: r.opt_int()?,
        teachers: r.opt_int()?,
        year: r.opt_int()?,
        water: r.opt_bool()?,
        internet: r.opt_bool()?,
        electricity: r.opt_bool()?,
        computers: r.opt_bool()?,
        rural: r.opt_bool()?,
        rural_basis: r.opt_text()?,
        attributes: attributes(&mut r)?,
        version: r.int()?,
    })
}

fn attributes(r: &mut Reader<'_>) -> Result<serde_json::Map<String, serde_json::Value>> {
    match r.json()? {
        serde_json::Value::Object(map) => Ok(map),
        _ => Err(Error::fault("a school's attributes are no object")),
    }
}

pub(crate) fn school(tx: &mut Tx, id: Id) -> Result<Option<School>> {
    let row = tx.row(school_columns!("WHERE id = $1"), &args![id])?;
    row.as_ref().map(read_school).transpose()
}

/// The schools of a country whose codes lie between two codes, both included.
pub(crate) fn schools_between(
    tx: &mut Tx,
    country: &str,
    from: &str,
    to: &str,
) -> Result<Vec<School>> {
    let sql = school_columns!("WHERE country = $1 AND code >= $2 AND code <= $3 ORDER BY code");
    let rows = tx.rows(sql, &args![country, from, to])?;
    rows.iter().map(read_school).collect()
}

/// The schools of a country, or of one of its areas, in the order of their codes, without keeping
/// them all in memory.
pub(crate) fn each_school(
    tx: &mut Tx,
    country: &str,
    department: Option<&str>,
    take: &mut dyn FnMut(School) -> Result<()>,
) -> Result<()> {
    let sql = school_columns!(
        "WHERE country = $1 AND (CAST($2 AS TEXT) IS NULL OR department = $2) ORDER BY code"
    );
    tx.each(sql, &args![country, department], &mut |row| {
        take(read_school(&row)?)
    })
}

/// What a list of schools is asked for.
#[derive(Debug, Default)]
pub(crate) struct SchoolQuery<'a> {
    pub(crate) after_name: &'a str,
    pub(crate) after_id: Option<Id>,
    pub(crate) q: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    pub(crate) department: Option<&'a str>,
    pub(crate) place: Option<&'a str>,
    pub(crate) level: Option<&'a str>,
    /// `yes`, `no` or `unknown` for water, internet, electricity, computers.
    pub(crate) services: [Option<&'a str>; 4],
    pub(crate) limit: i64,
}

macro_rules! school_page {
    ($scope:literal) => {
        school_columns!(concat!(
            "WHERE ",
            $scope,
            " AND (name_key, id) > ($2, $3) \
             AND (CAST($4 AS TEXT) IS NULL OR name_key LIKE $5 OR code_key = $4) \
             AND (CAST($6 AS TEXT) IS NULL OR levels LIKE $6) \
             AND (CAST($7 AS TEXT) IS NULL OR \
               CASE WHEN water IS NULL THEN 'unknown' WHEN water THEN 'yes' ELSE 'no' END = $7) \
             AND (CAST($8 AS TEXT) IS NULL OR \
               CASE WHEN internet IS NULL THEN 'unknown' WHEN internet THEN 'yes' ELSE 'no' END = $8) \
             AND (CAST($9 AS TEXT) IS NULL OR \
               CASE WHEN electricity IS NULL THEN 'unknown' WHEN electricity THEN 'yes' ELSE 'no' END = $9) \
             AND (CAST($10 AS TEXT) IS NULL OR \
               CASE WHEN computers IS NULL THEN 'unknown' WHEN computers THEN 'yes' ELSE 'no' END = $10) \
             ORDER BY name_key, id LIMIT $11"
        ))
    };
}

pub(crate) fn school_page(tx: &mut Tx, query: &SchoolQuery<'_>) -> Result<Vec<School>> {
    // The narrowest scope has its own index.
    let (sql, scope) = match (query.place, query.department, query.country) {
        (Some(place), _, _) => (school_page!("place = $1"), Some(place)),
        (None, Some(department), _) => (school_page!("department = $1"), Some(department)),
        (None, None, Some(country)) => (school_page!("country = $1"), Some(country)),
        (None, None, None) => (school_page!("CAST($1 AS TEXT) IS NULL"), None),
    };
    let [water, internet, electricity, computers] = query.services;
    let after_id = query.after_id.unwrap_or(Id(Uuid::nil()));
    let pattern = query.q.map(|q| format!("%{q}%"));
    let level = query.level.map(|level| format!("%|{level}|%"));
    let rows = tx.rows(
        sql,
        &args![
            scope,
            query.after_name,
            after_id,
            query.q,
            pattern,
            level,
            water,
            internet,
            electricity,
            computers,
            query.limit
        ],
    )?;
    rows.iter().map(read_school).collect()
}

/// Every point of the schools of an area, or of the country: latitude, longitude.
pub(crate) fn points(tx: &mut Tx, country: &str, place: Option<&str>) -> Result<Vec<(f64, f64)>> {
    let mut out = Vec::new();
    tx.each(
        "SELECT lat, lon FROM school WHERE country = $1 AND lat IS NOT NULL AND lon IS NOT NULL \
         AND (CAST($2 AS TEXT) IS NULL OR place = $2 OR department = $2) ORDER BY id",
        &args![country, place],
        &mut |row| {
            let mut r = row.read();
            out.push((r.real()?, r.real()?));
            Ok(())
        },
    )?;
    Ok(out)
}

pub(crate) fn schools_at(tx: &mut Tx, place: &str) -> Result<i64> {
    let row = tx.one(
        "SELECT COUNT(*) FROM school WHERE place = $1 OR department = $1",
        &args![place],
    )?;
    row.read().int()
}

// ---- what the register adds up to

pub(crate) fn tally_row(tally: &Tally) -> Vec<Val> {
    let [water, internet, electricity, computers] = tally.services;
    args![
        tally.country.as_str(),
        tally.department.as_str(),
        tally.schools,
        tally.learners,
        tally.learners_unknown,
        tally.teachers,
        tally.teachers_unknown,
        water.0,
        water.1,
        internet.0,
        internet.1,
        electricity.0,
        electricity.1,
        computers.0,
        computers.1
    ]
    .into()
}

fn read_tally(row: &Row) -> Result<Tally> {
    let mut r = row.read();
    Ok(Tally {
        country: r.text()?,
        department: r.text()?,
        schools: r.int()?,
        learners: r.int()?,
        learners_unknown: r.int()?,
        teachers: r.int()?,
        teachers_unknown: r.int()?,
        services: [
            (r.int()?, r.int()?),
            (r.int()?, r.int()?),
            (r.int()?, r.int()?),
            (r.int()?, r.int()?),
        ],
    })
}

pub(crate) fn tallies(tx: &mut Tx, country: &str) -> Result<Vec<Tally>> {
    let rows = tx.rows(
        "SELECT country, department, schools, learners, learners_unknown, teachers, teachers_unknown, \
         water_yes, water_no, internet_yes, internet_no, electricity_yes, electricity_no, \
         computers_yes, computers_no FROM school_tally WHERE country = $1 ORDER BY department",
        &args![country],
    )?;
    rows.iter().map(read_tally).collect()
}

pub(crate) fn all_tallies(tx: &mut Tx) -> Result<Vec<Tally>> {
    let rows = tx.rows(
        "SELECT country, department, schools, learners, learners_unknown, teachers, teachers_unknown, \
         water_yes, water_no, internet_yes, internet_no, electricity_yes, electricity_no, \
         computers_yes, computers_no FROM school_tally ORDER BY country, department",
        &[],
    )?;
    rows.iter().map(read_tally).collect()
}

/// Counts the register of a country anew, area by area.
pub(crate) fn count_anew(tx: &mut Tx, country: &str) -> Result<Vec<Tally>> {
    let rows = tx.rows(
        "SELECT country, COALESCE(department, ''), COUNT(*), \
         CAST(COALESCE(SUM(learners), 0) AS BIGINT), CAST(SUM(CASE WHEN learners IS NULL THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(COALESCE(SUM(teachers), 0) AS BIGINT), CAST(SUM(CASE WHEN teachers IS NULL THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN water THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN water THEN 0 WHEN water IS NULL THEN 0 ELSE 1 END) AS BIGINT), \
         CAST(SUM(CASE WHEN internet THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN internet THEN 0 WHEN internet IS NULL THEN 0 ELSE 1 END) AS BIGINT), \
         CAST(SUM(CASE WHEN electricity THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN electricity THEN 0 WHEN electricity IS NULL THEN 0 ELSE 1 END) AS BIGINT), \
         CAST(SUM(CASE WHEN computers THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN computers THEN 0 WHEN computers IS NULL THEN 0 ELSE 1 END) AS BIGINT) \
         FROM school WHERE country = $1 GROUP BY country, COALESCE(department, '') ORDER BY 1, 2",
        &args![country],
    )?;
    rows.iter().map(read_tally).collect()
}

/// Names of places by their codes, for lists.
pub(crate) fn place_name(tx: &mut Tx, code: &str) -> Result<Option<String>> {
    let row = tx.row("SELECT name FROM place WHERE code = $1", &args![code])?;
    row.map(|row| row.read().text()).transpose()
}

/// The names of a country, for lists.
pub(crate) fn country_names(tx: &mut Tx, code: &str) -> Result<Option<Names>> {
    let row = tx.row("SELECT names FROM country WHERE code = $1", &args![code])?;
    row.map(|row| row.read().names()).transpose()
}
