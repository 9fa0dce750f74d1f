//! The lines of a consignment: the list, and one with everything its receiver said.

use super::consignment::download;
use super::{action, cut, found, inside, is_authority, is_inside, place, service, table};
use crate::consignment::{Consignment, ReceiptLink};
use crate::store::lines::Told;
use crate::store::{consignments, discrepancies, lines as store, links, receipts};
use base::{Error, Id, Result};
use db::Tx;
use ui::{Action, Cell, Column, Html, Kind as Shown, html};
use web::{Answer, Ask, Choice, Entered, Filter, Line, Listing, Prefill, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("receiver", Shown::Link),
    Column::new("school_code", Shown::Text).hxl("#loc+code+school"),
    Column::new("place", Shown::Text).hxl("#loc+name"),
    Column::new("department", Shown::Text).hxl("#adm1+name"),
    Column::new("sent_units", Shown::Whole).hxl("#item+sent"),
    Column::new("delivery_arrived_on", Shown::Day).hxl("#date+arrived"),
    Column::new("good_units", Shown::Whole).hxl("#item+received+good"),
    Column::new("damaged_units", Shown::Whole).hxl("#item+received+damaged"),
    Column::new("short_units", Shown::Whole).hxl("#item+missing"),
    Column::new("surplus_units", Shown::Whole).hxl("#item+surplus"),
    Column::new("outstanding_units", Shown::Whole).hxl("#item+outstanding"),
    Column::new("confirmed_units", Shown::Whole).hxl("#item+confirmed"),
    Column::new("disputed_units", Shown::Whole).hxl("#item+disputed"),
];

pub(super) const FILTERS: &[Filter] = &[
    Filter::listed("school_area", areas),
    Filter::codes("checked_in", "consignment-checked-in", &["no"]),
];

fn areas(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let found = store::departments(tx, ask.id("id")?)?;
    found
        .into_iter()
        .map(|(code, _)| {
            let label = place(tx, ask, &code)?;
            Ok(Choice { code, label })
        })
        .collect()
}

/// Units in dispute, surplus and those found wanting afterwards too.
const fn disputed(told: &Told) -> i64 {
    told.known.settled.open() + told.known.late.open() + told.surplus_open
}

fn numbers(told: &Told) -> [Cell; 8] {
    let (known, checked) = (&told.known, &told.known.checked);
    [
        Cell::or_not_applicable(told.arrived_on),
        checked.good.into(),
        checked.damaged.into(),
        checked.short.into(),
        checked.surplus.into(),
        known.pending().into(),
        known.confirmed().into(),
        disputed(told).into(),
    ]
}

pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let consignment = consignments::find(tx, ask.id("id")?)?;
    inside(ask.actor.as_ref(), &consignment)?;
    let [after, id] = query.after_parts::<2>();
    let which = (
        query.q.as_deref(),
        query.filter("school_area"),
        query.filter("checked_in") == Some("no"),
    );
    let mut all = store::page(
        tx,
        consignment.id,
        (&after, Id::parse(&id)),
        which,
        query.limit + 1,
    )?;
    let more = cut(&mut all, query.limit);
    let mut rows = Vec::with_capacity(all.len());
    for told in &all {
        let line = &told.line;
        let mut cells = vec![
            Cell::link(
                format!("/consignment-lines/{}", line.id),
                line.label.as_str(),
            ),
            Cell::or_not_applicable(line.school.clone()),
            place(tx, ask, &line.place)?.into(),
            place(tx, ask, &line.department)?.into(),
            line.units.into(),
        ];
        cells.extend(numbers(told));
        rows.push(Line {
            key: format!("{}~{}", told.key, line.id),
            cells,
            href: None,
        });
    }
    let code = [("code", consignment.code.as_str().into())];
    let before = html!(
        "<p>{}</p>",
        ui::link(
            &consignment.path(),
            words.say_with("deliveries-consignment", &code)
        )
    );
    Ok(Answer::List(Listing {
        title: words.say_with("deliveries-lines-of", &code),
        before,
        rows,
        more,
        total: Some(consignment.lines),
        ..Listing::default()
    }))
}

pub(super) const ONE: &[Column] = &[
    Column::new("consignment", Shown::Link),
    Column::new("need_line_served", Shown::Link),
    Column::new("receiver", Shown::Text),
    Column::new("school_code", Shown::Text),
    Column::new("place", Shown::Text),
    Column::new("department", Shown::Text),
    Column::new("service", Shown::Text),
    Column::new("sent_units", Shown::Whole),
    Column::new("unit", Shown::Text),
    Column::new("delivery_arrived_on", Shown::Day),
    Column::new("good_units", Shown::Whole),
    Column::new("damaged_units", Shown::Whole),
    Column::new("short_units", Shown::Whole),
    Column::new("surplus_units", Shown::Whole),
    Column::new("outstanding_units", Shown::Whole),
    Column::new("confirmed_units", Shown::Whole),
    Column::new("disputed_units", Shown::Whole),
    Column::new("id", Shown::Id),
];

fn find(tx: &mut Tx, ask: &Ask) -> Result<(Told, Consignment)> {
    let told = store::told(tx, ask.id("id")?)?;
    let consignment = consignments::find(tx, told.line.consignment)?;
    inside(ask.actor.as_ref(), &consignment)?;
    Ok((told, consignment))
}

fn cells(tx: &mut Tx, ask: &Ask, told: &Told, c: &Consignment) -> Result<Vec<Cell>> {
    let line = &told.line;
    let (class, unit) = service(tx, &ask.words, &c.service_class)?;
    let mut cells = vec![
        Cell::link(c.path(), c.code.as_str()),
        Cell::link(format!("/need-lines/{}", line.line), line.label.as_str()),
        line.label.as_str().into(),
        Cell::or_not_applicable(line.school.clone()),
        place(tx, ask, &line.place)?.into(),
        place(tx, ask, &line.department)?.into(),
        class.into(),
        line.units.into(),
        unit.into(),
    ];
    cells.extend(numbers(told));
    cells.push(Cell::Text(line.id.to_string()));
    Ok(cells)
}

pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (told, consignment) = find(tx, ask)?;
    let mut sections = history(tx, ask, told.line.id)?;
    sections.push(disputes(tx, ask, told.line.id)?);
    let authority = is_authority(ask.actor.as_ref(), &consignment);
    if authority {
        sections.push(links_of(tx, ask, told.line.id)?);
    }
    Ok(Answer::Record(Show {
        title: told.line.label.clone(),
        cells: cells(tx, ask, &told, &consignment)?,
        sections,
        actions: if authority {
            actions(ask, &told, &consignment)
        } else {
            Vec::new()
        },
        ..Show::default()
    }))
}

fn actions(ask: &Ask, told: &Told, consignment: &Consignment) -> Vec<Action> {
    let (words, path) = (&ask.words, format!("/consignment-lines/{}", told.line.id));
    let mut list = Vec::new();
    if crate::rules::may_receive(consignment.stage).is_err() {
        return list;
    }
    let mut offered = |end: &str, key: &str, main| {
        list.push(action(words, format!("{path}/{end}"), key, main));
    };
    offered(
        "check-in",
        "consignment-line-check-in-button",
        told.known.pending() > 0,
    );
    if told.known.pending() > 0 {
        offered("links/new", "consignment-line-link-button", false);
    }
    if told.known.confirmed() > told.known.late.open() {
        offered("recount", "consignment-line-recount-button", false);
    }
    list
}

/// What the receiver said, each time.
fn history(tx: &mut Tx, ask: &Ask, line: Id) -> Result<Html> {
    let words = &ask.words;
    let mut rows = Vec::new();
    for receipt in receipts::of_line(tx, line)? {
        let proof = receipt.proof.as_ref().map(|proof| {
            let href = format!("/receipts/{}/proof", receipt.id);
            let size = (proof.size > 0).then(|| super::size(words, proof));
            html!("{} {}", ui::link(&href, proof.name.as_str()), size)
        });
        rows.push(vec![
            ui::text(&words.day(receipt.on)),
            ui::text(&found(words, &receipt.checked)),
            ui::text(&words.code("receipt-via", receipt.via.code())),
            proof.unwrap_or_else(|| ui::text(&words.say("none"))),
            ui::text(receipt.note.as_deref().unwrap_or_default()),
        ]);
    }
    if rows.is_empty() {
        return Ok(html!("<p>{}</p>", words.say("deliveries-no-receipts")));
    }
    let heads = [
        "column-on",
        "deliveries-found",
        "deliveries-via",
        "deliveries-proof",
        "deliveries-receipt-note",
    ];
    Ok(table(
        words,
        &words.say("deliveries-receipts"),
        &heads,
        &rows,
    ))
}

fn disputes(tx: &mut Tx, ask: &Ask, line: Id) -> Result<Html> {
    let words = &ask.words;
    let items: Html = discrepancies::of_line(tx, line)?
        .iter()
        .map(|one| {
            let says = super::discrepancies::said(words, one);
            let (code, key) = if one.open() > 0 {
                ("open", "deliveries-dispute-open")
            } else {
                ("resolved", "deliveries-dispute-settled")
            };
            html!(
                "<li>{} {}</li>",
                ui::link(&one.path(), says),
                ui::tag(code, &words.say(key))
            )
        })
        .collect();
    Ok(if items.is_empty() {
        items
    } else {
        ui::section(
            &words.say("deliveries-disputes"),
            html!("<ul>{}</ul>", items),
        )
    })
}

/// The links of a line, for the authority: never shown to the member.
fn links_of(tx: &mut Tx, ask: &Ask, line: Id) -> Result<Html> {
    let words = &ask.words;
    let mut items = Html::new();
    for link in links::of_line(tx, line)? {
        let state = state(&link, ask);
        let revoke = format!("/receipt-links/{}/revocation", link.id);
        let revoke = link
            .is_good(ask.today)
            .then(|| ui::link(&revoke, words.say("receipt-link-revocation-button")));
        let shown = link
            .is_good(ask.today)
            .then(|| html!("<br><bdi>{}</bdi>", super::links::address(ask, link.id)));
        items.push(html!("<li>{} {}{}</li>", state, revoke, shown));
    }
    Ok(if items.is_empty() {
        items
    } else {
        ui::section(&words.say("deliveries-links"), html!("<ul>{}</ul>", items))
    })
}

fn state(link: &ReceiptLink, ask: &Ask) -> String {
    let words = &ask.words;
    let key = match (link.used_at, link.revoked_at) {
        (Some(at), _) => {
            return words.say_with(
                "deliveries-link-used",
                &[("day", words.day(at.day()).into())],
            );
        }
        (None, Some(_)) => "deliveries-link-revoked-state",
        (None, None) if link.is_good(ask.today) => "deliveries-link-until",
        (None, None) => "deliveries-link-expired",
    };
    words.say_with(key, &[("day", words.day(link.expires_on).into())])
}

/// The line as the person sees it while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (told, consignment) = find(tx, ask)?;
    let cells = cells(tx, ask, &told, &consignment)?;
    Ok(Prefill {
        beside: ui::facts(&ask.words, ONE, &cells),
        ..Prefill::default()
    })
}

/// The same, with everything outstanding in good order.
pub(crate) fn outstanding(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = beside(tx, ask)?;
    let pending = store::told(tx, ask.id("id")?)?.known.pending();
    prefill.entered = all_good(pending).with("received_on", ask.today.to_string());
    Ok(prefill)
}

/// A form that says all that is outstanding is there, in good order.
pub(super) fn all_good(pending: i64) -> Entered {
    Entered::default()
        .with("good", pending.to_string())
        .with("damaged", "0")
        .with("short", "0")
        .with("surplus", "0")
}

/// The photo or paper of a check-in, for the parties.
pub(super) fn proof(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let receipt = receipts::find(tx, ask.id("id")?)?;
    let consignment = consignments::find(tx, receipt.consignment)?;
    if !is_inside(ask.actor.as_ref(), &consignment) {
        return Err(Error::Missing);
    }
    let proof = receipt.proof.ok_or(Error::Missing)?;
    download(ask, &proof, receipt.id)
}
