//! A country's own licences: added with their terms, closed with a reason, never changed in between.
//!
//! What is kept under one carries its terms, so a work given to the country stays what it was given as.

use crate::licence::{Duty, Licence, Use, licence};
use crate::store::{barred, terms as codes, unbarred};
use base::{Actor, Error, Id, Moment, Names, Refusal, Refusals, Result, Role};
use db::{Row, Tx, Val, args};
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choice, Choices, Done, Field, Form, Prefill, Who};

db::table!(
    /// The countries' own licences.
    NATIONAL = "national_licence" key 1 {
        id: Id, country: Text, code: Text, names: Text, url: Text, terms: Text, made_by: Id,
        made_at: Int, closed_by: Id, closed_at: Int, reason: Text, version: Int,
    }
);

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
/// Licences of one country that lists and forms show.
const MOST: usize = 100;

/// A licence of a country.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct National {
    pub id: Id,
    pub country: String,
    pub code: String,
    pub names: Names,
    pub url: String,
    pub permits: Vec<Use>,
    pub duties: Vec<Duty>,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub closed_by: Option<Id>,
    pub closed_at: Option<Moment>,
    pub reason: Option<String>,
    pub version: i64,
}

impl National {
    /// The same as every gate reads it.
    pub(crate) fn licence(&self) -> Licence {
        Licence::of_terms(&self.code, &self.permits, &self.duties).called(&self.names, &self.url)
    }
}

// ---- kept

macro_rules! columns {
    ($rest:expr) => {
        concat!(
            "SELECT id, country, code, names, url, terms, made_by, made_at, closed_by, closed_at, reason, \
             version FROM national_licence ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<National> {
    let mut r = row.read();
    let (id, country, code) = (r.id()?, r.text()?, r.text()?);
    let (names, url, terms) = (r.names()?, r.text()?, unbarred(r.str()?));
    Ok(National {
        id,
        country,
        code,
        names,
        url,
        permits: terms.iter().filter_map(|code| Use::parse(code)).collect(),
        duties: terms.iter().filter_map(|code| Duty::parse(code)).collect(),
        made_by: r.opt_id()?,
        made_at: r.moment()?,
        closed_by: r.opt_id()?,
        closed_at: r.opt_moment()?,
        reason: r.opt_text()?,
        version: r.int()?,
    })
}

fn values(one: &National) -> Vec<Val> {
    vec![
        one.id.into(),
        (&one.country).into(),
        (&one.code).into(),
        (&one.names).into(),
        (&one.url).into(),
        barred(codes(&one.permits, &one.duties)).into(),
        one.made_by.into(),
        one.made_at.into(),
        one.closed_by.into(),
        one.closed_at.into(),
        one.reason.clone().into(),
        one.version.into(),
    ]
}

/// The country's licence of a code.
pub(crate) fn find(tx: &mut Tx, code: &str) -> Result<Option<National>> {
    if licence(code).is_some() {
        return Ok(None);
    }
    let row = tx.row(columns!("WHERE code = $1"), &args![code])?;
    row.as_ref().map(read).transpose()
}

/// Every licence of every country, by country and code.
pub(crate) fn all(tx: &mut Tx) -> Result<Vec<National>> {
    let rows = tx.rows(columns!("ORDER BY country, code, id LIMIT 2000"), &[])?;
    rows.iter().map(read).collect()
}

/// The licences of the actor's countries that may still be chosen.
///
/// # Errors
/// A fault of the database.
pub fn open_to(tx: &mut Tx, actor: Option<&Actor>) -> Result<Vec<Licence>> {
    let mut countries: Vec<&String> = actor
        .iter()
        .flat_map(|actor| &actor.appointments)
        .filter_map(|held| held.country.as_ref())
        .collect();
    countries.sort_unstable();
    countries.dedup();
    let mut open = Vec::new();
    for country in countries {
        let rows = tx.rows(
            columns!("WHERE country = $1 AND closed_at IS NULL ORDER BY code, id LIMIT 100"),
            &args![country],
        )?;
        for row in &rows {
            open.push(read(row)?.licence());
        }
    }
    Ok(open)
}

/// The licence of a code, a country's own too.
///
/// # Errors
/// A fault of the database.
pub fn terms(tx: &mut Tx, code: &str) -> Result<Option<Licence>> {
    match licence(code) {
        Some(known) => Ok(Some(known.clone())),
        None => Ok(find(tx, code)?.map(|one| one.licence())),
    }
}

// ---- decided

/// Everything wrong with a licence before it is added.
fn faults(one: &National, there: usize) -> Refusals {
    let mut no = Refusals::default();
    let start = format!("{}-", one.country);
    let rest = one.code.strip_prefix(&start).unwrap_or_default();
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "-.".contains(c);
    if rest.is_empty() || !rest.chars().all(plain) {
        let refusal = Refusal::about("licence_code", "licence-code-form");
        no.push(refusal.with("start", start.as_str()));
    }
    no.unless(
        one.permits.contains(&Use::Show),
        "licence_permits",
        "licence-shows-nothing",
    );
    no.unless(
        one.permits.contains(&Use::Change) || !one.duties.contains(&Duty::ShareAlike),
        "licence_duties",
        "licence-share-alike-unchanged",
    );
    no.unless(
        one.url.is_empty() || one.url.starts_with("https://") || one.url.starts_with("http://"),
        "licence_url",
        "licence-url-form",
    );
    no.unless(there < MOST, "", "licence-too-many");
    no
}

fn tell(tx: &mut Tx, actor: &Actor, now: Moment, verb: &'static str, one: &National) -> Result<()> {
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        verb,
        ("national_licence", one.id),
        json!({"code": one.code, "country": one.country}),
    )
}

fn may(actor: &Actor, country: &str) -> Result<()> {
    if actor.is_in(Role::LearningOfficer, country) {
        Ok(())
    } else {
        Err(Error::Forbidden(Role::LearningOfficer.code()))
    }
}

// ---- asked on the web

/// The acts on a country's licences.
pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act {
            name: "licence-new",
            path: "/resources/licences/new",
            who: OFFICER,
            form: new_form,
            prefill: Some(before_new),
            prepare: None,
            run: new,
        },
        Act {
            name: "licence-closing",
            path: "/resources/licences/{id}/closing",
            who: OFFICER,
            form: closing_form,
            prefill: Some(beside),
            prepare: None,
            run: close,
        },
    ]
}

/// The countries for whose libraries the actor answers.
fn countries(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut list: Vec<Choice> = Vec::new();
    for held in &ask.actor()?.appointments {
        let (Role::LearningOfficer, Some(code)) = (held.role, &held.country) else {
            continue;
        };
        if !list.iter().any(|one| one.code == *code) {
            list.push(Choice {
                code: code.clone(),
                label: places::country_name(tx, code, ask.words.lang())?,
            });
        }
    }
    Ok(list)
}

fn new_form() -> Form {
    vec![
        Field::choice("licence_country", Choices::Listed(countries)),
        Field::text("licence_code").max(40).public(),
        Field::names("licence_names").max(120).public(),
        Field::text("licence_url").max(300).optional().public(),
        Field::many(
            "licence_permits",
            Choices::Fixed("resource-use", Use::CODES),
        ),
        Field::many(
            "licence_duties",
            Choices::Fixed("licence-duty", Duty::CODES),
        )
        .optional(),
    ]
}

fn closing_form() -> Form {
    vec![Field::words("reason").max(1_000).public()]
}

fn before_new(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut entered = web::Entered::default();
    if let [one] = countries(tx, ask)?.as_slice() {
        entered = entered
            .with("licence_country", one.code.as_str())
            .with("licence_code", format!("{}-", one.code));
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn held(tx: &mut Tx, ask: &Ask) -> Result<National> {
    read(&tx.one(columns!("WHERE id = $1 FOR UPDATE"), &args![ask.id("id")?])?)
}

fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let one = read(&tx.one(columns!("WHERE id = $1"), &args![ask.id("id")?])?)?;
    Ok(Prefill {
        beside: html!(
            "<p>{} · {}</p>",
            one.licence().name(ask.words.lang()),
            one.code
        ),
        ..Prefill::default()
    })
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (v, actor) = (&call.values, call.actor()?);
    let country = v.text("licence_country").to_owned();
    may(actor, &country)?;
    let one = National {
        id: Id::new(call.now),
        code: v.text("licence_code").trim().to_uppercase(),
        names: v.names("licence_names"),
        url: v.text("licence_url").trim().to_owned(),
        permits: v
            .many("licence_permits")
            .iter()
            .filter_map(|code| Use::parse(code))
            .collect(),
        duties: v
            .many("licence_duties")
            .iter()
            .filter_map(|code| Duty::parse(code))
            .collect(),
        made_by: Some(actor.account),
        made_at: call.now,
        closed_by: None,
        closed_at: None,
        reason: None,
        version: 1,
        country,
    };
    let there = all(tx)?
        .iter()
        .filter(|old| old.country == one.country)
        .count();
    faults(&one, there).or(())?;
    let taken =
        Refusal::about("licence_code", "licence-code-taken").with("code", one.code.as_str());
    if licence(&one.code).is_some() {
        return Err(taken.into());
    }
    db::on_unique(
        tx.add(&NATIONAL, values(&one)),
        "national_licence.code",
        taken,
    )?;
    tell(tx, actor, call.now, "resources.licence-added", &one)?;
    Ok(Done::see("/resources/licences")
        .with(json!({"id": one.id, "code": one.code}))
        .notice("licence-added"))
}

fn close(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let mut one = held(tx, call)?;
    may(actor, &one.country)?;
    if one.closed_at.is_some() {
        return Err(Refusal::whole("licence-is-closed").into());
    }
    one.closed_at = Some(call.now);
    one.closed_by = Some(actor.account);
    one.reason = Some(call.values.text("reason").to_owned());
    let seen = one.version;
    tx.change(&NATIONAL, values(&one), seen)?;
    tell(tx, actor, call.now, "resources.licence-closed", &one)?;
    Ok(Done::see("/resources/licences")
        .with(json!({"id": one.id, "code": one.code}))
        .notice("licence-closed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(code: &str, permits: &[Use], duties: &[Duty]) -> National {
        National {
            id: Id::named("licence", code),
            country: "KE".to_owned(),
            code: code.to_owned(),
            names: Names::one("en", "For schools"),
            url: String::new(),
            permits: permits.to_vec(),
            duties: duties.to_vec(),
            made_by: None,
            made_at: Moment::from_micros(1),
            closed_by: None,
            closed_at: None,
            reason: None,
            version: 1,
        }
    }
    fn keys(one: &National) -> Vec<String> {
        let all = faults(one, 0).0;
        all.into_iter().map(|refusal| refusal.key).collect()
    }

    #[test]
    fn a_licence_says_what_it_lets_and_every_fault_is_named() {
        let good = one("KE-OER-1.0", &[Use::Show, Use::Print], &[Duty::Credit]);
        assert!(keys(&good).is_empty());
        let read = good.licence();
        assert!(read.may_show && read.may_print && !read.may_change && !read.may_pass_on);
        assert!(read.credit && !read.share_alike && read.name(base::Lang::Fr) == "For schools");
        let bad = one("UG open", &[Use::Print], &[Duty::ShareAlike]);
        let want = [
            "licence-code-form",
            "licence-shows-nothing",
            "licence-share-alike-unchanged",
        ];
        assert_eq!(keys(&bad), want);
        assert!(keys(&one("KE-", &[Use::Show], &[])).contains(&want[0].to_owned()));
        assert_eq!(faults(&good, MOST).0.len(), 1);
    }
}
