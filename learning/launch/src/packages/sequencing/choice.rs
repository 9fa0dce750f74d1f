//! The choice of an activity (SB.2.9).

use super::Run;
use super::course::ROOT;
use super::flow::Stop;
use super::rules::Why;
use formats::scorm::sequencing::Action;

impl Run<'_> {
    /// Whether an activity is among the children that are there, and so are those that hold it.
    pub(crate) fn is_there(&self, place: usize) -> bool {
        self.c.up(place).all(|one| {
            let parent = self.c.parent(one);
            parent.is_none_or(|parent| self.children(parent).contains(&one))
        })
    }

    /// Whether the way leads past an activity (SB.2.4).
    fn passes(&self, place: usize, forward: bool) -> Result<(), Why> {
        if forward {
            return if self.before(place, Action::StopForward) {
                Err(Why::Stopped)
            } else {
                Ok(())
            };
        }
        match self.c.parent(place) {
            Some(parent) if !self.c.rules(parent).forward_only => Ok(()),
            Some(_) => Err(Why::ForwardOnly),
            None => Err(Why::Nothing),
        }
    }

    /// Whether a group may be entered from without by choosing something in it.
    fn enters(&self, place: usize, common: usize) -> Result<(), Why> {
        let closed = !self.track(place).active && place != common;
        if closed && self.c.rules(place).prevent_activation {
            return Err(Why::NotEntered);
        }
        Ok(())
    }

    /// The activity that a choice opens.
    pub(super) fn choose(&self, target: usize) -> Result<usize, Stop> {
        self.may_choose(target).map_err(Stop::No)?;
        if self.c.is_leaf(target) {
            return Ok(target);
        }
        self.flow(target, true, true)
    }

    /// Why an activity may not be chosen, whatever is in it.
    pub(super) fn choice_stop(&self, target: usize) -> Option<Why> {
        self.may_choose(target).err()
    }

    fn may_choose(&self, target: usize) -> Result<(), Why> {
        if !self.is_there(target) {
            return Err(Why::Unknown);
        }
        let path = self.c.down(target);
        if path.iter().any(|one| self.before(*one, Action::Hidden)) {
            return Err(Why::Hidden);
        }
        if let Some(parent) = self.c.parent(target)
            && !self.c.rules(parent).choice
        {
            return Err(Why::NoChoice);
        }
        let current = self.s.current;
        let common = current.map_or(ROOT, |current| self.c.common(current, target));
        let down = |from: usize| -> Vec<usize> {
            let below = path.iter().copied().filter(|one| *one >= from);
            below.filter(|one| *one != target).collect()
        };
        match current {
            Some(current) if current == target => Ok(()),
            // Beside each other: over everything between them.
            Some(current) if self.c.parent(current) == self.c.parent(target) => {
                let all = self.c.parent(current).map_or(&[][..], |p| self.children(p));
                let at = |place| all.iter().position(|one| *one == place);
                let (from, to) = (at(current), at(target));
                let (Some(from), Some(to)) = (from, to) else {
                    return Err(Why::Unknown);
                };
                let between = if from < to {
                    all.get(from..to)
                } else {
                    all.get(to + 1..=from)
                };
                for one in between.unwrap_or_default() {
                    self.passes(*one, from < to)?;
                }
                Ok(())
            }
            // Below what is open, or nothing is open.
            Some(current) if current != common => self.over(current, target, common, &down(common)),
            _ => {
                if target == common {
                    // The whole is begun, not chosen.
                    return Err(Why::Nothing);
                }
                for one in down(common) {
                    self.passes(one, true)?;
                    self.enters(one, common)?;
                }
                Ok(())
            }
        }
    }

    /// From one branch to another, or up to what holds the open activity.
    fn over(
        &self,
        current: usize,
        target: usize,
        common: usize,
        down: &[usize],
    ) -> Result<(), Why> {
        let rising = self.c.up(current).take_while(|one| *one != common);
        let mut constrained = None;
        for one in rising {
            if !self.c.rules(one).choice_exit {
                return Err(Why::StayInside);
            }
            if constrained.is_none() && self.c.rules(one).constrain_choice {
                constrained = Some(one);
            }
        }
        if target == common {
            return Ok(());
        }
        if let Some(constrained) = constrained {
            let forward = self.follows(constrained, target);
            let near = self.next_to(constrained, forward);
            let reached = self.c.holds(near, target) || self.c.holds(constrained, target);
            if !reached {
                return Err(Why::TooFar);
            }
        }
        let forward = self.follows(current, target);
        for one in down {
            if forward {
                self.passes(*one, true)?;
            }
            self.enters(*one, common)?;
        }
        Ok(())
    }

    /// Whether `b` comes after `a` in the order the children have.
    fn follows(&self, a: usize, b: usize) -> bool {
        let common = self.c.common(a, b);
        let under = |place: usize| {
            let mut up = self.c.up(place);
            up.find(|one| self.c.parent(*one) == Some(common))
        };
        let at = |place: usize| {
            let branch = under(place)?;
            self.children(common).iter().position(|one| *one == branch)
        };
        match (at(a), at(b)) {
            (Some(a), Some(b)) => a < b,
            _ => a < b,
        }
    }

    /// The activity next to one, rising where there is none beside it; itself at the ends (SB.2.9.1).
    fn next_to(&self, place: usize, forward: bool) -> usize {
        let mut rising = self.c.up(place);
        rising
            .find_map(|one| self.beside(one, forward))
            .unwrap_or(place)
    }
}
