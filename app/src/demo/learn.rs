//! Kenya's ministry opens its learning platform: a curriculum, a library, lessons; one school begins.

use super::calendar::go_to;
use super::cast::Cast;
use base::{Error, Id, Names, Result, Role};
use people::{NewAppointment, NewOrganisation};
use places::School;
use progress::DemoClass;
use serde_json::{Value, json};
use web::Site;

const COUNTRY: &str = "KE";
/// Kakuma Mixed, in the register: the school is real, its people are invented.
pub const SCHOOL: &str = "43605";
const OPENED: &str = "2027-04-21";
const IDENTIFIER: (&str, &str) = ("x-sample", "ministry-ke");

/// The ministry, its people and what they adopt.
///
/// # Errors
/// A refusal the story should not have met.
pub fn open(site: &Site, cast: &Cast) -> Result<()> {
    let (scheme, code) = IDENTIFIER;
    let known = site
        .db
        .read_now(move |tx| people::organisation_by_identifier(tx, scheme, code))?;
    if known.is_some() {
        return Ok(());
    }
    go_to(site, OPENED)?;
    let now = site.clock.now();
    let (officer, reviewer) = (cast.learning_officer, cast.reviewer);
    let signatory = cast.learning_signatory;
    site.db.write_now(move |tx| {
        let names = Names::three(
            "Sample ministry of education of Kenya (sample)",
            "Ministère de l’éducation du Kenya (exemple)",
            "وزارة التعليم في كينيا (مثال)",
        );
        let new = NewOrganisation {
            names,
            kind: "government".to_owned(),
            country: Some(COUNTRY.to_owned()),
            identifiers: vec![(scheme.to_owned(), code.to_owned())],
            website: None,
            sample: true,
        };
        let ministry = people::add_organisation(tx, &new, None, now)?;
        for (account, role) in [
            (officer, Role::LearningOfficer),
            (reviewer, Role::ResourceReviewer),
            (signatory, Role::AuthoritySignatory),
        ] {
            let new = NewAppointment {
                account,
                role,
                organisation: Some(ministry),
                country: Some(COUNTRY.to_owned()),
                places: Vec::new(),
                from_on: now.day(),
                to_on: None,
                basis: "accreditation",
            };
            people::appoint(tx, &new, None, now)?;
        }
        curricula::seed_demo(tx, COUNTRY, ministry, officer, signatory, now)?;
        lessons::seed_unit(tx, COUNTRY, Some(officer), now).map(drop)
    })?;
    let files = site.files.clone();
    site.db.write_now(move |tx| {
        resources::seed_demo(tx, &files, COUNTRY, (officer, reviewer), now)?;
        launch::seed_demo(tx, &files, COUNTRY, (officer, reviewer), now).map(drop)
    })
}

/// A school's people come, and a week of lessons is given and worked on.
///
/// # Errors
/// A refusal the story should not have met.
pub fn teach(site: &Site, _: &Cast) -> Result<()> {
    let (school, now) = (School::id_of(COUNTRY, SCHOOL), site.clock.now());
    let classes = site
        .db
        .read_now(move |tx| classes::classes_of_school(tx, school, now.day(), 1))?;
    if !classes.is_empty() {
        return Ok(());
    }
    site.db.write_now(move |tx| {
        let made = classes::seed_demo(tx, school, now)?;
        let (Some(class), Some(teacher), Some(learners)) = (
            made.classes.first(),
            made.teachers.first(),
            made.learners.first(),
        ) else {
            return Err(Error::fault("the demo's school has no class"));
        };
        let lessons: Vec<Id> = lessons::usable(tx, COUNTRY, None, Some("mathematics"), Some(4))?
            .into_iter()
            .map(|lesson| lesson.id)
            .collect();
        let demo = DemoClass {
            class: *class,
            teacher: *teacher,
            learners,
            lessons: &lessons,
        };
        progress::seed_demo(tx, &demo, now).map(drop)
    })
}

/// A sign-in link for the school's head, a teacher, a learner and their guardian, as paths.
///
/// # Errors
/// A fault of the database.
pub fn links(site: &Site) -> Result<Vec<(String, String)>> {
    let (school, now) = (School::id_of(COUNTRY, SCHOOL), site.clock.now());
    site.db.write_now(move |tx| {
        let today = now.day();
        let mut somebody = Vec::new();
        let head = classes::with_role(tx, school, Role::SchoolHead, today, 1)?;
        somebody.extend(head.first().map(|one| (Role::SchoolHead, one.id)));
        let all = classes::classes_of_school(tx, school, today, 50)?;
        if let Some(class) = all.iter().find(|class| class.grade == 4) {
            let teachers = classes::teachers(tx, class.id, today)?;
            somebody.extend(teachers.first().map(|one| (Role::Teacher, one.id)));
            for learner in classes::learners(tx, class.id, today)? {
                let guardians = classes::guardians_of(tx, learner.id)?;
                let verified = guardians.iter().find(|link| link.may_see);
                if let Some(guardian) = verified {
                    somebody.push((Role::Learner, learner.id));
                    somebody.push((Role::Guardian, guardian.guardian));
                    break;
                }
            }
        }
        let mut links = Vec::new();
        for (role, person) in somebody {
            let link = classes::sign_in_link(tx, person, now)?;
            links.push((role.code().to_owned(), link));
        }
        Ok(links)
    })
}

/// A key to the record store for other programs: its address below the site, name and secret.
///
/// # Errors
/// A fault of the database.
pub fn key(site: &Site, url: &str) -> Result<Value> {
    let now = site.clock.now();
    let name = format!("demo-{}", base::Uuid::new_v4().simple());
    let secret = base::Uuid::new_v4().simple().to_string();
    let (made, kept) = (name.clone(), secret.clone());
    site.db.write_now(move |tx| {
        let new = records::NewKey {
            name: &made,
            secret: &kept,
            label: "Demonstration",
            scopes: &[records::Scope::All],
            country: COUNTRY,
            ends_on: None,
        };
        records::add_key(tx, &new, None, now).map(drop)
    })?;
    Ok(json!({ "endpoint": format!("{url}/xapi/2.0"), "key": name, "secret": secret }))
}

/// A token with which a program imports and launches courses: where, and the token.
///
/// # Errors
/// A fault of the database.
pub fn token(site: &Site, url: &str) -> Result<Value> {
    let now = site.clock.now();
    let label = format!("Demonstration {}", base::Uuid::new_v4().simple());
    let token = site
        .db
        .write_now(move |tx| launch::add_key(tx, &label, COUNTRY, None, now))?;
    Ok(json!({ "endpoint": format!("{url}/launch/api"), "token": token }))
}
