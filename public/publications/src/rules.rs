//! The decisions: who may build and publish, and when.

use crate::iati::Publisher;
use crate::release::{Checked, Release, State};
use base::{Actor, Error, Refusal, Refusals, Result, Role};

/// Releases are built by the secretariat.
pub(crate) fn may_build(actor: &Actor) -> Result<()> {
    if actor.is_any(&[Role::SecretariatOfficer, Role::SecretariatApprover]) {
        Ok(())
    } else {
        Err(Error::Forbidden(Role::SecretariatOfficer.code()))
    }
}

/// An approver publishes what somebody else built, when every validator was content.
pub(crate) fn may_publish(
    release: &Release,
    before: Option<&Release>,
    checks: &[Checked],
    actor: &Actor,
) -> Result<()> {
    actor.require(Role::SecretariatApprover)?;
    if release.built_by == Some(actor.account) {
        return Err(Error::Refused(Refusals(vec![Refusal::whole("four-eyes")])));
    }
    let mut wrong = Refusals::default();
    wrong.unless(
        release.state == State::Built,
        "",
        "publications-not-waiting",
    );
    if before.is_some_and(|before| before.built_at > release.built_at) {
        wrong.push(Refusal::whole("publications-newer"));
    }
    for check in checks.iter().filter(|check| check.errors > 0) {
        let refusal = Refusal::whole("publications-not-clean")
            .with("file", check.file.as_str())
            .with("validator", check.validator.as_str())
            .with("errors", check.errors);
        wrong.push(refusal);
    }
    wrong.or(())
}

/// What waits may be put away by the secretariat.
pub(crate) fn may_discard(release: &Release, actor: &Actor) -> Result<()> {
    may_build(actor)?;
    let mut wrong = Refusals::default();
    wrong.unless(
        release.state == State::Built,
        "",
        "publications-not-waiting",
    );
    wrong.or(())
}

/// A publisher has an identifier other systems can read and a prefix of the right shape.
pub(crate) fn publisher(publisher: &Publisher) -> Result<()> {
    let mut wrong = Refusals::default();
    let parts: Vec<&str> = publisher.iati_ref.split('-').collect();
    let plain = !publisher.iati_ref.contains(['/', '&', '|', '?', ' ']);
    let whole = parts.len() >= 3 && parts.iter().all(|part| !part.is_empty());
    wrong.unless(plain && whole, "iati_ref", "publications-identifier-shape");
    let prefix = publisher
        .ocds_prefix
        .strip_prefix("ocds-")
        .unwrap_or_default();
    let six = prefix.len() == 6
        && prefix
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    wrong.unless(six, "ocds_prefix", "publications-prefix-shape");
    wrong.or(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Format;
    use base::{Appointment, Id, Lang, Moment};

    fn actor(account: Id, role: Role) -> Actor {
        Actor {
            account,
            name: String::new(),
            lang: Lang::En,
            appointments: vec![Appointment {
                role,
                organisation: None,
                country: None,
                places: Vec::new(),
            }],
        }
    }

    fn built(by: Option<Id>) -> Release {
        Release {
            id: Id::named("test", "release"),
            code: "iati-2026-11-22".to_owned(),
            format: Format::Iati,
            snapshot: String::new(),
            seq: 1,
            built_at: Moment::from_micros(5),
            built_by: by,
            content: String::new(),
            hash: String::new(),
            bytes: 1,
            state: State::Built,
            note: None,
            decided_by: None,
            decided_at: None,
            reason: None,
            supersedes: None,
            version: 1,
        }
    }

    fn check(errors: i64) -> Checked {
        Checked {
            file: "activities.xml".to_owned(),
            validator: "iati-ruleset".to_owned(),
            version: "2.03".to_owned(),
            errors,
            warnings: 3,
            found: serde_json::Value::Null,
            by: None,
            at: Moment::from_micros(5),
        }
    }

    #[test]
    fn another_person_publishes_what_validators_were_content_with() {
        let (officer, approver) = (Id::named("test", "o"), Id::named("test", "a"));
        let sofia = actor(approver, Role::SecretariatApprover);
        let omar = actor(officer, Role::SecretariatOfficer);
        let release = built(Some(officer));
        assert!(may_publish(&release, None, &[check(0)], &sofia).is_ok());
        assert!(matches!(
            may_publish(&release, None, &[], &omar),
            Err(Error::Forbidden(_))
        ));
        assert!(may_publish(&built(Some(approver)), None, &[], &sofia).is_err());
        assert!(may_publish(&built(None), None, &[], &sofia).is_ok());
        assert!(may_publish(&release, None, &[check(0), check(1)], &sofia).is_err());
        let mut newer = built(Some(officer));
        newer.built_at = Moment::from_micros(6);
        assert!(may_publish(&release, Some(&newer), &[], &sofia).is_err());
        assert!(may_publish(&newer, Some(&release), &[], &sofia).is_ok());
        let mut done = release.clone();
        done.state = State::Published;
        assert!(may_publish(&done, None, &[], &sofia).is_err());
        assert!(may_discard(&done, &sofia).is_err());
    }

    #[test]
    fn a_publisher_says_who_it_is_as_others_read_it() {
        let said = |iati: &str, ocds: &str| {
            let mut one = crate::sample::publisher();
            (one.iati_ref, one.ocds_prefix) = (iati.to_owned(), ocds.to_owned());
            publisher(&one).is_ok()
        };
        assert!(said("XM-DAC-41304", "ocds-213czf"));
        for (iati, ocds) in [
            ("41304", "ocds-213czf"),
            ("XM-DAC-", "ocds-213czf"),
            ("XM-DAC-41/304", "ocds-213czf"),
            ("XM-DAC-41304", "213czf"),
            ("XM-DAC-41304", "ocds-213CZF"),
            ("XM-DAC-41304", "ocds-213czfx"),
        ] {
            assert!(!said(iati, ocds), "{iati} {ocds}");
        }
    }
}
