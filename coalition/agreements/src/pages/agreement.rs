//! One agreement: how it stands, who signed, what it brings, its versions, and what is to be done.

use super::{action, register};
use crate::acts::drafting;
use crate::agreement::{Agreement, Signature, Stage, Standing, Version};
use crate::{rules, store};
use base::{Error, Refusal, Result, Role};
use db::Tx;
use ui::{Action, Cell, Column, Html, Kind, Tone, html};
use web::{Answer, Ask, Line, Show};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("state", Kind::Code("agreement-state")),
    Column::new("kind", Kind::Code("agreement-kind")),
    Column::new("country", Kind::Text),
    Column::new("authority_name", Kind::Link),
    Column::new("member_name", Kind::Link),
    Column::new("starts_on", Kind::Day),
    Column::new("ends_on", Kind::Day),
    Column::new("free_until", Kind::Day),
    Column::new("signed_by_all_on", Kind::Day),
    Column::new("selection", Kind::Text),
    Column::new("justification", Kind::Words),
    Column::new("document_version", Kind::Whole),
    Column::new("document_hash", Kind::Text),
    Column::new("ended_because", Kind::Words),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

const PARTIES: &[Column] = &[
    Column::new("organisation", Kind::Link),
    Column::new("role", Kind::Code("agreement-party")),
    Column::new("party_signed_on", Kind::Day),
    Column::new("signature_method", Kind::Code("agreement-method")),
    Column::new("signed_paper", Kind::Link),
];

const SCHEDULE: &[Column] = &[
    Column::new("service_class", Kind::Text),
    Column::new("places", Kind::Text),
    Column::new("from_on", Kind::Day),
    Column::new("to_on", Kind::Day),
    Column::new("units_needed", Kind::Whole),
    Column::new("units_in_lots", Kind::Whole),
    Column::new("need_title", Kind::Link),
    Column::new("offer_title", Kind::Link),
];

const VERSIONS: &[Column] = &[
    Column::new("document_version", Kind::Whole),
    Column::new("version_rationale", Kind::Text),
    Column::new("released_on", Kind::Day),
    Column::new("signed_by_all_on", Kind::Day),
    Column::new("document_hash", Kind::Text),
    Column::new("document_pdf", Kind::Link),
    Column::new("document_text", Kind::Link),
];

/// An agreement the asker may see.
pub(crate) fn seen(tx: &mut Tx, ask: &Ask) -> Result<Agreement> {
    let a = store::agreements::find(tx, ask.id("id")?, ask.today)?;
    if rules::may_see(&a, ask.actor.as_ref()) {
        Ok(a)
    } else {
        Err(Error::Missing)
    }
}

/// Whether the asker works on it.
pub(crate) fn inside(ask: &Ask, a: &Agreement) -> bool {
    ask.actor
        .as_ref()
        .is_some_and(|actor| rules::works_on(a, actor))
}

pub(crate) fn agreement(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let a = seen(tx, ask)?;
    let inside = inside(ask, &a);
    let mut versions = store::versions::all(tx, a.id)?;
    let signatures = store::versions::signatures(tx, a.id)?;
    if !inside {
        versions.retain(|version| version.signed_on.is_some());
    }
    let title = format!("{} {}", a.code, ask.words.name(&a.title));
    let mut sections = parties(tx, ask, &a, &signatures, inside)?;
    sections.push(schedule(tx, ask, &a)?);
    sections.push(self::versions(ask, &a, &versions));
    Ok(Answer::Record(Show {
        title: members::marked(&ask.words, &title, a.sample),
        before: notices(tx, ask, &a, &versions, inside)?,
        cells: cells(tx, ask, &a, &versions, inside)?,
        sections,
        actions: actions(ask, &a, &versions, &signatures),
        slot: Some(("agreement-page", a.id.to_string())),
    }))
}

fn cells(
    tx: &mut Tx,
    ask: &Ask,
    a: &Agreement,
    versions: &[Version],
    inside: bool,
) -> Result<Vec<Cell>> {
    let names = register::names(tx, ask, &[a.authority, a.member])?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let lang = ask.words.lang();
    let valid = versions.iter().find(|version| version.number == a.number);
    let hash = valid.and_then(|version| version.document_hash.clone());
    let selection = catalogue::label(tx, "selection_reasons", &a.selection, lang)?;
    Ok(vec![
        a.code.clone().into(),
        Cell::code(a.standing.code()),
        Cell::code(a.kind.as_str()),
        places::country_name(tx, &a.country, lang)?.into(),
        Cell::link(format!("/organisations/{}", a.authority), name(a.authority)),
        Cell::link(format!("/members/{}", a.member), name(a.member)),
        a.starts_on.into(),
        a.ends_on.into(),
        a.free_until.into(),
        Cell::or_not_applicable(a.signed_on),
        selection.into(),
        a.justification.clone().into(),
        a.number.into(),
        Cell::or_not_applicable(hash),
        Cell::or_not_applicable(a.reason.clone().filter(|_| inside)),
        a.id.into(),
        a.version.into(),
    ])
}

fn notices(
    tx: &mut Tx,
    ask: &Ask,
    a: &Agreement,
    versions: &[Version],
    inside: bool,
) -> Result<Html> {
    let words = &ask.words;
    let mut out = Html::new();
    let lacking = a.lacking();
    if !lacking.is_empty() {
        let labels = catalogue::labels(tx, "sovereignty_clauses", words.lang())?;
        let name = |code: &&str| labels.get(*code).cloned().unwrap_or_default();
        let all: Vec<String> = lacking.iter().map(name).collect();
        let args = [("clauses", words.list(&all).into())];
        out.push(ui::notice(
            words,
            Tone::Warn,
            words.say_with("agreements-lacks", &args),
        ));
    }
    if a.is_public() && a.free_until < ask.today && a.standing == Standing::InForce {
        let args = [("day", words.day(a.free_until).into())];
        out.push(ui::notice(
            words,
            Tone::Warn,
            words.say_with("agreements-free-over", &args),
        ));
    }
    let Some((number, stage)) = a.open().filter(|_| inside) else {
        return Ok(out);
    };
    if a.is_public() {
        let state = words.code("agreement-state", stage.code());
        let args = [("number", number.into()), ("state", state.into())];
        out.push(ui::notice(
            words,
            Tone::Busy,
            words.say_with("agreements-amending", &args),
        ));
    }
    let returned = versions.iter().find(|v| v.number == number);
    if let Some(reason) = returned.and_then(|v| v.returned.as_deref()) {
        let args = [("reason", reason.into())];
        out.push(ui::notice(
            words,
            Tone::Warn,
            words.say_with("agreements-came-back", &args),
        ));
    }
    if stage != Stage::ForSignature {
        out.push(weighed(tx, ask, a)?);
    }
    Ok(out)
}

/// What speaks against the version in preparation, and what should be seen.
pub(crate) fn weighed(tx: &mut Tx, ask: &Ask, a: &Agreement) -> Result<Html> {
    let words = &ask.words;
    let weighed = drafting::look(tx, a, ask.now)?;
    let list = |all: &[Refusal], tone: Tone, key: &str| {
        if all.is_empty() {
            return Html::new();
        }
        let items: Html = all
            .iter()
            .map(|r| html!("<li>{}</li>", told(tx, words, r).unwrap_or_default()))
            .collect();
        ui::notice(
            words,
            tone,
            html!("<p>{}</p><ul>{}</ul>", words.say(key), items),
        )
    };
    let mut list = list;
    let mut out = list(&weighed.problems.0, Tone::Bad, "agreements-problems");
    out.push(list(&weighed.remarks, Tone::Warn, "agreements-remarks"));
    Ok(out)
}

/// A reason in words; clauses by their names, days as people write them.
pub(crate) fn told(tx: &mut Tx, words: &lang::Words, refusal: &Refusal) -> Result<String> {
    let mut refusal = refusal.clone();
    for (_, arg) in &mut refusal.args {
        if let base::Arg::Text(text) = arg
            && let Some(day) = base::Day::parse(text)
        {
            *arg = words.day(day).into();
        }
    }
    let vocabulary = match refusal.field.as_str() {
        "data_clauses" => "data_principles",
        "sovereignty" => "sovereignty_clauses",
        _ => return Ok(words.refusal(&refusal)),
    };
    for (name, arg) in &mut refusal.args {
        if let (&mut "clause", base::Arg::Text(code)) = (name, &*arg) {
            *arg = catalogue::label(tx, vocabulary, code, words.lang())?.into();
        }
    }
    Ok(words.refusal(&refusal))
}

fn parties(
    tx: &mut Tx,
    ask: &Ask,
    a: &Agreement,
    signatures: &[Signature],
    inside: bool,
) -> Result<Html> {
    let words = &ask.words;
    let open = a
        .open()
        .filter(|(_, stage)| inside && *stage == Stage::ForSignature);
    let number = open.map_or(a.number, |(number, _)| number);
    let names = register::names(tx, ask, &[a.authority, a.member])?;
    let mut lines = Vec::new();
    for party in store::agreements::parties(tx, a.id, number)? {
        let id = party.organisation;
        let own = signatures
            .iter()
            .find(|s| s.number == number && s.organisation == id);
        let paper = own.filter(|s| inside && s.paper.is_some());
        let paper = paper.map_or(Cell::NotApplicable, |_| {
            let path = format!("{}/papers/{id}?version={number}", a.path());
            Cell::link(path, words.say("agreements-paper"))
        });
        lines.push(Line {
            key: id.to_string(),
            cells: vec![
                Cell::link(
                    format!("/organisations/{id}"),
                    names.get(&id).cloned().unwrap_or_default(),
                ),
                Cell::code(party.role),
                own.map_or(Cell::Unknown, |s| s.signed_on.into()),
                own.map_or(Cell::Unknown, |s| Cell::code(s.method.code())),
                paper,
            ],
            href: None,
        });
    }
    let args = [("number", number.into())];
    let title = words.say_with("agreements-signatures", &args);
    Ok(ui::section(&title, ui::table(words, "", PARTIES, &lines)))
}

fn schedule(tx: &mut Tx, ask: &Ask, a: &Agreement) -> Result<Html> {
    let words = &ask.words;
    let lang = words.lang();
    let mut lines = Vec::new();
    for one in store::agreements::schedule(tx, a.id)? {
        let mut places = Vec::with_capacity(one.places.len());
        for place in &one.places {
            places.push(places::place_name(tx, place, lang)?);
        }
        let need = needs::head(tx, one.need, ask.today)?;
        let offer = offers::offer(tx, one.offer)?;
        lines.push(Line {
            key: one.id.to_string(),
            cells: vec![
                catalogue::label(tx, "service_classes", &one.service_class, lang)?.into(),
                words.list(&places).into(),
                one.from.into(),
                one.to.into(),
                one.quantity.into(),
                one.given.into(),
                Cell::link(format!("/needs/{}", one.need), need.code),
                Cell::link(
                    format!("/offers/{}", one.offer),
                    words.name(&offer.terms.title).to_owned(),
                ),
            ],
            href: None,
        });
    }
    let table = ui::table(words, "", SCHEDULE, &lines);
    Ok(ui::section(&words.say("agreements-schedule"), table))
}

fn versions(ask: &Ask, a: &Agreement, versions: &[Version]) -> Html {
    let words = &ask.words;
    let line = |v: &Version| {
        let link = |file: &str, label: &str| {
            Cell::link(format!("{}/{file}?version={}", a.path(), v.number), label)
        };
        let hash = v.document_hash.as_deref().map(|hash| {
            let short: String = hash.chars().take(12).collect();
            format!("{short}…")
        });
        let rationale = match (&v.rationale, v.withdrawn_on) {
            (_, Some(_)) => words.code("agreement-state", "withdrawn"),
            (Some(why), None) => why.clone(),
            (None, None) => words.say("agreements-first-version"),
        };
        let text = match v.document {
            Some(_) => link("document.txt", "TXT"),
            None => Cell::NotApplicable,
        };
        Line {
            key: v.number.to_string(),
            cells: vec![
                v.number.into(),
                rationale.into(),
                Cell::or_not_applicable(v.released_at.map(base::Moment::day)),
                Cell::or_not_applicable(v.signed_on),
                Cell::or_not_applicable(hash),
                link("document.pdf", "PDF"),
                text,
            ],
            href: None,
        }
    };
    let lines: Vec<Line> = versions.iter().rev().map(line).collect();
    let mut body = ui::table(words, "", VERSIONS, &lines);
    let check = ui::link(
        &format!("{}/check", a.path()),
        words.say("agreements-compare"),
    );
    body.push(html!("<p>{}</p>", check));
    ui::section(&words.say("agreements-versions"), body)
}

/// What the asker may do now.
fn actions(
    ask: &Ask,
    a: &Agreement,
    versions: &[Version],
    signatures: &[Signature],
) -> Vec<Action> {
    let Some(actor) = &ask.actor else {
        return Vec::new();
    };
    let words = &ask.words;
    let mut out = Vec::new();
    let mut add = |part: &str, main: bool| {
        let key = format!("agreement-{part}-button");
        out.push(action(words, format!("{}/{part}", a.path()), &key, main));
    };
    let drafter = rules::may_draft(a.member, actor).is_ok();
    let open = a.open();
    match open {
        Some((_, Stage::Draft)) => {
            if actor.is(Role::SecretariatOfficer) {
                add("review", true);
            }
            if drafter {
                add("edit", !actor.is(Role::SecretariatOfficer));
            }
        }
        Some((number, Stage::UnderReview)) if actor.is(Role::SecretariatApprover) => {
            let version = versions.iter().find(|v| v.number == number);
            if version.is_some_and(|v| rules::release(v, actor).is_ok()) {
                add("release", true);
            }
            add("return", false);
        }
        Some((number, Stage::ForSignature)) => {
            let given: Vec<Signature> = signatures
                .iter()
                .filter(|s| s.number == number)
                .cloned()
                .collect();
            let may = |party| rules::signs(a, party, &given, actor).is_ok();
            if may(a.authority) || may(a.member) {
                add("signature", true);
            }
        }
        _ => {}
    }
    if open.is_some() && rules::withdraw(a, actor).is_ok() {
        add("withdrawal", false);
    }
    if drafter && rules::amend(a).is_ok() {
        add("amendment", false);
    }
    let mut steps = |may: bool, part: &str| {
        if may {
            add(part, false);
        }
    };
    steps(rules::suspend(a, actor).is_ok(), "suspension");
    steps(rules::resume(a, actor).is_ok(), "resumption");
    steps(rules::terminate(a, actor).is_ok(), "termination");
    out
}
