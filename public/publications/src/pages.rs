//! What can be seen: open data with its releases and files, corrections, the note on our mapping.

mod releases;

pub(crate) use releases::found;

use crate::release::{Checked, Filed, Format};
use crate::store;
use base::{Id, Moment, Result};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Html, Kind, Tone, html};
use web::{ActLink, Answer, Ask, Line, Listing, Page, Shape, View, Who};

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, shape, run| View {
        path,
        who: Who::Anyone,
        shape,
        run,
    };
    vec![
        seen("/data", Shape::Page, data),
        seen("/data/schema", Shape::Page, schema),
        seen(
            "/data/releases",
            Shape::List(releases::RELEASES, releases::FILTERS),
            releases::releases,
        ),
        seen(
            "/data/releases/{code}",
            Shape::Record(releases::RELEASE),
            releases::release,
        ),
        seen(
            "/data/releases/{code}/{file}",
            Shape::File,
            releases::file_of,
        ),
        seen("/data/iati/{file}", Shape::File, |tx, ask| {
            releases::latest(tx, ask, Format::Iati)
        }),
        seen("/data/ocds/{file}", Shape::File, |tx, ask| {
            releases::latest(tx, ask, Format::Ocds)
        }),
        seen("/data/hxl/{file}", Shape::File, |tx, ask| {
            releases::latest(tx, ask, Format::Hxl)
        }),
        seen("/data/csv/{file}", Shape::File, |tx, ask| {
            releases::latest(tx, ask, Format::Csv)
        }),
        seen(
            "/data/corrections",
            Shape::List(CORRECTIONS, &[]),
            corrections,
        ),
    ]
}

fn action(words: &Words, href: String, key: &str, main: bool) -> ActLink {
    ActLink {
        href,
        label: words.say(key),
        main,
    }
}

// ---- the page of open data

fn data(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let mut body = html!("<p>{}</p>", words.say("publications-intro"));
    if ask.is_any(&[
        base::Role::SecretariatOfficer,
        base::Role::SecretariatApprover,
    ]) {
        let links = [
            action(
                words,
                "/data/releases/new".to_owned(),
                "publication-new-button",
                true,
            ),
            action(
                words,
                "/data/publisher".to_owned(),
                "publisher-button",
                false,
            ),
        ];
        body.push(ui::actions(&links));
    }
    for format in Format::ALL {
        let title = words.code("publication-format", format.code());
        body.push(ui::section(&title, section(tx, ask, format)?));
    }
    let ways: Html = [
        ("/data/releases", "publications-all-releases"),
        ("/data/corrections", "publications-corrections-title"),
        ("/data/schema", "publications-schema-title"),
        ("/data/figures", "publications-figures"),
        ("/data/attribution", "publications-attribution"),
        ("/feeds/changes.atom", "publications-feed"),
        ("/api/openapi.json", "publications-api"),
    ]
    .into_iter()
    .filter(|(href, _)| href.starts_with("/api") || ask.site.views().any(|view| view.path == *href))
    .map(|(href, key)| html!("<li>{}</li>", ui::link(href, words.say(key))))
    .collect();
    body.push(ui::section(
        &words.say("publications-more"),
        html!("<ul>{}</ul>", ways),
    ));
    let licence = ui::link(crate::ocds::LICENCE, words.say("publications-licence-name"));
    let who = crate::build::publisher(tx)?;
    let by = words.say_with(
        "publications-publisher",
        &[
            ("name", who.name.as_str().into()),
            ("iati", who.iati_ref.as_str().into()),
            ("ocds", who.ocds_prefix.as_str().into()),
        ],
    );
    let mut terms = html!(
        "<p>{} {}</p><p>{}</p>",
        words.say("publications-licence"),
        licence,
        by
    );
    if store::publisher(tx)?.is_none() {
        terms.push(ui::notice(
            words,
            Tone::Warn,
            html!("{}", words.say("publications-sample-publisher")),
        ));
    }
    body.push(ui::section(&words.say("publications-terms"), terms));
    let snapshot = reports::snapshot_newest(tx)?;
    Ok(Answer::Page(Page {
        title: words.say("publications-title"),
        body,
        snapshot: snapshot.map(|snapshot| snapshot.id.to_string()),
        ..Page::default()
    }))
}

/// A format: what it is, its newest release, its files at the addresses that stay.
fn section(tx: &mut Tx, ask: &Ask, format: Format) -> Result<Html> {
    let words = &ask.words;
    let mut out = html!("<p>{}</p>", words.code("publications-about", format.code()));
    let Some(release) = store::latest(tx, format)? else {
        out.push(ui::empty(&words.say("publications-none-yet"), None));
        return Ok(out);
    };
    let checks = store::checks(tx, release.id)?;
    let day = release
        .decided_at
        .map_or_else(String::new, |at| words.moment(at));
    out.push(html!(
        "<p>{} · {} · {} {}</p>",
        ui::link(&release.path(), release.code.as_str()),
        day,
        ui::size(words, usize::try_from(release.bytes).unwrap_or(usize::MAX)),
        verdict(words, &checks)
    ));
    let files = store::files(tx, release.id)?;
    let base = format!("/data/{}", format.code());
    out.push(list_of(words, &files, &base));
    Ok(out)
}

/// Every file as a link, with its rows and size.
fn list_of(words: &Words, files: &[Filed], base: &str) -> Html {
    let one = |file: &Filed| {
        let said = words.say_with(
            "publications-file",
            &[
                ("rows", file.rows.into()),
                (
                    "size",
                    ui::size(words, usize::try_from(file.bytes).unwrap_or(usize::MAX)).into(),
                ),
            ],
        );
        let link = ui::link(&format!("{base}/{}", file.name), file.name.as_str());
        html!("<li>{} <small>{}</small></li>", link, said)
    };
    html!("<ul>{}</ul>", files.iter().map(one).collect::<Html>())
}

/// What all validators together said, as a tag.
fn verdict(words: &Words, checks: &[Checked]) -> Html {
    let errors: i64 = checks.iter().map(|check| check.errors).sum();
    let warnings: i64 = checks.iter().map(|check| check.warnings).sum();
    let (tone, key) = match (errors, warnings) {
        (0, 0) => (Tone::Good, "publications-clean"),
        (0, _) => (Tone::Warn, "publications-warned"),
        _ => (Tone::Bad, "publications-broken"),
    };
    let said = [
        ("validators", checks.len().into()),
        ("errors", errors.into()),
        ("warnings", warnings.into()),
    ];
    ui::tag_as(tone, &words.say_with(key, &said))
}

// ---- corrections

const CORRECTIONS: &[Column] = &[
    Column::new("corrected_at", Kind::Moment),
    Column::new("figure", Kind::Link),
    Column::new("country", Kind::Text),
    Column::new("before_correction", Kind::Text),
    Column::new("after_correction", Kind::Text),
    Column::new("reason", Kind::Words),
];

fn corrections(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let query = ask.list();
    let [at, id] = query.after_parts::<2>();
    let after = at.parse().ok().map(Moment::from_micros).zip(Id::parse(&id));
    let mut all = evidence::corrections(tx, after, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = all.len() > limit;
    all.truncate(limit);
    let mut rows = Vec::with_capacity(all.len());
    for c in &all {
        let (name, old, new) = told(tx, words, c)?;
        rows.push(Line {
            key: format!("{}~{}", c.at.micros(), c.id),
            href: None,
            cells: vec![
                c.at.into(),
                Cell::link(format!("/claims/{}", c.claim), name),
                places::country_name(tx, &c.country, words.lang())?.into(),
                old.into(),
                new.into(),
                c.reason.as_str().into(),
            ],
        });
    }
    let intro = if rows.is_empty() {
        "publications-no-corrections"
    } else {
        "publications-corrections-intro"
    };
    Ok(Answer::List(Listing {
        title: words.say("publications-corrections-title"),
        before: html!("<p>{}</p>", words.say(intro)),
        rows,
        more,
        ..Listing::default()
    }))
}

/// A correction in words: which figure, what it was, what it is.
fn told(tx: &mut Tx, words: &Words, c: &evidence::Correction) -> Result<(String, String, String)> {
    let name = catalogue::label(tx, "indicators", &c.indicator, words.lang())?;
    let new = c.new.map_or_else(
        || words.say("publications-retracted"),
        |new| figure(words, new),
    );
    Ok((name, figure(words, c.old), new))
}

fn figure(words: &Words, figure: evidence::Figure) -> String {
    let number = |n: i64| words.number(n);
    match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => number(low),
        (Some(low), Some(high)) => format!("{}–{}", number(low), number(high)),
        (Some(low), None) => format!("≥ {}", number(low)),
        (None, Some(high)) => format!("≤ {}", number(high)),
        (None, None) => words.say("unknown"),
    }
}

// ---- the note on our mapping

/// The rows of the note: our record, and how each format says it.
const MAPPED: &[&str] = &[
    "need",
    "offer",
    "match",
    "agreement",
    "deployment",
    "delivery",
    "result",
];

fn schema(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let say = |key: &str| words.say(key);
    let heads = [
        say("publications-mapped-record"),
        "IATI 2.03".to_owned(),
        "OCDS 1.1".to_owned(),
        "HXL 1.1".to_owned(),
    ];
    let row = |code: &&str| {
        let cell = |format: &str| html!("{}", say(&format!("publications-mapped-{code}-{format}")));
        vec![
            html!("{}", say(&format!("publications-mapped-{code}"))),
            cell("iati"),
            cell("ocds"),
            cell("hxl"),
        ]
    };
    let rows: Vec<Vec<Html>> = MAPPED.iter().map(row).collect();
    let mut body = html!("<p>{}</p>", say("publications-schema-intro"));
    body.push(ui::plain_table("", &heads, &rows));
    let rules: Html = [
        "value",
        "intervals",
        "levels",
        "sector",
        "identifiers",
        "persons",
        "own",
        "releases",
    ]
    .into_iter()
    .map(|rule| html!("<li>{}</li>", say(&format!("publications-rule-{rule}"))))
    .collect();
    body.push(ui::section(
        &say("publications-rules-title"),
        html!("<ul>{}</ul>", rules),
    ));
    Ok(Answer::Page(Page {
        title: say("publications-schema-title"),
        body,
        ..Page::default()
    }))
}
