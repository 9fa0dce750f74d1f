//! What reviewers look at, and what every licence lets people do: published.

use super::action;
use crate::licence::{Use, licences as all};
use crate::rules::RUBRIC;
use base::Result;
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
];

/// Every licence and what it lets people do.
pub(super) fn licences(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let rows = all()
        .iter()
        .map(|one| {
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
                ],
                href: None,
            }
        })
        .collect();
    Ok(Answer::List(Listing {
        title: words.say("resource-licences-title"),
        before: html!("<p>{}</p>", words.say("resource-licences-intro")),
        rows,
        ..Listing::default()
    }))
}
