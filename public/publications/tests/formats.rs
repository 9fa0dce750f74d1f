//! What the writers write holds against the rules of those who read it; what is broken is found.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong ends here"
)]

use base::{Day, Moment};
use publications::iati::Activities;
use publications::ocds::{Package, Said, compile, record, releases};
use publications::{Report, check, sample};
use serde_json::Value;

const SITE: &str = "https://example.org";

fn today() -> Day {
    Day::parse("2026-11-22").unwrap()
}

fn iati(count: i64) -> String {
    let made = Moment::start_of(today());
    let mut file = Activities::begin(Vec::new(), &sample::publisher(), SITE, made).unwrap();
    for number in 0..count {
        file.add(&sample::activity(number)).unwrap();
    }
    String::from_utf8(file.finish().unwrap().0).unwrap()
}

fn checked(xml: &str) -> (Report, Report) {
    check::iati(xml.as_bytes(), today()).unwrap()
}

#[test]
fn activities_hold_against_code_lists_and_ruleset() {
    let xml = iati(3);
    if let Ok(dir) = std::env::var("HARAMBEE_SAMPLES") {
        std::fs::write(format!("{dir}/activities.xml"), &xml).unwrap();
    }
    let (codes, rules) = checked(&xml);
    assert!(codes.is_clean() && codes.warnings == 0, "{}", codes.json());
    assert!(rules.is_clean() && rules.warnings == 0, "{}", rules.json());
    assert!(
        codes.seen > 60 && rules.seen > 100,
        "{} {}",
        codes.seen,
        rules.seen
    );
    assert!(
        !xml.contains("<transaction") && !xml.contains("<value"),
        "in kind has no price"
    );
}

#[test]
fn what_is_wrong_with_activities_is_found() {
    let good = iati(1);
    for (from, to, rule) in [
        (
            "recipient-country code=\"HN\"",
            "recipient-country code=\"XQ\"",
            "XQ is not in Country",
        ),
        ("code=\"11120\"", "code=\"11321\"", "11321 is withdrawn"),
        ("code=\"11120\"", "code=\"11121\"", "11121 is not in Sector"),
        ("<sector vocabulary=\"1\" code=\"11120\"/>", "", "6.2.2"),
        (
            "<sector vocabulary=\"1\" code=\"11120\"/>",
            "<sector code=\"11120\" percentage=\"60\"/><sector code=\"11130\" percentage=\"60\"/>",
            "2.1.2",
        ),
        (
            "<sector vocabulary=\"1\"",
            "<sector percentage=\"60\" vocabulary=\"1\"",
            "2.1.4",
        ),
        (
            "iso-date=\"2027-03-23\" type=\"3\"",
            "iso-date=\"2001-01-01\" type=\"3\"",
            "11.1.2",
        ),
        (
            "iso-date=\"2026-02-18\" type=\"2\"",
            "iso-date=\"2027-01-01\" type=\"2\"",
            "11.1.4",
        ),
        (
            "<iati-identifier>XI-IATI-SAMPLE-",
            "<iati-identifier>OTHER-",
            "1.1.21",
        ),
        ("<iati-identifier>", "<iati-identifier> ", "1.3.1"),
        ("XI-IATI-SAMPLE", "NOBODY", "1.14.8"),
        ("value=\"120\"", "value=\"many\"", "8.9.2"),
        (
            "<period-start iso-date=\"2026-02-17\"/>",
            "<period-start iso-date=\"2036-02-17\"/>",
            "8.6.1",
        ),
        ("version=\"2.03\"", "version=\"1.05\"", "version 2.03"),
        ("</iati-activities>", "", "not well formed"),
    ] {
        assert!(good.contains(from), "{from} is not there:\n{good}");
        let (codes, rules) =
            checked(&good.replacen(from, to, if from.starts_with("XI") { 9 } else { 1 }));
        let said = format!("{}{}", codes.json(), rules.json());
        assert!(said.contains(rule), "{rule}: {said}");
    }
    let one = good.split_once("<iati-activity ").unwrap().1;
    let one = format!(
        "<iati-activity {}",
        one.split_once("</iati-activities>").unwrap().0
    );
    let twice = good.replace("</iati-activities>", &format!("{one}</iati-activities>"));
    assert!(
        checked(&twice)
            .1
            .json()
            .to_string()
            .contains("stands twice")
    );
}

fn package(all: &[Value], what: &str) -> String {
    let made = Moment::start_of(today());
    let uri = format!("{SITE}/data/ocds/{what}.json");
    let mut file =
        Package::begin(Vec::new(), what, &uri, &sample::publisher(), SITE, made).unwrap();
    for one in all {
        file.add(&one.to_string()).unwrap();
    }
    String::from_utf8(file.finish().unwrap().0).unwrap()
}

fn bodies(number: i64) -> Vec<Value> {
    let all = releases(
        &sample::process(number),
        &Said::default(),
        SITE,
        Moment::start_of(today()),
    );
    all.into_iter().map(|release| release.body).collect()
}

#[test]
fn packages_hold_and_say_what_is_wrong_with_them() {
    let (one, two) = (bodies(1), bodies(2));
    let both: Vec<Value> = one.iter().chain(&two).cloned().collect();
    let releases = package(&both, "releases");
    let records = package(
        &[
            record("ocds-213czf-00000000000000000000000000000001", &one),
            record("ocds-213czf-00000000000000000000000000000002", &two),
        ],
        "records",
    );
    if let Ok(dir) = std::env::var("HARAMBEE_SAMPLES") {
        std::fs::write(format!("{dir}/releases.json"), &releases).unwrap();
        std::fs::write(format!("{dir}/records.json"), &records).unwrap();
    }
    for text in [&releases, &records] {
        let report = check::ocds(text.as_bytes());
        assert!(report.is_clean() && report.seen > 10, "{}", report.json());
        serde_json::from_str::<Value>(text).unwrap();
    }
    for (from, to, rule) in [
        ("\"tag\":[\"award\"]", "\"tag\":[\"gift\"]", "releaseTag"),
        (
            "\"status\":\"active\"",
            "\"status\":\"lively\"",
            "is not in",
        ),
        ("\"quantity\":120", "\"quantity\":-1", "without a quantity"),
        (
            "\"quantity\":120",
            "\"quantity\":120,\"x\":1},{\"id\":\"2\"",
            "without a quantity",
        ),
        (
            "\"id\":\"authority\",\"name\":\"Ministry\",\"roles\"",
            "\"id\":\"other\",\"name\":\"Ministry\",\"roles\"",
            "nobody among the parties",
        ),
        ("000001-2\"", "000001-1\"", "comes twice"),
        ("\"ocid\":\"ocds-", "\"ocid\":\"", "prefix"),
        ("\n]}\n", "\n", "breaks off"),
        ("\"license\"", "\"licence\"", "no license"),
    ] {
        assert!(releases.contains(from), "{from}: {releases}");
        let report = check::ocds(releases.replacen(from, to, 1).as_bytes());
        assert!(
            report.json().to_string().contains(rule),
            "{rule}: {}",
            report.json()
        );
    }
    let forged = records.replacen(
        "\"tag\":[\"compiled\"]",
        "\"tag\":[\"compiled\"],\"more\":1",
        1,
    );
    assert!(
        check::ocds(forged.as_bytes())
            .json()
            .to_string()
            .contains("what its releases say")
    );
}

#[test]
fn releases_are_added_and_never_changed() {
    let mut process = sample::process(1);
    let contract = process.contract.take();
    let mut said = Said::default();
    let mut all = Vec::new();
    let mut publish = |process: &publications::ocds::Process| {
        let new = releases(process, &said, SITE, Moment::start_of(today()));
        for release in &new {
            said.number = release.number;
            assert!(
                said.dated <= Some(release.dated),
                "nothing is dated before what came before"
            );
            said.dated = Some(release.dated);
            said.parts
                .insert(release.part.to_owned(), release.digest.clone());
            all.push(release.body.clone());
        }
        let tags: Vec<&str> = new.iter().map(|release| release.tag).collect();
        (tags.join(" "), all.clone())
    };
    assert_eq!(publish(&process).0, "planning award");
    assert_eq!(publish(&process).0, "", "nothing happened, nothing is said");
    process.contract = contract;
    let mut signed = process.clone();
    if let Some(contract) = &mut signed.contract {
        (contract.amendments, contract.happened) = (Vec::new(), None);
    }
    assert_eq!(publish(&signed).0, "contract");
    assert_eq!(publish(&process).0, "contractAmendment implementation");
    if let Some(planning) = &mut process.planning {
        planning.rationale.push_str(" Corrected.");
    }
    if let Some(contract) = &mut process.contract {
        contract.terminated = Some(Moment::start_of(today()));
        contract.milestones[0].status = "partiallyMet";
    }
    let (tags, all) = publish(&process);
    assert_eq!(
        tags,
        "planningUpdate implementationUpdate contractTermination"
    );
    let ids: std::collections::BTreeSet<&str> =
        all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
    let compiled = compile(&all);
    assert_eq!(compiled["contracts"][0]["status"], "terminated");
    assert_eq!(compiled["contracts"][0]["items"][0]["quantity"], 120);
    assert_eq!(
        compiled["contracts"][0]["implementation"]["milestones"][0]["status"],
        "partiallyMet"
    );
    assert_eq!(compiled["contracts"].as_array().unwrap().len(), 1);
    assert!(
        compiled["planning"]["rationale"]
            .as_str()
            .unwrap()
            .ends_with("Corrected.")
    );
    assert_eq!(compiled["tag"][0], "compiled");
}
