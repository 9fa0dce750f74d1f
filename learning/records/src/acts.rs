//! The verbs: keys made and ended, rules set, consent written down, people taken out.

use crate::keys::{self, NewKey, Scope};
use crate::shapes::is_iri;
use crate::store_rules::{self, Erasure, Rule};
use crate::{erase, pages, rules, store};
use base::{Actor, Error, Id, Moment, Refusal, Refusals, Result, Role};
use db::Tx;
use serde_json::{Value, json};
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill, Who};

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
const ERASERS: Who = Who::Any(&[Role::LearningOfficer, Role::SchoolHead]);
const ASKED: Who = Who::Any(&[Role::SchoolHead, Role::Guardian]);
/// Statements that lose their person in one go.
const OLD_SLICE: i64 = 5_000;

/// What a key may do, in forms.
const SCOPES: &[&str] = &[
    "write",
    "read_mine",
    "read",
    "state",
    "profile",
    "define",
    "all_read",
    "all",
];
const ANSWERS: &[&str] = &["given", "refused"];

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, who, form, prefill, run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    vec![
        act(
            "record-key-new",
            "/records/keys/new",
            OFFICER,
            key_form as fn() -> Form,
            None,
            add_key as fn(&mut Tx, &Call) -> Result<Done>,
        ),
        act(
            "record-key-end",
            "/records/keys/{id}/ending",
            OFFICER,
            Vec::new,
            Some(pages::key_beside as fn(&mut Tx, &Ask) -> Result<Prefill>),
            end_key,
        ),
        act(
            "record-rule-edit",
            "/records/rule/edit",
            OFFICER,
            rule_form,
            Some(rule_prefill),
            edit_rule,
        ),
        act(
            "record-erasure-new",
            "/records/erasures/new",
            ERASERS,
            erasure_form,
            None,
            erase_person,
        ),
        act(
            "record-retention",
            "/records/retention",
            OFFICER,
            Vec::new,
            Some(pages::retention_beside),
            retain,
        ),
        act(
            "record-consent",
            "/records/consents/{id}",
            ASKED,
            consent_form,
            Some(pages::consent_beside),
            consent,
        ),
    ]
}

fn told(
    tx: &mut Tx,
    call: &Call,
    verb: &'static str,
    subject: (&'static str, Id),
    about: Value,
) -> Result<()> {
    let actor = Some(call.actor()?.account);
    ledger::tell(tx, (call.now, actor), verb, subject, about)
}

/// The country a learning officer works for.
pub(crate) fn country(actor: &Actor) -> Result<String> {
    let held = actor.appointments.iter();
    held.filter(|held| held.role == Role::LearningOfficer)
        .find_map(|held| held.country.clone())
        .ok_or(Error::Forbidden(Role::LearningOfficer.code()))
}

// ---- keys

fn key_form() -> Form {
    vec![
        Field::text("label").max(80),
        Field::many("record_scopes", Choices::Fixed("record-scope", SCOPES)),
        Field::day("record_ends_on").optional(),
    ]
}

fn add_key(tx: &mut Tx, call: &Call) -> Result<Done> {
    let country = country(call.actor()?)?;
    let ends_on = call.values.opt_day("record_ends_on");
    if ends_on.is_some_and(|last| last < call.today) {
        return Err(Refusal::about("record_ends_on", "records-day-is-past").into());
    }
    let words = call.values.many("record_scopes");
    let scopes: Vec<Scope> = words.iter().filter_map(|word| Scope::parse(word)).collect();
    let (name, secret) = keys::fresh();
    let new = NewKey {
        name: &name,
        secret: &secret,
        label: call.values.text("label"),
        scopes: &scopes,
        country: &country,
        ends_on,
    };
    let by = call.actor()?.account;
    let id = keys::add_key(tx, &new, Some(by), call.now)?;
    let about = json!({ "country": country, "scopes": words });
    told(tx, call, "records.key_made", ("record_key", id), about)?;
    let text = format!("{name}:{secret}");
    let see = people::show_once(tx, call, "shown-record-key", &text)?;
    Ok(Done::see(see).with(json!({ "id": id, "user": name })))
}

/// The key of an act, when it is the actor's country's.
pub(crate) fn own_key(tx: &mut Tx, ask: &Ask) -> Result<keys::ApiKey> {
    let key = keys::key(tx, ask.id("id")?)?;
    let held = ask.actor()?.is_in(Role::LearningOfficer, &key.country);
    if held { Ok(key) } else { Err(Error::Missing) }
}

fn end_key(tx: &mut Tx, call: &Call) -> Result<Done> {
    let key = own_key(tx, call)?;
    keys::end(tx, key.id, call.actor()?.account, call.now)?;
    told(
        tx,
        call,
        "records.key_ended",
        ("record_key", key.id),
        json!({}),
    )?;
    Ok(Done::see("/records/keys").notice("records-key-has-ended"))
}

// ---- rules

fn rule_form() -> Form {
    vec![
        Field::text("record_home_page").max(200),
        Field::whole("record_kept_years", 1, 100),
        Field::words("record_basis").max(1_000),
        Field::version(),
    ]
}

fn rule_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let country = country(ask.actor()?)?;
    let rule = store_rules::rule(tx, &country)?.unwrap_or(Rule {
        country,
        home_page: store::home(tx)?,
        kept_years: 7,
        basis: String::new(),
        version: 0,
    });
    Ok(Prefill {
        entered: Entered::default()
            .with("record_home_page", rule.home_page)
            .with("record_kept_years", rule.kept_years.to_string())
            .with("record_basis", rule.basis)
            .with("version", rule.version.to_string()),
        ..Prefill::default()
    })
}

fn edit_rule(tx: &mut Tx, call: &Call) -> Result<Done> {
    let country = country(call.actor()?)?;
    let home_page = call.values.text("record_home_page").trim().to_owned();
    let mut wrong = Refusals::default();
    wrong.unless(
        is_iri(&home_page) && home_page.starts_with("http"),
        "record_home_page",
        "records-home-page-shape",
    );
    // Statements are found by the home page they were written with.
    let before = store::home(tx)?;
    if before != home_page && store_rules::has_statements(tx)? {
        wrong.push(Refusal::about(
            "record_home_page",
            "records-home-page-fixed",
        ));
    }
    let rule = Rule {
        home_page,
        kept_years: call.values.whole("record_kept_years"),
        basis: call.values.text("record_basis").to_owned(),
        version: call.values.version(),
        country: country.clone(),
    };
    let rule = wrong.or(rule)?;
    store_rules::put_rule(tx, &rule)?;
    let about = json!({ "country": country, "kept_years": rule.kept_years, "basis": rule.basis });
    let subject = ("record_rule", Id::named("record_rule", &country));
    told(tx, call, "records.rule_set", subject, about)?;
    Ok(Done::see("/records").notice("records-rule-set"))
}

fn retain(tx: &mut Tx, call: &Call) -> Result<Done> {
    let country = country(call.actor()?)?;
    let rule = store_rules::rule(tx, &country)?
        .ok_or_else(|| Error::from(Refusal::whole("records-no-rule")))?;
    let home = store::home(tx)?;
    let count = erase::old(tx, &home, cutoff(&rule, call.now), OLD_SLICE)?;
    let about = json!({ "country": country, "statements": count });
    let subject = ("record_rule", Id::named("record_rule", &country));
    told(tx, call, "records.retention_applied", subject, about)?;
    let notice = if count == OLD_SLICE {
        "records-retention-more"
    } else {
        "records-retention-done"
    };
    Ok(Done::see("/records")
        .with(json!({ "statements": count, "more": count == OLD_SLICE }))
        .notice(notice))
}

/// What was stored before this moment loses its person.
pub(crate) fn cutoff(rule: &Rule, now: Moment) -> Moment {
    now.plus_days(-(rule.kept_years * 1461 / 4))
}

// ---- people

fn erasure_form() -> Form {
    vec![
        Field::text("record_learner_code").max(40),
        Field::words("reason").max(1_000),
        Field::yes("record_sure"),
    ]
}

fn erase_person(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let unknown = || {
        Error::from(Refusal::about(
            "record_learner_code",
            "records-no-such-learner",
        ))
    };
    let code = call.values.text("record_learner_code");
    let person = classes::person_by_code(tx, code)?.ok_or_else(unknown)?;
    if !actor.is_in(Role::LearningOfficer, &person.country) {
        let seen = classes::require_may_see(tx, actor, person.id, call.today);
        seen.map_err(|_| unknown())?;
    }
    let (by, reason) = (actor.account, call.values.text("reason"));
    call.site.forget(tx, person.id, call.now)?;
    let count = person_out(tx, person.id, reason, Some(by), call.now)?;
    Ok(Done::see("/records/erasures")
        .with(json!({ "statements": count }))
        .notice("records-erased"))
}

/// Takes a person out of everything kept here, and tells that it was done; not to whom.
pub(crate) fn person_out(
    tx: &mut Tx,
    person: Id,
    reason: &str,
    by: Option<Id>,
    now: Moment,
) -> Result<i64> {
    if reason.trim().is_empty() {
        return Err(Refusal::about("reason", "form-missing").into());
    }
    let home = store::home(tx)?;
    let done = erase::person(tx, &home, person)?;
    let erasure = Erasure {
        id: Id::new(now),
        reason: reason.to_owned(),
        statements: done.statements,
        documents: done.documents,
        made_at: now,
    };
    store_rules::add_erasure(tx, &erasure, by)?;
    let about = json!({ "statements": done.statements, "documents": done.documents });
    let subject = ("record_erasure", erasure.id);
    ledger::tell(tx, (now, by), "records.erased", subject, about)?;
    Ok(done.statements)
}

fn consent_form() -> Form {
    vec![
        Field::choice(
            "record_purpose",
            Choices::Fixed("record-purpose", &rules::PURPOSES),
        ),
        Field::choice("record_answer", Choices::Fixed("record-answer", ANSWERS)),
    ]
}

/// The learner of a page, for whoever answers for them: the head of the school or a guardian.
pub(crate) fn answered_for(tx: &mut Tx, ask: &Ask) -> Result<classes::Person> {
    let actor = ask.actor()?;
    let person = classes::require_may_see(tx, actor, ask.id("id")?, ask.today)?;
    let answers = actor.is_any(&[Role::SchoolHead, Role::Guardian]) && actor.account != person.id;
    if answers {
        Ok(person)
    } else {
        Err(Error::Forbidden(Role::Guardian.code()))
    }
}

fn consent(tx: &mut Tx, call: &Call) -> Result<Done> {
    let person = answered_for(tx, call)?;
    let purpose = call.values.text("record_purpose");
    let given = call.values.text("record_answer") == "given";
    let by = call.actor()?.account;
    store_rules::put_consent(tx, person.id, (purpose, given), by, call.now)?;
    let about = json!({ "purpose": purpose, "given": given });
    let subject = ("person", person.id);
    told(tx, call, "records.consent_said", subject, about)?;
    Ok(Done::see(format!("/records/consents/{}", person.id)).notice("records-consent-kept"))
}
