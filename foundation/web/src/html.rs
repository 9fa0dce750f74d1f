//! Pages: lists, records, forms and what went wrong, inside the shell.

mod form;

pub use form::form;

use crate::api;
use crate::ask::Ask;
use crate::entrance;
use crate::form::Choice;
use crate::guard;
use crate::hail::Hail;
use crate::reply::Reply;
use crate::room::{ActLink, Answer, Filter, Listing, MenuGroup, MenuItem, Page, Shape, Show, View};
use crate::words;
use axum::http::{HeaderName, StatusCode, header};
use base::{Error, Role};
use db::Tx;
use lang::Words;
use ui::{Column, Control, Html, Input, Shell, Tone, html, with_query};

/// What a view found, as a page.
///
/// # Errors
/// A fault when the view answers in another shape than it declared.
pub fn answer(
    tx: &mut Tx,
    ask: &Ask,
    hail: &Hail,
    view: &View,
    answer: Answer,
) -> base::Result<Reply> {
    match (view.shape, answer) {
        (_, Answer::See(path)) => Ok(Reply::see(&path)),
        (_, Answer::File(file)) => Ok(api::download(&file)),
        (_, Answer::Kept(file)) => {
            let has = hail.headers.get(header::IF_NONE_MATCH);
            api::kept(ask, &file, has.and_then(|v| v.to_str().ok()))
        }
        (_, Answer::Page(page)) => framed(ask, hail, page, StatusCode::OK),
        (Shape::List(columns, filters), Answer::List(list)) => {
            let page = listing(tx, ask, columns, filters, list)?;
            framed(ask, hail, page, StatusCode::OK)
        }
        (Shape::Record(columns), Answer::Record(show)) => {
            let page = record(tx, ask, columns, show)?;
            framed(ask, hail, page, StatusCode::OK)
        }
        _ => Err(Error::fault(format!(
            "{} answers in another shape than it declared",
            view.path
        ))),
    }
}

/// The address of this list after a key, filters kept.
pub fn page_href(ask: &Ask, after: Option<&str>) -> String {
    with_query(&here(ask), "after", after)
}

/// This page with its query.
pub fn here(ask: &Ask) -> String {
    ask.query
        .iter()
        .fold(ask.path.clone(), |path, (name, value)| {
            if value.is_empty() {
                path
            } else {
                with_query(&path, name, Some(value))
            }
        })
}

fn listing(
    tx: &mut Tx,
    ask: &Ask,
    columns: &[Column],
    filters: &[Filter],
    list: Listing,
) -> base::Result<Page> {
    let here = here(ask);
    let query = ask.list();
    let lines = list.rows;
    let last = lines
        .last()
        .filter(|_| list.more)
        .map(|line| line.key.clone());
    let mut body = list.before;
    body.push(ui::actions(&list.actions));
    let controls = filters
        .iter()
        .map(|filter| filter_control(tx, ask, filter))
        .collect::<base::Result<Vec<Control>>>()?;
    let asked = ask.query.get("q").map_or("", String::as_str);
    body.push(ui::filters(&ask.words, &ask.path, Some(asked), &controls));
    let sought = |name: &str| ask.query.get(name).is_some_and(|value| !value.is_empty());
    if lines.is_empty() && (sought("q") || filters.iter().any(|filter| sought(filter.name))) {
        body.push(ui::empty(&ask.words.say("ui-table-no-match"), None));
    } else if lines.is_empty() && query.after.is_none() && !list.none.is_empty() {
        body.push(ui::empty(&list.none, None));
    } else {
        body.push(ui::table(&ask.words, &list.title, columns, &lines));
    }
    body.push(ui::pager(
        &ask.words,
        &here,
        lines.len(),
        last.as_deref(),
        list.total,
    ));
    if !lines.is_empty() || query.after.is_some() {
        body.push(ui::downloads(&ask.words, &here));
    }
    body.push(list.after);
    Ok(Page {
        title: list.title,
        body,
        ..Page::default()
    })
}

fn filter_control(tx: &mut Tx, ask: &Ask, filter: &Filter) -> base::Result<Control> {
    let label = ask
        .words
        .say(&format!("field-{}", words::dashed(filter.name)));
    let choices: Vec<Choice> = match filter.listed {
        Some(list) => list(tx, ask)?,
        None => filter
            .codes
            .iter()
            .map(|code| Choice {
                code: (*code).to_owned(),
                label: ask.words.code(filter.vocabulary, code),
            })
            .collect(),
    };
    let input = if filter.is_day() {
        Input::Day
    } else if filter.listed.is_none() && filter.codes.is_empty() {
        Input::Text { max: 200 }
    } else {
        Input::Choice(options(&choices))
    };
    let chosen = ask.query.get(filter.name).map_or("", String::as_str);
    Ok(Control::new(filter.name, label, input)
        .optional()
        .value(chosen))
}

fn options(choices: &[Choice]) -> Vec<ui::Choice> {
    choices
        .iter()
        .map(|c| ui::Choice::new(c.code.as_str(), c.label.as_str()))
        .collect()
}

fn record(tx: &mut Tx, ask: &Ask, columns: &[Column], show: Show) -> base::Result<Page> {
    let mut body = show.before;
    body.push(ui::actions(&show.actions));
    body.push(ui::facts(&ask.words, columns, &show.cells));
    body.push(show.sections);
    if let Some((at, id)) = show.slot {
        body.push(slot(tx, ask, at, &id)?);
    }
    Ok(Page {
        title: show.title,
        body,
        ..Page::default()
    })
}

/// What later rooms show at a place of an earlier room's page.
///
/// # Errors
/// Whatever the later rooms answer.
pub fn slot(tx: &mut Tx, ask: &Ask, at: &'static str, id: &str) -> base::Result<Html> {
    let site = ask.site.clone();
    let mut out = Html::new();
    for slot in site.slots(at) {
        out.push((slot.fill)(tx, ask, id)?);
    }
    Ok(out)
}

/// Whether a path is one of those a declared path stands for.
fn is_at(declared: &str, path: &str) -> bool {
    let (mut declared, mut path) = (declared.split('/'), path.split('/'));
    loop {
        match (declared.next(), path.next()) {
            (None, None) => return true,
            (Some(name), Some(part)) if name == part => {}
            (Some("{id}"), Some(part)) if base::Id::parse(part).is_none() => return false,
            (Some(name), Some(_)) if name.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// The status of an error, and the end of its words' key.
pub const fn status_of(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        Error::Missing => (StatusCode::NOT_FOUND, "missing"),
        Error::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
        Error::SignIn => (StatusCode::UNAUTHORIZED, "sign-in"),
        Error::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
        Error::Later(_) => (StatusCode::TOO_MANY_REQUESTS, "later"),
        Error::Fault(_) => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
    }
}

/// Who may, in words: the holder of a role, or what else the key says.
pub fn who_may(words: &Words, key: &str) -> String {
    match Role::parse(key) {
        Some(role) => {
            let role = words.code("role", role.code());
            words.say_with("forbidden-role", &[("role", role.into())])
        }
        None => words
            .opt(&format!("forbidden-{}", words::dashed(key)))
            .unwrap_or_default(),
    }
}

/// A page about what went wrong, with ways onward.
pub fn problem(ask: &Ask, hail: &Hail, error: &Error) -> Reply {
    if matches!(error, Error::SignIn) {
        let door = entrance::to(&ask.path).sign_in;
        return Reply::see(&with_query(door, "next", Some(&here(ask))));
    }
    let (status, key) = status_of(error);
    let words = &ask.words;
    let mut body = html!("<p>{}</p>", words.say(&format!("problem-{key}-help")));
    match error {
        Error::Forbidden(who) => body.push(html!("<p>{}</p>", who_may(words, who))),
        Error::Refused(refusals) => {
            let lines: Vec<(String, String)> = refusals
                .0
                .iter()
                .map(|r| (String::new(), words.refusal(r)))
                .collect();
            body.push(ui::error_summary(words, &lines));
        }
        _ => {}
    }
    let onward = [ActLink {
        href: "/".to_owned(),
        label: words.say("problem-home"),
        main: true,
    }];
    body.push(ui::actions(&onward));
    let title = words.say(&format!("problem-{key}"));
    let page = Page {
        title,
        body,
        ..Page::default()
    };
    framed(ask, hail, page, status).unwrap_or_else(|error| {
        Reply::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "text/plain; charset=utf-8",
            error.to_string(),
        )
    })
}

/// A page inside the shell.
/// Where a room tells feed readers what changed, when one does.
const FEED: &str = "/feeds/changes.atom";

fn framed(ask: &Ask, hail: &Hail, page: Page, status: StatusCode) -> base::Result<Reply> {
    let words = &ask.words;
    let mut shell = Shell::new(words, page.title, page.body);
    (shell.menu, shell.groups) = menu(ask);
    shell.account = account(ask, hail);
    shell.sign_in = ask
        .actor
        .is_none()
        .then(|| entrance::to(&ask.path).sign_in.to_owned());
    shell.path = here(ask);
    shell.snapshot = page.snapshot;
    shell.refresh = page.refresh_seconds;
    shell.private = ask.actor.is_some();
    shell.notice = notice(ask, hail);
    shell.foot = ["/catalogue", "/data/attribution", "/style"]
        .iter()
        .filter(|href| ask.site.views().any(|view| view.path == **href))
        .map(|href| ui::Link::new(*href, words.say(&format!("foot{}", words::dashed(href)))))
        .collect();
    let has_feed = ask.site.views().any(|view| view.path == FEED);
    shell.feed = has_feed.then(|| FEED.to_owned());
    let preload = format!("<{}>; rel=preload; as=style", ui::sheet_path());
    Ok(Reply::html(status, shell.render()?)
        .header(HeaderName::from_static("link"), &preload)
        .header(header::VARY, "Cookie, Accept-Language"))
}

fn notice(ask: &Ask, hail: &Hail) -> Option<Html> {
    let mut out = Html::new();
    if let Some(key) = ask.site.settings.notice_key {
        out.push(ui::notice(&ask.words, Tone::Plain, ask.words.say(key)));
    }
    let done = hail
        .cookies
        .get(guard::NOTICE)
        .filter(|key| ask.words.has(key));
    if let Some(key) = done {
        out.push(ui::notice(&ask.words, Tone::Good, ask.words.say(key)));
    }
    Some(out).filter(|html| !html.is_empty())
}

/// The links beside the groups, and the groups with anything in them for whoever asks.
fn menu(ask: &Ask) -> (Vec<ui::MenuLink>, Vec<ui::MenuGroup>) {
    let items = ask.site.menu();
    let under = |item: &&&MenuItem| {
        let below = || ask.path.starts_with(&format!("{}/", item.href));
        ask.path == item.href || (item.href != "/" && below())
    };
    // The nearest entry above the page is where the page is.
    let here = items
        .iter()
        .filter(under)
        .max_by_key(|item| item.href.len());
    let here = here.map_or("", |item| item.href);
    let (mut beside, mut groups) = (Vec::new(), Vec::<ui::MenuGroup>::new());
    let mut last = None;
    let at_school = ask.actor.as_ref().is_some_and(entrance::is_at_school);
    for item in &items {
        let near = !at_school || matches!(item.group, MenuGroup::Top | MenuGroup::Learning);
        if !near || item.who.admits(ask.actor.as_ref()).is_err() {
            continue;
        }
        let link = ui::Link::new(item.href, ask.words.say(item.key)).current(item.href == here);
        match (item.group.key(), groups.last_mut()) {
            (None, _) => beside.push(link),
            (Some(_), Some(group)) if last == Some(item.group) => group.links.push(link),
            (Some(key), _) => groups.push(ui::MenuGroup {
                label: ask.words.say(key),
                links: vec![link],
            }),
        }
        last = Some(item.group);
    }
    (beside, groups)
}

fn account(ask: &Ask, hail: &Hail) -> Option<ui::AccountLine> {
    let actor = ask.actor.as_ref()?;
    let roles: Vec<String> = actor
        .appointments
        .iter()
        .map(|a| ask.words.code("role", a.role.code()))
        .collect::<std::collections::BTreeSet<String>>()
        .into_iter()
        .collect();
    let token = guard::token(&ask.site.settings, &hail.cookies).unwrap_or_default();
    let hidden = ui::control(&ask.words, &Control::hidden("form_token", token));
    Some(ui::AccountLine {
        name: actor.name.clone(),
        role: ask.words.list(&roles),
        href: entrance::of(actor).account.to_owned(),
        sign_out: entrance::of(actor).sign_out.to_owned(),
        hidden,
    })
}

#[cfg(test)]
mod tests {
    use super::is_at;

    #[test]
    fn a_declared_path_stands_for_its_kind() {
        for (declared, path, same) in [
            (
                "/needs/{id}",
                "/needs/018f3c1e-0000-7000-8000-00000000002a",
                true,
            ),
            ("/needs/{id}", "/needs/map", false),
            ("/needs/{id}", "/needs", false),
            ("/data/{name}", "/data/needs.csv", true),
            ("/needs", "/needs/42", false),
            ("/", "", false),
            ("/people/{id}/x", "/people/1/y", false),
        ] {
            assert_eq!(is_at(declared, path), same, "{declared} {path}");
        }
    }
}
