//! What waits for somebody.

use crate::offer::{Offer, Stage};
use crate::{rules, store};
use base::{Actor, Moment, Result, Role};
use db::Tx;
use web::{Ask, Waiting};

fn waiting(ask: &Ask, (offer, sample): (&Offer, bool), key: &str, since: Moment) -> Waiting {
    let title = members::marked(&ask.words, ask.words.name(&offer.terms.title), sample);
    Waiting {
        href: format!("/offers/{}", offer.id),
        text: ask.words.say_with(key, &[("title", title.into())]),
        since,
        due: None,
    }
}

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    if actor.is(Role::SecretariatOfficer) {
        for offer in store::in_stage(tx, Stage::Registered)? {
            let since = offer.registered_at.unwrap_or(offer.made_at);
            let sample = people::organisation(tx, offer.organisation)?.sample;
            list.push(waiting(ask, (&offer, sample), "offers-waits-check", since));
        }
    }
    if actor.is(Role::SecretariatApprover) {
        for offer in store::in_stage(tx, Stage::Checked)? {
            if offer.checked_by != Some(actor.account) {
                let since = offer.checked_at.unwrap_or(offer.made_at);
                let sample = people::organisation(tx, offer.organisation)?.sample;
                list.push(waiting(
                    ask,
                    (&offer, sample),
                    "offers-waits-approval",
                    since,
                ));
            }
        }
    }
    let mut own = actor.organisations();
    own.sort_unstable();
    own.dedup();
    for organisation in own
        .into_iter()
        .filter(|id| actor.is_for(Role::MemberFocalPoint, *id))
    {
        let sample = people::organisation(tx, organisation)?.sample;
        for offer in store::of(tx, organisation)? {
            list.extend(own_waiting(ask, (&offer, sample)));
        }
    }
    Ok(list)
}

/// What a member's focal point has to do about an offer, and by when.
fn own_waiting(ask: &Ask, marked: (&Offer, bool)) -> Vec<Waiting> {
    let (offer, _) = marked;
    let mut list = Vec::new();
    if offer.stage == Stage::Draft && offer.reason.is_some() {
        list.push(waiting(
            ask,
            marked,
            "offers-waits-correction",
            offer.made_at,
        ));
    }
    if offer.stage != Stage::Available || offer.terms.window_to < ask.today {
        return list;
    }
    let over = offer.terms.free_until < ask.today;
    if !over && rules::is_stale(offer.assured_on, ask.today) {
        let since = Moment::start_of(offer.assured_on.plus(rules::ASSURED_DAYS + 1));
        list.push(waiting(ask, marked, "offers-waits-assurance", since));
    }
    let left = ask.today.days_until(offer.terms.free_until);
    if (0..=rules::FREE_NOTICE_DAYS).contains(&left) {
        let since = Moment::start_of(offer.terms.free_until.plus(-rules::FREE_NOTICE_DAYS));
        let mut entry = waiting(ask, marked, "offers-waits-free-end", since);
        entry.due = Some(offer.terms.free_until);
        list.push(entry);
    }
    list
}
