//! Receivers' links on a sheet to print and cut: a square code and an address for each school.

use super::{action, cut, is_authority, place, service, units};
use crate::acts::token;
use crate::store::{consignments, lines, links as store};
use base::{Error, Id, Result};
use db::Tx;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;
use ui::{Html, html};
use web::{Answer, Ask, Page};

/// Links on a page of the sheet.
const SHEET_ROWS: i64 = 60;

/// The address a receiver opens.
pub(super) fn address(ask: &Ask, link: Id) -> String {
    let settings = &ask.site.settings;
    format!("{}/receive/{}", settings.url, token(&settings.secret, link))
}

/// A text as a square code: dark cells as runs along each row.
pub(super) fn square(text: &str, label: &str) -> Html {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return Html::new();
    };
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + 4, y + 4, run.len(), run.len());
            }
            x += run.len();
        }
    }
    let side = width + 8;
    html!(
        "<svg viewBox=\"0 0 {} {}\" width=\"150\" height=\"150\" role=\"img\" aria-label=\"{}\"><path fill=\"#fff\" d=\"M0 0h{}v{}H0z\"/><path fill=\"#000\" d=\"{}\"/></svg>",
        side,
        side,
        label,
        side,
        side,
        path
    )
}

/// The sheet: links that still open, sixty on a page.
pub(super) fn sheet(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let consignment = consignments::find(tx, ask.id("id")?)?;
    if !is_authority(ask.actor.as_ref(), &consignment) {
        return Err(Error::Missing);
    }
    let [after, id] = ask.list().after_parts::<2>();
    let mut found = store::sheet(
        tx,
        consignment.id,
        (&after, Id::parse(&id)),
        ask.today,
        SHEET_ROWS + 1,
    )?;
    let more = cut(&mut found, SHEET_ROWS);
    let next = found.last().filter(|_| more);
    let next = next.map(|(link, key)| format!("{key}~{}", link.id));
    let (class, _) = service(tx, words, &consignment.service_class)?;
    let mut cards = Vec::with_capacity(found.len());
    for (link, _) in &found {
        let line = lines::find(tx, link.consignment_line)?;
        let href = address(ask, link.id);
        let unit = units(tx, words, &consignment.service_class, line.units)?;
        let args = [
            ("n", line.units.into()),
            ("unit", unit.as_str().into()),
            ("service", class.as_str().into()),
        ];
        let until = words.say_with(
            "deliveries-link-until",
            &[("day", words.day(link.expires_on).into())],
        );
        cards.push(html!(
            "<li class=\"card\"><h2>{}</h2><p>{} {}<br>{}</p>{}<p><bdi>{}</bdi></p><p><small>{}</small></p></li>",
            line.label,
            line.school.unwrap_or_default(),
            place(tx, ask, &line.place)?,
            words.say_with("deliveries-sheet-what", &args),
            square(&href, &words.say("deliveries-square")),
            href,
            until
        ));
    }
    let code = [("code", consignment.code.as_str().into())];
    let mut body = html!("<p>{}</p>", words.say("deliveries-sheet-intro"));
    let mut actions = vec![action(
        words,
        format!("{}/links/new", consignment.path()),
        "consignment-links-button",
        cards.is_empty(),
    )];
    actions.push(action(words, consignment.path(), "deliveries-back", false));
    body.push(ui::actions(&actions));
    if cards.is_empty() {
        body.push(ui::empty(&words.say("deliveries-no-links"), None));
    } else {
        body.push(ui::cards(&cards));
        body.push(ui::pager(
            words,
            &ask.path,
            cards.len(),
            next.as_deref(),
            None,
        ));
    }
    Ok(Answer::Page(Page {
        title: words.say_with("deliveries-sheet-title", &code),
        body,
        ..Page::default()
    }))
}
