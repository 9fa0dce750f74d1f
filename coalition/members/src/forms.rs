//! What the web asks for each act, and how its answers become the act.

use crate::membership::{Application, Contact, Finding, Person};
use crate::{acts, pages, rules, terms};
use base::{Refusal, Refusals, Result, Role};
use catalogue::choose;
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choices, Done, Field, Form, Prefill, Who};

const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);

/// The principles asked about, as the catalogue ships them; each has a field of its own.
const PRINCIPLE_FIELDS: [(&str, &str); 4] = [
    ("appropriate_use", "principle_appropriate_use"),
    ("access_and_control", "principle_access_and_control"),
    (
        "security_and_protection",
        "principle_security_and_protection",
    ),
    ("lifespan_of_services", "principle_lifespan_of_services"),
];

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
    let seen: Option<fn(&mut Tx, &Ask) -> Result<Prefill>> = Some(pages::beside);
    let member: Option<fn(&mut Tx, &Ask) -> Result<Prefill>> = Some(pages::beside_member);
    vec![
        act(
            "member-application",
            "/members/new",
            Who::Anyone,
            application,
            Some(pages::beside_application),
            apply,
        ),
        act(
            "application-review",
            "/applications/{id}/review",
            OFFICER,
            Vec::new,
            seen,
            review,
        ),
        act(
            "application-clarification",
            "/applications/{id}/clarification",
            OFFICER,
            question,
            seen,
            clarification,
        ),
        act(
            "application-answer",
            "/applications/{id}/answer",
            Who::SignedIn,
            answer,
            seen,
            clarified,
        ),
        act(
            "application-verification",
            "/applications/{id}/verification",
            OFFICER,
            finding,
            seen,
            verification,
        ),
        act(
            "application-invitation",
            "/applications/{id}/invitation",
            OFFICER,
            invitee,
            seen,
            invitation,
        ),
        act(
            "application-admission",
            "/applications/{id}/admission",
            APPROVER,
            note,
            seen,
            admission,
        ),
        act(
            "application-refusal",
            "/applications/{id}/refusal",
            APPROVER,
            refusal,
            seen,
            refused,
        ),
        act(
            "member-suspension",
            "/members/{id}/suspension",
            APPROVER,
            reason,
            member,
            suspension,
        ),
        act(
            "member-reinstatement",
            "/members/{id}/reinstatement",
            APPROVER,
            reason,
            member,
            reinstatement,
        ),
        act(
            "member-removal-proposal",
            "/members/{id}/removal-proposal",
            APPROVER,
            inner_reason,
            member,
            proposal,
        ),
        act(
            "member-removal",
            "/members/{id}/removal",
            APPROVER,
            reason,
            member,
            removal,
        ),
        act(
            "member-withdrawal",
            "/members/{id}/withdrawal",
            Who::Any(&[Role::MemberOfficer]),
            reason,
            member,
            withdrawal,
        ),
    ]
}

fn application() -> Form {
    let mut form = vec![
        Field::names("name").public(),
        Field::choice("kind", Choices::Listed(choose::org_kind)),
        Field::choice("country", Choices::Listed(places::choose::countries)).optional(),
        Field::text("website").optional().public(),
        Field::choice(
            "identifier_scheme",
            Choices::Listed(choose::identifier_scheme),
        ),
        Field::text("identifier").max(100),
        Field::choice("second_scheme", Choices::Listed(choose::identifier_scheme)).optional(),
        Field::text("second_identifier").max(100).optional(),
        Field::names("strengths").max(rules::STRENGTHS_MAX).public(),
        Field::many("objectives", Choices::Listed(choose::objective)),
        Field::many("obligations", Choices::Listed(choose::obligation)),
        Field::yes("do_no_harm"),
    ];
    form.extend(
        PRINCIPLE_FIELDS.map(|(_, field)| Field::words(field).max(rules::WORDS_MAX).public()),
    );
    form.extend([
        Field::text("contact_name").optional(),
        Field::email("contact_email").optional(),
        Field::text("officer_name").optional(),
        Field::email("officer_email").optional(),
    ]);
    form
}

/// Two fields that belong together: both, or neither.
fn pair(call: &Call, name: &str, email: &str, no: &mut Refusals) -> Option<Person> {
    let person = Person {
        name: call.values.text(name).to_owned(),
        email: call.values.text(email).to_owned(),
    };
    match (person.name.is_empty(), person.email.is_empty()) {
        (true, true) => None,
        (true, false) => {
            no.push(Refusal::about(name, "form-missing"));
            None
        }
        (false, true) => {
            no.push(Refusal::about(email, "form-missing"));
            None
        }
        (false, false) => Some(person),
    }
}

fn apply(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let mut no = Refusals::default();
    let named = pair(call, "contact_name", "contact_email", &mut no);
    let officer = pair(call, "officer_name", "officer_email", &mut no);
    let contact = match (&call.actor, named) {
        (Some(actor), None) => Contact::Account(actor.account),
        (_, Some(person)) => Contact::Person(person),
        (None, None) => {
            if v.text("contact_name").is_empty() && v.text("contact_email").is_empty() {
                no.push(Refusal::about("contact_email", "members-contact-missing"));
            }
            Contact::Person(Person::default())
        }
    };
    let mut identifiers = vec![(
        v.text("identifier_scheme").to_owned(),
        v.text("identifier").to_owned(),
    )];
    match (v.opt_text("second_scheme"), v.opt_text("second_identifier")) {
        (Some(scheme), Some(value)) => identifiers.push((scheme.to_owned(), value.to_owned())),
        (None, None) => {}
        (None, Some(_)) => no.push(Refusal::about("second_scheme", "form-choose")),
        (Some(_), None) => no.push(Refusal::about("second_identifier", "form-missing")),
    }
    let website = v.opt_text("website");
    no.unless(
        website.is_none_or(ui::is_safe),
        "website",
        "members-website-strange",
    );
    let principles = PRINCIPLE_FIELDS
        .iter()
        .map(|(code, field)| ((*code).to_owned(), v.text(field).to_owned()));
    let application = Application {
        names: v.names("name"),
        kind: v.text("kind").to_owned(),
        country: v.opt_text("country").map(str::to_owned),
        website: website.map(str::to_owned),
        identifiers,
        strengths: v.names("strengths"),
        objectives: v.many("objectives"),
        obligations: v.many("obligations"),
        do_no_harm: v.yes("do_no_harm"),
        principles: principles.collect(),
        contact,
        officer,
        sample: false,
        lang: call.words.lang(),
    };
    // Every reason together: what the form alone shows and what the published rules say.
    if let Err(error) = rules::may_apply(&application, &terms::published(tx)?) {
        let base::Error::Refused(more) = error else {
            return Err(error);
        };
        no.0.extend(more.0);
    }
    no.or(())?;
    let by = call.actor.as_ref().map(|actor| actor.account);
    let id = acts::apply(tx, &application, by, call.now)?;
    let see = if by.is_some() {
        format!("/applications/{id}")
    } else {
        format!("/applications/{id}/received")
    };
    Ok(Done::see(see)
        .with(json!({ "id": id }))
        .notice("members-applied"))
}

fn back(call: &Call, notice: &'static str) -> Result<Done> {
    let id = call.id("id")?;
    Ok(Done::see(format!("/applications/{id}"))
        .with(json!({ "id": id }))
        .notice(notice))
}

fn review(tx: &mut Tx, call: &Call) -> Result<Done> {
    acts::start_review(tx, call.id("id")?, call.actor()?, call.now)?;
    back(call, "members-review-started")
}

fn question() -> Form {
    vec![Field::words("question").max(rules::WORDS_MAX)]
}
fn clarification(tx: &mut Tx, call: &Call) -> Result<Done> {
    acts::ask_clarification(
        tx,
        call.id("id")?,
        call.values.text("question"),
        call.actor()?,
        call.now,
    )?;
    back(call, "members-clarification-asked")
}

fn answer() -> Form {
    vec![Field::words("answer").max(rules::WORDS_MAX)]
}
fn clarified(tx: &mut Tx, call: &Call) -> Result<Done> {
    acts::answer_clarification(
        tx,
        call.id("id")?,
        call.values.text("answer"),
        call.actor()?,
        call.now,
    )?;
    back(call, "members-clarified")
}

fn finding() -> Form {
    vec![
        Field::choice("criterion", Choices::Listed(choose::verification_criterion)),
        Field::choice(
            "outcome",
            Choices::Fixed("member-outcome", &["met", "not_met"]),
        ),
        Field::words("note").max(rules::WORDS_MAX),
        Field::words("evidence").max(rules::WORDS_MAX),
    ]
}
fn verification(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let finding = Finding {
        criterion: v.text("criterion").to_owned(),
        met: v.text("outcome") == "met",
        note: v.text("note").to_owned(),
        evidence: v.text("evidence").to_owned(),
    };
    acts::verify(tx, call.id("id")?, &finding, call.actor()?, call.now)?;
    back(call, "members-verified")
}

fn invitee() -> Form {
    vec![Field::choice(
        "who",
        Choices::Fixed("member-invitee", &["contact", "officer"]),
    )]
}
/// The link goes by the officer's own hand: nobody proves an address by typing it into a form.
fn invitation(tx: &mut Tx, call: &Call) -> Result<Done> {
    let m = crate::store::find(tx, call.id("id")?)?;
    let actor = call.actor()?;
    rules::no_conflict(rules::is_applicant(&m, actor))?;
    let account = match call.values.text("who") {
        "officer" => m
            .officer
            .ok_or_else(|| Refusal::about("who", "members-no-officer"))?,
        _ => m.contact,
    };
    let path = people::invite_account(tx, account, Some(actor.account), call.now)?;
    let link = format!("{}{path}", call.site.settings.url);
    let shown = people::show_once(tx, call, "shown-invitation", &link)?;
    Ok(Done::see(shown))
}

fn note() -> Form {
    vec![
        Field::words("note")
            .max(rules::WORDS_MAX)
            .optional()
            .public(),
    ]
}
fn admission(tx: &mut Tx, call: &Call) -> Result<Done> {
    acts::admit(
        tx,
        call.id("id")?,
        call.values.text("note"),
        call.actor()?,
        call.now,
    )?;
    back(call, "members-admitted")
}

fn refusal() -> Form {
    vec![
        Field::choice("rule", Choices::Listed(terms::choose_declines)),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}
fn refused(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    acts::decline(
        tx,
        call.id("id")?,
        (v.text("reason"), v.text("rule")),
        call.actor()?,
        call.now,
    )?;
    back(call, "members-declined")
}

/// Shown in the member's public history.
fn reason() -> Form {
    vec![Field::words("reason").max(rules::WORDS_MAX).public()]
}

/// For the person who decides on it only.
fn inner_reason() -> Form {
    vec![Field::words("reason").max(rules::WORDS_MAX)]
}

macro_rules! judged {
    ($($name:ident = $act:path, $notice:literal;)*) => {$(
        fn $name(tx: &mut Tx, call: &Call) -> Result<Done> {
            let id = call.id("id")?;
            $act(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
            Ok(Done::see(format!("/members/{id}")).with(json!({ "id": id })).notice($notice))
        }
    )*};
}
judged! {
    suspension = acts::suspend, "members-suspended";
    reinstatement = acts::reinstate, "members-reinstated";
    proposal = acts::propose_removal, "members-removal-proposed";
    removal = acts::remove, "members-removed";
    withdrawal = acts::withdraw, "members-withdrawn";
}
