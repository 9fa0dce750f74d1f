//! Overlaps and how they were resolved: open to everybody.

use super::{Teller, action, cut};
use crate::overlap::{Overlap, STATES};
use crate::rules::{self, Side};
use crate::store::{self, overlaps as kept};
use base::{Id, Result, Role};
use db::Tx;
use ui::{Action, Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing, Show};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("overlap_between", Kind::Link),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("shared_places", Kind::Text).hxl("#loc+name"),
    Column::new("served_group", Kind::Text).hxl("#beneficiary"),
    Column::new("crossing_from", Kind::Day).hxl("#date+start"),
    Column::new("crossing_to", Kind::Day).hxl("#date+end"),
    Column::new("reach_of_both", Kind::Whole).hxl("#targeted"),
    Column::new("need_there", Kind::Whole).hxl("#inneed"),
    Column::new("reach_beyond_need", Kind::Whole),
    Column::new("state", Kind::Code("overlap-state")).hxl("#status"),
    Column::new("found_at", Kind::Moment).hxl("#date+reported"),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::listed("service", catalogue::choose::service_class),
    Filter::codes("state", "overlap-state", &STATES),
];
pub(crate) const RECORD: &[Column] = &[
    Column::new("first_deployment", Kind::Link),
    Column::new("second_deployment", Kind::Link),
    Column::new("service", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("shared_places", Kind::Text),
    Column::new("served_group", Kind::Text),
    Column::new("crossing_from", Kind::Day),
    Column::new("crossing_to", Kind::Day),
    Column::new("reach_of_both", Kind::Whole),
    Column::new("need_there", Kind::Whole),
    Column::new("reach_beyond_need", Kind::Whole),
    Column::new("state", Kind::Code("overlap-state")),
    Column::new("found_at", Kind::Moment),
    Column::new("settled_at", Kind::Moment),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

/// The cells both the list and the record show.
fn middle(tx: &mut Tx, o: &Overlap, t: &mut Teller) -> Result<Vec<Cell>> {
    let d = &o.dimensions;
    Ok(vec![
        t.class(&o.service_class).into(),
        t.place(tx, &o.country)?.into(),
        t.places(tx, &d.places)?.into(),
        t.group(d.group.as_deref()).into(),
        d.from.into(),
        d.to.into(),
        Cell::or_unknown(d.reach_both),
        Cell::or_unknown(d.people_in_need),
        Cell::or_unknown(d.reach_beyond()),
        Cell::code(o.state()),
        o.found_at.into(),
    ])
}

pub(crate) fn rows(tx: &mut Tx, ask: &Ask, found: &[Overlap]) -> Result<Vec<Line>> {
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut out = Vec::with_capacity(found.len());
    for o in found {
        let one = store::head(tx, o.deployment, ask.today)?;
        let other = store::head(tx, o.other, ask.today)?;
        let between = format!("{} · {}", one.code, other.code);
        let mut cells = vec![Cell::link(o.path(), between)];
        cells.extend(middle(tx, o, &mut teller)?);
        out.push(Line {
            key: format!("{}~{}", o.found_at.micros(), o.id),
            cells,
            href: None,
        });
    }
    Ok(out)
}

pub(crate) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let own = |name: &str| query.filter(name).map(str::to_owned);
    let [at, id] = query.after_parts::<2>();
    let wanted = kept::Wanted {
        country: own("country"),
        service_class: own("service"),
        state: own("state"),
        q: query.q.clone(),
        before: at.parse().ok().zip(Id::parse(&id)),
        limit: query.limit + 1,
    };
    let mut found = kept::list(tx, &wanted)?;
    let more = cut(&mut found, query.limit);
    Ok(Answer::List(Listing {
        title: ask.words.say("overlaps-title"),
        before: html!("<p>{}</p>", ask.words.say("overlaps-intro")),
        rows: rows(tx, ask, &found)?,
        more,
        ..Listing::default()
    }))
}

pub(crate) fn show(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let o = kept::find(tx, ask.id("id")?)?;
    let w = &ask.words;
    let mut teller = Teller::new(tx, w)?;
    let mut cells = Vec::new();
    let mut codes = Vec::new();
    let mut members = Vec::new();
    for id in [o.deployment, o.other] {
        let d = store::head(tx, id, ask.today)?;
        let name = format!("{} {}", d.code, w.name(&d.title));
        let member = teller.organisation(tx, d.member)?;
        cells.push(Cell::link(d.path(), format!("{name} ({member})")));
        codes.push(d.code);
        members.push((d.member, member));
    }
    cells.extend(middle(tx, &o, &mut teller)?);
    cells.push(o.resolved_at.map_or(Cell::NotApplicable, Cell::Moment));
    cells.push(o.id.into());
    cells.push(o.version.into());
    let [(one, first), (other, second)] = members.as_slice() else {
        return Err(base::Error::fault("an overlap is of two"));
    };
    let sides = [first.as_str(), second.as_str()];
    let args = [("first", codes.join(" · ").into())];
    Ok(Answer::Record(Show {
        title: w.say_with("overlap-title", &args),
        before: html!("<p>{}</p>", why(tx, ask, &o, &mut teller)?),
        cells,
        sections: said(tx, ask, &o, sides)?,
        actions: actions(ask, &o, [*one, *other]),
        slot: None,
    }))
}

/// An overlap in short: which two, how it stands, and why.
pub(crate) fn told(tx: &mut Tx, ask: &Ask, o: &Overlap, t: &mut Teller) -> Result<Html> {
    let one = store::head(tx, o.deployment, ask.today)?;
    let other = store::head(tx, o.other, ask.today)?;
    Ok(html!(
        "{} {} {}",
        ui::link(&o.path(), format!("{} · {}", one.code, other.code)),
        ui::tag(o.state(), &ask.words.code("overlap-state", o.state())),
        why(tx, ask, o, t)?
    ))
}

/// The rule and how it applies, in one sentence.
fn why(tx: &mut Tx, ask: &Ask, o: &Overlap, t: &mut Teller) -> Result<String> {
    let d = &o.dimensions;
    let args = [
        ("service", t.class(&o.service_class).into()),
        ("places", t.places(tx, &d.places)?.into()),
        ("group", t.group(d.group.as_deref()).into()),
        ("from", ask.words.day(d.from).into()),
        ("to", ask.words.day(d.to).into()),
        ("reach", d.reach_both.unwrap_or(0).into()),
        ("people", d.people_in_need.unwrap_or(0).into()),
    ];
    let key = match (d.reach_both, d.people_in_need) {
        (Some(_), Some(_)) => "overlap-why",
        (None, _) => "overlap-why-reach-unknown",
        (_, None) => "overlap-why-need-unknown",
    };
    Ok(ask.words.say_with(key, &args))
}

/// Everything that was said, in public.
fn said(tx: &mut Tx, ask: &Ask, o: &Overlap, [first, second]: [&str; 2]) -> Result<Html> {
    let w = &ask.words;
    let list: Vec<ui::Step> = kept::said(tx, o.id)?
        .into_iter()
        .map(|step| {
            let by = match step.side.as_str() {
                "deployment" => first.to_owned(),
                "other" => second.to_owned(),
                "secretariat" => w.say("overlap-secretariat"),
                _ => w.say("overlap-the-rule"),
            };
            ui::Step {
                title: format!("{}: {by}", w.code("overlap-step", &step.step)),
                when: w.moment(step.at),
                detail: step.words.map_or_else(Html::new, |t| ui::paragraphs(&t)),
                state: ui::StepState::Done,
            }
        })
        .collect();
    let mut out = ui::section(&w.say("overlap-said"), ui::steps(w, &list));
    if o.resolution.is_none() {
        let ways = html!("<p>{}</p>", w.say("overlap-ways"));
        out.push(ui::section(&w.say("overlap-ways-title"), ways));
    }
    Ok(out)
}

fn actions(ask: &Ask, o: &Overlap, members: [Id; 2]) -> Vec<Action> {
    let Some(actor) = ask.actor.as_ref().filter(|_| o.resolution.is_none()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    if !rules::speaks_for(actor, members).is_empty() {
        let path = format!("{}/complementary", o.path());
        out.push(action(&ask.words, &path, "overlap-complementary", true));
    }
    if rules::stands(actor, Side::Approver, o.id, &o.country) {
        let path = format!("{}/acceptance", o.path());
        out.push(action(&ask.words, &path, "overlap-acceptance", false));
    }
    out
}

/// Whether an actor has something to say to overlaps at all.
pub(crate) const SPEAKERS: &[Role] = &[Role::MemberOfficer, Role::SecretariatOfficer];
