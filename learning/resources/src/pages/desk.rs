//! What waits for whoever works on the library, and what a school keeps for itself.

use super::{action, languages, size, title};
use crate::resource::{Resource, Standing};
use crate::{rules, store};
use base::{Actor, Error, Id, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing, Waiting};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("title", Kind::Text),
    Column::new("code", Kind::Text),
    Column::new("resource_state", Kind::Code("resource-state")),
    Column::new("resource_languages", Kind::Text),
    Column::new("resource_kind", Kind::Code("resource-kind")),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("grades", Kind::Text),
    Column::new("resource_size", Kind::Text),
    Column::new("resource_changed", Kind::Day),
];

pub(super) const FILTERS: &[Filter] = &[Filter::codes(
    "resource_state",
    "resource-state",
    Standing::CODES,
)];

fn line(tx: &mut Tx, words: &Words, r: &Resource) -> Result<Line> {
    Ok(Line {
        key: r.id.to_string(),
        cells: vec![
            title(words, r).into(),
            r.code.clone().into(),
            Cell::code(r.standing.code()),
            languages(tx, words, &r.langs)?.into(),
            Cell::code(&r.kind),
            Cell::code(&r.subject),
            curricula::choose::grades_label(words, r.grades.0, r.grades.1).into(),
            size(words, r.bytes).into(),
            r.changed_at.day().into(),
        ],
        href: Some(format!("/resources/{}", r.id)),
    })
}

fn lines(tx: &mut Tx, ask: &Ask, mut found: Vec<Resource>) -> Result<(Vec<Line>, bool)> {
    let limit = usize::try_from(ask.list().limit).unwrap_or(50);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        rows.push(line(tx, &ask.words, one)?);
    }
    Ok((rows, more))
}

fn country(actor: &Actor) -> Result<String> {
    let roles = [
        Role::LearningOfficer,
        Role::ResourceReviewer,
        Role::AuthoritySignatory,
    ];
    actor
        .appointments
        .iter()
        .filter(|held| roles.contains(&held.role))
        .find_map(|held| held.country.clone())
        .ok_or(Error::Forbidden(Role::LearningOfficer.code()))
}

/// What stands where in a country's library: everything, or what is in one standing.
pub(super) fn desk(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let country = country(ask.actor()?)?;
    let list = ask.list();
    let standing = list.filter("resource_state").and_then(Standing::parse);
    let after = list.after.as_deref().and_then(Id::parse);
    let found = match standing {
        Some(one) => store::in_standing(tx, &country, one, after, list.limit + 1)?,
        None => store::of_country(tx, &country, after, list.limit + 1)?,
    };
    let (rows, more) = lines(tx, ask, found)?;
    let mut counts = Vec::new();
    for one in Standing::ALL {
        let n = store::count_in_standing(tx, &country, one)?;
        let label = words.code("resource-state", one.code());
        let label = format!("{label}: {}", words.number(n));
        let href = ui::with_query("/resources/desk", "resource_state", Some(one.code()));
        counts.push(ui::Link::new(href, label).current(standing == Some(one)));
    }
    let mut actions = Vec::new();
    if ask.is_any(&[Role::LearningOfficer]) {
        actions.push(action(words, "/resources/new", "resource-new-button", true));
        actions.push(action(
            words,
            "/resources/imports/new",
            "resource-import-button",
            false,
        ));
    }
    Ok(Answer::List(Listing {
        title: words.say("resources-desk-title"),
        none: words.say("resources-desk-empty"),
        before: ui::tabs(&words.say("field-resource-state"), &counts),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// What somebody put in.
pub(super) fn mine(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let list = ask.list();
    let after = list.after.as_deref().and_then(Id::parse);
    let account = ask.actor()?.account;
    let found = store::made_by(tx, account, after, list.limit + 1)?;
    let (rows, more) = lines(tx, ask, found)?;
    Ok(Answer::List(Listing {
        title: words.say("resources-mine-title"),
        none: words.say("resources-mine-empty"),
        rows,
        more,
        actions: vec![action(words, "/resources/new", "resource-new-button", true)],
        ..Listing::default()
    }))
}

/// A school's own material, for whoever belongs to the school.
pub(super) fn of_school(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let actor = ask.actor()?;
    let roles = [
        Role::SchoolHead,
        Role::Teacher,
        Role::Learner,
        Role::Guardian,
    ];
    let school = *actor
        .schools(&roles)
        .first()
        .ok_or(Error::Forbidden(Role::Teacher.code()))?;
    let list = ask.list();
    let after = list.after.as_deref().and_then(Id::parse);
    let found = store::of_school(tx, school, after, list.limit + 1)?;
    let (rows, more) = lines(tx, ask, found)?;
    let mut actions = Vec::new();
    if rules::AT_SCHOOL
        .iter()
        .any(|role| actor.is_for(*role, school))
    {
        actions.push(action(words, "/resources/new", "resource-new-button", true));
    }
    Ok(Answer::List(Listing {
        title: words.say("resources-school-title"),
        none: words.say("resources-school-empty"),
        before: html!("<p>{}</p>", words.say("resources-school-intro")),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// What waits: for a reviewer what is proposed, for a maker what came back.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    const SHOWN: i64 = 50;
    let words = &ask.words;
    let mut waiting = Vec::new();
    let mut tell = |r: &Resource, key: &str| {
        waiting.push(Waiting {
            href: format!("/resources/{}", r.id),
            text: words.say_with(key, &[("title", title(words, r).into())]),
            since: r.changed_at,
            due: None,
        });
    };
    if actor.is(Role::ResourceReviewer) {
        let country = country(actor)?;
        for one in store::in_standing(tx, &country, Standing::Proposed, None, SHOWN)? {
            if one.made_by != Some(actor.account) {
                tell(&one, "resource-waits-review");
            }
        }
    }
    if actor.is_any(&[Role::LearningOfficer, Role::SchoolHead, Role::Teacher]) {
        for one in store::made_by(tx, actor.account, None, SHOWN)? {
            if one.standing == Standing::Returned {
                tell(&one, "resource-waits-maker");
            }
        }
    }
    Ok(waiting)
}
