//! What people see: lists, records, maps. One list serves the page, JSON, CSV and the spreadsheet.

mod imports;
mod inbox;
mod lines;
mod needs;
mod requests;

pub(crate) use imports::*;
pub(crate) use inbox::inbox;
pub(crate) use lines::*;
pub(crate) use needs::*;
pub(crate) use requests::*;

use crate::request::{Request, Step, Taken};
use base::{Id, Moment, Result};
use db::Tx;
use ui::{Cell, Html, html};
use web::{ActLink, Ask, Waiting};

/// The link to an act of a thing.
fn act(ask: &Ask, name: &str, href: String, main: bool) -> ActLink {
    ActLink {
        href,
        label: ask.words.say(&format!("{name}-button")),
        main,
    }
}

/// The authority's own words, in a frame that says whose they are and in which language.
pub(crate) fn own_words(ask: &Ask, request: &Request) -> Html {
    let title = ask.words.say("needs-own-words");
    html!(
        "<section><h2>{}</h2><blockquote lang=\"{}\" dir=\"auto\">{}</blockquote></section>",
        title,
        request.own_lang,
        ui::paragraphs(&request.own_words)
    )
}

/// The authority's own words beside the secretariat's edit; strangers see the edit alone, for own
/// words may name people.
fn beside(ask: &Ask, request: &Request, clean: Option<&str>) -> Html {
    let unedited = ask.words.say("needs-not-edited-yet");
    let own = ask.words.say("needs-own-words");
    let edit = ask.words.say("needs-clean-text");
    if !is_inside(ask) {
        return ui::section(&edit, ui::paragraphs(clean.unwrap_or(&unedited)));
    }
    ui::side_by_side(
        (&own, &request.own_words),
        (&edit, clean.unwrap_or(&unedited)),
    )
}

/// Whether somebody asks who has a task here; what people wrote to each other is for them.
fn is_inside(ask: &Ask) -> bool {
    let tasks = |actor: &base::Actor| !actor.appointments.is_empty();
    ask.actor.as_ref().is_some_and(tasks)
}

/// The moment and id a list goes on after.
fn before(ask: &Ask) -> Option<(i64, Id)> {
    let [at, id] = ask.list().after_parts::<2>();
    Some((at.parse().ok()?, Id::parse(&id)?))
}

/// The part of the river of a request, as steps.
fn history(tx: &mut Tx, ask: &Ask, taken: &[Taken]) -> Result<Html> {
    let mut list = Vec::with_capacity(taken.len());
    // New facts and why a need ended are for everybody; the rest was said among those at work.
    let open = |step| matches!(step, Step::Reconfirm | Step::Close | Step::WithdrawNeed);
    let words = |one: &Taken| {
        one.words
            .clone()
            .filter(|_| open(one.step) || is_inside(ask))
    };
    for one in taken {
        let need = match one.need {
            Some(need) => crate::store::need(tx, need).map(|need| need.code).ok(),
            None => None,
        };
        let title = ask.words.code("needs-step", one.step.code());
        list.push(ui::Step {
            title: need.map_or(title.clone(), |code| format!("{code}: {title}")),
            when: ask.words.moment(one.at),
            detail: words(one)
                .as_deref()
                .map(ui::paragraphs)
                .unwrap_or_default(),
            state: ui::StepState::Done,
        });
    }
    Ok(ui::section(
        &ask.words.say("needs-history"),
        ui::steps(&ask.words, &list),
    ))
}

/// A link to a country's own name.
fn country(tx: &mut Tx, ask: &Ask, code: &str) -> Result<String> {
    places::country_name(tx, code, ask.words.lang())
}

/// The name of a service class.
fn class(tx: &mut Tx, ask: &Ask, code: &str) -> Result<String> {
    crate::terms::label(tx, "service_classes", code, ask.words.lang())
}

/// A code from the catalogue as text; unknown when there is none.
fn term(tx: &mut Tx, ask: &Ask, vocabulary: &'static str, code: Option<&str>) -> Result<Cell> {
    Ok(match code {
        Some(code) => Cell::Text(crate::terms::label(tx, vocabulary, code, ask.words.lang())?),
        None => Cell::Unknown,
    })
}

/// How long a request waited or waits, in whole hours.
fn hours(received: Option<Moment>, answered: Option<Moment>, now: Moment) -> Cell {
    let until = answered.unwrap_or(now);
    received.map_or(Cell::NotApplicable, |from| {
        Cell::Whole(crate::rules::hours(from.micros(), until.micros()))
    })
}

/// One thing that waits.
fn waiting(ask: &Ask, request: &Request, key: &str, since: Option<Moment>) -> Waiting {
    let args = [
        ("code", request.code.as_str().into()),
        ("subject", request.subject.as_str().into()),
    ];
    Waiting {
        href: request.path(),
        text: ask.words.say_with(key, &args),
        since: since.unwrap_or(request.created_at),
        due: Some(request.required_by),
    }
}

/// The steps a person may take with a request, with the act that takes each.
const STEP_ACTS: [(Step, &str, &str); 8] = [
    (Step::Submit, "request-submission", "submission"),
    (Step::Receive, "request-receipt", "receipt"),
    (Step::Assess, "request-assessment", "assessment"),
    (Step::Validate, "request-validation", "validation"),
    (Step::Return, "request-return", "return"),
    (Step::Answer, "request-answer", "answer"),
    (Step::Decline, "request-decline", "decline"),
    (Step::Withdraw, "request-withdrawal", "withdrawal"),
];
