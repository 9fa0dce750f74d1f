//! When something is mastered: the rules a country set, in words.

use super::link;
use crate::mastery::Rule;
use crate::store;
use base::{Result, Role};
use db::Tx;
use ui::{Cell, Column, Kind, html};
use web::{Answer, Ask, Line, Listing};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("country", Kind::Text),
    Column::new("competency", Kind::Text),
    Column::new("progress_rule", Kind::Words),
];

pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let mut rows = Vec::new();
    for (id, country, competency, rule) in store::all_rules(tx)? {
        let about = match competency {
            Some(id) => curricula::competencies(tx, &[id])?
                .first()
                .map(|one| curricula::choose::competency_label(words, one))
                .unwrap_or_default(),
            None => words.say("progress-rule-all"),
        };
        let (key, args) = rule.words();
        rows.push(Line {
            key: id.to_string(),
            cells: vec![
                country.into(),
                about.into(),
                Cell::from(words.say_with(key, &args)),
            ],
            href: None,
        });
    }
    let (key, args) = Rule::USUAL.words();
    let usual = words.say_with(
        "progress-rule-usual",
        &[("rule", words.say_with(key, &args).into())],
    );
    let mut actions = Vec::new();
    if ask.is_any(&[Role::LearningOfficer]) {
        actions.push(link(
            "/mastery/new",
            words.say("progress-rule-button"),
            true,
        ));
    }
    Ok(Answer::List(Listing {
        title: words.say("progress-rules"),
        before: html!(
            "<p>{}</p><p>{}</p>",
            usual,
            words.say("progress-rules-intro")
        ),
        rows,
        actions,
        ..Listing::default()
    }))
}
