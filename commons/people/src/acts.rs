//! The verbs of this room: each loads, decides by a rule, saves and records a fact.

pub(crate) mod organisations;
pub(crate) mod own;
pub(crate) mod people;
pub(crate) mod sign_in;

use web::{Act, Form};

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let mut acts = sign_in::acts();
    acts.extend(own::acts());
    acts.extend(people::acts());
    acts.extend(organisations::acts());
    acts
}

fn nothing() -> Form {
    Vec::new()
}
