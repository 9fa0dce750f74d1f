//! What the web asks for each act, and how its answers become the act.

use crate::build::{Order, publisher};
use crate::iati::Publisher;
use crate::release::{Checked, Format};
use crate::{acts, rules, store};
use base::{Result, Role};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Who};

const OFFICE: Who = Who::Any(&[Role::SecretariatOfficer, Role::SecretariatApprover]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);
/// IATI's kinds of organisations that may publish.
const KINDS: &[&str] = &[
    "10", "15", "21", "22", "23", "30", "40", "60", "70", "80", "90",
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
    let seen: Option<fn(&mut Tx, &Ask) -> Result<Prefill>> = Some(beside);
    vec![
        act(
            "publication-new",
            "/data/releases/new",
            OFFICE,
            new_form,
            None,
            new,
        ),
        act(
            "publication",
            "/data/releases/{code}/publication",
            APPROVER,
            Vec::new,
            seen,
            publication,
        ),
        act(
            "publication-discard",
            "/data/releases/{code}/discard",
            OFFICE,
            discard_form,
            seen,
            discard,
        ),
        act(
            "publication-check",
            "/data/releases/{code}/checks/new",
            OFFICE,
            check_form,
            seen,
            check,
        ),
        act(
            "publisher",
            "/data/publisher",
            APPROVER,
            publisher_form,
            Some(publisher_prefill),
            say_publisher,
        ),
    ]
}

fn new_form() -> Form {
    vec![
        Field::many(
            "formats",
            Choices::Fixed("publication-format", Format::CODES),
        ),
        Field::words("note").max(500).optional().public(),
    ]
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let formats: Vec<Format> = call
        .values
        .many("formats")
        .iter()
        .filter_map(|code| Format::parse(code))
        .collect();
    let actor = call.actor()?;
    let order = Order {
        site: call.site.settings.url.clone(),
        by: Some(actor.account),
        note: call.values.opt_text("note").map(str::to_owned),
    };
    let job = acts::order(tx, &formats, &order, actor, call.now)?;
    Ok(Done::see(format!("/jobs/{job}")).with(json!({ "job": job })))
}

/// What is decided about: the release with what validators found.
fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let release = acts::visible(tx, ask.param("code"), ask.actor.as_ref())?;
    Ok(Prefill {
        beside: crate::pages::found(tx, ask, &release)?,
        ..Prefill::default()
    })
}

fn publication(tx: &mut Tx, call: &Call) -> Result<Done> {
    let release = store::named(tx, call.param("code"))?;
    acts::publish(tx, release.id, call.actor()?, call.now)?;
    Ok(Done::see(release.path()).with(json!({ "code": release.code })))
}

fn discard_form() -> Form {
    vec![Field::words("reason").max(2_000)]
}

fn discard(tx: &mut Tx, call: &Call) -> Result<Done> {
    let release = store::named(tx, call.param("code"))?;
    acts::discard(
        tx,
        release.id,
        call.values.text("reason"),
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(release.path()).with(json!({ "code": release.code })))
}

fn files(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let release = store::named(tx, ask.param("code"))?;
    let choice = |file: crate::Filed| Choice {
        code: file.name.clone(),
        label: file.name,
    };
    Ok(store::files(tx, release.id)?
        .into_iter()
        .map(choice)
        .collect())
}

fn check_form() -> Form {
    vec![
        Field::choice("file", Choices::Listed(files)),
        Field::text("validator").max(100).public(),
        Field::text("validator_version").max(100).public(),
        Field::whole("errors", 0, 1_000_000_000),
        Field::whole("warnings", 0, 1_000_000_000),
        Field::words("found").max(5_000).optional().public(),
    ]
}

fn check(tx: &mut Tx, call: &Call) -> Result<Done> {
    let release = store::named(tx, call.param("code"))?;
    let actor = call.actor()?;
    rules::may_build(actor)?;
    let values = &call.values;
    let found = values
        .opt_text("found")
        .map(|says| json!({ "error": values.whole("errors") > 0, "says": says, "times": 1, "first": "" }));
    let check = Checked {
        file: values.text("file").to_owned(),
        validator: values.text("validator").to_owned(),
        version: values.text("validator_version").to_owned(),
        errors: values.whole("errors"),
        warnings: values.whole("warnings"),
        found: found.into_iter().collect(),
        by: Some(actor.account),
        at: call.now,
    };
    acts::bring(tx, &release, &check, actor)?;
    Ok(Done::see(release.path()).with(json!({ "code": release.code })))
}

fn publisher_form() -> Form {
    vec![
        Field::text("publisher_name").max(200).public(),
        Field::choice("publisher_kind", Choices::Fixed("publisher-kind", KINDS)),
        Field::text("iati_ref").max(100),
        Field::text("ocds_prefix").max(11),
        Field::version(),
    ]
}

fn publisher_prefill(tx: &mut Tx, _: &Ask) -> Result<Prefill> {
    let (said, version) = match store::publisher(tx)? {
        Some(said) => said,
        None => (publisher(tx)?, 0),
    };
    Ok(Prefill {
        entered: Entered::default()
            .with("publisher_name", said.name)
            .with("publisher_kind", said.kind)
            .with("iati_ref", said.iati_ref)
            .with("ocds_prefix", said.ocds_prefix)
            .with("version", version.to_string()),
        ..Prefill::default()
    })
}

fn say_publisher(tx: &mut Tx, call: &Call) -> Result<Done> {
    let values = &call.values;
    let said = Publisher {
        name: values.text("publisher_name").to_owned(),
        kind: values.text("publisher_kind").to_owned(),
        iati_ref: values.text("iati_ref").trim().to_owned(),
        ocds_prefix: values.text("ocds_prefix").trim().to_owned(),
    };
    acts::say_publisher(tx, &said, values.version(), call.actor()?, call.now)?;
    Ok(Done::see("/data").with(json!({ "iati_ref": said.iati_ref })))
}
