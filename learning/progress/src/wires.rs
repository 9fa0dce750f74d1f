//! Pages whose forms come from data, and the few files of this room.

use crate::pages;
use crate::screen::{self, Screen};
use web::http::{HeaderValue, Request, Response, header};
use web::{Body, Bytes, Site, Speaking, Who, Wire};

const HOME: Screen = Screen {
    path: "/learn",
    who: pages::HOME,
    see: pages::learn::home,
    send: None,
};
const LESSON: Screen = Screen {
    path: "/learn/lessons/{assignment}",
    who: pages::LEARNERS,
    see: pages::learn::lesson,
    send: None,
};
const ITEM: Screen = Screen {
    path: "/learn/lessons/{assignment}/items/{n}",
    who: pages::LEARNERS,
    see: pages::learn::item,
    send: Some(pages::learn::take),
};
const RESULTS: Screen = Screen {
    path: "/teach/assignments/{id}/results",
    who: pages::TEACHERS,
    see: pages::assignment::results,
    send: Some(pages::assignment::take),
};
const LEVELS: Screen = Screen {
    path: "/teach/levels/{id}",
    who: pages::TEACHERS,
    see: pages::levels::check,
    send: Some(pages::levels::take),
};

pub(crate) fn wires() -> Vec<Wire> {
    vec![
        screen::wire(HOME.path, |site, request| {
            screen::serve(HOME, site, request)
        }),
        screen::wire(LESSON.path, |site, request| {
            screen::serve(LESSON, site, request)
        }),
        screen::wire(ITEM.path, |site, request| {
            screen::serve(ITEM, site, request)
        }),
        screen::wire(RESULTS.path, |site, request| {
            screen::serve(RESULTS, site, request)
        }),
        screen::wire(LEVELS.path, |site, request| {
            screen::serve(LEVELS, site, request)
        }),
        screen::wire("/learn/worker.js", worker),
        screen::wire("/learn/keep.js", keep),
        screen::wire("/teach/reports.css", sheet),
    ]
}

fn file(mime: &'static str, text: &'static str) -> Speaking {
    Box::pin(async move {
        let mut response = Response::new(Body::from(text));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=3600"),
        );
        headers.insert("service-worker-allowed", HeaderValue::from_static("/learn"));
        response
    })
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

fn worker(_: Site, _: Request<Bytes>) -> Speaking {
    file(SCRIPT, include_str!("worker.js"))
}
fn keep(_: Site, _: Request<Bytes>) -> Speaking {
    file(SCRIPT, include_str!("keep.js"))
}
fn sheet(_: Site, _: Request<Bytes>) -> Speaking {
    file("text/css; charset=utf-8", pages::report::SHEET)
}

/// Who may is written down once; a stranger never sees a learner's page.
const _: () = assert!(!matches!(HOME.who, Who::Anyone) && !matches!(ITEM.who, Who::Anyone));

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_phone_keeps_the_week_with_is_small() {
        assert!(include_str!("worker.js").len() <= 8_000);
        assert!(include_str!("keep.js").len() <= 3_000);
    }
}
