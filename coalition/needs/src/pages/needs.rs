//! Needs: the public list, and one need with its map, its buckets, its own words beside the edit.

use super::{act, before, beside, class, country, history, learners, term};
use crate::acts::{buckets_of, offered, readable_need};
use crate::need::{Buckets, Need, Standing};
use crate::request::{Request, Step};
use crate::{choose, rules, store};
use base::{Error, Id, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use ui::charts::As;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing, Show};

pub(crate) const NEED_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Link),
    Column::new("title", Kind::Names),
    Column::new("country", Kind::Text).hxl("#country"),
    Column::new("service_class", Kind::Text).hxl("#sector"),
    Column::new("state", Kind::Code("need-state")),
    Column::new("lines", Kind::Whole),
    Column::new("quantity", Kind::Whole),
    Column::new("uncovered", Kind::Whole),
    Column::new("learners", Kind::Whole).hxl("#inneed"),
    Column::new("valid_until", Kind::Day),
];

pub(crate) const NEED_FILTERS: &[Filter] = &[
    Filter::listed("country", choose::countries),
    Filter::listed("service_class", choose::service_classes),
    Filter::codes("state", "need-state", &Standing::CODES),
    Filter::listed("department", choose::departments),
];

pub(crate) const NEED_RECORD: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("state", Kind::Code("need-state")),
    Column::new("stale", Kind::Yes),
    Column::new("country", Kind::Text),
    Column::new("service_class", Kind::Text),
    Column::new("objective", Kind::Text),
    Column::new("flagship", Kind::Text),
    Column::new("pillars", Kind::Text),
    Column::new("phase", Kind::Text),
    Column::new("lines", Kind::Whole),
    Column::new("quantity", Kind::Whole),
    Column::new("uncovered", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("learners_unknown", Kind::Whole),
    Column::new("valid_until", Kind::Day),
    Column::new("confirmed_at", Kind::Moment),
    Column::new("ended_reason", Kind::Words),
    Column::new("version", Kind::Whole),
];

/// Sums of buckets, by need, with the head of the ledger they are of: while no fact was appended
/// no unit has moved.
static SUMS: Mutex<BTreeMap<Id, (String, Buckets)>> = Mutex::new(BTreeMap::new());
/// Sums kept at most.
const SUMS_MAX: usize = 10_000;

/// Where the units of a need are, from the sums kept where they are still true.
fn buckets(tx: &mut Tx, need: &Need, head: &str) -> Result<Buckets> {
    let kept = SUMS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&need.id)
        .cloned();
    if let Some((of, buckets)) = kept
        && of == head
    {
        return Ok(buckets);
    }
    let buckets = buckets_of(tx, need)?;
    let mut sums = SUMS.lock().unwrap_or_else(PoisonError::into_inner);
    if sums.len() >= SUMS_MAX {
        sums.clear();
    }
    sums.insert(need.id, (head.to_owned(), buckets));
    Ok(buckets)
}

/// Published needs.
pub(crate) fn needs(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let state = query.filter("state").and_then(Standing::parse);
    let (_, head) = ledger::head(tx)?;
    let mut rows = Vec::new();
    let mut from = before(ask);
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let mut more = false;
    loop {
        let wanted = store::NeedsWanted {
            country: query.filter("country"),
            service_class: query.filter("service_class"),
            department: query.filter("department"),
            q: query.q.as_deref(),
            before: from,
            limit: query.limit + 1,
        };
        let found = store::published(tx, &wanted)?;
        let last = found.len() <= limit;
        for need in &found {
            let buckets = buckets(tx, need, &head)?;
            let standing = rules::standing(need, &buckets, ask.today);
            if state.is_none_or(|state| state == standing) {
                rows.push(need_line(tx, ask, need, &buckets, standing)?);
            }
            from = need.published_at.map(|at| (at.micros(), need.id));
        }
        if rows.len() > limit {
            rows.truncate(limit);
            more = true;
        }
        if last || more {
            break;
        }
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("needs-title"),
        before: ui::paragraphs(&ask.words.say("needs-intro")),
        rows,
        more,
        ..Listing::default()
    }))
}

fn need_line(
    tx: &mut Tx,
    ask: &Ask,
    need: &Need,
    buckets: &Buckets,
    standing: Standing,
) -> Result<Line> {
    let tally = store::tally(tx, need.id)?;
    let at = need.published_at.map_or(0, |at| at.micros());
    Ok(Line {
        key: format!("{at}~{}", need.id),
        cells: vec![
            Cell::link(need.path(), need.code.clone()),
            Cell::Names(need.title.clone()),
            Cell::Text(country(tx, ask, &need.country)?),
            Cell::Text(class(tx, ask, &need.service_class)?),
            Cell::code(standing.code()),
            Cell::Whole(tally.lines),
            Cell::Whole(tally.quantity),
            Cell::Whole(buckets.uncovered),
            Cell::Whole(tally.learners),
            Cell::or_unknown(need.valid_until),
        ],
        href: Some(need.path()),
    })
}

/// One need.
pub(crate) fn need(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (need, request) = readable_need(tx, ask.actor.as_ref(), ask.id("id")?)?;
    let (_, head) = ledger::head(tx)?;
    let buckets = buckets(tx, &need, &head)?;
    let standing = rules::standing(&need, &buckets, ask.today);
    let stale = rules::stale(&need, standing, ask.today);
    let mut sections = beside(ask, &request, need.clean_text.as_deref());
    sections.push(bucket_bar(ask, &need, &buckets));
    sections.push(maps(tx, ask, &need)?);
    sections.push(super::excerpt(tx, ask, &need)?);
    if need.published_at.is_some() {
        sections.push(need_history(tx, ask, &need)?);
    }
    let published = need.published_at.is_some();
    Ok(Answer::Record(Show {
        title: format!("{} {}", need.code, need.title.get(ask.words.lang())),
        before: notices(ask, &need, standing, stale),
        cells: cells(tx, ask, &need, standing, stale, &buckets)?,
        sections,
        actions: actions(tx, ask, &need, &request, standing),
        slot: published.then(|| ("need-page", need.id.to_string())),
    }))
}

fn cells(
    tx: &mut Tx,
    ask: &Ask,
    need: &Need,
    standing: Standing,
    stale: bool,
    buckets: &Buckets,
) -> Result<Vec<Cell>> {
    let tally = store::tally(tx, need.id)?;
    let mut pillars = Vec::new();
    for pillar in &need.pillars {
        pillars.push(crate::terms::label(
            tx,
            "pillars",
            pillar,
            ask.words.lang(),
        )?);
    }
    let pillars = if pillars.is_empty() {
        Cell::Unknown
    } else {
        Cell::Text(ask.words.list(&pillars))
    };
    Ok(vec![
        Cell::Text(need.code.clone()),
        if need.published_at.is_some() {
            Cell::code(standing.code())
        } else {
            Cell::NotApplicable
        },
        Cell::Yes(stale),
        Cell::Text(country(tx, ask, &need.country)?),
        Cell::Text(class(tx, ask, &need.service_class)?),
        term(tx, ask, "objectives", need.objective.as_deref())?,
        term(tx, ask, "flagships", need.flagship.as_deref())?,
        pillars,
        term(tx, ask, "phases", need.phase.as_deref())?,
        Cell::Whole(tally.lines),
        Cell::Whole(tally.quantity),
        Cell::Whole(buckets.uncovered),
        Cell::Whole(tally.learners),
        Cell::Whole(tally.learners_unknown),
        Cell::or_not_applicable(need.valid_until),
        Cell::or_not_applicable(need.confirmed_at),
        Cell::or_not_applicable(need.ended_reason.clone()),
        Cell::Whole(need.version),
    ])
}

fn notices(ask: &Ask, need: &Need, standing: Standing, stale: bool) -> Html {
    let w = &ask.words;
    let day = need.valid_until.map(|day| w.day(day)).unwrap_or_default();
    let args = [("day", day.into())];
    if need.published_at.is_none() {
        ui::notice(w, ui::Tone::Plain, w.say("needs-not-published-yet"))
    } else if standing == Standing::Lapsed {
        ui::notice(w, ui::Tone::Warn, w.say_with("needs-lapsed-on", &args))
    } else if stale {
        ui::notice(w, ui::Tone::Warn, w.say_with("needs-ends-on", &args))
    } else {
        Html::new()
    }
}

fn actions(
    tx: &mut Tx,
    ask: &Ask,
    need: &Need,
    request: &Request,
    standing: Standing,
) -> Vec<web::ActLink> {
    let Some(actor) = ask.actor.as_ref() else {
        return Vec::new();
    };
    let mut list = Vec::new();
    if offered(tx, actor, request, Step::Edit, ask.today) {
        list.push(act(ask, "need-edit", format!("{}/edit", need.path()), true));
    }
    let over = matches!(
        standing,
        Standing::Met | Standing::ClosedPartlyMet | Standing::Withdrawn
    );
    if need.published_at.is_none() || over {
        return list;
    }
    let authority = authorities::require_active(tx, actor, &need.country, ask.today).is_ok();
    if authority {
        list.push(act(
            ask,
            "need-reconfirmation",
            format!("{}/reconfirmation", need.path()),
            true,
        ));
    }
    if authority || actor.is(Role::SecretariatApprover) {
        list.push(act(
            ask,
            "need-closure",
            format!("{}/closure", need.path()),
            false,
        ));
    }
    if authority {
        list.push(act(
            ask,
            "need-withdrawal",
            format!("{}/withdrawal", need.path()),
            false,
        ));
    }
    list
}

fn bucket_bar(ask: &Ask, need: &Need, buckets: &Buckets) -> Html {
    let title = ask.words.say("needs-where-units-are");
    let parts = buckets.parts().map(|(_, units)| units);
    let bar = ui::charts::buckets(&ask.words, &title, &[(need.code.clone(), parts)]);
    ui::section(&title, bar)
}

/// The map by first-level area, and the dots.
fn maps(tx: &mut Tx, ask: &Ask, need: &Need) -> Result<Html> {
    let w = &ask.words;
    let areas = store::areas(tx, need.id)?;
    let Some(outline) = places::outline(&need.country) else {
        return area_table(tx, ask, &areas);
    };
    let values: BTreeMap<String, f64> = areas
        .iter()
        .map(|(code, tally)| {
            (
                code.clone(),
                f64::from(i32::try_from(tally.quantity).unwrap_or(i32::MAX)),
            )
        })
        .collect();
    let by_area = w.say("needs-map-by-area");
    let mut body = ui::maps::choropleth(w, outline, &values, &by_area, As::Whole);
    let dots = store::dots(tx, need.id)?;
    if !dots.is_empty() {
        body.push(dot_map(ask, outline, &dots));
    }
    Ok(ui::section(&w.say("needs-where"), body))
}

/// Places as dots; each dot of the store stands for as many lines as it holds.
fn dot_map(ask: &Ask, outline: &ui::maps::Outline, dots: &[(f64, f64, i64, i64)]) -> Html {
    let spread = |(longitude, latitude, lines, _): &(f64, f64, i64, i64)| {
        let times = usize::try_from(*lines).unwrap_or(0);
        std::iter::repeat_n((*latitude, *longitude), times)
    };
    let points: Vec<(f64, f64)> = dots.iter().flat_map(spread).collect();
    ui::maps::points(
        &ask.words,
        outline,
        &points,
        &ask.words.say("needs-map-of-places"),
    )
}

fn area_table(
    tx: &mut Tx,
    ask: &Ask,
    areas: &BTreeMap<String, crate::need::Tally>,
) -> Result<Html> {
    let w = &ask.words;
    let mut rows = Vec::new();
    for (code, tally) in areas {
        let name = places::place_name(tx, code, w.lang())?;
        rows.push(vec![
            ui::text(&name),
            ui::text(&w.number(tally.quantity)),
            ui::text(&learners(ask, *tally)),
        ]);
    }
    let head = ["column-department", "column-quantity", "column-learners"].map(|key| w.say(key));
    let title = w.say("needs-where");
    Ok(ui::section(&title, ui::plain_table(&title, &head, &rows)))
}

fn need_history(tx: &mut Tx, ask: &Ask, need: &Need) -> Result<Html> {
    let mut steps = store::steps(tx, need.request)?;
    // What the authority and the secretariat asked each other before is theirs.
    steps.retain(|taken| {
        let whole = matches!(taken.step, Step::Receive | Step::Validate);
        (taken.need.is_none() && whole) || (taken.need == Some(need.id) && taken.step != Step::Edit)
    });
    history(tx, ask, &steps)
}

/// A published need, for the doors of later rooms.
pub(crate) fn published(tx: &mut Tx, id: Id) -> Result<Need> {
    let need = store::need(tx, id)?;
    if need.published_at.is_some() {
        Ok(need)
    } else {
        Err(Error::Missing)
    }
}

/// A link to the lines of a need.
pub(super) fn lines_link(ask: &Ask, need: &Need, lines: i64) -> Html {
    let args = [("n", lines.into())];
    let says = ask.words.say_with("needs-all-lines", &args);
    html!(
        "<p>{}</p>",
        ui::link(&format!("{}/lines", need.path()), &says)
    )
}
