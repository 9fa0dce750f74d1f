//! Reading answers: from forms, from paper, from short messages; and the key as it stands on paper.

use crate::shown::{ANSWER_MAX, letter, mixed};
use base::{Error, Refusal, Result};
use formats::item::{Answer, Choice, Interaction, Item};
use std::collections::{BTreeMap, BTreeSet};

/// Reads what a form sent for an item: values by the names of the controls. An answer that cannot be meant is refused
/// with words, so that nothing is counted against a slip of the finger.
///
/// # Errors
/// Refused when nothing was answered, or not all of it.
pub fn read_answer(
    item: &Item,
    prefix: &str,
    given: &BTreeMap<String, Vec<String>>,
) -> Result<Answer> {
    let all = |name: &str| given.get(name).map(Vec::as_slice).unwrap_or_default();
    let one = |name: &str| {
        all(name)
            .iter()
            .map(|text| text.trim())
            .find(|text| !text.is_empty())
    };
    let part = |n: usize| one(&format!("{prefix}_{}", n + 1));
    let no = |key: &str| Error::from(Refusal::about(prefix, key));
    let text = || {
        let text = one(prefix).ok_or_else(|| no("lessons-answer-empty"))?;
        if text.chars().count() > ANSWER_MAX {
            return Err(no("lessons-answer-long"));
        }
        Ok(text.to_owned())
    };
    match &item.interaction {
        Interaction::Choice { options } => {
            let id = one(prefix).ok_or_else(|| no("lessons-answer-choose"))?;
            known(options, id, prefix).map(Answer::Choice)
        }
        Interaction::Several { options } => {
            let parts = (0..options.len()).filter_map(part);
            let whole = all(prefix)
                .iter()
                .map(|id| id.trim())
                .filter(|id| !id.is_empty());
            let ids: Result<BTreeSet<String>> = parts
                .chain(whole)
                .map(|id| known(options, id, prefix))
                .collect();
            let ids = ids?;
            if ids.is_empty() {
                return Err(no("lessons-answer-choose"));
            }
            Ok(Answer::Several(ids))
        }
        Interaction::Word { .. } => text().map(Answer::Word),
        Interaction::Number { unit, .. } => {
            let text = text()?;
            let readable = unit
                .0
                .values()
                .map(|unit| formats::plain(unit))
                .chain([String::new()])
                .any(|unit| {
                    ["en", "fr"]
                        .iter()
                        .any(|lang| crate::number::parse(&text, lang, &unit).is_some())
                });
            if readable {
                Ok(Answer::Number(text))
            } else {
                Err(no("lessons-answer-not-number"))
            }
        }
        Interaction::Order { parts } => {
            let shown = mixed(item, parts);
            let mut places: Vec<Option<String>> = vec![None; shown.len()];
            let mut twice = false;
            for (n, shown) in shown.iter().enumerate() {
                let at = part(n)
                    .and_then(|at| at.parse::<usize>().ok())
                    .and_then(|at| at.checked_sub(1));
                let Some(place) = at.and_then(|at| places.get_mut(at)) else {
                    return Err(no("lessons-answer-incomplete"));
                };
                twice |= place.replace(shown.id.clone()).is_some();
            }
            if twice {
                return Err(no("lessons-answer-order-twice"));
            }
            Ok(Answer::Order(places.into_iter().flatten().collect()))
        }
        Interaction::Match { left, right, .. } => {
            let mut pairs = BTreeMap::new();
            for (n, from) in left.iter().enumerate() {
                let to = part(n).filter(|id| right.iter().any(|part| part.id == *id));
                let to = to.ok_or_else(|| no("lessons-answer-incomplete"))?;
                pairs.insert(from.id.clone(), to.to_owned());
            }
            Ok(Answer::Match(pairs))
        }
        Interaction::Open { .. } => text().map(Answer::Open),
    }
}

fn known(options: &[Choice], id: &str, prefix: &str) -> Result<String> {
    let found = options.iter().find(|option| option.id == id);
    found
        .map(|option| option.id.clone())
        .ok_or_else(|| Refusal::about(prefix, "lessons-answer-choose").into())
}

/// Reads an answer as it stands on paper or in a short message: `B`, `AC` for several, `BCA` for an order or for the
/// partners of a match from top to bottom, else the number or words themselves.
///
/// # Errors
/// Refused when it names no option, or not as many as are needed.
pub fn read_short(item: &Item, lang: &str, text: &str) -> Result<Answer> {
    let no = |key: &str| Error::from(Refusal::about("answer", key).with("answer", text.trim()));
    let places = |count: usize| -> Result<Vec<usize>> {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        letters
            .map(|c| {
                let upper = c.to_uppercase().next().unwrap_or(c);
                let upper = if matches!(upper, 'ا' | 'إ' | 'آ') {
                    'أ'
                } else {
                    upper
                };
                let found = (0..count).find(|n| {
                    [letter("en", *n), letter(lang, *n), letter("ar", *n)].contains(&upper)
                });
                found.ok_or_else(|| no("lessons-answer-no-such-letter"))
            })
            .collect()
    };
    match &item.interaction {
        Interaction::Choice { options } => match places(options.len())?.as_slice() {
            [one] => Ok(Answer::Choice(
                options.get(*one).map(|o| o.id.clone()).unwrap_or_default(),
            )),
            [] => Err(no("lessons-answer-empty")),
            _ => Err(no("lessons-answer-one-letter")),
        },
        Interaction::Several { options } => {
            let found = places(options.len())?;
            let ids: BTreeSet<String> = found
                .iter()
                .filter_map(|n| options.get(*n))
                .map(|o| o.id.clone())
                .collect();
            if ids.is_empty() {
                Err(no("lessons-answer-empty"))
            } else {
                Ok(Answer::Several(ids))
            }
        }
        Interaction::Order { parts } => {
            let shown = mixed(item, parts);
            let found = places(shown.len())?;
            let ids: Vec<String> = found
                .iter()
                .filter_map(|n| shown.get(*n))
                .map(|part| part.id.clone())
                .collect();
            let once: BTreeSet<&String> = ids.iter().collect();
            if ids.len() == parts.len() && once.len() == ids.len() {
                Ok(Answer::Order(ids))
            } else {
                Err(no("lessons-answer-letters-missing"))
            }
        }
        Interaction::Match { left, right, .. } => {
            let shown = mixed(item, right);
            let found = places(shown.len())?;
            if found.len() != left.len() {
                return Err(no("lessons-answer-letters-missing"));
            }
            let to = found
                .iter()
                .filter_map(|n| shown.get(*n))
                .map(|part| part.id.clone());
            Ok(Answer::Match(
                left.iter().map(|part| part.id.clone()).zip(to).collect(),
            ))
        }
        Interaction::Word { .. } | Interaction::Number { .. } | Interaction::Open { .. } => {
            let given = BTreeMap::from([("answer".to_owned(), vec![text.to_owned()])]);
            read_answer(item, "answer", &given)
        }
    }
}

/// The right answer as it stands on paper; none where a teacher marks.
pub fn key(item: &Item, lang: &str) -> Option<String> {
    let letters = |ids: Vec<&str>, shown: &[&str]| -> String {
        let signs = ids
            .iter()
            .filter_map(|id| shown.iter().position(|s| s == id));
        signs.map(|n| letter(lang, n)).collect()
    };
    match &item.interaction {
        Interaction::Choice { options } | Interaction::Several { options } => {
            let shown: Vec<&str> = options.iter().map(|o| o.id.as_str()).collect();
            let right = options
                .iter()
                .filter(|o| o.right)
                .map(|o| o.id.as_str())
                .collect();
            Some(letters(right, &shown))
        }
        Interaction::Word { accepted, .. } => {
            let own = accepted.get(lang).or_else(|| accepted.values().next());
            own.and_then(|all| all.first()).cloned()
        }
        Interaction::Number { answer, unit, .. } => {
            let unit = formats::plain(unit.get(lang));
            Some(format!("{answer} {unit}").trim().to_owned())
        }
        Interaction::Order { parts } => {
            let shown: Vec<&str> = mixed(item, parts).iter().map(|p| p.id.as_str()).collect();
            Some(letters(
                parts.iter().map(|p| p.id.as_str()).collect(),
                &shown,
            ))
        }
        Interaction::Match { left, right, pairs } => {
            let shown: Vec<&str> = mixed(item, right).iter().map(|p| p.id.as_str()).collect();
            let to = left
                .iter()
                .filter_map(|p| pairs.get(&p.id))
                .map(String::as_str)
                .collect();
            Some(letters(to, &shown))
        }
        Interaction::Open { .. } => None,
    }
}

/// The right answer as data; none where a teacher marks.
pub fn right_answer(item: &Item, lang: &str) -> Option<Answer> {
    read_short(item, lang, &key(item, lang)?).ok()
}
