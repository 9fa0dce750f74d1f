//! Lessons and questions as learners and teachers see them, and what may be chosen in forms.

use crate::assignment::Outcome;
use base::{Day, Id, Result};
use classes::Class;
use db::Tx;
use lang::Words;
use ui::{Html, Tone, html};
use web::{Ask, Choice};

/// The language a question is asked in: the reader's, where it has one.
pub(super) fn lang_of(words: &Words) -> &'static str {
    words.lang().code()
}

/// An outcome as a tag.
pub(super) fn outcome_tag(words: &Words, outcome: Outcome) -> Html {
    let tone = match outcome {
        Outcome::Open => Tone::Plain,
        Outcome::Waits | Outcome::Begun => Tone::Busy,
        Outcome::Right | Outcome::Passed | Outcome::Done => Tone::Good,
        Outcome::Partly => Tone::Warn,
        Outcome::NotYet | Outcome::NotPassed => Tone::Bad,
    };
    ui::tag_as(tone, &words.code("progress-outcome", outcome.code()))
}

/// An outcome in one or two signs, for wide tables; the word stands beside it for those who listen.
pub(super) fn outcome_sign(words: &Words, outcome: Outcome) -> Html {
    let sign = match outcome {
        Outcome::Open => return Html::raw("·".to_owned()),
        Outcome::Waits => "?",
        Outcome::Begun => "…",
        Outcome::Right | Outcome::Passed | Outcome::Done => "✓",
        Outcome::Partly => "½",
        Outcome::NotYet | Outcome::NotPassed => "✗",
    };
    html!(
        "<abbr title=\"{}\">{}</abbr>",
        words.code("progress-outcome", outcome.code()),
        sign
    )
}

/// Lessons a class can be given: those that teach what the week is about first, then the class's
/// grade in its subjects.
pub(crate) fn choose_lessons(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let class = super::class_of(tx, ask)?;
    let (subject, day) = (subject_of(&class, ask), day_of(ask));
    let mut out: Vec<(Id, String)> = Vec::new();
    for id in wanted(tx, &class, &subject, day)? {
        for lesson in lessons::teaching(tx, id, Some(class.school))? {
            if lesson.country == class.country && !out.iter().any(|(id, _)| *id == lesson.id) {
                out.push((lesson.id, label(&ask.words, &lesson)));
            }
        }
    }
    for lesson in lessons::usable(
        tx,
        &class.country,
        Some(class.school),
        Some(&subject),
        Some(class.grade),
    )? {
        if !out.iter().any(|(id, _)| *id == lesson.id) {
            out.push((lesson.id, label(&ask.words, &lesson)));
        }
    }
    Ok(out
        .into_iter()
        .map(|(id, label)| Choice {
            code: id.to_string(),
            label,
        })
        .collect())
}

fn label(words: &Words, lesson: &lessons::Lesson) -> String {
    let name = words.name(&lesson.names);
    let minutes = words.say_with("progress-minutes", &[("minutes", lesson.minutes.into())]);
    format!("{} · {} · {}", lesson.code, name, minutes)
}

/// What the scheme of work asks of a class in a day's week.
pub(super) fn wanted(tx: &mut Tx, class: &Class, subject: &str, day: Day) -> Result<Vec<Id>> {
    let found = curricula::scheme_for(
        tx,
        &class.country,
        Some(class.school),
        subject,
        class.grade,
        day,
    )?;
    let Some(scheme) = found else {
        return Ok(Vec::new());
    };
    let number = curricula::week_of(&scheme, day);
    let weeks = curricula::weeks(tx, &scheme)?;
    Ok(weeks
        .into_iter()
        .find(|week| Some(week.number) == number)
        .map(|week| week.competencies)
        .unwrap_or_default())
}

/// The subject asked for, else the class's first, else mathematics.
pub(super) fn subject_of(class: &Class, ask: &Ask) -> String {
    let asked = ask.query.get("school_subject").map(String::as_str);
    let known = asked.filter(|code| curricula::SUBJECTS.contains(code));
    known
        .map(str::to_owned)
        .or_else(|| class.subjects.first().cloned())
        .unwrap_or_else(|| "mathematics".to_owned())
}

/// The week asked for, by its Monday; else this one.
pub(super) fn day_of(ask: &Ask) -> Day {
    let asked = ask.query.get("week").and_then(|text| Day::parse(text));
    crate::rules::monday(asked.unwrap_or(ask.today))
}

/// The subject and the Monday a form of the week is about.
pub(crate) fn week_of(tx: &mut Tx, ask: &Ask) -> Result<(String, Day)> {
    let class = super::class_of(tx, ask)?;
    Ok((subject_of(&class, ask), day_of(ask)))
}

/// Whom of a class something can be given to: everybody, a group, a child.
pub(crate) fn choose_targets(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let class = super::class_of(tx, ask)?;
    let mut out = vec![Choice {
        code: format!("class {}", class.id),
        label: ask.words.say("progress-whole-class"),
    }];
    for group in classes::groups(tx, class.id)? {
        let label = ask.words.say_with(
            "progress-group-named",
            &[("name", group.name.as_str().into())],
        );
        out.push(Choice {
            code: format!("group {}", group.id),
            label,
        });
    }
    for one in classes::listed(tx, class.id, ask.today)? {
        out.push(Choice {
            code: format!("person {}", one.person.id),
            label: format!("{} {}", one.number, one.person.name()),
        });
    }
    Ok(out)
}
