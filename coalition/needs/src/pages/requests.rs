//! Requests: the authority's own, the secretariat's queue, one with everything known, the clock.

use super::{STEP_ACTS, act, before, country, history, hours, own_words};
use crate::acts::{may_read, offered, readable};
use crate::forms::{CONTEXTS, urgency_code};
use crate::need::Need;
use crate::request::{Request, State};
use crate::{choose, store};
use base::{Error, Result};
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Download, Filter, Line, Listing, Show};

pub(crate) const REQUEST_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Link),
    Column::new("country", Kind::Text).hxl("#country"),
    Column::new("subject", Kind::Text),
    Column::new("state", Kind::Code("request-state")),
    Column::new("urgency", Kind::Code("needs-urgency")),
    Column::new("required_by", Kind::Day).hxl("#date+needed"),
    Column::new("received_at", Kind::Moment),
    Column::new("answered_at", Kind::Moment),
    Column::new("answer_hours", Kind::Whole),
];

pub(crate) const REQUEST_FILTERS: &[Filter] = &[
    Filter::listed("country", choose::countries_of_requests),
    Filter::codes("state", "request-state", &State::CODES),
];

pub(crate) const REQUEST_RECORD: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("state", Kind::Code("request-state")),
    Column::new("country", Kind::Text),
    Column::new("organisation", Kind::Text),
    Column::new("context", Kind::Code("needs-context")),
    Column::new("context_name", Kind::Text),
    Column::new("cause", Kind::Code("needs-cause")),
    Column::new("glide", Kind::Text),
    Column::new("urgency", Kind::Code("needs-urgency")),
    Column::new("required_by", Kind::Day),
    Column::new("letter", Kind::Link),
    Column::new("pairing_reason", Kind::Words),
    Column::new("received_at", Kind::Moment),
    Column::new("answered_at", Kind::Moment),
    Column::new("answer_hours", Kind::Whole),
    Column::new("version", Kind::Whole),
];

pub(crate) const ANSWER_TIME_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("country", Kind::Text).hxl("#country"),
    Column::new("received_at", Kind::Moment),
    Column::new("answered_at", Kind::Moment),
    Column::new("answer_hours", Kind::Whole),
    Column::new("clock", Kind::Code("needs-clock")),
];

pub(crate) const ANSWER_TIME_FILTERS: &[Filter] = &[Filter::listed("country", choose::countries)];

/// The authority's own requests, or the secretariat's queue.
pub(crate) fn requests(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let actor = ask.actor()?;
    let own = actor.authority_countries();
    let query = ask.list();
    // Somebody who speaks for several countries sees one at a time.
    let chosen = query
        .filter("country")
        .filter(|country| own.iter().any(|c| c == country));
    let first = chosen.or(own.first().map(String::as_str));
    let country_only = if actor.reads_all() {
        query.filter("country")
    } else {
        Some(first.ok_or(Error::Missing)?)
    };
    let wanted = store::Wanted {
        country: country_only,
        state: query.filter("state"),
        q: query.q.as_deref(),
        before: before(ask),
        limit: query.limit,
    };
    let found = store::requests(tx, &wanted)?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for request in found
        .rows
        .iter()
        .filter(|request| may_read(Some(actor), request))
    {
        rows.push(request_line(tx, ask, request)?);
    }
    let mut actions = Vec::new();
    if !own.is_empty() {
        actions.push(act(ask, "request-new", "/requests/new".to_owned(), true));
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("requests-title"),
        rows,
        more: found.more,
        actions,
        ..Listing::default()
    }))
}

fn request_line(tx: &mut Tx, ask: &Ask, request: &Request) -> Result<Line> {
    Ok(Line {
        key: format!("{}~{}", request.created_at.micros(), request.id),
        cells: vec![
            Cell::link(request.path(), request.code.clone()),
            Cell::Text(country(tx, ask, &request.country)?),
            Cell::Text(request.subject.clone()),
            Cell::code(request.state.code()),
            Cell::code(urgency_code(request.urgency)),
            Cell::Day(request.required_by),
            Cell::or_not_applicable(request.received_at),
            Cell::or_not_applicable(request.answered_at),
            hours(request.received_at, request.answered_at, ask.now),
        ],
        href: Some(request.path()),
    })
}

/// One request.
pub(crate) fn request(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let actor = ask.actor()?;
    let request = readable(tx, Some(actor), ask.id("id")?)?;
    let mut actions = Vec::new();
    for (step, name, end) in STEP_ACTS {
        if offered(tx, actor, &request, step, ask.today) {
            let main = actions.is_empty();
            actions.push(act(ask, name, format!("{}/{end}", request.path()), main));
        }
    }
    let mine = actor.authority_countries().contains(&request.country);
    if mine && request.state.editable() {
        for (name, end) in [
            ("request-edit", "edit"),
            ("line-new", "lines/new"),
            ("register-new", "register"),
        ] {
            actions.push(act(ask, name, format!("{}/{end}", request.path()), false));
        }
    }
    let mut sections = own_words(ask, &request);
    sections.push(needs_of(tx, ask, &request)?);
    sections.push(imports_of(tx, ask, &request)?);
    let steps = store::steps(tx, request.id)?;
    sections.push(history(tx, ask, &steps)?);
    Ok(Answer::Record(Show {
        title: format!("{} {}", request.code, request.subject),
        cells: cells(tx, ask, &request)?,
        sections,
        actions,
        slot: Some(("request-page", request.id.to_string())),
        ..Show::default()
    }))
}

fn cells(tx: &mut Tx, ask: &Ask, request: &Request) -> Result<Vec<Cell>> {
    let names = people::organisation_names(tx, &[request.organisation])?;
    let organisation = names
        .get(&request.organisation)
        .map(|n| n.get(ask.words.lang()).to_owned());
    let letter = request.letter.as_ref();
    let emergency = CONTEXTS.first() == Some(&request.context.as_str());
    Ok(vec![
        Cell::Text(request.code.clone()),
        Cell::code(request.state.code()),
        Cell::Text(country(tx, ask, &request.country)?),
        Cell::or_unknown(organisation),
        Cell::code(request.context.as_str()),
        Cell::Text(request.context_name.clone()),
        if emergency {
            request.cause.as_deref().map_or(Cell::Unknown, Cell::code)
        } else {
            Cell::NotApplicable
        },
        if emergency {
            Cell::or_unknown(request.glide.clone())
        } else {
            Cell::NotApplicable
        },
        Cell::code(urgency_code(request.urgency)),
        Cell::Day(request.required_by),
        letter.map_or(Cell::Unknown, |l| {
            Cell::link(format!("{}/letter", request.path()), l.name.clone())
        }),
        Cell::or_not_applicable(request.pairing_reason.clone()),
        Cell::or_not_applicable(request.received_at),
        Cell::or_not_applicable(request.answered_at),
        hours(request.received_at, request.answered_at, ask.now),
        Cell::Whole(request.version),
    ])
}

fn needs_of(tx: &mut Tx, ask: &Ask, request: &Request) -> Result<Html> {
    let w = &ask.words;
    let mut rows = Vec::new();
    for need in store::needs_of(tx, request.id)? {
        let tally = store::tally(tx, need.id)?;
        if tally.lines > 0 {
            rows.push(need_row(tx, ask, &need, tally)?);
        }
    }
    let title = w.say("needs-title");
    if rows.is_empty() {
        return Ok(ui::section(
            &title,
            ui::empty(&w.say("needs-no-lines-yet"), None),
        ));
    }
    let head = [
        "column-code",
        "column-service-class",
        "column-lines",
        "column-quantity",
        "column-learners",
    ];
    let table = ui::plain_table(&title, &head.map(|key| w.say(key)), &rows);
    let by_hand = format!("{}/lines", request.path());
    let link = ui::link(&by_hand, w.say("needs-lines-by-hand"));
    Ok(ui::section(&title, html!("{}<p>{}</p>", table, link)))
}

fn need_row(tx: &mut Tx, ask: &Ask, need: &Need, tally: crate::need::Tally) -> Result<Vec<Html>> {
    let w = &ask.words;
    Ok(vec![
        ui::link(&need.path(), &need.code),
        ui::text(&super::class(tx, ask, &need.service_class)?),
        ui::text(&w.number(tally.lines)),
        ui::text(&w.number(tally.quantity)),
        ui::text(&learners(ask, tally)),
    ])
}

/// Learners in words: what is known, and of how many lines it is not.
pub(super) fn learners(ask: &Ask, tally: crate::need::Tally) -> String {
    let args = [
        ("learners", tally.learners.into()),
        ("unknown", tally.learners_unknown.into()),
    ];
    ask.words.say_with("needs-learners-and-unknown", &args)
}

fn imports_of(tx: &mut Tx, ask: &Ask, request: &Request) -> Result<Html> {
    let w = &ask.words;
    let imports = store::imports_of(tx, request.id)?;
    if imports.is_empty() {
        return Ok(Html::new());
    }
    let rows: Vec<Vec<Html>> = imports
        .iter()
        .map(|import| {
            vec![
                ui::link(&import.path(), &import.file.name),
                ui::tag(
                    import.state.code(),
                    &w.code("import-state", import.state.code()),
                ),
                ui::text(&w.number(import.schools)),
                ui::text(&w.number(import.lines)),
                ui::text(&w.moment(import.created_at)),
            ]
        })
        .collect();
    let head = [
        "column-file",
        "column-state",
        "column-schools",
        "column-lines",
        "column-created-at",
    ];
    let title = w.say("needs-imports");
    Ok(ui::section(
        &title,
        ui::plain_table(&title, &head.map(|key| w.say(key)), &rows),
    ))
}

/// The authority's letter.
pub(crate) fn letter(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let request = readable(tx, Some(ask.actor()?), ask.id("id")?)?;
    let letter = request.letter.ok_or(Error::Missing)?;
    let bytes = ask.site.files.read(&letter.hash)?;
    Ok(Answer::File(Download {
        name: letter.name,
        mime: letter.mime,
        bytes,
    }))
}

/// The public clock: how long each request waited for an answer, without what it says.
pub(crate) fn answer_times(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let found = store::answer_times(tx, query.filter("country"), before(ask), query.limit)?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for one in &found.rows {
        let received = base::Moment::from_micros(one.received_at);
        let answered = one.answered_at.map(base::Moment::from_micros);
        let clock = match (one.withdrawn, answered) {
            (_, Some(_)) => "answered",
            (true, None) => "withdrawn",
            (false, None) => "running",
        };
        let waited = if one.withdrawn {
            Cell::NotApplicable
        } else {
            hours(Some(received), answered, ask.now)
        };
        rows.push(Line {
            key: format!("{}~{}", one.received_at, one.id),
            cells: vec![
                Cell::Text(one.code.clone()),
                Cell::Text(country(tx, ask, &one.country)?),
                Cell::Moment(received),
                Cell::or_not_applicable(answered),
                waited,
                Cell::code(clock),
            ],
            href: None,
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("answer-times-title"),
        before: ui::paragraphs(&ask.words.say("answer-times-intro")),
        rows,
        more: found.more,
        ..Listing::default()
    }))
}
