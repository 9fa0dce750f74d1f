//! What the web asks for each act, and how its answers become the act.

mod plan;

use crate::acts::{self, Told};
use crate::store::{self, overlaps};
use crate::{pages, rules};
use base::{Actor, Error, Id, Moment, Result, Role};
use catalogue::choose;
use db::Tx;
use serde_json::json;
use ui::{Html, Tone, html};
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Who};

const PLANNERS: Who = Who::Any(&[
    Role::MemberFocalPoint,
    Role::MemberOfficer,
    Role::SecretariatOfficer,
]);
const MEMBER: Who = Who::Any(&[Role::MemberFocalPoint, Role::MemberOfficer]);
const AUTHORITY: Who = Who::Any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory]);
const BOTH: Who = Who::Any(&[
    Role::MemberFocalPoint,
    Role::MemberOfficer,
    Role::AuthorityFocalPoint,
    Role::AuthoritySignatory,
]);
const ENDERS: Who = Who::Any(&[
    Role::MemberFocalPoint,
    Role::MemberOfficer,
    Role::AuthorityFocalPoint,
    Role::AuthoritySignatory,
    Role::SecretariatApprover,
]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);

/// Bytes the paper that ends an agreement may have.
const PAPER_MAX: u64 = 20_000_000;

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;
type Run = fn(&mut Tx, &Call) -> Result<Done>;

fn act(
    name: &'static str,
    path: &'static str,
    (who, form): (Who, fn() -> Form),
    prefill: Filled,
    run: Run,
) -> Act {
    Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    }
}

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let mut out = vec![
        act(
            "deployment-new",
            "/agreements/{id}/deployments/new",
            (PLANNERS, plan::new_form),
            Some(plan::new_prefill),
            plan::new,
        ),
        act(
            "deployment-change",
            "/deployments/{id}/change",
            (PLANNERS, plan::change_form),
            Some(plan::change_prefill),
            plan::change,
        ),
    ];
    out.extend(moves());
    out.extend(of_overlaps());
    out.extend(of_agreements());
    out
}

fn moves() -> Vec<Act> {
    let seen: Filled = Some(beside);
    vec![
        act(
            "deployment-start",
            "/deployments/{id}/start",
            (MEMBER, || vec![Field::day("actual_from")]),
            seen,
            start,
        ),
        act(
            "deployment-extension",
            "/deployments/{id}/extension",
            (PLANNERS, || vec![Field::day("planned_to"), reason()]),
            seen,
            extension,
        ),
        act(
            "deployment-pause",
            "/deployments/{id}/pause",
            (BOTH, reason_form),
            seen,
            |tx, call| with_reason(tx, call, acts::pause),
        ),
        act(
            "deployment-resumption",
            "/deployments/{id}/resumption",
            (BOTH, reason_form),
            seen,
            |tx, call| with_reason(tx, call, acts::resume),
        ),
        act(
            "deployment-completion",
            "/deployments/{id}/completion",
            (MEMBER, || vec![Field::day("actual_to")]),
            seen,
            completion,
        ),
        act(
            "deployment-completion-refusal",
            "/deployments/{id}/completion-refusal",
            (AUTHORITY, reason_form),
            seen,
            |tx, call| with_reason(tx, call, acts::refuse_completion),
        ),
        act(
            "deployment-confirmation",
            "/deployments/{id}/confirmation",
            (AUTHORITY, Vec::new),
            seen,
            |tx, call| plain(tx, call, acts::confirm),
        ),
        act(
            "deployment-closure",
            "/deployments/{id}/closure",
            (APPROVER, Vec::new),
            seen,
            |tx, call| plain(tx, call, acts::close),
        ),
        act(
            "deployment-cancellation",
            "/deployments/{id}/cancellation",
            (ENDERS, cancel_form),
            seen,
            cancellation,
        ),
        act(
            "deployment-teachers",
            "/deployments/{id}/teachers/new",
            (BOTH, teachers_form),
            seen,
            teachers,
        ),
    ]
}

fn reason() -> Field {
    Field::words("reason").max(2_000)
}
fn reason_form() -> Form {
    vec![reason()]
}

fn done(id: Id) -> Done {
    Done::see(format!("/deployments/{id}")).with(json!({ "id": id }))
}

/// What the deployment is, beside the question.
fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let d = store::head(tx, ask.id("id")?, ask.today)?;
    let mut teller = pages::Teller::new(tx, &ask.words)?;
    let args = [
        ("title", pages::one::title(ask, &d.code, &d.title).into()),
        ("member", teller.organisation(tx, d.member)?.into()),
        ("places", teller.places(tx, &d.places)?.into()),
        ("from", ask.words.day(d.planned_from).into()),
        ("to", ask.words.day(d.planned_to).into()),
    ];
    Ok(Prefill {
        entered: Entered::default(),
        beside: html!("<p>{}</p>", ask.words.say_with("deployments-beside", &args)),
    })
}

fn plain(
    tx: &mut Tx,
    call: &Call,
    run: fn(&mut Tx, Id, &Actor, Moment) -> Result<()>,
) -> Result<Done> {
    let id = call.id("id")?;
    run(tx, id, call.actor()?, call.now)?;
    Ok(done(id))
}

fn with_reason(
    tx: &mut Tx,
    call: &Call,
    run: fn(&mut Tx, Id, &str, &Actor, Moment) -> Result<()>,
) -> Result<Done> {
    let id = call.id("id")?;
    run(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(done(id))
}

fn day(call: &Call, name: &str) -> base::Day {
    call.values.opt_day(name).unwrap_or(call.today)
}

fn start(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::activate(tx, id, day(call, "actual_from"), call.actor()?, call.now)?;
    Ok(done(id))
}

fn extension(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let to = (day(call, "planned_to"), call.values.text("reason"));
    acts::extend(tx, id, to, call.actor()?, call.now)?;
    Ok(done(id))
}

fn completion(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::claim_completion(tx, id, day(call, "actual_to"), call.actor()?, call.now)?;
    Ok(done(id))
}

fn cancel_form() -> Form {
    vec![
        reason(),
        Field::choice("in_favour_of", Choices::Listed(met)).optional(),
    ]
}

/// The deployments an open overlap is with.
fn met(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let id = ask.id("id")?;
    let mut out = Vec::new();
    for o in overlaps::of(tx, id)? {
        if o.resolution.is_none() {
            let other = store::head(tx, o.beside(id), ask.today)?;
            out.push(Choice {
                code: other.id.to_string(),
                label: pages::one::title(ask, &other.code, &other.title),
            });
        }
    }
    Ok(out)
}

fn cancellation(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let why = (call.values.text("reason"), call.values.id("in_favour_of"));
    let units = acts::cancel(tx, id, why, call.actor()?, call.now)?;
    Ok(Done::see(format!("/deployments/{id}")).with(json!({ "id": id, "units_returned": units })))
}

fn teachers_form() -> Form {
    vec![
        Field::choice("teacher_stage", Choices::Listed(choose::teacher_stage)),
        Field::choice(
            "involved",
            Choices::Fixed("deployment-involved", &["yes", "no"]),
        ),
        Field::whole("teachers", 1, 10_000_000).optional(),
        Field::day("on"),
        Field::words("words").max(2_000).public(),
    ]
}

fn teachers(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let v = &call.values;
    let told = Told {
        stage: v.text("teacher_stage").to_owned(),
        involved: v.text("involved") == "yes",
        teachers: v.opt_whole("teachers"),
        on: day(call, "on"),
        words: v.text("words").to_owned(),
    };
    acts::involve(tx, id, &told, call.actor()?, call.now)?;
    Ok(done(id))
}

// ---- overlaps

fn of_overlaps() -> Vec<Act> {
    let words: fn() -> Form = || vec![Field::words("words").max(2_000).public()];
    vec![
        act(
            "overlap-complementary",
            "/overlaps/{id}/complementary",
            (Who::Any(pages::overlaps::SPEAKERS), words),
            Some(beside_overlap),
            complementary,
        ),
        act(
            "overlap-acceptance",
            "/overlaps/{id}/acceptance",
            (APPROVER, words),
            Some(beside_overlap),
            acceptance,
        ),
    ]
}

fn beside_overlap(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let o = overlaps::find(tx, ask.id("id")?)?;
    let mut teller = pages::Teller::new(tx, &ask.words)?;
    Ok(Prefill {
        entered: Entered::default(),
        beside: html!(
            "<p>{}</p>",
            pages::overlaps::told(tx, ask, &o, &mut teller)?
        ),
    })
}

fn overlap_done(id: Id, resolved: bool) -> Done {
    Done::see(format!("/overlaps/{id}")).with(json!({ "id": id, "resolved": resolved }))
}

fn complementary(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, words) = (call.id("id")?, call.values.text("words"));
    let all = acts::call_complementary(tx, id, words, call.actor()?, call.now)?;
    Ok(overlap_done(id, all))
}

fn acceptance(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, words) = (call.id("id")?, call.values.text("words"));
    acts::accept(tx, id, words, call.actor()?, call.now)?;
    Ok(overlap_done(id, true))
}

// ---- agreements, with what follows for their deployments

fn of_agreements() -> Vec<Act> {
    let seen: Filled = Some(beside_agreement);
    vec![
        act(
            "agreement-suspension",
            "/agreements/{id}/suspension",
            (ENDERS, reason_form),
            seen,
            |tx, call| on_agreement(tx, call, acts::suspend_agreement),
        ),
        act(
            "agreement-resumption",
            "/agreements/{id}/resumption",
            (ENDERS, reason_form),
            seen,
            |tx, call| on_agreement(tx, call, acts::resume_agreement),
        ),
        act(
            "agreement-termination",
            "/agreements/{id}/termination",
            (BOTH, || vec![reason(), Field::file("paper", PAPER_MAX)]),
            seen,
            termination,
        ),
    ]
}

/// What would follow: how many deployments, and that units come back.
fn beside_agreement(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let agreement = agreements::agreement(tx, ask.id("id")?, ask.today)?;
    let actor = ask.actor()?;
    if !rules::is_inside(Some(actor), agreement.member, &agreement.country) {
        return Err(Error::Missing);
    }
    let open = store::open_of_agreement(tx, agreement.id)?;
    let args = [
        ("code", agreement.code.clone().into()),
        ("title", ask.words.name(&agreement.title).into()),
        ("n", open.into()),
    ];
    let says = ask.words.say_with("deployments-of-agreement-beside", &args);
    let mut beside: Html = html!(
        "<p>{}</p>",
        ui::link(&agreement.path(), agreement.code.clone())
    );
    beside.push(ui::notice(&ask.words, Tone::Warn, ui::text(&says)));
    Ok(Prefill {
        entered: Entered::default(),
        beside,
    })
}

fn agreement_done(id: Id) -> Done {
    Done::see(format!("/agreements/{id}"))
}

fn on_agreement(
    tx: &mut Tx,
    call: &Call,
    run: fn(&mut Tx, Id, &str, &Actor, Moment) -> Result<()>,
) -> Result<Done> {
    let id = call.id("id")?;
    run(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(agreement_done(id).with(json!({ "id": id })))
}

fn termination(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let why = (call.values.text("reason"), call.values.file("paper"));
    let (ended, units) = acts::terminate_agreement(tx, id, why, call.actor()?, call.now)?;
    let about = json!({ "id": id, "deployments": ended, "units_returned": units });
    Ok(agreement_done(id).with(about))
}
