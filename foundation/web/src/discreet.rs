//! Texts that everybody may read name nobody: what is entered in a field declared `public`, or read
//! from a file for one, is looked through before it is kept.
//!
//! The rules are in [`base::discreet`]; who is known by name, the room of accounts answers.

use crate::form::{self, Asked, Entered, Field, FieldKind, Values};
use crate::site::Named;
use base::{Error, Lang, Refusal, Refusals, Result};
use db::Tx;

/// Why a text may not be read by everybody; nothing when it may.
///
/// # Errors
/// A fault of the database.
pub fn reasons(tx: &mut Tx, named: Named, field: &str, text: &str) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    let mut refuse = |key: &'static str, what: &str| {
        found.push(Refusal::about(field, key).with("found", what));
    };
    if let Some(number) = base::discreet::telephone(text) {
        refuse("form-public-telephone", number);
    }
    if let Some(address) = base::discreet::email(text) {
        refuse("form-public-email", address);
    }
    if let Some(name) = named(tx, text)? {
        refuse("form-public-person", &name);
    }
    Ok(found)
}

/// Reads what was entered; every reason when something is wrong or may not be read by everybody.
///
/// # Errors
/// Refused, with the reasons at the fields.
pub fn read(tx: &mut Tx, named: Named, asked: &Asked, entered: &Entered) -> Result<Values> {
    let personal = personal(tx, named, asked, entered)?;
    match form::read(asked, entered) {
        Ok(values) => Refusals(personal).or(values),
        Err(Error::Refused(mut refusals)) => {
            refusals.0.extend(personal);
            Err(refusals.into())
        }
        Err(error) => Err(error),
    }
}

/// Why what was entered may not be read by everybody, for every public field of a form.
fn personal(tx: &mut Tx, named: Named, asked: &Asked, entered: &Entered) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    for (field, _) in asked.iter().filter(|(field, _)| is_read_by_all(field)) {
        for text in texts(field, entered) {
            for refusal in reasons(tx, named, field.name, &text)? {
                if !found.contains(&refusal) {
                    found.push(refusal);
                }
            }
        }
    }
    Ok(found)
}

/// Whether strangers may come to read the text of a field.
pub const fn is_read_by_all(field: &Field) -> bool {
    field.public
        && matches!(
            field.kind,
            FieldKind::Text(_) | FieldKind::Words(_) | FieldKind::Names(_)
        )
}

fn texts(field: &Field, entered: &Entered) -> Vec<String> {
    let one = |name: &str| entered.first(name).to_owned();
    let (texts, max) = match field.kind {
        FieldKind::Names(max) => {
            let parts = Lang::ALL.iter();
            let parts = parts.map(|lang| one(&format!("{}_{lang}", field.name)));
            (parts.collect(), max)
        }
        FieldKind::Text(max) | FieldKind::Words(max) => (vec![one(field.name)], max),
        _ => (Vec::new(), 0),
    };
    // What is too long is refused for that.
    let texts: Vec<String> = texts;
    texts
        .into_iter()
        .filter(|text| text.chars().nth(max).is_none())
        .collect()
}
