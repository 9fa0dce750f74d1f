//! The decisions: what counts, what is mastered, who is stuck, whom to help first. No clock, no
//! database, no web.

use crate::mastery::{Finding, Rule, Standing, Try};
use base::{Day, Id, Moment, Refusal, Refusals, Result};
use std::collections::BTreeSet;

/// The score from which a try is right.
pub const RIGHT: f64 = 0.999;
/// Wrong answers in a row after which a learner is stuck.
pub const STUCK_AFTER: i64 = 3;
/// Characters of a comment, a reason, a note.
pub const WORDS_MAX: usize = 2_000;
/// Days an assignment may run.
pub const DAYS_MAX: i64 = 200;
/// Days for which an answer made out of reach is taken with its own time.
pub const LATE_SYNC_DAYS: i64 = 60;

/// The tries a rule looks at, oldest first: of each question the first try of a day. Who tries again
/// right after the answer was explained practises; it neither helps nor hurts.
pub fn counted(tries: &[Try]) -> Vec<Try> {
    let mut ordered = tries.to_vec();
    ordered.sort_by_key(|one| (one.at, one.item));
    let mut seen: BTreeSet<(Id, Day)> = BTreeSet::new();
    ordered.retain(|one| seen.insert((one.item, one.at.day())));
    ordered
}

/// What a rule says of a learner's tries, and of the teacher's word where there is one.
pub fn judge(rule: Rule, tries: &[Try], word: Option<(Id, bool)>) -> Finding {
    judge_counted(rule, &counted(tries), word)
}

/// What a rule says of the tries that count, oldest first.
pub fn judge_counted(rule: Rule, counted: &[Try], word: Option<(Id, bool)>) -> Finding {
    let right = |one: &Try| one.score >= RIGHT;
    let wrong_in_a_row = counted.iter().rev().take_while(|one| !right(one)).count();
    let window = match rule {
        Rule::MOfN { n, .. } | Rule::InARow { n } => usize::try_from(n).unwrap_or(usize::MAX),
        Rule::Judgement => counted.len(),
    };
    let looked_at = counted
        .get(counted.len().saturating_sub(window)..)
        .unwrap_or_default();
    let weighed = Weighed {
        counted: whole(looked_at.len()),
        right: whole(looked_at.iter().filter(|one| right(one)).count()),
        wrong_in_a_row: whole(wrong_in_a_row),
        last_at: counted.last().map(|one| one.at),
    };
    decide(rule, weighed, word)
}

/// A learner's tries as a rule weighs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Those the rule looks at, and how many of them are right.
    pub counted: i64,
    pub right: i64,
    pub wrong_in_a_row: i64,
    pub last_at: Option<Moment>,
}

/// What a rule says of tries once they are weighed.
pub fn decide(rule: Rule, w: Weighed, word: Option<(Id, bool)>) -> Finding {
    let enough = match rule {
        Rule::MOfN { m, .. } => w.right >= m,
        Rule::InARow { n } => w.right >= n,
        Rule::Judgement => false,
    };
    let standing = match word {
        Some((_, true)) => Standing::Mastered,
        _ if w.wrong_in_a_row >= STUCK_AFTER => Standing::Stuck,
        Some((_, false)) => Standing::Begun,
        None if enough => Standing::Mastered,
        None if w.counted == 0 => Standing::None,
        None => Standing::Begun,
    };
    Finding {
        standing,
        rule,
        counted: w.counted,
        right: w.right,
        wrong_in_a_row: w.wrong_in_a_row,
        last_at: w.last_at,
        judgement: word
            .filter(|_| standing != Standing::Stuck)
            .map(|(id, _)| id),
    }
}

/// The first day of which no try can be missing where the newest sittings were read: these are kept by days of
/// UTC, so that of the oldest try's whole day there some may lie in sittings that were not read.
pub fn whole_from(oldest: Moment) -> Day {
    let read = Moment::start_of_utc(oldest.utc_day().plus(1));
    let day = read.day();
    if Moment::start_of(day) < read {
        day.plus(1)
    } else {
        day
    }
}

/// Whether the newest tries (oldest first) decide what a rule says, whatever was tried before them: its
/// window is full and a right answer ends the row of wrong ones. A day that may be cut is left out.
pub fn suffices(rule: Rule, newest: &[Try]) -> bool {
    let window = match rule {
        Rule::MOfN { n, .. } | Rule::InARow { n } => n,
        Rule::Judgement => return false,
    };
    let from = newest.first().map(|one| whole_from(one.at));
    let whole_days: Vec<Try> = newest
        .iter()
        .filter(|one| Some(one.at.day()) >= from)
        .cloned()
        .collect();
    let counted = counted(&whole_days);
    whole(counted.len()) >= window && counted.iter().any(|one| one.score >= RIGHT)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How urgently a child needs help: smaller comes first. Stuck on most, then the longest row of wrong
/// answers, then what was due and not begun; who masters everything comes last.
pub fn urgency(findings: &[(Standing, i64)], overdue: i64) -> (i64, i64, i64, i64) {
    let stuck = findings
        .iter()
        .filter(|(s, _)| *s == Standing::Stuck)
        .count();
    let wrong: i64 = findings.iter().map(|(_, wrong)| *wrong).max().unwrap_or(0);
    let mastered = findings
        .iter()
        .filter(|(s, _)| *s == Standing::Mastered)
        .count();
    (-whole(stuck), -overdue, -wrong, whole(mastered))
}

/// Whether a class may be given a lesson from one day to another.
///
/// # Errors
/// Refused with every reason.
pub fn may_give(opens_on: Day, due_on: Day, today: Day, targets: usize) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(opens_on <= due_on, "due_on", "progress-due-before-open");
    refusals.unless(due_on >= today, "due_on", "progress-due-over");
    refusals.unless(
        opens_on.days_until(due_on) <= DAYS_MAX,
        "due_on",
        "progress-too-long",
    );
    refusals.unless(targets > 0, "to", "progress-to-nobody");
    refusals.or(())
}

/// A reason or comment that says something.
///
/// # Errors
/// Refused when it is empty.
pub fn said(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
        return Err(Refusal::about(field, "progress-say-why").into());
    }
    Ok(text.to_owned())
}

/// When an answer counts as made: the time its phone says, when that can be, else when it came.
pub fn made_at(said: Option<Moment>, opened: Day, received: Moment) -> Moment {
    match said {
        Some(at)
            if at <= received
                && at >= received.plus_days(-LATE_SYNC_DAYS)
                && at.day() >= opened =>
        {
            at
        }
        _ => received,
    }
}

/// The day on which the n-th of several lessons opens, one a day: days of the timetable where there is one,
/// and never after they are due. `weekdays`: 1 is Monday.
pub fn opening(n: i64, (first, due): (Day, Day), weekdays: &[i64]) -> Day {
    let taught = |day: &Day| weekdays.is_empty() || weekdays.contains(&day.weekday());
    let span = due.epoch_days() - first.epoch_days();
    let days: Vec<Day> = (0..=span).map(|n| first.plus(n)).filter(taught).collect();
    let at = usize::try_from(n).unwrap_or(usize::MAX);
    days.get(at).or(days.last()).copied().unwrap_or(first)
}

/// One learner's line of results: `7 ABCDA`: the number in the class list, then a letter for each
/// question in its order. With spaces between, a question may take more: `7 A BC 3/4 +`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strung {
    pub number: i64,
    pub marks: Vec<String>,
}

/// Reads lines of results as teachers write them on paper or in a message.
///
/// # Errors
/// Refused with every line that cannot be read, by its number.
pub fn strings(field: &str, text: &str, learners: i64, questions: i64) -> Result<Vec<Strung>> {
    let mut refusals = Refusals::default();
    let mut out: Vec<Strung> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let plain = digits(line);
        let plain = plain.trim();
        if plain.is_empty() {
            continue;
        }
        let refuse = |key: &str| Refusal::about(field, key).with("line", index + 1);
        let line = plain.strip_prefix(['Q', 'q']).unwrap_or(plain).trim_start();
        let number: String = line.chars().take_while(char::is_ascii_digit).collect();
        let rest = line.get(number.len()..).unwrap_or("");
        let rest = rest.trim_start_matches([':', '.', ')', '\t', ' ', ';']);
        let tokens: Vec<&str> = rest.split_whitespace().collect();
        let marks: Vec<String> = match tokens.as_slice() {
            [one] => one.chars().map(|c| c.to_uppercase().to_string()).collect(),
            several => several.iter().map(|one| one.to_uppercase()).collect(),
        };
        let Ok(number) = number.parse::<i64>() else {
            refusals.push(refuse("progress-line-number"));
            continue;
        };
        if number < 1 || number > learners {
            refusals.push(refuse("progress-line-nobody").with("number", number));
        } else if out.iter().any(|one| one.number == number) {
            refusals.push(refuse("progress-line-twice").with("number", number));
        } else if whole(marks.len()) > questions {
            refusals.push(
                refuse("progress-line-long")
                    .with("count", marks.len())
                    .with("questions", questions),
            );
        } else if !marks.is_empty() {
            out.push(Strung { number, marks });
        }
    }
    refusals.or(out)
}

/// Arabic-Indic and Persian digits as others write them.
fn digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}' => {
                char::from_digit(u32::from(c) & 0xf, 10).unwrap_or(c)
            }
            c => c,
        })
        .collect()
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
