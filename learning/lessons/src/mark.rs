//! Marking: pure, lenient where a child’s meaning is plain, exact where the question is about exactness.

use crate::number::{self, Shape, Written};
use base::{Refusal, fold};
use formats::item::{Answer, Choice, Foreseen, Form, Interaction, Item, Text};
use std::collections::{BTreeMap, BTreeSet};

/// What marking found.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// From 0 to 1.
    pub score: f64,
    /// None: a teacher marks it.
    pub right: Option<bool>,
    /// What to say, as sanitised HTML in the language asked; may be empty.
    pub feedback: String,
    /// What marking adds of its own, in the words of this room.
    pub note: Option<Refusal>,
    /// For answers with parts: the part's id, and whether it was right.
    pub parts: BTreeMap<String, bool>,
}

impl Marked {
    fn whole(item: &Item, lang: &str, right: bool) -> Self {
        Self {
            score: if right { 1.0 } else { 0.0 },
            right: Some(right),
            feedback: said(item, lang, right),
            note: None,
            parts: BTreeMap::new(),
        }
    }
    fn noted(mut self, key: &str) -> Self {
        self.note = Some(Refusal::whole(key));
        self
    }
}

fn said(item: &Item, lang: &str, right: bool) -> String {
    let text = if right {
        &item.when_right
    } else {
        &item.when_wrong
    };
    text.get(lang).to_owned()
}

/// Marks an answer. An answer of another kind than the item asks for is wrong.
pub fn mark(item: &Item, answer: &Answer, lang: &str) -> Marked {
    match (&item.interaction, answer) {
        (Interaction::Choice { options }, Answer::Choice(id)) => choice(item, options, id, lang),
        (Interaction::Several { options }, Answer::Several(ids)) => {
            several(item, options, ids, lang)
        }
        (
            Interaction::Word {
                accepted,
                case,
                accents,
                foreseen,
            },
            Answer::Word(word),
        ) => {
            let like = |text: &str| alike(text, *case, *accents);
            let mine = accepted.get(lang).map(Vec::as_slice).unwrap_or_default();
            let all = accepted.values().flatten();
            let given = like(word);
            let right = !given.is_empty()
                && if mine.is_empty() {
                    all.into_iter().any(|one| like(one) == given)
                } else {
                    mine.iter().any(|one| like(one) == given)
                };
            let marked = Marked::whole(item, lang, right);
            if right {
                marked
            } else {
                heard(marked, foreseen, lang, |text| like(text) == given)
            }
        }
        (
            Interaction::Number {
                answer: key,
                tolerance,
                form,
                unit,
                foreseen,
            },
            Answer::Number(text),
        ) => number(
            item,
            (key, tolerance.as_deref(), *form, unit, foreseen),
            text,
            lang,
        ),
        (Interaction::Order { parts }, Answer::Order(ids)) => {
            let places: BTreeMap<String, bool> = parts
                .iter()
                .enumerate()
                .map(|(place, part)| (part.id.clone(), ids.get(place) == Some(&part.id)))
                .collect();
            shares(item, lang, places)
        }
        (Interaction::Match { left, pairs, .. }, Answer::Match(given)) => {
            let found = left
                .iter()
                .map(|part| {
                    (
                        part.id.clone(),
                        given.get(&part.id).is_some() && given.get(&part.id) == pairs.get(&part.id),
                    )
                })
                .collect();
            shares(item, lang, found)
        }
        (Interaction::Open { .. }, _) => Marked {
            score: 0.0,
            right: None,
            feedback: String::new(),
            note: Some(Refusal::whole("lessons-note-teacher-marks")),
            parts: BTreeMap::new(),
        },
        _ => Marked::whole(item, lang, false),
    }
}

fn choice(item: &Item, options: &[Choice], id: &str, lang: &str) -> Marked {
    let chosen = options.iter().find(|option| option.id == id);
    let right = chosen.is_some_and(|option| option.right);
    let mut marked = Marked::whole(item, lang, right);
    if let Some(own) = chosen
        .map(|option| option.feedback.get(lang))
        .filter(|own| !own.is_empty())
    {
        own.clone_into(&mut marked.feedback);
    }
    if let Some(option) = chosen {
        marked.parts.insert(option.id.clone(), right);
    }
    marked
}

fn several(item: &Item, options: &[Choice], ids: &BTreeSet<String>, lang: &str) -> Marked {
    let keys = options.iter().filter(|option| option.right).count().max(1);
    let chosen: Vec<&Choice> = options
        .iter()
        .filter(|option| ids.contains(&option.id))
        .collect();
    let good = chosen.iter().filter(|option| option.right).count();
    let bad = chosen.len() - good;
    let right = good == keys && bad == 0;
    let mut marked = Marked::whole(item, lang, right);
    marked.parts = chosen
        .iter()
        .map(|option| (option.id.clone(), option.right))
        .collect();
    if !right {
        marked.score = share(good.saturating_sub(bad), keys);
        let own: String = chosen
            .iter()
            .filter(|option| !option.right)
            .map(|option| option.feedback.get(lang))
            .collect();
        if !own.is_empty() {
            marked.feedback = own;
        }
        if bad == 0 && good > 0 {
            return marked.noted("lessons-note-more-are-right");
        }
        if good > 0 {
            return marked.noted("lessons-note-not-all-right");
        }
    }
    marked
}

#[expect(clippy::cast_precision_loss, reason = "an item has a few parts")]
fn share(part: usize, of: usize) -> f64 {
    if of == 0 {
        0.0
    } else {
        part as f64 / of as f64
    }
}

fn shares(item: &Item, lang: &str, parts: BTreeMap<String, bool>) -> Marked {
    let good = parts.values().filter(|right| **right).count();
    let right = good == parts.len() && good > 0;
    let mut marked = Marked::whole(item, lang, right);
    if !right {
        marked.score = share(good, parts.len());
        if good > 0 {
            marked.note = Some(
                Refusal::whole("lessons-note-some-right")
                    .with("good", good)
                    .with("all", parts.len()),
            );
        }
    }
    marked.parts = parts;
    marked
}

fn heard(
    mut marked: Marked,
    foreseen: &[Foreseen],
    lang: &str,
    is: impl Fn(&str) -> bool,
) -> Marked {
    if let Some(one) = foreseen.iter().find(|one| is(&one.answer)) {
        one.feedback.get(lang).clone_into(&mut marked.feedback);
    }
    marked
}

fn alike(text: &str, case: bool, accents: bool) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = joined
        .trim_end_matches(['.', '!', '?', '؟', '،', ','])
        .to_owned();
    match (case, accents) {
        (false, false) => fold(&joined),
        (false, true) => joined.to_lowercase(),
        // Letters keep their size, marks fall away: fold each letter by itself.
        (true, false) => joined
            .chars()
            .map(|c| {
                let plain = fold(&c.to_string());
                if c.is_uppercase() {
                    plain.to_uppercase()
                } else if plain.is_empty() {
                    c.to_string()
                } else {
                    plain
                }
            })
            .collect(),
        (true, true) => joined,
    }
}

type Key<'a> = (&'a str, Option<&'a str>, Form, &'a Text, &'a [Foreseen]);

fn number(
    item: &Item,
    (key, tolerance, form, unit, foreseen): Key<'_>,
    text: &str,
    lang: &str,
) -> Marked {
    let unit = formats::plain(unit.get(lang));
    let read = |text: &str| number::parse(text, lang, &unit);
    let (Some(given), Some(key)) = (read(text), number::parse(key, "en", "")) else {
        return Marked::whole(item, lang, false).noted("lessons-note-not-a-number");
    };
    let exact = given.value == key.value;
    let near = tolerance
        .and_then(|by| number::parse(by, "en", ""))
        .is_some_and(|by| given.value.is_near(key.value, by.value));
    let shaped = match form {
        Form::Value => true,
        Form::Simplest => {
            given.is_simplest() || (matches!(key.shape, Shape::Decimal) && given.shape == key.shape)
        }
        Form::Exact => given.shape == key.shape,
    };
    if shaped && (exact || near) {
        return Marked::whole(item, lang, true);
    }
    let marked = Marked::whole(item, lang, false);
    let by_shape = |one: &str| number::parse(one, "en", "").is_some_and(|one| one == given);
    let by_value = |one: &str| {
        number::parse(one, "en", "").is_some_and(|one: Written| one.value == given.value)
    };
    if foreseen.iter().any(|one| by_shape(&one.answer)) {
        return heard(marked, foreseen, lang, by_shape);
    }
    if exact && !shaped {
        // The value is right: half of what was asked.
        let mut half = marked.noted(match form {
            Form::Simplest if given.value.is_whole() => "lessons-note-write-whole",
            Form::Simplest => "lessons-note-write-simplest",
            _ => "lessons-note-write-as-asked",
        });
        half.score = 0.5;
        half.feedback.clear();
        return half;
    }
    heard(marked, foreseen, lang, by_value)
}

#[cfg(test)]
#[path = "mark_test.rs"]
mod tests;
