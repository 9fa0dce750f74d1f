//! The verbs of this room: each loads, decides by a rule, saves and records a fact.

use crate::accreditation::{
    Accreditation, CHANNELS, CONFIRMED, CallBack, Delegation, Letter, Named, State,
};
use crate::{rules, store};
use base::{Day, Error, Id, Lang, Refusal, Result, Role};
use db::Tx;
use people::{NewAccount, NewAppointment};
use serde_json::{Value, json};
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Site, Who};

/// Bytes a letter may have.
const LETTER_MAX: u64 = 10_000_000;

const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);
pub(crate) const AUTHORITY_ROLES: &[Role] = &[Role::AuthorityFocalPoint, Role::AuthoritySignatory];

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let new = Act::new(
        "authority-new",
        "/authorities/new",
        OFFICER,
        nomination_form,
        nominate,
    );
    let renewal = Act::new(
        "authority-renewal",
        "/authorities/{id}/renewal",
        OFFICER,
        renewal_form,
        renew,
    );
    vec![
        new.prepared(look_at_letter),
        renewal.shown(renewed).prepared(look_at_letter),
        Act::new(
            "authority-call-back",
            "/authorities/{id}/call-back",
            APPROVER,
            failed_call_form,
            note_call,
        ),
        Act::new(
            "authority-verification",
            "/authorities/{id}/verification",
            APPROVER,
            call_form,
            verify,
        ),
        Act::new(
            "authority-decline",
            "/authorities/{id}/decline",
            APPROVER,
            reason_form,
            decline,
        ),
        Act::new(
            "authority-revocation",
            "/authorities/{id}/revocation",
            APPROVER,
            reason_form,
            revoke,
        ),
        Act::new(
            "delegation-new",
            "/authorities/{id}/delegations/new",
            Who::Any(AUTHORITY_ROLES),
            delegation_form,
            delegate,
        ),
        Act::new(
            "delegation-revocation",
            "/delegations/{id}/revocation",
            Who::SignedIn,
            reason_form,
            revoke_delegation,
        ),
    ]
}

fn told(tx: &mut Tx, call: &Call, verb: &str, subject: (&str, Id), about: Value) -> Result<()> {
    ledger::tell(
        tx,
        (call.now, Some(call.actor()?.account)),
        verb,
        subject,
        about,
    )
}

fn nomination_form() -> Form {
    let mut form = vec![Field::choice(
        "country",
        Choices::Listed(places::choose::countries),
    )];
    form.extend(renewal_form());
    form
}

fn renewal_form() -> Form {
    vec![
        Field::choice("organisation", Choices::Listed(people::choose::governments)),
        Field::file("letter", LETTER_MAX),
        Field::day("letter_on"),
        Field::day("valid_from"),
        Field::day("valid_to"),
        Field::text("focal_point_name"),
        Field::email("focal_point_email"),
        Field::text("second_focal_point_name").optional(),
        Field::email("second_focal_point_email").optional(),
        Field::text("signatory_name"),
        Field::email("signatory_email"),
        Field::choice("language", Choices::Fixed("lang", &["en", "fr", "ar"])),
    ]
}

/// Looks at the letter's first bytes: what it is, whatever it was called.
fn look_at_letter(site: &Site, call: &mut Call) -> Result<()> {
    let letter = call
        .values
        .file("letter")
        .ok_or_else(|| Refusal::about("letter", "form-file-missing"))?;
    let (mime, _) = rules::letter_kind(&site.files.read(&letter.hash)?)?;
    call.prepared.insert("mime".to_owned(), mime.to_owned());
    Ok(())
}

fn day(call: &Call, name: &str) -> Result<Day> {
    call.values
        .opt_day(name)
        .ok_or_else(|| Refusal::about(name, "form-missing").into())
}

/// The accounts of the people the letter names: made when there are none, with no rights yet.
fn named(tx: &mut Tx, call: &Call) -> Result<Vec<Named>> {
    let lang = Lang::parse(call.values.text("language")).unwrap_or_default();
    let mut all = Vec::new();
    for (who, role) in [
        ("focal_point", Role::AuthorityFocalPoint),
        ("second_focal_point", Role::AuthorityFocalPoint),
        ("signatory", Role::AuthoritySignatory),
    ] {
        let (email, name) = (format!("{who}_email"), format!("{who}_name"));
        let (email, name) = (call.values.text(&email), call.values.text(&name));
        match (email.is_empty(), name.is_empty()) {
            (true, true) => {}
            (false, false) => {
                let new = NewAccount {
                    email: email.to_owned(),
                    name: name.to_owned(),
                    lang,
                    ..NewAccount::default()
                };
                let account = people::account_for(tx, &new, call.now)?;
                if all
                    .iter()
                    .all(|n: &Named| (n.account, n.role) != (account, role))
                {
                    all.push(Named { account, role });
                }
            }
            _ => {
                return Err(Refusal::about(
                    "second_focal_point_email",
                    "authorities-name-and-email",
                )
                .into());
            }
        }
    }
    Ok(all)
}

fn nominate(tx: &mut Tx, call: &Call) -> Result<Done> {
    let country = call.values.text("country").to_owned();
    if store::of_country(tx, &country, State::Verified)?.is_some() {
        return Err(Refusal::about("country", "authorities-country-has-one").into());
    }
    record_letter(tx, call, country, None)
}

fn renewed(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = store::accreditation(tx, ask.id("id")?)?;
    if a.state != State::Verified {
        return Err(Refusal::whole("authorities-not-verified").into());
    }
    let mut entered = Entered::default().with("organisation", a.organisation.to_string());
    let points: Vec<Named> = store::named(tx, a.id)?;
    let mut focal = ["focal_point", "second_focal_point"].into_iter();
    for person in points {
        let who = if person.role == Role::AuthoritySignatory {
            Some("signatory")
        } else {
            focal.next()
        };
        let Some(who) = who else { continue };
        let (name, email) = people::person(tx, person.account)?;
        entered = entered
            .with(&format!("{who}_name"), name)
            .with(&format!("{who}_email"), email);
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn renew(tx: &mut Tx, call: &Call) -> Result<Done> {
    let old = store::accreditation(tx, call.id("id")?)?;
    if old.state != State::Verified {
        return Err(Refusal::whole("authorities-not-verified").into());
    }
    record_letter(tx, call, old.country, Some(old.id))
}

fn record_letter(tx: &mut Tx, call: &Call, country: String, replaces: Option<Id>) -> Result<Done> {
    tx.lock(&format!("accreditation {country}"))?;
    let actor = call.actor()?;
    actor.require(Role::SecretariatOfficer)?;
    let organisation = call.values.id("organisation").ok_or(Error::Missing)?;
    let of = people::organisation(tx, organisation)?;
    if of.country.as_deref().is_some_and(|own| own != country) {
        return Err(Refusal::about("organisation", "authorities-organisation-elsewhere").into());
    }
    if people::is_affiliated(tx, actor.account, organisation, call.today)? {
        return Err(Refusal::whole("authorities-conflict-of-interest").into());
    }
    let named = named(tx, call)?;
    let (letter_on, from, to) = (
        day(call, "letter_on")?,
        day(call, "valid_from")?,
        day(call, "valid_to")?,
    );
    rules::nominate(letter_on, (from, to), &named, actor.account, call.today)?;
    let file = call
        .values
        .file("letter")
        .ok_or_else(|| Refusal::about("letter", "form-file-missing"))?;
    let accreditation = Accreditation {
        id: Id::new(call.now),
        country,
        organisation,
        letter: Letter {
            hash: file.hash.clone(),
            mime: call.prepared.get("mime").cloned().unwrap_or_default(),
            size: i64::try_from(file.size).unwrap_or(i64::MAX),
            on: letter_on,
        },
        valid_from: from,
        valid_to: to,
        replaces,
        state: State::Nominated,
        nominated_by: actor.account,
        nominated_at: call.now,
        verified_by: None,
        verified_at: None,
        ended_by: None,
        ended_at: None,
        end_reason: None,
        version: 1,
    };
    store::add(tx, &accreditation, &named)?;
    let about = json!({ "country": accreditation.country, "replaces": replaces });
    told(
        tx,
        call,
        "authority.nominated",
        ("accreditation", accreditation.id),
        about,
    )?;
    Ok(Done::see(format!("/authorities/{}", accreditation.id))
        .with(json!({ "id": accreditation.id }))
        .notice("authority-nominated"))
}

fn call_fields() -> Form {
    vec![
        Field::choice("channel", Choices::Fixed("call-channel", CHANNELS)),
        Field::text("channel_source").max(300),
        Field::day("called_on"),
    ]
}

fn call_form() -> Form {
    let mut form = call_fields();
    form.push(Field::text("spoke_to").max(200));
    form.push(Field::many(
        "confirmed",
        Choices::Fixed("call-confirmed", CONFIRMED),
    ));
    form
}

fn failed_call_form() -> Form {
    let mut form = call_fields();
    form.push(Field::choice(
        "outcome",
        Choices::Fixed("call-outcome", &["not_reached", "denied"]),
    ));
    form
}

fn call_back(call: &Call, accreditation: Id, outcome: &str) -> Result<CallBack> {
    Ok(CallBack {
        id: Id::new(call.now),
        accreditation,
        channel: call.values.text("channel").to_owned(),
        channel_source: call.values.text("channel_source").to_owned(),
        called_on: day(call, "called_on")?,
        spoke_to: call.values.opt_text("spoke_to").map(str::to_owned),
        outcome: outcome.to_owned(),
        confirmed: call.values.many("confirmed"),
        called_by: call.actor()?.account,
        recorded_at: call.now,
    })
}

fn note_call(tx: &mut Tx, call: &Call) -> Result<Done> {
    let a = store::accreditation(tx, call.id("id")?)?;
    rules::decline(&a, call.actor()?)?;
    let back = call_back(call, a.id, call.values.text("outcome"))?;
    if back.called_on > call.today {
        return Err(Refusal::about("called_on", "authorities-call-from-tomorrow").into());
    }
    store::add_call(tx, &back)?;
    told(
        tx,
        call,
        "authority.called_back",
        ("accreditation", a.id),
        json!({ "outcome": back.outcome }),
    )?;
    Ok(Done::see(format!("/authorities/{}", a.id)))
}

fn verify(tx: &mut Tx, call: &Call) -> Result<Done> {
    let mut a = store::accreditation(tx, call.id("id")?)?;
    let actor = call.actor()?;
    let named = store::named(tx, a.id)?;
    let back = call_back(call, a.id, "confirmed")?;
    let (second, from) = rules::verify(&a, &named, &back, actor, call.today)?;
    if people::is_affiliated(tx, actor.account, a.organisation, call.today)? {
        return Err(Refusal::whole("authorities-conflict-of-interest").into());
    }
    store::add_call(tx, &back)?;
    replace_earlier(tx, call, &a)?;
    a.state = State::Verified;
    a.valid_from = from;
    a.verified_by = Some(second.account());
    a.verified_at = Some(call.now);
    store::change(tx, &a)?;
    told(
        tx,
        call,
        "authority.verified",
        ("accreditation", a.id),
        json!({ "country": a.country }),
    )?;
    let links = appoint(tx, call, &a, &named)?;
    let see = people::show_once(tx, call, "shown-authority-invitations", &links)?;
    Ok(Done::see(see).with(json!({ "id": a.id })))
}

/// Gives the roles the letter names, and answers each person's way in, a line each.
fn appoint(tx: &mut Tx, call: &Call, a: &Accreditation, named: &[Named]) -> Result<String> {
    let by = call.actor()?.account;
    let mut lines = Vec::new();
    for person in named {
        let new = NewAppointment {
            account: person.account,
            role: person.role,
            organisation: Some(a.organisation),
            country: Some(a.country.clone()),
            places: Vec::new(),
            from_on: a.valid_from,
            to_on: Some(a.valid_to),
            basis: "accreditation",
        };
        people::appoint(tx, &new, Some(by), call.now)?;
        let path = people::invite_account(tx, person.account, Some(by), call.now)?;
        let (name, email) = people::person(tx, person.account)?;
        let role = call.words.code("role", person.role.code());
        lines.push(format!(
            "{name} <{email}>\n{role}\n{}{path}",
            call.site.settings.url
        ));
    }
    Ok(lines.join("\n\n"))
}

/// Ends what the new accreditation takes the place of: its roles and its delegations.
fn replace_earlier(tx: &mut Tx, call: &Call, a: &Accreditation) -> Result<()> {
    let Some(earlier) = store::of_country(tx, &a.country, State::Verified)? else {
        return Ok(());
    };
    if a.replaces != Some(earlier.id) {
        return Err(Refusal::whole("authorities-country-has-one").into());
    }
    let reason = call
        .words
        .in_lang(Lang::En)
        .say("authorities-replaced-reason");
    end(tx, call, earlier, State::Replaced, &reason)
}

/// Ends an accreditation, the roles it gave and the delegations under it.
fn end(tx: &mut Tx, call: &Call, mut a: Accreditation, state: State, reason: &str) -> Result<()> {
    let by = call.actor()?.account;
    for mut d in store::delegations(tx, a.id)? {
        if d.revoked_at.is_none() {
            d.revoked_by = Some(by);
            d.revoked_at = Some(call.now);
            d.revoke_reason = Some(reason.to_owned());
            store::change_delegation(tx, &d)?;
        }
    }
    a.state = state;
    a.ended_by = Some(by);
    a.ended_at = Some(call.now);
    a.end_reason = Some(reason.to_owned());
    store::change(tx, &a)?;
    let verb = format!("authority.{}", state.code());
    told(
        tx,
        call,
        &verb,
        ("accreditation", a.id),
        json!({ "country": a.country }),
    )?;
    people::end_roles(
        tx,
        a.organisation,
        AUTHORITY_ROLES,
        Some(by),
        reason,
        call.now,
    )
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(2_000)]
}

fn decline(tx: &mut Tx, call: &Call) -> Result<Done> {
    let mut a = store::accreditation(tx, call.id("id")?)?;
    let second = rules::decline(&a, call.actor()?)?;
    a.state = State::Declined;
    a.ended_by = Some(second.account());
    a.ended_at = Some(call.now);
    a.end_reason = Some(call.values.text("reason").to_owned());
    store::change(tx, &a)?;
    told(
        tx,
        call,
        "authority.declined",
        ("accreditation", a.id),
        json!({ "country": a.country }),
    )?;
    Ok(Done::see(format!("/authorities/{}", a.id)).notice("authority-declined"))
}

fn revoke(tx: &mut Tx, call: &Call) -> Result<Done> {
    let a = store::accreditation(tx, call.id("id")?)?;
    rules::revoke(&a, call.actor()?)?;
    let id = a.id;
    end(tx, call, a, State::Revoked, call.values.text("reason"))?;
    Ok(Done::see(format!("/authorities/{id}")).notice("authority-revoked"))
}

fn delegation_form() -> Form {
    vec![
        Field::text("name"),
        Field::email("email"),
        Field::choice("language", Choices::Fixed("lang", &["en", "fr", "ar"])),
        Field::many("places", Choices::Listed(areas)),
        Field::day("from_on").optional(),
        Field::day("to_on"),
    ]
}

/// The areas the actor can hand on: the country's, or those inside their own scope.
fn areas(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let a = store::accreditation(tx, ask.id("id")?)?;
    let all = places::departments(tx, &a.country)?;
    let actor = ask.actor()?;
    let held = rules::speaks(actor, &a.country, a.organisation, AUTHORITY_ROLES);
    let mut out = Vec::new();
    for place in all {
        let one = [place.code.clone()];
        let mut within = |place: &str, ancestor: &str| places::is_within(tx, place, ancestor);
        if rules::covers(&held, &a.country, &one, &mut within)? {
            out.push(Choice {
                code: place.code,
                label: place.name,
            });
        }
    }
    Ok(out)
}

fn delegate(tx: &mut Tx, call: &Call) -> Result<Done> {
    let a = store::accreditation(tx, call.id("id")?)?;
    let actor = call.actor()?;
    let named = store::named(tx, a.id)?;
    let from_on = call.values.opt_day("from_on").unwrap_or(call.today);
    let to_on = day(call, "to_on")?;
    let places = call.values.many("places");
    let lang = Lang::parse(call.values.text("language")).unwrap_or_default();
    let new = NewAccount {
        email: call.values.text("email").to_owned(),
        name: call.values.text("name").to_owned(),
        lang,
        ..NewAccount::default()
    };
    let to = people::account_for(tx, &new, call.now)?;
    rules::delegate(&a, &named, actor, to, (&places, from_on, to_on), call.today)?;
    crate::require_places(tx, actor, &a.country, &places, call.today)?;
    let appointment = NewAppointment {
        account: to,
        role: Role::AuthorityFocalPoint,
        organisation: Some(a.organisation),
        country: Some(a.country.clone()),
        places: places.clone(),
        from_on,
        to_on: Some(to_on),
        basis: "delegation",
    };
    let appointment = people::appoint(tx, &appointment, Some(actor.account), call.now)?;
    let delegation = Delegation {
        id: Id::new(call.now),
        accreditation: a.id,
        from: actor.account,
        to,
        appointment,
        places,
        from_on,
        to_on,
        delegated_at: call.now,
        revoked_by: None,
        revoked_at: None,
        revoke_reason: None,
        version: 1,
    };
    store::add_delegation(tx, &delegation)?;
    let about = json!({ "places": delegation.places, "to_on": to_on.to_string() });
    told(
        tx,
        call,
        "authority.delegated",
        ("delegation", delegation.id),
        about,
    )?;
    let path = people::invite_account(tx, to, Some(actor.account), call.now)?;
    let see = people::show_once(
        tx,
        call,
        "shown-delegation",
        &format!("{}{path}", call.site.settings.url),
    )?;
    Ok(Done::see(see).with(json!({ "id": delegation.id })))
}

fn revoke_delegation(tx: &mut Tx, call: &Call) -> Result<Done> {
    let mut d = store::delegation(tx, call.id("id")?)?;
    let actor = call.actor()?;
    let named = store::named(tx, d.accreditation)?;
    rules::revoke_delegation(&d, &named, actor)?;
    let reason = call.values.text("reason").to_owned();
    d.revoked_by = Some(actor.account);
    d.revoked_at = Some(call.now);
    d.revoke_reason = Some(reason.clone());
    store::change_delegation(tx, &d)?;
    told(
        tx,
        call,
        "authority.delegation_revoked",
        ("delegation", d.id),
        json!({}),
    )?;
    people::end_appointment(tx, d.appointment, Some(actor.account), &reason, call.now)?;
    Ok(Done::see(format!("/authorities/{}", d.accreditation)).notice("delegation-revoked"))
}
