//! What people see: the store, its keys, its rules, erasures, what was agreed to.

use crate::acts::{answered_for, country, cutoff, own_key};
use crate::keys::{self, ApiKey, Scope};
use crate::{rules, store, store_attachments, store_rules};
use base::{Day, Id, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Action, Cell, Column, Html, Kind as Shown, html};
use web::{Answer, Ask, Line, Listing, Page, Prefill, Shape, Show, Slot, View, Who};

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
const ERASERS: Who = Who::Any(&[Role::LearningOfficer, Role::SchoolHead]);

const KEYS: &[Column] = &[
    Column::new("label", Shown::Link),
    Column::new("record_user", Shown::Text),
    Column::new("record_scopes", Shown::Text),
    Column::new("record_ends_on", Shown::Day),
    Column::new("record_key_state", Shown::Code("record-key-state")),
];
const KEY: &[Column] = &[
    Column::new("record_user", Shown::Text),
    Column::new("record_scopes", Shown::Text),
    Column::new("record_made_on", Shown::Day),
    Column::new("record_ends_on", Shown::Day),
    Column::new("record_key_state", Shown::Code("record-key-state")),
];
const ERASURES: &[Column] = &[
    Column::new("record_made_on", Shown::Day),
    Column::new("record_statements", Shown::Whole),
    Column::new("record_documents", Shown::Whole),
    Column::new("reason", Shown::Words),
];
const SIGNATURES: &[Column] = &[
    Column::new("record_made_on", Shown::Day),
    Column::new("record_statement", Shown::Id),
    Column::new("record_algorithm", Shown::Text),
    Column::new(
        "record_signature_state",
        Shown::Code("record-signature-state"),
    ),
    Column::new("record_certificate", Shown::Text),
];

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/records",
            OFFICER,
            Shape::Page,
            front as fn(&mut Tx, &Ask) -> Result<Answer>,
        ),
        seen("/records/keys", OFFICER, Shape::List(KEYS, &[]), all_keys),
        seen("/records/keys/{id}", OFFICER, Shape::Record(KEY), one_key),
        seen(
            "/records/erasures",
            ERASERS,
            Shape::List(ERASURES, &[]),
            erasures,
        ),
        seen(
            "/records/signatures",
            OFFICER,
            Shape::List(SIGNATURES, &[]),
            signatures,
        ),
    ]
}

/// What this room shows on earlier rooms' pages.
pub(crate) fn slots() -> Vec<Slot> {
    let slot = |at, fill| Slot { at, fill };
    vec![
        slot("learner-page", of_learner as Filling),
        slot("child-page", of_learner),
        slot("school-page", of_school),
    ]
}

type Filling = fn(&mut Tx, &Ask, &str) -> Result<Html>;

fn action(words: &Words, href: &str, key: &str, main: bool) -> Action {
    Action {
        href: href.to_owned(),
        label: words.say(key),
        main,
    }
}

fn link(words: &Words, href: &str, key: &str) -> Html {
    html!("<li><a href=\"{}\">{}</a></li>", href, words.say(key))
}

/// The store at a glance.
fn front(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let country = country(ask.actor()?)?;
    let rule = store_rules::rule(tx, &country)?;
    let mut body = html!("<p>{}</p>", words.say("records-intro"));
    body.push(html!("<h2>{}</h2>", words.say("records-rule")));
    match &rule {
        Some(rule) => body.push(html!(
            "<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd><code>{}</code></dd></dl>",
            words.say("field-record-kept-years"),
            words.number(rule.kept_years),
            words.say("field-record-basis"),
            rule.basis.as_str(),
            words.say("field-record-home-page"),
            rule.home_page.as_str(),
        )),
        None => body.push(html!("<p>{}</p>", words.say("records-no-rule"))),
    }
    body.push(html!("<ul>"));
    body.push(link(words, "/records/rule/edit", "record-rule-edit-title"));
    if rule.is_some() {
        body.push(link(words, "/records/retention", "record-retention-title"));
    }
    body.push(link(words, "/records/erasures", "records-erasures"));
    body.push(html!("</ul><h2>{}</h2>", words.say("records-programs")));
    let url = &ask.site.settings.url;
    body.push(html!(
        "<p>{}</p><p><code>{}/xapi/2.0</code><br><code>{}/xapi/1.0.3</code></p><ul>",
        words.say("records-programs-intro"),
        url.as_str(),
        url.as_str(),
    ));
    body.push(link(words, "/records/keys", "records-keys"));
    body.push(link(words, "/records/signatures", "records-signatures"));
    body.push(html!("</ul><h2>{}</h2>", words.say("records-export")));
    body.push(html!("<p>{}</p><ul>", words.say("records-export-intro")));
    body.push(link(
        words,
        "/records/export/all.jsonl",
        "records-export-all",
    ));
    body.push(link(
        words,
        "/records/export/research.jsonl",
        "records-export-research",
    ));
    body.push(html!("</ul>"));
    Ok(Answer::Page(Page {
        title: words.say("records-title"),
        body,
        ..Page::default()
    }))
}

fn state(key: &ApiKey, today: Day) -> &'static str {
    match (key.ended_at, key.ends_on) {
        (Some(_), _) => "ended",
        (None, Some(day)) if day < today => "over",
        _ => "good",
    }
}

fn scopes(words: &Words, scopes: &[Scope]) -> String {
    let said = scopes.iter().map(|scope| {
        let code = scope.word().replace('_', "-");
        words.say(&format!("record-scope-{code}"))
    });
    words.list(&said.collect::<Vec<_>>())
}

fn all_keys(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [before] = query.after_parts::<1>();
    let country = country(ask.actor()?)?;
    let mut found = keys::of_country(tx, &country, Id::parse(&before), query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let rows = found.iter().map(|key| Line {
        key: key.id.to_string(),
        cells: vec![
            Cell::link(format!("/records/keys/{}", key.id), key.label.clone()),
            key.name.clone().into(),
            scopes(words, &key.scopes).into(),
            Cell::or_unknown(key.ends_on),
            Cell::code(state(key, ask.today)),
        ],
        href: None,
    });
    Ok(Answer::List(Listing {
        title: words.say("records-keys"),
        before: html!("<p>{}</p>", words.say("records-keys-intro")),
        rows: rows.collect(),
        more,
        actions: vec![action(
            words,
            "/records/keys/new",
            "record-key-new-button",
            true,
        )],
        ..Listing::default()
    }))
}

fn one_key(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let key = own_key(tx, ask)?;
    let mut actions = Vec::new();
    if key.ended_at.is_none() {
        let path = format!("/records/keys/{}/ending", key.id);
        actions.push(action(words, &path, "record-key-end-button", false));
    }
    Ok(Answer::Record(Show {
        title: key.label.clone(),
        cells: vec![
            key.name.clone().into(),
            scopes(words, &key.scopes).into(),
            key.made_at.day().into(),
            Cell::or_unknown(key.ends_on),
            Cell::code(state(&key, ask.today)),
        ],
        actions,
        ..Show::default()
    }))
}

/// The key somebody is about to end.
pub(crate) fn key_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let key = own_key(tx, ask)?;
    Ok(Prefill {
        beside: html!("<p>{} (<code>{}</code>)</p>", key.label, key.name),
        ..Prefill::default()
    })
}

fn erasures(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [before] = query.after_parts::<1>();
    let mut found = store_rules::erasures(tx, Id::parse(&before), query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let rows = found.iter().map(|one| Line {
        key: one.id.to_string(),
        cells: vec![
            one.made_at.day().into(),
            one.statements.into(),
            one.documents.into(),
            one.reason.clone().into(),
        ],
        href: None,
    });
    Ok(Answer::List(Listing {
        title: words.say("records-erasures"),
        before: html!("<p>{}</p>", words.say("records-erasures-intro")),
        rows: rows.collect(),
        more,
        actions: vec![action(
            words,
            "/records/erasures/new",
            "record-erasure-new-button",
            true,
        )],
        ..Listing::default()
    }))
}

/// Statements somebody signed, and whether the signature could be checked.
fn signatures(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [at, id] = query.after_parts::<2>();
    let before = at.parse().ok().zip(Id::parse(&id));
    let mut found = store_attachments::signed(tx, before, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let rows = found.into_iter().map(|one| Line {
        key: format!("{}~{}", one.at.micros(), one.statement),
        cells: vec![
            one.at.day().into(),
            one.statement.into(),
            one.algorithm.into(),
            Cell::code(if one.certificate.is_some() {
                "verified"
            } else {
                "unverified"
            }),
            one.certificate.map_or(Cell::NotApplicable, Cell::Text),
        ],
        href: None,
    });
    Ok(Answer::List(Listing {
        title: words.say("records-signatures"),
        before: html!("<p>{}</p>", words.say("records-signatures-intro")),
        rows: rows.collect(),
        more,
        ..Listing::default()
    }))
}

/// From which day on statements keep their person.
pub(crate) fn retention_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let country = country(ask.actor()?)?;
    let words = &ask.words;
    let beside = match store_rules::rule(tx, &country)? {
        Some(rule) => {
            let day = words.day(cutoff(&rule, ask.now).day());
            html!(
                "<p>{}</p>",
                words.say_with("records-retention-before", &[("day", day.into())])
            )
        }
        None => html!("<p>{}</p>", words.say("records-no-rule")),
    };
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

/// What was agreed to for a learner, beside the form.
pub(crate) fn consent_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let person = answered_for(tx, ask)?;
    let mut beside = html!("<p>{}</p>", person.name());
    beside.push(consents(tx, ask, person.id)?);
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

fn consents(tx: &mut Tx, ask: &Ask, learner: Id) -> Result<Html> {
    let words = &ask.words;
    let said = store_rules::consents(tx, learner)?;
    let mut list = html!("<ul>");
    for purpose in rules::PURPOSES {
        let label = words.say(&format!("record-purpose-{}", purpose.replace('_', "-")));
        let answer = match said.iter().find(|one| one.purpose == purpose) {
            Some(one) => {
                let key = if one.given {
                    "record-answer-given"
                } else {
                    "record-answer-refused"
                };
                format!("{} ({})", words.say(key), words.day(one.said_at.day()))
            }
            None => words.say("records-not-asked"),
        };
        list.push(html!("<li>{}: {}</li>", label, answer));
    }
    list.push(html!("</ul>"));
    Ok(list)
}

/// What is kept of a learner, on the page of the learner.
fn of_learner(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let (words, Some(learner)) = (&ask.words, Id::parse(id)) else {
        return Ok(Html::new());
    };
    let Ok(actor) = ask.actor() else {
        return Ok(Html::new());
    };
    if classes::require_may_see(tx, actor, learner, ask.today).is_err() {
        return Ok(Html::new());
    }
    let home = store::home(tx)?;
    let search = crate::Search {
        keys: vec![(crate::agent_key(&home, learner), true)],
        before: i64::MAX,
        limit: 1,
        ..crate::Search::default()
    };
    let last = crate::find(tx, &search)?;
    let mut out = html!("<h2>{}</h2>", words.say("records-of-learner"));
    match last.first() {
        Some(last) => {
            let day = words.day(last.stored().day());
            out.push(html!(
                "<p>{} <a href=\"/records/export/learner-{}.jsonl\">{}</a></p>",
                words.say_with("records-last", &[("day", day.into())]),
                learner.to_string(),
                words.say("records-export-learner"),
            ));
        }
        None => out.push(html!("<p>{}</p>", words.say("records-none-yet"))),
    }
    out.push(consents(tx, ask, learner)?);
    if actor.is_any(&[Role::SchoolHead, Role::Guardian]) {
        out.push(html!(
            "<p><a href=\"/records/consents/{}\">{}</a></p>",
            learner.to_string(),
            words.say("record-consent-title"),
        ));
    }
    if actor.is_any(&[Role::SchoolHead, Role::LearningOfficer]) {
        let code = classes::person(tx, learner)?.code;
        let href = ui::with_query("/records/erasures/new", "record_learner_code", Some(&code));
        out.push(html!(
            "<p><a href=\"{}\">{}</a></p>",
            href,
            words.say("record-erasure-new-title"),
        ));
    }
    Ok(out)
}

/// What a school owns of records, on its page for its head.
fn of_school(_: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let (words, Some(school)) = (&ask.words, Id::parse(id)) else {
        return Ok(Html::new());
    };
    let head = |actor: &base::Actor| actor.is_for(Role::SchoolHead, school);
    if !ask.actor.as_ref().is_some_and(head) {
        return Ok(Html::new());
    }
    Ok(ui::section(
        &words.say("records-of-learner"),
        ui::actions(&[
            action(
                words,
                &format!("/records/export/school-{school}.jsonl"),
                "records-export-learner",
                false,
            ),
            action(words, "/records/erasures", "records-erasures", false),
        ]),
    ))
}
