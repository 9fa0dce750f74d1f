//! One request after the other (OP.1): navigation, ending, the next activity, its delivery.

use super::Run;
use super::course::ROOT;
use super::flow::Stop;
use super::rules::Why;
use super::state::{Known, Track};
use super::terminate::{End, Then};

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Navigate {
    Start,
    ResumeAll,
    Continue,
    Previous,
    Choice(usize),
    Jump(usize),
    Exit,
    ExitAll,
    Abandon,
    AbandonAll,
    SuspendAll,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// An activity is open.
    Opened {
        activity: usize,
        /// It goes on where it was left.
        resumed: bool,
    },
    /// Nothing is open; the way goes on from where it was.
    Left,
    /// The whole is closed.
    Closed,
    Refused(Why),
}

/// What is asked for after the ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Start,
    ResumeAll,
    Continue,
    Previous,
    Choice(usize),
    Jump(usize),
    Retry,
    Exit,
    /// Nothing: what was abandoned stays where it was.
    Stay,
}

impl Run<'_> {
    /// Answers a request; a refused one may have ended what was open.
    pub(crate) fn request(&mut self, asked: Navigate) -> Answer {
        let (end, next) = match self.valid(asked) {
            Ok(found) => found,
            Err(why) => return Answer::Refused(why),
        };
        let mut next = next;
        if let Some(end) = end {
            match self.terminate(end) {
                Ok(Some(Then::Continue)) => next = Next::Continue,
                Ok(Some(Then::Previous)) => next = Next::Previous,
                Ok(Some(Then::Retry | Then::RetryAll)) => next = Next::Retry,
                Ok(Some(Then::Exit)) => next = Next::Exit,
                Ok(None) => {}
                Err(why) => return Answer::Refused(why),
            }
        }
        self.prepare();
        match self.sequence(next) {
            Ok(Some(activity)) => match self.deliverable(activity) {
                None => self.deliver(activity),
                Some(why) => Answer::Refused(why),
            },
            Ok(None) => Answer::Left,
            Err(Stop::End) => {
                self.end_below(ROOT);
                self.s.current = None;
                Answer::Closed
            }
            Err(Stop::No(why)) => {
                if let Next::Choice(target) = next
                    && self.is_there(target)
                    && !self.c.is_leaf(target)
                    && self.choice_stop(target).is_none()
                {
                    // The group was entered, and nothing in it could be opened.
                    let common = self
                        .s
                        .current
                        .map_or(ROOT, |one| self.c.common(one, target));
                    self.end_below(common);
                    self.end(common);
                    self.s.current = Some(target);
                }
                Answer::Refused(why)
            }
        }
    }

    /// What a navigation request asks for, where it is valid (NB.2.1).
    fn valid(&self, asked: Navigate) -> Result<(Option<End>, Next), Why> {
        let current = self.s.current;
        let active = current.is_some_and(|current| self.track(current).active);
        let exits = active.then_some(End::Exit);
        match asked {
            Navigate::Start if current.is_none() => Ok((None, Next::Start)),
            Navigate::ResumeAll if current.is_none() && self.s.suspended.is_none() => {
                Err(Why::NothingSuspended)
            }
            Navigate::ResumeAll if current.is_none() => Ok((None, Next::ResumeAll)),
            Navigate::Start | Navigate::ResumeAll => Err(Why::Open),
            Navigate::Continue | Navigate::Previous => {
                let current = current.ok_or(Why::Closed)?;
                let parent = self.c.parent(current).ok_or(Why::NoFlow)?;
                let rules = self.c.rules(parent);
                if !rules.flow {
                    return Err(Why::NoFlow);
                }
                if asked == Navigate::Continue {
                    return Ok((exits, Next::Continue));
                }
                if rules.forward_only {
                    return Err(Why::ForwardOnly);
                }
                Ok((exits, Next::Previous))
            }
            Navigate::Choice(target) => {
                self.may_navigate(target)?;
                Ok((exits, Next::Choice(target)))
            }
            Navigate::Jump(target) => {
                if target >= self.c.nodes.len() || !self.is_there(target) {
                    return Err(Why::Unknown);
                }
                Ok((exits, Next::Jump(target)))
            }
            Navigate::Exit if active => Ok((exits, Next::Exit)),
            Navigate::Abandon if active => Ok((Some(End::Abandon), Next::Stay)),
            Navigate::Exit | Navigate::Abandon => Err(Why::Closed),
            Navigate::ExitAll if current.is_some() => Ok((Some(End::ExitAll), Next::Exit)),
            Navigate::AbandonAll if current.is_some() => Ok((Some(End::AbandonAll), Next::Exit)),
            Navigate::SuspendAll if current.is_some() => Ok((Some(End::SuspendAll), Next::Exit)),
            Navigate::ExitAll | Navigate::AbandonAll | Navigate::SuspendAll => Err(Why::Closed),
        }
    }

    /// Whether a choice may be asked for from here (NB.2.1, choice).
    pub(super) fn may_navigate(&self, target: usize) -> Result<(), Why> {
        if target >= self.c.nodes.len() {
            return Err(Why::Unknown);
        }
        if let Some(parent) = self.c.parent(target)
            && !self.c.rules(parent).choice
        {
            return Err(Why::NoChoice);
        }
        let Some(current) = self.s.current else {
            return Ok(());
        };
        let stays = |one: usize| self.track(one).active && !self.c.rules(one).choice_exit;
        let common = self.c.common(current, target);
        let mut rising = self.c.up(current).take_while(|one| *one != common);
        if current != target && rising.any(stays) {
            return Err(Why::StayInside);
        }
        Ok(())
    }

    /// The activity to be opened next; none when nothing is (SB.2.5 to SB.2.13).
    fn sequence(&self, next: Next) -> Result<Option<usize>, Stop> {
        let current = || self.s.current.ok_or(Stop::No(Why::Closed));
        match next {
            Next::Stay => Ok(None),
            Next::Start if self.c.is_leaf(ROOT) => Ok(Some(ROOT)),
            Next::Start => self.flow(ROOT, true, true).map(Some),
            Next::ResumeAll => Ok(self.s.suspended),
            Next::Continue | Next::Previous => {
                let current = current()?;
                let flows = self.c.parent(current).map(|one| self.c.rules(one).flow);
                if flows == Some(false) {
                    return Err(Stop::No(Why::NoFlow));
                }
                self.flow(current, next == Next::Continue, false).map(Some)
            }
            Next::Choice(target) => self.choose(target).map(Some),
            Next::Jump(target) => Ok(Some(target)),
            Next::Retry => {
                let current = current()?;
                if self.track(current).active || self.track(current).suspended {
                    return Err(Stop::No(Why::Open));
                }
                if self.c.is_leaf(current) {
                    return Ok(Some(current));
                }
                self.flow(current, true, true).map(Some)
            }
            Next::Exit if self.s.current == Some(ROOT) => Err(Stop::End),
            Next::Exit => Ok(None),
        }
    }

    /// Why an activity cannot be opened after all (DB.1.1); none when it can.
    pub(super) fn deliverable(&self, place: usize) -> Option<Why> {
        if !self.c.is_leaf(place) || self.c.at(place).unit.is_none() {
            return Some(Why::Unknown);
        }
        let path = self.c.down(place);
        path.into_iter().find_map(|one| self.check(one))
    }

    /// Opens an activity (DB.2).
    fn deliver(&mut self, place: usize) -> Answer {
        if self.s.suspended != Some(place) {
            self.let_go(place);
        }
        self.end_below(place);
        let resumed = self.track(place).suspended;
        for one in self.c.down(place) {
            let track = self.track(one);
            if track.active {
                continue;
            }
            if track.suspended {
                if let Some(track) = self.s.tracks.get_mut(one) {
                    track.suspended = false;
                    track.active = true;
                }
                continue;
            }
            self.begin(one);
        }
        self.s.current = Some(place);
        self.s.suspended = None;
        Answer::Opened {
            activity: place,
            resumed,
        }
    }

    /// A new attempt at an activity; what was known of earlier ones counts no more, as its rules say.
    fn begin(&mut self, place: usize) {
        let (objectives, progress) = {
            let rules = self.c.rules(place);
            (rules.current_objectives, rules.current_progress)
        };
        if let Some(track) = self.s.tracks.get_mut(place) {
            *track = Track {
                attempts: track.attempts.saturating_add(1),
                active: true,
                children: track.children.take(),
                ..Track::default()
            };
        }
        let end = self.c.at(place).end;
        for track in self.s.tracks.get_mut(place + 1..end).unwrap_or_default() {
            if objectives {
                for known in &mut track.objectives {
                    *known = Known {
                        completed: known.completed,
                        progress: known.progress,
                        ..Known::default()
                    };
                }
            }
            if progress {
                track.completed = None;
                track.amount = None;
                for known in &mut track.objectives {
                    known.completed = None;
                    known.progress = None;
                }
            }
        }
    }

    /// What was left to be gone on with is left for good, as far as another way is taken (DB.2.1).
    fn let_go(&mut self, target: usize) {
        let Some(left) = self.s.suspended.take() else {
            return;
        };
        let common = self.c.common(left, target);
        let mut path: Vec<usize> = self.c.up(left).take_while(|one| *one != common).collect();
        path.push(common);
        for one in path {
            let inner = self.children(one).iter();
            let held = inner.clone().any(|child| self.track(*child).suspended);
            if let Some(track) = self.s.tracks.get_mut(one)
                && !held
            {
                track.suspended = false;
            }
        }
    }
}
