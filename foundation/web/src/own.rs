//! The framework's own pages: what waits for me, work in progress, the gallery of parts.

use crate::ask::Ask;
use crate::room::{Answer, MenuGroup, MenuItem, Page, Room, Shape, Show, View, Waiting, Who};
use base::Result;
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};

/// The room every site has.
pub fn room() -> Room {
    Room {
        name: "web",
        views: vec![
            View {
                path: "/inbox",
                who: Who::SignedIn,
                shape: Shape::Page,
                run: inbox,
            },
            View {
                path: "/jobs/{id}",
                who: Who::SignedIn,
                shape: Shape::Record(JOB),
                run: job,
            },
            View {
                path: "/style",
                who: Who::Anyone,
                shape: Shape::Page,
                run: style,
            },
        ],
        menu: vec![MenuItem {
            href: "/inbox",
            key: "inbox-title",
            who: Who::SignedIn,
            group: MenuGroup::Top,
            order: 0,
        }],
        ..Room::default()
    }
}

/// What waits for the actor, from every room: what is due first, then what has waited longest.
///
/// # Errors
/// Whatever a room answers.
pub fn waiting(tx: &mut Tx, ask: &Ask) -> Result<Vec<Waiting>> {
    let actor = ask.actor()?;
    let site = ask.site.clone();
    let mut all = Vec::new();
    for inbox in site.rooms.iter().filter_map(|room| room.inbox) {
        all.extend(inbox(tx, ask, actor)?);
    }
    all.sort_by_key(|waiting| (waiting.due.is_none(), waiting.due, waiting.since));
    Ok(all)
}

fn inbox(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let all = waiting(tx, ask)?;
    let items: Html = all
        .iter()
        .map(|waiting| {
            let since = html!("<small>{}</small>", words.day(waiting.since.day()));
            let due = waiting.due.map(|due| {
                let tone = if due < ask.today {
                    ui::Tone::Bad
                } else {
                    ui::Tone::Warn
                };
                ui::tag_as(
                    tone,
                    &words.say_with("inbox-due", &[("day", words.day(due).into())]),
                )
            });
            html!(
                "<li>{} {} {}</li>",
                ui::link(&waiting.href, waiting.text.as_str()),
                since,
                due
            )
        })
        .collect();
    let body = if all.is_empty() {
        ui::empty(&words.say("inbox-empty"), None)
    } else {
        html!(
            "<p>{}</p><ul class=\"inbox\">{}</ul>",
            words.say_with("inbox-count", &[("n", all.len().into())]),
            items
        )
    };
    Ok(Answer::Page(Page {
        title: words.say("inbox-title"),
        body,
        ..Page::default()
    }))
}

const JOB: &[Column] = &[
    Column::new("state", Kind::Code("job-state")),
    Column::new("done", Kind::Whole),
    Column::new("total", Kind::Whole),
    Column::new("result", Kind::Words),
    Column::new("see", Kind::Text),
];

fn job(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let job = jobs::find(tx, ask.id("id")?)?;
    if job.account != Some(ask.actor()?.account) {
        return Err(base::Error::Missing);
    }
    if job.state == "done"
        && !ask.path.is_empty()
        && !ask.query.contains_key("stay")
        && !job.see.is_empty()
    {
        return Ok(Answer::See(job.see));
    }
    let total = Some(job.total).filter(|total| *total > 0);
    let mut before = ui::progress(&ask.words, &ask.words.say("job-title"), job.done, total);
    before.push(html!("<p>{}</p>", ask.words.say("job-waiting")));
    Ok(Answer::Record(Show {
        title: ask.words.say("job-title"),
        before,
        cells: vec![
            Cell::code(job.state),
            job.done.into(),
            Cell::or_unknown(total),
            Cell::Text(if job.result.is_null() {
                String::new()
            } else {
                job.result.to_string()
            }),
            job.see.into(),
        ],
        ..Show::default()
    }))
}

/// Every part of our pages in all its states.
fn style(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    let title = ask.words.say("style-title");
    Ok(Answer::Page(Page {
        title,
        body: ui::gallery(&ask.words),
        ..Page::default()
    }))
}
