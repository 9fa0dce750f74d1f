//! What can be seen: open data with its releases and files, corrections, the note on our mapping.

use crate::release::{Checked, Filed, Format, Release, State};
use crate::{acts, store};
use base::{Error, Id, Moment, Result};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Html, Kind, Tone, html};
use web::{ActLink, Answer, Ask, Filter, Kept, Line, Listing, Page, Shape, Show, View, Who};

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
        seen("/data/releases", Shape::List(RELEASES, FILTERS), releases),
        seen("/data/releases/{code}", Shape::Record(RELEASE), release),
        seen("/data/releases/{code}/{file}", Shape::File, file_of),
        seen("/data/iati/{file}", Shape::File, |tx, ask| {
            latest(tx, ask, Format::Iati)
        }),
        seen("/data/ocds/{file}", Shape::File, |tx, ask| {
            latest(tx, ask, Format::Ocds)
        }),
        seen("/data/hxl/{file}", Shape::File, |tx, ask| {
            latest(tx, ask, Format::Hxl)
        }),
        seen("/data/csv/{file}", Shape::File, |tx, ask| {
            latest(tx, ask, Format::Csv)
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

// ---- releases

const FILTERS: &[Filter] = &[
    Filter::codes("format", "publication-format", Format::CODES),
    Filter::codes("state", "publication-state", State::CODES),
];

const RELEASES: &[Column] = &[
    Column::new("release", Kind::Link),
    Column::new("format", Kind::Code("publication-format")),
    Column::new("state", Kind::Code("publication-state")),
    Column::new("built_at", Kind::Moment),
    Column::new("published_at", Kind::Moment),
    Column::new("size_bytes", Kind::Whole),
    Column::new("hash", Kind::Text),
];

fn releases(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let query = ask.list();
    let inside = ask.actor.as_ref().is_some_and(base::Actor::reads_all);
    let [at, id] = query.after_parts::<2>();
    let after = at.parse().ok().map(Moment::from_micros).zip(Id::parse(&id));
    let wanted = store::Wanted {
        after,
        format: query.filter("format"),
        state: if inside {
            query.filter("state")
        } else {
            Some("published")
        },
        limit: query.limit + 1,
    };
    let mut found = store::page(tx, &wanted)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let line = |r: &Release| Line {
        key: format!("{}~{}", r.built_at.micros(), r.id),
        href: None,
        cells: vec![
            Cell::link(r.path(), r.code.as_str()),
            Cell::code(r.format.code()),
            Cell::code(r.state.code()),
            r.built_at.into(),
            published_at(r),
            r.bytes.into(),
            r.hash.as_str().into(),
        ],
    };
    let mut actions = Vec::new();
    if ask.is_any(&[
        base::Role::SecretariatOfficer,
        base::Role::SecretariatApprover,
    ]) {
        actions.push(action(
            words,
            "/data/releases/new".to_owned(),
            "publication-new-button",
            true,
        ));
    }
    let before = if found.is_empty() {
        ui::empty(&words.say("publications-none-yet"), None)
    } else {
        html!("<p>{}</p>", words.say("publications-releases-intro"))
    };
    Ok(Answer::List(Listing {
        title: words.say("publications-releases-title"),
        before,
        rows: found.iter().map(line).collect(),
        more,
        actions,
        ..Listing::default()
    }))
}

fn published_at(release: &Release) -> Cell {
    match (release.state, release.decided_at) {
        (State::Published, Some(at)) => at.into(),
        _ => Cell::NotApplicable,
    }
}

const RELEASE: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("format", Kind::Code("publication-format")),
    Column::new("state", Kind::Code("publication-state")),
    Column::new("built_at", Kind::Moment),
    Column::new("published_at", Kind::Moment),
    Column::new("snapshot", Kind::Text),
    Column::new("last_fact", Kind::Whole),
    Column::new("hash", Kind::Text),
    Column::new("size_bytes", Kind::Whole),
    Column::new("supersedes", Kind::Link),
    Column::new("superseded_by", Kind::Link),
    Column::new("release_note", Kind::Words),
    Column::new("reason", Kind::Words),
];

fn release(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let r = acts::visible(tx, ask.param("code"), ask.actor.as_ref())?;
    let link = |release: Option<Release>| match release {
        Some(release) => Cell::link(release.path(), release.code),
        None => Cell::NotApplicable,
    };
    let before = r.supersedes.map(|id| store::find(tx, id)).transpose()?;
    let after = store::superseding(tx, r.id)?;
    let mut sections = files(tx, words, &r)?;
    sections.push(found(tx, ask, &r)?);
    sections.push(changed(tx, words, &r, before.as_ref())?);
    let waiting = r.state == State::Built;
    let at = |act: &str| format!("{}/{act}", r.path());
    let mut actions = Vec::new();
    if waiting && ask.is_any(&[base::Role::SecretariatApprover]) {
        actions.push(action(words, at("publication"), "publication-button", true));
    }
    if ask.is_any(&[
        base::Role::SecretariatOfficer,
        base::Role::SecretariatApprover,
    ]) {
        actions.push(action(
            words,
            at("checks/new"),
            "publication-check-button",
            false,
        ));
        if waiting {
            actions.push(action(
                words,
                at("discard"),
                "publication-discard-button",
                false,
            ));
        }
    }
    Ok(Answer::Record(Show {
        title: r.code.clone(),
        cells: vec![
            r.code.as_str().into(),
            Cell::code(r.format.code()),
            Cell::code(r.state.code()),
            r.built_at.into(),
            published_at(&r),
            Cell::or_unknown(Some(r.snapshot.clone()).filter(|s| !s.is_empty())),
            r.seq.into(),
            r.hash.as_str().into(),
            r.bytes.into(),
            link(before),
            link(after),
            Cell::or_not_applicable(r.note.clone()),
            Cell::or_not_applicable(r.reason.clone()),
        ],
        sections,
        actions,
        ..Show::default()
    }))
}

fn files(tx: &mut Tx, words: &Words, r: &Release) -> Result<Html> {
    let heads = ["file", "rows", "size_bytes", "hash"]
        .map(|name| words.say(&format!("column-{}", name.replace('_', "-"))));
    let row = |file: Filed| {
        vec![
            ui::link(&format!("{}/{}", r.path(), file.name), file.name.as_str()),
            html!("{}", words.number(file.rows)),
            html!("{}", words.number(file.bytes)),
            html!("<code>{}</code>", file.hash),
        ]
    };
    let rows: Vec<Vec<Html>> = store::files(tx, r.id)?.into_iter().map(row).collect();
    let title = words.say("publications-files-title");
    Ok(ui::section(&title, ui::plain_table("", &heads, &rows)))
}

/// What validators found, message by message.
pub(crate) fn found(tx: &mut Tx, ask: &Ask, r: &Release) -> Result<Html> {
    let words = &ask.words;
    let heads = ["validator", "file", "errors", "warnings", "messages"]
        .map(|name| words.say(&format!("publications-head-{name}")));
    let checks = store::checks(tx, r.id)?;
    let row = |check: &Checked| {
        let place = if check.by.is_some() {
            "publications-elsewhere"
        } else {
            "publications-here"
        };
        vec![
            html!(
                "{} <small>{} · {}</small>",
                check.validator,
                check.version,
                words.say(place)
            ),
            html!("{}", check.file),
            html!("{}", words.number(check.errors)),
            html!("{}", words.number(check.warnings)),
            messages(check),
        ]
    };
    let rows: Vec<Vec<Html>> = checks.iter().map(row).collect();
    let mut body = html!("<p>{}</p>", verdict(words, &checks));
    body.push(ui::plain_table("", &heads, &rows));
    Ok(ui::section(
        &words.say("publications-validators-title"),
        body,
    ))
}

/// The validator's own words, which are in English as the standards are.
fn messages(check: &Checked) -> Html {
    let all = check.found.as_array().map_or(&[][..], Vec::as_slice);
    if all.is_empty() {
        return Html::new();
    }
    let one = |message: &serde_json::Value| {
        let text = |name: &str| {
            message
                .get(name)
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default()
        };
        let times = message
            .get("times")
            .and_then(serde_json::Value::as_i64)
            .unwrap_or(1);
        html!(
            "<li lang=\"en\" dir=\"ltr\">{} <small>{}× {}</small></li>",
            text("says"),
            times,
            text("first")
        )
    };
    html!("<ul>{}</ul>", all.iter().map(one).collect::<Html>())
}

/// What was corrected since the release before: figure, old, new, reason.
fn changed(tx: &mut Tx, words: &Words, r: &Release, before: Option<&Release>) -> Result<Html> {
    let since = before.map_or(Moment::from_micros(0), |before| before.built_at);
    let all = evidence::corrections(tx, None, CHANGES)?;
    let ours: Vec<_> = all
        .iter()
        .filter(|c| c.at > since && c.at <= r.built_at)
        .collect();
    if before.is_none() || ours.is_empty() {
        return Ok(Html::new());
    }
    let mut items = Html::new();
    for correction in ours {
        let (name, old, new) = told(tx, words, correction)?;
        let link = ui::link(&format!("/claims/{}", correction.claim), name);
        items.push(html!(
            "<li>{}: {} → {}. {}</li>",
            link,
            old,
            new,
            correction.reason
        ));
    }
    Ok(ui::section(
        &words.say("publications-changed-title"),
        html!("<ul>{}</ul>", items),
    ))
}

/// Corrections looked through for a release.
const CHANGES: i64 = 1_000;

// ---- files

fn kept(file: Filed, fixed: bool) -> Answer {
    Answer::Kept(Kept {
        hash: file.hash,
        name: file.name,
        mime: file.mime,
        fixed,
    })
}

fn named(tx: &mut Tx, release: &Release, name: &str) -> Result<Filed> {
    let files = store::files(tx, release.id)?;
    files
        .into_iter()
        .find(|file| file.name == name)
        .ok_or(Error::Missing)
}

/// A file of a release: the same bytes for ever.
fn file_of(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let release = acts::visible(tx, ask.param("code"), ask.actor.as_ref())?;
    let fixed = release.state == State::Published;
    Ok(kept(named(tx, &release, ask.param("file"))?, fixed))
}

/// A file of the newest release, at the address that stays.
fn latest(tx: &mut Tx, ask: &Ask, format: Format) -> Result<Answer> {
    let release = store::latest(tx, format)?.ok_or(Error::Missing)?;
    Ok(kept(named(tx, &release, ask.param("file"))?, false))
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
    body.push(ui::plain_table(
        &say("publications-schema-title"),
        &heads,
        &rows,
    ));
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
