//! What this room asks of the rooms before it, in its own terms.

use crate::proposal::{Proposal, State};
use crate::round::Round;
use crate::snapshot::{Bound, Class, Country, Earlier, Kind, Line, Snapshot, Supply};
use crate::{rules, store};
use base::{Day, Id, Moment, Result};
use db::Tx;
use std::collections::{BTreeMap, BTreeSet};

/// Everything a round looks at, at one moment.
pub(crate) fn snapshot(tx: &mut Tx, round: &Round, now: Moment) -> Result<Snapshot> {
    let today = now.day();
    let scope = match &round.country {
        Some(country) => needs::Scope::Country(country.clone()),
        None => needs::Scope::Everything,
    };
    let open = needs::open_lines(tx, &scope, today)?;
    let lines = lines(tx, open)?;
    let mut countries: BTreeSet<String> = lines.iter().map(|line| line.country.clone()).collect();
    countries.extend(round.country.clone());
    let mut known = Vec::new();
    for code in countries {
        let is_ldc = places::country(tx, &code).is_ok_and(|country| country.ldc == Some(true));
        known.push(Country { code, is_ldc });
    }
    Ok(Snapshot {
        earlier: earlier(tx, round, &lines, now)?,
        lines,
        supplies: supplies(tx, today)?,
        classes: classes(tx)?,
        countries: known,
        first: round.first,
        periods: round.periods,
        name: format!("round {}", round.number),
    })
}

fn lines(tx: &mut Tx, open: Vec<needs::OpenLine>) -> Result<Vec<Line>> {
    let mut gazetteers: BTreeMap<String, Option<places::Gazetteer>> = BTreeMap::new();
    let mut around: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut out = Vec::with_capacity(open.len());
    for line in open {
        if !gazetteers.contains_key(&line.country) {
            let found = places::gazetteer(tx, &line.country).ok();
            gazetteers.insert(line.country.clone(), found);
        }
        let gazetteer = gazetteers.get(&line.country).and_then(Option::as_ref);
        if !around.contains_key(&line.place) {
            let mut codes = vec![line.place.clone()];
            codes.extend(
                gazetteer
                    .into_iter()
                    .flat_map(|g| g.ancestors(&line.place))
                    .map(|p| p.code.clone()),
            );
            if !codes.contains(&line.area) {
                codes.push(line.area.clone());
            }
            around.insert(line.place.clone(), codes);
        }
        let around = around.get(&line.place).cloned().unwrap_or_default();
        out.push(one_line(line, around));
    }
    Ok(out)
}

fn one_line(line: needs::OpenLine, around: Vec<String>) -> Line {
    Line {
        priority: line.has_priority(),
        shares: line.shares.all(),
        id: line.id,
        need: line.need,
        country: line.country,
        area: line.area,
        around,
        label: line.label,
        service_class: line.service_class,
        quantity: line.quantity,
        uncovered: line.uncovered,
        learners: line.learners,
        urgency: line.urgency,
        lang1: line.lang1,
        lang2: line.lang2,
        tier: line.tier,
        conditions: u32::try_from(line.conditions).unwrap_or(0),
        window_from: line.window_from,
        window_to: line.window_to,
        partners: line.partners,
        remote: line.remote,
        package: line.package,
        levels: line.levels,
    }
}

fn supplies(tx: &mut Tx, today: Day) -> Result<Vec<Supply>> {
    let mut answered: BTreeMap<Id, bool> = BTreeMap::new();
    let mut out = Vec::new();
    for offer in offers::open(tx, today)? {
        let member = offer.organisation;
        let all = match answered.get(&member) {
            Some(all) => *all,
            None => {
                let all = members::membership_of(tx, member)?.is_some_and(|m| {
                    m.principles.len() >= 4
                        && m.principles.values().all(|text| !text.trim().is_empty())
                });
                answered.insert(member, all);
                all
            }
        };
        out.push(one_supply(&offer, all, today));
    }
    Ok(out)
}

fn one_supply(offer: &offers::OpenOffer, data_answered: bool, today: Day) -> Supply {
    Supply {
        id: offer.id,
        member: offer.organisation,
        member_names: offer.organisation_name.clone(),
        title: offer.title.clone(),
        home: offer.home.clone(),
        service_class: offer.service_class.clone(),
        kind: match offer.kind {
            offers::Kind::Stock => Kind::Stock,
            offers::Kind::Rate => Kind::Rate,
            offers::Kind::Inexhaustible => Kind::Digital,
        },
        free: offer
            .capacity
            .iter()
            .map(|(period, free)| (period.0, *free))
            .collect(),
        countries_free: offer.countries_free,
        opened: offer.opened.clone(),
        lot_min: offer.lot_min,
        lot_step: offer.lot_step,
        lot_max: offer.lot_max,
        places: match &offer.places {
            offers::Places::World => None,
            offers::Places::Listed(codes) => Some(codes.clone()),
        },
        languages: match &offer.languages {
            offers::Spoken::Any => None,
            offers::Spoken::Listed(tags) => Some(tags.clone()),
        },
        levels: offer.levels.clone(),
        tier: i64::from(offer.tier),
        ready: offer.ready(today).0,
        last: offer.last().0,
        unit_cost_cents: offer.unit_cost_cents,
        fixed_cost_cents: offer.fixed_cost_cents,
        conditions: offer.condition_bits,
        data_answered,
    }
}

fn classes(tx: &mut Tx) -> Result<Vec<Class>> {
    let mut out: Vec<Class> = catalogue::service_classes(tx)?
        .into_iter()
        .map(|class| Class {
            kind: match class.kind {
                catalogue::ServiceKind::Stock => Kind::Stock,
                catalogue::ServiceKind::Rate => Kind::Rate,
                catalogue::ServiceKind::Digital => Kind::Digital,
            },
            has_language: class.language_bearing,
            value: class.value,
            min_tier: i64::from(class.min_tier),
            code: class.code,
        })
        .collect();
    out.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(out)
}

/// How a standing proposal binds the next round; none when it does not stand any more.
pub(crate) fn bound(p: &Proposal, now: Moment) -> Option<Bound> {
    match rules::state_on(p, now) {
        State::Agreed => Some(Bound::Agreed),
        state if state.is_open() && p.locked.is_some() => Some(Bound::Locked),
        State::AcceptedByMember | State::AcceptedByAuthority => Some(Bound::Accepted),
        State::Proposed | State::Shortlisted | State::Lapsed => Some(Bound::Open),
        State::DeclinedByMember | State::DeclinedByAuthority | State::Superseded => None,
    }
}

fn earlier(tx: &mut Tx, round: &Round, lines: &[Line], now: Moment) -> Result<Vec<Earlier>> {
    let known: BTreeSet<Id> = lines.iter().map(|line| line.id).collect();
    let (mut out, mut left) = (Vec::new(), BTreeMap::<Id, i64>::new());
    for proposal in store::proposals::standing(tx, round.country.as_deref())? {
        let Some(bound) = bound(&proposal, now).filter(|_| proposal.round != round.id) else {
            continue;
        };
        if bound == Bound::Agreed {
            left.extend(store::proposals::on_the_way(tx, proposal.id)?);
        }
        for line in store::proposals::lines(tx, proposal.id)? {
            if line.quantity > 0 && known.contains(&line.line) {
                out.push(Earlier {
                    proposal: proposal.id,
                    offer: proposal.offer,
                    line: line.line,
                    period: line.period,
                    quantity: line.quantity,
                    given: line.given,
                    bound,
                });
            }
        }
    }
    out.retain(|e: &Earlier| {
        if e.bound != Bound::Agreed {
            return true;
        }
        // An agreed line whose units came back in the meantime holds nothing any more.
        match left.get_mut(&e.line) {
            Some(units) if *units >= e.quantity => {
                *units -= e.quantity;
                true
            }
            _ => false,
        }
    });
    Ok(out)
}
