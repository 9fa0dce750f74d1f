//! A figure, its rule and its rows; all figures; all snapshots.

use crate::interval::Fate;
use crate::labels::{self, Labels};
use crate::rows::{self, Behind};
use crate::snapshot::{Figure, Name, Snapshot, Thing};
use crate::store;
use base::{Error, Id, Result};
use db::Tx;
use evidence::Claim;
use lang::Words;
use ui::{Cell, Html, html};
use web::{ActLink, Answer, Ask, Line, Listing, Show};

/// Claims shown on the figure's own page; the list has all.
const CLAIMS_SHOWN: usize = 20;
/// Things shown there.
const THINGS_SHOWN: i64 = 20;

/// What an address names: a figure of a snapshot, or another address that has it.
enum Asked {
    Found(Box<(Snapshot, Figure)>),
    See(Name, Snapshot),
}

fn asked(tx: &mut Tx, ask: &Ask) -> Result<Asked> {
    let name = Name::parse(ask.param("figure")).ok_or(Error::Missing)?;
    let newest = |tx: &mut Tx| store::newest(tx)?.ok_or(Error::Missing);
    if ask.param("snapshot") == "newest" {
        return Ok(Asked::See(name, newest(tx)?));
    }
    let id = ask.id("snapshot")?;
    let snapshot = store::find(tx, id)?.ok_or(Error::Missing)?;
    if let Some(figure) = store::figure(tx, id, &name)? {
        return Ok(Asked::Found(Box::new((snapshot, figure))));
    }
    // Of an older day only the last count is kept whole.
    match store::last_of(tx, snapshot.today)? {
        Some(last) if last.id != id => Ok(Asked::See(name, last)),
        _ => Err(Error::Missing),
    }
}

pub(crate) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (snapshot, figure) = match asked(tx, ask)? {
        Asked::Found(found) => *found,
        Asked::See(name, snapshot) => return Ok(Answer::See(name.path(snapshot.id))),
    };
    let words = &ask.words;
    let labels = Labels::load(tx)?;
    let about = labels.scope(tx, words, &figure.scope)?;
    let label = labels.code(words, &figure.code);
    let level = labels::level(words, &figure);
    let marks: Vec<String> = figure
        .marks
        .iter()
        .map(|mark| words.code("reports-mark", mark))
        .collect();
    let rule = words.code("reports-rule", &figure.rule);
    let cells = vec![
        label.as_str().into(),
        about.as_str().into(),
        if level.is_empty() {
            Cell::NotApplicable
        } else {
            level.as_str().into()
        },
        Cell::or_unknown(figure.low),
        Cell::or_unknown(figure.high),
        Cell::or_unknown(figure.sum),
        figure.records.into(),
        labels.unit(words, &figure).into(),
        figure.as_of.unwrap_or(snapshot.today).into(),
        rule.as_str().into(),
        marks.join(" ").into(),
        snapshot.id.into(),
        snapshot.seq.into(),
    ];
    let mut sections = rows_of(tx, ask, &snapshot, &figure)?;
    sections.push(same_count(words, &snapshot, &figure));
    Ok(Answer::Record(Show {
        title: heading(words, &label, &about, &level),
        before: told(words, &figure),
        cells,
        sections,
        ..Show::default()
    }))
}

/// «Teachers trained, confirmed: Honduras».
fn heading(words: &Words, label: &str, about: &str, level: &str) -> String {
    let args = [
        ("label", label.into()),
        ("about", about.into()),
        ("level", level.into()),
    ];
    if level.is_empty() {
        words.say_with("reports-figure-title", &args[..2])
    } else {
        words.say_with("reports-figure-title-level", &args)
    }
}

/// The figure large, and what the naive sum would be.
fn told(words: &Words, figure: &Figure) -> Html {
    let mut cards = vec![ui::figure(
        &labels::said(words, figure),
        &words.say("reports-certain"),
        None,
    )];
    if figure.exact().is_none() {
        let sum = figure
            .sum
            .map_or_else(|| words.say("unknown"), |sum| words.number(sum));
        cards.push(ui::figure(&sum, &words.say("reports-sum"), None));
    }
    if rows::has_claims(figure) {
        let label = words.say("reports-records");
        cards.push(ui::figure(&words.number(figure.records), &label, None));
    }
    ui::cards(&cards)
}

/// The rows behind a figure: its claims, or where they stand.
fn rows_of(tx: &mut Tx, ask: &Ask, snapshot: &Snapshot, figure: &Figure) -> Result<Html> {
    let words = &ask.words;
    let title = words.say("reports-rows");
    if rows::has_claims(figure) && figure.records <= rows::ROWS_MAX {
        let behind = rows::claims(tx, snapshot, figure)?;
        let shown = lines(tx, words, behind.get(..CLAIMS_SHOWN).unwrap_or(&behind))?;
        let all = format!("{}/claims", figure.name().path(snapshot.id));
        let shown: Vec<Line> = shown.into_iter().filter_map(short).collect();
        let table = ui::table(words, "", super::BEHIND, &shown);
        let link = ui::link(&all, words.say("reports-rows-all"));
        return Ok(ui::section(&title, html!("{}<p>{}</p>", table, link)));
    }
    if let Some(wanted) = rows::things(figure) {
        if snapshot.ordinal == 0 {
            let gone = html!("<p>{}</p>", words.say("reports-rows-not-kept"));
            return Ok(ui::section(&title, gone));
        }
        let things = store::things::list(tx, snapshot.ordinal, &wanted, "", THINGS_SHOWN)?;
        let table = ui::table(words, "", super::THINGS, &thing_lines(tx, words, &things)?);
        let all = format!("{}/rows", figure.name().path(snapshot.id));
        let link = ui::link(&all, words.say("reports-rows-all"));
        return Ok(ui::section(&title, html!("{}<p>{}</p>", table, link)));
    }
    let Some(path) = rows::elsewhere(figure) else {
        return Ok(Html::new());
    };
    let link = ui::link(&path, words.say("reports-rows-now"));
    let seq = [("seq", snapshot.seq.into())];
    let note = words.say_with("reports-rows-moved", &seq);
    Ok(ui::section(&title, html!("<p>{}</p><p>{}</p>", link, note)))
}

/// Agreements, deployments or consignments as they were counted, each with what it counts for.
fn thing_lines(tx: &mut Tx, words: &Words, things: &[Thing]) -> Result<Vec<Line>> {
    let members: Vec<Id> = things.iter().map(|thing| thing.member).collect();
    let members = people::organisation_names(tx, &members)?;
    let mut lines = Vec::with_capacity(things.len());
    for thing in things {
        let member = members.get(&thing.member);
        let name = format!("{} {}", thing.code, words.name(&thing.title));
        let standing = thing
            .kind
            .standings()
            .map(|of| words.code(of, &thing.standing));
        lines.push(Line {
            key: thing.code.clone(),
            href: None,
            cells: vec![
                Cell::link(thing.path.as_str(), name.trim()),
                places::country_name(tx, &thing.country, words.lang())?.into(),
                member.map_or(Cell::Unknown, |names| words.name(names).into()),
                standing.map_or(Cell::NotApplicable, Cell::from),
                thing.amount.map_or(Cell::NotApplicable, Cell::from),
            ],
        });
    }
    Ok(lines)
}

/// Which count this is, and the same figure in the newest one.
fn same_count(words: &Words, snapshot: &Snapshot, figure: &Figure) -> Html {
    let newest = format!("/figures/newest/{}", figure.name());
    let links = [
        ui::link(&newest, words.say("reports-newest")),
        ui::link("/snapshots", words.say("reports-snapshots")),
        ui::link("/audit/chain", words.say("reports-chain")),
    ];
    let links: Html = links
        .iter()
        .map(|link| html!("<li>{}</li>", link))
        .collect();
    let body = html!(
        "<p>{}</p><ul>{}</ul>",
        labels::named(words, snapshot),
        links
    );
    ui::section(&words.say("reports-count"), body)
}

/// One claim as a row.
fn lines(tx: &mut Tx, words: &Words, behind: &[Behind]) -> Result<Vec<Line>> {
    let labels = Labels::load(tx)?;
    let organisations: Vec<Id> = behind.iter().map(|row| row.claim.organisation).collect();
    let organisations = people::organisation_names(tx, &organisations)?;
    let groups = catalogue::labels(tx, "groups", words.lang())?;
    let mut lines = Vec::with_capacity(behind.len());
    for row in behind {
        let claim = &row.claim;
        let organisation = organisations.get(&claim.organisation);
        lines.push(Line {
            key: claim.id.to_string(),
            href: None,
            cells: vec![
                fate(words, row).into(),
                labels.code(words, &claim.indicator).into(),
                figure_of(words, claim).into(),
                places::place_name(tx, &claim.place, words.lang())?.into(),
                groups
                    .get(&claim.group)
                    .cloned()
                    .unwrap_or_else(|| words.say("reports-everybody"))
                    .into(),
                claim.from.into(),
                claim.to.into(),
                words
                    .code(
                        "reports-level",
                        claim.level.map_or("reported", evidence::Level::code),
                    )
                    .into(),
                organisation.map_or(Cell::Unknown, |names| words.name(names).into()),
                words
                    .opt(&format!("claim-method-{}", claim.method.replace('_', "-")))
                    .unwrap_or_else(|| claim.method.clone())
                    .into(),
                claim.source.as_str().into(),
                claim.as_of.into(),
                Cell::link(claim.path(), claim.id.to_string()),
            ],
        });
    }
    Ok(lines)
}

/// A claim's row cut to what its figure's page shows; the figure itself leads to the claim.
fn short(line: Line) -> Option<Line> {
    let cells: [Cell; 13] = line.cells.try_into().ok()?;
    let [
        counted,
        _,
        figure,
        place,
        group,
        from,
        until,
        level,
        who,
        _,
        _,
        as_of,
        claim,
    ] = cells;
    let figure = match (figure, claim) {
        (Cell::Text(figure), Cell::Link { href, .. }) => Cell::link(href, figure),
        (figure, _) => figure,
    };
    Some(Line {
        key: line.key,
        href: None,
        cells: vec![
            figure, counted, place, group, from, until, level, who, as_of,
        ],
    })
}

/// What a figure's page and the lists of its rows begin with: the figure, its rule, the way back.
fn preface(words: &Words, snapshot: &Snapshot, figure: &Figure) -> Html {
    let back = ui::link(
        &figure.name().path(snapshot.id),
        words.say("reports-rows-back"),
    );
    html!(
        "<p><strong>{}</strong> {}</p><p>{}</p>",
        labels::said(words, figure),
        words.code("reports-rule", &figure.rule),
        back
    )
}

/// A figure's name, what it is about and how far it is known.
fn heading_of(tx: &mut Tx, words: &Words, figure: &Figure) -> Result<String> {
    let labels = Labels::load(tx)?;
    let about = labels.scope(tx, words, &figure.scope)?;
    let label = labels.code(words, &figure.code);
    Ok(heading(
        words,
        &label,
        &about,
        &labels::level(words, figure),
    ))
}

/// The things behind a figure, all of them.
pub(crate) fn things(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (snapshot, figure) = match asked(tx, ask)? {
        Asked::Found(found) => *found,
        Asked::See(name, snapshot) => {
            return Ok(Answer::See(format!("{}/rows", name.path(snapshot.id))));
        }
    };
    let wanted = rows::things(&figure).ok_or(Error::Missing)?;
    let words = &ask.words;
    let query = ask.list();
    let after = query.after.as_deref().unwrap_or_default();
    let mut shown = store::things::list(
        tx,
        snapshot.ordinal,
        &wanted,
        after,
        query.limit.saturating_add(1),
    )?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = shown.len() > limit;
    shown.truncate(limit);
    Ok(Answer::List(Listing {
        title: heading_of(tx, words, &figure)?,
        before: preface(words, &snapshot, &figure),
        rows: thing_lines(tx, words, &shown)?,
        more,
        total: Some(store::things::count(tx, snapshot.ordinal, &wanted)?),
        after: html!("<p>{}</p>", labels::named(words, &snapshot)),
        ..Listing::default()
    }))
}

fn fate(words: &Words, row: &Behind) -> String {
    match (row.fate, row.same_as) {
        (Fate::Counts, _) => words.say("reports-fate-counts"),
        (Fate::Part, _) => words.say("reports-fate-part"),
        (Fate::Repeated(_), None) => words.say("reports-fate-repeated"),
        (Fate::Repeated(_), Some(id)) => {
            let id = [("claim", id.to_string().into())];
            words.say_with("reports-fate-same", &id)
        }
    }
}

fn figure_of(words: &Words, claim: &Claim) -> String {
    let say = |end: Option<i64>| end.map(|end| words.number(end));
    let number = match (say(claim.low), say(claim.high)) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => words.say("unknown"),
    };
    match claim.comparator.sign() {
        "=" => number,
        sign => format!("{sign} {number}"),
    }
}

pub(crate) fn claims(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (snapshot, figure) = match asked(tx, ask)? {
        Asked::Found(found) => *found,
        Asked::See(name, snapshot) => {
            return Ok(Answer::See(format!("{}/claims", name.path(snapshot.id))));
        }
    };
    let words = &ask.words;
    let behind = rows::claims(tx, &snapshot, &figure)?;
    let query = ask.list();
    let after = query.after.as_deref().and_then(Id::parse);
    let start = behind.iter().position(|row| Some(row.claim.id) == after);
    let rest = behind.get(start.map_or(0, |at| at + 1)..).unwrap_or(&[]);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let shown = rest.get(..limit).unwrap_or(rest);
    Ok(Answer::List(Listing {
        title: heading_of(tx, words, &figure)?,
        before: preface(words, &snapshot, &figure),
        rows: lines(tx, words, shown)?,
        more: shown.len() < rest.len(),
        total: i64::try_from(behind.len()).ok(),
        after: html!("<p>{}</p>", labels::named(words, &snapshot)),
        ..Listing::default()
    }))
}

pub(crate) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let title = words.say("reports-figures-title");
    let Some(snapshot) = store::newest(tx)? else {
        return Ok(Answer::List(Listing {
            title,
            none: words.say("reports-no-snapshot"),
            ..Listing::default()
        }));
    };
    let query = ask.list();
    let country = query.filter("country");
    let wanted = store::Wanted {
        kind: country.map(|_| "country").or(query.filter("about_kind")),
        scope: country,
        level: query.filter("claim_level"),
        after: query.after_parts::<4>(),
        limit: query.limit + 1,
    };
    let mut found = store::list(tx, snapshot.id, &wanted)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let labels = Labels::load(tx)?;
    let mut rows = Vec::with_capacity(found.len());
    for figure in &found {
        let about = labels.scope(tx, words, &figure.scope)?;
        let label = labels.code(words, &figure.code);
        let said = format!("{label} {about}");
        if query
            .q
            .as_ref()
            .is_none_or(|q| base::fold(&said).contains(q.as_str()))
        {
            rows.push(line(words, &labels, &snapshot, figure, label, about));
        }
    }
    let csv = [ActLink {
        href: "/snapshots".to_owned(),
        label: words.say("reports-snapshots"),
        main: false,
    }];
    Ok(Answer::List(Listing {
        title,
        before: html!(
            "<p>{}</p><p>{}</p>",
            words.say("reports-figures-intro"),
            labels::named(words, &snapshot)
        ),
        rows,
        more,
        actions: csv.into(),
        ..Listing::default()
    }))
}

fn line(
    words: &Words,
    labels: &Labels,
    snapshot: &Snapshot,
    figure: &Figure,
    label: String,
    about: String,
) -> Line {
    let path = figure.name().path(snapshot.id);
    let level = labels::level(words, figure);
    let scope = &figure.scope;
    Line {
        key: format!(
            "{}~{}~{}~{}",
            scope.kind(),
            scope.key(),
            figure.code,
            figure.level
        ),
        href: Some(path.clone()),
        cells: vec![
            label.into(),
            figure.code.as_str().into(),
            about.into(),
            if level.is_empty() {
                Cell::NotApplicable
            } else {
                level.into()
            },
            Cell::or_unknown(figure.low),
            Cell::or_unknown(figure.high),
            Cell::or_unknown(figure.sum),
            figure.records.into(),
            labels.unit(words, figure).into(),
            figure.as_of.unwrap_or(snapshot.today).into(),
            snapshot.id.into(),
            Cell::link(path.as_str(), words.say("reports-rows")),
        ],
    }
}

pub(crate) fn snapshots(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let [taken_at, seq] = query.after_parts::<2>();
    let part = |text: String| text.parse().unwrap_or(i64::MAX);
    let mut found = store::all(tx, (part(taken_at), part(seq)), query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let line = |one: &Snapshot| Line {
        key: format!("{}~{}", one.taken_at.micros(), one.seq),
        href: None,
        cells: vec![
            one.id.into(),
            one.taken_at.into(),
            one.seq.into(),
            one.head.as_str().into(),
        ],
    };
    Ok(Answer::List(Listing {
        title: ask.words.say("reports-snapshots"),
        before: html!("<p>{}</p>", ask.words.say("reports-snapshots-intro")),
        rows: found.iter().map(line).collect(),
        more,
        ..Listing::default()
    }))
}
