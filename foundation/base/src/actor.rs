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
    /// Runs a country's learning for its authority: curricula, the national library, schools.
    LearningOfficer,
    /// Reviews learning resources for a country's authority.
    ResourceReviewer,
    /// Heads a school.
    SchoolHead,
    /// Teaches at a school.
    Teacher,
    /// Learns at a school.
    Learner,
    /// A learner's guardian, as a school verified.
    Guardian,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 15] = [
        Self::AuthorityFocalPoint,
        Self::AuthoritySignatory,
        Self::MemberFocalPoint,
        Self::MemberOfficer,
        Self::SecretariatOfficer,
        Self::SecretariatApprover,
        Self::IndependentVerifier,
        Self::Auditor,
        Self::Administrator,
        Self::LearningOfficer,
        Self::ResourceReviewer,
        Self::SchoolHead,
        Self::Teacher,
        Self::Learner,
        Self::Guardian,
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
            Self::LearningOfficer => "learning_officer",
            Self::ResourceReviewer => "resource_reviewer",
            Self::SchoolHead => "school_head",
            Self::Teacher => "teacher",
            Self::Learner => "learner",
            Self::Guardian => "guardian",
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
            | Self::Administrator
            | Self::LearningOfficer => true,
            Self::MemberFocalPoint
            | Self::MemberOfficer
            | Self::IndependentVerifier
            | Self::Auditor
            | Self::ResourceReviewer
            | Self::SchoolHead
            | Self::Teacher
            | Self::Learner
            | Self::Guardian => false,
        }
    }
    /// Whether the role is held at a school, where the school's own register gives it.
    pub const fn is_of_a_school(self) -> bool {
        matches!(
            self,
            Self::SchoolHead | Self::Teacher | Self::Learner | Self::Guardian
        )
    }
}

/// A role held for an organisation, within a country or everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub role: Role,
    /// The organisation acted for, or the school where the role is held at one; none for the
    /// secretariat, auditors and administrators.
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
    /// The schools where the actor holds one of the roles.
    pub fn schools(&self, roles: &[Role]) -> Vec<Id> {
        let held = self
            .appointments
            .iter()
            .filter(|a| a.role.is_of_a_school() && roles.contains(&a.role));
        held.filter_map(|a| a.organisation).collect()
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
