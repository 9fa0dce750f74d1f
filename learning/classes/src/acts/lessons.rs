//! The register of a lesson: everybody was there but for those named. What the lessons of a day say comes
//! to what the day says. How a school keeps its registers is its own choice.

use super::attendance::{BY_NUMBER, form, said};
use super::{HEADS, STAFF, run_school};
use crate::door;
use crate::person::{Class, Hour, Mark};
use crate::{rules, store};
use base::{Day, Error, Id, Moment, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use ui::html;
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill};

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new(
            "lesson-register",
            "/teach/hours/{id}/register",
            STAFF,
            hour_form,
            take,
        )
        .shown(shown),
        Act::new(
            "register-way",
            "/teach/schools/{id}/registers",
            HEADS,
            way_form,
            set_way,
        )
        .shown(way_shown),
    ]
}

/// Whether a class keeps its register of a day lesson by lesson: its school does, and it has lessons then.
pub(crate) fn is_by_lesson(tx: &mut Tx, class: &Class, day: Day) -> Result<bool> {
    Ok(
        store::lessons::by_lesson_since(tx, class.school)?.is_some_and(|since| since <= day)
            && !store::lessons::hours_on(tx, class.id, day)?.is_empty(),
    )
}

// ---- the school's choice

const WAYS: &[&str] = &["day", "lesson"];

fn way_form() -> Form {
    vec![Field::choice("way", Choices::Fixed("register-way", WAYS))]
}

fn way_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let since = store::lessons::by_lesson_since(tx, school.id())?;
    let way = if since.is_some() { "lesson" } else { "day" };
    Ok(Prefill {
        entered: Entered::default().with("way", way),
        beside: html!("<p><bdi>{}</bdi></p>", school.name),
    })
}

fn set_way(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let school = run_school(tx, actor, call.id("id")?)?;
    let way = call.values.text("way");
    let since = store::lessons::by_lesson_since(tx, school.id())?;
    if since.is_some() != (way == "lesson") {
        let chosen = (school.id(), way, call.today);
        store::lessons::put_way(tx, chosen, actor.account, call.now)?;
        ledger::tell(
            tx,
            (call.now, Some(actor.account)),
            "register.way_chosen",
            ("school", school.id()),
            json!({ "way": way }),
        )?;
    }
    Ok(Done::see(format!("/teach/schools/{}", school.id())).notice("register-way-done"))
}

// ---- the register of a lesson

fn hour_form() -> Form {
    let mut all = form();
    for field in &mut all {
        if field.name == "absent" {
            *field = Field::many("absent", Choices::Listed(listed)).optional();
        }
    }
    all
}

/// The day asked for, else today.
fn day_asked(ask: &Ask) -> Day {
    let asked = ask.query.get("on_day").and_then(|text| Day::parse(text));
    asked.unwrap_or(ask.today)
}

/// The lesson in the path and its class, which the actor must teach.
fn lesson(tx: &mut Tx, ask: &Ask) -> Result<(Hour, Class)> {
    let hour = store::lessons::hour(tx, ask.id("id")?)?;
    let class = door::require_teaches(tx, ask.actor()?, hour.class, ask.today)?;
    Ok((hour, class))
}

fn listed(tx: &mut Tx, ask: &Ask) -> Result<Vec<web::Choice>> {
    let (_, class) = lesson(tx, ask)?;
    super::attendance::choices(tx, ask, class.id, day_asked(ask))
}

/// Whether the register of a lesson may be kept on a day.
fn may_keep(tx: &mut Tx, (hour, class): (&Hour, &Class), day: Day, today: Day) -> Result<()> {
    rules::register_day(day, today, class.days)?;
    if day.weekday() != hour.weekday {
        return Err(Refusal::about("on_day", "lesson-register-weekday").into());
    }
    let hours = store::lessons::hours_on(tx, class.id, day)?;
    if hours.iter().all(|one| one.id != hour.id) {
        return Err(Refusal::about("on_day", "lesson-register-ended").into());
    }
    let since = store::lessons::by_lesson_since(tx, class.school)?;
    if since.is_none_or(|since| day < since) {
        return Err(Refusal::whole("lesson-register-by-day").into());
    }
    Ok(())
}

fn shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (hour, class) = lesson(tx, ask)?;
    let day = day_asked(ask);
    may_keep(tx, (&hour, &class), day, ask.today)?;
    let words = &ask.words;
    let mut entered = Entered::default().with("on_day", day.to_string());
    let mut beside = html!(
        "<p>{} · {} · <bdi>{}</bdi> {}</p>",
        crate::pages::class_label(words, &class),
        words.day(day),
        rules::clock_text(hour.begins),
        words.code("subject", &hour.subject)
    );
    let Some((id, by, at, version)) = store::lessons::register(tx, hour.id, day)? else {
        entered = entered.with("version", "0");
        return Ok(Prefill { entered, beside });
    };
    let name = crate::pages::name_of(tx, by)?;
    let taken = words.say_with(
        "register-taken",
        &[("name", name.into()), ("at", words.moment(at).into())],
    );
    beside.push(ui::notice(words, ui::Tone::Plain, taken));
    let known = numbered(tx, class.id, day)?;
    for (field, numbers) in saved(tx, id, &known)? {
        if field == "absent" {
            for number in numbers.split_whitespace() {
                entered = entered.with("absent", number);
            }
        } else if !numbers.is_empty() {
            entered = entered.with(&field, numbers);
        }
    }
    entered = entered.with("version", version.to_string());
    Ok(Prefill { entered, beside })
}

/// The learners of a class on a day by their numbers.
fn numbered(tx: &mut Tx, class: Id, day: Day) -> Result<BTreeMap<i64, Id>> {
    let all = store::classes::listed(tx, class, Role::Learner.code(), (day, day))?;
    Ok(all.iter().map(|l| (l.number, l.person.id)).collect())
}

/// What a lesson's register says now, by the fields of its form.
fn saved(tx: &mut Tx, register: Id, known: &BTreeMap<i64, Id>) -> Result<Vec<(String, String)>> {
    let held: BTreeMap<Id, String> = store::lessons::marks(tx, register)?
        .into_iter()
        .filter(|m| m.current)
        .map(|m| (m.person, m.code))
        .collect();
    let of = |code: &str| {
        let here = known
            .iter()
            .filter(|(_, person)| held.get(*person).is_some_and(|held| held == code));
        let numbers: Vec<String> = here.map(|(number, _)| number.to_string()).collect();
        numbers.join(" ")
    };
    let codes = std::iter::once("absent").chain(BY_NUMBER);
    Ok(codes.map(|code| (code.to_owned(), of(code))).collect())
}

fn take(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let (hour, class) = lesson(tx, call)?;
    let day = call.values.opt_day("on_day").unwrap_or(call.today);
    may_keep(tx, (&hour, &class), day, call.today)?;
    let known = numbered(tx, class.id, day)?;
    if known.is_empty() {
        return Err(Refusal::whole("register-nobody").into());
    }
    let said = said(call, &known)?;
    tx.lock(&format!("register {}", class.id))?;
    let reason = call.values.opt_text("reason").map(str::to_owned);
    let (id, verb) = match store::lessons::register(tx, hour.id, day)? {
        None => {
            let id = Id::new(call.now);
            let of = (hour.id, class.id, day);
            store::lessons::add_register(tx, id, of, actor.account, call.now)?;
            (id, "lesson_register.taken")
        }
        Some((id, _, _, version)) => {
            if version != call.values.version() {
                return Err(Error::Conflict(Box::new(base::Conflict {
                    version,
                    saved: saved(tx, id, &known)?,
                })));
            }
            if reason.is_none() {
                return Err(Refusal::about("reason", "correction-needs-reason").into());
            }
            store::lessons::corrected(tx, id)?;
            (id, "lesson_register.corrected")
        }
    };
    let held: BTreeMap<Id, Mark> = store::lessons::marks(tx, id)?
        .into_iter()
        .filter(|m| m.current)
        .map(|m| (m.person, m))
        .collect();
    let mut wanted = BTreeMap::new();
    for (number, person) in &known {
        wanted.insert(*person, said.get(number).copied().unwrap_or("present"));
    }
    let by = (actor.account, call.now);
    let marks = changed(&held, &wanted, day, reason.as_deref(), by);
    store::lessons::add_marks(tx, id, &marks)?;
    derive(tx, class.id, day, by)?;
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        verb,
        ("register", id),
        json!({ "marks": marks.len() }),
    )?;
    let see = format!("/teach/classes/{}/registers/{day}", class.id);
    Ok(Done::see(see).notice("register-done"))
}

/// The marks that are to be added: what is wanted and does not hold, each naming what it corrects.
fn changed(
    held: &BTreeMap<Id, Mark>,
    wanted: &BTreeMap<Id, &'static str>,
    day: Day,
    reason: Option<&str>,
    (by, now): (Id, Moment),
) -> Vec<Mark> {
    let mut out = Vec::new();
    for (person, code) in wanted {
        let before = held.get(person);
        if before.is_some_and(|m| m.code == *code) {
            continue;
        }
        out.push(Mark {
            id: Id::new(now),
            person: *person,
            day,
            code: (*code).to_owned(),
            reason: reason.map(str::to_owned),
            marked_by: by,
            marked_at: now,
            corrects: before.map(|m| m.id),
            current: true,
        });
    }
    out
}

/// Makes the register of the day say what its lessons come to.
fn derive(tx: &mut Tx, class: Id, day: Day, by: (Id, Moment)) -> Result<()> {
    let (id, new) = match store::attendance::register(tx, class, day)? {
        Some((id, ..)) => (id, false),
        None => {
            let id = Id::new(by.1);
            store::attendance::add_register(tx, id, class, day, by.0, by.1)?;
            (id, true)
        }
    };
    let held: BTreeMap<Id, Mark> = store::attendance::marks(tx, id)?
        .into_iter()
        .filter(|m| m.current)
        .map(|m| (m.person, m))
        .collect();
    let mut wanted = BTreeMap::new();
    for (person, codes) in store::lessons::codes(tx, class, day)? {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        wanted.insert(person, rules::day_of_lessons(&codes));
    }
    let marks = changed(&held, &wanted, day, None, by);
    if !new && !marks.is_empty() {
        store::attendance::derived(tx, id)?;
    }
    store::attendance::add_marks(tx, id, &marks)
}
