//! The steps of a request.

use super::{may_take, opt, readable, record, urgency};
use crate::need::Need;
use crate::request::{Request, State, Step, code};
use crate::rules::{self, Filed};
use crate::store;
use base::{Actor, Arg, Error, Id, Refusal, Refusals, Result};
use db::Tx;
use serde_json::json;
use web::{Ask, Call, Done, Prefill};

/// Drafts a request.
///
/// # Errors
/// Refused unless the actor speaks for an active authority of the country, or when fields do not fit.
pub fn draft(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let country = call.values.text("country").to_owned();
    let authority = authorities::require_active(tx, actor, &country, call.today)?;
    let year = i64::from(call.today.parts().0);
    let number = store::next_request(tx, &country, year)?;
    let mut request = Request {
        id: Id::new(call.now),
        code: code(&country, year, 'R', number),
        country,
        year,
        number,
        organisation: authority.organisation,
        subject: String::new(),
        own_words: String::new(),
        own_lang: String::new(),
        letter: None,
        context: String::new(),
        context_name: String::new(),
        cause: None,
        glide: None,
        urgency: 0,
        required_by: call.today,
        pairing_reason: None,
        state: State::Draft,
        filed_by: actor.account,
        created_at: call.now,
        submitted_at: None,
        received_at: None,
        answered_at: None,
        version: 1,
    };
    enter(&mut request, call)?;
    store::add_request(tx, &request)?;
    record(
        tx,
        request.id,
        None,
        Step::Draft,
        None,
        (actor.account, call.now),
    )?;
    Ok(done(&request))
}

/// Changes a draft, or a request that was returned.
///
/// # Errors
/// Refused in any other state, to anyone but its authority, and when somebody else was first.
pub fn change(tx: &mut Tx, call: &Call) -> Result<Done> {
    let mut request = editable(tx, call)?;
    request.version = call.values.version();
    enter(&mut request, call)?;
    store::save_request(tx, &request)?;
    let by = (call.actor()?.account, call.now);
    super::fact(
        tx,
        "request.changed",
        ("request", request.id),
        json!({}),
        by,
    )?;
    Ok(done(&request))
}

/// A request whose authority, being the actor, may change it now.
pub(super) fn editable(tx: &mut Tx, call: &Call) -> Result<Request> {
    of_mine(tx, call.actor()?, call.id("id")?, call.today)
}

/// The same, by its id.
pub(super) fn of_mine(tx: &mut Tx, actor: &Actor, id: Id, today: base::Day) -> Result<Request> {
    let request = readable(tx, Some(actor), id)?;
    may_take(tx, actor, &request, Step::Submit, today)?;
    if request.state.editable() {
        Ok(request)
    } else {
        Err(not_now(request.state))
    }
}

fn not_now(state: State) -> Error {
    let word = Arg::Word(format!("request_state_{}", state.code()));
    Refusal::whole("needs-not-in-this-state")
        .with("state", word)
        .into()
}

fn enter(request: &mut Request, call: &Call) -> Result<()> {
    let values = &call.values;
    request.subject = values.text("subject").to_owned();
    request.own_words = values.text("own_words").to_owned();
    request.own_lang = values.text("own_lang").to_owned();
    request.context = values.text("context").to_owned();
    request.context_name = values.text("context_name").to_owned();
    request.cause = opt(values.text("cause"));
    request.glide = opt(values.text("glide"));
    request.urgency = urgency(values.text("urgency"));
    request.required_by = values.opt_day("required_by").unwrap_or(call.today);
    if let Some(letter) = values.file("letter") {
        if !is_letter(&letter.name) {
            return Err(Refusal::about("letter", "needs-letter-kind").into());
        }
        request.letter = Some(letter.clone());
    }
    rules::sound(request, call.today)
}

fn is_letter(name: &str) -> bool {
    let kinds = ["pdf", "png", "jpg", "jpeg", "odt", "docx"];
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    kinds.iter().any(|kind| end.eq_ignore_ascii_case(kind))
}

/// What the form of a request shows before anything is entered.
pub(crate) fn prefill_request(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let request = of_mine(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let entered = web::room::entered(&[
        ("country", &request.country),
        ("subject", &request.subject),
        ("context", &request.context),
        ("context_name", &request.context_name),
        ("cause", &text(&request.cause)),
        ("glide", &text(&request.glide)),
        ("own_words", &request.own_words),
        ("own_lang", &request.own_lang),
        ("urgency", crate::forms::urgency_code(request.urgency)),
        ("required_by", &request.required_by.to_string()),
        ("version", &request.version.to_string()),
    ]);
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn done(request: &Request) -> Done {
    let body = json!({
        "id": request.id.to_string(),
        "code": request.code,
        "state": request.state.code(),
    });
    Done::see(request.path()).with(body)
}

/// Takes a step: who may, whether it follows, what changes.
fn take(
    tx: &mut Tx,
    call: &Call,
    step: Step,
    words: Option<String>,
    set: impl FnOnce(&mut Tx, &mut Request) -> Result<()>,
) -> Result<Done> {
    let actor = call.actor()?;
    let mut request = readable(tx, Some(actor), call.id("id")?)?;
    may_take(tx, actor, &request, step, call.today)?;
    request.state = rules::next(request.state, step)?;
    set(tx, &mut request)?;
    store::save_request(tx, &request)?;
    record(tx, request.id, None, step, words, (actor.account, call.now))?;
    Ok(done(&request))
}

fn reason(call: &Call) -> Result<Option<String>> {
    let reason = opt(call.values.text("reason"));
    if reason.is_some() {
        Ok(reason)
    } else {
        Err(Refusal::about("reason", "form-missing").into())
    }
}

/// Everything that decides whether a request is whole.
fn filed(tx: &mut Tx, request: &Request) -> Result<Filed> {
    let mut filed = Filed {
        pairing_reason: request.pairing_reason.is_some(),
        ..Filed::default()
    };
    for need in store::needs_of(tx, request.id)? {
        let lines = store::tally(tx, need.id)?.lines;
        if lines > 0 {
            filed.lines += lines;
            filed.classes.push(need.service_class);
        }
    }
    let imports = store::imports_of(tx, request.id)?;
    let open = |import: &&crate::import::Import| {
        matches!(
            import.state,
            crate::import::ImportState::Read | crate::import::ImportState::Running
        )
    };
    filed.imports_open = i64::try_from(imports.iter().filter(open).count()).unwrap_or(i64::MAX);
    Ok(filed)
}

/// Sends a draft to the secretariat.
///
/// # Errors
/// Refused with everything that is missing: the letter, a line, a skills part, an open import.
pub fn submit(tx: &mut Tx, call: &Call) -> Result<Done> {
    take(tx, call, Step::Submit, None, |tx, request| {
        request.pairing_reason = opt(call.values.text("pairing_reason"));
        request.submitted_at = Some(call.now);
        let filed = filed(tx, request)?;
        rules::complete(request, &filed, call.today)
    })
}

/// Receives a request: the public clock starts.
///
/// # Errors
/// Refused to anyone but an officer.
pub fn receive(tx: &mut Tx, call: &Call) -> Result<Done> {
    take(tx, call, Step::Receive, None, |_, request| {
        request.received_at = Some(call.now);
        Ok(())
    })
}

/// Begins the assessment.
///
/// # Errors
/// Refused to anyone but an officer.
pub fn assess(tx: &mut Tx, call: &Call) -> Result<Done> {
    take(tx, call, Step::Assess, None, |_, _| Ok(()))
}

/// Asks the authority back.
///
/// # Errors
/// Refused without a reason, and to anyone but an officer.
pub fn return_request(tx: &mut Tx, call: &Call) -> Result<Done> {
    let reason = reason(call)?;
    take(tx, call, Step::Return, reason, |_, _| Ok(()))
}

/// Answers the secretariat's question.
///
/// # Errors
/// Refused to anyone but the authority, and when the request is not whole.
pub fn answer(tx: &mut Tx, call: &Call) -> Result<Done> {
    let answer = opt(call.values.text("answer"));
    take(tx, call, Step::Answer, answer, |tx, request| {
        if let Some(reason) = opt(call.values.text("pairing_reason")) {
            request.pairing_reason = Some(reason);
        }
        let filed = filed(tx, request)?;
        rules::complete(request, &filed, call.today)
    })
}

/// Validates a request: its needs are published, the clock stops.
///
/// # Errors
/// Refused to whoever took one of the earlier steps, and while a need's edit is not whole.
pub fn validate(tx: &mut Tx, call: &Call) -> Result<Done> {
    let days = call
        .values
        .opt_whole("valid_days")
        .unwrap_or(rules::VALID_DAYS);
    take(tx, call, Step::Validate, None, |tx, request| {
        let filed = filed(tx, request)?;
        rules::complete(request, &filed, call.today)?;
        request.answered_at = Some(call.now);
        let mut no = Refusals::default();
        for need in store::needs_of(tx, request.id)? {
            if store::tally(tx, need.id)?.lines == 0 {
                store::remove_need(tx, need.id)?;
            } else if rules::can_be_published(&need) {
                publish(tx, call, need, days)?;
            } else {
                let refusal = Refusal::whole("needs-edit-missing");
                no.push(refusal.with("need", need.code));
            }
        }
        no.or(())?;
        for line in store::own_lines(tx, request.id)? {
            ledger::open_line(tx, line.id, line.quantity, call.now)?;
        }
        Ok(())
    })
}

fn publish(tx: &mut Tx, call: &Call, mut need: Need, days: i64) -> Result<()> {
    need.published_at = Some(call.now);
    need.valid_until = Some(call.today.plus(days));
    store::save_need(tx, &need)
}

/// Declines a request: the reason goes to the authority, the clock stops.
///
/// # Errors
/// Refused without a reason, and to whoever took one of the earlier steps.
pub fn decline(tx: &mut Tx, call: &Call) -> Result<Done> {
    let reason = reason(call)?;
    take(tx, call, Step::Decline, reason, |_, request| {
        request.answered_at = Some(call.now);
        Ok(())
    })
}

/// Withdraws a request before it is validated.
///
/// # Errors
/// Refused without a reason, to anyone but its authority, and afterwards.
pub fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let reason = reason(call)?;
    take(tx, call, Step::Withdraw, reason, |_, _| Ok(()))
}
