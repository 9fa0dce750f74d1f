//! The decisions of this room. Rules never read the clock or the database.

use crate::call::Call;
use crate::policy::{GROUPS, Parameters, Policy};
use crate::proposal::{ANSWER_DAYS, Drop, Line, Part, Proposal, Side, State};
use crate::round::{NewRound, Round};
use base::{Actor, Day, Error, Moment, Refusal, Refusals, Result, Role, Second};
use std::collections::BTreeMap;

/// Quarters a round may plan.
pub const PERIODS_MAX: i64 = 8;

/// How a proposal stands.
pub fn state_on(p: &Proposal, now: Moment) -> State {
    let said = |side: Side| p.answer(side).accepted;
    if p.superseded_at.is_some() {
        State::Superseded
    } else if said(Side::Member) == Some(false) {
        State::DeclinedByMember
    } else if said(Side::Authority) == Some(false) {
        State::DeclinedByAuthority
    } else if said(Side::Member) == Some(true) && said(Side::Authority) == Some(true) {
        State::Agreed
    } else if p.released_at.is_some() || now >= p.created_at.plus_days(ANSWER_DAYS) {
        State::Lapsed
    } else if said(Side::Member) == Some(true) {
        State::AcceptedByMember
    } else if said(Side::Authority) == Some(true) {
        State::AcceptedByAuthority
    } else if p.shortlisted.is_some() {
        State::Shortlisted
    } else {
        State::Proposed
    }
}

fn word(state: State) -> base::Arg {
    base::Arg::Word(format!("proposal-state-{}", state.code()))
}

/// Somebody may still decide on it.
fn open(p: &Proposal, now: Moment) -> Result<()> {
    let state = state_on(p, now);
    if state.is_open() {
        return Ok(());
    }
    Err(Refusal::whole("allocation-not-open")
        .with("state", word(state))
        .into())
}

/// Whether the actor speaks for that side of the proposal.
pub fn speaks(p: &Proposal, side: Side, actor: &Actor) -> bool {
    match side {
        Side::Member => actor.is_for(Role::MemberOfficer, p.member),
        Side::Authority => [Role::AuthorityFocalPoint, Role::AuthoritySignatory]
            .iter()
            .any(|role| {
                let own = actor.appointments.iter().filter(|a| a.role == *role);
                own.into_iter()
                    .any(|a| a.country.as_deref() == Some(p.country.as_str()))
            }),
    }
}

/// The person who may answer for a side: its own, never the secretariat, never who made the match or
/// spoke for the other side.
pub fn second(p: &Proposal, side: Side, actor: &Actor) -> Result<Second> {
    if actor.is_secretariat() {
        return Err(Refusal::whole("allocation-secretariat-accepts-for-nobody").into());
    }
    if !speaks(p, side, actor) {
        let role = match side {
            Side::Member => Role::MemberOfficer,
            Side::Authority => Role::AuthorityFocalPoint,
        };
        return Err(Error::Forbidden(role.code()));
    }
    let marks = [&p.shortlisted, &p.locked];
    let mut first: Vec<base::Id> = marks
        .iter()
        .filter_map(|m| m.as_ref().map(|m| m.by))
        .collect();
    first.push(p.matched_by);
    first.extend(p.answer(side.other()).by);
    Second::after(&first, actor)
}

/// What comes of an acceptance.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// Units that go back because they were not accepted.
    pub drops: Vec<Drop>,
    /// The other side has accepted too.
    pub agreed: bool,
    /// Units of lines, and of whole lots, that stay.
    pub quantity: i64,
    pub given: i64,
}

/// Accepts for one side, wholly or in part. `lines` stand in the order of their rank.
pub fn accept(
    p: &Proposal,
    lines: &[Line],
    side: Side,
    part: &Part,
    now: Moment,
) -> Result<Acceptance> {
    open(p, now)?;
    if p.answer(side).accepted == Some(true) {
        return Err(Refusal::whole("allocation-answered-already").into());
    }
    let mut refusals = Refusals::default();
    let known = |area: &String| lines.iter().any(|line| &line.area == area);
    refusals.unless(
        part.areas.iter().all(known),
        "areas",
        "allocation-area-not-in-proposal",
    );
    refusals.unless(
        part.units_max.is_none_or(|units| units > 0),
        "units_max",
        "allocation-units-not-positive",
    );
    refusals.or(())?;
    let mut out = Acceptance {
        drops: Vec::new(),
        agreed: p.answer(side.other()).accepted == Some(true),
        quantity: 0,
        given: 0,
    };
    let mut left = part.units_max.unwrap_or(i64::MAX);
    for line in lines.iter().filter(|line| line.quantity > 0) {
        let wanted = part.areas.is_empty() || part.areas.contains(&line.area);
        let given = if wanted { whole_lots(p, line, left) } else { 0 };
        let quantity = line.quantity.min(given);
        left -= given;
        out.given += given;
        out.quantity += quantity;
        if given < line.given {
            let (quantity, given) = (line.quantity - quantity, line.given - given);
            out.drops.push(Drop {
                line: line.line,
                period: line.period,
                quantity,
                given,
            });
        }
    }
    if out.quantity == 0 {
        return Err(Refusal::about("units_max", "allocation-nothing-accepted").into());
    }
    Ok(out)
}

/// Units of a line within what is left, in whole lots; goods opened once go whole or not at all.
fn whole_lots(p: &Proposal, line: &Line, left: i64) -> i64 {
    if line.given <= left {
        return line.given;
    }
    let step = p.lot_step.max(1);
    let some = left / step * step;
    if p.rival && some >= p.lot_min.max(step) {
        some
    } else {
        0
    }
}

/// Declines for one side; a side may still change its mind until both have accepted.
pub fn decline(p: &Proposal, now: Moment) -> Result<()> {
    open(p, now)
}

/// Marks a proposal out of its turn.
pub fn shortlist(p: &Proposal, actor: &Actor, now: Moment) -> Result<()> {
    actor.require(Role::SecretariatOfficer)?;
    open(p, now)?;
    if p.shortlisted.is_some() {
        return Err(Refusal::whole("allocation-shortlisted-already").into());
    }
    Ok(())
}

/// Locks a proposal for the rounds to come.
pub fn lock(p: &Proposal, actor: &Actor, now: Moment) -> Result<()> {
    actor.require(Role::SecretariatOfficer)?;
    open(p, now)?;
    if p.locked.is_some() {
        return Err(Refusal::whole("allocation-locked-already").into());
    }
    Ok(())
}

/// Whether someone may see a proposal.
pub fn may_see(p: &Proposal, actor: &Actor) -> bool {
    let roles = [Role::MemberOfficer, Role::MemberFocalPoint];
    actor.reads_all()
        || roles.iter().any(|role| actor.is_for(*role, p.member))
        || actor.authority_countries().contains(&p.country)
}

/// A round as asked for is possible.
pub fn new_round(
    new: &NewRound,
    policy: Option<&Policy>,
    under_way: bool,
    today: Day,
) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(!new.title.trim().is_empty(), "title", "form-missing");
    if !(1..=PERIODS_MAX).contains(&new.periods) {
        let no = Refusal::about("periods", "form-out-of-range");
        refusals.push(no.with("least", 1_i64).with("most", PERIODS_MAX));
    }
    refusals.unless(
        today.days_until(new.from) >= -92,
        "from_on",
        "allocation-quarter-over",
    );
    refusals.unless(!under_way, "", "allocation-round-under-way");
    match policy {
        Some(policy) if policy.published_at.is_some() => {}
        _ => refusals.push(Refusal::about("policy", "allocation-no-policy")),
    }
    refusals.or(())
}

/// A round may be stopped while nothing of it is stored.
pub fn cancel(round: &Round, actor: &Actor) -> Result<()> {
    use crate::round::State as At;
    actor.require(Role::SecretariatOfficer)?;
    match round.state {
        At::Queued | At::Solving => Ok(()),
        state => {
            let word = base::Arg::Word(format!("round-state-{}", state.code()));
            Err(Refusal::whole("allocation-round-not-stoppable")
                .with("state", word)
                .into())
        }
    }
}

/// A draft may be published by another person than who wrote it.
pub fn publish_policy(policy: &Policy, actor: &Actor) -> Result<Second> {
    actor.require(Role::SecretariatApprover)?;
    if policy.published_at.is_some() {
        return Err(Refusal::whole("allocation-published-already").into());
    }
    sound(&policy.parameters)?;
    Second::after(
        &policy.created_by.map_or_else(Vec::new, |by| vec![by]),
        actor,
    )
}

/// Whether a draft may still be edited.
pub fn edit_policy(policy: &Policy, actor: &Actor) -> Result<()> {
    actor.require(Role::SecretariatOfficer)?;
    if policy.published_at.is_some() {
        return Err(Refusal::whole("allocation-published-already").into());
    }
    Ok(())
}

/// Parameters the solver can work with.
pub fn sound(p: &Parameters) -> Result<()> {
    let mut refusals = Refusals::default();
    let field = |code: &str| match code {
        "welfare_not_concave" => ("welfare", "allocation-welfare-not-falling"),
        "package_levels_wrong" => ("package_levels", "allocation-package-levels-wrong"),
        "share_out_of_range" => ("", "allocation-share-out-of-range"),
        _ => ("", "allocation-number-out-of-range"),
    };
    for problem in crate::build::meta_problems(p) {
        let (field, key) = field(problem);
        refusals.push(Refusal::about(field, key));
    }
    for floor in &p.floors {
        let known = GROUPS.contains(&floor.group.as_str())
            && p.category_values.contains_key(&floor.service_class);
        if !known || !(0.0..=1.0).contains(&floor.min_share) {
            let name = format!(
                "{} {} {}",
                floor.service_class, floor.group, floor.min_share
            );
            refusals.push(Refusal::about("floors", "allocation-floor-unknown").with("floor", name));
        }
    }
    refusals.or(())
}

/// Reads «name number» lines as they are typed: `devices 1.2`.
pub fn numbers(field: &str, text: &str) -> Result<BTreeMap<String, f64>> {
    let mut refusals = Refusals::default();
    let mut out = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, number) = line.rsplit_once(char::is_whitespace).unwrap_or((line, ""));
        match number.replace(',', ".").parse::<f64>() {
            Ok(number) if number.is_finite() && (0.0..=1e6).contains(&number) => {
                out.insert(name.trim().to_owned(), number);
            }
            _ => refusals
                .push(Refusal::about(field, "allocation-line-unreadable").with("line", line)),
        }
    }
    refusals.or(out)
}

/// A call as drafted is possible.
pub fn new_call(call: &Call, today: Day) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(!call.title.is_empty(), "title", "form-missing");
    refusals.unless(call.quantity > 0, "quantity", "quantity-not-positive");
    refusals.unless(
        call.closes_on > today,
        "closes_on",
        "allocation-call-closes-too-early",
    );
    refusals.or(())
}

/// A call is published by another person than who drafted it.
pub fn publish_call(call: &Call, actor: &Actor, today: Day) -> Result<Second> {
    actor.require(Role::SecretariatApprover)?;
    if call.published_at.is_some() {
        return Err(Refusal::whole("allocation-published-already").into());
    }
    new_call(call, today)?;
    Second::after(&[call.created_by], actor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proposal::{Answer, Mark};
    use base::{Appointment, Id, Lang};

    fn id(name: &str) -> Id {
        Id::named("test", name)
    }
    fn now() -> Moment {
        Moment::from_micros(1_800_000_000_000_000)
    }
    fn proposal() -> Proposal {
        Proposal {
            id: id("p"),
            round: id("r"),
            matched_by: id("omar"),
            offer: id("o"),
            need: id("n"),
            member: id("member"),
            country: "HN".to_owned(),
            service_class: "devices".to_owned(),
            areas: vec!["HN01".to_owned(), "HN02".to_owned()],
            lines: 3,
            quantity: 25,
            given: 30,
            quantity_now: 25,
            given_now: 30,
            learners: 100,
            lot_min: 10,
            lot_step: 5,
            rival: true,
            score: 1.0,
            ground: 1.0,
            priority: 1.0,
            resources: -1.0,
            local_offer: None,
            local_lines: 0,
            created_at: now(),
            of_member: Answer::default(),
            of_authority: Answer::default(),
            shortlisted: None,
            locked: None,
            superseded_at: None,
            released_at: None,
            version: 1,
        }
    }
    fn lines() -> Vec<Line> {
        [
            ("a", "HN01", 10, 10),
            ("b", "HN02", 8, 10),
            ("c", "HN01", 7, 10),
        ]
        .into_iter()
        .zip(1..)
        .map(|((name, area, quantity, given), rank)| Line {
            line: id(name),
            period: -1,
            rank,
            area: area.to_owned(),
            quantity,
            given,
        })
        .collect()
    }
    fn actor(name: &str, roles: &[(Role, Option<&str>, Option<&str>)]) -> Actor {
        let appointment =
            |(role, organisation, country): &(Role, Option<&str>, Option<&str>)| Appointment {
                role: *role,
                organisation: organisation.map(id),
                country: country.map(str::to_owned),
                places: Vec::new(),
            };
        Actor {
            account: id(name),
            name: name.to_owned(),
            lang: Lang::En,
            appointments: roles.iter().map(appointment).collect(),
        }
    }
    fn said(accepted: bool, by: &str) -> Answer {
        Answer {
            accepted: Some(accepted),
            by: Some(id(by)),
            at: Some(now()),
            reason: None,
        }
    }

    #[test]
    fn a_state_follows_from_what_was_said_and_when() {
        let p = proposal();
        let late = now().plus_days(14);
        let with = |m: Option<bool>, a: Option<bool>| {
            let mut p = p.clone();
            p.of_member = m.map_or_else(Answer::default, |m| said(m, "max"));
            p.of_authority = a.map_or_else(Answer::default, |a| said(a, "ana"));
            p
        };
        for (p, at, state) in [
            (p.clone(), now(), State::Proposed),
            (p.clone(), late, State::Lapsed),
            (with(Some(true), None), now(), State::AcceptedByMember),
            (with(None, Some(true)), now(), State::AcceptedByAuthority),
            (with(Some(true), None), late, State::Lapsed),
            (with(Some(true), Some(true)), late, State::Agreed),
            (
                with(Some(false), Some(true)),
                now(),
                State::DeclinedByMember,
            ),
            (
                with(Some(true), Some(false)),
                late,
                State::DeclinedByAuthority,
            ),
            (
                Proposal {
                    superseded_at: Some(now()),
                    ..p.clone()
                },
                late,
                State::Superseded,
            ),
            (
                Proposal {
                    shortlisted: Some(Mark {
                        by: id("o"),
                        at: now(),
                        reason: String::new(),
                    }),
                    ..p
                },
                now(),
                State::Shortlisted,
            ),
        ] {
            assert_eq!(state_on(&p, at), state);
        }
    }

    #[test]
    fn a_part_is_whole_lots_in_the_order_of_rank() {
        let p = proposal();
        let part = |areas: &[&str], units: Option<i64>| Part {
            areas: areas.iter().map(|a| (*a).to_owned()).collect(),
            units_max: units,
            version: None,
        };
        for (part, quantity, given, drops) in [
            (part(&[], None), 25, 30, 0),
            (part(&["HN01"], None), 17, 20, 1),
            (part(&[], Some(24)), 18, 20, 1),
            (part(&[], Some(29)), 18, 20, 1),
            (part(&["HN02"], Some(14)), 8, 10, 2),
        ] {
            let got = accept(&p, &lines(), Side::Member, &part, now()).unwrap();
            assert_eq!(
                (got.quantity, got.given, got.drops.len()),
                (quantity, given, drops),
                "{part:?}"
            );
            let back: i64 = got.drops.iter().map(|drop| drop.quantity).sum();
            assert_eq!(back + got.quantity, 25);
        }
        for (part, key) in [
            (part(&[], Some(9)), "allocation-nothing-accepted"),
            (part(&["HN09"], None), "allocation-area-not-in-proposal"),
            (part(&[], Some(0)), "allocation-units-not-positive"),
        ] {
            assert_eq!(
                accept(&p, &lines(), Side::Member, &part, now())
                    .unwrap_err()
                    .keys(),
                [key]
            );
        }
        let mut agreed = p.clone();
        agreed.of_authority = said(true, "ana");
        assert!(
            accept(&agreed, &lines(), Side::Member, &Part::default(), now())
                .unwrap()
                .agreed
        );
        let again = accept(&agreed, &lines(), Side::Authority, &Part::default(), now());
        assert_eq!(again.unwrap_err().keys(), ["allocation-answered-already"]);
        let late = accept(
            &p,
            &lines(),
            Side::Member,
            &Part::default(),
            now().plus_days(14),
        );
        assert_eq!(late.unwrap_err().keys(), ["allocation-not-open"]);
    }

    #[test]
    fn the_matcher_is_never_the_acceptor() {
        let mut p = proposal();
        let officer = [(Role::MemberOfficer, Some("member"), None)];
        let focal = [(Role::AuthorityFocalPoint, None, Some("HN"))];
        assert!(second(&p, Side::Member, &actor("max", &officer)).is_ok());
        assert!(second(&p, Side::Authority, &actor("ana", &focal)).is_ok());
        assert_eq!(
            second(&p, Side::Member, &actor("omar", &officer))
                .unwrap_err()
                .keys(),
            ["four-eyes"]
        );
        let secretariat = [officer[0], (Role::SecretariatApprover, None, None)];
        let key = "allocation-secretariat-accepts-for-nobody";
        assert_eq!(
            second(&p, Side::Member, &actor("pat", &secretariat))
                .unwrap_err()
                .keys(),
            [key]
        );
        p.locked = Some(Mark {
            by: id("lock"),
            at: now(),
            reason: String::new(),
        });
        assert_eq!(
            second(&p, Side::Member, &actor("lock", &officer))
                .unwrap_err()
                .keys(),
            ["four-eyes"]
        );
        p.of_authority = said(true, "both");
        assert_eq!(
            second(&p, Side::Member, &actor("both", &officer))
                .unwrap_err()
                .keys(),
            ["four-eyes"]
        );
        for (side, actor) in [
            (Side::Member, actor("ana", &focal)),
            (Side::Authority, actor("max", &officer)),
            (
                Side::Member,
                actor("other", &[(Role::MemberOfficer, Some("another"), None)]),
            ),
            (
                Side::Member,
                actor("mary", &[(Role::MemberFocalPoint, Some("member"), None)]),
            ),
            (
                Side::Authority,
                actor("wanjiru", &[(Role::AuthorityFocalPoint, None, Some("KE"))]),
            ),
        ] {
            assert!(matches!(second(&p, side, &actor), Err(Error::Forbidden(_))));
        }
    }

    #[test]
    fn the_first_policy_is_sound_and_others_are_told_what_is_wrong() {
        let values: BTreeMap<String, f64> = [("devices", 1.0), ("connectivity", 1.0)]
            .map(|(code, value)| (code.to_owned(), value))
            .into();
        let first = Parameters::first(values);
        assert!(sound(&first).is_ok());
        assert!((first.weight([1000, 1000, 0, 0, 0, 0], 2) - 1.8 * 1.8).abs() < 1e-9);
        let with = |change: fn(&mut Parameters)| {
            let mut p = first.clone();
            change(&mut p);
            sound(&p).unwrap_err().keys().join(" ")
        };
        assert_eq!(
            with(|p| p.welfare_slopes = vec![0.3, 0.8, 1.4]),
            "allocation-welfare-not-falling"
        );
        assert_eq!(with(|p| p.stability = 1.5), "allocation-share-out-of-range");
        assert_eq!(
            with(|p| p.equity[0] = f64::NAN),
            "allocation-number-out-of-range"
        );
        assert_eq!(
            with(|p| p.package_levels = vec![(0.8, 0.7), (0.5, 0.7)]),
            "allocation-package-levels-wrong"
        );
        assert_eq!(
            with(|p| p.floors[0].group = "martians".to_owned()),
            "allocation-floor-unknown"
        );
    }

    #[test]
    fn numbers_are_read_line_by_line() {
        let got = numbers("f", " devices 1.5\n\nsolar_kit rural 0,25 ").unwrap();
        assert_eq!(
            got,
            [
                ("devices".to_owned(), 1.5),
                ("solar_kit rural".to_owned(), 0.25)
            ]
            .into()
        );
        assert_eq!(
            numbers("f", "devices").unwrap_err().keys(),
            ["allocation-line-unreadable"]
        );
        assert_eq!(
            numbers("f", "devices -1\nx 1e9").unwrap_err().keys().len(),
            2
        );
    }
}
