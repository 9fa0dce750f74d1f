//! One curriculum: what it says, its entries by grade, and what may be done with it.

use super::{action, country, languages, said};
use crate::case_write::{Speech, Version, write_package};
use crate::framework::{Competency, Framework, GRADE_MAX, Standing};
use crate::{choose, rules, store, store_schemes};
use base::{Result, Role};
use db::Tx;
use lang::Words;
use ui::{Action, Cell, Column, Html, Kind, Link, Tone, html};
use web::{Answer, Ask, Download, Prefill, Show};

/// Entries shown on one page; more are shown grade by grade.
const SHOWN_MAX: usize = 400;

pub(super) const COLUMNS: &[Column] = &[
    Column::new("title", Kind::Names),
    Column::new("country", Kind::Link),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("edition", Kind::Whole),
    Column::new("state", Kind::Code("curriculum-state")),
    Column::new("adopted_on", Kind::Day),
    Column::new("ended_on", Kind::Day),
    Column::new("written_in", Kind::Text),
    Column::new("entries", Kind::Whole),
    Column::new("creator", Kind::Text),
    Column::new("publisher", Kind::Text),
    Column::new("official_source", Kind::Link),
    Column::new("curriculum_licence", Kind::Text),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

fn cells(tx: &mut Tx, ask: &Ask, f: &Framework) -> Result<Vec<Cell>> {
    let filled = |text: &str| match text {
        "" => Cell::Unknown,
        text => text.into(),
    };
    let source = match f.source.as_str() {
        "" => Cell::Unknown,
        source => Cell::link(source, source),
    };
    let name = country(tx, ask, &f.country)?;
    Ok(vec![
        Cell::Names(f.names.clone()),
        Cell::link(format!("/countries/{}", f.country), name),
        Cell::code(f.subject.as_str()),
        f.edition.into(),
        Cell::code(f.standing.code()),
        Cell::or_not_applicable(f.adopted_on),
        Cell::or_not_applicable(f.ended_on),
        languages(tx, &ask.words, &f.langs)?.into(),
        store::count(tx, f.id)?.into(),
        filled(&f.creator),
        filled(&f.publisher),
        source,
        filled(&f.licence),
        Cell::Text(f.id.to_string()),
        f.version.into(),
    ])
}

fn found(tx: &mut Tx, ask: &Ask) -> Result<Framework> {
    let framework = store::framework(tx, ask.id("id")?)?;
    rules::may_see(&framework, ask.actor.as_ref())?;
    Ok(framework)
}

/// The page of one curriculum.
pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let framework = found(tx, ask)?;
    let entries = rules::tree(store::of_framework(tx, framework.id)?);
    let after = store::editions_after(tx, framework.id)?;
    let mut sections = Html::new();
    if !framework.description.is_empty() {
        let about = ui::paragraphs(&framework.description);
        sections.push(ui::section(&words.say("curricula-about"), about));
    }
    sections.push(learned(ask, &framework, &entries));
    sections.push(schemes(tx, ask, &framework)?);
    sections.push(taking_away(words, &framework));
    Ok(Answer::Record(Show {
        title: words.name(&framework.names).to_owned(),
        before: notices(ask, &framework, &after),
        cells: cells(tx, ask, &framework)?,
        sections,
        actions: actions(ask, &framework, &after),
        slot: Some(("curriculum-page", framework.id.to_string())),
    }))
}

/// What a person sees of a curriculum while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let framework = found(tx, ask)?;
    let entries = rules::tree(store::of_framework(tx, framework.id)?);
    let beside = html!(
        "{}{}",
        ui::facts(&ask.words, COLUMNS, &cells(tx, ask, &framework)?),
        learned(ask, &framework, &entries)
    );
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

/// The entries, a grade at a time where they are many.
fn learned(ask: &Ask, framework: &Framework, entries: &[(usize, Competency)]) -> Html {
    let words = &ask.words;
    if entries.is_empty() {
        let says = words.say("curricula-no-entries");
        return ui::section(&words.say("curricula-learned"), ui::empty(&says, None));
    }
    let leaves: Vec<&Competency> = entries.iter().map(|(_, one)| one).collect();
    let has = |grade: i64| leaves.iter().any(|one| one.grade_from == grade);
    let grades: Vec<i64> = (0..=GRADE_MAX).filter(|grade| has(*grade)).collect();
    let asked: Option<i64> = ask.query.get("grade").and_then(|text| text.parse().ok());
    let grade = match (asked, entries.len() > SHOWN_MAX) {
        (Some(grade), _) => Some(grade),
        (None, true) => grades.first().copied(),
        (None, false) => None,
    };
    let path = format!("/curricula/{}", framework.id);
    let mut tabs = Vec::new();
    if grades.len() > 1 {
        if entries.len() <= SHOWN_MAX {
            tabs.push(Link::new(&path, words.say("curricula-all-grades")).current(grade.is_none()));
        }
        for one in &grades {
            let href = format!("{path}?grade={one}");
            let link = Link::new(&href, choose::grade_label(words, *one));
            tabs.push(link.current(grade == Some(*one)));
        }
    }
    let wanted: Vec<&(usize, Competency)> = entries
        .iter()
        .filter(|(_, one)| {
            grade.is_none_or(|grade| (one.grade_from..=one.grade_to).contains(&grade))
        })
        .take(4 * SHOWN_MAX)
        .collect();
    let label = words.say("curricula-grades");
    html!(
        "{}{}",
        if tabs.is_empty() {
            Html::new()
        } else {
            ui::tabs(&label, &tabs)
        },
        tree(words, &wanted, grade.is_none() && grades.len() > 1)
    )
}

/// The tree: what others stand below is a heading, what nothing stands below is in a list.
fn tree(words: &Words, entries: &[&(usize, Competency)], with_grades: bool) -> Html {
    let mut out = Html::new();
    let mut leaves: Vec<Html> = Vec::new();
    for (at, (depth, one)) in entries.iter().enumerate() {
        let next = entries.get(at + 1);
        if next.is_some_and(|(below, _)| below > depth) || *depth == 0 {
            out.push(listed(&mut leaves));
            let level = (depth + 2).min(6);
            out.push(html!("<h{}>{}</h{}>", level, heading(words, one), level));
            continue;
        }
        let grades = if with_grades {
            let label = choose::grades_label(words, one.grade_from, one.grade_to);
            html!(" <small>{}</small>", label)
        } else {
            Html::new()
        };
        leaves.push(html!("<li>{}{}</li>", heading(words, one), grades));
    }
    out.push(listed(&mut leaves));
    out
}

fn listed(leaves: &mut Vec<Html>) -> Html {
    if leaves.is_empty() {
        return Html::new();
    }
    html!("<ul>{}</ul>", std::mem::take(leaves))
}

fn heading(words: &Words, one: &Competency) -> Html {
    let href = format!("/competencies/{}", one.id);
    let body = match one.code.as_str() {
        "" => said(words, &one.statement),
        code => html!("<bdi>{}</bdi> {}", code, said(words, &one.statement)),
    };
    ui::link(&href, body)
}

fn schemes(tx: &mut Tx, ask: &Ask, framework: &Framework) -> Result<Html> {
    let words = &ask.words;
    let found = store_schemes::of_framework(tx, framework.id)?;
    let seen = |scheme: &&crate::Scheme| rules::may_see_scheme(scheme, ask.actor.as_ref()).is_ok();
    let items: Vec<Html> = found
        .iter()
        .filter(seen)
        .map(|scheme| {
            let href = format!("/schemes/{}", scheme.id);
            let title = super::lists::scheme_title(ask, scheme);
            let state = words.code("curriculum-state", scheme.standing.code());
            let tag = ui::tag(scheme.standing.code(), &state);
            html!("<li>{} {}</li>", ui::link(&href, title), tag)
        })
        .collect();
    if items.is_empty() {
        return Ok(Html::new());
    }
    let body = html!("<ul>{}</ul>", items);
    Ok(ui::section(&words.say("curricula-schemes"), body))
}

/// Where programs and people take the whole of it away.
fn taking_away(words: &Words, framework: &Framework) -> Html {
    let path = format!("/curricula/{}", framework.id);
    let mut links = vec![
        html!(
            "<li>{}</li>",
            ui::link(
                &format!("{path}/competencies"),
                words.say("curricula-as-table")
            )
        ),
        html!(
            "<li>{}</li>",
            ui::link(&format!("{path}/case"), words.say("curricula-as-case"))
        ),
    ];
    if framework.supersedes.is_some() {
        links.push(html!(
            "<li>{}</li>",
            ui::link(
                &format!("{path}/crosswalk"),
                words.say("curricula-crosswalk-link")
            )
        ));
    }
    ui::section(
        &words.say("curricula-taking-away"),
        html!("<ul>{}</ul>", links),
    )
}

fn notices(ask: &Ask, framework: &Framework, after: &[Framework]) -> Html {
    let words = &ask.words;
    let mut before = Html::new();
    match framework.standing {
        Standing::Draft => {
            let key = match framework.proposed_at {
                Some(_) => "curricula-notice-proposed",
                None => "curricula-notice-draft",
            };
            before.push(ui::notice(words, Tone::Busy, words.say(key)));
            if let Some(reason) = &framework.returned {
                let body = html!(
                    "<p>{}</p>{}",
                    words.say("curricula-notice-returned"),
                    ui::paragraphs(reason)
                );
                before.push(ui::notice(words, Tone::Warn, body));
            }
        }
        Standing::Withdrawn => {
            let reason = framework.reason.as_deref().unwrap_or_default();
            let body = html!(
                "<p>{}</p>{}",
                words.say("curricula-notice-withdrawn"),
                ui::paragraphs(reason)
            );
            before.push(ui::notice(words, Tone::Bad, body));
        }
        Standing::Adopted | Standing::Superseded => {}
    }
    for next in after {
        let (key, tone) = if next.is_public() {
            ("curricula-next-edition", Tone::Warn)
        } else if rules::may_see(next, ask.actor.as_ref()).is_ok() {
            ("curricula-next-edition-begun", Tone::Busy)
        } else {
            continue;
        };
        let says = words.say_with(key, &[("n", next.edition.into())]);
        let body = html!(
            "<p>{}</p>",
            ui::link(&format!("/curricula/{}", next.id), says)
        );
        before.push(ui::notice(words, tone, body));
    }
    before
}

fn actions(ask: &Ask, framework: &Framework, after: &[Framework]) -> Vec<Action> {
    let Some(actor) = &ask.actor else {
        return Vec::new();
    };
    let words = &ask.words;
    let mut list = Vec::new();
    let mut offer = |end: &str, act: &str, main: bool| {
        let href = format!("/curricula/{}/{end}", framework.id);
        list.push(action(words, href, act, main));
    };
    let officer = actor.is_in(Role::LearningOfficer, &framework.country);
    let signatory = actor.is_in(Role::AuthoritySignatory, &framework.country);
    let draft = framework.standing == Standing::Draft;
    let proposed = framework.proposed_at.is_some();
    if officer && draft {
        offer("competencies/new", "curriculum-entry", !proposed);
        offer("edit", "curriculum-edit", false);
        if !proposed {
            offer("proposal", "curriculum-proposal", false);
        }
        offer("removal", "curriculum-removal", false);
    }
    if signatory && draft && proposed {
        offer("adoption", "curriculum-adoption", true);
        offer("return", "curriculum-return", false);
    }
    if officer && framework.standing == Standing::Adopted {
        if after.is_empty() {
            offer("editions/new", "curriculum-edition", false);
        }
        let href = format!("/schemes/new?framework={}", framework.id);
        list.push(action(words, href, "scheme-new", false));
    }
    if signatory && matches!(framework.standing, Standing::Adopted | Standing::Superseded) {
        let href = format!("/curricula/{}/withdrawal", framework.id);
        list.push(action(words, href, "curriculum-withdrawal", false));
    }
    list
}

/// The whole of it as a CASE package.
pub(super) fn package(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let framework = found(tx, ask)?;
    let asked = ask.query.get("case").map_or("v1p1", String::as_str);
    let version = Version::parse(asked).unwrap_or(Version::V1p1);
    let speech = Speech {
        version,
        url: ask.site.settings.url.clone(),
    };
    let mut bytes = Vec::new();
    write_package(tx, framework.id, &speech, &mut bytes)?;
    Ok(Answer::File(Download {
        name: format!(
            "{}-{}-{}.json",
            framework.country, framework.subject, framework.edition
        ),
        mime: "application/json".to_owned(),
        bytes,
    }))
}
