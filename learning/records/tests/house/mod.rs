//! A house with this room and everything upstream, an officer of the country, a program with a key.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use base::{Clock, Id, Lang, Moment, Role};
use classes::NewPerson;
use data_encoding::BASE64;
use db::{Db, Migration, Tx};
use people::testing::{account, appoint, morning, organisation};
use records::{Answered, Mode, NewKey, Scope};
use serde_json::Value;
use tower::ServiceExt;
use web::testing::Browser;
use web::{Room, Site};

pub const TODAY: &str = "2026-12-01";
pub const SECRET: &str = "a-secret-of-stories";

pub fn start() -> Moment {
    morning(TODAY)
}

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![
        places::room(),
        curricula::room(),
        classes::room(),
        records::room(),
    ])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub struct House {
    pub site: Site,
    pub clock: Clock,
    pub olga: Browser,
    pub nobody: Browser,
    pub learner: Id,
    pub code: String,
}

impl House {
    pub async fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let now = start();
        let (link, learner, code) = db
            .write(move |tx| {
                places::seed(tx, now)?;
                let ministry = organisation(tx, "Ministry", "government", Some("KE"), now)?;
                let olga = account(tx, "Olga Osei", now)?;
                let place = (Some(ministry), Some("KE"));
                appoint(tx, olga, &[Role::LearningOfficer], place, now)?;
                let new = NewPerson {
                    country: "KE".to_owned(),
                    given: "Amina".to_owned(),
                    family: "Wanjiru".to_owned(),
                    lang: Lang::En,
                    ..NewPerson::default()
                };
                let learner = classes::add_person(tx, &new, None, now)?;
                let code = classes::person(tx, learner)?.code;
                Ok((people::sign_in_link(tx, olga, now)?, learner, code))
            })
            .await
            .unwrap();
        let site = people::testing::site(db, clock.clone(), rooms());
        let mut olga = Browser::new(&site);
        olga.act(&link, &[]).await;
        let nobody = Browser::new(&site);
        Self {
            site,
            clock,
            olga,
            nobody,
            learner,
            code,
        }
    }

    pub async fn with<T: Send + 'static>(
        &self,
        act: impl Fn(&mut Tx, Moment) -> base::Result<T> + Send + 'static,
    ) -> base::Result<T> {
        let now = self.clock.now();
        self.site.db.write(move |tx| act(tx, now)).await
    }

    /// A program with a key that may do this.
    pub async fn program(&self, name: &'static str, scopes: &'static [Scope]) -> Program {
        let made = self.with(move |tx, now| {
            let new = NewKey {
                name,
                secret: SECRET,
                label: name,
                scopes,
                country: "KE",
                ends_on: None,
            };
            records::add_key(tx, &new, None, now)
        });
        made.await.unwrap();
        Program {
            router: web::router(&self.site),
            key: format!("{name}:{SECRET}"),
            version: None,
            left_out: Vec::new(),
        }
    }

    pub fn answer(&self, name: &str) -> Answered {
        Answered {
            id: Id::named("answer", name),
            learner: self.learner,
            item: Id::named("item", name),
            lesson: Some(Id::named("lesson", "1")),
            competency: Some(Id::named("competency", "1")),
            assignment: None,
            mode: Mode::Web,
            response: "b".to_owned(),
            score: Some(1.0),
            success: Some(true),
            seconds: Some(12),
            at: self.clock.now(),
            entered_by: None,
            corrects: None,
        }
    }
}

/// A program that speaks xAPI.
#[derive(Clone)]
pub struct Program {
    router: axum::Router,
    pub key: String,
    /// The version it names; that of the path where none is said.
    version: Option<&'static str>,
    /// Headers it does not send.
    left_out: Vec<&'static str>,
}

pub struct Heard {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
    /// The ids of a page of statements.
    pub fn ids(&self) -> Vec<String> {
        let json = self.json();
        let list = json["statements"].as_array().unwrap();
        list.iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Program {
    pub fn with_version(&self, version: &'static str) -> Self {
        Self {
            version: Some(version),
            ..self.clone()
        }
    }
    pub fn without(&self, header: &'static str) -> Self {
        let mut other = self.clone();
        other.left_out.push(header);
        other
    }
    pub async fn say(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Heard {
        let key = BASE64.encode(self.key.as_bytes());
        let of_path = if path.starts_with("/xapi/2") {
            "2.0.0"
        } else {
            "1.0.3"
        };
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in [
            ("authorization", format!("Basic {key}")),
            (
                "x-experience-api-version",
                self.version.unwrap_or(of_path).to_owned(),
            ),
        ] {
            if !self.left_out.contains(&name) {
                request = request.header(name, value);
            }
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Heard {
            status: head.status,
            headers: head.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
    pub async fn get(&self, path: &str) -> Heard {
        self.say("GET", path, &[], "").await
    }
    pub async fn post(&self, path: &str, body: &Value) -> Heard {
        let json = [("content-type", "application/json")];
        self.say("POST", path, &json, &body.to_string()).await
    }
}
