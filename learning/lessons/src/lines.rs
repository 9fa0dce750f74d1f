//! Answers as plain lines, as teachers write them in a form and as the shipped lessons are kept:
//!
//! * choice and several: a line each, `*` before what is right, `| words` said when it is chosen
//! * word: a line for each spelling; number: the answer; in both, `! wrong answer | words` for what is foreseen
//! * order: the lines in the right order
//! * match: `left :: right`, and `:: right` for a partner nobody needs
//! * open: what the teacher looks for

use base::{Refusal, Refusals, Result};
use formats::item::{Choice, Foreseen, Form, Interaction, Item, Part, Text};
use std::collections::BTreeMap;

/// The kinds of items.
pub const KINDS: &[&str] = &[
    "choice", "several", "word", "number", "order", "match", "open",
];
/// Which ways of writing a number are right.
pub(crate) const FORMS: &[&str] = &["value", "simplest", "exact"];

/// An item in one language, as it is entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub kind: String,
    pub lang: String,
    /// Markdown.
    pub question: String,
    /// Lines, as this module reads them.
    pub answers: String,
    pub hint: String,
    pub when_right: String,
    pub when_wrong: String,
    pub solution: String,
    pub unit: String,
    pub tolerance: String,
    /// One of the ways of writing a number; empty means any.
    pub form: String,
    pub difficulty: Option<u8>,
}

const SIGNS: &str = "abcdefghijklmnopqrstuvwxyz";

fn sign(n: usize) -> String {
    SIGNS.get(n..=n).unwrap_or("z").to_owned()
}

/// Markdown as HTML.
fn block(text: &str) -> String {
    if text.trim().is_empty() {
        String::new()
    } else {
        formats::markdown(text.trim())
    }
}

/// Markdown of one line as HTML that stands in a line.
fn line(text: &str) -> String {
    let html = formats::markdown(text.trim());
    let one = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    match one {
        Some(inner) if !inner.contains("<p") => inner.to_owned(),
        _ => ui::text(text.trim()).into_string(),
    }
}

/// HTML as somebody would have written it; what has no simple form stays HTML, which Markdown reads too.
pub(crate) fn written(html: &str) -> String {
    let mut text = html.trim().replace("\n", " ");
    for (from, to) in [
        ("</p> <p>", "\n\n"),
        ("</p><p>", "\n\n"),
        ("<strong>", "**"),
        ("</strong>", "**"),
        ("<em>", "*"),
        ("</em>", "*"),
        ("<br> ", "  \n"),
        ("<br>", "  \n"),
    ] {
        text = text.replace(from, to);
    }
    if let Some(inner) = text
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"))
    {
        text = inner.to_owned();
    }
    if !text.contains('<') {
        for (from, to) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&amp;", "&"),
        ] {
            text = text.replace(from, to);
        }
    }
    text
}

fn one(lang: &str, html: String) -> Text {
    if html.is_empty() {
        Text::default()
    } else {
        Text::one(lang, html)
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// What stands before the bar and what is said.
fn parted(line: &str) -> (&str, &str) {
    line.split_once('|')
        .map_or((line, ""), |(a, b)| (a.trim(), b.trim()))
}

fn foreseen(lang: &str, line: &str) -> Option<Foreseen> {
    let (answer, said) = parted(line.strip_prefix('!')?.trim_start());
    Some(Foreseen {
        answer: answer.to_owned(),
        feedback: one(lang, block(said)),
    })
}

fn options(lang: &str, text: &str) -> Vec<Choice> {
    let each = |(n, whole): (usize, &str)| {
        let (right, rest) = whole
            .strip_prefix('*')
            .map_or((false, whole), |rest| (true, rest.trim_start()));
        let (text, said) = parted(rest);
        Choice {
            id: sign(n),
            text: one(lang, line(text)),
            right,
            feedback: one(lang, block(said)),
        }
    };
    lines(text).into_iter().enumerate().map(each).collect()
}

fn interaction(draft: &Draft, no: &mut Refusals) -> Interaction {
    let lang = draft.lang.as_str();
    let answers = lines(&draft.answers);
    let (wrong, right): (Vec<&str>, Vec<&str>) =
        answers.iter().partition(|line| line.starts_with('!'));
    let foreseen: Vec<Foreseen> = wrong
        .iter()
        .filter_map(|line| foreseen(lang, line))
        .collect();
    match draft.kind.as_str() {
        "choice" => Interaction::Choice {
            options: options(lang, &draft.answers),
        },
        "several" => Interaction::Several {
            options: options(lang, &draft.answers),
        },
        "word" => Interaction::Word {
            accepted: BTreeMap::from([(
                lang.to_owned(),
                right.iter().map(|&word| word.to_owned()).collect(),
            )]),
            case: false,
            accents: false,
            foreseen,
        },
        "number" => {
            no.unless(right.len() <= 1, "item_answers", "item-one-number");
            Interaction::Number {
                answer: right
                    .first()
                    .map_or(String::new(), |&answer| answer.to_owned()),
                tolerance: Some(draft.tolerance.trim().to_owned()).filter(|text| !text.is_empty()),
                form: match draft.form.as_str() {
                    "simplest" => Form::Simplest,
                    "exact" => Form::Exact,
                    _ => Form::Value,
                },
                unit: one(
                    lang,
                    if draft.unit.trim().is_empty() {
                        String::new()
                    } else {
                        line(&draft.unit)
                    },
                ),
                foreseen,
            }
        }
        "order" => Interaction::Order {
            parts: answers
                .iter()
                .enumerate()
                .map(|(n, text)| part(lang, &sign(n), text))
                .collect(),
        },
        "match" => pairs(lang, &answers, no),
        _ => Interaction::Open {
            lines: 4,
            rubric: one(lang, block(&draft.answers)),
        },
    }
}

fn part(lang: &str, id: &str, text: &str) -> Part {
    Part {
        id: id.to_owned(),
        text: one(lang, line(text)),
    }
}

/// Partners that are written alike are one.
fn pairs(lang: &str, answers: &[&str], no: &mut Refusals) -> Interaction {
    let (mut left, mut right): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
    let mut pairs = BTreeMap::new();
    for text in answers {
        let Some((from, to)) = text.split_once("::") else {
            no.push(
                Refusal::about("item_answers", "item-pair-without-partner").with("line", *text),
            );
            continue;
        };
        let to = part(lang, &format!("r{}", right.len() + 1), to);
        let known = right
            .iter()
            .find(|known| known.text == to.text)
            .map(|known| known.id.clone());
        let id = known.unwrap_or_else(|| {
            right.push(to.clone());
            to.id.clone()
        });
        if !from.trim().is_empty() {
            let from = part(lang, &format!("l{}", left.len() + 1), from);
            pairs.insert(from.id.clone(), id);
            left.push(from);
        }
    }
    Interaction::Match { left, right, pairs }
}

/// The item of a draft.
///
/// # Errors
/// Refused with everything that is wrong, at the field of the draft.
pub fn read(draft: &Draft) -> Result<Item> {
    let mut no = Refusals::default();
    no.unless(
        draft.answers.lines().count() <= 60,
        "item_answers",
        "item-too-many-parts",
    );
    let interaction = interaction(draft, &mut no);
    let lang = draft.lang.as_str();
    let item = Item {
        prompt: one(lang, block(&draft.question)),
        interaction,
        hint: one(lang, block(&draft.hint)),
        when_right: one(lang, block(&draft.when_right)),
        when_wrong: one(lang, block(&draft.when_wrong)),
        solution: one(lang, block(&draft.solution)),
        difficulty: draft.difficulty,
        sounds: formats::item::Sounds::new(),
    };
    for mut fault in crate::shown::faults(&item).0 {
        fault.field = match fault.field.as_str() {
            "prompt" => "item_question",
            "tolerance" => "item_tolerance",
            "difficulty" => "item_difficulty",
            _ => "item_answers",
        }
        .to_owned();
        if !no
            .0
            .iter()
            .any(|known| known.field == fault.field && known.key == fault.key)
        {
            no.push(fault);
        }
    }
    no.or(item)
}

fn joined(a: &Text, b: &Text) -> Text {
    let mut all = a.0.clone();
    all.extend(b.0.clone());
    Text(all)
}

/// The item with the draft's language added, or its words in that language changed: the lines must be as many, with the
/// same ones right.
///
/// # Errors
/// Refused with everything that is wrong.
pub fn translate(item: &Item, draft: &Draft) -> Result<Item> {
    let mut draft = draft.clone();
    item.interaction.code().clone_into(&mut draft.kind);
    if let Interaction::Number {
        tolerance, form, ..
    } = &item.interaction
    {
        draft.tolerance = tolerance.clone().unwrap_or_default();
        draft.form = FORMS
            .get(*form as usize)
            .copied()
            .unwrap_or_default()
            .to_owned();
    }
    draft.difficulty = item.difficulty;
    let lang = draft.lang.clone();
    let new = read(&draft)?;
    let differ = || Refusal::about("item_answers", "item-lines-differ");
    let interaction = match (&item.interaction, new.interaction) {
        (Interaction::Choice { options: old }, Interaction::Choice { options: new }) => {
            Interaction::Choice {
                options: options_joined(old, &new).ok_or_else(differ)?,
            }
        }
        (Interaction::Several { options: old }, Interaction::Several { options: new }) => {
            Interaction::Several {
                options: options_joined(old, &new).ok_or_else(differ)?,
            }
        }
        (
            Interaction::Word {
                accepted: old,
                case,
                accents,
                foreseen: heard,
            },
            Interaction::Word {
                accepted: new,
                foreseen: more,
                ..
            },
        ) => {
            let mut accepted = old.clone();
            accepted.extend(new);
            let mut foreseen: Vec<Foreseen> = heard
                .iter()
                .filter(|one| !one.feedback.has(&lang))
                .cloned()
                .collect();
            foreseen.extend(more);
            Interaction::Word {
                accepted,
                case: *case,
                accents: *accents,
                foreseen,
            }
        }
        (
            Interaction::Number {
                answer,
                tolerance,
                form,
                unit,
                foreseen: heard,
            },
            Interaction::Number {
                answer: again,
                unit: more,
                foreseen: said,
                ..
            },
        ) => {
            if *answer != again {
                return Err(differ().into());
            }
            let mut foreseen = heard.clone();
            for one in said {
                match foreseen.iter_mut().find(|known| known.answer == one.answer) {
                    Some(known) => known.feedback = joined(&known.feedback, &one.feedback),
                    None => foreseen.push(one),
                }
            }
            Interaction::Number {
                answer: again,
                tolerance: tolerance.clone(),
                form: *form,
                unit: joined(unit, &more),
                foreseen,
            }
        }
        (Interaction::Order { parts: old }, Interaction::Order { parts: new }) => {
            Interaction::Order {
                parts: parts_joined(old, &new).ok_or_else(differ)?,
            }
        }
        (
            Interaction::Match { left, right, pairs },
            Interaction::Match {
                left: new_left,
                right: new_right,
                pairs: new_pairs,
            },
        ) => {
            let place = |parts: &[Part], id: &String| parts.iter().position(|part| part.id == *id);
            let same = left.iter().zip(&new_left).all(|(old, new)| {
                let old = pairs.get(&old.id).and_then(|id| place(right, id));
                let new = new_pairs.get(&new.id).and_then(|id| place(&new_right, id));
                old == new
            });
            if !same {
                return Err(differ().into());
            }
            Interaction::Match {
                left: parts_joined(left, &new_left).ok_or_else(differ)?,
                right: parts_joined(right, &new_right).ok_or_else(differ)?,
                pairs: pairs.clone(),
            }
        }
        (Interaction::Open { lines, rubric }, Interaction::Open { rubric: new, .. }) => {
            Interaction::Open {
                lines: *lines,
                rubric: joined(rubric, &new),
            }
        }
        _ => return Err(differ().into()),
    };
    Ok(Item {
        prompt: joined(&item.prompt, &new.prompt),
        interaction,
        hint: joined(&item.hint, &new.hint),
        when_right: joined(&item.when_right, &new.when_right),
        when_wrong: joined(&item.when_wrong, &new.when_wrong),
        solution: joined(&item.solution, &new.solution),
        difficulty: item.difficulty,
        sounds: item.sounds.clone(),
    })
}

fn options_joined(old: &[Choice], new: &[Choice]) -> Option<Vec<Choice>> {
    let same =
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old.right == new.right);
    same.then(|| {
        old.iter()
            .zip(new)
            .map(|(old, new)| Choice {
                id: old.id.clone(),
                text: joined(&old.text, &new.text),
                right: old.right,
                feedback: joined(&old.feedback, &new.feedback),
            })
            .collect()
    })
}

fn parts_joined(old: &[Part], new: &[Part]) -> Option<Vec<Part>> {
    (old.len() == new.len()).then(|| {
        old.iter()
            .zip(new)
            .map(|(old, new)| Part {
                id: old.id.clone(),
                text: joined(&old.text, &new.text),
            })
            .collect()
    })
}

/// The item in one language as it would be entered.
pub fn write(item: &Item, lang: &str) -> Draft {
    let text = |text: &Text| text.0.get(lang).map_or(String::new(), |html| written(html));
    let flat = |all: &Text| text(all).replace('\n', " ");
    let barred = |said: &Text| {
        if said.has(lang) {
            format!(" | {}", flat(said))
        } else {
            String::new()
        }
    };
    let heard = |all: &[Foreseen]| -> Vec<String> {
        let own = all.iter().filter(|one| one.feedback.has(lang));
        own.map(|one| format!("! {}{}", one.answer, barred(&one.feedback)))
            .collect()
    };
    let mut draft = Draft {
        kind: item.interaction.code().to_owned(),
        lang: lang.to_owned(),
        question: text(&item.prompt),
        hint: text(&item.hint),
        when_right: text(&item.when_right),
        when_wrong: text(&item.when_wrong),
        solution: text(&item.solution),
        difficulty: item.difficulty,
        ..Draft::default()
    };
    let lines: Vec<String> = match &item.interaction {
        Interaction::Choice { options } | Interaction::Several { options } => options
            .iter()
            .map(|o| {
                format!(
                    "{}{}{}",
                    if o.right { "* " } else { "" },
                    flat(&o.text),
                    barred(&o.feedback)
                )
            })
            .collect(),
        Interaction::Word {
            accepted, foreseen, ..
        } => {
            let mut all = accepted.get(lang).cloned().unwrap_or_default();
            all.extend(heard(foreseen));
            all
        }
        Interaction::Number {
            answer,
            tolerance,
            form,
            unit,
            foreseen,
        } => {
            draft.tolerance = tolerance.clone().unwrap_or_default();
            draft.form = FORMS
                .get(*form as usize)
                .copied()
                .unwrap_or_default()
                .to_owned();
            draft.unit = flat(unit);
            std::iter::once(answer.clone())
                .chain(heard(foreseen))
                .collect()
        }
        Interaction::Order { parts } => parts.iter().map(|part| flat(&part.text)).collect(),
        Interaction::Match { left, right, pairs } => {
            let of = |id: &String| {
                right
                    .iter()
                    .find(|part| part.id == *id)
                    .map_or(String::new(), |part| flat(&part.text))
            };
            let needed = left.iter().map(|part| {
                format!(
                    "{} :: {}",
                    flat(&part.text),
                    pairs.get(&part.id).map_or(String::new(), of)
                )
            });
            let spare = right
                .iter()
                .filter(|part| !pairs.values().any(|id| *id == part.id))
                .map(|part| format!(":: {}", flat(&part.text)));
            needed.chain(spare).collect()
        }
        Interaction::Open { rubric, .. } => vec![text(rubric)],
    };
    draft.answers = lines.join("\n");
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft(kind: &str, answers: &str) -> Draft {
        Draft {
            kind: kind.to_owned(),
            lang: "en".to_owned(),
            question: "Which is **more**?".to_owned(),
            answers: answers.to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn lines_become_an_item_and_lines_again() {
        for (kind, answers) in [
            (
                "choice",
                "* 3/4 | Yes: three of four.\n1/4\n4/3 | More than a whole.",
            ),
            ("several", "* 1/2\n* 2/4\n1/4 | Only half of it."),
            (
                "word",
                "numerator\ntop number\n! denominator | That one stands below.",
            ),
            ("number", "3/4\n! 3/5 | Count all parts."),
            ("order", "1/8\n1/4\n1/2"),
            ("match", "1/2 :: half\n1/4 :: quarter\n:: third"),
            ("open", "Says that the parts are equal."),
        ] {
            let item = read(&draft(kind, answers)).unwrap();
            let again = write(&item, "en");
            assert_eq!(again.answers, answers, "{kind}");
            assert_eq!(again.question, "Which is **more**?");
            assert_eq!(read(&again).unwrap(), item, "{kind}");
        }
    }

    #[test]
    fn every_slip_is_named_at_its_field() {
        for (kind, answers, keys) in [
            ("choice", "3/4\n1/4", vec!["item-one-right-option"]),
            ("choice", "* 3/4", vec!["item-too-few-options"]),
            ("several", "a\nb", vec!["item-no-right-option"]),
            ("number", "three", vec!["item-answer-not-a-number"]),
            ("number", "1\n2", vec!["item-one-number"]),
            ("number", "", vec!["item-without-answer"]),
            (
                "match",
                "a b\nc :: d",
                vec!["item-pair-without-partner", "item-too-few-options"],
            ),
        ] {
            assert_eq!(
                read(&draft(kind, answers)).unwrap_err().keys(),
                keys,
                "{kind} {answers}"
            );
        }
    }

    #[test]
    fn a_language_is_added_only_where_the_lines_agree() {
        let item = read(&draft("choice", "* half\nquarter")).unwrap();
        let french = |answers: &str| Draft {
            lang: "fr".to_owned(),
            ..draft("choice", answers)
        };
        let both = translate(&item, &french("* demi | Oui.\nquart")).unwrap();
        assert_eq!(both.langs(), ["en", "fr"]);
        assert_eq!(write(&both, "fr").answers, "* demi | Oui.\nquart");
        assert_eq!(write(&both, "en").answers, "* half\nquarter");
        for wrong in ["demi\n* quart", "* demi\nquart\ntiers"] {
            assert_eq!(
                translate(&item, &french(wrong)).unwrap_err().keys(),
                ["item-lines-differ"]
            );
        }
    }

    proptest! {
        #[test]
        fn no_lines_do_harm(kind in 0_usize..7, question in "\\PC{0,40}", answers in "([*!|:=a-z0-9/ <>&.\\-]{0,20}\n){0,6}") {
            let draft = Draft { question, ..draft(KINDS[kind], &answers) };
            if let Ok(item) = read(&draft) {
                prop_assert!(item.faults().0.is_empty());
                let html = serde_json::to_string(&item).unwrap();
                prop_assert!(!html.contains("<script"));
            }
        }
    }
}
