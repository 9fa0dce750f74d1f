//! The texts of one language. Most are a key and a line of words, and stand where the program has
//! them: only their places are kept. The others have arguments or plurals and are parsed, all together,
//! when the first of them is asked for.

use crate::figures;
use base::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};
use fluent_syntax::ast;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

pub(crate) type Bundle = FluentBundle<FluentResource>;

/// One language's texts by their keys.
pub(crate) struct Shelf {
    lang: Lang,
    /// The words of a plain text; none of what must be parsed.
    texts: HashMap<&'static str, Option<&'static str>>,
    /// The entries that must be parsed.
    formed: Vec<&'static str>,
    bundle: OnceLock<Bundle>,
}

impl Shelf {
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            lang,
            texts: HashMap::new(),
            formed: Vec::new(),
            bundle: OnceLock::new(),
        }
    }

    /// Takes in a file; what is wrong with it goes to the problems.
    pub(crate) fn add(&mut self, file: &'static str, problems: &mut Vec<String>) {
        for (line, entry) in entries(file) {
            if let Some((key, text)) = plain(entry) {
                self.put(key, Some(text), problems);
                continue;
            }
            let (parsed, errors) = match FluentResource::try_new(entry.to_owned()) {
                Ok(parsed) => (parsed, Vec::new()),
                Err(partly) => partly,
            };
            problems.extend(errors.iter().map(|error| {
                let before = entry.get(..error.pos.start).unwrap_or("");
                let line = line + before.lines().count().saturating_sub(1);
                format!("{}: near line {line}: {error}", self.lang)
            }));
            let is_message = |entry: &_| matches!(entry, ast::Entry::Message(_));
            if let (true, Some(key)) = (parsed.entries().any(is_message), key_of(entry)) {
                self.put(key, None, problems);
            }
            self.formed.push(entry);
        }
    }

    fn put(&mut self, key: &'static str, text: Option<&'static str>, problems: &mut Vec<String>) {
        if self.texts.insert(key, text).is_some() {
            problems.push(format!("{}: {key} is defined twice", self.lang));
        }
    }

    /// Keeps no more room than the texts take.
    pub(crate) fn closed(mut self) -> Self {
        self.texts.shrink_to_fit();
        self.formed.shrink_to_fit();
        self
    }

    /// The text of a key when it is plain; else none within, and none at all when it is not there.
    pub(crate) fn find(&self, key: &str) -> Option<Option<&'static str>> {
        self.texts.get(key).copied()
    }

    /// What had to be parsed, and the plain texts it names.
    pub(crate) fn bundle(&self) -> &Bundle {
        self.bundle.get_or_init(|| {
            let mut bundle = empty(self.lang);
            let mut named = BTreeSet::new();
            let parsed = read(self.formed.join("\n"));
            for pattern in parsed.entries().flat_map(patterns) {
                in_pattern(pattern, &mut named);
            }
            let plain = named.iter().filter_map(|key| {
                let text = self.find(key).flatten()?;
                Some(format!("{key} = {text}\n"))
            });
            let plain = read(plain.collect());
            for resource in [parsed, plain] {
                // Keys that stand twice were told when the files were taken in.
                drop(bundle.add_resource(resource));
            }
            bundle
        })
    }
}

fn read(text: String) -> FluentResource {
    FluentResource::try_new(text).unwrap_or_else(|(partly, _)| partly)
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

/// The entries of a file, each with the number of its first line: an entry begins at the margin with
/// a letter, a dash or a hash sign.
fn entries(file: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    let begins = |line: &str| {
        let first = line.bytes().next();
        first.is_some_and(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'#')
    };
    let (mut rest, mut next) = (file, 1);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (mut end, mut lines) = (0, 0);
        for line in rest.split_inclusive('\n') {
            if lines > 0 && begins(line) {
                break;
            }
            end += line.len();
            lines += 1;
        }
        let (entry, after) = rest.split_at_checked(end)?;
        let at = next;
        (rest, next) = (after, next + lines);
        Some((at, entry))
    })
    .filter(|(_, entry)| !entry.starts_with('#') && !entry.trim().is_empty())
}

/// The key and the words of an entry that is one line without anything to fill in.
fn plain(entry: &'static str) -> Option<(&'static str, &'static str)> {
    let line = entry.trim_end_matches(['\n', ' ']);
    let text = line.split_once('=')?.1.trim_start_matches(' ');
    let is_plain = !text.is_empty() && !text.contains(['{', '}', '\n', '\r']);
    is_plain.then_some((key_of(line)?, text))
}

/// The key at the beginning of a line.
fn key_of(line: &'static str) -> Option<&'static str> {
    let key = line.split_once('=')?.0.trim_end_matches(' ');
    let mut bytes = key.bytes();
    let letter = bytes.next().is_some_and(|b| b.is_ascii_alphabetic());
    let rest = bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (letter && rest).then_some(key)
}

fn patterns<'a, 'b>(
    entry: &'a ast::Entry<&'b str>,
) -> impl Iterator<Item = &'a ast::Pattern<&'b str>> {
    let (value, attributes) = match entry {
        ast::Entry::Message(message) => (message.value.as_ref(), message.attributes.as_slice()),
        ast::Entry::Term(term) => (Some(&term.value), term.attributes.as_slice()),
        _ => (None, Default::default()),
    };
    value.into_iter().chain(attributes.iter().map(|a| &a.value))
}

/// The messages a pattern names.
fn in_pattern(pattern: &ast::Pattern<&str>, named: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, named);
        }
    }
}

fn in_expression(expression: &ast::Expression<&str>, named: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => in_inline(inline, named),
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, named);
            for variant in variants {
                in_pattern(&variant.value, named);
            }
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, named: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::MessageReference { id, .. } => {
            named.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, named),
        _ => {}
    }
}
