//! The verbs of this room: each loads, decides by a rule, saves and records a fact.

pub(crate) mod organisations;
pub(crate) mod own;
pub(crate) mod people;
pub(crate) mod sign_in;

use base::Result;
use db::Tx;
use web::{Act, Ask, Call, Done, Form, Prefill, Who};

type Run = fn(&mut Tx, &Call) -> Result<Done>;
type Fill = fn(&mut Tx, &Ask) -> Result<Prefill>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let mut acts = sign_in::acts();
    acts.extend(own::acts());
    acts.extend(people::acts());
    acts.extend(organisations::acts());
    acts
}

/// An act without preparation.
pub(crate) const fn act(
    name: &'static str,
    path: &'static str,
    who: Who,
    form: fn() -> Form,
    run: Run,
) -> Act {
    Act {
        name,
        path,
        who,
        form,
        prefill: None,
        prepare: None,
        run,
    }
}

/// The same with something to see before it is done.
pub(crate) const fn shown_first(mut act: Act, prefill: Fill) -> Act {
    act.prefill = Some(prefill);
    act
}

fn nothing() -> Form {
    Vec::new()
}
