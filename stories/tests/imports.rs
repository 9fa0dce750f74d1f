//! What an operator brings in from the command line: tried first, then whole or not at all.

use base::{Clock, Error, Id, Names, Role};
use harambee::config::Config;
use harambee::import::{self, Imported, Kind, Purpose};
use people::{NewAccount, NewAppointment, NewOrganisation};
use std::path::{Path, PathBuf};
use stories::done;
use web::Site;

/// A ministry's own machine: a database with what ships, and the people of its learning.
struct Machine {
    config: Config,
    folder: PathBuf,
}

/// Who runs the country's learning, and who adopts.
struct Ministry {
    organisation: Id,
    officer: Id,
    signatory: Id,
}

impl Machine {
    fn new() -> Self {
        let folder =
            std::env::temp_dir().join(format!("harambee-imports-{}", base::Uuid::new_v4()));
        let config = Config {
            data: folder.clone(),
            ..Config::default()
        };
        Self { config, folder }
    }

    fn site(&self) -> Site {
        done(harambee::open::site(&self.config, Clock::Machine, None))
    }

    fn ministry(&self) -> Ministry {
        let site = self.site();
        let now = site.clock.now();
        let made = site.db.write_now(move |tx| {
            let new = NewOrganisation {
                names: Names::one("en", "Ministry"),
                kind: "government".to_owned(),
                country: Some("KE".to_owned()),
                ..NewOrganisation::default()
            };
            let organisation = people::add_organisation(tx, &new, None, now)?;
            let mut person = |email: &str, role: Role| {
                let new = NewAccount {
                    email: email.to_owned(),
                    name: email.to_owned(),
                    ..NewAccount::default()
                };
                let account = people::add_account(tx, &new, now)?;
                let new = NewAppointment {
                    account,
                    role,
                    organisation: Some(organisation),
                    country: Some("KE".to_owned()),
                    places: Vec::new(),
                    from_on: now.day(),
                    to_on: None,
                    basis: "accreditation",
                };
                people::appoint(tx, &new, None, now)?;
                Ok::<_, Error>(account)
            };
            Ok(Ministry {
                officer: person("olga@example.org", Role::LearningOfficer)?,
                signatory: person("sami@example.org", Role::AuthoritySignatory)?,
                organisation,
            })
        });
        site.db.close();
        done(made)
    }

    fn frameworks(&self) -> usize {
        let site = self.site();
        let read = site
            .db
            .read_now(|tx| tx.one("SELECT COUNT(*) FROM framework", &[])?.read().int());
        site.db.close();
        usize::try_from(done(read)).unwrap_or_default()
    }

    fn import(&self, file: &Path, person: &str, yes: bool) -> base::Result<bool> {
        let purpose = Purpose {
            person: Some(person.to_owned()),
            ..Purpose::default()
        };
        let of = Imported {
            kind: Kind::Frameworks,
            file,
            country: Some("KE"),
            purpose: &purpose,
        };
        import::file(&self.config, &of, yes, true)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_framework_goes_from_one_ministrys_machine_to_anothers() {
    let (from, to) = (Machine::new(), Machine::new());
    let ministry = from.ministry();
    let site = from.site();
    let now = site.clock.now();
    let case = done(site.db.write_now(move |tx| {
        let Ministry {
            organisation,
            officer,
            signatory,
        } = ministry;
        let made = curricula::seed_demo(tx, "KE", organisation, officer, signatory, now)?;
        let mut out = Vec::new();
        curricula::export_case(tx, made.framework, "https://learning.example", &mut out)?;
        Ok(out)
    }));
    site.db.close();
    to.ministry();
    let file = to.folder.join("framework.json");
    done(std::fs::write(&file, &case).map_err(Error::fault));
    assert!(
        to.import(&file, "sami@example.org", true).is_err(),
        "not the officer"
    );
    assert!(done(to.import(&file, "olga@example.org", false)));
    assert_eq!(to.frameworks(), 0, "a trial changes nothing");
    assert!(done(to.import(&file, "olga@example.org", true)));
    assert_eq!(to.frameworks(), 1);
    let again = to.import(&file, "olga@example.org", true);
    assert!(again.is_err(), "the same framework twice");
    done(std::fs::write(&file, &case[..case.len() / 2]).map_err(Error::fault));
    assert!(
        to.import(&file, "olga@example.org", true).is_err(),
        "half a file"
    );
    assert_eq!(to.frameworks(), 1);
}
