//! The lists: curricula, the entries of one, schemes of work.

use super::{action, country, languages};
use crate::framework::{Competency, SUBJECTS, Standing};
use crate::scheme::Scheme;
use crate::{choose, rules, store, store_schemes};
use base::{Id, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing};

pub(super) const FRAMEWORKS: &[Column] = &[
    Column::new("title", Kind::Link),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("edition", Kind::Whole),
    Column::new("written_in", Kind::Text),
    Column::new("state", Kind::Code("curriculum-state")),
    Column::new("adopted_on", Kind::Day).hxl("#date+start"),
    Column::new("id", Kind::Id),
];
pub(super) const FRAMEWORK_FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::codes("school_subject", "subject", SUBJECTS),
    Filter::codes("curriculum_state", "curriculum-state", Standing::CODES),
];

fn cut<T>(found: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    more
}

/// Every curriculum that was adopted; drafts too, for those who write and adopt them.
pub(super) fn frameworks(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [title, id] = query.after_parts::<2>();
    let drafts_of = rules::drafts_of(ask.actor.as_ref());
    let wanted = store::Wanted {
        after: (&title, Id::parse(&id)),
        q: query.q.as_deref(),
        country: query.filter("country"),
        subject: query.filter("school_subject"),
        standing: query.filter("curriculum_state"),
        drafts_of: &drafts_of,
        limit: query.limit + 1,
    };
    let mut found = store::page(tx, &wanted)?;
    let more = cut(&mut found, query.limit);
    let mut rows = Vec::with_capacity(found.len());
    for f in &found {
        rows.push(Line {
            key: format!("{}~{}", store::title_key(f), f.id),
            cells: vec![
                Cell::link(format!("/curricula/{}", f.id), words.name(&f.names)),
                country(tx, ask, &f.country)?.into(),
                Cell::code(f.subject.as_str()),
                f.edition.into(),
                languages(tx, words, &f.langs)?.into(),
                Cell::code(f.standing.code()),
                Cell::or_not_applicable(f.adopted_on),
                Cell::Text(f.id.to_string()),
            ],
            href: None,
        });
    }
    let mut actions = Vec::new();
    if ask.is_any(&[Role::LearningOfficer]) {
        let new = "/curricula/new".to_owned();
        actions.push(action(words, new, "curriculum-new", true));
        let import = "/curricula/import".to_owned();
        actions.push(action(words, import, "curriculum-import", false));
    }
    let none = match actions.is_empty() {
        true => "curricula-none",
        false => "curricula-none-yet",
    };
    Ok(Answer::List(Listing {
        title: words.say("curricula-title"),
        before: html!("<p>{}</p>", words.say("curricula-intro")),
        none: words.say(none),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// The curricula in force, on the page of their country.
pub(crate) fn of_country(tx: &mut Tx, ask: &Ask, country: &str) -> Result<Html> {
    let words = &ask.words;
    let items: Vec<Html> = store::adopted(tx, country)?
        .iter()
        .map(|f| {
            let subject = words.code("subject", &f.subject);
            let link = ui::link(&format!("/curricula/{}", f.id), words.name(&f.names));
            html!("<li>{}: {}</li>", subject, link)
        })
        .collect();
    if items.is_empty() {
        return Ok(Html::new());
    }
    let list = html!("<ul>{}</ul>", items);
    Ok(ui::section(&words.say("curricula-title"), list))
}

pub(super) const ENTRIES: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("kind", Kind::Code("competency-kind")),
    Column::new("statement", Kind::Names),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("grade_from", Kind::Whole),
    Column::new("grade_to", Kind::Whole),
    Column::new("below", Kind::Text),
    Column::new("depth", Kind::Whole),
    Column::new("id", Kind::Id),
];
pub(super) const ENTRY_FILTERS: &[Filter] = &[Filter::listed("grade", choose::grades)];

/// Every entry of a curriculum, in the order of its tree.
pub(super) fn entries(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let framework = store::framework(tx, ask.id("id")?)?;
    rules::may_see(&framework, ask.actor.as_ref())?;
    let grade: Option<i64> = query.filter("grade").and_then(|text| text.parse().ok());
    let all = rules::tree(store::of_framework(tx, framework.id)?);
    let codes: BTreeMap<Id, String> = all
        .iter()
        .map(|(_, one)| (one.id, one.code.clone()))
        .collect();
    let wanted = |one: &Competency| {
        let grades = one.grade_from..=one.grade_to;
        let says = |q: &str| {
            let statement = one.statement.0.values().map(String::as_str);
            base::fold(&one.code).contains(q)
                || statement
                    .into_iter()
                    .any(|text| base::fold(text).contains(q))
        };
        grade.is_none_or(|grade| grades.contains(&grade)) && query.q.as_deref().is_none_or(says)
    };
    let after: usize = query
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let numbered = all.iter().enumerate().map(|(n, one)| (n + 1, one));
    let mut left = numbered
        .filter(|(n, (_, one))| *n > after && wanted(one))
        .peekable();
    let mut rows = Vec::new();
    while rows.len() < limit
        && let Some((n, (depth, one))) = left.next()
    {
        let below = one.parent.and_then(|parent| codes.get(&parent).cloned());
        rows.push(Line {
            key: n.to_string(),
            cells: vec![
                one.code.as_str().into(),
                Cell::code(one.kind.as_str()),
                Cell::Names(one.statement.clone()),
                Cell::code(one.subject.as_str()),
                one.grade_from.into(),
                one.grade_to.into(),
                Cell::or_not_applicable(below),
                i64::try_from(*depth).unwrap_or(0).into(),
                Cell::Text(one.id.to_string()),
            ],
            href: Some(format!("/competencies/{}", one.id)),
        });
    }
    let more = left.peek().is_some();
    let name = words.name(&framework.names).to_owned();
    Ok(Answer::List(Listing {
        title: words.say_with("curricula-entries-of", &[("title", name.into())]),
        before: html!(
            "<p>{}</p>",
            ui::link(
                &format!("/curricula/{}", framework.id),
                words.say("curricula-back")
            )
        ),
        rows,
        more,
        total: i64::try_from(all.len()).ok(),
        ..Listing::default()
    }))
}

pub(super) const SCHEMES: &[Column] = &[
    Column::new("title", Kind::Link),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("grade", Kind::Whole),
    Column::new("term", Kind::Text),
    Column::new("first_day", Kind::Day).hxl("#date+start"),
    Column::new("last_day", Kind::Day).hxl("#date+end"),
    Column::new("weeks", Kind::Whole),
    Column::new("state", Kind::Code("curriculum-state")),
    Column::new("whose", Kind::Text),
    Column::new("id", Kind::Id),
];
pub(super) const SCHEME_FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::codes("school_subject", "subject", SUBJECTS),
    Filter::listed("grade", choose::grades),
    Filter::codes("curriculum_state", "curriculum-state", Standing::CODES),
];

/// What a scheme is called: its subject, grade and term.
pub(super) fn scheme_title(ask: &Ask, scheme: &Scheme) -> String {
    let words = &ask.words;
    words.say_with(
        "curricula-scheme-name",
        &[
            ("subject", words.code("subject", &scheme.subject).into()),
            ("grade", choose::grade_label(words, scheme.grade).into()),
            ("term", scheme.term.as_str().into()),
        ],
    )
}

/// Whose a scheme is: the country's, or a school's.
pub(super) fn whose(tx: &mut Tx, ask: &Ask, scheme: &Scheme) -> Result<String> {
    match scheme.school {
        None => Ok(ask.words.say("curricula-national")),
        Some(school) => match places::school(tx, school) {
            Ok(school) => Ok(school.name),
            Err(base::Error::Missing) => Ok(ask.words.say("unknown")),
            Err(other) => Err(other),
        },
    }
}

/// Schemes of work by the day they begin; a school's own for its people.
pub(super) fn schemes(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [starts, id] = query.after_parts::<2>();
    let drafts_of = rules::drafts_of(ask.actor.as_ref());
    let schools = rules::schools_of(ask.actor.as_ref());
    let wanted = store_schemes::Wanted {
        after: (&starts, Id::parse(&id)),
        country: query.filter("country"),
        subject: query.filter("school_subject"),
        grade: query.filter("grade").and_then(|text| text.parse().ok()),
        standing: query.filter("curriculum_state"),
        drafts_of: &drafts_of,
        schools: &schools,
        limit: query.limit + 1,
    };
    let mut found = store_schemes::page(tx, &wanted)?;
    let more = cut(&mut found, query.limit);
    let mut rows = Vec::with_capacity(found.len());
    for s in &found {
        rows.push(Line {
            key: format!("{}~{}", s.starts_on, s.id),
            cells: vec![
                Cell::link(format!("/schemes/{}", s.id), scheme_title(ask, s)),
                country(tx, ask, &s.country)?.into(),
                Cell::code(s.subject.as_str()),
                s.grade.into(),
                s.term.as_str().into(),
                s.starts_on.into(),
                s.ends_on().into(),
                s.weeks.into(),
                Cell::code(s.standing.code()),
                whose(tx, ask, s)?.into(),
                Cell::Text(s.id.to_string()),
            ],
            href: None,
        });
    }
    let mut actions = Vec::new();
    if ask.is_any(&[Role::LearningOfficer]) {
        let new = "/schemes/new".to_owned();
        actions.push(action(words, new, "scheme-new", true));
    }
    Ok(Answer::List(Listing {
        title: words.say("curricula-schemes"),
        before: html!("<p>{}</p>", words.say("curricula-schemes-intro")),
        none: words.say("curricula-schemes-none"),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}
