//! What people see: the open offers, one offer, a member's own, capabilities, a tried import.

mod capabilities;
mod imports;
mod inbox;
mod offer;
mod offers;

pub(crate) use inbox::inbox;
pub(crate) use offer::{beside, sent_back};
pub(crate) use offers::of_member;

use crate::offer::{Kind, Offer, Places, Spoken};
use base::{Result, Role};
use db::Tx;
use lang::Words;
use ui::Action;
use web::{Shape, View, Who};

/// Who sees more than the public: members' people and the secretariat.
pub(crate) const INSIDE: Who = Who::Any(&[
    Role::MemberFocalPoint,
    Role::MemberOfficer,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/offers",
            Who::Anyone,
            Shape::List(offers::COLUMNS, offers::FILTERS),
            offers::open,
        ),
        seen(
            "/offers/mine",
            INSIDE,
            Shape::List(offers::COLUMNS, offers::MINE_FILTERS),
            offers::own,
        ),
        seen(
            "/offers/{id}",
            Who::Anyone,
            Shape::Record(offer::COLUMNS),
            offer::offer,
        ),
        seen(
            "/offers/imports/{id}",
            Who::Any(&[Role::MemberFocalPoint]),
            Shape::Page,
            imports::tried,
        ),
        seen(
            "/capabilities",
            Who::Anyone,
            Shape::List(capabilities::COLUMNS, capabilities::FILTERS),
            capabilities::list,
        ),
        seen(
            "/capabilities/{id}",
            Who::Anyone,
            Shape::Record(capabilities::ONE),
            capabilities::one,
        ),
    ]
}

/// Places as a form and a file write them.
pub(crate) fn places_codes(places: &Places) -> String {
    match places {
        Places::World => "*".to_owned(),
        Places::Listed(codes) => codes.join(" "),
    }
}
/// Languages as a form and a file write them.
pub(crate) fn language_codes(spoken: &Spoken) -> String {
    match spoken {
        Spoken::Any => "*".to_owned(),
        Spoken::Listed(codes) => codes.join(" "),
    }
}
/// Cents as dollars.
pub(crate) fn usd(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn places_said(tx: &mut Tx, words: &Words, places: &Places) -> Result<String> {
    let Places::Listed(codes) = places else {
        return Ok(words.say("offers-world"));
    };
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(places::place_name(tx, code, words.lang())?);
    }
    Ok(words.list(&all))
}

fn languages_said(tx: &mut Tx, words: &Words, spoken: &Spoken) -> Result<String> {
    let Spoken::Listed(codes) = spoken else {
        return Ok(words.say("offers-any-language"));
    };
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(places::language_name(tx, code, words.lang())?);
    }
    Ok(words.list(&all))
}

fn label(tx: &mut Tx, words: &Words, vocabulary: &str, code: &str) -> Result<String> {
    catalogue::label(tx, vocabulary, code, words.lang())
}

/// What an offer is counted in: units, units a quarter, or countries.
fn unit(tx: &mut Tx, words: &Words, offer: &Offer) -> Result<String> {
    if offer.terms.kind == Kind::Inexhaustible {
        return Ok(words.say("offers-unit-countries"));
    }
    let Ok(class) = catalogue::service_class(tx, &offer.terms.service_class) else {
        return Ok(String::new());
    };
    let unit = label(tx, words, "units", &class.unit)?;
    Ok(match offer.terms.kind {
        Kind::Rate => words.say_with("offers-unit-per-quarter", &[("unit", unit.into())]),
        Kind::Stock | Kind::Inexhaustible => unit,
    })
}

fn action(words: &Words, href: &str, key: &str, main: bool) -> Action {
    Action {
        href: href.to_owned(),
        label: words.say(key),
        main,
    }
}
