//! What the web asks for each act.

use crate::entries::{
    add_form, edit, end_recommendation, new, propose, read_form, read_new, recommend, restore,
    review, withdraw,
};
use crate::licence::{Use, licences};
use crate::prefilled::{before_edit, before_new};
use crate::resource::ACCESSIBILITY;
use crate::rules::{self, MARKS};
use crate::{national, pages};
use base::{Result, Role};
use db::Tx;
use web::{Act, Ask, Choice, Choices, Field, Form, Prefill, Who};

/// Bytes a file may have: an hour of speech, a package, a short film.
const FILE_MAX: u64 = 60_000_000;

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
const REVIEWER: Who = Who::Any(&[Role::ResourceReviewer]);

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, who, form, prefill: Filled, run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    let seen: Filled = Some(pages::beside);
    let makers = pages::MAKERS;
    let mut all = vec![
        act(
            "resource-new",
            "/resources/new",
            makers,
            new_form,
            Some(before_new),
            new,
        ),
        act(
            "resource-edit",
            "/resources/{id}/edit",
            makers,
            edit_form,
            Some(before_edit),
            edit,
        ),
        act(
            "resource-form",
            "/resources/{id}/forms/new",
            makers,
            file_form,
            seen,
            add_form,
        ),
        act(
            "resource-proposal",
            "/resources/{id}/proposal",
            makers,
            Vec::new,
            seen,
            propose,
        ),
        act(
            "resource-review",
            "/resources/{id}/review",
            REVIEWER,
            review_form,
            seen,
            review,
        ),
        act(
            "resource-recommendation",
            "/resources/{id}/recommendation",
            OFFICER,
            Vec::new,
            seen,
            recommend,
        ),
        act(
            "resource-recommendation-end",
            "/resources/{id}/recommendation/end",
            OFFICER,
            Vec::new,
            seen,
            end_recommendation,
        ),
        act(
            "resource-withdrawal",
            "/resources/{id}/withdrawal",
            makers,
            reason_form,
            seen,
            withdraw,
        ),
        act(
            "resource-restoration",
            "/resources/{id}/restoration",
            makers,
            Vec::new,
            seen,
            restore,
        ),
    ];
    for act in &mut all {
        match act.name {
            "resource-new" => act.prepare = Some(read_new),
            "resource-form" => act.prepare = Some(read_form),
            _ => {}
        }
    }
    all.extend(crate::imports::all());
    all.extend(national::acts());
    all
}

// ---- what may be chosen

/// For whom material may be added: a country's library, or a school.
pub(crate) fn owners(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let actor = ask.actor()?;
    let words = &ask.words;
    let mut list = Vec::new();
    for held in &actor.appointments {
        let choice = match (held.role, &held.country, held.organisation) {
            (Role::LearningOfficer, Some(country), _) => Choice {
                code: country.clone(),
                label: words.say_with(
                    "resource-for-library",
                    &[(
                        "country",
                        places::country_name(tx, country, words.lang())?.into(),
                    )],
                ),
            },
            (Role::SchoolHead | Role::Teacher, _, Some(school)) => Choice {
                code: school.to_string(),
                label: words.say_with(
                    "resource-for-school",
                    &[("school", places::school(tx, school)?.name.into())],
                ),
            },
            _ => continue,
        };
        if !list.contains(&choice) {
            list.push(choice);
        }
    }
    Ok(list)
}

/// The languages of the actor's countries, and the product's own.
fn spoken(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let actor = ask.actor()?;
    let mut codes: Vec<String> = base::Lang::ALL.map(|lang| lang.code().to_owned()).to_vec();
    let mut countries: Vec<&String> = actor
        .appointments
        .iter()
        .filter_map(|held| held.country.as_ref())
        .collect();
    countries.sort();
    countries.dedup();
    for country in countries {
        for one in places::languages_of(tx, country)? {
            if !codes.contains(&one.language) {
                codes.push(one.language);
            }
        }
    }
    let mut list = Vec::with_capacity(codes.len());
    for code in codes {
        let label = places::language_name(tx, &code, ask.words.lang())?;
        list.push(Choice { code, label });
    }
    list.sort_by_key(|one| base::fold(&one.label));
    Ok(list)
}

/// Every licence there is, and those of the actor's countries that may still be chosen.
fn licence_choices(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let lang = ask.words.lang();
    let mut all = national::open_to(tx, ask.actor.as_ref())?;
    all.extend(licences().iter().cloned());
    Ok(all
        .iter()
        .map(|one| Choice {
            code: one.code.clone(),
            label: one.name(lang).to_owned(),
        })
        .collect())
}

// ---- the forms

pub(crate) fn what_it_is() -> Form {
    vec![
        Field::names("names")
            .max(rules::TITLE_MAX)
            .optional()
            .public(),
        Field::many("resource_languages", Choices::Listed(spoken)).optional(),
        Field::choice(
            "school_subject",
            Choices::Listed(curricula::choose::subjects),
        ),
        Field::choice("grade_from", Choices::Listed(curricula::choose::grades)),
        Field::choice("grade_to", Choices::Listed(curricula::choose::grades)),
        Field::choice("resource_licence", Choices::Listed(licence_choices)),
        Field::text("resource_credit").max(300).optional().public(),
        Field::names("resource_about").max(500).rare().public(),
        Field::text("other_languages").max(60).rare(),
        Field::text("competency_codes").max(400).rare(),
        Field::many("permits", Choices::Fixed("resource-use", Use::CODES)).rare(),
        Field::text("permission").max(300).rare(),
        Field::text("resource_source").max(300).rare().public(),
        Field::text("based_on").max(40).rare(),
        Field::many(
            "access_features",
            Choices::Fixed("resource-access", ACCESSIBILITY),
        )
        .rare(),
        Field::whole("reading_level", 1, 10).rare(),
        Field::whole("resource_minutes", 1, 600).rare(),
    ]
}

fn new_form() -> Form {
    let mut form = vec![
        Field::choice("resource_owner", Choices::Listed(owners)),
        Field::file("file", FILE_MAX).optional(),
        Field::words("resource_text")
            .max(60_000)
            .optional()
            .public(),
    ];
    form.extend(what_it_is());
    form
}

fn edit_form() -> Form {
    let mut form = what_it_is();
    form.push(Field::version());
    form
}

fn file_form() -> Form {
    vec![Field::file("file", FILE_MAX)]
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(2_000).public()]
}

fn review_form() -> Form {
    let marks = |name| Field::choice(name, Choices::Fixed("resource-mark", MARKS));
    vec![
        marks("rubric_accuracy"),
        marks("rubric_curriculum"),
        marks("rubric_age"),
        marks("rubric_language"),
        marks("rubric_inclusion"),
        marks("rubric_access"),
        marks("rubric_rights"),
        Field::choice(
            "resource_decision",
            Choices::Fixed("resource-state", &["approved", "returned"]),
        ),
        Field::words("review_words").max(4_000).optional(),
    ]
}
