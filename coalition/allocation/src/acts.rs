//! The verbs of this room: load, decide, save, record a fact, in one transaction.

pub(crate) mod calls;
pub(crate) mod decisions;
pub(crate) mod policies;
pub(crate) mod rounds;
pub(crate) mod storing;
