//! The people of the demo: sample accounts, one for each role.

use base::{Actor, Error, Id, Lang, Result, Role};
use people::{NewAccount, NewAppointment};
use serde_json::{Map, Value, json};
use web::Site;

/// Everybody who acts, by account.
pub struct Cast {
    pub officer: Id,
    pub second_officer: Id,
    pub approver: Id,
    pub second_approver: Id,
    pub verifier: Id,
    pub auditor: Id,
    pub administrator: Id,
    pub focal_point: Id,
    pub signatory: Id,
    /// Focal point and officer of the first sample member.
    pub member_focal_point: Id,
    pub member_officer: Id,
    /// Of the country that learns: who runs its learning, who reviews, who adopts.
    pub learning_officer: Id,
    pub reviewer: Id,
    pub learning_signatory: Id,
}

const COUNTRY: &str = "HN";

/// Makes the accounts and appoints the secretariat, where that was not done yet.
///
/// # Errors
/// A fault of the database.
pub fn gather(site: &Site) -> Result<Cast> {
    let cast = Cast {
        officer: account(site, "officer", "Ana (sample officer)", Lang::En)?,
        second_officer: account(site, "officer2", "Boubacar (sample officer)", Lang::Fr)?,
        approver: account(site, "approver", "Chinwe (sample approver)", Lang::En)?,
        second_approver: account(site, "approver2", "Dalia (sample approver)", Lang::Ar)?,
        verifier: account(site, "verifier", "Kofi (sample verifier)", Lang::En)?,
        auditor: account(site, "auditor", "Emil (sample auditor)", Lang::En)?,
        administrator: account(
            site,
            "administrator",
            "Farida (sample administrator)",
            Lang::En,
        )?,
        focal_point: account(
            site,
            "focal.point",
            "Gabriela (sample focal point)",
            Lang::En,
        )?,
        signatory: account(site, "signatory", "Héctor (sample signatory)", Lang::En)?,
        member_focal_point: account(site, "s01.focal", "Inès (sample focal point)", Lang::Fr)?,
        member_officer: account(site, "s01.officer", "Jamal (sample officer)", Lang::Ar)?,
        learning_officer: account(
            site,
            "learning.officer",
            "Laila (sample learning officer)",
            Lang::En,
        )?,
        reviewer: account(site, "reviewer", "Musa (sample reviewer)", Lang::En)?,
        learning_signatory: account(site, "signatory.ke", "Njeri (sample signatory)", Lang::En)?,
    };
    for (account, role) in [
        (cast.officer, Role::SecretariatOfficer),
        (cast.second_officer, Role::SecretariatOfficer),
        (cast.approver, Role::SecretariatApprover),
        (cast.second_approver, Role::SecretariatApprover),
        (cast.verifier, Role::IndependentVerifier),
        (cast.auditor, Role::Auditor),
        (cast.administrator, Role::Administrator),
    ] {
        appoint(site, account, role)?;
    }
    Ok(cast)
}

/// A sample account of that e-mail name, made when there is none.
///
/// # Errors
/// A fault of the database.
pub fn account(site: &Site, who: &str, name: &str, lang: Lang) -> Result<Id> {
    let new = NewAccount {
        email: format!("{who}@sample.example"),
        name: name.to_owned(),
        lang,
        password_hash: None,
        sample: true,
    };
    let now = site.clock.now();
    site.db
        .write_now(move |tx| match people::account_by_email(tx, &new.email)? {
            Some(id) => Ok(id),
            None => people::add_account(tx, &new, now),
        })
}

fn appoint(site: &Site, account: Id, role: Role) -> Result<()> {
    let now = site.clock.now();
    let new = NewAppointment {
        account,
        role,
        organisation: None,
        country: None,
        places: Vec::new(),
        from_on: now.day(),
        to_on: None,
        basis: "secretariat",
    };
    site.db.write_now(move |tx| {
        if people::appointed(tx, role, None, None, now.day())?.contains(&account) {
            return Ok(());
        }
        people::appoint(tx, &new, None, now).map(|_| ())
    })
}

/// The account as it acts today.
///
/// # Errors
/// Missing when there is no such account.
pub fn actor(site: &Site, account: Id) -> Result<Actor> {
    let today = site.clock.now().day();
    site.db
        .read_now(move |tx| people::actor(tx, account, today))
}

/// The officer who acts for a member today.
///
/// # Errors
/// Missing when it has none.
pub fn member_officer(site: &Site, member: Id) -> Result<Actor> {
    of_member(site, member, Role::MemberOfficer)
}

/// The person who holds a role for a member today.
///
/// # Errors
/// Missing when it has none.
pub fn of_member(site: &Site, member: Id, role: Role) -> Result<Actor> {
    let today = site.clock.now().day();
    let account = site.db.read_now(move |tx| {
        let all = people::appointed(tx, role, Some(member), None, today)?;
        all.first().copied().ok_or(Error::Missing)
    })?;
    actor(site, account)
}

fn roles(cast: &Cast) -> [(Role, Id); 11] {
    [
        (Role::SecretariatOfficer, cast.officer),
        (Role::SecretariatApprover, cast.approver),
        (Role::AuthorityFocalPoint, cast.focal_point),
        (Role::AuthoritySignatory, cast.signatory),
        (Role::MemberFocalPoint, cast.member_focal_point),
        (Role::MemberOfficer, cast.member_officer),
        (Role::IndependentVerifier, cast.verifier),
        (Role::Auditor, cast.auditor),
        (Role::Administrator, cast.administrator),
        (Role::LearningOfficer, cast.learning_officer),
        (Role::ResourceReviewer, cast.reviewer),
    ]
}

/// A sign-in link for each role, as a path.
///
/// # Errors
/// A fault of the database.
pub fn links(site: &Site, cast: &Cast) -> Result<Vec<(String, String)>> {
    let now = site.clock.now();
    let link = |(role, account): (Role, Id)| {
        let path = site
            .db
            .write_now(move |tx| people::sign_in_link(tx, account, now))?;
        Ok((role.code().to_owned(), path))
    };
    roles(cast).into_iter().map(link).collect()
}

/// A machine key for each role that programs act for.
///
/// # Errors
/// A fault of the database.
pub fn keys(site: &Site, cast: &Cast) -> Result<Value> {
    let now = site.clock.now();
    let mut keys = Map::new();
    for (role, account) in roles(cast)
        .into_iter()
        .filter(|(role, _)| *role != Role::Administrator)
    {
        let key = site
            .db
            .write_now(move |tx| people::add_key(tx, account, "demo", now))?;
        keys.insert(role.code().to_owned(), json!(key));
    }
    Ok(Value::Object(keys))
}

/// The country of the story.
pub const fn country() -> &'static str {
    COUNTRY
}
