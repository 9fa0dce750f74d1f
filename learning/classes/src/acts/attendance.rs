//! The register of a day: everybody was there but for those named; a correction gives its reason.

use super::STAFF;
use crate::door;
use crate::person::{Listed, Mark};
use crate::{rules, store};
use base::{Day, Error, Id, Refusal, Refusals, Result, Role};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use ui::html;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill};

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new(
            "register",
            "/teach/classes/{id}/register",
            STAFF,
            form,
            take,
        )
        .shown(shown),
    ]
}

/// Codes entered as numbers of the class list, in this order of strength.
pub(super) const BY_NUMBER: [&str; 3] = ["excused", "late", "left_early"];

pub(super) fn form() -> Form {
    vec![
        Field::day("on_day"),
        Field::many("absent", Choices::Listed(listed)).optional(),
        Field::text("excused").optional(),
        Field::text("late").optional(),
        Field::text("left_early").optional(),
        Field::text("reason").max(300).optional(),
        Field::version(),
    ]
}

/// The day in question: the one in the address, else today.
fn day_asked(ask: &Ask) -> Day {
    ask.query
        .get("on_day")
        .and_then(|text| Day::parse(text))
        .unwrap_or(ask.today)
}

fn listed(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let class = door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    choices(tx, ask, class.id, day_asked(ask))
}

/// The learners of a class on a day, by their numbers.
pub(super) fn choices(tx: &mut Tx, ask: &Ask, class: Id, day: Day) -> Result<Vec<Choice>> {
    let mut all = store::classes::listed(tx, class, Role::Learner.code(), (day, day))?;
    all.sort_by_key(|l| l.number);
    let label = |l: &Listed| format!("{} {}", ask.words.number(l.number), l.person.name());
    Ok(all
        .iter()
        .map(|l| Choice {
            code: l.number.to_string(),
            label: label(l),
        })
        .collect())
}

/// Where lessons are kept, the day follows from them.
fn by_day(tx: &mut Tx, class: &crate::person::Class, day: Day) -> Result<()> {
    if super::lessons::is_by_lesson(tx, class, day)? {
        return Err(Refusal::about("on_day", "register-by-lessons").into());
    }
    Ok(())
}

fn shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let class = door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    let day = day_asked(ask);
    rules::register_day(day, ask.today, class.days)?;
    by_day(tx, &class, day)?;
    let words = &ask.words;
    let mut entered = Entered::default().with("on_day", day.to_string());
    let label = crate::pages::class_label(words, &class);
    let mut beside = html!("<p>{} · {}</p>", label, words.day(day));
    match store::attendance::register(tx, class.id, day)? {
        Some((id, by, at, version)) => {
            let name = crate::pages::name_of(tx, by)?;
            let taken = words.say_with(
                "register-taken",
                &[("name", name.into()), ("at", words.moment(at).into())],
            );
            beside.push(ui::notice(words, ui::Tone::Plain, taken));
            let all = store::classes::listed(tx, class.id, Role::Learner.code(), (day, day))?;
            let number: BTreeMap<Id, i64> = all.iter().map(|l| (l.person.id, l.number)).collect();
            let mut found: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
            for mark in store::attendance::marks(tx, id)?
                .iter()
                .filter(|m| m.current)
            {
                if let (Some(n), Some(code)) = (
                    number.get(&mark.person),
                    crate::MARKS.iter().find(|c| **c == mark.code),
                ) {
                    found.entry(code).or_default().push(*n);
                }
            }
            for n in found.get("absent").into_iter().flatten() {
                entered = entered.with("absent", n.to_string());
            }
            for code in BY_NUMBER {
                if let Some(numbers) = found.get(code) {
                    let text: Vec<String> = numbers.iter().map(i64::to_string).collect();
                    entered = entered.with(code, text.join(" "));
                }
            }
            entered = entered.with("version", version.to_string());
        }
        None => entered = entered.with("version", "0"),
    }
    Ok(Prefill { entered, beside })
}

/// The numbers in a text such as `3, 17 and 22`; Arabic-Indic digits are digits too.
pub(crate) fn numbers(text: &str) -> Vec<i64> {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10).unwrap_or(' '),
            '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10).unwrap_or(' '),
            c if c.is_ascii_digit() => c,
            _ => ' ',
        })
        .collect();
    plain
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect()
}

/// How «and» is written between numbers.
const AND: &[&str] = &["and", "et", "و", "na"];

/// The words in a text that should hold numbers: a name there would pass unheard.
fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && !AND.contains(word))
}

/// What each number of the list is marked; everybody else was there.
pub(super) fn said(call: &Call, known: &BTreeMap<i64, Id>) -> Result<BTreeMap<i64, &'static str>> {
    let mut said: BTreeMap<i64, &'static str> = BTreeMap::new();
    let mut refusals = Refusals::default();
    for number in call
        .values
        .many("absent")
        .iter()
        .filter_map(|n| n.parse().ok())
    {
        said.insert(number, "absent");
    }
    for code in BY_NUMBER {
        for word in words_in(call.values.text(code)) {
            refusals.push(Refusal::about(code, "number-is-a-word").with("word", word));
        }
        for number in numbers(call.values.text(code)) {
            if !known.contains_key(&number) {
                refusals
                    .push(Refusal::about(code, "number-not-on-the-list").with("number", number));
                continue;
            }
            // Somebody ticked as absent and named as excused is excused.
            let before = said.insert(number, code);
            let clash = before.is_some_and(|b| b != code && !(b == "absent" && code == "excused"));
            if clash {
                refusals.push(Refusal::about(code, "number-said-twice").with("number", number));
            }
        }
    }
    refusals.or(said)
}

fn take(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let class = door::require_teaches(tx, actor, call.id("id")?, call.today)?;
    let day = call.values.opt_day("on_day").unwrap_or(call.today);
    rules::register_day(day, call.today, class.days)?;
    by_day(tx, &class, day)?;
    let all = store::classes::listed(tx, class.id, Role::Learner.code(), (day, day))?;
    let known: BTreeMap<i64, Id> = all.iter().map(|l| (l.number, l.person.id)).collect();
    if known.is_empty() {
        return Err(Refusal::whole("register-nobody").into());
    }
    let said = said(call, &known)?;
    tx.lock(&format!("register {}", class.id))?;
    let seen = call.values.version();
    let (id, changed, verb) = match store::attendance::register(tx, class.id, day)? {
        None => {
            let id = Id::new(call.now);
            store::attendance::add_register(tx, id, class.id, day, actor.account, call.now)?;
            (id, known.len(), "register.taken")
        }
        Some((id, _, _, version)) => {
            if version != seen {
                return Err(Error::Conflict(Box::new(base::Conflict {
                    version,
                    saved: saved(tx, id, &known)?,
                })));
            }
            if call.values.opt_text("reason").is_none() {
                return Err(Refusal::about("reason", "correction-needs-reason").into());
            }
            store::attendance::corrected(tx, id, version)?;
            (id, 0, "register.corrected")
        }
    };
    let held: BTreeMap<Id, Mark> = store::attendance::marks(tx, id)?
        .into_iter()
        .filter(|m| m.current)
        .map(|m| (m.person, m))
        .collect();
    let mut marks = Vec::new();
    for (number, person) in &known {
        let code = said.get(number).copied().unwrap_or("present");
        let before = held.get(person);
        if before.is_some_and(|m| m.code == code) {
            continue;
        }
        marks.push(Mark {
            id: Id::new(call.now),
            person: *person,
            day,
            code: code.to_owned(),
            reason: call.values.opt_text("reason").map(str::to_owned),
            marked_by: actor.account,
            marked_at: call.now,
            corrects: before.map(|m| m.id),
            current: true,
        });
    }
    store::attendance::add_marks(tx, id, &marks)?;
    let about = json!({ "marks": marks.len().max(changed) });
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        verb,
        ("register", id),
        about,
    )?;
    Ok(Done::see(format!("/teach/classes/{}", class.id)).notice("register-done"))
}

/// What a register says now, for whoever was slower.
fn saved(tx: &mut Tx, register: Id, known: &BTreeMap<i64, Id>) -> Result<Vec<(String, String)>> {
    let marks = store::attendance::marks(tx, register)?;
    let of = |code: &str| {
        let here = known.iter().filter(|(_, person)| {
            marks
                .iter()
                .any(|m| m.current && m.person == **person && m.code == code)
        });
        here.map(|(n, _)| n.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    Ok(["absent", "excused", "late", "left_early"]
        .map(|code| (code.to_owned(), of(code)))
        .to_vec())
}

#[cfg(test)]
mod tests {
    use super::{numbers, words_in};

    #[test]
    fn numbers_are_read_however_they_are_set_apart() {
        assert_eq!(numbers("3, 17;22 and 4"), [3, 17, 22, 4]);
        assert_eq!(numbers("٣ و ١٧"), [3, 17]);
        assert_eq!(numbers("nobody"), Vec::<i64>::new());
        assert_eq!(words_in("3, Amina").collect::<Vec<_>>(), ["Amina"]);
        assert_eq!(words_in("٣ و١٧, 4 et 5").count(), 0);
    }
}
