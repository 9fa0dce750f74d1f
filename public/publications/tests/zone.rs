//! A day in an open contracting release is the same day wherever the site is. A zone is kept once for a process: a binary of
//! its own.
#![allow(clippy::unwrap_used, reason = "a test that goes wrong ends here")]

use base::{Day, Moment, Zone};
use publications::ocds::{Said, releases};
use publications::sample;

#[test]
fn days_are_published_as_they_are() {
    let made = Moment::start_of_utc(Day::parse("2026-11-22").unwrap());
    let told = || {
        let all = releases(
            &sample::process(1),
            &Said::default(),
            "https://example.org",
            made,
        );
        let all: Vec<String> = all.into_iter().map(|one| one.body.to_string()).collect();
        all.join("\n")
    };
    let before = told();
    assert!(before.contains("T00:00:00Z"), "{before}");
    Zone::named("Pacific/Auckland").unwrap().keep().unwrap();
    assert_eq!(told(), before);
}
