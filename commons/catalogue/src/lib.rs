//! The words a coalition works with: service classes, units, groups, levels, flagships, missions,
//! principles, licences … Each vocabulary is data: written by an officer, published by another
//! person, retired with a reason, never deleted.

mod acts;
mod pages;
mod rules;
mod seed;
mod store;
mod term;
mod typed;

pub mod choose;

pub use rules::is_code;
pub use seed::seed;
pub use term::{Attributes, Draft, Step, Term};
pub use typed::{
    Condition, EvidenceLevel, Group, Level, Licence, Mission, ServiceClass, ServiceKind, Tier,
    Typed, Unit, Urgency,
};

use base::{Error, Lang, Result, Role};
use db::{Migration, Tx};
use std::collections::BTreeMap;
use web::{Act, Check, Done, Form, MenuGroup, MenuItem, Prefill, Room, Shape, View, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261121_catalogue",
    sql: include_str!("../migrations/20261121_catalogue.sql"),
    sample: include_str!("../migrations/20261121_catalogue.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);
const READERS: Who = Who::Any(&[
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);

/// The room.
pub fn room() -> Room {
    Room {
        name: "catalogue",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: views(),
        acts: acts(),
        inbox: Some(pages::inbox),
        checks: vec![Check {
            name: "catalogue-terms-sound",
            run: unsound,
        }],
        menu: vec![MenuItem {
            href: "/catalogue",
            key: "catalogue-title",
            who: Who::Anyone,
            group: MenuGroup::Data,
            order: 70,
        }],
        ..Room::default()
    }
}

fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/catalogue",
            Who::Anyone,
            Shape::List(pages::VOCABULARY_COLUMNS, &[]),
            pages::vocabularies,
        ),
        seen(
            "/catalogue/drafts",
            READERS,
            Shape::List(pages::DRAFT_COLUMNS, pages::DRAFT_FILTERS),
            pages::drafts,
        ),
        seen(
            "/catalogue/drafts/{id}",
            READERS,
            Shape::Record(pages::DRAFT_RECORD),
            pages::draft,
        ),
        seen(
            "/catalogue/{vocabulary}",
            Who::Anyone,
            Shape::Page,
            pages::vocabulary,
        ),
        seen(
            "/catalogue/{vocabulary}/terms",
            Who::Anyone,
            Shape::List(pages::TERM_COLUMNS, pages::TERM_FILTERS),
            pages::terms,
        ),
        seen(
            "/catalogue/{vocabulary}/{code}",
            Who::Anyone,
            Shape::Record(pages::TERM_RECORD),
            pages::term,
        ),
    ]
}

fn acts() -> Vec<Act> {
    type Filled = fn(&mut Tx, &web::Ask) -> Result<Prefill>;
    type Run = fn(&mut Tx, &web::Call) -> Result<Done>;
    let act = |name, path, who, form: fn() -> Form, prefill: Filled, run: Run| Act {
        name,
        path,
        who,
        form,
        prefill: Some(prefill),
        prepare: None,
        run,
    };
    vec![
        act(
            "term-new",
            "/catalogue/{vocabulary}/new",
            OFFICER,
            pages::new_form,
            pages::new_prefill,
            acts::add,
        ),
        act(
            "term-draft",
            "/catalogue/{vocabulary}/{code}/draft",
            OFFICER,
            pages::edit_form,
            pages::edit_prefill,
            acts::edit,
        ),
        act(
            "term-retirement",
            "/catalogue/{vocabulary}/{code}/retirement",
            OFFICER,
            pages::reason_form,
            pages::retire_prefill,
            acts::retire,
        ),
        act(
            "term-restoration",
            "/catalogue/{vocabulary}/{code}/restoration",
            OFFICER,
            pages::reason_form,
            pages::restore_prefill,
            acts::restore,
        ),
        act(
            "term-publication",
            "/catalogue/drafts/{id}/publication",
            APPROVER,
            Vec::new,
            pages::decide_prefill,
            acts::publish,
        ),
        act(
            "term-return",
            "/catalogue/drafts/{id}/return",
            APPROVER,
            pages::return_form,
            pages::decide_prefill,
            acts::give_back,
        ),
    ]
}

fn unsound(tx: &mut Tx) -> Result<Vec<String>> {
    let all = store::all_terms(tx)?;
    let used = all.iter().filter(|term| term.retired.is_none());
    let breach = |term: &Term| {
        let error = rules::sound(term, &all).err()?;
        Some(format!("{}/{}: {error}", term.vocabulary, term.code))
    };
    Ok(used.filter_map(breach).collect())
}

// ---- the door: what later rooms ask

/// The terms in use of a vocabulary, in order; see [`every_term`] for the retired ones too.
///
/// # Errors
/// A fault of the database.
pub fn terms(tx: &mut Tx, vocabulary: &str) -> Result<Vec<Term>> {
    Ok(store::terms(tx, vocabulary)?
        .into_iter()
        .filter(|term| term.retired.is_none())
        .collect())
}

/// Every term of a vocabulary, retired ones too.
///
/// # Errors
/// A fault of the database.
pub fn every_term(tx: &mut Tx, vocabulary: &str) -> Result<Vec<Term>> {
    store::terms(tx, vocabulary)
}

/// A term, in use or retired.
///
/// # Errors
/// Missing when there is none.
pub fn term(tx: &mut Tx, vocabulary: &str, code: &str) -> Result<Term> {
    store::term(tx, vocabulary, code)?.ok_or(Error::Missing)
}

/// The name of a term, in use or retired; its code when there is none.
///
/// # Errors
/// A fault of the database.
pub fn label(tx: &mut Tx, vocabulary: &str, code: &str, lang: Lang) -> Result<String> {
    let term = store::term(tx, vocabulary, code)?;
    Ok(term.map_or_else(|| code.to_owned(), |term| term.name(lang).to_owned()))
}

/// The names of all terms of a vocabulary by their codes, retired ones too.
///
/// # Errors
/// A fault of the database.
pub fn labels(tx: &mut Tx, vocabulary: &str, lang: Lang) -> Result<BTreeMap<String, String>> {
    let terms = store::terms(tx, vocabulary)?;
    Ok(terms
        .into_iter()
        .map(|term| (term.code.clone(), term.name(lang).to_owned()))
        .collect())
}

/// Whether a code stands for a term in use.
///
/// # Errors
/// A fault of the database.
pub fn is_used(tx: &mut Tx, vocabulary: &str, code: &str) -> Result<bool> {
    Ok(store::term(tx, vocabulary, code)?.is_some_and(|term| term.retired.is_none()))
}

/// The terms in use of a vocabulary as its type: `catalogue::all::<ServiceClass>(tx)`.
///
/// # Errors
/// A fault of the database.
pub fn all<T: Typed>(tx: &mut Tx) -> Result<Vec<T>> {
    Ok(terms(tx, T::VOCABULARY)?
        .iter()
        .filter_map(T::read)
        .collect())
}

/// One term as its vocabulary's type, in use or retired.
///
/// # Errors
/// Missing when there is none.
pub fn one<T: Typed>(tx: &mut Tx, code: &str) -> Result<T> {
    T::read(&term(tx, T::VOCABULARY, code)?).ok_or(Error::Missing)
}

macro_rules! typed {
    ($($many:ident $single:ident $kind:ident),* $(,)?) => { $(
        #[doc = concat!("Every [`", stringify!($kind), "`] in use, in order.")]
        ///
        /// # Errors
        /// A fault of the database.
        pub fn $many(tx: &mut Tx) -> Result<Vec<$kind>> {
            all(tx)
        }
        #[doc = concat!("A [`", stringify!($kind), "`] by its code, in use or retired.")]
        ///
        /// # Errors
        /// Missing when there is none.
        pub fn $single(tx: &mut Tx, code: &str) -> Result<$kind> {
            one(tx, code)
        }
    )* };
}
typed!(
    service_classes service_class ServiceClass,
    units unit Unit,
    groups group Group,
    tiers tier Tier,
    levels level Level,
    conditions condition Condition,
    urgencies urgency Urgency,
    evidence_levels evidence_level EvidenceLevel,
    licences licence Licence,
    missions mission Mission,
);

/// The set of several conditions; codes nobody knows are left out.
///
/// # Errors
/// A fault of the database.
pub fn condition_mask(tx: &mut Tx, codes: &[&str]) -> Result<u32> {
    let known = conditions(tx)?;
    let chosen = known
        .iter()
        .filter(|condition| codes.contains(&condition.code.as_str()));
    Ok(chosen.fold(0, |mask, condition| mask | condition.mask()))
}
