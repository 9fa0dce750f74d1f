//! A small world for tests and for measuring: every element and every part that can be written.

use crate::iati::{Activities, Activity, Actual, Outcome, Paper, Party, Period, Publisher, Spot};
use crate::ocds::{
    Amendment, Award, Contract, Document, Involved, Item, Milestone, Planning, Process,
};
use crate::sink::{Sink, Written};
use base::{Day, Moment, Names, Result};
use std::path::Path;

/// Who publishes until the coalition has said who it is.
pub fn publisher() -> Publisher {
    Publisher {
        name: "Harambee (sample)".to_owned(),
        kind: "90".to_owned(),
        iati_ref: "XI-IATI-SAMPLE".to_owned(),
        ocds_prefix: "ocds-213czf".to_owned(),
    }
}

fn day(days: i64) -> Day {
    Moment::from_micros(0).plus_days(20_500 + days).utc_day()
}

fn moment(days: i64) -> Moment {
    Moment::start_of_utc(day(days))
}

/// The activity of that number; its texts hold what XML must not take as its own.
pub fn activity(number: i64) -> Activity {
    let title = Names::three(
        "Tablets & «skills» <for> schools",
        "Tablettes et compétences pour les écoles",
        "أجهزة ومهارات للمدارس",
    );
    let page = |path: String, category| Paper {
        url: path,
        format: "text/html",
        category,
        title: Names::one("en", "On the site"),
        dated: Some(day(2)),
    };
    let actual = |level, low, high| Actual {
        level,
        low: Some(low),
        high,
        dimensions: vec![("group", "girls".to_owned())],
    };
    Activity {
        code: format!("HN-2026-D-{number:04}"),
        updated: Some(moment(3)),
        humanitarian: number % 3 == 0,
        title: title.clone(),
        description: title.clone(),
        parties: vec![
            Party {
                reference: "GB-CHC-202918".to_owned(),
                kind: "21".to_owned(),
                names: Names::one("en", "Learning Aid"),
                roles: vec!["1", "3", "4"],
            },
            Party {
                kind: "10".to_owned(),
                names: Names::one("es", "Secretaría de Educación"),
                roles: vec!["2"],
                ..Party::default()
            },
        ],
        agreement: format!("HN-2026-A-{:04}", number / 2),
        status: "2",
        dates: [Some(day(1)), Some(day(2)), Some(day(400)), None],
        country: "HN".to_owned(),
        spots: vec![Spot {
            code: "HN0101".to_owned(),
            name: "La Ceiba".to_owned(),
        }],
        sector: "11120",
        target: "4.a",
        papers: vec![
            page(format!("/agreements/{number}"), "A09"),
            page(format!("/deployments/{number}"), "A12"),
        ],
        siblings: vec![format!("HN-2026-D-{:04}", number + 1)],
        outcomes: vec![
            Outcome {
                kind: "1",
                adds: true,
                title: Names::one("en", "Devices delivered (items)"),
                code: "devices".to_owned(),
                baseline: None,
                periods: vec![Period {
                    from: day(1),
                    to: day(400),
                    target: Some(120),
                    actuals: vec![
                        actual("delivered", 80, Some(80)),
                        actual("confirmed", 60, Some(60)),
                    ],
                }],
                papers: Vec::new(),
            },
            Outcome {
                kind: "2",
                adds: false,
                title: Names::one("en", "Learners with a device (people)"),
                code: "learners_with_device".to_owned(),
                baseline: Some((day(1), 0)),
                periods: vec![Period {
                    from: day(1),
                    to: day(91),
                    target: None,
                    actuals: vec![
                        actual("accepted", 40, None),
                        actual("verified", 40, Some(75)),
                    ],
                }],
                papers: vec![page("/claims/1".to_owned(), "A08")],
            },
        ],
    }
}

/// A process that went all the way.
pub fn process(number: i64) -> Process {
    let item = Item {
        id: "1".to_owned(),
        service_class: "devices".to_owned(),
        names: Names::three("Devices", "Appareils", "أجهزة"),
        quantity: 120,
        unit: "devices".to_owned(),
    };
    let document = |kind, path: &str| Document {
        id: path.trim_matches('/').replace('/', "-"),
        kind,
        title: "On the site".to_owned(),
        path: path.to_owned(),
        format: "text/html",
        published: Some(moment(5)),
    };
    let involved = |id: &str, name: &str, roles| Involved {
        id: id.to_owned(),
        names: Names::one("en", name),
        identifier: (id == "member").then(|| ("GB-CHC".to_owned(), "202918".to_owned())),
        country: Some("HN".to_owned()),
        roles,
    };
    Process {
        ocid: format!("ocds-213czf-{number:032x}"),
        involved: vec![
            involved("authority", "Ministry", vec!["buyer"]),
            involved("member", "Learning Aid", vec!["supplier"]),
        ],
        buyer: "authority".to_owned(),
        planning: Some(Planning {
            dated: moment(1),
            rationale: "Validated need HN-2026-N-0001: 120 devices.".to_owned(),
            documents: vec![document("needsAssessment", "/needs/1")],
        }),
        award: Some(Award {
            id: "award-1".to_owned(),
            dated: moment(2),
            cancelled: false,
            description: "Selected after an open call.".to_owned(),
            suppliers: vec!["member".to_owned()],
            items: vec![item.clone()],
        }),
        contract: Some(Contract {
            id: "contract-1".to_owned(),
            title: Names::three("Devices", "Appareils", "أجهزة"),
            signed: moment(5),
            from: day(5),
            to: day(400),
            items: vec![item],
            documents: vec![document("contractSigned", "/agreements/1")],
            amendments: vec![Amendment {
                number: 2,
                signed: moment(30),
                description: "Version 2 of the agreement.".to_owned(),
            }],
            terminated: None,
            milestones: vec![Milestone {
                id: "1".to_owned(),
                title: "Delivery".to_owned(),
                status: "met",
                due: Some(day(90)),
                met: Some(day(80)),
            }],
            proofs: vec![document("physicalProgressReport", "/consignments/1")],
            happened: Some(moment(80)),
        }),
    }
}

/// Writes so many activities into a file, for measuring: answers the file.
///
/// # Errors
/// A fault of the disk.
pub fn export(path: &Path, count: i64) -> Result<Written> {
    let sink = Sink::create(path)?;
    let mut file = Activities::begin(sink, &publisher(), "https://example.org", moment(400))?;
    for number in 0..count {
        file.add(&activity(number))?;
    }
    file.finish()?.0.finish()
}
