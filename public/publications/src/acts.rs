//! The verbs: build, publish, discard a release; bring a validator's result; say who publishes.

use crate::build::Order;
use crate::iati::Publisher;
use crate::release::{Checked, Format, Release, State};
use crate::{build, rules, store};
use base::{Actor, Error, Id, Moment, Refusals, Result};
use db::Tx;
use jobs::{Bench, Job};
use serde_json::{Value, json};

/// The kind of job that builds releases.
pub(crate) const JOB: &str = "publications.build";

fn told(
    tx: &mut Tx,
    (actor, now): (&Actor, Moment),
    verb: &'static str,
    subject: Id,
    about: Value,
) -> Result<()> {
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        verb,
        ("publication", subject),
        about,
    )
}

/// Asks for releases of formats; answers the job.
pub(crate) fn order(
    tx: &mut Tx,
    formats: &[Format],
    order: &Order,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    rules::may_build(actor)?;
    let codes: Vec<&str> = formats.iter().map(|format| format.code()).collect();
    let payload = json!({ "formats": codes, "site": order.site, "note": order.note });
    jobs::enqueue(
        tx,
        JOB,
        &payload,
        Some(actor.account),
        "/data/releases",
        now,
    )
}

/// Builds what was asked for; safe to repeat, since what says nothing new makes no release.
pub(crate) fn work(bench: &Bench, job: &Job) -> Result<Value> {
    let text = |name: &str| job.payload.get(name).and_then(Value::as_str);
    let order = Order {
        site: text("site").unwrap_or_default().to_owned(),
        by: job.account,
        note: text("note").map(str::to_owned),
    };
    let codes = job.payload.get("formats").and_then(Value::as_array);
    let formats: Vec<Format> = codes
        .into_iter()
        .flatten()
        .filter_map(|code| Format::parse(code.as_str()?))
        .collect();
    let total = i64::try_from(formats.len()).unwrap_or(0);
    let mut all = Vec::with_capacity(formats.len());
    for (done, format) in (0..).zip(formats) {
        bench.progress(job, done, total)?;
        all.push(build::summary(&build(bench, format, &order)?));
    }
    Ok(Value::Array(all))
}

/// Publishes a release that somebody else built; it takes the place of the one before.
///
/// # Errors
/// Forbidden to others than approvers and to who built it; refused when it is not waiting, when a
/// validator found an error, or when a newer release of its format is already published.
pub fn publish(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    tx.lock("publications")?;
    let mut release = store::find(tx, id)?;
    let before = store::latest(tx, release.format)?;
    let checks = store::checks(tx, id)?;
    rules::may_publish(&release, before.as_ref(), &checks, actor)?;
    release.state = State::Published;
    release.decided_by = Some(actor.account);
    release.decided_at = Some(now);
    release.supersedes = before.as_ref().map(|before| before.id);
    store::change(tx, &release, release.version)?;
    let about = json!({
        "code": release.code, "format": release.format.code(), "hash": release.hash,
        "supersedes": before.map(|before| before.code),
    });
    told(tx, (actor, now), "publications.published", id, about)
}

/// Puts a release away that is not to be published; its files stay where they are.
pub(crate) fn discard(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut release = store::find(tx, id)?;
    rules::may_discard(&release, actor)?;
    release.state = State::Discarded;
    release.decided_by = Some(actor.account);
    release.decided_at = Some(now);
    release.reason = Some(reason.to_owned());
    store::change(tx, &release, release.version)?;
    told(
        tx,
        (actor, now),
        "publications.discarded",
        id,
        json!({ "code": release.code }),
    )
}

/// Adds what a validator elsewhere found.
pub(crate) fn bring(tx: &mut Tx, release: &Release, check: &Checked, actor: &Actor) -> Result<()> {
    rules::may_build(actor)?;
    let files = store::files(tx, release.id)?;
    let mut wrong = Refusals::default();
    wrong.unless(
        files.iter().any(|f| f.name == check.file),
        "file",
        "publications-no-such-file",
    );
    wrong.or(())?;
    store::add_check(tx, release.id, check)?;
    let about = json!({ "validator": check.validator, "file": check.file, "errors": check.errors });
    told(
        tx,
        (actor, check.at),
        "publications.checked",
        release.id,
        about,
    )
}

/// Says who publishes.
pub(crate) fn say_publisher(
    tx: &mut Tx,
    publisher: &Publisher,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    actor.require(base::Role::SecretariatApprover)?;
    rules::publisher(publisher)?;
    store::put_publisher(tx, publisher, seen)?;
    let about = json!({ "iati": publisher.iati_ref, "ocds": publisher.ocds_prefix });
    told(
        tx,
        (actor, now),
        "publications.publisher_said",
        Id::named("publisher", "1"),
        about,
    )
}

/// The release of a name, as far as the asker may know of it.
///
/// # Errors
/// Missing when there is none, or when it is not published and the asker is none of ours.
pub(crate) fn visible(tx: &mut Tx, code: &str, actor: Option<&Actor>) -> Result<Release> {
    let release = store::named(tx, code)?;
    if release.state == State::Published || actor.is_some_and(Actor::reads_all) {
        Ok(release)
    } else {
        Err(Error::Missing)
    }
}
