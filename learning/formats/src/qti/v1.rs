//! Version 1.2, as cartridges and older programs hold it: many items a file.

use super::{Sheet, attribute, below, good_id};
use crate::clean::escape;
use crate::item::{Choice, Form, Interaction, Item, Part, Text};
use crate::xml::Element;
use std::collections::BTreeMap;

pub(super) fn sheet(sheet: &mut Sheet, root: &Element) {
    let test = below(root, "assessment")
        .into_iter()
        .chain(below(root, "objectbank"))
        .next();
    sheet.title = test.and_then(|e| e.some("title")).map(str::to_owned);
    for element in below(root, "item") {
        let name = element
            .some("title")
            .or_else(|| element.some("ident"))
            .unwrap_or_default();
        item(sheet, element, name);
    }
}

/// A fact of the item's metadata.
fn fact(element: &Element, label: &str) -> Option<String> {
    below(element, "qtimetadatafield")
        .into_iter()
        .find_map(|field| {
            (field.text_of("fieldlabel")? == label).then(|| field.text_of("fieldentry"))?
        })
}

/// The text of a `material`.
fn said(sheet: &Sheet, element: &Element) -> Text {
    let mut html = String::new();
    for part in below(element, "mattext") {
        let text = part.text();
        if part.get("texttype") == Some("text/html") || text.contains("</") {
            html.push_str(&text);
        } else {
            html.push_str(&escape(&text));
        }
    }
    for picture in below(element, "matimage") {
        if let Some(uri) = picture.some("uri") {
            html.push_str(&format!("<img src=\"{}\" alt=\"\">", escape(uri)));
        }
    }
    sheet.text(&html)
}

/// One condition and what follows when it holds.
struct Rule<'e> {
    /// Which response, and the value it must have.
    equal: Vec<(&'e str, String)>,
    /// It is the answer that earns.
    right: bool,
    feedback: Vec<&'e str>,
}

fn rules(element: &Element) -> Vec<Rule<'_>> {
    below(element, "respcondition")
        .into_iter()
        .map(|condition| {
            let sets = || condition.all("setvar");
            let earned = sets().any(|set| set.text().parse::<f64>().is_ok_and(|score| score > 0.0));
            let mut equal = Vec::new();
            for variable in condition.all("conditionvar") {
                let mut open: Vec<&Element> = variable.elements().rev().collect();
                while let Some(test) = open.pop() {
                    match test.name.as_str() {
                        "varequal" => {
                            equal.push((test.get("respident").unwrap_or_default(), test.text()));
                        }
                        "not" => {}
                        _ => open.extend(test.elements().rev()),
                    }
                }
            }
            Rule {
                equal,
                right: earned,
                feedback: condition
                    .all("displayfeedback")
                    .filter_map(|f| f.some("linkrefid"))
                    .collect(),
            }
        })
        .collect()
}

fn item(sheet: &mut Sheet, element: &Element, name: &str) {
    let Some(presentation) = element.first("presentation") else {
        return sheet.remark("format-qti-item", name, "");
    };
    let flow = presentation.first("flow").unwrap_or(presentation);
    let kind = fact(element, "question_type")
        .or_else(|| fact(element, "cc_profile"))
        .unwrap_or_default();
    let rules = rules(element);
    let prompt = flow
        .first("material")
        .map(|material| said(sheet, material))
        .unwrap_or_default();
    let lists = flow.below("response_lid");
    let feedback = feedbacks(sheet, element);
    let made = if lists.len() > 1 {
        matching(sheet, &lists, &rules)
    } else if let Some(list) = lists.first() {
        Some(choices(sheet, list, &rules, &feedback))
    } else {
        written(sheet, flow, &kind, &rules)
    };
    let Some(interaction) = made else {
        let why = if kind.is_empty() { "?" } else { &kind };
        return sheet.remark("format-qti-kind", name, why);
    };
    let mut item = Item::new(prompt, interaction);
    let take = |id: &str| feedback.get(id).cloned().unwrap_or_default();
    item.when_right = take("correct_fb");
    item.when_wrong = take("general_incorrect_fb");
    item.solution = [take("general_fb"), take("solution")]
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    item.hint = take("hint");
    sheet.keep(name, item);
}

fn feedbacks(sheet: &Sheet, element: &Element) -> BTreeMap<String, Text> {
    let all = element.all("itemfeedback");
    all.filter_map(|feedback| Some((feedback.some("ident")?.to_owned(), said(sheet, feedback))))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

fn choices(
    sheet: &Sheet,
    list: &Element,
    rules: &[Rule],
    feedback: &BTreeMap<String, Text>,
) -> Interaction {
    let several =
        attribute(list, "rcardinality").is_some_and(|c| c.eq_ignore_ascii_case("multiple"));
    let options = list
        .below("response_label")
        .into_iter()
        .enumerate()
        .map(|(n, label)| {
            let id = label.some("ident").unwrap_or_default();
            let own = rules.iter().find(|rule| {
                !rule.feedback.is_empty()
                    && rule.equal.len() == 1
                    && rule.equal.iter().any(|(_, value)| value == id)
            });
            let own = own.and_then(|rule| rule.feedback.iter().find_map(|f| feedback.get(*f)));
            Choice {
                id: good_id(id, 'c', n),
                text: said(sheet, label),
                right: rules
                    .iter()
                    .any(|rule| rule.right && rule.equal.iter().any(|(_, value)| value == id)),
                feedback: own.cloned().unwrap_or_default(),
            }
        })
        .collect();
    if several {
        Interaction::Several { options }
    } else {
        Interaction::Choice { options }
    }
}

/// Several lists with the same labels: each is a line of a match.
fn matching(sheet: &Sheet, lists: &[&Element], rules: &[Rule]) -> Option<Interaction> {
    let labels = lists.first()?.below("response_label");
    let right: Vec<(String, Part)> = labels
        .iter()
        .enumerate()
        .map(|(n, label)| {
            let id = label.some("ident").unwrap_or_default();
            let part = Part {
                id: good_id(id, 'r', n),
                text: said(sheet, label),
            };
            (id.to_owned(), part)
        })
        .collect();
    let (mut left, mut pairs) = (Vec::new(), BTreeMap::new());
    for (n, list) in lists.iter().enumerate() {
        let id = list.some("ident")?;
        let own = good_id(id, 'l', n);
        let value = rules
            .iter()
            .filter(|rule| rule.right)
            .flat_map(|rule| &rule.equal)
            .find(|(response, _)| *response == id)
            .map(|(_, value)| value)?;
        let to = right.iter().find(|(label, _)| label == value)?;
        pairs.insert(own.clone(), to.1.id.clone());
        left.push(Part {
            id: own,
            text: list
                .first("material")
                .map(|material| said(sheet, material))
                .unwrap_or_default(),
        });
    }
    Some(Interaction::Match {
        left,
        right: right.into_iter().map(|(_, part)| part).collect(),
        pairs,
    })
}

fn written(sheet: &Sheet, flow: &Element, kind: &str, rules: &[Rule]) -> Option<Interaction> {
    let boxes = flow.below("response_str").len() + flow.below("response_num").len();
    if boxes != 1 {
        return None;
    }
    let words: Vec<String> = rules
        .iter()
        .filter(|rule| rule.right)
        .flat_map(|rule| rule.equal.iter().map(|(_, value)| value.trim().to_owned()))
        .filter(|word| !word.is_empty())
        .collect();
    if kind.contains("essay") || words.is_empty() {
        return Some(Interaction::Open {
            lines: 6,
            rubric: Text::default(),
        });
    }
    if kind.contains("numerical") || !flow.below("response_num").is_empty() {
        return Some(Interaction::Number {
            answer: words.into_iter().next()?,
            tolerance: None,
            form: Form::Value,
            unit: Text::default(),
            foreseen: Vec::new(),
        });
    }
    Some(Interaction::Word {
        accepted: BTreeMap::from([(sheet.lang().to_owned(), words)]),
        case: false,
        accents: false,
        foreseen: Vec::new(),
    })
}
