//! What this side says itself: launched, abandoned, waived, satisfied.

use super::course::{Course, Node, Registration, Session};
use super::rules::{CMI5, EXTENSION, MOVEON};
use base::{Id, Moment, Result};
use db::Tx;
use serde_json::{Map, Value, json};

const ADL: &str = "https://w3id.org/xapi/adl/verbs/";
const TYPE: &str = "https://w3id.org/xapi/cmi5/activitytype/";

/// The agent of a registration.
pub(crate) fn agent(registration: &Registration) -> Value {
    let whose = &registration.whose;
    json!({ "account": { "homePage": whose.home, "name": whose.name } })
}

/// What every statement about a part of a course stands in.
pub(crate) fn template(node: &Node, session: Id) -> Value {
    json!({
        "contextActivities": { "grouping": [{ "id": node.publisher }] },
        "extensions": { format!("{EXTENSION}sessionid"): session.to_string() },
    })
}

/// A statement on its way to the store.
pub(crate) struct Saying<'a> {
    course: &'a Course,
    registration: &'a Registration,
    session: Id,
    now: Moment,
    list: Vec<Value>,
}

impl<'a> Saying<'a> {
    pub(crate) const fn new(
        (course, registration): (&'a Course, &'a Registration),
        session: Id,
        now: Moment,
    ) -> Self {
        Self {
            course,
            registration,
            session,
            now,
            list: Vec::new(),
        }
    }

    fn say(&mut self, verb: String, node: &Node, result: Option<Value>, more: Map<String, Value>) {
        let mut context = template(node, self.session);
        context["registration"] = self.registration.id.to_string().into();
        let mut around = vec![json!({ "id": CMI5 })];
        if result
            .as_ref()
            .is_some_and(|result| result.get("success").is_some())
        {
            around.push(json!({ "id": MOVEON }));
        }
        context["contextActivities"]["category"] = around.into();
        for (name, value) in more {
            context["extensions"][format!("{EXTENSION}{name}")] = value;
        }
        let word = verb.rsplit('/').next().unwrap_or_default().to_owned();
        let mut definition = json!({ "name": node.titles.0 });
        if node.kind != "unit" {
            definition["type"] = format!("{TYPE}{}", node.kind).into();
        }
        let mut statement = json!({
            "id": Id::new(self.now).to_string(),
            "timestamp": self.now.to_string(),
            "actor": agent(self.registration),
            "verb": { "id": verb, "display": { "en": word } },
            "object": {
                "objectType": "Activity",
                "id": node.activity(self.course.resource),
                "definition": definition,
            },
            "context": context,
        });
        if let Some(result) = result {
            statement["result"] = result;
        }
        self.list.push(statement);
    }

    /// A unit was opened, at an address without what belongs to the session alone.
    pub(crate) fn launched(&mut self, node: &Node, session: &Session, url: &str) {
        let mut more = Map::new();
        more.insert("launchmode".to_owned(), session.mode.code().into());
        more.insert("launchurl".to_owned(), url.into());
        more.insert("moveon".to_owned(), node.move_on.code().into());
        if let Some(mastery) = node.mastery {
            more.insert("masteryscore".to_owned(), mastery.into());
        }
        if let Some(parameters) = &node.parameters {
            more.insert("launchparameters".to_owned(), parameters.as_str().into());
        }
        self.say(
            "http://adlnet.gov/expapi/verbs/launched".to_owned(),
            node,
            None,
            more,
        );
    }

    /// A session ended without a last word.
    pub(crate) fn abandoned(&mut self, node: &Node, session: &Session) {
        let until = session.heard_at.unwrap_or(session.launched_at);
        let hundredths = (until.micros() - session.launched_at.micros()).max(0) / 10_000;
        let duration = format!("PT{}.{:02}S", hundredths / 100, hundredths % 100);
        let result = json!({ "duration": duration });
        self.say(format!("{ADL}abandoned"), node, Some(result), Map::new());
    }

    /// A unit counts as done, for a reason given.
    pub(crate) fn waived(&mut self, node: &Node, reason: &str) {
        let reasons = "https://w3id.org/xapi/cmi5/result/extensions/reason";
        let result = json!({
            "success": true,
            "completion": true,
            "extensions": { reasons: reason },
        });
        self.say(format!("{ADL}waived"), node, Some(result), Map::new());
    }

    /// A block or the course is satisfied.
    pub(crate) fn satisfied(&mut self, node: &Node) {
        self.say(format!("{ADL}satisfied"), node, None, Map::new());
    }

    /// Keeps everything said, in the order it was said.
    pub(crate) fn keep(self, tx: &mut Tx) -> Result<()> {
        let home = records::home(tx)?;
        let mut statements = Vec::with_capacity(self.list.len());
        for value in self.list {
            statements.push(records::composed(value, &home, self.now)?);
        }
        records::append(tx, &statements, self.now)?;
        Ok(())
    }
}
