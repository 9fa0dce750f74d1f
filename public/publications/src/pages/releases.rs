//! Releases: the list, one with its files and what validators found, and the files themselves.

use super::{action, told, verdict};
use crate::release::{Checked, Filed, Format, Release, State};
use crate::{acts, store};
use base::{Error, Id, Moment, Result};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Kept, Line, Listing, Show};

pub(super) const FILTERS: &[Filter] = &[
    Filter::codes("format", "publication-format", Format::CODES),
    Filter::codes("state", "publication-state", State::CODES),
];

pub(super) const RELEASES: &[Column] = &[
    Column::new("release", Kind::Link),
    Column::new("format", Kind::Code("publication-format")),
    Column::new("state", Kind::Code("publication-state")),
    Column::new("built_at", Kind::Moment),
    Column::new("published_at", Kind::Moment),
    Column::new("size_bytes", Kind::Whole),
];

pub(super) fn releases(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let query = ask.list();
    let inside = ask.actor.as_ref().is_some_and(base::Actor::reads_all);
    let [at, id] = query.after_parts::<2>();
    let after = at.parse().ok().map(Moment::from_micros).zip(Id::parse(&id));
    let wanted = store::Wanted {
        after,
        q: query.q.as_deref(),
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
    Ok(Answer::List(Listing {
        title: words.say("publications-releases-title"),
        before: html!("<p>{}</p>", words.say("publications-releases-intro")),
        none: words.say("publications-none-yet"),
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

pub(super) const RELEASE: &[Column] = &[
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

pub(super) fn release(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
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
pub(super) fn file_of(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let release = acts::visible(tx, ask.param("code"), ask.actor.as_ref())?;
    let fixed = release.state == State::Published;
    Ok(kept(named(tx, &release, ask.param("file"))?, fixed))
}

/// A file of the newest release, at the address that stays.
pub(super) fn latest(tx: &mut Tx, ask: &Ask, format: Format) -> Result<Answer> {
    let release = store::latest(tx, format)?.ok_or(Error::Missing)?;
    Ok(kept(named(tx, &release, ask.param("file"))?, false))
}
