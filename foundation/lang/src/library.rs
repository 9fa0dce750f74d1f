//! The library: all texts of all rooms, parsed once at start.

use crate::figures;
use crate::{Source, WORDS, Words};
use base::{Error, Lang};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentError, FluentResource, FluentValue};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};
use unic_langid::LanguageIdentifier;

/// Distinct problems remembered at most.
const MISSING_MAX: usize = 1_000;

pub(crate) type Bundle = FluentBundle<FluentResource>;

/// Every text in every language. Cheap to clone.
#[derive(Clone)]
pub struct Library(Arc<Shelves>);

pub(crate) struct Shelves {
    en: Bundle,
    fr: Bundle,
    ar: Bundle,
    missing: Mutex<BTreeSet<String>>,
}

/// Everything wrong with the texts, one line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}
impl std::error::Error for Problems {}
impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::fault(problems)
    }
}

impl Library {
    /// Parses the rooms' texts; the shared words of this crate are always among them.
    ///
    /// # Errors
    /// Every problem found: what does not parse, and keys defined twice.
    pub fn load(sources: &[Source]) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let mut shelf = |lang: Lang| {
            let mut bundle = empty(lang);
            fill(&mut bundle, lang, WORDS, &mut problems);
            for source in sources
                .iter()
                .filter(|source| !std::ptr::eq(**source, WORDS))
            {
                fill(&mut bundle, lang, source, &mut problems);
            }
            bundle
        };
        let (en, fr, ar) = (shelf(Lang::En), shelf(Lang::Fr), shelf(Lang::Ar));
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        Ok(Self(Arc::new(Shelves {
            en,
            fr,
            ar,
            missing: Mutex::default(),
        })))
    }

    /// The words of one language.
    pub fn words(&self, lang: Lang) -> Words {
        Words::new(Arc::clone(&self.0), lang)
    }

    /// What was asked for and not there, or could not be said, since the start.
    pub fn missing(&self) -> Vec<String> {
        self.0
            .missing
            .lock()
            .map_or_else(|_| Vec::new(), |set| set.iter().cloned().collect())
    }
}

impl Shelves {
    pub(crate) const fn bundle(&self, lang: Lang) -> &Bundle {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
            Lang::Ar => &self.ar,
        }
    }

    pub(crate) fn miss(&self, problem: String) {
        if let Ok(mut set) = self.missing.lock()
            && set.len() < MISSING_MAX
        {
            set.insert(problem);
        }
    }
}

pub(crate) fn empty(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // Marks would land in attributes and exports; `words` isolates what Arabic needs isolated.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value: &FluentValue<'_>, _: &_| formatted(Lang::En, value),
        Lang::Fr => |value: &FluentValue<'_>, _: &_| formatted(Lang::Fr, value),
        Lang::Ar => |value: &FluentValue<'_>, _: &_| formatted(Lang::Ar, value),
    }));
    bundle
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "arguments are whole numbers by type"
)]
fn formatted(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(figures::whole(lang, number.value as i64)),
        _ => None,
    }
}

fn fill(bundle: &mut Bundle, lang: Lang, source: Source, problems: &mut Vec<String>) {
    let mut texts = source.iter().filter(|(of, _)| *of == lang).peekable();
    if texts.peek().is_none() {
        problems.push(format!("{lang}: a room has no file in this language"));
    }
    for (_, text) in texts {
        add(bundle, lang, text, problems);
    }
}

fn add(bundle: &mut Bundle, lang: Lang, text: &str, problems: &mut Vec<String>) {
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            problems.extend(errors.iter().map(|error| {
                let line = text
                    .get(..error.pos.start)
                    .map_or(0, |before| before.lines().count());
                format!("{lang}: near line {line}: {error}")
            }));
            resource
        }
    };
    if let Err(errors) = bundle.add_resource(resource) {
        problems.extend(errors.iter().map(|error| match error {
            FluentError::Overriding { id, .. } => format!("{lang}: {id} is defined twice"),
            other => format!("{lang}: {other}"),
        }));
    }
}
