//! Writing: everything of one school as OneRoster 1.2 CSV, row after row.

use crate::store;
use base::{Day, Error, Id, Lang, Moment, Result, Role};
use db::{Tx, args};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

type Zip = zip::ZipWriter<Cursor<Vec<u8>>>;

const MANIFEST: &[(&str, &str)] = &[
    ("manifest.version", "1.0"),
    ("oneroster.version", "1.2"),
    ("file.academicSessions", "bulk"),
    ("file.categories", "absent"),
    ("file.classes", "bulk"),
    ("file.classResources", "absent"),
    ("file.courses", "bulk"),
    ("file.courseResources", "absent"),
    ("file.demographics", "bulk"),
    ("file.enrollments", "bulk"),
    ("file.lineItemLearningObjectiveIds", "absent"),
    ("file.lineItems", "absent"),
    ("file.lineItemScoreScales", "absent"),
    ("file.orgs", "bulk"),
    ("file.resources", "absent"),
    ("file.resultLearningObjectiveIds", "absent"),
    ("file.results", "absent"),
    ("file.resultScoreScales", "absent"),
    ("file.roles", "bulk"),
    ("file.scoreScales", "absent"),
    ("file.userProfiles", "absent"),
    ("file.userResources", "absent"),
    ("file.users", "bulk"),
    ("source.systemName", "Harambee"),
    ("source.systemCode", "harambee"),
];

fn file(
    zip: &mut Zip,
    name: &str,
    head: &[&str],
    fill: &mut dyn FnMut(&mut csv::Writer<Vec<u8>>) -> Result<()>,
) -> Result<()> {
    zip.start_file(name, SimpleFileOptions::default())
        .map_err(Error::fault)?;
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    out.write_record(head).map_err(Error::fault)?;
    fill(&mut out)?;
    let bytes = out.into_inner().map_err(|e| Error::fault(e.to_string()))?;
    zip.write_all(&bytes).map_err(Error::fault)
}

fn row(out: &mut csv::Writer<Vec<u8>>, cells: &[&str]) -> Result<()> {
    out.write_record(cells).map_err(Error::fault)
}

fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

const fn role_code(role: Role) -> &'static str {
    match role {
        Role::Learner => "student",
        Role::SchoolHead => "principal",
        Role::Guardian => "guardian",
        _ => "teacher",
    }
}

/// A grade as OneRoster writes it.
pub(super) fn grade(grade: i64) -> String {
    if grade == 0 {
        "KG".to_owned()
    } else {
        format!("{grade:02}")
    }
}

struct One {
    id: Id,
    given: String,
    family: String,
    user_name: String,
    year: Option<i64>,
    sex: String,
}

/// Everything of a school.
///
/// # Errors
/// A fault of the database.
pub(crate) fn write(tx: &mut Tx, school: &places::School, now: Moment) -> Result<Vec<u8>> {
    let mut zip = Zip::new(Cursor::new(Vec::new()));
    let today = now.day();
    let org = school.id().to_string();
    file(
        &mut zip,
        "manifest.csv",
        &["propertyName", "value"],
        &mut |out| {
            MANIFEST
                .iter()
                .try_for_each(|(name, value)| row(out, &[name, value]))
        },
    )?;
    file(
        &mut zip,
        "orgs.csv",
        &[
            "sourcedId",
            "status",
            "dateLastModified",
            "name",
            "type",
            "identifier",
            "parentSourcedId",
        ],
        &mut |out| {
            row(
                out,
                &[&org, "", "", &school.name, "school", &school.code, ""],
            )
        },
    )?;
    let classes = store::classes::of_school(tx, school.id(), today, (-1, "", None), 100_000)?;
    write_classes(&mut zip, &org, &classes)?;
    write_people(tx, &mut zip, school.id(), &org)?;
    let head = [
        "sourcedId",
        "status",
        "dateLastModified",
        "classSourcedId",
        "schoolSourcedId",
        "userSourcedId",
        "role",
        "primary",
        "beginDate",
        "endDate",
    ];
    file(&mut zip, "enrollments.csv", &head, &mut |out| {
        for class in &classes {
            tx.each(
                "SELECT id, person_id, role, from_on, to_on FROM school_enrolment WHERE class_id = $1 ORDER BY role, sort_key, id",
                &args![class.id],
                &mut |line| {
                    let mut r = line.read();
                    let (id, person) = (r.id()?.to_string(), r.id()?.to_string());
                    let role = Role::parse(r.str()?).map_or("student", role_code);
                    let (from, to) = (r.day()?.to_string(), day(r.opt_day()?));
                    row(out, &[&id, "", "", &class.id.to_string(), &org, &person, role, "", &from, &to])
                },
            )?;
        }
        Ok(())
    })?;
    Ok(zip.finish().map_err(Error::fault)?.into_inner())
}

fn write_classes(zip: &mut Zip, org: &str, classes: &[crate::person::Class]) -> Result<()> {
    // One term for each year or term the classes speak of.
    let mut terms: Vec<(String, String, Day, Day)> = Vec::new();
    for class in classes {
        let id = Id::named(
            "school term",
            &format!("{org} {} {} {}", class.session, class.days.0, class.days.1),
        )
        .to_string();
        if !terms.iter().any(|t| t.0 == id) {
            terms.push((id, class.session.clone(), class.days.0, class.days.1));
        }
    }
    let head = [
        "sourcedId",
        "status",
        "dateLastModified",
        "title",
        "type",
        "startDate",
        "endDate",
        "parentSourcedId",
        "schoolYear",
    ];
    file(zip, "academicSessions.csv", &head, &mut |out| {
        terms.iter().try_for_each(|(id, title, first, last)| {
            let year = last.parts().0.to_string();
            row(
                out,
                &[
                    id,
                    "",
                    "",
                    title,
                    "schoolYear",
                    &first.to_string(),
                    &last.to_string(),
                    "",
                    &year,
                ],
            )
        })
    })?;
    let head = [
        "sourcedId",
        "status",
        "dateLastModified",
        "schoolYearSourcedId",
        "title",
        "courseCode",
        "grades",
        "orgSourcedId",
        "subjects",
        "subjectCodes",
    ];
    let course = |class: &crate::person::Class| {
        Id::named("school course", &format!("{org} {}", class.grade)).to_string()
    };
    file(zip, "courses.csv", &head, &mut |out| {
        let mut written = Vec::new();
        for class in classes {
            let id = course(class);
            if !written.contains(&id) {
                let grade = grade(class.grade);
                row(out, &[&id, "", "", "", &grade, "", &grade, org, "", ""])?;
                written.push(id);
            }
        }
        Ok(())
    })?;
    let head = [
        "sourcedId",
        "status",
        "dateLastModified",
        "title",
        "grades",
        "courseSourcedId",
        "classCode",
        "classType",
        "location",
        "schoolSourcedId",
        "termSourcedIds",
        "subjects",
        "subjectCodes",
        "periods",
    ];
    file(zip, "classes.csv", &head, &mut |out| {
        classes.iter().try_for_each(|class| {
            let term = Id::named(
                "school term",
                &format!("{org} {} {} {}", class.session, class.days.0, class.days.1),
            )
            .to_string();
            let title = class.names.get(Lang::En);
            let cells = [
                &class.id.to_string(),
                "",
                "",
                title,
                &grade(class.grade),
                &course(class),
                &class.code,
                "homeroom",
                "",
                org,
                &term,
                &class.subjects.join(","),
                "",
                "",
            ];
            row(out, &cells)
        })
    })
}

fn write_people(tx: &mut Tx, zip: &mut Zip, school: Id, org: &str) -> Result<()> {
    let mut people: Vec<One> = Vec::new();
    let mut agents: std::collections::BTreeMap<Id, Vec<String>> = std::collections::BTreeMap::new();
    tx.each(
        "SELECT guardian_id, learner_id FROM school_guardian WHERE school_id = $1 AND ended_at IS NULL ORDER BY id",
        &args![school],
        &mut |line| {
            let mut r = line.read();
            let guardian = r.id()?.to_string();
            agents.entry(r.id()?).or_default().push(guardian);
            Ok(())
        },
    )?;
    let head = [
        "sourcedId",
        "status",
        "dateLastModified",
        "userSourcedId",
        "roleType",
        "role",
        "beginDate",
        "endDate",
        "orgSourcedId",
        "userProfileSourcedId",
    ];
    file(zip, "roles.csv", &head, &mut |out| {
        tx.each(
            "SELECT r.id, r.role, r.from_on, r.to_on, p.id, p.given, p.family, p.user_name, p.birth_year, p.sex \
             FROM school_role r JOIN school_person p ON p.id = r.person_id WHERE r.school_id = $1 ORDER BY r.role, r.sort_key, r.id",
            &args![school],
            &mut |line| {
                let mut r = line.read();
                let id = r.id()?.to_string();
                let role = Role::parse(r.str()?).map_or("student", role_code);
                let (from, to) = (r.day()?.to_string(), day(r.opt_day()?));
                let one = One {
                    id: r.id()?,
                    given: r.text()?,
                    family: r.text()?,
                    user_name: r.opt_text()?.unwrap_or_default(),
                    year: r.opt_int()?,
                    sex: r.opt_text()?.unwrap_or_default(),
                };
                row(out, &[&id, "", "", &one.id.to_string(), "primary", role, &from, &to, org, ""])?;
                people.push(one);
                Ok(())
            },
        )
    })?;
    people.sort_by_key(|one| one.id);
    people.dedup_by_key(|one| one.id);
    let head = [
        "sourcedId",
        "status",
        "dateLastModified",
        "enabledUser",
        "username",
        "userIds",
        "givenName",
        "familyName",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "agentSourcedIds",
        "grades",
        "password",
        "userMasterIdentifier",
        "resourceSourcedIds",
        "preferredGivenName",
        "preferredMiddleName",
        "preferredFamilyName",
        "primaryOrgSourcedId",
        "pronouns",
    ];
    file(zip, "users.csv", &head, &mut |out| {
        people.iter().try_for_each(|p| {
            let agents = agents.get(&p.id).map(|a| a.join(",")).unwrap_or_default();
            let cells = [
                &p.id.to_string(),
                "",
                "",
                "true",
                &p.user_name,
                "",
                &p.given,
                &p.family,
                "",
                "",
                "",
                "",
                "",
                &agents,
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                org,
                "",
            ];
            row(out, &cells)
        })
    })?;
    let head = [
        "sourcedId",
        "status",
        "dateLastModified",
        "birthDate",
        "sex",
        "americanIndianOrAlaskaNative",
        "asian",
        "blackOrAfricanAmerican",
        "nativeHawaiianOrOtherPacificIslander",
        "white",
        "demographicRaceTwoOrMoreRaces",
        "hispanicOrLatinoEthnicity",
        "countryOfBirthCode",
        "stateOfBirthAbbreviation",
        "cityOfBirth",
        "publicSchoolResidenceStatus",
    ];
    file(zip, "demographics.csv", &head, &mut |out| {
        // Only the year of birth is known: the first of January stands for it.
        people.iter().try_for_each(|p| {
            let born = p.year.map(|y| format!("{y}-01-01")).unwrap_or_default();
            row(
                out,
                &[
                    &p.id.to_string(),
                    "",
                    "",
                    &born,
                    &p.sex,
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                ],
            )
        })
    })
}
