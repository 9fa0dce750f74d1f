//! For tests of rooms: are the three languages complete and equal?

use crate::library::empty;
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

/// Panics unless the languages have the same keys, each with the same arguments.
#[expect(clippy::panic, reason = "a helper of tests")]
pub fn same_keys(words: Source) {
    let found = differences(words);
    assert!(
        found.is_empty(),
        "the languages differ:\n{}",
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

/// The keys of one language's file with the names of their arguments.
pub fn sources(words: Source, lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let text = words
        .iter()
        .find(|(of, _)| *of == lang)
        .map_or("", |(_, text)| *text);
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
