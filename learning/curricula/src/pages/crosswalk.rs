//! How an edition follows the one before it.

use crate::rules::{self, Crossing, Fate};
use crate::store;
use base::Result;
use db::Tx;
use ui::{Cell, Column, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("fate", Kind::Code("competency-fate")),
    Column::new("code_before", Kind::Text),
    Column::new("statement_before", Kind::Names),
    Column::new("code", Kind::Text),
    Column::new("statement", Kind::Names),
    Column::new("id_before", Kind::Id),
    Column::new("id", Kind::Id),
];
pub(super) const FILTERS: &[Filter] = &[Filter::codes("fate", "competency-fate", Fate::CODES)];

/// Every entry of both editions, once.
pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let framework = store::framework(tx, ask.id("id")?)?;
    rules::may_see(&framework, ask.actor.as_ref())?;
    let lines = crate::crosswalk(tx, framework.id)?;
    let count = |fate: Fate| {
        let all = lines.iter().filter(|(_, _, one)| *one == fate);
        i64::try_from(all.count()).unwrap_or(0)
    };
    let says = words.say_with(
        "curricula-crosswalk-count",
        &[
            ("same", count(Fate::Same).into()),
            ("changed", count(Fate::Changed).into()),
            ("new", count(Fate::New).into()),
            ("gone", count(Fate::Gone).into()),
        ],
    );
    let first = match framework.supersedes {
        None => words.say("curricula-crosswalk-first"),
        Some(_) => says,
    };
    let fate = query.filter("fate");
    let after = query.after.as_deref().and_then(|text| text.parse().ok());
    let after: usize = after.unwrap_or(0);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let wanted = lines
        .iter()
        .enumerate()
        .map(|(n, line)| (n + 1, line))
        .filter(|(n, (_, _, one))| *n > after && fate.is_none_or(|fate| fate == one.code()));
    let mut rows: Vec<Line> = wanted.take(limit.saturating_add(1)).map(line).collect();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let path = format!("/curricula/{}", framework.id);
    let name = words.name(&framework.names).to_owned();
    Ok(Answer::List(Listing {
        title: words.say_with("curricula-crosswalk-of", &[("title", name.into())]),
        before: html!(
            "<p>{}</p><p>{}</p>",
            first,
            ui::link(&path, words.say("curricula-back"))
        ),
        rows,
        more,
        ..Listing::default()
    }))
}

fn line((n, (was, now, fate)): (usize, &Crossing)) -> Line {
    let code = |one: &Option<crate::Competency>| match one {
        Some(one) => one.code.as_str().into(),
        None => Cell::NotApplicable,
    };
    let says = |one: &Option<crate::Competency>| match one {
        Some(one) => Cell::Names(one.statement.clone()),
        None => Cell::NotApplicable,
    };
    let id = |one: &Option<crate::Competency>| match one {
        Some(one) => Cell::Text(one.id.to_string()),
        None => Cell::NotApplicable,
    };
    let to = now.as_ref().or(was.as_ref());
    Line {
        key: n.to_string(),
        cells: vec![
            Cell::code(fate.code()),
            code(was),
            says(was),
            code(now),
            says(now),
            id(was),
            id(now),
        ],
        href: to.map(|one| format!("/competencies/{}", one.id)),
    }
}
