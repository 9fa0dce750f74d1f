//! Paper: cards to cut out, ten to an A4 page; an adult's card; the register of a term.

use super::class::tabs;
use super::{class_label, see_person};
use crate::person::Listed;
use crate::{codes, door, pictures, rules, store};
use base::{Day, Id, Refusal, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Html, html};
use web::{Answer, Ask, Page};

/// Cards on a page: two beside one another, five below.
const PER_PAGE: usize = 10;
/// Days of a register in one table, so that it fits the paper.
const DAYS_PER_TABLE: usize = 20;

/// The cards of a class.
pub(crate) fn cards(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let class = door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    let mut all = door::listed(tx, class.id, ask.today)?;
    all.sort_by_key(|l| l.number);
    let mut body = tabs(ask, &class, "/cards");
    body.push(html!("<p>{}</p>", words.say("cards-intro")));
    let new = format!("/teach/classes/{}/cards/new", class.id);
    body.push(ui::actions(&[super::action(
        words,
        new,
        "cards-new-button",
        false,
    )]));
    if all.is_empty() {
        body.push(ui::empty(&words.say("class-empty"), None));
    }
    let label = class_label(words, &class);
    for page in all.chunks(PER_PAGE) {
        body.push(sheet(ask, &class.code, &label, page));
    }
    Ok(Answer::Page(Page {
        title: words.say_with("cards-title", &[("class", label.into())]),
        body,
        ..Page::default()
    }))
}

/// Width and height of a card, in millimetres.
const CARD: (usize, usize) = (87, 48);

/// Ten cards drawn to size; read aloud, each is a line of words.
fn sheet(ask: &Ask, code: &str, label: &str, page: &[Listed]) -> Html {
    let words = &ask.words;
    let (width, height) = CARD;
    let rows = page.len().div_ceil(2);
    let rtl = words.dir() == "rtl";
    let address = address(&ask.site.settings.url);
    let cards: Html = page
        .iter()
        .enumerate()
        .map(|(place, listed)| {
            let secret = codes::secret(&ask.site.settings.secret, listed.person.id, listed.person.card_serial);
            let (x, y) = ((place % 2) * (width + 4), (place / 2) * (height + 3));
            let first = if rtl { width - 56 } else { 4 };
            let (start, anchor) = if rtl { (width - 4, "end") } else { (4, "start") };
            let drawn: Html = secret
                .pictures
                .iter()
                .enumerate()
                .map(|(n, at)| {
                    let picture = codes::PICTURE_CODES.get(*at).copied().unwrap_or("sun");
                    // Sequences run as the page is read.
                    let slot = if rtl { 2 - n } else { n };
                    html!(
                        "<g transform=\"translate({} 22)\">{}<text x=\"7\" y=\"19\" font-size=\"3.2\" text-anchor=\"middle\">{}</text></g>",
                        first + slot * 19,
                        pictures::small(picture),
                        words.code("picture", picture)
                    )
                })
                .collect();
            html!(
                "<g transform=\"translate({} {})\"><rect width=\"{}\" height=\"{}\" rx=\"2\" fill=\"none\" stroke=\"currentColor\" stroke-width=\".3\" stroke-dasharray=\"2 1\"/>\
                 <text x=\"{}\" y=\"8\" font-size=\"5\" font-weight=\"600\" text-anchor=\"{}\">{}</text>\
                 <text x=\"{}\" y=\"14\" font-size=\"3.5\" text-anchor=\"{}\">{}</text>\
                 <text x=\"{}\" y=\"20\" font-size=\"4.5\" text-anchor=\"{}\">{}</text>{}\
                 <text x=\"{}\" y=\"34\" font-size=\"5\" text-anchor=\"end\">{}</text>\
                 <text x=\"{}\" y=\"45.5\" font-size=\"3\" direction=\"ltr\" text-anchor=\"middle\">{}</text></g>",
                x,
                y,
                width,
                height,
                start,
                anchor_of(anchor, rtl),
                listed.person.name(),
                start,
                anchor_of(anchor, rtl),
                label,
                start,
                anchor_of(anchor, rtl),
                words.say_with("card-code-number", &[("code", code.into()), ("number", listed.number.into())]),
                drawn,
                if rtl { 4 } else { width - 4 },
                words.say_with("card-short-code", &[("code", spaced(&secret.digits).into())]),
                width / 2,
                address
            )
        })
        .collect();
    html!(
        "<svg viewBox=\"0 0 {} {}\" width=\"100%\" fill=\"currentColor\" role=\"img\" aria-label=\"{}\">{}</svg>",
        width * 2 + 4,
        rows * (height + 3),
        words.say("cards-picture"),
        cards
    )
}

/// In a page read from right to left the browser's `start` is the right already.
fn anchor_of(anchor: &'static str, rtl: bool) -> &'static str {
    if rtl { "start" } else { anchor }
}

/// Where a card is good, as it is typed; nothing where the site does not know its own address.
fn address(url: &str) -> String {
    if url.is_empty() {
        return String::new();
    }
    let bare = url.trim_end_matches('/');
    let bare = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    format!("{bare}/learn")
}

/// Digits set apart, so that they are read one by one.
fn spaced(digits: &str) -> String {
    digits
        .chars()
        .map(String::from)
        .collect::<Vec<_>>()
        .join("\u{a0}")
}

/// The card with which an adult chooses a password.
pub(crate) fn adult_card(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, id) = (&ask.words, ask.id("id")?);
    see_person(tx, ask, id)?;
    crate::acts::run_school_of(tx, ask.actor()?, id, ask.today)?;
    let person = store::people::person(tx, id)?;
    let Some(made) = person.card_at.filter(|_| !person.has_password) else {
        return Err(Refusal::whole("card-none").into());
    };
    let secret = codes::secret(&ask.site.settings.secret, id, person.card_serial);
    let until = made.plus_days(rules::CARD_DAYS).day();
    let user_name = person
        .user_name
        .clone()
        .unwrap_or_else(|| person.code.clone());
    let rows = vec![
        vec![
            ui::text(&words.say("column-user-name")),
            html!("<code>{}</code>", user_name),
        ],
        vec![
            ui::text(&words.say("field-start-code")),
            html!("<strong><code>{}</code></strong>", secret.start),
        ],
        vec![
            ui::text(&words.say("card-where")),
            html!("<code>{}/learn/first</code>", ask.site.settings.url),
        ],
        vec![
            ui::text(&words.say("card-until")),
            ui::text(&words.day(until)),
        ],
    ];
    let mut body = html!(
        "<p><bdi>{}</bdi></p><p>{}</p>",
        person.name(),
        words.say("adult-card-how")
    );
    body.push(ui::plain_table(
        "",
        &[words.say("card-what"), words.say("card-write")],
        &rows,
    ));
    Ok(Answer::Page(Page {
        title: words.say("adult-card-title"),
        body,
        ..Page::default()
    }))
}

/// The register of the days from `from` to `to`, to be printed.
pub(crate) fn register_sheet(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let class = door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    let asked = |name: &str| ask.query.get(name).and_then(|t| Day::parse(t));
    let to = asked("to").unwrap_or(ask.today).min(class.days.1);
    let from = asked("from")
        .unwrap_or_else(|| to.plus(-90))
        .max(class.days.0);
    let days = store::attendance::days(tx, class.id, (from, to))?;
    let all = store::classes::listed(tx, class.id, Role::Learner.code(), (from, to))?;
    let mut said: BTreeMap<(Id, Day), String> = BTreeMap::new();
    let mut sums: BTreeMap<(Id, String), i64> = BTreeMap::new();
    for mark in store::attendance::marks_between(tx, class.id, (from, to))? {
        *sums.entry((mark.person, mark.code.clone())).or_default() += 1;
        said.insert((mark.person, mark.day), mark.code);
    }
    let mut body = period(ask, (from, to));
    if days.is_empty() {
        body.push(ui::empty(&words.say("registers-empty"), None));
    }
    let key: Vec<String> = crate::MARKS
        .iter()
        .map(|code| {
            format!(
                "{} {}",
                words.code("attendance-short", code),
                words.code("attendance", code)
            )
        })
        .collect();
    body.push(html!("<p>{}</p>", key.join(" · ")));
    let mut seen: Vec<Id> = Vec::new();
    let once: Vec<&Listed> = all
        .iter()
        .filter(|l| {
            let new = !seen.contains(&l.person.id);
            seen.push(l.person.id);
            new
        })
        .collect();
    for block in days.chunks(DAYS_PER_TABLE) {
        let mut heads = vec![words.say("class-number"), words.say("column-name")];
        heads.extend(block.iter().map(|d| {
            let (_, month, day) = d.parts();
            format!("{day}.{month}.")
        }));
        let row = |l: &&Listed| {
            let mut row = vec![
                ui::text(&words.number(l.number)),
                html!("<bdi>{}</bdi>", l.person.name()),
            ];
            row.extend(block.iter().map(|d| match said.get(&(l.person.id, *d)) {
                Some(code) => ui::text(&words.code("attendance-short", code)),
                None => Html::new(),
            }));
            row
        };
        let rows: Vec<Vec<Html>> = once.iter().map(row).collect();
        let first = block.first().map(|d| words.day(*d)).unwrap_or_default();
        body.push(html!(
            "<div class=\"wide\">{}</div>",
            ui::plain_table(&first, &heads, &rows)
        ));
    }
    let mut heads = vec![words.say("class-number"), words.say("column-name")];
    heads.extend(
        crate::MARKS
            .iter()
            .map(|code| words.code("attendance", code)),
    );
    let row = |l: &&Listed| {
        let mut row = vec![
            ui::text(&words.number(l.number)),
            html!("<bdi>{}</bdi>", l.person.name()),
        ];
        row.extend(crate::MARKS.iter().map(|code| {
            let n = sums
                .get(&(l.person.id, (*code).to_owned()))
                .copied()
                .unwrap_or(0);
            ui::text(&words.number(n))
        }));
        row
    };
    let rows: Vec<Vec<Html>> = once.iter().map(row).collect();
    body.push(ui::plain_table(&words.say("sheet-sums"), &heads, &rows));
    body.push(html!("<p>{}</p>", words.say("sheet-signature")));
    let label = class_label(words, &class);
    let title = words.say_with("sheet-title-of", &[("class", label.into())]);
    Ok(Answer::Page(Page {
        title,
        body,
        ..Page::default()
    }))
}

/// The days to print.
fn period(ask: &Ask, (from, to): (Day, Day)) -> Html {
    let words = &ask.words;
    let of = |name: &str, key: &str, day: Day| {
        ui::Control::new(name, words.say(key), ui::Input::Day).value(day.to_string())
    };
    let controls = [
        of("from", "column-from-on", from),
        of("to", "column-until-on", to),
    ];
    ui::filters(words, &ask.path, None, &controls)
}
