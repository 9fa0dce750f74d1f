//! What the web asks for each act, and how its answers become the act.

use crate::acts::{self, Announced, Readiness};
use crate::import::{self, Whose, import_file};
use crate::offer::{Kind, Offer, READINESS, Terms};
use crate::{pages, published, rules, store};
use base::{Conflict, Error, Id, Refusal, Result, Role};
use catalogue::choose;
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Who};

const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);
const SECRETARIAT: Who = Who::Any(&[Role::SecretariatOfficer, Role::SecretariatApprover]);
const FOCAL: Who = Who::Any(&[Role::MemberFocalPoint]);
const HEAD: Who = Who::Any(&[Role::MemberOfficer]);
const PLEDGERS: Who = Who::Any(&[Role::SecretariatOfficer, Role::MemberFocalPoint]);

/// Bytes a file of offers may have.
const FILE_MAX: u64 = 10_000_000;

/// The principles of data protection, each with a field of its own.
pub(crate) const PRINCIPLE_FIELDS: [(&str, &str); 4] = [
    ("appropriate_use", "principle_appropriate_use"),
    ("access_and_control", "principle_access_and_control"),
    (
        "security_and_protection",
        "principle_security_and_protection",
    ),
    ("lifespan_of_services", "principle_lifespan_of_services"),
];

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

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
    let seen: Filled = Some(pages::beside);
    let own: Filled = Some(own_prefill);
    vec![
        act("offer-new", "/offers/new", FOCAL, new_form, own, new),
        act(
            "offer-edit",
            "/offers/{id}/edit",
            FOCAL,
            edit_form,
            Some(edit_prefill),
            edit,
        ),
        act(
            "offer-registration",
            "/offers/{id}/registration",
            FOCAL,
            Vec::new,
            seen,
            registration,
        ),
        act(
            "offer-check",
            "/offers/{id}/check",
            OFFICER,
            note_form,
            seen,
            check,
        ),
        act(
            "offer-approval",
            "/offers/{id}/approval",
            APPROVER,
            Vec::new,
            seen,
            approval,
        ),
        act(
            "offer-return",
            "/offers/{id}/return",
            SECRETARIAT,
            reason_form,
            seen,
            give_back,
        ),
        act(
            "offer-assurance",
            "/offers/{id}/assurance",
            FOCAL,
            Vec::new,
            seen,
            assurance,
        ),
        act(
            "offer-withdrawal",
            "/offers/{id}/withdrawal",
            HEAD,
            end_reason_form,
            seen,
            withdrawal,
        ),
        act(
            "pledge-new",
            "/offers/pledges/new",
            PLEDGERS,
            pledge_form,
            None,
            pledge,
        ),
        act(
            "offer-import",
            "/offers/imports/new",
            FOCAL,
            import_form,
            own,
            import,
        ),
        act(
            "offer-import-acceptance",
            "/offers/imports/{id}/acceptance",
            FOCAL,
            Vec::new,
            None,
            accept,
        ),
        act(
            "capability-new",
            "/capabilities/new",
            FOCAL,
            capability_form,
            own,
            capability,
        ),
        act(
            "capability-assurance",
            "/capabilities/{id}/assurance",
            FOCAL,
            Vec::new,
            None,
            assure_capability,
        ),
        act(
            "capability-end",
            "/capabilities/{id}/end",
            FOCAL,
            Vec::new,
            None,
            end_capability,
        ),
    ]
}

/// The organisations whose focal point the actor is.
fn own_organisations(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let Some(actor) = &ask.actor else {
        return Ok(Vec::new());
    };
    let mut own: Vec<Id> = actor.organisations();
    own.retain(|id| actor.is_for(Role::MemberFocalPoint, *id));
    own.dedup();
    let names = people::organisation_names(tx, &own)?;
    let choice = |(id, names): (&Id, &base::Names)| Choice {
        code: id.to_string(),
        label: ask.words.name(names).to_owned(),
    };
    Ok(names.iter().map(choice).collect())
}

/// Every member whose pledge the actor may keep.
fn pledging(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    if !ask.is_any(&[Role::SecretariatOfficer]) {
        return own_organisations(tx, ask);
    }
    let members = members::in_standing(tx)?;
    let names = people::organisation_names(tx, &members)?;
    let mut all: Vec<Choice> = names
        .iter()
        .map(|(id, names)| Choice {
            code: id.to_string(),
            label: ask.words.name(names).to_owned(),
        })
        .collect();
    all.sort_by_cached_key(|choice| base::fold(&choice.label));
    Ok(all)
}

/// Somebody who works for one member only need not choose it.
fn own_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let own = own_organisations(tx, ask)?;
    let mut prefill = Prefill::default();
    if let [one] = own.as_slice() {
        prefill.entered = Entered::default().with("organisation", one.code.as_str());
    }
    Ok(prefill)
}

fn terms_form() -> Form {
    let mut form = vec![
        Field::text("code").max(60).optional(),
        Field::names("title").public(),
        Field::choice("service_class", Choices::Listed(choose::service_class)),
        Field::whole("quantity", 1, rules::UNITS_MAX),
        Field::whole("lot_min", 1, rules::UNITS_MAX).optional(),
        Field::whole("lot_step", 1, rules::UNITS_MAX).optional(),
        Field::whole("lot_max", 1, rules::UNITS_MAX).optional(),
        Field::text("places").max(2_000),
        Field::text("languages").max(400),
        Field::many("levels", Choices::Listed(choose::level)),
        Field::choice("modality", Choices::Listed(choose::modality)),
        Field::choice("tier", Choices::Listed(choose::tier)),
        Field::day("window_from"),
        Field::day("window_to"),
        Field::whole("setup_days", 0, 3_650),
        Field::day("free_until"),
        Field::many("conditions", Choices::Listed(choose::condition)).optional(),
        Field::choice("licence", Choices::Listed(choose::licence)).optional(),
        Field::text("accessibility").max(500).optional().public(),
        Field::choice("evidence_level", Choices::Listed(choose::evidence_level)),
        Field::decimal("unit_cost", 0.0, 1e9).optional(),
        Field::decimal("fixed_cost", 0.0, 1e9).optional(),
        Field::choice(
            "in_person",
            Choices::Fixed("offer-in-person", &["supplements", "replaces"]),
        ),
    ];
    form.extend(PRINCIPLE_FIELDS.map(|(_, field)| {
        Field::words(field)
            .max(rules::WORDS_MAX)
            .optional()
            .public()
    }));
    form
}

fn new_form() -> Form {
    let mut form = vec![Field::choice(
        "organisation",
        Choices::Listed(own_organisations),
    )];
    form.extend(terms_form());
    form.push(Field::yes("register").optional());
    form
}

fn edit_form() -> Form {
    let mut form = terms_form();
    form.push(Field::version());
    form
}

/// The terms as entered. The kind follows from the service class.
fn terms(tx: &mut Tx, call: &Call) -> Result<Terms> {
    let v = &call.values;
    let kind = published::kind(tx, v.text("service_class"))?.unwrap_or(Kind::Stock);
    let missing = || Error::from(Refusal::about("window_to", "offers-day-missing"));
    let tier = v
        .text("tier")
        .rsplit('_')
        .next()
        .and_then(|digit| digit.parse().ok());
    let principles = PRINCIPLE_FIELDS
        .iter()
        .filter_map(|(code, field)| Some(((*code).to_owned(), v.opt_text(field)?.to_owned())));
    Ok(Terms {
        code: v.opt_text("code").map(str::to_owned),
        title: v.names("title"),
        service_class: v.text("service_class").to_owned(),
        kind,
        capacity: v.whole("quantity"),
        lot_min: v.opt_whole("lot_min").unwrap_or(1),
        lot_step: v.opt_whole("lot_step").unwrap_or(1),
        lot_max: v.opt_whole("lot_max"),
        places: rules::places(v.text("places")),
        languages: rules::languages(v.text("languages")),
        levels: v.many("levels"),
        modality: v.text("modality").to_owned(),
        tier: tier.unwrap_or(u8::MAX),
        window_from: v.opt_day("window_from").ok_or_else(missing)?,
        window_to: v.opt_day("window_to").ok_or_else(missing)?,
        setup_days: v.whole("setup_days"),
        free_until: v.opt_day("free_until").ok_or_else(missing)?,
        conditions: v.many("conditions"),
        licence: v.opt_text("licence").map(str::to_owned),
        accessibility: v.opt_text("accessibility").map(str::to_owned),
        evidence_level: v.text("evidence_level").to_owned(),
        principles: principles.collect(),
        unit_cost_cents: import::cents(v.opt_decimal("unit_cost").unwrap_or(0.0)),
        fixed_cost_cents: import::cents(v.opt_decimal("fixed_cost").unwrap_or(0.0)),
        replaces_in_person: v.text("in_person") == "replaces",
    })
}

/// The organisation chosen in a form.
fn chosen(call: &Call) -> Result<Id> {
    call.values
        .id("organisation")
        .ok_or_else(|| Refusal::about("organisation", "form-choose").into())
}

fn to_offer(id: Id, notice: &'static str) -> Done {
    Done::see(format!("/offers/{id}"))
        .with(json!({ "id": id }))
        .notice(notice)
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (organisation, terms) = (chosen(call)?, terms(tx, call)?);
    let actor = call.actor()?;
    if call.values.yes("register") {
        let id = acts::register(tx, organisation, &terms, actor, call.now)?;
        return Ok(to_offer(id, "offers-registered"));
    }
    let id = acts::add_draft(tx, organisation, &terms, actor, call.now)?;
    Ok(to_offer(id, "offers-drafted"))
}

/// An offer as the fields of its form hold it.
fn entered(offer: &Offer) -> Entered {
    let t = &offer.terms;
    let in_person = if t.replaces_in_person {
        "replaces"
    } else {
        "supplements"
    };
    let mut entered = Entered::default()
        .with("code", t.code.clone().unwrap_or_default())
        .with("service_class", t.service_class.as_str())
        .with("quantity", t.capacity.to_string())
        .with("lot_min", t.lot_min.to_string())
        .with("lot_step", t.lot_step.to_string())
        .with(
            "lot_max",
            t.lot_max.map(|most| most.to_string()).unwrap_or_default(),
        )
        .with("places", pages::places_codes(&t.places))
        .with("languages", pages::language_codes(&t.languages))
        .with("modality", t.modality.as_str())
        .with("tier", format!("tier_{}", t.tier))
        .with("window_from", t.window_from.to_string())
        .with("window_to", t.window_to.to_string())
        .with("setup_days", t.setup_days.to_string())
        .with("free_until", t.free_until.to_string())
        .with("licence", t.licence.clone().unwrap_or_default())
        .with("accessibility", t.accessibility.clone().unwrap_or_default())
        .with("evidence_level", t.evidence_level.as_str())
        .with("unit_cost", pages::usd(t.unit_cost_cents))
        .with("fixed_cost", pages::usd(t.fixed_cost_cents))
        .with("in_person", in_person)
        .with("version", offer.version.to_string());
    for (lang, name) in &t.title.0 {
        entered = entered.with(&format!("title_{lang}"), name.as_str());
    }
    for level in &t.levels {
        entered = entered.with("levels", level.as_str());
    }
    for condition in &t.conditions {
        entered = entered.with("conditions", condition.as_str());
    }
    for (code, field) in PRINCIPLE_FIELDS {
        if let Some(answer) = t.principles.get(code) {
            entered = entered.with(field, answer.as_str());
        }
    }
    entered
}

fn edit_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let offer = store::find(tx, ask.id("id")?)?;
    rules::may_see(&offer, ask.actor.as_ref())?;
    rules::may_write(ask.actor()?, offer.organisation)?;
    Ok(Prefill {
        entered: entered(&offer),
        beside: pages::sent_back(&ask.words, &offer),
    })
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, terms) = (call.id("id")?, terms(tx, call)?);
    match acts::edit(
        tx,
        id,
        &terms,
        call.values.version(),
        call.actor()?,
        call.now,
    ) {
        Ok(()) => Ok(to_offer(id, "offers-changed")),
        Err(Error::Conflict(_)) => Err(both(tx, id, &terms)?),
        Err(error) => Err(error),
    }
}

/// Both versions side by side, field by field as the form names them; only what differs.
fn both(tx: &mut Tx, id: Id, mine: &Terms) -> Result<Error> {
    let saved = store::find(tx, id)?;
    let mut own = saved.clone();
    own.terms = mine.clone();
    let (theirs, own) = (entered(&saved), entered(&own));
    let mut conflict = Conflict {
        version: saved.version,
        saved: Vec::new(),
    };
    for field in terms_form() {
        let text = |from: &Entered| match field.name {
            "title" => ["title_en", "title_fr", "title_ar"]
                .map(|name| from.first(name).to_owned())
                .join(" / "),
            name => from.all(name).join(", "),
        };
        if text(&theirs) != text(&own) {
            conflict.saved.push((field.name.to_owned(), text(&theirs)));
        }
    }
    Ok(Error::Conflict(Box::new(conflict)))
}

fn registration(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::submit(tx, id, call.actor()?, call.now)?;
    Ok(to_offer(id, "offers-registered"))
}

fn note_form() -> Form {
    vec![Field::words("note").max(rules::WORDS_MAX)]
}
fn check(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::check(tx, id, call.values.text("note"), call.actor()?, call.now)?;
    Ok(to_offer(id, "offers-checked"))
}

fn approval(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::approve(tx, id, call.actor()?, call.now)?;
    Ok(to_offer(id, "offers-available"))
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(rules::WORDS_MAX)]
}
/// Why an offer is withdrawn: shown with the offer.
fn end_reason_form() -> Form {
    vec![Field::words("reason").max(rules::WORDS_MAX).public()]
}
fn give_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::send_back(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to_offer(id, "offers-returned"))
}

fn assurance(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::assure(tx, id, call.actor()?, call.now)?;
    Ok(to_offer(id, "offers-assured"))
}

fn withdrawal(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::withdraw(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to_offer(id, "offers-withdrawn"))
}

fn pledge_form() -> Form {
    vec![
        Field::choice("organisation", Choices::Listed(pledging)),
        Field::names("title").public(),
        Field::choice("service_class", Choices::Listed(choose::service_class)),
        Field::whole("quantity", 1, rules::UNITS_MAX),
        Field::text("places").max(2_000),
        Field::day("window_from"),
        Field::day("window_to"),
        Field::words("minute").max(rules::WORDS_MAX).public(),
    ]
}
fn pledge(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let missing = || Error::from(Refusal::about("window_to", "offers-day-missing"));
    let said = Announced {
        organisation: chosen(call)?,
        title: v.names("title"),
        service_class: v.text("service_class").to_owned(),
        quantity: v.whole("quantity"),
        places: rules::places(v.text("places")),
        window_from: v.opt_day("window_from").ok_or_else(missing)?,
        window_to: v.opt_day("window_to").ok_or_else(missing)?,
        minute: v.text("minute").to_owned(),
    };
    let id = acts::pledge(tx, &said, call.actor()?, call.now)?;
    Ok(to_offer(id, "offers-pledged"))
}

// ---- files

fn import_form() -> Form {
    vec![
        Field::choice("organisation", Choices::Listed(own_organisations)),
        Field::file("file", FILE_MAX),
    ]
}

/// A trial: the file is read and every refusal kept; nothing is imported yet.
fn import(tx: &mut Tx, call: &Call) -> Result<Done> {
    let organisation = chosen(call)?;
    let actor = call.actor()?;
    let Some(file) = call.values.file("file") else {
        return Err(Refusal::about("file", "form-file-missing").into());
    };
    let bytes = call.site.files.read(&file.hash)?;
    let whose = Whose::Own(actor, organisation);
    let report = import_file(tx, (&file.name, &bytes), &whose, call.now, true)?;
    let list = |remarks: &[import::Remark]| remarks.iter().map(import::Remark::to_json).collect();
    let kept = store::Import {
        id: Id::new(call.now),
        organisation,
        file_name: file.name.clone(),
        file_hash: file.hash.clone(),
        rows: i64::try_from(report.rows).unwrap_or(i64::MAX),
        refused: list(&report.refused),
        notes: list(&report.notes),
        accepted: false,
        made_by: actor.account,
        made_at: call.now,
    };
    store::add_import(tx, &kept)?;
    let body =
        json!({ "id": kept.id, "rows": kept.rows, "refused": kept.refused, "notes": kept.notes });
    Ok(Done::see(format!("/offers/imports/{}", kept.id)).with(body))
}

fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let tried = store::import(tx, id)?;
    let actor = call.actor()?;
    if !rules::speaks_for(actor, tried.organisation) {
        return Err(Error::Missing);
    }
    let bytes = call.site.files.read(&tried.file_hash)?;
    let whose = Whose::Own(actor, tried.organisation);
    store::accept_import(tx, id)?;
    let report = import_file(tx, (&tried.file_name, &bytes), &whose, call.now, false)?;
    if !report.refused.is_empty() {
        return Err(Refusal::whole("offers-import-refused")
            .with("n", report.refused.len())
            .into());
    }
    let body = json!({ "id": id, "offers": report.made });
    Ok(Done::see("/offers/mine")
        .with(body)
        .notice("offers-imported"))
}

// ---- capabilities

fn capability_form() -> Form {
    vec![
        Field::choice("organisation", Choices::Listed(own_organisations)),
        Field::choice("service_class", Choices::Listed(choose::service_class)),
        Field::choice("people", Choices::Fixed("readiness", READINESS)),
        Field::choice("equipment", Choices::Fixed("readiness", READINESS)),
        Field::choice("funding", Choices::Fixed("readiness", READINESS)),
        Field::words("note").max(1_000).optional().public(),
    ]
}
fn capability(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let said = Readiness {
        service_class: v.text("service_class").to_owned(),
        people: v.text("people").to_owned(),
        equipment: v.text("equipment").to_owned(),
        funding: v.text("funding").to_owned(),
        note: v.opt_text("note").map(str::to_owned),
    };
    let id = acts::add_capability(tx, chosen(call)?, &said, call.actor()?, call.now)?;
    Ok(Done::see("/capabilities")
        .with(json!({ "id": id }))
        .notice("offers-capability-kept"))
}
fn assure_capability(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::assure_capability(tx, id, false, call.actor()?, call.now)?;
    Ok(Done::see("/capabilities")
        .with(json!({ "id": id }))
        .notice("offers-assured"))
}
fn end_capability(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::assure_capability(tx, id, true, call.actor()?, call.now)?;
    Ok(Done::see("/capabilities")
        .with(json!({ "id": id }))
        .notice("offers-capability-over"))
}

/// The answers to the principles that count for an offer: its own, else its member's.
pub(crate) fn principles(tx: &mut Tx, offer: &Offer) -> Result<BTreeMap<String, (String, bool)>> {
    let member = members::membership_of(tx, offer.organisation)?;
    let mut all: BTreeMap<String, (String, bool)> = BTreeMap::new();
    for (code, answer) in member.map(|m| m.principles).unwrap_or_default() {
        all.insert(code, (answer, false));
    }
    for (code, answer) in &offer.terms.principles {
        all.insert(code.clone(), (answer.clone(), true));
    }
    Ok(all)
}
