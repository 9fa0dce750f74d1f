//! What is inside a package: its units in order, where each starts, how heavy it is.

use super::h5p::PAGE;
use super::sequencing::Course;
use base::{Error, Id, Result};
use files::Files;
use formats::h5p::{Play, play};
use formats::{Item, Kind, Package, scorm};
use resources::Rendition;
use std::collections::HashMap;
use std::io::BufReader;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Outlines remembered; beyond that all are forgotten and read once more.
const REMEMBERED: usize = 200;
/// Units of one package that are listed.
const UNITS: usize = 2_000;

/// Something that is opened by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unit {
    pub title: String,
    /// Inside the package, with its query; none when it lies elsewhere.
    pub start: Option<String>,
    /// It reports what a learner does.
    pub talks: bool,
    /// From 0 to 1.
    pub mastery: Option<f64>,
    pub data: Option<String>,
    pub longest: Option<String>,
    pub limit_action: Option<String>,
    pub threshold: Option<f64>,
}

/// A line of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub depth: usize,
    pub title: String,
    pub unit: Option<usize>,
}

/// What is inside a package.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub kind: Kind,
    pub units: Vec<Unit>,
    pub lines: Vec<Line>,
    /// The order in which its activities open, where the package has one of its own.
    pub course: Option<Course>,
    /// Questions that can be asked without the package's own program.
    pub items: Vec<Item>,
    /// What an H5P file needs to be played by its own program.
    pub play: Option<Play>,
    /// What the reader could not open, as its remarks name it.
    pub unread: Vec<base::Refusal>,
    pub files: usize,
    /// Bytes unpacked.
    pub unpacked: u64,
}

impl Outline {
    /// How its pages speak with a platform; empty when they speak with none.
    pub(crate) const fn version(&self) -> &'static str {
        match self.kind {
            Kind::Scorm12 => "1.2",
            Kind::Scorm2004 => "2004",
            Kind::H5p => "h5p",
            _ => "",
        }
    }
    /// Whether its pages run in a box here.
    pub(crate) const fn runs(&self) -> bool {
        matches!(self.kind, Kind::Scorm12 | Kind::Scorm2004 | Kind::Html5)
    }
    /// Whether it is an H5P file that asks more than a plain form can.
    pub(crate) fn wants_player(&self) -> bool {
        let asked = |play: &Play| play.is_asked && !self.items.is_empty();
        self.play.as_ref().is_some_and(|play| !asked(play))
    }
    /// Whether it is played where a player is installed.
    pub(crate) fn plays(&self) -> bool {
        let whole = |play: &Play| play.missing.is_empty();
        self.wants_player() && self.play.as_ref().is_some_and(whole)
    }
}

/// Outlines by their form and its bytes.
type Known = HashMap<(Id, String), Arc<Outline>>;

/// The outline of a form, read once.
///
/// # Errors
/// Missing when nothing is kept; refused with every reason when the package cannot be read.
pub(crate) fn outline(files: &Files, form: &Rendition) -> Result<Arc<Outline>> {
    static KNOWN: OnceLock<Mutex<Known>> = OnceLock::new();
    let known = KNOWN.get_or_init(Mutex::default);
    let key = (form.id, form.hash.clone());
    let held = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = held().get(&key) {
        return Ok(found.clone());
    }
    let read = Arc::new(read(files, form)?);
    let mut known = held();
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(key, read.clone());
    Ok(read)
}

fn read(files: &Files, form: &Rendition) -> Result<Outline> {
    let (file, _) = files.open_kept(&form.hash)?;
    let mut package = Package::over(BufReader::new(file))?;
    let mut out = Outline {
        kind: Kind::Html5,
        units: Vec::new(),
        lines: Vec::new(),
        course: None,
        items: Vec::new(),
        play: None,
        unread: Vec::new(),
        files: package.names().count(),
        unpacked: package.unpacked(),
    };
    if package.has("cmi5.xml") {
        out.kind = Kind::Cmi5;
        return Ok(out);
    }
    if package.has("imsmanifest.xml") {
        let (kind, manifest) = scorm::manifest_of(&mut package)?;
        out.kind = kind;
        if matches!(kind, Kind::Scorm12 | Kind::Scorm2004) {
            contents(&mut out, &manifest);
        }
        return Ok(out);
    }
    let reading = formats::read(&form.name, &files.read(&form.hash)?)?;
    out.kind = reading.kind;
    if reading.kind == Kind::H5p {
        out.items = reading.items;
        out.unread = reading.remarks;
        out.play = Some(play(&mut package)?);
        if out.plays() {
            out.units.push(Unit {
                title: reading.title.unwrap_or_default(),
                start: Some(PAGE.to_owned()),
                talks: true,
                ..Unit::default()
            });
        }
        return Ok(out);
    }
    let start = reading.entry.ok_or(Error::Missing)?;
    out.units.push(Unit {
        title: reading.title.unwrap_or_default(),
        start: Some(start),
        ..Unit::default()
    });
    Ok(out)
}

/// The table of contents, depth first, as the manifest's organisation has it.
fn contents(out: &mut Outline, manifest: &scorm::Manifest) {
    let launches = manifest.launches();
    let at = |id: &str| launches.iter().position(|(activity, _)| activity.id == id);
    for (activity, resource) in launches.iter().take(UNITS) {
        out.units.push(Unit {
            title: activity.title.clone(),
            start: resource
                .href
                .as_deref()
                .filter(|href| !href.contains("://"))
                .map(|href| joined(href, activity.parameters.as_deref().unwrap_or_default())),
            talks: resource.talks,
            mastery: activity.mastery,
            data: activity.data.clone(),
            longest: activity.longest.clone(),
            limit_action: activity.limit_action.clone(),
            threshold: activity.threshold,
        });
    }
    if out.kind == Kind::Scorm2004 {
        out.course = Course::of(manifest, &|id| at(id).filter(|n| *n < UNITS));
    }
    let chosen = manifest.organisations.get(manifest.chosen);
    let mut open: Vec<(usize, &scorm::Activity)> = chosen
        .iter()
        .flat_map(|one| one.activities.iter().rev())
        .map(|activity| (0, activity))
        .collect();
    while let Some((depth, activity)) = open.pop() {
        if activity.visible {
            let unit = activity.resource.as_ref().and_then(|_| at(&activity.id));
            out.lines.push(Line {
                depth,
                title: activity.title.clone(),
                unit: unit.filter(|n| *n < UNITS),
            });
        }
        let inner = activity.activities.iter().rev();
        open.extend(inner.map(|one| (depth + 1, one)));
    }
}

/// An address with the parameters an activity adds to it.
fn joined(href: &str, parameters: &str) -> String {
    let added = parameters.trim().trim_start_matches(['?', '&']);
    if added.is_empty() {
        href.to_owned()
    } else if added.starts_with('#') {
        if href.contains('#') {
            href.to_owned()
        } else {
            format!("{href}{added}")
        }
    } else {
        let (path, mark) = href.split_once('#').unwrap_or((href, ""));
        let sign = if path.contains('?') { '&' } else { '?' };
        let mark = if mark.is_empty() {
            String::new()
        } else {
            format!("#{mark}")
        };
        format!("{path}{sign}{added}{mark}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_added_as_the_standard_says() {
        for (href, parameters, whole) in [
            ("a.html", "", "a.html"),
            ("a.html", "?q=1", "a.html?q=1"),
            ("a.html", "q=1", "a.html?q=1"),
            ("a.html?x=2", "&q=1", "a.html?x=2&q=1"),
            ("a.html?x=2", "?q=1", "a.html?x=2&q=1"),
            ("a.html", "#part", "a.html#part"),
            ("a.html#one", "#two", "a.html#one"),
            ("a.html#one", "?q=1", "a.html?q=1#one"),
        ] {
            assert_eq!(joined(href, parameters), whole, "{href} {parameters}");
        }
    }
}
