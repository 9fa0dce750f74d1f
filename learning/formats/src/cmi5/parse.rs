//! Reads a course structure, naming every rule of cmi5 that it breaks.
//!
//! The schema alone lets through what the specification forbids, so both are held here: the order
//! and number of elements, the attributes, and the rules on ids and addresses.

use super::rules::{Ids, Place, address, iri};
use super::{Block, Course, MoveOn, Node, Objective, Unit};
use crate::book::{Book, note};
use crate::item::Text;
use crate::xml::{Content, Element, parse};
use crate::{Package, Reading, decode, limits};
use base::{Refusal, Refusals, Result};
use std::collections::BTreeSet;
use std::io::{Read, Seek};

/// The namespace of course structures.
pub(super) const SPACE: &str = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";

/// Reads a course structure. `has` tells whether the package has a file of a name; without a
/// package every address must be fully qualified.
///
/// # Errors
/// Refused with every rule that is broken and where.
pub fn course(text: &str, has: Option<&dyn Fn(&str) -> bool>) -> Result<Course> {
    let root = parse(text)?;
    let mut reader = Reader {
        no: Refusals::default(),
        ids: Ids::default(),
        has,
        schemas: schemas(&root),
    };
    let course = reader.root(&root);
    reader.no.or(course)
}

/// The namespaces for which some element says where the schema is.
fn schemas(root: &Element) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut open = vec![root];
    while let Some(element) = open.pop() {
        if let Some(places) = element.get("schemaLocation") {
            let words: Vec<&str> = places.split_whitespace().collect();
            out.extend(words.chunks_exact(2).map(|pair| pair.concat_first()));
        }
        open.extend(element.elements());
    }
    out
}

trait First {
    fn concat_first(&self) -> String;
}
impl First for [&str] {
    fn concat_first(&self) -> String {
        self.first()
            .map(|word| (*word).to_owned())
            .unwrap_or_default()
    }
}

struct Reader<'a> {
    no: Refusals,
    ids: Ids,
    has: Option<&'a dyn Fn(&str) -> bool>,
    schemas: BTreeSet<String>,
}

/// How often an element may stand: its name, the least, whether more than once.
type Wanted = (&'static [&'static str], usize, bool);

impl Reader<'_> {
    fn refuse(&mut self, key: &str, place: &str) {
        if self.no.0.len() < limits::REASONS {
            let refusal = Refusal::about("file", key).with("place", place);
            if !self.no.0.contains(&refusal) {
                self.no.push(refusal);
            }
        }
    }

    fn root(&mut self, root: &Element) -> Course {
        if root.name != "courseStructure" || &*root.space != SPACE {
            self.refuse("format-cmi5-root", &root.name);
            return Course::default();
        }
        self.attributes(root, &[], "courseStructure");
        self.order(
            root,
            &[
                (&["course"], 1, false),
                (&["objectives"], 0, false),
                (&["au", "block"], 1, true),
            ],
            "courseStructure",
        );
        let mut course = Course::default();
        for element in own(root) {
            match element.name.as_str() {
                "course" => {
                    self.attributes(element, &["id"], "course");
                    let shape: &[Wanted] = &[(&["title"], 1, false), (&["description"], 1, false)];
                    self.order(element, shape, "course");
                    course.id = self.id(element, "course", false);
                    (course.title, course.description) = self.said(element);
                }
                "objectives" => course.objectives = self.objectives(element),
                _ => {}
            }
        }
        self.ids.objectives = course.objectives.iter().map(|o| o.id.clone()).collect();
        course.children = self.children(root);
        course
    }

    fn children(&mut self, parent: &Element) -> Vec<Node> {
        let mut out = Vec::new();
        for element in own(parent) {
            match element.name.as_str() {
                "au" => out.push(Node::Unit(self.unit(element))),
                "block" => out.push(Node::Block(self.block(element))),
                _ => {}
            }
        }
        out
    }

    fn block(&mut self, element: &Element) -> Block {
        let place = place(element);
        self.attributes(element, &["id"], &place);
        self.order(
            element,
            &[
                (&["title"], 1, false),
                (&["description"], 1, false),
                (&["objectives"], 0, false),
                (&["au", "block"], 1, true),
            ],
            &place,
        );
        let id = self.id(element, &place, true);
        let (title, description) = self.said(element);
        Block {
            id,
            title,
            description,
            objectives: self.references(element, &place),
            children: self.children(element),
        }
    }

    fn unit(&mut self, element: &Element) -> Unit {
        let place = place(element);
        let known = [
            "id",
            "moveOn",
            "masteryScore",
            "launchMethod",
            "activityType",
        ];
        self.attributes(element, &known, &place);
        self.order(
            element,
            &[
                (&["title"], 1, false),
                (&["description"], 1, false),
                (&["objectives"], 0, false),
                (&["url"], 1, false),
                (&["launchParameters"], 0, false),
                (&["entitlementKey"], 0, false),
            ],
            &place,
        );
        let id = self.id(element, &place, true);
        let (title, description) = self.said(element);
        let url = own(element)
            .find(|e| e.name == "url")
            .map(Element::text)
            .unwrap_or_default();
        if own(element).any(|e| e.name == "url") {
            let package = self
                .has
                .map(|has| Place::Package(has))
                .unwrap_or(Place::Nowhere);
            for key in address(&url, &package) {
                self.refuse(key, &format!("{place}: {url}"));
            }
        }
        let move_on = element.get("moveOn").map(|code| MoveOn::parse(code.trim()));
        if move_on == Some(None) {
            self.refuse("format-cmi5-move-on", &place);
        }
        let window = element.get("launchMethod").map(str::trim);
        if !matches!(window, None | Some("AnyWindow" | "OwnWindow")) {
            self.refuse("format-cmi5-launch-method", &place);
        }
        let kept = |name: &str| own(element).find(|e| e.name == name).map(Element::text);
        Unit {
            id,
            title,
            description,
            objectives: self.references(element, &place),
            url,
            launch_parameters: kept("launchParameters"),
            entitlement_key: kept("entitlementKey"),
            move_on: move_on.flatten().unwrap_or_default(),
            mastery_score: self.score(element, &place),
            own_window: window == Some("OwnWindow"),
            activity_type: element.some("activityType").map(str::to_owned),
        }
    }

    fn score(&mut self, element: &Element, place: &str) -> Option<f64> {
        let text = element.get("masteryScore")?.trim();
        let digits = text.trim_start_matches(['+', '-']);
        let plain = !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.len() + 1 >= text.len();
        let score = text.parse::<f64>().ok().filter(|_| plain);
        let score = score.filter(|score| (0.0..=1.0).contains(score));
        if score.is_none() {
            self.refuse("format-cmi5-mastery", place);
        }
        score
    }

    fn objectives(&mut self, element: &Element) -> Vec<Objective> {
        self.attributes(element, &[], "objectives");
        self.order(element, &[(&["objective"], 1, true)], "objectives");
        let mut out = Vec::new();
        for objective in own(element).filter(|e| e.name == "objective") {
            let place = place(objective);
            // The schema lets title and description stand in either order here.
            let names: Vec<&str> = own(objective).map(|e| e.name.as_str()).collect();
            let mut sorted = names.clone();
            sorted.sort_unstable();
            if sorted != ["description", "title"] {
                self.refuse("format-cmi5-shape", &place);
            }
            for attribute in &objective.attributes {
                if attribute.name != "id" {
                    self.refuse(
                        "format-cmi5-attribute",
                        &format!("{place}: {}", attribute.name),
                    );
                }
            }
            let id = self.id(objective, &place, true);
            let (title, description) = self.said(objective);
            out.push(Objective {
                id,
                title,
                description,
            });
        }
        out
    }

    /// The objectives a block or unit names.
    fn references(&mut self, element: &Element, place: &str) -> Vec<String> {
        let mut out = Vec::new();
        for list in own(element).filter(|e| e.name == "objectives") {
            self.order(list, &[(&["objective"], 1, true)], place);
            for objective in own(list) {
                let Some(id) = objective.some("idref") else {
                    self.refuse("format-cmi5-shape", place);
                    continue;
                };
                if !iri(id) {
                    self.refuse("format-cmi5-iri", &format!("{place}: {id}"));
                } else if !self.ids.objectives.contains(id) {
                    self.refuse("format-cmi5-objective", &format!("{place}: {id}"));
                }
                out.push(id.to_owned());
            }
        }
        out
    }

    fn id(&mut self, element: &Element, place: &str, unique: bool) -> String {
        let Some(id) = element.some("id") else {
            self.refuse("format-cmi5-id", place);
            return String::new();
        };
        if !iri(id) {
            self.refuse("format-cmi5-iri", &format!("{}: {id}", element.name));
        }
        if unique && !self.ids.taken.insert(id.to_owned()) {
            self.refuse("format-cmi5-twice", &format!("{}: {id}", element.name));
        }
        id.to_owned()
    }

    fn said(&mut self, element: &Element) -> (Text, Text) {
        let mut text = |name: &str| {
            own(element)
                .find(|e| e.name == name)
                .map(|e| self.text(e, &place(element)))
                .unwrap_or_default()
        };
        (text("title"), text("description"))
    }

    fn text(&mut self, element: &Element, place: &str) -> Text {
        self.attributes(element, &[], place);
        self.order(element, &[(&["langstring"], 1, true)], place);
        let mut out = Text::default();
        for string in own(element) {
            if own(string).next().is_some() {
                self.refuse("format-cmi5-shape", place);
            }
            let lang = match string.get("lang").map(str::trim) {
                None => "und",
                Some(lang) if crate::clean::is_lang(lang) || is_private(lang) => lang,
                Some(_) => {
                    self.refuse("format-cmi5-lang", place);
                    "und"
                }
            };
            for attribute in &string.attributes {
                if attribute.space.is_empty() && attribute.name != "lang" {
                    self.refuse(
                        "format-cmi5-attribute",
                        &format!("{place}: {}", attribute.name),
                    );
                }
            }
            let words = string
                .text()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            out.0.entry(lang.to_owned()).or_insert(words);
        }
        out
    }

    /// Attributes without a namespace are those of the schema.
    fn attributes(&mut self, element: &Element, known: &[&str], place: &str) {
        for attribute in &element.attributes {
            let own = attribute.space.is_empty() || &*attribute.space == SPACE;
            if own && !known.contains(&attribute.name.as_str()) {
                self.refuse(
                    "format-cmi5-attribute",
                    &format!("{place}: {}", attribute.name),
                );
            }
        }
    }

    /// Elements stand in the order and number of the schema; those of other namespaces come last
    /// and have a schema of their own.
    fn order(&mut self, element: &Element, wanted: &[Wanted], place: &str) {
        let mut names = Vec::new();
        let mut foreign = false;
        for part in &element.content {
            match part {
                Content::Text(text) if !text.trim().is_empty() => {
                    self.refuse("format-cmi5-shape", place);
                }
                Content::Text(_) => {}
                Content::Element(child) if &*child.space == SPACE => {
                    if foreign {
                        self.refuse("format-cmi5-shape", place);
                    }
                    names.push(child.name.as_str());
                }
                Content::Element(child) => {
                    foreign = true;
                    if child.space.is_empty() {
                        self.refuse("format-cmi5-shape", place);
                    } else if !self.schemas.contains(&*child.space) {
                        self.refuse("format-cmi5-schema", &format!("{place}: {}", child.space));
                    }
                }
            }
        }
        let mut left = names.as_slice();
        for (known, least, many) in wanted {
            let count = left.iter().take_while(|name| known.contains(name)).count();
            if count < *least || (count > 1 && !many) {
                let missing = known.join(", ");
                self.refuse("format-cmi5-shape", &format!("{place}: {missing}"));
            }
            left = left.get(count..).unwrap_or_default();
        }
        if let Some(name) = left.first() {
            self.refuse("format-cmi5-shape", &format!("{place}: {name}"));
        }
    }
}

/// Private and old language codes that the schema's type takes.
fn is_private(lang: &str) -> bool {
    let mut parts = lang.split('-');
    let first = parts.next().unwrap_or_default();
    (1..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn own(element: &Element) -> impl Iterator<Item = &Element> {
    element.elements().filter(|child| &*child.space == SPACE)
}

/// What an element is called in a refusal.
fn place(element: &Element) -> String {
    match element.some("id") {
        Some(id) => format!(
            "{} {}",
            element.name,
            id.chars().take(200).collect::<String>()
        ),
        None => element.name.clone(),
    }
}

pub(crate) fn read_structure(reading: &mut Reading, text: &str) -> Result<()> {
    let course = course(text, None)?;
    told(reading, course);
    Ok(())
}

fn told(reading: &mut Reading, course: Course) {
    reading.title = Some(course.title.get("en").to_owned()).filter(|title| !title.is_empty());
    reading.langs = course
        .title
        .0
        .keys()
        .filter(|lang| *lang != "und")
        .cloned()
        .collect();
    reading.entry = course.units().first().map(|(_, unit)| unit.url.clone());
    reading.course = Some(course);
}

pub(crate) fn read<R: Read + Seek>(reading: &mut Reading, package: &mut Package<R>) -> Result<()> {
    if !package.has("cmi5.xml") {
        return Err(Refusal::about("file", "format-cmi5-folder").into());
    }
    let bytes = package.read("cmi5.xml")?;
    let (text, _) = decode::text(&bytes);
    let course = course(&text, Some(&|name: &str| package.has(name)))?;
    let mut book = Book::default();
    let mut seen = BTreeSet::new();
    for (_, unit) in course.units().into_iter().take(500) {
        let Some(path) = crate::clean::normal("", &unit.url) else {
            continue;
        };
        if crate::clean::scheme(&unit.url).is_some() || !seen.insert(path.clone()) {
            continue;
        }
        if !matches!(
            crate::kind::extension(&path).as_str(),
            "html" | "htm" | "xhtml"
        ) {
            continue;
        }
        match package.read(&path) {
            Ok(bytes) => {
                let (text, _) = decode::text(&bytes);
                let title = Some(unit.title.get("en").to_owned());
                book.add(&path, title.filter(|title| !title.is_empty()), &text, false);
            }
            Err(_) => note(
                reading,
                Refusal::whole("format-file-missing").with("name", path),
            ),
        }
    }
    book.finish(reading, package);
    told(reading, course);
    Ok(())
}
