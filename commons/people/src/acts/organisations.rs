//! Organisations: added, edited, and joined when two turn out to be one.

use crate::door::{self, told};
use crate::organisation::{NewOrganisation, ORGANISATION_KINDS, Organisation};
use crate::{choose, rules, store};
use base::{Error, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill, Who};

pub(crate) const KEEPERS: &[Role] = &[Role::SecretariatOfficer, Role::SecretariatApprover];

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new(
            "organisation-new",
            "/organisations/new",
            Who::Any(KEEPERS),
            form,
            add,
        ),
        Act::new(
            "organisation-edit",
            "/organisations/{id}/edit",
            Who::SignedIn,
            edit_form,
            edit,
        )
        .shown(saved),
        Act::new(
            "organisation-merger",
            "/organisations/{id}/merger",
            Who::Any(KEEPERS),
            merger_form,
            merge,
        ),
    ]
}

/// The fields of an organisation, for this room and for rooms that take one in.
pub fn form() -> Form {
    vec![
        Field::names("names").public(),
        Field::choice(
            "kind",
            Choices::Fixed("organisation-kind", ORGANISATION_KINDS),
        ),
        Field::text("country").max(2).optional(),
        Field::words("identifiers").max(2_000).optional(),
        Field::text("website").max(300).optional().public(),
    ]
}

/// The organisation as entered in those fields.
///
/// # Errors
/// Refused when an identifier, the country or the website is strange.
pub fn entered(call: &Call) -> Result<NewOrganisation> {
    Ok(NewOrganisation {
        names: call.values.names("names"),
        kind: call.values.text("kind").to_owned(),
        country: rules::country(call.values.opt_text("country"))?,
        identifiers: rules::identifiers(call.values.text("identifiers"))?,
        website: rules::website(call.values.opt_text("website"))?,
        sample: false,
    })
}

fn add(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = door::add_organisation(tx, &entered(call)?, Some(call.actor()?.account), call.now)?;
    Ok(Done::see(format!("/organisations/{id}")).with(json!({ "id": id })))
}

fn edit_form() -> Form {
    let mut form = form();
    form.push(Field::version());
    form
}

/// The secretariat keeps the record; a member's officer keeps their own organisation's.
fn may_edit(ask: &Ask, organisation: &Organisation) -> Result<()> {
    let actor = ask.actor()?;
    if !actor.is_secretariat() && !actor.is_for(Role::MemberOfficer, organisation.id) {
        return Err(Error::Forbidden("secretariat_officer"));
    }
    match organisation.merged_into {
        Some(_) => Err(Refusal::whole("organisation-is-merged").into()),
        None => Ok(()),
    }
}

fn saved(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let o = store::organisation(tx, ask.id("id")?)?;
    may_edit(ask, &o)?;
    let lines: Vec<String> = o
        .identifiers
        .iter()
        .map(|(scheme, code)| format!("{scheme} {code}"))
        .collect();
    let mut entered = Entered::default()
        .with("kind", o.kind.as_str())
        .with("country", o.country.as_deref().unwrap_or(""))
        .with("identifiers", lines.join("\n"))
        .with("website", o.website.as_deref().unwrap_or(""))
        .with("version", o.version.to_string());
    for (code, name) in &o.names.0 {
        entered = entered.with(&format!("names_{code}"), name.as_str());
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let mut o = store::organisation(tx, call.id("id")?)?;
    may_edit(call, &o)?;
    let new = entered(call)?;
    // Languages the form does not ask for are kept.
    let mut names = new.names;
    let others = o
        .names
        .0
        .iter()
        .filter(|(code, _)| base::Lang::ALL.iter().all(|l| l.code() != code.as_str()));
    names
        .0
        .extend(others.map(|(code, name)| (code.clone(), name.clone())));
    o.names = names;
    o.kind = new.kind;
    o.country = new.country;
    o.identifiers = new.identifiers;
    o.website = new.website;
    store::change_organisation(tx, &o, call.values.version())?;
    let by = Some(call.actor()?.account);
    told(
        tx,
        call.now,
        by,
        "organisation.edited",
        ("organisation", o.id),
        json!({}),
    )?;
    Ok(Done::see(format!("/organisations/{}", o.id)))
}

fn merger_form() -> Form {
    vec![
        Field::choice("into", Choices::Listed(choose::organisations)),
        Field::words("reason").max(2_000),
    ]
}

fn merge(tx: &mut Tx, call: &Call) -> Result<Done> {
    let mut o = store::organisation(tx, call.id("id")?)?;
    may_edit(call, &o)?;
    let into = store::organisation(tx, call.values.id("into").ok_or(Error::Missing)?)?;
    if into.id == o.id || into.merged_into.is_some() {
        return Err(Refusal::about("into", "organisation-merger-strange").into());
    }
    let (by, reason) = (Some(call.actor()?.account), call.values.text("reason"));
    // Nobody's role moves silently to another organisation: people are appointed there anew.
    door::end_appointments(tx, o.id, by, reason, call.now)?;
    o.merged_into = Some(into.id);
    store::change_organisation(tx, &o, o.version)?;
    let about = json!({ "into": into.id, "reason": reason });
    told(
        tx,
        call.now,
        by,
        "organisation.merged",
        ("organisation", o.id),
        about,
    )?;
    Ok(Done::see(format!("/organisations/{}", into.id)))
}
