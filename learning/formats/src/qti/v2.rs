//! Versions 2 and 3: one item a file.

use super::{Sheet, attribute, below, good_id, html_of, is};
use crate::item::{Choice, Foreseen, Form, Interaction, Item, Part, Text};
use crate::xml::Element;
use std::collections::BTreeMap;

/// The interactions that are read.
const READ: [&str; 7] = [
    "choiceinteraction",
    "textentryinteraction",
    "extendedtextinteraction",
    "orderinteraction",
    "matchinteraction",
    "inlinechoiceinteraction",
    "gapmatchinteraction",
];

/// A declared response.
#[derive(Default)]
struct Declared {
    several: bool,
    number: bool,
    right: Vec<String>,
    /// Answers that earn something, and whether case matters.
    mapped: Vec<(String, bool)>,
}

pub(super) fn item(sheet: &mut Sheet, root: &Element) {
    let name = attribute(root, "title")
        .filter(|title| !title.is_empty())
        .or_else(|| attribute(root, "identifier"))
        .unwrap_or_default()
        .to_owned();
    sheet.title = Some(name.clone()).filter(|name| !name.is_empty());
    let Some(body) = root.elements().find(|e| is(e, "itembody")) else {
        return sheet.remark("format-qti-item", &name, "");
    };
    let found: Vec<&Element> = interactions(body);
    let &[interaction] = found.as_slice() else {
        let why = match found.len() {
            0 => "0".to_owned(),
            n => format!("{n} × {}", found[0].name),
        };
        return sheet.remark("format-qti-kind", &name, &why);
    };
    let declared = declared(root, attribute(interaction, "responseidentifier"));
    let feedback = feedback(sheet, root);
    let Some(made) = made(sheet, interaction, &declared, &feedback) else {
        return sheet.remark("format-qti-kind", &name, &interaction.name);
    };
    let mut item = Item::new(prompt(sheet, body, interaction), made);
    for (id, text) in &feedback {
        let lower = id.to_ascii_lowercase();
        if lower.contains("hint") {
            item.hint = text.clone();
        } else if lower.contains("solution") || lower.contains("general") {
            item.solution = text.clone();
        } else if lower.contains("incorrect") || lower.contains("wrong") {
            item.when_wrong = text.clone();
        } else if lower.contains("correct") || lower.contains("right") {
            item.when_right = text.clone();
        }
    }
    item.difficulty = attribute(root, "datadifficulty").and_then(|d| d.parse().ok());
    if let Interaction::Open { rubric, .. } = &mut item.interaction {
        *rubric = rubric_of(sheet, body);
    }
    sheet.keep(&name, item);
}

fn interactions(body: &Element) -> Vec<&Element> {
    let mut out = Vec::new();
    let mut open: Vec<&Element> = body.elements().rev().collect();
    while let Some(element) = open.pop() {
        let name = super::plain_name(&element.name);
        if name.ends_with("interaction") {
            out.push(element);
        } else {
            open.extend(element.elements().rev());
        }
    }
    out
}

fn declared(root: &Element, id: Option<&str>) -> Declared {
    let all = || root.elements().filter(|e| is(e, "responsedeclaration"));
    let Some(element) = all()
        .find(|e| attribute(e, "identifier") == id)
        .or_else(|| all().next())
    else {
        return Declared::default();
    };
    let mut out = Declared {
        several: matches!(
            attribute(element, "cardinality"),
            Some("multiple" | "ordered")
        ),
        number: matches!(attribute(element, "basetype"), Some("integer" | "float")),
        ..Declared::default()
    };
    if let Some(right) = element.elements().find(|e| is(e, "correctresponse")) {
        out.right = right.elements().map(Element::text).collect();
    }
    for entry in below(element, "mapentry")
        .into_iter()
        .chain(below(element, "mappingentry"))
    {
        let worth = attribute(entry, "mappedvalue").and_then(|v| v.parse::<f64>().ok());
        if let (Some(key), true) = (attribute(entry, "mapkey"), worth.is_some_and(|w| w > 0.0)) {
            out.mapped.push((
                key.to_owned(),
                attribute(entry, "casesensitive") == Some("true"),
            ));
        }
    }
    out
}

/// Modal feedbacks by their id.
fn feedback(sheet: &Sheet, root: &Element) -> BTreeMap<String, Text> {
    root.elements()
        .filter(|e| is(e, "modalfeedback"))
        .filter_map(|e| {
            let id = attribute(e, "identifier")?.to_owned();
            let body = e.elements().find(|b| is(b, "contentbody")).unwrap_or(e);
            Some((id, sheet.text(&html_of(body, &|_| None))))
        })
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// What is asked: the body without its interaction, a line where something is to be filled in.
fn prompt(sheet: &Sheet, body: &Element, interaction: &Element) -> Text {
    let inline =
        is(interaction, "textentryinteraction") || is(interaction, "inlinechoiceinteraction");
    let html = html_of(body, &|element| {
        if std::ptr::eq(element, interaction) {
            if inline {
                return Some(" ____ ".to_owned());
            }
            let own = element.elements().find(|e| is(e, "prompt"));
            let asked = own.map(|e| html_of(e, &|_| None)).unwrap_or_default();
            let rest = if is(element, "gapmatchinteraction") {
                gaps_html(element)
            } else {
                String::new()
            };
            return Some(format!("<div>{asked}</div>{rest}"));
        }
        let left_out = [
            "rubricblock",
            "feedbackblock",
            "feedbackinline",
            "modalfeedback",
            "stylesheet",
        ];
        left_out
            .iter()
            .any(|name| is(element, name))
            .then(String::new)
    });
    let text = sheet.text(&html);
    // A line at the very end stands for nothing but the box itself.
    text.map(|html| {
        let html = html.trim();
        let rest = html
            .strip_suffix("<p>____</p>")
            .or_else(|| html.strip_suffix("____"));
        crate::clean::single(rest.unwrap_or(html).trim_end().to_owned())
    })
}

fn gaps_html(element: &Element) -> String {
    let count = std::cell::Cell::new(0);
    html_of(element, &|child| {
        if is(child, "gap") {
            count.set(count.get() + 1);
            return Some(format!(" ({}) ____ ", count.get()));
        }
        ["prompt", "gaptext", "gapimg"]
            .iter()
            .any(|name| is(child, name))
            .then(String::new)
    })
}

fn content(sheet: &Sheet, element: &Element) -> Text {
    sheet.text(&html_of(element, &|child| {
        let feedback = is(child, "feedbackinline") || is(child, "feedbackblock");
        feedback.then(String::new)
    }))
}

/// The parts of a list, with the ids they have in the file.
fn parts<'e>(
    sheet: &Sheet,
    elements: impl Iterator<Item = &'e Element>,
    letter: char,
) -> Vec<(String, Part)> {
    elements
        .enumerate()
        .map(|(n, element)| {
            let id = attribute(element, "identifier").unwrap_or_default();
            let part = Part {
                id: good_id(id, letter, n),
                text: content(sheet, element),
            };
            (id.to_owned(), part)
        })
        .collect()
}

fn made(
    sheet: &Sheet,
    element: &Element,
    declared: &Declared,
    feedback: &BTreeMap<String, Text>,
) -> Option<Interaction> {
    let name = super::plain_name(&element.name);
    match READ.iter().position(|known| *known == name)? {
        0 | 5 => {
            let inner = if name.starts_with("inline") {
                "inlinechoice"
            } else {
                "simplechoice"
            };
            Some(choice(sheet, element, inner, declared, feedback))
        }
        1 => entry(sheet, element, declared),
        2 => Some(Interaction::Open {
            lines: attribute(element, "expectedlines")
                .and_then(|n| n.parse().ok())
                .unwrap_or(4),
            rubric: Text::default(),
        }),
        3 => {
            let mut left = parts(
                sheet,
                element.elements().filter(|e| is(e, "simplechoice")),
                'p',
            );
            let mut sorted = Vec::new();
            for id in &declared.right {
                let at = left.iter().position(|(own, _)| own == id)?;
                sorted.push(left.remove(at).1);
            }
            left.is_empty()
                .then_some(Interaction::Order { parts: sorted })
        }
        4 => {
            let sets: Vec<&Element> = element
                .elements()
                .filter(|e| is(e, "simplematchset"))
                .collect();
            let [left, right] = sets.as_slice() else {
                return None;
            };
            let choices = |set: &&Element, letter| {
                parts(
                    sheet,
                    set.elements().filter(|e| is(e, "simpleassociablechoice")),
                    letter,
                )
            };
            matched(
                choices(left, 'l'),
                choices(right, 'r'),
                &declared.right,
                false,
            )
        }
        _ => {
            let gaps = below(element, "gap");
            let left = gaps.iter().enumerate().map(|(n, gap)| {
                let id = attribute(gap, "identifier").unwrap_or_default();
                let part = Part {
                    id: good_id(id, 'g', n),
                    text: Text::one(sheet.lang(), format!("({})", n + 1)),
                };
                (id.to_owned(), part)
            });
            let right = parts(sheet, element.elements().filter(|e| is(e, "gaptext")), 'r');
            matched(left.collect(), right, &declared.right, true)
        }
    }
}

fn choice(
    sheet: &Sheet,
    element: &Element,
    inner: &str,
    declared: &Declared,
    feedback: &BTreeMap<String, Text>,
) -> Interaction {
    let options = element
        .elements()
        .filter(|e| is(e, inner))
        .enumerate()
        .map(|(n, option)| {
            let id = attribute(option, "identifier").unwrap_or_default();
            let own = option.elements().find(|e| is(e, "feedbackinline"));
            Choice {
                id: good_id(id, 'c', n),
                text: content(sheet, option),
                right: declared.right.iter().any(|right| right == id)
                    || (declared.right.is_empty()
                        && declared.mapped.iter().any(|(key, _)| key == id)),
                feedback: own
                    .map(|e| sheet.text(&html_of(e, &|_| None)))
                    .or_else(|| feedback.get(id).cloned())
                    .unwrap_or_default(),
            }
        })
        .collect();
    if declared.several {
        Interaction::Several { options }
    } else {
        Interaction::Choice { options }
    }
}

fn entry(sheet: &Sheet, element: &Element, declared: &Declared) -> Option<Interaction> {
    let first = declared.right.first().cloned();
    if declared.number || attribute(element, "datakind") == Some("number") {
        return Some(Interaction::Number {
            answer: first.or_else(|| declared.mapped.first().map(|(key, _)| key.clone()))?,
            tolerance: attribute(element, "datatolerance").map(str::to_owned),
            form: match attribute(element, "dataform") {
                Some("simplest") => Form::Simplest,
                Some("exact") => Form::Exact,
                _ => Form::Value,
            },
            unit: attribute(element, "dataunit")
                .map(|unit| sheet.text(unit))
                .unwrap_or_default(),
            foreseen: Vec::<Foreseen>::new(),
        });
    }
    let mut words: Vec<String> = declared.right.clone();
    for (key, _) in &declared.mapped {
        if !words.contains(key) {
            words.push(key.clone());
        }
    }
    words.retain(|word| !word.trim().is_empty());
    Some(Interaction::Word {
        accepted: BTreeMap::from([(sheet.lang().to_owned(), words)]),
        case: declared.mapped.iter().any(|(_, case)| *case),
        accents: attribute(element, "dataaccents") == Some("true"),
        foreseen: Vec::new(),
    })
}

/// Pairs as `left right`, or the other way round for gaps. Each on the left must go with one.
fn matched(
    left: Vec<(String, Part)>,
    right: Vec<(String, Part)>,
    pairs: &[String],
    turned: bool,
) -> Option<Interaction> {
    let mut out = BTreeMap::new();
    for pair in pairs {
        let (first, second) = pair.split_once(char::is_whitespace)?;
        let (from, to) = if turned {
            (second.trim(), first)
        } else {
            (first, second.trim())
        };
        // Some files name the two the other way round.
        let sides = |from: &str, to: &str| {
            let from = left.iter().find(|(id, _)| id == from)?;
            let to = right.iter().find(|(id, _)| id == to)?;
            Some((from.1.id.clone(), to.1.id.clone()))
        };
        let (from, to) = sides(from, to).or_else(|| sides(to, from))?;
        if out.insert(from, to).is_some() {
            return None;
        }
    }
    Some(Interaction::Match {
        left: left.into_iter().map(|(_, part)| part).collect(),
        right: right.into_iter().map(|(_, part)| part).collect(),
        pairs: out,
    })
}

/// What the marker looks for.
fn rubric_of(sheet: &Sheet, body: &Element) -> Text {
    let blocks = below(body, "rubricblock");
    let wanted = blocks.iter().find(|block| {
        attribute(block, "view")
            .is_some_and(|view| view.contains("scorer") || view.contains("tutor"))
    });
    wanted
        .map(|block| {
            let inner = block
                .elements()
                .find(|e| is(e, "contentbody"))
                .unwrap_or(block);
            sheet.text(&html_of(inner, &|_| None))
        })
        .unwrap_or_default()
}
