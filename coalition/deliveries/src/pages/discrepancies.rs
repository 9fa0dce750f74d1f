//! What is in dispute: the list of what is open, and one with its decisions.

use super::{action, cut, inside, is_authority, place, seen, table};
use crate::consignment::{Consignment, Discrepancy, Wrong};
use crate::store::{consignments, discrepancies as store, lines};
use base::{Id, Result};
use db::Tx;
use lang::Words;
use ui::{Action, Cell, Column, Html, Kind as Shown, html};
use web::{Answer, Ask, Filter, Line, Listing, Prefill, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("discrepancy", Shown::Link),
    Column::new("what_is_wrong", Shown::Code("discrepancy-wrong")),
    Column::new("open_units", Shown::Whole).hxl("#item+disputed"),
    Column::new("receiver", Shown::Text).hxl("#loc+name"),
    Column::new("department", Shown::Text).hxl("#adm1+name"),
    Column::new("consignment", Shown::Link),
    Column::new("open_since", Shown::Day).hxl("#date+start"),
];
pub(super) const FILTERS: &[Filter] = &[
    Filter::codes("what_is_wrong", "discrepancy-wrong", Wrong::CODES),
    Filter::listed("country", places::choose::countries),
];

/// A discrepancy in a few words: 3 missing, 1 of them open.
pub(super) fn said(words: &Words, d: &Discrepancy) -> String {
    let key = if d.late {
        format!("deliveries-late-{}", d.wrong.code())
    } else {
        format!("deliveries-n-{}", d.wrong.code())
    };
    words.say_with(&key, &[("n", d.settled.units.into())])
}

/// Every open discrepancy the actor is a party to, the oldest first.
pub(super) fn open(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [after, id] = query.after_parts::<2>();
    let seen = seen(ask.actor.as_ref());
    let country = query.filter("country");
    let mut all = Vec::new();
    // A party reads its own: one list for each country or member it speaks for, merged by age.
    let mut scopes: Vec<(Option<&str>, Option<Id>)> = Vec::new();
    if seen.all {
        scopes.push((country, None));
    } else {
        let own = seen.countries.iter().map(String::as_str);
        scopes.extend(
            own.filter(|code| country.is_none_or(|c| c == *code))
                .map(|code| (Some(code), None)),
        );
        scopes.extend(seen.members.iter().map(|member| (country, Some(*member))));
    }
    for (country, member) in scopes {
        let wanted = store::Wanted {
            after: (&after, Id::parse(&id)),
            country,
            member,
            wrong: query.filter("what_is_wrong"),
            limit: query.limit + 1,
        };
        all.extend(store::open(tx, &wanted)?);
    }
    all.sort_by_key(|one: &Discrepancy| (one.opened_on, one.id));
    all.dedup_by_key(|one| one.id);
    let more = cut(&mut all, query.limit);
    let mut rows = Vec::with_capacity(all.len());
    for one in &all {
        let line = lines::find(tx, one.consignment_line)?;
        let consignment = consignments::find(tx, one.consignment)?;
        rows.push(Line {
            key: format!("{}~{}", one.opened_on, one.id),
            cells: vec![
                Cell::link(one.path(), said(words, one)),
                Cell::code(one.wrong.code()),
                one.open().into(),
                line.label.as_str().into(),
                place(tx, ask, &one.department)?.into(),
                Cell::link(consignment.path(), consignment.code.as_str()),
                one.opened_on.into(),
            ],
            href: None,
        });
    }
    Ok(Answer::List(Listing {
        title: words.say("deliveries-open-title"),
        before: html!("<p>{}</p>", words.say("deliveries-open-intro")),
        none: words.say("deliveries-none-open"),
        rows,
        more,
        ..Listing::default()
    }))
}

pub(super) const ONE: &[Column] = &[
    Column::new("what_is_wrong", Shown::Code("discrepancy-wrong")),
    Column::new("found_later", Shown::Yes),
    Column::new("receiver", Shown::Link),
    Column::new("department", Shown::Text),
    Column::new("consignment", Shown::Link),
    Column::new("in_dispute_units", Shown::Whole),
    Column::new("open_units", Shown::Whole),
    Column::new("found_units", Shown::Whole),
    Column::new("replaced_units", Shown::Whole),
    Column::new("lost_units", Shown::Whole),
    Column::new("gone_back_units", Shown::Whole),
    Column::new("kept_units", Shown::Whole),
    Column::new("given_units", Shown::Whole),
    Column::new("needed_again_units", Shown::Whole),
    Column::new("open_since", Shown::Day),
    Column::new("id", Shown::Id),
    Column::new("version", Shown::Whole),
];

fn find(tx: &mut Tx, ask: &Ask) -> Result<(Discrepancy, Consignment)> {
    let found = store::find(tx, ask.id("id")?)?;
    let consignment = consignments::find(tx, found.consignment)?;
    inside(ask.actor.as_ref(), &consignment)?;
    Ok((found, consignment))
}

fn cells(tx: &mut Tx, ask: &Ask, d: &Discrepancy, c: &Consignment) -> Result<Vec<Cell>> {
    let line = lines::find(tx, d.consignment_line)?;
    let s = &d.settled;
    let surplus = d.wrong == Wrong::Surplus;
    let only = |of_surplus: bool, n: i64| {
        if of_surplus == surplus {
            n.into()
        } else {
            Cell::NotApplicable
        }
    };
    Ok(vec![
        Cell::code(d.wrong.code()),
        d.late.into(),
        Cell::link(format!("/consignment-lines/{}", line.id), line.label),
        place(tx, ask, &d.department)?.into(),
        Cell::link(c.path(), c.code.as_str()),
        s.units.into(),
        s.open().into(),
        only(false, s.found),
        only(false, s.replaced),
        only(false, s.lost),
        s.returned.into(),
        only(true, s.kept),
        only(true, s.given),
        only(false, s.again_lost + s.again_returned),
        d.opened_on.into(),
        Cell::Text(d.id.to_string()),
        d.version.into(),
    ])
}

pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let (found, consignment) = find(tx, ask)?;
    let mut sections = Html::new();
    if let Some(why) = &found.why {
        sections.push(ui::section(
            &words.say("deliveries-why"),
            ui::paragraphs(why),
        ));
    }
    sections.push(decisions(tx, words, &found)?);
    Ok(Answer::Record(Show {
        title: said(words, &found),
        cells: cells(tx, ask, &found, &consignment)?,
        sections,
        actions: if is_authority(ask.actor.as_ref(), &consignment) {
            actions(words, &found)
        } else {
            Vec::new()
        },
        ..Show::default()
    }))
}

fn actions(words: &Words, d: &Discrepancy) -> Vec<Action> {
    let mut list = Vec::new();
    if d.open() > 0 {
        let href = format!("{}/resolution", d.path());
        list.push(action(words, href, "discrepancy-resolution-button", true));
    }
    if d.wrong != Wrong::Surplus && d.settled.lost_now() + d.settled.returned_now() > 0 {
        let href = format!("{}/need", d.path());
        list.push(action(words, href, "discrepancy-need-button", false));
    }
    list
}

/// What was decided, in turn.
fn decisions(tx: &mut Tx, words: &Words, d: &Discrepancy) -> Result<Html> {
    let mut rows = Vec::new();
    for step in store::steps(tx, d.id)? {
        let how = words.code(&format!("resolution-{}", d.wrong.code()), &step.how);
        let to = step.to_line.map(|line| {
            ui::link(
                &format!("/need-lines/{line}"),
                words.say("deliveries-to-line"),
            )
        });
        rows.push(vec![
            ui::text(&words.day(step.at.day())),
            html!("{} {}", how, to),
            ui::text(&words.number(step.units)),
            ui::text(&step.reason),
        ]);
    }
    if rows.is_empty() {
        return Ok(html!("<p>{}</p>", words.say("deliveries-no-decision")));
    }
    let heads = [
        "column-on",
        "deliveries-became",
        "deliveries-units",
        "deliveries-reason",
    ];
    Ok(table(
        words,
        &words.say("deliveries-decisions"),
        &heads,
        &rows,
    ))
}

/// The discrepancy as the person sees it while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (found, consignment) = find(tx, ask)?;
    let cells = cells(tx, ask, &found, &consignment)?;
    let entered = web::Entered::default().with("units", found.open().max(1).to_string());
    Ok(Prefill {
        beside: ui::facts(&ask.words, ONE, &cells),
        entered,
    })
}
