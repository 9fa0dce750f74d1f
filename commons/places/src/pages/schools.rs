//! The school register.

use super::{cut, way, whole};
use crate::school::{SERVICES, School};
use crate::{choose, outline, store};
use base::{Id, Result, fold};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Cell, Column, Html, Kind, Link, html};
use web::{ActLink, Answer, Ask, Filter, Line, Listing, Show};

const THREE: &[&str] = &["yes", "no", "unknown"];

pub(crate) const SCHOOL_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Id).hxl("#loc+school+code"),
    Column::new("name", Kind::Link).hxl("#loc+school+name"),
    Column::new("country", Kind::Id).hxl("#country+code"),
    Column::new("department", Kind::Text).hxl("#adm1+name"),
    Column::new("place", Kind::Text).hxl("#adm2+name"),
    Column::new("levels", Kind::Text),
    Column::new("learners", Kind::Whole).hxl("#population+learners"),
    Column::new("learners_girls", Kind::Whole).hxl("#population+learners+f"),
    Column::new("learners_boys", Kind::Whole).hxl("#population+learners+m"),
    Column::new("teachers", Kind::Whole),
    Column::new("year", Kind::Id),
    Column::new("water", Kind::Yes),
    Column::new("internet", Kind::Yes),
    Column::new("electricity", Kind::Yes),
    Column::new("computers", Kind::Yes),
    Column::new("rural", Kind::Yes),
    Column::new("longitude", Kind::Decimal).hxl("#geo+lon"),
    Column::new("latitude", Kind::Decimal).hxl("#geo+lat"),
];
pub(crate) const SCHOOL_FILTERS: &[Filter] = &[
    Filter::listed("country", choose::countries_with_schools),
    Filter::listed("department", choose::departments),
    Filter::codes(
        "level",
        "isced",
        &["0", "1", "2", "3", "4", "5", "6", "7", "8"],
    ),
    Filter::codes("water", "three", THREE),
    Filter::codes("internet", "three", THREE),
    Filter::codes("electricity", "three", THREE),
    Filter::codes("computers", "three", THREE),
];
pub(crate) const SCHOOL_RECORD: &[Column] = &[
    Column::new("code", Kind::Id).hxl("#loc+school+code"),
    Column::new("name", Kind::Text).hxl("#loc+school+name"),
    Column::new("country", Kind::Link),
    Column::new("department", Kind::Link).hxl("#adm1+name"),
    Column::new("place", Kind::Link).hxl("#adm2+name"),
    Column::new("levels", Kind::Text),
    Column::new("learners_girls", Kind::Whole),
    Column::new("learners_boys", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("teachers_female", Kind::Whole),
    Column::new("teachers_male", Kind::Whole),
    Column::new("teachers", Kind::Whole),
    Column::new("year", Kind::Id),
    Column::new("water", Kind::Yes),
    Column::new("internet", Kind::Yes),
    Column::new("electricity", Kind::Yes),
    Column::new("computers", Kind::Yes),
    Column::new("rural", Kind::Yes),
    Column::new("rural_basis", Kind::Code("rural-basis")),
    Column::new("longitude", Kind::Decimal).hxl("#geo+lon"),
    Column::new("latitude", Kind::Decimal).hxl("#geo+lat"),
    Column::new("version", Kind::Whole),
];

pub(crate) fn schools(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let list = ask.list();
    let [name, id] = list.after_parts::<2>();
    let query = store::SchoolQuery {
        after_name: &name,
        after_id: Id::parse(&id),
        q: list.q.as_deref(),
        country: list.filter("country"),
        department: list.filter("department"),
        place: list.filter("place"),
        level: list.filter("level"),
        services: SERVICES.map(|service| list.filter(service)),
        limit: list.limit + 1,
    };
    let (found, more) = cut(store::school_page(tx, &query)?, list.limit);
    let mut names = PlaceNames::default();
    let mut rows = Vec::with_capacity(found.len());
    for school in &found {
        rows.push(line(tx, ask, school, &mut names)?);
    }
    let plain = list.q.is_none()
        && ["department", "place", "level"]
            .iter()
            .all(|f| list.filter(f).is_none())
        && SERVICES
            .iter()
            .all(|service| list.filter(service).is_none());
    let total = match (plain, query.country) {
        (true, Some(country)) => Some(store::tallies(tx, country)?.iter().map(|t| t.schools).sum()),
        (true, None) => Some(crate::count_schools(tx)?),
        (false, _) => None,
    };
    let keeps = ask.actor.as_ref().is_some_and(|a| {
        a.is_any(&[
            base::Role::AuthorityFocalPoint,
            base::Role::AuthoritySignatory,
        ])
    });
    let import = ActLink {
        href: "/schools/import".to_owned(),
        label: ask.words.say("school-import-button"),
        main: true,
    };
    Ok(Answer::List(Listing {
        title: ask.words.say("schools-title"),
        before: html!("<p>{}</p>", ask.words.say("schools-intro")),
        rows,
        more,
        total,
        actions: keeps.then_some(import).into_iter().collect(),
        ..Listing::default()
    }))
}

/// Names already looked up for this page.
#[derive(Default)]
struct PlaceNames(BTreeMap<String, Option<String>>);

impl PlaceNames {
    fn get(&mut self, tx: &mut Tx, code: &str) -> Result<Option<String>> {
        if let Some(name) = self.0.get(code) {
            return Ok(name.clone());
        }
        let name = store::place_name(tx, code)?;
        self.0.insert(code.to_owned(), name.clone());
        Ok(name)
    }
}

fn line(tx: &mut Tx, ask: &Ask, school: &School, names: &mut PlaceNames) -> Result<Line> {
    let department = match &school.department {
        Some(code) => names.get(tx, code)?,
        None => None,
    };
    let place = match school.place == school.country {
        true => None,
        false => names.get(tx, &school.place)?,
    };
    let href = format!("/schools/{}", school.id());
    Ok(Line {
        key: format!("{}~{}", fold(&school.name), school.id()),
        cells: vec![
            Cell::Text(school.code.clone()),
            Cell::link(href.as_str(), school.name.as_str()),
            Cell::Text(school.country.clone()),
            Cell::or_unknown(department),
            Cell::or_unknown(place),
            levels(ask, school),
            whole(school.learners),
            whole(school.learners_girls),
            whole(school.learners_boys),
            whole(school.teachers),
            year(school),
            Cell::or_unknown(school.water),
            Cell::or_unknown(school.internet),
            Cell::or_unknown(school.electricity),
            Cell::or_unknown(school.computers),
            Cell::or_unknown(school.rural),
            Cell::or_unknown(school.lon),
            Cell::or_unknown(school.lat),
        ],
        href: Some(href),
    })
}

fn year(school: &School) -> Cell {
    school
        .year
        .map_or(Cell::Unknown, |year| Cell::Text(year.to_string()))
}

fn levels(ask: &Ask, school: &School) -> Cell {
    if school.levels.is_empty() {
        return Cell::Unknown;
    }
    let names: Vec<String> = school
        .levels
        .iter()
        .map(|level| ask.words.code("isced", level))
        .collect();
    Cell::Text(ask.words.list(&names))
}

pub(crate) fn school(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let id = ask.id("id")?;
    let school = crate::school(tx, id)?;
    let words = &ask.words;
    let country = crate::country_name(tx, &school.country, words.lang())?;
    let mut around = store::ancestors(tx, &school.place)?;
    around.insert(0, crate::place(tx, &school.place)?);
    let linked = |code: &str| {
        let place = around
            .iter()
            .find(|place| place.code == code)
            .filter(|place| place.level > 0);
        place.map_or(Cell::Unknown, |p| {
            Cell::link(format!("/places/{}", p.code), p.name.as_str())
        })
    };
    let cells = vec![
        Cell::Text(school.code.clone()),
        Cell::Text(school.name.clone()),
        Cell::link(format!("/countries/{}", school.country), country.as_str()),
        school.department.as_deref().map_or(Cell::Unknown, linked),
        linked(&school.place),
        levels(ask, &school),
        whole(school.learners_girls),
        whole(school.learners_boys),
        whole(school.learners),
        whole(school.teachers_female),
        whole(school.teachers_male),
        whole(school.teachers),
        year(&school),
        Cell::or_unknown(school.water),
        Cell::or_unknown(school.internet),
        Cell::or_unknown(school.electricity),
        Cell::or_unknown(school.computers),
        Cell::or_unknown(school.rural),
        school.rural_basis.clone().map_or(Cell::Unknown, Cell::Code),
        Cell::or_unknown(school.lon),
        Cell::or_unknown(school.lat),
        Cell::Whole(school.version),
    ];
    let mut trail = way(words, &country, &around);
    trail.push(Link::new(
        format!("/schools?country={}", school.country),
        words.say("schools-title"),
    ));
    Ok(Answer::Record(Show {
        title: school.name.clone(),
        before: ui::trail(words, &trail),
        cells,
        sections: html!("{}{}", map(ask, &school), more(ask, &school)),
        actions: Vec::new(),
        slot: Some(("school-page", id.to_string())),
    }))
}

fn map(ask: &Ask, school: &School) -> Html {
    let (Some(outline), Some((lon, lat))) = (outline(&school.country), school.point()) else {
        return Html::new();
    };
    let title = ask.words.say_with(
        "places-map-school",
        &[("school", school.name.as_str().into())],
    );
    ui::maps::points(&ask.words, outline, &[(lat, lon)], &title)
}

/// What else the register says, in the register's own words.
fn more(ask: &Ask, school: &School) -> Html {
    let words = &ask.words;
    let shown: Html = school
        .attributes
        .iter()
        .map(|(name, value)| {
            let value = match value {
                serde_json::Value::Bool(yes) => words.say(if *yes { "yes" } else { "no" }),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            html!(
                "<div><dt>{}</dt><dd><bdi>{}</bdi></dd></div>",
                words.code("school-attribute", name),
                value
            )
        })
        .collect();
    if shown.is_empty() {
        return shown;
    }
    ui::section(
        &words.say("schools-more"),
        html!("<dl class=\"facts\">{}</dl>", shown),
    )
}
