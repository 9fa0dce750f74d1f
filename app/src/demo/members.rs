//! Members join and offer.

use super::calendar::go_to_day;
use super::cast::{self, Cast};
use super::sample::{self, Row, cell, codes};
use base::{Actor, Day, Error, Id, Lang, Names, Result};
use members::{Application, Contact, Finding, Person};
use std::collections::BTreeMap;
use web::Site;

/// Days between an application and its admission.
const DAYS_TO_ADMIT: i64 = 5;

/// Every sample member applies, is verified by one officer and admitted by another person.
///
/// # Errors
/// A refusal the story should not have met.
pub fn join(site: &Site, cast: &Cast) -> Result<()> {
    let mut rows = sample::members()?;
    rows.sort_by(|a, b| cell(a, "admitted_on").cmp(cell(b, "admitted_on")));
    for row in &rows {
        let name = cell(row, "name_en").to_owned();
        if site
            .db
            .read_now(move |tx| members::by_name(tx, &name))?
            .is_some()
        {
            continue;
        }
        admit(site, cast, row)?;
    }
    Ok(())
}

fn admit(site: &Site, cast: &Cast, row: &Row) -> Result<()> {
    if let Some(day) = Day::parse(cell(row, "admitted_on")) {
        go_to_day(site, day.plus(-DAYS_TO_ADMIT));
    }
    let application = application(site, row)?;
    let officer = cast::actor(site, cast.officer)?;
    let now = site.clock.now();
    let contact = application.contact_account();
    let membership = site
        .db
        .write_now(move |tx| members::apply(tx, &application, contact, now))?;
    let (by, start) = (officer.clone(), now.plus_seconds(3_600));
    site.db
        .write_now(move |tx| members::start_review(tx, membership, &by, start))?;
    for (hour, criterion) in criteria(site)?.into_iter().enumerate() {
        let finding = Finding {
            criterion,
            met: true,
            note: "Seen for the demonstration: the evidence is a sample.".to_owned(),
            evidence: "Sample evidence".to_owned(),
        };
        let by = officer.clone();
        let at = start.plus_seconds(600 * (i64::try_from(hour).unwrap_or(0) + 1));
        site.db
            .write_now(move |tx| members::verify(tx, membership, &finding, &by, at))?;
    }
    site.clock.advance_seconds(DAYS_TO_ADMIT * 86_400);
    let approver = cast::actor(site, cast.approver)?;
    let now = site.clock.now();
    site.db.write_now(move |tx| {
        members::admit(tx, membership, "All five criteria are met.", &approver, now)
    })?;
    Ok(())
}

/// The account that applies, as `members` takes it.
trait Applied {
    fn contact_account(&self) -> Option<Id>;
}
impl Applied for Application {
    fn contact_account(&self) -> Option<Id> {
        match &self.contact {
            Contact::Account(id) => Some(*id),
            Contact::Person(_) => None,
        }
    }
}

fn application(site: &Site, row: &Row) -> Result<Application> {
    let code = cell(row, "member_code").to_lowercase();
    let focal = cast::account(
        site,
        &format!("{code}.focal"),
        &format!("Focal point of {code} (sample)"),
        Lang::En,
    )?;
    let officer = format!("{code}.officer");
    cast::account(
        site,
        &officer,
        &format!("Officer of {code} (sample)"),
        Lang::En,
    )?;
    let answer = |principle: String| {
        (
            principle,
            "Yes: see our published policy (sample answer).".to_owned(),
        )
    };
    Ok(Application {
        names: three(row, "name"),
        kind: cell(row, "kind").to_owned(),
        country: Some(cell(row, "country").to_owned()).filter(|c| !c.is_empty()),
        website: None,
        identifiers: vec![(
            cell(row, "identifier_scheme").to_owned(),
            cell(row, "identifier").to_owned(),
        )],
        strengths: three(row, "strengths"),
        objectives: codes(row, "objectives"),
        obligations: terms(site, "obligations")?,
        do_no_harm: cell(row, "do_no_harm") == "1",
        principles: codes(row, "data_principles")
            .into_iter()
            .map(answer)
            .collect::<BTreeMap<_, _>>(),
        contact: Contact::Account(focal),
        officer: Some(Person {
            name: format!("Officer of {code} (sample)"),
            email: format!("{officer}@sample.example"),
        }),
        sample: true,
        lang: Lang::En,
    })
}

fn three(row: &Row, stem: &str) -> Names {
    let part = |lang: &str| cell(row, &format!("{stem}_{lang}")).to_owned();
    Names::three(&part("en"), &part("fr"), &part("ar"))
}

fn terms(site: &Site, vocabulary: &'static str) -> Result<Vec<String>> {
    site.db.read_now(move |tx| {
        Ok(catalogue::terms(tx, vocabulary)?
            .into_iter()
            .map(|term| term.code)
            .collect())
    })
}

fn criteria(site: &Site) -> Result<Vec<String>> {
    terms(site, "verification_criteria")
}

/// Every sample member's offers are brought in by file, checked by an officer, approved by another person.
///
/// # Errors
/// A refusal the story should not have met.
pub fn offer(site: &Site, cast: &Cast) -> Result<()> {
    let today = site.clock.now().day();
    if site
        .db
        .read_now(move |tx| offers::count_available(tx, today))?
        > 0
    {
        return Ok(());
    }
    site.clock.advance_seconds(3_600);
    let now = site.clock.now();
    let report = site.db.write_now(move |tx| {
        offers::import_file(
            tx,
            ("offers.csv", sample::OFFERS),
            &offers::Whose::Rows(None),
            now,
            false,
        )
    })?;
    if let Some(refused) = report.refused.first() {
        return Err(Error::fault(format!(
            "the sample offers are refused: {refused:?}"
        )));
    }
    let officer = cast::actor(site, cast.officer)?;
    let approver = cast::actor(site, cast.approver)?;
    for id in report.made {
        release(site, id, &officer, &approver)?;
    }
    Ok(())
}

fn release(site: &Site, id: Id, officer: &Actor, approver: &Actor) -> Result<()> {
    let offer = site.db.read_now(move |tx| offers::offer(tx, id))?;
    let organisation = offer.organisation;
    let today = site.clock.now().day();
    let focal = site.db.read_now(move |tx| {
        let all = people::appointed(
            tx,
            base::Role::MemberFocalPoint,
            Some(organisation),
            None,
            today,
        )?;
        all.first().copied().ok_or(Error::Missing)
    })?;
    let focal = cast::actor(site, focal)?;
    let (officer, approver, now) = (officer.clone(), approver.clone(), site.clock.now());
    site.db.write_now(move |tx| {
        offers::submit(tx, id, &focal, now)?;
        offers::check(
            tx,
            id,
            "The terms are whole.",
            &officer,
            now.plus_seconds(600),
        )?;
        offers::approve(tx, id, &approver, now.plus_seconds(1_200))
    })?;
    site.clock.advance_seconds(60);
    Ok(())
}
