//! Rosters as other programs write them, with everything that goes wrong.

use super::{Roster, read};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const MANIFEST: &str = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\nfile.academicSessions,bulk\n\
                        file.classes,bulk\nfile.users,bulk\nfile.roles,bulk\nfile.enrollments,bulk\nfile.demographics,bulk\nfile.results,absent\n";
const FILES: [(&str, &str); 8] = [
    ("manifest.csv", MANIFEST),
    (
        "orgs.csv",
        "sourcedId,name,type,identifier\nd,District,district,\ns,Hill School,school,T-1\n",
    ),
    (
        "academicSessions.csv",
        "sourcedId,title,type,startDate,endDate\ny,2026,schoolYear,2026-01-05,2026-12-18\n",
    ),
    (
        "classes.csv",
        "sourcedId,title,grades,schoolSourcedId,termSourcedIds,subjects\nc,4 East,04,s,y,\"Mathematics,Juggling\"\n",
    ),
    (
        "users.csv",
        "sourcedId,enabledUser,username,givenName,familyName,password,email,agentSourcedIds\nu1,true,,Amina,Wekesa,,,u3\nu2,true,t.makau,Tito,Makau,secret,t@example.org,\nu3,true,,Halima,Wekesa,,,\n",
    ),
    (
        "roles.csv",
        "sourcedId,userSourcedId,roleType,role,orgSourcedId\n1,u1,primary,student,s\n2,u2,primary,teacher,s\n3,u3,primary,parent,s\n4,u2,secondary,systemAdministrator,d\n",
    ),
    (
        "enrollments.csv",
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\ne1,c,s,u1,student,2026-02-01,\ne2,c,s,u2,teacher,,\n",
    ),
    (
        "demographics.csv",
        "sourcedId,birthDate,sex\nu1,2016-05-04,female\n",
    ),
];

fn zipped(files: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The good roster with one text in one file replaced; an empty file name changes nothing.
fn but(file: &str, old: &str, new: &str) -> Roster {
    let files: Vec<(&str, String)> = FILES
        .iter()
        .map(|(name, text)| {
            if *name == file {
                assert!(text.contains(old), "{old}");
                (*name, text.replace(old, new))
            } else {
                (*name, (*text).to_owned())
            }
        })
        .collect();
    read(&zipped(&files))
}

#[test]
fn a_good_roster_is_read_whole() {
    let roster = but("", "", "");
    assert_eq!(roster.refused, []);
    assert_eq!(
        (
            roster.users.len(),
            roster.classes.len(),
            roster.enrolments.len()
        ),
        (3, 1, 2)
    );
    assert_eq!(roster.classes[0].subjects, ["mathematics"]);
    assert_eq!(roster.users[0].birth_year, Some(2016));
    assert_eq!(roster.users[0].agents, ["u3"]);
    // Passwords and addresses are never taken over; what a school does not give is left out.
    let left: Vec<&str> = roster.left.keys().map(String::as_str).collect();
    assert_eq!(
        left,
        [
            "roster-left-contact",
            "roster-left-password",
            "roster-left-role"
        ]
    );
}

#[test]
fn every_row_that_is_wrong_is_named() {
    for (file, old, new, row, key) in [
        ("manifest.csv", "1.2\n", "1.1\n", 0, "roster-version"),
        (
            "manifest.csv",
            "file.users,bulk",
            "file.users,absent",
            0,
            "roster-file-needed",
        ),
        (
            "manifest.csv",
            "results,absent",
            "results,bulky",
            11,
            "roster-manifest-value",
        ),
        (
            "manifest.csv",
            "file.orgs,bulk",
            "file.orgs,bulk\nfile.courses,bulk",
            0,
            "roster-file-missing",
        ),
        ("orgs.csv", "school,T-1", "castle,T-1", 3, "roster-org-type"),
        (
            "academicSessions.csv",
            "2026-01-05",
            "2027-01-05",
            2,
            "roster-days-order",
        ),
        (
            "academicSessions.csv",
            "2026-01-05",
            "5 January",
            2,
            "roster-not-a-day",
        ),
        ("classes.csv", ",04,s", ",fourth,s", 2, "roster-grade"),
        ("classes.csv", ",s,y", ",t,y", 2, "roster-unknown-org"),
        ("classes.csv", ",s,y", ",s,z", 2, "roster-unknown-term"),
        (
            "classes.csv",
            "sourcedId,title",
            "sourcedId,name",
            1,
            "roster-column-missing",
        ),
        ("users.csv", "u3,true", "u1,true", 4, "roster-id-twice"),
        (
            "users.csv",
            "u3,true,,Halima,Wekesa",
            "u3,true,,,",
            4,
            "roster-name-missing",
        ),
        (
            "users.csv",
            "u3,true,,",
            "u3,true,T.Makau,",
            4,
            "roster-user-name-twice",
        ),
        (
            "users.csv",
            "Halima,Wekesa,,,",
            "Halima,Wekesa,,",
            4,
            "roster-row-length",
        ),
        ("roles.csv", "3,u3", "3,u9", 4, "roster-unknown-user"),
        ("enrollments.csv", "e1,c", "e1,x", 2, "roster-unknown-class"),
        (
            "enrollments.csv",
            "2026-02-01,",
            "2026-02-01,2026-01-31",
            2,
            "roster-days-order",
        ),
    ] {
        let roster = but(file, old, new);
        let found = roster
            .refused
            .iter()
            .any(|r| r.file == file || r.row == 0 && r.key == key && row == 0);
        let named = roster.refused.iter().any(|r| r.row == row && r.key == key);
        assert!(found && named, "{file} {new}: {:?}", roster.refused);
    }
    assert_eq!(read(b"PK").refused[0].key, "roster-not-a-zip");
}

proptest! {
    #[test]
    fn nothing_that_is_sent_is_a_fault(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in ".{0,200}") {
        let _ = read(&bytes);
        for name in ["users.csv", "classes.csv", "enrollments.csv", "manifest.csv"] {
            let mut files: Vec<(&str, String)> = FILES.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
            for file in files.iter_mut().filter(|f| f.0 == name) {
                file.1.push_str(&text);
            }
            let _ = read(&zipped(&files));
        }
    }
}
