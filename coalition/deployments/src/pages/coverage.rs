//! Who does what where: gaps and overlaps by area.

use super::Teller;
use crate::coverage::coverage;
use crate::deployment::Covered;
use crate::store;
use base::Result;
use db::Tx;
use std::collections::BTreeMap;
use ui::charts::As;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("country", Kind::Text).hxl("#country+code"),
    Column::new("area_name", Kind::Text).hxl("#adm1+name"),
    Column::new("place_code", Kind::Text).hxl("#adm1+code"),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("organisations_there", Kind::Text).hxl("#org+list"),
    Column::new("deployments_there", Kind::Whole).hxl("#activity+num"),
    Column::new("need_there", Kind::Whole).hxl("#inneed"),
    Column::new("need_at_least", Kind::Whole).hxl("#inneed+min"),
    Column::new("reach_at_least", Kind::Whole).hxl("#targeted+min"),
    Column::new("reach_at_most", Kind::Whole).hxl("#targeted+max"),
    Column::new("need_gap", Kind::Whole).hxl("#inneed+gap"),
    Column::new("overlaps_open", Kind::Whole).hxl("#indicator+overlap+num"),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::listed("service", catalogue::choose::service_class),
    Filter::codes("coverage", "coverage", &["gaps", "overlaps", "unserved"]),
];

fn asked_for(c: &Covered, service: Option<&str>, only: Option<&str>) -> bool {
    service.is_none_or(|service| c.service_class == service)
        && match only {
            Some("gaps") => c.gap.is_some_and(|gap| gap > 0),
            Some("overlaps") => c.overlaps > 0,
            Some("unserved") => c.deployments == 0,
            _ => true,
        }
}

pub(crate) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let [from, place, class] = query.after_parts::<3>();
    let countries = match query.filter("country") {
        Some(one) => vec![places::country(tx, one)?.code],
        None => store::coverage::countries(tx)?,
    };
    let single = query.filter("country").is_some();
    let mut teller = Teller::new(tx, &ask.words)?;
    let (mut rows, mut more, mut map) = (Vec::new(), false, Html::new());
    for country in countries.iter().filter(|code| **code >= from) {
        let mut found = coverage(tx, country, ask.today)?;
        found.retain(|c| asked_for(c, query.filter("service"), query.filter("coverage")));
        if single && query.after.is_none() {
            map = maps(tx, ask, country, &found)?;
        }
        for c in found {
            let key = (country.as_str(), c.place.as_str(), c.service_class.as_str());
            if key <= (from.as_str(), place.as_str(), class.as_str()) {
                continue;
            }
            if let Some(q) = &query.q {
                let name = format!(
                    "{} {}",
                    teller.place(tx, &c.place)?,
                    teller.class(&c.service_class)
                );
                if !base::fold(&name).contains(q.as_str()) {
                    continue;
                }
            }
            if rows.len() == limit {
                more = true;
                break;
            }
            rows.push(row(tx, country, &c, &mut teller)?);
        }
        if more {
            break;
        }
    }
    let w = &ask.words;
    Ok(Answer::List(Listing {
        title: w.say("coverage-title"),
        before: html!("<p>{}</p>{}", w.say("coverage-intro"), map),
        rows,
        more,
        ..Listing::default()
    }))
}

/// A number of those in need; where nothing is asked for there is none.
fn asked(c: &Covered, number: Option<i64>) -> Cell {
    if c.people_at_least.is_some() {
        Cell::or_unknown(number)
    } else {
        Cell::NotApplicable
    }
}

fn row(tx: &mut Tx, country: &str, c: &Covered, t: &mut Teller) -> Result<Line> {
    Ok(Line {
        key: format!("{country}~{}~{}", c.place, c.service_class),
        cells: vec![
            country.into(),
            t.place(tx, &c.place)?.into(),
            c.place.clone().into(),
            t.class(&c.service_class).into(),
            if c.organisations.is_empty() {
                t.words.say("none").into()
            } else {
                t.organisations(tx, &c.organisations)?.into()
            },
            c.deployments.into(),
            asked(c, c.people_in_need),
            asked(c, c.people_at_least),
            c.reach_low.into(),
            Cell::or_unknown(c.reach_high),
            asked(c, c.gap),
            c.overlaps.into(),
        ],
        href: None,
    })
}

/// Two maps by area: who is not served, and open overlaps.
fn maps(tx: &mut Tx, ask: &Ask, country: &str, found: &[Covered]) -> Result<Html> {
    let Some(outline) = places::outline(country) else {
        return Ok(Html::new());
    };
    let w = &ask.words;
    let name = places::country_name(tx, country, w.lang())?;
    let mut out = Html::new();
    let unserved = shares(found);
    if !unserved.is_empty() {
        let title = w.say_with("coverage-map-unserved", &[("country", name.clone().into())]);
        out.push(ui::maps::choropleth(
            w,
            outline,
            &unserved,
            &title,
            As::Share,
        ));
    }
    let overlaps = open_overlaps(found);
    if !overlaps.is_empty() {
        let title = w.say_with("coverage-map-overlaps", &[("country", name.into())]);
        out.push(ui::maps::choropleth(
            w,
            outline,
            &overlaps,
            &title,
            As::Whole,
        ));
    }
    Ok(out)
}

fn float(n: i64) -> f64 {
    f64::from(i32::try_from(n).unwrap_or(i32::MAX))
}

/// The share of those asked for whom no deployment serves, by area; none where nobody is asked for.
fn shares(found: &[Covered]) -> BTreeMap<String, f64> {
    let mut by: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for c in found {
        let (gap, asked) = by.entry(c.place.clone()).or_default();
        *gap += c.gap.unwrap_or(0);
        *asked += c.people_at_least.unwrap_or(0);
    }
    by.into_iter()
        .filter(|(_, (_, asked))| *asked > 0)
        .map(|(place, (gap, asked))| (place, float(gap) / float(asked)))
        .collect()
}

/// Open overlaps of the areas that have any.
fn open_overlaps(found: &[Covered]) -> BTreeMap<String, f64> {
    let mut by: BTreeMap<String, f64> = BTreeMap::new();
    for c in found.iter().filter(|c| c.overlaps > 0) {
        *by.entry(c.place.clone()).or_default() += float(c.overlaps);
    }
    by
}
