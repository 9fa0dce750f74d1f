//! How attempts end (UP.3, UP.4, TB.2).

use super::Run;
use super::course::ROOT;
use super::rules::Why;
use formats::scorm::sequencing::Action;

/// How what is open is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Exit,
    ExitAll,
    Abandon,
    AbandonAll,
    SuspendAll,
}

/// What an activity's own rules ask for when it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Continue,
    Previous,
    Retry,
    /// Everything anew.
    RetryAll,
    Exit,
}

impl Run<'_> {
    /// Ends the attempt at an activity (UP.4).
    pub(super) fn end(&mut self, place: usize) {
        let leaf = self.c.is_leaf(place);
        let inner = !leaf && {
            let mut children = self.children(place).iter();
            children.any(|child| self.track(*child).suspended)
        };
        let rules = self.c.rules(place);
        let track = self.track(place);
        if leaf && rules.tracked && !track.suspended && track.attempts > 0 {
            if !rules.completion_by_content && self.completed(place).is_none() {
                self.complete(place, Some(true));
            }
            if !rules.objective_by_content && self.known(place, 0).satisfied.is_none() {
                self.learn(place, 0, |known| known.satisfied = Some(true));
            }
        }
        if let Some(track) = self.s.tracks.get_mut(place) {
            if !leaf {
                track.suspended = inner;
            }
            if track.active && !track.suspended {
                track.stale = true;
            }
            track.active = false;
        }
        self.roll(place);
    }

    /// Ends everything between what is open and what holds it and another activity (UP.3).
    pub(super) fn end_below(&mut self, target: usize) {
        let Some(current) = self.s.current else {
            return;
        };
        let common = self.c.common(current, target);
        let between: Vec<usize> = self
            .c
            .up(current)
            .skip(1)
            .take_while(|one| *one != common)
            .collect();
        if current != common {
            for one in between {
                self.end(one);
            }
        }
    }

    /// A group above whose rules end it because of what is in it (TB.2.1).
    fn exits(&mut self) {
        let Some(current) = self.s.current else {
            return;
        };
        let path = self.c.down(current);
        let above = path.iter().copied().filter(|one| *one != current);
        let ends = |one: &usize| {
            let rules = &self.c.rules(*one).exits;
            self.says(*one, rules, &[Action::Exit]).is_some()
        };
        let target = above.into_iter().find(|one| ends(one));
        if let Some(target) = target {
            self.end_below(target);
            self.end(target);
            self.s.current = Some(target);
        }
    }

    /// What the rules after an activity ask for (TB.2.2).
    fn after(&self, place: usize) -> Option<Action> {
        if self.track(place).suspended {
            return None;
        }
        const ALL: [Action; 6] = [
            Action::ExitParent,
            Action::ExitAll,
            Action::Retry,
            Action::RetryAll,
            Action::Continue,
            Action::Previous,
        ];
        self.says(place, &self.c.rules(place).after, &ALL)
    }

    /// Ends what is open; what follows from the rules then (TB.2.3).
    pub(super) fn terminate(&mut self, how: End) -> Result<Option<Then>, Why> {
        let current = self.s.current.ok_or(Why::Closed)?;
        let active = self.track(current).active;
        if matches!(how, End::Exit | End::Abandon) && !active {
            return Err(Why::Closed);
        }
        match how {
            End::Exit => {
                self.end(current);
                self.exits();
                self.after_exit()
            }
            End::ExitAll => {
                self.end_all();
                Ok(Some(Then::Exit))
            }
            End::SuspendAll => {
                let from = if active || self.track(current).suspended {
                    self.roll(current);
                    current
                } else {
                    self.c.parent(current).ok_or(Why::Closed)?
                };
                self.s.suspended = Some(from);
                for one in self.c.down(from) {
                    if let Some(track) = self.s.tracks.get_mut(one) {
                        track.active = false;
                        track.suspended = true;
                    }
                }
                self.s.current = Some(ROOT);
                Ok(Some(Then::Exit))
            }
            End::Abandon => {
                if let Some(track) = self.s.tracks.get_mut(current) {
                    track.active = false;
                }
                Ok(None)
            }
            End::AbandonAll => {
                for one in self.c.down(current) {
                    if let Some(track) = self.s.tracks.get_mut(one) {
                        track.active = false;
                    }
                }
                self.s.current = Some(ROOT);
                Ok(Some(Then::Exit))
            }
        }
    }

    /// Applies the rules after what has ended, rising as long as they say so.
    fn after_exit(&mut self) -> Result<Option<Then>, Why> {
        loop {
            let current = self.s.current.ok_or(Why::Closed)?;
            let then = match self.after(current) {
                Some(Action::ExitAll) => {
                    self.end_all();
                    return Ok(Some(Then::Exit));
                }
                Some(Action::RetryAll) => {
                    self.end_all();
                    return Ok(Some(Then::RetryAll));
                }
                Some(Action::ExitParent) => {
                    let Some(parent) = self.c.parent(current) else {
                        return Ok(Some(Then::Exit));
                    };
                    self.s.current = Some(parent);
                    self.end(parent);
                    continue;
                }
                Some(Action::Retry) => Some(Then::Retry),
                Some(Action::Continue) => Some(Then::Continue),
                Some(Action::Previous) => Some(Then::Previous),
                _ => None,
            };
            if current == ROOT && then != Some(Then::Retry) {
                return Ok(Some(Then::Exit));
            }
            return Ok(then);
        }
    }

    fn end_all(&mut self) {
        if let Some(current) = self.s.current
            && self.track(current).active
        {
            self.end(current);
        }
        self.end_below(ROOT);
        self.end(ROOT);
        self.s.current = Some(ROOT);
    }
}
