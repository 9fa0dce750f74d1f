//! The library: all texts of all rooms, read once at start.

use crate::shelf::Shelf;
use crate::{Source, WORDS, Words};
use base::{Arg, Error, Lang, Names};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};

/// Distinct problems remembered at most.
const MISSING_MAX: usize = 1_000;

/// Every text in every language. Cheap to clone.
#[derive(Clone)]
pub struct Library(Arc<Shelves>);

pub(crate) struct Shelves {
    en: Shelf,
    fr: Shelf,
    ar: Shelf,
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
    /// Reads the rooms' texts; the shared words of this crate are always among them.
    ///
    /// # Errors
    /// Every problem found: what does not parse, and keys defined twice.
    pub fn load(sources: &[Source]) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let mut shelf = |lang: Lang| {
            let mut shelf = Shelf::new(lang);
            fill(&mut shelf, lang, WORDS, &mut problems);
            for source in sources
                .iter()
                .filter(|source| !std::ptr::eq(**source, WORDS))
            {
                fill(&mut shelf, lang, source, &mut problems);
            }
            shelf.closed()
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

    /// A text in every language, for what is written once for all readers.
    pub fn names(&self, key: &str, args: &[(&str, Arg)]) -> Names {
        let [en, fr, ar] = Lang::ALL.map(|lang| self.words(lang).say_with(key, args));
        Names::three(&en, &fr, &ar)
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
    pub(crate) const fn of(&self, lang: Lang) -> &Shelf {
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

fn fill(shelf: &mut Shelf, lang: Lang, source: Source, problems: &mut Vec<String>) {
    let mut texts = source.iter().filter(|(of, _)| *of == lang).peekable();
    if texts.peek().is_none() {
        problems.push(format!("{lang}: a room has no file in this language"));
    }
    for (_, text) in texts {
        shelf.add(text, problems);
    }
}
