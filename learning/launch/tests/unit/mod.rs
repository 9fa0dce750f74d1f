//! A house with a school and a unit that plays its part over HTTP.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Id};
use classes::Seeded;
use data_encoding::BASE64;
use db::{Db, Migration};
use people::testing::{account, appoint, morning, organisation};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tower::ServiceExt;
use web::http::Request;
use web::testing::Browser;
use web::{Body, Room, Site};

pub const VERBS: &str = "http://adlnet.gov/expapi/verbs/";
pub const CMI5: &str = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
pub const MOVEON: &str = "https://w3id.org/xapi/cmi5/context/categories/moveon";
pub const MASTERY: &str = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![
        places::room(),
        curricula::room(),
        resources::room(),
        lessons::room(),
        classes::room(),
        records::room(),
        launch::room(),
    ])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

/// A course: a block with two units, and a unit beside it.
pub fn structure() -> String {
    let unit = |name: &str, rule: &str, url: &str| {
        format!(
            "<au id=\"https://maker.example/au/{name}\" moveOn=\"{rule}\" masteryScore=\"0.8\" \
             launchMethod=\"OwnWindow\"><title><langstring lang=\"en\">Unit {name}</langstring></title>\
             <description><langstring lang=\"en\">Unit {name}</langstring></description>\
             <url>{url}</url><launchParameters>slow</launchParameters>\
             <entitlementKey>key-{name}</entitlementKey></au>"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\
         <course id=\"https://maker.example/course\"><title><langstring lang=\"en\">Numbers</langstring>\
         <langstring lang=\"fr\">Nombres</langstring></title><description><langstring lang=\"en\">Numbers\
         </langstring></description></course><block id=\"https://maker.example/block\"><title>\
         <langstring lang=\"en\">First part</langstring></title><description><langstring lang=\"en\">First\
         </langstring></description>{}{}</block>{}</courseStructure>",
        unit("0", "Completed", "index.html?n=0"),
        unit("1", "CompletedAndPassed", "index.html?n=1"),
        unit("2", "Passed", "https://other.example/play?n=2"),
    )
}

pub fn package() -> Vec<u8> {
    let files = [
        ("cmi5.xml", structure()),
        (
            "index.html",
            "<!doctype html><title>Count</title><p>One, two".to_owned(),
        ),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    formats::pack(&files).unwrap()
}

pub struct House {
    pub site: Site,
    pub clock: Clock,
    pub school: Seeded,
    pub officer: Browser,
}

impl House {
    pub async fn open(db: Db) -> Self {
        let now = morning("2026-10-14");
        let clock = Clock::at(now);
        let site = classes::testing::site(db, clock.clone(), rooms());
        let made = site.db.write(move |tx| {
            places::seed(tx, now)?;
            let school = classes::testing::school(tx, "KE", "T-1", now)?;
            let seeded = classes::seed_demo(tx, school, now)?;
            let ministry = organisation(tx, "Ministry", "government", Some("KE"), now)?;
            let olga = account(tx, "Olga Osei", now)?;
            let place = (Some(ministry), Some("KE"));
            appoint(tx, olga, &[base::Role::LearningOfficer], place, now)?;
            Ok((seeded, people::sign_in_link(tx, olga, now)?))
        });
        let (school, link) = made.await.unwrap();
        let mut officer = Browser::new(&site);
        officer.act(&link, &[]).await;
        Self {
            site,
            clock,
            school,
            officer,
        }
    }

    pub async fn signed_in(&self, person: Id) -> Browser {
        classes::testing::signed_in(&self.site, person).await
    }
    pub async fn teacher(&self) -> Browser {
        self.signed_in(*self.school.teachers.first().unwrap()).await
    }
    pub fn learner(&self, n: usize) -> Id {
        *self.school.learners.first().unwrap().get(n).unwrap()
    }

    /// A teacher brings the course; the resource it became.
    pub async fn course(&self, teacher: &mut Browser) -> String {
        let done = teacher
            .upload(
                "/courses/new",
                &RIGHTS,
                "course_file",
                "numbers.zip",
                &package(),
            )
            .await;
        made(&done.expect(303).location)
    }

    /// A key for running courses.
    pub async fn key(&self) -> String {
        let now = self.clock.now();
        let made = self
            .site
            .db
            .write(move |tx| launch::add_key(tx, "Suite", "KE", None, now));
        made.await.unwrap()
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Heard {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("origin", "null");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let response = web::router(&self.site).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Heard {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Asks as another program.
    pub async fn api(&self, key: &str, method: &str, path: &str, body: impl Into<Body>) -> Heard {
        let bearer = format!("Bearer {key}");
        let path = format!("/launch/api{path}");
        self.send(method, &path, &[("authorization", &bearer)], body)
            .await
    }

    /// The verbs the store holds of a registration, in the order of arrival.
    pub async fn verbs(&self, registration: &str) -> Vec<String> {
        let said = self.said(registration).await;
        let verb = |one: &Value| {
            let verb = one["verb"]["id"].as_str().unwrap_or_default();
            verb.rsplit('/').next().unwrap_or_default().to_owned()
        };
        said.iter().map(verb).collect()
    }

    pub async fn said(&self, registration: &str) -> Vec<Value> {
        let id = Id::parse(registration).unwrap();
        let found = self.site.db.read(move |tx| {
            let search = records::Search {
                keys: vec![(records::Key::registration(id), false)],
                before: i64::MAX,
                ascending: true,
                limit: 100,
                ..records::Search::default()
            };
            records::find(tx, &search)
        });
        found
            .await
            .unwrap()
            .iter()
            .map(records::Line::json)
            .collect()
    }
}

/// The course an address is about.
pub fn made(location: &str) -> String {
    location.split('/').nth(2).unwrap().to_owned()
}

pub const RIGHTS: [(&str, &str); 5] = [
    ("school_subject", "mathematics"),
    ("grade_from", "4"),
    ("grade_to", "4"),
    ("resource_licence", "CC-BY-4.0"),
    ("resource_credit", "Maker"),
];

pub struct Heard {
    pub status: u16,
    pub headers: web::http::HeaderMap,
    pub text: String,
}

impl Heard {
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

/// A unit as its launch address made it.
pub struct Unit<'a> {
    pub house: &'a House,
    pub given: BTreeMap<String, String>,
    pub key: String,
    pub data: Value,
    pub count: u32,
}

fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let two = [bytes.next().unwrap(), bytes.next().unwrap()];
            let two = std::str::from_utf8(&two).unwrap().to_owned();
            out.push(u8::from_str_radix(&two, 16).unwrap());
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).unwrap()
}

pub fn escaped(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

impl<'a> Unit<'a> {
    /// A unit that has read nothing yet.
    pub fn launched(house: &'a House, url: &str) -> Self {
        let query = url.split_once('?').unwrap().1;
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
        Self {
            house,
            given: pairs
                .map(|(name, value)| (name.to_owned(), decoded(value)))
                .collect(),
            key: String::new(),
            data: Value::Null,
            count: 0,
        }
    }

    /// A unit that has done everything before its first word.
    pub async fn ready(house: &'a House, url: &str) -> Self {
        let mut unit = Self::launched(house, url);
        unit.fetch().await;
        let data = unit.look("LMS.LaunchData").await.expect(200);
        unit.data = data.json();
        unit.preferences("GET", "").await.expect(200);
        unit
    }

    fn path(&self, name: &str) -> String {
        self.given[name]
            .trim_start_matches("http://localhost")
            .to_owned()
    }

    pub async fn fetch(&mut self) -> Value {
        let heard = self
            .house
            .send("POST", &self.path("fetch"), &[], "")
            .await
            .expect(200);
        let body = heard.json();
        if let Some(token) = body["auth-token"].as_str() {
            token.clone_into(&mut self.key);
        }
        body
    }

    pub async fn ask(&self, method: &str, path: &str, body: &str) -> Heard {
        let key = format!("Basic {}", self.key);
        let headers = [
            ("authorization", key.as_str()),
            ("x-experience-api-version", "1.0.3"),
            ("content-type", "application/json"),
        ];
        let path = format!("{}{path}", self.path("endpoint"));
        self.house
            .send(method, &path, &headers, body.to_owned())
            .await
    }

    pub fn state(&self, name: &str) -> String {
        format!(
            "/activities/state?stateId={name}&activityId={}&agent={}&registration={}",
            escaped(&self.given["activityId"]),
            escaped(&self.given["actor"]),
            self.given["registration"]
        )
    }

    pub async fn look(&self, name: &str) -> Heard {
        self.ask("GET", &self.state(name), "").await
    }

    pub async fn preferences(&self, method: &str, body: &str) -> Heard {
        let agent = escaped(&self.given["actor"]);
        let path = format!("/agents/profile?profileId=cmi5LearnerPreferences&agent={agent}");
        self.ask(method, &path, body).await
    }

    /// A statement as the unit should say it.
    pub fn statement(&mut self, verb: &str) -> Value {
        self.count += 1;
        let registration = &self.given["registration"];
        let name = format!("{registration} {} {verb} {}", self.key, self.count);
        let mut context = self.data["contextTemplate"].clone();
        context["registration"] = registration.as_str().into();
        let mut category = vec![json!({ "id": CMI5 })];
        let mut result = json!({ "duration": "PT2S" });
        match verb {
            "completed" => result["completion"] = true.into(),
            "passed" => result["success"] = true.into(),
            "failed" => result["success"] = false.into(),
            _ => {}
        }
        if ["completed", "passed", "failed"].contains(&verb) {
            category.push(json!({ "id": MOVEON }));
        }
        if verb == "passed" {
            result["score"] = json!({ "scaled": 0.9 });
            context["extensions"][MASTERY] = 0.8.into();
        }
        if verb != "experienced" {
            context["contextActivities"]["category"] = category.into();
        }
        json!({
            "id": Id::named("said", &name),
            "timestamp": "2026-10-14T08:00:00.000Z",
            "actor": serde_json::from_str::<Value>(&self.given["actor"]).unwrap(),
            "verb": { "id": format!("{VERBS}{verb}") },
            "object": { "id": self.given["activityId"] },
            "result": result,
            "context": context,
        })
    }

    pub async fn put(&self, said: &Value) -> Heard {
        let path = format!("/statements?statementId={}", said["id"].as_str().unwrap());
        self.ask("PUT", &path, &said.to_string()).await
    }

    pub async fn say(&mut self, verb: &str) -> Heard {
        let said = self.statement(verb);
        self.put(&said).await
    }

    /// The name and secret of the session.
    pub fn secret(&self) -> String {
        String::from_utf8(BASE64.decode(self.key.as_bytes()).unwrap()).unwrap()
    }
}
