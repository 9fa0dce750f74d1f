//! What an H5P file needs to be played by its own program: the libraries it names, and whether they are in it.

use super::{json, list, some};
use crate::Package;
use base::Result;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

/// Libraries of one file that are looked at.
const LIBRARIES: usize = 400;
/// Missing things that are named.
const NAMED: usize = 12;
/// Types whose questions a plain form asks as they are.
const ASKED: [&str; 5] = [
    "H5P.MultiChoice",
    "H5P.TrueFalse",
    "H5P.SingleChoiceSet",
    "H5P.Blanks",
    "H5P.Essay",
];

/// How an H5P file is played.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Play {
    /// The type, such as `H5P.CoursePresentation`.
    pub library: String,
    /// All of it is questions that a plain form asks as they are.
    pub is_asked: bool,
    /// Libraries and files of libraries that it names and does not hold.
    pub missing: Vec<String>,
    pub lang: Option<String>,
}

/// Looks at what a file needs to be played.
///
/// # Errors
/// Refused when its list of libraries or its content cannot be read.
pub fn play<R: Read + Seek>(package: &mut Package<R>) -> Result<Play> {
    let facts = json(package, "h5p.json")?;
    let content = json(package, "content/content.json")?;
    let library = some(&facts, "mainLibrary").unwrap_or_default();
    let mut missing = Missing::default();
    let loaded = libraries(package, &facts, &mut missing);
    let mut named = BTreeSet::from([library.clone()]);
    names(&content, &mut named, 0);
    for name in named {
        if !name.is_empty() && name != "H5P.Nil" && !loaded.contains_key(&name) {
            missing.add(name);
        }
    }
    Ok(Play {
        is_asked: is_asked(&library, &content, 0),
        missing: missing.0.into_iter().take(NAMED).collect(),
        lang: some(&facts, "language").filter(|lang| lang != "und" && crate::clean::is_lang(lang)),
        library,
    })
}

#[derive(Default)]
struct Missing(BTreeSet<String>);

impl Missing {
    fn add(&mut self, name: String) {
        let known = |held: &String| held == &name || held.starts_with(&format!("{name} "));
        if self.0.len() <= NAMED && !self.0.iter().any(known) {
            self.0.insert(name);
        }
    }
}

/// A number that may stand as text.
fn version(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// A library that is asked for: its name and its version, `1.8`.
fn asked_for(value: &Value) -> Option<(String, String)> {
    let name = some(value, "machineName")?;
    let major = version(value.get("majorVersion")).unwrap_or_default();
    let minor = version(value.get("minorVersion")).unwrap_or_default();
    Some((name, format!("{major}.{minor}")))
}

/// Every library that is loaded, with its version; what is not there is noted.
fn libraries<R: Read + Seek>(
    package: &mut Package<R>,
    facts: &Value,
    missing: &mut Missing,
) -> BTreeMap<String, String> {
    let asked = |value: &Value| -> Vec<(String, String)> {
        let all = list(value, "preloadedDependencies").iter();
        all.filter_map(asked_for).collect()
    };
    let mut open = asked(facts);
    // Folders bear the version in their name, or none of them does.
    let versioned = open
        .first()
        .is_none_or(|(name, version)| package.has(&format!("{name}-{version}/library.json")));
    let mut loaded = BTreeMap::new();
    while let Some((name, version)) = open.pop() {
        if loaded.contains_key(&name) || loaded.len() >= LIBRARIES {
            continue;
        }
        loaded.insert(name.clone(), version.clone());
        let folder = if versioned {
            format!("{name}-{version}")
        } else {
            name.clone()
        };
        let Ok(library) = json(package, &format!("{folder}/library.json")) else {
            missing.add(format!("{name} {version}"));
            continue;
        };
        let own = list(&library, "preloadedJs").iter();
        for file in own.chain(list(&library, "preloadedCss")) {
            let path = some(file, "path").unwrap_or_default();
            if !path.is_empty() && !package.has(&format!("{folder}/{path}")) {
                missing.add(format!("{folder}/{path}"));
            }
        }
        open.extend(asked(&library));
    }
    loaded
}

/// The libraries that the content names.
fn names(value: &Value, out: &mut BTreeSet<String>, depth: usize) {
    if depth > 60 || out.len() > LIBRARIES {
        return;
    }
    match value {
        Value::Object(fields) => {
            if let (Some(library), true) = (some(value, "library"), fields.contains_key("params")) {
                let name = library.split(' ').next().unwrap_or_default();
                out.insert(name.to_owned());
            }
            fields.values().for_each(|one| names(one, out, depth + 1));
        }
        Value::Array(parts) => parts.iter().for_each(|one| names(one, out, depth + 1)),
        _ => {}
    }
}

fn is_asked(library: &str, content: &Value, depth: usize) -> bool {
    if library == "H5P.QuestionSet" && depth == 0 {
        let all = list(content, "questions");
        return !all.is_empty()
            && all.iter().all(|one| {
                let library = some(one, "library").unwrap_or_default();
                let name = library.split(' ').next().unwrap_or_default();
                is_asked(name, one, depth + 1)
            });
    }
    ASKED.contains(&library)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn file(facts: &Value, content: &Value, more: &[(&str, &str)]) -> Play {
        let mut files = vec![
            ("h5p.json".to_owned(), facts.to_string().into_bytes()),
            (
                "content/content.json".to_owned(),
                content.to_string().into_bytes(),
            ),
        ];
        for (name, text) in more {
            files.push(((*name).to_owned(), text.as_bytes().to_vec()));
        }
        let bytes = crate::pack(&files).unwrap_or_default();
        Package::open(&bytes)
            .and_then(|mut package| play(&mut package))
            .unwrap_or_default()
    }

    fn needs(name: &str, major: Value) -> Value {
        json!({ "machineName": name, "majorVersion": major, "minorVersion": 2 })
    }

    #[test]
    fn what_a_plain_form_asks_is_told_from_what_needs_its_program() {
        let of = |library: &str, content: Value| {
            file(&json!({ "mainLibrary": library }), &content, &[]).is_asked
        };
        let set = |library: &str| json!({ "questions": [{ "library": library, "params": {} }] });
        for library in ASKED {
            assert!(of(library, json!({})), "{library}");
        }
        for library in [
            "H5P.DragText",
            "H5P.MarkTheWords",
            "H5P.InteractiveVideo",
            "H5P.CoursePresentation",
            "",
        ] {
            assert!(!of(library, json!({})), "{library}");
        }
        assert!(of("H5P.QuestionSet", set("H5P.MultiChoice 1.16")));
        assert!(!of("H5P.QuestionSet", set("H5P.DragQuestion 1.14")));
        assert!(!of("H5P.QuestionSet", set("H5P.QuestionSet 1.20")));
        assert!(!of("H5P.QuestionSet", json!({})));
    }

    #[test]
    fn libraries_are_followed_and_what_is_not_there_is_named() {
        let facts = json!({ "mainLibrary": "X.Sort", "language": "ar", "preloadedDependencies": [needs("X.Sort", json!("1"))] });
        let library = json!({ "preloadedJs": [{ "path": "js/sort.js" }], "preloadedCss": [{ "path": "sort.css" }],
            "preloadedDependencies": [needs("X.Base", json!(3))] });
        let library = library.to_string();
        let whole = [
            ("X.Sort-1.2/library.json", library.as_str()),
            ("X.Sort-1.2/js/sort.js", ""),
            ("X.Sort-1.2/sort.css", ""),
            ("X.Base-3.2/library.json", "{}"),
        ];
        let none = json!({});
        let found = file(&facts, &none, &whole);
        assert_eq!(
            (found.missing.len(), found.lang.as_deref()),
            (0, Some("ar"))
        );
        assert_eq!(file(&facts, &none, &whole[..3]).missing, ["X.Base 3.2"]);
        let less = [whole[0], whole[2], whole[3]];
        assert_eq!(
            file(&facts, &none, &less).missing,
            ["X.Sort-1.2/js/sort.js"]
        );
        assert_eq!(file(&facts, &none, &[]).missing, ["X.Sort 1.2"]);
        let inner = json!({ "parts": [{ "library": "X.Other 1.0", "params": {} }, { "library": "H5P.Nil 1.0", "params": {} }] });
        assert_eq!(file(&facts, &inner, &whole).missing, ["X.Other"]);
        // A file that names its type and asks for nothing.
        assert_eq!(
            file(&json!({ "mainLibrary": "X.Sort" }), &none, &[]).missing,
            ["X.Sort"]
        );
    }

    #[test]
    fn folders_without_versions_are_found() {
        let facts = json!({ "mainLibrary": "X.Sort", "preloadedDependencies": [needs("X.Sort", json!(1))] });
        let found = file(&facts, &json!({}), &[("X.Sort/library.json", "{}")]);
        assert_eq!(found.missing, Vec::<String>::new());
    }

    #[test]
    fn libraries_that_need_each_other_come_to_an_end() {
        let facts = json!({ "mainLibrary": "A", "preloadedDependencies": [needs("A", json!(1))] });
        let to =
            |name: &str| json!({ "preloadedDependencies": [needs(name, json!(1))] }).to_string();
        let (a, b) = (to("B"), to("A"));
        let all = [
            ("A-1.2/library.json", a.as_str()),
            ("B-1.2/library.json", b.as_str()),
        ];
        assert_eq!(file(&facts, &json!({}), &all).missing, Vec::<String>::new());
    }
}
