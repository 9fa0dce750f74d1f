//! The register: every agreement the asker may know, the newest first.

use super::{DRAFTERS, action};
use crate::agreement::{Agreement, KINDS, Standing};
use crate::store::{self, agreements::Wanted};
use base::{Id, Names, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Action, Cell, Column, Kind};
use web::{Answer, Ask, Filter, Line, Listing};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("code", Kind::Link),
    Column::new("title", Kind::Names),
    Column::new("member_name", Kind::Text).hxl("#org+name"),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("state", Kind::Code("agreement-state")),
    Column::new("service_class", Kind::Text).hxl("#service"),
    Column::new("starts_on", Kind::Day).hxl("#date+start"),
    Column::new("ends_on", Kind::Day).hxl("#date+end"),
    Column::new("free_until", Kind::Day),
    Column::new("controls_lacking", Kind::Whole),
];

pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::listed("service_class", catalogue::choose::service_class),
    Filter::codes("kind", "agreement-kind", &KINDS),
    Filter::codes("state", "agreement-state", &Standing::CODES),
];

/// What the asker may see, narrowed by what was asked for.
fn wanted(ask: &Ask) -> Wanted {
    let query = ask.list();
    let text = |name: &str| query.filter(name).map(str::to_owned);
    let id = |name: &str| query.filter(name).and_then(Id::parse);
    let mut wanted = Wanted {
        q: query.q.clone(),
        country: text("country"),
        service_class: text("service_class"),
        kind: text("kind"),
        state: text("state"),
        member: id("member"),
        batch: id("batch"),
        before: query.after.as_deref().and_then(Id::parse),
        limit: query.limit + 1,
        ..Wanted::default()
    };
    if let Some(actor) = &ask.actor {
        wanted.all = actor.reads_all();
        let own = [Role::MemberFocalPoint, Role::MemberOfficer];
        let held = actor.appointments.iter().filter(|a| own.contains(&a.role));
        wanted.members = held.filter_map(|a| a.organisation).collect();
        wanted.members.dedup();
        wanted.countries = actor.authority_countries();
        wanted.countries.dedup();
    }
    wanted
}

pub(crate) fn register(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let limit = usize::try_from(ask.list().limit).unwrap_or(0);
    let mut found = store::agreements::list(tx, &wanted(ask), ask.today)?;
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(Answer::List(Listing {
        title: ask.words.say("agreements-title"),
        before: ui::paragraphs(&ask.words.say("agreements-intro")),
        rows: rows(tx, ask, &found)?,
        more,
        actions: actions(ask),
        ..Listing::default()
    }))
}

fn actions(ask: &Ask) -> Vec<Action> {
    let words = &ask.words;
    let mut actions = Vec::new();
    if DRAFTERS.admits(ask.actor.as_ref()).is_ok() {
        actions.push(action(
            words,
            "/agreements/new".to_owned(),
            "agreement-new-button",
            true,
        ));
    }
    if ask.is_any(&[Role::SecretariatOfficer]) {
        let path = "/agreements/batches/new".to_owned();
        actions.push(action(words, path, "agreement-batch-new-button", false));
    }
    if super::READERS.admits(ask.actor.as_ref()).is_ok() {
        let path = "/agreements/batches".to_owned();
        actions.push(action(words, path, "agreement-batches-title", false));
    }
    let path = "/agreements/templates".to_owned();
    actions.push(action(words, path, "agreement-templates-title", false));
    actions
}

/// The names of organisations in the asker's language.
pub(crate) fn names(tx: &mut Tx, ask: &Ask, ids: &[Id]) -> Result<BTreeMap<Id, String>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let names = people::organisation_names(tx, &ids)?;
    let said = |names: &Names| ask.words.name(names).to_owned();
    Ok(names.iter().map(|(id, names)| (*id, said(names))).collect())
}

/// Rows of agreements, with every name looked up once.
pub(crate) fn rows(tx: &mut Tx, ask: &Ask, found: &[Agreement]) -> Result<Vec<Line>> {
    let lang = ask.words.lang();
    let ids: Vec<Id> = found.iter().map(|a| a.member).collect();
    let members = names(tx, ask, &ids)?;
    let services = catalogue::labels(tx, "service_classes", lang)?;
    let mut countries: BTreeMap<&str, String> = BTreeMap::new();
    let mut lines = Vec::with_capacity(found.len());
    for a in found {
        if !countries.contains_key(a.country.as_str()) {
            let name = places::country_name(tx, &a.country, lang)?;
            countries.insert(&a.country, name);
        }
        let service = |code: &String| services.get(code).unwrap_or(code).clone();
        let classes: Vec<String> = a.service_classes.iter().map(service).collect();
        let member = members.get(&a.member).cloned().unwrap_or_default();
        lines.push(Line {
            key: a.id.to_string(),
            cells: vec![
                Cell::link(a.path(), a.code.clone()),
                Cell::Names(a.title.clone()),
                members::marked(&ask.words, &member, a.sample).into(),
                countries
                    .get(a.country.as_str())
                    .cloned()
                    .unwrap_or_default()
                    .into(),
                Cell::code(a.standing.code()),
                ask.words.list(&classes).into(),
                a.starts_on.into(),
                a.ends_on.into(),
                a.free_until.into(),
                i64::try_from(a.lacking().len()).unwrap_or(0).into(),
            ],
            href: None,
        });
    }
    Ok(lines)
}
