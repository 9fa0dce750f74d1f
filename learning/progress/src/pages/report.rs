//! Term reports: a page for every child, to be printed and taken home.

use super::{class_of, link, named};
use crate::mastery::Standing;
use crate::store;
use base::{Day, Error, Id, Result};
use classes::{Class, Listed};
use db::Tx;
use std::collections::{BTreeMap, BTreeSet};
use ui::{Html, html};
use web::{Answer, Ask, Page};

/// How many questions an assignment asks, and how many each learner has tried.
type Finished = (i64, BTreeMap<Id, i64>);

/// The term that is the whole session of a class.
pub(super) const SESSION: &str = "session";

/// First and last day of a term of a class: the whole session, a term of its scheme of work, or a
/// third of a year such as `2026-3`.
pub(super) fn days(tx: &mut Tx, class: &Class, term: &str) -> Result<(Day, Day)> {
    if term == SESSION {
        return Ok(class.days);
    }
    let (year, third) = term.split_once('-').ok_or(Error::Missing)?;
    let (year, third) = year
        .parse::<i16>()
        .ok()
        .zip(third.parse::<i8>().ok())
        .filter(|(_, third)| (1..=3).contains(third))
        .ok_or(Error::Missing)?;
    let subject = class.subjects.first().map_or("mathematics", String::as_str);
    let middle = Day::new(year, third * 4 - 2, 1).ok_or(Error::Missing)?;
    let scheme = curricula::scheme_for(
        tx,
        &class.country,
        Some(class.school),
        subject,
        class.grade,
        middle,
    )?;
    if let Some(scheme) = scheme.filter(|scheme| scheme.term == term) {
        return Ok((scheme.starts_on, scheme.ends_on()));
    }
    let first = Day::new(year, third * 4 - 3, 1).ok_or(Error::Missing)?;
    let next = if third == 3 {
        Day::new(year + 1, 1, 1)
    } else {
        Day::new(year, third * 4 + 1, 1)
    };
    Ok((first, next.ok_or(Error::Missing)?.plus(-1)))
}

/// The third of a year a day lies in.
fn third_of(day: Day) -> String {
    let (year, month, _) = day.parts();
    format!("{year}-{}", (month - 1) / 4 + 1)
}

pub(super) fn reports(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let class = class_of(tx, ask)?;
    let words = &ask.words;
    let term = ask.param("term").to_owned();
    let span = days(tx, &class, &term)?;
    let upto = span.1.min(ask.today);
    let given = store::of_class_between(tx, class.id, span.0, upto)?;
    let mut ids: BTreeSet<Id> = BTreeSet::new();
    let mut done: Vec<Finished> = Vec::new();
    for one in &given {
        ids.extend(
            store::asked(tx, one.id)?
                .iter()
                .filter_map(|q| q.competency),
        );
    }
    let wanted: Vec<Id> = ids.into_iter().collect();
    let columns = named(tx, words, &wanted)?;
    let mut listed = classes::listed_between(tx, class.id, (span.0, upto.max(span.0)))?;
    listed.sort_by_key(|one| one.number);
    let people: BTreeSet<Id> = listed.iter().map(|one| one.person.id).collect();
    for one in &given {
        done.push((one.items, super::resource::done_by(tx, one, &people)?));
    }
    let only = ask.query.get("learner").and_then(|id| Id::parse(id));
    if let Some(only) = only {
        listed.retain(|one| one.person.id == only);
    }
    let mut body = html!("<link rel=\"stylesheet\" href=\"/teach/reports.css\">");
    body.push(html!(
        "<p>{} – {}</p>",
        words.day(span.0),
        words.day(span.1)
    ));
    let here = format!("/teach/classes/{}/reports", class.id);
    let other = if term == SESSION {
        third_of(ask.today)
    } else {
        SESSION.to_owned()
    };
    let label = if term == SESSION {
        "progress-report-term"
    } else {
        "progress-report-session"
    };
    body.push(ui::actions(&[
        link(format!("{here}/{other}"), words.say(label), false),
        link(
            format!("/teach/classes/{}/progress", class.id),
            words.say("progress-see"),
            false,
        ),
    ]));
    if listed.is_empty() {
        body.push(ui::empty(&words.say("progress-report-nobody"), None));
    }
    let about = heading(tx, ask, &class, span)?;
    for one in &listed {
        let said = report(
            tx,
            ask,
            &class,
            one,
            (&term, (span.0, upto)),
            (&columns, &done),
        )?;
        body.push(html!("<div class=\"report\">{}{}</div>", about, said));
    }
    Ok(Answer::Page(Page {
        title: words.say_with(
            "progress-report-title",
            &[("class", words.name(&class.names).into())],
        ),
        body,
        ..Page::default()
    }))
}

fn report(
    tx: &mut Tx,
    ask: &Ask,
    class: &Class,
    one: &Listed,
    (term, span): (&str, (Day, Day)),
    (columns, done): (&[(Id, String, String)], &[Finished]),
) -> Result<Html> {
    let words = &ask.words;
    let id = one.person.id;
    let finished = done
        .iter()
        .filter(|(items, by)| *items > 0 && by.get(&id).copied().unwrap_or(0) >= *items)
        .count();
    let args = [("done", finished.into()), ("given", done.len().into())];
    let mut body = html!("<p>{}</p>", words.say_with("progress-report-done", &args));
    let tally = classes::attendance_of(tx, id, span)?;
    let said: Vec<String> = tally
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(code, count)| {
            format!(
                "{}: {}",
                words.code("attendance", code),
                words.number(*count)
            )
        })
        .collect();
    let attended = if said.is_empty() {
        words.say("progress-register-none")
    } else {
        said.join(" · ")
    };
    body.push(html!(
        "<p>{} {}</p>",
        words.say("progress-report-attendance"),
        attended
    ));
    let found: BTreeMap<Id, Standing> = store::masteries(tx, id)?
        .into_iter()
        .map(|m| (m.competency, m.finding.standing))
        .collect();
    let rows: Vec<Vec<Html>> = columns
        .iter()
        .map(|(id, code, statement)| {
            let standing = found.get(id).copied().unwrap_or_default();
            // What a family reads is what the child is working at, not a verdict.
            let key = if standing == Standing::Stuck {
                "needs_help"
            } else {
                standing.code()
            };
            vec![
                html!("{} {}", code, statement),
                html!("{}", words.code("progress-report-standing", key)),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let head =
            ["progress-column-competency", "progress-column-standing"].map(|key| words.say(key));
        body.push(ui::plain_table("", &head, &rows));
    }
    match store::term_comment(tx, class.id, id, term)? {
        Some((comment, _)) if !comment.is_empty() => {
            body.push(html!(
                "<p><strong>{}</strong></p>",
                words.say("progress-report-comment")
            ));
            body.push(ui::paragraphs(&comment));
        }
        _ => {}
    }
    let href = format!("/teach/classes/{}/reports/{term}/{id}", class.id);
    body.push(ui::actions(&[link(
        href,
        words.say("progress-comment-button"),
        false,
    )]));
    body.push(html!(
        "<p class=\"signed\">{}</p>",
        words.say("progress-report-signed")
    ));
    let title = format!("{} {}", words.number(one.number), one.person.name());
    Ok(ui::section(&title, body))
}

/// What stands above each report on paper, where it goes home by itself: the school, the class, the days.
fn heading(tx: &mut Tx, ask: &Ask, class: &Class, span: (Day, Day)) -> Result<Html> {
    let words = &ask.words;
    let school = places::school(tx, class.school)?.name;
    Ok(html!(
        "<p class=\"whose\"><strong>{}</strong> · {} ({}) · {} – {}</p>",
        school,
        words.name(&class.names),
        curricula::choose::grade_label(words, class.grade),
        words.day(span.0),
        words.day(span.1)
    ))
}

/// A report begins a page of its own; the lines to sign on stand on paper only.
pub(crate) const SHEET: &str = "\
.signed,.whose{display:none}\n\
@media print{.report~.report{break-before:page}.whose{display:block}.signed{display:block;margin-block-start:2.5rem}\
main>h1,main>p{display:none}}\n";
