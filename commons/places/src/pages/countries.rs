//! Countries and places.

use super::{cut, figure, named, or_unknown, way, whole};
use crate::school::{SERVICES, Tally};
use crate::{outline, store};
use base::Result;
use db::Tx;
use std::collections::BTreeMap;
use ui::charts::As;
use ui::{Cell, Column, Html, Kind, Link, html};
use web::{ActLink, Answer, Ask, Filter, Line, Listing, Show};

pub(crate) const COUNTRY_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Id).hxl("#country+code+v_iso2"),
    Column::new("name", Kind::Link).hxl("#country+name"),
    Column::new("region", Kind::Code("region")),
    Column::new("income_group", Kind::Code("income-group")),
    Column::new("ldc", Kind::Yes),
    Column::new("landlocked", Kind::Yes),
    Column::new("schools", Kind::Whole),
];
pub(crate) const COUNTRY_FILTERS: &[Filter] = &[
    Filter::codes(
        "region",
        "region",
        &[
            "australia_and_new_zealand",
            "central_and_southern_asia",
            "eastern_and_south_eastern_asia",
            "europe_and_northern_america",
            "latin_america_and_the_caribbean",
            "northern_africa_and_western_asia",
            "oceania_exc_australia_and_new_zealand",
            "sub_saharan_africa",
        ],
    ),
    Filter::codes(
        "income_group",
        "income-group",
        &[
            "low_income",
            "lower_middle_income",
            "upper_middle_income",
            "high_income",
        ],
    ),
];
pub(crate) const COUNTRY_RECORD: &[Column] = &[
    Column::new("code", Kind::Id).hxl("#country+code+v_iso2"),
    Column::new("iso3", Kind::Id).hxl("#country+code+v_iso3"),
    Column::new("name", Kind::Names).hxl("#country+name"),
    Column::new("region", Kind::Code("region")),
    Column::new("income_group", Kind::Code("income-group")),
    Column::new("ldc", Kind::Yes),
    Column::new("landlocked", Kind::Yes),
    Column::new("schools", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("learners_unknown", Kind::Whole),
];
pub(crate) const FACT_COLUMNS: &[Column] = &[
    Column::new("indicator", Kind::Code("indicator")),
    Column::new("value", Kind::Decimal),
    Column::new("year", Kind::Id),
    Column::new("source", Kind::Code("fact-source")),
];
pub(crate) const PLACE_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Id).hxl("#adm+code"),
    Column::new("name", Kind::Link).hxl("#adm+name"),
    Column::new("kind", Kind::Code("place-kind")),
    Column::new("level", Kind::Whole),
    Column::new("parent", Kind::Id),
];
pub(crate) const PLACE_RECORD: &[Column] = &[
    Column::new("code", Kind::Id).hxl("#adm+code"),
    Column::new("name", Kind::Text).hxl("#adm+name"),
    Column::new("kind", Kind::Code("place-kind")),
    Column::new("level", Kind::Whole),
    Column::new("parent", Kind::Link),
    Column::new("aliases", Kind::Text),
    Column::new("schools", Kind::Whole),
];

pub(crate) fn countries(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let list = ask.list();
    let [name, code] = list.after_parts::<2>();
    let query = store::CountryQuery {
        after: [&name, &code],
        q: list.q.as_deref(),
        region: list.filter("region"),
        income_group: list.filter("income_group"),
        limit: list.limit + 1,
    };
    let (found, more) = cut(store::country_page(tx, &query)?, list.limit);
    let mut schools: BTreeMap<String, i64> = BTreeMap::new();
    for tally in store::all_tallies(tx)? {
        *schools.entry(tally.country).or_default() += tally.schools;
    }
    let lang = ask.words.lang();
    let line = |country: &crate::Country| Line {
        key: format!(
            "{}~{}",
            base::fold(country.name(base::Lang::En)),
            country.code
        ),
        cells: vec![
            Cell::Text(country.code.clone()),
            Cell::link(
                format!("/countries/{}", country.code),
                named(&country.names, &country.code, lang),
            ),
            country.region.clone().map_or(Cell::Unknown, Cell::Code),
            country
                .income_group
                .clone()
                .map_or(Cell::Unknown, Cell::Code),
            Cell::or_unknown(country.ldc),
            Cell::or_unknown(country.landlocked),
            whole(schools.get(&country.code).copied()),
        ],
        href: Some(format!("/countries/{}", country.code)),
    };
    let before = html!("<p>{}</p>", ask.words.say("countries-intro"));
    Ok(Answer::List(Listing {
        title: ask.words.say("countries-title"),
        before,
        rows: found.iter().map(line).collect(),
        more,
        ..Listing::default()
    }))
}

pub(crate) fn country(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let code = ask.param("code").to_owned();
    let country = crate::country(tx, &code)?;
    let words = &ask.words;
    let tallies = store::tallies(tx, &code)?;
    let mut all = Tally::default();
    tallies.iter().for_each(|tally| all.merge(tally));
    let has = |number: i64| (all.schools > 0).then_some(number);
    let name = named(&country.names, &code, words.lang());
    let mut sections = register(tx, ask, &code, &tallies, &all)?;
    sections.push(languages(tx, ask, &code)?);
    sections.push(known(tx, ask, &code)?);
    let keeps = ask
        .actor
        .as_ref()
        .is_some_and(|a| crate::rules::may_import(a, &code).is_ok());
    let mut actions = Vec::new();
    if all.schools > 0 {
        actions.push(ActLink {
            href: format!("/schools?country={code}"),
            label: words.say("places-see-schools"),
            main: false,
        });
    }
    if keeps {
        actions.push(ActLink {
            href: format!("/schools/import?country={code}"),
            label: words.say("school-import-button"),
            main: true,
        });
    }
    Ok(Answer::Record(Show {
        title: name,
        before: ui::trail(
            words,
            &[Link::new("/countries", words.say("countries-title"))],
        ),
        cells: vec![
            Cell::Text(country.code),
            Cell::or_unknown(country.iso3),
            Cell::Names(country.names),
            country.region.map_or(Cell::Unknown, Cell::Code),
            country.income_group.map_or(Cell::Unknown, Cell::Code),
            Cell::or_unknown(country.ldc),
            Cell::or_unknown(country.landlocked),
            whole(has(all.schools)),
            whole(has(all.learners)),
            whole(has(all.learners_unknown)),
        ],
        sections,
        actions,
        slot: Some(("country-page", code)),
    }))
}

/// The map and what the register says of services; nothing when there is neither.
fn register(tx: &mut Tx, ask: &Ask, code: &str, tallies: &[Tally], all: &Tally) -> Result<Html> {
    let words = &ask.words;
    let mut out = Html::new();
    if let Some(outline) = outline(code) {
        #[expect(clippy::cast_precision_loss, reason = "schools of an area")]
        let values: BTreeMap<String, f64> = tallies
            .iter()
            .map(|tally| (tally.department.clone(), tally.schools as f64))
            .collect();
        out.push(ui::maps::choropleth(
            words,
            outline,
            &values,
            &words.say("places-map-schools"),
            As::Whole,
        ));
        out.push(html!(
            "<p><small>{}</small></p>",
            words.say("places-map-borders")
        ));
    }
    if all.schools == 0 {
        out.push(ui::empty(&words.say("places-no-register"), None));
        return Ok(ui::section(&words.say("places-section-register"), out));
    }
    out.push(services(ask, all));
    let head = [
        "column-department",
        "column-schools",
        "column-learners",
        "column-learners-unknown",
    ];
    let mut rows = Vec::new();
    for tally in tallies {
        let name = store::place_name(tx, &tally.department)?;
        let area = match name {
            Some(name) => ui::link(&format!("/places/{}", tally.department), name),
            None => or_unknown(words, None),
        };
        let number = |n: i64| html!("<bdi>{}</bdi>", words.number(n));
        rows.push(vec![
            area,
            number(tally.schools),
            number(tally.learners),
            number(tally.learners_unknown),
        ]);
    }
    let title = words.say("places-by-department");
    out.push(ui::plain_table(
        &title,
        &head.map(|key| words.say(key)),
        &rows,
    ));
    Ok(ui::section(&words.say("places-section-register"), out))
}

/// Yes, no and unknown of each service: three numbers, never two.
fn services(ask: &Ask, all: &Tally) -> Html {
    let words = &ask.words;
    let head = ["places-service", "yes", "no", "unknown"].map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = SERVICES
        .iter()
        .zip(all.services)
        .map(|(service, (yes, no))| {
            let numbers =
                [yes, no, all.schools - yes - no].map(|n| html!("<bdi>{}</bdi>", words.number(n)));
            std::iter::once(html!("{}", words.say(&format!("column-{service}"))))
                .chain(numbers)
                .collect()
        })
        .collect();
    ui::plain_table(&words.say("places-services"), &head, &rows)
}

fn languages(tx: &mut Tx, ask: &Ask, code: &str) -> Result<Html> {
    let words = &ask.words;
    let spoken = store::spoken(tx, code)?;
    if spoken.is_empty() {
        return Ok(Html::new());
    }
    let head = ["column-language", "places-speakers", "places-standing"].map(|key| words.say(key));
    let row = |s: &crate::Spoken| {
        let share = s.share.map(|share| words.share(share));
        let standing = s.official.as_deref().map_or_else(Html::new, |official| {
            html!("{}", words.code("language-standing", official))
        });
        vec![
            html!("<bdi>{}</bdi>", named(&s.names, &s.language, words.lang())),
            or_unknown(words, share),
            standing,
        ]
    };
    let rows: Vec<Vec<Html>> = spoken.iter().map(row).collect();
    let table = ui::plain_table(&words.say("places-languages"), &head, &rows);
    let note = html!(
        "<p><small>{}</small></p>",
        words.say("places-languages-note")
    );
    Ok(ui::section(
        &words.say("places-languages"),
        html!("{}{}", table, note),
    ))
}

/// What is known of the country, each figure with its year and its source.
fn known(tx: &mut Tx, ask: &Ask, code: &str) -> Result<Html> {
    let words = &ask.words;
    let facts = store::facts(tx, code)?;
    if facts.is_empty() {
        let nothing = ui::empty(&words.say("places-no-facts"), None);
        return Ok(ui::section(&words.say("places-facts"), nothing));
    }
    let head = [
        "column-indicator",
        "column-value",
        "column-year",
        "column-source",
    ]
    .map(|key| words.say(key));
    let row = |fact: &crate::CountryFact| {
        vec![
            html!("{}", words.code("indicator", &fact.indicator)),
            html!("<bdi>{}</bdi>", figure(words, &fact.indicator, fact.value)),
            or_unknown(words, fact.year.map(|year| year.to_string())),
            html!("{}", words.code("fact-source", &fact.source)),
        ]
    };
    let rows: Vec<Vec<Html>> = facts.iter().map(row).collect();
    let table = ui::plain_table(&words.say("places-facts"), &head, &rows);
    let note = html!("<p><small>{}</small></p>", words.say("places-facts-note"));
    Ok(ui::section(
        &words.say("places-facts"),
        html!("{}{}", table, note),
    ))
}

pub(crate) fn facts(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let country = crate::country(tx, ask.param("code"))?;
    let list = ask.list();
    let after = list.after.as_deref().unwrap_or("");
    let all = store::facts(tx, &country.code)?;
    let wanted = all
        .into_iter()
        .filter(|fact| fact.indicator.as_str() > after);
    let wanted = wanted.filter(|f| {
        list.q
            .as_deref()
            .is_none_or(|q| base::fold(&ask.words.code("indicator", &f.indicator)).contains(q))
    });
    let (found, more) = cut(wanted.collect(), list.limit);
    let line = |fact: crate::CountryFact| Line {
        key: fact.indicator.clone(),
        cells: vec![
            Cell::Code(fact.indicator),
            Cell::Decimal(fact.value),
            fact.year
                .map_or(Cell::Unknown, |year| Cell::Text(year.to_string())),
            Cell::Code(fact.source),
        ],
        href: None,
    };
    let name = named(&country.names, &country.code, ask.words.lang());
    Ok(Answer::List(Listing {
        title: ask
            .words
            .say_with("country-facts-title", &[("country", name.into())]),
        rows: found.into_iter().map(line).collect(),
        more,
        ..Listing::default()
    }))
}

pub(crate) fn places(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let country = crate::country(tx, ask.param("code"))?;
    let list = ask.list();
    let [level, code] = list.after_parts::<2>();
    let found = store::place_page(
        tx,
        &country.code,
        [&level, &code],
        list.q.as_deref(),
        list.limit + 1,
    )?;
    let (found, more) = cut(found, list.limit);
    let line = |place: crate::Place| Line {
        key: format!("{}~{}", place.level, place.code),
        href: Some(format!("/places/{}", place.code)),
        cells: vec![
            Cell::Text(place.code.clone()),
            Cell::link(format!("/places/{}", place.code), place.name),
            Cell::Code(place.kind),
            Cell::Whole(place.level),
            place.parent.map_or(Cell::NotApplicable, Cell::Text),
        ],
    };
    let name = named(&country.names, &country.code, ask.words.lang());
    Ok(Answer::List(Listing {
        title: ask
            .words
            .say_with("country-places-title", &[("country", name.into())]),
        rows: found.into_iter().map(line).collect(),
        more,
        ..Listing::default()
    }))
}

pub(crate) fn place(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let place = crate::place(tx, ask.param("code"))?;
    if place.level == 0 {
        return Ok(Answer::See(format!("/countries/{}", place.code)));
    }
    let words = &ask.words;
    let around = store::ancestors(tx, &place.code)?;
    let country = crate::country_name(tx, &place.country, words.lang())?;
    let schools = store::schools_at(tx, &place.code)?;
    let any = schools > 0 || !store::tallies(tx, &place.country)?.is_empty();
    let mut sections = map(tx, ask, &place, &around)?;
    let below = store::children(tx, &place.code)?;
    if !below.is_empty() {
        let items: Html = below
            .iter()
            .map(|child| {
                html!(
                    "<li>{}</li>",
                    ui::link(
                        &format!("/places/{}", child.code),
                        html!("<bdi>{}</bdi>", child.name)
                    )
                )
            })
            .collect();
        sections.push(ui::section(
            &words.say("places-below"),
            html!("<ul class=\"columns\">{}</ul>", items),
        ));
    }
    let parent = around
        .first()
        .map_or(Cell::Unknown, |parent| match parent.level {
            0 => Cell::link(format!("/countries/{}", parent.code), country.clone()),
            _ => Cell::link(format!("/places/{}", parent.code), parent.name.clone()),
        });
    let mut actions = Vec::new();
    if schools > 0 {
        let filter = if place.level == 1 {
            "department"
        } else {
            "place"
        };
        actions.push(ActLink {
            href: format!("/schools?country={}&{filter}={}", place.country, place.code),
            label: words.say("places-see-schools"),
            main: false,
        });
    }
    let aliases = Some(place.aliases.join(", ")).filter(|text| !text.is_empty());
    Ok(Answer::Record(Show {
        title: place.name.clone(),
        before: ui::trail(words, &way(words, &country, &around)),
        cells: vec![
            Cell::Text(place.code.clone()),
            Cell::Text(place.name),
            Cell::Code(place.kind),
            Cell::Whole(place.level),
            parent,
            aliases.map_or(Cell::NotApplicable, Cell::Text),
            if any {
                Cell::Whole(schools)
            } else {
                Cell::Unknown
            },
        ],
        sections,
        actions,
        slot: Some(("place-page", place.code)),
    }))
}

/// The country's map with this place's schools as dots.
fn map(tx: &mut Tx, ask: &Ask, place: &crate::Place, around: &[crate::Place]) -> Result<Html> {
    let Some(outline) = outline(&place.country) else {
        return Ok(Html::new());
    };
    debug_assert!(around.last().is_none_or(|root| root.level == 0));
    let points = store::points(tx, &place.country, Some(&place.code))?;
    if points.is_empty() {
        return Ok(Html::new());
    }
    let title = ask
        .words
        .say_with("places-map-place", &[("place", place.name.as_str().into())]);
    Ok(ui::maps::points(&ask.words, outline, &points, &title))
}
