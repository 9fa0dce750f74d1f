//! The order in which the activities of a SCORM 2004 package are opened, by the processes of its standard.
//!
//! Pure: a [`Course`] is what the manifest says, a [`State`] is what one learner has done, and a [`Run`]
//! answers one request after the other. The marks such as `SB.2.9` name the processes of the standard.

mod choice;
mod course;
mod flow;
mod offers;
mod requests;
mod rollup;
mod rules;
mod state;
mod terminate;
mod track;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod testing;

pub(crate) use course::{Course, ROOT};
pub(crate) use offers::Offers;
pub(crate) use requests::{Answer, Navigate};
pub(crate) use rules::Why;
#[cfg(test)]
pub(crate) use state::Known;
pub(crate) use state::{State, real};
pub(crate) use track::{Said, SaidOf};

/// One learner's way through a course.
#[derive(Clone, Debug)]
pub(crate) struct Run<'a> {
    pub c: &'a Course,
    pub s: State,
}
