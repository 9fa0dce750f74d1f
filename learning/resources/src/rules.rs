//! The decisions of the library: pure.

use crate::licence::{Licence, Use, gate, licence, same_terms};
use crate::resource::{ACCESSIBILITY, New, Resource, Standing};
use base::{Actor, Error, Id, Refusal, Refusals, Result, Role, Second};
use std::collections::BTreeMap;

/// What a reviewer looks at, one by one. The rubric is published at /resources/rubric.
pub(crate) const RUBRIC: [(&str, bool); 7] = [
    ("accuracy", true),
    ("curriculum", false),
    ("age", true),
    ("language", false),
    ("inclusion", true),
    ("access", false),
    ("rights", true),
];
/// What a reviewer says of each.
pub(crate) const MARKS: &[&str] = &["good", "fair", "poor"];

/// Characters a title may have.
pub(crate) const TITLE_MAX: usize = 200;

/// The roles that hold a school's own material.
pub(crate) const AT_SCHOOL: [Role; 2] = [Role::SchoolHead, Role::Teacher];

/// Whether somebody may add and change material: nationally, or at their own school.
///
/// # Errors
/// Forbidden with who may.
pub(crate) fn may_write(actor: &Actor, country: &str, school: Option<Id>) -> Result<()> {
    match school {
        Some(school) if AT_SCHOOL.iter().any(|role| actor.is_for(*role, school)) => Ok(()),
        Some(_) => Err(Error::Forbidden(Role::Teacher.code())),
        None if actor.is_in(Role::LearningOfficer, country) => Ok(()),
        None => Err(Error::Forbidden(Role::LearningOfficer.code())),
    }
}

/// Whether somebody writes on this resource; an approved one is the nation's.
///
/// # Errors
/// Forbidden with who may.
pub(crate) fn may_change(actor: &Actor, resource: &Resource) -> Result<()> {
    let national = resource.school.is_none() || resource.decided_by.is_some();
    may_write(
        actor,
        &resource.country,
        resource.school.filter(|_| !national),
    )
}

/// What is asked of a resource besides its own words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The resource it was built upon.
    pub base: Option<Resource>,
    /// Codes of competencies that nobody knows.
    pub strange_competencies: Vec<String>,
    /// Codes of languages that nobody knows.
    pub strange_langs: Vec<String>,
    pub base_missing: bool,
    /// The licence of the country that was chosen, where it is one and may still be chosen.
    pub national: Option<Licence>,
}

/// Everything wrong with what is known of a resource.
pub(crate) fn faults(new: &New, known: &Known) -> Refusals {
    let mut no = Refusals::default();
    no.unless(!new.names.is_empty(), "names", "resource-title-missing");
    for title in new.names.0.values() {
        no.unless(
            title.chars().count() <= TITLE_MAX,
            "names",
            "resource-title-long",
        );
    }
    no.unless(
        !new.langs.is_empty(),
        "resource_languages",
        "resource-language-missing",
    );
    for code in &known.strange_langs {
        no.push(
            Refusal::about("other_languages", "resource-language-strange")
                .with("code", code.as_str()),
        );
    }
    no.unless(
        new.grades.0 <= new.grades.1,
        "grade_to",
        "resource-grades-crossed",
    );
    for code in &known.strange_competencies {
        no.push(
            Refusal::about("competency_codes", "resource-competency-strange")
                .with("code", code.as_str()),
        );
    }
    for code in &new.accessibility {
        no.unless(
            ACCESSIBILITY.contains(&code.as_str()),
            "access_features",
            "resource-access-strange",
        );
    }
    rights(new, known, &mut no);
    no
}

/// What the licence asks: that there is one, who is named, and what the base allows.
fn rights(new: &New, known: &Known, no: &mut Refusals) {
    let national = || known.national.clone().filter(|one| one.code == new.licence);
    let Some(licence) = licence(&new.licence).cloned().or_else(national) else {
        no.push(Refusal::about(
            "resource_licence",
            "resource-licence-missing",
        ));
        return;
    };
    no.unless(
        !(licence.credit && new.credit.trim().is_empty()),
        "resource_credit",
        "resource-credit-missing",
    );
    if licence.by_letter {
        no.unless(
            !new.permits.is_empty(),
            "permits",
            "resource-permits-missing",
        );
        no.unless(
            new.permission.is_some(),
            "permission",
            "resource-permission-missing",
        );
    }
    if licence.code == "school-own" && new.school.is_none() {
        no.push(Refusal::about(
            "resource_licence",
            "resource-licence-of-school",
        ));
    }
    if let Err(why) = gate(&licence.with_letter(&new.permits), Use::Show) {
        no.push(Refusal {
            field: "resource_licence".to_owned(),
            ..why
        });
    }
    if known.base_missing {
        no.push(Refusal::about("based_on", "resource-base-missing"));
    }
    if let Some(base) = &known.base {
        if let Err(why) = base.may(Use::Change) {
            no.push(Refusal {
                field: "based_on".to_owned(),
                ..why
            });
        }
        let base_licence = base.licensed();
        if base_licence.share_alike && !same_terms(&base.licence, &new.licence) {
            no.push(
                Refusal::about("resource_licence", "resource-share-alike")
                    .with("licence", base.licence.as_str()),
            );
        }
        if base_licence.non_commercial && !licence.non_commercial {
            no.push(
                Refusal::about("resource_licence", "resource-stays-non-commercial")
                    .with("licence", base.licence.as_str()),
            );
        }
    }
}

/// What follows from an edit for where a resource stands.
///
/// # Errors
/// Refused once it is withdrawn.
pub(crate) fn edited(before: &Resource, after: &New) -> Result<Standing> {
    let rights_moved = before.licence != after.licence
        || before.permits != after.permits
        || before.credit != after.credit
        || before.source != after.source
        || before.based_on != after.based_on;
    match before.standing {
        Standing::Withdrawn => Err(Refusal::whole("resource-is-withdrawn").into()),
        // What a reviewer let through is looked at again when its rights change.
        Standing::Approved if rights_moved => Ok(Standing::Proposed),
        other => Ok(other),
    }
}

/// May be put before a reviewer.
///
/// # Errors
/// Refused in another standing, or without anything to read or hear.
pub(crate) fn propose(resource: &Resource, forms: usize) -> Result<Standing> {
    let mut no = Refusals::default();
    no.unless(
        matches!(resource.standing, Standing::Draft | Standing::Returned),
        "",
        "resource-not-a-draft",
    );
    no.unless(forms > 0, "", "resource-without-file");
    if resource.licence == "school-own" {
        no.push(Refusal::whole("resource-offer-needs-licence"));
    }
    no.or(Standing::Proposed)
}

/// What a reviewer says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opinion {
    pub approves: bool,
    pub marks: BTreeMap<String, String>,
    pub words: String,
}

/// What comes of a review.
///
/// # Errors
/// Refused unless it waits for one, another person made it, and the marks bear the decision.
pub(crate) fn review(resource: &Resource, opinion: &Opinion, actor: &Actor) -> Result<Standing> {
    let made: Vec<Id> = resource.made_by.into_iter().collect();
    Second::after(&made, actor)?;
    let mut no = Refusals::default();
    no.unless(
        resource.standing == Standing::Proposed,
        "",
        "resource-not-proposed",
    );
    let poor = |criterion: &str| opinion.marks.get(criterion).map(String::as_str) == Some("poor");
    if opinion.approves {
        for (criterion, required) in RUBRIC {
            if required && poor(criterion) {
                no.push(Refusal::about(
                    &format!("rubric_{criterion}"),
                    "resource-poor-not-approved",
                ));
            }
        }
        if let Err(why) = gate(&resource.licensed(), Use::Show) {
            no.push(why);
        }
    } else {
        no.unless(
            !opinion.words.trim().is_empty(),
            "review_words",
            "resource-return-needs-words",
        );
    }
    no.or(if opinion.approves {
        Standing::Approved
    } else {
        Standing::Returned
    })
}

/// May be put on the recommended list, or taken from it.
///
/// # Errors
/// Refused unless it is approved and not so already.
pub(crate) fn recommend(resource: &Resource, on: bool) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(
        resource.standing == Standing::Approved,
        "",
        "resource-not-approved",
    );
    no.unless(
        resource.recommended != on,
        "",
        "resource-recommended-already",
    );
    no.or(())
}

/// May be withdrawn.
///
/// # Errors
/// Refused when it is already.
pub(crate) fn withdraw(resource: &Resource) -> Result<Standing> {
    if resource.standing == Standing::Withdrawn {
        return Err(Refusal::whole("resource-is-withdrawn").into());
    }
    Ok(Standing::Withdrawn)
}

/// May come back: as a draft, to be looked at again.
///
/// # Errors
/// Refused unless it is withdrawn.
pub(crate) fn restore(resource: &Resource) -> Result<Standing> {
    if resource.standing == Standing::Withdrawn {
        return Ok(Standing::Draft);
    }
    Err(Refusal::whole("resource-not-withdrawn").into())
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
