//! Giving: lessons and courses to classes, groups and children; the plan of a week; what changes afterwards.

use super::{day, own};
use crate::acts;
use crate::assignment::{Giving, Target};
use crate::pages;
use crate::{rules, store};
use base::{Error, Id, Result};
use db::Tx;
use serde_json::json;
use web::{Ask, Call, Choices, Done, Entered, Field, Form, Prefill};

pub(super) fn give_form() -> Form {
    vec![
        Field::choice("lesson", Choices::Listed(pages::choose_lessons)),
        Field::many("to", Choices::Listed(pages::choose_targets)),
        Field::day("opens_on"),
        Field::day("due_on"),
    ]
}

pub(super) fn give_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let class = pages::class_of(tx, ask)?;
    let mut entered = Entered::default();
    let mut begin = |name: &str, value: String| {
        if !ask.query.contains_key(name) {
            entered = std::mem::take(&mut entered).with(name, value);
        }
    };
    begin("to", format!("class {}", class.id));
    begin("opens_on", ask.today.to_string());
    begin("due_on", ask.today.plus(7).to_string());
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(super) fn target(text: &str) -> Option<Target> {
    let (kind, id) = text.split_once(' ')?;
    Target::of(kind, Id::parse(id)?)
}

pub(super) fn give_resource_form() -> Form {
    vec![
        Field::choice("resource", Choices::Listed(pages::choose_resources)),
        Field::many("to", Choices::Listed(pages::choose_targets)),
        Field::day("opens_on"),
        Field::day("due_on"),
    ]
}

pub(super) fn give_resource(tx: &mut Tx, call: &Call) -> Result<Done> {
    let giving = giving(call, "resource")?;
    let id = acts::give_resource(tx, &giving, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/assignments/{id}"))
        .with(json!({ "id": id }))
        .notice("progress-resource-given"))
}

pub(super) fn result_form() -> Form {
    vec![
        Field::choice(
            "verdict",
            Choices::Fixed("progress-outcome", acts::Verdict::CODES),
        ),
        Field::whole("percent", 0, 100).optional(),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

pub(super) fn say_result(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (assignment, learner) = (call.id("id")?, call.id("learner")?);
    let verdict = acts::Verdict::parse(call.values.text("verdict")).ok_or(Error::Missing)?;
    let said = (
        verdict,
        call.values.opt_whole("percent"),
        call.values.text("reason"),
    );
    let actor = call.actor()?;
    let id = acts::say_result(tx, (assignment, learner), said, actor, call.now)?;
    Ok(Done::see(format!("/teach/assignments/{assignment}"))
        .with(json!({ "id": id }))
        .notice("progress-result-said"))
}

/// What a form of giving says; `what` is the field that names it.
pub(super) fn giving(call: &Call, what: &str) -> Result<Giving> {
    Ok(Giving {
        class: call.id("id")?,
        lesson: call.values.id(what).ok_or(Error::Missing)?,
        to: call
            .values
            .many("to")
            .iter()
            .filter_map(|text| target(text))
            .collect(),
        opens_on: day(call, "opens_on"),
        due_on: day(call, "due_on"),
    })
}

pub(super) fn give(tx: &mut Tx, call: &Call) -> Result<Done> {
    let giving = giving(call, "lesson")?;
    let id = acts::give(tx, &giving, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/assignments/{id}"))
        .with(json!({ "id": id }))
        .notice("progress-given"))
}

const PACES: &[&str] = &["one_a_day", "at_once"];

pub(super) fn plan_form() -> Form {
    vec![
        Field::many("lessons", Choices::Listed(pages::choose_week_lessons)).optional(),
        Field::day("opens_on"),
        Field::day("due_on"),
        Field::choice("pace", Choices::Fixed("progress-pace", PACES)),
        Field::words("note").max(rules::WORDS_MAX).optional(),
    ]
}

pub(super) fn plan_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (subject, monday) = pages::week_of(tx, ask)?;
    let class = pages::class_of(tx, ask)?;
    let note = store::week(tx, class.id, &subject, monday)?
        .unwrap_or_default()
        .note;
    let entered = Entered::default()
        .with("opens_on", monday.max(ask.today).to_string())
        .with("due_on", monday.plus(6).to_string())
        .with("pace", "one_a_day")
        .with("note", note);
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(super) fn plan(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (subject, monday) = pages::week_of(tx, call)?;
    let class = pages::class_of(tx, call)?;
    let actor = call.actor()?;
    let (first, due_on) = (day(call, "opens_on"), day(call, "due_on"));
    let spread = call.values.text("pace") == "one_a_day";
    let hours = classes::hours(tx, class.id)?;
    let of_subject = hours.iter().filter(|hour| hour.subject == subject);
    let weekdays: Vec<i64> = of_subject.map(|hour| hour.weekday).collect();
    let mut given = 0_i64;
    for (lesson, n) in call.values.many("lessons").iter().zip(0_i64..) {
        let opens_on = if spread {
            rules::opening(n, (first, due_on), &weekdays)
        } else {
            first
        };
        let giving = Giving {
            class: class.id,
            lesson: Id::parse(lesson).ok_or(Error::Missing)?,
            to: vec![Target::Class(class.id)],
            opens_on,
            due_on,
        };
        acts::give(tx, &giving, actor, call.now)?;
        given += 1;
    }
    acts::note_week(
        tx,
        (class.id, &subject, monday),
        call.values.text("note"),
        actor,
        call.now,
    )?;
    let path = ui::with_query(
        &format!("/teach/classes/{}/week", class.id),
        "week",
        Some(&monday.to_string()),
    );
    Ok(
        Done::see(ui::with_query(&path, "school_subject", Some(&subject)))
            .with(json!({ "given": given }))
            .notice("progress-planned"),
    )
}

pub(super) fn move_form() -> Form {
    vec![
        Field::day("opens_on"),
        Field::day("due_on"),
        Field::version(),
    ]
}

pub(super) fn move_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = own(tx, ask)?;
    let entered = Entered::default()
        .with("opens_on", a.opens_on.to_string())
        .with("due_on", a.due_on.to_string())
        .with("version", a.version.to_string());
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(super) fn version_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = own(tx, ask)?;
    Ok(Prefill {
        entered: Entered::default().with("version", a.version.to_string()),
        ..Prefill::default()
    })
}

pub(super) fn see_assignment(call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    Ok(Done::see(format!("/teach/assignments/{id}")).with(json!({ "id": id })))
}

pub(super) fn move_days(tx: &mut Tx, call: &Call) -> Result<Done> {
    let days = (day(call, "opens_on"), day(call, "due_on"));
    acts::move_days(
        tx,
        call.id("id")?,
        days,
        call.values.version(),
        call.actor()?,
        call.now,
    )?;
    see_assignment(call)
}

pub(super) fn withdrawal_form() -> Form {
    vec![
        Field::words("reason").max(rules::WORDS_MAX),
        Field::version(),
    ]
}

pub(super) fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (reason, seen) = (call.values.text("reason"), call.values.version());
    acts::withdraw(tx, call.id("id")?, reason, seen, call.actor()?, call.now)?;
    see_assignment(call)
}
