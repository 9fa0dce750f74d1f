//! The decisions of this room: who may see and do what, codes and cards, what a register may say.
//!
//! Rules never read the clock, a database or the web.

use crate::person::{Enrolment, Hour};
use base::{Actor, Day, Error, Moment, Refusal, Refusals, Result, Role};
use people::Throttle;

/// Minutes without a request after which a session on a shared phone ends.
pub(crate) const SHARED_IDLE_MINUTES: i64 = 30;
/// Hours after which a session on a shared phone ends, however busy it is.
pub(crate) const SHARED_HOURS: i64 = 10;
/// Days after which a session on somebody's own phone ends.
pub(crate) const OWN_DAYS: i64 = 30;
/// Days in which an adult's card lets them choose a password.
pub(crate) const CARD_DAYS: i64 = 60;
/// Days a demonstration's link works.
pub(crate) const DEMO_LINK_DAYS: i64 = 365;
/// Hours any other link works.
pub(crate) const LINK_HOURS: i64 = 24;
/// Pictures there are to choose from, and how many a child chooses.
pub(crate) const PICTURES: usize = 12;
/// How many pictures make a child's sequence.
pub(crate) const PICKED: usize = 3;
/// The fewest characters of an adult's password.
pub(crate) const PASSWORD_MIN: usize = 12;

/// Tries at one person's pictures, code or password.
pub(crate) const PERSON: Throttle = Throttle {
    kind: "person",
    free: 6,
    first_seconds: 10,
    forget_seconds: 86_400,
};
/// Tries from one address that were wrong: a whole school may sit behind it.
pub(crate) const ADDRESS: Throttle = Throttle {
    kind: "address",
    free: 60,
    first_seconds: 5,
    forget_seconds: 3_600,
};
/// Whether a session still holds.
pub(crate) fn is_alive(own_device: bool, created: Moment, seen: Moment, now: Moment) -> bool {
    if own_device {
        return now < created.plus_days(OWN_DAYS);
    }
    now < seen.plus_seconds(SHARED_IDLE_MINUTES * 60)
        && now < created.plus_seconds(SHARED_HOURS * 3_600)
}

/// Refuses whoever does not run the school: its head, or the country's learning officer.
///
/// # Errors
/// Forbidden, with the role that may.
pub(crate) fn require_runs(actor: &Actor, school: base::Id, country: &str) -> Result<()> {
    if actor.is_for(Role::SchoolHead, school) || actor.is_in(Role::LearningOfficer, country) {
        Ok(())
    } else {
        Err(Error::Forbidden(Role::SchoolHead.code()))
    }
}

/// Whether somebody works at the school: head or teacher.
pub(crate) fn is_staff(actor: &Actor, school: base::Id) -> bool {
    actor.is_for(Role::SchoolHead, school) || actor.is_for(Role::Teacher, school)
}

/// Whether a birth year can be one.
pub(crate) fn birth_year(year: i64, today: Day) -> Result<()> {
    let this = i64::from(today.parts().0);
    if (this - 110..=this - 2).contains(&year) {
        return Ok(());
    }
    Err(Refusal::about("birth_year", "birth-year-not-likely")
        .with("least", (this - 110).to_string())
        .with("most", (this - 2).to_string())
        .into())
}

/// Whether an adult may choose the password.
pub(crate) fn choose_password(password: &str, again: &str, names: &[&str]) -> Result<()> {
    let mut refusals = Refusals::default();
    if password.chars().count() < PASSWORD_MIN {
        refusals.push(
            Refusal::about("new_password", "school-password-short").with("min", PASSWORD_MIN),
        );
    }
    let folded = base::fold(password);
    let tells = names
        .iter()
        .map(|name| base::fold(name))
        .any(|name| name.chars().count() >= 4 && folded.contains(&name));
    let first = password.chars().next();
    if tells || password.chars().all(|c| Some(c) == first) || folded.contains("12345") {
        refusals.push(Refusal::about("new_password", "school-password-easy"));
    }
    if password != again {
        refusals.push(Refusal::about(
            "new_password_again",
            "school-password-differs",
        ));
    }
    refusals.or(())
}

/// Whether a user name can be one: 3 to 40 letters, digits, dots, dashes.
pub(crate) fn user_name(text: &str) -> Result<String> {
    let name = text.trim().to_lowercase();
    let good = (3..=40).contains(&name.chars().count())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+'));
    if good {
        Ok(name)
    } else {
        Err(Refusal::about("user_name", "user-name-shape").into())
    }
}

/// Whether an enrolment may begin on that day, beside those the person has in the class.
///
/// # Errors
/// Refused when the days cross an enrolment in the same class, or lie outside the class's days.
pub(crate) fn enrol(
    held: &[Enrolment],
    class: (base::Id, (Day, Day)),
    role: Role,
    from: Day,
) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(
        (class.1.0..=class.1.1).contains(&from),
        "from_on",
        "enrolment-outside-the-class",
    );
    let crosses = held
        .iter()
        .any(|e| e.class == class.0 && e.role == role && e.to_on.is_none_or(|last| from <= last));
    refusals.unless(!crosses, "from_on", "enrolment-held");
    refusals.or(())
}

/// The hours that cross one: the same class, or the same teacher, at the same time.
pub(crate) fn crossing<'a>(hours: &'a [Hour], new: &Hour) -> Option<&'a Hour> {
    hours.iter().find(|h| {
        h.weekday == new.weekday
            && h.begins < new.begins + new.minutes
            && new.begins < h.begins + h.minutes
            && (h.class == new.class || (h.teacher.is_some() && h.teacher == new.teacher))
    })
}

/// A time of day such as `08:40`, as minutes after midnight.
pub(crate) fn clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// Minutes after midnight as a time of day.
pub(crate) fn clock_text(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Whether a register may be kept for a day: not for one to come, nor for one outside the class.
pub(crate) fn register_day(day: Day, today: Day, class: (Day, Day)) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(day <= today, "on_day", "register-day-to-come");
    refusals.unless(
        (class.0..=class.1).contains(&day),
        "on_day",
        "register-outside-the-class",
    );
    refusals.or(())
}

/// What a learner's lessons of a day, in their order, come to: absent when absent in all of them; late when only
/// the beginning is missed, gone early when only the end is, there for a part of it else.
pub(crate) fn day_of_lessons(codes: &[&str]) -> &'static str {
    let away = |code: &&str| matches!(*code, "absent" | "excused");
    if codes.iter().all(away) {
        return if codes.iter().all(|code| *code == "excused") {
            "excused"
        } else {
            "absent"
        };
    }
    let late = codes.iter().take_while(|code| away(code)).count();
    let early = codes.iter().rev().take_while(|code| away(code)).count();
    let there = codes.get(late..codes.len() - early).unwrap_or_default();
    if there.iter().any(away) {
        return "partly";
    }
    // Late for, or gone early from, a lesson in the middle of the day: there for a part of it.
    let after = |code: &&str| *code == "late";
    let before = |code: &&str| *code == "left_early";
    let middle = there.iter().skip(1).any(after) || there.iter().rev().skip(1).any(before);
    let begins_late = late > 0 || there.first() == Some(&"late");
    let ends_early = early > 0 || there.last() == Some(&"left_early");
    match (begins_late, ends_early, middle) {
        (false, false, false) => "present",
        (true, false, false) => "late",
        (false, true, false) => "left_early",
        _ => "partly",
    }
}

#[cfg(test)]
mod tests {
    use super::day_of_lessons;
    use proptest::prelude::*;

    #[test]
    fn a_day_is_what_its_lessons_come_to() {
        let of = |text: &str| {
            let codes: Vec<&str> = text
                .chars()
                .map(|c| match c {
                    'A' => "absent",
                    'X' => "excused",
                    'L' => "late",
                    'E' => "left_early",
                    _ => "present",
                })
                .collect();
            day_of_lessons(&codes)
        };
        for (lessons, day) in [
            ("...", "present"),
            ("AAA", "absent"),
            ("XXX", "excused"),
            ("XAX", "absent"),
            ("A..", "late"),
            ("L..", "late"),
            ("AL.", "late"),
            ("..A", "left_early"),
            ("..E", "left_early"),
            (".EX", "left_early"),
            (".A.", "partly"),
            ("A.A", "partly"),
            (".L.", "partly"),
            ("E..", "partly"),
            ("L", "late"),
        ] {
            assert_eq!(of(lessons), day, "{lessons}");
        }
    }

    proptest! {
        #[test]
        fn absent_for_the_day_is_absent_in_all(codes in proptest::collection::vec(0_usize..5, 1..9)) {
            let all = ["present", "late", "left_early", "excused", "absent"];
            let codes: Vec<&str> = codes.iter().filter_map(|n| all.get(*n).copied()).collect();
            let day = day_of_lessons(&codes);
            let away = codes.iter().all(|code| matches!(*code, "absent" | "excused"));
            prop_assert_eq!(away, matches!(day, "absent" | "excused"));
            prop_assert_eq!(codes.iter().all(|code| *code == "present"), day == "present");
        }
    }
}
