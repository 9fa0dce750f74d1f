//! What a first visit weighs: bytes on the wire through the real router, compressed, headers and all.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, hidden, migrations};
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;
use web::Body;
use web::http::{Request, Response, header};

/// A browser that counts.
struct Phone {
    router: axum::Router,
    cookies: BTreeMap<String, String>,
    has: BTreeSet<String>,
    requests: usize,
    bytes: usize,
}

impl Phone {
    async fn send(&mut self, request: Request<Body>) -> (Response<()>, Vec<u8>) {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .unwrap()
            .to_vec();
        let lines: usize = head
            .headers
            .iter()
            .map(|(n, v)| n.as_str().len() + v.len() + 4)
            .sum();
        self.requests += 1;
        self.bytes += bytes.len() + lines + 17;
        for line in head.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        (Response::from_parts(head, ()), bytes)
    }
    fn request(&self, path: &str) -> web::http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        Request::builder()
            .uri(path)
            .header(header::ACCEPT_ENCODING, "gzip")
            .header(header::COOKIE, cookies.join("; "))
    }
    /// A page and what it needs that was not fetched before; answers its text.
    async fn open(&mut self, path: &str) -> String {
        let (head, bytes) = self
            .send(self.request(path).body(Body::empty()).unwrap())
            .await;
        assert_eq!(head.status(), 200, "{path}");
        let text = unpacked(&head, &bytes);
        for mark in [
            "rel=\"stylesheet\" href=\"",
            "<script src=\"",
            "<img src=\"",
        ] {
            for part in text.split(mark).skip(1) {
                let asset = part.split('"').next().unwrap().to_owned();
                if !asset.starts_with("data:") && self.has.insert(asset.clone()) {
                    let (head, _) = self
                        .send(self.request(&asset).body(Body::empty()).unwrap())
                        .await;
                    assert_eq!(head.status(), 200, "{asset}");
                }
            }
        }
        text
    }
    async fn post(&mut self, path: &str, body: &str) -> String {
        let request = self
            .request(path)
            .method("POST")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let (head, _) = self.send(request).await;
        let to = head.headers().get(header::LOCATION);
        to.and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    }
}

fn unpacked(head: &Response<()>, bytes: &[u8]) -> String {
    use std::io::Read;
    let packed = head.headers().get(header::CONTENT_ENCODING).is_some();
    if !packed {
        return String::from_utf8(bytes.to_vec()).unwrap();
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn phone(h: &House) -> Phone {
    Phone {
        router: web::router(&h.site),
        cookies: BTreeMap::new(),
        has: BTreeSet::new(),
        requests: 0,
        bytes: 0,
    }
}

#[tokio::test]
async fn a_first_visit_to_an_exercise_fits_the_worst_network() {
    let file = db::testing::File::new();
    let h = House::open(db::Db::open(&file.url(), &migrations()).unwrap()).await;
    let mut teacher = h.teacher().await;
    let given = h.give(&mut teacher, h.known.lesson, &[]).await;
    let lesson = format!("/learn/lessons/{}", given.rsplit('/').next().unwrap());
    let learner = h.known.learner(1);
    let link = h
        .with(move |tx, now| classes::sign_in_link(tx, learner, now))
        .await;

    // The sign-in itself, then home, lesson, exercise: one cold phone.
    let mut cold = phone(&h);
    cold.open("/learn/sign-in").await;
    let (signed_in, requests) = (cold.bytes, cold.requests);
    let page = cold.open(&link).await;
    let (token, once) = (hidden(&page, "form_token"), hidden(&page, "form_once"));
    let to = cold
        .post(&link, &format!("form_token={token}&form_once={once}"))
        .await;
    assert_eq!(to, "/learn");
    (cold.bytes, cold.requests) = (signed_in, requests);
    for path in ["/learn", &lesson, &format!("{lesson}/items/1")] {
        let before = cold.bytes;
        cold.open(path).await;
        println!("{path}: {} bytes", cold.bytes - before);
    }
    println!(
        "journey: {} bytes in {} requests",
        cold.bytes, cold.requests
    );
    assert!(
        cold.bytes <= 45_000 && cold.requests <= 6,
        "{} {}",
        cold.bytes,
        cold.requests
    );

    // A first lesson page with nothing fetched before.
    let mut first = phone(&h);
    first.cookies = cold.cookies.clone();
    first.open(&lesson).await;
    println!(
        "first lesson page: {} bytes in {} requests",
        first.bytes, first.requests
    );
    assert!(first.bytes <= 14_000, "{}", first.bytes);

    // Seen before and unchanged: no page at all.
    let known = first
        .send(first.request(&lesson).body(Body::empty()).unwrap())
        .await
        .0;
    let tag = known.headers().get(header::ETAG).unwrap().clone();
    let again = first.request(&lesson).header(header::IF_NONE_MATCH, tag);
    let (head, bytes) = first.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!((head.status().as_u16(), bytes.len()), (304, 0));

    // An answer kept on the phone is taken once, by its own learner only.
    let item = format!("{lesson}/items/2");
    let page = first.open(&item).await;
    let body = |who: &str| format!("answer=4&number=1&learner={who}&made_at=1760432400000");
    let kept = |phone: &Phone, who: &str| {
        phone
            .request(&item)
            .method("POST")
            .header("x-kept", "1")
            .body(Body::from(body(who)))
            .unwrap()
    };
    let own = hidden(&page, "learner");
    let other = h.known.learner(2).to_string();
    let said = kept(&first, &other);
    assert_eq!(first.send(said).await.0.status(), 403);
    for _ in 0..2 {
        let said = kept(&first, &own);
        assert_eq!(first.send(said).await.0.status(), 204);
    }
    let mut nobody = phone(&h);
    let said = kept(&nobody, &own);
    assert_eq!(nobody.send(said).await.0.status(), 401);
    // A form of another site is not taken.
    let foreign = first
        .request(&item)
        .method("POST")
        .header("sec-fetch-site", "cross-site");
    let foreign = foreign
        .header("x-kept", "1")
        .body(Body::from(body(&own)))
        .unwrap();
    assert_eq!(first.send(foreign).await.0.status(), 422);
    let forged = first
        .request(&item)
        .method("POST")
        .body(Body::from(body(&own)))
        .unwrap();
    assert_eq!(first.send(forged).await.0.status(), 422);
}
