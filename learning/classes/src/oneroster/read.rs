//! Reading: bytes in, a roster or every reason out. No database, no clock.

use super::roster::{Enrolled, Given, Group, Org, Roster, User};
use base::{Day, Role};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read};

/// Bytes one file may unpack to, and all of them.
const FILE_MAX: u64 = 150_000_000;
const ALL_MAX: u64 = 400_000_000;
/// The rows of one file, found by the names of their columns.
struct Table {
    name: &'static str,
    columns: HashMap<String, usize>,
    rows: Vec<(i64, csv::StringRecord)>,
}

impl Table {
    fn get<'a>(&self, record: &'a csv::StringRecord, column: &str) -> &'a str {
        let at = self.columns.get(column).copied();
        at.and_then(|at| record.get(at)).unwrap_or("").trim()
    }
}

/// Reads a zip.
pub(crate) fn read(bytes: &[u8]) -> Roster {
    let mut roster = Roster::default();
    let files = match unpack(bytes) {
        Ok(files) => files,
        Err(key) => {
            roster.refuse(("", 0), "", key, "");
            return roster;
        }
    };
    let Some(wanted) = manifest(&mut roster, &files) else {
        return roster;
    };
    let open = |name: &'static str,
                columns: &[&str],
                needed: bool,
                roster: &mut Roster|
     -> Option<Table> {
        match (files.get(name), wanted.contains(name)) {
            (Some(bytes), true) => table(roster, name, bytes, columns),
            (None, true) => {
                roster.refuse((name, 0), "", "roster-file-missing", name);
                None
            }
            (_, false) if needed => {
                roster.refuse((name, 0), "", "roster-file-needed", name);
                None
            }
            _ => None,
        }
    };
    let orgs = open(
        "orgs.csv",
        &["sourcedId", "name", "type"],
        true,
        &mut roster,
    );
    let sessions = open(
        "academicSessions.csv",
        &["sourcedId", "title", "startDate", "endDate"],
        true,
        &mut roster,
    );
    let courses = open("courses.csv", &["sourcedId", "title"], false, &mut roster);
    let classes = open(
        "classes.csv",
        &["sourcedId", "title", "schoolSourcedId", "termSourcedIds"],
        true,
        &mut roster,
    );
    let users = open(
        "users.csv",
        &["sourcedId", "givenName", "familyName"],
        true,
        &mut roster,
    );
    let roles = open(
        "roles.csv",
        &["userSourcedId", "role", "orgSourcedId"],
        true,
        &mut roster,
    );
    let enrolments = open(
        "enrollments.csv",
        &["classSourcedId", "userSourcedId", "role"],
        true,
        &mut roster,
    );
    let people = open("demographics.csv", &["sourcedId"], false, &mut roster);

    read_orgs(&mut roster, orgs.as_ref());
    let sessions = read_sessions(&mut roster, sessions.as_ref());
    let courses = read_courses(courses.as_ref());
    read_classes(&mut roster, classes.as_ref(), &sessions, &courses);
    read_users(&mut roster, users.as_ref(), people.as_ref());
    let known: BTreeSet<String> = roster.users.iter().map(|u| u.id.clone()).collect();
    read_roles(&mut roster, roles.as_ref(), &known);
    read_enrolments(&mut roster, enrolments.as_ref(), &known);
    roster
}

fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, &'static str> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| "roster-not-a-zip")?;
    if zip.len() > 200 {
        return Err("roster-too-many-files");
    }
    let (mut files, mut all) = (BTreeMap::new(), 0_u64);
    for at in 0..zip.len() {
        let entry = zip.by_index(at).map_err(|_| "roster-not-a-zip")?;
        let name = entry.name().map_err(|_| "roster-not-a-zip")?;
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        if !name.ends_with(".csv") {
            continue;
        }
        let mut text = Vec::new();
        entry
            .take(FILE_MAX + 1)
            .read_to_end(&mut text)
            .map_err(|_| "roster-not-a-zip")?;
        all += text.len() as u64;
        if text.len() as u64 > FILE_MAX || all > ALL_MAX {
            return Err("roster-too-large");
        }
        files.insert(name, text);
    }
    Ok(files)
}

/// The files the manifest says are there.
fn manifest(roster: &mut Roster, files: &BTreeMap<String, Vec<u8>>) -> Option<BTreeSet<String>> {
    let Some(bytes) = files.get("manifest.csv") else {
        roster.refuse(
            ("manifest.csv", 0),
            "",
            "roster-file-missing",
            "manifest.csv",
        );
        return None;
    };
    let table = table(roster, "manifest.csv", bytes, &["propertyName", "value"])?;
    let mut wanted = BTreeSet::new();
    let mut version = String::new();
    for (row, record) in &table.rows {
        let (name, value) = (
            table.get(record, "propertyName"),
            table.get(record, "value"),
        );
        if name == "oneroster.version" {
            value.clone_into(&mut version);
        }
        let Some(file) = name.strip_prefix("file.") else {
            continue;
        };
        match value {
            "bulk" | "delta" => {
                wanted.insert(format!("{file}.csv"));
            }
            "absent" => {}
            other => roster.refuse(
                ("manifest.csv", *row),
                "value",
                "roster-manifest-value",
                other,
            ),
        }
    }
    if !version.starts_with("1.2") {
        roster.refuse(
            ("manifest.csv", 0),
            "oneroster.version",
            "roster-version",
            &version,
        );
        return None;
    }
    Some(wanted)
}

fn table(roster: &mut Roster, name: &'static str, bytes: &[u8], needed: &[&str]) -> Option<Table> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let head = match reader.headers() {
        Ok(head) => head.clone(),
        Err(_) => {
            roster.refuse((name, 1), "", "roster-not-readable", "");
            return None;
        }
    };
    let columns: HashMap<String, usize> = head
        .iter()
        .enumerate()
        .map(|(at, c)| (c.trim().to_owned(), at))
        .collect();
    let missing: Vec<&&str> = needed
        .iter()
        .filter(|c| !columns.contains_key(**c))
        .collect();
    for column in &missing {
        roster.refuse((name, 1), column, "roster-column-missing", column);
    }
    if !missing.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for (record, row) in reader.records().zip(2_i64..) {
        match record {
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(record) if record.len() != head.len() => {
                roster.refuse(
                    (name, row),
                    "",
                    "roster-row-length",
                    &record.len().to_string(),
                );
            }
            Ok(record) => rows.push((row, record)),
            Err(_) => roster.refuse((name, row), "", "roster-not-readable", ""),
        }
    }
    Some(Table {
        name,
        columns,
        rows,
    })
}

/// The id of a row, told apart from the others; whether the row says it is to be deleted.
fn identity(
    roster: &mut Roster,
    table: &Table,
    row: i64,
    record: &csv::StringRecord,
    seen: &mut BTreeSet<String>,
) -> Option<(String, bool)> {
    let id = table.get(record, "sourcedId");
    if id.is_empty() || id.len() > 255 {
        roster.refuse((table.name, row), "sourcedId", "roster-id-missing", id);
        return None;
    }
    if !seen.insert(id.to_owned()) {
        roster.refuse((table.name, row), "sourcedId", "roster-id-twice", id);
        return None;
    }
    match table.get(record, "status") {
        "" | "active" => Some((id.to_owned(), false)),
        "tobedeleted" => Some((id.to_owned(), true)),
        other => {
            roster.refuse((table.name, row), "status", "roster-status", other);
            None
        }
    }
}

fn day(
    roster: &mut Roster,
    table: &Table,
    row: i64,
    record: &csv::StringRecord,
    column: &str,
) -> Option<Day> {
    let text = table.get(record, column);
    if text.is_empty() {
        return None;
    }
    let day = Day::parse(text.get(..10).unwrap_or(text));
    if day.is_none() {
        roster.refuse((table.name, row), column, "roster-not-a-day", text);
    }
    day
}

fn read_orgs(roster: &mut Roster, table: Option<&Table>) {
    let Some(table) = table else { return };
    let mut seen = BTreeSet::new();
    for (row, record) in &table.rows {
        let Some((id, gone)) = identity(roster, table, *row, record, &mut seen) else {
            continue;
        };
        let kind = table.get(record, "type");
        if ![
            "department",
            "school",
            "district",
            "local",
            "state",
            "national",
        ]
        .contains(&kind)
        {
            roster.refuse((table.name, *row), "type", "roster-org-type", kind);
        } else if !gone {
            let identifier = table.get(record, "identifier");
            let org = Org {
                name: table.get(record, "name").to_owned(),
                kind: kind.to_owned(),
                identifier: if identifier.is_empty() {
                    id.clone()
                } else {
                    identifier.to_owned()
                },
                row: *row,
            };
            roster.orgs.insert(id, org);
        }
    }
}

type Sessions = HashMap<String, (String, Day, Day)>;

fn read_sessions(roster: &mut Roster, table: Option<&Table>) -> Sessions {
    let mut found = Sessions::new();
    let Some(table) = table else { return found };
    let mut seen = BTreeSet::new();
    for (row, record) in &table.rows {
        let Some((id, gone)) = identity(roster, table, *row, record, &mut seen) else {
            continue;
        };
        let first = day(roster, table, *row, record, "startDate");
        let last = day(roster, table, *row, record, "endDate");
        match (first, last) {
            (Some(first), Some(last)) if first <= last => {
                if !gone {
                    found.insert(id, (table.get(record, "title").to_owned(), first, last));
                }
            }
            (Some(_), Some(last)) => roster.refuse(
                (table.name, *row),
                "endDate",
                "roster-days-order",
                &last.to_string(),
            ),
            _ => roster.refuse((table.name, *row), "startDate", "roster-days-missing", &id),
        }
    }
    found
}

fn read_courses(table: Option<&Table>) -> HashMap<String, (String, String)> {
    let Some(table) = table else {
        return HashMap::new();
    };
    let row = |(_, record): &(i64, csv::StringRecord)| {
        let get = |column| table.get(record, column).to_owned();
        (get("sourcedId"), (get("grades"), get("subjects")))
    };
    table.rows.iter().map(row).collect()
}

/// A grade as OneRoster writes it: `KG`, `01` … `13`.
pub(crate) fn grade(text: &str) -> Option<i64> {
    let first = text.split(',').next().unwrap_or_default().trim();
    match first {
        "IT" | "PR" | "PK" | "TK" | "KG" => Some(0),
        number => number.parse().ok().filter(|g| (0..=13).contains(g)),
    }
}

fn subjects(text: &str) -> Vec<String> {
    let known = |part: &str| {
        let folded = base::fold(part).replace(' ', "_");
        curricula::SUBJECTS
            .iter()
            .find(|s| **s == folded)
            .map(|s| (*s).to_owned())
    };
    text.split(',').filter_map(known).collect()
}

fn read_classes(
    roster: &mut Roster,
    table: Option<&Table>,
    sessions: &Sessions,
    courses: &HashMap<String, (String, String)>,
) {
    let Some(table) = table else { return };
    let mut seen = BTreeSet::new();
    for (row, record) in &table.rows {
        let Some((id, gone)) = identity(roster, table, *row, record, &mut seen) else {
            continue;
        };
        if gone {
            roster.leave("roster-left-class");
            continue;
        }
        let school = table.get(record, "schoolSourcedId");
        if !roster.orgs.contains_key(school) {
            roster.refuse(
                (table.name, *row),
                "schoolSourcedId",
                "roster-unknown-org",
                school,
            );
            continue;
        }
        let course = courses.get(table.get(record, "courseSourcedId"));
        let own = |column: &str, of_course: Option<&String>| {
            let text = table.get(record, column);
            if text.is_empty() {
                of_course.cloned().unwrap_or_default()
            } else {
                text.to_owned()
            }
        };
        let (grades, taught) = (
            own("grades", course.map(|c| &c.0)),
            own("subjects", course.map(|c| &c.1)),
        );
        let Some(grade) = grade(&grades) else {
            roster.refuse((table.name, *row), "grades", "roster-grade", &grades);
            continue;
        };
        let terms: Vec<&(String, Day, Day)> = table
            .get(record, "termSourcedIds")
            .split(',')
            .filter_map(|t| sessions.get(t.trim()))
            .collect();
        let (first, last) = (
            terms.iter().map(|t| t.1).min(),
            terms.iter().map(|t| t.2).max(),
        );
        let (Some(first), Some(last)) = (first, last) else {
            roster.refuse(
                (table.name, *row),
                "termSourcedIds",
                "roster-unknown-term",
                table.get(record, "termSourcedIds"),
            );
            continue;
        };
        roster.classes.push(Group {
            id,
            title: table.get(record, "title").to_owned(),
            grade,
            subjects: subjects(&taught),
            school: school.to_owned(),
            session: terms.first().map(|t| t.0.clone()).unwrap_or_default(),
            days: (first, last),
        });
    }
}

fn read_users(roster: &mut Roster, table: Option<&Table>, people: Option<&Table>) {
    let Some(table) = table else { return };
    let mut about: HashMap<String, (Option<i64>, Option<String>)> = HashMap::new();
    if let Some(people) = people {
        for (row, record) in &people.rows {
            let year =
                day(roster, people, *row, record, "birthDate").map(|d| i64::from(d.parts().0));
            let sex = Some(people.get(record, "sex"))
                .filter(|s| ["female", "male"].contains(s))
                .map(str::to_owned);
            about.insert(people.get(record, "sourcedId").to_owned(), (year, sex));
        }
    }
    let mut seen = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (row, record) in &table.rows {
        let Some((id, gone)) = identity(roster, table, *row, record, &mut seen) else {
            continue;
        };
        let given = table.get(record, "givenName");
        let family = table.get(record, "familyName");
        if given.is_empty() && family.is_empty() {
            roster.refuse((table.name, *row), "givenName", "roster-name-missing", &id);
            continue;
        }
        if given.chars().count() > 100 || family.chars().count() > 100 {
            roster.refuse((table.name, *row), "givenName", "roster-name-long", &id);
            continue;
        }
        let user_name = table.get(record, "username").to_lowercase();
        if !user_name.is_empty() && !names.insert(user_name.clone()) {
            roster.refuse(
                (table.name, *row),
                "username",
                "roster-user-name-twice",
                &user_name,
            );
            continue;
        }
        for (column, key) in [
            ("password", "roster-left-password"),
            ("email", "roster-left-contact"),
            ("phone", "roster-left-contact"),
            ("sms", "roster-left-contact"),
        ] {
            if !table.get(record, column).is_empty() {
                roster.leave(key);
            }
        }
        let (birth_year, sex) = about.get(&id).cloned().unwrap_or_default();
        let agents = table
            .get(record, "agentSourcedIds")
            .split(',')
            .map(str::trim)
            .filter(|a| !a.is_empty());
        roster.users.push(User {
            row: *row,
            gone: gone
                || table
                    .get(record, "enabledUser")
                    .eq_ignore_ascii_case("false"),
            given: given.to_owned(),
            family: family.to_owned(),
            user_name,
            agents: agents.map(str::to_owned).collect(),
            birth_year,
            sex,
            id,
        });
    }
}

fn role(text: &str) -> Option<Role> {
    match text {
        "student" => Some(Role::Learner),
        "teacher" | "aide" | "proctor" | "counselor" => Some(Role::Teacher),
        "principal" => Some(Role::SchoolHead),
        "guardian" | "parent" | "relative" => Some(Role::Guardian),
        _ => None,
    }
}

fn read_roles(roster: &mut Roster, table: Option<&Table>, known: &BTreeSet<String>) {
    let Some(table) = table else { return };
    for (row, record) in &table.rows {
        if table.get(record, "status") == "tobedeleted" {
            continue;
        }
        let (user, org) = (
            table.get(record, "userSourcedId"),
            table.get(record, "orgSourcedId"),
        );
        if !known.contains(user) {
            roster.refuse(
                (table.name, *row),
                "userSourcedId",
                "roster-unknown-user",
                user,
            );
            continue;
        }
        let Some(found) = roster.orgs.get(org) else {
            roster.refuse(
                (table.name, *row),
                "orgSourcedId",
                "roster-unknown-org",
                org,
            );
            continue;
        };
        let is_school = found.kind == "school";
        match role(table.get(record, "role")).filter(|_| is_school) {
            Some(role) => {
                let given = Given {
                    user: user.to_owned(),
                    role,
                    org: org.to_owned(),
                    from: day(roster, table, *row, record, "beginDate"),
                    to: day(roster, table, *row, record, "endDate"),
                };
                roster.roles.push(given);
            }
            None => roster.leave("roster-left-role"),
        }
    }
}

fn read_enrolments(roster: &mut Roster, table: Option<&Table>, known: &BTreeSet<String>) {
    let Some(table) = table else { return };
    let classes: HashMap<String, (Day, Day)> = roster
        .classes
        .iter()
        .map(|c| (c.id.clone(), c.days))
        .collect();
    let mut seen = BTreeSet::new();
    for (row, record) in &table.rows {
        let Some((id, gone)) = identity(roster, table, *row, record, &mut seen) else {
            continue;
        };
        let (class, user) = (
            table.get(record, "classSourcedId"),
            table.get(record, "userSourcedId"),
        );
        if !known.contains(user) {
            roster.refuse(
                (table.name, *row),
                "userSourcedId",
                "roster-unknown-user",
                user,
            );
            continue;
        }
        let Some(days) = classes.get(class) else {
            roster.refuse(
                (table.name, *row),
                "classSourcedId",
                "roster-unknown-class",
                class,
            );
            continue;
        };
        let Some(role) =
            role(table.get(record, "role")).filter(|r| matches!(r, Role::Learner | Role::Teacher))
        else {
            roster.leave("roster-left-role");
            continue;
        };
        let from = day(roster, table, *row, record, "beginDate");
        let to = day(roster, table, *row, record, "endDate");
        if from.is_some_and(|from| from > days.1)
            || matches!((from, to), (Some(from), Some(to)) if to < from)
        {
            roster.refuse(
                (table.name, *row),
                "beginDate",
                "roster-days-order",
                table.get(record, "beginDate"),
            );
            continue;
        }
        roster.enrolments.push(Enrolled {
            id,
            class: class.to_owned(),
            user: user.to_owned(),
            role,
            gone,
            from,
            to,
        });
    }
}
