//! For tests of rooms: are the three languages complete, equal and set as each is set?

use crate::shelf::{Bundle, Shelf, empty};
use crate::{Library, Source};
use base::Lang;
use fluent_bundle::FluentResource;
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

/// A library of these sources; panics with every problem.
#[expect(clippy::panic, reason = "a helper of tests")]
pub fn library(sources: &[Source]) -> Library {
    match Library::load(sources) {
        Ok(library) => library,
        Err(problems) => panic!("{problems}"),
    }
}

/// Panics unless the languages have the same keys, each with the same arguments, set as they are set in print.
#[expect(clippy::panic, reason = "a helper of tests")]
pub fn same_keys(words: Source) {
    let found = [differences(words), misset(words)].concat();
    assert!(
        found.is_empty(),
        "the languages differ, or are not set well:\n{}",
        found.join("\n")
    );
    if let Err(problems) = empty_load(words) {
        panic!("{problems}");
    }
}

/// What differs between the languages, one line each.
pub fn differences(words: Source) -> Vec<String> {
    let all: Vec<_> = Lang::ALL
        .into_iter()
        .map(|lang| (lang, sources(words, lang)))
        .collect();
    let mut out = Vec::new();
    let keys: BTreeSet<&String> = all.iter().flat_map(|(_, keys)| keys.keys()).collect();
    for key in keys {
        let english = all.first().and_then(|(_, keys)| keys.get(key));
        for (lang, keys) in &all {
            match (keys.get(key), english) {
                (None, _) => out.push(format!("{lang}: {key} is missing")),
                (Some(here), Some(there)) if here != there => out.push(format!(
                    "{lang}: {key} has the arguments {here:?}, in English {there:?}"
                )),
                (Some(_), _) => {}
            }
        }
    }
    out
}

/// Apostrophes of typewriters, and French signs that a line could begin or end with, one line each.
pub fn misset(words: Source) -> Vec<String> {
    let mut out = Vec::new();
    for (lang, text) in words {
        let texts = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'));
        for (place, line) in texts {
            let at = format!("{lang}, line {}", place + 1);
            if line
                .split('\'')
                .skip(1)
                .any(|after| after.starts_with(char::is_alphabetic))
            {
                out.push(format!("{at}: an apostrophe is ’"));
            }
            let breaks = |sign: &&&str| line.contains(**sign);
            if *lang == Lang::Fr
                && let Some(sign) = FRENCH.iter().find(breaks)
            {
                out.push(format!("{at}: a no-break space belongs in {sign:?}"));
            }
        }
    }
    out
}

/// What French sets apart from the word beside it, by a space at which no line breaks.
const FRENCH: [&str; 7] = [" :", " ;", " ?", " !", " %", "« ", " »"];

/// The keys of one language's file with the names of their arguments.
pub fn sources(words: Source, lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let text = words
        .iter()
        .find(|(of, _)| *of == lang)
        .map_or("", |(_, text)| *text);
    sources_of(text)
}

fn sources_of(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partly, _)| partly);
    let mut out = BTreeMap::new();
    for entry in resource.entries() {
        if let ast::Entry::Message(message) = entry {
            let mut args = BTreeSet::new();
            if let Some(pattern) = &message.value {
                in_pattern(pattern, &mut args);
            }
            out.insert(message.id.name.to_owned(), args);
        }
    }
    out
}

fn empty_load(words: Source) -> Result<(), String> {
    for (lang, text) in words {
        let resource = FluentResource::try_new((*text).to_owned())
            .map_err(|(_, errors)| format!("{lang}: {errors:?}"))?;
        let mut bundle = empty(*lang);
        bundle
            .add_resource(resource)
            .map_err(|errors| format!("{lang}: {errors:?}"))?;
        said_alike(*lang, text, &bundle)?;
    }
    Ok(())
}

/// Texts that are kept without being parsed read as Fluent reads them.
fn said_alike(lang: Lang, file: &'static str, bundle: &Bundle) -> Result<(), String> {
    let mut shelf = Shelf::new(lang);
    shelf.add(file, &mut Vec::new());
    for key in sources_of(file).keys() {
        let parsed = bundle.get_message(key).and_then(|message| message.value());
        let parsed = parsed.map(|it| bundle.format_pattern(it, None, &mut Vec::new()));
        match shelf.find(key) {
            None => return Err(format!("{lang}: {key} is not found")),
            Some(Some(kept)) if parsed.as_deref() != Some(kept) => {
                return Err(format!("{lang}: {key} is kept as {kept:?}, not {parsed:?}"));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn in_pattern(pattern: &ast::Pattern<&str>, args: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, args);
        }
    }
}

fn in_expression(expression: &ast::Expression<&str>, args: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => in_inline(inline, args),
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, args);
            for variant in variants {
                in_pattern(&variant.value, args);
            }
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, args: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            args.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, args),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                in_inline(argument, args);
            }
        }
        _ => {}
    }
}
