//! The manifest of a content package: organisations, activities, resources.

use super::sequenced::{Shared, sequencing};
use super::sequencing::Sequencing;
use crate::clean::{normal, scheme};
use crate::limits;
use crate::xml::{Element, parse};
use base::{Refusal, Refusals, Result};
use std::collections::{BTreeMap, BTreeSet};

/// What `imsmanifest.xml` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    pub id: String,
    /// `1.2`, `2004 3rd Edition`, `1.3.0` …, as it is written.
    pub version: Option<String>,
    pub title: Option<String>,
    pub langs: Vec<String>,
    pub rights: Option<String>,
    pub organisations: Vec<Organisation>,
    /// The place of the organisation that is meant.
    pub chosen: usize,
    pub resources: Vec<Resource>,
}

/// One way through the material.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Organisation {
    pub id: String,
    pub title: String,
    pub sequencing: Sequencing,
    /// Objectives that activities share are the learner's, whatever the package.
    pub objectives_everywhere: bool,
    /// Likewise the stores they share.
    pub stores_everywhere: bool,
    pub activities: Vec<Activity>,
}

/// A step of the way, or a group of steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Activity {
    pub id: String,
    pub title: String,
    /// Id of the resource it shows.
    pub resource: Option<String>,
    /// What is added to the resource's address.
    pub parameters: Option<String>,
    /// Between 0 and 1.
    pub mastery: Option<f64>,
    pub prerequisites: Option<String>,
    /// What the platform hands over when it opens the activity.
    pub data: Option<String>,
    /// How long it may take, as it is written.
    pub longest: Option<String>,
    /// What happens when that time is over: `exit,message` and the like.
    pub limit_action: Option<String>,
    /// The progress, from 0 to 1, from which it counts as completed.
    pub threshold: Option<f64>,
    pub visible: bool,
    pub sequencing: Sequencing,
    pub activities: Vec<Activity>,
}

/// A file that is shown, and the files it needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    pub id: String,
    pub kind: String,
    /// It talks with the platform (`sco`); else it is only shown.
    pub talks: bool,
    /// Inside the package, or elsewhere; with its query.
    pub href: Option<String>,
    pub files: Vec<String>,
    /// Ids of the resources it needs.
    pub needs: Vec<String>,
}

impl Manifest {
    /// Every activity of the chosen organisation that shows something, in order, with its resource.
    pub fn launches(&self) -> Vec<(&Activity, &Resource)> {
        let by_id: BTreeMap<&str, &Resource> = self
            .resources
            .iter()
            .map(|resource| (resource.id.as_str(), resource))
            .collect();
        let mut out = Vec::new();
        let chosen = self.organisations.get(self.chosen);
        let mut open: Vec<&Activity> = chosen
            .iter()
            .flat_map(|o| o.activities.iter().rev())
            .collect();
        while let Some(activity) = open.pop() {
            let resource = activity.resource.as_deref().and_then(|id| by_id.get(id));
            if let Some(resource) = resource {
                out.push((activity, *resource));
            }
            open.extend(activity.activities.iter().rev());
        }
        out
    }
}

/// Reads a manifest; `has` tells whether the package has a file of a name.
///
/// # Errors
/// Refused with every reason: what is missing, named twice, points nowhere or goes in a circle.
pub fn manifest(text: &str, has: &dyn Fn(&str) -> bool) -> Result<Manifest> {
    let root = parse(text)?;
    let mut no = Refusals::default();
    if root.name != "manifest" {
        return Err(Refusal::about("file", "format-manifest-root")
            .with("name", root.name.as_str())
            .into());
    }
    let mut out = Manifest {
        id: root.some("identifier").unwrap_or_default().to_owned(),
        ..Manifest::default()
    };
    if let Some(metadata) = root.first("metadata") {
        out.version = metadata.text_of("schemaversion");
        described(&mut out, metadata);
    }
    resources(&mut out, &root, has, &mut no);
    let shared = Shared::of(&root, &mut no);
    if let Some(list) = root.first("organizations") {
        for organisation in list.all("organization") {
            let id = organisation.some("identifier").unwrap_or_default();
            let everywhere = |name: &str| !matches!(organisation.some(name), Some("false" | "0"));
            out.organisations.push(Organisation {
                id: id.to_owned(),
                title: organisation.text_of("title").unwrap_or_default(),
                sequencing: sequencing(organisation, id, &shared, &mut no),
                objectives_everywhere: everywhere("objectivesGlobalToSystem"),
                stores_everywhere: everywhere("sharedDataGlobalToSystem"),
                activities: activities(organisation, &shared, &mut no),
            });
        }
        let wanted = list.some("default");
        let place = out
            .organisations
            .iter()
            .position(|o| Some(o.id.as_str()) == wanted);
        if wanted.is_some() && place.is_none() && !out.organisations.is_empty() {
            no.push(reason("format-manifest-points", wanted.unwrap_or_default()));
        }
        out.chosen = place.unwrap_or_default();
    }
    check(&out, &mut no);
    if no.0.len() > limits::REASONS {
        no.0.truncate(limits::REASONS);
    }
    no.or(out)
}

fn reason(key: &str, name: &str) -> Refusal {
    Refusal::about("file", key).with("name", name.chars().take(200).collect::<String>())
}

fn described(out: &mut Manifest, metadata: &Element) {
    for lom in metadata
        .below("lom")
        .into_iter()
        .chain(metadata.below("record"))
        .take(1)
    {
        if let Some(general) = lom.first("general") {
            out.title = general
                .first("title")
                .map(first_string)
                .filter(|title| !title.is_empty());
            let langs = general.all("language").map(Element::text);
            out.langs = langs.filter(|lang| crate::clean::is_lang(lang)).collect();
        }
        let rights = lom.path(&["rights", "description"]).map(first_string);
        out.rights = rights.filter(|text| !text.is_empty());
    }
}

fn first_string(element: &Element) -> String {
    let inner = element.elements().next();
    inner.map_or_else(|| element.text(), Element::text)
}

fn resources(out: &mut Manifest, root: &Element, has: &dyn Fn(&str) -> bool, no: &mut Refusals) {
    let Some(list) = root.first("resources") else {
        return;
    };
    let outer = format!(
        "{}{}",
        root.get("base").unwrap_or_default(),
        list.get("base").unwrap_or_default()
    );
    let mut missing = BTreeSet::new();
    for element in list.all("resource") {
        let base = format!("{outer}{}", element.get("base").unwrap_or_default());
        let mut inside = |href: &str| {
            if scheme(href).is_some() {
                return Some(href.to_owned());
            }
            let joined = format!("{base}{href}");
            match normal("", &joined) {
                Some(path) if has(&path) => {
                    let tail = joined.find(['?', '#']).and_then(|at| joined.get(at..));
                    Some(format!("{path}{}", tail.unwrap_or_default()))
                }
                _ => {
                    missing.insert(href.to_owned());
                    None
                }
            }
        };
        let href = element.some("href").and_then(&mut inside);
        let files = element
            .all("file")
            .filter_map(|file| inside(file.some("href")?))
            .collect();
        let kind = element
            .get("scormtype")
            .or_else(|| element.get("scormType"))
            .unwrap_or_default();
        out.resources.push(Resource {
            id: element.some("identifier").unwrap_or_default().to_owned(),
            kind: element
                .get("type")
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase(),
            talks: kind.eq_ignore_ascii_case("sco"),
            href,
            files,
            needs: element
                .all("dependency")
                .filter_map(|d| d.some("identifierref"))
                .map(str::to_owned)
                .collect(),
        });
    }
    // What is only listed may be missing in good packages; what is launched may not.
    let launched: BTreeSet<&str> = list
        .all("resource")
        .filter_map(|r| r.some("href"))
        .collect();
    for name in missing
        .iter()
        .filter(|name| launched.contains(name.as_str()))
    {
        no.push(reason("format-file-missing", name));
    }
}

fn activities(parent: &Element, shared: &Shared<'_>, no: &mut Refusals) -> Vec<Activity> {
    parent
        .all("item")
        .map(|item| {
            let score = item
                .text_of("masteryscore")
                .and_then(|text| text.parse::<f64>().ok());
            let measure = item
                .below("minNormalizedMeasure")
                .first()
                .and_then(|element| element.text().parse::<f64>().ok());
            Activity {
                id: item.some("identifier").unwrap_or_default().to_owned(),
                title: item.text_of("title").unwrap_or_default(),
                resource: item.some("identifierref").map(str::to_owned),
                parameters: item.some("parameters").map(str::to_owned),
                mastery: score
                    .map(|score| score / 100.0)
                    .or(measure)
                    .filter(|score| (0.0..=1.0).contains(score)),
                prerequisites: item.text_of("prerequisites"),
                data: item
                    .text_of("datafromlms")
                    .or_else(|| item.text_of("dataFromLMS")),
                longest: item.text_of("maxtimeallowed").or_else(|| {
                    let limits = item.path(&["sequencing", "limitConditions"])?;
                    limits
                        .some("attemptAbsoluteDurationLimit")
                        .map(str::to_owned)
                }),
                limit_action: item
                    .text_of("timelimitaction")
                    .or_else(|| item.text_of("timeLimitAction")),
                threshold: item
                    .first("completionThreshold")
                    .and_then(threshold)
                    .filter(|least| (0.0..=1.0).contains(least)),
                visible: item.get("isvisible") != Some("false"),
                sequencing: sequencing(
                    item,
                    item.some("identifier").unwrap_or_default(),
                    shared,
                    no,
                ),
                activities: activities(item, shared, no),
            }
        })
        .collect()
}

/// The least progress that completes: in the third edition the text, in the fourth an attribute.
fn threshold(element: &Element) -> Option<f64> {
    let written = element.get("minProgressMeasure").map(str::to_owned);
    written.unwrap_or_else(|| element.text()).parse().ok()
}

fn check(out: &Manifest, no: &mut Refusals) {
    let mut seen = BTreeSet::new();
    for resource in &out.resources {
        if !seen.insert(resource.id.as_str()) {
            no.push(reason("format-manifest-twice", &resource.id));
        }
    }
    let mut items = BTreeSet::new();
    for organisation in &out.organisations {
        let mut open: Vec<&Activity> = organisation.activities.iter().collect();
        while let Some(activity) = open.pop() {
            if !activity.id.is_empty() && !items.insert(activity.id.as_str()) {
                no.push(reason("format-manifest-twice", &activity.id));
            }
            if let Some(id) = &activity.resource
                && !seen.contains(id.as_str())
            {
                no.push(reason("format-manifest-points", id));
            }
            open.extend(&activity.activities);
        }
    }
    let needs: BTreeMap<&str, &[String]> = out
        .resources
        .iter()
        .map(|r| (r.id.as_str(), r.needs.as_slice()))
        .collect();
    if let Some(id) = circle(&needs) {
        no.push(reason("format-manifest-circle", id));
    }
}

/// A resource that needs itself, however far around.
fn circle<'a>(needs: &BTreeMap<&'a str, &'a [String]>) -> Option<&'a str> {
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    let mut needed_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, list) in needs {
        let known: Vec<&str> = list
            .iter()
            .map(String::as_str)
            .filter(|n| needs.contains_key(n))
            .collect();
        waiting.insert(id, known.len());
        for need in known {
            needed_by.entry(need).or_default().push(id);
        }
    }
    let mut free: Vec<&str> = waiting
        .iter()
        .filter(|(_, n)| **n == 0)
        .map(|(id, _)| *id)
        .collect();
    let mut done = 0;
    while let Some(id) = free.pop() {
        done += 1;
        for user in needed_by.remove(id).unwrap_or_default() {
            if let Some(left) = waiting.get_mut(user) {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    free.push(user);
                }
            }
        }
    }
    if done == needs.len() {
        return None;
    }
    needs
        .keys()
        .copied()
        .find(|id| waiting.get(id).is_some_and(|left| *left > 0))
}
