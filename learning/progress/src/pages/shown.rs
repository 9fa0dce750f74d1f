//! Lessons and questions as learners and teachers see them, and what may be chosen in forms.

use crate::assignment::Outcome;
use base::{Day, Id, Result};
use classes::Class;
use db::Tx;
use lang::Words;
use lessons::Lesson;
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

/// Lessons offered to a class at most.
const OFFERED: usize = 200;

/// What a week is planned from: lessons that teach what it is about first, then those of the class's
/// grade in the subject.
pub(crate) fn choose_week_lessons(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let class = super::class_of(tx, ask)?;
    let found = of_week(tx, ask, &class)?;
    Ok(found.iter().map(|one| choice(ask, &class, one)).collect())
}

/// Lessons a class, a group or a child can be given: the one a link names, those of the week, then every
/// other of the country and the school, the nearest in subject and grade first. Groups by level learn with
/// lessons of other grades.
pub(crate) fn choose_lessons(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let class = super::class_of(tx, ask)?;
    let subject = subject_of(&class, ask);
    let mut out: Vec<Lesson> = Vec::new();
    if let Some(id) = ask.query.get("lesson").and_then(|text| Id::parse(text)) {
        let named = lessons::lessons(tx, &[id])?.into_values();
        out.extend(named.filter(|lesson| may_be_given(lesson, &class)));
    }
    let mut others = lessons::usable(tx, &class.country, Some(class.school), None, None)?;
    others.sort_by_key(|one| (one.subject != subject, (one.grade - class.grade).abs()));
    for lesson in of_week(tx, ask, &class)?.into_iter().chain(others) {
        if !out.iter().any(|known| known.id == lesson.id) {
            out.push(lesson);
        }
    }
    out.truncate(OFFERED);
    Ok(out.iter().map(|one| choice(ask, &class, one)).collect())
}

/// Whether a class may be given a lesson.
pub(super) fn may_be_given(lesson: &Lesson, class: &Class) -> bool {
    lesson.country == class.country
        && lesson.standing == lessons::Standing::Published
        && (lesson.for_all || lesson.school == Some(class.school))
}

fn of_week(tx: &mut Tx, ask: &Ask, class: &Class) -> Result<Vec<Lesson>> {
    let (subject, day) = (subject_of(class, ask), day_of(ask));
    let mut out: Vec<Lesson> = Vec::new();
    for id in wanted(tx, class, &subject, day)? {
        for lesson in lessons::teaching(tx, id, Some(class.school))? {
            if lesson.country == class.country && !out.iter().any(|one| one.id == lesson.id) {
                out.push(lesson);
            }
        }
    }
    let (country, school) = (&class.country, Some(class.school));
    for lesson in lessons::usable(tx, country, school, Some(&subject), Some(class.grade))? {
        if !out.iter().any(|one| one.id == lesson.id) {
            out.push(lesson);
        }
    }
    Ok(out)
}

/// A lesson as it is chosen; of another subject or grade than the class's it says so.
fn choice(ask: &Ask, class: &Class, lesson: &Lesson) -> Choice {
    let words = &ask.words;
    let mut said = vec![
        lesson.code.clone(),
        words.name(&lesson.names).to_owned(),
        words.say_with("progress-minutes", &[("minutes", lesson.minutes.into())]),
    ];
    if !lesson.for_all {
        said.push(words.say("progress-lesson-of-school"));
    }
    if lesson.subject != subject_of(class, ask) {
        said.push(words.code("subject", &lesson.subject));
    }
    if lesson.grade != class.grade {
        said.push(curricula::choose::grade_label(words, lesson.grade));
    }
    Choice {
        code: lesson.id.to_string(),
        label: said.join(" · "),
    }
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
    asked.unwrap_or(ask.today).monday()
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
