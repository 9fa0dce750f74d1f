//! What a class was given: the list, one assignment with everybody's answers, results from paper.

use super::shown::{lang_of, outcome_sign};
use super::{class_of, link, own};
use crate::acts::{Entering, Line as Entry, enter_results, written};
use crate::assignment::{Assignment, Attempt, Outcome, Target};
use crate::screen::{Sent, token_field};
use crate::store;
use crate::tried::ResourceTry;
use base::{Day, Error, Id, Result};
use classes::Listed;
use db::Tx;
use formats::Item;
use records::Mode;
use std::collections::{BTreeMap, BTreeSet};
use ui::{Cell, Column, Html, Kind, Tone, html};
use web::{Answer, Ask, Line, Listing, Page};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("progress_lesson", Kind::Link),
    Column::new("progress_opens", Kind::Day),
    Column::new("progress_due", Kind::Day),
    Column::new("progress_questions", Kind::Whole),
    Column::new("progress_state", Kind::Code("progress-assignment-state")),
];

fn state(a: &Assignment, today: Day) -> &'static str {
    match a {
        a if a.withdrawn.is_some() => "withdrawn",
        a if a.opens_on > today => "planned",
        a if a.due_on < today => "over",
        _ => "open",
    }
}

pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let class = class_of(tx, ask)?;
    let words = &ask.words;
    let query = ask.list();
    let [day, id] = query.after_parts::<2>();
    let after = Day::parse(&day).zip(Id::parse(&id));
    let mut found = store::of_class(tx, class.id, after, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(50);
    let more = found.len() > limit;
    found.truncate(limit);
    let line = |one: &Assignment| {
        let href = format!("/teach/assignments/{}", one.id);
        Line {
            key: format!("{}~{}", one.opens_on, one.id),
            cells: vec![
                Cell::link(href.clone(), words.name(&one.names)),
                one.opens_on.into(),
                one.due_on.into(),
                one.items.into(),
                Cell::code(state(one, ask.today)),
            ],
            href: Some(href),
        }
    };
    let rows: Vec<Line> = found.iter().map(line).collect();
    let here = format!("/teach/classes/{}", class.id);
    Ok(Answer::List(Listing {
        title: words.say_with(
            "progress-assignments-of",
            &[("class", words.name(&class.names).into())],
        ),
        none: words.say("progress-assignments-none"),
        rows,
        more,
        actions: vec![
            link(
                format!("{here}/assignments/new"),
                words.say("progress-assignment-button"),
                true,
            ),
            link(
                format!("{here}/courses/new"),
                words.say("progress-resource-assignment-button"),
                false,
            ),
            link(
                format!("{here}/week"),
                words.say("progress-week-plan"),
                false,
            ),
        ],
        ..Listing::default()
    }))
}

/// Everything about an assignment that its pages need.
pub(super) struct Whole {
    pub assignment: Assignment,
    pub listed: Vec<Listed>,
    items: BTreeMap<i64, Item>,
    /// By learner and question: the latest try.
    pub last: BTreeMap<(Id, i64), Attempt>,
    /// Of a course or package: the try of each learner that stands.
    pub tries: BTreeMap<Id, ResourceTry>,
    /// Who opened it, among those of whom no try stands.
    pub begun: BTreeSet<Id>,
}

pub(super) fn whole(tx: &mut Tx, ask: &Ask) -> Result<Whole> {
    let assignment = store::assignment(tx, ask.id("id")?)?;
    classes::require_teaches(tx, ask.actor()?, assignment.class, ask.today)?;
    let mut last = BTreeMap::new();
    store::all_tries(tx, assignment.id, &mut |one| {
        last.insert((one.learner, one.position), one);
        Ok(())
    })?;
    let mut listed = classes::listed(tx, assignment.class, ask.today)?;
    let targets = store::targets(tx, assignment.id)?;
    if !targets.iter().any(|t| matches!(t, Target::Class(_))) {
        let mut whom: Vec<Id> = Vec::new();
        for target in &targets {
            match target {
                Target::Group(id) => whom.extend(classes::members(tx, *id)?),
                Target::Person(id) | Target::Class(id) => whom.push(*id),
            }
        }
        let tried = |id: &Id| last.keys().any(|(learner, _)| learner == id);
        listed.retain(|one| whom.contains(&one.person.id) || tried(&one.person.id));
    }
    listed.sort_by_key(|one| one.number);
    let tries = match assignment.resource {
        Some(resource) => super::resource::tries_of(tx, resource, &listed)?,
        None => BTreeMap::new(),
    };
    let begun = match assignment.resource {
        Some(resource) => {
            let all = listed.iter().map(|one| one.person.id);
            let open: Vec<Id> = all.filter(|id| !tries.contains_key(id)).collect();
            launch::begun(tx, resource, &open)?
        }
        None => BTreeSet::new(),
    };
    let asked = store::asked(tx, assignment.id)?;
    let ids: Vec<Id> = asked.iter().map(|one| one.item).collect();
    let rows: BTreeMap<Id, Item> = lessons::items(tx, &ids)?
        .into_iter()
        .map(|row| (row.id, row.item))
        .collect();
    let items = asked
        .iter()
        .filter_map(|one| Some((one.position, rows.get(&one.item)?.clone())))
        .collect();
    Ok(Whole {
        assignment,
        listed,
        items,
        last,
        tries,
        begun,
    })
}

pub(super) fn assignment(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let w = whole(tx, ask)?;
    let (words, a) = (&ask.words, &w.assignment);
    let code = state(a, ask.today);
    let mut body = html!(
        "<p>{} · {} – {} · {}</p>",
        ui::tag(code, &words.code("progress-assignment-state", code)),
        words.day(a.opens_on),
        words.day(a.due_on),
        match a.resource {
            Some(id) => ui::link(
                &format!("/resources/{id}"),
                words.say("progress-the-resource")
            ),
            None => ui::link(
                &format!("/learning/lessons/{}", a.lesson),
                words.say("progress-the-lesson")
            ),
        }
    );
    if super::resource::is_gone(tx, a)? {
        body.push(ui::notice(
            words,
            Tone::Warn,
            words.say("progress-resource-gone-teacher"),
        ));
    }
    if let Some((_, reason)) = &a.withdrawn {
        body.push(ui::notice(words, Tone::Warn, reason.as_str()));
    } else {
        body.push(own::replaced(tx, ask, a)?);
        let here = &ask.path;
        let mut onward = vec![
            link(
                format!("{here}/results"),
                words.say("progress-results"),
                true,
            ),
            link(
                format!("{here}/lines"),
                words.say("progress-lines-button"),
                false,
            ),
        ];
        if a.resource.is_some() {
            // What a program reports is put right learner by learner.
            onward.clear();
        } else {
            onward.push(own::version(tx, a, words)?);
        }
        onward.extend([
            link(
                format!("{here}/move"),
                words.say("progress-move-button"),
                false,
            ),
            link(
                format!("{here}/withdrawal"),
                words.say("progress-withdrawal-button"),
                false,
            ),
        ]);
        body.push(ui::actions(&onward));
    }
    if a.resource.is_some() {
        body.push(ui::section(
            &words.say("progress-resource-results"),
            super::resource::results(ask, a, &w.listed, &w.tries, &w.begun),
        ));
    } else {
        body.push(ui::section(
            &words.say("progress-who-answered"),
            answers(ask, &w),
        ));
        body.push(ui::section(
            &words.say("progress-questions"),
            questions(ask, &w),
        ));
    }
    body.push(ui::actions(&[link(
        format!("/teach/classes/{}/progress", a.class),
        words.say("progress-see"),
        false,
    )]));
    Ok(Answer::Page(Page {
        title: words.name(&a.names).to_owned(),
        body,
        ..Page::default()
    }))
}

fn answers(ask: &Ask, w: &Whole) -> Html {
    let words = &ask.words;
    let mut head = vec![words.say("progress-column-learner")];
    head.extend(w.items.keys().map(|n| words.number(*n)));
    head.push(words.say("progress-column-done"));
    let rows: Vec<Vec<Html>> = w
        .listed
        .iter()
        .map(|one| {
            let href = format!("/teach/learners/{}/progress", one.person.id);
            let mut row = vec![html!(
                "{} {}",
                one.number,
                ui::link(&href, one.person.name())
            )];
            let mut done = 0_i64;
            row.extend(
                w.items
                    .keys()
                    .map(|n| match w.last.get(&(one.person.id, *n)) {
                        Some(attempt) => {
                            done += 1;
                            let sign = outcome_sign(words, Outcome::of(attempt.score));
                            html!("<a href=\"/teach/attempts/{}\">{}</a>", attempt.id, sign)
                        }
                        None => outcome_sign(words, Outcome::Open),
                    }),
            );
            let far = [("done", done.into()), ("items", w.assignment.items.into())];
            row.push(html!("{}", words.say_with("progress-done-of", &far)));
            row
        })
        .collect();
    html!(
        "<div class=\"wide\">{}</div><p><small>{}</small></p>",
        ui::plain_table("", &head, &rows),
        words.say("progress-signs")
    )
}

/// What each question asks, and how many got it right.
fn questions(ask: &Ask, w: &Whole) -> Html {
    let words = &ask.words;
    let lines: Html = w
        .items
        .iter()
        .map(|(n, item)| {
            let of: Vec<Outcome> = w
                .last
                .iter()
                .filter(|((_, position), _)| position == n)
                .map(|(_, one)| Outcome::of(one.score))
                .collect();
            let right = of.iter().filter(|o| **o == Outcome::Right).count();
            let text = super::child::short(&lessons::plain(item.prompt.get(lang_of(words))));
            let far = [("right", right.into()), ("counted", of.len().into())];
            html!(
                "<li>{} <small>{}</small></li>",
                text,
                words.say_with("progress-right-of", &far)
            )
        })
        .collect();
    html!("<ol>{}</ol>", lines)
}

/// A course or package has no questions to enter.
fn of_questions(assignment: &Assignment) -> Result<()> {
    if assignment.resource.is_some() {
        return Err(Error::Missing);
    }
    Ok(())
}

/// The table of results: learners by questions, to be filled in from paper or by word of mouth.
pub(crate) fn results(tx: &mut Tx, ask: &Ask, tried: Option<(&Sent, &Error)>) -> Result<Answer> {
    let w = whole(tx, ask)?;
    of_questions(&w.assignment)?;
    let words = &ask.words;
    let mut body = Html::new();
    if let Some((_, Error::Refused(refusals))) = tried {
        let lines: Vec<(String, String)> = refusals
            .0
            .iter()
            .map(|r| (String::new(), words.refusal(r)))
            .collect();
        body.push(ui::error_summary(words, &lines));
    }
    body.push(html!("<p>{}</p>", words.say("progress-results-intro")));
    let before = |name: &str| tried.map(|(sent, _)| sent.first(name).to_owned());
    let mode = before("mode").unwrap_or_else(|| "paper".to_owned());
    let modes =
        ["paper", "oral"].map(|code| ui::Choice::new(code, words.code("progress-mode", code)));
    let held = before("held_on").unwrap_or_else(|| ask.today.to_string());
    let asks = [
        ui::Control::new(
            "mode",
            words.say("progress-results-mode"),
            ui::Input::Choice(modes.to_vec()),
        )
        .value(mode),
        ui::Control::new(
            "held_on",
            words.say("progress-results-held-on"),
            ui::Input::Day,
        )
        .value(held),
    ];
    let mut head = vec![words.say("progress-column-learner")];
    head.extend(w.items.keys().map(|n| words.number(*n)));
    let rows: Vec<Vec<Html>> = w
        .listed
        .iter()
        .map(|one| {
            let mut row = vec![html!("{} {}", one.number, one.person.name())];
            row.extend(w.items.iter().map(|(n, item)| {
                let name = format!("r_{}_{n}", one.number);
                let entered = w
                    .last
                    .get(&(one.person.id, *n))
                    .filter(|attempt| attempt.entered_by.is_some() && attempt.mode != "web")
                    .and_then(|attempt| written(item, &attempt.response));
                let value = before(&name).or(entered).unwrap_or_default();
                let label = words.say_with(
                    "progress-results-cell",
                    &[("learner", one.person.name().into()), ("n", (*n).into())],
                );
                html!(
                    "<input name=\"{}\" value=\"{}\" size=\"4\" maxlength=\"40\" autocomplete=\"off\" aria-label=\"{}\">",
                    name,
                    value,
                    label
                )
            }));
            row
        })
        .collect();
    let controls: Html = asks
        .iter()
        .map(|control| ui::control(words, control))
        .collect();
    body.push(html!(
        "<form method=\"post\" action=\"{}\">{}{}{}<p class=\"actions\"><button class=\"button\">{}</button>{}</p></form>",
        ask.path,
        token_field(ask),
        controls,
        ui::plain_table("", &head, &rows),
        words.say("progress-results-save"),
        ui::link(&format!("/teach/assignments/{}", w.assignment.id), words.say("ui-cancel"))
    ));
    body.push(ui::section(
        &words.say("progress-questions"),
        on_paper(ask, &w),
    ));
    Ok(Answer::Page(Page {
        title: words.say_with(
            "progress-results-title",
            &[("lesson", words.name(&w.assignment.names).into())],
        ),
        body,
        ..Page::default()
    }))
}

fn on_paper(ask: &Ask, w: &Whole) -> Html {
    let (words, lang) = (&ask.words, lang_of(&ask.words));
    let lines: Html = w
        .items
        .values()
        .map(|item| {
            let key = lessons::key(item, lang).map(|key| html!("<p><strong>{}</strong></p>", key));
            html!("<li>{}{}</li>", lessons::on_paper(words, lang, item), key)
        })
        .collect();
    html!(
        "<details><summary>{}</summary><ol>{}</ol></details>",
        words.say("progress-results-key"),
        lines
    )
}

/// Takes the table.
pub(crate) fn take(tx: &mut Tx, ask: &Ask, sent: &Sent) -> Result<String> {
    let assignment = store::assignment(tx, ask.id("id")?)?;
    of_questions(&assignment)?;
    let listed = classes::listed(tx, assignment.class, ask.today)?;
    let mut lines: Vec<Entry> = Vec::new();
    for one in &listed {
        let marks: Vec<(i64, String)> = (1..=assignment.items)
            .map(|n| (n, sent.first(&format!("r_{}_{n}", one.number)).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if !marks.is_empty() {
            lines.push(Entry {
                learner: one.person.id,
                marks,
            });
        }
    }
    let entering = Entering {
        assignment: assignment.id,
        mode: Mode::parse(sent.first("mode")).unwrap_or(Mode::Paper),
        held_on: Day::parse(sent.first("held_on")).unwrap_or(ask.today),
        lang: lang_of(&ask.words),
        lines,
    };
    enter_results(tx, &entering, ask.actor()?, ask.now)?;
    Ok(format!("/teach/assignments/{}", assignment.id))
}

/// What the form of lines shows beside it: the class list and the questions with their key.
pub(crate) fn beside_lines(tx: &mut Tx, ask: &Ask) -> Result<web::Prefill> {
    let w = whole(tx, ask)?;
    of_questions(&w.assignment)?;
    let list: Html = w
        .listed
        .iter()
        .map(|one| html!("<li>{} {}</li>", one.number, one.person.name()))
        .collect();
    let mut beside = on_paper(ask, &w);
    beside.push(html!(
        "<details open><summary>{}</summary><ul>{}</ul></details>",
        ask.words.say("progress-class-list"),
        list
    ));
    let mut prefill = web::Prefill {
        beside,
        ..web::Prefill::default()
    };
    prefill.entered = web::Entered::default()
        .with("held_on", ask.today.to_string())
        .with("mode", "paper");
    Ok(prefill)
}
