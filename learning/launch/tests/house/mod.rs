//! A school with packages in its country's library, for stories.
#![allow(dead_code, reason = "each story uses a part of it")]

use base::{Clock, Id, Moment, Names};
use classes::Seeded;
use db::{Db, Migration, Tx};
use people::testing::{all_is_well, morning};
use serde_json::{Value, json};
use tower::ServiceExt;
use web::http::{Request, StatusCode, header};
use web::testing::Browser;
use web::{Body, Room, Site};

const OLD: &[u8] = include_bytes!("../files/golf-scorm-1.2.zip");
const NEW: &[u8] = include_bytes!("../files/golf-scorm-2004.zip");

pub struct House {
    pub site: Site,
    pub clock: Clock,
    pub school: Seeded,
    /// The resources and their packages: 1.2, 2004, web pages, a school's own web pages.
    pub forms: Vec<(Id, Id)>,
}

fn rooms() -> Vec<Room> {
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

fn pages() -> Vec<u8> {
    let files = [
        (
            "index.html",
            "<!doctype html><title>A game</title><p>Guess!</p><script src=\"a b.js\"></script>",
        ),
        ("a b.js", "document.title = 'Guess';"),
        ("clip.mp4", "0123456789"),
        ("old.htm", "<html><head></head><p>\u{e9}"),
    ];
    let files: Vec<(String, Vec<u8>)> = files
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .collect();
    formats::pack(&files).unwrap()
}

/// Two questions of the kind H5P makes most.
fn quiz() -> Vec<u8> {
    let facts = json!({ "title": "Halves", "language": "en", "mainLibrary": "H5P.QuestionSet" });
    let ask = |question: &str, right: &str, wrong: &str| {
        json!({ "library": "H5P.MultiChoice 1.16", "params": { "question": question, "answers": [
            { "text": right, "correct": true }, { "text": wrong, "correct": false }] } })
    };
    let other = json!({ "library": "H5P.Agamotto 1.5", "params": { "title": "A picture" } });
    let content = json!({ "questions": [ask("One half?", "1/2", "1/3"), ask("One quarter?", "1/4", "1/5"), other] });
    let files = [
        ("h5p.json".to_owned(), facts.to_string().into_bytes()),
        (
            "content/content.json".to_owned(),
            content.to_string().into_bytes(),
        ),
    ];
    formats::pack(&files).unwrap()
}

fn keep(
    tx: &mut Tx,
    site: &Site,
    (name, bytes): (&str, &[u8]),
    school: Option<Id>,
    by: (Id, Id),
    now: Moment,
) -> base::Result<(Id, Id)> {
    let reading = formats::read(name, bytes)?;
    let kept = site.files.keep(name, reading.mime, bytes)?;
    let form = resources::NewRendition {
        channel: "package".to_owned(),
        name: name.to_owned(),
        mime: kept.mime,
        bytes: i64::try_from(kept.size).unwrap(),
        hash: kept.hash,
        lang: Some("en".to_owned()),
        seconds: None,
    };
    let new = resources::New {
        country: "KE".to_owned(),
        school,
        names: Names::one("en", &format!("Resource {name}")),
        langs: vec!["en".to_owned()],
        kind: reading.kind.code().to_owned(),
        subject: "mathematics".to_owned(),
        grades: (1, 12),
        licence: "CC-BY-4.0".to_owned(),
        credit: "Rustici Software".to_owned(),
        source: "https://scorm.com".to_owned(),
        renditions: vec![form],
        text: "golf".to_owned(),
        ..resources::New::default()
    };
    let id = if school.is_some() {
        resources::add(tx, &new, Some(by.0), now)?
    } else {
        resources::bring(tx, &new, (Some(by.0), Some(by.1)), now)?
    };
    let fact = ledger::Fact {
        now,
        actor: Some(by.0),
        verb: "resources.brought",
        subject: ("resource", id),
        about: json!({}),
    };
    ledger::record(tx, &fact)?;
    let forms = resources::renditions(tx, id)?;
    Ok((id, forms.first().unwrap().id))
}

impl House {
    pub async fn open(db: Db) -> Self {
        let now = morning("2026-10-14");
        let clock = Clock::at(now);
        let site = classes::testing::site(db, clock.clone(), rooms());
        let inner = site.clone();
        let (school, forms) = site
            .db
            .write(move |tx| {
                places::seed(tx, now)?;
                let school = classes::testing::school(tx, "KE", "T-1", now)?;
                let seeded = classes::seed_demo(tx, school, now)?;
                let by = (
                    Id::named("person", "officer"),
                    Id::named("person", "reviewer"),
                );
                let own = formats::pack(&[("index.html".to_owned(), b"<p>Ours</p>".to_vec())])?;
                let forms = vec![
                    keep(tx, &inner, ("golf-1.2.zip", OLD), None, by, now)?,
                    keep(tx, &inner, ("golf-2004.zip", NEW), None, by, now)?,
                    keep(tx, &inner, ("game.zip", &pages()), None, by, now)?,
                    keep(
                        tx,
                        &inner,
                        ("ours.zip", &own),
                        Some(school),
                        (seeded.teachers[0], by.1),
                        now,
                    )?,
                    keep(tx, &inner, ("quiz.h5p", &quiz()), None, by, now)?,
                ];
                Ok((seeded, forms))
            })
            .await
            .unwrap();
        Self {
            site,
            clock,
            school,
            forms,
        }
    }

    /// Brings one more package into the country's library; answers the resource and its form.
    pub async fn bring(&self, name: &'static str, bytes: Vec<u8>) -> (Id, Id) {
        let (inner, now) = (self.site.clone(), self.clock.now());
        let by = (
            Id::named("person", "officer"),
            Id::named("person", "reviewer"),
        );
        let work = self
            .site
            .db
            .write(move |tx| keep(tx, &inner, (name, &bytes), None, by, now));
        work.await.unwrap()
    }

    /// Nothing is torn, nothing points nowhere.
    pub async fn is_well(&self) {
        all_is_well(&self.site).await;
    }

    pub async fn signed_in(&self, person: Id) -> Browser {
        let now = self.clock.now();
        let link = self
            .site
            .db
            .write(move |tx| classes::sign_in_link(tx, person, now));
        let mut browser = Browser::new(&self.site);
        browser.act(&link.await.unwrap(), &[]).await;
        browser
    }

    /// What the box asks for: nothing but the address says who it is.
    pub async fn ask(&self, method: &str, path: &str, body: &str, more: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("origin", "null");
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = web::router(&self.site).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// What the record store holds of a person, oldest first: verb, score.
    pub async fn told(&self, person: Id) -> Vec<(String, Value)> {
        let lines = self
            .site
            .db
            .read(move |tx| records::of_learner(tx, person, 0, 100));
        let mut all: Vec<(String, Value)> = lines
            .await
            .unwrap()
            .iter()
            .map(|line| {
                let said = line.json();
                let verb = said["verb"]["id"].as_str().unwrap_or_default();
                let verb = verb.rsplit('/').next().unwrap_or_default().to_owned();
                (verb, said["result"].clone())
            })
            .collect();
        all.reverse();
        all
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: web::http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
    /// What the page of the package is told.
    pub fn given(&self) -> Value {
        let start = self.text.split_once("window.$package=").unwrap().1;
        serde_json::from_str(start.split_once("</script>").unwrap().0).unwrap()
    }
}

/// Where the box of a unit starts.
pub fn source(page: &str) -> String {
    let start = page.split_once("<iframe src=\"").unwrap().1;
    start.split_once('"').unwrap().0.replace("&amp;", "&")
}

pub fn report(given: &Value, number: i64, set: &Value, end: bool) -> String {
    json!({ "session": given["session"], "number": number, "set": set, "end": end }).to_string()
}
