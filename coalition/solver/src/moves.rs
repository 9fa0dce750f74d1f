//! Earlier accepted matches that a plan does not keep: what moved, where to, and why.

use crate::eligibility::{fit, pair};
use crate::explain::{Argument, Explainer, Reason};
use crate::instance::{Delivery, Kind, Prior, PriorState};
use std::collections::BTreeSet;
use std::fmt::Write;

/// An accepted match that the plan does not keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub before: Prior,
    /// What the need is given instead; empty when nothing.
    pub now: Vec<Delivery>,
    /// Never empty; the first reason is the main one.
    pub reasons: Vec<Reason>,
}

/// What moved as moved.csv: the earlier match, the offers the need has instead, the codes of why; a
/// field of several is parted by spaces.
pub fn write_moved(moved: &[Moved]) -> String {
    let mut out = String::from("need,offer,period,qty,now,reasons\n");
    for one in moved {
        let Prior {
            need,
            offer,
            period,
            qty,
            ..
        } = one.before;
        let now: BTreeSet<u32> = one.now.iter().map(|d| d.offer).collect();
        let now: Vec<String> = now.iter().map(u32::to_string).collect();
        let why: Vec<&str> = one.reasons.iter().map(|reason| reason.code).collect();
        let (now, why) = (now.join(" "), why.join(" "));
        let _ = writeln!(out, "{need},{offer},{period},{qty},{now},{why}");
    }
    out
}

impl Explainer<'_> {
    /// All accepted matches that are not kept, by need and offer.
    ///
    /// Codes beside those of `why_not`: `another_offer_pays_more` (points ahead of the earlier offer, what keeping it
    /// would have earned included), `room_went_to_others` (the earlier offer would be better for this need alone, but
    /// its units bring more elsewhere), `not_opened_here` (the same for offers that are opened in a country).
    pub fn moved(&self) -> Vec<Moved> {
        let mut seen = BTreeSet::new();
        let accepted = self
            .instance
            .prior
            .iter()
            .filter(|p| p.state == PriorState::Accepted);
        let mut out: Vec<Moved> = accepted
            .filter(|p| !self.has(p.need, p.offer) && seen.insert((p.need, p.offer)))
            .map(|&before| {
                let now = self.by_need.get(&before.need).cloned().unwrap_or_default();
                let reasons = self.why_moved(&before, &now);
                Moved {
                    before,
                    now,
                    reasons,
                }
            })
            .collect();
        out.sort_by_key(|moved| (moved.before.need, moved.before.offer));
        out
    }

    fn has(&self, need: u32, offer: u32) -> bool {
        let own = self.by_need.get(&need);
        own.is_some_and(|list| list.iter().any(|d| d.offer == offer))
    }

    fn why_moved(&self, before: &Prior, now: &[Delivery]) -> Vec<Reason> {
        let need = &self.instance.needs[before.need as usize];
        let offer = &self.instance.offers[before.offer as usize];
        let was = ("offer", Argument::Offer(before.offer));
        if let Err(rules) = pair(self.instance, need, offer) {
            let broken = rules.iter().map(|rule| rule.reason());
            return broken
                .map(|code| Reason::new(code, vec![was.clone()]))
                .collect();
        }
        let is_digital = self.kind(before.offer) == Some(Kind::Digital);
        if now.is_empty() {
            let reasons = self.why_not(before.need).map(|why| why.reasons);
            return reasons
                .filter(|list| !list.is_empty())
                .unwrap_or_else(|| vec![Reason::new("rounding", vec![was])]);
        }
        let bonus = self.instance.meta.stability * self.instance.meta.value(need);
        let (gained, kept) = if is_digital {
            let best = now.iter().map(|d| self.course(before.need, d.offer));
            (
                best.fold(0.0, f64::max),
                self.course(before.need, before.offer) + bonus,
            )
        } else {
            let gained = now
                .iter()
                .filter_map(|d| self.why(d))
                .map(|why| why.surplus);
            let ways = self.ways(before.need, false);
            let own = ways.iter().find(|way| way.offer == before.offer);
            (gained.sum(), own.map_or(0.0, |way| way.gain) + bonus)
        };
        let points = ("points", Argument::Points(gained - kept));
        let code = match (gained >= kept, is_digital) {
            (true, _) => "another_offer_pays_more",
            (false, true) => "not_opened_here",
            (false, false) => "room_went_to_others",
        };
        let mut arguments = vec![was, points];
        if code == "another_offer_pays_more" {
            let other = now.iter().map(|d| d.offer).find(|&o| o != before.offer);
            arguments.extend(other.map(|offer| ("other", Argument::Offer(offer))));
            arguments.push(("kept_for", Argument::Points(bonus)));
        } else if !is_digital {
            let price = self.row_price(before.offer, before.period);
            arguments.push(("price", Argument::Points(price)));
        }
        vec![Reason::new(code, arguments)]
    }

    /// Points a need earns from a course.
    fn course(&self, need: u32, offer: u32) -> f64 {
        let own = &self.instance.needs[need as usize];
        pair(self.instance, own, &self.instance.offers[offer as usize]).map_or(0.0, |found| {
            let fit = fit(self.instance, own, found.by_second_language, found.first);
            self.instance.meta.value(own) * self.instance.meta.welfare(fit)
        })
    }
}
