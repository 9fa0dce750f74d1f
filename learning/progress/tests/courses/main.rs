//! Courses and packages that a teacher gave: what they report counts where it was given, whoever gave it,
//! whenever it was done; a teacher may say otherwise.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod h5p;
#[path = "../house/mod.rs"]
mod house;
mod order;
mod packages;
#[path = "../../../launch/tests/unit/mod.rs"]
mod unit;
mod units;

use base::{Id, Moment, Names};
use db::Tx;
use house::{House, migrations};
use people::testing::all_is_well;
use serde_json::{Value, json};
use tower::ServiceExt;
use unit::Unit;
use web::http::Request;
use web::testing::Browser;
use web::{Body, Site};

/// A package of so many units that report.
fn scorm(units: usize) -> Vec<u8> {
    let mut items = String::new();
    let mut parts = String::new();
    let mut files = Vec::new();
    for n in 0..units {
        items += &format!(
            "<item identifier=\"i{n}\" identifierref=\"r{n}\"><title>Part {n}</title></item>"
        );
        parts += &format!(
            "<resource identifier=\"r{n}\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"p{n}.html\"><file href=\"p{n}.html\"/></resource>"
        );
        let page = format!("<!doctype html><title>Part {n}</title><p>Part {n}</p>");
        files.push((format!("p{n}.html"), page.into_bytes()));
    }
    let manifest = format!(
        "<?xml version=\"1.0\"?><manifest identifier=\"m\" version=\"1.2\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\"><metadata><schema>ADL SCORM</schema>\
         <schemaversion>1.2</schemaversion></metadata><organizations default=\"o\"><organization identifier=\"o\">\
         <title>Halves</title>{items}</organization></organizations><resources>{parts}</resources></manifest>"
    );
    files.push(("imsmanifest.xml".to_owned(), manifest.into_bytes()));
    formats::pack(&files).unwrap()
}

fn keep(
    tx: &mut Tx,
    site: &Site,
    (name, bytes): (&str, &[u8]),
    competencies: Vec<Id>,
    now: Moment,
) -> base::Result<Id> {
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
        country: house::COUNTRY.to_owned(),
        names: Names::one("en", name.split('.').next().unwrap_or_default()),
        langs: vec!["en".to_owned()],
        kind: reading.kind.code().to_owned(),
        subject: "mathematics".to_owned(),
        grades: (4, 4),
        competencies,
        licence: "CC-BY-4.0".to_owned(),
        credit: "Our school".to_owned(),
        source: "https://example.org".to_owned(),
        renditions: vec![form],
        text: "halves".to_owned(),
        ..resources::New::default()
    };
    let by = (
        Id::named("person", "maker"),
        Id::named("person", "reviewer"),
    );
    let id = resources::bring(tx, &new, (Some(by.0), Some(by.1)), now)?;
    let fact = ledger::Fact {
        now,
        actor: Some(by.0),
        verb: "resources.brought",
        subject: ("resource", id),
        about: json!({}),
    };
    ledger::record(tx, &fact)?;
    Ok(id)
}

/// A school with a resource in its library.
struct Story {
    h: House,
    resource: Id,
    form: Id,
}

impl Story {
    async fn open(db: db::Db, name: &'static str, bytes: Vec<u8>) -> Self {
        let h = House::open(db).await;
        let (site, competency) = (h.site.clone(), h.known.competency);
        let (resource, form) = h
            .with(move |tx, now| {
                let id = keep(tx, &site, (name, &bytes), vec![competency], now)?;
                let forms = resources::renditions(tx, id)?;
                Ok((id, forms.first().unwrap().id))
            })
            .await;
        Self { h, resource, form }
    }

    /// Gives the resource; answers the assignment.
    async fn give(&self, by: &mut Browser, class: Id, to: &str, days: (&str, &str)) -> String {
        let resource = self.resource.to_string();
        let path = format!("/teach/classes/{class}/courses/new");
        let pairs = [
            ("resource", resource.as_str()),
            ("to", to),
            ("opens_on", days.0),
            ("due_on", days.1),
        ];
        let seen = by.act(&path, &pairs).await.location;
        seen.rsplit('/').next().unwrap().to_owned()
    }

    async fn give_all(&self, by: &mut Browser) -> String {
        let class = self.h.known.class();
        self.give(
            by,
            class,
            &format!("class {class}"),
            ("2026-10-14", "2026-10-16"),
        )
        .await
    }

    /// A learner opens a unit of the package; what its page is told.
    async fn play(&self, learner: &mut Browser, unit: usize) -> Value {
        self.h.clock.advance_seconds(60);
        let page = learner
            .get(&format!("/packages/{}/units/{unit}", self.form))
            .await
            .expect(200);
        let start = page.text.split_once("<iframe src=\"").unwrap().1;
        let source = start.split_once('"').unwrap().0.replace("&amp;", "&");
        let text = ask(&self.h.site, "GET", &source, "").await.1;
        let start = text.split_once("window.$package=").unwrap().1;
        serde_json::from_str(start.split_once("</script>").unwrap().0).unwrap()
    }

    async fn tries(&self, learner: Id) -> Vec<(String, bool, bool)> {
        let resource = self.resource;
        self.h
            .with(move |tx, _| {
                let rows = tx.rows(
                    "SELECT way, done, replaced_by_id IS NULL FROM resource_try \
                     WHERE learner_id = $1 AND resource_id = $2 ORDER BY number, at, id",
                    &db::args![learner, resource],
                )?;
                rows.iter()
                    .map(|row| {
                        let mut r = row.read();
                        Ok((r.text()?, r.bool()?, r.bool()?))
                    })
                    .collect()
            })
            .await
    }

    async fn mastery(&self, learner: Id) -> Option<(&'static str, i64, i64)> {
        let competency = self.h.known.competency;
        let all = self
            .h
            .with(move |tx, _| progress::masteries(tx, learner))
            .await;
        let one = all.iter().find(|one| one.competency == competency)?;
        Some((
            one.finding.standing.code(),
            one.finding.right,
            one.finding.counted,
        ))
    }
}

async fn ask(site: &Site, method: &str, path: &str, body: &str) -> (u16, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("origin", "null")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let response = web::router(site).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
    (
        status,
        String::from_utf8_lossy(&bytes.unwrap()).into_owned(),
    )
}

/// What a package reports of an opening.
async fn report(site: &Site, given: &Value, number: i64, set: Value, end: bool) -> u16 {
    let body = json!({ "session": given["session"], "number": number, "set": set, "end": end });
    ask(
        site,
        "POST",
        given["to"].as_str().unwrap(),
        &body.to_string(),
    )
    .await
    .0
}

fn result(status: &str, score: &str) -> Value {
    json!({ "cmi.core.lesson_status": status, "cmi.core.score.raw": score })
}
