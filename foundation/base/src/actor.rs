//! Who acts: an account, its appointments, and the second pair of eyes.

use crate::error::{Error, Refusal};
use crate::id::Id;
use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// What an appointment lets a person do. There is no role that overrides another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// National authority's focal point: files requests, decides on proposals, within a country.
    AuthorityFocalPoint,
    /// National authority's second signatory.
    AuthoritySignatory,
    /// Member's focal point: registers offers.
    MemberFocalPoint,
    /// Member's authorised officer: accepts and signs.
    MemberOfficer,
    /// Secretariat officer: receives, assesses, proposes.
    SecretariatOfficer,
    /// Secretariat approver: another person than the officer; admits, validates.
    SecretariatApprover,
    /// Visits and verifies independently of whoever reported.
    IndependentVerifier,
    /// Reads everything, changes nothing.
    Auditor,
    /// Runs the machine; no right over content.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::AuthorityFocalPoint,
        Self::AuthoritySignatory,
        Self::MemberFocalPoint,
        Self::MemberOfficer,
        Self::SecretariatOfficer,
        Self::SecretariatApprover,
        Self::IndependentVerifier,
        Self::Auditor,
        Self::Administrator,
    ];
    /// The stable code, as stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AuthorityFocalPoint => "authority_focal_point",
            Self::AuthoritySignatory => "authority_signatory",
            Self::MemberFocalPoint => "member_focal_point",
            Self::MemberOfficer => "member_officer",
            Self::SecretariatOfficer => "secretariat_officer",
            Self::SecretariatApprover => "secretariat_approver",
            Self::IndependentVerifier => "independent_verifier",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }
    /// The role of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
    /// Who must give a second factor at sign-in: whoever acts for a secretariat or an authority.
    pub const fn needs_second_factor(self) -> bool {
        match self {
            Self::AuthorityFocalPoint
            | Self::AuthoritySignatory
            | Self::SecretariatOfficer
            | Self::SecretariatApprover
            | Self::Administrator => true,
            Self::MemberFocalPoint
            | Self::MemberOfficer
            | Self::IndependentVerifier
            | Self::Auditor => false,
        }
    }
}

/// A role held for an organisation, within a country or everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub role: Role,
    /// The organisation acted for; none for the secretariat, auditors and administrators.
    pub organisation: Option<Id>,
    /// ISO 3166-1 alpha-2; none means every country.
    pub country: Option<String>,
    /// Place codes the appointment is narrowed to; empty means the whole country.
    pub places: Vec<String>,
}

/// The person who acts, with the appointments in force now.
#[derive(Clone, Debug)]
pub struct Actor {
    pub account: Id,
    /// The person's name, shown only to people who work with them.
    pub name: String,
    pub lang: Lang,
    pub appointments: Vec<Appointment>,
}

impl Actor {
    /// Holds the role, for whichever organisation or country.
    pub fn is(&self, role: Role) -> bool {
        self.appointments.iter().any(|a| a.role == role)
    }
    /// Holds one of the roles.
    pub fn is_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.is(*role))
    }
    /// Holds the role for that organisation.
    pub fn is_for(&self, role: Role, organisation: Id) -> bool {
        self.appointments
            .iter()
            .any(|a| a.role == role && a.organisation == Some(organisation))
    }
    /// Holds the role in that country.
    pub fn is_in(&self, role: Role, country: &str) -> bool {
        self.appointments
            .iter()
            .any(|a| a.role == role && a.country.as_deref().is_none_or(|c| c == country))
    }
    /// Works for the secretariat, as officer or approver.
    pub fn is_secretariat(&self) -> bool {
        self.is_any(&[Role::SecretariatOfficer, Role::SecretariatApprover])
    }
    /// Reads what the secretariat reads: the secretariat and the auditor.
    pub fn reads_all(&self) -> bool {
        self.is_secretariat() || self.is(Role::Auditor)
    }
    /// The organisations the actor works for.
    pub fn organisations(&self) -> Vec<Id> {
        self.appointments
            .iter()
            .filter_map(|a| a.organisation)
            .collect()
    }
    /// The countries whose authority the actor speaks for.
    pub fn authority_countries(&self) -> Vec<String> {
        let speaks = [Role::AuthorityFocalPoint, Role::AuthoritySignatory];
        let held = self
            .appointments
            .iter()
            .filter(|a| speaks.contains(&a.role));
        held.filter_map(|a| a.country.clone()).collect()
    }
    /// The key of the words that say only this role may.
    ///
    /// # Errors
    /// Forbidden when the actor does not hold the role.
    pub fn require(&self, role: Role) -> Result<(), Error> {
        if self.is(role) {
            Ok(())
        } else {
            Err(Error::Forbidden(role.code()))
        }
    }
}

/// A person who is certainly not the one who did the first step: four eyes as a type.
///
/// An act that must be done by another person takes a `Second`, and there is no other way to make
/// one than [`Second::after`].
#[derive(Clone, Copy, Debug)]
pub struct Second(Id);

impl Second {
    /// The actor as the second person, unless one of `first` was the same person.
    ///
    /// # Errors
    /// Refused with the key `four-eyes` when the actor did one of the earlier steps.
    pub fn after(first: &[Id], actor: &Actor) -> Result<Self, Error> {
        if first.contains(&actor.account) {
            return Err(Refusal::whole("four-eyes").into());
        }
        Ok(Self(actor.account))
    }
    /// The second person's account.
    pub const fn account(self) -> Id {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(name: &str) -> Actor {
        Actor {
            account: Id::named("account", name),
            name: name.to_owned(),
            lang: Lang::En,
            appointments: vec![Appointment {
                role: Role::AuthorityFocalPoint,
                organisation: Some(Id::named("organisation", "ministry")),
                country: Some("HN".to_owned()),
                places: Vec::new(),
            }],
        }
    }

    #[test]
    fn nobody_is_their_own_second() {
        let (amal, bilal) = (actor("amal"), actor("bilal"));
        assert!(Second::after(&[amal.account], &amal).is_err());
        let first = [bilal.account, amal.account];
        assert_eq!(
            Second::after(&first, &amal).unwrap_err().keys(),
            ["four-eyes"]
        );
        assert_eq!(
            Second::after(&[amal.account], &bilal).unwrap().account(),
            bilal.account
        );
    }

    #[test]
    fn a_role_holds_in_its_country_only() {
        let amal = actor("amal");
        assert!(amal.is_in(Role::AuthorityFocalPoint, "HN"));
        assert!(!amal.is_in(Role::AuthorityFocalPoint, "KE"));
        assert!(amal.require(Role::SecretariatApprover).is_err());
    }

    #[test]
    fn every_role_has_a_code_of_its_own() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(role));
        }
    }
}
