//! Need lines as lists and one by one.

use super::{act, country, lines_link};
use crate::acts::{readable, readable_need};
use crate::forms::{SEVERITIES, urgency_code};
use crate::line::Line;
use crate::need::{Buckets, Need};
use crate::{choose, store};
use base::{Error, Id, Result};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Listing, Show};

/// Lines shown on the need's own page.
const EXCERPT: i64 = 10;

pub(crate) const LINE_COLUMNS: &[Column] = &[
    Column::new("line", Kind::Link),
    Column::new("school_code", Kind::Text),
    Column::new("department", Kind::Text).hxl("#adm1+name"),
    Column::new("place_code", Kind::Text).hxl("#adm+code"),
    Column::new("quantity", Kind::Whole),
    Column::new("uncovered", Kind::Whole),
    Column::new("learners", Kind::Whole).hxl("#inneed"),
    Column::new("girls", Kind::Share),
    Column::new("rural", Kind::Share),
    Column::new("disability", Kind::Share),
    Column::new("displaced", Kind::Share),
    Column::new("poor", Kind::Share),
    Column::new("ldc", Kind::Share),
    Column::new("severity", Kind::Whole).hxl("#severity"),
    Column::new("urgency", Kind::Code("needs-urgency")),
    Column::new("tier", Kind::Code("needs-tier")),
    Column::new("languages", Kind::Text),
    Column::new("window_from", Kind::Day),
    Column::new("window_to", Kind::Day),
    Column::new("required_by", Kind::Day),
];

pub(crate) const LINE_FILTERS: &[Filter] = &[
    Filter::listed("department", choose::departments_of_need),
    Filter::codes("severity", "needs-severity", SEVERITIES),
];

pub(crate) const LINE_RECORD: &[Column] = &[
    Column::new("need", Kind::Link),
    Column::new("quantity", Kind::Whole),
    Column::new("place_code", Kind::Text),
    Column::new("school", Kind::Link),
    Column::new("levels", Kind::Text),
    Column::new("audience", Kind::Code("needs-audience")),
    Column::new("learners", Kind::Whole),
    Column::new("learners_method", Kind::Code("needs-method")),
    Column::new("learners_source", Kind::Text),
    Column::new("learners_as_of", Kind::Text),
    Column::new("girls", Kind::Share),
    Column::new("rural", Kind::Share),
    Column::new("disability", Kind::Share),
    Column::new("displaced", Kind::Share),
    Column::new("poor", Kind::Share),
    Column::new("ldc", Kind::Share),
    Column::new("severity", Kind::Whole),
    Column::new("severity_method", Kind::Text),
    Column::new("urgency", Kind::Code("needs-urgency")),
    Column::new("tier", Kind::Code("needs-tier")),
    Column::new("languages", Kind::Text),
    Column::new("conditions", Kind::Text),
    Column::new("window_from", Kind::Day),
    Column::new("window_to", Kind::Day),
    Column::new("partners", Kind::Whole),
    Column::new("remote", Kind::Whole),
    Column::new("package", Kind::Id),
    Column::new("required_by", Kind::Day),
    Column::new("version", Kind::Whole),
];

pub(crate) const OWN_LINE_COLUMNS: &[Column] = &[
    Column::new("line", Kind::Link),
    Column::new("service_class", Kind::Text),
    Column::new("place_code", Kind::Text),
    Column::new("quantity", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("severity", Kind::Whole),
    Column::new("required_by", Kind::Day),
];

fn path(line: Id) -> String {
    format!("/need-lines/{line}")
}

/// A share in per mille as a fraction of one.
fn share(per_mille: Option<i64>) -> Cell {
    let fraction = per_mille
        .and_then(|n| i32::try_from(n).ok())
        .map(|n| f64::from(n) / 1000.0);
    fraction.map_or(Cell::Unknown, Cell::Share)
}

fn shares(line: &Line) -> Vec<Cell> {
    line.shares.all().map(share).to_vec()
}

fn tier(tier: Option<i64>) -> Cell {
    tier.map_or(Cell::Unknown, |tier| Cell::code(tier.to_string()))
}

/// Names of areas and languages that were read for this page already.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn area(&mut self, tx: &mut Tx, ask: &Ask, code: &str) -> Result<String> {
        if let Some(name) = self.0.get(code) {
            return Ok(name.clone());
        }
        let name = places::place_name(tx, code, ask.words.lang())?;
        self.0.insert(code.to_owned(), name.clone());
        Ok(name)
    }
    /// Language codes are small letters, place codes begin with capitals: one map holds both.
    fn language(&mut self, tx: &mut Tx, ask: &Ask, code: &str) -> Result<String> {
        if let Some(name) = self.0.get(code) {
            return Ok(name.clone());
        }
        let name = places::language_name(tx, code, ask.words.lang())?;
        self.0.insert(code.to_owned(), name.clone());
        Ok(name)
    }
    fn languages(&mut self, tx: &mut Tx, ask: &Ask, line: &Line) -> Result<Cell> {
        let mut names = vec![self.language(tx, ask, &line.lang1)?];
        if let Some(second) = &line.lang2 {
            names.push(self.language(tx, ask, second)?);
        }
        Ok(Cell::Text(ask.words.list(&names)))
    }
}

/// The lines of a need, by place.
pub(crate) fn lines(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (need, _) = readable_need(tx, ask.actor.as_ref(), ask.id("id")?)?;
    let query = ask.list();
    let [place, id] = query.after_parts::<2>();
    let wanted = store::LinesWanted {
        need: need.id,
        department: query.filter("department"),
        severity: query.filter("severity").and_then(|n| n.parse().ok()),
        q: query.q.as_deref(),
        after: Id::parse(&id).map(|id| (place, id)),
        limit: query.limit,
    };
    let found = store::lines(tx, &wanted)?;
    let mut rows = Vec::with_capacity(found.rows.len());
    let mut names = Names::default();
    for (line, buckets) in &found.rows {
        rows.push(row(tx, ask, (line, buckets), &mut names)?);
    }
    let title = ask
        .words
        .say_with("needs-lines-of", &[("code", need.code.as_str().into())]);
    Ok(Answer::List(Listing {
        title,
        rows,
        more: found.more,
        ..Listing::default()
    }))
}

fn row(tx: &mut Tx, ask: &Ask, of: (&Line, &Buckets), names: &mut Names) -> Result<web::Line> {
    let (line, buckets) = of;
    let mut cells = vec![
        Cell::link(path(line.id), line.label.clone()),
        Cell::or_not_applicable(line.school.clone()),
        Cell::Text(names.area(tx, ask, &line.department)?),
        Cell::Text(line.place.clone()),
        Cell::Whole(line.quantity),
        Cell::Whole(buckets.uncovered),
        Cell::or_unknown(line.learners),
    ];
    cells.extend(shares(line));
    cells.extend([
        Cell::Whole(line.severity),
        Cell::code(urgency_code(line.urgency)),
        tier(line.tier),
        names.languages(tx, ask, line)?,
        Cell::Day(line.window_from),
        Cell::Day(line.window_to),
        Cell::Day(line.required_by),
    ]);
    Ok(web::Line {
        key: format!("{}~{}", line.place, line.id),
        cells,
        href: Some(path(line.id)),
    })
}

/// A few lines of a need, for its own page.
pub(super) fn excerpt(tx: &mut Tx, ask: &Ask, need: &Need) -> Result<Html> {
    let w = &ask.words;
    let wanted = store::LinesWanted {
        need: need.id,
        department: None,
        severity: None,
        q: None,
        after: None,
        limit: EXCERPT,
    };
    let found = store::lines(tx, &wanted)?;
    let mut rows = Vec::new();
    let mut names = Names::default();
    for (line, buckets) in &found.rows {
        rows.push(vec![
            ui::link(&path(line.id), &line.label),
            ui::text(&names.area(tx, ask, &line.department)?),
            ui::text(&w.number(line.quantity)),
            ui::text(&w.number(buckets.uncovered)),
            ui::text(
                &line
                    .learners
                    .map_or_else(|| w.say("unknown"), |n| w.number(n)),
            ),
        ]);
    }
    let head = [
        "column-line",
        "column-department",
        "column-quantity",
        "column-uncovered",
        "column-learners",
    ];
    let title = w.say("needs-lines");
    let table = ui::plain_table(&title, &head.map(|key| w.say(key)), &rows);
    let all = lines_link(ask, need, store::tally(tx, need.id)?.lines);
    Ok(ui::section(&title, html!("{}{}", table, all)))
}

/// One line.
pub(crate) fn line(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let line = store::line(tx, ask.id("id")?)?;
    let (need, request) = readable_need(tx, ask.actor.as_ref(), line.need)?;
    if !visible(tx, &line)? {
        return Err(Error::Missing);
    }
    let mine = ask
        .actor
        .as_ref()
        .is_some_and(|a| a.authority_countries().contains(&request.country));
    let mut actions = Vec::new();
    if mine && request.state.editable() && line.import.is_none() {
        actions.push(act(
            ask,
            "line-edit",
            format!("{}/edit", path(line.id)),
            true,
        ));
        actions.push(act(
            ask,
            "line-removal",
            format!("{}/removal", path(line.id)),
            false,
        ));
    }
    let source = source(tx, ask, &line)?;
    let school = school(tx, &need, &line)?;
    let class = super::class(tx, ask, &need.service_class)?;
    Ok(Answer::Record(Show {
        title: format!("{}: {class}", line.label),
        cells: cells(tx, ask, &line, (&need, source, school))?,
        actions,
        slot: need
            .published_at
            .map(|_| ("need-line-page", line.id.to_string())),
        ..Show::default()
    }))
}

/// Lines of an import that is not whole are nobody's to see.
fn visible(tx: &mut Tx, line: &Line) -> Result<bool> {
    match line.import {
        Some(import) => {
            Ok(store::import(tx, import)?.state == crate::import::ImportState::Imported)
        }
        None => Ok(true),
    }
}

/// Where the learners are known from: the line's own source, else the register's file. What somebody
/// called their file is not for strangers.
fn source(tx: &mut Tx, ask: &Ask, line: &Line) -> Result<Cell> {
    match (&line.learners_source, line.import, line.learners) {
        (Some(source), ..) => Ok(Cell::Text(source.clone())),
        (None, Some(import), Some(_)) => {
            let file = store::import(tx, import)?.file.name;
            let open = super::is_inside(ask) || people::refuse_personal(tx, "", &file)?.is_empty();
            let said = if open {
                file
            } else {
                ask.words.say("needs-a-register")
            };
            Ok(Cell::Text(said))
        }
        _ => Ok(Cell::Unknown),
    }
}

fn school(tx: &mut Tx, need: &Need, line: &Line) -> Result<Cell> {
    let Some(code) = &line.school else {
        return Ok(Cell::NotApplicable);
    };
    Ok(match places::school_by_code(tx, &need.country, code)? {
        Some(school) => Cell::link(format!("/schools/{}", school.id()), school.name),
        None => Cell::Text(code.clone()),
    })
}

fn cells(tx: &mut Tx, ask: &Ask, line: &Line, around: (&Need, Cell, Cell)) -> Result<Vec<Cell>> {
    let (need, source, school) = around;
    let w = &ask.words;
    let levels: Vec<String> = line
        .levels
        .iter()
        .map(|level| w.code("needs-level", level))
        .collect();
    let mut conditions = Vec::new();
    for (code, bit) in crate::terms::condition_bits(tx)? {
        if line.conditions & 1_i64.checked_shl(bit).unwrap_or(0) != 0 {
            conditions.push(crate::terms::label(tx, "conditions", &code, w.lang())?);
        }
    }
    let method = w.opt(&format!(
        "needs-severity-method-{}",
        line.severity_method.replace('_', "-")
    ));
    let place = places::place_name(tx, &line.place, w.lang())?;
    let place = format!(
        "{place} ({}), {}",
        line.place,
        country(tx, ask, &need.country)?
    );
    let mut cells = vec![
        Cell::link(need.path(), need.code.clone()),
        Cell::Whole(line.quantity),
        Cell::Text(place),
        school,
        if levels.is_empty() {
            Cell::Unknown
        } else {
            Cell::Text(w.list(&levels))
        },
        Cell::code(line.audience.as_str()),
        Cell::or_unknown(line.learners),
        line.learners_method
            .as_deref()
            .map_or(Cell::Unknown, Cell::code),
        source,
        Cell::or_unknown(line.learners_as_of.clone()),
    ];
    cells.extend(shares(line));
    cells.extend([
        Cell::Whole(line.severity),
        Cell::Text(method.unwrap_or_else(|| line.severity_method.clone())),
        Cell::code(urgency_code(line.urgency)),
        tier(line.tier),
        Names::default().languages(tx, ask, line)?,
        if conditions.is_empty() {
            Cell::Unknown
        } else {
            Cell::Text(w.list(&conditions))
        },
        Cell::Day(line.window_from),
        Cell::Day(line.window_to),
        Cell::Whole(line.partners),
        Cell::Whole(line.remote),
        line.package.map_or(Cell::NotApplicable, |package| {
            Cell::Text(package.to_string())
        }),
        Cell::Day(line.required_by),
        Cell::Whole(line.version),
    ]);
    Ok(cells)
}

/// The lines of a request that were entered by hand.
pub(crate) fn own_lines(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let request = readable(tx, Some(ask.actor()?), ask.id("id")?)?;
    let mut rows = Vec::new();
    for line in store::own_lines(tx, request.id)? {
        let need = store::need(tx, line.need)?;
        rows.push(web::Line {
            key: line.id.to_string(),
            cells: vec![
                Cell::link(path(line.id), line.label.clone()),
                Cell::Text(super::class(tx, ask, &need.service_class)?),
                Cell::Text(line.place.clone()),
                Cell::Whole(line.quantity),
                Cell::or_unknown(line.learners),
                Cell::Whole(line.severity),
                Cell::Day(line.required_by),
            ],
            href: Some(path(line.id)),
        });
    }
    let mine = ask
        .actor()?
        .authority_countries()
        .contains(&request.country);
    let mut actions = Vec::new();
    if mine && request.state.editable() {
        actions.push(act(
            ask,
            "line-new",
            format!("{}/lines/new", request.path()),
            true,
        ));
    }
    let title = ask
        .words
        .say_with("needs-lines-of", &[("code", request.code.as_str().into())]);
    let back = html!("<p>{}</p>", ui::link(&request.path(), &request.code));
    Ok(Answer::List(Listing {
        title,
        before: back,
        rows,
        actions,
        ..Listing::default()
    }))
}
