//! Choices other rooms' forms offer from this room's tables.

use crate::store::{self, OrganisationsWanted};
use base::{Id, Result, Uuid};
use db::Tx;
use web::{Ask, Choice};

/// Organisations a list of choices holds at most; beyond it, forms link from the organisation's page.
const CHOICES_MAX: i64 = 2_000;

/// The id before all others.
pub(crate) const FIRST: Id = Id(Uuid::nil());

/// Every organisation by name.
///
/// # Errors
/// A fault of the database.
pub fn organisations(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    chosen(tx, ask, None)
}

/// Governments' organisations: ministries and their like.
///
/// # Errors
/// A fault of the database.
pub fn governments(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    chosen(tx, ask, Some("government"))
}

fn chosen(tx: &mut Tx, ask: &Ask, kind: Option<&str>) -> Result<Vec<Choice>> {
    let wanted = OrganisationsWanted {
        after: ("", FIRST),
        q: None,
        kind,
        country: None,
        limit: CHOICES_MAX,
    };
    let found = store::organisations(tx, &wanted)?;
    Ok(found
        .into_iter()
        .map(|(_, o)| Choice {
            code: o.id.to_string(),
            label: ask.words.name(&o.names).to_owned(),
        })
        .collect())
}
