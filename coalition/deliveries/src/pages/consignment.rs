//! One consignment: its page, and beside the forms that decide on it.

use super::{action, inside, is_authority, is_inside, place, service, size, table};
use crate::consignment::{Consignment, Kind, Stage, Standing};
use crate::store::{consignments as store, lines};
use crate::upstream;
use base::{Error, Id, Result};
use db::Tx;
use lang::Words;
use ui::{Action, Cell, Column, Html, Kind as Shown, Tone, html};
use web::{Answer, Ask, Download, Prefill, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("consignment_code", Shown::Text),
    Column::new("deployment_served", Shown::Link),
    Column::new("organisation", Shown::Link),
    Column::new("service", Shown::Text),
    Column::new("kind", Shown::Code("consignment-kind")),
    Column::new("state", Shown::Code("consignment-state")),
    Column::new("country", Shown::Text),
    Column::new("goes_to", Shown::Text),
    Column::new("receivers", Shown::Whole),
    Column::new("due_there_on", Shown::Day),
    Column::new("delivery_overdue", Shown::Yes),
    Column::new("sent_on", Shown::Day),
    Column::new("delivery_arrived_on", Shown::Day),
    Column::new("first_received_on", Shown::Day),
    Column::new("last_received_on", Shown::Day),
    Column::new("sent_units", Shown::Whole),
    Column::new("unit", Shown::Text),
    Column::new("arrived_units", Shown::Whole),
    Column::new("good_units", Shown::Whole),
    Column::new("damaged_units", Shown::Whole),
    Column::new("short_units", Shown::Whole),
    Column::new("surplus_units", Shown::Whole),
    Column::new("outstanding_units", Shown::Whole),
    Column::new("confirmed_units", Shown::Whole),
    Column::new("disputed_units", Shown::Whole),
    Column::new("id", Shown::Id),
    Column::new("version", Shown::Whole),
];

/// A consignment somebody may see: the parties theirs; strangers what was received.
fn find(tx: &mut Tx, ask: &Ask) -> Result<(Consignment, bool)> {
    let found = store::find(tx, ask.id("id")?)?;
    let inside = is_inside(ask.actor.as_ref(), &found);
    if inside || found.first_received_on.is_some() {
        Ok((found, inside))
    } else {
        Err(Error::Missing)
    }
}

fn cells(tx: &mut Tx, ask: &Ask, c: &Consignment) -> Result<Vec<Cell>> {
    let words = &ask.words;
    let deployment = deployments::deployment(tx, c.deployment, ask.today)?;
    let (class, unit) = service(tx, words, &c.service_class)?;
    let (counts, checked) = (&c.counts, &c.counts.checked);
    let arrived = if c.kind == Kind::Access {
        Cell::NotApplicable
    } else {
        counts.arrived.into()
    };
    Ok(vec![
        c.code.as_str().into(),
        Cell::link(
            deployment.path(),
            format!("{} {}", deployment.code, words.name(&deployment.title)),
        ),
        Cell::link(
            format!("/members/{}", c.member),
            people::organisation_name(tx, words, Some(c.member))?,
        ),
        class.into(),
        Cell::code(c.kind.code()),
        Cell::code(c.standing().code_for(c.kind)),
        place(tx, ask, &c.country)?.into(),
        place(tx, ask, &c.to_place)?.into(),
        c.lines.into(),
        c.planned_on.into(),
        c.is_overdue(ask.today).into(),
        Cell::or_not_applicable(c.dispatched_on),
        Cell::or_not_applicable(c.arrived_on.filter(|_| c.kind != Kind::Access)),
        Cell::or_not_applicable(c.first_received_on),
        Cell::or_not_applicable(c.last_received_on),
        counts.units.into(),
        unit.into(),
        arrived,
        checked.good.into(),
        checked.damaged.into(),
        checked.short.into(),
        checked.surplus.into(),
        counts.pending().into(),
        counts.confirmed.into(),
        counts.disputed.into(),
        Cell::Text(c.id.to_string()),
        c.version.into(),
    ])
}

pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let (found, inside) = find(tx, ask)?;
    let mut sections = Html::new();
    if inside {
        sections.push(private(ask, &found));
        sections.push(areas(tx, ask, &found)?);
    }
    Ok(Answer::Record(Show {
        title: words.say_with(
            "deliveries-consignment",
            &[("code", found.code.as_str().into())],
        ),
        before: notices(words, ask, &found, inside),
        cells: cells(tx, ask, &found)?,
        sections,
        actions: actions(ask, &found),
        slot: Some(("consignment-page", found.id.to_string())),
    }))
}

/// What only the parties read: the note, the reason, the paper that went with it.
fn private(ask: &Ask, c: &Consignment) -> Html {
    let words = &ask.words;
    let mut out = Html::new();
    if let Some(note) = &c.note {
        out.push(ui::section(
            &words.say("deliveries-note"),
            ui::paragraphs(note),
        ));
    }
    if let Some(paper) = &c.paper {
        let href = format!("{}/paper", c.path());
        let size = size(words, paper);
        out.push(ui::section(
            &words.say("deliveries-paper"),
            html!("<p>{} {}</p>", ui::link(&href, paper.name.as_str()), size),
        ));
    }
    out
}

/// Where it goes, by department, with the way to every line.
fn areas(tx: &mut Tx, ask: &Ask, c: &Consignment) -> Result<Html> {
    let words = &ask.words;
    let mut rows = Vec::new();
    for (code, units) in lines::departments(tx, c.id)? {
        let href = format!("{}/lines?school_area={code}", c.path());
        rows.push(vec![
            ui::link(&href, place(tx, ask, &code)?),
            ui::text(&words.number(units)),
        ]);
    }
    let all = action(
        words,
        format!("{}/lines", c.path()),
        "deliveries-lines",
        false,
    );
    Ok(html!(
        "{}{}",
        table(
            words,
            &words.say("deliveries-areas"),
            &["column-goes-to", "column-sent-units"],
            &rows
        ),
        ui::actions(&[all])
    ))
}

fn notices(words: &Words, ask: &Ask, c: &Consignment, inside: bool) -> Html {
    let mut out = Html::new();
    let standing = c.standing();
    if inside {
        let says = words.say(&format!(
            "deliveries-now-{}",
            standing.code_for(c.kind).replace('_', "-")
        ));
        let tone = match standing {
            Standing::DiscrepancyOpen => Tone::Bad,
            Standing::OnHold | Standing::Rejected | Standing::Withdrawn => Tone::Warn,
            Standing::Received | Standing::Closed => Tone::Good,
            _ => Tone::Plain,
        };
        let reason = c.reason.as_deref().map(ui::paragraphs);
        out.push(ui::notice(words, tone, html!("<p>{}</p>{}", says, reason)));
    }
    if c.is_overdue(ask.today) {
        let days = c.planned_on.days_until(ask.today);
        let says = words.say_with("deliveries-overdue", &[("n", days.into())]);
        out.push(ui::notice(words, Tone::Warn, says));
    }
    out
}

fn actions(ask: &Ask, c: &Consignment) -> Vec<Action> {
    let (words, actor) = (&ask.words, ask.actor.as_ref());
    let mut list = Vec::new();
    let mut offered = |end: &str, key: &str, main: bool| {
        list.push(action(words, format!("{}/{end}", c.path()), key, main));
    };
    let runs = crate::rules::may_receive(c.stage).is_ok();
    let dispatch = match c.kind {
        Kind::Goods => "deliveries-do-dispatch",
        Kind::Service => "deliveries-do-begin",
        Kind::Access => "deliveries-do-open",
    };
    if actor.is_some_and(|actor| upstream::is_of(actor, c.member)) && runs {
        if c.stage == Stage::Accepted {
            offered("dispatch", dispatch, true);
        }
        let under_way = matches!(c.stage, Stage::Accepted | Stage::Dispatched);
        if under_way && c.kind != Kind::Access && c.counts.arrived < c.counts.units {
            let key = if c.kind == Kind::Goods {
                "deliveries-do-arrive"
            } else {
                "deliveries-do-give"
            };
            offered("arrival", key, c.stage == Stage::Dispatched);
        }
        if c.stage != Stage::Dispatched {
            offered("withdrawal", "consignment-withdrawal-button", false);
        }
    }
    if is_authority(actor, c) && runs {
        if matches!(c.stage, Stage::Requested | Stage::OnHold) {
            offered("acceptance", "consignment-acceptance-button", true);
        }
        if c.counts.pending() > 0 {
            let main = c.stage == Stage::Dispatched;
            offered("check-in", "consignment-check-in-button", main);
            offered("tables/blank", "deliveries-table-blank", false);
            offered("tables/new", "consignment-table-button", false);
            offered("links", "deliveries-links", false);
        }
        if matches!(c.stage, Stage::Requested | Stage::Accepted) {
            offered("hold", "consignment-hold-button", false);
        }
        if !matches!(c.stage, Stage::Dispatched) {
            offered("rejection", "consignment-rejection-button", false);
        }
        if crate::rules::may_close(&c.counts).is_ok() {
            offered("closure", "consignment-closure-button", true);
        }
    }
    list
}

/// The consignment as the person sees it while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (found, inside) = find(tx, ask)?;
    if !inside {
        return Err(Error::Missing);
    }
    let cells = cells(tx, ask, &found)?;
    Ok(Prefill {
        beside: html!(
            "{}{}",
            ui::facts(&ask.words, COLUMNS, &cells),
            private(ask, &found)
        ),
        ..Prefill::default()
    })
}

/// The deployment a consignment is for.
pub(crate) fn beside_new(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let d = deployments::deployment(tx, ask.id("id")?, ask.today)?;
    upstream::require_member(ask.actor()?, d.member)?;
    let left: i64 = crate::acts::outstanding(tx, d.id)?
        .iter()
        .map(|(_, left)| left)
        .sum();
    let says = if left > 0 {
        words.say_with("deliveries-left-to-send", &[("n", left.into())])
    } else {
        words.say("deliveries-nothing-left")
    };
    Ok(Prefill {
        beside: html!(
            "<p>{}</p><p>{}</p>",
            ui::link(&d.path(), format!("{} {}", d.code, words.name(&d.title))),
            says
        ),
        ..Prefill::default()
    })
}

/// The paper that went with a consignment.
pub(super) fn paper(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let found = store::find(tx, ask.id("id")?)?;
    inside(ask.actor.as_ref(), &found)?;
    let paper = found.paper.ok_or(Error::Missing)?;
    download(ask, &paper, found.id)
}

/// A file the parties may have.
pub(super) fn download(ask: &Ask, file: &files::Upload, id: Id) -> Result<Answer> {
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    Ok(Answer::File(Download {
        name: format!("{id}.{ending}"),
        mime: file.mime.clone(),
        bytes: ask.site.files.read(&file.hash)?,
    }))
}
