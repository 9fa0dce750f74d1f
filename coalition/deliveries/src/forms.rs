//! What the web asks for each act, and how its answers become the act.

use crate::acts::{self, By, Decision, Proof, Said, Terms};
use crate::consignment::{Checked, Kind, Resolution, Wrong};
use crate::store::{consignments, discrepancies, lines, receipts};
use crate::{pages, rules, sheet};
use base::{Actor, Error, Id, Refusal, Result, Role};
use db::Tx;
use files::Upload;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Site, Who};

const MEMBER: Who = Who::Any(&[Role::MemberFocalPoint, Role::MemberOfficer]);
const AUTHORITY: Who = Who::Any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory]);

/// Bytes a photo or a paper may have: what a telephone makes.
const PROOF_MAX: u64 = 8_000_000;

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, who, form, prefill: Filled, run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    let seen: Filled = Some(pages::beside);
    let line: Filled = Some(pages::beside_line);
    let dispute: Filled = Some(pages::beside_discrepancy);
    let mut all = vec![
        act(
            "consignment-new",
            "/deployments/{id}/consignments/new",
            MEMBER,
            new_form,
            Some(pages::beside_new),
            new,
        ),
        act(
            "consignment-acceptance",
            "/consignments/{id}/acceptance",
            AUTHORITY,
            Vec::new,
            seen,
            accept,
        ),
        act(
            "consignment-hold",
            "/consignments/{id}/hold",
            AUTHORITY,
            reason_form,
            seen,
            hold,
        ),
        act(
            "consignment-rejection",
            "/consignments/{id}/rejection",
            AUTHORITY,
            reason_form,
            seen,
            reject,
        ),
        act(
            "consignment-withdrawal",
            "/consignments/{id}/withdrawal",
            MEMBER,
            reason_form,
            seen,
            withdraw,
        ),
        act(
            "consignment-dispatch",
            "/consignments/{id}/dispatch",
            MEMBER,
            dispatch_form,
            Some(today),
            dispatch,
        ),
        act(
            "consignment-arrival",
            "/consignments/{id}/arrival",
            MEMBER,
            arrival_form,
            Some(today),
            arrive,
        ),
        act(
            "consignment-check-in",
            "/consignments/{id}/check-in",
            AUTHORITY,
            all_good_form,
            Some(today),
            all_good,
        ),
        act(
            "consignment-closure",
            "/consignments/{id}/closure",
            AUTHORITY,
            Vec::new,
            seen,
            close,
        ),
        act(
            "consignment-table",
            "/consignments/{id}/tables/new",
            AUTHORITY,
            table_form,
            Some(today),
            table,
        ),
        act(
            "check-in-file-acceptance",
            "/check-in-files/{id}/acceptance",
            AUTHORITY,
            Vec::new,
            None,
            accept_table,
        ),
        act(
            "consignment-links",
            "/consignments/{id}/links/new",
            AUTHORITY,
            link_form,
            Some(link_days),
            links,
        ),
        act(
            "consignment-line-link",
            "/consignment-lines/{id}/links/new",
            AUTHORITY,
            link_form,
            Some(line_link_days),
            line_link,
        ),
        act(
            "receipt-link-revocation",
            "/receipt-links/{id}/revocation",
            AUTHORITY,
            Vec::new,
            None,
            revoke,
        ),
        act(
            "consignment-line-check-in",
            "/consignment-lines/{id}/check-in",
            AUTHORITY,
            line_form,
            Some(pages::outstanding_line),
            check_in,
        ),
        act(
            "consignment-line-recount",
            "/consignment-lines/{id}/recount",
            AUTHORITY,
            recount_form,
            line,
            recount,
        ),
        act(
            "discrepancy-resolution",
            "/discrepancies/{id}/resolution",
            AUTHORITY,
            resolution_form,
            dispute,
            resolve,
        ),
        act(
            "discrepancy-need",
            "/discrepancies/{id}/need",
            AUTHORITY,
            need_form,
            dispute,
            need_again,
        ),
        act(
            "receive",
            "/receive/{token}",
            Who::Anyone,
            receive_form,
            Some(pages::beside_receive),
            receive,
        ),
    ];
    for act in &mut all {
        if matches!(act.name, "consignment-table" | "check-in-file-acceptance") {
            act.prepare = Some(if act.name == "consignment-table" {
                read_table
            } else {
                read_again
            });
        }
    }
    all
}

fn to(id: Id, notice: &'static str) -> Done {
    Done::see(format!("/consignments/{id}"))
        .with(json!({ "id": id }))
        .notice(notice)
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(rules::WORDS_MAX)]
}

fn proof(call: &Call, field: &str) -> Result<Option<Upload>> {
    let found = call.values.file(field);
    if let Some(upload) = found {
        rules::is_proof(field, &upload.mime, &upload.name)?;
    }
    Ok(found.cloned())
}

/// The consignment beside the form, its day today.
fn today(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = pages::beside(tx, ask)?;
    let day = ask.today.to_string();
    prefill.entered = ["dispatched_on", "arrived_on", "received_on"]
        .into_iter()
        .fold(Entered::default(), |entered, name| {
            entered.with(name, day.as_str())
        });
    Ok(prefill)
}

// ---- the member

/// The departments a deployment's units may still go to, and the country when there are several.
fn destinations(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let words = &ask.words;
    let Ok(deployment) = ask.id("id") else {
        return Ok(Vec::new());
    };
    let mut areas: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    for (line, left) in acts::outstanding(tx, deployment)? {
        let area = areas.entry(line.area).or_default();
        *area = (area.0 + 1, area.1 + left);
    }
    let mut all: Vec<(String, (usize, i64))> = areas.clone().into_iter().collect();
    if all.len() > 1 {
        let country = deployments::deployment(tx, deployment, ask.today)?.country;
        let sum = areas
            .values()
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        all.retain(|(code, _)| *code != country);
        all.insert(0, (country, sum));
    }
    all.into_iter()
        .map(|(code, (lines, units))| {
            let place = places::place_name(tx, &code, words.lang())?;
            let args = [
                ("place", place.into()),
                ("lines", lines.into()),
                ("units", units.into()),
            ];
            Ok(Choice {
                code,
                label: words.say_with("deliveries-destination", &args),
            })
        })
        .collect()
}

fn new_form() -> Form {
    vec![
        Field::choice("to_place", Choices::Listed(destinations)),
        Field::day("planned_on"),
        Field::words("schools").max(400_000).optional(),
        Field::words("note").max(rules::WORDS_MAX).optional(),
    ]
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (deployment, v) = (call.id("id")?, &call.values);
    let terms = Terms {
        to_place: v.text("to_place").to_owned(),
        planned_on: v
            .opt_day("planned_on")
            .ok_or_else(|| Refusal::about("planned_on", "form-missing"))?,
        note: v.opt_text("note").map(str::to_owned),
    };
    let wanted = rules::schools(v.text("schools"))?;
    let country = deployments::deployment(tx, deployment, call.today)?.country;
    let place = Some(terms.to_place.as_str()).filter(|place| *place != country);
    let parts = parts(tx, deployment, place, &wanted)?;
    let id = acts::request(tx, deployment, &parts, &terms, call.actor()?, call.now)?;
    Ok(to(id, "deliveries-requested"))
}

/// The need lines and units of a place, or of everywhere: of the schools named, else all that is left.
fn parts(
    tx: &mut Tx,
    deployment: Id,
    place: Option<&str>,
    wanted: &[(String, Option<i64>)],
) -> Result<Vec<(Id, i64)>> {
    let mut left: BTreeMap<Id, i64> = BTreeMap::new();
    let mut in_place = Vec::new();
    for (line, units) in acts::outstanding(tx, deployment)? {
        if place.is_none_or(|place| line.area == place) && !left.contains_key(&line.line) {
            in_place.push(line.line);
        }
        *left.entry(line.line).or_default() += units;
    }
    let units = |line: &Id| left.get(line).copied().unwrap_or(0);
    if wanted.is_empty() {
        return Ok(in_place.iter().map(|line| (*line, units(line))).collect());
    }
    let mut by_code: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    for line in needs::lines(tx, &in_place)? {
        let code = line.school.unwrap_or(line.place);
        by_code.entry(base::fold(&code)).or_default().push(line.id);
    }
    let (mut out, mut no) = (Vec::new(), base::Refusals::default());
    for (code, asked) in wanted {
        match by_code.get(&base::fold(code)).map(Vec::as_slice) {
            Some([line]) => out.push((*line, asked.unwrap_or_else(|| units(line)))),
            Some(several) if asked.is_none() => {
                out.extend(several.iter().map(|line| (*line, units(line))));
            }
            found if no.0.len() < 20 => {
                let key = match found {
                    Some(_) => "deliveries-school-several-lines",
                    None => "deliveries-school-not-left",
                };
                no.push(Refusal::about("schools", key).with("code", code.as_str()));
            }
            _ => {}
        }
    }
    no.or(out)
}

fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::withdraw(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to(id, "deliveries-withdrawn"))
}

fn dispatch_form() -> Form {
    vec![
        Field::day("dispatched_on"),
        Field::file("paper", PROOF_MAX).optional(),
    ]
}

fn dispatch(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let said = Said {
        on: call.values.opt_day("dispatched_on").unwrap_or(call.today),
        paper: proof(call, "paper")?,
    };
    acts::dispatch(tx, id, &said, call.actor()?, call.now)?;
    let kind = consignments::find(tx, id)?.kind;
    Ok(to(
        id,
        match kind {
            Kind::Goods => "deliveries-dispatched",
            Kind::Service => "deliveries-begun",
            Kind::Access => "deliveries-opened",
        },
    ))
}

fn arrival_form() -> Form {
    vec![
        Field::day("arrived_on"),
        Field::words("places").max(100_000).optional(),
    ]
}

fn arrive(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let on = call.values.opt_day("arrived_on").unwrap_or(call.today);
    let codes = call
        .values
        .text("places")
        .split([' ', '\n', '\t', ',', ';']);
    let codes: Vec<String> = codes
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    let units = acts::arrive(tx, id, on, &codes, call.actor()?, call.now)?;
    let mut done = to(id, "deliveries-arrived");
    done.body = json!({ "id": id, "units": units });
    Ok(done)
}

// ---- the authority

fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::accept(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "deliveries-accepted"))
}

fn hold(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::hold(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to(id, "deliveries-held"))
}

fn reject(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::reject(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to(id, "deliveries-rejected"))
}

fn close(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::close(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "deliveries-closed"))
}

/// The departments of a consignment.
fn departments(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let Ok(id) = ask.id("id") else {
        return Ok(Vec::new());
    };
    let found = lines::departments(tx, id)?;
    found
        .into_iter()
        .map(|(code, _)| {
            let label = places::place_name(tx, &code, ask.words.lang())?;
            Ok(Choice { code, label })
        })
        .collect()
}

fn all_good_form() -> Form {
    vec![
        Field::day("received_on"),
        Field::choice("department", Choices::Listed(departments)).optional(),
        Field::file("proof", PROOF_MAX).optional(),
        Field::words("note").max(rules::WORDS_MAX).optional(),
    ]
}

fn given_proof(call: &Call) -> Result<Proof> {
    Ok(Proof {
        on: call.values.opt_day("received_on").unwrap_or(call.today),
        file: proof(call, "proof")?,
        note: call.values.opt_text("note").map(str::to_owned),
    })
}

/// Everything outstanding is there, in good order.
fn all_good(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    consignments::hold(tx, id)?;
    let department = call.values.opt_text("department");
    let parts: Vec<(Id, Checked)> = lines::all_told(tx, id)?
        .iter()
        .filter(|told| department.is_none_or(|code| told.line.department == code))
        .filter(|told| told.known.pending() > 0)
        .map(|told| {
            let good = told.known.pending();
            (
                told.line.id,
                Checked {
                    good,
                    ..Checked::default()
                },
            )
        })
        .collect();
    if parts.is_empty() {
        return Err(Refusal::whole("deliveries-all-checked-in").into());
    }
    acts::check_in(
        tx,
        id,
        &parts,
        By::Account(call.actor()?),
        &given_proof(call)?,
        call.now,
    )?;
    Ok(to(id, "deliveries-checked-in"))
}

fn counted() -> Form {
    ["good", "damaged", "short", "surplus"]
        .map(|name| Field::whole(name, 0, rules::UNITS_MAX).optional())
        .to_vec()
}

fn checked(call: &Call) -> Checked {
    let v = &call.values;
    Checked {
        good: v.whole("good"),
        damaged: v.whole("damaged"),
        short: v.whole("short"),
        surplus: v.whole("surplus"),
    }
}

fn line_form() -> Form {
    let mut form = counted();
    form.push(Field::day("received_on"));
    form.push(Field::file("proof", PROOF_MAX).optional());
    form.push(Field::words("note").max(rules::WORDS_MAX).optional());
    form
}

fn to_line(line: Id, notice: &'static str) -> Done {
    Done::see(format!("/consignment-lines/{line}"))
        .with(json!({ "id": line }))
        .notice(notice)
}

fn check_in(tx: &mut Tx, call: &Call) -> Result<Done> {
    let line = lines::find(tx, call.id("id")?)?;
    let parts = [(line.id, checked(call))];
    let by = By::Account(call.actor()?);
    acts::check_in(
        tx,
        line.consignment,
        &parts,
        by,
        &given_proof(call)?,
        call.now,
    )?;
    Ok(to_line(line.id, "deliveries-checked-in"))
}

fn recount_form() -> Form {
    vec![
        Field::whole("damaged", 0, rules::UNITS_MAX).optional(),
        Field::whole("short", 0, rules::UNITS_MAX).optional(),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

fn recount(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (line, v) = (call.id("id")?, &call.values);
    let wrong = (v.whole("damaged"), v.whole("short"));
    acts::recount(tx, line, wrong, v.text("reason"), call.actor()?, call.now)?;
    Ok(to_line(line, "deliveries-recounted"))
}

// ---- discrepancies

/// What may become of the units in dispute.
fn resolutions(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let wrong = match ask.id("id") {
        Ok(id) => discrepancies::find(tx, id)?.wrong,
        Err(_) => Wrong::Damaged,
    };
    let choice = |how: &Resolution| Choice {
        code: how.code().to_owned(),
        label: ask
            .words
            .code(&format!("resolution-{}", wrong.code()), how.code()),
    };
    Ok(rules::resolutions(wrong).iter().map(choice).collect())
}

fn resolution_form() -> Form {
    vec![
        Field::choice("resolution", Choices::Listed(resolutions)),
        Field::whole("units", 1, rules::UNITS_MAX),
        Field::text("to_line").max(200).optional(),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

fn resolve(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let how = Resolution::parse(v.text("resolution"))
        .ok_or_else(|| Refusal::about("resolution", "form-choose"))?;
    let to_line = match v.opt_text("to_line") {
        None => None,
        Some(text) => {
            let last = text
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or(text);
            let unknown = || Refusal::about("to_line", "deliveries-line-unknown");
            Some(Id::parse(last).ok_or_else(unknown)?)
        }
    };
    let decision = Decision {
        how,
        units: v.whole("units"),
        to_line,
        reason: v.text("reason").to_owned(),
    };
    acts::resolve(tx, id, &decision, call.actor()?, call.now)?;
    Ok(Done::see(format!("/discrepancies/{id}"))
        .with(json!({ "id": id }))
        .notice("deliveries-resolved"))
}

fn need_form() -> Form {
    vec![
        Field::whole("units", 1, rules::UNITS_MAX),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

fn need_again(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let (units, reason) = (v.whole("units"), v.text("reason"));
    acts::need_again(tx, id, units, reason, call.actor()?, call.now)?;
    Ok(Done::see(format!("/discrepancies/{id}"))
        .with(json!({ "id": id }))
        .notice("deliveries-needed-again"))
}

// ---- tables

fn table_form() -> Form {
    vec![
        Field::file("file", sheet::FILE_MAX),
        Field::day("received_on"),
    ]
}

fn keep_read(site: &Site, call: &mut Call, name: &str, hash: &str) -> Result<()> {
    let read = sheet::read(name, &site.files.read(hash)?);
    let text = serde_json::to_string(&read).map_err(Error::fault)?;
    call.prepared.insert("read".to_owned(), text);
    Ok(())
}

fn read_table(site: &Site, call: &mut Call) -> Result<()> {
    let Some(file) = call.values.file("file").cloned() else {
        return Err(Refusal::about("file", "form-file-missing").into());
    };
    keep_read(site, call, &file.name, &file.hash)
}

fn read_again(site: &Site, call: &mut Call) -> Result<()> {
    let id = call.id("id")?;
    let tried = site.db.read_now(move |tx| receipts::tried(tx, id))?;
    keep_read(site, call, &tried.file_name, &tried.file_hash)
}

fn judged(tx: &mut Tx, call: &Call, consignment: Id) -> Result<(sheet::Read, sheet::Judged)> {
    let text = call.prepared.get("read").map_or("", String::as_str);
    let read: sheet::Read = serde_json::from_str(text).map_err(Error::fault)?;
    let told = lines::all_told(tx, consignment)?;
    let judged = sheet::judge(&read, &told)?;
    Ok((read, judged))
}

/// A trial: every row is matched, every refusal kept; nothing is checked in yet.
fn table(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, actor) = (call.id("id")?, call.actor()?);
    let consignment = consignments::find(tx, id)?;
    rules::may_receive(consignment.stage)?;
    may_receive_all(tx, &consignment, actor, call)?;
    let (read, judged) = judged(tx, call, id)?;
    let on = call.values.opt_day("received_on").unwrap_or(call.today);
    rules::has_come("received_on", on, call.today)?;
    let Some(file) = call.values.file("file") else {
        return Err(Refusal::about("file", "form-file-missing").into());
    };
    let tried = receipts::Tried {
        id: Id::new(call.now),
        consignment: id,
        file_name: file.name.clone(),
        file_hash: file.hash.clone(),
        on,
        rows: read.rows,
        report: judged.report(&read),
        accepted: false,
        by: actor.account,
        at: call.now,
    };
    receipts::add_tried(tx, &tried)?;
    let mut body = tried.report;
    body["id"] = json!(tried.id);
    Ok(Done::see(format!("/check-in-files/{}", tried.id)).with(body))
}

fn may_receive_all(
    tx: &mut Tx,
    consignment: &crate::Consignment,
    actor: &Actor,
    call: &Call,
) -> Result<()> {
    let places = [consignment.to_place.clone()];
    crate::upstream::require_authority(tx, actor, &consignment.country, &places, call.today)
}

fn accept_table(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, actor) = (call.id("id")?, call.actor()?);
    let tried = receipts::tried(tx, id)?;
    consignments::hold(tx, tried.consignment)?;
    let (_, judged) = judged(tx, call, tried.consignment)?;
    if !judged.refused.is_empty() {
        let refusal = Refusal::whole("deliveries-table-refused");
        return Err(refusal.with("n", judged.refused.len()).into());
    }
    if !receipts::accept_tried(tx, id)? {
        return Err(Refusal::whole("deliveries-table-taken").into());
    }
    let proof = Proof {
        on: tried.on,
        file: Some(Upload {
            hash: tried.file_hash,
            name: tried.file_name,
            mime: "application/octet-stream".to_owned(),
            size: 0,
        }),
        note: None,
    };
    let by = By::Sheet(actor);
    acts::check_in(tx, tried.consignment, &judged.parts, by, &proof, call.now)?;
    Ok(to(tried.consignment, "deliveries-checked-in"))
}

// ---- receivers' links

fn link_form() -> Form {
    vec![Field::day("expires_on")]
}

fn link_days(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = pages::beside(tx, ask)?;
    prefill.entered = expires(ask);
    Ok(prefill)
}

fn line_link_days(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = pages::beside_line(tx, ask)?;
    prefill.entered = expires(ask);
    Ok(prefill)
}

fn expires(ask: &Ask) -> Entered {
    let day = ask.today.plus(rules::LINK_DAYS);
    Entered::default().with("expires_on", day.to_string())
}

fn issue(tx: &mut Tx, call: &Call, consignment: Id, only: Option<Id>) -> Result<Done> {
    let expires_on = call.values.opt_day("expires_on").unwrap_or(call.today);
    let how = (expires_on, &call.site.settings.secret);
    let made = acts::issue_links(tx, consignment, only, how, call.actor()?, call.now)?;
    let see = match only {
        Some(line) => format!("/consignment-lines/{line}"),
        None => format!("/consignments/{consignment}/links"),
    };
    Ok(Done::see(see)
        .with(json!({ "links": made }))
        .notice("deliveries-links-issued"))
}

fn links(tx: &mut Tx, call: &Call) -> Result<Done> {
    issue(tx, call, call.id("id")?, None)
}

fn line_link(tx: &mut Tx, call: &Call) -> Result<Done> {
    let line = lines::find(tx, call.id("id")?)?;
    issue(tx, call, line.consignment, Some(line.id))
}

fn revoke(tx: &mut Tx, call: &Call) -> Result<Done> {
    let line = acts::revoke_link(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(to_line(line, "deliveries-link-revoked"))
}

// ---- the receiver's page

fn receive_form() -> Form {
    let mut form = counted();
    form.push(Field::file("photo", PROOF_MAX).optional());
    form.push(Field::words("note").max(500).optional());
    form
}

/// A receiver's word. Said again after a line broke, it is heard once: whoever repeats what was
/// checked in by the same link gets the same thanks.
fn receive(tx: &mut Tx, call: &Call) -> Result<Done> {
    let token = call.param("token").to_owned();
    let link = acts::by_token(tx, &token)?;
    consignments::hold(tx, link.consignment)?;
    let checked = checked(call);
    let thanks = Done::see(format!("/receive/{token}/thanks")).with(json!({
        "good": checked.good, "damaged": checked.damaged, "short": checked.short,
        "surplus": checked.surplus,
    }));
    let pending = lines::told(tx, link.consignment_line)?.known.pending();
    let before = receipts::by_link(tx, link.consignment_line, link.id)?;
    let repeated = before.iter().any(|one| one.checked == checked);
    if repeated && (checked.accounted() > pending || checked.accounted() == 0) {
        return Ok(thanks);
    }
    if !link.is_good(call.today) {
        return Err(Refusal::whole("deliveries-link-over").into());
    }
    let proof = Proof {
        on: call.today,
        file: proof(call, "photo")?,
        note: call.values.opt_text("note").map(str::to_owned),
    };
    let parts = [(link.consignment_line, checked)];
    acts::check_in(
        tx,
        link.consignment,
        &parts,
        By::Link(&link),
        &proof,
        call.now,
    )?;
    Ok(thanks)
}
