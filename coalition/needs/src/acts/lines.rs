//! Need lines by form: one at a time, while the authority may change its request.

use super::requests::of_mine;
use super::{fact, opt, readable, urgency};
use crate::line::{Line, Shares};
use crate::need::Need;
use crate::request::{Request, code};
use crate::{rules, store};
use base::{Arg, Error, Id, Names, Refusal, Result};
use db::Tx;
use serde_json::json;
use web::{Ask, Call, Done, Prefill};

/// The need of a request for a service class; made when there is none yet.
pub(super) fn need_for(
    tx: &mut Tx,
    request: &Request,
    class: &str,
    now: base::Moment,
) -> Result<Need> {
    let known = store::needs_of(tx, request.id)?;
    if let Some(need) = known.into_iter().find(|need| need.service_class == class) {
        return Ok(need);
    }
    let year = i64::from(now.day().parts().0);
    let number = store::next_need(tx, &request.country, year)?;
    let described = crate::terms::class(tx, class)?;
    let need = Need {
        id: Id::named("need", &format!("{}/{class}", request.id)),
        request: request.id,
        country: request.country.clone(),
        year,
        number,
        code: code(&request.country, year, 'N', number),
        service_class: class.to_owned(),
        title: Names(described.names.0.clone()),
        clean_text: None,
        clean_lang: None,
        objective: None,
        flagship: None,
        pillars: described.pillar.into_iter().collect(),
        phase: None,
        published_at: None,
        valid_until: None,
        confirmed_at: None,
        ended: None,
        ended_reason: None,
        ended_at: None,
        version: 1,
    };
    store::add_need(tx, &need)?;
    Ok(need)
}

/// Adds a line to a request.
///
/// # Errors
/// Refused when a field does not fit, and unless the authority may change the request now.
pub fn add_line(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let request = of_mine(tx, actor, call.id("id")?, call.today)?;
    let need = need_for(tx, &request, call.values.text("service_class"), call.now)?;
    let line = entered(tx, call, &request, &need, Id::new(call.now))?;
    within_reach(tx, call, &request, &line)?;
    store::add_lines(tx, std::slice::from_ref(&line))?;
    store::count_again(tx, need.id)?;
    let about = json!({ "line": line.id.to_string() });
    fact(
        tx,
        "need.line-added",
        ("need", need.id),
        about,
        (actor.account, call.now),
    )?;
    Ok(done(&request, &line, &need))
}

/// A delegate speaks for some places only.
fn within_reach(tx: &mut Tx, call: &Call, request: &Request, line: &Line) -> Result<()> {
    let places = std::slice::from_ref(&line.place);
    match authorities::require_places(tx, call.actor()?, &request.country, places, call.today) {
        Ok(_) => Ok(()),
        Err(Error::Refused(mut refusals)) => {
            for refusal in &mut refusals.0 {
                "place_code".clone_into(&mut refusal.field);
            }
            Err(Error::Refused(refusals))
        }
        Err(other) => Err(other),
    }
}

fn done(request: &Request, line: &Line, need: &Need) -> Done {
    let body = json!({ "id": line.id.to_string(), "need": need.id.to_string(), "request": request.id.to_string() });
    Done::see(format!("/requests/{}/lines", request.id)).with(body)
}

/// A line entered by hand that its authority may change now.
fn own_line(tx: &mut Tx, ask: &Ask) -> Result<(Line, Need, Request)> {
    let line = store::line(tx, ask.id("id")?)?;
    let need = store::need(tx, line.need)?;
    readable(tx, ask.actor.as_ref(), need.request)?;
    let request = of_mine(tx, ask.actor()?, need.request, ask.today)?;
    if line.import.is_some() {
        return Err(Refusal::whole("needs-line-of-import").into());
    }
    Ok((line, need, request))
}

/// Changes a line.
///
/// # Errors
/// Refused when a field does not fit, for lines of an import, and when somebody else was first.
pub fn change_line(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (old, need, request) = own_line(tx, call)?;
    let mut line = entered(tx, call, &request, &need, old.id)?;
    line.version = call.values.version();
    within_reach(tx, call, &request, &line)?;
    store::save_line(tx, &line)?;
    store::count_again(tx, need.id)?;
    let about = json!({ "line": line.id.to_string() });
    fact(
        tx,
        "need.line-changed",
        ("need", need.id),
        about,
        (call.actor()?.account, call.now),
    )?;
    Ok(done(&request, &line, &need))
}

/// Takes a line away.
///
/// # Errors
/// Refused for lines of an import, and unless the authority may change the request now.
pub fn remove_line(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (line, need, request) = own_line(tx, call)?;
    store::remove_line(tx, line.id)?;
    if store::line_count(tx, need.id)? == 0 {
        store::remove_need(tx, need.id)?;
    } else {
        store::count_again(tx, need.id)?;
    }
    let about = json!({ "line": line.id.to_string() });
    fact(
        tx,
        "need.line-removed",
        ("need", need.id),
        about,
        (call.actor()?.account, call.now),
    )?;
    Ok(Done::see(format!("/requests/{}/lines", request.id)))
}

/// The line as entered.
fn entered(tx: &mut Tx, call: &Call, request: &Request, need: &Need, id: Id) -> Result<Line> {
    let v = &call.values;
    let place = located(tx, call, request)?;
    let class = crate::terms::class(tx, &need.service_class)?;
    let package = match &place.school {
        Some(school) if class.package => Some(package_of(request.id, school)),
        _ => None,
    };
    let line = Line {
        id,
        need: need.id,
        import: None,
        quantity: v.whole("quantity"),
        place: place.code,
        department: place.department,
        school: place.school,
        label: place.label,
        point: place.point,
        levels: v.many("levels"),
        audience: v.text("audience").to_owned(),
        learners: v.opt_whole("learners"),
        learners_method: opt(v.text("learners_method")),
        learners_source: opt(v.text("learners_source")),
        learners_as_of: v.opt_day("learners_as_of").map(|day| day.to_string()),
        shares: shares(tx, call, request)?,
        severity: v.text("severity").parse().unwrap_or(1),
        severity_method: v.text("severity_method").to_owned(),
        urgency: urgency(v.text("urgency")),
        tier: v.text("tier").parse().ok(),
        lang1: v.text("lang1").to_owned(),
        lang2: opt(v.text("lang2")),
        conditions: conditions(tx, &v.many("conditions"))?,
        window_from: v.opt_day("window_from").unwrap_or(call.today),
        window_to: v.opt_day("window_to").unwrap_or(call.today),
        partners: v.whole("partners"),
        remote: v.opt_whole("remote").unwrap_or(100),
        package,
        required_by: v.opt_day("required_by").unwrap_or(request.required_by),
        version: 1,
    };
    rules::line_is_sound(&line, call.today)?;
    Ok(line)
}

/// The key of what counts together at one school.
pub(crate) fn package_of(batch: Id, school: &str) -> Id {
    Id::named("package", &format!("{batch}/{school}"))
}

fn shares(tx: &mut Tx, call: &Call, request: &Request) -> Result<Shares> {
    let v = &call.values;
    let ldc = places::country(tx, &request.country)?.ldc;
    Ok(Shares {
        girls: v.opt_whole("girls"),
        rural: v.opt_whole("rural"),
        disability: v.opt_whole("disability"),
        displaced: v.opt_whole("displaced"),
        poor: v.opt_whole("poor"),
        ldc: ldc.map(|ldc| if ldc { 1000 } else { 0 }),
    })
}

/// The bits of conditions by their codes.
pub(super) fn conditions(tx: &mut Tx, codes: &[String]) -> Result<i64> {
    let mut bits = 0_i64;
    for (code, bit) in crate::terms::condition_bits(tx)? {
        if codes.contains(&code) {
            bits |= 1_i64.checked_shl(bit).unwrap_or(0);
        }
    }
    Ok(bits)
}

/// Where a line is needed.
struct Located {
    code: String,
    department: String,
    school: Option<String>,
    label: String,
    point: Option<(f64, f64)>,
}

fn located(tx: &mut Tx, call: &Call, request: &Request) -> Result<Located> {
    let code = call.values.text("place_code").to_uppercase();
    let unknown = |field: &str, key: &str, entered: &str| -> Error {
        Refusal::about(field, key)
            .with("entered", Arg::from(entered))
            .into()
    };
    let place = match places::place(tx, &code) {
        Ok(place) if place.country == request.country => place,
        Ok(_) | Err(Error::Missing) => {
            return Err(unknown("place_code", "needs-place-unknown", &code));
        }
        Err(other) => return Err(other),
    };
    let department = department_of(tx, &place)?;
    let Some(school_code) = opt(call.values.text("school_code")) else {
        let (code, label) = (place.code, place.name);
        return Ok(Located {
            code,
            department,
            school: None,
            label,
            point: None,
        });
    };
    let school = places::school_by_code(tx, &request.country, &school_code)?;
    let school =
        school.ok_or_else(|| unknown("school_code", "needs-school-unknown", &school_code))?;
    let point = school.point();
    Ok(Located {
        code: place.code,
        department,
        school: Some(school.code),
        label: school.name,
        point,
    })
}

/// The first-level area a place lies in; the country where only that is known.
fn department_of(tx: &mut Tx, place: &places::Place) -> Result<String> {
    if place.level == 1 {
        return Ok(place.code.clone());
    }
    let above = places::ancestors(tx, &place.code)?;
    let area = above.into_iter().find(|above| above.level == 1);
    Ok(area.map_or_else(|| place.country.clone(), |area| area.code))
}

/// What the form of a line shows before anything is entered.
pub(crate) fn prefill_line(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (line, _, _) = own_line(tx, ask)?;
    let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut entered = web::room::entered(&[
        ("quantity", &line.quantity.to_string()),
        ("place_code", &line.place),
        ("school_code", &text(&line.school)),
        ("audience", &line.audience),
        ("learners", &number(line.learners)),
        ("learners_method", &text(&line.learners_method)),
        ("learners_source", &text(&line.learners_source)),
        ("learners_as_of", &text(&line.learners_as_of)),
        ("girls", &number(line.shares.girls)),
        ("rural", &number(line.shares.rural)),
        ("disability", &number(line.shares.disability)),
        ("displaced", &number(line.shares.displaced)),
        ("poor", &number(line.shares.poor)),
        ("severity", &line.severity.to_string()),
        ("severity_method", &line.severity_method),
        ("urgency", crate::forms::urgency_code(line.urgency)),
        ("tier", &number(line.tier)),
        ("lang1", &line.lang1),
        ("lang2", &text(&line.lang2)),
        ("window_from", &line.window_from.to_string()),
        ("window_to", &line.window_to.to_string()),
        ("partners", &line.partners.to_string()),
        ("remote", &line.remote.to_string()),
        ("required_by", &line.required_by.to_string()),
        ("version", &line.version.to_string()),
    ]);
    for level in &line.levels {
        entered = entered.with("levels", level.as_str());
    }
    for (code, bit) in crate::terms::condition_bits(tx)? {
        if line.conditions & 1_i64.checked_shl(bit).unwrap_or(0) != 0 {
            entered = entered.with("conditions", code);
        }
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}
