//! Small manifests for tests.

use super::{Answer, Course, Navigate, Run, Said, SaidOf, State};
use formats::scorm;

/// The course of a manifest whose organisation holds `inner`.
pub(super) fn course(inner: &str, collection: &str) -> Course {
    let manifest = manifest(inner, collection);
    let launches = manifest.launches();
    let unit = |id: &str| launches.iter().position(|(one, _)| one.id == id);
    Course::of(&manifest, &unit).unwrap_or_default()
}

pub(super) fn text(inner: &str, collection: &str) -> String {
    format!(
        "<manifest identifier=\"m\" xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" xmlns:adlseq=\"http://www.adlnet.org/xsd/adlseq_v1p3\" \
         xmlns:adlnav=\"http://www.adlnet.org/xsd/adlnav_v1p3\" xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\">\
         <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>\
         <organizations default=\"o\"><organization identifier=\"o\" adlseq:objectivesGlobalToSystem=\"false\">\
         <title>All</title>{inner}</organization></organizations><resources>\
         <resource identifier=\"r\" type=\"webcontent\" adlcp:scormType=\"sco\" href=\"a.html\"/></resources>\
         {collection}</manifest>"
    )
}

pub(super) fn manifest(inner: &str, collection: &str) -> scorm::Manifest {
    scorm::manifest(&text(inner, collection), &|_| true).unwrap_or_default()
}

/// An item that opens something.
pub(super) fn leaf(id: &str, sequencing: &str) -> String {
    format!(
        "<item identifier=\"{id}\" identifierref=\"r\"><title>{id}</title>\
         <imsss:sequencing>{sequencing}</imsss:sequencing></item>"
    )
}

/// A group.
pub(super) fn group(id: &str, sequencing: &str, inner: &str) -> String {
    format!(
        "<item identifier=\"{id}\"><title>{id}</title>{inner}\
         <imsss:sequencing>{sequencing}</imsss:sequencing></item>"
    )
}

/// The content says of itself how it stands.
pub(super) const OWN: &str =
    "<imsss:deliveryControls completionSetByContent=\"true\" objectiveSetByContent=\"true\"/>";

impl<'a> Run<'a> {
    pub(super) fn at_start(c: &'a Course) -> Self {
        let s = State::new(c, 7);
        let mut out = Self { c, s };
        out.prepare();
        out
    }
    /// Asks, and says what is open then, or why not.
    pub(super) fn go(&mut self, asked: &str) -> String {
        let target = |id: &str| self.c.find(id).unwrap_or(usize::MAX);
        let asked = match asked {
            "start" => Navigate::Start,
            "resume" => Navigate::ResumeAll,
            "continue" => Navigate::Continue,
            "previous" => Navigate::Previous,
            "exit" => Navigate::Exit,
            "exitAll" => Navigate::ExitAll,
            "abandon" => Navigate::Abandon,
            "abandonAll" => Navigate::AbandonAll,
            "suspendAll" => Navigate::SuspendAll,
            other => match other.strip_prefix("jump ") {
                Some(id) => Navigate::Jump(target(id)),
                None => Navigate::Choice(target(other)),
            },
        };
        match self.request(asked) {
            Answer::Opened { activity, .. } => self.c.at(activity).id.clone(),
            Answer::Left => "left".to_owned(),
            Answer::Closed => "closed".to_owned(),
            Answer::Refused(why) => format!("{why:?}"),
        }
    }
    /// What is open says how it stands, in this attempt.
    pub(super) fn says_of(
        &mut self,
        completed: Option<bool>,
        passed: Option<bool>,
        score: Option<f64>,
    ) {
        let whole = SaidOf {
            completed,
            passed,
            score,
            ..SaidOf::default()
        };
        let said = Said {
            whole,
            suspended: Some(false),
            ..Said::default()
        };
        if let Some(current) = self.s.current {
            self.report(current, &said);
        }
    }
    pub(super) fn satisfied(&self, id: &str) -> Option<bool> {
        self.known(self.c.find(id).unwrap_or_default(), 0).satisfied
    }
    pub(super) fn done(&self, id: &str) -> Option<bool> {
        self.completed(self.c.find(id).unwrap_or_default())
    }
}
