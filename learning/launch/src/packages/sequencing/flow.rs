//! The way forward and back (SB.2.1 to SB.2.3), and what chance decides (SR.1, SR.2).

use super::Run;
use super::course::ROOT;
use super::rules::Why;
use formats::scorm::sequencing::{Action, When};

/// Where a way stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// At the end of everything.
    End,
    No(Why),
}

impl Run<'_> {
    /// The place beside an activity among the children that are there.
    pub(super) fn beside(&self, place: usize, forward: bool) -> Option<usize> {
        let all = self.children(self.c.parent(place)?);
        let at = all.iter().position(|one| *one == place)?;
        let at = if forward {
            at.checked_add(1)
        } else {
            at.checked_sub(1)
        };
        all.get(at?).copied()
    }

    /// The next activity in a direction, and the direction it leads on to (SB.2.1).
    fn step(
        &self,
        place: usize,
        forward: bool,
        came_back: bool,
        into: bool,
    ) -> Result<(usize, bool), Stop> {
        let (mut at, mut forward, mut turned) = (place, forward, false);
        if came_back && forward && self.beside(at, true).is_none() {
            // Behind the last of a group entered from behind, the way leads on back before its first.
            let first = self.c.parent(at).and_then(|p| self.children(p).first());
            if let Some(first) = first {
                (at, forward, turned) = (*first, false, true);
            }
        }
        if into && !turned && !self.c.is_leaf(at) {
            let all = self.children(at);
            let turns = !forward && self.c.rules(at).forward_only;
            let found = if forward || turns {
                all.first()
            } else {
                all.last()
            };
            let found = found.copied().ok_or(Stop::No(Why::Nothing))?;
            return Ok((found, forward || turns));
        }
        loop {
            let Some(parent) = self.c.parent(at) else {
                return Err(if forward {
                    Stop::End
                } else {
                    Stop::No(Why::Nothing)
                });
            };
            if !forward && !turned && self.c.rules(parent).forward_only {
                return Err(Stop::No(Why::ForwardOnly));
            }
            turned = false;
            match self.beside(at, forward) {
                Some(found) => return Ok((found, forward)),
                None => at = parent,
            }
        }
    }

    /// From an activity on to one that can be opened (SB.2.2).
    fn open_from(&self, place: usize, forward: bool) -> Result<usize, Stop> {
        let (mut at, mut forward, mut came_back) = (place, forward, false);
        for _ in 0..4 * self.c.nodes.len() + 4 {
            let parent = self.c.parent(at);
            if !parent.is_some_and(|parent| self.c.rules(parent).flow) {
                return Err(Stop::No(Why::NoFlow));
            }
            if self.before(at, Action::Skip) {
                let (next, way) = self.step(at, forward, came_back, false)?;
                if came_back && !way {
                    came_back = false;
                }
                (at, forward) = (next, way);
                continue;
            }
            if let Some(why) = self.check(at) {
                return Err(Stop::No(why));
            }
            if self.c.is_leaf(at) {
                return Ok(at);
            }
            let (next, way) = self.step(at, forward, false, true)?;
            came_back = !forward && way;
            (at, forward) = (next, way);
        }
        Err(Stop::No(Why::Nothing))
    }

    /// From an activity in a direction, into it or past it (SB.2.3).
    pub(super) fn flow(&self, place: usize, forward: bool, into: bool) -> Result<usize, Stop> {
        let (next, way) = self.step(place, forward, false, into)?;
        if !forward && way && into {
            return self.open_from(next, true);
        }
        self.open_from(next, forward)
    }

    /// Chooses and shuffles the children of groups whose last attempt is over.
    pub(crate) fn prepare(&mut self) {
        for place in ROOT..self.c.nodes.len() {
            let track = self.track(place);
            let idle = !track.active && !track.suspended;
            if self.c.is_leaf(place) || !idle {
                continue;
            }
            let first = track.attempts == 0 && track.children.is_none();
            let again = track.stale;
            let rules = self.c.rules(place);
            let due = |when: When| match when {
                When::Never => false,
                When::Once => first,
                When::EachAttempt => first || again,
            };
            let count = rules.select.filter(|_| due(rules.selection));
            let shuffles = rules.reorder && due(rules.randomization);
            if let Some(track) = self.s.tracks.get_mut(place) {
                track.stale = false;
            }
            if count.is_none() && !shuffles {
                continue;
            }
            let mut chosen = self.children(place).to_vec();
            if let Some(count) = count {
                chosen.clone_from(&self.c.at(place).children);
                while chosen.len() > count.max(1) {
                    let at = self.s.draw(chosen.len());
                    chosen.remove(at);
                }
            }
            if shuffles {
                for at in (1..chosen.len()).rev() {
                    let other = self.s.draw(at + 1);
                    chosen.swap(at, other);
                }
            }
            if let Some(track) = self.s.tracks.get_mut(place) {
                track.children = Some(chosen);
            }
        }
    }
}
