//! The item model: a question as data, apart from any channel. Lessons mark and show it, importers make it.
//!
//! Every [`Text`] is the small sanitised HTML of this crate, one for each language. A text may hold drawings
//! written as `[[bar 3/4]]`, which each channel draws in its own way.

use base::{Id, Refusal, Refusals};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A text in several languages, by BCP 47 code. An empty map is no text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// A text in one language.
    pub fn one(lang: &str, text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(lang.to_owned(), text.into())]))
    }
    /// The text in `lang`, else in its primary language, else in English, else in whatever language there is.
    pub fn get(&self, lang: &str) -> &str {
        let primary = lang.split('-').next().unwrap_or(lang);
        let known = |code: &str| self.0.get(code).filter(|text| !text.trim().is_empty());
        known(lang)
            .or_else(|| known(primary))
            .or_else(|| known("en"))
            .or_else(|| self.0.values().find(|text| !text.trim().is_empty()))
            .map_or("", String::as_str)
    }
    /// Whether this very language has a text.
    pub fn has(&self, lang: &str) -> bool {
        self.0.get(lang).is_some_and(|text| !text.trim().is_empty())
    }
    /// No language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
    /// The same text with each language's words changed by `f`.
    #[must_use]
    pub fn map(&self, f: impl Fn(&str) -> String) -> Self {
        Self(self.0.iter().map(|(k, v)| (k.clone(), f(v))).collect())
    }
}

/// A question with its key, its feedback and its hint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What is asked.
    pub prompt: Text,
    pub interaction: Interaction,
    /// Shown when the learner asks for help.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    /// Said when the answer is right.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub when_right: Text,
    /// Said when it is not, where the answer given has no words of its own.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub when_wrong: Text,
    /// The worked answer: for the teacher, and for the learner once it is over.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub solution: Text,
    /// 1 easy, 2 middling, 3 hard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<u8>,
    /// The question read out, for whoever cannot read yet, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sounds: Sounds,
}

/// A recording of the library: which form of which resource, and what it weighs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sound {
    pub resource: Id,
    pub form: Id,
    pub bytes: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
}

/// Recordings by BCP 47 code.
pub type Sounds = BTreeMap<String, Sound>;

/// How the learner answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Interaction {
    /// One of several options.
    Choice { options: Vec<Choice> },
    /// All that are right, and no other.
    Several { options: Vec<Choice> },
    /// A word or a few.
    Word {
        /// Every spelling that counts as right, by language; a language without its own takes all.
        accepted: BTreeMap<String, Vec<String>>,
        /// Capital and small letters differ.
        #[serde(default)]
        case: bool,
        /// Accents and vowel signs differ.
        #[serde(default)]
        accents: bool,
        /// Wrong answers foreseen, each with its own words.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        foreseen: Vec<Foreseen>,
    },
    /// A number: whole, decimal or a fraction.
    Number {
        /// `12`, `0.75`, `3/4` or `1 1/2`.
        answer: String,
        /// How far off is still right, written likewise; none is exact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tolerance: Option<String>,
        /// Which ways of writing the value are right.
        #[serde(default)]
        form: Form,
        /// What stands after the box, such as “kg”.
        #[serde(default, skip_serializing_if = "Text::is_empty")]
        unit: Text,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        foreseen: Vec<Foreseen>,
    },
    /// Parts to be put in order; they are kept in the right order and shown in another.
    Order { parts: Vec<Part> },
    /// Each on the left goes with one on the right; the right may hold more than is needed.
    Match {
        left: Vec<Part>,
        right: Vec<Part>,
        /// Right part's id by left part's id.
        pairs: BTreeMap<String, String>,
    },
    /// The learner's own words: a teacher marks them.
    Open {
        /// Lines to write on.
        #[serde(default)]
        lines: u8,
        /// What the teacher looks for.
        #[serde(default, skip_serializing_if = "Text::is_empty")]
        rubric: Text,
    },
}

/// One option of a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Letters and digits, unique in its item.
    pub id: String,
    pub text: Text,
    #[serde(default)]
    pub right: bool,
    /// Said when it was chosen.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub feedback: Text,
}

/// One part of an order or a match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub id: String,
    pub text: Text,
}

/// An answer foreseen, and what to say to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreseen {
    pub answer: String,
    pub feedback: Text,
}

/// Which ways of writing a number are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Any way that has the value: 1/2, 2/4, 0.5.
    #[default]
    Value,
    /// A fraction that cannot be made simpler.
    Simplest,
    /// The very numbers written: 2/4 is not 1/2.
    Exact,
}

/// What a learner answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "given", rename_all = "snake_case")]
pub enum Answer {
    Choice(String),
    Several(BTreeSet<String>),
    Word(String),
    /// As it was typed.
    Number(String),
    /// Ids of the parts, first to last.
    Order(Vec<String>),
    /// Right part's id by left part's id.
    Match(BTreeMap<String, String>),
    Open(String),
}

impl Interaction {
    /// The code of the kind.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::Several { .. } => "several",
            Self::Word { .. } => "word",
            Self::Number { .. } => "number",
            Self::Order { .. } => "order",
            Self::Match { .. } => "match",
            Self::Open { .. } => "open",
        }
    }
    /// The interaction type as xAPI and SCORM name it.
    pub const fn cmi(&self) -> &'static str {
        match self {
            Self::Choice { .. } | Self::Several { .. } => "choice",
            Self::Word { .. } => "fill-in",
            Self::Number { .. } => "numeric",
            Self::Order { .. } => "sequencing",
            Self::Match { .. } => "matching",
            Self::Open { .. } => "long-fill-in",
        }
    }
}

impl Answer {
    /// The response as xAPI's interaction data writes it: `a`, `a[,]b`, `a[.]x[,]b[.]y`, or the text itself.
    pub fn response(&self) -> String {
        match self {
            Self::Choice(text) | Self::Word(text) | Self::Number(text) | Self::Open(text) => {
                text.clone()
            }
            Self::Several(ids) => ids.iter().cloned().collect::<Vec<_>>().join("[,]"),
            Self::Order(ids) => ids.join("[,]"),
            Self::Match(pairs) => pairs
                .iter()
                .map(|(left, right)| format!("{left}[.]{right}"))
                .collect::<Vec<_>>()
                .join("[,]"),
        }
    }
    /// The answer again from its response; ids the item does not have are left out.
    pub fn from_response(item: &Item, response: &str) -> Self {
        let known = |parts: &[Part], id: &str| parts.iter().any(|part| part.id == id);
        let each = || response.split("[,]").filter(|part| !part.is_empty());
        match &item.interaction {
            Interaction::Choice { .. } => Self::Choice(response.to_owned()),
            Interaction::Several { options } => Self::Several(
                each()
                    .filter(|id| options.iter().any(|option| option.id == *id))
                    .map(str::to_owned)
                    .collect(),
            ),
            Interaction::Word { .. } => Self::Word(response.to_owned()),
            Interaction::Number { .. } => Self::Number(response.to_owned()),
            Interaction::Order { parts } => Self::Order(
                each()
                    .filter(|id| known(parts, id))
                    .map(str::to_owned)
                    .collect(),
            ),
            Interaction::Match { left, right, .. } => Self::Match(
                each()
                    .filter_map(|pair| pair.split_once("[.]"))
                    .filter(|(a, b)| known(left, a) && known(right, b))
                    .map(|(a, b)| (a.to_owned(), b.to_owned()))
                    .collect(),
            ),
            Interaction::Open { .. } => Self::Open(response.to_owned()),
        }
    }
}

impl Item {
    /// An item with nothing but its question.
    pub fn new(prompt: Text, interaction: Interaction) -> Self {
        Self {
            prompt,
            interaction,
            hint: Text::default(),
            when_right: Text::default(),
            when_wrong: Text::default(),
            solution: Text::default(),
            difficulty: None,
            sounds: Sounds::new(),
        }
    }
    /// The languages in which the question is asked.
    pub fn langs(&self) -> Vec<&str> {
        let asked = self.prompt.0.iter();
        asked
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(code, _)| code.as_str())
            .collect()
    }
    /// Every reason why the item cannot be used. An item read from anywhere passes here first.
    pub fn faults(&self) -> Refusals {
        let mut no = Refusals::default();
        no.unless(!self.prompt.is_empty(), "prompt", "item-without-question");
        match &self.interaction {
            Interaction::Choice { options } | Interaction::Several { options } => {
                no.unless(options.len() >= 2, "options", "item-too-few-options");
                no.unless(options.len() <= MOST, "options", "item-too-many-parts");
                no.unless(
                    options.iter().all(|o| !o.text.is_empty()),
                    "options",
                    "item-empty-part",
                );
                ids(
                    &mut no,
                    "options",
                    options.iter().map(|option| option.id.as_str()),
                );
                let right = options.iter().filter(|option| option.right).count();
                match self.interaction {
                    Interaction::Choice { .. } => {
                        no.unless(right == 1, "right", "item-one-right-option");
                    }
                    _ => no.unless(right >= 1, "right", "item-no-right-option"),
                }
            }
            Interaction::Word { accepted, .. } => {
                let some = accepted
                    .values()
                    .flatten()
                    .any(|word| !word.trim().is_empty());
                no.unless(some, "answer", "item-without-answer");
            }
            Interaction::Number { answer, .. } => {
                no.unless(!answer.trim().is_empty(), "answer", "item-without-answer");
            }
            Interaction::Order { parts } => {
                no.unless(parts.len() >= 2, "parts", "item-too-few-options");
                several_parts(&mut no, "parts", parts);
            }
            Interaction::Match { left, right, pairs } => {
                no.unless(
                    !left.is_empty() && right.len() >= 2,
                    "pairs",
                    "item-too-few-options",
                );
                several_parts(&mut no, "left", left);
                several_parts(&mut no, "right", right);
                let paired = left.iter().all(|part| {
                    let to = pairs.get(&part.id);
                    to.is_some_and(|to| right.iter().any(|part| part.id == *to))
                });
                no.unless(
                    paired && pairs.len() == left.len(),
                    "pairs",
                    "item-pairs-incomplete",
                );
            }
            Interaction::Open { .. } => {}
        }
        if !self.difficulty.is_none_or(|d| (1..=3).contains(&d)) {
            no.push(Refusal::about("difficulty", "item-difficulty-unknown"));
        }
        no
    }
}

/// More options or parts than these cannot be taken in at once.
pub const MOST: usize = 20;

fn several_parts(no: &mut Refusals, field: &str, parts: &[Part]) {
    no.unless(parts.len() <= MOST, field, "item-too-many-parts");
    no.unless(
        parts.iter().all(|p| !p.text.is_empty()),
        field,
        "item-empty-part",
    );
    ids(no, field, parts.iter().map(|part| part.id.as_str()));
}

fn ids<'a>(no: &mut Refusals, field: &str, all: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    let good = |id: &str| {
        (1..=40).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    let (mut twice, mut bad) = (false, false);
    for id in all {
        twice |= !seen.insert(id);
        bad |= !good(id);
    }
    no.unless(!twice, field, "item-part-twice");
    no.unless(!bad, field, "item-part-unnamed");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(id: &str) -> Part {
        Part {
            id: id.into(),
            text: Text::one("en", id),
        }
    }

    #[test]
    fn a_text_falls_back_to_a_language_there_is() {
        let text = Text(BTreeMap::from([
            ("en".into(), "one".into()),
            ("ar".into(), " ".into()),
            ("sw".into(), "moja".into()),
        ]));
        assert_eq!(text.get("sw-KE"), "moja");
        assert_eq!(text.get("ar"), "one");
        assert_eq!(Text::one("sw", "moja").get("fr"), "moja");
        assert!(!text.has("ar"));
    }

    #[test]
    fn an_answer_comes_back_from_its_response() {
        let item = Item::new(
            Text::one("en", "Which?"),
            Interaction::Match {
                left: vec![part("a"), part("b")],
                right: vec![part("x"), part("y")],
                pairs: BTreeMap::from([("a".into(), "x".into()), ("b".into(), "y".into())]),
            },
        );
        assert!(item.faults().0.is_empty());
        let answer = Answer::Match(BTreeMap::from([
            ("a".into(), "y".into()),
            ("b".into(), "x".into()),
        ]));
        assert_eq!(answer.response(), "a[.]y[,]b[.]x");
        assert_eq!(Answer::from_response(&item, &answer.response()), answer);
        assert_eq!(
            Answer::from_response(&item, "a[.]zz[,]q[.]x[,]"),
            Answer::Match(BTreeMap::new())
        );
    }

    #[test]
    fn an_item_says_everything_that_is_wrong_with_it() {
        let option = |id: &str, right| Choice {
            id: id.into(),
            text: Text::one("en", "x"),
            right,
            feedback: Text::default(),
        };
        let item = Item::new(
            Text::default(),
            Interaction::Choice {
                options: vec![option("a", true), option("a", true)],
            },
        );
        let faults = base::Error::from(item.faults());
        assert_eq!(
            faults.keys(),
            [
                "item-without-question",
                "item-part-twice",
                "item-one-right-option"
            ]
        );
    }

    #[test]
    fn an_item_is_kept_as_plain_json() {
        let item = Item::new(
            Text::one("en", "1/2 + 1/4"),
            Interaction::Number {
                answer: "3/4".into(),
                tolerance: None,
                form: Form::Simplest,
                unit: Text::default(),
                foreseen: Vec::new(),
            },
        );
        let json = serde_json::to_string(&item).unwrap_or_default();
        assert_eq!(
            json,
            r#"{"prompt":{"en":"1/2 + 1/4"},"interaction":{"kind":"number","answer":"3/4","form":"simplest"}}"#
        );
        assert_eq!(serde_json::from_str::<Item>(&json).ok(), Some(item));
    }
}
