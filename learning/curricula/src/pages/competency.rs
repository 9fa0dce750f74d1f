//! One entry of a curriculum: what it says, where it stands, what it is related to, when it is taught.

use super::{action, said};
use crate::framework::{Association, Competency, Framework, Standing};
use crate::{choose, rules, store, store_schemes};
use base::{Result, Role};
use db::Tx;
use ui::{Action, Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Prefill, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("statement", Kind::Names),
    Column::new("kind", Kind::Code("competency-kind")),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("grades", Kind::Text),
    Column::new("framework", Kind::Link),
    Column::new("below", Kind::Link),
    Column::new("edition_before", Kind::Link),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

fn found(tx: &mut Tx, ask: &Ask) -> Result<(Competency, Framework)> {
    let one = store::competency(tx, ask.id("id")?)?;
    let framework = store::framework(tx, one.framework)?;
    rules::may_see(&framework, ask.actor.as_ref())?;
    Ok((one, framework))
}

fn cells(tx: &mut Tx, ask: &Ask, one: &Competency, framework: &Framework) -> Result<Vec<Cell>> {
    let words = &ask.words;
    let mut to = |id: Option<base::Id>| -> Result<Cell> {
        let Some(id) = id else {
            return Ok(Cell::NotApplicable);
        };
        let other = store::competency(tx, id)?;
        let label = rules::short(&choose::competency_label(words, &other));
        Ok(Cell::link(format!("/competencies/{id}"), label))
    };
    Ok(vec![
        match one.code.as_str() {
            "" => Cell::NotApplicable,
            code => code.into(),
        },
        Cell::Names(one.statement.clone()),
        Cell::code(one.kind.as_str()),
        Cell::code(one.subject.as_str()),
        choose::grades_label(words, one.grade_from, one.grade_to).into(),
        Cell::link(
            format!("/curricula/{}", framework.id),
            words.name(&framework.names),
        ),
        to(one.parent)?,
        to(one.based_on)?,
        Cell::Text(one.id.to_string()),
        one.version.into(),
    ])
}

/// The page of one entry.
pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let (one, framework) = found(tx, ask)?;
    let mut sections = every_language(&ask.words, &one);
    if !one.notes.is_empty() {
        let notes = ui::paragraphs(&one.notes);
        sections.push(ui::section(&words.say("curricula-notes"), notes));
    }
    sections.push(below(tx, ask, &one)?);
    sections.push(related(tx, ask, &one)?);
    sections.push(taught(tx, ask, &one)?);
    let title = rules::short(&choose::competency_label(words, &one));
    Ok(Answer::Record(Show {
        title,
        cells: cells(tx, ask, &one, &framework)?,
        sections,
        actions: actions(ask, &one, &framework),
        slot: Some(("competency-page", one.id.to_string())),
        ..Show::default()
    }))
}

/// What a person sees of an entry while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (one, framework) = found(tx, ask)?;
    let cells = cells(tx, ask, &one, &framework)?;
    Ok(Prefill {
        beside: ui::facts(&ask.words, COLUMNS, &cells),
        ..Prefill::default()
    })
}

/// The statement in the languages the reader did not ask for.
fn every_language(words: &lang::Words, one: &Competency) -> Html {
    let others = one.statement.0.iter();
    let others: Vec<Html> = others
        .filter(|(code, _)| *code != words.lang().code())
        .map(|(code, text)| html!("<p lang=\"{}\" dir=\"auto\">{}</p>", code, text))
        .collect();
    if others.is_empty() {
        return Html::new();
    }
    ui::section(&words.say("curricula-other-languages"), html!("{}", others))
}

fn below(tx: &mut Tx, ask: &Ask, one: &Competency) -> Result<Html> {
    let items: Vec<Html> = store::children(tx, one.id)?
        .iter()
        .map(|child| {
            let href = format!("/competencies/{}", child.id);
            let body = html!(
                "<bdi>{}</bdi> {}",
                child.code,
                said(&ask.words, &child.statement)
            );
            html!("<li>{}</li>", ui::link(&href, body))
        })
        .collect();
    if items.is_empty() {
        return Ok(Html::new());
    }
    let list = html!("<ul>{}</ul>", items);
    Ok(ui::section(&ask.words.say("curricula-below"), list))
}

/// Relations at both ends; those from elsewhere are said the other way round.
fn related(tx: &mut Tx, ask: &Ask, one: &Competency) -> Result<Html> {
    let words = &ask.words;
    let mut items: Vec<Html> = Vec::new();
    for link in store::associations_at(tx, one.id)? {
        let (outward, other) = match link.origin == one.id {
            true => (true, link.destination),
            false => (false, Some(link.origin)),
        };
        let turned = if outward {
            link.kind.clone()
        } else {
            format!("{}-turned", link.kind)
        };
        let known = words.opt(&format!("relation-{turned}"));
        let how = known.unwrap_or_else(|| link.kind.clone());
        let known = match other {
            Some(id) => store::opt_competency(tx, id)?,
            None => None,
        };
        let to = match known {
            Some(other) => {
                let holder = store::framework(tx, other.framework)?;
                if rules::may_see(&holder, ask.actor.as_ref()).is_err() {
                    continue;
                }
                let label = choose::competency_label(words, &other);
                let to = ui::link(&format!("/competencies/{}", other.id), label);
                if holder.id == one.framework {
                    to
                } else {
                    html!("{} <small>{}</small>", to, words.name(&holder.names))
                }
            }
            None => elsewhere(&link),
        };
        items.push(html!("<li>{}: {}</li>", how, to));
    }
    if items.is_empty() {
        return Ok(Html::new());
    }
    let list = html!("<ul>{}</ul>", items);
    Ok(ui::section(&words.say("curricula-related"), list))
}

fn elsewhere(link: &Association) -> Html {
    let title = match link.destination_title.as_str() {
        "" => link.destination_uri.as_str(),
        title => title,
    };
    let uri = link.destination_uri.as_str();
    if uri.starts_with("https://") || uri.starts_with("http://") {
        ui::link(uri, title)
    } else {
        ui::text(title)
    }
}

/// The weeks in which it is taught.
fn taught(tx: &mut Tx, ask: &Ask, one: &Competency) -> Result<Html> {
    let words = &ask.words;
    let items: Vec<Html> = store_schemes::taught_in(tx, one.id)?
        .iter()
        .map(|(scheme, number)| {
            let week = words.say_with("curricula-week-n", &[("n", (*number).into())]);
            let title = super::lists::scheme_title(ask, scheme);
            let href = format!("/schemes/{}", scheme.id);
            let day = words.day(scheme.week_starts(*number));
            html!("<li>{}, {} ({})</li>", ui::link(&href, title), week, day)
        })
        .collect();
    if items.is_empty() {
        return Ok(Html::new());
    }
    let list = html!("<ul>{}</ul>", items);
    Ok(ui::section(&words.say("curricula-taught-in"), list))
}

fn actions(ask: &Ask, one: &Competency, framework: &Framework) -> Vec<Action> {
    let officer = ask
        .actor
        .as_ref()
        .is_some_and(|actor| actor.is_in(Role::LearningOfficer, &framework.country));
    if !officer {
        return Vec::new();
    }
    let (words, path) = (&ask.words, format!("/competencies/{}", one.id));
    let mut list = Vec::new();
    if framework.standing == Standing::Draft {
        list.push(action(
            words,
            format!("{path}/edit"),
            "competency-edit",
            true,
        ));
        let below = format!(
            "/curricula/{}/competencies/new?below={}",
            framework.id, one.id
        );
        list.push(action(words, below, "curriculum-entry", false));
        list.push(action(
            words,
            format!("{path}/removal"),
            "competency-removal",
            false,
        ));
    }
    list.push(action(
        words,
        format!("{path}/links/new"),
        "competency-link",
        false,
    ));
    list
}
