//! What may be asked for now, and why not.

use super::Run;
use super::flow::Stop;
use super::requests::{Answer, Navigate};
use super::rules::Why;
use super::terminate::End;
use formats::scorm::sequencing::Action;

/// What may be asked for now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offers {
    pub start: bool,
    pub resume: bool,
    pub next: bool,
    pub back: bool,
    pub exit: bool,
    pub leave: bool,
    /// Of each activity: why it may not be chosen; none when it may.
    pub choices: Vec<Option<Why>>,
    /// Of each activity: it may be jumped to.
    pub jumps: Vec<bool>,
}

impl Run<'_> {
    /// Everything that leads somewhere.
    pub(crate) fn offers(&self) -> Offers {
        let leads = |asked| {
            let answer = self.clone().request(asked);
            !matches!(answer, Answer::Refused(_))
        };
        let places = 0..self.c.nodes.len();
        let mut probe = self.clone();
        let current = self.s.current;
        if current.is_some_and(|current| self.track(current).active) {
            let _ = probe.terminate(End::Exit);
        }
        probe.prepare();
        let choice = |place: usize| match self.may_navigate(place) {
            Err(why) => Some(why),
            Ok(()) => match probe.choose(place) {
                Ok(found) => probe.deliverable(found),
                Err(Stop::No(why)) => Some(why),
                Err(Stop::End) => Some(Why::Nothing),
            },
        };
        let jump = |place: usize| probe.is_there(place) && probe.deliverable(place).is_none();
        Offers {
            start: leads(Navigate::Start),
            resume: leads(Navigate::ResumeAll),
            next: leads(Navigate::Continue),
            back: leads(Navigate::Previous),
            exit: current.is_some_and(|current| self.track(current).active),
            leave: current.is_some(),
            choices: places.clone().map(choice).collect(),
            jumps: places.map(jump).collect(),
        }
    }

    /// Whether the table of contents leaves an activity out.
    pub(crate) fn is_hidden(&self, place: usize) -> bool {
        !self.c.at(place).visible
            || !self.is_there(place)
            || self.c.up(place).any(|one| self.before(one, Action::Hidden))
    }
    /// Whether the way leads past it by itself.
    pub(crate) fn is_skipped(&self, place: usize) -> bool {
        self.c.up(place).any(|one| self.before(one, Action::Skip))
    }
}
