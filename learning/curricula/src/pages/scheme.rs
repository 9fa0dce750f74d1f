//! One scheme of work: its weeks, and what may be done with it.

use super::lists::{scheme_title, whose};
use super::{action, country, said};
use crate::framework::{Competency, Standing};
use crate::scheme::{Scheme, Week};
use crate::{choose, rules, store, store_schemes};
use base::{Id, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Action, Cell, Column, Html, Kind, Tone, html};
use web::{Answer, Ask, Line, Listing, Prefill, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("grade", Kind::Text),
    Column::new("term", Kind::Text),
    Column::new("first_day", Kind::Day),
    Column::new("last_day", Kind::Day),
    Column::new("weeks", Kind::Whole),
    Column::new("state", Kind::Code("curriculum-state")),
    Column::new("adopted_on", Kind::Day),
    Column::new("whose", Kind::Text),
    Column::new("national_scheme", Kind::Link),
    Column::new("framework", Kind::Link),
    Column::new("country", Kind::Text),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

pub(super) const WEEKS: &[Column] = &[
    Column::new("week", Kind::Whole),
    Column::new("first_day", Kind::Day),
    Column::new("title", Kind::Names),
    Column::new("competencies", Kind::Text),
    Column::new("week_note", Kind::Words),
    Column::new("adapted", Kind::Yes),
];

fn found(tx: &mut Tx, ask: &Ask) -> Result<Scheme> {
    let scheme = store_schemes::scheme(tx, ask.id("id")?)?;
    rules::may_see_scheme(&scheme, ask.actor.as_ref())?;
    Ok(scheme)
}

fn cells(tx: &mut Tx, ask: &Ask, s: &Scheme) -> Result<Vec<Cell>> {
    let words = &ask.words;
    let framework = store::framework(tx, s.framework)?;
    let national = match (s.school, s.based_on) {
        (Some(_), Some(id)) => Cell::link(format!("/schemes/{id}"), scheme_title(ask, s)),
        _ => Cell::NotApplicable,
    };
    Ok(vec![
        Cell::code(s.subject.as_str()),
        choose::grade_label(words, s.grade).into(),
        s.term.as_str().into(),
        s.starts_on.into(),
        s.ends_on().into(),
        s.weeks.into(),
        Cell::code(s.standing.code()),
        Cell::or_not_applicable(s.adopted_on),
        whose(tx, ask, s)?.into(),
        national,
        Cell::link(
            format!("/curricula/{}", framework.id),
            words.name(&framework.names),
        ),
        country(tx, ask, &s.country)?.into(),
        Cell::Text(s.id.to_string()),
        s.version.into(),
    ])
}

fn aims(tx: &mut Tx, weeks: &[Week]) -> Result<BTreeMap<Id, Competency>> {
    let ids: Vec<Id> = weeks
        .iter()
        .flat_map(|week| week.competencies.clone())
        .collect();
    let found = store::competencies(tx, &ids)?;
    Ok(found.into_iter().map(|one| (one.id, one)).collect())
}

/// The page of one scheme.
pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let scheme = found(tx, ask)?;
    let weeks = crate::weeks(tx, &scheme)?;
    let mut sections = table(tx, ask, &scheme, &weeks)?;
    sections.push(adaptations(tx, ask, &scheme)?);
    let path = format!("/schemes/{}/weeks", scheme.id);
    sections.push(html!(
        "<p>{}</p>",
        ui::link(&path, words.say("curricula-as-table"))
    ));
    Ok(Answer::Record(Show {
        title: scheme_title(ask, &scheme),
        before: notices(tx, ask, &scheme)?,
        cells: cells(tx, ask, &scheme)?,
        sections,
        actions: actions(ask, &scheme),
        slot: Some(("scheme-page", scheme.id.to_string())),
    }))
}

/// What a person sees of a scheme while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let scheme = found(tx, ask)?;
    let weeks = crate::weeks(tx, &scheme)?;
    let beside = html!(
        "{}{}",
        ui::facts(&ask.words, COLUMNS, &cells(tx, ask, &scheme)?),
        table(tx, ask, &scheme, &weeks)?
    );
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

/// Which week of which scheme is being written.
pub(crate) fn of_week(tx: &mut Tx, ask: &Ask, scheme: &Scheme, week: &Week) -> Result<Html> {
    let words = &ask.words;
    let number = words.say_with("curricula-week-n", &[("n", week.number.into())]);
    let day = words.day(scheme.week_starts(week.number));
    let path = format!("/schemes/{}", scheme.id);
    let mut beside = html!(
        "<p>{}, {} ({})</p>",
        ui::link(&path, scheme_title(ask, scheme)),
        number,
        day
    );
    if let (Some(_), Some(national)) = (scheme.school, scheme.based_on) {
        let national = store_schemes::own_weeks(tx, national)?;
        if let Some(theirs) = national.into_iter().find(|one| one.number == week.number) {
            let known = aims(tx, std::slice::from_ref(&theirs))?;
            let body = html!(
                "<p>{}</p>{}",
                said(words, &theirs.title),
                listed(ask, &theirs, &known)
            );
            beside.push(ui::section(&words.say("curricula-national-week"), body));
        }
    }
    Ok(beside)
}

fn listed(ask: &Ask, week: &Week, known: &BTreeMap<Id, Competency>) -> Html {
    let words = &ask.words;
    let items: Vec<Html> = week
        .competencies
        .iter()
        .filter_map(|id| known.get(id))
        .map(|one| {
            let href = format!("/competencies/{}", one.id);
            let body = html!("<bdi>{}</bdi> {}", one.code, said(words, &one.statement));
            html!("<li>{}</li>", ui::link(&href, body))
        })
        .collect();
    if items.is_empty() {
        Html::new()
    } else {
        html!("<ul>{}</ul>", items)
    }
}

fn may_write(ask: &Ask, scheme: &Scheme) -> bool {
    let Some(actor) = &ask.actor else {
        return false;
    };
    match scheme.school {
        Some(school) => {
            actor.is_for(Role::SchoolHead, school) && scheme.standing == Standing::Adopted
        }
        None => {
            actor.is_in(Role::LearningOfficer, &scheme.country)
                && scheme.standing == Standing::Draft
        }
    }
}

/// The weeks as a table: number and day, what it is about, what is learned.
fn table(tx: &mut Tx, ask: &Ask, scheme: &Scheme, weeks: &[Week]) -> Result<Html> {
    let words = &ask.words;
    let known = aims(tx, weeks)?;
    let now = rules::week_of(scheme.starts_on, scheme.weeks, ask.today);
    let writes = may_write(ask, scheme);
    let heads = ["curricula-week-about", "curricula-week-learned"];
    let heads = heads.map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = weeks
        .iter()
        .map(|week| {
            let number = words.say_with("curricula-week-head", &[("n", week.number.into())]);
            let day = words.day(scheme.week_starts(week.number));
            let mut head = html!("{}<br><small>{}</small>", number, day);
            if now == Some(week.number) {
                let says = words.say("curricula-this-week");
                head.push(html!(" {}", ui::tag_as(Tone::Good, &says)));
            }
            if week.adapted {
                let says = words.say("curricula-adapted");
                head.push(html!(" {}", ui::tag_as(Tone::Busy, &says)));
            }
            head.push(html!(
                "<p><strong>{}</strong></p>",
                said(words, &week.title)
            ));
            if !week.note.is_empty() {
                let note = ui::paragraphs(&week.note);
                head.push(html!("<div dir=\"auto\">{}</div>", note));
            }
            if writes {
                head.push(html!("<p>{}</p>", change(ask, scheme, week)));
            }
            vec![head, listed(ask, week, &known)]
        })
        .collect();
    Ok(ui::plain_table(&words.say("column-weeks"), &heads, &rows))
}

fn change(ask: &Ask, scheme: &Scheme, week: &Week) -> Html {
    let (words, n) = (&ask.words, week.number);
    let path = format!("/schemes/{}/weeks/{n}", scheme.id);
    let label = words.say_with("curricula-write-week", &[("n", n.into())]);
    let mut links = ui::link(&path, label);
    if week.adapted {
        let label = words.say_with("curricula-restore-week", &[("n", n.into())]);
        links.push(html!(
            " {}",
            ui::link(&format!("{path}/restoration"), label)
        ));
    }
    links
}

/// What schools made of it, for those who may see them.
fn adaptations(tx: &mut Tx, ask: &Ask, scheme: &Scheme) -> Result<Html> {
    if scheme.school.is_some() || scheme.standing == Standing::Draft {
        return Ok(Html::new());
    }
    let words = &ask.words;
    let count = store_schemes::count_adaptations(tx, scheme.id)?;
    let mut items = Vec::new();
    if ask.actor.is_some() {
        for own in store_schemes::adaptations(tx, scheme.id, None)? {
            if rules::may_see_scheme(&own, ask.actor.as_ref()).is_ok() {
                let name = whose(tx, ask, &own)?;
                let link = ui::link(&format!("/schemes/{}", own.id), name);
                items.push(html!("<li>{}</li>", link));
            }
        }
    }
    let says = words.say_with("curricula-adapted-by", &[("n", count.into())]);
    let list = if items.is_empty() {
        Html::new()
    } else {
        html!("<ul>{}</ul>", items)
    };
    let body = html!("<p>{}</p>{}", says, list);
    Ok(ui::section(&words.say("curricula-at-schools"), body))
}

fn notices(tx: &mut Tx, ask: &Ask, scheme: &Scheme) -> Result<Html> {
    let words = &ask.words;
    let mut before = Html::new();
    let mut say = |tone, key: &str, reason: Option<&String>| {
        let reason = reason.map(|reason| ui::paragraphs(reason));
        let body = html!("<p>{}</p>{}", words.say(key), reason.unwrap_or_default());
        before.push(ui::notice(words, tone, body));
    };
    match (scheme.standing, scheme.school) {
        (Standing::Draft, _) => {
            let key = match scheme.proposed_at {
                Some(_) => "curricula-notice-proposed",
                None => "curricula-scheme-notice-draft",
            };
            say(Tone::Busy, key, None);
            if scheme.returned.is_some() {
                say(
                    Tone::Warn,
                    "curricula-notice-returned",
                    scheme.returned.as_ref(),
                );
            }
        }
        (Standing::Withdrawn, _) => {
            say(
                Tone::Bad,
                "curricula-scheme-notice-withdrawn",
                scheme.reason.as_ref(),
            );
        }
        (Standing::Superseded, _) => say(Tone::Warn, "curricula-scheme-notice-superseded", None),
        (Standing::Adopted, Some(_)) => {
            say(Tone::Plain, "curricula-scheme-notice-school", None);
            if let Some(national) = scheme.based_on
                && store_schemes::scheme(tx, national)?.standing != Standing::Adopted
            {
                say(Tone::Warn, "curricula-scheme-notice-national-gone", None);
            }
        }
        (Standing::Adopted, None) => {}
    }
    Ok(before)
}

fn actions(ask: &Ask, scheme: &Scheme) -> Vec<Action> {
    let Some(actor) = &ask.actor else {
        return Vec::new();
    };
    let words = &ask.words;
    let mut list = Vec::new();
    let mut offer = |end: &str, act: &str, main: bool| {
        let href = format!("/schemes/{}/{end}", scheme.id);
        list.push(action(words, href, act, main));
    };
    let officer = actor.is_in(Role::LearningOfficer, &scheme.country);
    let signatory = actor.is_in(Role::AuthoritySignatory, &scheme.country);
    let proposed = scheme.proposed_at.is_some();
    match (scheme.standing, scheme.school) {
        (Standing::Draft, _) => {
            if officer && !proposed {
                offer("proposal", "scheme-proposal", true);
            }
            if signatory && proposed {
                offer("adoption", "scheme-adoption", true);
                offer("return", "scheme-return", false);
            }
            if officer {
                offer("withdrawal", "scheme-withdrawal", false);
            }
        }
        (Standing::Adopted, Some(school)) if actor.is_for(Role::SchoolHead, school) => {
            offer("withdrawal", "scheme-withdrawal", false);
        }
        (Standing::Adopted | Standing::Superseded, None) => {
            if actor.is(Role::SchoolHead) && scheme.standing == Standing::Adopted {
                offer("adaptations/new", "scheme-adaptation", true);
            }
            if officer {
                offer("copies/new", "scheme-copy", false);
            }
            if signatory {
                offer("withdrawal", "scheme-withdrawal", false);
            }
        }
        _ => {}
    }
    list
}

/// The weeks as rows, for sheets and programs.
pub(super) fn weeks(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let scheme = found(tx, ask)?;
    let weeks = crate::weeks(tx, &scheme)?;
    let known = aims(tx, &weeks)?;
    let query = ask.list();
    let after: i64 = query
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let left: Vec<&Week> = weeks.iter().filter(|week| week.number > after).collect();
    let rows = left.iter().take(limit).map(|week| {
        let codes: Vec<&str> = week
            .competencies
            .iter()
            .filter_map(|id| Some(known.get(id)?.code.as_str()))
            .collect();
        Line {
            key: week.number.to_string(),
            cells: vec![
                week.number.into(),
                scheme.week_starts(week.number).into(),
                Cell::Names(week.title.clone()),
                codes.join(" ").into(),
                week.note.as_str().into(),
                week.adapted.into(),
            ],
            href: None,
        }
    });
    let path = format!("/schemes/{}", scheme.id);
    Ok(Answer::List(Listing {
        title: scheme_title(ask, &scheme),
        before: html!(
            "<p>{}</p>",
            ui::link(&path, words.say("curricula-back-scheme"))
        ),
        rows: rows.collect(),
        more: left.len() > limit,
        total: Some(scheme.weeks),
        ..Listing::default()
    }))
}
