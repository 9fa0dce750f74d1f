//! What reviewers look at, and what every licence lets people do: published.

use super::action;
use crate::licence::{Use, licences as all};
use crate::national;
use crate::rules::RUBRIC;
use base::{Result, Role};
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Line, Listing, Page};

/// The rubric.
pub(super) fn rubric(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let heads = [
        "resource-rubric-criterion",
        "resource-rubric-asks",
        "resource-rubric-weight",
    ]
    .map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = RUBRIC
        .iter()
        .map(|(code, required)| {
            let weight = if *required {
                "resource-rubric-required"
            } else {
                "resource-rubric-advised"
            };
            vec![
                ui::text(&words.code("resource-rubric", code)),
                ui::text(&words.code("resource-rubric-question", code)),
                ui::text(&words.say(weight)),
            ]
        })
        .collect();
    let body = html!(
        "<p>{}</p>{}{}",
        words.say("resource-rubric-intro"),
        ui::plain_table("", &heads, &rows),
        ui::actions(&[action(
            words,
            "/resources/licences",
            "resource-licences-title",
            false
        )])
    );
    Ok(Answer::Page(Page {
        title: words.say("resource-rubric-title"),
        body,
        ..Page::default()
    }))
}

pub(super) const COLUMNS: &[Column] = &[
    Column::new("resource_licence", Kind::Link),
    Column::new("code", Kind::Text),
    Column::new("may_show", Kind::Yes),
    Column::new("may_print", Kind::Yes),
    Column::new("may_change", Kind::Yes),
    Column::new("may_pass_on", Kind::Yes),
    Column::new("must_credit", Kind::Yes),
    Column::new("share_alike", Kind::Yes),
    Column::new("non_commercial", Kind::Yes),
    Column::new("licence_open", Kind::Yes),
];

/// Every licence and what it lets people do: the countries' own first.
pub(super) fn licences(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let officer = |country: &str| {
        let actor = ask.actor.as_ref();
        actor.is_some_and(|actor| actor.is_in(Role::LearningOfficer, country))
    };
    let own = national::all(tx)?;
    let mut actions = Vec::new();
    if ask.is_any(&[Role::LearningOfficer]) {
        let new = "/resources/licences/new";
        actions.push(action(words, new, "licence-new-button", false));
    }
    let mine = own
        .iter()
        .filter(|one| one.closed_at.is_none() && officer(&one.country));
    actions.extend(mine.map(|one| ui::Action {
        href: format!("/resources/licences/{}/closing", one.id),
        label: words.say_with("licence-close-one", &[("code", one.code.as_str().into())]),
        main: false,
    }));
    let known = all().iter().cloned();
    let rows = own
        .iter()
        .map(|one| (one.licence(), Some(one)))
        .chain(known.map(|one| (one, None)))
        .map(|(one, own)| {
            let name = one.name(words.lang());
            // What a letter allows is said work by work.
            let lets = |what: Use| {
                if one.by_letter {
                    Cell::Unknown
                } else {
                    one.lets(what).into()
                }
            };
            Line {
                key: one.code.clone(),
                cells: vec![
                    if one.url.is_empty() {
                        Cell::Text(name.to_owned())
                    } else {
                        Cell::link(one.url.clone(), name)
                    },
                    one.code.clone().into(),
                    lets(Use::Show),
                    lets(Use::Print),
                    lets(Use::Change),
                    lets(Use::PassOn),
                    one.credit.into(),
                    one.share_alike.into(),
                    one.non_commercial.into(),
                    match own {
                        None => Cell::NotApplicable,
                        Some(own) => own.closed_at.is_none().into(),
                    },
                ],
                href: None,
            }
        })
        .collect();
    Ok(Answer::List(Listing {
        title: words.say("resource-licences-title"),
        before: html!("<p>{}</p>", words.say("resource-licences-intro")),
        rows,
        actions,
        ..Listing::default()
    }))
}
