//! Lists of lessons: those for all, one’s own, those that teach a competency or show a resource.

use super::{action, keeper_said, languages_said};
use crate::lesson::{Lesson, Review, Standing};
use crate::rules::{self, Keeper};
use crate::store::{self, Search, Shelf};
use base::{Id, Result, Role};
use db::Tx;
use ui::{Cell, Column, Html, Kind as Shown, html};
use web::{ActLink, Answer, Ask, Filter, Line, Listing};

/// Drafts a resource’s page offers to be put into.
const DRAFTS: usize = 8;

pub(super) const COLUMNS: &[Column] = &[
    Column::new("title", Shown::Link),
    Column::new("code", Shown::Text),
    Column::new("school_subject", Shown::Code("subject")),
    Column::new("grade", Shown::Text),
    Column::new("lesson_languages", Shown::Text),
    Column::new("lesson_minutes", Shown::Whole),
    Column::new("lesson_keeper", Shown::Text),
    Column::new("state", Shown::Code("lesson-state")),
    Column::new("id", Shown::Id),
];
pub(super) const FILTERS: &[Filter] = &[
    Filter::listed("school_subject", curricula::choose::subjects),
    Filter::listed("grade", curricula::choose::grades),
    Filter::listed("lesson_language", crate::choose::languages),
];

/// The state a reader sees: a published lesson that waits for its reviewers says so.
pub(super) const fn state(lesson: &Lesson) -> &'static str {
    match (lesson.standing, lesson.review) {
        (Standing::Draft, Review::Proposed) => "proposed",
        (Standing::Draft, Review::Returned) => "returned",
        (Standing::Published, Review::Proposed) => "offered",
        (Standing::Published, _) if lesson.for_all => "published",
        (Standing::Published, _) => "at_school",
        (standing, _) => standing.code(),
    }
}

fn lines(tx: &mut Tx, ask: &Ask, shelf: Shelf) -> Result<(Vec<Line>, bool)> {
    let (query, words) = (ask.list(), &ask.words);
    let [key, id] = query.after_parts::<2>();
    let search = Search {
        shelf,
        q: query.q.clone(),
        subject: query.filter("school_subject").map(str::to_owned),
        grade: query.filter("grade").and_then(|text| text.parse().ok()),
        lang: query.filter("lesson_language").map(str::to_owned),
        after: Id::parse(&id).map(|id| (key, id)),
        limit: query.limit + 1,
    };
    let mut found = store::lessons(tx, &search)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    let mut keepers = std::collections::BTreeMap::new();
    for (lesson, key) in &found {
        let of = (lesson.country.clone(), lesson.school);
        let keeper = match keepers.get(&of) {
            Some(known) => String::clone(known),
            None => {
                let said = keeper_said(tx, words, &lesson.country, lesson.school)?;
                keepers.insert(of, said.clone());
                said
            }
        };
        // A key never holds the sign that parts it from the id: folded text has none.
        rows.push(Line {
            key: format!("{key}~{}", lesson.id),
            cells: vec![
                Cell::link(
                    format!("/learning/lessons/{}", lesson.id),
                    words.name(&lesson.names),
                ),
                lesson.code.as_str().into(),
                Cell::code(lesson.subject.as_str()),
                curricula::choose::grade_label(words, lesson.grade).into(),
                languages_said(tx, words, &lesson.langs)?.into(),
                lesson.minutes.into(),
                keeper.into(),
                Cell::code(state(lesson)),
                Cell::Text(lesson.id.to_string()),
            ],
            href: None,
        });
    }
    Ok((rows, more))
}

fn tabs(ask: &Ask, mine: bool) -> Html {
    let writes = ask.is_any(&[Role::Teacher, Role::SchoolHead, Role::LearningOfficer]);
    if !writes {
        return Html::new();
    }
    let words = &ask.words;
    ui::tabs(
        &words.say("lessons-list-title"),
        &[
            ui::Link::new("/learning/lessons", words.say("lessons-for-all")).current(!mine),
            ui::Link::new("/learning/lessons/mine", words.say("lessons-mine")).current(mine),
            ui::Link::new("/learning/items", words.say("item-list-title")),
        ],
    )
}

/// Every lesson that all may read.
pub(super) fn open(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let country = ask
        .query
        .get("country")
        .filter(|code| !code.is_empty())
        .cloned();
    let (rows, more) = lines(tx, ask, Shelf::Open(country))?;
    Ok(Answer::List(Listing {
        title: ask.words.say("lessons-list-title"),
        before: html!(
            "{}<p>{}</p>",
            tabs(ask, false),
            ask.words.say("lessons-list-intro")
        ),
        rows,
        more,
        ..Listing::default()
    }))
}

/// The lessons of one’s school or country, drafts too.
pub(super) fn own(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let keepers = crate::choose::keepers(tx, ask)?;
    let asked = ask.query.get("keeper").map(String::as_str);
    let chosen = keepers
        .iter()
        .find(|one| Some(one.code.as_str()) == asked)
        .or_else(|| keepers.first());
    let (rows, more) = match chosen {
        Some(one) => {
            let shelf = Id::parse(&one.code)
                .map_or_else(|| Shelf::Country(one.code.clone()), Shelf::School);
            lines(tx, ask, shelf)?
        }
        None => (Vec::new(), false),
    };
    let mut before = tabs(ask, true);
    if keepers.len() > 1 {
        let links: Vec<ui::Link> = keepers
            .iter()
            .map(|one| {
                let current = chosen.is_some_and(|chosen| chosen.code == one.code);
                ui::Link::new(
                    format!("/learning/lessons/mine?keeper={}", one.code),
                    one.label.clone(),
                )
                .current(current)
            })
            .collect();
        before.push(ui::tabs(&words.say("field-keeper"), &links));
    }
    before.push(html!("<p>{}</p>", words.say("lessons-mine-intro")));
    Ok(Answer::List(Listing {
        title: words.say("lessons-mine"),
        before,
        rows,
        more,
        actions: vec![
            action(
                words,
                "/learning/lessons/new".to_owned(),
                "learning-lesson-new-button",
                true,
            ),
            action(
                words,
                "/learning/lessons/units/new".to_owned(),
                "learning-lesson-unit-new-button",
                false,
            ),
        ],
        ..Listing::default()
    }))
}

fn brief(ask: &Ask, lessons: &[Lesson]) -> Html {
    let items: Html = lessons
        .iter()
        .filter(|lesson| rules::may_see(lesson, ask.actor.as_ref()))
        .map(|lesson| {
            html!(
                "<li><a href=\"/learning/lessons/{}\">{}</a> · {}</li>",
                lesson.id.to_string(),
                ask.words.name(&lesson.names),
                ask.words
                    .say_with("lessons-minutes", &[("n", lesson.minutes.into())])
            )
        })
        .collect();
    if items.is_empty() {
        return Html::new();
    }
    ui::section(
        &ask.words.say("lessons-list-title"),
        html!("<ul>{}</ul>", items),
    )
}

/// On a competency’s page: the lessons that teach it.
pub(crate) fn of_competency(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let school = ask.actor.as_ref().and_then(|actor| {
        actor
            .schools(&[Role::Teacher, Role::SchoolHead])
            .first()
            .copied()
    });
    let found = store::teaching(tx, id, school)?;
    Ok(brief(ask, &found))
}

/// On a resource’s page: the lessons that show it, and for who writes lessons, the ways to put it into one.
pub(crate) fn of_resource(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let found = store::showing(tx, id)?;
    let uses = uses(tx, ask, id)?;
    Ok(html!("{}{}", brief(ask, &found), uses))
}

/// The drafts a resource can be put into, and a lesson that begins with it.
fn uses(tx: &mut Tx, ask: &Ask, id: Id) -> Result<Html> {
    let (words, mut onward) = (&ask.words, Vec::new());
    if !ask.is_any(&[Role::Teacher, Role::SchoolHead, Role::LearningOfficer]) {
        return Ok(Html::new());
    }
    let one = resources::resource(tx, id)?;
    for keeper in crate::choose::keepers(tx, ask)? {
        let whose = crate::choose::keeper(tx, &keeper.code)?;
        if whose.country != one.country || !one.is_usable(whose.school) {
            continue;
        }
        let mut new = format!(
            "/learning/lessons/new?keeper={}&resource_code={}",
            keeper.code, one.code
        );
        for (name, value) in [
            ("school_subject", one.subject.clone()),
            ("grade", one.grades.0.to_string()),
        ] {
            new = ui::with_query(&new, name, Some(&value));
        }
        for (lang, title) in &one.names.0 {
            new = ui::with_query(&new, &format!("lesson_title_{lang}"), Some(title));
        }
        let label = words.say_with(
            "lessons-begin-with",
            &[("keeper", keeper.label.as_str().into())],
        );
        onward.push(ActLink {
            href: new,
            label,
            main: onward.is_empty(),
        });
        for lesson in drafts(tx, &whose)? {
            let path = format!("/learning/lessons/{}/steps/resource", lesson.id);
            let title = words.name(&lesson.names).to_owned();
            onward.push(ActLink {
                href: ui::with_query(&path, "resource_code", Some(&one.code)),
                label: words.say_with("lessons-put-into", &[("lesson", title.into())]),
                main: false,
            });
        }
    }
    if onward.is_empty() {
        return Ok(Html::new());
    }
    Ok(ui::section(
        &words.say("lessons-use-title"),
        ui::actions(&onward),
    ))
}

/// A keeper's drafts, some of them.
fn drafts(tx: &mut Tx, keeper: &Keeper) -> Result<Vec<Lesson>> {
    let search = Search {
        shelf: keeper
            .school
            .map_or_else(|| Shelf::Country(keeper.country.clone()), Shelf::School),
        q: None,
        subject: None,
        grade: None,
        lang: None,
        after: None,
        limit: 200,
    };
    let all = store::lessons(tx, &search)?
        .into_iter()
        .map(|(lesson, _)| lesson);
    Ok(all
        .filter(|lesson| rules::may_change(lesson).is_ok())
        .take(DRAFTS)
        .collect())
}
