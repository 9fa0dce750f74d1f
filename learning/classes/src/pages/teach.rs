//! A teacher's day: the hours of today, each class with its register.

use super::class_label;
use crate::person::Class;
use crate::{rules, store};
use base::{Result, Role};
use db::Tx;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page};

/// Classes a head sees here; the rest stand in the school's list.
const SHOWN: i64 = 30;

/// Today.
pub(crate) fn today(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let Some(actor) = &ask.actor else {
        return Ok(Answer::See("/learn/sign-in?next=/teach".to_owned()));
    };
    if actor.is(Role::LearningOfficer) && !actor.is_any(&[Role::Teacher, Role::SchoolHead]) {
        return Ok(Answer::See("/schools".to_owned()));
    }
    web::Who::Any(&[Role::Teacher, Role::SchoolHead]).admits(Some(actor))?;
    let words = &ask.words;
    let mut classes =
        store::classes::of_person(tx, actor.account, Role::Teacher.code(), ask.today)?;
    let mut body = html!("<p>{}</p>", words.day(ask.today));
    for school in actor.schools(&[Role::SchoolHead]) {
        let name = places::school(tx, school)?.name;
        body.push(html!(
            "<p><a href=\"/teach/schools/{}\"><bdi>{}</bdi></a></p>",
            school,
            name
        ));
        if classes.is_empty() {
            classes = store::classes::of_school(tx, school, ask.today, (-1, "", None), SHOWN)?;
        }
    }
    body.push(hours(tx, ask)?);
    if classes.is_empty() {
        body.push(ui::empty(&words.say("teach-no-classes"), None));
    } else {
        body.push(cards(tx, ask, &classes)?);
    }
    body.push(web::html::slot(
        tx,
        ask,
        "teach-page",
        &actor.account.to_string(),
    )?);
    Ok(Answer::Page(Page {
        title: words.say("teach-title"),
        body,
        ..Page::default()
    }))
}

/// The hours the teacher has today.
fn hours(tx: &mut Tx, ask: &Ask) -> Result<Html> {
    let words = &ask.words;
    let today = ask.today.weekday();
    let all = store::classes::hours_of(tx, ask.actor()?.account)?;
    let mut rows = Vec::new();
    for hour in all.iter().filter(|h| h.weekday == today) {
        let class = store::classes::class(tx, hour.class)?;
        if !(class.days.0..=class.days.1).contains(&ask.today) {
            continue;
        }
        rows.push(vec![
            html!(
                "<bdi>{}–{}</bdi>",
                rules::clock_text(hour.begins),
                rules::clock_text(hour.begins + hour.minutes)
            ),
            html!(
                "<a href=\"/teach/classes/{}\">{}</a>",
                class.id,
                class_label(words, &class)
            ),
            ui::text(&words.code("subject", &hour.subject)),
            if store::lessons::by_lesson_since(tx, class.school)?.is_some() {
                super::lessons::state(tx, ask, hour, ask.today)?
            } else {
                Html::new()
            },
        ]);
    }
    if rows.is_empty() {
        return Ok(Html::new());
    }
    let heads = [
        "timetable-when",
        "teach-class",
        "timetable-subject",
        "register-title",
    ]
    .map(|key| words.say(key));
    Ok(ui::plain_table(&words.say("teach-hours"), &heads, &rows))
}

/// A card for each class: how many learners, and whether the register of today was taken.
fn cards(tx: &mut Tx, ask: &Ask, classes: &[Class]) -> Result<Html> {
    let words = &ask.words;
    let ids: Vec<base::Id> = classes.iter().map(|c| c.id).collect();
    let sizes = store::classes::sizes(tx, &ids, ask.today)?;
    let mut cards = Vec::new();
    for class in classes {
        let path = format!("/teach/classes/{}", class.id);
        let size = sizes.get(&class.id).copied().unwrap_or(0);
        let taken = store::attendance::register(tx, class.id, ask.today)?.is_some();
        let state = if taken {
            ui::tag_as(Tone::Good, &words.say("register-is-taken"))
        } else {
            ui::link(
                &super::class::today_register(tx, ask, class)?,
                words.say("register-button"),
            )
        };
        let about = html!(
            "<p>{}</p><p>{}</p>",
            words.say_with("class-size", &[("n", size.into())]),
            state
        );
        cards.push(ui::card(&path, &class_label(words, class), about));
    }
    Ok(ui::section(&words.say("teach-classes"), ui::cards(&cards)))
}
