//! The shipped unit: fractions in grade 4, in English, French and Arabic.

use crate::acts::{self, Terms};
use crate::item_acts::{NewItem, keep_item};
use crate::lesson::{Body, Review, Standing, Step, Unit};
use crate::lines::{self, Draft};
use crate::rules::{self, Keeper};
use crate::store;
use base::{Error, Id, Moment, Names, Result};
use db::Tx;
use formats::item::{Item, Text};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

const FILES: [&str; 6] = [
    include_str!("../data/fractions-1.toml"),
    include_str!("../data/fractions-2.toml"),
    include_str!("../data/fractions-3.toml"),
    include_str!("../data/fractions-4.toml"),
    include_str!("../data/fractions-5.toml"),
    include_str!("../data/fractions-6.toml"),
];
const CREDIT: &str = "The Harambee project";
const LICENCE: &str = "CC-BY-4.0";

type Said = BTreeMap<String, String>;

#[derive(Deserialize)]
struct LessonFile {
    minutes: i64,
    teaches: Vec<String>,
    title: Said,
    goal: Said,
    step: Vec<StepFile>,
}

#[derive(Deserialize)]
struct StepFile {
    #[serde(default)]
    text: Said,
    #[serde(default)]
    notes: Said,
    kind: Option<String>,
    difficulty: Option<u8>,
    teaches: Option<String>,
    #[serde(default)]
    form: String,
    #[serde(default)]
    question: Said,
    #[serde(default)]
    answers: Said,
    #[serde(default)]
    unit: Said,
    #[serde(default)]
    hint: Said,
    #[serde(default)]
    when_right: Said,
    #[serde(default)]
    when_wrong: Said,
    #[serde(default)]
    solution: Said,
}

impl StepFile {
    fn draft(&self, kind: &str, lang: &str) -> Draft {
        let of = |said: &Said| said.get(lang).cloned().unwrap_or_default();
        Draft {
            kind: kind.to_owned(),
            lang: lang.to_owned(),
            question: of(&self.question),
            answers: of(&self.answers),
            hint: of(&self.hint),
            when_right: of(&self.when_right),
            when_wrong: of(&self.when_wrong),
            solution: of(&self.solution),
            unit: of(&self.unit),
            tolerance: String::new(),
            form: self.form.clone(),
            difficulty: self.difficulty,
        }
    }

    fn item(&self, kind: &str) -> Result<Item> {
        let mut langs = self.question.keys();
        let first = langs
            .next()
            .ok_or_else(|| Error::fault("a question in no language"))?;
        let mut item = lines::read(&self.draft(kind, first))?;
        for lang in langs {
            item = lines::translate(&item, &self.draft(kind, lang))?;
        }
        Ok(item)
    }
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeded {
    pub unit: Id,
    pub lessons: Vec<Id>,
}

fn named(what: &str, country: &str, name: &str) -> Id {
    Id::named(what, &format!("{country}/{name}"))
}

/// Keeps the shipped unit as the country’s own, published. Lessons are aligned to the competencies of the country’s
/// frameworks that have the codes they name. Safe to repeat.
///
/// # Errors
/// A fault of the database.
pub fn seed_unit(tx: &mut Tx, country: &str, by: Option<Id>, now: Moment) -> Result<Seeded> {
    let unit_id = named("lesson_unit", country, "fractions-4");
    match store::unit(tx, unit_id) {
        Ok(_) => {
            let lessons = store::of_unit(tx, unit_id)?;
            return Ok(Seeded {
                unit: unit_id,
                lessons: lessons.iter().map(|lesson| lesson.id).collect(),
            });
        }
        Err(Error::Missing) => {}
        Err(error) => return Err(error),
    }
    let keeper = Keeper {
        country: country.to_owned(),
        school: None,
    };
    let unit = Unit {
        id: unit_id,
        country: country.to_owned(),
        school: None,
        names: Names::three("Fractions", "Les fractions", "الكسور"),
        subject: "mathematics".to_owned(),
        grade: 4,
        about: Names::three(
            "From fair sharing to adding parts of a whole, in six lessons.",
            "Du partage équitable à l’addition de parts d’un tout, en six leçons.",
            "من القسمة العادلة إلى جمع أجزاء الكل، في ستة دروس.",
        ),
        version: 1,
    };
    store::add_unit(tx, &unit, by, now)?;
    let mut made = Vec::with_capacity(FILES.len());
    for (n, file) in (1_i64..).zip(FILES) {
        let file: LessonFile = toml::from_str(file).map_err(Error::fault)?;
        made.push(lesson(tx, &keeper, (unit_id, n), &file, by, now)?);
    }
    let about = json!({ "country": country, "lessons": made.len() });
    ledger::tell(
        tx,
        (now, by),
        "lessons.unit-shipped",
        ("lesson_unit", unit_id),
        about,
    )?;
    Ok(Seeded {
        unit: unit_id,
        lessons: made,
    })
}

fn taught(tx: &mut Tx, country: &str, code: &str) -> Result<Option<Id>> {
    Ok(curricula::find_competency(tx, country, code)?.map(|one| one.id))
}

fn lesson(
    tx: &mut Tx,
    keeper: &Keeper,
    (unit, n): (Id, i64),
    file: &LessonFile,
    by: Option<Id>,
    now: Moment,
) -> Result<Id> {
    let mut competencies = Vec::new();
    for code in &file.teaches {
        competencies.extend(taught(tx, &keeper.country, code)?);
    }
    let own = match file.teaches.first() {
        Some(code) => taught(tx, &keeper.country, code)?,
        None => None,
    };
    let terms = Terms {
        names: Names(file.title.clone()),
        goal: Names(file.goal.clone()),
        unit: Some(unit),
        place: n,
        subject: "mathematics".to_owned(),
        grade: 4,
        competencies,
        minutes: file.minutes,
        licence: LICENCE.to_owned(),
        credit: CREDIT.to_owned(),
    };
    let id = named(
        "learning_lesson",
        &keeper.country,
        &format!("fractions-4/{n}"),
    );
    let mut lesson = acts::blank(tx, id, keeper, &terms, by, now)?;
    let mut steps = Vec::with_capacity(file.step.len());
    let mut items = BTreeMap::new();
    for (number, step) in (1_i64..).zip(&file.step) {
        let body = match &step.kind {
            None => Body::Text {
                source: Text(
                    step.text
                        .iter()
                        .map(|(lang, text)| (lang.clone(), text.trim().to_owned()))
                        .collect(),
                ),
                html: Text(
                    step.text
                        .iter()
                        .map(|(lang, text)| (lang.clone(), formats::markdown(text.trim())))
                        .collect(),
                ),
            },
            Some(kind) => {
                let competency = match &step.teaches {
                    Some(code) => taught(tx, &keeper.country, code)?,
                    None => own,
                };
                let new = NewItem {
                    keeper: keeper.clone(),
                    item: step.item(kind)?,
                    subject: terms.subject.clone(),
                    grade: terms.grade,
                    competency,
                    licence: LICENCE.to_owned(),
                    credit: CREDIT.to_owned(),
                    source: None,
                };
                let id = named(
                    "item",
                    &keeper.country,
                    &format!("fractions-4/{n}/{number}"),
                );
                let row = keep_item(tx, id, (&new, None, true), by, now)?;
                items.insert(id, row);
                Body::Item(id)
            }
        };
        steps.push(Step {
            sounds: formats::item::Sounds::new(),
            number,
            place: number,
            body,
            notes: Text(step.notes.clone()),
        });
    }
    lesson.langs = rules::whole_langs(&lesson, &steps, &items);
    lesson.standing = Standing::Published;
    lesson.review = Review::Approved;
    lesson.for_all = true;
    lesson.published_at = Some(now);
    lesson.reviewed_at = Some(now);
    lesson.steps_made = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    store::add_lesson(tx, &lesson)?;
    for step in &steps {
        store::put_step(tx, id, step)?;
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{key, read_short, right_answer};
    use crate::mark::mark;
    use crate::short::in_short;
    use formats::item::{Answer, Interaction};

    fn lessons() -> Vec<LessonFile> {
        FILES.map(|file| toml::from_str(file).unwrap()).into()
    }

    fn items() -> Vec<Item> {
        let mut all = Vec::new();
        for (n, lesson) in lessons().iter().enumerate() {
            for (place, step) in lesson.step.iter().enumerate() {
                if let Some(kind) = &step.kind {
                    let item = step.item(kind);
                    all.push(
                        item.unwrap_or_else(|e| panic!("lesson {} step {}: {e}", n + 1, place + 1)),
                    );
                }
            }
        }
        all
    }

    #[test]
    fn every_text_stands_in_three_languages() {
        let whole =
            |said: &Said| said.keys().map(String::as_str).collect::<Vec<_>>() == ["ar", "en", "fr"];
        for lesson in lessons() {
            assert!(whole(&lesson.title) && whole(&lesson.goal));
            for step in &lesson.step {
                let all = [
                    &step.text,
                    &step.notes,
                    &step.question,
                    &step.answers,
                    &step.unit,
                    &step.hint,
                    &step.when_right,
                    &step.when_wrong,
                    &step.solution,
                ];
                assert!(
                    all.iter().all(|said| said.is_empty() || whole(said)),
                    "{:?}",
                    step.question
                );
                assert!(step.kind.is_some() != step.text.contains_key("en"));
            }
        }
        assert!(items().len() >= 36, "{}", items().len());
    }

    #[test]
    fn every_key_is_marked_right_and_every_foreseen_answer_wrong() {
        for item in items() {
            for lang in ["en", "fr", "ar"] {
                assert!(
                    !item.hint.get(lang).is_empty(),
                    "no hint: {}",
                    in_short(lang, &item)
                );
                let Some(right) = right_answer(&item, lang) else {
                    assert!(
                        matches!(item.interaction, Interaction::Open { .. }),
                        "{:?}",
                        key(&item, lang)
                    );
                    continue;
                };
                let marked = mark(&item, &right, lang);
                assert_eq!(
                    marked.right,
                    Some(true),
                    "{lang} {}: {right:?}",
                    in_short(lang, &item)
                );
                if let Interaction::Number { foreseen, .. } | Interaction::Word { foreseen, .. } =
                    &item.interaction
                {
                    for one in foreseen.iter().filter(|one| one.feedback.has(lang)) {
                        let given = read_short(&item, lang, &one.answer).unwrap();
                        let marked = mark(&item, &given, lang);
                        assert_eq!(marked.right, Some(false), "{}", one.answer);
                        assert_eq!(marked.feedback, one.feedback.get(lang), "{}", one.answer);
                    }
                }
            }
        }
    }

    #[test]
    fn wrong_options_say_why() {
        for item in items() {
            if let Interaction::Choice { options } | Interaction::Several { options } =
                &item.interaction
            {
                for option in options.iter().filter(|option| !option.right) {
                    for lang in ["en", "fr", "ar"] {
                        assert!(option.feedback.has(lang), "{:?}", option.text);
                    }
                }
            }
        }
    }

    #[test]
    fn an_answer_comes_back_from_what_records_keep() {
        for item in items() {
            if let Some(right) = right_answer(&item, "en") {
                assert_eq!(Answer::from_response(&item, &right.response()), right);
            }
        }
    }
}
