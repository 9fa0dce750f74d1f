//! Check-ins by table: an empty one to fill in, and what a trial found, row by row.

use super::{action, is_authority, place, table};
use crate::sheet::Remark;
use crate::store::{consignments, lines, receipts};
use base::{Error, Result};
use db::Tx;
use serde_json::Value;
use sheets::{Cell, Direction, XlsxWriter};
use ui::{Html, Tone, html};
use web::{Answer, Ask, Download, Page};

/// A table of what is outstanding, to fill in.
pub(super) fn blank(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let consignment = consignments::find(tx, ask.id("id")?)?;
    if !is_authority(ask.actor.as_ref(), &consignment) {
        return Err(Error::Missing);
    }
    let direction = if words.dir() == "rtl" {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    };
    let mut out = XlsxWriter::new(&consignment.code, direction).map_err(Error::fault)?;
    let heads = [
        "school_code",
        "name",
        "place",
        "outstanding",
        "good",
        "damaged",
        "short",
        "surplus",
    ];
    out.head(&heads).map_err(Error::fault)?;
    for told in lines::all_told(tx, consignment.id)? {
        let (line, pending) = (&told.line, told.known.pending());
        if pending == 0 {
            continue;
        }
        let code = line.school.clone().unwrap_or_else(|| line.place.clone());
        let mut cells = vec![
            Cell::Text(code),
            Cell::Text(line.label.clone()),
            Cell::Text(line.place.clone()),
            Cell::Whole(pending),
        ];
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
        out.row(&cells).map_err(Error::fault)?;
    }
    Ok(Answer::File(Download {
        name: format!("{}.xlsx", consignment.code),
        mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        bytes: out.finish().map_err(Error::fault)?,
    }))
}

/// A tried table: what it would check in, or everything refused.
pub(super) fn tried(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let tried = receipts::tried(tx, ask.id("id")?)?;
    let consignment = consignments::find(tx, tried.consignment)?;
    if !is_authority(ask.actor.as_ref(), &consignment) {
        return Err(Error::Missing);
    }
    let number = |name: &str| tried.report.get(name).and_then(Value::as_i64).unwrap_or(0);
    let args: Vec<(&str, base::Arg)> = [
        "rows", "lines", "silent", "good", "damaged", "short", "surplus",
    ]
    .into_iter()
    .map(|name| (name, number(name).into()))
    .collect();
    let mut body = html!(
        "<p>{} <bdi>{}</bdi>, {}</p><p>{}</p>",
        ui::link(&consignment.path(), consignment.code.as_str()),
        tried.file_name,
        words.day(tried.on),
        words.say_with("deliveries-table-says", &args)
    );
    let place_name = place(tx, ask, &consignment.to_place)?;
    let refusals = number("refusals");
    if tried.accepted {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("deliveries-table-accepted"),
        ));
    } else if refusals == 0 && number("lines") > 0 {
        let clean = words.say_with("deliveries-table-clean", &[("place", place_name.into())]);
        body.push(ui::notice(words, Tone::Good, clean));
        let href = format!("/check-in-files/{}/acceptance", tried.id);
        body.push(ui::actions(&[action(
            words,
            href,
            "check-in-file-acceptance-button",
            true,
        )]));
    } else {
        let says = if refusals == 0 {
            words.say("deliveries-table-empty")
        } else {
            words.say_with("deliveries-table-refused", &[("n", refusals.into())])
        };
        body.push(ui::notice(words, Tone::Bad, says));
        body.push(refused(ask, &tried.report));
        let href = format!("{}/tables/new", consignment.path());
        body.push(ui::actions(&[action(
            words,
            href,
            "consignment-table-button",
            true,
        )]));
    }
    Ok(Answer::Page(Page {
        title: words.say("deliveries-table-title"),
        body,
        ..Page::default()
    }))
}

fn refused(ask: &Ask, report: &Value) -> Html {
    let words = &ask.words;
    let kept = report.get("refused").cloned().unwrap_or_default();
    let kept: Vec<Remark> = serde_json::from_value(kept).unwrap_or_default();
    let rows: Vec<Vec<Html>> = kept
        .iter()
        .map(|remark| {
            let (row, column) = remark.place();
            vec![
                ui::text(&row),
                ui::text(column),
                ui::text(&remark.said(words)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Html::new();
    }
    let heads = ["deliveries-row", "deliveries-column", "deliveries-why"];
    table(words, &words.say("deliveries-refused-rows"), &heads, &rows)
}
