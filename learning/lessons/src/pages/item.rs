//! Items: the list for who writes lessons, and one item to try, with nothing kept.

use super::{action, keeper_said, languages_said, licence_said};
use crate::answer::{key, read_answer};
use crate::lesson::ItemRow;
use crate::lines::KINDS;
use crate::mark::mark;
use crate::rules::{self, Keeper};
use crate::shown::{content, dir, render_item, spoken};
use crate::store::{self, ItemSearch};
use base::{Error, Id, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Action, Cell, Column, Html, Kind as Shown, Tone, html};
use web::{Answer, Ask, Filter, Line, Listing, Show, Who};

pub(super) const READERS: Who = Who::Any(&[
    Role::Teacher,
    Role::SchoolHead,
    Role::LearningOfficer,
    Role::ResourceReviewer,
]);
pub(super) const LIST: &[Column] = &[
    Column::new("item_question", Shown::Link),
    Column::new("code", Shown::Text),
    Column::new("kind", Shown::Code("item-kind")),
    Column::new("school_subject", Shown::Code("subject")),
    Column::new("grade", Shown::Text),
    Column::new("lesson_languages", Shown::Text),
    Column::new("id", Shown::Id),
];
pub(super) const FILTERS: &[Filter] = &[
    Filter::codes("item_kind", "item-kind", KINDS),
    Filter::listed("school_subject", curricula::choose::subjects),
    Filter::listed("grade", curricula::choose::grades),
    Filter::listed("lesson_language", crate::choose::languages),
];
pub(super) const COLUMNS: &[Column] = &[
    Column::new("code", Shown::Text),
    Column::new("kind", Shown::Code("item-kind")),
    Column::new("school_subject", Shown::Code("subject")),
    Column::new("grade", Shown::Text),
    Column::new("competency", Shown::Text),
    Column::new("item_difficulty", Shown::Code("item-difficulty")),
    Column::new("lesson_languages", Shown::Text),
    Column::new("lesson_keeper", Shown::Text),
    Column::new("item_lessons", Shown::Whole),
    Column::new("lesson_licence", Shown::Text),
    Column::new("lesson_credit", Shown::Text),
    Column::new("id", Shown::Id),
    Column::new("version", Shown::Whole),
];

/// Characters of a question in a list.
const BRIEF: usize = 90;

fn brief(row: &ItemRow, lang: &str) -> String {
    let lang = spoken(&row.item.langs(), lang);
    let text = crate::figure::plain(row.item.prompt.get(lang)).replace('\n', " ");
    if text.chars().count() <= BRIEF {
        return text;
    }
    let cut: String = text.chars().take(BRIEF).collect();
    format!("{cut}…")
}

/// The items of one’s school or country.
pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let mut keepers = crate::choose::keepers(tx, ask)?;
    let country = curricula::choose::country(ask);
    if !country.is_empty() && !keepers.iter().any(|one| one.code == country) {
        let name = places::country_name(tx, &country, words.lang())?;
        keepers.push(web::Choice {
            label: words.say_with("lessons-national", &[("country", name.into())]),
            code: country,
        });
    }
    let asked = ask.query.get("keeper").map(String::as_str);
    let chosen = keepers
        .iter()
        .find(|one| Some(one.code.as_str()) == asked)
        .or_else(|| keepers.first());
    let [at, id] = query.after_parts::<2>();
    let mut found = match chosen {
        None => Vec::new(),
        Some(one) => {
            let school = Id::parse(&one.code);
            let search = ItemSearch {
                country: school.is_none().then(|| one.code.clone()),
                school,
                q: query.q.clone(),
                kind: query.filter("item_kind").map(str::to_owned),
                subject: query.filter("school_subject").map(str::to_owned),
                grade: query.filter("grade").and_then(|text| text.parse().ok()),
                lang: query.filter("lesson_language").map(str::to_owned),
                after: at.parse().ok().zip(Id::parse(&id)),
                limit: query.limit + 1,
            };
            store::items(tx, &search)?
        }
    };
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for row in &found {
        let langs: Vec<String> = row.item.langs().into_iter().map(str::to_owned).collect();
        rows.push(Line {
            key: format!("{}~{}", row.made_at.micros(), row.id),
            cells: vec![
                Cell::link(
                    format!("/learning/items/{}", row.id),
                    brief(row, words.lang().code()),
                ),
                row.code.as_str().into(),
                Cell::code(row.item.interaction.code()),
                Cell::code(row.subject.as_str()),
                curricula::choose::grade_label(words, row.grade).into(),
                languages_said(tx, words, &langs)?.into(),
                Cell::Text(row.id.to_string()),
            ],
            href: None,
        });
    }
    let mut before = Html::new();
    if keepers.len() > 1 {
        let links: Vec<ui::Link> = keepers
            .iter()
            .map(|one| {
                let current = chosen.is_some_and(|chosen| chosen.code == one.code);
                ui::Link::new(
                    format!("/learning/items?keeper={}", one.code),
                    one.label.clone(),
                )
                .current(current)
            })
            .collect();
        before.push(ui::tabs(&words.say("field-keeper"), &links));
    }
    before.push(html!("<p>{}</p>", words.say("item-list-intro")));
    let writes = ask.is_any(&[Role::Teacher, Role::SchoolHead, Role::LearningOfficer]);
    let actions = if writes {
        vec![
            action(
                words,
                "/learning/items/new".to_owned(),
                "item-new-button",
                true,
            ),
            action(
                words,
                "/learning/items/import".to_owned(),
                "item-import-button",
                false,
            ),
        ]
    } else {
        Vec::new()
    };
    Ok(Answer::List(Listing {
        title: words.say("item-list-title"),
        before,
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

fn may_see(tx: &mut Tx, ask: &Ask, row: &ItemRow) -> Result<bool> {
    let actor = ask.actor.as_ref();
    let inside = actor.is_some_and(|actor| match row.school {
        Some(school) => [
            Role::Teacher,
            Role::SchoolHead,
            Role::Learner,
            Role::Guardian,
        ]
        .iter()
        .any(|role| actor.is_for(*role, school)),
        None => rules::reads_as_teacher(Some(actor)),
    });
    let reviews = actor.is_some_and(|actor| actor.is_in(Role::ResourceReviewer, &row.country));
    Ok(inside || reviews || store::item_is_open(tx, row.id)?)
}

/// What was answered, by the names of the controls.
fn answered(ask: &Ask, prefix: &str) -> BTreeMap<String, Vec<String>> {
    let own = ask
        .query
        .iter()
        .filter(|(name, _)| name.starts_with(prefix));
    own.map(|(name, value)| (name.clone(), vec![value.clone()]))
        .collect()
}

/// One item, to try.
pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let row = store::item(tx, ask.id("id")?)?;
    if !may_see(tx, ask, &row)? {
        return Err(Error::Missing);
    }
    let wanted = ask
        .query
        .get("in")
        .map_or_else(|| words.lang().code(), String::as_str);
    let lang = spoken(&row.item.langs(), wanted).to_owned();
    let prefix = ask
        .query
        .get("as")
        .filter(|text| text.starts_with('q') && text.len() < 5)
        .map_or("answer", String::as_str);
    let teacher = rules::reads_as_teacher(ask.actor.as_ref());
    let mut before = Html::new();
    if row.withdrawn {
        let reason = row.reason.as_deref().map(ui::paragraphs);
        let said = html!("<p>{}</p>{}", words.say("item-is-withdrawn"), reason);
        before.push(ui::notice(words, Tone::Bad, said));
    }
    before.push(languages(tx, ask, &row, &lang)?);
    before.push(tried(ask, &row, &lang, prefix));
    let mut sections = Html::new();
    if teacher {
        sections.push(answer(ask, &row, &lang));
    }
    Ok(Answer::Record(Show {
        title: words.say_with("item-title", &[("code", row.code.as_str().into())]),
        before,
        cells: cells(tx, ask, &row)?,
        sections,
        actions: actions(ask, &row),
        slot: Some(("item-page", row.id.to_string())),
    }))
}

fn tried(ask: &Ask, row: &ItemRow, lang: &str, prefix: &str) -> Html {
    let words = &ask.words;
    let given = answered(ask, prefix);
    let (mut body, again) = if given.is_empty() {
        (
            render_item(words, lang, &row.item, None, None, prefix),
            false,
        )
    } else {
        match read_answer(&row.item, prefix, &given) {
            Ok(answer) => {
                let marked = mark(&row.item, &answer, lang);
                let shown =
                    render_item(words, lang, &row.item, Some(&answer), Some(&marked), prefix);
                (shown, true)
            }
            Err(Error::Refused(no)) => {
                let why: Html =
                    no.0.iter()
                        .map(|one| html!("<p>{}</p>", words.refusal(one)))
                        .collect();
                let notice = ui::notice(words, Tone::Warn, why);
                (
                    html!(
                        "{}{}",
                        notice,
                        render_item(words, lang, &row.item, None, None, prefix)
                    ),
                    false,
                )
            }
            Err(_) => (
                render_item(words, lang, &row.item, None, None, prefix),
                false,
            ),
        }
    };
    body.push(html!(
        "<button class=\"button\">{}</button>",
        words.say(if again {
            "lessons-try-again"
        } else {
            "lessons-try"
        })
    ));
    html!(
        "<form method=\"get\" action=\"/learning/items/{}\"><input type=\"hidden\" name=\"in\" value=\"{}\"><input type=\"hidden\" name=\"as\" value=\"{}\">{}</form>",
        row.id.to_string(),
        lang,
        prefix,
        body
    )
}

fn answer(ask: &Ask, row: &ItemRow, lang: &str) -> Html {
    let words = &ask.words;
    let right = key(&row.item, lang);
    let right = right.map(|text| html!("<p><bdi>{}</bdi></p>", text));
    let solution = content(words, &row.item.solution, lang);
    let rubric = match &row.item.interaction {
        formats::item::Interaction::Open { rubric, .. } => content(words, rubric, lang),
        _ => Html::new(),
    };
    html!(
        "<details><summary>{}</summary>{}<div lang=\"{}\" dir=\"{}\">{}{}</div></details>",
        words.say("lessons-key"),
        right,
        lang,
        dir(lang),
        solution,
        rubric
    )
}

fn languages(tx: &mut Tx, ask: &Ask, row: &ItemRow, lang: &str) -> Result<Html> {
    let langs = row.item.langs();
    if langs.len() < 2 {
        return Ok(Html::new());
    }
    let mut links = Vec::with_capacity(langs.len());
    for code in langs {
        let name = languages_said(tx, &ask.words, &[code.to_owned()])?;
        links.push(
            ui::Link::new(format!("/learning/items/{}?in={code}", row.id), name)
                .current(code == lang),
        );
    }
    Ok(ui::tabs(&ask.words.say("column-lesson-languages"), &links))
}

fn cells(tx: &mut Tx, ask: &Ask, row: &ItemRow) -> Result<Vec<Cell>> {
    let words = &ask.words;
    let competency = match row.competency {
        Some(id) => curricula::competencies(tx, &[id])?.into_iter().next(),
        None => None,
    };
    let langs: Vec<String> = row.item.langs().into_iter().map(str::to_owned).collect();
    Ok(vec![
        row.code.as_str().into(),
        Cell::code(row.item.interaction.code()),
        Cell::code(row.subject.as_str()),
        curricula::choose::grade_label(words, row.grade).into(),
        competency.map_or(Cell::Unknown, |one| {
            curricula::choose::competency_label(words, &one).into()
        }),
        row.item
            .difficulty
            .map_or(Cell::Unknown, |n| Cell::code(n.to_string())),
        languages_said(tx, words, &langs)?.into(),
        keeper_said(tx, words, &row.country, row.school)?.into(),
        store::lessons_holding(tx, row.id)?.into(),
        licence_said(words, &row.licence).into(),
        row.credit.as_str().into(),
        Cell::Text(row.id.to_string()),
        row.version.into(),
    ])
}

fn actions(ask: &Ask, row: &ItemRow) -> Vec<Action> {
    let words = &ask.words;
    let writes = ask
        .actor
        .as_ref()
        .is_some_and(|actor| rules::writes_for(actor, &Keeper::of_item(row)));
    if !writes || row.withdrawn {
        return Vec::new();
    }
    let mut all: Vec<Action> = base::Lang::ALL
        .into_iter()
        .map(|lang| Action {
            href: format!("/learning/items/{}/texts/{lang}", row.id),
            label: words.say_with("lessons-write-in", &[("language", lang.own_name().into())]),
            main: false,
        })
        .collect();
    all.push(action(
        words,
        format!("/learning/items/{}/withdrawal", row.id),
        "item-withdrawal-button",
        false,
    ));
    all
}
