//! Templates: the clauses every agreement is set from, in every language, as data.

use base::{Id, Lang, Moment, Names, Refusal, Refusals, Result};
use serde::{Deserialize, Serialize};

/// One numbered clause; what stands in braces is filled in from the agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    pub heading: Names,
    pub text: Names,
}

/// What may stand in braces.
pub const BLANKS: [&str; 8] = [
    "authority",
    "member",
    "country",
    "code",
    "starts_on",
    "ends_on",
    "free_until",
    "title",
];

/// A template's version; published by another person than wrote it, then never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub id: Id,
    pub number: i64,
    pub name: Names,
    pub clauses: Vec<Clause>,
    pub written_by: Option<Id>,
    pub written_at: Moment,
    pub published_by: Option<Id>,
    pub published_at: Option<Moment>,
    pub version: i64,
}

/// The house's own clauses, in the order of the languages.
pub(crate) const STANDARD: [&str; 3] = [
    include_str!("../template/en.txt"),
    include_str!("../template/fr.txt"),
    include_str!("../template/ar.txt"),
];

/// Reads clauses as people write them: a line that begins with `#` is a heading, what follows is the
/// clause's text; the same clauses in every language.
///
/// # Errors
/// Refused when a text comes before the first heading or the languages have different numbers of
/// clauses.
pub(crate) fn clauses(texts: [&str; 3]) -> Result<Vec<Clause>> {
    let mut no = Refusals::default();
    let mut clauses: Vec<Clause> = Vec::new();
    let wanted = headings(texts.first().copied().unwrap_or_default()).count();
    for (lang, text) in Lang::ALL.into_iter().zip(texts) {
        let field = format!("clauses_{lang}");
        let (first, count) = (text.trim_start(), headings(text).count());
        no.unless(
            first.starts_with('#'),
            &field,
            "agreements-text-before-heading",
        );
        if count != wanted {
            let refusal = Refusal::about(&field, "agreements-clauses-differ");
            no.push(refusal.with("count", count).with("wanted", wanted));
        }
        for (at, part) in headings(text).enumerate() {
            let (heading, words) = part.split_once('\n').unwrap_or((part, ""));
            if at == clauses.len() {
                clauses.push(Clause {
                    heading: Names::default(),
                    text: Names::default(),
                });
            }
            if let Some(clause) = clauses.get_mut(at) {
                let code = lang.code().to_owned();
                clause
                    .heading
                    .0
                    .insert(code.clone(), heading.trim().to_owned());
                clause.text.0.insert(code, words.trim().to_owned());
            }
        }
    }
    no.or(clauses)
}

fn headings(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices('#').map(|(at, _)| at);
    let own_line = move |at: &usize| {
        text.get(..*at)
            .is_none_or(|before| before.is_empty() || before.ends_with('\n'))
    };
    let starts: Vec<usize> = starts.filter(own_line).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts
        .into_iter()
        .zip(ends)
        .filter_map(|(from, to)| text.get(from + 1..to))
}

impl Template {
    /// The clauses in one language, as people write them.
    pub(crate) fn written(&self, lang: Lang) -> String {
        let one =
            |clause: &Clause| format!("# {}\n{}", clause.heading.get(lang), clause.text.get(lang));
        let all: Vec<String> = self.clauses.iter().map(one).collect();
        all.join("\n\n")
    }
}
