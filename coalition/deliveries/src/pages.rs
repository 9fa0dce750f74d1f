//! What people see: consignments, their lines, what is in dispute, and the receivers' own page.

mod consignment;
mod deliveries;
mod discrepancies;
mod elsewhere;
mod line;
mod links;
mod receive;
mod tables;

pub(crate) use consignment::{beside, beside_new};
pub(crate) use discrepancies::beside as beside_discrepancy;
pub(crate) use elsewhere::{inbox, on_deployment};
pub(crate) use line::{beside as beside_line, outstanding as outstanding_line};
pub(crate) use receive::beside as beside_receive;

use crate::consignment::{Checked, Consignment};
use crate::store::consignments::Seen;
use crate::upstream;
use base::{Actor, Error, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Action, Html};
use web::{Ask, Shape, View, Who};

/// The parties, the secretariat and the auditor.
const INSIDE: Who = Who::Any(&[
    Role::AuthorityFocalPoint,
    Role::AuthoritySignatory,
    Role::MemberFocalPoint,
    Role::MemberOfficer,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);
const AUTHORITY: Who = Who::Any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory]);

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let view = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        view(
            "/deliveries",
            Who::Anyone,
            Shape::List(deliveries::COLUMNS, deliveries::FILTERS),
            deliveries::list,
        ),
        view(
            "/deliveries/open",
            INSIDE,
            Shape::List(discrepancies::COLUMNS, discrepancies::FILTERS),
            discrepancies::open,
        ),
        view(
            "/consignments/{id}",
            Who::Anyone,
            Shape::Record(consignment::COLUMNS),
            consignment::one,
        ),
        view(
            "/consignments/{id}/lines",
            INSIDE,
            Shape::List(line::COLUMNS, line::FILTERS),
            line::list,
        ),
        view(
            "/consignments/{id}/links",
            AUTHORITY,
            Shape::Page,
            links::sheet,
        ),
        view(
            "/consignments/{id}/paper",
            INSIDE,
            Shape::File,
            consignment::paper,
        ),
        view(
            "/consignments/{id}/tables/blank",
            AUTHORITY,
            Shape::File,
            tables::blank,
        ),
        view(
            "/check-in-files/{id}",
            AUTHORITY,
            Shape::Page,
            tables::tried,
        ),
        view(
            "/consignment-lines/{id}",
            INSIDE,
            Shape::Record(line::ONE),
            line::one,
        ),
        view(
            "/discrepancies/{id}",
            INSIDE,
            Shape::Record(discrepancies::ONE),
            discrepancies::one,
        ),
        view("/receipts/{id}/proof", INSIDE, Shape::File, line::proof),
        view(
            "/receive/{token}/thanks",
            Who::Anyone,
            Shape::Page,
            receive::thanks,
        ),
    ]
}

/// Whose consignments somebody sees before anything of them was received.
fn seen(actor: Option<&Actor>) -> Seen {
    let members = actor.map(Actor::organisations).unwrap_or_default();
    Seen {
        all: actor.is_some_and(Actor::reads_all),
        countries: actor.map(Actor::authority_countries).unwrap_or_default(),
        members: members
            .into_iter()
            .filter(|id| actor.is_some_and(|actor| upstream::is_of(actor, *id)))
            .collect(),
    }
}

/// Whether somebody is a party to the consignment, or reads all.
fn is_inside(actor: Option<&Actor>, consignment: &Consignment) -> bool {
    seen(actor).has(consignment)
}

/// Only for the parties, the secretariat and the auditor.
fn inside(actor: Option<&Actor>, consignment: &Consignment) -> Result<()> {
    if is_inside(actor, consignment) {
        Ok(())
    } else {
        Err(Error::Missing)
    }
}

/// Speaks for the authority of the consignment's country.
fn is_authority(actor: Option<&Actor>, consignment: &Consignment) -> bool {
    actor.is_some_and(|actor| actor.authority_countries().contains(&consignment.country))
}

fn action(words: &Words, href: impl Into<String>, key: &str, main: bool) -> Action {
    Action {
        href: href.into(),
        label: words.say(key),
        main,
    }
}

/// The name of a service class, and of its unit.
fn service(tx: &mut Tx, words: &Words, code: &str) -> Result<(String, String)> {
    let name = catalogue::label(tx, "service_classes", code, words.lang())?;
    let unit = match catalogue::service_class(tx, code) {
        Ok(class) => catalogue::label(tx, "units", &class.unit, words.lang())?,
        Err(Error::Missing) => String::new(),
        Err(error) => return Err(error),
    };
    Ok((name, unit))
}

/// The name of so many units of a service.
fn units(tx: &mut Tx, words: &Words, service_class: &str, n: i64) -> Result<String> {
    let class = catalogue::service_class(tx, service_class)?;
    let unit = catalogue::unit(tx, &class.unit)?;
    let names = if n == 1 || unit.plurals.is_empty() {
        unit.names
    } else {
        unit.plurals
    };
    Ok(words.name(&names).to_owned())
}

fn place(tx: &mut Tx, ask: &Ask, code: &str) -> Result<String> {
    places::place_name(tx, code, ask.words.lang())
}

/// What was found, in one line of words: only what is more than nothing.
fn found(words: &Words, checked: &Checked) -> String {
    let parts = [
        ("deliveries-n-good", checked.good),
        ("deliveries-n-damaged", checked.damaged),
        ("deliveries-n-short", checked.short),
        ("deliveries-n-surplus", checked.surplus),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| words.say_with(key, &[("n", n.into())]))
        .collect();
    words.list(&said)
}

/// A table of words and numbers without a list's machinery.
fn table(words: &Words, caption: &str, heads: &[&str], rows: &[Vec<Html>]) -> Html {
    let heads: Vec<String> = heads.iter().map(|key| words.say(key)).collect();
    ui::plain_table(caption, &heads, rows)
}

/// One page of rows of which one more than wanted was read; whether there are more.
fn cut<T>(rows: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    more
}

/// The size of a file in words.
fn size(words: &Words, file: &files::Upload) -> String {
    ui::size(words, usize::try_from(file.size).unwrap_or(usize::MAX))
}
